//! What can be asked of the gate, and the table of who is permitted what, as the policies in force decide it.
//!
//! The table is not the rules: those are the policies. It is what comes of them, worked out by asking them everything.

use crate::{case::CaseState, signal::SignalState};
use std::{ops::Deref, sync::LazyLock};

codes! {
    /// What can be asked of the gate; the same names as in the policies.
    Action {
        /// A signal, whole.
        ViewWhole = "viewWhole",
        /// What its department offers of a signal.
        ViewOffered = "viewOffered",
        /// What a link shares of a signal.
        ViewShared = "viewShared",
        /// Change a signal.
        Edit = "edit",
        /// Choose a signal for a case.
        Choose = "choose",
        /// Who viewed a signal.
        ViewSignalLog = "viewSignalLog",
        /// Who was refused at a signal.
        ViewSignalRefusals = "viewSignalRefusals",
        /// A case.
        ViewCase = "viewCase",
        /// Link, unlink, team.
        LeadCase = "leadCase",
        /// Who viewed a case.
        ViewCaseLog = "viewCaseLog",
        /// Who was refused at a case.
        ViewCaseRefusals = "viewCaseRefusals",
        /// Judge subjects that are seen in several signals of a case.
        JudgeSubjects = "judgeSubjects",
        /// Write a note on a case.
        WriteNote = "writeNote",
        /// One note on a case.
        ViewNote = "viewNote",
        /// Change a note, and withdraw it.
        ChangeNote = "changeNote",
        /// The plan of a case.
        ViewPlan = "viewPlan",
        /// Take the plan of a case out as a file.
        ExportPlan = "exportPlan",
        /// Write in the plan of a case.
        EditPlan = "editPlan",
        /// Begin the plan of a case.
        BeginPlan = "beginPlan",
        /// Say what the own department thinks of a version of a plan.
        AnswerPlan = "answerPlan",
        /// Put a version of a plan before the departments, and adopt it.
        AdoptPlan = "adoptPlan",
        /// Read and write a draft.
        Write = "write",
        /// Give a list to be taken in.
        TakeInLists = "takeInLists",
        /// See and change one's own list, and begin to take it in.
        WorkOnList = "workOnList",
        /// Take in a processing register.
        ImportRegister = "importRegister",
        /// See and change one's own register on its way in, and make it the new version.
        WorkOnRegister = "workOnRegister",
        /// Make a row of a list a signal of a department.
        TakeInFor = "takeInFor",
        /// The list of signals.
        ListSignals = "listSignals",
        /// Log a signal.
        LogSignal = "logSignal",
        /// The list of cases.
        ListCases = "listCases",
        /// Open a case.
        OpenCase = "openCase",
        /// Keep views of lists, and see those one keeps.
        KeepViews = "keepViews",
        /// Rename or remove a view.
        ManageView = "manageView",
        /// The own notices.
        ViewOwnNotices = "viewOwnNotices",
        /// The own viewings.
        ViewOwnLog = "viewOwnLog",
        /// The whole log.
        SearchLog = "searchLog",
        /// Take the log out as a file, with its proof.
        ExportLog = "exportLog",
        /// The data processings, as the Logboek Dataverwerkingen has them.
        ReadProcessings = "readProcessings",
        /// Look up who saw a person, by an identifier.
        LookUpSubject = "lookUpSubject",
        /// The answer to a look-up.
        ViewLookUp = "viewLookUp",
        /// Use break-glass at all.
        BreakGlass = "breakGlass",
        /// Begin to read a signal by break-glass.
        OpenSignalInEmergency = "openSignalInEmergency",
        /// Begin to read a case by break-glass.
        OpenCaseInEmergency = "openCaseInEmergency",
        /// The record of a break-glass.
        ViewInEmergency = "viewInEmergency",
        /// What oneself wrote to use break-glass, and its review.
        ViewOwnBreakGlass = "viewOwnBreakGlass",
        /// Stop a break-glass.
        StopBreakGlass = "stopBreakGlass",
        /// The break-glasses that one reviews.
        ListReviews = "listReviews",
        /// A break-glass, to be reviewed; no content.
        ViewReview = "viewReview",
        /// Review a break-glass.
        GiveReview = "giveReview",
        /// The people who have a place, and those who wait for one.
        ListPeople = "listPeople",
        /// The proposals to change places.
        ListProposals = "listProposals",
        /// Somebody's place, where they are signed in, and what happened.
        ViewPlace = "viewPlace",
        /// Give, change or take away a place, or propose that.
        ChangePlace = "changePlace",
        /// End somebody's sessions.
        EndSessions = "endSessions",
        /// Confirm or decline a proposal.
        DecideProposal = "decideProposal",
        /// Withdraw a proposal.
        WithdrawProposal = "withdrawProposal",
    }
}

codes! {
    /// What an action is about.
    Thing {
        /// A signal.
        Signal = "signal",
        /// A case, with its plan.
        Case = "case",
        /// A note on a case.
        Note = "note",
        /// A draft: what somebody is typing.
        Draft = "draft",
        /// A view of a list that somebody keeps.
        View = "view",
        /// A list, or a register, that somebody takes in.
        Import = "import",
        /// A department, for which signals are made.
        Department = "department",
        /// A look-up of who saw a person.
        LookUp = "lookup",
        /// A break-glass: reading one record in an emergency.
        BreakGlass = "breakglass",
        /// Somebody's place.
        Person = "person",
        /// A proposal to change somebody's place.
        Proposal = "proposal",
        /// All of Plein, or a list in it.
        Area = "area",
    }
}

codes! {
    /// Who asks, as they stand to the thing.
    Who {
        /// A member of the department that logged the signal.
        OwnMember = "own-member",
        /// A member of another department, or of any, outside the team.
        Member = "member",
        /// A member in the team of the case.
        TeamMember = "team-member",
        /// A coordinator outside the team.
        Coordinator = "coordinator",
        /// A coordinator in the team of a case that somebody else leads.
        TeamCoordinator = "team-coordinator",
        /// The coordinator who leads the case.
        Leading = "leading-coordinator",
        /// A privacy officer, as close to the thing as anybody can be: of its department, in the team, leading, its author.
        PrivacyOfficer = "privacy-officer",
        /// The data protection officer (FG), as close as that.
        Fg = "fg",
        /// An administrator, as close as that.
        Administrator = "administrator",
    }
}

/// What is so of the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Circumstance {
    /// Nothing that matters can differ.
    Always,
    /// A signal in this state, of which its department offers something or nothing.
    Signal(SignalState, bool),
    /// A case in this state.
    Case(CaseState),
    /// Who asks made it, or belongs to it.
    Own,
    /// Somebody else made it, or it is another's.
    Others,
    /// Somebody else made it, and it is about who asks.
    AboutOneself,
    /// A break-glass on a case that is so.
    Glass(GlassIs),
}

codes! {
    /// Whose a break-glass is, and whether it is over.
    GlassIs {
        /// Of who asks, while the record can be read.
        OwnOpen = "own, open",
        /// Of who asks, over.
        OwnOver = "own, over",
        /// Somebody else's, while the record can be read.
        OthersOpen = "another's, open",
        /// Somebody else's, over.
        OthersOver = "another's, over",
        /// Of a data protection officer, over; who asks is configured to review these.
        OfFgOver = "of an FG whom the asker reviews, over",
    }
}

codes! {
    /// For which purpose somebody asks.
    Under {
        /// For none, or for any.
        Any = "any",
        /// Logging signals and taking them in.
        Intake = "intake",
        /// That of the case in question.
        Case = "case",
        /// That of another case.
        OtherCase = "other-case",
        /// Supervision.
        Supervision = "supervision",
        /// A resident's request.
        ResidentsRequest = "residents-request",
        /// Administration.
        Administration = "administration",
    }
}

codes! {
    /// The policies, by the names they have in `vault/policies/`.
    Policy {
        /// A member sees signals of the own department, whole, to log and judge them.
        DepartmentViewsOwnSignals = "department-views-own-signals",
        /// A member changes signals of the own department; every version is kept.
        DepartmentEditsOwnSignals = "department-edits-own-signals",
        /// A coordinator sees what its department offers of signals that are in no case yet, and chooses them for a case.
        CoordinatorViewsWhatIsOfferedOfReceivedSignals = "coordinator-views-what-is-offered-of-received-signals",
        /// The team of a case sees those parts of a linked signal that its link shares, for the purpose of that case.
        TeamViewsWhatALinkShares = "team-views-what-a-link-shares",
        /// A member sees who viewed signals of the own department, and who was refused.
        DepartmentSeesWhoViewedItsSignals = "department-sees-who-viewed-its-signals",
        /// The team sees its case, and who viewed it.
        TeamViewsItsCase = "team-views-its-case",
        /// The coordinator of a case links and unlinks signals, changes the team and sees who was refused.
        CoordinatorLeadsOwnCase = "coordinator-leads-own-case",
        /// The team judges whether subjects in several signals are the same.
        TeamJudgesSubjectsSeenInSeveralSignalsOfItsCase = "team-judges-subjects-seen-in-several-signals-of-its-case",
        /// The team writes notes on its case.
        TeamWritesNotesOnItsCase = "team-writes-notes-on-its-case",
        /// The team reads the notes on its case.
        TeamReadsTheNotesOnItsCase = "team-reads-the-notes-on-its-case",
        /// Who wrote a note changes or withdraws it, as long as they are in the team.
        AuthorInTheTeamChangesOwnNote = "author-in-the-team-changes-own-note",
        /// The team reads the plan of approach of its case and takes it out as a file or on paper.
        TeamReadsThePlanOfItsCaseAndTakesItOut = "team-reads-the-plan-of-its-case-and-takes-it-out",
        /// The team drafts the plan of its case together, once the coordinator has begun it.
        TeamDraftsThePlanOfItsCase = "team-drafts-the-plan-of-its-case",
        /// Who is in the team says for the own department what it thinks of a version of the plan.
        TeamAnswersForItsDepartments = "team-answers-for-its-departments",
        /// The coordinator of a case puts a version of the plan before the departments and adopts it.
        CoordinatorProposesAndAdoptsThePlanOfOwnCase = "coordinator-proposes-and-adopts-the-plan-of-own-case",
        /// The coordinator of a case begins the plan.
        CoordinatorBeginsThePlanOfOwnCase = "coordinator-begins-the-plan-of-own-case",
        /// A draft belongs to its writer alone.
        AuthorWritesOwnDraft = "author-writes-own-draft",
        /// Who sees lists keeps views of them.
        WhoListsKeepsViewsOfLists = "who-lists-keeps-views-of-lists",
        /// A view belongs to who kept it.
        OwnerManagesOwnView = "owner-manages-own-view",
        /// A list that is being taken in belongs to who gave it.
        MakerWorksOnOwnList = "maker-works-on-own-list",
        /// A member makes rows signals of the own department, a coordinator of other departments too.
        MembersTakeInForTheirDepartmentAndCoordinatorsForAll = "members-take-in-for-their-department-and-coordinators-for-all",
        /// The privacy officer takes in the processing register.
        PrivacyOfficerTakesInTheRegister = "privacy-officer-takes-in-the-register",
        /// A register that is being taken in belongs to the privacy officer who gave it.
        PrivacyOfficerWorksOnOwnRegister = "privacy-officer-works-on-own-register",
        /// Members and coordinators see the list of signals, each with what they may know.
        SignalsAreListedForIntake = "signals-are-listed-for-intake",
        /// Members log signals.
        MembersLogSignals = "members-log-signals",
        /// Members and coordinators give a list to be taken in.
        ListsAreTakenInByWhoLogsOrCoordinates = "lists-are-taken-in-by-who-logs-or-coordinates",
        /// Members and coordinators see the list of cases in whose team they are.
        CasesAreListedForThoseWhoWorkInThem = "cases-are-listed-for-those-who-work-in-them",
        /// Coordinators open cases.
        CoordinatorsOpenCases = "coordinators-open-cases",
        /// Everybody sees their own notices.
        EverybodySeesTheirOwnNotices = "everybody-sees-their-own-notices",
        /// Everybody sees their own viewings.
        EverybodySeesTheirOwnViewings = "everybody-sees-their-own-viewings",
        /// The data protection officer (FG) reads the whole access log, for supervision.
        FgReadsTheLog = "fg-reads-the-log",
        /// The FG takes the log out with its proof, for supervision.
        FgTakesTheLogOut = "fg-takes-the-log-out",
        /// The FG reads the data processings, for supervision.
        FgReadsTheDataProcessings = "fg-reads-the-data-processings",
        /// The FG looks up who saw a person, for supervision.
        FgLooksUpWhoSawAPerson = "fg-looks-up-who-saw-a-person",
        /// The answer to a look-up is for the FG who asked it.
        FgReadsOwnLookUp = "fg-reads-own-look-up",
        /// A member or a coordinator may use break-glass.
        MembersAndCoordinatorsMayBreakGlass = "members-and-coordinators-may-break-glass",
        /// By break-glass a signal of another department is opened.
        GlassIsBrokenForASignalOfAnotherDepartment = "glass-is-broken-for-a-signal-of-another-department",
        /// By break-glass a case is opened by who is not in its team.
        GlassIsBrokenForACaseOfAnotherTeam = "glass-is-broken-for-a-case-of-another-team",
        /// Who broke the glass reads that one record, for the purpose for which it is kept, until the time is over.
        WhoBrokeTheGlassReadsThatRecordForAWhile = "who-broke-the-glass-reads-that-record-for-a-while",
        /// Who broke the glass sees their own use with its review, and stops it.
        WhoBrokeTheGlassSeesAndStopsIt = "who-broke-the-glass-sees-and-stops-it",
        /// The FG, or who is configured to review the FG, sees which uses wait for a review.
        ReviewersSeeWhatWaitsForThem = "reviewers-see-what-waits-for-them",
        /// Somebody else than who used it sees a use and can stop it: the FG, or for an FG who is configured.
        SomebodyElseLooksAtBrokenGlass = "somebody-else-looks-at-broken-glass",
        /// The same reviews it when it is over.
        SomebodyElseReviewsBrokenGlassAfterwards = "somebody-else-reviews-broken-glass-afterwards",
        /// An administrator sees who has a place and who waits for one, where they are signed in, and ends their sessions.
        AdministratorsSeePlacesAndEndSessions = "administrators-see-places-and-end-sessions",
        /// An administrator gives, changes and takes away places, never their own.
        AdministratorsChangePlacesOfOthers = "administrators-change-places-of-others",
        /// Administrators and privacy officers see which changes wait for a second person.
        AdministratorsAndPrivacyOfficersSeeProposals = "administrators-and-privacy-officers-see-proposals",
        /// Somebody else than who proposed it, and than whom it is about, confirms or declines a change.
        SomebodyElseDecidesAboutAProposal = "somebody-else-decides-about-a-proposal",
        /// Who proposed a change withdraws it.
        ProposerWithdrawsOwnProposal = "proposer-withdraws-own-proposal",
        /// The FG and the administrator never see content of signals and cases, not even with another role besides.
        FgAndAdministratorSeeNoContent = "fg-and-administrator-see-no-content",
        /// The FG and the administrator do not make the processing register.
        FgAndAdministratorDoNotMakeTheRegister = "fg-and-administrator-do-not-make-the-register",
    }
}

/// Who may do one thing, in some circumstances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is done.
    pub action: Action,
    /// In which circumstances; all that there are of the thing, when the answers do not depend on them.
    pub when: Vec<Circumstance>,
    /// Whether these are all circumstances.
    pub always: bool,
    /// For each of [`Table::who`]: for which purposes. For none: refused.
    pub cells: Vec<Vec<Under>>,
}

/// All that can be done with one kind of thing. What has no row is permitted to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The kind of thing.
    pub thing: Thing,
    /// Who may ask.
    pub who: Vec<Who>,
    /// What is permitted to somebody, action by action.
    pub rows: Vec<Row>,
}

/// The rules in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The policies by their names, in the order in which they are written.
    pub policies: Vec<Policy>,
    /// What comes of them.
    pub tables: Vec<Table>,
}

/// The rules in force, worked out when somebody first asks for them: thousands of questions are put to the policies for that.
pub struct InForce(LazyLock<Rules, Box<dyn FnOnce() -> Rules + Send>>);

impl InForce {
    /// Those that this works out.
    pub fn from(work_out: impl FnOnce() -> Rules + Send + 'static) -> Self {
        Self(LazyLock::new(Box::new(work_out)))
    }
}

impl Deref for InForce {
    type Target = Rules;

    fn deref(&self) -> &Rules {
        &self.0
    }
}
