//! Choosing the sheet of a register and what its columns say.

use super::import_path;
use crate::{
    forms,
    http::{Id, Page, Typed, Visit, see_other},
    pages::problems,
    parts::{self, Weight, fields, questions},
    texts::{common, imports, register_import::*, t, tf},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    ids::ImportId,
    import::{ImportState, SetUpView},
    problem::Problem,
    register::RegisterImportView,
};

/// `GET /verwerkingsregister/inlezen/:id/kolommen`.
pub(crate) async fn view(visit: Visit, Id(id): Id<ImportId>) -> Response {
    match visit.ports.register.import(&visit.asker, id, true).await {
        Ok(RegisterImportView::SetUp(set_up)) => visit.page(StatusCode::OK, || page(&set_up)),
        // Nothing can be chosen any more.
        Ok(_) => see_other(&import_path(id)),
        Err(problem) => problems::problem(&visit, problem),
    }
}

/// `POST /verwerkingsregister/inlezen/:id/kolommen`: keeps the choices, and judges the rows when they are right.
pub(crate) async fn post(visit: Visit, Id(id): Id<ImportId>, Typed(sent): Typed) -> Response {
    let judge = sent.text("do") != "columns";
    let mut values = sent.clone();
    values.0.remove("do");
    match visit.ports.register.set_up(&visit.asker, id, values, judge).await {
        Ok(true) => see_other(&import_path(id)),
        Ok(false) => see_other(&format!("{}/kolommen{}", import_path(id), if judge { "" } else { "#kolommen" })),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => problems::not_saved(&visit, problem, sent),
        Err(problem) => problems::problem_in_post(&visit, problem, &sent),
    }
}

pub(super) fn page(set_up: &SetUpView) -> Page {
    let sections = forms::register(set_up);
    let told = questions::problems(&sections, &set_up.problems);
    let filled = fields::Filled { values: &set_up.values, problems: &set_up.problems };
    let form = sections.iter().map(|section| questions::to_fill(section, &filled, None)).collect_view();
    let title = t(imports::COLUMNS_TITLE);
    let told_title = if told.is_empty() { title.to_owned() } else { tf(common::PROBLEM_TITLE, &[title]) };
    let path = import_path(set_up.head.id);
    let body = view! {
        {fields::summary(&told)}
        {parts::link("/verwerkingsregister/inlezen", t(BACK))}
        {parts::heading(title)}
        {parts::lead(tf(COLUMNS_LEAD, &[&set_up.file]))}
        {(set_up.head.state == ImportState::Judged).then(|| parts::warning(t(COLUMNS_AGAIN)))}
        <form method="post" action=format!("{path}/kolommen") class="form" novalidate>
            // The first button of a form is the one that Enter presses.
            <button type="submit" name="do" value="judge" class="visually-hidden" tabindex="-1" aria-hidden="true">
                {t(imports::JUDGE)}
            </button>
            {form}
            <div class="actions actions--form">
                <button type="submit" name="do" value="judge" class=Weight::Primary.class()>{t(imports::JUDGE)}</button>
                <a class="utrecht-link utrecht-link--html-a" href=format!("{path}/weg")>{t(DISCARD)}</a>
            </div>
        </form>
    };
    Page::new(told_title, body)
}
