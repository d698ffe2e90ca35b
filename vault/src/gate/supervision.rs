//! The questions of the data protection officer: about the log, and never about what stands in a record. What they look for
//! is in the reason of their own lines, as codes, days, ids and references.

use super::*;
use crate::permit::{Permit, act, of};
use plein_domain::access_log::LogFilter;

impl Gate {
    /// The whole log, or what of it fits a filter. `record` is what the reference in the filter stands for, when there is
    /// anything that has it.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn search_log(
        &self,
        asker: &Asker,
        filter: LogFilter,
        record: Option<ObjectRef>,
    ) -> Result<Permit<act::ViewLog, of::Log>, Denied> {
        let decided = self.area(asker, Action::SearchLog).await?;
        let said: Vec<String> = filter.filters().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let objects = vec![record.unwrap_or(ObjectRef::AREA)];
        let line = self.record_saying(asker, LineKind::Searched, decided, objects, said.join(" ")).await?;
        Ok(Permit::after(line, filter))
    }

    /// Makes the line of a positive decision durable, with why it was asked.
    async fn record_saying(
        &self,
        asker: &Asker,
        kind: LineKind,
        decided: Decided,
        objects: Vec<ObjectRef>,
        reason: String,
    ) -> VaultResult<Line> {
        let mut line = self.line(asker, kind, decided.stated, objects);
        line.payload.policies = decided.policies;
        line.payload.reason = reason;
        self.core.ledger.append(vec![line.clone()]).await?;
        Ok(line)
    }
}
