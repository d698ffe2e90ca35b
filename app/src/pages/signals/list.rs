//! The signals one may see.

use crate::{
    http::{Page, Visit},
    parts::{
        self, Weight,
        chips::Chip,
        lists::{self, Filter, Sheet, Words, asked},
        views,
    },
    texts::{Named, codes, common, day, imports, lists as words, signals::*, t},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    form::FormKind,
    list::{Ignored, ListKind, Listed, SignalList, SignalOrder, YES, name},
    people::{Person, Role},
    ports::Lists,
    signal::{SignalHead, SignalRow, SignalState},
};

/// `GET /signalen?status=&afdeling=&fenomeen=&van=&tot=&eigen=&volgorde=&na=&voor=`.
pub(crate) async fn view(visit: Visit, RawQuery(query): RawQuery) -> Response {
    let asked = asked(query.as_deref());
    let answer = async {
        let lists = visit.lists().await?;
        let (list, ignored) = SignalList::read(&asked.clone().unwrap_or_default(), &lists);
        Ok((visit.ports.signals.list(&visit.asker, list.clone()).await?, list, ignored, lists))
    };
    let answer = answer.await;
    visit.show(answer, |(listed, list, ignored, lists)| {
        let sheet = sheet(asked.as_ref(), &ignored, &list, &lists);
        Page::new(t(TITLE), listing(&visit.asker.person, &sheet, &listed, &list, &lists))
    })
}

fn sheet<'a>(
    asked: Option<&'a plein_domain::form::FormValues>,
    ignored: &'a [Ignored],
    list: &SignalList,
    lists: &Lists,
) -> Sheet<'a> {
    let set = list.filters();
    let department = |id| lists.departments.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let mut chips = Vec::new();
    chips.extend(list.state.map(|one| Chip::new(name::STATE, one.code(), common::STATE, t(one.text()))));
    chips.extend(list.department.map(|id| {
        Chip::new(name::DEPARTMENT, id.to_string(), common::DEPARTMENT, &department(id).unwrap_or_default())
    }));
    chips.extend(
        list.phenomenon.as_ref().map(|code| {
            Chip::new(name::PHENOMENON, code.clone(), PHENOMENON, &codes::phenomenon(&lists.phenomena, code))
        }),
    );
    chips.extend(lists::period_chips(&set));
    chips.extend(list.mine.then(|| Chip::plain(name::MINE, YES, words::MINE_SIGNALS)));
    let order = (list.order != SignalOrder::Newest).then(|| list.order.code());
    Sheet { path: views::path(ListKind::Signals), asked, ignored, set: chips, order, today: lists.today }
}

fn filters(lists: &Lists) -> Vec<Filter> {
    let states = SignalState::ALL.iter().map(|one| (one.code().into(), t(one.text()).into())).collect();
    let departments = lists.departments.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    let phenomena =
        lists.phenomena.iter().map(|one| (one.code.clone(), codes::phenomenon(&lists.phenomena, &one.code)));
    vec![
        Filter::Choice(name::STATE, common::STATE, states),
        Filter::Choice(name::DEPARTMENT, common::DEPARTMENT, departments),
        Filter::Choice(name::PHENOMENON, PHENOMENON, phenomena.collect()),
        Filter::Day(name::FROM, words::FROM),
        Filter::Day(name::UNTIL, words::UNTIL),
        Filter::Tick(name::MINE, words::MINE_SIGNALS),
    ]
}

fn listing(
    person: &Person,
    sheet: &Sheet<'_>,
    listed: &Listed<SignalRow>,
    list: &SignalList,
    lists: &Lists,
) -> AnyView {
    let logs = person.is(Role::Member);
    let takes_in = logs || person.is(Role::Coordinator);
    let words = Words {
        list: ListKind::Signals,
        one: COUNT_ONE,
        many: COUNT_MANY,
        empty: if logs { EMPTY } else { EMPTY_COORDINATOR },
        none_fits: NONE_FITS,
        period: words::PERIOD_SIGNALS,
    };
    let orders = SignalOrder::ALL.iter().map(|one| (one.code().into(), t(one.text()).into())).collect();
    view! {
        {parts::heading(t(TITLE))}
        {parts::lead(t(LIST_INTRO))}
        {takes_in.then(|| view! {
            <div class="actions">
                {logs.then(|| parts::begin(FormKind::NewSignal, None, None, Weight::Primary, t(NEW)))}
                {parts::link_button("/signalen/inlezen", t(imports::TITLE))}
            </div>
        })}
        {sheet.around(listed, &words, &filters(lists), orders, |rows| table(rows, list, lists))}
    }
    .into_any()
}

fn table(rows: &[SignalRow], list: &SignalList, lists: &Lists) -> AnyView {
    let by_change = list.order == SignalOrder::Changed;
    let moment = if by_change { words::CHANGED } else { LOGGED };
    let columns = [common::REFERENCE, SUMMARY_COLUMN, PHENOMENON, common::DEPARTMENT, RECEIVED, moment, common::STATE];
    let rows = rows.iter().map(|row| {
        let head = &row.head;
        let summary = match &row.summary {
            Some(summary) => summary.clone().into_any(),
            None => view! { <span class="quiet">{t(NOT_OFFERED)}</span> }.into_any(),
        };
        let at = if by_change { head.changed_at } else { head.logged_at };
        view! {
            <tr>
                <th scope="row" data-label=t(columns[0])>{reference(head)}</th>
                <td data-label=t(columns[1])>{summary}</td>
                <td data-label=t(columns[2])>{codes::phenomenon(&lists.phenomena, &head.phenomenon)}</td>
                <td data-label=t(columns[3])>{head.department.name.clone()}</td>
                <td data-label=t(columns[4])>{day(head.received_on)}</td>
                <td data-label=t(columns[5])>{day(at.day())}</td>
                <td data-label=t(columns[6])>{parts::badge(t(head.state.text()))}</td>
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
