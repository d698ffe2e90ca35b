//! Following the ledger: a task for each way out that reads what is new, in its order, tells it, and notes how far it came.
//!
//! One program tells at a time: it holds the folder's lock and, on PostgreSQL, one of the database. Whoever comes too late
//! looks again at each turn.

use super::{
    Shared, Stream, StreamOptions, StreamState, WayState,
    files::{self, Cursor, Files},
    line, record, told,
};
use crate::{
    db::{Target, postgres_options},
    error::VaultResult,
    keyring::KeyKind,
    ledger::Entry,
    on_db,
    vault::Core,
};
use plein_domain::{header::ObjectKind, ids::CaseId, ledger::Outcome, purpose::StatedPurpose};
use plein_proof::origin_of;
use sha2::{Digest, Sha256};
use sqlx::{ConnectOptions, Connection, PgConnection};
use std::{
    fs::File,
    path::PathBuf,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// Lines read at once.
const AT_ONCE: u32 = 500;
/// How long a shutdown waits for the last lines.
const LAST_WORD: Duration = Duration::from_secs(5);

/// Why a turn ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stop {
    #[error(transparent)]
    Vault(#[from] crate::error::VaultError),
    #[error("the folder of the streams: {0}")]
    Folder(#[from] std::io::Error),
    #[error("{0}")]
    Ledger(String),
    #[error("the collector: {0}")]
    Collector(String),
}

impl From<crate::ledger::LedgerError> for Stop {
    fn from(error: crate::ledger::LedgerError) -> Self {
        Self::Vault(error.into())
    }
}

impl From<crate::keyring::KeyringError> for Stop {
    fn from(error: crate::keyring::KeyringError) -> Self {
        Self::Vault(error.into())
    }
}

/// What a line leaves out and its records need, as the databases have it now.
pub(crate) async fn context(core: &Core, register: &str, source: &str, entry: &Entry) -> VaultResult<record::Context> {
    let activity = activity(core, register, entry).await?;
    let mut subjects = Vec::new();
    if let Some(payload) = entry.payload.as_ref().filter(|_| entry.outcome != Outcome::Refused) {
        let signals: Vec<Uuid> =
            payload.objects.iter().filter(|one| one.kind == ObjectKind::Signal).map(|one| one.id).collect();
        let found = core.keyring.pseudonyms(KeyKind::Signal, &signals).await?;
        subjects.extend(
            found.into_iter().map(|one| record::Subject { id: one.code, id_type: record::Subject::type_of(one.kind) }),
        );
    }
    Ok(record::Context { source: source.to_owned(), activity, subjects })
}

/// The processing activity of a line: for the purpose of a case the entry of the processing register, by the place it has on
/// the register's page; for another purpose that purpose's kind.
async fn activity(core: &Core, register: &str, entry: &Entry) -> VaultResult<String> {
    let stated = entry.payload.as_ref().and_then(|payload| StatedPurpose::from_code(&payload.purpose));
    let place = match stated {
        Some(StatedPurpose::Case(case)) => match purpose_of(core, case).await? {
            Some(purpose) => format!("verwerking-{purpose}"),
            None => "doel-case".to_owned(),
        },
        Some(other) => format!("doel-{}", other.kind()),
        None => "geen-doel".to_owned(),
    };
    Ok(format!("{register}#{place}"))
}

/// A case keeps its purpose for ever.
async fn purpose_of(core: &Core, case: CaseId) -> VaultResult<Option<Uuid>> {
    Ok(on_db!(&core.content, |pool| {
        sqlx::query_scalar("SELECT purpose FROM cases WHERE id = $1").bind(case.0).fetch_optional(pool).await?
    }))
}

enum Ask {
    Now(oneshot::Sender<()>),
    Stop(oneshot::Sender<()>),
}

/// The tasks that follow.
pub(crate) struct Follower {
    asks: Vec<mpsc::Sender<Ask>>,
    /// Said besides the question, so that a turn over a long log is broken off.
    stopping: Arc<AtomicBool>,
    state: Shared,
}

impl Follower {
    pub fn start(core: &Arc<Core>, ledger: &Target, options: &StreamOptions) -> Self {
        let state = Shared::default();
        let mut asks = Vec::new();
        let stopping = Arc::new(AtomicBool::new(false));
        let mut ways = vec![(Way::Files(None), "streams")];
        if let Some(collector) = &options.collector {
            told(&state, |state| state.collector = Some(WayState::default()));
            ways.push((Way::Collector(collector.clone()), "collector"));
        }
        for (way, name) in ways {
            let (ask, asked) = mpsc::channel(8);
            let task = Task {
                core: Arc::downgrade(core),
                ledger: ledger.clone(),
                options: options.clone(),
                state: state.clone(),
                way,
                name,
                cursor: None,
                lock: None,
                stopping: stopping.clone(),
            };
            core.ledger.tasks.begin("streams", task.run(asked));
            asks.push(ask);
        }
        Self { asks, stopping, state }
    }

    pub fn state(&self) -> StreamState {
        told(&self.state, |state| state.clone())
    }

    /// A turn now, and how it stands after it.
    pub async fn now(&self) -> StreamState {
        self.ask(Ask::Now).await;
        self.state()
    }

    /// A last turn, and the end.
    pub async fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.ask(Ask::Stop).await;
    }

    async fn ask(&self, ask: fn(oneshot::Sender<()>) -> Ask) {
        for asks in &self.asks {
            let (answer, answered) = oneshot::channel();
            if asks.send(ask(answer)).await.is_ok() {
                // An error means that the task has ended, which is an answer too.
                let _ = answered.await;
            }
        }
    }
}

enum Way {
    Files(Option<Files>),
    Collector(super::Collector),
}

/// What makes this program the one that tells.
struct Lock {
    _file: File,
    link: Option<PgConnection>,
}

struct Task {
    core: Weak<Core>,
    ledger: Target,
    options: StreamOptions,
    state: Shared,
    way: Way,
    name: &'static str,
    cursor: Option<Cursor>,
    lock: Option<Lock>,
    stopping: Arc<AtomicBool>,
}

impl Task {
    async fn run(mut self, mut asked: mpsc::Receiver<Ask>) {
        loop {
            if !self.turn().await {
                return;
            }
            let pause = tokio::time::sleep(self.options.every);
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
                        self.stopping = Arc::default();
                        if tokio::time::timeout(LAST_WORD, self.turn()).await.is_err() {
                            tracing::warn!(way = self.name, "the last lines are told at the next start");
                        }
                        let _ = answer.send(());
                        return;
                    }
                    None => return,
                }
            }
        }
    }

    /// Tells what is new. False when there is no vault any more.
    async fn turn(&mut self) -> bool {
        let Some(core) = self.core.upgrade() else { return false };
        let turned = self.turn_on(&core).await;
        let now = core.clock.now();
        if let Err(stop) = &turned {
            // Whatever was half written is looked at anew.
            self.cursor = None;
            if let Way::Files(files) = &mut self.way {
                *files = None;
            }
            if self.way_state(|state| state.trouble.is_none()) {
                tracing::error!(way = self.name, "a stream of the access log does not go on: {stop}");
            }
        }
        let next = self.cursor.as_ref().map(|cursor| cursor.next);
        self.way_state(|state| match turned {
            Ok(here) => {
                state.elsewhere = !here;
                state.trouble = None;
                state.told = next.unwrap_or(state.told);
            }
            Err(stop) => {
                let since = state.trouble.as_ref().map_or(now, |(since, _)| *since);
                state.trouble = Some((since, stop.to_string()));
            }
        });
        true
    }

    fn way_state<T>(&self, change: impl FnOnce(&mut WayState) -> T) -> T {
        told(&self.state, |state| match &self.way {
            Way::Files(_) => change(&mut state.files),
            Way::Collector(_) => change(state.collector.get_or_insert_default()),
        })
    }

    fn cursor_file(&self) -> PathBuf {
        self.options.folder.join(format!("{}.cursor", self.name))
    }

    /// Whether it is this program that tells.
    async fn turn_on(&mut self, core: &Core) -> Result<bool, Stop> {
        if !self.holds().await? {
            return Ok(false);
        }
        let (head, installation) = core.ledger.head().await?;
        let mut cursor = match self.cursor.take() {
            Some(cursor) => cursor,
            None => self.begin(installation)?,
        };
        if cursor.installation != installation {
            return Err(Stop::Ledger(format!(
                "{} tells of the ledger of another installation: {}",
                self.cursor_file().display(),
                cursor.installation
            )));
        }
        if cursor.next > head {
            return Err(Stop::Ledger(format!(
                "{} lines were told, and the ledger has {head}: an older copy stands in its place",
                cursor.next
            )));
        }
        let source = origin_of(installation);
        let register = core.register(installation);
        while cursor.next < head {
            let entries = core.ledger.following(cursor.next, AT_ONCE).await?;
            let Some(last) = entries.last().map(|entry| entry.sequence) else { break };
            let mut batch = Vec::with_capacity(entries.len());
            for entry in &entries {
                let context = context(core, &register, &source, entry).await?;
                batch.push((entry, context));
            }
            self.tell(core, &batch).await?;
            cursor.next = last + 1;
            if let Way::Files(Some(files)) = &self.way {
                cursor.files = files.lengths();
            }
            files::write_cursor(&self.cursor_file(), &cursor)?;
            if self.stopping.load(Ordering::Relaxed) {
                break;
            }
        }
        self.cursor = Some(cursor);
        Ok(true)
    }

    fn begin(&mut self, installation: Uuid) -> Result<Cursor, Stop> {
        let noted = files::read_cursor(&self.cursor_file())?;
        match &mut self.way {
            Way::Files(files) => {
                let (opened, next) = Files::open(&self.options.folder, noted.as_ref())?;
                let lengths = opened.lengths();
                *files = Some(opened);
                let installation = noted.map_or(installation, |noted| noted.installation);
                Ok(Cursor { installation, next, files: lengths })
            }
            Way::Collector(_) => Ok(noted.unwrap_or(Cursor { installation, next: 0, files: Vec::new() })),
        }
    }

    async fn tell(&mut self, core: &Core, batch: &[(&Entry, record::Context)]) -> Result<(), Stop> {
        match &mut self.way {
            Way::Files(Some(files)) => {
                let today = core.clock.now().utc().date();
                for (entry, context) in batch {
                    // A clock that was wrong once does not keep the files in the future.
                    files.turn_to(plein_domain::moment::Day(entry.at.utc().date().min(today)))?;
                    for (index, stream) in Stream::ALL.into_iter().enumerate() {
                        for line in line::lines(&core.keyring, stream, entry, context).await? {
                            files.add(index, &line);
                        }
                    }
                }
                // Waits for the disk without keeping other tasks of this thread waiting.
                Ok(tokio::task::block_in_place(|| files.flush())?)
            }
            Way::Files(None) => Ok(()),
            Way::Collector(collector) => collector.take(batch).await.map_err(Stop::Collector),
        }
    }

    /// Takes the locks when they are free.
    async fn holds(&mut self) -> Result<bool, Stop> {
        if let Some(lock) = &mut self.lock {
            let alive = match &mut lock.link {
                Some(link) => link.ping().await.is_ok(),
                None => true,
            };
            if alive {
                return Ok(true);
            }
            // The database forgot its lock together with the connection: another program may tell by now.
            self.lock = None;
            self.cursor = None;
            if let Way::Files(files) = &mut self.way {
                *files = None;
            }
        }
        std::fs::create_dir_all(&self.options.folder)?;
        let file = files::open_end(&self.options.folder.join(format!("{}.lock", self.name)))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Ok(false),
            Err(std::fs::TryLockError::Error(error)) => return Err(error.into()),
        }
        let link = match &self.ledger {
            Target::Sqlite(_) => None,
            Target::Postgres { url, schema } => {
                let failed = |error: sqlx::Error| Stop::Vault(error.into());
                let mut link = postgres_options(url, schema).map_err(failed)?.connect().await.map_err(failed)?;
                let free: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
                    .bind(lock_number(schema, self.name))
                    .fetch_one(&mut link)
                    .await
                    .map_err(failed)?;
                if !free {
                    return Ok(false);
                }
                Some(link)
            }
        };
        self.lock = Some(Lock { _file: file, link });
        Ok(true)
    }
}

/// How activities are named where no register has an address.
pub(crate) fn register_of(installation: Uuid) -> String {
    format!("urn:uuid:{installation}")
}

fn lock_number(schema: &str, name: &str) -> i64 {
    let hash = Sha256::digest(format!("plein/streams-lock/1\n{schema}\n{name}"));
    hash.iter().take(8).fold(0, |number, byte| number << 8 | i64::from(*byte))
}
