//! Signing in at a provider, as people see it.

use super::{Browser, fake::Fake};
use axum::http::{StatusCode, header};
use plein_domain::sign_in::NotSignedInBecause;

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
    let fake = Fake::with(|script| (script.provider, script.waits) = (true, true));
    let got = nobody(&fake).get("/aanmelden/terug?state=s&code=c").await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    got.shows(&["U hebt nog geen toegang", "Anna, u bent bekend", "gemeente@vloedstad.example"]);
    assert!(got.cookies.iter().all(|cookie| !cookie.starts_with("__Host-plein=")), "{:?}", got.cookies);
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
