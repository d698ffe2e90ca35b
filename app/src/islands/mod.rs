//! The islands: what moves in the browser. Few, and each page works without them.
//!
//! An island gets its texts from the page, in the page's language; the catalogue stays on the server. What must
//! never happen here: something that works only with JavaScript.
#![expect(missing_docs, reason = "the island macro makes public items without documentation")]

mod autosave;
mod identifier_check;

pub use autosave::{Autosave, AutosaveTexts};
pub use identifier_check::IdentifierCheck;

/// Makes the browser ready for the islands; the page's loader then starts each one.
#[cfg(feature = "hydrate")]
pub fn wake() {
    leptos::mount::hydrate_islands();
}
