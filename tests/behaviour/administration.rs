//! Administration: who gives, changes and takes away places, by whom it is confirmed, and that it is in the log first.

use crate::{common, common::*, drafting::Window, faults::Fault, world::*};
use http::StatusCode;
use plein_domain::{
    administration::PROPOSAL_LASTS,
    ids::PersonId,
    ledger::{LineKind, Outcome},
    moment::Clock,
    people::Role,
};
use plein_vault::ledger::LogQuery;
use uuid::Uuid;

pub const PROPOSALS: &str = "/beheer/voorstellen";

pub fn at(index: usize) -> String {
    format!("/beheer/mensen/{}", person(index))
}

/// The browser of the administrator, for administration.
pub async fn administrator(world: &World, index: usize) -> Browser {
    let mut browser = world.browser(index).await;
    let page = browser.post("/doel", &[("purpose", "administration"), ("naar", "/beheer")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    browser
}

/// What somebody may do now, by code.
pub async fn roles(world: &World, id: PersonId) -> String {
    let person = world.vault.directory.person(id).await.unwrap().unwrap();
    let roles: Vec<&str> = person.roles.iter().map(|role| role.code()).collect();
    format!("{}: {}", person.department.name, roles.join(","))
}

/// The outcomes and reasons of the lines of this kind, oldest first.
pub async fn lines(engine: &Engine, kind: LineKind) -> Vec<(Outcome, String)> {
    let query = LogQuery { kind: Some(kind), ..LogQuery::default() };
    let mut found = engine.ledger().await.search(&query, 1_000).await.unwrap();
    found.sort_by_key(|line| line.sequence);
    let told =
        found.into_iter().map(|line| (line.outcome, line.payload.map(|payload| payload.reason).unwrap_or_default()));
    told.collect()
}

/// Chooses a place in the form that stands on somebody's page.
pub async fn choose(browser: &mut Browser, path: &str, at: u128, roles: &[&str]) -> Page {
    let version = hidden(&browser.get(path).await.text, "version");
    let department = department(at).to_string();
    let mut fields = vec![("version", version.as_str()), ("department", department.as_str())];
    fields.extend(roles.iter().map(|role| ("roles", *role)));
    browser.post(path, &fields).await
}

pub fn done(page: &Page, what: &str) {
    assert!(page.location().ends_with(&format!("?gelukt={what}")), "{} {} {}", page.status, page.location(), page.text);
}

/// The path of the one proposal that is open.
pub async fn proposal(browser: &mut Browser) -> String {
    let text = browser.get(PROPOSALS).await.text;
    let rest = text.split(&format!("action=\"{PROPOSALS}/")).nth(1).unwrap_or_else(|| panic!("no proposal: {text}"));
    format!("{PROPOSALS}/{}", rest.split('"').next().unwrap())
}

both_engines! {
    async fn an_administrator_changes_a_place_and_it_is_in_the_log_first_and_in_the_history(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let mut anna = world.browser(ANNA).await;
        let page = ger.get("/beheer/mensen").await;
        assert!(page.text.contains("Anna van Vergunningen") && page.text.contains("Een beheerder"), "{}", page.text);
        done(&choose(&mut ger, &at(ANNA), 1, &["member", "coordinator"]).await, "place-changed");
        assert_eq!(roles(&world, person(ANNA)).await, "Belastingen: member,coordinator");
        // Whoever it is about signs in anew.
        assert!(anna.get("/").await.location().starts_with("/aanmelden"));
        let said = "Vergunningen: member -> Belastingen: member,coordinator".to_owned();
        assert_eq!(lines(&engine, LineKind::PlaceChanged).await, [(Outcome::Permitted, said.clone()), (Outcome::Done, said.clone())]);
        assert_eq!(lines(&engine, LineKind::SessionsEnded).await, [(Outcome::Done, said)]);
        let page = ger.get(&at(ANNA)).await.text;
        for told in ["Plaats gewijzigd", "Ger Beheer", "Vergunningen, afdelingsmedewerker", "Belastingen, afdelingsmedewerker, regisseur"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let version = hidden(&page, "version");
        done(&ger.post(&format!("{}/ontnemen", at(ANNA)), &[("version", &version)]).await, "place-taken-away");
        assert_eq!(roles(&world, person(ANNA)).await, "Belastingen: ");
        assert!(ger.get("/beheer").await.text.contains("Anna van Vergunningen"), "who lost it is among those without");
    }

    async fn nothing_is_changed_while_the_log_cannot_be_written(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let mut anna = world.browser(ANNA).await;
        ger.get(&at(ANNA)).await;
        let fault = Fault::begin(Fault::lasting(&engine)[0], &engine).await;
        let department = department(1).to_string();
        let page = ger.post(&at(ANNA), &[("version", "1"), ("department", &department), ("roles", "member")]).await;
        let taken = ger.post(&format!("{}/ontnemen", at(ANNA)), &[("version", "1")]).await;
        fault.mend().await;
        assert_eq!((page.status, taken.status), (StatusCode::SERVICE_UNAVAILABLE, StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!(roles(&world, person(ANNA)).await, "Vergunningen: member");
        assert_eq!(anna.get("/mijn-sessies").await.status, StatusCode::OK);
    }

    async fn nobody_else_gets_at_it_and_nobody_changes_their_own_place(engine: Engine) {
        let world = World::new(engine.clone()).await;
        for index in [ANNA, CARLA, FG, PRIVACY] {
            let mut browser = world.browser(index).await;
            for path in ["/beheer", "/beheer/mensen"] {
                assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN, "{} {path}", PEOPLE[index].0);
            }
            assert_eq!(browser.get(&at(BRAM)).await.status, StatusCode::NOT_FOUND);
            let department = department(1).to_string();
            let fields = [("version", "1"), ("department", department.as_str()), ("roles", "administrator")];
            for path in [at(index), at(BRAM), format!("{}/ontnemen", at(BRAM)), format!("{}/afmelden", at(BRAM))] {
                assert_eq!(browser.post(&path, &fields).await.status, StatusCode::NOT_FOUND, "{} {path}", PEOPLE[index].0);
            }
            let listed = browser.get(PROPOSALS).await.status;
            assert_eq!(listed, if index == PRIVACY { StatusCode::OK } else { StatusCode::FORBIDDEN });
        }
        // Without the purpose an administrator does nothing either, and themselves never.
        let mut ger = world.browser(ADMIN).await;
        assert_eq!(ger.get("/beheer").await.status, StatusCode::FORBIDDEN);
        let mut ger = administrator(&world, ADMIN).await;
        let page = ger.get(&at(ADMIN)).await;
        assert!(page.text.contains("Dit bent u zelf.") && !page.text.contains("Plaats opslaan"), "{}", page.text);
        let department = department(2).to_string();
        let fields = [("version", "1"), ("department", department.as_str()), ("roles", "administrator"), ("roles", "member")];
        assert_eq!(ger.post(&at(ADMIN), &fields).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ger.post(&format!("{}/ontnemen", at(ADMIN)), &fields).await.status, StatusCode::FORBIDDEN);
        assert_eq!(roles(&world, person(ADMIN)).await, "Openbare orde en veiligheid: administrator");
        assert!(lines(&engine, LineKind::PlaceChanged).await.is_empty());
        // Somebody who is not there is answered as one that one may not know of.
        let nobody = format!("/beheer/mensen/{}", Uuid::from_u128(0xdead));
        assert_eq!(ger.get(&nobody).await.status, StatusCode::NOT_FOUND);
    }

    async fn two_administrators_at_once_lose_nothing(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut one, mut other) = (administrator(&world, ADMIN).await, administrator(&world, ADMIN).await);
        let version = hidden(&one.get(&at(ANNA)).await.text, "version");
        done(&choose(&mut other, &at(ANNA), 3, &["member"]).await, "place-changed");
        let department = department(1).to_string();
        let fields = [("version", version.as_str()), ("department", department.as_str()), ("roles", "coordinator")];
        let page = one.post(&at(ANNA), &fields).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("intussen is er iets veranderd") && page.text.contains("Vastgoed, afdelingsmedewerker"), "{}", page.text);
        assert!(page.text.contains("value=\"coordinator\" checked"), "what was chosen stays: {}", page.text);
        let page = one.post(&format!("{}/ontnemen", at(ANNA)), &[("version", &version)]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert_eq!(roles(&world, person(ANNA)).await, "Vastgoed: member");
    }

    async fn what_is_not_right_is_told_and_changes_nothing(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let (there, nowhere) = (department(1).to_string(), Uuid::from_u128(0xdead).to_string());
        for fields in [
            vec![("department", there.as_str()), ("roles", "fg"), ("roles", "member")],
            vec![("department", there.as_str())],
            vec![("department", nowhere.as_str()), ("roles", "member")],
            vec![("department", "x"), ("roles", "member")],
            vec![("department", there.as_str()), ("roles", "mayor")],
        ] {
            let fields: Vec<_> = fields.into_iter().chain([("version", "1")]).collect();
            let page = ger.post(&at(ANNA), &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        }
        let page = choose(&mut ger, &at(ANNA), 0, &["member"]).await;
        assert!(page.status == StatusCode::CONFLICT && page.text.contains("de plaats is al zo"), "{}", page.text);
        assert!(lines(&engine, LineKind::PlaceChanged).await.is_empty());
    }

    async fn two_people_make_an_administrator_and_neither_of_them_is_the_one(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let mut pim = world.browser(PRIVACY).await;
        done(&choose(&mut ger, &at(KEES), 2, &["administrator"]).await, "place-proposed");
        assert_eq!(roles(&world, person(KEES)).await, "Openbare orde en veiligheid: coordinator");
        let path = proposal(&mut ger).await;
        let page = ger.get(PROPOSALS).await.text;
        assert!(page.contains("Voorstel intrekken") && !page.contains("Bevestigen"), "{page}");
        // Not by who proposed it, nor by anybody who has no part in it.
        assert_eq!(ger.post(&path, &[("do", "confirm")]).await.status, StatusCode::FORBIDDEN);
        for index in [ANNA, FG, KEES] {
            let page = world.browser(index).await.post(&path, &[("do", "confirm")]).await;
            assert!([StatusCode::CONFLICT, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&page.status), "{}", page.status);
        }
        assert_eq!(pim.post(&path, &[("do", "withdraw")]).await.status, StatusCode::FORBIDDEN);
        // A second proposal about the same person waits for the first.
        let department = department(2).to_string();
        let fields = [("version", "1"), ("department", department.as_str()), ("roles", "fg")];
        let page = ger.post(&at(KEES), &fields).await;
        assert!(page.status == StatusCode::CONFLICT && page.text.contains("al een voorstel open"), "{}", page.text);
        let page = pim.get(PROPOSALS).await.text;
        assert!(page.contains("Kees Coordinator") && page.contains("Ger Beheer") && page.contains("Bevestigen"), "{page}");
        let page = pim.post(&path, &[("do", "confirm")]).await;
        assert_eq!(page.location(), format!("{PROPOSALS}?gelukt=proposal-confirmed"), "{}", page.text);
        assert_eq!(roles(&world, person(KEES)).await, "Openbare orde en veiligheid: administrator");
        // Once.
        assert_eq!(pim.post(&path, &[("do", "confirm")]).await.status, StatusCode::CONFLICT);
        let said = "Openbare orde en veiligheid: coordinator -> Openbare orde en veiligheid: administrator";
        let confirmed = lines(&engine, LineKind::ProposalConfirmed).await;
        assert_eq!(confirmed, [(Outcome::Permitted, said.to_owned()), (Outcome::Done, said.to_owned())]);
        let proposed = lines(&engine, LineKind::PlaceProposed).await;
        assert!(proposed.contains(&(Outcome::Done, said.to_owned())), "{proposed:?}");
        let page = ger.get(&at(KEES)).await.text;
        assert!(page.contains("Voorgesteld") && page.contains("Voorstel bevestigd") && page.contains("Pim Privacy"), "{page}");
        // And the two take it away again.
        let mut kees = administrator(&world, KEES).await;
        let version = hidden(&kees.get(&at(ADMIN)).await.text, "version");
        done(&kees.post(&format!("{}/ontnemen", at(ADMIN)), &[("version", &version)]).await, "place-proposed");
        let path = proposal(&mut kees).await;
        assert_eq!(ger.post(&path, &[("do", "confirm")]).await.status, StatusCode::FORBIDDEN, "whom it is about");
        pim.post(&path, &[("do", "confirm")]).await;
        assert_eq!(roles(&world, person(ADMIN)).await, "Openbare orde en veiligheid: ");
        assert!(ger.get("/beheer").await.location().starts_with("/aanmelden"));
    }

    async fn a_proposal_is_withdrawn_declined_overtaken_or_lapses(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let mut pim = world.browser(PRIVACY).await;
        let stays = "Vastgoed: member";
        done(&choose(&mut ger, &at(DIRK), 3, &["fg"]).await, "place-proposed");
        let path = proposal(&mut ger).await;
        assert_eq!(ger.post(&path, &[("do", "withdraw")]).await.location(), format!("{PROPOSALS}?gelukt=proposal-withdrawn"));
        assert_eq!(pim.post(&path, &[("do", "confirm")]).await.status, StatusCode::CONFLICT);
        done(&choose(&mut ger, &at(DIRK), 3, &["fg"]).await, "place-proposed");
        let path = proposal(&mut pim).await;
        assert_eq!(pim.post(&path, &[("do", "decline")]).await.location(), format!("{PROPOSALS}?gelukt=proposal-declined"));
        assert_eq!(roles(&world, person(DIRK)).await, stays);
        done(&choose(&mut ger, &at(DIRK), 3, &["fg"]).await, "place-proposed");
        let path = proposal(&mut pim).await;
        engine.clock.set(engine.clock.now().plus_seconds(PROPOSAL_LASTS + 1));
        let (mut ger, mut pim) = (administrator(&world, ADMIN).await, world.browser(PRIVACY).await);
        assert!(pim.get(PROPOSALS).await.text.contains("geen voorstellen"));
        assert_eq!(pim.post(&path, &[("do", "confirm")]).await.status, StatusCode::CONFLICT);
        // It is in nobody's way.
        done(&choose(&mut ger, &at(DIRK), 3, &["fg"]).await, "place-proposed");
        let path = proposal(&mut pim).await;
        // The place becomes another one meanwhile: what was proposed was about the one before.
        let page = ger.get(&at(DIRK)).await.text;
        assert!(!page.contains("Plaats opslaan"), "{page}");
        let department = department(0).to_string();
        done(&ger.post(&at(DIRK), &[("version", "1"), ("department", &department), ("roles", "member")]).await, "place-changed");
        assert_eq!(pim.post(&path, &[("do", "confirm")]).await.status, StatusCode::CONFLICT);
        assert_eq!(roles(&world, person(DIRK)).await, "Vergunningen: member");
        let kinds = [LineKind::ProposalDeclined, LineKind::ProposalWithdrawn];
        for kind in kinds {
            assert_eq!(lines(&engine, kind).await.iter().filter(|(outcome, _)| *outcome == Outcome::Done).count(), 1);
        }
    }

    async fn a_plan_that_is_open_closes_at_once_when_a_place_is_taken_away_or_sessions_are_ended(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let mut anna = world.browser(ANNA).await;
        let of_anna = world.log(&mut anna, &pairs(&signal("a"))).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("Zaak", &[&of_anna], &["facts"], &[ANNA]).await;
        carla.for_case(&case).await;
        carla.post(&format!("{case}/plan"), &[]).await;
        anna.for_case(&case).await;
        let address = world.serve().await;
        for act in ["afmelden", "ontnemen"] {
            let mut anna = world.browser(ANNA).await;
            anna.for_case(&case).await;
            let mut window = Window::open(address, &case, &anna, 501 + act.len() as u64 * 7).await;
            window.until("the template", |one| one.text().contains("Situatie")).await;
            let version = hidden(&ger.get(&at(ANNA)).await.text, "version");
            // Rooms look at sessions now and then anyway; by this they do at once.
            let told = world.vault.sessions.ending();
            let page = ger.post(&format!("{}/{act}", at(ANNA)), &[("version", &version)]).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
            assert!(told.has_changed().unwrap(), "{act}");
            assert_eq!(window.until_closed().await, 4401, "{act}");
        }
        assert_eq!(lines(&engine, LineKind::SessionsEnded).await.len(), 3, "asked and done, and with the place");
    }

    async fn people_see_where_they_are_signed_in_and_end_it_and_nobody_elses(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut elsewhere, mut bram) = (world.browser(ANNA).await, world.browser(ANNA).await, world.browser(BRAM).await);
        let request = http::Request::post("/aanmelden")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("user-agent", "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/132.0");
        let mut third = world.stranger();
        third.send(request, format!("person={}", person(ANNA)).into()).await;
        let page = anna.get("/mijn-sessies").await.text;
        assert_eq!(page.matches("name=\"sessie\"").count(), 3, "{page}");
        assert!(page.contains("Firefox, Windows") && page.matches("Deze sessie").count() == 1);
        let of_bram = hidden(&bram.get("/mijn-sessies").await.text, "sessie");
        anna.post("/mijn-sessies", &[("sessie", &of_bram)]).await;
        assert_eq!(bram.get("/mijn-sessies").await.status, StatusCode::OK);
        assert!(lines(&engine, LineKind::SessionsEnded).await.is_empty());
        let mine = hidden(&third.get("/mijn-sessies").await.text, "sessie");
        anna.post("/mijn-sessies", &[("sessie", &mine)]).await;
        assert!(third.get("/").await.location().starts_with("/aanmelden"));
        assert_eq!(elsewhere.get("/mijn-sessies").await.status, StatusCode::OK);
        anna.post("/mijn-sessies", &[]).await;
        assert!(elsewhere.get("/").await.location().starts_with("/aanmelden"));
        let page = anna.get("/mijn-sessies").await.text;
        assert!(page.contains("U bent alleen hier aangemeld."), "{page}");
        assert_eq!(lines(&engine, LineKind::SessionsEnded).await.len(), 2);
        let here = hidden(&page, "sessie");
        assert_eq!(anna.post("/mijn-sessies", &[("sessie", &here)]).await.location(), "/aanmelden?gelukt=signed-out");
        assert!(anna.get("/").await.location().starts_with("/aanmelden"));
    }

    async fn long_lists_of_people_and_changes_go_by_pages(engine: Engine) {
        let world = World::new(engine.clone()).await;
        for number in 0..60 {
            let new = plein_vault::store::NewPerson {
                id: PersonId(Uuid::from_u128(0x9000 + number)),
                name: format!("Medewerker {number:02}"),
                department: department(3),
                roles: if number < 30 { vec![Role::Member] } else { Vec::new() },
            };
            world.vault.directory.add_person(&new, 100 + number as i64).await.unwrap();
        }
        let mut ger = administrator(&world, ADMIN).await;
        for (path, all) in [("/beheer", 30), ("/beheer/mensen", 39)] {
            let mut seen = std::collections::BTreeSet::new();
            for page in 1..=2 {
                let text = ger.get(&format!("{path}?pagina={page}")).await.text;
                seen.extend(text.split("href=\"/beheer/mensen/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
                assert_eq!(text.contains(&format!("{path}?pagina={}", page + 1)), page == 1, "{path} {page}");
            }
            assert_eq!(seen.len(), all, "{path}");
        }
        for number in 0..26 {
            let (at_department, roles) = (number % 2, ["member"]);
            done(&choose(&mut ger, &at(KEES), at_department, &roles).await, "place-changed");
        }
        let text = ger.get(&format!("{}?pagina=2", at(KEES))).await.text;
        assert_eq!(text.matches("Plaats gewijzigd").count(), 1, "{text}");
    }
}
