//! The questions about a signal.

use super::{Choice, Input, Question, Section, Step};
use crate::texts::{Named, checklist, codes, day_typed, signals::*, t, tf};
use plein_domain::{
    form::FormValues,
    identifier::IdentifierKind,
    ports::Lists,
    purpose::{DataCategory, Purpose},
    signal::*,
    subject::{SubjectKind, SubjectRole},
};

/// The field that remembers how many blocks for subjects the form shows. Not part of the signal.
pub(crate) const SUBJECT_ROWS: &str = "subject-rows";

/// The field that says why a signal is changed.
pub(crate) const WHY: &str = "why";

/// How many blocks for subjects the form shows: those in use, those asked for, at least one.
pub(crate) fn subject_rows(values: &FormValues) -> usize {
    let used = (0..SUBJECTS_MAX).rev().find(|index| {
        ["name", "identifier", "born"].iter().any(|part| !values.text(&format!("subject.{index}.{part}")).is_empty())
    });
    let asked = values.text(SUBJECT_ROWS).parse().unwrap_or(1);
    used.map_or(1, |index| index + 1).max(asked).clamp(1, SUBJECTS_MAX)
}

/// The steps of the form, each with what it asks. `changes` tells that the signal is there already.
pub(crate) fn steps(values: &FormValues, lists: &Lists, changes: bool) -> Vec<(Step, Vec<Section>)> {
    let rows = subject_rows(values);
    let mut data = vec![data(values, lists), offered()];
    if changes {
        data.push(why());
    }
    vec![
        (Step::What, vec![what(lists)]),
        (Step::Origin, vec![origin()]),
        (Step::When, vec![when_and_where(lists)]),
        (Step::Subjects, (0..rows).map(|index| subject(index, rows)).collect()),
        (Step::Checklist, vec![checklist()]),
        (Step::Data, data),
    ]
}

/// All that the form asks, for a page that shows it whole.
pub(super) fn sections(values: &FormValues, lists: &Lists, changes: bool) -> Vec<Section> {
    steps(values, lists, changes).into_iter().flat_map(|(_, asked)| asked).collect()
}

/// What the department offers.
pub(super) fn offered() -> Section {
    let question = Question::new("offered", t(Q_OFFERED), Input::Boxes(Choice::all::<SignalField>())).optional();
    Section::new("beschikbaar", t(S_OFFERED)).intro(t(S_OFFERED_INTRO)).ask([question])
}

fn what(lists: &Lists) -> Section {
    let phenomena = lists.phenomena.iter();
    let phenomena = phenomena.map(|one| Choice::new(one.code.as_str(), codes::phenomenon(&lists.phenomena, &one.code)));
    Section::new("wat", t(S_WHAT)).intro(t(S_WHAT_INTRO)).ask([
        Question::new("summary", t(Q_SUMMARY), Input::Line).hint(t(H_SUMMARY)),
        Question::new("facts", t(Q_FACTS), Input::Lines { rows: 8 }).hint(t(H_FACTS)),
        Question::new("suspicion", t(Q_SUSPICION), Input::Lines { rows: 5 }).hint(t(H_SUSPICION)).optional(),
        Question::new("phenomenon", t(Q_PHENOMENON), Input::Select(phenomena.collect())).hint(t(H_PHENOMENON)),
    ])
}

fn origin() -> Section {
    Section::new("herkomst", t(S_ORIGIN)).ask([
        Question::new("channel", t(Q_CHANNEL), Input::Select(Choice::all::<Channel>())),
        Question::new("reporter-kind", t(Q_REPORTER_KIND), Input::Radios(Choice::all::<ReporterKind>())),
        Question::new("reporter", t(Q_REPORTER), Input::Line).hint(t(H_REPORTER)).optional(),
        Question::new("source", t(Q_SOURCE), Input::Radios(Choice::all::<KnowledgeSource>())),
        Question::new("reliability", t(Q_RELIABILITY), Input::Radios(Choice::all::<Reliability>())),
    ])
}

fn when_and_where(lists: &Lists) -> Section {
    let example = lists.today.map_or_else(|| "23-11-2026".to_owned(), |today| day_typed(&today.to_string()));
    let hint = tf(H_DAY, &[&example]);
    Section::new("wanneer", t(S_WHEN)).ask([
        Question::new("observed-on", t(Q_OBSERVED), Input::Day).hint(hint.clone()).optional(),
        Question::new("received-on", t(Q_RECEIVED), Input::Day).hint(hint),
        Question::new("place", t(Q_PLACE), Input::Lines { rows: 2 })
            .hint(tf(H_PLACE, &[&PLACES_MAX.to_string()]))
            .optional(),
        Question::new("risk", t(Q_RISK), Input::Lines { rows: 3 }).hint(t(H_RISK)).optional(),
    ])
}

fn subject(index: usize, rows: usize) -> Section {
    let field = |part: &str| format!("subject.{index}.{part}");
    let number = (index + 1).to_string();
    // A name with a birth date is typed as such, not as an identifier of its own.
    let kinds = IdentifierKind::ALL.iter().copied().filter(|kind| *kind != IdentifierKind::NameBirthDate);
    let mut section = Section::new(format!("betrokkene-{number}"), tf(S_SUBJECT, &[&number])).ask([
        Question::new(field("kind"), t(Q_SUBJECT_KIND), Input::Select(Choice::all::<SubjectKind>())),
        Question::new(field("role"), t(Q_SUBJECT_ROLE), Input::Select(Choice::all::<SubjectRole>())),
        Question::new(field("name"), t(Q_SUBJECT_NAME), Input::Line).optional(),
        Question::new(field("born"), t(Q_SUBJECT_BORN), Input::Day).hint(t(H_SUBJECT_BORN)).optional(),
        Question::new(
            field("identifier-kind"),
            t(Q_IDENTIFIER_KIND),
            Input::Select(Choice::of(&kinds.collect::<Vec<_>>())),
        )
        .optional(),
        Question::new(field("identifier"), t(Q_IDENTIFIER), Input::Identifier { kind_field: field("identifier-kind") })
            .hint(t(H_IDENTIFIER))
            .optional(),
    ]);
    if index == 0 {
        section = section.intro(t(S_SUBJECT_INTRO));
    }
    if rows > 1 {
        section = section.button(format!("remove-subject.{index}"), tf(REMOVE_SUBJECT, &[&number]));
    }
    if index + 1 == rows && rows < SUBJECTS_MAX {
        section = section.button("add-subject", t(ADD_SUBJECT));
    }
    section
}

/// The ticks of the checklist; what each means stands with it.
fn checklist() -> Section {
    let ticks = |group: IndicatorGroup| {
        let choices = Indicator::of(group).into_iter();
        let choices = choices.map(|one| Choice::new(one.code(), t(one.text())).hint(t(checklist::red_flag(one))));
        Question::new(group.code(), t(group.text()), Input::Boxes(choices.collect())).optional()
    };
    Section::new("kenmerken", t(S_CHECKLIST))
        .intro(t(S_CHECKLIST_INTRO))
        .ask(IndicatorGroup::ALL.iter().map(|group| ticks(*group)))
        .ask([
            Question::new("task", t(Q_TASK), Input::Line).hint(t(H_TASK)).optional(),
            Question::new("territory", t(Q_TERRITORY), Input::Select(Choice::all::<Territory>())).optional(),
        ])
}

/// Why a signal is changed.
fn why() -> Section {
    Section::new("reden", t(S_WHY)).ask([Question::new(WHY, t(Q_WHY), Input::Line).hint(t(H_WHY))])
}

/// Which data, and collected for what. A purpose that was chosen is offered although it ended since: an answer is shown as it
/// was given, and whether it still can be is for the check to say.
pub(super) fn data(values: &FormValues, lists: &Lists) -> Section {
    let usable = |purpose: &&Purpose| {
        (!purpose.for_cases && lists.today.is_none_or(|today| purpose.in_force(today)))
            || values.has("original-purpose", &purpose.id.to_string())
    };
    let purposes = lists.purposes.iter().filter(usable);
    let purposes = purposes.map(|one| Choice::new(one.id.to_string(), format!("{}: {}", one.main_process, one.name)));
    Section::new("gegevens", t(S_DATA)).ask([
        Question::new("original-purpose", t(Q_PURPOSE), Input::Select(purposes.collect())).hint(t(H_PURPOSE)),
        Question::new("category", t(Q_CATEGORY), Input::Boxes(Choice::all::<DataCategory>())),
        Question::new("ground", t(Q_GROUND), Input::Lines { rows: 2 }).hint(t(H_GROUND)).optional(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_for_subjects_follow_what_was_typed_and_asked_for() {
        let mut values = FormValues::default();
        assert_eq!(subject_rows(&values), 1);
        values.set("subject.3.name", "Pand");
        assert_eq!(subject_rows(&values), 4);
        values.set(SUBJECT_ROWS, "6");
        assert_eq!(subject_rows(&values), 6);
        values.set(SUBJECT_ROWS, "9999999");
        assert_eq!(subject_rows(&values), SUBJECTS_MAX);
    }
}
