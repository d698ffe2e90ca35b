//! `plein ledger export`: the log as a file. Without payloads nothing in it is personal; with them, that it left is
//! recorded first.

use super::{Ended, NewFile, Teller};
use crate::place::Place;
use clap::Args;
use plein_domain::{
    ids::{DepartmentId, PersonId},
    ledger::{Line, LineKind, Outcome, Payload},
    moment::{Clock, random_id},
};
use plein_server::real::{SystemClock, SystemEntropy};
use plein_vault::{
    MasterKey,
    db::{Db, Target},
    keyring::{Keyring, keyring_migrations},
    ledger::{Ledger, export},
};
use std::{path::PathBuf, sync::Arc};
use uuid::Uuid;

/// Write the log, with its checkpoints, to a file that can be verified anywhere.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    place: Place,
    /// The file to write; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Take the payloads along: who, what and why. They are personal, and it is recorded in the log that they left.
    #[arg(long, requires = "reason")]
    with_payloads: bool,
    /// Why the payloads are taken along, and by whom.
    #[arg(long)]
    reason: Option<String>,
    /// Do not tell how far it is.
    #[arg(long)]
    quiet: bool,
}

impl Export {
    pub async fn run(self) -> Result<(), Ended> {
        is_there(&self.place.ledger())?;
        let mut out = NewFile::make(&self.out)?;
        let mut teller = Teller::new(self.quiet);
        let tell = |done, all| teller.tell(done, done, all);
        let exported = match (self.with_payloads, self.reason) {
            (true, Some(reason)) if reason.trim().is_empty() => {
                return Err(Ended::Failed("say in --reason why the payloads are taken along, and by whom".into()));
            }
            (true, Some(reason)) => {
                let ledger = opened(&self.place, self.place.ledger()).await?;
                let line = by_the_operator(LineKind::Exported, reason);
                let exported = ledger.export_with_payloads(line, &mut out.file, tell).await;
                ledger.shutdown().await;
                exported?
            }
            _ => export(&self.place.ledger(), &mut out.file, tell).await?,
        };
        out.keep()?;
        println!(
            "{} lines, {} payloads and {} checkpoints are in {}",
            exported.lines,
            exported.payloads,
            exported.checkpoints,
            self.out.display()
        );
        Ok(())
    }
}

/// Tells that there is no ledger, before one is made by opening it.
pub(super) fn is_there(ledger: &Target) -> Result<(), Ended> {
    match ledger {
        Target::Sqlite(file) if !file.exists() => Err(Ended::Failed(format!(
            "there is no ledger: {} is not there; name its folder with --data",
            file.display()
        ))),
        _ => Ok(()),
    }
}

/// Opens a ledger with its keyring, besides the program that may be running.
pub(super) async fn opened(place: &Place, ledger: Target) -> Result<Ledger, Ended> {
    is_there(&ledger)?;
    let master = MasterKey::from_file(&place.data.join("master.key"))?;
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let keyring = Db::connect(&place.keyring(), keyring_migrations()).await?;
    let keyring = Arc::new(Keyring::open(keyring, master, entropy.clone(), clock.clone()).await?);
    Ok(Ledger::open(ledger, keyring, clock, entropy).await?)
}

/// A line of what was done at the computer itself, by nobody who is signed in.
pub(super) fn by_the_operator(kind: LineKind, reason: String) -> Line {
    Line {
        event: random_id(&SystemEntropy),
        at: SystemClock.now(),
        trace: random_id(&SystemEntropy),
        kind,
        outcome: Outcome::Permitted,
        payload: Payload {
            actor: PersonId(Uuid::nil()),
            actor_name: format!("plein ledger ({})", crate::account::account()),
            department: DepartmentId(Uuid::nil()),
            department_name: String::new(),
            role: "operator".to_owned(),
            user_is_requestor: true,
            objects: Vec::new(),
            case: None,
            purpose: String::new(),
            reason,
            policies: Vec::new(),
            network: String::new(),
        },
    }
}
