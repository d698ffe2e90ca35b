//! Paths of this site, as they come back from forms and addresses. Anything that could lead elsewhere is no path.

use std::fmt;

/// A path of this site with its query, safe to redirect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalPath(String);

impl LocalPath {
    /// The home page.
    pub(crate) fn home() -> Self {
        Self("/".into())
    }

    /// The path, if it is one of this site: one leading slash, no backslash, nothing but visible ASCII.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let local = text.starts_with('/') && !text.starts_with("//");
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        (local && plain && text.len() <= 500).then(|| Self(text.to_owned()))
    }

    /// The path, or the home page when it is none of this site.
    pub(crate) fn or_home(text: &str) -> Self {
        Self::read(text).unwrap_or_else(Self::home)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// For the query of another address.
    pub(crate) fn encoded(&self) -> String {
        let mut encoded = String::with_capacity(self.0.len());
        for byte in self.0.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                    encoded.push(char::from(byte));
                }
                other => encoded.push_str(&format!("%{other:02X}")),
            }
        }
        encoded
    }
}

impl fmt::Display for LocalPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for good in ["/", "/signalen?pagina=2", "/casussen/1#subject.0.name"] {
            assert_eq!(LocalPath::or_home(good).as_str(), good);
        }
        for bad in [
            "",
            "signalen",
            "//elders.example",
            "/\\elders.example",
            "https://elders.example/",
            "/a\nb",
            "/a b",
            "/é",
            "javascript:alert(1)",
            "\t//elders.example",
        ] {
            assert_eq!(LocalPath::read(bad), None, "{bad:?}");
        }
        assert_eq!(LocalPath::read(&format!("/{}", "a".repeat(500))), None);
    }

    #[test]
    fn a_path_inside_a_query_cannot_end_it() {
        assert_eq!(LocalPath::or_home("/a?b=c&d#e").encoded(), "/a%3Fb%3Dc%26d%23e");
    }
}
