//! Verifying an export: one pass, in constant memory, with one verdict and the first thing that is wrong.
//!
//! Threads of `batches` read the rows and hash what they hold; the caller's own grows the tree and judges how rows follow each
//! other.

use crate::{
    batches::{self, Batch},
    checkpoint::Checkpoint,
    defect::{Defect, Fault},
    line,
    note::PublicKey,
    rows::{self, Piece, Pieces, Row},
    tree::{Frontier, Hash},
};
use plein_domain::{ledger::Envelope, moment::Moment};
use std::io::{self, Read};

/// What an export is held against.
#[derive(Debug, Clone)]
pub struct Expected {
    key: PublicKey,
    /// By size, each size once.
    witnessed: Vec<Checkpoint>,
}

impl Expected {
    /// The log of this key, with the notes that witnesses gathered of it.
    ///
    /// # Errors
    /// A note that does not hold, or two that contradict each other.
    pub fn new(key: PublicKey, gathered: &[String]) -> Result<Self, Fault> {
        let fault = |defect| Fault { row: None, line: None, defect };
        let mut witnessed = Vec::with_capacity(gathered.len());
        for (place, note) in gathered.iter().enumerate() {
            let opened = Checkpoint::open(note, &key);
            witnessed.push(opened.map_err(|why| fault(Defect::Witness { number: place + 1, fault: why }))?);
        }
        witnessed.sort_by_key(|one| one.size);
        if let Some(pair) =
            witnessed.windows(2).find(|pair| pair[0].size == pair[1].size && pair[0].root != pair[1].root)
        {
            return Err(fault(Defect::WitnessesDisagree(pair[0].size)));
        }
        witnessed.dedup_by_key(|one| one.size);
        Ok(Self { key, witnessed })
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes looked at.
    pub bytes: u64,
    /// Ledger lines looked at.
    pub lines: u64,
}

/// An export in which nothing is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// Ledger lines.
    pub lines: u64,
    /// Lines of which the payload stands in the export.
    pub payloads: u64,
    /// Checkpoints in the export.
    pub checkpoints: u64,
    /// Checkpoints of witnesses that fit.
    pub witnessed: u64,
    /// The root over all lines.
    pub root: Hash,
    /// The checkpoint that reaches furthest; none stands over a log without lines.
    pub last: Option<Checkpoint>,
    /// Where the clock first stood earlier than at the line before, and how often it did. Lines are recorded in the
    /// order in which they came to be durable, so this is to be explained and not to be refused.
    pub clock_back: Option<(u64, u64)>,
}

impl Sound {
    /// Lines after the last checkpoint: nothing vouches for them yet.
    pub fn after_last(&self) -> u64 {
        self.lines - self.last.as_ref().map_or(0, |last| last.size)
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is wrong.
    Sound(Sound),
    /// Something is.
    Unsound(Fault),
}

/// Verifies an export from its beginning to its end, telling how far it is.
///
/// # Errors
/// The file cannot be read.
pub fn verify(reader: impl Read + Send, expected: &Expected, mut tell: impl FnMut(Progress)) -> io::Result<Verdict> {
    let mut judge = Judge::new(expected);
    let mut progress = Progress { bytes: 0, lines: 0 };
    let judged = std::thread::scope(|scope| {
        for batch in batches::of(scope, reader) {
            let Batch { bytes, rows } = batch?;
            for row in rows {
                if let Err(fault) = judge.next(row) {
                    return Ok(Some(fault));
                }
            }
            progress = Progress { bytes: progress.bytes + bytes, lines: judge.tree.size() };
            tell(progress);
        }
        Ok::<_, io::Error>(None)
    })?;
    Ok(match judged.map_or_else(|| judge.end(), Err) {
        Ok(sound) => Verdict::Sound(sound),
        Err(fault) => Verdict::Unsound(fault),
    })
}

/// Gives each line with its leaf to `take`, until it wants no more (false). The first row that does not hold is an error;
/// how rows follow each other is not looked at.
///
/// # Errors
/// The file cannot be read, or holds what is no row.
pub fn each_leaf(
    reader: impl Read,
    mut take: impl FnMut(&Envelope<'_>, Hash) -> bool,
) -> io::Result<Result<(), Fault>> {
    let mut scratch = Vec::new();
    each_row(reader, |row| match row.strip_prefix(b"line ") {
        Some(line) => line::read(line, &mut scratch).map(|(envelope, leaf)| take(&envelope, leaf)),
        None => Ok(true),
    })
}

/// Gives each signed checkpoint to `take`, until it wants no more (false); whether it holds is not looked at.
///
/// # Errors
/// As [`each_leaf`].
pub fn each_note(reader: impl Read, mut take: impl FnMut(String) -> bool) -> io::Result<Result<(), Fault>> {
    let mut scratch = Vec::new();
    each_row(reader, |row| match row.starts_with(b"checkpoint ") {
        true => rows::read(row, &mut scratch).map(|row| match row {
            Row::Checkpoint(note) => take(note),
            _ => true,
        }),
        false => Ok(true),
    })
}

fn each_row(reader: impl Read, mut take: impl FnMut(&[u8]) -> Result<bool, Defect>) -> io::Result<Result<(), Fault>> {
    let mut pieces = Pieces::new(reader);
    let mut row = 0;
    loop {
        let piece = match pieces.next()? {
            Piece::Rows(piece) => piece,
            Piece::Nothing => return Ok(Ok(())),
            Piece::Unfinished(defect) => return Ok(Err(Fault { row: Some(row + 1), line: None, defect })),
        };
        for text in rows::rows(&piece) {
            row += 1;
            match take(text) {
                Ok(true) => {}
                Ok(false) => return Ok(Ok(())),
                Err(defect) => return Ok(Err(Fault { row: Some(row), line: None, defect })),
            }
        }
    }
}

/// Where in the file it is.
#[derive(PartialEq, Eq)]
enum Stage {
    Header,
    Origin,
    Lines,
    End,
}

/// Judges how the rows follow each other.
struct Judge<'a> {
    expected: &'a Expected,
    /// Those that the lines have not reached yet.
    ahead: &'a [Checkpoint],
    stage: Stage,
    row: u64,
    tree: Frontier,
    /// The commitment of the line directly above.
    committed: Option<Hash>,
    payloads: u64,
    checkpoints: u64,
    signed: Option<Checkpoint>,
    last: Option<Checkpoint>,
    latest: Option<Moment>,
    clock_back: Option<(u64, u64)>,
}

impl<'a> Judge<'a> {
    fn new(expected: &'a Expected) -> Self {
        Self {
            expected,
            ahead: &expected.witnessed,
            stage: Stage::Header,
            row: 0,
            tree: Frontier::default(),
            committed: None,
            payloads: 0,
            checkpoints: 0,
            signed: None,
            last: None,
            latest: None,
            clock_back: None,
        }
    }

    fn next(&mut self, row: Result<Row, Defect>) -> Result<(), Fault> {
        self.row += 1;
        let line = match (&row, &self.stage) {
            (_, Stage::Header | Stage::Origin | Stage::End) => None,
            // The line that it is about is the one above.
            (Ok(Row::Payload(_) | Row::Checkpoint(_)), _) => self.tree.size().checked_sub(1),
            _ => Some(self.tree.size()),
        };
        row.map_err(|defect| if self.stage == Stage::Header { Defect::NoExport } else { defect })
            .and_then(|row| self.judge(row))
            .map_err(|defect| Fault { row: Some(self.row), line, defect })
    }

    fn judge(&mut self, row: Row) -> Result<(), Defect> {
        match (&self.stage, row) {
            (Stage::Header, Row::Header) => self.stage = Stage::Origin,
            (Stage::Origin, Row::Origin(found)) => {
                let wanted = self.expected.key.name();
                if found != wanted {
                    return Err(Defect::OtherInstallation { wanted: wanted.to_owned(), found });
                }
                self.stage = Stage::Lines;
                self.reached()?;
            }
            (Stage::Header | Stage::Origin, _) => return Err(Defect::NoExport),
            (Stage::End, _) => return Err(Defect::AfterEnd),
            (Stage::Lines, Row::Line { sequence, at, commitment, leaf }) => {
                return self.line(sequence, at, commitment, leaf);
            }
            (Stage::Lines, Row::Payload(commitment)) => {
                let committed = self.committed.take().ok_or(Defect::StrayPayload)?;
                if committed != commitment {
                    return Err(Defect::Payload);
                }
                self.payloads += 1;
            }
            (Stage::Lines, Row::Checkpoint(note)) => return self.checkpoint(&note),
            (Stage::Lines, Row::End { lines, payloads, checkpoints, root }) => {
                for (what, counted, found) in [
                    ("lines", lines, self.tree.size()),
                    ("payloads", payloads, self.payloads),
                    ("checkpoints", checkpoints, self.checkpoints),
                ] {
                    if counted != found {
                        return Err(Defect::Count { what, counted, found });
                    }
                }
                if root != self.tree.root() {
                    return Err(Defect::Root);
                }
                self.stage = Stage::End;
            }
            (Stage::Lines, Row::Header | Row::Origin(_)) => {
                return Err(Defect::Row("an export begins in the middle of another one"));
            }
        }
        Ok(())
    }

    fn line(&mut self, found: u64, at: Moment, commitment: Hash, leaf: Hash) -> Result<(), Defect> {
        let expected = self.tree.size();
        if found > expected {
            return Err(Defect::Missing { expected, found });
        }
        if found < expected {
            return Err(Defect::Repeated { expected, found });
        }
        if self.latest.is_some_and(|latest| at < latest) {
            let (first, times) = self.clock_back.unwrap_or((found, 0));
            self.clock_back = Some((first, times + 1));
        }
        self.latest = Some(at);
        self.committed = Some(commitment);
        self.tree.push(leaf);
        self.reached()
    }

    /// Holds the tree against what a witness gathered at this size.
    fn reached(&mut self) -> Result<(), Defect> {
        if let Some((next, rest)) = self.ahead.split_first()
            && next.size == self.tree.size()
        {
            if next.root != self.tree.root() {
                return Err(Defect::Rewritten(next.size));
            }
            self.last = Some(next.clone());
            self.ahead = rest;
        }
        Ok(())
    }

    fn checkpoint(&mut self, note: &str) -> Result<(), Defect> {
        self.committed = None;
        let key = &self.expected.key;
        let checkpoint = key.open_alone(note).and_then(|text| Checkpoint::of(text, key)).map_err(Defect::Checkpoint)?;
        let (expected, found) = (self.tree.size(), checkpoint.size);
        if found != expected || self.signed.as_ref().is_some_and(|before| before.size >= found) {
            return Err(Defect::CheckpointPlace { expected, found });
        }
        if checkpoint.root != self.tree.root() {
            return Err(Defect::Tree(found));
        }
        self.checkpoints += 1;
        self.last = Some(checkpoint.clone());
        self.signed = Some(checkpoint);
        Ok(())
    }

    fn end(self) -> Result<Sound, Fault> {
        let lines = self.tree.size();
        let at_end = |defect| Fault { row: Some(self.row + 1), line: Some(lines), defect };
        match self.stage {
            Stage::Header => return Err(Fault { row: None, line: None, defect: Defect::NoExport }),
            Stage::Origin | Stage::Lines => return Err(at_end(Defect::CutOff)),
            Stage::End => {}
        }
        if let Some(furthest) = self.ahead.last() {
            let witnessed = furthest.size;
            return Err(Fault { row: None, line: Some(lines), defect: Defect::Shorter { lines, witnessed } });
        }
        if lines > 0 && self.last.is_none() {
            return Err(Fault { row: None, line: None, defect: Defect::NoCheckpoint });
        }
        Ok(Sound {
            lines,
            payloads: self.payloads,
            checkpoints: self.checkpoints,
            witnessed: self.expected.witnessed.len() as u64,
            root: self.tree.root(),
            last: self.last,
            clock_back: self.clock_back,
        })
    }
}
