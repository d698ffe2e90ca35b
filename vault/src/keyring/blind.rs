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
use plein_domain::identifier::Identifier;
use sha2::Sha256;
use std::{collections::BTreeSet, sync::PoisonError};
use uuid::Uuid;

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
