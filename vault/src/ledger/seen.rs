//! Who did something with any of several signals: what a data protection officer asks about a person. What is done under the
//! purpose of supervision shows no content, and reading the log neither: these lines are not among them.

use super::{
    Entry, Ledger, LedgerError,
    read::{Row, place, select},
};
use crate::on_db;
use plein_domain::{
    ids::{PersonId, SignalId},
    moment::Moment,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// What one person did with them, by the clear columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct ViewerRow {
    actor: Uuid,
    lines: i64,
    first: i64,
    last: i64,
}

impl ViewerRow {
    /// Who.
    pub fn person(&self) -> PersonId {
        PersonId(self.actor)
    }

    /// How many lines.
    pub fn lines(&self) -> u64 {
        self.lines.unsigned_abs()
    }

    /// When first, and when last.
    pub fn between(&self) -> (Moment, Moment) {
        (Moment(self.first), Moment(self.last))
    }
}

/// The lines about any of so many signals, each once, whatever they are; the ids are parameters from `$first` on.
fn touched(count: usize, first: usize) -> String {
    let ids: Vec<String> = (first..first + count).map(|at| format!("${at}")).collect();
    format!(
        "(SELECT DISTINCT sequence FROM payload_objects WHERE object_kind = 'signal' AND object_id IN ({})) s \
         CROSS JOIN payloads p CROSS JOIN lines l WHERE p.sequence = s.sequence AND l.sequence = s.sequence",
        ids.join(", ")
    )
}

/// Those of them that show content.
fn about(count: usize, first: usize) -> String {
    format!("{} AND substr(p.purpose, 1, 5) <> 'super' AND l.kind <> 'searched'", touched(count, first))
}

impl Ledger {
    /// Who did something with any of these signals, who did so last first: so many after leaving out so many.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn viewers(
        &self,
        signals: &[SignalId],
        (skip, limit): (i64, i64),
    ) -> Result<Vec<ViewerRow>, LedgerError> {
        if signals.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!(
            "SELECT p.actor, count(*) AS lines, min(l.at) AS first, max(l.at) AS last FROM {} \
             GROUP BY p.actor ORDER BY max(p.sequence) DESC LIMIT $1 OFFSET $2",
            about(signals.len(), 3)
        );
        Ok(on_db!(&self.reading(), |pool| {
            let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(limit).bind(skip);
            for id in signals {
                query = query.bind(id.0);
            }
            query.fetch_all(pool).await?
        }))
    }

    /// What one person, or everybody, did with any of these signals, newest first, those before place `before`.
    ///
    /// # Errors
    /// The ledger or the keyring fails, or a line was tampered with.
    pub async fn seen(
        &self,
        signals: &[SignalId],
        person: Option<PersonId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Entry>, LedgerError> {
        self.of_signals(signals, about, person, before, limit).await
    }

    /// All lines about any of these signals, newest first, those before place `before`.
    ///
    /// # Errors
    /// As [`Self::seen`].
    pub(crate) async fn touching(
        &self,
        signals: &[SignalId],
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Entry>, LedgerError> {
        self.of_signals(signals, touched, None, before, limit).await
    }

    async fn of_signals(
        &self,
        signals: &[SignalId],
        which: fn(usize, usize) -> String,
        person: Option<PersonId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Entry>, LedgerError> {
        if signals.is_empty() {
            return Ok(Vec::new());
        }
        let (whose, first) = if person.is_some() { (" AND p.actor = $3", 4) } else { ("", 3) };
        let text = format!(
            "{}FROM {} AND s.sequence < $2{whose} ORDER BY s.sequence DESC LIMIT $1",
            select!(""),
            which(signals.len(), first)
        );
        let rows: Vec<Row> = on_db!(&self.reading(), |pool| {
            let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(i64::from(limit)).bind(place(before));
            if let Some(person) = person {
                query = query.bind(person.0);
            }
            for id in signals {
                query = query.bind(id.0);
            }
            query.fetch_all(pool).await?
        });
        self.entries(rows).await
    }
}
