//! `plein ledger verify`: one verdict on an export or a proof, and the first thing that is wrong.

use super::{Ended, KeyArgument, Teller, open, text_of};
use clap::Args;
use plein_proof::{Expected, Proof, ProofFault, PublicKey, Sound, Verdict, gathered, verify};
use std::{
    io::{Read, Seek},
    path::{Path, PathBuf},
};

/// Say whether an export, or a proof, is sound.
#[derive(Args)]
pub struct Verify {
    /// The export or the proof.
    file: PathBuf,
    #[command(flatten)]
    key: KeyArgument,
    /// A file of checkpoints that a witness gathered; may be given several times. Without any, it cannot be told whether
    /// the end of the log was cut off, or the whole of it written anew by who holds its key.
    #[arg(long, value_name = "FILE")]
    checkpoints: Vec<PathBuf>,
    /// Do not tell how far it is.
    #[arg(long)]
    quiet: bool,
}

impl Verify {
    pub fn run(self) -> Result<(), Ended> {
        let key = self.key.read()?;
        if is_proof(&self.file)? {
            let proof = text_of(&self.file)?;
            let judged = Proof::read(&proof).and_then(|proof| proof.judge(&key));
            println!("SOUND: {}", judged.map_err(|fault: ProofFault| Ended::Unsound(fault.to_string()))?);
            return Ok(());
        }
        let mut notes = Vec::new();
        for file in &self.checkpoints {
            let found = gathered(&text_of(file)?);
            if found.is_empty() {
                return Err(Ended::Failed(format!("there is no checkpoint in {}", file.display())));
            }
            notes.extend(found);
        }
        let sound = sound(&self.file, key, &notes, self.quiet)?;
        println!("SOUND: {}", in_words(&sound));
        if sound.witnessed == 0 && sound.lines > 0 {
            println!("Nobody outside vouches for it: give the checkpoints of a witness with --checkpoints.");
        }
        Ok(())
    }
}

/// Verifies an export, telling how far it is.
pub(super) fn sound(path: &Path, key: PublicKey, notes: &[String], quiet: bool) -> Result<Sound, Ended> {
    let expected = Expected::new(key, notes).map_err(|fault| Ended::of(&fault))?;
    let file = open(path)?;
    let length = file.metadata()?.len();
    let mut teller = Teller::new(quiet);
    match verify(file, &expected, |progress| teller.tell(progress.lines, progress.bytes, length))? {
        Verdict::Sound(sound) => Ok(sound),
        Verdict::Unsound(fault) => Err(Ended::of(&fault)),
    }
}

fn is_proof(path: &Path) -> Result<bool, Ended> {
    let mut begin = Vec::new();
    let mut file = open(path)?;
    Read::by_ref(&mut file).take(64).read_to_end(&mut begin)?;
    file.rewind()?;
    Ok(Proof::begins(&begin))
}

fn in_words(sound: &Sound) -> String {
    if sound.lines == 0 {
        return "the log has no lines".to_owned();
    }
    let mut words = format!(
        "{} lines ({} with their payload), {} checkpoints in the export",
        sound.lines, sound.payloads, sound.checkpoints
    );
    if sound.witnessed > 0 {
        words += &format!(", {} of witnesses", sound.witnessed);
    }
    if let Some(last) = &sound.last {
        let at = last.at.map(|at| format!(" of {}", at.iso())).unwrap_or_default();
        words += &format!(". The checkpoint{at} stands over the first {} lines", last.size);
    }
    match sound.after_last() {
        0 => {}
        after => words += &format!("; the last {after} lines stand under none yet"),
    }
    if let Some((line, times)) = sound.clock_back {
        words += &format!(
            ". The clock went back {times} times, first at line {line}: to be explained (lines of several nodes, outcomes \
             recorded late, or a clock that was set)"
        );
    }
    words
}
