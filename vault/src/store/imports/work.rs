//! Taking rows in, one by one, each at most once; and removing lists whose time has come.

use super::*;
use crate::keyring::KeyringError;
use plein_domain::form::FieldProblem;

impl Lists {
    /// Begins to take in what is chosen. Again: the same.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn start(
        &self,
        permit: Permit<act::Edit, of::Import>,
        parts: &ListParts,
        started: Started,
    ) -> VaultResult<Written<()>> {
        let (id, spent) = permit.spend();
        let inside = Inside { started: Some(started), ..parts.inside.clone() };
        let cell = self.key(id).await?.seal((INSIDE, id.0), json(&inside)?);
        let changed = on_db!(&self.core.content, |pool| {
            sqlx::query(
                "UPDATE imports SET inside = $1, state = 'running', version = version + 1, changed_at = $2, book = NULL \
                 WHERE id = $3 AND version = $4 AND state = 'judged'",
            )
            .bind(cell)
            .bind(spent.at().0)
            .bind(id.0)
            .bind(parts.version)
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(if changed == 1 { Written::Done(()) } else { Written::Stale })
    }

    /// Lists that are being taken in, by nobody when the program has just started. Read by the program alone.
    ///
    /// # Errors
    /// A database is out of reach, or a cell does not open.
    pub async fn unfinished(&self) -> VaultResult<Vec<Unfinished>> {
        let rows: Vec<(Uuid, Uuid)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT id, author FROM imports WHERE state = 'running' ORDER BY begun_at")
                .fetch_all(pool)
                .await?
        });
        let mut found = Vec::with_capacity(rows.len());
        for (id, author) in rows {
            let parts = self.open(ImportId(id), false).await?;
            let started = Place("imports", "inside", id).need(parts.inside.started)?;
            found.push(Unfinished { id: ImportId(id), author: PersonId(author), started });
        }
        Ok(found)
    }

    /// The next chosen rows that nothing was done with.
    ///
    /// # Errors
    /// A database is out of reach, or a cell does not open.
    pub async fn next(
        &self,
        permit: Permit<act::Create, of::Import>,
        limit: i64,
    ) -> VaultResult<(Inside, Vec<ListedRow>)> {
        let (id, _) = permit.spend();
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT number, verdict, chosen, state, signal, print, made FROM import_rows \
                 WHERE import = $1 AND chosen AND state = 'waiting' ORDER BY number LIMIT $2",
            )
            .bind(id.0)
            .bind(limit)
            .fetch_all(pool)
            .await?
        });
        let key = self.key(id).await?;
        let rows = rows.into_iter().map(|row| listed(id, &key, row)).collect::<VaultResult<_>>()?;
        Ok((self.open(id, false).await?.inside, rows))
    }

    /// A row that could not become a signal after all, and why.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn refuse(&self, row: &ListedRow, problems: Vec<FieldProblem>) -> VaultResult<()> {
        let made = Made { problems, ..row.made.clone() };
        let cell = self.key(row.import).await?.seal((MADE, row_id(row.number)), json(&made)?);
        on_db!(&self.core.content, |pool| {
            sqlx::query(
                "UPDATE import_rows SET state = 'refused', made = $1 WHERE import = $2 AND number = $3 \
                 AND state = 'waiting'",
            )
            .bind(cell)
            .bind(row.import.0)
            .bind(i64::from(row.number))
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// Nothing is left to be done.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn finish(&self, id: ImportId) -> VaultResult<()> {
        on_db!(&self.core.content, |pool| {
            sqlx::query("UPDATE imports SET state = 'done', changed_at = $1 WHERE id = $2 AND state = 'running'")
                .bind(self.core.clock.now().0)
                .bind(id.0)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Removes lists with which nothing was done for as long as they are kept; how many.
    ///
    /// # Errors
    /// A database is out of reach; what was removed before is gone.
    pub async fn expire(&self) -> VaultResult<usize> {
        let before = self.core.clock.now().plus_seconds(-LIST_KEPT);
        let rows: Vec<(Uuid,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT id FROM imports WHERE changed_at < $1 AND state <> 'running'")
                .bind(before.0)
                .fetch_all(pool)
                .await?
        });
        let mut gone = 0;
        for (id,) in rows {
            gone += usize::from(self.remove(ImportId(id), Some(before)).await?);
        }
        Ok(gone)
    }

    /// Removes a list that is not being taken in, and was not touched since `before`.
    pub(super) async fn remove(&self, id: ImportId, before: Option<Moment>) -> VaultResult<bool> {
        let before = before.map_or(i64::MAX, |before| before.0);
        let mut tx = self.core.content.begin().await?;
        let gone = on_tx!(&mut tx, |c| {
            // Said first, so that nobody begins to take it in meanwhile.
            let held = sqlx::query(
                "UPDATE imports SET version = version + 1, state = 'done' WHERE id = $1 AND state <> 'running' \
                 AND changed_at < $2",
            )
            .bind(id.0)
            .bind(before)
            .execute(&mut *c)
            .await?
            .rows_affected();
            if held == 1 {
                sqlx::query("DELETE FROM import_rows WHERE import = $1").bind(id.0).execute(&mut *c).await?;
                sqlx::query("DELETE FROM imports WHERE id = $1").bind(id.0).execute(&mut *c).await?;
            }
            held == 1
        });
        if !gone {
            return Ok(false);
        }
        let mark = sweep::mark_within(&self.core, &mut tx, KeyKind::Import, id.0).await?;
        tx.commit().await?;
        sweep::forget(&self.core, KeyKind::Import, id.0).await?;
        mark.gone(&self.core).await?;
        Ok(true)
    }
}

/// Whether the row is still to be done: nothing when it is. One that was taken in before, from whichever list, is told so.
pub(in crate::store) async fn claim(
    tx: &mut Tx,
    row: &ListedRow,
    id: SignalId,
) -> VaultResult<Option<Written<SignalId>>> {
    let held = on_tx!(tx, |c| {
        // Writes nothing new; holds the row until the commit, on both engines.
        sqlx::query("UPDATE import_rows SET state = state WHERE import = $1 AND number = $2 AND state = 'waiting' AND signal = $3")
            .bind(row.import.0)
            .bind(i64::from(row.number))
            .bind(id.0)
            .execute(&mut *c)
            .await?
            .rows_affected()
    });
    if held == 0 {
        return Ok(Some(Written::Already(id)));
    }
    let before: Option<(Uuid,)> = on_tx!(tx, |c| {
        sqlx::query_as("SELECT signal FROM imported_rows WHERE print = $1")
            .bind(&row.print)
            .fetch_optional(&mut *c)
            .await?
    });
    let Some((before,)) = before else { return Ok(None) };
    on_tx!(tx, |c| {
        sqlx::query("UPDATE import_rows SET state = 'double', signal = $1 WHERE import = $2 AND number = $3")
            .bind(before)
            .bind(row.import.0)
            .bind(i64::from(row.number))
            .execute(&mut *c)
            .await?;
    });
    Ok(Some(Written::Already(SignalId(before))))
}

/// The row is this signal now. Should another list have said so a moment before, the whole write fails, and the row is a
/// double when it is tried again.
pub(in crate::store) async fn taken_in(tx: &mut Tx, row: &ListedRow, id: SignalId) -> VaultResult<()> {
    on_tx!(tx, |c| {
        sqlx::query("INSERT INTO imported_rows (print, signal) VALUES ($1, $2)")
            .bind(&row.print)
            .bind(id.0)
            .execute(&mut *c)
            .await?;
        sqlx::query("UPDATE import_rows SET state = 'taken-in' WHERE import = $1 AND number = $2")
            .bind(row.import.0)
            .bind(i64::from(row.number))
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// The key of a list that is not there goes.
pub(in crate::store) async fn swept(core: &Core, id: Uuid) -> VaultResult<()> {
    let (there,): (i64,) = on_db!(&core.content, |pool| {
        sqlx::query_as("SELECT COUNT(*) FROM imports WHERE id = $1").bind(id).fetch_one(pool).await?
    });
    if there > 0 {
        return Ok(());
    }
    match core.keyring.destroy(KeyKind::Import, id).await {
        Ok(_) | Err(KeyringError::NotSettled) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
