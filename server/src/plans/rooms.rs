//! All rooms of this node: whoever comes in finds the one of their plan, and the first one opens it.

use super::{
    room::Room,
    seats::{Seats, Windows},
    way::Way,
};
use bytes::Bytes;
use plein_domain::{
    ids::*,
    people::Person,
    ports::{Asker, SessionLimits},
};
use plein_vault::{Permit, Vault, VaultError, act, of};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex as StdMutex, PoisonError},
};
use tokio::sync::{Mutex, mpsc, oneshot};

/// How many frames wait for a room at most; whoever sends more is read more slowly.
const WAITING: usize = 64;

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

/// What a room is asked.
pub(super) enum Asked {
    Joins(Box<(Opening, Way)>, oneshot::Sender<Option<u64>>),
    Frame(u64, Bytes),
    Left(u64),
    Here(oneshot::Sender<Vec<Person>>),
}

type Door = Arc<Mutex<Option<mpsc::Sender<Asked>>>>;

/// All rooms of this node.
pub(crate) struct Rooms {
    pub(super) vault: Arc<Vault>,
    pub(super) limits: SessionLimits,
    pub(super) seats: Arc<Seats>,
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
    pub(crate) fn new(vault: Arc<Vault>, limits: SessionLimits) -> Arc<Self> {
        Arc::new(Self { vault, limits, seats: Arc::default(), doors: StdMutex::default() })
    }

    /// From now on so many windows may have a plan open.
    pub(crate) fn limit(&self, most: Windows) {
        self.seats.limit(most);
    }

    fn door(&self, case: CaseId) -> Door {
        self.doors.lock().unwrap_or_else(PoisonError::into_inner).entry(case).or_default().clone()
    }

    /// Takes a door away that leads nowhere. Somebody may have opened its room anew already, or be about to.
    pub(super) fn tidy(&self, case: CaseId) {
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
    pub(super) async fn join(self: &Arc<Self>, opening: Opening, out: Way) -> Result<Place, NoPlace> {
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
                self.vault.plans.make_ready().await;
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
