//! The two lists, page by page: which rows, in which order, from which place, and how many there are in all.
//!
//! A statement is put together from what is asked, the same for both engines. Its conditions are those of what somebody
//! may know of, narrowed by their filters; what is counted is therefore never more than they could page through.

use super::{Lens, rows};
use crate::{db::Db, error::VaultResult, head_columns, on_db};
use plein_domain::{
    ids::*,
    list::*,
    moment::Moment,
    people::Person,
    signal::{SignalHead, SignalState},
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// One page, and how it lies in the whole list.
pub(crate) struct Slice<T> {
    pub rows: Vec<T>,
    pub count: Count,
    pub earlier: Option<Cursor>,
    pub later: Option<Cursor>,
}

impl<T> Slice<T> {
    fn empty() -> Self {
        Self { rows: Vec::new(), count: Count::Exactly(0), earlier: None, later: None }
    }

    /// Whether going back came to the beginning of the list: then its first page is shown, and whole.
    fn is_short_of_the_first_page(&self, place: Place) -> bool {
        matches!(place, Place::Before(_)) && self.earlier.is_none()
    }

    /// How many rows the list has, where its first page shows all of it: they need not be looked for again to be counted.
    fn whole(&self, place: Place) -> Option<Count> {
        let whole = place == Place::First && self.later.is_none();
        whole.then(|| Count::of(i64::try_from(self.rows.len()).unwrap_or(i64::MAX)))
    }
}

/// What is bound to a place of a statement.
#[derive(Clone)]
enum Value {
    Id(Uuid),
    Text(String),
    Number(i64),
}

/// Binds values in the order of their places, whatever the engine.
macro_rules! bound {
    ($query:expr, $values:expr) => {
        $values.0.iter().cloned().fold($query, |query, value| match value {
            Value::Id(id) => query.bind(id),
            Value::Text(text) => query.bind(text),
            Value::Number(number) => query.bind(number),
        })
    };
}

/// All that is bound in a statement, in the order of the places.
#[derive(Default)]
struct Values(Vec<Value>);

impl Values {
    /// A place for this value.
    fn place(&mut self, value: Value) -> String {
        self.0.push(value);
        format!("${}", self.0.len())
    }

    fn id(&mut self, id: Uuid) -> String {
        self.place(Value::Id(id))
    }

    fn code(&mut self, code: &str) -> String {
        self.place(Value::Text(code.to_owned()))
    }
}

/// How a list is walked through: along which moment, with which id where that is the same, and which way.
#[derive(Clone, Copy)]
struct Walk {
    moment: &'static str,
    id: &'static str,
    newest_first: bool,
    place: Place,
}

impl Walk {
    /// Whether the statement goes from the newest to the oldest: backwards from a row, it goes against the list's order.
    fn downwards(self) -> bool {
        self.newest_first != matches!(self.place, Place::Before(_))
    }

    /// The condition that holds for what lies beyond the place.
    fn beyond(self, values: &mut Values) -> Option<String> {
        let (Place::After(cursor) | Place::Before(cursor)) = self.place else { return None };
        let than = if self.downwards() { '<' } else { '>' };
        let (at, id) = (values.place(Value::Number(cursor.at.0)), values.id(cursor.id));
        Some(format!("({}, {}) {than} ({at}, {id})", self.moment, self.id))
    }

    fn order(self) -> String {
        let way = if self.downwards() { "DESC" } else { "ASC" };
        format!("ORDER BY {} {way}, {} {way}", self.moment, self.id)
    }

    /// The conditions for a period of the moment.
    fn within(self, values: &mut Values, period: Period) -> Vec<String> {
        let (from, before) = period.moments();
        let mut limit = |than, at: Moment| format!("{} {than} {}", self.moment, values.place(Value::Number(at.0)));
        let from = from.map(|at| limit(">=", at));
        from.into_iter().chain(before.map(|at| limit("<", at))).collect()
    }

    /// The page among the rows that were found, of which there may be one too many; not counted yet.
    fn slice<T>(self, mut rows: Vec<T>, cursor: impl Fn(&T) -> Cursor) -> Slice<T> {
        let beyond = rows.len() > PAGE_ROWS;
        rows.truncate(PAGE_ROWS);
        let (mut earlier, mut later) = (matches!(self.place, Place::After(_)), beyond);
        if let Place::Before(_) = self.place {
            rows.reverse();
            (earlier, later) = (beyond, true);
        }
        let earlier = rows.first().filter(|_| earlier).map(&cursor);
        let later = rows.last().filter(|_| later).map(&cursor);
        Slice { rows, count: Count::Exactly(0), earlier, later }
    }
}

/// Rows that a page's statement asks for: one too many, to know whether there are more.
const ASKED: usize = PAGE_ROWS + 1;

/// Rows at which counting stops: one too many as well.
const COUNTED_AT_MOST: usize = COUNTED as usize + 1;

/// One reason for which somebody may know of signals: its conditions, and the index they go by.
struct Reason {
    index: &'static str,
    conditions: Vec<String>,
}

/// The reasons that are left under these filters: that their department owns it, and that it is offered to who coordinates.
/// No signal is found by both.
fn reasons(person: &Person, list: &SignalList, values: &mut Values) -> Vec<Reason> {
    let Lens { member, coordinator } = Lens::of(person);
    let own = person.department.id;
    let department = list.department;
    let mut reasons = Vec::new();
    if member && department.is_none_or(|one| one == own) {
        let mut conditions = vec![format!("s.department = {}", values.id(own.0))];
        conditions.extend(list.state.map(|one| format!("s.state = {}", values.code(one.code()))));
        let index = match list {
            SignalList { mine: true, .. } => "signals_logged_by",
            SignalList { order: SignalOrder::Changed, phenomenon: Some(_), .. } => "signals_own_about_changed",
            SignalList { order: SignalOrder::Changed, .. } => "signals_own_changed",
            SignalList { phenomenon: Some(_), .. } => "signals_own_about",
            SignalList { state: Some(_), .. } => "signals_own_in_state",
            _ => "signals_own",
        };
        reasons.push(Reason { index, conditions });
    }
    let received = list.state.is_none_or(|state| state == SignalState::Received);
    if coordinator && received && !(member && department == Some(own)) {
        // As the indexes have it, to the letter: otherwise they are not used.
        let mut conditions = vec!["s.state = 'received' AND s.offered <> ''".to_owned()];
        conditions.extend(department.map(|one| format!("s.department = {}", values.id(one.0))));
        if member && department.is_none() {
            conditions.push(format!("s.department <> {}", values.id(own.0)));
        }
        let index = match list {
            SignalList { mine: true, .. } => "signals_logged_by",
            SignalList { order: SignalOrder::Changed, .. } => "signals_offered_changed",
            SignalList { department: Some(_), .. } => "signals_offered_by",
            SignalList { phenomenon: Some(_), .. } => "signals_offered_about",
            _ => "signals_offered",
        };
        reasons.push(Reason { index, conditions });
    }
    for reason in &mut reasons {
        if let Some(code) = &list.phenomenon {
            reason.conditions.push(format!("s.phenomenon = {}", values.code(code)));
        }
        if list.mine {
            reason.conditions.push(format!("s.logged_by = {}", values.id(person.id.0)));
        }
    }
    reasons
}

fn walk(list: &SignalList) -> Walk {
    let moment = if list.order == SignalOrder::Changed { "s.changed_at" } else { "s.logged_at" };
    Walk { moment, id: "s.id", newest_first: list.order != SignalOrder::Oldest, place: list.place }
}

/// The rows of each reason one after another, at most so many of each, in the list's order; nothing without a reason.
fn united(
    db: &Db,
    person: &Person,
    list: &SignalList,
    (columns, limit): (&str, usize),
    values: &mut Values,
) -> Option<String> {
    let walk = walk(list);
    let one = |Reason { index, mut conditions }: Reason, values: &mut Values| {
        conditions.extend(walk.within(values, list.period));
        conditions.extend(walk.beyond(values));
        let (by, wanted, order) = (db.by_index(index), conditions.join(" AND "), walk.order());
        format!("SELECT * FROM (SELECT {columns} FROM signals AS s{by} WHERE {wanted} {order} LIMIT {limit}) one")
    };
    let reasons = reasons(person, list, values);
    let texts: Vec<String> = reasons.into_iter().map(|reason| one(reason, values)).collect();
    (!texts.is_empty()).then(|| texts.join(" UNION ALL "))
}

/// A page of the signals that somebody may know of.
pub(crate) async fn signals(db: &Db, person: &Person, list: &SignalList) -> VaultResult<Slice<SignalHead>> {
    let (walk, mut values) = (walk(list), Values::default());
    let Some(all) = united(db, person, list, ("s.*", ASKED), &mut values) else { return Ok(Slice::empty()) };
    let text = format!(
        "SELECT {} FROM ({all}) s JOIN departments d ON d.id = s.department {} LIMIT {ASKED}",
        head_columns!(),
        walk.order()
    );
    let found: Vec<rows::HeadRow> =
        on_db!(db, |pool| bound!(sqlx::query_as(AssertSqlSafe(text)), values).fetch_all(pool).await?);
    let heads = found.into_iter().map(rows::head).collect::<VaultResult<Vec<_>>>()?;
    let at = |head: &SignalHead| if list.order == SignalOrder::Changed { head.changed_at } else { head.logged_at };
    let slice = walk.slice(heads, |head| Cursor { at: at(head), id: head.id.0 });
    if slice.is_short_of_the_first_page(list.place) {
        return Box::pin(signals(db, person, &SignalList { place: Place::First, ..list.clone() })).await;
    }
    let count = match slice.whole(list.place) {
        Some(count) => count,
        None => count_signals(db, person, list).await?,
    };
    Ok(Slice { count, ..slice })
}

/// Received signals of which something is offered, oldest first: what waits for a coordinator. One more than `limit`, if there
/// are more.
pub(crate) async fn candidates(db: &Db, list: &CandidateList, limit: usize) -> VaultResult<Vec<SignalHead>> {
    let place = list.after.map_or(Place::First, Place::After);
    let walk = Walk { moment: "s.logged_at", id: "s.id", newest_first: false, place };
    let mut values = Values::default();
    // As the indexes have it, to the letter.
    let mut conditions = vec!["s.state = 'received' AND s.offered <> ''".to_owned()];
    conditions.extend(list.department.map(|one| format!("s.department = {}", values.id(one.0))));
    conditions.extend(list.phenomenon.as_ref().map(|code| format!("s.phenomenon = {}", values.code(code))));
    conditions.extend(walk.beyond(&mut values));
    let index = match list {
        CandidateList { department: Some(_), .. } => "signals_offered_by",
        CandidateList { phenomenon: Some(_), .. } => "signals_offered_about",
        _ => "signals_offered",
    };
    let (by, wanted, order) = (db.by_index(index), conditions.join(" AND "), walk.order());
    let text = format!(
        "SELECT {} FROM (SELECT s.* FROM signals AS s{by} WHERE {wanted} {order} LIMIT {}) s \
         JOIN departments d ON d.id = s.department {order}",
        head_columns!(),
        limit + 1
    );
    let found: Vec<rows::HeadRow> =
        on_db!(db, |pool| bound!(sqlx::query_as(AssertSqlSafe(text)), values).fetch_all(pool).await?);
    found.into_iter().map(rows::head).collect()
}

/// Counted in the list's order: so both engines go by its index, and stop.
async fn count_signals(db: &Db, person: &Person, list: &SignalList) -> VaultResult<Count> {
    let (list, mut values) = (SignalList { place: Place::First, ..list.clone() }, Values::default());
    let Some(all) = united(db, person, &list, ("s.id", COUNTED_AT_MOST), &mut values) else {
        return Ok(Count::Exactly(0));
    };
    count(db, &all, &values).await
}

fn case_walk(list: &CaseList) -> Walk {
    let newest_first = list.order == CaseOrder::Newest;
    Walk { moment: "t.opened_at", id: "t.case_id", newest_first, place: list.place }
}

/// Where a list of cases is read: the rows of somebody's teams, or those of what it is narrowed by, and their index. A range of it
/// is the list in its order.
fn team_table(list: &CaseList) -> (&'static str, &'static str) {
    match list {
        // Most cases have somebody of a department that one works with, few are about one phenomenon: that is gone through.
        CaseList { phenomenon: Some(_), .. } => ("cases_about_phenomenon", "cases_about_phenomenon_listed"),
        CaseList { department: Some(_), .. } => ("cases_with_department", "cases_with_department_listed"),
        CaseList { state: Some(_), .. } => ("case_team", "case_team_by_state"),
        _ => ("case_team", "case_team_by_person"),
    }
}

/// The rows of the cases in whose team somebody is, as the list is narrowed; at most so many, in its order.
fn team_rows(
    db: &Db,
    (person, list): (&Person, &CaseList),
    walk: Walk,
    (columns, limit): (&str, usize),
    values: &mut Values,
) -> String {
    let mut conditions = vec![format!("t.person = {}", values.id(person.id.0))];
    conditions.extend(list.phenomenon.as_ref().map(|code| format!("t.phenomenon = {}", values.code(code))));
    conditions.extend(list.department.map(|department| {
        let department = values.id(department.0);
        if list.phenomenon.is_none() {
            return format!("t.department = {department}");
        }
        // Its place in the other index is known whole: rows that follow each other here lie near each other there.
        let by = db.by_index("cases_with_department_listed");
        format!(
            "EXISTS (SELECT 1 FROM cases_with_department AS o{by} WHERE o.person = t.person \
             AND o.department = {department} AND o.opened_at = t.opened_at AND o.case_id = t.case_id)"
        )
    }));
    conditions.extend(list.state.map(|state| format!("t.state = {}", values.code(state.code()))));
    conditions.extend(list.purpose.map(|purpose| format!("t.purpose = {}", values.id(purpose.0))));
    conditions.extend(list.mine.then(|| "t.leads".to_owned()));
    conditions.extend(walk.within(values, list.period));
    conditions.extend(walk.beyond(values));
    let (table, index) = team_table(list);
    let (by, wanted, order) = (db.by_index(index), conditions.join(" AND "), walk.order());
    format!("SELECT {columns} FROM {table} AS t{by} WHERE {wanted} {order} LIMIT {limit}")
}

/// A page of the cases that somebody may know of: those in whose team they are.
pub(crate) async fn cases(db: &Db, person: &Person, list: &CaseList) -> VaultResult<Slice<CaseId>> {
    let Lens { member, coordinator } = Lens::of(person);
    if !member && !coordinator {
        return Ok(Slice::empty());
    }
    let (walk, mut values) = (case_walk(list), Values::default());
    let text = team_rows(db, (person, list), walk, ("t.case_id, t.opened_at", ASKED), &mut values);
    let found: Vec<(Uuid, i64)> =
        on_db!(db, |pool| bound!(sqlx::query_as(AssertSqlSafe(text)), values).fetch_all(pool).await?);
    let slice = walk.slice(found, |(id, at)| Cursor { at: Moment(*at), id: *id });
    if slice.is_short_of_the_first_page(list.place) {
        return Box::pin(cases(db, person, &CaseList { place: Place::First, ..list.clone() })).await;
    }
    let counted = match slice.whole(list.place) {
        Some(counted) => counted,
        None => {
            let (walk, mut values) = (Walk { place: Place::First, ..walk }, Values::default());
            let all = team_rows(db, (person, list), walk, ("t.case_id", COUNTED_AT_MOST), &mut values);
            count(db, &all, &values).await?
        }
    };
    let Slice { rows, earlier, later, .. } = slice;
    Ok(Slice { rows: rows.into_iter().map(|(id, _)| CaseId(id)).collect(), count: counted, earlier, later })
}

async fn count(db: &Db, all: &str, values: &Values) -> VaultResult<Count> {
    let text = format!("SELECT COUNT(*) FROM (SELECT 1 FROM ({all}) every LIMIT {COUNTED_AT_MOST}) counted");
    let (counted,): (i64,) =
        on_db!(db, |pool| bound!(sqlx::query_as(AssertSqlSafe(text)), values).fetch_one(pool).await?);
    Ok(Count::of(counted))
}

#[cfg(test)]
#[path = "lists_tests.rs"]
mod tests;
