//! "Wie heeft dit ingezien", for one signal.

use crate::{
    http::{Id, Page, Visit, query},
    parts::{self, log},
    texts::{log::*, signals, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::ids::SignalId;

/// `GET /signalen/:id/inzagen?voor=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<SignalId>, RawQuery(asked): RawQuery) -> Response {
    let before = query(asked.as_deref()).text("voor").parse().ok();
    let answer = visit.ports.access_log.of_signal(&visit.asker, id, before).await;
    visit.show(answer, |(head, viewings)| {
        let title = tf(OF_SIGNAL, &[&head.reference.to_string()]);
        let path = format!("/signalen/{}", head.id);
        let body = view! {
            {parts::link(path.clone(), tf(signals::SIGNAL, &[&head.reference.to_string()]))}
            {parts::heading_of(OF_SIGNAL, &head.reference)}
            {parts::lead(t(EXPLAIN))}
            {log::table(&viewings, log::Columns::OfOne)}
            {log::older(&format!("{path}/inzagen?"), &viewings, before)}
        };
        Page::new(title, body)
    })
}
