//! `plein ledger prune`: what is personal goes when its term ends; every line, checkpoint and proof stays.

use super::{
    Ended, NewFile,
    export::{by_the_operator, opened},
    open,
};
use crate::place::Place;
use clap::Args;
use plein_domain::{
    ledger::LineKind,
    moment::{Day, Moment},
};
use plein_vault::db::Target;
use std::path::{Path, PathBuf};

/// Destroy what is personal of lines whose term has ended: in the log itself, or in a copy of an export.
#[derive(Args)]
pub struct Prune {
    /// An export; without one the log itself is pruned.
    file: Option<PathBuf>,
    /// The payloads of lines from before this day go (2026-01-31).
    #[arg(long, value_name = "DAY", value_parser = day)]
    before: Day,
    /// Where the export without them goes; it must not be there yet.
    #[arg(long, value_name = "FILE", requires = "file")]
    out: Option<PathBuf>,
    /// Say that the payloads of the log itself, and the keys of its months that have ended, are to be destroyed for good.
    #[arg(long, conflicts_with = "file")]
    for_good: bool,
    #[command(flatten)]
    place: Place,
    /// Prune as this PostgreSQL role, which may delete payloads; recording is done by that of `--postgres`.
    #[arg(long, env = "PLEIN_PRUNING_POSTGRES", hide_env_values = true, requires = "postgres")]
    pruning_postgres: Option<String>,
}

fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|()| "a day is written 2026-01-31".to_owned())
}

impl Prune {
    pub async fn run(self) -> Result<(), Ended> {
        let before = self.before.begins();
        match (&self.file, &self.out) {
            (Some(file), Some(out)) => Self::copy(file, out, before),
            (Some(_), None) => {
                Err(Ended::Failed("name the file to write with --out; an export is not changed itself".into()))
            }
            (None, _) if !self.for_good => {
                let why = "nothing was destroyed: say --for-good when the log itself is meant, or name an export";
                Err(Ended::Failed(why.into()))
            }
            (None, _) => self.destroy(before).await,
        }
    }

    fn copy(file: &Path, out: &Path, before: Moment) -> Result<(), Ended> {
        let mut copy = NewFile::make(out)?;
        let pruned = plein_proof::prune(open(file)?, &mut copy.file, before)?.map_err(|fault| Ended::of(&fault))?;
        copy.keep()?;
        println!("{} payloads were left out, {} are in {}", pruned.left_out, pruned.kept, out.display());
        Ok(())
    }

    async fn destroy(&self, before: Moment) -> Result<(), Ended> {
        let ledger = opened(&self.place, self.place.ledger()).await?;
        ledger.append(vec![by_the_operator(LineKind::PayloadsPruned, self.before.to_string())]).await?;
        let pruned = match &self.pruning_postgres {
            None => ledger.prune_payloads_before(before).await,
            Some(url) => {
                let target = Target::Postgres { url: url.clone(), schema: "ledger".to_owned() };
                let pruner = opened(&self.place, target).await?;
                let pruned = pruner.prune_payloads_before(before).await;
                pruner.shutdown().await;
                pruned
            }
        };
        ledger.shutdown().await;
        println!("{} payloads were destroyed for good; every line and every proof stays", pruned?);
        Ok(())
    }
}
