//! What comes of the policies: everybody who can ask, for everything, in all circumstances and under every purpose.

use super::{Policies, Resource};
use plein_domain::{
    case::CaseState,
    header::{BreakGlassHeader, CaseHeader, LinkHeader, NoteHeader, ProposalHeader, SignalHeader},
    ids::*,
    moment::Moment,
    people::{Department, Person, Role},
    permission::{Action, Circumstance, GlassIs, Policy, Row, Rules, Table, Thing, Under, Who},
    purpose::StatedPurpose,
    signal::{SignalField, SignalState},
};
use uuid::Uuid;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

const ASKER: PersonId = PersonId(id(1));
const SOMEBODY: PersonId = PersonId(id(2));
const THIRD: PersonId = PersonId(id(3));
const HERE: DepartmentId = DepartmentId(id(11));
const ELSEWHERE: DepartmentId = DepartmentId(id(12));
const CASE: CaseId = CaseId(id(21));
const OTHER_CASE: CaseId = CaseId(id(22));

/// What a policy can be asked about a thing of this kind. The schema of the policies says the same; a test compares.
const fn thing(action: Action) -> Thing {
    match action {
        Action::ViewWhole
        | Action::ViewOffered
        | Action::ViewShared
        | Action::Edit
        | Action::Choose
        | Action::ViewSignalLog
        | Action::ViewSignalRefusals
        | Action::OpenSignalInEmergency => Thing::Signal,
        Action::ViewCase
        | Action::LeadCase
        | Action::ViewCaseLog
        | Action::ViewCaseRefusals
        | Action::JudgeSubjects
        | Action::WriteNote
        | Action::ViewPlan
        | Action::ExportPlan
        | Action::EditPlan
        | Action::BeginPlan
        | Action::AnswerPlan
        | Action::AdoptPlan
        | Action::OpenCaseInEmergency => Thing::Case,
        Action::ViewNote | Action::ChangeNote => Thing::Note,
        Action::Write => Thing::Draft,
        Action::ManageView => Thing::View,
        Action::WorkOnList | Action::WorkOnRegister => Thing::Import,
        Action::TakeInFor => Thing::Department,
        Action::ViewLookUp => Thing::LookUp,
        Action::ViewInEmergency
        | Action::ViewOwnBreakGlass
        | Action::StopBreakGlass
        | Action::ViewReview
        | Action::GiveReview => Thing::BreakGlass,
        Action::ViewPlace | Action::ChangePlace | Action::EndSessions => Thing::Person,
        Action::DecideProposal | Action::WithdrawProposal => Thing::Proposal,
        Action::TakeInLists
        | Action::ImportRegister
        | Action::ListSignals
        | Action::LogSignal
        | Action::ListCases
        | Action::OpenCase
        | Action::KeepViews
        | Action::ViewOwnNotices
        | Action::ViewOwnLog
        | Action::SearchLog
        | Action::ExportLog
        | Action::ReadProcessings
        | Action::LookUpSubject
        | Action::BreakGlass
        | Action::ListReviews
        | Action::ListPeople
        | Action::ListProposals => Thing::Area,
    }
}

/// Who can stand how to a thing of this kind.
const fn who(thing: Thing) -> &'static [Who] {
    match thing {
        Thing::Signal => Who::ALL,
        Thing::Case | Thing::Note => &[
            Who::Member,
            Who::TeamMember,
            Who::Coordinator,
            Who::TeamCoordinator,
            Who::Leading,
            Who::PrivacyOfficer,
            Who::Fg,
            Who::Administrator,
        ],
        Thing::Draft
        | Thing::View
        | Thing::Import
        | Thing::Department
        | Thing::LookUp
        | Thing::BreakGlass
        | Thing::Person
        | Thing::Proposal
        | Thing::Area => &[Who::Member, Who::Coordinator, Who::PrivacyOfficer, Who::Fg, Who::Administrator],
    }
}

fn circumstances(thing: Thing) -> Vec<Circumstance> {
    match thing {
        Thing::Signal => SignalState::ALL
            .iter()
            .flat_map(|state| [true, false].map(|offers| Circumstance::Signal(*state, offers)))
            .collect(),
        Thing::Case => CaseState::ALL.iter().copied().map(Circumstance::Case).collect(),
        Thing::Area => vec![Circumstance::Always],
        Thing::BreakGlass => GlassIs::ALL.iter().copied().map(Circumstance::Glass).collect(),
        Thing::Note
        | Thing::Draft
        | Thing::View
        | Thing::Import
        | Thing::Department
        | Thing::LookUp
        | Thing::Person => {
            vec![Circumstance::Own, Circumstance::Others]
        }
        Thing::Proposal => vec![Circumstance::Own, Circumstance::Others, Circumstance::AboutOneself],
    }
}

/// How somebody stands to a thing.
struct Standing {
    role: Role,
    here: bool,
    in_team: bool,
    leads: bool,
}

impl Standing {
    const fn of(who: Who) -> Self {
        let (role, here, in_team, leads) = match who {
            Who::OwnMember => (Role::Member, true, false, false),
            Who::Member => (Role::Member, false, false, false),
            Who::TeamMember => (Role::Member, false, true, false),
            Who::Coordinator => (Role::Coordinator, false, false, false),
            Who::TeamCoordinator => (Role::Coordinator, false, true, false),
            Who::Leading => (Role::Coordinator, false, true, true),
            Who::PrivacyOfficer => (Role::PrivacyOfficer, true, true, true),
            Who::Fg => (Role::Fg, true, true, true),
            Who::Administrator => (Role::Administrator, true, true, true),
        };
        Self { role, here, in_team, leads }
    }

    fn person(&self) -> Person {
        let department = Department { id: if self.here { HERE } else { ELSEWHERE }, name: String::new() };
        Person { id: ASKER, name: String::new(), department, roles: vec![self.role] }
    }

    const fn coordinator(&self) -> PersonId {
        if self.leads { ASKER } else { SOMEBODY }
    }

    fn team(&self) -> Vec<PersonId> {
        if self.in_team { vec![SOMEBODY, ASKER] } else { vec![SOMEBODY] }
    }

    fn case(&self, state: CaseState) -> CaseHeader {
        let (coordinator, team) = (self.coordinator(), self.team());
        CaseHeader { id: CASE, state, purpose: PurposeId(id(31)), coordinator, team, version: 1 }
    }

    /// A break-glass on the case.
    fn break_glass(is: GlassIs) -> BreakGlassHeader {
        let own = matches!(is, GlassIs::OwnOpen | GlassIs::OwnOver);
        let of_fg = is == GlassIs::OfFgOver;
        BreakGlassHeader {
            id: BreakGlassId(id(65)),
            person: if own { ASKER } else { SOMEBODY },
            department: ELSEWHERE,
            record: CASE.into(),
            reference: Reference(String::new()),
            begun_at: Moment(0),
            ends_at: Moment(0),
            stopped: None,
            open: matches!(is, GlassIs::OwnOpen | GlassIs::OthersOpen),
            of_fg,
            reviewer: of_fg.then_some(ASKER),
            reviewed: false,
        }
    }

    /// A signal of the department *here*; one that is in a case is linked to one.
    fn signal(&self, state: SignalState, offers: bool) -> SignalHeader {
        let (coordinator, team, shared) = (self.coordinator(), self.team(), vec![SignalField::Facts]);
        let link = LinkHeader { case: CASE, coordinator, team, shared };
        SignalHeader {
            id: SignalId(id(41)),
            department: HERE,
            state,
            offered: if offers { vec![SignalField::Facts] } else { Vec::new() },
            version: 1,
            links: (state != SignalState::Received).then_some(link).into_iter().collect(),
        }
    }
}

impl Policies {
    /// The rules in force, with what comes of them.
    pub(crate) fn rules(&self) -> Rules {
        Rules { policies: self.written(), tables: Thing::ALL.iter().map(|thing| self.table(*thing)).collect() }
    }

    /// The policies that were loaded.
    fn written(&self) -> Vec<Policy> {
        let loaded = |policy: &Policy| self.names.values().any(|name| name == policy.code());
        Policy::ALL.iter().copied().filter(loaded).collect()
    }

    fn table(&self, kind: Thing) -> Table {
        let all = circumstances(kind);
        let who = who(kind);
        let mut rows: Vec<Row> = Vec::new();
        for action in Action::ALL.iter().copied().filter(|action| thing(*action) == kind) {
            let first = rows.len();
            for when in &all {
                let cells: Vec<Vec<Under>> = who.iter().map(|one| self.cell(*one, action, *when)).collect();
                if cells.iter().all(Vec::is_empty) {
                    continue;
                }
                match rows[first..].iter_mut().find(|row| row.cells == cells) {
                    Some(row) => row.when.push(*when),
                    None => rows.push(Row { action, when: vec![*when], always: false, cells }),
                }
            }
            rows[first..].iter_mut().for_each(|row| row.always = row.when.len() == all.len());
        }
        Table { thing: kind, who: who.to_vec(), rows }
    }

    /// For which purposes somebody may do this.
    fn cell(&self, who: Who, action: Action, when: Circumstance) -> Vec<Under> {
        let standing = Standing::of(who);
        let maker = if when == Circumstance::Own { ASKER } else { SOMEBODY };
        let (signal, case, note, glass, proposal);
        let resource = match (thing(action), when) {
            (Thing::Signal, Circumstance::Signal(state, offers)) => {
                signal = standing.signal(state, offers);
                Resource::Signal(&signal)
            }
            (Thing::Case, Circumstance::Case(state)) => {
                case = standing.case(state);
                Resource::Case(&case)
            }
            (Thing::Note, _) => {
                let case = standing.case(CaseState::Open);
                note = NoteHeader { id: NoteId(id(51)), case, author: maker, standing: true };
                Resource::Note(&note)
            }
            (Thing::BreakGlass, Circumstance::Glass(is)) => {
                glass = Standing::break_glass(is);
                Resource::BreakGlass(&glass)
            }
            (Thing::Draft, _) => Resource::Draft { id: DraftId(id(61)), author: maker },
            (Thing::View, _) => Resource::View { id: ViewId(id(62)), owner: maker },
            (Thing::Import, _) => Resource::Import { id: ImportId(id(63)), author: maker },
            (Thing::LookUp, _) => Resource::LookUp { id: LookUpId(id(64)), owner: maker },
            (Thing::Person, _) => Resource::Person(maker),
            (Thing::Proposal, _) => {
                let person = if when == Circumstance::AboutOneself { ASKER } else { THIRD };
                proposal = ProposalHeader { id: ProposalId(id(66)), proposer: maker, person };
                Resource::Proposal(&proposal)
            }
            (Thing::Department, _) => {
                let own = standing.person().department.id;
                let other = if own == HERE { ELSEWHERE } else { HERE };
                Resource::Department(if when == Circumstance::Own { own } else { other })
            }
            _ => Resource::Area,
        };
        let person = standing.person();
        let may = |under: &Under| self.decide(&person, action, &resource, purpose(*under)).allowed;
        let under: Vec<Under> = Under::ALL.iter().copied().filter(may).collect();
        // For none at all, and so for each: it needs none.
        if under.len() == Under::ALL.len() { vec![Under::Any] } else { under }
    }
}

const fn purpose(under: Under) -> Option<StatedPurpose> {
    match under {
        Under::Any => None,
        Under::Intake => Some(StatedPurpose::Intake),
        Under::Case => Some(StatedPurpose::Case(CASE)),
        Under::OtherCase => Some(StatedPurpose::Case(OTHER_CASE)),
        Under::Supervision => Some(StatedPurpose::Supervision),
        Under::ResidentsRequest => Some(StatedPurpose::ResidentsRequest),
        Under::Administration => Some(StatedPurpose::Administration),
    }
}

#[cfg(test)]
#[path = "matrix_tests.rs"]
mod tests;
