//! Asking who saw a person. What is typed is sent in a body, never in an address, and is kept nowhere.

use crate::{
    forms::look_up,
    http::{Page, Typed, Visit, see_other},
    pages::problems,
    parts::{self, Weight, fields, questions},
    texts::{common, supervision::*, t, tf},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::{FieldProblem, FormValues},
    problem::Problem,
};

/// The path of the form.
pub(crate) const PATH: &str = "/toezicht/betrokkene";

/// `GET /toezicht/betrokkene`.
pub(crate) async fn view(visit: Visit) -> Response {
    let may = visit.ports.supervision.may_look_up(&visit.asker).await;
    visit.show(may, |_| form(&FormValues::default(), &[]))
}

/// `POST /toezicht/betrokkene`.
pub(crate) async fn post(visit: Visit, Typed(values): Typed) -> Response {
    match visit.ports.supervision.look_up(&visit.asker, &values).await {
        Ok(id) => see_other(&format!("{PATH}/{id}")),
        Err(Problem::Invalid(found)) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, || form(&values, &found)),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

fn form(values: &FormValues, found: &[FieldProblem]) -> Page {
    let sections = look_up::ask();
    let told = questions::problems(&sections, found);
    let filled = fields::Filled { values, problems: found };
    let head = if told.is_empty() { t(TITLE).to_owned() } else { tf(common::PROBLEM_TITLE, &[t(TITLE)]) };
    let body = view! {
        {fields::summary(&told)}
        {parts::heading(t(TITLE))}
        {parts::lead(t(LEAD))}
        {parts::paragraph(t(KEPT_NOWHERE))}
        <form method="post" action=PATH class="form" autocomplete="off">
            {sections.iter().map(|one| questions::to_fill(one, &filled, None)).collect_view()}
            <div class="actions">
                <button type="submit" class=Weight::Primary.class()>{t(LOOK_UP)}</button>
            </div>
        </form>
        {limits()}
    };
    Page::new(head, body)
}

/// What an answer tells, and what it does not.
pub(super) fn limits() -> AnyView {
    view! {
        <section>
            <h2 class="utrecht-heading-2">{t(LIMITS)}</h2>
            <ul>
                {[LIMIT_1, LIMIT_2, LIMIT_5, LIMIT_3, LIMIT_4].map(|text| view! { <li>{t(text)}</li> }).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}
