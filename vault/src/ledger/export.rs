//! Exporting the ledger, in constant memory: the lines as they are, the checkpoints over them, and, where somebody has
//! recorded that they leave, the payloads.

use super::{
    Ledger, LedgerError,
    connection::reading_pool,
    leaf::{LineRow, open_payload, period_key_id},
};
use crate::{
    db::{Db, Target},
    keyring::{KeyKind, Keyring, KeyringError},
    on_db,
    seal::DataKey,
};
use plein_domain::{ids::EventId, ledger::Line, moment::Moment};
use plein_proof::{Export, Opening, origin_of};
use std::{
    collections::{HashMap, hash_map::Entry},
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Lines read at once.
const AT_ONCE: i64 = 1_000;

/// What stands in an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exported {
    /// Lines.
    pub lines: u64,
    /// Payloads.
    pub payloads: u64,
    /// Checkpoints.
    pub checkpoints: u64,
}

/// Writes the export of a ledger without any payload: nothing in it is personal. `tell` hears how many lines of how many
/// are written. The ledger may be in use; what is added meanwhile is not in it.
///
/// # Errors
/// The ledger cannot be read, has a gap, or the export cannot be written.
pub async fn export(target: &Target, out: impl Write, tell: impl FnMut(u64, u64)) -> Result<Exported, LedgerError> {
    let db = reading_pool(target)?;
    let exported = write(&db, None, out, tell).await;
    db.close().await;
    exported
}

impl Ledger {
    /// [`export`] with the payloads that are still there. They are personal: `line`, which says who takes them along and
    /// why, is durable before the first of them is read.
    ///
    /// # Errors
    /// As [`export`]; or the line could not be recorded, or a payload is not the one committed to.
    pub async fn export_with_payloads(
        &self,
        line: Line,
        out: impl Write,
        tell: impl FnMut(u64, u64),
    ) -> Result<Exported, LedgerError> {
        self.append(vec![line]).await?;
        write(&self.reading(), Some(&self.keyring), out, tell).await
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    line: LineRow,
    sealed: Option<Vec<u8>>,
}

/// An export on its way: so many lines at each step, so that whoever takes it decides how fast it goes.
pub(super) struct Exporting<'a, W: Write> {
    db: &'a Db,
    keys: Keys<'a>,
    export: Export<W>,
    exported: Exported,
    /// Payloads of lines of this time only; the lines are all there, because only all of them prove anything.
    period: (i64, i64),
    from: i64,
    next: i64,
}

impl<'a, W: Write> Exporting<'a, W> {
    pub(super) async fn begin(
        db: &'a Db,
        keyring: Option<&'a Keyring>,
        (from, until): (Option<Moment>, Option<Moment>),
        out: W,
    ) -> Result<Self, LedgerError> {
        // Nothing ever changes or goes, so that the size alone makes all that follows one state of the log.
        let (next, installation): (i64, Uuid) = on_db!(db, |pool| {
            sqlx::query_as("SELECT next, installation FROM head WHERE one = 1").fetch_one(pool).await?
        });
        let export = Export::begin(out, &origin_of(installation))?;
        let keys = Keys { keyring, known: HashMap::new() };
        let period = (from.map_or(i64::MIN, |at| at.0), until.map_or(i64::MAX, |at| at.0));
        Ok(Self { db, keys, export, exported: Exported::default(), period, from: 0, next })
    }

    /// Writes the next lines; how many of how many are written, or nothing when all were.
    pub(super) async fn step(&mut self) -> Result<Option<(u64, u64)>, LedgerError> {
        if self.from >= self.next {
            return Ok(None);
        }
        let until = self.next.min(self.from + AT_ONCE);
        let rows: Vec<Row> = on_db!(self.db, |pool| {
            sqlx::query_as(
                "SELECT l.sequence, l.event, l.at, l.trace, l.kind, l.outcome, l.commitment, l.leaf, p.sealed
                 FROM lines l LEFT JOIN payloads p ON p.sequence = l.sequence AND $3 AND l.at >= $4 AND l.at < $5
                 WHERE l.sequence >= $1 AND l.sequence < $2 ORDER BY l.sequence",
            )
            .bind(self.from)
            .bind(until)
            .bind(self.keys.keyring.is_some())
            .bind(self.period.0)
            .bind(self.period.1)
            .fetch_all(pool)
            .await?
        });
        let notes: Vec<(i64, String)> = on_db!(self.db, |pool| {
            sqlx::query_as("SELECT size, note FROM checkpoints WHERE size > $1 AND size <= $2 ORDER BY size")
                .bind(self.from)
                .bind(until)
                .fetch_all(pool)
                .await?
        });
        let mut notes = notes.into_iter().peekable();
        for row in rows {
            let sequence = row.line.sequence;
            self.exported.payloads += u64::from(line(&mut self.export, row, &mut self.keys).await?);
            while let Some((_, note)) = notes.next_if(|(size, _)| *size == sequence + 1) {
                self.export.checkpoint(&note)?;
                self.exported.checkpoints += 1;
            }
        }
        if i64::try_from(self.export.lines()) != Ok(until) {
            let sequence = i64::try_from(self.export.lines()).unwrap_or(i64::MAX);
            return Err(LedgerError::Tampered { sequence, what: "it is missing" });
        }
        self.from = until;
        Ok(Some((self.export.lines(), self.next.unsigned_abs())))
    }

    pub(super) fn end(mut self) -> Result<Exported, LedgerError> {
        self.exported.lines = self.export.lines();
        self.export.end()?;
        Ok(self.exported)
    }
}

async fn write(
    db: &Db,
    keyring: Option<&Keyring>,
    out: impl Write,
    mut tell: impl FnMut(u64, u64),
) -> Result<Exported, LedgerError> {
    let mut exporting = Exporting::begin(db, keyring, (None, None), out).await?;
    while let Some((written, all)) = exporting.step().await? {
        tell(written, all);
    }
    exporting.end()
}

/// What was written and not taken yet.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn taken(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Ledger {
    /// The export with the payloads of a time, in parts, for a permit whose line is durable. No part is made before there
    /// is room for it, and none after nobody takes them any more.
    pub(crate) async fn export_in_parts(
        &self,
        period: (Option<Moment>, Option<Moment>),
        parts: &mpsc::Sender<Vec<u8>>,
    ) -> Result<(), LedgerError> {
        let db = self.reading();
        let out = Written::default();
        let mut exporting = Exporting::begin(&db, Some(&self.keyring), period, out.clone()).await?;
        while exporting.step().await?.is_some() {
            if parts.send(out.taken()).await.is_err() {
                return Ok(());
            }
        }
        exporting.end()?;
        // Nobody may be there any more, which is no fault of the export.
        let _ = parts.send(out.taken()).await;
        Ok(())
    }

    /// The newest checkpoints that stand over at most so many lines: over how many, when, and the signed note.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn checkpoints(
        &self,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<(u64, Moment, String)>, LedgerError> {
        let before = before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX);
        let rows: Vec<(i64, i64, String)> = on_db!(&self.reading(), |pool| {
            sqlx::query_as("SELECT size, at, note FROM checkpoints WHERE size < $1 ORDER BY size DESC LIMIT $2")
                .bind(before)
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await?
        });
        Ok(rows.into_iter().map(|(size, at, note)| (size.unsigned_abs(), Moment(at), note)).collect())
    }
}

/// Writes a line as it stands, whatever it is: what is wrong with it is for the verifier to say. Whether its payload
/// was there.
async fn line(export: &mut Export<impl Write>, row: Row, keys: &mut Keys<'_>) -> Result<bool, LedgerError> {
    let tampered = |what| LedgerError::Tampered { sequence: row.line.sequence, what };
    let envelope = row.line.envelope().map_err(tampered)?;
    let leaf = row.line.leaf.as_slice().try_into().map_err(|_| tampered("the leaf has not 32 bytes"))?;
    let opening = keys.opening(&row, &envelope.commitment).await?;
    export.line(&envelope, leaf, opening.as_ref())?;
    Ok(opening.is_some())
}

/// The keys of the periods that came by.
struct Keys<'a> {
    keyring: Option<&'a Keyring>,
    known: HashMap<Uuid, Option<DataKey>>,
}

impl Keys<'_> {
    /// The payload of a line; nothing when it was pruned, its key destroyed, or none is wanted.
    async fn opening(&mut self, row: &Row, commitment: &[u8; 32]) -> Result<Option<Opening>, LedgerError> {
        let (Some(keyring), Some(sealed)) = (self.keyring, &row.sealed) else { return Ok(None) };
        let period = period_key_id(Moment(row.line.at));
        if let Entry::Vacant(place) = self.known.entry(period) {
            let key = match keyring.key(KeyKind::Ledger, period).await {
                Ok(key) => Some(key),
                Err(KeyringError::KeyGone { .. }) => None,
                Err(error) => return Err(error.into()),
            };
            place.insert(key);
        }
        let Some(key) = self.known.get(&period).and_then(Option::as_ref) else { return Ok(None) };
        let opened = open_payload(key, EventId(row.line.event), commitment, sealed);
        let (_, opening) = opened.map_err(|what| LedgerError::Tampered { sequence: row.line.sequence, what })?;
        Ok(Some(opening))
    }
}
