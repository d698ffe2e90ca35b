//! How it stands with the checkpoints of the access log: what was signed last, whether something is wrong, and what
//! the witnesses outside have. For whoever supervises.

use crate::moment::Moment;

codes! {
    /// Why the log is not signed.
    CheckpointTrouble {
        /// The database or the folder of the key is out of reach; it goes on by itself.
        OutOfReach = "out-of-reach",
        /// The log is shorter than when it was signed last: an older copy stands in its place.
        Shorter = "shorter",
        /// The lines are not those that were signed: another version of the log stands in its place.
        Forked = "forked",
        /// A line was changed in the database, or is missing.
        Edited = "edited",
        /// The key is not the one that signed before, or cannot be read.
        Key = "key",
    }
}

impl CheckpointTrouble {
    /// Whether somebody has to look: it does not pass by itself, and may be a deed.
    pub fn is_alarm(self) -> bool {
        self != Self::OutOfReach
    }
}

/// The checkpoint that reaches furthest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastCheckpoint {
    /// How many lines stand under it.
    pub size: u64,
    /// When it was signed.
    pub at: Moment,
    /// The root of the tree over them.
    pub root: [u8; 32],
}

/// A place outside where checkpoints are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessState {
    /// The file, or the address.
    pub name: String,
    /// What it was given last: over how many lines, and when it took it.
    pub delivered: Option<(u64, Moment)>,
    /// Since when it takes nothing, and why (for the operator).
    pub failing: Option<(Moment, String)>,
}

/// How it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckpointState {
    /// The public key, as who verifies needs it; the part before the first `+` is its name.
    pub key: Option<String>,
    /// What was signed last.
    pub last: Option<LastCheckpoint>,
    /// What is wrong, since when, and its cause (for the operator).
    pub trouble: Option<(CheckpointTrouble, Moment, String)>,
    /// The witnesses.
    pub witnesses: Vec<WitnessState>,
}

/// A checkpoint as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// How many lines stand under it.
    pub size: u64,
    /// When it was signed.
    pub at: Moment,
    /// The signed note, as a verifier reads it.
    pub note: String,
}

/// The page of the checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointsView {
    /// How it stands.
    pub state: CheckpointState,
    /// The checkpoints of this page, newest first.
    pub checkpoints: Vec<SignedCheckpoint>,
    /// Give this as `before` to get the next, older page.
    pub older: Option<u64>,
    /// Now.
    pub now: Moment,
}

/// An export of the log on its way out, part by part.
#[async_trait::async_trait]
pub trait ExportParts: Send {
    /// The next part; nothing at the end. `Err` means that it broke off: what came so far is no whole export.
    async fn next(&mut self) -> Option<Result<Vec<u8>, ()>>;
}
