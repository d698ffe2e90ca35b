//! Subjects seen in several linked signals of a case, and what the team thinks of them. Nothing is merged by it.

use super::*;
use crate::{
    db::Tx,
    on_tx,
    permit::Spent,
    store::{
        Written,
        changes::{Change, tell},
    },
};

/// Subjects that share an identifier, as the database holds them.
#[derive(Debug, Clone)]
pub struct SeenContent {
    /// Where they stand, and what they share.
    pub shared: Shared,
    /// The judgement that counts.
    pub judged: Option<JudgementRow>,
}

/// A judgement as the database holds it.
#[derive(Debug, Clone)]
pub struct JudgementRow {
    /// Its identity.
    pub id: Uuid,
    /// What was judged.
    pub verdict: SubjectVerdict,
    /// Who did.
    pub by: PersonId,
    /// Their department then.
    pub department: DepartmentId,
    /// When.
    pub at: Moment,
}

/// The subjects that these links share.
fn shared_by(links: &[LinkContent]) -> Vec<Shared> {
    let standing = links.iter().filter(|link| link.unlinked.is_none());
    seen_in_several(standing.map(|link| (link.id, link.fields.subjects.as_deref().unwrap_or_default())))
}

impl Cases {
    /// The subjects that share an identifier among these links, with what was judged.
    pub(super) async fn seen(&self, case: CaseId, links: &[LinkContent]) -> VaultResult<Vec<SeenContent>> {
        let groups = shared_by(links);
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        type Row = (Uuid, String, String, Uuid, Uuid, i64);
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, occurrences, verdict, judged_by, department, judged_at FROM subject_judgements \
                 WHERE case_id = $1 AND undone_at IS NULL ORDER BY number",
            )
            .bind(case.0)
            .fetch_all(pool)
            .await?
        });
        let mut judged = HashMap::new();
        for (id, occurrences, verdict, by, department, at) in rows {
            let verdict = Place("subject_judgements", "verdict", id).need(SubjectVerdict::from_code(&verdict))?;
            let (by, department, at) = (PersonId(by), DepartmentId(department), Moment(at));
            judged.insert(occurrences, JudgementRow { id, verdict, by, department, at });
        }
        let seen = groups.into_iter().map(|shared| {
            let judged = judged.remove(&shared.group.to_string());
            SeenContent { shared, judged }
        });
        Ok(seen.collect())
    }

    /// Judges subjects that share an identifier, or undoes the judgement `seen` when there is no verdict. Stale when another
    /// judgement than `seen` counts now; a conflict when no such subjects are shared.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open; nothing was written.
    pub async fn judge(
        &self,
        permit: Permit<act::Edit, of::CaseFile>,
        group: &Group,
        seen: Option<Uuid>,
        verdict: Option<SubjectVerdict>,
    ) -> VaultResult<Written<()>> {
        let ((header, granted), spent) = permit.spend();
        let links = self.links(header.id, &granted).await?;
        if !shared_by(&links).iter().any(|shared| shared.group == *group) {
            return Ok(Written::Conflict);
        }
        let holds = |link: &&LinkContent| group.occurrences().any(|one| one.link == link.id);
        let signals: Vec<Uuid> = links.iter().filter(holds).map(|link| link.signal.id.0).collect();
        let mut tx = self.core.content.begin().await?;
        let standing = last(&mut tx, header.id, group).await?;
        if standing != seen {
            return Ok(Written::Stale);
        }
        match (verdict, standing) {
            (Some(verdict), _) => self.insert_judgement(&mut tx, header.id, group, verdict, &spent).await?,
            (None, Some(id)) => {
                on_tx!(&mut tx, |c| {
                    sqlx::query("UPDATE subject_judgements SET undone_by = $1, undone_at = $2 WHERE id = $3")
                        .bind(spent.actor().0)
                        .bind(spent.at().0)
                        .bind(id)
                        .execute(&mut *c)
                        .await?;
                });
            }
            (None, None) => return Ok(Written::Stale),
        }
        let kind = if verdict.is_some() { ChangeKind::SubjectsJudged } else { ChangeKind::JudgementUndone };
        tell(&self.core, &mut tx, header.id, &spent, &[Change::about(kind, &signals)]).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(Written::Done(()))
    }

    async fn insert_judgement(
        &self,
        tx: &mut Tx,
        case: CaseId,
        group: &Group,
        verdict: SubjectVerdict,
        spent: &Spent,
    ) -> VaultResult<()> {
        on_tx!(tx, |c| {
            sqlx::query(
                "INSERT INTO subject_judgements \
                 (id, case_id, number, occurrences, verdict, judged_by, department, judged_at) \
                 VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM subject_judgements WHERE case_id = $2), \
                 $3, $4, $5, $6, $7)",
            )
            .bind(self.core.event().0)
            .bind(case.0)
            .bind(group.to_string())
            .bind(verdict.code())
            .bind(spent.actor().0)
            .bind(spent.payload().department.0)
            .bind(spent.at().0)
            .execute(&mut *c)
            .await?;
        });
        Ok(())
    }
}

/// The judgement of this group that counts; holds the case, so that judging happens one after another.
async fn last(tx: &mut Tx, case: CaseId, group: &Group) -> VaultResult<Option<Uuid>> {
    let found: Option<(Uuid,)> = on_tx!(tx, |c| {
        sqlx::query("UPDATE cases SET version = version WHERE id = $1").bind(case.0).execute(&mut *c).await?;
        sqlx::query_as(
            "SELECT id FROM subject_judgements WHERE case_id = $1 AND occurrences = $2 AND undone_at IS NULL \
             ORDER BY number DESC LIMIT 1",
        )
        .bind(case.0)
        .bind(group.to_string())
        .fetch_optional(&mut *c)
        .await?
    });
    Ok(found.map(|(id,)| id))
}
