//! What the list of cases needs of a case, beside each member of its team: its state, and what it is found by when the list is
//! narrowed (`cases_with_department`, `cases_about_phenomenon`). Written anew in each transaction that changes any of it.

use crate::{db::Tx, error::VaultResult, on_tx};
use plein_domain::ids::{CaseId, PersonId, SignalId};
use uuid::Uuid;

/// One statement after another, each about one case. What somebody who left could be found by went with their place in the team.
const ANEW: [&str; 5] = [
    "UPDATE case_team SET state = (SELECT state FROM cases WHERE id = $1) WHERE case_id = $1",
    "DELETE FROM cases_with_department WHERE case_id = $1",
    "INSERT INTO cases_with_department (case_id, person, department, opened_at, state, purpose, leads) \
     SELECT DISTINCT t.case_id, t.person, p.department, t.opened_at, t.state, t.purpose, t.leads \
     FROM case_team t JOIN case_team o ON o.case_id = t.case_id JOIN people p ON p.id = o.person WHERE t.case_id = $1",
    "DELETE FROM cases_about_phenomenon WHERE case_id = $1",
    "INSERT INTO cases_about_phenomenon (case_id, person, phenomenon, opened_at, state, purpose, leads) \
     SELECT DISTINCT t.case_id, t.person, l.phenomenon, t.opened_at, t.state, t.purpose, t.leads \
     FROM case_team t JOIN links l ON l.case_id = t.case_id AND l.unlinked_at IS NULL WHERE t.case_id = $1",
];

/// Tells the list of each member of the team what the case is like now: after a change to its state, team or links, in the same
/// transaction, which wrote to the case's row before it. Who else changes the case waits for that, and sees this.
pub(in crate::store) async fn relist(tx: &mut Tx, case: CaseId) -> VaultResult<()> {
    on_tx!(tx, |c| {
        for statement in ANEW {
            sqlx::query(statement).bind(case.0).execute(&mut *c).await?;
        }
    });
    Ok(())
}

/// Tells the lists of the cases in whose team somebody is that they work in another department now.
pub(in crate::store) async fn moved(tx: &mut Tx, person: PersonId) -> VaultResult<()> {
    let cases: Vec<(Uuid,)> = on_tx!(&mut *tx, |c| {
        sqlx::query_as("SELECT case_id FROM case_team WHERE person = $1 ORDER BY case_id")
            .bind(person.0)
            .fetch_all(&mut *c)
            .await?
    });
    relist_each(tx, cases).await
}

/// Tells the lists of the cases to which this signal is linked what it is about now.
pub(in crate::store) async fn retell(tx: &mut Tx, signal: SignalId, phenomenon: &str) -> VaultResult<()> {
    let cases: Vec<(Uuid,)> = on_tx!(&mut *tx, |c| {
        let changed = sqlx::query("UPDATE links SET phenomenon = $1 WHERE signal = $2 AND phenomenon <> $1")
            .bind(phenomenon)
            .bind(signal.0)
            .execute(&mut *c)
            .await?
            .rows_affected();
        if changed == 0 {
            return Ok(());
        }
        sqlx::query_as("SELECT case_id FROM links WHERE signal = $1 AND unlinked_at IS NULL ORDER BY case_id")
            .bind(signal.0)
            .fetch_all(&mut *c)
            .await?
    });
    relist_each(tx, cases).await
}

/// Each in its turn, and always in one order, so that two who tell the same cases do not wait for each other.
async fn relist_each(tx: &mut Tx, cases: Vec<(Uuid,)>) -> VaultResult<()> {
    for (case,) in cases {
        on_tx!(&mut *tx, |c| {
            sqlx::query("UPDATE cases SET version = version WHERE id = $1").bind(case).execute(&mut *c).await?;
        });
        relist(tx, CaseId(case)).await?;
    }
    Ok(())
}
