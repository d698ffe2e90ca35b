//! A signal: an observation that may point to undermining (*ondermijning*), owned by the department that logged it.
//!
//! Facts stand apart from suspicion, the reporter apart from the signal, and what the department offers to the
//! Lokaal Informatie Plein apart from what it keeps to itself.

mod checklist;
mod reading;
pub use checklist::{Checklist, Indicator, IndicatorGroup, Territory};
pub use reading::{PLACES_MAX, SUBJECTS_MAX, SignalForm};

use crate::{ids::*, moment::*, people::Department, purpose::DataCategory, subject::Subject};
use serde::{Deserialize, Serialize};

codes! {
    /// Where a signal is in the process. Until the weighing is built, the signed decision
    /// `opened-without-weighing` is the only way out of `received`.
    SignalState {
        /// Logged by its department.
        Received = "received",
        /// Linked to at least one case.
        InCase = "in-case",
    }
}

impl SignalState {
    /// The state after a link to a case, or after the last link is gone (`linked` counts the links that stand).
    pub const fn with_links(linked: usize) -> Self {
        if linked == 0 { Self::Received } else { Self::InCase }
    }
}

codes! {
    /// How the signal came in.
    Channel {
        /// Own observation.
        Own = "own",
        /// A citizen.
        Citizen = "citizen",
        /// A professional.
        Professional = "professional",
        /// By telephone.
        Telephone = "telephone",
        /// WhatsApp or another chat.
        Chat = "chat",
        /// Meld Misdaad Anoniem.
        Anonymous = "anonymous",
        /// The police.
        Police = "police",
        /// The regional centre (RIEC).
        Riec = "riec",
        /// A project or joint inspection.
        Project = "project",
        /// A request for enforcement.
        EnforcementRequest = "enforcement-request",
    }
}

codes! {
    /// What kind of reporter it was; who it was is kept apart and sealed.
    ReporterKind {
        /// A municipal official.
        Official = "official",
        /// A resident.
        Resident = "resident",
        /// An entrepreneur.
        Entrepreneur = "entrepreneur",
        /// A partner organisation.
        Partner = "partner",
        /// Anonymous.
        Anonymous = "anonymous",
    }
}

codes! {
    /// How the facts are known.
    KnowledgeSource {
        /// Seen by the reporter.
        Seen = "seen",
        /// Heard from somebody else.
        Heard = "heard",
        /// From a document.
        Document = "document",
        /// From a register.
        Register = "register",
    }
}

codes! {
    /// How far the source can be relied on.
    Reliability {
        /// Confirmed by a second, independent source.
        Confirmed = "confirmed",
        /// Reliable, not confirmed.
        Reliable = "reliable",
        /// Doubtful.
        Doubtful = "doubtful",
        /// Cannot be judged.
        Unknown = "unknown",
    }
}

codes! {
    /// The parts of a signal that can be offered to the Lokaal Informatie Plein and shared by a link.
    /// The reporter's identity is not among them.
    SignalField {
        /// The short description.
        Summary = "summary",
        /// The facts.
        Facts = "facts",
        /// The suspicion.
        Suspicion = "suspicion",
        /// Channel, kind of reporter, source of knowledge and reliability.
        Origin = "origin",
        /// When it was observed.
        Observed = "observed",
        /// Where it was.
        Place = "place",
        /// The subjects with their identifiers.
        Subjects = "subjects",
        /// The risk to officials.
        Risk = "risk",
        /// The checklist: indicators, task or power, territory.
        Checklist = "checklist",
    }
}

/// How the facts came to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// How the signal came in.
    pub channel: Channel,
    /// What kind of reporter it was.
    pub reporter_kind: ReporterKind,
    /// How the facts are known.
    pub source: KnowledgeSource,
    /// How far that can be relied on.
    pub reliability: Reliability,
}

/// What a signal says. Sealed wherever it is kept. The reporter's identity is sealed apart, under another key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalContent {
    /// One line by which the department recognises it.
    pub summary: String,
    /// What was observed.
    pub facts: String,
    /// What it may mean.
    pub suspicion: String,
    /// Where it came from.
    pub origin: Origin,
    /// When it was observed, if that is known.
    pub observed: Option<Day>,
    /// Where it was, as people write it: a place to a line.
    pub place: String,
    /// Whom and what it is about.
    pub subjects: Vec<Subject>,
    /// Risk to officials who visit or act.
    pub risk: String,
    /// The checklist.
    #[serde(default)]
    pub checklist: Checklist,
    /// Categories of personal data in it.
    pub categories: Vec<DataCategory>,
    /// The ground for special or criminal data; empty when there are none.
    pub ground: String,
}

/// A signal as read from its form: ready to be logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignal {
    /// What it says.
    pub content: SignalContent,
    /// Who reported it; sealed apart.
    pub reporter: String,
    /// The phenomenon's code.
    pub phenomenon: String,
    /// The day the department received it.
    pub received_on: Day,
    /// The processing under which the department collected it: its original purpose.
    pub original_purpose: PurposeId,
    /// What the department offers to the Lokaal Informatie Plein.
    pub offered: Vec<SignalField>,
    /// Why it says something else than the version before; empty in the first.
    pub why: String,
}

/// One version of a signal, for the department that owns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalVersion {
    /// Its number, from 1.
    pub number: i64,
    /// What it said.
    pub signal: NewSignal,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Versions of a signal, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalVersions {
    /// The signal.
    pub head: SignalHead,
    /// These versions, without a gap. The last one is there to be compared with when `earlier` tells that it is not the
    /// signal's first.
    pub versions: Vec<SignalVersion>,
    /// The number below which the earlier ones are, when there are any.
    pub earlier: Option<i64>,
}

/// The part of a signal that is free of personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalHead {
    /// Its identity.
    pub id: SignalId,
    /// Its reference.
    pub reference: Reference,
    /// The department that owns it.
    pub department: Department,
    /// Where it is in the process.
    pub state: SignalState,
    /// The phenomenon's code.
    pub phenomenon: String,
    /// The day the department received it.
    pub received_on: Day,
    /// When it was logged.
    pub logged_at: Moment,
    /// When it was last changed; when it was logged, if it never was.
    pub changed_at: Moment,
    /// Its version, from 1.
    pub version: i64,
    /// What the department offers.
    pub offered: Vec<SignalField>,
}

/// The fields of a signal that somebody may see; what they may not see is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisibleFields {
    /// See [`SignalContent::summary`].
    pub summary: Option<String>,
    /// See [`SignalContent::facts`].
    pub facts: Option<String>,
    /// See [`SignalContent::suspicion`].
    pub suspicion: Option<String>,
    /// See [`SignalContent::origin`].
    pub origin: Option<Origin>,
    /// See [`SignalContent::observed`].
    pub observed: Option<Day>,
    /// See [`SignalContent::place`].
    pub place: Option<String>,
    /// See [`SignalContent::subjects`].
    pub subjects: Option<Vec<Subject>>,
    /// See [`SignalContent::risk`].
    pub risk: Option<String>,
    /// See [`SignalContent::checklist`].
    pub checklist: Option<Checklist>,
}

impl SignalContent {
    /// Only these fields. An empty text counts as shown: that nothing was filled in is itself an answer.
    pub fn only(&self, fields: &[SignalField]) -> VisibleFields {
        let mut visible = VisibleFields::default();
        for field in fields {
            match field {
                SignalField::Summary => visible.summary = Some(self.summary.clone()),
                SignalField::Facts => visible.facts = Some(self.facts.clone()),
                SignalField::Suspicion => visible.suspicion = Some(self.suspicion.clone()),
                SignalField::Origin => visible.origin = Some(self.origin.clone()),
                SignalField::Observed => visible.observed = self.observed,
                SignalField::Place => visible.place = Some(self.place.clone()),
                SignalField::Subjects => visible.subjects = Some(self.subjects.clone()),
                SignalField::Risk => visible.risk = Some(self.risk.clone()),
                SignalField::Checklist => visible.checklist = Some(self.checklist.clone()),
            }
        }
        visible
    }
}

/// How much of a signal somebody sees, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    /// All of it: their department owns it.
    Whole,
    /// What its department offers: they coordinate the intake.
    Offered,
    /// What a link shares with the case's team.
    Shared(CaseId),
    /// All that it says, but not who reported it: they read it in an emergency.
    Emergency,
}

/// A signal on its own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalView {
    /// The part free of personal data.
    pub head: SignalHead,
    /// How much is shown.
    pub extent: Extent,
    /// The fields shown; which ones these can be at most is told by `shown`.
    pub fields: VisibleFields,
    /// The fields that are shown, so that an empty one can be told from one withheld.
    pub shown: Vec<SignalField>,
    /// Who reported it; only for the owning department, empty when not known.
    pub reporter: Option<String>,
    /// Categories and ground; only for the owning department.
    pub categories: Option<(Vec<DataCategory>, String)>,
    /// The original purpose; only for the owning department.
    pub original_purpose: Option<PurposeId>,
    /// Name of the person who logged it; only for the owning department.
    pub logged_by: Option<String>,
    /// The cases in which it is linked and of which the asker may know.
    pub cases: Vec<(CaseId, Reference)>,
    /// Whether the asker may change it.
    pub may_edit: bool,
    /// Whether the asker may see who viewed it.
    pub may_see_viewings: bool,
}

/// A row in the list of signals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalRow {
    /// The part free of personal data.
    pub head: SignalHead,
    /// The short description, when the asker may see it.
    pub summary: Option<String>,
}
