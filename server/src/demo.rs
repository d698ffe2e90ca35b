//! The demo: an invented municipality, made through the same use cases people use.

mod clock;
mod world;

pub use clock::DemoClock;
pub use world::{build, installation};
