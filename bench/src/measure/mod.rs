//! How fast viewings go through the gate, taken apart, and against programs that do nothing but insert the lines.

mod bare;
pub(crate) mod flight;
mod page;

use crate::{
    place::{Passing, Place},
    town::{self, Words},
};
use anyhow::{Context, Result};
use bare::Bare;
pub use flight::Measured;
use flight::in_flight;
use plein_domain::{
    form::FormKind,
    header::ObjectRef,
    ids::*,
    ledger::{Line, LineKind, Outcome, Payload},
    moment::{Clock, random_id},
    ports::Asker,
};
use plein_server::real::{SystemClock, SystemEntropy};
use plein_vault::{Vault, ledger::Ledger, on_db};
use std::{
    fmt,
    io::{Seek, SeekFrom, Write},
    sync::Arc,
    time::{Duration, Instant},
};

/// Requests in flight.
pub const IN_FLIGHT: usize = 64;
/// Signals that can be viewed.
const SIGNALS: usize = 300;

/// All of one engine.
#[derive(Debug, Clone)]
pub struct Run {
    /// The engine.
    pub engine: &'static str,
    /// Writes of 4 kB made durable per second, one after another, in the folder for temporary files.
    pub syncs: f64,
    /// Bytes of a sealed payload, by which the bare programs' rows are cut.
    pub sealed: usize,
    /// Gate and store, decision, record; then the bare programs.
    pub parts: Vec<Measured>,
    /// A whole page, with its ledger and with one that records nothing.
    pub pages: [Measured; 2],
}

const VIEWINGS: &str = "viewings: decide, record, read";
const DECIDE: &str = "decide alone";
const RECORD: &str = "record alone";
const EACH: &str = "bare: one connection, each line committed";
const BATCHES: &str = "bare: one connection, batches of 64";

/// Measures one engine: SQLite, or PostgreSQL with the URL of a superuser. Each part takes `each`.
///
/// # Errors
/// A database fails.
pub async fn run(server: Option<&str>, each: Duration) -> Result<Run> {
    let mut parts = Vec::new();
    let passing = Passing::make("bench", server).await?;
    let syncs = syncs(&passing.place)?;
    let engine = passing.place.engine();
    let (vault, anna, signals) = world(&passing.place).await?;
    parts.push(viewings(&vault, &anna, &signals, each).await?);
    parts.push(decisions(&vault, &anna, &signals, each).await?);
    vault.close().await;
    drop(vault);
    passing.remove().await?;

    let passing = Passing::make("bench", server).await?;
    let pages = page::pages(&passing.place, each * 2).await?;
    passing.remove().await?;

    // Each of the others begins with an empty ledger too.
    let passing = Passing::make("bench", server).await?;
    let keyring = passing.place.keyring().await?;
    let ledger = Arc::new(passing.place.ledger(keyring.clone()).await?);
    parts.push(records(&ledger, &anna, &signals, each).await?);
    ledger.shutdown().await;
    keyring.close().await;
    let sealed = sealed(&passing.place).await?;
    passing.remove().await?;
    for (name, batch) in [(EACH, 1), (BATCHES, 64)] {
        let passing = Passing::make("bench", server).await?;
        let bare = Bare::connect(&passing.place).await?;
        parts.push(bare.measure(name, batch, sealed, each).await?);
        passing.remove().await?;
    }
    Ok(Run { engine, syncs, sealed, parts, pages })
}

/// A municipality with signals to view.
async fn world(place: &Place) -> Result<(Arc<Vault>, Asker, Vec<SignalId>)> {
    let vault = place.open().await?;
    town::enter(&vault).await?;
    let ports = town::ports(vault.clone());
    let (anna, _) = town::sign_in(&ports, town::ANNA).await?;
    let bsns = town::bsns(SIGNALS);
    let mut signals = Vec::with_capacity(SIGNALS);
    for bsn in bsns {
        // As long as what people write.
        let words = Words { marker: format!("{bsn} ").repeat(50), reporter: true, bsn };
        let mut form = words.form();
        for short in ["summary", "place", "reporter", "subject.0.name"] {
            form.set(short, format!("{short} {bsn}"));
        }
        let draft = ports.drafts.begin(&town::again(&anna), FormKind::NewSignal, None, None).await?;
        ports.drafts.save(&town::again(&anna), draft, None, form).await?;
        signals.push(ports.signals.log(&town::again(&anna), draft, None).await?);
    }
    Ok((vault, anna, signals))
}

async fn viewings(vault: &Arc<Vault>, anna: &Asker, signals: &[SignalId], each: Duration) -> Result<Measured> {
    in_flight(VIEWINGS, IN_FLIGHT, each, |number| {
        let (vault, asker, signal) = (vault.clone(), town::again(anna), signals[number % signals.len()]);
        async move {
            let permit = vault.gate.view_signal(&asker, signal).await?;
            let parts = vault.signals.view(permit).await?;
            parts.whole.context("the whole signal").map(drop)
        }
    })
    .await
}

/// Header and policies, the same way as for a viewing, but for a form that leaves no line until something is read.
async fn decisions(vault: &Arc<Vault>, anna: &Asker, signals: &[SignalId], each: Duration) -> Result<Measured> {
    in_flight(DECIDE, IN_FLIGHT, each, |number| {
        let (vault, asker, signal) = (vault.clone(), town::again(anna), signals[number % signals.len()]);
        async move { Ok(vault.gate.may_write(&asker, FormKind::EditSignal, signal.0).await?) }
    })
    .await
}

async fn records(ledger: &Arc<Ledger>, anna: &Asker, signals: &[SignalId], each: Duration) -> Result<Measured> {
    in_flight(RECORD, IN_FLIGHT, each, |number| {
        let (ledger, line) = (ledger.clone(), line(anna, signals[number % signals.len()].into()));
        async move { Ok(ledger.append(vec![line]).await.map(drop)?) }
    })
    .await
}

/// The line of a viewing, as the gate makes it.
fn line(asker: &Asker, object: ObjectRef) -> Line {
    Line {
        event: random_id(&SystemEntropy),
        at: SystemClock.now(),
        trace: random_id(&SystemEntropy),
        kind: LineKind::Opened,
        outcome: Outcome::Permitted,
        payload: Payload {
            actor: asker.person.id,
            actor_name: asker.person.name.clone(),
            department: asker.person.department.id,
            department_name: asker.person.department.name.clone(),
            role: "member".into(),
            user_is_requestor: true,
            objects: vec![object],
            case: None,
            purpose: "intake".into(),
            reason: String::new(),
            policies: vec!["department-views-own-signals".into()],
            network: asker.network.clone(),
        },
    }
}

/// How many bytes the ledger kept sealed per line.
async fn sealed(place: &Place) -> Result<usize> {
    let db = place.outside("ledger").await?;
    let (bytes,): (i64,) = on_db!(&db, |pool| {
        sqlx::query_as("SELECT CAST(avg(length(sealed)) AS BIGINT) FROM payloads").fetch_one(pool).await?
    });
    db.close().await;
    Ok(usize::try_from(bytes)?)
}

/// What the disk can do: one small write after another over a file that is there already, each made durable.
fn syncs(place: &Place) -> Result<f64> {
    const BLOCKS: u64 = 1024;
    let block = [0x5a; 4096];
    let mut file = std::fs::File::create(place.folder.join("syncs"))?;
    for _ in 0..BLOCKS {
        file.write_all(&block)?;
    }
    file.sync_all()?;
    let (began, mut count) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_secs(2) {
        file.seek(SeekFrom::Start(count % BLOCKS * 4096))?;
        file.write_all(&block)?;
        file.sync_data()?;
        count += 1;
    }
    Ok(count as f64 / began.elapsed().as_secs_f64())
}

impl Run {
    fn rate(&self, name: &str) -> f64 {
        self.parts.iter().find(|part| part.name == name).map_or(f64::NAN, |part| part.per_second)
    }
}

impl fmt::Display for Run {
    /// A table in Markdown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "**{}**: {IN_FLIGHT} requests in flight; the disk takes {:.0} durable writes of 4 kB per second one after \
             another; a line's sealed part is {} bytes.\n",
            self.engine, self.syncs, self.sealed
        )?;
        writeln!(f, "| | per second | p50 ms | p99 ms | against each line committed | against batches of 64 |")?;
        writeln!(f, "|---|---:|---:|---:|---:|---:|")?;
        let (each, batches) = (self.rate(EACH), self.rate(BATCHES));
        for Measured { name, per_second, p50, p99, .. } in &self.parts {
            let milliseconds = |took: &Duration| took.as_secs_f64() * 1000.0;
            let (p50, p99) = (milliseconds(p50), milliseconds(p99));
            let (each, batches) = (per_second / each, per_second / batches);
            writeln!(f, "| {name} | {per_second:.0} | {p50:.2} | {p99:.2} | {each:.2} × | {batches:.2} × |")?;
        }
        let [with, without] = &self.pages;
        writeln!(f, "\n| | pages per second | p50 ms | p99 ms | against without |\n|---|---:|---:|---:|---:|")?;
        for Measured { name, per_second, p50, p99, .. } in [with, without] {
            let (p50, p99) = (p50.as_secs_f64() * 1000.0, p99.as_secs_f64() * 1000.0);
            let against = per_second / without.per_second;
            writeln!(f, "| {name} | {per_second:.0} | {p50:.2} | {p99:.2} | {against:.2} × |")?;
        }
        Ok(())
    }
}
