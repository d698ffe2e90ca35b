//! What a file would make of the register: every row judged, and what the file does not have.

use super::{columns, fields, import_path, words};
use crate::{
    http::{Id, Notice, Page, Typed, Visit, see_other},
    pages::{imports, problems},
    parts::{self, Weight, fields::summary},
    texts::{Named, Text, codes, common, day_typed, imports as lists, register, register_import::*, t, tf},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::FieldProblem,
    ids::ImportId,
    problem::Problem,
    register::{Processing, ProposalView, ProposedRow, RegisterImportView, RowIs},
};

/// `GET /verwerkingsregister/inlezen/:id`: the file as far as it has come.
pub(crate) async fn view(visit: Visit, Id(id): Id<ImportId>) -> Response {
    match visit.ports.register.import(&visit.asker, id, false).await {
        Ok(RegisterImportView::SetUp(set_up)) => visit.page(StatusCode::OK, || columns::page(&set_up)),
        Ok(RegisterImportView::Proposed(view)) => visit.page(StatusCode::OK, || page(&view)),
        Ok(RegisterImportView::Done(number)) => see_other(&version(number)),
        Err(problem) => problems::problem(&visit, problem),
    }
}

/// `POST /verwerkingsregister/inlezen/:id`: makes it the new version.
pub(crate) async fn post(visit: Visit, Id(id): Id<ImportId>, Typed(sent): Typed) -> Response {
    match visit.ports.register.confirm(&visit.asker, id, sent.clone()).await {
        Ok(Some(number)) => see_other(&format!("{}?gelukt={}", version(number), Notice::RegisterTakenIn.code())),
        Ok(None) => see_other(&import_path(id)),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => problems::not_saved(&visit, problem, sent),
        Err(problem) => problems::problem_in_post(&visit, problem, &sent),
    }
}

fn version(number: u32) -> String {
    format!("/verwerkingsregister/versies/{number}")
}

fn page(view: &ProposalView) -> Page {
    let proposal = &view.proposal;
    let path = import_path(view.head.id);
    let count = |is| proposal.count(is).to_string();
    let [new, changed, same, cannot] = [RowIs::New, RowIs::Changed, RowIs::Unchanged, RowIs::Cannot].map(count);
    let absent = proposal.absent.len().to_string();
    let told = told(view);
    let title = t(PROPOSAL_TITLE);
    let told_title = if told.is_empty() { title.to_owned() } else { tf(common::PROBLEM_TITLE, &[title]) };
    let (which, confirm) =
        if proposal.count(RowIs::Cannot) == 0 { ("all", CONFIRM_ALL) } else { ("possible", CONFIRM_POSSIBLE) };
    let rows = |is| proposal.rows.iter().filter(|row| row.is == is).map(|row| entry(row, view)).collect::<Vec<_>>();
    let section = |id: &'static str, title: Text, number: &str, intro: Option<Text>, inside: Vec<AnyView>| {
        (!inside.is_empty()).then(|| {
            view! {
                <section class="desk__section" id=id aria-labelledby=format!("{id}-kop")>
                    <h2 class="utrecht-heading-2" id=format!("{id}-kop")>{tf(title, &[number])}</h2>
                    {intro.map(|text| parts::paragraph(t(text)))}
                    <div class="register">{inside}</div>
                </section>
            }
        })
    };
    let body = view! {
        {summary(&told)}
        {parts::link("/verwerkingsregister/inlezen", t(BACK))}
        {parts::heading(title)}
        {parts::lead(tf(FILE_NAME, &[&view.file]))}
        <p class="utrecht-paragraph" role="status">{tf(TALLY, &[&new, &changed, &same, &cannot, &absent])}</p>
        {imports::rows::around(&view.around)}
        <form method="post" action=format!("{path}/bestand") class="no-print">
            <div class="actions">
                <button type="submit" class=Weight::Secondary.class()>{t(AS_FILE)}</button>
                {parts::link_button(format!("{path}/kolommen"), t(lists::CHANGE_COLUMNS))}
            </div>
        </form>
        <form method="post" action=path.clone() class="form form--wide" novalidate>
            <input type="hidden" name="seen" value=view.seen.clone() />
            <input type="hidden" name="which" value=which />
            {section("kan-niet", S_CANNOT, &cannot, Some(S_CANNOT_INTRO), rows(RowIs::Cannot))}
            {(!proposal.says_cases).then(|| parts::paragraph(t(FOR_CASES_INTRO)))}
            {section("gewijzigd", S_CHANGED, &changed, Some(S_CHANGED_INTRO), rows(RowIs::Changed))}
            {section("nieuw", S_NEW, &new, None, rows(RowIs::New))}
            {section("hetzelfde", S_SAME, &same, None, rows(RowIs::Unchanged))}
            {(!proposal.absent.is_empty()).then(|| absent_section(view, &absent))}
            <section class="form-section" id="which" tabindex="-1" aria-labelledby="bevestigen-kop">
                <h2 class="utrecht-heading-2" id="bevestigen-kop">{t(CONFIRM)}</h2>
                {parts::paragraph(t(CONFIRM_NOTE))}
                <div class="actions actions--form">
                    <button type="submit" class=Weight::Primary.class()>{t(confirm)}</button>
                    <a class="utrecht-link utrecht-link--html-a" href=format!("{path}/weg")>{t(DISCARD)}</a>
                </div>
            </section>
        </form>
    };
    Page::new(told_title, body)
}

/// What is wrong with the answers: where it leads, of what, and why.
fn told(view: &ProposalView) -> Vec<(String, String, String)> {
    let label = |problem: &FieldProblem| match problem.field.strip_prefix("case-") {
        Some(number) => {
            let row = view.proposal.rows.iter().find(|row| row.number.to_string() == number);
            row.map_or_else(String::new, |row| row.names[2].clone())
        }
        None if problem.field == "ends-on" => t(ENDS_ON).to_owned(),
        None => t(CONFIRM).to_owned(),
    };
    let told = |problem: &FieldProblem| (problem.field.clone(), label(problem), codes::fault(&problem.fault));
    view.problems.iter().map(told).collect()
}

fn faults(view: &ProposalView, field: &str) -> Option<AnyView> {
    let here: Vec<String> =
        view.problems.iter().filter(|one| one.field == field).map(|one| codes::fault(&one.fault)).collect();
    let id = format!("{field}-fout");
    (!here.is_empty()).then(|| {
        view! {
            <p class="utrecht-form-field-error-message" id=id>
                <span class="visually-hidden">{t(common::PROBLEM)}" "</span>
                {here.join(" ")}
            </p>
        }
        .into_any()
    })
}

/// One row: what it is about, what changes or why it cannot, and whether cases may be opened under it.
fn entry(row: &ProposedRow, view: &ProposalView) -> AnyView {
    let [main, sub, name] = &row.names;
    let name = if name.is_empty() { tf(ROW_NUMBER, &[&row.number.to_string()]) } else { name.clone() };
    let used = row.before.as_ref().is_some_and(|before| view.used.contains(&before.purpose.id));
    let reasons = words::reasons(row);
    let reasons = (!reasons.is_empty()).then(|| {
        let items = reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
        view! { <ul class="utrecht-unordered-list">{items}</ul> }
    });
    let says = match (&row.before, &row.after, row.is) {
        (Some(before), Some(after), RowIs::Changed) => Some(fields::differences(before, after)),
        (_, Some(after), RowIs::New | RowIs::Unchanged) => Some(
            view! {
                {(row.is == RowIs::New).then(|| parts::paragraph(after.purpose.description.clone()))}
                <details>
                    <summary>{t(register::ENTRY)}<span class="visually-hidden">{format!(": {name}")}</span></summary>
                    {fields::all(after)}
                </details>
            }
            .into_any(),
        ),
        _ => None,
    };
    let cases = row.after.as_ref().filter(|_| !view.proposal.says_cases).map(|after| cases(row, after, view, &name));
    view! {
        <article class="register__entry" aria-labelledby=format!("regel-{}", row.number)>
            <div class="register__head">
                <h3 class="utrecht-heading-3" id=format!("regel-{}", row.number)>{name.clone()}</h3>
                <span>
                    {used.then(|| parts::badge(t(USED)))}" "
                    {parts::badge(t(row.is.text()))}
                </span>
            </div>
            <p class="quiet register__where">{format!("{} · {main} › {sub}", tf(ROW_NUMBER, &[&row.number.to_string()]))}</p>
            {reasons}
            {says}
            {cases}
        </article>
    }
    .into_any()
}

fn cases(row: &ProposedRow, after: &Processing, view: &ProposalView, name: &str) -> AnyView {
    let number = row.number.to_string();
    // What was ticked, once somebody answered; else as the register has it.
    let answered = !view.values.text("seen").is_empty();
    let ticked = if answered { view.values.has("case", &number) } else { after.purpose.for_cases };
    let field = format!("case-{number}");
    let error = faults(view, &field);
    let described = error.is_some().then(|| format!("{field}-fout"));
    view! {
        {error}
        <div class="choice">
            <input type="checkbox" class="utrecht-checkbox utrecht-checkbox--html-input" name="case" id=field.clone() value=number
                checked=ticked aria-describedby=described />
            <label class="utrecht-form-label utrecht-form-label--checkbox" for=field>
                {t(FOR_CASES)}<span class="visually-hidden">{format!(": {name}")}</span>
            </label>
        </div>
    }
    .into_any()
}

fn absent_section(view: &ProposalView, number: &str) -> AnyView {
    let items = view.proposal.absent.iter().map(|one| {
        let id = one.purpose.id.to_string();
        let (ticked, tick) = (view.values.has("end", &id), format!("end-{id}"));
        let purpose = &one.purpose;
        let used = view.used.contains(&purpose.id).then(|| parts::badge(t(USED)));
        view! {
            <li>
                <div class="choice">
                    <input type="checkbox" class="utrecht-checkbox utrecht-checkbox--html-input" name="end" id=tick.clone()
                        value=id checked=ticked />
                    <label class="utrecht-form-label utrecht-form-label--checkbox" for=tick>
                        <span class="visually-hidden">{format!("{}: ", t(END))}</span>
                        {purpose.name.clone()}" "
                        <span class="quiet">{format!("{} › {}", purpose.main_process, purpose.sub_process)}</span>
                        " "{used}
                    </label>
                </div>
            </li>
        }
    });
    let error = faults(view, "ends-on");
    let described = if error.is_some() { "ends-on-uitleg ends-on-fout" } else { "ends-on-uitleg" };
    let class = if error.is_some() { "field field--invalid" } else { "field" };
    view! {
        <section class="form-section" id="ontbreekt" aria-labelledby="ontbreekt-kop">
            <h2 class="utrecht-heading-2" id="ontbreekt-kop">{tf(S_ABSENT, &[number])}</h2>
            {parts::paragraph(t(S_ABSENT_INTRO))}
            <ul class="plain-list">{items.collect_view()}</ul>
            <div class=class>
                <label class="utrecht-form-label" for="ends-on">{t(ENDS_ON)}</label>
                <p class="utrecht-form-field-description" id="ends-on-uitleg">{tf(H_ENDS_ON, &[&day_typed(&view.today.to_string())])}</p>
                {error}
                <input class="utrecht-textbox utrecht-textbox--html-input textbox--day" type="text" inputmode="numeric" id="ends-on"
                    name="ends-on" value=day_typed(view.values.text("ends-on")) aria-describedby=described
                    autocomplete="off" />
            </div>
        </section>
    }
    .into_any()
}
