//! Reading the access log. A reader sees lines under a permit that is itself a line.

use crate::{
    error::VaultResult,
    ledger::{Entry, LogQuery},
    on_db,
    permit::{Permit, act, of},
    vault::Core,
};
use plein_domain::{
    access_log::LogFilter,
    header::{ObjectKind, ObjectRef},
    ids::Reference,
    ledger::LineKind,
};
use std::sync::Arc;
use uuid::Uuid;

/// Lines on one page.
const PAGE: u32 = 50;

/// What no line is about.
const NOTHING: ObjectRef = ObjectRef { kind: ObjectKind::Signal, id: Uuid::nil() };

/// The access log, for reading.
#[derive(Clone)]
pub struct Log {
    core: Arc<Core>,
}

/// A page of lines, newest first.
#[derive(Debug, Clone)]
pub struct LoggedPage {
    /// The lines.
    pub entries: Vec<Entry>,
    /// Where the next, older page begins.
    pub older: Option<u64>,
}

impl Log {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// Who viewed a signal.
    ///
    /// # Errors
    /// The ledger cannot be read, or was tampered with.
    pub async fn of_signal(
        &self,
        permit: Permit<act::ViewLog, of::Signal>,
        before: Option<u64>,
        refusals: bool,
    ) -> VaultResult<LoggedPage> {
        let ((header, _), _) = permit.spend();
        self.of_object(header.id.into(), before, refusals).await
    }

    /// Who viewed a case.
    ///
    /// # Errors
    /// The ledger cannot be read, or was tampered with.
    pub async fn of_case(
        &self,
        permit: Permit<act::ViewLog, of::Case>,
        before: Option<u64>,
        refusals: bool,
    ) -> VaultResult<LoggedPage> {
        let (header, _) = permit.spend();
        self.of_object(header.id.into(), before, refusals).await
    }

    /// The lines that the permit's filter grants.
    ///
    /// # Errors
    /// The ledger cannot be read, or was tampered with.
    pub async fn search(&self, permit: Permit<act::ViewLog, of::Log>) -> VaultResult<LoggedPage> {
        let (filter, _): (LogFilter, _) = permit.spend();
        let object = match &filter.record {
            // What nobody has is looked for like everything else, and not found.
            Some(reference) => Some(self.record(reference).await?.unwrap_or(NOTHING)),
            None => None,
        };
        let LogFilter { before, person, department, purpose, kind, period, record: _ } = filter;
        let query = LogQuery { before, person, department, purpose, object, kind, period: period.moments() };
        Ok(page(self.core.ledger.search(&query, PAGE + 1).await?))
    }

    /// The signal or case that has this reference: clear columns, and only for who may search the log.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn record(&self, reference: &Reference) -> VaultResult<Option<ObjectRef>> {
        let (kind, text) = if reference.0.starts_with('C') {
            (ObjectKind::Case, "SELECT id FROM cases WHERE reference = $1")
        } else {
            (ObjectKind::Signal, "SELECT id FROM signals WHERE reference = $1")
        };
        let found: Option<Uuid> = on_db!(&self.core.content, |pool| {
            sqlx::query_scalar(text).bind(&reference.0).fetch_optional(pool).await?
        });
        Ok(found.map(|id| ObjectRef { kind, id }))
    }

    async fn of_object(&self, object: ObjectRef, before: Option<u64>, refusals: bool) -> VaultResult<LoggedPage> {
        let mut page = page(self.core.ledger.of_object(object, before, PAGE + 1).await?);
        if !refusals {
            page.entries.retain(|entry| entry.kind != LineKind::Refused);
        }
        Ok(page)
    }
}

/// Cuts the entry beyond the page off; it tells that there is more.
fn page(mut entries: Vec<Entry>) -> LoggedPage {
    let more = entries.len() > PAGE as usize;
    entries.truncate(PAGE as usize);
    let older = if more { entries.last().map(|entry| entry.sequence) } else { None };
    LoggedPage { entries, older }
}
