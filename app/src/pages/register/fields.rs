//! What an entry says, field by field, and what became of it.

use crate::{
    parts::{fact, facts},
    texts::{Named, common, day, register::*, t, tf},
};
use leptos::prelude::*;
use plein_domain::register::{Processing, RegisterField as F};

/// How long data are kept; of a term that is no number of months, the register's own words.
fn retention(months: Option<u32>, written: &str) -> String {
    match (months, written) {
        (Some(months), "") => tf(RETENTION_MONTHS, &[&months.to_string()]),
        (Some(months), written) => beside(tf(RETENTION_MONTHS, &[&months.to_string()]), written),
        (None, "") => t(RETENTION_ELSEWHERE).to_owned(),
        (None, written) => written.to_owned(),
    }
}

fn beside(said: String, written: &str) -> String {
    if written.is_empty() { said } else { format!("{said} ({})", tf(AS_WRITTEN, &[written])) }
}

/// What it says of this, in words; nothing when it says nothing.
pub(super) fn value(processing: &Processing, field: F) -> String {
    let Processing { purpose, words } = processing;
    let written = words.of(field);
    match field {
        F::MainProcess => purpose.main_process.clone(),
        F::SubProcess => purpose.sub_process.clone(),
        F::Name => purpose.name.clone(),
        F::Description => purpose.description.clone(),
        F::LegalBasis => t(purpose.legal_basis.text()).to_owned(),
        F::LegalReference => purpose.legal_reference.clone(),
        F::SpecialData => {
            let categories: Vec<&str> = purpose.categories.iter().map(|one| t(one.text())).collect();
            beside(categories.join(", "), written)
        }
        F::Retention => retention(purpose.retention_months, written),
        F::ValidFrom => day(purpose.valid_from),
        F::ValidUntil => purpose.valid_until.map_or_else(|| t(NO_END).to_owned(), day),
        F::ForCases => t(if purpose.for_cases { common::YES } else { common::NO }).to_owned(),
        // A cell with a day was a day.
        F::VersionDate => written.parse().map_or_else(|()| written.to_owned(), day),
        F::Number | F::DataSubjects | F::Data | F::Recipients | F::Transfers | F::Processor | F::Security => {
            written.to_owned()
        }
    }
}

/// All that it says, besides its name and what it is for.
pub(super) fn all(processing: &Processing) -> AnyView {
    let shown = |field: &F| !matches!(field, F::Name | F::Description | F::ForCases);
    let said = F::ALL.iter().copied().filter(shown).map(|field| (field, value(processing, field)));
    let said = said.filter(|(_, value)| !value.is_empty()).map(|(field, value)| fact(t(field.text()), value));
    let used_by = if processing.purpose.for_cases { FOR_CASES } else { FOR_DEPARTMENT };
    facts(view! {
        {said.collect_view()}
        {fact(t(USED_BY), t(used_by))}
    })
}

/// What differs between two states of an entry, old and new.
pub(super) fn differences(before: &Processing, after: &Processing) -> AnyView {
    let said = |text: String| if text.is_empty() { t(NOTHING).to_owned() } else { text };
    let rows = before.differences(after).into_iter().map(|field| {
        let (was, became) = (said(value(before, field)), said(value(after, field)));
        view! {
            <li>
                <strong>{t(field.text())}</strong>
                <p class="change"><span class="quiet">{format!("{}: ", t(WAS))}</span><del>{was}</del></p>
                <p class="change"><span class="quiet">{format!("{}: ", t(BECAME))}</span><ins>{became}</ins></p>
            </li>
        }
    });
    view! { <ul class="plain-list changes">{rows.collect_view()}</ul> }.into_any()
}
