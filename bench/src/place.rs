//! Where a world's three databases are, and how they are opened.

use anyhow::Result;
use plein_domain::moment::{Clock, Moment};
use plein_server::real::{SystemClock, SystemEntropy};
use plein_vault::{
    MasterKey, Vault, VaultOptions,
    db::{Db, Target, postgres_options, sqlite_options},
    keyring::{Keyring, keyring_migrations},
    ledger::Ledger,
};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Connection, sqlite::SqliteSynchronous};
use std::{path::PathBuf, sync::Arc, time::Duration};

struct Later;

impl Clock for Later {
    fn now(&self) -> Moment {
        SystemClock.now().plus_seconds(3600)
    }
}

/// One engine with room for one world.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Place {
    /// The folder of the SQLite files.
    pub folder: PathBuf,
    /// The URL of a PostgreSQL database; nothing on SQLite.
    pub url: Option<String>,
}

impl Place {
    /// Its engine, for people.
    pub fn engine(&self) -> &'static str {
        if self.url.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    /// One of the databases.
    pub fn target(&self, database: &str) -> Target {
        match &self.url {
            None => Target::Sqlite(self.folder.join(format!("{database}.db"))),
            Some(url) => Target::Postgres { url: url.clone(), schema: database.to_owned() },
        }
    }

    /// Opens the vault, as each start of the program does.
    ///
    /// # Errors
    /// A database that cannot be opened.
    pub async fn open(&self) -> Result<Arc<Vault>> {
        self.open_by(Arc::new(SystemClock)).await
    }

    /// Opens the vault an hour later: by then whatever a kill left behind is old enough to be swept.
    ///
    /// # Errors
    /// A database that cannot be opened.
    pub async fn open_later(&self) -> Result<Arc<Vault>> {
        self.open_by(Arc::new(Later)).await
    }

    async fn open_by(&self, clock: Arc<dyn Clock>) -> Result<Arc<Vault>> {
        let vault = Vault::open(VaultOptions {
            content: self.target("content"),
            keyring: self.target("keyring"),
            ledger: self.target("ledger"),
            master: Self::master()?,
            clock,
            entropy: Arc::new(SystemEntropy),
        })
        .await?;
        Ok(Arc::new(vault))
    }

    fn master() -> Result<MasterKey> {
        // Everything here is invented and thrown away.
        Ok(MasterKey::from_bytes(&[0x4d; 32])?)
    }

    /// Opens the keyring past the vault.
    ///
    /// # Errors
    /// Its database cannot be opened.
    pub async fn keyring(&self) -> Result<Arc<Keyring>> {
        let db = Db::connect(&self.target("keyring"), keyring_migrations()).await?;
        Ok(Arc::new(Keyring::open(db, Self::master()?, Arc::new(SystemEntropy), Arc::new(SystemClock)).await?))
    }

    /// Opens the ledger past the vault, as another node would.
    ///
    /// # Errors
    /// It cannot be opened.
    pub async fn ledger(&self, keyring: Arc<Keyring>) -> Result<Ledger> {
        Ok(Ledger::open(self.target("ledger"), keyring, Arc::new(SystemClock), Arc::new(SystemEntropy)).await?)
    }

    /// A pool past all the vault's code.
    ///
    /// # Errors
    /// The database is not there.
    pub async fn outside(&self, database: &str) -> Result<Db> {
        Ok(match self.target(database) {
            Target::Sqlite(path) => {
                let options = sqlite_options(&path).create_if_missing(false);
                Db::Sqlite(sqlx::sqlite::SqlitePoolOptions::new().max_connections(2).connect_with(options).await?)
            }
            Target::Postgres { url, schema } => {
                let options = postgres_options(&url, &schema)?;
                Db::Postgres(sqlx::postgres::PgPoolOptions::new().max_connections(2).connect_with(options).await?)
            }
        })
    }

    /// A connection past all the vault's code for bringing in very many rows: on SQLite with memory for its indexes, and
    /// durable only when it is closed.
    ///
    /// # Errors
    /// The database is not there.
    pub async fn bulk(&self, database: &str) -> Result<Db> {
        Ok(match self.target(database) {
            Target::Sqlite(path) => {
                let options = sqlite_options(&path).create_if_missing(false).synchronous(SqliteSynchronous::Off);
                let options = options.pragma("cache_size", "-1000000");
                Db::Sqlite(sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect_with(options).await?)
            }
            Target::Postgres { url, schema } => {
                let options = postgres_options(&url, &schema)?.options([("statement_timeout", "0")]);
                Db::Postgres(sqlx::postgres::PgPoolOptions::new().max_connections(1).connect_with(options).await?)
            }
        })
    }

    /// The keyring over such a connection.
    ///
    /// # Errors
    /// Its database is not there.
    pub async fn bulk_keyring(&self) -> Result<Keyring> {
        let db = self.bulk("keyring").await?;
        Ok(Keyring::open(db, Self::master()?, Arc::new(SystemEntropy), Arc::new(SystemClock)).await?)
    }

    /// Waits until PostgreSQL has noticed that a killed program is gone: until then it may still finish what that
    /// program sent last. Of an embedded database nothing outlives the program.
    ///
    /// # Errors
    /// The server is out of reach, or somebody stays connected.
    pub async fn wait_until_alone(&self) -> Result<()> {
        let Some(url) = &self.url else { return Ok(()) };
        let mut connection = sqlx::PgConnection::connect(url).await?;
        for _ in 0..2000 {
            let others: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                 AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
            )
            .fetch_one(&mut connection)
            .await?;
            if others == 0 {
                connection.close().await?;
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        anyhow::bail!("somebody is still connected to the database ten seconds after the kill")
    }
}

/// A place that is made for one run and removed afterwards.
pub struct Passing {
    /// The place.
    pub place: Place,
    server: Option<(String, String)>,
}

impl Passing {
    /// A folder for SQLite, or with the URL of a PostgreSQL superuser a database of its own there.
    ///
    /// # Errors
    /// It cannot be made.
    pub async fn make(name: &str, server: Option<&str>) -> Result<Self> {
        let name = format!("plein_{name}_{}", std::process::id());
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder)?;
        let Some(server) = server else {
            return Ok(Self { place: Place { folder, url: None }, server: None });
        };
        administer(server, format!("CREATE DATABASE {name} TEMPLATE template0")).await?;
        let place = Place { folder, url: Some(database_url(server, &name)) };
        Ok(Self { place, server: Some((server.to_owned(), name)) })
    }

    /// Removes it.
    ///
    /// # Errors
    /// It cannot be removed.
    pub async fn remove(self) -> Result<()> {
        if let Some((server, name)) = self.server {
            administer(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        }
        Ok(std::fs::remove_dir_all(&self.place.folder)?)
    }
}

/// The server's URL with another database in it.
fn database_url(server: &str, name: &str) -> String {
    let (address, options) =
        server.split_once('?').map_or((server, String::new()), |(url, rest)| (url, format!("?{rest}")));
    let host = address.find("://").map_or(0, |at| at + 3);
    let end = address[host..].find('/').map_or(address.len(), |slash| host + slash);
    format!("{}/{name}{options}", &address[..end])
}

async fn administer(url: &str, statement: String) -> Result<()> {
    let mut connection = sqlx::PgConnection::connect(url).await?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    Ok(connection.close().await?)
}
