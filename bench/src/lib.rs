//! Measuring and breaking: how fast viewings go through the gate, and what is left after `kill -9`.
//!
//! The crash test of `tests/crash/` and the program `soak` share [`crash`]; the program `plein-bench` is [`measure`],
//! [`joint`], [`lists`], [`proofs`] and [`existence`]; [`garbage`] is thrown by `soak` and by a test of behaviour.
//! Nothing here is part of what runs at a municipality.

pub mod crash;
pub mod existence;
pub mod garbage;
pub mod joint;
pub mod lists;
pub mod measure;
mod memory;
pub mod place;
pub mod proofs;
mod town;

pub use plein_server::demo::Dice;
