//! `cargo xtask bench`: viewings per second through the gate and lists at a million signals, on both engines, verifying an export
//! of the ledger, what a refusal tells by its time, and drafting together against its peers.

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use plein_bench::{
    existence,
    joint::{self, host::HOST},
    lists, measure, proofs,
};
use std::{path::PathBuf, process::Command, sync::Arc, time::Duration};

/// Measures, and prints tables in Markdown. Without a part: everything.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    part: Option<Part>,
    /// Leaves drafting together out, when no part is named.
    #[arg(long)]
    without_joint: bool,
    #[command(flatten)]
    gate: Gate,
    /// Writes the tables to this file too.
    #[arg(long, value_name = "FILE", global = true)]
    markdown: Option<PathBuf>,
    /// A PostgreSQL superuser's URL; without one, SQLite only.
    #[arg(long, env = "PLEIN_TEST_POSTGRES", hide_env_values = true, global = true)]
    postgres: Option<String>,
    /// Leaves SQLite out.
    #[arg(long, global = true, requires = "postgres")]
    without_sqlite: bool,
}

#[derive(Subcommand)]
enum Part {
    /// The gate and the ledger.
    Gate(Gate),
    /// The lists of signals and of cases in a small municipality and a very large one.
    Lists(Lists),
    /// Drafting together: deliveries against y-websocket and Hocuspocus, and a long editing trace.
    Joint(Joint),
    /// Verifying an export of the ledger, against hashing the same bytes.
    Proofs(Proofs),
    /// Whether a refusal tells by its time that what was asked for exists.
    Existence(Existence),
}

#[derive(Args)]
struct Existence {
    /// How often each question is asked, of what exists and of what does not.
    #[arg(long, default_value_t = 4_000)]
    times: usize,
}

#[derive(Args)]
struct Proofs {
    /// How many lines, one size after another.
    #[arg(long, value_delimiter = ',', default_values_t = [100_000, 1_000_000])]
    lines: Vec<u64>,
}

#[derive(Args)]
struct Gate {
    /// Seconds for each part of gate and ledger.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

#[derive(Args)]
struct Lists {
    /// How many signals, one size after another; growth is told against the first.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 1_000_000])]
    signals: Vec<usize>,
    /// Seconds for each way through the lists.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

#[derive(Args)]
struct Joint {
    /// How many people, one size after another.
    #[arg(long, value_delimiter = ',', default_values_t = [5, 25, 50])]
    people: Vec<usize>,
    /// Trials of each.
    #[arg(long, default_value_t = 3)]
    trials: usize,
    /// Seconds of each trial that are measured.
    #[arg(long, default_value_t = 20)]
    measured: u64,
    /// Leaves the peers out.
    #[arg(long)]
    without_peers: bool,
    /// Only the deliveries, or only the trace.
    #[arg(long)]
    only: Option<Only>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    Deliveries,
    Trace,
}

fn main() -> Result<()> {
    if std::env::var_os(HOST).is_some() {
        return joint::host::host();
    }
    if std::env::var_os(lists::READER).is_some() {
        return lists::read();
    }
    if std::env::var_os(proofs::JUDGE).is_some() {
        return proofs::judge();
    }
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build()?;
    let mut tables = String::new();
    let engines = engines(&cli);
    match &cli.part {
        Some(Part::Gate(part)) => runtime.block_on(gate(part, &engines, &mut tables))?,
        Some(Part::Lists(part)) => runtime.block_on(listing(part, &engines, &mut tables))?,
        Some(Part::Joint(part)) => runtime.block_on(drafting(part, &mut tables))?,
        Some(Part::Proofs(part)) => proving(&part.lines, &mut tables)?,
        Some(Part::Existence(part)) => runtime.block_on(hiding(part.times, &engines, &mut tables))?,
        None => {
            runtime.block_on(gate(&cli.gate, &engines, &mut tables))?;
            let part = Lists { signals: vec![1_000, 1_000_000], seconds: 5 };
            runtime.block_on(listing(&part, &engines, &mut tables))?;
            proving(&[100_000, 1_000_000], &mut tables)?;
            runtime.block_on(hiding(4_000, &engines, &mut tables))?;
            if !cli.without_joint {
                let part = Joint { people: vec![5, 25, 50], trials: 3, measured: 20, without_peers: false, only: None };
                runtime.block_on(drafting(&part, &mut tables))?;
            }
        }
    }
    if let Some(file) = cli.markdown {
        std::fs::write(file, tables)?;
    }
    Ok(())
}

/// The engines: SQLite, and PostgreSQL when there is one.
fn engines(cli: &Cli) -> Vec<Option<&str>> {
    if cli.postgres.is_none() {
        println!("PostgreSQL was left out: set PLEIN_TEST_POSTGRES or give --postgres");
    }
    let sqlite = (!cli.without_sqlite).then_some(None);
    sqlite.into_iter().chain(cli.postgres.as_deref().map(Some)).collect()
}

async fn listing(part: &Lists, engines: &[Option<&str>], tables: &mut String) -> Result<()> {
    let this = std::env::current_exe()?;
    let plan = lists::Plan { sizes: part.signals.clone(), each: Duration::from_secs(part.seconds) };
    for server in engines.iter().copied() {
        let run = lists::run(&plan, server, || Command::new(&this)).await?;
        println!("{run}");
        tables.push_str(&format!("{run}\n"));
    }
    Ok(())
}

async fn gate(part: &Gate, engines: &[Option<&str>], tables: &mut String) -> Result<()> {
    for server in engines.iter().copied() {
        let run = measure::run(server, Duration::from_secs(part.seconds)).await?;
        println!("{run}");
        tables.push_str(&format!("{run}\n"));
    }
    Ok(())
}

async fn hiding(times: usize, engines: &[Option<&str>], tables: &mut String) -> Result<()> {
    for server in engines.iter().copied() {
        let run = existence::run(server, times).await?;
        println!("{run}");
        tables.push_str(&format!("{run}\n"));
    }
    Ok(())
}

fn proving(lines: &[u64], tables: &mut String) -> Result<()> {
    let this = std::env::current_exe()?;
    let run = proofs::run(lines, || Command::new(&this))?;
    println!("{run}");
    tables.push_str(&format!("{run}\n"));
    Ok(())
}

async fn drafting(part: &Joint, tables: &mut String) -> Result<()> {
    let this = std::env::current_exe()?;
    let program: joint::host::Program = Arc::new(move || Command::new(&this));
    if part.only != Some(Only::Trace) {
        let plan = joint::deliver::Plan {
            people: part.people.clone(),
            warm_up: Duration::from_secs(5),
            measured: Duration::from_secs(part.measured),
            trials: part.trials,
            program: program.clone(),
            peers: !part.without_peers,
        };
        let table = joint::deliver::run(&plan).await?;
        println!("{table}");
        tables.push_str(&format!("{table}\n"));
    }
    if part.only != Some(Only::Deliveries) {
        let run = joint::trace::run(&program).await?;
        println!("{run}");
        tables.push_str(&format!("{run}\n"));
    }
    Ok(())
}
