//! `plein ledger prove`: proofs that can be handed on, made from an export that is verified first.

use super::{Ended, KeyArgument, NewFile, open, verify::sound};
use clap::Args;
use plein_proof::{
    Checkpoint, Collector, Proof, PublicKey, consistency_ranges, each_leaf, each_note, inclusion_ranges,
};
use std::{
    io::Write,
    ops::Range,
    path::{Path, PathBuf},
};

/// Prove from an export that a line is in the log, or that the log only grew.
#[derive(Args)]
pub struct Prove {
    /// The export.
    file: PathBuf,
    #[command(flatten)]
    key: KeyArgument,
    /// The line to prove, by its place in the log, from 0.
    #[arg(long, required_unless_present = "from", conflicts_with = "from")]
    line: Option<u64>,
    /// Prove that the log only grew since the checkpoint over this many lines.
    #[arg(long, value_name = "LINES")]
    from: Option<u64>,
    /// The checkpoint to prove it under, by how many lines it stands over. Usually the last one.
    #[arg(long, value_name = "LINES")]
    size: Option<u64>,
    /// The file to write the proof to, instead of showing it; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Do not tell how far it is.
    #[arg(long)]
    quiet: bool,
}

impl Prove {
    pub fn run(self) -> Result<(), Ended> {
        let key = self.key.read()?;
        // A proof of something that is not sound would be refused by whoever gets it, or worse.
        sound(&self.file, key.clone(), &[], self.quiet)?;
        let (size, note) = self.note(&key, self.size)?;
        let proof = match (self.line, self.from) {
            (Some(index), _) => {
                if index >= size {
                    return Err(Ended::Failed(format!(
                        "line {index} does not stand under the checkpoint over {size} lines"
                    )));
                }
                let mut envelope = Vec::new();
                let hashes = self.hashes(inclusion_ranges(index, size), |line| {
                    if line.sequence == index {
                        line.write(&mut envelope);
                    }
                })?;
                Proof::Inclusion { envelope, index, hashes, note }
            }
            (None, Some(from)) => {
                let (from, first) = self.note(&key, Some(from))?;
                if from > size {
                    return Err(Ended::Failed(format!("{from} lines are more than {size}: --from is the smaller one")));
                }
                Proof::Consistency { hashes: self.hashes(consistency_ranges(from, size), |_| {})?, first, second: note }
            }
            (None, None) => return Err(Ended::Failed("name a line with --line, or a size with --from".into())),
        };
        // What is handed out was judged as its receiver will.
        proof.judge(&key)?;
        match self.out {
            Some(path) => {
                let mut out = NewFile::make(&path)?;
                out.file.write_all(proof.text().as_bytes())?;
                out.keep()?;
                println!("the proof is in {}", path.display());
            }
            None => print!("{}", proof.text()),
        }
        Ok(())
    }

    fn hashes(
        &self,
        ranges: Vec<Range<u64>>,
        mut look: impl FnMut(&plein_domain::ledger::Envelope<'_>),
    ) -> Result<Vec<[u8; 32]>, Ended> {
        let mut collector = Collector::new(ranges);
        let read = each_leaf(open(&self.file)?, |line, leaf| {
            look(line);
            collector.push(leaf);
            true
        })?;
        read.map_err(|fault| Ended::of(&fault))?;
        collector.proof().ok_or_else(|| Ended::Failed("the export has fewer lines than the proof needs".into()))
    }

    /// The checkpoint over so many lines, or the last one.
    fn note(&self, key: &PublicKey, size: Option<u64>) -> Result<(u64, String), Ended> {
        match (notes(&self.file, key, size)?, size) {
            ((Some(found), _), _) => Ok(found),
            ((None, near), Some(size)) => Err(Ended::Failed(format!(
                "there is no checkpoint over exactly {size} lines in the export; {}",
                near.map_or("there is none at all".to_owned(), |near| format!("the nearest one is over {near} lines"))
            ))),
            ((None, _), None) => Err(Ended::Failed("there is no checkpoint in the export".into())),
        }
    }
}

type Found = (Option<(u64, String)>, Option<u64>);

/// The checkpoint over so many lines, or the last one; and the size of the one that comes nearest.
fn notes(path: &Path, key: &PublicKey, size: Option<u64>) -> Result<Found, Ended> {
    let (mut found, mut nearest) = (None, None);
    let wanted = size.unwrap_or(u64::MAX);
    let read = each_note(open(path)?, |note| {
        if let Ok(Checkpoint { size: of, .. }) = Checkpoint::open(&note, key) {
            if nearest.is_none_or(|near: u64| of.abs_diff(wanted) < near.abs_diff(wanted)) {
                nearest = Some(of);
            }
            if size.is_none_or(|size| of == size) {
                found = Some((of, note));
            }
        }
        true
    })?;
    read.map_err(|fault| Ended::of(&fault))?;
    Ok((found, nearest))
}
