//! The access log: one's own viewings, and all of it for the data protection officer.

use crate::{
    http::{Page, Visit, query},
    parts::{
        self,
        chips::Chip,
        lists::{self, Filter, Sheet, asked},
        log as lines,
    },
    texts::{Named, common, lists as words, log::*, t},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    access_log::{LogFilter, PurposeKind, log_name},
    ledger::LineKind,
    list::name,
    ports::Lists,
};

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

/// The path of the whole log.
pub(crate) const PATH: &str = "/toezicht/inzagelog";

/// `GET /toezicht/inzagelog?persoon=&afdeling=&doel=&kenmerk=&van=&tot=&soort=&voor=`.
pub(crate) async fn whole(visit: Visit, RawQuery(query): RawQuery) -> Response {
    let asked = asked(query.as_deref());
    let answer = async {
        let lists = visit.lists().await?;
        let (filter, ignored) = LogFilter::read(&asked.clone().unwrap_or_default(), &lists);
        Ok((visit.ports.access_log.search(&visit.asker, filter.clone()).await?, filter, ignored, lists))
    };
    let answer = answer.await;
    visit.show(answer, |(viewings, filter, ignored, lists)| {
        let set = chips(&filter, &lists);
        let open = set.is_empty() || viewings.lines.is_empty();
        let sheet =
            Sheet { path: PATH, asked: asked.as_ref(), ignored: &ignored, set, order: None, today: lists.today };
        let first = sheet.first().to_string();
        let path = format!("{first}{}", if first.contains('?') { '&' } else { '?' });
        let found = match (viewings.lines.is_empty(), filter.before) {
            (false, _) => lines::table(&viewings, lines::Columns::All),
            (true, None) => sheet.empty(EMPTY, NONE_FITS),
            (true, Some(_)) => sheet.beyond(),
        };
        let body = view! {
            {parts::heading(t(WHOLE))}
            {parts::lead(t(WHOLE_EXPLAIN))}
            {sheet.narrowing(FILTER_PERIOD, &filters(&lists), open)}
            {found}
            {lines::older(&path, &viewings, filter.before)}
        };
        Page::new(t(WHOLE), body)
    })
}

fn chips(filter: &LogFilter, lists: &Lists) -> Vec<Chip> {
    let set = filter.filters();
    let person = |id| lists.people.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    let department =
        |id| lists.departments.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    let chip = |(name, value): &(&'static str, String)| {
        let (label, said) = match *name {
            log_name::PERSON => (FILTER_PERSON, filter.person.map(person)),
            name::DEPARTMENT => (common::DEPARTMENT, filter.department.map(department)),
            name::PURPOSE => (PURPOSE, filter.purpose.map(|kind| t(kind.text()).to_owned())),
            log_name::RECORD => (FILTER_RECORD, filter.record.as_ref().map(ToString::to_string)),
            log_name::KIND => (FILTER_KIND, filter.kind.map(|kind| t(kind.text()).to_owned())),
            _ => return None,
        };
        Some(Chip::new(name, value.clone(), label, &said.unwrap_or_default()))
    };
    set.iter().filter_map(chip).chain(lists::period_chips(&set)).collect()
}

fn filters(lists: &Lists) -> Vec<Filter> {
    let people = lists.people.iter();
    let people = people.map(|one| (one.id.to_string(), format!("{} ({})", one.name, one.department.name)));
    let departments = lists.departments.iter().map(|one| (one.id.to_string(), one.name.clone()));
    vec![
        Filter::Choice(log_name::PERSON, FILTER_PERSON, people.collect()),
        Filter::Choice(name::DEPARTMENT, common::DEPARTMENT, departments.collect()),
        Filter::Choice(name::PURPOSE, PURPOSE, named(PurposeKind::ALL)),
        Filter::Choice(log_name::KIND, FILTER_KIND, named(LineKind::ALL)),
        Filter::Line(log_name::RECORD, FILTER_RECORD),
        Filter::Day(name::FROM, words::FROM),
        Filter::Day(name::UNTIL, words::UNTIL),
    ]
}

fn named<T: Named>(all: &[T]) -> Vec<(String, String)> {
    all.iter().map(|one| (one.code().to_owned(), t(one.text()).to_owned())).collect()
}
