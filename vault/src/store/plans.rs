//! Plans of approach: a joint document per case, sealed under the case's key. What the bytes mean is nothing to this
//! room; they come and go whole.

mod standing;
mod versions;
pub use standing::PlanStanding;
pub use versions::{Keeping, KeptText, PositionRow, VersionContent, VersionEntry, VersionSection, Versioned};

use super::{
    Written,
    cases::relist,
    changes::{Change, tell},
    notices::{NewNotice, give, give_in_team},
    rows::{Place, json, json_text},
};
use crate::{
    db::{InPlace, Tx, Value},
    error::{VaultError, VaultResult},
    keyring::{DataKey, KeyKind},
    on_db, on_tx,
    outbox::Outbox,
    permit::{Permit, act, of},
    vault::Core,
};
use plein_domain::{
    case::{CaseState, ChangeKind},
    header::CaseHeader,
    ids::*,
    moment::{Moment, random_id},
    notice::NoticeKind,
    plan::{InterventionRow, InterventionStatus, Mention, PlanTemplate, TemplateSection, UnseenMention},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

const STATE: &str = "plans.state";
const BYTES: &str = "plan_updates.bytes";

/// Plans. See the module's documentation.
#[derive(Clone)]
pub struct Plans {
    core: Arc<Core>,
    outbox: Outbox,
    /// Writes an update down that is nothing but text; what else is written with one goes the usual way.
    append: Arc<InPlace>,
}

/// What the writes to one plan share while somebody has it open: the key of its case. Wiped when dropped.
#[derive(Debug, Default)]
pub struct Pen(Option<(CaseId, DataKey)>);

/// How a change to a plan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It is durable.
    Done,
    /// The case is not in the version any more that the permits were given for: nothing was written.
    CaseChanged,
}

/// A plan as the database holds it.
#[derive(Debug, Clone)]
pub struct PlanContent {
    /// The header of its case.
    pub header: CaseHeader,
    /// The document: its last whole state, then the updates since.
    pub updates: Vec<Vec<u8>>,
    /// The last update; the next one is one more.
    pub sequence: i64,
    /// Updates since the last whole state.
    pub since_whole: usize,
    /// Sections that were changed, by whom and when last.
    pub sections: Vec<(String, PersonId, Moment)>,
    /// Whose the numbers are under which text was written.
    pub clients: Vec<(u64, PersonId)>,
    /// Who began it.
    pub begun_by: PersonId,
    /// When.
    pub begun_at: Moment,
    /// How its versions stand.
    pub versioned: Versioned,
}

/// A change to the document, by one or several people at once.
#[derive(Debug, Clone, Default)]
pub struct PlanChange {
    /// Its place: one more than the last.
    pub sequence: i64,
    /// What changed.
    pub update: Vec<u8>,
    /// The sections that it changes, each with who did.
    pub sections: Vec<(String, PersonId)>,
    /// Numbers under which text is written for the first time.
    pub clients: Vec<(u64, PersonId)>,
    /// All interventions, when they are not what they were.
    pub interventions: Option<Vec<InterventionRow>>,
    /// Mentions that are new.
    pub mentioned: Vec<Mention>,
    /// Mentions that are gone, or whose thread is dealt with.
    pub unmentioned: Vec<Mention>,
    /// Now and then the text as it stood before this change: it is kept as a version by itself.
    pub before: Option<KeptText>,
    /// Now and then the document whole, this change included: earlier updates are then folded into it.
    pub whole: Option<Vec<u8>>,
}

/// The row id of an update under its case's key.
fn row(sequence: i64) -> Uuid {
    Uuid::from_u128(u128::from(sequence.unsigned_abs()))
}

/// The sections that an update changes, as its row holds them.
type Changed = Vec<(String, Uuid)>;

impl Plans {
    pub(crate) fn new(core: Arc<Core>, outbox: Outbox) -> Self {
        // The case must stand as it was decided on, and nobody may have folded the plan beyond what this goes on from.
        let append = "INSERT INTO plan_updates (case_id, sequence, bytes, sections, written_at) \
             SELECT p.case_id, $2, $3, $4, $5 FROM plans p JOIN cases c ON c.id = p.case_id \
             WHERE p.case_id = $1 AND p.folded < $2 AND c.version = $6";
        let held = core.content.held("FOR NO KEY UPDATE OF p FOR SHARE OF c");
        let append = Arc::new(InPlace::of(&core.content, &format!("{append} {held}")));
        Self { core, outbox, append }
    }

    /// The newest version of a template. No personal data, so no permit.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn template(&self, code: &str) -> VaultResult<Option<PlanTemplate>> {
        let found: Option<(i64, String, String)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT version, name, sections FROM plan_templates WHERE code = $1 ORDER BY version DESC LIMIT 1",
            )
            .bind(code)
            .fetch_optional(pool)
            .await?
        });
        found
            .map(|(version, name, sections)| {
                let sections: Vec<TemplateSection> = json_text("plan_templates", "sections", code, &sections)?;
                Ok(PlanTemplate { code: code.to_owned(), version, name, sections })
            })
            .transpose()
    }

    /// Begins a plan with this document, made from this template.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn begin(
        &self,
        permit: Permit<act::Lead, of::Plan>,
        template: &PlanTemplate,
        state: &[u8],
    ) -> VaultResult<Written<CaseId>> {
        let (header, spent) = permit.spend();
        let id = header.id;
        let key = self.core.keyring.key(KeyKind::Case, id.0).await?;
        let mut tx = self.core.content.begin().await?;
        let made = on_tx!(&mut tx, |c| {
            sqlx::query(
                "INSERT INTO plans (case_id, template, template_version, begun_by, begun_at, state, folded) \
                 VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (case_id) DO NOTHING",
            )
            .bind(id.0)
            .bind(&template.code)
            .bind(template.version)
            .bind(spent.actor().0)
            .bind(spent.at().0)
            .bind(key.seal((STATE, id.0), state))
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if made == 0 {
            return Ok(Written::Already(id));
        }
        on_tx!(&mut tx, |c| {
            sqlx::query("UPDATE cases SET state = $1, version = version + 1 WHERE id = $2")
                .bind(CaseState::PlanDrafted.code())
                .bind(id.0)
                .execute(&mut *c)
                .await?;
        });
        relist(&mut tx, id).await?;
        tell(&self.core, &mut tx, id, &spent, &[Change::of(ChangeKind::PlanBegun)]).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.core.case_changed();
        self.outbox.flush().await;
        Ok(Written::Done(id))
    }

    /// Reads a plan; nothing when none was begun.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn view(&self, permit: Permit<act::View, of::Plan>) -> VaultResult<Option<PlanContent>> {
        let (header, _) = permit.spend();
        self.current(header).await
    }

    async fn current(&self, header: CaseHeader) -> VaultResult<Option<PlanContent>> {
        loop {
            // State and updates are two reads: when somebody folds in between, both are read again.
            let content = self.read(header.clone()).await?;
            let folded: Option<(i64,)> = on_db!(&self.core.content, |pool| {
                sqlx::query_as("SELECT folded FROM plans WHERE case_id = $1")
                    .bind(header.id.0)
                    .fetch_optional(pool)
                    .await?
            });
            match content {
                Ok(content) if folded == content.as_ref().map(|(_, folded)| (*folded,)) => {
                    return Ok(content.map(|(content, _)| content));
                }
                Ok(_) => {}
                Err((error, at)) if folded == Some((at,)) => return Err(error),
                Err(_) => {}
            }
        }
    }

    /// Reads a plan, and up to which update it was folded then; a gap in the updates may be somebody's folding.
    async fn read(&self, header: CaseHeader) -> VaultResult<Result<Option<(PlanContent, i64)>, (VaultError, i64)>> {
        let id = header.id;
        type Row = (Vec<u8>, i64, Uuid, i64);
        let found: Option<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT state, folded, begun_by, begun_at FROM plans WHERE case_id = $1")
                .bind(id.0)
                .fetch_optional(pool)
                .await?
        });
        let Some((state, folded, begun_by, begun_at)) = found else {
            return Ok(Ok(None));
        };
        let key = self.core.keyring.key(KeyKind::Case, id.0).await?;
        let sections: Vec<(String, Uuid, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT section, changed_by, changed_at FROM plan_sections WHERE case_id = $1")
                .bind(id.0)
                .fetch_all(pool)
                .await?
        });
        let changed = sections.into_iter().map(|(section, by, at)| (section, (PersonId(by), Moment(at))));
        let mut changed: BTreeMap<String, (PersonId, Moment)> = changed.collect();
        let rows: Vec<(i64, Vec<u8>, String, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT sequence, bytes, sections, written_at FROM plan_updates \
                 WHERE case_id = $1 AND sequence > $2 ORDER BY sequence",
            )
            .bind(id.0)
            .bind(folded)
            .fetch_all(pool)
            .await?
        });
        let mut updates = vec![key.open((STATE, id.0), &state)?.to_vec()];
        let mut sequence = folded;
        for (at, cell, sections, written_at) in rows {
            if at != sequence + 1 {
                // An update that is missing would be text that is silently gone.
                return Ok(Err((Place("plan_updates", "sequence", id.0).fault(), folded)));
            }
            updates.push(key.open((BYTES, row(at)), &cell)?.to_vec());
            note(&mut changed, id, &sections, written_at)?;
            sequence = at;
        }
        let clients: Vec<(i64, Uuid)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT client, person FROM plan_clients WHERE case_id = $1")
                .bind(id.0)
                .fetch_all(pool)
                .await?
        });
        let content = PlanContent {
            header,
            since_whole: updates.len() - 1,
            updates,
            sequence,
            sections: changed.into_iter().map(|(section, (by, at))| (section, by, at)).collect(),
            clients: clients.into_iter().map(|(client, person)| (client.unsigned_abs(), PersonId(person))).collect(),
            begun_by: PersonId(begun_by),
            begun_at: Moment(begun_at),
            versioned: self.versioned(id).await?,
        };
        Ok(Ok(Some((content, folded))))
    }

    /// The newest mentions of this person that they have not opened the plan for yet, each thread once, in cases whose
    /// team they are in. Clear columns only, but for the names of staff.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn mentions_of(&self, person: PersonId, limit: i64) -> VaultResult<Vec<(UnseenMention, PersonId)>> {
        type Row = (Uuid, String, Uuid, Uuid, i64);
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT c.id, c.reference, m.thread, m.mentioned_by, m.mentioned_at FROM plan_mentions m \
                 JOIN cases c ON c.id = m.case_id JOIN case_team t ON t.case_id = c.id AND t.person = m.person \
                 WHERE m.person = $1 AND m.seen_at IS NULL AND NOT EXISTS (SELECT 1 FROM plan_mentions n \
                 WHERE n.case_id = m.case_id AND n.thread = m.thread AND n.person = m.person AND n.seen_at IS NULL \
                 AND (n.mentioned_at > m.mentioned_at OR n.mentioned_at = m.mentioned_at AND n.comment > m.comment)) \
                 ORDER BY m.mentioned_at DESC, m.thread LIMIT $2",
            )
            .bind(person.0)
            .bind(limit)
            .fetch_all(pool)
            .await?
        });
        let mention = |(case, reference, thread, by, at): Row| {
            let (case, reference, at) = (CaseId(case), Reference(reference), Moment(at));
            (UnseenMention { case, reference, thread, by: String::new(), at }, PersonId(by))
        };
        Ok(rows.into_iter().map(mention).collect())
    }

    /// Notes that this person opened the plan of this case: their mentions in it wait no longer.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn mentions_seen(&self, case: CaseId, person: PersonId, at: Moment) -> VaultResult<()> {
        // Mostly there are none, and then nobody who writes is kept waiting.
        let waiting: Option<(i64,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT mentioned_at FROM plan_mentions WHERE case_id = $1 AND person = $2 AND seen_at IS NULL LIMIT 1",
            )
            .bind(case.0)
            .bind(person.0)
            .fetch_optional(pool)
            .await?
        });
        if waiting.is_some() {
            on_db!(&self.core.content, |pool| {
                sqlx::query(
                    "UPDATE plan_mentions SET seen_at = $3 \
                     WHERE case_id = $1 AND person = $2 AND seen_at IS NULL AND mentioned_at <= $3",
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

    /// Makes a change durable that everybody with these permits has a part in, if the case still is in the version that
    /// they were given for.
    ///
    /// # Errors
    /// A database is out of reach, or somebody else wrote in between: nothing was written, and the plan must be read
    /// anew.
    pub async fn append(
        &self,
        permits: Vec<Permit<act::Edit, of::Plan>>,
        change: &PlanChange,
        pen: &mut Pen,
    ) -> VaultResult<Appended> {
        let Some(permit) = permits.first() else {
            return Ok(Appended::Done);
        };
        let (id, version, at) = (permit.granted().id, permit.granted().version, permit.at());
        if permits.iter().any(|one| (one.granted().id, one.granted().version) != (id, version)) {
            return Err(VaultError::Broken("permits for one change to a plan that were not given together".into()));
        }
        if pen.0.as_ref().is_none_or(|(case, _)| *case != id) {
            pen.0 = Some((id, self.core.keyring.key(KeyKind::Case, id.0).await?));
        }
        let Some((_, key)) = &pen.0 else {
            return Err(VaultError::Broken("a pen without a key".into()));
        };
        let sealed = key.seal((BYTES, row(change.sequence)), &change.update);
        let sections: Changed = change.sections.iter().map(|(section, by)| (section.clone(), by.0)).collect();
        let sections = Place("plan_updates", "sections", id.0).text(&json(&sections)?)?;
        // The right, and that nobody folded what this update goes on from, are part of the statement that writes.
        let row = [
            Value::Id(id.0),
            Value::Number(change.sequence),
            Value::Bytes(sealed),
            Value::Text(sections),
            Value::Number(at.0),
            Value::Number(version),
        ];
        if change.is_only_text() {
            let written = self.append.execute(&row).await?;
            return if written == 1 { Ok(Appended::Done) } else { self.why_not(id, version).await };
        }
        let mut tx = self.core.content.begin().await?;
        if self.append.execute_in(&mut tx, &row).await? == 0 {
            drop(tx);
            return self.why_not(id, version).await;
        }
        if let Some(kept) = &change.before {
            let version = random_id(&*self.core.entropy);
            let sequence = change.sequence - 1;
            let changed = changed_as_of(&mut tx, id, sequence).await?;
            let new = versions::NewRow { id: version, case: id, sequence, name: "", by: None, changed };
            versions::insert(&mut tx, key, new, kept).await?;
        }
        for (client, person) in &change.clients {
            on_tx!(&mut tx, |c| {
                sqlx::query("INSERT INTO plan_clients (case_id, client, person) VALUES ($1, $2, $3)")
                    .bind(id.0)
                    .bind(i64::try_from(*client).unwrap_or(i64::MAX))
                    .bind(person.0)
                    .execute(&mut *c)
                    .await?;
            });
        }
        if let Some(interventions) = &change.interventions {
            let by = permits.iter().all(|one| one.actor() == permit.actor()).then(|| permit.actor());
            self.assign(&mut tx, id, (at, by), interventions).await?;
            project(&mut tx, id, interventions).await?;
        }
        mention(&self.core, &mut tx, id, at, change).await?;
        if let Some(whole) = &change.whole {
            fold(&mut tx, id, change.sequence, key.seal((STATE, id.0), whole)).await?;
        }
        tx.commit().await?;
        Ok(Appended::Done)
    }

    /// Tells the people of the team who are to carry out an intervention that they were not to carry out before; by nobody in
    /// particular when several people wrote at once.
    async fn assign(
        &self,
        tx: &mut Tx,
        id: CaseId,
        (at, by): (Moment, Option<PersonId>),
        rows: &[InterventionRow],
    ) -> VaultResult<()> {
        let before: Vec<(Uuid, Option<Uuid>)> = on_tx!(&mut *tx, |c| {
            sqlx::query_as("SELECT id, person FROM plan_interventions WHERE case_id = $1")
                .bind(id.0)
                .fetch_all(&mut *c)
                .await?
        });
        let before: BTreeMap<Uuid, Option<Uuid>> = before.into_iter().collect();
        let open =
            |row: &&InterventionRow| matches!(row.status, InterventionStatus::Planned | InterventionStatus::Started);
        // Of an intervention that stands in the plan twice under one id the first one counts, as in the rows themselves.
        let mut seen = BTreeSet::new();
        for row in rows.iter().filter(|row| seen.insert(row.id)).filter(open) {
            let known = before.get(&row.id).copied().flatten();
            if let Some(person) = row.person.filter(|person| Some(person.0) != known) {
                let notice = NewNotice::of_case(NoticeKind::Assigned, id, at, by).part(row.id);
                give_in_team(&self.core, tx, id, person, notice).await?;
            }
        }
        Ok(())
    }

    /// Why an update was not written.
    async fn why_not(&self, id: CaseId, version: i64) -> VaultResult<Appended> {
        match super::headers::case(&self.core.content, id).await? {
            Some(header) if header.version == version => {
                Err(VaultError::Broken("somebody else has folded the plan".into()))
            }
            _ => Ok(Appended::CaseChanged),
        }
    }

    /// Reads the key that a pen holds anew: a key that was destroyed must not go on sealing.
    ///
    /// # Errors
    /// It was destroyed, or the keyring is out of reach.
    pub async fn renew(&self, pen: &mut Pen) -> VaultResult<()> {
        if let Some((id, _)) = pen.0.take() {
            pen.0 = Some((id, self.core.keyring.key(KeyKind::Case, id.0).await?));
        }
        Ok(())
    }

    /// Gets ready for updates that nobody should wait for.
    pub async fn make_ready(&self) {
        self.append.ready().await;
    }

    /// Closes the connection that it keeps to itself.
    pub(crate) async fn close(&self) {
        self.append.close().await;
    }
}

impl PlanChange {
    /// Whether one row holds all of it.
    fn is_only_text(&self) -> bool {
        self.clients.is_empty()
            && self.interventions.is_none()
            && self.mentioned.is_empty()
            && self.unmentioned.is_empty()
            && self.before.is_none()
            && self.whole.is_none()
    }
}

/// Makes these the interventions of the plan, as far as they can be told without words.
async fn project(tx: &mut Tx, id: CaseId, rows: &[InterventionRow]) -> VaultResult<()> {
    on_tx!(tx, |c| {
        sqlx::query("DELETE FROM plan_interventions WHERE case_id = $1").bind(id.0).execute(&mut *c).await?;
    });
    for row in rows {
        on_tx!(tx, |c| {
            // Copied and pasted, an intervention may stand in the plan twice under one id: the first one counts.
            sqlx::query(
                "INSERT INTO plan_interventions (case_id, id, kind, person, due, status) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (case_id, id) DO NOTHING",
            )
            .bind(id.0)
            .bind(row.id)
            .bind(row.kind.code())
            .bind(row.person.map(|person| person.0))
            .bind(row.due.map(|due| due.to_string()))
            .bind(row.status.code())
            .execute(&mut *c)
            .await?;
        });
    }
    Ok(())
}

/// Who changed each section last as of this update, as this transaction sees it.
async fn changed_as_of(tx: &mut Tx, id: CaseId, sequence: i64) -> VaultResult<BTreeMap<String, (PersonId, Moment)>> {
    let folded: Vec<(String, Uuid, i64)> = on_tx!(&mut *tx, |c| {
        sqlx::query_as("SELECT section, changed_by, changed_at FROM plan_sections WHERE case_id = $1")
            .bind(id.0)
            .fetch_all(&mut *c)
            .await?
    });
    let folded = folded.into_iter().map(|(section, by, at)| (section, (PersonId(by), Moment(at))));
    let mut changed = folded.collect();
    note_updates(tx, id, sequence, &mut changed).await?;
    Ok(changed)
}

/// Notes what the updates up to this one changed.
async fn note_updates(
    tx: &mut Tx,
    id: CaseId,
    sequence: i64,
    changed: &mut BTreeMap<String, (PersonId, Moment)>,
) -> VaultResult<()> {
    let rows: Vec<(String, i64)> = on_tx!(&mut *tx, |c| {
        sqlx::query_as(
            "SELECT sections, written_at FROM plan_updates WHERE case_id = $1 AND sequence <= $2 ORDER BY sequence",
        )
        .bind(id.0)
        .bind(sequence)
        .fetch_all(&mut *c)
        .await?
    });
    for (sections, at) in rows {
        note(changed, id, &sections, at)?;
    }
    Ok(())
}

/// Keeps the mentions of people of the team; whoever is not in it now is not mentioned by this.
async fn mention(core: &Core, tx: &mut Tx, id: CaseId, at: Moment, change: &PlanChange) -> VaultResult<()> {
    for gone in &change.unmentioned {
        on_tx!(&mut *tx, |c| {
            sqlx::query(
                "DELETE FROM plan_mentions \
                 WHERE case_id = $1 AND comment = $2 AND person = $3 AND thread = $4 AND mentioned_by = $5",
            )
            .bind(id.0)
            .bind(gone.comment)
            .bind(gone.person.0)
            .bind(gone.thread)
            .bind(gone.by.0)
            .execute(&mut *c)
            .await?;
        });
    }
    for new in &change.mentioned {
        let mentioned = on_tx!(&mut *tx, |c| {
            sqlx::query(
                "INSERT INTO plan_mentions (case_id, thread, comment, person, mentioned_by, mentioned_at) \
                 SELECT t.case_id, $2, $3, t.person, $5, $6 FROM case_team t WHERE t.case_id = $1 AND t.person = $4 \
                 ON CONFLICT (case_id, comment, person) DO NOTHING",
            )
            .bind(id.0)
            .bind(new.thread)
            .bind(new.comment)
            .bind(new.person.0)
            .bind(new.by.0)
            .bind(at.0)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if mentioned > 0 {
            let notice = NewNotice::of_case(NoticeKind::Mentioned, id, at, Some(new.by)).part(new.thread);
            give(core, tx, [new.person], notice).await?;
        }
    }
    Ok(())
}

/// Puts the whole document in the place of the updates up to this one.
async fn fold(tx: &mut Tx, id: CaseId, sequence: i64, state: Vec<u8>) -> VaultResult<()> {
    let mut changed = BTreeMap::new();
    note_updates(tx, id, sequence, &mut changed).await?;
    for (section, (by, at)) in changed {
        on_tx!(&mut *tx, |c| {
            sqlx::query(
                "INSERT INTO plan_sections (case_id, section, changed_by, changed_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (case_id, section) DO UPDATE SET changed_by = $3, changed_at = $4",
            )
            .bind(id.0)
            .bind(section)
            .bind(by.0)
            .bind(at.0)
            .execute(&mut *c)
            .await?;
        });
    }
    on_tx!(tx, |c| {
        sqlx::query("UPDATE plans SET state = $1, folded = $2 WHERE case_id = $3")
            .bind(state)
            .bind(sequence)
            .bind(id.0)
            .execute(&mut *c)
            .await?;
        sqlx::query("DELETE FROM plan_updates WHERE case_id = $1 AND sequence <= $2")
            .bind(id.0)
            .bind(sequence)
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Notes who changed sections last, from the row of an update.
fn note(changed: &mut BTreeMap<String, (PersonId, Moment)>, id: CaseId, sections: &str, at: i64) -> VaultResult<()> {
    let sections: Changed = Place("plan_updates", "sections", id.0).json(sections.as_bytes())?;
    changed.extend(sections.into_iter().map(|(section, by)| (section, (PersonId(by), Moment(at)))));
    Ok(())
}
