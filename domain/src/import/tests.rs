//! That rows are judged as their readers would, on small lists; the real one is judged where it is read.

use super::*;
use crate::{
    moment::Day,
    ports::{Lists, Phenomenon},
    purpose::*,
};

fn department(number: u128, name: &str) -> Department {
    Department { id: DepartmentId(uuid::Uuid::from_u128(number)), name: name.into() }
}

fn row(number: u32, cells: &[&str]) -> SheetRow {
    SheetRow { number, cells: cells.iter().map(|cell| (*cell).to_owned()).collect(), ..SheetRow::default() }
}

const HEADER: [&str; 9] = [
    "Nr",
    "Datum melding",
    "Afdeling",
    "Fenomeen",
    "Betrokkene",
    "BSN",
    "Omschrijving",
    "Status",
    "Contact (NIET DELEN)",
];

/// Judges these rows below the header, for the departments they name.
fn judged(rows: &[&[&str]]) -> (Vec<Made>, Around) {
    let mut all = vec![row(1, &["Signalen 2025"]), row(3, &HEADER)];
    all.extend((4..).zip(rows).map(|(number, cells)| row(number, cells)));
    let sheet = Sheet { name: "Lijst".into(), hidden: vec![8], rows: all };
    let workbook = Workbook { sheets: vec![sheet] };
    let today: Day = "2026-11-24".parse().expect("a day");
    let purposes = [Purpose {
        id: PurposeId(uuid::Uuid::from_u128(1)),
        main_process: String::new(),
        sub_process: String::new(),
        name: String::new(),
        description: String::new(),
        legal_basis: LegalBasis::PublicTask,
        legal_reference: String::new(),
        retention_months: Some(1),
        categories: vec![DataCategory::Ordinary, DataCategory::Bsn],
        valid_from: today,
        valid_until: None,
        for_cases: false,
    }];
    let form = SetupForm { workbook: &workbook, scopes: &[Scope::Named], purposes: &purposes, today };
    let mut values = form.propose(&Remembered::default(), 0, None);
    values.set("original-purpose", purposes[0].id.to_string());
    values.set("category", "ordinary");
    let setup = form.read(&values).expect("a set-up");
    assert_eq!(setup.header, 3);
    assert_eq!(setup.columns.of(Field::Facts), Some(6));
    let departments = [department(1, "Vergunningen"), department(2, "Openbare orde en veiligheid")];
    let phenomena = ["Hennepteelt", "Witwassen en financieel-economische criminaliteit"].map(|nl| Phenomenon {
        code: nl.to_lowercase(),
        nl: nl.into(),
        en: nl.into(),
    });
    let own = departments[0].id;
    let lists = Lists { departments: departments.into(), phenomena: phenomena.into(), ..Lists::default() };
    let judge = Judge::new(&lists, &purposes, today, &setup, own);
    let (rows, around) = judge.sheet(&workbook.sheets[0]);
    (rows.into_iter().map(|(_, made)| made).collect(), around)
}

const TEXT: &str = "De ramen aan de achterkant zijn afgeplakt en er hangt een weeë geur rond het huis.";

#[test]
fn a_row_that_is_written_as_things_are_called_here_is_right() {
    let (rows, around) = judged(&[
        &["1", "10.01.25", "OOV", "wietplantage", "Otto Oever (huurder)", "1234.56.782", TEXT, "nieuw", "a@example.nl"],
        &["— 2e kwartaal —"],
    ]);
    let made = &rows[0];
    assert_eq!((made.verdict(), made.problems.len()), (Verdict::Fine, 0), "{:?}", made.notes);
    for (field, value) in [
        ("received-on", "2025-01-10"),
        ("phenomenon", "hennepteelt"),
        ("subject.0.name", "Otto Oever"),
        ("subject.0.role", "tenant"),
        ("subject.0.identifier", "123456782"),
        ("summary", TEXT),
    ] {
        assert_eq!(made.values.text(field), value, "{field}");
    }
    assert!(made.values.has("category", "bsn"), "it holds a BSN");
    assert!(made.cells.iter().all(|(header, _)| !header.starts_with("Contact")), "hidden columns stay behind");
    assert_eq!(around.headings, [5]);
    assert_eq!(around.columns, [("Nr".into(), false), ("Status".into(), false), ("Contact (NIET DELEN)".into(), true)]);
}

#[test]
fn what_is_guessed_or_left_out_is_looked_at_and_what_is_missing_cannot_be() {
    let (rows, _) = judged(&[
        &["1", "1-2-2025", "Vergunningn", "henepteelt", "Otto", "123456789", TEXT],
        &["2", "1-2-2025", "Groen", "hennep", "Otto", "", TEXT],
        &["3", "2-13-2025", "Vergunningen", "hennep", "Otto", "", TEXT],
        &["4", "1-2-2025", "Vergunningen", "hennep / witwassen", "", "", TEXT],
        &["5", "1-2-2025", "Vergunningen", "hennep", "", "", ""],
        &["6", "12-03-1925", "Vergunningen", "hennep", "", "", TEXT],
    ]);
    let verdicts: Vec<Verdict> = rows.iter().map(Made::verdict).collect();
    use Verdict::*;
    assert_eq!(verdicts, [Look, Cannot, Cannot, Look, Cannot, Cannot]);
    let fault = IdentifierFault::ElevenTest;
    assert!(rows[0].notes.contains(&Note::IdentifierWrong {
        kind: IdentifierKind::Bsn,
        written: "123456789".into(),
        fault
    }));
    assert!(
        matches!(&rows[0].notes[0], Note::Guessed { field: Field::Department, taken, .. } if taken == "Vergunningen")
    );
    assert_eq!(rows[1].problems[0].field, "department");
    assert_eq!(rows[3].values.text("phenomenon"), "hennepteelt");
}

#[test]
fn two_subjects_in_one_cell_keep_their_own_numbers() {
    let (rows, _) =
        judged(&[&["1", "1-2-2025", "Vergunningen", "hennep", "Vos, Gijs\nJosé Zout", "?\n123456782", TEXT]]);
    let values = &rows[0].values;
    assert_eq!((values.text("subject.0.name"), values.text("subject.0.identifier")), ("Vos, Gijs", ""));
    assert_eq!((values.text("subject.1.name"), values.text("subject.1.identifier")), ("José Zout", "123456782"));
    let (rows, _) = judged(&[&["1", "1-2-2025", "Vergunningen", "hennep", "A. Een / B. Twee", "123456782", TEXT]]);
    assert_eq!(rows[0].values.text("subject.2.identifier"), "123456782", "whose it is, is not known");
    assert_eq!(rows[0].verdict(), Verdict::Look);
}

#[test]
fn a_row_that_says_the_same_is_a_double_and_one_that_says_nearly_the_same_may_be() {
    let long = format!("{TEXT} De bewoner is al weken niet gezien en betaalt de huur steeds contant aan de deur.");
    let again = format!("Doorgekregen van collega. {long}");
    let (rows, _) = judged(&[
        &["1", "1-2-2025", "Vergunningen", "hennep", "Otto", "", &long],
        &["2", "01/02/2025", "Vergunningen", "Hennepteelt", "otto ", "", &long],
        &["3", "5-2-2025", "OOV", "hennep", "", "", &again],
        &["4", "1-2-2025", "Vergunningen", "hennep", "Otto", "", TEXT],
    ]);
    let likenesses: Vec<Likeness> = (4..).zip(&rows).map(|(number, made)| made.likeness(number)).collect();
    let found = doubles(&likenesses);
    assert_eq!(found.get(&5), Some(&Note::SameAs { row: 4 }));
    assert_eq!(found.get(&6), Some(&Note::LooksLike { row: 4 }));
    assert_eq!(found.len(), 2 + usize::from(found.contains_key(&7)));
}

#[test]
fn cells_that_look_like_formulas_come_through_as_text() {
    for text in ["=1+1", "+31 6 1234 0000 terugbellen", "-2 weken", "@huismeester (zie mail)"] {
        let (rows, _) = judged(&[&["1", "1-2-2025", "Vergunningen", "hennep", "", "", text]]);
        assert_eq!(rows[0].values.text("facts"), text);
    }
}
