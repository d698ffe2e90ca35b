//! What keeps a ledger from being written, one after another, and how each is mended.

use crate::common::{Engine, outside_connection};
use sqlx::{AssertSqlSafe, Connection};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Asked until it is done: the batches of the program hold the ledger nearly all the time.
macro_rules! until_done {
    ($connection:expr, $statements:expr) => {
        let begun = Instant::now();
        let statements: String = $statements.into();
        while let Err(error) = sqlx::raw_sql(AssertSqlSafe(statements.clone())).execute(&mut $connection).await {
            assert!(begun.elapsed() < Duration::from_secs(60), "{error}");
        }
    };
}

/// Something that keeps the ledger from being written, until it is mended.
pub enum Fault {
    Deleted(PathBuf),
    Replaced(PathBuf),
    ReadOnlyFile(PathBuf),
    Locked(Box<sqlx::SqliteConnection>),
    Table(Box<sqlx::PgConnection>),
    ReadOnlyRole(String),
    /// The connections of the program are ended again and again.
    Lost(tokio::task::JoinHandle<()>),
    /// Every batch takes five seconds longer than its database needs.
    SlowFile(PathBuf),
    SlowTable(String),
}

const ENDS: [&str; 3] = ["", "-wal", "-shm"];

fn with_end(file: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}{end}", file.display()))
}

impl Fault {
    /// Those under which no line can be written until they are mended.
    pub fn lasting(engine: &Engine) -> Vec<&'static str> {
        if engine.is_sqlite() {
            vec!["file deleted", "file replaced", "file read-only", "file locked"]
        } else {
            vec!["table locked", "role read-only"]
        }
    }

    /// Also those that come and go.
    pub fn all(engine: &Engine) -> Vec<&'static str> {
        let passing: &[&str] = if engine.is_sqlite() { &["file slow"] } else { &["connections lost", "table slow"] };
        [&Self::lasting(engine), passing].concat()
    }

    pub async fn begin(name: &str, engine: &Engine) -> Self {
        let file = engine.file("ledger");
        match name {
            "file deleted" => {
                fold(&file).await;
                fs::copy(&file, file.with_extension("backup")).unwrap();
                for end in ENDS {
                    let _ = fs::remove_file(with_end(&file, end));
                }
                Self::Deleted(file)
            }
            "file replaced" => {
                // As an operator's copy has them: no log lies beside the one put back.
                fold(&file).await;
                fs::rename(&file, file.with_extension("backup")).unwrap();
                fs::write(&file, b"").unwrap();
                Self::Replaced(file)
            }
            "file read-only" => {
                fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
                Self::ReadOnlyFile(file)
            }
            "file locked" => {
                let mut connection = outside_connection(&file).await;
                sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await.unwrap();
                Self::Locked(Box::new(connection))
            }
            "table locked" => {
                let mut connection = sqlx::PgConnection::connect(engine.url.as_ref().unwrap()).await.unwrap();
                sqlx::raw_sql("BEGIN; LOCK TABLE ledger.lines IN ACCESS EXCLUSIVE MODE")
                    .execute(&mut connection)
                    .await
                    .unwrap();
                Self::Table(Box::new(connection))
            }
            "role read-only" => {
                let url = engine.url.clone().unwrap();
                read_only(&url, "on").await;
                Self::ReadOnlyRole(url)
            }
            "connections lost" => {
                let mut connection = sqlx::PgConnection::connect(engine.url.as_ref().unwrap()).await.unwrap();
                Self::Lost(tokio::spawn(async move {
                    loop {
                        sqlx::raw_sql(END_OTHERS).execute(&mut connection).await.unwrap();
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                }))
            }
            "file slow" => {
                let mut connection = outside_connection(&file).await;
                let begun = Instant::now();
                sqlx::raw_sql(AssertSqlSafe(counting(2_000_000))).execute(&mut connection).await.unwrap();
                let steps = (2e6 * SLOW.as_secs_f64() / begun.elapsed().as_secs_f64()) as u64;
                let slow = format!(
                    "BEGIN IMMEDIATE; CREATE VIEW slowly AS {}; CREATE TRIGGER slow BEFORE INSERT ON lines \
                     WHEN NEW.sequence = (SELECT next FROM head) BEGIN SELECT * FROM slowly; END; COMMIT",
                    counting(steps)
                );
                until_done!(connection, slow);
                Self::SlowFile(file)
            }
            "table slow" => {
                let url = engine.url.clone().unwrap();
                let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
                let slow = format!(
                    "CREATE FUNCTION ledger.slowly() RETURNS trigger LANGUAGE plpgsql AS \
                     $$BEGIN PERFORM pg_sleep({}); RETURN NULL; END$$; \
                     CREATE TRIGGER slow BEFORE INSERT ON ledger.lines FOR EACH STATEMENT EXECUTE FUNCTION ledger.slowly()",
                    SLOW.as_secs()
                );
                until_done!(connection, slow);
                Self::SlowTable(url)
            }
            unknown => panic!("{unknown}"),
        }
    }

    pub async fn mend(self) {
        match self {
            Self::Deleted(file) | Self::Replaced(file) => {
                for end in ENDS {
                    let _ = fs::remove_file(with_end(&file, end));
                }
                fs::rename(file.with_extension("backup"), file).unwrap();
            }
            Self::ReadOnlyFile(file) => fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap(),
            Self::Locked(mut connection) => drop(sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await.unwrap()),
            Self::Table(mut connection) => drop(sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await.unwrap()),
            Self::ReadOnlyRole(url) => read_only(&url, "off").await,
            Self::Lost(ending) => ending.abort(),
            Self::SlowFile(file) => {
                let mut connection = outside_connection(&file).await;
                until_done!(connection, "BEGIN IMMEDIATE; DROP TRIGGER slow; DROP VIEW slowly; COMMIT");
            }
            Self::SlowTable(url) => {
                let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
                until_done!(connection, "DROP FUNCTION ledger.slowly CASCADE");
            }
        }
    }
}

/// How much longer a batch takes on a slow database.
const SLOW: Duration = Duration::from_secs(5);

/// Counts so many steps, which takes SQLite its time.
fn counting(steps: u64) -> String {
    format!(
        "SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {steps}) SELECT i FROM n)"
    )
}

/// Ends all other connections to the database.
const END_OTHERS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid()";

/// All lines into the ledger's file itself.
async fn fold(file: &Path) {
    let mut connection = outside_connection(file).await;
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// Makes every new transaction of the program's role in this database read-only or not, and ends the connections that
/// do not know it yet.
async fn read_only(url: &str, value: &str) {
    let database = url.split('?').next().unwrap().rsplit('/').next().unwrap();
    let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
    for statement in [
        "SET default_transaction_read_only = off".to_owned(),
        format!("ALTER ROLE CURRENT_USER IN DATABASE {database} SET default_transaction_read_only = {value}"),
        END_OTHERS.to_owned(),
    ] {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    }
}
