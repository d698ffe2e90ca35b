//! The timeline of a case: what was seen, done and is due, each on its day.

use crate::{
    case::{CaseHead, ChangeKind},
    moment::Day,
    plan::InterventionKind,
};

/// How many changes of a case its timeline reaches back over at most.
pub const TIMELINE_CHANGES: i64 = 500;

codes! {
    /// What a timeline is drawn of: one lane each.
    Lane {
        /// Signals: when they were seen, linked and unlinked.
        Signals = "signals",
        /// The case itself: when it came to be in which state.
        Case = "case",
        /// The plan: its versions.
        Plan = "plan",
        /// Interventions: when they are due.
        Interventions = "interventions",
    }
}

/// What stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// What the signal tells of was observed.
    Observed,
    /// The department received the signal; when it was observed is not shared or not known.
    Received,
    /// Something changed in the case.
    Changed(ChangeKind),
    /// An intervention is due, of this kind; whether its day has passed and it is not done.
    Due(InterventionKind, bool),
}

/// One point on a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEvent {
    /// Its day.
    pub day: Day,
    /// What happened, or is to happen.
    pub what: Happening,
    /// The references of the signals that it is about; empty when it is about none.
    pub signals: Vec<String>,
    /// The number of the version that it is about.
    pub version: Option<i64>,
}

/// A case on its timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineView {
    /// The case.
    pub case: CaseHead,
    /// What happened, earliest first.
    pub events: Vec<TimelineEvent>,
    /// Today, in the Netherlands.
    pub today: Day,
}

impl Happening {
    /// Where it is drawn; nothing for what a timeline leaves out, as who joined a team and what was noted.
    pub const fn lane(self) -> Option<Lane> {
        match self {
            Self::Observed | Self::Received | Self::Changed(ChangeKind::Linked | ChangeKind::Unlinked) => {
                Some(Lane::Signals)
            }
            Self::Changed(ChangeKind::Opened | ChangeKind::PlanBegun) => Some(Lane::Case),
            Self::Changed(
                ChangeKind::VersionKept
                | ChangeKind::VersionProposed
                | ChangeKind::Answered
                | ChangeKind::VersionAdopted,
            ) => Some(Lane::Plan),
            Self::Due(..) => Some(Lane::Interventions),
            Self::Changed(_) => None,
        }
    }
}

impl TimelineView {
    /// Of these events those that a timeline shows, in their order.
    pub fn new(case: CaseHead, mut events: Vec<TimelineEvent>, today: Day) -> Self {
        events.retain(|event| event.what.lane().is_some());
        events.sort_by(|one, other| (one.day, one.what, &one.signals).cmp(&(other.day, other.what, &other.signals)));
        Self { case, events, today }
    }

    /// The first and the last day that it must show: all events, and today.
    pub fn span(&self) -> (Day, Day) {
        let days = || self.events.iter().map(|event| event.day).chain(std::iter::once(self.today));
        (days().min().unwrap_or(self.today), days().max().unwrap_or(self.today))
    }
}
