//! An export's rows, read and hashed by several threads and given in their order.

use crate::{
    defect::Defect,
    rows::{self, Piece, Pieces, Row},
};
use std::{
    io::{self, Read},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{Scope, available_parallelism},
};

/// Pieces that may be on their way: so many that a thread which gets no processor for a moment holds up no other.
const WAITING: usize = 16;
/// The most threads that hash; growing the tree keeps up with no more.
const HASHING: usize = 4;

/// The rows of a piece, each judged by itself.
pub(crate) struct Batch {
    /// How long the piece was.
    pub bytes: u64,
    /// What each row is, up to the first that is none.
    pub rows: Vec<Result<Row, Defect>>,
}

/// The batches of a file. Who lets go of the iterator ends the threads.
pub(crate) fn of<'scope>(
    scope: &'scope Scope<'scope, '_>,
    reader: impl Read + Send + 'scope,
) -> impl Iterator<Item = io::Result<Batch>> {
    let (promise, promised) = sync_channel(WAITING);
    let source = Arc::new(Mutex::new(Source { pieces: Pieces::new(reader), promise }));
    for _ in 0..available_parallelism().map_or(1, |cores| cores.get().min(HASHING)) {
        let source = Arc::clone(&source);
        scope.spawn(move || hash_rows(&source));
    }
    // One of which nothing comes belongs to a thread that panicked, which the scope passes on.
    promised.into_iter().map_while(|batch: Receiver<_>| batch.recv().ok())
}

/// What the hashing threads share. Who takes a piece promises its batch in the same breath, so that promises come in the
/// order of the pieces, and no more are read than may be promised.
struct Source<R> {
    pieces: Pieces<R>,
    promise: SyncSender<Receiver<io::Result<Batch>>>,
}

impl<R: Read> Source<R> {
    /// The next piece and where its batch goes, until there are no more or somebody has heard enough.
    fn next(&mut self) -> Option<(io::Result<Piece>, SyncSender<io::Result<Batch>>)> {
        let piece = match self.pieces.next() {
            Ok(Piece::Nothing) => return None,
            piece => piece,
        };
        let (send, batch) = sync_channel(1);
        self.promise.send(batch).ok()?;
        Some((piece, send))
    }
}

/// Takes pieces, reads their rows and hashes what each holds, as long as there are any.
fn hash_rows(source: &Mutex<Source<impl Read>>) {
    let mut scratch = Vec::new();
    let next = || source.lock().ok()?.next();
    while let Some((piece, send)) = next() {
        let batch = piece.map(|piece| match piece {
            Piece::Nothing => Batch { bytes: 0, rows: Vec::new() },
            Piece::Unfinished(defect) => Batch { bytes: 0, rows: vec![Err(defect)] },
            Piece::Rows(piece) => {
                let mut rows = Vec::with_capacity(piece.len() / 200);
                for text in rows::rows(&piece) {
                    rows.push(rows::read(text, &mut scratch));
                    // The verdict falls here at the latest. A piece may be hundreds of thousands of bad rows.
                    if matches!(rows.last(), Some(Err(_))) {
                        break;
                    }
                }
                Batch { bytes: piece.len() as u64, rows }
            }
        });
        // Who no longer listens has heard enough, which the next promise finds out.
        let _ = send.send(batch);
    }
}
