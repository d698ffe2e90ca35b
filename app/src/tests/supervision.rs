//! Who saw this person: what the form says of what is wrong, and what an answer tells.

use super::{Browser, fake::Fake};
use axum::http::StatusCode;
use plein_domain::{checkpoint::CheckpointTrouble, list::Period};

const FG: usize = 4;
const ANSWER: &str = "/toezicht/betrokkene/00000000-0000-0000-0000-000000000700";

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_what_was_typed_stays_and_stands_in_no_address() {
    let browser = Browser::of(FG, Fake::default());
    let got = browser.post("/toezicht/betrokkene", "kind=bsn&identifier=123456789&reason=").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&[
        "er is een cijfer verkeerd of twee cijfers zijn verwisseld",
        "value=\"123456789\"",
        "Vul dit in.",
        "href=\"#reason\"",
    ]);
    let outside = got.body.replace("value=\"123456789\"", "");
    assert!(!outside.contains("123456789"), "{outside}");
    let got = browser.post("/toezicht/betrokkene", "kind=bsn&identifier=123456782&reason=verzoek").await;
    got.leads_to(ANSWER);
    let got = browser.post("/toezicht/betrokkene", "kind=name-birth-date&name=&born=&reason=x").await;
    got.shows(&["href=\"#name\"", "href=\"#born\""]);
}

#[tokio::test]
async fn the_answer_groups_by_person_and_leads_to_all_lines_of_each_and_to_no_record() {
    let got = Browser::of(FG, Fake::default()).get(ANSWER).await;
    got.shows(&[
        "Burgerservicenummer (BSN)",
        "S-2026-0001, S-2026-0002, en nog 3 die niet zijn gevolgd",
        "id=\"wie-00000000-0000-0000-0000-00000000000c\" class=\"utrecht-heading-2\">Bram Jansen</h2>",
        "7 regels, van 22 november 2026 tot en met 23 november 2026",
        "?wie=00000000-0000-0000-0000-00000000000c",
        "Alle 7 regels van Bram Jansen",
        "Werken aan casus C-2026-0007: Aanpak vastgoedfraude",
        "pagina=2",
    ]);
    got.hides(&["href=\"/signalen", "href=\"/casussen"]);
    let got = Browser::of(FG, Fake::with(|script| script.count = Some(0))).get(ANSWER).await;
    got.shows(&["zijn geen inzagen van deze persoon vastgelegd.", "geen"]).hides(&["S-2026"]);
    let unknown = format!("{ANSWER}?wie=00000000-0000-0000-0000-0000000000ff");
    Browser::of(FG, Fake::default()).get(&unknown).await.shows(&["Van deze persoon zijn hier geen regels."]);
}

#[tokio::test]
async fn paper_names_nobody_and_no_record_unless_that_is_chosen() {
    let got = Browser::of(FG, Fake::default()).get(&format!("{ANSWER}/afdrukken")).await;
    let main = &got.body[got.body.find("<table").unwrap_or_default()..];
    for hidden in ["Anouk de Wit", "Bram Jansen", "S-2026", "C-2026"] {
        assert!(!main.contains(hidden), "{hidden}");
    }
    got.shows(&["Vergunningen", "Werken aan een casus", "Dit zijn de 4 nieuwste regels."]);
    let got = Browser::of(FG, Fake::default()).get(&format!("{ANSWER}/afdrukken?namen=ja&kenmerken=ja")).await;
    got.shows(&["Anouk de Wit", "S-2026-0001", "Werken aan casus C-2026-0007"]);
}

#[tokio::test]
async fn the_checkpoints_tell_how_it_stands_and_an_alarm_what_to_do() {
    let path = "/toezicht/controlepunten";
    let got = Browser::of(FG, Fake::default()).get(path).await;
    got.shows(&[
        "er is niets mis gevonden",
        "plein/ledger/0001+abcd0123+AbCd",
        "abababab",
        "Neemt niets aan sinds",
        "?voor=7",
    ])
    .hides(&["ALARM", "cause-for-the-operator"]);
    let told = |trouble| Browser::of(FG, Fake::with(|script| script.alarm = Some(trouble)));
    for trouble in CheckpointTrouble::ALL.iter().copied() {
        let got = told(trouble).get(path).await;
        got.shows(&["role=\"alert\""]).hides(&["niets mis gevonden", "cause-for-the-operator"]);
        assert_eq!(got.body.contains("Doe dit: laat Plein"), trouble.is_alarm(), "{}", trouble.code());
    }
    let got = Browser::of(FG, Fake::with(|script| script.count = Some(0))).get(path).await;
    got.shows(&["nog niet ondertekend", "Er is geen getuige ingesteld."]).hides(&["niets mis gevonden"]);
}

#[tokio::test]
async fn the_log_leaves_as_a_file_for_a_period_that_makes_sense() {
    let (fake, path) = (Fake::default(), "/toezicht/controlepunten/bestand");
    let got = Browser::of(FG, fake.clone()).post(path, "van=1-11-2026&tot=30-11-2026").await;
    assert_eq!((got.status, got.body.as_str()), (StatusCode::OK, "regel 1\nregel 2\n"));
    let period = fake.script().log.clone().expect("exported").period;
    assert_eq!(period, Period { from: "2026-11-01".parse().ok(), until: "2026-11-30".parse().ok() });
    for wrong in ["van=gisteren", "van=2-11-2026&tot=1-11-2026"] {
        let fake = Fake::default();
        let got = Browser::of(FG, fake.clone()).post(path, wrong).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
        got.shows(&["Deze periode klopt niet.", "aria-invalid=\"true\""]);
        assert!(fake.script().log.is_none());
    }
}
