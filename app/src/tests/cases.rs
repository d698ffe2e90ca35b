//! The page of a case and what belongs to it.

use super::{Browser, fake::Fake};
use axum::http::StatusCode;
use plein_domain::problem::{Incident, Problem};

const COORDINATOR: usize = 2;
const CASE: &str = "/casussen/00000000-0000-0000-0000-0000000001f4";

fn of(fake: Fake) -> Browser {
    Browser::of(COORDINATOR, fake)
}

#[tokio::test]
async fn a_case_says_what_it_waits_for_and_on_whom() {
    let got = of(Fake::default()).get(CASE).await;
    got.shows(&[
        "wacht op Bram Jansen, uiterlijk 20 november 2026",
        "te laat",
        "wacht op Vergunningen en Belastingen, sinds 23 november 2026, 22:14",
        "href=\"/casussen/00000000-0000-0000-0000-0000000001f4/plan/versies/3\"",
        "Interventie zonder uitvoerder: Bestuurlijk",
        "S-2026-0002 is gewijzigd na de toets",
        "#interventie-00000000-0000-0000-0000-000000000384",
    ]);
}

#[tokio::test]
async fn the_history_is_told_in_sentences_and_paged() {
    let got = of(Fake::default()).get(&format!("{CASE}/geschiedenis?pagina=2")).await;
    got.shows(&[
        "Carla Smit (Openbare orde en veiligheid) koppelde 2 signalen: S-2026-0001 en S-2026-0002.",
        "haalde Bram Jansen uit het team.",
        "/geschiedenis?pagina=1",
        "/geschiedenis?pagina=3",
    ]);
}

#[tokio::test]
async fn my_work_leads_to_what_changed_since_somebody_looked() {
    let got = of(Fake::default()).get("/").await;
    got.shows(&["Veranderd sinds u keek", "2 veranderingen", &format!("{CASE}/geschiedenis")]);
}

#[tokio::test]
async fn notes_are_written_once_and_nothing_typed_is_lost() {
    let path = format!("{CASE}/notities");
    let fake = Fake::default();
    let name = "id=00000000-0000-0000-0000-0000000003ca";
    of(fake.clone()).get(&path).await.shows(&["name=\"id\" value=\"00000000-0000-0000-0000-0000000003ca\""]);
    let got = of(fake.clone()).post(&path, format!("{name}&note=Gebeld.")).await;
    got.leads_to(&format!("{path}?gelukt=note-written"));
    assert_eq!(fake.script().calls, ["notes.list", "notes.write true"]);
    let long = "x".repeat(10_001);
    let got = of(Fake::default()).post(&path, format!("note={long}")).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["Fout: Notities bij casus", "href=\"#note\"", &long]);
    let away = Fake::with(|script| script.problem = Some(Problem::Unavailable(Incident("k7f2m9qa".into()))));
    let got = of(away).post(&path, "note=Niet+kwijt".to_owned()).await;
    assert_eq!(got.status, StatusCode::SERVICE_UNAVAILABLE);
    got.shows(&["k7f2m9qa", "Niet kwijt"]);
}

#[tokio::test]
async fn an_own_note_is_changed_or_withdrawn_and_what_came_in_between_is_told() {
    let own = format!("{CASE}/notities/00000000-0000-0000-0000-0000000003c1");
    let got = of(Fake::default()).get(&own).await;
    got.shows(&["Wijziging opslaan", "Notitie intrekken", "Wat er eerst stond.", "name=\"version\" value=\"2\""]);
    let got = of(Fake::default()).post(&own, "version=2&note=Nieuw".to_owned()).await;
    got.leads_to(&format!("{CASE}/notities?gelukt=note-changed"));
    let got = of(Fake::default()).post(&format!("{own}/intrekken"), "version=2".to_owned()).await;
    got.leads_to(&format!("{CASE}/notities?gelukt=note-withdrawn"));
    let got = of(Fake::default()).post(&own, "version=1&note=Van+het+andere+venster".to_owned()).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.shows(&["intussen gewijzigd of ingetrokken", "Van het andere venster</textarea>"]);
    // Of somebody else, and withdrawn: nothing to do there, and what it said last stands below.
    let gone = format!("{CASE}/notities/00000000-0000-0000-0000-0000000003c3");
    let got = of(Fake::default()).get(&gone).await;
    got.shows(&["door de schrijver ingetrokken", "Wat er eerst stond."]).hides(&["Wijziging opslaan", "Kanarie"]);
    let got = of(Fake::default()).post(&gone, "version=9&note=Te+laat".to_owned()).await;
    got.shows(&["Wat u typte", "Te laat"]);
}

#[tokio::test]
async fn a_timeline_is_a_picture_and_the_same_as_a_table() {
    let got = of(Fake::default()).get(&format!("{CASE}/tijdlijn")).await;
    got.shows(&[
        "role=\"img\"",
        "5 gebeurtenissen van 2 september 2026 tot en met 15 december 2026",
        "timeline__picture--narrow",
        "<title>21 november 2026: Interventie had klaar moeten zijn: Fiscaal</title>",
        "<time datetime=\"2026-12-15\">15 december 2026</time>",
        "Versie 3 voorgelegd",
    ]);
    got.hides(&[" style=", "toe aan het team"]);
}

#[tokio::test]
async fn subjects_of_several_signals_are_judged_undone_and_never_merged() {
    let got = of(Fake::default()).get(CASE).await;
    got.shows(&[
        "Gezien in S-2026-0002 en S-2026-0004",
        "Dezelfde, volgens Bram Jansen (Belastingen) op 23 november 2026, 22:14.",
        "value=\"different\"",
        "value=\"undo\"",
        "C-2026-0003",
    ]);
    got.hides(&["value=\"same\""]);
    let group = "00000000-0000-0000-0000-00000000025a:0,00000000-0000-0000-0000-00000000025c:0".replace(':', "%3A");
    let path = format!("{CASE}/betrokkenen");
    let fake = Fake::default();
    let seen = "00000000-0000-0000-0000-0000000003d4";
    let got = of(fake.clone()).post(&path, format!("group={group}&seen={seen}&verdict=different")).await;
    got.leads_to(&format!("{CASE}?gelukt=subjects-judged#betrokkenen"));
    let got = of(fake.clone()).post(&path, format!("group={group}&seen={seen}&verdict=undo")).await;
    got.leads_to(&format!("{CASE}?gelukt=judgement-undone#betrokkenen"));
    assert_eq!(fake.script().calls, ["cases.judge different", "cases.judge undo"]);
    let got = of(Fake::default()).post(&path, format!("group={group}&seen=&verdict=same")).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.shows(&["iemand anders heeft intussen geoordeeld", "Panden aan de haven"]);
    for wrong in ["group=&verdict=same", "group=x%3A1&verdict=same", "verdict=same"] {
        assert_eq!(of(Fake::default()).post(&path, wrong.to_owned()).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let got = of(Fake::default()).post(&path, format!("group={group}&verdict=misschien")).await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn notices_lead_to_what_they_are_about_and_are_read_one_by_one_or_all() {
    let got = of(Fake::default()).get("/meldingen").await;
    got.shows(&[
        "Deze melding gaat over iets dat u niet (meer) kunt zien.",
        "U bent uit het team van een casus gehaald",
        &format!("href=\"{CASE}/plan?opmerking=00000000-0000-0000-0000-0000000003b6#opmerking-"),
        &format!("href=\"{CASE}/plan/versies/3\""),
        "S-2026-0001 van uw afdeling is gekoppeld aan een casus",
        "<span aria-hidden=\"true\" class=\"navigation__count\">3</span>",
        "(3 ongelezen)",
    ]);
    assert_eq!(got.body.matches("name=\"melding\"").count(), 12, "all but the one that is read");
    let fake = Fake::default();
    let one = "melding=00000000-0000-0000-0000-0000000003e0&pagina=2";
    of(fake.clone()).post("/meldingen", one.to_owned()).await.leads_to("/meldingen?pagina=2");
    of(fake.clone()).post("/meldingen", "tot=77".to_owned()).await.leads_to("/meldingen?pagina=1");
    assert_eq!(fake.script().calls, ["notices.read true 0", "notices.read false 77"]);
    // Who runs the program is told of nothing.
    Browser::of(5, Fake::default()).get("/").await.hides(&["/meldingen"]);
}
