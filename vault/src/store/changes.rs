//! What happened in cases: a row for each change, in the same commit. Clear columns only: ids, codes, moments.

use super::rows::Place;
use crate::{
    db::Tx,
    error::VaultResult,
    on_db, on_tx,
    permit::{Permit, Spent, act, of},
    vault::Core,
};
use plein_domain::{
    case::{ChangeKind, ChangedCase},
    ids::*,
    moment::Moment,
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The history of cases, for reading. See the module's documentation.
#[derive(Clone)]
pub struct Changes {
    core: Arc<Core>,
}

/// A change as the database holds it.
#[derive(Debug, Clone)]
pub struct ChangeRow {
    /// When.
    pub at: Moment,
    /// What changed.
    pub kind: ChangeKind,
    /// Who made it.
    pub actor: PersonId,
    /// Their department then.
    pub department: DepartmentId,
    /// What it is about.
    pub things: Things,
    /// The number of the version that it is about.
    pub number: Option<i64>,
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Things {
    /// Signals, by their references.
    Signals(Vec<Reference>),
    /// People.
    People(Vec<PersonId>),
}

/// A change to be told, besides who made it and when.
pub(super) struct Change<'a> {
    kind: ChangeKind,
    things: &'a [Uuid],
    number: Option<i64>,
}

impl<'a> Change<'a> {
    /// About the case or its plan as a whole.
    pub(super) fn of(kind: ChangeKind) -> Self {
        Self { kind, things: &[], number: None }
    }

    /// About these signals or people.
    pub(super) fn about(kind: ChangeKind, things: &'a [Uuid]) -> Self {
        Self { kind, things, number: None }
    }

    /// Whether there are signals or people that it is about.
    pub(super) fn is_about_something(&self) -> bool {
        !self.things.is_empty()
    }

    /// About this version of the plan.
    pub(super) fn version(kind: ChangeKind, number: i64) -> Self {
        Self { kind, things: &[], number: Some(number) }
    }
}

/// Writes down what the holder of this spent permit changed in a case, in the transaction that changes it.
pub(super) async fn tell(
    core: &Core,
    tx: &mut Tx,
    case: CaseId,
    spent: &Spent,
    changes: &[Change<'_>],
) -> VaultResult<()> {
    for (place, change) in (0_i64..).zip(changes) {
        let things = change.things.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",");
        on_tx!(&mut *tx, |c| {
            sqlx::query(
                "INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(core.event().0)
            .bind(case.0)
            .bind(spent.at().0)
            .bind(place)
            .bind(change.kind.code())
            .bind(spent.actor().0)
            .bind(spent.payload().department.0)
            .bind(things)
            .bind(change.number)
            .execute(&mut *c)
            .await?;
        });
    }
    Ok(())
}

impl Changes {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// What happened in a case, newest first; notes that the holder of the permit has looked.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn page(
        &self,
        permit: Permit<act::View, of::Case>,
        offset: i64,
        limit: i64,
    ) -> VaultResult<Vec<ChangeRow>> {
        let (header, spent) = permit.spend();
        let changes = self.of_case(header.id, offset, limit).await?;
        self.looked(header.id, spent.actor(), spent.at()).await?;
        Ok(changes)
    }

    /// The same for who was permitted the case itself.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn of_case(&self, case: CaseId, offset: i64, limit: i64) -> VaultResult<Vec<ChangeRow>> {
        type Row = (Uuid, i64, String, Uuid, Uuid, String, Option<i64>);
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, at, kind, actor, department, things, number FROM case_changes WHERE case_id = $1 \
                 ORDER BY at DESC, place DESC, id LIMIT $2 OFFSET $3",
            )
            .bind(case.0)
            .bind(limit)
            .bind(offset)
            .fetch_all(pool)
            .await?
        });
        let references = self.references(case).await?;
        let mut changes = Vec::with_capacity(rows.len());
        for (id, at, kind, actor, department, things, number) in rows {
            let place = |column| Place("case_changes", column, id);
            let kind = place("kind").need(ChangeKind::from_code(&kind))?;
            let things = place("things").codes(&things, |id| Uuid::parse_str(id).ok())?;
            let things = if matches!(kind, ChangeKind::Joined | ChangeKind::Left) {
                Things::People(things.into_iter().map(PersonId).collect())
            } else {
                let reference = |id: Uuid| place("things").need(references.get(&id).cloned());
                let mut signals = things.into_iter().map(reference).collect::<VaultResult<Vec<_>>>()?;
                signals.sort_unstable();
                Things::Signals(signals)
            };
            let (actor, department) = (PersonId(actor), DepartmentId(department));
            changes.push(ChangeRow { at: Moment(at), kind, actor, department, things, number });
        }
        Ok(changes)
    }

    /// The references of all signals that are or were linked to a case.
    async fn references(&self, case: CaseId) -> VaultResult<HashMap<Uuid, Reference>> {
        let rows: Vec<(Uuid, String)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT s.id, s.reference FROM signals s WHERE s.id IN (SELECT signal FROM links WHERE case_id = $1)",
            )
            .bind(case.0)
            .fetch_all(pool)
            .await?
        });
        Ok(rows.into_iter().map(|(id, reference)| (id, Reference(reference))).collect())
    }

    /// Notes that this person looked at a case. Written only when something changed since they last did, so that looking
    /// mostly writes nothing here.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn looked(&self, case: CaseId, person: PersonId, at: Moment) -> VaultResult<()> {
        let (news,): (i64,) = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT COUNT(*) FROM case_changes WHERE case_id = $1 AND at > COALESCE( \
                 (SELECT looked_at FROM case_looks WHERE case_id = $1 AND person = $2), -1)",
            )
            .bind(case.0)
            .bind(person.0)
            .fetch_one(pool)
            .await?
        });
        if news > 0 {
            on_db!(&self.core.content, |pool| {
                sqlx::query(
                    "INSERT INTO case_looks (case_id, person, looked_at) VALUES ($1, $2, $3) \
                     ON CONFLICT (case_id, person) DO UPDATE SET looked_at = $3 WHERE case_looks.looked_at < $3",
                )
                .bind(case.0)
                .bind(person.0)
                .bind(at.0)
                .execute(pool)
                .await?;
            });
        }
        Ok(())
    }

    /// The cases in whose team this person is and in which others changed something since they looked, or since they
    /// came into the team when they never did; the newest change first.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn since_looked(&self, person: PersonId, limit: i64) -> VaultResult<Vec<ChangedCase>> {
        let rows: Vec<(Uuid, String, i64, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT c.id, c.reference, COUNT(*), MAX(h.at) FROM case_team t JOIN cases c ON c.id = t.case_id \
                 JOIN case_changes h ON h.case_id = c.id AND h.actor <> t.person \
                 LEFT JOIN case_looks l ON l.case_id = c.id AND l.person = t.person \
                 WHERE t.person = $1 AND h.at > COALESCE(l.looked_at, t.since - 1) \
                 GROUP BY c.id, c.reference ORDER BY MAX(h.at) DESC, c.reference LIMIT $2",
            )
            .bind(person.0)
            .bind(limit)
            .fetch_all(pool)
            .await?
        });
        let changed = |(case, reference, changes, newest)| ChangedCase {
            case: CaseId(case),
            reference: Reference(reference),
            changes,
            newest: Moment(newest),
        };
        Ok(rows.into_iter().map(changed).collect())
    }
}
