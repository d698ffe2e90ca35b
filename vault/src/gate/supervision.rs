//! The questions of the data protection officer: about the log, and never about what stands in a record. What they look for
//! is in the reason of their own lines, as codes, days, ids and references.

use super::*;
use crate::{
    keyring::KeyKind,
    permit::{Permit, act, of},
    store::{headers, lookups},
};
use plein_domain::{
    access_log::LogFilter,
    identifier::IdentifierKind,
    list::Period,
    lookup::{Asked, Kept, RECORDS},
    processing::ProcessingQuery,
};

/// What stands in the log as the reason of a look-up: by what kind of identifier, and why. Never the identifier.
fn reason(kind: IdentifierKind, reason: &str) -> String {
    format!("{}: {reason}", kind.code())
}

/// What a look-up is about, as it stands in the log.
fn objects(kept: &Kept) -> Vec<ObjectRef> {
    if kept.records.is_empty() {
        return vec![ObjectRef::AREA];
    }
    kept.records.iter().map(|id| (*id).into()).collect()
}

impl Gate {
    /// The whole log, or what of it fits a filter. The line names the record that the filter does, when there is one.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn search_log(&self, asker: &Asker, filter: LogFilter) -> Result<Permit<act::ViewLog, of::Log>, Denied> {
        let decided = self.area(asker, Action::SearchLog).await?;
        let said: Vec<String> = filter.filters().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let record = match &filter.record {
            Some(reference) => headers::by_reference(&self.core.content, reference).await?,
            None => None,
        };
        let objects = vec![record.unwrap_or(ObjectRef::AREA)];
        let line = self.record_saying(asker, LineKind::Searched, decided, objects, said.join(" ")).await?;
        Ok(Permit::after(line, filter))
    }

    /// How it stands with the checkpoints.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn view_checkpoints(&self, asker: &Asker) -> Result<Permit<act::View, of::Checkpoints>, Denied> {
        let decided = self.area(asker, Action::SearchLog).await?;
        let line =
            self.record_saying(asker, LineKind::Searched, decided, vec![ObjectRef::AREA], "checkpoints".into()).await?;
        Ok(Permit::after(line, ()))
    }

    /// Taking the log out, with what is personal of the lines of a period.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn export_log(&self, asker: &Asker, period: Period) -> Result<Permit<act::View, of::LogExport>, Denied> {
        let decided = self.area(asker, Action::ExportLog).await?;
        let filter = LogFilter { period, ..LogFilter::default() };
        let days: Vec<String> = filter.filters().iter().map(|(name, value)| format!(" {name}={value}")).collect();
        let said = format!("log export{}", days.concat());
        let line = self.record_saying(asker, LineKind::Exported, decided, vec![ObjectRef::AREA], said).await?;
        Ok(Permit::after(line, period))
    }

    /// Reading data processings.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn read_processings(
        &self,
        asker: &Asker,
        query: ProcessingQuery,
    ) -> Result<Permit<act::View, of::Processings>, Denied> {
        let decided = self.area(asker, Action::ReadProcessings).await?;
        let line = self.record_saying(asker, LineKind::Searched, decided, vec![ObjectRef::AREA], query.said()).await?;
        Ok(Permit::after(line, query))
    }

    /// Whether the asker may look up who saw a person. Nothing is looked up yet, so a yes leaves no line; a refusal does.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn may_look_up(&self, asker: &Asker) -> Result<(), Denied> {
        self.area(asker, Action::LookUpSubject).await.map(drop)
    }

    /// Looks up which signals hold an identifier, under this id. The line names them, the kind of identifier and why; an
    /// identifier that nobody has takes the same path.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn look_up(
        &self,
        asker: &Asker,
        id: LookUpId,
        asked: Asked,
    ) -> Result<Permit<act::Create, of::NewLookUp>, Denied> {
        let decided = self.area(asker, Action::LookUpSubject).await?;
        let kind = asked.identifier.kind();
        let found = self.core.keyring.find(&asked.identifier).await.map_err(VaultError::from)?;
        let mut records: Vec<_> =
            found.into_iter().filter(|(kind, _)| *kind == KeyKind::Signal).map(|(_, id)| SignalId(id)).collect();
        let left_out = records.len().saturating_sub(RECORDS);
        records.truncate(RECORDS);
        let kept = Kept { kind, reason: asked.reason, records, left_out };
        let said = reason(kind, &kept.reason);
        let line = self.record_saying(asker, LineKind::SubjectLookedUp, decided, objects(&kept), said).await?;
        Ok(Permit::after(line, (id, kept)))
    }

    /// The answer to a look-up, for who asked it; `kind` tells how it stands in the log.
    ///
    /// # Errors
    /// See [`Denied`]; somebody else's, and one that is over, is not found.
    pub async fn view_look_up(
        &self,
        asker: &Asker,
        id: LookUpId,
        kind: LineKind,
    ) -> Result<Permit<act::View, of::LookUp>, Denied> {
        let found = lookups::find(&self.core, id).await?;
        let question = Question {
            actions: &[Action::ViewLookUp],
            conceivable: Self::own_purposes(asker),
            resource: found.as_ref().map(|(owner, _)| Resource::LookUp { id, owner: *owner }),
            object: ObjectRef::AREA,
            known_by: Some(&[]),
        };
        let decided = self.decide(asker, question).await?;
        let (_, looked_up) = found.ok_or(Denied::NotFound)?;
        let said = reason(looked_up.kept.kind, &looked_up.kept.reason);
        let line = self.record_saying(asker, kind, decided, objects(&looked_up.kept), said).await?;
        Ok(Permit::after(line, looked_up))
    }
}
