//! Writing in a plan: decided once per author and version of the case, and proved by the write itself.
//!
//! A yes stands as long as the case is in the version that it was given for. The permit names that version, and the store
//! writes only while the case is in it: what changed in between is not missed, it refuses the write. A no never stands:
//! whoever has no yes is decided by the case as it is now.

use super::*;
use crate::{
    permit::{Permit, act, of},
    store::headers,
};
use plein_domain::{header::CaseHeader, people::Person, ports::SessionRef};
use std::collections::HashMap;

/// How many yeses are kept: more than a plan has connections.
const KEPT: usize = 512;

/// The decisions on writing in one plan that stand.
pub struct Standing {
    id: CaseId,
    header: Option<CaseHeader>,
    /// How often cases had been changed when the header was read.
    changes: u64,
    yes: HashMap<SessionRef, Yes>,
}

/// A yes, and all that it was given to besides the case.
struct Yes {
    person: Person,
    purposes: Vec<StatedPurpose>,
    decided: Decided,
}

impl Standing {
    /// Of the plan of this case; nothing is decided yet.
    pub fn of(id: CaseId) -> Self {
        Self { id, header: None, changes: 0, yes: HashMap::new() }
    }

    /// Nothing stands any more: the case is not what it was.
    pub fn fall(&mut self) {
        self.header = None;
        self.yes.clear();
    }

    fn yes(&self, asker: &Asker) -> Option<&Decided> {
        let same = |yes: &&Yes| yes.person == asker.person && yes.purposes == asker.purposes;
        self.yes.get(&asker.session).filter(same).map(|yes| &yes.decided)
    }

    fn now(&mut self, header: Option<CaseHeader>, changes: u64) {
        if self.header != header || self.yes.len() >= KEPT {
            self.yes.clear();
        }
        (self.header, self.changes) = (header, changes);
    }
}

impl Gate {
    /// Writing in the plan of a case, by several people at the same time: each of them by their own right in the version
    /// of the case that the permit names, and one line per session, plan and five minutes.
    ///
    /// # Errors
    /// For each of them see [`Denied`]; for all, the database is out of reach.
    pub async fn edit_plan(
        &self,
        askers: &[Asker],
        standing: &mut Standing,
    ) -> VaultResult<Vec<Result<Permit<act::Edit, of::Plan>, Denied>>> {
        // A change that this program made is known at once: asking costs nothing then, and spares a write that fails.
        let changes = self.core.cases_changed();
        if changes != standing.changes || !askers.iter().all(|asker| standing.yes(asker).is_some()) {
            let header = headers::case(&self.core.content, standing.id).await?;
            standing.now(header, changes);
        }
        let mut permits = Vec::with_capacity(askers.len());
        for asker in askers {
            permits.push(self.edit_plan_as(asker, standing).await);
        }
        Ok(permits)
    }

    async fn edit_plan_as(
        &self,
        asker: &Asker,
        standing: &mut Standing,
    ) -> Result<Permit<act::Edit, of::Plan>, Denied> {
        let id = standing.id;
        let (header, decided) = match (&standing.header, standing.yes(asker)) {
            (Some(header), Some(decided)) => (header.clone(), decided.clone()),
            (header, _) => {
                let (header, decided) = self.case_of(asker, id, header.clone(), &[Action::EditPlan]).await?;
                let Asker { person, purposes, session, .. } = asker.clone();
                standing.yes.insert(session, Yes { person, purposes, decided: decided.clone() });
                (header, decided)
            }
        };
        let objects = vec![ObjectRef::plan(id), id.into()];
        if let Some(event) = self.recent.covers(asker.session, ObjectRef::plan(id), self.core.clock.now()) {
            let line = Line { event, ..self.line(asker, LineKind::Edited, decided.stated, objects) };
            return Ok(Permit::after(line, header));
        }
        let line = self.record(asker, LineKind::Edited, decided, objects).await?;
        self.recent.note(asker.session, ObjectRef::plan(id), &line);
        Ok(Permit::after(line, header))
    }
}
