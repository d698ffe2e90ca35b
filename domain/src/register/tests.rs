//! A file against the register: what is new, changed, the same, refused, absent; and what is written of it.

use super::*;
use crate::{
    form::{Fault, FieldProblem, FormValues},
    import::{Sheet, SheetRow, Workbook},
    purpose::{DataCategory, LegalBasis},
};
use proptest::prelude::*;
use uuid::Uuid;

const HEAD: &[&str] = &[
    "Nummer",
    "Hoofdproces",
    "Onderliggend proces",
    "Naam verwerking",
    "Doel van de verwerking",
    "Grondslag",
    "Toelichting grondslag",
    "Bijzondere persoonsgegevens",
    "Bewaartermijn",
    "Ontvangers",
];

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn today() -> Day {
    day("2026-11-24")
}

fn sheet(head: &[&str], rows: &[&[&str]]) -> Sheet {
    let cells = |row: &[&str]| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let rows = std::iter::once(head).chain(rows.iter().copied()).zip(1..);
    let rows = rows.map(|(row, number)| SheetRow { number, cells: cells(row), ..SheetRow::default() });
    Sheet { name: "Register".into(), hidden: Vec::new(), rows: rows.collect() }
}

fn held(sheet: Sheet, register: &[Processing]) -> Proposal {
    let workbook = Workbook { sheets: vec![sheet] };
    let form = RegisterSetupForm { workbook: &workbook, today: today() };
    let setup = form.read(&form.propose(0, None)).expect("the headers are known");
    judge(&workbook.sheets[0], &setup, register, today()).expect("few rows").0
}

fn answers(pairs: &[(&str, &str)]) -> FormValues {
    let mut values = FormValues::default();
    for (name, value) in pairs {
        values.push(*name, *value);
    }
    values
}

/// The register after these answers, and what was written.
fn taken_in(proposal: &Proposal, register: &[Processing], pairs: &[(&str, &str)]) -> (Vec<Processing>, Decision) {
    let mut next = 100;
    let fresh = || {
        next += 1;
        PurposeId(Uuid::from_u128(next))
    };
    let decision = proposal.decide(&answers(pairs), today(), fresh).expect("right answers");
    let mut after = register.to_vec();
    for change in &decision.changes {
        match after.iter_mut().find(|one| one.purpose.id == change.after.purpose.id) {
            Some(one) => *one = change.after.clone(),
            None => after.push(change.after.clone()),
        }
    }
    (after, decision)
}

const CAMERA: &[&str] = &[
    "7",
    "Veiligheid",
    "Openbare orde",
    "Cameratoezicht",
    "Orde bewaren",
    "6.1.e",
    "Gemeentewet art. 151c",
    "nee",
    "6 maanden",
    "Politie",
];
const BIBOB: &[&str] = &[
    "",
    "Veiligheid",
    "",
    "Bibob",
    "Integriteit",
    "Wettelijke verplichting",
    "Wet Bibob",
    "strafrechtelijk, BSN",
    "5 jaar",
    "LBB",
];

fn register() -> Vec<Processing> {
    taken_in(&held(sheet(HEAD, &[CAMERA, BIBOB]), &[]), &[], &[("which", "all"), ("case", "3")]).0
}

fn with(row: &[&'static str], field: usize, text: &'static str) -> Vec<&'static str> {
    let mut row = row.to_vec();
    row[field] = text;
    row
}

#[test]
fn a_first_file_makes_a_register_and_the_same_file_changes_nothing() {
    let register = register();
    let [camera, bibob] = register.as_slice() else { panic!("{register:?}") };
    assert_eq!(camera.purpose.legal_basis, LegalBasis::PublicTask);
    assert_eq!((camera.purpose.retention_months, camera.purpose.for_cases), (Some(6), false));
    assert_eq!(camera.words.of(RegisterField::Recipients), "Politie");
    assert_eq!(bibob.purpose.sub_process, "Openbare orde", "as in the row above");
    assert_eq!(bibob.purpose.categories, [DataCategory::Ordinary, DataCategory::Criminal, DataCategory::Bsn]);
    assert!(bibob.purpose.for_cases, "it was ticked");
    assert_eq!(bibob.purpose.valid_from, today());

    let again = held(sheet(HEAD, &[CAMERA, BIBOB]), &register);
    assert!(again.rows.iter().all(|row| row.is == RowIs::Unchanged), "{again:?}");
    assert!(again.absent.is_empty());
    let ticked = answers(&[("which", "all"), ("case", "3")]);
    let problems = again.decide(&ticked, today(), || unreachable!("nothing is new")).expect_err("nothing changes");
    assert_eq!(problems, [FieldProblem { field: "which".into(), fault: Fault::NothingChanges }]);
}

#[test]
fn an_entry_keeps_its_id_under_another_name_by_its_number_and_says_what_changed() {
    let before = register();
    let renamed = with(CAMERA, 3, "Toezicht met camera's");
    let proposal = held(sheet(HEAD, &[&renamed, BIBOB]), &before);
    assert_eq!(proposal.rows[0].is, RowIs::Changed);
    let (after, decision) = taken_in(&proposal, &before, &[("which", "all"), ("case", "3")]);
    assert_eq!(after.len(), 2);
    assert_eq!(after[0].purpose.id, before[0].purpose.id);
    assert_eq!(before[0].differences(&after[0]), [RegisterField::Name]);
    assert_eq!((decision.counts.changed, decision.counts.unchanged, decision.counts.added), (1, 1, 0));
    // By its names when the file has no number, however they are written; the number it had stays.
    let shouted = with(&with(CAMERA, 3, "CAMERATOEZICHT "), 0, "");
    let proposal = held(sheet(HEAD, &[&shouted, BIBOB]), &before);
    let row = proposal.rows[0].after.as_ref().expect("it can be taken in");
    assert_eq!((row.purpose.id, row.words.of(RegisterField::Number)), (before[0].purpose.id, "7"));
    // Another number for the same name is no guess to make.
    let other = with(CAMERA, 0, "8");
    let proposal = held(sheet(HEAD, &[&other]), &before);
    assert_eq!(proposal.rows[0].faults, [RowFault::OtherNumber("7".into())]);
    // Nor is the number of one entry with the name of another, which has none.
    let crossed = with(&with(BIBOB, 0, "7"), 2, "Openbare orde");
    let proposal = held(sheet(HEAD, &[&crossed]), &before);
    assert_eq!(proposal.rows[0].faults, [RowFault::NumberOf("Cameratoezicht".into())]);
}

#[test]
fn what_the_file_lacks_stays_unless_somebody_ends_it_and_is_never_removed() {
    let before = register();
    let proposal = held(sheet(HEAD, &[&with(CAMERA, 9, "Politie, OM")]), &before);
    assert_eq!(proposal.absent, before[1..]);
    let (after, _) = taken_in(&proposal, &before, &[("which", "all")]);
    assert_eq!(after[1], before[1]);
    let bibob = before[1].purpose.id.to_string();
    let ends = [("which", "all"), ("end", bibob.as_str()), ("ends-on", "31-12-2026")];
    let (after, decision) = taken_in(&proposal, &before, &ends);
    assert_eq!((after.len(), decision.counts.ended), (2, 1));
    assert_eq!(after[1].purpose.valid_until, Some(day("2026-12-31")));
    for (typed, fault) in [("", Fault::Required), ("31-31-2026", Fault::NotADay), ("1-1-2026", Fault::Before(today()))]
    {
        let values = answers(&[("which", "all"), ("end", &bibob), ("ends-on", typed)]);
        let problems = proposal.decide(&values, today(), || PurposeId(Uuid::nil())).expect_err(typed);
        assert_eq!(problems, [FieldProblem { field: "ends-on".into(), fault }]);
    }
    // What ended comes back only when the file says until when.
    let mut ended = before.clone();
    ended[0].purpose.valid_from = day("2020-01-01");
    ended[0].purpose.valid_until = Some(day("2026-01-31"));
    let proposal = held(sheet(HEAD, &[CAMERA, BIBOB]), &ended);
    assert_eq!(proposal.rows[0].faults, [RowFault::Ended(day("2026-01-31"))]);
    assert!(proposal.absent.is_empty(), "it is in the file");
}

#[test]
fn a_row_that_cannot_says_why_and_stops_no_other() {
    use RegisterField as F;
    let missing = |field| vec![RowFault::Missing(field)];
    for (row, faults) in [
        (with(CAMERA, 3, ""), missing(F::Name)),
        (with(CAMERA, 4, ""), missing(F::Description)),
        (with(CAMERA, 5, ""), missing(F::LegalBasis)),
        (with(CAMERA, 5, "omdat het kan"), vec![RowFault::NotUnderstood(F::LegalBasis, "omdat het kan".into())]),
        (with(CAMERA, 5, "gerechtvaardigd belang"), vec![RowFault::LegitimateInterest]),
        (with(CAMERA, 5, "6.1.c of 6.1.e"), vec![RowFault::SeveralBases("6.1.c of 6.1.e".into())]),
        (with(CAMERA, 6, ""), vec![RowFault::NoLaw]),
        (with(CAMERA, 8, ""), missing(F::Retention)),
    ] {
        let proposal = held(sheet(HEAD, &[&row, BIBOB]), &[]);
        assert_eq!((proposal.rows[0].is, &proposal.rows[0].faults), (RowIs::Cannot, &faults));
        assert_eq!(proposal.rows[1].is, RowIs::New, "{row:?}");
        let all = proposal.decide(&answers(&[("which", "all")]), today(), || PurposeId(Uuid::nil()));
        assert_eq!(all, Err(vec![FieldProblem { field: "which".into(), fault: Fault::RowsRefused }]));
        let (after, decision) = taken_in(&proposal, &[], &[("which", "possible")]);
        assert_eq!((after.len(), decision.counts.left_out), (1, 1));
    }
    let twice = held(sheet(HEAD, &[CAMERA, CAMERA]), &[]);
    assert_eq!(twice.rows[1].faults, [RowFault::SameAs(2)]);
    let consent = with(&with(CAMERA, 5, "Toestemming"), 6, "");
    assert_eq!(held(sheet(HEAD, &[&consent]), &[]).rows[0].is, RowIs::New, "consent needs no law");
}

#[test]
fn cases_need_a_term_in_months() {
    let archive = with(CAMERA, 8, "blijvend");
    let proposal = held(sheet(HEAD, &[&archive]), &[]);
    assert_eq!(proposal.rows[0].notes, [RowNote::NoMonths("blijvend".into())]);
    let problems = proposal.decide(&answers(&[("which", "all"), ("case", "2")]), today(), || PurposeId(Uuid::nil()));
    assert_eq!(problems, Err(vec![FieldProblem { field: "case-2".into(), fault: Fault::TermNeeded }]));
    let (after, _) = taken_in(&proposal, &[], &[("which", "all")]);
    assert_eq!((after[0].purpose.retention_months, after[0].words.of(RegisterField::Retention)), (None, "blijvend"));
}

#[test]
fn columns_that_every_entry_needs_are_asked_for_and_english_headers_are_known() {
    let workbook = Workbook { sheets: vec![sheet(&["Main process", "Name", "Legal basis"], &[&["a", "b", "c"]])] };
    let form = RegisterSetupForm { workbook: &workbook, today: today() };
    let problems = form.read(&form.propose(0, None)).expect_err("columns are missing");
    let fields: Vec<_> = problems.into_iter().map(|one| one.fault).collect();
    let missing = [
        RegisterField::SubProcess,
        RegisterField::Description,
        RegisterField::LegalReference,
        RegisterField::Retention,
    ];
    assert_eq!(fields, missing.map(Fault::RegisterColumnMissing));
    let rows: Vec<Vec<String>> = (0..=ENTRIES_MAX).map(|at| vec![at.to_string(), "x".into()]).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let long = sheet(HEAD, &rows);
    let setup = RegisterSetup {
        sheet: 0,
        header: 1,
        columns: vec![(0, RegisterField::Name)],
        above: true,
        valid_from: today(),
    };
    assert_eq!(judge(&long, &setup, &[], today()), Err(ENTRIES_MAX + 1));
}

fn any_row() -> impl Strategy<Value = Vec<String>> {
    let texts = [
        "",
        "1",
        "2",
        "Veiligheid",
        "Toezicht",
        "Camera's",
        "6.1.c",
        "publieke taak",
        "5 jaar",
        "blijvend",
        "Nee",
        "BSN",
        "=1+1",
        "Wet",
    ];
    proptest::collection::vec(proptest::sample::select(texts.to_vec()).prop_map(str::to_owned), HEAD.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever is taken in: no entry disappears, each keeps its id, and a second time the same file changes nothing.
    #[test]
    fn no_file_removes_an_entry_and_the_same_file_again_is_the_same_register(
        first in proptest::collection::vec(any_row(), 1..8),
        second in proptest::collection::vec(any_row(), 1..8),
        end in any::<bool>(),
    ) {
        let borrowed = |rows: &[Vec<String>]| {
            let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            sheet(HEAD, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        let mut register = Vec::new();
        for rows in [&first, &second, &second] {
            let proposal = held(borrowed(rows), &register);
            let absent: Vec<String> = proposal.absent.iter().map(|one| one.purpose.id.to_string()).collect();
            let mut pairs = vec![("which", "possible"), ("ends-on", "2026-12-31")];
            if end {
                pairs.extend(absent.iter().map(|id| ("end", id.as_str())));
            }
            let mut next = register.len() as u128 + 1_000;
            let decided = proposal.decide(&answers(&pairs), today(), || { next += 1; PurposeId(Uuid::from_u128(next)) });
            let Ok(decision) = decided else { continue };
            let before: Vec<PurposeId> = register.iter().map(|one: &Processing| one.purpose.id).collect();
            for change in decision.changes {
                prop_assert!(!change.after.purpose.name.is_empty());
                match register.iter_mut().find(|one: &&mut Processing| one.purpose.id == change.after.purpose.id) {
                    Some(one) => { prop_assert_eq!(Some(&*one), change.before.as_ref()); *one = change.after; }
                    None => { prop_assert!(change.before.is_none()); register.push(change.after); }
                }
            }
            let after: Vec<PurposeId> = register.iter().map(|one| one.purpose.id).collect();
            prop_assert_eq!(&after[..before.len()], &before[..]);
            let again = held(borrowed(rows), &register);
            let settled = again.rows.iter().all(|row| matches!(row.is, RowIs::Unchanged | RowIs::Cannot));
            prop_assert!(settled, "{:?}", again);
        }
    }
}
