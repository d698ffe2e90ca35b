//! Saved views: filters of lists that people keep under a name, each for themselves.

use crate::{common, common::*, world::*};
use http::StatusCode;
use plein_domain::list::{VIEW_NAME_MAX, VIEWS_MAX};

/// The addresses behind a person's views, as the page of all views links to them.
async fn views(browser: &mut Browser) -> Vec<(String, String)> {
    let page = browser.get("/weergaven").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let paths =
        page.text.split("action=\"/weergaven/").skip(1).map(|rest| rest.split("/weg\"").next().unwrap().to_owned());
    let names = page.text.split("saved-view__name").skip(1).map(|rest| {
        let rest = rest.split('>').nth(2).unwrap();
        rest.split('<').next().unwrap().to_owned()
    });
    names.zip(paths.map(|id| format!("/weergaven/{id}"))).collect()
}

both_engines! {
    async fn a_view_is_kept_opened_renamed_and_removed_by_its_owner_alone(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        world.log(&mut anna, &pairs(&signal("een"))).await;
        let fields = [("list", "signals"), ("name", "KANARIEWEERGAVE"), ("fenomeen", "zorgfraude"), ("volgorde", "oldest"), ("status", "weg")];
        for _ in 0..2 {
            // Sent twice it is kept once.
            let page = anna.post("/weergaven", &fields).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
            assert!(page.location().starts_with("/signalen?"), "{}", page.location());
        }
        let kept = views(&mut anna).await;
        assert_eq!(kept.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["KANARIEWEERGAVE"]);
        // It opens from above its own list, with what made sense.
        let page = anna.get("/signalen").await;
        assert!(page.text.contains("href=\"/signalen?fenomeen=zorgfraude&amp;volgorde=oldest\""), "{}", page.text);
        assert!(!anna.get("/casussen").await.text.contains("KANARIEWEERGAVE"));
        let page = anna.get("/signalen?fenomeen=zorgfraude&volgorde=oldest").await;
        assert!(page.text.contains("aria-current=\"true\"") && page.text.contains("Fenomeen: Zorgfraude"));
        // Nobody else has it, or can touch it: to them it is as one that is not there.
        let path = kept[0].1.clone();
        assert_eq!(views(&mut bram).await, []);
        let nowhere = "/weergaven/00000000-0000-4000-8000-000000000000".to_owned();
        for one in [&path, &nowhere] {
            assert_eq!(bram.get(one).await.status, StatusCode::NOT_FOUND);
            assert_eq!(bram.post(one, &[("name", "van mij")]).await.status, StatusCode::NOT_FOUND);
            assert_eq!(bram.post(&format!("{one}/weg"), &[]).await.status, StatusCode::NOT_FOUND);
        }
        assert!(anna.get(&path).await.text.contains("value=\"KANARIEWEERGAVE\""));
        let page = anna.post(&path, &[("name", "Wacht <b>lang</b>")]).await;
        assert_eq!(page.location(), "/weergaven?gelukt=view-renamed");
        assert!(anna.get("/signalen").await.text.contains("Wacht &lt;b&gt;lang&lt;/b&gt;"));
        // After a restart it is there; on the disk its name says nothing.
        let again = World::reopen(engine.clone()).await;
        let mut anna = again.browser(ANNA).await;
        assert_eq!(views(&mut anna).await.len(), 1);
        anna.post(&path, &[("name", "KANARIEWEERGAVE")]).await;
        assert!(!engine.raw_contains("content", b"KANARIEWEERGAVE").await);
        assert_eq!(anna.post(&format!("{path}/weg"), &[]).await.location(), "/weergaven?gelukt=view-removed");
        assert_eq!(views(&mut anna).await, []);
        assert_eq!(anna.post(&format!("{path}/weg"), &[]).await.status, StatusCode::NOT_FOUND);
        // What was done stands in the log, without the name.
        let log = anna.get("/mijn-inzagen").await.text;
        assert!(log.contains("Bewaarde weergave") && !log.contains("KANARIEWEERGAVE"));
    }

    async fn a_name_that_cannot_be_is_told_and_nothing_typed_is_lost(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let long = "ë".repeat(VIEW_NAME_MAX + 1);
        for (name, said) in [("", "Vul dit in"), (long.as_str(), "Dit is te lang"), ("a\u{1}b", "tekens")] {
            let page = anna.post("/weergaven", &[("list", "cases"), ("name", name), ("status", "open")]).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
            assert!(page.text.contains("aria-invalid=\"true\"") && page.text.contains("open</textarea>"), "{}", page.text);
            assert!(page.text.contains(said), "{name:?}: {}", page.text);
            assert!(page.text.contains(&name.replace('\u{1}', "")) || name.contains('\u{1}'));
        }
        assert_eq!(anna.post("/weergaven", &[("list", "alles"), ("name", "x")]).await.status, StatusCode::BAD_REQUEST);
        for number in 0..VIEWS_MAX {
            let page = anna.post("/weergaven", &[("list", "cases"), ("name", &format!("nr {number}")), ("status", "open")]).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER);
        }
        let page = anna.post("/weergaven", &[("list", "signals"), ("name", "een te veel"), ("status", "received")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains("Er zijn er al 20") && page.text.contains("value=\"een te veel\""), "{}", page.text);
        assert_eq!(views(&mut anna).await.len(), VIEWS_MAX);
    }

    async fn who_has_no_lists_keeps_no_views(engine: Engine) {
        let world = World::new(engine).await;
        for index in [FG, ADMIN, PRIVACY] {
            let mut browser = world.browser(index).await;
            assert_eq!(browser.get("/weergaven").await.status, StatusCode::FORBIDDEN, "{}", PEOPLE[index].0);
            let page = browser.post("/weergaven", &[("list", "signals"), ("name", "x"), ("status", "received")]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", PEOPLE[index].0);
        }
        assert!(world.stranger().get("/weergaven").await.location().starts_with("/aanmelden"));
    }
}
