//! Which row is the header, what each column says, and what holds for all rows. It is remembered for the next list.

use super::{Around, Field, Scope, Sheet, SheetRow, Workbook, words};
use crate::{
    form::{Fault, FieldProblem, FormValues, Reader},
    moment::Day,
    purpose::{DataCategory, Purpose},
    signal::*,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashSet},
    hash::Hash,
};

/// How far down the header is looked for, in rows in which something stands.
pub const HEADER_WITHIN: usize = 40;

/// What headers are called, by what the column says.
const HEADERS: &[(Field, &[&str])] = &[
    (
        Field::Received,
        &["datum melding", "datum", "ontvangen", "datum ontvangst", "meldingsdatum", "received", "received on"],
    ),
    (Field::Observed, &["datum waarneming", "waargenomen", "waarnemingsdatum", "observed", "observed on"]),
    (Field::Department, &["afdeling", "team", "department"]),
    (Field::Reporter, &["melder", "naam melder", "reporter"]),
    (Field::Channel, &["kanaal", "bron", "channel"]),
    (Field::Place, &["locatie", "adres", "adres/locatie", "plaats", "place", "address"]),
    (Field::Postcode, &["postcode", "pc", "postal code"]),
    (Field::Name, &["betrokkene", "betrokkenen", "betrokkene(n)", "naam", "subject", "name"]),
    (Field::Born, &["geb.datum", "geboortedatum", "geboren", "date of birth"]),
    (Field::Bsn, &["bsn"]),
    (Field::Kvk, &["kvk", "kvk nr", "kvk-nummer", "kvknummer"]),
    (Field::Plate, &["kenteken", "kentekens", "licence plate"]),
    (Field::Phone, &["telefoon", "tel", "telefoonnummer", "phone"]),
    (Field::Iban, &["iban", "rekening", "rekeningnummer", "account"]),
    (Field::Phenomenon, &["fenomeen", "thema", "phenomenon"]),
    (Field::Summary, &["onderwerp", "korte omschrijving", "titel", "summary"]),
    (
        Field::Facts,
        &["omschrijving", "omschrijving signaal", "feiten", "signaal", "toelichting", "facts", "description"],
    ),
    (Field::Suspicion, &["vermoeden", "duiding", "suspicion"]),
    (Field::Reliability, &["betrouwbaarheid", "reliability"]),
    (Field::Risk, &["risico", "veiligheid medewerkers", "risk"]),
    (Field::Remarks, &["opmerkingen", "opmerking", "opm.", "remarks"]),
];

fn known(header: &str) -> Option<Field> {
    let word = words::key(header);
    HEADERS.iter().find(|(_, names)| names.iter().any(|name| words::key(name) == word)).map(|(field, _)| *field)
}

/// The number of the row that looks most like a header: the one with most names of columns that are known.
pub fn header_guess(sheet: &Sheet) -> Option<u32> {
    header_of(sheet, known)
}

/// The same, by what headers are called in another kind of table.
pub(crate) fn header_of<F: Eq + Hash>(sheet: &Sheet, known: impl Fn(&str) -> Option<F>) -> Option<u32> {
    let score = |row: &SheetRow| row.cells.iter().filter_map(|cell| known(cell)).collect::<HashSet<_>>().len();
    let candidates = sheet.rows.iter().take(HEADER_WITHIN).filter(|row| row.filled() >= 2);
    // Of equal ones the first.
    candidates.rev().max_by_key(|row| score(row)).map(|row| row.number)
}

/// The sheet, from 0, and the number of its header's row.
pub(crate) fn choose_sheet(form: &mut Reader<'_>, workbook: &Workbook) -> (Option<usize>, Option<u32>) {
    let sheet = form.choice("sheet", |code| code.parse().ok().filter(|at| *at < workbook.sheets.len()));
    let chosen = sheet.and_then(|at: usize| workbook.sheets.get(at));
    let header = form.choice("header", |code| {
        let row = chosen?.row(code.parse().ok()?)?;
        (row.filled() >= 2).then_some(row.number)
    });
    (sheet, header)
}

/// What each of so many columns says: each thing is said by one column at most.
pub(crate) fn choose_columns<F: Copy + Eq + Hash>(
    form: &mut Reader<'_>,
    values: &FormValues,
    width: usize,
    find: impl Fn(&str) -> Option<F>,
) -> Vec<(usize, F)> {
    let mut columns = Vec::new();
    let mut taken = HashSet::new();
    for column in 0..width {
        let name = format!("column.{column}");
        let code = values.text(&name);
        match find(code) {
            Some(field) if taken.insert(field) => columns.push((column, field)),
            Some(_) => form.fault(name, Fault::ChosenTwice),
            None if code.is_empty() => {}
            None => form.fault(name, Fault::NotAChoice),
        }
    }
    columns
}

/// What each column says; one that is not here is not taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns(pub Vec<(usize, Field)>);

impl Columns {
    /// The column that says this.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.0.iter().find(|(_, one)| *one == field).map(|(column, _)| *column)
    }
}

/// All that must be known before rows can be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The sheet, from 0.
    pub sheet: usize,
    /// The number of the header's row.
    pub header: u32,
    /// What the columns say.
    pub columns: Columns,
    /// For whom.
    pub scope: Scope,
    /// What holds where a row says nothing, and what holds for every row, by the names of the signal's form.
    pub defaults: FormValues,
}

/// What a person chose last time, by the text of the headers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// What each column says; nothing for one that was left out.
    columns: BTreeMap<String, Option<Field>>,
    /// The other choices.
    defaults: FormValues,
}

/// Choices that hold for every row or where a row says nothing.
const DEFAULTS: &[&str] = &[
    "scope",
    "channel",
    "reporter-kind",
    "source",
    "reliability",
    "original-purpose",
    "category",
    "ground",
    "offered",
];

impl Remembered {
    /// Adds these choices to what was remembered.
    pub fn learn(&mut self, sheet: &Sheet, setup: &Setup, values: &FormValues) {
        let Some(header) = sheet.row(setup.header) else { return };
        for (column, text) in header.cells.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            let said = setup.columns.0.iter().find(|(one, _)| *one == column).map(|(_, field)| *field);
            self.columns.insert(words::key(text), said);
        }
        // Lists have a few dozen columns; this only keeps it from growing for ever.
        while self.columns.len() > 2_000 {
            self.columns.pop_first();
        }
        for name in DEFAULTS {
            self.defaults.0.insert((*name).to_owned(), values.all(name).to_vec());
        }
    }
}

impl Sheet {
    /// The row of this number.
    pub fn row(&self, number: u32) -> Option<&SheetRow> {
        self.rows.iter().find(|row| row.number == number)
    }

    /// The data rows below the header, with what stands around them. `taken` tells the columns that are taken in.
    pub(crate) fn table(&self, header: &SheetRow, taken: impl Fn(usize) -> bool) -> (Vec<&SheetRow>, Around) {
        let mut around = Around::default();
        for (column, text) in header.cells.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            if !taken(column) {
                around.columns.push((text.trim().to_owned(), self.hidden.contains(&column)));
            }
        }
        let mut rows = Vec::new();
        for row in self.rows.iter().filter(|row| row.number > header.number) {
            // A merged value that reaches into a heading makes no data of it.
            let own = row.filled() - row.from_above.len().min(row.filled());
            if own < 2 || row.cells == header.cells {
                around.headings.push(row.number);
            } else {
                rows.push(row);
            }
        }
        (rows, around)
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default()
    }
}

/// What is needed to judge the choices.
pub struct SetupForm<'a> {
    /// The file.
    pub workbook: &'a Workbook,
    /// For whom the asker may take rows in.
    pub scopes: &'a [Scope],
    /// The processings under which departments collect.
    pub purposes: &'a [Purpose],
    /// The day it is today.
    pub today: Day,
}

impl SetupForm<'_> {
    /// The choices as they are proposed: those of last time, else what the headers seem to say. A hidden column is never
    /// proposed.
    pub fn propose(&self, remembered: &Remembered, sheet: usize, header: Option<u32>) -> FormValues {
        let mut values = FormValues::default();
        for name in DEFAULTS {
            values.0.insert((*name).to_owned(), remembered.defaults.all(name).to_vec());
        }
        for (name, code) in
            [("source", "document"), ("reliability", "unknown"), ("reporter-kind", "official"), ("channel", "own")]
        {
            if values.text(name).is_empty() {
                values.set(name, code);
            }
        }
        if !self.scopes.iter().any(|scope| scope.code() == values.text("scope")) {
            values.set("scope", self.scopes.first().map_or("", |scope| scope.code()));
        }
        let Some(chosen) = self.workbook.sheets.get(sheet) else { return values };
        values.set("sheet", sheet.to_string());
        let Some(header) = header.or_else(|| header_guess(chosen)).and_then(|number| chosen.row(number)) else {
            return values;
        };
        values.set("header", header.number.to_string());
        let mut taken = HashSet::new();
        for (column, text) in header.cells.iter().enumerate() {
            let said = if chosen.hidden.contains(&column) {
                None
            } else {
                remembered.columns.get(&words::key(text)).copied().unwrap_or_else(|| known(text))
            };
            let said = said.filter(|field| taken.insert(*field));
            values.set(format!("column.{column}"), said.map_or("", |field| field.code()));
        }
        values
    }

    /// Reads the choices, or tells every problem.
    ///
    /// # Errors
    /// All problems at once, each at its field.
    pub fn read(&self, values: &FormValues) -> Result<Setup, Vec<FieldProblem>> {
        let mut form = Reader::new(values);
        let (sheet, header) = choose_sheet(&mut form, self.workbook);
        let chosen = sheet.and_then(|at| self.workbook.sheets.get(at));
        let scope = form.choice("scope", |code| Scope::from_code(code).filter(|one| self.scopes.contains(one)));
        let columns = choose_columns(&mut form, values, chosen.map_or(0, Sheet::width), Field::from_code);
        let needed =
            [Some(Field::Facts), Some(Field::Received), (scope == Some(Scope::Named)).then_some(Field::Department)];
        for field in needed.into_iter().flatten().filter(|field| !columns.iter().any(|(_, one)| one == field)) {
            form.fault("column.0", Fault::ColumnMissing(field));
        }
        form.choice("channel", Channel::from_code);
        form.choice("reporter-kind", ReporterKind::from_code);
        form.choice("source", KnowledgeSource::from_code);
        form.choice("reliability", Reliability::from_code);
        let purpose =
            form.choice("original-purpose", |code| self.purposes.iter().find(|one| one.id.to_string() == code));
        if purpose.is_some_and(|purpose| !purpose.in_force(self.today)) {
            form.fault("original-purpose", Fault::PurposeNotInForce);
        }
        let categories: Vec<_> = values.all("category").iter().map(|code| DataCategory::from_code(code)).collect();
        if categories.is_empty() {
            form.fault("category", Fault::Required);
        }
        for category in categories {
            match (category, purpose) {
                (None, _) => form.fault("category", Fault::NotAChoice),
                (Some(one), Some(purpose)) if !purpose.categories.contains(&one) => {
                    form.fault("category", Fault::CategoryNotAllowed);
                }
                _ => {}
            }
        }
        if values.all("offered").iter().any(|code| SignalField::from_code(code).is_none()) {
            form.fault("offered", Fault::NotAChoice);
        }
        let ground = form.optional("ground", 20_000);
        let special = values.has("category", "special") || values.has("category", "criminal");
        if special && ground.is_empty() {
            form.fault("ground", Fault::GroundMissing);
        }
        let mut defaults = FormValues::default();
        for name in DEFAULTS.iter().filter(|name| **name != "scope") {
            defaults.0.insert((*name).to_owned(), values.all(name).to_vec());
        }
        let setup =
            (|| Some(Setup { sheet: sheet?, header: header?, columns: Columns(columns), scope: scope?, defaults }))();
        form.finish(setup)
    }
}
