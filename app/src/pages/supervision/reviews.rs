//! Break-glass for who reviews it: what waits, what was reviewed, and one use with what happened. Nothing of any record's content.

use crate::{
    forms::break_glass,
    http::{Id, Notice, Page, Typed, Visit, query, see_other},
    pages::{
        break_glass::{reviewed, stop, until},
        problems,
    },
    parts::{self, Weight, fact, facts, fields, log as lines, paging, questions},
    texts::{Named, Text, break_glass::*, common, t, tf, when},
};
use axum::{extract::RawQuery, response::Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    break_glass::{GlassState, ReviewAct, ReviewRow, ReviewView, ReviewsView},
    form::{FieldProblem, FormValues},
    ids::BreakGlassId,
    problem::Problem,
};

/// The path of what waits.
pub(crate) const PATH: &str = "/toezicht/noodinzagen";
/// The path of what was reviewed.
const CLOSED_PATH: &str = "/toezicht/noodinzagen/beoordeeld";

/// `GET /toezicht/noodinzagen?pagina=`.
pub(crate) async fn waiting(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    list(&visit, asked.as_deref(), false).await
}

/// `GET /toezicht/noodinzagen/beoordeeld?pagina=`.
pub(crate) async fn closed(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    list(&visit, asked.as_deref(), true).await
}

async fn list(visit: &Visit, asked: Option<&str>, closed: bool) -> Response {
    let page = query(asked).text("pagina").parse().unwrap_or(1).max(1);
    let answer = visit.ports.break_glass.reviews(&visit.asker, closed, page).await;
    visit.show(answer, |view| listing(&view))
}

/// `GET /toezicht/noodinzagen/:id?voor=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<BreakGlassId>, RawQuery(asked): RawQuery) -> Response {
    let before = query(asked.as_deref()).text("voor").parse().ok();
    let answer = visit.ports.break_glass.review(&visit.asker, id, before).await;
    visit.show(answer, |view| one(&view, before, &FormValues::default(), &[], None))
}

/// `POST /toezicht/noodinzagen/:id`.
pub(crate) async fn give(visit: Visit, Id(id): Id<BreakGlassId>, Typed(values): Typed) -> Response {
    let act = visit.ports.break_glass.give_review(&visit.asker, id, values.clone()).await;
    let (status, found, told) = match act {
        Ok(ReviewAct::Done) => return see_other(&format!("{PATH}?gelukt={}", Notice::GlassReviewed.code())),
        Ok(ReviewAct::Overtaken) => (StatusCode::CONFLICT, Vec::new(), Some(OVERTAKEN)),
        Err(Problem::NotAllowed) => (StatusCode::CONFLICT, Vec::new(), Some(NOT_YET)),
        Err(Problem::Invalid(found)) => (StatusCode::UNPROCESSABLE_ENTITY, found, None),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => {
            return problems::not_saved(&visit, problem, values);
        }
        Err(problem) => return problems::problem_in_post(&visit, problem, &values),
    };
    match visit.ports.break_glass.review(&visit.asker, id, None).await {
        Ok(view) => visit.page(status, || one(&view, None, &values, &found, told)),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// `POST /toezicht/noodinzagen/:id/stoppen`.
pub(crate) async fn stopped(visit: Visit, Id(id): Id<BreakGlassId>, Typed(values): Typed) -> Response {
    match visit.ports.break_glass.stop(&visit.asker, id).await {
        Ok(()) => see_other(&format!("{PATH}/{id}?gelukt={}", Notice::GlassStopped.code())),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

fn listing(view: &ReviewsView) -> Page {
    let (here, title, caption, empty, other) = if view.closed {
        (CLOSED_PATH, CLOSED, CLOSED_CAPTION, CLOSED_EMPTY, (PATH, TO_WAITING))
    } else {
        (PATH, WAITING, WAITING_CAPTION, WAITING_EMPTY, (CLOSED_PATH, TO_CLOSED))
    };
    let rows = &view.rows;
    let list = match (rows.rows.is_empty(), rows.page) {
        (true, 1) => view! { <p class="empty">{t(empty)}</p> }.into_any(),
        (true, _) => view! { <p class="empty">{t(common::EMPTY_PAGE)}</p> }.into_any(),
        (false, _) => table(caption, &rows.rows),
    };
    let body = view! {
        {parts::heading(t(REVIEWS))}
        {parts::lead(t(REVIEWS_LEAD))}
        <section>
            <h2 class="utrecht-heading-2">{t(title)}</h2>
            {list}
            {paging::numbered(here, rows.page, rows.more)}
        </section>
        {parts::link(other.0, t(other.1))}
    };
    Page::new(t(REVIEWS), body)
}

fn table(caption: Text, rows: &[ReviewRow]) -> AnyView {
    let columns = [RECORD, WHO, common::DEPARTMENT, BEGUN, STATE];
    let rows = rows.iter().map(|row| {
        let path = format!("{PATH}/{}", row.head.id);
        view! {
            <tr>
                <th scope="row" data-label=t(columns[0])>
                    <a class="utrecht-link utrecht-link--html-a" href=path>{tf(OF, &[&row.head.reference.to_string()])}</a>
                </th>
                <td data-label=t(columns[1])>{row.person.clone()}</td>
                <td data-label=t(columns[2])>{row.department.clone()}</td>
                <td data-label=t(columns[3])>{parts::moment(row.head.begun_at)}</td>
                <td data-label=t(columns[4])>{parts::badge(t(row.head.state.text()))}</td>
            </tr>
        }
    });
    parts::table(t(caption), &columns, rows.collect_view().into_any())
}

fn one(
    view: &ReviewView,
    before: Option<u64>,
    values: &FormValues,
    found: &[FieldProblem],
    told: Option<Text>,
) -> Page {
    let ReviewRow { head, person, department } = &view.row;
    let here = format!("{PATH}/{}", head.id);
    let sections = [break_glass::review()];
    let wrong = questions::problems(&sections, found);
    let title = tf(OF, &[&head.reference.to_string()]);
    let name = if wrong.is_empty() { title } else { tf(common::PROBLEM_TITLE, &[&title]) };
    let waits = head.state == GlassState::Waiting;
    // Where there is no form to hold it, what was typed stands by itself.
    let typed = values.text("words");
    let left_over = (!waits && !typed.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="utrecht-heading-2">{t(TYPED)}</h2>
                <p class="utrecht-paragraph multiline">{typed.to_owned()}</p>
            </section>
        }
    });
    let body = view! {
        {parts::link(PATH, t(TO_ALL))}
        {fields::summary(&wrong)}
        {told.map(|text| parts::warning(t(text)))}
        {parts::heading_of(OF, &head.reference)}
        {facts(view! {
            {fact(t(STATE), parts::badge(t(head.state.text())))}
            {fact(t(WHO), person.clone())}
            {fact(t(common::DEPARTMENT), department.clone())}
            {fact(t(BEGUN), when(head.begun_at))}
            {fact(t(UNTIL), until(head, view.stopped_by.as_deref()))}
        })}
        <section>
            <h2 class="utrecht-heading-2">{t(MOTIVE)}</h2>
            <p class="utrecht-paragraph multiline">{view.motive.clone()}</p>
        </section>
        {view.review.as_ref().map(reviewed)}
        {left_over}
        {(head.state == GlassState::Open).then(|| view! {
            <section>
                <h2 class="utrecht-heading-2">{t(REVIEW)}</h2>
                {parts::paragraph(t(TOO_EARLY))}
                <div class="actions">{stop(&here)}</div>
            </section>
        })}
        {waits.then(|| review_form(&here, &sections, &fields::Filled { values, problems: found }))}
        <section>
            <h2 class="utrecht-heading-2">{t(LINES)}</h2>
            {parts::paragraph(t(LINES_LEAD))}
            {lines::table(&view.lines, lines::Columns::All)}
            {lines::older(&format!("{here}?"), &view.lines, before)}
        </section>
    };
    Page::new(name, body)
}

fn review_form(here: &str, sections: &[crate::forms::Section], filled: &fields::Filled<'_>) -> AnyView {
    view! {
        <form method="post" action=here.to_owned() class="form">
            {sections.iter().map(|one| questions::to_fill(one, filled, None)).collect_view()}
            <div class="actions">
                <button type="submit" class=Weight::Primary.class()>{t(SEND)}</button>
            </div>
        </form>
    }
    .into_any()
}
