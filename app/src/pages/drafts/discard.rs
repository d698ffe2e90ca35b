//! Throwing a draft away, after asking once more.

use super::path;
use crate::{
    http::{Id, Notice, Page, Visit, see_other},
    pages::{help::Task, problems},
    parts::{self, Weight},
    texts::{Named, drafts::*, t, when, work},
};
use axum::response::Response;
use leptos::prelude::*;
use plein_domain::{form::FormValues, ids::DraftId};

/// `GET /concepten/:id/weg`.
pub(crate) async fn view(visit: Visit, Id(id): Id<DraftId>) -> Response {
    let answer = visit.ports.drafts.read(&visit.asker, id).await;
    visit.show(answer, |draft| {
        let which = crate::texts::tf(work::DISCARD_LONG, &[t(draft.kind.text()), &when(draft.saved_at)]);
        let body = view! {
            {parts::heading(t(DISCARD_TITLE))}
            {parts::lead(which)}
            {parts::paragraph(t(DISCARD_TEXT))}
            <form method="post" action=format!("{}/weg", path(id)) class="actions actions--form">
                <button type="submit" class=Weight::Primary.class()>{t(DISCARD_YES)}</button>
                {parts::link_button(path(id), t(DISCARD_NO))}
            </form>
        };
        Page::new(t(DISCARD_TITLE), body).helped_with(Task::of_form(draft.kind))
    })
}

/// `POST /concepten/:id/weg`.
pub(crate) async fn post(visit: Visit, Id(id): Id<DraftId>) -> Response {
    match visit.ports.drafts.discard(&visit.asker, id).await {
        Ok(()) => see_other(&format!("/?gelukt={}", Notice::DraftDiscarded.code())),
        Err(problem) => problems::problem_in_post(&visit, problem, &FormValues::default()),
    }
}
