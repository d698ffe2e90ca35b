//! What no window would send: to the decoder, and to the socket of a server that somebody else writes on.
//!
//! Nothing of it may end the program, make it hang, or let its memory grow without bound; and whoever writes properly is
//! served all the while.

pub mod decoder;
mod hostile;
pub mod socket;
