//! Measuring and breaking: how fast viewings go through the gate, and what is left after `kill -9`.
//!
//! The crash test of `tests/crash/` and the program `soak` share [`crash`]; the program `plein-bench` is [`measure`].
//! Nothing here is part of what runs at a municipality.

pub mod crash;
mod dice;
pub mod joint;
pub mod measure;
pub mod place;
mod town;

pub use dice::Dice;
