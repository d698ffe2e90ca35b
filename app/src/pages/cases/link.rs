//! Choosing one more signal for a case.

use crate::{
    http::{Id, Page, Visit},
    parts::{self, Weight, content},
    texts::{cases::*, codes, t, tf},
};
use axum::response::Response;
use leptos::prelude::*;
use plein_domain::{case::Candidate, form::FormKind, ids::CaseId, ports::Lists};

/// `GET /casussen/:id/koppelen`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>) -> Response {
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.cases.candidates(&visit.asker).await?, lists))
    };
    let answer = answer.await;
    visit.show(answer, |(candidates, lists)| {
        let body = view! {
            {parts::link(format!("/casussen/{id}"), t(BACK_TO_CASE))}
            {parts::heading(t(LINK_TITLE))}
            {if candidates.is_empty() {
                view! { <p class="empty">{t(LINK_NONE)}</p> }.into_any()
            } else {
                parts::lead(t(LINK_INTRO))
            }}
            {candidates.iter().map(|candidate| card(candidate, id, &lists)).collect_view()}
        };
        Page::new(t(LINK_TITLE), body)
    })
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
