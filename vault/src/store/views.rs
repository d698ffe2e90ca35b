//! Filters of lists that people keep under a name, each for themselves. A name is somebody's own words, and may hold personal
//! data: it is sealed under the installation's key, as the names of staff are.

use super::rows::{Place, json_text};
use crate::{
    error::{VaultError, VaultResult},
    on_db, on_tx,
    permit::{Permit, act, of},
    vault::{Core, INSTALLATION},
};
use plein_domain::{form::FormValues, ids::*, list::*};
use std::sync::Arc;
use uuid::Uuid;

const NAME: &str = "saved_views.name";

/// Saved views. See the module's documentation.
#[derive(Clone)]
pub struct Views {
    core: Arc<Core>,
}

type Row = (Uuid, String, String, Vec<u8>);

impl Views {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// All views that somebody keeps, of both lists, in the order in which they were kept.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn all(&self, permit: Permit<act::View, of::Views>) -> VaultResult<Vec<SavedView>> {
        self.of(permit.actor()).await
    }

    /// The views that somebody keeps of the list a page of which they see.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn beside<K: of::ListPage>(&self, permit: &Permit<act::View, K>) -> VaultResult<Vec<SavedView>> {
        let mut views = self.of(permit.actor()).await?;
        views.retain(|view| view.list == K::LIST);
        Ok(views)
    }

    async fn of(&self, person: PersonId) -> VaultResult<Vec<SavedView>> {
        let rows: Vec<Row> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT id, list, filter, name FROM saved_views WHERE person = $1 ORDER BY kept_at, id")
                .bind(person.0)
                .fetch_all(pool)
                .await?
        });
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        rows.into_iter()
            .map(|(id, list, filter, cell)| {
                let at = |column| Place("saved_views", column, id);
                Ok(SavedView {
                    id: ViewId(id),
                    list: at("list").need(ListKind::from_code(&list))?,
                    name: at("name").text(&key.open((NAME, id), &cell)?)?,
                    filter: json_text("saved_views", "filter", &id.to_string(), &filter)?,
                })
            })
            .collect()
    }

    /// Keeps a view; nothing when its owner keeps as many as anybody can. What is kept already is kept once.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn keep(
        &self,
        permit: Permit<act::Create, of::NewView>,
        name: &str,
        filter: &FormValues,
    ) -> VaultResult<Option<ViewId>> {
        let (person, at) = (permit.actor(), permit.at());
        let ((id, list), _) = permit.spend();
        let same = |one: &SavedView| one.list == list && one.name == name && one.filter == *filter;
        if let Some(view) = self.of(person).await?.iter().find(|one| same(one)) {
            return Ok(Some(view.id));
        }
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        let filter = serde_json::to_string(filter).map_err(|error| VaultError::Broken(error.to_string()))?;
        let mut tx = self.core.content.begin().await?;
        // One after another for each person, so that the limit holds.
        let held = format!("SELECT id FROM people WHERE id = $1{}", self.core.content.held(" FOR NO KEY UPDATE"));
        let (kept,): (i64,) = on_tx!(&mut tx, |c| {
            sqlx::query(sqlx::AssertSqlSafe(held)).bind(person.0).execute(&mut *c).await?;
            sqlx::query_as("SELECT COUNT(*) FROM saved_views WHERE person = $1")
                .bind(person.0)
                .fetch_one(&mut *c)
                .await?
        });
        if usize::try_from(kept).unwrap_or(usize::MAX) >= VIEWS_MAX {
            return Ok(None);
        }
        on_tx!(&mut tx, |c| {
            sqlx::query(
                "INSERT INTO saved_views (id, person, list, filter, name, kept_at) VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(id.0)
            .bind(person.0)
            .bind(list.code())
            .bind(filter)
            .bind(key.seal((NAME, id.0), name))
            .bind(at.0)
            .execute(&mut *c)
            .await?;
        });
        tx.commit().await?;
        Ok(Some(id))
    }

    /// Gives a view another name.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn rename(&self, permit: Permit<act::Edit, of::SavedView>, name: &str) -> VaultResult<()> {
        let (id, _) = permit.spend();
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        on_db!(&self.core.content, |pool| {
            sqlx::query("UPDATE saved_views SET name = $1 WHERE id = $2")
                .bind(key.seal((NAME, id.0), name))
                .bind(id.0)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Removes a view.
    ///
    /// # Errors
    /// A database is out of reach; it is still there.
    pub async fn remove(&self, permit: Permit<act::Edit, of::SavedView>) -> VaultResult<()> {
        let (id, _) = permit.spend();
        on_db!(&self.core.content, |pool| {
            sqlx::query("DELETE FROM saved_views WHERE id = $1").bind(id.0).execute(pool).await?;
        });
        Ok(())
    }
}
