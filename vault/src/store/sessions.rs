//! Sessions: on the server, found by the hash of a token that only the browser has; nothing personal in them.
//!
//! A session's id is the hash of its first token. Its token is exchanged when somebody signs in anew in it; the id stays, and so does
//! what is open in it.

use super::sign_in::Hash;
use crate::{
    error::{VaultError, VaultResult},
    on_db,
    vault::Core,
};
use plein_domain::{ids::*, moment::Moment, ports::SessionRef, purpose::StatedPurpose, session::OpenSession};
use std::sync::Arc;
use uuid::Uuid;

/// Sessions that are left over are ended so many at a time.
const LEFT_OVER: i64 = 256;

/// Sessions. See the module's documentation.
#[derive(Clone)]
pub struct Sessions {
    core: Arc<Core>,
}

/// A session.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Whose it is.
    pub person: PersonId,
    /// When it was begun.
    pub begun_at: Moment,
    /// When it was last used.
    pub seen_at: Moment,
    /// When its person last proved who they are; long ago, when that is not known.
    pub proved_at: Moment,
    /// The purposes stated in it, oldest first.
    pub purposes: Vec<StatedPurpose>,
}

/// The id of a session, as it is kept.
fn reference(token: Vec<u8>) -> VaultResult<SessionRef> {
    let hash = token.try_into().map_err(|_| VaultError::Broken("a session's id is no hash".into()))?;
    Ok(SessionRef(hash))
}

impl Sessions {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// Begins a session, on this device.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn begin(&self, session: SessionRef, person: PersonId, device: &str) -> VaultResult<()> {
        let now = self.core.clock.now();
        on_db!(&self.core.content, |pool| {
            sqlx::query(
                "INSERT INTO sessions (token, secret, person, begun_at, seen_at, proved_at, device) \
                 VALUES ($1, $1, $2, $3, $3, $3, $4)",
            )
            .bind(&session.0[..])
            .bind(person.0)
            .bind(now.0)
            .bind(device)
            .execute(pool)
            .await?;
            sqlx::query("UPDATE people SET signed_in_at = $1 WHERE id = $2")
                .bind(now.0)
                .bind(person.0)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Exchanges the token of a session for a new one, by its hash, as its person proved at this moment who they are. Answers
    /// whether the session was still there.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn prove(&self, session: SessionRef, secret: Hash, at: Moment) -> VaultResult<bool> {
        let now = self.core.clock.now();
        let changed = on_db!(&self.core.content, |pool| {
            sqlx::query("UPDATE sessions SET secret = $1, proved_at = $2, seen_at = $3 WHERE token = $4")
                .bind(&secret[..])
                .bind(at.0)
                .bind(now.0)
                .bind(&session.0[..])
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(changed == 1)
    }

    /// Finds a session.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn find(&self, session: SessionRef) -> VaultResult<Option<SessionRow>> {
        let found =
            self.found("SELECT token, person, begun_at, seen_at, proved_at FROM sessions WHERE token = $1", session.0);
        Ok(found.await?.map(|(_, row)| row))
    }

    /// The session that this token, by its hash, opens now.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn opened_by(&self, secret: Hash) -> VaultResult<Option<(SessionRef, SessionRow)>> {
        self.found("SELECT token, person, begun_at, seen_at, proved_at FROM sessions WHERE secret = $1", secret).await
    }

    async fn found(&self, statement: &'static str, hash: Hash) -> VaultResult<Option<(SessionRef, SessionRow)>> {
        let row: Option<(Vec<u8>, Uuid, i64, i64, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(statement).bind(&hash[..]).fetch_optional(pool).await?
        });
        let Some((token, person, begun_at, seen_at, proved_at)) = row else {
            return Ok(None);
        };
        let session = reference(token)?;
        let purposes: Vec<(String,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT purpose FROM session_purposes WHERE session = $1 ORDER BY stated_at, purpose")
                .bind(&session.0[..])
                .fetch_all(pool)
                .await?
        });
        let row = SessionRow {
            person: PersonId(person),
            begun_at: Moment(begun_at),
            seen_at: Moment(seen_at),
            proved_at: Moment(proved_at),
            purposes: purposes.iter().filter_map(|(code,)| StatedPurpose::from_code(code)).collect(),
        };
        Ok(Some((session, row)))
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn touch(&self, session: SessionRef) -> VaultResult<()> {
        let now = self.core.clock.now();
        on_db!(&self.core.content, |pool| {
            sqlx::query("UPDATE sessions SET seen_at = $1 WHERE token = $2 AND seen_at < $1")
                .bind(now.0)
                .bind(&session.0[..])
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// The sessions of a person that were begun and used since these moments, those used last first; `current` is that of who
    /// asks. Which of them are somebody else's to see is for who asks.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn open_of(
        &self,
        person: PersonId,
        (begun_since, seen_since): (Moment, Moment),
        current: SessionRef,
    ) -> VaultResult<Vec<OpenSession>> {
        let rows: Vec<(Vec<u8>, i64, i64, String)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT token, begun_at, seen_at, device FROM sessions \
                 WHERE person = $1 AND begun_at >= $2 AND seen_at >= $3 ORDER BY seen_at DESC, begun_at DESC",
            )
            .bind(person.0)
            .bind(begun_since.0)
            .bind(seen_since.0)
            .fetch_all(pool)
            .await?
        });
        let mut open = Vec::with_capacity(rows.len());
        for (token, begun_at, seen_at, device) in rows {
            let id = reference(token)?;
            let (begun_at, seen_at, here) = (Moment(begun_at), Moment(seen_at), id == current);
            open.push(OpenSession { id, begun_at, seen_at, device, here });
        }
        open.sort_by_key(|one| !one.here);
        Ok(open)
    }

    /// Ends a session; answers whether it was there, which it is for one of those who end it at once.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn end(&self, session: SessionRef) -> VaultResult<bool> {
        let ended = on_db!(&self.core.content, |pool| {
            let done = sqlx::query("DELETE FROM sessions WHERE token = $1").bind(&session.0[..]).execute(pool).await?;
            done.rows_affected()
        });
        self.core.session_ended();
        Ok(ended > 0)
    }

    /// Some of the sessions that were begun or last used before these moments.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn left_over(&self, begun_before: Moment, seen_before: Moment) -> VaultResult<Vec<SessionRef>> {
        let rows: Vec<(Vec<u8>,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT token FROM sessions WHERE begun_at < $1 OR seen_at < $2 LIMIT $3")
                .bind(begun_before.0)
                .bind(seen_before.0)
                .bind(LEFT_OVER)
                .fetch_all(pool)
                .await?
        });
        rows.into_iter().map(|(token,)| reference(token)).collect()
    }

    /// Ends this session, if it is of this person.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn end_of(&self, person: PersonId, session: SessionRef) -> VaultResult<()> {
        on_db!(&self.core.content, |pool| {
            sqlx::query("DELETE FROM sessions WHERE token = $1 AND person = $2")
                .bind(&session.0[..])
                .bind(person.0)
                .execute(pool)
                .await?;
        });
        self.core.session_ended();
        Ok(())
    }

    /// Ends all sessions of a person but this one.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn end_others_of(&self, person: PersonId, but: SessionRef) -> VaultResult<()> {
        on_db!(&self.core.content, |pool| {
            sqlx::query("DELETE FROM sessions WHERE person = $1 AND token <> $2")
                .bind(person.0)
                .bind(&but.0[..])
                .execute(pool)
                .await?;
        });
        self.core.session_ended();
        Ok(())
    }

    /// Ends all sessions of a person; answers how many there were.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn end_all_of(&self, person: PersonId) -> VaultResult<u64> {
        let ended = on_db!(&self.core.content, |pool| {
            sqlx::query("DELETE FROM sessions WHERE person = $1").bind(person.0).execute(pool).await?.rows_affected()
        });
        self.core.session_ended();
        Ok(ended)
    }

    /// Tells each time that this node ended sessions, so that what is open in them can end at once.
    pub fn ending(&self) -> tokio::sync::watch::Receiver<u64> {
        self.core.sessions_ended.subscribe()
    }

    /// Adds a stated purpose. The gate has checked it.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn state_purpose(&self, session: SessionRef, purpose: StatedPurpose) -> VaultResult<()> {
        let now = self.core.clock.now();
        on_db!(&self.core.content, |pool| {
            sqlx::query(
                "INSERT INTO session_purposes (session, purpose, stated_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            )
            .bind(&session.0[..])
            .bind(purpose.to_string())
            .bind(now.0)
            .execute(pool)
            .await?;
        });
        Ok(())
    }
}
