//! Lines of the access log as people read them.

use super::paging::step;
use crate::texts::{Named, codes, log::*, t, tf};
use leptos::prelude::*;
use plein_domain::{
    access_log::{Viewing, Viewings},
    header::{ObjectKind, ObjectRef},
    ledger::Outcome,
    purpose::{PurposeOption, StatedPurpose},
};

/// Which lines these are, and so what is said of each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns {
    /// Of one thing: who.
    OfOne,
    /// Of one person: what.
    Mine,
    /// All: who and what.
    All,
    /// Of one person, who need not be the reader: as what they did it, and with what.
    OfPerson,
    /// For paper, with names and references as far as they may be told.
    OnPaper {
        /// Of who did it.
        names: bool,
        /// Of what it was done with.
        references: bool,
    },
}

impl Columns {
    /// Whether each line names who did it.
    const fn who(self) -> bool {
        matches!(self, Self::OfOne | Self::All | Self::OnPaper { names: true, .. })
    }

    /// Whether each line says of which department, in which role.
    const fn as_what(self) -> bool {
        !matches!(self, Self::Mine)
    }

    /// Whether each line names what it is about.
    const fn what(self) -> bool {
        matches!(self, Self::Mine | Self::All | Self::OfPerson | Self::OnPaper { references: true, .. })
    }

    /// Whether the case of a purpose is named.
    const fn cases(self) -> bool {
        !matches!(self, Self::OnPaper { references: false, .. })
    }
}

/// The lines as a table.
pub(crate) fn table(viewings: &Viewings, columns: Columns) -> AnyView {
    captioned(t(CAPTION).to_owned(), &viewings.lines, columns)
}

/// The lines as a table that is called so.
pub(crate) fn captioned(caption: String, lines: &[Viewing], columns: Columns) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="empty">{t(EMPTY)}</p> }.into_any();
    }
    let mut heads = vec![WHEN];
    heads.extend(columns.who().then_some(WHO));
    if columns.as_what() {
        heads.extend([DEPARTMENT, ROLE]);
    }
    heads.push(KIND);
    heads.extend(columns.what().then_some(OBJECTS));
    heads.extend([PURPOSE, OUTCOME]);
    let rows = lines.iter().map(|line| row(line, columns)).collect_view();
    view! { <div class="log">{super::table(caption, &heads, rows.into_any())}</div> }.into_any()
}

fn row(line: &Viewing, columns: Columns) -> AnyView {
    let refused = line.outcome == Outcome::Refused;
    let cell = |label, said: AnyView| view! { <td data-label=t(label)>{said}</td> };
    let (who, as_what) = (columns.who(), columns.as_what());
    let person = (who || as_what).then(|| match &line.payload {
        Some(payload) => view! {
            {who.then(|| cell(WHO, payload.actor_name.clone().into_any()))}
            {as_what.then(|| cell(DEPARTMENT, payload.department_name.clone().into_any()))}
            {as_what.then(|| cell(ROLE, codes::roles(&payload.role).into_any()))}
        }
        .into_any(),
        None => view! {
            <td colspan=if who { "3" } else { "2" } data-label=t(if who { WHO } else { DEPARTMENT })>
                <span class="quiet">{t(DESTROYED)}</span>
            </td>
        }
        .into_any(),
    });
    view! {
        <tr class=refused.then_some("log__refused")>
            <th scope="row" data-label=t(WHEN)>{super::moment(line.at)}</th>
            {person}
            {cell(KIND, t(line.kind.text()).into_any())}
            {columns.what().then(|| cell(OBJECTS, objects(&line.objects, columns == Columns::Mine)))}
            {cell(PURPOSE, purpose(line, columns.cases()).into_any())}
            {cell(OUTCOME, view! { <span class="badge" class:badge--refused=refused>{t(line.outcome.text())}</span> }.into_any())}
        </tr>
    }
    .into_any()
}

/// The stated purpose in words.
fn purpose(line: &Viewing, cases: bool) -> String {
    let Some(payload) = &line.payload else {
        return t(DESTROYED).into();
    };
    if payload.purpose.is_empty() {
        return t(if line.outcome == Outcome::Refused { NO_PURPOSE_STATED } else { NO_PURPOSE }).into();
    }
    match StatedPurpose::from_code(&payload.purpose) {
        Some(stated) => {
            let case = line.purpose_case.clone().filter(|_| cases);
            codes::purpose(&PurposeOption { stated, case })
        }
        None => payload.purpose.clone(),
    }
}

/// What a line is about, the first few of a list. Only one's own viewings lead there: who supervises sees no content.
fn objects(objects: &[(ObjectRef, Option<String>)], lead: bool) -> AnyView {
    const SHOWN: usize = 3;
    let items = objects.iter().take(SHOWN).enumerate().map(|(index, (object, name))| {
        let separator = (index > 0).then_some(", ");
        view! { {separator}{one(object, name.as_deref(), lead)} }
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

fn one(object: &ObjectRef, name: Option<&str>, lead: bool) -> AnyView {
    let (path, unknown) = match object.kind {
        ObjectKind::Signal => (Some("/signalen"), SIGNAL_UNKNOWN),
        ObjectKind::Case => (Some("/casussen"), CASE_UNKNOWN),
        ObjectKind::Plan => (None, PLAN),
        ObjectKind::PlanVersion => (None, PLAN_VERSION),
        ObjectKind::Import => (None, IMPORT),
        ObjectKind::Notes => (None, NOTES),
        ObjectKind::Draft => (None, DRAFT),
        ObjectKind::SavedView => (None, SAVED_VIEW),
        ObjectKind::BreakGlass => (None, BREAK_GLASS),
        ObjectKind::Person => (None, PERSON),
        ObjectKind::Area => (None, AREA),
    };
    match (name.map(str::to_owned), path.filter(|_| lead)) {
        (Some(name), Some(path)) => {
            let path = format!("{path}/{}", object.id);
            view! { <a class="utrecht-link utrecht-link--html-a reference" href=path>{name}</a> }.into_any()
        }
        (Some(name), None) if object.kind == ObjectKind::Person => {
            view! { <span class="quiet">{t(PERSON)}": "</span>{name} }.into_any()
        }
        (Some(name), None) => view! { <span class="reference">{name}</span> }.into_any(),
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
