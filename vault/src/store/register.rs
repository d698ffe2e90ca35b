//! The processing register: its entries with the register's own words, its versions, and what each of them changed.
//!
//! It is public, so reading it needs no permit; a new version is written with one. What must never happen here: an entry
//! that is removed, or a version that is half written.

use super::{
    ListParts, Written,
    directory::{PurposeRow, purpose},
    rows::{Place, joined},
};
use crate::{
    db::Tx,
    error::VaultResult,
    on_db, on_tx,
    outbox::Outbox,
    permit::{Permit, act, of},
    vault::{Core, INSTALLATION},
};
use plein_domain::{
    ids::*,
    moment::Moment,
    purpose::{DataCategory, Purpose},
    register::*,
};
use std::{collections::BTreeSet, sync::Arc};
use uuid::Uuid;

const FILE: &str = "register_versions.file";

/// The processing register. See the module's documentation.
#[derive(Clone)]
pub struct Register {
    core: Arc<Core>,
    outbox: Outbox,
}

/// What becomes the next version.
#[derive(Debug, Clone)]
pub struct TakenIn {
    /// The version that it was held against; 0 when there was none.
    pub upon: u32,
    /// What changes.
    pub decision: Decision,
}

/// A version as it is kept, with who took it in.
type VersionRow = (i64, Uuid, Uuid, i64, Vec<u8>, i64, i64, i64, i64, i64);

const VERSION: &str =
    "number, import, taken_in_by, at, file, added, changed, ended, unchanged, left_out FROM register_versions";

impl Register {
    pub(crate) fn new(core: Arc<Core>, outbox: Outbox) -> Self {
        Self { core, outbox }
    }

    /// All entries, in the register's order.
    ///
    /// # Errors
    /// The database is out of reach, or a row that cannot be.
    pub async fn entries(&self) -> VaultResult<Vec<Processing>> {
        type Row = (Uuid, String);
        let rows: Vec<PurposeRow> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, main_process, sub_process, name, description, legal_basis, legal_reference, \
                 retention_months, categories, valid_from, valid_until, for_cases FROM purposes ORDER BY position, id",
            )
            .fetch_all(pool)
            .await?
        });
        let words: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT id, words FROM purposes").fetch_all(pool).await?
        });
        let mut words: std::collections::HashMap<Uuid, String> = words.into_iter().collect();
        let entry = |row: PurposeRow| {
            let purpose = purpose(row)?;
            let place = Place("purposes", "words", purpose.id.0);
            let words = words.remove(&purpose.id.0).map(|text| place.json(text.as_bytes())).transpose()?;
            Ok(Processing { purpose, words: words.unwrap_or_default() })
        };
        rows.into_iter().map(entry).collect()
    }

    /// Entries under which a signal or a case stands.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn used(&self) -> VaultResult<BTreeSet<PurposeId>> {
        let rows: Vec<(Uuid,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT p.id FROM purposes p WHERE EXISTS (SELECT 1 FROM cases c WHERE c.purpose = p.id) \
                 OR EXISTS (SELECT 1 FROM signals s WHERE s.original_purpose = p.id)",
            )
            .fetch_all(pool)
            .await?
        });
        Ok(rows.into_iter().map(|(id,)| PurposeId(id)).collect())
    }

    /// The versions, newest first, each with who took it in.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn versions(&self, limit: i64) -> VaultResult<Vec<(RegisterVersion, PersonId)>> {
        let rows: Vec<VersionRow> = on_db!(&self.core.content, |pool| {
            let text = format!("SELECT {VERSION} ORDER BY number DESC LIMIT $1");
            sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(limit).fetch_all(pool).await?
        });
        rows.into_iter().map(|row| Ok(version(row)?.0)).collect()
    }

    /// One version with its file's name and what it changed; nothing when there is none of this number.
    ///
    /// # Errors
    /// A database is out of reach, or the file's name does not open.
    pub async fn version(&self, number: u32) -> VaultResult<Option<(RegisterVersionView, PersonId)>> {
        let row: Option<VersionRow> = on_db!(&self.core.content, |pool| {
            let text = format!("SELECT {VERSION} WHERE number = $1");
            sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(i64::from(number)).fetch_optional(pool).await?
        });
        let Some(((head, by), import, file)) = row.map(version).transpose()? else {
            return Ok(None);
        };
        let (kind, id) = INSTALLATION;
        let file = self.core.keyring.open_cell(kind, id, (FILE, import), &file).await?;
        let file = Some(Place("register_versions", "file", import).text(&file)?);
        type Row = (Uuid, String, Option<String>, String);
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT purpose, kind, was, became FROM register_changes WHERE version = $1 ORDER BY position",
            )
            .bind(i64::from(number))
            .fetch_all(pool)
            .await?
        });
        let change = |(purpose, kind, was, became): Row| {
            let place = |column| Place("register_changes", column, purpose);
            Ok(RegisterChange {
                kind: place("kind").need(EntryChange::from_code(&kind))?,
                before: was.map(|text| place("was").json(text.as_bytes())).transpose()?,
                after: place("became").json(became.as_bytes())?,
            })
        };
        let changes = rows.into_iter().map(change).collect::<VaultResult<_>>()?;
        Ok(Some((RegisterVersionView { version: head, file, changes }, by)))
    }

    /// The version that this file became.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn made_of(&self, import: ImportId) -> VaultResult<Option<u32>> {
        let row: Option<(i64,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT number FROM register_versions WHERE import = $1")
                .bind(import.0)
                .fetch_optional(pool)
                .await?
        });
        row.map(|(number,)| Place("register_versions", "number", import.0).need(u32::try_from(number).ok())).transpose()
    }

    /// Makes a file the next version, in one transaction: the entries, what changed, and that the file is done. Sent
    /// again it is the same version; when the register or the file was changed since it was looked at, nothing is
    /// written.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn take_in(
        &self,
        permit: Permit<act::Edit, of::RegisterImport>,
        parts: &ListParts,
        taken_in: &TakenIn,
    ) -> VaultResult<Written<u32>> {
        let (id, spent) = permit.spend();
        let (kind, installation) = INSTALLATION;
        let file = self.core.keyring.seal(kind, installation, (FILE, id.0), parts.inside.file.as_bytes()).await?;
        let number = taken_in.upon + 1;
        let counts = taken_in.decision.counts;
        let mut tx = self.core.content.begin().await?;
        // The number is the lock: of two versions upon the same one, the second waits here and then finds it taken.
        let first = on_tx!(&mut tx, |c| {
            sqlx::query(
                "INSERT INTO register_versions (number, import, taken_in_by, at, file, added, changed, ended, unchanged, \
                 left_out) SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 \
                 WHERE (SELECT COALESCE(MAX(number), 0) FROM register_versions) = $11 ON CONFLICT DO NOTHING",
            )
            .bind(i64::from(number))
            .bind(id.0)
            .bind(spent.actor().0)
            .bind(spent.at().0)
            .bind(file)
            .bind(i64::from(counts.added))
            .bind(i64::from(counts.changed))
            .bind(i64::from(counts.ended))
            .bind(i64::from(counts.unchanged))
            .bind(i64::from(counts.left_out))
            .bind(i64::from(taken_in.upon))
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        let done = first == 1 && finish(&mut tx, id, parts.version, spent.at()).await?;
        if !done {
            drop(tx);
            return Ok(self.made_of(id).await?.map_or(Written::Stale, Written::Already));
        }
        let mut position: i64 = on_tx!(&mut tx, |c| {
            let (last,): (i64,) =
                sqlx::query_as("SELECT COALESCE(MAX(position), 0) FROM purposes").fetch_one(&mut *c).await?;
            last
        });
        for (at, change) in (1..).zip(&taken_in.decision.changes) {
            match change.kind {
                EntryChange::Added => {
                    position += 1;
                    add(&mut tx, &change.after, position).await?;
                }
                EntryChange::Changed | EntryChange::Ended => update(&mut tx, &change.after).await?,
            }
            record(&mut tx, number, at, change).await?;
        }
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(Written::Done(number))
    }
}

fn version(row: VersionRow) -> VaultResult<((RegisterVersion, PersonId), Uuid, Vec<u8>)> {
    let (number, import, by, at, file, added, changed, ended, unchanged, left_out) = row;
    let count = |number: i64| Place("register_versions", "counts", import).need(u32::try_from(number).ok());
    let counts = RegisterCounts {
        added: count(added)?,
        changed: count(changed)?,
        ended: count(ended)?,
        unchanged: count(unchanged)?,
        left_out: count(left_out)?,
    };
    let version = RegisterVersion { number: count(number)?, at: Moment(at), by: String::new(), counts };
    Ok(((version, PersonId(by)), import, file))
}

/// The file is done, unless it was changed since it was looked at. Its cells go.
async fn finish(tx: &mut Tx, id: ImportId, version: i64, at: Moment) -> VaultResult<bool> {
    let changed = on_tx!(tx, |c| {
        sqlx::query(
            "UPDATE imports SET state = 'done', book = NULL, version = version + 1, changed_at = $1 \
             WHERE id = $2 AND version = $3 AND state = 'judged'",
        )
        .bind(at.0)
        .bind(id.0)
        .bind(version)
        .execute(&mut *c)
        .await?
        .rows_affected()
    });
    Ok(changed == 1)
}

async fn add(tx: &mut Tx, entry: &Processing, position: i64) -> VaultResult<()> {
    let Purpose { id, .. } = entry.purpose;
    on_tx!(tx, |c| {
        sqlx::query(
            "INSERT INTO purposes (id, main_process, sub_process, name, description, legal_basis, legal_reference, \
             categories, valid_from, for_cases, position) VALUES ($1, '', '', '', '', '', '', '', '', FALSE, $2)",
        )
        .bind(id.0)
        .bind(position)
        .execute(&mut *c)
        .await?;
    });
    update(tx, entry).await
}

/// Writes over every column but the id and the place in the register.
async fn update(tx: &mut Tx, entry: &Processing) -> VaultResult<()> {
    let purpose = &entry.purpose;
    let words = serde_json::to_string(&entry.words).map_err(|_| Place("purposes", "words", purpose.id.0).fault())?;
    on_tx!(tx, |c| {
        sqlx::query(
            "UPDATE purposes SET main_process = $2, sub_process = $3, name = $4, description = $5, legal_basis = $6, \
             legal_reference = $7, retention_months = $8, categories = $9, valid_from = $10, valid_until = $11, \
             for_cases = $12, words = $13 WHERE id = $1",
        )
        .bind(purpose.id.0)
        .bind(&purpose.main_process)
        .bind(&purpose.sub_process)
        .bind(&purpose.name)
        .bind(&purpose.description)
        .bind(purpose.legal_basis.code())
        .bind(&purpose.legal_reference)
        .bind(purpose.retention_months.map(i64::from))
        .bind(joined(&purpose.categories, DataCategory::code))
        .bind(purpose.valid_from.to_string())
        .bind(purpose.valid_until.map(|day| day.to_string()))
        .bind(purpose.for_cases)
        .bind(&words)
        .execute(&mut *c)
        .await?;
    });
    Ok(())
}

async fn record(tx: &mut Tx, version: u32, position: i64, change: &RegisterChange) -> VaultResult<()> {
    let id = change.after.purpose.id.0;
    let text = |entry: &Processing| {
        let place = Place("register_changes", "became", id);
        serde_json::to_string(entry).map_err(|_| place.fault())
    };
    let (was, became) = (change.before.as_ref().map(text).transpose()?, text(&change.after)?);
    on_tx!(tx, |c| {
        sqlx::query(
            "INSERT INTO register_changes (version, position, purpose, kind, was, became) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(i64::from(version))
        .bind(position)
        .bind(id)
        .bind(change.kind.code())
        .bind(&was)
        .bind(&became)
        .execute(&mut *c)
        .await?;
    });
    Ok(())
}
