//! Lines of the access log as people read them.

use super::paging::step;
use crate::texts::{Named, codes, log::*, t, tf};
use leptos::prelude::*;
use plein_domain::{
    access_log::{Viewing, Viewings},
    header::{ObjectKind, ObjectRef},
    ids::Reference,
    ledger::Outcome,
    purpose::{PurposeOption, StatedPurpose},
};

/// Which lines these are: of one thing, of one person, or of everybody and everything.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns {
    /// Of one thing: who.
    OfOne,
    /// Of one person: what.
    Mine,
    /// All: who and what.
    All,
}

/// The lines as a table.
pub(crate) fn table(viewings: &Viewings, columns: Columns) -> AnyView {
    if viewings.lines.is_empty() {
        return view! { <p class="empty">{t(EMPTY)}</p> }.into_any();
    }
    let (who, what) = (columns != Columns::Mine, columns != Columns::OfOne);
    let mut heads = vec![WHEN];
    if who {
        heads.extend([WHO, DEPARTMENT, ROLE]);
    }
    heads.push(KIND);
    if what {
        heads.push(OBJECTS);
    }
    heads.extend([PURPOSE, OUTCOME]);
    let rows = viewings.lines.iter().map(|line| row(line, who, what)).collect_view();
    view! { <div class="log">{super::table(t(CAPTION), &heads, rows.into_any())}</div> }.into_any()
}

fn row(line: &Viewing, who: bool, what: bool) -> AnyView {
    let refused = line.outcome == Outcome::Refused;
    let cell = |label, said: AnyView| view! { <td data-label=t(label)>{said}</td> };
    let person = who.then(|| match &line.payload {
        Some(payload) => view! {
            {cell(WHO, payload.actor_name.clone().into_any())}
            {cell(DEPARTMENT, payload.department_name.clone().into_any())}
            {cell(ROLE, codes::roles(&payload.role).into_any())}
        }
        .into_any(),
        None => view! {
            <td colspan="3" data-label=t(WHO)><span class="quiet">{t(DESTROYED)}</span></td>
        }
        .into_any(),
    });
    view! {
        <tr class=refused.then_some("log__refused")>
            <th scope="row" data-label=t(WHEN)>{super::moment(line.at)}</th>
            {person}
            {cell(KIND, t(line.kind.text()).into_any())}
            {what.then(|| cell(OBJECTS, objects(&line.objects, !who)))}
            {cell(PURPOSE, purpose(line).into_any())}
            {cell(OUTCOME, view! { <span class="badge" class:badge--refused=refused>{t(line.outcome.text())}</span> }.into_any())}
        </tr>
    }
    .into_any()
}

/// The stated purpose in words.
fn purpose(line: &Viewing) -> String {
    let Some(payload) = &line.payload else {
        return t(DESTROYED).into();
    };
    if payload.purpose.is_empty() {
        return t(if line.outcome == Outcome::Refused { NO_PURPOSE_STATED } else { NO_PURPOSE }).into();
    }
    match StatedPurpose::from_code(&payload.purpose) {
        Some(stated) => codes::purpose(&PurposeOption { stated, case: line.purpose_case.clone() }),
        None => payload.purpose.clone(),
    }
}

/// What a line is about, the first few of a list. Only one's own viewings lead there: who supervises sees no content.
fn objects(objects: &[(ObjectRef, Option<Reference>)], lead: bool) -> AnyView {
    const SHOWN: usize = 3;
    let items = objects.iter().take(SHOWN).enumerate().map(|(index, (object, reference))| {
        let separator = (index > 0).then_some(", ");
        view! { {separator}{one(object, reference.as_ref(), lead)} }
    });
    let items = items.collect_view();
    match objects.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        Some(more) => {
            let rest = tf(MORE_OBJECTS, &["", &more.to_string()]);
            view! { {items}{rest} }.into_any()
        }
        None => items.into_any(),
    }
}

fn one(object: &ObjectRef, reference: Option<&Reference>, lead: bool) -> AnyView {
    let (path, unknown) = match object.kind {
        ObjectKind::Signal => (Some("/signalen"), SIGNAL_UNKNOWN),
        ObjectKind::Case => (Some("/casussen"), CASE_UNKNOWN),
        ObjectKind::Plan => (None, PLAN),
        ObjectKind::PlanVersion => (None, PLAN_VERSION),
        ObjectKind::Import => (None, IMPORT),
        ObjectKind::Notes => (None, NOTES),
        ObjectKind::Draft => (None, DRAFT),
        ObjectKind::SavedView => (None, SAVED_VIEW),
        ObjectKind::Area => (None, AREA),
    };
    match (reference, path.filter(|_| lead)) {
        (Some(reference), Some(path)) => {
            let path = format!("{path}/{}", object.id);
            view! { <a class="utrecht-link utrecht-link--html-a reference" href=path>{reference.to_string()}</a> }
                .into_any()
        }
        (Some(reference), None) => view! { <span class="reference">{reference.to_string()}</span> }.into_any(),
        (None, _) => view! { <span class="quiet">{t(unknown)}</span> }.into_any(),
    }
}

/// Links to older lines and back to the newest. `path` ends in `?` or `&`.
pub(crate) fn older(path: &str, viewings: &Viewings, before: Option<u64>) -> Option<AnyView> {
    (viewings.older.is_some() || before.is_some()).then(|| {
        let newest = before.map(|_| {
            let path = path.trim_end_matches(['?', '&']).to_owned();
            view! { <li>{step(path, "prev", t(NEWEST))}</li> }
        });
        let older =
            viewings.older.map(|older| view! { <li>{step(format!("{path}voor={older}"), "next", t(OLDER))}</li> });
        view! {
            <nav class="paging" aria-label=t(crate::texts::common::PAGES)>
                <ul>{newest}{older}</ul>
            </nav>
        }
        .into_any()
    })
}
