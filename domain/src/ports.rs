//! What can be asked of the system: one trait per area, answered by `plein-server`, asked by `plein-app`.
//!
//! Every method begins with who is asking. One page asks one question: **one page = one port call = one viewing**.

use crate::{
    access_log::*,
    administration::{PeopleList, PeopleView, PersonView, PlaceAct, Proposal, ProposalVerb},
    break_glass::{EmergencyView, GlassAct, GlassHead, GlassStart, OwnGlass, ReviewAct, ReviewView, ReviewsView},
    case::*,
    checkpoint::{CheckpointsView, ExportParts},
    draft::*,
    form::*,
    ids::*,
    import::{ImportHead, ImportView, RowChange, RowView, RowsView, RowsWanted, Unreadable, Verdict},
    list::*,
    lookup::{SeenBy, SeenByOne, SeenOnPaper},
    moment::{Day, Moment},
    notice::NoticeView,
    people::*,
    permission::InForce,
    plan::*,
    problem::Answer,
    purpose::*,
    register::{ProposalView, RegisterImportView, RegisterVersion, RegisterVersionView, RegisterView},
    session::OpenSession,
    sign_in::SignIn,
    signal::*,
    tour::Stop,
    version::*,
};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};
use uuid::Uuid;

/// Who is asking, in which session and request.
#[derive(Debug, Clone)]
pub struct Asker {
    /// The person.
    pub person: Person,
    /// The purposes they stated in this session, oldest first.
    pub purposes: Vec<StatedPurpose>,
    /// The request.
    pub trace: TraceId,
    /// The network point it came from.
    pub network: String,
    /// The session, opaque to everybody but the server.
    pub session: SessionRef,
    /// When the whole request was there. What is not found is told at fixed times after it, so that the time tells nothing.
    pub arrived: Arrived,
    /// Until when the session counts for what.
    pub times: SessionTimes,
}

/// Until when a session counts for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTimes {
    /// It is said at this moment.
    pub at: Moment,
    /// Weighty acts: until then it counts as proved just now who it is.
    pub fresh_until: Moment,
    /// It ends then, unless it is used before.
    pub idle_until: Moment,
    /// It ends then, whatever is done.
    pub ends_at: Moment,
}

impl SessionTimes {
    /// Of who acts without a session: they proved nothing.
    pub const NONE: Self = {
        let long_ago = Moment(i64::MIN);
        Self { at: Moment(0), fresh_until: long_ago, idle_until: long_ago, ends_at: long_ago }
    };

    /// Whether who it is counts as proved just now, so that a form for something weighty is of use to them.
    pub fn fresh(&self) -> bool {
        self.at <= self.fresh_until
    }

    /// How long it still lasts; nothing when it is over.
    pub fn left(&self) -> Option<SessionLeft> {
        let seconds = |until: Moment| until.0.saturating_sub(self.at.0).div_euclid(1_000_000);
        let left = SessionLeft { idle: seconds(self.idle_until), longest: seconds(self.ends_at) };
        (left.idle >= 0 && left.longest >= 0).then_some(left)
    }
}

/// How long a session still lasts, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLeft {
    /// When nothing is done in it.
    pub idle: i64,
    /// At the most.
    pub longest: i64,
}

/// When a request was there, shared by all who work on it. Whoever reads more of it says so: else somebody who holds back its
/// end could choose where in a step the work begins, and see by the step that is told which work took longer.
#[derive(Debug, Clone)]
pub struct Arrived(Arc<Mutex<Instant>>);

impl Arrived {
    /// It is there now.
    pub fn now() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    /// Its last part came only now.
    pub fn anew(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// When it was there.
    pub fn at(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A session by its id: the hash of its first token, from which that token cannot be told.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionRef(pub [u8; 32]);

impl SessionRef {
    /// What a form calls it by.
    pub fn name(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The session that a form calls by this name.
    pub fn named(name: &str) -> Option<Self> {
        let mut hash = [0; 32];
        if name.len() != 64 || !name.bytes().all(|sign| sign.is_ascii_hexdigit()) {
            return None;
        }
        for (at, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(name.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Self(hash))
    }
}

impl std::fmt::Debug for SessionRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionRef(..)")
    }
}

/// *Mijn werk*: what waits for this person. References and clear columns only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MyWork {
    /// Unfinished drafts, newest first.
    pub drafts: Vec<DraftRow>,
    /// Newest signals of the own department, for those who may open them.
    pub signals: Vec<SignalHead>,
    /// Versions of plans that wait for the person: to answer for their department, or to adopt.
    pub versions: Vec<WaitingVersion>,
    /// Interventions that the person has to do, those due first.
    pub interventions: Vec<DueIntervention>,
    /// Mentions of the person in plans, newest first, until they open that plan or the thread is dealt with.
    pub mentions: Vec<UnseenMention>,
    /// Cases in which others changed something since the person looked.
    pub changed: Vec<ChangedCase>,
    /// Cases in whose team the person is.
    pub cases: Vec<CaseHead>,
    /// For a coordinator: received signals that their department offers and that are in no case yet.
    pub waiting: Vec<SignalHead>,
    /// The break-glass by which the person can read a record now.
    pub emergency: Option<GlassHead>,
    /// How many uses of break-glass wait for the person's review.
    pub reviews: i64,
}

/// The lists that forms choose from. No personal data of residents.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// Today, in the Netherlands.
    pub today: Option<Day>,
    /// The departments.
    pub departments: Vec<Department>,
    /// The phenomena.
    pub phenomena: Vec<Phenomenon>,
    /// The processing register, all purposes, in force or not.
    pub purposes: Vec<Purpose>,
    /// The people who work with Plein.
    pub people: Vec<Person>,
    /// Those of them who may be in a case's team.
    pub team: Vec<Person>,
}

/// A phenomenon of undermining; the list is configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phenomenon {
    /// Its stable code.
    pub code: String,
    /// Its Dutch name.
    pub nl: String,
    /// Its English name.
    pub en: String,
}

/// Signals. What ends a draft takes the revision that its author looked at: a draft that was changed since, in another
/// window, answers [`Problem::Overtaken`]; none means the draft as it stands.
///
/// [`Problem::Overtaken`]: crate::problem::Problem::Overtaken
#[async_trait]
pub trait Signals: Send + Sync {
    /// A page of the signals the asker may see; logged as `listed` with those that appear.
    async fn list(&self, asker: &Asker, list: SignalList) -> Answer<Listed<SignalRow>>;
    /// One signal, as far as the asker may see it.
    async fn view(&self, asker: &Asker, id: SignalId) -> Answer<SignalView>;
    /// What each version of a signal said, newest first and from below this number, for the department that owns it.
    async fn versions(&self, asker: &Asker, id: SignalId, below: Option<i64>) -> Answer<SignalVersions>;
    /// Logs the signal in this draft ([`FormKind::NewSignal`]). Again with the same draft: the same signal.
    async fn log(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<SignalId>;
    /// Saves the change in this draft ([`FormKind::EditSignal`]) as a new version.
    async fn edit(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<SignalId>;
}

/// Cases.
#[async_trait]
pub trait Cases: Send + Sync {
    /// A page of the cases the asker may know of.
    async fn list(&self, asker: &Asker, list: CaseList) -> Answer<Listed<CaseRow>>;
    /// One case with what its links share.
    async fn view(&self, asker: &Asker, id: CaseId) -> Answer<CaseView>;
    /// What happened in a case, newest first.
    async fn history(&self, asker: &Asker, id: CaseId, page: u32) -> Answer<HistoryView>;
    /// What was seen, done and is due in a case, on its days.
    async fn timeline(&self, asker: &Asker, id: CaseId) -> Answer<TimelineView>;
    /// Judges subjects that are seen in several linked signals, or undoes the judgement `seen` when there is no verdict.
    async fn judge(
        &self,
        asker: &Asker,
        id: CaseId,
        group: &Group,
        seen: Option<Uuid>,
        verdict: Option<SubjectVerdict>,
    ) -> Answer<JudgeAct>;
    /// Received signals a coordinator may choose for a case, with what is offered of each; one `listed` line.
    async fn candidates(&self, asker: &Asker, list: CandidateList, chosen: &[SignalId]) -> Answer<Candidates>;
    /// One signal a coordinator may choose, with what is offered of it.
    async fn candidate(&self, asker: &Asker, signal: SignalId) -> Answer<Candidate>;
    /// Which signal a link that stands is of, and the case's reference: clear columns, for who leads the case.
    async fn linked(&self, asker: &Asker, case: CaseId, link: LinkId) -> Answer<(SignalHead, Reference)>;
    /// Opens the case in this draft ([`FormKind::OpenCase`]) with the signed decision `opened-without-weighing`.
    async fn open(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<CaseId>;
    /// Links the signal in this draft ([`FormKind::LinkSignal`]).
    async fn link(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<CaseId>;
    /// Ends the link in this draft ([`FormKind::UnlinkSignal`]).
    async fn unlink(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<CaseId>;
    /// Makes the people in this draft ([`FormKind::Team`]) the team; the coordinator always stays in it.
    async fn set_team(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<CaseId>;
}

/// Notes on cases.
#[async_trait]
pub trait Notes: Send + Sync {
    /// A page of the notes on a case, newest first.
    async fn list(&self, asker: &Asker, case: CaseId, page: u32) -> Answer<NotesView>;
    /// One note with what it said before.
    async fn view(&self, asker: &Asker, case: CaseId, note: NoteId) -> Answer<NoteHistory>;
    /// Writes a note: under the id that its form was made with, so that sending it twice writes it once.
    async fn write(&self, asker: &Asker, case: CaseId, note: Option<NoteId>, values: FormValues) -> Answer<()>;
    /// Changes an own note that is in the version `seen`; what it said stays as a version.
    async fn change(&self, asker: &Asker, case: CaseId, note: NoteId, seen: i64, values: FormValues)
    -> Answer<NoteAct>;
    /// Withdraws an own note that is in the version `seen`.
    async fn withdraw(&self, asker: &Asker, case: CaseId, note: NoteId, seen: i64) -> Answer<NoteAct>;
    /// The notes to be printed, and when they were opened for that; logged as `printed`.
    async fn print(&self, asker: &Asker, case: CaseId) -> Answer<(NotesView, Moment)>;
}

/// Plans of approach.
#[async_trait]
pub trait Plans: Send + Sync {
    /// The plan of a case as it stands, or that there is none yet. Drafting together goes by the plan's socket.
    async fn view(&self, asker: &Asker, case: CaseId) -> Answer<PlanView>;
    /// Begins the plan of a case from the standard template. Again: the same plan.
    async fn begin(&self, asker: &Asker, case: CaseId) -> Answer<()>;
    /// The plan to be printed, and when it was opened for that; logged as `printed`.
    async fn print(&self, asker: &Asker, case: CaseId) -> Answer<(PlanView, Moment)>;
    /// The plan as a Word document, with who took it out, when and for what; logged as `exported`.
    async fn export(&self, asker: &Asker, case: CaseId, words: PlanWords) -> Answer<ExportedPlan>;
}

/// Versions of plans. A number that no version of the plan has is not found.
#[async_trait]
pub trait Versions: Send + Sync {
    /// All versions of the plan of a case.
    async fn list(&self, asker: &Asker, case: CaseId) -> Answer<VersionsView>;
    /// One version with its text, and what the departments said of it.
    async fn view(&self, asker: &Asker, case: CaseId, number: i64) -> Answer<VersionView>;
    /// Keeps the plan as it stands under this name, as the version with the id in `once`, which the list gave; answers its
    /// number.
    async fn keep(&self, asker: &Asker, case: CaseId, values: FormValues) -> Answer<i64>;
    /// Puts a version before the departments of the team, in the place of one that was before them.
    async fn propose(&self, asker: &Asker, case: CaseId, number: i64) -> Answer<VersionAct>;
    /// Says what the asker's department thinks of a version, in the place of what it said before, if that is what stood on
    /// the screen.
    async fn answer(&self, asker: &Asker, case: CaseId, number: i64, values: FormValues) -> Answer<VersionAct>;
    /// Adopts a version as it was seen; `without` also when departments said nothing.
    async fn adopt(
        &self,
        asker: &Asker,
        case: CaseId,
        number: i64,
        seen: Option<Seen>,
        without: bool,
    ) -> Answer<VersionAct>;
    /// Removes a version that was never put before the departments. What stood in it cannot be had back.
    async fn remove(&self, asker: &Asker, case: CaseId, number: i64) -> Answer<VersionAct>;
    /// Two states of the plan side by side; what interventions say in codes is told in these words.
    async fn compare(
        &self,
        asker: &Asker,
        case: CaseId,
        sides: (Side, Side),
        words: PlanWords,
    ) -> Answer<ComparisonView>;
    /// A version to be printed, and when it was opened for that; logged as `printed`.
    async fn print(&self, asker: &Asker, case: CaseId, number: i64) -> Answer<(VersionView, Moment)>;
    /// A version as a Word document, with what the departments said; logged as `exported`.
    async fn export(&self, asker: &Asker, case: CaseId, number: i64, words: PlanWords) -> Answer<ExportedPlan>;
}

/// Drafts. Only its author sees a draft; to everybody else it does not exist.
#[async_trait]
pub trait Drafts: Send + Sync {
    /// Begins a draft. For a change to something, `object` (and `part`) name it, the right to change it is
    /// checked, and the draft starts with what stands now; for something new, `object` is `None`.
    /// An unfinished draft of the same author, kind, object and part is taken up again instead.
    async fn begin(&self, asker: &Asker, kind: FormKind, object: Option<Uuid>, part: Option<Uuid>) -> Answer<DraftId>;
    /// The draft as last saved. Not a viewing of anybody else's words, so no line; the right to change its
    /// object is checked again.
    async fn read(&self, asker: &Asker, id: DraftId) -> Answer<Draft>;
    /// Keeps what was typed. Fields absent from `values` are cleared. When another window than this one saved other
    /// words since its page was made, these words are kept apart and the answer is [`Problem::Overtaken`]; without a
    /// window they replace whatever stands.
    ///
    /// [`Problem::Overtaken`]: crate::problem::Problem::Overtaken
    async fn save(&self, asker: &Asker, id: DraftId, window: Option<Window>, values: FormValues) -> Answer<Draft>;
    /// Chooses between the newest words kept apart (`keep_aside`) and those that stand.
    async fn settle(&self, asker: &Asker, id: DraftId, keep_aside: bool) -> Answer<Draft>;
    /// Judges what was typed, keeps the problems with the draft and answers it; nothing is finished yet.
    async fn check(&self, asker: &Asker, id: DraftId) -> Answer<Draft>;
    /// After a conflict: goes on from the version that stands now, with what is in the draft (`keep_mine`) or
    /// with what stands (`!keep_mine`).
    async fn rebase(&self, asker: &Asker, id: DraftId, keep_mine: bool) -> Answer<Draft>;
    /// Throws it away.
    async fn discard(&self, asker: &Asker, id: DraftId) -> Answer<()>;
}

/// Filters of lists that the asker keeps under a name. Nobody else's exist for them.
#[async_trait]
pub trait Views: Send + Sync {
    /// All that the asker keeps, of both lists, in the order in which they were kept.
    async fn all(&self, asker: &Asker) -> Answer<Vec<SavedView>>;
    /// Keeps what the values narrow this list to, under their `name`. The same again is the same view.
    async fn keep(&self, asker: &Asker, list: ListKind, values: FormValues) -> Answer<ViewId>;
    /// Gives a view the `name` of the values.
    async fn rename(&self, asker: &Asker, id: ViewId, values: FormValues) -> Answer<()>;
    /// Removes a view.
    async fn remove(&self, asker: &Asker, id: ViewId) -> Answer<()>;
}

/// Lists that are taken in. Only its maker sees a list; to everybody else it does not exist.
#[async_trait]
pub trait Imports: Send + Sync {
    /// The asker's lists that are still kept, newest first. Clear columns.
    async fn mine(&self, asker: &Asker) -> Answer<Vec<ImportHead>>;
    /// Gives a file under this id, or tells why it is not taken. Again under the same id: the same list.
    async fn give(
        &self,
        asker: &Asker,
        id: ImportId,
        name: &str,
        bytes: Vec<u8>,
    ) -> Answer<Result<ImportId, Unreadable>>;
    /// A list, as far as it has come.
    async fn view(&self, asker: &Asker, id: ImportId, wanted: RowsWanted) -> Answer<ImportView>;
    /// Keeps the choices for sheet and columns. With `judge`, all rows are judged by them, when they are right; without,
    /// columns are proposed anew for the sheet and header chosen. Answers whether rows are judged.
    async fn set_up(&self, asker: &Asker, id: ImportId, values: FormValues, judge: bool) -> Answer<bool>;
    /// One row in its form.
    async fn row(&self, asker: &Asker, id: ImportId, number: u32) -> Answer<RowView>;
    /// Keeps a row as it was put right, and judges it anew.
    async fn correct(&self, asker: &Asker, id: ImportId, number: u32, values: FormValues) -> Answer<Verdict>;
    /// Chooses rows.
    async fn choose(&self, asker: &Asker, id: ImportId, change: RowChange) -> Answer<()>;
    /// Begins to take in what is chosen, and answers whether anything is. Again: the same.
    async fn start(&self, asker: &Asker, id: ImportId) -> Answer<bool>;
    /// All rows, to leave as a file; logged as `exported`.
    async fn export(&self, asker: &Asker, id: ImportId) -> Answer<RowsView>;
    /// Throws a list away; the signals that it became stay. One that is being taken in is not.
    async fn discard(&self, asker: &Asker, id: ImportId) -> Answer<()>;
}

/// The processing register: everybody signed in reads it, the privacy officer takes in a new version from a file. A file
/// on its way belongs to its maker alone; to everybody else it does not exist.
#[async_trait]
pub trait Register: Send + Sync {
    /// The register as it stands. No residents' data, so no line.
    async fn view(&self, asker: &Asker) -> Answer<RegisterView>;
    /// Its versions, newest first.
    async fn versions(&self, asker: &Asker) -> Answer<Vec<RegisterVersion>>;
    /// What one version changed; its file's name for who may take in a register.
    async fn version(&self, asker: &Asker, number: u32) -> Answer<RegisterVersionView>;
    /// The asker's files that are still kept, newest first. Clear columns.
    async fn given(&self, asker: &Asker) -> Answer<Vec<ImportHead>>;
    /// Gives a file under this id, or tells why it is not taken. Again under the same id: the same file.
    async fn give(
        &self,
        asker: &Asker,
        id: ImportId,
        name: &str,
        bytes: Vec<u8>,
    ) -> Answer<Result<ImportId, Unreadable>>;
    /// A file, as far as it has come; with `columns`, the choices for sheet and columns as long as they can be changed.
    async fn import(&self, asker: &Asker, id: ImportId, columns: bool) -> Answer<RegisterImportView>;
    /// Keeps the choices for sheet and columns. With `judge`, all rows are judged by them, when they are right; without,
    /// columns are proposed anew for the sheet and header chosen. Answers whether rows are judged.
    async fn set_up(&self, asker: &Asker, id: ImportId, values: FormValues, judge: bool) -> Answer<bool>;
    /// Makes it the new version by these answers, and tells its number; nothing when the answers are not right, or the
    /// register was changed since: they are kept, with what is wrong. Again: the same version.
    async fn confirm(&self, asker: &Asker, id: ImportId, values: FormValues) -> Answer<Option<u32>>;
    /// All rows as they are judged, to leave as a file; logged as `exported`.
    async fn report(&self, asker: &Asker, id: ImportId) -> Answer<ProposalView>;
    /// Throws a file away; a version that it became stays.
    async fn discard(&self, asker: &Asker, id: ImportId) -> Answer<()>;
}

/// The access log.
#[async_trait]
pub trait AccessLog: Send + Sync {
    /// Who viewed this signal. Reading it is itself recorded.
    async fn of_signal(&self, asker: &Asker, id: SignalId, before: Option<u64>) -> Answer<(SignalHead, Viewings)>;
    /// Who viewed this case.
    async fn of_case(&self, asker: &Asker, id: CaseId, before: Option<u64>) -> Answer<(CaseHead, Viewings)>;
    /// What the asker viewed.
    async fn mine(&self, asker: &Asker, before: Option<u64>) -> Answer<Viewings>;
    /// The whole log, for the data protection officer.
    async fn search(&self, asker: &Asker, filter: LogFilter) -> Answer<Viewings>;
}

/// The desk of the data protection officer. No content of any record.
#[async_trait]
pub trait Supervision: Send + Sync {
    /// Whether the asker may look up who saw a person; today. No line is written, nothing is looked up.
    async fn may_look_up(&self, asker: &Asker) -> Answer<Day>;
    /// Looks up who saw the person whose identifier was typed. What is wrong with the form is [`Problem::Invalid`].
    async fn look_up(&self, asker: &Asker, values: &FormValues) -> Answer<LookUpId>;
    /// The answer, a page of people.
    async fn seen_by(&self, asker: &Asker, id: LookUpId, page: u32) -> Answer<SeenBy>;
    /// The answer, the lines of one person.
    async fn seen_by_one(
        &self,
        asker: &Asker,
        id: LookUpId,
        person: PersonId,
        before: Option<u64>,
    ) -> Answer<SeenByOne>;
    /// How it stands with the checkpoints of the log, and the newest of them.
    async fn checkpoints(&self, asker: &Asker, before: Option<u64>) -> Answer<CheckpointsView>;
    /// All lines of the log with their proof, and of those of a period what is personal; logged as exported before the
    /// first part.
    async fn export_log(&self, asker: &Asker, period: Period) -> Answer<Box<dyn ExportParts>>;
    /// The answer for paper; logged as printed.
    async fn seen_on_paper(&self, asker: &Asker, id: LookUpId) -> Answer<SeenOnPaper>;
}

/// Break-glass: reading one record in an emergency, and reviewing that.
#[async_trait]
pub trait BreakGlass: Send + Sync {
    /// Where one begins, for who may use it. No line is written, nothing is looked up.
    async fn start(&self, asker: &Asker) -> Answer<GlassStart>;
    /// Whether the asker may begin now: they may use it, and proved lately who they are. A yes leaves no line.
    async fn may_begin(&self, asker: &Asker) -> Answer<()>;
    /// Begins to read the record whose `reference` was typed, for this `motive`, as the one with the id in `once`. What is wrong
    /// with the form is [`Problem::Invalid`]; a reference that nothing has is not found, and one that may not be read so neither.
    ///
    /// [`Problem::Invalid`]: crate::problem::Problem::Invalid
    async fn begin(&self, asker: &Asker, values: FormValues) -> Answer<GlassAct>;
    /// One's own use, with its review.
    async fn own(&self, asker: &Asker, id: BreakGlassId) -> Answer<OwnGlass>;
    /// The record, as long as the use is open; afterwards that is not allowed.
    async fn record(&self, asker: &Asker, id: BreakGlassId) -> Answer<EmergencyView>;
    /// Stops a use: one's own, or one that the asker reviews. Again, or when it is over: the same.
    async fn stop(&self, asker: &Asker, id: BreakGlassId) -> Answer<()>;
    /// The uses that the asker reviews: those that wait, the oldest first, or the reviewed ones, the newest first.
    async fn reviews(&self, asker: &Asker, closed: bool, page: u32) -> Answer<ReviewsView>;
    /// A use, to be reviewed.
    async fn review(&self, asker: &Asker, id: BreakGlassId, before: Option<u64>) -> Answer<ReviewView>;
    /// Reviews a use that is over: `verdict` and `words`.
    async fn give_review(&self, asker: &Asker, id: BreakGlassId, values: FormValues) -> Answer<ReviewAct>;
}

/// Administration: who has a place, which, and on whose word. Nobody changes their own.
#[async_trait]
pub trait Administration: Send + Sync {
    /// A page of people.
    async fn people(&self, asker: &Asker, list: PeopleList, page: u32) -> Answer<PeopleView>;
    /// Somebody, with a page of what happened to their place.
    async fn person(&self, asker: &Asker, id: PersonId, page: u32) -> Answer<PersonView>;
    /// Gives or changes a place (`department`, `roles`), or proposes that; `seen` is the version that was on the screen.
    async fn place(&self, asker: &Asker, id: PersonId, seen: i64, values: FormValues) -> Answer<PlaceAct>;
    /// Takes a place away, or proposes that.
    async fn take_away(&self, asker: &Asker, id: PersonId, seen: i64) -> Answer<PlaceAct>;
    /// Ends all sessions of somebody.
    async fn end_sessions(&self, asker: &Asker, id: PersonId) -> Answer<()>;
    /// The proposals that are open, the oldest first.
    async fn proposals(&self, asker: &Asker, page: u32) -> Answer<Numbered<Proposal>>;
    /// Confirms, declines or withdraws a proposal.
    async fn decide(&self, asker: &Asker, id: ProposalId, verb: ProposalVerb) -> Answer<PlaceAct>;
}

/// Notices: that something happened which concerns somebody.
#[async_trait]
pub trait Notices: Send + Sync {
    /// How many the asker has not read. A number only, for every page.
    async fn unread(&self, asker: &Asker) -> Answer<i64>;
    /// The asker's notices, newest first; one `listed` line with what they are about.
    async fn list(&self, asker: &Asker, page: u32) -> Answer<Numbered<NoticeView>>;
    /// Marks this notice as read; without one, all up to and including the moment `until`.
    async fn mark_read(&self, asker: &Asker, notice: Option<NoticeId>, until: Moment) -> Answer<()>;
}

/// Work, lists and the register.
#[async_trait]
pub trait Desk: Send + Sync {
    /// What waits for the asker.
    async fn my_work(&self, asker: &Asker) -> Answer<MyWork>;
    /// The lists that forms choose from.
    async fn lists(&self, asker: &Asker) -> Answer<Lists>;
}

/// Sign-in and what belongs to the session.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// In the demo: who one can be. Outside it: nobody.
    async fn demo_people(&self) -> Answer<Vec<Person>>;
    /// Demo sign-in as this person; answers the secret token for the cookie.
    async fn sign_in_demo(&self, person: PersonId, arrival: &Arrival) -> Answer<String>;
    /// Who has this session; nobody when it is unknown, ended or too old.
    async fn resume(&self, token: &str, trace: TraceId, network: &str) -> Answer<Option<Asker>>;
    /// How long this session still lasts; nothing when it does not. Asking is no use of it, and makes it no longer.
    async fn left(&self, token: &str) -> Answer<Option<SessionLeft>>;
    /// In the demo: the asker confirms that it is them. Answers a new secret token for the cookie; the one before is worth
    /// nothing any more. Outside the demo there is no such thing.
    async fn confirm_demo(&self, asker: &Asker) -> Answer<String>;
    /// Ends the session.
    async fn sign_out(&self, asker: &Asker) -> Answer<()>;
    /// Where the asker is signed in, the session in use first.
    async fn mine(&self, asker: &Asker) -> Answer<Vec<OpenSession>>;
    /// Ends this session of the asker, or all but the one in use when none is named; answers whether that one was ended.
    async fn end_mine(&self, asker: &Asker, which: Option<SessionRef>) -> Answer<bool>;
    /// Records that the edge refused a request of this asker, such as one sent from another site; `what` is a code.
    async fn refused(&self, asker: &Asker, what: &str) -> Answer<()>;
    /// States a purpose for this session. A purpose the person can have no use for is refused.
    async fn state_purpose(&self, asker: &Asker, purpose: StatedPurpose) -> Answer<()>;
}

/// All ports together, handed over as one context.
#[derive(Clone)]
pub struct Ports {
    /// Signals.
    pub signals: Arc<dyn Signals>,
    /// Cases.
    pub cases: Arc<dyn Cases>,
    /// Notes on cases.
    pub notes: Arc<dyn Notes>,
    /// Plans.
    pub plans: Arc<dyn Plans>,
    /// Versions of plans.
    pub versions: Arc<dyn Versions>,
    /// Drafts.
    pub drafts: Arc<dyn Drafts>,
    /// Saved views.
    pub views: Arc<dyn Views>,
    /// Lists that are taken in.
    pub imports: Arc<dyn Imports>,
    /// The processing register.
    pub register: Arc<dyn Register>,
    /// The access log.
    pub access_log: Arc<dyn AccessLog>,
    /// The desk of the data protection officer.
    pub supervision: Arc<dyn Supervision>,
    /// Break-glass.
    pub break_glass: Arc<dyn BreakGlass>,
    /// Who has a place.
    pub administration: Arc<dyn Administration>,
    /// Notices.
    pub notices: Arc<dyn Notices>,
    /// Work and lists.
    pub desk: Arc<dyn Desk>,
    /// Sessions.
    pub sessions: Arc<dyn Sessions>,
    /// Sign-in with an identity provider; in a demo there is none.
    pub sign_in: Option<Arc<dyn SignIn>>,
    /// The rules in force: who may do what.
    pub rules: Arc<InForce>,
    /// Facts about this installation that pages show.
    pub installation: Arc<Installation>,
}

/// Facts about this installation that pages show.
#[derive(Debug, Clone)]
pub struct Installation {
    /// The municipality.
    pub municipality: String,
    /// What the Lokaal Informatie Plein is called here.
    pub plein_name: String,
    /// Whether this is a demo with invented data.
    pub demo: bool,
    /// Where residents and colleagues can turn to.
    pub contact: Contact,
    /// How long sessions last.
    pub sessions: SessionLimits,
    /// In a demo, the stops of its guided tour; elsewhere none.
    pub tour: Vec<Stop>,
}

/// Addresses of the municipality; an empty one is not shown.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// The postal address.
    pub address: String,
    /// General e-mail address, also for what does not work.
    pub email: String,
    /// E-mail address for questions and requests about privacy (GDPR art. 13(1)(a)).
    pub privacy: String,
    /// E-mail address of the data protection officer (art. 13(1)(b)).
    pub fg: String,
}

/// Where a page asks how long its session still lasts, which is no use of it.
pub const LEFT_PATH: &str = "/aanmelden/resterend";

/// The session cookie's name. The prefix makes browsers insist on `Secure`, `Path=/` and no `Domain`.
pub const SESSION_COOKIE: &str = "__Host-plein";

/// How long sessions last, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// A session ends when it was not used for this long (OWASP ASVS 5.0, 7.3.1).
    pub idle: i64,
    /// A session ends this long after sign-in (7.3.2).
    pub longest: i64,
    /// Weighty acts ask for a proof of who it is that is not older than this (7.5.3).
    pub fresh: i64,
}

impl Default for SessionLimits {
    /// Half an hour, and one working day; ten minutes for weighty acts.
    fn default() -> Self {
        Self { idle: 30 * 60, longest: 10 * 60 * 60, fresh: 10 * 60 }
    }
}

/// The nonce of this response's content security policy; the edge puts it into the request's extensions.
#[derive(Debug, Clone)]
pub struct Nonce(pub String);

/// Too much was asked in a short time, by this person or from this address: nothing is done, and it can be tried again after so many
/// seconds. The edge puts it into the request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hurried(pub u64);

/// How a request arrived, also when nobody is signed in; the edge puts it into the request's extensions.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The request.
    pub trace: TraceId,
    /// The network point it came from.
    pub network: String,
    /// On what the browser is, coarsely (`session::device`); empty when that is not known.
    pub device: String,
}

impl Arrival {
    /// Of what comes from no browser.
    pub fn of(trace: TraceId, network: &str) -> Self {
        Self { trace, network: network.to_owned(), device: String::new() }
    }
}
