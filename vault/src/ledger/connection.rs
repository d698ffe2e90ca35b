//! The sequencer's own connection, and whether what it leads to is still the ledger.
//!
//! Here the two engines do differ: a file can be deleted, moved or replaced under an open connection, which takes
//! writes happily; a server can be told to forget its promise of durability.

use super::{LedgerDown, ledger_migrations};
use crate::db::{Db, Target, postgres_options, sqlite_options};
use sha2::{Digest, Sha256};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection, postgres::PgPoolOptions,
    sqlite::SqlitePoolOptions,
};
use std::path::{Path, PathBuf};

/// One connection on either engine.
pub(super) enum Link {
    /// On SQLite.
    Sqlite(SqliteConnection),
    /// On PostgreSQL.
    Postgres(PgConnection),
}

/// Expands a body for both engines: `on_link!(link, |c| sqlx::query("…").execute(&mut *c).await)`.
macro_rules! on_link {
    ($link:expr, |$connection:ident| $body:expr) => {
        match $link {
            $crate::ledger::connection::Link::Sqlite($connection) => $body,
            $crate::ledger::connection::Link::Postgres($connection) => $body,
        }
    };
}
pub(super) use on_link;

/// Makes the ledger where it is not there, and brings it up to date. A running role that may not make tables can open
/// one that is up to date already.
pub(super) async fn prepare(target: &Target) -> Result<(), LedgerDown> {
    if let Target::Postgres { url, schema } = target {
        let known: Vec<i64> = ledger_migrations().postgres.iter().map(|migration| migration.version).collect();
        let mut connection = postgres_options(url, schema)?.connect().await?;
        let applied: Result<Vec<i64>, _> =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")
                .fetch_all(&mut connection)
                .await;
        connection.close().await?;
        if matches!(applied, Ok(applied) if applied == known) {
            return Ok(());
        }
    }
    Db::connect(target, ledger_migrations()).await?.close().await;
    Ok(())
}

/// A pool that only reads.
pub(super) fn reading_pool(target: &Target) -> Result<Db, sqlx::Error> {
    let wait = std::time::Duration::from_secs(3);
    Ok(match target {
        Target::Sqlite(path) => {
            let options = sqlite_options(path).create_if_missing(false).pragma("query_only", "ON");
            let pool = SqlitePoolOptions::new().max_connections(4).acquire_timeout(wait);
            Db::Sqlite(pool.connect_lazy_with(options))
        }
        Target::Postgres { url, schema } => {
            let options = postgres_options(url, schema)?.options([("default_transaction_read_only", "on")]);
            let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(wait);
            Db::Postgres(pool.connect_lazy_with(options))
        }
    })
}

impl Link {
    /// Connects, and refuses a connection that would not commit durably. Never makes a file.
    pub(super) async fn connect(target: &Target) -> Result<Self, LedgerDown> {
        let mut link = match target {
            Target::Sqlite(path) => {
                // Events and objects fall all over their indexes: keep those pages in memory (64 MiB). The log is
                // folded back within a batch, which then takes some 30 ms: rarely (256 MiB), so that few people meet it.
                let options = sqlite_options(path)
                    .create_if_missing(false)
                    .pragma("cache_size", "-65536")
                    .pragma("wal_autocheckpoint", "65536")
                    // What a failing statement needs to undo itself; otherwise written to a file beside every batch.
                    .pragma("temp_store", "MEMORY");
                Self::Sqlite(options.connect().await?)
            }
            Target::Postgres { url, schema } => {
                let mut connection = postgres_options(url, schema)?.connect().await?;
                // Said again in the session: a pooler in between may have dropped the options.
                // A new ledger is small when its statements are planned, and the plan is kept while it grows: without the
                // last setting a batch would be looked for in the whole table.
                let settings = "SET synchronous_commit TO on; SET lock_timeout TO 2000; SET statement_timeout TO 2000; \
                                SET enable_seqscan TO off";
                sqlx::raw_sql(settings).execute(&mut connection).await?;
                Self::Postgres(connection)
            }
        };
        let durable = match link {
            Self::Sqlite(_) => [("journal_mode", "wal"), ("synchronous", "2")].as_slice(),
            Self::Postgres(_) => [("synchronous_commit", "on")].as_slice(),
        };
        for (setting, must) in durable {
            let (_, is) = link.settings().await?.into_iter().find(|(name, _)| name == setting).unwrap_or_default();
            if is != *must {
                return Err(LedgerDown::because(format_args!("{setting} is {is:?} and must be {must:?}")));
            }
        }
        Ok(link)
    }

    /// What this connection says about durability and waiting.
    pub(super) async fn settings(&mut self) -> Result<Vec<(String, String)>, sqlx::Error> {
        let mut settings = Vec::new();
        match self {
            Self::Sqlite(connection) => {
                let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await?;
                settings.push(("journal_mode".to_owned(), mode));
                for (name, pragma) in [
                    ("synchronous", "PRAGMA synchronous"),
                    ("foreign_keys", "PRAGMA foreign_keys"),
                    ("busy_timeout", "PRAGMA busy_timeout"),
                    ("secure_delete", "PRAGMA secure_delete"),
                ] {
                    let value: i64 = sqlx::query_scalar(pragma).fetch_one(&mut *connection).await?;
                    settings.push((name.to_owned(), value.to_string()));
                }
            }
            Self::Postgres(connection) => {
                for name in ["synchronous_commit", "fsync", "full_page_writes", "lock_timeout", "statement_timeout"] {
                    let value: String =
                        sqlx::query_scalar("SELECT current_setting($1)").bind(name).fetch_one(&mut *connection).await?;
                    settings.push((name.to_owned(), value));
                }
            }
        }
        Ok(settings)
    }

    /// Begins a batch as its only writer. SQLite locks the file; on PostgreSQL an advisory lock makes nodes take turns
    /// before they take a snapshot, so that one tree grows.
    pub(super) async fn begin(&mut self, target: &Target) -> Result<(), sqlx::Error> {
        match (self, target) {
            (Self::Sqlite(connection), _) => {
                sqlx::raw_sql("BEGIN IMMEDIATE").execute(connection).await?;
            }
            (Self::Postgres(connection), target) => {
                // Two statements and one way there and back; the second has a snapshot of its own.
                let begin = format!("BEGIN; SELECT pg_advisory_xact_lock({})", lock_number(target));
                sqlx::raw_sql(AssertSqlSafe(begin)).execute(connection).await?;
            }
        }
        Ok(())
    }

    /// Closes it in order; SQLite's write-ahead log is folded back into the file.
    pub(super) async fn close(self) {
        let closed = match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
        };
        if let Err(error) = closed {
            tracing::warn!(%error, "the ledger's connection did not close in order");
        }
    }
}

/// The advisory lock of this ledger: advisory locks are per database, ledgers per schema.
fn lock_number(target: &Target) -> i64 {
    let Target::Postgres { schema, .. } = target else { return 0 };
    let hash = Sha256::digest(format!("plein/ledger-lock/1\n{schema}"));
    hash.iter().take(8).fold(0, |number, byte| number << 8 | i64::from(*byte))
}

/// Which file a path led to: that of the ledger and that of its write-ahead log, by device and inode.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    file: Option<(u64, u64)>,
    log: Option<(u64, u64)>,
}

impl Stamp {
    /// Looks at the path now.
    ///
    /// # Errors
    /// There is no file, or its permissions forbid writing (which the superuser and an open connection do not feel).
    pub(super) fn of(target: &Target) -> Result<Self, LedgerDown> {
        let Target::Sqlite(path) = target else { return Ok(Self::default()) };
        let meta =
            std::fs::metadata(path).map_err(|error| LedgerDown::because(format_args!("the ledger's file: {error}")))?;
        if meta.permissions().readonly() {
            return Err(LedgerDown::because("the ledger's file is read-only"));
        }
        let log = std::fs::metadata(log_of(path)).ok();
        Ok(Self { file: identity(&meta), log: log.as_ref().and_then(identity) })
    }

    /// Whether `now` is still what was opened. A log that was not there at the opening may have come since.
    pub(super) fn still_is(self, now: Self) -> bool {
        self.same_file(now) && (self.log.is_none() || self.log == now.log)
    }

    /// Whether the ledger's file itself is the same one.
    pub(super) fn same_file(self, now: Self) -> bool {
        self.file == now.file
    }
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

#[cfg(unix)]
fn identity(meta: &std::fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((meta.dev(), meta.ino()))
}

/// Other systems do not let an open file be replaced.
#[cfg(not(unix))]
fn identity(_: &std::fs::Metadata) -> Option<(u64, u64)> {
    None
}
