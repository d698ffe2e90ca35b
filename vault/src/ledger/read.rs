//! Reading the ledger. Every line that is read is held against its hash; one that does not fit is an error.

use super::{
    Entry, Ledger, LedgerError,
    leaf::{LineRow, nobody, open_payload, period_key_id},
};
use crate::{
    keyring::{KeyKind, KeyringError},
    on_db,
    seal::DataKey,
};
use plein_domain::{
    access_log::PurposeKind,
    header::ObjectRef,
    ids::{DepartmentId, EventId, PersonId, TraceId},
    ledger::{Line, LineKind, Outcome},
    moment::Moment,
};
use plein_proof::leaf;
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    #[sqlx(flatten)]
    line: LineRow,
    actor: Option<Uuid>,
    department: Option<Uuid>,
    purpose: Option<String>,
    sealed: Option<Vec<u8>>,
}

macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "SELECT l.sequence, l.event, l.at, l.trace, l.kind, l.outcome, l.commitment, l.leaf, ",
            "p.actor, p.department, p.purpose, p.sealed ",
            $($rest),+
        )
    };
}
pub(super) use select;

/// What the ledger is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// Only lines before this place.
    pub before: Option<u64>,
    /// Only lines of this person.
    pub person: Option<PersonId>,
    /// Only lines of who was of this department then.
    pub department: Option<DepartmentId>,
    /// Only lines under a purpose of this kind.
    pub purpose: Option<PurposeKind>,
    /// Only lines about this object.
    pub object: Option<ObjectRef>,
    /// Only lines from this moment on, and only those before this one.
    pub period: (Option<Moment>, Option<Moment>),
    /// Only lines of this kind.
    pub kind: Option<LineKind>,
    /// Only lines of this request.
    pub trace: Option<TraceId>,
}

/// A statement in the making.
struct Asked {
    /// The table that comes first.
    first: &'static str,
    text: String,
    values: Vec<Value>,
}

enum Value {
    Number(i64),
    Text(&'static str),
    Id(Uuid),
}

impl Asked {
    /// The first parameter is the limit.
    fn and(&mut self, what: &str, value: Value) {
        self.values.push(value);
        self.text.push_str(&format!(" AND {what} ${}", self.values.len() + 1));
    }
}

/// How a purpose of this kind begins in its column, as far as the index goes. No two kinds begin alike.
const fn beginning(kind: PurposeKind) -> &'static str {
    match kind {
        PurposeKind::Intake => "intak",
        PurposeKind::Case => "case:",
        PurposeKind::Supervision => "super",
        PurposeKind::ResidentsRequest => "resid",
        PurposeKind::Administration => "admin",
        PurposeKind::Nothing => "",
    }
}

pub(super) fn place(before: Option<u64>) -> i64 {
    before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX)
}

impl Ledger {
    /// The lines about an object, newest first, those before place `before`. Pruned lines are not among them: which
    /// object they were about was personal too.
    ///
    /// # Errors
    /// The ledger or the keyring fails, or a line was tampered with.
    pub async fn of_object(
        &self,
        object: ObjectRef,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Entry>, LedgerError> {
        let rows: Vec<Row> = on_db!(&self.reading(), |pool| {
            sqlx::query_as(select!(
                "FROM payload_objects o JOIN lines l ON l.sequence = o.sequence ",
                "JOIN payloads p ON p.sequence = o.sequence ",
                "WHERE o.object_kind = $1 AND o.object_id = $2 AND o.sequence < $3 ",
                "ORDER BY o.sequence DESC LIMIT $4"
            ))
            .bind(object.kind.code())
            .bind(object.id)
            .bind(place(before))
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        self.entries(rows).await
    }

    /// The lines of a person, newest first, those before place `before`.
    ///
    /// # Errors
    /// As [`Self::of_object`].
    pub async fn of_actor(&self, person: PersonId, before: Option<u64>, limit: u32) -> Result<Vec<Entry>, LedgerError> {
        self.search(&LogQuery { before, person: Some(person), ..LogQuery::default() }, limit).await
    }

    /// The lines that fit a query, newest first. Pruned lines are among them as long as neither person, department,
    /// purpose nor object is asked for.
    ///
    /// # Errors
    /// As [`Self::of_object`].
    pub async fn search(&self, query: &LogQuery, limit: u32) -> Result<Vec<Entry>, LedgerError> {
        let Some(asked) = self.asked(query).await? else { return Ok(Vec::new()) };
        let text = format!("{} ORDER BY {}.sequence DESC LIMIT $1", asked.text, asked.first);
        let rows: Vec<Row> = on_db!(&self.reading(), |pool| {
            let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(i64::from(limit));
            for value in asked.values {
                query = match value {
                    Value::Number(number) => query.bind(number),
                    Value::Text(text) => query.bind(text),
                    Value::Id(id) => query.bind(id),
                };
            }
            query.fetch_all(pool).await?
        });
        self.entries(rows).await
    }

    /// The statement of a query; nothing when no line can fit. The table that comes first has an index for what is asked
    /// that ends in the sequence, so that the newest are found without reading more; what else is asked narrows that.
    async fn asked(&self, query: &LogQuery) -> Result<Option<Asked>, LedgerError> {
        let LogQuery { before, person, department, purpose, object, period, kind, trace } = *query;
        let by_payload = person.is_some() || department.is_some() || purpose.is_some();
        // A cross join, because SQLite keeps the order in which it is written.
        let (first, from) = if object.is_some() {
            (
                "o",
                select!(
                    "FROM payload_objects o CROSS JOIN lines l CROSS JOIN payloads p ",
                    "WHERE l.sequence = o.sequence AND p.sequence = o.sequence"
                ),
            )
        } else if by_payload {
            ("p", select!("FROM payloads p CROSS JOIN lines l WHERE l.sequence = p.sequence"))
        } else {
            ("l", select!("FROM lines l LEFT JOIN payloads p ON p.sequence = l.sequence WHERE 1 = 1"))
        };
        let mut asked = Asked { first, text: from.to_owned(), values: Vec::new() };
        if before.is_some() {
            asked.and(&format!("{first}.sequence <"), Value::Number(place(before)));
        }
        if let Some(ObjectRef { kind, id }) = object {
            asked.and("o.object_kind =", Value::Text(kind.code()));
            asked.and("o.object_id =", Value::Id(id));
        }
        if let Some(PersonId(id)) = person {
            asked.and("p.actor =", Value::Id(id));
        }
        if let Some(DepartmentId(id)) = department {
            asked.and("p.department =", Value::Id(id));
        }
        if let Some(kind) = purpose {
            asked.and("substr(p.purpose, 1, 5) =", Value::Text(beginning(kind)));
        }
        if let Some(kind) = kind {
            asked.and("l.kind =", Value::Text(kind.code()));
        }
        if let Some(TraceId(id)) = trace {
            asked.and("l.trace =", Value::Id(id));
        }
        let (from, until) = period;
        if from.is_some() || until.is_some() {
            let (from, until) = (from.map_or(i64::MIN, |at| at.0), until.map_or(i64::MAX, |at| at.0));
            let Some((least, most)) = self.places(from, until).await? else { return Ok(None) };
            asked.and(&format!("{first}.sequence >="), Value::Number(least));
            asked.and(&format!("{first}.sequence <="), Value::Number(most));
            // Clocks of several nodes differ a little, so that not all between the two are of the period. The sign keeps
            // its index out of it: that is in another order.
            asked.and("+l.at >=", Value::Number(from));
            asked.and("+l.at <", Value::Number(until));
        }
        Ok(Some(asked))
    }

    /// Between which places the lines of a period stand; nothing when there are none.
    async fn places(&self, from: i64, until: i64) -> Result<Option<(i64, i64)>, LedgerError> {
        let (least, most): (Option<i64>, Option<i64>) = on_db!(&self.reading(), |pool| {
            sqlx::query_as("SELECT min(sequence), max(sequence) FROM lines WHERE at >= $1 AND at < $2")
                .bind(from)
                .bind(until)
                .fetch_one(pool)
                .await?
        });
        Ok(least.zip(most))
    }

    /// The lines from place `from` on, in their order; none is left out.
    ///
    /// # Errors
    /// As [`Self::of_object`]; a gap is a line that was tampered with.
    pub(crate) async fn following(&self, from: u64, limit: u32) -> Result<Vec<Entry>, LedgerError> {
        let rows: Vec<Row> = on_db!(&self.reading(), |pool| {
            sqlx::query_as(select!(
                "FROM lines l LEFT JOIN payloads p ON p.sequence = l.sequence ",
                "WHERE l.sequence >= $1 ORDER BY l.sequence LIMIT $2"
            ))
            .bind(place(Some(from)))
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        for (row, sequence) in rows.iter().zip(place(Some(from))..) {
            if row.line.sequence != sequence {
                return Err(LedgerError::Tampered { sequence, what: "it is missing" });
            }
        }
        self.entries(rows).await
    }

    /// How many lines there are, and whose ledger it is.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub(crate) async fn head(&self) -> Result<(u64, Uuid), LedgerError> {
        let (next, installation): (i64, Uuid) = on_db!(&self.reading(), |pool| {
            sqlx::query_as("SELECT next, installation FROM head WHERE one = 1").fetch_one(pool).await?
        });
        Ok((next.unsigned_abs(), installation))
    }

    /// The line of an event, when it is recorded.
    ///
    /// # Errors
    /// As [`Self::of_object`].
    pub async fn entry(&self, event: EventId) -> Result<Option<Entry>, LedgerError> {
        let rows: Vec<Row> = on_db!(&self.reading(), |pool| {
            sqlx::query_as(select!("FROM lines l LEFT JOIN payloads p ON p.sequence = l.sequence WHERE l.event = $1"))
                .bind(event.0)
                .fetch_all(pool)
                .await?
        });
        Ok(self.entries(rows).await?.pop())
    }

    /// Whether an event is recorded.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn contains(&self, event: EventId) -> Result<bool, LedgerError> {
        let found: Option<i64> = on_db!(&self.reading(), |pool| {
            sqlx::query_scalar("SELECT sequence FROM lines WHERE event = $1").bind(event.0).fetch_optional(pool).await?
        });
        Ok(found.is_some())
    }

    pub(super) async fn entries(&self, rows: Vec<Row>) -> Result<Vec<Entry>, LedgerError> {
        let mut keys: HashMap<Uuid, Option<DataKey>> = HashMap::new();
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let period = period_key_id(Moment(row.line.at));
            if row.sealed.is_some() && !keys.contains_key(&period) {
                let key = match self.keyring.key(KeyKind::Ledger, period).await {
                    Ok(key) => Some(key),
                    Err(KeyringError::KeyGone { .. }) => None,
                    Err(error) => return Err(error.into()),
                };
                keys.insert(period, key);
            }
            let sequence = row.line.sequence;
            let key = keys.get(&period).and_then(Option::as_ref);
            entries.push(row.verified(key).map_err(|what| LedgerError::Tampered { sequence, what })?);
        }
        Ok(entries)
    }
}

impl Row {
    /// The entry, when the row is what was hashed; otherwise what does not fit.
    fn verified(self, key: Option<&DataKey>) -> Result<Entry, &'static str> {
        let commitment = <[u8; 32]>::try_from(self.line.commitment).map_err(|_| "the commitment has not 32 bytes")?;
        let mut line = Line {
            event: EventId(self.line.event),
            at: Moment(self.line.at),
            trace: TraceId(self.line.trace),
            kind: LineKind::from_code(&self.line.kind).ok_or("the kind of line is unknown")?,
            outcome: Outcome::from_code(&self.line.outcome).ok_or("the outcome is unknown")?,
            payload: nobody(),
        };
        let sequence = u64::try_from(self.line.sequence).map_err(|_| "the sequence is negative")?;
        let leaf = leaf(&line.envelope(sequence, &commitment));
        if self.line.leaf != leaf {
            return Err("the envelope is not the one hashed");
        }
        let mut opened = false;
        if let (Some(key), Some(sealed)) = (key, &self.sealed) {
            let (payload, _) = open_payload(key, line.event, &commitment, sealed)?;
            let clear = (self.actor, self.department, self.purpose.as_deref());
            if clear != (Some(payload.actor.0), Some(payload.department.0), Some(payload.purpose.as_str())) {
                return Err("the clear columns are not those of the payload");
            }
            line.payload = payload;
            opened = true;
        }
        Ok(Entry {
            sequence,
            event: line.event,
            at: line.at,
            trace: line.trace,
            kind: line.kind,
            outcome: line.outcome,
            payload: opened.then_some(line.payload),
            commitment,
            leaf,
        })
    }
}
