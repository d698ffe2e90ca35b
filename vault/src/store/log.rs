//! Reading the access log. A reader sees lines under a permit that is itself a line.

use crate::{
    error::VaultResult,
    ledger::Entry,
    permit::{Permit, act, of},
    vault::Core,
};
use plein_domain::{access_log::LogFilter, header::ObjectRef, ledger::LineKind};
use std::sync::Arc;

/// Lines on one page.
const PAGE: u32 = 50;

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
        Ok(page(self.core.ledger.search(&filter, PAGE + 1).await?))
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
