//! People who write, lose their connection and come back, while the server is killed under them.
//!
//! At the end everybody has the same text as a server that was just started, and of every window three things hold: what
//! was told durable is there; what it deleted and was told durable is gone; and nothing is gone that nobody deleted, unless
//! somebody deleted the paragraph that it was typed in.

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
    BranchID, ClientID, ID, IdSet, ReadTxn, StateVector, Text, Transact, TransactionMut, Update, XmlElementPrelim,
    XmlFragment, XmlOut, XmlTextPrelim, branch::Branch, updates::decoder::Decode,
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
            typed: Vec::new(),
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
        outcome.resident = crate::memory::resident(hosted.pid())?;
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
    let mut done = Vec::new();
    while let Some(writer) = writers.join_next().await {
        let writer = writer??;
        outcome.acts += writer.acts;
        outcome.connections += writer.connections;
        writer.closed.iter().for_each(|(code, count)| *outcome.closed.entry(*code).or_default() += count);
        done.push(writer);
    }
    // The last restart: what holds now holds on the disk.
    outcome.resident = crate::memory::resident(hosted.pid())?;
    hosted.kill()?;
    outcome.kills += 1;
    hosted = Hosted::start(&plan.program, &plan.place)?;
    let mut first = Window::new(499);
    first.connect(&door(hosted.port, plan.writers)).await?;
    check_durable(&first, &done, &mut outcome)?;
    // What was never told durable comes with its author; then everybody hears it.
    for _ in 0..2 {
        for Writer { door, window, .. } in &mut done {
            door.port = hosted.port;
            window.connect(door).await?;
            window.until("durability", Window::all_durable).await?;
            window.hang_up();
        }
    }
    let mut last = Window::new(498);
    last.connect(&door(hosted.port, plan.writers)).await?;
    check_same(&last, &done)?;
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
fn check_durable(server: &Window, writers: &[Writer], outcome: &mut Outcome) -> Result<()> {
    let (has, gone) = (vector(server), deleted(server)?);
    for Writer { window, .. } in writers {
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

fn check_same(server: &Window, writers: &[Writer]) -> Result<()> {
    let (shape, has, gone) = (server.shape(), vector(server), deleted(server)?);
    for Writer { window, .. } in writers {
        let client = window.client;
        ensure!(vector(window) == has, "window {client} has another state than the server");
        ensure!(deleted(window)? == gone, "window {client} has other deletions than the server");
        ensure!(window.shape() == shape, "window {client} has another text than the server");
    }
    let unwanted = unexplained(&gone, writers.iter().map(|writer| (&writer.window.deleted, &writer.typed[..])));
    ensure!(unwanted.is_empty(), "nobody deleted this or what it stood in, and it is gone: {unwanted:?}");
    Ok(())
}

/// What is gone though no writer deleted it, nor what it was typed in.
///
/// A writer who deletes a paragraph deletes what they see in it. What another types in it before they hear of that goes too, and
/// nobody's deletions name it: it is known by where it was typed.
fn unexplained<'a>(gone: &IdSet, writers: impl Iterator<Item = (&'a IdSet, &'a [Typed])> + Clone) -> IdSet {
    let mut meant = IdSet::default();
    writers.clone().for_each(|(deleted, _)| meant.merge_with(deleted.clone()));
    let mut explained = meant.clone();
    for typed in writers.flat_map(|(_, typed)| typed) {
        if meant.contains(&typed.within) {
            explained.insert(typed.id, typed.length);
        }
    }
    gone.diff(&explained)
}

/// Text that a writer typed, and the text of the paragraph that it was typed in.
#[derive(Debug)]
struct Typed {
    id: ID,
    length: u32,
    within: ID,
}

/// Somebody who writes until the port says that it is enough.
struct Writer {
    window: Window,
    door: Door,
    dice: Dice,
    port: watch::Receiver<Option<u16>>,
    stands: (Duration, Duration),
    typed: Vec<Typed>,
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
        let (dice, mut within) = (&mut self.dice, None);
        let before = self.window.clock();
        let update = self.window.change(|txn| {
            within = act(txn, dice)?;
            Ok(())
        })?;
        if let Some(within) = within {
            let id = ID::new(ClientID::new(self.window.client), before);
            self.typed.push(Typed { id, length: self.window.clock() - before, within });
        }
        Ok(update)
    }
}

/// Does something; if that was typing in a paragraph that was there, where.
fn act(txn: &mut TransactionMut<'_>, dice: &mut Dice) -> Result<Option<ID>> {
    let section = window::section(txn, dice.below(64) as u32)?;
    let paragraphs = section.len(txn);
    if paragraphs == 0 || dice.chance(3) {
        let paragraph = section.push_back(txn, XmlElementPrelim::empty("paragraph"));
        paragraph.push_back(txn, XmlTextPrelim::new("nieuw"));
        return Ok(None);
    }
    if paragraphs > 20 && dice.chance(3) {
        section.remove(txn, dice.below(u64::from(paragraphs)) as u32);
        return Ok(None);
    }
    let Some(XmlOut::Element(paragraph)) = section.get(txn, dice.below(u64::from(paragraphs)) as u32) else {
        return Ok(None);
    };
    let Some(XmlOut::Text(text)) = paragraph.get(txn, 0) else { return Ok(None) };
    let length = text.len(txn);
    if length > 20 && dice.chance(40) {
        let run = 1 + dice.below(8) as u32;
        text.remove_range(txn, dice.below(u64::from(length - run)) as u32, run);
        return Ok(None);
    }
    let words: String = (0..=dice.below(8)).map(|_| ['a', 'e', 'n', 'é', 't', ' '][dice.below(6) as usize]).collect();
    text.insert(txn, dice.below(u64::from(length) + 1) as u32, &words);
    match AsRef::<Branch>::as_ref(&text).id() {
        BranchID::Nested(within) => Ok(Some(within)),
        BranchID::Root(_) => bail!("a paragraph that is a root"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(client: u64, clock: u32, length: u32) -> IdSet {
        let mut set = IdSet::default();
        set.insert(ID::new(ClientID::new(client), clock), length);
        set
    }

    fn typed(client: u64, clock: u32, length: u32, within: ID) -> Typed {
        Typed { id: ID::new(ClientID::new(client), clock), length, within }
    }

    #[test]
    fn only_what_somebody_deleted_or_what_stood_in_it_may_be_gone() {
        let paragraph = ID::new(ClientID::new(1), 7);
        let deleted = run(1, 6, 4);
        let one = [typed(2, 10, 3, paragraph)];
        let other = [typed(2, 13, 2, ID::new(ClientID::new(1), 90))];
        let mut gone = deleted.clone();
        gone.merge_with(run(2, 10, 3));
        let nothing = IdSet::default();
        let writers = || [(&deleted, &[][..]), (&nothing, &one[..]), (&nothing, &other[..])].into_iter();
        assert!(unexplained(&gone, writers()).is_empty());
        gone.merge_with(run(2, 13, 1));
        assert_eq!(unexplained(&gone, writers()), run(2, 13, 1), "its paragraph stands, and nobody deleted it");
    }
}
