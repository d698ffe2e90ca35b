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
use plein_domain::{draft::Conflict, form::FormValues, ids::DraftId, problem::Problem};

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

/// `POST /concepten/:id/venster`: goes on with what one of the author's own windows said.
pub(crate) async fn settle(visit: Visit, Id(id): Id<DraftId>, Typed(values): Typed) -> Response {
    let keep_aside = match values.text("keep") {
        "aside" => true,
        "latest" => false,
        _ => return problems::plain(&visit, StatusCode::BAD_REQUEST),
    };
    match visit.ports.drafts.settle(&visit.asker, id, keep_aside).await {
        Ok(_) => see_other(&path(id)),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// The page to choose on when the author typed in two windows: both texts are kept.
pub(super) fn windows(visit: &Visit, status: StatusCode, sheet: &Sheet) -> Response {
    let Some(aside) = sheet.draft.aside.last() else {
        return see_other(&path(sheet.draft.id));
    };
    let labels = [tf(WINDOWS_ASIDE, &[&when(aside.at)]), tf(WINDOWS_LATEST, &[&when(sheet.draft.saved_at)])];
    visit.page(status, || {
        let body = view! {
            {parts::heading(t(WINDOWS_TITLE))}
            {parts::lead(t(WINDOWS_TEXT))}
            {differences(sheet, [&aside.values, &sheet.draft.values], &labels)}
            <form method="post" action=format!("{}/venster", path(sheet.draft.id)) class="form">
                {parts::paragraph(t(CONFLICT_AFTER))}
                <div class="actions actions--form">
                    <button type="submit" name="keep" value="aside" class=Weight::Primary.class()>
                        {t(WINDOWS_KEEP_ASIDE)}
                    </button>
                    <button type="submit" name="keep" value="latest" class=Weight::Secondary.class()>
                        {t(WINDOWS_KEEP_LATEST)}
                    </button>
                </div>
            </form>
        };
        Page::new(t(WINDOWS_TITLE), body)
    })
}

/// The page to choose on. Nothing is lost before a choice is made.
pub(super) async fn page(visit: &Visit, id: DraftId, conflict: &Conflict) -> Response {
    match sheet(visit, id).await {
        Ok(sheet) => visit.page(StatusCode::CONFLICT, || Page::new(t(CONFLICT_TITLE), compare(&sheet, conflict))),
        Err(problem) => problems::problem_at(visit, problem, &path(id)),
    }
}

fn compare(sheet: &Sheet, conflict: &Conflict) -> AnyView {
    let labels = [t(CONFLICT_MINE).to_owned(), tf(CONFLICT_THEIRS, &[&conflict.by])];
    let told = if conflict.by.is_empty() {
        t(CONFLICT_TEXT_SOMEBODY).to_owned()
    } else {
        tf(CONFLICT_TEXT, &[&conflict.by, &when(conflict.at)])
    };
    view! {
        {parts::heading(t(CONFLICT_TITLE))}
        {parts::lead(told)}
        {differences(sheet, [&sheet.draft.values, &conflict.theirs], &labels)}
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

/// The answers that differ between two texts of the same form.
fn differences(sheet: &Sheet, texts: [&FormValues; 2], labels: &[String; 2]) -> AnyView {
    // Whichever has more blocks for subjects tells which questions there are.
    let mut everything = Sheet {
        draft: sheet.draft.clone(),
        lists: sheet.lists.clone(),
        candidates: sheet.candidates.clone(),
        linked: sheet.linked.clone(),
    };
    everything.draft.values = texts[0].clone();
    for (name, values) in &texts[1].0 {
        everything.draft.values.0.entry(name.clone()).or_insert_with(|| values.clone());
    }
    let sections = everything.sections();
    let questions = sections.iter().flat_map(|section| section.questions.iter().map(move |one| (section, one)));
    let differing = questions.filter(|(_, question)| question.answer(texts[0]) != question.answer(texts[1]));
    let rows = differing.map(|(section, question)| {
        let part = if question.name.contains('.') {
            format!("{}, {}", section.title, question.label)
        } else {
            question.label.clone()
        };
        view! {
            <tr role="row">
                <th scope="row" role="rowheader" data-label=t(CONFLICT_PART)>{part}</th>
                <td role="cell" data-label=labels[0].clone()>{questions::answer(question, texts[0])}</td>
                <td role="cell" data-label=labels[1].clone()>{questions::answer(question, texts[1])}</td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    if rows.is_empty() {
        return parts::paragraph(t(CONFLICT_SAME)).into_any();
    }
    view! {
        <table class="utrecht-table utrecht-table--html-table stacked conflict" role="table">
            <caption class="visually-hidden">{t(CONFLICT_CAPTION)}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{t(CONFLICT_PART)}</th>
                    <th scope="col" role="columnheader">{labels[0].clone()}</th>
                    <th scope="col" role="columnheader">{labels[1].clone()}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
}
