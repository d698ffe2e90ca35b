//! Drafts: what is being typed, sealed under the key of the thing it is about.

use super::rows::{Place, json};
use crate::{
    db::Tx,
    error::VaultResult,
    keyring::KeyKind,
    on_db, on_tx,
    permit::{Permit, act, of},
    vault::Core,
};
use plein_domain::{
    draft::{Draft, DraftRow},
    form::{FieldProblem, FormKind, FormValues},
    ids::*,
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

const TYPED: &str = "drafts.typed";

/// Drafts. See the module's documentation.
#[derive(Clone)]
pub struct Drafts {
    core: Arc<Core>,
}

/// What a draft starts with.
#[derive(Debug, Clone)]
pub struct BegunDraft {
    /// The form.
    pub kind: FormKind,
    /// The thing it is about.
    pub object: Uuid,
    /// The part of it, where the form is about a part.
    pub part: Option<Uuid>,
    /// The version on the screen.
    pub base_version: i64,
    /// What stands now.
    pub values: FormValues,
}

/// What is sealed of a draft.
#[derive(Serialize, Deserialize)]
struct Typed {
    values: FormValues,
    problems: Vec<FieldProblem>,
}

/// The kind of key under which a draft of this form is sealed: that of the thing it is about.
fn key_kind(kind: FormKind) -> KeyKind {
    match kind {
        FormKind::NewSignal | FormKind::EditSignal => KeyKind::Signal,
        FormKind::OpenCase | FormKind::LinkSignal | FormKind::UnlinkSignal | FormKind::Team => KeyKind::Case,
    }
}

impl Drafts {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// The unfinished draft of this author, form, object and part.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn unfinished(
        &self,
        author: PersonId,
        kind: FormKind,
        object: Uuid,
        part: Option<Uuid>,
    ) -> VaultResult<Option<DraftId>> {
        let row: Option<(Uuid,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id FROM drafts WHERE author = $1 AND kind = $2 AND object = $3 \
                 AND COALESCE(part, object) = $4 AND finished_at IS NULL ORDER BY saved_at DESC LIMIT 1",
            )
            .bind(author.0)
            .bind(kind.code())
            .bind(object)
            .bind(part.unwrap_or(object))
            .fetch_optional(pool)
            .await?
        });
        Ok(row.map(|(id,)| DraftId(id)))
    }

    /// Begins a draft. What it starts with has been read under a permit of its own.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn begin(&self, author: PersonId, id: DraftId, begun: BegunDraft) -> VaultResult<()> {
        let BegunDraft { kind, object, part, base_version, values } = begun;
        let now = self.core.clock.now();
        self.core.keyring.create(key_kind(kind), object).await?;
        let key = self.core.keyring.key(key_kind(kind), object).await?;
        let typed = key.seal((TYPED, id.0), json(&Typed { values, problems: Vec::new() })?);
        on_db!(&self.core.content, |pool| {
            sqlx::query(
                "INSERT INTO drafts (id, author, kind, object, part, base_version, typed, begun_at, saved_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
            )
            .bind(id.0)
            .bind(author.0)
            .bind(kind.code())
            .bind(object)
            .bind(part)
            .bind(base_version)
            .bind(typed)
            .bind(now.0)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// Reads a draft. Nothing is answered for one that is finished: its words are now those of the thing.
    ///
    /// # Errors
    /// A database is out of reach, or the draft does not open.
    pub async fn view(&self, permit: Permit<act::Edit, of::Draft>) -> VaultResult<Option<Draft>> {
        let (row, _) = permit.spend();
        self.open(row).await
    }

    /// Keeps what was typed; answers nothing when the draft was finished meanwhile.
    ///
    /// # Errors
    /// A database is out of reach; what was kept before still stands.
    pub async fn save(
        &self,
        permit: Permit<act::Edit, of::Draft>,
        values: FormValues,
        problems: Vec<FieldProblem>,
        base_version: Option<i64>,
    ) -> VaultResult<Option<Draft>> {
        let (row, _) = permit.spend();
        let key = self.core.keyring.key(key_kind(row.kind), row.object).await?;
        let typed = key.seal((TYPED, row.id.0), json(&Typed { values, problems })?);
        on_db!(&self.core.content, |pool| {
            sqlx::query(
                "UPDATE drafts SET typed = $1, saved_at = $2, base_version = COALESCE($3, base_version) \
                 WHERE id = $4 AND finished_at IS NULL",
            )
            .bind(typed)
            .bind(self.core.clock.now().0)
            .bind(base_version)
            .bind(row.id.0)
            .execute(pool)
            .await?;
        });
        self.open(row).await
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn discard(&self, permit: Permit<act::Edit, of::Draft>) -> VaultResult<()> {
        let (row, _) = permit.spend();
        on_db!(&self.core.content, |pool| {
            sqlx::query("DELETE FROM drafts WHERE id = $1 AND finished_at IS NULL")
                .bind(row.id.0)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// The unfinished drafts of a person, newest first, without what was typed.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn of(&self, author: PersonId, limit: i64) -> VaultResult<Vec<DraftRow>> {
        let rows: Vec<(Uuid, String, Uuid, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, kind, object, saved_at FROM drafts WHERE author = $1 AND finished_at IS NULL \
                 ORDER BY saved_at DESC, id LIMIT $2",
            )
            .bind(author.0)
            .bind(limit)
            .fetch_all(pool)
            .await?
        });
        rows.into_iter()
            .map(|(id, kind, object, saved_at)| {
                let kind = Place("drafts", "kind", id).need(FormKind::from_code(&kind))?;
                Ok(DraftRow { id: DraftId(id), kind, object, saved_at: Moment(saved_at) })
            })
            .collect()
    }

    async fn open(&self, row: DraftRow) -> VaultResult<Option<Draft>> {
        type Row = (Option<Uuid>, i64, Option<Vec<u8>>, i64, i64);
        let found: Option<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT part, base_version, typed, begun_at, saved_at FROM drafts \
                 WHERE id = $1 AND finished_at IS NULL",
            )
            .bind(row.id.0)
            .fetch_optional(pool)
            .await?
        });
        let Some((part, base_version, Some(cell), begun_at, saved_at)) = found else {
            return Ok(None);
        };
        let key = self.core.keyring.key(key_kind(row.kind), row.object).await?;
        let typed: Typed = Place("drafts", "typed", row.id.0).json(&key.open((TYPED, row.id.0), &cell)?)?;
        Ok(Some(Draft {
            id: row.id,
            kind: row.kind,
            object: row.object,
            part,
            base_version,
            values: typed.values,
            problems: typed.problems,
            begun_at: Moment(begun_at),
            saved_at: Moment(saved_at),
        }))
    }
}

/// Ends a draft within the write that it becomes; whether this was the first time.
pub(super) async fn finish(tx: &mut Tx, id: DraftId, at: Moment) -> VaultResult<bool> {
    let changed = on_tx!(tx, |c| {
        sqlx::query("UPDATE drafts SET finished_at = $1, typed = NULL WHERE id = $2 AND finished_at IS NULL")
            .bind(at.0)
            .bind(id.0)
            .execute(&mut *c)
            .await?
            .rows_affected()
    });
    Ok(changed == 1)
}
