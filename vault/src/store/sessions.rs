//! Sessions: on the server, found by the hash of a token that only the browser has; nothing personal in them.

use crate::{error::VaultResult, on_db, vault::Core};
use plein_domain::{
    ids::*,
    moment::{Moment, random_id},
    ports::SessionRef,
    purpose::StatedPurpose,
    session::OpenSession,
};
use std::sync::Arc;
use uuid::Uuid;

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
    /// The purposes stated in it, oldest first.
    pub purposes: Vec<StatedPurpose>,
}

impl Sessions {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// Begins a session.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn begin(&self, session: SessionRef, person: PersonId) -> VaultResult<()> {
        let now = self.core.clock.now();
        let id: Uuid = random_id(&*self.core.entropy);
        on_db!(&self.core.content, |pool| {
            sqlx::query("INSERT INTO sessions (token, person, begun_at, seen_at, id) VALUES ($1, $2, $3, $3, $4)")
                .bind(&session.0[..])
                .bind(person.0)
                .bind(now.0)
                .bind(id)
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

    /// Finds a session.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn find(&self, session: SessionRef) -> VaultResult<Option<SessionRow>> {
        let row: Option<(Uuid, i64, i64)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT person, begun_at, seen_at FROM sessions WHERE token = $1")
                .bind(&session.0[..])
                .fetch_optional(pool)
                .await?
        });
        let Some((person, begun_at, seen_at)) = row else {
            return Ok(None);
        };
        let purposes: Vec<(String,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT purpose FROM session_purposes WHERE session = $1 ORDER BY stated_at, purpose")
                .bind(&session.0[..])
                .fetch_all(pool)
                .await?
        });
        Ok(Some(SessionRow {
            person: PersonId(person),
            begun_at: Moment(begun_at),
            seen_at: Moment(seen_at),
            purposes: purposes.iter().filter_map(|(code,)| StatedPurpose::from_code(code)).collect(),
        }))
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

    /// Notes on what a session is, coarsely.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn note_device(&self, session: SessionRef, device: &str) -> VaultResult<()> {
        on_db!(&self.core.content, |pool| {
            sqlx::query("UPDATE sessions SET device = $1 WHERE token = $2")
                .bind(device)
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
        let rows: Vec<(Option<Uuid>, Vec<u8>, i64, i64, String)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, token, begun_at, seen_at, device FROM sessions \
                 WHERE person = $1 AND begun_at >= $2 AND seen_at >= $3 ORDER BY seen_at DESC, begun_at DESC",
            )
            .bind(person.0)
            .bind(begun_since.0)
            .bind(seen_since.0)
            .fetch_all(pool)
            .await?
        });
        let open = rows.into_iter().filter_map(|(id, token, begun, seen, device)| {
            let here = token == current.0;
            let (id, begun_at, seen_at) = (SessionId(id?), Moment(begun), Moment(seen));
            Some(OpenSession { id, begun_at, seen_at, device, here })
        });
        let mut open: Vec<OpenSession> = open.collect();
        open.sort_by_key(|one| !one.here);
        Ok(open)
    }

    /// Ends a session; answers whose it was, when there was one.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn end(&self, session: SessionRef) -> VaultResult<Option<PersonId>> {
        let row: Option<(Uuid,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("DELETE FROM sessions WHERE token = $1 RETURNING person")
                .bind(&session.0[..])
                .fetch_optional(pool)
                .await?
        });
        self.core.session_ended();
        Ok(row.map(|(person,)| PersonId(person)))
    }

    /// Ends this session of a person by its name.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn end_named(&self, person: PersonId, id: SessionId) -> VaultResult<()> {
        on_db!(&self.core.content, |pool| {
            sqlx::query("DELETE FROM sessions WHERE id = $1 AND person = $2")
                .bind(id.0)
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
