//! `cargo xtask soak`: kills Plein at random moments of real work, on both engines, and checks after each kill; or breaks
//! drafting together, or throws garbage.

use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand};
use plein_bench::{
    crash::{self, Plan, WORKER},
    garbage,
    joint::{
        fuzz::{decoder, socket},
        host::{self, HOST, Program},
        soak,
    },
    place::Passing,
};
use std::{process::Command, sync::Arc, time::Duration};

/// Kills Plein at random moments and checks that nothing acknowledged is lost and nothing is half made.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    part: Option<Part>,
    /// Kills per engine.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// What chance begins with; a failure names it.
    #[arg(long, default_value_t = 20_261_123, global = true)]
    seed: u64,
    /// A PostgreSQL superuser's URL; without one, SQLite only.
    #[arg(long, env = "PLEIN_TEST_POSTGRES", hide_env_values = true, global = true)]
    postgres: Option<String>,
}

#[derive(Subcommand)]
enum Part {
    /// People draft together, lose their connections, and the server is killed every two minutes.
    Joint(Joint),
    /// Hostile input to the decoder of plans and to their socket.
    Fuzz(Fuzz),
    /// Garbage to every way in, twice; memory is held against the first time.
    Garbage(Garbage),
}

#[derive(Args)]
struct Garbage {
    /// How many, each time.
    #[arg(long, default_value_t = 10_000)]
    requests: u64,
}

#[derive(Args)]
struct Joint {
    /// Minutes.
    #[arg(long, default_value_t = 30)]
    minutes: u64,
    /// People who write.
    #[arg(long, default_value_t = 25)]
    writers: usize,
    /// On PostgreSQL instead of SQLite.
    #[arg(long)]
    on_postgres: bool,
}

#[derive(Args)]
struct Fuzz {
    /// Minutes in all, half for each.
    #[arg(long, default_value_t = 10)]
    minutes: u64,
    /// Only one of them.
    #[arg(long)]
    only: Option<Only>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    Decoder,
    Socket,
}

fn main() -> Result<()> {
    if std::env::var_os(WORKER).is_some() {
        return crash::work();
    }
    if std::env::var_os(HOST).is_some() {
        return host::host();
    }
    if std::env::var_os(decoder::DECODER).is_some() {
        return decoder::work();
    }
    let cli = Cli::parse();
    let program = std::env::current_exe()?;
    let program: Program = Arc::new(move || Command::new(&program));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    match &cli.part {
        None => runtime.block_on(kills(&cli, &program)),
        Some(Part::Joint(part)) => runtime.block_on(joint(&cli, part, program)),
        Some(Part::Garbage(part)) => {
            runtime.block_on(garbage::run(&program, part.requests, cli.seed))?;
            Ok(())
        }
        Some(Part::Fuzz(part)) => {
            let each = Duration::from_secs(part.minutes * if part.only.is_some() { 60 } else { 30 });
            if part.only != Some(Only::Decoder) {
                println!("{}", runtime.block_on(socket::run(&program, each, cli.seed))?);
            }
            if part.only != Some(Only::Socket) {
                let outcome = decoder::run(&program, each, cli.seed)?;
                println!("{outcome}");
                if !outcome.found.is_empty() {
                    bail!("{} cases that must not be", outcome.found.len());
                }
            }
            Ok(())
        }
    }
}

async fn joint(cli: &Cli, part: &Joint, program: Program) -> Result<()> {
    let server = cli.postgres.as_deref().filter(|_| part.on_postgres);
    if part.on_postgres && server.is_none() {
        bail!("set PLEIN_TEST_POSTGRES or give --postgres");
    }
    println!("seed {}", cli.seed);
    let passing = Passing::make("soak_joint", server).await?;
    let plan = soak::Plan {
        place: passing.place.clone(),
        program,
        writers: part.writers,
        lasts: Duration::from_secs(part.minutes * 60),
        kill_every: Duration::from_secs(120),
        stands: (Duration::from_secs(10), Duration::from_secs(60)),
        seed: cli.seed,
        progress: true,
    };
    // What a failure leaves behind stays there to be looked at.
    println!("{}", soak::run(plan).await?);
    passing.remove().await
}

async fn kills(cli: &Cli, program: &Program) -> Result<()> {
    let servers = [None, cli.postgres.as_deref()];
    let engines = if cli.postgres.is_some() { &servers[..] } else { &servers[..1] };
    for server in engines {
        let passing = Passing::make("soak", *server).await?;
        let plan = Plan {
            place: passing.place.clone(),
            kills: cli.kills,
            seed: cli.seed,
            worker: program.clone(),
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
}
