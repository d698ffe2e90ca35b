//! The proof that the gate said yes and that the line is durable.
//!
//! A `Permit` names one action on one object in one version, cannot be copied, and is consumed by the read or the
//! write it allows. Only the gate makes one.

use plein_domain::{
    header::ObjectRef,
    ids::*,
    ledger::{Line, LineKind, Outcome, Payload},
    moment::Moment,
};
use std::marker::PhantomData;

/// What may be done.
pub mod act {
    /// Seeing it.
    pub enum View {}
    /// Bringing it into being.
    pub enum Create {}
    /// Changing it.
    pub enum Edit {}
    /// Leading it: links, team.
    pub enum Lead {}
    /// Seeing who viewed it.
    pub enum ViewLog {}
}

/// On what. Each kind says what its permit carries besides the id.
pub mod of {
    use crate::store::{PersonEntry, ProposalEntry, WantedPlace};
    use plein_domain::{
        access_log::LogFilter,
        draft::DraftRow,
        header::{BreakGlassHeader, CaseHeader, NoteHeader, ObjectRef, SignalHeader, VersionHeader},
        ids::*,
        list::{ListKind, Period},
        lookup::Kept,
        moment::Moment,
        processing::ProcessingQuery,
        signal::{Extent, SignalHead},
    };

    /// A look-up, as it is kept.
    #[derive(Debug, Clone)]
    pub struct LookedUp {
        /// Its identity.
        pub id: LookUpId,
        /// When it was asked.
        pub at: Moment,
        /// What was asked and found.
        pub kept: Kept,
    }

    /// A kind of object.
    pub trait Kind {
        /// What the permit carries: the id, and what the decision laid down.
        type Granted: Send;
    }
    /// One signal, to the extent granted.
    pub enum Signal {}
    impl Kind for Signal {
        type Granted = (SignalHeader, Extent);
    }
    /// What each version of a signal said.
    pub enum SignalVersions {}
    impl Kind for SignalVersions {
        type Granted = SignalHeader;
    }
    /// A signal that is not there yet.
    pub enum NewSignal {}
    impl Kind for NewSignal {
        type Granted = SignalId;
    }
    /// One case.
    pub enum Case {}
    impl Kind for Case {
        type Granted = CaseHeader;
    }
    /// A case with these links of it.
    pub enum CaseFile {}
    impl Kind for CaseFile {
        type Granted = (CaseHeader, Vec<LinkId>);
    }
    /// A case that is not there yet, with the signals that may start it, in the versions that were judged.
    pub enum NewCase {}
    impl Kind for NewCase {
        type Granted = (CaseId, Vec<SignalHead>);
    }
    /// The notes on a case.
    pub enum CaseNotes {}
    impl Kind for CaseNotes {
        type Granted = CaseHeader;
    }
    /// One note on a case.
    pub enum Note {}
    impl Kind for Note {
        type Granted = NoteHeader;
    }
    /// A note that is not there yet.
    pub enum NewNote {}
    impl Kind for NewNote {
        type Granted = (CaseHeader, NoteId);
    }
    /// The plan of a case.
    pub enum Plan {}
    impl Kind for Plan {
        type Granted = CaseHeader;
    }
    /// Versions of the plan of a case.
    pub enum PlanVersions {}
    impl Kind for PlanVersions {
        type Granted = (CaseHeader, Vec<VersionHeader>);
    }
    /// A version that is not there yet.
    pub enum NewVersion {}
    impl Kind for NewVersion {
        type Granted = (CaseHeader, VersionId);
    }
    /// A page of signals, each to its own extent.
    pub enum SignalPage {}
    impl Kind for SignalPage {
        type Granted = Vec<(SignalHead, Extent)>;
    }
    /// A page of somebody's own notices.
    pub enum NoticePage {}
    impl Kind for NoticePage {
        type Granted = Vec<crate::store::NoticeRow>;
    }
    /// A page of cases.
    pub enum CasePage {}
    impl Kind for CasePage {
        type Granted = Vec<CaseId>;
    }
    /// The views that the person the permit is for keeps.
    pub enum Views {}
    impl Kind for Views {
        type Granted = ();
    }
    /// A view that is not kept yet, of this list.
    pub enum NewView {}
    impl Kind for NewView {
        type Granted = (ViewId, ListKind);
    }
    /// A saved view.
    pub enum SavedView {}
    impl Kind for SavedView {
        type Granted = ViewId;
    }
    /// A page of a list, beside which the person the permit is for sees the views they keep of that list.
    pub trait ListPage: Kind {
        /// Which list.
        const LIST: ListKind;
    }
    impl ListPage for SignalPage {
        const LIST: ListKind = ListKind::Signals;
    }
    impl ListPage for CasePage {
        const LIST: ListKind = ListKind::Cases;
    }
    /// A draft.
    pub enum Draft {}
    impl Kind for Draft {
        type Granted = DraftRow;
    }
    /// A list that is being taken in.
    pub enum Import {}
    impl Kind for Import {
        type Granted = ImportId;
    }
    /// A processing register that is being taken in.
    pub enum RegisterImport {}
    impl Kind for RegisterImport {
        type Granted = ImportId;
    }
    /// A file that is being taken in, of either kind.
    pub trait GivenFile: Kind<Granted = ImportId> {
        /// The kind as it stands in the database.
        const CODE: &'static str;
    }
    impl GivenFile for Import {
        const CODE: &'static str = "signals";
    }
    impl GivenFile for RegisterImport {
        const CODE: &'static str = "register";
    }
    /// A row of a list that becomes this signal, of this department.
    pub enum ImportedSignal {}
    impl Kind for ImportedSignal {
        type Granted = (SignalId, DepartmentId);
    }
    /// The log with its proof, and what is personal of the lines of a period.
    pub enum LogExport {}
    impl Kind for LogExport {
        type Granted = Period;
    }
    /// Data processings, as they are asked for.
    pub enum Processings {}
    impl Kind for Processings {
        type Granted = ProcessingQuery;
    }
    /// The checkpoints of the log.
    pub enum Checkpoints {}
    impl Kind for Checkpoints {
        type Granted = ();
    }
    /// A look-up of who saw a person that is not there yet, with the signals that hold the identifier.
    pub enum NewLookUp {}
    impl Kind for NewLookUp {
        type Granted = (LookUpId, Kept);
    }
    /// A look-up of who saw a person.
    pub enum LookUp {}
    impl Kind for LookUp {
        type Granted = LookedUp;
    }
    /// A break-glass that is not there yet: on which record, and who will review it.
    pub enum NewBreakGlass {}
    impl Kind for NewBreakGlass {
        type Granted = (BreakGlassId, ObjectRef, Reference, Vec<PersonId>);
    }
    /// What was written about a break-glass, and its end.
    pub enum BreakGlass {}
    impl Kind for BreakGlass {
        type Granted = BreakGlassHeader;
    }
    /// The review of a break-glass that is over.
    pub enum Review {}
    impl Kind for Review {
        type Granted = BreakGlassHeader;
    }
    /// A page of people with their places, as they are kept.
    pub enum PeoplePage {}
    impl Kind for PeoplePage {
        type Granted = Vec<PersonEntry>;
    }
    /// Somebody's place.
    pub enum Place {}
    impl Kind for Place {
        type Granted = PersonEntry;
    }
    /// Another place for somebody.
    pub enum NewPlace {}
    impl Kind for NewPlace {
        type Granted = WantedPlace;
    }
    /// A proposal of another place, which somebody else has to confirm.
    pub enum NewProposal {}
    impl Kind for NewProposal {
        type Granted = WantedPlace;
    }
    /// A page of proposals.
    pub enum ProposalPage {}
    impl Kind for ProposalPage {
        type Granted = Vec<ProposalEntry>;
    }
    /// A proposal that is decided about.
    pub enum Proposal {}
    impl Kind for Proposal {
        type Granted = ProposalEntry;
    }
    /// Somebody's sessions.
    pub enum SessionsOf {}
    impl Kind for SessionsOf {
        type Granted = PersonId;
    }
    /// A page of the break-glasses that the person the permit is for reviews.
    pub enum ReviewPage {}
    impl Kind for ReviewPage {
        type Granted = Vec<BreakGlassHeader>;
    }
    /// The lines of a person, or of everybody when none is named.
    pub enum Log {}
    impl Kind for Log {
        type Granted = LogFilter;
    }
}

/// Leave to do `A` once on a `K`.
///
/// It cannot be made outside the gate, nor copied:
/// ```compile_fail
/// use plein_vault::{Permit, act, of};
/// fn twice(permit: Permit<act::View, of::Signal>) -> (Permit<act::View, of::Signal>, Permit<act::View, of::Signal>) {
///     (permit.clone(), permit)
/// }
/// ```
#[must_use = "a permit is recorded in the ledger as a viewing; use it or do not ask for it"]
pub struct Permit<A, K: of::Kind> {
    granted: K::Granted,
    line: Line,
    act: PhantomData<fn() -> A>,
}

impl<A, K: of::Kind> Permit<A, K> {
    /// Only the gate calls this, after `line` became durable.
    pub(crate) fn after(line: Line, granted: K::Granted) -> Self {
        crate::streams::note_permit(line.event);
        Self { granted, line, act: PhantomData }
    }

    /// What was granted.
    pub fn granted(&self) -> &K::Granted {
        &self.granted
    }

    /// Who it was granted to.
    pub fn actor(&self) -> PersonId {
        self.line.payload.actor
    }

    /// The event of its line, by which what was done with it can be found in the log.
    pub fn event(&self) -> EventId {
        self.line.event
    }

    /// When it was granted.
    pub fn at(&self) -> Moment {
        self.line.at
    }

    /// Consumes the permit: what was granted, and what is needed to report the outcome.
    pub(crate) fn spend(self) -> (K::Granted, Spent) {
        (self.granted, Spent(self.line))
    }
}

/// A permit that was used for a write: makes the line that tells how it ended.
pub(crate) struct Spent(Line);

impl Spent {
    pub(crate) fn actor(&self) -> PersonId {
        self.0.payload.actor
    }

    pub(crate) fn at(&self) -> Moment {
        self.0.at
    }

    /// The line that says it was done, under its own event id and in the same trace.
    pub(crate) fn done(self, event: EventId, at: Moment, more: &[ObjectRef]) -> Line {
        let mut line = self.0;
        line.event = event;
        line.at = at;
        line.outcome = Outcome::Done;
        for object in more {
            if !line.payload.objects.contains(object) {
                line.payload.objects.push(*object);
            }
        }
        line
    }

    /// The line of something else that was done in the same act.
    pub(crate) fn also(&self, kind: LineKind, event: EventId, at: Moment) -> Line {
        Line { event, at, kind, outcome: Outcome::Done, ..self.0.clone() }
    }

    /// The same for an act of another kind in the same request.
    pub(crate) fn payload(&self) -> &Payload {
        &self.0.payload
    }
}
