//! Where an installation's databases are.

use clap::Args;
use plein_vault::db::Target;
use std::path::PathBuf;

/// A folder, or a folder and two PostgreSQL databases.
#[derive(Args)]
pub struct Place {
    /// The folder of the data and of the keys.
    #[arg(long, default_value = ".plein/demo")]
    pub data: PathBuf,
    /// Content and ledger are in this PostgreSQL database instead of in the folder (`postgres://…`).
    #[arg(long, env = "PLEIN_DEMO_POSTGRES", hide_env_values = true, requires = "keyring_postgres")]
    pub postgres: Option<String>,
    /// The keyring is in this other PostgreSQL database.
    #[arg(long, env = "PLEIN_DEMO_KEYRING_POSTGRES", hide_env_values = true)]
    pub keyring_postgres: Option<String>,
}

impl Place {
    /// The content database.
    pub fn content(&self) -> Target {
        self.target(self.postgres.as_ref(), "content")
    }

    /// The ledger.
    pub fn ledger(&self) -> Target {
        self.target(self.postgres.as_ref(), "ledger")
    }

    /// The keyring.
    pub fn keyring(&self) -> Target {
        self.target(self.keyring_postgres.as_ref(), "keyring")
    }

    fn target(&self, url: Option<&String>, name: &str) -> Target {
        match url {
            Some(url) => Target::Postgres { url: url.clone(), schema: name.to_owned() },
            None => Target::Sqlite(self.data.join(format!("{name}.db"))),
        }
    }
}
