//! Verifying an export, against hashing the same bytes: how long, and in how much memory.
//!
//! Both read the same file in the same process, one after the other in turns, so that what else the machine does falls on
//! both. Memory is that of a process which has made nothing before.

use crate::memory;
use anyhow::{Context, Result, bail};
use plein_domain::{
    ids::{EventId, TraceId},
    ledger::Envelope,
    moment::Moment,
};
use plein_proof::{
    Checkpoint, Expected, Export, Frontier, Opening, SigningKey, Verdict, commitment_of, leaf, origin_of, verify,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    fmt,
    fs::File,
    io::{BufWriter, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use uuid::Uuid;

/// The environment variable that makes a program measure: the export.
pub const JUDGE: &str = "PLEIN_PROOFS_JUDGE";

/// Rounds of hashing and verifying.
const ROUNDS: usize = 7;

/// Lines between two checkpoints: a busy minute.
const SIGNED_EVERY: u64 = 1_000;

/// Bytes of a payload, in its canonical form; that of a viewing has about so many.
const PAYLOAD: usize = 300;

/// What one export showed; times are the medians of the rounds.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Shown {
    bytes: u64,
    hashing: Duration,
    verifying: Duration,
    /// The most memory that the process ever had.
    peak: u64,
}

/// What was measured.
pub struct Run(Vec<(u64, bool, Shown)>);

/// Makes exports of so many lines, without payloads and with them, and measures each. `program` is one that calls
/// [`judge`] when [`JUDGE`] is set.
///
/// # Errors
/// The exports cannot be written, or are not sound.
pub fn run(lines: &[u64], program: impl Fn() -> Command) -> Result<Run> {
    let folder = std::env::temp_dir().join(format!("plein-proofs-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let measured = measure(lines, &folder, program);
    std::fs::remove_dir_all(&folder)?;
    measured
}

fn measure(lines: &[u64], folder: &Path, program: impl Fn() -> Command) -> Result<Run> {
    let mut shown = Vec::new();
    for with_payloads in [false, true] {
        for lines in lines {
            let file = folder.join(format!("{lines}-{with_payloads}.export"));
            write(&file, *lines, with_payloads)?;
            let output = program().env(JUDGE, &file).stderr(Stdio::inherit()).output()?;
            if !output.status.success() {
                bail!("measuring ended with {}", output.status);
            }
            shown.push((*lines, with_payloads, serde_json::from_slice(&output.stdout)?));
            std::fs::remove_file(file)?;
        }
    }
    Ok(Run(shown))
}

fn key() -> Result<SigningKey> {
    SigningKey::from_random(&origin_of(Uuid::from_u128(1)), &[1; 32]).context("a key")
}

fn write(file: &Path, lines: u64, with_payloads: bool) -> Result<()> {
    let key = key()?;
    let origin = key.public().name().to_owned();
    let mut export = Export::begin(BufWriter::with_capacity(1 << 20, File::create(file)?), &origin)?;
    let mut tree = Frontier::default();
    let mut bytes = Vec::new();
    for sequence in 0..lines {
        let random: [u8; 32] = Sha256::digest(sequence.to_be_bytes()).into();
        let opening = Opening { salt: random, payload: vec![random[0]; PAYLOAD] };
        let [event, trace] = [&random[..16], &random[16..]].map(|part| Uuid::from_slice(part).unwrap_or_default());
        let envelope = Envelope {
            sequence,
            at: Moment(1_795_435_200_000_000 + i64::try_from(sequence)? * 30_000),
            event: EventId(event),
            trace: TraceId(trace),
            kind: "opened",
            outcome: "permitted",
            commitment: if with_payloads { commitment_of(&opening.salt, &opening.payload) } else { random },
        };
        bytes.clear();
        envelope.write(&mut bytes);
        tree.push(leaf(&bytes));
        export.line(&envelope, leaf(&bytes), with_payloads.then_some(&opening))?;
        if tree.size() % SIGNED_EVERY == 0 || tree.size() == lines {
            let checkpoint = Checkpoint { origin: origin.clone(), size: tree.size(), root: tree.root(), at: None };
            export.checkpoint(&checkpoint.signed(&key))?;
        }
    }
    export.end()?;
    Ok(())
}

/// Measures the export that [`JUDGE`] names, and prints what was found.
///
/// # Errors
/// It cannot be read, or is not sound.
pub fn judge() -> Result<()> {
    let file = PathBuf::from(std::env::var(JUDGE)?);
    let (mut hashing, mut verifying) = (Vec::new(), Vec::new());
    let expected = Expected::new(key()?.public().clone(), &[])?;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let mut hash = Sha256::new();
        let mut reader = File::open(&file)?;
        let mut piece = vec![0; 256 * 1024];
        loop {
            let read = reader.read(&mut piece)?;
            if read == 0 {
                break;
            }
            hash.update(&piece[..read]);
        }
        std::hint::black_box(hash.finalize());
        hashing.push(begun.elapsed());
        let begun = Instant::now();
        if let Verdict::Unsound(fault) = verify(File::open(&file)?, &expected, |_| {})? {
            bail!("{fault}");
        }
        verifying.push(begun.elapsed());
    }
    let shown = Shown {
        bytes: file.metadata()?.len(),
        hashing: median(hashing),
        verifying: median(verifying),
        peak: memory::resident_peak(std::process::id())?,
    };
    println!("{}", serde_json::to_string(&shown)?);
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| lines | payloads | MB | SHA-256 of the bytes, s | verifying, s | lines per second | speed against SHA-256 | most memory, MB |"
        )?;
        writeln!(f, "|---:|---|---:|---:|---:|---:|---:|---:|")?;
        for (lines, with_payloads, shown) in &self.0 {
            let (hashing, verifying) = (shown.hashing.as_secs_f64(), shown.verifying.as_secs_f64());
            writeln!(
                f,
                "| {lines} | {} | {} | {hashing:.2} | {verifying:.2} | {:.0} | {:.2} × | {} |",
                if *with_payloads { "all" } else { "none" },
                shown.bytes / 1_000_000,
                *lines as f64 / verifying,
                hashing / verifying,
                shown.peak / 1_000_000,
            )?;
        }
        Ok(())
    }
}
