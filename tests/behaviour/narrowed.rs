//! The list of cases narrowed by department and by phenomenon: what it is read from is kept beside each member of a team, and
//! follows whatever happens to the team, the links and the case.

use crate::{common, common::*, world::*};
use http::StatusCode;
use plein_domain::{case::CaseState, ids::*, list::*, ports::Asker};
use plein_vault::{
    db::{Db, Target},
    on_db,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const TABLES: [&str; 2] = ["cases_with_department", "cases_about_phenomenon"];

/// For each of the tables, the statement by which the migration fills it.
fn fills(engine: &Engine) -> [&'static str; 2] {
    let text = match engine.target("content") {
        Target::Sqlite(_) => include_str!("../../migrations/sqlite/content/0042_cases_narrowed.sql"),
        Target::Postgres { .. } => include_str!("../../migrations/postgres/content/0042_cases_narrowed.sql"),
    };
    TABLES.map(|table| {
        let insert = format!("INSERT INTO {table} ");
        text.split(';').find(|one| one.contains(&insert)).unwrap().trim()
    })
}

/// What was kept is what somebody would find who looked at all teams and links now; so many rows.
pub async fn kept(engine: &Engine) -> i64 {
    let outside = engine.outside("content").await;
    let mut rows = 0;
    for (table, fill) in TABLES.into_iter().zip(fills(engine)) {
        let (insert, select) = fill.split_once("SELECT").unwrap();
        let select = format!("SELECT {}", select.split("ORDER BY").next().unwrap());
        let columns = insert.split(['(', ')']).nth(1).unwrap();
        let kept = format!("SELECT {columns} FROM {table}");
        for (one, other) in [(&kept, &select), (&select, &kept)] {
            let differing =
                format!("SELECT COUNT(*) FROM (SELECT * FROM ({one}) one EXCEPT SELECT * FROM ({other}) other) d");
            assert_eq!(counted(&outside, differing).await, 0, "{table}: {one}");
        }
        rows += counted(&outside, format!("SELECT COUNT(*) FROM {table}")).await;
    }
    rows
}

async fn counted(db: &Db, text: String) -> i64 {
    on_db!(db, |pool| sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(pool).await.unwrap())
}

/// The cases in a narrowed list, by the numbers of their references, and whether their count is told.
async fn shown(browser: &mut Browser, query: &str) -> Vec<usize> {
    let page = browser.get(&format!("/casussen?{query}")).await;
    assert_eq!(page.status, StatusCode::OK, "{query}");
    let found: Vec<usize> = (1..10).filter(|number| page.text.contains(&format!("C-2026-{number:04}"))).collect();
    let count = match found.len() {
        1 => "1 casus<".to_owned(),
        count => format!("{count} casussen<"),
    };
    assert!(found.is_empty() || page.text.contains(&count), "{query}: {}", page.text);
    found
}

async fn checks(browser: &mut Browser, draft: &str, fields: &[(&str, &str)]) {
    let page = browser.post(draft, fields).await;
    assert!(page.location().contains("controleren"), "{} {}", page.status, page.text);
}

async fn sent(browser: &mut Browser, draft: &str) {
    let page = browser.post(&format!("{draft}/versturen"), &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    assert!(!page.location().contains("/concepten/"), "it was taken: {}", page.location());
}

async fn sends(browser: &mut Browser, draft: &str, fields: &[(&str, &str)]) {
    checks(browser, draft, fields).await;
    sent(browser, draft).await;
}

fn id(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

async fn links(carla: &mut Browser, case: &str, signal: &str) {
    let draft = carla.begin("link-signal", &[("object", id(case)), ("part", id(signal))]).await;
    let mut fields = test_fields(id(signal), "later");
    fields.push((format!("link.{}.field", id(signal)), "facts".into()));
    fields.push(("do".into(), "check".into()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sends(carla, &draft, &fields).await;
}

async fn unlinks(world: &World, carla: &mut Browser, case: &str, signal: &str) {
    let outside = world.engine.outside("content").await;
    let (case, signal): (CaseId, SignalId) = (id(case).parse().unwrap(), id(signal).parse().unwrap());
    let link: Uuid = on_db!(&outside, |pool| {
        sqlx::query_scalar("SELECT id FROM links WHERE case_id = $1 AND signal = $2 AND unlinked_at IS NULL")
            .bind(case.0)
            .bind(signal.0)
            .fetch_one(pool)
            .await
            .unwrap()
    });
    let draft = carla.begin("unlink-signal", &[("object", &case.to_string()), ("part", &link.to_string())]).await;
    sends(carla, &draft, &[("reason", "niet meer nodig"), ("do", "check")]).await;
}

async fn teams(carla: &mut Browser, case: &str, team: &[usize]) {
    let draft = team_of(carla, case, team).await;
    sent(carla, &draft).await;
}

/// A team that is chosen and not sent yet: the draft.
async fn team_of(carla: &mut Browser, case: &str, team: &[usize]) -> String {
    let draft = carla.begin("team", &[("object", id(case))]).await;
    let team: Vec<String> = team.iter().map(|index| person(*index).to_string()).collect();
    let mut fields: Vec<(&str, &str)> = team.iter().map(|one| ("member", one.as_str())).collect();
    fields.push(("do", "check"));
    checks(carla, &draft, &fields).await;
    draft
}

/// A signal about one of the two phenomena.
async fn logged(world: &World, browser: &mut Browser, words: &str, care: bool) -> String {
    world.log(browser, &pairs(&about(words, care))).await
}

fn about(words: &str, care: bool) -> Vec<(&'static str, String)> {
    let mut form = signal(words);
    if care {
        form.iter_mut().filter(|(name, _)| *name == "phenomenon").for_each(|(_, value)| *value = "zorgfraude".into());
    }
    form
}

/// A case past the program, as a list needs to know it.
struct Known {
    id: CaseId,
    at: i64,
    state: String,
    leads: Uuid,
    team: BTreeSet<Uuid>,
    departments: BTreeSet<Uuid>,
    phenomena: BTreeSet<String>,
}

type CaseRow = (Uuid, i64, String, Uuid);

async fn known(world: &World) -> Vec<Known> {
    let outside = world.engine.outside("content").await;
    let cases: Vec<CaseRow> = on_db!(&outside, |pool| {
        sqlx::query_as("SELECT id, opened_at, state, coordinator FROM cases").fetch_all(pool).await.unwrap()
    });
    let team: Vec<(Uuid, Uuid, Uuid)> = on_db!(&outside, |pool| {
        let text = "SELECT t.case_id, p.id, p.department FROM case_team t JOIN people p ON p.id = t.person";
        sqlx::query_as(text).fetch_all(pool).await.unwrap()
    });
    let about: Vec<(Uuid, String)> = on_db!(&outside, |pool| {
        let text = "SELECT l.case_id, s.phenomenon FROM links l JOIN signals s ON s.id = l.signal \
                    WHERE l.unlinked_at IS NULL";
        sqlx::query_as(text).fetch_all(pool).await.unwrap()
    });
    let one = |(id, at, state, leads): CaseRow| {
        let of_team = || team.iter().filter(move |(case, ..)| *case == id);
        Known {
            id: CaseId(id),
            at,
            state,
            leads,
            team: of_team().map(|(_, person, _)| *person).collect(),
            departments: of_team().map(|(.., department)| *department).collect(),
            phenomena: about.iter().filter(|(case, _)| *case == id).map(|(_, code)| code.clone()).collect(),
        }
    };
    cases.into_iter().map(one).collect()
}

/// Lists narrowed in all kinds of ways.
fn narrowings(count: usize) -> Vec<CaseList> {
    let one = (
        prop::option::of(prop::sample::select(vec![CaseState::Open, CaseState::PlanDrafted])),
        prop::option::weighted(0.7, (0..5_u128).prop_map(department)),
        prop::option::of(prop::sample::select(vec!["vastgoedfraude".to_owned(), "zorgfraude".to_owned()])),
        prop::bool::weighted(0.2),
        prop::sample::select(CaseOrder::ALL),
    );
    let list = one.prop_map(|(state, department, phenomenon, mine, order)| CaseList {
        state,
        department,
        phenomenon,
        mine,
        order,
        ..CaseList::default()
    });
    let mut runner = TestRunner::deterministic();
    prop::collection::vec(list, count).new_tree(&mut runner).unwrap().current()
}

/// So many more cases like the first one, past the program: heads without content, for counting. What they are found by is filled
/// in by the migration's statements.
async fn many(world: &World, wanted: usize) {
    let outside = world.engine.outside("content").await;
    let mut statements = String::new();
    for number in 0..wanted {
        let id = Uuid::from_u128(0x9000_0000 + number as u128);
        let (case, link) = match outside {
            Db::Sqlite(_) => (format!("x'{}'", id.simple()), format!("x'{}'", id.simple())),
            Db::Postgres(_) => (format!("'{id}'::uuid"), format!("'{id}'::uuid")),
        };
        statements += &format!(
            "INSERT INTO cases (id, reference, state, purpose, coordinator, title, summary, opened_at, version) \
             SELECT {case}, 'C-2025-{number:04}', state, purpose, coordinator, title, summary, opened_at - {number}, 1 \
             FROM cases WHERE reference = 'C-2026-0001'; \
             INSERT INTO case_team (case_id, person, since, opened_at, state, purpose, leads) \
             SELECT {case}, t.person, t.since, t.opened_at - {number}, t.state, t.purpose, t.leads \
             FROM case_team t JOIN cases c ON c.id = t.case_id WHERE c.reference = 'C-2026-0001'; \
             INSERT INTO links (id, case_id, signal, signal_version, shared, test, linked_by, linked_at, phenomenon) \
             SELECT {link}, {case}, l.signal, l.signal_version, l.shared, l.test, l.linked_by, l.linked_at, l.phenomenon \
             FROM links l JOIN cases c ON c.id = l.case_id WHERE c.reference = 'C-2026-0001';"
        );
    }
    for (table, fill) in TABLES.into_iter().zip(fills(&world.engine)) {
        statements += &format!("DELETE FROM {table}; {fill};");
    }
    execute(&outside, &format!("BEGIN; {statements} COMMIT;")).await.unwrap();
}

both_engines! {
    async fn what_a_case_is_found_by_follows_its_links_its_team_and_its_state(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut bram, mut carla) =
            (world.browser(ANNA).await, world.browser(BRAM).await, world.browser(CARLA).await);
        let (tax, care) = (format!("afdeling={}", department(1)), "fenomeen=zorgfraude");
        let both = format!("{tax}&{care}");
        let first = logged(&world, &mut anna, "een", true).await;
        let second = logged(&world, &mut bram, "twee", true).await;
        let third = logged(&world, &mut anna, "drie", false).await;
        let case = carla.open_case("zaak", &[&first, &second], &["facts"], &[ANNA, BRAM]).await;
        let other = carla.open_case("ander", &[&third], &["facts"], &[ANNA]).await;
        carla.for_case(&case).await;
        assert_eq!(kept(&engine).await, 3 * 3 + 3 + 2 * 2 + 2);
        for query in [&tax, care, &both] {
            assert_eq!(shown(&mut carla, query).await, [1], "{query}");
            assert_eq!(shown(&mut bram, query).await, [1], "{query}");
        }
        assert_eq!(shown(&mut anna, &format!("afdeling={}", department(2))).await, [1, 2]);

        // A link that ends; the other one about the same stands. Then that one too.
        unlinks(&world, &mut carla, &case, &second).await;
        kept(&engine).await;
        assert_eq!(shown(&mut anna, &both).await, [1]);
        unlinks(&world, &mut carla, &case, &first).await;
        kept(&engine).await;
        for browser in [&mut anna, &mut bram, &mut carla] {
            assert_eq!(shown(browser, care).await, [0; 0]);
            assert_eq!(shown(browser, &both).await, [0; 0]);
        }
        assert_eq!(shown(&mut carla, &tax).await, [1]);
        // A link that begins, in a case that was found by something else.
        carla.for_case(&other).await;
        links(&mut carla, &other, &second).await;
        kept(&engine).await;
        assert_eq!(shown(&mut anna, care).await, [2]);
        assert_eq!(shown(&mut anna, "fenomeen=vastgoedfraude").await, [2]);
        assert_eq!(shown(&mut bram, care).await, [0; 0], "of whose team he is not");

        // Who leaves takes the department along and counts nothing any more; with a second one of theirs it stays.
        carla.for_case(&case).await;
        links(&mut carla, &case, &first).await;
        teams(&mut carla, &case, &[ANNA]).await;
        kept(&engine).await;
        for query in [&tax, &both] {
            assert_eq!(shown(&mut carla, query).await, [0; 0], "{query}");
            assert_eq!(shown(&mut anna, query).await, [0; 0], "{query}");
        }
        for query in ["", &tax, care, &both, &format!("afdeling={}", department(0))] {
            assert_eq!(shown(&mut bram, query).await, [0; 0], "{query}");
        }
        teams(&mut carla, &case, &[ANNA, BOTH]).await;
        teams(&mut carla, &case, &[ANNA]).await;
        kept(&engine).await;
        assert_eq!(shown(&mut anna, &format!("afdeling={}", department(2))).await, [1, 2], "Carla's own, and Mia's");

        // Another state, and then somebody who comes in finds it in that.
        let page = carla.post(&format!("{case}/plan"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        teams(&mut carla, &case, &[ANNA, BRAM]).await;
        kept(&engine).await;
        for browser in [&mut anna, &mut bram, &mut carla] {
            assert_eq!(shown(browser, &format!("{both}&status=plan-drafted")).await, [1]);
            assert_eq!(shown(browser, &format!("{both}&status=open")).await, [0; 0]);
        }
        // Who is in no team finds and counts nothing, whatever is asked.
        let mut kees = world.browser(KEES).await;
        for query in ["", &tax, care, &both, "status=open"] {
            assert_eq!(shown(&mut kees, query).await, [0; 0], "{query}");
            let text = kees.get(&format!("/casussen?{query}")).await.text;
            assert!(!text.contains("1 casus<") && !text.contains("2 casussen<"), "{query}");
        }
        // A place in a team that goes past the program takes what was found by it along.
        execute(&engine.outside("content").await, "DELETE FROM case_team WHERE leads").await.unwrap();
        let outside = engine.outside("content").await;
        let without_place = "SELECT COUNT(*) FROM cases_with_department k LEFT JOIN case_team t \
                             ON t.case_id = k.case_id AND t.person = k.person WHERE t.person IS NULL";
        assert_eq!(number(&outside, without_place).await, 0);
        assert_eq!(shown(&mut carla, &tax).await, [0; 0]);
    }

    async fn a_signal_and_the_teams_of_its_cases_may_change_at_once(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut carla) = (world.browser(ANNA).await, world.browser(CARLA).await);
        let (first, second) = (logged(&world, &mut anna, "een", false).await, logged(&world, &mut anna, "twee", false).await);
        let case = carla.open_case("zaak", &[&first, &second], &["facts"], &[ANNA]).await;
        carla.for_case(&case).await;
        let mut other = world.browser(ANNA).await;
        for round in 0..6 {
            let care = round % 2 == 0;
            let mut drafts = Vec::new();
            for (browser, signal, words) in [(&mut anna, &first, "een"), (&mut other, &second, "twee")] {
                let draft = browser.begin("edit-signal", &[("object", id(signal))]).await;
                let mut form = about(words, care);
                form.extend([("why", "toch anders".to_owned()), ("do", "check".to_owned())]);
                checks(browser, &draft, &pairs(&form)).await;
                drafts.push(draft);
            }
            let team = team_of(&mut carla, &case, if care { &[ANNA, BRAM] } else { &[ANNA] }).await;
            tokio::join!(sent(&mut anna, &drafts[0]), sent(&mut other, &drafts[1]), sent(&mut carla, &team));
            assert_eq!(kept(&engine).await, if care { 3 * 3 + 3 } else { 2 * 2 + 2 });
            let list = format!("fenomeen={}", if care { "zorgfraude" } else { "vastgoedfraude" });
            assert_eq!(shown(&mut carla, &list).await, [1]);
        }
    }

    async fn every_narrowing_of_cases_shows_and_counts_exactly_those_of_ones_teams(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let mut runner = TestRunner::deterministic();
        let dice = (prop::sample::subsequence(vec![ANNA, BRAM, DIRK, BOTH], 1..4), any::<bool>(), any::<bool>(), any::<bool>());
        let plan = prop::collection::vec(dice, 10).new_tree(&mut runner).unwrap().current();
        for (number, (team, kees, care, drafts)) in plan.into_iter().enumerate() {
            // Two at a time are opened at the same moment.
            world.engine.clock.set(NOON.plus_seconds(number as i64 / 2));
            let mut coordinator = world.browser(if kees { KEES } else { CARLA }).await;
            let one = logged(&world, &mut anna, &format!("a{number}"), care).await;
            let two = logged(&world, &mut bram, &format!("b{number}"), number % 3 == 0).await;
            let case = coordinator.open_case("zaak", &[&one, &two], &["facts"], &team).await;
            coordinator.for_case(&case).await;
            if drafts {
                coordinator.post(&format!("{case}/plan"), &[]).await;
            }
            if number % 4 == 0 {
                unlinks(&world, &mut coordinator, &case, &two).await;
            }
        }
        kept(&engine).await;
        let known = known(&world).await;
        let mut found_any = BTreeMap::new();
        for index in [ANNA, BRAM, CARLA, DIRK, KEES, BOTH, FG] {
            let asker: Asker = world.asker(index).await;
            for list in narrowings(40) {
                let me = asker.person.id.0;
                let mut expected: Vec<_> = known.iter().filter(|case| {
                    case.team.contains(&me) && list.state.is_none_or(|state| state.code() == case.state)
                        && list.department.is_none_or(|one| case.departments.contains(&one.0))
                        && list.phenomenon.as_ref().is_none_or(|code| case.phenomena.contains(code))
                        && (!list.mine || case.leads == me)
                }).map(|case| (case.at, case.id)).collect();
                expected.sort_unstable();
                if list.order == CaseOrder::Newest {
                    expected.reverse();
                }
                let expected: Vec<CaseId> = expected.into_iter().map(|(_, id)| id).collect();
                let Ok(page) = world.ports.cases.list(&asker, list.clone()).await else {
                    assert_eq!(index, FG, "only who may have no list is refused one");
                    continue;
                };
                let ids: Vec<CaseId> = page.rows.iter().map(|row| row.head.id).collect();
                assert_eq!(ids, expected, "{} {list:?}", PEOPLE[index].0);
                assert_eq!(page.count, Count::Exactly(ids.len() as u32), "{} {list:?}", PEOPLE[index].0);
                *found_any.entry(index).or_insert(0) += ids.len();
            }
        }
        assert!(found_any.values().all(|found| *found > 20) && found_any.len() == 6, "{found_any:?}");
    }

    async fn a_narrowed_count_is_exact_to_a_thousand_and_its_pages_end_there(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut carla) = (world.browser(ANNA).await, world.browser(CARLA).await);
        let first = logged(&world, &mut anna, "een", true).await;
        let second = logged(&world, &mut anna, "twee", true).await;
        carla.open_case("zaak", &[&first], &["facts"], &[ANNA, BRAM]).await;
        many(&world, 999).await;
        kept(&engine).await;
        let asker = world.asker(CARLA).await;
        let (department, phenomenon) = (Some(department(1)), Some("zorgfraude".to_owned()));
        let lists = [(department, None), (None, phenomenon.clone()), (department, phenomenon)]
            .map(|(department, phenomenon)| CaseList { department, phenomenon, ..CaseList::default() });
        let ask = async |list: &CaseList| world.vault.gate.list_cases(&asker, list).await.unwrap().1;
        for list in &lists {
            let (mut place, mut pages) = (Place::First, 0);
            loop {
                let around = ask(&CaseList { place, ..list.clone() }).await;
                assert_eq!(around.count, Count::Exactly(1_000), "{list:?}");
                pages += 1;
                let Some(later) = around.later else { break };
                place = Place::After(later);
            }
            assert_eq!(pages, 1_000 / PAGE_ROWS, "{list:?}");
            let none = CaseList { department: Some(crate::world::department(3)), ..list.clone() };
            assert_eq!(ask(&none).await.count, Count::Exactly(0), "{list:?}");
        }
        carla.open_case("nog een", &[&second], &["facts"], &[BRAM]).await;
        for list in &lists {
            assert_eq!(ask(list).await.count, Count::More, "{list:?}");
            // Anna is not in the team of the last one.
            let of_anna = world.asker(ANNA).await;
            assert_eq!(world.vault.gate.list_cases(&of_anna, list).await.unwrap().1.count, Count::Exactly(1_000));
        }
    }
}
