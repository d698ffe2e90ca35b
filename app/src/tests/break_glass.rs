//! Break-glass: nothing typed is lost, the record is for reading alone, and who reviews sees none of it.

use super::{
    Browser,
    fake::{self, Fake, Glass},
};
use axum::http::StatusCode;
use plein_domain::{
    break_glass::{GlassAct, GlassState, MOTIVE_MAX, ReviewAct},
    ids::SignalId,
    problem::{Incident, Problem},
};

const COORDINATOR: usize = 2;
const FG: usize = 4;
const OWN: &str = "/noodinzage/00000000-0000-0000-0000-000000000800";
const REVIEW: &str = "/toezicht/noodinzagen/00000000-0000-0000-0000-000000000800";
const RIGHT: &str = "once=00000000-0000-0000-0000-000000000802&reference=c+2026+7&motive=Er+staat+nu+een+auto+voor+de+deur+en+de+regisseur+is+weg.";

fn with(change: impl FnOnce(&mut Glass)) -> Fake {
    Fake::with(|script| change(&mut script.glass))
}

#[tokio::test]
async fn whatever_is_wrong_is_told_and_what_was_typed_stays_in_the_same_form() {
    let long = format!("once=1&reference=dossier&motive={}", "a".repeat(MOTIVE_MAX + 1));
    let got = Browser::of(0, Fake::default()).post("/noodinzage", long).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&[
        "Dit is geen kenmerk.",
        "Dit is te lang: 2001 tekens. Er passen er 2000.",
        "href=\"#motive\"",
        "value=\"dossier\"",
        &"a".repeat(MOTIVE_MAX + 1),
        "name=\"once\" value=\"1\"",
    ]);
    let got = Browser::of(0, Fake::default()).post("/noodinzage", "reference=&motive=haast").await;
    got.shows(&["Vul dit in.", "Dit is te kort: 5 tekens. Schrijf er minstens 40."]);

    let fake = Fake::default();
    Browser::of(0, fake.clone())
        .post("/noodinzage", RIGHT)
        .await
        .leads_to(&format!("{OWN}/dossier?gelukt=glass-broken"));
    assert_eq!(fake.script().calls, ["break_glass.begin 00000000-0000-0000-0000-000000000802"]);
    let kept = ["value=\"c 2026 7\"", "Er staat nu een auto", "value=\"00000000-0000-0000-0000-000000000802\""];
    let signal: SignalId = fake::id(1001);
    for (act, told) in [
        (GlassAct::OneIsOpen(fake::id(0x800)), "u hebt nog een noodinzage open"),
        (GlassAct::CanOpen(signal.into()), "/signalen/00000000-0000-0000-0000-0000000003e9"),
        (GlassAct::NobodyReviews, "er is niemand die uw noodinzage kan beoordelen"),
    ] {
        let got = Browser::of(0, with(|glass| glass.act = act)).post("/noodinzage", RIGHT).await;
        assert_eq!(got.status, StatusCode::CONFLICT);
        got.shows(&kept).shows(&[told]);
    }
    let down = Problem::Unavailable(Incident("k7f2m9qa".into()));
    let got = Browser::of(0, Fake::with(|script| script.problem = Some(down))).post("/noodinzage", RIGHT).await;
    assert_eq!(got.status, StatusCode::SERVICE_UNAVAILABLE);
    got.shows(&["Er staat nu een auto", "Opnieuw versturen"]);
}

#[tokio::test]
async fn the_record_can_be_read_and_nothing_else_and_goes_away_by_itself() {
    for (signal, said) in [(false, "Panden aan de haven"), (true, "Havenstraat 12")] {
        let got = Browser::of(COORDINATOR, with(|glass| glass.signal = signal)).get(&format!("{OWN}/dossier")).await;
        assert_eq!(got.status, StatusCode::OK);
        got.shows(&["Noodinzage tot", "Nu stoppen", said, "emergency-paper"]);
        let main = &got.body[got.body.find("<main").unwrap_or_default()..got.body.find("</main").unwrap_or_default()];
        assert_eq!(main.matches("<form").count(), 1, "only to stop it: {main}");
        assert!(!main.contains("<a "), "it leads nowhere: {main}");
        assert!(!main.contains("Piet Meldt"), "{main}");
    }
    // One's own that is over is told where it is told what became of it.
    let over = Fake::with(|script| script.problem = Some(Problem::NotAllowed));
    Browser::of(COORDINATOR, over).get(&format!("{OWN}/dossier")).await.leads_to(OWN);
}

#[tokio::test]
async fn who_used_it_reads_until_when_why_and_what_was_thought_of_it() {
    let of = |state| Browser::of(0, with(|glass| glass.state = state));
    let got = of(GlassState::Open).get(OWN).await;
    got.shows(&["Deze noodinzage is open tot", "Dossier lezen", "Nu stoppen", "Uw motief"]).hides(&["Niet terecht"]);
    let got = of(GlassState::Waiting).get(OWN).await;
    got.shows(&["Het dossier is weer dicht.", "gestopt door Els van Dam", "nog niet beoordeeld"]);
    got.hides(&["Dossier lezen", "Nu stoppen"]);
    let got = of(GlassState::Reviewed).get(OWN).await;
    got.shows(&["Niet terecht", "door Els van Dam"]).hides(&["nog niet beoordeeld"]);
    let stopped = of(GlassState::Open).post(&format!("{OWN}/stoppen"), "").await;
    stopped.leads_to(&format!("{OWN}?gelukt=glass-stopped"));
}

#[tokio::test]
async fn a_review_is_asked_for_when_it_is_over_and_the_second_reviewer_is_told() {
    let of = |state| Browser::of(FG, with(|glass| glass.state = state));
    let got = of(GlassState::Waiting).get(REVIEW).await;
    got.shows(&["Was deze noodinzage terecht?", "Bram Jansen", "C-2026-0007"]);
    got.hides(&["href=\"/casussen", "href=\"/signalen", "Havenstraat", "Nu stoppen"]);
    let got = of(GlassState::Open).get(REVIEW).await;
    got.shows(&["als zij voorbij is", "Nu stoppen"]).hides(&["Was deze noodinzage terecht?"]);
    let stopped = of(GlassState::Open).post(&format!("{REVIEW}/stoppen"), "").await;
    stopped.leads_to(&format!("{REVIEW}?gelukt=glass-stopped"));

    let got = of(GlassState::Waiting).post(REVIEW, "words=").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["Maak een keuze.", "href=\"#words\""]);
    let right = "verdict=justified&words=Er+was+haast.";
    of(GlassState::Waiting).post(REVIEW, right).await.leads_to("/toezicht/noodinzagen?gelukt=glass-reviewed");
    let second = with(|glass| (glass.state, glass.review) = (GlassState::Reviewed, ReviewAct::Overtaken));
    let got = Browser::of(FG, second).post(REVIEW, right).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.shows(&["iemand anders heeft deze noodinzage intussen beoordeeld", "Er was haast.", "Niet terecht"]);
}

#[tokio::test]
async fn lists_say_when_they_are_empty_and_go_on() {
    let none = || Fake::with(|script| script.count = Some(0));
    Browser::of(0, none()).get("/noodinzage").await.shows(&["U hebt nog geen noodinzage gebruikt."]);
    let waiting = Browser::of(FG, none()).get("/toezicht/noodinzagen").await;
    waiting.shows(&["Er wachten geen noodinzagen op uw beoordeling."]);
    let closed = Browser::of(FG, none()).get("/toezicht/noodinzagen/beoordeeld").await;
    closed.shows(&["Er zijn nog geen noodinzagen beoordeeld."]);
    let more = Browser::of(FG, Fake::default()).get("/toezicht/noodinzagen/beoordeeld").await;
    more.shows(&["/toezicht/noodinzagen/beoordeeld?pagina=2", REVIEW]);
}

#[tokio::test]
async fn the_way_to_it_stands_on_every_page_that_is_not_found_for_who_can_use_it() {
    for (person, offered) in [(0, true), (COORDINATOR, true), (FG, false), (5, false)] {
        let got = Browser::of(person, Fake::default()).get("/bestaat-niet").await;
        assert_eq!(got.body.contains("href=\"/noodinzage\""), offered, "{person}");
    }
}
