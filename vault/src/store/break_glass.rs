//! Break-glass: who read which record in an emergency, why, and what a reviewer thought of it. What people wrote is sealed under the
//! record's own key. What must never happen here: two of one person open at the same time, one that nobody is told of, or a review
//! in the place of another one.

use super::{
    Written,
    notices::{self, NewNotice},
    rows::Place,
};
use crate::{
    db::{Db, Tx},
    error::{VaultError, VaultResult},
    keyring::{DataKey, KeyKind},
    on_db, on_tx,
    outbox::Outbox,
    permit::{Permit, Spent, act, of},
    vault::Core,
};
use plein_domain::{
    break_glass::{GlassHead, LASTS, ReviewVerdict},
    header::{BreakGlassHeader, ObjectKind, ObjectRef},
    ids::*,
    moment::Moment,
    notice::NoticeKind,
    people::{Person, Role},
};
use sqlx::AssertSqlSafe;
use std::sync::Arc;
use uuid::Uuid;

const MOTIVE: &str = "break_glass.motive";
const WORDS: &str = "break_glass.words";

/// Break-glass. See the module's documentation.
#[derive(Clone)]
pub struct BreakGlass {
    core: Arc<Core>,
    outbox: Outbox,
}

/// What was written about a break-glass.
#[derive(Debug, Clone)]
pub struct GlassContent {
    /// Why, in the words of who used it.
    pub motive: String,
    /// The review: what, why, by whom, when.
    pub review: Option<(ReviewVerdict, String, PersonId, Moment)>,
}

type Row = (
    Uuid,
    Uuid,
    Uuid,
    bool,
    String,
    Uuid,
    String,
    i64,
    i64,
    Option<Uuid>,
    Option<i64>,
    Option<i64>,
    String,
    Option<Uuid>,
);

/// What a header is made of, from `break_glass g` and whoever used it.
const SELECT: &str = "SELECT g.id, g.person, g.department, g.by_fg, g.record_kind, g.record, g.reference, g.begun_at, \
    g.ends_at, g.stopped_by, g.stopped_at, g.reviewed_at, p.roles, (SELECT f.person FROM review_of_fg f) \
    FROM break_glass g JOIN people p ON p.id = g.person";

/// Whether it is that of a data protection officer.
const OF_FG: &str = "(g.by_fg OR (',' || p.roles || ',') LIKE '%,fg,%')";

fn header(row: Row, now: Moment) -> VaultResult<BreakGlassHeader> {
    let (id, person, department, by_fg, kind, record, reference, begun, ends, stopper, stopped, reviewed, roles, who) =
        row;
    let kind = ObjectKind::from_code(&kind).filter(|kind| matches!(kind, ObjectKind::Signal | ObjectKind::Case));
    let kind = Place("break_glass", "record_kind", id).need(kind)?;
    let roles = Place("people", "roles", person).codes(&roles, Role::from_code)?;
    Ok(BreakGlassHeader {
        id: BreakGlassId(id),
        person: PersonId(person),
        department: DepartmentId(department),
        record: ObjectRef { kind, id: record },
        reference: Reference(reference),
        begun_at: Moment(begun),
        ends_at: Moment(ends),
        stopped: stopper.map(PersonId).zip(stopped.map(Moment)),
        open: stopped.is_none() && now.0 < ends,
        of_fg: by_fg || roles.contains(&Role::Fg),
        reviewer: who.map(PersonId),
        reviewed: reviewed.is_some(),
    })
}

/// A break-glass, as it is now. For the gate.
pub(crate) async fn find(core: &Core, id: BreakGlassId) -> VaultResult<Option<BreakGlassHeader>> {
    let row: Option<Row> = on_db!(&core.content, |pool| {
        sqlx::query_as(AssertSqlSafe(format!("{SELECT} WHERE g.id = $1"))).bind(id.0).fetch_optional(pool).await?
    });
    row.map(|row| header(row, core.clock.now())).transpose()
}

/// The one of this person by which a record can be read now.
pub(crate) async fn open_of(core: &Core, person: PersonId) -> VaultResult<Option<BreakGlassHeader>> {
    let now = core.clock.now();
    let row: Option<Row> = on_db!(&core.content, |pool| {
        let text = format!("{SELECT} WHERE g.person = $1 AND g.stopped_at IS NULL AND g.ends_at > $2");
        sqlx::query_as(AssertSqlSafe(text)).bind(person.0).bind(now.0).fetch_optional(pool).await?
    });
    row.map(|row| header(row, now)).transpose()
}

/// Who is configured to review what a data protection officer did.
pub(crate) async fn reviewer_of_fg(db: &Db) -> VaultResult<Option<PersonId>> {
    let found: Option<Uuid> =
        on_db!(db, |pool| { sqlx::query_scalar("SELECT person FROM review_of_fg").fetch_optional(pool).await? });
    Ok(found.map(PersonId))
}

/// Who reviews what this person does: for a data protection officer who is configured, for all others each of these officers.
pub(crate) async fn reviewers(db: &Db, person: &Person) -> VaultResult<Vec<PersonId>> {
    let found: Vec<Uuid> = on_db!(db, |pool| {
        sqlx::query_scalar(
            "SELECT p.id FROM people p WHERE p.id <> $1 AND (((',' || p.roles || ',') LIKE '%,fg,%' AND NOT $2) OR \
             (p.id IN (SELECT f.person FROM review_of_fg f) AND $2 AND NOT (',' || p.roles || ',') LIKE '%,fg,%' \
             AND NOT (',' || p.roles || ',') LIKE '%,administrator,%')) ORDER BY p.position, p.id",
        )
        .bind(person.id.0)
        .bind(person.is(Role::Fg))
        .fetch_all(pool)
        .await?
    });
    Ok(found.into_iter().map(PersonId).collect())
}

/// Whether this person reviews anybody.
pub(crate) async fn reviews(db: &Db, person: &Person) -> VaultResult<bool> {
    Ok(person.is(Role::Fg) || reviewer_of_fg(db).await? == Some(person.id))
}

/// Those that this person reviews: the ones that wait, oldest first, or the reviewed ones, newest first. The policies say the same
/// of each; a test compares.
pub(crate) async fn page(
    core: &Core,
    person: &Person,
    closed: bool,
    (offset, limit): (i64, i64),
) -> VaultResult<Vec<BreakGlassHeader>> {
    let (of_others, of_fg) = (person.is(Role::Fg), reviewer_of_fg(&core.content).await? == Some(person.id));
    let (which, order) = if closed {
        ("g.reviewed_at IS NOT NULL", "g.reviewed_at DESC, g.id DESC")
    } else {
        ("g.reviewed_at IS NULL", "g.begun_at, g.id")
    };
    let text = format!(
        "{SELECT} WHERE {which} AND g.person <> $1 AND ((NOT {OF_FG} AND $2) OR ({OF_FG} AND $3)) \
         ORDER BY {order} LIMIT $4 OFFSET $5"
    );
    let rows: Vec<Row> = on_db!(&core.content, |pool| {
        sqlx::query_as(AssertSqlSafe(text))
            .bind(person.id.0)
            .bind(of_others)
            .bind(of_fg && !of_others && !person.is(Role::Administrator))
            .bind(limit)
            .bind(offset)
            .fetch_all(pool)
            .await?
    });
    let now = core.clock.now();
    rows.into_iter().map(|row| header(row, now)).collect()
}

/// The key of the record that it is about.
async fn key(core: &Core, record: ObjectRef) -> VaultResult<DataKey> {
    let kind = if record.kind == ObjectKind::Case { KeyKind::Case } else { KeyKind::Signal };
    Ok(core.keyring.key(kind, record.id).await?)
}

impl BreakGlass {
    pub(crate) fn new(core: Arc<Core>, outbox: Outbox) -> Self {
        Self { core, outbox }
    }

    /// Begins it under the id that the permit names, and tells those whom it concerns. A conflict when another one of the same person
    /// is open, or the id is somebody else's.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn begin(
        &self,
        permit: Permit<act::Create, of::NewBreakGlass>,
        motive: &str,
    ) -> VaultResult<Written<BreakGlassId>> {
        let ((id, record, reference, reviewers), spent) = permit.spend();
        let (person, at) = (spent.actor(), spent.at());
        let key = key(&self.core, record).await?;
        let mut tx = self.core.content.begin().await?;
        if let Some(before) = self.taken(&mut tx, id, person, at).await? {
            return Ok(before);
        }
        let by_fg = spent.payload().role.split(',').any(|role| role == Role::Fg.code());
        on_tx!(&mut tx, |c| {
            sqlx::query(
                "INSERT INTO break_glass (id, person, department, by_fg, record_kind, record, reference, begun_at, \
                 ends_at, motive) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .bind(id.0)
            .bind(person.0)
            .bind(spent.payload().department.0)
            .bind(by_fg)
            .bind(record.kind.code())
            .bind(record.id)
            .bind(&reference.0)
            .bind(at.0)
            .bind(at.plus_seconds(LASTS).0)
            .bind(key.seal((MOTIVE, id.0), motive))
            .execute(&mut *c)
            .await?;
        });
        let asked = NewNotice::of_break_glass(NoticeKind::ReviewAsked, id, at, person);
        notices::give(&self.core, &mut tx, reviewers, asked).await?;
        self.told(&mut tx, id, record, &spent).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(Written::Done(id))
    }

    /// What there is already in the place of a new one. Whoever begins two at the same time waits here for themselves.
    async fn taken(
        &self,
        tx: &mut Tx,
        id: BreakGlassId,
        person: PersonId,
        at: Moment,
    ) -> VaultResult<Option<Written<BreakGlassId>>> {
        let found: Vec<(Uuid, Uuid)> = on_tx!(tx, |c| {
            sqlx::query("UPDATE people SET position = position WHERE id = $1").bind(person.0).execute(&mut *c).await?;
            sqlx::query_as(
                "SELECT id, person FROM break_glass WHERE id = $1 \
                 OR (person = $2 AND stopped_at IS NULL AND ends_at > $3)",
            )
            .bind(id.0)
            .bind(person.0)
            .bind(at.0)
            .fetch_all(&mut *c)
            .await?
        });
        let same = found.contains(&(id.0, person.0));
        Ok(match (found.is_empty(), same) {
            (true, _) => None,
            (false, true) => Some(Written::Already(id)),
            (false, false) => Some(Written::Conflict),
        })
    }

    /// Tells whose record it is: the coordinator of a case; the department of a signal, and the coordinators of its cases.
    async fn told(&self, tx: &mut Tx, id: BreakGlassId, record: ObjectRef, spent: &Spent) -> VaultResult<()> {
        let (at, by) = (spent.at(), spent.actor());
        let (kind, text) = if record.kind == ObjectKind::Case {
            (NoticeKind::GlassBroken, "SELECT id, coordinator FROM cases WHERE id = $1")
        } else {
            (
                NoticeKind::GlassBrokenLinked,
                "SELECT DISTINCT c.id, c.coordinator FROM links l JOIN cases c ON c.id = l.case_id \
                 WHERE l.signal = $1 AND l.unlinked_at IS NULL",
            )
        };
        let cases: Vec<(Uuid, Uuid)> =
            on_tx!(&mut *tx, |c| sqlx::query_as(text).bind(record.id).fetch_all(&mut *c).await?);
        for (case, coordinator) in cases {
            let notice = NewNotice::of_case(kind, CaseId(case), at, Some(by)).part(id.0);
            notices::give(&self.core, tx, [PersonId(coordinator)], notice).await?;
        }
        if record.kind == ObjectKind::Signal {
            let signal = SignalId(record.id);
            let notice = NewNotice::of_signal(NoticeKind::GlassBroken, signal, at, by).part(id.0);
            notices::give_department(&self.core, tx, signal, notice).await?;
        }
        Ok(())
    }

    /// What was written about it.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn view(&self, permit: Permit<act::View, of::BreakGlass>) -> VaultResult<GlassContent> {
        let (header, _) = permit.spend();
        let id = header.id.0;
        type Row = (Vec<u8>, Option<Uuid>, Option<i64>, Option<String>, Option<Vec<u8>>);
        let (motive, by, at, verdict, words): Row = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT motive, reviewed_by, reviewed_at, verdict, words FROM break_glass WHERE id = $1")
                .bind(id)
                .fetch_one(pool)
                .await?
        });
        let key = key(&self.core, header.record).await?;
        let place = |column| Place("break_glass", column, id);
        let review = match (verdict, words, by, at) {
            (Some(verdict), Some(words), Some(by), Some(at)) => Some((
                place("verdict").need(ReviewVerdict::from_code(&verdict))?,
                place("words").text(&key.open((WORDS, id), &words)?)?,
                PersonId(by),
                Moment(at),
            )),
            _ => None,
        };
        Ok(GlassContent { motive: place("motive").text(&key.open((MOTIVE, id), &motive)?)?, review })
    }

    /// Stops it, if it is still open.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn stop(&self, permit: Permit<act::Edit, of::BreakGlass>) -> VaultResult<Written<()>> {
        let (header, spent) = permit.spend();
        let mut tx = self.core.content.begin().await?;
        let stopped = on_tx!(&mut tx, |c| {
            sqlx::query(
                "UPDATE break_glass SET stopped_by = $1, stopped_at = $2 \
                 WHERE id = $3 AND stopped_at IS NULL AND ends_at > $2",
            )
            .bind(spent.actor().0)
            .bind(spent.at().0)
            .bind(header.id.0)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if stopped == 0 {
            return Ok(Written::Already(()));
        }
        self.finish(tx, spent).await
    }

    /// Reviews it, if nobody did, and tells who used it. Stale when somebody was first.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn review(
        &self,
        permit: Permit<act::Edit, of::Review>,
        verdict: ReviewVerdict,
        words: &str,
    ) -> VaultResult<Written<()>> {
        let (header, spent) = permit.spend();
        let (id, by, at) = (header.id, spent.actor(), spent.at());
        let key = key(&self.core, header.record).await?;
        let mut tx = self.core.content.begin().await?;
        let written = on_tx!(&mut tx, |c| {
            sqlx::query(
                "UPDATE break_glass SET reviewed_by = $1, reviewed_at = $2, verdict = $3, words = $4 \
                 WHERE id = $5 AND reviewed_at IS NULL AND (stopped_at IS NOT NULL OR ends_at <= $2)",
            )
            .bind(by.0)
            .bind(at.0)
            .bind(verdict.code())
            .bind(key.seal((WORDS, id.0), words))
            .bind(id.0)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if written == 0 {
            return Ok(Written::Stale);
        }
        let notice = NewNotice::of_break_glass(NoticeKind::Reviewed, id, at, by);
        notices::give(&self.core, &mut tx, [header.person], notice).await?;
        self.finish(tx, spent).await
    }

    async fn finish(&self, mut tx: Tx, spent: Spent) -> VaultResult<Written<()>> {
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(Written::Done(()))
    }

    /// This person's own, newest first. Clear columns.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn of(&self, person: PersonId, limit: i64) -> VaultResult<Vec<GlassHead>> {
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            let text = format!("{SELECT} WHERE g.person = $1 ORDER BY g.begun_at DESC, g.id LIMIT $2");
            sqlx::query_as(AssertSqlSafe(text)).bind(person.0).bind(limit).fetch_all(pool).await?
        });
        let now = self.core.clock.now();
        rows.into_iter().map(|row| header(row, now).map(|header| GlassHead::from(&header))).collect()
    }

    /// The one by which this person can read a record now. Clear columns.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn open_of(&self, person: PersonId) -> VaultResult<Option<GlassHead>> {
        Ok(open_of(&self.core, person).await?.map(|header| GlassHead::from(&header)))
    }

    /// How many wait for this person's review. A number only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn waiting(&self, person: &Person) -> VaultResult<i64> {
        if !reviews(&self.core.content, person).await? {
            return Ok(0);
        }
        let found = page(&self.core, person, false, (0, WAITING)).await?;
        i64::try_from(found.len()).map_err(|error| VaultError::Broken(error.to_string()))
    }
}

/// How far what waits is counted.
const WAITING: i64 = 1_000;
