//! The rows of an export: read in pieces of whole rows, and each judged by itself. What a row says about others is
//! judged in `verify`.

use crate::{defect::Defect, hex, line, tree::Hash};
use base64::{Engine, engine::general_purpose::STANDARD};
use plein_domain::{ledger::SALT_BYTES, moment::Moment};
use std::io::{self, Read};

/// Bytes read at once.
const PIECE: usize = 256 * 1024;
/// The longest row: far more than the longest payload.
pub(crate) const LONGEST: usize = 8 * 1024 * 1024;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Row {
    /// The first one.
    Header,
    /// The second one: which log.
    Origin(String),
    /// A line whose leaf fits its fields.
    Line { sequence: u64, at: Moment, commitment: Hash, leaf: Hash },
    /// An opened payload, by the commitment that it gives.
    Payload(Hash),
    /// A signed note.
    Checkpoint(String),
    /// The last one.
    End { lines: u64, payloads: u64, checkpoints: u64, root: Hash },
}

/// Reads a row without its line's end.
pub(crate) fn read(row: &[u8], scratch: &mut Vec<u8>) -> Result<Row, Defect> {
    if let Some(rest) = row.strip_prefix(b"line ") {
        let (envelope, leaf) = line::read(rest, scratch)?;
        return Ok(Row::Line { sequence: envelope.sequence, at: envelope.at, commitment: envelope.commitment, leaf });
    }
    if let Some(rest) = row.strip_prefix(b"payload ") {
        return payload(rest, scratch).map(Row::Payload);
    }
    if let Some(rest) = row.strip_prefix(b"checkpoint ") {
        let note = STANDARD.decode(rest).map_err(|_| Defect::Row("the checkpoint is not base64"))?;
        return String::from_utf8(note).map(Row::Checkpoint).map_err(|_| Defect::Row("the checkpoint is no text"));
    }
    if let Some(rest) = row.strip_prefix(b"end ") {
        return end(rest).ok_or(Defect::Row("the end has three numbers and a root"));
    }
    if let Some(rest) = row.strip_prefix(b"origin ") {
        return String::from_utf8(rest.to_vec()).map(Row::Origin).map_err(|_| Defect::NoExport);
    }
    match row == crate::export::HEADER.as_bytes() {
        true => Ok(Row::Header),
        false => Err(Defect::Row("it begins with no word that is known")),
    }
}

fn payload(rest: &[u8], scratch: &mut Vec<u8>) -> Result<Hash, Defect> {
    let unreadable = || Defect::Row("a payload has a salt of 64 digits and, after one space, its bytes as base64");
    let Some((salt, [b' ', bytes @ ..])) = rest.split_at_checked(2 * SALT_BYTES) else { return Err(unreadable()) };
    let salt = hex::bytes::<SALT_BYTES>(salt).ok_or_else(unreadable)?;
    scratch.clear();
    STANDARD.decode_vec(bytes, scratch).map_err(|_| unreadable())?;
    Ok(line::commitment_of(&salt, scratch))
}

fn end(rest: &[u8]) -> Option<Row> {
    let [lines, payloads, checkpoints, root] = line::fields(rest)?;
    let (lines, payloads, checkpoints) = (line::digits(lines)?, line::digits(payloads)?, line::digits(checkpoints)?);
    Some(Row::End { lines, payloads, checkpoints, root: hex::bytes(root)? })
}

/// A file in pieces that end where a row ends.
pub(crate) struct Pieces<R> {
    reader: R,
    /// What was read after the last whole row.
    begun: Vec<u8>,
    ended: bool,
}

/// What comes next of a file.
pub(crate) enum Piece {
    /// Whole rows, each with its line's end.
    Rows(Vec<u8>),
    /// A last row that does not end, or one that does not end within reason.
    Unfinished(Defect),
    /// Nothing more.
    Nothing,
}

impl<R: Read> Pieces<R> {
    pub fn new(reader: R) -> Self {
        Self { reader, begun: Vec::new(), ended: false }
    }

    pub fn next(&mut self) -> io::Result<Piece> {
        while !self.ended {
            let had = self.begun.len();
            self.begun.reserve(PIECE);
            let read = self.reader.by_ref().take(PIECE as u64).read_to_end(&mut self.begun)?;
            if read == 0 {
                self.ended = true;
                break;
            }
            if let Some(last) = self.begun[had..].iter().rposition(|byte| *byte == b'\n') {
                let rest = self.begun.split_off(had + last + 1);
                return Ok(Piece::Rows(std::mem::replace(&mut self.begun, rest)));
            }
            if self.begun.len() > LONGEST {
                self.ended = true;
                self.begun.clear();
                return Ok(Piece::Unfinished(Defect::Row("it is longer than any row can be")));
            }
        }
        match std::mem::take(&mut self.begun).is_empty() {
            true => Ok(Piece::Nothing),
            false => Ok(Piece::Unfinished(Defect::CutOff)),
        }
    }
}

/// The rows of a piece, without their ends.
pub(crate) fn rows(piece: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut from = 0;
    memchr::memchr_iter(b'\n', piece).map(move |end| {
        let row = &piece[from..end];
        from = end + 1;
        row
    })
}
