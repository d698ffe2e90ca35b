//! Why a row is judged as it is, in words that its reader can do something with.

use crate::{
    forms,
    parts::questions,
    texts::{Named, imports::*, t, tf},
};
use plein_domain::{
    import::{Field, JudgedRow, Made, Note, RowState, Unreadable, Verdict},
    people::Department,
    ports::Lists,
};

/// What is wrong, and what somebody should know.
pub(super) fn reasons(made: &Made, lists: &Lists, departments: &[Department]) -> Vec<String> {
    let mut reasons = Vec::new();
    if !made.problems.is_empty() {
        let sections = forms::row(&made.values, lists, departments);
        let problems = questions::problems(&sections, &made.problems).into_iter();
        reasons.extend(problems.map(|(_, label, fault)| format!("{label}: {fault}")));
    }
    reasons.extend(made.notes.iter().map(note));
    reasons
}

fn note(note: &Note) -> String {
    match note {
        Note::Struck => t(N_STRUCK).to_owned(),
        Note::CellTooLong { column, characters } => tf(N_TOO_LONG, &[column, &characters.to_string()]),
        Note::Guessed { field, written, taken } => tf(N_GUESSED, &[t(field.text()), written, taken]),
        Note::NotUnderstood { field, written } => tf(N_NOT_UNDERSTOOD, &[t(field.text()), written]),
        Note::IdentifierWrong { kind, written, fault } => tf(N_IDENTIFIER, &[t(kind.text()), written, t(fault.text())]),
        Note::DigitsLost { field, written } => tf(N_DIGITS_LOST, &[t(field.text()), written]),
        Note::Unattached { field } => tf(N_UNATTACHED, &[t(field.text())]),
        Note::TooManySubjects { left_out } => tf(N_TOO_MANY, &[&left_out.to_string()]),
        Note::OtherDepartment { written } => tf(N_OTHER_DEPARTMENT, &[written]),
        Note::KeptInFacts { field: Field::Remarks, written } => tf(N_KEPT, &[written]),
        Note::KeptInFacts { field, written } => tf(N_KEPT_OF, &[t(field.text()), written]),
        Note::FromAbove { field } => tf(N_FROM_ABOVE, &[t(field.text())]),
        Note::SameAs { row } => tf(N_SAME, &[&row.to_string()]),
        Note::LooksLike { row } => tf(N_LOOKS_LIKE, &[&row.to_string()]),
        Note::TakenInBefore { signal: None } => t(N_BEFORE).to_owned(),
        Note::TakenInBefore { signal: Some((_, reference)) } => tf(N_BEFORE_AS, &[&reference.0]),
        Note::LikeSignal { reference, .. } => tf(N_LIKE_SIGNAL, &[&reference.0]),
    }
}

/// What became of a row.
pub(super) fn became(row: &JudgedRow) -> &'static str {
    match row.state {
        RowState::Waiting if row.verdict == Verdict::Cannot => t(R_COULD_NOT),
        RowState::Waiting => t(R_NOT_CHOSEN),
        RowState::TakenIn => t(R_TAKEN_IN),
        RowState::Double => t(R_DOUBLE),
        RowState::Refused if row.made.problems.is_empty() => t(R_REFUSED_FAULT),
        RowState::Refused => t(R_REFUSED),
    }
}

/// Why a file is not taken, and what to do.
pub(crate) fn unreadable(why: Unreadable) -> &'static str {
    t(match why {
        Unreadable::Empty => U_EMPTY,
        Unreadable::TooLarge => U_TOO_LARGE,
        Unreadable::OldOrLocked => U_OLD_OR_LOCKED,
        Unreadable::NotAList => U_NOT_A_LIST,
        Unreadable::Broken => U_BROKEN,
        Unreadable::Bomb => U_BOMB,
        Unreadable::TooManyRows => U_TOO_MANY_ROWS,
        Unreadable::TooMuchText => U_TOO_MUCH_TEXT,
        Unreadable::NoTable => U_NO_TABLE,
    })
}
