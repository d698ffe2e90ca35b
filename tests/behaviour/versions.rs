//! Versions of a plan: kept by themselves and under a name, compared, put before the departments and adopted.

use crate::{
    common,
    common::*,
    drafting::{Drafting, Window, team},
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

/// Fills in a form of a version as its page has it now, hidden fields included.
pub async fn does(browser: &mut Browser, path: &str, act: &str, fields: &[(&str, &str)]) -> StatusCode {
    let page = browser.get(path).await.text;
    let hidden = |name: &'static str| hidden(&page, name).map(|value| (name, value));
    let carried: Vec<_> = ["seen", "instead"].into_iter().filter_map(hidden).collect();
    let carried = carried.iter().map(|(name, value)| (*name, value.as_str()));
    let fields: Vec<_> = fields.iter().copied().chain(carried).collect();
    browser.post(&format!("{path}/{act}"), &fields).await.status
}

/// What stands in a hidden field of a page.
fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, after) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(after.split('"').next()?.to_owned())
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
            for act in ["word", "voorleggen", "antwoord", "vaststellen", "verwijderen"] {
                let fields = [("stance", "agrees"), ("without", "yes"), ("sure", "yes"), ("seen", "1.0")];
                let status = does(&mut other, &version, act, &fields).await;
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
        let filter = plein_vault::ledger::LogQuery { person: Some(person(CARLA)), kind: Some(LineKind::Opened), ..Default::default() };
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
            "UPDATE plan_positions SET stance = 'agrees'", "DELETE FROM plan_positions",
            "INSERT INTO plan_positions SELECT version, (SELECT id FROM departments WHERE id NOT IN (SELECT department FROM \
             plan_positions) LIMIT 1), stance, given_by, given_at, dissent FROM plan_positions LIMIT 1",
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

    async fn who_adopts_or_answers_on_what_has_changed_since_is_told(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        writes(&drafting, &drafting.anna, 501, "KANARIE").await;
        let (case, id) = (drafting.case.clone(), drafting.id());
        let version = keeps(&mut drafting.carla, &case, "Concept").await;
        does(&mut drafting.carla, &version, "voorleggen", &[]).await;
        let agrees = [("stance", "agrees")];
        // Carla has the page before her; then Bram's department changes its mind.
        does(&mut drafting.bram, &version, "antwoord", &agrees).await;
        let before = drafting.carla.get(&version).await.text;
        let seen = hidden(&before, "seen").unwrap();
        let dissent = [("stance", "dissents"), ("dissent", "KANARIE toch te zwaar")];
        assert_eq!(does(&mut drafting.bram, &version, "antwoord", &dissent).await, StatusCode::SEE_OTHER);
        let page = drafting.carla.post(&format!("{version}/vaststellen"), &[("without", "yes"), ("seen", &seen)]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("Dit is niet vastgelegd") && page.text.contains("KANARIE toch te zwaar"));
        // The team changes: whoever joined was not on the screen.
        let seen = hidden(&page.text, "seen").unwrap();
        team(&mut drafting.carla, id, &[ANNA, BRAM, DIRK]).await;
        for stale in [&*seen, "", "1.0", "x"] {
            let page = drafting.carla.post(&format!("{version}/vaststellen"), &[("without", "yes"), ("seen", stale)]).await;
            assert_eq!(page.status, StatusCode::CONFLICT, "{stale}");
        }
        assert!(!drafting.carla.get(&case).await.text.contains("Plan vastgesteld"));
        // Two of one department: the second is told of the first, and keeps what was typed.
        let mine = [("stance", "dissents"), ("dissent", "KANARIE van een ander scherm"), ("instead", "")];
        let page = drafting.bram.post(&format!("{version}/antwoord"), &mine).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("KANARIE van een ander scherm") && page.text.contains("KANARIE toch te zwaar"));
        // The same answer sent twice is one answer.
        let again = [("stance", "dissents"), ("dissent", "KANARIE toch te zwaar"), ("instead", "")];
        assert_eq!(drafting.bram.post(&format!("{version}/antwoord"), &again).await.status, StatusCode::SEE_OTHER);
        // A department that left is marked; its answer stays.
        team(&mut drafting.carla, id, &[ANNA]).await;
        let page = drafting.carla.get(&version).await.text;
        assert!(page.contains("niet meer in het team") && page.contains("KANARIE toch te zwaar"), "{page}");
        assert_eq!(does(&mut drafting.carla, &version, "vaststellen", &[("without", "yes")]).await, StatusCode::SEE_OTHER);
    }

    async fn a_version_comes_back_is_adopted_later_and_one_kept_by_mistake_goes(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        writes(&drafting, &drafting.anna, 501, "KANARIE eerste").await;
        let case = drafting.case.clone();
        let list = format!("{case}/plan/versies");
        // The same form twice keeps one; its id belongs to no other case.
        let once = hidden(&drafting.carla.get(&list).await.text, "once").unwrap();
        let form = [("name", "Eerste"), ("once", &*once)];
        let (one, two) = (drafting.carla.post(&list, &form).await, drafting.carla.post(&list, &form).await);
        assert_eq!(one.location(), two.location());
        let first = one.location().split('?').next().unwrap().to_owned();
        let second = keeps(&mut drafting.carla, &case, "Tweede").await;
        assert!(second.ends_with("/2"), "{second}");
        // Replaced, and put before the departments again with what was said of it.
        does(&mut drafting.carla, &first, "voorleggen", &[]).await;
        does(&mut drafting.anna, &first, "antwoord", &[("stance", "dissents"), ("dissent", "KANARIE bezwaar")]).await;
        does(&mut drafting.carla, &second, "voorleggen", &[]).await;
        assert!(drafting.carla.get(&first).await.text.contains("Deze versie is eerder voorgelegd"));
        assert_eq!(does(&mut drafting.carla, &first, "voorleggen", &[]).await, StatusCode::SEE_OTHER);
        let page = drafting.carla.get(&first).await.text;
        assert!(page.contains("KANARIE bezwaar") && page.contains("Vaststellen zonder antwoord van"), "{page}");
        assert_eq!(does(&mut drafting.carla, &first, "vaststellen", &[("without", "yes")]).await, StatusCode::SEE_OTHER);
        // A later one is adopted: the earlier one says so.
        does(&mut drafting.carla, &second, "voorleggen", &[]).await;
        let clock = &engine.clock;
        clock.set(clock.now().plus_seconds(60));
        assert_eq!(does(&mut drafting.carla, &second, "vaststellen", &[("without", "yes")]).await, StatusCode::SEE_OTHER);
        let page = drafting.anna.get(&first).await.text;
        assert!(page.contains("Later is een andere versie vastgesteld") && page.contains(&second), "{page}");
        assert!(!drafting.anna.get(&second).await.text.contains("Later is een andere versie vastgesteld"));
        // Removed: by the coordinator alone, only what was never before the departments, and when it is meant.
        let third = keeps(&mut drafting.anna, &case, "KANARIE vergissing").await;
        let sure = [("sure", "yes")];
        assert_eq!(does(&mut drafting.anna, &third, "verwijderen", &sure).await, StatusCode::FORBIDDEN);
        assert_eq!(does(&mut drafting.carla, &third, "verwijderen", &[]).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(does(&mut drafting.carla, &first, "verwijderen", &sure).await, StatusCode::CONFLICT);
        assert_eq!(does(&mut drafting.carla, &third, "verwijderen", &sure).await, StatusCode::SEE_OTHER);
        assert_eq!(drafting.carla.get(&third).await.status, StatusCode::NOT_FOUND);
        assert!(!drafting.carla.get(&list).await.text.contains("KANARIE vergissing"));
        assert_eq!(does(&mut drafting.carla, &third, "verwijderen", &sure).await, StatusCode::NOT_FOUND);
        assert_eq!(drafting.lines(LineKind::VersionRemoved).await, 3, "two were permitted, one was done");
    }

    async fn no_more_versions_are_kept_under_a_name_than_somebody_can_look_through(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let case = drafting.case.clone();
        for at in 0..plein_domain::version::NAMED_KEPT {
            keeps(&mut drafting.carla, &case, &format!("Versie van dag {at}")).await;
        }
        let page = drafting.carla.post(&format!("{case}/plan/versies"), &[("name", "KANARIE nog een")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains("Er zijn er al 100") && page.text.contains("KANARIE nog een"), "{}", page.text);
        does(&mut drafting.carla, &format!("{case}/plan/versies/1"), "verwijderen", &[("sure", "yes")]).await;
        keeps(&mut drafting.carla, &case, "KANARIE nog een").await;
    }
}
