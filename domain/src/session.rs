//! Where somebody is signed in.

use crate::{moment::Moment, ports::SessionRef};

/// A session that is open, as its person sees it, or an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// By which it is named; its secret is only in the browser.
    pub id: SessionRef,
    /// Since when.
    pub begun_at: Moment,
    /// When it was last used, to a minute.
    pub seen_at: Moment,
    /// On what, coarsely: "Firefox, Windows"; empty when that is not known.
    pub device: String,
    /// Whether it is that of who asks.
    pub here: bool,
}

/// On what somebody is, from what their browser calls itself: a program and a system, so coarse that it says nothing more of them.
/// Empty when it is neither known.
pub fn device(user_agent: &str) -> String {
    // The first that fits: browsers also call themselves what those before them in this list are called.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Windows", "Windows"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    let both: Vec<&str> = first(&BROWSERS).into_iter().chain(first(&SYSTEMS)).collect();
    both.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{SessionRef, device};

    #[test]
    fn a_session_is_found_again_by_the_name_that_a_form_has_for_it_and_by_nothing_else() {
        let mut hash = [0x0f; 32];
        hash[0] = 0xa0;
        let session = SessionRef(hash);
        assert_eq!(SessionRef::named(&session.name()), Some(session));
        let short = "0".repeat(63);
        for name in ["", "x", &short, &"g".repeat(64), &"é".repeat(32), &"+1".repeat(32)] {
            assert_eq!(SessionRef::named(name), None, "{name}");
        }
    }

    #[test]
    fn a_device_is_told_coarsely() {
        for (agent, told) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Windows"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18.0 Mobile/15E Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131 Safari/537.36",
                "Chrome, Linux",
            ),
            ("curl/8.5.0", ""),
            ("", ""),
        ] {
            assert_eq!(device(agent), told, "{agent}");
        }
    }
}
