//! Who has a place: read for administrators, and changed. Each change counts up the person's version, is told in their history and ends
//! their sessions, in one transaction. What must never happen here: a change over one that nobody saw, a proposal that takes effect
//! twice, or an installation in which nobody is left who gives places.

mod proposals;
mod rows;
mod turns;

pub(super) use rows::{IDENTIFIER, NAME, PERSON_NAME};
pub use rows::{PersonEntry, ProposalEntry};
pub(crate) use rows::{find, find_proposal, page, proposal_page, waiting};
pub(super) use turns::{Over, lapse};
pub(crate) use turns::{administrators, confirmable_now};

use super::{
    rows::{Place as At, joined},
    sign_in::take_turn,
};
use crate::{
    db::Tx,
    error::VaultResult,
    on_db, on_tx,
    outbox::Outbox,
    permit::{Permit, Spent, act, of},
    vault::{Core, INSTALLATION},
};
use plein_domain::{
    administration::*,
    ids::*,
    ledger::LineKind,
    moment::{Moment, random_id},
    people::*,
};
use std::sync::Arc;
use uuid::Uuid;

const ACCOUNT: &str = "place_changes.account";

/// Who has a place. See the module's documentation.
#[derive(Clone)]
pub struct Administration {
    core: Arc<Core>,
    outbox: Outbox,
}

/// Another place that somebody is to have.
#[derive(Debug, Clone)]
pub struct WantedPlace {
    /// Who, as they are now.
    pub entry: PersonEntry,
    /// Which place; nothing when it is to be taken away.
    pub after: Option<Place>,
    /// The version of the place that this is about.
    pub seen: i64,
    /// The account of the operating system, when a command asks for it.
    pub account: Option<String>,
    /// Whether it is for an installation that has no administrator, and for no other.
    pub first: bool,
}

impl WantedPlace {
    fn roles(&self) -> &[Role] {
        self.after.as_ref().map_or(&[], |place| &place.roles)
    }
}

/// What happened to a place, to be told in its history.
pub(super) struct Happened<'a> {
    pub person: PersonId,
    pub event: PlaceEvent,
    pub by: Option<PersonId>,
    pub account: Option<&'a str>,
    pub before: Option<&'a Place>,
    pub after: Option<&'a Place>,
}

/// Puts it into the history.
pub(super) async fn remember(core: &Core, tx: &mut Tx, at: Moment, what: &Happened<'_>) -> VaultResult<()> {
    let id: Uuid = random_id(&*core.entropy);
    let account = match what.account {
        Some(account) => Some(core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?.seal((ACCOUNT, id), account)),
        None => None,
    };
    let department = |place: Option<&Place>| place.map(|place| place.department.id.0);
    let roles = |place: Option<&Place>| place.map(|place| joined(&place.roles, Role::code)).unwrap_or_default();
    on_tx!(tx, |c| {
        sqlx::query(
            "INSERT INTO place_changes (id, person, at, event, by_person, account, before_department, before_roles, \
             after_department, after_roles) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(id)
        .bind(what.person.0)
        .bind(at.0)
        .bind(what.event.code())
        .bind(what.by.map(|by| by.0))
        .bind(account)
        .bind(department(what.before))
        .bind(roles(what.before))
        .bind(department(what.after))
        .bind(roles(what.after))
        .execute(&mut *c)
        .await?;
    });
    Ok(())
}

/// Whether two people have to agree on this, by who there is now.
async fn takes_two(tx: &mut Tx, wanted: &WantedPlace, spent: &Spent) -> VaultResult<bool> {
    let somebody = &wanted.entry.somebody;
    let confirmable = turns::confirmable(tx, spent.actor(), somebody.id).await?;
    Ok(needs_two(somebody.roles(), wanted.roles(), confirmable))
}

type HistoryRow = (
    Uuid,
    i64,
    String,
    Option<Uuid>,
    Option<Vec<u8>>,
    Option<Uuid>,
    Option<String>,
    String,
    Option<Uuid>,
    Option<String>,
    String,
);

impl Administration {
    pub(crate) fn new(core: Arc<Core>, outbox: Outbox) -> Self {
        Self { core, outbox }
    }

    /// A page of people, in the order of the list.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn people(&self, permit: Permit<act::View, of::PeoplePage>) -> VaultResult<Vec<Somebody>> {
        let (entries, _) = permit.spend();
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        entries.into_iter().map(|entry| entry.open(&key)).collect()
    }

    /// Somebody, with so many rows of what happened to their place, newest first, after leaving out so many. By whom: the person,
    /// or the account of a command.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn person(
        &self,
        permit: Permit<act::View, of::Place>,
        (offset, limit): (i64, i64),
    ) -> VaultResult<(Somebody, Vec<(PlaceChange, Option<PersonId>)>)> {
        let (entry, _) = permit.spend();
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        let somebody = entry.open(&key)?;
        let rows: Vec<HistoryRow> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT h.id, h.at, h.event, h.by_person, h.account, h.before_department, b.name, h.before_roles, \
                 h.after_department, a.name, h.after_roles FROM place_changes h \
                 LEFT JOIN departments b ON b.id = h.before_department \
                 LEFT JOIN departments a ON a.id = h.after_department \
                 WHERE h.person = $1 ORDER BY h.at DESC, h.id LIMIT $2 OFFSET $3",
            )
            .bind(somebody.id.0)
            .bind(limit)
            .bind(offset)
            .fetch_all(pool)
            .await?
        });
        let mut changes = Vec::with_capacity(rows.len());
        for (id, at, event, by, account, before, before_name, before_roles, after, after_name, after_roles) in rows {
            let place = |column| At("place_changes", column, id);
            let was = |department: Option<Uuid>, name: Option<String>, roles: &str, column| {
                rows::place(department, name, roles, place(column))
            };
            let account = account.map(|cell| place("account").text(&key.open((ACCOUNT, id), &cell)?)).transpose()?;
            let change = PlaceChange {
                at: Moment(at),
                event: place("event").need(PlaceEvent::from_code(&event))?,
                by: account,
                before: was(before, before_name, &before_roles, "before_roles")?,
                after: was(after, after_name, &after_roles, "after_roles")?,
            };
            changes.push((change, by.map(PersonId)));
        }
        Ok((somebody, changes))
    }

    /// Gives, changes or takes away a place: what was permitted, if nobody changed it meanwhile and one person alone may still do it.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn place(&self, permit: Permit<act::Edit, of::NewPlace>) -> VaultResult<PlaceAct> {
        let (wanted, spent) = permit.spend();
        // It was decided about the place as it is now; what was sent is about the one that was seen.
        if wanted.entry.somebody.version != wanted.seen {
            return Ok(PlaceAct::Overtaken);
        }
        let event = match (&wanted.account, wanted.entry.somebody.is_in(), &wanted.after) {
            (Some(_), ..) => PlaceEvent::ByCommand,
            (None, _, None) => PlaceEvent::TakenAway,
            (None, true, Some(_)) => PlaceEvent::Changed,
            (None, false, Some(_)) => PlaceEvent::Given,
        };
        let mut tx = self.core.content.begin().await?;
        if !turns::hold(&self.core, &mut tx, &wanted.entry.somebody).await? {
            return Ok(PlaceAct::Overtaken);
        }
        let late = match wanted.account {
            Some(_) => wanted.first && administrators(&mut tx).await? > 0,
            None => {
                !turns::is_administrator(&mut tx, spent.actor()).await? || takes_two(&mut tx, &wanted, &spent).await?
            }
        };
        if late {
            return Ok(PlaceAct::Overtaken);
        }
        let act = self.apply(&mut tx, &wanted, event, &spent).await?;
        if act == PlaceAct::Done { self.finish(tx, spent).await } else { Ok(act) }
    }

    /// Makes it so within a transaction that holds the person, which the caller gives up when the answer is not that it is done.
    async fn apply(
        &self,
        tx: &mut Tx,
        wanted: &WantedPlace,
        event: PlaceEvent,
        spent: &Spent,
    ) -> VaultResult<PlaceAct> {
        let somebody = &wanted.entry.somebody;
        let before = somebody.place.as_ref().filter(|_| somebody.is_in());
        let (by, account) = (wanted.account.is_none().then(|| spent.actor()), wanted.account.as_deref());
        let over = Over::with(somebody.id, somebody.roles(), wanted.roles());
        lapse(&self.core, tx, spent.at(), over, (by, account)).await?;
        if !self.write(tx, wanted).await? {
            return Ok(PlaceAct::Overtaken);
        }
        if somebody.roles().contains(&Role::Administrator) && administrators(tx).await? == 0 {
            return Ok(PlaceAct::LastAdministrator);
        }
        let after = wanted.after.as_ref();
        let happened = Happened { person: somebody.id, event, by, account, before, after };
        remember(&self.core, tx, spent.at(), &happened).await?;
        let ended = on_tx!(&mut *tx, |c| {
            sqlx::query("DELETE FROM sessions WHERE person = $1")
                .bind(somebody.id.0)
                .execute(&mut *c)
                .await?
                .rows_affected()
        });
        if ended > 0 {
            let line = spent.also(LineKind::SessionsEnded, self.core.event(), self.core.clock.now());
            self.outbox.put(tx, &line).await?;
        }
        Ok(PlaceAct::Done)
    }

    /// Whether it could be written: the person, or who becomes one, is as they were seen.
    async fn write(&self, tx: &mut Tx, wanted: &WantedPlace) -> VaultResult<bool> {
        let (somebody, text) = (&wanted.entry.somebody, joined(wanted.roles(), Role::code));
        let Some(department) = wanted.after.as_ref().or(somebody.place.as_ref()).map(|place| place.department.id)
        else {
            return Ok(false);
        };
        if somebody.version == 0 {
            return self.become_person(tx, &wanted.entry, department, &text).await;
        }
        let written = on_tx!(&mut *tx, |c| {
            sqlx::query(
                "UPDATE people SET department = $1, roles = $2, word = 'administrator', version = version + 1 \
                 WHERE id = $3 AND version = $4",
            )
            .bind(department.0)
            .bind(text)
            .bind(somebody.id.0)
            .bind(wanted.seen)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if written == 1 && somebody.place.as_ref().is_some_and(|place| place.department.id != department) {
            super::cases::moved(tx, somebody.id).await?;
        }
        Ok(written == 1)
    }

    /// Who waited becomes a person, under the id under which they waited.
    async fn become_person(
        &self,
        tx: &mut Tx,
        entry: &PersonEntry,
        department: DepartmentId,
        roles: &str,
    ) -> VaultResult<bool> {
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        let somebody = entry.clone().open(&key)?;
        let id = somebody.id.0;
        let position = self.core.clock.now().0;
        let made = on_tx!(&mut *tx, |c| {
            let made = sqlx::query(
                "INSERT INTO people (id, department, roles, name, position, word) \
                 VALUES ($1, $2, $3, $4, $5, 'administrator') ON CONFLICT DO NOTHING",
            )
            .bind(id)
            .bind(department.0)
            .bind(roles)
            .bind(key.seal((PERSON_NAME, id), &somebody.name))
            .bind(position)
            .execute(&mut *c)
            .await?
            .rows_affected();
            let joined = sqlx::query("UPDATE identities SET person = $1 WHERE id = $1 AND person IS NULL")
                .bind(id)
                .execute(&mut *c)
                .await?
                .rows_affected();
            made + joined
        });
        Ok(made == 2)
    }

    /// Ends all sessions of somebody.
    ///
    /// # Errors
    /// The database is out of reach; nothing was written.
    pub async fn end_sessions(&self, permit: Permit<act::Edit, of::SessionsOf>) -> VaultResult<()> {
        let (person, spent) = permit.spend();
        let mut tx = self.core.content.begin().await?;
        take_turn(&self.core, &mut tx).await?;
        on_tx!(&mut tx, |c| {
            sqlx::query("DELETE FROM sessions WHERE person = $1").bind(person.0).execute(&mut *c).await?;
        });
        self.finish(tx, spent).await.map(drop)
    }

    async fn finish(&self, mut tx: Tx, spent: Spent) -> VaultResult<PlaceAct> {
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        // What is open in their sessions ends at once.
        self.core.session_ended();
        self.outbox.flush().await;
        Ok(PlaceAct::Done)
    }
}
