//! Where somebody comes in whom the provider vouched for: at the place that they have, or nowhere yet.

use super::{
    claims,
    flow::{Door, Failed},
};
use plein_domain::{
    ids::PersonId,
    ports::{Arrival, SessionRef},
};
use plein_vault::store::{Admitted, Subject, Told, Unplaced};

impl Door {
    /// Who this is here: by the provider's word for a place, or by an administrator's where it says nothing; nobody yet when
    /// neither of them gave one, and then no session of theirs stays.
    pub(super) async fn placed(
        &self,
        who: &claims::Who,
        subject: &Subject,
        claims: &serde_json::Map<String, serde_json::Value>,
        arrival: &Arrival,
    ) -> Result<Option<PersonId>, Failed> {
        let options = &self.provider.options;
        let told = Told { subject, identifier: &who.subject, name: &who.name, arrival };
        let (person, why) = match claims::place(claims, &options.claims, &options.groups) {
            Ok(placed) => match self.vault.sign_ins.admit(&told, &placed).await? {
                Admitted::In(person) => return Ok(Some(person)),
                Admitted::TakenAway(person) => {
                    (Some(person), ("taken-away", "an administrator took their place away, whatever the groups say"))
                }
            },
            Err(why) => {
                let said = claims::said(why, claims, &options.claims, &options.groups);
                match self.vault.sign_ins.wait(&told, &said).await? {
                    Unplaced::Stands(person) => return Ok(Some(person)),
                    Unplaced::Waits(person) => (person, (why.code(), why.told())),
                }
            }
        };
        if let Some(person) = person
            && self.vault.sessions.end_all_of(person).await? > 0
        {
            self.ended(person, SessionRef([0; 32]), "no-place-any-more", arrival).await;
        }
        let (code, told) = why;
        self.refuse(subject, code, arrival).await?;
        tracing::warn!(trace = %arrival.trace, "somebody whom the provider knows waits: {told}");
        Ok(None)
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
