//! Lists are made by conditions in SQL; single things by policies. Over generated worlds the two agree: the rows of a
//! list are exactly the things that would open.

use crate::{common, common::*, world::*};
use http::StatusCode;
use plein_domain::{form::FormKind, ids::*, ledger::LineKind, list::SignalList};
use plein_vault::ledger::LogQuery;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

/// A generated signal: who logs it, whether something is offered, whether it goes into a case.
type Plan = Vec<(bool, bool, bool)>;

both_engines! {
    async fn a_list_shows_exactly_what_the_policies_let_open(engine: Engine) {
        let world = World::new(engine).await;
        let mut runner = TestRunner::deterministic();
        let plan: Plan = prop::collection::vec(any::<(bool, bool, bool)>(), 14..20).new_tree(&mut runner).unwrap().current();
        let mut all = Vec::new();
        let mut linked = Vec::new();
        for (number, (annas, offers, links)) in plan.into_iter().enumerate() {
            let mut browser = world.browser(if annas { ANNA } else { BRAM }).await;
            let mut form = signal(&format!("nr{number}"));
            if !offers {
                form.retain(|(name, _)| *name != "offered");
            }
            let path = world.log(&mut browser, &pairs(&form)).await;
            all.push(path.rsplit('/').next().unwrap().parse::<SignalId>().unwrap());
            if links && offers {
                linked.push(path);
            }
        }
        assert!(linked.len() > 1 && linked.len() < all.len(), "the world has both kinds");
        let mut carla = world.browser(CARLA).await;
        let linked: Vec<&str> = linked.iter().map(String::as_str).collect();
        carla.open_case("zaak", &linked, &["facts"], &[BRAM]).await;

        for index in [ANNA, BRAM, CARLA, DIRK, FG, ADMIN, PRIVACY, KEES, BOTH] {
            let asker = world.asker(index).await;
            let listed: Vec<SignalId> = match world.ports.signals.list(&asker, SignalList::default()).await {
                Ok(page) => page.rows.iter().map(|row| row.head.id).collect(),
                Err(_) => Vec::new(),
            };
            for id in &all {
                let opens = world.ports.signals.view(&asker, *id).await.is_ok();
                assert_eq!(opens, listed.contains(id), "{} {id}", PEOPLE[index].0);
            }
        }
        // Somebody who may write nothing begins nothing.
        for index in [FG, ADMIN, PRIVACY] {
            let asker = world.asker(index).await;
            for kind in [FormKind::NewSignal, FormKind::OpenCase] {
                assert!(world.ports.drafts.begin(&asker, kind, None, None).await.is_err());
            }
        }
    }

    async fn what_is_not_offered_is_chosen_as_little_as_what_is_not_there_and_each_try_is_told(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let offered = world.log(&mut anna, &pairs(&signal("a"))).await;
        let mut kept = signal("b");
        kept.retain(|(name, _)| *name != "offered");
        let kept = world.log(&mut anna, &pairs(&kept)).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("zaak", &[&offered], &["facts"], &[ANNA]).await;
        carla.for_case(&case).await;
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let (kept, case) = (id(&kept), id(&case));
        let filter = LogQuery { person: Some(person(CARLA)), kind: Some(LineKind::Refused), ..LogQuery::default() };
        let before = world.engine.ledger().await.search(&filter, 100).await.unwrap().len();
        let mut answers = Vec::new();
        for part in [kept.as_str(), "018f0000-0000-7000-8000-00000000ffff"] {
            let fields = [("kind", "link-signal"), ("object", case.as_str()), ("part", part)];
            let page = carla.post("/concepten", &fields).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{part}");
            answers.push(page.text.replace(part, ""));
        }
        assert_eq!(without_numbers(&answers[0]), without_numbers(&answers[1]));
        let refused = world.engine.ledger().await.search(&filter, 100).await.unwrap().len() - before;
        assert_eq!(refused, 2);
    }
}

/// A page without what differs from one answer to the next: its nonce and incident numbers.
fn without_numbers(text: &str) -> String {
    text.split('"').filter(|part| !part.bytes().any(|byte| byte.is_ascii_digit())).collect()
}
