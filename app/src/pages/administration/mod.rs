//! Administration: who waits for a place, who has one, and one person. No content of any record.

pub(crate) mod person;
pub(crate) mod proposals;
pub(crate) mod sessions;

use crate::{
    http::{Page, Visit, query},
    parts::{self, paging},
    texts::{Named, administration::*, common, number_of, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    administration::{PeopleList, PeopleView, Place, Somebody},
    ids::PersonId,
};

/// The path of who waits.
pub(crate) const PATH: &str = "/beheer";
/// The path of who has a place.
const PLACED_PATH: &str = "/beheer/mensen";

/// Where somebody is.
pub(crate) fn path(id: PersonId) -> String {
    format!("{PLACED_PATH}/{id}")
}

/// `GET /beheer?pagina=`.
pub(crate) async fn waiting(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    people(&visit, asked.as_deref(), PeopleList::Waiting).await
}

/// `GET /beheer/mensen?pagina=`.
pub(crate) async fn placed(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    people(&visit, asked.as_deref(), PeopleList::Placed).await
}

async fn people(visit: &Visit, asked: Option<&str>, list: PeopleList) -> Response {
    let page = query(asked).text("pagina").parse().unwrap_or(1).max(1);
    let answer = visit.ports.administration.people(&visit.asker, list, page).await;
    visit.show(answer, |view| listing(&view))
}

/// The roles in words.
pub(crate) fn roles(place: &Place) -> String {
    place.roles.iter().map(|role| t(role.text())).collect::<Vec<_>>().join(", ")
}

/// A place in words.
pub(crate) fn told(place: Option<&Place>) -> String {
    match place.filter(|place| !place.roles.is_empty()) {
        Some(place) => tf(PLACE_IS, &[&place.department.name, &roles(place)]),
        None => t(NO_PLACE).to_owned(),
    }
}

/// From one part of the administration to the others.
fn parts_of(here: &str) -> AnyView {
    let all = [(PATH, WAITING_SHORT), (PLACED_PATH, PLACED_SHORT), (proposals::PATH, PROPOSALS)];
    let items = all.into_iter().map(|(path, text)| {
        let current = (path == here).then_some("page");
        view! { <li><a class="utrecht-link utrecht-link--html-a" href=path aria-current=current>{t(text)}</a></li> }
    });
    view! {
        <nav class="paging" aria-label=t(LISTS)>
            <ul>{items.collect_view()}</ul>
        </nav>
    }
    .into_any()
}

fn listing(view: &PeopleView) -> Page {
    let waits = view.list == PeopleList::Waiting;
    let (here, title, empty) = if waits { (PATH, WAITING, WAITING_EMPTY) } else { (PLACED_PATH, PLACED, PLACED_EMPTY) };
    let rows = &view.rows;
    let list = match (rows.rows.is_empty(), rows.page) {
        (true, 1) => view! { <p class="empty">{t(empty)}</p> }.into_any(),
        (true, _) => view! { <p class="empty">{t(common::EMPTY_PAGE)}</p> }.into_any(),
        (false, _) if waits => waiting_table(&rows.rows),
        (false, _) => placed_table(&rows.rows),
    };
    let open = (view.proposals > 0).then(|| {
        let told = number_of(view.proposals, PROPOSALS_ONE, PROPOSALS_SEVERAL);
        parts::link(proposals::PATH, told)
    });
    let body = view! {
        {parts::heading(t(TITLE))}
        {parts::lead(t(LEAD))}
        {parts_of(here)}
        {open}
        <section>
            <h2 class="utrecht-heading-2">{t(title)}</h2>
            {waits.then(|| parts::paragraph(t(WAITING_LEAD)))}
            {list}
            {paging::numbered(here, rows.page, rows.more)}
        </section>
    };
    Page::new(t(title), body)
}

fn named(column: crate::texts::Text, one: &Somebody) -> AnyView {
    view! {
        <th scope="row" data-label=t(column)>
            <a class="utrecht-link utrecht-link--html-a" href=path(one.id)>{one.name.clone()}</a>
        </th>
    }
    .into_any()
}

/// A word of the provider's, which can be long and has no spaces.
pub(crate) fn identifier(one: Option<&str>) -> AnyView {
    match one.map(str::to_owned) {
        Some(text) => view! { <code class="identifier">{text}</code> }.into_any(),
        None => view! { <span class="quiet">{t(NO_IDENTIFIER)}</span> }.into_any(),
    }
}

fn moment_or(moment: Option<plein_domain::moment::Moment>, none: crate::texts::Text) -> AnyView {
    match moment {
        Some(moment) => parts::moment(moment),
        None => view! { <span class="quiet">{t(none)}</span> }.into_any(),
    }
}

fn waiting_table(rows: &[Somebody]) -> AnyView {
    let columns = [NAME, IDENTIFIER, SINCE, LAST_TRIED, PLACE];
    let rows = rows.iter().map(|one| {
        let never = || view! { <span class="quiet">{t(NO_PLACE)}</span> }.into_any();
        let had = if one.word.is_some() { parts::badge(t(HAD)) } else { never() };
        view! {
            <tr>
                {named(columns[0], one)}
                <td data-label=t(columns[1])>{identifier(one.identifier.as_deref())}</td>
                <td data-label=t(columns[2])>{moment_or(one.first_seen, NEVER)}</td>
                <td data-label=t(columns[3])>{moment_or(one.last_seen, NEVER)}</td>
                <td data-label=t(columns[4])>{had}</td>
            </tr>
        }
    });
    parts::table(t(WAITING_CAPTION), &columns, rows.collect_view().into_any())
}

fn placed_table(rows: &[Somebody]) -> AnyView {
    let columns = [NAME, common::DEPARTMENT, ROLES, WHOSE_WORD, SIGNED_IN];
    let rows = rows.iter().map(|one| {
        let place = one.place.as_ref();
        let word = one.word.map(|word| t(word.text())).unwrap_or_default();
        view! {
            <tr>
                {named(columns[0], one)}
                <td data-label=t(columns[1])>{place.map(|place| place.department.name.clone())}</td>
                <td data-label=t(columns[2])>{place.map(roles)}</td>
                <td data-label=t(columns[3])>{word}</td>
                <td data-label=t(columns[4])>{moment_or(one.signed_in, NEVER)}</td>
            </tr>
        }
    });
    parts::table(t(PLACED_CAPTION), &columns, rows.collect_view().into_any())
}
