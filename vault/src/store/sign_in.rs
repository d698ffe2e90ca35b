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
use plein_domain::{
    ids::*,
    moment::{Moment, random_id},
    people::*,
    ports::SessionRef,
};
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

/// From where at the provider a session comes.
#[derive(Clone)]
pub struct Origin {
    /// Who it is there.
    pub subject: Subject,
    /// In which of its sessions, when it says so.
    pub provider_session: Option<Subject>,
    /// When they proved there who they are, when it says so.
    pub proved_at: Option<Moment>,
    /// When its token was issued, in seconds by its own clock.
    pub issued: i64,
}

/// What the provider says of who is signed out there.
#[derive(Clone)]
pub struct SignedOut {
    /// The token that says so, by a hash.
    pub token: Hash,
    /// Who.
    pub subject: Option<Subject>,
    /// In which of its sessions; in all of them when it names none.
    pub provider_session: Option<Subject>,
    /// When it was issued, in seconds by the provider's own clock.
    pub issued: i64,
}

/// Where the provider places somebody, in Plein's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The department, by its name.
    pub department: String,
    /// What they may do.
    pub roles: Vec<Role>,
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

    /// Begins a session that comes from the provider, on this device. Answers whether that came about: not when they were signed out there meanwhile,
    /// or may do nothing here any more.
    ///
    /// # Errors
    /// The database is out of reach; nothing was written.
    pub async fn begin_session(
        &self,
        session: SessionRef,
        person: PersonId,
        origin: &Origin,
        device: &str,
    ) -> VaultResult<bool> {
        let now = self.core.clock.now();
        let mut tx = self.core.content.begin().await?;
        take_turn(&self.core, &mut tx).await?;
        on_tx!(&mut tx, |c| {
            // First, so that it waits for who takes their place away just now.
            sqlx::query("UPDATE people SET signed_in_at = $1 WHERE id = $2")
                .bind(now.0)
                .bind(person.0)
                .execute(&mut *c)
                .await?;
        });
        if overtaken(&mut tx, person, origin).await? {
            return Ok(false);
        }
        on_tx!(&mut tx, |c| {
            sqlx::query(
                "INSERT INTO sessions (token, secret, person, begun_at, seen_at, proved_at, device) \
                 VALUES ($1, $1, $2, $3, $3, $4, $5)",
            )
            .bind(&session.0[..])
            .bind(person.0)
            .bind(now.0)
            .bind(origin.proved_at.map_or(0, |at| at.0))
            .bind(device)
            .execute(&mut *c)
            .await?;
            sqlx::query("INSERT INTO session_origins (session, subject, provider_session) VALUES ($1, $2, $3)")
                .bind(&session.0[..])
                .bind(&origin.subject.0)
                .bind(origin.provider_session.as_ref().map(|one| one.0.clone()))
                .execute(&mut *c)
                .await?;
        });
        tx.commit().await?;
        Ok(true)
    }

    /// Exchanges the token of a session for a new one, by its hash: its person proved anew at the provider who they are, perhaps in
    /// another session there. Answers whether the session was still there, and theirs.
    ///
    /// # Errors
    /// The database is out of reach; nothing was written.
    pub async fn renew_session(
        &self,
        session: SessionRef,
        secret: Hash,
        person: PersonId,
        origin: &Origin,
    ) -> VaultResult<bool> {
        let now = self.core.clock.now();
        let mut tx = self.core.content.begin().await?;
        take_turn(&self.core, &mut tx).await?;
        if overtaken(&mut tx, person, origin).await? {
            return Ok(false);
        }
        let changed = on_tx!(&mut tx, |c| {
            // Before where it comes from, as who ends a session takes the two: neither then waits for the other.
            let changed = sqlx::query(
                "UPDATE sessions SET secret = $1, proved_at = $2, seen_at = $3 WHERE token = $4 AND person = $5",
            )
            .bind(&secret[..])
            .bind(origin.proved_at.map_or(0, |at| at.0))
            .bind(now.0)
            .bind(&session.0[..])
            .bind(person.0)
            .execute(&mut *c)
            .await?
            .rows_affected();
            sqlx::query("UPDATE session_origins SET subject = $1, provider_session = $2 WHERE session = $3")
                .bind(&origin.subject.0)
                .bind(origin.provider_session.as_ref().map(|one| one.0.clone()))
                .bind(&session.0[..])
                .execute(&mut *c)
                .await?;
            changed
        });
        if changed != 1 {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Ends, by a token that is taken once, the sessions that came from this session of the provider, or, when none is named, all of
    /// this subject. One of which the provider did not say from which of its sessions it comes ends with any of them. Answers
    /// whose they were; nothing when the token was taken before.
    ///
    /// # Errors
    /// The database is out of reach; then the token is not taken, either.
    pub async fn end_sessions(&self, out: &SignedOut) -> VaultResult<Option<HashSet<PersonId>>> {
        let now = self.core.clock.now();
        let [subject, provider_session] =
            [&out.subject, &out.provider_session].map(|one| one.as_ref().map(|one| one.0.clone()));
        let mut tx = self.core.content.begin().await?;
        take_turn(&self.core, &mut tx).await?;
        let taken = on_tx!(&mut tx, |c| {
            sqlx::query("DELETE FROM logout_tokens WHERE taken_at < $1")
                .bind(now.plus_seconds(-REMEMBERED).0)
                .execute(&mut *c)
                .await?;
            sqlx::query(
                "INSERT INTO logout_tokens (token, taken_at, subject, provider_session, issued_at) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            )
            .bind(&out.token[..])
            .bind(now.0)
            .bind(subject.clone())
            .bind(provider_session.clone())
            .bind(out.issued)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if taken != 1 {
            return Ok(None);
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

/// Whoever begins sessions, ends those of the provider or changes places waits for the others, on all nodes: what none has committed
/// yet would be seen by none.
pub(super) async fn take_turn(core: &Core, tx: &mut Tx) -> VaultResult<()> {
    let statement = format!("SELECT one FROM session_turns{}", core.content.held(" FOR UPDATE"));
    let _: (i32,) = on_tx!(tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(statement)).fetch_one(&mut *c).await?);
    Ok(())
}

/// Whether somebody was signed out at the provider, or lost all their roles, after what they come with was said.
async fn overtaken(tx: &mut Tx, person: PersonId, origin: &Origin) -> VaultResult<bool> {
    let (out, nothing): (i64, i64) = on_tx!(tx, |c| {
        // As sessions are ended by a token, the other way round.
        let out: (i64,) = sqlx::query_as(
            "SELECT COUNT(*) FROM logout_tokens WHERE issued_at >= $3 AND (subject IS NULL OR subject = $1) \
             AND (provider_session IS NULL OR provider_session = $2 OR ($2 IS NULL AND subject IS NOT NULL)) \
             AND (subject IS NOT NULL OR provider_session IS NOT NULL)",
        )
        .bind(origin.subject.0.clone())
        .bind(origin.provider_session.as_ref().map(|one| one.0.clone()))
        .bind(origin.issued)
        .fetch_one(&mut *c)
        .await?;
        let nothing: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM people WHERE id = $1 AND roles = ''")
            .bind(person.0)
            .fetch_one(&mut *c)
            .await?;
        (out.0, nothing.0)
    });
    Ok(out > 0 || nothing > 0)
}
