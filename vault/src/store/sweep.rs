//! What a crash leaves behind in the keyring: keys of records that never came to be, index rows of a change cut short.
//!
//! The keyring is another database, so no transaction spans both. Whoever makes or unmakes something there first puts a
//! mark into the content database, and takes it away when both fit. A mark that stays is looked at again: at the start,
//! and now and then. What must never happen here: a key destroyed that a record, or somebody's draft, still needs.

use super::{imports, lookups, notices, signals};
use crate::{
    db::Tx,
    error::{VaultError, VaultResult},
    keyring::{KeyKind, KeyringError},
    on_db, on_tx,
    vault::Core,
};
use plein_domain::ids::SignalId;
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

/// How old a mark must be: by then whoever put it is done, or gone.
pub(crate) const GRACE: Duration = Duration::from_secs(600);
const EVERY: Duration = Duration::from_secs(600);
const BATCH: i64 = 256;

/// A record about to be changed in the keyring.
#[must_use = "take it away when content and keyring fit"]
pub(super) struct Mark(Uuid);

/// Puts a mark, durable before this returns.
pub(super) async fn mark(core: &Core, kind: KeyKind, id: Uuid) -> VaultResult<Mark> {
    let event = core.event().0;
    on_db!(&core.content, |pool| {
        sqlx::query("INSERT INTO sweeping (event, kind, id, begun_at) VALUES ($1, $2, $3, $4)")
            .bind(event)
            .bind(kind.code())
            .bind(id)
            .bind(core.clock.now().0)
            .execute(pool)
            .await?;
    });
    Ok(Mark(event))
}

/// Puts a mark within a write.
pub(super) async fn mark_within(core: &Core, tx: &mut Tx, kind: KeyKind, id: Uuid) -> VaultResult<Mark> {
    let event = core.event().0;
    on_tx!(tx, |c| {
        sqlx::query("INSERT INTO sweeping (event, kind, id, begun_at) VALUES ($1, $2, $3, $4)")
            .bind(event)
            .bind(kind.code())
            .bind(id)
            .bind(core.clock.now().0)
            .execute(&mut *c)
            .await?;
    });
    Ok(Mark(event))
}

impl Mark {
    /// Takes it away with the write that makes content and keyring fit.
    pub(super) async fn gone_within(self, tx: &mut Tx) -> VaultResult<()> {
        on_tx!(tx, |c| {
            sqlx::query("DELETE FROM sweeping WHERE event = $1").bind(self.0).execute(&mut *c).await?;
        });
        Ok(())
    }

    /// Takes it away: content and keyring fit.
    pub(super) async fn gone(self, core: &Core) -> VaultResult<()> {
        on_db!(&core.content, |pool| {
            sqlx::query("DELETE FROM sweeping WHERE event = $1").bind(self.0).execute(pool).await?;
        });
        Ok(())
    }
}

/// Sweeps at the start and now and then, notices and look-ups too, as long as the vault is there.
pub(crate) async fn start(core: &Arc<Core>) -> VaultResult<()> {
    sweep(core).await?;
    notices::tidy(core).await?;
    lookups::tidy(core).await?;
    let (tasks, core) = (core.ledger.tasks.clone(), Arc::downgrade(core));
    tasks.begin("sweep", async move {
        loop {
            tokio::time::sleep(EVERY).await;
            let Some(core) = core.upgrade() else { break };
            if let Err(error) = sweep(&core).await {
                tracing::warn!(%error, "the keyring is not swept");
            }
            if let Err(error) = notices::tidy(&core).await {
                tracing::warn!(%error, "notices are not swept");
            }
            if let Err(error) = lookups::tidy(&core).await {
                tracing::warn!(%error, "look-ups are not swept");
            }
        }
    });
    Ok(())
}

/// Looks again at every record whose mark stayed.
async fn sweep(core: &Core) -> VaultResult<()> {
    let until = core.clock.now().0.saturating_sub(i64::try_from(GRACE.as_micros()).unwrap_or(i64::MAX));
    loop {
        let rows: Vec<(Uuid, String, Uuid)> = on_db!(&core.content, |pool| {
            sqlx::query_as("SELECT event, kind, id FROM sweeping WHERE begun_at < $1 ORDER BY begun_at, event LIMIT $2")
                .bind(until)
                .bind(BATCH)
                .fetch_all(pool)
                .await?
        });
        if rows.is_empty() {
            return Ok(());
        }
        for (event, kind, id) in rows {
            match KeyKind::from_code(&kind) {
                Some(KeyKind::Signal) => signal(core, SignalId(id)).await?,
                Some(KeyKind::Import) => imports::swept(core, id).await?,
                Some(KeyKind::Case) => case(core, id).await?,
                _ => {
                    return Err(VaultError::Row { table: "sweeping", column: "kind", id: event.to_string() });
                }
            }
            Mark(event).gone(core).await?;
        }
    }
}

/// A signal that is there is indexed by what it says now; of one that is being typed nothing is indexed; of one that
/// will never be there, the keys go.
async fn signal(core: &Core, id: SignalId) -> VaultResult<()> {
    let (there, typed): (i64, i64) = on_db!(&core.content, |pool| {
        sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM signals WHERE id = $1), \
             (SELECT COUNT(*) FROM drafts WHERE object = $1 AND finished_at IS NULL) + \
             (SELECT COUNT(*) FROM import_rows WHERE signal = $1 AND state = 'waiting')",
        )
        .bind(id.0)
        .fetch_one(pool)
        .await?
    });
    if there > 0 {
        return signals::reindex(core, id).await;
    }
    if typed > 0 {
        return match core.keyring.index(KeyKind::Signal, id.0, &[]).await {
            // Not even the key was made; the form asks for it again when it is opened.
            Ok(()) | Err(KeyringError::NoKey { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        };
    }
    destroy(core, KeyKind::Reporter, id.0).await?;
    destroy(core, KeyKind::Signal, id.0).await
}

async fn case(core: &Core, id: Uuid) -> VaultResult<()> {
    let (needed,): (i64,) = on_db!(&core.content, |pool| {
        sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM cases WHERE id = $1) + \
             (SELECT COUNT(*) FROM drafts WHERE object = $1 AND finished_at IS NULL)",
        )
        .bind(id)
        .fetch_one(pool)
        .await?
    });
    if needed > 0 { Ok(()) } else { destroy(core, KeyKind::Case, id).await }
}

/// Destroys the keys of what was thrown away before it came to be.
pub(super) async fn forget(core: &Core, kind: KeyKind, id: Uuid) -> VaultResult<()> {
    if kind == KeyKind::Signal {
        destroy(core, KeyKind::Reporter, id).await?;
    }
    destroy(core, kind, id).await
}

async fn destroy(core: &Core, kind: KeyKind, id: Uuid) -> VaultResult<()> {
    match core.keyring.destroy(kind, id).await {
        // Overwritten where it stood; its last copy in the write-ahead log goes with the next checkpoint.
        Ok(_) | Err(KeyringError::NotSettled) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
