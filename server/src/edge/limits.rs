//! How much may be asked in a minute: by a person who is signed in, else by an address, and less of what begins sign-ins or comes
//! to nothing.
//!
//! What must never happen here: memory that grows with the number of strangers, or a limit that somebody meets who only works fast.

use crate::events::Events;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use http::{Method, StatusCode};
use plein_domain::{ids::PersonId, ports::Asker};
use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How much may be asked, each in a minute; all of it at once, if need be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests of a person who is signed in. Who pages as fast as they can makes some 120.
    pub person: NonZeroU32,
    /// Requests of who is not signed in, by address. A whole town hall can share one.
    pub address: NonZeroU32,
    /// Sign-ins begun, by address.
    pub sign_ins: NonZeroU32,
    /// Sign-ins, and sign-outs by the provider, that come to nothing, by address.
    pub in_vain: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self { person: number(1_200), address: number(1_200), sign_ins: number(120), in_vain: number(60) }
    }
}

/// How often the access log is told that a person asks too much.
const TOLD: Duration = Duration::from_secs(300);

/// Buckets that fill up again. A bucket is found by a hash, so that there are never more than 65,536: two who share one by chance have
/// one allowance together, and an attacker with very many addresses fills no memory.
struct Buckets {
    buckets: DefaultKeyedRateLimiter<u16>,
    hash: RandomState,
}

impl Buckets {
    fn of(quota: Quota) -> Self {
        Self { buckets: RateLimiter::keyed(quota), hash: RandomState::new() }
    }

    fn bucket(&self, whose: impl Hash) -> u16 {
        // The upper bits are as good as any.
        (self.hash.hash_one(whose) >> 48) as u16
    }

    /// Takes one out; how long to wait when there is none.
    fn take(&self, whose: impl Hash) -> Result<(), Duration> {
        self.buckets.check_key(&self.bucket(whose)).map_err(|until| until.wait_time_from(self.buckets.clock().now()))
    }
}

/// Keeps to [`Limits`].
pub struct Limiter {
    persons: Buckets,
    addresses: Buckets,
    sign_ins: Buckets,
    in_vain: Buckets,
    /// Until when nothing is taken from an address of which too much came to nothing.
    shut: Mutex<HashMap<u16, Instant>>,
    told: Buckets,
    events: Arc<Events>,
}

/// What is asked of the limiter.
pub(super) struct Asked<'a> {
    pub asker: Option<&'a Asker>,
    pub address: Option<IpAddr>,
    pub method: &'a Method,
    pub path: &'a str,
}

/// Too much; how long to wait, and whether the access log is to be told.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMuch {
    pub wait: Duration,
    pub tell: bool,
}

impl Limiter {
    /// With these limits.
    pub fn new(limits: Limits) -> Arc<Self> {
        let told = Quota::with_period(TOLD).unwrap_or(Quota::per_hour(NonZeroU32::MIN));
        Arc::new(Self {
            persons: Buckets::of(Quota::per_minute(limits.person)),
            addresses: Buckets::of(Quota::per_minute(limits.address)),
            sign_ins: Buckets::of(Quota::per_minute(limits.sign_ins)),
            in_vain: Buckets::of(Quota::per_minute(limits.in_vain)),
            shut: Mutex::default(),
            told: Buckets::of(told),
            events: Events::start("limits"),
        })
    }

    /// Whether this is too much.
    pub(super) fn judge(&self, asked: &Asked<'_>) -> Option<TooMuch> {
        let address = asked.address.map(block);
        let too_much = |what: &'static str, wait: Duration, tell| {
            self.events.note(what);
            Some(TooMuch { wait, tell })
        };
        if let Some(address) = address.filter(|_| comes_to_nothing(asked.path))
            && let Some(wait) = self.shut(address)
        {
            return too_much("in-vain", wait, false);
        }
        if let Some(address) = address.filter(|_| begins_sign_in(asked.method, asked.path))
            && let Err(wait) = self.sign_ins.take(address)
        {
            return too_much("sign-ins", wait, false);
        }
        match (asked.asker, address) {
            (Some(asker), _) => {
                let PersonId(id) = asker.person.id;
                let wait = self.persons.take(id).err()?;
                too_much("requests-of-a-person", wait, self.told.take(id).is_ok())
            }
            (None, Some(address)) => {
                let wait = self.addresses.take(address).err()?;
                too_much("requests-of-an-address", wait, false)
            }
            (None, None) => None,
        }
    }

    /// Learns how a request was answered.
    pub(super) fn learn(&self, address: Option<IpAddr>, path: &str, status: StatusCode) {
        let Some(address) = address.map(block).filter(|_| comes_to_nothing(path) && status.is_client_error()) else {
            return;
        };
        if let Err(wait) = self.in_vain.take(address) {
            let until = Instant::now() + wait;
            self.shut.lock().unwrap_or_else(PoisonError::into_inner).insert(self.in_vain.bucket(address), until);
        }
    }

    /// How long nothing is taken from this address.
    fn shut(&self, address: IpAddr) -> Option<Duration> {
        let mut shut = self.shut.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = self.in_vain.bucket(address);
        let wait = shut.get(&bucket)?.checked_duration_since(Instant::now());
        if wait.is_none() {
            shut.remove(&bucket);
        }
        wait
    }
}

/// What one subscriber has: an address of IPv4, or a block of 2^64 of IPv6.
fn block(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

fn begins_sign_in(method: &Method, path: &str) -> bool {
    path == "/aanmelden/beginnen" || (path == "/aanmelden" && method == Method::POST)
}

fn comes_to_nothing(path: &str) -> bool {
    path == crate::sign_in::RETURN || path == crate::sign_in::BY_PROVIDER
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter() -> Arc<Limiter> {
        let few = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Limiter::new(Limits { person: few(9), address: few(6), sign_ins: few(3), in_vain: few(2) })
    }

    fn ask(limiter: &Limiter, address: &str, method: Method, path: &str) -> bool {
        let address = Some(address.parse().expect("an address"));
        limiter.judge(&Asked { asker: None, address, method: &method, path }).is_none()
    }

    #[tokio::test]
    async fn an_address_asks_so_much_in_a_minute_and_another_one_is_not_kept_from_asking() {
        let limiter = limiter();
        for _ in 0..6 {
            assert!(ask(&limiter, "192.0.2.1", Method::GET, "/hulp"));
        }
        assert!(!ask(&limiter, "192.0.2.1", Method::GET, "/hulp"));
        assert!(ask(&limiter, "192.0.2.2", Method::GET, "/hulp"));
        let wait = limiter.addresses.take(block("192.0.2.1".parse().expect("an address"))).expect_err("too much");
        assert!(wait > Duration::ZERO && wait <= Duration::from_secs(10), "{wait:?}");
    }

    #[tokio::test]
    async fn a_block_of_ipv6_is_one_subscriber() {
        let limiter = limiter();
        for at in 0..6 {
            assert!(ask(&limiter, &format!("2001:db8::{at}"), Method::GET, "/hulp"));
        }
        assert!(!ask(&limiter, "2001:db8::ffff:ffff", Method::GET, "/hulp"));
        assert!(ask(&limiter, "2001:db8:0:1::1", Method::GET, "/hulp"));
    }

    #[tokio::test]
    async fn fewer_sign_ins_can_be_begun_and_all_else_goes_on() {
        let limiter = limiter();
        for path in ["/aanmelden/beginnen", "/aanmelden", "/aanmelden/beginnen"] {
            assert!(ask(&limiter, "192.0.2.1", Method::POST, path));
        }
        assert!(!ask(&limiter, "192.0.2.1", Method::GET, "/aanmelden/beginnen"));
        assert!(ask(&limiter, "192.0.2.1", Method::GET, "/aanmelden"), "the page itself");
    }

    #[tokio::test]
    async fn what_comes_to_nothing_shuts_the_door_for_a_while_and_what_does_not_never_does() {
        let limiter = limiter();
        let address = "192.0.2.1".parse().ok();
        let path = crate::sign_in::BY_PROVIDER;
        for _ in 0..100 {
            limiter.learn(address, path, StatusCode::OK);
            limiter.learn(address, path, StatusCode::SERVICE_UNAVAILABLE);
            limiter.learn(address, "/concepten", StatusCode::NOT_FOUND);
        }
        assert!(ask(&limiter, "192.0.2.1", Method::POST, path));
        for _ in 0..3 {
            limiter.learn(address, path, StatusCode::BAD_REQUEST);
        }
        assert!(!ask(&limiter, "192.0.2.1", Method::POST, path));
        assert!(ask(&limiter, "192.0.2.1", Method::GET, "/hulp"));
        assert!(ask(&limiter, "192.0.2.2", Method::POST, path));
    }

    #[tokio::test]
    async fn very_many_addresses_take_no_more_memory_than_many() {
        let limiter = limiter();
        for at in 0..300_000_u32 {
            let address = Some(IpAddr::from(Ipv6Addr::from_bits(u128::from(at) << 64)));
            limiter.judge(&Asked { asker: None, address, method: &Method::GET, path: "/hulp" });
        }
        assert!(limiter.addresses.buckets.len() <= 65_536);
    }
}
