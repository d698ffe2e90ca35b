//! `plein ledger`: what a supervisor does with the access log, on an export and without the system that made it.
//!
//! Ends with 0 when the answer is good, with 1 when something is not sound, and with 2 when no answer could be found.

mod export;
mod proof;
mod prune;
mod reconcile;
mod verify;

use clap::{Args, Subcommand};
use plein_proof::{Fault, PublicKey};
use plein_vault::ledger::public_key;
use std::{
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Export, verify, prove and prune the access log.
#[derive(Args)]
pub struct Ledger {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Print the public key under which the checkpoints of the log are signed: whoever verifies needs it.
    Key(Key),
    /// Write the log, with its checkpoints, to a file that can be verified anywhere.
    Export(export::Export),
    /// Say whether an export, or a proof, is sound.
    Verify(verify::Verify),
    /// Prove from an export that a line is in the log, or that the log only grew.
    Prove(proof::Prove),
    /// Destroy what is personal of lines whose term has ended: in the log itself, or in a copy of an export.
    Prune(prune::Prune),
    /// Say whether the streams that left the log, and what was served, agree with it.
    Reconcile(reconcile::Reconcile),
}

#[derive(Args)]
struct Key {
    /// The folder of the data and of the keys.
    #[arg(long, default_value = ".plein/demo")]
    data: PathBuf,
}

/// How a command ended when not well.
enum Ended {
    /// Something is not as it should be.
    Unsound(String),
    /// It could not be found out.
    Failed(String),
}

impl<E: std::error::Error> From<E> for Ended {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Ended {
    fn of(fault: &Fault) -> Self {
        Self::Unsound(fault.to_string())
    }
}

impl Ledger {
    /// Does it, and says how it ended.
    pub async fn run(self) -> ExitCode {
        let ended = match self.task {
            Task::Key(key) => key.run(),
            Task::Export(export) => export.run().await,
            Task::Verify(verify) => verify.run(),
            Task::Prove(prove) => prove.run(),
            Task::Prune(prune) => prune.run().await,
            Task::Reconcile(reconcile) => reconcile.run().await,
        };
        match ended {
            Ok(()) => ExitCode::SUCCESS,
            Err(Ended::Unsound(what)) => {
                println!("NOT SOUND: {what}");
                ExitCode::from(1)
            }
            Err(Ended::Failed(why)) => {
                eprintln!("plein: {why}");
                ExitCode::from(2)
            }
        }
    }
}

impl Key {
    fn run(self) -> Result<(), Ended> {
        println!("{}", public_key(&self.data)?);
        Ok(())
    }
}

/// The key to verify with.
#[derive(Args)]
struct KeyArgument {
    /// The public key as `plein ledger key` prints it, or a file that holds it. Get it from the municipality, not with the
    /// export.
    #[arg(long)]
    key: String,
}

impl KeyArgument {
    fn read(&self) -> Result<PublicKey, Ended> {
        let text = match self.key.contains('+') && !Path::new(&self.key).exists() {
            true => self.key.clone(),
            false => text_of(Path::new(&self.key))?,
        };
        text.trim().parse().map_err(|error| Ended::Failed(format!("{error}")))
    }
}

fn open(path: &Path) -> Result<File, Ended> {
    let cannot = |error: io::Error| Ended::Failed(format!("{} cannot be read: {error}", path.display()));
    let file = File::open(path).map_err(cannot)?;
    match file.metadata().map_err(cannot)?.is_dir() {
        true => Err(Ended::Failed(format!("{} is a folder", path.display()))),
        false => Ok(file),
    }
}

fn text_of(path: &Path) -> Result<String, Ended> {
    let mut text = String::new();
    let read = open(path)?.read_to_string(&mut text);
    read.map_err(|error| Ended::Failed(format!("{} cannot be read: {error}", path.display())))?;
    Ok(text)
}

/// A new file that is there only when it is whole: written under another name, and readable by its owner alone.
struct NewFile {
    aside: PathBuf,
    path: PathBuf,
    file: io::BufWriter<File>,
    whole: bool,
}

impl NewFile {
    fn make(path: &Path) -> Result<Self, Ended> {
        let cannot = |error: io::Error| Ended::Failed(format!("{} cannot be written: {error}", path.display()));
        if path.exists() {
            return Err(Ended::Failed(format!("{} is there already; choose another name", path.display())));
        }
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let aside = PathBuf::from(name);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = io::BufWriter::with_capacity(1 << 18, options.open(&aside).map_err(cannot)?);
        Ok(Self { aside, path: path.to_owned(), file, whole: false })
    }

    fn keep(mut self) -> Result<(), Ended> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        std::fs::rename(&self.aside, &self.path)?;
        self.whole = true;
        Ok(())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.whole {
            // What cannot be removed carries a name that says that it is a part.
            let _ = std::fs::remove_file(&self.aside);
        }
    }
}

/// Tells how far it is, each time that so many more lines are done.
struct Teller {
    quiet: bool,
    next: u64,
}

const LINES: u64 = 100_000;

impl Teller {
    fn new(quiet: bool) -> Self {
        Self { quiet, next: LINES }
    }

    fn tell(&mut self, lines: u64, done: u64, all: u64) {
        if lines >= self.next && !self.quiet {
            let percent = done.saturating_mul(100).checked_div(all).unwrap_or(100);
            eprintln!("  {lines} lines, {percent} %");
            self.next = (lines / LINES + 1) * LINES;
        }
    }
}
