//! "Wie heeft dit ingezien", for one case.

use crate::{
    http::{Id, Page, Visit, query},
    parts::{self, log},
    texts::{cases, log::*, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::ids::CaseId;

/// `GET /casussen/:id/inzagen?voor=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>, RawQuery(asked): RawQuery) -> Response {
    let before = query(asked.as_deref()).text("voor").parse().ok();
    let answer = visit.ports.access_log.of_case(&visit.asker, id, before).await;
    visit.show(answer, |(head, viewings)| {
        let title = tf(OF_CASE, &[&head.reference.to_string()]);
        let path = format!("/casussen/{}", head.id);
        let body = view! {
            {parts::link(path.clone(), tf(cases::CASE, &[&head.reference.to_string()]))}
            {parts::heading_of(OF_CASE, &head.reference)}
            {parts::lead(t(EXPLAIN))}
            {log::table(&viewings, log::Columns::OfOne)}
            {log::older(&format!("{path}/inzagen?"), &viewings, before)}
        };
        Page::new(title, body)
    })
}
