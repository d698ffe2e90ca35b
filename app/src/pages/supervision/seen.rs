//! Who saw this person: each of them with what they did; the lines of one; and an overview for paper.

use super::look_up::{self, limits};
use crate::{
    http::{Id, Page, Visit, query},
    parts::{self, Weight, fact, facts, log as lines, paging},
    texts::{Named, day, number_of, supervision::*, t, tf, when},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    ids::{LookUpId, PersonId},
    list::YES,
    lookup::{LookUp, SeenBy, SeenByOne, SeenOnPaper, Viewer},
};

/// `GET /toezicht/betrokkene/:id?pagina=&wie=&voor=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<LookUpId>, RawQuery(asked): RawQuery) -> Response {
    let asked = query(asked.as_deref());
    let supervision = &visit.ports.supervision;
    if let Ok(person) = asked.text("wie").parse() {
        let before = asked.text("voor").parse().ok();
        let answer = supervision.seen_by_one(&visit.asker, id, person, before).await;
        return visit.show(answer, |seen| of_one(&seen, person, before));
    }
    let page = asked.text("pagina").parse().unwrap_or(1);
    let answer = supervision.seen_by(&visit.asker, id, page).await;
    visit.show(answer, |seen| of_all(&seen))
}

/// `GET /toezicht/betrokkene/:id/afdrukken?namen=ja&kenmerken=ja`.
pub(crate) async fn print(visit: Visit, Id(id): Id<LookUpId>, RawQuery(asked): RawQuery) -> Response {
    let asked = query(asked.as_deref());
    let (names, references) = (asked.text("namen") == YES, asked.text("kenmerken") == YES);
    let by = format!("{}, {}", visit.asker.person.name, visit.asker.person.department.name);
    let answer = visit.ports.supervision.seen_on_paper(&visit.asker, id).await;
    visit.show(answer, |seen| on_paper(&seen, by, names, references))
}

fn path(id: LookUpId) -> String {
    format!("{}/{id}", look_up::PATH)
}

/// What was asked, and which records were found, by their references.
fn asked(look_up: &LookUp) -> AnyView {
    let references: Vec<String> = look_up.records.iter().map(ToString::to_string).collect();
    let references = match references.as_slice() {
        [] => t(RECORDS_NONE).to_owned(),
        some if look_up.left_out > 0 => tf(RECORDS_MORE, &[&some.join(", "), &look_up.left_out.to_string()]),
        some => some.join(", "),
    };
    facts(view! {
        {fact(t(BY), t(look_up.kind.text()))}
        {fact(t(Q_REASON), view! { <span class="multiline">{look_up.reason.clone()}</span> })}
        {fact(t(ASKED_AT), when(look_up.at))}
        {fact(t(UNTIL), when(look_up.until))}
        {fact(t(RECORDS), references)}
    })
}

fn of_all(seen: &SeenBy) -> Page {
    let here = path(seen.look_up.id);
    let people = seen.viewers.rows.iter().map(|viewer| one(viewer, &here)).collect_view();
    let nobody = seen.viewers.rows.is_empty().then(|| {
        view! { <div class="empty"><p>{t(NOBODY)}</p><p>{t(NOBODY_DO)}</p></div> }
    });
    let body = view! {
        {parts::link(look_up::PATH, t(AGAIN))}
        {parts::heading(t(ANSWER))}
        {asked(&seen.look_up)}
        {nobody}
        {people}
        {paging::numbered(&here, seen.viewers.page, seen.viewers.more)}
        <div class="actions">{parts::link_button(format!("{here}/afdrukken"), t(PRINT))}</div>
        {limits()}
    };
    Page::new(t(ANSWER), body)
}

/// How often, and between when.
fn how_often(viewer: &Viewer) -> String {
    let lines = number_of(i64::try_from(viewer.lines).unwrap_or(i64::MAX), TIMES_ONE, TIMES);
    let (first, last) = (day(viewer.first.day()), day(viewer.last.day()));
    if first == last { tf(ON, &[&lines, &last]) } else { tf(BETWEEN, &[&lines, &first, &last]) }
}

fn one(viewer: &Viewer, here: &str) -> AnyView {
    let id = format!("wie-{}", viewer.person);
    let heading = id.clone();
    let all = viewer.viewings.older.map(|_| {
        parts::link(format!("{here}?wie={}", viewer.person), tf(ALL_OF, &[&viewer.lines.to_string(), &viewer.name]))
    });
    view! {
        <section class="seen" aria-labelledby=id.clone()>
            <h2 class="utrecht-heading-2" id=heading>{viewer.name.clone()}</h2>
            <p class="utrecht-paragraph quiet">{how_often(viewer)}</p>
            {lines::captioned(tf(LINES_OF, &[&viewer.name]), &viewer.viewings.lines, lines::Columns::OfPerson)}
            {all}
        </section>
    }
    .into_any()
}

fn of_one(seen: &SeenByOne, person: PersonId, before: Option<u64>) -> Page {
    let here = path(seen.look_up.id);
    let name = seen.viewer.as_ref().map_or("", |viewer| viewer.name.as_str());
    let title = if name.is_empty() { t(ANSWER).to_owned() } else { tf(OF_ONE, &[name]) };
    let found = match &seen.viewer {
        Some(viewer) => view! {
            <p class="utrecht-paragraph quiet">{how_often(viewer)}</p>
            {lines::captioned(tf(LINES_OF, &[name]), &viewer.viewings.lines, lines::Columns::OfPerson)}
            {lines::older(&format!("{here}?wie={person}&"), &viewer.viewings, before)}
        }
        .into_any(),
        None => view! { <p class="empty">{t(ONE_NONE)}</p> }.into_any(),
    };
    let body = view! {
        {parts::link(here, t(TO_ALL))}
        {parts::heading(title.clone())}
        {asked(&seen.look_up)}
        {found}
    };
    Page::new(title, body)
}

fn on_paper(seen: &SeenOnPaper, by: String, names: bool, references: bool) -> Page {
    let here = path(seen.look_up.id);
    let tick = |name: &'static str, text, on: bool| {
        view! {
            <div class="choice">
                <input class="utrecht-checkbox utrecht-checkbox--html-input" type="checkbox" id=name name=name value=YES checked=on />
                <label class="utrecht-form-label utrecht-form-label--checkbox" for=name>{t(text)}</label>
            </div>
        }
    };
    let found = if seen.lines.is_empty() {
        view! { <p class="empty">{t(NOBODY)}</p> }.into_any()
    } else {
        lines::captioned(t(PAPER).to_owned(), &seen.lines, lines::Columns::OnPaper { names, references })
    };
    let body = view! {
        {parts::link(here.clone(), t(BACK))}
        {parts::heading(t(PAPER))}
        {parts::lead(t(PAPER_LEAD))}
        <form method="get" action=format!("{here}/afdrukken") class="filters" aria-label=t(PAPER_CHOICE)>
            <p class="filters__hint utrecht-form-field-description">{t(PAPER_DECIDE)}</p>
            {tick("namen", WITH_NAMES, names)}
            {tick("kenmerken", WITH_REFERENCES, references)}
            <button type="submit" class=Weight::Secondary.class()>{t(PAPER_SHOW)}</button>
        </form>
        {facts(view! {
            {fact(t(BY), t(seen.look_up.kind.text()))}
            {fact(t(MADE_BY), by)}
            {fact(t(MADE_AT), when(seen.at))}
        })}
        {seen.more.then(|| parts::paragraph(tf(PAPER_MORE, &[&seen.lines.len().to_string()])))}
        {found}
    };
    Page::new(t(PAPER), body)
}
