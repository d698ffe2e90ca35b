//! Where a request comes from: the other side of its connection or, when that is a proxy that is trusted, what it says.
//!
//! Anybody can send headers that say where they are. Only what a trusted proxy added counts, so what is said is read from the right:
//! each proxy adds at the end whom it got the request from. What must never happen here: an address that its bearer chose.

use http::{HeaderMap, HeaderName, header};
use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    str::FromStr,
};

/// Addresses that begin alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Whether this is one of them.
    pub fn holds(&self, address: IpAddr) -> bool {
        let differ = match (self.address, address) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => u128::from(ours.to_bits() ^ theirs.to_bits()) << 96,
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => ours.to_bits() ^ theirs.to_bits(),
            _ => return false,
        };
        differ.leading_zeros() >= u32::from(self.bits)
    }
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| ())?;
        // IPv4 within IPv6 has two ways to be written; the plain one serves.
        if address.to_canonical() != address {
            return Err(());
        }
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| ())?;
        // A network of everybody trusts everybody.
        (1..=most).contains(&bits).then_some(Self { address, bits }).ok_or(())
    }
}

/// The header in which the proxies say it. Only this one is read: another one comes through them as anybody sent it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`, which nearly every proxy writes.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// The proxies before the program.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    /// Whose word counts.
    pub trusted: Vec<Network>,
    /// Where they give it.
    pub header: ProxyHeader,
    /// Whether they give the trace (`traceparent`), and pass on none of a browser.
    pub traces: bool,
}

impl Proxies {
    /// Whether this is one of them.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.holds(address.to_canonical()))
    }

    /// The address of the person behind this connection; the nearest one that can be believed, when what was said makes no sense.
    pub fn person(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer.to_canonical();
        let name = match self.header {
            ProxyHeader::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            ProxyHeader::Forwarded => header::FORWARDED,
        };
        let lines: Vec<_> = headers.get_all(name).iter().collect();
        for line in lines.into_iter().rev() {
            let Ok(mut rest) = line.to_str().map(Some) else { return nearest };
            while let Some(line) = rest {
                if !self.trusts(nearest) {
                    return nearest;
                }
                let (before, last) = last(line, ',');
                let said = match self.header {
                    ProxyHeader::XForwardedFor => address(last.trim()),
                    ProxyHeader::Forwarded => forwarded_for(last),
                };
                let Some(said) = said else { return nearest };
                nearest = said;
                rest = before;
            }
        }
        nearest
    }
}

/// What stands after the last separator that is not in quotes, and what stands before it. From the right, so that a quote that
/// somebody left open cannot swallow what a proxy added after it.
fn last(line: &str, separator: char) -> (Option<&str>, &str) {
    let mut quoted = false;
    for (at, sign) in line.char_indices().rev() {
        if sign == '"' {
            quoted = !quoted;
        } else if sign == separator && !quoted {
            return (Some(&line[..at]), &line[at + 1..]);
        }
    }
    (None, line)
}

/// The address in one element of `Forwarded`; none when it is hidden, unknown or said twice.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let (mut found, mut rest) = (None, Some(element));
    while let Some(pairs) = rest {
        let (before, pair) = last(pairs, ';');
        rest = before;
        let Some((name, value)) = pair.trim().split_once('=') else { continue };
        if !name.eq_ignore_ascii_case("for") {
            continue;
        }
        if found.is_some() {
            return None;
        }
        let value = value.strip_prefix('"').map_or(Some(value), |value| value.strip_suffix('"'))?;
        found = Some(address(value)?);
    }
    found
}

/// An address, with or without a port and with or without brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::from);
    let found = text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|both| both.ip())).or_else(bare)?;
    Some(found.to_canonical()).filter(|address| !address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(header: ProxyHeader) -> Proxies {
        let trusted = ["10.0.0.0/24", "127.0.0.1", "2001:db8:1::/48"].map(|one| one.parse().expect("a network"));
        Proxies { trusted: trusted.to_vec(), header, traces: false }
    }

    fn person(header: ProxyHeader, peer: &str, lines: &[&[u8]]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            let name = if header == ProxyHeader::Forwarded { "forwarded" } else { "x-forwarded-for" };
            headers.append(name, http::HeaderValue::from_bytes(line).expect("a value"));
        }
        // What the proxies do not write says nothing.
        let other = if header == ProxyHeader::Forwarded { "x-forwarded-for" } else { "forwarded" };
        headers.append(other, http::HeaderValue::from_static("for=192.0.2.99"));
        headers.append("x-real-ip", http::HeaderValue::from_static("192.0.2.98"));
        proxies(header).person(peer.parse().expect("an address"), &headers).to_string()
    }

    #[test]
    fn a_network_holds_what_begins_alike() {
        for (network, inside, outside) in [
            ("10.0.0.0/24", "10.0.0.255", "10.0.1.0"),
            ("10.0.0.7", "10.0.0.7", "10.0.0.6"),
            ("10.0.0.7/8", "10.255.0.1", "11.0.0.1"),
            ("128.0.0.0/1", "255.0.0.1", "127.0.0.1"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("::1", "::1", "::2"),
            ("0.0.0.1/32", "0.0.0.1", "::1"),
        ] {
            let network: Network = network.parse().expect("a network");
            assert!(network.holds(inside.parse().expect("an address")), "{network:?} {inside}");
            assert!(!network.holds(outside.parse().expect("an address")), "{network:?} {outside}");
        }
        for bad in ["", "10.0.0", "10.0.0.0/33", "10.0.0.0/0", "::/0", "::/129", "10.0.0.0/-1", "::ffff:10.0.0.1", "x"]
        {
            assert_eq!(bad.parse::<Network>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn only_a_trusted_proxy_says_where_somebody_is() {
        use ProxyHeader::XForwardedFor as X;
        for (peer, lines, expected) in [
            // Nobody who is trusted: what is said is somebody's own word.
            ("192.0.2.1", &[&b"198.51.100.7"[..]][..], "192.0.2.1"),
            ("::ffff:192.0.2.1", &[], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &[b"198.51.100.7"], "198.51.100.7"),
            // A listener for both families sees IPv4 within IPv6.
            ("::ffff:10.0.0.1", &[b"198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &[b"::ffff:198.51.100.7"], "198.51.100.7"),
            // What somebody wrote themselves stands on the left of what the proxy added.
            ("10.0.0.1", &[b"127.0.0.1, 203.0.113.5, 198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &[b"1.2.3.4", b"198.51.100.7"], "198.51.100.7"),
            // Through several proxies of ours.
            ("10.0.0.1", &[b"203.0.113.5, 198.51.100.7,10.0.0.9 , 127.0.0.1"], "198.51.100.7"),
            ("10.0.0.1", &[b"203.0.113.5, 198.51.100.7", b"10.0.0.9"], "198.51.100.7"),
            ("2001:db8:1::5", &[b"2001:db8:2::7"], "2001:db8:2::7"),
            // All of them ours: the farthest one.
            ("10.0.0.1", &[b"10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            // With ports, as some proxies write them.
            ("10.0.0.1", &[b"198.51.100.7:4711"], "198.51.100.7"),
            ("10.0.0.1", &[b"[2001:db8:2::7]:4711"], "2001:db8:2::7"),
            ("10.0.0.1", &[b"[2001:db8:2::7]"], "2001:db8:2::7"),
            // What makes no sense ends the way there.
            ("10.0.0.1", &[b""], "10.0.0.1"),
            ("10.0.0.1", &[b"unknown"], "10.0.0.1"),
            ("10.0.0.1", &[b"198.51.100.7, nonsense"], "10.0.0.1"),
            ("10.0.0.1", &[b"198.51.100.7, nonsense, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &[b"198.51.100.7,"], "10.0.0.1"),
            ("10.0.0.1", &[b", 198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &[b"198.51.100.7.9"], "10.0.0.1"),
            ("10.0.0.1", &[b"198.51.100.07"], "10.0.0.1"),
            ("10.0.0.1", &[b"198.51.100.7:99999"], "10.0.0.1"),
            ("10.0.0.1", &[b"0.0.0.0"], "10.0.0.1"),
            ("10.0.0.1", &[b"fe80::1%eth0"], "10.0.0.1"),
            ("10.0.0.1", &[b"\"198.51.100.7"], "10.0.0.1"),
            ("10.0.0.1", &[b"\"x, 198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &[b"198.51.100.7\xff"], "10.0.0.1"),
            ("10.0.0.1", &[b"for=198.51.100.7"], "10.0.0.1"),
        ] {
            assert_eq!(person(X, peer, lines), expected, "{peer} {lines:?}");
        }
    }

    #[test]
    fn the_standards_header_is_read_when_the_proxies_write_it() {
        use ProxyHeader::Forwarded as F;
        for (peer, lines, expected) in [
            ("192.0.2.1", &[&b"for=198.51.100.7"[..]][..], "192.0.2.1"),
            ("10.0.0.1", &[b"for=198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &[b"For=\"198.51.100.7:47\";proto=https;by=10.0.0.1"], "198.51.100.7"),
            ("10.0.0.1", &[b"proto=https; FOR=\"[2001:db8:2::7]:4711\""], "2001:db8:2::7"),
            ("10.0.0.1", &[b"for=1.2.3.4, for=198.51.100.7;host=\"a,b;for=9.9.9.9\", for=10.0.0.2"], "198.51.100.7"),
            ("10.0.0.1", &[b"for=1.2.3.4", b"for=198.51.100.7"], "198.51.100.7"),
            // A quote that somebody left open swallows nothing of what the proxy adds.
            ("10.0.0.1", &[b"for=\"1.2.3.4, for=198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &[b"for=\"1.2.3.4\", for=\"198.51.100.7\""], "198.51.100.7"),
            // Hidden on purpose, or said twice, or not at all.
            ("10.0.0.1", &[b"for=198.51.100.7, for=_hidden"], "10.0.0.1"),
            ("10.0.0.1", &[b"for=unknown"], "10.0.0.1"),
            ("10.0.0.1", &[b"for=1.2.3.4;for=198.51.100.7"], "10.0.0.1"),
            ("10.0.0.1", &[b"proto=https"], "10.0.0.1"),
            ("10.0.0.1", &[b"for=\"198.51.100.7"], "10.0.0.1"),
            ("10.0.0.1", &[b"for=\"198.51.\\100.7\""], "10.0.0.1"),
            ("10.0.0.1", &[b"198.51.100.7"], "10.0.0.1"),
            ("10.0.0.1", &[b""], "10.0.0.1"),
        ] {
            assert_eq!(person(F, peer, lines), expected, "{peer} {lines:?}");
        }
    }
}
