//! Signing in anew: somebody who is signed in proves once more, at the provider, who they are, before they do something weighty.
//!
//! What must never happen here: that the provider's memory of a browser counts as a proof, that somebody else's proof does, or that
//! a session changes when it did not come about.

use super::{
    flow::{Door, Failed, Kept, hash},
    tokens::{AHEAD, Told},
};
use plein_domain::{
    ids::PersonId,
    ledger::Outcome,
    moment::Moment,
    ports::{Arrival, Asker, SessionRef},
    sign_in::{Begun, NotSignedInBecause, Returned},
};
use plein_vault::store::{Origin, Subject};
use serde::{Deserialize, Serialize};

/// Who is to prove it, since when, and in which session.
#[derive(Serialize, Deserialize)]
pub(super) struct Anew {
    person: PersonId,
    session: [u8; 32],
    asked_at: Moment,
}

impl Anew {
    /// In which session.
    pub(super) const fn session(&self) -> SessionRef {
        SessionRef(self.session)
    }
}

fn seconds(at: Moment) -> i64 {
    at.0.div_euclid(1_000_000)
}

/// When a session counts as proved: when the token says so, and not later than now; never, when it says a time that is to come.
pub(super) fn proved_at(told: &Told, now: Moment) -> Option<Moment> {
    let proved = told.proved.filter(|proved| *proved <= seconds(now) + AHEAD)?;
    Some(Moment(now.0.min(proved.checked_mul(1_000_000)?)))
}

fn not_anew(why: impl Into<String>) -> Failed {
    Failed(NotSignedInBecause::NotAnew, why.into())
}

fn not_asked() -> Failed {
    let why = "this browser is not in the session any more in which somebody was to sign in anew";
    Failed(NotSignedInBecause::NotAsked, why.into())
}

impl Door {
    /// Sends the browser to the provider; that this was asked stands in the log first.
    pub(super) async fn ask_anew(&self, asker: &Asker, back: &str) -> Result<Begun, Failed> {
        self.vault.gate.record_anew(asker, Outcome::Permitted, "asked").await?;
        let (person, session) = (asker.person.id, asker.session.0);
        self.send(back, Some(Anew { person, session, asked_at: self.provider.now() })).await
    }

    /// Whether the browser is still in the session in which it was to prove something; nothing to ask of who only signs in.
    pub(super) async fn is_in_session(&self, returned: &Returned, kept: &Kept) -> Result<(), Failed> {
        let Some(anew) = &kept.anew else { return Ok(()) };
        let Some(token) = &returned.session else { return Err(not_asked()) };
        match self.vault.sessions.opened_by(hash(token)).await? {
            Some((session, row)) if session.0 == anew.session && row.person == anew.person => Ok(()),
            _ => Err(not_asked()),
        }
    }

    /// Whether this is the same person, who proved it after they were asked to, as far as the two clocks agree. When the token was
    /// issued is no measure: Entra ID dates that five minutes back.
    pub(super) async fn proved_anew(&self, anew: &Anew, subject: &Subject, told: &Told) -> Result<(), Failed> {
        if self.vault.sign_ins.person(subject).await? != Some(anew.person) {
            let why = "somebody else signed in at the provider than whose session it is";
            return Err(Failed(NotSignedInBecause::OtherPerson, why.into()));
        }
        let Some(proved) = told.proved else {
            return Err(not_anew(
                "the token does not say when its subject signed in (auth_time), although max_age was sent",
            ));
        };
        if proved > seconds(self.provider.now()) + AHEAD {
            return Err(not_anew(
                "the token says that its subject is still to sign in (auth_time): compare the clocks",
            ));
        }
        if proved < seconds(anew.asked_at) - AHEAD {
            return Err(not_anew(
                "its subject signed in before they were asked to (auth_time): prompt=login was not obeyed",
            ));
        }
        Ok(())
    }

    /// The new token of the session. The line in the log comes first.
    pub(super) async fn renewed(
        &self,
        anew: &Anew,
        person: PersonId,
        origin: &Origin,
        arrival: &Arrival,
    ) -> Result<String, Failed> {
        let session = SessionRef(anew.session);
        let asker = self.asker(person, session, arrival).await?;
        self.vault.gate.record_anew(&asker, Outcome::Done, "proved").await?;
        let token = self.secret();
        match self.vault.sign_ins.renew_session(session, hash(&token), person, origin).await? {
            true => Ok(token),
            false => Err(not_asked()),
        }
    }

    /// That it did not come about stands in the log, under whose session it is.
    pub(super) async fn not_anew(&self, anew: &Anew, failed: &Failed, arrival: &Arrival) {
        let recorded = async {
            let asker = self.asker(anew.person, SessionRef(anew.session), arrival).await?;
            self.vault.gate.record_anew(&asker, Outcome::Refused, failed.0.code()).await
        };
        if let Err(error) = recorded.await {
            tracing::error!(trace = %arrival.trace, %error, "that somebody did not sign in anew cannot be recorded");
        }
    }
}
