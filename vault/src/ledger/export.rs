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
};
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

async fn write(
    db: &Db,
    keyring: Option<&Keyring>,
    out: impl Write,
    mut tell: impl FnMut(u64, u64),
) -> Result<Exported, LedgerError> {
    // Nothing ever changes or goes, so that the size alone makes all that follows one state of the log.
    let (next, installation): (i64, Uuid) =
        on_db!(db, |pool| sqlx::query_as("SELECT next, installation FROM head WHERE one = 1").fetch_one(pool).await?);
    let mut export = Export::begin(out, &origin_of(installation))?;
    let mut keys = Keys { keyring, known: HashMap::new() };
    let mut exported = Exported::default();
    let mut from = 0;
    while from < next {
        let until = next.min(from + AT_ONCE);
        let rows: Vec<Row> = on_db!(db, |pool| {
            sqlx::query_as(
                "SELECT l.sequence, l.event, l.at, l.trace, l.kind, l.outcome, l.commitment, l.leaf, p.sealed
                 FROM lines l LEFT JOIN payloads p ON p.sequence = l.sequence AND $3
                 WHERE l.sequence >= $1 AND l.sequence < $2 ORDER BY l.sequence",
            )
            .bind(from)
            .bind(until)
            .bind(keyring.is_some())
            .fetch_all(pool)
            .await?
        });
        let notes: Vec<(i64, String)> = on_db!(db, |pool| {
            sqlx::query_as("SELECT size, note FROM checkpoints WHERE size > $1 AND size <= $2 ORDER BY size")
                .bind(from)
                .bind(until)
                .fetch_all(pool)
                .await?
        });
        let mut notes = notes.into_iter().peekable();
        for row in rows {
            let sequence = row.line.sequence;
            exported.payloads += u64::from(line(&mut export, row, &mut keys).await?);
            while let Some((_, note)) = notes.next_if(|(size, _)| *size == sequence + 1) {
                export.checkpoint(&note)?;
                exported.checkpoints += 1;
            }
        }
        if i64::try_from(export.lines()) != Ok(until) {
            let sequence = i64::try_from(export.lines()).unwrap_or(i64::MAX);
            return Err(LedgerError::Tampered { sequence, what: "it is missing" });
        }
        from = until;
        tell(export.lines(), next.unsigned_abs());
    }
    exported.lines = export.lines();
    export.end()?;
    Ok(exported)
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
