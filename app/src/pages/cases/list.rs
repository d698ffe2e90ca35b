//! The cases one may know of.

use crate::{
    http::{Page, Visit},
    parts::{
        self, Weight,
        chips::Chip,
        lists::{self, Filter, Sheet, Words, asked},
        views,
    },
    texts::{Named, cases::*, codes, common, day, lists as words, t},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    case::{CaseRow, CaseState},
    form::{FormKind, FormValues},
    list::{CaseList, CaseOrder, Ignored, ListKind, Listed, YES, name},
    people::Role,
    ports::Lists,
};

/// `GET /casussen?status=&doel=&afdeling=&fenomeen=&van=&tot=&eigen=&volgorde=&na=&voor=`.
pub(crate) async fn view(visit: Visit, RawQuery(query): RawQuery) -> Response {
    let asked = asked(query.as_deref());
    let answer = async {
        let lists = visit.lists().await?;
        let (list, ignored) = CaseList::read(&asked.clone().unwrap_or_default(), &lists);
        Ok((visit.ports.cases.list(&visit.asker, list.clone()).await?, list, ignored, lists))
    };
    let answer = answer.await;
    let coordinates = visit.asker.person.is(Role::Coordinator);
    visit.show(answer, |(listed, list, ignored, lists)| {
        let sheet = sheet(asked.as_ref(), &ignored, &list, &lists);
        Page::new(t(TITLE), listing(coordinates, &sheet, &listed, &lists))
    })
}

fn sheet<'a>(asked: Option<&'a FormValues>, ignored: &'a [Ignored], list: &CaseList, lists: &Lists) -> Sheet<'a> {
    let purpose = |id| lists.purposes.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    let mut chips = Vec::new();
    chips.extend(list.state.map(|one| Chip::new(name::STATE, one.code(), common::STATE, t(one.text()))));
    chips.extend(list.purpose.map(|id| Chip::new(name::PURPOSE, id.to_string(), PURPOSE, &purpose(id))));
    chips.extend(list.department.map(|id| {
        let name = lists.departments.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
        Chip::new(name::DEPARTMENT, id.to_string(), words::CASE_DEPARTMENT, &name)
    }));
    chips.extend(list.phenomenon.as_ref().map(|code| {
        let phenomenon = codes::phenomenon(&lists.phenomena, code);
        Chip::new(name::PHENOMENON, code.clone(), words::CASE_PHENOMENON, &phenomenon)
    }));
    chips.extend(lists::period_chips(&list.filters()));
    chips.extend(list.mine.then(|| Chip::plain(name::MINE, YES, words::MINE_CASES)));
    let order = (list.order != CaseOrder::Newest).then(|| list.order.code());
    Sheet { path: views::path(ListKind::Cases), asked, ignored, set: chips, order, today: lists.today }
}

fn filters(coordinates: bool, lists: &Lists) -> Vec<Filter> {
    let states = CaseState::ALL.iter().map(|one| (one.code().into(), t(one.text()).into())).collect();
    let purposes = lists.purposes.iter().filter(|one| one.for_cases);
    let purposes = purposes.map(|one| (one.id.to_string(), one.name.clone())).collect();
    let departments = lists.departments.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    let phenomena =
        lists.phenomena.iter().map(|one| (one.code.clone(), codes::phenomenon(&lists.phenomena, &one.code))).collect();
    let mut filters = vec![
        Filter::Choice(name::STATE, common::STATE, states),
        Filter::Choice(name::PURPOSE, PURPOSE, purposes),
        Filter::Choice(name::DEPARTMENT, words::CASE_DEPARTMENT, departments),
        Filter::Choice(name::PHENOMENON, words::CASE_PHENOMENON, phenomena),
        Filter::Day(name::FROM, words::FROM),
        Filter::Day(name::UNTIL, words::UNTIL),
    ];
    filters.extend(coordinates.then_some(Filter::Tick(name::MINE, words::MINE_CASES)));
    filters
}

fn listing(coordinates: bool, sheet: &Sheet<'_>, listed: &Listed<CaseRow>, lists: &Lists) -> AnyView {
    let words = Words {
        list: ListKind::Cases,
        one: COUNT_ONE,
        many: COUNT_MANY,
        empty: if coordinates { crate::texts::work::CASES_EMPTY_COORDINATOR } else { EMPTY },
        none_fits: NONE_FITS,
        period: words::PERIOD_CASES,
    };
    let orders = CaseOrder::ALL.iter().map(|one| (one.code().into(), t(one.text()).into())).collect();
    view! {
        {parts::heading(t(TITLE))}
        {parts::lead(t(LIST_INTRO))}
        {coordinates.then(|| view! {
            <div class="actions">
                {parts::begin(FormKind::OpenCase, None, None, Weight::Primary, t(OPEN_NEW))}
            </div>
        })}
        {sheet.around(listed, &words, &filters(coordinates, lists), orders, table)}
    }
    .into_any()
}

fn table(rows: &[CaseRow]) -> AnyView {
    let columns =
        [common::REFERENCE, CASE_TITLE, PURPOSE, COORDINATOR, OPENED, SIGNALS_COUNT, TEAM_COUNT, common::STATE];
    let rows = rows.iter().map(|row| {
        let head = &row.head;
        view! {
            <tr>
                <th scope="row" data-label=t(columns[0])>
                    <a class="utrecht-link utrecht-link--html-a reference" href=format!("/casussen/{}", head.id)>
                        {head.reference.to_string()}
                    </a>
                </th>
                <td data-label=t(columns[1])>{row.title.clone()}</td>
                <td data-label=t(columns[2])>{head.purpose.name.clone()}</td>
                <td data-label=t(columns[3])>{head.coordinator.name.clone()}</td>
                <td data-label=t(columns[4])>{day(head.opened_at.day())}</td>
                <td data-label=t(columns[5])>{row.links.to_string()}</td>
                <td data-label=t(columns[6])>{row.team.to_string()}</td>
                <td data-label=t(columns[7])>{parts::badge(t(head.state.text()))}</td>
            </tr>
        }
    });
    parts::table(t(CAPTION), &columns, rows.collect_view().into_any())
}
