//! The notes on a case: read, written, printed.

use crate::{
    forms::note,
    http::{Id, Notice, Page, Typed, Visit, query, see_other},
    pages::problems,
    parts::{self, Weight, fact, facts, fields, paging, questions},
    texts::{cases, common, notes::*, plan, t, tf, when},
};
use axum::{extract::RawQuery, response::Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    case::{CaseView, NoteView, NotesView},
    form::{FieldProblem, FormValues},
    ids::CaseId,
    problem::Problem,
};

/// `GET /casussen/:id/notities?pagina=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>, RawQuery(asked): RawQuery) -> Response {
    let page = query(asked.as_deref()).text("pagina").parse().unwrap_or(1).max(1);
    let answer = visit.ports.notes.list(&visit.asker, id, page).await;
    visit.show(answer, |view| listing(&view, &FormValues::default(), &[]))
}

/// `POST /casussen/:id/notities`: writes one.
pub(crate) async fn write(visit: Visit, Id(id): Id<CaseId>, Typed(values): Typed) -> Response {
    let name = values.text("id").parse().ok();
    match visit.ports.notes.write(&visit.asker, id, name, values.clone()).await {
        Ok(()) => see_other(&format!("{}?gelukt={}", path(id), Notice::NoteWritten.code())),
        Err(Problem::Invalid(found)) => match visit.ports.notes.list(&visit.asker, id, 1).await {
            Ok(view) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, || listing(&view, &values, &found)),
            Err(problem) => problems::problem_in_post(&visit, problem, &values),
        },
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => problems::not_saved(&visit, problem, values),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// `GET /casussen/:id/notities/afdrukken`.
pub(crate) async fn print(visit: Visit, Id(id): Id<CaseId>) -> Response {
    let answer = visit.ports.notes.print(&visit.asker, id).await;
    let by = format!("{}, {}", visit.asker.person.name, visit.asker.person.department.name);
    visit.show(answer, |(view, at)| {
        let shown = view.notes.rows.len().to_string();
        let body = view! {
            {parts::link(path(id), t(BACK))}
            {parts::heading_of(OF_CASE, &view.case.reference)}
            {facts(view! {
                {fact(t(plan::X_PURPOSE), view.case.purpose.name.clone())}
                {fact(t(plan::PRINTED_BY), by)}
                {fact(t(plan::PRINTED_AT), when(at))}
            })}
            {parts::paragraph(t(plan::X_LIMITATION))}
            {view.notes.more.then(|| parts::paragraph(tf(PRINTED_MORE, &[&shown])))}
            {list(&view.notes.rows, None)}
        };
        Page::new(tf(OF_CASE, &[&view.case.reference.to_string()]), body)
    })
}

/// Where the notes on a case are.
pub(super) fn path(case: CaseId) -> String {
    format!("/casussen/{case}/notities")
}

/// The newest notes, on the page of the case.
pub(super) fn newest(case: &CaseView) -> AnyView {
    let path = path(case.head.id);
    let more = case.notes_count > case.notes.len() as i64;
    let all = if more { tf(SHOW_ALL_COUNTED, &[&case.notes_count.to_string()]) } else { t(SHOW_ALL).to_owned() };
    let empty = case.notes.is_empty();
    view! {
        <section>
            <h2 class="utrecht-heading-2">{t(TITLE)}</h2>
            {list(&case.notes, Some(&path))}
            <div class="actions">
                {parts::link_button(format!("{path}#schrijven"), t(WRITE))}
                {(!empty).then(|| parts::link_button(path.clone(), all))}
            </div>
        </section>
    }
    .into_any()
}

fn listing(view: &NotesView, values: &FormValues, found: &[FieldProblem]) -> Page {
    let here = path(view.case.id);
    let sections = [note::write()];
    let told = questions::problems(&sections, found);
    let filled = fields::Filled { values, problems: found };
    let title = tf(OF_CASE, &[&view.case.reference.to_string()]);
    let write = view.may_write.then(|| {
        view! {
            <form method="post" action=here.clone() class="form">
                <input type="hidden" name="id" value=view.fresh.to_string() />
                {sections.iter().map(|one| questions::to_fill(one, &filled, None)).collect_view()}
                <div class="actions">
                    <button type="submit" class=Weight::Primary.class()>{t(SEND)}</button>
                </div>
            </form>
        }
    });
    let printing = (!view.notes.rows.is_empty())
        .then(|| view! { <div class="actions">{parts::link_button(format!("{here}/afdrukken"), t(PRINT))}</div> });
    let head = if told.is_empty() { title } else { tf(common::PROBLEM_TITLE, &[&title]) };
    let body = view! {
        {parts::link(format!("/casussen/{}", view.case.id), tf(cases::CASE, &[&view.case.reference.to_string()]))}
        {fields::summary(&told)}
        {parts::heading_of(OF_CASE, &view.case.reference)}
        {parts::lead(t(EXPLAIN))}
        {write}
        {list(&view.notes.rows, Some(&here))}
        {paging::numbered(&here, view.notes.page, view.notes.more)}
        {printing}
    };
    Page::new(head, body)
}

/// Notes one after another; with where they are, each leads to its own page.
pub(in crate::pages) fn list(notes: &[NoteView], path: Option<&str>) -> AnyView {
    if notes.is_empty() {
        return view! { <p class="empty">{t(EMPTY)}</p> }.into_any();
    }
    let items = notes
        .iter()
        .map(|note| view! { <li class="history__item">{one(note)} {path.map(|path| lead(note, path))}</li> });
    view! { <ul class="plain-list notes">{items.collect_view()}</ul> }.into_any()
}

/// What a note says, with who wrote it and when.
pub(super) fn one(note: &NoteView) -> AnyView {
    let changed = note.changed_at.map(|at| format!(", {}", tf(CHANGED_AT, &[&when(at)]))).unwrap_or_default();
    let said = match (&note.text, note.withdrawn_at) {
        (Some(text), _) => view! { <p class="utrecht-paragraph multiline">{text.clone()}</p> }.into_any(),
        (None, at) => {
            let at = at.map(when).unwrap_or_default();
            view! { <p class="utrecht-paragraph quiet">{tf(WITHDRAWN, &[&at])}</p> }.into_any()
        }
    };
    view! {
        <p class="quiet">
            <strong>{note.by.clone()}</strong>
            {format!(", {}, ", note.department)}
            {parts::moment(note.written_at)}
            {changed}
        </p>
        {said}
    }
    .into_any()
}

/// The link to a note's own page, if there is more to see or to do there.
fn lead(note: &NoteView, path: &str) -> Option<AnyView> {
    let standing = note.withdrawn_at.is_none();
    let text = match (note.own && standing, note.changed_at.is_some() || !standing) {
        (true, _) => OPEN,
        (false, true) => OPEN_EARLIER,
        (false, false) => return None,
    };
    let of = tf(OF_NOTE, &[&note.by, &when(note.written_at)]);
    Some(
        view! {
            <p class="notes__lead">
                <a class="utrecht-link utrecht-link--html-a" href=format!("{path}/{}", note.id)>
                    {t(text)}<span class="visually-hidden">{format!(": {of}")}</span>
                </a>
            </p>
        }
        .into_any(),
    )
}
