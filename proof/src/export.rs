//! Writing an export: a text file that anybody can verify without a database.

use crate::{
    hex,
    line::{self, Opening},
    rows::LONGEST,
    tree::{Frontier, Hash},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use plein_domain::ledger::Envelope;
use std::io::{self, Write};

/// The first row: names the format and its version.
pub const HEADER: &str = "plein ledger export 1";

/// Why something cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file cannot be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] io::Error),
    /// The lines do not come one after another.
    #[error("line {expected} of the ledger is missing: line {found} came in its place")]
    Gap {
        /// The line that should come.
        expected: u64,
        /// The line that came.
        found: u64,
    },
    /// A row would be longer than a verifier reads.
    #[error("line {0} of the ledger is too large to be exported")]
    TooLong(u64),
}

/// An export that is being written.
pub struct Export<W: Write> {
    out: W,
    tree: Frontier,
    payloads: u64,
    checkpoints: u64,
    row: String,
}

impl<W: Write> Export<W> {
    /// Begins the export of a log.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin(mut out: W, origin: &str) -> Result<Self, ExportError> {
        writeln!(out, "{HEADER}\norigin {origin}")?;
        Ok(Self { out, tree: Frontier::default(), payloads: 0, checkpoints: 0, row: String::new() })
    }

    /// Writes the next line with its leaf hash as the log has it, and its payload when that is there and wanted. Whether
    /// these fit each other is for the verifier to say.
    ///
    /// # Errors
    /// It is not the next one, too large, or cannot be written.
    pub fn line(&mut self, envelope: &Envelope<'_>, leaf: Hash, opening: Option<&Opening>) -> Result<(), ExportError> {
        let (expected, found) = (self.tree.size(), envelope.sequence);
        if found != expected {
            return Err(ExportError::Gap { expected, found });
        }
        self.tree.push(leaf);
        self.row.clear();
        line::write(envelope, &leaf, &mut self.row);
        if let Some(Opening { salt, payload }) = opening {
            self.row.push_str("payload ");
            hex::write(salt, &mut self.row);
            self.row.push(' ');
            STANDARD.encode_string(payload, &mut self.row);
            self.row.push('\n');
            self.payloads += 1;
        }
        if self.row.len() > LONGEST {
            return Err(ExportError::TooLong(found));
        }
        self.out.write_all(self.row.as_bytes())?;
        Ok(())
    }

    /// Writes a signed checkpoint over the lines so far.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn checkpoint(&mut self, note: &str) -> Result<(), ExportError> {
        self.checkpoints += 1;
        writeln!(self.out, "checkpoint {}", STANDARD.encode(note))?;
        Ok(())
    }

    /// How many lines were written.
    pub fn lines(&self) -> u64 {
        self.tree.size()
    }

    /// Writes the end, and answers what was written to.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn end(mut self) -> Result<W, ExportError> {
        let root = hex::text(&self.tree.root());
        writeln!(self.out, "end {} {} {} {root}", self.tree.size(), self.payloads, self.checkpoints)?;
        self.out.flush()?;
        Ok(self.out)
    }
}
