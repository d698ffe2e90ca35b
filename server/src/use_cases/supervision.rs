//! The desk of the data protection officer: who saw a person, and why. By references only; nothing sealed is opened but the
//! lines of the log.

use super::*;
use async_trait::async_trait;
use plein_domain::{
    access_log::Viewings,
    checkpoint::{CheckpointsView, ExportParts},
    form::FormValues,
    ledger::LineKind,
    lookup::{self, KEPT, LookUp, SeenBy, SeenByOne, SeenOnPaper, Viewer},
    moment::{Day, random_id},
    processing::ProcessingQuery,
};
use plein_vault::{
    Permit, act,
    ledger::{LedgerError, ViewerRow},
    of,
    store::{LoggedPage, ProcessingPage},
};

/// People on one page.
const PEOPLE: i64 = 10;
/// Of each of them, so many lines.
const NEWEST: u32 = 5;
/// Lines on the page of one person.
const LINES: u32 = 50;
/// Lines on paper.
const ON_PAPER: u32 = 2_000;

#[async_trait]
impl Supervision for UseCases {
    async fn may_look_up(&self, asker: &Asker) -> Answer<Day> {
        let may = self.vault.gate.may_look_up(asker).await;
        self.permitted(asker, may).await?;
        Ok(self.vault.clock().now().day())
    }

    async fn look_up(&self, asker: &Asker, values: &FormValues) -> Answer<LookUpId> {
        let today = self.may_look_up(asker).await?;
        let asked = lookup::read(values, today).map_err(Problem::Invalid)?;
        let id = random_id(&**self.vault.entropy());
        let permit = self.vault.gate.look_up(asker, id, asked).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.lookups.keep(permit).await.asked_by(asker)
    }

    async fn seen_by(&self, asker: &Asker, id: LookUpId, page: u32) -> Answer<SeenBy> {
        let permit = self.vault.gate.view_look_up(asker, id, LineKind::SubjectLookedUp).await;
        let permit = self.permitted(asker, permit).await?;
        let found = self.seen_by_people(asker, &permit, page.max(1)).await.asked_by(asker)?;
        Ok(SeenBy { look_up: self.look_up_told(&permit).await.asked_by(asker)?, viewers: found })
    }

    async fn seen_by_one(
        &self,
        asker: &Asker,
        id: LookUpId,
        person: PersonId,
        before: Option<u64>,
    ) -> Answer<SeenByOne> {
        let permit = self.vault.gate.view_look_up(asker, id, LineKind::SubjectLookedUp).await;
        let permit = self.permitted(asker, permit).await?;
        let look_up = self.look_up_told(&permit).await.asked_by(asker)?;
        let all = self.vault.log.viewers(&permit, (0, i64::MAX)).await.asked_by(asker)?;
        let row = all.into_iter().find(|row| row.person() == person);
        let viewer = match row {
            Some(row) => Some(self.viewer(asker, &permit, row, before, LINES).await.asked_by(asker)?),
            None => None,
        };
        Ok(SeenByOne { look_up, viewer })
    }

    async fn checkpoints(&self, asker: &Asker, before: Option<u64>) -> Answer<CheckpointsView> {
        let permit = self.vault.gate.view_checkpoints(asker).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.log.checkpoints(permit, before).await.asked_by(asker)
    }

    async fn export_log(&self, asker: &Asker, period: Period) -> Answer<Box<dyn ExportParts>> {
        let permit = self.vault.gate.export_log(asker, period).await;
        let permit = self.permitted(asker, permit).await?;
        Ok(Box::new(Parts { taken: self.vault.log.export(permit), trace: asker.trace }))
    }

    async fn seen_on_paper(&self, asker: &Asker, id: LookUpId) -> Answer<SeenOnPaper> {
        let permit = self.vault.gate.view_look_up(asker, id, LineKind::Printed).await;
        let permit = self.permitted(asker, permit).await?;
        let look_up = self.look_up_told(&permit).await.asked_by(asker)?;
        let page = self.vault.log.seen(&permit, None, None, ON_PAPER).await.asked_by(asker)?;
        let seen = self.about(asker, &permit, page).await.asked_by(asker)?;
        Ok(SeenOnPaper { look_up, more: seen.older.is_some(), lines: seen.lines, at: permit.at() })
    }
}

/// An export on its way.
struct Parts {
    taken: tokio::sync::mpsc::Receiver<Result<Vec<u8>, LedgerError>>,
    trace: TraceId,
}

#[async_trait]
impl ExportParts for Parts {
    async fn next(&mut self) -> Option<Result<Vec<u8>, ()>> {
        let part = self.taken.recv().await?;
        Some(part.map_err(|error| {
            failure(self.trace, &error.into());
        }))
    }
}

type LookedUp = Permit<act::View, of::LookUp>;

impl UseCases {
    async fn seen_by_people(&self, asker: &Asker, permit: &LookedUp, page: u32) -> VaultResult<Numbered<Viewer>> {
        let skip = i64::from(page - 1) * PEOPLE;
        let mut found = self.vault.log.viewers(permit, (skip, PEOPLE + 1)).await?;
        let more = found.len() as i64 > PEOPLE;
        found.truncate(PEOPLE as usize);
        let mut rows = Vec::with_capacity(found.len());
        for row in found {
            rows.push(self.viewer(asker, permit, row, None, NEWEST).await?);
        }
        Ok(Numbered { rows, page, more })
    }

    async fn viewer(
        &self,
        asker: &Asker,
        permit: &LookedUp,
        row: ViewerRow,
        before: Option<u64>,
        limit: u32,
    ) -> VaultResult<Viewer> {
        let person = row.person();
        let page = self.vault.log.seen(permit, Some(person), before, limit).await?;
        let viewings = self.about(asker, permit, page).await?;
        let newest = viewings.lines.iter().find_map(|line| line.payload.as_ref());
        let name = match newest {
            Some(payload) => payload.actor_name.clone(),
            None => self.vault.directory.person(person).await?.map(|one| one.name).unwrap_or_default(),
        };
        let (first, last) = row.between();
        Ok(Viewer { person, name, lines: row.lines(), first, last, viewings })
    }

    /// The lines, with those of their objects that were looked for.
    async fn about(&self, asker: &Asker, permit: &LookedUp, mut page: LoggedPage) -> VaultResult<Viewings> {
        let records = &permit.granted().kept.records;
        for payload in page.entries.iter_mut().filter_map(|entry| entry.payload.as_mut()) {
            payload.objects.retain(|object| records.iter().any(|id| object.id == id.0));
        }
        self.viewings(asker, page, HashMap::new(), None).await
    }

    async fn look_up_told(&self, permit: &LookedUp) -> VaultResult<LookUp> {
        let of::LookedUp { id, at, kept } = permit.granted().clone();
        let mut records = Vec::with_capacity(kept.records.len());
        for id in &kept.records {
            records.extend(self.vault.signals.reference(*id).await?);
        }
        records.sort_unstable();
        let until = at.plus_seconds(KEPT);
        Ok(LookUp { id, kind: kept.kind, reason: kept.reason, at, until, records, left_out: kept.left_out })
    }
}

impl UseCases {
    /// The data processings that are asked for.
    pub(crate) async fn processings(&self, asker: &Asker, query: ProcessingQuery) -> Answer<ProcessingPage> {
        let permit = self.vault.gate.read_processings(asker, query).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.log.processings(permit).await.asked_by(asker)
    }
}
