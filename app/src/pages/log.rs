//! The access log: one's own viewings, and all of it for the data protection officer.

use crate::{
    http::{Page, Visit, query},
    parts::{self, Weight, log as lines},
    texts::{Named, log::*, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{access_log::LogFilter, ledger::LineKind, ports::Lists};

/// `GET /mijn-inzagen?voor=`.
pub(crate) async fn mine(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    let before = query(asked.as_deref()).text("voor").parse().ok();
    let answer = visit.ports.access_log.mine(&visit.asker, before).await;
    visit.show(answer, |viewings| {
        let body = view! {
            {parts::heading(t(MINE))}
            {parts::lead(t(MINE_EXPLAIN))}
            {lines::table(&viewings, lines::Columns::Mine)}
            {lines::older("/mijn-inzagen?", &viewings, before)}
        };
        Page::new(t(MINE), body)
    })
}

/// `GET /toezicht/inzagelog?voor=&persoon=&soort=`.
pub(crate) async fn whole(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    let asked = query(asked.as_deref());
    let filter = LogFilter {
        before: asked.text("voor").parse().ok(),
        person: asked.text("persoon").parse().ok(),
        kind: LineKind::from_code(asked.text("soort")),
    };
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.access_log.search(&visit.asker, filter.clone()).await?, lists))
    };
    let answer = answer.await;
    visit.show(answer, |(viewings, lists)| {
        let person = filter.person.map(|id| format!("persoon={id}&")).unwrap_or_default();
        let kind = filter.kind.map(|kind| format!("soort={}&", kind.code())).unwrap_or_default();
        let path = format!("/toezicht/inzagelog?{person}{kind}");
        let body = view! {
            {parts::heading(t(WHOLE))}
            {parts::lead(t(WHOLE_EXPLAIN))}
            {filters(&filter, &lists)}
            {lines::table(&viewings, lines::Columns::All)}
            {lines::older(&path, &viewings, filter.before)}
        };
        Page::new(t(WHOLE), body)
    })
}

/// The filter as a plain form, and what is set.
fn filters(filter: &LogFilter, lists: &Lists) -> AnyView {
    let people = lists.people.iter().map(|person| {
        let name = format!("{} ({})", person.name, person.department.name);
        view! { <option value=person.id.to_string() selected=filter.person == Some(person.id)>{name}</option> }
    });
    let kinds = LineKind::ALL.iter().copied().map(|kind| {
        view! { <option value=kind.code() selected=filter.kind == Some(kind)>{t(kind.text())}</option> }
    });
    let person = filter.person.and_then(|id| lists.people.iter().find(|person| person.id == id));
    let kind = filter.kind.map(|kind| t(kind.text()).to_owned());
    let set = person.map(|person| person.name.clone()).into_iter().chain(kind).collect::<Vec<_>>().join(", ");
    view! {
        <form method="get" action="/toezicht/inzagelog" class="filters" role="search" aria-label=t(FILTER)>
            <div class="field">
                <label class="utrecht-form-label" for="persoon">{t(FILTER_PERSON)}</label>
                <select class="utrecht-select utrecht-select--html-select" id="persoon" name="persoon">
                    <option value="">{t(FILTER_EVERYBODY)}</option>
                    {people.collect_view()}
                </select>
            </div>
            <div class="field">
                <label class="utrecht-form-label" for="soort">{t(FILTER_KIND)}</label>
                <select class="utrecht-select utrecht-select--html-select" id="soort" name="soort">
                    <option value="">{t(FILTER_ALL)}</option>
                    {kinds.collect_view()}
                </select>
            </div>
            <button type="submit" class=Weight::Secondary.class()>{t(FILTER_SHOW)}</button>
        </form>
        {(!set.is_empty()).then(|| view! {
            <p class="filters__set">
                {tf(FILTERED, &[&set])}" "
                <a class="utrecht-link utrecht-link--html-a" href="/toezicht/inzagelog">{t(FILTER_CLEAR)}</a>
            </p>
        })}
    }
    .into_any()
}
