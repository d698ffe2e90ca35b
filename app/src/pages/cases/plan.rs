//! The plan of approach of a case: readable by itself, and written in together where there is JavaScript.

use crate::{
    http::{Id, Page, Visit, see_other},
    pages::{cases::talk, problems},
    parts::{self, Weight, fact, facts},
    texts::{Lang, Named, Text, day, plan::*, t, tf, versions, when},
};
use axum::response::{IntoResponse, Response};
use http::header;
use leptos::prelude::*;
use plein_domain::{
    form::FormValues,
    ids::{CaseId, PersonId},
    people::Person,
    plan::{
        Block, Cell, ExportedPlan, Inline, Intervention, InterventionKind, InterventionStatus, Plan, PlanView,
        PlanWords, Section,
    },
    problem::Answer,
    version::Stance,
};
use std::sync::Arc;

/// `GET /casussen/:id/plan`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>) -> Response {
    let answer = visit.ports.plans.view(&visit.asker, id).await;
    let (editor, me) = (visit.assets.editor.clone(), visit.asker.person.id);
    visit.show(answer, |view| {
        let written_in = view.plan.is_some();
        let page = Page::new(tf(OF_CASE, &[&view.case.reference.to_string()]), page(&view, me));
        if written_in { page.with_script(&editor) } else { page }
    })
}

/// `POST /casussen/:id/plan`: begins the plan.
pub(crate) async fn begin(visit: Visit, Id(id): Id<CaseId>) -> Response {
    match visit.ports.plans.begin(&visit.asker, id).await {
        Ok(()) => see_other(&format!("/casussen/{id}/plan")),
        Err(problem) => problems::problem_in_post(&visit, problem, &FormValues::default()),
    }
}

/// `GET /casussen/:id/plan/afdrukken`: the plan on paper, with who printed it and when.
pub(crate) async fn print(visit: Visit, Id(id): Id<CaseId>) -> Response {
    let answer = visit.ports.plans.print(&visit.asker, id).await;
    let by = format!("{}, {}", visit.asker.person.name, visit.asker.person.department.name);
    let municipality = visit.installation.municipality.clone();
    visit.show(answer, |(view, at)| {
        let sections = view.plan.iter().flat_map(|plan| &plan.sections);
        let body = view! {
            {parts::link(format!("/casussen/{id}/plan"), t(BACK_TO_PLAN))}
            <p class="quiet">{municipality}</p>
            {parts::heading_of(OF_CASE, &view.case.reference)}
            {facts(view! {
                {fact(t(X_PURPOSE), view.case.purpose.name.clone())}
                {fact(t(X_VERSION), t(X_DRAFT))}
                {fact(t(PRINTED_BY), by)}
                {fact(t(PRINTED_AT), when(at))}
            })}
            {parts::paragraph(t(X_LIMITATION))}
            {sections.map(|one| section(one, &view.team, None)).collect_view()}
        };
        Page::new(tf(OF_CASE, &[&view.case.reference.to_string()]), body)
    })
}

/// `POST /casussen/:id/plan/word`: the plan as a file. A post, because nothing may fetch it by itself.
pub(crate) async fn export(visit: Visit, Id(id): Id<CaseId>) -> Response {
    let answer = visit.ports.plans.export(&visit.asker, id, words(visit.lang)).await;
    file(&visit, answer)
}

/// A plan as a file, or why there is none.
pub(super) fn file(visit: &Visit, answer: Answer<ExportedPlan>) -> Response {
    match answer {
        Ok(file) => {
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            let disposition = format!("attachment; filename=\"{}\"", file.name);
            ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], file.bytes)
                .into_response()
        }
        Err(problem) => problems::problem_in_post(visit, problem, &FormValues::default()),
    }
}

pub(super) fn words(lang: Lang) -> PlanWords {
    let say = |text: Text| text.of(lang).to_owned();
    let in_lang = move |make: &dyn Fn() -> String| {
        let owner = Owner::new_root(None);
        let said = owner.with(|| {
            provide_context(lang);
            make()
        });
        owner.cleanup();
        said
    };
    PlanWords {
        english: lang == Lang::En,
        document: say(TITLE),
        case: say(X_CASE),
        purpose: say(X_PURPOSE),
        version: say(X_VERSION),
        draft: say(X_DRAFT),
        version_of: Arc::new(move |row| in_lang(&|| super::version::long_label(row))),
        positions: [
            versions::POSITIONS,
            versions::DEPARTMENT,
            versions::STANCE,
            versions::DISSENT,
            versions::WHO,
            versions::WHEN,
        ]
        .map(say),
        stances: Stance::ALL.iter().map(|stance| (*stance, say(stance.text()))).collect(),
        exported_by: say(X_BY),
        exported_at: say(X_AT),
        export_id: say(X_ID),
        page: say(X_PAGE),
        of: say(X_OF),
        nothing_written: say(UNCHANGED),
        limitation: say(X_LIMITATION),
        intervention: [INTERVENTION, KIND, POWER, BODY, DEPARTMENT, OWNER, DUE, STATUS, RESULT].map(say),
        kinds: InterventionKind::ALL.iter().map(|kind| (*kind, say(kind.text()))).collect(),
        statuses: InterventionStatus::ALL.iter().map(|status| (*status, say(status.text()))).collect(),
        when: Arc::new(move |moment| in_lang(&|| when(moment))),
        day: Arc::new(move |one| in_lang(&|| day(one))),
    }
}

fn page(view: &PlanView, me: PersonId) -> AnyView {
    let case = format!("/casussen/{}", view.case.id);
    let content = match &view.plan {
        None => none(view, &case),
        Some(plan) => plan_of(view, plan, &case, me),
    };
    view! {
        {parts::link(case, t(BACK))}
        {parts::heading_of(OF_CASE, &view.case.reference)}
        {parts::lead(tf(PURPOSE, &[&view.case.purpose.name]))}
        {content}
    }
    .into_any()
}

fn none(view: &PlanView, case: &str) -> AnyView {
    let begin = view.may_begin.then(|| {
        view! {
            <form method="post" action=format!("{case}/plan")>
                <button type="submit" class=Weight::Primary.class()>{t(BEGIN)}</button>
            </form>
        }
    });
    view! {
        <div class="empty">
            {parts::paragraph(t(NONE))}
            {parts::paragraph(t(if view.may_begin { NONE_LEADER } else { NONE_MEMBER }))}
        </div>
        {begin}
    }
    .into_any()
}

fn plan_of(view: &PlanView, plan: &Plan, case: &str, me: PersonId) -> AnyView {
    let here = if view.here.is_empty() {
        t(NOBODY_HERE).to_owned()
    } else {
        view.here.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let text = view! {
        {facts(view! {
            {fact(t(HERE), here)}
        })}
        {plan.sections.iter().map(|one| section(one, &view.team, talk::of_section(&view.talk, &one.id))).collect_view()}
        {talk::of_what_is_gone(&view.talk, &plan.sections)}
    };
    let element = leptos::html::custom("plan-editor")
        .attr("socket", format!("{case}/plan/samen"))
        .attr("lang", Lang::current().code())
        .attr("writable", view.may_write.then_some(""))
        .attr("signals", signals(view))
        .attr("people", people(&view.team))
        .attr("me", me.to_string())
        .attr("sign-in", format!("/aanmelden?naar={case}/plan"))
        .child(text);
    view! {
        <p class="quiet">{tf(BEGUN, &[&plan.begun_by, &when(plan.begun_at)])}</p>
        {standing(view, case)}
        <noscript>{parts::paragraph(t(NO_SCRIPT))}</noscript>
        {element}
        {table(plan, &view.team)}
        <form method="post" action=format!("{case}/plan/word") class="plan-export">
            {parts::paragraph(t(EXPORT_NOTE))}
            <div class="actions">
                <button type="submit" class=Weight::Secondary.class()>{t(EXPORT)}</button>
                {parts::link_button(format!("{case}/plan/afdrukken"), t(PRINT))}
            </div>
        </form>
    }
    .into_any()
}

/// How the versions stand: what was adopted, what is before the departments.
fn standing(view: &PlanView, case: &str) -> AnyView {
    let adopted = view.adopted.map(|(number, at, changed)| {
        let said = tf(versions::ADOPTED_NOW, &[&number.to_string(), &when(at)]);
        let difference = changed.then(|| {
            let path = format!("{case}/plan/vergelijken?oud={number}&nieuw=nu");
            view! { " "<a class="utrecht-link utrecht-link--html-a" href=path>{t(versions::SHOW_CHANGED)}</a> }
        });
        let since = t(if changed { versions::ADOPTED_CHANGED } else { versions::ADOPTED_SAME });
        view! { <p class="utrecht-paragraph">{said}" "{since}{difference}</p> }
    });
    let proposed = view.proposed.map(|number| {
        let path = format!("{case}/plan/versies/{number}");
        view! {
            <p class="utrecht-paragraph">
                {tf(versions::PROPOSED_NOW, &[&number.to_string()])}" "
                <a class="utrecht-link utrecht-link--html-a" href=path>{t(versions::OPEN_PROPOSED)}</a>
            </p>
        }
    });
    view! { {adopted} {proposed} <p>{parts::link_button(format!("{case}/plan/versies"), t(versions::TITLE))}</p> }
        .into_any()
}

fn signals(view: &PlanView) -> String {
    let signals = view.signals.iter();
    let signals: Vec<_> = signals
        .map(|(id, reference)| serde_json::json!({ "id": id.to_string(), "reference": reference.to_string() }))
        .collect();
    serde_json::Value::Array(signals).to_string()
}

fn people(team: &[Person]) -> String {
    let people = team.iter().map(|person| {
        serde_json::json!({
            "id": person.id.to_string(),
            "name": person.name,
            "department": person.department.name,
        })
    });
    serde_json::Value::Array(people.collect()).to_string()
}

/// All interventions of the plan as a table, as it stood when the page was opened.
fn table(plan: &Plan, team: &[Person]) -> Option<AnyView> {
    let columns = [KIND, WHAT, DEPARTMENT, OWNER, DUE, STATUS];
    let cell = |label, said: String| view! { <td data-label=t(label)>{said}</td> };
    let rows: Vec<_> = plan
        .interventions()
        .map(|(_, one)| {
            view! {
                <tr>
                    <th scope="row" data-label=t(KIND)>{t(one.kind.text())}</th>
                    <td data-label=t(WHAT)>{blocks(&one.description, team)}</td>
                    {cell(DEPARTMENT, one.department.clone())}
                    {cell(OWNER, owner(one, team))}
                    {cell(DUE, one.due.map(day).unwrap_or_default())}
                    <td data-label=t(STATUS)>{parts::badge(t(one.status.text()))}</td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="plan-overview">
                <h2 class="utrecht-heading-2">{t(INTERVENTIONS)}</h2>
                {parts::table(t(INTERVENTIONS_CAPTION), &columns, rows.into_any())}
            </section>
        }
        .into_any()
    })
}

fn owner(intervention: &Intervention, team: &[Person]) -> String {
    let owner = intervention.person.and_then(|id| team.iter().find(|person| person.id == id));
    owner.map(|person| person.name.clone()).unwrap_or_default()
}

fn intervention(one: &Intervention, team: &[Person]) -> AnyView {
    let said = |text: &str| if text.is_empty() { t(NOT_FILLED).to_owned() } else { text.to_owned() };
    view! {
        <div class="plan-intervention" id=format!("interventie-{}", one.id)>
            <p class="plan-intervention__kind"><strong>{t(INTERVENTION)}": "{t(one.kind.text())}</strong></p>
            {blocks(&one.description, team)}
            {facts(view! {
                {fact(t(POWER), said(&one.power))}
                {fact(t(BODY), said(&one.body))}
                {fact(t(DEPARTMENT), said(&one.department))}
                {fact(t(OWNER), said(&owner(one, team)))}
                {fact(t(DUE), one.due.map_or_else(|| t(NOT_FILLED).to_owned(), day))}
                {fact(t(STATUS), parts::badge(t(one.status.text())))}
                {(!one.result.is_empty()).then(|| fact(t(RESULT), one.result.clone()))}
            })}
        </div>
    }
    .into_any()
}

pub(super) fn section(section: &Section, team: &[Person], talk: Option<AnyView>) -> AnyView {
    let written = section.blocks.iter().any(|block| !block.is_empty());
    let said = match &section.changed {
        Some((by, at)) => tf(CHANGED, &[by, &when(*at)]),
        None => t(UNCHANGED).to_owned(),
    };
    view! {
        <section class="plan-section">
            <h2 class="utrecht-heading-2">{section.title.clone()}</h2>
            <p class="quiet">{said}</p>
            {written.then(|| blocks(&section.blocks, team))}
            {talk}
        </section>
    }
    .into_any()
}

fn blocks(all: &[Block], team: &[Person]) -> AnyView {
    all.iter().map(|one| block(one, team)).collect_view().into_any()
}

fn block(block: &Block, team: &[Person]) -> AnyView {
    match block {
        Block::Paragraph(text) => view! { <p class="utrecht-paragraph">{inline(text)}</p> }.into_any(),
        Block::Heading(level, text) if *level <= 3 => {
            view! { <h3 class="utrecht-heading-3">{inline(text)}</h3> }.into_any()
        }
        Block::Heading(_, text) => view! { <h4 class="utrecht-heading-4">{inline(text)}</h4> }.into_any(),
        Block::List { ordered, items } => {
            let items = items.iter().map(|item| view! { <li>{blocks(item, team)}</li> }).collect_view();
            if *ordered {
                view! { <ol class="plan-list">{items}</ol> }.into_any()
            } else {
                view! { <ul class="plan-list">{items}</ul> }.into_any()
            }
        }
        Block::Table(rows) => {
            let rows = rows
                .iter()
                .map(|row| view! { <tr>{row.iter().map(|one| cell(one, team)).collect_view()}</tr> })
                .collect_view();
            // Scrolled sideways where it is wide: by the arrow keys too.
            view! {
                <div class="plan-table" role="group" aria-label=t(TABLE) tabindex="0">
                    <table><tbody>{rows}</tbody></table>
                </div>
            }
            .into_any()
        }
        Block::Intervention(one) => intervention(one, team),
    }
}

fn cell(cell: &Cell, team: &[Person]) -> AnyView {
    if cell.header {
        view! { <th>{blocks(&cell.blocks, team)}</th> }.into_any()
    } else {
        view! { <td>{blocks(&cell.blocks, team)}</td> }.into_any()
    }
}

pub(super) fn inline(pieces: &[Inline]) -> AnyView {
    let pieces = pieces.iter().map(|piece| match piece {
        Inline::Text { text, bold, italic } => {
            let text = text.clone();
            match (bold, italic) {
                (true, true) => view! { <strong><em>{text}</em></strong> }.into_any(),
                (true, false) => view! { <strong>{text}</strong> }.into_any(),
                (false, true) => view! { <em>{text}</em> }.into_any(),
                (false, false) => text.into_any(),
            }
        }
        Inline::Break => view! { <br /> }.into_any(),
        Inline::Signal(id, reference) => view! {
            <a class="utrecht-link utrecht-link--html-a reference" href=format!("/signalen/{id}")>{reference.to_string()}</a>
        }
        .into_any(),
    });
    pieces.collect_view().into_any()
}
