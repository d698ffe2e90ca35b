//! The parent: starts a worker, kills it, checks, and again.

use super::{
    check::{Account, Counts},
    told::{Told, What},
    worker::WORKER,
};
use crate::{Dice, place::Place, town};
use anyhow::{Context, Result, bail, ensure};
use plein_domain::form::FormKind;
use plein_vault::{db::Db, on_db};
use std::{
    fmt,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

/// What to do.
pub struct Plan {
    /// Where the world is; empty yet.
    pub place: Place,
    /// How many times.
    pub kills: u32,
    /// What chance begins with.
    pub seed: u64,
    /// Makes the command that becomes a worker when [`super::WORKER`] is set.
    pub worker: Arc<dyn Fn() -> Command + Send + Sync>,
    /// Whether to tell how far it is.
    pub progress: bool,
    /// Statements that damage the content database after the last check, each with one that repairs it: the check
    /// must notice every damage that touches a row, or it proves nothing.
    pub damage: &'static [(&'static str, &'static str)],
}

/// How it went.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The engine.
    pub engine: &'static str,
    /// Kills.
    pub kills: u32,
    /// Those among them that came while the program started or finished what the kill before left behind.
    pub while_starting: u32,
    /// What there was to check.
    pub counts: Counts,
    /// Writes by the kind of their line.
    pub kinds: Vec<(&'static str, i64)>,
    /// How long it took.
    pub took: Duration,
    /// Damages that the check noticed.
    pub noticed: usize,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { engine, kills, while_starting, counts, kinds, took, noticed: _ } = self;
        let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        write!(
            f,
            "{engine}: {kills} kills ({while_starting} of them while starting) in {} s; {} requests acknowledged, \
             {} of them writes, none lost ({}); {} writes stand without acknowledgement, each with its line; {} permitted \
             intents without outcome, none with a write; {} outcomes were found waiting in the outbox; {} ledger lines; \
             blind index, before the sweep: {} records without a signal, {} superfluous entries; after it none",
            took.as_secs(),
            counts.acknowledged,
            counts.writes,
            kinds.join(", "),
            counts.unacknowledged,
            counts.intents_only,
            counts.waited,
            counts.lines,
            counts.index_orphans,
            counts.index_extras,
        )
    }
}

/// When to kill.
#[derive(Debug, Clone, Copy)]
enum When {
    /// This long after the start, whatever it is doing then.
    AfterStart(Duration),
    /// This long after it began to work.
    AtWork(Duration),
    /// This long after it set out to make its nth write: in the middle of it.
    InWrite(u64, Duration),
    /// As soon as its nth request was acknowledged: nothing may be owed any more.
    Acknowledged(u64),
}

impl When {
    fn next(dice: &mut Dice) -> Self {
        match dice.below(8) {
            0 => Self::AfterStart(Duration::from_millis(dice.below(150))),
            1..4 => Self::AtWork(Duration::from_millis(5 + dice.below(350))),
            4..7 => Self::InWrite(1 + dice.below(12), Duration::from_micros(dice.below(20_000))),
            _ => Self::Acknowledged(1 + dice.below(25)),
        }
    }
}

/// Makes a world, kills its program as often as the plan says, and checks after each kill.
///
/// # Errors
/// Something did not hold; the message begins with the number of the kill and the seed that repeats the choices.
pub async fn run(plan: Plan) -> Result<Outcome> {
    let began = Instant::now();
    let Plan { place, kills, seed, worker, progress, damage } = plan;
    let vault = place.open().await?;
    town::enter(&vault).await?;
    vault.close().await;
    drop(vault);
    let mut account = Account::default();
    let mut dice = Dice::new(seed);
    let mut while_starting = 0;
    for kill in 1..=kills {
        let when = When::next(&mut dice);
        while_starting += u32::from(matches!(when, When::AfterStart(_)));
        let environment = serde_json::to_string(&(&place, dice.roll() >> 8))?;
        let mut command = worker();
        command.env(WORKER, environment);
        let told = tokio::task::spawn_blocking(move || kill_one(&mut command, when)).await?;
        let checked = async {
            told?.into_iter().for_each(|told| account.hear(told));
            place.wait_until_alone().await?;
            if kill % 2 == 0 {
                account.counts.waited += waiting(&place).await?;
            }
            account.check(&place, kill == kills).await
        };
        checked.await.with_context(|| format!("{} kill {kill} (seed {seed}, {when:?})", place.engine()))?;
        if progress && kill % 20 == 0 {
            println!("{}: {kill} of {kills} kills, {} s", place.engine(), began.elapsed().as_secs());
        }
    }
    let (counts, kinds) = (account.counts, account.kinds());
    account.swept(&place).await.context("after the sweep")?;
    let mut noticed = 0;
    for (damage, repair) in damage {
        if execute(&place, damage).await? == 0 {
            continue;
        }
        ensure!(account.check(&place, true).await.is_err(), "the check does not notice: {damage}");
        execute(&place, repair).await?;
        account.check(&place, true).await.with_context(|| format!("after {repair}"))?;
        noticed += 1;
    }
    work_goes_on(&place).await.context("work after the last kill")?;
    Ok(Outcome { engine: place.engine(), kills, while_starting, counts, kinds, took: began.elapsed(), noticed })
}

/// Runs a statement past the vault; how many rows it touched.
async fn execute(place: &Place, statement: &'static str) -> Result<u64> {
    let db: Db = place.outside("content").await?;
    let touched = on_db!(&db, |pool| sqlx::query(statement).execute(pool).await?.rows_affected());
    db.close().await;
    Ok(touched)
}

/// Outcomes that the kill left in the outbox.
async fn waiting(place: &Place) -> Result<u64> {
    let db: Db = place.outside("content").await?;
    let (count,): (i64,) = on_db!(&db, |pool| sqlx::query_as("SELECT count(*) FROM outbox").fetch_one(pool).await?);
    db.close().await;
    Ok(count.unsigned_abs())
}

/// Starts a worker and kills it; what it told until then.
fn kill_one(command: &mut Command, when: When) -> Result<Vec<Told>> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().context("the worker has no output")?;
    let (teller, listener) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            // A test binary says things of its own too.
            if line.starts_with(['{', '"']) && teller.send(line).is_err() {
                break;
            }
        }
    });
    let mut told = Vec::new();
    let waited = wait(when, &listener, &mut told);
    let ended = child.try_wait()?;
    if ended.is_none() {
        // SIGKILL.
        child.kill()?;
    }
    let status = child.wait()?;
    for line in listener {
        told.push(read(&line)?);
    }
    waited?;
    ensure!(ended.is_none(), "the worker ended by itself: {status}");
    killed(&mut child)?;
    Ok(told)
}

fn read(line: &str) -> Result<Told> {
    serde_json::from_str(line).with_context(|| format!("a line that nobody understands: {line}"))
}

fn wait(when: When, listener: &mpsc::Receiver<String>, told: &mut Vec<Told>) -> Result<()> {
    let mut until = |enough: &mut dyn FnMut(&Told) -> bool| -> Result<()> {
        loop {
            let Ok(line) = listener.recv_timeout(Duration::from_secs(60)) else {
                bail!("the worker says nothing more");
            };
            let line = read(&line)?;
            let stop = enough(&line);
            told.push(line);
            if stop {
                return Ok(());
            }
        }
    };
    let mut count = 0;
    match when {
        When::AfterStart(pause) => std::thread::sleep(pause),
        When::AtWork(pause) => {
            until(&mut |told| matches!(told, Told::Ready))?;
            std::thread::sleep(pause);
        }
        When::InWrite(number, pause) => {
            until(&mut |told| {
                count += u64::from(matches!(told, Told::Meant { what: What::Finish { .. }, .. }));
                count >= number
            })?;
            std::thread::sleep(pause);
        }
        When::Acknowledged(number) => until(&mut |told| {
            count += u64::from(matches!(told, Told::Acked { .. }));
            count >= number
        })?,
    }
    Ok(())
}

#[cfg(unix)]
fn killed(child: &mut Child) -> Result<()> {
    use std::os::unix::process::ExitStatusExt;
    let status = child.wait()?;
    ensure!(status.signal() == Some(9), "the worker was not killed: {status}");
    Ok(())
}

#[cfg(not(unix))]
fn killed(_: &mut Child) -> Result<()> {
    Ok(())
}

/// A signal can be logged and seen after all that.
async fn work_goes_on(place: &Place) -> Result<()> {
    let vault = place.open().await?;
    let ports = town::ports(vault.clone());
    let (anna, _) = town::sign_in(&ports, town::ANNA).await?;
    let words = town::Words { marker: "daarna".into(), reporter: true, bsn: town::bsns(1)[0] };
    let draft = ports.drafts.begin(&town::again(&anna), FormKind::NewSignal, None, None).await?;
    ports.drafts.save(&town::again(&anna), draft, None, words.form()).await?;
    let signal = ports.signals.log(&town::again(&anna), draft, None).await?;
    let view = ports.signals.view(&town::again(&anna), signal).await?;
    ensure!(view.fields.facts == Some("feiten daarna".into()) && view.reporter == Some("melder daarna".into()));
    vault.close().await;
    Ok(())
}
