//! Requests in flight, and how long they took.

use anyhow::Result;
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// What was measured of one thing.
#[derive(Debug, Clone)]
pub struct Measured {
    /// What it is.
    pub name: &'static str,
    /// How many lines (or viewings, or decisions, or pages) per second.
    pub per_second: f64,
    /// How long one request or one commit took, half of them.
    pub p50: Duration,
    /// How long, all but the slowest twentieth.
    pub p95: Duration,
    /// How long, all but the slowest hundredth.
    pub p99: Duration,
}

impl Measured {
    /// From what each of them took, each of so many lines, in a stretch of time.
    pub(crate) fn of(name: &'static str, lines: usize, took: &mut [Duration], all: Duration) -> Self {
        took.sort_unstable();
        let at = |share: usize| took.get(took.len() * share / 100).copied().unwrap_or_default();
        let per_second = (took.len() * lines) as f64 / all.as_secs_f64();
        Self { name, per_second, p50: at(50), p95: at(95), p99: at(99) }
    }
}

/// Keeps so many requests going for so long.
pub(crate) async fn in_flight<F>(
    name: &'static str,
    flying: usize,
    each: Duration,
    request: impl Fn(usize) -> F,
) -> Result<Measured>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    // Statements are prepared and pools filled before the clock runs.
    for number in 0..flying {
        request(number).await?;
    }
    let number = AtomicUsize::new(0);
    let mut air = JoinSet::new();
    let fly = |air: &mut JoinSet<Result<Duration>>| {
        let request = request(number.fetch_add(1, Ordering::Relaxed));
        air.spawn(async move {
            let began = Instant::now();
            request.await.map(|()| began.elapsed())
        });
    };
    let began = Instant::now();
    (0..flying).for_each(|_| fly(&mut air));
    let mut took = Vec::new();
    while let Some(done) = air.join_next().await {
        took.push(done??);
        if began.elapsed() < each {
            fly(&mut air);
        }
    }
    Ok(Measured::of(name, 1, &mut took, began.elapsed()))
}
