//! The processing register (GDPR art. 30) as a municipality keeps it: its entries, its versions, and taking in a new
//! version from a file.
//!
//! A purpose keeps its identity for ever, because cases and signals stand under it: what a file says otherwise is shown
//! as old and new, and what a file does not have any more ends on a day that somebody chose. What must never happen here:
//! an entry that is deleted, or one that means something else without a word.

mod columns;
mod judging;
mod reading;
#[cfg(test)]
mod tests;

pub use columns::{RegisterSetup, RegisterSetupForm};
pub use judging::{Decision, Fault as RowFault, Note as RowNote, Proposal, ProposedRow, judge};

use crate::{
    ids::*,
    import::{Around, ImportHead, SetUpView},
    moment::{Day, Moment},
    purpose::Purpose,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most entries that are taken in at once; a large municipality has a few hundred.
pub const ENTRIES_MAX: usize = 1_000;

codes! {
    /// What a column of a register says.
    RegisterField {
        /// The entry's own number, by which it is known again.
        Number = "number",
        /// *Hoofdproces*.
        MainProcess = "main-process",
        /// *Onderliggend proces*.
        SubProcess = "sub-process",
        /// *Naam verwerking*.
        Name = "name",
        /// What it is for (GDPR art. 30(1)(b)).
        Description = "description",
        /// The legal basis (GDPR art. 6(1)).
        LegalBasis = "legal-basis",
        /// The law or rule that gives the task or power.
        LegalReference = "legal-reference",
        /// Whose data (GDPR art. 30(1)(c)).
        DataSubjects = "data-subjects",
        /// Which data (GDPR art. 30(1)(c)).
        Data = "data",
        /// Which of them are special, criminal, or a BSN.
        SpecialData = "special-data",
        /// How long they are kept (GDPR art. 30(1)(f)).
        Retention = "retention",
        /// Who receives them (GDPR art. 30(1)(d)).
        Recipients = "recipients",
        /// Transfers to third countries (GDPR art. 30(1)(e)).
        Transfers = "transfers",
        /// Who processes on the municipality's behalf (GDPR art. 28).
        Processor = "processor",
        /// How they are secured (GDPR art. 30(1)(g)).
        Security = "security",
        /// When the entry was last looked at, as the register says it.
        VersionDate = "version-date",
        /// First day on which it may be used.
        ValidFrom = "valid-from",
        /// Last day on which it may be used.
        ValidUntil = "valid-until",
        /// Whether cases of the Lokaal Informatie Plein may be opened under it.
        ForCases = "for-cases",
    }
}

impl RegisterField {
    /// What is kept as the register words it, beside what the program itself understands.
    pub const WORDED: &'static [Self] = &[
        Self::Number,
        Self::DataSubjects,
        Self::Data,
        Self::SpecialData,
        Self::Retention,
        Self::Recipients,
        Self::Transfers,
        Self::Processor,
        Self::Security,
        Self::VersionDate,
    ];
}

/// What an entry says in the register's own words. Nothing empty is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<RegisterField, String>);

impl Words {
    /// What it says of this; empty when it says nothing.
    pub fn of(&self, field: RegisterField) -> &str {
        self.0.get(&field).map_or("", String::as_str)
    }
}

/// One entry: the purpose that the program works with, and what else the register says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Processing {
    /// What the program works with.
    pub purpose: Purpose,
    /// The register's own words.
    #[serde(default)]
    pub words: Words,
}

impl Processing {
    /// In which respects the other says something else, in the order of the register.
    pub fn differences(&self, other: &Self) -> Vec<RegisterField> {
        use RegisterField as F;
        let (one, two) = (&self.purpose, &other.purpose);
        let differs = |field: &F| {
            self.words.of(*field) != other.words.of(*field)
                || match field {
                    F::MainProcess => one.main_process != two.main_process,
                    F::SubProcess => one.sub_process != two.sub_process,
                    F::Name => one.name != two.name,
                    F::Description => one.description != two.description,
                    F::LegalBasis => one.legal_basis != two.legal_basis,
                    F::LegalReference => one.legal_reference != two.legal_reference,
                    F::SpecialData => one.categories != two.categories,
                    F::Retention => one.retention_months != two.retention_months,
                    F::ValidFrom => one.valid_from != two.valid_from,
                    F::ValidUntil => one.valid_until != two.valid_until,
                    F::ForCases => one.for_cases != two.for_cases,
                    _ => false,
                }
        };
        F::ALL.iter().copied().filter(differs).collect()
    }
}

codes! {
    /// What a row of a file is against the register as it stands.
    RowIs {
        /// The register does not have it yet.
        New = "new",
        /// The register says something else of it.
        Changed = "changed",
        /// The register says the same.
        Unchanged = "unchanged",
        /// It cannot be taken in as it is.
        Cannot = "cannot",
    }
}

codes! {
    /// What a version did to an entry.
    EntryChange {
        /// It is there since.
        Added = "added",
        /// It says something else since.
        Changed = "changed",
        /// It got a last day.
        Ended = "ended",
    }
}

/// What a version changed in one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterChange {
    /// What was done to it.
    pub kind: EntryChange,
    /// How it was; nothing for one that was added.
    pub before: Option<Processing>,
    /// How it is since.
    pub after: Processing,
}

/// How many entries a version did what to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RegisterCounts {
    /// Added.
    pub added: u32,
    /// Changed.
    pub changed: u32,
    /// Ended.
    pub ended: u32,
    /// In the file, and the same as in the register.
    pub unchanged: u32,
    /// In the file, and not taken in.
    pub left_out: u32,
}

/// One version of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterVersion {
    /// Its number, from 1.
    pub number: u32,
    /// Since when it stands.
    pub at: Moment,
    /// Who took it in.
    pub by: String,
    /// What it did.
    pub counts: RegisterCounts,
}

/// A version with what it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterVersionView {
    /// The version.
    pub version: RegisterVersion,
    /// The file it came from, for who may take in a register.
    pub file: Option<String>,
    /// What it changed.
    pub changes: Vec<RegisterChange>,
}

/// The register on its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterView {
    /// Today.
    pub today: Day,
    /// All entries, in force or not.
    pub entries: Vec<Processing>,
    /// The version it is; none was taken in yet when there is none.
    pub version: Option<RegisterVersion>,
    /// Whether the asker may take in a new one.
    pub may_take_in: bool,
}

/// A register that is being taken in, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterImportView {
    /// Sheet and columns are to be chosen.
    SetUp(Box<SetUpView>),
    /// Every row is judged.
    Proposed(Box<ProposalView>),
    /// It is this version.
    Done(u32),
}

/// The judged rows on their page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalView {
    /// The import.
    pub head: ImportHead,
    /// The file's name.
    pub file: String,
    /// The register's version it is held against, and the import's own: what was looked at when it is confirmed.
    pub seen: String,
    /// What stood around the rows.
    pub around: Around,
    /// The rows, and what the file does not have.
    pub proposal: Proposal,
    /// The answers, when they were not right.
    pub values: crate::form::FormValues,
    /// What is wrong with them.
    pub problems: Vec<crate::form::FieldProblem>,
    /// Today.
    pub today: Day,
    /// Entries under which signals or cases stand.
    pub used: std::collections::BTreeSet<PurposeId>,
}
