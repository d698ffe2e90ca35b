//! The build driver of Plein: set-up, both halves of the build, tests. `cargo xtask --help` lists the commands,
//! `docs/development.md` explains them. Nothing here is part of what runs at a municipality.

mod assets;
mod browser;
mod checkout;
mod children;
mod dev;
mod lint;
mod npm;
mod postgres;
mod report;
mod security;
mod server;
mod steps;
mod system;
mod test;
mod toolchain;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use browser::Effort;
use checkout::Checkout;

/// Set-up, both halves of the build, and tests of Plein.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    /// Install missing Debian packages with sudo (root never needs this).
    #[arg(long, global = true)]
    install: bool,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// From a fresh clone to a page ready to click: builds both halves and starts the demonstration.
    Run(Demo),
    /// Like run, and rebuilds and restarts after every change.
    Dev(Demo),
    /// Builds both halves.
    Build {
        /// Optimise the server too.
        #[arg(long)]
        release: bool,
    },
    /// Runs all tests and checks.
    Test {
        /// Only tests whose name contains this; leaves the checks out.
        filter: Option<String>,
        /// Leave the browser tests out.
        #[arg(long)]
        quick: bool,
        /// Run one part only.
        #[arg(long)]
        only: Option<test::Part>,
    },
    /// Format, clippy on both halves, licences and advisories.
    Lint,
    /// Measures: hands its arguments to the program plein-bench.
    Bench {
        /// For plein-bench.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Runs for a long time: hands its arguments to plein-bench's program soak.
    Soak {
        /// For soak.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

#[derive(Args)]
struct Demo {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where the demonstration keeps its data; made when it is not there.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Demo {
    fn data(&self, checkout: &Checkout) -> PathBuf {
        self.data.clone().unwrap_or_else(|| checkout.root.join(".plein/demo"))
    }
}

fn main() -> ExitCode {
    steps::start_clock();
    match children::pass_signals_on().and_then(|()| perform(&Cli::parse())) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(_) if children::interrupted() => ExitCode::from(130),
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked; false when tests failed.
fn perform(cli: &Cli) -> Result<bool> {
    let checkout = Checkout::find(cli.install)?;
    checkout.claim_target()?;
    match &cli.task {
        Task::Run(demo) => server::run(&checkout, demo.port, &demo.data(&checkout))?,
        Task::Dev(demo) => dev::run(&checkout, demo.port, &demo.data(&checkout))?,
        Task::Build { release } => {
            let program = server::build_both(&checkout, Effort::Small, *release)?;
            steps::say(format!("ready: {}", program.display()));
        }
        Task::Test { filter, quick, only } => {
            let selection = test::Selection { filter: filter.clone(), quick: *quick, only: *only };
            return test::run(&checkout, &selection);
        }
        Task::Lint => {
            let mut report = report::Report::default();
            lint::check(&checkout, &mut report)?;
            return Ok(report.close());
        }
        Task::Bench { arguments } => measure(&checkout, "plein-bench", arguments)?,
        Task::Soak { arguments } => measure(&checkout, "soak", arguments)?,
    }
    Ok(true)
}

/// Builds one of the measuring programs with everything optimised, and runs it with a PostgreSQL of its own; that of
/// `PLEIN_TEST_POSTGRES`, when it is set.
fn measure(checkout: &Checkout, program: &str, arguments: &[String]) -> Result<()> {
    let mut command = server::cargo(checkout);
    command.args(["run", "--release", "--package", "plein-bench", "--bin", program, "--"]).args(arguments);
    if std::env::var_os("PLEIN_TEST_POSTGRES").is_some() {
        return steps::run(&mut command);
    }
    let postgres = postgres::Postgres::start(checkout)?;
    steps::run(command.env("PLEIN_TEST_POSTGRES", postgres.url()))
}
