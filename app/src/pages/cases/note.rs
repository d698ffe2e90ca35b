//! One note on a case: what it says, what it said before, and changing or withdrawing it.

use super::notes::{one, path};
use crate::{
    forms::note,
    http::{CasePart, Notice, Page, Typed, Visit, see_other},
    pages::problems,
    parts::{self, Weight, fields, questions},
    texts::{common, notes::*, t, tf, when},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    case::{NoteAct, NoteHistory},
    form::{FieldProblem, FormValues},
    ids::{CaseId, NoteId},
    problem::{Answer, Problem},
};

/// `GET /casussen/:id/notities/:note`.
pub(crate) async fn view(visit: Visit, CasePart(case, id): CasePart<NoteId>) -> Response {
    let answer = visit.ports.notes.view(&visit.asker, case, id).await;
    visit.show(answer, |view| page(&view, &FormValues::default(), &[], false))
}

/// `POST /casussen/:id/notities/:note`.
pub(crate) async fn change(visit: Visit, CasePart(case, id): CasePart<NoteId>, Typed(values): Typed) -> Response {
    let act = visit.ports.notes.change(&visit.asker, case, id, seen(&values), values.clone()).await;
    ended(&visit, (case, id), act, Notice::NoteChanged, values).await
}

/// `POST /casussen/:id/notities/:note/intrekken`.
pub(crate) async fn withdraw(visit: Visit, CasePart(case, id): CasePart<NoteId>, Typed(values): Typed) -> Response {
    let act = visit.ports.notes.withdraw(&visit.asker, case, id, seen(&values)).await;
    ended(&visit, (case, id), act, Notice::NoteWithdrawn, values).await
}

/// The version that was on the screen.
fn seen(values: &FormValues) -> i64 {
    values.text("version").parse().unwrap_or_default()
}

/// Onwards after an act, or the note as it is now with what was typed.
async fn ended(
    visit: &Visit,
    (case, id): (CaseId, NoteId),
    act: Answer<NoteAct>,
    done: Notice,
    values: FormValues,
) -> Response {
    let (status, found, overtaken) = match act {
        Ok(NoteAct::Done) => return see_other(&format!("{}?gelukt={}", path(case), done.code())),
        Ok(NoteAct::Overtaken) => (StatusCode::CONFLICT, Vec::new(), true),
        Err(Problem::Invalid(found)) => (StatusCode::UNPROCESSABLE_ENTITY, found, false),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => {
            return problems::not_saved(visit, problem, values);
        }
        Err(problem) => return problems::problem_in_post(visit, problem, &values),
    };
    match visit.ports.notes.view(&visit.asker, case, id).await {
        Ok(view) => visit.page(status, || page(&view, &values, &found, overtaken)),
        Err(problem) => problems::problem_in_post(visit, problem, &values),
    }
}

fn page(view: &NoteHistory, typed: &FormValues, found: &[FieldProblem], overtaken: bool) -> Page {
    let here = format!("{}/{}", path(view.case.id), view.note.id);
    let sections = [note::change()];
    let told = questions::problems(&sections, found);
    let title = tf(NOTE, &[&view.case.reference.to_string()]);
    let head = if told.is_empty() { title } else { tf(common::PROBLEM_TITLE, &[&title]) };
    let mut values = typed.clone();
    if !values.0.contains_key("note") {
        values.set("note", view.note.text.clone().unwrap_or_default());
    }
    let filled = fields::Filled { values: &values, problems: found };
    let version = view.note.version.to_string();
    let forms = view.may_change.then(|| {
        view! {
            <form method="post" action=here.clone() class="form">
                <input type="hidden" name="version" value=version.clone() />
                {sections.iter().map(|one| questions::to_fill(one, &filled, None)).collect_view()}
                <div class="actions">
                    <button type="submit" class=Weight::Primary.class()>{t(CHANGE)}</button>
                </div>
            </form>
            <form method="post" action=format!("{here}/intrekken") class="form">
                <input type="hidden" name="version" value=version />
                <section class="form-section" aria-labelledby="intrekken">
                    <h2 class="utrecht-heading-2" id="intrekken">{t(WITHDRAW_TITLE)}</h2>
                    {parts::paragraph(t(WITHDRAW_TEXT))}
                    <div class="actions">
                        <button type="submit" class=Weight::Secondary.class()>{t(WITHDRAW)}</button>
                    </div>
                </section>
            </form>
        }
    });
    // Where there is no form any more, what was typed must still be there to be copied.
    let lost = (!view.may_change && !typed.text("note").is_empty()).then(|| {
        view! {
            <section class="decision">
                <h2 class="utrecht-heading-2">{t(TYPED)}</h2>
                <p class="utrecht-paragraph multiline">{typed.text("note").to_owned()}</p>
            </section>
        }
    });
    let earlier = view.earlier.iter().map(|(at, text)| {
        view! {
            <li class="history__item">
                <p class="quiet">{tf(EARLIER_OF, &[&when(*at)])}</p>
                <p class="utrecht-paragraph multiline">{text.clone()}</p>
            </li>
        }
    });
    let earlier = (!view.earlier.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="utrecht-heading-2">{t(EARLIER)}</h2>
                <ul class="plain-list">{earlier.collect_view()}</ul>
            </section>
        }
    });
    let body = view! {
        {parts::link(path(view.case.id), t(BACK))}
        {fields::summary(&told)}
        {overtaken.then(|| parts::warning(t(OVERTAKEN)))}
        {parts::heading_of(NOTE, &view.case.reference)}
        <div class="history__item">{one(&view.note)}</div>
        {lost}
        {forms}
        {earlier}
    };
    Page::new(head, body)
}
