//! Cases: the list, one case, linking another signal, who viewed it. Opening and changing are drafts.

pub(crate) mod case;
pub(crate) mod comparison;
mod drawing;
pub(crate) mod history;
pub(crate) mod link;
pub(crate) mod links;
pub(crate) mod list;
pub(crate) mod note;
pub(crate) mod notes;
pub(crate) mod plan;
pub(crate) mod seen;
mod talk;
pub(crate) mod timeline;
pub(crate) mod version;
pub(crate) mod versions;
pub(crate) mod viewings;
pub(crate) mod waiting;
