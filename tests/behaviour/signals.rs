//! A signal over time: the form in steps, and every version with who and why.

use crate::{common, common::*, world::*};
use http::StatusCode;
use plein_domain::ledger::LineKind;
use plein_vault::ledger::LogQuery;

/// Fields with one of them said otherwise, and why.
fn changed(marker: &str, why: &'static str) -> Vec<(&'static str, String)> {
    let mut fields = signal(marker);
    fields.push(("why", why.to_owned()));
    fields.push(("do", "check".to_owned()));
    fields
}

async fn change(browser: &mut Browser, path: &str, fields: &[(&'static str, String)]) -> Page {
    let id = path.rsplit('/').next().unwrap();
    let draft = browser.begin("edit-signal", &[("object", id)]).await;
    let page = browser.post(&draft, &pairs(fields)).await;
    assert!(page.location().contains("/controleren"), "{} {}", page.status, page.text);
    browser.post(&format!("{draft}/versturen"), &[]).await
}

/// How often Anna opened something.
async fn opened(world: &World) -> usize {
    let filter = LogQuery { person: Some(person(ANNA)), kind: Some(LineKind::Opened), ..LogQuery::default() };
    world.engine.ledger().await.search(&filter, 1_000).await.unwrap().len()
}

both_engines! {
    async fn every_version_is_kept_with_who_and_why_for_the_department_alone(engine: Engine) {
        let world = World::new(engine).await;
        let (mut anna, mut bram, mut carla) = (world.browser(ANNA).await, world.browser(BRAM).await, world.browser(CARLA).await);
        let path = world.log(&mut anna, &pairs(&signal("eerst"))).await;
        assert!(!anna.get(&path).await.text.contains("/versies"), "there is one version alone");

        let mut fields = changed("daarna", "KANARIEREDEN");
        fields.retain(|(name, _)| *name != "phenomenon" && *name != "reporter");
        fields.push(("phenomenon", "zorgfraude".to_owned()));
        let page = change(&mut anna, &path, &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert!(anna.get(&path).await.text.contains(&format!("{path}/versies")));

        let before = opened(&world).await;
        let page = anna.get(&format!("{path}/versies")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        for words in [
            "Versie 2", "Versie 1", "KANARIEREDEN", "Anna van Vergunningen", "feiten-eerst", "feiten-daarna", "melder-eerst",
            "Vastgoedfraude", "Zorgfraude",
        ] {
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
        assert_eq!(opened(&world).await, before + 1, "one viewing, one line");

        // The draft of the change that comes next does not begin with the last reason.
        let draft = anna.begin("edit-signal", &[("object", path.rsplit('/').next().unwrap())]).await;
        assert!(!anna.get(&format!("{draft}?stap=gegevens")).await.text.contains("KANARIEREDEN"));

        // Whoever is shown what the department offers, or nothing, is shown no versions: as if there were none.
        let nowhere = "/signalen/00000000-0000-4000-8000-000000000000/versies";
        for browser in [&mut bram, &mut carla] {
            let (page, none) = (browser.get(&format!("{path}/versies")).await, browser.get(nowhere).await);
            assert_ne!(page.status, StatusCode::OK);
            assert!(!page.text.contains("KANARIEREDEN") && !page.text.contains("feiten-"), "{}", page.text);
            assert_eq!(none.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(bram.get(&format!("{path}/versies")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(world.stranger().get(&format!("{path}/versies")).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_signal_whose_purpose_ended_is_changed_under_that_purpose_and_a_new_one_cannot_have_it(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let path = world.log(&mut anna, &pairs(&signal("eerst"))).await;
        let other = anna.begin("new-signal", &[]).await;
        let outside = engine.outside("content").await;
        execute(&outside, "UPDATE purposes SET valid_until = '2026-01-01', for_cases = TRUE WHERE NOT for_cases").await.unwrap();

        // It is there to be chosen, and it is accepted: the signal was collected under it.
        let draft = anna.begin("edit-signal", &[("object", path.rsplit('/').next().unwrap())]).await;
        let page = anna.get(&format!("{draft}?stap=gegevens")).await.text;
        assert!(page.contains(&format!("<option value=\"{INTAKE_PURPOSE}\" selected")), "{page}");
        let page = change(&mut anna, &path, &changed("daarna", "beter gezien")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert!(anna.get(&path).await.text.contains("feiten-daarna"));

        let mut fields = signal("nieuw");
        fields.push(("do", "check".to_owned()));
        assert_eq!(anna.post(&other, &pairs(&fields)).await.location(), other);
        assert!(anna.get(&format!("{other}?stap=alles")).await.text.contains("href=\"#original-purpose\""));
    }

    async fn a_change_without_a_reason_is_not_sent_and_nothing_is_lost(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let path = world.log(&mut anna, &pairs(&signal("eerst"))).await;
        let draft = anna.begin("edit-signal", &[("object", path.rsplit('/').next().unwrap())]).await;
        let mut fields = changed("daarna", "");
        fields.push(("step", "alles".to_owned()));
        let page = anna.post(&draft, &pairs(&fields)).await;
        assert_eq!(page.location(), format!("{draft}?stap=alles"));
        let page = anna.get(page.location()).await;
        assert!(page.text.contains("href=\"#why\"") && page.text.contains("feiten-daarna"), "{}", page.text);
        assert_eq!(anna.post(&format!("{draft}/versturen"), &[]).await.location(), draft);
        assert!(anna.get(&path).await.text.contains("feiten-eerst"));
    }

    async fn a_form_is_filled_in_step_by_step_left_and_taken_up_again(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let draft = anna.begin("new-signal", &[]).await;
        let of_step = |names: &[&str]| -> Vec<(&'static str, String)> {
            signal("stap").into_iter().filter(|(name, _)| names.contains(name)).collect()
        };
        let what = of_step(&["summary", "facts", "suspicion", "phenomenon"]);
        let mut sent = pairs(&what);
        sent.extend([("step", "wat"), ("do", "next")]);
        let page = anna.post(&draft, &sent).await;
        assert_eq!(page.location(), format!("{draft}?stap=herkomst#vragen"));

        // Left here, and back from another device: the second step, with the first kept.
        let mut later = world.browser(ANNA).await;
        let page = later.get(&draft).await;
        assert!(page.text.contains("stap 2 van 6") && page.text.contains("feiten-stap</textarea>"), "{}", page.text);

        // What is missing in a step is told there, and nothing of what comes later.
        let mut sent = pairs(&what);
        sent.extend([("steps-done", "wat"), ("channel", "own"), ("step", "herkomst"), ("do", "next")]);
        let page = later.post(&draft, &sent).await;
        assert_eq!(page.location(), format!("{draft}?stap=herkomst"));
        let page = later.get(page.location()).await;
        assert!(page.text.contains("href=\"#reliability\"") && !page.text.contains("href=\"#received-on\""), "{}", page.text);

        // The whole form, from its last step.
        let whole = signal("stap");
        let mut sent = pairs(&whole);
        sent.extend([
            ("characteristic", "authority"), ("anchoring", "involvement"), ("anchoring", "procedures"), ("task", "Wet Bibob"),
            ("territory", "within"), ("step", "gegevens"), ("do", "check"),
        ]);
        let page = later.post(&draft, &sent).await;
        assert_eq!(page.location(), format!("{draft}/controleren"), "{}", page.text);
        let page = later.get(page.location()).await;
        assert!(page.text.contains("Wet Bibob") && page.text.contains("?stap=kenmerken&amp;terug=ja#task"), "{}", page.text);
        let page = later.post(&format!("{draft}/versturen"), &[]).await;
        let page = later.get(page.location()).await;
        for words in ["Tast het gezag van bestuur", "Procedure die het mogelijk maakt", "Taak of bevoegdheid: Wet Bibob"] {
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
    }

    async fn places_and_ticks_that_cannot_be_are_told_at_their_field(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let draft = anna.begin("new-signal", &[]).await;
        let mut fields = signal("veel");
        fields.retain(|(name, _)| *name != "place");
        fields.push(("place", (1..=11).map(|number| format!("Kade {number}\r\n\r\n")).collect()));
        // A tick of another group, one that is none, and a territory that is none.
        for (name, value) in [("anchoring", "authority"), ("signalling", "ufo"), ("territory", "mars"), ("do", "check")] {
            fields.push((name, value.to_owned()));
        }
        let page = anna.post(&draft, &pairs(&fields)).await;
        assert_eq!(page.location(), draft);
        let page = anna.get(&format!("{draft}?stap=alles")).await;
        for field in ["place", "anchoring", "signalling", "territory"] {
            assert!(page.text.contains(&format!("href=\"#{field}\"")), "{field}: {}", page.text);
        }
        assert!(page.text.contains("Kade 11"));
    }
}
