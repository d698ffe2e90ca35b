//! Somebody else changed the same thing: theirs and yours side by side, and a choice.

use super::{path, sheet};
use crate::{
    forms::Sheet,
    http::{Id, Page, Typed, Visit, see_other},
    pages::problems,
    parts::{self, Weight, questions},
    texts::{drafts::*, t, tf, when},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{draft::Conflict, ids::DraftId, problem::Problem};

/// `POST /concepten/:id/conflict`: goes on with one of the two.
pub(crate) async fn post(visit: Visit, Id(id): Id<DraftId>, Typed(values): Typed) -> Response {
    let keep_mine = match values.text("keep") {
        "mine" => true,
        "theirs" => false,
        _ => return problems::plain(&visit, StatusCode::BAD_REQUEST),
    };
    match visit.ports.drafts.rebase(&visit.asker, id, keep_mine).await {
        Ok(_) => see_other(&path(id)),
        // Changed once more meanwhile: choose again.
        Err(Problem::Stale(conflict)) => page(&visit, id, &conflict).await,
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// The page to choose on. Nothing is lost before a choice is made.
pub(super) async fn page(visit: &Visit, id: DraftId, conflict: &Conflict) -> Response {
    match sheet(visit, id).await {
        Ok(sheet) => visit.page(StatusCode::CONFLICT, || Page::new(t(CONFLICT_TITLE), compare(&sheet, conflict))),
        Err(problem) => problems::problem_at(visit, problem, &path(id)),
    }
}

fn compare(sheet: &Sheet, conflict: &Conflict) -> AnyView {
    let mine = &sheet.draft.values;
    let theirs = &conflict.theirs;
    // Whichever version has more blocks for subjects tells which questions there are.
    let mut everything = Sheet {
        draft: sheet.draft.clone(),
        lists: sheet.lists.clone(),
        candidates: sheet.candidates.clone(),
        linked: sheet.linked.clone(),
    };
    for (name, values) in &theirs.0 {
        everything.draft.values.0.entry(name.clone()).or_insert_with(|| values.clone());
    }
    let sections = everything.sections();
    let questions = sections.iter().flat_map(|section| section.questions.iter().map(move |one| (section, one)));
    let differing = questions.filter(|(_, question)| question.answer(mine) != question.answer(theirs));
    let rows = differing.map(|(section, question)| {
        let part = if question.name.contains('.') { format!("{}, {}", section.title, question.label) } else { question.label.clone() };
        view! {
            <tr role="row">
                <th scope="row" role="rowheader" data-label=t(CONFLICT_PART)>{part}</th>
                <td role="cell" data-label=t(CONFLICT_MINE)>{questions::answer(question, mine)}</td>
                <td role="cell" data-label=tf(CONFLICT_THEIRS, &[&conflict.by])>{questions::answer(question, theirs)}</td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let table =
        if rows.is_empty() { parts::paragraph(t(CONFLICT_SAME)) } else { differences(conflict, rows.into_any()) };
    let told = if conflict.by.is_empty() {
        t(CONFLICT_TEXT_SOMEBODY).to_owned()
    } else {
        tf(CONFLICT_TEXT, &[&conflict.by, &when(conflict.at)])
    };
    view! {
        {parts::heading(t(CONFLICT_TITLE))}
        {parts::lead(told)}
        {table}
        <form method="post" action=format!("{}/conflict", path(sheet.draft.id)) class="form">
            {parts::paragraph(t(CONFLICT_AFTER))}
            <div class="actions actions--form">
                <button type="submit" name="keep" value="mine" class=Weight::Primary.class()>{t(CONFLICT_KEEP_MINE)}</button>
                <button type="submit" name="keep" value="theirs" class=Weight::Secondary.class()>
                    {t(CONFLICT_KEEP_THEIRS)}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn differences(conflict: &Conflict, rows: AnyView) -> AnyView {
    view! {
        <table class="utrecht-table utrecht-table--html-table stacked conflict" role="table">
            <caption class="visually-hidden">{t(CONFLICT_CAPTION)}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{t(CONFLICT_PART)}</th>
                    <th scope="col" role="columnheader">{t(CONFLICT_MINE)}</th>
                    <th scope="col" role="columnheader">{tf(CONFLICT_THEIRS, &[&conflict.by])}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
}
