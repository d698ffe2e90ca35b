//! What somebody may see in lists, as conditions in SQL over clear columns. The policies are not asked row by row;
//! a test holds these conditions against them over generated worlds: the rows are exactly those Cedar permits.

pub(crate) mod lists;

use super::rows;
use crate::{db::Db, error::VaultResult, head_columns, on_db};
use plein_domain::{
    ids::*,
    people::{Person, Role},
    signal::SignalHead,
};
use uuid::Uuid;

/// What the conditions need to know of a person. The FG and the administrator see nothing here.
struct Lens {
    member: bool,
    coordinator: bool,
}

impl Lens {
    fn of(person: &Person) -> Self {
        let none = person.is(Role::Fg) || person.is(Role::Administrator);
        Self { member: person.is(Role::Member) && !none, coordinator: person.is(Role::Coordinator) && !none }
    }
}

/// Whether somebody may know of the signals of their department, and of the cases in whose team they are.
pub(crate) fn knows(person: &Person) -> (bool, bool) {
    let Lens { member, coordinator } = Lens::of(person);
    (member, member || coordinator)
}

/// Whether this person's department owns the signal and they may see it whole.
pub(crate) fn owns(person: &Person, head: &SignalHead) -> bool {
    Lens::of(person).member && person.department.id == head.department.id
}

/// Whether this person takes signals in.
pub(crate) fn coordinates(person: &Person) -> bool {
    Lens::of(person).coordinator
}

/// Signals of the own department, newest first.
pub(crate) async fn own(db: &Db, person: &Person, limit: i64) -> VaultResult<Vec<SignalHead>> {
    if !Lens::of(person).member {
        return Ok(Vec::new());
    }
    let found: Vec<rows::HeadRow> = on_db!(db, |pool| {
        sqlx::query_as(head_columns!("WHERE s.department = $1 ORDER BY s.logged_at DESC, s.id DESC LIMIT $2"))
            .bind(person.department.id.0)
            .bind(limit)
            .fetch_all(pool)
            .await?
    });
    found.into_iter().map(rows::head).collect()
}

/// The head of one signal.
pub(crate) async fn head(db: &Db, id: SignalId) -> VaultResult<Option<SignalHead>> {
    let found: Option<rows::HeadRow> =
        on_db!(db, |pool| { sqlx::query_as(head_columns!("WHERE s.id = $1")).bind(id.0).fetch_optional(pool).await? });
    found.map(rows::head).transpose()
}

/// The links of a case, those that ended too, with their signals.
pub(crate) async fn links(db: &Db, case: CaseId) -> VaultResult<Vec<(LinkId, SignalId)>> {
    let found: Vec<(Uuid, Uuid)> = on_db!(db, |pool| {
        sqlx::query_as("SELECT id, signal FROM links WHERE case_id = $1 ORDER BY linked_at, id")
            .bind(case.0)
            .fetch_all(pool)
            .await?
    });
    Ok(found.into_iter().map(|(link, signal)| (LinkId(link), SignalId(signal))).collect())
}

/// Cases in whose team the person is and to which a signal is or was linked that is or was linked to this one.
pub(crate) async fn related(db: &Db, person: &Person, case: CaseId) -> VaultResult<Vec<(CaseId, Reference)>> {
    let Lens { member, coordinator } = Lens::of(person);
    let found: Vec<(Uuid, String)> = on_db!(db, |pool| {
        sqlx::query_as(
            "SELECT DISTINCT c.id, c.reference FROM links l JOIN links o ON o.signal = l.signal AND o.case_id <> $1 \
             JOIN cases c ON c.id = o.case_id JOIN case_team t ON t.case_id = c.id AND t.person = $2 \
             WHERE l.case_id = $1 AND $3 ORDER BY c.reference",
        )
        .bind(case.0)
        .bind(person.id.0)
        .bind(member || coordinator)
        .fetch_all(pool)
        .await?
    });
    Ok(found.into_iter().map(|(id, reference)| (CaseId(id), Reference(reference))).collect())
}
