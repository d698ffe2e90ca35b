//! The `plein` command: joins the pages (`plein-app`) and the system behind them (`plein-server`).

mod account;
mod administrator;
mod assets;
mod config;
mod demo;
mod ledger;
mod live;
mod place;
mod serve;
mod tokens;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Plein: the application for a municipality's Lokaal Informatie Plein.
#[derive(Parser)]
#[command(version, about)]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Serve an invented municipality on this computer, to click through.
    Demo(Box<demo::Demo>),
    /// Serve a municipality, with sign-in at its own identity provider.
    Serve(live::Live),
    /// Tell who waits for a place, and make one of them the first administrator.
    Administrator(administrator::Administrator),
    /// Say everything that is wrong with a configuration, and what to do about it.
    CheckConfig(config::CheckConfig),
    /// Export, verify, prove and prune the access log.
    Ledger(ledger::Ledger),
}

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,plein=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // What a panic says can quote what people wrote: only where it happened is told.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        // Not by the log's own ways, which may be told to be silent.
        eprintln!("plein: a fault in the program, at {place}");
    }));
    // Four workers at least: a page that renders must not keep the others waiting.
    let workers = std::thread::available_parallelism().map_or(4, |cores| cores.get().max(4));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build();
    let done = runtime.map_err(Into::into).and_then(|runtime| {
        runtime.block_on(async {
            match Command::parse().task {
                Task::Demo(demo) => demo.run().await.map(|()| ExitCode::SUCCESS),
                Task::Serve(live) => live.run().await.map(|()| ExitCode::SUCCESS),
                Task::Administrator(command) => command.run().await.map(|()| ExitCode::SUCCESS),
                Task::CheckConfig(check) => Ok(check.run()),
                Task::Ledger(ledger) => Ok(ledger.run().await),
            }
        })
    });
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("plein: {error}");
            ExitCode::FAILURE
        }
    }
}
