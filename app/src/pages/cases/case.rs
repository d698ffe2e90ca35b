//! One case: its purpose, what its links share, its team and what was decided.

use super::{history, links, notes, seen, waiting};
use crate::{
    http::{Id, Page, Visit},
    pages::problems,
    parts::{self, Weight, content, fact, facts},
    texts::{Named, Text, cases::*, common, day, plan, register, signals, t, tf, timeline, when},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    case::{CaseView, Decision, TeamMember},
    form::FormKind,
    ids::{CaseId, PersonId},
    ports::Lists,
    purpose::Purpose,
};

/// `GET /casussen/:id`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>) -> Response {
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.cases.view(&visit.asker, id).await?, lists))
    };
    let answer = answer.await;
    visit.show(answer, |(case, lists)| {
        let title = tf(CASE, &[&case.head.reference.to_string()]);
        Page::new(title.clone(), page(&title, &case, &lists))
    })
}

/// The case as it is now, with what must be told first.
pub(super) async fn told(visit: &Visit, id: CaseId, status: StatusCode, warning: Text) -> Response {
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.cases.view(&visit.asker, id).await?, lists))
    };
    match answer.await {
        Ok((case, lists)) => visit.page(status, || {
            let title = tf(CASE, &[&case.head.reference.to_string()]);
            Page::new(title.clone(), view! { {parts::warning(t(warning))} {page(&title, &case, &lists)} })
        }),
        Err(problem) => problems::problem(visit, problem),
    }
}

fn page(title: &str, case: &CaseView, lists: &Lists) -> AnyView {
    let path = format!("/casussen/{}", case.head.id);
    let viewings = case.may_see_viewings.then(|| parts::link_button(format!("{path}/inzagen"), t(signals::WHO_LOOKED)));
    view! {
        <hgroup class="case-head">
            <p class="case-head__reference">{title.to_owned()}</p>
            {parts::heading(case.title.clone())}
        </hgroup>
        {purpose(&case.head.purpose)}
        {facts(view! {
            {fact(t(common::STATE), parts::badge(t(case.head.state.text())))}
            {fact(t(COORDINATOR), case.head.coordinator.name.clone())}
            {fact(t(OPENED), when(case.head.opened_at))}
            {fact(t(SUMMARY), content::text(Some(&case.summary)))}
        })}
        <div class="actions">
            {parts::link_button(format!("{path}/plan"), t(plan::TITLE))}
            {parts::link_button(format!("{path}/tijdlijn"), t(timeline::TITLE))}
            {history::link(&path)}
            {viewings}
        </div>
        {waiting::overview(case, &path)}
        {links::standing(case, lists, &path)}
        {seen::section(case, &path)}
        {notes::newest(case)}
        {team(case)}
        {decisions(&case.decisions)}
        {links::history(case)}
        {seen::related(case)}
    }
    .into_any()
}

fn purpose(purpose: &Purpose) -> AnyView {
    view! {
        <section class="purpose-box" aria-labelledby="doel">
            <h2 class="utrecht-heading-2" id="doel">{t(PURPOSE_BOX)}</h2>
            <p class="purpose-box__name"><strong>{purpose.name.clone()}</strong></p>
            {parts::paragraph(purpose.description.clone())}
            {parts::paragraph(t(PURPOSE_BOX_TEXT))}
            <details>
                <summary>{t(LEGAL_BASIS)}</summary>
                {facts(view! {
                    {fact(t(MAIN_PROCESS), purpose.main_process.clone())}
                    {fact(t(SUB_PROCESS), purpose.sub_process.clone())}
                    {fact(t(LEGAL_BASIS), t(purpose.legal_basis.text()))}
                    {fact(t(LEGAL_REFERENCE), purpose.legal_reference.clone())}
                    {fact(t(RETENTION), retention(purpose))}
                })}
            </details>
        </section>
    }
    .into_any()
}

fn retention(purpose: &Purpose) -> String {
    let months = |months: u32| tf(RETENTION_MONTHS, &[&months.to_string()]);
    purpose.retention_months.map_or_else(|| t(register::RETENTION_ELSEWHERE).to_owned(), months)
}

fn team(case: &CaseView) -> AnyView {
    let leader = case.head.coordinator.id;
    let members = case.team.iter().map(|member| one(member, leader));
    let change = case.may_lead.then(|| {
        let object = Some(case.head.id.0);
        parts::begin(FormKind::Team, object, None, Weight::Secondary, t(CHANGE_TEAM))
    });
    view! {
        <section>
            <h2 class="utrecht-heading-2">{t(TEAM)}</h2>
            <ul class="team">{members.collect_view()}</ul>
            {change}
        </section>
    }
    .into_any()
}

fn one(member: &TeamMember, leader: PersonId) -> AnyView {
    let leads = (member.person.id == leader).then(|| parts::badge(t(LEADS)));
    view! {
        <li>
            <strong>{member.person.name.clone()}</strong>
            {leads}
            <span class="quiet">
                {format!("{}, {}", member.person.department.name, tf(SINCE, &[&day(member.since.day())]))}
            </span>
        </li>
    }
    .into_any()
}

fn decisions(decisions: &[Decision]) -> AnyView {
    let items = decisions.iter().map(|decision| {
        let kind = if decision.kind == "opened-without-weighing" { t(OPENED_WITHOUT_WEIGHING) } else { &decision.kind };
        view! {
            <li class="decision">
                <h3 class="utrecht-heading-3">{kind.to_owned()}</h3>
                <p class="quiet">{tf(SIGNED_BY, &[&decision.by, &when(decision.at)])}</p>
                <p class="utrecht-paragraph multiline">{decision.reasons.clone()}</p>
            </li>
        }
    });
    (!decisions.is_empty())
        .then(|| {
            view! {
                <section>
                    <h2 class="utrecht-heading-2">{t(DECISIONS)}</h2>
                    <ol class="plain-list">{items.collect_view()}</ol>
                </section>
            }
        })
        .into_any()
}
