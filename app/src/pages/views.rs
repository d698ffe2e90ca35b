//! Saved views of lists: keeping one, all of them, renaming and removing.

use super::problems;
use crate::{
    forms::view as forms,
    http::{Id, Notice, Page, Typed, Visit, see_other},
    parts::{
        self, Weight, fields, questions,
        views::{address, keep_form, path},
    },
    texts::{common, lists::*, t, tf},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::{FieldProblem, FormValues},
    ids::ViewId,
    list::{ListKind, SavedView},
    problem::Problem,
};

/// `GET /weergaven`.
pub(crate) async fn view(visit: Visit) -> Response {
    let answer = visit.ports.views.all(&visit.asker).await;
    visit.show(answer, |views| Page::new(t(VIEWS), all(&views)))
}

/// `POST /weergaven`: keeps the list that was shown, and shows it again.
pub(crate) async fn keep(visit: Visit, Typed(values): Typed) -> Response {
    let Some(list) = ListKind::from_code(values.text("list")) else {
        return problems::plain(&visit, StatusCode::BAD_REQUEST);
    };
    let filter = filter(&values);
    match visit.ports.views.keep(&visit.asker, list, values.clone()).await {
        Ok(_) => {
            let address = address(list, &filter);
            let mark = if address.contains('?') { '&' } else { '?' };
            see_other(&format!("{address}{mark}gelukt={}", Notice::ViewKept.code()))
        }
        Err(Problem::Invalid(found)) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, || {
            let body = view! {
                {parts::link(address(list, &filter), t(common::BACK))}
                {fields::summary(&questions::problems(&[forms::keep()], &found))}
                {parts::heading(t(KEEP))}
                {keep_form(list, &filter, &fields::Filled { values: &values, problems: &found })}
            };
            Page::new(tf(common::PROBLEM_TITLE, &[t(KEEP)]), body)
        }),
        Err(problem) => failed(&visit, problem, values),
    }
}

/// `GET /weergaven/:id`: to give it another name.
pub(crate) async fn one(visit: Visit, Id(id): Id<ViewId>) -> Response {
    let answer = visit.ports.views.all(&visit.asker).await;
    let answer = answer.and_then(|views| views.into_iter().find(|one| one.id == id).ok_or(Problem::NotFound));
    visit.show(answer, |view| {
        let mut values = FormValues::default();
        values.set("name", view.name);
        rename_page(id, &values, &[])
    })
}

/// `POST /weergaven/:id`: gives it another name.
pub(crate) async fn rename(visit: Visit, Id(id): Id<ViewId>, Typed(values): Typed) -> Response {
    match visit.ports.views.rename(&visit.asker, id, values.clone()).await {
        Ok(()) => see_other(&format!("/weergaven?gelukt={}", Notice::ViewRenamed.code())),
        Err(Problem::Invalid(found)) => {
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, || rename_page(id, &values, &found))
        }
        Err(problem) => failed(&visit, problem, values),
    }
}

/// `POST /weergaven/:id/weg`.
pub(crate) async fn remove(visit: Visit, Id(id): Id<ViewId>) -> Response {
    match visit.ports.views.remove(&visit.asker, id).await {
        Ok(()) => see_other(&format!("/weergaven?gelukt={}", Notice::ViewRemoved.code())),
        Err(problem) => problems::problem_in_post(&visit, problem, &FormValues::default()),
    }
}

fn failed(visit: &Visit, problem: Problem, values: FormValues) -> Response {
    match problem {
        Problem::Unavailable(_) | Problem::Internal(_) => problems::not_saved(visit, problem, values),
        other => problems::problem_in_post(visit, other, &values),
    }
}

/// What was sent besides the view's name and list.
fn filter(values: &FormValues) -> FormValues {
    let mut filter = values.clone();
    filter.0.retain(|name, _| !["list", "name"].contains(&name.as_str()));
    filter
}

fn all(views: &[SavedView]) -> AnyView {
    let rows = views.iter().map(|one| {
        let list = match one.list {
            ListKind::Signals => common::SIGNALS,
            ListKind::Cases => common::CASES,
        };
        view! {
            <li class="saved-view">
                <p class="saved-view__name">
                    <a class="utrecht-link utrecht-link--html-a" href=address(one.list, &one.filter)>{one.name.clone()}</a>
                    " "<span class="quiet">{t(list)}</span>
                </p>
                <a class="utrecht-link utrecht-link--html-a" href=format!("/weergaven/{}", one.id)
                    aria-label=tf(RENAME_OF, &[&one.name])>{t(RENAME)}</a>
                <form method="post" action=format!("/weergaven/{}/weg", one.id)>
                    <button type="submit" class=Weight::Subtle.class() aria-label=tf(REMOVE_OF, &[&one.name])>
                        {t(REMOVE_DO)}
                    </button>
                </form>
            </li>
        }
    });
    let body = if views.is_empty() {
        view! { <p class="empty">{t(VIEWS_NONE)}</p> }.into_any()
    } else {
        view! { <ul class="saved-views-all">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        {parts::heading(t(VIEWS))}
        {parts::lead(t(VIEWS_LEAD))}
        {body}
        {parts::link(path(ListKind::Signals), t(common::SIGNALS))}
        {parts::link(path(ListKind::Cases), t(common::CASES))}
    }
    .into_any()
}

fn rename_page(id: ViewId, values: &FormValues, found: &[FieldProblem]) -> Page {
    let section = forms::rename();
    let title = if found.is_empty() { t(RENAME).to_owned() } else { tf(common::PROBLEM_TITLE, &[t(RENAME)]) };
    let body = view! {
        {parts::link("/weergaven", t(VIEWS_MANAGE))}
        {fields::summary(&questions::problems(std::slice::from_ref(&section), found))}
        {parts::heading(t(RENAME))}
        <form method="post" action=format!("/weergaven/{id}") class="form">
            {questions::to_fill(&section, &fields::Filled { values, problems: found }, None)}
            <div class="actions">
                <button type="submit" class=Weight::Primary.class()>{t(RENAME)}</button>
            </div>
        </form>
    };
    Page::new(title, body)
}
