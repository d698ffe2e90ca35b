//! The form of a saved view: its name.

use super::{Input, Question, Section};
use crate::texts::{lists::*, t};

/// Keeping a view.
pub(crate) fn keep() -> Section {
    Section::new("bewaren", t(KEEP)).ask([name()])
}

/// Giving a view another name.
pub(crate) fn rename() -> Section {
    Section::new("hernoemen", t(RENAME)).ask([name()])
}

fn name() -> Question {
    Question::new("name", t(VIEW_NAME), Input::Line).hint(t(VIEW_NAME_HINT))
}
