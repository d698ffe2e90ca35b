//! The demo: an invented municipality, made through the same use cases people use.

mod clock;
mod dice;
mod world;

pub use clock::DemoClock;
pub use dice::Dice;
pub use world::{Size, build, installation};

use plein_domain::tour::Stop;

/// The stops of a tour as text, to be kept beside the demo's data.
///
/// # Errors
/// It cannot be written as JSON.
pub fn written(tour: &[Stop]) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(tour)
}

/// The stops that were [written]; none where it is no such text.
pub fn read(text: &str) -> Vec<Stop> {
    serde_json::from_str(text).unwrap_or_default()
}
