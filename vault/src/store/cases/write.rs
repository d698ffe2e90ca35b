//! Writes to cases. Each bumps the case's version only if nobody else did meanwhile.

use super::*;
use crate::{
    db::Tx,
    on_tx,
    store::{
        Written,
        changes::{Change, tell},
        drafts::{Looked, finish},
        notices::{NewNotice, give, give_department},
        signals::{next, settle, still_offered},
    },
};
use plein_domain::notice::NoticeKind;

impl Cases {
    /// Opens a case from a draft of the same id, with its links and the signed decision.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn open(
        &self,
        permit: Permit<act::Create, of::NewCase>,
        draft: Looked,
        new: &NewCase,
    ) -> VaultResult<Written<CaseId>> {
        let ((id, heads), spent) = permit.spend();
        let (actor, at) = (spent.actor(), spent.at());
        self.core.keyring.create(KeyKind::Case, id.0).await?;
        let key = self.core.keyring.key(KeyKind::Case, id.0).await?;
        let decision: Uuid = self.core.event().0;

        let mut tx = self.core.content.begin().await?;
        if let Some(otherwise) = finish(&mut tx, draft, at).await?.otherwise(id) {
            return Ok(otherwise);
        }
        let year = at.day().0.year();
        let number = next(&mut tx, &format!("C-{year}")).await?;
        on_tx!(&mut tx, |c| {
            sqlx::query(
                "INSERT INTO cases (id, reference, state, purpose, coordinator, title, summary, opened_at, version) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
            )
            .bind(id.0)
            .bind(Reference::numbered('C', year, number).0)
            .bind(CaseState::Open.code())
            .bind(new.purpose.0)
            .bind(actor.0)
            .bind(key.seal(TITLE, &new.title))
            .bind(key.seal(SUMMARY, &new.summary))
            .bind(at.0)
            .execute(&mut *c)
            .await?;
            sqlx::query(
                "INSERT INTO decisions (id, case_id, kind, signed_by, signed_at, reasons) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(decision)
            .bind(id.0)
            .bind(OPENED_WITHOUT_WEIGHING)
            .bind(actor.0)
            .bind(at.0)
            .bind(key.seal((DECISION, decision), &new.reasons))
            .execute(&mut *c)
            .await?;
        });
        for person in std::iter::once(&actor).chain(new.team.iter().filter(|one| **one != actor)) {
            join(&mut tx, id, *person, at).await?;
        }
        for link in &new.links {
            let Some(head) = heads.iter().find(|head| head.id == link.signal) else {
                return Ok(Written::Conflict);
            };
            if !self.insert_link(&mut tx, id, head, link, actor, at).await? {
                return Ok(Written::Conflict);
            }
        }
        relist(&mut tx, id).await?;
        let signals: Vec<Uuid> = new.links.iter().map(|link| link.signal.0).collect();
        let team: Vec<Uuid> = new.team.iter().filter(|one| **one != actor).map(|one| one.0).collect();
        let about = [Change::about(ChangeKind::Linked, &signals), Change::about(ChangeKind::Joined, &team)];
        let about = about.into_iter().filter(Change::is_about_something);
        let told: Vec<Change<'_>> = std::iter::once(Change::of(ChangeKind::Opened)).chain(about).collect();
        tell(&self.core, &mut tx, id, &spent, &told).await?;
        let joined = NewNotice::of_case(NoticeKind::Joined, id, at, Some(actor));
        give(&self.core, &mut tx, new.team.iter().copied(), joined).await?;
        for link in &new.links {
            let linked = NewNotice::of_signal(NoticeKind::SignalLinked, link.signal, at, actor);
            give_department(&self.core, &mut tx, link.signal, linked).await?;
        }
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(Written::Done(id))
    }

    /// Links one more signal.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn link(
        &self,
        permit: Permit<act::Lead, of::Case>,
        draft: Looked,
        link: &NewLink,
    ) -> VaultResult<Written<CaseId>> {
        let (header, spent) = permit.spend();
        let (actor, at) = (spent.actor(), spent.at());
        let Some(head) = visible::head(&self.core.content, link.signal).await? else {
            return Ok(Written::Conflict);
        };
        let mut tx = self.core.content.begin().await?;
        if let Some(otherwise) = finish(&mut tx, draft, at).await?.otherwise(header.id) {
            return Ok(otherwise);
        }
        next_version(&mut tx, header.id).await?;
        if !self.insert_link(&mut tx, header.id, &head, link, actor, at).await? {
            return Ok(Written::Conflict);
        }
        relist(&mut tx, header.id).await?;
        let linked = [link.signal.0];
        tell(&self.core, &mut tx, header.id, &spent, &[Change::about(ChangeKind::Linked, &linked)]).await?;
        let notice = NewNotice::of_signal(NoticeKind::SignalLinked, link.signal, at, actor);
        give_department(&self.core, &mut tx, link.signal, notice).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.core.case_changed();
        self.outbox.flush().await;
        Ok(Written::Done(header.id))
    }

    /// Ends a link; it stays in the history with the reason.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn unlink(
        &self,
        permit: Permit<act::Lead, of::Case>,
        draft: Looked,
        link: LinkId,
        signal: SignalId,
        reason: &str,
    ) -> VaultResult<Written<CaseId>> {
        let (header, spent) = permit.spend();
        let (actor, at) = (spent.actor(), spent.at());
        let key = self.core.keyring.key(KeyKind::Case, header.id.0).await?;
        let sealed = key.seal((UNLINK_REASON, link.0), reason);
        let mut tx = self.core.content.begin().await?;
        if let Some(otherwise) = finish(&mut tx, draft, at).await?.otherwise(header.id) {
            return Ok(otherwise);
        }
        let ended = on_tx!(&mut tx, |c| {
            sqlx::query(
                "UPDATE links SET unlinked_by = $1, unlinked_at = $2, unlink_reason = $3 \
                 WHERE id = $4 AND case_id = $5 AND signal = $6 AND unlinked_at IS NULL",
            )
            .bind(actor.0)
            .bind(at.0)
            .bind(sealed)
            .bind(link.0)
            .bind(header.id.0)
            .bind(signal.0)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if ended == 0 {
            return Ok(Written::Conflict);
        }
        next_version(&mut tx, header.id).await?;
        relist(&mut tx, header.id).await?;
        settle(&mut tx, signal).await?;
        let unlinked = [signal.0];
        tell(&self.core, &mut tx, header.id, &spent, &[Change::about(ChangeKind::Unlinked, &unlinked)]).await?;
        let notice = NewNotice::of_signal(NoticeKind::SignalUnlinked, signal, at, actor);
        give_department(&self.core, &mut tx, signal, notice).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.core.case_changed();
        self.outbox.flush().await;
        Ok(Written::Done(header.id))
    }

    /// Makes these people the team; the coordinator always stays in it.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn set_team(
        &self,
        permit: Permit<act::Lead, of::Case>,
        draft: Looked,
        base: i64,
        team: &[PersonId],
    ) -> VaultResult<Written<CaseId>> {
        let (header, spent) = permit.spend();
        let at = spent.at();
        let mut tx = self.core.content.begin().await?;
        if let Some(otherwise) = finish(&mut tx, draft, at).await?.otherwise(header.id) {
            return Ok(otherwise);
        }
        if !bump(&mut tx, header.id, base).await? {
            return Ok(Written::Stale);
        }
        let (mut left, mut joined) = (Vec::new(), Vec::new());
        for person in header.team.iter().filter(|one| !team.contains(one) && **one != header.coordinator) {
            left.push(person.0);
            on_tx!(&mut tx, |c| {
                sqlx::query("DELETE FROM case_team WHERE case_id = $1 AND person = $2")
                    .bind(header.id.0)
                    .bind(person.0)
                    .execute(&mut *c)
                    .await?;
            });
        }
        for person in team.iter().filter(|one| !header.team.contains(one)) {
            joined.push(person.0);
            join(&mut tx, header.id, *person, at).await?;
        }
        relist(&mut tx, header.id).await?;
        let told = [Change::about(ChangeKind::Joined, &joined), Change::about(ChangeKind::Left, &left)];
        let told: Vec<Change<'_>> = told.into_iter().filter(Change::is_about_something).collect();
        tell(&self.core, &mut tx, header.id, &spent, &told).await?;
        for (kind, people) in [(NoticeKind::Joined, joined), (NoticeKind::Left, left)] {
            let notice = NewNotice::of_case(kind, header.id, at, Some(spent.actor()));
            give(&self.core, &mut tx, people.into_iter().map(PersonId), notice).await?;
        }
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.core.case_changed();
        self.outbox.flush().await;
        Ok(Written::Done(header.id))
    }

    /// Inserts a link if the judged version still stands, may still be chosen, and offers what is shared.
    async fn insert_link(
        &self,
        tx: &mut Tx,
        case: CaseId,
        head: &SignalHead,
        link: &NewLink,
        actor: PersonId,
        at: Moment,
    ) -> VaultResult<bool> {
        let offered = link.shared.iter().all(|field| head.offered.contains(field));
        if !offered || head.version != link.version || !still_offered(tx, head).await? {
            return Ok(false);
        }
        let key = self.core.keyring.key(KeyKind::Case, case.0).await?;
        let id: Uuid = self.core.event().0;
        on_tx!(&mut *tx, |c| {
            sqlx::query(
                "INSERT INTO links (id, case_id, signal, signal_version, shared, test, linked_by, linked_at, phenomenon) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(id)
            .bind(case.0)
            .bind(link.signal.0)
            .bind(link.version)
            .bind(shared(&link.shared))
            .bind(key.seal((TEST, id), test_json(&link.test)?))
            .bind(actor.0)
            .bind(at.0)
            .bind(&head.phenomenon)
            .execute(&mut *c)
            .await?;
        });
        settle(tx, link.signal).await?;
        Ok(true)
    }
}

async fn join(tx: &mut Tx, case: CaseId, person: PersonId, at: Moment) -> VaultResult<()> {
    on_tx!(tx, |c| {
        sqlx::query(
            "INSERT INTO case_team (case_id, person, since, opened_at, state, purpose, leads) \
             SELECT id, $2, $3, opened_at, state, purpose, coordinator = $2 FROM cases WHERE id = $1 \
             ON CONFLICT DO NOTHING",
        )
        .bind(case.0)
        .bind(person.0)
        .bind(at.0)
        .execute(&mut *c)
        .await?;
    });
    Ok(())
}

/// Makes the next version of a case, whatever else was changed in it: a link stands on its own.
async fn next_version(tx: &mut Tx, case: CaseId) -> VaultResult<()> {
    on_tx!(tx, |c| {
        sqlx::query("UPDATE cases SET version = version + 1 WHERE id = $1").bind(case.0).execute(&mut *c).await?;
    });
    Ok(())
}

/// Makes the next version of a case if `base` still stands.
async fn bump(tx: &mut Tx, case: CaseId, base: i64) -> VaultResult<bool> {
    let changed = on_tx!(tx, |c| {
        sqlx::query("UPDATE cases SET version = version + 1 WHERE id = $1 AND version = $2")
            .bind(case.0)
            .bind(base)
            .execute(&mut *c)
            .await?
            .rows_affected()
    });
    Ok(changed == 1)
}
