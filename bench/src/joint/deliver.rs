//! How long a keystroke takes from the person who makes it to each of the others.
//!
//! What is measured: the moment before a keystroke's frame is handed to its author's socket, until a frame that holds
//! that character was read from the socket of another person and decoded, for every pair of author and reader. The
//! readers do not put it into a document: that would measure this machine's many clients more than the server.

use super::{
    host::{self, Hosted, Program},
    peers::{self, Peer},
    table::{Row, Table},
    window::{self, Door, LIMIT, Socket, Window},
    wire::{Dialect, Heard, NAME},
};
use crate::place::Passing;
use anyhow::{Context, Result, bail, ensure};
use futures::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use plein_server::plans::Document;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;
use yrs::{
    ReadTxn, Text, Transact, Update, XmlElementPrelim, XmlFragment, XmlTextPrelim, XmlTextRef, updates::decoder::Decode,
};

/// One keystroke of one person follows the other by this.
const BEAT: Duration = Duration::from_millis(200);
/// Persons' numbers in the document begin here.
const FIRST: u64 = 1000;
/// Room for this many characters of one person.
const ROOM: usize = 4096;

/// What to measure.
pub struct Plan {
    /// How many people, one size after another.
    pub people: Vec<usize>,
    /// How long before the clock runs.
    pub warm_up: Duration,
    /// How long it runs.
    pub measured: Duration,
    /// How often each.
    pub trials: usize,
    /// Makes our server.
    pub program: Program,
    /// Whether to measure the peers too.
    pub peers: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Server {
    Ours,
    Peer(Peer),
}

impl Server {
    fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Peer(Peer::YWebsocket) => "y-websocket 2.1",
            Self::Peer(Peer::Hocuspocus) => "Hocuspocus 4.7",
        }
    }
}

/// Measures all sizes and servers, in an order that changes with each trial.
///
/// # Errors
/// A server does not start, or a keystroke never arrives.
pub async fn run(plan: &Plan) -> Result<Table> {
    let mut servers = vec![Server::Ours];
    if plan.peers {
        peers::install()?;
        servers.extend([Server::Peer(Peer::YWebsocket), Server::Peer(Peer::Hocuspocus)]);
    }
    let mut table = Table::default();
    for people in plan.people.iter().copied() {
        for trial in 0..plan.trials {
            let mut order = servers.clone();
            order.rotate_left(trial % servers.len());
            for server in order {
                let (took, resident) = trial_of(plan, server, people)
                    .await
                    .with_context(|| format!("{} with {people} people, trial {trial}", server.name()))?;
                let row = Row::of(server.name(), server == Server::Ours, people, took, resident);
                println!("  {row}");
                table.rows.push(row);
            }
        }
    }
    Ok(table)
}

async fn trial_of(plan: &Plan, server: Server, people: usize) -> Result<(Vec<u32>, u64)> {
    match server {
        Server::Ours => {
            let passing = Passing::make("joint", None).await?;
            let hall = host::prepare(&passing.place, people + 1).await?;
            let hosted = Hosted::start(&plan.program, &passing.place)?;
            let door = |writer: usize| Door {
                port: hosted.port,
                path: hall.path(),
                cookie: hall.cookie(writer),
                dialect: Dialect::Plain,
            };
            let measured = measure(plan, people, door, hosted.pid()).await?;
            hosted.kill()?;
            passing.remove().await?;
            Ok(measured)
        }
        Server::Peer(peer) => {
            let running = peer.start()?;
            let dialect = if peer == Peer::Hocuspocus { Dialect::Named } else { Dialect::Plain };
            let door = |_| Door { port: running.port, path: format!("/{NAME}"), cookie: String::new(), dialect };
            // The same document as ours, put there as a client may.
            let mut seed = Window::new(FIRST - 1);
            seed.connect(&door(0)).await?;
            let sections: Vec<_> = (0..6).map(|at| (format!("s{at}"), format!("Deel {at}"))).collect();
            seed.send(dialect.update(&Document::made_of(&sections))).await?;
            tokio::time::sleep(Duration::from_millis(500)).await;
            measure(plan, people, door, running.pid()).await
        }
    }
}

/// When each character was sent, in nanoseconds since the start, by author and place in what they wrote.
struct Sent {
    begun: Instant,
    at: Vec<Vec<AtomicU64>>,
    from: Duration,
    until: Duration,
}

async fn measure(plan: &Plan, people: usize, door: impl Fn(usize) -> Door, pid: u32) -> Result<(Vec<u32>, u64)> {
    let mut desks = Vec::with_capacity(people);
    for person in 0..people {
        let mut window = Window::new(FIRST + person as u64);
        window.connect(&door(person)).await?;
        let mut text = None;
        let place = u32::try_from(person)?;
        let update = window.change(|txn| {
            let paragraph = window::section(txn, place)?.push_back(txn, XmlElementPrelim::empty("paragraph"));
            text = Some(paragraph.push_back(txn, XmlTextPrelim::new("-")));
            Ok(())
        })?;
        window.say(&update.context("nothing was typed")?).await?;
        desks.push((window, text.context("no text")?));
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let whole = plan.warm_up + plan.measured;
    let sent = Arc::new(Sent {
        begun: Instant::now(),
        at: (0..people).map(|_| (0..ROOM).map(|_| AtomicU64::new(0)).collect()).collect(),
        from: plan.warm_up,
        until: whole,
    });
    let (mut authors, mut readers) = (JoinSet::new(), JoinSet::new());
    for (person, (mut window, text)) in desks.into_iter().enumerate() {
        let (to, from) = window.take()?.split();
        let first = sent.begun + Duration::from_millis(200) + BEAT * u32::try_from(person)? / u32::try_from(people)?;
        readers.spawn(read(from, door(person).dialect, person, sent.clone()));
        authors.spawn(types(window, text, to, door(person).dialect, person, first, sent.clone()));
    }
    let mut keystrokes = 0;
    let mut sockets = Vec::new();
    while let Some(done) = authors.join_next().await {
        let (count, to) = done??;
        keystrokes += count;
        // Kept open until everybody has read everything.
        sockets.push(to);
    }
    let resident = crate::memory::resident(pid)?;
    let mut took: Vec<u32> = Vec::new();
    while let Some(done) = readers.join_next().await {
        took.extend(done??);
    }
    let expected = keystrokes * (people - 1);
    ensure!(took.len() == expected, "{} of {expected} deliveries arrived", took.len());
    drop(sockets);
    // Whoever comes now finds every character.
    let mut late = Window::new(FIRST + people as u64);
    late.connect(&door(people)).await?;
    let vector = late.doc.transact().state_vector();
    for (person, at) in sent.at.iter().enumerate() {
        let wrote = at.iter().rposition(|at| at.load(Ordering::Relaxed) > 0).unwrap_or_default();
        let has = vector.get(&yrs::ClientID::new(FIRST + person as u64)) as usize;
        ensure!(has > wrote, "of person {person} the server has {has} characters of {}", wrote + 1);
    }
    Ok((took, resident))
}

/// Types; how many keystrokes fell into the time that is measured.
async fn types(
    mut window: Window,
    text: XmlTextRef,
    mut to: SplitSink<Socket, Message>,
    dialect: Dialect,
    person: usize,
    first: Instant,
    sent: Arc<Sent>,
) -> Result<(usize, SplitSink<Socket, Message>)> {
    let mut counted = 0;
    for (stroke, key) in "een paar woorden die iemand typt ".chars().cycle().enumerate() {
        let due = first + BEAT * u32::try_from(stroke)?;
        if due >= sent.begun + sent.until {
            break;
        }
        tokio::time::sleep_until(due.into()).await;
        let clock = window.doc.transact().state_vector().get(&yrs::ClientID::new(window.client)) as usize;
        let update = window.change(|txn| {
            let end = text.len(txn);
            text.insert(txn, end, key.encode_utf8(&mut [0; 4]));
            Ok(())
        })?;
        let frame = dialect.update(&update.context("nothing was typed")?);
        let now = sent.begun.elapsed();
        counted += usize::from(now >= sent.from);
        sent.at[person].get(clock).context("too much was typed")?.store(now.as_nanos() as u64, Ordering::Release);
        to.send(Message::Binary(frame.into())).await?;
    }
    Ok((counted, to))
}

/// Reads until everything that was typed is there; how long each delivery took, in microseconds.
async fn read(mut from: SplitStream<Socket>, dialect: Dialect, person: usize, sent: Arc<Sent>) -> Result<Vec<u32>> {
    let mut took = Vec::new();
    let mut seen = vec![0_usize; sent.at.len()];
    loop {
        let idle = if sent.begun.elapsed() > sent.until { Duration::from_millis(1500) } else { LIMIT };
        let message = match tokio::time::timeout(idle.min(Duration::from_secs(1)), from.next()).await {
            Err(_) if sent.begun.elapsed() > sent.until + idle => return Ok(took),
            Err(_) => continue,
            Ok(message) => message.context("the server hung up")??,
        };
        let now = sent.begun.elapsed();
        let frame = match message {
            Message::Binary(frame) => frame,
            Message::Close(frame) => bail!("the server closed: {frame:?}"),
            _ => continue,
        };
        let Heard::Update(update) = dialect.read(&frame)? else { continue };
        for (client, ranges) in Update::decode_v1(update)?.insertions(true).iter() {
            let Some(author) = client.get().checked_sub(FIRST).map(|at| at as usize).filter(|at| *at < sent.at.len())
            else {
                continue;
            };
            if author == person {
                continue;
            }
            for clock in ranges.iter().flat_map(|range| range.clone()).map(|clock| clock as usize) {
                if clock < seen[author] || clock >= ROOM {
                    continue;
                }
                seen[author] = clock + 1;
                let at = Duration::from_nanos(sent.at[author][clock].load(Ordering::Acquire));
                if at >= sent.from {
                    took.push(u32::try_from(now.saturating_sub(at).as_micros()).unwrap_or(u32::MAX));
                }
            }
        }
    }
}
