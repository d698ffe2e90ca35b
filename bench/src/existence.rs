//! What a refusal tells by the time it takes. Somebody asks for what exists and is not theirs, and for what does not exist, in
//! turns that chance mixes; both get the same answer. A difference in time that could be told apart would say which it was.

use crate::{
    Dice,
    place::Passing,
    town::{self, ANNA, BRAM, CARLA, CASE_PURPOSE, Words},
};
use anyhow::{Result, ensure};
use plein_domain::{
    form::{FormKind, FormValues},
    ids::*,
    ports::{Asker, Ports},
    problem::Problem,
};
use std::{
    fmt,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Signals, and cases, that are not the asker's.
const THINGS: usize = 40;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
enum Question {
    Signal,
    Versions,
    Viewings,
    Change,
    Draft,
    Case,
    History,
    Plan,
}

impl Question {
    const ALL: [Self; 8] = [
        Self::Signal,
        Self::Versions,
        Self::Viewings,
        Self::Change,
        Self::Draft,
        Self::Case,
        Self::History,
        Self::Plan,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Signal => "a signal",
            Self::Versions => "its versions",
            Self::Viewings => "who saw it",
            Self::Change => "changing it",
            Self::Draft => "a draft",
            Self::Case => "a case",
            Self::History => "its history",
            Self::Plan => "its plan",
        }
    }

    /// Asks, and answers with the refusal.
    async fn ask(self, ports: &Ports, asker: &Asker, id: Uuid) -> Option<Problem> {
        match self {
            Self::Signal => ports.signals.view(asker, SignalId(id)).await.err(),
            Self::Versions => ports.signals.versions(asker, SignalId(id), None).await.err(),
            Self::Viewings => ports.access_log.of_signal(asker, SignalId(id), None).await.err(),
            Self::Change => ports.drafts.begin(asker, FormKind::EditSignal, Some(id), None).await.err(),
            Self::Draft => ports.drafts.read(asker, DraftId(id)).await.err(),
            Self::Case => ports.cases.view(asker, CaseId(id)).await.err(),
            Self::History => ports.cases.history(asker, CaseId(id), 1).await.err(),
            Self::Plan => ports.plans.view(asker, CaseId(id)).await.err(),
        }
    }
}

/// What exists and is somebody else's.
struct Hidden {
    signals: Vec<Uuid>,
    drafts: Vec<Uuid>,
    cases: Vec<Uuid>,
}

impl Hidden {
    fn of(&self, question: Question) -> &[Uuid] {
        match question {
            Question::Signal | Question::Versions | Question::Viewings | Question::Change => &self.signals,
            Question::Draft => &self.drafts,
            Question::Case | Question::History | Question::Plan => &self.cases,
        }
    }
}

/// How long one question took.
#[derive(Debug, Clone)]
struct Row {
    name: &'static str,
    hidden: Vec<Duration>,
    missing: Vec<Duration>,
}

impl Row {
    /// Of all pairs of what exists and what does not, in how many the former took longer: a half when time tells nothing.
    fn longer(&self) -> f64 {
        let below = |took: &Duration| self.missing.partition_point(|one| one < took);
        let same = |took: &Duration| self.missing.partition_point(|one| one <= took) - below(took);
        let all: f64 = self.hidden.iter().map(|took| below(took) as f64 + same(took) as f64 / 2.0).sum();
        all / (self.hidden.len() * self.missing.len()) as f64
    }
}

/// All of one engine.
#[derive(Debug, Clone)]
pub struct Run {
    engine: &'static str,
    rows: Vec<Row>,
}

/// Asks each question so often of what exists, and so often of what does not.
///
/// # Errors
/// A database fails, or the two are not answered alike.
pub async fn run(server: Option<&str>, times: usize) -> Result<Run> {
    let passing = Passing::make("existence", server).await?;
    let vault = passing.place.open().await?;
    town::enter(&vault).await?;
    let ports = town::ports(vault.clone());
    let hidden = hide(&ports).await?;
    let (bram, _) = town::sign_in(&ports, BRAM).await?;
    let mut dice = Dice::new(20_261_130);
    let mut rows = Vec::new();
    for question in Question::ALL {
        let (mut row, mut turn) = (Row { name: question.name(), hidden: Vec::new(), missing: Vec::new() }, 0);
        while row.hidden.len() < times || row.missing.len() < times {
            let exists = dice.chance(50);
            let known = hidden.of(question);
            let id =
                if exists { known[turn % known.len()] } else { Uuid::from_u128(0xabcd_0000 + (turn % 40) as u128) };
            let asker = town::again(&bram);
            let began = Instant::now();
            let refused = question.ask(&ports, &asker, id).await;
            let took = began.elapsed();
            ensure!(refused == Some(Problem::NotFound), "{}: {refused:?}", question.name());
            turn += 1;
            // The first of each find caches empty.
            if turn > times / 10 {
                if exists { &mut row.hidden } else { &mut row.missing }.push(took);
            }
        }
        row.hidden.sort_unstable();
        row.missing.sort_unstable();
        rows.push(row);
    }
    let engine = passing.place.engine();
    vault.close().await;
    drop((ports, vault));
    passing.remove().await?;
    Ok(Run { engine, rows })
}

/// Signals and drafts of Anna, and cases of Carla, none of which Bram may know of.
async fn hide(ports: &Ports) -> Result<Hidden> {
    let (anna, _) = town::sign_in(ports, ANNA).await?;
    let (carla, _) = town::sign_in(ports, CARLA).await?;
    let mut hidden = Hidden { signals: Vec::new(), drafts: Vec::new(), cases: Vec::new() };
    for bsn in town::bsns(2 * THINGS) {
        let words = Words { marker: format!("{bsn} ").repeat(20), reporter: true, bsn };
        let draft = ports.drafts.begin(&town::again(&anna), FormKind::NewSignal, None, None).await?;
        let mut form = words.form();
        for short in ["summary", "place", "reporter", "subject.0.name"] {
            form.set(short, format!("{short} {bsn}"));
        }
        ports.drafts.save(&town::again(&anna), draft, None, form).await?;
        if hidden.signals.len() > hidden.cases.len() {
            hidden.drafts.push(draft.0);
            hidden.cases.push(case(ports, &carla, hidden.signals[hidden.cases.len()]).await?);
        } else {
            hidden.signals.push(ports.signals.log(&town::again(&anna), draft, None).await?.0);
        }
    }
    Ok(hidden)
}

async fn case(ports: &Ports, carla: &Asker, signal: Uuid) -> Result<Uuid> {
    let mut form = FormValues::default();
    for (field, value) in [("title", "titel"), ("summary", "samenvatting"), ("reasons", "redenen")] {
        form.set(field, value);
    }
    form.set("purpose", CASE_PURPOSE.to_string());
    form.push("signal", signal.to_string());
    town::test(&mut form, SignalId(signal), "proef");
    let draft = ports.drafts.begin(&town::again(carla), FormKind::OpenCase, None, None).await?;
    ports.drafts.save(&town::again(carla), draft, None, form).await?;
    Ok(ports.cases.open(&town::again(carla), draft, None).await?.0)
}

impl fmt::Display for Run {
    /// A table in Markdown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "**{}**\n", self.engine)?;
        writeln!(
            f,
            "| asked for | exists: p50 ms | p95 ms | does not: p50 ms | p95 ms | p50 against p50 | took longer when it exists |"
        )?;
        writeln!(f, "|---|---:|---:|---:|---:|---:|---:|")?;
        for row in &self.rows {
            let at = |took: &[Duration], share: usize| {
                took.get(took.len() * share / 100).map_or(f64::NAN, |took| took.as_secs_f64() * 1000.0)
            };
            let (hidden, missing) = (at(&row.hidden, 50), at(&row.missing, 50));
            writeln!(
                f,
                "| {} | {hidden:.3} | {:.3} | {missing:.3} | {:.3} | {:.2} × | {:.0} % |",
                row.name,
                at(&row.hidden, 95),
                at(&row.missing, 95),
                hidden / missing,
                row.longer() * 100.0
            )?;
        }
        Ok(())
    }
}
