//! A case (*casus*): the purpose-bound file in which signals of several departments come together.

mod change;
mod note;
mod reading;
mod seen;
mod timeline;
mod waiting;
pub use change::{CaseChange, ChangeKind, ChangedCase, HistoryView};
pub use note::*;
pub use reading::{LinkForm, OpenCaseForm, UnlinkForm, read_team};
pub use seen::*;
pub use timeline::*;
pub use waiting::{OpenIntervention, Standing, Waiting};

use crate::{
    ids::*,
    list::Cursor,
    moment::Moment,
    people::Person,
    purpose::Purpose,
    signal::{SignalField, SignalHead, VisibleFields},
};
use serde::{Deserialize, Serialize};

codes! {
    /// Where a case is.
    CaseState {
        /// Opened; signals and team can be added.
        Open = "open",
        /// Its plan of approach is being drafted.
        PlanDrafted = "plan-drafted",
        /// A version of its plan was adopted; the plan can still be written in.
        Adopted = "adopted",
    }
}

codes! {
    /// The questions of the purpose test (*doelbindingstoets*), each answered for each link.
    Criterion {
        /// Is the case's purpose compatible with the one for which the signal was collected? (GDPR art. 6(4))
        Compatibility = "compatibility",
        /// Is sharing necessary for the purpose?
        Necessity = "necessity",
        /// Is the intrusion in proportion to it?
        Proportionality = "proportionality",
        /// Is there no less intrusive way?
        Subsidiarity = "subsidiarity",
    }
}

/// One answer of the purpose test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The question.
    pub criterion: Criterion,
    /// The answer. Only a link all of whose answers are yes can be made.
    pub met: bool,
    /// Why, in words.
    pub reasons: String,
}

/// The recorded judgement on one link: all four questions, in order, each with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PurposeTest(pub Vec<Judgement>);

/// One signal to be linked: its test and what the link shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// The signal.
    pub signal: SignalId,
    /// The version that was judged.
    pub version: i64,
    /// The purpose test.
    pub test: PurposeTest,
    /// The fields shared with the team, chosen among those offered.
    pub shared: Vec<SignalField>,
}

/// A case as read from its form, with the signed decision `opened-without-weighing`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// One line by which the team recognises it. Sealed.
    pub title: String,
    /// What it is about. Sealed.
    pub summary: String,
    /// Its purpose in the register.
    pub purpose: PurposeId,
    /// Why it is opened without weighing; signed by the coordinator. Sealed.
    pub reasons: String,
    /// The signals that start it.
    pub links: Vec<NewLink>,
    /// The team, besides the coordinator.
    pub team: Vec<PersonId>,
}

/// The part of a case that is free of personal data of residents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseHead {
    /// Its identity.
    pub id: CaseId,
    /// Its reference.
    pub reference: Reference,
    /// Where it is.
    pub state: CaseState,
    /// Who leads it.
    pub coordinator: Person,
    /// Its purpose.
    pub purpose: Purpose,
    /// When it was opened.
    pub opened_at: Moment,
    /// Its version, from 1.
    pub version: i64,
}

/// A row in the list of cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseRow {
    /// The part free of personal data.
    pub head: CaseHead,
    /// The title.
    pub title: String,
    /// Signals linked now.
    pub links: i64,
    /// Team members, the coordinator included.
    pub team: i64,
}

/// A link as the team sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Its identity.
    pub id: LinkId,
    /// The signal's part free of personal data.
    pub signal: SignalHead,
    /// The version of the signal that was judged, which is the one shared.
    pub version: i64,
    /// What it shares; nothing once it is unlinked.
    pub fields: VisibleFields,
    /// Which fields those are.
    pub shown: Vec<SignalField>,
    /// The purpose test.
    pub test: PurposeTest,
    /// Who made it.
    pub linked_by: String,
    /// When.
    pub linked_at: Moment,
    /// Who unlinked it, when and why; it stays in the history.
    pub unlinked: Option<Unlinked>,
}

/// The end of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlinked {
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: String,
}

/// Somebody in the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Who.
    pub person: Person,
    /// Since when.
    pub since: Moment,
}

/// A signed decision in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its kind: `opened-without-weighing`.
    pub kind: String,
    /// Who signed it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub reasons: String,
}

/// A case on its own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    /// The part free of personal data.
    pub head: CaseHead,
    /// The title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// What it waits for, the most pressing first.
    pub waits: Vec<Waiting>,
    /// The newest notes on it.
    pub notes: Vec<NoteView>,
    /// How many notes there are on it.
    pub notes_count: i64,
    /// Links, those that stand first.
    pub links: Vec<LinkView>,
    /// Subjects that are seen in several of the linked signals.
    pub seen: Vec<SeenView>,
    /// Other cases in whose team the asker is and to which one of these signals is or was linked.
    pub related: Vec<(CaseId, Reference)>,
    /// The team, the coordinator first.
    pub team: Vec<TeamMember>,
    /// What was decided, oldest first.
    pub decisions: Vec<Decision>,
    /// Whether the asker leads it: may link, unlink and change the team.
    pub may_lead: bool,
    /// Whether the asker may see who viewed it.
    pub may_see_viewings: bool,
}

/// A page of the signals that a coordinator may choose for a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Those that were chosen before, wherever they stand in the list; not among the others.
    pub chosen: Vec<Candidate>,
    /// The page.
    pub rows: Vec<Candidate>,
    /// The page after this one.
    pub later: Option<Cursor>,
}

impl Candidates {
    /// All that are on the page, the chosen ones first.
    pub fn all(&self) -> impl Iterator<Item = &Candidate> {
        self.chosen.iter().chain(&self.rows)
    }
}

/// A received signal that a coordinator may choose for a case, with what its department offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The part free of personal data; `offered` tells what a link may share.
    pub head: SignalHead,
    /// The offered fields.
    pub fields: VisibleFields,
}
