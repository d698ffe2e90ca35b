//! The desk of the data protection officer, invented.

use super::*;
use plein_domain::{
    checkpoint::{
        CheckpointState, CheckpointTrouble, CheckpointsView, ExportParts, LastCheckpoint, SignedCheckpoint,
        WitnessState,
    },
    identifier::IdentifierKind,
    lookup::{self, LookUp, SeenBy, SeenByOne, SeenOnPaper, Viewer},
};

/// By a BSN, found in two signals.
pub fn look_up() -> LookUp {
    LookUp {
        id: id(0x700),
        kind: IdentifierKind::Bsn,
        reason: CANARY.into(),
        at: NOW,
        until: NOW.plus_seconds(lookup::KEPT),
        records: vec![Reference::numbered('S', 2026, 1), Reference::numbered('S', 2026, 2)],
        left_out: 3,
    }
}

fn viewer(person: usize) -> Viewer {
    let who = people().swap_remove(person);
    let first = NOW.plus_seconds(-86_400 * person as i64);
    Viewer { person: who.id, name: who.name, lines: 7, first, last: NOW, viewings: viewings() }
}

/// An export of two lines.
struct Parts(Vec<Vec<u8>>);

#[async_trait]
impl ExportParts for Parts {
    async fn next(&mut self) -> Option<Result<Vec<u8>, ()>> {
        self.0.pop().map(Ok)
    }
}

/// A log that was never signed.
fn unsigned() -> CheckpointsView {
    CheckpointsView { state: CheckpointState::default(), checkpoints: vec![], older: None, now: NOW }
}

fn checkpoints(before: Option<u64>, alarm: Option<CheckpointTrouble>) -> CheckpointsView {
    let witness = |name: &str, fails: bool| WitnessState {
        name: name.into(),
        delivered: (!fails).then_some((7, NOW)),
        failing: fails.then(|| (NOW, "cause-for-the-operator".into())),
    };
    let state = CheckpointState {
        key: Some("plein/ledger/0001+abcd0123+AbCd".into()),
        last: Some(LastCheckpoint { size: 7, at: NOW, root: [0xab; 32] }),
        trouble: alarm.map(|trouble| (trouble, NOW, "cause-for-the-operator".into())),
        witnesses: vec![witness("witness/1", false), witness("witness/2", true)],
    };
    let one = SignedCheckpoint { size: 7, at: NOW, note: "plein/ledger/0001\n7\nq6s=\n".into() };
    CheckpointsView { state, checkpoints: vec![one], older: before.is_none().then_some(7), now: NOW }
}

#[async_trait]
impl Supervision for Fake {
    async fn may_look_up(&self, _: &Asker) -> Answer<Day> {
        self.told("supervision.may_look_up", NOW.day())
    }
    async fn look_up(&self, _: &Asker, values: &FormValues) -> Answer<LookUpId> {
        lookup::read(values, NOW.day()).map_err(Problem::Invalid)?;
        self.told("supervision.look_up", id(0x700))
    }
    async fn seen_by(&self, _: &Asker, _: LookUpId, page: u32) -> Answer<SeenBy> {
        let none = self.script().count == Some(0);
        let rows = if none { vec![] } else { vec![viewer(0), viewer(1)] };
        let mut look_up = look_up();
        if none {
            (look_up.records, look_up.left_out) = (vec![], 0);
        }
        self.told("supervision.seen_by", SeenBy { look_up, viewers: Numbered { rows, page, more: !none } })
    }
    async fn seen_by_one(&self, _: &Asker, _: LookUpId, person: PersonId, _: Option<u64>) -> Answer<SeenByOne> {
        let viewer = (0..2).map(viewer).find(|one| one.person == person);
        self.told("supervision.seen_by_one", SeenByOne { look_up: look_up(), viewer })
    }
    async fn checkpoints(&self, _: &Asker, before: Option<u64>) -> Answer<CheckpointsView> {
        let none = self.script().count == Some(0);
        let alarm = self.script().alarm;
        self.told("supervision.checkpoints", if none { unsigned() } else { checkpoints(before, alarm) })
    }
    async fn export_log(&self, _: &Asker, period: Period) -> Answer<Box<dyn ExportParts>> {
        self.script().log = Some(LogFilter { period, ..LogFilter::default() });
        self.told("supervision.export_log", ())?;
        Ok(Box::new(Parts(vec![b"regel 2\n".to_vec(), b"regel 1\n".to_vec()])))
    }
    async fn seen_on_paper(&self, _: &Asker, _: LookUpId) -> Answer<SeenOnPaper> {
        let lines = viewings().lines;
        self.told("supervision.seen_on_paper", SeenOnPaper { look_up: look_up(), lines, more: true, at: NOW })
    }
}
