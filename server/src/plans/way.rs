//! The way out of a connection: straight into its socket as long as that takes what it is given, and past a queue when it does not.
//!
//! Whoever writes together with others waits for the last of them to be told. A task of its own for each socket would have to be
//! woken first; most sockets take a frame at once.

use axum::extract::ws::{Message, WebSocket};
use bytes::Bytes;
use futures::{SinkExt, stream::SplitSink};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
};
use tokio::sync::{Mutex, MutexGuard, mpsc};

/// Why a connection ends, as its closing code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It sent what is no message, or text that is not its own.
    Malformed = 4400,
    /// The session is over.
    SignedOut = 4401,
    /// The right is gone.
    Forbidden = 4403,
    /// It reads too slowly.
    TooSlow = 4408,
    /// The document would become too large.
    TooLarge = 4413,
    /// The log or a database cannot be written: nothing is shown, try again.
    Unavailable = 4503,
    /// The room ends; come back at once.
    Again = 1012,
}

/// What goes out on a connection.
pub(super) enum Out {
    Frame(Bytes),
    /// The rest of a frame that the socket did not take whole.
    Rest,
    End(Ended),
}
pub(super) type Sink = SplitSink<WebSocket, Message>;

/// What a room holds of a connection to send on it.
pub(super) struct Way {
    queue: mpsc::Sender<Out>,
    socket: Option<Arc<Socket>>,
}

/// The sending half of a socket: the room writes to it while nothing waits, and otherwise the task that reads the queue.
pub(super) struct Socket {
    sink: Mutex<Sink>,
    /// How many wait in the queue or are being sent from it.
    waiting: AtomicUsize,
}

impl Socket {
    pub(super) fn of(sink: Sink) -> Arc<Self> {
        Arc::new(Self { sink: Mutex::new(sink), waiting: AtomicUsize::new(0) })
    }

    /// The socket, for whoever sends from the queue.
    pub(super) async fn sink(&self) -> MutexGuard<'_, Sink> {
        self.sink.lock().await
    }

    /// One from the queue was sent: all of it is in the socket.
    pub(super) fn sent(&self) {
        self.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Way {
    /// Past a queue alone: for somebody within the program.
    pub(super) fn queue(queue: mpsc::Sender<Out>) -> Self {
        Self { queue, socket: None }
    }

    /// Into this socket, or past the queue whose reader sends on it and then says [`Socket::sent`].
    pub(super) fn socket(queue: mpsc::Sender<Out>, socket: Arc<Socket>) -> Self {
        Self { queue, socket: Some(socket) }
    }

    /// Sends a frame, after all that were sent before; false when the other side is gone or too far behind.
    pub(super) fn send(&self, frame: Bytes) -> bool {
        let Some(socket) = &self.socket else {
            return self.queue.try_send(Out::Frame(frame)).is_ok();
        };
        let rest = match socket.sink.try_lock() {
            // Nothing waits, so nothing is overtaken; only this room puts something into the queue.
            Ok(mut sink) if socket.waiting.load(Ordering::Acquire) == 0 => match at_once(&mut sink, frame) {
                Poll::Ready(taken) => return taken,
                Poll::Pending => Out::Rest,
            },
            _ => Out::Frame(frame),
        };
        socket.waiting.fetch_add(1, Ordering::AcqRel);
        self.queue.try_send(rest).is_ok()
    }

    /// Ends the connection, after all that was sent.
    pub(super) fn end(&self, why: Ended) {
        // Whoever is too far behind for this is let go without a word.
        let _ = self.queue.try_send(Out::End(why));
    }
}

/// Hands a frame to a socket in which nothing is under way; pending when it did not take all of it yet.
fn at_once(sink: &mut Sink, frame: Bytes) -> Poll<bool> {
    let mut nobody = Context::from_waker(Waker::noop());
    // Ready, because the frame before this one was flushed.
    let begun = match sink.poll_ready_unpin(&mut nobody) {
        Poll::Ready(Ok(())) => sink.start_send_unpin(Message::Binary(frame)),
        _ => return Poll::Ready(false),
    };
    if begun.is_err() {
        return Poll::Ready(false);
    }
    sink.poll_flush_unpin(&mut nobody).map(|flushed| flushed.is_ok())
}
