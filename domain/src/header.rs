//! Object headers: all that the gate may know of a thing when it decides. Free of personal data by definition.

use crate::{
    break_glass::GlassState,
    case::CaseState,
    ids::*,
    moment::Moment,
    purpose::StatedPurpose,
    signal::{SignalField, SignalState},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// The kinds of object that can be viewed.
    ObjectKind {
        /// A signal.
        Signal = "signal",
        /// A case.
        Case = "case",
        /// The plan of a case; has the case's id.
        Plan = "plan",
        /// A version of a plan.
        PlanVersion = "plan-version",
        /// A list that somebody is taking in; only its maker sees it.
        Import = "import",
        /// The notes on a case; have the case's id.
        Notes = "notes",
        /// A draft; only its author sees it.
        Draft = "draft",
        /// A filter that somebody keeps under a name; only they see it.
        SavedView = "saved-view",
        /// A break-glass: reading one record in an emergency.
        BreakGlass = "break-glass",
        /// A person who works with Plein, or waits for that: their place in it.
        Person = "person",
        /// A list or a whole area, such as the signals list; has no id of its own.
        Area = "area",
    }
}

/// A thing by kind and id, as it stands in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ObjectRef {
    /// Its kind.
    pub kind: ObjectKind,
    /// Its id; nil for an area.
    pub id: Uuid,
}

impl ObjectRef {
    /// The area as a whole.
    pub const AREA: Self = Self { kind: ObjectKind::Area, id: Uuid::nil() };
}

impl From<SignalId> for ObjectRef {
    fn from(id: SignalId) -> Self {
        Self { kind: ObjectKind::Signal, id: id.0 }
    }
}

impl From<CaseId> for ObjectRef {
    fn from(id: CaseId) -> Self {
        Self { kind: ObjectKind::Case, id: id.0 }
    }
}

impl ObjectRef {
    /// The plan of this case.
    pub const fn plan(case: CaseId) -> Self {
        Self { kind: ObjectKind::Plan, id: case.0 }
    }

    /// The notes on this case.
    pub const fn notes(case: CaseId) -> Self {
        Self { kind: ObjectKind::Notes, id: case.0 }
    }
}

impl From<VersionId> for ObjectRef {
    fn from(id: VersionId) -> Self {
        Self { kind: ObjectKind::PlanVersion, id: id.0 }
    }
}

impl From<ImportId> for ObjectRef {
    fn from(id: ImportId) -> Self {
        Self { kind: ObjectKind::Import, id: id.0 }
    }
}

impl From<DraftId> for ObjectRef {
    fn from(id: DraftId) -> Self {
        Self { kind: ObjectKind::Draft, id: id.0 }
    }
}

impl From<ViewId> for ObjectRef {
    fn from(id: ViewId) -> Self {
        Self { kind: ObjectKind::SavedView, id: id.0 }
    }
}

impl From<PersonId> for ObjectRef {
    fn from(id: PersonId) -> Self {
        Self { kind: ObjectKind::Person, id: id.0 }
    }
}

impl From<BreakGlassId> for ObjectRef {
    fn from(id: BreakGlassId) -> Self {
        Self { kind: ObjectKind::BreakGlass, id: id.0 }
    }
}

/// The header of a proposal to change somebody's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalHeader {
    /// Its identity.
    pub id: ProposalId,
    /// About whom.
    pub person: PersonId,
    /// Who proposed it.
    pub proposer: PersonId,
}

/// A case in which a signal is linked, as far as the gate needs to know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkHeader {
    /// The case.
    pub case: CaseId,
    /// Who leads it.
    pub coordinator: PersonId,
    /// Its team, the coordinator included.
    pub team: Vec<PersonId>,
    /// What the link shares.
    pub shared: Vec<SignalField>,
}

/// The header of a signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalHeader {
    /// Its identity.
    pub id: SignalId,
    /// The department that owns it.
    pub department: DepartmentId,
    /// Where it is in the process.
    pub state: SignalState,
    /// What its department offers.
    pub offered: Vec<SignalField>,
    /// Its version.
    pub version: i64,
    /// The links that stand.
    pub links: Vec<LinkHeader>,
}

/// The header of a version of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionHeader {
    /// Its identity.
    pub id: VersionId,
    /// Its number in the plan.
    pub number: i64,
}

/// The header of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseHeader {
    /// Its identity.
    pub id: CaseId,
    /// Where it is.
    pub state: CaseState,
    /// Its purpose in the register.
    pub purpose: PurposeId,
    /// Who leads it.
    pub coordinator: PersonId,
    /// Its team, the coordinator included.
    pub team: Vec<PersonId>,
    /// Its version.
    pub version: i64,
}

/// The header of a note on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteHeader {
    /// Its identity.
    pub id: NoteId,
    /// The case.
    pub case: CaseHeader,
    /// Who wrote it.
    pub author: PersonId,
    /// Whether it was not withdrawn.
    pub standing: bool,
}

/// The header of a break-glass, at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakGlassHeader {
    /// Its identity.
    pub id: BreakGlassId,
    /// Who used it.
    pub person: PersonId,
    /// Their department then.
    pub department: DepartmentId,
    /// Which record: a signal or a case.
    pub record: ObjectRef,
    /// The record's reference.
    pub reference: Reference,
    /// Since when.
    pub begun_at: Moment,
    /// When it ends by itself.
    pub ends_at: Moment,
    /// Who stopped it before that, and when.
    pub stopped: Option<(PersonId, Moment)>,
    /// Whether the record can be read at this moment.
    pub open: bool,
    /// Whether who used it was a data protection officer then, or is one now.
    pub of_fg: bool,
    /// Who is configured to review what a data protection officer did.
    pub reviewer: Option<PersonId>,
    /// Whether it was reviewed.
    pub reviewed: bool,
}

impl BreakGlassHeader {
    /// The purpose under which its record is read: that for which the record is kept.
    pub const fn purpose(&self) -> StatedPurpose {
        match self.record.kind {
            ObjectKind::Case => StatedPurpose::Case(CaseId(self.record.id)),
            _ => StatedPurpose::Intake,
        }
    }

    /// How far it is.
    pub const fn state(&self) -> GlassState {
        match (self.open, self.reviewed) {
            (true, _) => GlassState::Open,
            (false, false) => GlassState::Waiting,
            (false, true) => GlassState::Reviewed,
        }
    }
}
