//! Two engines, one text: a database on embedded SQLite or on PostgreSQL, with the same statements.
//!
//! Statements use `$1` placeholders and native types that round-trip on both (`Uuid`, `i64`, `bool`, `Vec<u8>`,
//! `String`). [`on_db!`] and [`on_tx!`] expand one body for both engines. Where the engines do differ, the
//! difference is a named function in this file that says why.

mod in_place;
pub use in_place::{InPlace, Value};

use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::PathBuf, str::FromStr, time::Duration};

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Target {
    /// A SQLite file; made when it is not there.
    Sqlite(PathBuf),
    /// A PostgreSQL database and the schema in it; the schema is made when it is not there.
    Postgres {
        /// `postgres://user@host/database`; may hold a password, so it is never printed.
        url: String,
        /// The schema all tables live in.
        schema: String,
    },
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres { schema, .. } => f.debug_struct("Postgres").field("schema", schema).finish_non_exhaustive(),
        }
    }
}

/// The migrations of one database, for both engines; a test compares the file lists.
pub struct Migrations {
    /// For SQLite.
    pub sqlite: Migrator,
    /// For PostgreSQL.
    pub postgres: Migrator,
}

/// Migrations of the content database.
pub fn content_migrations() -> Migrations {
    Migrations {
        sqlite: sqlx::migrate!("../migrations/sqlite/content"),
        postgres: sqlx::migrate!("../migrations/postgres/content"),
    }
}

/// A database on either engine.
#[derive(Clone, Debug)]
pub enum Db {
    /// Embedded SQLite.
    Sqlite(SqlitePool),
    /// PostgreSQL.
    Postgres(PgPool),
}

/// Expands a body for both engines: `on_db!(&db, |pool| sqlx::query("…").execute(pool).await)`.
#[macro_export]
macro_rules! on_db {
    ($db:expr, |$pool:ident| $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite($pool) => $body,
            $crate::db::Db::Postgres($pool) => $body,
        }
    };
}

/// A transaction on either engine; rolled back when dropped without [`Tx::commit`].
pub enum Tx {
    /// On SQLite, begun as writer.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Expands a body for both engines, with a connection: `on_tx!(&mut tx, |c| sqlx::query("…").execute(&mut *c).await)`.
#[macro_export]
macro_rules! on_tx {
    ($tx:expr, |$connection:ident| $body:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::db::Tx::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}

/// SQLite options that every database of Plein is opened with: write-ahead log; every commit on the disk before it
/// is acknowledged; deleted content overwritten.
pub fn sqlite_options(path: &std::path::Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(2))
        .pragma("secure_delete", "ON")
}

/// PostgreSQL options that every connection of Plein is opened with: the schema, durable commits, and limits on
/// waiting, so that a locked table is an error and not a hanging page.
///
/// # Errors
/// The URL cannot be read.
pub fn postgres_options(url: &str, schema: &str) -> Result<PgConnectOptions, sqlx::Error> {
    Ok(PgConnectOptions::from_str(url)?.options([
        ("search_path", schema),
        ("synchronous_commit", "on"),
        ("lock_timeout", "2000"),
        ("statement_timeout", "10000"),
    ]))
}

/// Whether nobody on the way to this PostgreSQL reads along, and it is the server that is meant: it is on this machine, or it is
/// asked to prove who it is. An address that cannot be read is not.
pub fn is_private(url: &str) -> bool {
    PgConnectOptions::from_str(url).is_ok_and(|options| {
        let here = matches!(options.get_host(), "localhost" | "127.0.0.1" | "::1" | "[::1]");
        here || options.get_socket().is_some() || matches!(options.get_ssl_mode(), PgSslMode::VerifyFull)
    })
}

impl Db {
    /// Opens the database, making it and bringing it up to date where needed.
    ///
    /// # Errors
    /// It cannot be reached, or its migrations do not fit this program.
    pub async fn connect(target: &Target, migrations: Migrations) -> Result<Self, sqlx::Error> {
        match target {
            Target::Sqlite(path) => {
                let pool = SqlitePoolOptions::new()
                    .max_connections(8)
                    .acquire_timeout(Duration::from_secs(3))
                    .connect_with(sqlite_options(path))
                    .await?;
                migrations.sqlite.run(&pool).await?;
                Ok(Self::Sqlite(pool))
            }
            Target::Postgres { url, schema } => {
                let pool = PgPoolOptions::new()
                    .max_connections(16)
                    .acquire_timeout(Duration::from_secs(3))
                    .connect_with(postgres_options(url, schema)?)
                    .await?;
                if !schema.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                    return Err(sqlx::Error::Configuration("a schema's name is lower-case letters and _".into()));
                }
                let statement = format!("CREATE SCHEMA IF NOT EXISTS {schema}");
                sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await?;
                migrations.postgres.run(&pool).await?;
                Ok(Self::Postgres(pool))
            }
        }
    }

    /// Begins a transaction that is going to write. SQLite must say so at once (`BEGIN IMMEDIATE`): a reader that
    /// becomes a writer later can fail halfway.
    ///
    /// # Errors
    /// The database is locked, full, read-only or out of reach.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(pool) => Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// What a statement that reads a row in order to write by it adds to its end, so that the row stays as it was read
    /// until the commit: PostgreSQL would let others change it meanwhile. SQLite has one writer at a time.
    pub fn held(&self, rows: &'static str) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => rows,
        }
    }

    /// What follows a table's name in a statement that must go by this index. SQLite does not know how many rows a condition
    /// leaves, and would rather sort half a table than take a longer way that is in order; it refuses a statement that
    /// its index does not fit. PostgreSQL keeps statistics, and has no such word.
    pub fn by_index(&self, index: &str) -> String {
        match self {
            Self::Sqlite(_) => format!(" INDEXED BY {index}"),
            Self::Postgres(_) => String::new(),
        }
    }

    /// Closes all connections; SQLite's write-ahead log is folded back into the file.
    pub async fn close(&self) {
        on_db!(self, |pool| pool.close().await);
    }
}

impl Tx {
    /// Makes it durable.
    ///
    /// # Errors
    /// It could not be made durable; nothing of it stands.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }
}
