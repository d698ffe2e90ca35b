//! A long history: as many edits as the trace B4 of crdt-benchmarks has (a paper typed by one person, letter by letter),
//! invented here with the same shape, written over the socket; then the server starts anew and the plan is opened.

use super::{
    host::{self, Hosted, Program},
    window::{self, Door, Window},
    wire::Dialect,
};
use crate::{Dice, place::Passing, place::Place};
use anyhow::{Context, Result};
use plein_vault::on_db;
use std::{
    fmt,
    time::{Duration, Instant},
};
use yrs::{Text, TransactionMut, XmlElementPrelim, XmlFragment, XmlTextPrelim, XmlTextRef};

const INSERTIONS: u32 = 182_315;
const DELETIONS: u32 = 77_463;
/// Edits in one frame, and the pause between frames: a little below what a window may send in the long run.
const IN_FRAME: usize = 100;
const PAUSE: Duration = Duration::from_millis(17);
const OPENINGS: usize = 5;
const SEED: u64 = 4;

/// One edit of one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit {
    Insert(u32, u8),
    /// The character before this place.
    Delete(u32),
}

/// Runs of typing and of rubbing out, at the caret or somewhere else.
fn edits(seed: u64) -> Vec<Edit> {
    let mut dice = Dice::new(seed);
    let (mut insertions, mut deletions, mut length, mut caret) = (INSERTIONS, DELETIONS, 0_u32, 0_u32);
    let mut edits = Vec::with_capacity((INSERTIONS + DELETIONS) as usize);
    while insertions + deletions > 0 {
        if dice.chance(20) {
            caret = u32::try_from(dice.below(u64::from(length) + 1)).unwrap_or_default();
        }
        let rubs = deletions > 0 && length > 0 && (insertions == 0 || dice.chance(45));
        if rubs {
            let run = (1 + dice.below(9)) as u32;
            if caret == 0 {
                caret = length;
            }
            for _ in 0..run.min(deletions).min(caret) {
                edits.push(Edit::Delete(caret));
                (caret, length, deletions) = (caret - 1, length - 1, deletions - 1);
            }
        } else {
            let run = (1 + dice.below(19)) as u32;
            for _ in 0..run.min(insertions) {
                let letter = b"etaonirsh dlu"[dice.below(13) as usize];
                edits.push(Edit::Insert(caret, letter));
                (caret, length, insertions) = (caret + 1, length + 1, insertions - 1);
            }
        }
    }
    edits
}

fn make(txn: &mut TransactionMut<'_>, text: &XmlTextRef, edits: &[Edit]) {
    for edit in edits {
        match edit {
            Edit::Insert(at, letter) => text.insert(txn, *at, char::from(*letter).encode_utf8(&mut [0; 4])),
            Edit::Delete(at) => text.remove_range(txn, at - 1, 1),
        }
    }
}

/// What came out.
#[derive(Debug, Clone)]
pub struct Run {
    edits: usize,
    frames: usize,
    wrote: Duration,
    /// From dialling to the first byte of the document, and to the document being there; after each restart.
    openings: Vec<(Duration, Duration)>,
    stored: u64,
    encoded: u64,
    resident: u64,
}

/// Writes the trace, restarts the server and opens the plan.
///
/// # Errors
/// The server fails, or loses something.
pub async fn run(program: &Program) -> Result<Run> {
    let passing = Passing::make("trace", None).await?;
    let place = &passing.place;
    let hall = host::prepare(place, 2).await?;
    let mut hosted = Hosted::start(program, place)?;
    let door = |port, writer| Door { port, path: hall.path(), cookie: hall.cookie(writer), dialect: Dialect::Plain };
    let mut window = Window::new(71);
    window.connect(&door(hosted.port, 0)).await?;
    let mut text = None;
    let update = window.change(|txn| {
        let paragraph = window::section(txn, 0)?.push_back(txn, XmlElementPrelim::empty("paragraph"));
        text = Some(paragraph.push_back(txn, XmlTextPrelim::new("")));
        Ok(())
    })?;
    window.say(&update.context("nothing was typed")?).await?;
    let text = text.context("no text")?;

    let edits = edits(SEED);
    let begun = Instant::now();
    let mut frames = 0;
    for part in edits.chunks(IN_FRAME) {
        let update = window.change(|txn| {
            make(txn, &text, part);
            Ok(())
        })?;
        // Everything typed in it may have been rubbed out again, but that is a change too.
        window.say(&update.context("nothing was typed")?).await?;
        frames += 1;
        let next = begun + PAUSE * frames;
        while let Some(rest) = next.checked_duration_since(Instant::now()) {
            window.listen(rest).await?;
        }
        // Behind: what waits is read all the same.
        window.listen(Duration::ZERO).await?;
    }
    window.until("durability", Window::all_durable).await?;
    let wrote = begun.elapsed();
    let resident = crate::memory::resident(hosted.pid())?;
    let encoded = window.whole().len() as u64;
    let stored = stored(place).await?;
    let mut openings = Vec::new();
    for at in 0..OPENINGS {
        hosted.kill()?;
        hosted = Hosted::start(program, place)?;
        let mut again = Window::new(72 + at as u64);
        let begun = Instant::now();
        again.connect(&door(hosted.port, 1)).await?;
        openings.push((again.answered_after(begun)?, begun.elapsed()));
        anyhow::ensure!(again.shape() == window.shape(), "another text came back");
    }
    hosted.kill()?;
    passing.remove().await?;
    Ok(Run { edits: edits.len(), frames: frames as usize, wrote, openings, stored, encoded, resident })
}

/// Bytes of all plans in the database, sealed.
pub(super) async fn stored(place: &Place) -> Result<u64> {
    let db = place.outside("content").await?;
    let (bytes,): (i64,) = on_db!(&db, |pool| {
        sqlx::query_as(
            "SELECT CAST((SELECT COALESCE(sum(length(state)), 0) FROM plans) \
             + (SELECT COALESCE(sum(length(bytes)), 0) FROM plan_updates) AS BIGINT)",
        )
        .fetch_one(pool)
        .await?
    });
    db.close().await;
    Ok(bytes.unsigned_abs())
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let median = |of: fn(&(Duration, Duration)) -> Duration| {
            let mut all: Vec<f64> = self.openings.iter().map(|one| of(one).as_secs_f64() * 1000.0).collect();
            all.sort_by(f64::total_cmp);
            (all[all.len() / 2], all[all.len() - 1])
        };
        let ((first, first_most), (whole, whole_most)) = (median(|one| one.0), median(|one| one.1));
        let Self { edits, frames, wrote, stored, encoded, resident, .. } = self;
        writeln!(f, "| editing trace | |\n|---|---:|")?;
        writeln!(f, "| edits, of one character each (in {frames} frames) | {edits} |")?;
        writeln!(f, "| written and durable, s | {:.1} |", wrote.as_secs_f64())?;
        writeln!(
            f,
            "| reopened after a restart: dialling to step 2, ms, median and most of {OPENINGS} (limit 200) | {first:.0}, {first_most:.0} |"
        )?;
        writeln!(f, "| the same until the document is there, ms | {whole:.0}, {whole_most:.0} |")?;
        writeln!(f, "| stored, sealed, bytes | {stored} |")?;
        writeln!(f, "| the document in Yjs' encoding, bytes | {encoded} |")?;
        writeln!(f, "| stored against encoded (limit 1.5) | {:.2} × |", *stored as f64 / *encoded as f64)?;
        writeln!(f, "| server's resident memory after it, MB | {:.0} |", *resident as f64 / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trace_has_as_many_edits_as_the_real_one_and_repeats() {
        let made = edits(SEED);
        let insertions = made.iter().filter(|edit| matches!(edit, Edit::Insert(..))).count();
        assert_eq!((insertions, made.len() - insertions), (INSERTIONS as usize, DELETIONS as usize));
        assert_eq!(made, edits(SEED));
    }
}
