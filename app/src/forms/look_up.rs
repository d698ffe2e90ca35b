//! The form by which the data protection officer looks up who saw a person.

use super::{Choice, Input, Question, Section};
use crate::texts::{signals, supervision::*, t};
use plein_domain::identifier::IdentifierKind;

/// Whose data, and why.
pub(crate) fn ask() -> [Section; 2] {
    let kinds = Choice::all::<IdentifierKind>();
    let who = Section::new("wie", t(S_WHO)).intro(t(S_WHO_INTRO)).ask([
        Question::new("kind", t(signals::Q_IDENTIFIER_KIND), Input::Select(kinds)),
        Question::new("identifier", t(signals::Q_IDENTIFIER), Input::Identifier { kind_field: "kind".into() })
            .hint(t(signals::H_IDENTIFIER))
            .optional(),
        Question::new("name", t(Q_NAME), Input::Line).hint(t(H_NAME)).optional(),
        Question::new("born", t(signals::Q_SUBJECT_BORN), Input::Day).hint(t(H_BORN)).optional(),
    ]);
    let why = Section::new("waarom", t(S_WHY))
        .ask([Question::new("reason", t(Q_REASON), Input::Lines { rows: 3 }).hint(t(H_REASON))]);
    [who, why]
}
