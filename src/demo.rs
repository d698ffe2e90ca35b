//! `plein demo`: an invented municipality on this computer alone.
//!
//! It opens only folders that carry the demo's mark, listens on loopback only, and lets anybody choose whom to be. It
//! must never be possible to open a real municipality's data this way.

use crate::serve::{Failure, serve};
use clap::Args;
use plein_domain::people::Role;
use plein_server::{
    demo::{DemoClock, build, installation},
    real::SystemEntropy,
};
use plein_vault::{MasterKey, Vault, VaultOptions, db::Target};
use std::{
    fs,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::net::TcpListener;

const MARK: &str = "this-is-a-plein-demo";

/// Serve an invented municipality on this computer, to click through.
#[derive(Args)]
pub struct Demo {
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder of the demo's data; made when it is not there.
    #[arg(long, default_value = ".plein/demo")]
    data: PathBuf,
    /// Keep content and ledger in this PostgreSQL database instead of in the folder (`postgres://…`).
    #[arg(long, env = "PLEIN_DEMO_POSTGRES", hide_env_values = true, requires = "keyring_postgres")]
    postgres: Option<String>,
    /// Keep the keyring in this other PostgreSQL database.
    #[arg(long, env = "PLEIN_DEMO_KEYRING_POSTGRES", hide_env_values = true)]
    keyring_postgres: Option<String>,
}

impl Demo {
    /// Makes the demo world if it is not there, and serves it.
    pub async fn run(self) -> Result<(), Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))
            .await
            .map_err(|error| format!("port {} cannot be used ({error}); choose another one with --port", self.port))?;
        let fresh = prepare(&self.data)?;
        let master = MasterKey::from_file_or_new(&self.data.join("master.key"), &SystemEntropy)?;
        let clock = Arc::new(DemoClock::default());
        let file = |name: &str| Target::Sqlite(self.data.join(name));
        let schema = |url: &String, schema: &str| Target::Postgres { url: url.clone(), schema: schema.to_owned() };
        let options = VaultOptions {
            content: self.postgres.as_ref().map_or_else(|| file("content.db"), |url| schema(url, "content")),
            ledger: self.postgres.as_ref().map_or_else(|| file("ledger.db"), |url| schema(url, "ledger")),
            keyring: self.keyring_postgres.as_ref().map_or_else(|| file("keyring.db"), |url| schema(url, "keyring")),
            master,
            clock: clock.clone(),
            entropy: Arc::new(SystemEntropy),
        };
        let vault = Arc::new(Vault::open(options).await?);
        let installation = installation();
        let served = plein_server::assemble(vault.clone(), installation.clone());
        let ports = served.ports.clone();
        if fresh {
            println!("Making the demo world …");
            build(&served, &vault.directory, &clock).await?;
            fs::write(self.data.join(MARK), "complete\n")?;
        }
        let people = ports.sessions.demo_people().await?;
        println!("\nPlein (demo) is ready: http://localhost:{}/\n", listener.local_addr()?.port());
        println!("You can be:");
        for person in people {
            let roles: Vec<&str> = person.roles.iter().map(|role: &Role| role.code()).collect();
            println!("  {:<28} {:<34} {}", person.name, person.department.name, roles.join(", "));
        }
        println!("\nStop with Ctrl-C.");
        drop(ports);
        serve(listener, vault, served, &installation).await
    }
}

/// Makes the folder, or checks that it is a complete demo's; whether the world is still to be made.
fn prepare(folder: &Path) -> Result<bool, Failure> {
    let mark = folder.join(MARK);
    match fs::read_to_string(&mark) {
        Ok(state) if state.trim() == "complete" => return Ok(false),
        Ok(_) => {
            return Err(format!(
                "the demo in {} was not finished when it was made; remove the folder and start again",
                folder.display()
            )
            .into());
        }
        Err(_) if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) => {
            return Err(format!(
                "{} is not empty and does not carry the demo's mark; choose another folder with --data",
                folder.display()
            )
            .into());
        }
        Err(_) => {}
    }
    fs::create_dir_all(folder)?;
    fs::write(mark, "being made\n")?;
    Ok(true)
}
