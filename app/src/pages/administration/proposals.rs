//! Proposals: changes of a place that wait for a second person.

use super::{identifier, parts_of, path, person::why_not, told};
use crate::{
    http::{Id, Notice, Page, Typed, Visit, query, see_other},
    pages::{problems, sign_in::anew},
    parts::{self, Weight, fact, facts, paging},
    texts::{Named, Text, administration::*, common, t, tf, when},
};
use axum::{extract::RawQuery, response::Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    administration::{PlaceAct, Proposal, ProposalVerb},
    ids::ProposalId,
    list::Numbered,
    people::Role,
    problem::Problem,
};

/// The path of what is open.
pub(crate) const PATH: &str = "/beheer/voorstellen";

/// `GET /beheer/voorstellen?pagina=`.
pub(crate) async fn view(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    let page = query(asked.as_deref()).text("pagina").parse().unwrap_or(1).max(1);
    let answer = visit.ports.administration.proposals(&visit.asker, page).await;
    visit.show(answer, |rows| listing(&visit, &rows, None))
}

/// `POST /beheer/voorstellen/:id`.
pub(crate) async fn decide(visit: Visit, Id(id): Id<ProposalId>, Typed(values): Typed) -> Response {
    let Some(verb) = ProposalVerb::from_code(values.text("do")) else {
        return problems::plain(&visit, StatusCode::BAD_REQUEST);
    };
    let done = match verb {
        ProposalVerb::Confirm => Notice::ProposalConfirmed,
        ProposalVerb::Decline => Notice::ProposalDeclined,
        ProposalVerb::Withdraw => Notice::ProposalWithdrawn,
    };
    let told = match visit.ports.administration.decide(&visit.asker, id, verb).await {
        Ok(PlaceAct::Done | PlaceAct::Proposed) => return see_other(&format!("{PATH}?gelukt={}", done.code())),
        Ok(PlaceAct::Overtaken) | Err(Problem::NotFound) => Some(NOT_OPEN),
        Ok(act) => why_not(act),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => {
            return problems::not_saved(&visit, problem, values);
        }
        Err(problem) => return problems::problem_in_post(&visit, problem, &values),
    };
    match visit.ports.administration.proposals(&visit.asker, 1).await {
        Ok(rows) => visit.page(StatusCode::CONFLICT, || listing(&visit, &rows, told)),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

fn listing(visit: &Visit, rows: &Numbered<Proposal>, said: Option<Text>) -> Page {
    let administers = visit.asker.person.is(Role::Administrator);
    let mine = rows.rows.iter().any(|one| one.may.contains(&ProposalVerb::Confirm));
    let list = match (rows.rows.is_empty(), rows.page) {
        (true, 1) => view! { <p class="empty">{t(PROPOSALS_EMPTY)}</p> }.into_any(),
        (true, _) => view! { <p class="empty">{t(common::EMPTY_PAGE)}</p> }.into_any(),
        (false, _) => rows.rows.iter().map(|one| with_heading(one, administers)).collect_view().into_any(),
    };
    let body = view! {
        {said.map(|text| parts::warning(t(text)))}
        {parts::heading(t(PROPOSALS))}
        {parts::lead(t(PROPOSALS_LEAD))}
        {administers.then(|| parts_of(PATH))}
        {mine.then(|| anew::ahead(visit, PATH))}
        {list}
        {paging::numbered(PATH, rows.page, rows.more)}
    };
    Page::new(t(PROPOSALS), body)
}

fn with_heading(one: &Proposal, administers: bool) -> AnyView {
    let id = format!("voorstel-{}", one.id);
    view! {
        <section class="link-card" aria-labelledby=id.clone()>
            <h2 class="utrecht-heading-2" id=id.clone()>{tf(ABOUT, &[&one.name])}</h2>
            {card(one, administers)}
        </section>
    }
    .into_any()
}

/// What is proposed, by whom, and what the asker can do with it; `lead` to the person's page.
pub(super) fn card(one: &Proposal, lead: bool) -> AnyView {
    let buttons = one.may.iter().map(|verb| {
        let weight = if *verb == ProposalVerb::Confirm { Weight::Primary } else { Weight::Secondary };
        view! {
            <button type="submit" name="do" value=verb.code() class=weight.class()>
                {t(verb.text())}<span class="visually-hidden">{format!(": {}", tf(ABOUT, &[&one.name]))}</span>
            </button>
        }
    });
    let acts = if one.may.is_empty() {
        parts::paragraph(t(NOT_YOURS))
    } else {
        view! { <form method="post" action=format!("{PATH}/{}", one.id) class="actions">{buttons.collect_view()}</form> }
            .into_any()
    };
    view! {
        {facts(view! {
            {fact(t(IDENTIFIER), identifier(one.identifier.as_deref()))}
            {fact(t(BEFORE), told(one.before.as_ref()))}
            {fact(t(AFTER), told(one.after.as_ref()))}
            {fact(t(PROPOSED_BY), one.by.clone())}
            {fact(t(WHEN), when(one.at))}
            {fact(t(LAPSES), when(one.lapses_at))}
        })}
        {acts}
        {lead.then(|| parts::link(path(one.person), one.name.clone()))}
    }
    .into_any()
}
