//! The questions about a signal.

use super::{Choice, Input, Question, Section};
use crate::texts::{codes, day_typed, signals::*, t, tf};
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

/// How many blocks for subjects the form shows: those in use, those asked for, at least one.
pub(crate) fn subject_rows(values: &FormValues) -> usize {
    let used = (0..SUBJECTS_MAX).rev().find(|index| {
        ["name", "identifier", "born"].iter().any(|part| !values.text(&format!("subject.{index}.{part}")).is_empty())
    });
    let asked = values.text(SUBJECT_ROWS).parse().unwrap_or(1);
    used.map_or(1, |index| index + 1).max(asked).clamp(1, SUBJECTS_MAX)
}

pub(super) fn sections(values: &FormValues, lists: &Lists) -> Vec<Section> {
    let mut sections = vec![what(lists), origin(), when_and_where(lists)];
    let rows = subject_rows(values);
    sections.extend((0..rows).map(|index| subject(index, rows)));
    sections.push(data(lists));
    sections.push(offered());
    sections
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
        Question::new("place", t(Q_PLACE), Input::Line).hint(t(H_PLACE)).optional(),
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

/// Which data, and collected for what.
pub(super) fn data(lists: &Lists) -> Section {
    let usable = |purpose: &&Purpose| !purpose.for_cases && lists.today.is_none_or(|today| purpose.in_force(today));
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
