//! Sign-in with an identity provider: who gets in, and that nobody else does. What is named `oidcc_client_test_…` does what the
//! OpenID Foundation's test module of that name does with a client.

mod anew;
pub mod issuer;
mod leaving;
mod misbehaving;
mod places;

use crate::{common, common::*, faults::Fault, world::*};
use http::StatusCode;
use issuer::*;
use plein_domain::{ledger::LineKind, moment::Clock, people::Role, ports::*};
use plein_server::sign_in::{
    Algorithm, Audience, Authentication, ClaimNames, GroupMeans, ProviderOptions, Secret, SigningKey,
};
use plein_vault::ledger::LogQuery;
use std::time::Duration;

/// A municipality with a provider.
struct Town {
    world: World,
    issuer: Issuer,
}

fn group(group: &str, department: Option<&str>, roles: &[Role]) -> GroupMeans {
    GroupMeans { group: group.into(), department: department.map(str::to_owned), roles: roles.to_vec() }
}

impl Town {
    async fn new(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// With something else said of the provider.
    async fn with(engine: Engine, change: impl FnOnce(&mut ProviderOptions)) -> Self {
        let issuer = Issuer::start(engine.clock.now()).await;
        let mut options = ProviderOptions {
            issuer: issuer.url.clone(),
            client_id: CLIENT.into(),
            authentication: Authentication::Basic(Secret::new(SECRET)),
            scopes: vec!["openid".into(), "profile".into()],
            acr_values: Vec::new(),
            authorities: vec![issuer.authority.clone()],
            userinfo: false,
            claims: ClaimNames::default(),
            groups: vec![
                group("permits", Some("Vergunningen"), &[Role::Member]),
                group("taxes", Some("Belastingen"), &[Role::Member]),
                group("lead", None, &[Role::Coordinator]),
                group("fg", Some("Control"), &[Role::Fg]),
            ],
            public_url: "https://plein.example".into(),
            patience: Duration::from_secs(5),
        };
        change(&mut options);
        // A world with a register, whose people are nobody here until the provider knows them.
        let world = World::new(engine.clone()).await;
        world.vault.sign_ins.make_departments(&["Control".into()]).await.unwrap();
        let installation = Installation {
            municipality: "Gemeente Proef".into(),
            plein_name: "Plein".into(),
            demo: false,
            contact: Contact::default(),
            sessions: SessionLimits { idle: 600, longest: 3_600, fresh: 300 },
            tour: Vec::new(),
        };
        let served = plein_server::assemble_with(world.vault.clone(), installation, options).unwrap();
        let vault = world.vault.clone();
        Self { world: World::serving(engine, vault, served), issuer }
    }

    /// What a browser gets that signs in.
    async fn sign_in(&self, browser: &mut Browser) -> Page {
        self.sign_in_for(browser, "/").await
    }

    async fn sign_in_for(&self, browser: &mut Browser, path: &str) -> Page {
        let page = browser.get(&format!("/aanmelden/beginnen?naar={path}")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        let back = self.issuer.authorize(page.location());
        browser.get(&back).await
    }

    /// A browser in which this person is signed in.
    async fn signed_in(&self, subject: &str, name: &str, groups: &[&str]) -> Browser {
        self.issuer.knows(subject, name, groups);
        let mut browser = self.world.stranger();
        let page = self.sign_in(&mut browser).await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/"), "{}", page.text);
        browser
    }

    /// How many lines of this kind there are in the log.
    async fn lines(&self, kind: LineKind) -> usize {
        let query = LogQuery { kind: Some(kind), ..LogQuery::default() };
        self.world.engine.ledger().await.search(&query, 10_000).await.unwrap().len()
    }

    /// What the lines of this kind give as their reason, newest first.
    async fn reasons(&self, kind: LineKind) -> Vec<String> {
        let query = LogQuery { kind: Some(kind), ..LogQuery::default() };
        let lines = self.world.engine.ledger().await.search(&query, 10_000).await.unwrap();
        lines.into_iter().map(|line| line.payload.unwrap().reason).collect()
    }

    /// Nobody is in: no session, no page, and a way on.
    async fn is_out(&self, browser: &mut Browser, page: &Page, told: &str) {
        assert!(!page.status.is_success() && !page.status.is_redirection(), "{}", page.status);
        assert!(page.text.contains(told), "{told}: {}", page.text);
        assert!(!browser.cookies().contains("__Host-plein="), "{}", browser.cookies());
        assert!(browser.get("/").await.location().starts_with("/aanmelden"));
        assert_eq!(self.lines(LineKind::SignedIn).await, 0);
    }

    /// The same, with a number under which the operator finds the cause.
    async fn is_refused(&self, browser: &mut Browser, page: &Page, told: &str) {
        assert!(page.text.contains("Incidentnummer"), "{}", page.text);
        self.is_out(browser, page, told).await;
    }
}

both_engines! {
    async fn somebody_signs_in_and_comes_where_they_wanted_to_be(engine: Engine) {
        let town = Town::new(engine).await;
        let mut browser = town.world.stranger();
        // From a deep link, by the page, to the provider and back.
        assert_eq!(browser.get("/signalen?volgorde=changed").await.location(), "/aanmelden?naar=/signalen%3Fvolgorde%3Dchanged");
        let page = browser.get("/aanmelden?naar=/signalen%3Fvolgorde%3Dchanged").await;
        assert!(page.text.contains("/aanmelden/beginnen?naar=/signalen%3Fvolgorde%3Dchanged") && !page.text.contains("Anna"));
        let page = town.sign_in_for(&mut browser, "/signalen%3Fvolgorde%3Dchanged").await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/signalen?volgorde=changed"), "{}", page.text);
        // One cookie is left, and it says nothing.
        assert!(browser.cookies().starts_with("__Host-plein=") && !browser.cookies().contains(';'), "{}", browser.cookies());
        let page = browser.get("/").await;
        assert!(page.text.contains("Anna de Provider") && page.text.contains("Vergunningen"), "{}", page.text);
        assert!(browser.get("/mijn-inzagen").await.text.contains("Aangemeld"));
        assert_eq!(town.lines(LineKind::SignedIn).await, 1);
    }

    async fn nobody_is_led_elsewhere(engine: Engine) {
        let town = Town::new(engine).await;
        for elsewhere in ["//elders.example", "https://elders.example/", "/%5C%5Celders.example", "javascript:alert(1)"] {
            let mut browser = town.world.stranger();
            let page = town.sign_in_for(&mut browser, elsewhere).await;
            assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/"), "{elsewhere}");
        }
    }

    async fn who_signs_in_again_is_the_same_person_with_another_session(engine: Engine) {
        let town = Town::new(engine).await;
        let mut browser = town.signed_in("anna-1", "Anna", &["permits"]).await;
        let before = browser.cookies();
        let people = town.world.vault.directory.people().await.unwrap().len();
        // Renamed and moved meanwhile, in the same browser.
        town.issuer.knows("anna-1", "Anna Anders", &["taxes", "lead"]);
        let page = town.sign_in(&mut browser).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert_ne!(browser.cookies(), before);
        assert_eq!(town.world.vault.directory.people().await.unwrap().len(), people);
        let text = browser.get("/").await.text;
        assert!(text.contains("Anna Anders") && text.contains("Belastingen"), "{text}");
        // The session before is gone, whoever still has its cookie.
        let request = http::Request::get("/").header(http::header::COOKIE, before);
        let mut thief = town.world.stranger();
        assert!(thief.send(request, "".into()).await.location().starts_with("/aanmelden"));
    }

    async fn the_lists_of_cases_follow_who_comes_to_another_department(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        let mut carla = town.signed_in("carla-1", "Carla", &["permits", "lead"]).await;
        carla.post("/doel", &[("purpose", "intake"), ("naar", "/")]).await;
        let signal_path = town.world.log(&mut carla, &pairs(&signal("EEN"))).await;
        carla.open_case("EEN", &[&signal_path], &["summary"], &[]).await;
        assert!(crate::narrowed::kept(&engine).await > 0);
        town.issuer.knows("carla-1", "Carla", &["taxes", "lead"]);
        assert_eq!(town.sign_in(&mut carla).await.status, StatusCode::SEE_OTHER);
        assert!(crate::narrowed::kept(&engine).await > 0);
    }

    async fn a_session_ends_when_it_is_idle_and_after_its_day(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        let mut browser = town.signed_in("anna-1", "Anna", &["permits"]).await;
        let start = engine.clock.now();
        for minutes in [9, 18, 27] {
            engine.clock.set(start.plus_seconds(minutes * 60));
            assert_eq!(browser.get("/mijn-inzagen").await.status, StatusCode::OK, "{minutes}");
        }
        engine.clock.set(start.plus_seconds(38 * 60));
        assert!(browser.get("/").await.location().starts_with("/aanmelden"), "idle");
        town.issuer.behaviour().now = engine.clock.now();
        let mut browser = town.signed_in("anna-1", "Anna", &["permits"]).await;
        let start = engine.clock.now();
        for minutes in [9, 18, 27, 36, 45, 54] {
            engine.clock.set(start.plus_seconds(minutes * 60));
            assert_eq!(browser.get("/mijn-inzagen").await.status, StatusCode::OK, "{minutes}");
        }
        engine.clock.set(start.plus_seconds(61 * 60));
        assert!(browser.get("/").await.location().starts_with("/aanmelden"), "as long as a session lasts");
        // To the third nobody comes back.
        town.issuer.behaviour().now = engine.clock.now();
        town.signed_in("anna-1", "Anna", &["permits"]).await;
        let limits = town.world.ports.installation.sessions;
        plein_server::end_left_over(&town.world.vault, limits).await.unwrap();
        assert_eq!(town.reasons(LineKind::SessionsEnded).await, ["longest", "idle"], "it stands");
        engine.clock.set(engine.clock.now().plus_seconds(601));
        for _ in 0..2 {
            plein_server::end_left_over(&town.world.vault, limits).await.unwrap();
            assert_eq!(town.reasons(LineKind::SessionsEnded).await, ["idle", "longest", "idle"], "once");
        }
    }

    async fn by_what_somebody_signed_in_is_kept_with_the_line(engine: Engine) {
        let town = Town::new(engine).await;
        town.issuer.behaviour().twist = |claims| {
            claims.insert("acr".into(), "urn:strong".into());
            claims.insert("amr".into(), serde_json::json!(["pwd", "mfa", "o\u{202e}tp"]));
        };
        town.signed_in("anna-1", "Anna", &["permits"]).await;
        town.issuer.behaviour().twist = |_| {};
        town.signed_in("anna-1", "Anna", &["permits"]).await;
        assert_eq!(town.reasons(LineKind::SignedIn).await, ["acr= amr=", "acr=urn:strong amr=pwd,mfa,otp"]);
    }

    async fn plein_proves_itself_by_a_key_or_by_a_secret_in_either_place(engine: Engine) {
        let (pem, public) = client_key();
        let key = SigningKey::from_pem(&pem, Some(Algorithm::Rs256), None).unwrap();
        let way = Authentication::PrivateKey(key, Audience::TokenEndpoint);
        let town = Town::with(engine.clone(), |options| options.authentication = way).await;
        town.issuer.behaviour().client_key = Some(public);
        for _ in 0..2 {
            // With an assertion of its own each time.
            let mut browser = town.world.stranger();
            let page = town.sign_in(&mut browser).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        }
    }

    async fn plein_proves_itself_by_a_secret_in_the_form(engine: Engine) {
        let way = Authentication::Post(Secret::new(SECRET));
        let town = Town::with(engine, |options| options.authentication = way).await;
        assert_eq!(town.sign_in(&mut town.world.stranger()).await.status, StatusCode::SEE_OTHER);
    }

    async fn nobody_is_in_while_the_log_cannot_be_written(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        let mut browser = town.world.stranger();
        let page = browser.get("/aanmelden/beginnen").await;
        let back = town.issuer.authorize(page.location());
        let fault = Fault::begin(Fault::lasting(&engine)[0], &engine).await;
        let page = browser.get(&back).await;
        fault.mend().await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.text.contains("Plein kan uw aanmelding nu niet vastleggen"), "{}", page.text);
        assert!(!browser.cookies().contains("__Host-plein="));
    }
}
