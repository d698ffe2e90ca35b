//! The forms of break-glass: beginning it, and reviewing it.

use super::{Choice, Input, Question, Section};
use crate::texts::{break_glass::*, t};
use plein_domain::break_glass::ReviewVerdict;

/// Which record, and why.
pub(crate) fn begin() -> Section {
    Section::new("dossier", t(S_RECORD)).ask([
        Question::new("reference", t(Q_REFERENCE), Input::Line).hint(t(H_REFERENCE)),
        Question::new("motive", t(Q_MOTIVE), Input::Lines { rows: 6 }).hint(t(H_MOTIVE)),
    ])
}

/// What a reviewer thinks of it.
pub(crate) fn review() -> Section {
    Section::new("beoordeling", t(S_REVIEW)).intro(t(S_REVIEW_INTRO)).ask([
        Question::new("verdict", t(Q_VERDICT), Input::Radios(Choice::all::<ReviewVerdict>())),
        Question::new("words", t(Q_WORDS), Input::Lines { rows: 5 }).hint(t(H_WORDS)),
    ])
}
