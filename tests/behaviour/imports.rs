//! A list that was kept by hand becomes signals, each row once, and nobody but its maker sees it.

use crate::{common, common::*, world::*};
use axum::body::Body;
use http::{Request, StatusCode};
use plein_domain::{ids::*, import::LIST_KEPT, people::Department, ports::Phenomenon};
use plein_vault::on_db;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

const START: &str = "/signalen/inlezen";

pub fn data(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Gives a file; answers what came back.
async fn give(browser: &mut Browser, id: &str, name: &str, bytes: &[u8]) -> Page {
    give_at(browser, START, id, name, bytes).await
}

/// The same, where another kind of file is given.
pub async fn give_at(browser: &mut Browser, path: &str, id: &str, name: &str, bytes: &[u8]) -> Page {
    let mut body = format!("--grens\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{id}\r\n--grens\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--grens--\r\n");
    let request = Request::post(path)
        .header("content-type", "multipart/form-data; boundary=grens")
        .header("sec-fetch-site", "same-origin");
    browser.send(request, Body::from(body)).await
}

/// Gives a file and judges it by the columns that are proposed; answers its path.
pub async fn judged(browser: &mut Browser, name: &str, bytes: &[u8]) -> String {
    let id = hidden(&browser.get(START).await.text, "id");
    let page = give(browser, &id, name, bytes).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let list = page.location().to_owned();
    let page = browser.get(&list).await;
    let mut fields = proposed(&page.text);
    fields.push(("original-purpose".into(), INTAKE_PURPOSE.to_string()));
    fields.extend([("category".into(), "ordinary".into()), ("do".into(), "judge".into())]);
    fields.extend(["summary", "facts", "subjects"].map(|field| ("offered".into(), field.into())));
    let borrowed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let page = browser.post(&format!("{list}/kolommen"), &borrowed).await;
    assert_eq!(page.location(), list, "{} {}", page.status, browser.get(&list).await.text);
    list
}

/// What a form of columns proposes: its selects, its lines, its hidden fields.
pub fn proposed(page: &str) -> Vec<(String, String)> {
    let between =
        |text: &str, start: &str| text.split(start).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let form = page.split("/kolommen\"").nth(1).unwrap();
    let mut fields = Vec::new();
    for select in form.split("<select").skip(1) {
        let select = select.split("</select>").next().unwrap();
        let chosen = select
            .split("<option")
            .find(|option| option.contains(" selected"))
            .and_then(|option| between(option, "value=\""));
        fields.push((between(select, "name=\"").unwrap(), chosen.unwrap_or_default()));
    }
    for input in form.split("<input").skip(1) {
        let input = input.split('>').next().unwrap();
        let line = input.contains("type=\"text\"") || input.contains("type=\"hidden\"");
        if let (true, Some(name)) = (line, between(input, "name=\"")) {
            fields.push((name, between(input, "value=\"").unwrap_or_default()));
        }
    }
    fields.retain(|(name, _)| name != "original-purpose");
    fields
}

/// Takes in what is chosen, and waits until it is done; answers the report.
async fn taken_in(browser: &mut Browser, list: &str) -> String {
    let page = browser.post(list, &[("do", "start")]).await;
    assert_eq!(page.location(), list, "{}", page.text);
    loop {
        let page = browser.get(list).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        if page.text.contains("Verslag van het inlezen") {
            return page.text;
        }
        assert!(page.text.contains("wordt ingelezen"), "{}", page.text);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// The departments and phenomena that the list speaks of, beside those of the tests.
async fn with_its_words(engine: Engine) -> World {
    let world = World::new(engine).await;
    let answers: Value = serde_json::from_slice(&data("planned-networks.json")).unwrap();
    let all = |field: &str| -> BTreeSet<String> {
        answers["rows"].as_array().unwrap().iter().filter_map(|row| row[field].as_str().map(str::to_owned)).collect()
    };
    for (number, name) in (1..)
        .zip(all("department"))
        .filter(|(_, name)| !["Vergunningen", "Belastingen", "Openbare orde en veiligheid"].contains(&name.as_str()))
    {
        let department = Department { id: DepartmentId(Uuid::from_u128(0x900 + number)), name };
        world.vault.directory.add_department(&department, number as i64 + 10).await.unwrap();
    }
    for (number, code) in
        (10..).zip(all("phenomenon")).filter(|(_, code)| !["vastgoedfraude", "zorgfraude"].contains(&code.as_str()))
    {
        let phenomenon = Phenomenon { nl: code.clone(), en: code.clone(), code };
        world.vault.directory.add_phenomenon(&phenomenon, number).await.unwrap();
    }
    world
}

/// Signals by the number of the row that they were.
async fn by_row(engine: &Engine) -> BTreeMap<i64, (Uuid, String, String, String)> {
    let content = engine.outside("content").await;
    let rows: Vec<(i64, Uuid, String, String, String)> = on_db!(&content, |pool| {
        sqlx::query_as(
            "SELECT CAST(r.number AS BIGINT), s.id, d.name, s.phenomenon, s.received_on FROM import_rows r \
             JOIN signals s ON s.id = r.signal JOIN departments d ON d.id = s.department WHERE r.state = 'taken-in'",
        )
        .fetch_all(pool)
        .await
        .unwrap()
    });
    rows.into_iter().map(|(row, id, department, phenomenon, day)| (row, (id, department, phenomenon, day))).collect()
}

pub fn small(rows: &[&str]) -> Vec<u8> {
    let head = "Datum melding;Afdeling;Fenomeen;Betrokkene;BSN;Omschrijving";
    format!("{head}\r\n{}\r\n", rows.join("\r\n")).into_bytes()
}

async fn signals(engine: &Engine) -> i64 {
    number(&engine.outside("content").await, "SELECT COUNT(*) FROM signals").await
}

both_engines! {
    async fn a_coordinators_list_becomes_signals_of_the_departments_it_names_each_row_once(engine: Engine) {
        let world = with_its_words(engine.clone()).await;
        let mut carla = world.browser(CARLA).await;
        let list = judged(&mut carla, "../map/signalen-2025.xlsx", &data("signalen-2025.xlsx")).await;
        let page = carla.get(&list).await;
        assert!(page.text.contains("signalen-2025.xlsx") && !page.text.contains("../map"));
        assert!(page.text.contains("402 regels:"), "{}", page.text);
        carla.post(&list, &[("do", "possible")]).await;
        let report = taken_in(&mut carla, &list).await;
        let found = by_row(&engine).await;
        let refused = 402 - found.len();
        assert!(report.contains(&format!("402 regels: {} ingelezen, 0 waren al ingelezen, 0 geweigerd, {refused} niet ingelezen.", found.len())), "{report}");
        assert!(found.len() > 350, "{}", found.len());

        // Whatever became a signal is what its row means, where the list can be understood without guessing.
        let answers: Value = serde_json::from_slice(&data("planned-networks.json")).unwrap();
        let answers: HashMap<i64, Value> = answers["rows"].as_array().unwrap().iter().map(|row| (row["row"].as_i64().unwrap(), row.clone())).collect();
        for (row, (_, department, phenomenon, received)) in &found {
            let meant = &answers[row];
            // A list of the tests has one department with another name.
            let named = if department == "Vastgoed" { "Vastgoed en grondzaken" } else { department };
            assert_eq!(Some(named), meant["department"].as_str(), "{row}");
            assert_eq!(Some(received.as_str()), meant["received"].as_str(), "{row}");
            assert!(meant["phenomenon"].is_null() || meant["phenomenon"] == phenomenon.as_str(), "{row} {phenomenon}");
        }

        // Thirty rows, word by word, as their department sees them.
        let csv = encoding(&data("signalen-2025.csv"));
        let mut seen = 0;
        for (name, person) in [("Vergunningen", ANNA), ("Belastingen", BRAM)] {
            let mut browser = world.browser(person).await;
            for (row, (id, ..)) in found.iter().filter(|(_, (_, department, ..))| department == name).take(15) {
                let page = browser.get(&format!("/signalen/{id}")).await;
                assert_eq!(page.status, StatusCode::OK);
                let text = plain(&page.text);
                let facts = &csv[*row as usize - 1][17];
                let sentence: String = facts.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
                assert!(text.contains(&sentence) || facts.contains('?'), "{row}: {sentence}\n{text}");
                for bsn in answers[row]["bsn"].as_array().unwrap() {
                    assert!(text.contains(bsn.as_str().unwrap()), "{row}: {bsn}");
                }
                assert!(!text.contains("@example.nl"), "{row}: the hidden column");
                seen += 1;
            }
        }
        assert_eq!(seen, 30);

        // In the blind index the rows of a network meet by their exact identifiers, and no others do.
        let keyring = engine.outside("keyring").await;
        let met: Vec<(Uuid, Uuid)> = on_db!(&keyring, |pool| {
            sqlx::query_as(
                "SELECT DISTINCT a.record_id, b.record_id FROM blind_index a JOIN blind_index b \
                 ON a.identifier_kind = b.identifier_kind AND a.hash = b.hash AND a.record_id <> b.record_id \
                 WHERE a.identifier_kind NOT IN ('postcode-number', 'name-birth-date') AND a.record_kind = 'signal'",
            )
            .fetch_all(pool)
            .await
            .unwrap()
        });
        let rows: HashMap<Uuid, i64> = found.iter().map(|(row, (id, ..))| (*id, *row)).collect();
        let met: BTreeSet<(i64, i64)> = met.iter().map(|(a, b)| (rows[a].min(rows[b]), rows[a].max(rows[b]))).collect();
        let (must, may) = pairs_meant(&rows.values().copied().collect());
        assert!(!must.is_empty());
        assert_eq!(must.difference(&met).collect::<Vec<_>>(), Vec::<&(i64, i64)>::new());
        assert_eq!(met.difference(&may).collect::<Vec<_>>(), Vec::<&(i64, i64)>::new());

        // The same list once more: every row is known, and nothing comes twice.
        let before = signals(&engine).await;
        let again = judged(&mut carla, "signalen-2025.xlsx", &data("signalen-2025.xlsx")).await;
        assert!(carla.get(&format!("{again}?oordeel=cannot")).await.text.contains("al eerder ingelezen, als S-"));
        carla.post(&again, &[("do", "possible")]).await;
        let page = carla.post(&again, &[("do", "start")]).await;
        assert_eq!(page.location(), format!("{again}?niets=1"));
        assert_eq!(signals(&engine).await, before);
    }

    async fn a_member_takes_in_for_the_own_department_and_a_row_is_put_right_in_place(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let text = small(&[
            "1-11-2026;Vergunningen;zorgfraude;Otto Oever;123456782;=1+1 staat op de gevel",
            "2-11-2026;Belastingen;zorgfraud;;;Het pand staat leeg",
            "gisteren;;;;123456789;Er brandt licht",
        ]);
        let list = judged(&mut anna, "lijst.csv", &text).await;
        let page = anna.get(&list).await;
        for told in ["3 regels: 1 goed, 1 eerst bekijken, 1 kunnen zo niet.", "er staat 'zorgfraud'", "een andere afdeling: 'Belastingen'", "'gisteren' is niet begrepen", "'123456789' kan niet kloppen"] {
            assert!(plain(&page.text).contains(told), "{told}\n{}", page.text);
        }
        let row = format!("{list}/regels/4");
        let form = signal("verbeterd");
        let mut fields = pairs(&form);
        fields.push(("do", "save"));
        let page = anna.post(&row, &fields).await;
        assert_eq!(page.location(), format!("{list}#regel-4"), "{}", page.text);
        let report = taken_in(&mut anna, &list).await;
        assert!(report.contains("3 regels: 2 ingelezen, 0 waren al ingelezen, 0 geweigerd, 1 niet ingelezen."), "{report}");
        let listed = anna.get("/signalen").await.text;
        assert!(listed.contains("=1+1 staat op de gevel") && listed.contains("samenvatting-verbeterd"), "{listed}");
        let page = anna.post(&format!("{list}/bestand"), &[]).await;
        assert!(page.text.contains("\"'=1+1 staat op de gevel\""), "{}", page.text);
        assert!(page.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        // The lines in the log: given, opened, and each signal.
        let log = anna.get("/mijn-inzagen").await.text;
        assert!(log.contains("Lijst ingelezen") && log.contains("Signaal vastgelegd") && log.contains("Als bestand meegenomen"), "{log}");

        // What is done can be neither changed nor begun again.
        anna.post(&row, &fields).await;
        anna.post(&list, &[("do", "start")]).await;
        assert_eq!(signals(&engine).await, 2);
    }

    async fn a_row_is_held_against_signals_that_its_maker_may_know_and_no_others(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        world.log(&mut bram, &pairs(&signal("van-bram"))).await;
        let row = small(&["20-11-2026;;vastgoedfraude;Otto;123456782;Er is een lamp gezien"]);
        let list = judged(&mut anna, "lijst.csv", &row).await;
        let page = anna.get(&list).await;
        assert!(page.text.contains("1 regel: 1 goed") && !page.text.contains("S-2026"), "another department's signal is not told");
        world.log(&mut anna, &pairs(&signal("van-anna"))).await;
        let list = judged(&mut anna, "lijst.csv", &row).await;
        let page = anna.get(&list).await;
        assert!(page.text.contains("1 eerst bekijken") && page.text.contains("S-2026-0002"), "{}", page.text);
        // Nothing is chosen: nothing is begun, and the rows can still be put right.
        let page = anna.post(&list, &[("do", "start")]).await;
        assert_eq!(page.location(), format!("{list}?niets=1"));
        assert!(anna.get(page.location()).await.text.contains("Er is nog geen regel gekozen"));
        // A coordinator is told of what is offered: both offer their subjects.
        let mut carla = world.browser(CARLA).await;
        let row = small(&["20-11-2026;Vergunningen;vastgoedfraude;Otto;123456782;Er is een lamp gezien"]);
        let list = judged(&mut carla, "lijst.csv", &row).await;
        let page = carla.get(&list).await;
        assert!(page.text.contains("S-2026-0001") || page.text.contains("S-2026-0002"), "{}", page.text);
    }

    async fn two_programs_two_clicks_and_two_lists_make_no_row_a_signal_twice(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let rows: Vec<String> = (1..=30).map(|number| format!("1-11-2026;Vergunningen;zorgfraude;;;Signaal nummer {number} over een pand")).collect();
        let borrowed: Vec<&str> = rows.iter().map(String::as_str).collect();
        let text = small(&borrowed);
        let id = hidden(&anna.get(START).await.text, "id");
        let (one, two) = (give(&mut anna, &id, "a.csv", &text).await, give(&mut anna, &id, "a.csv", &text).await);
        assert_eq!(one.location(), two.location(), "the same page sent twice is one list");
        assert_eq!(number(&engine.outside("content").await, "SELECT COUNT(*) FROM imports").await, 1);
        let list = judged(&mut anna, "b.csv", &text).await;
        let other = judged(&mut anna, "c.csv", &text).await;
        for path in [&list, &list, &other] {
            assert_eq!(anna.post(path, &[("do", "start")]).await.status, StatusCode::SEE_OTHER);
        }
        // As after a crash, and as on another node: whatever is unfinished is gone on with.
        let second = World::reopen(engine.clone()).await;
        let mut anna = second.browser(ANNA).await;
        for path in [&list, &other] {
            while !anna.get(path).await.text.contains("Verslag van het inlezen") {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        }
        assert_eq!(signals(&engine).await, 30);
        let content = engine.outside("content").await;
        assert_eq!(number(&content, "SELECT COUNT(DISTINCT reference) FROM signals").await, 30);
        let states = "SELECT COUNT(*) FROM import_rows WHERE state NOT IN ('taken-in', 'double')";
        assert_eq!(number(&content, states).await, 0, "every row is accounted for");
    }

    async fn a_list_is_its_makers_alone_and_goes_after_a_while(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let list = judged(&mut anna, "KANARIE.csv", &small(&["1-11-2026;Vergunningen;zorgfraude;KANARIE-naam;123456782;KANARIE-feiten"])).await;
        for database in ["content", "ledger"] {
            for planted in ["KANARIE", "123456782"] {
                assert!(!engine.raw_contains(database, planted.as_bytes()).await, "{planted} in {database}");
            }
        }
        let below = |path: &str| format!("{list}{path}");
        let mut colleague = world.browser(CARLA).await;
        for path in [list.clone(), below("/kolommen"), below("/regels/2"), below("/weg")] {
            assert_eq!(colleague.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in [list.clone(), below("/kolommen"), below("/regels/2"), below("/bestand"), below("/weg")] {
            let page = colleague.post(&path, &[("do", "start")]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        }
        for nobody in [FG, ADMIN, PRIVACY] {
            let mut browser = world.browser(nobody).await;
            assert_eq!(browser.get(START).await.status, StatusCode::FORBIDDEN);
            assert_eq!(browser.get(&list).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(signals(&engine).await, 0);
        assert!(anna.get(&below("/regels/2")).await.text.contains("KANARIE-feiten"));

        let now = plein_domain::moment::Clock::now(&*engine.clock);
        engine.clock.set(now.plus_seconds(LIST_KEPT - 60));
        assert_eq!(world.vault.lists.expire().await.unwrap(), 0);
        engine.clock.set(now.plus_seconds(LIST_KEPT + 60));
        assert_eq!(world.vault.lists.expire().await.unwrap(), 1);
        let content = engine.outside("content").await;
        assert_eq!(number(&content, "SELECT (SELECT COUNT(*) FROM imports) + (SELECT COUNT(*) FROM import_rows)").await, 0);
        let keyring = engine.outside("keyring").await;
        let left = "SELECT COUNT(*) FROM record_keys WHERE kind = 'import' AND wrapped IS NOT NULL";
        assert_eq!(number(&keyring, left).await, 0, "its key is gone with it");
    }

    async fn files_that_cannot_be_taken_are_told_in_the_persons_language(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        for (bytes, nl, en) in [
            (Vec::new(), "Het bestand is leeg", "The file is empty"),
            (b"PK\x03\x04 and no more".to_vec(), "Het bestand is beschadigd", "The file is damaged"),
            (b"<html><body>a;b</body></html>".to_vec(), "geen Excel-bestand", "neither an Excel file"),
            (vec![b'x'; 10 * 1024 * 1024 + 1], "groter dan 10 MB", "larger than 10 MB"),
        ] {
            let id = hidden(&anna.get(START).await.text, "id");
            let page = give(&mut anna, &id, "lijst.xlsx", &bytes).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.text.contains(nl), "{}", page.text);
            anna.post("/taal", &[("taal", "en"), ("naar", "/")]).await;
            let page = give(&mut anna, &id, "lijst.xlsx", &bytes).await;
            assert!(page.text.contains(en), "{}", page.text);
            anna.post("/taal", &[("taal", "nl"), ("naar", "/")]).await;
        }
        // Larger than any request may be: it is not read to its end.
        let request = Request::post(START)
            .header("content-type", "multipart/form-data; boundary=grens")
            .header("content-length", 17 * 1024 * 1024)
            .header("sec-fetch-site", "same-origin");
        let page = anna.send(request, Body::empty()).await;
        assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(page.text.contains("te groot om te ontvangen") && page.text.contains("too large"), "{}", page.text);
        assert_eq!(number(&engine.outside("content").await, "SELECT COUNT(*) FROM imports").await, 0);
    }
}

type Pairs = BTreeSet<(i64, i64)>;

/// The pairs of rows that must meet by an exact identifier, and those that may: also the same signal twice, and the
/// number that people share who have nothing else in common.
fn pairs_meant(there: &BTreeSet<i64>) -> (Pairs, Pairs) {
    let answers: Value = serde_json::from_slice(&data("planned-networks.json")).unwrap();
    let all = |rows: Vec<i64>| {
        let pairs = rows.iter().flat_map(|a| rows.iter().map(move |b| (*a.min(b), *a.max(b)))).filter(|(a, b)| a != b);
        pairs.filter(|(a, b)| there.contains(a) && there.contains(b)).collect::<BTreeSet<_>>()
    };
    let mut must = BTreeSet::new();
    for join in answers["networks"].as_array().unwrap().iter().flat_map(|network| network["joins"].as_array().unwrap())
    {
        if ["bsn", "kvk", "plate", "iban", "phone"].contains(&join["type"].as_str().unwrap()) {
            let written = join["as_written"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|one| one["written"] != "in the text" && one["column"] != "Omschrijving");
            must.extend(all(written.filter_map(|one| one["row"].as_i64()).collect()));
        }
    }
    let mut may = must.clone();
    let shared =
        answers["decoys"].as_array().unwrap().iter().filter(|one| one["kind"].as_str().unwrap().starts_with("shared"));
    for one in answers["duplicates"].as_array().unwrap().iter().chain(shared) {
        may.extend(all(one["rows"].as_array().unwrap().iter().filter_map(Value::as_i64).collect()));
    }
    (must, may)
}

/// The CSV as it was written: Windows-1252, `;`, quotes.
fn encoding(bytes: &[u8]) -> Vec<Vec<String>> {
    let high = |byte: u8| match byte {
        0x80 => '€',
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        other => char::from(other),
    };
    let (mut rows, mut cell, mut row, mut quoted) = (Vec::new(), String::new(), Vec::new(), false);
    for c in bytes.iter().map(|byte| high(*byte)) {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' => {}
            c => cell.push(c),
        }
    }
    rows
}

/// What a reader sees of a page: without its tags, its signs written out.
fn plain(page: &str) -> String {
    let text: String = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let text = text
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
