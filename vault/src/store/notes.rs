//! Notes on cases: sealed under the case's key. A text is never changed; a change is a next version beside it.

use super::{
    Written,
    changes::{Change, tell},
    rows::Place,
};
use crate::{
    db::Tx,
    error::VaultResult,
    keyring::{DataKey, KeyKind},
    on_db, on_tx,
    outbox::Outbox,
    permit::{Permit, Spent, act, of},
    vault::Core,
};
use plein_domain::{
    case::{ChangeKind, TEXTS_SHOWN},
    ids::*,
    moment::Moment,
};
use std::sync::Arc;
use uuid::Uuid;

const TEXT: &str = "case_note_texts.text";

/// Notes. See the module's documentation.
#[derive(Clone)]
pub struct Notes {
    core: Arc<Core>,
    outbox: Outbox,
}

/// A note as the database holds it.
#[derive(Debug, Clone)]
pub struct NoteContent {
    /// Its identity.
    pub id: NoteId,
    /// Who wrote it.
    pub author: PersonId,
    /// Their department then.
    pub department: DepartmentId,
    /// When.
    pub written_at: Moment,
    /// Its version, from 1.
    pub version: i64,
    /// When that version was written.
    pub text_at: Moment,
    /// When it was withdrawn, if it was.
    pub withdrawn_at: Option<Moment>,
    /// What it says, or said last when it is withdrawn.
    pub text: String,
}

type Row = (Uuid, Uuid, Uuid, i64, i64, Option<i64>, Uuid, i64, Vec<u8>);

fn note(row: Row, key: &DataKey) -> VaultResult<NoteContent> {
    let (id, author, department, written_at, version, withdrawn_at, cell, text_at, text) = row;
    Ok(NoteContent {
        id: NoteId(id),
        author: PersonId(author),
        department: DepartmentId(department),
        written_at: Moment(written_at),
        version,
        text_at: Moment(text_at),
        withdrawn_at: withdrawn_at.map(Moment),
        text: Place("case_note_texts", "text", cell).text(&key.open((TEXT, cell), &text)?)?,
    })
}

/// Notes on a case, newest first. For the stores alone: they have spent a permit.
pub(super) async fn read(core: &Core, case: CaseId, offset: i64, limit: i64) -> VaultResult<Vec<NoteContent>> {
    let rows: Vec<Row> = on_db!(&core.content, |pool| {
        sqlx::query_as(
            "SELECT n.id, n.author, n.department, n.written_at, n.version, n.withdrawn_at, t.id, t.written_at, t.text \
             FROM case_notes n JOIN case_note_texts t ON t.note = n.id AND t.version = n.version \
             WHERE n.case_id = $1 ORDER BY n.written_at DESC, n.id LIMIT $2 OFFSET $3",
        )
        .bind(case.0)
        .bind(limit)
        .bind(offset)
        .fetch_all(pool)
        .await?
    });
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = core.keyring.key(KeyKind::Case, case.0).await?;
    rows.into_iter().map(|row| note(row, &key)).collect()
}

/// How many notes there are on a case.
pub(super) async fn count(core: &Core, case: CaseId) -> VaultResult<i64> {
    let (count,): (i64,) = on_db!(&core.content, |pool| {
        sqlx::query_as("SELECT COUNT(*) FROM case_notes WHERE case_id = $1").bind(case.0).fetch_one(pool).await?
    });
    Ok(count)
}

impl Notes {
    pub(crate) fn new(core: Arc<Core>, outbox: Outbox) -> Self {
        Self { core, outbox }
    }

    /// A page of the notes on a case, newest first.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn page(
        &self,
        permit: Permit<act::View, of::CaseNotes>,
        offset: i64,
        limit: i64,
    ) -> VaultResult<Vec<NoteContent>> {
        let (header, _) = permit.spend();
        read(&self.core, header.id, offset, limit).await
    }

    /// One note, and what it said before it says what it does now: newest first, each with when it was written.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn view(&self, permit: Permit<act::View, of::Note>) -> VaultResult<(NoteContent, Vec<(Moment, String)>)> {
        let (header, _) = permit.spend();
        let key = self.core.keyring.key(KeyKind::Case, header.case.id.0).await?;
        let row: Option<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT n.id, n.author, n.department, n.written_at, n.version, n.withdrawn_at, t.id, t.written_at, \
                 t.text FROM case_notes n JOIN case_note_texts t ON t.note = n.id AND t.version = n.version \
                 WHERE n.id = $1",
            )
            .bind(header.id.0)
            .fetch_optional(pool)
            .await?
        });
        let now = note(Place("case_notes", "version", header.id.0).need(row)?, &key)?;
        let rows: Vec<(Uuid, i64, Vec<u8>)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, written_at, text FROM case_note_texts WHERE note = $1 AND version < $2 \
                 ORDER BY version DESC LIMIT $3",
            )
            .bind(header.id.0)
            .bind(now.version)
            .bind(TEXTS_SHOWN)
            .fetch_all(pool)
            .await?
        });
        let mut earlier = Vec::with_capacity(rows.len());
        for (cell, at, text) in rows {
            let text = Place("case_note_texts", "text", cell).text(&key.open((TEXT, cell), &text)?)?;
            earlier.push((Moment(at), text));
        }
        Ok((now, earlier))
    }

    /// Writes a note under the id that the permit names; a conflict when that is another note's.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn write(&self, permit: Permit<act::Create, of::NewNote>, text: &str) -> VaultResult<Written<()>> {
        let ((header, id), spent) = permit.spend();
        let case = header.id;
        let key = self.core.keyring.key(KeyKind::Case, case.0).await?;
        let mut tx = self.core.content.begin().await?;
        let made = on_tx!(&mut tx, |c| {
            sqlx::query(
                "INSERT INTO case_notes (id, case_id, author, department, written_at, version) \
                 VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (id) DO NOTHING",
            )
            .bind(id.0)
            .bind(case.0)
            .bind(spent.actor().0)
            .bind(spent.payload().department.0)
            .bind(spent.at().0)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if made == 0 {
            let same: Option<(i64,)> = on_tx!(&mut tx, |c| {
                sqlx::query_as("SELECT version FROM case_notes WHERE id = $1 AND case_id = $2 AND author = $3")
                    .bind(id.0)
                    .bind(case.0)
                    .bind(spent.actor().0)
                    .fetch_optional(&mut *c)
                    .await?
            });
            return Ok(if same.is_some() { Written::Already(()) } else { Written::Conflict });
        }
        self.insert_text(&mut tx, &key, id, 1, &spent, text).await?;
        self.finish(tx, case, spent, ChangeKind::NoteWritten).await
    }

    /// Changes a note to this text, or withdraws it when there is none. Stale when it is not in the version `seen`, or was
    /// withdrawn.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn change(
        &self,
        permit: Permit<act::Edit, of::Note>,
        seen: i64,
        text: Option<&str>,
    ) -> VaultResult<Written<()>> {
        let (header, spent) = permit.spend();
        let case = header.case.id;
        let key = self.core.keyring.key(KeyKind::Case, case.0).await?;
        let mut tx = self.core.content.begin().await?;
        let next = if text.is_some() { seen.saturating_add(1) } else { seen };
        let withdrawn = text.is_none().then_some(spent.at().0);
        let changed = on_tx!(&mut tx, |c| {
            sqlx::query(
                "UPDATE case_notes SET version = $1, withdrawn_at = $2 \
                 WHERE id = $3 AND version = $4 AND withdrawn_at IS NULL",
            )
            .bind(next)
            .bind(withdrawn)
            .bind(header.id.0)
            .bind(seen)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if changed == 0 {
            return Ok(Written::Stale);
        }
        if let Some(text) = text {
            self.insert_text(&mut tx, &key, header.id, next, &spent, text).await?;
        }
        let kind = if text.is_some() { ChangeKind::NoteChanged } else { ChangeKind::NoteWithdrawn };
        self.finish(tx, case, spent, kind).await
    }

    async fn insert_text(
        &self,
        tx: &mut Tx,
        key: &DataKey,
        note: NoteId,
        version: i64,
        spent: &Spent,
        text: &str,
    ) -> VaultResult<()> {
        let id = self.core.event().0;
        on_tx!(tx, |c| {
            sqlx::query(
                "INSERT INTO case_note_texts (id, note, version, text, written_at) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(id)
            .bind(note.0)
            .bind(version)
            .bind(key.seal((TEXT, id), text))
            .bind(spent.at().0)
            .execute(&mut *c)
            .await?;
        });
        Ok(())
    }

    async fn finish(&self, mut tx: Tx, case: CaseId, spent: Spent, kind: ChangeKind) -> VaultResult<Written<()>> {
        tell(&self.core, &mut tx, case, &spent, &[Change::of(kind)]).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(Written::Done(()))
    }
}
