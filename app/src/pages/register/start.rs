//! Giving a register, and the files that are still there.

use super::{PATH, import_path};
use crate::{
    http::{Id, Notice, Page, Visit, see_other},
    pages::{
        imports::{
            upload::{self, Received},
            words::unreadable,
        },
        problems,
    },
    parts::{self, Weight, paging},
    texts::{imports, register, register_import::*, t},
};
use axum::{extract::Multipart, response::Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    ids::{ImportId, TraceId},
    import::{ImportHead, Unreadable},
    problem::Problem,
};

const START: &str = "/verwerkingsregister/inlezen";

/// `GET /verwerkingsregister/inlezen`.
pub(crate) async fn view(visit: Visit) -> Response {
    let answer = visit.ports.register.given(&visit.asker).await;
    let trace = visit.asker.trace;
    visit.show(answer, |files| page(&files, trace, None))
}

/// `POST /verwerkingsregister/inlezen`: reads the file. The same page sent twice gives one file.
pub(crate) async fn post(visit: Visit, multipart: Multipart) -> Response {
    let (id, name, bytes) = match upload::received(multipart).await {
        Received::File(id, name, bytes) => (id, name, bytes),
        Received::Nothing => return again(&visit, None).await,
        Received::TooLarge => return again(&visit, Some(Unreadable::TooLarge)).await,
        Received::Broken => return problems::plain(&visit, StatusCode::BAD_REQUEST),
    };
    visit.asker.arrived.anew();
    match visit.ports.register.give(&visit.asker, id, &name, bytes).await {
        Ok(Ok(id)) => see_other(&import_path(id)),
        Ok(Err(why)) => again(&visit, Some(why)).await,
        Err(problem) => problems::problem_at(&visit, problem, START),
    }
}

/// The page again, with why the file was not taken; without a reason, none was chosen.
async fn again(visit: &Visit, why: Option<Unreadable>) -> Response {
    match visit.ports.register.given(&visit.asker).await {
        Ok(files) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, || {
            page(&files, visit.asker.trace, Some(why.map_or_else(|| t(imports::NO_FILE), unreadable)))
        }),
        Err(problem) => problems::problem_at(visit, problem, START),
    }
}

fn page(files: &[ImportHead], trace: TraceId, refused: Option<&'static str>) -> Page {
    Page::new(
        t(TITLE),
        view! {
            {refused.map(upload::refused)}
            {paging::step(PATH.into(), "up", t(register::TITLE))}
            {parts::heading(t(TITLE))}
            {parts::lead(t(LEAD))}
            {upload::form(START, FILE_HINT, trace, refused.is_some())}
            <section class="desk__section">
                <h2 class="utrecht-heading-2">{t(MINE)}</h2>
                {parts::paragraph(t(MINE_HINT))}
                {upload::given(files, START, MINE_EMPTY, DISCARD)}
            </section>
        },
    )
}

/// `GET /verwerkingsregister/inlezen/:id/weg`.
pub(crate) async fn discard(visit: Visit, Id(id): Id<ImportId>) -> Response {
    let answer = visit.ports.register.given(&visit.asker).await;
    let answer = answer.and_then(|files| files.iter().any(|one| one.id == id).then_some(()).ok_or(Problem::NotFound));
    visit.show(answer, |()| {
        let body = view! {
            {parts::heading(t(DISCARD_ASK))}
            {parts::lead(t(DISCARD_TEXT))}
            <form method="post" action=format!("{}/weg", import_path(id))>
                <div class="actions actions--form">
                    <button type="submit" class=Weight::Primary.class()>{t(DISCARD)}</button>
                    {parts::link_button(import_path(id), t(imports::KEEP))}
                </div>
            </form>
        };
        Page::new(t(DISCARD_ASK), body)
    })
}

/// `POST /verwerkingsregister/inlezen/:id/weg`.
pub(crate) async fn discarded(visit: Visit, Id(id): Id<ImportId>) -> Response {
    match visit.ports.register.discard(&visit.asker, id).await {
        Ok(()) => see_other(&format!("{START}?gelukt={}", Notice::RegisterDiscarded.code())),
        Err(problem) => problems::problem_at(&visit, problem, &format!("{}/weg", import_path(id))),
    }
}
