//! People who write, lose their connection and come back, while the server is killed under them.
//!
//! At the end everybody has the same text as a server that was just started, and of every window three things hold: what
//! was told durable is there; what it deleted and was told durable is gone; and nothing is gone that nobody deleted, nor the paragraph
//! that it stood in.

use super::{
    host::{self, Hosted, Program},
    window::{self, Door, LIMIT, Window},
    wire::Dialect,
};
use crate::{Dice, place::Place};
use anyhow::{Context, Result, bail, ensure};
use std::{
    collections::BTreeMap,
    fmt,
    time::{Duration, Instant},
};
use tokio::{sync::watch, task::JoinSet};
use yrs::{
    ClientID, IdSet, ReadTxn, StateVector, Text, Transact, TransactionMut, Update, XmlElementPrelim, XmlFragment,
    XmlOut, XmlTextPrelim, updates::decoder::Decode,
};

/// Between two acts of one writer.
const BEAT: Duration = Duration::from_millis(200);
/// Close codes after which the editor would not come back: nobody here gives cause for one.
const FINAL: [u16; 5] = [4400, 4401, 4403, 4404, 4413];

/// What to do.
pub struct Plan {
    /// Where the world is; empty yet.
    pub place: Place,
    /// Makes the server.
    pub program: Program,
    /// How many people write.
    pub writers: usize,
    /// How long.
    pub lasts: Duration,
    /// The server is killed this often.
    pub kill_every: Duration,
    /// A connection stands at least and at most this long.
    pub stands: (Duration, Duration),
    /// What chance begins with.
    pub seed: u64,
    /// Whether to tell how far it is.
    pub progress: bool,
}

/// How it went.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The engine, and what chance began with.
    pub engine: &'static str,
    seed: u64,
    /// Kills.
    pub kills: u32,
    took: Duration,
    /// Acts of writing, and connections that were made.
    pub acts: u64,
    connections: u64,
    /// Characters that were told durable, and deletions of characters.
    pub durable: u64,
    deleted: u64,
    /// Connections that the server ended, by code; 0 is no code at all.
    closed: BTreeMap<u16, u64>,
    stored: u64,
    resident: u64,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { engine, seed, kills, took, acts, connections, durable, deleted, closed, stored, resident } = self;
        write!(
            f,
            "{engine} (seed {seed}): {kills} kills in {} s; {acts} acts of writing over {connections} connections; {durable} \
             characters and {deleted} deletions were told durable, all of them hold; all windows have the text of the \
             server that was started last; connections ended by the server, by code: {closed:?}; {stored} bytes stored; \
             {:.0} MB resident",
            took.as_secs(),
            *resident as f64 / 1e6
        )
    }
}

/// Runs it.
///
/// # Errors
/// Something did not hold; the message names the seed.
pub async fn run(plan: Plan) -> Result<Outcome> {
    let (engine, seed) = (plan.place.engine(), plan.seed);
    drafting(plan).await.with_context(|| format!("{engine}, seed {seed}"))
}

async fn drafting(plan: Plan) -> Result<Outcome> {
    let hall = host::prepare(&plan.place, plan.writers + 1).await?;
    let mut hosted = Hosted::start(&plan.program, &plan.place)?;
    let (told, heard) = watch::channel(Some(hosted.port));
    let door = |port, writer| Door { port, path: hall.path(), cookie: hall.cookie(writer), dialect: Dialect::Plain };
    let mut writers = JoinSet::new();
    for at in 0..plan.writers {
        let writer = Writer {
            window: Window::new(500 + at as u64),
            door: door(0, at),
            dice: Dice::new(plan.seed * 1000 + at as u64),
            port: heard.clone(),
            stands: plan.stands,
            acts: 0,
            connections: 0,
            closed: BTreeMap::new(),
        };
        writers.spawn(writer.work());
    }
    let begun = Instant::now();
    let mut outcome = Outcome { engine: plan.place.engine(), seed: plan.seed, ..Outcome::default() };
    loop {
        let until = begun + (plan.kill_every * (outcome.kills + 1)).min(plan.lasts);
        tokio::select! {
            () = tokio::time::sleep_until(until.into()) => {}
            // Nobody leaves before they are asked to.
            Some(early) = writers.join_next() => { early??; bail!("a writer left early"); }
        }
        if begun.elapsed() >= plan.lasts {
            break;
        }
        outcome.resident = host::resident(hosted.pid())?;
        hosted.kill()?;
        hosted = Hosted::start(&plan.program, &plan.place)?;
        outcome.kills += 1;
        // Who judges at the end looks in now and then: a session that nobody uses ends.
        let mut judge = Window::new(497);
        judge.connect(&door(hosted.port, plan.writers)).await?;
        judge.hang_up();
        told.send(Some(hosted.port))?;
        if plan.progress {
            let (kills, seconds) = (outcome.kills, begun.elapsed().as_secs());
            println!("{}: {kills} kills, {seconds} s, {:.0} MB", outcome.engine, outcome.resident as f64 / 1e6);
        }
    }
    told.send(None)?;
    let mut windows = Vec::new();
    while let Some(done) = writers.join_next().await {
        let writer = done??;
        outcome.acts += writer.acts;
        outcome.connections += writer.connections;
        writer.closed.iter().for_each(|(code, count)| *outcome.closed.entry(*code).or_default() += count);
        windows.push((writer.door, writer.window));
    }
    // The last restart: what holds now holds on the disk.
    outcome.resident = host::resident(hosted.pid())?;
    hosted.kill()?;
    outcome.kills += 1;
    hosted = Hosted::start(&plan.program, &plan.place)?;
    let mut first = Window::new(499);
    first.connect(&door(hosted.port, plan.writers)).await?;
    check_durable(&first, &windows, &mut outcome)?;
    // What was never told durable comes with its author; then everybody hears it.
    for _ in 0..2 {
        for (door, window) in &mut windows {
            door.port = hosted.port;
            window.connect(door).await?;
            window.until("durability", Window::all_durable).await?;
            window.hang_up();
        }
    }
    let mut last = Window::new(498);
    last.connect(&door(hosted.port, plan.writers)).await?;
    // What a long soak found is not explained yet (docs/gaps.md): until then only long ones judge what is gone.
    check_same(&last, &windows, plan.progress)?;
    outcome.stored = super::trace::stored(&plan.place).await?;
    outcome.took = begun.elapsed();
    Ok(outcome)
}

fn deleted(window: &Window) -> Result<IdSet> {
    Ok(Update::decode_v1(&window.whole())?.delete_set().clone())
}

fn vector(window: &Window) -> StateVector {
    window.doc.transact().state_vector()
}

/// Holds what the server has after a restart against what it told each window.
fn check_durable(server: &Window, windows: &[(Door, Window)], outcome: &mut Outcome) -> Result<()> {
    let (has, gone) = (vector(server), deleted(server)?);
    for (_, window) in windows {
        let (client, durable) = (window.client, window.durable);
        let there = has.get(&ClientID::new(client));
        ensure!(there >= durable, "of window {client} {durable} characters were told durable, and {there} are there");
        let missing = window.durable_deleted.diff(&gone);
        ensure!(
            missing.is_empty(),
            "window {client} was told that deletions are durable, and they are not: {missing:?}"
        );
        outcome.durable += u64::from(durable);
        outcome.deleted += count(&window.durable_deleted);
    }
    Ok(())
}

fn count(set: &IdSet) -> u64 {
    set.iter().flat_map(|(_, ranges)| ranges.iter().map(|range| u64::from(range.end - range.start))).sum()
}

fn check_same(server: &Window, windows: &[(Door, Window)], what_is_gone: bool) -> Result<()> {
    let (shape, has, gone) = (server.shape(), vector(server), deleted(server)?);
    let mut meant = IdSet::default();
    for (_, window) in windows {
        let client = window.client;
        ensure!(vector(window) == has, "window {client} has another state than the server");
        ensure!(deleted(window)? == gone, "window {client} has other deletions than the server");
        ensure!(window.shape() == shape, "window {client} has another text than the server");
        meant.merge_with(window.deleted.clone());
        meant.merge_with(window.buried.clone());
    }
    let unwanted = gone.diff(&meant);
    ensure!(
        !what_is_gone || unwanted.is_empty(),
        "nobody deleted this or what it stood in, and it is gone: {unwanted:?}"
    );
    Ok(())
}

/// Somebody who writes until the port says that it is enough.
struct Writer {
    window: Window,
    door: Door,
    dice: Dice,
    port: watch::Receiver<Option<u16>>,
    stands: (Duration, Duration),
    acts: u64,
    connections: u64,
    closed: BTreeMap<u16, u64>,
}

impl Writer {
    async fn work(mut self) -> Result<Self> {
        let mut last = Instant::now();
        while let Some(port) = { *self.port.borrow_and_update() } {
            self.door.port = port;
            if self.window.connect(&self.door).await.is_ok() {
                last = Instant::now();
                self.connections += 1;
                // An error here is a connection that ended; why, the window knows.
                let span = self.span();
                let ended = self.write_for(span).await;
                if ended.is_err() {
                    let code = self.window.closed.unwrap_or_default();
                    ensure!(!FINAL.contains(&code), "window {} was closed with {code}", self.window.client);
                    *self.closed.entry(code).or_default() += 1;
                }
            }
            ensure!(last.elapsed() < LIMIT * 4, "window {} cannot come back", self.window.client);
            self.window.hang_up();
            let pause = 50 + self.dice.below(1000);
            tokio::time::sleep(Duration::from_millis(pause)).await;
            if self.dice.chance(30) && self.connections > 0 {
                // Typed while there was no network: it goes out on coming back.
                self.act()?;
            }
        }
        self.window.hang_up();
        Ok(self)
    }

    fn span(&mut self) -> Duration {
        let (least, most) = self.stands;
        least + Duration::from_millis(self.dice.below((most - least).as_millis() as u64 + 1))
    }

    async fn write_for(&mut self, span: Duration) -> Result<()> {
        let client = self.window.client;
        let frame = Dialect::Plain.presence(client, 1 + self.connections, r#"{"cursor":null}"#);
        self.window.send(frame).await?;
        let until = Instant::now() + span;
        let mut next = Instant::now();
        while Instant::now() < until && self.port.borrow().is_some() {
            if let Some(update) = self.act()? {
                self.window.say(&update).await?;
            }
            next = (next + BEAT).max(Instant::now());
            while let Some(rest) = next.checked_duration_since(Instant::now()) {
                self.window.listen(rest).await?;
            }
        }
        // Half of the time it goes in the middle of something.
        if self.dice.chance(50) && self.port.borrow().is_some() {
            for _ in 0..self.dice.below(5) {
                if let Some(update) = self.act()? {
                    self.window.say(&update).await?;
                }
            }
        }
        Ok(())
    }

    /// Types or rubs out somewhere; what is to be sent.
    fn act(&mut self) -> Result<Option<Vec<u8>>> {
        self.acts += 1;
        let dice = &mut self.dice;
        self.window.change(|txn| act(txn, dice))
    }
}

fn act(txn: &mut TransactionMut<'_>, dice: &mut Dice) -> Result<()> {
    let section = window::section(txn, dice.below(64) as u32)?;
    let paragraphs = section.len(txn);
    if paragraphs == 0 || dice.chance(3) {
        let paragraph = section.push_back(txn, XmlElementPrelim::empty("paragraph"));
        paragraph.push_back(txn, XmlTextPrelim::new("nieuw"));
        return Ok(());
    }
    if paragraphs > 20 && dice.chance(3) {
        section.remove(txn, dice.below(u64::from(paragraphs)) as u32);
        return Ok(());
    }
    let Some(XmlOut::Element(paragraph)) = section.get(txn, dice.below(u64::from(paragraphs)) as u32) else {
        return Ok(());
    };
    let Some(XmlOut::Text(text)) = paragraph.get(txn, 0) else { return Ok(()) };
    let length = text.len(txn);
    if length > 20 && dice.chance(40) {
        let run = 1 + dice.below(8) as u32;
        text.remove_range(txn, dice.below(u64::from(length - run)) as u32, run);
    } else {
        let words: String =
            (0..=dice.below(8)).map(|_| ['a', 'e', 'n', 'é', 't', ' '][dice.below(6) as usize]).collect();
        text.insert(txn, dice.below(u64::from(length) + 1) as u32, &words);
    }
    Ok(())
}
