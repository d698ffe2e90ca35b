//! Notices: that something happened which concerns somebody. A kind, a reference, a moment and from whom; never a word of it.

use crate::{ids::*, moment::Moment};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A notice that was read goes after this many days.
pub const READ_KEPT_DAYS: i64 = 30;

/// Every notice goes after this many days.
pub const KEPT_DAYS: i64 = 180;

/// That an intervention is due is told up to this many days late.
pub const DUE_TOLD_DAYS: i64 = 14;

codes! {
    /// What a notice tells.
    NoticeKind {
        /// Somebody mentioned the person in a comment on a plan.
        Mentioned = "mentioned",
        /// The person was put on the team of a case.
        Joined = "joined",
        /// The person was taken off the team of a case.
        Left = "left",
        /// A version of a plan waits for the answer of the person's department.
        Proposed = "proposed",
        /// A signal of the person's department was linked to a case.
        SignalLinked = "signal-linked",
        /// A signal of the person's department was unlinked from a case.
        SignalUnlinked = "signal-unlinked",
        /// The person is to carry out an intervention.
        Assigned = "assigned",
        /// An intervention that the person carries out is due.
        Due = "due",
        /// Somebody reads a case that the person leads, or a signal of the person's department, by break-glass.
        GlassBroken = "glass-broken",
        /// Somebody reads a signal that is linked to a case that the person leads by break-glass.
        GlassBrokenLinked = "glass-broken-linked",
        /// Somebody uses break-glass, and the person is to review it.
        ReviewAsked = "review-asked",
        /// The person's own use of break-glass was reviewed.
        Reviewed = "reviewed",
    }
}

/// A notice as its person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// Its identity.
    pub id: NoticeId,
    /// What it tells.
    pub kind: NoticeKind,
    /// When it happened.
    pub at: Moment,
    /// Whether it was marked as read.
    pub read: bool,
    /// The name of who caused it; nothing when nobody did, or when the person may no longer know of it.
    pub by: Option<String>,
    /// What it is about; nothing when the person may no longer know of it.
    pub about: Option<NoticeAbout>,
}

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoticeAbout {
    /// A case.
    Case(CaseId, Reference),
    /// A thread of comments on the plan of a case.
    Thread(CaseId, Reference, Uuid),
    /// A version of the plan of a case.
    Version(CaseId, Reference, i64),
    /// An intervention in the plan of a case.
    Intervention(CaseId, Reference, Uuid),
    /// A signal.
    Signal(SignalId, Reference),
    /// A break-glass; the reference is that of its record.
    BreakGlass(BreakGlassId, Reference),
}
