//! What happened in a case: who did what and when, in ids, codes and references; no words of the case.

use crate::{case::CaseHead, ids::*, list::Numbered, moment::Moment};
use serde::{Deserialize, Serialize};

codes! {
    /// What changed.
    ChangeKind {
        /// The case was opened.
        Opened = "opened",
        /// Signals were linked.
        Linked = "linked",
        /// Signals were unlinked.
        Unlinked = "unlinked",
        /// People came into the team.
        Joined = "joined",
        /// People were taken off the team.
        Left = "left",
        /// The plan was begun.
        PlanBegun = "plan-begun",
        /// A version of the plan was kept under a name.
        VersionKept = "version-kept",
        /// A version that was kept was removed.
        VersionRemoved = "version-removed",
        /// A version was put before the departments.
        VersionProposed = "version-proposed",
        /// A department said what it thinks of a version.
        Answered = "answered",
        /// A version was adopted.
        VersionAdopted = "version-adopted",
        /// A note was written.
        NoteWritten = "note-written",
        /// A note was changed by its author.
        NoteChanged = "note-changed",
        /// A note was withdrawn by its author.
        NoteWithdrawn = "note-withdrawn",
        /// Subjects of several signals were judged to be the same or not.
        SubjectsJudged = "subjects-judged",
        /// Such a judgement was undone.
        JudgementUndone = "judgement-undone",
    }
}

/// One change, in the words of its readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseChange {
    /// When.
    pub at: Moment,
    /// The name of who made it.
    pub by: String,
    /// The name of their department then.
    pub department: String,
    /// What they did.
    pub kind: ChangeKind,
    /// The references of the signals, or the names of the people, that it is about.
    pub things: Vec<String>,
    /// The number of the version that it is about.
    pub number: Option<i64>,
}

/// A page of the history of a case, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryView {
    /// The case.
    pub case: CaseHead,
    /// The changes.
    pub changes: Numbered<CaseChange>,
}

/// How much changed in a case since somebody looked, in *Mijn werk*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedCase {
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: Reference,
    /// Changes by others since they looked, or since they came into the team.
    pub changes: i64,
    /// When the newest of them was made.
    pub newest: Moment,
}
