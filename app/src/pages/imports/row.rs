//! One row: how it stands in the list, what is made of it, and putting it right.

use super::{path, rows::place, words};
use crate::{
    forms::{self, SUBJECT_ROWS, subject_rows},
    http::{ListRow, Page, Typed, Visit, query, see_other},
    pages::{drafts::form::change_subjects, problems},
    parts::{self, Weight, fact, facts, fields, questions},
    texts::{common, imports::*, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    form::FormValues,
    import::{ImportState, RowState, RowView, RowsWanted, Scope, Verdict},
    ports::Lists,
    problem::Problem,
};

/// Where in the list somebody came from.
fn from(asked: &FormValues) -> String {
    place(&RowsWanted {
        verdict: Verdict::from_code(asked.text("oordeel")),
        page: asked.text("pagina").parse().ok(),
        columns: false,
    })
}

/// `GET /signalen/inlezen/:id/regels/:number`.
pub(crate) async fn view(visit: Visit, ListRow(id, number): ListRow, RawQuery(asked): RawQuery) -> Response {
    let from = from(&query(asked.as_deref()));
    let answer = async {
        let row = visit.ports.imports.row(&visit.asker, id, number).await?;
        Ok((row, visit.lists().await?))
    };
    let answer = answer.await;
    visit.show(answer, |(row, lists)| page(&row, &lists, &from))
}

/// `POST /signalen/inlezen/:id/regels/:number`: keeps the row, judged anew.
pub(crate) async fn post(
    visit: Visit,
    ListRow(id, number): ListRow,
    RawQuery(asked): RawQuery,
    Typed(sent): Typed,
) -> Response {
    let from = from(&query(asked.as_deref()));
    let action = sent.text("do").to_owned();
    let mut values = sent.clone();
    values.0.remove("do");
    change_subjects(&mut values, &action);
    let form = format!("{}/regels/{number}{from}", path(id));
    match visit.ports.imports.correct(&visit.asker, id, number, values.clone()).await {
        Ok(_) if action == "add-subject" => see_other(&format!("{form}#betrokkene-{}", subject_rows(&values))),
        Ok(_) if action.starts_with("remove-subject.") => see_other(&format!("{form}#betrokkene-1")),
        Ok(Verdict::Cannot) => see_other(&form),
        Ok(_) => see_other(&format!("{}{from}#regel-{number}", path(id))),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => problems::not_saved(&visit, problem, sent),
        Err(problem) => problems::problem_in_post(&visit, problem, &sent),
    }
}

fn page(view: &RowView, lists: &Lists, from: &str) -> Page {
    let row = &view.row;
    let number = row.number.to_string();
    let departments = if view.scope == Scope::Named { &view.departments[..] } else { &[] };
    let sections = forms::row(&row.made.values, lists, departments);
    let told = questions::problems(&sections, &row.made.problems);
    let heading = tf(ROW_TITLE, &[&number]);
    let title = if told.is_empty() { heading.clone() } else { tf(common::PROBLEM_TITLE, &[&heading]) };
    let filled = fields::Filled { values: &row.made.values, problems: &row.made.problems };
    let open = view.head.state == ImportState::Judged && row.state == RowState::Waiting;
    let form = sections.iter().map(|section| questions::to_fill(section, &filled, Some(lists))).collect_view();
    let reasons = words::reasons(&row.made, lists, departments).into_iter().skip(told.len());
    let reasons: Vec<_> = reasons.map(|reason| view! { <li>{reason}</li> }).collect();
    let cells = row
        .made
        .cells
        .iter()
        .map(|(header, cell)| fact(header.clone(), view! { <span class="answer">{cell.clone()}</span> }));
    let back = format!("{}{from}#regel-{number}", path(view.head.id));
    let body = view! {
        {fields::summary(&told)}
        {parts::link(back.clone(), t(ROW_BACK))}
        {parts::heading(heading)}
        {(!reasons.is_empty()).then(|| view! { <ul>{reasons}</ul> })}
        <details open=true>
            <summary>{t(ROW_CELLS)}</summary>
            {facts(cells.collect_view())}
        </details>
        {if open {
            view! {
                <form method="post" action=format!("{}/regels/{number}{from}", path(view.head.id)) class="form" novalidate>
                    <button type="submit" name="do" value="save" class="visually-hidden" tabindex="-1" aria-hidden="true">
                        {t(ROW_SAVE)}
                    </button>
                    <input type="hidden" name=SUBJECT_ROWS value=subject_rows(&row.made.values).to_string() />
                    {form}
                    <div class="actions actions--form">
                        <button type="submit" name="do" value="save" class=Weight::Primary.class()>{t(ROW_SAVE)}</button>
                        {parts::link_button(back, t(ROW_BACK))}
                    </div>
                </form>
            }.into_any()
        } else {
            parts::paragraph(t(ROW_DONE))
        }}
    };
    Page::new(title, body)
}
