//! The pages. A handler is three lines: who asks, one call, the answer; the view stands beside it.
//! The folder mirrors the addresses: `/casussen/:id/koppelen` is `cases/link.rs`.

pub(crate) mod about;
pub(crate) mod administration;
pub(crate) mod break_glass;
pub(crate) mod cases;
pub(crate) mod drafts;
pub(crate) mod help;
pub(crate) mod imports;
pub(crate) mod language;
pub(crate) mod log;
pub(crate) mod notices;
pub(crate) mod problems;
pub(crate) mod purpose;
pub(crate) mod register;
pub(crate) mod rules;
pub(crate) mod sign_in;
pub(crate) mod signals;
pub(crate) mod supervision;
pub(crate) mod tour;
pub(crate) mod views;
pub(crate) mod work;
