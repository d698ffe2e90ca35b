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
    /// A look-up of who saw a person.
    LookUpId,
    /// A break-glass: reading one record in an emergency.
    BreakGlassId,
    /// A change of somebody's place that another one has to confirm.
    ProposalId,
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

    /// Reads a reference as somebody types it: `s 2026 142`, `S-2026-0142`. Nothing when it is none. Whether there is
    /// anything that has it is not told.
    pub fn typed(text: &str) -> Option<Self> {
        let mut parts = text.split(|c: char| c == '-' || c.is_whitespace()).filter(|part| !part.is_empty());
        let (letter, year, number) = (parts.next()?, parts.next()?, parts.next()?);
        let letter = ['S', 'C'].into_iter().find(|one| letter.eq_ignore_ascii_case(&one.to_string()))?;
        let digits = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let whole = parts.next().is_none() && year.len() == 4 && digits(year, 4) && digits(number, 12);
        whole.then(|| Some(Self::numbered(letter, year.parse().ok()?, number.parse().ok()?)))?
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_people_type_it_and_nothing_else_is_one() {
        for typed in ["S-2026-0142", "s-2026-142", " s 2026 0142 ", "S-2026-142"] {
            assert_eq!(Reference::typed(typed), Some(Reference("S-2026-0142".into())), "{typed:?}");
        }
        assert_eq!(Reference::typed("c-2026-12345"), Some(Reference("C-2026-12345".into())));
        for typed in [
            "",
            "S",
            "S-2026",
            "X-2026-0001",
            "S-26-0001",
            "S-2026-",
            "S-2026-1-1",
            "S-2026-1x",
            "S-2026--",
            "S-2026-١",
        ] {
            assert_eq!(Reference::typed(typed), None, "{typed:?}");
        }
    }
}
