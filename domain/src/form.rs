//! What a person typed, before anything is made of it, and what is wrong with it.
//!
//! A form is a list of named values, exactly as typed. It is what a draft keeps, so that no mistake, lost
//! session or crash costs anybody their words. Reading a form gives either the thing meant or every problem
//! at once, each at its field.

use crate::{identifier::IdentifierFault, moment::Day};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most one form may hold, in bytes of names and values together: far more than the fields allow, so that a text
/// that is too long is kept in the draft and told at its field, not lost.
pub const FORM_LIMIT: usize = 3 * 1024 * 1024;

/// Named values as typed; a name may occur several times (check boxes).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormValues(pub BTreeMap<String, Vec<String>>);

impl FormValues {
    /// The first value of this name, without surrounding white space; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    /// All values of this name.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether this check box is ticked with this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|one| one == value)
    }

    /// Adds a value to those of this name.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.entry(name.into()).or_default().push(value.into());
    }

    /// Makes this the only value of this name.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), vec![value.into()]);
    }

    /// Bytes of all names and values together, with some for each value, so that many empty ones are not for free.
    pub fn size(&self) -> usize {
        let values = self.0.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
        values.map(|(name, value)| name.len() + value.len() + 64).sum()
    }
}

impl FromIterator<(String, String)> for FormValues {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        let mut values = Self::default();
        for (name, value) in pairs {
            values.push(name, value);
        }
        values
    }
}

/// Why a field cannot be accepted as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Nothing was typed or chosen where something must be.
    Required,
    /// More characters than the limit.
    TooLong {
        /// Characters allowed.
        limit: usize,
        /// Characters typed.
        typed: usize,
    },
    /// Fewer characters than are needed.
    TooShort {
        /// Characters needed.
        limit: usize,
        /// Characters typed.
        typed: usize,
    },
    /// The data protection officer has no other role (GDPR art. 38(6)).
    FgAlone,
    /// Not the reference of a signal or a case.
    NotAReference,
    /// Not one of the choices offered.
    NotAChoice,
    /// Not a day that exists.
    NotADay,
    /// A day that has not come yet.
    InTheFuture,
    /// A day before this one, which cannot be.
    Before(Day),
    /// An identifier that fails its own rule.
    Identifier(IdentifierFault),
    /// Special or criminal data without the ground on which they may be processed.
    GroundMissing,
    /// A field chosen for sharing that the department does not offer.
    NotOffered,
    /// The purpose is not in force on this day.
    PurposeNotInForce,
    /// The purpose does not allow this category of personal data.
    CategoryNotAllowed,
    /// The signal was changed after it was judged: the judgement must be made again on what it says now.
    ChangedSince,
    /// A judgement in the purpose test is negative: then there can be no link.
    TestFailed,
    /// Control characters or other text that cannot be kept.
    NotText,
    /// Two columns of a list for the same thing.
    ChosenTwice,
    /// No column of a list for something that every row must say.
    ColumnMissing(crate::import::Field),
    /// No column of a register for something that every entry must say.
    RegisterColumnMissing(crate::register::RegisterField),
    /// More rows than a register is taken in with at once.
    TooManyRows {
        /// How many may be.
        limit: usize,
        /// How many there are.
        rows: usize,
    },
    /// The register, or what was looked at, was changed since: it must be looked at again.
    RegisterChanged,
    /// Some rows cannot be taken in, so not all of them can.
    RowsRefused,
    /// Cases need a retention term in months, and this entry says none.
    TermNeeded,
    /// Nothing would change.
    NothingChanges,
    /// As many of these are kept as may be: one must go first.
    TooMany {
        /// How many may be.
        limit: usize,
    },
}

/// One problem, at one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong.
    pub fault: Fault,
}

/// Collects problems while a form is read.
#[derive(Debug, Default)]
pub struct Reader<'a> {
    values: Option<&'a FormValues>,
    problems: Vec<FieldProblem>,
}

impl<'a> Reader<'a> {
    /// Starts reading these values.
    pub fn new(values: &'a FormValues) -> Self {
        Self { values: Some(values), problems: Vec::new() }
    }

    /// Notes a problem.
    pub fn fault(&mut self, field: impl Into<String>, fault: Fault) {
        self.problems.push(FieldProblem { field: field.into(), fault });
    }

    fn raw(&self, field: &str) -> &'a str {
        self.values.map_or("", |values| values.text(field))
    }

    /// Text that may be empty, of at most `limit` characters.
    pub fn optional(&mut self, field: &str, limit: usize) -> String {
        let text = self.raw(field).replace("\r\n", "\n");
        let typed = text.chars().count();
        if typed > limit {
            self.fault(field, Fault::TooLong { limit, typed });
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.fault(field, Fault::NotText);
        }
        text
    }

    /// Text that must be there, of at most `limit` characters.
    pub fn required(&mut self, field: &str, limit: usize) -> String {
        let text = self.optional(field, limit);
        if text.is_empty() {
            self.fault(field, Fault::Required);
        }
        text
    }

    /// A choice that must be made; `find` turns a code into what it stands for.
    pub fn choice<T>(&mut self, field: &str, find: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let code = self.raw(field);
        if code.is_empty() {
            self.fault(field, Fault::Required);
            return None;
        }
        let found = find(code);
        if found.is_none() {
            self.fault(field, Fault::NotAChoice);
        }
        found
    }

    /// A day that may be left out, but not after `today`.
    pub fn past_day(&mut self, field: &str, today: Day) -> Option<Day> {
        let typed = self.raw(field);
        if typed.is_empty() {
            return None;
        }
        match typed.parse::<Day>() {
            Err(()) => self.fault(field, Fault::NotADay),
            Ok(day) if day > today => self.fault(field, Fault::InTheFuture),
            Ok(day) => return Some(day),
        }
        None
    }

    /// A day that must be there.
    pub fn day(&mut self, field: &str) -> Option<Day> {
        let typed = self.raw(field);
        if typed.is_empty() {
            self.fault(field, Fault::Required);
            return None;
        }
        let day = typed.parse().ok();
        if day.is_none() {
            self.fault(field, Fault::NotADay);
        }
        day
    }

    /// Ends the reading: the thing, or every problem found.
    pub fn finish<T>(self, thing: Option<T>) -> Result<T, Vec<FieldProblem>> {
        match thing {
            Some(thing) if self.problems.is_empty() => Ok(thing),
            _ => Err(self.problems),
        }
    }
}

codes! {
    /// The kind of form a draft belongs to.
    FormKind {
        /// A new signal.
        NewSignal = "new-signal",
        /// A change to a signal.
        EditSignal = "edit-signal",
        /// Opening a case from chosen signals.
        OpenCase = "open-case",
        /// Linking one more signal to a case.
        LinkSignal = "link-signal",
        /// Unlinking a signal, with the reason.
        UnlinkSignal = "unlink-signal",
        /// The members of a case's team.
        Team = "team",
    }
}
