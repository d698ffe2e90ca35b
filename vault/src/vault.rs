//! The vault as a whole: three databases, the policies, clock and randomness, and the rooms built on them.

use crate::{
    db::{Db, Target, content_migrations},
    error::VaultResult,
    gate::Gate,
    keyring::{KeyKind, Keyring},
    ledger::{CheckpointOptions, Ledger, LedgerError},
    on_db,
    outbox::Outbox,
    policy::Policies,
    seal::MasterKey,
    store::{
        Administration, BreakGlass, Cases, Changes, Directory, Drafts, Lists, Log, LookUps, Notes, Notices, Plans,
        Register, Sessions, SignIns, Signals, Views,
    },
    streams::{self, Follower, Reconciled, ServedLog, StreamOptions, StreamState},
    tasks::Tasks,
};
use plein_domain::{
    checkpoint::CheckpointState,
    ids::EventId,
    moment::{Clock, Entropy, random_id},
};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};
use uuid::Uuid;

/// Where everything is, and what is handed in.
pub struct VaultOptions {
    /// The content database.
    pub content: Target,
    /// The keyring's database; on PostgreSQL a separate instance or service, so that no backup holds both.
    pub keyring: Target,
    /// The ledger.
    pub ledger: Target,
    /// The master key that wraps all data keys.
    pub master: MasterKey,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub entropy: Arc<dyn Entropy>,
}

/// What all rooms share.
pub(crate) struct Core {
    pub content: Db,
    pub keyring: Arc<Keyring>,
    pub ledger: Ledger,
    pub policies: Policies,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    changes: AtomicU64,
    /// How often this node ended sessions.
    pub sessions_ended: tokio::sync::watch::Sender<u64>,
    /// The address of the processing register, when it has one.
    register: OnceLock<String>,
}

impl Core {
    /// How processing activities are named.
    pub fn register(&self, installation: Uuid) -> String {
        self.register.get().cloned().unwrap_or_else(|| streams::register_of(installation))
    }

    /// Tells that a case has another version than before.
    pub fn case_changed(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    /// How often this program changed a case so far. Another node's changes are not among them.
    pub fn cases_changed(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Tells that sessions were ended.
    pub fn session_ended(&self) {
        self.sessions_ended.send_modify(|times| *times += 1);
    }

    /// A new event's id.
    pub fn event(&self) -> EventId {
        random_id(&*self.entropy)
    }
}

/// The key of the installation's own small secrets: staff names, outcomes waiting in the outbox.
pub(crate) const INSTALLATION: (KeyKind, Uuid) = (KeyKind::Directory, Uuid::nil());

/// The vault.
pub struct Vault {
    /// The one door: decides, records, permits.
    pub gate: Gate,
    /// Signals.
    pub signals: Signals,
    /// Cases.
    pub cases: Cases,
    /// What happened in cases.
    pub changes: Changes,
    /// Notices.
    pub notices: Notices,
    /// Notes on cases.
    pub notes: Notes,
    /// Plans of approach.
    pub plans: Plans,
    /// Drafts.
    pub drafts: Drafts,
    /// Lists that are being taken in.
    pub lists: Lists,
    /// Staff, departments, phenomena and the purposes of the processing register.
    pub directory: Directory,
    /// The processing register as it is kept, with its versions.
    pub register: Register,
    /// Sessions.
    pub sessions: Sessions,
    /// Sign-in with an identity provider.
    pub sign_ins: SignIns,
    /// Saved views of lists.
    pub views: Views,
    /// The access log.
    pub log: Log,
    /// Look-ups of who saw a person.
    pub lookups: LookUps,
    /// Reading a record in an emergency.
    pub break_glass: BreakGlass,
    /// Who has a place.
    pub administration: Administration,
    core: Arc<Core>,
    outbox: Outbox,
    streams: OnceLock<Follower>,
}

impl Vault {
    /// Opens all three databases, brings them up to date, and finishes what a crash left behind.
    ///
    /// # Errors
    /// A database that cannot be opened, or policies that do not hold.
    pub async fn open(options: VaultOptions) -> VaultResult<Self> {
        let VaultOptions { content, keyring, ledger, master, clock, entropy } = options;
        let keyring = Db::connect(&keyring, crate::keyring::keyring_migrations()).await?;
        let keyring = Arc::new(Keyring::open(keyring, master, entropy.clone(), clock.clone()).await?);
        keyring.create(INSTALLATION.0, INSTALLATION.1).await?;
        let ledger = Ledger::open(ledger, keyring.clone(), clock.clone(), entropy.clone()).await?;
        let content = Db::connect(&content, content_migrations()).await?;
        let policies = Policies::load()?;
        let core = Arc::new(Core {
            content,
            keyring,
            ledger,
            policies,
            clock,
            entropy,
            changes: AtomicU64::new(1),
            sessions_ended: tokio::sync::watch::Sender::new(0),
            register: OnceLock::new(),
        });
        let outbox = Outbox::start(core.clone()).await?;
        crate::store::sweep::start(&core).await?;
        Ok(Self {
            gate: Gate::new(core.clone()),
            signals: Signals::new(core.clone(), outbox.clone()),
            cases: Cases::new(core.clone(), outbox.clone()),
            changes: Changes::new(core.clone()),
            notices: Notices::new(core.clone()),
            notes: Notes::new(core.clone(), outbox.clone()),
            plans: Plans::new(core.clone(), outbox.clone()),
            drafts: Drafts::new(core.clone()),
            lists: Lists::new(core.clone()),
            directory: Directory::new(core.clone()),
            register: Register::new(core.clone(), outbox.clone()),
            sessions: Sessions::new(core.clone()),
            sign_ins: SignIns::new(core.clone(), outbox.clone()),
            views: Views::new(core.clone()),
            log: Log::new(core.clone()),
            lookups: LookUps::new(core.clone()),
            break_glass: BreakGlass::new(core.clone(), outbox.clone()),
            administration: Administration::new(core.clone(), outbox.clone()),
            core,
            outbox,
            streams: OnceLock::new(),
        })
    }

    /// The clock everything here goes by.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.core.clock
    }

    /// The randomness everything here uses.
    pub fn entropy(&self) -> &Arc<dyn Entropy> {
        &self.core.entropy
    }

    /// Says once and for all whether this is a demonstration; answers whether that is what it is. What was filled before there
    /// was such a word was filled by a demonstration.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn is_kind(&self, demo: bool) -> VaultResult<bool> {
        let kind = if demo { "demo" } else { "municipality" };
        let (said,): (String,) = on_db!(&self.core.content, |pool| {
            sqlx::query(
                "INSERT INTO installation (one, kind) SELECT 1, CASE WHEN EXISTS (SELECT id FROM departments) \
                 THEN 'demo' ELSE $1 END WHERE NOT EXISTS (SELECT one FROM installation) ON CONFLICT DO NOTHING",
            )
            .bind(kind)
            .execute(pool)
            .await?;
            sqlx::query_as("SELECT kind FROM installation").fetch_one(pool).await?
        });
        Ok(said == kind)
    }

    /// Whether a viewing could be recorded now.
    pub async fn ready(&self) -> bool {
        self.core.ledger.ready().await.is_ok()
    }

    /// Shows everything without a line, or no longer: to measure what the ledger costs.
    #[cfg(feature = "measuring")]
    pub fn record_nothing(&self, nothing: bool) {
        self.core.ledger.record_nothing(nothing);
    }

    /// Begins to sign checkpoints of the ledger; see [`Ledger::sign_checkpoints`].
    ///
    /// # Errors
    /// The options make no sense, or it has begun already.
    pub fn sign_checkpoints(&self, options: CheckpointOptions) -> Result<(), LedgerError> {
        self.core.ledger.sign_checkpoints(options)
    }

    /// How it stands with the checkpoints of the ledger.
    pub fn checkpoint_state(&self) -> CheckpointState {
        self.core.ledger.checkpoint_state()
    }

    /// Begins to tell the streams.
    ///
    /// # Errors
    /// It has begun already. That nothing can be told is no error: it is in [`Self::stream_state`] and in the program's log.
    pub fn tell_streams(&self, options: &StreamOptions) -> Result<(), LedgerError> {
        let mut begun = false;
        self.streams.get_or_init(|| {
            begun = true;
            if let Some(register) = &options.register {
                // Set once, as the streams are begun once.
                let _ = self.core.register.set(register.clone());
            }
            Follower::start(&self.core, &self.core.ledger.target, options)
        });
        if begun { Ok(()) } else { Err(LedgerError::Refused("the streams are told already")) }
    }

    /// How it stands with the streams.
    pub fn stream_state(&self) -> StreamState {
        self.streams.get().map(Follower::state).unwrap_or_default()
    }

    /// Tells now what is not told yet, instead of at the next turn.
    pub async fn tell_streams_now(&self) -> StreamState {
        match self.streams.get() {
            Some(follower) => follower.now().await,
            None => StreamState::default(),
        }
    }

    /// Holds the files of the streams against the ledger; see [`Ledger::reconcile`].
    ///
    /// # Errors
    /// As there.
    pub async fn reconcile(&self, folder: &Path) -> Result<Reconciled, LedgerError> {
        self.core.ledger.reconcile(folder, 0).await
    }

    /// Where answers are written down: files in the folder of the streams.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn served_log(&self, folder: PathBuf) -> std::io::Result<ServedLog> {
        ServedLog::start(folder, self.core.keyring.clone(), self.core.clock.clone(), &self.core.ledger.tasks)
    }

    /// What works behind the pages.
    pub fn tasks(&self) -> &Tasks {
        &self.core.ledger.tasks
    }

    /// Sends waiting outcomes to the ledger, signs the last checkpoint, and closes everything.
    pub async fn close(&self) {
        self.outbox.flush().await;
        if let Some(follower) = self.streams.get() {
            follower.stop().await;
        }
        self.core.ledger.shutdown().await;
        self.plans.close().await;
        self.core.content.close().await;
    }
}
