//! What of places happens one after another, on all nodes: who waits for whom, and what is over when a place becomes another one.
//!
//! Everything that changes a place, by an administrator, a second person, a command or the provider's word, takes the turn first, in
//! which sessions begin and end too; then the row of who waits, that of the person, proposals, sessions. So nobody waits for somebody
//! who waits for them.

use super::{Happened, remember, rows};
use crate::{
    db::{Db, Tx},
    error::VaultResult,
    on_db, on_tx,
    store::{rows::Place as At, sign_in::take_turn},
    vault::Core,
};
use plein_domain::{administration::*, ids::*, moment::Moment, people::Role};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Takes the turn and holds somebody until the commit. Answers whether they are as they were seen: the same version of their place, or
/// still somebody who waits for one.
pub(super) async fn hold(core: &Core, tx: &mut Tx, seen: &Somebody) -> VaultResult<bool> {
    take_turn(core, tx).await?;
    let held = on_tx!(tx, |c| {
        match seen.version {
            0 => {
                sqlx::query("UPDATE identities SET last_at = last_at WHERE id = $1 AND person IS NULL").bind(seen.id.0)
            }
            version => sqlx::query("UPDATE people SET position = position WHERE id = $1 AND version = $2")
                .bind(seen.id.0)
                .bind(version),
        }
        .execute(&mut *c)
        .await?
        .rows_affected()
    });
    Ok(held == 1)
}

/// How many administrators there are.
pub(crate) async fn administrators(tx: &mut Tx) -> VaultResult<i64> {
    let (count,): (i64,) = on_tx!(tx, |c| {
        sqlx::query_as("SELECT COUNT(*) FROM people WHERE (',' || roles || ',') LIKE '%,administrator,%'")
            .fetch_one(&mut *c)
            .await?
    });
    Ok(count)
}

/// Whether somebody gives places, as it stands in this transaction: it may have been taken from them while they waited for their turn.
pub(super) async fn is_administrator(tx: &mut Tx, person: PersonId) -> VaultResult<bool> {
    has(tx, person, Role::Administrator).await
}

/// Whether somebody may confirm what others propose, as it stands in this transaction.
pub(super) async fn decides(tx: &mut Tx, person: PersonId) -> VaultResult<bool> {
    Ok(has(tx, person, Role::Administrator).await? || has(tx, person, Role::PrivacyOfficer).await?)
}

async fn has(tx: &mut Tx, person: PersonId, role: Role) -> VaultResult<bool> {
    let (count,): (i64,) = on_tx!(tx, |c| {
        sqlx::query_as("SELECT COUNT(*) FROM people WHERE id = $1 AND (',' || roles || ',') LIKE $2")
            .bind(person.0)
            .bind(format!("%,{},%", role.code()))
            .fetch_one(&mut *c)
            .await?
    });
    Ok(count == 1)
}

/// Who could confirm what a proposer wants of a person: as the policies say, neither of the two.
const DECIDERS: &str = "SELECT COUNT(*) FROM people WHERE id <> $1 AND id <> $2 AND \
    ((',' || roles || ',') LIKE '%,administrator,%' OR (',' || roles || ',') LIKE '%,privacy-officer,%')";

/// Whether somebody could confirm what this proposer wants of this person, as it stands in this transaction.
pub(super) async fn confirmable(tx: &mut Tx, proposer: PersonId, about: PersonId) -> VaultResult<bool> {
    let (count,): (i64,) =
        on_tx!(tx, |c| sqlx::query_as(DECIDERS).bind(proposer.0).bind(about.0).fetch_one(&mut *c).await?);
    Ok(count > 0)
}

/// The same, as it stands now. For the gate.
pub(crate) async fn confirmable_now(db: &Db, proposer: PersonId, about: PersonId) -> VaultResult<bool> {
    let (count,): (i64,) =
        on_db!(db, |pool| { sqlx::query_as(DECIDERS).bind(proposer.0).bind(about.0).fetch_one(pool).await? });
    Ok(count > 0)
}

/// What is over.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::store) struct Over {
    /// This proposal.
    pub proposal: Option<ProposalId>,
    /// Those about this person, whose place becomes another one.
    pub about: Option<PersonId>,
    /// Those that this person made, who gives places no more.
    pub by: Option<PersonId>,
}

impl Over {
    /// What is over when somebody's place, with these roles, becomes one with those.
    pub(in crate::store) fn with(person: PersonId, before: &[Role], after: &[Role]) -> Self {
        let gave = before.contains(&Role::Administrator) && !after.contains(&Role::Administrator);
        Self { proposal: None, about: Some(person), by: gave.then_some(person) }
    }
}

/// Who caused something: a person, the account of a command, or nobody here.
pub(in crate::store) type Cause<'a> = (Option<PersonId>, Option<&'a str>);

type Open = (Uuid, Uuid, Option<Uuid>, Option<String>, String, Option<Uuid>, Option<String>, Option<String>);

/// Lets open proposals lapse, and tells it in the history of each of whom they are about. The place that is told as the one before is
/// that of this moment: what changes it comes after.
pub(in crate::store) async fn lapse(
    core: &Core,
    tx: &mut Tx,
    at: Moment,
    over: Over,
    (by, account): Cause<'_>,
) -> VaultResult<()> {
    // In one order, so that of two that let several lapse neither waits for the other.
    let statement = format!(
        "SELECT o.id, o.person, o.department, d.name, o.roles, p.department, b.name, p.roles FROM place_proposals o \
         LEFT JOIN departments d ON d.id = o.department LEFT JOIN people p ON p.id = o.person \
         LEFT JOIN departments b ON b.id = p.department \
         WHERE o.state = 'open' AND o.lapses_at > $1 AND (o.id = $2 OR o.person = $3 OR o.proposed_by = $4) ORDER BY o.id{}",
        core.content.held(" FOR UPDATE OF o")
    );
    let open: Vec<Open> = on_tx!(&mut *tx, |c| {
        sqlx::query_as(AssertSqlSafe(statement))
            .bind(at.0)
            .bind(over.proposal.map(|id| id.0))
            .bind(over.about.map(|id| id.0))
            .bind(over.by.map(|id| id.0))
            .fetch_all(&mut *c)
            .await?
    });
    for (id, person, department, name, wanted, was_at, was_name, was) in open {
        on_tx!(&mut *tx, |c| {
            sqlx::query("UPDATE place_proposals SET state = 'lapsed', decided_at = $1 WHERE id = $2")
                .bind(at.0)
                .bind(id)
                .execute(&mut *c)
                .await?;
        });
        let wanted = rows::place(department, name, &wanted, At("place_proposals", "roles", id))?;
        let was = rows::place(was_at, was_name, &was.unwrap_or_default(), At("people", "roles", person))?;
        let [before, after] = [&was, &wanted].map(|place| place.as_ref().filter(|place| !place.roles.is_empty()));
        let happened = Happened { person: PersonId(person), event: PlaceEvent::Lapsed, by, account, before, after };
        remember(core, tx, at, &happened).await?;
    }
    Ok(())
}
