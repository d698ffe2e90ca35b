//! Holding a file against the register as it stands: what each row is, what would change, and what the file lacks.

use super::{
    ENTRIES_MAX, EntryChange, Processing, RegisterChange, RegisterCounts, RegisterField as F, RegisterSetup, RowIs,
    reading::{self, Basis, Term},
};
use crate::{
    form::{FieldProblem, FormValues, Reader},
    ids::PurposeId,
    import::{Around, Sheet, SheetRow, day_written, word_key},
    moment::Day,
    purpose::{LegalBasis, Purpose},
};
use std::collections::{BTreeSet, HashMap};

/// Characters of a name.
const NAME_MAX: usize = 300;
/// Characters of any other cell.
const TEXT_MAX: usize = 5_000;

/// Why a row cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It says nothing where it must.
    Missing(F),
    /// What it says was not understood.
    NotUnderstood(F, String),
    /// It names the legitimate interest, which is not for the tasks of a municipality (GDPR art. 6(1), last sentence).
    LegitimateInterest,
    /// It names more than one legal basis.
    SeveralBases(String),
    /// A legal obligation or public task without the law that gives it (GDPR art. 6(3)).
    NoLaw,
    /// A cell holds more than is kept.
    TooLong {
        /// What it says.
        field: F,
        /// Characters in it.
        typed: usize,
        /// Characters that are kept.
        limit: usize,
    },
    /// The last day lies before the first.
    EndsBeforeItBegins,
    /// Another row of the file is the same entry.
    SameAs(u32),
    /// The register has another number for the entry of this name.
    OtherNumber(String),
    /// The number is that of the entry with this name; the one that the row names has none.
    NumberOf(String),
    /// The entry has an end and the file says nothing of it, or what ended comes back.
    Ended(Day),
    /// It is for cases and has no term in months.
    TermNeeded,
    /// It is struck through.
    Struck,
}

/// What somebody should know of a row that can be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The cell is empty and means what the row above says.
    FromAbove(F),
    /// The term is no number of months: no cases can be opened under it.
    NoMonths(String),
    /// Several terms; the first counts.
    FirstTerm(u32),
    /// What is said of special data was not understood and adds no category.
    CategoriesNotUnderstood(String),
}

/// One row, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedRow {
    /// Its number in the sheet.
    pub number: u32,
    /// What it is against the register.
    pub is: RowIs,
    /// The three names, as they were read.
    pub names: [String; 3],
    /// How the register has it.
    pub before: Option<Processing>,
    /// How it would stand; nothing for one that cannot be taken in. A new one has no id yet.
    pub after: Option<Processing>,
    /// Why it cannot be taken in.
    pub faults: Vec<Fault>,
    /// What else there is to know.
    pub notes: Vec<Note>,
}

/// A whole file against the register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The rows of the file.
    pub rows: Vec<ProposedRow>,
    /// Entries that have not ended and that no row is about.
    pub absent: Vec<Processing>,
    /// Whether the file says which entries are for cases; if it does not, the officer does.
    pub says_cases: bool,
}

/// What is to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// What changes, in the order of the file.
    pub changes: Vec<RegisterChange>,
    /// How many of what.
    pub counts: RegisterCounts,
}

/// Judges every row of a sheet.
///
/// # Errors
/// How many rows there are, when these are more than a register has.
pub fn judge(
    sheet: &Sheet,
    setup: &RegisterSetup,
    register: &[Processing],
    today: Day,
) -> Result<(Proposal, Around), usize> {
    let Some(header) = sheet.row(setup.header) else { return Ok((Proposal::default(), Around::default())) };
    let (rows, around) = sheet.table(header, |column| setup.columns.iter().any(|(one, _)| *one == column));
    if rows.len() > ENTRIES_MAX {
        return Err(rows.len());
    }
    let mut judge = Judge { setup, known: Known::of(register), today, above: Default::default(), met: HashMap::new() };
    let rows: Vec<ProposedRow> = rows.into_iter().map(|row| judge.row(row)).collect();
    // Also a row that cannot be taken in says that its entry is still there.
    let there: BTreeSet<PurposeId> =
        rows.iter().filter_map(|row| row.before.as_ref()).map(|before| before.purpose.id).collect();
    let ended = |one: &Processing| one.purpose.valid_until.is_some_and(|last| last < today);
    let absent = register.iter().filter(|one| !there.contains(&one.purpose.id) && !ended(one)).cloned().collect();
    Ok((Proposal { rows, absent, says_cases: setup.of(F::ForCases).is_some() }, around))
}

/// By what an entry is known again where it has no number.
fn names_key(names: [&str; 3]) -> String {
    names.map(word_key).join("\n")
}

/// The register by what its entries are known by.
struct Known<'a> {
    by_number: HashMap<String, &'a Processing>,
    by_names: HashMap<String, &'a Processing>,
}

impl<'a> Known<'a> {
    fn of(register: &'a [Processing]) -> Self {
        let mut known = Self { by_number: HashMap::new(), by_names: HashMap::new() };
        // One that ended does not stand in the way of one that has not.
        let ended = |one: &&Processing| one.purpose.valid_until.is_some();
        for one in register.iter().filter(ended).chain(register.iter().filter(|one| !ended(one))) {
            let number = word_key(one.words.of(F::Number));
            if !number.is_empty() {
                known.by_number.insert(number, one);
            }
            let purpose = &one.purpose;
            known.by_names.insert(names_key([&purpose.main_process, &purpose.sub_process, &purpose.name]), one);
        }
        known
    }
}

struct Judge<'a> {
    setup: &'a RegisterSetup,
    known: Known<'a>,
    today: Day,
    /// The processes of the row above.
    above: [String; 2],
    /// What rows were met, by number or names.
    met: HashMap<String, u32>,
}

impl Judge<'_> {
    fn row(&mut self, row: &SheetRow) -> ProposedRow {
        let (mut faults, mut notes) = (Vec::new(), Vec::new());
        if row.struck {
            faults.push(Fault::Struck);
        }
        let cell = |field| self.setup.of(field).map_or("", |column| row.cell(column));
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut names = [F::MainProcess, F::SubProcess, F::Name].map(|field| spaced(cell(field)));
        for (at, field) in [F::MainProcess, F::SubProcess].into_iter().enumerate() {
            if names[at].is_empty() && self.setup.above && !self.above[at].is_empty() {
                names[at].clone_from(&self.above[at]);
                notes.push(Note::FromAbove(field));
            }
            self.above[at].clone_from(&names[at]);
        }
        for (column, typed) in &row.too_long {
            if let Some((_, field)) = self.setup.columns.iter().find(|(one, _)| one == column) {
                faults.push(Fault::TooLong { field: *field, typed: *typed, limit: TEXT_MAX });
            }
        }
        let before = self.before(cell(F::Number), &names, row.number, &mut faults).cloned();
        let after = self.read(&cell, &names, before.as_ref(), &mut faults, &mut notes);
        let after = after.filter(|_| faults.is_empty());
        let is = match (&before, &after) {
            (_, None) => RowIs::Cannot,
            (None, Some(_)) => RowIs::New,
            (Some(before), Some(after)) if before == after => RowIs::Unchanged,
            (Some(_), Some(_)) => RowIs::Changed,
        };
        if is == RowIs::Cannot {
            notes.clear();
        }
        ProposedRow { number: row.number, is, names, before, after, faults, notes }
    }

    /// The entry that the row is about: the one with its number, else the one of its names.
    fn before(&mut self, number: &str, names: &[String; 3], row: u32, faults: &mut Vec<Fault>) -> Option<&Processing> {
        let (number, names) = (word_key(number), names_key([&names[0], &names[1], &names[2]]));
        let found = match (self.known.by_number.get(&number), self.known.by_names.get(&names)) {
            (Some(one), Some(other)) if one.purpose.id != other.purpose.id => {
                let has = other.words.of(F::Number);
                faults.push(if has.is_empty() {
                    Fault::NumberOf(one.purpose.name.clone())
                } else {
                    Fault::OtherNumber(has.to_owned())
                });
                Some(*one)
            }
            (Some(one), _) => Some(*one),
            (None, Some(one)) => {
                let has = word_key(one.words.of(F::Number));
                if !number.is_empty() && !has.is_empty() {
                    faults.push(Fault::OtherNumber(one.words.of(F::Number).to_owned()));
                }
                Some(*one)
            }
            (None, None) => None,
        };
        let mut keys = vec![format!("names\n{names}")];
        if !number.is_empty() {
            keys.push(format!("number\n{number}"));
        }
        keys.extend(found.map(|one| format!("id\n{}", one.purpose.id)));
        let same = keys.iter().find_map(|key| self.met.get(key)).copied();
        match same {
            Some(same) => faults.push(Fault::SameAs(same)),
            None => self.met.extend(keys.into_iter().map(|key| (key, row))),
        }
        found
    }

    /// The entry as the row has it. What the file has no column for stays as it was.
    fn read<'r>(
        &self,
        cell: &impl Fn(F) -> &'r str,
        names: &[String; 3],
        before: Option<&Processing>,
        faults: &mut Vec<Fault>,
        notes: &mut Vec<Note>,
    ) -> Option<Processing> {
        for (field, name) in [F::MainProcess, F::SubProcess, F::Name].into_iter().zip(names) {
            bounded(field, name, NAME_MAX, true, faults);
        }
        bounded(F::Description, cell(F::Description), TEXT_MAX, true, faults);
        bounded(F::LegalReference, cell(F::LegalReference), TEXT_MAX, false, faults);
        let has = |field: &F| self.setup.of(*field).is_some();
        let mut words = before.map(|before| before.words.clone()).unwrap_or_default();
        for field in F::WORDED.iter().copied().filter(has) {
            bounded(field, cell(field), TEXT_MAX, field == F::Retention, faults);
            match cell(field) {
                // An entry that has a number keeps it.
                "" if field == F::Number => {}
                "" => drop(words.0.remove(&field)),
                text => drop(words.0.insert(field, text.to_owned())),
            }
        }
        let legal_basis = basis(cell(F::LegalBasis), faults);
        let needs_law = matches!(legal_basis, Some(LegalBasis::LegalObligation | LegalBasis::PublicTask));
        if needs_law && cell(F::LegalReference).is_empty() {
            faults.push(Fault::NoLaw);
        }
        let retention_months = term(cell(F::Retention), notes);
        let categories = match before {
            Some(before) if !has(&F::Data) && !has(&F::SpecialData) => before.purpose.categories.clone(),
            _ => {
                let (found, understood) = reading::categories(words.of(F::Data), words.of(F::SpecialData));
                if !understood {
                    notes.push(Note::CategoriesNotUnderstood(words.of(F::SpecialData).to_owned()));
                }
                found
            }
        };
        let mut day = |field| match cell(field) {
            "" => None,
            text => {
                let day = day_written(text, self.today);
                if day.is_none() {
                    faults.push(Fault::NotUnderstood(field, shortened(text)));
                }
                day
            }
        };
        let was = before.map(|before| &before.purpose);
        let valid_from = day(F::ValidFrom).or(was.map(|was| was.valid_from)).unwrap_or(self.setup.valid_from);
        // An empty cell says nothing: what was set in Plein stands.
        let says_until = has(&F::ValidUntil) && !cell(F::ValidUntil).trim().is_empty();
        let valid_until = if says_until { day(F::ValidUntil) } else { was.and_then(|was| was.valid_until) };
        if valid_until.is_some_and(|last| last < valid_from) {
            faults.push(Fault::EndsBeforeItBegins);
        }
        // What ended does not come back without a word: the file must say until when, or leave it to a new entry.
        if let Some(last) = was.and_then(|was| was.valid_until).filter(|last| *last < self.today)
            && !says_until
        {
            faults.push(Fault::Ended(last));
        }
        let for_cases = if has(&F::ForCases) {
            let said = reading::yes(cell(F::ForCases));
            if said.is_none() {
                faults.push(Fault::NotUnderstood(F::ForCases, shortened(cell(F::ForCases))));
            }
            said.unwrap_or_default()
        } else {
            was.is_some_and(|was| was.for_cases)
        };
        if for_cases && retention_months.is_none() {
            faults.push(Fault::TermNeeded);
        }
        let [main_process, sub_process, name] = names.clone();
        Some(Processing {
            purpose: Purpose {
                id: was.map_or(PurposeId(uuid::Uuid::nil()), |was| was.id),
                main_process,
                sub_process,
                name,
                description: cell(F::Description).to_owned(),
                legal_basis: legal_basis?,
                legal_reference: cell(F::LegalReference).to_owned(),
                retention_months,
                categories,
                valid_from,
                valid_until,
                for_cases,
            },
            words,
        })
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(100).collect()
}

fn bounded(field: F, text: &str, limit: usize, needed: bool, faults: &mut Vec<Fault>) {
    if needed && text.is_empty() {
        faults.push(Fault::Missing(field));
    }
    let typed = text.chars().count();
    if typed > limit {
        faults.push(Fault::TooLong { field, typed, limit });
    }
}

fn basis(text: &str, faults: &mut Vec<Fault>) -> Option<LegalBasis> {
    faults.push(match reading::basis(text) {
        Basis::One(basis) => return Some(basis),
        Basis::LegitimateInterest => Fault::LegitimateInterest,
        Basis::Several => Fault::SeveralBases(shortened(text)),
        Basis::Nothing if text.is_empty() => Fault::Missing(F::LegalBasis),
        Basis::Nothing => Fault::NotUnderstood(F::LegalBasis, shortened(text)),
    });
    None
}

fn term(text: &str, notes: &mut Vec<Note>) -> Option<u32> {
    match reading::term(text) {
        Term::Months(months) => Some(months),
        Term::FirstOfSeveral(months) => {
            notes.push(Note::FirstTerm(months));
            Some(months)
        }
        Term::Otherwise => {
            notes.push(Note::NoMonths(shortened(text)));
            None
        }
    }
}

impl Proposal {
    /// How many rows are this.
    pub fn count(&self, is: RowIs) -> usize {
        self.rows.iter().filter(|row| row.is == is).count()
    }

    /// What is written by these answers:
    /// - `which`: `all` rows, where none is refused, or `possible`, those that can;
    /// - `case`: the numbers of rows whose entries are for cases, unless the file says it;
    /// - `end` and `ends-on`: which absent entries end, and their last day.
    ///
    /// # Errors
    /// All problems at once, each at its field.
    pub fn decide(
        &self,
        values: &FormValues,
        today: Day,
        mut fresh: impl FnMut() -> PurposeId,
    ) -> Result<Decision, Vec<FieldProblem>> {
        use crate::form::Fault;
        let mut form = Reader::new(values);
        let refused = self.count(RowIs::Cannot);
        let which = form.choice("which", |code| matches!(code, "all" | "possible").then(|| code.to_owned()));
        if which.as_deref() == Some("all") && refused > 0 {
            form.fault("which", Fault::RowsRefused);
        }
        let mut decision = Decision::default();
        for row in &self.rows {
            let Some(mut after) = row.after.clone() else { continue };
            if !self.says_cases {
                let number = row.number.to_string();
                after.purpose.for_cases = values.has("case", &number);
                if after.purpose.for_cases && after.purpose.retention_months.is_none() {
                    form.fault(format!("case-{number}"), Fault::TermNeeded);
                }
            }
            let kind = match &row.before {
                None => {
                    after.purpose.id = fresh();
                    EntryChange::Added
                }
                Some(before) if *before == after => {
                    decision.counts.unchanged += 1;
                    continue;
                }
                Some(_) => EntryChange::Changed,
            };
            decision.changes.push(RegisterChange { kind, before: row.before.clone(), after });
        }
        let ends: Vec<&Processing> =
            self.absent.iter().filter(|one| values.has("end", &one.purpose.id.to_string())).collect();
        let last = if ends.is_empty() { None } else { form.day("ends-on") };
        if let Some(last) = last {
            let earliest = ends.iter().map(|one| one.purpose.valid_from).max().map_or(today, |from| from.max(today));
            if last < earliest {
                form.fault("ends-on", Fault::Before(earliest));
            }
            for before in ends {
                let mut after = before.clone();
                // An end that was set already is never put off.
                after.purpose.valid_until = Some(before.purpose.valid_until.map_or(last, |set| set.min(last)));
                if after != *before {
                    let before = Some(before.clone());
                    decision.changes.push(RegisterChange { kind: EntryChange::Ended, before, after });
                }
            }
        }
        let many =
            |kind| u32::try_from(decision.changes.iter().filter(|one| one.kind == kind).count()).unwrap_or(u32::MAX);
        let (added, changed, ended) = (many(EntryChange::Added), many(EntryChange::Changed), many(EntryChange::Ended));
        decision.counts = RegisterCounts {
            added,
            changed,
            ended,
            left_out: u32::try_from(refused).unwrap_or(u32::MAX),
            ..decision.counts
        };
        if decision.changes.is_empty() {
            form.fault("which", Fault::NothingChanges);
        }
        form.finish(Some(decision))
    }
}
