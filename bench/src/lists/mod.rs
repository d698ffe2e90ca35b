//! The lists of signals and of cases, at a size that few municipalities reach: how long a page takes, whether it takes longer
//! than in a small one, and whether the server's memory stays as it is.
//!
//! A page is measured as it is asked of the ports: decided, found, counted, recorded in the ledger, and its rows opened, with
//! the lists that its form chooses from. The measuring is done by a process of its own, which has made nothing before.

mod bulk;
mod ways;

use crate::{
    measure::{Measured, flight::in_flight},
    memory,
    place::{Passing, Place},
    town,
};
use anyhow::{Context, Result, ensure};
use plein_domain::ports::Ports;
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use ways::Way;

/// The environment variable that makes a program measure: the place, and for how long.
pub const READER: &str = "PLEIN_LISTS_READER";

/// Requests in flight.
const IN_FLIGHT: usize = 16;

/// Rounds before measuring, at most.
const ROUNDS: usize = 10;

/// What a municipality of this size showed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Shown {
    /// Each way through the lists: its name, and half and all but a twentieth of its pages, in milliseconds.
    ways: Vec<(String, f64, f64)>,
    /// Resident memory before the first page that was measured, after the last one, and the most it ever was, in bytes.
    resident: (u64, u64, u64),
}

/// What is measured.
pub struct Plan {
    /// The sizes, in signals; growth is told against the first.
    pub sizes: Vec<usize>,
    /// How long each way is gone.
    pub each: Duration,
}

/// One engine.
pub struct Run {
    engine: &'static str,
    sizes: Vec<(usize, Duration, Shown)>,
}

/// Makes municipalities of all sizes on one engine and measures them: SQLite, or PostgreSQL with the URL of a superuser.
/// `program` is one that calls [`read`] when [`READER`] is set.
///
/// # Errors
/// A database fails, or a page does.
pub async fn run(plan: &Plan, server: Option<&str>, program: impl Fn() -> Command) -> Result<Run> {
    let mut sizes = Vec::new();
    let mut engine = "";
    for size in plan.sizes.iter().copied() {
        let passing = Passing::make(&format!("lists_{size}"), server).await?;
        engine = passing.place.engine();
        let began = Instant::now();
        bulk::make(&passing.place, size).await?;
        let making = began.elapsed();
        println!("{engine}: {size} signals made in {:.0} s", making.as_secs_f64());
        let order = serde_json::to_string(&(&passing.place, plan.each.as_secs_f64()))?;
        let child = program().env(READER, order).stdout(Stdio::piped()).spawn()?;
        let output = tokio::task::spawn_blocking(move || child.wait_with_output()).await??;
        ensure!(output.status.success(), "the reader ended with {}", output.status);
        let shown = serde_json::from_slice(&output.stdout).context("the reader said something else")?;
        sizes.push((size, making, shown));
        passing.remove().await?;
    }
    Ok(Run { engine, sizes })
}

/// Measures, and prints what was found. Called by the program that was started with [`READER`] set.
///
/// # Errors
/// A database fails, or a page does.
pub fn read() -> Result<()> {
    let (place, each): (Place, f64) = serde_json::from_str(&std::env::var(READER)?)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build()?;
    let shown = runtime.block_on(shown(&place, Duration::from_secs_f64(each)))?;
    println!("{}", serde_json::to_string(&shown)?);
    Ok(())
}

async fn shown(place: &Place, each: Duration) -> Result<Shown> {
    let vault = place.open().await?;
    let ports = town::ports(vault.clone());
    let ways = ways::all(&ports).await?;
    // All are gone without being measured until memory stays as it is: caches are filled then, the ledger's of 64 MB last.
    for _ in 0..ROUNDS {
        let was = memory::resident(std::process::id())?;
        for way in &ways {
            gone(&ports, way, each / 2).await?;
        }
        if memory::resident(std::process::id())? < was + was / 100 {
            break;
        }
    }
    let before = memory::resident(std::process::id())?;
    let mut found = Vec::new();
    for way in &ways {
        let Measured { p50, p95, .. } = gone(&ports, way, each).await?;
        found.push((way.name.to_owned(), p50.as_secs_f64() * 1e3, p95.as_secs_f64() * 1e3));
    }
    let process = std::process::id();
    let resident = (before, memory::resident(process)?, memory::resident_peak(process)?);
    vault.close().await;
    Ok(Shown { ways: found, resident })
}

/// Goes this way again and again for so long.
async fn gone(ports: &Ports, Way { name, asker, page }: &Way, each: Duration) -> Result<Measured> {
    let measured = in_flight(name, IN_FLIGHT, each, |_| {
        let (ports, asker, page) = (ports.clone(), town::again(asker), page.clone());
        async move { page.ask(&ports, &asker).await }
    });
    measured.await.context(*name)
}

impl fmt::Display for Run {
    /// A table in Markdown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |size: usize| format!("{size} signals");
        writeln!(f, "**{}**: {IN_FLIGHT} requests in flight.\n", self.engine)?;
        write!(f, "| |")?;
        for (size, ..) in &self.sizes {
            write!(f, " p50 ms, {0} | p95 ms, {0} |", name(*size))?;
        }
        writeln!(f, " p95 grows |")?;
        writeln!(f, "|---|{}---:|", "---:|---:|".repeat(self.sizes.len()))?;
        let (Some((.., first)), Some((.., last))) = (self.sizes.first(), self.sizes.last()) else { return Ok(()) };
        for (at, (way, _, small)) in first.ways.iter().enumerate() {
            write!(f, "| {way} |")?;
            for (_, p50, p95) in self.sizes.iter().filter_map(|(.., shown)| shown.ways.get(at)) {
                write!(f, " {p50:.1} | {p95:.1} |")?;
            }
            let grown = last.ways.get(at).map_or(f64::NAN, |(.., large)| large / small);
            writeln!(f, " {grown:.2} × |")?;
        }
        writeln!(f)?;
        for (size, making, shown) in &self.sizes {
            let (before, after, most) = shown.resident;
            let megabytes = |bytes: u64| bytes as f64 / 1e6;
            writeln!(
                f,
                "- {}: made in {:.0} s; resident {:.0} MB before, {:.0} MB after, {:.0} MB at most.",
                name(*size),
                making.as_secs_f64(),
                megabytes(before),
                megabytes(after),
                megabytes(most)
            )?;
        }
        Ok(())
    }
}
