//! What the databases hold after a kill, read past the vault.

use anyhow::{Context, Result, ensure};
use plein_domain::{
    ids::*,
    ledger::{Line, LineKind, Outcome, Payload},
    moment::Moment,
};
use plein_vault::{
    db::Db,
    keyring::{Column, KeyKind, Keyring},
    ledger::{Entry, Ledger, LogQuery, leaf},
    on_db,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};
use uuid::Uuid;

/// A line as the checks need it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub sequence: u64,
    pub at: Moment,
    pub trace: TraceId,
    pub kind: LineKind,
    pub outcome: Outcome,
    pub payload: Payload,
    leaf: [u8; 32],
}

/// Reads all lines from place `from` on, each held against its leaf, and makes sure that the sequence is dense.
pub(super) async fn lines(ledger: &Ledger, db: &Db, from: u64) -> Result<Vec<Seen>> {
    let mut found: Vec<Entry> = Vec::new();
    let mut before = None;
    loop {
        // Opens every payload and recomputes leaf and commitment; what does not fit is an error.
        let page = ledger.search(&LogQuery { before, ..LogQuery::default() }, 500).await?;
        before = page.last().map(|entry| entry.sequence);
        let more = before.is_some_and(|last| last > from);
        found.extend(page.into_iter().filter(|entry| entry.sequence >= from));
        if !more {
            break;
        }
    }
    found.reverse();
    let (count, next): (i64, i64) = on_db!(db, |pool| {
        sqlx::query_as("SELECT (SELECT count(*) FROM lines), next FROM head").fetch_one(pool).await?
    });
    ensure!(count == next, "the ledger has {count} lines and its head stands at {next}");
    ensure!(from + found.len() as u64 == count.unsigned_abs(), "lines from {from}: {} of {count}", found.len());
    let mut lines = Vec::with_capacity(found.len());
    for (entry, place) in found.into_iter().zip(from..) {
        ensure!(entry.sequence == place, "after line {place} comes {}", entry.sequence);
        let payload = entry.payload.with_context(|| format!("line {place} has no payload"))?;
        let Entry { event, at, trace, kind, outcome, .. } = entry;
        let line = Line { event, at, trace, kind, outcome, payload };
        ensure!(leaf(&line.envelope(place, &entry.commitment)) == entry.leaf, "leaf of line {place}");
        lines.push(Seen { sequence: place, at, trace, kind, outcome, payload: line.payload, leaf: entry.leaf });
    }
    Ok(lines)
}

/// Whether lines read twice are the same.
pub(super) fn same(one: &[Seen], other: &[Seen]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.leaf == other.leaf)
}

pub(super) struct SignalRow {
    pub state: String,
    pub version: i64,
    pub by: Uuid,
    pub at: i64,
}

pub(super) struct CaseRow {
    pub coordinator: Uuid,
    pub at: i64,
    pub version: i64,
}

#[derive(Clone)]
pub(super) struct LinkRow {
    pub id: Uuid,
    pub case: Uuid,
    pub signal: Uuid,
    pub version: i64,
    pub by: Uuid,
    pub at: i64,
    pub ended: (Option<Uuid>, Option<i64>),
    pub has_reason: bool,
}

pub(super) struct DraftRow {
    pub kind: String,
    pub object: Uuid,
    pub finished: bool,
    pub typed: Option<Vec<u8>>,
}

/// All clear columns of the content database.
pub(super) struct Facts {
    pub signals: HashMap<Uuid, SignalRow>,
    /// Who and when, and whether there is a reporter.
    pub versions: BTreeMap<(Uuid, i64), (Uuid, i64, bool)>,
    pub cases: HashMap<Uuid, CaseRow>,
    pub links: Vec<LinkRow>,
    /// Case, who and when.
    pub decisions: HashMap<Uuid, (Uuid, Uuid, i64)>,
    pub team: HashMap<Uuid, BTreeSet<Uuid>>,
    pub drafts: HashMap<Uuid, DraftRow>,
    pub counters: HashMap<String, i64>,
    pub outbox: i64,
}

macro_rules! rows {
    ($db:expr, $text:literal) => {
        on_db!($db, |pool| sqlx::query_as($text).fetch_all(pool).await?)
    };
}

impl Facts {
    pub async fn read(db: &Db) -> Result<Self> {
        type Signal = (Uuid, String, i64, Uuid, i64);
        let signals: Vec<Signal> = rows!(db, "SELECT id, state, version, logged_by, logged_at FROM signals");
        type Version = (Uuid, i64, Uuid, i64, bool);
        let versions: Vec<Version> =
            rows!(db, "SELECT signal, version, edited_by, edited_at, reporter IS NOT NULL FROM signal_versions");
        let cases: Vec<(Uuid, Uuid, i64, i64)> = rows!(db, "SELECT id, coordinator, opened_at, version FROM cases");
        type Link = (Uuid, Uuid, Uuid, i64, Uuid, i64, Option<Uuid>, Option<i64>, bool);
        let links: Vec<Link> = rows!(
            db,
            "SELECT id, case_id, signal, signal_version, linked_by, linked_at, unlinked_by, unlinked_at, \
             unlink_reason IS NOT NULL FROM links"
        );
        let decisions: Vec<(Uuid, Uuid, Uuid, i64)> =
            rows!(db, "SELECT id, case_id, signed_by, signed_at FROM decisions WHERE kind = 'opened-without-weighing'");
        let members: Vec<(Uuid, Uuid)> = rows!(db, "SELECT case_id, person FROM case_team");
        type Draft = (Uuid, String, Uuid, Option<i64>, Option<Vec<u8>>);
        let drafts: Vec<Draft> = rows!(db, "SELECT id, kind, object, finished_at, typed FROM drafts");
        let counters: Vec<(String, i64)> = rows!(db, "SELECT name, value FROM counters");
        let waiting: Vec<(i64,)> = rows!(db, "SELECT count(*) FROM outbox");
        let mut team: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
        for (case, person) in members {
            team.entry(case).or_default().insert(person);
        }
        Ok(Self {
            signals: signals
                .into_iter()
                .map(|(id, state, version, by, at)| (id, SignalRow { state, version, by, at }))
                .collect(),
            versions: versions
                .into_iter()
                .map(|(signal, version, by, at, reporter)| ((signal, version), (by, at, reporter)))
                .collect(),
            cases: cases
                .into_iter()
                .map(|(id, coordinator, at, version)| (id, CaseRow { coordinator, at, version }))
                .collect(),
            links: links
                .into_iter()
                .map(|(id, case, signal, version, by, at, ended_by, ended_at, has_reason)| LinkRow {
                    id,
                    case,
                    signal,
                    version,
                    by,
                    at,
                    ended: (ended_by, ended_at),
                    has_reason,
                })
                .collect(),
            decisions: decisions.into_iter().map(|(id, case, by, at)| (id, (case, by, at))).collect(),
            team,
            drafts: drafts
                .into_iter()
                .map(|(id, kind, object, finished, typed)| {
                    (id, DraftRow { kind, object, finished: finished.is_some(), typed })
                })
                .collect(),
            counters: counters.into_iter().collect(),
            outbox: waiting.first().map_or(0, |(count,)| *count),
        })
    }

    /// Links of a case made at one moment.
    pub fn linked_at(&self, case: CaseId, at: Moment) -> Vec<&LinkRow> {
        self.links.iter().filter(|link| link.case == case.0 && link.at == at.0).collect()
    }
}

/// Opens sealed cells.
pub(super) struct Opener {
    pub db: Db,
    pub keyring: Arc<Keyring>,
}

impl Opener {
    /// Opens a cell as text.
    pub async fn text(&self, kind: KeyKind, id: Uuid, column: impl Into<Column>, cell: &[u8]) -> Result<String> {
        let column = column.into();
        let what = || format!("{} of {} {id} does not open", column.name, kind.code());
        let opened = self.keyring.open_cell(kind, id, column, cell).await.with_context(what)?;
        Ok(String::from_utf8(opened.to_vec())?)
    }

    /// A version of a signal: its content as JSON, and its reporter.
    pub async fn version(&self, signal: SignalId, version: i64) -> Result<(serde_json::Value, Option<String>)> {
        let (content, reporter): (Vec<u8>, Option<Vec<u8>>) = on_db!(&self.db, |pool| {
            sqlx::query_as("SELECT content, reporter FROM signal_versions WHERE signal = $1 AND version = $2")
                .bind(signal.0)
                .bind(version)
                .fetch_one(pool)
                .await?
        });
        let row = Uuid::from_u128(u128::from(version.unsigned_abs()));
        let content = self.text(KeyKind::Signal, signal.0, ("signal_versions.content", row), &content).await?;
        let reporter = match reporter {
            Some(cell) => Some(self.text(KeyKind::Reporter, signal.0, ("signal_versions.reporter", row), &cell).await?),
            None => None,
        };
        Ok((serde_json::from_str(&content)?, reporter))
    }

    /// A sealed cell by its place.
    pub async fn cell(&self, text: &'static str, id: Uuid) -> Result<Vec<u8>> {
        Ok(on_db!(&self.db, |pool| sqlx::query_scalar(text).bind(id).fetch_one(pool).await?))
    }

    /// Title and summary of a case.
    pub async fn case(&self, case: CaseId) -> Result<[String; 2]> {
        let title = self.cell("SELECT title FROM cases WHERE id = $1", case.0).await?;
        let summary = self.cell("SELECT summary FROM cases WHERE id = $1", case.0).await?;
        let title = self.text(KeyKind::Case, case.0, "cases.title", &title).await?;
        Ok([title, self.text(KeyKind::Case, case.0, "cases.summary", &summary).await?])
    }
}
