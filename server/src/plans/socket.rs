//! The plan's socket: who asks, one viewing, and then frames both ways.

use super::{
    rooms::{NoPlace, Opening, Place, Rooms},
    way::{Ended, Out, Sink, Socket, Way},
};
use crate::use_cases::UseCases;
use axum::{
    Router,
    extract::{
        FromRequestParts, Path, Request, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use futures::{SinkExt, StreamExt};
use http::StatusCode;
use plein_domain::{ids::CaseId, ports::Asker, problem::Problem};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// How large one message may be, in bytes: two hundred pages pasted at once, and some.
const MESSAGE: usize = 4 * 1024 * 1024;
/// How many frames wait for a window that reads slowly.
const WAITING: usize = 512;
/// How long a window may take to take a frame.
const SLOWEST: Duration = Duration::from_secs(20);
/// How often a silent connection is asked whether it is still there, and how long it may stay silent.
const PING: Duration = Duration::from_secs(15);
const SILENT: Duration = Duration::from_secs(60);
/// How many messages a second a window may send in the long run, and how many at once. Beyond that it is read more slowly.
const RATE: f64 = 60.0;
const BURST: f64 = 240.0;

/// The socket of every plan. It belongs inside the edge, which says who asks, and refuses a socket that a page of another site opens.
pub(crate) fn router(desk: UseCases) -> Router {
    Router::new().route("/casussen/{id}/plan/samen", get(open)).with_state(desk)
}

async fn open(State(desk): State<UseCases>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let Some(asker) = parts.extensions.get::<Asker>().cloned() else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let id = Path::<String>::from_request_parts(&mut parts, &desk).await.ok();
    let Some(case) = id.and_then(|Path(id)| id.parse::<CaseId>().ok()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &desk).await {
        Ok(upgrade) => upgrade,
        Err(_) => return StatusCode::UPGRADE_REQUIRED.into_response(),
    };
    let Some(seat) = desk.rooms().seats.take(asker.person.id) else {
        tracing::warn!(trace = %asker.trace, "too many windows have a plan open");
        // The window comes again by itself.
        return (StatusCode::TOO_MANY_REQUESTS, [(http::header::RETRY_AFTER, "10")]).into_response();
    };
    // Decided and recorded before the connection becomes one.
    let opening = match desk.open_plan(&asker, case).await {
        Ok(opening) => opening,
        Err(problem) => return refused(&problem).into_response(),
    };
    upgrade.max_message_size(MESSAGE).max_frame_size(MESSAGE).on_upgrade(move |socket| async move {
        serve(socket, desk.rooms().clone(), opening).await;
        drop(seat);
    })
}

fn refused(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

async fn serve(socket: WebSocket, rooms: Arc<Rooms>, opening: Opening) {
    let (to, mut from) = socket.split();
    let to = Socket::of(to);
    let (out, frames) = mpsc::channel(WAITING);
    let place = match rooms.join(opening, Way::socket(out, to.clone())).await {
        Ok(place) => place,
        Err(why) => {
            let code = match why {
                NoPlace::NotBegun => 4404,
                NoPlace::Full => 4503,
                NoPlace::Vault(error) => {
                    tracing::error!(%error, "a plan cannot be read");
                    4503
                }
            };
            close(&mut *to.sink().await, code).await;
            return;
        }
    };
    let writer = tokio::spawn(write(to, frames));
    read(&mut from, &place).await;
    place.leave().await;
    // The room lets go of this connection, which ends the writer.
    let _ = tokio::time::timeout(SLOWEST, writer).await;
}

/// Hands what comes in to the room, no faster than it may come.
async fn read(from: &mut futures::stream::SplitStream<WebSocket>, place: &Place) {
    let mut allowance = BURST;
    let mut at = Instant::now();
    while let Ok(Some(Ok(message))) = tokio::time::timeout(SILENT, from.next()).await {
        let bytes = match message {
            Message::Binary(bytes) => bytes,
            Message::Ping(_) | Message::Pong(_) => continue,
            Message::Text(_) => Bytes::new(),
            Message::Close(_) => return,
        };
        let now = Instant::now();
        allowance = (allowance + now.duration_since(at).as_secs_f64() * RATE).min(BURST) - 1.0;
        at = now;
        if allowance < 0.0 {
            tokio::time::sleep(Duration::from_secs_f64(-allowance / RATE)).await;
        }
        if !place.say(bytes).await {
            return;
        }
    }
}

/// Sends what the socket did not take from the room at once, and asks now and then whether the other side is still there.
async fn write(to: Arc<Socket>, mut frames: mpsc::Receiver<Out>) {
    let mut ping = tokio::time::interval(PING);
    ping.tick().await;
    loop {
        let sent = tokio::select! {
            out = frames.recv() => {
                let mut sink = to.sink().await;
                let sent = match out {
                    Some(Out::Frame(frame)) => in_time(sink.send(Message::Binary(frame))).await,
                    Some(Out::Rest) => in_time(sink.flush()).await,
                    Some(Out::End(why)) => return close(&mut sink, why as u16).await,
                    // Let go without a word: it was read too slowly, or the window itself left.
                    None => return close(&mut sink, Ended::TooSlow as u16).await,
                };
                to.sent();
                sent
            }
            _ = ping.tick() => in_time(to.sink().await.send(Message::Ping(Bytes::new()))).await,
        };
        if !sent {
            return;
        }
    }
}

async fn in_time(sending: impl Future<Output = Result<(), axum::Error>>) -> bool {
    matches!(tokio::time::timeout(SLOWEST, sending).await, Ok(Ok(())))
}

async fn close(to: &mut Sink, code: u16) {
    let frame = CloseFrame { code, reason: "".into() };
    // Whoever is gone already needs no goodbye.
    let _ = tokio::time::timeout(Duration::from_secs(2), to.send(Message::Close(Some(frame)))).await;
    let _ = tokio::time::timeout(Duration::from_secs(2), to.close()).await;
}
