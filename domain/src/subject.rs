//! What a signal is about: persons, organisations, premises, vehicles, accounts and telephones.

use crate::identifier::Identifier;
use serde::{Deserialize, Serialize};

codes! {
    /// The kind of subject.
    SubjectKind {
        /// A natural person.
        Person = "person",
        /// A company, foundation or other organisation.
        Organisation = "organisation",
        /// A building, plot or berth.
        Premises = "premises",
        /// A vehicle.
        Vehicle = "vehicle",
        /// A bank account.
        Account = "account",
        /// A telephone number.
        Phone = "phone",
    }
}

codes! {
    /// What the subject is in this signal.
    SubjectRole {
        /// Involved, without more.
        Involved = "involved",
        /// Owner.
        Owner = "owner",
        /// Tenant or user.
        Tenant = "tenant",
        /// Director.
        Director = "director",
        /// Victim.
        Victim = "victim",
        /// Witness.
        Witness = "witness",
    }
}

/// One subject of a signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// What kind of subject it is.
    pub kind: SubjectKind,
    /// What it is in this signal.
    pub role: SubjectRole,
    /// Name or description as people say it; may be empty when there is an identifier.
    pub name: String,
    /// Identifiers, each valid by its own rule.
    pub identifiers: Vec<Identifier>,
}
