//! A room: one plan that somebody has open. All that happens to a document happens here, one thing after another.
//!
//! What came in since the last turn is taken together: each author's right is decided anew, the text is applied, sealed
//! and made durable in one commit, and only then shown to the others and acknowledged. When any of that fails the room
//! ends, and whoever comes back finds what is durable.

mod watch;
mod write;

use super::{
    document::{Applied, Document, Refused},
    protocol::{self, Said},
    rooms::{Asked, Opening, Rooms},
    way::{Ended, Way},
};
use crate::use_cases::sessions;
use bytes::Bytes;
use plein_domain::{
    header::CaseHeader,
    ids::*,
    ledger::LineKind,
    moment::Moment,
    people::Person,
    plan::{InterventionRow, Mention},
    ports::{Asker, SessionLimits},
};
use plein_vault::{
    Denied, Permit, Standing, Vault, VaultError, VaultResult, act, of,
    store::{Appended, KeptText, Pen, PlanChange, PlanContent},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::{Arc, Weak},
    time::{Duration, Instant},
};
use tokio::sync::mpsc;
/// How many frames are taken in one turn.
const TURN: usize = 128;
/// How many connections a room has at most, and how many of them one person has.
const CONNECTIONS: usize = 150;
const WINDOWS: usize = 12;
/// How large a document may get, in bytes of its encoding: some thousand pages.
const LARGEST: usize = 16 * 1024 * 1024;
/// How often rights and sessions are looked at while nothing happens.
const LOOK: Duration = Duration::from_secs(1);
/// How often a window may ask for what it does not have.
const ASKS: Duration = Duration::from_secs(1);
/// How long an empty room is kept.
const LINGERS: Duration = Duration::from_secs(10);
/// The largest number that a window can have in Yjs.
const LARGEST_NUMBER: u64 = (1 << 53) - 1;
/// An update that changes nothing.
const NOTHING: &[u8] = &[0, 0];
/// What sealing adds to an update, in bytes.
const SEAL: usize = 64;

/// One window of somebody.
struct Connection {
    asker: Asker,
    out: Way,
    may_write: bool,
    /// Its number in the document, once it said or wrote something.
    client: Option<u64>,
    /// Where it is, as the others see it.
    presence: Option<(u64, String)>,
    /// Messages for the document that came over it and are dealt with.
    messages: u64,
    /// The last viewing line.
    seen_at: Moment,
    /// It did something since sessions were last looked at.
    active: bool,
    /// When it last got all that it did not have, which may be the whole document.
    answered: Option<Instant>,
}

/// One plan that is open.
pub(super) struct Room {
    rooms: Weak<Rooms>,
    vault: Arc<Vault>,
    limits: SessionLimits,
    case: CaseId,
    /// The version of the case when rights to read were last decided.
    version: i64,
    /// What was decided on writing, and still stands.
    standing: Standing,
    pen: Pen,
    document: Document,
    sequence: i64,
    since_whole: usize,
    bytes_since_whole: usize,
    whole_size: usize,
    /// The interventions as they were last projected.
    interventions: Vec<InterventionRow>,
    /// When the text was last changed; nothing while it is as the template made it.
    changed_at: Option<Moment>,
    /// When the text of the newest version was last changed; comments are no text.
    versioned: Option<Moment>,
    /// Since when the text is written in that is in no version.
    unversioned_since: Option<Moment>,
    /// The mentions as they were last projected.
    mentions: HashSet<Mention>,
    connections: BTreeMap<u64, Connection>,
    next: u64,
    looks: u32,
    empty_since: Option<Instant>,
}

/// The room cannot go on.
struct Over(Ended);

impl Room {
    /// The room of this plan, empty yet.
    pub(super) fn of(rooms: &Arc<Rooms>, content: PlanContent) -> VaultResult<Self> {
        let PlanContent { header, updates, sequence, since_whole, clients, sections, versioned, .. } = content;
        let document =
            Document::of(&updates, clients).map_err(|broken| VaultError::Broken(format!("plan: {broken}")))?;
        Ok(Self {
            rooms: Arc::downgrade(rooms),
            vault: rooms.vault.clone(),
            limits: rooms.limits,
            case: header.id,
            version: header.version,
            standing: Standing::of(header.id),
            pen: Pen::default(),
            sequence,
            since_whole,
            bytes_since_whole: updates.iter().skip(1).map(|update| update.len() + SEAL).sum(),
            whole_size: updates.first().map_or(0, Vec::len),
            interventions: document.interventions(),
            changed_at: sections.iter().map(|(.., at)| *at).max(),
            versioned: versioned.newest,
            unversioned_since: None,
            mentions: document.mentions(),
            document,
            connections: BTreeMap::new(),
            next: 1,
            looks: 0,
            empty_since: None,
        })
    }

    /// Goes on until nobody is left, or it cannot.
    pub(super) async fn run(mut self, mut asked: mpsc::Receiver<Asked>) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut ending = self.vault.sessions.ending();
        let over = loop {
            let turn = tokio::select! {
                // First: whoever has no session any more says nothing more, either.
                biased;
                Ok(()) = ending.changed() => self.look_at_sessions().await,
                _ = look.tick() => self.look().await,
                first = asked.recv() => match first {
                    Some(first) => self.turn(first, &mut asked).await,
                    None => break Over(Ended::Again),
                },
            };
            if let Err(over) = turn {
                break over;
            }
            if self.connections.is_empty() {
                if self.empty_since.get_or_insert_with(Instant::now).elapsed() > LINGERS {
                    break Over(Ended::Again);
                }
            } else {
                self.empty_since = None;
            }
        };
        asked.close();
        for (_, connection) in std::mem::take(&mut self.connections) {
            connection.out.end(over.0);
        }
        if let Some(rooms) = self.rooms.upgrade() {
            rooms.tidy(self.case);
        }
    }

    /// Deals with what was asked, and with what else waits.
    async fn turn(&mut self, first: Asked, asked: &mut mpsc::Receiver<Asked>) -> Result<(), Over> {
        let mut updates = Vec::new();
        let mut moved = Vec::new();
        self.take(first, &mut updates, &mut moved).await?;
        for _ in 1..TURN {
            let Ok(more) = asked.try_recv() else { break };
            self.take(more, &mut updates, &mut moved).await?;
        }
        if !updates.is_empty() {
            self.write(updates).await?;
        }
        self.tell_presence(&moved);
        Ok(())
    }

    async fn take(&mut self, asked: Asked, updates: &mut Vec<(u64, Bytes)>, moved: &mut Vec<u64>) -> Result<(), Over> {
        match asked {
            Asked::Joins(opening, answer) => {
                let (Opening { asker, permit, may_write }, out) = *opening;
                let windows = self.connections.values().filter(|one| one.asker.person.id == asker.person.id).count();
                if self.connections.len() >= CONNECTIONS || windows >= WINDOWS {
                    let _ = answer.send(None);
                    return Ok(());
                }
                let header = permit.granted().clone();
                // The permit is spent on showing the document; its line is what this window's reading stands on.
                drop(permit);
                let id = self.let_in(asker, may_write, &header, out);
                let _ = answer.send(Some(id));
            }
            Asked::Left(id) => self.gone(id),
            Asked::Here(answer) => {
                let mut people: Vec<Person> = Vec::new();
                for connection in self.connections.values() {
                    if !people.iter().any(|person| person.id == connection.asker.person.id) {
                        people.push(connection.asker.person.clone());
                    }
                }
                let _ = answer.send(people);
            }
            Asked::Frame(id, frame) => self.read(id, frame, updates, moved).await?,
        }
        Ok(())
    }

    async fn read(
        &mut self,
        id: u64,
        frame: Bytes,
        updates: &mut Vec<(u64, Bytes)>,
        moved: &mut Vec<u64>,
    ) -> Result<(), Over> {
        let Some(connection) = self.connections.get_mut(&id) else {
            return Ok(());
        };
        match protocol::read(&frame) {
            // A window asks once. One that asks all the time would have copies of the whole document waiting for it.
            Ok(Said::Has(_)) if connection.answered.is_some_and(|at| at.elapsed() < ASKS) => {}
            Ok(Said::Has(state_vector)) => match self.document.rest(state_vector) {
                Ok(rest) => {
                    connection.answered = Some(Instant::now());
                    let frame = protocol::rest(&rest);
                    self.send(id, frame);
                }
                Err(_) => self.refuse(id, "malformed").await?,
            },
            Ok(Said::Update(update)) => {
                connection.active = true;
                updates.push((id, frame.slice_ref(update)));
            }
            Ok(Said::Presence(states)) => {
                // Clients pass on what they heard of others: only a window's own place counts, and its first word says
                // which number is its own.
                let own = match connection.client {
                    Some(client) => states.into_iter().find(|state| state.client == client),
                    None => states.into_iter().next(),
                };
                let Some(state) = own else { return Ok(()) };
                let possible = state.client <= LARGEST_NUMBER && state.clock <= u64::from(u32::MAX);
                if !possible || !self.document.claim(state.client, connection.asker.person.id) {
                    return self.refuse(id, "forged").await;
                }
                connection.client = Some(state.client);
                let shown = presence(&connection.asker.person, state.state);
                connection.presence = shown.map(|shown| (state.clock, shown));
                if connection.presence.is_none() {
                    let frame = protocol::presence([(state.client, state.clock, "null")].into_iter());
                    self.send_to_all(frame, Some(id));
                } else if !moved.contains(&id) {
                    moved.push(id);
                }
            }
            Ok(Said::AsksPresence) => {
                let frame = self.all_presence();
                self.send(id, frame);
            }
            Ok(Said::Unknown) => {}
            Err(_) => self.refuse(id, "malformed").await?,
        }
        Ok(())
    }

    /// A place for somebody who was let in; they are asked for what they have and told who is here.
    pub(super) fn let_in(&mut self, asker: Asker, may_write: bool, header: &CaseHeader, out: Way) -> u64 {
        let id = self.next;
        self.next += 1;
        let seen_at = self.vault.clock().now();
        // Decided before the case last changed: the next look decides anew.
        self.version = self.version.min(header.version);
        let connection = Connection {
            asker,
            out,
            may_write,
            client: None,
            presence: None,
            messages: 0,
            seen_at,
            active: true,
            answered: None,
        };
        self.connections.insert(id, connection);
        if may_write {
            let frame = protocol::has(&self.document.state_vector());
            self.send(id, frame);
        } else {
            self.send(id, protocol::notice("read-only"));
        }
        let frame = self.all_presence();
        self.send(id, frame);
        id
    }

    /// Records that a connection sent what it may not, and ends it.
    async fn refuse(&mut self, id: u64, what: &'static str) -> Result<(), Over> {
        let Some(asker) = self.connections.get(&id).map(|one| one.asker.clone()) else { return Ok(()) };
        let recorded = self.vault.gate.record_refusal(&asker, &format!("plan: {what}")).await;
        recorded.map_err(|error| down(self.case, &error))?;
        self.end(id, Ended::Malformed);
        Ok(())
    }

    fn end(&mut self, id: u64, why: Ended) {
        if let Some(connection) = self.connections.get(&id) {
            connection.out.end(why);
        }
        self.gone(id);
    }

    fn gone(&mut self, id: u64) {
        let Some(connection) = self.connections.remove(&id) else { return };
        if let (Some(client), Some((clock, _))) = (connection.client, connection.presence) {
            let frame = protocol::presence([(client, clock + 1, "null")].into_iter());
            self.send_to_all(frame, None);
        }
    }

    fn all_presence(&self) -> Vec<u8> {
        let here: Vec<_> = self.connections.values().filter_map(shown).collect();
        protocol::presence(here.into_iter())
    }

    fn tell_presence(&mut self, moved: &[u64]) {
        if moved.is_empty() {
            return;
        }
        let moved: Vec<_> = moved.iter().filter_map(|id| self.connections.get(id).and_then(shown)).collect();
        let frame = protocol::presence(moved.into_iter());
        self.send_to_all(frame, None);
    }

    fn send(&mut self, id: u64, frame: Vec<u8>) {
        let sent = self.connections.get(&id).is_none_or(|one| one.out.send(frame.into()));
        if !sent {
            self.gone(id);
        }
    }

    /// Sends to all; whoever reads too slowly is let go, and finds everything on coming back.
    fn send_to_all(&mut self, frame: Vec<u8>, but: Option<u64>) {
        let frame = Bytes::from(frame);
        let slow: Vec<u64> = self
            .connections
            .iter()
            .filter(|(id, _)| Some(**id) != but)
            .filter(|(_, one)| !one.out.send(frame.clone()))
            .map(|(id, _)| *id)
            .collect();
        slow.into_iter().for_each(|id| self.gone(id));
    }
}

fn shown(connection: &Connection) -> Option<(u64, u64, &str)> {
    let (clock, state) = connection.presence.as_ref()?;
    Some((connection.client?, *clock, state))
}

/// A state of presence as the others see it: who it is, the server says; of what the window said only its caret counts.
fn presence(person: &Person, state: &str) -> Option<String> {
    let said: serde_json::Value = serde_json::from_str(state).ok()?;
    let said = said.as_object()?;
    let user = serde_json::json!({
        "id": person.id.to_string(),
        "name": person.name,
        "department": person.department.name,
    });
    let mut shown = serde_json::Map::from_iter([("user".to_owned(), user)]);
    if let Some(cursor) = said.get("cursor") {
        shown.insert("cursor".into(), cursor.clone());
    }
    serde_json::to_string(&shown).ok()
}

/// The document as a version keeps it.
pub(crate) fn kept(document: &Document) -> KeptText {
    let titles = document.sections().into_iter().map(|(id, title, _)| (id, title)).collect();
    KeptText { text: document.whole(), titles }
}

fn code(refused: Refused) -> &'static str {
    match refused {
        Refused::Malformed => "malformed",
        Refused::Forged => "forged",
        Refused::Unfitting => "unfitting",
    }
}

fn down(case: CaseId, error: &VaultError) -> Over {
    tracing::error!(%case, %error, "a plan is closed until the log and the databases can be written");
    Over(Ended::Unavailable)
}
