//! Ports that remember nothing and answer what a test puts in: enough to see every page.

use async_trait::async_trait;
use plein_domain::{
    access_log::*, case::*, draft::*, form::*, ids::*, import::*, list::*, moment::*, notice::*, people::*,
    permission::*, plan::*, ports::*, problem::*, purpose::*, sign_in::*, signal::*, tour::*, version::*,
};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

mod administration;
mod around;
mod break_glass;
pub mod lists;
pub mod register;
mod supervision;
mod things;
pub use administration::*;
pub use around::*;
pub use break_glass::*;
pub use things::*;

/// What the fake answers, and what it was asked.
#[derive(Default)]
pub struct Script {
    /// When set, every port answers this instead.
    pub problem: Option<Problem>,
    /// The draft that every question about drafts is about.
    pub draft: Option<Draft>,
    /// What a check finds.
    pub faults: Vec<FieldProblem>,
    /// When set, finishing a draft meets this conflict.
    pub conflict: Option<Conflict>,
    /// Whether people sign in at a provider.
    pub provider: bool,
    /// How signing in there ends, when not well.
    pub not_signed_in: Option<NotSignedInBecause>,
    /// Whether it was to sign in anew.
    pub anew: bool,
    /// Whether who signs in there has no place here yet.
    pub waits: Option<NotLetIn>,
    /// The stops of the guided tour; there is none when nothing is said.
    pub tour: Vec<Stop>,
    /// How places are.
    pub places: Places,
    /// How break-glass is.
    pub glass: Glass,
    /// What is wrong with the checkpoints.
    pub alarm: Option<plein_domain::checkpoint::CheckpointTrouble>,
    /// What the log was asked for.
    pub log: Option<LogFilter>,
    /// Whether the case is led by the asker.
    pub may_lead: bool,
    /// The plan of every case; a small one when there is none.
    pub plan: Option<PlanView>,
    /// How an act on a version ends; done when nothing is said.
    pub version_act: Option<VersionAct>,
    /// How many rows lists have; more than are counted when nothing is said, and no rows when there are none.
    pub count: Option<u32>,
    /// What the list of signals was last asked for.
    pub signal_list: Option<SignalList>,
    /// Where every list is, and its rows; none when nothing is said.
    pub list: Option<RowsView>,
    /// What every register that is taken in would make; its columns are to be chosen when nothing is said.
    pub proposal: Option<plein_domain::register::ProposalView>,
    /// The version that a register becomes; its answers are not right when there is none.
    pub version: Option<u32>,
    /// Why a file is not taken.
    pub unreadable: Option<Unreadable>,
    /// Calls, by name.
    pub calls: Vec<String>,
}

/// The fake.
#[derive(Clone, Default)]
pub struct Fake(pub Arc<Mutex<Script>>);

impl Fake {
    pub fn with(change: impl FnOnce(&mut Script)) -> Self {
        let fake = Self::default();
        change(&mut fake.script());
        fake
    }

    pub fn script(&self) -> std::sync::MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub fn ports(&self) -> Ports {
        let this = Arc::new(self.clone());
        let (provider, tour) = {
            let script = self.script();
            (script.provider, script.tour.clone())
        };
        Ports {
            signals: this.clone(),
            cases: this.clone(),
            notes: this.clone(),
            notices: this.clone(),
            plans: this.clone(),
            versions: this.clone(),
            drafts: this.clone(),
            views: this.clone(),
            imports: this.clone(),
            register: this.clone(),
            access_log: this.clone(),
            supervision: this.clone(),
            break_glass: this.clone(),
            administration: this.clone(),
            desk: this.clone(),
            sessions: this.clone(),
            sign_in: provider.then_some(this as Arc<dyn SignIn>),
            rules: Arc::new(InForce::from(things::rules)),
            installation: Arc::new(Installation {
                municipality: "Gemeente Vloedstad".into(),
                plein_name: "Lokaal Informatie Plein".into(),
                demo: !provider,
                contact: Contact {
                    address: "Postbus 2, 0000 AB Vloedstad".into(),
                    email: "gemeente@vloedstad.example".into(),
                    privacy: "privacy@vloedstad.example".into(),
                    fg: "fg@vloedstad.example".into(),
                },
                sessions: SessionLimits::default(),
                tour,
            }),
        }
    }

    fn told<T>(&self, call: &str, answer: T) -> Answer<T> {
        let mut script = self.script();
        script.calls.push(call.to_owned());
        script.problem.clone().map_or(Ok(answer), Err)
    }

    /// These rows in the middle of a list; after a page that was asked for by its row, nothing.
    fn listed<T>(&self, place: Place, rows: Vec<T>) -> Listed<T> {
        let count = self.script().count.map_or(Count::More, Count::Exactly);
        let rows = if count == Count::Exactly(0) || place != Place::First { Vec::new() } else { rows };
        let cursor = (!rows.is_empty()).then_some(CURSOR);
        Listed { rows, count, earlier: cursor, later: cursor, views: vec![saved_view()] }
    }

    fn kept(&self) -> Draft {
        self.script().draft.clone().unwrap_or_else(|| draft(FormKind::NewSignal))
    }

    fn finish<T>(&self, call: &str, done: T) -> Answer<T> {
        let conflict = self.script().conflict.clone();
        self.told(call, done)
            .and_then(|done| conflict.map_or(Ok(done), |conflict| Err(Problem::Stale(Box::new(conflict)))))
    }
}

#[async_trait]
impl Signals for Fake {
    async fn list(&self, _: &Asker, list: SignalList) -> Answer<Listed<SignalRow>> {
        let row = |number| SignalRow { head: head(number), summary: (number != 3).then(|| content().summary) };
        let listed = self.listed(list.place, (1..=6).map(row).collect());
        self.script().signal_list = Some(list);
        self.told("signals.list", listed)
    }
    async fn view(&self, _: &Asker, _: SignalId) -> Answer<SignalView> {
        let shown = SignalField::ALL.to_vec();
        self.told(
            "signals.view",
            SignalView {
                head: head(1),
                extent: Extent::Whole,
                fields: content().only(&shown),
                shown,
                reporter: Some(String::new()),
                categories: Some((vec![DataCategory::Ordinary, DataCategory::Bsn], String::new())),
                original_purpose: Some(id(702)),
                logged_by: Some("Anouk de Wit".into()),
                cases: vec![(id(500), Reference::numbered('C', 2026, 7))],
                may_edit: true,
                may_see_viewings: true,
            },
        )
    }
    async fn versions(&self, _: &Asker, _: SignalId, _: Option<i64>) -> Answer<SignalVersions> {
        let version = |number, place: &str| SignalVersion {
            number,
            signal: NewSignal {
                content: SignalContent { place: place.into(), ..content() },
                reporter: "Piet Meldt".into(),
                phenomenon: "witwassen".into(),
                received_on: head(1).received_on,
                original_purpose: id(700),
                offered: head(1).offered,
                why: if number == 1 { String::new() } else { "Adres verbeterd".into() },
            },
            by: "Sanne de Boer".into(),
            at: NOW,
        };
        let versions = vec![version(2, "Havenstraat 12"), version(1, "Havenstraat 21")];
        self.told("signals.versions", SignalVersions { head: head(1), versions, earlier: None })
    }
    async fn log(&self, _: &Asker, _: DraftId, _: Option<i64>) -> Answer<SignalId> {
        self.finish("signals.log", id(1001))
    }
    async fn edit(&self, _: &Asker, _: DraftId, _: Option<i64>) -> Answer<SignalId> {
        self.finish("signals.edit", id(1001))
    }
}

#[async_trait]
impl Cases for Fake {
    async fn list(&self, _: &Asker, list: CaseList) -> Answer<Listed<CaseRow>> {
        let row = CaseRow { head: case_head(), title: "Panden aan de haven".into(), links: 2, team: 3 };
        let listed = self.listed(list.place, vec![row]);
        self.told("cases.list", listed)
    }
    async fn view(&self, _: &Asker, _: CaseId) -> Answer<CaseView> {
        let may_lead = self.script().may_lead;
        self.told("cases.view", case_view(may_lead))
    }
    async fn history(&self, _: &Asker, _: CaseId, page: u32) -> Answer<HistoryView> {
        self.told(
            "cases.history",
            HistoryView { case: case_head(), changes: Numbered { rows: changes(), page, more: true } },
        )
    }
    async fn timeline(&self, _: &Asker, _: CaseId) -> Answer<TimelineView> {
        self.told("cases.timeline", timeline())
    }
    async fn judge(
        &self,
        _: &Asker,
        _: CaseId,
        _: &Group,
        seen: Option<Uuid>,
        verdict: Option<SubjectVerdict>,
    ) -> Answer<JudgeAct> {
        let act = if seen.is_some() { JudgeAct::Done } else { JudgeAct::Overtaken };
        self.told(&format!("cases.judge {}", verdict.map_or("undo", SubjectVerdict::code)), act)
    }
    async fn candidates(&self, _: &Asker, list: CandidateList, chosen: &[SignalId]) -> Answer<Candidates> {
        let candidate = |number| Candidate { fields: content().only(&head(number).offered), head: head(number) };
        let (before, rows): (Vec<_>, Vec<_>) =
            [candidate(1), candidate(3)].into_iter().partition(|one| chosen.contains(&one.head.id));
        let rows = if list.phenomenon.is_some() { Vec::new() } else { rows };
        let later = list.after.is_none().then_some(Cursor { at: NOW, id: Uuid::from_u128(3) });
        self.told(&format!("cases.candidates {list:?}"), Candidates { chosen: before, rows, later })
    }
    async fn candidate(&self, _: &Asker, _: SignalId) -> Answer<Candidate> {
        self.told("cases.candidate", Candidate { fields: content().only(&head(1).offered), head: head(1) })
    }
    async fn linked(&self, _: &Asker, _: CaseId, _: LinkId) -> Answer<(SignalHead, Reference)> {
        self.told("cases.linked", (head(1), Reference("C-2026-0007".into())))
    }
    async fn open(&self, _: &Asker, _: DraftId, _: Option<i64>) -> Answer<CaseId> {
        self.finish("cases.open", id(500))
    }
    async fn link(&self, _: &Asker, _: DraftId, _: Option<i64>) -> Answer<CaseId> {
        self.finish("cases.link", id(500))
    }
    async fn unlink(&self, _: &Asker, _: DraftId, _: Option<i64>) -> Answer<CaseId> {
        self.finish("cases.unlink", id(500))
    }
    async fn set_team(&self, _: &Asker, _: DraftId, _: Option<i64>) -> Answer<CaseId> {
        self.finish("cases.set_team", id(500))
    }
}

#[async_trait]
impl Notes for Fake {
    async fn list(&self, _: &Asker, _: CaseId, page: u32) -> Answer<NotesView> {
        self.told("notes.list", notes_view(page))
    }
    async fn view(&self, _: &Asker, _: CaseId, note: NoteId) -> Answer<NoteHistory> {
        let history = note_history(note);
        self.told("notes.view", history)
    }
    async fn write(&self, _: &Asker, _: CaseId, note: Option<NoteId>, values: FormValues) -> Answer<()> {
        read_note(&values).map_err(Problem::Invalid)?;
        self.told(&format!("notes.write {}", note.is_some()), ())
    }
    async fn change(&self, _: &Asker, _: CaseId, _: NoteId, seen: i64, values: FormValues) -> Answer<NoteAct> {
        read_note(&values).map_err(Problem::Invalid)?;
        self.told("notes.change", if seen == 2 { NoteAct::Done } else { NoteAct::Overtaken })
    }
    async fn withdraw(&self, _: &Asker, _: CaseId, _: NoteId, seen: i64) -> Answer<NoteAct> {
        self.told("notes.withdraw", if seen == 2 { NoteAct::Done } else { NoteAct::Overtaken })
    }
    async fn print(&self, _: &Asker, _: CaseId) -> Answer<(NotesView, Moment)> {
        self.told("notes.print", (notes_view(1), NOW))
    }
}

#[async_trait]
impl Notices for Fake {
    async fn unread(&self, _: &Asker) -> Answer<i64> {
        // For every page, so it is not counted among its calls.
        Ok(3)
    }
    async fn list(&self, _: &Asker, page: u32) -> Answer<Numbered<NoticeView>> {
        self.told("notices.list", Numbered { rows: notices(), page, more: page < 2 })
    }
    async fn mark_read(&self, _: &Asker, notice: Option<NoticeId>, until: Moment) -> Answer<()> {
        self.told(&format!("notices.read {} {}", notice.is_some(), until.0), ())
    }
}

#[async_trait]
impl Plans for Fake {
    async fn view(&self, _: &Asker, _: CaseId) -> Answer<PlanView> {
        let view = self.script().plan.clone().unwrap_or_else(plan_view);
        self.told("plans.view", view)
    }
    async fn begin(&self, _: &Asker, _: CaseId) -> Answer<()> {
        self.told("plans.begin", ())
    }
    async fn print(&self, _: &Asker, _: CaseId) -> Answer<(PlanView, Moment)> {
        self.told("plans.print", (PlanView { talk: Talk::default(), ..plan_view() }, NOW))
    }
    async fn export(&self, _: &Asker, _: CaseId, words: PlanWords) -> Answer<ExportedPlan> {
        self.told("plans.export", ExportedPlan { name: "plan.docx".into(), bytes: (words.when)(NOW).into_bytes() })
    }
}

impl Fake {
    fn act(&self, call: &str) -> Answer<VersionAct> {
        let act = self.script().version_act.unwrap_or(VersionAct::Done);
        self.told(call, act)
    }
}

#[async_trait]
impl Versions for Fake {
    async fn list(&self, _: &Asker, _: CaseId) -> Answer<VersionsView> {
        self.told("versions.list", versions_view())
    }
    async fn view(&self, _: &Asker, _: CaseId, number: i64) -> Answer<VersionView> {
        let state = match number {
            1 => VersionState::Adopted,
            2 => VersionState::Kept,
            _ => VersionState::Proposed,
        };
        self.told("versions.view", version_view(number, state))
    }
    async fn keep(&self, _: &Asker, _: CaseId, values: FormValues) -> Answer<i64> {
        read_name(&values).map_err(Problem::Invalid)?;
        self.told("versions.keep", 4)
    }
    async fn propose(&self, _: &Asker, _: CaseId, _: i64) -> Answer<VersionAct> {
        self.act("versions.propose")
    }
    async fn answer(&self, _: &Asker, _: CaseId, _: i64, values: FormValues) -> Answer<VersionAct> {
        read_answer(&values).map_err(Problem::Invalid)?;
        self.act("versions.answer")
    }
    async fn adopt(&self, _: &Asker, _: CaseId, _: i64, seen: Option<Seen>, without: bool) -> Answer<VersionAct> {
        let seen = seen.map(|seen| seen.to_string()).unwrap_or_default();
        self.act(&format!("versions.adopt {seen} {without}"))
    }
    async fn remove(&self, _: &Asker, _: CaseId, _: i64) -> Answer<VersionAct> {
        self.act("versions.remove")
    }
    async fn compare(&self, _: &Asker, _: CaseId, (old, new): (Side, Side), _: PlanWords) -> Answer<ComparisonView> {
        self.told("versions.compare", ComparisonView { old, new, ..comparison() })
    }
    async fn print(&self, _: &Asker, _: CaseId, number: i64) -> Answer<(VersionView, Moment)> {
        self.told("versions.print", (version_view(number, VersionState::Adopted), NOW))
    }
    async fn export(&self, _: &Asker, _: CaseId, number: i64, words: PlanWords) -> Answer<ExportedPlan> {
        let row = version_row(number, VersionKind::Named, VersionState::Adopted);
        let bytes = (words.version_of)(&row).into_bytes();
        self.told("versions.export", ExportedPlan { name: "plan-versie.docx".into(), bytes })
    }
}

#[async_trait]
impl Drafts for Fake {
    async fn begin(&self, _: &Asker, kind: FormKind, _: Option<Uuid>, _: Option<Uuid>) -> Answer<DraftId> {
        self.told(&format!("drafts.begin {}", kind.code()), ())?;
        let mut script = self.script();
        script.draft = Some(draft(kind));
        Ok(id(800))
    }
    async fn read(&self, _: &Asker, _: DraftId) -> Answer<Draft> {
        let draft = self.kept();
        self.told("drafts.read", draft)
    }
    async fn save(&self, _: &Asker, _: DraftId, _: Option<Window>, values: FormValues) -> Answer<Draft> {
        let mut draft = self.kept();
        if values.size() > FORM_LIMIT {
            let fault = Fault::TooLong { limit: FORM_LIMIT, typed: values.size() };
            return Err(Problem::Invalid(vec![FieldProblem { field: String::new(), fault }]));
        }
        draft.values = values;
        let draft = self.told("drafts.save", draft)?;
        self.script().draft = Some(draft.clone());
        Ok(draft)
    }
    async fn check(&self, _: &Asker, _: DraftId) -> Answer<Draft> {
        let mut draft = self.kept();
        draft.problems = self.script().faults.clone();
        let draft = self.told("drafts.check", draft)?;
        self.script().draft = Some(draft.clone());
        Ok(draft)
    }
    async fn rebase(&self, _: &Asker, _: DraftId, keep_mine: bool) -> Answer<Draft> {
        let draft = self.kept();
        self.told(&format!("drafts.rebase {keep_mine}"), draft)
    }
    async fn settle(&self, _: &Asker, _: DraftId, keep_aside: bool) -> Answer<Draft> {
        let draft = self.kept();
        self.told(&format!("drafts.settle {keep_aside}"), draft)
    }
    async fn discard(&self, _: &Asker, _: DraftId) -> Answer<()> {
        self.told("drafts.discard", ())
    }
}

#[async_trait]
impl Views for Fake {
    async fn all(&self, _: &Asker) -> Answer<Vec<SavedView>> {
        self.told("views.all", vec![saved_view()])
    }
    async fn keep(&self, _: &Asker, list: ListKind, values: FormValues) -> Answer<ViewId> {
        read_view_name(&values).map_err(Problem::Invalid)?;
        self.told(&format!("views.keep {}", list.code()), id(970))
    }
    async fn rename(&self, _: &Asker, _: ViewId, values: FormValues) -> Answer<()> {
        read_view_name(&values).map_err(Problem::Invalid)?;
        self.told("views.rename", ())
    }
    async fn remove(&self, _: &Asker, _: ViewId) -> Answer<()> {
        self.told("views.remove", ())
    }
}

#[async_trait]
impl AccessLog for Fake {
    async fn of_signal(&self, _: &Asker, _: SignalId, _: Option<u64>) -> Answer<(SignalHead, Viewings)> {
        self.told("log.of_signal", (head(1), viewings()))
    }
    async fn of_case(&self, _: &Asker, _: CaseId, _: Option<u64>) -> Answer<(CaseHead, Viewings)> {
        self.told("log.of_case", (case_head(), viewings()))
    }
    async fn mine(&self, _: &Asker, _: Option<u64>) -> Answer<Viewings> {
        self.told("log.mine", viewings())
    }
    async fn search(&self, _: &Asker, filter: LogFilter) -> Answer<Viewings> {
        self.script().log = Some(filter);
        let none = self.script().count == Some(0);
        self.told("log.search", if none { Viewings::default() } else { viewings() })
    }
}

#[async_trait]
impl Desk for Fake {
    async fn my_work(&self, asker: &Asker) -> Answer<MyWork> {
        let row = DraftRow { id: id(800), kind: FormKind::NewSignal, object: Uuid::nil(), saved_at: NOW };
        let works = asker.person.is(Role::Member) || asker.person.is(Role::Coordinator);
        self.told(
            "desk.my_work",
            if works {
                MyWork {
                    drafts: vec![row],
                    signals: vec![head(1), head(2)],
                    versions: vec![WaitingVersion {
                        case: id(500),
                        reference: Reference::numbered('C', 2026, 7),
                        number: 3,
                        since: NOW,
                        for_answer: true,
                    }],
                    interventions: vec![due_intervention()],
                    mentions: vec![mention()],
                    changed: vec![changed_case()],
                    cases: vec![case_head()],
                    waiting: if asker.person.is(Role::Coordinator) { vec![head(3)] } else { vec![] },
                    emergency: Some(glass(plein_domain::break_glass::GlassState::Open)),
                    reviews: 2,
                }
            } else {
                MyWork::default()
            },
        )
    }
    async fn lists(&self, _: &Asker) -> Answer<Lists> {
        let phenomenon =
            |code: &str, nl: &str, en: &str| Phenomenon { code: code.into(), nl: nl.into(), en: en.into() };
        let lists = Lists {
            today: Some(NOW.day()),
            departments: people().into_iter().map(|person| person.department).collect(),
            phenomena: vec![
                phenomenon("vastgoedfraude", "Vastgoedfraude", "Property fraud"),
                phenomenon("hennepteelt", "Hennepteelt", "Cannabis cultivation"),
            ],
            purposes: vec![
                purpose(701, "Aanpak vastgoedfraude", true),
                purpose(702, "Behandelen van vergunningaanvragen", false),
            ],
            people: people(),
            team: people(),
        };
        // Lists carry nothing personal, so they answer also when a viewing cannot, and are not counted.
        Ok(lists)
    }
}

#[async_trait]
impl Sessions for Fake {
    async fn demo_people(&self) -> Answer<Vec<Person>> {
        self.told("sessions.demo_people", people())
    }
    async fn sign_in_demo(&self, person: PersonId, _: &Arrival) -> Answer<String> {
        self.told("sessions.sign_in_demo", format!("token-{}", person.0.as_u128()))
    }
    async fn resume(&self, _: &str, _: TraceId, _: &str) -> Answer<Option<Asker>> {
        self.told("sessions.resume", None)
    }
    async fn left(&self, token: &str) -> Answer<Option<SessionLeft>> {
        let left = SessionLeft { idle: 100, longest: 3_000 };
        self.told("sessions.left", Some(left).filter(|_| token.starts_with('t')))
    }
    async fn confirm_demo(&self, _: &Asker) -> Answer<String> {
        self.told("sessions.confirm_demo", "n".repeat(64))
    }
    async fn sign_out(&self, _: &Asker) -> Answer<()> {
        self.told("sessions.sign_out", ())
    }
    async fn mine(&self, _: &Asker) -> Answer<Vec<plein_domain::session::OpenSession>> {
        self.told("sessions.mine", sessions())
    }
    async fn end_mine(&self, _: &Asker, which: Option<SessionRef>) -> Answer<bool> {
        let here = sessions().iter().any(|one| one.here && Some(one.id) == which);
        self.told(&format!("sessions.end_mine {:?}", which.map(|one| one.name())), here)
    }
    async fn refused(&self, _: &Asker, what: &str) -> Answer<()> {
        self.told(&format!("sessions.refused {what}"), ())
    }
    async fn state_purpose(&self, _: &Asker, purpose: StatedPurpose) -> Answer<()> {
        self.told(&format!("sessions.state_purpose {purpose}"), ())?;
        self.script().problem = None;
        Ok(())
    }
}

#[async_trait]
impl SignIn for Fake {
    async fn begin(&self, back: &str, _: &Arrival) -> Result<Begun, NotSignedIn> {
        let mut script = self.script();
        script.calls.push(format!("sign_in.begin {back}"));
        match script.not_signed_in {
            Some(because) => {
                Err(NotSignedIn { because, incident: Incident("k7f2m9qa".into()), back: back.into(), anew: false })
            }
            None => Ok(Begun { address: "https://provider.example/?state=s".into(), binding: "b".repeat(64) }),
        }
    }
    async fn begin_anew(&self, _: &Asker, back: &str, arrival: &Arrival) -> Result<Begun, NotSignedIn> {
        SignIn::begin(self, &format!("anew {back}"), arrival)
            .await
            .map_err(|failed| NotSignedIn { anew: true, ..failed })
    }
    async fn complete(&self, returned: Returned, _: &Arrival) -> Result<SignedIn, NotSignedIn> {
        let mut script = self.script();
        script.calls.push(format!("sign_in.complete {} {}", returned.state, returned.binding.len()));
        match script.not_signed_in {
            Some(because) => {
                let (incident, anew) = (Incident("k7f2m9qa".into()), script.anew);
                Err(NotSignedIn { because, incident, back: "/casussen".into(), anew })
            }
            None => Ok(match script.waits {
                Some(because) => SignedIn::Waits { name: "Anna".into(), because },
                None => SignedIn::In { token: "t".repeat(64), back: "/casussen".into() },
            }),
        }
    }
    async fn way_out(&self) -> Option<String> {
        Some("https://provider.example/uit?client_id=plein".into())
    }
}
