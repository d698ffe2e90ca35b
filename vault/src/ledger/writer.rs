//! Writing one batch: checks that this is still the same ledger, gives each line its place, commits.
//!
//! Every error drops the connection, whatever the error was: the next batch starts from a fresh one, so that the
//! ledger goes on by itself once its database is back. What must never happen here: an answer before the commit, or
//! a commit to a file that nobody will find again.

mod postgres;
mod sqlite;

use super::{
    LedgerDown,
    connection::{Link, Stamp, on_link, prepare, reading_pool},
    leaf::Prepared,
};
use crate::db::{Db, Target};
use plein_domain::moment::{Entropy, random_id};
use sqlx::AssertSqlSafe;
use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
    time::Duration,
};
use tokio::time::Instant;
use uuid::Uuid;

/// Between two attempts to connect.
const PAUSE: Duration = Duration::from_millis(200);

/// A line that gets its place in this batch: the place, the leaf, the line.
type Fresh<'a> = (i64, [u8; 32], &'a Prepared);

/// What is remembered of the ledger, to recognise it.
#[derive(Debug, Clone, Copy)]
struct Known {
    installation: Uuid,
    /// The place after the last line seen.
    next: i64,
    /// The leaf of the last line seen, when there is one.
    leaf: Option<[u8; 32]>,
}

/// The sequencer's hand.
pub(super) struct Writer {
    target: Target,
    link: Option<Link>,
    /// The file the link leads to.
    stamp: Stamp,
    known: Known,
    not_before: Option<Instant>,
}

impl Writer {
    /// Opens the ledger, makes it where it is not there, and remembers where it ends. Also a pool for reading it.
    pub(super) async fn open(target: Target, entropy: &dyn Entropy) -> Result<(Self, Db), LedgerDown> {
        prepare(&target).await?;
        let mut link = Link::connect(&target).await?;
        let known = first_look(&mut link, entropy).await?;
        let stamp = Stamp::of(&target)?;
        let reading = reading_pool(&target)?;
        Ok((Self { target, link: Some(link), stamp, known, not_before: None }, reading))
    }

    /// Records a batch and answers with the places, in order. On any error nothing is acknowledged and the connection
    /// is dropped.
    pub(super) async fn write(&mut self, lines: &[&Prepared], reading: &RwLock<Db>) -> Result<Vec<u64>, LedgerDown> {
        let written = self.try_write(lines, reading).await;
        if written.is_err() {
            self.disconnect();
        }
        written
    }

    /// Lets go of the connection, with all that it had begun.
    pub(super) fn disconnect(&mut self) {
        self.link = None;
        self.not_before = Some(Instant::now() + PAUSE);
    }

    /// What the connection says about durability.
    pub(super) async fn settings(&mut self) -> Result<Vec<(String, String)>, LedgerDown> {
        match &mut self.link {
            Some(link) => Ok(link.settings().await?),
            None => Ok(Link::connect(&self.target).await?.settings().await?),
        }
    }

    pub(super) async fn close(self) {
        if let Some(link) = self.link {
            link.close().await;
        }
    }

    async fn try_write(&mut self, lines: &[&Prepared], reading: &RwLock<Db>) -> Result<Vec<u64>, LedgerDown> {
        let same = self.stamp.still_is(Stamp::of(&self.target)?);
        let mut link = match self.link.take() {
            Some(link) if same => link,
            old => {
                if let Some(old) = old {
                    old.close().await;
                }
                self.reconnect(reading).await?
            }
        };
        link.begin(&self.target).await?;
        let known = look(&mut link, &self.known).await?;
        let (places, known) = record(&mut link, lines, known).await?;
        on_link!(&mut link, |c| sqlx::raw_sql("COMMIT").execute(&mut *c).await.map(drop))?;
        // Asked again after the commit: what went to a file that has been taken away meanwhile is not acknowledged.
        let now = Stamp::of(&self.target)?;
        if !self.stamp.still_is(now) {
            return Err(LedgerDown::because("the ledger's file was taken away during a commit"));
        }
        self.stamp = now;
        self.known = known;
        self.link = Some(link);
        Ok(places)
    }

    async fn reconnect(&mut self, reading: &RwLock<Db>) -> Result<Link, LedgerDown> {
        if let Some(not_before) = self.not_before.take() {
            tokio::time::sleep_until(not_before).await;
        }
        let before = Stamp::of(&self.target)?;
        if !self.stamp.still_is(before) {
            renew(reading, &self.target).await?;
        }
        let mut link = Link::connect(&self.target).await?;
        look(&mut link, &self.known).await?;
        let now = Stamp::of(&self.target)?;
        if !before.same_file(now) {
            return Err(LedgerDown::because("the ledger's file was replaced while it was opened"));
        }
        if !self.stamp.same_file(now) {
            // Another file with the right head and the right last line, such as one put back from a copy. Checked
            // through, because a write-ahead log left over from the old file would have damaged it.
            check_through(&mut link).await?;
            tracing::warn!("the ledger's file was put back: same installation, same last line");
        }
        self.stamp = now;
        Ok(link)
    }
}

/// Puts a fresh reading pool in the place of one that has the old file open, and waits until that is closed: SQLite
/// shares what it knows of a write-ahead log among a process's connections, and would go on with that of the old one.
async fn renew(reading: &RwLock<Db>, target: &Target) -> Result<(), LedgerDown> {
    let fresh = reading_pool(target)?;
    let old = std::mem::replace(&mut *reading.write().unwrap_or_else(PoisonError::into_inner), fresh);
    let closing = tokio::time::timeout(Duration::from_secs(1), old.close()).await;
    closing.map_err(|_| LedgerDown::because("somebody is still reading the file that was taken away"))
}

async fn check_through(link: &mut Link) -> Result<(), LedgerDown> {
    if let Link::Sqlite(connection) = link {
        let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(connection).await?;
        if verdict != "ok" {
            return Err(LedgerDown::because("the file in the ledger's place is damaged"));
        }
    }
    Ok(())
}

/// Reads the head, making it for a new ledger, and the last line.
async fn first_look(link: &mut Link, entropy: &dyn Entropy) -> Result<Known, LedgerDown> {
    let find = "SELECT next, installation FROM head WHERE one = 1";
    let (next, installation): (i64, Uuid) = on_link!(&mut *link, |c| {
        if sqlx::query(find).fetch_optional(&mut *c).await?.is_none() {
            let made = sqlx::query(
                "INSERT INTO head (one, next, installation) VALUES (1, 0, $1) ON CONFLICT (one) DO NOTHING",
            )
            .bind(random_id::<Uuid>(entropy))
            .execute(&mut *c)
            .await;
            if let Err(error) = made {
                // Another process may have made it at the same moment; if not, the next statement says so.
                tracing::debug!(%error, "the ledger's head was not made here");
            }
        }
        sqlx::query_as(find).fetch_one(&mut *c).await?
    });
    let known = Known { installation, next, leaf: None };
    let leaf: Option<Vec<u8>> = on_link!(&mut *link, |c| {
        sqlx::query_scalar("SELECT leaf FROM lines WHERE sequence = $1").bind(next - 1).fetch_optional(&mut *c).await?
    });
    match (next, leaf.map(<[u8; 32]>::try_from)) {
        (0, None) => Ok(known),
        (_, Some(Ok(leaf))) => Ok(Known { leaf: Some(leaf), ..known }),
        _ => Err(LedgerDown::because("the ledger's head does not fit its lines")),
    }
}

/// Takes hold of the head, and makes sure that this is the ledger that is remembered, no shorter than remembered: not
/// an empty one, an older copy, or that of another installation.
async fn look(link: &mut Link, known: &Known) -> Result<Known, LedgerDown> {
    type Head = (i64, Uuid, Option<Vec<u8>>);
    let find = "SELECT next, installation, (SELECT leaf FROM lines WHERE sequence = $1) FROM head WHERE one = 1";
    let (next, installation, leaf): Head = match link {
        Link::Sqlite(c) => sqlx::query_as(find).bind(known.next - 1).fetch_one(c).await?,
        // Besides the advisory lock, so that a program that does not know of it cannot come in between.
        Link::Postgres(c) => {
            let hold = format!("{find} FOR UPDATE OF head");
            sqlx::query_as(AssertSqlSafe(hold)).bind(known.next - 1).fetch_one(c).await?
        }
    };
    if installation != known.installation {
        return Err(LedgerDown::because("the ledger in this place belongs to another installation"));
    }
    if next < known.next || leaf.as_deref() != known.leaf.as_ref().map(|leaf| leaf.as_slice()) {
        return Err(LedgerDown::because("the ledger in this place does not hold the last line that was recorded"));
    }
    Ok(Known { next, ..*known })
}

/// Gives places to the lines that are new, writes them and moves the head.
async fn record(link: &mut Link, lines: &[&Prepared], known: Known) -> Result<(Vec<u64>, Known), LedgerDown> {
    let mut place_of = recorded_already(link, lines).await?;
    let mut next = known.next;
    let mut fresh: Vec<Fresh<'_>> = Vec::with_capacity(lines.len());
    let mut places = Vec::with_capacity(lines.len());
    for prepared in lines {
        let place = *place_of.entry(prepared.line().event.0).or_insert_with(|| {
            fresh.push((next, prepared.leaf_at(next.unsigned_abs()), prepared));
            next += 1;
            next - 1
        });
        places.push(place.unsigned_abs());
    }
    let Some((_, last_leaf, _)) = fresh.last() else {
        return Ok((places, Known { leaf: leaf_before(link, &known).await?, ..known }));
    };
    let last_leaf = *last_leaf;
    insert(link, &fresh).await?;
    let moved = on_link!(&mut *link, |c| {
        sqlx::query("UPDATE head SET next = $1 WHERE one = 1 AND next = $2")
            .bind(next)
            .bind(known.next)
            .execute(&mut *c)
            .await?
            .rows_affected()
    });
    if moved != 1 {
        return Err(LedgerDown::because("the ledger's head moved during a batch"));
    }
    Ok((places, Known { next, leaf: Some(last_leaf), ..known }))
}

/// The leaf of the last line, which another node may have written.
async fn leaf_before(link: &mut Link, known: &Known) -> Result<Option<[u8; 32]>, LedgerDown> {
    let leaf: Option<Vec<u8>> = on_link!(&mut *link, |c| {
        sqlx::query_scalar("SELECT leaf FROM lines WHERE sequence = $1")
            .bind(known.next - 1)
            .fetch_optional(&mut *c)
            .await?
    });
    leaf.map(<[u8; 32]>::try_from).transpose().map_err(|_| LedgerDown::because("a leaf has not 32 bytes"))
}

/// The places of those events that are recorded already.
async fn recorded_already(link: &mut Link, lines: &[&Prepared]) -> Result<HashMap<Uuid, i64>, LedgerDown> {
    let events: Vec<Uuid> = lines.iter().map(|one| one.line().event.0).collect();
    match link {
        Link::Sqlite(connection) => sqlite::recorded_already(connection, &events).await,
        Link::Postgres(connection) => postgres::recorded_already(connection, &events).await,
    }
    .map_err(LedgerDown::from)
}

async fn insert(link: &mut Link, fresh: &[Fresh<'_>]) -> Result<(), LedgerDown> {
    match link {
        Link::Sqlite(connection) => sqlite::insert(connection, fresh).await?,
        Link::Postgres(connection) => postgres::insert(connection, fresh).await?,
    }
    Ok(())
}
