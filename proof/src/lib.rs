//! Proofs over the ledger, for whoever does not want to believe us: the tree over its leaves (RFC 6962), checkpoints
//! as signed notes (C2SP), inclusion and consistency proofs, and exports that can be verified without any database.
//!
//! Nothing here reads a database, a clock or a key store, and whatever is read is read from its beginning to its end
//! in constant memory. What must never happen here: a verdict "sound" over bytes that were not all looked at.
//! The formats are in `docs/ledger.md`.

mod batches;
mod checkpoint;
mod defect;
mod export;
mod hex;
mod line;
mod note;
mod path;
mod proof_file;
mod prune;
mod rows;
mod tree;
mod verify;

pub use checkpoint::{Checkpoint, gathered, origin_of};
pub use defect::{Defect, Fault};
pub use export::{Export, ExportError, HEADER};
pub use line::{COMMITMENT_MAGIC, Opening, commitment, commitment_of};
pub use note::{NoteFault, PublicKey, SigningKey, sign, signatures};
pub use path::{Collector, consistency_holds, consistency_ranges, inclusion_holds, inclusion_ranges};
pub use proof_file::{Proof, ProofFault};
pub use prune::{Pruned, prune};
pub use tree::{Frontier, Hash, empty_root, leaf, node};
pub use verify::{Expected, Progress, Sound, Verdict, each_leaf, each_note, verify};
