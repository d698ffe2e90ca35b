//! A processing register becomes a version of the register: every row accounted for, nothing removed, nothing silent.

use crate::{
    common,
    common::*,
    imports::{data, give_at, proposed},
    world::*,
};
use http::StatusCode;
use plein_domain::{import::LIST_KEPT, register::*};
use plein_vault::on_db;
use std::collections::BTreeMap;

const START: &str = "/verwerkingsregister/inlezen";
const REGISTER: &str = "/verwerkingsregister";
const HEAD: &str = "Hoofdproces;Onderliggend proces;Naam verwerking;Doel van de verwerking;Grondslag;Toelichting grondslag;\
                    Bijzondere persoonsgegevens;Bewaartermijn;Ontvangers";

/// A register of these rows, as a Dutch Excel saves it.
pub fn csv(rows: &[&str]) -> Vec<u8> {
    let text = format!("{HEAD}\r\n{}\r\n", rows.join("\r\n"));
    // Windows-1252: every letter of these tests is its own code point there.
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// What the register of the tests has, so that a row about it can change one thing.
const CASES: &str = "Veiligheid;Ondermijning;Integrale aanpak vastgoedfraude;Beschrijving;6.1.e;Gemeentewet art. 172;\
                     strafrechtelijk, BSN;60 maanden;RIEC";
const CAMERA: &str =
    "Veiligheid;Openbare orde;Cameratoezicht café's;Orde;6.1.e;Gemeentewet art. 151c;nee;6 maanden;Politie";

/// Gives a file and judges it by the columns that are proposed; answers its path.
pub async fn judged(browser: &mut Browser, name: &str, bytes: &[u8]) -> String {
    let id = hidden(&browser.get(START).await.text, "id");
    let page = give_at(browser, START, &id, name, bytes).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let path = page.location().to_owned();
    let mut fields = proposed(&browser.get(&path).await.text);
    fields.extend([("above".into(), "yes".into()), ("do".into(), "judge".into())]);
    let borrowed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let page = browser.post(&format!("{path}/kolommen"), &borrowed).await;
    assert_eq!(page.location(), path, "{} {}", page.status, browser.get(&path).await.text);
    path
}

/// Confirms what the page proposes, with these answers; answers what came back.
async fn confirm(browser: &mut Browser, path: &str, more: &[(&str, &str)]) -> Page {
    let page = browser.get(path).await.text;
    let (seen, which) = (hidden(&page, "seen"), hidden(&page, "which"));
    let mut fields = vec![("seen", seen.as_str()), ("which", which.as_str())];
    fields.extend(ticked(&page).iter().map(|number| ("case", *number)));
    fields.extend(more);
    browser.post(path, &fields).await
}

/// The rows that are ticked to be for cases.
fn ticked(page: &str) -> Vec<&str> {
    let boxes = page
        .split("<input")
        .filter(|input| input.contains("name=\"case\"") && input.split('>').next().unwrap().contains(" checked"));
    boxes.map(|input| input.split("value=\"").nth(1).unwrap().split('"').next().unwrap()).collect()
}

fn version(number: u32) -> String {
    format!("{REGISTER}/versies/{number}?gelukt=register-taken-in")
}

/// What became of each row, by its number: new, changed, the same, or cannot.
async fn verdicts(world: &World, path: &str) -> BTreeMap<u32, (RowIs, Vec<RowFault>)> {
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let view = world.ports.register.import(&world.asker(PRIVACY).await, id, false).await.unwrap();
    let RegisterImportView::Proposed(view) = view else { panic!("not judged") };
    view.proposal.rows.into_iter().map(|row| (row.number, (row.is, row.faults))).collect()
}

both_engines! {
    async fn the_example_register_becomes_a_version_row_by_row(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let before = world.vault.register.entries().await.unwrap();
        let mut pim = world.browser(PRIVACY).await;
        let path = judged(&mut pim, "../map/verwerkingsregister.xlsx", &data("verwerkingsregister.xlsx")).await;
        let rows = verdicts(&world, &path).await;
        assert_eq!(rows.keys().copied().collect::<Vec<_>>(), (4..=65).collect::<Vec<_>>(), "every row below the header");
        let refused: BTreeMap<u32, Vec<RowFault>> =
            rows.iter().filter(|(_, (is, _))| *is == RowIs::Cannot).map(|(row, (_, faults))| (*row, faults.clone())).collect();
        let expected = REFUSED.iter().map(|(row, field)| (*row, vec![RowFault::Missing(*field)])).collect();
        assert_eq!(refused, expected);
        assert_eq!(rows.values().filter(|(is, _)| *is == RowIs::New).count(), 62 - REFUSED.len());
        let page = pim.get(&path).await.text;
        assert!(page.contains("verwerkingsregister.xlsx") && !page.contains("../map"));

        assert_eq!(confirm(&mut pim, &path, &[("case", "4")]).await.location(), version(1));
        let entries = world.vault.register.entries().await.unwrap();
        assert_eq!(entries.len(), before.len() + 62 - REFUSED.len());
        assert_eq!(entries[..before.len()], before, "what the file lacks stays as it was");
        let named = |name: &str| entries.iter().find(|one| one.purpose.name == name).unwrap_or_else(|| panic!("{name}"));
        let lip = named("Bestrijding ondermijning / Lokaal Informatie Plein");
        assert!(lip.purpose.for_cases);
        assert_eq!((lip.purpose.retention_months, lip.words.of(RegisterField::Retention)), (Some(60), "5 jaar na afsluiting; niet opgepakt: 1 jr"));
        assert_eq!(lip.words.of(RegisterField::VersionDate), "2021-08-06", "a cell with a date is a day");
        let births = named("Burgerlijke stand");
        assert_eq!((births.purpose.retention_months, births.words.of(RegisterField::Retention)), (None, "permanent"));
        let crisis = named("Wvggz: verkennend onderzoek en crisismaatregel");
        assert_eq!((crisis.purpose.main_process.as_str(), crisis.purpose.sub_process.as_str()), ("Veiligheid", "Zorg en veiligheid"));

        // The same file again: nothing is new and nothing changed.
        let path = judged(&mut pim, "r.xlsx", &data("verwerkingsregister.xlsx")).await;
        let again = verdicts(&world, &path).await;
        assert!(again.values().all(|(is, _)| matches!(is, RowIs::Unchanged | RowIs::Cannot)), "{again:?}");
        assert_eq!(confirm(&mut pim, &path, &[]).await.location(), path);
        assert!(pim.get(&path).await.text.contains("Er verandert niets"));

        // Everybody reads it, with its version; the file's name is for who takes it in.
        let mut anna = world.browser(ANNA).await;
        let page = anna.get(REGISTER).await.text;
        assert!(page.contains("Versie 1 van 2") && page.contains("Burgerlijke stand") && !page.contains(START), "{page}");
        let page = anna.get(&format!("{REGISTER}/versies/1")).await.text;
        assert!(page.contains("Pim Privacy") && !page.contains("verwerkingsregister.xlsx"));
        assert!(pim.get(&format!("{REGISTER}/versies/1")).await.text.contains("verwerkingsregister.xlsx"));
    }

    async fn an_entry_of_a_case_keeps_its_id_and_what_changed_can_be_told_afterwards(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut carla = world.browser(CARLA).await;
        let mut anna = world.browser(ANNA).await;
        let signal = world.log(&mut anna, &pairs(&signal("x"))).await;
        let case = carla.open_case("zaak", &[&signal], &["facts"], &[ANNA]).await;

        let mut pim = world.browser(PRIVACY).await;
        let longer = CASES.replace("60 maanden", "24 maanden");
        let path = judged(&mut pim, "r.csv", &csv(&[&longer, CAMERA])).await;
        let page = pim.get(&path).await.text;
        assert!(page.contains("<del>60 maanden") && page.contains("<ins>24 maanden") && page.contains("In gebruik"), "{page}");
        assert!(page.contains("Niet in het bestand (1)"), "what ended already is not absent");
        let intake = INTAKE_PURPOSE.to_string();
        // A day that has been: nothing happens, and what was ticked is still ticked.
        assert_eq!(confirm(&mut pim, &path, &[("end", &intake), ("ends-on", "1-1-2020")]).await.location(), path);
        let page = pim.get(&path).await.text;
        assert!(page.contains("href=\"#ends-on\"") && page.contains("value=\"01-01-2020\""), "{page}");
        assert_eq!(confirm(&mut pim, &path, &[("end", &intake), ("ends-on", "31-12-2026")]).await.location(), version(1));

        let entries = world.vault.register.entries().await.unwrap();
        assert_eq!(entries.len(), 4, "nothing is removed");
        let of = |id| entries.iter().find(|one| one.purpose.id == id).unwrap();
        assert_eq!(of(CASE_PURPOSE).purpose.retention_months, Some(24));
        assert!(of(CASE_PURPOSE).purpose.for_cases, "it was ticked, because it was so");
        assert_eq!(of(INTAKE_PURPOSE).purpose.valid_until, Some("2026-12-31".parse().unwrap()));
        assert!(entries.iter().any(|one| one.purpose.name == "Cameratoezicht café's"), "Windows-1252 was read");
        carla.for_case(&case).await;
        assert!(carla.get(&case).await.text.contains("24 maanden"), "the case stands under the same entry");
        let page = anna.get(&format!("{REGISTER}/versies/1")).await.text;
        assert!(page.contains("1 nieuw, 1 gewijzigd, 1 beëindigd, 0 hetzelfde, 0 niet ingelezen"), "{page}");
        assert!(page.contains("<del>60 maanden") && page.contains("<ins>31 december 2026"), "{page}");

        // It is in the log: given, and done.
        let kinds = world.ports.access_log.mine(&world.asker(PRIVACY).await, None).await.unwrap();
        let text = format!("{kinds:?}");
        assert!(text.contains("RegisterTakenIn") && text.contains("Done"), "{text}");
    }

    async fn of_two_officers_at_once_the_second_is_told_and_the_same_sent_twice_is_one_version(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut one, mut other) = (world.browser(PRIVACY).await, world.browser(PRIVACY).await);
        let first = judged(&mut one, "een.csv", &csv(&[CASES, CAMERA])).await;
        let second = judged(&mut other, "twee.csv", &csv(&[CASES])).await;
        let (page_one, page_two) = (one.get(&first).await.text, other.get(&second).await.text);
        let (seen_one, seen_two) = (hidden(&page_one, "seen"), hidden(&page_two, "seen"));
        let answers = |seen| [("seen", seen), ("which", "all"), ("case", "2")];
        let (of_one, of_two) = (answers(seen_one.as_str()), answers(seen_two.as_str()));
        let (a, b) = tokio::join!(one.post(&first, &of_one), other.post(&second, &of_two));
        let mut places = [a.location().to_owned(), b.location().to_owned()];
        places.sort();
        let stands = places.iter().filter(|place| **place == version(1)).count();
        assert_eq!(stands, 1, "{places:?}");
        let (browser, path) = if a.location() == version(1) { (&mut other, &second) } else { (&mut one, &first) };
        let page = browser.get(path).await.text;
        assert!(page.contains("intussen gewijzigd"), "{page}");
        // Looked at again, it is the next one, whatever of it is still a change; or there is nothing left to do.
        let again = confirm(browser, path, &[]).await;
        let left = browser.get(path).await;
        assert!(again.location() == version(2) || left.text.contains("Er verandert niets"), "{}", left.text);

        let third = judged(&mut one, "drie.csv", &csv(&[&CASES.replace("RIEC", "RIEC, politie")])).await;
        let seen = hidden(&one.get(&third).await.text, "seen");
        let answers = [("seen", seen.as_str()), ("which", "all"), ("case", "2")];
        let mut twin = world.browser(PRIVACY).await;
        let (a, b) = tokio::join!(one.post(&third, &answers), twin.post(&third, &answers));
        assert_eq!(a.location(), b.location());
        assert_eq!(one.post(&third, &answers).await.location(), a.location(), "and once more");
        let versions = world.vault.register.versions(10).await.unwrap();
        let made = versions.first().unwrap().0.number;
        assert_eq!(a.location(), version(made));
        assert_eq!(one.get(&third).await.location(), format!("{REGISTER}/versies/{made}"));
    }

    async fn what_cannot_be_taken_in_says_why_and_all_of_it_is_refused_when_asked_for(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut pim = world.browser(PRIVACY).await;
        let path = judged(&mut pim, "r.csv", &csv(&[
            CAMERA,
            "=Veiligheid;@Proces;+Formule;-1;6.1.f;Wet;nee;1 jaar;x",
            "Veiligheid;Openbare orde;Cameratoezicht CAFÉ'S;Orde;6.1.e;Gemeentewet;nee;6 maanden;Politie",
            "Tussenkop;;;;;;;;",
            ";;Zonder hoofdproces;Doel;publieke taak;Gemeentewet;nee;blijvend;",
            ";;;Doel;publieke taak;Gemeentewet;nee;1 jaar;",
        ])).await;
        let rows = verdicts(&world, &path).await;
        let why = |row: u32| rows[&row].1.clone();
        assert_eq!(rows[&2].0, RowIs::New);
        assert_eq!(why(3), [RowFault::LegitimateInterest]);
        assert_eq!(why(4), [RowFault::SameAs(2)]);
        assert_eq!(rows[&6].0, RowIs::New, "as above: {:?}", why(6));
        assert_eq!(why(7), [RowFault::Missing(RegisterField::Name)]);
        assert_eq!(rows.len(), 5, "a heading is no row");
        let page = pim.get(&path).await.text;
        assert!(page.contains("Gerechtvaardigd belang") && page.contains("Dezelfde verwerking staat ook in regel 2"), "{page}");
        // Forged: all, although some cannot; and cases without a term in months.
        let seen = hidden(&page, "seen");
        assert_eq!(pim.post(&path, &[("seen", &seen), ("which", "all"), ("case", "6")]).await.location(), path);
        let page = pim.get(&path).await.text;
        assert!(page.contains("Niet alle regels kunnen") && page.contains("id=\"case-6-fout\""), "{page}");
        assert!(world.vault.register.versions(1).await.unwrap().is_empty());
        // Nothing in the file that is offered back is a formula.
        let report = pim.post(&format!("{path}/bestand"), &[]).await;
        assert!(report.headers["content-disposition"].to_str().unwrap().contains("attachment"));
        assert!(report.text.contains("\"'=Veiligheid\";\"'@Proces\";\"'+Formule\""), "{}", report.text);
        let seen = hidden(&page, "seen");
        assert_eq!(pim.post(&path, &[("seen", &seen), ("which", "possible")]).await.location(), version(1));
        let page = pim.get(&format!("{REGISTER}/versies/1")).await.text;
        assert!(page.contains("2 nieuw, 0 gewijzigd, 0 beëindigd, 0 hetzelfde, 3 niet ingelezen"), "{page}");
    }

    async fn bad_files_and_bad_columns_change_nothing_and_say_what_to_do(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut pim = world.browser(PRIVACY).await;
        for (bytes, told) in [
            (Vec::new(), "leeg"),
            (b"\x89PNG\0\0".to_vec(), "geen Excel-bestand"),
            (b"PK\x03\x04kapot".to_vec(), "beschadigd"),
            (b"<html><body>a;b".to_vec(), "geen Excel-bestand"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "oud Excel-bestand"),
            ("a;b;c\n".repeat(30_000).into_bytes(), "25.000 regels"),
        ] {
            let id = hidden(&pim.get(START).await.text, "id");
            let page = give_at(&mut pim, START, &id, "verwerkingsregister.xlsx", &bytes).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
            assert!(page.text.contains(told), "{told}: {}", page.text);
        }
        // A list that is no register: what it lacks is asked for, and choices are kept.
        let id = hidden(&pim.get(START).await.text, "id");
        let page = give_at(&mut pim, START, &id, "l.csv", b"Datum;Naam;Omschrijving\n1-1-2026;x;y\n").await;
        let path = page.location().to_owned();
        let fields = [("sheet", "0"), ("header", "1"), ("column.1", "name"), ("column.2", "name"), ("valid-from", "morgen")];
        pim.post(&format!("{path}/kolommen"), &fields).await;
        let page = pim.get(&path).await.text;
        assert!(page.contains("Kies bij welke kolom dit staat: Grondslag") && page.contains("value=\"morgen\""), "{page}");
        assert!(page.contains("koos u al bij een andere kolom"), "{page}");
        // A register of more rows than one has.
        let many: Vec<String> = (0..=ENTRIES_MAX).map(|at| CAMERA.replace("Cameratoezicht", &at.to_string())).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let id = hidden(&pim.get(START).await.text, "id");
        let page = give_at(&mut pim, START, &id, "groot.csv", &csv(&many)).await;
        let path = page.location().to_owned();
        let fields = proposed(&pim.get(&path).await.text);
        let borrowed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        pim.post(&format!("{path}/kolommen"), &borrowed).await;
        assert!(pim.get(&path).await.text.contains("1001 verwerkingen"));
        assert_eq!(world.vault.register.entries().await.unwrap().len(), 3);
    }

    async fn a_register_on_its_way_is_its_makers_alone_and_only_a_privacy_officer_gives_one(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut pim = world.browser(PRIVACY).await;
        let path = judged(&mut pim, "geheim.csv", &csv(&[CASES, CAMERA])).await;
        let id = path.rsplit('/').next().unwrap().to_owned();
        let seen = hidden(&pim.get(&path).await.text, "seen");
        for index in [ANNA, CARLA, FG, ADMIN, BOTH] {
            let mut browser = world.browser(index).await;
            let fresh = "00000000-0000-4000-8000-000000000001";
            let page = give_at(&mut browser, START, fresh, "r.csv", &csv(&[CAMERA])).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", PEOPLE[index].0);
            assert_eq!(browser.get(START).await.status, StatusCode::FORBIDDEN, "{}", PEOPLE[index].0);
            for place in [path.clone(), format!("{path}/kolommen")] {
                assert_eq!(browser.get(&place).await.status, StatusCode::NOT_FOUND, "{place}");
            }
            let fields = [("seen", seen.as_str()), ("which", "all"), ("sheet", "0")];
            for place in [path.clone(), format!("{path}/kolommen"), format!("{path}/bestand"), format!("{path}/weg")] {
                assert_eq!(browser.post(&place, &fields).await.status, StatusCode::NOT_FOUND, "{place}");
            }
            // By the door of the lists of signals it is not there either; nor a list by this one.
            assert_eq!(browser.get(&format!("/signalen/inlezen/{id}")).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(pim.get(&format!("/signalen/inlezen/{id}")).await.status, StatusCode::NOT_FOUND);
        assert!(world.vault.register.versions(1).await.unwrap().is_empty());
        assert_eq!(world.vault.register.entries().await.unwrap().len(), 3);

        // Nothing of the file stands readable in the database, and after a while it is gone, with its key.
        let content = engine.outside("content").await;
        assert_eq!(number(&content, "SELECT COUNT(*) FROM imports WHERE kind = 'register'").await, 1);
        let sealed: Vec<(Vec<u8>, Vec<u8>)> = on_db!(&content, |pool| {
            sqlx::query_as("SELECT inside, book FROM imports").fetch_all(pool).await.unwrap()
        });
        for cell in sealed.iter().flat_map(|(inside, book)| [inside, book]) {
            let text = String::from_utf8_lossy(cell);
            assert!(!text.contains("geheim") && !text.contains("Camera"), "{text}");
        }
        engine.clock.set(world.vault.clock().now().plus_seconds(LIST_KEPT + 60));
        assert_eq!(world.vault.lists.expire().await.unwrap(), 1);
        // The session ended meanwhile.
        let mut pim = world.browser(PRIVACY).await;
        assert_eq!(pim.get(&path).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_file_is_thrown_away_and_its_version_stays(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut pim = world.browser(PRIVACY).await;
        let path = judged(&mut pim, "KANARIE.csv", &csv(&[CASES, CAMERA])).await;
        confirm(&mut pim, &path, &[]).await;
        let content = engine.outside("content").await;
        let names: Vec<(Vec<u8>,)> = on_db!(&content, |pool| {
            sqlx::query_as("SELECT file FROM register_versions").fetch_all(pool).await.unwrap()
        });
        assert!(names.len() == 1 && !String::from_utf8_lossy(&names[0].0).contains("KANARIE"), "the name is sealed");
        let page = pim.post(&format!("{path}/weg"), &[]).await;
        assert!(page.location().contains("gelukt=register-discarded"), "{}", page.text);
        assert_eq!(pim.get(&path).await.status, StatusCode::NOT_FOUND);
        let page = pim.get(&format!("{REGISTER}/versies/1")).await;
        assert!(page.text.contains("Bestand: KANARIE.csv"), "{}", page.text);
    }
}

/// The rows of the example that say too little, and what they lack.
const REFUSED: &[(u32, RegisterField)] = &[(65, RegisterField::Retention)];
