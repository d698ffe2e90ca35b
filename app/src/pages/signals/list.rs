//! The signals one may see.

use crate::{
    http::{Page, Visit, query},
    parts::{self, Weight, paging},
    texts::{Named, codes, common, day, imports, signals::*, t},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    form::FormKind,
    people::Role,
    ports::{Listed, Lists},
    signal::{SignalHead, SignalRow},
};

/// `GET /signalen?pagina=`.
pub(crate) async fn view(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    let page = query(asked.as_deref()).text("pagina").parse().unwrap_or(1).max(1);
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.signals.list(&visit.asker, page).await?, lists))
    };
    let answer = answer.await;
    let person = &visit.asker.person;
    let may = (person.is(Role::Member), person.is(Role::Member) || person.is(Role::Coordinator));
    visit.show(answer, |(listed, lists)| Page::new(t(TITLE), listing(&listed, &lists, may)))
}

fn listing(listed: &Listed<SignalRow>, lists: &Lists, (may_log, may_take_in): (bool, bool)) -> AnyView {
    let body = match (listed.rows.is_empty(), listed.page) {
        (true, 1) => view! { <p class="empty">{t(EMPTY)}</p> }.into_any(),
        (true, _) => view! { <p class="empty">{t(EMPTY_PAGE)}</p> }.into_any(),
        (false, _) => table(&listed.rows, lists),
    };
    view! {
        {parts::heading(t(TITLE))}
        {parts::lead(t(LIST_INTRO))}
        {may_take_in.then(|| view! {
            <div class="actions">
                {may_log.then(|| parts::begin(FormKind::NewSignal, None, None, Weight::Primary, t(NEW)))}
                {parts::link_button("/signalen/inlezen", t(imports::TITLE))}
            </div>
        })}
        {body}
        {paging::pages("/signalen", listed.page, listed.more)}
    }
    .into_any()
}

fn table(rows: &[SignalRow], lists: &Lists) -> AnyView {
    let columns = [common::REFERENCE, SUMMARY_COLUMN, PHENOMENON, common::DEPARTMENT, RECEIVED, common::STATE];
    let rows = rows.iter().map(|row| {
        let head = &row.head;
        let summary = match &row.summary {
            Some(summary) => summary.clone().into_any(),
            None => view! { <span class="quiet">{t(NOT_OFFERED)}</span> }.into_any(),
        };
        view! {
            <tr role="row">
                <th scope="row" role="rowheader" data-label=t(columns[0])>{reference(head)}</th>
                <td role="cell" data-label=t(columns[1])>{summary}</td>
                <td role="cell" data-label=t(columns[2])>{codes::phenomenon(&lists.phenomena, &head.phenomenon)}</td>
                <td role="cell" data-label=t(columns[3])>{head.department.name.clone()}</td>
                <td role="cell" data-label=t(columns[4])>{day(head.received_on)}</td>
                <td role="cell" data-label=t(columns[5])>{parts::badge(t(head.state.text()))}</td>
            </tr>
        }
    });
    parts::table(t(CAPTION), &columns, rows.collect_view().into_any())
}

/// The reference, leading to the signal.
pub(crate) fn reference(head: &SignalHead) -> AnyView {
    view! {
        <a class="utrecht-link utrecht-link--html-a reference" href=format!("/signalen/{}", head.id)>
            {head.reference.to_string()}
        </a>
    }
    .into_any()
}
