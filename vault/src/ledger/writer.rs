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

/// The places of events.
type Places = HashMap<Uuid, i64>;

/// The head as it stands, and the leaf in the place that was asked for, where there is one.
struct Head {
    next: i64,
    installation: Uuid,
    leaf: Option<Vec<u8>>,
}

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
        let events: Vec<Uuid> = lines.iter().map(|one| one.line().event.0).collect();
        let (known, recorded) = look(&mut link, &self.known, &events).await?;
        let (places, known) = record(&mut link, lines, known, recorded).await?;
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
        look(&mut link, &self.known, &[]).await?;
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
/// an empty one, an older copy, or that of another installation. Also the places of those events that are recorded already.
async fn look(link: &mut Link, known: &Known, events: &[Uuid]) -> Result<(Known, Places), LedgerDown> {
    let after = known.next - 1;
    let (head, recorded) = match link {
        Link::Sqlite(connection) => sqlite::look(connection, after, events).await?,
        Link::Postgres(connection) => postgres::look(connection, after, events).await?,
    };
    if head.installation != known.installation {
        return Err(LedgerDown::because("the ledger in this place belongs to another installation"));
    }
    if head.next < known.next || head.leaf.as_deref() != known.leaf.as_ref().map(|leaf| leaf.as_slice()) {
        return Err(LedgerDown::because("the ledger in this place does not hold the last line that was recorded"));
    }
    Ok((Known { next: head.next, ..*known }, recorded))
}

/// Gives places to the lines that are new, writes them, moves the head and commits.
async fn record(
    link: &mut Link,
    lines: &[&Prepared],
    known: Known,
    mut place_of: Places,
) -> Result<(Vec<u64>, Known), LedgerDown> {
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
        let leaf = leaf_before(link, &known).await?;
        on_link!(&mut *link, |c| sqlx::raw_sql("COMMIT").execute(&mut *c).await.map(drop))?;
        return Ok((places, Known { leaf, ..known }));
    };
    let leaf = Some(*last_leaf);
    match link {
        Link::Sqlite(connection) => sqlite::insert(connection, &fresh).await?,
        Link::Postgres(connection) => postgres::insert(connection, &fresh).await?,
    }
    move_head(link, known.next, next).await?;
    Ok((places, Known { next, leaf, ..known }))
}

/// Moves the head and commits. A head that is not where it was makes the first statement fail, so that nothing is committed.
async fn move_head(link: &mut Link, from: i64, to: i64) -> Result<(), LedgerDown> {
    let text = format!("UPDATE head SET next = CASE WHEN next = {from} THEN {to} END WHERE one = 1");
    let moved = match link {
        Link::Sqlite(connection) => {
            let moved = sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut *connection).await?.rows_affected();
            sqlx::raw_sql("COMMIT").execute(connection).await?;
            moved
        }
        // Two statements and one way there and back; a COMMIT touches no rows.
        Link::Postgres(connection) => {
            sqlx::raw_sql(AssertSqlSafe(format!("{text}; COMMIT"))).execute(connection).await?.rows_affected()
        }
    };
    if moved != 1 {
        return Err(LedgerDown::because("the ledger has no head"));
    }
    Ok(())
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
