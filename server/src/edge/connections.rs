//! The connections themselves: how many there are, and how long one may take for its next step.
//!
//! HTTP/1.1 alone is spoken: a proxy before the program speaks the newer ones with browsers. What must never happen here: a
//! connection that can be held open by doing nothing, or a stop that cuts off an answer.

use super::Proxies;
use crate::events::Events;
use axum::{Router, extract::ConnectInfo};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    pin::{Pin, pin},
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// How many connections there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Altogether; whoever comes then waits.
    pub all: usize,
    /// From one address that is no trusted proxy; one more is closed at once.
    pub per_address: usize,
    /// How long the head of a request may take, and how long a connection may be idle before the next one.
    pub head: Duration,
    /// How long the other side may take to take what is sent.
    pub taking: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self { all: 2_000, per_address: 200, head: Duration::from_secs(30), taking: Duration::from_secs(30) }
    }
}

/// The largest head of a request, in bytes, and the most headers in it.
const HEAD: usize = 32 * 1024;
const HEADERS: usize = 100;
/// How long to wait before connections are taken again that the system could not give.
const BREATH: Duration = Duration::from_millis(500);

/// Serves until `stop`; then what is being answered is answered, and nothing new is taken.
pub async fn serve(
    listener: TcpListener,
    service: Router,
    limits: ConnectionLimits,
    proxies: Proxies,
    stop: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_header_size(HEAD)
        .max_headers(HEADERS)
        .max_buf_size(4 * HEAD);
    let (stopping, stopped) = watch::channel(());
    let slots = Arc::new(Semaphore::new(limits.all));
    let (places, events) = (Arc::new(Places::default()), Events::start("connections"));
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            let slot = slots.clone().acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let (Ok(slot), Ok((stream, peer))) = (slot, accepted) else {
            // Out of descriptors, mostly: others end meanwhile. A connection that was gone already costs a breath, too.
            events.note("not-taken");
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let most = if proxies.trusts(peer.ip()) { usize::MAX } else { limits.per_address };
        let Some(place) = places.take(peer.ip().to_canonical(), most) else {
            events.note("too-many-of-an-address");
            continue;
        };
        // A keystroke's frame must not wait for the other side's answer to the one before (Nagle's algorithm): with the
        // delayed answers of TCP that is up to 40 ms. A connection that refuses the option works all the same.
        let _ = stream.set_nodelay(true);
        let mut paced = TimeoutStream::new(Held { stream, _slot: slot, _place: place });
        // Not for reading: who takes a long answer says nothing meanwhile. Heads, bodies, sockets and who is idle have their own.
        paced.set_write_timeout(Some(limits.taking));
        let service = service.clone();
        let service = service_fn(move |mut request: http::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            service.clone().oneshot(request)
        });
        let connection = http.serve_connection(TokioIo::new(Box::pin(paced)), service).with_upgrades();
        let mut stopped = stopped.clone();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            // How a connection ends, too late or in the middle of a word, is its own affair.
            tokio::select! {
                _ = &mut connection => {}
                _ = stopped.changed() => {
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                }
            }
        });
    }
    drop((listener, stopped));
    // Nobody listens to it who has no connection any more.
    let _ = stopping.send(());
    stopping.closed().await;
}

/// How many connections there are, by address.
#[derive(Default)]
struct Places(Mutex<HashMap<IpAddr, usize>>);

impl Places {
    fn take(self: &Arc<Self>, address: IpAddr, most: usize) -> Option<Place> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = taken.get(&address).copied().unwrap_or_default();
        if number >= most {
            return None;
        }
        taken.insert(address, number + 1);
        Some(Place { places: self.clone(), address })
    }
}

/// One of them; given back when it is dropped.
struct Place {
    places: Arc<Places>,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.0.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&self.address) {
            Some(number) if *number > 1 => *number -= 1,
            _ => drop(taken.remove(&self.address)),
        }
    }
}

/// A connection with its place among all, also when it has become a socket.
struct Held {
    stream: TcpStream,
    _slot: OwnedSemaphorePermit,
    _place: Place,
}

impl AsyncRead for Held {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Held {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
