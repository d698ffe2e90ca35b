//! Versions of a plan: kept by themselves and under a name, compared, put before the departments and adopted.

use crate::{
    common,
    common::*,
    plans::{Drafting, Window},
    world::*,
};
use http::StatusCode;
use plein_domain::{header::ObjectKind, ledger::LineKind, moment::Clock};

/// Opens the plan as Anna and writes this into its first section.
async fn writes(drafting: &Drafting, browser: &Browser, client: u64, words: &str) {
    // A second later than whatever was before.
    let clock = &drafting.world.engine.clock;
    clock.set(clock.now().plus_seconds(1));
    let mut window = Window::open(drafting.address, &drafting.case, browser, client).await;
    window.until("the template", |one| one.text().contains("Situatie")).await;
    window.types(0, words).await;
    window.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
}

/// Keeps the plan of a case as it stands under this name; answers the version's path.
pub async fn keeps(browser: &mut Browser, case: &str, name: &str) -> String {
    let page = browser.post(&format!("{case}/plan/versies"), &[("name", name)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    page.location().split('?').next().unwrap().to_owned()
}

async fn does(browser: &mut Browser, path: &str, act: &str, fields: &[(&str, &str)]) -> StatusCode {
    browser.post(&format!("{path}/{act}"), fields).await.status
}

both_engines! {
    async fn a_version_stays_as_it_was_sealed_and_named_for_the_team_alone(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        writes(&drafting, &drafting.anna, 501, "KANARIE eerste tekst").await;
        let case = drafting.case.clone();
        let version = keeps(&mut drafting.anna, &case, "KANARIE voor het overleg").await;
        writes(&drafting, &drafting.bram, 502, "KANARIE latere tekst").await;
        let page = drafting.carla.get(&version).await.text;
        assert!(page.contains("KANARIE eerste tekst") && page.contains("KANARIE voor het overleg"), "{page}");
        assert!(page.contains("Laatst gewijzigd door Anna van Vergunningen") && !page.contains("KANARIE latere tekst"));
        let list = drafting.carla.get(&format!("{case}/plan/versies")).await.text;
        assert!(list.contains("KANARIE voor het overleg") && list.contains("gewijzigd sinds de nieuwste versie"));
        assert!(list.contains("Situatie"), "the section that was changed");
        // What differs, by the word.
        let page = drafting.carla.get(&format!("{case}/plan/vergelijken?oud=1&nieuw=nu")).await.text;
        assert!(page.contains("<ins>") && page.contains("KANARIE latere tekst") && !page.contains("<del>"), "{page}");
        // Nowhere on the disk in clear, and nothing of it for anybody outside.
        for words in ["KANARIE voor het overleg", "KANARIE eerste tekst"] {
            assert!(!engine.raw_contains("content", words.as_bytes()).await, "{words}");
        }
        for index in [DIRK, KEES, FG, ADMIN, PRIVACY] {
            let mut other = drafting.world.browser(index).await;
            for path in [
                version.clone(), format!("{case}/plan/versies"), format!("{version}/afdrukken"),
                format!("{case}/plan/vergelijken?oud=1&nieuw=nu"),
            ] {
                let page = other.get(&path).await;
                assert_eq!(page.status, StatusCode::NOT_FOUND, "{} {path}", PEOPLE[index].0);
                assert!(!page.text.contains("KANARIE"));
            }
            for act in ["word", "voorleggen", "antwoord", "vaststellen"] {
                let status = does(&mut other, &version, act, &[("stance", "agrees"), ("without", "yes")]).await;
                assert_eq!(status, StatusCode::NOT_FOUND, "{} {act}", PEOPLE[index].0);
            }
            let page = other.post(&format!("{case}/plan/versies"), &[("name", "van buiten")]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
        }
        // A number that no version has.
        for path in ["2", "0", "-1", "99999999999999999999", "x"] {
            let page = drafting.carla.get(&format!("{case}/plan/versies/{path}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(drafting.carla.get(&format!("{case}/plan/vergelijken?oud=1&nieuw=7")).await.status, StatusCode::NOT_FOUND);
        // Each look names the version in the ledger.
        let ledger = engine.ledger().await;
        let filter = plein_domain::access_log::LogFilter { before: None, person: Some(person(CARLA)), kind: Some(LineKind::Opened) };
        let named = ledger.search(&filter, 1_000).await.unwrap();
        let of_version = |entry: &plein_vault::ledger::Entry| {
            entry.payload.as_ref().is_some_and(|payload| payload.objects.iter().any(|object| object.kind == ObjectKind::PlanVersion))
        };
        assert_eq!(named.iter().filter(|entry| of_version(entry)).count(), 2, "the version, and the comparison");
    }

    async fn the_departments_answer_and_the_coordinator_adopts_what_then_never_changes(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        writes(&drafting, &drafting.anna, 501, "KANARIE plan").await;
        let case = drafting.case.clone();
        let version = keeps(&mut drafting.carla, &case, "Concept").await;
        // Only the coordinator proposes, and nobody answers or adopts before that.
        assert_eq!(does(&mut drafting.anna, &version, "voorleggen", &[]).await, StatusCode::FORBIDDEN);
        assert_eq!(does(&mut drafting.anna, &version, "antwoord", &[("stance", "agrees")]).await, StatusCode::CONFLICT);
        assert_eq!(does(&mut drafting.carla, &version, "vaststellen", &[("without", "yes")]).await, StatusCode::CONFLICT);
        assert_eq!(does(&mut drafting.carla, &version, "voorleggen", &[]).await, StatusCode::SEE_OTHER);
        for browser in [&mut drafting.anna, &mut drafting.bram, &mut drafting.carla] {
            assert!(browser.get("/").await.text.contains("is uw afdeling akkoord?"));
        }
        assert_eq!(does(&mut drafting.anna, &version, "antwoord", &[("stance", "agrees")]).await, StatusCode::SEE_OTHER);
        assert!(!drafting.anna.get("/").await.text.contains("is uw afdeling akkoord?"));
        let dissent = [("stance", "dissents"), ("dissent", "KANARIE te zwaar voor deze huurder")];
        assert_eq!(does(&mut drafting.bram, &version, "antwoord", &dissent).await, StatusCode::SEE_OTHER);
        assert_eq!(does(&mut drafting.bram, &version, "antwoord", &[("stance", "dissents")]).await, StatusCode::UNPROCESSABLE_ENTITY);
        // The coordinator's own department said nothing yet.
        assert_eq!(does(&mut drafting.bram, &version, "vaststellen", &[("without", "yes")]).await, StatusCode::FORBIDDEN);
        assert_eq!(does(&mut drafting.carla, &version, "vaststellen", &[]).await, StatusCode::CONFLICT);
        let page = drafting.carla.get(&version).await.text;
        assert!(page.contains("Vaststellen zonder antwoord van: Openbare orde en veiligheid"), "{page}");
        assert_eq!(does(&mut drafting.carla, &version, "vaststellen", &[("without", "yes")]).await, StatusCode::SEE_OTHER);
        let page = drafting.anna.get(&version).await.text;
        for said in ["Vastgesteld", "KANARIE te zwaar voor deze huurder", "Bram van Belastingen", "Geen antwoord", "Akkoord"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!engine.raw_contains("content", b"KANARIE te zwaar").await);
        // Frozen: no answer, no second proposal, no other adoption, and not past the program either.
        assert_eq!(does(&mut drafting.bram, &version, "antwoord", &[("stance", "agrees")]).await, StatusCode::CONFLICT);
        assert_eq!(does(&mut drafting.carla, &version, "voorleggen", &[]).await, StatusCode::CONFLICT);
        // Adopted is adopted: a second click says the same.
        assert_eq!(does(&mut drafting.carla, &version, "vaststellen", &[("without", "yes")]).await, StatusCode::SEE_OTHER);
        for statement in [
            "UPDATE plan_versions SET state = 'kept'", "UPDATE plan_versions SET number = 7",
            "UPDATE plan_positions SET stance = 'agrees'",
        ] {
            let outcome = plein_vault::on_db!(&engine.outside("content").await, |pool| sqlx::query(statement).execute(pool).await.map(drop));
            assert!(outcome.is_err(), "{statement}");
        }
        // The case is adopted, and the plan goes on: into a new version, beside the adopted one.
        assert!(drafting.carla.get(&case).await.text.contains("Plan vastgesteld"));
        assert!(drafting.carla.get(&format!("{case}/plan")).await.text.contains("De tekst is daarna niet gewijzigd."));
        writes(&drafting, &drafting.anna, 503, "KANARIE na de vaststelling").await;
        let plan = drafting.carla.get(&format!("{case}/plan")).await.text;
        assert!(plan.contains("Versie 1 is vastgesteld") && plan.contains("De tekst is daarna gewijzigd."), "{plan}");
        let next = keeps(&mut drafting.anna, &case, "Tweede").await;
        assert!(next.ends_with("/2"));
        assert!(!drafting.carla.get(&version).await.text.contains("KANARIE na de vaststelling"));
        // As a file, with what the departments said.
        let file = drafting.anna.post(&format!("{version}/word"), &[]).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.headers["content-disposition"].to_str().unwrap().contains("C-2026-0001-plan-versie-1.docx"));
        let paper = drafting.anna.get(&format!("{version}/afdrukken")).await.text;
        assert!(paper.contains("Versie 1, vastgesteld op") && paper.contains("KANARIE te zwaar"), "{paper}");
        // Every step is a line, and what was done is told apart from what was permitted.
        for (kind, lines) in [
            (LineKind::VersionKept, 4), (LineKind::VersionAdopted, 5), (LineKind::Exported, 1), (LineKind::Printed, 1),
        ] {
            assert_eq!(drafting.lines(kind).await, lines, "{kind:?}");
        }
    }

    async fn a_newer_proposal_takes_the_place_of_the_one_before_and_answers_to_that_come_too_late(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        writes(&drafting, &drafting.anna, 501, "KANARIE").await;
        let case = drafting.case.clone();
        let first = keeps(&mut drafting.carla, &case, "Eerste").await;
        let second = keeps(&mut drafting.carla, &case, "Tweede").await;
        does(&mut drafting.carla, &first, "voorleggen", &[]).await;
        does(&mut drafting.anna, &first, "antwoord", &[("stance", "agrees")]).await;
        assert_eq!(does(&mut drafting.carla, &second, "voorleggen", &[]).await, StatusCode::SEE_OTHER);
        // Bram had the first one on his screen: what he typed is not lost, and not recorded for the other one.
        let page = drafting.bram.post(&format!("{first}/antwoord"), &[("stance", "dissents"), ("dissent", "KANARIE bezwaar")]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("Dit kon niet meer") && page.text.contains("KANARIE bezwaar"), "{}", page.text);
        let page = drafting.bram.get(&first).await.text;
        assert!(page.contains("Vervangen door een andere") && !page.contains("KANARIE bezwaar"));
        assert!(drafting.anna.get("/").await.text.contains("Versie 2: is uw afdeling akkoord?"), "asked again, for the new one");
        // All departments answer: then it waits for the coordinator.
        for browser in [&mut drafting.anna, &mut drafting.bram, &mut drafting.carla] {
            assert_eq!(does(browser, &second, "antwoord", &[("stance", "agrees")]).await, StatusCode::SEE_OTHER);
        }
        assert!(drafting.carla.get("/").await.text.contains("alle afdelingen hebben geantwoord"));
        assert!(!drafting.anna.get("/").await.text.contains("alle afdelingen hebben geantwoord"));
        // Two clicks at once adopt once.
        let (one, two) = {
            let mut again = drafting.world.browser(CARLA).await;
            again.for_case(&case).await;
            let path = second.clone();
            let twin = tokio::spawn(async move { does(&mut again, &path, "vaststellen", &[]).await });
            (does(&mut drafting.carla, &second, "vaststellen", &[]).await, twin.await.unwrap())
        };
        assert_eq!([one, two], [StatusCode::SEE_OTHER; 2]);
        let done = drafting.lines(LineKind::VersionAdopted).await;
        assert_eq!(done, 3, "two were permitted, one was done");
    }

    async fn after_a_pause_the_text_as_it_stood_is_kept_by_itself_and_only_the_newest_stay(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let case = drafting.case.clone();
        writes(&drafting, &drafting.anna, 501, "KANARIE ochtend").await;
        writes(&drafting, &drafting.bram, 502, "KANARIE meteen erna").await;
        assert!(drafting.carla.get(&format!("{case}/plan/versies")).await.text.contains("Er is nog geen versie bewaard."));
        // Each time after more than half an hour; the session is a new one then.
        for at in 0..33_u64 {
            engine.clock.set(engine.clock.now().plus_seconds(40 * 60));
            let mut anna = drafting.world.browser(ANNA).await;
            anna.for_case(&case).await;
            writes(&drafting, &anna, 510 + at, &format!("KANARIE middag {at}")).await;
        }
        let mut carla = drafting.world.browser(CARLA).await;
        carla.for_case(&case).await;
        // Version n stands for the text before the nth of those. Thirty of them stay.
        for gone in ["1", "2", "3", "34"] {
            let page = carla.get(&format!("{case}/plan/versies/{gone}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{gone}");
        }
        let oldest = carla.get(&format!("{case}/plan/versies/4")).await.text;
        assert!(oldest.contains("KANARIE ochtend") && oldest.contains("KANARIE meteen erna"));
        assert!(oldest.contains("KANARIE middag 2") && !oldest.contains("KANARIE middag 3"), "{oldest}");
        assert!(oldest.contains("vanzelf"));
        assert_eq!(carla.get(&format!("{case}/plan/versies/33")).await.status, StatusCode::OK);
    }
}
