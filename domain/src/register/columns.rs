//! Which sheet, which row is the header, and what each column of a register says.

use super::RegisterField;
use crate::{
    form::{Fault, FieldProblem, FormValues, Reader},
    import::{Workbook, choose_columns, choose_sheet, header_of, word_key},
    moment::Day,
};
use std::collections::HashSet;

/// What headers are called, by what the column says.
const HEADERS: &[(RegisterField, &[&str])] = &[
    (
        RegisterField::Number,
        &[
            "nummer",
            "nr",
            "id",
            "identificatie",
            "registernummer",
            "verwerkingsnummer",
            "kenmerk",
            "number",
            "reference",
        ],
    ),
    (RegisterField::MainProcess, &["hoofdproces", "domein", "main process"]),
    (
        RegisterField::SubProcess,
        &["onderliggend proces", "proces", "deelproces", "subproces", "sub process", "underlying process"],
    ),
    (
        RegisterField::Name,
        &[
            "naam verwerking",
            "naam van de verwerking",
            "verwerking",
            "verwerkingsactiviteit",
            "naam",
            "name of the processing",
            "name of processing",
            "processing",
            "processing activity",
            "name",
        ],
    ),
    (
        RegisterField::Description,
        &[
            "doel van de verwerking",
            "doel",
            "doeleinde",
            "doeleinden",
            "verwerkingsdoel",
            "omschrijving",
            "purpose",
            "purpose of the processing",
            "description",
        ],
    ),
    (
        RegisterField::LegalBasis,
        &["grondslag", "rechtsgrond", "rechtsgrondslag", "grondslag avg", "legal basis", "lawful basis"],
    ),
    (
        RegisterField::LegalReference,
        &[
            "toelichting grondslag",
            "wettelijke grondslag",
            "wet- en regelgeving",
            "wetgeving",
            "wet",
            "legal reference",
            "law",
            "explanation of the legal basis",
        ],
    ),
    (
        RegisterField::DataSubjects,
        &["categorieën betrokkenen", "betrokkenen", "categories of data subjects", "data subjects"],
    ),
    (
        RegisterField::Data,
        &[
            "categorieën persoonsgegevens",
            "persoonsgegevens",
            "soorten persoonsgegevens",
            "categories of personal data",
            "personal data",
        ],
    ),
    (
        RegisterField::SpecialData,
        &[
            "bijzondere persoonsgegevens",
            "bijzondere gegevens",
            "bijzondere categorieën",
            "special categories",
            "special personal data",
            "special categories of personal data",
        ],
    ),
    (
        RegisterField::Retention,
        &["bewaartermijn", "bewaartermijnen", "termijn", "retention", "retention term", "retention period"],
    ),
    (RegisterField::Recipients, &["ontvangers", "categorieën ontvangers", "verstrekking aan", "recipients"]),
    (
        RegisterField::Transfers,
        &[
            "doorgifte buiten eu",
            "doorgifte buiten de eu",
            "doorgifte buiten eer",
            "doorgifte",
            "transfers",
            "transfers outside eu",
            "transfers outside the eu",
        ],
    ),
    (RegisterField::Processor, &["verwerker", "verwerkers", "processor", "processors"]),
    (
        RegisterField::Security,
        &["beveiligingsmaatregelen", "beveiliging", "maatregelen", "security measures", "security"],
    ),
    (
        RegisterField::VersionDate,
        &["versiedatum", "datum", "laatst gewijzigd", "laatste wijziging", "version date", "last changed"],
    ),
    (
        RegisterField::ValidFrom,
        &["geldig vanaf", "ingangsdatum", "startdatum", "valid from", "in force from", "start date"],
    ),
    (
        RegisterField::ValidUntil,
        &["geldig tot en met", "geldig tot", "einddatum", "valid until", "in force until", "end date"],
    ),
    (RegisterField::ForCases, &["voor casussen", "casussen", "lip", "for cases", "cases"]),
];

/// What a register must say of every processing: without it there is no lawful processing to name (GDPR art. 5, 6, 30).
const NEEDED: &[RegisterField] = &[
    RegisterField::MainProcess,
    RegisterField::SubProcess,
    RegisterField::Name,
    RegisterField::Description,
    RegisterField::LegalBasis,
    RegisterField::LegalReference,
    RegisterField::Retention,
];

fn known(header: &str) -> Option<RegisterField> {
    let word = word_key(header);
    HEADERS.iter().find(|(_, names)| names.iter().any(|name| word_key(name) == word)).map(|(field, _)| *field)
}

/// All that must be known before rows can be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterSetup {
    /// The sheet, from 0.
    pub sheet: usize,
    /// The number of the header's row.
    pub header: u32,
    /// What the columns say.
    pub columns: Vec<(usize, RegisterField)>,
    /// Whether an empty cell for a process means: as in the row above.
    pub above: bool,
    /// The first day of what is new, where the file says none.
    pub valid_from: Day,
}

impl RegisterSetup {
    /// The column that says this.
    pub fn of(&self, field: RegisterField) -> Option<usize> {
        self.columns.iter().find(|(_, one)| *one == field).map(|(column, _)| *column)
    }
}

/// What is needed to judge the choices.
pub struct RegisterSetupForm<'a> {
    /// The file.
    pub workbook: &'a Workbook,
    /// The day it is today.
    pub today: Day,
}

impl RegisterSetupForm<'_> {
    /// The choices as they are proposed from what the headers seem to say. A hidden column is never proposed.
    pub fn propose(&self, sheet: usize, header: Option<u32>) -> FormValues {
        let mut values = FormValues::default();
        values.set("above", "yes");
        values.set("valid-from", self.today.to_string());
        let Some(chosen) = self.workbook.sheets.get(sheet) else { return values };
        values.set("sheet", sheet.to_string());
        let Some(header) = header.or_else(|| header_of(chosen, known)).and_then(|number| chosen.row(number)) else {
            return values;
        };
        values.set("header", header.number.to_string());
        let mut taken = HashSet::new();
        for (column, text) in header.cells.iter().enumerate() {
            let said = known(text).filter(|_| !chosen.hidden.contains(&column)).filter(|field| taken.insert(*field));
            values.set(format!("column.{column}"), said.map_or("", RegisterField::code));
        }
        values
    }

    /// Reads the choices, or tells every problem.
    ///
    /// # Errors
    /// All problems at once, each at its field.
    pub fn read(&self, values: &FormValues) -> Result<RegisterSetup, Vec<FieldProblem>> {
        let mut form = Reader::new(values);
        let (sheet, header) = choose_sheet(&mut form, self.workbook);
        let width = sheet.and_then(|at| self.workbook.sheets.get(at)).map_or(0, crate::import::Sheet::width);
        let columns = choose_columns(&mut form, values, width, RegisterField::from_code);
        for field in NEEDED.iter().filter(|field| !columns.iter().any(|(_, one)| one == *field)) {
            form.fault("column.0", Fault::RegisterColumnMissing(*field));
        }
        let valid_from = form.day("valid-from");
        let above = values.has("above", "yes");
        form.finish((|| {
            Some(RegisterSetup { sheet: sheet?, header: header?, columns, above, valid_from: valid_from? })
        })())
    }
}
