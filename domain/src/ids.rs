//! Identities. Each kind of thing has its own type, so that one cannot be passed for another.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
    )+};
}

ids! {
    /// A person who works with Plein.
    PersonId,
    /// A department of the municipality.
    DepartmentId,
    /// A logged signal.
    SignalId,
    /// A purpose-bound case.
    CaseId,
    /// The link of one signal to one case.
    LinkId,
    /// A purpose in the processing register.
    PurposeId,
    /// A version of a plan.
    VersionId,
    /// A note on a case.
    NoteId,
    /// A notice to somebody.
    NoticeId,
    /// What somebody is still typing.
    DraftId,
    /// A filter that somebody keeps under a name.
    ViewId,
    /// A list that somebody is taking in.
    ImportId,
    /// One event of the access log; recorded at most once.
    EventId,
    /// One request; shared by all lines and records it leaves (W3C trace id, 16 bytes).
    TraceId,
}

/// The reference people use when they talk: `S-2026-0142` for a signal, `C-2026-0007` for a case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(pub String);

impl Reference {
    /// Makes the reference of the `number`th thing of `year`; `letter` is `S` or `C`.
    pub fn numbered(letter: char, year: i32, number: i64) -> Self {
        Self(format!("{letter}-{year}-{number:04}"))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
