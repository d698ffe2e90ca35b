//! A provider that misbehaves, and browsers that do: none gets in.

use super::{issuer::Fault, *};
use serde_json::{Map, Value};

type Claims = Map<String, Value>;

/// Signs in while the provider does this, and is refused.
async fn refused(engine: Engine, told: &str, misbehave: impl FnOnce(&Issuer)) {
    let town = Town::new(engine).await;
    misbehave(&town.issuer);
    let mut browser = town.world.stranger();
    let page = town.sign_in(&mut browser).await;
    town.is_refused(&mut browser, &page, told).await;
    // The same browser gets in once the provider behaves: nothing is left of what went wrong.
    {
        let mut behaviour = town.issuer.behaviour();
        behaviour.twist = |_| {};
        behaviour.signing = Signing::Well;
        behaviour.faults.clear();
        behaviour.keys.truncate(1);
    }
    let later = town.world.engine.clock.now().plus_seconds(20);
    town.world.engine.clock.set(later);
    let page = town.sign_in(&mut browser).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
}

const UNTRUSTED: &str = "Het antwoord van het aanmeldsysteem van de gemeente klopt niet";
const UNREACHABLE: &str = "Het aanmeldsysteem van de gemeente antwoordt nu niet";
const NOT_ASKED: &str = "Dit aanmelden is al gebruikt, duurde te lang, of begon in een andere browser";

async fn twisted(engine: Engine, twist: fn(&mut Claims)) {
    refused(engine, UNTRUSTED, |issuer| issuer.behaviour().twist = twist).await;
}

async fn signs(engine: Engine, signing: Signing) {
    refused(engine, UNTRUSTED, |issuer| issuer.behaviour().signing = signing).await;
}

fn set(claims: &mut Claims, name: &str, value: impl Into<Value>) {
    claims.insert(name.into(), value.into());
}

fn moved(claims: &mut Claims, name: &str, seconds: i64) {
    let now = claims["iat"].as_i64().unwrap();
    set(claims, name, now + seconds);
}

both_engines! {
    async fn oidcc_client_test_invalid_iss(engine: Engine) {
        twisted(engine, |claims| set(claims, "iss", "https://elders.example")).await;
    }

    async fn oidcc_client_test_missing_iss(engine: Engine) {
        twisted(engine, |claims| drop(claims.remove("iss"))).await;
    }

    async fn oidcc_client_test_invalid_aud(engine: Engine) {
        twisted(engine, |claims| set(claims, "aud", "another-client")).await;
    }

    async fn oidcc_client_test_missing_aud(engine: Engine) {
        twisted(engine, |claims| drop(claims.remove("aud"))).await;
    }

    async fn oidcc_client_test_missing_sub(engine: Engine) {
        twisted(engine, |claims| drop(claims.remove("sub"))).await;
    }

    async fn oidcc_client_test_missing_iat(engine: Engine) {
        twisted(engine, |claims| drop(claims.remove("iat"))).await;
    }

    async fn oidcc_client_test_nonce_invalid(engine: Engine) {
        twisted(engine, |claims| set(claims, "nonce", "another")).await;
    }

    async fn a_token_without_a_nonce(engine: Engine) {
        twisted(engine, |claims| drop(claims.remove("nonce"))).await;
    }

    async fn a_token_that_has_expired(engine: Engine) {
        twisted(engine, |claims| moved(claims, "exp", -1)).await;
    }

    async fn a_token_that_does_not_say_when_it_expires(engine: Engine) {
        twisted(engine, |claims| drop(claims.remove("exp"))).await;
    }

    async fn a_token_from_the_future(engine: Engine) {
        twisted(engine, |claims| moved(claims, "iat", 3_600)).await;
    }

    async fn a_token_that_is_not_to_be_used_yet(engine: Engine) {
        twisted(engine, |claims| moved(claims, "nbf", 3_600)).await;
    }

    async fn a_token_that_says_from_when_on_in_another_way_than_by_a_number(engine: Engine) {
        twisted(engine, |claims| set(claims, "nbf", "soon")).await;
    }

    async fn a_token_that_was_made_long_ago(engine: Engine) {
        twisted(engine, |claims| moved(claims, "iat", -3_600)).await;
    }

    async fn a_token_that_was_given_out_to_another_client(engine: Engine) {
        twisted(engine, |claims| set(claims, "azp", "another-client")).await;
    }

    async fn a_token_for_several_that_does_not_say_whose_it_is(engine: Engine) {
        twisted(engine, |claims| set(claims, "aud", vec![CLIENT, "another-client"])).await;
    }

    async fn oidcc_client_test_invalid_sig_rs256(engine: Engine) {
        signs(engine, Signing::Badly).await;
    }

    async fn oidcc_client_test_idtoken_sig_none(engine: Engine) {
        signs(engine, Signing::Not).await;
    }

    async fn oidcc_client_test_invalid_sig_hs256(engine: Engine) {
        signs(engine, Signing::BySecret).await;
    }

    async fn a_token_that_is_signed_by_a_key_that_nobody_has(engine: Engine) {
        signs(engine, Signing::ByAnotherKey).await;
    }

    async fn oidcc_client_test_kid_absent_multiple_jwks(engine: Engine) {
        refused(engine, UNTRUSTED, |issuer| {
            issuer.has_two_keys();
            issuer.behaviour().signing = Signing::WithoutKeyId;
        }).await;
    }

    async fn oidcc_client_test_kid_absent_single_jwks(engine: Engine) {
        let town = Town::new(engine).await;
        town.issuer.behaviour().signing = Signing::WithoutKeyId;
        assert_eq!(town.sign_in(&mut town.world.stranger()).await.status, StatusCode::SEE_OTHER);
    }

    async fn oidcc_client_test_signing_key_rotation(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        assert_eq!(town.sign_in(&mut town.world.stranger()).await.status, StatusCode::SEE_OTHER);
        assert_eq!(town.issuer.asked("/keys"), 1);
        town.issuer.rotates();
        engine.clock.set(engine.clock.now().plus_seconds(20));
        town.issuer.behaviour().now = engine.clock.now();
        let page = town.sign_in(&mut town.world.stranger()).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert_eq!(town.issuer.asked("/keys"), 2);
        // Keys that nobody knows do not make Plein ask and ask.
        town.issuer.behaviour().signing = Signing::ByAnotherKey;
        for _ in 0..3 {
            let page = town.sign_in(&mut town.world.stranger()).await;
            assert!(page.text.contains(UNTRUSTED), "{}", page.text);
        }
        assert_eq!(town.issuer.asked("/keys"), 2);
    }

    async fn a_provider_that_names_no_key_may_change_its_only_one(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        town.issuer.behaviour().signing = Signing::WithoutKeyId;
        assert_eq!(town.sign_in(&mut town.world.stranger()).await.status, StatusCode::SEE_OTHER);
        town.issuer.rotates();
        engine.clock.set(engine.clock.now().plus_seconds(20));
        town.issuer.behaviour().now = engine.clock.now();
        let page = town.sign_in(&mut town.world.stranger()).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert_eq!(town.issuer.asked("/keys"), 2);
        // A signature that is none does not make Plein ask and ask.
        town.issuer.rotates();
        for _ in 0..3 {
            assert!(town.sign_in(&mut town.world.stranger()).await.text.contains(UNTRUSTED));
        }
        assert_eq!(town.issuer.asked("/keys"), 2);
    }

    async fn oidcc_client_test_discovery_issuer_mismatch(engine: Engine) {
        let town = Town::new(engine).await;
        town.issuer.behaviour().issuer_says = Some("https://elders.example".into());
        let mut browser = town.world.stranger();
        let page = browser.get("/aanmelden/beginnen").await;
        town.is_refused(&mut browser, &page, UNTRUSTED).await;
    }

    async fn oidcc_client_test_userinfo_invalid_sub(engine: Engine) {
        let town = Town::with(engine, |options| options.userinfo = true).await;
        town.issuer.behaviour().claims.remove("groups");
        let about = |subject: &str| {
            serde_json::json!({ "sub": subject, "groups": ["permits"] }).as_object().unwrap().clone()
        };
        town.issuer.behaviour().userinfo = about("somebody-else");
        let mut browser = town.world.stranger();
        let page = town.sign_in(&mut browser).await;
        town.is_refused(&mut browser, &page, UNTRUSTED).await;
        town.issuer.behaviour().userinfo = Map::new();
        let page = town.sign_in(&mut browser).await;
        town.is_refused(&mut browser, &page, UNTRUSTED).await;
        town.issuer.behaviour().userinfo = about("anna-1");
        assert_eq!(town.sign_in(&mut browser).await.status, StatusCode::SEE_OTHER, "her own");
    }

    async fn a_provider_that_is_down_slow_too_talkative_or_elsewhere(engine: Engine) {
        let town = Town::with(engine, |options| options.patience = Duration::from_millis(700)).await;
        for path in ["/.well-known/openid-configuration", "/keys", "/token"] {
            for (fault, told) in [
                (Fault::Down, UNREACHABLE),
                (Fault::Slow, UNREACHABLE),
                (Fault::Huge, UNTRUSTED),
                (Fault::Elsewhere, UNTRUSTED),
                (Fault::Garbage, UNTRUSTED),
            ] {
                let mut browser = town.world.stranger();
                let page = if path == "/token" {
                    let page = browser.get("/aanmelden/beginnen").await;
                    let back = town.issuer.authorize(page.location());
                    town.issuer.behaviour().faults.insert(path, fault);
                    browser.get(&back).await
                } else {
                    town.issuer.behaviour().faults.insert(path, fault);
                    browser.get("/aanmelden/beginnen").await
                };
                town.issuer.behaviour().faults.clear();
                town.is_refused(&mut browser, &page, told).await;
            }
        }
        // Nothing of it was remembered.
        assert_eq!(town.sign_in(&mut town.world.stranger()).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_provider_that_is_not_there_or_whose_certificate_nobody_trusts(engine: Engine) {
        let town = Town::with(engine, |options| options.authorities.clear()).await;
        let mut browser = town.world.stranger();
        let page = browser.get("/aanmelden/beginnen").await;
        town.is_refused(&mut browser, &page, UNREACHABLE).await;
        assert_eq!(town.issuer.asked("/.well-known/openid-configuration"), 0, "nothing was said over such a line");
    }

    async fn a_code_and_a_state_are_used_once(engine: Engine) {
        let town = Town::new(engine).await;
        let mut browser = town.world.stranger();
        let page = browser.get("/aanmelden/beginnen").await;
        let back = town.issuer.authorize(page.location());
        let mut thief = town.world.stranger();
        let bound = browser.cookies();
        assert_eq!(browser.get(&back).await.status, StatusCode::SEE_OTHER);
        // Somebody saw the address: in another browser, and with the first one's cookie too.
        let page = thief.get(&back).await;
        assert!(page.text.contains(NOT_ASKED) && !thief.cookies().contains("__Host-plein="), "{}", page.text);
        let page = thief.send(http::Request::get(&back).header(http::header::COOKIE, bound), "".into()).await;
        assert!(page.text.contains(NOT_ASKED) && !thief.cookies().contains("__Host-plein="), "{}", page.text);
        // A code that was used, under a new state: the provider refuses it.
        let page = thief.get("/aanmelden/beginnen").await;
        let fresh = town.issuer.authorize(page.location());
        let state = fresh.split("state=").nth(1).unwrap();
        let page = thief.get(&format!("/aanmelden/terug?code=code-1&state={state}")).await;
        assert!(page.text.contains(UNTRUSTED) && !thief.cookies().contains("__Host-plein="), "{}", page.text);
        assert_eq!(town.lines(LineKind::SignedIn).await, 1);
    }

    async fn a_state_of_another_browser_is_nobodys_and_stays_its_owners(engine: Engine) {
        let town = Town::new(engine).await;
        let (mut victim, mut attacker) = (town.world.stranger(), town.world.stranger());
        // The attacker begins, and lets the victim end it: they would work under the attacker's name.
        let page = attacker.get("/aanmelden/beginnen").await;
        let back = town.issuer.authorize(page.location());
        victim.get("/aanmelden/beginnen").await;
        let page = victim.get(&back).await;
        town.is_refused(&mut victim, &page, NOT_ASKED).await;
        for path in ["/aanmelden/terug", "/aanmelden/terug?code=c&state=", "/aanmelden/terug?state=%FF&code=%00"] {
            let page = victim.get(path).await;
            town.is_refused(&mut victim, &page, NOT_ASKED).await;
        }
        assert_eq!(attacker.get(&back).await.status, StatusCode::SEE_OTHER, "their own is not lost by it");
    }

    async fn a_sign_in_that_took_too_long_begins_again(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        let mut browser = town.world.stranger();
        let page = browser.get("/aanmelden/beginnen?naar=/casussen").await;
        let back = town.issuer.authorize(page.location());
        engine.clock.set(engine.clock.now().plus_seconds(601));
        let page = browser.get(&back).await;
        town.is_refused(&mut browser, &page, NOT_ASKED).await;
    }

    async fn an_answer_of_another_provider_or_an_error_is_told(engine: Engine) {
        let town = Town::new(engine).await;
        for (more, told) in [
            ("&iss=https://elders.example", UNTRUSTED),
            ("&error=access_denied", "U hebt het aanmelden bij uw werkaccount afgebroken"),
            ("&error=temporarily_unavailable", UNREACHABLE),
            ("&error=invalid_scope&error_description=%3Cscript%3Ealert(1)%3C/script%3E", UNTRUSTED),
        ] {
            let mut browser = town.world.stranger();
            let page = browser.get("/aanmelden/beginnen").await;
            let back = town.issuer.authorize(page.location());
            let page = browser.get(&format!("{back}{more}")).await;
            assert!(!page.text.contains("alert(1)"));
            town.is_refused(&mut browser, &page, told).await;
        }
    }

    async fn who_signed_in_too_weakly_is_told_how(engine: Engine) {
        let strong = || vec!["urn:strong".to_owned(), "urn:stronger".to_owned()];
        let town = Town::with(engine, |options| options.acr_values = strong()).await;
        let told = "op een manier die voor Plein niet sterk genoeg is";
        let mut browser = town.world.stranger();
        let page = browser.get("/aanmelden/beginnen").await;
        assert!(page.location().contains("acr_values=urn%3Astrong+urn%3Astronger"), "{}", page.location());
        for twist in [|_: &mut Claims| {}, |claims: &mut Claims| set(claims, "acr", "urn:weak")] {
            town.issuer.behaviour().twist = twist;
            let page = town.sign_in(&mut browser).await;
            town.is_refused(&mut browser, &page, told).await;
        }
        assert_eq!(town.lines(LineKind::Refused).await, 0, "nobody yet");
        town.issuer.behaviour().twist = |claims| set(claims, "acr", "urn:stronger");
        assert_eq!(town.sign_in(&mut browser).await.status, StatusCode::SEE_OTHER);
        // Now they are somebody, and what is refused them stands in the log.
        town.issuer.behaviour().twist = |claims| set(claims, "acr", "urn:weak");
        let page = town.sign_in(&mut town.world.stranger()).await;
        assert!(page.text.contains(told));
        assert_eq!(town.lines(LineKind::Refused).await, 1);
    }

    async fn whom_nothing_lets_in_waits_and_sees_nothing(engine: Engine) {
        let town = Town::new(engine).await;
        let many: Vec<String> = (0..10_000).map(|number| format!("groep-{number}")).chain(["permits".into()]).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for groups in [&[][..], &["kantine"], &["lead"], &["permits", "taxes"], &["fg", "lead"], &many] {
            town.issuer.knows("anna-1", "Anna", groups);
            let mut browser = town.world.stranger();
            let page = town.sign_in(&mut browser).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN);
            town.is_out(&mut browser, &page, "U hebt nog geen toegang").await;
        }
        assert!(!town.world.engine.raw_contains("content", b"anna-1").await);
        let people = town.world.vault.directory.people().await.unwrap();
        assert!(people.iter().all(|one| one.name != "Anna"), "no member of staff that others see");
    }

    async fn who_leaves_their_groups_loses_everything_at_once(engine: Engine) {
        let town = Town::new(engine).await;
        let mut at_work = town.signed_in("anna-1", "Anna", &["permits"]).await;
        assert_eq!(at_work.get("/").await.status, StatusCode::OK);
        town.issuer.knows("anna-1", "Anna", &["kantine"]);
        let page = town.sign_in(&mut town.world.stranger()).await;
        assert!(page.text.contains("U hebt geen toegang meer"), "{}", page.text);
        assert!(at_work.get("/").await.location().starts_with("/aanmelden"), "also where they were signed in");
        assert_eq!(town.lines(LineKind::Refused).await, 1);
        // The FG reads it.
        let mut fg = town.signed_in("fg-1", "Frank", &["fg"]).await;
        fg.post("/doel", &[("purpose", "supervision"), ("naar", "/")]).await;
        let log = fg.get("/toezicht/inzagelog").await.text;
        assert!(log.contains("Anna") && log.contains("Geweigerd"), "{log}");
    }

    async fn what_went_wrong_is_told_to_the_operator_under_the_number_and_names_nobody(engine: Engine) {
        let said = crate::at_rest::listen();
        let town = Town::new(engine).await;
        town.issuer.knows("KANARIE-onderwerp", "KANARIE Naam", &["KANARIE-groep"]);
        town.issuer.behaviour().twist = |claims| set(claims, "nonce", "another");
        let page = town.sign_in(&mut town.world.stranger()).await;
        let number = page.text.split("class=\"incident\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
        town.issuer.behaviour().twist = |_| {};
        town.sign_in(&mut town.world.stranger()).await;
        let said = said.text();
        // The tests beside it have the same numbers.
        let mut told = said.lines().filter(|line| line.contains(&number) && line.contains("did not come about"));
        assert!(told.any(|line| line.contains("nonce")), "{number}");
        assert!(said.contains("none of the groups is explained"), "who waits is told too");
        let ours: Vec<&str> = said.lines().filter(|line| line.contains("plein_")).collect();
        assert!(ours.iter().all(|line| !line.contains("KANARIE-onderwerp") && !line.contains("KANARIE Naam")));
        assert!(ours.iter().all(|line| !line.contains(SECRET) && !line.contains("the-access-token")));
    }
}
