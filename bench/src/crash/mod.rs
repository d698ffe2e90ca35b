//! `kill -9` at random moments, and what must hold afterwards.
//!
//! A *worker* (a child process) does real work through the ports and tells on its standard output, line by line, what
//! it means to write and what was acknowledged. The parent kills it, opens the same databases, and holds three
//! accounts against each other: what the worker told, what the content database holds, and what the ledger says.

mod check;
mod facts;
mod kill;
mod refused;
mod told;
mod worker;

pub use kill::{Outcome, Plan, run};
pub use refused::found_after_a_refused_change;
pub use worker::{WORKER, work};
