//! The streams: what stands in the ledger, told once more to those who gather logs, as three files of JSON lines and over
//! OTLP. The access log (NEN 7513), the data processings (Logboek Dataverwerkingen) and the decisions share the trace.
//!
//! They are made from lines that are durable, by a task that follows the ledger; the ledger stays the truth, and nobody waits
//! for a stream. What must never happen here: a record of which there is no line, or a place that counts as told before what
//! was told is on the disk.

mod files;
mod follow;
mod line;
mod otlp;
mod reconcile;
pub(crate) mod record;
mod served;

use plein_domain::moment::Moment;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

pub(crate) use follow::{Follower, context, register_of};
pub use otlp::Collector;
pub use reconcile::{Found, Reconciled, StreamFound};
pub use record::{Processing, Subject};
pub use served::{Served, ServedFound, ServedLog, Shown, watched};
pub(crate) use served::{note_opened, note_permit};

/// The streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Who did what to which object, for which purpose (NEN 7513).
    Access,
    /// What was done with whose data, and never by whom (Logboek Dataverwerkingen).
    Processing,
    /// What was asked of the policies, and what they said (Authorization Decision Log).
    Decisions,
}

impl Stream {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Access, Self::Processing, Self::Decisions];

    /// How its files begin.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Processing => "processing",
            Self::Decisions => "decisions",
        }
    }
}

/// Where the streams go.
#[derive(Debug, Clone)]
pub struct StreamOptions {
    /// The folder of the files and of what was told last.
    pub folder: PathBuf,
    /// The address of the page of the processing register, to which the place of an activity is added; without one its
    /// activities are named by the installation's id.
    pub register: Option<String>,
    /// Who takes the same records over OTLP.
    pub collector: Option<Collector>,
    /// Between two looks at the ledger.
    pub every: Duration,
}

impl StreamOptions {
    /// Files in this folder, and nothing else.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder, register: None, collector: None, every: Duration::from_secs(1) }
    }
}

/// How it stands with one of the ways out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WayState {
    /// So many lines of the ledger were told.
    pub told: u64,
    /// What is wrong, since when.
    pub trouble: Option<(Moment, String)>,
    /// Another program tells them.
    pub elsewhere: bool,
}

/// How it stands with the streams.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreamState {
    /// The files.
    pub files: WayState,
    /// The collector, when there is one.
    pub collector: Option<WayState>,
}

type Shared = Arc<Mutex<StreamState>>;

fn told<T>(state: &Mutex<StreamState>, change: impl FnOnce(&mut StreamState) -> T) -> T {
    change(&mut state.lock().unwrap_or_else(PoisonError::into_inner))
}
