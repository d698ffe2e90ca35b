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
    access_log::LogFilter,
    header::ObjectRef,
    ids::{EventId, PersonId, TraceId},
    ledger::{Line, LineKind, Outcome},
    moment::Moment,
};
use plein_proof::leaf;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
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

fn place(before: Option<u64>) -> i64 {
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
        self.search(&LogFilter { before, person: Some(person), kind: None }, limit).await
    }

    /// The lines that fit a filter, newest first. Pruned lines are among them as long as no person is asked for.
    ///
    /// # Errors
    /// As [`Self::of_object`].
    pub async fn search(&self, filter: &LogFilter, limit: u32) -> Result<Vec<Entry>, LedgerError> {
        // One text per question, each with its index; one text for all would read the whole log.
        let text = match (filter.person, filter.kind) {
            (None, None) => select!(
                "FROM lines l LEFT JOIN payloads p ON p.sequence = l.sequence ",
                "WHERE l.sequence < $1 ORDER BY l.sequence DESC LIMIT $2"
            ),
            (None, Some(_)) => select!(
                "FROM lines l LEFT JOIN payloads p ON p.sequence = l.sequence ",
                "WHERE l.sequence < $1 AND l.kind = $3 ORDER BY l.sequence DESC LIMIT $2"
            ),
            (Some(_), None) => select!(
                "FROM payloads p JOIN lines l ON l.sequence = p.sequence ",
                "WHERE p.sequence < $1 AND p.actor = $3 ORDER BY p.sequence DESC LIMIT $2"
            ),
            (Some(_), Some(_)) => select!(
                "FROM payloads p JOIN lines l ON l.sequence = p.sequence ",
                "WHERE p.sequence < $1 AND p.actor = $3 AND l.kind = $4 ORDER BY p.sequence DESC LIMIT $2"
            ),
        };
        let rows: Vec<Row> = on_db!(&self.reading(), |pool| {
            let mut query = sqlx::query_as(text).bind(place(filter.before)).bind(i64::from(limit));
            if let Some(person) = filter.person {
                query = query.bind(person.0);
            }
            if let Some(kind) = filter.kind {
                query = query.bind(kind.code());
            }
            query.fetch_all(pool).await?
        });
        self.entries(rows).await
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

    async fn entries(&self, rows: Vec<Row>) -> Result<Vec<Entry>, LedgerError> {
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
