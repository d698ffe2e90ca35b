//! Break-glass, invented: of the case there is, and of a signal.

use super::*;
use plein_domain::break_glass::{
    EmergencyCase, EmergencyRecord, EmergencySignal, EmergencyView, GlassAct, GlassHead, GlassStart, GlassState, LASTS,
    OwnGlass, Review, ReviewAct, ReviewRow, ReviewVerdict, ReviewView, ReviewsView, read, read_review,
};

/// How a use of break-glass is, and how acts on it end.
#[derive(Clone, Copy)]
pub struct Glass {
    pub state: GlassState,
    pub act: GlassAct,
    pub review: ReviewAct,
    /// Whether the record is the signal.
    pub signal: bool,
}

impl Default for Glass {
    fn default() -> Self {
        let act = GlassAct::Begun(id(0x800));
        Self { state: GlassState::Waiting, act, review: ReviewAct::Done, signal: false }
    }
}

pub fn glass(state: GlassState) -> GlassHead {
    let reference = Reference::numbered('C', 2026, 7);
    GlassHead { id: id(0x800), reference, begun_at: NOW, until: NOW.plus_seconds(LASTS), state }
}

fn review(state: GlassState) -> Option<Review> {
    (state == GlassState::Reviewed).then(|| Review {
        verdict: ReviewVerdict::NotJustified,
        words: CANARY.into(),
        by: "Els van Dam".into(),
        at: NOW,
    })
}

fn row(state: GlassState) -> ReviewRow {
    ReviewRow { head: glass(state), person: "Bram Jansen".into(), department: "Belastingen".into() }
}

#[async_trait]
impl BreakGlass for Fake {
    async fn start(&self, _: &Asker) -> Answer<GlassStart> {
        let mine = GlassState::ALL.iter().copied().map(glass).collect();
        let mine = if self.script().count == Some(0) { Vec::new() } else { mine };
        self.told("break_glass.start", GlassStart { fresh: id(0x801), mine })
    }
    async fn may_begin(&self, _: &Asker) -> Answer<()> {
        self.told("break_glass.may_begin", ())
    }
    async fn begin(&self, _: &Asker, values: FormValues) -> Answer<GlassAct> {
        read(&values).map_err(Problem::Invalid)?;
        let act = self.script().glass.act;
        self.told(&format!("break_glass.begin {}", values.text("once")), act)
    }
    async fn own(&self, _: &Asker, _: BreakGlassId) -> Answer<OwnGlass> {
        let state = self.script().glass.state;
        let stopped_by = (state != GlassState::Open).then(|| "Els van Dam".into());
        let own = OwnGlass { head: glass(state), motive: CANARY.into(), stopped_by, review: review(state) };
        self.told("break_glass.own", own)
    }
    async fn record(&self, _: &Asker, _: BreakGlassId) -> Answer<EmergencyView> {
        let CaseView { head, title, summary, links, notes, team, .. } = case_view(false);
        let shown = SignalField::ALL.to_vec();
        let record = if self.script().glass.signal {
            let (head, fields) = (super::head(1), content().only(&shown));
            EmergencyRecord::Signal(Box::new(EmergencySignal { head, fields, shown }))
        } else {
            let links = links.into_iter().filter(|link| link.unlinked.is_none()).collect();
            EmergencyRecord::Case(Box::new(EmergencyCase { head, title, summary, links, notes, team }))
        };
        self.told("break_glass.record", EmergencyView { head: glass(GlassState::Open), left: LASTS, record })
    }
    async fn stop(&self, _: &Asker, _: BreakGlassId) -> Answer<()> {
        self.told("break_glass.stop", ())
    }
    async fn reviews(&self, _: &Asker, closed: bool, page: u32) -> Answer<ReviewsView> {
        let none = self.script().count == Some(0);
        let states = if closed { vec![GlassState::Reviewed] } else { vec![GlassState::Waiting, GlassState::Open] };
        let rows = if none { Vec::new() } else { states.into_iter().map(row).collect() };
        self.told("break_glass.reviews", ReviewsView { closed, rows: Numbered { rows, page, more: !none && page < 2 } })
    }
    async fn review(&self, _: &Asker, _: BreakGlassId, _: Option<u64>) -> Answer<ReviewView> {
        let state = self.script().glass.state;
        let stopped_by = (state != GlassState::Open).then(|| "Els van Dam".into());
        let lines = viewings();
        let view = ReviewView { row: row(state), motive: CANARY.into(), stopped_by, review: review(state), lines };
        self.told("break_glass.review", view)
    }
    async fn give_review(&self, _: &Asker, _: BreakGlassId, values: FormValues) -> Answer<ReviewAct> {
        read_review(&values).map_err(Problem::Invalid)?;
        let act = self.script().glass.review;
        self.told("break_glass.give_review", act)
    }
}
