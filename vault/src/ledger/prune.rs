//! What happens to the ledger besides appending: payloads are pruned when their term ends, and roles are laid down.

use super::{Ledger, LedgerDown, LedgerError, leaf::period_ended, leaf::period_key_id};
use crate::{
    db::{Db, Target, postgres_options, sqlite_options},
    keyring::KeyKind,
    on_db, on_tx,
};
use plein_domain::moment::Moment;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, sqlite::SqlitePoolOptions};
use std::time::Duration;

/// Payloads in one transaction: few enough that viewings wait unnoticeably.
const AT_ONCE: i64 = 500;

/// Between two such transactions on SQLite.
const PAUSE: Duration = Duration::from_millis(150);

const DELETE_OBJECTS: &str = "DELETE FROM payload_objects WHERE sequence IN (
    SELECT p.sequence FROM payloads p JOIN lines l ON l.sequence = p.sequence
    WHERE p.sequence >= $1 AND p.sequence <= $2 AND l.at < $3)";

const DELETE_PAYLOADS: &str = "DELETE FROM payloads WHERE sequence >= $1 AND sequence <= $2
    AND EXISTS (SELECT 1 FROM lines l WHERE l.sequence = payloads.sequence AND l.at < $3)";

impl Ledger {
    /// Destroys the payloads of all lines from before `before`, and the keys of the months that had ended by then.
    /// Envelopes, hashes and proofs stay. Answers how many payloads were destroyed. Can be called again after a crash
    /// at any point. On PostgreSQL the role of this ledger's URL needs the rights of [`Role::Pruning`].
    ///
    /// # Errors
    /// The moment is not in the past; the ledger or the keyring fails.
    pub async fn prune_payloads_before(&self, before: Moment) -> Result<u64, LedgerError> {
        if before > self.clock.now() {
            return Err(LedgerError::NotYet);
        }
        let db = match &self.target {
            Target::Sqlite(path) => {
                let options = sqlite_options(path).create_if_missing(false);
                Db::Sqlite(SqlitePoolOptions::new().max_connections(1).connect_with(options).await?)
            }
            Target::Postgres { url, schema } => {
                Db::Postgres(sqlx::PgPool::connect_with(postgres_options(url, schema)?).await?)
            }
        };
        let pruned = self.prune(&db, before).await;
        db.close().await;
        pruned
    }

    async fn prune(&self, db: &Db, before: Moment) -> Result<u64, LedgerError> {
        let mut pruned = 0;
        let mut from = 0;
        loop {
            // Looked up before the transaction: it may have to pass many payloads that stay, and would lock out viewings.
            let (first, last): (Option<i64>, Option<i64>) = on_db!(db, |pool| {
                sqlx::query_as(
                    "SELECT min(chunk.sequence), max(chunk.sequence) FROM (
                         SELECT p.sequence FROM payloads p JOIN lines l ON l.sequence = p.sequence
                         WHERE p.sequence >= $1 AND l.at < $2 ORDER BY p.sequence LIMIT $3
                     ) AS chunk",
                )
                .bind(from)
                .bind(before.0)
                .bind(AT_ONCE)
                .fetch_one(pool)
                .await?
            });
            let (Some(first), Some(last)) = (first, last) else { break };
            let mut tx = db.begin().await?;
            on_tx!(&mut tx, |c| {
                sqlx::query("INSERT INTO pruning (one) VALUES (1)").execute(&mut *c).await?;
                for text in [DELETE_OBJECTS, DELETE_PAYLOADS] {
                    let query = sqlx::query(text).bind(first).bind(last).bind(before.0);
                    let count = query.execute(&mut *c).await?.rows_affected();
                    if text == DELETE_PAYLOADS {
                        pruned += count;
                    }
                }
                sqlx::query("DELETE FROM pruning").execute(&mut *c).await?;
            });
            tx.commit().await?;
            from = last + 1;
            if let Db::Sqlite(_) = db {
                // Who waits for SQLite's lock looks again after up to 100 ms and has no turn: leave room for viewings.
                tokio::time::sleep(PAUSE).await;
            }
        }
        let mut after = None;
        loop {
            let ids = self.keyring.all_ids(KeyKind::Ledger, after, 100).await?;
            for id in ids.iter().filter(|id| period_ended(**id, before)) {
                self.keyring.destroy(KeyKind::Ledger, *id).await?;
            }
            match ids.last() {
                Some(last) => after = Some(*last),
                None => break,
            }
        }
        if let Db::Sqlite(pool) = db {
            // Best effort: takes the deleted bytes out of the write-ahead log as well; they are sealed under keys that
            // are gone, so a busy log is no reason to fail.
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await?;
        }
        let keys = &mut *self.writing_keys.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        keys.retain(|id, _| *id >= period_key_id(before));
        Ok(pruned)
    }
}

/// What a PostgreSQL role may do with the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Read, append, sign, and move the head: the running program.
    Running,
    /// Read, and delete payloads: the pruning command.
    Pruning,
}

/// Gives a PostgreSQL role what it needs on the ledger and takes all else from it. To be run as the tables' owner.
///
/// # Errors
/// The target is not PostgreSQL, the role's name is not plain, or the server refuses.
pub async fn restrict_role(target: &Target, role: &str, may: Role) -> Result<(), LedgerError> {
    let Target::Postgres { url, schema } = target else {
        return Err(LedgerError::Refused("SQLite has no roles; protect the file by its owner"));
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if role.is_empty() || !role.chars().all(plain) || !schema.chars().all(plain) {
        return Err(LedgerError::Refused("a role's name is lower-case letters, digits and _"));
    }
    let grants = match may {
        Role::Running => format!(
            "GRANT INSERT ON {schema}.lines, {schema}.payloads, {schema}.payload_objects,
             {schema}.checkpoints TO {role};
             GRANT UPDATE (next) ON {schema}.head TO {role};"
        ),
        Role::Pruning => format!(
            "GRANT DELETE ON {schema}.payloads, {schema}.payload_objects TO {role};
             GRANT INSERT, DELETE ON {schema}.pruning TO {role};"
        ),
    };
    let text = format!(
        "BEGIN;
         REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}, PUBLIC;
         REVOKE CREATE ON SCHEMA {schema} FROM {role}, PUBLIC;
         GRANT USAGE ON SCHEMA {schema} TO {role};
         GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role};
         {grants}
         COMMIT;"
    );
    let mut connection: PgConnection = postgres_options(url, schema)?.connect().await?;
    sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

impl From<sqlx::Error> for LedgerDown {
    fn from(error: sqlx::Error) -> Self {
        Self::because(error)
    }
}
