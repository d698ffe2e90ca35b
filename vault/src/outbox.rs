//! Outcomes on their way to the ledger.
//!
//! A write puts the line that tells its outcome into its own transaction; after commit the line gets its place in
//! the ledger. What a crash or a ledger out of reach leaves behind is sequenced at the next start or the next try;
//! the event id makes that exactly once.

use crate::{
    db::Tx,
    error::{VaultError, VaultResult},
    on_db, on_tx,
    vault::{Core, INSTALLATION},
};
use plein_domain::ledger::Line;
use std::{sync::Arc, time::Duration};
use tokio::sync::Mutex;
use uuid::Uuid;

const LINE: &str = "outbox.line";
const BATCH: i64 = 256;
const RETRY: Duration = Duration::from_secs(2);

#[derive(Clone)]
pub(crate) struct Outbox {
    core: Arc<Core>,
    /// One flush at a time; the others find their line already sent.
    turn: Arc<Mutex<()>>,
}

impl Outbox {
    /// Sequences what was left behind, and keeps trying in the background whenever something waits.
    pub(crate) async fn start(core: Arc<Core>) -> VaultResult<Self> {
        let outbox = Self { core, turn: Arc::default() };
        outbox.drain().await?;
        let core = Arc::downgrade(&outbox.core);
        let turn = outbox.turn.clone();
        outbox.core.ledger.tasks.begin("outbox", async move {
            loop {
                tokio::time::sleep(RETRY).await;
                let Some(core) = core.upgrade() else { break };
                Self { core, turn: turn.clone() }.flush().await;
            }
        });
        Ok(outbox)
    }

    /// Puts an outcome into the transaction of the write it tells of.
    pub(crate) async fn put(&self, tx: &mut Tx, line: &Line) -> VaultResult<()> {
        let json = serde_json::to_vec(line).map_err(|error| VaultError::Broken(error.to_string()))?;
        let (kind, id) = INSTALLATION;
        let sealed = self.core.keyring.seal(kind, id, (LINE, line.event.0), &json).await?;
        on_tx!(tx, |c| {
            sqlx::query("INSERT INTO outbox (event, line, committed_at) VALUES ($1, $2, $3)")
                .bind(line.event.0)
                .bind(sealed)
                .bind(line.at.0)
                .execute(&mut *c)
                .await?;
        });
        Ok(())
    }

    /// Sends what waits; failures are retried in the background.
    pub(crate) async fn flush(&self) {
        if let Err(error) = self.drain().await {
            tracing::warn!(%error, "outcomes wait for the ledger");
        }
    }

    async fn drain(&self) -> VaultResult<()> {
        let _turn = self.turn.lock().await;
        loop {
            let rows: Vec<(Uuid, Vec<u8>)> = on_db!(&self.core.content, |pool| {
                sqlx::query_as("SELECT event, line FROM outbox ORDER BY committed_at, event LIMIT $1")
                    .bind(BATCH)
                    .fetch_all(pool)
                    .await?
            });
            if rows.is_empty() {
                return Ok(());
            }
            let mut lines = Vec::with_capacity(rows.len());
            for (event, sealed) in &rows {
                let (kind, id) = INSTALLATION;
                let json = self.core.keyring.open_cell(kind, id, (LINE, *event), sealed).await?;
                lines.push(serde_json::from_slice::<Line>(&json).map_err(|_| VaultError::Row {
                    table: "outbox",
                    column: "line",
                    id: event.to_string(),
                })?);
            }
            self.core.ledger.append(lines).await?;
            for (event, _) in rows {
                on_db!(&self.core.content, |pool| {
                    sqlx::query("DELETE FROM outbox WHERE event = $1").bind(event).execute(pool).await?;
                });
            }
        }
    }
}
