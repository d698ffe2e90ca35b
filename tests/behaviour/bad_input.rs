//! Bad input: a clear message at the field or an honest refusal, and nothing typed is lost.

use crate::{common, common::*, world::*};
use http::{Request, StatusCode};
use plein_server::edge::ConnectionLimits;
use std::time::Duration;

/// The signal form with one field changed.
fn changed(field: &str, value: &str) -> Vec<(&'static str, String)> {
    let mut form = signal("x");
    for (name, old) in &mut form {
        if *name == field {
            *old = value.into();
        }
    }
    form
}

both_engines! {
    async fn wrong_fields_are_told_at_the_field_and_everything_typed_is_still_there(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let long = "ë".repeat(500_000);
        for (field, value) in [
            ("subject.0.identifier", "123456789"),
            ("received-on", "31-02-2026"),
            ("received-on", "2027-01-01"),
            ("observed-on", "gisteren"),
            ("observed-on", "2026-11-21"),
            ("facts", ""),
            ("facts", long.as_str()),
            ("category", "special"),
            ("phenomenon", "bestaat-niet"),
            ("summary", "\u{1}"),
        ] {
            let draft = anna.begin("new-signal", &[]).await;
            let form = changed(field, value);
            let mut fields = pairs(&form);
            fields.push(("do", "check"));
            let page = anna.post(&draft, &fields).await;
            assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, draft.as_str()), "{field}");
            let page = anna.get(&draft).await;
            let at = if field == "observed-on" && value.starts_with('2') { "received-on" } else { field };
            assert!(page.text.contains("aria-invalid=\"true\""), "{field} {value:.20}");
            assert!(page.text.contains(&format!("href=\"#{at}")), "{at}: the summary links to the field");
            assert!(page.text.contains("vermoeden-x"), "what was right is kept");
            // A day that exists is written as people write it, and a choice that is none is chosen anew.
            if value.len() > 4 && !value.starts_with("202") && field != "phenomenon" {
                assert!(page.text.contains(value), "what was wrong is kept: {field}");
            }
            let page = anna.post(&format!("{draft}/versturen"), &[]).await;
            assert_ne!(page.location(), "/signalen", "{field}");
        }
        assert!(!anna.get("/signalen").await.text.contains("S-2026"));
    }

    async fn a_purpose_that_expired_opens_no_case(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let of_anna = world.log(&mut anna, &pairs(&signal("x"))).await;
        let id = of_anna.rsplit('/').next().unwrap().to_owned();
        let mut carla = world.browser(CARLA).await;
        let draft = carla.begin("open-case", &[]).await;
        let mut fields: Vec<(String, String)> = vec![
            ("title".into(), "t".into()), ("reasons".into(), "r".into()), ("signal".into(), id.clone()),
            ("purpose".into(), EXPIRED_PURPOSE.to_string()), (format!("link.{id}.field"), "facts".into()), ("do".into(), "check".into()),
        ];
        fields.extend(test_fields(&id, "x"));
        let borrowed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = carla.post(&draft, &borrowed).await;
        assert_eq!(page.location(), draft);
        assert!(carla.get(&draft).await.text.contains("href=\"#purpose"));
    }

    async fn somebody_elses_change_is_shown_beside_mine_and_i_choose(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let path = world.log(&mut anna, &pairs(&signal("een"))).await;
        let id = path.rsplit('/').next().unwrap();
        let mine = anna.begin("edit-signal", &[("object", id)]).await;
        let form = changed("facts", "mijn feiten");
        let mut fields = pairs(&form);
        fields.push(("why", "beter gezien"));
        fields.push(("do", "check"));
        anna.post(&mine, &fields).await;
        // The same person in another window stands for a colleague: the port takes another author's draft.
        let asker = world.asker(ANNA).await;
        let other = world.ports.drafts.begin(&asker, plein_domain::form::FormKind::EditSignal, Some(id.parse().unwrap()), None).await.unwrap();
        assert_eq!(format!("/concepten/{other}"), mine, "one author has one draft of a thing");
        let colleague = world.colleague_of_anna().await;
        let theirs = world.ports.drafts.begin(&colleague, plein_domain::form::FormKind::EditSignal, Some(id.parse().unwrap()), None).await.unwrap();
        let mut values = world.ports.drafts.read(&colleague, theirs).await.unwrap().values;
        values.set("facts", "hun feiten");
        values.set("why", "verbeterd");
        world.ports.drafts.save(&colleague, theirs, None, values).await.unwrap();
        world.ports.signals.edit(&colleague, theirs, None).await.unwrap();

        let page = anna.post(&format!("{mine}/versturen"), &[]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("mijn feiten") && page.text.contains("hun feiten"));
        anna.post(&format!("{mine}/conflict"), &[("keep", "mine")]).await;
        let page = anna.post(&format!("{mine}/versturen"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert!(anna.get(&path).await.text.contains("mijn feiten"));
    }

    async fn two_windows_with_one_draft_lose_nothing_and_the_author_chooses(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let draft = anna.begin("new-signal", &[]).await;
        let (one, two) = (anna.window(&draft).await, anna.window(&draft).await);
        let in_window = |window: &[(&'static str, String)], facts: &str, more: &str| {
            let mut form = changed("facts", facts);
            form.extend(window.iter().cloned());
            form.push(("do", more.into()));
            form
        };
        // The first window saves, and saves again: that is no conflict.
        for facts in ["van een", "van een, beter"] {
            let page = anna.post(&draft, &pairs(&in_window(&one, facts, "save"))).await;
            assert!(page.location().contains("draft-saved"), "{facts}");
        }
        // The second one, begun before that, is kept apart. So is an autosave from it.
        let page = anna.post(&draft, &pairs(&in_window(&two, "van twee", "check"))).await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, draft.as_str()));
        let page = anna.get(&draft).await;
        assert!(page.text.contains("van een, beter") && page.text.contains("van twee"), "{}", page.text);
        assert!(page.text.contains("in twee vensters"));
        // Nothing can be sent before a choice is made.
        assert_eq!(anna.post(&format!("{draft}/versturen"), &[]).await.location(), draft);
        let page = anna.post(&format!("{draft}/venster"), &[("keep", "aside")]).await;
        assert_eq!(page.location(), format!("{draft}?stap=alles"));
        let page = anna.get(page.location()).await;
        assert!(page.text.contains("van twee") && !page.text.contains("van een"));
        // The same words from an old window are no conflict: a double click is one click.
        let three = anna.window(&draft).await;
        for _ in 0..2 {
            let page = anna.post(&draft, &pairs(&in_window(&three, "van drie", "check"))).await;
            assert!(page.location().ends_with("/controleren"), "{}", page.location());
        }
        // What is sent is what was looked at.
        let answers = anna.get(&format!("{draft}/controleren")).await;
        let looked = hidden(&answers.text, "revision");
        let four = anna.window(&draft).await;
        anna.post(&draft, &pairs(&in_window(&four, "van vier", "save"))).await;
        let page = anna.post(&format!("{draft}/versturen"), &[("revision", &looked)]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("van vier") && page.text.contains("in een ander venster"));
        assert!(!anna.get("/signalen").await.text.contains("S-2026"));
        let looked = hidden(&page.text, "revision");
        let page = anna.post(&format!("{draft}/versturen"), &[("revision", &looked)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert!(page.location().starts_with("/signalen/"), "{}", page.location());
    }

    async fn bytes_that_are_no_text_and_ids_that_are_none_are_refused_in_words(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let draft = anna.begin("new-signal", &[]).await;
        let request = || Request::post(draft.as_str()).header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
        let page = anna.send(request(), "facts=%ff%fe".into()).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(page.text.contains("<h1"));
        for path in ["/signalen/1", "/signalen/%ff", "/casussen/x", "/concepten/'--", "/nergens"] {
            assert_eq!(anna.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        // Where to go afterwards stays here.
        for evil in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
            let page = anna.post("/taal", &[("taal", "en"), ("naar", evil)]).await;
            assert!(!page.location().contains("evil") && !page.location().contains("javascript"), "{evil}");
        }
    }
}

/// A few hundred pieces of garbage; `cargo xtask soak garbage` throws ten thousand, twice, and weighs the program.
#[test]
fn garbage_is_answered_or_hung_up_on_and_work_goes_on() {
    common::on_sqlite(|engine| async move {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let of_anna = world.log(&mut anna, &pairs(&signal("x"))).await;
        let draft = anna.begin("new-signal", &[]).await;
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let (mut carla, pim) = (world.browser(CARLA).await, world.browser(PRIVACY).await);
        let case = carla.open_case("zaak", &[&of_anna], &["facts"], &[ANNA]).await;
        for browser in [&mut anna, &mut carla] {
            browser.for_case(&case).await;
        }
        carla.post(&format!("{case}/plan"), &[]).await;
        // What is not said is not waited for as long as elsewhere.
        let soon = Duration::from_secs(1);
        let short = world.behind(|edge| edge.pace.pause = soon);
        let limits = ConnectionLimits { head: soon, ..ConnectionLimits::default() };
        let (address, _) = short.serve_until(limits, std::future::pending()).await;
        let target = plein_bench::garbage::Target {
            address,
            cookies: [&anna, &carla, &pim].map(|browser| browser.cookies()).to_vec(),
            ids: [&of_anna, &draft, &case].map(|path| id(path)).to_vec(),
            socket: format!("{case}/plan/samen"),
        };
        let outcome = plein_bench::garbage::throw(&target, 20_261_130, 600).await.unwrap();
        assert!(outcome.wrong.is_empty(), "{outcome}");
        assert!(outcome.answered.len() > 6, "{outcome}");
        // Nobody is signed out by it but by their own button, and what was there is there.
        let mut anna = world.browser(ANNA).await;
        assert_eq!(anna.get(&of_anna).await.status, StatusCode::OK);
        world.log(&mut anna, &pairs(&signal("daarna"))).await;
    });
}
