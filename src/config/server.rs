//! `[server]` and `[sessions]`.

use super::reading::Document;
use plein_domain::ports::SessionLimits;
use std::net::{IpAddr, SocketAddr};

/// Where it listens, and how it is reached.
#[derive(Debug, Clone)]
pub struct Served {
    /// The address to listen at.
    pub listen: SocketAddr,
    /// What browsers see before every path, without a slash at its end.
    pub public_url: String,
    /// Proxies whose word counts on where a request came from.
    #[expect(
        dead_code,
        reason = "checked now, so that a file stays valid; the edge goes by them with the rate limits"
    )]
    pub trusted_proxies: Vec<Network>,
}

/// Addresses that begin alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    pub address: IpAddr,
    pub bits: u8,
}

impl std::str::FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| ())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| ())?;
        // A network of everybody trusts everybody.
        (1..=most).contains(&bits).then_some(Self { address, bits }).ok_or(())
    }
}

pub fn read(document: &Document<'_>) -> Option<Served> {
    let section = document.section("server");
    let remedy = "give address and port, such as 127.0.0.1:8080";
    let listen = section.need("listen", remedy).and_then(|found| {
        let address = found.value.parse().ok();
        if address.is_none() {
            section.wrong("listen", &found.place, "is no address with a port", remedy);
        }
        address
    });
    let remedy = "give the address that people type, such as https://plein.municipality.nl";
    let public_url = section.need("public_url", remedy).and_then(|found| {
        let wrong = |what: &str| {
            section.wrong("public_url", &found.place, what, remedy);
            None
        };
        let Ok(url) = found.value.parse::<http::Uri>() else { return wrong("is no address of a site") };
        let (Some(scheme), Some(authority)) = (url.scheme_str(), url.authority()) else {
            return wrong("is no address of a site");
        };
        if authority.as_str().contains('@') || url.path() != "/" || url.query().is_some() {
            return wrong("has more than a host and a port in it");
        }
        match scheme {
            "https" => {}
            "http" if matches!(authority.host(), "localhost" | "127.0.0.1" | "[::1]") => {}
            _ => return wrong("is reached without TLS, by which a session can be stolen"),
        }
        Some(found.value.trim_end_matches('/').to_owned())
    });
    let mut trusted_proxies = Vec::new();
    for found in section.list("trusted_proxies") {
        match found.value.parse() {
            Ok(network) => trusted_proxies.push(network),
            Err(()) => section.wrong(
                "trusted_proxies",
                &found.place,
                &format!("{:?} is no address of a proxy", found.value),
                "write 10.0.0.7, or 10.0.0.0/24 for all of a network",
            ),
        }
    }
    section.close();
    Some(Served { listen: listen?, public_url: public_url?, trusted_proxies })
}

/// How long sessions last. Without a word of it: as long as Plein thinks right.
pub fn limits(document: &Document<'_>) -> SessionLimits {
    let section = document.section("sessions");
    let usual = SessionLimits::default();
    // Not longer than a day (OWASP ASVS 5.0, 7.3.2); not so short that nobody can work. An hour ago is not lately.
    let idle = section.number("idle_minutes", 2..241).map_or(usual.idle, |minutes| minutes * 60);
    let longest = section.number("longest_hours", 1..25).map_or(usual.longest, |hours| hours * 3_600);
    let fresh = section.number("fresh_minutes", 1..61).map_or(usual.fresh, |minutes| minutes * 60);
    if idle > longest {
        let place = section.place();
        section.wrong("idle_minutes", &place, "is longer than longest_hours", "make it shorter");
    }
    section.close();
    SessionLimits { idle, longest, fresh }
}
