//! `cargo xtask soak`: kills Plein at random moments of real work, on both engines, and checks after each kill.

use anyhow::Result;
use clap::Parser;
use plein_bench::{
    crash::{self, Plan, WORKER},
    place::Passing,
};
use std::{process::Command, sync::Arc};

/// Kills Plein at random moments and checks that nothing acknowledged is lost and nothing is half made.
#[derive(Parser)]
struct Cli {
    /// Kills per engine.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// What chance begins with; a failure names it.
    #[arg(long, default_value_t = 20_261_123)]
    seed: u64,
    /// A PostgreSQL superuser's URL; without one, SQLite only.
    #[arg(long, env = "PLEIN_TEST_POSTGRES", hide_env_values = true)]
    postgres: Option<String>,
}

fn main() -> Result<()> {
    if std::env::var_os(WORKER).is_some() {
        return crash::work();
    }
    let cli = Cli::parse();
    let program = std::env::current_exe()?;
    let worker: Arc<dyn Fn() -> Command + Send + Sync> = Arc::new(move || Command::new(&program));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let servers = [None, cli.postgres.as_deref()];
        let engines = if cli.postgres.is_some() { &servers[..] } else { &servers[..1] };
        for server in engines {
            let passing = Passing::make("soak", *server).await?;
            let plan = Plan {
                place: passing.place.clone(),
                kills: cli.kills,
                seed: cli.seed,
                worker: worker.clone(),
                progress: true,
                damage: &[],
            };
            // What a failure leaves behind stays there to be looked at.
            println!("{}", crash::run(plan).await?);
            passing.remove().await?;
        }
        if cli.postgres.is_none() {
            println!("PostgreSQL was left out: set PLEIN_TEST_POSTGRES or give --postgres");
        }
        Ok(())
    })
}
