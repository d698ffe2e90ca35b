//! Proposals: a change that somebody else has to confirm. It is about the place as it was seen, and about no other.

use super::*;
use crate::error::VaultError;

impl Administration {
    /// Proposes a change, if the place is as it was seen and no other proposal about this person is open.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn propose(&self, permit: Permit<act::Create, of::NewProposal>) -> VaultResult<PlaceAct> {
        let (wanted, spent) = permit.spend();
        let somebody = &wanted.entry.somebody;
        let (person, at) = (somebody.id, spent.at());
        if somebody.version != wanted.seen {
            return Ok(PlaceAct::Overtaken);
        }
        let id: Uuid = random_id(&*self.core.entropy);
        let mut tx = self.core.content.begin().await?;
        let held = turns::hold(&self.core, &mut tx, somebody).await?;
        let held = held && turns::is_administrator(&mut tx, spent.actor()).await?;
        if !held || !takes_two(&mut tx, &wanted, &spent).await? {
            return Ok(PlaceAct::Overtaken);
        }
        let made = on_tx!(&mut tx, |c| {
            sqlx::query(
                "UPDATE place_proposals SET state = 'lapsed' WHERE person = $1 AND state = 'open' AND lapses_at <= $2",
            )
            .bind(person.0)
            .bind(at.0)
            .execute(&mut *c)
            .await?;
            sqlx::query(
                "INSERT INTO place_proposals (id, person, seen_version, department, roles, proposed_by, proposed_at, \
                 lapses_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open') ON CONFLICT DO NOTHING",
            )
            .bind(id)
            .bind(person.0)
            .bind(wanted.seen)
            .bind(wanted.after.as_ref().map(|place| place.department.id.0))
            .bind(wanted.after.as_ref().map(|place| joined(&place.roles, Role::code)).unwrap_or_default())
            .bind(spent.actor().0)
            .bind(at.0)
            .bind(at.plus_seconds(PROPOSAL_LASTS).0)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if made == 0 {
            return Ok(PlaceAct::ProposalOpen);
        }
        self.tell(&mut tx, somebody, wanted.after.as_ref(), PlaceEvent::Proposed, &spent).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(PlaceAct::Proposed)
    }

    /// Confirms a proposal: it takes effect, if it is still open, the place is as it was when it was proposed, and who proposed it is
    /// still somebody who gives places. If not, the proposal lapses.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn confirm(&self, permit: Permit<act::Edit, of::Proposal>) -> VaultResult<PlaceAct> {
        let (proposal, spent) = permit.spend();
        let (somebody, header) = (&proposal.entry.somebody, &proposal.header);
        let mut tx = self.core.content.begin().await?;
        let as_seen = turns::hold(&self.core, &mut tx, somebody).await? && somebody.version == proposal.seen;
        if !turns::decides(&mut tx, spent.actor()).await? {
            // Theirs was taken away while they waited for their turn; the proposal is for somebody else.
            return Ok(PlaceAct::Overtaken);
        }
        if !as_seen || !turns::is_administrator(&mut tx, header.proposer).await? {
            let over = Over { proposal: Some(header.id), ..Over::default() };
            lapse(&self.core, &mut tx, spent.at(), over, (Some(spent.actor()), None)).await?;
            tx.commit().await?;
            return Ok(PlaceAct::Overtaken);
        }
        if !self.close(&mut tx, &proposal, ProposalState::Confirmed, &spent).await? {
            return Ok(PlaceAct::Overtaken);
        }
        let (entry, after, seen) = (proposal.entry, proposal.after, proposal.seen);
        let wanted = WantedPlace { entry, after, seen, account: None, first: false };
        match self.apply(&mut tx, &wanted, PlaceEvent::Confirmed, &spent).await? {
            PlaceAct::Done => self.finish(tx, spent).await,
            other => Ok(other),
        }
    }

    /// Declines a proposal, or withdraws one's own: it never takes effect.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn drop_proposal(
        &self,
        permit: Permit<act::Edit, of::Proposal>,
        verb: ProposalVerb,
    ) -> VaultResult<PlaceAct> {
        let (state, event) = match verb {
            ProposalVerb::Decline => (ProposalState::Declined, PlaceEvent::Declined),
            ProposalVerb::Withdraw => (ProposalState::Withdrawn, PlaceEvent::Withdrawn),
            ProposalVerb::Confirm => return Err(VaultError::Broken("a proposal is confirmed otherwise".into())),
        };
        let (proposal, spent) = permit.spend();
        let mut tx = self.core.content.begin().await?;
        if !self.close(&mut tx, &proposal, state, &spent).await? {
            return Ok(PlaceAct::Overtaken);
        }
        self.tell(&mut tx, &proposal.entry.somebody, proposal.after.as_ref(), event, &spent).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(PlaceAct::Done)
    }

    /// Whether it was open until now.
    async fn close(
        &self,
        tx: &mut Tx,
        proposal: &ProposalEntry,
        state: ProposalState,
        spent: &Spent,
    ) -> VaultResult<bool> {
        let closed = on_tx!(tx, |c| {
            sqlx::query(
                "UPDATE place_proposals SET state = $1, decided_by = $2, decided_at = $3 \
                 WHERE id = $4 AND state = 'open' AND lapses_at > $3",
            )
            .bind(state.code())
            .bind(spent.actor().0)
            .bind(spent.at().0)
            .bind(proposal.header.id.0)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        Ok(closed == 1)
    }

    async fn tell(
        &self,
        tx: &mut Tx,
        somebody: &Somebody,
        after: Option<&Place>,
        event: PlaceEvent,
        spent: &Spent,
    ) -> VaultResult<()> {
        let before = somebody.place.as_ref().filter(|_| somebody.is_in());
        let by = Some(spent.actor());
        let happened = Happened { person: somebody.id, event, by, account: None, before, after };
        remember(&self.core, tx, spent.at(), &happened).await
    }

    /// Opens a page of proposals: each with the name of whom it is about and who proposed it.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn proposals(
        &self,
        permit: Permit<act::View, of::ProposalPage>,
    ) -> VaultResult<Vec<(ProposalEntry, Somebody)>> {
        let (entries, _) = permit.spend();
        self.opened(entries).await
    }

    /// The open proposal about the person whose place is seen, with a permit for that.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn proposal_about(
        &self,
        permit: &Permit<act::View, of::Place>,
    ) -> VaultResult<Option<(ProposalEntry, Somebody)>> {
        let person = permit.granted().somebody.id;
        let found = rows::proposal_about(&self.core.content, person, self.core.clock.now()).await?;
        Ok(self.opened(found.into_iter().collect()).await?.pop())
    }

    async fn opened(&self, entries: Vec<ProposalEntry>) -> VaultResult<Vec<(ProposalEntry, Somebody)>> {
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        let open = |one: ProposalEntry| one.entry.clone().open(&key).map(|somebody| (one, somebody));
        entries.into_iter().map(open).collect()
    }

    /// How many proposals are open. A number only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn open_proposals(&self) -> VaultResult<i64> {
        let now = self.core.clock.now();
        let (count,): (i64,) = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT COUNT(*) FROM place_proposals WHERE state = 'open' AND lapses_at > $1")
                .bind(now.0)
                .fetch_one(pool)
                .await?
        });
        Ok(count)
    }
}
