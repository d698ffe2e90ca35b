//! A clock that can be set back while the demo world is made, so that its log is coherent, and then runs on.

use crate::real::SystemClock;
use plein_domain::moment::{Clock, Moment};
use std::sync::atomic::{AtomicI64, Ordering};

/// See the module's documentation. Set to a moment it stands still there; released it is the system's clock.
#[derive(Debug, Default)]
pub struct DemoClock(AtomicI64);

impl DemoClock {
    /// Stands still at this moment (after 1970) until it is set again or released.
    pub fn set(&self, moment: Moment) {
        self.0.store(moment.0.max(1), Ordering::SeqCst);
    }

    /// Runs with the system's clock again.
    pub fn release(&self) {
        self.0.store(0, Ordering::SeqCst);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Moment {
        match self.0.load(Ordering::SeqCst) {
            0 => SystemClock.now(),
            set => Moment(set),
        }
    }
}
