//! Signing out: here, at the provider, and by the provider's word, also while a plan is open.

use super::*;
use crate::drafting::Window;
use serde_json::{Map, Value, json};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// What makes a logout token wrong.
type Twist<'a> = dyn Fn(&mut Map<String, Value>) + Sync + 'a;

const PATH: &str = "/aanmelden/afmelden-door-provider";

/// What a logout token says when it is right.
pub(super) fn out(town: &Town, id: &str) -> Map<String, Value> {
    let now = town.issuer.seconds();
    let claims = json!({
        "iss": town.issuer.url, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": id,
        "sub": "anna-1", "sid": "session-of-anna-1", "events": { EVENT: {} },
    });
    claims.as_object().unwrap().clone()
}

/// The provider says it: from no browser, with no cookie.
pub(super) async fn says(town: &Town, token: &str) -> StatusCode {
    let request = http::Request::post(PATH).header("content-type", "application/x-www-form-urlencoded");
    let body = encode(&[("logout_token", token)]);
    town.world.stranger().send(request, body.into()).await.status
}

both_engines! {
    async fn who_signs_out_is_led_to_the_provider_without_anything_about_them_in_the_address(engine: Engine) {
        let town = Town::new(engine).await;
        let mut browser = town.signed_in("anna-1", "Anna", &["permits"]).await;
        let cookies = browser.cookies();
        let page = browser.post("/afmelden", &[]).await;
        assert_eq!(page.status, StatusCode::OK);
        let refresh = page.headers["refresh"].to_str().unwrap();
        let wanted = format!(
            "0; url={}/leave?client_id=plein&post_logout_redirect_uri=https%3A%2F%2Fplein.example%2Faanmelden%2Fafgemeld",
            town.issuer.url
        );
        assert_eq!(refresh, wanted);
        assert!(browser.cookies().is_empty());
        let request = http::Request::get("/").header(http::header::COOKIE, cookies);
        assert!(town.world.stranger().send(request, "".into()).await.location().starts_with("/aanmelden"));
        assert!(browser.get("/aanmelden/afgemeld").await.text.contains("U bent afgemeld"));
        assert_eq!(town.lines(LineKind::SignedOut).await, 1);
    }

    async fn who_signs_out_while_the_provider_is_down_is_signed_out_here(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        town.signed_in("anna-1", "Anna", &["permits"]).await;
        engine.clock.set(engine.clock.now().plus_seconds(3_500));
        town.issuer.behaviour().now = engine.clock.now();
        let mut browser = town.signed_in("anna-1", "Anna", &["permits"]).await;
        // What it said of itself is not believed any more, and it says nothing.
        engine.clock.set(engine.clock.now().plus_seconds(200));
        town.issuer.behaviour().faults.insert("/.well-known/openid-configuration", issuer::Fault::Down);
        let page = browser.post("/afmelden", &[]).await;
        assert_eq!(page.location(), "/aanmelden?gelukt=signed-out", "{}", page.text);
        assert!(browser.get("/").await.location().starts_with("/aanmelden"));
    }

    async fn the_provider_ends_the_sessions_that_it_began_and_no_others(engine: Engine) {
        let town = Town::new(engine).await;
        let mut anna = town.signed_in("anna-1", "Anna", &["permits"]).await;
        let mut bram = town.signed_in("bram-1", "Bram", &["taxes"]).await;
        // Anna at another computer, by another session of the provider.
        town.issuer.knows("anna-1", "Anna", &["permits"]);
        town.issuer.behaviour().claims.insert("sid".into(), "another-session".into());
        let mut elsewhere = town.world.stranger();
        assert_eq!(town.sign_in(&mut elsewhere).await.status, StatusCode::SEE_OTHER);
        let token = town.issuer.signed(&out(&town, "one"), "logout+jwt");
        assert_eq!(says(&town, &token).await, StatusCode::OK);
        assert!(anna.get("/").await.location().starts_with("/aanmelden"));
        assert_eq!(bram.get("/").await.status, StatusCode::OK);
        assert_eq!(elsewhere.get("/").await.status, StatusCode::OK, "another session");
        assert_eq!(town.lines(LineKind::SignedOut).await, 1);
        // Without a session it names all of hers.
        let mut all = out(&town, "two");
        all.remove("sid");
        assert_eq!(says(&town, &town.issuer.signed(&all, "logout+jwt")).await, StatusCode::OK);
        assert!(elsewhere.get("/").await.location().starts_with("/aanmelden"));
        assert_eq!(bram.get("/").await.status, StatusCode::OK);
        assert_eq!(says(&town, &token).await, StatusCode::BAD_REQUEST, "taken before");
    }

    async fn who_is_signed_out_at_the_provider_while_they_sign_in_does_not_get_in(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        town.issuer.knows("anna-1", "Anna", &["permits"]);
        let mut anna = town.world.stranger();
        // The provider says it between the token of a sign-in and its session: here, before, with a later time.
        let mut later = out(&town, "later");
        later.insert("iat".into(), (town.issuer.seconds() + 30).into());
        assert_eq!(says(&town, &town.issuer.signed(&later, "logout+jwt")).await, StatusCode::OK);
        let page = town.sign_in(&mut anna).await;
        assert!(page.status.is_client_error() && !anna.cookies().contains("__Host-plein="), "{}", page.text);
        assert_eq!((town.lines(LineKind::SignedIn).await, town.lines(LineKind::SignedOut).await), (1, 1));
        // In another session of the provider they are in, and after it in the same one.
        town.issuer.behaviour().claims.insert("sid".into(), "another-session".into());
        assert_eq!(town.sign_in(&mut town.world.stranger()).await.status, StatusCode::SEE_OTHER);
        town.issuer.knows("anna-1", "Anna", &["permits"]);
        engine.clock.set(engine.clock.now().plus_seconds(31));
        town.issuer.behaviour().now = engine.clock.now();
        assert_eq!(town.sign_in(&mut anna).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_logout_token_that_is_not_right_ends_nothing(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        let mut anna = town.signed_in("anna-1", "Anna", &["permits"]).await;
        let now = town.issuer.seconds();
        let twists: [(&str, &Twist<'_>); 14] = [
            ("iss", &|claims| drop(claims.insert("iss".into(), "https://elders.example".into()))),
            ("aud", &|claims| drop(claims.insert("aud".into(), "another-client".into()))),
            ("no aud", &|claims| drop(claims.remove("aud"))),
            ("no iat", &|claims| drop(claims.remove("iat"))),
            ("old", &|claims| drop(claims.insert("iat".into(), (now - 3_600).into()))),
            ("future", &|claims| drop(claims.insert("iat".into(), (now + 3_600).into()))),
            ("not yet", &|claims| drop(claims.insert("nbf".into(), (now + 3_600).into()))),
            ("lapsed", &|claims| drop(claims.insert("exp".into(), (now - 1).into()))),
            ("no jti", &|claims| drop(claims.remove("jti"))),
            ("no events", &|claims| drop(claims.remove("events"))),
            ("other events", &|claims| drop(claims.insert("events".into(), json!({ "http://elders.example": {} })))),
            ("events are no object", &|claims| drop(claims.insert("events".into(), json!({ EVENT: "yes" })))),
            ("nonce", &|claims| drop(claims.insert("nonce".into(), "n".into()))),
            ("nobody", &|claims| { claims.remove("sub"); claims.remove("sid"); }),
        ];
        for (at, (what, twist)) in twists.iter().enumerate() {
            let mut claims = out(&town, &format!("bad-{at}"));
            twist(&mut claims);
            assert_eq!(says(&town, &town.issuer.signed(&claims, "logout+jwt")).await, StatusCode::BAD_REQUEST, "{what}");
        }
        // A token that was made for something else is none of logout, and one without a type can be.
        let other = out(&town, "bad-type");
        for kind in ["at+jwt", "application/secevent+jwt"] {
            assert_eq!(says(&town, &town.issuer.signed(&other, kind)).await, StatusCode::BAD_REQUEST, "{kind}");
        }
        // Whether the provider has that key can be found out in a moment: it is to send the token again.
        town.issuer.behaviour().signing = Signing::ByAnotherKey;
        let token = town.issuer.signed(&out(&town, "bad-signature"), "logout+jwt");
        assert_eq!(says(&town, &token).await, StatusCode::SERVICE_UNAVAILABLE, "the keys were asked for just now");
        engine.clock.set(engine.clock.now().plus_seconds(11));
        for signing in [Signing::ByAnotherKey, Signing::Not, Signing::Badly, Signing::BySecret] {
            town.issuer.behaviour().signing = signing;
            let token = town.issuer.signed(&out(&town, "bad-signature"), "logout+jwt");
            assert_eq!(says(&town, &token).await, StatusCode::BAD_REQUEST, "{signing:?}");
        }
        town.issuer.behaviour().signing = Signing::Well;
        for token in ["", "a.b.c", "a.b", &"x".repeat(20_000)] {
            assert_eq!(says(&town, token).await, StatusCode::BAD_REQUEST);
        }
        assert_eq!(anna.get("/").await.status, StatusCode::OK);
        // None of it used up the right one.
        assert_eq!(says(&town, &town.issuer.signed(&out(&town, "bad-signature"), "logout+jwt")).await, StatusCode::OK);
        assert!(anna.get("/").await.location().starts_with("/aanmelden"));
    }

    async fn a_plan_that_is_open_closes_at_once_when_the_provider_signs_somebody_out(engine: Engine) {
        let town = Town::new(engine).await;
        let mut anna = town.signed_in("anna-1", "Anna", &["permits", "lead"]).await;
        anna.post("/doel", &[("purpose", "intake"), ("naar", "/")]).await;
        let of_anna = town.world.log(&mut anna, &pairs(&signal("a"))).await;
        let case = anna.open_case("Zaak", &[&of_anna], &["facts"], &[]).await;
        anna.for_case(&case).await;
        let page = anna.post(&format!("{case}/plan"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        let address = town.world.serve().await;
        let mut window = Window::open(address, &case, &anna, 501).await;
        window.until("the template", |one| one.text().contains("Situatie")).await;
        let token = town.issuer.signed(&out(&town, "now"), "logout+jwt");
        // Rooms look at sessions now and then anyway; by this word they do at once.
        let told = town.world.vault.sessions.ending();
        assert_eq!(says(&town, &token).await, StatusCode::OK);
        assert!(told.has_changed().unwrap());
        assert_eq!(window.until_closed().await, 4401);
    }

    async fn a_token_of_before_the_provider_signed_somebody_out_lets_them_in_no_more(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        for (at, sid) in ["all-of-hers", "that-session"].into_iter().enumerate() {
            town.issuer.behaviour().now = engine.clock.now();
            town.issuer.knows("anna-1", "Anna", &["permits"]);
            // What the provider says comes while the browser is on its way back with its code.
            let mut anna = town.world.stranger();
            let page = anna.get("/aanmelden/beginnen?naar=/").await;
            let back = town.issuer.authorize(page.location());
            let mut said = out(&town, sid);
            if at == 0 {
                said.remove("sid");
            }
            assert_eq!(says(&town, &town.issuer.signed(&said, "logout+jwt")).await, StatusCode::OK);
            let page = anna.get(&back).await;
            assert!(page.status.is_client_error(), "{sid}: {} {}", page.status, page.text);
            assert!(!anna.cookies().contains("__Host-plein="), "{}", anna.cookies());
            // A sign-in that begins afterwards is another one.
            engine.clock.set(engine.clock.now().plus_seconds(2));
            town.issuer.behaviour().now = engine.clock.now();
            let page = town.sign_in(&mut anna).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{sid}: {}", page.text);
        }
    }
}
