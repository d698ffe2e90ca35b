//! Sign-in with an identity provider: what a browser that was sent there must bring back, and who is known there.
//!
//! Nothing here can be used by who reads the database: what a browser brings back is hashed, what belongs to it is sealed, and
//! who somebody is at the provider is hashed under a key of the keyring. What must never happen here: a sign-in that is taken
//! twice, or by another browser than the one that began it.

mod word;

pub use word::{Admitted, Said, Told, Unplaced};

use super::administration::{IDENTIFIER, NAME};
use crate::{
    db::Tx,
    error::{VaultError, VaultResult},
    on_db, on_tx,
    outbox::Outbox,
    vault::{Core, INSTALLATION},
};
use plein_domain::{ids::*, moment::random_id, people::*, ports::SessionRef};
use std::{collections::HashSet, sync::Arc};
use uuid::Uuid;

const KEPT: &str = "sign_ins.kept";

/// How long somebody may take at the provider, in seconds.
const AT_PROVIDER: i64 = 600;
/// How long a token that was taken is remembered, in seconds: longer than any is accepted.
const REMEMBERED: i64 = 3_600;

/// A hash by which something is found and which tells nothing.
pub type Hash = [u8; 32];

/// Sign-in with an identity provider. See the module's documentation.
#[derive(Clone)]
pub struct SignIns {
    core: Arc<Core>,
    outbox: Outbox,
}

/// Who somebody is at the provider: hashed under a key, so that nobody can be looked up by it in a copy of the database.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject(Vec<u8>);

/// Where the provider places somebody, in Plein's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The department, by its name.
    pub department: String,
    /// What they may do.
    pub roles: Vec<Role>,
}

/// Notes that the provider ended this at this moment, in seconds, unless it did later; answers when it did last. Who asks for the same
/// one meanwhile waits until this transaction is over.
async fn ended(tx: &mut Tx, whose: &Subject, at: i64) -> VaultResult<i64> {
    let (last,): (i64,) = on_tx!(tx, |c| {
        sqlx::query_as(
            "INSERT INTO provider_ends (subject, ended_at) VALUES ($1, $2) ON CONFLICT (subject) \
             DO UPDATE SET ended_at = CASE WHEN provider_ends.ended_at > $2 THEN provider_ends.ended_at ELSE $2 END \
             RETURNING ended_at",
        )
        .bind(&whose.0)
        .bind(at)
        .fetch_one(&mut *c)
        .await?
    });
    Ok(last)
}

impl SignIns {
    pub(crate) fn new(core: Arc<Core>, outbox: Outbox) -> Self {
        Self { core, outbox }
    }

    /// Keeps what belongs to a sign-in that a browser begins; what was begun long ago is forgotten.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn begin(&self, state: Hash, binding: Hash, kept: &[u8]) -> VaultResult<()> {
        let now = self.core.clock.now();
        let id: Uuid = random_id(&*self.core.entropy);
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        on_db!(&self.core.content, |pool| {
            sqlx::query("DELETE FROM sign_ins WHERE begun_at < $1")
                .bind(now.plus_seconds(-AT_PROVIDER).0)
                .execute(pool)
                .await?;
            sqlx::query("INSERT INTO sign_ins (id, state, binding, kept, begun_at) VALUES ($1, $2, $3, $4, $5)")
                .bind(id)
                .bind(&state[..])
                .bind(&binding[..])
                .bind(key.seal((KEPT, id), kept))
                .bind(now.0)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Takes what belongs to a sign-in, once: for the browser that began it, and not too late.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn take(&self, state: Hash, binding: Hash) -> VaultResult<Option<Vec<u8>>> {
        let since = self.core.clock.now().plus_seconds(-AT_PROVIDER);
        let row: Option<(Uuid, Vec<u8>)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "DELETE FROM sign_ins WHERE state = $1 AND binding = $2 AND begun_at >= $3 RETURNING id, kept",
            )
            .bind(&state[..])
            .bind(&binding[..])
            .bind(since.0)
            .fetch_optional(pool)
            .await?
        });
        let Some((id, cell)) = row else { return Ok(None) };
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        let opened = key.open((KEPT, id), &cell).map_err(|error| VaultError::Broken(error.to_string()))?;
        Ok(Some(opened.to_vec()))
    }

    /// The hash of who somebody is at this provider, or of one of the provider's sessions.
    ///
    /// # Errors
    /// The keyring is out of reach.
    pub async fn subject(&self, issuer: &str, subject: &str) -> VaultResult<Subject> {
        Ok(Subject(self.core.keyring.provider_subject(&format!("{issuer}\n{subject}")).await?))
    }

    /// The person that this is, when it is one.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn person(&self, subject: &Subject) -> VaultResult<Option<PersonId>> {
        let row: Option<(Option<Uuid>,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT person FROM identities WHERE subject = $1")
                .bind(&subject.0)
                .fetch_optional(pool)
                .await?
        });
        Ok(row.and_then(|(person,)| person).map(PersonId))
    }

    /// The entry of this subject, made or brought up to date.
    async fn enter(&self, tx: &mut Tx, told: &Told<'_>) -> VaultResult<Uuid> {
        let Told { subject, identifier, name, .. } = *told;
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        let fresh: Uuid = random_id(&*self.core.entropy);
        let now = self.core.clock.now();
        Ok(on_tx!(tx, |c| {
            // The first of two windows makes it, the other finds it.
            sqlx::query(
                "INSERT INTO identities (id, subject, name, first_at, last_at) VALUES ($1, $2, $3, $4, $4) \
                 ON CONFLICT (subject) DO UPDATE SET last_at = $4",
            )
            .bind(fresh)
            .bind(&subject.0)
            .bind(key.seal((NAME, fresh), name))
            .bind(now.0)
            .execute(&mut *c)
            .await?;
            let (id,): (Uuid,) = sqlx::query_as("SELECT id FROM identities WHERE subject = $1")
                .bind(&subject.0)
                .fetch_one(&mut *c)
                .await?;
            sqlx::query("UPDATE identities SET name = $1, identifier = $2 WHERE id = $3")
                .bind(key.seal((NAME, id), name))
                .bind(key.seal((IDENTIFIER, id), identifier))
                .bind(id)
                .execute(&mut *c)
                .await?;
            id
        }))
    }

    /// Begins a session that comes from the provider: of whom there, from which of its sessions, by a token issued when, in seconds.
    /// Answers whether it did: not when the provider said since then that they are signed out.
    ///
    /// # Errors
    /// The database is out of reach; nothing was written.
    pub async fn begin_session(
        &self,
        session: SessionRef,
        person: PersonId,
        (subject, provider_session, issued): (&Subject, Option<&Subject>, i64),
    ) -> VaultResult<bool> {
        let now = self.core.clock.now();
        let id: Uuid = random_id(&*self.core.entropy);
        let mut tx = self.core.content.begin().await?;
        for one in [Some(subject), provider_session].into_iter().flatten() {
            if ended(&mut tx, one, 0).await? >= issued {
                return Ok(false);
            }
        }
        on_tx!(&mut tx, |c| {
            sqlx::query("INSERT INTO sessions (token, person, begun_at, seen_at, id) VALUES ($1, $2, $3, $3, $4)")
                .bind(&session.0[..])
                .bind(person.0)
                .bind(now.0)
                .bind(id)
                .execute(&mut *c)
                .await?;
            sqlx::query("UPDATE people SET signed_in_at = $1 WHERE id = $2")
                .bind(now.0)
                .bind(person.0)
                .execute(&mut *c)
                .await?;
            sqlx::query("INSERT INTO session_origins (session, subject, provider_session) VALUES ($1, $2, $3)")
                .bind(&session.0[..])
                .bind(&subject.0)
                .bind(provider_session.map(|one| one.0.clone()))
                .execute(&mut *c)
                .await?;
            // What was only waited for leaves nothing behind.
            sqlx::query("DELETE FROM provider_ends WHERE ended_at = 0 AND (subject = $1 OR subject = $2)")
                .bind(&subject.0)
                .bind(provider_session.map(|one| one.0.clone()))
                .execute(&mut *c)
                .await?;
        });
        tx.commit().await?;
        Ok(true)
    }

    /// Ends, by a token that is taken once, the sessions that came from this session of the provider, or, when none is named, all of
    /// this subject. One of which the provider did not say from which of its sessions it comes ends with any of them. Answers
    /// whose they were; nothing when the token was taken before.
    ///
    /// # Errors
    /// The database is out of reach; then the token is not taken, either.
    pub async fn end_sessions(
        &self,
        token: Hash,
        subject: Option<&Subject>,
        provider_session: Option<&Subject>,
        issued: i64,
    ) -> VaultResult<Option<HashSet<PersonId>>> {
        let now = self.core.clock.now();
        let whose = provider_session.or(subject);
        let [subject, provider_session] = [subject, provider_session].map(|one| one.map(|one| one.0.clone()));
        let mut tx = self.core.content.begin().await?;
        let taken = on_tx!(&mut tx, |c| {
            sqlx::query("DELETE FROM logout_tokens WHERE taken_at < $1")
                .bind(now.plus_seconds(-REMEMBERED).0)
                .execute(&mut *c)
                .await?;
            sqlx::query("INSERT INTO logout_tokens (token, taken_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(&token[..])
                .bind(now.0)
                .execute(&mut *c)
                .await?
                .rows_affected()
        });
        if taken != 1 {
            return Ok(None);
        }
        // First, so that a sign-in that is on its way to its session either waits for this, or has its session found.
        if let Some(whose) = whose {
            on_tx!(&mut tx, |c| {
                sqlx::query("DELETE FROM provider_ends WHERE ended_at < $1")
                    .bind(now.plus_seconds(-REMEMBERED).0.div_euclid(1_000_000))
                    .execute(&mut *c)
                    .await?;
            });
            ended(&mut tx, whose, issued).await?;
        }
        let rows: Vec<(Uuid,)> = on_tx!(&mut tx, |c| {
            sqlx::query_as(
                "DELETE FROM sessions WHERE token IN (SELECT session FROM session_origins \
                 WHERE ($1 IS NULL OR subject = $1) AND ($2 IS NULL OR provider_session = $2 OR \
                 ($1 IS NOT NULL AND provider_session IS NULL)) AND ($1 IS NOT NULL OR $2 IS NOT NULL)) \
                 RETURNING person",
            )
            .bind(subject)
            .bind(provider_session)
            .fetch_all(&mut *c)
            .await?
        });
        tx.commit().await?;
        self.core.session_ended();
        Ok(Some(rows.into_iter().map(|(person,)| PersonId(person)).collect()))
    }

    /// Makes the departments that the configuration names and that are not there.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn make_departments(&self, names: &[String]) -> VaultResult<()> {
        let directory = super::Directory::new(self.core.clone());
        let there = directory.departments().await?;
        for (position, name) in
            (there.len()..).zip(names.iter().filter(|name| there.iter().all(|one| one.name != **name)))
        {
            let department = Department { id: random_id(&*self.core.entropy), name: name.clone() };
            directory.add_department(&department, i64::try_from(position).unwrap_or(i64::MAX)).await?;
        }
        Ok(())
    }
}
