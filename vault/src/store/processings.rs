//! The data processings of the Logboek Dataverwerkingen, read from the ledger itself: whose data they were is looked up when
//! they are asked for.

use super::Log;
use crate::{
    error::VaultResult,
    keyring::KeyKind,
    ledger::{Entry, LogQuery},
    on_db,
    permit::{Permit, act, of},
    streams::{self, Processing},
};
use plein_domain::{
    access_log::PurposeKind, ids::SignalId, lookup::RECORDS, processing::ProcessingQuery, purpose::StatedPurpose,
};
use uuid::Uuid;

/// Lines read at once.
const AT_ONCE: u32 = 200;
/// Lines that one question goes through at most.
const MOST_LINES: usize = 5_000;
/// Data processings on a page; those of the last line are all on it.
const PAGE: usize = 500;

/// A page of data processings, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessingPage {
    /// Whose log it is.
    pub logbook: String,
    /// The data processings.
    pub processings: Vec<Processing>,
    /// Where the next, older page begins.
    pub older: Option<u64>,
}

/// By what lines are found.
enum Way {
    Lines(LogQuery),
    Signals(Vec<SignalId>),
    Nothing,
}

impl Log {
    /// The data processings that the permit's question grants.
    ///
    /// # Errors
    /// The ledger cannot be read, or was tampered with.
    pub async fn processings(&self, permit: Permit<act::View, of::Processings>) -> VaultResult<ProcessingPage> {
        let (query, _) = permit.spend();
        let (_, installation) = self.core.ledger.head().await?;
        let logbook = plein_proof::origin_of(installation);
        let register = self.core.register(installation);
        let way = self.way(&query, &register).await?;
        let (mut processings, mut before, mut looked) = (Vec::new(), query.before, 0);
        loop {
            let entries = self.lines(&way, before).await?;
            let Some(last) = entries.last().map(|entry| entry.sequence) else {
                return Ok(ProcessingPage { logbook, processings, older: None });
            };
            for entry in &entries {
                if processings.len() >= PAGE || looked >= MOST_LINES {
                    return Ok(ProcessingPage { logbook, processings, older: Some(entry.sequence + 1) });
                }
                looked += 1;
                if outside(&query, entry) {
                    continue;
                }
                let context = streams::context(&self.core, &register, &logbook, entry).await?;
                let all = streams::record::processings(entry, &context);
                processings.extend(all.into_iter().filter(|one| fits(&query, one)));
            }
            before = Some(last);
        }
    }

    async fn way(&self, query: &ProcessingQuery, register: &str) -> VaultResult<Way> {
        let lines = LogQuery { trace: query.trace, ..LogQuery::default() };
        if query.trace.is_some() {
            return Ok(Way::Lines(lines));
        }
        let lines = LogQuery { period: query.period, ..lines };
        if let Some(subject) = &query.subject {
            let found = self.core.keyring.records_of(subject, KeyKind::Signal, RECORDS).await?;
            return Ok(Way::Signals(found.into_iter().map(SignalId).collect()));
        }
        let place = query.activity.as_deref().and_then(|uri| uri.strip_prefix(register)?.strip_prefix('#'));
        let kind = match place {
            Some("geen-doel") => PurposeKind::Nothing,
            Some(place) if place.starts_with("verwerking-") => match self.has_cases(place).await? {
                true => PurposeKind::Case,
                false => return Ok(Way::Nothing),
            },
            Some(place) => match place.strip_prefix("doel-").and_then(kind_of) {
                Some(kind) => kind,
                None => return Ok(Way::Nothing),
            },
            None => return Ok(Way::Nothing),
        };
        Ok(Way::Lines(LogQuery { purpose: Some(kind), ..lines }))
    }

    async fn has_cases(&self, place: &str) -> VaultResult<bool> {
        let Some(purpose) = place.strip_prefix("verwerking-").and_then(|id| Uuid::parse_str(id).ok()) else {
            return Ok(false);
        };
        let found: Option<Uuid> = on_db!(&self.core.content, |pool| {
            sqlx::query_scalar("SELECT id FROM cases WHERE purpose = $1 LIMIT 1")
                .bind(purpose)
                .fetch_optional(pool)
                .await?
        });
        Ok(found.is_some())
    }

    async fn lines(&self, way: &Way, before: Option<u64>) -> VaultResult<Vec<Entry>> {
        Ok(match way {
            Way::Lines(query) => self.core.ledger.search(&LogQuery { before, ..*query }, AT_ONCE).await?,
            Way::Signals(signals) => self.core.ledger.touching(signals, before, AT_ONCE).await?,
            Way::Nothing => Vec::new(),
        })
    }
}

fn kind_of(code: &str) -> Option<PurposeKind> {
    match StatedPurpose::from_code(code) {
        Some(StatedPurpose::Intake) => Some(PurposeKind::Intake),
        Some(StatedPurpose::Supervision) => Some(PurposeKind::Supervision),
        Some(StatedPurpose::ResidentsRequest) => Some(PurposeKind::ResidentsRequest),
        Some(StatedPurpose::Administration) => Some(PurposeKind::Administration),
        Some(StatedPurpose::Case(_)) => None,
        None => (code == "case").then_some(PurposeKind::Case),
    }
}

/// Whether a line is not of the time or the request that is asked for.
fn outside(query: &ProcessingQuery, entry: &Entry) -> bool {
    let (from, until) = query.period;
    from.is_some_and(|from| entry.at < from)
        || until.is_some_and(|until| entry.at > until)
        || query.trace.is_some_and(|trace| entry.trace != trace)
}

fn fits(query: &ProcessingQuery, one: &Processing) -> bool {
    let subject = one.subject.as_ref().map(|subject| &subject.id);
    query.activity.as_ref().is_none_or(|activity| *activity == one.activity)
        && query.subject.as_ref().is_none_or(|asked| subject == Some(asked))
}
