//! What was written in lately: one line per session, document and five minutes, as for every autosave.

use plein_domain::{header::ObjectRef, moment::Moment, ports::SessionRef};
use std::{collections::HashMap, sync::Mutex};

/// How long one `edited` line covers, in seconds.
const COVERS: i64 = 300;
/// Entries kept before the old ones are swept.
const KEPT: usize = 4096;

#[derive(Default)]
pub(super) struct Recent(Mutex<HashMap<(SessionRef, ObjectRef), Moment>>);

impl Recent {
    /// Whether a durable line of this session and document covers `now`.
    pub(super) fn covers(&self, session: SessionRef, object: impl Into<ObjectRef>, now: Moment) -> bool {
        let object = object.into();
        let seen = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        seen.get(&(session, object)).is_some_and(|at| *at <= now && now < at.plus_seconds(COVERS))
    }

    /// Notes a line that has become durable.
    pub(super) fn note(&self, session: SessionRef, object: impl Into<ObjectRef>, at: Moment) {
        let mut seen = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if seen.len() >= KEPT {
            seen.retain(|_, one| at < one.plus_seconds(COVERS));
        }
        seen.insert((session, object.into()), at);
    }
}
