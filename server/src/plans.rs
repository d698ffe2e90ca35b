//! Drafting a plan of approach together: one *room* per plan that somebody has open, one connection per window.
//!
//! A connection speaks the y-sync protocol, so that any Yjs client can take part. Text is checked, sealed and durable
//! before anybody else sees it or its author is told that it is safe. What must never happen here: a byte of the
//! document to a connection without a permit, text under somebody else's number, or an acknowledgement of what a crash
//! could still lose.

pub(crate) mod compare;
mod document;
mod protocol;
mod room;
mod rooms;
mod scribe;
mod seats;
mod shape;
mod socket;
mod talk;
mod way;

pub use document::Document;
pub(crate) use room::kept;
pub(crate) use rooms::{Opening, Rooms};
pub(crate) use scribe::Scribe;
pub use seats::Windows;
pub(crate) use socket::router;
