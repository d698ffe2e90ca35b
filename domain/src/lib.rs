//! What things are in a Lokaal Informatie Plein, and the rules about them.
//!
//! Pure: no input or output, no clock, no randomness of its own; compiles for the server and for the browser.
//! The [`ports`] say what can be asked of the system; `plein-server` answers them, `plein-app` asks.
//! What must never happen here: a dependency on a database, on the network, or on the time of day.

#[macro_use]
mod codes_macro;
pub mod access_log;
pub mod administration;
pub mod break_glass;
pub mod case;
pub mod checkpoint;
pub mod draft;
pub mod form;
pub mod header;
pub mod identifier;
pub mod ids;
pub mod import;
pub mod ledger;
pub mod list;
pub mod lookup;
pub mod moment;
pub mod notice;
pub mod people;
pub mod permission;
pub mod plan;
pub mod ports;
pub mod problem;
pub mod processing;
pub mod purpose;
pub mod register;
pub mod session;
pub mod sign_in;
pub mod signal;
pub mod subject;
pub mod tour;
pub mod version;
