//! Holding the files of the streams against the ledger, and what was served against both. Everything is read once, in its
//! order, whatever its size.
//!
//! Nothing personal leaves here: places, events and rows of files.

use super::{
    Stream,
    files::{self, Row, Rows},
    line::{self, Told},
    record,
    served::{self, ServedFound},
};
use crate::ledger::{Entry, Ledger, LedgerError};
use plein_domain::ledger::{LineKind, Outcome};
use plein_proof::origin_of;
use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Lines read at once.
const AT_ONCE: u32 = 500;

/// So many of a kind, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// How many.
    pub count: u64,
    /// Which one is the first.
    pub first: Option<String>,
}

impl Found {
    pub(super) fn add(&mut self, count: u64, name: impl FnOnce() -> String) {
        if count > 0 && self.first.is_none() {
            self.first = Some(name());
        }
        self.count += count;
    }
}

/// What was found in one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamFound {
    /// Which one.
    pub stream: Stream,
    /// Records that are what they have to be.
    pub right: u64,
    /// Records of a line that are not there.
    pub missing: Found,
    /// Records that are there more than once, or not in their order.
    pub double: Found,
    /// Records that were changed, or that say something else than the ledger.
    pub differing: Found,
    /// Rows that tell no line of this ledger.
    pub unknown: Found,
}

impl StreamFound {
    fn of(stream: Stream) -> Self {
        let none = Found::default;
        Self { stream, right: 0, missing: none(), double: none(), differing: none(), unknown: none() }
    }

    /// What is wrong, by name.
    pub fn wrong(&self) -> [(&'static str, &Found); 4] {
        [
            ("missing", &self.missing),
            ("double", &self.double),
            ("differing", &self.differing),
            ("unknown", &self.unknown),
        ]
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// From which line on it was looked.
    pub from: u64,
    /// So many lines the ledger has.
    pub lines: u64,
    /// So many of them are said to be told.
    pub told: u64,
    /// The streams.
    pub streams: Vec<StreamFound>,
    /// What was served, when that was written down.
    pub served: Option<ServedFound>,
}

impl Reconciled {
    /// Whether all agree.
    pub fn is_sound(&self) -> bool {
        let streams = self.streams.iter().all(|one| one.wrong().iter().all(|(_, found)| found.count == 0));
        streams && self.served.as_ref().is_none_or(|served| served.wrong().iter().all(|(_, found)| found.count == 0))
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Ledger {
    /// Holds the files in a folder against this ledger, from line `from` on. Lines may come in meanwhile.
    ///
    /// # Errors
    /// The ledger or the folder cannot be read; a line of the ledger that was tampered with is an error as well: verify it first.
    pub async fn reconcile(&self, folder: &Path, from: u64) -> Result<Reconciled, LedgerError> {
        let cannot = |error: io::Error| LedgerError::Folder(format!("{}: {error}", folder.display()));
        // The note first and the ledger's end last, so that what is told meanwhile is neither missing nor unknown.
        let noted = files::read_cursor(&folder.join("streams.cursor")).map_err(cannot)?;
        let Some(noted) = noted else {
            return Err(LedgerError::Folder(format!(
                "{}: nothing was told here: there is no streams.cursor",
                folder.display()
            )));
        };
        let (_, installation) = self.head().await?;
        if noted.installation != installation {
            return Err(LedgerError::Folder(format!("{}: these are streams of another ledger", folder.display())));
        }
        let mut walks = Vec::new();
        for stream in Stream::ALL {
            walks.push(Walk::begin(self, stream, folder, &origin_of(installation)).map_err(cannot)?);
        }
        let served_is_there = !files::files_of(folder, served::CODE).map_err(cannot)?.is_empty();
        let (mut next, mut viewings) = (from, 0);
        loop {
            let entries = self.following(next, AT_ONCE).await?;
            let Some(last) = entries.last().map(|entry| entry.sequence) else { break };
            for entry in &entries {
                viewings += u64::from(is_viewing(entry));
                for walk in &mut walks {
                    walk.step(entry, entry.sequence < noted.next, from).await?;
                }
            }
            next = last + 1;
        }
        let mut streams = Vec::new();
        for walk in walks {
            streams.push(walk.end(from, next).await?);
        }
        let served = match served_is_there {
            true => Some(served::reconcile(self, folder, viewings).await?),
            false => None,
        };
        Ok(Reconciled { from, lines: next, told: noted.next, streams, served })
    }
}

/// Whether a line tells that content was to be shown.
pub(super) fn is_viewing(entry: &Entry) -> bool {
    let shown = matches!(
        entry.kind,
        LineKind::Listed
            | LineKind::Opened
            | LineKind::Searched
            | LineKind::SubjectLookedUp
            | LineKind::Printed
            | LineKind::ViewedInEmergency
    );
    shown && entry.outcome == Outcome::Permitted
}

/// A row of a file, read and judged by itself.
struct Seen {
    told: Told,
    text: String,
    name: String,
    sealed: bool,
}

/// One stream's files, walked along the ledger.
struct Walk<'a> {
    ledger: &'a Ledger,
    stream: Stream,
    folder: PathBuf,
    source: Arc<str>,
    names: std::vec::IntoIter<String>,
    open: Option<(String, Rows, u64)>,
    ahead: Option<Seen>,
    found: StreamFound,
}

impl<'a> Walk<'a> {
    fn begin(ledger: &'a Ledger, stream: Stream, folder: &Path, source: &str) -> io::Result<Self> {
        let names = files::files_of(folder, stream.code())?.into_iter();
        let (folder, source) = (folder.to_owned(), source.into());
        Ok(Self { ledger, stream, folder, source, names, open: None, ahead: None, found: StreamFound::of(stream) })
    }

    /// The next row that tells something; those that tell nothing are counted.
    async fn next(&mut self) -> Result<Option<Seen>, LedgerError> {
        let cannot = |error: io::Error| LedgerError::Folder(error.to_string());
        loop {
            let Some((name, rows, number)) = &mut self.open else {
                let Some(name) = self.names.next() else { return Ok(None) };
                let rows = Rows::open(&self.folder.join(&name), 0).map_err(cannot)?;
                self.open = Some((name, rows, 0));
                continue;
            };
            let Some(row) = rows.next().map_err(cannot)? else {
                self.open = None;
                continue;
            };
            *number += 1;
            let place = format!("row {number} of {name}");
            let Row::Text(text) = row else {
                self.found.unknown.add(1, || format!("{place}: it is cut off, or no text"));
                continue;
            };
            let Some(told) = line::read(&text) else {
                self.found.unknown.add(1, || format!("{place}: it cannot be read"));
                continue;
            };
            let sealed = told.is_sealed(&self.ledger.keyring, self.stream, &text).await?;
            return Ok(Some(Seen { told, text, name: place, sealed }));
        }
    }

    async fn ahead(&mut self) -> Result<Option<&Seen>, LedgerError> {
        if self.ahead.is_none() {
            self.ahead = self.next().await?;
        }
        Ok(self.ahead.as_ref())
    }

    /// Takes all rows that tell this line, and those before them that should not be there. `due`: its records must be there.
    async fn step(&mut self, entry: &Entry, due: bool, from: u64) -> Result<(), LedgerError> {
        let (stream, sequence, source) = (self.stream, entry.sequence, self.source.clone());
        let mut next_part = 0;
        let mut parts = match stream {
            Stream::Decisions => u32::from(record::is_decision(entry)),
            Stream::Access | Stream::Processing => 1,
        };
        while let Some(seen) = self.ahead().await? {
            let here = (seen.told.sequence, seen.told.part);
            // What a seal does not vouch for may say any place: it is taken where it stands, and never waited for.
            if seen.sealed && here.0 > sequence {
                break;
            }
            if !seen.sealed && here != (sequence, next_part) {
                let told = here.0;
                self.differs(|name| format!("{name}: it was changed after it was written (it says line {told})"));
                continue;
            }
            if here.0 < sequence {
                let before = here.0 < from;
                self.take(|found, name| {
                    if !before {
                        found.double.add(1, || format!("{name}: line {} again", here.0));
                    }
                });
                continue;
            }
            if here.1 < next_part {
                self.take(|found, name| found.double.add(1, || format!("{name}: line {sequence} again")));
                continue;
            }
            let (right, claims) = (seen.sealed && seen.told.tells(stream, entry, &source, &seen.text), seen.told.parts);
            let sealed = seen.sealed;
            if sealed && stream == Stream::Processing {
                parts = claims.max(1);
            }
            self.lacks(here.1 - next_part, entry);
            next_part = here.1 + 1;
            match (right, sealed) {
                (true, _) => self.take(|found, _| found.right += 1),
                (false, true) => self.differs(|name| format!("{name}: it says something else than line {sequence}")),
                (false, false) => {
                    self.differs(|name| format!("{name}: line {sequence} was changed after it was written"))
                }
            }
        }
        if due {
            self.lacks(parts.saturating_sub(next_part), entry);
        }
        Ok(())
    }

    fn take(&mut self, say: impl FnOnce(&mut StreamFound, &str)) {
        if let Some(seen) = self.ahead.take() {
            say(&mut self.found, &seen.name);
        }
    }

    fn differs(&mut self, name: impl FnOnce(&str) -> String) {
        self.take(|found, place| found.differing.add(1, || name(place)));
    }

    fn lacks(&mut self, count: u32, entry: &Entry) {
        let (sequence, event) = (entry.sequence, entry.event);
        self.found.missing.add(u64::from(count), || format!("of line {sequence} (event {event})"));
    }

    /// What is left tells lines that the ledger does not have.
    async fn end(mut self, from: u64, lines: u64) -> Result<StreamFound, LedgerError> {
        while let Some(seen) = self.ahead().await? {
            let (sequence, sealed) = (seen.told.sequence, seen.sealed);
            match sealed {
                true if sequence < from => self.take(|_, _| {}),
                true if sequence < lines => {
                    self.take(|found, name| found.double.add(1, || format!("{name}: line {sequence} again")));
                }
                true => self.take(|found, name| {
                    found.unknown.add(1, || format!("{name}: the ledger has no line {sequence}"));
                }),
                false => self
                    .differs(|name| format!("{name}: it was changed after it was written (it says line {sequence})")),
            }
        }
        Ok(self.found)
    }
}
