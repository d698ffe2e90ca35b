//! The form of a note.

use super::{Input, Question, Section};
use crate::texts::{notes::*, t};

/// Writing a note.
pub(crate) fn write() -> Section {
    text(Section::new("schrijven", t(WRITE_TITLE)).intro(t(WRITE_INTRO)))
}

/// Changing one.
pub(crate) fn change() -> Section {
    text(Section::new("wijzigen", t(CHANGE_TITLE)).intro(t(CHANGE_INTRO)))
}

fn text(section: Section) -> Section {
    section.ask([Question::new("note", t(TEXT), Input::Lines { rows: 6 }).hint(t(TEXT_HINT))])
}
