//! The list that a municipality might hand over, read and judged against what each of its rows means; and files that are
//! broken, disguised or hostile.

use super::*;
use plein_domain::{
    import::*,
    moment::Day,
    people::Department,
    ports::{Lists, Phenomenon},
    purpose::*,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::{Cursor, Write},
};
use uuid::Uuid;
use zip::{ZipWriter, write::SimpleFileOptions};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a file of the tests")
}

fn answers() -> Value {
    serde_json::from_slice(&file("planned-networks.json")).expect("the answers")
}

const DEPARTMENTS: [&str; 10] = [
    "Openbare orde en veiligheid",
    "Vergunningen",
    "Toezicht en handhaving",
    "Burgerzaken (BRP)",
    "Belastingen",
    "Werk en inkomen",
    "Jeugd en zorg (Wmo)",
    "Vastgoed en grondzaken",
    "Economie",
    "Juridische zaken (Bibob)",
];
const PHENOMENA: [&str; 20] = [
    "mensenhandel en -smokkel",
    "arbeidsuitbuiting",
    "hennepteelt",
    "synthetische drugs en drugsafval",
    "drugshandel",
    "vastgoedfraude",
    "adresfraude",
    "witwassen en financieel-economische criminaliteit",
    "zorgfraude",
    "outlawmotorgangs",
    "illegale prostitutie",
    "illegaal gokken",
    "intimidatie en afpersing",
    "autobranche",
    "malafide uitzendbureaus",
    "buitengebied en kassen",
    "vakantieparken",
    "wapens en explosieven",
    "cybercrime",
    "inmenging in het bestuur",
];

/// Reads and judges a sheet, with the columns that are proposed.
fn judged(name: &str, sheet: usize) -> (Vec<(u32, Made)>, Around) {
    let workbook = read(&file(name)).expect("it can be read");
    let today: Day = "2026-01-14".parse().expect("a day");
    let departments: Vec<Department> = (1..)
        .zip(DEPARTMENTS)
        .map(|(number, name)| Department { id: Uuid::from_u128(number).into(), name: name.into() })
        .collect();
    let phenomena = PHENOMENA.map(|nl| Phenomenon { code: nl.into(), nl: nl.into(), en: nl.into() });
    let purposes = [Purpose {
        id: Uuid::from_u128(1).into(),
        main_process: String::new(),
        sub_process: String::new(),
        name: String::new(),
        description: String::new(),
        legal_basis: LegalBasis::PublicTask,
        legal_reference: String::new(),
        retention_months: Some(1),
        categories: DataCategory::ALL.to_vec(),
        valid_from: "2020-01-01".parse().expect("a day"),
        valid_until: None,
        for_cases: false,
    }];
    let form = SetupForm { workbook: &workbook, scopes: &[Scope::Named], purposes: &purposes, today };
    let mut values = form.propose(&Remembered::default(), sheet, None);
    values.set("original-purpose", purposes[0].id.to_string());
    values.set("category", "ordinary");
    let setup = form.read(&values).unwrap_or_else(|problems| panic!("{problems:?}"));
    let own = departments[0].id;
    let lists = Lists { departments, phenomena: phenomena.into(), ..Lists::default() };
    let judge = Judge::new(&lists, &purposes, today, &setup, own);
    judge.sheet(&workbook.sheets[sheet])
}

fn department(made: &Made) -> Option<&'static str> {
    let id = made.department()?.0.as_u128() as usize;
    DEPARTMENTS.get(id - 1).copied()
}

#[test]
fn every_data_row_of_the_list_is_there_and_judged_by_what_it_means() {
    let answers = answers();
    for name in ["signalen-2025.xlsx", "signalen-2025.csv"] {
        let (rows, around) = judged(name, 0);
        let expected: Vec<u64> = answers["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row["row"].as_u64().expect("a number"))
            .collect();
        let found: Vec<u64> = rows.iter().map(|(number, _)| u64::from(*number)).collect();
        assert_eq!(found, expected, "{name}");
        assert_eq!(around.headings, [102, 227, 331], "the quarters");
        let merged = [11, 12, 141, 142, 208, 209, 210, 360, 361];
        let mut wrong = Vec::new();
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for ((number, made), answer) in rows.iter().zip(answers["rows"].as_array().expect("rows")) {
            *count.entry(made.verdict().code()).or_default() += 1;
            // What a merged cell says to the rows below it is not in the CSV.
            if name.ends_with("csv") && merged.contains(number) {
                continue;
            }
            let right = |field: &str, found: Option<&str>| found == answer[field].as_str();
            let text = |field: &str| Some(made.values.text(field)).filter(|text| !text.is_empty());
            let guessed = |field| {
                made.notes.iter().any(|note| matches!(note, Note::Guessed { field: one, .. } | Note::NotUnderstood { field: one, .. } if *one == field))
            };
            // Where nothing was guessed it must be what was meant; and a guess must not be another thing.
            if !(right("phenomenon", text("phenomenon")) || guessed(Field::Phenomenon) || text("phenomenon").is_none())
            {
                wrong.push((*number, "phenomenon", made.values.text("phenomenon").to_owned()));
            }
            if !right("department", department(made)) {
                wrong.push((*number, "department", format!("{:?}", department(made))));
            }
            if !right("received", text("received-on")) {
                wrong.push((*number, "received", made.values.text("received-on").to_owned()));
            }
            if !right("observed", text("observed-on")) {
                wrong.push((*number, "observed", made.values.text("observed-on").to_owned()));
            }
            let bsns: BTreeSet<&str> = (0..12)
                .filter(|at| made.values.text(&format!("subject.{at}.identifier-kind")) == "bsn")
                .map(|at| made.values.text(&format!("subject.{at}.identifier")))
                .collect();
            let meant: BTreeSet<&str> =
                answer["bsn"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
            if bsns != meant {
                wrong.push((*number, "bsn", format!("{bsns:?} {meant:?}")));
            }
            for bsn in answer["bsn_wrong"].as_array().expect("a list") {
                let told = made.notes.iter().any(|note| {
                    matches!(note, Note::IdentifierWrong { .. } | Note::NotUnderstood { .. } | Note::DigitsLost { .. })
                });
                assert!(told, "{number}: {bsn} is left out without a word");
            }
        }
        println!("{name}: {count:?}");
        assert!(wrong.is_empty(), "{name}: {} {wrong:#?}", wrong.len());
    }
}

#[test]
fn the_sheet_with_older_rows_is_read_by_its_own_header() {
    let (rows, around) = judged("signalen-2025.xlsx", 1);
    assert_eq!((rows.len(), around.headings.len()), (40, 0));
    assert!(rows.iter().all(|(_, made)| made.values.text("facts").len() > 20));
}

/// Pairs of rows that have an identifier in common, as the blind index would find them.
fn pairs(rows: &[(u32, Made)], kinds: &[&str]) -> BTreeSet<(u64, u64)> {
    let mut holders: HashMap<(String, String), BTreeSet<u64>> = HashMap::new();
    for (number, made) in rows {
        for at in 0..12 {
            let part = |part: &str| made.values.text(&format!("subject.{at}.{part}")).to_owned();
            if kinds.contains(&part("identifier-kind").as_str()) {
                holders.entry((part("identifier-kind"), part("identifier"))).or_default().insert(u64::from(*number));
            }
        }
    }
    let all = |rows: &BTreeSet<u64>| all_pairs(rows.iter().copied());
    holders.values().flat_map(all).collect()
}

fn all_pairs(rows: impl Iterator<Item = u64>) -> Vec<(u64, u64)> {
    let rows: Vec<u64> = rows.collect();
    let ordered = |a: u64, b: u64| (a.min(b), a.max(b));
    rows.iter().enumerate().flat_map(|(at, a)| rows[at + 1..].iter().map(move |b| ordered(*a, *b))).collect()
}

fn rows_of(one: &Value) -> Vec<(u64, u64)> {
    all_pairs(one["rows"].as_array().expect("rows").iter().filter_map(Value::as_u64))
}

#[test]
fn rows_of_a_planned_network_meet_by_their_exact_identifiers_and_no_others_do() {
    let answers = answers();
    let list = |name: &str| answers[name].as_array().expect("a list").clone();
    let exact = ["bsn", "kvk", "plate", "iban", "phone"];
    let mut meant = BTreeSet::new();
    let mut doors = BTreeSet::new();
    for join in list("networks").iter().flat_map(|network| network["joins"].as_array().expect("joins").clone()) {
        let kind = join["type"].as_str().expect("a type").to_owned();
        // An identifier that stands in the text only is not one until somebody makes it one.
        let written = join["as_written"].as_array().expect("a list").iter();
        let in_column = written.filter(|one| one["column"] != "Omschrijving" && one["written"] != "in the text");
        let rows: BTreeSet<u64> = in_column.filter_map(|one| one["row"].as_u64()).collect();
        let pairs = all_pairs(rows.into_iter());
        if exact.contains(&kind.as_str()) {
            meant.extend(pairs);
        } else if kind == "address" {
            doors.extend(pairs);
        }
    }
    // The same signal twice has the same numbers, and one number is shared by people who have nothing else in common.
    let twice: BTreeSet<(u64, u64)> = list("duplicates").iter().flat_map(rows_of).collect();
    let shared: BTreeSet<(u64, u64)> = list("decoys")
        .iter()
        .filter(|one| one["kind"].as_str().expect("a kind").starts_with("shared telephone"))
        .flat_map(rows_of)
        .collect();
    for name in ["signalen-2025.xlsx", "signalen-2025.csv"] {
        let (rows, _) = judged(name, 0);
        let found = pairs(&rows, &exact);
        let missing: Vec<_> = meant.difference(&found).collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
        let known: BTreeSet<_> = meant.union(&twice).chain(&shared).copied().collect();
        let more: Vec<_> = found.difference(&known).collect();
        assert!(more.is_empty(), "{name}: {more:?}");
        let more: Vec<_> = pairs(&rows, &["postcode-number"])
            .into_iter()
            .filter(|pair| !doors.contains(pair) && !twice.contains(pair))
            .collect();
        assert!(more.is_empty(), "{name}: doors {more:?}");
        assert!(!pairs(&rows, &["postcode-number"]).is_empty());
    }
}

#[test]
fn the_doubles_of_the_list_are_found_and_nothing_else_is() {
    let meant: BTreeSet<(u64, u64)> =
        answers()["duplicates"].as_array().expect("a list").iter().flat_map(rows_of).collect();
    let (rows, _) = judged("signalen-2025.xlsx", 0);
    let likenesses: Vec<Likeness> = rows.iter().map(|(number, made)| made.likeness(*number)).collect();
    let found = doubles(&likenesses).into_iter().map(|(row, note)| match note {
        Note::SameAs { row: other } | Note::LooksLike { row: other } => {
            (u64::from(row.min(other)), u64::from(row.max(other)))
        }
        other => panic!("{other:?}"),
    });
    assert_eq!(found.collect::<BTreeSet<_>>(), meant);
}

#[test]
fn what_is_struck_through_hidden_or_looks_like_a_formula_is_seen() {
    let (rows, around) = judged("signalen-2025.xlsx", 0);
    let struck: Vec<u32> =
        rows.iter().filter(|(_, made)| made.notes.contains(&Note::Struck)).map(|(number, _)| *number).collect();
    assert_eq!(struck, [239, 372]);
    assert!(around.columns.contains(&("Contact melder (NIET DELEN)".into(), true)));
    let row = |number| &rows.iter().find(|(one, _)| *one == number).expect("the row").1;
    assert!(row(13).values.text("facts").ends_with("Opmerkingen: =1+1"));
    let kept = serde_json::to_string(&rows.iter().map(|(_, made)| made).collect::<Vec<_>>()).expect("text");
    assert!(!kept.contains("chloe.waterlelie@example.nl"), "what was hidden stays behind");
    assert!(rows.iter().any(|(_, made)| made.values.text("facts").chars().count() >= 10_000));
}

/// A workbook of one sheet with these cells as XML.
fn workbook(sheet: &str) -> Vec<u8> {
    archive(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Een" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a file").into_inner()
}

#[test]
fn files_that_are_no_lists_are_refused_for_what_they_are() {
    let text = |text: &str| text.as_bytes().to_vec();
    let half = file("signalen-2025.xlsx");
    let half = half[..half.len() / 2].to_vec();
    for (bytes, why) in [
        (Vec::new(), Unreadable::Empty),
        (vec![b'x'; FILE_BYTES + 1], Unreadable::TooLarge),
        (vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], Unreadable::OldOrLocked),
        (half, Unreadable::Broken),
        (text("PK is no workbook"), Unreadable::Broken),
        (archive(&[("word/document.xml", "<w/>")]), Unreadable::NotAList),
        (workbook("<worksheet><sheetData/></worksheet>"), Unreadable::NoTable),
        (workbook("<worksheet><sheetData><row><c></row>"), Unreadable::Broken),
        (text("<html><table><tr><td>a</td><td>b</td></tr></table>"), Unreadable::NotAList),
        (text("%PDF-1.7 a;b;c"), Unreadable::NotAList),
        (vec![0, 1, 2, 3, b';', b';'], Unreadable::NotAList),
        (text("een brief\nzonder kolommen"), Unreadable::NotAList),
        (text("a;b\n1;2\n").repeat(ROWS), Unreadable::TooManyRows),
    ] {
        assert_eq!(read(&bytes).map(|book| book.sheets.len()), Err(why), "{} bytes", bytes.len());
    }
}

#[test]
fn sheets_and_columns_that_are_claimed_without_end_are_not_gone_through() {
    let claimed = r#"<col min="1" max="120" hidden="1"/>"#.repeat(100_000);
    let sheet = format!("<worksheet><cols>{claimed}</cols><sheetData/></worksheet>");
    let sheets: String = (0..1_000).map(|number| format!(r#"<sheet name="{number}" r:id="r1"/>"#)).collect();
    let book = archive(&[
        ("xl/workbook.xml", format!(r#"<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>"#).as_str()),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ]);
    let mut opened = zip::ZipArchive::new(Cursor::new(&book[..])).expect("an archive");
    let found = hidden::columns(&mut opened, COLUMNS);
    assert_eq!(found.len(), SHEETS);
    for (name, columns) in found {
        assert!(columns.contains(&0) && columns.len() <= COLUMNS * COLUMNS, "{name}: {}", columns.len());
    }
}

#[test]
fn entities_of_a_files_own_are_not_followed() {
    let sheet = r#"<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY own "KANARIE"><!ENTITY file SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>een &own; &file;</t></is></c><c r="B1" t="inlineStr"><is><t>twee</t></is></c></row></sheetData></worksheet>"#;
    let told = format!("{:?}", read(&workbook(sheet)));
    assert!(!told.contains("KANARIE") && !told.contains("root:"), "{told}");
}

#[test]
fn a_bomb_is_measured_before_it_is_opened() {
    let zeros = "0".repeat(UNPACKED_BYTES as usize + 1);
    let bomb = archive(&[("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", &zeros)]);
    assert!(bomb.len() < FILE_BYTES);
    assert_eq!(read(&bomb), Err(Unreadable::Bomb));
    // One text that many cells refer to is counted for each of them.
    let cells: String = (1..20_000)
        .map(|row| {
            format!(r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{}</t></is></c></row>"#, "a".repeat(2_000))
        })
        .collect();
    assert_eq!(
        read(&workbook(&format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"))),
        Err(Unreadable::TooMuchText)
    );
    // Two cells at the ends of the sheet make no table of what lies between.
    let far = workbook(
        r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="1048576"><c r="A1048576"><v>3</v></c><c r="XFD1048576"><v>4</v></c></row></sheetData></worksheet>"#,
    );
    let book = read(&far).expect("a small file");
    assert_eq!(
        book.sheets[0].rows.iter().map(|row| (row.number, row.cells.len())).collect::<Vec<_>>(),
        [(1, 2), (1_048_576, 1)]
    );
}

#[test]
fn a_cell_that_is_too_long_is_told_and_the_other_rows_are_kept() {
    let text = format!("a;b;c\n1;{};3\n4;5;6\n", "x".repeat(5 * 1024 * 1024));
    let book = read(text.as_bytes()).expect("a list");
    let rows = &book.sheets[0].rows;
    assert_eq!(rows[1].too_long, [(1, 5 * 1024 * 1024)]);
    assert_eq!((rows[1].cells[1].len(), rows[2].cells[2].as_str()), (CUT_CHARS, "6"));
}

#[test]
fn text_is_read_whatever_saved_it() {
    let table = "naam;plaats;bedrag\nJosé;Zoute Kreek;1\n";
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = table.chars().map(|c| if c == 'é' { 0xe9 } else { c as u8 }).collect();
    let with_mark = [&[0xef, 0xbb, 0xbf], table.as_bytes()].concat();
    let commas = table.replace(';', ",").into_bytes();
    let tabs = table.replace(';', "\t").into_bytes();
    let quoted = format!(
        "sep=,\r\n{}",
        table.replace("Zoute Kreek", "\"Zoute; \nKreek\"").replace(';', ",").replace("Zoute,", "Zoute;")
    );
    for bytes in [table.as_bytes().to_vec(), utf16, latin, with_mark, commas, tabs, quoted.into_bytes()] {
        let book = read(&bytes).expect("a list");
        let rows = &book.sheets[0].rows;
        assert_eq!(rows[0].cells, ["naam", "plaats", "bedrag"]);
        assert_eq!((rows[1].cell(0), rows[1].cell(2)), ("José", "1"));
    }
}
