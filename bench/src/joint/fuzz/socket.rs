//! The socket: members of the team who send what they should not, beside one who writes properly and must be served.

use super::hostile;
use crate::{
    Dice,
    joint::{
        hall::Hall,
        host::{self, Hosted, Program},
        window::{self, Door, Window},
        wire::Dialect,
    },
    place::Passing,
};
use anyhow::{Context, Result, ensure};
use futures::{SinkExt, StreamExt};
use std::{
    collections::BTreeMap,
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{io::AsyncWriteExt, task::JoinSet};
use tokio_tungstenite::tungstenite::Message;
use yrs::{Text, XmlElementPrelim, XmlFragment, XmlTextPrelim};

const ATTACKERS: usize = 5;
const BEAT: Duration = Duration::from_millis(200);
/// What was typed must be told durable within this, reconnecting included.
const SERVED: Duration = Duration::from_secs(10);
/// The server's memory may never exceed this: a full document several times over, and what waits on connections.
const MOST: u64 = 512 * 1024 * 1024;

/// How it went.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    seed: u64,
    sent: BTreeMap<&'static str, u64>,
    keystrokes: u64,
    slowest: Duration,
    reconnects: u64,
    before: u64,
    after: u64,
    peak: u64,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, sent, keystrokes, slowest, reconnects, before, after, peak } = self;
        let megabytes = |bytes: &u64| *bytes as f64 / 1e6;
        write!(
            f,
            "socket (seed {seed}): {sent:?}; meanwhile {keystrokes} keystrokes of the proper writer, all told durable, the \
             slowest after {} ms, {reconnects} reconnections; server {:.0} MB before, {:.0} after, {:.0} at most (limit {:.0})",
            slowest.as_millis(),
            megabytes(before),
            megabytes(after),
            megabytes(peak),
            megabytes(&MOST),
        )
    }
}

/// Fuzzes for so long.
///
/// # Errors
/// The server ended, somebody was not served, or memory grew beyond its limit.
pub async fn run(program: &Program, lasts: Duration, seed: u64) -> Result<Outcome> {
    fuzzing(program, lasts, seed).await.with_context(|| format!("seed {seed}"))
}

async fn fuzzing(program: &Program, lasts: Duration, seed: u64) -> Result<Outcome> {
    let passing = Passing::make("fuzz", None).await?;
    let hall: Hall = host::prepare(&passing.place, ATTACKERS + 2).await?;
    let mut hosted = Hosted::start(program, &passing.place)?;
    let port = hosted.port;
    let door = |port, writer| Door { port, path: hall.path(), cookie: hall.cookie(writer), dialect: Dialect::Plain };
    let until = Instant::now() + lasts;
    let corpus = Arc::new(hostile::corpus());
    let mut outcome = Outcome { seed, before: crate::memory::resident(hosted.pid())?, ..Outcome::default() };
    let mut attackers = JoinSet::new();
    for at in 0..ATTACKERS {
        let dice = Dice::new(seed * 100 + at as u64);
        attackers.spawn(attack(door(port, at), dice, corpus.clone(), until));
    }
    let writer = tokio::spawn(write_properly(door(port, ATTACKERS), until));
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(500)).await;
        ensure!(!hosted.ended()?, "the server ended");
        outcome.peak = crate::memory::resident_peak(hosted.pid())?;
        ensure!(outcome.peak <= MOST, "the server took {} MB", outcome.peak / 1_000_000);
    }
    let (mut window, keystrokes, slowest, reconnects) = writer.await??;
    while let Some(done) = attackers.join_next().await {
        for (what, count) in done? {
            *outcome.sent.entry(what).or_default() += count;
        }
    }
    (outcome.keystrokes, outcome.slowest, outcome.reconnects) = (keystrokes, slowest, reconnects);
    outcome.after = crate::memory::resident(hosted.pid())?;
    // After all that the plan can still be opened, and holds what was typed properly.
    hosted.kill()?;
    hosted = Hosted::start(program, &passing.place)?;
    window.connect(&door(hosted.port, ATTACKERS)).await?;
    let mut other = Window::new(499);
    other.connect(&door(hosted.port, ATTACKERS + 1)).await?;
    ensure!(other.shape() == window.shape(), "two windows have different texts");
    hosted.kill()?;
    passing.remove().await?;
    Ok(outcome)
}

/// Types five times a second; the window, how often, the slowest, and how often it had to come back.
async fn write_properly(door: Door, until: Instant) -> Result<(Window, u64, Duration, u64)> {
    let mut window = Window::new(501);
    let (mut keystrokes, mut connections, mut slowest) = (0, 0, Duration::ZERO);
    let mut text = None;
    // When the oldest keystroke was typed that was not told durable yet.
    let mut owed: Option<Instant> = None;
    while Instant::now() < until || owed.is_some() {
        if !window.connected() {
            connections += 1;
            if window.connect(&door).await.is_err() {
                tokio::time::sleep(Duration::from_millis(75)).await;
            }
        } else if Instant::now() < until {
            let update = window.change(|txn| {
                let text = match &text {
                    Some(text) => text,
                    None => {
                        let paragraph = window::section(txn, 0)?.push_back(txn, XmlElementPrelim::empty("paragraph"));
                        text.insert(paragraph.push_back(txn, XmlTextPrelim::new("")))
                    }
                };
                // Somebody may have deleted it: then this is typed into nothing, which is a change as well.
                let end = text.len(txn);
                text.insert(txn, end, "a");
                Ok(())
            })?;
            owed = owed.or(Some(Instant::now()));
            keystrokes += 1;
            // Of a connection that ended the next turn makes a new one.
            let _ = window.say(&update.context("nothing was typed")?).await;
        }
        let next = Instant::now() + BEAT;
        while let Some(rest) = next.checked_duration_since(Instant::now()).filter(|_| window.connected()) {
            if window.listen(rest).await.is_err() {
                window.hang_up();
            }
            if let Some(since) = owed.filter(|_| window.connected() && window.all_durable()) {
                slowest = slowest.max(since.elapsed());
                owed = None;
            }
        }
        ensure!(owed.is_none_or(|since| since.elapsed() < SERVED), "the proper writer was not served for {SERVED:?}");
        ensure!(window.notices.is_empty(), "the proper writer was told: {:?}", window.notices);
    }
    Ok((window, keystrokes, slowest, connections - 1))
}

/// Connects, sends what it should not, and goes; over and over.
async fn attack(door: Door, mut dice: Dice, corpus: Arc<Vec<Vec<u8>>>, until: Instant) -> BTreeMap<&'static str, u64> {
    let mut sent = BTreeMap::new();
    let mut count = |what: &'static str| *sent.entry(what).or_default() += 1_u64;
    while Instant::now() < until {
        match dice.below(12) {
            0 => {
                // Half open: a request that never ends, or ends in the middle.
                if let Ok(mut half) = tokio::net::TcpStream::connect(("127.0.0.1", door.port)).await {
                    let _ = half.write_all(b"GET /casussen/x/plan/samen HTTP/1.1\r\nupgrade: web").await;
                    count("half a request");
                    tokio::time::sleep(Duration::from_millis(dice.below(200))).await;
                }
                continue;
            }
            1 => {
                for _ in 0..10 {
                    drop(door.open().await);
                    count("connections dropped at once");
                }
                continue;
            }
            _ => {}
        }
        let Ok(mut socket) = door.open().await else {
            count("refused at the door");
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        count("connections");
        for _ in 0..=dice.below(20) {
            let message = match dice.below(40) {
                0 => Message::Text("hallo".into()),
                1 => Message::Binary(vec![0; 4 * 1024 * 1024 + 1].into()),
                2 => Message::Ping(vec![7; 100].into()),
                3 => Message::Binary(Dialect::Plain.update(&vec![0xff; 1 << dice.below(21)]).into()),
                _ => Message::Binary(hostile::frame(&mut dice, &corpus).into()),
            };
            count("frames");
            if socket.send(message).await.is_err() {
                break;
            }
            // Some read, some do not.
            if dice.chance(70) {
                let _ = tokio::time::timeout(Duration::from_millis(dice.below(20)), socket.next()).await;
            }
        }
    }
    sent
}
