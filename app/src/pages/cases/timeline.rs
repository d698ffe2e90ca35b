//! The timeline of a case: a picture, and the same as a table.

use super::drawing::{self, Width};
use crate::{
    http::{Id, Page, Visit},
    parts,
    texts::{Named, cases, day, listed, t, tf, timeline::*, work},
};
use axum::response::Response;
use leptos::prelude::*;
use plein_domain::{
    case::{ChangeKind, Happening, Lane, TimelineEvent, TimelineView},
    ids::CaseId,
};

/// `GET /casussen/:id/tijdlijn`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>) -> Response {
    let answer = visit.ports.cases.timeline(&visit.asker, id).await;
    visit.show(answer, |view| {
        let body = view! {
            {parts::link(format!("/casussen/{id}"), tf(cases::CASE, &[&view.case.reference.to_string()]))}
            {parts::heading_of(OF_CASE, &view.case.reference)}
            {parts::lead(t(EXPLAIN))}
            <figure class="timeline">
                {drawing::picture(&view, Width::Wide)}
                {drawing::picture(&view, Width::Narrow)}
                <figcaption class="quiet">{t(LEGEND)}</figcaption>
            </figure>
            {table(&view)}
        };
        Page::new(tf(OF_CASE, &[&view.case.reference.to_string()]), body)
    })
}

fn table(view: &TimelineView) -> AnyView {
    let rows = view.events.iter().map(|event| {
        let late = matches!(event.what, Happening::Due(_, true));
        let lane = event.what.lane().map(|lane: Lane| t(lane.text()));
        view! {
            <tr>
                <th scope="row" data-label=t(WHEN)>
                    <time datetime=event.day.to_string()>{day(event.day)}</time>
                </th>
                <td data-label=t(LANE)>{lane}</td>
                <td data-label=t(WHAT)>
                    <span>
                        {said(event)}
                        {late.then(|| view! { " "<span class="badge badge--refused">{t(work::OVERDUE)}</span> })}
                    </span>
                </td>
            </tr>
        }
    });
    parts::table(t(CAPTION), &[WHEN, LANE, WHAT], rows.collect_view().into_any())
}

/// An event in a few words.
pub(super) fn said(event: &TimelineEvent) -> String {
    let signals = listed(&event.signals.iter().map(String::as_str).collect::<Vec<_>>());
    let version = event.version.unwrap_or_default().to_string();
    match event.what {
        Happening::Observed => tf(OBSERVED, &[&signals]),
        Happening::Received => tf(RECEIVED, &[&signals]),
        Happening::Due(kind, late) => tf(if late { LATE } else { DUE }, &[t(kind.text())]),
        Happening::Changed(kind) => match kind {
            ChangeKind::Linked => tf(LINKED, &[&signals]),
            ChangeKind::Unlinked => tf(UNLINKED, &[&signals]),
            ChangeKind::Opened => t(OPENED).to_owned(),
            ChangeKind::PlanBegun => t(PLAN_BEGUN).to_owned(),
            ChangeKind::VersionKept => tf(VERSION_KEPT, &[&version]),
            ChangeKind::VersionProposed => tf(VERSION_PROPOSED, &[&version]),
            ChangeKind::Answered => tf(ANSWERED, &[&version]),
            ChangeKind::VersionAdopted => tf(VERSION_ADOPTED, &[&version]),
            // What has no lane is not on a timeline.
            _ => String::new(),
        },
    }
}
