//! The cases one may know of.

use crate::{
    http::{Page, Visit, query},
    parts::{self, Weight, paging},
    texts::{cases::*, common, day, signals, t},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{case::CaseRow, form::FormKind, people::Role, ports::Listed};

/// `GET /casussen?pagina=`.
pub(crate) async fn view(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    let page = query(asked.as_deref()).text("pagina").parse().unwrap_or(1).max(1);
    let answer = visit.ports.cases.list(&visit.asker, page).await;
    let coordinates = visit.asker.person.is(Role::Coordinator);
    visit.show(answer, |listed| Page::new(t(TITLE), listing(&listed, coordinates)))
}

fn listing(listed: &Listed<CaseRow>, coordinates: bool) -> AnyView {
    let body = match (listed.rows.is_empty(), listed.page) {
        (true, 1) => view! { <p class="empty">{t(EMPTY)}</p> }.into_any(),
        (true, _) => view! { <p class="empty">{t(signals::EMPTY_PAGE)}</p> }.into_any(),
        (false, _) => table(&listed.rows),
    };
    view! {
        {parts::heading(t(TITLE))}
        {parts::lead(t(LIST_INTRO))}
        {coordinates.then(|| view! {
            <div class="actions">
                {parts::begin(FormKind::OpenCase, None, None, Weight::Primary, t(OPEN_NEW))}
            </div>
        })}
        {body}
        {paging::pages("/casussen", listed.page, listed.more)}
    }
    .into_any()
}

fn table(rows: &[CaseRow]) -> AnyView {
    let columns = [common::REFERENCE, CASE_TITLE, PURPOSE, COORDINATOR, OPENED, SIGNALS_COUNT, TEAM_COUNT];
    let rows = rows.iter().map(|row| {
        let head = &row.head;
        view! {
            <tr role="row">
                <th scope="row" role="rowheader" data-label=t(columns[0])>
                    <a class="utrecht-link utrecht-link--html-a reference" href=format!("/casussen/{}", head.id)>
                        {head.reference.to_string()}
                    </a>
                </th>
                <td role="cell" data-label=t(columns[1])>{row.title.clone()}</td>
                <td role="cell" data-label=t(columns[2])>{head.purpose.name.clone()}</td>
                <td role="cell" data-label=t(columns[3])>{head.coordinator.name.clone()}</td>
                <td role="cell" data-label=t(columns[4])>{day(head.opened_at.day())}</td>
                <td role="cell" data-label=t(columns[5])>{row.links.to_string()}</td>
                <td role="cell" data-label=t(columns[6])>{row.team.to_string()}</td>
            </tr>
        }
    });
    parts::table(t(CAPTION), &columns, rows.collect_view().into_any())
}
