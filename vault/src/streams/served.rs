//! What was served: one line for each answer for which something sealed was opened or a permit was given, with the events of
//! those permits and no content. What opens a cell is noted where it is opened, not where it is logged, so that an answer
//! without a line in the ledger shows.

use super::{
    files::{self, Row, Rows},
    reconcile::Found,
};
use crate::{
    keyring::{KeyKind, Keyring},
    ledger::{Ledger, LedgerError},
    tasks::Tasks,
};
use plein_domain::{
    ids::{EventId, TraceId},
    ledger::LineKind,
    moment::{Clock, Day, Moment},
};
use serde::{Deserialize, Serialize};
use std::{
    cell::RefCell,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::{mpsc, oneshot};

/// How its files begin.
pub(super) const CODE: &str = "served";
/// Answers that wait to be written at most.
const WAITING: usize = 10_000;
/// Written at once.
const AT_ONCE: usize = 1_000;

/// What was done for one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The lines of the permits it got.
    pub events: Vec<EventId>,
    /// So many sealed cells of content were opened.
    pub opened: u64,
}

tokio::task_local! {
    static SHOWN: RefCell<Shown>;
}

/// Watches what is done for one request.
pub async fn watched<F: Future>(request: F) -> (F::Output, Shown) {
    SHOWN
        .scope(RefCell::default(), async {
            let answer = request.await;
            (answer, SHOWN.with(|shown| shown.take()))
        })
        .await
}

/// Notes the line of a permit.
pub(crate) fn note_permit(event: EventId) {
    // Outside a request nothing is served.
    let _ = SHOWN.try_with(|shown| shown.borrow_mut().events.push(event));
}

/// Notes that a cell was opened.
pub(crate) fn note_opened(kind: KeyKind) {
    let content = match kind {
        KeyKind::Signal | KeyKind::Reporter | KeyKind::Case | KeyKind::Draft | KeyKind::Import => 1,
        KeyKind::Directory | KeyKind::Ledger | KeyKind::Session => return,
    };
    // Outside a request nothing is served.
    let _ = SHOWN.try_with(|shown| shown.borrow_mut().opened += content);
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The request.
    pub trace: TraceId,
    /// The status of the answer.
    pub status: u16,
    /// Its length, when that was known.
    pub bytes: Option<u64>,
    /// What was done for it.
    pub shown: Shown,
}

#[derive(Serialize, Deserialize)]
struct Record {
    at: i64,
    trace: String,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    bytes: Option<u64>,
    opened: u64,
    events: Vec<EventId>,
    /// Answers before this one that could not be written down.
    #[serde(skip_serializing_if = "is_none", default)]
    lost: u64,
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

/// Where answers are written down. Nobody waits for it: what it cannot take is counted.
pub struct ServedLog {
    clock: Arc<dyn Clock>,
    lost: Arc<AtomicU64>,
    given: mpsc::Sender<Given>,
}

enum Given {
    Answer(Record),
    Stop(oneshot::Sender<()>),
}

impl ServedLog {
    pub(crate) fn start(
        folder: PathBuf,
        keyring: Arc<Keyring>,
        clock: Arc<dyn Clock>,
        tasks: &Tasks,
    ) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let (given, taken) = mpsc::channel(WAITING);
        let lost = Arc::default();
        tasks.begin("served log", write(folder, keyring, taken, Arc::clone(&lost)));
        Ok(Self { clock, lost, given })
    }

    /// Writes an answer down, when something was shown or permitted.
    pub fn note(&self, served: Served) {
        let Served { trace, status, bytes, shown: Shown { events, opened } } = served;
        if events.is_empty() && opened == 0 {
            return;
        }
        let lost = self.lost.swap(0, Ordering::Relaxed);
        let at = self.clock.now().0;
        let record = Record { at, trace: trace.0.simple().to_string(), status, bytes, opened, events, lost };
        if self.given.try_send(Given::Answer(record)).is_err() {
            self.lost.fetch_add(lost + 1, Ordering::Relaxed);
        }
    }

    /// Writes what waits, and ends.
    pub async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.given.send(Given::Stop(answer)).await.is_ok() {
            // An error means that it has ended, which is an answer too.
            let _ = answered.await;
        }
    }
}

async fn write(folder: PathBuf, keyring: Arc<Keyring>, mut taken: mpsc::Receiver<Given>, lost: Arc<AtomicU64>) {
    let mut all = Vec::with_capacity(AT_ONCE);
    while taken.recv_many(&mut all, AT_ONCE).await > 0 {
        let mut stops = Vec::new();
        let mut records = Vec::new();
        for one in all.drain(..) {
            match one {
                Given::Answer(record) => records.push(record),
                Given::Stop(answer) => stops.push(answer),
            }
        }
        let count = records.len() as u64;
        if let Err(error) = add(&folder, &keyring, records).await {
            tracing::error!(%error, "what was served could not be written down");
            lost.fetch_add(count, Ordering::Relaxed);
        }
        if !stops.is_empty() {
            for answer in stops {
                // Whoever asked may have gone.
                let _ = answer.send(());
            }
            return;
        }
    }
}

fn day_of(at: i64) -> Day {
    Day(Moment(at).utc().date())
}

async fn add(folder: &Path, keyring: &Keyring, records: Vec<Record>) -> io::Result<()> {
    let mut days: Vec<(Day, Vec<u8>)> = Vec::new();
    for record in records {
        let json = serde_json::to_string(&record)?;
        let seal = keyring.stream_seal(&format!("{CODE}\n{json}")).await.map_err(io::Error::other)?;
        let seal: String = seal.iter().map(|byte| format!("{byte:02x}")).collect();
        let line = format!("{{\"served\":{json},\"seal\":\"{seal}\"}}\n");
        let day = day_of(record.at);
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, bytes)) => bytes.extend(line.bytes()),
            None => days.push((day, line.into_bytes())),
        }
    }
    for (day, bytes) in days {
        let path = folder.join(files::file_name(CODE, day));
        let fresh = !path.exists();
        let mut file = files::open_whole_end(&path)?;
        file.write_all(&bytes)?;
        file.sync_data()?;
        if fresh {
            files::folder_synced(folder)?;
        }
    }
    Ok(())
}

/// What was found of what was served.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServedFound {
    /// Answers whose lines are in the ledger, earlier or at the same moment.
    pub right: u64,
    /// Answers that showed something of which there is no line.
    pub unlogged: Found,
    /// Answers that were changed, came before their line, or name the line of another request.
    pub differing: Found,
    /// Rows that cannot be read.
    pub unknown: Found,
    /// Answers that could not be written down; no fault of the log.
    pub lost: u64,
    /// Viewings in the log more than in what was served: permitted, and not shown. No fault either.
    pub not_served: u64,
}

impl ServedFound {
    /// What is wrong, by name.
    pub fn wrong(&self) -> [(&'static str, &Found); 3] {
        [("not logged", &self.unlogged), ("differing", &self.differing), ("unknown", &self.unknown)]
    }
}

/// A row: what was served, and the seal over it.
fn read(text: &str) -> Option<(Record, &str, &str)> {
    let (json, seal) = text.strip_prefix("{\"served\":")?.strip_suffix("\"}")?.rsplit_once(",\"seal\":\"")?;
    Some((serde_json::from_str(json).ok()?, json, seal))
}

/// Holds what was served against the ledger, which has so many viewings.
pub(super) async fn reconcile(ledger: &Ledger, folder: &Path, viewings: u64) -> Result<ServedFound, LedgerError> {
    let cannot = |error: io::Error| LedgerError::Folder(error.to_string());
    let mut found = ServedFound::default();
    let mut seen = 0;
    for name in files::files_of(folder, CODE).map_err(cannot)? {
        let mut rows = Rows::open(&folder.join(&name), 0).map_err(cannot)?;
        let mut number = 0;
        while let Some(row) = rows.next().map_err(cannot)? {
            number += 1;
            let place = || format!("row {number} of {name}");
            let Row::Text(text) = row else {
                found.unknown.add(1, || format!("{}: it is cut off, or no text", place()));
                continue;
            };
            let Some((record, json, seal)) = read(&text) else {
                found.unknown.add(1, || format!("{}: it cannot be read", place()));
                continue;
            };
            let made = ledger.keyring.stream_seal(&format!("{CODE}\n{json}")).await?;
            if seal != made.iter().map(|byte| format!("{byte:02x}")).collect::<String>() {
                found.differing.add(1, || format!("{}: it was changed after it was written", place()));
                continue;
            }
            found.lost += record.lost;
            seen += judge(ledger, &record, &place, &mut found).await?;
        }
    }
    found.not_served = viewings.saturating_sub(seen);
    Ok(found)
}

/// Judges an answer; how many viewings its lines are.
async fn judge(
    ledger: &Ledger,
    record: &Record,
    place: &(impl Fn() -> String + Sync),
    found: &mut ServedFound,
) -> Result<u64, LedgerError> {
    let trace = &record.trace;
    if record.events.is_empty() {
        found.unlogged.add(1, || format!("{}: trace {trace} opened {} cells without a permit", place(), record.opened));
        return Ok(0);
    }
    let mut viewings = 0;
    for event in &record.events {
        let Some(entry) = ledger.entry(*event).await? else {
            found.unlogged.add(1, || format!("{}: trace {trace}, event {event}", place()));
            return Ok(viewings);
        };
        // A line that covers five minutes of typing is of the request that began it.
        let covered = entry.kind == LineKind::Edited;
        if entry.at.0 > record.at || (!covered && entry.trace.0.simple().to_string() != *trace) {
            let line = entry.sequence;
            found.differing.add(1, || format!("{}: trace {trace} does not fit line {line}", place()));
            return Ok(viewings);
        }
        viewings += u64::from(super::reconcile::is_viewing(&entry));
    }
    found.right += 1;
    Ok(viewings)
}
