//! Signals: the list, one signal, who viewed it. New ones and changes are drafts.

pub(crate) mod list;
pub(crate) mod signal;
pub(crate) mod versions;
pub(crate) mod viewings;
