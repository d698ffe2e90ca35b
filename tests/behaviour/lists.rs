//! The lists of signals and of cases: narrowed, ordered, counted, and gone through page by page.

use crate::{common, common::*, world::*};
use http::StatusCode;
use plein_domain::{
    form::{FormKind, FormValues},
    ids::*,
    list::*,
    ports::Asker,
    signal::{SignalHead, SignalState},
};
use plein_vault::on_db;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::collections::BTreeMap;

/// Who logs the signals of a generated municipality.
const LOGGERS: [usize; 3] = [ANNA, BRAM, BOTH];

/// For each signal: who logs it, and whether it is offered, about something else, linked, changed.
fn plan(count: usize) -> Vec<(usize, bool, bool, bool, bool)> {
    let dice = (0..5_usize, any::<bool>(), any::<bool>(), prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    let mut runner = TestRunner::deterministic();
    prop::collection::vec(dice, count).new_tree(&mut runner).unwrap().current()
}

/// Lists narrowed in all kinds of ways.
fn narrowings(count: usize) -> Vec<SignalList> {
    let days = ["2026-11-23", "2026-11-24", "2026-11-25"].map(|day| Some(day.parse().unwrap()));
    let one = (
        prop::sample::select(SignalState::ALL.iter().copied().map(Some).chain([None]).collect::<Vec<_>>()),
        prop::option::of((0..4_u128).prop_map(department)),
        prop::option::of(prop::sample::select(vec!["vastgoedfraude".to_owned(), "zorgfraude".to_owned()])),
        prop::bool::weighted(0.3),
        prop::sample::select(SignalOrder::ALL),
        prop::option::of((0..3_usize, 0..3_usize)),
    );
    let list = one.prop_map(move |(state, department, phenomenon, mine, order, period)| {
        let period = period.map_or(Period::default(), |(from, until)| Period { from: days[from], until: days[until] });
        SignalList { state, department, phenomenon, mine, order, period, place: Place::First }
    });
    let mut runner = TestRunner::deterministic();
    prop::collection::vec(list, count).new_tree(&mut runner).unwrap().current()
}

/// A municipality with so many signals, of three people over three days, some of which are offered, about something else,
/// changed a day later, or in a case; many were logged at the same moment. With each signal, who logged it.
async fn made(world: &World, count: usize) -> BTreeMap<SignalId, PersonId> {
    let mut made = BTreeMap::new();
    let mut linked = Vec::new();
    let mut askers = Vec::new();
    for index in LOGGERS {
        askers.push(world.asker(index).await);
    }
    for (number, (who, offers, other, links, changes)) in plan(count).into_iter().enumerate() {
        // Anna logs most.
        let asker = world.again(&askers[who.saturating_sub(2)]).await;
        world.engine.clock.set(NOON.plus_seconds((number * 3 / count) as i64 * 86_400));
        let mut form: FormValues =
            signal(&format!("nr{number}")).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        if !offers {
            form.0.remove("offered");
        }
        if other {
            form.set("phenomenon", "zorgfraude");
        }
        let draft = world.ports.drafts.begin(&asker, FormKind::NewSignal, None, None).await.unwrap();
        world.ports.drafts.save(&asker, draft, None, form.clone()).await.unwrap();
        let id = world.ports.signals.log(&asker, draft, None).await.unwrap();
        made.insert(id, asker.person.id);
        if changes {
            world.engine.clock.set(NOON.plus_seconds(86_400 * 2));
            form.set("why", "verbeterd");
            let draft = world.ports.drafts.begin(&asker, FormKind::EditSignal, Some(id.0), None).await.unwrap();
            world.ports.drafts.save(&asker, draft, None, form).await.unwrap();
            world.ports.signals.edit(&asker, draft, None).await.unwrap();
        }
        if offers && links {
            linked.push(format!("/signalen/{id}"));
        }
    }
    world.engine.clock.set(NOON.plus_seconds(86_400 * 2));
    let linked: Vec<&str> = linked.iter().map(String::as_str).collect();
    world.browser(CARLA).await.open_case("zaak", &linked, &["facts"], &[BRAM]).await;
    made
}

/// All pages of a list, from the first to the last and back; both must be the same.
async fn paged(world: &World, asker: &Asker, list: SignalList) -> (Vec<SignalId>, Count) {
    let ask = |place| world.ports.signals.list(asker, SignalList { place, ..list.clone() });
    let mut page = ask(Place::First).await.unwrap();
    assert_eq!(page.earlier, None);
    let mut pages = vec![page.rows.clone()];
    while let Some(later) = page.later {
        page = ask(Place::After(later)).await.unwrap();
        assert!(page.earlier.is_some() && !page.rows.is_empty());
        pages.push(page.rows.clone());
    }
    for expected in pages.iter().rev().skip(1) {
        page = ask(Place::Before(page.earlier.unwrap())).await.unwrap();
        assert_eq!(&page.rows, expected, "going back shows the same page");
    }
    assert_eq!(page.earlier, None);
    (pages.concat().iter().map(|row| row.head.id).collect(), page.count)
}

/// So many older signals beside the first one, not offered, past the program: heads without content, for counting.
async fn many(world: &World, wanted: usize) {
    let outside = world.engine.outside("content").await;
    on_db!(&outside, |pool| {
        let (template,): (uuid::Uuid,) =
            sqlx::query_as("SELECT id FROM signals LIMIT 1").fetch_one(pool).await.unwrap();
        for number in 0..wanted {
            sqlx::query(
                "INSERT INTO signals (id, reference, department, state, phenomenon, received_on, original_purpose, \
                 offered, logged_by, logged_at, changed_at, version) SELECT $1, $2, department, state, phenomenon, \
                 received_on, original_purpose, '', logged_by, logged_at - 1, changed_at - 1, 1 FROM signals WHERE id = $3",
            )
            .bind(uuid::Uuid::from_u128(0x9000_0000 + number as u128))
            .bind(format!("S-2025-{number:04}"))
            .bind(template)
            .execute(pool)
            .await
            .unwrap();
        }
    });
}

both_engines! {
    async fn every_narrowing_shows_and_counts_exactly_what_the_policies_let_open(engine: Engine) {
        let world = World::new(engine).await;
        let made = made(&world, 60).await;
        for index in [ANNA, BRAM, CARLA, DIRK, KEES, BOTH] {
            let asker = world.asker(index).await;
            let mut visible: Vec<SignalHead> = Vec::new();
            for id in made.keys() {
                visible.extend(world.ports.signals.view(&asker, *id).await.ok().map(|view| view.head));
            }
            assert_eq!(visible.is_empty(), index == DIRK, "{}", PEOPLE[index].0);
            for list in narrowings(25) {
                let (from, before) = list.period.moments();
                let at = |head: &SignalHead| if list.order == SignalOrder::Changed { head.changed_at } else { head.logged_at };
                let mut expected: Vec<_> = visible.iter().filter(|head| {
                    list.state.is_none_or(|one| one == head.state) && list.department.is_none_or(|one| one == head.department.id)
                        && list.phenomenon.as_ref().is_none_or(|one| *one == head.phenomenon)
                        && from.is_none_or(|from| from <= at(head)) && before.is_none_or(|before| at(head) < before)
                        && (!list.mine || made[&head.id] == asker.person.id)
                }).map(|head| (at(head), head.id)).collect();
                expected.sort_unstable();
                if list.order != SignalOrder::Oldest {
                    expected.reverse();
                }
                let expected: Vec<_> = expected.into_iter().map(|(_, id)| id).collect();
                let (found, count) = paged(&world, &asker, list.clone()).await;
                assert_eq!(found, expected, "{} {list:?}", PEOPLE[index].0);
                assert_eq!(count, Count::Exactly(found.len() as u32), "{list:?}");
            }
        }
    }

    async fn paging_is_stable_while_signals_come_in(engine: Engine) {
        let world = World::new(engine).await;
        made(&world, 70).await;
        let anna = world.asker(ANNA).await;
        let ask = async |place| world.ports.signals.list(&anna, SignalList { place, ..SignalList::default() }).await.unwrap();
        let first = ask(Place::First).await;
        let next = Place::After(first.later.unwrap());
        let expected = ask(next).await.rows;
        world.engine.clock.set(NOON.plus_seconds(86_400 * 2 + 1));
        let mut browser = world.browser(ANNA).await;
        let path = world.log(&mut browser, &pairs(&signal("nieuw"))).await;
        assert_eq!(ask(next).await.rows, expected, "what came in moves nothing from one page to the next");
        // Going back from there shows the same rows too; and then the one that came in, on a page that is whole.
        let back = ask(Place::Before(ask(next).await.earlier.unwrap())).await;
        assert_eq!(back.rows, first.rows);
        let top = ask(Place::Before(back.earlier.unwrap())).await;
        assert!(path.ends_with(&top.rows[0].head.id.to_string()));
        assert_eq!((top.rows.len(), top.earlier), (PAGE_ROWS, None));
        // Through the pages by their links.
        let page = browser.get("/signalen").await;
        let link = page.text.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = browser.get(&link).await;
        assert!(page.text.contains("rel=\"prev\"") && page.text.contains("rel=\"first\" href=\"/signalen\""), "{}", page.text);
    }

    async fn a_count_is_exact_to_a_thousand_and_then_says_so(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        world.log(&mut anna, &pairs(&signal("een"))).await;
        assert!(anna.get("/signalen").await.text.contains("1 signaal<"));
        many(&world, 999).await;
        let (asker, carla) = (world.asker(ANNA).await, world.asker(CARLA).await);
        let count = async |asker: &Asker| world.vault.gate.list_signals(asker, &SignalList::default()).await.unwrap().1.count;
        assert_eq!(count(&asker).await, Count::Exactly(1_000));
        world.log(&mut anna, &pairs(&signal("twee"))).await;
        assert_eq!(count(&asker).await, Count::More);
        // What is not offered does not count for a coordinator.
        assert_eq!(count(&carla).await, Count::Exactly(2));
    }

    async fn nonsense_in_the_address_is_told_and_the_rest_counts(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        world.log(&mut anna, &pairs(&signal("een"))).await;
        for (query, said) in [
            ("status=weg&fenomeen=vastgoedfraude", "niet klopt: Status."),
            ("afdeling=00000000-0000-0000-0000-000000000000&fenomeen=vastgoedfraude", "niet klopt: Afdeling."),
            ("van=31-02-2026&fenomeen=vastgoedfraude", "niet klopt: Periode van."),
            ("van=2026-12-01&tot=2026-11-01&fenomeen=vastgoedfraude", "De periode eindigt voordat zij begint"),
            ("na=zomaar&fenomeen=vastgoedfraude", "Deze pagina van de lijst bestaat niet"),
            ("pagina=99999999999&fenomeen=vastgoedfraude", "Deze pagina van de lijst bestaat niet"),
            ("pagina=-1&fenomeen=vastgoedfraude", "Deze pagina van de lijst bestaat niet"),
            ("fenomeen=%ff", "kan de filters in dit adres niet lezen"),
        ] {
            let page = anna.get(&format!("/signalen?{query}")).await;
            assert_eq!(page.status, StatusCode::OK, "{query}");
            assert!(page.text.contains(said), "{query}: {}", page.text);
            assert!(page.text.contains("S-2026-0001"), "{query}");
            assert_eq!(page.text.contains("Fenomeen: Vastgoedfraude"), !query.contains("%ff"), "{query}");
        }
        // Beyond the end: a place that makes sense, after which there is nothing.
        let end = Cursor { at: plein_domain::moment::Moment(0), id: uuid::Uuid::nil() };
        let page = anna.get(&format!("/signalen?fenomeen=vastgoedfraude&na={end}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("de lijst is voor deze plaats opgehouden"), "{}", page.text);
        assert!(page.text.contains("href=\"/signalen?fenomeen=vastgoedfraude\""), "the filters stay");
        assert!(!page.text.contains("S-2026-0001"));
        let english = anna.post("/taal", &[("taal", "en"), ("naar", "/")]).await;
        assert_eq!(english.status, StatusCode::SEE_OTHER);
        assert!(anna.get("/signalen?status=weg").await.text.contains("the value is wrong: State."));
    }

    async fn cases_are_narrowed_by_state_purpose_period_and_lead(engine: Engine) {
        let world = World::new(engine).await;
        let (mut anna, mut carla) = (world.browser(ANNA).await, world.browser(CARLA).await);
        let (mut cases, mut signals) = (Vec::new(), Vec::new());
        for number in 0..3 {
            world.engine.clock.set(NOON.plus_seconds(number));
            let mut form = signal(&format!("nr{number}"));
            if number == 1 {
                form.iter_mut().filter(|(name, _)| *name == "phenomenon").for_each(|(_, value)| *value = "zorgfraude".into());
            }
            let of_anna = world.log(&mut anna, &pairs(&form)).await;
            let team: &[usize] = if number == 2 { &[ANNA, BRAM] } else { &[ANNA] };
            cases.push(carla.open_case(&format!("zaak{number}"), &[&of_anna], &["facts"], team).await);
            signals.push(of_anna);
        }
        carla.for_case(&cases[1]).await;
        let page = carla.post(&format!("{}/plan", cases[1]), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        let shown = async |browser: &mut Browser, query: &str| {
            let page = browser.get(&format!("/casussen?{query}")).await;
            assert_eq!(page.status, StatusCode::OK, "{query}");
            (1..=3).filter(|number| page.text.contains(&format!("C-2026-000{number}"))).collect::<Vec<_>>()
        };
        for (query, expected) in [
            ("", &[1, 2, 3][..]), ("status=open", &[1, 3]), ("status=plan-drafted", &[2]), ("status=adopted", &[]),
            (&format!("doel={CASE_PURPOSE}"), &[1, 2, 3]), (&format!("doel={EXPIRED_PURPOSE}"), &[]),
            ("eigen=ja", &[1, 2, 3]), ("tot=2026-01-01", &[]), ("van=2026-01-01&status=open&eigen=ja", &[1, 3]),
            ("fenomeen=zorgfraude", &[2]), ("fenomeen=vastgoedfraude", &[1, 3]), ("fenomeen=onzin", &[1, 2, 3]),
            (&format!("afdeling={}", department(0)), &[1, 2, 3]), (&format!("afdeling={}", department(1)), &[3]),
            (&format!("afdeling={}&fenomeen=zorgfraude", department(1)), &[]),
        ] {
            assert_eq!(shown(&mut carla, query).await, expected, "{query}");
        }
        assert_eq!(shown(&mut anna, "eigen=ja").await, [0; 0], "Anna leads none");
        assert!(anna.get("/casussen").await.text.contains("3 casussen<"));
        assert_eq!(shown(&mut anna, "status=plan-drafted").await, [2]);
        assert_eq!(shown(&mut world.browser(KEES).await, "").await, [0; 0]);
        let order = |text: &str, one: &str, other: &str| text.find(one) < text.find(other);
        let text = anna.get("/casussen?volgorde=oldest").await.text;
        assert!(order(&text, "C-2026-0001", "C-2026-0003"));
        assert!(order(&anna.get("/casussen").await.text, "C-2026-0003", "C-2026-0001"));
        // A signal that turns out to be about something else takes its case along.
        let id = signals[0].rsplit('/').next().unwrap();
        let draft = anna.begin("edit-signal", &[("object", id)]).await;
        let mut form = signal("nr0");
        form.iter_mut().filter(|(name, _)| *name == "phenomenon").for_each(|(_, value)| *value = "zorgfraude".into());
        form.push(("why", "toch zorg".into()));
        form.push(("do", "check".into()));
        anna.post(&draft, &pairs(&form)).await;
        let page = anna.post(&format!("{draft}/versturen"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert_eq!(shown(&mut carla, "fenomeen=zorgfraude").await, [1, 2]);
        // Who leaves a team no longer counts its cases; who comes in sees it in the state it has.
        let draft = carla.begin("team", &[("object", cases[1].rsplit('/').next().unwrap())]).await;
        carla.post(&draft, &[("member", &person(BRAM).to_string()), ("do", "check")]).await;
        let page = carla.post(&format!("{draft}/versturen"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert_eq!(shown(&mut anna, "").await, [1, 3]);
        assert!(anna.get("/casussen").await.text.contains("2 casussen<"));
        assert_eq!(shown(&mut world.browser(BRAM).await, "status=plan-drafted").await, [2]);
    }

    async fn every_signal_that_waits_can_be_reached_and_chosen(engine: Engine) {
        let world = World::new(engine).await;
        let made = made(&world, 160).await;
        let carla = world.asker(CARLA).await;
        let mut waiting: Vec<SignalHead> = Vec::new();
        for id in made.keys() {
            let head = world.ports.signals.view(&carla, *id).await.ok().map(|view| view.head);
            waiting.extend(head.filter(|head| head.state == SignalState::Received && !head.offered.is_empty()));
        }
        waiting.sort_unstable_by_key(|head| (head.logged_at, head.id));
        assert!(waiting.len() > CANDIDATES + 5, "{}", waiting.len());
        let ids = |fits: &dyn Fn(&SignalHead) -> bool| -> Vec<SignalId> {
            waiting.iter().filter(|head| fits(head)).map(|head| head.id).collect()
        };
        let reached = async |mut list: CandidateList, chosen: &[SignalId]| {
            let mut reached = Vec::new();
            loop {
                let page = world.ports.cases.candidates(&carla, list.clone(), chosen).await.unwrap();
                assert!(page.rows.len() <= CANDIDATES);
                let first: Vec<SignalId> = page.chosen.iter().map(|one| one.head.id).collect();
                assert_eq!(first, chosen, "what was chosen is on every page");
                reached.extend(page.rows.iter().map(|one| one.head.id));
                let Some(later) = page.later else { return reached };
                list.after = Some(later);
            }
        };
        assert_eq!(reached(CandidateList::default(), &[]).await, ids(&|_| true));
        let last = waiting.last().unwrap().clone();
        assert_eq!(reached(CandidateList::default(), &[last.id]).await, ids(&|head| head.id != last.id));
        for department in [0, 1].map(department) {
            let phenomenon = Some("zorgfraude".to_owned());
            let list = CandidateList { department: Some(department), phenomenon: None, after: None };
            assert_eq!(reached(list.clone(), &[]).await, ids(&|head| head.department.id == department));
            let both = CandidateList { phenomenon: phenomenon.clone(), ..list };
            let expected = ids(&|head| head.department.id == department && head.phenomenon == "zorgfraude");
            assert_eq!(reached(both, &[]).await, expected);
            let about = CandidateList { phenomenon, ..CandidateList::default() };
            assert_eq!(reached(about, &[]).await, ids(&|head| head.phenomenon == "zorgfraude"));
        }
        // What does not wait cannot be had by saying that it was chosen.
        let other = *made.keys().find(|id| waiting.iter().all(|head| head.id != **id)).unwrap();
        let page = world.ports.cases.candidates(&carla, CandidateList::default(), &[other]).await.unwrap();
        assert_eq!(page.chosen, []);

        // In the form: what was ticked stays while one looks further, and when the list is narrowed to something else.
        let mut browser = world.browser(CARLA).await;
        let draft = browser.begin("open-case", &[]).await;
        let first = waiting[0].clone();
        let text = browser.get(&draft).await.text;
        assert!(text.contains(&first.reference.0) && !text.contains(&last.reference.0));
        let next = text.split("value=\"narrow.after.").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let ticked = first.id.to_string();
        let further = browser.post(&draft, &[("signal", &ticked), ("do", &format!("narrow.after.{next}"))]).await;
        assert_eq!(further.status, StatusCode::SEE_OTHER, "{}", further.text);
        let text = browser.get(&draft).await.text;
        assert!(text.contains(&first.reference.0) && text.contains(&last.reference.0) && !text.contains(&waiting[1].reference.0));
        assert!(text.contains(&format!("value=\"{ticked}\" checked")), "{text}");
        let narrowed = [("signal", ticked.as_str()), ("narrow.fenomeen", "zorgfraude"), ("narrow.na", &next), ("do", "narrow")];
        browser.post(&draft, &narrowed).await;
        let text = browser.get(&draft).await.text;
        for head in &waiting[1..10] {
            assert_eq!(text.contains(&head.reference.0), head.phenomenon == "zorgfraude", "{}", head.reference);
        }
        assert!(text.contains(&first.reference.0));
        // The page on which one more is chosen for a case goes the same way.
        let case = world.ports.cases.list(&carla, CaseList::default()).await.unwrap().rows[0].head.id;
        browser.for_case(&format!("/casussen/{case}")).await;
        let text = browser.get(&format!("/casussen/{case}/koppelen?na={next}")).await.text;
        assert!(text.contains(&last.reference.0) && !text.contains(&first.reference.0));
        let text = browser.get(&format!("/casussen/{case}/koppelen?na={next}&fenomeen=onzin&afdeling=x")).await.text;
        assert!(text.contains(&last.reference.0), "nonsense narrows nothing");
    }

    async fn the_line_of_a_list_names_what_was_on_the_page_and_no_more(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        for number in 0..3 {
            let mut form = signal(&format!("nr{number}"));
            if number == 1 {
                form.iter_mut().filter(|(name, _)| *name == "phenomenon").for_each(|(_, value)| *value = "zorgfraude".into());
            }
            world.log(&mut anna, &pairs(&form)).await;
        }
        anna.get("/signalen?fenomeen=zorgfraude").await;
        let text = anna.get("/mijn-inzagen").await.text;
        let line = text.split("<tr").find(|row| row.contains("In een lijst getoond")).unwrap();
        assert!(line.contains("S-2026-0002") && !line.contains("S-2026-0001") && !line.contains("S-2026-0003"), "{line}");
    }
}
