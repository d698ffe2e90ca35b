//! Administration: people, their places, and the second pair of eyes. No content of any record.

use super::*;
use async_trait::async_trait;
use plein_domain::{
    administration::{self as places, Place, *},
    form::{Fault, FieldProblem, FormValues},
    moment::Moment,
    session::OpenSession,
};
use plein_vault::{
    Placing,
    store::{self, ProposalEntry},
};

#[async_trait]
impl Administration for UseCases {
    async fn people(&self, asker: &Asker, list: PeopleList, page: u32) -> Answer<PeopleView> {
        let (offset, limit) = window(page);
        let permit = self.vault.gate.list_people(asker, list, (offset, limit - 1)).await;
        let (permit, more) = self.permitted(asker, permit).await?;
        let rows = self.vault.administration.people(permit).await.asked_by(asker)?;
        let proposals = self.vault.administration.open_proposals().await.asked_by(asker)?;
        Ok(PeopleView { list, rows: Numbered { rows, page: page.max(1), more }, proposals })
    }

    async fn person(&self, asker: &Asker, id: PersonId, page: u32) -> Answer<PersonView> {
        let (offset, limit) = window(page);
        let permit = self.vault.gate.view_place(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        let people = self.people().await.asked_by(asker)?;
        let proposal = self.vault.administration.proposal_about(&permit).await.asked_by(asker)?;
        let proposal = proposal.map(|(entry, somebody)| self.proposal(asker, entry, somebody, &people));
        let (somebody, rows) = self.vault.administration.person(permit, (offset, limit)).await.asked_by(asker)?;
        let more = rows.len() as i64 == limit;
        let rows = rows.into_iter().take(PAGE_ROWS).map(|(change, by)| {
            let by = change.by.or_else(|| Some(people.get(&by?).map(|one| one.name.clone()).unwrap_or_default()));
            PlaceChange { by, ..change }
        });
        Ok(PersonView {
            own: id == asker.person.id,
            departments: self.vault.directory.departments().await.asked_by(asker)?,
            proposal,
            sessions: self.open_sessions(asker, id).await.asked_by(asker)?,
            changes: Numbered { rows: rows.collect(), page: page.max(1), more },
            somebody,
        })
    }

    async fn place(&self, asker: &Asker, id: PersonId, seen: i64, values: FormValues) -> Answer<PlaceAct> {
        let (department, roles) = places::read(&values).map_err(Problem::Invalid)?;
        let departments = self.vault.directory.departments().await.asked_by(asker)?;
        let unknown = || FieldProblem { field: "department".into(), fault: Fault::NotAChoice };
        let department = departments.into_iter().find(|one| one.id == department);
        let department = department.ok_or_else(|| Problem::Invalid(vec![unknown()]))?;
        self.change(asker, id, Some(Place { department, roles }), seen).await
    }

    async fn take_away(&self, asker: &Asker, id: PersonId, seen: i64) -> Answer<PlaceAct> {
        self.change(asker, id, None, seen).await
    }

    async fn end_sessions(&self, asker: &Asker, id: PersonId) -> Answer<()> {
        let permit = self.vault.gate.end_sessions(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.administration.end_sessions(permit).await.asked_by(asker)
    }

    async fn proposals(&self, asker: &Asker, page: u32) -> Answer<Numbered<Proposal>> {
        let (offset, limit) = window(page);
        let permit = self.vault.gate.list_proposals(asker, (offset, limit - 1)).await;
        let (permit, more) = self.permitted(asker, permit).await?;
        let people = self.people().await.asked_by(asker)?;
        let rows = self.vault.administration.proposals(permit).await.asked_by(asker)?;
        let rows = rows.into_iter().map(|(entry, somebody)| self.proposal(asker, entry, somebody, &people)).collect();
        Ok(Numbered { rows, page: page.max(1), more })
    }

    async fn decide(&self, asker: &Asker, id: ProposalId, verb: ProposalVerb) -> Answer<PlaceAct> {
        let permit = self.vault.gate.decide_proposal(asker, id, verb).await;
        let permit = self.permitted(asker, permit).await?;
        match verb {
            ProposalVerb::Confirm => self.vault.administration.confirm(permit).await.asked_by(asker),
            ProposalVerb::Decline | ProposalVerb::Withdraw => {
                self.vault.administration.drop_proposal(permit, verb).await.asked_by(asker)
            }
        }
    }
}

impl UseCases {
    async fn change(&self, asker: &Asker, id: PersonId, after: Option<Place>, seen: i64) -> Answer<PlaceAct> {
        let placing = self.vault.gate.change_place(asker, id, after, seen).await;
        match self.permitted(asker, placing).await? {
            Placing::May(permit) => self.vault.administration.place(*permit).await.asked_by(asker),
            Placing::MayPropose(permit) => self.vault.administration.propose(*permit).await.asked_by(asker),
            Placing::ProvidersWord => Ok(PlaceAct::ProvidersWord),
            Placing::Same => Ok(PlaceAct::Same),
        }
    }

    fn proposal(
        &self,
        asker: &Asker,
        entry: ProposalEntry,
        somebody: Somebody,
        people: &HashMap<PersonId, Person>,
    ) -> Proposal {
        let store::ProposalEntry { header, after, at, lapses_at, .. } = entry;
        let may = self.vault.gate.proposal_options(asker, &header);
        let by = people.get(&header.proposer).map(|one| one.name.clone()).unwrap_or_default();
        let Somebody { name, identifier, place, .. } = somebody;
        let before = place.filter(|place| !place.roles.is_empty());
        Proposal { id: header.id, person: header.person, name, identifier, before, after, by, at, lapses_at, may }
    }

    /// Where somebody is signed in now.
    pub(super) async fn open_sessions(&self, asker: &Asker, whose: PersonId) -> VaultResult<Vec<OpenSession>> {
        let (now, limits) = (self.vault.clock().now(), self.installation.sessions);
        let since: (Moment, Moment) = (now.plus_seconds(-limits.longest), now.plus_seconds(-limits.idle));
        self.vault.sessions.open_of(whose, since, asker.session).await
    }
}
