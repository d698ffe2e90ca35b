//! `[server]`, `[sessions]` and `[limits]`.

use super::reading::Document;
use plein_domain::ports::SessionLimits;
use plein_server::{
    Windows,
    edge::{ConnectionLimits, Limits, Proxies, ProxyHeader},
};
use std::{net::SocketAddr, num::NonZeroU32};

/// Where it listens, and how it is reached.
#[derive(Debug, Clone)]
pub struct Served {
    /// The address to listen at.
    pub listen: SocketAddr,
    /// What browsers see before every path, without a slash at its end.
    pub public_url: String,
    /// The proxies before it, whose word counts on where a request came from.
    pub proxies: Proxies,
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
    let words = [("x-forwarded-for", ProxyHeader::XForwardedFor), ("forwarded", ProxyHeader::Forwarded)];
    let header = section.one_of("proxy_header", &words).unwrap_or_default();
    let traces = section.flag("proxy_traces");
    section.close();
    let proxies = Proxies { trusted: trusted_proxies, header, traces };
    Some(Served { listen: listen?, public_url: public_url?, proxies })
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

/// How much may be asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Allowed {
    /// By requests.
    pub requests: Limits,
    /// By windows with a plan open.
    pub windows: Windows,
    /// By connections.
    pub connections: ConnectionLimits,
}

/// How much may be asked. Without a word of it: far more than anybody needs who works.
pub fn allowed(document: &Document<'_>) -> Allowed {
    let section = document.section("limits");
    let usual = Allowed::default();
    let rate = |key, least: i64, usual: NonZeroU32| {
        let given = section.number(key, least..1_000_001).and_then(|number| u32::try_from(number).ok());
        given.and_then(NonZeroU32::new).unwrap_or(usual)
    };
    let many = |key, least: i64, usual: usize| {
        section.number(key, least..1_000_001).and_then(|number| usize::try_from(number).ok()).unwrap_or(usual)
    };
    // The least of each lets one person work.
    let requests = Limits {
        person: rate("requests_per_person", 120, usual.requests.person),
        address: rate("requests_per_address", 60, usual.requests.address),
        sign_ins: rate("sign_ins_per_address", 5, usual.requests.sign_ins),
        in_vain: rate("in_vain_per_address", 5, usual.requests.in_vain),
    };
    let windows = Windows {
        per_person: many("plans_per_person", 2, usual.windows.per_person),
        all: many("plans", 10, usual.windows.all),
    };
    let connections = ConnectionLimits {
        all: many("connections", 50, usual.connections.all),
        per_address: many("connections_per_address", 10, usual.connections.per_address),
        ..usual.connections
    };
    section.close();
    Allowed { requests, windows, connections }
}
