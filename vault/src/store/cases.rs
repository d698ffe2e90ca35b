//! Cases: title, summary, tests and reasons sealed under the case's own key.

mod listed;
mod seen;
mod write;

pub(super) use listed::{moved, relist, retell};
pub use seen::{JudgementRow, SeenContent};

use super::{
    notes::{self, NoteContent},
    rows::{self, Place, joined, json},
    signals, visible,
};
use crate::{
    error::VaultResult,
    head_columns,
    keyring::KeyKind,
    on_db,
    outbox::Outbox,
    permit::{Permit, act, of},
    vault::Core,
};
use plein_domain::{case::*, header::CaseHeader, ids::*, list::CaseList, moment::Moment, people::Person, signal::*};
use sqlx::AssertSqlSafe;
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

const TITLE: &str = "cases.title";
const SUMMARY: &str = "cases.summary";
const TEST: &str = "links.test";
const UNLINK_REASON: &str = "links.unlink_reason";
const DECISION: &str = "decisions.reasons";

/// The kind of the signed decision by which a case is opened while there is no weighing.
pub(crate) const OPENED_WITHOUT_WEIGHING: &str = "opened-without-weighing";

/// Cases. See the module's documentation.
#[derive(Clone)]
pub struct Cases {
    core: Arc<Core>,
    outbox: Outbox,
}

/// A case as the database holds it: people and purposes by id.
#[derive(Debug, Clone)]
pub struct CaseContent {
    /// The header.
    pub header: CaseHeader,
    /// Its reference.
    pub reference: Reference,
    /// When it was opened.
    pub opened_at: Moment,
    /// The title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Subjects seen in several of them.
    pub seen: Vec<SeenContent>,
    /// The newest notes.
    pub notes: Vec<NoteContent>,
    /// How many notes there are.
    pub notes_count: i64,
    /// Links: those that stand, then those that ended.
    pub links: Vec<LinkContent>,
    /// Team: who, since when.
    pub team: Vec<(PersonId, Moment)>,
    /// Decisions: kind, who, when, why.
    pub decisions: Vec<(String, PersonId, Moment, String)>,
}

/// A link as the database holds it.
#[derive(Debug, Clone)]
pub struct LinkContent {
    /// Its identity.
    pub id: LinkId,
    /// The signal's head.
    pub signal: SignalHead,
    /// The version that was judged, which is the one shared.
    pub version: i64,
    /// What it shares; nothing once unlinked.
    pub fields: VisibleFields,
    /// Which fields.
    pub shown: Vec<SignalField>,
    /// The purpose test.
    pub test: PurposeTest,
    /// Who made it, and when.
    pub linked: (PersonId, Moment),
    /// Who ended it, when and why.
    pub unlinked: Option<(PersonId, Moment, String)>,
}

/// A case's clear columns and its title, for a list: links and team counted.
#[derive(Debug, Clone)]
pub struct CaseSummary {
    /// The header.
    pub header: CaseHeader,
    /// Its reference.
    pub reference: Reference,
    /// When it was opened.
    pub opened_at: Moment,
    /// The title.
    pub title: String,
    /// Signals linked now.
    pub links: i64,
}

type LinkRow = (Uuid, Uuid, i64, String, Vec<u8>, Uuid, i64, Option<Uuid>, Option<i64>, Option<Vec<u8>>);

impl Cases {
    pub(crate) fn new(core: Arc<Core>, outbox: Outbox) -> Self {
        Self { core, outbox }
    }

    /// Reads a case with what its links share.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn view(&self, permit: Permit<act::View, of::CaseFile>) -> VaultResult<CaseContent> {
        let ((header, granted), _) = permit.spend();
        let id = header.id;
        let found = self.summaries(&[id]).await?.remove(&id);
        let CaseSummary { reference, opened_at, title, .. } = Place("cases", "id", id.0).need(found)?;
        let (cell,): (Vec<u8>,) = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT summary FROM cases WHERE id = $1").bind(id.0).fetch_one(pool).await?
        });
        let key = self.core.keyring.key(KeyKind::Case, id.0).await?;
        let summary = Place("cases", "summary", id.0).text(&key.open(SUMMARY, &cell)?)?;
        let team: Vec<(Uuid, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT person, since FROM case_team WHERE case_id = $1 ORDER BY since, person")
                .bind(id.0)
                .fetch_all(pool)
                .await?
        });
        let rows: Vec<(Uuid, String, Uuid, i64, Vec<u8>)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, kind, signed_by, signed_at, reasons FROM decisions WHERE case_id = $1 \
                 ORDER BY signed_at, id",
            )
            .bind(id.0)
            .fetch_all(pool)
            .await?
        });
        let mut decisions = Vec::with_capacity(rows.len());
        for (row, kind, by, at, cell) in rows {
            let reasons = Place("decisions", "reasons", row).text(&key.open((DECISION, row), &cell)?)?;
            decisions.push((kind, PersonId(by), Moment(at), reasons));
        }
        let links = self.links(id, &granted).await?;
        Ok(CaseContent {
            seen: self.seen(id, &links).await?,
            links,
            notes: notes::read(&self.core, id, 0, NOTES_ON_CASE).await?,
            notes_count: notes::count(&self.core, id).await?,
            header,
            reference,
            opened_at,
            title,
            summary,
            team: team.into_iter().map(|(person, since)| (PersonId(person), Moment(since))).collect(),
            decisions,
        })
    }

    /// Reads a page of a list.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn page(&self, permit: Permit<act::View, of::CasePage>) -> VaultResult<Vec<CaseSummary>> {
        let (ids, _) = permit.spend();
        let found = self.summaries(&ids).await?;
        Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
    }

    /// Clear columns, titles and teams of these cases, in three statements however many.
    async fn summaries(&self, ids: &[CaseId]) -> VaultResult<HashMap<CaseId, CaseSummary>> {
        type Row = (Uuid, String, String, Uuid, Uuid, i64, i64, Vec<u8>, i64);
        let bare: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        if bare.is_empty() {
            return Ok(HashMap::new());
        }
        let among = rows::places(bare.len());
        let text = format!(
            "SELECT c.id, c.reference, c.state, c.purpose, c.coordinator, c.version, c.opened_at, c.title, \
             (SELECT COUNT(*) FROM links l WHERE l.case_id = c.id AND l.unlinked_at IS NULL) \
             FROM cases c WHERE c.id IN ({among})"
        );
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            let query = bare.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |query, id| query.bind(*id));
            query.fetch_all(pool).await?
        });
        let text = format!("SELECT case_id, person FROM case_team WHERE case_id IN ({among})");
        let members: Vec<(Uuid, Uuid)> = on_db!(&self.core.content, |pool| {
            let query = bare.iter().fold(sqlx::query_as(AssertSqlSafe(text)), |query, id| query.bind(*id));
            query.fetch_all(pool).await?
        });
        let mut teams: HashMap<Uuid, Vec<PersonId>> = HashMap::new();
        for (case, person) in members {
            teams.entry(case).or_default().push(PersonId(person));
        }
        let keys = self.core.keyring.keys(KeyKind::Case, &bare).await?;
        rows.into_iter()
            .map(|(id, reference, state, purpose, coordinator, version, opened_at, cell, links)| {
                let at = |column| Place("cases", column, id);
                let header = CaseHeader {
                    id: CaseId(id),
                    state: at("state").need(CaseState::from_code(&state))?,
                    purpose: PurposeId(purpose),
                    coordinator: PersonId(coordinator),
                    team: teams.remove(&id).unwrap_or_default(),
                    version,
                };
                let title = at("title").text(&at("title").need(keys.get(&id))?.open(TITLE, &cell)?)?;
                let (reference, opened_at) = (Reference(reference), Moment(opened_at));
                Ok((header.id, CaseSummary { header, reference, opened_at, title, links }))
            })
            .collect()
    }

    /// The clear columns of the cases a person is in, newest first; no title, so no permit.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn heads_of(&self, person: &Person, limit: usize) -> VaultResult<Vec<(CaseHeader, Reference, Moment)>> {
        let newest = visible::lists::cases(&self.core.content, person, &CaseList::default()).await?;
        let mut heads = Vec::with_capacity(limit);
        for id in newest.rows.into_iter().take(limit) {
            heads.extend(self.head(id).await?);
        }
        Ok(heads)
    }

    /// The clear columns of one case, for those who have been permitted it in another way.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn head(&self, id: CaseId) -> VaultResult<Option<(CaseHeader, Reference, Moment)>> {
        let Some(header) = super::headers::case(&self.core.content, id).await? else {
            return Ok(None);
        };
        let (reference, opened_at): (String, i64) = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT reference, opened_at FROM cases WHERE id = $1").bind(id.0).fetch_one(pool).await?
        });
        Ok(Some((header, Reference(reference), Moment(opened_at))))
    }

    async fn links(&self, id: CaseId, granted: &[LinkId]) -> VaultResult<Vec<LinkContent>> {
        let rows: Vec<LinkRow> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, signal, signal_version, shared, test, linked_by, linked_at, unlinked_by, unlinked_at, \
                 unlink_reason FROM links WHERE case_id = $1 \
                 ORDER BY CASE WHEN unlinked_at IS NULL THEN 0 ELSE 1 END, linked_at, id",
            )
            .bind(id.0)
            .fetch_all(pool)
            .await?
        });
        let rows: Vec<LinkRow> = rows.into_iter().filter(|row| granted.contains(&LinkId(row.0))).collect();
        let standing = rows.iter().filter(|row| row.8.is_none()).map(|row| (SignalId(row.1), row.2));
        let contents = signals::contents(&self.core, &standing.collect::<Vec<_>>()).await?;
        let heads = self.linked_heads(id).await?;
        let key = self.core.keyring.key(KeyKind::Case, id.0).await?;
        let mut links = Vec::with_capacity(rows.len());
        for (link, signal, version, shared, test, linked_by, linked_at, by, at, reason) in rows {
            let at_column = |column| Place("links", column, link);
            let signal = SignalId(signal);
            let head = at_column("signal").need(heads.get(&signal).cloned())?;
            let unlinked = match (by, at, reason) {
                (Some(by), Some(at), Some(cell)) => {
                    let reason = at_column("unlink_reason").text(&key.open((UNLINK_REASON, link), &cell)?)?;
                    Some((PersonId(by), Moment(at), reason))
                }
                _ => None,
            };
            let shown = at_column("shared").codes(&shared, SignalField::from_code)?;
            let fields = if unlinked.is_none() {
                at_column("signal_version").need(contents.get(&(signal, version)))?.only(&shown)
            } else {
                VisibleFields::default()
            };
            links.push(LinkContent {
                id: LinkId(link),
                signal: head,
                version,
                fields,
                shown,
                test: at_column("test").json(&key.open((TEST, link), &test)?)?,
                linked: (PersonId(linked_by), Moment(linked_at)),
                unlinked,
            });
        }
        Ok(links)
    }

    /// The references of the signals that are linked to a case now, for its team. Clear columns only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn linked_references(&self, case: CaseId) -> VaultResult<Vec<(SignalId, Reference)>> {
        let rows: Vec<(Uuid, String)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT s.id, s.reference FROM links l JOIN signals s ON s.id = l.signal \
                 WHERE l.case_id = $1 AND l.unlinked_at IS NULL ORDER BY s.reference",
            )
            .bind(case.0)
            .fetch_all(pool)
            .await?
        });
        Ok(rows.into_iter().map(|(id, reference)| (SignalId(id), Reference(reference))).collect())
    }

    /// The heads of all signals that are or were linked to a case.
    async fn linked_heads(&self, case: CaseId) -> VaultResult<HashMap<SignalId, SignalHead>> {
        let rows: Vec<rows::HeadRow> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(head_columns!("WHERE s.id IN (SELECT signal FROM links WHERE case_id = $1)"))
                .bind(case.0)
                .fetch_all(pool)
                .await?
        });
        rows.into_iter().map(|row| rows::head(row).map(|head| (head.id, head))).collect()
    }

    /// The signals of a link that stands: which one it is. Clear columns only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn linked_signal(&self, case: CaseId, link: LinkId) -> VaultResult<Option<SignalHead>> {
        let row: Option<rows::HeadRow> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(head_columns!(
                "JOIN links l ON l.signal = s.id WHERE l.id = $1 AND l.case_id = $2 AND l.unlinked_at IS NULL"
            ))
            .bind(link.0)
            .bind(case.0)
            .fetch_optional(pool)
            .await?
        });
        row.map(rows::head).transpose()
    }
}

fn test_json(test: &PurposeTest) -> VaultResult<Vec<u8>> {
    json(test)
}

fn shared(fields: &[SignalField]) -> String {
    joined(fields, SignalField::code)
}
