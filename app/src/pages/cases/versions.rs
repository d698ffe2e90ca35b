//! All versions of the plan of a case, and keeping one.

use crate::{
    forms::version,
    http::{Id, Notice, Page, Typed, Visit, see_other},
    pages::problems,
    parts::{self, Weight, fields, questions},
    texts::{Named, t, tf, versions::*, when},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::{FieldProblem, FormValues},
    ids::CaseId,
    problem::Problem,
    version::{Side, VersionRow, VersionState, VersionsView},
};

/// `GET /casussen/:id/plan/versies`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>) -> Response {
    let answer = visit.ports.versions.list(&visit.asker, id).await;
    visit.show(answer, |view| page(&view, &FormValues::default(), &[]))
}

/// `POST /casussen/:id/plan/versies`: keeps the plan as it stands.
pub(crate) async fn keep(visit: Visit, Id(id): Id<CaseId>, Typed(values): Typed) -> Response {
    match visit.ports.versions.keep(&visit.asker, id, values.clone()).await {
        Ok(number) => see_other(&format!("{}?gelukt={}", path(id, number), Notice::VersionKept.code())),
        Err(Problem::Invalid(found)) => match visit.ports.versions.list(&visit.asker, id).await {
            Ok(view) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, || page(&view, &values, &found)),
            Err(problem) => problems::problem_in_post(&visit, problem, &values),
        },
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => problems::not_saved(&visit, problem, values),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// The id that the version gets which the form keeps: that of the form that came back, if one did.
fn once(view: &VersionsView, values: &FormValues) -> String {
    match values.text("once") {
        "" => view.next.to_string(),
        given => given.to_owned(),
    }
}

/// The path of a version.
pub(super) fn path(case: CaseId, number: i64) -> String {
    format!("/casussen/{case}/plan/versies/{number}")
}

/// A version in one line: its number, and its name if it has one.
pub(super) fn label(row: &VersionRow) -> String {
    let number = row.number.to_string();
    if row.name.is_empty() { tf(NUMBER, &[&number]) } else { tf(NUMBER_NAMED, &[&number, &row.name]) }
}

/// The state of a version that is more than kept.
pub(super) fn state(row: &VersionRow) -> Option<AnyView> {
    (row.state != VersionState::Kept).then(|| parts::badge(t(row.state.text())))
}

fn page(view: &VersionsView, values: &FormValues, found: &[FieldProblem]) -> Page {
    let plan = format!("/casussen/{}/plan", view.case.id);
    let title = tf(OF_CASE, &[&view.case.reference.to_string()]);
    let sections = [version::keep()];
    let told = questions::problems(&sections, found);
    let filled = fields::Filled { values, problems: found };
    let keep = view.may_keep.then(|| {
        view! {
            <form method="post" action=format!("{plan}/versies") class="form">
                <input type="hidden" name="once" value=once(view, values) />
                {sections.iter().map(|one| questions::to_fill(one, &filled, None)).collect_view()}
                <div class="actions">
                    <button type="submit" class=Weight::Primary.class()>{t(KEEP)}</button>
                </div>
            </form>
        }
    });
    let list =
        if view.versions.is_empty() { view! { <p class="empty">{t(NONE)}</p> }.into_any() } else { list(view, &plan) };
    let compare = (!view.versions.is_empty()).then(|| {
        let newest = view.versions.first().map_or(1, |row| row.number);
        compare(&view.versions, &plan, (Side::Version(newest), Side::Current))
    });
    let head = if told.is_empty() { title.clone() } else { tf(crate::texts::common::PROBLEM_TITLE, &[&title]) };
    let body = view! {
        {parts::link(plan.clone(), t(crate::texts::plan::BACK_TO_PLAN))}
        {fields::summary(&told)}
        {parts::heading_of(OF_CASE, &view.case.reference)}
        {parts::lead(t(EXPLAIN))}
        {list}
        {compare}
        {keep}
    };
    Page::new(head, body)
}

fn list(view: &VersionsView, plan: &str) -> AnyView {
    let cell = |label, said: AnyView| view! { <td data-label=t(label)>{said}</td> };
    let now = view! {
        <tr>
            <th scope="row" data-label=t(VERSION)>
                <a class="utrecht-link utrecht-link--html-a" href=plan.to_owned()>{t(CURRENT)}</a>
            </th>
            <td colspan="4">{t(if view.changed_since { CURRENT_CHANGED } else { CURRENT_SAME })}</td>
        </tr>
    };
    let rows = view.versions.iter().map(|row| {
        let changed =
            if row.changed.is_empty() { t(NOTHING_CHANGED).to_owned() } else { row.changed.join(", ") };
        view! {
            <tr>
                <th scope="row" data-label=t(VERSION)>
                    <a class="utrecht-link utrecht-link--html-a" href=format!("{plan}/versies/{}", row.number)>{label(row)}</a>
                </th>
                {cell(AS_OF, parts::moment(row.at))}
                {cell(KEPT_BY, row.kept_by.clone().unwrap_or_else(|| t(BY_ITSELF).to_owned()).into_any())}
                {cell(CHANGED, changed.into_any())}
                {cell(STATE, state(row).into_any())}
            </tr>
        }
    });
    let rows = view! { {now} {rows.collect_view()} };
    parts::table(t(LIST_CAPTION), &[VERSION, AS_OF, KEPT_BY, CHANGED, STATE], rows.into_any())
}

/// The form that chooses two states to compare.
pub(super) fn compare(versions: &[VersionRow], plan: &str, (old, new): (Side, Side)) -> AnyView {
    let option = |side: Side, label: String, chosen: Side| {
        view! { <option value=code(side) selected=side == chosen>{label}</option> }
    };
    let options = |chosen: Side| {
        let now = option(Side::Current, t(CURRENT).to_owned(), chosen);
        let rows = versions.iter().map(|row| {
            let label = format!("{} ({})", label(row), when(row.at));
            option(Side::Version(row.number), label, chosen)
        });
        view! { {now} {rows.collect_view()} }
    };
    view! {
        <form method="get" action=format!("{plan}/vergelijken") class="compare-form" aria-labelledby="vergelijken">
            <h2 class="utrecht-heading-2" id="vergelijken">{t(COMPARE_TITLE)}</h2>
            <div class="compare-form__fields">
                <div class="field">
                    <label class="utrecht-form-label" for="oud">{t(COMPARE_OLD)}</label>
                    <select class="utrecht-select utrecht-select--html-select" id="oud" name="oud">{options(old)}</select>
                </div>
                <div class="field">
                    <label class="utrecht-form-label" for="nieuw">{t(COMPARE_NEW)}</label>
                    <select class="utrecht-select utrecht-select--html-select" id="nieuw" name="nieuw">{options(new)}</select>
                </div>
                <button type="submit" class=Weight::Secondary.class()>{t(COMPARE)}</button>
            </div>
        </form>
    }
    .into_any()
}

/// A side of a comparison as it stands in the address.
pub(super) fn code(side: Side) -> String {
    match side {
        Side::Version(number) => number.to_string(),
        Side::Current => "nu".into(),
    }
}
