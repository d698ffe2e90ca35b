//! Drafts touched lately: one line per session, draft and five minutes, as for every autosave.

use plein_domain::{ids::*, moment::Moment, ports::SessionRef};
use std::{collections::HashMap, sync::Mutex};

/// How long one `edited` line covers, in seconds.
const COVERS: i64 = 300;
/// Entries kept before the old ones are swept.
const KEPT: usize = 4096;

#[derive(Default)]
pub(super) struct Recent(Mutex<HashMap<(SessionRef, DraftId), Moment>>);

impl Recent {
    /// Whether a durable line of this session and draft covers `now`.
    pub(super) fn covers(&self, session: SessionRef, draft: DraftId, now: Moment) -> bool {
        let seen = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        seen.get(&(session, draft)).is_some_and(|at| *at <= now && now < at.plus_seconds(COVERS))
    }

    /// Notes a line that has become durable.
    pub(super) fn note(&self, session: SessionRef, draft: DraftId, at: Moment) {
        let mut seen = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if seen.len() >= KEPT {
            seen.retain(|_, one| at < one.plus_seconds(COVERS));
        }
        seen.insert((session, draft), at);
    }
}
