//! Who saw this person, and why: what the data protection officer asks by an identifier, and the answer.
//!
//! The identifier is used once, to find the records that hold it. It is kept nowhere: neither with the answer, nor in the
//! access log, nor in an address.

use crate::{
    access_log::{Viewing, Viewings},
    form::{Fault, FormValues, Reader},
    identifier::{Identifier, IdentifierFault, IdentifierKind},
    ids::*,
    list::Numbered,
    moment::{Day, Moment},
};
use serde::{Deserialize, Serialize};

/// The most letters of the reason.
pub const REASON_MAX: usize = 500;

/// How many records one look-up follows. More are counted, and told.
pub const RECORDS: usize = 500;

/// How long an answer can be opened again, in seconds: a working day.
pub const KEPT: i64 = 10 * 60 * 60;

/// Who is looked for, and why.
pub struct Asked {
    /// What identifies the person, or the thing.
    pub identifier: Identifier,
    /// Why, in words: goes into the access log.
    pub reason: String,
}

/// Reads the form: `kind`, `identifier`, or `name` and `born`, and `reason`.
///
/// # Errors
/// All that is wrong with it.
pub fn read(values: &FormValues, today: Day) -> Result<Asked, Vec<crate::form::FieldProblem>> {
    let mut form = Reader::new(values);
    let identifier = match form.choice("kind", IdentifierKind::from_code) {
        Some(IdentifierKind::NameBirthDate) => {
            let name = form.required("name", 200);
            let born = form.past_day("born", today);
            if values.text("born").is_empty() {
                form.fault("born", Fault::Required);
            }
            born.filter(|_| !name.is_empty()).and_then(|born| {
                let parsed = Identifier::parse(IdentifierKind::NameBirthDate, &format!("{name}|{born}"));
                parsed.map_err(|fault| form.fault(place(fault), Fault::Identifier(fault))).ok()
            })
        }
        Some(kind) => match Identifier::parse(kind, values.text("identifier")) {
            Ok(identifier) => Some(identifier),
            Err(IdentifierFault::Empty) => {
                form.fault("identifier", Fault::Required);
                None
            }
            Err(fault) => {
                form.fault("identifier", Fault::Identifier(fault));
                None
            }
        },
        None => None,
    };
    let reason = form.required("reason", REASON_MAX);
    form.finish(identifier.map(|identifier| Asked { identifier, reason }))
}

/// The field that a fault of a name with a day of birth is at.
fn place(fault: IdentifierFault) -> &'static str {
    if fault == IdentifierFault::BirthDate { "born" } else { "name" }
}

/// What is kept of a look-up, for who asked it alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// By what kind of identifier.
    pub kind: IdentifierKind,
    /// Why.
    pub reason: String,
    /// The signals that hold it.
    pub records: Vec<SignalId>,
    /// How many more hold it.
    pub left_out: usize,
}

/// A look-up, as its page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUp {
    /// Its identity.
    pub id: LookUpId,
    /// By what kind of identifier.
    pub kind: IdentifierKind,
    /// Why.
    pub reason: String,
    /// When it was asked.
    pub at: Moment,
    /// Until when it can be opened.
    pub until: Moment,
    /// The records that hold it.
    pub records: Vec<Reference>,
    /// How many more hold it.
    pub left_out: usize,
}

/// Somebody who did something with one of the records, or was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub person: PersonId,
    /// Their name, as it was last.
    pub name: String,
    /// How many lines of the log.
    pub lines: u64,
    /// When first.
    pub first: Moment,
    /// When last.
    pub last: Moment,
    /// The lines, newest first; not all of them where `older` says so.
    pub viewings: Viewings,
}

/// Who saw this person: each of them with their newest lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenBy {
    /// What was asked.
    pub look_up: LookUp,
    /// Who saw, last first.
    pub viewers: Numbered<Viewer>,
}

/// The lines of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenByOne {
    /// What was asked.
    pub look_up: LookUp,
    /// Who; nothing when they saw nothing.
    pub viewer: Option<Viewer>,
}

/// All lines, for paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenOnPaper {
    /// What was asked.
    pub look_up: LookUp,
    /// The lines, newest first.
    pub lines: Vec<Viewing>,
    /// Whether there are more than fit.
    pub more: bool,
    /// When it was made.
    pub at: Moment,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_of(pairs: &[(&str, &str)]) -> Result<Asked, Vec<(String, Fault)>> {
        let values = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let today = Moment(1_764_500_000_000_000).day();
        read(&values, today).map_err(|found| found.into_iter().map(|one| (one.field, one.fault)).collect())
    }

    #[test]
    fn a_look_up_names_an_identifier_and_a_reason_and_each_fault_is_at_its_field() {
        let asked = read_of(&[("kind", "bsn"), ("identifier", "1234 567 82"), ("reason", "verzoek")]);
        assert_eq!(asked.ok().map(|one| one.identifier.normalised().to_owned()).as_deref(), Some("123456782"));
        let asked = read_of(&[
            ("kind", "name-birth-date"),
            ("name", "Jan Jansen"),
            ("born", "31-12-1980"),
            ("reason", "klacht"),
        ]);
        assert_eq!(asked.ok().map(|one| one.identifier.kind()), Some(IdentifierKind::NameBirthDate));
        let faults = |pairs: &[(&str, &str)]| read_of(pairs).err().unwrap_or_default();
        let required = |field: &str| (field.to_owned(), Fault::Required);
        assert_eq!(faults(&[]), [required("kind"), required("reason")]);
        assert_eq!(faults(&[("kind", "kvk"), ("reason", "x")]), [required("identifier")]);
        assert_eq!(faults(&[("kind", "name-birth-date"), ("reason", "x")]), [required("name"), required("born")]);
        let eleven = Fault::Identifier(IdentifierFault::ElevenTest);
        assert_eq!(
            faults(&[("kind", "bsn"), ("identifier", "123456789"), ("reason", "x")]),
            [("identifier".to_owned(), eleven)]
        );
        let missing = Fault::Identifier(IdentifierFault::NameMissing);
        assert_eq!(
            faults(&[("kind", "name-birth-date"), ("name", "123"), ("born", "1-1-1980"), ("reason", "x")]),
            [("name".to_owned(), missing)]
        );
        assert_eq!(faults(&[("kind", "x"), ("reason", "x")]), [("kind".to_owned(), Fault::NotAChoice)]);
    }
}
