//! The blind index: finds the records that hold an identifier, without the identifier standing anywhere.
//!
//! HMAC-SHA-256 over the identifier's one spelling, under a random key per kind of identifier. Nine digits of BSN
//! can be tried in minutes by who holds that key, so it is wrapped by the master key and stands only in the keyring.

use super::{KeyKind, Keyring, KeyringError, KeyringResult};
use crate::{
    on_db, on_tx,
    seal::{Bytes32, random_key},
};
use hmac::{Hmac, KeyInit, Mac};
use plein_domain::identifier::{Identifier, IdentifierKind};
use sha2::Sha256;
use sqlx::AssertSqlSafe;
use std::{collections::BTreeSet, sync::PoisonError};
use uuid::Uuid;

/// The kinds of identifier that are one natural person's own, as a list in SQL. Numbers of companies, places, cars and
/// telephones lead to people too, but to no certain one.
const OF_PERSONS: &str = "('bsn', 'name-birth-date')";

/// A natural person, under a name that says nothing: the same for the same identifier within an installation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pseudonym {
    /// What kind of identifier it stands for.
    pub kind: IdentifierKind,
    /// 64 hexadecimal digits.
    pub code: String,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Keyring {
    /// Replaces the index rows of a record by those of `identifiers`. The record's key must exist: rows are deleted
    /// together with it.
    ///
    /// # Errors
    /// The key was destroyed or never made, or the database fails.
    pub async fn index(&self, kind: KeyKind, id: Uuid, identifiers: &[Identifier]) -> KeyringResult<()> {
        let mut hashes = BTreeSet::new();
        for identifier in identifiers {
            hashes.insert((identifier.kind().code(), self.hash(identifier).await?));
        }
        let mut tx = self.db.begin().await?;
        let alive = on_tx!(&mut tx, |c| {
            // Writes nothing new; holds the row against a destruction at the same moment, on both engines.
            let held = sqlx::query(
                "UPDATE record_keys SET version = version WHERE kind = $1 AND id = $2 AND destroyed_at IS NULL",
            )
            .bind(kind.code())
            .bind(id)
            .execute(&mut *c)
            .await?;
            sqlx::query("DELETE FROM blind_index WHERE record_kind = $1 AND record_id = $2")
                .bind(kind.code())
                .bind(id)
                .execute(&mut *c)
                .await?;
            held.rows_affected() == 1
        });
        if !alive {
            drop(tx);
            // Says which of the two it is.
            self.key(kind, id).await?;
            return Err(KeyringError::NoKey { kind, id });
        }
        on_tx!(&mut tx, |c| {
            for (identifier_kind, hash) in hashes {
                sqlx::query(
                    "INSERT INTO blind_index (identifier_kind, hash, record_kind, record_id) VALUES ($1, $2, $3, $4)",
                )
                .bind(identifier_kind)
                .bind(hash)
                .bind(kind.code())
                .bind(id)
                .execute(&mut *c)
                .await?;
            }
        });
        Ok(tx.commit().await?)
    }

    /// The records that hold this identifier.
    ///
    /// # Errors
    /// The database fails.
    pub async fn find(&self, identifier: &Identifier) -> KeyringResult<Vec<(KeyKind, Uuid)>> {
        let hash = self.hash(identifier).await?;
        let rows: Vec<(String, Uuid)> = on_db!(&self.db, |pool| {
            sqlx::query_as(
                "SELECT record_kind, record_id FROM blind_index WHERE identifier_kind = $1 AND hash = $2
                 ORDER BY record_kind, record_id",
            )
            .bind(identifier.kind().code())
            .bind(hash)
            .fetch_all(pool)
            .await?
        });
        rows.into_iter()
            .map(|(kind, id)| {
                let unknown = || sqlx::Error::ColumnDecode {
                    index: "blind_index.record_kind".into(),
                    source: "an unknown kind of record".into(),
                };
                Ok((KeyKind::from_code(&kind).ok_or_else(unknown)?, id))
            })
            .collect()
    }

    /// The print of a row of a list, under a key of its own: equal rows have equal prints.
    ///
    /// # Errors
    /// The database fails.
    pub async fn print(&self, row: &str) -> KeyringResult<Vec<u8>> {
        self.keyed("list-row", row).await
    }

    /// The hash of who somebody is at the identity provider, or of a session there, under a key of its own.
    ///
    /// # Errors
    /// The database fails.
    pub async fn provider_subject(&self, subject: &str) -> KeyringResult<Vec<u8>> {
        self.keyed("provider-subject", subject).await
    }

    /// The natural persons whose identifiers these records of one kind hold, each once. Nothing sealed is opened.
    ///
    /// # Errors
    /// The database fails.
    pub async fn pseudonyms(&self, kind: KeyKind, ids: &[Uuid]) -> KeyringResult<BTreeSet<Pseudonym>> {
        let mut found = BTreeSet::new();
        for chunk in ids.chunks(100) {
            let places: Vec<String> = (0..chunk.len()).map(|at| format!("${}", at + 2)).collect();
            let text = format!(
                "SELECT DISTINCT identifier_kind, hash FROM blind_index WHERE record_kind = $1 AND record_id IN ({}) \
                 AND identifier_kind IN {OF_PERSONS}",
                places.join(", ")
            );
            let rows: Vec<(String, Vec<u8>)> = on_db!(&self.db, |pool| {
                let mut query = sqlx::query_as(AssertSqlSafe(text)).bind(kind.code());
                for id in chunk {
                    query = query.bind(id);
                }
                query.fetch_all(pool).await?
            });
            for (kind, hash) in rows {
                found.extend(self.pseudonym(&kind, &hash).await?);
            }
        }
        Ok(found)
    }

    /// The records of one kind that hold an identifier of the person with this pseudonym, at most so many. Nobody can go
    /// from a pseudonym to an identifier, so that all persons of the index are gone through.
    ///
    /// # Errors
    /// The database fails.
    pub async fn records_of(&self, pseudonym: &str, kind: KeyKind, most: usize) -> KeyringResult<Vec<Uuid>> {
        let mut after = (String::new(), Vec::<u8>::new());
        loop {
            let text = format!(
                "SELECT DISTINCT identifier_kind, hash FROM blind_index WHERE identifier_kind IN {OF_PERSONS} \
                 AND (identifier_kind, hash) > ($1, $2) ORDER BY identifier_kind, hash LIMIT 1000"
            );
            let rows: Vec<(String, Vec<u8>)> = on_db!(&self.db, |pool| {
                sqlx::query_as(AssertSqlSafe(text)).bind(&after.0).bind(&after.1).fetch_all(pool).await?
            });
            let Some(last) = rows.last().cloned() else { return Ok(Vec::new()) };
            for (identifier, hash) in rows {
                if self.pseudonym(&identifier, &hash).await?.is_some_and(|one| one.code == pseudonym) {
                    return Ok(on_db!(&self.db, |pool| {
                        sqlx::query_scalar(
                            "SELECT record_id FROM blind_index
                             WHERE identifier_kind = $1 AND hash = $2 AND record_kind = $3 ORDER BY record_id LIMIT $4",
                        )
                        .bind(identifier)
                        .bind(hash)
                        .bind(kind.code())
                        .bind(i64::try_from(most).unwrap_or(i64::MAX))
                        .fetch_all(pool)
                        .await?
                    }));
                }
            }
            after = last;
        }
    }

    /// The seal of a line that leaves the ledger for a file: nobody without this key can write such a line.
    ///
    /// # Errors
    /// The database fails.
    pub async fn stream_seal(&self, line: &str) -> KeyringResult<Vec<u8>> {
        self.keyed("stream-seal", line).await
    }

    /// Under a key of its own, so that who reads it cannot go to the index, nor from the index to it.
    async fn pseudonym(&self, kind: &str, hash: &[u8]) -> KeyringResult<Option<Pseudonym>> {
        let Some(kind) = IdentifierKind::from_code(kind) else { return Ok(None) };
        let code = self.keyed("data-subject", &format!("{} {}", kind.code(), hex(hash))).await?;
        Ok(Some(Pseudonym { kind, code: hex(&code) }))
    }

    async fn hash(&self, identifier: &Identifier) -> KeyringResult<Vec<u8>> {
        self.keyed(identifier.kind().code(), identifier.normalised()).await
    }

    async fn keyed(&self, kind: &'static str, text: &str) -> KeyringResult<Vec<u8>> {
        let key = self.index_key(kind).await?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&*key).expect("HMAC takes a key of any length");
        mac.update(text.as_bytes());
        Ok(mac.finalize().into_bytes().to_vec())
    }

    /// The index key of a kind, made at its first use; when two make it at once, the first one counts.
    async fn index_key(&self, kind: &'static str) -> KeyringResult<Bytes32> {
        if let Some(key) = self.index_keys.read().unwrap_or_else(PoisonError::into_inner).get(kind) {
            return Ok(key.clone());
        }
        let purpose = [b"index" as &[u8], kind.as_bytes()];
        let fresh = self.master.wrap(&purpose, &random_key(&*self.entropy), &*self.entropy);
        let wrapped: Vec<u8> = on_db!(&self.db, |pool| {
            sqlx::query(
                "INSERT INTO index_keys (identifier_kind, wrapped, created_at) VALUES ($1, $2, $3)
                 ON CONFLICT (identifier_kind) DO NOTHING",
            )
            .bind(kind)
            .bind(fresh)
            .bind(self.clock.now().0)
            .execute(pool)
            .await?;
            sqlx::query_scalar("SELECT wrapped FROM index_keys WHERE identifier_kind = $1")
                .bind(kind)
                .fetch_one(pool)
                .await?
        });
        let key = self.master.unwrap(&purpose, &wrapped)?;
        self.index_keys.write().unwrap_or_else(PoisonError::into_inner).insert(kind, key.clone());
        Ok(key)
    }
}
