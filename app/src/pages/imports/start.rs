//! Giving a file, and the lists that are still there.

use super::{
    path,
    upload::{self, Received},
    words,
};
use crate::{
    http::{Id, Notice, Page, Visit, see_other},
    pages::problems,
    parts::{self, Weight, paging},
    texts::{imports::*, t},
};
use axum::{extract::Multipart, response::Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    ids::{ImportId, TraceId},
    import::{ImportHead, Unreadable},
    problem::Answer,
};

/// `GET /signalen/inlezen`.
pub(crate) async fn view(visit: Visit) -> Response {
    let answer = visit.ports.imports.mine(&visit.asker).await;
    let trace = visit.asker.trace;
    visit.show(answer, |lists| page(&lists, trace, None))
}

/// `POST /signalen/inlezen`: reads the file. The same page sent twice gives one list.
pub(crate) async fn post(visit: Visit, multipart: Multipart) -> Response {
    let (id, name, bytes) = match upload::received(multipart).await {
        Received::File(id, name, bytes) => (id, name, bytes),
        Received::Nothing => return again(&visit, t_nothing).await,
        Received::TooLarge => return again(&visit, |_| words::unreadable(Unreadable::TooLarge)).await,
        Received::Broken => return problems::plain(&visit, StatusCode::BAD_REQUEST),
    };
    visit.asker.arrived.anew();
    let given: Answer<_> = visit.ports.imports.give(&visit.asker, id, &name, bytes).await;
    match given {
        Ok(Ok(id)) => see_other(&path(id)),
        Ok(Err(why)) => again(&visit, move |()| words::unreadable(why)).await,
        Err(problem) => problems::problem_at(&visit, problem, "/signalen/inlezen"),
    }
}

fn t_nothing((): ()) -> &'static str {
    t(NO_FILE)
}

/// The page again, with why the file was not taken.
async fn again(visit: &Visit, why: impl FnOnce(()) -> &'static str) -> Response {
    match visit.ports.imports.mine(&visit.asker).await {
        Ok(lists) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, || page(&lists, visit.asker.trace, Some(why(())))),
        Err(problem) => problems::problem_at(visit, problem, "/signalen/inlezen"),
    }
}

fn page(lists: &[ImportHead], trace: TraceId, refused: Option<&'static str>) -> Page {
    Page::new(
        t(TITLE),
        view! {
            {refused.map(upload::refused)}
            {paging::step("/signalen".into(), "up", t(crate::texts::signals::TITLE))}
            {parts::heading(t(TITLE))}
            {parts::lead(t(LEAD))}
            {upload::form("/signalen/inlezen", FILE_HINT, trace, refused.is_some())}
            <section class="desk__section">
                <h2 class="utrecht-heading-2">{t(MINE)}</h2>
                {parts::paragraph(t(MINE_HINT))}
                {upload::given(lists, "/signalen/inlezen", MINE_EMPTY, DISCARD)}
            </section>
        },
    )
}

/// `GET /signalen/inlezen/:id/weg`.
pub(crate) async fn discard(visit: Visit, Id(id): Id<ImportId>) -> Response {
    let answer = visit.ports.imports.mine(&visit.asker).await;
    let answer = answer.and_then(|lists| {
        lists.iter().any(|list| list.id == id).then_some(()).ok_or(plein_domain::problem::Problem::NotFound)
    });
    visit.show(answer, |()| {
        let body = view! {
            {parts::heading(t(DISCARD_ASK))}
            {parts::lead(t(DISCARD_TEXT))}
            <form method="post" action=format!("{}/weg", path(id))>
                <div class="actions actions--form">
                    <button type="submit" class=Weight::Primary.class()>{t(DISCARD)}</button>
                    {parts::link_button(path(id), t(KEEP))}
                </div>
            </form>
        };
        Page::new(t(DISCARD_ASK), body)
    })
}

/// `POST /signalen/inlezen/:id/weg`.
pub(crate) async fn discarded(visit: Visit, Id(id): Id<ImportId>) -> Response {
    match visit.ports.imports.discard(&visit.asker, id).await {
        Ok(()) => see_other(&format!("/signalen/inlezen?gelukt={}", Notice::ListDiscarded.code())),
        Err(problem) => problems::problem_at(&visit, problem, &format!("{}/weg", path(id))),
    }
}
