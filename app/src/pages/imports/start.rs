//! Giving a file, and the lists that are still there.

use super::{path, words};
use crate::{
    http::{Id, Notice, Page, Visit, see_other},
    pages::problems,
    parts::{self, Weight, paging},
    texts::{Named, imports::*, t, tf, when},
};
use axum::{
    extract::{Multipart, multipart::Field},
    response::Response,
};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    ids::{ImportId, TraceId},
    import::{ImportHead, Unreadable},
    problem::Answer,
};

/// The largest file that is received, in bytes; what may be in it is decided where it is read.
const FILE_BYTES: usize = 10 * 1024 * 1024;

/// `GET /signalen/inlezen`.
pub(crate) async fn view(visit: Visit) -> Response {
    let answer = visit.ports.imports.mine(&visit.asker).await;
    let trace = visit.asker.trace;
    visit.show(answer, |lists| page(&lists, trace, None))
}

/// `POST /signalen/inlezen`: reads the file. The same page sent twice gives one list.
pub(crate) async fn post(visit: Visit, multipart: Multipart) -> Response {
    let (id, name, bytes) = match received(multipart).await {
        Received::File(id, name, bytes) => (id, name, bytes),
        Received::Nothing => return again(&visit, t_nothing).await,
        Received::TooLarge => return again(&visit, |_| words::unreadable(Unreadable::TooLarge)).await,
        Received::Broken => return problems::plain(&visit, StatusCode::BAD_REQUEST),
    };
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

enum Received {
    File(ImportId, String, Vec<u8>),
    Nothing,
    TooLarge,
    Broken,
}

/// What the form sent, no more of it than is taken.
async fn received(mut multipart: Multipart) -> Received {
    let mut id = None;
    let mut file = None;
    loop {
        match multipart.next_field().await {
            Ok(Some(mut field)) => match field.name() {
                Some("id") => {
                    id = collected(&mut field, 100).await.ok().and_then(|bytes| String::from_utf8(bytes).ok())
                }
                Some("file") => {
                    let name = field.file_name().unwrap_or_default().to_owned();
                    match collected(&mut field, FILE_BYTES).await {
                        Ok(bytes) => file = Some((name, bytes)),
                        Err(true) => {
                            // The rest is received and let go: a browser shows no answer before all is sent.
                            while let Ok(Some(_)) = field.chunk().await {}
                            return Received::TooLarge;
                        }
                        Err(false) => return Received::Broken,
                    }
                }
                _ => {}
            },
            Ok(None) => break,
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return Received::TooLarge,
            Err(_) => return Received::Broken,
        }
    }
    match (id.and_then(|id| id.parse().ok()), file) {
        (Some(id), Some((name, bytes))) if !(name.is_empty() && bytes.is_empty()) => Received::File(id, name, bytes),
        (Some(_), _) => Received::Nothing,
        (None, _) => Received::Broken,
    }
}

/// The bytes of a field, or whether there are more than these.
async fn collected(field: &mut Field<'_>, most: usize) -> Result<Vec<u8>, bool> {
    let mut bytes = Vec::new();
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > most => return Err(true),
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(bytes),
            Err(error) => return Err(error.status() == StatusCode::PAYLOAD_TOO_LARGE),
        }
    }
}

/// The page again, with why the file was not taken.
async fn again(visit: &Visit, why: impl FnOnce(()) -> &'static str) -> Response {
    match visit.ports.imports.mine(&visit.asker).await {
        Ok(lists) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, || page(&lists, visit.asker.trace, Some(why(())))),
        Err(problem) => problems::problem_at(visit, problem, "/signalen/inlezen"),
    }
}

fn page(lists: &[ImportHead], trace: TraceId, refused: Option<&'static str>) -> Page {
    let refused = refused.map(|why| {
        view! {
            <div class="utrecht-alert utrecht-alert--error problem-summary" role="alert" tabindex="-1" autofocus>
                <h2 class="utrecht-heading-2">{t(REFUSED)}</h2>
                <p class="utrecht-paragraph" id="bestand-fout">{why}</p>
            </div>
        }
    });
    let described = if refused.is_some() { "bestand-uitleg bestand-fout" } else { "bestand-uitleg" };
    let items = lists.iter().map(|list| {
        let (given, removed) = (tf(GIVEN_AT, &[&when(list.begun_at)]), tf(REMOVED_AT, &[&when(list.removed_at)]));
        view! {
            <li class="desk__item">
                <span class="desk__what">
                    <strong>{given.clone()}</strong>
                    <span class="quiet">{removed}</span>
                </span>
                <span class="desk__do">
                    {parts::badge(t(list.state.text()))}
                    <a class="utrecht-link utrecht-link--html-a" href=path(list.id)
                        aria-label=format!("{}: {given}", t(OPEN))>{t(OPEN)}</a>
                    <a class="utrecht-link utrecht-link--html-a" href=format!("{}/weg", path(list.id))
                        aria-label=format!("{}: {given}", t(DISCARD))>{t(DISCARD)}</a>
                </span>
            </li>
        }
    });
    let mine = if lists.is_empty() {
        view! { <p class="empty">{t(MINE_EMPTY)}</p> }.into_any()
    } else {
        view! { <ul class="desk__list">{items.collect_view()}</ul> }.into_any()
    };
    Page::new(
        t(TITLE),
        view! {
            {refused}
            {paging::step("/signalen".into(), "up", t(crate::texts::signals::TITLE))}
            {parts::heading(t(TITLE))}
            {parts::lead(t(LEAD))}
            <form method="post" action="/signalen/inlezen" enctype="multipart/form-data" class="form">
                // Sent again, it is the same list.
                <input type="hidden" name="id" value=trace.to_string() />
                <div class="field">
                    <label class="utrecht-form-label" for="bestand">{t(FILE)}</label>
                    <p class="utrecht-form-field-description" id="bestand-uitleg">{t(FILE_HINT)}</p>
                    <input type="file" id="bestand" name="file" accept=".xlsx,.csv,.txt" aria-describedby=described />
                </div>
                <div class="actions actions--form">
                    <button type="submit" class=Weight::Primary.class()>{t(GIVE)}</button>
                </div>
            </form>
            <section class="desk__section">
                <h2 class="utrecht-heading-2">{t(MINE)}</h2>
                {parts::paragraph(t(MINE_HINT))}
                {mine}
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
