//! What the vault's tests share: every test runs on both engines, in a database of its own.
//!
//! `both_engines! { async fn a_behaviour(engine: Engine) { … } }` makes the tests `a_behaviour::sqlite` and
//! `a_behaviour::postgres`. PostgreSQL is found by `PLEIN_TEST_POSTGRES` (a superuser's URL; `cargo xtask test` sets
//! it); with `PLEIN_TEST_SQLITE_ONLY=1` its half is left out.
#![allow(dead_code, reason = "each test binary uses its own part of this")]

pub mod cluster;
pub mod lines;

use plein_domain::moment::{Clock, Entropy, Moment};
use plein_vault::db::{Db, Target, postgres_options, sqlite_options};
use plein_vault::keyring::{Keyring, MasterKey, keyring_migrations};
use plein_vault::ledger::{Ledger, LedgerOptions};
use plein_vault::on_db;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

/// Makes one test per engine of each function.
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($engine:ident: Engine) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn behaviour($engine: Engine) $body

            #[test]
            fn sqlite() {
                common::on_sqlite(behaviour);
            }

            #[test]
            fn postgres() {
                common::on_postgres(behaviour);
            }
        }
    )+};
}
pub(crate) use both_engines;

/// Monday 23 November 2026, 12:00 UTC.
pub const NOON: Moment = Moment(1_795_435_200_000_000);

/// A clock that stands still until it is set.
pub struct FixedClock(AtomicI64);

impl FixedClock {
    pub fn set(&self, moment: Moment) {
        self.0.store(moment.0, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::SeqCst))
    }
}

/// The same unpredictable-looking bytes in every run.
pub struct TestEntropy(AtomicU64);

impl Entropy for TestEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::digest(self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// One engine with room of its own for a test.
#[derive(Clone)]
pub struct Engine {
    pub folder: PathBuf,
    /// The URL of the test's own database; nothing on SQLite.
    pub url: Option<String>,
    pub clock: Arc<FixedClock>,
    pub entropy: Arc<TestEntropy>,
}

/// Runs a behaviour on SQLite.
pub fn on_sqlite<F: Future<Output = ()> + Send + 'static>(behaviour: fn(Engine) -> F) {
    run(async {
        let engine = Engine::new(None);
        let outcome = tokio::spawn(behaviour(engine.clone())).await;
        engine.tidy();
        outcome
    });
}

/// Runs a behaviour on PostgreSQL.
pub fn on_postgres<F: Future<Output = ()> + Send + 'static>(behaviour: fn(Engine) -> F) {
    if std::env::var_os("PLEIN_TEST_SQLITE_ONLY").is_some_and(|only| only == "1") {
        println!("left out: PLEIN_TEST_SQLITE_ONLY=1");
        return;
    }
    let server = std::env::var("PLEIN_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!(
            "set PLEIN_TEST_POSTGRES to the URL of a superuser of a PostgreSQL server (`cargo xtask test` starts one), \
             or PLEIN_TEST_SQLITE_ONLY=1 to leave this half out"
        )
    });
    run(async {
        let name = format!("plein_test_{}_{}", std::process::id(), next_number());
        admin(&server, format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let engine = Engine::new(Some(database_url(&server, &name)));
        let outcome = tokio::spawn(behaviour(engine.clone())).await;
        admin(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        engine.tidy();
        outcome
    });
}

fn run(test: impl Future<Output = Result<(), tokio::task::JoinError>>) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let outcome = runtime.block_on(test);
    runtime.shutdown_timeout(Duration::from_secs(5));
    if let Err(error) = outcome {
        std::panic::resume_unwind(error.into_panic());
    }
}

fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::SeqCst)
}

/// The server's URL with another database in it.
fn database_url(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').map_or((server, None), |(url, rest)| (url, Some(rest)));
    let host_starts = address.find("://").expect("a URL of PostgreSQL") + 3;
    let host_ends = address[host_starts..].find('/').map_or(address.len(), |slash| host_starts + slash);
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{}/{name}{options}", &address[..host_ends])
}

async fn admin(url: &str, statement: String) {
    let mut connection = sqlx::PgConnection::connect(url).await.expect("the PostgreSQL of PLEIN_TEST_POSTGRES");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect("a superuser's statement");
    connection.close().await.expect("a connection that closes");
}

impl Engine {
    fn new(url: Option<String>) -> Self {
        let folder = std::env::temp_dir().join(format!("plein-test-{}-{}", std::process::id(), next_number()));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let clock = Arc::new(FixedClock(AtomicI64::new(NOON.0)));
        Self { folder, url, clock, entropy: Arc::new(TestEntropy(AtomicU64::new(0))) }
    }

    fn tidy(&self) {
        // What cannot be removed lies in the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.is_none()
    }

    /// Where the SQLite file of this database is.
    pub fn file(&self, database: &str) -> PathBuf {
        self.folder.join(format!("{database}.db"))
    }

    /// A database of this test: a file in its folder, or a schema in its own PostgreSQL database.
    pub fn target(&self, database: &str) -> Target {
        match &self.url {
            None => Target::Sqlite(self.file(database)),
            Some(url) => Target::Postgres { url: url.clone(), schema: database.to_owned() },
        }
    }

    pub fn master(&self) -> MasterKey {
        MasterKey::from_bytes(&[0x4d; 32]).expect("a key")
    }

    /// Opens the keyring, as each start of the program does.
    pub async fn keyring(&self) -> Arc<Keyring> {
        let db = Db::connect(&self.target("keyring"), keyring_migrations()).await.expect("a keyring's database");
        let keyring = Keyring::open(db, self.master(), self.entropy.clone(), self.clock.clone()).await;
        Arc::new(keyring.expect("a keyring"))
    }

    /// Opens the ledger, as each start and each node does.
    pub async fn ledger(&self) -> Arc<Ledger> {
        self.ledger_at(self.target("ledger"), LedgerOptions::default()).await
    }

    pub async fn ledger_at(&self, target: Target, options: LedgerOptions) -> Arc<Ledger> {
        let keyring = self.keyring().await;
        let ledger = Ledger::open_with(target, keyring, self.clock.clone(), self.entropy.clone(), options).await;
        Arc::new(ledger.expect("a ledger"))
    }

    /// A pool past all the vault's code, with all rights: what an administrator of the machine could do.
    pub async fn outside(&self, database: &str) -> Db {
        match self.target(database) {
            Target::Sqlite(path) => Db::Sqlite(
                sqlx::sqlite::SqlitePoolOptions::new()
                    .max_connections(2)
                    .connect_with(sqlite_options(&path).create_if_missing(false))
                    .await
                    .expect("the SQLite file"),
            ),
            Target::Postgres { url, schema } => Db::Postgres(
                sqlx::postgres::PgPoolOptions::new()
                    .max_connections(2)
                    .connect_with(postgres_options(&url, &schema).expect("a URL"))
                    .await
                    .expect("the PostgreSQL database"),
            ),
        }
    }

    /// All bytes that stand on the disk for a database: the SQLite files, or every row of every table as text.
    pub async fn raw_bytes(&self, database: &str) -> Vec<u8> {
        match self.outside(database).await {
            Db::Sqlite(pool) => {
                pool.close().await;
                ["", "-wal", "-shm"]
                    .into_iter()
                    .filter_map(|end| std::fs::read(format!("{}{end}", self.file(database).display())).ok())
                    .flatten()
                    .collect()
            }
            Db::Postgres(pool) => {
                let tables: Vec<String> = sqlx::query_scalar("SELECT tablename FROM pg_tables WHERE schemaname = $1")
                    .bind(database)
                    .fetch_all(&pool)
                    .await
                    .expect("the tables");
                let mut bytes = Vec::new();
                for table in tables {
                    let text = format!("SELECT t::text FROM {database}.{table} t");
                    let rows: Vec<String> =
                        sqlx::query_scalar(AssertSqlSafe(text)).fetch_all(&pool).await.expect("the rows");
                    bytes.extend(rows.concat().into_bytes());
                }
                bytes
            }
        }
    }

    /// Whether text, or its bytes in hexadecimal as PostgreSQL prints them, stands in a database's raw bytes.
    pub async fn raw_contains(&self, database: &str, text: &[u8]) -> bool {
        let bytes = self.raw_bytes(database).await;
        assert!(!bytes.is_empty(), "there is something to search in");
        let hex: String = text.iter().map(|byte| format!("{byte:02x}")).collect();
        [text, hex.as_bytes()].iter().any(|part| bytes.windows(part.len()).any(|window| window == *part))
    }
}

/// Runs statements past all the vault's code.
pub async fn execute(db: &Db, statements: &str) -> Result<(), sqlx::Error> {
    let statements = statements.to_owned();
    on_db!(db, |pool| sqlx::raw_sql(AssertSqlSafe(statements)).execute(pool).await.map(drop))
}

/// Reads one number past all the vault's code.
pub async fn number(db: &Db, query: &'static str) -> i64 {
    on_db!(db, |pool| sqlx::query_scalar(query).fetch_one(pool).await.expect("a number"))
}

/// One connection past all the vault's code, to hold a lock with.
pub async fn outside_connection(path: &Path) -> sqlx::SqliteConnection {
    sqlite_options(path).create_if_missing(false).connect().await.expect("the SQLite file")
}
