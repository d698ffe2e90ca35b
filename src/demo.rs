//! `plein demo`: an invented municipality on this computer alone.
//!
//! It opens only folders that carry the demo's mark, listens on loopback only, and lets anybody choose whom to be. It
//! must never be possible to open a real municipality's data this way.

use crate::{
    place::Place,
    serve::{Failure, Reached, serve},
    tokens::Tokens,
};
use clap::Args;
use plein_domain::{people::Role, ports::Installation};
use plein_server::{
    demo::{DemoClock, Size, build, installation, read, written},
    real::SystemEntropy,
};
use plein_vault::{
    MasterKey, Vault, VaultOptions,
    ledger::{CheckpointOptions, MailWitness, Witness},
    streams::{Collector, StreamOptions},
};
use std::{
    fs,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::net::TcpListener;

/// How many signals the usual world has.
const USUAL: u32 = 200;
/// What a folder with a demonstration in it carries.
pub const MARK: &str = "this-is-a-plein-demo";
/// The stops of the guided tour, beside the data.
const TOUR: &str = "tour.json";

/// Serve an invented municipality on this computer, to click through.
#[derive(Args)]
pub struct Demo {
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    #[command(flatten)]
    place: Place,
    /// Make a small world: the last hundred days, with 30 signals and 3 cases.
    #[arg(long, conflicts_with = "signals")]
    small: bool,
    /// Make a large world with this many signals, from 200 to 100000; it takes minutes.
    #[arg(long, value_parser = clap::value_parser!(u32).range(i64::from(USUAL)..=100_000))]
    signals: Option<u32>,
    /// A municipality's own look: a CSS file of design tokens (`:root { --name: value; }`).
    #[arg(long)]
    tokens: Option<PathBuf>,
    /// Add every checkpoint of the access log to this file, in another folder; may be given several times.
    #[arg(long, value_name = "FILE")]
    witness_file: Vec<PathBuf>,
    /// Send every checkpoint of the access log to this address (`https://…`); may be given several times.
    #[arg(long, value_name = "URL")]
    witness_url: Vec<http::Uri>,
    /// Mail a checkpoint of the access log to this address, every hour at most; may be given several times.
    #[arg(long, value_name = "ADDRESS", requires_all = ["mail_server", "mail_from"])]
    witness_mail: Vec<String>,
    /// The mail server that takes mail from this machine (`smtp://host`, `smtp://host?tls=required`, `smtps://host`).
    #[arg(long, value_name = "URL")]
    mail_server: Option<String>,
    /// The address that Plein's mail comes from.
    #[arg(long, value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Tell the access log once more into files in this folder: the access log, the data processings, the decisions, and what
    /// was served.
    #[arg(long, value_name = "FOLDER")]
    streams: Option<PathBuf>,
    /// The address of the page of the processing register, to name processing activities by.
    #[arg(long, value_name = "URL", requires = "streams")]
    register_url: Option<http::Uri>,
    /// Send the same records to this collector of OpenTelemetry (`https://collector.example:4318`).
    #[arg(long, value_name = "URL", requires = "streams")]
    collector_url: Option<http::Uri>,
}

impl Demo {
    /// Makes the demo world if it is not there, and serves it.
    pub async fn run(self) -> Result<(), Failure> {
        let tokens = self.tokens.as_deref().map(Tokens::read).transpose()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))
            .await
            .map_err(|error| format!("port {} cannot be used ({error}); choose another one with --port", self.port))?;
        let data = &self.place.data;
        let fresh = prepare(data)?;
        if !fresh && self.signals.is_some() {
            let folder = data.display();
            return Err(
                format!("there is a demo in {folder} already; with --signals choose a new folder by --data").into()
            );
        }
        let master = MasterKey::from_file_or_new(&data.join("master.key"), &SystemEntropy)?;
        let clock = Arc::new(DemoClock::default());
        let options = VaultOptions {
            content: self.place.content(),
            ledger: self.place.ledger(),
            keyring: self.place.keyring(),
            master,
            clock: clock.clone(),
            entropy: Arc::new(SystemEntropy),
        };
        let vault = Arc::new(Vault::open(options).await?);
        if !vault.is_kind(true).await? {
            return Err("these databases are a municipality's own; a demonstration needs others".into());
        }
        let installation = installation();
        let mut served = plein_server::assemble(vault.clone(), installation.clone());
        if fresh {
            println!("Making the demo world …");
            let size = match self.signals {
                _ if self.small => Size::Story,
                Some(signals) if signals > USUAL => Size::Years(signals - USUAL, |made, all| {
                    println!("  {made} of {all} signals of the year before");
                }),
                _ => Size::Months,
            };
            let tour = build(&served, &vault.directory, &clock, size).await?;
            fs::write(data.join(TOUR), written(&tour)?)?;
            fs::write(data.join(MARK), "complete\n")?;
        }
        // Only now: while the world is made its clock stands in the past.
        let files = self.witness_file.iter().cloned().map(Witness::File);
        let mails = self.witness_mail.iter().map(|to| {
            let server = self.mail_server.clone().unwrap_or_default();
            Witness::Mail(MailWitness { server, from: self.mail_from.clone().unwrap_or_default(), to: to.clone() })
        });
        let witnesses = files.chain(self.witness_url.iter().cloned().map(Witness::Url)).chain(mails).collect();
        vault.sign_checkpoints(CheckpointOptions { witnesses, ..CheckpointOptions::in_folder(data.clone()) })?;
        let answers = match &self.streams {
            Some(folder) => {
                let register = self.register_url.as_ref().map(ToString::to_string);
                let collector = self.collector_url.as_ref().map(Collector::at).transpose()?;
                let options = StreamOptions { register, collector, ..StreamOptions::in_folder(folder.clone()) };
                vault.tell_streams(&options)?;
                Some(Arc::new(vault.served_log(folder.clone())?))
            }
            None => None,
        };
        // A world of an earlier program has no tour.
        let tour = read(&fs::read_to_string(data.join(TOUR)).unwrap_or_default());
        let there = !tour.is_empty();
        let installation = Installation { tour, ..installation };
        served.ports.installation = Arc::new(installation.clone());
        let people = served.ports.sessions.demo_people().await?;
        let address = format!("http://localhost:{}/", listener.local_addr()?.port());
        println!("\nPlein (demo) is ready: {address}\n");
        if there {
            println!("You have ten minutes? Take the guided tour: {address}rondleiding\n");
        }
        println!("You can be:");
        for person in people {
            let roles: Vec<&str> = person.roles.iter().map(|role: &Role| role.code()).collect();
            println!("  {:<28} {:<34} {}", person.name, person.department.name, roles.join(", "));
        }
        println!("\nStop with Ctrl-C.");
        serve(listener, vault, served, &installation, tokens.as_ref(), answers, Reached::default()).await
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
