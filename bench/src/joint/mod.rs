//! Drafting together, measured and broken: one client for our server and its peers, over real sockets.
//!
//! Our server runs as a process of its own ([`host`]), so that it can be weighed and killed. [`deliver`] measures how
//! long a keystroke takes to the others, [`trace`] what a long history costs, [`soak`] kills the server under people who
//! write, and [`fuzz`] sends what no window would send.

pub mod deliver;
pub mod fuzz;
mod hall;
pub mod host;
mod peers;
pub mod soak;
mod table;
pub mod trace;
mod window;
mod wire;

pub use table::Table;
