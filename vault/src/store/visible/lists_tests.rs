//! However a list is narrowed, SQLite goes to its place in an index and reads on from there: it sorts nothing and looks
//! through no table. (It refuses a statement that its index does not fit at all.)

use super::*;
use crate::db::{Target, content_migrations};
use plein_domain::{
    case::CaseState,
    people::{Department, Role},
};

fn person(roles: &[Role]) -> Person {
    let department = Department { id: DepartmentId(Uuid::from_u128(1)), name: "Zorg".into() };
    Person { id: PersonId(Uuid::from_u128(2)), name: "Iemand".into(), department, roles: roles.to_vec() }
}

/// All ways to narrow a list, to order it and to go through it.
fn narrowings() -> Vec<SignalList> {
    let cursor = Cursor { at: Moment(0), id: Uuid::nil() };
    let mut all = Vec::new();
    for bits in 0..32_u32 {
        let on = |bit: u32| bits & (1 << bit) != 0;
        for order in SignalOrder::ALL {
            for place in [Place::First, Place::After(cursor), Place::Before(cursor)] {
                for department in [None, Some(1), Some(9)] {
                    let day = on(3).then(|| Moment(0).day());
                    all.push(SignalList {
                        state: on(0).then_some(if on(4) { SignalState::Received } else { SignalState::InCase }),
                        department: department.map(|one| DepartmentId(Uuid::from_u128(one))),
                        phenomenon: on(1).then(|| "zorgfraude".to_owned()),
                        period: Period { from: day, until: day },
                        mine: on(2),
                        order: *order,
                        place,
                    });
                }
            }
        }
    }
    all
}

/// The same of cases.
fn case_narrowings() -> Vec<CaseList> {
    let cursor = Cursor { at: Moment(0), id: Uuid::nil() };
    let mut all = Vec::new();
    for bits in 0..64_u32 {
        let on = |bit: u32| bits & (1 << bit) != 0;
        for order in CaseOrder::ALL {
            for place in [Place::First, Place::After(cursor), Place::Before(cursor)] {
                let day = on(4).then(|| Moment(0).day());
                all.push(CaseList {
                    state: on(0).then_some(CaseState::Open),
                    purpose: on(1).then_some(PurposeId(Uuid::from_u128(3))),
                    department: on(2).then_some(DepartmentId(Uuid::from_u128(9))),
                    phenomenon: on(3).then(|| "zorgfraude".to_owned()),
                    period: Period { from: day, until: day },
                    mine: on(5),
                    order: *order,
                    place,
                });
            }
        }
    }
    all
}

async fn plan(db: &Db, text: &str) -> Vec<String> {
    let Db::Sqlite(pool) = db else { unreachable!("the test is of SQLite") };
    let rows: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"))).fetch_all(pool).await.expect("a plan");
    rows.into_iter().map(|row| row.3).collect()
}

#[tokio::test]
async fn no_list_is_sorted_or_looked_for_row_by_row() {
    let folder = std::env::temp_dir().join(format!("plein-plans-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let target = Target::Sqlite(folder.join("content.db"));
    let db = Db::connect(&target, content_migrations()).await.expect("a database");
    let mut looked_at = 0;
    for roles in [&[Role::Member][..], &[Role::Coordinator], &[Role::Member, Role::Coordinator]] {
        for list in narrowings() {
            // What one person logged is few enough to be sorted by when it changed.
            let sorts = list.mine && list.order == SignalOrder::Changed;
            let Some(text) = united(&db, &person(roles), &list, ("s.*", ASKED), &mut Values::default()) else {
                continue;
            };
            for step in plan(&db, &text).await {
                let looks_through = step.starts_with("SCAN s") && !step.contains(" USING ");
                let sorted = step.contains("TEMP B-TREE") && !sorts;
                assert!(!looks_through && !sorted, "{step}: {text}");
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 1_000);
    for list in case_narrowings() {
        let walk = case_walk(&list);
        let text =
            team_rows(&db, (&person(&[Role::Member]), &list), walk, ("t.case_id", ASKED), &mut Values::default());
        let (department, about) = (list.department.is_some(), list.phenomenon.is_some());
        let range = match list {
            _ if about => "(person=? AND phenomenon=?",
            _ if department => "(person=? AND department=?",
            CaseList { state: Some(_), .. } => "(person=? AND state=?",
            _ => "(person=?",
        };
        let steps = plan(&db, &text).await;
        // One range of an index, from which nothing is looked up; by both, for each row one place in the other index.
        assert!(steps[0].starts_with("SEARCH t USING COVERING INDEX") && steps[0].contains(range), "{steps:?}: {text}");
        let placed = "COVERING INDEX cases_with_department_listed \
                      (person=? AND department=? AND opened_at=? AND case_id=?)";
        match &steps[1..] {
            [] => assert!(!(department && about), "{text}"),
            [place] if department && about => {
                assert!(place.starts_with("SEARCH o EXISTS") && place.ends_with(placed), "{steps:?}: {text}");
            }
            _ => panic!("{steps:?}: {text}"),
        }
    }
    db.close().await;
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}
