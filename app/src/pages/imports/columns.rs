//! Choosing the sheet and what its columns say.

use super::path;
use crate::{
    forms,
    http::{Id, Page, Typed, Visit, see_other},
    pages::problems,
    parts::{self, Weight, fields, questions},
    texts::{common, imports::*, t, tf},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    ids::ImportId,
    import::{ImportState, ImportView, RowsWanted, SetUpView},
    ports::Lists,
    problem::Problem,
};

/// `GET /signalen/inlezen/:id/kolommen`.
pub(crate) async fn view(visit: Visit, Id(id): Id<ImportId>) -> Response {
    let wanted = RowsWanted { columns: true, ..RowsWanted::default() };
    match visit.ports.imports.view(&visit.asker, id, wanted).await {
        Ok(ImportView::SetUp(set_up)) => show(&visit, &set_up).await,
        // Nothing can be chosen any more.
        Ok(ImportView::Rows(_)) => see_other(&path(id)),
        Err(problem) => problems::problem(&visit, problem),
    }
}

/// `POST /signalen/inlezen/:id/kolommen`: keeps the choices, and judges the rows by them when they are right.
pub(crate) async fn post(visit: Visit, Id(id): Id<ImportId>, Typed(sent): Typed) -> Response {
    let judge = sent.text("do") != "columns";
    let mut values = sent.clone();
    values.0.remove("do");
    match visit.ports.imports.set_up(&visit.asker, id, values, judge).await {
        Ok(true) => see_other(&path(id)),
        Ok(false) => see_other(&format!("{}/kolommen{}", path(id), if judge { "" } else { "#kolommen" })),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => problems::not_saved(&visit, problem, sent),
        Err(problem) => problems::problem_in_post(&visit, problem, &sent),
    }
}

/// The page, with the lists that it chooses from.
pub(super) async fn show(visit: &Visit, set_up: &SetUpView) -> Response {
    match visit.lists().await {
        Ok(lists) => visit.page(StatusCode::OK, || page(set_up, &lists)),
        Err(problem) => problems::problem(visit, problem),
    }
}

fn page(set_up: &SetUpView, lists: &Lists) -> Page {
    let sections = forms::set_up(set_up, lists);
    let told = questions::problems(&sections, &set_up.problems);
    let filled = fields::Filled { values: &set_up.values, problems: &set_up.problems };
    let form = sections.iter().map(|section| questions::to_fill(section, &filled, Some(lists))).collect_view();
    let scope = (set_up.scopes.len() == 1)
        .then(|| view! { <input type="hidden" name="scope" value=set_up.scopes[0].code() /> });
    let title =
        if told.is_empty() { t(COLUMNS_TITLE).to_owned() } else { tf(common::PROBLEM_TITLE, &[t(COLUMNS_TITLE)]) };
    let body = view! {
        {fields::summary(&told)}
        {parts::link("/signalen/inlezen", t(BACK_TO_LISTS))}
        {parts::heading(t(COLUMNS_TITLE))}
        {parts::lead(tf(COLUMNS_LEAD, &[&set_up.file]))}
        {(set_up.head.state == ImportState::Judged).then(|| parts::warning(t(COLUMNS_AGAIN)))}
        <form method="post" action=format!("{}/kolommen", path(set_up.head.id)) class="form" novalidate>
            // The first button of a form is the one that Enter presses.
            <button type="submit" name="do" value="judge" class="visually-hidden" tabindex="-1" aria-hidden="true">
                {t(JUDGE)}
            </button>
            {scope}
            {form}
            <div class="actions actions--form">
                <button type="submit" name="do" value="judge" class=Weight::Primary.class()>{t(JUDGE)}</button>
                <a class="utrecht-link utrecht-link--html-a" href=format!("{}/weg", path(set_up.head.id))>{t(DISCARD)}</a>
            </div>
        </form>
    };
    Page::new(title, body)
}
