//! The kinds of garbage.

use super::Target;
use crate::Dice;

/// One piece of it.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub kind: &'static str,
    pub bytes: Vec<u8>,
    /// So many bytes are sent at once, with a breath between.
    pub part: usize,
    /// It goes without waiting for an answer.
    pub hangs_up: bool,
}

struct Thrower<'a> {
    dice: &'a mut Dice,
    target: &'a Target,
    ways: &'a [(String, String)],
}

/// The piece that chance throws.
pub(super) fn piece(dice: &mut Dice, target: &Target, ways: &[(String, String)]) -> Piece {
    let mut thrower = Thrower { dice, target, ways };
    let (kind, bytes) = thrower.any();
    // Few are slow: those take as long as the program lets them.
    let slow = ["a body that never comes", "a head cut short"].contains(&kind);
    let hangs_up = (slow && !thrower.dice.chance(4)) || thrower.dice.chance(5);
    let part = if thrower.dice.chance(5) { bytes.len() / 8 + 1 } else { bytes.len() };
    Piece { kind, bytes, part, hangs_up }
}

impl Thrower<'_> {
    fn any(&mut self) -> (&'static str, Vec<u8>) {
        match self.dice.below(20) {
            0 => ("random bytes", self.noise(4_000)),
            1 => ("what looks like TLS", [&[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3][..], &self.noise(600)].concat()),
            2 => ("a head cut short", {
                let whole = self.request("GET", "/signalen", &[], b"");
                let most = whole.len() as u64 - 2;
                whole[..self.at(most)].to_vec()
            }),
            3 => (
                "a head of noise",
                [b"GET /hulp HTTP/1.1\r\n".to_vec(), self.noise(3_000), b"\r\n\r\n".to_vec()].concat(),
            ),
            4 => ("a huge header", {
                let long = "x".repeat(self.at(300_000));
                let path = self.path();
                self.request("GET", &path, &[("x-long", &long)], b"")
            }),
            5 => ("very many headers", {
                let many: Vec<String> = (0..self.at(5_000)).map(|at| format!("x-{at}")).collect();
                let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "y")).collect();
                let path = self.path();
                self.request("GET", &path, &many, b"")
            }),
            6 => ("a body that never comes", {
                let path = self.path();
                let whole = self.request("POST", &path, &[("x-content-length", "5000")], b"");
                String::from_utf8_lossy(&whole)
                    .replace("\r\ncontent-length: 0", "")
                    .replace("x-content-", "content-")
                    .into_bytes()
            }),
            7 => ("deep JSON", self.deep()),
            8 => ("a form that is no text", {
                let path = self.path();
                let form = [b"facts=".to_vec(), self.noise(2_000), b"&do=%ff%zz%".to_vec()].concat();
                self.request("POST", &path, &[("content-type", FORM)], &form)
            }),
            9 => ("bad chunks", self.chunks()),
            10 => ("another method", {
                let method = self
                    .dice
                    .one_of(&["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "HEAD", "get", "ONZIN", "PRI"]);
                let path = self.path();
                self.request(method.unwrap_or("PUT"), &path, &[], b"x")
            }),
            11 | 12 => ("an absurd path", {
                let path = self.absurd();
                self.request("GET", &path, &[], b"")
            }),
            13 | 14 => ("a form of nonsense", {
                let (path, form) = (self.path(), self.form());
                self.request("POST", &path, &[("content-type", FORM)], form.as_bytes())
            }),
            15 => ("a file that is none", self.file()),
            16 => ("a query of nonsense", {
                let (path, form) = (self.path(), self.form());
                let query: String = form.chars().take(3_000).collect();
                self.request("GET", &format!("{path}?{query}"), &[], b"")
            }),
            17 => ("several at once", {
                let paths = [self.path(), self.absurd(), self.path()];
                paths
                    .iter()
                    .flat_map(|path| self.request("GET", path, &[("connection", "keep-alive")], b""))
                    .chain(*b"\r\n!")
                    .collect()
            }),
            18 => ("another one's headers", {
                let path = self.path();
                let cookie = format!("__Host-plein={}; =; __Host-plein-taal=\u{1}", "f".repeat(self.at(200)));
                let headers = [
                    ("traceparent", "00-ffffffffffffffffffffffffffffffff-0000000000000000-zz"),
                    ("cookie", cookie.as_str()),
                    ("accept-language", ";;q=,,en;q=99"),
                    ("expect", "100-continue"),
                    ("range", "bytes=99999-1"),
                    ("if-modified-since", "gisteren"),
                ];
                self.request("GET", &path, &headers, b"")
            }),
            _ => ("frames of nonsense on a plan's socket", self.frames()),
        }
    }

    fn at(&mut self, limit: u64) -> usize {
        usize::try_from(self.dice.below(limit)).unwrap_or_default()
    }

    fn noise(&mut self, most: u64) -> Vec<u8> {
        let length = self.at(most);
        (0..length).map(|_| self.dice.roll().to_le_bytes()[0]).collect()
    }

    /// A way in, about something that is there or is not.
    fn path(&mut self) -> String {
        let nowhere = ["00000000-0000-4000-8000-000000000000", "1", "%ff", "'--", "99999999999999999999"];
        let mut path = self.dice.one_of(self.ways).map(|(_, path)| path).unwrap_or_default();
        for name in ["{id}", "{note}", "{number}", "{taak}", "{path}"] {
            let there = if self.dice.chance(60) { self.dice.one_of(&self.target.ids) } else { None };
            let id = there.or_else(|| self.dice.one_of(&nowhere).map(str::to_owned)).unwrap_or_default();
            path = path.replace(name, &id);
        }
        path.chars().filter(char::is_ascii).collect()
    }

    fn absurd(&mut self) -> String {
        let pieces = [
            "/..",
            "/%2e%2e",
            "//",
            "/%00",
            "/%",
            "/%c0%ae",
            "/*",
            "/{id}",
            "/casussen",
            "/signalen",
            "/etc/passwd",
            "/.git",
            "/%F0%9F%98%80",
            "/\u{7f}",
            ";x=1",
            "/concepten",
            "/assets",
            "/functies",
            "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "?",
            "#",
        ];
        (0..1 + self.dice.below(30)).filter_map(|_| self.dice.one_of(&pieces)).collect()
    }

    fn form(&mut self) -> String {
        let names = [
            "do",
            "facts",
            "summary",
            "kind",
            "object",
            "signal",
            "purpose",
            "subject.0.identifier",
            "subject.99999.name",
            "naar",
            "window",
            "revision",
            "turn",
            "until",
            "stap",
            "volgorde",
            "na",
            "voor",
            "van",
            "tot",
            "opnieuw",
            "was.facts",
            "keep",
            "nieuw",
            "oud",
            "",
        ];
        let values = [
            "check",
            "save",
            "new-signal",
            "open-case",
            "-1",
            "99999999999999999999",
            "%00",
            "%F0%9F%98%80",
            "<script>",
            "' OR 1=1 --",
            "NaN",
            "2026-02-30",
            "//evil.example",
            "..%2F..%2F",
            "%E2%80%AE",
            "{{7*7}}",
            "$%7Bjndi%3Aldap%3A%2F%2Fx%7D",
            "",
        ];
        let number = if self.dice.chance(3) { 9_000 } else { self.dice.below(12) };
        let pairs = (0..number).map(|_| {
            let (name, value) =
                (self.dice.one_of(&names).unwrap_or_default(), self.dice.one_of(&values).unwrap_or_default());
            let times = if self.dice.chance(2) { self.at(20_000) } else { 1 };
            format!("{name}={}", value.repeat(times))
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    fn deep(&mut self) -> Vec<u8> {
        let path =
            self.dice.one_of(&["/functies/save-draft", "/lezenapi/v1/processing-activities"]).unwrap_or_default();
        let depth = self.at(100_000);
        let open = self.dice.one_of(&["[", "{\"a\":", "{\"draft\":[", "\"\\ud800"]).unwrap_or_default();
        let body = format!("{}{}", open.repeat(depth), "]".repeat(self.at(100)));
        self.request("POST", path, &[("content-type", "application/json")], body.as_bytes())
    }

    fn chunks(&mut self) -> Vec<u8> {
        let path = self.path();
        let head = self.request("POST", &path, &[("transfer-encoding", "chunked"), ("content-type", FORM)], b"");
        let head = String::from_utf8_lossy(&head).replace("content-length: 0\r\n", "");
        let size = self
            .dice
            .one_of(&["5", "ffffffffffffffffff", "-1", "5;x=\"", "zz", "0x5", "", "fffffff"])
            .unwrap_or_default();
        let noise = self.noise(200);
        [head.into_bytes(), format!("{size}\r\n").into_bytes(), noise, b"\r\n0\r\nx".to_vec()].concat()
    }

    fn file(&mut self) -> Vec<u8> {
        let path = self.dice.one_of(&["/signalen/inlezen", "/verwerkingsregister/inlezen"]).unwrap_or_default();
        let name = self.dice.one_of(&["a.xlsx", "a.csv", "../../a.csv", "a\u{7f}.xlsx", ""]).unwrap_or_default();
        let begin =
            self.dice.one_of(&[&b"PK\x03\x04"[..], b"", b"a;b;c\n", b"\xff\xfe", b"\xef\xbb\xbf"]).unwrap_or_default();
        let content = [begin, &self.noise(20_000)].concat();
        let part = format!("--q\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let end = self.dice.one_of(&["\r\n--q--\r\n", "\r\n--q", "", "--q--q--"]).unwrap_or_default();
        let body = [part.into_bytes(), content, end.as_bytes().to_vec()].concat();
        self.request("POST", path, &[("content-type", "multipart/form-data; boundary=q")], &body)
    }

    fn frames(&mut self) -> Vec<u8> {
        let socket = self.target.socket.clone();
        let headers = [
            ("connection", "Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ];
        let mut bytes = self.request("GET", &socket, &headers, b"");
        for _ in 0..self.dice.below(10) {
            let content = self.noise(300);
            // Well formed, masked by nothing, or not formed at all.
            if self.dice.chance(70) {
                let code = self.dice.one_of(&[0x82, 0x81, 0x88, 0x89, 0x02, 0x80, 0xf2]).unwrap_or(0x82);
                let length = u16::try_from(content.len()).unwrap_or_default();
                bytes.extend([code, 0x80 | 126]);
                bytes.extend(length.to_be_bytes());
                bytes.extend([0; 4]);
            }
            bytes.extend(content);
        }
        // And goodbye, so that nobody waits for who says nothing more.
        bytes.extend([0x88, 0x80, 0, 0, 0, 0]);
        bytes
    }

    fn request(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
        let port = self.target.address.port();
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost:{port}\r\n");
        let mut add = |name: &str, value: &str| {
            if !headers.iter().any(|(theirs, _)| *theirs == name) {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        };
        let cookie = if self.dice.chance(75) { self.dice.one_of(&self.target.cookies) } else { None };
        if let Some(cookie) = cookie {
            add("cookie", &cookie);
        }
        if self.dice.chance(90) {
            add("sec-fetch-site", "same-origin");
        }
        add("connection", "close");
        add("content-length", &body.len().to_string());
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        [head.as_bytes(), b"\r\n", body].concat()
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
