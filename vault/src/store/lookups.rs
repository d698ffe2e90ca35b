//! Look-ups of who saw a person: what was asked and which signals hold it, for a working day and for who asked it alone. The
//! identifier is not in it. What was found and the reason are sealed under the installation's key.

use super::rows::Place;
use crate::{
    error::{VaultError, VaultResult},
    on_db,
    permit::{Permit, act, of},
    vault::{Core, INSTALLATION},
};
use plein_domain::{
    ids::*,
    lookup::{KEPT, Kept},
    moment::Moment,
};
use std::sync::Arc;
use uuid::Uuid;

const ANSWER: &str = "lookups.answer";

/// Look-ups. See the module's documentation.
#[derive(Clone)]
pub struct LookUps {
    core: Arc<Core>,
}

impl LookUps {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// Keeps a look-up.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn keep(&self, permit: Permit<act::Create, of::NewLookUp>) -> VaultResult<LookUpId> {
        let (person, at) = (permit.actor(), permit.at());
        let ((id, kept), _) = permit.spend();
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        let answer = serde_json::to_vec(&kept).map_err(|error| VaultError::Broken(error.to_string()))?;
        on_db!(&self.core.content, |pool| {
            sqlx::query("INSERT INTO lookups (id, person, made_at, answer) VALUES ($1, $2, $3, $4)")
                .bind(id.0)
                .bind(person.0)
                .bind(at.0)
                .bind(key.seal((ANSWER, id.0), &answer))
                .execute(pool)
                .await?;
        });
        Ok(id)
    }
}

/// Up to when a look-up was made that is over by now.
fn over(core: &Core) -> i64 {
    core.clock.now().plus_seconds(-KEPT).0
}

/// A look-up that is not over, and who asked it. For the gate, which tells it to nobody without a line.
pub(crate) async fn find(core: &Core, id: LookUpId) -> VaultResult<Option<(PersonId, of::LookedUp)>> {
    let row: Option<(Uuid, i64, Vec<u8>)> = on_db!(&core.content, |pool| {
        sqlx::query_as("SELECT person, made_at, answer FROM lookups WHERE id = $1 AND made_at > $2")
            .bind(id.0)
            .bind(over(core))
            .fetch_optional(pool)
            .await?
    });
    let Some((person, at, cell)) = row else { return Ok(None) };
    let key = core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
    let answer = key.open((ANSWER, id.0), &cell)?;
    let kept: Option<Kept> = serde_json::from_slice(&answer).ok();
    let kept = Place("lookups", "answer", id.0).need(kept)?;
    Ok(Some((PersonId(person), of::LookedUp { id, at: Moment(at), kept })))
}

/// Removes what is over.
pub(crate) async fn tidy(core: &Core) -> VaultResult<()> {
    on_db!(&core.content, |pool| {
        sqlx::query("DELETE FROM lookups WHERE made_at <= $1").bind(over(core)).execute(pool).await?;
    });
    Ok(())
}
