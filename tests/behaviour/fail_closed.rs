//! While the ledger cannot be written nothing is shown, and work goes on by itself when it can again.

use crate::{common, common::*, world::*};
use http::StatusCode;
use sqlx::Connection;

/// Something that keeps the ledger from being written, until it is mended.
enum Fault {
    Away(std::path::PathBuf),
    Replaced(std::path::PathBuf),
    Locked(Box<sqlx::SqliteConnection>),
    Table(Box<sqlx::PgConnection>),
    ReadOnly(String),
}

impl Fault {
    async fn all(engine: &Engine) -> Vec<&'static str> {
        if engine.is_sqlite() { vec!["away", "replaced", "locked"] } else { vec!["table", "read-only"] }
    }

    async fn begin(name: &str, engine: &Engine) -> Self {
        let file = engine.file("ledger");
        match name {
            "away" => {
                std::fs::rename(&file, file.with_extension("away")).unwrap();
                Self::Away(file)
            }
            "replaced" => {
                // All lines into the file itself, as an operator's copy has them: no log lies beside the one put back.
                let mut connection = outside_connection(&file).await;
                sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
                std::fs::rename(&file, file.with_extension("away")).unwrap();
                std::fs::write(&file, b"").unwrap();
                Self::Replaced(file)
            }
            "locked" => {
                let mut connection = outside_connection(&file).await;
                sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await.unwrap();
                Self::Locked(Box::new(connection))
            }
            "table" => {
                let mut connection = sqlx::PgConnection::connect(engine.url.as_ref().unwrap()).await.unwrap();
                sqlx::raw_sql("BEGIN; LOCK TABLE ledger.lines IN ACCESS EXCLUSIVE MODE")
                    .execute(&mut connection)
                    .await
                    .unwrap();
                Self::Table(Box::new(connection))
            }
            _ => {
                let url = engine.url.clone().unwrap();
                let name = url.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
                read_only(&url, &name, "on").await;
                Self::ReadOnly(url)
            }
        }
    }

    async fn mend(self) {
        match self {
            Self::Away(file) => std::fs::rename(file.with_extension("away"), file).unwrap(),
            Self::Replaced(file) => {
                for end in ["-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{end}", file.display()));
                }
                std::fs::rename(file.with_extension("away"), file).unwrap();
            }
            Self::Locked(mut connection) => drop(sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await.unwrap()),
            Self::Table(mut connection) => drop(sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await.unwrap()),
            Self::ReadOnly(url) => {
                let name = url.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
                read_only(&url, &name, "off").await;
            }
        }
    }
}

/// Makes every new transaction of the database read-only or not, and ends the connections that do not know it yet.
async fn read_only(url: &str, database: &str, value: &str) {
    let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
    for statement in [
        "SET default_transaction_read_only = off".to_owned(),
        format!("ALTER DATABASE {database} SET default_transaction_read_only = {value}"),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()"
            .to_owned(),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    }
}

both_engines! {
    async fn nothing_is_shown_while_it_cannot_be_logged_and_work_goes_on_afterwards(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let path = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        for name in Fault::all(&engine).await {
            let fault = Fault::begin(name, &engine).await;
            for asked in [path.as_str(), "/signalen", &format!("{path}/inzagen"), "/mijn-inzagen"] {
                let page = anna.get(asked).await;
                assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{name} {asked}");
                assert!(!page.text.contains("KANARIE"), "{name} {asked}");
                assert!(page.text.to_lowercase().contains("opnieuw"), "it says what to do: {name}");
            }
            // Mended only when the ledger is done with its last try: what it holds open must not be pulled away under it.
            for _ in 0..3 {
                let begun = std::time::Instant::now();
                assert!(!world.vault.ready().await, "{name}");
                if begun.elapsed() < std::time::Duration::from_millis(2500) {
                    break;
                }
            }
            fault.mend().await;
            let mut page = anna.get(&path).await;
            for _ in 0..200 {
                if page.status == StatusCode::OK {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                page = anna.get(&path).await;
            }
            assert_eq!(page.status, StatusCode::OK, "{name}: without a restart");
            assert!(page.text.contains("feiten-KANARIE"), "{name}");
        }
    }
}
