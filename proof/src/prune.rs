//! Leaving payloads out of an export whose term ended. Every proof stays valid: lines and checkpoints stay as they are.

use crate::{
    defect::{Defect, Fault},
    rows::{self, Piece, Pieces, Row},
};
use plein_domain::moment::Moment;
use std::io::{self, Read, Write};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pruned {
    /// Payloads that were left out.
    pub left_out: u64,
    /// Payloads that stayed.
    pub kept: u64,
}

/// Copies an export without the payloads of lines from before `before`. A row that does not hold ends it; how rows
/// follow each other is for the verifier of what comes out.
///
/// # Errors
/// Reading or writing failed.
pub fn prune(reader: impl Read, mut out: impl Write, before: Moment) -> io::Result<Result<Pruned, Fault>> {
    let mut pieces = Pieces::new(reader);
    let (mut row, mut scratch, mut goes) = (0, Vec::new(), false);
    let mut pruned = Pruned { left_out: 0, kept: 0 };
    let mut ended = false;
    loop {
        let piece = match pieces.next()? {
            Piece::Rows(piece) => piece,
            Piece::Nothing => break,
            Piece::Unfinished(defect) => return Ok(Err(Fault { row: Some(row + 1), line: None, defect })),
        };
        for text in rows::rows(&piece) {
            row += 1;
            let wrong = |defect| Ok(Err(Fault { row: Some(row), line: None, defect }));
            match rows::read(text, &mut scratch) {
                Err(_) if row == 1 => return wrong(Defect::NoExport),
                Err(defect) => return wrong(defect),
                Ok(_) if ended => return wrong(Defect::AfterEnd),
                Ok(found) if (row == 1) != (found == Row::Header) => return wrong(Defect::NoExport),
                Ok(Row::Line { at, .. }) => goes = at < before,
                Ok(Row::Payload(_)) if goes => {
                    pruned.left_out += 1;
                    continue;
                }
                Ok(Row::Payload(_)) => pruned.kept += 1,
                Ok(Row::End { lines, payloads, checkpoints, root }) => {
                    let found = pruned.left_out + pruned.kept;
                    if payloads != found {
                        // What had been taken out before must not be hidden by a new count.
                        return wrong(Defect::Count { what: "payloads", counted: payloads, found });
                    }
                    let root = crate::hex::text(&root);
                    writeln!(out, "end {lines} {} {checkpoints} {root}", pruned.kept)?;
                    ended = true;
                    continue;
                }
                Ok(_) => {}
            }
            out.write_all(text)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    match ended {
        true => Ok(Ok(pruned)),
        false => Ok(Err(Fault { row: Some(row + 1), line: None, defect: Defect::CutOff })),
    }
}
