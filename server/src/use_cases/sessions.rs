//! Sign-in and what belongs to the session.

use super::*;
use async_trait::async_trait;
use plein_domain::{
    ledger::LineKind,
    moment::random_id,
    ports::Arrived,
    session::{OpenSession, device},
};
use sha2::{Digest, Sha256};

/// The time of last use is written at most this often, in seconds.
const TOUCH: i64 = 60;

fn reference(token: &str) -> SessionRef {
    SessionRef(Sha256::digest(token.as_bytes()).into())
}

/// Whether a session still stands that has a socket open; `active`: something was done in it since last asked.
pub(crate) async fn stands(
    vault: &Vault,
    limits: SessionLimits,
    session: SessionRef,
    active: bool,
) -> VaultResult<bool> {
    let Some(row) = vault.sessions.find(session).await? else {
        return Ok(false);
    };
    let now = vault.clock().now();
    let idle = !active && now > row.seen_at.plus_seconds(limits.idle);
    if idle || now > row.begun_at.plus_seconds(limits.longest) {
        vault.sessions.end(session).await?;
        return Ok(false);
    }
    if active && now > row.seen_at.plus_seconds(TOUCH) {
        vault.sessions.touch(session).await?;
    }
    Ok(true)
}

#[async_trait]
impl Sessions for UseCases {
    async fn demo_people(&self) -> Answer<Vec<Person>> {
        if !self.installation.demo {
            return Ok(Vec::new());
        }
        let people = self.vault.directory.people().await;
        let people = people.map_err(|error| failure(random_id(&**self.vault.entropy()), &error))?;
        Ok(people.into_iter().filter(|person| !person.roles.is_empty()).collect())
    }

    async fn sign_in_demo(&self, person: PersonId, trace: TraceId, network: &str) -> Answer<String> {
        if !self.installation.demo {
            return Err(Problem::NotFound);
        }
        let arrived = Arrived::now();
        let fail = |error| failure(trace, &error);
        let person = self.vault.directory.person(person).await.map_err(fail)?;
        let person = person.filter(|person| !person.roles.is_empty()).ok_or(Problem::NotFound)?;
        let mut bytes = [0; 32];
        self.vault.entropy().fill(&mut bytes);
        let token: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let session = reference(&token);
        let (purposes, network) = (Vec::new(), network.to_owned());
        let asker = Asker { person, purposes, trace, network, session, arrived };
        self.vault.gate.record_session(&asker, LineKind::SignedIn).await.map_err(fail)?;
        self.vault.sessions.begin(session, asker.person.id).await.map_err(fail)?;
        Ok(token)
    }

    async fn resume(&self, token: &str, trace: TraceId, network: &str) -> Answer<Option<Asker>> {
        let arrived = Arrived::now();
        let session = reference(token);
        let fail = |error| failure(trace, &error);
        let Some(row) = self.vault.sessions.find(session).await.map_err(fail)? else {
            return Ok(None);
        };
        let now = self.vault.clock().now();
        let limits = self.installation.sessions;
        if now > row.seen_at.plus_seconds(limits.idle) || now > row.begun_at.plus_seconds(limits.longest) {
            self.vault.sessions.end(session).await.map_err(fail)?;
            return Ok(None);
        }
        if now > row.seen_at.plus_seconds(TOUCH) {
            self.vault.sessions.touch(session).await.map_err(fail)?;
        }
        // A sign-in that was under way when its person's place was taken away is none.
        let person = self.vault.directory.person(row.person).await.map_err(fail)?;
        let Some(person) = person.filter(|person| !person.roles.is_empty()) else {
            self.vault.sessions.end(session).await.map_err(fail)?;
            return Ok(None);
        };
        let (purposes, network) = (row.purposes, network.to_owned());
        Ok(Some(Asker { person, purposes, trace, network, session, arrived }))
    }

    async fn sign_out(&self, asker: &Asker) -> Answer<()> {
        // Signing out works also while the ledger is down: keeping somebody signed in would be worse.
        if let Err(error) = self.vault.gate.record_session(asker, LineKind::SignedOut).await {
            failure(asker.trace, &error);
        }
        self.vault.sessions.end(asker.session).await.asked_by(asker).map(drop)
    }

    async fn note_device(&self, token: &str, user_agent: &str) {
        let noted = self.vault.sessions.note_device(reference(token), &device(user_agent)).await;
        if let Err(error) = noted {
            tracing::warn!(%error, "on what somebody signed in cannot be noted");
        }
    }

    async fn mine(&self, asker: &Asker) -> Answer<Vec<OpenSession>> {
        self.open_sessions(asker, asker.person.id).await.asked_by(asker)
    }

    async fn end_mine(&self, asker: &Asker, which: Option<SessionId>) -> Answer<bool> {
        let mine = self.open_sessions(asker, asker.person.id).await.asked_by(asker)?;
        let ends = |one: &&OpenSession| which.map_or(!one.here, |id| one.id == id);
        let ended: Vec<&OpenSession> = mine.iter().filter(ends).collect();
        if ended.is_empty() {
            return Ok(false);
        }
        // As signing out: it works also while the ledger is down.
        let said = format!("own: {}", ended.len());
        let recorded = self.vault.gate.record_sessions_ended(asker, asker.person.id, &said).await;
        if let Err(error) = recorded {
            failure(asker.trace, &error);
        }
        let here = ended.iter().any(|one| one.here);
        let done = match which {
            Some(id) => self.vault.sessions.end_named(asker.person.id, id).await,
            None => self.vault.sessions.end_others_of(asker.person.id, asker.session).await,
        };
        done.asked_by(asker).map(|()| here)
    }

    async fn refused(&self, asker: &Asker, what: &str) -> Answer<()> {
        self.vault.gate.record_refusal(asker, what).await.asked_by(asker)
    }

    async fn state_purpose(&self, asker: &Asker, purpose: StatedPurpose) -> Answer<()> {
        let checked = self.vault.gate.check_purpose(asker, purpose).await;
        self.permitted(asker, checked).await?;
        self.vault.sessions.state_purpose(asker.session, purpose).await.asked_by(asker)
    }
}
