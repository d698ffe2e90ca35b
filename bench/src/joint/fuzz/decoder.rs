//! The decoder: a child process takes hostile updates into documents as a room does, and tells which case it is at, so
//! that what ends or stops it is known.

use super::hostile;
use crate::{Dice, joint::host::Program};
use anyhow::{Context, Result, bail};
use plein_domain::ids::PersonId;
use plein_server::plans::Document;
use std::{
    collections::BTreeMap,
    fmt,
    io::{BufRead, BufReader, Write},
    process::Stdio,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use uuid::Uuid;

/// The environment variable that makes a program the child: seed and seconds.
pub const DECODER: &str = "PLEIN_JOINT_DECODER";
/// A room's task has no larger stack.
const STACK: usize = 2 * 1024 * 1024;
/// One case may take this long, and this much memory on top of what was there before it.
const SLOWEST: Duration = Duration::from_secs(5);
const MOST: u64 = 256 * 1024 * 1024;

/// How it went.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    seed: u64,
    cases: u64,
    tally: BTreeMap<String, u64>,
    peak: u64,
    /// Cases that ended the process, hung, or took too much memory.
    pub found: Vec<String>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, cases, tally, peak, found } = self;
        writeln!(f, "decoder (seed {seed}): {cases} cases, {:.0} MB at most", *peak as f64 / 1e6)?;
        for (what, count) in tally {
            writeln!(f, "  {count} × {what}")?;
        }
        write!(f, "  {} found{}{}", found.len(), if found.is_empty() { "" } else { ":\n  " }, found.join("\n  "))
    }
}

/// Fuzzes for so long.
///
/// # Errors
/// The child cannot be started.
pub fn run(program: &Program, lasts: Duration, seed: u64) -> Result<Outcome> {
    let begun = Instant::now();
    let mut outcome = Outcome { seed, ..Outcome::default() };
    let mut next = seed << 32;
    while begun.elapsed() < lasts && outcome.found.len() < 20 {
        let rest = lasts.saturating_sub(begun.elapsed()).as_secs().max(1);
        let mut command = program();
        command
            .env(DECODER, format!("{next} {rest}"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn()?;
        let mut last = next;
        for line in BufReader::new(child.stdout.take().context("no output")?).lines().map_while(Result::ok) {
            match line.split_once(' ') {
                Some(("case", number)) => last = number.parse()?,
                Some(("found", what)) => outcome.found.push(what.to_owned()),
                Some(("tally", entry)) => {
                    let (count, what) = entry.split_once(' ').context("a tally")?;
                    *outcome.tally.entry(what.to_owned()).or_default() += count.parse::<u64>()?;
                }
                Some(("peak", bytes)) => outcome.peak = outcome.peak.max(bytes.parse()?),
                _ => {}
            }
        }
        let status = child.wait()?;
        outcome.cases += last - next;
        if !status.success() {
            outcome.found.push(format!("case {last} ended the process: {status}"));
        }
        next = last + 1;
    }
    Ok(outcome)
}

/// The child. Called by the program that was started with [`DECODER`] set.
///
/// # Errors
/// Its order is no order.
pub fn work() -> Result<()> {
    let order = std::env::var(DECODER)?;
    let (first, seconds) = order.split_once(' ').context("case and seconds")?;
    let (first, lasts): (u64, u64) = (first.parse()?, seconds.parse()?);
    let panics: Arc<Mutex<BTreeMap<String, u64>>> = Arc::default();
    let noted = panics.clone();
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map_or_else(String::new, |at| {
            let file = at.file().rsplit_once("/src/").map_or(at.file(), |(_, file)| file);
            format!("caught panic at {file}:{}", at.line())
        });
        *noted.lock().unwrap_or_else(PoisonError::into_inner).entry(place).or_default() += 1;
    }));
    let current = Arc::new(AtomicU64::new(first));
    let watched = current.clone();
    std::thread::spawn(move || {
        let mut seen = (first, Instant::now());
        loop {
            std::thread::sleep(Duration::from_millis(200));
            let now = watched.load(Ordering::Relaxed);
            if now != seen.0 {
                seen = (now, Instant::now());
            } else if seen.1.elapsed() > SLOWEST {
                println!("found case {now} takes more than {} s", SLOWEST.as_secs());
                std::process::exit(0);
            }
        }
    });
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || cases(first, lasts, &current))?;
    let Ok(done) = worker.join() else { bail!("a panic left the document") };
    let tally = done?;
    let caught = panics.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for (what, count) in tally.iter().chain(&caught) {
        println!("tally {count} {what}");
    }
    Ok(())
}

fn cases(first: u64, lasts: u64, current: &AtomicU64) -> Result<BTreeMap<String, u64>> {
    let corpus = hostile::corpus();
    let begun = Instant::now();
    let mut tally = BTreeMap::new();
    let mut out = std::io::stdout().lock();
    let (mut peak, mut said) = (0, Instant::now());
    for case in first.. {
        if begun.elapsed().as_secs() >= lasts {
            break;
        }
        current.store(case, Ordering::Relaxed);
        // Flushed before it is tried: whatever ends the process here is this case's doing.
        writeln!(out, "case {case}")?;
        out.flush()?;
        // Made before memory is watched: spoilt updates are also merged, and that costs what it costs.
        let acts = acts(case, &corpus);
        std::fs::write("/proc/self/clear_refs", "5")?;
        let before = crate::memory::resident(std::process::id())?;
        attempt(acts, &mut tally)?;
        let most = crate::memory::resident_peak(std::process::id())?;
        if most > before + MOST {
            writeln!(out, "found case {case} takes {} MB", (most - before) / 1_000_000)?;
        }
        if most > peak || said.elapsed() > Duration::from_secs(1) {
            (peak, said) = (most.max(peak), Instant::now());
            writeln!(out, "peak {peak}")?;
        }
    }
    Ok(tally)
}

/// What somebody does to the document.
enum Act {
    Asks(Vec<u8>),
    Sends(PersonId, Vec<u8>),
}

fn acts(case: u64, corpus: &[Vec<u8>]) -> Vec<Act> {
    let mut dice = Dice::new(case);
    let mut acts = Vec::new();
    for _ in 0..=dice.below(12) {
        let person = PersonId(Uuid::from_u128(u128::from(dice.below(3))));
        acts.push(if dice.chance(10) {
            Act::Asks(hostile::vector(&mut dice, corpus))
        } else {
            Act::Sends(person, hostile::update(&mut dice, corpus))
        });
    }
    acts
}

/// One document, and some updates in turn, by people whose windows are bound as a room binds them.
fn attempt(acts: Vec<Act>, tally: &mut BTreeMap<String, u64>) -> Result<()> {
    let mut kept = vec![hostile::plan()];
    let mut plan = Document::of(&kept, [])?;
    let mut count = |what: &str| *tally.entry(what.to_owned()).or_default() += 1;
    for act in acts {
        let (person, update) = match act {
            Act::Sends(person, update) => (person, update),
            Act::Asks(vector) => {
                count(if plan.rest(&vector).is_ok() { "rest" } else { "no vector" });
                continue;
            }
        };
        match plan.apply(&update, person, None) {
            Ok(Ok(applied)) => {
                count("taken");
                kept.extend(applied.update);
                plan.sections();
            }
            Ok(Err(refused)) => count(&format!("refused: {refused}")),
            Err(broken) => {
                // Without the places that it names: those are as many as there are cases.
                let why = broken.to_string();
                count(why.split('<').next().unwrap_or_default().trim());
                // As a room does: it is read anew from what is kept.
                plan = Document::of(&kept, [])?;
            }
        }
    }
    // What was taken can be read again, update by update and folded.
    if Document::of(&kept, [])?.sections() != plan.sections() {
        // Text that says it stands after what it stands before: where it lands hangs on how it came. Yjs knows no better.
        count("read again in another order");
    }
    Document::of(&[plan.whole()], [])?;
    Ok(())
}
