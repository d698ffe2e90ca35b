//! The keyring: one key per record, and the blind index over identifiers, in a database of their own.
//!
//! Content is sealed under its record's key; destroying the key destroys the record in every copy of the content
//! database, backups included. What must never happen here: a key that stands unwrapped in a database, a key made
//! anew after it was destroyed, or an index row that outlives its record's key.

mod blind;

use crate::{
    db::{Db, Migrations},
    on_db, on_tx,
    seal::{Bytes32, random_key},
};
use plein_domain::{
    codes,
    moment::{Clock, Entropy, Moment},
};
use sqlx::AssertSqlSafe;
use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

pub use blind::Pseudonym;

pub use crate::seal::{Column, DataKey, MasterKey, MasterKeyError, Tampered};

codes! {
    /// Whose key it is.
    KeyKind {
        /// A signal with its attachments.
        Signal = "signal",
        /// The identity of a signal's reporter.
        Reporter = "reporter",
        /// A case with its plan.
        Case = "case",
        /// A draft.
        Draft = "draft",
        /// A list that is being taken in.
        Import = "import",
        /// People and departments.
        Directory = "directory",
        /// One month of the ledger's payloads.
        Ledger = "ledger",
        /// A session.
        Session = "session",
    }
}

/// Why the keyring did not answer.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The key was destroyed; what it sealed is gone for good.
    #[error("the key of {} {id} was destroyed", kind.code())]
    KeyGone {
        /// Whose key.
        kind: KeyKind,
        /// Whose key.
        id: Uuid,
    },
    /// There never was such a key.
    #[error("there is no key of {} {id}", kind.code())]
    NoKey {
        /// Whose key.
        kind: KeyKind,
        /// Whose key.
        id: Uuid,
    },
    /// A cell or a wrapped key does not open.
    #[error(transparent)]
    Tampered(#[from] Tampered),
    /// The keyring was made under another master key.
    #[error("this keyring belongs to another master key")]
    WrongMaster,
    /// The key is destroyed, but SQLite's write-ahead log still holds its last copy because somebody is reading;
    /// call `destroy` again.
    #[error("the key is destroyed, but its last copy in the write-ahead log could not be overwritten yet")]
    NotSettled,
    /// The keyring's database cannot be reached or failed.
    #[error("the keyring's database failed: {0}")]
    Down(#[from] sqlx::Error),
}

/// The answer of the keyring.
pub type KeyringResult<T> = Result<T, KeyringError>;

/// Migrations of the keyring's database.
pub fn keyring_migrations() -> Migrations {
    Migrations {
        sqlite: sqlx::migrate!("../migrations/sqlite/keyring"),
        postgres: sqlx::migrate!("../migrations/postgres/keyring"),
    }
}

/// The only version of a record's key so far; stands in every cell, so that re-keying can be added.
const KEY_VERSION: i64 = 1;

/// Keys and blind index. Cheap to share behind an `Arc`.
pub struct Keyring {
    db: Db,
    master: MasterKey,
    entropy: Arc<dyn Entropy>,
    clock: Arc<dyn Clock>,
    /// Index keys never change once made, so they are unwrapped once.
    index_keys: RwLock<HashMap<&'static str, Bytes32>>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyring(..)")
    }
}

type KeyRow = (Uuid, i64, Option<Vec<u8>>);

impl Keyring {
    /// Opens the keyring on its own database, connected with [`keyring_migrations`].
    ///
    /// # Errors
    /// The database fails, or was made under another master key.
    pub async fn open(
        db: Db,
        master: MasterKey,
        entropy: Arc<dyn Entropy>,
        clock: Arc<dyn Clock>,
    ) -> KeyringResult<Self> {
        let ours = master.fingerprint();
        let theirs: Vec<u8> = on_db!(&db, |pool| {
            sqlx::query("INSERT INTO master (one, fingerprint) VALUES (1, $1) ON CONFLICT (one) DO NOTHING")
                .bind(&ours)
                .execute(pool)
                .await?;
            sqlx::query_scalar("SELECT fingerprint FROM master WHERE one = 1").fetch_one(pool).await?
        });
        if !bool::from(ours.ct_eq(&theirs)) {
            return Err(KeyringError::WrongMaster);
        }
        Ok(Self { db, master, entropy, clock, index_keys: RwLock::default() })
    }

    /// Whether the keyring's database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ready(&self) -> KeyringResult<()> {
        on_db!(&self.db, |pool| sqlx::query("SELECT one FROM master").execute(pool).await.map(drop))?;
        Ok(())
    }

    /// Makes the key of a record, durable before this returns. The same key when it is there already.
    ///
    /// # Errors
    /// The database fails, or the key was destroyed: it is not made anew.
    pub async fn create(&self, kind: KeyKind, id: Uuid) -> KeyringResult<DataKey> {
        let key = random_key(&*self.entropy);
        let wrapped = self.master.wrap(&wrap_purpose(kind, &id), &key, &*self.entropy);
        let made = on_db!(&self.db, |pool| {
            sqlx::query(
                "INSERT INTO record_keys (kind, id, version, wrapped, created_at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (kind, id) DO NOTHING",
            )
            .bind(kind.code())
            .bind(id)
            .bind(KEY_VERSION)
            .bind(wrapped)
            .bind(self.clock.now().0)
            .execute(pool)
            .await?
            .rows_affected()
        });
        if made == 0 {
            return self.key(kind, id).await;
        }
        Ok(DataKey::new(kind, id, KEY_VERSION as u32, key, self.entropy.clone()))
    }

    /// Makes the keys of many new records in one transaction, in the order of their ids: for whoever brings them all at
    /// once.
    ///
    /// # Errors
    /// The database fails, or one of the keys was made before: then none is made.
    pub async fn create_all(&self, kind: KeyKind, ids: &[Uuid]) -> KeyringResult<Vec<DataKey>> {
        let now = self.clock.now().0;
        let mut keys = Vec::with_capacity(ids.len());
        let mut tx = self.db.begin().await?;
        for chunk in ids.chunks(MANY) {
            let rows: Vec<String> =
                (0..chunk.len()).map(|at| format!("($1, ${}, $2, ${}, $3)", 2 * at + 4, 2 * at + 5)).collect();
            let text =
                format!("INSERT INTO record_keys (kind, id, version, wrapped, created_at) VALUES {}", rows.join(", "));
            on_tx!(&mut tx, |c| {
                let mut query = sqlx::query(AssertSqlSafe(text)).bind(kind.code()).bind(KEY_VERSION).bind(now);
                for id in chunk {
                    let key = random_key(&*self.entropy);
                    let wrapped = self.master.wrap(&wrap_purpose(kind, id), &key, &*self.entropy);
                    keys.push(DataKey::new(kind, *id, KEY_VERSION as u32, key, self.entropy.clone()));
                    query = query.bind(*id).bind(wrapped);
                }
                query.execute(&mut *c).await?;
            });
        }
        tx.commit().await?;
        Ok(keys)
    }

    /// The key of one record, so that many cells cost one lookup.
    ///
    /// # Errors
    /// It was destroyed, never made, or the database fails.
    pub async fn key(&self, kind: KeyKind, id: Uuid) -> KeyringResult<DataKey> {
        let row: Option<KeyRow> = on_db!(&self.db, |pool| {
            sqlx::query_as("SELECT id, version, wrapped FROM record_keys WHERE kind = $1 AND id = $2")
                .bind(kind.code())
                .bind(id)
                .fetch_optional(pool)
                .await?
        });
        self.unwrapped(kind, row.ok_or(KeyringError::NoKey { kind, id })?)
    }

    /// The keys of many records of one kind. Those destroyed or never made are not in the answer.
    ///
    /// # Errors
    /// The database fails, or a wrapped key does not open.
    pub async fn keys(&self, kind: KeyKind, ids: &[Uuid]) -> KeyringResult<HashMap<Uuid, DataKey>> {
        let mut found = HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(MANY) {
            // Few lengths of list make few statements to prepare; the rest of the list repeats an id.
            let width = if chunk.len() <= FEW { FEW } else { MANY };
            let rows: Vec<KeyRow> = on_db!(&self.db, |pool| {
                let mut query = sqlx::query_as(AssertSqlSafe(keys_of(width))).bind(kind.code());
                for at in 0..width {
                    query = query.bind(chunk[at.min(chunk.len() - 1)]);
                }
                query.fetch_all(pool).await?
            });
            for row in rows.into_iter().filter(|row| row.2.is_some()) {
                found.insert(row.0, self.unwrapped(kind, row)?);
            }
        }
        Ok(found)
    }

    fn unwrapped(&self, kind: KeyKind, (id, version, wrapped): KeyRow) -> KeyringResult<DataKey> {
        let wrapped = wrapped.ok_or(KeyringError::KeyGone { kind, id })?;
        let version = u32::try_from(version).map_err(|_| Tampered)?;
        let key = self.master.unwrap(&wrap_purpose(kind, &id), &wrapped)?;
        Ok(DataKey::new(kind, id, version, key, self.entropy.clone()))
    }

    /// Seals one cell of a record. For several, take [`Self::key`] once.
    ///
    /// # Errors
    /// As [`Self::key`].
    pub async fn seal(
        &self,
        kind: KeyKind,
        id: Uuid,
        column: impl Into<Column> + Send,
        plaintext: &[u8],
    ) -> KeyringResult<Vec<u8>> {
        let column = column.into();
        Ok(self.key(kind, id).await?.seal(column, plaintext))
    }

    /// Opens one cell of a record. For several, take [`Self::key`] once.
    ///
    /// # Errors
    /// As [`Self::key`]; or the cell was changed or moved.
    pub async fn open_cell(
        &self,
        kind: KeyKind,
        id: Uuid,
        column: impl Into<Column> + Send,
        cell: &[u8],
    ) -> KeyringResult<Zeroizing<Vec<u8>>> {
        let column = column.into();
        Ok(self.key(kind, id).await?.open(column, cell)?)
    }

    /// Destroys the key of a record and its index rows, and leaves a tombstone: the moment it was (first) destroyed.
    /// May be called again after a crash at any point.
    ///
    /// # Errors
    /// The database fails; or the last copy in SQLite's write-ahead log could not be overwritten yet.
    pub async fn destroy(&self, kind: KeyKind, id: Uuid) -> KeyringResult<Moment> {
        let now = self.clock.now().0;
        let mut noise = vec![0; 128];
        self.entropy.fill(&mut noise);
        let mut tx = self.db.begin().await?;
        let at: i64 = on_tx!(&mut tx, |c| {
            // Overwritten first, then removed: the same bytes on the page where the engine updates in place.
            sqlx::query("UPDATE record_keys SET wrapped = $3 WHERE kind = $1 AND id = $2 AND destroyed_at IS NULL")
                .bind(kind.code())
                .bind(id)
                .bind(noise)
                .execute(&mut *c)
                .await?;
            sqlx::query("DELETE FROM blind_index WHERE record_kind = $1 AND record_id = $2")
                .bind(kind.code())
                .bind(id)
                .execute(&mut *c)
                .await?;
            // A record whose key was never made gets its tombstone too: nobody can make the key afterwards.
            sqlx::query_scalar(
                "INSERT INTO record_keys (kind, id, version, wrapped, created_at, destroyed_at)
                 VALUES ($1, $2, $3, NULL, $4, $4)
                 ON CONFLICT (kind, id) DO UPDATE SET
                     wrapped = NULL, destroyed_at = coalesce(record_keys.destroyed_at, excluded.destroyed_at)
                 RETURNING destroyed_at",
            )
            .bind(kind.code())
            .bind(id)
            .bind(KEY_VERSION)
            .bind(now)
            .fetch_one(&mut *c)
            .await?
        });
        tx.commit().await?;
        self.settle().await?;
        Ok(Moment(at))
    }

    /// Takes what was overwritten out of SQLite's write-ahead log too. PostgreSQL's own log lapses with its backups
    /// (`docs/sealed-columns.md`).
    async fn settle(&self) -> KeyringResult<()> {
        if let Db::Sqlite(pool) = &self.db {
            let (busy, ..): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(pool).await?;
            if busy != 0 {
                return Err(KeyringError::NotSettled);
            }
        }
        Ok(())
    }

    /// A page of the ids of all live keys of a kind, in order, those after `after`: for sweeping keys whose record
    /// was never made (the key comes first).
    ///
    /// # Errors
    /// The database fails.
    pub async fn all_ids(&self, kind: KeyKind, after: Option<Uuid>, limit: u32) -> KeyringResult<Vec<Uuid>> {
        Ok(on_db!(&self.db, |pool| {
            sqlx::query_scalar(
                "SELECT id FROM record_keys WHERE kind = $1 AND id > $2 AND destroyed_at IS NULL ORDER BY id LIMIT $3",
            )
            .bind(kind.code())
            .bind(after.unwrap_or(Uuid::nil()))
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        }))
    }

    /// Closes the keyring's database.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

const FEW: usize = 25;
const MANY: usize = 100;

fn keys_of(width: usize) -> String {
    let places: Vec<String> = (0..width).map(|at| format!("${}", at + 2)).collect();
    format!("SELECT id, version, wrapped FROM record_keys WHERE kind = $1 AND id IN ({})", places.join(", "))
}

fn wrap_purpose(kind: KeyKind, id: &Uuid) -> [&[u8]; 4] {
    [b"record", kind.code().as_bytes(), id.as_bytes(), &KEY_VERSION_BYTES]
}

const KEY_VERSION_BYTES: [u8; 4] = (KEY_VERSION as u32).to_be_bytes();
