//! How plans stand, in clear columns: what is to be done, by whom and when, and what waits for an answer.

use super::*;
use plein_domain::{
    plan::{DueIntervention, InterventionKind},
    version::VersionState,
};

/// How the plan of a case stands, without a word of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanStanding {
    /// Whether one was begun.
    pub begun: bool,
    /// Whether a version of it was ever adopted.
    pub adopted: bool,
    /// The version that is before the departments, since when, and the departments of the team that said nothing yet.
    pub proposed: Option<(i64, Moment, Vec<DepartmentId>)>,
    /// Interventions that are not done.
    pub open: Vec<InterventionRow>,
}

type Row = (Uuid, String, Option<Uuid>, Option<String>, String);

fn intervention((id, kind, person, due, status): Row) -> VaultResult<InterventionRow> {
    let at = |column| Place("plan_interventions", column, id);
    Ok(InterventionRow {
        id,
        kind: at("kind").need(InterventionKind::from_code(&kind))?,
        person: person.map(PersonId),
        due: due.map(|due| at("due").day(&due)).transpose()?,
        status: at("status").need(InterventionStatus::from_code(&status))?,
    })
}

impl Plans {
    /// How the plan of a case stands, for who was permitted the case. Clear columns only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn standing(&self, case: CaseId) -> VaultResult<PlanStanding> {
        let (begun,): (i64,) = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT COUNT(*) FROM plans WHERE case_id = $1").bind(case.0).fetch_one(pool).await?
        });
        if begun == 0 {
            return Ok(PlanStanding::default());
        }
        let versions: Vec<(Uuid, i64, String, Option<i64>)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, number, state, proposed_at FROM plan_versions \
                 WHERE case_id = $1 AND state IN ('proposed', 'adopted')",
            )
            .bind(case.0)
            .fetch_all(pool)
            .await?
        });
        let adopted = versions.iter().any(|row| row.2 == VersionState::Adopted.code());
        let mut proposed = None;
        if let Some((id, number, _, since)) = versions.iter().find(|row| row.2 == VersionState::Proposed.code()) {
            let silent: Vec<(Uuid,)> = on_db!(&self.core.content, |pool| {
                sqlx::query_as(versions::SILENT).bind(case.0).bind(id).fetch_all(pool).await?
            });
            let silent = silent.into_iter().map(|(department,)| DepartmentId(department)).collect();
            proposed = Some((*number, Moment(since.unwrap_or_default()), silent));
        }
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, kind, person, due, status FROM plan_interventions \
                 WHERE case_id = $1 AND status IN ('planned', 'started') ORDER BY due NULLS LAST, id",
            )
            .bind(case.0)
            .fetch_all(pool)
            .await?
        });
        let open = rows.into_iter().map(intervention).collect::<VaultResult<_>>()?;
        Ok(PlanStanding { begun: true, adopted, proposed, open })
    }

    /// The interventions that this person has to do, those due first, in cases whose team they are in. Clear columns only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn due_for(&self, person: PersonId, limit: i64) -> VaultResult<Vec<DueIntervention>> {
        type Row = (Uuid, String, Uuid, String, Option<String>, String);
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT c.id, c.reference, i.id, i.kind, i.due, i.status FROM plan_interventions i \
                 JOIN cases c ON c.id = i.case_id JOIN case_team t ON t.case_id = c.id AND t.person = $1 \
                 WHERE i.person = $1 AND i.status IN ('planned', 'started') \
                 ORDER BY i.due NULLS LAST, c.reference, i.id LIMIT $2",
            )
            .bind(person.0)
            .bind(limit)
            .fetch_all(pool)
            .await?
        });
        rows.into_iter()
            .map(|(case, reference, id, kind, due, status)| {
                let row = intervention((id, kind, Some(person.0), due, status))?;
                Ok(DueIntervention { case: CaseId(case), reference: Reference(reference), row })
            })
            .collect()
    }
}
