//! One statement that people wait for many times a second: a keystroke in a plan is a row.
//!
//! On SQLite it is executed in the thread that asks. A pool hands statements to a thread of their connection and is woken by it:
//! that takes a third as long again as the commit itself, which nobody who writes together with others should wait for
//! (`docs/decisions/0007-commit-in-place.md`). When the disk is slow, other work of the thread is moved away first; when somebody
//! else is writing, or anything fails, the pool does it.

use super::{Db, Tx};
use crate::{on_db, on_tx};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, ToSql, params_from_iter,
    types::{ToSqlOutput, ValueRef},
};
use sqlx::AssertSqlSafe;
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::Mutex,
};
use uuid::Uuid;

/// A commit that took longer than this tells that the disk is slow now.
const SLOW: Duration = Duration::from_millis(2);

/// How long the write-ahead log is made before anything is written in it, in bytes; the others fold it back at half of this.
const LOG: u64 = 8 * 1024 * 1024;

/// A statement that is executed where it is asked for.
pub struct InPlace {
    db: Db,
    statement: Arc<str>,
    /// The same for SQLite's own library, to which `$1` is a name and `?1` a number.
    numbered: String,
    connection: Mutex<Option<Connection>>,
    slow: AtomicBool,
}

/// What stands in the place of a `$1`.
#[derive(Debug, Clone)]
pub enum Value {
    /// An id.
    Id(Uuid),
    /// A number.
    Number(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Id(id) => ValueRef::Blob(id.as_bytes()),
            Self::Number(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// The statement with its values, for either engine.
macro_rules! bound {
    ($statement:expr, $values:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($statement.clone()));
        for value in $values {
            query = match value {
                Value::Id(id) => query.bind(*id),
                Value::Number(number) => query.bind(*number),
                Value::Text(text) => query.bind(text.clone()),
                Value::Bytes(bytes) => query.bind(bytes.clone()),
            };
        }
        query
    }};
}

impl InPlace {
    /// This statement on this database. It must be one that stands by itself: it is a transaction of its own.
    pub fn of(db: &Db, statement: &str) -> Self {
        Self {
            db: db.clone(),
            statement: statement.into(),
            numbered: statement.replace('$', "?"),
            connection: Mutex::default(),
            slow: AtomicBool::new(false),
        }
    }

    /// Opens its connection and makes room in the log, so that nobody waits for that later.
    pub async fn ready(&self) {
        let Db::Sqlite(pool) = &self.db else { return };
        let mut place = self.connection.lock().await;
        if place.is_none() {
            let path = pool.connect_options().get_filename().to_owned();
            // What does not open now is tried again when there is something to write.
            let opened = tokio::task::spawn_blocking(move || open(&path)).await;
            *place = opened.ok().and_then(Result::ok);
        }
    }

    /// Executes it with these values for `$1`, `$2`, …; answers how many rows it wrote. They are durable then.
    ///
    /// # Errors
    /// The database is out of reach, or refuses it; nothing was written.
    pub async fn execute(&self, values: &[Value]) -> Result<u64, sqlx::Error> {
        if let Db::Sqlite(pool) = &self.db {
            let mut place = self.connection.lock().await;
            let connection = match place.take() {
                Some(connection) => Ok(connection),
                None => open(pool.connect_options().get_filename()),
            };
            let written = connection.and_then(|connection| {
                let written = self.here(&connection, values);
                // One on which something failed is closed.
                if written.as_ref().map_or_else(is_busy, |_| true) {
                    *place = Some(connection);
                }
                written
            });
            match written {
                Ok(written) => return Ok(written),
                Err(error) if is_busy(&error) => {}
                Err(error) => tracing::warn!(%error, "a statement is tried again through the pool"),
            }
        }
        Ok(on_db!(&self.db, |pool| bound!(self.statement, values).execute(pool).await?.rows_affected()))
    }

    /// Executes it as part of a transaction.
    ///
    /// # Errors
    /// The database is out of reach, or refuses it.
    pub async fn execute_in(&self, tx: &mut Tx, values: &[Value]) -> Result<u64, sqlx::Error> {
        Ok(on_tx!(tx, |c| bound!(self.statement, values).execute(&mut *c).await?.rows_affected()))
    }

    fn here(&self, connection: &Connection, values: &[Value]) -> rusqlite::Result<u64> {
        let begun = Instant::now();
        let write = || {
            let mut statement = connection.prepare_cached(&self.numbered)?;
            statement.execute(params_from_iter(values)).map(|written| written as u64)
        };
        let others = Handle::try_current().is_ok_and(|on| on.runtime_flavor() == RuntimeFlavor::MultiThread);
        let written =
            if others && self.slow.load(Ordering::Relaxed) { tokio::task::block_in_place(write) } else { write() };
        self.slow.store(begun.elapsed() > SLOW, Ordering::Relaxed);
        written
    }

    /// Closes its connection.
    pub async fn close(&self) {
        if let Some(Err((_, error))) = self.connection.lock().await.take().map(Connection::close) {
            tracing::warn!(%error, "a connection did not close in order");
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// A connection as [`super::sqlite_options`] makes them, but for two things: it does not wait for whoever else writes, because
/// it would keep a thread waiting; and it leaves folding the log back to the others, because that takes long.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::ZERO)?;
    for (name, value) in [("synchronous", "FULL"), ("foreign_keys", "ON"), ("secure_delete", "ON")] {
        connection.pragma_update(None, name, value)?;
    }
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    if let Err(error) = make_room(&connection, path) {
        tracing::debug!(%error, "no room was made in the write-ahead log");
    }
    Ok(connection)
}

/// Makes the write-ahead log as long as it will get before it is written from its beginning again.
///
/// A commit that makes a file longer waits for the file system's own journal too; one that writes where something stood does
/// not (`docs/decisions/0007-commit-in-place.md`). Pages of a transaction that do not fit its cache go into the log before
/// they are committed; taken back, they stay there as what the next ones are written over.
fn make_room(connection: &Connection, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(&log).is_ok_and(|log| log.len() >= LOG) {
        return Ok(());
    }
    connection.pragma_update(None, "cache_size", 10)?;
    let written = connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; CREATE TABLE room_in_the_log (bytes BLOB); \
         INSERT INTO room_in_the_log VALUES (zeroblob({LOG})); ROLLBACK"
    ));
    if !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    // As SQLite has it: in kilobytes.
    connection.pragma_update(None, "cache_size", -2_000)?;
    written?;
    std::fs::File::open(log)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::sqlite_options;
    use sqlx::{ConnectOptions, Executor, SqlitePool, sqlite::SqlitePoolOptions};
    use std::path::PathBuf;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    const INSERT: &str = "INSERT INTO rows (id, words, bytes, number) SELECT $1, $2, $3, $4 WHERE $4 > 0";

    /// A folder of its own, gone afterwards.
    struct Folder(PathBuf);

    impl Folder {
        fn made(name: &str) -> std::io::Result<Self> {
            let folder = std::env::temp_dir().join(format!("plein-in-place-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&folder)?;
            Ok(Self(folder))
        }

        async fn database(&self) -> Result<SqlitePool, sqlx::Error> {
            let pool = SqlitePoolOptions::new().connect_with(sqlite_options(&self.0.join("a.sqlite"))).await?;
            pool.execute("CREATE TABLE rows (id BLOB, number INTEGER UNIQUE, words TEXT, bytes BLOB)").await?;
            Ok(pool)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn row(number: i64) -> [Value; 4] {
        [Value::Id(Uuid::from_u128(7)), Value::Text("é".into()), Value::Bytes(vec![0, 1]), Value::Number(number)]
    }

    #[test]
    fn its_connection_keeps_what_the_others_keep() -> Outcome {
        let folder = Folder::made("pragmas")?;
        let path = folder.0.join("a.sqlite");
        Connection::open(&path)?.pragma_update(None, "journal_mode", "WAL")?;
        let connection = open(&path)?;
        for (name, value) in [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("wal_autocheckpoint", 0)]
        {
            let found: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
            assert_eq!(found, value, "{name}");
        }
        Ok(())
    }

    #[tokio::test]
    async fn the_log_has_room_before_anything_is_written_and_the_database_stays_as_it_was() -> Outcome {
        let folder = Folder::made("room")?;
        let pool = folder.database().await?;
        let length = |name: &str| std::fs::metadata(folder.0.join(name)).map(|file| file.len());
        let before = length("a.sqlite")?;
        let insert = InPlace::of(&Db::Sqlite(pool.clone()), INSERT);
        insert.ready().await;
        let room = length("a.sqlite-wal")?;
        assert!(room >= LOG, "{room}");
        for number in 1..100 {
            assert_eq!(insert.execute(&row(number)).await?, 1);
        }
        assert_eq!(length("a.sqlite-wal")?, room, "what is written is written in that room");
        let (rows,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM rows").fetch_one(&pool).await?;
        assert_eq!(rows, 99);
        let (tables,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM sqlite_schema").fetch_one(&pool).await?;
        assert_eq!(tables, 2, "the table and the index of its numbers");
        // Somebody who reads the log from its beginning, as after a crash, finds the same.
        std::fs::copy(folder.0.join("a.sqlite"), folder.0.join("b.sqlite"))?;
        std::fs::copy(folder.0.join("a.sqlite-wal"), folder.0.join("b.sqlite-wal"))?;
        let copy = Connection::open(folder.0.join("b.sqlite"))?;
        assert_eq!(copy.query_row("SELECT COUNT(*) FROM rows", [], |row| row.get::<_, i64>(0))?, 99);
        assert_eq!(copy.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))?, "ok");
        insert.close().await;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&pool).await?;
        assert!(length("a.sqlite")? <= before + 64 * 1024, "the database itself did not grow by that");
        Ok(())
    }

    #[tokio::test]
    async fn values_go_where_their_number_stands_whoever_executes() -> Outcome {
        let folder = Folder::made("values")?;
        let pool = folder.database().await?;
        let insert = InPlace::of(&Db::Sqlite(pool.clone()), INSERT);
        assert_eq!(insert.execute(&row(1)).await?, 1);
        assert_eq!(insert.execute(&row(-1)).await?, 0, "the statement itself refused it");
        // While somebody else writes, the pool waits for them.
        let mut other = pool.connect_options().connect().await?;
        other.execute("BEGIN IMMEDIATE").await?;
        let values = row(2);
        let (written, ended) = tokio::join!(insert.execute(&values), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            other.execute("COMMIT").await
        });
        ended?;
        assert_eq!(written?, 1);
        let rows: Vec<(Uuid, i64, String, Vec<u8>)> =
            sqlx::query_as("SELECT id, number, words, bytes FROM rows ORDER BY number").fetch_all(&pool).await?;
        assert_eq!(rows, [1, 2].map(|number| (Uuid::from_u128(7), number, "é".to_owned(), vec![0, 1])));
        insert.close().await;
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_refused_is_an_error_and_the_next_one_goes_on() -> Outcome {
        let folder = Folder::made("refused")?;
        let insert = InPlace::of(&Db::Sqlite(folder.database().await?), INSERT);
        insert.execute(&row(1)).await?;
        assert!(insert.execute(&row(1)).await.is_err(), "it stands there already");
        // On a slow disk it makes way for others; the outcome is the same.
        insert.slow.store(true, Ordering::Relaxed);
        assert_eq!(insert.execute(&row(2)).await?, 1);
        insert.close().await;
        assert_eq!(insert.execute(&row(3)).await?, 1, "a closed one opens again");
        Ok(())
    }
}
