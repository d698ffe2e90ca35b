//! The sequencer: one task that collects the lines of all who wait, commits them together, and wakes them.

use super::{LedgerDown, leaf::Prepared, writer::Writer};
use crate::db::Db;
use std::{
    sync::{Arc, RwLock},
    time::Duration,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

/// What the sequencer is asked.
pub(super) enum Request {
    /// To record these lines.
    Append(Vec<Prepared>, oneshot::Sender<Result<Vec<u64>, LedgerDown>>),
    /// What its connection says about durability.
    Durability(oneshot::Sender<Result<Vec<(String, String)>, LedgerDown>>),
    /// To record what waits, and end.
    Stop(oneshot::Sender<()>),
}

/// Longer than any lock or statement may wait; ends a batch whose server fell silent.
const LONGEST_BATCH: Duration = Duration::from_secs(5);

/// The longest that a batch waits which is smaller than the last one.
const LONGEST_WAIT: Duration = Duration::from_millis(2);

type Waiting = (Vec<Prepared>, oneshot::Sender<Result<Vec<u64>, LedgerDown>>);

/// Runs until it is told to stop, or until nobody can ask any more.
pub(super) async fn run(
    mut writer: Writer,
    mut requests: mpsc::Receiver<Request>,
    most: usize,
    reading: Arc<RwLock<Db>>,
) {
    let mut stops = Vec::new();
    // How many lines the last batch had, so many of which are likely to come back soon, and how long it took.
    let (mut last, mut took) = (0, Duration::ZERO);
    while let Some(first) = requests.recv().await {
        let mut group: Vec<Waiting> = Vec::new();
        let mut count = 0;
        let mut next = Some(first);
        let until = Instant::now() + took.min(LONGEST_WAIT);
        while let Some(request) = next {
            match request {
                // Who stopped waiting was told that nothing was recorded in time: do not record it late.
                Request::Append(_, answer) if answer.is_closed() => {}
                Request::Append(lines, answer) => {
                    count += lines.len();
                    group.push((lines, answer));
                }
                Request::Durability(answer) => {
                    // Whoever asked may have gone.
                    let _ = answer.send(writer.settings().await);
                }
                Request::Stop(answer) => {
                    requests.close();
                    stops.push(answer);
                }
            }
            next = if count < most { more(&mut requests, until, count < last).await } else { None };
        }
        last = count;
        let began = Instant::now();
        if !group.is_empty() {
            commit(&mut writer, group, &reading).await;
        }
        took = began.elapsed();
    }
    writer.close().await;
    for stop in stops {
        // Whoever asked may have gone.
        let _ = stop.send(());
    }
}

/// The next request that waits. Those of the last batch have just been answered, and those of them who go on at once ask again
/// within a moment: they are waited for no longer than that batch took, or else every other one would be of the first of them
/// alone. Who is alone waits for nobody.
async fn more(requests: &mut mpsc::Receiver<Request>, until: Instant, expected: bool) -> Option<Request> {
    match requests.try_recv() {
        Ok(request) => Some(request),
        Err(_) if expected => tokio::time::timeout_at(until, requests.recv()).await.ok().flatten(),
        Err(_) => None,
    }
}

async fn commit(writer: &mut Writer, group: Vec<Waiting>, reading: &RwLock<Db>) {
    let lines: Vec<&Prepared> = group.iter().flat_map(|(lines, _)| lines).collect();
    let outcome = match tokio::time::timeout(LONGEST_BATCH, writer.write(&lines, reading)).await {
        Ok(outcome) => outcome,
        Err(_) => {
            writer.disconnect();
            Err(LedgerDown::because("the database fell silent during a commit"))
        }
    };
    if let Err(down) = &outcome {
        tracing::error!(cause = down.cause(), lines = lines.len(), "ledger lines could not be recorded");
    }
    let mut places = outcome.as_deref().unwrap_or_default();
    for (lines, answer) in group {
        let answered = match &outcome {
            Ok(_) => {
                let (own, rest) = places.split_at(lines.len());
                places = rest;
                Ok(own.to_vec())
            }
            Err(down) => Err(down.clone()),
        };
        // Whoever asked may have stopped waiting; the lines stand all the same.
        let _ = answer.send(answered);
    }
}
