//! What acts and talks: the use cases behind the ports, the web edge, and the demo world.
//!
//! A use case is short: the gate gives a permit, a store reads or writes with it, the answer is put into the words of
//! the ports. This crate holds no pool and knows no page. What must never happen here: an answer whose content was
//! not read under a permit, or the cause of an error in an answer.

mod api;
pub mod demo;
pub mod edge;
mod events;
mod exports;
pub mod founding;
pub mod imports;
pub mod plans;
pub mod real;
pub mod sign_in;
mod use_cases;

pub use plans::Windows;
pub use use_cases::{Assembled, assemble, assemble_with, ports, sessions::end_left_over};
