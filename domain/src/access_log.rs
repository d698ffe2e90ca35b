//! The access log as people read it: "Wie heeft dit ingezien" and *Mijn inzagen*.

use crate::{
    form::FormValues,
    header::ObjectRef,
    ids::*,
    ledger::*,
    list::{Ignored, Period, Reading, days, name},
    moment::Moment,
    ports::Lists,
};
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
    /// The objects, with what they are called where the reader may know that: a reference, or the name of a colleague.
    pub objects: Vec<(ObjectRef, Option<String>)>,
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Only lines before this place.
    pub before: Option<u64>,
    /// Only lines of this person.
    pub person: Option<PersonId>,
    /// Only lines of who was of this department then.
    pub department: Option<DepartmentId>,
    /// Only lines under a purpose of this kind.
    pub purpose: Option<PurposeKind>,
    /// Only lines about what has this reference.
    pub record: Option<Reference>,
    /// Only lines of this period.
    pub period: Period,
    /// Only lines of this kind.
    pub kind: Option<LineKind>,
}

codes! {
    /// The kind of purpose that somebody stated.
    PurposeKind {
        /// Logging signals and taking them in.
        Intake = "intake",
        /// That of a case.
        Case = "case",
        /// Supervision.
        Supervision = "supervision",
        /// A resident's request.
        ResidentsRequest = "residents-request",
        /// Keeping the application in order.
        Administration = "administration",
        /// None: none was needed, or none stated.
        Nothing = "none",
    }
}

/// Names in the address of the log that lists do not have.
pub mod log_name {
    /// The person.
    pub const PERSON: &str = "persoon";
    /// What has this reference.
    pub const RECORD: &str = "kenmerk";
    /// The kind of line.
    pub const KIND: &str = "soort";
}

impl LogFilter {
    /// Reads an address. What makes no sense is not used and told; all else counts.
    pub fn read(asked: &FormValues, lists: &Lists) -> (Self, Vec<Ignored>) {
        let mut reading = Reading::new(asked);
        let person = |id: &PersonId| lists.people.iter().any(|one| one.id == *id);
        let department = |id: &DepartmentId| lists.departments.iter().any(|one| one.id == *id);
        let filter = Self {
            person: reading.one(log_name::PERSON, |text| text.parse().ok().filter(person)),
            department: reading.one(name::DEPARTMENT, |text| text.parse().ok().filter(department)),
            purpose: reading.one(name::PURPOSE, PurposeKind::from_code),
            record: reading.one(log_name::RECORD, Reference::typed),
            period: reading.period(),
            kind: reading.one(log_name::KIND, LineKind::from_code),
            before: reading.number(name::BEFORE),
        };
        (filter, reading.ignored)
    }

    /// The filters that are set, by their names in the address: codes, days, ids and references.
    pub fn filters(&self) -> Vec<(&'static str, String)> {
        let mut set = Vec::new();
        set.extend(self.person.map(|id| (log_name::PERSON, id.to_string())));
        set.extend(self.department.map(|id| (name::DEPARTMENT, id.to_string())));
        set.extend(self.purpose.map(|kind| (name::PURPOSE, kind.code().to_owned())));
        set.extend(self.record.as_ref().map(|one| (log_name::RECORD, one.to_string())));
        set.extend(days(self.period).into_iter().flatten());
        set.extend(self.kind.map(|kind| (log_name::KIND, kind.code().to_owned())));
        set
    }
}
