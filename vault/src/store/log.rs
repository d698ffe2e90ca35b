//! Reading the access log. A reader sees lines under a permit that is itself a line.

use super::headers;
use crate::{
    error::VaultResult,
    ledger::{Entry, LedgerError, LogQuery, ViewerRow},
    permit::{Permit, act, of},
    vault::Core,
};
use plein_domain::{
    access_log::LogFilter,
    checkpoint::{CheckpointsView, SignedCheckpoint},
    header::{ObjectKind, ObjectRef},
    ids::PersonId,
    ledger::LineKind,
    purpose::StatedPurpose,
};
use std::sync::Arc;
use tokio::sync::mpsc;
use uuid::Uuid;

/// Checkpoints on one page.
const CHECKPOINTS: u32 = 20;

/// Lines on one page.
const PAGE: u32 = 50;

/// What no line is about.
const NOTHING: ObjectRef = ObjectRef { kind: ObjectKind::Signal, id: Uuid::nil() };

/// The access log, for reading.
#[derive(Clone)]
pub struct Log {
    pub(super) core: Arc<Core>,
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
            Some(reference) => Some(headers::by_reference(&self.core.content, reference).await?.unwrap_or(NOTHING)),
            None => None,
        };
        let LogFilter { before, person, department, purpose, kind, period, record: _ } = filter;
        let query =
            LogQuery { before, person, department, purpose, object, kind, period: period.moments(), trace: None };
        Ok(page(self.core.ledger.search(&query, PAGE + 1).await?))
    }

    /// How it stands with the checkpoints, and those over fewer lines than `before`, newest first.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn checkpoints(
        &self,
        _: Permit<act::View, of::Checkpoints>,
        before: Option<u64>,
    ) -> VaultResult<CheckpointsView> {
        let ledger = &self.core.ledger;
        let mut found = ledger.checkpoints(before, CHECKPOINTS + 1).await?;
        let more = found.len() > CHECKPOINTS as usize;
        found.truncate(CHECKPOINTS as usize);
        let checkpoints: Vec<SignedCheckpoint> =
            found.into_iter().map(|(size, at, note)| SignedCheckpoint { size, at, note }).collect();
        let older = checkpoints.last().filter(|_| more).map(|one| one.size);
        Ok(CheckpointsView { state: ledger.checkpoint_state(), checkpoints, older, now: self.core.clock.now() })
    }

    /// The log with its proof. The last lines are signed first, its own among them; then it is made part by part, as they are
    /// taken.
    pub fn export(&self, permit: Permit<act::View, of::LogExport>) -> mpsc::Receiver<Result<Vec<u8>, LedgerError>> {
        let (period, _) = permit.spend();
        let (given, taken) = mpsc::channel(2);
        let core = self.core.clone();
        tokio::spawn(async move {
            core.ledger.checkpoint_now().await;
            let (parts, mut made) = mpsc::channel::<Vec<u8>>(1);
            let making = async {
                let done = core.ledger.export_in_parts(period.moments(), &parts).await;
                drop(parts);
                done
            };
            let giving = async {
                while let Some(part) = made.recv().await {
                    if given.send(Ok(part)).await.is_err() {
                        // Nobody takes them any more: the making hears of it by its own channel.
                        made.close();
                    }
                }
            };
            if let (Err(error), ()) = tokio::join!(making, giving) {
                let _ = given.send(Err(error)).await;
            }
        });
        taken
    }

    /// Who did something with the signals of a look-up, last first: so many after leaving out so many.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn viewers(
        &self,
        permit: &Permit<act::View, of::LookUp>,
        window: (i64, i64),
    ) -> VaultResult<Vec<ViewerRow>> {
        Ok(self.core.ledger.viewers(&permit.granted().kept.records, window).await?)
    }

    /// What one person, or everybody, did with the signals of a look-up, newest first.
    ///
    /// # Errors
    /// The ledger cannot be read, or was tampered with.
    pub async fn seen(
        &self,
        permit: &Permit<act::View, of::LookUp>,
        person: Option<PersonId>,
        before: Option<u64>,
        limit: u32,
    ) -> VaultResult<LoggedPage> {
        let records = &permit.granted().kept.records;
        Ok(cut(self.core.ledger.seen(records, person, before, limit + 1).await?, limit))
    }

    /// The lines about a break-glass.
    ///
    /// # Errors
    /// The ledger cannot be read, or was tampered with.
    pub async fn of_break_glass(
        &self,
        permit: &Permit<act::View, of::BreakGlass>,
        before: Option<u64>,
    ) -> VaultResult<LoggedPage> {
        self.of_object(permit.granted().id.into(), before, true).await
    }

    async fn of_object(&self, object: ObjectRef, before: Option<u64>, refusals: bool) -> VaultResult<LoggedPage> {
        let mut page = page(self.core.ledger.of_object(object, before, PAGE + 1).await?);
        if !refusals {
            page.entries.retain(|entry| entry.kind != LineKind::Refused);
        }
        page.entries.retain(|entry| !is_supervision(entry));
        Ok(page)
    }
}

/// Whether a data protection officer asked who saw a person, or searched the log for a record. They are bound by secrecy about
/// that (GDPR art. 38(5)): who works with a record must not learn from its log that somebody complained or is looked into.
fn is_supervision(entry: &Entry) -> bool {
    let asks = matches!(entry.kind, LineKind::SubjectLookedUp | LineKind::Searched | LineKind::Printed);
    asks && entry.payload.as_ref().is_some_and(|payload| payload.purpose == StatedPurpose::Supervision.to_string())
}

fn page(entries: Vec<Entry>) -> LoggedPage {
    cut(entries, PAGE)
}

/// Cuts the entry beyond the page off; it tells that there is more.
fn cut(mut entries: Vec<Entry>, limit: u32) -> LoggedPage {
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let older = if more { entries.last().map(|entry| entry.sequence) } else { None };
    LoggedPage { entries, older }
}
