//! What a case waits for, what happened in it, and what changed since somebody looked.

use crate::{
    common,
    common::*,
    drafting::Drafting,
    versions::{does, keeps},
    world::*,
};
use http::StatusCode;
use plein_domain::{ledger::LineKind, moment::Clock};
use plein_vault::ledger::LogQuery;

/// Time passes, so that what comes after is later than what was before.
fn later(world: &World) {
    let clock = &world.engine.clock;
    clock.set(clock.now().plus_seconds(1));
}

/// Unlinks the first signal of a case.
pub async fn unlinks(carla: &mut Browser, case: &str) {
    let page = carla.get(case).await.text;
    let link = page.split("aria-labelledby=\"kop-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let object = case.rsplit('/').next().unwrap();
    let draft = carla.begin("unlink-signal", &[("object", object), ("part", &link)]).await;
    carla.post(&draft, &[("reason", "KANARIE hoort hier niet"), ("do", "check")]).await;
    let page = carla.post(&format!("{draft}/versturen"), &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
}

/// How often Anna opened the case.
async fn opened(drafting: &Drafting) -> usize {
    let filter = LogQuery { person: Some(person(ANNA)), kind: Some(LineKind::Opened), ..LogQuery::default() };
    let found = drafting.world.engine.ledger().await.search(&filter, 1_000).await.unwrap();
    let case = drafting.id().into();
    found.iter().filter(|entry| entry.payload.as_ref().is_some_and(|payload| payload.objects == [case])).count()
}

/// The sentences of a history, newest first.
fn sentences(page: &str) -> Vec<&str> {
    let items = page.split("</time></span><span>").skip(1);
    items.map(|item| item.split("</span>").next().unwrap()).collect()
}

both_engines! {
    async fn the_history_tells_in_plain_words_who_did_what_and_nobody_else_reads_it(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let case = drafting.case.clone();
        let history = format!("{case}/geschiedenis");
        later(&drafting.world);
        drafting.team(&[ANNA, DIRK]).await;
        later(&drafting.world);
        let version = keeps(&mut drafting.carla, &case, "KANARIE naam").await;
        later(&drafting.world);
        drafting.carla.post(&format!("{version}/voorleggen"), &[]).await;
        later(&drafting.world);
        does(&mut drafting.anna, &version, "antwoord", &[("stance", "agrees")]).await;
        later(&drafting.world);
        unlinks(&mut drafting.carla, &case).await;
        let page = drafting.anna.get(&history).await.text;
        let carla = "Carla Coordinator (Openbare orde en veiligheid)";
        let told = [
            format!("{carla} ontkoppelde signaal S-2026-0001."),
            "Anna van Vergunningen (Vergunningen) gaf antwoord op versie 1 van het plan.".to_owned(),
            format!("{carla} legde versie 1 van het plan voor aan de afdelingen."),
            format!("{carla} bewaarde versie 1 van het plan."),
            format!("{carla} haalde Bram van Belastingen uit het team."),
            format!("{carla} voegde Dirk van Vastgoed toe aan het team."),
        ];
        assert_eq!(sentences(&page)[..6], told, "{page}");
        assert!(sentences(&page).contains(&format!("{carla} opende de casus.").as_str()), "{page}");
        assert!(page.contains("voegde 2 mensen toe aan het team: Anna van Vergunningen en Bram van Belastingen."), "{page}");
        // Without a word of the case: neither the version's name nor why the signal was unlinked.
        assert!(!page.contains("KANARIE"));
        // A page is a viewing with a line; to whoever is not in the team it does not exist.
        let before = opened(&drafting).await;
        drafting.anna.get(&format!("{history}?pagina=2")).await;
        assert_eq!(opened(&drafting).await, before + 1);
        for index in [BRAM, KEES, FG, ADMIN, PRIVACY] {
            let mut other = drafting.world.browser(index).await;
            other.post("/doel", &[("purpose", &*format!("case:{}", case.rsplit('/').next().unwrap())), ("naar", "/")]).await;
            let page = other.get(&history).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", PEOPLE[index].0);
            assert!(!page.text.contains("S-2026-0001") && !page.text.contains("Carla"));
        }
    }

    async fn a_change_that_was_not_made_is_not_told(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let case = drafting.case.clone();
        let version = keeps(&mut drafting.carla, &case, "Eerste").await;
        // Twice the same team, a second click, an answer before anything was put before them.
        drafting.team(&[ANNA, BRAM]).await;
        does(&mut drafting.anna, &version, "antwoord", &[("stance", "agrees")]).await;
        drafting.carla.post(&format!("{version}/voorleggen"), &[]).await;
        drafting.carla.post(&format!("{version}/voorleggen"), &[]).await;
        let page = drafting.carla.get(&format!("{case}/geschiedenis")).await.text;
        assert_eq!(page.matches("legde versie 1 van het plan voor").count(), 1, "{page}");
        assert!(!page.contains("gaf antwoord") && page.matches("aan het team").count() == 1, "{page}");
    }

    async fn my_work_tells_what_others_changed_since_i_looked(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let case = drafting.case.clone();
        // Who never looked has everything before them; whoever made it all has nothing.
        later(&drafting.world);
        let fresh = drafting.world.browser(BRAM).await.get("/").await.text;
        assert!(fresh.contains("Veranderd sinds u keek") && fresh.contains(" veranderingen"), "{fresh}");
        assert!(!drafting.carla.get("/").await.text.contains("Veranderd sinds u keek"));
        drafting.bram.get(&case).await;
        assert!(!drafting.bram.get("/").await.text.contains("Veranderd sinds u keek"));
        later(&drafting.world);
        keeps(&mut drafting.carla, &case, "Eerste").await;
        let work = drafting.bram.get("/").await.text;
        assert!(work.contains("1 verandering") && work.contains(&format!("{case}/geschiedenis")), "{work}");
        // Reading the history is looking, too.
        later(&drafting.world);
        drafting.bram.get(&format!("{case}/geschiedenis")).await;
        assert!(!drafting.bram.get("/").await.text.contains("Veranderd sinds u keek"));
        // Off the team: nothing of the case, whatever changes.
        drafting.team(&[ANNA]).await;
        later(&drafting.world);
        keeps(&mut drafting.carla, &case, "Tweede").await;
        let work = drafting.bram.get("/").await.text;
        assert!(!work.contains("Veranderd sinds u keek") && !work.contains("C-2026-0001"), "{work}");
    }

    async fn a_case_tells_what_it_waits_for_and_on_whom(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let case = drafting.case.clone();
        let on_carla = "wacht op Carla Coordinator";
        let page = drafting.anna.get(&case).await.text;
        assert!(page.contains("Nog geen versie van het plan voorgelegd") && page.contains(on_carla), "{page}");
        let version = keeps(&mut drafting.carla, &case, "Eerste").await;
        drafting.carla.post(&format!("{version}/voorleggen"), &[]).await;
        does(&mut drafting.anna, &version, "antwoord", &[("stance", "agrees")]).await;
        let page = drafting.anna.get(&case).await.text;
        assert!(page.contains("wacht op Belastingen en Openbare orde en veiligheid"), "{page}");
        does(&mut drafting.bram, &version, "antwoord", &[("stance", "agrees")]).await;
        does(&mut drafting.carla, &version, "antwoord", &[("stance", "agrees")]).await;
        assert!(drafting.anna.get(&case).await.text.contains("Versie 1 van het plan: vaststellen"));
        does(&mut drafting.carla, &version, "vaststellen", &[]).await;
        assert!(drafting.anna.get(&case).await.text.contains("Deze casus wacht nu op niets."));
        // The department changes its signal: what the team sees is what was judged.
        let signals = drafting.anna.get("/signalen").await.text;
        let id = signals.split("/signalen/").find(|part| part.len() > 36 && part.as_bytes()[8] == b'-').unwrap()[..36].to_owned();
        let draft = drafting.anna.begin("edit-signal", &[("object", &id)]).await;
        let form = signal("KANARIE2");
        let mut fields = pairs(&form);
        fields.push(("why", "adres verbeterd"));
        fields.push(("do", "check"));
        drafting.anna.post(&draft, &fields).await;
        let sent = drafting.anna.post(&format!("{draft}/versturen"), &[]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        let page = drafting.carla.get(&case).await.text;
        assert!(page.contains("is gewijzigd na de toets") && !page.contains("KANARIE2"), "{page}");
    }

    async fn the_timeline_shows_a_day_of_observation_only_when_it_is_shared(engine: Engine) {
        let world = World::new(engine).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("a"))).await;
        let mut shares = signal("b");
        shares.push(("offered", "observed".into()));
        let of_bram = world.log(&mut bram, &pairs(&shares)).await;
        let mut carla = world.browser(CARLA).await;
        let hides = carla.open_case("zaak", &[&of_anna], &["facts"], &[ANNA, BRAM]).await;
        let shows = carla.open_case("zaak", &[&of_bram], &["facts", "observed"], &[ANNA, BRAM]).await;
        for (case, there, not_there) in [
            (hides, "S-2026-0001: ontvangen door de afdeling", "19 november 2026"),
            (shows, "S-2026-0002: waargenomen", "20 november 2026"),
        ] {
            anna.for_case(&case).await;
            let page = anna.get(&format!("{case}/tijdlijn")).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text);
            assert!(page.text.contains(there) && page.text.contains("Casus geopend"), "{}", page.text);
            assert!(!page.text.contains(not_there), "{}", page.text);
            for index in [DIRK, KEES, FG] {
                let page = world.browser(index).await.get(&format!("{case}/tijdlijn")).await;
                assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", PEOPLE[index].0);
            }
        }
    }
}
