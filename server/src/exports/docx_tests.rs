use super::*;
use crate::exports::{Language, PlanLabels};
use plein_domain::{
    ids::{Reference, SignalId},
    moment::Moment,
    plan::{Block, Cell, Inline, Section},
};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use std::{collections::BTreeMap, io::Read};
use uuid::Uuid;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const DUTCH: PlanLabels<'_> = PlanLabels {
    document: "Plan van aanpak",
    case: "Casus",
    purpose: "Doel",
    version: "Versie",
    exported_by: "Geëxporteerd door",
    exported_at: "Geëxporteerd op",
    export_id: "Export",
    page: "Pagina",
    of: "van",
    nothing_written: "Hier is nog niets geschreven.",
    limitation: "Alleen voor het doel dat hierboven staat; niet verder verspreiden.",
};

fn export(sections: &[Section]) -> PlanExport<'_> {
    PlanExport {
        municipality: "Gemeente Voorbeeldstad",
        lip: "Informatieplein",
        case_reference: "C-2026-0012",
        case_title: "Leegstaand pand aan de Kade",
        purpose: "Ondermijning tegengaan",
        version: "Versie 3, vastgesteld",
        sections,
        exporter: "Anna de Vries",
        department: "Vergunningen",
        exported_at: "24 november 2026 om 10:15",
        moment: Moment(1_795_511_700_000_000),
        export_id: "7F3A-90C2",
        language: Language::Dutch,
        labels: DUTCH,
    }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { id: title.to_lowercase(), title: title.into(), blocks, changed: None }
}

fn text(words: &str) -> Inline {
    Inline::Text { text: words.into(), bold: false, italic: false }
}

fn said(words: &str) -> Vec<Block> {
    vec![Block::Paragraph(vec![text(words)])]
}

fn list(ordered: bool, items: &[&str]) -> Block {
    Block::List { ordered, items: items.iter().map(|words| said(words)).collect() }
}

fn row(header: bool, cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|words| Cell { header, blocks: said(words) }).collect()
}

/// The parts of the file by name.
fn parts(export: &PlanExport<'_>) -> BTreeMap<String, String> {
    let bytes = plan(export).unwrap_or_else(|error| panic!("{error}"));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let read = |name: String| {
        let mut part = String::new();
        zip.by_name(&name).expect("the part").read_to_string(&mut part).expect("UTF-8");
        (name, part)
    };
    names.into_iter().map(read).collect()
}

fn document(blocks: Vec<Block>) -> String {
    parts(&export(&[section("Situatie", blocks)])).remove("word/document.xml").expect("a document")
}

fn parsed(part: &str) -> Document<'_> {
    Document::parse(part).unwrap_or_else(|error| panic!("{error}: {part}"))
}

fn all<'a>(within: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    within.descendants().filter(move |node| node.has_tag_name((W, name)))
}

fn value<'a>(within: Node<'a, 'a>, name: &'static str) -> Option<&'a str> {
    all(within, name).next()?.attribute((W, "val"))
}

fn words(within: Node<'_, '_>) -> String {
    within.descendants().filter(|node| node.has_tag_name((W, "t"))).filter_map(|node| node.text()).collect()
}

/// Which list, and which level of it.
type Numbered = Option<(String, String)>;

/// Each paragraph's style, numbering and words, without those of the title block.
fn paragraphs(part: &str) -> Vec<(String, Numbered, String)> {
    let document = parsed(part);
    let paragraphs = all(document.root(), "p").map(|paragraph| {
        let list = value(paragraph, "numId").map(|list| (list.into(), value(paragraph, "ilvl").unwrap_or("").into()));
        (value(paragraph, "pStyle").unwrap_or_default().to_owned(), list, words(paragraph))
    });
    paragraphs.skip_while(|(style, ..)| style != "Heading1").skip(1).collect()
}

fn styles_and_words(part: &str) -> Vec<(String, String)> {
    paragraphs(part).into_iter().map(|(style, _, words)| (style, words)).collect()
}

#[test]
fn sections_and_headings_are_headings_with_an_outline_level() {
    let heading = |level, words: &str| Block::Heading(level, vec![text(words)]);
    let part = document(vec![heading(3, "Drie"), heading(4, "Vier"), Block::Heading(3, vec![text(" ")])]);
    let pair = |style: &str, words: &str| (style.to_owned(), words.to_owned());
    assert_eq!(styles_and_words(&part), [pair("Heading2", "Drie"), pair("Heading3", "Vier"), pair("Normal", "")]);
    let parts = parts(&export(&[section("Situatie", vec![])]));
    let part = &parts["word/document.xml"];
    let document = parsed(part);
    let of = |style: &str| -> Vec<String> {
        let found = all(document.root(), "p").filter(|paragraph| value(*paragraph, "pStyle") == Some(style));
        found.map(words).collect()
    };
    assert_eq!(of("Title"), ["Plan van aanpak"]);
    assert_eq!(of("Subtitle"), ["Leegstaand pand aan de Kade"]);
    assert_eq!(of("Heading1"), ["Situatie"]);
    assert_eq!(of("Placeholder"), ["Hier is nog niets geschreven."]);
    let styles = parsed(&parts["word/styles.xml"]);
    for (style, level) in [("Heading1", "0"), ("Heading2", "1"), ("Heading3", "2")] {
        let found = all(styles.root(), "style").find(|found| found.attribute((W, "styleId")) == Some(style));
        assert_eq!(found.and_then(|found| value(found, "outlineLvl")), Some(level), "{style}");
    }
}

#[test]
fn a_section_of_nothing_but_white_space_says_that_nothing_was_written() {
    let empty =
        vec![Block::Paragraph(vec![text(" "), Inline::Break]), list(true, &[""]), Block::Table(vec![row(true, &[""])])];
    let expected = [("Placeholder".to_owned(), "Hier is nog niets geschreven.".to_owned())];
    assert_eq!(styles_and_words(&document(empty)), expected);
}

#[test]
fn every_style_that_is_used_exists() {
    let parts = parts(&export(&[section("Alles", everything())]));
    let styles = parsed(&parts["word/styles.xml"]);
    let known: Vec<&str> = all(styles.root(), "style").filter_map(|style| style.attribute((W, "styleId"))).collect();
    for name in ["word/document.xml", "word/header1.xml", "word/footer1.xml"] {
        let part = parsed(&parts[name]);
        let used = part.descendants().filter(|node| node.tag_name().name().ends_with("Style"));
        for style in used.filter_map(|node| node.attribute((W, "val"))) {
            assert!(known.contains(&style), "{style} in {name}");
        }
    }
}

#[test]
fn every_numbered_list_has_its_own_numbering_and_starts_at_one() {
    let nested = Block::List {
        ordered: true,
        items: vec![vec![said("een").remove(0), list(true, &["onder"])], vec![list(false, &["punt"])], vec![]],
    };
    let parts = parts(&export(&[section("Aanpak", vec![list(true, &["a", "b"]), nested, list(false, &["c"])])]));
    let found: Vec<_> = paragraphs(&parts["word/document.xml"])
        .into_iter()
        .map(|(_, list, words)| (list.unwrap_or_default(), words))
        .collect();
    let item = |list: &str, level: &str, words: &str| ((list.to_owned(), level.to_owned()), words.to_owned());
    let expected = [
        item("2", "0", "a"),
        item("2", "0", "b"),
        item("3", "0", "een"),
        item("4", "1", "onder"),
        item("3", "0", ""),
        item("1", "1", "punt"),
        item("3", "0", ""),
        item("1", "0", "c"),
    ];
    assert_eq!(found, expected);
    let numbering = parsed(&parts["word/numbering.xml"]);
    let mut definitions: Vec<_> =
        all(numbering.root(), "num").filter_map(|list| value(list, "abstractNumId")).collect();
    definitions.dedup();
    assert_eq!(definitions, ["1", "2", "3", "4"], "lists that share a definition go on counting");
    for level in all(numbering.root(), "lvl") {
        assert_eq!(value(level, "start"), Some("1"));
    }
}

#[test]
fn lists_deeper_than_word_has_levels_still_move_to_the_right() {
    let mut block = list(true, &["diep"]);
    for _ in 1..12 {
        block = Block::List { ordered: true, items: vec![vec![said("x").remove(0), block]] };
    }
    let part = document(vec![block]);
    let document = parsed(&part);
    let items = all(document.root(), "p").filter(|paragraph| value(*paragraph, "ilvl").is_some());
    let deepest = items.last().expect("an item");
    assert_eq!((value(deepest, "ilvl"), words(deepest).as_str()), (Some("8"), "diep"));
    let indent = all(deepest, "ind").next().and_then(|indent| indent.attribute((W, "left")));
    assert_eq!(indent, Some((12 * numbering::INDENT).to_string().as_str()));
}

#[test]
fn a_table_has_borders_and_its_leading_header_rows_are_marked() {
    let table = Block::Table(vec![row(true, &["Wie", "Wat"]), row(false, &["Anna"]), row(true, &["Bram", "belt"])]);
    let part = document(vec![table]);
    let document = parsed(&part);
    let table = all(document.root(), "tbl").nth(1).expect("a table after that of the title block");
    assert_eq!(value(table, "tblStyle"), Some("TableGrid"));
    let rows: Vec<_> = all(table, "tr").collect();
    let marked: Vec<bool> = rows.iter().map(|row| all(*row, "tblHeader").next().is_some()).collect();
    assert_eq!(marked, [true, false, false], "Word repeats only the rows at the top");
    let cells: Vec<usize> = rows.iter().map(|row| all(*row, "tc").count()).collect();
    assert_eq!(cells, [2, 2, 2], "a short row is filled up");
    assert_eq!(all(table, "gridCol").count(), 2);
    let after = table.next_sibling_element().expect("something after it");
    assert!(after.has_tag_name((W, "p")), "two tables would become one");
    assert!(STYLES.contains("w:insideV"));
}

#[test]
fn a_short_row_stays_on_one_page_and_a_long_one_may_not() {
    let part = document(vec![Block::Table(vec![row(false, &["kort"]), row(false, &[&"lang ".repeat(200)])])]);
    let document = parsed(&part);
    let table = all(document.root(), "tbl").nth(1).expect("a table after that of the title block");
    let whole: Vec<bool> = all(table, "tr").map(|row| all(row, "cantSplit").next().is_some()).collect();
    assert_eq!(whole, [true, false]);
}

#[test]
fn a_table_wider_than_word_opens_keeps_all_text() {
    let names: Vec<String> = (0..200).map(|number| format!("cel {number};")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let part = document(vec![
        Block::Table(vec![row(false, &names), vec![]]),
        Block::Table(vec![]),
        Block::Table(vec![vec![]]),
    ]);
    let document = parsed(&part);
    let tables: Vec<_> = all(document.root(), "tbl").collect();
    assert_eq!(tables.len(), 2, "a table without cells is no table");
    assert_eq!(all(tables[1], "tr").map(|row| all(row, "tc").count()).collect::<Vec<_>>(), [63, 63]);
    assert_eq!(words(tables[1]), names.concat());
}

#[test]
fn a_cell_ends_in_a_paragraph_also_after_a_table_in_it() {
    let inner = Block::Table(vec![row(false, &["binnen"])]);
    let part = document(vec![Block::Table(vec![vec![
        Cell { header: false, blocks: vec![inner] },
        Cell { header: false, blocks: vec![] },
    ]])]);
    for cell in all(parsed(&part).root(), "tc") {
        assert!(cell.last_element_child().is_some_and(|last| last.has_tag_name((W, "p"))));
    }
}

#[test]
fn bold_italic_breaks_and_signals_are_kept() {
    let piece = |words: &str, bold, italic| Inline::Text { text: words.into(), bold, italic };
    let part = document(vec![Block::Paragraph(vec![
        piece("vet", true, false),
        piece(" en schuin ", true, true),
        Inline::Break,
        Inline::Signal(SignalId(Uuid::from_u128(5)), Reference("S-2026-0005".into())),
        text("\tna\r\neen tab"),
    ])]);
    let begin = part.find(r#"<w:r><w:rPr><w:b/>"#).unwrap_or_else(|| panic!("{part}"));
    let expected = concat!(
        r#"<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">vet</w:t></w:r>"#,
        r#"<w:r><w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr><w:t xml:space="preserve"> en schuin </w:t></w:r>"#,
        r#"<w:r><w:br/></w:r>"#,
        r#"<w:r><w:t xml:space="preserve">S-2026-0005</w:t></w:r>"#,
        r#"<w:r><w:tab/><w:t xml:space="preserve">na</w:t><w:br/><w:t xml:space="preserve">een tab</w:t></w:r>"#,
    );
    assert!(part[begin..].starts_with(expected), "{}", &part[begin..]);
}

#[test]
fn markup_and_formulas_stay_text_and_control_characters_go() {
    let hostile = "</w:t>&<script>\"'\u{0}\u{b}\u{1b}\u{ffff}]]>=HYPERLINK(\"http://x\") {DDEAUTO c:\\\\calc}";
    let kept = "</w:t>&<script>\"']]>=HYPERLINK(\"http://x\") {DDEAUTO c:\\\\calc}";
    let part = document(said(hostile));
    assert_eq!(styles_and_words(&part), [("Normal".to_owned(), kept.to_owned())]);
    let sections = [section(hostile, vec![])];
    let everywhere = PlanExport {
        municipality: hostile,
        lip: hostile,
        case_reference: hostile,
        case_title: hostile,
        purpose: hostile,
        version: hostile,
        exporter: hostile,
        department: hostile,
        exported_at: hostile,
        export_id: hostile,
        ..export(&sections)
    };
    for (name, part) in parts(&everywhere) {
        let part = parsed(&part);
        assert!(part.descendants().all(|node| node.tag_name().name() != "script"), "{name}");
        for field in all(part.root(), "fldSimple") {
            assert!(matches!(field.attribute((W, "instr")), Some(" PAGE " | " NUMPAGES ")));
        }
        assert_eq!(all(part.root(), "instrText").count(), 0);
    }
}

#[test]
fn every_page_says_whose_it_is_who_took_it_out_and_what_for() {
    let parts = parts(&export(&[]));
    let header = parsed(&parts["word/header1.xml"]);
    assert_eq!(words(header.root()), "Gemeente Voorbeeldstad · Casus C-2026-0012Pagina 1 van 1");
    let fields: Vec<_> = all(header.root(), "fldSimple").filter_map(|field| field.attribute((W, "instr"))).collect();
    assert_eq!(fields, [" PAGE ", " NUMPAGES "]);
    let footer = parsed(&parts["word/footer1.xml"]);
    let lines: Vec<String> = all(footer.root(), "p").map(words).collect();
    assert_eq!(
        lines,
        [
            "Geëxporteerd door Anna de Vries, Vergunningen, 24 november 2026 om 10:15 · Export 7F3A-90C2",
            "Doel: Ondermijning tegengaan. Alleen voor het doel dat hierboven staat; niet verder verspreiden.",
        ]
    );
    let document = parsed(&parts["word/document.xml"]);
    let end = all(document.root(), "sectPr").next().expect("a section of pages");
    assert_eq!(all(end, "titlePg").count(), 0, "the first page is no exception");
    let block: Vec<String> = all(document.root(), "tr").map(words).collect();
    assert_eq!(
        block,
        [
            "CasusC-2026-0012",
            "DoelOndermijning tegengaan",
            "VersieVersie 3, vastgesteld",
            "Geëxporteerd doorAnna de Vries, Vergunningen",
            "Geëxporteerd op24 november 2026 om 10:15",
            "Export7F3A-90C2",
        ]
    );
}

#[test]
fn the_properties_say_the_moment_that_was_handed_in() {
    let parts = parts(&export(&[]));
    let properties = parsed(&parts["docProps/core.xml"]);
    let property =
        |name: &str| properties.descendants().find(|node| node.tag_name().name() == name).and_then(|node| node.text());
    assert_eq!(property("title"), Some("Plan van aanpak: Leegstaand pand aan de Kade (C-2026-0012)"));
    assert_eq!(property("creator"), Some("Anna de Vries, Vergunningen"));
    assert_eq!(property("created"), Some("2026-11-24T09:15:00Z"));
    assert_eq!(property("modified"), property("created"));
    assert_eq!(property("language"), Some("nl-NL"));
}

#[test]
fn the_language_is_that_of_the_fixed_words() {
    for (language, tag) in [(Language::Dutch, "nl-NL"), (Language::English, "en-GB")] {
        let parts = parts(&PlanExport { language, ..export(&[]) });
        assert_eq!(value(parsed(&parts["word/styles.xml"]).root(), "lang"), Some(tag));
        assert_eq!(value(parsed(&parts["word/settings.xml"]).root(), "themeFontLang"), Some(tag));
        assert!(!parts.values().any(|part| part.contains(LANGUAGE)));
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let sections = [section("Alles", everything())];
    let bytes = |export: &PlanExport<'_>| plan(export).unwrap_or_else(|error| panic!("{error}"));
    let first = bytes(&export(&sections));
    let elsewhere = std::thread::scope(|scope| scope.spawn(|| bytes(&export(&sections))).join()).expect("no panic");
    assert_eq!(first, elsewhere);
    assert_ne!(first, bytes(&PlanExport { export_id: "other", ..export(&sections) }));
}

#[test]
fn every_part_is_declared_and_every_relation_leads_to_a_part() {
    let parts = parts(&export(&[]));
    let types = parsed(&parts["[Content_Types].xml"]);
    for declared in types.descendants().filter_map(|node| node.attribute("PartName")) {
        assert!(parts.contains_key(&declared[1..]), "{declared}");
    }
    for (relations, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
        for target in parsed(&parts[relations]).descendants().filter_map(|node| node.attribute("Target")) {
            assert!(parts.contains_key(&format!("{folder}{target}")), "{target}");
        }
    }
}

/// Each kind of block, in each other.
fn everything() -> Vec<Block> {
    let inner = vec![
        Block::Heading(4, vec![text("Kop")]),
        list(true, &["een", "twee"]),
        list(false, &["punt"]),
        Block::Table(vec![row(true, &["Wie", "Wanneer"]), row(false, &["Anna", "maandag"])]),
        Block::Paragraph(vec![text("Slot.")]),
    ];
    let mut all = inner.clone();
    all.push(Block::Table(vec![vec![
        Cell { header: true, blocks: inner.clone() },
        Cell { header: false, blocks: inner.clone() },
    ]]));
    all.push(Block::List { ordered: true, items: vec![inner.clone(), vec![], vec![list(true, &["diep"])]] });
    all
}

fn inline() -> impl Strategy<Value = Inline> {
    prop_oneof![
        // Anything a string can hold, and often what XML or Word has trouble with.
        (prop_oneof![".*", "[\\x00-\\x1f\\x7f-\\x9f<>&\"'\\]\u{fffe}\u{ffff}\u{202e}\u{2028}]{0,12}"], any::<bool>())
            .prop_map(|(text, bold)| Inline::Text { text, bold, italic: !bold }),
        Just(Inline::Break),
        ".*".prop_map(|reference| Inline::Signal(SignalId(Uuid::from_u128(1)), Reference(reference))),
    ]
}

fn block() -> impl Strategy<Value = Block> {
    let content = || proptest::collection::vec(inline(), 0..4);
    let leaf = prop_oneof![
        content().prop_map(Block::Paragraph),
        (any::<u8>(), content()).prop_map(|(level, content)| Block::Heading(level, content)),
    ];
    leaf.prop_recursive(4, 24, 3, |block| {
        let blocks = || proptest::collection::vec(block.clone(), 0..3);
        let cell = (any::<bool>(), blocks()).prop_map(|(header, blocks)| Cell { header, blocks });
        prop_oneof![
            (any::<bool>(), proptest::collection::vec(blocks(), 0..3))
                .prop_map(|(ordered, items)| Block::List { ordered, items }),
            proptest::collection::vec(proptest::collection::vec(cell, 0..3), 0..3).prop_map(Block::Table),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_plan_makes_a_file_that_cannot_be_read(
        title in ".*", purpose in ".*", blocks in proptest::collection::vec(block(), 0..4),
    ) {
        let sections = [section(&title, blocks)];
        let parts = parts(&PlanExport { case_title: &title, purpose: &purpose, ..export(&sections) });
        for part in parts.values() {
            let part = parsed(part);
            for cell in all(part.root(), "tc") {
                prop_assert!(cell.last_element_child().is_some_and(|last| last.has_tag_name((W, "p"))));
            }
        }
    }
}

/// To look at by hand: `PLEIN_SAMPLE=/tmp/sample.docx cargo test -p plein-server a_sample -- --ignored`.
#[test]
#[ignore = "writes a file to look at"]
fn a_sample() {
    let long = "Het pand staat sinds maart leeg; buren melden 's nachts verkeer en de energieaansluiting verbruikt meer \
                dan bij leegstand past. ";
    let mut sections = vec![
        section("Situatie", [said(&long.repeat(5)), everything()].concat()),
        section("Doel", said("")),
        section("Barrières", said(&"aaneengeschreven".repeat(40))),
        section(
            "Aanpak: Vergunningen",
            vec![Block::Table(
                std::iter::once(row(true, &["Nr", "Maatregel", "Wie", "Gereed"]))
                    .chain((1..60).map(|n| row(false, &[&n.to_string(), long, "Anna de Vries", "1 december 2026"])))
                    .collect(),
            )],
        ),
    ];
    let mut deep = list(true, &["diepst"]);
    for level in (1..12).rev() {
        deep = Block::List {
            ordered: level % 2 == 0,
            items: vec![[said(&format!("laag {level}")), vec![deep]].concat(), said("nog een")],
        };
    }
    sections.push(section("Afspraken", vec![list(true, &["een", "twee"]), deep, list(true, &["opnieuw een", "twee"])]));
    if std::env::var_os("PLEIN_SAMPLE_LARGE").is_some() {
        sections.push(section(
            "Groot",
            (0..2_000).flat_map(|n| [said(long).remove(0), list(n % 2 == 0, &["a", "b"])]).collect(),
        ));
    }
    let bytes = plan(&export(&sections)).unwrap_or_else(|error| panic!("{error}"));
    let path = std::env::var_os("PLEIN_SAMPLE").expect("PLEIN_SAMPLE says where to");
    std::fs::write(path, bytes).expect("it can be written");
}
