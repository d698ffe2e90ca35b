//! Signing in anew at the provider: only the same person, only after they were asked, and only in the session that asked.

use super::{issuer::Fault, *};
use plein_domain::ledger::Outcome;
use serde_json::{Map, Value};

type Claims = Map<String, Value>;

const FAILED: &str = "Opnieuw aanmelden is niet gelukt";
const AS_BEFORE: &str = "U bent nog aangemeld zoals eerst";

fn set(claims: &mut Claims, name: &str, value: impl Into<Value>) {
    claims.insert(name.into(), value.into());
}

/// The provider says that its subject signed in this long before the token.
fn signed_in_before(claims: &mut Claims, seconds: i64) {
    let issued = claims["iat"].as_i64().unwrap();
    set(claims, "auth_time", issued - seconds);
}

/// Somebody whose session is six minutes old, and counts as proved for five.
async fn somebody(engine: &Engine) -> (Town, Browser) {
    let town = Town::new(engine.clone()).await;
    town.issuer.behaviour().twist = |claims| signed_in_before(claims, 0);
    let mut browser = town.signed_in("anna-1", "Anna", &["permits"]).await;
    browser.post("/doel", &[("purpose", "intake"), ("naar", "/")]).await;
    wait(&town, 360);
    (town, browser)
}

fn wait(town: &Town, seconds: i64) {
    let now = town.world.engine.clock.now().plus_seconds(seconds);
    town.world.engine.clock.set(now);
    town.issuer.behaviour().now = now;
}

/// To the provider, and answers where it sends the browser back to.
async fn begins(town: &Town, browser: &mut Browser) -> String {
    let page = browser.get("/opnieuw-aanmelden/beginnen?naar=/noodinzage").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    assert!(page.location().contains("&prompt=login&max_age=0"), "{}", page.location());
    town.issuer.authorize(page.location())
}

/// What became of it stands in the log, the newest first.
async fn told(town: &Town) -> Vec<(Outcome, String)> {
    let query = LogQuery { kind: Some(LineKind::SignedInAnew), ..LogQuery::default() };
    let lines = town.world.engine.ledger().await.search(&query, 100).await.unwrap();
    lines.into_iter().map(|line| (line.outcome, line.payload.unwrap().reason)).collect()
}

/// It does not come about: the session is as it was, with its purposes, and what is weighty still asks.
async fn fails(town: &Town, browser: &mut Browser, back: &str, said: &str, code: &str) {
    let before = browser.cookies();
    let before = before.split("; ").find(|one| one.starts_with("__Host-plein=")).unwrap().to_owned();
    let page = browser.get(back).await;
    assert!(!page.status.is_success() && !page.status.is_redirection(), "{}", page.status);
    for one in [FAILED, AS_BEFORE, said, "Incidentnummer", "/opnieuw-aanmelden/beginnen?naar=/noodinzage"] {
        assert!(page.text.contains(one), "{one}: {}", page.text);
    }
    assert_eq!(browser.cookies(), before);
    assert_eq!(browser.get("/signalen").await.status, StatusCode::OK, "with the purpose that was stated");
    assert_eq!(browser.get("/noodinzage").await.status, StatusCode::FORBIDDEN);
    assert_eq!(told(town).await[0], (Outcome::Refused, code.to_owned()));
    assert!(told(town).await.iter().all(|(outcome, _)| *outcome != Outcome::Done));
}

/// The provider says this in the token, and it is not taken.
async fn refused(engine: Engine, twist: fn(&mut Claims), said: &str, code: &str) {
    let (town, mut browser) = somebody(&engine).await;
    let back = begins(&town, &mut browser).await;
    town.issuer.behaviour().twist = twist;
    fails(&town, &mut browser, &back, said, code).await;
}

const NOT_ANEW: &str = "vroeg u niet opnieuw om u aan te melden, of zegt niet wanneer u dat deed";

both_engines! {
    async fn who_signs_in_anew_goes_on_in_the_same_session_under_another_token(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        let page = browser.get("/noodinzage").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.text.contains("niet langer dan 5 minuten geleden") && page.text.contains("/opnieuw-aanmelden/beginnen?naar=/noodinzage"), "{}", page.text);
        let before = browser.cookies();
        let back = begins(&town, &mut browser).await;
        wait(&town, 30);
        let page = browser.get(&back).await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/noodinzage"), "{}", page.text);
        assert!(browser.cookies() != before && !browser.cookies().contains(';'), "{}", browser.cookies());
        assert_eq!(browser.get("/noodinzage").await.status, StatusCode::OK);
        assert_eq!(browser.get("/signalen").await.status, StatusCode::OK, "with the purpose that was stated");
        let request = http::Request::get("/").header(http::header::COOKIE, before);
        assert!(town.world.stranger().send(request, "".into()).await.location().starts_with("/aanmelden"));
        assert_eq!(told(&town).await, [(Outcome::Done, "proved".to_owned()), (Outcome::Permitted, "asked".to_owned())]);
        assert_eq!((town.lines(LineKind::SignedIn).await, town.lines(LineKind::SignedOut).await), (1, 0));
        // It counts from when they proved it; and the day on which the session ends stays what it was.
        wait(&town, 301);
        assert_eq!(browser.get("/noodinzage").await.status, StatusCode::FORBIDDEN);
        for _ in 0..6 {
            wait(&town, 570);
            browser.get("/").await;
        }
        assert!(browser.get("/").await.location().starts_with("/aanmelden"), "an hour after signing in");
    }

    async fn a_provider_that_does_not_say_when(engine: Engine) {
        refused(engine, |_| {}, NOT_ANEW, "not-anew").await;
    }

    async fn a_provider_that_remembered_the_browser_instead_of_asking(engine: Engine) {
        refused(engine, |claims| signed_in_before(claims, 360), NOT_ANEW, "not-anew").await;
    }

    async fn a_provider_that_asked_before_it_was_asked_to_by_more_than_clocks_may_differ(engine: Engine) {
        refused(engine, |claims| signed_in_before(claims, 62), NOT_ANEW, "not-anew").await;
    }

    async fn a_provider_that_dates_its_tokens_back_as_entra_does(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        let back = begins(&town, &mut browser).await;
        town.issuer.behaviour().twist = |claims| {
            signed_in_before(claims, 0);
            let issued = claims["iat"].as_i64().unwrap();
            set(claims, "iat", issued - 300);
        };
        assert_eq!(browser.get(&back).await.location(), "/noodinzage");
        assert_eq!(browser.get("/noodinzage").await.status, StatusCode::OK);
    }

    async fn a_time_of_signing_in_that_is_still_to_come(engine: Engine) {
        refused(engine, |claims| signed_in_before(claims, -3_600), NOT_ANEW, "not-anew").await;
    }

    async fn a_time_of_signing_in_that_is_none(engine: Engine) {
        let said = "Het antwoord van het aanmeldsysteem van de gemeente klopt niet";
        refused(engine, |claims| set(claims, "auth_time", "vandaag"), said, "untrusted").await;
    }

    async fn the_providers_clock_may_be_off_by_as_much_as_elsewhere(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        let back = begins(&town, &mut browser).await;
        let now = engine.clock.now();
        town.issuer.behaviour().now = now.plus_seconds(-50);
        assert_eq!(browser.get(&back).await.location(), "/noodinzage");
        assert_eq!(browser.get("/noodinzage").await.status, StatusCode::OK);
    }

    async fn somebody_else_at_the_same_computer(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        town.signed_in("bram-1", "Bram", &["taxes"]).await;
        let people = town.world.vault.directory.people().await.unwrap();
        for subject in ["bram-1", "nobody-yet"] {
            town.issuer.knows("anna-1", "Anna", &["permits"]);
            let back = begins(&town, &mut browser).await;
            town.issuer.knows(subject, "Iemand anders", &["fg"]);
            fails(&town, &mut browser, &back, "Iemand anders meldde zich aan", "other-person").await;
        }
        assert_eq!(town.world.vault.directory.people().await.unwrap(), people, "nobody came in, nobody was changed");
    }

    async fn an_answer_that_is_used_again_or_elsewhere(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        let mut other = town.signed_in("anna-1", "Anna", &["permits"]).await;
        let back = begins(&town, &mut browser).await;
        // In another browser, in which she is signed in too, and with the cookie that bound it to the first.
        let bound = browser.cookies().split("; ").find(|one| one.starts_with("__Host-plein-aanmelden=")).unwrap().to_owned();
        let page = other.get(&back).await;
        assert!(page.text.contains("begon in een andere browser"), "{}", page.text);
        let before = browser.cookies();
        let both = format!("{}; {bound}", other.cookies());
        let page = town.world.stranger().send(http::Request::get(&back).header(http::header::COOKIE, both), "".into()).await;
        assert!(page.text.contains(FAILED) && page.text.contains("begon in een andere browser"), "{}", page.text);
        assert_eq!(told(&town).await[0], (Outcome::Refused, "not-asked".to_owned()));
        // It is used up by that, and nothing is changed; once more it works, and once alone.
        let page = browser.get(&back).await;
        assert!(page.text.contains("al gebruikt"), "{}", page.text);
        assert_eq!(browser.cookies(), before);
        let back = begins(&town, &mut browser).await;
        assert_eq!(browser.get(&back).await.location(), "/noodinzage");
        let fresh = browser.cookies();
        assert!(browser.get(&back).await.text.contains("al gebruikt"));
        assert_eq!(browser.cookies(), fresh);
    }

    async fn a_session_that_ended_meanwhile_is_not_brought_back(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        let back = begins(&town, &mut browser).await;
        let cookies = browser.cookies();
        browser.post("/afmelden", &[]).await;
        let page = town.world.stranger().send(http::Request::get(&back).header(http::header::COOKIE, &cookies), "".into()).await;
        assert!(page.text.contains(FAILED), "{}", page.text);
        let page = town.world.stranger().send(http::Request::get("/").header(http::header::COOKIE, cookies), "".into()).await;
        assert!(page.location().starts_with("/aanmelden"));
    }

    async fn who_breaks_it_off_or_meets_a_provider_that_is_down_stays_signed_in(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        let back = begins(&town, &mut browser).await;
        let said = "U hebt het aanmelden bij uw werkaccount afgebroken";
        fails(&town, &mut browser, &format!("{back}&error=login_required"), said, "cancelled").await;
        let back = begins(&town, &mut browser).await;
        town.issuer.behaviour().faults.insert("/token", Fault::Down);
        fails(&town, &mut browser, &back, "antwoordt nu niet", "unreachable").await;
    }

    async fn whom_no_group_lets_in_any_more_is_out_by_it(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        let back = begins(&town, &mut browser).await;
        town.issuer.knows("anna-1", "Anna", &["kantine"]);
        let page = browser.get(&back).await;
        assert!(page.text.contains("U hebt geen toegang meer"), "{}", page.text);
        assert!(browser.get("/").await.location().starts_with("/aanmelden"));
    }

    async fn who_signed_in_without_being_asked_at_the_provider_is_asked_for_what_is_weighty(engine: Engine) {
        let town = Town::new(engine).await;
        // It remembered the browser since this morning; another does not say.
        for twist in [|claims: &mut Claims| signed_in_before(claims, 10_000), |_: &mut Claims| {}] {
            town.issuer.behaviour().twist = twist;
            let mut browser = town.signed_in("anna-1", "Anna", &["permits"]).await;
            browser.post("/doel", &[("purpose", "intake"), ("naar", "/")]).await;
            assert_eq!(browser.get("/signalen").await.status, StatusCode::OK);
            let page = browser.get("/noodinzage").await;
            assert!(page.text.contains("Meld u opnieuw aan"), "{}", page.text);
        }
    }

    async fn nobody_is_sent_to_sign_in_anew_by_another_site_or_while_the_log_is_away(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        let request = http::Request::get("/opnieuw-aanmelden/beginnen?naar=/").header("sec-fetch-site", "cross-site");
        assert_eq!(browser.send(request, "".into()).await.location(), "/opnieuw-aanmelden?naar=/");
        assert!(told(&town).await.is_empty());
        let fault = crate::faults::Fault::begin(crate::faults::Fault::lasting(&engine)[0], &engine).await;
        let page = browser.get("/opnieuw-aanmelden/beginnen?naar=/").await;
        fault.mend().await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.text.contains(AS_BEFORE), "{}", page.text);
        // In a municipality nobody confirms by a button.
        assert_eq!(browser.post("/opnieuw-aanmelden", &[("naar", "/")]).await.status, StatusCode::NOT_FOUND);
    }

    async fn the_provider_still_ends_a_session_in_which_somebody_signed_in_anew(engine: Engine) {
        let (town, mut browser) = somebody(&engine).await;
        let back = begins(&town, &mut browser).await;
        // A new session of the provider came of it.
        town.issuer.behaviour().claims.insert("sid".into(), "after-that".into());
        assert_eq!(browser.get(&back).await.location(), "/noodinzage");
        let mut out = leaving::out(&town, "one");
        set(&mut out, "sid", "after-that");
        let token = town.issuer.signed(&out, "logout+jwt");
        assert_eq!(leaving::says(&town, &token).await, StatusCode::OK);
        assert!(browser.get("/").await.location().starts_with("/aanmelden"));
    }
}
