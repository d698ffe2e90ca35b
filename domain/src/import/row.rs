//! One row: the signal's form filled in from its cells, with what somebody should know of it.

use super::{
    Around, Field, Note, Scope, Setup, Sheet, SheetRow, Verdict, dates, subjects, words,
    words::{Found, Vocabulary},
};
use crate::{
    form::{Fault, FieldProblem, FormValues},
    identifier::folded,
    ids::DepartmentId,
    moment::Day,
    people::Department,
    ports::{Lists, Phenomenon},
    purpose::Purpose,
    signal::*,
};
use serde::{Deserialize, Serialize};

/// A day further back than this many years was not meant in a list of signals.
const YEARS_BACK: i32 = 30;
/// What stands between the facts of the list and what was added to them.
pub(super) const KEPT: &str = "\n\nUit de lijst:\n";
/// Characters of a summary that is made from the facts.
const SUMMARY: usize = 120;

/// A row as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The cells that are taken in, each with its header, as they stand in the list.
    pub cells: Vec<(String, String)>,
    /// The signal's form; and `department`, when each row names its own.
    pub values: FormValues,
    /// What somebody should know.
    pub notes: Vec<Note>,
    /// What is wrong in the form.
    pub problems: Vec<FieldProblem>,
    /// What makes it this signal, however its cells are written: by this it is known when it comes again. Of the list,
    /// not of a correction.
    pub says: String,
    /// Whether somebody has looked at it and saved it.
    pub looked_at: bool,
}

impl Made {
    /// What it is judged to be.
    pub fn verdict(&self) -> Verdict {
        if !self.problems.is_empty() {
            return Verdict::Cannot;
        }
        self.notes.iter().map(Note::verdict).max().unwrap_or(Verdict::Fine)
    }

    /// The department that it names.
    pub fn department(&self) -> Option<DepartmentId> {
        self.values.text("department").parse().ok()
    }
}

/// Judges rows by the lists of this municipality and the choices for this import.
pub struct Judge<'a> {
    today: Day,
    phenomena: &'a [Phenomenon],
    codes: Vec<String>,
    departments: &'a [Department],
    purposes: &'a [Purpose],
    setup: &'a Setup,
    own: DepartmentId,
    phenomenon_words: Vocabulary,
    department_words: Vocabulary,
}

impl<'a> Judge<'a> {
    /// For somebody of the department `own`; the purposes are those under which departments collect.
    pub fn new(lists: &'a Lists, purposes: &'a [Purpose], today: Day, setup: &'a Setup, own: DepartmentId) -> Self {
        let (phenomena, departments) = (&lists.phenomena, &lists.departments);
        Self {
            today,
            phenomena,
            codes: phenomena.iter().map(|one| one.code.clone()).collect(),
            departments,
            purposes,
            setup,
            own,
            phenomenon_words: Vocabulary::of_phenomena(phenomena.iter().map(|one| one.nl.as_str())),
            department_words: Vocabulary::of_departments(departments.iter().map(|one| one.name.as_str())),
        }
    }

    /// All data rows of a sheet, and what stood around them.
    pub fn sheet(&self, sheet: &Sheet) -> (Vec<(u32, Made)>, Around) {
        let Some(header) = sheet.row(self.setup.header) else { return (Vec::new(), Around::default()) };
        let taken = |column| self.setup.columns.0.iter().any(|(one, _)| *one == column);
        let (rows, around) = sheet.table(header, taken);
        let rows = rows.into_iter().map(|row| (row.number, self.row(header, row))).collect();
        (rows, around)
    }

    /// One row.
    pub fn row(&self, header: &SheetRow, row: &SheetRow) -> Made {
        let columns = &self.setup.columns;
        let cell = |field| columns.of(field).map_or("", |column| row.cell(column));
        let called = |field| columns.of(field).map_or("", |column| header.cell(column));
        let mut notes = Vec::new();
        let mut values = self.setup.defaults.clone();
        let mut kept = Vec::new();
        if row.struck {
            notes.push(Note::Struck);
        }
        for (column, characters) in &row.too_long {
            if columns.0.iter().any(|(one, _)| one == column) {
                notes.push(Note::CellTooLong { column: header.cell(*column).to_owned(), characters: *characters });
            }
        }
        for field in columns.0.iter().filter(|(column, _)| row.from_above.contains(column)).map(|(_, field)| *field) {
            notes.push(Note::FromAbove { field });
        }
        let mut keep = |field, notes: &mut Vec<Note>| {
            kept.push(format!("{}: {}", called(field), cell(field)));
            notes.push(Note::KeptInFacts { field, written: cell(field).to_owned() });
        };

        self.department(cell(Field::Department), &mut values, &mut notes);
        self.phenomenon(cell(Field::Phenomenon), &mut values, &mut notes);
        self.day(cell(Field::Received), Field::Received, &mut values, &mut notes);
        if !self.day(cell(Field::Observed), Field::Observed, &mut values, &mut notes) {
            keep(Field::Observed, &mut notes);
        }
        let channel = words::channel(cell(Field::Channel));
        match channel {
            Some(channel) => values.set("channel", channel.code()),
            None if words::says_nothing(cell(Field::Channel)) => {}
            None => {
                notes.push(Note::NotUnderstood { field: Field::Channel, written: cell(Field::Channel).to_owned() });
                keep(Field::Channel, &mut notes);
            }
        }
        if channel == Some(Channel::Own) {
            values.set("source", KnowledgeSource::Seen.code());
        }
        match words::reliability(cell(Field::Reliability)) {
            Some(reliability) => values.set("reliability", reliability.code()),
            None if words::says_nothing(cell(Field::Reliability)) => {}
            None => keep(Field::Reliability, &mut notes),
        }
        let reporter = cell(Field::Reporter);
        if !words::says_nothing(reporter) {
            values.set("reporter", one_line(reporter));
        }
        let by_channel = channel.and_then(|channel| match channel {
            Channel::Own => Some(ReporterKind::Official),
            Channel::Citizen => Some(ReporterKind::Resident),
            Channel::Anonymous => Some(ReporterKind::Anonymous),
            Channel::Police | Channel::Riec | Channel::Professional => Some(ReporterKind::Partner),
            _ => None,
        });
        if let Some(kind) = words::reporter(reporter).or(by_channel) {
            values.set("reporter-kind", kind.code());
        }
        subjects::read(cell, self.today, &mut values, &mut notes);
        if values.0.iter().any(|(name, all)| name.ends_with(".identifier-kind") && all.iter().any(|kind| kind == "bsn"))
            && !values.has("category", "bsn")
        {
            values.push("category", "bsn");
        }
        let place = one_line(cell(Field::Place));
        let postcode = one_line(cell(Field::Postcode));
        values.set(
            "place",
            if postcode.is_empty() {
                place
            } else {
                format!("{place}, {postcode}").trim_start_matches(", ").to_owned()
            },
        );
        values.set("suspicion", cell(Field::Suspicion));
        values.set("risk", cell(Field::Risk));
        if !cell(Field::Remarks).is_empty() {
            keep(Field::Remarks, &mut notes);
        }
        let facts = cell(Field::Facts);
        let summary = if cell(Field::Summary).is_empty() { summary(facts) } else { one_line(cell(Field::Summary)) };
        values.set("summary", summary);
        let kept =
            if kept.is_empty() || facts.is_empty() { String::new() } else { format!("{KEPT}{}", kept.join("\n")) };
        values.set("facts", format!("{facts}{kept}"));

        let says = says(&values, facts, cell(Field::Received));
        let cells = columns.0.iter().map(|(column, _)| (header.cell(*column).to_owned(), row.cell(*column).to_owned()));
        let cells = cells.filter(|(_, text)| !text.is_empty()).collect();
        let problems = self.signal(&values).err().unwrap_or_default();
        Made { cells, values, notes, problems, says, looked_at: false }
    }

    /// The row after somebody looked at it and saved its form.
    pub fn again(&self, made: &mut Made, values: FormValues) {
        made.values = values;
        if self.setup.scope == Scope::Own {
            made.values.0.remove("department");
        }
        made.problems = self.signal(&made.values).err().unwrap_or_default();
        made.notes.retain(Note::stays);
        made.looked_at = true;
    }

    /// The signal that the form means, by the same rules as one that is logged by hand.
    ///
    /// # Errors
    /// All problems at once, each at its field.
    pub fn signal(&self, values: &FormValues) -> Result<NewSignal, Vec<FieldProblem>> {
        let form = SignalForm { today: self.today, phenomena: &self.codes, purposes: self.purposes, stands: None };
        let read = form.read(values);
        let named = values.text("department");
        if self.setup.scope == Scope::Own || self.departments.iter().any(|one| one.id.to_string() == named) {
            return read;
        }
        let fault = if named.is_empty() { Fault::Required } else { Fault::NotAChoice };
        let mut problems = read.err().unwrap_or_default();
        problems.insert(0, FieldProblem { field: "department".into(), fault });
        Err(problems)
    }

    fn department(&self, written: &str, values: &mut FormValues, notes: &mut Vec<Note>) {
        let (index, sure) = match self.department_words.find(written) {
            Found::Sure(index) => (index, true),
            Found::Guess(index) => (index, false),
            Found::Nothing => {
                if !written.is_empty() {
                    notes.push(Note::NotUnderstood { field: Field::Department, written: written.to_owned() });
                }
                return;
            }
        };
        let department = &self.departments[index];
        if self.setup.scope == Scope::Named {
            values.set("department", department.id.to_string());
            if !sure {
                let (written, taken) = (written.to_owned(), department.name.clone());
                notes.push(Note::Guessed { field: Field::Department, written, taken });
            }
        } else if department.id != self.own || !sure {
            notes.push(Note::OtherDepartment { written: written.to_owned() });
        }
    }

    fn phenomenon(&self, written: &str, values: &mut FormValues, notes: &mut Vec<Note>) {
        match self.phenomenon_words.find(written) {
            Found::Sure(index) => values.set("phenomenon", self.phenomena[index].code.as_str()),
            Found::Guess(index) => {
                values.set("phenomenon", self.phenomena[index].code.as_str());
                let (written, taken) = (written.to_owned(), self.phenomena[index].nl.clone());
                notes.push(Note::Guessed { field: Field::Phenomenon, written, taken });
            }
            Found::Nothing if written.is_empty() => {}
            Found::Nothing => notes.push(Note::NotUnderstood { field: Field::Phenomenon, written: written.to_owned() }),
        }
    }

    /// Whether the cell was understood.
    fn day(&self, written: &str, field: Field, values: &mut FormValues, notes: &mut Vec<Note>) -> bool {
        if words::says_nothing(written) {
            return true;
        }
        let day = dates::read(written, self.today).filter(|day| day.0.year() >= self.today.0.year() - YEARS_BACK);
        match day {
            Some(day) => values.set(field.code(), day.to_string()),
            None => notes.push(Note::NotUnderstood { field, written: written.to_owned() }),
        }
        day.is_some()
    }
}

fn one_line(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The first sentence of the facts, or as much of it as fits.
fn summary(facts: &str) -> String {
    let line = one_line(facts);
    let sentence = line.split_inclusive(". ").next().unwrap_or_default().trim();
    if sentence.chars().count() <= SUMMARY {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(SUMMARY).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{whole} …")
}

/// What makes it this signal: where it belongs, when, where, whom and what, each in one spelling.
fn says(values: &FormValues, facts: &str, received: &str) -> String {
    let received = if values.text("received-on").is_empty() { received } else { values.text("received-on") };
    let mut parts = vec![folded(facts), folded(received), folded(values.text("place"))];
    for index in 0..SUBJECTS_MAX {
        let part = |name: &str| folded(values.text(&format!("subject.{index}.{name}")));
        parts.extend([part("name"), part("identifier")]);
    }
    parts.join("\n").trim_end().to_owned()
}
