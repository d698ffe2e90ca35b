//! Notices: made by the change that causes them, without words, and only of what one may know when one reads them.

use crate::{
    common,
    common::*,
    drafting::{Drafting, Window},
    versions::keeps,
    world::*,
};
use http::StatusCode;
use plein_domain::{
    ledger::LineKind,
    moment::Clock,
    notice::{KEPT_DAYS, READ_KEPT_DAYS},
};
use plein_vault::ledger::LogQuery;

const DAY: i64 = 24 * 60 * 60;

/// How many notices the header says are unread.
fn counter(page: &str) -> usize {
    let count = page.split("navigation__count\">").nth(1).map_or("0", |rest| rest.split('<').next().unwrap());
    count.parse().unwrap()
}

fn later(engine: &Engine, seconds: i64) {
    engine.clock.set(engine.clock.now().plus_seconds(seconds));
}

both_engines! {
    async fn who_is_put_on_a_team_is_told_and_off_it_again_is_told_nothing_of_it(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let mut dirk = drafting.world.browser(DIRK).await;
        assert_eq!(counter(&dirk.get("/").await.text), 0);
        later(&engine, 60);
        drafting.team(&[ANNA, BRAM, DIRK]).await;
        let page = dirk.get("/meldingen").await.text;
        assert!(page.contains("U bent toegevoegd aan het team van C-2026-0001") && page.contains("Carla Coordinator"), "{page}");
        assert_eq!(counter(&page), 1);
        assert!(!page.contains("Zaak Plan"), "no words of the case");
        later(&engine, 60);
        drafting.team(&[ANNA, BRAM]).await;
        let page = dirk.get("/meldingen").await.text;
        assert!(page.contains("U bent uit het team van een casus gehaald"), "{page}");
        assert!(page.contains("Deze melding gaat over iets dat u niet (meer) kunt zien."), "{page}");
        for told in ["C-2026-0001", "Carla", "/casussen/"] {
            assert!(!page.split("<main").nth(1).unwrap().contains(told), "{told}: {page}");
        }
        // What is shown is in the log, and what may not be known is not.
        let filter = LogQuery { person: Some(person(DIRK)), kind: Some(LineKind::Listed), ..LogQuery::default() };
        let lines = engine.ledger().await.search(&filter, 100).await.unwrap();
        let named = |entry: &plein_vault::ledger::Entry| entry.payload.as_ref().unwrap().objects.contains(&drafting.id().into());
        assert_eq!(lines.iter().map(named).collect::<Vec<_>>(), [false, true], "newest first");
    }

    async fn a_department_is_told_that_its_signal_is_linked_and_not_to_which_case(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let of_anna = world.log(&mut anna, &pairs(&signal("a"))).await;
        let colleague = world.colleague_of_anna().await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("KANARIE", &[&of_anna], &["facts"], &[BRAM]).await;
        let page = anna.get("/meldingen").await.text;
        assert!(page.contains("S-2026-0001 van uw afdeling is gekoppeld aan een casus"), "{page}");
        assert!(!page.contains("C-2026-0001") && !page.contains(&case), "{page}");
        assert_eq!(world.ports.notices.unread(&colleague).await.unwrap(), 1);
        later(&engine, 60);
        carla.for_case(&case).await;
        crate::history::unlinks(&mut carla, &case).await;
        assert!(anna.get("/meldingen").await.text.contains("S-2026-0001 van uw afdeling is ontkoppeld van een casus"));
        // Nobody else: not the team, not who supervises, not who did it.
        let mut bram = world.browser(BRAM).await;
        assert!(!bram.get("/meldingen").await.text.contains("S-2026-0001"));
        for index in [CARLA, DIRK, KEES, FG, ADMIN, PRIVACY] {
            let page = world.browser(index).await.get("/meldingen").await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.text.contains("Er zijn geen meldingen."), "{} {}", PEOPLE[index].0, page.text);
        }
    }

    async fn a_version_a_mention_and_an_intervention_tell_those_they_are_for(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let case = drafting.case.clone();
        later(&engine, 60);
        let version = keeps(&mut drafting.carla, &case, "KANARIE versie").await;
        drafting.carla.post(&format!("{version}/voorleggen"), &[]).await;
        drafting.carla.post(&format!("{version}/voorleggen"), &[]).await;
        let mut window = Window::open(drafting.address, &case, &drafting.anna, 501).await;
        window.until("the template", |one| one.text().contains("Situatie")).await;
        let text = format!("KANARIE @{{{}}} en @{{{}}}", person(BRAM), person(DIRK));
        window.says(71, ANNA, Some(&text)).await;
        window.intervenes(0x999, BRAM, "2026-12-20").await;
        window.intervenes(0x998, DIRK, "2026-12-20").await;
        window.until("durability", |one| one.sent > 2 && one.durable == one.sent).await;
        let page = drafting.bram.get("/meldingen").await.text;
        for told in [
            "Een versie van het plan van C-2026-0001 wacht op antwoord van uw afdeling",
            "U bent genoemd in het plan van C-2026-0001",
            "U voert een interventie uit in het plan van C-2026-0001",
        ] {
            assert_eq!(page.matches(&format!(">{told}</a>")).count(), 1, "{told}: {page}");
        }
        assert!(page.contains("Anna van Vergunningen") && !page.contains("KANARIE"), "{page}");
        assert!(!drafting.carla.get("/meldingen").await.text.contains("wacht op antwoord"), "she did it herself");
        // Dirk is not in the team: a name in the plan's text tells him nothing.
        assert!(drafting.world.browser(DIRK).await.get("/meldingen").await.text.contains("Er zijn geen meldingen."));
    }

    async fn notices_are_read_one_by_one_or_all_and_nobody_elses(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let case = drafting.case.clone();
        for name in ["een", "twee"] {
            later(&engine, 60);
            let version = keeps(&mut drafting.carla, &case, name).await;
            drafting.carla.post(&format!("{version}/voorleggen"), &[]).await;
        }
        let page = drafting.bram.get("/meldingen").await.text;
        assert_eq!(counter(&page), 3, "the team, and both versions");
        let notice = hidden(&page, "melding");
        drafting.anna.post("/meldingen", &[("melding", &notice)]).await;
        assert_eq!(counter(&drafting.bram.get("/").await.text), 3);
        let sent = drafting.bram.post("/meldingen", &[("melding", &notice), ("pagina", "1")]).await;
        assert_eq!(sent.location(), "/meldingen?pagina=1");
        assert_eq!(counter(&drafting.bram.get("/").await.text), 2);
        // All that were on the page, and not what came after it was made.
        let until = hidden(&drafting.bram.get("/meldingen").await.text, "tot");
        later(&engine, 60);
        let version = keeps(&mut drafting.carla, &case, "drie").await;
        drafting.carla.post(&format!("{version}/voorleggen"), &[]).await;
        drafting.bram.post("/meldingen", &[("tot", &until)]).await;
        let page = drafting.bram.get("/meldingen").await.text;
        assert_eq!(counter(&page), 1, "{page}");
        assert_eq!(page.matches("name=\"melding\"").count(), 1);
    }

    async fn what_is_due_is_told_once_and_what_is_old_is_swept(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let mut window = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        window.until("the template", |one| one.text().contains("Situatie")).await;
        let due = engine.clock.now().plus_seconds(2 * DAY).day().to_string();
        window.intervenes(0x999, BRAM, &due).await;
        window.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        let told = "moet klaar zijn</a>";
        assert!(!drafting.bram.get("/meldingen").await.text.contains(told));
        later(&engine, 2 * DAY);
        let again = World::reopen(engine.clone()).await;
        let mut bram = again.browser(BRAM).await;
        let page = bram.get("/meldingen").await.text;
        assert_eq!(page.matches(told).count(), 1, "{page}");
        let until = hidden(&page, "tot");
        bram.post("/meldingen", &[("tot", &until)]).await;
        // Read is not told anew, today or later.
        later(&engine, DAY);
        let page = World::reopen(engine.clone()).await.browser(BRAM).await.get("/meldingen").await.text;
        assert_eq!((page.matches(told).count(), counter(&page)), (1, 0));
        later(&engine, READ_KEPT_DAYS * DAY);
        let again = World::reopen(engine.clone()).await;
        assert!(again.browser(BRAM).await.get("/meldingen").await.text.contains("Er zijn geen meldingen."));
        // Anna never read hers: it goes in the end, too.
        assert!(again.browser(ANNA).await.get("/meldingen").await.text.contains("U bent toegevoegd aan het team"));
        later(&engine, KEPT_DAYS * DAY);
        let page = World::reopen(engine).await.browser(ANNA).await.get("/meldingen").await.text;
        assert!(page.contains("Er zijn geen meldingen."), "{page}");
    }
}
