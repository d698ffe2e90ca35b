//! The forms of a version: its name, and what a department says of it.

use super::{Choice, Input, Question, Section};
use crate::texts::{Named, t, tf, versions::*};
use plein_domain::version::Stance;

/// Keeping a version.
pub(crate) fn keep() -> Section {
    Section::new("bewaren", t(KEEP_TITLE)).ask([Question::new("name", t(NAME), Input::Line).hint(t(NAME_HINT))])
}

/// The answer of a department.
pub(crate) fn answer(department: &str) -> Section {
    let stances = [Stance::Agrees, Stance::Dissents].map(|one| Choice::new(one.code(), t(one.text()))).into();
    let dissent = Question::new("dissent", t(ANSWER_DISSENT), Input::Lines { rows: 4 });
    Section::new("antwoord", tf(ANSWER_TITLE, &[department])).intro(t(ANSWER_TEXT)).ask([
        Question::new("stance", t(ANSWER_STANCE), Input::Radios(stances)),
        dissent.hint(t(ANSWER_DISSENT_HINT)).optional(),
    ])
}
