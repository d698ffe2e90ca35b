//! Somebody else changed the same thing: theirs and yours side by side, and a choice.

use super::{path, sheet};
use crate::{
    forms::{Sheet, Shown, WHY, both},
    http::{Id, Page, Typed, Visit, see_other},
    pages::{help::Task, problems},
    parts::{self, Weight, questions},
    texts::{drafts::*, t, tf, when},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{draft::Conflict, form::FormValues, ids::DraftId, problem::Problem};

/// The form with the text that was chosen, all of it: it is to be looked at once more.
fn chosen(id: DraftId) -> String {
    format!("{}?stap={}", path(id), Shown::All.code())
}

/// `POST /concepten/:id/conflict`: goes on with one of the two.
pub(crate) async fn post(visit: Visit, Id(id): Id<DraftId>, Typed(values): Typed) -> Response {
    let keep_mine = match values.text("keep") {
        "mine" => true,
        "theirs" => false,
        _ => return problems::plain(&visit, StatusCode::BAD_REQUEST),
    };
    match visit.ports.drafts.rebase(&visit.asker, id, keep_mine).await {
        Ok(_) => see_other(&chosen(id)),
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
        Ok(_) => see_other(&chosen(id)),
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
        Page::new(t(WINDOWS_TITLE), body).helped_with(Task::of_form(sheet.draft.kind))
    })
}

/// The page to choose on. Nothing is lost before a choice is made.
pub(super) async fn page(visit: &Visit, id: DraftId, conflict: &Conflict) -> Response {
    match sheet(visit, id).await {
        Ok(sheet) => visit.page(StatusCode::CONFLICT, || {
            let page = Page::new(t(CONFLICT_TITLE), compare(&sheet, conflict));
            page.helped_with(Task::of_form(sheet.draft.kind))
        }),
        Err(problem) => problems::problem_at(visit, problem, &path(id)),
    }
}

fn compare(sheet: &Sheet, conflict: &Conflict) -> AnyView {
    let labels = [t(CONFLICT_MINE).to_owned(), tf(CONFLICT_THEIRS, &[&conflict.by])];
    // Why it is changed is no part of what was changed.
    let mut mine = sheet.draft.values.clone();
    mine.0.remove(WHY);
    let told = if conflict.by.is_empty() {
        t(CONFLICT_TEXT_SOMEBODY).to_owned()
    } else {
        tf(CONFLICT_TEXT, &[&conflict.by, &when(conflict.at)])
    };
    view! {
        {parts::heading(t(CONFLICT_TITLE))}
        {parts::lead(told)}
        {differences(sheet, [&mine, &conflict.theirs], &labels)}
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
    everything.draft.values = both(texts);
    questions::differences(&everything.sections(), texts, labels, t(CONFLICT_CAPTION))
        .unwrap_or_else(|| parts::paragraph(t(CONFLICT_SAME)).into_any())
}
