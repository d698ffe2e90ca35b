//! What people see: pages, forms, islands and texts.
//!
//! A page is a plain document, made on the server by a handler that asks one port; what moves in the browser is
//! an island in it. What must never happen here: a decision about who may see what (ports decide), a text that is
//! not in `texts`, or anything personal in a URL.

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("the server half (`ssr`) and the browser half (`hydrate`) are two programs: choose one");

pub mod functions;
pub mod islands;

#[cfg(feature = "ssr")]
mod forms;
#[cfg(feature = "ssr")]
mod http;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod texts;

#[cfg(feature = "ssr")]
pub use http::{Assets, PUBLIC, Picture, router};

#[cfg(all(test, feature = "ssr"))]
mod tests;
