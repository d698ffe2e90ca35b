//! What was written in lately: one line per session, document and five minutes, as for every autosave.

use plein_domain::{header::ObjectRef, ids::EventId, ledger::Line, moment::Moment, ports::SessionRef};
use std::{collections::HashMap, sync::Mutex};

/// How long one `edited` line covers, in seconds.
const COVERS: i64 = 300;
/// Entries kept before the old ones are swept.
const KEPT: usize = 4096;

#[derive(Default)]
pub(super) struct Recent(Mutex<HashMap<(SessionRef, ObjectRef), (Moment, EventId)>>);

impl Recent {
    /// The durable line of this session and document that covers `now`.
    pub(super) fn covers(&self, session: SessionRef, object: impl Into<ObjectRef>, now: Moment) -> Option<EventId> {
        let object = object.into();
        let seen = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (at, event) = seen.get(&(session, object))?;
        (*at <= now && now < at.plus_seconds(COVERS)).then_some(*event)
    }

    /// Notes a line that has become durable.
    pub(super) fn note(&self, session: SessionRef, object: impl Into<ObjectRef>, line: &Line) {
        let at = line.at;
        let mut seen = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if seen.len() >= KEPT {
            seen.retain(|_, (one, _)| at < one.plus_seconds(COVERS));
        }
        seen.insert((session, object.into()), (at, line.event));
    }
}
