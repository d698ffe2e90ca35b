//! The desk of the data protection officer. No page here holds anything of what a record says.

pub(crate) mod checkpoints;
pub(crate) mod look_up;
pub(crate) mod reviews;
pub(crate) mod seen;
