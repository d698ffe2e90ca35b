//! Drafts: what is being typed, sealed under the key of the thing it is about.

use super::{
    Written,
    rows::{Place, json},
    sweep,
};
use crate::{
    db::Tx,
    error::VaultResult,
    keyring::KeyKind,
    on_db, on_tx,
    permit::{Permit, act, of},
    vault::Core,
};
use plein_domain::{
    draft::{Aside, Draft, DraftRow, Window},
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
    #[serde(default)]
    aside: Vec<Aside>,
}

/// How many windows' words are kept apart at most; more windows on one draft are one person's forgotten tabs.
const ASIDE_MOST: usize = 4;

/// What became of what was typed.
#[derive(Debug, Clone)]
pub enum Kept {
    /// It stands, or something that this window sent later.
    As(Draft),
    /// Another window had saved: it is kept apart, for the author to choose.
    Apart,
    /// The draft had been finished or thrown away; nothing was kept.
    Finished,
}

/// A draft as its author looked at it before sending: the revision that was on the screen; none for whatever stands.
#[derive(Debug, Clone, Copy)]
pub struct Looked {
    /// The draft.
    pub draft: DraftId,
    /// What was looked at.
    pub revision: Option<i64>,
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
        let mark = sweep::mark(&self.core, key_kind(kind), object).await?;
        self.core.keyring.create(key_kind(kind), object).await?;
        let key = self.core.keyring.key(key_kind(kind), object).await?;
        let typed = key.seal((TYPED, id.0), json(&Typed { values, problems: Vec::new(), aside: Vec::new() })?);
        let mut tx = self.core.content.begin().await?;
        on_tx!(&mut tx, |c| {
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
            .execute(&mut *c)
            .await?;
        });
        mark.gone_within(&mut tx).await?;
        Ok(tx.commit().await?)
    }

    /// Reads a draft. Nothing is answered for one that is finished: its words are now those of the thing.
    ///
    /// # Errors
    /// A database is out of reach, or the draft does not open.
    pub async fn view(&self, permit: Permit<act::Edit, of::Draft>) -> VaultResult<Option<Draft>> {
        let (row, _) = permit.spend();
        self.open(&row).await
    }

    /// Keeps what was typed in a window; without a window, whatever stands is replaced. Other words of another window
    /// are never overwritten: then these are kept apart.
    ///
    /// # Errors
    /// A database is out of reach; what was kept before still stands.
    pub async fn save(
        &self,
        permit: Permit<act::Edit, of::Draft>,
        window: Option<Window>,
        values: FormValues,
    ) -> VaultResult<Kept> {
        let (row, _) = permit.spend();
        loop {
            let Some(mut draft) = self.open(&row).await? else {
                return Ok(Kept::Finished);
            };
            let now = self.core.clock.now();
            let (saved_in, turn) = self.last(row.id).await?;
            let mut kept_apart = false;
            let (mut next_in, mut next_turn) = (saved_in, turn);
            match window {
                Some(window) if saved_in == Some(window.id) && window.turn < turn => {
                    // Overtaken on its way by something this window sent later.
                    return Ok(Kept::As(draft));
                }
                Some(window)
                    if saved_in != Some(window.id) && window.revision != draft.revision && values != draft.values =>
                {
                    draft.aside.retain(|aside| aside.window != window.id);
                    draft.aside.push(Aside { window: window.id, values: values.clone(), at: now });
                    let spare = draft.aside.len().saturating_sub(ASIDE_MOST);
                    draft.aside.drain(..spare);
                    kept_apart = true;
                }
                _ => {
                    draft.values.clone_from(&values);
                    draft.problems.clear();
                    if let Some(window) = window {
                        draft.aside.retain(|aside| aside.window != window.id);
                    }
                    (next_in, next_turn) = window.map_or((None, 0), |window| (Some(window.id), window.turn));
                }
            }
            if self.write(&row, &mut draft, next_in, next_turn, now).await? {
                return Ok(if kept_apart { Kept::Apart } else { Kept::As(draft) });
            }
        }
    }

    /// Changes a draft as it was looked at: its values, what is wrong with them, the version they start from. Answers
    /// nothing when the draft is finished, and the draft as it stands when it was changed since.
    ///
    /// # Errors
    /// A database is out of reach; what was kept before still stands.
    pub async fn change(&self, permit: Permit<act::Edit, of::Draft>, mut draft: Draft) -> VaultResult<Option<Draft>> {
        let (row, _) = permit.spend();
        let (saved_in, turn) = self.last(row.id).await?;
        let saved_at = draft.saved_at;
        if self.write(&row, &mut draft, saved_in, turn, saved_at).await? {
            return Ok(Some(draft));
        }
        self.open(&row).await
    }

    /// Which window saved last, and which of its savings that was.
    async fn last(&self, id: DraftId) -> VaultResult<(Option<Uuid>, i64)> {
        let found: Option<(Option<Uuid>, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT saved_in, turn FROM drafts WHERE id = $1").bind(id.0).fetch_optional(pool).await?
        });
        Ok(found.unwrap_or((None, 0)))
    }

    /// Writes the draft over the revision it was read with; whether that still stood.
    async fn write(
        &self,
        row: &DraftRow,
        draft: &mut Draft,
        saved_in: Option<Uuid>,
        turn: i64,
        at: Moment,
    ) -> VaultResult<bool> {
        let key = self.core.keyring.key(key_kind(row.kind), row.object).await?;
        let typed =
            Typed { values: draft.values.clone(), problems: draft.problems.clone(), aside: draft.aside.clone() };
        let typed = key.seal((TYPED, row.id.0), json(&typed)?);
        let changed = on_db!(&self.core.content, |pool| {
            sqlx::query(
                "UPDATE drafts SET typed = $1, saved_at = $2, base_version = $3, revision = revision + 1, \
                 saved_in = $4, turn = $5 WHERE id = $6 AND revision = $7 AND finished_at IS NULL",
            )
            .bind(typed)
            .bind(at.0)
            .bind(draft.base_version)
            .bind(saved_in)
            .bind(turn)
            .bind(row.id.0)
            .bind(draft.revision)
            .execute(pool)
            .await?
            .rows_affected()
        });
        draft.revision += 1;
        draft.saved_at = at;
        Ok(changed == 1)
    }

    /// Throws a draft away; the key of what it would have become goes with it.
    ///
    /// # Errors
    /// A database is out of reach. When it is the keyring, the draft is gone already and its key falls to the sweep.
    pub async fn discard(&self, permit: Permit<act::Edit, of::Draft>) -> VaultResult<()> {
        let (row, _) = permit.spend();
        let kind = key_kind(row.kind);
        let mut tx = self.core.content.begin().await?;
        let gone = on_tx!(&mut tx, |c| {
            sqlx::query("DELETE FROM drafts WHERE id = $1 AND finished_at IS NULL")
                .bind(row.id.0)
                .execute(&mut *c)
                .await?
                .rows_affected()
        });
        if gone == 0 || !matches!(row.kind, FormKind::NewSignal | FormKind::OpenCase) {
            return Ok(tx.commit().await?);
        }
        let mark = sweep::mark_within(&self.core, &mut tx, kind, row.object).await?;
        tx.commit().await?;
        sweep::forget(&self.core, kind, row.object).await?;
        mark.gone(&self.core).await
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

    async fn open(&self, row: &DraftRow) -> VaultResult<Option<Draft>> {
        type Row = (Option<Uuid>, i64, Option<Vec<u8>>, i64, i64, i64);
        let found: Option<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT part, base_version, typed, begun_at, saved_at, revision FROM drafts \
                 WHERE id = $1 AND finished_at IS NULL",
            )
            .bind(row.id.0)
            .fetch_optional(pool)
            .await?
        });
        let Some((part, base_version, Some(cell), begun_at, saved_at, revision)) = found else {
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
            revision,
            aside: typed.aside,
        }))
    }
}

/// Ends a draft within the write that it becomes.
pub(super) async fn finish(tx: &mut Tx, looked: Looked, at: Moment) -> VaultResult<Ended> {
    let changed = on_tx!(tx, |c| {
        sqlx::query(
            "UPDATE drafts SET finished_at = $1, typed = NULL \
             WHERE id = $2 AND finished_at IS NULL AND revision = COALESCE($3, revision)",
        )
        .bind(at.0)
        .bind(looked.draft.0)
        .bind(looked.revision)
        .execute(&mut *c)
        .await?
        .rows_affected()
    });
    if changed == 1 {
        return Ok(Ended::Now);
    }
    let finished: Option<(Option<i64>,)> = on_tx!(tx, |c| {
        sqlx::query_as("SELECT finished_at FROM drafts WHERE id = $1")
            .bind(looked.draft.0)
            .fetch_optional(&mut *c)
            .await?
    });
    Ok(if matches!(finished, Some((Some(_),))) { Ended::Before } else { Ended::Overtaken })
}

/// How the end of a draft went.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It ends with this write.
    Now,
    /// It had become its thing before.
    Before,
    /// It was changed since it was looked at, or thrown away.
    Overtaken,
}

impl Ended {
    /// Why there is nothing to write; nothing when there is.
    pub fn otherwise<T>(self, thing: T) -> Option<Written<T>> {
        match self {
            Self::Now => None,
            Self::Before => Some(Written::Already(thing)),
            Self::Overtaken => Some(Written::Overtaken),
        }
    }
}
