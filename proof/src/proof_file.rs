//! Proofs as files. That a line is in the log is written as C2SP's `tlog-proof`; that one state of the log is the
//! beginning of another, in a form like it.

use crate::{
    checkpoint::{Checkpoint, number},
    note::{NoteFault, PublicKey},
    path::{consistency_holds, inclusion_holds},
    tree::{Hash, leaf},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use plein_domain::ledger::Envelope;

const INCLUSION: &str = "c2sp.org/tlog-proof@v1\n";
const CONSISTENCY: &str = "plein ledger consistency proof 1\n";

/// Why a proof proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// It does not have the form of a proof.
    #[error("this is no proof: {0}")]
    Form(&'static str),
    /// A checkpoint in it does not hold.
    #[error("its checkpoint does not hold: {0}")]
    Checkpoint(#[from] NoteFault),
    /// The hashes do not lead to the signed root.
    #[error("it does not hold: {0}")]
    Hashes(&'static str),
}

/// A proof, read and not yet judged, or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// That a line is in the log.
    Inclusion {
        /// The line's canonical bytes.
        envelope: Vec<u8>,
        /// Its place.
        index: u64,
        /// The hashes beside its way to the root.
        hashes: Vec<Hash>,
        /// The signed checkpoint.
        note: String,
    },
    /// That the log only grew from one checkpoint to another.
    Consistency {
        /// The hashes.
        hashes: Vec<Hash>,
        /// The earlier signed checkpoint.
        first: String,
        /// The later one.
        second: String,
    },
}

impl Proof {
    /// Whether a text begins as a proof does.
    pub fn begins(text: &[u8]) -> bool {
        text.starts_with(INCLUSION.as_bytes()) || text.starts_with(CONSISTENCY.as_bytes())
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let lines = |hashes: &[Hash]| hashes.iter().map(|hash| STANDARD.encode(hash) + "\n").collect::<String>();
        match self {
            Self::Inclusion { envelope, index, hashes, note } => {
                let envelope = STANDARD.encode(envelope);
                format!("{INCLUSION}extra {envelope}\nindex {index}\n{}\n{note}", lines(hashes))
            }
            Self::Consistency { hashes, first, second } => {
                format!("{CONSISTENCY}{}\n{first}\n{second}", lines(hashes))
            }
        }
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// It is no proof.
    pub fn read(text: &str) -> Result<Self, ProofFault> {
        let hashes = |text: &str| -> Result<Vec<Hash>, ProofFault> {
            let read = |line: &str| STANDARD.decode(line).ok().and_then(|hash| hash.try_into().ok());
            let read: Option<Vec<Hash>> = text.lines().map(read).collect();
            read.filter(|hashes| hashes.len() <= 128).ok_or(ProofFault::Form("a line of it is no hash"))
        };
        let parts = |text: &str| text.split_once("\n\n").map(|(above, below)| (above.to_owned(), below.to_owned()));
        if let Some(rest) = text.strip_prefix(INCLUSION) {
            let (above, note) = parts(rest).ok_or(ProofFault::Form("no checkpoint stands below it"))?;
            let (extra, rest) = above.split_once('\n').ok_or(ProofFault::Form("it is cut off"))?;
            let (index, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            let envelope = extra.strip_prefix("extra ").and_then(|extra| STANDARD.decode(extra).ok());
            let envelope = envelope.ok_or(ProofFault::Form("it does not hold the line that it proves"))?;
            let index = index.strip_prefix("index ").and_then(number);
            let index = index.ok_or(ProofFault::Form("it does not say which line it proves"))?;
            return Ok(Self::Inclusion { envelope, index, hashes: hashes(rest)?, note });
        }
        let Some(rest) = text.strip_prefix(CONSISTENCY) else {
            return Err(ProofFault::Form("it does not begin as one"));
        };
        // Without hashes the blank line comes at once.
        let (above, notes) = match rest.strip_prefix('\n') {
            Some(notes) => (String::new(), notes.to_owned()),
            None => parts(rest).ok_or(ProofFault::Form("no checkpoints stand below it"))?,
        };
        match crate::checkpoint::gathered(&notes).as_slice() {
            [first, second] => {
                Ok(Self::Consistency { hashes: hashes(&above)?, first: first.clone(), second: second.clone() })
            }
            _ => Err(ProofFault::Form("two checkpoints stand below it")),
        }
    }

    /// What it proves, in words.
    ///
    /// # Errors
    /// It proves nothing.
    pub fn judge(&self, key: &PublicKey) -> Result<String, ProofFault> {
        match self {
            Self::Inclusion { envelope, index, hashes, note } => {
                let tree = Checkpoint::open(note, key)?;
                let line = Envelope::read(envelope).ok_or(ProofFault::Form("what it proves is no line of a ledger"))?;
                if line.sequence != *index {
                    return Err(ProofFault::Hashes("the line in it is of another place than it says"));
                }
                if !inclusion_holds(*index, &leaf(envelope), tree.size, &tree.root, hashes) {
                    return Err(ProofFault::Hashes("its hashes do not lead from the line to the signed root"));
                }
                Ok(format!(
                    "line {index} ({} {}, {}, event {}) is in the log of {}, under its checkpoint over {} lines",
                    line.kind,
                    line.outcome,
                    line.at.iso(),
                    line.event.0,
                    tree.origin,
                    tree.size
                ))
            }
            Self::Consistency { hashes, first, second } => {
                let (first, second) = (Checkpoint::open(first, key)?, Checkpoint::open(second, key)?);
                if !consistency_holds((first.size, &first.root), (second.size, &second.root), hashes) {
                    return Err(ProofFault::Hashes("the smaller log is not the beginning of the larger one"));
                }
                Ok(format!("the log of {} only grew, from {} to {} lines", first.origin, first.size, second.size))
            }
        }
    }
}
