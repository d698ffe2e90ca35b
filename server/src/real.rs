//! The real clock and the real randomness: the only place that asks the operating system for either.

use plein_domain::moment::{Clock, Entropy, Moment};

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one real clock that is handed in everywhere else")]
    fn now(&self) -> Moment {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the one real randomness that is handed in everywhere else")]
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness nothing may be sealed; the process must not go on.
        getrandom::fill(bytes).expect("the operating system gives randomness");
    }
}
