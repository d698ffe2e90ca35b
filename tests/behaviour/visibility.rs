//! Lists are made by conditions in SQL; single things by policies. Over generated worlds the two agree: the rows of a
//! list are exactly the things that would open.

use crate::{common, common::*, world::*};
use plein_domain::{form::FormKind, ids::*, list::SignalList};
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
}
