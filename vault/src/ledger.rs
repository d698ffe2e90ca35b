//! The ledger: one durable line for every viewing, in one dense sequence, append-only.
//!
//! A line is acknowledged only when it is on the disk; whoever shows something waits for that. What must never
//! happen here: an acknowledged line that is not durable, a line changed or deleted, a gap in the sequence, a
//! personal detail in clear besides the ids that supervision searches by. The format is in `docs/ledger.md`.

mod checkpoints;
mod connection;
mod export;
mod leaf;
mod prune;
mod read;
mod seen;
mod sequencer;
mod writer;

use crate::{
    db::{Db, Migrations, Target},
    keyring::{Keyring, KeyringError},
    outgoing::Outgoing,
    seal::DataKey,
    tasks::Tasks,
};
use checkpoints::Signer;
use leaf::Prepared;
use plein_domain::{
    checkpoint::CheckpointState,
    ids::{EventId, TraceId},
    ledger::{Line, LineKind, Outcome, Payload},
    moment::{Clock, Entropy, Moment},
};
use sequencer::Request;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
    time::Duration,
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

pub use checkpoints::{CheckpointOptions, KEY_FILE, MailWitness, Witness, public_key};
pub use export::{Exported, export};
pub use leaf::period_key_id;
pub use plein_proof::{COMMITMENT_MAGIC, commitment, leaf};
pub use prune::{Role, restrict_role};
pub use read::LogQuery;
pub use seen::ViewerRow;

/// The line could not be made durable, or not in time. Nothing may be shown or done.
///
/// Its text names the cause for the operator's log, never for a browser. After a time-out, or when the connection
/// broke during the commit, the line may be recorded all the same: the log may hold a viewing that was then not
/// shown, never the reverse. Sending the same event again is safe.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{cause}")]
pub struct LedgerDown {
    cause: Arc<str>,
}

impl LedgerDown {
    pub(crate) fn because(cause: impl std::fmt::Display) -> Self {
        Self { cause: cause.to_string().into() }
    }

    /// What happened, for the operator.
    pub fn cause(&self) -> &str {
        &self.cause
    }
}

/// Why the ledger could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Its database cannot be reached or failed.
    #[error("the ledger cannot be read: {0}")]
    Down(#[from] sqlx::Error),
    /// The keyring did not give the period's key.
    #[error("the ledger's payloads cannot be opened: {0}")]
    Keyring(#[from] KeyringError),
    /// A row is not what was hashed. Somebody changed the database.
    #[error("ledger line {sequence} was tampered with: {what}")]
    Tampered {
        /// The line.
        sequence: i64,
        /// What does not fit.
        what: &'static str,
    },
    /// The export cannot be written.
    #[error(transparent)]
    Export(#[from] plein_proof::ExportError),
    /// The line that an export of payloads leaves could not be recorded.
    #[error("the export was not recorded, so it was not made: {0}")]
    Unrecorded(#[from] LedgerDown),
    /// The pruning moment is not in the past.
    #[error("payloads can be pruned up to now, not up to a later moment")]
    NotYet,
    /// What was told of it cannot be read.
    #[error("{0}")]
    Folder(String),
    /// Something is asked that this engine or this name does not allow.
    #[error("{0}")]
    Refused(&'static str),
}

/// A line in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the log, from 0.
    pub sequence: u64,
    /// Recorded at most once under this id.
    pub event: EventId,
    /// When it happened.
    pub at: Moment,
    /// The request it belongs to.
    pub trace: TraceId,
    /// What happened.
    pub kind: LineKind,
    /// How it ended.
    pub outcome: Outcome,
    /// Who, what and why; nothing once it was pruned or its period's key destroyed.
    pub payload: Option<Payload>,
    /// The salted commitment to the payload.
    pub commitment: [u8; 32],
    /// The RFC 6962 hash of the envelope.
    pub leaf: [u8; 32],
}

/// Limits of the sequencer.
#[derive(Debug, Clone, Copy)]
pub struct LedgerOptions {
    /// How long a request waits before it is answered with [`LedgerDown`].
    pub wait: Duration,
    /// How many lines are committed together at most (a single request may hold more).
    pub batch: usize,
    /// How many requests wait at most before others wait to be let in.
    pub queue: usize,
}

impl Default for LedgerOptions {
    fn default() -> Self {
        Self { wait: Duration::from_secs(3), batch: 512, queue: 1024 }
    }
}

/// Migrations of the ledger's database.
pub fn ledger_migrations() -> Migrations {
    Migrations {
        sqlite: sqlx::migrate!("../migrations/sqlite/ledger"),
        postgres: sqlx::migrate!("../migrations/postgres/ledger"),
    }
}

/// The ledger. Cheap to share behind an `Arc`.
pub struct Ledger {
    pub(crate) target: Target,
    pub(crate) keyring: Arc<Keyring>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    options: LedgerOptions,
    requests: mpsc::Sender<Request>,
    /// The sequencer puts another pool here when it accepted another file in the place of the old one.
    reading: Arc<RwLock<Db>>,
    /// Keys of the periods that are being written; reading asks the keyring anew, because a key may be destroyed.
    writing_keys: Mutex<HashMap<Uuid, DataKey>>,
    signer: OnceLock<Signer>,
    pub(crate) tasks: Tasks,
    #[cfg(feature = "measuring")]
    nothing: std::sync::atomic::AtomicBool,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("target", &self.target).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Opens the ledger, making it where it is not there yet, and starts its sequencer.
    ///
    /// # Errors
    /// It cannot be reached, its migrations do not fit this program, or it does not commit durably.
    pub async fn open(
        target: Target,
        keyring: Arc<Keyring>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, LedgerDown> {
        Self::open_with(target, keyring, clock, entropy, LedgerOptions::default()).await
    }

    /// [`Self::open`] with other limits.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(
        target: Target,
        keyring: Arc<Keyring>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        options: LedgerOptions,
    ) -> Result<Self, LedgerDown> {
        let (writer, reading) = writer::Writer::open(target.clone(), &*entropy).await.map_err(LedgerDown::because)?;
        let reading = Arc::new(RwLock::new(reading));
        let (requests, waiting) = mpsc::channel(options.queue.max(1));
        let tasks = Tasks::default();
        tasks.begin("sequencer", sequencer::run(writer, waiting, options.batch, reading.clone()));
        let (writing_keys, signer) = (Mutex::default(), OnceLock::new());
        Ok(Self {
            target,
            keyring,
            clock,
            entropy,
            options,
            requests,
            reading,
            writing_keys,
            signer,
            tasks,
            #[cfg(feature = "measuring")]
            nothing: Default::default(),
        })
    }

    /// Records lines, all of them in one commit, and answers with their places when they are durable. A line whose
    /// event is recorded already keeps the place it has.
    ///
    /// # Errors
    /// They could not be made durable in time; see [`LedgerDown`].
    pub async fn append(&self, lines: Vec<Line>) -> Result<Vec<u64>, LedgerDown> {
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        #[cfg(feature = "measuring")]
        if self.nothing.load(std::sync::atomic::Ordering::Relaxed) {
            return Ok(vec![0; lines.len()]);
        }
        self.ask(async {
            let mut prepared = Vec::with_capacity(lines.len());
            for line in lines {
                let key = self.writing_key(line.at).await.map_err(LedgerDown::because)?;
                prepared.push(Prepared::new(line, &key, &*self.entropy)?);
            }
            Ok(prepared)
        })
        .await
    }

    /// Lets everything through without a line, or no longer: to measure what the ledger costs.
    #[cfg(feature = "measuring")]
    pub(crate) fn record_nothing(&self, nothing: bool) {
        self.nothing.store(nothing, std::sync::atomic::Ordering::Relaxed);
    }

    /// Whether a line could be written now: asks the sequencer to begin and end an empty batch.
    ///
    /// # Errors
    /// It could not.
    pub async fn ready(&self) -> Result<(), LedgerDown> {
        self.ask(async { Ok(Vec::new()) }).await.map(drop)
    }

    /// The settings that make commits durable, as the sequencer's own connection reports them: for `check-config` and
    /// for the test that a killed process cannot replace.
    ///
    /// # Errors
    /// The ledger is out of reach.
    pub async fn durability(&self) -> Result<Vec<(String, String)>, LedgerDown> {
        let (answer, answered) = oneshot::channel();
        let request = Request::Durability(answer);
        self.requests.send(request).await.map_err(|_| LedgerDown::because("the ledger is shut down"))?;
        answered.await.map_err(|_| LedgerDown::because("the ledger is shut down"))?
    }

    /// Records what is waiting, refuses what comes later, and closes the ledger.
    pub async fn shutdown(&self) {
        let (answer, answered) = oneshot::channel();
        if self.requests.send(Request::Stop(answer)).await.is_ok() {
            // An error means that another call has closed it already.
            let _ = answered.await;
        }
        if let Some(signer) = self.signer.get() {
            signer.stop().await;
        }
        self.reading().close().await;
    }

    /// Begins to sign checkpoints: at once, then while there are new lines, and at [`Self::shutdown`].
    ///
    /// # Errors
    /// The options make no sense, or it has begun already. That nothing can be signed is no error: it is in
    /// [`Self::checkpoint_state`] and in the program's log, and the ledger goes on.
    pub fn sign_checkpoints(&self, options: CheckpointOptions) -> Result<(), LedgerError> {
        options.check()?;
        let way = Outgoing::trusting(&options.authorities);
        let way = way.map_err(|_| LedgerError::Refused("an authority of the witnesses cannot be read"))?;
        let mut begun = false;
        self.signer.get_or_init(|| {
            begun = true;
            Signer::start(self.target.clone(), self.clock.clone(), self.entropy.clone(), way, options, &self.tasks)
        });
        if begun { Ok(()) } else { Err(LedgerError::Refused("checkpoints are signed already")) }
    }

    /// Signs now what is not signed yet, instead of at the next turn.
    pub async fn checkpoint_now(&self) -> CheckpointState {
        if let Some(signer) = self.signer.get() {
            signer.now().await;
        }
        self.checkpoint_state()
    }

    /// What was signed last, what is wrong, and what the witnesses have.
    pub fn checkpoint_state(&self) -> CheckpointState {
        self.signer.get().map(Signer::state).unwrap_or_default()
    }

    async fn ask(
        &self,
        lines: impl Future<Output = Result<Vec<Prepared>, LedgerDown>>,
    ) -> Result<Vec<u64>, LedgerDown> {
        let answer = async {
            let lines = lines.await?;
            let (answer, answered) = oneshot::channel();
            let request = Request::Append(lines, answer);
            self.requests.send(request).await.map_err(|_| LedgerDown::because("the ledger is shut down"))?;
            answered.await.map_err(|_| LedgerDown::because("the sequencer ended"))?
        };
        match tokio::time::timeout(self.options.wait, answer).await {
            Ok(answer) => answer,
            Err(_) => Err(LedgerDown::because(format_args!("no commit within {:?}", self.options.wait))),
        }
    }

    /// The key of the period in which `at` lies, made at the period's first line.
    async fn writing_key(&self, at: Moment) -> Result<DataKey, KeyringError> {
        let id = period_key_id(at);
        if let Some(key) = self.writing_keys.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(key.clone());
        }
        let key = self.keyring.create(crate::keyring::KeyKind::Ledger, id).await?;
        let mut keys = self.writing_keys.lock().unwrap_or_else(PoisonError::into_inner);
        // Back-dated lines (the demo, an import) touch many months; nobody needs them all in memory.
        if keys.len() >= 16 {
            keys.clear();
        }
        keys.insert(id, key.clone());
        Ok(key)
    }

    fn reading(&self) -> Db {
        self.reading.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
