//! A small municipality and browsers to look at it with.

use crate::common::Engine;
use axum::{Router, body::Body};
use http::{Request, StatusCode, header};
use plein_domain::{ids::*, moment::*, people::*, ports::*, purpose::*};
use plein_server::edge::{ConnectionLimits, Edge, Pace, Proxies};
use plein_vault::{Vault, VaultOptions, store::NewPerson, streams::ServedLog};
use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};
use tower::ServiceExt;
use uuid::Uuid;

/// The people of the tests: one of each kind, two where two are needed.
pub const PEOPLE: [(&str, u128, &[Role]); 9] = [
    ("Anna van Vergunningen", 0, &[Role::Member]),
    ("Bram van Belastingen", 1, &[Role::Member]),
    ("Carla Coordinator", 2, &[Role::Coordinator]),
    ("Dirk van Vastgoed", 3, &[Role::Member]),
    ("Fatima Gegevensbescherming", 2, &[Role::Fg]),
    ("Ger Beheer", 2, &[Role::Administrator]),
    ("Pim Privacy", 2, &[Role::PrivacyOfficer]),
    ("Kees Coordinator", 2, &[Role::Coordinator]),
    ("Mia van Openbare orde", 2, &[Role::Member, Role::Coordinator]),
];
pub const ANNA: usize = 0;
pub const BRAM: usize = 1;
pub const CARLA: usize = 2;
pub const DIRK: usize = 3;
pub const FG: usize = 4;
pub const ADMIN: usize = 5;
pub const PRIVACY: usize = 6;
pub const KEES: usize = 7;
pub const BOTH: usize = 8;

const DEPARTMENTS: [&str; 4] = ["Vergunningen", "Belastingen", "Openbare orde en veiligheid", "Vastgoed"];

pub const INTAKE_PURPOSE: PurposeId = PurposeId(Uuid::from_u128(0x501));
pub const CASE_PURPOSE: PurposeId = PurposeId(Uuid::from_u128(0x502));
pub const EXPIRED_PURPOSE: PurposeId = PurposeId(Uuid::from_u128(0x503));

pub fn person(index: usize) -> PersonId {
    PersonId(Uuid::from_u128(0x100 + index as u128))
}

pub fn department(index: u128) -> DepartmentId {
    DepartmentId(Uuid::from_u128(0x200 + index))
}

/// The whole program on one engine, without a socket.
pub struct World {
    pub engine: Engine,
    pub vault: Arc<Vault>,
    pub ports: Ports,
    /// Where what is served is written down.
    pub answers: Arc<ServedLog>,
    app: Router,
}

impl World {
    /// A municipality with people and a register, and nothing logged.
    pub async fn new(engine: Engine) -> Self {
        let world = Self::reopen(engine).await;
        let directory = &world.vault.directory;
        for (index, name) in DEPARTMENTS.iter().enumerate() {
            let department = Department { id: department(index as u128), name: (*name).into() };
            directory.add_department(&department, index as i64).await.unwrap();
        }
        for (position, (code, nl, en)) in
            [("vastgoedfraude", "Vastgoedfraude", "Property fraud"), ("zorgfraude", "Zorgfraude", "Care fraud")]
                .into_iter()
                .enumerate()
        {
            let phenomenon = Phenomenon { code: code.into(), nl: nl.into(), en: en.into() };
            directory.add_phenomenon(&phenomenon, position as i64).await.unwrap();
        }
        for (index, (name, at, roles)) in PEOPLE.iter().enumerate() {
            let new = NewPerson {
                id: person(index),
                name: (*name).into(),
                department: department(*at),
                roles: roles.to_vec(),
            };
            directory.add_person(&new, index as i64).await.unwrap();
        }
        for (position, (id, name, until, for_cases)) in [
            (INTAKE_PURPOSE, "Toezicht op vergunningen", None, false),
            (CASE_PURPOSE, "Integrale aanpak vastgoedfraude", None, true),
            (EXPIRED_PURPOSE, "Oude aanpak", Some("2025-12-31"), true),
        ]
        .into_iter()
        .enumerate()
        {
            let purpose = Purpose {
                id,
                main_process: "Veiligheid".into(),
                sub_process: "Ondermijning".into(),
                name: name.into(),
                description: "Beschrijving".into(),
                legal_basis: LegalBasis::PublicTask,
                legal_reference: "Gemeentewet art. 172".into(),
                retention_months: Some(60),
                categories: vec![DataCategory::Ordinary, DataCategory::Bsn, DataCategory::Criminal],
                valid_from: "2020-01-01".parse().unwrap(),
                valid_until: until.map(|day| day.parse().unwrap()),
                for_cases,
            };
            directory.add_purpose(&purpose, position as i64).await.unwrap();
        }
        world
    }

    /// The same databases again, as after a restart.
    pub async fn reopen(engine: Engine) -> Self {
        let options = VaultOptions {
            content: engine.target("content"),
            keyring: engine.target("keyring"),
            ledger: engine.target("ledger"),
            master: engine.master(),
            clock: engine.clock.clone(),
            entropy: engine.entropy.clone(),
        };
        let vault = Arc::new(Vault::open(options).await.unwrap());
        let installation = Installation {
            municipality: "Gemeente Proef".into(),
            plein_name: "Plein".into(),
            demo: true,
            contact: Contact::default(),
            sessions: SessionLimits::default(),
            tour: Vec::new(),
        };
        let served = plein_server::assemble(vault.clone(), installation);
        Self::serving(engine, vault, served)
    }

    /// What was assembled, behind its edge.
    pub fn serving(engine: Engine, vault: Arc<Vault>, served: plein_server::Assembled) -> Self {
        let answers = Arc::new(vault.served_log(engine.folder.join("streams")).unwrap());
        Self::serving_by(engine, vault, served, answers, |_| {})
    }

    /// The same municipality behind another edge, as `plein serve` has it where `change` says so.
    pub fn behind(&self, change: impl FnOnce(&mut Edge)) -> Self {
        let served = plein_server::assemble(self.vault.clone(), (*self.ports.installation).clone());
        Self::serving_by(self.engine.clone(), self.vault.clone(), served, self.answers.clone(), change)
    }

    fn serving_by(
        engine: Engine,
        vault: Arc<Vault>,
        served: plein_server::Assembled,
        answers: Arc<ServedLog>,
        change: impl FnOnce(&mut Edge),
    ) -> Self {
        let plein_server::Assembled { ports, sockets, .. } = served;
        let asked = vault.clone();
        let mut edge = Edge {
            served: Some(answers.clone()),
            sessions: ports.sessions.clone(),
            entropy: engine.entropy.clone(),
            demo: true,
            public_url: None,
            proxies: Proxies::default(),
            limiter: None,
            pace: Pace::default(),
            ready: Arc::new(move || {
                let vault = asked.clone();
                Box::pin(async move { vault.ready().await })
            }),
        };
        change(&mut edge);
        let app = edge.around(plein_app::router(ports.clone(), plein_app::Assets::default()).merge(sockets));
        Self { engine, vault, ports, answers, app }
    }

    /// Serves it on a port of this machine, for sockets.
    pub async fn serve(&self) -> SocketAddr {
        self.serve_until(ConnectionLimits::default(), std::future::pending()).await.0
    }

    /// The same with these limits, until it is stopped; also the task that ends then.
    pub async fn serve_until(
        &self,
        limits: ConnectionLimits,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> (SocketAddr, tokio::task::JoinHandle<()>) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = plein_server::edge::serve(listener, self.app.clone(), limits, Proxies::default(), stop);
        (address, tokio::spawn(serving))
    }

    /// A browser in which nobody is signed in.
    pub fn stranger(&self) -> Browser {
        Browser { app: self.app.clone(), cookies: BTreeMap::new(), peer: None }
    }

    /// A browser in which this person is signed in and has stated what they may for their daily work.
    pub async fn browser(&self, index: usize) -> Browser {
        let mut browser = self.stranger();
        let page = browser.post("/aanmelden", &[("person", &person(index).to_string())]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        for purpose in ["intake", "supervision"] {
            browser.post("/doel", &[("purpose", purpose), ("naar", "/")]).await;
        }
        browser
    }

    /// Logs a signal as this person; answers its path.
    pub async fn log(&self, browser: &mut Browser, fields: &[(&str, &str)]) -> String {
        let draft = browser.begin("new-signal", &[]).await;
        let page = browser.post(&draft, &with(fields, &[("do", "check")])).await;
        assert!(page.location().contains("/controleren"), "{} {}", page.status, page.text);
        let page = browser.post(&format!("{draft}/versturen"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        page.location().split('?').next().unwrap().to_owned()
    }
}

/// A signal's form, right in every field; `marker` stands in every sealed field.
pub fn signal(marker: &str) -> Vec<(&'static str, String)> {
    let says = |what: &str| format!("{what}-{marker}");
    vec![
        ("summary", says("samenvatting")),
        ("facts", says("feiten")),
        ("suspicion", says("vermoeden")),
        ("channel", "own".into()),
        ("reporter-kind", "official".into()),
        ("reporter", says("melder")),
        ("source", "seen".into()),
        ("reliability", "reliable".into()),
        ("phenomenon", "vastgoedfraude".into()),
        ("received-on", "2026-11-20".into()),
        ("observed-on", "2026-11-19".into()),
        ("place", says("plaats")),
        ("risk", says("risico")),
        ("original-purpose", INTAKE_PURPOSE.to_string()),
        ("category", "ordinary".into()),
        ("category", "bsn".into()),
        ("offered", "summary".into()),
        ("offered", "facts".into()),
        ("offered", "subjects".into()),
        ("subject.0.kind", "person".into()),
        ("subject.0.role", "owner".into()),
        ("subject.0.name", says("naam")),
        ("subject.0.identifier-kind", "bsn".into()),
        ("subject.0.identifier", "123456782".into()),
    ]
}

/// Fields as borrowed pairs.
pub fn pairs<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn with<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().chain(more).copied().collect()
}

/// What a browser got.
pub struct Page {
    pub status: StatusCode,
    pub headers: http::HeaderMap,
    pub text: String,
}

impl Page {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }
}

/// Somebody's browser.
pub struct Browser {
    app: Router,
    cookies: BTreeMap<String, String>,
    /// The other side of its connections.
    peer: Option<SocketAddr>,
}

impl Browser {
    /// The same browser at this address.
    pub fn at(self, address: &str) -> Self {
        Self { peer: Some((address.parse::<std::net::IpAddr>().unwrap(), 40_000).into()), ..self }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request, Body::from(encode(fields))).await
    }

    /// What it sends as cookies.
    pub fn cookies(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub async fn send(&mut self, request: http::request::Builder, body: Body) -> Page {
        let cookies = self.cookies();
        let mut request = request.header(header::HOST, "localhost").header(header::COOKIE, cookies).body(body).unwrap();
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        }
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Page { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Begins a draft; answers its path.
    pub async fn begin(&mut self, kind: &str, more: &[(&str, &str)]) -> String {
        let page = self.post("/concepten", &with(&[("kind", kind)], more)).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        page.location().to_owned()
    }

    /// Opens the form of a draft in a window: the hidden fields by which the window is known.
    pub async fn window(&mut self, draft: &str) -> Vec<(&'static str, String)> {
        let page = self.get(draft).await;
        ["window", "revision", "turn"].map(|name| (name, hidden(&page.text, name))).to_vec()
    }

    /// States the purpose of a case.
    pub async fn for_case(&mut self, case: &str) {
        let id = case.rsplit('/').next().unwrap();
        let page = self.post("/doel", &[("purpose", &format!("case:{id}")), ("naar", "/")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    }

    /// Opens a case from signals, sharing `shared` of each; answers its path.
    pub async fn open_case(&mut self, title: &str, signals: &[&str], shared: &[&str], team: &[usize]) -> String {
        let mut fields: Vec<(String, String)> = vec![
            ("title".into(), title.into()),
            ("summary".into(), format!("over {title}")),
            ("purpose".into(), CASE_PURPOSE.to_string()),
            ("reasons".into(), format!("redenen {title}")),
        ];
        for signal in signals {
            let id = signal.rsplit('/').next().unwrap();
            fields.push(("signal".into(), id.into()));
            fields.extend(test_fields(id, title));
            fields.extend(shared.iter().map(|field| (format!("link.{id}.field"), (*field).to_owned())));
        }
        fields.extend(team.iter().map(|index| ("member".to_owned(), person(*index).to_string())));
        fields.push(("do".into(), "check".into()));
        let draft = self.begin("open-case", &[]).await;
        let borrowed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = self.post(&draft, &borrowed).await;
        assert!(page.location().contains("/controleren"), "{} {}", page.status, page.text);
        let page = self.post(&format!("{draft}/versturen"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        page.location().split('?').next().unwrap().to_owned()
    }
}

/// The value of a hidden field.
pub fn hidden(page: &str, name: &str) -> String {
    let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let rest = page.split(&start).nth(1).unwrap_or_else(|| panic!("no field {name}"));
    rest.split('"').next().unwrap().to_owned()
}

/// The purpose test of a link, all met.
pub fn test_fields(signal: &str, marker: &str) -> Vec<(String, String)> {
    ["compatibility", "necessity", "proportionality", "subsidiarity"]
        .iter()
        .flat_map(|one| {
            [
                (format!("link.{signal}.{one}"), "yes".to_owned()),
                (format!("link.{signal}.{one}-reasons"), format!("oordeel {one} {marker}")),
            ]
        })
        .collect()
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => (byte as char).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

impl World {
    /// This person, as the ports know them, having stated what they may for their daily work.
    pub async fn asker(&self, index: usize) -> Asker {
        self.sign_in(person(index)).await
    }

    /// Somebody else of Anna's department, who is entered at the first call.
    pub async fn colleague_of_anna(&self) -> Asker {
        let id = person(90);
        if self.vault.directory.person(id).await.unwrap().is_none() {
            let new = NewPerson {
                id,
                name: "Aad van Vergunningen".into(),
                department: department(0),
                roles: vec![Role::Member],
            };
            self.vault.directory.add_person(&new, 90).await.unwrap();
        }
        self.sign_in(id).await
    }

    async fn sign_in(&self, id: PersonId) -> Asker {
        let trace = random_id(&*self.engine.entropy);
        let token = self.ports.sessions.sign_in_demo(id, &Arrival::of(trace, "127.0.0.1")).await.unwrap();
        let asker = self.ports.sessions.resume(&token, trace, "127.0.0.1").await.unwrap().unwrap();
        for purpose in [StatedPurpose::Intake, StatedPurpose::Supervision] {
            // One of them is refused, which is right.
            let _ = self.ports.sessions.state_purpose(&asker, purpose).await;
        }
        self.again(&asker).await
    }

    /// The same session with the purposes stated meanwhile.
    pub async fn again(&self, asker: &Asker) -> Asker {
        let row = self.vault.sessions.find(asker.session).await.unwrap().unwrap();
        Asker { purposes: row.purposes, trace: random_id(&*self.engine.entropy), ..asker.clone() }
    }
}
