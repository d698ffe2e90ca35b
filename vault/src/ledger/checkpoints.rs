//! Signing the ledger: a task that, while there are new lines, signs how large the log is and the root of its tree, and
//! hands that to witnesses outside.
//!
//! What must never happen here: two signed checkpoints of one log that contradict each other, or a ledger that waits
//! for its signature. A log that does not continue what was signed last is not signed, and the program's log says so.

mod files;
mod mail;
mod turn;
mod witness;

pub use files::{KEY_FILE, public_key};
pub use mail::MailWitness;
pub use witness::Witness;

use super::LedgerError;
use crate::{db::Target, outgoing::Outgoing, tasks::Tasks};
use plein_domain::{
    checkpoint::{CheckpointState, LastCheckpoint},
    moment::{Clock, Entropy},
};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{mpsc, oneshot, watch};
use turn::{Signed, Stop, Turner};
use witness::{Delivery, Pace};

/// Where and how often checkpoints are signed.
#[derive(Debug, Clone)]
pub struct CheckpointOptions {
    /// The folder of the key and of what was signed last; never where the ledger's database keeps its own copies.
    pub folder: PathBuf,
    /// Between two turns; a minute at most.
    pub every: Duration,
    /// Who keeps checkpoints outside.
    pub witnesses: Vec<Witness>,
    /// Authorities (DER) that a witness's address is trusted by, and no others; without any, those of the system.
    pub authorities: Vec<Vec<u8>>,
    /// Between two attempts at a witness that takes nothing.
    pub retry: Duration,
    /// Between two mails to the same witness; what is signed in between goes with the next one, or at shutdown.
    pub mail_every: Duration,
}

impl CheckpointOptions {
    /// As often as usual, with its files in `folder`.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self {
            folder,
            every: Duration::from_secs(30),
            witnesses: Vec::new(),
            authorities: Vec::new(),
            retry: Duration::from_secs(10),
            mail_every: Duration::from_secs(60 * 60),
        }
    }

    pub(super) fn check(&self) -> Result<(), LedgerError> {
        if self.every > Duration::from_secs(60) {
            return Err(LedgerError::Refused("checkpoints are signed every minute at least"));
        }
        self.witnesses.iter().try_for_each(|witness| witness.check(&self.folder))
    }
}

/// How long a shutdown waits for the last signature, and then for the witnesses.
const LAST_WORD: Duration = Duration::from_secs(5);

type Shared = Arc<Mutex<CheckpointState>>;

fn told<T>(state: &Mutex<CheckpointState>, change: impl FnOnce(&mut CheckpointState) -> T) -> T {
    change(&mut state.lock().unwrap_or_else(PoisonError::into_inner))
}

enum Ask {
    Now(oneshot::Sender<()>),
    Stop(oneshot::Sender<()>),
}

/// The task that signs.
pub(super) struct Signer {
    asks: mpsc::Sender<Ask>,
    /// Said besides the question, so that a first look at a long log is broken off.
    stop: watch::Sender<bool>,
    state: Shared,
}

impl Signer {
    pub fn start(
        target: Target,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        way: Outgoing,
        options: CheckpointOptions,
        tasks: &Tasks,
    ) -> Self {
        let state = Shared::default();
        let pace = Pace { retry: options.retry, mail: options.mail_every };
        let deliveries: Vec<Delivery> = options
            .witnesses
            .iter()
            .map(|witness| Delivery::start(witness.clone(), way.clone(), pace, clock.clone(), state.clone(), tasks))
            .collect();
        let turner = Turner::new(target, options.folder, clock.clone(), entropy);
        let (asks, asked) = mpsc::channel(8);
        let (stop, stopping) = watch::channel(false);
        let task = Task { stopping, turner, deliveries, clock, state: state.clone(), every: options.every };
        tasks.begin("checkpoints", task.run(asked));
        Self { asks, stop, state }
    }

    pub fn state(&self) -> CheckpointState {
        told(&self.state, |state| state.clone())
    }

    /// A turn now.
    pub async fn now(&self) {
        self.ask(Ask::Now).await;
    }

    /// A last turn, and the end.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        self.ask(Ask::Stop).await;
    }

    async fn ask(&self, ask: fn(oneshot::Sender<()>) -> Ask) {
        let (answer, answered) = oneshot::channel();
        if self.asks.send(ask(answer)).await.is_ok() {
            // An error means that the task has ended, which is an answer too.
            let _ = answered.await;
        }
    }
}

struct Task {
    stopping: watch::Receiver<bool>,
    turner: Turner,
    deliveries: Vec<Delivery>,
    clock: Arc<dyn Clock>,
    state: Shared,
    every: Duration,
}

impl Task {
    async fn run(mut self, mut asked: mpsc::Receiver<Ask>) {
        loop {
            // The first look at a long log takes its time: a stop does not wait for it for ever.
            let mut stopping = self.stopping.clone();
            tokio::select! {
                () = self.turn() => {}
                // An error means that the ledger was dropped, of which the questions below tell too.
                _ = stopping.wait_for(|stop| *stop) => {}
            }
            let pause = tokio::time::sleep(self.every);
            tokio::pin!(pause);
            loop {
                let ask = tokio::select! {
                    () = &mut pause => break,
                    ask = asked.recv() => ask,
                };
                match ask {
                    Some(Ask::Now(answer)) => {
                        self.turn().await;
                        // Whoever asked may have gone.
                        let _ = answer.send(());
                    }
                    Some(Ask::Stop(answer)) => {
                        self.last_word().await;
                        let _ = answer.send(());
                        return;
                    }
                    // The ledger was dropped without a shutdown.
                    None => return,
                }
            }
        }
    }

    async fn last_word(&mut self) {
        if tokio::time::timeout(LAST_WORD, self.turn()).await.is_err() {
            tracing::warn!("the last lines were not signed before the end; the next start signs them");
        }
        let all = async {
            for delivery in &mut self.deliveries {
                delivery.done().await;
            }
        };
        if tokio::time::timeout(LAST_WORD, all).await.is_err() {
            tracing::warn!("a witness did not take the last checkpoint before the end");
        }
    }

    async fn turn(&mut self) {
        let turned = self.turner.turn().await;
        let now = self.clock.now();
        match turned {
            Ok(signed) => {
                if let Some(Signed { checkpoint, note }) = &signed {
                    for delivery in &self.deliveries {
                        delivery.give(checkpoint.size, note);
                    }
                }
                let key = self.turner.key();
                told(&self.state, |state| {
                    state.key = key;
                    state.trouble = None;
                    if let Some(Signed { checkpoint, .. }) = signed {
                        let at = checkpoint.at.unwrap_or(now);
                        state.last = Some(LastCheckpoint { size: checkpoint.size, at, root: checkpoint.root });
                    }
                });
            }
            Err(Stop { trouble, cause }) => {
                match trouble.is_alarm() {
                    true => tracing::error!(trouble = trouble.code(), "ALARM: the ledger is not signed: {cause}"),
                    false => tracing::warn!(trouble = trouble.code(), "the ledger could not be signed: {cause}"),
                }
                told(&self.state, |state| {
                    let since = match &state.trouble {
                        Some((before, since, _)) if *before == trouble => *since,
                        _ => now,
                    };
                    state.trouble = Some((trouble, since, cause));
                });
            }
        }
    }
}
