//! The same garbage twice, at a server of its own.

use super::{Outcome, Target, throw};
use crate::{
    joint::host::{Hosted, Program, prepare},
    place::Passing,
};
use anyhow::{Context, Result, bail, ensure};
use std::{fmt, fs::File, process::Stdio, sync::Arc, time::Duration};

/// How much more memory the program may have after the second time.
const GROWTH: f64 = 1.10;
/// How long what was begun may take to end: what sends nothing is waited for so long.
const REST: Duration = Duration::from_secs(35);

/// How it went.
#[derive(Debug)]
pub struct Run {
    seed: u64,
    times: [Outcome; 2],
    seconds: [f64; 2],
    resident: [u64; 3],
    peak: u64,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [before, first, second] = self.resident.map(|bytes| bytes as f64 / 1e6);
        let growth = second / first;
        writeln!(f, "garbage (seed {}): {}", self.seed, self.times[0])?;
        writeln!(f, "the same again: {}", self.times[1])?;
        write!(
            f,
            "{:.0} and {:.0} s; server {before:.1} MB before, {first:.1} after the first, {second:.1} after the second ({growth:.3} ×, \
             limit {GROWTH}), {:.1} at most",
            self.seconds[0],
            self.seconds[1],
            self.peak as f64 / 1e6
        )
    }
}

/// Throws so much, twice.
///
/// # Errors
/// The server ended, panicked, told an error without a number, did not end a connection, or has more memory than it should.
pub async fn run(program: &Program, number: u64, seed: u64) -> Result<Run> {
    let passing = Passing::make("garbage", None).await?;
    let hall = prepare(&passing.place, 3).await?;
    let said = passing.place.folder.join("said");
    let program: Program = {
        let (program, said) = (program.clone(), File::create(&said)?);
        Arc::new(move || {
            let mut command = program();
            command.stderr(said.try_clone().map_or(Stdio::null(), Stdio::from));
            command
        })
    };
    let mut hosted = Hosted::start(&program, &passing.place)?;
    let target = Target {
        address: ([127, 0, 0, 1], hosted.port).into(),
        cookies: (0..3).map(|at| hall.cookie(at)).collect(),
        ids: vec![hall.case.to_string()],
        socket: hall.path(),
    };
    let mut run = Run { seed, times: Default::default(), seconds: [0.0; 2], resident: [0; 3], peak: 0 };
    run.resident[0] = crate::memory::resident(hosted.pid())?;
    for time in 0..2 {
        let begun = std::time::Instant::now();
        run.times[time] = throw(&target, seed, number).await?;
        run.seconds[time] = begun.elapsed().as_secs_f64();
        tokio::time::sleep(REST).await;
        ensure!(!hosted.ended()?, "the server ended; seed {seed}");
        run.resident[time + 1] = crate::memory::resident(hosted.pid())?;
    }
    run.peak = crate::memory::resident_peak(hosted.pid())?;
    hosted.kill()?;
    let said = std::fs::read_to_string(&said).context("what the server said")?;
    println!("{run}");
    let panics: Vec<&str> = said.lines().filter(|line| line.contains("panicked at")).collect();
    ensure!(panics.is_empty(), "{panics:#?}");
    for outcome in &run.times {
        ensure!(outcome.wrong.is_empty(), "{outcome}");
    }
    if run.resident[2] as f64 > run.resident[1] as f64 * GROWTH {
        bail!("memory grew: {:?}", run.resident);
    }
    passing.remove().await?;
    Ok(run)
}
