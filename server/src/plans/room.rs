//! A room: one plan that somebody has open. All that happens to a document happens here, one thing after another.
//!
//! What came in since the last turn is taken together: each author's right is decided anew, the text is applied, sealed
//! and made durable in one commit, and only then shown to the others and acknowledged. When any of that fails the room
//! ends, and whoever comes back finds what is durable.

use super::{
    document::{Applied, Document, Refused},
    protocol::{self, Said},
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
    ports::Asker,
};
use plein_vault::{
    Denied, Permit, Standing, Vault, VaultError, VaultResult, act, of,
    store::{Appended, KeptText, Pen, PlanChange, PlanContent},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex as StdMutex, PoisonError, Weak},
    time::{Duration, Instant},
};
use tokio::sync::{Mutex, mpsc, oneshot};

/// How many frames wait for a room at most; whoever sends more is read more slowly.
const WAITING: usize = 64;
/// How many frames are taken in one turn.
const TURN: usize = 128;
/// How many connections a room has at most, and how many of them one person has.
const CONNECTIONS: usize = 150;
const WINDOWS: usize = 12;
/// How large a document may get, in bytes of its encoding: some thousand pages.
const LARGEST: usize = 16 * 1024 * 1024;
/// How often rights and sessions are looked at while nothing happens.
const LOOK: Duration = Duration::from_secs(1);
/// How often all rights are decided anew, whether or not the case changed.
const DECIDE: u32 = 30;
/// How often sessions are looked at, in looks.
const SESSIONS: u32 = 3;
/// One viewing line covers this much presence, in seconds.
const COVERS: i64 = 300;
/// How often a window may ask for what it does not have.
const ASKS: Duration = Duration::from_secs(1);
/// How long an empty room is kept.
const LINGERS: Duration = Duration::from_secs(10);
/// Updates are folded into the whole document when they are this many, or a quarter of its size and this many bytes more.
const FOLD_UPDATES: usize = 500;
const FOLD_BYTES: usize = 16 * 1024;
/// How often one change is tried when the case changes under it.
const TRIES: usize = 3;
/// The largest number that a window can have in Yjs.
const LARGEST_NUMBER: u64 = (1 << 53) - 1;
/// The text is kept as a version before it is written in after a pause of this many seconds, and when it was written in for
/// this many seconds since the newest version.
const PAUSE: i64 = 30 * 60;
const LONG: i64 = 2 * 60 * 60;
/// An update that changes nothing.
const NOTHING: &[u8] = &[0, 0];
/// What sealing adds to an update, in bytes.
const SEAL: usize = 64;

/// Why a connection ends, as its closing code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It sent what is no message, or text that is not its own.
    Malformed = 4400,
    /// The session is over.
    SignedOut = 4401,
    /// The right is gone.
    Forbidden = 4403,
    /// It reads too slowly.
    TooSlow = 4408,
    /// The document would become too large.
    TooLarge = 4413,
    /// The log or a database cannot be written: nothing is shown, try again.
    Unavailable = 4503,
    /// The room ends; come back at once.
    Again = 1012,
}

/// What goes out on a connection.
pub(super) enum Out {
    Frame(Bytes),
    End(Ended),
}

/// Somebody at the door.
pub(crate) struct Opening {
    /// Who.
    pub asker: Asker,
    /// Their leave to see the plan; its line is durable.
    pub permit: Permit<act::View, of::Plan>,
    /// Whether they may write.
    pub may_write: bool,
}

/// A connection's place in a room.
pub(super) struct Place {
    id: u64,
    room: mpsc::Sender<Asked>,
}

impl Place {
    /// Hands a frame to the room; false when the room is gone.
    pub(super) async fn say(&self, frame: Bytes) -> bool {
        self.room.send(Asked::Frame(self.id, frame)).await.is_ok()
    }

    /// Leaves.
    pub(super) async fn leave(self) {
        // A room that is gone needs no telling.
        let _ = self.room.send(Asked::Left(self.id)).await;
    }
}

enum Asked {
    Joins(Box<(Opening, mpsc::Sender<Out>)>, oneshot::Sender<Option<u64>>),
    Frame(u64, Bytes),
    Left(u64),
    Here(oneshot::Sender<Vec<Person>>),
}

type Door = Arc<Mutex<Option<mpsc::Sender<Asked>>>>;

/// All rooms of this node.
pub(crate) struct Rooms {
    vault: Arc<Vault>,
    doors: StdMutex<HashMap<CaseId, Door>>,
}

/// Why somebody has no place in a room.
#[derive(Debug)]
pub(super) enum NoPlace {
    /// No plan was begun.
    NotBegun,
    /// The room is full, or this person has too many windows.
    Full,
    /// The plan cannot be read.
    Vault(VaultError),
}

impl Rooms {
    pub(crate) fn new(vault: Arc<Vault>) -> Arc<Self> {
        Arc::new(Self { vault, doors: StdMutex::default() })
    }

    fn door(&self, case: CaseId) -> Door {
        self.doors.lock().unwrap_or_else(PoisonError::into_inner).entry(case).or_default().clone()
    }

    /// Takes a door away that leads nowhere. Somebody may have opened its room anew already, or be about to.
    fn tidy(&self, case: CaseId) {
        let mut doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
        let nowhere = |door: &Door| {
            Arc::strong_count(door) == 1
                && door.try_lock().is_ok_and(|room| room.as_ref().is_none_or(mpsc::Sender::is_closed))
        };
        if doors.get(&case).is_some_and(nowhere) {
            doors.remove(&case);
        }
    }

    /// Who has the plan of this case open now, each once.
    pub(crate) async fn here(&self, case: CaseId) -> Vec<Person> {
        let door = self.doors.lock().unwrap_or_else(PoisonError::into_inner).get(&case).cloned();
        let Some(door) = door else { return Vec::new() };
        let Some(room) = door.lock().await.clone() else { return Vec::new() };
        let (answer, asked) = oneshot::channel();
        if room.send(Asked::Here(answer)).await.is_err() {
            return Vec::new();
        }
        asked.await.unwrap_or_default()
    }

    /// Lets somebody into the room of this plan; the first one opens it.
    pub(super) async fn join(self: &Arc<Self>, opening: Opening, out: mpsc::Sender<Out>) -> Result<Place, NoPlace> {
        let case = opening.permit.granted().id;
        let door = self.door(case);
        let mut room = door.lock().await;
        let sender = match &*room {
            Some(sender) if !sender.is_closed() => sender.clone(),
            _ => {
                let Opening { asker, permit, may_write } = opening;
                let header = permit.granted().clone();
                let content = match self.vault.plans.view(permit).await {
                    Ok(Some(content)) => content,
                    found => {
                        drop(room);
                        drop(door);
                        self.tidy(case);
                        return Err(found.err().map_or(NoPlace::NotBegun, NoPlace::Vault));
                    }
                };
                let (sender, asked) = mpsc::channel(WAITING);
                let mut made = Room::of(self, content).map_err(NoPlace::Vault)?;
                let id = made.let_in(asker, may_write, &header, out);
                tokio::spawn(made.run(asked));
                *room = Some(sender.clone());
                return Ok(Place { id, room: sender });
            }
        };
        drop(room);
        let (answer, asked) = oneshot::channel();
        if sender.send(Asked::Joins(Box::new((opening, out)), answer)).await.is_err() {
            return Err(NoPlace::Full);
        }
        match asked.await {
            Ok(Some(id)) => Ok(Place { id, room: sender }),
            Ok(None) | Err(_) => Err(NoPlace::Full),
        }
    }
}

/// One window of somebody.
struct Connection {
    asker: Asker,
    out: mpsc::Sender<Out>,
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

struct Room {
    rooms: Weak<Rooms>,
    vault: Arc<Vault>,
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
    fn of(rooms: &Arc<Rooms>, content: PlanContent) -> VaultResult<Self> {
        let PlanContent { header, updates, sequence, since_whole, clients, sections, versioned, .. } = content;
        let document =
            Document::of(&updates, clients).map_err(|broken| VaultError::Broken(format!("plan: {broken}")))?;
        Ok(Self {
            rooms: Arc::downgrade(rooms),
            vault: rooms.vault.clone(),
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

    async fn run(mut self, mut asked: mpsc::Receiver<Asked>) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let over = loop {
            let turn = tokio::select! {
                first = asked.recv() => match first {
                    Some(first) => self.turn(first, &mut asked).await,
                    None => break Over(Ended::Again),
                },
                _ = look.tick() => self.look().await,
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
            let _ = connection.out.try_send(Out::End(over.0));
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
    fn let_in(&mut self, asker: Asker, may_write: bool, header: &CaseHeader, out: mpsc::Sender<Out>) -> u64 {
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

    /// What several people wrote: right, text, commit, and only then everybody else.
    async fn write(&mut self, updates: Vec<(u64, Bytes)>) -> Result<(), Over> {
        let authors: BTreeSet<u64> =
            updates.iter().filter(|(_, update)| update != NOTHING).map(|(id, _)| *id).collect();
        let permits = self.may_write(&authors).await?;
        let before = self.to_be_kept();
        let mut change = PlanChange { sequence: self.sequence + 1, before, ..PlanChange::default() };
        let mut parts: Vec<Vec<u8>> = Vec::new();
        let (mut wrote, mut served) = (Vec::new(), Vec::new());
        let mut taken = 0;
        let mut talked = false;
        for (id, bytes) in updates {
            let Some(connection) = self.connections.get(&id) else { continue };
            if bytes == NOTHING {
                // Asked for what it has, a window that has nothing new says so: that is not writing.
                served.push(id);
                continue;
            }
            if !permits.contains_key(&id) {
                continue;
            }
            taken += bytes.len();
            if self.whole_size + self.bytes_since_whole + taken > LARGEST {
                self.end(id, Ended::TooLarge);
                continue;
            }
            let person = connection.asker.person.id;
            let applied = match self.document.apply(&bytes, person, connection.client) {
                Ok(Ok(applied)) => applied,
                Ok(Err(refused)) => {
                    self.refuse(id, code(refused)).await?;
                    continue;
                }
                Err(broken) => {
                    tracing::error!(case = %self.case, %broken, "a plan is read anew");
                    self.refuse(id, "malformed").await?;
                    return Err(Over(Ended::Again));
                }
            };
            let Applied { update, client, first, sections, comments } = applied;
            talked |= comments;
            if let Some(connection) = self.connections.get_mut(&id) {
                connection.client = connection.client.or(client);
            }
            if let Some(client) = client.filter(|_| first) {
                change.clients.push((client, person));
            }
            for section in sections {
                change.sections.retain(|(known, _)| *known != section);
                change.sections.push((section, person));
            }
            if let Some(update) = update {
                parts.push(update);
                wrote.push(id);
            }
            served.push(id);
        }
        if !parts.is_empty() {
            change.update = merged(parts).ok_or(Over(Ended::Again))?;
            if !change.sections.is_empty() {
                let interventions = self.document.interventions();
                if interventions != self.interventions {
                    self.interventions.clone_from(&interventions);
                    change.interventions = Some(interventions);
                }
            }
            if talked {
                let mentions = self.document.mentions();
                change.mentioned = mentions.difference(&self.mentions).copied().collect();
                change.unmentioned = self.mentions.difference(&mentions).copied().collect();
                self.mentions = mentions;
            }
            let frame = protocol::update(&change.update);
            let version = self.make_durable(permits, change, &wrote).await?;
            if version != self.version {
                self.decide_anew().await?;
                self.version = version;
            }
            // Who alone wrote all of it has it already.
            wrote.dedup();
            let alone = if wrote.len() == 1 { wrote.first().copied() } else { None };
            self.send_to_all(frame, alone);
        } else if !permits.is_empty() {
            // Nothing was written that proves that the decisions stand.
            self.look_at_rights(false).await?;
        }
        served.sort_unstable();
        for group in served.chunk_by(|one, other| one == other) {
            let Some(connection) = self.connections.get_mut(&group[0]) else { continue };
            connection.messages += group.len() as u64;
            let frame = protocol::durable(connection.messages);
            self.send(group[0], frame);
        }
        Ok(())
    }

    /// The text as it stands, when it is to be kept as a version before somebody writes on.
    fn to_be_kept(&self) -> Option<KeptText> {
        let changed_at = self.changed_at.filter(|at| self.versioned.is_none_or(|versioned| *at > versioned))?;
        let now = self.vault.clock().now();
        let paused = now >= changed_at.plus_seconds(PAUSE);
        let long = self.unversioned_since.is_some_and(|since| now >= since.plus_seconds(LONG));
        (paused || long).then(|| kept(&self.document))
    }

    /// Remembers when the text was changed, and what of it is in a version.
    fn note_time(&mut self, change: &PlanChange) {
        let now = self.vault.clock().now();
        if change.before.is_some() {
            (self.versioned, self.unversioned_since) = (self.changed_at, None);
        }
        if !change.sections.is_empty() {
            self.changed_at = Some(now);
            self.unversioned_since.get_or_insert(now);
        }
    }

    /// Makes a change durable that these authors have a part in; answers in which version of the case.
    async fn make_durable(
        &mut self,
        mut permits: BTreeMap<u64, Permit<act::Edit, of::Plan>>,
        mut change: PlanChange,
        authors: &[u64],
    ) -> Result<i64, Over> {
        self.since_whole += 1;
        self.bytes_since_whole += change.update.len() + SEAL;
        let folds = self.since_whole >= FOLD_UPDATES || self.bytes_since_whole > self.whole_size / 4 + FOLD_BYTES;
        if folds {
            change.whole = Some(self.document.whole());
        }
        let authors: BTreeSet<u64> = authors.iter().copied().collect();
        for _ in 0..TRIES {
            let version = permits.values().next().map_or(self.version, |permit| permit.granted().version);
            match self.vault.plans.append(permits.into_values().collect(), &change, &mut self.pen).await {
                Ok(Appended::Done) => {
                    self.note_time(&change);
                    self.sequence = change.sequence;
                    if let Some(whole) = &change.whole {
                        (self.since_whole, self.bytes_since_whole, self.whole_size) = (0, 0, whole.len());
                    }
                    return Ok(version);
                }
                Ok(Appended::CaseChanged) => {
                    self.standing.fall();
                    permits = self.may_write(&authors).await?;
                    if permits.len() < authors.len() {
                        // Text of somebody who may not write any more is in memory, and nowhere else.
                        // Whoever may not read any more either is told that before all come back.
                        self.decide_anew().await?;
                        return Err(Over(Ended::Again));
                    }
                }
                Err(error) => {
                    // What is in memory is not what is durable: everybody comes back and finds what is.
                    tracing::error!(case = %self.case, %error, "a plan could not be written");
                    return Err(Over(Ended::Unavailable));
                }
            }
        }
        Err(Over(Ended::Again))
    }

    /// Leave to write for each of these; who has none is told, and goes on reading if they still may.
    async fn may_write(&mut self, authors: &BTreeSet<u64>) -> Result<BTreeMap<u64, Permit<act::Edit, of::Plan>>, Over> {
        let of = |id: &u64| self.connections.get(id).map(|connection| (*id, connection.asker.clone()));
        let (ids, askers): (Vec<u64>, Vec<Asker>) = authors.iter().filter_map(of).unzip();
        let mut permits = BTreeMap::new();
        if ids.is_empty() {
            return Ok(permits);
        }
        let decided = self.vault.gate.edit_plan(&askers, &mut self.standing).await;
        let decided = decided.map_err(|error| down(self.case, &error))?;
        for (id, decided) in ids.into_iter().zip(decided) {
            match decided {
                Ok(permit) => drop(permits.insert(id, permit)),
                Err(Denied::Vault(error)) => return Err(down(self.case, &error)),
                Err(Denied::NotAllowed) => self.now_reads_only(id),
                Err(Denied::NotFound | Denied::PurposeNeeded(_)) => self.end(id, Ended::Forbidden),
            }
        }
        Ok(permits)
    }

    fn now_reads_only(&mut self, id: u64) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.may_write = false;
        }
        self.send(id, protocol::notice("read-only"));
    }

    /// Looks at rights, sessions and the lines that presence needs.
    async fn look(&mut self) -> Result<(), Over> {
        if self.connections.is_empty() {
            return Ok(());
        }
        self.looks = self.looks.wrapping_add(1);
        if !self.vault.ready().await {
            // Lines of the last five minutes cover what is shown now; but what cannot be logged must not go on.
            tracing::error!(case = %self.case, "a plan is closed while the log cannot be written");
            return Err(Over(Ended::Unavailable));
        }
        self.vault.plans.renew(&mut self.pen).await.map_err(|error| down(self.case, &error))?;
        self.look_at_rights(self.looks.is_multiple_of(DECIDE)).await?;
        if self.looks.is_multiple_of(SESSIONS) {
            self.look_at_sessions().await?;
        }
        let now = self.vault.clock().now();
        let due = |connection: &Connection| now >= connection.seen_at.plus_seconds(COVERS);
        let ids: Vec<u64> = self.connections.iter().filter(|(_, one)| due(one)).map(|(id, _)| *id).collect();
        for id in ids {
            let Some(asker) = self.connections.get(&id).map(|one| one.asker.clone()) else { continue };
            match self.vault.gate.view_plan(&asker, self.case, LineKind::StillOpen).await {
                Ok(permit) => {
                    if let Some(connection) = self.connections.get_mut(&id) {
                        connection.seen_at = permit.at();
                    }
                    drop(permit);
                }
                Err(Denied::Vault(error)) => return Err(down(self.case, &error)),
                Err(_) => self.end(id, Ended::Forbidden),
            }
        }
        Ok(())
    }

    /// Decides all rights anew when the case changed, or in any case.
    async fn look_at_rights(&mut self, in_any_case: bool) -> Result<(), Over> {
        let version = match self.vault.cases.head(self.case).await {
            Ok(Some((header, ..))) => header.version,
            // The case is gone: so is the right to see it.
            Ok(None) => -1,
            Err(error) => return Err(down(self.case, &error)),
        };
        if version != self.version || in_any_case {
            self.decide_anew().await?;
            self.version = version;
        }
        Ok(())
    }

    async fn decide_anew(&mut self) -> Result<(), Over> {
        let ids: Vec<u64> = self.connections.keys().copied().collect();
        for id in ids {
            let Some((asker, may_write)) = self.connections.get(&id).map(|one| (one.asker.clone(), one.may_write))
            else {
                continue;
            };
            match self.vault.gate.still_may_view_plan(&asker, self.case).await {
                Ok(now) if now == may_write => {}
                Ok(true) => {
                    if let Some(connection) = self.connections.get_mut(&id) {
                        connection.may_write = true;
                    }
                    let frame = protocol::has(&self.document.state_vector());
                    self.send(id, frame);
                }
                Ok(false) => self.now_reads_only(id),
                Err(Denied::Vault(error)) => return Err(down(self.case, &error)),
                Err(_) => self.end(id, Ended::Forbidden),
            }
        }
        Ok(())
    }

    async fn look_at_sessions(&mut self) -> Result<(), Over> {
        let mut changed = false;
        let ids: Vec<u64> = self.connections.keys().copied().collect();
        for id in ids {
            let Some(connection) = self.connections.get_mut(&id) else { continue };
            let active = std::mem::take(&mut connection.active);
            let session = connection.asker.session;
            let person = connection.asker.person.id;
            match sessions::stands(&self.vault, session, active).await {
                Ok(true) => {}
                Ok(false) => {
                    self.end(id, Ended::SignedOut);
                    continue;
                }
                Err(error) => return Err(down(self.case, &error)),
            }
            // Roles and department are as they are now, not as they were at the door.
            match self.vault.directory.person(person).await.map_err(|error| down(self.case, &error))? {
                None => self.end(id, Ended::SignedOut),
                Some(person) => {
                    if let Some(connection) = self.connections.get_mut(&id).filter(|one| one.asker.person != person) {
                        connection.asker.person = person;
                        changed = true;
                    }
                }
            }
        }
        if changed { self.decide_anew().await } else { Ok(()) }
    }

    /// Ends a connection that sent what it may not, and records that.
    async fn refuse(&mut self, id: u64, what: &'static str) -> Result<(), Over> {
        let Some(asker) = self.connections.get(&id).map(|one| one.asker.clone()) else { return Ok(()) };
        self.end(id, Ended::Malformed);
        let recorded = self.vault.gate.record_refusal(&asker, &format!("plan: {what}")).await;
        recorded.map_err(|error| down(self.case, &error))
    }

    fn end(&mut self, id: u64, why: Ended) {
        if let Some(connection) = self.connections.get(&id) {
            let _ = connection.out.try_send(Out::End(why));
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
        let sent = self.connections.get(&id).is_none_or(|one| one.out.try_send(Out::Frame(frame.into())).is_ok());
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
            .filter(|(_, one)| one.out.try_send(Out::Frame(frame.clone())).is_err())
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

/// Several updates as one.
fn merged(mut parts: Vec<Vec<u8>>) -> Option<Vec<u8>> {
    match parts.len() {
        1 => parts.pop(),
        _ => yrs::merge_updates_v1(parts).ok(),
    }
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
