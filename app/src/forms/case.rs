//! The questions about a case: opening one, linking, unlinking, the team.

use super::{Choice, Input, Question, Section, yes_no};
use crate::{
    parts::candidates::{NARROW, Narrowing},
    texts::{Named, Text, cases::*, codes, t, tf},
};
use plein_domain::{
    case::{Candidate, Candidates, Criterion},
    form::FormValues,
    ids::Reference,
    list::{CandidateList, name},
    people::Role,
    ports::Lists,
    purpose::Purpose,
    signal::SignalHead,
};
use uuid::Uuid;

/// So many signals are chosen from without narrowing the list.
const FEW: usize = 12;

pub(super) fn open(values: &FormValues, lists: &Lists, candidates: &Candidates) -> Vec<Section> {
    let list = CandidateList::read(values, NARROW, lists);
    let signals = candidates.all().map(|one| {
        let summary = one.fields.summary.as_deref().filter(|summary| !summary.is_empty());
        let phenomenon = codes::phenomenon(&lists.phenomena, &one.head.phenomenon);
        Choice::new(one.head.id.to_string(), format!("{}: {}", one.head.reference, summary.unwrap_or(&phenomenon)))
            .hint(format!("{}, {phenomenon}", one.head.department.name))
    });
    let intro = match (candidates.rows.is_empty(), list.is_whole()) {
        (true, false) => t(NARROW_NONE).to_owned(),
        (true, true) if candidates.chosen.is_empty() => t(LINK_NONE).to_owned(),
        _ => format!("{} {}", t(S_SIGNALS_INTRO), t(NARROW_ORDER)),
    };
    let many = candidates.rows.len() > FEW || candidates.later.is_some() || !list.is_whole();
    let mut choose = Section::new("signalen", t(S_SIGNALS))
        .intro(intro)
        .ask([Question::new("signal", t(Q_SIGNALS), Input::Boxes(signals.collect()))])
        .button("choose", t(CHOOSE_SIGNALS));
    choose.narrowing = many.then_some(Narrowing { list, later: candidates.later });
    let mut sections = vec![choose];
    let chosen = values.all("signal");
    let chosen = candidates.all().filter(|one| chosen.contains(&one.head.id.to_string()));
    sections.extend(chosen.map(test));
    sections.push(about(lists));
    sections.push(team(lists, S_TEAM_INTRO));
    sections.push(Section::new("besluit", t(S_DECISION)).intro(t(S_DECISION_INTRO)).ask([Question::new(
        "reasons",
        t(Q_REASONS),
        Input::Lines { rows: 5 },
    )]));
    sections
}

fn about(lists: &Lists) -> Section {
    let usable = |purpose: &&Purpose| purpose.for_cases && lists.today.is_none_or(|today| purpose.in_force(today));
    let purposes = lists.purposes.iter().filter(usable);
    let purposes = purposes.map(|one| {
        Choice::new(one.id.to_string(), one.name.as_str())
            .hint(format!("{} ({})", one.description, one.legal_reference))
    });
    Section::new("casus", t(S_CASE)).ask([
        Question::new("title", t(Q_TITLE), Input::Line).hint(t(H_TITLE)),
        Question::new("summary", t(Q_SUMMARY), Input::Lines { rows: 4 }).optional(),
        Question::new("purpose", t(Q_PURPOSE), Input::Radios(purposes.collect())).hint(t(H_PURPOSE)),
    ])
}

/// The purpose test of one signal, and what its link shares.
fn test(candidate: &Candidate) -> Section {
    let head = &candidate.head;
    let field = |part: &str| format!("link.{}.{part}", head.id);
    let mut section =
        Section::new(format!("toets-{}", head.id), tf(S_TEST, &[&head.reference.to_string()])).intro(t(S_TEST_INTRO));
    for criterion in Criterion::ALL.iter().copied() {
        let question = Question::new(field(criterion.code()), t(asked(criterion)), Input::Radios(yes_no()));
        section = section.ask([
            if criterion == Criterion::Subsidiarity { question.hint(t(H_SUBSIDIARITY)) } else { question },
            Question::new(
                field(&format!("{}-reasons", criterion.code())),
                tf(Q_REASONS_OF, &[&t(criterion.text()).to_lowercase()]),
                Input::Lines { rows: 3 },
            ),
        ]);
    }
    let shared = Question::new(field("field"), t(Q_SHARED), Input::Boxes(Choice::of(&head.offered)));
    section = section.ask([shared.hint(t(if head.offered.is_empty() { NOTHING_OFFERED } else { H_SHARED }))]);
    section.beside = Some(candidate.clone());
    section
}

/// The question that a criterion asks.
pub(crate) const fn asked(criterion: Criterion) -> Text {
    match criterion {
        Criterion::Compatibility => Q_COMPATIBILITY,
        Criterion::Necessity => Q_NECESSITY,
        Criterion::Proportionality => Q_PROPORTIONALITY,
        Criterion::Subsidiarity => Q_SUBSIDIARITY,
    }
}

/// Another part of the list is to be shown.
pub(crate) fn narrow(values: &mut FormValues, action: &str) {
    let Some(action) = action.strip_prefix("narrow") else { return };
    let field = |name: &str| format!("{NARROW}{name}");
    values.0.remove(&field(name::AFTER));
    match action.strip_prefix(".after.") {
        Some(row) => values.set(field(name::AFTER), row),
        None if action == ".whole" => values.0.retain(|name, _| !name.starts_with(NARROW)),
        None => {}
    }
}

pub(super) fn link(part: Option<Uuid>, candidates: &Candidates) -> Vec<Section> {
    let found = candidates.all().find(|one| Some(one.head.id.0) == part);
    vec![found.map_or_else(|| Section::new("toets", t(S_SIGNALS)).intro(t(GONE)), test)]
}

pub(super) fn unlink(linked: Option<&(SignalHead, Reference)>) -> Vec<Section> {
    let which = linked.map(|(signal, case)| {
        let values = [&signal.reference.0, &signal.department.name, &case.0];
        tf(S_UNLINK_OF, &values.map(String::as_str))
    });
    let intro = which.map_or_else(|| t(S_UNLINK_INTRO).to_owned(), |which| format!("{which} {}", t(S_UNLINK_INTRO)));
    vec![Section::new("reden", t(S_UNLINK)).intro(intro).ask([Question::new(
        "reason",
        t(Q_UNLINK),
        Input::Lines { rows: 4 },
    )])]
}

fn team(lists: &Lists, intro: Text) -> Section {
    let people = lists.team.iter().map(|person| {
        let roles = person.roles.iter().map(|role: &Role| t(role.text())).collect::<Vec<_>>().join(", ");
        Choice::new(person.id.to_string(), person.name.as_str()).hint(format!("{}, {roles}", person.department.name))
    });
    Section::new("team", t(S_TEAM)).intro(t(intro)).ask([Question::new(
        "member",
        t(Q_TEAM),
        Input::Boxes(people.collect()),
    )
    .hint(t(H_TEAM))
    .optional()])
}

pub(super) fn team_only(lists: &Lists) -> Vec<Section> {
    vec![team(lists, S_TEAM_INTRO)]
}
