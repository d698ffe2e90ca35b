//! Taking in a list that a municipality kept by hand: what a sheet is, which column says what, how every row is judged,
//! and what became of it.
//!
//! A row is judged before anything is made of it: it is right, somebody has to look at it, or it cannot be taken in, and
//! why. What must never happen here: something that stood in the list and is lost without a word, or a guess that
//! passes for what was written.

mod dates;
mod doubles;
mod mapping;
mod row;
mod subjects;
#[cfg(test)]
mod tests;
mod words;

pub use doubles::{Likeness, doubles};
pub use mapping::{Columns, HEADER_WITHIN, Remembered, Setup, SetupForm, header_guess};
pub use row::{Judge, Made};
pub(crate) use {
    dates::read as day_written,
    mapping::{choose_columns, choose_sheet, header_of},
    words::key as word_key,
};

use crate::{identifier::*, ids::*, moment::Moment, people::Department, signal::SignalHead};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How long a list is kept after something was last done with it, in seconds: two weeks. It holds personal data beside
/// the signals that it became (GDPR art. 5(1)(e)).
pub const LIST_KEPT: i64 = 14 * 86_400;

/// A file as it was read: its sheets, bounded by what the reader lets through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workbook {
    /// The sheets in their order; a CSV file has one.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name; empty for a CSV file.
    pub name: String,
    /// Columns that were hidden, from 0.
    pub hidden: Vec<usize>,
    /// Its rows, without those in which nothing stands.
    pub rows: Vec<SheetRow>,
}

/// One row. A day is written `2025-01-06`, a whole number in full, whatever the cell made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// Its number in the sheet, from 1, as people see it in the margin.
    pub number: u32,
    /// The cells.
    pub cells: Vec<String>,
    /// Whether all of it is struck through.
    pub struck: bool,
    /// Columns whose value stands in a cell above with which they are merged.
    pub from_above: Vec<usize>,
    /// Columns whose text was too long to be kept, with its length in characters.
    pub too_long: Vec<(usize, usize)>,
}

impl SheetRow {
    /// The cell of this column, without surrounding white space of any kind.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |text| text.trim())
    }

    /// How many cells say something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }
}

codes! {
    /// Why a file is not taken in.
    Unreadable {
        /// No bytes.
        Empty = "empty",
        /// More bytes than are taken.
        TooLarge = "too-large",
        /// Excel's format of before 2007, or a workbook under a password.
        OldOrLocked = "old-or-locked",
        /// Neither XLSX nor text in columns.
        NotAList = "not-a-list",
        /// Looks like XLSX, and does not open.
        Broken = "broken",
        /// Unpacks to far more than it says, or than any list is.
        Bomb = "bomb",
        /// More rows than are taken.
        TooManyRows = "too-many-rows",
        /// More text than is taken.
        TooMuchText = "too-much-text",
        /// Nothing that could be a header with rows below it.
        NoTable = "no-table",
    }
}

codes! {
    /// What a column says.
    Field {
        /// When the department received it.
        Received = "received-on",
        /// When it was observed.
        Observed = "observed-on",
        /// Which department it is of.
        Department = "department",
        /// Who reported it.
        Reporter = "reporter",
        /// How it came in.
        Channel = "channel",
        /// Where it was.
        Place = "place",
        /// The postcode of that place.
        Postcode = "postcode",
        /// Whom it is about.
        Name = "name",
        /// Their date of birth.
        Born = "born",
        /// Their BSN.
        Bsn = "bsn",
        /// Registration of an organisation.
        Kvk = "kvk",
        /// Licence plates.
        Plate = "plate",
        /// Telephone numbers.
        Phone = "phone",
        /// Bank accounts.
        Iban = "iban",
        /// The phenomenon.
        Phenomenon = "phenomenon",
        /// One line by which it is recognised.
        Summary = "summary",
        /// The facts.
        Facts = "facts",
        /// The suspicion.
        Suspicion = "suspicion",
        /// How far the source can be relied on.
        Reliability = "reliability",
        /// Risk to officials.
        Risk = "risk",
        /// Whatever else must be kept; it is added to the facts.
        Remarks = "remarks",
    }
}

codes! {
    /// For whom rows become signals.
    Scope {
        /// All of them for the own department.
        Own = "own",
        /// Each for the department that it names.
        Named = "named",
    }
}

codes! {
    /// What a row is judged to be.
    Verdict {
        /// It can be taken in as it is.
        Fine = "ok",
        /// It can be taken in, and somebody should look at it first.
        Look = "look",
        /// It cannot be taken in as it is.
        Cannot = "cannot",
    }
}

/// What somebody should know of a row, besides what is wrong in its form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "kebab-case")]
pub enum Note {
    /// It is struck through in the list.
    Struck,
    /// A cell holds more than is kept: it cannot be taken in.
    CellTooLong {
        /// The column's header.
        column: String,
        /// Characters in it.
        characters: usize,
    },
    /// Not written as it is called here; this is what it was taken for.
    Guessed {
        /// What the column says.
        field: Field,
        /// As it stands in the list.
        written: String,
        /// What it was taken for.
        taken: String,
    },
    /// It says something that was not understood.
    NotUnderstood {
        /// What the column says.
        field: Field,
        /// As it stands in the list.
        written: String,
    },
    /// An identifier that fails its own rule, and is left out.
    IdentifierWrong {
        /// Its kind.
        kind: IdentifierKind,
        /// As it stands in the list.
        written: String,
        /// Why.
        fault: IdentifierFault,
    },
    /// Excel cut a number short (`9,9E+11`): the digits are gone, it is left out.
    DigitsLost {
        /// What the column says.
        field: Field,
        /// As it stands in the list.
        written: String,
    },
    /// Numbers that could not be told to belong to one of the names.
    Unattached {
        /// What the column says.
        field: Field,
    },
    /// More subjects than one signal holds; the last are left out.
    TooManySubjects {
        /// How many are left out.
        left_out: usize,
    },
    /// Names another department than the one it would be of.
    OtherDepartment {
        /// As it stands in the list.
        written: String,
    },
    /// Has no place of its own and was added to the facts.
    KeptInFacts {
        /// What the column says.
        field: Field,
        /// As it stands in the list.
        written: String,
    },
    /// Stands in a merged cell above.
    FromAbove {
        /// What the column says.
        field: Field,
    },
    /// The same as a row above: taken in once.
    SameAs {
        /// That row's number.
        row: u32,
    },
    /// Very like another row: the same, entered twice?
    LooksLike {
        /// That row's number.
        row: u32,
    },
    /// Was taken in before.
    TakenInBefore {
        /// As this signal, where its reference may be known.
        signal: Option<(SignalId, Reference)>,
    },
    /// A signal that is there already has the same identifier, phenomenon and time.
    LikeSignal {
        /// Which.
        signal: SignalId,
        /// Its reference.
        reference: Reference,
    },
}

impl Note {
    /// What it makes of a row that is right otherwise.
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::CellTooLong { .. } | Self::SameAs { .. } | Self::TakenInBefore { .. } => Verdict::Cannot,
            Self::KeptInFacts { .. } | Self::FromAbove { .. } => Verdict::Fine,
            _ => Verdict::Look,
        }
    }

    /// Whether it still holds after somebody has looked at the row and saved it.
    pub const fn stays(&self) -> bool {
        matches!(
            self,
            Self::SameAs { .. }
                | Self::TakenInBefore { .. }
                | Self::KeptInFacts { .. }
                | Self::FromAbove { .. }
                | Self::CellTooLong { .. }
        )
    }

    /// Whether it tells of a double.
    pub const fn double(&self) -> bool {
        matches!(
            self,
            Self::SameAs { .. } | Self::LooksLike { .. } | Self::TakenInBefore { .. } | Self::LikeSignal { .. }
        )
    }
}

codes! {
    /// Where an import is.
    ImportState {
        /// The file was read; sheet and columns are to be chosen.
        Read = "read",
        /// Every row is judged; rows can be corrected and chosen.
        Judged = "judged",
        /// Rows are becoming signals.
        Running = "running",
        /// All that was chosen is done.
        Done = "done",
    }
}

codes! {
    /// What became of a row.
    RowState {
        /// Nothing yet.
        Waiting = "waiting",
        /// It is a signal now.
        TakenIn = "taken-in",
        /// It was one already.
        Double = "double",
        /// It could not become one after all.
        Refused = "refused",
    }
}

/// An import without what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportHead {
    /// Its identity.
    pub id: ImportId,
    /// Where it is.
    pub state: ImportState,
    /// When the file was given.
    pub begun_at: Moment,
    /// When something was last done with it.
    pub changed_at: Moment,
    /// When it is removed.
    pub removed_at: Moment,
}

/// How many rows are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All data rows.
    pub rows: u32,
    /// Judged right.
    pub fine: u32,
    /// To be looked at.
    pub look: u32,
    /// That cannot be taken in.
    pub cannot: u32,
    /// Chosen and not yet done.
    pub chosen: u32,
    /// Signals now.
    pub taken_in: u32,
    /// Signals already.
    pub double: u32,
    /// Refused while being taken in.
    pub refused: u32,
}

impl Tally {
    /// What was chosen, done or not.
    pub const fn to_do(&self) -> u32 {
        self.chosen + self.done()
    }

    /// What is done.
    pub const fn done(&self) -> u32 {
        self.taken_in + self.double + self.refused
    }
}

/// A judged row, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedRow {
    /// Its number in the sheet.
    pub number: u32,
    /// What it is judged to be.
    pub verdict: Verdict,
    /// Whether it was chosen.
    pub chosen: bool,
    /// What became of it.
    pub state: RowState,
    /// What it says.
    pub made: Made,
    /// The signal it became or was already, where its reference may be known.
    pub signal: Option<SignalHead>,
}

/// Which rows are chosen from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// All that are right, and no others.
    Fine,
    /// All that can be taken in.
    Possible,
    /// None.
    Nothing,
    /// Of those shown these.
    Shown {
        /// Numbers on the page.
        shown: Vec<u32>,
        /// Those of them that are ticked.
        ticked: BTreeSet<u32>,
    },
}

/// What is shown of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowsWanted {
    /// Only those judged so.
    pub verdict: Option<Verdict>,
    /// Which page, from 1; the first when it is not said.
    pub page: Option<u32>,
    /// The choices for sheet and columns instead, as long as they can be changed.
    pub columns: bool,
}

/// What stood in the sheet and is no data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Around {
    /// Columns that are not taken in, with whether they were hidden.
    pub columns: Vec<(String, bool)>,
    /// Rows above the header, group headings and headers repeated below it, by number.
    pub headings: Vec<u32>,
}

/// An import on its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportView {
    /// Sheet and columns are to be chosen.
    SetUp(Box<SetUpView>),
    /// Rows, being judged, taken in or done.
    Rows(Box<RowsView>),
}

/// What is needed to choose sheet and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUpView {
    /// The import.
    pub head: ImportHead,
    /// The file's name.
    pub file: String,
    /// Names of the sheets, with how many rows each has.
    pub sheets: Vec<(String, usize)>,
    /// The answers so far.
    pub values: crate::form::FormValues,
    /// What is wrong with them.
    pub problems: Vec<crate::form::FieldProblem>,
    /// The columns of the chosen sheet: header, hidden, and what stands in the first rows.
    pub columns: Vec<(String, bool, Vec<String>)>,
    /// For whom the asker may take rows in.
    pub scopes: Vec<Scope>,
}

/// Rows with what is needed to show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowsView {
    /// The import.
    pub head: ImportHead,
    /// The file's name.
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
    /// For whom.
    pub scope: Scope,
    /// How many rows are what.
    pub tally: Tally,
    /// What stood around them.
    pub around: Around,
    /// The rows asked for.
    pub rows: Vec<JudgedRow>,
    /// Which page it is.
    pub page: u32,
    /// Whether there are more.
    pub more: bool,
}

/// One row in its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// The import.
    pub head: ImportHead,
    /// For whom.
    pub scope: Scope,
    /// The departments that can be named; empty when all rows are of the own one.
    pub departments: Vec<Department>,
    /// The row.
    pub row: JudgedRow,
}
