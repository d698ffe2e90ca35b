//! Lists on their way to becoming signals: sealed under a key of their own, removed with it after a while.

use super::{
    Written,
    rows::{Place, json},
    sweep,
};
use crate::{
    db::Tx,
    error::VaultResult,
    keyring::{DataKey, KeyKind},
    on_db, on_tx,
    permit::{Permit, act, of},
    vault::Core,
};
use plein_domain::{
    form::{FieldProblem, FormValues},
    ids::*,
    import::*,
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

mod known;
mod work;
pub(super) use work::{claim, swept, taken_in};

const INSIDE: &str = "imports.inside";
const BOOK: &str = "imports.book";
const MADE: &str = "import_rows.made";

/// Lists. See the module's documentation.
#[derive(Clone)]
pub struct Lists {
    core: Arc<Core>,
}

/// A list as it is given.
#[derive(Debug, Clone)]
pub struct GivenList {
    /// What is known of it.
    pub inside: Inside,
    /// Its cells.
    pub book: Workbook,
}

/// What is sealed of a list, besides its cells.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Inside {
    /// The file's name, without a path.
    pub file: String,
    /// Names of its sheets, with how many rows each has.
    pub sheets: Vec<(String, usize)>,
    /// The choices as they were made.
    pub values: FormValues,
    /// What is wrong with them.
    pub problems: Vec<FieldProblem>,
    /// The choices, once they are right.
    pub setup: Option<Setup>,
    /// What stands around the rows.
    pub around: Around,
    /// How it was begun to be taken in.
    pub started: Option<Started>,
}

/// From where rows were begun to be taken in: that is what their lines in the log say, also after a restart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// The request.
    pub trace: TraceId,
    /// The network point.
    pub network: String,
}

/// A list that was being taken in when the program stopped.
#[derive(Debug, Clone)]
pub struct Unfinished {
    /// Which.
    pub id: ImportId,
    /// Whose it is.
    pub author: PersonId,
    /// How it was begun.
    pub started: Started,
}

/// A list as it is read.
#[derive(Debug, Clone)]
pub struct ListParts {
    /// The part that is clear.
    pub head: ImportHead,
    /// Counts its changes.
    pub version: i64,
    /// What is known of it.
    pub inside: Inside,
    /// Its cells, when they were asked for and are still there.
    pub book: Option<Workbook>,
}

/// A judged row to be kept.
#[derive(Debug, Clone)]
pub struct NewRow {
    /// Its number in the sheet.
    pub number: u32,
    /// Whether it is chosen.
    pub chosen: bool,
    /// The signal that it would become.
    pub signal: SignalId,
    /// Its print: see [`Lists::print`].
    pub print: Vec<u8>,
    /// The row.
    pub made: Made,
}

/// A row as it is read.
#[derive(Debug, Clone)]
pub struct ListedRow {
    /// Of which list.
    pub import: ImportId,
    /// Its number in the sheet.
    pub number: u32,
    /// What it is judged to be.
    pub verdict: Verdict,
    /// Whether it is chosen.
    pub chosen: bool,
    /// What became of it.
    pub state: RowState,
    /// The signal it would become, or is.
    pub signal: SignalId,
    /// Its print.
    pub print: Vec<u8>,
    /// The row.
    pub made: Made,
}

type Row = (i64, String, bool, String, Uuid, Vec<u8>, Vec<u8>);

fn row_id(number: u32) -> Uuid {
    Uuid::from_u128(u128::from(number))
}

impl Lists {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// Keeps a list that was given. Again under the same id: the same list.
    ///
    /// # Errors
    /// A database is out of reach; nothing was kept.
    pub async fn give<K: of::GivenFile>(
        &self,
        permit: Permit<act::Create, K>,
        given: &GivenList,
    ) -> VaultResult<Written<ImportId>> {
        let (id, spent) = permit.spend();
        let (author, at) = (spent.actor(), spent.at());
        let mark = sweep::mark(&self.core, KeyKind::Import, id.0).await?;
        self.core.keyring.create(KeyKind::Import, id.0).await?;
        let key = self.key(id).await?;
        let mut tx = self.core.content.begin().await?;
        let made = on_tx!(&mut tx, |c| {
            sqlx::query(
                "INSERT INTO imports (id, author, state, version, begun_at, changed_at, inside, book, kind) \
                 VALUES ($1, $2, $3, 0, $4, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
            )
            .bind(id.0)
            .bind(author.0)
            .bind(ImportState::Read.code())
            .bind(at.0)
            .bind(key.seal((INSIDE, id.0), json(&given.inside)?))
            .bind(key.seal((BOOK, id.0), json(&given.book)?))
            .bind(K::CODE)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        mark.gone_within(&mut tx).await?;
        tx.commit().await?;
        Ok(if made == 1 { Written::Done(id) } else { Written::Already(id) })
    }

    /// The files of one kind that a person gave, newest first: clear columns.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn of<K: of::GivenFile>(&self, author: PersonId) -> VaultResult<Vec<ImportHead>> {
        let rows: Vec<(Uuid, String, i64, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, state, begun_at, changed_at FROM imports WHERE author = $1 AND kind = $2 \
                 ORDER BY begun_at DESC LIMIT 50",
            )
            .bind(author.0)
            .bind(K::CODE)
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(|(id, state, begun_at, changed_at)| head(id, &state, begun_at, changed_at)).collect()
    }

    /// Reads a list, with its cells when they are asked for.
    ///
    /// # Errors
    /// A database is out of reach, or a cell does not open.
    pub async fn view<A, K: of::GivenFile>(&self, permit: Permit<A, K>, book: bool) -> VaultResult<ListParts> {
        let (id, _) = permit.spend();
        self.open(id, book).await
    }

    async fn open(&self, id: ImportId, book: bool) -> VaultResult<ListParts> {
        type Found = (String, i64, i64, i64, Vec<u8>, Option<Vec<u8>>);
        let found: Option<Found> = on_db!(&self.core.content, |pool| {
            let text = if book {
                "SELECT state, version, begun_at, changed_at, inside, book FROM imports WHERE id = $1"
            } else {
                "SELECT state, version, begun_at, changed_at, inside, NULL FROM imports WHERE id = $1"
            };
            sqlx::query_as(text).bind(id.0).fetch_optional(pool).await?
        });
        let place = Place("imports", "inside", id.0);
        let (state, version, begun_at, changed_at, inside, book) = place.need(found)?;
        let key = self.key(id).await?;
        let inside = place.json(&key.open((INSIDE, id.0), &inside)?)?;
        let book = match book {
            Some(cell) => Some(Place("imports", "book", id.0).json(&key.open((BOOK, id.0), &cell)?)?),
            None => None,
        };
        Ok(ListParts { head: head(id.0, &state, begun_at, changed_at)?, version, inside, book })
    }

    async fn key(&self, id: ImportId) -> VaultResult<DataKey> {
        Ok(self.core.keyring.key(KeyKind::Import, id.0).await?)
    }

    /// Keeps choices, and how far the file has come by them.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn keep<K: of::GivenFile>(
        &self,
        permit: Permit<act::Edit, K>,
        parts: &ListParts,
        state: ImportState,
    ) -> VaultResult<Written<()>> {
        let (id, spent) = permit.spend();
        let mut tx = self.core.content.begin().await?;
        let written = self.write(&mut tx, id, parts, state, spent.at()).await?;
        tx.commit().await?;
        Ok(if written { Written::Done(()) } else { Written::Stale })
    }

    /// Keeps the choices with all rows as they are judged by them; rows that were judged before are gone.
    ///
    /// # Errors
    /// A database is out of reach; what was kept before still stands.
    pub async fn judge(
        &self,
        permit: Permit<act::Edit, of::Import>,
        parts: &ListParts,
        rows: &[NewRow],
    ) -> VaultResult<Written<()>> {
        let (id, spent) = permit.spend();
        let key = self.key(id).await?;
        let mut tx = self.core.content.begin().await?;
        if !self.write(&mut tx, id, parts, ImportState::Judged, spent.at()).await? {
            return Ok(Written::Stale);
        }
        on_tx!(&mut tx, |c| {
            sqlx::query("DELETE FROM import_rows WHERE import = $1").bind(id.0).execute(&mut *c).await?;
            for row in rows {
                sqlx::query(
                    "INSERT INTO import_rows (import, number, verdict, chosen, state, signal, print, made) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                )
                .bind(id.0)
                .bind(i64::from(row.number))
                .bind(row.made.verdict().code())
                .bind(row.chosen)
                .bind(RowState::Waiting.code())
                .bind(row.signal.0)
                .bind(&row.print)
                .bind(key.seal((MADE, row_id(row.number)), json(&row.made)?))
                .execute(&mut *c)
                .await?;
            }
        });
        tx.commit().await?;
        Ok(Written::Done(()))
    }

    /// Writes over the version that was read, while nothing is being taken in; whether it still stood.
    async fn write(
        &self,
        tx: &mut Tx,
        id: ImportId,
        parts: &ListParts,
        state: ImportState,
        at: Moment,
    ) -> VaultResult<bool> {
        let inside = self.key(id).await?.seal((INSIDE, id.0), json(&parts.inside)?);
        let changed = on_tx!(tx, |c| {
            sqlx::query(
                "UPDATE imports SET inside = $1, state = $2, version = version + 1, changed_at = $3 \
                 WHERE id = $4 AND version = $5 AND state IN ('read', 'judged')",
            )
            .bind(inside)
            .bind(state.code())
            .bind(at.0)
            .bind(id.0)
            .bind(parts.version)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        Ok(changed == 1)
    }

    /// A page of rows with the list and how many are what.
    ///
    /// # Errors
    /// A database is out of reach, or a cell does not open.
    pub async fn rows<A>(
        &self,
        permit: Permit<A, of::Import>,
        verdict: Option<Verdict>,
        offset: i64,
        limit: i64,
    ) -> VaultResult<(ListParts, Tally, Vec<ListedRow>)> {
        let (id, _) = permit.spend();
        let parts = self.open(id, false).await?;
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT number, verdict, chosen, state, signal, print, made FROM import_rows \
                 WHERE import = $1 AND ($2 = '' OR verdict = $2) ORDER BY number LIMIT $3 OFFSET $4",
            )
            .bind(id.0)
            .bind(verdict.map_or("", Verdict::code))
            .bind(limit)
            .bind(offset)
            .fetch_all(pool)
            .await?
        });
        let key = self.key(id).await?;
        let rows = rows.into_iter().map(|row| listed(id, &key, row)).collect::<VaultResult<_>>()?;
        Ok((parts, self.tally(id).await?, rows))
    }

    /// One row with its list; no row when there is none of this number.
    ///
    /// # Errors
    /// A database is out of reach, or a cell does not open.
    pub async fn row<A>(
        &self,
        permit: Permit<A, of::Import>,
        number: u32,
    ) -> VaultResult<(ListParts, Option<ListedRow>)> {
        let (id, _) = permit.spend();
        let parts = self.open(id, false).await?;
        let row: Option<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT number, verdict, chosen, state, signal, print, made FROM import_rows \
                 WHERE import = $1 AND number = $2",
            )
            .bind(id.0)
            .bind(i64::from(number))
            .fetch_optional(pool)
            .await?
        });
        let key = self.key(id).await?;
        Ok((parts, row.map(|row| listed(id, &key, row)).transpose()?))
    }

    async fn tally(&self, id: ImportId) -> VaultResult<Tally> {
        let rows: Vec<(String, bool, String, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT verdict, chosen, state, COUNT(*) FROM import_rows WHERE import = $1 \
                 GROUP BY verdict, chosen, state",
            )
            .bind(id.0)
            .fetch_all(pool)
            .await?
        });
        let mut tally = Tally::default();
        for (verdict, chosen, state, count) in rows {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            tally.rows += count;
            match Place("import_rows", "verdict", id.0).need(Verdict::from_code(&verdict))? {
                Verdict::Fine => tally.fine += count,
                Verdict::Look => tally.look += count,
                Verdict::Cannot => tally.cannot += count,
            }
            match Place("import_rows", "state", id.0).need(RowState::from_code(&state))? {
                RowState::Waiting => tally.chosen += if chosen { count } else { 0 },
                RowState::TakenIn => tally.taken_in += count,
                RowState::Double => tally.double += count,
                RowState::Refused => tally.refused += count,
            }
        }
        Ok(tally)
    }

    /// Keeps a row after somebody looked at it; whether it could still be changed.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn correct(
        &self,
        permit: Permit<act::Edit, of::Import>,
        number: u32,
        made: &Made,
        print: &[u8],
    ) -> VaultResult<bool> {
        let (id, spent) = permit.spend();
        let cell = self.key(id).await?.seal((MADE, row_id(number)), json(made)?);
        let mut tx = self.core.content.begin().await?;
        let changed = on_tx!(&mut tx, |c| {
            // What somebody put right is what they want to be taken in.
            sqlx::query(
                "UPDATE import_rows SET made = $1, verdict = $2, chosen = $3, print = $4 WHERE import = $5 \
                 AND number = $6 AND state = 'waiting' \
                 AND (SELECT state FROM imports WHERE id = $5) = 'judged'",
            )
            .bind(cell)
            .bind(made.verdict().code())
            .bind(made.verdict() != Verdict::Cannot)
            .bind(print)
            .bind(id.0)
            .bind(i64::from(number))
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        touch(&mut tx, id, spent.at()).await?;
        tx.commit().await?;
        Ok(changed == 1)
    }

    /// Chooses rows. One that cannot be taken in is never chosen.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn choose(&self, permit: Permit<act::Edit, of::Import>, change: &RowChange) -> VaultResult<()> {
        let (id, spent) = permit.spend();
        let mut tx = self.core.content.begin().await?;
        on_tx!(&mut tx, |c| {
            const RULE: &str = "WHERE import = $1 AND state = 'waiting' \
                                AND (SELECT state FROM imports WHERE id = $1) = 'judged'";
            let all = match change {
                RowChange::Fine => Some("verdict = 'ok'"),
                RowChange::Possible => Some("verdict <> 'cannot'"),
                RowChange::Nothing => Some("FALSE"),
                RowChange::Shown { .. } => None,
            };
            if let Some(chosen) = all {
                let text = format!("UPDATE import_rows SET chosen = ({chosen}) {RULE}");
                sqlx::query(sqlx::AssertSqlSafe(text)).bind(id.0).execute(&mut *c).await?;
            }
            if let RowChange::Shown { shown, ticked } = change {
                for number in shown {
                    let text =
                        format!("UPDATE import_rows SET chosen = ($3 AND verdict <> 'cannot') {RULE} AND number = $2");
                    sqlx::query(sqlx::AssertSqlSafe(text))
                        .bind(id.0)
                        .bind(i64::from(*number))
                        .bind(ticked.contains(number))
                        .execute(&mut *c)
                        .await?;
                }
            }
        });
        touch(&mut tx, id, spent.at()).await?;
        Ok(tx.commit().await?)
    }

    /// Throws a list away, with its key. One that is being taken in stays until it is done; whether it is gone.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn discard<K: of::GivenFile>(&self, permit: Permit<act::Edit, K>) -> VaultResult<bool> {
        let (id, _) = permit.spend();
        self.remove(id, None).await
    }
}

fn head(id: Uuid, state: &str, begun_at: i64, changed_at: i64) -> VaultResult<ImportHead> {
    let changed_at = Moment(changed_at);
    Ok(ImportHead {
        id: ImportId(id),
        state: Place("imports", "state", id).need(ImportState::from_code(state))?,
        begun_at: Moment(begun_at),
        changed_at,
        removed_at: changed_at.plus_seconds(LIST_KEPT),
    })
}

fn listed(import: ImportId, key: &DataKey, row: Row) -> VaultResult<ListedRow> {
    let (number, verdict, chosen, state, signal, print, made) = row;
    let place = Place("import_rows", "made", import.0);
    let number = place.need(u32::try_from(number).ok())?;
    Ok(ListedRow {
        import,
        number,
        verdict: place.need(Verdict::from_code(&verdict))?,
        chosen,
        state: place.need(RowState::from_code(&state))?,
        signal: SignalId(signal),
        print,
        made: place.json(&key.open((MADE, row_id(number)), &made)?)?,
    })
}

/// Something was done with the list now: it is kept from here.
async fn touch(tx: &mut Tx, id: ImportId, at: Moment) -> VaultResult<()> {
    on_tx!(tx, |c| {
        sqlx::query("UPDATE imports SET changed_at = $1 WHERE id = $2").bind(at.0).bind(id.0).execute(&mut *c).await?;
    });
    Ok(())
}
