//! Invented things for the fake to answer.

use super::around::{notes_view, seen, waits};
use plein_domain::{
    access_log::*, case::*, draft::*, form::*, header::*, identifier::*, ids::*, ledger::*, list::*, moment::*,
    people::*, permission::*, plan::*, ports::*, purpose::*, signal::*, subject::*, version::*,
};
use uuid::Uuid;

pub const CANARY: &str = "Kanarie <script>alert(1)</script>";
pub const NOW: Moment = Moment(1_795_468_449_000_000);

/// Longer than any test lasts.
const FAR: Moment = Moment(NOW.0 + 3_600_000_000);

/// A row's place in a list.
pub const CURSOR: Cursor = Cursor { at: NOW, id: Uuid::from_u128(1001) };

pub fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(number))
}

pub fn department(number: u128, name: &str) -> Department {
    Department { id: id(number), name: name.into() }
}

pub fn person(number: u128, name: &str, department: Department, roles: &[Role]) -> Person {
    Person { id: id(number), name: name.into(), department, roles: roles.to_vec() }
}

pub fn people() -> Vec<Person> {
    vec![
        person(11, "Anouk de Wit", department(1, "Vergunningen"), &[Role::Member]),
        person(12, "Bram Jansen", department(2, "Belastingen"), &[Role::Member]),
        person(13, "Carla Smit", department(3, "Openbare orde en veiligheid"), &[Role::Coordinator]),
        person(14, "Dirk Visser", department(3, "Openbare orde en veiligheid"), &[Role::PrivacyOfficer]),
        person(15, "Els van Dam", department(4, "Concernstaf"), &[Role::Fg]),
        person(16, "Farid Bakker", department(5, "Informatievoorziening"), &[Role::Administrator]),
    ]
}

pub fn asker(person: usize) -> Asker {
    Asker {
        person: people().swap_remove(person),
        purposes: vec![StatedPurpose::Intake],
        trace: id(99),
        network: "127.0.0.1".into(),
        session: SessionRef([0; 32]),
        arrived: Arrived::now(),
        times: SessionTimes { at: NOW, fresh_until: FAR, idle_until: FAR, ends_at: FAR },
    }
}

pub fn head(number: u128) -> SignalHead {
    SignalHead {
        id: id(1000 + number),
        reference: Reference::numbered('S', 2026, i64::try_from(number).unwrap_or(1)),
        department: department(1, "Vergunningen"),
        state: if number.is_multiple_of(2) { SignalState::InCase } else { SignalState::Received },
        phenomenon: "vastgoedfraude".into(),
        received_on: "2026-11-20".parse().unwrap_or(NOW.day()),
        logged_at: NOW,
        changed_at: NOW,
        version: 1,
        offered: vec![SignalField::Summary, SignalField::Facts, SignalField::Subjects, SignalField::Place],
    }
}

fn origin() -> Origin {
    Origin {
        channel: Channel::Own,
        reporter_kind: ReporterKind::Official,
        source: KnowledgeSource::Seen,
        reliability: Reliability::Reliable,
    }
}

pub fn content() -> SignalContent {
    let bsn = Identifier::parse(IdentifierKind::Bsn, "123456782");
    let born = Identifier::parse(IdentifierKind::NameBirthDate, "Jan de Vries|1980-12-31");
    SignalContent {
        summary: "Contante aankoop van een pand zonder hypotheek".into(),
        facts: format!("{CANARY}\nBij de aanvraag is een koopakte gezien.\nDe koopsom is contant betaald."),
        suspicion: "Mogelijk wordt geld witgewassen via het pand.".into(),
        origin: origin(),
        observed: "2026-11-18".parse().ok(),
        place: "Havenstraat 12, Vloedstad".into(),
        subjects: vec![Subject {
            kind: SubjectKind::Person,
            role: SubjectRole::Owner,
            name: "Jan de Vries".into(),
            identifiers: bsn.into_iter().chain(born).collect(),
        }],
        risk: String::new(),
        checklist: Checklist {
            indicators: vec![Indicator::PublicOrder, Indicator::Involvement],
            task: "Opiumwet artikel 13b".into(),
            territory: Some(Territory::Within),
        },
        categories: vec![DataCategory::Ordinary, DataCategory::Bsn],
        ground: String::new(),
    }
}

pub fn purpose(number: u128, name: &str, for_cases: bool) -> Purpose {
    Purpose {
        id: id(number),
        main_process: "Openbare orde en veiligheid".into(),
        sub_process: "Tegengaan van ondermijning".into(),
        name: name.into(),
        description: "Voorkomen dat vastgoed in de gemeente wordt gebruikt om crimineel geld wit te wassen.".into(),
        legal_basis: LegalBasis::PublicTask,
        legal_reference: "Gemeentewet artikel 172".into(),
        retention_months: Some(60),
        categories: DataCategory::ALL.to_vec(),
        valid_from: "2026-01-01".parse().unwrap_or(NOW.day()),
        valid_until: None,
        for_cases,
    }
}

pub fn case_head() -> CaseHead {
    CaseHead {
        id: id(500),
        reference: Reference::numbered('C', 2026, 7),
        state: CaseState::Open,
        coordinator: people().swap_remove(2),
        purpose: purpose(701, "Aanpak vastgoedfraude", true),
        opened_at: NOW,
        version: 1,
    }
}

pub fn mention() -> UnseenMention {
    UnseenMention {
        case: id(500),
        reference: Reference::numbered('C', 2026, 7),
        thread: Uuid::from_u128(950),
        by: "Anouk de Wit".into(),
        at: NOW,
    }
}

pub fn saved_view() -> SavedView {
    let mut filter = FormValues::default();
    filter.set("status", "received");
    SavedView { id: id(970), list: ListKind::Signals, name: CANARY.into(), filter }
}

pub fn due_intervention() -> DueIntervention {
    let row = InterventionRow {
        id: Uuid::from_u128(900),
        kind: InterventionKind::Fiscal,
        person: Some(id(12)),
        due: "2026-11-20".parse().ok(),
        status: InterventionStatus::Started,
    };
    DueIntervention { case: id(500), reference: Reference::numbered('C', 2026, 7), row }
}

pub fn version_row(number: i64, kind: VersionKind, state: VersionState) -> VersionRow {
    let named = kind == VersionKind::Named;
    let adopted = state == VersionState::Adopted;
    VersionRow {
        number,
        kind,
        state,
        name: if named { CANARY.into() } else { String::new() },
        kept_by: named.then(|| "Bram Jansen".into()),
        at: NOW,
        proposed: (state != VersionState::Kept).then(|| ("Carla Smit".into(), NOW)),
        adopted: adopted.then(|| ("Carla Smit".into(), NOW)),
        changed: vec!["Situatie".into()],
    }
}

pub fn versions_view() -> VersionsView {
    let versions = vec![
        version_row(3, VersionKind::Named, VersionState::Proposed),
        version_row(2, VersionKind::Automatic, VersionState::Kept),
        version_row(1, VersionKind::Named, VersionState::Adopted),
    ];
    VersionsView { case: case_head(), versions, changed_since: true, may_keep: true, next: id(970) }
}

pub fn version_view(number: i64, state: VersionState) -> VersionView {
    let proposed = state == VersionState::Proposed;
    let position = |department, name: &str, stance, dissent: &str, by: Option<&str>| Position {
        department: self::department(department, name),
        stance,
        dissent: dissent.into(),
        by: by.map(Into::into),
        at: NOW,
        left: proposed && name == "Belastingen",
    };
    let positions = vec![
        position(1, "Vergunningen", Stance::Agrees, "", Some("Anouk de Wit")),
        position(2, "Belastingen", Stance::Dissents, CANARY, Some("Bram Jansen")),
    ];
    VersionView {
        case: case_head(),
        row: version_row(number, VersionKind::Named, state),
        sections: plan_view().plan.map(|plan| plan.sections).unwrap_or_default(),
        people: people(),
        positions: if state == VersionState::Kept { vec![] } else { positions },
        silent: if proposed { vec![department(3, "Openbare orde en veiligheid")] } else { vec![] },
        before: Some(number - 1),
        may_propose: state == VersionState::Kept,
        may_answer: proposed,
        may_adopt: proposed,
        may_remove: state == VersionState::Kept,
        seen: Seen { case: 7, said: 2 },
        adopted_later: (state == VersionState::Adopted).then_some(5),
    }
}

pub fn comparison() -> ComparisonView {
    let piece = |changed, text: &str| (changed, Inline::Text { text: text.into(), bold: false, italic: false });
    let line = |pieces| Some(ComparedLine { kind: ComparedKind::Paragraph, pieces });
    let same = || RowComparison { old: line(vec![piece(false, "gelijk")]), new: line(vec![piece(false, "gelijk")]) };
    let changed = RowComparison {
        old: line(vec![piece(false, "was "), piece(true, CANARY)]),
        new: line(vec![piece(false, "was "), piece(true, "beter")]),
    };
    let field =
        ComparedLine { kind: ComparedKind::Field(InterventionField::Power), pieces: vec![piece(true, "sluiten")] };
    let added = RowComparison { old: None, new: Some(field) };
    let rows = vec![same(), same(), same(), same(), changed, added];
    ComparisonView {
        case: case_head(),
        old: Side::Version(1),
        new: Side::Current,
        versions: versions_view().versions,
        sections: vec![
            SectionComparison { title: "Situatie".into(), rows },
            SectionComparison { title: "Doel".into(), rows: vec![same()] },
        ],
    }
}

/// A comment in which Anouk mentions Bram.
fn comment(number: u128, about: About, resolved: bool) -> Thread {
    let section = if about == About::Passage { "situation" } else { "goal" };
    Thread {
        id: Uuid::from_u128(number),
        about,
        section: Some(section.into()),
        quote: CANARY.into(),
        resolved,
        comments: vec![Comment {
            id: Some(Uuid::from_u128(number + 100)),
            by: id(11),
            at: Some(NOW),
            said: vec![Said::Mention(id(12)), Said::Words(format!(" kijk jij hiernaar? {CANARY}"))],
        }],
    }
}

pub fn plan_view() -> PlanView {
    let text = |text: &str, bold, italic| Inline::Text { text: text.into(), bold, italic };
    let said = |words: &str| vec![Block::Paragraph(vec![text(words, false, false)])];
    let cell = |words: &str, header| Cell { header, blocks: said(words) };
    let section =
        |id: &str, title: &str, blocks, changed| Section { id: id.into(), title: title.into(), blocks, changed };
    PlanView {
        case: case_head(),
        plan: Some(Plan {
            sections: vec![
                section(
                    "situation",
                    "Situatie",
                    vec![
                        Block::Heading(3, vec![text("Wat we weten", false, false)]),
                        Block::Paragraph(vec![
                            text(CANARY, true, false),
                            Inline::Break,
                            text(" en ", false, true),
                            Inline::Signal(id(1001), Reference::numbered('S', 2026, 1)),
                        ]),
                        Block::List { ordered: true, items: vec![said("één"), said("twee")] },
                        Block::Table(vec![
                            vec![cell("Wie", true), cell("Wat", true)],
                            vec![cell("Bram", false), cell("belt", false)],
                        ]),
                    ],
                    Some(("Bram Jansen".into(), NOW)),
                ),
                section(
                    "goal",
                    "Doel",
                    vec![Block::Intervention(Box::new(Intervention {
                        id: Uuid::from_u128(900),
                        kind: InterventionKind::Fiscal,
                        power: "Invorderingswet".into(),
                        body: String::new(),
                        department: "Belastingen".into(),
                        person: Some(id(12)),
                        due: "2026-11-20".parse().ok(),
                        status: InterventionStatus::Started,
                        result: String::new(),
                        description: said("Beslag op de huur"),
                    }))],
                    None,
                ),
            ],
            begun_by: "Carla Smit".into(),
            begun_at: NOW,
        }),
        signals: vec![(id(1001), Reference::numbered('S', 2026, 1))],
        team: people(),
        talk: Talk {
            threads: vec![
                comment(950, About::Passage, false),
                comment(951, About::Intervention(Uuid::from_u128(900)), false),
                comment(952, About::Passage, true),
            ],
            names: people().into_iter().map(|person| (person.id, person.name)).collect(),
        },
        here: vec![people().swap_remove(1)],
        adopted: Some((1, NOW, true)),
        proposed: Some(3),
        may_begin: false,
        may_write: true,
    }
}

fn test() -> PurposeTest {
    let judge = |criterion| Judgement { criterion, met: true, reasons: "Zelfde pand, zelfde eigenaar.".into() };
    PurposeTest(Criterion::ALL.iter().copied().map(judge).collect())
}

fn link(number: u128, unlinked: Option<Unlinked>) -> LinkView {
    let shown = vec![SignalField::Summary, SignalField::Facts, SignalField::Subjects];
    LinkView {
        id: id(600 + number),
        signal: head(number),
        version: 1,
        fields: if unlinked.is_some() { VisibleFields::default() } else { content().only(&shown) },
        shown: if unlinked.is_some() { vec![] } else { shown },
        test: test(),
        linked_by: "Carla Smit".into(),
        linked_at: NOW,
        unlinked,
    }
}

pub fn case_view(may_lead: bool) -> CaseView {
    let gone = Unlinked { by: "Carla Smit".into(), at: NOW, reason: "Ander pand.".into() };
    CaseView {
        head: case_head(),
        title: "Panden aan de haven".into(),
        summary: "Drie panden, één koper, contant betaald.".into(),
        waits: waits(),
        notes: notes_view(1).notes.rows,
        notes_count: 12,
        seen: seen(),
        related: vec![(id(501), Reference::numbered('C', 2026, 3))],
        links: vec![link(2, None), link(4, None), link(6, Some(gone))],
        team: people().into_iter().skip(1).take(2).map(|person| TeamMember { person, since: NOW }).collect(),
        decisions: vec![Decision {
            kind: "opened-without-weighing".into(),
            by: "Carla Smit".into(),
            at: NOW,
            reasons: "Twee afdelingen noemen dezelfde koper.".into(),
        }],
        may_lead,
        may_see_viewings: true,
    }
}

pub fn draft(kind: FormKind) -> Draft {
    Draft {
        id: id(800),
        kind,
        object: Uuid::from_u128(500),
        part: match kind {
            FormKind::LinkSignal => Some(Uuid::from_u128(1001)),
            FormKind::UnlinkSignal => Some(Uuid::from_u128(602)),
            _ => None,
        },
        base_version: 0,
        values: FormValues::default(),
        problems: vec![],
        begun_at: NOW,
        saved_at: NOW,
        revision: 3,
        aside: vec![],
    }
}

pub fn viewings() -> Viewings {
    let line = |number: u64, person: usize, kind, outcome, purpose: &str| {
        let who = people().swap_remove(person);
        Viewing {
            sequence: number,
            at: NOW.plus_seconds(-60 * i64::try_from(number).unwrap_or(0)),
            trace: id(99),
            kind,
            outcome,
            payload: Some(Payload {
                actor: who.id,
                actor_name: who.name,
                department: who.department.id,
                department_name: who.department.name,
                role: who.roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(","),
                user_is_requestor: true,
                objects: vec![],
                case: None,
                purpose: purpose.into(),
                reason: String::new(),
                policies: vec![],
                network: "127.0.0.1".into(),
            }),
            objects: vec![
                (ObjectRef::from(id::<SignalId>(1001)), Some(Reference::numbered('S', 2026, 1).to_string())),
                (ObjectRef::from(id::<SignalId>(1002)), None),
            ],
            purpose_case: purpose
                .starts_with("case")
                .then(|| (Reference::numbered('C', 2026, 7), "Aanpak vastgoedfraude".into())),
        }
    };
    let case = format!("case:{}", Uuid::from_u128(500));
    let mut gone = line(4, 0, LineKind::Opened, Outcome::Permitted, "intake");
    gone.payload = None;
    Viewings {
        lines: vec![
            line(1, 0, LineKind::Opened, Outcome::Permitted, "intake"),
            line(2, 1, LineKind::Listed, Outcome::Permitted, &case),
            line(3, 1, LineKind::Refused, Outcome::Refused, ""),
            gone,
        ],
        older: Some(1),
    }
}

/// Two rules, and what could come of them.
pub fn rules() -> Rules {
    let row = |action, when: Vec<Circumstance>, cells: [&[Under]; 2]| Row {
        action,
        always: when.len() > 1,
        when,
        cells: cells.map(<[Under]>::to_vec).to_vec(),
    };
    let both = vec![Circumstance::Own, Circumstance::Others];
    let offered = vec![Circumstance::Signal(SignalState::Received, true)];
    Rules {
        policies: vec![Policy::MembersLogSignals, Policy::FgReadsTheLog],
        tables: vec![
            Table {
                thing: Thing::Signal,
                who: vec![Who::OwnMember, Who::Coordinator],
                rows: vec![row(Action::ViewOffered, offered, [&[], &[Under::Intake, Under::Case]])],
            },
            Table {
                thing: Thing::Draft,
                who: vec![Who::Member, Who::Fg],
                rows: vec![
                    row(Action::Write, vec![Circumstance::Own], [&[Under::Any], &[Under::Any]]),
                    row(Action::ManageView, both, [&[Under::Case], &[Under::Supervision]]),
                ],
            },
        ],
    }
}
