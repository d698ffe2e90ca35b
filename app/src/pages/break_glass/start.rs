//! Beginning break-glass: which record, and why.

use super::{PATH, path};
use crate::{
    forms::break_glass,
    http::{Notice, Page, Scene, Typed, Visit, see_other},
    pages::{problems, sign_in::anew},
    parts::{self, Weight, fields, questions},
    texts::{Named, Text, break_glass::*, common, t, tf, when},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    break_glass::{GlassAct, GlassHead, GlassStart},
    form::{FieldProblem, FormValues},
    header::{ObjectKind, ObjectRef},
    problem::Problem,
};

/// Why nothing was begun, and what to do instead.
enum Told {
    /// Somewhere else.
    Elsewhere(Text, Option<(String, Text)>),
    /// The same, after signing in anew.
    Anew,
}

/// `GET /noodinzage`. Before anybody types a reason they have proved lately who they are.
pub(crate) async fn view(visit: Visit) -> Response {
    if let Err(problem) = visit.ports.break_glass.may_begin(&visit.asker).await {
        return problems::problem(&visit, problem);
    }
    let answer = visit.ports.break_glass.start(&visit.asker).await;
    visit.show(answer, |start| form(&visit, &start, &FormValues::default(), &[], None))
}

/// `POST /noodinzage`. Whatever is wrong, what was typed stays in the form.
pub(crate) async fn begin(visit: Visit, Typed(values): Typed) -> Response {
    let act = visit.ports.break_glass.begin(&visit.asker, values.clone()).await;
    let (status, found, told): (_, _, Option<Told>) = match act {
        Ok(GlassAct::Begun(id)) => {
            return see_other(&format!("{}/dossier?gelukt={}", path(id), Notice::GlassBroken.code()));
        }
        Ok(GlassAct::OneIsOpen(id)) => {
            (StatusCode::CONFLICT, Vec::new(), Some(Told::Elsewhere(ONE_IS_OPEN, Some((path(id), TO_OPEN_ONE)))))
        }
        Ok(GlassAct::CanOpen(record)) => {
            (StatusCode::CONFLICT, Vec::new(), Some(Told::Elsewhere(CAN_OPEN, Some((place(record), TO_RECORD)))))
        }
        Ok(GlassAct::NobodyReviews) => (StatusCode::CONFLICT, Vec::new(), Some(Told::Elsewhere(NOBODY_REVIEWS, None))),
        Err(Problem::NotFound) => (StatusCode::NOT_FOUND, Vec::new(), Some(Told::Elsewhere(NOTHING_THERE, None))),
        Err(Problem::FreshNeeded) => (StatusCode::FORBIDDEN, Vec::new(), Some(Told::Anew)),
        Err(Problem::Invalid(found)) => (StatusCode::UNPROCESSABLE_ENTITY, found, None),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => {
            return problems::not_saved(&visit, problem, values);
        }
        Err(problem) => return problems::problem_in_post(&visit, problem, &values),
    };
    match visit.ports.break_glass.start(&visit.asker).await {
        Ok(start) => visit.page(status, || form(&visit, &start, &values, &found, told)),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// Where a record is, for who can open it.
fn place(record: ObjectRef) -> String {
    let area = if record.kind == ObjectKind::Case { "casussen" } else { "signalen" };
    format!("/{area}/{}", record.id)
}

fn form(scene: &Scene, start: &GlassStart, values: &FormValues, found: &[FieldProblem], told: Option<Told>) -> Page {
    let sections = [break_glass::begin()];
    let wrong = questions::problems(&sections, found);
    let filled = fields::Filled { values, problems: found };
    let head = if wrong.is_empty() { t(TITLE).to_owned() } else { tf(common::PROBLEM_TITLE, &[t(TITLE)]) };
    // The same form is the same use, also when it is sent again.
    let once = match values.text("once") {
        "" => start.fresh.to_string(),
        once => once.to_owned(),
    };
    let told = told.map(|told| match told {
        Told::Anew => anew::beside(scene),
        Told::Elsewhere(text, onwards) => view! {
            {parts::warning(t(text))}
            {onwards.map(|(path, text)| parts::link(path, t(text)))}
        }
        .into_any(),
    });
    let body = view! {
        {fields::summary(&wrong)}
        {told}
        {parts::heading(t(TITLE))}
        {parts::lead(t(LEAD))}
        <section>
            <h2 class="utrecht-heading-2">{t(RULES)}</h2>
            <ul>
                {[RULE_ONE, RULE_PURPOSE, RULE_TOLD, RULE_REVIEW, RULE_TRY].map(|text| view! { <li>{t(text)}</li> }).collect_view()}
            </ul>
        </section>
        <form method="post" action=PATH class="form" autocomplete="off">
            <input type="hidden" name="once" value=once />
            {sections.iter().map(|one| questions::to_fill(one, &filled, None)).collect_view()}
            <div class="actions">
                <button type="submit" class=Weight::Primary.class()>{t(BEGIN)}</button>
            </div>
        </form>
        <section>
            <h2 class="utrecht-heading-2">{t(MINE)}</h2>
            {mine(&start.mine)}
        </section>
    };
    Page::new(head, body)
}

fn mine(rows: &[GlassHead]) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{t(MINE_EMPTY)}</p> }.into_any();
    }
    let columns = [RECORD, BEGUN, UNTIL, STATE];
    let rows = rows.iter().map(|head| {
        view! {
            <tr>
                <th scope="row" data-label=t(columns[0])>
                    <a class="utrecht-link utrecht-link--html-a reference" href=path(head.id)>{head.reference.to_string()}</a>
                </th>
                <td data-label=t(columns[1])>{parts::moment(head.begun_at)}</td>
                <td data-label=t(columns[2])>{when(head.until)}</td>
                <td data-label=t(columns[3])>{parts::badge(t(head.state.text()))}</td>
            </tr>
        }
    });
    parts::table(t(MINE_CAPTION), &columns, rows.collect_view().into_any())
}
