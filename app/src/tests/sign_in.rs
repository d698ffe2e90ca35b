//! Signing in at a provider, as people see it.

use super::{Browser, fake::Fake};
use axum::http::{StatusCode, header};
use plein_domain::{
    problem::Problem,
    sign_in::{NotLetIn, NotSignedInBecause},
};

fn nobody(fake: &Fake) -> Browser {
    Browser { fake: fake.clone(), asker: None, headers: vec![], hurried: None }
}

fn provider() -> Fake {
    Fake::with(|script| script.provider = true)
}

#[tokio::test]
async fn one_goes_to_the_provider_by_a_link_and_keeps_the_page_that_was_wanted() {
    let fake = provider();
    let got = nobody(&fake).get("/aanmelden?naar=/signalen%3Fpagina%3D2").await;
    got.shows(&["href=\"/aanmelden/beginnen?naar=/signalen%3Fpagina%3D2\"", "Aanmelden met uw werkaccount"]);
    got.hides(&["Wie wilt u zijn", "demo"]);
    let got = nobody(&fake).get("/aanmelden/beginnen?naar=/signalen%3Fpagina%3D2").await;
    got.leads_to("https://provider.example/?state=s");
    let binding = "b".repeat(64);
    let cookie = format!("__Host-plein-aanmelden={binding}; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax");
    assert_eq!(got.cookies, [cookie]);
    for elsewhere in ["//elders.example", "https://elders.example", "/\\elders.example"] {
        nobody(&fake).get(&format!("/aanmelden/beginnen?naar={elsewhere}")).await;
    }
    let calls = fake.script().calls.clone();
    assert_eq!(calls, ["sign_in.begin /signalen?pagina=2", "sign_in.begin /", "sign_in.begin /", "sign_in.begin /"]);
}

#[tokio::test]
async fn who_comes_back_has_a_session_and_no_trace_of_signing_in() {
    let fake = provider();
    let cookie = "__Host-plein-aanmelden=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    let got = nobody(&fake).header(header::COOKIE, cookie).get("/aanmelden/terug?state=s&code=c").await;
    got.leads_to("/casussen");
    let token = "t".repeat(64);
    assert_eq!(got.cookies[0], format!("__Host-plein={token}; Path=/; Secure; HttpOnly; SameSite=Lax"));
    assert!(got.cookies[1].starts_with("__Host-plein-aanmelden=; Path=/; Max-Age=0"), "{:?}", got.cookies);
    assert_eq!(fake.script().calls, ["sign_in.complete s 64"]);
}

#[tokio::test]
async fn who_is_not_signed_in_is_told_what_to_do_with_a_number_and_can_try_again() {
    for because in NotSignedInBecause::ALL {
        let fake = Fake::with(|script| (script.provider, script.not_signed_in) = (true, Some(*because)));
        let got = nobody(&fake).get("/aanmelden/terug?state=s&code=geheime-code").await;
        assert!(!got.status.is_success() && !got.status.is_redirection(), "{because:?}");
        got.shows(&["Aanmelden is niet gelukt", "k7f2m9qa", "href=\"/aanmelden/beginnen?naar=/casussen\""]);
        got.hides(&["geheime-code"]);
        assert!(got.cookies.iter().all(|cookie| !cookie.starts_with("__Host-plein=")), "{:?}", got.cookies);
    }
}

#[tokio::test]
async fn who_has_no_place_here_waits_without_a_session() {
    for (because, told) in [
        (NotLetIn::NoPlaceYet, ["U hebt nog geen toegang", "Anna, u bent bekend"]),
        (NotLetIn::TakenAway, ["U hebt geen toegang meer", "Anna, een beheerder heeft u uw plaats"]),
        (NotLetIn::NoPlaceAnyMore, ["U hebt geen toegang meer", "Anna, uw groepen"]),
        (NotLetIn::Contradicted, ["U kunt nu niet worden aangemeld", "Uw plaats blijft"]),
    ] {
        let fake = Fake::with(|script| (script.provider, script.waits) = (true, Some(because)));
        let got = nobody(&fake).get("/aanmelden/terug?state=s&code=c").await;
        assert_eq!(got.status, StatusCode::FORBIDDEN);
        got.shows(&told).shows(&["gemeente@vloedstad.example"]);
        assert!(got.cookies.iter().all(|cookie| !cookie.starts_with("__Host-plein=")), "{:?}", got.cookies);
    }
}

#[tokio::test]
async fn who_signs_out_here_is_led_to_sign_out_at_the_provider() {
    let got = Browser::of(0, provider()).post("/afmelden", "").await;
    assert_eq!(got.status, StatusCode::OK);
    got.shows(&["U bent afgemeld", "https://provider.example/uit?client_id=plein"]).hides(&["/afmelden"]);
    assert!(got.cookies[0].starts_with("__Host-plein=; Path=/; Max-Age=0"), "{:?}", got.cookies);
    nobody(&provider()).get("/aanmelden/afgemeld").await.shows(&["U bent afgemeld"]);
}

#[tokio::test]
async fn in_a_demo_there_is_no_provider() {
    let fake = Fake::default();
    for path in ["/aanmelden/beginnen", "/aanmelden/terug?state=s&code=c"] {
        assert_eq!(nobody(&fake).get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_is_weighty_asks_to_sign_in_anew_and_leads_back_to_where_it_was() {
    let stale =
        |provider| Fake::with(|script| (script.provider, script.problem) = (provider, Some(Problem::FreshNeeded)));
    let got = Browser::of(0, stale(true)).get("/noodinzage").await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    got.shows(&[
        "Meld u opnieuw aan",
        "niet langer dan 10 minuten geleden",
        "href=\"/opnieuw-aanmelden/beginnen?naar=/noodinzage\"",
    ]);
    let got = Browser::of(0, stale(false)).get("/noodinzage").await;
    got.shows(&["Ja, ik ben Anouk de Wit", "action=\"/opnieuw-aanmelden\"", "name=\"naar\" value=\"/noodinzage\""]);

    let fake = provider();
    let got = Browser::of(0, fake.clone()).get("/opnieuw-aanmelden/beginnen?naar=/noodinzage").await;
    got.leads_to("https://provider.example/?state=s");
    assert!(got.cookies[0].starts_with("__Host-plein-aanmelden="), "{:?}", got.cookies);
    assert!(fake.script().calls.contains(&"sign_in.begin anew /noodinzage".to_owned()));
    let got = Browser::of(0, provider())
        .header(header::HeaderName::from_static("sec-fetch-site"), "cross-site")
        .get("/opnieuw-aanmelden/beginnen?naar=//elders.example")
        .await;
    got.leads_to("/opnieuw-aanmelden?naar=/");
    let got = Browser::of(0, Fake::default()).post("/opnieuw-aanmelden", "naar=/casussen").await;
    got.leads_to("/casussen");
    assert_eq!(got.cookies, [format!("__Host-plein={}; Path=/; Secure; HttpOnly; SameSite=Lax", "n".repeat(64))]);
    nobody(&provider()).get("/opnieuw-aanmelden").await.leads_to("/aanmelden?naar=/opnieuw-aanmelden");
}

#[tokio::test]
async fn what_was_sent_too_long_after_signing_in_can_be_sent_again() {
    let path = "/toezicht/controlepunten/bestand";
    let fake = Fake::with(|script| script.problem = Some(Problem::FreshNeeded));
    let got = Browser::of(4, fake).post(path, "van=24-11-2026&tot=").await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    got.shows(&[
        "Er is nog niets gedaan",
        "target=\"_blank\"",
        "/opnieuw-aanmelden?naar=/opnieuw-aanmelden%3Fklaar%3Dja",
        "24-11-2026",
        &format!("action=\"{path}\""),
    ]);
    let got = Browser::of(4, Fake::default()).get("/opnieuw-aanmelden?klaar=ja").await;
    got.shows(&["U bent opnieuw aangemeld", "Sluit dit tabblad"]);
}

#[tokio::test]
async fn who_does_not_sign_in_anew_is_told_that_they_are_signed_in_as_before() {
    for because in NotSignedInBecause::ALL {
        let fake = Fake::with(|script| {
            (script.provider, script.anew, script.not_signed_in) = (true, true, Some(*because));
        });
        let got = Browser::of(0, fake).get("/aanmelden/terug?state=s&code=c").await;
        got.shows(&["U bent nog aangemeld zoals eerst", "href=\"/opnieuw-aanmelden/beginnen?naar=/casussen\""]);
        assert!(got.cookies.iter().all(|cookie| !cookie.starts_with("__Host-plein=")), "{:?}", got.cookies);
    }
}

#[tokio::test]
async fn pages_know_how_long_the_session_lasts_and_asking_it_is_for_anybody() {
    let got = Browser::of(0, Fake::default()).get("/").await;
    got.shows(&[
        "data-left-idle=\"3600\"",
        "data-before-idle=\"120\"",
        "data-before-longest=\"600\"",
        "Blijf aangemeld",
    ]);
    nobody(&Fake::default()).get("/aanmelden").await.hides(&["session-end"]);
    let cookie = "__Host-plein=tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt";
    let got = nobody(&Fake::default()).header(header::COOKIE, cookie).get("/aanmelden/resterend").await;
    got.shows(&["{\"idle\":100,\"longest\":3000}"]);
    nobody(&Fake::default()).get("/aanmelden/resterend").await.shows(&["null"]);
    assert_eq!(Browser::of(0, Fake::default()).post("/verlengen", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(nobody(&Fake::default()).post("/verlengen", "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn who_sends_a_file_after_their_session_ended_is_told_to_choose_it_again() {
    let got = nobody(&Fake::default())
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grens")
        .post(
            "/signalen/inlezen",
            "--grens\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\u{fffd}\r\n--grens--\r\n",
        )
        .await;
    assert_eq!(got.status, StatusCode::UNAUTHORIZED);
    got.shows(&["Kies het bestand daarna opnieuw", "target=\"_blank\"", "href=\"/signalen/inlezen\""]);
    got.hides(&["Opnieuw versturen", "grens"]);
}
