//! Where somebody comes in whom the provider vouched for: at the place that they have, or nowhere yet.

use super::{
    anew::Anew,
    claims,
    flow::{Door, Failed},
    tokens,
};
use plein_domain::{
    ids::PersonId,
    ports::{Arrival, SessionRef},
    sign_in::NotLetIn,
};
use plein_vault::store::{Admitted, Subject, Told, Unplaced};

/// Why whose place was taken away is not let in, in a code and for the operator.
const TAKEN_AWAY: (&str, &str) = ("taken-away", "an administrator took their place away, whatever the groups say");

impl Door {
    /// Who this is here: by the provider's word for a place, or by an administrator's where it says nothing; or why they are not let in.
    /// Whose place is gone has no session that stays; whose place stands, though the groups say something else, keeps theirs.
    pub(super) async fn placed(
        &self,
        who: &claims::Who,
        subject: &Subject,
        told: &tokens::Told,
        (anew, arrival): (Option<&Anew>, &Arrival),
    ) -> Result<Result<PersonId, NotLetIn>, Failed> {
        let options = &self.provider.options;
        let claims = &told.claims;
        let told = Told { subject, identifier: &who.subject, name: &who.name, arrival };
        let (person, because, (code, why)) = match claims::place(claims, &options.claims, &options.groups) {
            Ok(placed) => match self.vault.sign_ins.admit(&told, &placed, anew.map(Anew::session)).await? {
                Admitted::In(person) => return Ok(Ok(person)),
                Admitted::TakenAway(person) => (Some(person), NotLetIn::TakenAway, TAKEN_AWAY),
            },
            Err(why) => {
                let said = claims::said(why, claims, &options.claims, &options.groups);
                let groups = (why.code(), why.told());
                match self.vault.sign_ins.wait(&told, &said).await? {
                    Unplaced::Stands(person) => return Ok(Ok(person)),
                    Unplaced::Contradicted(_) => (None, NotLetIn::Contradicted, groups),
                    Unplaced::TakenAway(person) => (Some(person), NotLetIn::TakenAway, TAKEN_AWAY),
                    Unplaced::NoMore(person) => (Some(person), NotLetIn::NoPlaceAnyMore, groups),
                    Unplaced::Waits => (None, NotLetIn::NoPlaceYet, groups),
                }
            }
        };
        if let Some(person) = person
            && self.vault.sessions.end_all_of(person).await? > 0
        {
            self.ended(person, SessionRef([0; 32]), "no-place-any-more", arrival).await;
        }
        self.refuse(subject, code, arrival).await?;
        tracing::warn!(trace = %arrival.trace, "somebody whom the provider knows waits: {why}");
        Ok(Err(because))
    }

    /// A session that ended in another way than by signing out. As with every sign-out, it counts also while the log is down.
    pub(super) async fn ended(&self, person: PersonId, session: SessionRef, why: &'static str, arrival: &Arrival) {
        let recorded = async {
            let asker = self.asker(person, session, arrival).await?;
            self.vault.gate.record_sessions_ended(&asker, person, why).await
        };
        if let Err(error) = recorded.await {
            tracing::error!(trace = %arrival.trace, %error, "the end of a session cannot be recorded");
        }
    }
}
