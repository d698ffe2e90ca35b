//! One version of a plan: its text, what the departments say of it, and how it is adopted.

use super::{plan, versions};
use crate::{
    forms::version,
    http::{CasePart, Notice, Page, Typed, Visit, see_other},
    pages::problems,
    parts::{self, Weight, fact, facts, fields, questions},
    texts::{Named, plan as plan_texts, t, tf, versions::*, when},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::{FieldProblem, FormValues},
    ids::CaseId,
    people::Person,
    problem::{Answer, Problem},
    version::{Position, Seen, Side, VersionAct, VersionState, VersionView},
};

/// `GET /casussen/:id/plan/versies/:number`.
pub(crate) async fn view(visit: Visit, CasePart(id, number): CasePart<i64>) -> Response {
    let answer = visit.ports.versions.view(&visit.asker, id, number).await;
    visit.show(answer, |view| page(&view, &visit.asker.person, Sent::default()))
}

/// `POST /casussen/:id/plan/versies/:number/voorleggen`.
pub(crate) async fn propose(visit: Visit, CasePart(id, number): CasePart<i64>) -> Response {
    let act = visit.ports.versions.propose(&visit.asker, id, number).await;
    ended(&visit, (id, number), act, Notice::VersionProposed, FormValues::default()).await
}

/// `POST /casussen/:id/plan/versies/:number/antwoord`.
pub(crate) async fn answer(visit: Visit, CasePart(id, number): CasePart<i64>, Typed(values): Typed) -> Response {
    let act = visit.ports.versions.answer(&visit.asker, id, number, values.clone()).await;
    ended(&visit, (id, number), act, Notice::PositionTaken, values).await
}

/// `POST /casussen/:id/plan/versies/:number/vaststellen`.
pub(crate) async fn adopt(visit: Visit, CasePart(id, number): CasePart<i64>, Typed(values): Typed) -> Response {
    let without = values.has("without", "yes");
    let seen = Seen::parse(values.text("seen"));
    let act = visit.ports.versions.adopt(&visit.asker, id, number, seen, without).await;
    ended(&visit, (id, number), act, Notice::VersionAdopted, values).await
}

/// `POST /casussen/:id/plan/versies/:number/verwijderen`.
pub(crate) async fn remove(visit: Visit, CasePart(id, number): CasePart<i64>, Typed(values): Typed) -> Response {
    if !values.has("sure", "yes") {
        let shown = visit.ports.versions.view(&visit.asker, id, number).await;
        return match shown {
            Ok(view) => {
                let sent = Sent { warning: Some(SURE_NEEDED), ..Sent::default() };
                visit.page(StatusCode::UNPROCESSABLE_ENTITY, || page(&view, &visit.asker.person, sent))
            }
            Err(problem) => problems::problem_in_post(&visit, problem, &values),
        };
    }
    let act = visit.ports.versions.remove(&visit.asker, id, number).await;
    if matches!(act, Ok(VersionAct::Done)) {
        return see_other(&format!("/casussen/{id}/plan/versies?gelukt={}", Notice::VersionRemoved.code()));
    }
    ended(&visit, (id, number), act, Notice::VersionRemoved, values).await
}

/// `GET /casussen/:id/plan/versies/:number/afdrukken`.
pub(crate) async fn print(visit: Visit, CasePart(id, number): CasePart<i64>) -> Response {
    let answer = visit.ports.versions.print(&visit.asker, id, number).await;
    let by = format!("{}, {}", visit.asker.person.name, visit.asker.person.department.name);
    let municipality = visit.installation.municipality.clone();
    visit.show(answer, |(view, at)| {
        let title = tf(OF_VERSION, &[&number.to_string(), &view.case.reference.to_string()]);
        let body = view! {
            {parts::link(versions::path(id, number), t(BACK_TO_VERSION))}
            <p class="quiet">{municipality}</p>
            {heading(&view)}
            {facts(view! {
                {fact(t(plan_texts::X_PURPOSE), view.case.purpose.name.clone())}
                {fact(t(plan_texts::X_VERSION), long_label(&view.row))}
                {fact(t(plan_texts::PRINTED_BY), by)}
                {fact(t(plan_texts::PRINTED_AT), when(at))}
            })}
            {parts::paragraph(t(plan_texts::X_LIMITATION))}
            {view.sections.iter().map(|one| plan::section(one, &view.people, None)).collect_view()}
            {said(&view)}
        };
        Page::new(title, body)
    })
}

/// `POST /casussen/:id/plan/versies/:number/word`.
pub(crate) async fn export(visit: Visit, CasePart(id, number): CasePart<i64>) -> Response {
    let answer = visit.ports.versions.export(&visit.asker, id, number, plan::words(visit.lang)).await;
    plan::file(&visit, answer)
}

/// What was sent and did not go: shown again with what is wrong.
#[derive(Default)]
struct Sent {
    values: FormValues,
    found: Vec<FieldProblem>,
    warning: Option<crate::texts::Text>,
}

/// Onwards after an act, or the version as it stands now with what was sent.
async fn ended(
    visit: &Visit,
    (id, number): (CaseId, i64),
    act: Answer<VersionAct>,
    done: Notice,
    values: FormValues,
) -> Response {
    let (status, found, warning) = match act {
        Ok(VersionAct::Done) => {
            return see_other(&format!("{}?gelukt={}", versions::path(id, number), done.code()));
        }
        Ok(VersionAct::TooLate) => (StatusCode::CONFLICT, Vec::new(), Some(TOO_LATE)),
        Ok(VersionAct::Changed) => (StatusCode::CONFLICT, Vec::new(), Some(HAS_CHANGED)),
        Ok(VersionAct::Unanswered) => (StatusCode::CONFLICT, Vec::new(), Some(UNANSWERED)),
        Err(Problem::Invalid(found)) => (StatusCode::UNPROCESSABLE_ENTITY, found, None),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => {
            return problems::not_saved(visit, problem, values);
        }
        Err(problem) => return problems::problem_in_post(visit, problem, &values),
    };
    match visit.ports.versions.view(&visit.asker, id, number).await {
        Ok(view) => visit.page(status, || page(&view, &visit.asker.person, Sent { values, found, warning })),
        Err(problem) => problems::problem_in_post(visit, problem, &values),
    }
}

/// A version in one line, with where it is on the way to being adopted.
pub(super) fn long_label(row: &plein_domain::version::VersionRow) -> String {
    let number = row.number.to_string();
    match &row.adopted {
        Some((_, at)) => tf(NUMBER_ADOPTED, &[&number, &when(*at)]),
        None => tf(NUMBER_PROPOSED, &[&number]),
    }
}

fn heading(view: &VersionView) -> AnyView {
    let title = tf(OF_VERSION, &[&view.row.number.to_string(), &view.case.reference.to_string()]);
    parts::heading(title)
}

fn page(view: &VersionView, me: &Person, sent: Sent) -> Page {
    let row = &view.row;
    let path = versions::path(view.case.id, row.number);
    let plan_path = format!("/casussen/{}/plan", view.case.id);
    let title = tf(OF_VERSION, &[&row.number.to_string(), &view.case.reference.to_string()]);
    let sections = [version::answer(&me.department.name)];
    let told = questions::problems(&sections, &sent.found);
    let by_on = |said: &Option<(String, plein_domain::moment::Moment)>, term| {
        said.as_ref().map(|(by, at)| fact(t(term), tf(BY_ON, &[by, &when(*at)])))
    };
    let name = (!row.name.is_empty()).then(|| fact(t(NAME_FACT), row.name.clone()));
    let head = if told.is_empty() { title } else { tf(crate::texts::common::PROBLEM_TITLE, &[&title]) };
    let old = |number: i64| format!("{plan_path}/vergelijken?oud={number}&nieuw={}", row.number);
    let compare_before =
        view.before.map(|number| parts::link_button(old(number), tf(COMPARE_BEFORE, &[&number.to_string()])));
    let compare_now = format!("{plan_path}/vergelijken?oud={}&nieuw={}", row.number, versions::code(Side::Current));
    let body = view! {
        {parts::link(format!("{plan_path}/versies"), t(BACK))}
        {fields::summary(&told)}
        {sent.warning.map(|text| parts::warning(t(text)))}
        {unrecorded(view, &sent)}
        {view.adopted_later.map(|later| adopted_later(view, later))}
        {heading(view)}
        {parts::lead(tf(plan_texts::PURPOSE, &[&view.case.purpose.name]))}
        {facts(view! {
            {name}
            {fact(t(AS_OF), parts::moment(row.at))}
            {fact(t(KEPT_BY), row.kept_by.clone().unwrap_or_else(|| t(BY_ITSELF).to_owned()))}
            {by_on(&row.proposed, PROPOSED_FACT)}
            {by_on(&row.adopted, ADOPTED_FACT)}
            {fact(t(STATE), parts::badge(t(row.state.text())))}
        })}
        <div class="actions">{compare_before} {parts::link_button(compare_now, t(COMPARE_CURRENT))}</div>
        {said(view)}
        {view.may_answer.then(|| answer_form(view, me, &path, &sections, &sent))}
        {view.may_adopt.then(|| adopt_form(view, &path))}
        {view.may_propose.then(|| propose_form(&path, row.state))}
        {view.sections.iter().map(|one| plan::section(one, &view.people, None)).collect_view()}
        <form method="post" action=format!("{path}/word") class="plan-export">
            {parts::paragraph(t(plan_texts::EXPORT_NOTE))}
            <div class="actions">
                <button type="submit" class=Weight::Secondary.class()>{t(plan_texts::EXPORT)}</button>
                {parts::link_button(format!("{path}/afdrukken"), t(plan_texts::PRINT))}
            </div>
        </form>
        {view.may_remove.then(|| remove_form(&path))}
    };
    Page::new(head, body)
}

/// Where the plan stands that is carried out now.
fn adopted_later(view: &VersionView, later: i64) -> AnyView {
    let text = tf(ADOPTED_LATER, &[&later.to_string()]);
    view! {
        <p class="utrecht-paragraph">
            {text} " "
            <a class="utrecht-link utrecht-link--html-a" href=versions::path(view.case.id, later)>
                {tf(NUMBER, &[&later.to_string()])}
            </a>
        </p>
    }
    .into_any()
}

/// What somebody typed that came too late, so that it can be copied.
fn unrecorded(view: &VersionView, sent: &Sent) -> Option<AnyView> {
    let text = sent.values.text("dissent").to_owned();
    (!view.may_answer && !text.is_empty()).then(|| {
        view! {
            <section class="decision">
                <h2 class="utrecht-heading-2">{t(NOT_RECORDED)}</h2>
                <p class="utrecht-paragraph">{text}</p>
            </section>
        }
        .into_any()
    })
}

/// What the departments said, and which of them said nothing yet.
fn said(view: &VersionView) -> Option<AnyView> {
    let text = match view.row.state {
        VersionState::Kept => return None,
        VersionState::Proposed => POSITIONS_OPEN,
        VersionState::Superseded => POSITIONS_SUPERSEDED,
        VersionState::Adopted => POSITIONS_ADOPTED,
    };
    let cell = |label, said: AnyView| view! { <td data-label=t(label)>{said}</td> };
    let row = |position: &Position| {
        let given = position.by.is_some();
        view! {
            <tr>
                <th scope="row" data-label=t(DEPARTMENT)>
                    {position.department.name.clone()}
                    {position.left.then(|| view! { <br /> <span class="quiet">{t(LEFT_TEAM)}</span> })}
                </th>
                {cell(STANCE, parts::badge(t(position.stance.text())))}
                {cell(DISSENT, position.dissent.clone().into_any())}
                {cell(WHO, position.by.clone().into_any())}
                {cell(WHEN, given.then(|| parts::moment(position.at)).into_any())}
            </tr>
        }
    };
    let silent = view.silent.iter().map(|department| {
        view! {
            <tr>
                <th scope="row" data-label=t(DEPARTMENT)>{department.name.clone()}</th>
                <td colspan="4" data-label=t(STANCE)>{t(STILL_SILENT)}</td>
            </tr>
        }
    });
    let rows = view! { {view.positions.iter().map(row).collect_view()} {silent.collect_view()} };
    Some(
        view! {
            <section class="positions">
                <h2 class="utrecht-heading-2">{t(POSITIONS)}</h2>
                {parts::paragraph(t(text))}
                {parts::table(t(POSITIONS_CAPTION), &[DEPARTMENT, STANCE, DISSENT, WHO, WHEN], rows.into_any())}
            </section>
        }
        .into_any(),
    )
}

fn answer_form(
    view: &VersionView,
    me: &Person,
    path: &str,
    sections: &[crate::forms::Section],
    sent: &Sent,
) -> AnyView {
    // What was sent and did not go, or else what the department said before.
    let said = view.positions.iter().find(|said| said.department.id == me.department.id);
    let mut values = sent.values.clone();
    if values.text("stance").is_empty()
        && let Some(said) = said
    {
        values.set("stance", said.stance.code());
        values.set("dissent", said.dissent.clone());
    }
    let instead = said.map(|said| said.at.0.to_string()).unwrap_or_default();
    let filled = fields::Filled { values: &values, problems: &sent.found };
    view! {
        <form method="post" action=format!("{path}/antwoord") class="form">
            <input type="hidden" name="instead" value=instead />
            {sections.iter().map(|one| questions::to_fill(one, &filled, None)).collect_view()}
            <div class="actions">
                <button type="submit" class=Weight::Primary.class()>{t(ANSWER)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn adopt_form(view: &VersionView, path: &str) -> AnyView {
    let silent = view.silent.iter().map(|department| department.name.as_str()).collect::<Vec<_>>().join(", ");
    let without = (!silent.is_empty()).then(|| {
        view! {
            <div class="choice">
                <input type="checkbox" class="utrecht-checkbox utrecht-checkbox--html-input" id="zonder" name="without" value="yes" />
                <label class="utrecht-form-label utrecht-form-label--checkbox" for="zonder">{tf(ADOPT_WITHOUT, &[&silent])}</label>
            </div>
        }
    });
    let weight = if view.silent.is_empty() { Weight::Primary } else { Weight::Secondary };
    view! {
        <form method="post" action=format!("{path}/vaststellen") class="form">
            <input type="hidden" name="seen" value=view.seen.to_string() />
            <section class="form-section" aria-labelledby="vaststellen">
                <h2 class="utrecht-heading-2" id="vaststellen">{t(ADOPT_TITLE)}</h2>
                {parts::paragraph(t(ADOPT_TEXT))}
                {without}
                <div class="actions">
                    <button type="submit" class=weight.class()>{tf(ADOPT, &[&view.row.number.to_string()])}</button>
                </div>
            </section>
        </form>
    }
    .into_any()
}

fn remove_form(path: &str) -> AnyView {
    view! {
        <form method="post" action=format!("{path}/verwijderen") class="form">
            <section class="form-section" aria-labelledby="verwijderen">
                <h2 class="utrecht-heading-2" id="verwijderen">{t(REMOVE_TITLE)}</h2>
                {parts::paragraph(t(REMOVE_TEXT))}
                <div class="choice">
                    <input type="checkbox" class="utrecht-checkbox utrecht-checkbox--html-input" id="zeker" name="sure" value="yes" />
                    <label class="utrecht-form-label utrecht-form-label--checkbox" for="zeker">{t(SURE)}</label>
                </div>
                <div class="actions">
                    <button type="submit" class=Weight::Secondary.class()>{t(REMOVE)}</button>
                </div>
            </section>
        </form>
    }
    .into_any()
}

fn propose_form(path: &str, state: VersionState) -> AnyView {
    let again = (state == VersionState::Superseded).then(|| parts::paragraph(t(PROPOSE_AGAIN)));
    view! {
        <form method="post" action=format!("{path}/voorleggen") class="form">
            <section class="form-section" aria-labelledby="voorleggen">
                <h2 class="utrecht-heading-2" id="voorleggen">{t(PROPOSE_TITLE)}</h2>
                {parts::paragraph(t(PROPOSE_TEXT))}
                {again}
                <div class="actions">
                    <button type="submit" class=Weight::Secondary.class()>{t(PROPOSE)}</button>
                </div>
            </section>
        </form>
    }
    .into_any()
}
