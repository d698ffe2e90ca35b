//! From the provider's word to a place: what it says beats what an administrator gave, what it does not say leaves that as it is, and
//! what an administrator took away stays away (decision 11).

use super::{Placed, SignIns, Subject, take_turn};
use crate::{
    db::Tx,
    error::{VaultError, VaultResult},
    on_tx,
    store::{
        administration::{Happened, Over, PERSON_NAME, lapse, remember},
        cases::moved,
        rows,
    },
    vault::INSTALLATION,
};
use plein_domain::{
    administration::{Place, PlaceEvent, Word},
    ids::*,
    ledger::{Line, LineKind, Outcome, Payload},
    people::*,
    ports::{Arrival, SessionRef},
};
use uuid::Uuid;

/// Who somebody is by the provider's word.
pub struct Told<'a> {
    /// By which they are known again.
    pub subject: &'a Subject,
    /// The same in the provider's words, for who gives places.
    pub identifier: &'a str,
    /// The name that colleagues know.
    pub name: &'a str,
    /// How they arrived.
    pub arrival: &'a Arrival,
}

/// What the provider says of somebody whom it gives no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Nothing about Plein.
    Nothing,
    /// This department, and no role.
    Department(String),
    /// Something that contradicts itself, or that cannot be read.
    Otherwise,
}

/// What came of the provider's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admitted {
    /// They are in.
    In(PersonId),
    /// An administrator took their place away.
    TakenAway(PersonId),
}

/// What came of it that the provider gives no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unplaced {
    /// An administrator gave them one.
    Stands(PersonId),
    /// An administrator gave them one, and the provider says something else: they are not let in, and nothing is taken.
    Contradicted(PersonId),
    /// An administrator took theirs away.
    TakenAway(PersonId),
    /// The provider gave them one, and does so no more.
    NoMore(PersonId),
    /// They never had one.
    Waits,
}

/// Somebody who has, or had, a place.
struct Known {
    person: PersonId,
    word: Word,
    place: Place,
}

/// A change by the provider's word.
struct Changed {
    person: PersonId,
    event: PlaceEvent,
    before: Option<Place>,
    after: Option<Place>,
}

/// The person of an identity. Two windows of one person wait here for each other.
async fn known(tx: &mut Tx, identity: Uuid) -> VaultResult<Option<Known>> {
    let row: Option<(Uuid, String, String, Uuid, String)> = on_tx!(tx, |c| {
        sqlx::query("UPDATE people SET position = position WHERE id = (SELECT person FROM identities WHERE id = $1)")
            .bind(identity)
            .execute(&mut *c)
            .await?;
        sqlx::query_as(
            "SELECT p.id, p.word, p.roles, d.id, d.name FROM identities i JOIN people p ON p.id = i.person \
             JOIN departments d ON d.id = p.department WHERE i.id = $1",
        )
        .bind(identity)
        .fetch_optional(&mut *c)
        .await?
    });
    let Some((person, word, roles, department, name)) = row else { return Ok(None) };
    let at = |column| rows::Place("people", column, person);
    let department = Department { id: DepartmentId(department), name };
    Ok(Some(Known {
        person: PersonId(person),
        word: at("word").need(Word::from_code(&word))?,
        place: Place { department, roles: at("roles").codes(&roles, Role::from_code)? },
    }))
}

/// A department by its name.
async fn named(tx: &mut Tx, name: &str) -> VaultResult<Department> {
    let row: Option<(Uuid,)> = on_tx!(tx, |c| {
        sqlx::query_as("SELECT id FROM departments WHERE name = $1 ORDER BY position, id LIMIT 1")
            .bind(name)
            .fetch_optional(&mut *c)
            .await?
    });
    let missing = || VaultError::Broken("a department of the configuration was not made at the start".into());
    let (id,) = row.ok_or_else(missing)?;
    Ok(Department { id: DepartmentId(id), name: name.to_owned() })
}

impl SignIns {
    /// Takes the provider's word for a place: enters somebody, or brings their place up to date. It beats what an administrator gave;
    /// what an administrator took away stays away. When that changes something, also whose word it is, proposals about them lapse; when
    /// the place becomes another one, their sessions end, but for the one in which they sign in anew.
    ///
    /// # Errors
    /// A database is out of reach, or the department is not there; nothing was written.
    pub async fn admit(&self, told: &Told<'_>, placed: &Placed, anew: Option<SessionRef>) -> VaultResult<Admitted> {
        let mut tx = self.core.content.begin().await?;
        take_turn(&self.core, &mut tx).await?;
        let identity = self.enter(&mut tx, told).await?;
        let known = known(&mut tx, identity).await?;
        if let Some(known) = &known
            && known.word == Word::Administrator
            && known.place.roles.is_empty()
        {
            tx.commit().await?;
            return Ok(Admitted::TakenAway(known.person));
        }
        let after = Place { department: named(&mut tx, &placed.department).await?, roles: placed.roles.clone() };
        let person = known.as_ref().map_or(PersonId(identity), |known| known.person);
        let same = known.as_ref().is_some_and(|known| known.word == Word::Provider && known.place == after);
        let another = known.as_ref().is_none_or(|known| known.place != after);
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        let (now, roles) = (self.core.clock.now(), rows::joined(&placed.roles, Role::code));
        let name = key.seal((PERSON_NAME, person.0), told.name);
        if !same {
            let before = known.as_ref().map_or(&[][..], |known| &known.place.roles);
            lapse(&self.core, &mut tx, now, Over::with(person, before, &placed.roles), (None, None)).await?;
        }
        on_tx!(&mut tx, |c| {
            if known.is_some() {
                sqlx::query(
                    "UPDATE people SET department = $1, roles = $2, name = $3, word = 'provider', version = version + $4 \
                     WHERE id = $5",
                )
                .bind(after.department.id.0)
                .bind(roles)
                .bind(name)
                .bind(i64::from(!same))
                .bind(person.0)
                .execute(&mut *c)
                .await?;
            } else {
                sqlx::query(
                    "INSERT INTO people (id, department, roles, name, position, word) \
                     VALUES ($1, $2, $3, $4, $5, 'provider')",
                )
                .bind(person.0)
                .bind(after.department.id.0)
                .bind(roles)
                .bind(name)
                .bind(now.0)
                .execute(&mut *c)
                .await?;
                sqlx::query("UPDATE identities SET person = $1 WHERE id = $1").bind(identity).execute(&mut *c).await?;
            }
        });
        let before = known.map(|known| known.place);
        if before.as_ref().is_some_and(|before| before.department.id != after.department.id) {
            moved(&mut tx, person).await?;
        }
        if !same {
            let before = before.filter(|place| !place.roles.is_empty());
            let changed = Changed { person, event: PlaceEvent::ByProvider, before, after: Some(after) };
            self.remember(&mut tx, told, &changed).await?;
            if another {
                self.end_older(&mut tx, told, &changed, anew).await?;
            }
        }
        tx.commit().await?;
        if another {
            // What is open in their sessions ends at once.
            self.core.session_ended();
        }
        self.outbox.flush().await;
        Ok(Admitted::In(person))
    }

    /// Notes that somebody is there for whom the provider gives no place. What an administrator gave stands, unless the provider says
    /// something else; what the provider gave before is over.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn wait(&self, told: &Told<'_>, said: &Said) -> VaultResult<Unplaced> {
        let mut tx = self.core.content.begin().await?;
        take_turn(&self.core, &mut tx).await?;
        let identity = self.enter(&mut tx, told).await?;
        let Some(known) = known(&mut tx, identity).await? else {
            tx.commit().await?;
            return Ok(Unplaced::Waits);
        };
        let (person, had) = (known.person, !known.place.roles.is_empty());
        let fits = match said {
            Said::Nothing => true,
            Said::Department(name) => *name == known.place.department.name,
            Said::Otherwise => false,
        };
        let unplaced = match (known.word, had) {
            (Word::Administrator, true) if fits => Unplaced::Stands(person),
            (Word::Administrator, true) => Unplaced::Contradicted(person),
            (Word::Administrator, false) => Unplaced::TakenAway(person),
            (Word::Provider, _) => Unplaced::NoMore(person),
        };
        if let Unplaced::Stands(_) = unplaced {
            let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
            on_tx!(&mut tx, |c| {
                sqlx::query("UPDATE people SET name = $1 WHERE id = $2")
                    .bind(key.seal((PERSON_NAME, person.0), told.name))
                    .bind(person.0)
                    .execute(&mut *c)
                    .await?;
            });
        }
        if let Unplaced::Contradicted(_) = unplaced {
            self.contradicted(&mut tx, person, &known.place).await?;
        }
        if had && known.word == Word::Provider {
            let over = Over::with(person, &known.place.roles, &[]);
            lapse(&self.core, &mut tx, self.core.clock.now(), over, (None, None)).await?;
            on_tx!(&mut tx, |c| {
                sqlx::query("UPDATE people SET roles = '', version = version + 1 WHERE id = $1")
                    .bind(person.0)
                    .execute(&mut *c)
                    .await?;
            });
            let before = Some(known.place);
            let changed = Changed { person, event: PlaceEvent::ProviderSilent, before, after: None };
            self.remember(&mut tx, told, &changed).await?;
            self.end_older(&mut tx, told, &changed, None).await?;
        }
        tx.commit().await?;
        if let Unplaced::NoMore(_) = unplaced {
            self.core.session_ended();
        }
        self.outbox.flush().await;
        Ok(unplaced)
    }

    /// That somebody was not let in at a place that stands, in its history: once, however often they try.
    async fn contradicted(&self, tx: &mut Tx, person: PersonId, place: &Place) -> VaultResult<()> {
        let event = PlaceEvent::Contradicted;
        let (told,): (i64,) = on_tx!(&mut *tx, |c| {
            sqlx::query_as(
                "SELECT COUNT(*) FROM place_changes WHERE person = $1 AND event = $2 AND at >= COALESCE( \
                 (SELECT MAX(at) FROM place_changes WHERE person = $1 AND event <> $2), at)",
            )
            .bind(person.0)
            .bind(event.code())
            .fetch_one(&mut *c)
            .await?
        });
        if told > 0 {
            return Ok(());
        }
        let (before, after) = (Some(place), Some(place));
        let happened = Happened { person, event, by: None, account: None, before, after };
        remember(&self.core, tx, self.core.clock.now(), &happened).await
    }

    /// Ends the sessions of before the place became another one, but for the one in which they sign in anew.
    async fn end_older(
        &self,
        tx: &mut Tx,
        told: &Told<'_>,
        changed: &Changed,
        anew: Option<SessionRef>,
    ) -> VaultResult<()> {
        let but = anew.map(|session| session.0.to_vec()).unwrap_or_default();
        let ended = on_tx!(&mut *tx, |c| {
            sqlx::query("DELETE FROM sessions WHERE person = $1 AND token <> $2")
                .bind(changed.person.0)
                .bind(but)
                .execute(&mut *c)
                .await?
                .rows_affected()
        });
        if ended > 0 {
            let line = self.line(told, changed, LineKind::SessionsEnded);
            self.outbox.put(tx, &line).await?;
        }
        Ok(())
    }

    /// What the provider's word changed, in the history and in the access log.
    async fn remember(&self, tx: &mut Tx, told: &Told<'_>, changed: &Changed) -> VaultResult<()> {
        let Changed { person, event, before, after } = changed;
        let (before, after) = (before.as_ref(), after.as_ref());
        let happened = Happened { person: *person, event: *event, by: None, account: None, before, after };
        remember(&self.core, tx, self.core.clock.now(), &happened).await?;
        self.outbox.put(tx, &self.line(told, changed, LineKind::PlaceChanged)).await
    }

    /// A line of what the provider's word did. Nobody here did it: it is that of who signs in.
    fn line(&self, told: &Told<'_>, changed: &Changed, kind: LineKind) -> Line {
        let person = changed.person;
        let (before, after) = (changed.before.as_ref(), changed.after.as_ref());
        let department = after.or(before).map(|place| place.department.clone());
        let department =
            department.unwrap_or_else(|| Department { id: DepartmentId(Uuid::nil()), name: String::new() });
        let roles = after.map(|place| rows::joined(&place.roles, Role::code)).unwrap_or_default();
        let payload = Payload {
            actor: person,
            actor_name: told.name.to_owned(),
            department: department.id,
            department_name: department.name,
            role: roles,
            user_is_requestor: true,
            objects: vec![person.into()],
            case: None,
            purpose: String::new(),
            reason: format!("by the provider: {}", Place::change(before, after)),
            policies: Vec::new(),
            network: told.arrival.network.clone(),
        };
        let (event, at, trace) = (self.core.event(), self.core.clock.now(), told.arrival.trace);
        Line { event, at, trace, kind, outcome: Outcome::Done, payload }
    }
}
