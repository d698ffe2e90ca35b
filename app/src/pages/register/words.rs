//! Why a row cannot be taken in, and what else there is to know of it, in words that its reader can do something with.

use crate::texts::{Named, codes, day, register_import::*, t, tf};
use plein_domain::register::{ProposedRow, RegisterField, RowFault, RowNote};

/// What is wrong, and what somebody should know.
pub(super) fn reasons(row: &ProposedRow) -> Vec<String> {
    row.faults.iter().map(fault).chain(row.notes.iter().map(note)).collect()
}

fn fault(fault: &RowFault) -> String {
    match fault {
        RowFault::Missing(field) => tf(F_MISSING, &[t(field.text())]),
        RowFault::NotUnderstood(RegisterField::LegalBasis, written) => tf(F_BASIS, &[written]),
        RowFault::NotUnderstood(field, written) => tf(F_NOT_UNDERSTOOD, &[t(field.text()), written]),
        RowFault::LegitimateInterest => t(F_LEGITIMATE).to_owned(),
        RowFault::SeveralBases(written) => tf(F_SEVERAL, &[written]),
        RowFault::NoLaw => t(F_NO_LAW).to_owned(),
        RowFault::TooLong { field, typed, limit } => {
            tf(F_TOO_LONG, &[t(field.text()), &typed.to_string(), &limit.to_string()])
        }
        RowFault::EndsBeforeItBegins => t(F_ENDS_FIRST).to_owned(),
        RowFault::SameAs(row) => tf(F_SAME, &[&row.to_string()]),
        RowFault::OtherNumber(number) => tf(F_OTHER_NUMBER, &[number]),
        RowFault::NumberOf(name) => tf(F_NUMBER_OF, &[name]),
        RowFault::Ended(last) => tf(F_ENDED, &[&day(*last)]),
        RowFault::TermNeeded => t(codes::TERM_NEEDED).to_owned(),
        RowFault::Struck => t(F_STRUCK).to_owned(),
    }
}

fn note(note: &RowNote) -> String {
    match note {
        RowNote::FromAbove(field) => tf(N_FROM_ABOVE, &[t(field.text())]),
        RowNote::NoMonths(written) => tf(N_NO_MONTHS, &[written]),
        RowNote::FirstTerm(months) => tf(N_FIRST_TERM, &[&months.to_string()]),
        RowNote::CategoriesNotUnderstood(written) => tf(N_CATEGORIES, &[written]),
    }
}
