//! What the administrator of the town hall does: who waits for a place, and a proposal that waits for a second person.

use super::{
    Failure,
    municipality::PUBLIC_ORDER,
    sitting::{Sitting, told},
};
use plein_domain::{
    administration::{PeopleList, PlaceAct},
    form::FormValues,
    people::Role,
    ports::Arrival,
    purpose::StatedPurpose,
};
use plein_vault::store::{Said, Told};

/// Who a sign-in service would have told; a demonstration has none.
const NOWHERE: &str = "https://aanmelden.lierveen.example";

impl Sitting<'_, '_> {
    /// Somebody whom nobody gave a place has signed in.
    pub(super) async fn waits(&mut self, name: &str, identifier: &str) -> Result<(), Failure> {
        let asker = self.request(20).await?;
        let sign_ins = &self.world.desk.vault().sign_ins;
        let subject = sign_ins.subject(NOWHERE, identifier).await?;
        let arrival = Arrival::of(asker.trace, &asker.network);
        let told = Told { subject: &subject, identifier, name, arrival: &arrival };
        sign_ins.wait(&told, &Said::Nothing).await?;
        Ok(())
    }

    /// Looks who waits, and proposes to make one of them the second administrator.
    pub(super) async fn propose_administrator(&mut self, name: &str) -> Result<(), Failure> {
        let failed = |problem| told("proposing an administrator", &problem);
        let administration = self.world.ports.administration.clone();
        let asker = self.for_purpose(StatedPurpose::Administration, 20).await?;
        let waiting = administration.people(&asker, PeopleList::Waiting, 1).await.map_err(failed)?;
        let one = waiting.rows.rows.into_iter().find(|one| one.name == name);
        let one = one.ok_or_else(|| format!("{name} does not wait"))?;
        let asker = self.request(30).await?;
        administration.person(&asker, one.id, 1).await.map_err(failed)?;
        let asker = self.request(40).await?;
        let mut values = FormValues::default();
        values.set("department", PUBLIC_ORDER.to_string());
        values.push("roles", Role::Administrator.code());
        match administration.place(&asker, one.id, one.version, values).await.map_err(failed)? {
            PlaceAct::Proposed => Ok(()),
            other => Err(format!("{name} was to be proposed, and it was answered {other:?}").into()),
        }
    }
}
