//! Versions of plans: whole states of the text under the case's key, and what the departments said of them.

use super::*;
use crate::{db::Tx, keyring::DataKey, permit::Spent, store::rows::json};
use plein_domain::{
    header::VersionHeader,
    ledger::Line,
    people::{Person, Role},
    version::*,
};
use serde::{Deserialize, Serialize};

const HEAD: &str = "plan_versions.head";
const TEXT: &str = "plan_versions.text";
const DISSENT: &str = "plan_positions.dissent";

/// The departments of a case's team that said nothing of a version.
pub(super) const SILENT: &str = "SELECT DISTINCT p.department FROM case_team t JOIN people p ON p.id = t.person \
     WHERE t.case_id = $1 AND p.department NOT IN (SELECT department FROM plan_positions WHERE version = $2)";

/// A state of the text, to be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptText {
    /// The whole document.
    pub text: Vec<u8>,
    /// The code and title of each section.
    pub titles: Vec<(String, String)>,
}

/// A section as a version has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionSection {
    /// Its code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who had changed it last, and when.
    pub changed: Option<(PersonId, Moment)>,
}

/// What stands sealed beside a version's text.
#[derive(Serialize, Deserialize)]
struct Head {
    name: String,
    sections: Vec<VersionSection>,
}

/// A version without its text.
#[derive(Debug, Clone)]
pub struct VersionEntry {
    /// Its id and number.
    pub header: VersionHeader,
    /// Why it was kept.
    pub kind: VersionKind,
    /// Where it is on the way to being adopted.
    pub state: VersionState,
    /// The last update that is in it.
    pub sequence: i64,
    /// When the text was as it is kept.
    pub at: Moment,
    /// Who kept it.
    pub kept_by: Option<PersonId>,
    /// Who put it before the departments, and when.
    pub proposed: Option<(PersonId, Moment)>,
    /// Who adopted it, and when.
    pub adopted: Option<(PersonId, Moment)>,
    /// How often departments said something of it.
    pub said: i64,
    /// Its name; empty when it was kept by itself.
    pub name: String,
    /// Its sections.
    pub sections: Vec<VersionSection>,
}

/// What a department said.
#[derive(Debug, Clone)]
pub struct PositionRow {
    /// The department.
    pub department: DepartmentId,
    /// What it said.
    pub stance: Stance,
    /// Why it does not agree.
    pub dissent: String,
    /// Who said it; nobody when it said nothing.
    pub by: Option<PersonId>,
    /// When.
    pub at: Moment,
}

/// A version with its text.
#[derive(Debug, Clone)]
pub struct VersionContent {
    /// All but the text.
    pub entry: VersionEntry,
    /// The whole document.
    pub text: Vec<u8>,
    /// What the departments said.
    pub positions: Vec<PositionRow>,
}

/// How the versions of a plan stand, in clear columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Versioned {
    /// When the text of the newest version was last changed.
    pub newest: Option<Moment>,
    /// The version adopted last: its number, when that was, and when its text was last changed.
    pub adopted: Option<(i64, Moment, Moment)>,
    /// The version that is before the departments now.
    pub proposed: Option<i64>,
}

/// How keeping a version ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// It is kept, now or by the same form before, under this number.
    Kept(i64),
    /// No plan was begun, or the id is that of something else.
    Nothing,
    /// As many are kept under a name as may be.
    Full,
    /// The case has changed since it was decided that this may be.
    Moved,
}

/// A version as it stands in its row.
#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    number: i64,
    kind: String,
    state: String,
    sequence: i64,
    at: i64,
    said: i64,
    kept_by: Option<Uuid>,
    proposed_by: Option<Uuid>,
    proposed_at: Option<i64>,
    adopted_by: Option<Uuid>,
    adopted_at: Option<i64>,
    head: Vec<u8>,
}

fn entry(row: Row, key: &DataKey) -> VaultResult<VersionEntry> {
    let Row { id, number, kind, state, sequence, at, said, kept_by, head, .. } = row;
    let at_place = |column| Place("plan_versions", column, id);
    let head: Head = at_place("head").json(&key.open((HEAD, id), &head)?)?;
    let person_at = |by: Option<Uuid>, at: Option<i64>| by.map(PersonId).zip(at.map(Moment));
    Ok(VersionEntry {
        header: VersionHeader { id: VersionId(id), number },
        kind: at_place("kind").need(VersionKind::from_code(&kind))?,
        state: at_place("state").need(VersionState::from_code(&state))?,
        sequence,
        at: Moment(at),
        kept_by: kept_by.map(PersonId),
        proposed: person_at(row.proposed_by, row.proposed_at),
        adopted: person_at(row.adopted_by, row.adopted_at),
        said,
        name: head.name,
        sections: head.sections,
    })
}

/// The row of a dissent under its case's key: of its version and department together.
fn dissent_row(version: VersionId, department: DepartmentId) -> Uuid {
    Uuid::from_u128(version.0.as_u128() ^ department.0.as_u128())
}

impl Plans {
    /// All versions of a plan, newest first, and when the text as it stands was last changed; nothing when no plan was begun.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn versions(
        &self,
        permit: Permit<act::View, of::Plan>,
    ) -> VaultResult<Option<(Vec<VersionEntry>, Option<Moment>)>> {
        let (header, _) = permit.spend();
        let Some(changed_at) = self.changed_at(header.id).await? else {
            return Ok(None);
        };
        Ok(Some((self.entries(header.id).await?, changed_at)))
    }

    /// These versions with their texts, and all versions without, newest first.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn view_versions(
        &self,
        permit: Permit<act::View, of::PlanVersions>,
    ) -> VaultResult<(Vec<VersionContent>, Vec<VersionEntry>)> {
        let ((header, versions), _) = permit.spend();
        self.texts(header.id, &versions).await
    }

    /// These versions, and the plan as it stands beside them.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn versions_and_plan(
        &self,
        permit: Permit<act::View, of::PlanVersions>,
    ) -> VaultResult<(Vec<VersionContent>, Vec<VersionEntry>, Option<PlanContent>)> {
        let ((header, versions), _) = permit.spend();
        let (contents, entries) = self.texts(header.id, &versions).await?;
        Ok((contents, entries, self.current(header).await?))
    }

    async fn texts(
        &self,
        case: CaseId,
        versions: &[VersionHeader],
    ) -> VaultResult<(Vec<VersionContent>, Vec<VersionEntry>)> {
        let entries = self.entries(case).await?;
        let key = self.core.keyring.key(KeyKind::Case, case.0).await?;
        let mut contents = Vec::with_capacity(versions.len());
        for version in versions {
            let place = Place("plan_versions", "text", version.id.0);
            let found: Option<(Vec<u8>,)> = on_db!(&self.core.content, |pool| {
                sqlx::query_as("SELECT text FROM plan_versions WHERE id = $1")
                    .bind(version.id.0)
                    .fetch_optional(pool)
                    .await?
            });
            let (text,) = place.need(found)?;
            let entry = place.need(entries.iter().find(|entry| entry.header.id == version.id).cloned())?;
            contents.push(VersionContent {
                entry,
                text: key.open((TEXT, version.id.0), &text)?.to_vec(),
                positions: self.positions(&key, version.id).await?,
            });
        }
        Ok((contents, entries))
    }

    async fn entries(&self, case: CaseId) -> VaultResult<Vec<VersionEntry>> {
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, number, kind, state, sequence, at, said, kept_by, proposed_by, proposed_at, adopted_by, \
                 adopted_at, head FROM plan_versions WHERE case_id = $1 ORDER BY number DESC",
            )
            .bind(case.0)
            .fetch_all(pool)
            .await?
        });
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let key = self.core.keyring.key(KeyKind::Case, case.0).await?;
        rows.into_iter().map(|row| entry(row, &key)).collect()
    }

    async fn positions(&self, key: &DataKey, version: VersionId) -> VaultResult<Vec<PositionRow>> {
        let rows: Vec<SaidRow> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT department, stance, given_by, given_at, dissent FROM plan_positions WHERE version = $1",
            )
            .bind(version.0)
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(|row| position(key, version, row)).collect()
    }

    /// When the text of a plan was last changed, if it ever was; nothing when none was begun. Clear columns only.
    async fn changed_at(&self, case: CaseId) -> VaultResult<Option<Option<Moment>>> {
        let found: Option<(Option<i64>, Option<i64>)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT (SELECT MAX(changed_at) FROM plan_sections WHERE case_id = $1), \
                 (SELECT MAX(written_at) FROM plan_updates WHERE case_id = $1 AND sections <> '[]') \
                 FROM plans WHERE case_id = $1",
            )
            .bind(case.0)
            .fetch_optional(pool)
            .await?
        });
        Ok(found.map(|(folded, since)| folded.max(since).map(Moment)))
    }

    /// How the versions of a plan stand. Clear columns only.
    pub(super) async fn versioned(&self, case: CaseId) -> VaultResult<Versioned> {
        type Row = (i64, String, i64, Option<i64>);
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT number, state, at, adopted_at FROM plan_versions WHERE case_id = $1 ORDER BY number DESC",
            )
            .bind(case.0)
            .fetch_all(pool)
            .await?
        });
        let number_in = |state: VersionState| rows.iter().find(|row| row.1 == state.code());
        let adopted = rows.iter().filter(|row| row.1 == VersionState::Adopted.code()).max_by_key(|row| row.3);
        Ok(Versioned {
            newest: rows.first().map(|row| Moment(row.2)),
            adopted: adopted.map(|row| (row.0, Moment(row.3.unwrap_or(row.2)), Moment(row.2))),
            proposed: number_in(VersionState::Proposed).map(|row| row.0),
        })
    }

    /// Keeps the plan as it stands under this name; `whole` makes one document of what the database holds.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn keep(
        &self,
        permit: Permit<act::Create, of::NewVersion>,
        name: &str,
        whole: impl Fn(&PlanContent) -> VaultResult<KeptText> + Send,
    ) -> VaultResult<Keeping> {
        let ((header, version), spent) = permit.spend();
        let case = header.id;
        let Some(content) = self.current(header.clone()).await? else {
            return Ok(Keeping::Nothing);
        };
        let kept = whole(&content)?;
        let key = self.core.keyring.key(KeyKind::Case, case.0).await?;
        let mut tx = self.core.content.begin().await?;
        hold(&mut tx, case).await?;
        if let Some((of, number)) = row_of(&mut tx, version).await? {
            return Ok(if of == case { Keeping::Kept(number) } else { Keeping::Nothing });
        }
        if !self.stands(&mut tx, &header).await? {
            return Ok(Keeping::Moved);
        }
        if named(&mut tx, case).await? >= NAMED_KEPT {
            return Ok(Keeping::Full);
        }
        let changed = content.sections.into_iter().map(|(section, by, at)| (section, (by, at))).collect();
        let new = NewRow { id: version, case, sequence: content.sequence, name, by: Some(spent.actor()), changed };
        let number = insert(&mut tx, &key, new, &kept).await?;
        tell(&self.core, &mut tx, case, &spent, &[Change::version(ChangeKind::VersionKept, number)]).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.finish(tx, &line).await?;
        Ok(Keeping::Kept(number))
    }

    /// Removes versions that were never put before the departments.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn remove(&self, permit: Permit<act::Lead, of::PlanVersions>) -> VaultResult<VersionAct> {
        let ((header, versions), spent) = permit.spend();
        let mut tx = self.core.content.begin().await?;
        hold(&mut tx, header.id).await?;
        if !self.stands(&mut tx, &header).await? {
            return Ok(VersionAct::Changed);
        }
        for version in &versions {
            let gone = on_tx!(&mut tx, |c| {
                sqlx::query("DELETE FROM plan_versions WHERE id = $1 AND state = 'kept'")
                    .bind(version.id.0)
                    .execute(&mut *c)
                    .await?
                    .rows_affected()
            });
            if gone == 0 {
                return Ok(VersionAct::TooLate);
            }
        }
        self.tell_of(&mut tx, (&header, &versions), &spent, ChangeKind::VersionRemoved).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.finish(tx, &line).await?;
        Ok(VersionAct::Done)
    }

    /// Puts a version before the departments, in the place of one that is before them. One that was replaced comes back
    /// with what was said of it: its text is the same.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn propose(&self, permit: Permit<act::Lead, of::PlanVersions>) -> VaultResult<VersionAct> {
        let ((header, versions), spent) = permit.spend();
        let mut tx = self.core.content.begin().await?;
        hold(&mut tx, header.id).await?;
        if all_are(&mut tx, &versions, VersionState::Proposed).await? {
            return Ok(VersionAct::Done);
        }
        if !self.stands(&mut tx, &header).await? {
            return Ok(VersionAct::Changed);
        }
        on_tx!(&mut tx, |c| {
            sqlx::query("UPDATE plan_versions SET state = 'superseded' WHERE case_id = $1 AND state = 'proposed'")
                .bind(header.id.0)
                .execute(&mut *c)
                .await?;
        });
        for version in &versions {
            let made = on_tx!(&mut tx, |c| {
                sqlx::query(
                    "UPDATE plan_versions SET state = 'proposed', proposed_by = $1, proposed_at = $2 \
                     WHERE id = $3 AND state IN ('kept', 'superseded')",
                )
                .bind(spent.actor().0)
                .bind(spent.at().0)
                .bind(version.id.0)
                .execute(&mut *c)
                .await?
                .rows_affected()
            });
            if made == 0 {
                return Ok(VersionAct::TooLate);
            }
        }
        self.tell_of(&mut tx, (&header, &versions), &spent, ChangeKind::VersionProposed).await?;
        for version in &versions {
            let notice = NewNotice::of_case(NoticeKind::Proposed, header.id, spent.at(), Some(spent.actor()));
            give(&self.core, &mut tx, header.team.iter().copied(), notice.version(version.number)).await?;
        }
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.finish(tx, &line).await?;
        Ok(VersionAct::Done)
    }

    /// Says what the department of whoever has the permit thinks of a version, in the place of the answer that they saw;
    /// changed when another of the department answered meanwhile.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open; nothing was written.
    pub async fn answer(
        &self,
        permit: Permit<act::Edit, of::PlanVersions>,
        answer: &DepartmentAnswer,
    ) -> VaultResult<VersionAct> {
        let ((header, versions), spent) = permit.spend();
        let key = self.core.keyring.key(KeyKind::Case, header.id.0).await?;
        let department = spent.payload().department;
        let mut tx = self.core.content.begin().await?;
        hold(&mut tx, header.id).await?;
        for version in &versions {
            if !is_in(&mut tx, version.id, VersionState::Proposed).await? {
                return Ok(VersionAct::TooLate);
            }
            if !self.stands(&mut tx, &header).await? {
                return Ok(VersionAct::Changed);
            }
            let before = said_by(&mut tx, &key, version.id, department).await?;
            let same = |one: &PositionRow| {
                (one.stance, &*one.dissent, one.by) == (answer.stance, &*answer.dissent, Some(spent.actor()))
            };
            if before.as_ref().is_some_and(same) {
                return Ok(VersionAct::Done);
            }
            if before.map(|one| one.at) != answer.instead_of {
                return Ok(VersionAct::Changed);
            }
            let position = (answer.stance, Some(spent.actor()), spent.at());
            say(&mut tx, &key, (version.id, department), position, &answer.dissent).await?;
        }
        self.tell_of(&mut tx, (&header, &versions), &spent, ChangeKind::Answered).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.finish(tx, &line).await?;
        Ok(VersionAct::Done)
    }

    /// Adopts a version that is before the departments, as it was seen; what they said is frozen with it, also who said
    /// nothing. Unanswered when departments of the team said nothing and it is not to be adopted `without` them.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn adopt(
        &self,
        permit: Permit<act::Lead, of::PlanVersions>,
        seen: Option<Seen>,
        without: bool,
    ) -> VaultResult<VersionAct> {
        let ((header, versions), spent) = permit.spend();
        let key = self.core.keyring.key(KeyKind::Case, header.id.0).await?;
        let mut tx = self.core.content.begin().await?;
        hold(&mut tx, header.id).await?;
        if all_are(&mut tx, &versions, VersionState::Adopted).await? {
            return Ok(VersionAct::Done);
        }
        for version in &versions {
            if !is_in(&mut tx, version.id, VersionState::Proposed).await? {
                return Ok(VersionAct::TooLate);
            }
            let (said,): (i64,) = on_tx!(&mut tx, |c| {
                sqlx::query_as("SELECT said FROM plan_versions WHERE id = $1")
                    .bind(version.id.0)
                    .fetch_one(&mut *c)
                    .await?
            });
            if seen != Some(Seen { case: header.version, said }) || !self.stands(&mut tx, &header).await? {
                return Ok(VersionAct::Changed);
            }
            let silent: Vec<(Uuid,)> = on_tx!(&mut tx, |c| {
                sqlx::query_as(SILENT).bind(header.id.0).bind(version.id.0).fetch_all(&mut *c).await?
            });
            if !silent.is_empty() && !without {
                return Ok(VersionAct::Unanswered);
            }
            for (department,) in silent {
                let position = (Stance::Silent, None, spent.at());
                say(&mut tx, &key, (version.id, DepartmentId(department)), position, "").await?;
            }
            on_tx!(&mut tx, |c| {
                sqlx::query(
                    "UPDATE plan_versions SET state = 'adopted', adopted_by = $1, adopted_at = $2 WHERE id = $3",
                )
                .bind(spent.actor().0)
                .bind(spent.at().0)
                .bind(version.id.0)
                .execute(&mut *c)
                .await?;
            });
        }
        on_tx!(&mut tx, |c| {
            sqlx::query("UPDATE cases SET state = $1, version = version + 1 WHERE id = $2 AND state = $3")
                .bind(CaseState::Adopted.code())
                .bind(header.id.0)
                .bind(CaseState::PlanDrafted.code())
                .execute(&mut *c)
                .await?;
        });
        relist(&mut tx, header.id).await?;
        self.tell_of(&mut tx, (&header, &versions), &spent, ChangeKind::VersionAdopted).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.finish(tx, &line).await?;
        self.core.case_changed();
        Ok(VersionAct::Done)
    }

    /// Versions that wait for this person: for the answer of their department, or, when all departments of the team have
    /// answered, for adoption by them as coordinator. Clear columns only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn waiting_for(&self, person: &Person, limit: usize) -> VaultResult<Vec<WaitingVersion>> {
        if !person.is(Role::Member) && !person.is(Role::Coordinator) {
            return Ok(Vec::new());
        }
        type Row = (Uuid, String, i64, Option<i64>, i64, i64, i64);
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT c.id, c.reference, v.number, v.proposed_at, \
                 (SELECT COUNT(*) FROM plan_positions p WHERE p.version = v.id AND p.department = $2), \
                 (SELECT COUNT(DISTINCT d.department) FROM case_team m JOIN people d ON d.id = m.person \
                  WHERE m.case_id = c.id AND d.department NOT IN \
                  (SELECT department FROM plan_positions p WHERE p.version = v.id)), \
                 (SELECT COUNT(*) FROM cases l WHERE l.id = c.id AND l.coordinator = $1) \
                 FROM plan_versions v JOIN cases c ON c.id = v.case_id \
                 JOIN case_team t ON t.case_id = c.id AND t.person = $1 \
                 WHERE v.state = 'proposed' ORDER BY v.proposed_at, c.reference",
            )
            .bind(person.id.0)
            .bind(person.department.id.0)
            .fetch_all(pool)
            .await?
        });
        let waits = rows.into_iter().filter_map(|(case, reference, number, since, answered, silent, leads)| {
            let for_answer = answered == 0;
            (for_answer || (leads > 0 && silent == 0)).then(|| WaitingVersion {
                case: CaseId(case),
                reference: Reference(reference),
                number,
                since: Moment(since.unwrap_or_default()),
                for_answer,
            })
        });
        Ok(waits.take(limit).collect())
    }

    async fn tell_of(
        &self,
        tx: &mut Tx,
        (header, versions): (&CaseHeader, &[VersionHeader]),
        spent: &Spent,
        kind: ChangeKind,
    ) -> VaultResult<()> {
        let told: Vec<Change<'_>> = versions.iter().map(|version| Change::version(kind, version.number)).collect();
        tell(&self.core, tx, header.id, spent, &told).await
    }

    /// Whether the case is as it was when it was decided that this may be; it stays so until the commit.
    async fn stands(&self, tx: &mut Tx, header: &CaseHeader) -> VaultResult<bool> {
        let statement = format!("SELECT version FROM cases WHERE id = $1 {}", self.core.content.held("FOR SHARE"));
        let found: Option<(i64,)> = on_tx!(tx, |c| {
            sqlx::query_as(sqlx::AssertSqlSafe(statement)).bind(header.id.0).fetch_optional(&mut *c).await?
        });
        Ok(found == Some((header.version,)))
    }

    async fn finish(&self, mut tx: Tx, line: &Line) -> VaultResult<()> {
        self.outbox.put(&mut tx, line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(())
    }
}

/// Holds the plan: what is numbered or decided under it happens one after another.
async fn hold(tx: &mut Tx, case: CaseId) -> VaultResult<()> {
    on_tx!(tx, |c| {
        sqlx::query("UPDATE plans SET folded = folded WHERE case_id = $1").bind(case.0).execute(&mut *c).await?;
    });
    Ok(())
}

/// Whether these versions have come to this state already, by a second click or another window.
async fn all_are(tx: &mut Tx, versions: &[VersionHeader], state: VersionState) -> VaultResult<bool> {
    for version in versions {
        if !is_in(tx, version.id, state).await? {
            return Ok(false);
        }
    }
    Ok(!versions.is_empty())
}

async fn is_in(tx: &mut Tx, version: VersionId, state: VersionState) -> VaultResult<bool> {
    let found: Option<(String,)> = on_tx!(tx, |c| {
        sqlx::query_as("SELECT state FROM plan_versions WHERE id = $1").bind(version.0).fetch_optional(&mut *c).await?
    });
    Ok(found.is_some_and(|(found,)| found == state.code()))
}

type SaidRow = (Uuid, String, Option<Uuid>, i64, Vec<u8>);

fn position(
    key: &DataKey,
    version: VersionId,
    (department, stance, by, at, dissent): SaidRow,
) -> VaultResult<PositionRow> {
    let department = DepartmentId(department);
    let at_place = |column| Place("plan_positions", column, version.0);
    let dissent = key.open((DISSENT, dissent_row(version, department)), &dissent)?;
    Ok(PositionRow {
        department,
        stance: at_place("stance").need(Stance::from_code(&stance))?,
        dissent: at_place("dissent").text(&dissent)?,
        by: by.map(PersonId),
        at: Moment(at),
    })
}

async fn said_by(
    tx: &mut Tx,
    key: &DataKey,
    version: VersionId,
    department: DepartmentId,
) -> VaultResult<Option<PositionRow>> {
    let found: Option<SaidRow> = on_tx!(tx, |c| {
        sqlx::query_as(
            "SELECT department, stance, given_by, given_at, dissent FROM plan_positions \
             WHERE version = $1 AND department = $2",
        )
        .bind(version.0)
        .bind(department.0)
        .fetch_optional(&mut *c)
        .await?
    });
    found.map(|row| position(key, version, row)).transpose()
}

/// The case and number of the version with this id.
async fn row_of(tx: &mut Tx, version: VersionId) -> VaultResult<Option<(CaseId, i64)>> {
    let found: Option<(Uuid, i64)> = on_tx!(tx, |c| {
        sqlx::query_as("SELECT case_id, number FROM plan_versions WHERE id = $1")
            .bind(version.0)
            .fetch_optional(&mut *c)
            .await?
    });
    Ok(found.map(|(case, number)| (CaseId(case), number)))
}

/// How many versions are kept under a name and were never put before the departments.
async fn named(tx: &mut Tx, case: CaseId) -> VaultResult<i64> {
    let (count,): (i64,) = on_tx!(tx, |c| {
        sqlx::query_as("SELECT COUNT(*) FROM plan_versions WHERE case_id = $1 AND kind = 'named' AND state = 'kept'")
            .bind(case.0)
            .fetch_one(&mut *c)
            .await?
    });
    Ok(count)
}

/// Writes down what a department says, in the place of what it said before.
async fn say(
    tx: &mut Tx,
    key: &DataKey,
    (version, department): (VersionId, DepartmentId),
    (stance, by, at): (Stance, Option<PersonId>, Moment),
    dissent: &str,
) -> VaultResult<()> {
    on_tx!(tx, |c| {
        sqlx::query(
            "INSERT INTO plan_positions (version, department, stance, given_by, given_at, dissent) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (version, department) DO UPDATE \
             SET stance = $3, given_by = $4, given_at = $5, dissent = $6",
        )
        .bind(version.0)
        .bind(department.0)
        .bind(stance.code())
        .bind(by.map(|by| by.0))
        .bind(at.0)
        .bind(key.seal((DISSENT, dissent_row(version, department)), dissent))
        .execute(&mut *c)
        .await?;
        sqlx::query("UPDATE plan_versions SET said = said + 1 WHERE id = $1").bind(version.0).execute(&mut *c).await?;
    });
    Ok(())
}

/// A version to be written down.
pub(super) struct NewRow<'a> {
    pub id: VersionId,
    pub case: CaseId,
    /// The last update in it.
    pub sequence: i64,
    pub name: &'a str,
    /// Who keeps it; nobody when it is kept by itself.
    pub by: Option<PersonId>,
    /// Who had changed each section last by then.
    pub changed: BTreeMap<String, (PersonId, Moment)>,
}

/// Writes a version down, and answers its number. The plan must be held. Of those
/// that were kept by themselves only the newest stay.
pub(super) async fn insert(tx: &mut Tx, key: &DataKey, new: NewRow<'_>, kept: &KeptText) -> VaultResult<i64> {
    let case = new.case.0;
    let changed = &new.changed;
    let (begun_at, number): (i64, i64) = on_tx!(&mut *tx, |c| {
        sqlx::query_as(
            "SELECT begun_at, (SELECT COALESCE(MAX(number), 0) + 1 FROM plan_versions WHERE case_id = $1) \
             FROM plans WHERE case_id = $1",
        )
        .bind(case)
        .fetch_one(&mut *c)
        .await?
    });
    let section = |(id, title): &(String, String)| VersionSection {
        id: id.clone(),
        title: title.clone(),
        changed: changed.get(id).copied(),
    };
    let head = Head { name: new.name.to_owned(), sections: kept.titles.iter().map(section).collect() };
    let at = changed.values().map(|(_, at)| *at).max().unwrap_or(Moment(begun_at));
    let kind = if new.by.is_some() { VersionKind::Named } else { VersionKind::Automatic };
    on_tx!(&mut *tx, |c| {
        sqlx::query(
            "INSERT INTO plan_versions (id, case_id, number, kind, state, sequence, at, kept_by, head, text) \
             VALUES ($1, $2, $3, $4, 'kept', $5, $6, $7, $8, $9)",
        )
        .bind(new.id.0)
        .bind(case)
        .bind(number)
        .bind(kind.code())
        .bind(new.sequence)
        .bind(at.0)
        .bind(new.by.map(|by| by.0))
        .bind(key.seal((HEAD, new.id.0), json(&head)?))
        .bind(key.seal((TEXT, new.id.0), &kept.text))
        .execute(&mut *c)
        .await?;
        sqlx::query(
            "DELETE FROM plan_versions WHERE case_id = $1 AND kind = 'automatic' AND state = 'kept' AND number <= \
             (SELECT number FROM plan_versions WHERE case_id = $1 AND kind = 'automatic' AND state = 'kept' \
              ORDER BY number DESC LIMIT 1 OFFSET $2)",
        )
        .bind(case)
        .bind(AUTOMATIC_KEPT)
        .execute(&mut *c)
        .await?;
    });
    Ok(number)
}
