//! The questions about places: who sees them, who changes them, and who is the second person. The line says what the place was and
//! what it becomes; nobody's content is touched.

use super::*;
use crate::{
    permit::{Permit, act, of},
    store::{WantedPlace, administration},
};
use plein_domain::{
    administration::{PeopleList, Place, ProposalVerb, Word, needs_two},
    moment::random_id,
};

/// The answer to an administrator who wants to change a place.
pub enum Placing {
    /// It can be done.
    May(Box<Permit<act::Edit, of::NewPlace>>),
    /// It can be proposed: somebody else has to confirm it.
    MayPropose(Box<Permit<act::Create, of::NewProposal>>),
    /// The place is the provider's word, and is changed there.
    ProvidersWord,
    /// The place is that already.
    Same,
}

/// Why a command cannot make somebody administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMade {
    /// Nobody has this id.
    Unknown,
    /// There are administrators already, and it was not said that this is one more.
    ThereIsOne,
    /// The place is the provider's word, and would be that again at the next sign-in.
    ProvidersWord,
    /// The data protection officer has no other role.
    Fg,
    /// They are that already.
    Already,
}

impl Gate {
    /// So many people of a list, after leaving out so many; and whether there are more.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn list_people(
        &self,
        asker: &Asker,
        list: PeopleList,
        (offset, limit): (i64, i64),
    ) -> Result<(Permit<act::View, of::PeoplePage>, bool), Denied> {
        let decided = self.area(asker, Action::ListPeople).await?;
        let mut page = administration::page(&self.core.content, list, (offset, limit + 1)).await?;
        let more = page.len() as i64 > limit;
        page.truncate(usize::try_from(limit).unwrap_or_default());
        let mut objects: Vec<ObjectRef> = page.iter().map(|one| one.somebody.id.into()).collect();
        if objects.is_empty() {
            objects.push(ObjectRef::AREA);
        }
        let line = self.record(asker, LineKind::Listed, decided, objects).await?;
        Ok((Permit::after(line, page), more))
    }

    /// Somebody's place, with what happened to it.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn view_place(&self, asker: &Asker, id: PersonId) -> Result<Permit<act::View, of::Place>, Denied> {
        let (entry, decided) = self.person(asker, id, Action::ViewPlace).await?;
        let line = self.record(asker, LineKind::Opened, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, entry))
    }

    /// Another place for somebody, or none; `seen` is the version of the place that it is about. Where two people have to agree,
    /// it can be proposed alone.
    ///
    /// # Errors
    /// See [`Denied`]; one's own is not allowed.
    pub async fn change_place(
        &self,
        asker: &Asker,
        id: PersonId,
        after: Option<Place>,
        seen: i64,
    ) -> Result<Placing, Denied> {
        let (entry, decided) = self.person(asker, id, Action::ChangePlace).await?;
        let somebody = &entry.somebody;
        let before = somebody.place.as_ref().filter(|_| somebody.is_in());
        if after.as_ref() == before {
            return Ok(Placing::Same);
        }
        // What the provider says is said again at the next sign-in; only taking away outlasts it.
        if after.is_some() && before.is_some() && somebody.word == Some(Word::Provider) {
            return Ok(Placing::ProvidersWord);
        }
        let said = Place::change(before, after.as_ref());
        let roles: &[Role] = after.as_ref().map_or(&[], |place| &place.roles);
        let always = needs_two(somebody.roles(), roles, false);
        let sometimes = !always && needs_two(somebody.roles(), roles, true);
        // Asked again when it is done: this is for the line.
        let confirmable = administration::confirmable_now(&self.core.content, asker.person.id, id);
        let two = always || (sometimes && confirmable.await?);
        let kind = if two { LineKind::PlaceProposed } else { LineKind::PlaceChanged };
        let said = if sometimes && !two { format!("{said}; alone, as nobody could confirm it") } else { said };
        let line = self.record_saying(asker, kind, decided, vec![id.into()], said).await?;
        let wanted = WantedPlace { entry, after, seen, account: None, first: false };
        Ok(match two {
            true => Placing::MayPropose(Box::new(Permit::after(line, wanted))),
            false => Placing::May(Box::new(Permit::after(line, wanted))),
        })
    }

    /// Ending all sessions of somebody.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn end_sessions(&self, asker: &Asker, id: PersonId) -> Result<Permit<act::Edit, of::SessionsOf>, Denied> {
        let (_, decided) = self.person(asker, id, Action::EndSessions).await?;
        let line = self.record(asker, LineKind::SessionsEnded, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, id))
    }

    async fn person(
        &self,
        asker: &Asker,
        id: PersonId,
        action: Action,
    ) -> Result<(crate::store::PersonEntry, Decided), Denied> {
        let found = administration::find(&self.core.content, id).await?;
        let question = Question {
            actions: &[action],
            conceivable: vec![StatedPurpose::Administration],
            resource: found.as_ref().map(|_| Resource::Person(id)),
            object: id.into(),
            known_by: Some(&[Action::ViewPlace]),
        };
        let decided = self.decide(asker, question).await?;
        Ok((found.ok_or(Denied::NotFound)?, decided))
    }

    /// So many proposals that are open, after leaving out so many; and whether there are more.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn list_proposals(
        &self,
        asker: &Asker,
        (offset, limit): (i64, i64),
    ) -> Result<(Permit<act::View, of::ProposalPage>, bool), Denied> {
        let question = Question {
            actions: &[Action::ListProposals],
            conceivable: Vec::new(),
            resource: Some(Resource::Area),
            object: ObjectRef::AREA,
            known_by: None,
        };
        let decided = self.decide(asker, question).await?;
        let now = self.core.clock.now();
        let mut page = administration::proposal_page(&self.core.content, now, (offset, limit + 1)).await?;
        let more = page.len() as i64 > limit;
        page.truncate(usize::try_from(limit).unwrap_or_default());
        let mut objects: Vec<ObjectRef> = page.iter().map(|one| one.header.person.into()).collect();
        if objects.is_empty() {
            objects.push(ObjectRef::AREA);
        }
        let line = self.record(asker, LineKind::Listed, decided, objects).await?;
        Ok((Permit::after(line, page), more))
    }

    /// What the asker can do with a proposal, for showing what is possible.
    pub fn proposal_options(&self, asker: &Asker, header: &plein_domain::header::ProposalHeader) -> Vec<ProposalVerb> {
        let may = |verb: &ProposalVerb| {
            let resource = Resource::Proposal(header);
            self.core.policies.decide(&asker.person, proposal_action(*verb), &resource, None).allowed
        };
        ProposalVerb::ALL.iter().copied().filter(may).collect()
    }

    /// Confirming, declining or withdrawing a proposal that is open.
    ///
    /// # Errors
    /// See [`Denied`]; one that is not open is not found.
    pub async fn decide_proposal(
        &self,
        asker: &Asker,
        id: ProposalId,
        verb: ProposalVerb,
    ) -> Result<Permit<act::Edit, of::Proposal>, Denied> {
        let found = administration::find_proposal(&self.core.content, id, self.core.clock.now()).await?;
        // That there is one is no secret to who may see the list of them.
        let lists = self.core.policies.decide(&asker.person, Action::ListProposals, &Resource::Area, None).allowed;
        let question = Question {
            actions: &[proposal_action(verb)],
            conceivable: Vec::new(),
            resource: found.as_ref().map(|one| Resource::Proposal(&one.header)),
            object: found.as_ref().map_or(ObjectRef::AREA, |one| one.header.person.into()),
            known_by: if lists { None } else { Some(&[]) },
        };
        let decided = self.decide(asker, question).await?;
        let entry = found.ok_or(Denied::NotFound)?;
        let kind = match verb {
            ProposalVerb::Confirm => LineKind::ProposalConfirmed,
            ProposalVerb::Decline => LineKind::ProposalDeclined,
            ProposalVerb::Withdraw => LineKind::ProposalWithdrawn,
        };
        let somebody = &entry.entry.somebody;
        let said = Place::change(somebody.place.as_ref().filter(|_| somebody.is_in()), entry.after.as_ref());
        let line = self.record_saying(asker, kind, decided, vec![entry.header.person.into()], said).await?;
        Ok(Permit::after(line, entry))
    }

    /// Making somebody administrator by a command on the machine of the program, in the name of the account that gives it. The
    /// account can read the keys: nothing more could be asked of it. `besides`: also when there are administrators.
    ///
    /// # Errors
    /// A database is out of reach, or the ledger is down.
    pub async fn make_administrator(
        &self,
        account: &str,
        id: PersonId,
        department: &plein_domain::people::Department,
        besides: bool,
    ) -> VaultResult<Result<Permit<act::Edit, of::NewPlace>, NotMade>> {
        let mut tx = self.core.content.begin().await?;
        let there = administration::administrators(&mut tx).await?;
        drop(tx);
        let Some(entry) = administration::find(&self.core.content, id).await? else {
            return Ok(Err(NotMade::Unknown));
        };
        let somebody = &entry.somebody;
        let not = if somebody.roles().contains(&Role::Administrator) {
            Some(NotMade::Already)
        } else if there > 0 && !besides {
            Some(NotMade::ThereIsOne)
        } else if somebody.roles().contains(&Role::Fg) {
            Some(NotMade::Fg)
        } else if somebody.is_in() && somebody.word == Some(Word::Provider) {
            Some(NotMade::ProvidersWord)
        } else {
            None
        };
        if let Some(not) = not {
            return Ok(Err(not));
        }
        let before = somebody.place.as_ref().filter(|_| somebody.is_in());
        let roles = Role::ALL.iter().copied();
        let roles = roles.filter(|role| *role == Role::Administrator || somebody.roles().contains(role)).collect();
        let after = Place { department: department.clone(), roles };
        let mut line = self.machine(account, LineKind::MadeAdministrator);
        line.payload.objects = vec![id.into()];
        let among = if there > 0 { format!("; besides {there} administrators") } else { String::new() };
        line.payload.reason = format!("{}{among}", Place::change(before, Some(&after)));
        self.core.ledger.append(vec![line.clone()]).await?;
        let (seen, account, first) = (somebody.version, Some(account.to_owned()), !besides);
        Ok(Ok(Permit::after(line, WantedPlace { entry, after: Some(after), seen, account, first })))
    }

    /// Listing who waits, by a command on the machine of the program: so many, who came last first, after leaving out so many; and
    /// whether there are more.
    ///
    /// # Errors
    /// A database is out of reach, or the ledger is down.
    pub async fn list_waiting(
        &self,
        account: &str,
        (offset, limit): (i64, i64),
    ) -> VaultResult<(Permit<act::View, of::PeoplePage>, bool)> {
        let mut page = administration::waiting(&self.core.content, (offset, limit + 1)).await?;
        let more = page.len() as i64 > limit;
        page.truncate(usize::try_from(limit).unwrap_or_default());
        let mut line = self.machine(account, LineKind::Listed);
        line.payload.objects = page.iter().map(|one| one.somebody.id.into()).collect();
        if line.payload.objects.is_empty() {
            line.payload.objects.push(ObjectRef::AREA);
        }
        self.core.ledger.append(vec![line.clone()]).await?;
        Ok((Permit::after(line, page), more))
    }

    /// A line of what is done at the computer itself, by nobody who is signed in.
    fn machine(&self, account: &str, kind: LineKind) -> Line {
        Line {
            event: self.core.event(),
            at: self.core.clock.now(),
            trace: random_id(&*self.core.entropy),
            kind,
            outcome: Outcome::Permitted,
            payload: Payload {
                actor: PersonId(uuid::Uuid::nil()),
                actor_name: format!("plein administrator ({account})"),
                department: DepartmentId(uuid::Uuid::nil()),
                department_name: String::new(),
                role: "operator".to_owned(),
                user_is_requestor: true,
                objects: Vec::new(),
                case: None,
                purpose: String::new(),
                reason: String::new(),
                policies: Vec::new(),
                network: String::new(),
            },
        }
    }

    /// Records that sessions of somebody were ended, and by what. As with every sign-out, they end also while the log is down.
    ///
    /// # Errors
    /// The ledger is down.
    pub async fn record_sessions_ended(&self, asker: &Asker, whose: PersonId, why: &str) -> VaultResult<()> {
        let mut line = self.line(asker, LineKind::SessionsEnded, None, vec![whose.into()]);
        line.payload.reason = why.into();
        self.core.ledger.append(vec![line]).await?;
        Ok(())
    }
}

const fn proposal_action(verb: ProposalVerb) -> Action {
    match verb {
        ProposalVerb::Confirm | ProposalVerb::Decline => Action::DecideProposal,
        ProposalVerb::Withdraw => Action::WithdrawProposal,
    }
}
