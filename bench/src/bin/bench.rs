//! `cargo xtask bench`: viewings per second through the gate, on both engines, in one run.

use anyhow::Result;
use clap::Parser;
use plein_bench::measure;
use std::{path::PathBuf, time::Duration};

/// Measures the gate and the ledger and prints tables in Markdown.
#[derive(Parser)]
struct Cli {
    /// Seconds for each part.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Writes the tables to this file too.
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// A PostgreSQL superuser's URL; without one, SQLite only.
    #[arg(long, env = "PLEIN_TEST_POSTGRES", hide_env_values = true)]
    postgres: Option<String>,
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build()?;
    let servers = [None, cli.postgres.as_deref()];
    let engines = if cli.postgres.is_some() { &servers[..] } else { &servers[..1] };
    let mut tables = String::new();
    for server in engines {
        let run = runtime.block_on(measure::run(*server, Duration::from_secs(cli.seconds)))?;
        println!("{run}");
        tables.push_str(&format!("{run}\n"));
    }
    if cli.postgres.is_none() {
        println!("PostgreSQL was left out: set PLEIN_TEST_POSTGRES or give --postgres");
    }
    if let Some(file) = cli.markdown {
        std::fs::write(file, tables)?;
    }
    Ok(())
}
