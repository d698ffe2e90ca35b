//! The three accounts held against each other.

use super::{
    facts::{Facts, Opener, Seen, lines, same},
    told::{Told, What, Written},
};
use crate::{
    place::Place,
    town::{self, Words},
};
use anyhow::{Context, Result, ensure};
use plein_domain::{
    form::{FormKind, FormValues},
    ids::*,
    ledger::{LineKind, Outcome},
    moment::Moment,
};
use plein_vault::{
    db::Db,
    keyring::{KeyKind, Keyring},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::Range,
    sync::Arc,
};
use uuid::Uuid;

/// A request that a worker told of.
struct Request {
    trace: TraceId,
    by: PersonId,
    what: What,
    acked: bool,
}

/// What is known of a draft.
#[derive(Default)]
struct Typing {
    /// What may stand in it: what was kept last and acknowledged, and what was sent after that.
    possible: Vec<String>,
    /// Whether a saving was ever acknowledged.
    kept: bool,
    /// Whether it may have been thrown away.
    discarding: bool,
}

/// All that is known of a world while it is killed again and again.
#[derive(Default)]
pub(super) struct Account {
    requests: Vec<Request>,
    by_trace: HashMap<TraceId, usize>,
    sessions: Vec<(PersonId, String)>,
    lines: Vec<Seen>,
    drafts: HashMap<DraftId, Typing>,
    /// What follows from the `done` lines so far.
    done: BTreeMap<&'static str, i64>,
    case_changes: HashMap<Uuid, i64>,
    team: HashMap<Uuid, BTreeSet<Uuid>>,
    bsn: HashMap<Uuid, (i64, u32)>,
    /// Requests and lines that were held against the databases before.
    checked: usize,
    pub counts: Counts,
}

/// What there was to check.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Requests that were acknowledged before a kill.
    pub acknowledged: u64,
    /// Those among them that were writes with an outcome line.
    pub writes: u64,
    /// Writes that stand though the kill came before their acknowledgement.
    pub unacknowledged: u64,
    /// Writes that were permitted and recorded as such, and then did not happen.
    pub intents_only: u64,
    /// Outcomes found in the outbox after a kill, before the vault was opened (looked at after every other kill).
    pub waited: u64,
    /// Lines in the ledger.
    pub lines: u64,
    /// Records in the blind index that no signal stands for: keys and index come before the record.
    pub index_orphans: u64,
    /// Signals that the blind index also finds by an identifier they no longer or not yet have.
    pub index_extras: u64,
}

impl Account {
    /// Takes down what a worker told.
    pub fn hear(&mut self, told: Told) {
        match told {
            Told::Ready => {}
            Told::SignedIn { person, token } => self.sessions.push((person, token)),
            Told::Meant { trace, by, what } => {
                match &what {
                    What::Save { draft, marker } => {
                        self.drafts.entry(*draft).or_default().possible.push(marker.clone());
                    }
                    What::Discard { draft } => self.drafts.entry(*draft).or_default().discarding = true,
                    What::View { .. } | What::Finish { .. } => {}
                }
                self.by_trace.insert(trace, self.requests.len());
                self.requests.push(Request { trace, by, what, acked: false });
            }
            Told::Acked { trace } => {
                let Some(request) = self.by_trace.get(&trace).and_then(|at| self.requests.get_mut(*at)) else { return };
                request.acked = true;
                self.counts.acknowledged += 1;
                match &request.what {
                    What::Save { draft, marker } => {
                        let typing = self.drafts.entry(*draft).or_default();
                        typing.possible = vec![marker.clone()];
                        typing.kept = true;
                    }
                    What::Finish { .. } => self.counts.writes += 1,
                    What::View { .. } | What::Discard { .. } => {}
                }
            }
        }
    }

    /// Opens the vault as a start of the program does, and holds what happened since the last check against what is
    /// there; `all`: everything from the beginning.
    pub async fn check(&mut self, place: &Place, all: bool) -> Result<()> {
        let vault = place.open().await.context("the vault does not open after the kill")?;
        let ports = town::ports(vault.clone());
        for (person, token) in std::mem::take(&mut self.sessions) {
            let session = ports.sessions.resume(&token, TraceId(Uuid::nil()), "127.0.0.1").await?;
            ensure!(session.is_some_and(|asker| asker.person.id == person), "an acknowledged session is lost");
        }
        let keyring = place.keyring().await?;
        let ledger = place.ledger(keyring.clone()).await?;
        let ledger_db = place.outside("ledger").await?;
        let opener = Opener { db: place.outside("content").await?, keyring: keyring.clone() };

        let known = self.lines.len();
        let fresh = lines(&ledger, &ledger_db, known as u64).await?;
        self.learn(fresh)?;
        let facts = Facts::read(&opener.db).await?;
        ensure!(facts.outbox == 0, "{} outcomes still wait after the opening", facts.outbox);
        self.structure(&facts, &keyring).await?;
        self.totals(&facts)?;
        if all {
            let again = lines(&ledger, &ledger_db, 0).await?;
            ensure!(same(&self.lines, &again), "lines read before are not the same any more");
            let counted = self.requests(&facts, &opener, 0..self.requests.len(), 0).await?;
            (self.counts.unacknowledged, self.counts.intents_only) = counted;
        } else {
            self.requests(&facts, &opener, self.checked..self.requests.len(), known).await?;
        }
        self.typed(&facts, &opener).await?;
        self.index(&facts, &keyring).await?;
        self.checked = self.requests.len();
        self.counts.lines = self.lines.len() as u64;

        ledger.shutdown().await;
        for db in [&ledger_db, &opener.db] {
            Db::close(db).await;
        }
        keyring.close().await;
        vault.close().await;
        Ok(())
    }

    /// Outcomes by kind.
    pub fn kinds(&self) -> Vec<(&'static str, i64)> {
        self.done.iter().map(|(kind, count)| (*kind, *count)).collect()
    }

    /// Takes new lines in: every outcome belongs to a request that was told of.
    fn learn(&mut self, fresh: Vec<Seen>) -> Result<()> {
        for line in fresh.iter().filter(|line| line.outcome == Outcome::Done) {
            let request = self.by_trace.get(&line.trace).and_then(|at| self.requests.get(*at));
            let Some(Request { what: What::Finish { write, .. }, .. }) = request else {
                anyhow::bail!("line {} tells of a write that nobody made", line.sequence);
            };
            *self.done.entry(line.kind.code()).or_default() += 1;
            match write {
                Written::Signal { signal, words } => {
                    self.bsn.insert(signal.0, (1, words.bsn));
                }
                Written::Change { signal, version, words } => {
                    let newest = self.bsn.entry(signal.0).or_default();
                    // Two outcomes may be sequenced in another order than they were committed in.
                    if newest.0 < *version {
                        *newest = (*version, words.bsn);
                    }
                }
                Written::Case { case, team, .. } => {
                    self.team.insert(case.0, with_coordinator(team));
                }
                Written::Link { case, .. } | Written::Unlink { case, .. } => {
                    *self.case_changes.entry(case.0).or_default() += 1;
                }
                Written::Team { case, team } => {
                    *self.case_changes.entry(case.0).or_default() += 1;
                    self.team.insert(case.0, with_coordinator(team));
                }
            }
        }
        self.lines.extend(fresh);
        Ok(())
    }

    /// Nothing half made, whoever made it.
    async fn structure(&self, facts: &Facts, keyring: &Keyring) -> Result<()> {
        let mut last: HashMap<Uuid, (i64, i64)> = HashMap::new();
        for (signal, version) in facts.versions.keys() {
            ensure!(facts.signals.contains_key(signal), "version {version} of a signal that is not there: {signal}");
            let (count, newest) = last.entry(*signal).or_default();
            (*count, *newest) = (*count + 1, *version);
        }
        let mut standing: HashMap<Uuid, i64> = HashMap::new();
        for link in &facts.links {
            ensure!(facts.cases.contains_key(&link.case), "link {} of no case", link.id);
            ensure!(facts.versions.contains_key(&(link.signal, link.version)), "link {} of no version", link.id);
            let ended = (link.ended.0.is_some(), link.ended.1.is_some(), link.has_reason);
            ensure!(ended == (true, true, true) || ended == (false, false, false), "link {} half ended", link.id);
            if !ended.0 {
                *standing.entry(link.signal).or_default() += 1;
            }
        }
        let keys = |kind| async move {
            let mut ids: HashSet<Uuid> = HashSet::new();
            let mut after = None;
            loop {
                let page = keyring.all_ids(kind, after, 1000).await?;
                after = page.last().copied();
                ids.extend(page);
                if after.is_none() {
                    return anyhow::Ok(ids);
                }
            }
        };
        let (signal_keys, case_keys) = (keys(KeyKind::Signal).await?, keys(KeyKind::Case).await?);
        let reporter_keys = keys(KeyKind::Reporter).await?;
        for (id, signal) in &facts.signals {
            let versions = last.get(id).copied();
            ensure!(versions == Some((signal.version, signal.version)), "signal {id}: {versions:?} {}", signal.version);
            let state = if standing.contains_key(id) { "in-case" } else { "received" };
            ensure!(signal.state == state, "signal {id} is {} and must be {state}", signal.state);
            ensure!(signal_keys.contains(id), "signal {id} has no key");
        }
        for ((signal, version), (.., reporter)) in &facts.versions {
            ensure!(!reporter || reporter_keys.contains(signal), "no key for the reporter of {signal}, {version}");
        }
        for (id, case) in &facts.cases {
            let decisions = facts.decisions.values().filter(|decision| decision.0 == *id).count();
            ensure!(decisions == 1, "case {id} has {decisions} decisions that opened it");
            let team = facts.team.get(id);
            ensure!(team.is_some_and(|team| team.contains(&case.coordinator)), "case {id} without its coordinator");
            ensure!(facts.links.iter().any(|link| link.case == *id), "case {id} was opened from no signal");
            ensure!(case_keys.contains(id), "case {id} has no key");
        }
        for (id, draft) in &facts.drafts {
            ensure!(draft.finished != draft.typed.is_some(), "draft {id} is half finished");
            let made = match FormKind::from_code(&draft.kind) {
                Some(FormKind::NewSignal) => facts.signals.contains_key(&draft.object),
                Some(FormKind::OpenCase) => facts.cases.contains_key(&draft.object),
                _ => draft.finished,
            };
            ensure!(made == draft.finished, "draft {id} and what it becomes do not agree");
        }
        for (letter, count) in [('S', facts.signals.len()), ('C', facts.cases.len())] {
            let given: i64 =
                facts.counters.iter().filter(|(name, _)| name.starts_with(letter)).map(|(_, value)| value).sum();
            ensure!(given == i64::try_from(count)?, "{given} references {letter} for {count}");
        }
        Ok(())
    }

    /// As many writes as outcomes, of every kind.
    fn totals(&self, facts: &Facts) -> Result<()> {
        let done = |kind: LineKind| self.done.get(kind.code()).copied().unwrap_or_default();
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let versions = done(LineKind::Logged) + done(LineKind::Edited);
        let ended = facts.links.iter().filter(|link| link.ended.1.is_some()).count();
        let opening = facts
            .links
            .iter()
            .filter(|link| facts.cases.get(&link.case).is_some_and(|case| case.at == link.at))
            .count();
        for (what, there, lines) in [
            ("signals", count(facts.signals.len()), done(LineKind::Logged)),
            ("versions", count(facts.versions.len()), versions),
            ("cases", count(facts.cases.len()), done(LineKind::CaseOpened)),
            ("decisions", count(facts.decisions.len()), done(LineKind::CaseOpened)),
            ("links made later", count(facts.links.len() - opening), done(LineKind::Linked)),
            ("links ended", count(ended), done(LineKind::Unlinked)),
        ] {
            ensure!(there == lines, "{there} {what} and {lines} outcomes");
        }
        for (id, case) in &facts.cases {
            let changes = self.case_changes.get(id).copied().unwrap_or_default();
            ensure!(case.version == 1 + changes, "case {id} is version {} after {changes} outcomes", case.version);
            ensure!(facts.team.get(id) == self.team.get(id), "the team of case {id}");
        }
        Ok(())
    }

    /// Each request: acknowledged ⇒ outcome ⇔ write, and the write is what was meant. Counts writes without
    /// acknowledgement, and intents without write.
    async fn requests(
        &self,
        facts: &Facts,
        opener: &Opener,
        range: Range<usize>,
        from_line: usize,
    ) -> Result<(u64, u64)> {
        let mut of_trace: HashMap<TraceId, Vec<&Seen>> = HashMap::new();
        for line in &self.lines[from_line..] {
            of_trace.entry(line.trace).or_default().push(line);
        }
        let (mut unacknowledged, mut intents_only) = (0, 0);
        for request in &self.requests[range] {
            let lines = of_trace.get(&request.trace).map_or(&[][..], Vec::as_slice);
            match &request.what {
                What::View { signal } if request.acked => {
                    let shown = lines.iter().any(|line| {
                        line.kind == LineKind::Opened
                            && line.outcome == Outcome::Permitted
                            && line.payload.actor == request.by
                            && line.payload.objects.contains(&(*signal).into())
                    });
                    ensure!(shown, "signal {signal} was shown without a line");
                }
                What::Finish { draft, write } => {
                    let what = || format!("{write:?}, acknowledged: {}", request.acked);
                    let (landed, permitted) =
                        outcome(facts, lines, request.by, write, request.acked).with_context(what)?;
                    if landed {
                        let at = permitted.context("an outcome without a permitted intent").with_context(what)?;
                        content(facts, opener, write, request.by, at).await.with_context(what)?;
                        let finished = facts.drafts.get(&draft.0).is_some_and(|draft| draft.finished);
                        ensure!(finished, "the draft of a finished write is not finished: {write:?}");
                    }
                    unacknowledged += u64::from(landed && !request.acked);
                    intents_only += u64::from(!landed && permitted.is_some());
                }
                What::View { .. } | What::Save { .. } | What::Discard { .. } => {}
            }
        }
        Ok((unacknowledged, intents_only))
    }

    /// What was typed and acknowledged is there, sealed, until it is finished or thrown away.
    async fn typed(&self, facts: &Facts, opener: &Opener) -> Result<()> {
        for (id, typing) in &self.drafts {
            let there = facts.drafts.contains_key(&id.0);
            ensure!(there || typing.discarding || !typing.kept, "draft {id} was kept and is gone");
        }
        for (id, draft) in &facts.drafts {
            let Some(cell) = &draft.typed else { continue };
            let kind = match FormKind::from_code(&draft.kind) {
                Some(FormKind::NewSignal | FormKind::EditSignal) => KeyKind::Signal,
                _ => KeyKind::Case,
            };
            let text = opener.text(kind, draft.object, ("drafts.typed", *id), cell).await?;
            let typed: serde_json::Value = serde_json::from_str(&text)?;
            let values: FormValues = serde_json::from_value(typed["values"].clone())?;
            if let Some(typing) = self.drafts.get(&DraftId(*id)).filter(|typing| typing.kept) {
                let marker = values.text("marker");
                ensure!(typing.possible.iter().any(|one| one == marker), "draft {id} holds {marker:?}");
            }
        }
        Ok(())
    }

    /// Every signal is found by the identifier it has. What is found besides is counted.
    async fn index(&mut self, facts: &Facts, keyring: &Arc<Keyring>) -> Result<()> {
        let (mut orphans, mut extras) = (HashSet::new(), 0);
        for bsn in town::bsns(12) {
            let found: HashSet<Uuid> =
                keyring.find(&town::identifier(bsn)?).await?.into_iter().map(|(_, id)| id).collect();
            for (signal, (_, own)) in &self.bsn {
                ensure!(*own != bsn || found.contains(signal), "signal {signal} is not found by its identifier");
            }
            for id in found {
                if !facts.signals.contains_key(&id) {
                    orphans.insert(id);
                } else if self.bsn.get(&id).is_none_or(|(_, own)| *own != bsn) {
                    extras += 1;
                }
            }
        }
        self.counts.index_orphans = orphans.len() as u64;
        self.counts.index_extras = extras;
        Ok(())
    }

    /// Lets what the kills left behind in the keyring be swept, and makes sure that nothing is left over, and nothing
    /// that is needed is gone.
    pub async fn swept(&mut self, place: &Place) -> Result<()> {
        place.open_later().await?.close().await;
        let before = self.counts;
        self.check(place, true).await?;
        let left = (self.counts.index_orphans, self.counts.index_extras);
        self.counts = before;
        ensure!(left == (0, 0), "the blind index still has {left:?} superfluous records and entries");
        let facts = Facts::read(&place.outside("content").await?).await?;
        let typed: HashSet<Uuid> =
            facts.drafts.values().filter(|draft| !draft.finished).map(|draft| draft.object).collect();
        let keyring = place.keyring().await?;
        for kind in [KeyKind::Signal, KeyKind::Reporter, KeyKind::Case] {
            for id in keyring.all_ids(kind, None, 1_000_000).await? {
                let needed = facts.signals.contains_key(&id) || facts.cases.contains_key(&id) || typed.contains(&id);
                ensure!(needed, "the key of {} {id} is of nothing", kind.code());
            }
        }
        Ok(())
    }
}

fn with_coordinator(team: &[PersonId]) -> BTreeSet<Uuid> {
    team.iter().chain([&town::CARLA]).map(|person| person.0).collect()
}

/// Whether a write stands, which must be exactly when its outcome line is there; and when it was permitted.
fn outcome(
    facts: &Facts,
    lines: &[&Seen],
    by: PersonId,
    write: &Written,
    acked: bool,
) -> Result<(bool, Option<Moment>)> {
    let of = |outcome: Outcome| -> Vec<&Seen> {
        let ours = |line: &&&Seen| {
            line.kind == write.kind() && line.outcome == outcome && line.payload.objects.contains(&write.objects()[0])
        };
        lines.iter().filter(ours).copied().collect()
    };
    let (permitted, done) = (of(Outcome::Permitted), of(Outcome::Done));
    ensure!(permitted.len() <= 1 && done.len() <= 1, "{} intents, {} outcomes", permitted.len(), done.len());
    let at = permitted.first().map(|line| line.at);
    if let Some(done) = done.first() {
        let permitted = permitted.first().context("an outcome without an intent")?;
        ensure!(permitted.sequence < done.sequence, "the outcome stands before the intent");
        ensure!(permitted.payload.actor == by && done.payload.actor == by, "somebody else's line");
        let named = write.objects().iter().all(|object| done.payload.objects.contains(object));
        ensure!(named, "the outcome names {:?}", done.payload.objects);
    }
    let stands = match (write, at) {
        (_, None) => false,
        (Written::Signal { signal, .. }, Some(at)) => {
            facts.signals.get(&signal.0).is_some_and(|row| (row.by, row.at) == (by.0, at.0))
        }
        (Written::Change { signal, version, .. }, Some(at)) => {
            facts.versions.get(&(signal.0, *version)).is_some_and(|row| (row.0, row.1) == (by.0, at.0))
        }
        (Written::Case { case, .. }, Some(at)) => facts.cases.get(&case.0).is_some_and(|row| row.at == at.0),
        (Written::Link { case, signal, .. }, Some(at)) => {
            facts.linked_at(*case, at).iter().any(|link| link.signal == signal.0)
        }
        (Written::Unlink { link, .. }, Some(at)) => {
            facts.links.iter().any(|row| row.id == link.0 && row.ended == (Some(by.0), Some(at.0)))
        }
        // Leaves nothing behind but the team and the case's version, which are held against the outcomes elsewhere.
        (Written::Team { .. }, Some(_)) => !done.is_empty(),
    };
    ensure!(stands || done.is_empty(), "there is an outcome and no write");
    ensure!(!stands || !done.is_empty(), "there is a write and no outcome");
    ensure!(stands || !acked, "an acknowledged write is lost");
    Ok((stands, at))
}

/// What stands is what was meant, and opens.
async fn content(facts: &Facts, opener: &Opener, write: &Written, by: PersonId, at: Moment) -> Result<()> {
    match write {
        Written::Signal { signal, words } => version(facts, opener, *signal, 1, words, (by, at)).await,
        Written::Change { signal, version: number, words } => {
            version(facts, opener, *signal, *number, words, (by, at)).await
        }
        Written::Case { case, marker, signals, .. } => {
            let [title, summary] = opener.case(*case).await?;
            ensure!(title == format!("titel {marker}") && summary == format!("samenvatting {marker}"), "its words");
            let decision = facts.decisions.iter().find(|(_, decision)| decision.0 == case.0).context("no decision")?;
            ensure!((decision.1.1, decision.1.2) == (by.0, at.0), "signed by somebody else, or later");
            let cell = opener.cell("SELECT reasons FROM decisions WHERE id = $1", *decision.0).await?;
            let reasons = opener.text(KeyKind::Case, case.0, ("decisions.reasons", *decision.0), &cell).await?;
            ensure!(reasons == format!("redenen {marker}"), "its reasons");
            let links = facts.linked_at(*case, at);
            let linked: BTreeSet<Uuid> = links.iter().map(|link| link.signal).collect();
            ensure!(linked == signals.iter().map(|signal| signal.0).collect(), "its signals");
            for link in links {
                test(opener, *case, link.id, marker).await?;
            }
            Ok(())
        }
        Written::Link { case, signal, marker } => {
            let links = facts.linked_at(*case, at);
            let link = links.iter().find(|link| link.signal == signal.0 && link.by == by.0).context("no such link")?;
            test(opener, *case, link.id, marker).await
        }
        Written::Unlink { case, link, marker, .. } => {
            let cell = opener.cell("SELECT unlink_reason FROM links WHERE id = $1", link.0).await?;
            let reason = opener.text(KeyKind::Case, case.0, ("links.unlink_reason", link.0), &cell).await?;
            ensure!(reason == format!("reden {marker}"), "its reason");
            Ok(())
        }
        Written::Team { .. } => Ok(()),
    }
}

async fn version(
    facts: &Facts,
    opener: &Opener,
    signal: SignalId,
    version: i64,
    words: &Words,
    (by, at): (PersonId, Moment),
) -> Result<()> {
    let row = facts.versions.get(&(signal.0, version)).context("no such version")?;
    ensure!((row.0, row.1) == (by.0, at.0), "made by somebody else, or later");
    let meant = words.signal()?;
    let (content, reporter) = opener.version(signal, version).await?;
    // What has a column of its own is sealed with it: a version is whole.
    let mut said = serde_json::to_value(&meant.content)?;
    said["phenomenon"] = meant.phenomenon.as_str().into();
    let said = said.as_object().context("no content")?;
    ensure!(said.iter().all(|(name, value)| content.get(name) == Some(value)), "its words");
    ensure!(reporter.unwrap_or_default() == meant.reporter, "its reporter");
    Ok(())
}

async fn test(opener: &Opener, case: CaseId, link: Uuid, marker: &str) -> Result<()> {
    let cell = opener.cell("SELECT test FROM links WHERE id = $1", link).await?;
    let test = opener.text(KeyKind::Case, case.0, ("links.test", link), &cell).await?;
    ensure!(test.matches(marker).count() == 4, "the purpose test of link {link}");
    Ok(())
}
