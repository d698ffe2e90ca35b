//! What comes from nobody is counted, so that no stranger can fill the access log, and told once a minute.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// How often it is told.
const TOLD: Duration = Duration::from_secs(60);

/// Counted security events of one area.
pub(crate) struct Events {
    area: &'static str,
    counted: Mutex<BTreeMap<&'static str, u64>>,
}

impl Events {
    /// Begins to count, for as long as anybody holds it.
    pub(crate) fn start(area: &'static str) -> Arc<Self> {
        let events = Arc::new(Self { area, counted: Mutex::default() });
        let held = Arc::downgrade(&events);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(TOLD).await;
                let Some(events) = held.upgrade() else { break };
                events.tell();
            }
        });
        events
    }

    /// Counts one.
    pub(crate) fn note(&self, what: &'static str) {
        *self.counted.lock().unwrap_or_else(PoisonError::into_inner).entry(what).or_default() += 1;
    }

    fn tell(&self) {
        let counted = std::mem::take(&mut *self.counted.lock().unwrap_or_else(PoisonError::into_inner));
        for (what, times) in counted {
            tracing::warn!(target: "plein::security", event = self.area, what, times, "security events of the last minute");
        }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.tell();
    }
}
