//! Lists that a municipality kept by hand: from the bytes of a file to bounded tables.
//!
//! What must never happen here: memory that grows with what a file claims instead of with what is taken, or a file that
//! is taken for something else than it is. Reading is slow work: call it off the threads that serve.

mod hidden;
#[cfg(test)]
mod tests;
mod text;
mod xlsx;

use plein_domain::import::{Sheet, SheetRow, Unreadable, Workbook};

/// The largest file, in bytes.
pub const FILE_BYTES: usize = 10 * 1024 * 1024;
/// What a workbook may unpack to, in bytes, all its parts together.
const UNPACKED_BYTES: u64 = 96 * 1024 * 1024;
/// Parts of a workbook.
const PARTS: usize = 2_000;
/// Sheets that are read; those behind them are not.
const SHEETS: usize = 20;
/// Rows in which something stands, all sheets together.
const ROWS: usize = 25_000;
/// Columns; what stands to the right of them is not read.
const COLUMNS: usize = 120;
/// Characters of one cell: three times what Excel lets one hold. Of a longer one the beginning is kept, and that it was.
const CELL_CHARS: usize = 100_000;
/// What is kept of a cell that is too long, in characters.
const CUT_CHARS: usize = 100;
/// Text of all cells together, in bytes.
const TEXT_BYTES: usize = 32 * 1024 * 1024;

/// Reads a file, whatever its name says it is.
///
/// # Errors
/// Why it is not taken, in a way that its owner can do something about.
pub fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.len() > FILE_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let workbook = if bytes.starts_with(b"PK") {
        xlsx::read(bytes)?
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Unreadable::OldOrLocked);
    } else {
        Workbook { sheets: vec![text::read(bytes)?] }
    };
    if workbook.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(Unreadable::NoTable);
    }
    Ok(workbook)
}

/// Rows as they are collected, within the limits.
#[derive(Default)]
struct Collected {
    rows: Vec<SheetRow>,
    before: usize,
    text: usize,
}

impl Collected {
    /// Puts a text into its cell. An empty one takes no room.
    fn put(&mut self, number: u32, column: usize, text: &str) -> Result<(), Unreadable> {
        if text.is_empty() || column >= COLUMNS {
            return Ok(());
        }
        if self.rows.last().is_none_or(|row| row.number != number) {
            if self.before + self.rows.len() >= ROWS {
                return Err(Unreadable::TooManyRows);
            }
            self.rows.push(SheetRow { number, ..SheetRow::default() });
        }
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        // A byte is at most one character: what is short in bytes needs no counting.
        let characters = if text.len() > CELL_CHARS { text.chars().count() } else { 0 };
        let kept = if characters > CELL_CHARS {
            row.too_long.push((column, characters));
            text.chars().take(CUT_CHARS).collect()
        } else {
            // Line breaks come in three kinds; characters that cannot be shown say nothing.
            text.replace("\r\n", "\n").replace('\r', "\n")
        };
        let kept: String = kept.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        self.text += kept.len();
        if self.text > TEXT_BYTES {
            return Err(Unreadable::TooMuchText);
        }
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        row.cells[column] = kept;
        Ok(())
    }

    /// The rows of one sheet; those of the next count on.
    fn sheet(&mut self, name: &str, hidden: Vec<usize>) -> Sheet {
        let mut rows = std::mem::take(&mut self.rows);
        rows.retain(|row| row.filled() > 0);
        self.before += rows.len();
        Sheet { name: name.chars().take(200).collect(), hidden, rows }
    }
}
