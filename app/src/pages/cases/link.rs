//! Choosing one more signal for a case.

use crate::{
    http::{Id, Page, Visit, encoded},
    parts::{self, Weight, candidates, content, lists::asked, paging},
    texts::{cases::*, codes, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    case::{Candidate, Candidates},
    form::FormKind,
    ids::CaseId,
    list::{CandidateList, Cursor, name},
    ports::Lists,
};

/// `GET /casussen/:id/koppelen?afdeling=&fenomeen=&na=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>, RawQuery(query): RawQuery) -> Response {
    let asked = asked(query.as_deref()).unwrap_or_default();
    let answer = async {
        let lists = visit.lists().await?;
        let list = CandidateList::read(&asked, "", &lists);
        Ok((visit.ports.cases.candidates(&visit.asker, list.clone(), &[]).await?, list, lists))
    };
    let answer = answer.await;
    visit.show(answer, |(found, list, lists)| Page::new(t(LINK_TITLE), page(id, &found, &list, &lists)))
}

fn page(id: CaseId, found: &Candidates, list: &CandidateList, lists: &Lists) -> AnyView {
    let here = format!("/casussen/{id}/koppelen");
    let cards = match (found.rows.is_empty(), list.is_whole()) {
        (true, true) => view! { <p class="empty">{t(LINK_NONE)}</p> }.into_any(),
        (true, false) => {
            view! { <p class="empty">{t(NARROW_NONE)}" "{parts::link(here.clone(), t(NARROW_WHOLE))}</p> }.into_any()
        }
        _ => found.rows.iter().map(|candidate| card(candidate, id, lists)).collect_view().into_any(),
    };
    let to = |after: Option<Cursor>| {
        let department = list.department.map(|id| (name::DEPARTMENT, id.to_string()));
        let phenomenon = list.phenomenon.clone().map(|code| (name::PHENOMENON, code));
        let after = after.map(|row| (name::AFTER, row.to_string()));
        let said: Vec<_> = [department, phenomenon, after].into_iter().flatten().collect();
        let said: Vec<_> = said.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if said.is_empty() { here.clone() } else { format!("{here}?{}", said.join("&")) }
    };
    let first = list.after.is_some().then(|| to(None));
    let next = found.later.map(|row| to(Some(row)));
    view! {
        {parts::link(format!("/casussen/{id}"), t(BACK_TO_CASE))}
        {parts::heading(t(LINK_TITLE))}
        {parts::lead(format!("{} {}", t(LINK_INTRO), t(NARROW_ORDER)))}
        <form method="get" action=here.clone() class="filters" role="search" aria-label=t(NARROW_LIST)>
            {candidates::choices(list, lists, "")}
            <button type="submit" class=Weight::Secondary.class()>{t(NARROW_LIST)}</button>
        </form>
        {cards}
        {paging::pages(first, None, next)}
    }
    .into_any()
}

fn card(candidate: &Candidate, case: CaseId, lists: &Lists) -> AnyView {
    let head = &candidate.head;
    let heading = format!("kop-{}", head.id);
    let test = tf(LINK_THIS, &[&head.reference.to_string()]);
    view! {
        <article class="link-card" aria-labelledby=heading.clone()>
            <div class="link-card__head">
                <h2 class="utrecht-heading-3" id=heading.clone()>{head.reference.to_string()}</h2>
                <p class="quiet">
                    {format!("{}, {}", head.department.name, codes::phenomenon(&lists.phenomena, &head.phenomenon))}
                </p>
            </div>
            {content::fields(&candidate.fields, &head.offered)}
            {parts::begin(FormKind::LinkSignal, Some(case.0), Some(head.id.0), Weight::Secondary, test)}
        </article>
    }
    .into_any()
}
