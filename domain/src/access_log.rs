//! The access log as people read it: "Wie heeft dit ingezien" and *Mijn inzagen*.

use crate::{header::ObjectRef, ids::*, ledger::*, moment::Moment};
use serde::{Deserialize, Serialize};

/// One viewing, change or refusal, in the words of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewing {
    /// Its place in the log.
    pub sequence: u64,
    /// When.
    pub at: Moment,
    /// The request it belongs to.
    pub trace: TraceId,
    /// What happened.
    pub kind: LineKind,
    /// How it ended.
    pub outcome: Outcome,
    /// Who, what and why; nothing once its retention term has ended and it was destroyed.
    pub payload: Option<Payload>,
    /// The objects, with their references where the reader may know them.
    pub objects: Vec<(ObjectRef, Option<Reference>)>,
    /// The stated purpose in words: for a case its reference and purpose name, otherwise nothing (the code says it).
    pub purpose_case: Option<(Reference, String)>,
}

/// A page of viewings, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewings {
    /// The lines of this page.
    pub lines: Vec<Viewing>,
    /// Give this as `before` to get the next, older page.
    pub older: Option<u64>,
}

/// What the log is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFilter {
    /// Only lines before this place.
    pub before: Option<u64>,
    /// Only lines of this person.
    pub person: Option<PersonId>,
    /// Only lines of this kind.
    pub kind: Option<LineKind>,
}
