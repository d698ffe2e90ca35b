//! Sign-in and what belongs to the session.

use super::*;
use async_trait::async_trait;
use plein_domain::{
    ledger::{LineKind, Outcome},
    moment::{Moment, random_id},
    ports::{Arrival, Arrived},
    session::OpenSession,
};
use plein_vault::store::SessionRow;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// The time of last use is written at most this often, in seconds.
const TOUCH: i64 = 60;

/// How often sessions are looked for to which nobody came back.
const LEFT_OVER: Duration = Duration::from_secs(600);

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Until when a session counts for what, as it was used last.
fn times(row: &SessionRow, limits: SessionLimits, at: Moment) -> SessionTimes {
    SessionTimes {
        at,
        fresh_until: row.proved_at.plus_seconds(limits.fresh),
        idle_until: row.seen_at.plus_seconds(limits.idle),
        ends_at: row.begun_at.plus_seconds(limits.longest),
    }
}

/// Ends the sessions that outlived their limits while nobody asked for anything in them.
///
/// # Errors
/// A database is out of reach.
pub async fn end_left_over(vault: &Vault, limits: SessionLimits) -> VaultResult<()> {
    loop {
        let now = vault.clock().now();
        let found = vault.sessions.left_over(now.plus_seconds(-limits.longest), now.plus_seconds(-limits.idle)).await?;
        if found.is_empty() {
            return Ok(());
        }
        for session in found {
            // It may have been used meanwhile.
            stands(vault, limits, session, false).await?;
        }
    }
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
    let until = times(&row, limits, now);
    // What is done just now is no idleness, though it is not written down yet.
    if now > until.ends_at || (!active && now > until.idle_until) {
        end_late(vault, limits, session, &row, &Arrival::of(random_id(&**vault.entropy()), "")).await?;
        return Ok(false);
    }
    if active && now > row.seen_at.plus_seconds(TOUCH) {
        vault.sessions.touch(session).await?;
    }
    Ok(true)
}

/// A session that outlived its limits ends, and that stands in the access log. As with every sign-out, it counts also while
/// the log is down.
async fn end_late(
    vault: &Vault,
    limits: SessionLimits,
    session: SessionRef,
    row: &SessionRow,
    Arrival { trace, network, .. }: &Arrival,
) -> VaultResult<()> {
    let until = times(row, limits, vault.clock().now());
    let why = if until.at > until.ends_at { "longest" } else { "idle" };
    let person = vault.directory.person(row.person).await?;
    if !vault.sessions.end(session).await? {
        return Ok(());
    }
    let Some(person) = person else { return Ok(()) };
    let (network, arrived, times) = (network.clone(), Arrived::now(), SessionTimes::NONE);
    let asker = Asker { person, purposes: Vec::new(), trace: *trace, network, session, arrived, times };
    if let Err(error) = vault.gate.record_sessions_ended(&asker, row.person, why).await {
        failure(*trace, &error);
    }
    Ok(())
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

    async fn sign_in_demo(&self, person: PersonId, arrival: &Arrival) -> Answer<String> {
        if !self.installation.demo {
            return Err(Problem::NotFound);
        }
        let Arrival { trace, network, device } = arrival.clone();
        let arrived = Arrived::now();
        let fail = |error| failure(trace, &error);
        let person = self.vault.directory.person(person).await.map_err(fail)?;
        let person = person.filter(|person| !person.roles.is_empty()).ok_or(Problem::NotFound)?;
        let token = self.token();
        let session = SessionRef(hash(&token));
        let (purposes, times) = (Vec::new(), SessionTimes::NONE);
        let asker = Asker { person, purposes, trace, network, session, arrived, times };
        self.vault.gate.record_session(&asker, LineKind::SignedIn, "demo").await.map_err(fail)?;
        self.vault.sessions.begin(session, asker.person.id, &device).await.map_err(fail)?;
        Ok(token)
    }

    async fn resume(&self, token: &str, trace: TraceId, network: &str) -> Answer<Option<Asker>> {
        let arrived = Arrived::now();
        let fail = |error| failure(trace, &error);
        let Some((session, mut row)) = self.vault.sessions.opened_by(hash(token)).await.map_err(fail)? else {
            return Ok(None);
        };
        let now = self.vault.clock().now();
        let limits = self.installation.sessions;
        let until = times(&row, limits, now);
        if now > until.idle_until || now > until.ends_at {
            end_late(&self.vault, limits, session, &row, &Arrival::of(trace, network)).await.map_err(fail)?;
            return Ok(None);
        }
        if now > row.seen_at.plus_seconds(TOUCH) {
            self.vault.sessions.touch(session).await.map_err(fail)?;
            row.seen_at = now;
        }
        // A sign-in that was under way when its person's place was taken away is none.
        let person = self.vault.directory.person(row.person).await.map_err(fail)?;
        let Some(person) = person.filter(|person| !person.roles.is_empty()) else {
            self.vault.sessions.end(session).await.map_err(fail)?;
            return Ok(None);
        };
        let (times, network) = (times(&row, limits, now), network.to_owned());
        Ok(Some(Asker { person, purposes: row.purposes, trace, network, session, arrived, times }))
    }

    async fn left(&self, token: &str) -> Answer<Option<SessionLeft>> {
        let fail = |error| failure(random_id(&**self.vault.entropy()), &error);
        let Some((_, row)) = self.vault.sessions.opened_by(hash(token)).await.map_err(fail)? else {
            return Ok(None);
        };
        Ok(times(&row, self.installation.sessions, self.vault.clock().now()).left())
    }

    async fn confirm_demo(&self, asker: &Asker) -> Answer<String> {
        if !self.installation.demo {
            return Err(Problem::NotFound);
        }
        self.vault.gate.record_anew(asker, Outcome::Done, "confirmed").await.asked_by(asker)?;
        let token = self.token();
        let now = self.vault.clock().now();
        match self.vault.sessions.prove(asker.session, hash(&token), now).await.asked_by(asker)? {
            true => Ok(token),
            false => Err(Problem::NotFound),
        }
    }

    async fn sign_out(&self, asker: &Asker) -> Answer<()> {
        // Signing out works also while the ledger is down: keeping somebody signed in would be worse.
        if let Err(error) = self.vault.gate.record_session(asker, LineKind::SignedOut, "").await {
            failure(asker.trace, &error);
        }
        self.vault.sessions.end(asker.session).await.asked_by(asker).map(drop)
    }

    async fn mine(&self, asker: &Asker) -> Answer<Vec<OpenSession>> {
        self.open_sessions(asker, asker.person.id).await.asked_by(asker)
    }

    async fn end_mine(&self, asker: &Asker, which: Option<SessionRef>) -> Answer<bool> {
        if which == Some(asker.session) {
            return self.sign_out(asker).await.map(|()| true);
        }
        // Whoever has somebody's browser for a moment signs nobody out elsewhere; here they may.
        let fresh = self.vault.gate.fresh(asker, LineKind::SessionsEnded).await;
        self.permitted(asker, fresh).await?;
        let mine = self.open_sessions(asker, asker.person.id).await.asked_by(asker)?;
        let ends = |one: &&OpenSession| which.map_or(!one.here, |id| one.id == id);
        let ended = mine.iter().filter(ends).count();
        if ended == 0 {
            return Ok(false);
        }
        // As signing out: it works also while the ledger is down.
        let said = format!("own: {ended}");
        let recorded = self.vault.gate.record_sessions_ended(asker, asker.person.id, &said).await;
        if let Err(error) = recorded {
            failure(asker.trace, &error);
        }
        let done = match which {
            Some(session) => self.vault.sessions.end_of(asker.person.id, session).await,
            None => self.vault.sessions.end_others_of(asker.person.id, asker.session).await,
        };
        done.asked_by(asker).map(|()| false)
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

impl UseCases {
    /// Ends sessions to which nobody came back, now and then, as long as the vault is there.
    pub(crate) fn keep_sessions(&self) {
        let (vault, limits) = (Arc::downgrade(&self.vault), self.installation.sessions);
        self.vault.tasks().begin("old sessions", async move {
            while let Some(vault) = vault.upgrade() {
                if let Err(error) = end_left_over(&vault, limits).await {
                    tracing::warn!(%error, "old sessions are not ended");
                }
                drop(vault);
                tokio::time::sleep(LEFT_OVER).await;
            }
        });
    }

    /// A new secret for a cookie.
    fn token(&self) -> String {
        let mut bytes = [0; 32];
        self.vault.entropy().fill(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
