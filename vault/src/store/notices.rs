//! Notices: given in the transaction of the change that causes them, read by their person, swept after a time.

use super::rows::Place;
use crate::{
    db::{Db, Tx},
    error::VaultResult,
    on_db, on_tx,
    permit::{Permit, act, of},
    vault::Core,
};
use plein_domain::{
    ids::*,
    moment::Moment,
    notice::*,
    people::{Person, Role},
};
use std::sync::Arc;
use uuid::Uuid;

const DAY: i64 = 24 * 60 * 60;
/// How many interventions that are due are told of in one go; the next round tells of the others.
const DUE_AT_ONCE: i64 = 500;

/// Notices. See the module's documentation.
#[derive(Clone)]
pub struct Notices {
    core: Arc<Core>,
}

/// A notice as the database holds it, as far as its person may know of it now.
#[derive(Debug, Clone)]
pub struct NoticeRow {
    /// Its identity.
    pub id: NoticeId,
    /// What it tells.
    pub kind: NoticeKind,
    /// When it happened.
    pub at: Moment,
    /// Whether it was marked as read.
    pub read: bool,
    /// Who caused it; nothing when nobody did, or when its person may no longer know.
    pub by: Option<PersonId>,
    /// What it is about; nothing when its person may no longer know.
    pub about: Option<NoticeAbout>,
}

/// A notice to be given.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewNotice {
    kind: NoticeKind,
    at: Moment,
    by: Option<PersonId>,
    case: Option<CaseId>,
    signal: Option<SignalId>,
    part: Option<Uuid>,
    number: Option<i64>,
}

impl NewNotice {
    /// About a case.
    pub(super) const fn of_case(kind: NoticeKind, case: CaseId, at: Moment, by: Option<PersonId>) -> Self {
        Self { kind, at, by, case: Some(case), signal: None, part: None, number: None }
    }

    /// About a signal.
    pub(super) const fn of_signal(kind: NoticeKind, signal: SignalId, at: Moment, by: PersonId) -> Self {
        Self { kind, at, by: Some(by), case: None, signal: Some(signal), part: None, number: None }
    }

    /// About a break-glass.
    pub(super) const fn of_break_glass(kind: NoticeKind, id: BreakGlassId, at: Moment, by: PersonId) -> Self {
        Self { kind, at, by: Some(by), case: None, signal: None, part: Some(id.0), number: None }
    }

    /// About this thread or intervention of the case's plan, or this break-glass of the record.
    pub(super) const fn part(mut self, part: Uuid) -> Self {
        self.part = Some(part);
        self
    }

    /// About this version of the case's plan.
    pub(super) const fn version(mut self, number: i64) -> Self {
        self.number = Some(number);
        self
    }
}

/// Gives a notice to these people, but for whoever caused it. Somebody who has not read the same notice yet gets no second one, so
/// that going to and fro fills nobody's list.
pub(super) async fn give(
    core: &Core,
    tx: &mut Tx,
    to: impl IntoIterator<Item = PersonId>,
    notice: NewNotice,
) -> VaultResult<()> {
    for person in to.into_iter().filter(|person| Some(*person) != notice.by) {
        let waits = on_tx!(&mut *tx, |c| {
            sqlx::query(
                "UPDATE notices SET at = $1, caused_by = $2 WHERE person = $3 AND kind = $4 AND read_at IS NULL \
                 AND COALESCE(case_id, $5) = $5 AND COALESCE(signal, $6) = $6 AND COALESCE(part, $7) = $7 \
                 AND COALESCE(number, 0) = $8",
            )
            .bind(notice.at.0)
            .bind(notice.by.map(|by| by.0))
            .bind(person.0)
            .bind(notice.kind.code())
            .bind(notice.case.map_or(Uuid::nil(), |case| case.0))
            .bind(notice.signal.map_or(Uuid::nil(), |signal| signal.0))
            .bind(notice.part.unwrap_or(Uuid::nil()))
            .bind(notice.number.unwrap_or_default())
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if waits > 0 {
            continue;
        }
        on_tx!(&mut *tx, |c| {
            sqlx::query(
                "INSERT INTO notices (id, person, kind, at, caused_by, case_id, signal, part, number) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(core.event().0)
            .bind(person.0)
            .bind(notice.kind.code())
            .bind(notice.at.0)
            .bind(notice.by.map(|by| by.0))
            .bind(notice.case.map(|case| case.0))
            .bind(notice.signal.map(|signal| signal.0))
            .bind(notice.part)
            .bind(notice.number)
            .execute(&mut *c)
            .await?;
        });
    }
    Ok(())
}

/// Gives a notice about a signal to the members of the department that owns it.
pub(super) async fn give_department(core: &Core, tx: &mut Tx, signal: SignalId, notice: NewNotice) -> VaultResult<()> {
    let rows: Vec<(Uuid, String)> = on_tx!(&mut *tx, |c| {
        sqlx::query_as("SELECT id, roles FROM people WHERE department = (SELECT department FROM signals WHERE id = $1)")
            .bind(signal.0)
            .fetch_all(&mut *c)
            .await?
    });
    let mut members = Vec::new();
    for (id, roles) in rows {
        let roles = Place("people", "roles", id).codes(&roles, Role::from_code)?;
        if roles.contains(&Role::Member) && !roles.contains(&Role::Fg) && !roles.contains(&Role::Administrator) {
            members.push(PersonId(id));
        }
    }
    give(core, tx, members, notice).await
}

/// Gives a notice to those of these people who are in the team of the case.
pub(super) async fn give_in_team(
    core: &Core,
    tx: &mut Tx,
    case: CaseId,
    person: PersonId,
    notice: NewNotice,
) -> VaultResult<()> {
    let there: Option<(i64,)> = on_tx!(&mut *tx, |c| {
        sqlx::query_as("SELECT since FROM case_team WHERE case_id = $1 AND person = $2")
            .bind(case.0)
            .bind(person.0)
            .fetch_optional(&mut *c)
            .await?
    });
    give(core, tx, there.map(|_| person), notice).await
}

/// A page of this person's notices, newest first. What they may know of is what they may see in lists (see `visible`): cases in
/// whose team they are, signals of their own department; and break-glasses that are theirs or that they review.
pub(crate) async fn page(db: &Db, person: &Person, offset: i64, limit: i64) -> VaultResult<Vec<NoticeRow>> {
    let (member, works) = super::visible::knows(person);
    let reviews = super::break_glass::reviews(db, person).await?;
    type Row = (
        Uuid,
        String,
        i64,
        Option<i64>,
        Option<Uuid>,
        Option<Uuid>,
        Option<String>,
        Option<Uuid>,
        Option<String>,
        Option<Uuid>,
        Option<i64>,
        Option<String>,
    );
    let rows: Vec<Row> = on_db!(db, |pool| {
        sqlx::query_as(
            "SELECT n.id, n.kind, n.at, n.read_at, n.caused_by, c.id, c.reference, s.id, s.reference, n.part, n.number, \
             g.reference FROM notices n \
             LEFT JOIN case_team t ON t.case_id = n.case_id AND t.person = n.person AND $2 \
             LEFT JOIN cases c ON c.id = t.case_id \
             LEFT JOIN signals s ON s.id = n.signal AND s.department = $3 AND $4 \
             LEFT JOIN break_glass g ON g.id = n.part AND ((n.kind = 'reviewed' AND g.person = n.person) \
             OR (n.kind = 'review-asked' AND g.person <> n.person AND $7)) \
             WHERE n.person = $1 ORDER BY n.at DESC, n.id LIMIT $5 OFFSET $6",
        )
        .bind(person.id.0)
        .bind(works)
        .bind(person.department.id.0)
        .bind(member)
        .bind(limit)
        .bind(offset)
        .bind(reviews)
        .fetch_all(pool)
        .await?
    });
    rows.into_iter()
        .map(|(id, kind, at, read_at, by, case, case_reference, signal, signal_reference, part, number, record)| {
            let kind = Place("notices", "kind", id).need(NoticeKind::from_code(&kind))?;
            let case = case.map(CaseId).zip(case_reference.map(Reference));
            let signal = signal.map(SignalId).zip(signal_reference.map(Reference));
            let glass = part.map(BreakGlassId).zip(record.map(Reference));
            let about = match (kind, case, signal, part, number) {
                (NoticeKind::ReviewAsked | NoticeKind::Reviewed, ..) => {
                    glass.map(|(id, reference)| NoticeAbout::BreakGlass(id, reference))
                }
                (NoticeKind::Mentioned, Some((case, reference)), _, Some(thread), _) => {
                    Some(NoticeAbout::Thread(case, reference, thread))
                }
                (NoticeKind::Assigned | NoticeKind::Due, Some((case, reference)), _, Some(part), _) => {
                    Some(NoticeAbout::Intervention(case, reference, part))
                }
                (NoticeKind::Proposed, Some((case, reference)), _, _, Some(number)) => {
                    Some(NoticeAbout::Version(case, reference, number))
                }
                (_, Some((case, reference)), ..) => Some(NoticeAbout::Case(case, reference)),
                (_, None, Some((signal, reference)), ..) => Some(NoticeAbout::Signal(signal, reference)),
                (_, None, None, ..) => None,
            };
            let by = by.filter(|_| about.is_some()).map(PersonId);
            Ok(NoticeRow { id: NoticeId(id), kind, at: Moment(at), read: read_at.is_some(), by, about })
        })
        .collect()
}

impl Notices {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// The notices that the permit lays down.
    pub fn page(&self, permit: Permit<act::View, of::NoticePage>) -> Vec<NoticeRow> {
        permit.spend().0
    }

    /// How many notices this person has not read. A number only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn unread(&self, person: PersonId) -> VaultResult<i64> {
        let (count,): (i64,) = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT COUNT(*) FROM notices WHERE person = $1 AND read_at IS NULL")
                .bind(person.0)
                .fetch_one(pool)
                .await?
        });
        Ok(count)
    }

    /// Marks a notice of this person as read, or all that are older than this moment.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn mark_read(
        &self,
        person: PersonId,
        notice: Option<NoticeId>,
        until: Moment,
        at: Moment,
    ) -> VaultResult<()> {
        on_db!(&self.core.content, |pool| {
            sqlx::query(
                "UPDATE notices SET read_at = $1 WHERE person = $2 AND read_at IS NULL \
                 AND (id = $3 OR ($4 AND at <= $5))",
            )
            .bind(at.0)
            .bind(person.0)
            .bind(notice.map_or(Uuid::nil(), |notice| notice.0))
            .bind(notice.is_none())
            .bind(until.0)
            .execute(pool)
            .await?;
        });
        Ok(())
    }
}

/// Tells of interventions that have become due, and sweeps notices away whose time has passed.
pub(crate) async fn tidy(core: &Core) -> VaultResult<()> {
    let now = core.clock.now();
    let (today, since) = (now.day(), now.plus_seconds(-DUE_TOLD_DAYS * DAY).day());
    let due: Vec<(Uuid, Uuid, Uuid, String)> = on_db!(&core.content, |pool| {
        sqlx::query_as(
            "SELECT i.case_id, i.id, t.person, i.due FROM plan_interventions i \
             JOIN case_team t ON t.case_id = i.case_id AND t.person = i.person \
             WHERE i.status IN ('planned', 'started') AND i.due <= $1 AND i.due >= $2 AND NOT EXISTS \
             (SELECT 1 FROM notices n WHERE n.kind = 'due' AND n.person = i.person AND n.part = i.id AND n.day = i.due) \
             ORDER BY i.due, i.id LIMIT $3",
        )
        .bind(today.to_string())
        .bind(since.to_string())
        .bind(DUE_AT_ONCE)
        .fetch_all(pool)
        .await?
    });
    for (case, part, person, day) in due {
        on_db!(&core.content, |pool| {
            sqlx::query(
                "INSERT INTO notices (id, person, kind, at, case_id, part, day) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                 ON CONFLICT DO NOTHING",
            )
            .bind(core.event().0)
            .bind(person)
            .bind(NoticeKind::Due.code())
            .bind(now.0)
            .bind(case)
            .bind(part)
            .bind(day)
            .execute(pool)
            .await?;
        });
    }
    on_db!(&core.content, |pool| {
        sqlx::query("DELETE FROM notices WHERE at < $1 OR read_at < $2")
            .bind(now.plus_seconds(-KEPT_DAYS * DAY).0)
            .bind(now.plus_seconds(-READ_KEPT_DAYS * DAY).0)
            .execute(pool)
            .await?;
    });
    Ok(())
}
