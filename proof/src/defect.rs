//! What can be wrong with an export, in words for whoever has to act on it.

use crate::note::NoteFault;
use std::fmt;

/// The first thing that is wrong with an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The row of the file, from 1; nothing when it is not about a row.
    pub row: Option<u64>,
    /// The line of the ledger that it is about or that comes next, from 0.
    pub line: Option<u64>,
    /// What is wrong.
    pub defect: Defect,
}

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.row, self.line) {
            (Some(row), Some(line)) => write!(f, "row {row} of the file, at ledger line {line}: {}", self.defect),
            (Some(row), None) => write!(f, "row {row} of the file: {}", self.defect),
            _ => self.defect.fmt(f),
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Defect {
    /// The file does not begin as an export does.
    #[error("this is no export of a ledger (it does not begin with \"plein ledger export 1\" and its origin)")]
    NoExport,
    /// Another log than that of the key.
    #[error("the export is of another installation: it says {found}, and the key is of {wanted}")]
    OtherInstallation {
        /// The log that the key is of.
        wanted: String,
        /// The log that the export says it is of.
        found: String,
    },
    /// A row that is not written as rows are.
    #[error("the row cannot be read: {0}")]
    Row(&'static str),
    /// Lines before this one are not there.
    #[error("lines are missing: line {expected} comes next, and line {found} stands here")]
    Missing {
        /// The line that should be here.
        expected: u64,
        /// The line that is here.
        found: u64,
    },
    /// A line that was there before.
    #[error("the line is repeated or out of order: line {expected} comes next, and line {found} stands here")]
    Repeated {
        /// The line that should be here.
        expected: u64,
        /// The line that is here.
        found: u64,
    },
    /// The fields of a line are not what was hashed.
    #[error("the line was changed: its fields do not give its leaf hash")]
    Edited,
    /// A payload that does not belong to a line before it.
    #[error("a payload stands where none belongs: each stands once, directly below its line")]
    StrayPayload,
    /// The payload is not the one committed to.
    #[error("the payload was changed: it is not the one that its line commits to")]
    Payload,
    /// A checkpoint that does not stand below the lines it counts.
    #[error("a checkpoint over {found} lines stands below {expected} lines, or stands twice")]
    CheckpointPlace {
        /// How many lines there were.
        expected: u64,
        /// How many it counts.
        found: u64,
    },
    /// A checkpoint that the key did not sign.
    #[error("the checkpoint does not hold: {0}")]
    Checkpoint(NoteFault),
    /// The lines are not those that were signed.
    #[error(
        "the lines up to here are not those of the signed checkpoint over {0} lines: \
         a line was changed, removed or added after it was signed"
    )]
    Tree(u64),
    /// A witness gathered another checkpoint over so many lines.
    #[error(
        "the lines up to here are not those of the checkpoint over {0} lines that a witness gathered: the log was rewritten"
    )]
    Rewritten(u64),
    /// The witness saw a longer log.
    #[error("the end is missing: a witness gathered a checkpoint over {witnessed} lines, and the export has {lines}")]
    Shorter {
        /// How many lines there are.
        lines: u64,
        /// How many the witness knows of.
        witnessed: u64,
    },
    /// A gathered note that cannot be used.
    #[error("checkpoint {number} of those that were gathered does not hold: {fault}")]
    Witness {
        /// Which one, from 1.
        number: usize,
        /// Why.
        fault: NoteFault,
    },
    /// Two notes of one size that differ.
    #[error("two gathered checkpoints over {0} lines differ: the log was signed in two versions")]
    WitnessesDisagree(u64),
    /// Nothing says that these lines are the ones that were recorded.
    #[error("no checkpoint stands over these lines, so that nothing proves that they are the ones that were recorded")]
    NoCheckpoint,
    /// The file ends too early.
    #[error("the export is cut off: its end is not there")]
    CutOff,
    /// The end counts something else.
    #[error("the end of the export counts {counted} {what}, and there are {found}")]
    Count {
        /// Of what.
        what: &'static str,
        /// How many the end counts.
        counted: u64,
        /// How many there are.
        found: u64,
    },
    /// The root at the end is another one.
    #[error("the root at the end is not that of the lines")]
    Root,
    /// Something follows the end.
    #[error("something follows the end of the export: it was doubled, or added to")]
    AfterEnd,
}
