use super::*;
use plein_domain::{
    ids::PersonId,
    plan::{Cell, InterventionKind, InterventionStatus},
};
use std::sync::Arc;
use uuid::Uuid;

fn words() -> PlanWords {
    PlanWords {
        english: false,
        document: String::new(),
        case: String::new(),
        purpose: String::new(),
        version: String::new(),
        draft: String::new(),
        version_of: Arc::new(|row| row.number.to_string()),
        positions: Default::default(),
        stances: vec![],
        exported_by: String::new(),
        exported_at: String::new(),
        export_id: String::new(),
        page: String::new(),
        of: String::new(),
        nothing_written: String::new(),
        limitation: String::new(),
        intervention: Default::default(),
        kinds: InterventionKind::ALL.iter().map(|kind| (*kind, kind.code().to_owned())).collect(),
        statuses: InterventionStatus::ALL.iter().map(|status| (*status, status.code().to_owned())).collect(),
        when: Arc::new(|_| String::new()),
        day: Arc::new(|day| day.to_string()),
    }
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text { text: text.into(), bold: false, italic: false }]
}

fn paragraph(said: &str) -> Block {
    Block::Paragraph(text(said))
}

fn section(id: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.into(), title: id.to_uppercase(), blocks, changed: None }
}

/// A line as `same[changed]same`.
fn told(line: &Option<ComparedLine>) -> String {
    let Some(line) = line else { return "-".into() };
    let piece = |(changed, inline): &(bool, Inline)| {
        let text = match inline {
            Inline::Text { text, .. } => text.clone(),
            Inline::Break => "\n".into(),
            Inline::Signal(_, reference) => reference.to_string(),
        };
        if *changed { format!("[{text}]") } else { text }
    };
    line.pieces.iter().map(piece).collect()
}

fn compared(old: Vec<Block>, new: Vec<Block>) -> Vec<(String, String)> {
    let name = |person: PersonId| person.0.as_u128().to_string();
    let found = sections(&[section("a", old)], &[section("a", new)], &words(), &name);
    found[0].rows.iter().map(|row| (told(&row.old), told(&row.new))).collect()
}

fn pair(old: &str, new: &str) -> (String, String) {
    (old.into(), new.into())
}

#[test]
fn a_changed_word_is_marked_on_both_sides_and_nothing_else_is() {
    let old = vec![paragraph("Het pand staat leeg."), paragraph("De huurder betaalt contant."), paragraph("Einde.")];
    let new = vec![paragraph("Het pand staat leeg."), paragraph("De huurder betaalt niet."), paragraph("Einde.")];
    assert_eq!(
        compared(old, new),
        [
            pair("Het pand staat leeg.", "Het pand staat leeg."),
            pair("De huurder betaalt [contant].", "De huurder betaalt [niet]."),
            pair("Einde.", "Einde."),
        ]
    );
}

#[test]
fn what_is_new_or_gone_stands_alone_and_words_that_changed_together_are_marked_together() {
    let rows = compared(
        vec![paragraph("Wij sluiten het pand."), paragraph("Daarna volgt een gesprek met de eigenaar.")],
        vec![
            paragraph("Eerst iets heel anders."),
            paragraph("Wij sluiten het pand."),
            paragraph("Daarna volgt overleg tussen politie en de eigenaar."),
        ],
    );
    assert_eq!(
        rows,
        [
            pair("-", "[Eerst iets heel anders.]"),
            pair("Wij sluiten het pand.", "Wij sluiten het pand."),
            pair(
                "Daarna volgt [een gesprek met] de eigenaar.",
                "Daarna volgt [overleg tussen politie en] de eigenaar."
            ),
        ]
    );
}

#[test]
fn bold_is_a_change_and_a_heading_is_no_paragraph() {
    let bold = |said: &str| vec![Inline::Text { text: said.into(), bold: true, italic: false }];
    assert_eq!(compared(vec![paragraph("Nu")], vec![Block::Paragraph(bold("Nu"))]), [pair("[Nu]", "[Nu]")]);
    let rows = compared(vec![paragraph("Aanpak")], vec![Block::Heading(3, text("Aanpak"))]);
    assert_eq!(rows, [pair("[Aanpak]", "-"), pair("-", "[Aanpak]")]);
}

fn intervention(kind: InterventionKind, due: &str, person: u128) -> Block {
    Block::Intervention(Box::new(Intervention {
        id: Uuid::from_u128(1),
        kind,
        power: "Sluiten".into(),
        body: String::new(),
        department: String::new(),
        person: Some(PersonId(Uuid::from_u128(person))),
        due: due.parse().ok(),
        status: InterventionStatus::Planned,
        result: String::new(),
        description: vec![paragraph("Pand sluiten")],
    }))
}

#[test]
fn an_intervention_is_compared_field_by_field() {
    let rows = compared(
        vec![intervention(InterventionKind::Administrative, "2026-12-01", 7)],
        vec![intervention(InterventionKind::Fiscal, "2026-12-24", 7)],
    );
    assert_eq!(
        rows,
        [
            pair("Pand sluiten", "Pand sluiten"),
            pair("[bestuurlijk]", "[fiscaal]"),
            pair("Sluiten", "Sluiten"),
            pair("7", "7"),
            pair("2026-12-[01]", "2026-12-[24]"),
            pair("planned", "planned"),
        ]
    );
}

#[test]
fn cells_items_and_sections_that_came_or_went_are_found() {
    let cell = |said: &str| Cell { header: false, blocks: vec![paragraph(said)] };
    let table = |last: &str| Block::Table(vec![vec![cell("Wie"), cell("Wat")], vec![cell("Anna"), cell(last)]]);
    let list = |items: &[&str]| Block::List {
        ordered: false,
        items: items.iter().map(|item| vec![paragraph(item)]).collect(),
    };
    let name = |_| String::new();
    let found = sections(
        &[
            section("a", vec![table("belt")]),
            section("gone", vec![paragraph("weg")]),
            section("b", vec![list(&["een", "twee"])]),
        ],
        &[
            section("a", vec![table("mailt")]),
            section("b", vec![list(&["een", "drie", "twee"])]),
            section("c", vec![paragraph("nieuw")]),
        ],
        &words(),
        &name,
    );
    let titles: Vec<_> = found.iter().map(|one| &*one.title).collect();
    assert_eq!(titles, ["A", "GONE", "B", "C"]);
    let changed = |at: usize| -> Vec<_> {
        found[at].rows.iter().filter(|row| !row.same()).map(|row| (told(&row.old), told(&row.new))).collect()
    };
    assert_eq!(changed(0), [pair("[belt]", "[mailt]")]);
    assert_eq!(changed(1), [pair("[weg]", "-")]);
    assert_eq!(changed(2), [pair("-", "[drie]")]);
    assert_eq!(changed(3), [pair("-", "[nieuw]")]);
}

#[test]
fn two_long_plans_that_have_nothing_in_common_are_compared_in_time() {
    let long = |seed: u64| -> Vec<Block> {
        let word = |at: u64| format!("w{}", (at * 2_654_435_761 + seed * 97) % 5_000);
        (0..3_000)
            .map(|line| paragraph(&(0..40).map(|at| word(line * 40 + at)).collect::<Vec<_>>().join(" ")))
            .collect()
    };
    let name = |_| String::new();
    let begun = Instant::now();
    let found = sections(&[section("a", long(1))], &[section("a", long(2))], &words(), &name);
    assert!(found[0].rows.len() >= 3_000);
    // Few lines, each a book.
    let book = |seed: u64| -> Vec<Block> {
        (0..40)
            .map(|line| {
                paragraph(&(0..10_000).map(|at| format!("w{} ", (at + line) * seed % 9_973)).collect::<String>())
            })
            .collect()
    };
    let found = sections(&[section("a", book(3))], &[section("a", book(7))], &words(), &name);
    assert_eq!(found[0].rows.len(), 40);
    // Not a speed that is measured: without limits this takes minutes.
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}
