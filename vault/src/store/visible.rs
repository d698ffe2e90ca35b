//! What somebody may see in lists, as conditions in SQL over clear columns. The policies are not asked row by row;
//! a test holds these conditions against them over generated worlds: the rows are exactly those Cedar permits.

use super::rows;
use crate::{db::Db, error::VaultResult, head_columns, on_db};
use plein_domain::{
    ids::*,
    people::{Person, Role},
    signal::SignalHead,
};
use uuid::Uuid;

/// The flags of a person that the conditions need. The FG and the administrator see nothing here.
fn flags(person: &Person) -> (bool, bool) {
    let none = person.is(Role::Fg) || person.is(Role::Administrator);
    (person.is(Role::Member) && !none, person.is(Role::Coordinator) && !none)
}

/// Whether somebody may know of the signals of their department, and of the cases in whose team they are.
pub(crate) fn knows(person: &Person) -> (bool, bool) {
    let (member, coordinator) = flags(person);
    (member, member || coordinator)
}

/// Whether this person's department owns the signal and they may see it whole.
pub(crate) fn owns(person: &Person, head: &SignalHead) -> bool {
    flags(person).0 && person.department.id == head.department.id
}

/// Signals of the own department, and for a coordinator what others offer of received ones; newest first.
pub(crate) async fn signals(db: &Db, person: &Person, offset: i64, limit: i64) -> VaultResult<Vec<SignalHead>> {
    let (member, coordinator) = flags(person);
    let found: Vec<rows::HeadRow> = on_db!(db, |pool| {
        sqlx::query_as(head_columns!(
            "WHERE ($1 AND s.department = $2) OR ($3 AND s.state = 'received' AND s.offered <> '') \
             ORDER BY s.logged_at DESC, s.id LIMIT $4 OFFSET $5"
        ))
        .bind(member)
        .bind(person.department.id.0)
        .bind(coordinator)
        .bind(limit)
        .bind(offset)
        .fetch_all(pool)
        .await?
    });
    found.into_iter().map(rows::head).collect()
}

/// Whether this person takes signals in.
pub(crate) fn coordinates(person: &Person) -> bool {
    flags(person).1
}

/// Signals of the own department, newest first.
pub(crate) async fn own(db: &Db, person: &Person, limit: i64) -> VaultResult<Vec<SignalHead>> {
    if !flags(person).0 {
        return Ok(Vec::new());
    }
    let found: Vec<rows::HeadRow> = on_db!(db, |pool| {
        sqlx::query_as(head_columns!("WHERE s.department = $1 ORDER BY s.logged_at DESC, s.id LIMIT $2"))
            .bind(person.department.id.0)
            .bind(limit)
            .fetch_all(pool)
            .await?
    });
    found.into_iter().map(rows::head).collect()
}

/// Received signals of which something is offered, oldest first: what waits for a coordinator.
pub(crate) async fn candidates(db: &Db, limit: i64) -> VaultResult<Vec<SignalHead>> {
    let found: Vec<rows::HeadRow> = on_db!(db, |pool| {
        sqlx::query_as(head_columns!(
            "WHERE s.state = 'received' AND s.offered <> '' ORDER BY s.logged_at, s.id LIMIT $1"
        ))
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
    let (member, coordinator) = flags(person);
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

/// Cases in whose team the person is, newest first.
pub(crate) async fn cases(db: &Db, person: &Person, offset: i64, limit: i64) -> VaultResult<Vec<CaseId>> {
    let (member, coordinator) = flags(person);
    let found: Vec<(Uuid,)> = on_db!(db, |pool| {
        sqlx::query_as(
            "SELECT c.id FROM cases c JOIN case_team t ON t.case_id = c.id AND t.person = $1 WHERE $2 \
             ORDER BY c.opened_at DESC, c.id LIMIT $3 OFFSET $4",
        )
        .bind(person.id.0)
        .bind(member || coordinator)
        .bind(limit)
        .bind(offset)
        .fetch_all(pool)
        .await?
    });
    Ok(found.into_iter().map(|(id,)| CaseId(id)).collect())
}
