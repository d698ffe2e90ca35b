//! One turn: hold the log against what was signed last, and sign what came since.
//!
//! The tree grows from the lines themselves: the first turn after a start reads the whole log, and every line's leaf is
//! computed anew from its fields.

use super::files;
use crate::{
    db::Target,
    ledger::{
        LedgerDown,
        connection::{Link, on_link},
        leaf::LineRow,
    },
};
use plein_domain::{
    checkpoint::CheckpointTrouble as Trouble,
    moment::{Clock, Entropy},
};
use plein_proof::{Checkpoint, Frontier, SigningKey, leaf, origin_of};
use std::{path::PathBuf, sync::Arc};
use uuid::Uuid;

/// Lines read at once.
const AT_ONCE: i64 = 2_000;

/// Why a turn ended without a signature that should be there.
pub(super) struct Stop {
    pub trouble: Trouble,
    pub cause: String,
}

impl Stop {
    fn because(trouble: Trouble, cause: impl std::fmt::Display) -> Self {
        Self { trouble, cause: cause.to_string() }
    }
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        Self::because(Trouble::OutOfReach, error)
    }
}

impl From<LedgerDown> for Stop {
    fn from(down: LedgerDown) -> Self {
        Self::because(Trouble::OutOfReach, down)
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::because(Trouble::OutOfReach, format_args!("the folder of the checkpoints: {error}"))
    }
}

/// A checkpoint that stands in the database.
#[derive(Clone)]
pub(super) struct Signed {
    pub checkpoint: Checkpoint,
    pub note: String,
}

/// How a turn ended.
enum Turned {
    /// Signed up to here.
    Upto(Option<Signed>),
    /// Another node signed meanwhile: to be looked at again.
    Overtaken,
}

/// Who takes the turns.
pub(super) struct Turner {
    target: Target,
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    key: Option<SigningKey>,
    /// The log so far; ends at a checkpoint after each turn.
    tree: Frontier,
}

impl Turner {
    pub fn new(target: Target, folder: PathBuf, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { target, folder, clock, entropy, key: None, tree: Frontier::default() }
    }

    /// The public key, once there is one.
    pub fn key(&self) -> Option<String> {
        self.key.as_ref().map(|key| key.public().to_string())
    }

    /// Takes a turn and answers the checkpoint that reaches furthest.
    pub async fn turn(&mut self) -> Result<Option<Signed>, Stop> {
        let mut link = Link::connect(&self.target).await?;
        let mut turned = self.turn_on(&mut link).await;
        for _ in 0..5 {
            if !matches!(turned, Ok(Turned::Overtaken)) {
                break;
            }
            turned = self.turn_on(&mut link).await;
        }
        link.close().await;
        let turned = turned.and_then(|turned| match turned {
            Turned::Upto(signed) => Ok(signed),
            Turned::Overtaken => Err(Stop::because(Trouble::OutOfReach, "other nodes sign at the same moments")),
        });
        if turned.as_ref().is_err_and(|stop| stop.trouble.is_alarm()) {
            // Whatever is put right meanwhile is looked at from its beginning.
            self.tree = Frontier::default();
        }
        turned
    }

    async fn turn_on(&mut self, link: &mut Link) -> Result<Turned, Stop> {
        let head = "SELECT next, installation FROM head WHERE one = 1";
        let (next, installation): (i64, Uuid) =
            on_link!(&mut *link, |c| sqlx::query_as(head).fetch_one(&mut *c).await?);
        let next = next.unsigned_abs();
        let newest = newest(link).await?;
        self.find_key(&origin_of(installation), newest.is_some())?;
        let last = files::read_last(&self.folder)?;
        let last = last.map(|note| self.opened("the file checkpoint.last", note)).transpose()?;
        let newest = newest.map(|note| self.opened("the newest checkpoint in the database", note)).transpose()?;

        // What is known to have been signed, in the order in which the tree comes by it.
        let mut known: Vec<&Signed> = last.iter().chain(&newest).collect();
        known.sort_by_key(|signed| signed.checkpoint.size);
        let furthest = known.last().map_or(0, |signed| signed.checkpoint.size).max(self.tree.size());
        if furthest > next {
            let cause = format!("it has {next} lines, and had {furthest} when it was signed: an older copy of it?");
            return Err(Stop::because(Trouble::Shorter, cause));
        }
        for signed in &known {
            let size = signed.checkpoint.size;
            grow(link, &mut self.tree, size).await?;
            if self.tree.size() == size && self.tree.root() != signed.checkpoint.root {
                let cause = format!("its first {size} lines are not those that were signed");
                return Err(Stop::because(Trouble::Forked, cause));
            }
        }
        let known = known.last().copied().cloned();
        let missing_row = match (&last, &newest) {
            (Some(last), Some(newest)) => last.checkpoint.size > newest.checkpoint.size,
            (last, newest) => last.is_some() && newest.is_none(),
        };
        if next == furthest {
            let Some(known) = known else { return Ok(Turned::Upto(None)) };
            if missing_row {
                // Signed before a crash, and not written down in the database yet.
                if !self.write_down(link, &known, newest.as_ref()).await? {
                    return Ok(Turned::Overtaken);
                }
            } else if last.is_none_or(|last| last.checkpoint.size < known.checkpoint.size) {
                self.keep_last(&known.note).await?;
            }
            return Ok(Turned::Upto(Some(known)));
        }
        let mut grown = self.tree.clone();
        grow(link, &mut grown, next).await?;
        let signed = self.sign(&grown)?;
        if !self.write_down(link, &signed, newest.as_ref()).await? {
            return Ok(Turned::Overtaken);
        }
        self.tree = grown;
        Ok(Turned::Upto(Some(signed)))
    }

    /// Reads the key, or makes the log's first one.
    fn find_key(&mut self, origin: &str, signed_before: bool) -> Result<(), Stop> {
        if self.key.as_ref().is_some_and(|key| key.public().name() == origin) {
            return Ok(());
        }
        let unreadable = |error: std::io::Error| Stop::because(Trouble::Key, format_args!("checkpoint.key: {error}"));
        let key = match files::read_key(&self.folder).map_err(unreadable)? {
            Some(key) => key,
            None if signed_before => {
                let cause =
                    "the log is signed, and its key is not here: bring checkpoint.key of the other node or from a copy";
                return Err(Stop::because(Trouble::Key, cause));
            }
            None => files::make_key(&self.folder, origin, &*self.entropy)?,
        };
        if key.public().name() != origin {
            let cause = format!("checkpoint.key is of {}, and this is the ledger of {origin}", key.public().name());
            return Err(Stop::because(Trouble::Key, cause));
        }
        self.key = Some(key);
        Ok(())
    }

    fn opened(&self, what: &str, note: String) -> Result<Signed, Stop> {
        let no_key = || Stop::because(Trouble::Key, "there is no key");
        let key = self.key.as_ref().ok_or_else(no_key)?.public();
        match Checkpoint::open(&note, key) {
            Ok(checkpoint) => Ok(Signed { checkpoint, note }),
            Err(fault) => Err(Stop::because(Trouble::Key, format_args!("{what} does not hold: {fault}"))),
        }
    }

    fn sign(&self, tree: &Frontier) -> Result<Signed, Stop> {
        let key = self.key.as_ref().ok_or_else(|| Stop::because(Trouble::Key, "there is no key"))?;
        let checkpoint = Checkpoint {
            origin: key.public().name().to_owned(),
            size: tree.size(),
            root: tree.root(),
            at: Some(self.clock.now()),
        };
        let note = checkpoint.signed(key);
        Ok(Signed { checkpoint, note })
    }

    /// Writes a checkpoint down, as the next one after `newest`, while nobody else can add lines or checkpoints. First to
    /// the file outside, so that the database never knows of more than that does. False when another node was first.
    async fn write_down(&self, link: &mut Link, signed: &Signed, before: Option<&Signed>) -> Result<bool, Stop> {
        link.begin(&self.target).await?;
        let written = async {
            if newest(link).await?.as_ref() != before.map(|before| &before.note) {
                return Ok(false);
            }
            self.keep_last(&signed.note).await?;
            let (size, at) = (i64::try_from(signed.checkpoint.size).unwrap_or(i64::MAX), self.clock.now().0);
            on_link!(&mut *link, |c| {
                sqlx::query("INSERT INTO checkpoints (size, at, note) VALUES ($1, $2, $3)")
                    .bind(size)
                    .bind(at)
                    .bind(signed.note.as_str())
                    .execute(&mut *c)
                    .await?;
                sqlx::raw_sql("COMMIT").execute(&mut *c).await?;
            });
            Ok(true)
        }
        .await;
        if !matches!(written, Ok(true)) {
            // The connection is closed after this; it only must not keep others waiting until then.
            let _ = on_link!(&mut *link, |c| sqlx::raw_sql("ROLLBACK").execute(&mut *c).await.map(drop));
        }
        written
    }

    async fn keep_last(&self, note: &str) -> Result<(), Stop> {
        let (folder, note) = (self.folder.clone(), note.to_owned());
        let written = tokio::task::spawn_blocking(move || files::write_last(&folder, &note)).await;
        Ok(written.map_err(|error| Stop::because(Trouble::OutOfReach, error))??)
    }
}

/// The note over most lines that the database holds.
async fn newest(link: &mut Link) -> Result<Option<String>, Stop> {
    let find = "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1";
    Ok(on_link!(link, |c| sqlx::query_scalar(find).fetch_optional(&mut *c).await?))
}

/// Adds the lines up to `size` to the tree, each one's leaf computed from its fields.
async fn grow(link: &mut Link, tree: &mut Frontier, size: u64) -> Result<(), Stop> {
    let mut bytes = Vec::new();
    while tree.size() < size {
        let from = i64::try_from(tree.size()).unwrap_or(i64::MAX);
        let until = i64::try_from(size).unwrap_or(i64::MAX).min(from.saturating_add(AT_ONCE));
        let rows: Vec<LineRow> = on_link!(&mut *link, |c| {
            sqlx::query_as(
                "SELECT sequence, event, at, trace, kind, outcome, commitment, leaf FROM lines
                 WHERE sequence >= $1 AND sequence < $2 ORDER BY sequence",
            )
            .bind(from)
            .bind(until)
            .fetch_all(&mut *c)
            .await?
        });
        for row in &rows {
            let wrong = |what: &str| Stop::because(Trouble::Edited, format_args!("line {}: {what}", tree.size()));
            if i64::try_from(tree.size()) != Ok(row.sequence) {
                return Err(wrong("it is missing"));
            }
            bytes.clear();
            row.envelope().map_err(wrong)?.write(&mut bytes);
            let leaf = leaf(&bytes);
            if row.leaf != leaf {
                return Err(wrong("its fields are not those that were hashed"));
            }
            tree.push(leaf);
        }
        if tree.size() < until.unsigned_abs() {
            return Err(Stop::because(Trouble::Edited, format_args!("line {}: it is missing", tree.size())));
        }
    }
    Ok(())
}
