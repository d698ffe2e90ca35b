//! The worker: two members and a coordinator who work at the same time until somebody kills them.

use super::told::{Told, What, Written, tell};
use crate::{
    Dice,
    place::Place,
    town::{self, ANNA, BRAM, CARLA, CASE_PURPOSE, Words},
};
use anyhow::{Context, Result, bail};
use plein_domain::{
    form::{FormKind, FormValues},
    ids::*,
    list::{CandidateList, CaseList, SignalList},
    ports::{Asker, Ports},
    problem::{Answer, Problem},
    purpose::StatedPurpose,
};
use std::io::Read;
use uuid::Uuid;

/// The environment variable that makes a program a worker: its place and seed.
pub const WORKER: &str = "PLEIN_CRASH_WORKER";

/// Works until killed. Called by the program that the parent started with [`WORKER`] set.
///
/// # Errors
/// Something was refused that must be possible.
pub fn work() -> Result<()> {
    let (place, seed): (Place, u64) = serde_json::from_str(&std::env::var(WORKER)?)?;
    // Without a parent there is nobody to work for.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0; 1]);
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let ports = town::ports(place.open().await?);
        let mut desks = Vec::new();
        for (number, person) in (0..).zip([ANNA, BRAM, CARLA]) {
            let (asker, token) = town::sign_in(&ports, person).await?;
            tell(&Told::SignedIn { person, token })?;
            desks.push(Desk { ports: ports.clone(), asker, dice: Dice::new(seed * 3 + number) });
        }
        let [anna, bram, carla] = <[Desk; 3]>::try_from(desks).ok().context("three desks")?;
        tell(&Told::Ready)?;
        tokio::try_join!(anna.member(), bram.member(), carla.coordinator())?;
        bail!("work never ends")
    })
}

/// Somebody at work.
struct Desk {
    ports: Ports,
    asker: Asker,
    dice: Dice,
}

/// Failures that belong to the game: somebody else was first, or a database was busy. Nothing was acknowledged.
fn tolerated(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Stale(_) | Problem::Invalid(_) | Problem::NotFound | Problem::NotAllowed | Problem::Unavailable(_)
    )
}

impl Desk {
    fn marker(&mut self) -> String {
        format!("merk{:016x}", self.dice.roll())
    }

    fn words(&mut self) -> Words {
        let bsns = town::bsns(12);
        let bsn = self.dice.one_of(&bsns).unwrap_or_default();
        Words { marker: self.marker(), reporter: self.dice.chance(50), bsn }
    }

    async fn member(mut self) -> Result<()> {
        let rows = self.ports.signals.list(&town::again(&self.asker), SignalList::default()).await?.rows;
        let mut mine: Vec<SignalId> = rows.into_iter().map(|row| row.head.id).collect();
        loop {
            let known = self.dice.one_of(&mine);
            let done = match (self.dice.below(100), known) {
                (0..45, _) | (_, None) => self.log(&mut mine).await,
                (45..75, Some(signal)) => self.change(signal).await,
                (_, Some(signal)) => self.view(signal).await,
            };
            self.go_on(done)?;
        }
    }

    fn go_on(&self, done: Answer<()>) -> Result<()> {
        match done {
            Ok(()) => Ok(()),
            Err(problem) if tolerated(&problem) => Ok(()),
            Err(problem) => bail!("{}: {problem:?}", self.asker.person.name),
        }
    }

    /// Makes a request of which the parent is to know, before and after.
    async fn told<T>(&self, what: What, request: impl AsyncFnOnce(&Asker) -> Answer<T>) -> Answer<T> {
        let asker = town::again(&self.asker);
        let say = |told: Told| tell(&told).unwrap_or_else(|_| std::process::exit(0));
        say(Told::Meant { trace: asker.trace, by: asker.person.id, what });
        let answer = request(&asker).await?;
        say(Told::Acked { trace: asker.trace });
        Ok(answer)
    }

    /// Begins a form, or takes it up again; also what it is about and the version on the screen.
    async fn begin(&self, kind: FormKind, object: Option<Uuid>, part: Option<Uuid>) -> Answer<(DraftId, Uuid, i64)> {
        let draft = self.ports.drafts.begin(&town::again(&self.asker), kind, object, part).await?;
        let begun = self.ports.drafts.read(&town::again(&self.asker), draft).await?;
        Ok((draft, begun.object, begun.base_version))
    }

    async fn save(&self, draft: DraftId, mut values: FormValues, marker: &str) -> Answer<()> {
        // No form reads this field, but a draft keeps whatever was typed.
        values.set("marker", marker);
        let what = What::Save { draft, marker: marker.to_owned() };
        self.told(what, async |asker| self.ports.drafts.save(asker, draft, None, values).await.map(drop)).await
    }

    /// Sends a form in; after somebody else's change once more, on top of that. Otherwise the draft is thrown away.
    async fn finish(&self, draft: DraftId, base: i64, write: impl Fn(i64) -> Written) -> Answer<bool> {
        let mut base = base;
        for _ in 0..3 {
            let written = write(base);
            let (ports, form) = (&self.ports, written.form());
            let what = What::Finish { draft, write: written };
            let sent = self.told(what, async |asker| match form {
                FormKind::NewSignal => ports.signals.log(asker, draft, None).await.map(drop),
                FormKind::EditSignal => ports.signals.edit(asker, draft, None).await.map(drop),
                FormKind::OpenCase => ports.cases.open(asker, draft, None).await.map(drop),
                FormKind::LinkSignal => ports.cases.link(asker, draft, None).await.map(drop),
                FormKind::UnlinkSignal => ports.cases.unlink(asker, draft, None).await.map(drop),
                FormKind::Team => ports.cases.set_team(asker, draft, None).await.map(drop),
            });
            match sent.await {
                Ok(()) => return Ok(true),
                Err(Problem::Stale(_)) => {
                    base = self.ports.drafts.rebase(&town::again(&self.asker), draft, true).await?.base_version;
                }
                Err(problem @ Problem::Unavailable(_)) => return Err(problem),
                Err(problem) if tolerated(&problem) => break,
                Err(problem) => return Err(problem),
            }
        }
        self.told(What::Discard { draft }, async |asker| self.ports.drafts.discard(asker, draft).await).await?;
        Ok(false)
    }

    async fn log(&mut self, mine: &mut Vec<SignalId>) -> Answer<()> {
        let words = self.words();
        let (draft, object, base) = self.begin(FormKind::NewSignal, None, None).await?;
        self.save(draft, words.form(), &words.marker).await?;
        let signal = SignalId(object);
        if self.finish(draft, base, |_| Written::Signal { signal, words: words.clone() }).await? {
            mine.push(signal);
        }
        Ok(())
    }

    async fn change(&mut self, signal: SignalId) -> Answer<()> {
        let words = self.words();
        let (draft, _, base) = self.begin(FormKind::EditSignal, Some(signal.0), None).await?;
        self.save(draft, words.form(), &words.marker).await?;
        let write = |base| Written::Change { signal, version: base + 1, words: words.clone() };
        self.finish(draft, base, write).await.map(drop)
    }

    async fn view(&self, signal: SignalId) -> Answer<()> {
        self.told(What::View { signal }, async |asker| self.ports.signals.view(asker, signal).await.map(drop)).await
    }

    async fn coordinator(mut self) -> Result<()> {
        let rows = self.ports.cases.list(&town::again(&self.asker), CaseList::default()).await?.rows;
        let mut cases: Vec<CaseId> = rows.into_iter().map(|row| row.head.id).collect();
        let mut waiting: Vec<SignalId> = Vec::new();
        loop {
            if waiting.is_empty() {
                let found = self.ports.cases.candidates(&town::again(&self.asker), CandidateList::default(), &[]).await;
                waiting = found.unwrap_or_default().rows.into_iter().map(|one| one.head.id).collect();
            }
            if let Some(case) = self.dice.one_of(&cases) {
                self.turn_to(case).await?;
                let done = match self.dice.below(100) {
                    0..30 => self.link(case, &mut waiting).await,
                    30..50 => self.unlink(case, &mut waiting).await,
                    50..70 => self.team(case).await,
                    _ => self.open(&mut cases, &mut waiting).await,
                };
                self.go_on(done)?;
            } else {
                let done = self.open(&mut cases, &mut waiting).await;
                self.go_on(done)?;
            }
        }
    }

    /// States a case's purpose, and none of another case.
    async fn turn_to(&mut self, case: CaseId) -> Result<()> {
        let stated = StatedPurpose::Case(case);
        match self.ports.sessions.state_purpose(&town::again(&self.asker), stated).await {
            Err(problem) if !tolerated(&problem) => bail!("stating a purpose: {problem:?}"),
            _ => self.asker.purposes = vec![StatedPurpose::Intake, stated],
        }
        Ok(())
    }

    fn take(&mut self, waiting: &mut Vec<SignalId>) -> Option<SignalId> {
        let one = self.dice.one_of(waiting)?;
        waiting.retain(|other| *other != one);
        Some(one)
    }

    fn some_team(&mut self) -> Vec<PersonId> {
        let mut team = vec![ANNA, BRAM];
        team.retain(|_| self.dice.chance(50));
        team
    }

    async fn open(&mut self, cases: &mut Vec<CaseId>, waiting: &mut Vec<SignalId>) -> Answer<()> {
        let count = 1 + self.dice.below(3);
        let signals: Vec<SignalId> = (0..count).filter_map(|_| self.take(waiting)).collect();
        if signals.is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            return Ok(());
        }
        let (marker, team) = (self.marker(), self.some_team());
        let mut form = FormValues::default();
        form.set("title", format!("titel {marker}"));
        form.set("summary", format!("samenvatting {marker}"));
        form.set("purpose", CASE_PURPOSE.to_string());
        form.set("reasons", format!("redenen {marker}"));
        for signal in &signals {
            form.push("signal", signal.to_string());
            town::test(&mut form, *signal, &marker);
        }
        team.iter().for_each(|person| form.push("member", person.to_string()));
        let (draft, object, base) = self.begin(FormKind::OpenCase, None, None).await?;
        self.save(draft, form, &marker).await?;
        let case = CaseId(object);
        let write = |_| Written::Case { case, marker: marker.clone(), signals: signals.clone(), team: team.clone() };
        if self.finish(draft, base, write).await? {
            cases.push(case);
        }
        Ok(())
    }

    async fn link(&mut self, case: CaseId, waiting: &mut Vec<SignalId>) -> Answer<()> {
        let Some(signal) = self.take(waiting) else { return Ok(()) };
        let marker = self.marker();
        let mut form = FormValues::default();
        town::test(&mut form, signal, &marker);
        let (draft, _, base) = self.begin(FormKind::LinkSignal, Some(case.0), Some(signal.0)).await?;
        self.save(draft, form, &marker).await?;
        self.finish(draft, base, |_| Written::Link { case, signal, marker: marker.clone() }).await.map(drop)
    }

    async fn unlink(&mut self, case: CaseId, waiting: &mut Vec<SignalId>) -> Answer<()> {
        let view = self.ports.cases.view(&town::again(&self.asker), case).await?;
        let standing: Vec<(LinkId, SignalId)> =
            view.links.iter().filter(|link| link.unlinked.is_none()).map(|link| (link.id, link.signal.id)).collect();
        let Some((link, signal)) = self.dice.one_of(&standing) else { return Ok(()) };
        let marker = self.marker();
        let mut form = FormValues::default();
        form.set("reason", format!("reden {marker}"));
        let (draft, _, base) = self.begin(FormKind::UnlinkSignal, Some(case.0), Some(link.0)).await?;
        self.save(draft, form, &marker).await?;
        let write = |_| Written::Unlink { case, link, signal, marker: marker.clone() };
        if self.finish(draft, base, write).await? {
            waiting.push(signal);
        }
        Ok(())
    }

    async fn team(&mut self, case: CaseId) -> Answer<()> {
        let (marker, team) = (self.marker(), self.some_team());
        let mut form = FormValues::default();
        team.iter().for_each(|person| form.push("member", person.to_string()));
        let (draft, _, base) = self.begin(FormKind::Team, Some(case.0), None).await?;
        self.save(draft, form, &marker).await?;
        self.finish(draft, base, |_| Written::Team { case, team: team.clone() }).await.map(drop)
    }
}
