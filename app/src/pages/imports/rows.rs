//! The rows: as they are judged, while they are taken in, and what became of them.

use super::{columns, path, words};
use crate::{
    http::{Id, Page, Typed, Visit, query, see_other},
    pages::problems,
    parts::{self, Weight},
    texts::{Named, codes, common, counts, day, imports::*, number_of, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use http::{HeaderValue, StatusCode};
use leptos::prelude::*;
use plein_domain::{
    form::FormValues, ids::ImportId, import::*, people::Department, ports::Lists, problem::Answer, signal::SUBJECTS_MAX,
};

/// `GET /signalen/inlezen/:id?pagina=&oordeel=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<ImportId>, RawQuery(asked): RawQuery) -> Response {
    let asked = query(asked.as_deref());
    let wanted = wanted(&asked);
    let rows = match visit.ports.imports.view(&visit.asker, id, wanted).await {
        Ok(ImportView::SetUp(set_up)) => return columns::show(&visit, &set_up).await,
        Ok(ImportView::Rows(rows)) => rows,
        Err(problem) => return problems::problem(&visit, problem),
    };
    let lists = match visit.lists().await {
        Ok(lists) => lists,
        Err(problem) => return problems::problem(&visit, problem),
    };
    let running = rows.head.state == ImportState::Running;
    let mut response =
        visit.page(StatusCode::OK, || page(&rows, wanted.verdict, &lists, !asked.text("niets").is_empty()));
    if running {
        response.headers_mut().insert("refresh", HeaderValue::from_static("5"));
    }
    response
}

fn wanted(asked: &FormValues) -> RowsWanted {
    RowsWanted {
        verdict: Verdict::from_code(asked.text("oordeel")),
        page: asked.text("pagina").parse().ok(),
        columns: false,
    }
}

/// `POST /signalen/inlezen/:id`: chooses rows, or begins to take them in.
pub(crate) async fn post(visit: Visit, Id(id): Id<ImportId>, Typed(sent): Typed) -> Response {
    let (ports, asker) = (&visit.ports, &visit.asker);
    let numbers = |name: &str| sent.all(name).iter().filter_map(|number| number.parse().ok());
    let shown = || RowChange::Shown { shown: numbers("shown").collect(), ticked: numbers("row").collect() };
    let start = async || {
        // What is ticked on the page counts, saved or not.
        ports.imports.choose(asker, id, shown()).await?;
        ports.imports.start(asker, id).await
    };
    let answer: Answer<()> = match sent.text("do") {
        "fine" => ports.imports.choose(asker, id, RowChange::Fine).await,
        "possible" => ports.imports.choose(asker, id, RowChange::Possible).await,
        "nothing" => ports.imports.choose(asker, id, RowChange::Nothing).await,
        "start" => match start().await {
            Ok(true) => return see_other(&path(id)),
            Ok(false) => return see_other(&format!("{}?niets=1", path(id))),
            Err(problem) => Err(problem),
        },
        _ => ports.imports.choose(asker, id, shown()).await,
    };
    match answer {
        Ok(()) => see_other(&format!("{}{}", path(id), place(&wanted(&sent)))),
        Err(problem) => problems::problem_in_post(&visit, problem, &sent),
    }
}

/// Where in the list somebody is, for an address.
pub(super) fn place(wanted: &RowsWanted) -> String {
    let page = wanted.page.filter(|page| *page > 1).map(|page| format!("pagina={page}"));
    let verdict = wanted.verdict.map(|verdict| format!("oordeel={}", verdict.code()));
    let parts: Vec<String> = page.into_iter().chain(verdict).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

fn page(rows: &RowsView, verdict: Option<Verdict>, lists: &Lists, nothing: bool) -> Page {
    match rows.head.state {
        ImportState::Read | ImportState::Judged => judged(rows, verdict, lists, nothing),
        ImportState::Running => running(rows),
        ImportState::Done => report(rows, verdict, lists),
    }
}

fn lead(rows: &RowsView) -> AnyView {
    let sheet = if rows.sheet.is_empty() { t(ROWS_WHOLE).to_owned() } else { tf(ROWS_SHEET, &[&rows.sheet]) };
    parts::lead(tf(ROWS_LEAD, &[&rows.file, &sheet]))
}

fn departments<'a>(rows: &RowsView, lists: &'a Lists) -> &'a [Department] {
    if rows.scope == Scope::Named { &lists.departments } else { &[] }
}

fn judged(rows: &RowsView, verdict: Option<Verdict>, lists: &Lists, nothing: bool) -> Page {
    let tally = rows.tally;
    let say = |number: u32| number.to_string();
    let told = tf(TALLY, &[&counts::rows(tally.rows), &say(tally.fine), &say(tally.look), &say(tally.cannot)]);
    let button = |action: &'static str, text| {
        view! { <button type="submit" name="do" value=action class=Weight::Secondary.class()>{t(text)}</button> }
    };
    let body = view! {
        {parts::link("/signalen/inlezen", t(BACK_TO_LISTS))}
        {nothing.then(|| parts::warning(t(CHOOSE_FIRST)))}
        {parts::heading(t(ROWS_TITLE))}
        {lead(rows)}
        <p class="utrecht-paragraph" role="status">{told}" "{number_of(tally.chosen.into(), CHOSEN_ONE, CHOSEN_MANY)}</p>
        {around(&rows.around)}
        {filters(rows, verdict)}
        <form method="post" action=path(rows.head.id) class="rows-form">
            <button type="submit" name="do" value="choose" class="visually-hidden" tabindex="-1" aria-hidden="true">
                {t(SAVE_CHOICE)}
            </button>
            <input type="hidden" name="pagina" value=rows.page.to_string() />
            <input type="hidden" name="oordeel" value=verdict.map_or("", Verdict::code) />
            {table(rows, verdict, lists)}
            <div class="actions">
                {button("choose", SAVE_CHOICE)}
                {button("fine", CHOOSE_FINE)}
                {button("possible", CHOOSE_POSSIBLE)}
                {button("nothing", CHOOSE_NOTHING)}
            </div>
            {pages(rows, verdict)}
            {parts::paragraph(t(TAKE_IN_NOTE))}
            <div class="actions actions--form">
                <button type="submit" name="do" value="start" class=Weight::Primary.class()>
                    {tf(TAKE_IN, &[&say(tally.chosen)])}
                </button>
                {parts::link_button(format!("{}/kolommen", path(rows.head.id)), t(CHANGE_COLUMNS))}
                <a class="utrecht-link utrecht-link--html-a" href=format!("{}/weg", path(rows.head.id))>{t(DISCARD)}</a>
            </div>
        </form>
    };
    Page::new(t(ROWS_TITLE), body)
}

fn running(rows: &RowsView) -> Page {
    let tally = rows.tally;
    let (done, all) = (tally.done().to_string(), tally.to_do().to_string());
    let told = counts::rows(tally.to_do());
    let body = view! {
        {parts::heading(t(RUNNING_TITLE))}
        {lead(rows)}
        <p class="utrecht-paragraph" role="status">
            <label for="voortgang">{tf(RUNNING, &[&done, &told])}</label>
        </p>
        <progress id="voortgang" class="progress" max=all.clone() value=done.clone()></progress>
        {parts::paragraph(t(RUNNING_TEXT))}
        {parts::link(path(rows.head.id), t(REFRESH))}
    };
    Page::new(t(RUNNING_TITLE), body)
}

fn report(rows: &RowsView, verdict: Option<Verdict>, lists: &Lists) -> Page {
    let tally = rows.tally;
    let left = tally.rows - tally.done();
    let numbers = [tally.taken_in, tally.double, tally.refused, left].map(|number| number.to_string());
    let all = counts::rows(tally.rows);
    let numbers: Vec<&str> = std::iter::once(&all).chain(&numbers).map(String::as_str).collect();
    let body = view! {
        {parts::link("/signalen/inlezen", t(BACK_TO_LISTS))}
        {parts::heading(t(REPORT_TITLE))}
        {lead(rows)}
        <p class="utrecht-paragraph" role="status">{tf(REPORT, &numbers)}</p>
        {around(&rows.around)}
        <form method="post" action=format!("{}/bestand", path(rows.head.id)) class="no-print">
            <div class="actions">
                <button type="submit" class=Weight::Secondary.class()>{t(AS_FILE)}</button>
            </div>
        </form>
        {parts::paragraph(t(PRINT_HINT))}
        {filters(rows, verdict)}
        {table(rows, verdict, lists)}
        {pages(rows, verdict)}
        <p class="quiet">{tf(REMOVED_AT, &[&crate::texts::when(rows.head.removed_at)])}</p>
    };
    Page::new(t(REPORT_TITLE), body)
}

/// What stood in the sheet and is not among the rows: nothing is left out without a word.
pub(crate) fn around(around: &Around) -> AnyView {
    let columns =
        around.columns.iter().map(|(name, hidden)| if *hidden { tf(AROUND_HIDDEN, &[name]) } else { name.clone() });
    let columns = columns.collect::<Vec<_>>().join(", ");
    let headings = around.headings.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let nothing = columns.is_empty() && headings.is_empty();
    view! {
        <details class="around">
            <summary>{t(AROUND)}</summary>
            {(!columns.is_empty()).then(|| parts::paragraph(tf(AROUND_COLUMNS, &[&columns])))}
            {(!headings.is_empty()).then(|| parts::paragraph(tf(AROUND_HEADINGS, &[&headings])))}
            {nothing.then(|| parts::paragraph(t(AROUND_NOTHING)))}
        </details>
    }
    .into_any()
}

fn filters(rows: &RowsView, verdict: Option<Verdict>) -> AnyView {
    let tally = rows.tally;
    let counted = [
        (None, t(SHOW_ALL), tally.rows),
        (Some(Verdict::Fine), t(Verdict::Fine.text()), tally.fine),
        (Some(Verdict::Look), t(Verdict::Look.text()), tally.look),
        (Some(Verdict::Cannot), t(Verdict::Cannot.text()), tally.cannot),
    ];
    let items = counted.into_iter().map(|(one, text, count)| {
        let wanted = RowsWanted { verdict: one, ..RowsWanted::default() };
        let current = (one == verdict).then_some("page");
        view! {
            <li>
                <a class="chip" href=format!("{}{}", path(rows.head.id), place(&wanted)) aria-current=current>
                    {format!("{text} ({count})")}
                </a>
            </li>
        }
    });
    view! { <nav aria-label=t(SHOW_WHICH)><ul class="chips">{items.collect_view()}</ul></nav> }.into_any()
}

fn pages(rows: &RowsView, verdict: Option<Verdict>) -> Option<AnyView> {
    let step = |page, rel, text| {
        let wanted = RowsWanted { verdict, page: Some(page), columns: false };
        view! { <li>{parts::paging::step(format!("{}{}", path(rows.head.id), place(&wanted)), rel, t(text))}</li> }
    };
    (rows.page > 1 || rows.more).then(|| {
        view! {
            <nav class="paging" aria-label=t(common::PAGES)>
                <ul>
                    {(rows.page > 1).then(|| step(rows.page - 1, "prev", common::PREVIOUS))}
                    <li><span aria-current="page">{tf(common::PAGE, &[&rows.page.to_string()])}</span></li>
                    {rows.more.then(|| step(rows.page + 1, "next", common::NEXT))}
                </ul>
            </nav>
        }
        .into_any()
    })
}

fn table(rows: &RowsView, verdict: Option<Verdict>, lists: &Lists) -> AnyView {
    if rows.rows.is_empty() {
        return view! { <p class="empty">{t(EMPTY_ROWS)}</p> }.into_any();
    }
    let done = rows.head.state == ImportState::Done;
    let columns = if done { [ROW, BECAME, BECOMES, WHY] } else { [ROW, JUDGED, BECOMES, WHY] };
    let wanted = RowsWanted { verdict, page: Some(rows.page), columns: false };
    let shown = rows.rows.iter().map(|row| {
        let reasons = words::reasons(&row.made, lists, departments(rows, lists));
        let first = if done { became(row).into_any() } else { choose(row).into_any() };
        let link = format!("{}/regels/{}{}", path(rows.head.id), row.number, place(&wanted));
        let correct = (!done).then(|| {
            view! {
                <a class="utrecht-link utrecht-link--html-a" href=link
                    aria-label=tf(CORRECT_LONG, &[&row.number.to_string()])>{t(CORRECT)}</a>
            }
        });
        let why = if reasons.is_empty() {
            view! { <span class="quiet">{t(NOTHING_TO_SAY)}</span> }.into_any()
        } else {
            let reasons = reasons.into_iter().map(|reason| view! { <li>{reason}</li> });
            view! { <ul class="plain-list">{reasons.collect_view()}</ul> }.into_any()
        };
        view! {
            <tr id=format!("regel-{}", row.number)>
                <th scope="row" data-label=t(columns[0])><div>{row.number.to_string()}" "{correct}</div></th>
                <td data-label=t(columns[1])>{first}</td>
                <td data-label=t(columns[2])>{becomes(row, rows, lists)}</td>
                <td data-label=t(columns[3])>{why}</td>
            </tr>
        }
    });
    let caption = if done { REPORT_CAPTION } else { ROWS_TITLE };
    parts::table(t(caption), &columns, shown.collect_view().into_any())
}

/// The judgement, with whether the row is to be taken in.
fn choose(row: &JudgedRow) -> AnyView {
    let number = row.number.to_string();
    let id = format!("kies-{number}");
    let open = row.verdict != Verdict::Cannot && row.state == RowState::Waiting;
    let class = if row.verdict == Verdict::Cannot { "badge badge--refused" } else { "badge" };
    let tick = open.then(|| {
        view! {
            <input type="hidden" name="shown" value=number.clone() />
            <span class="choice">
                <input type="checkbox" class="utrecht-checkbox utrecht-checkbox--html-input" id=id.clone() name="row"
                    value=number.clone() checked=row.chosen />
                <label class="utrecht-form-label utrecht-form-label--checkbox" for=id>
                    {t(CHOOSE)}<span class="visually-hidden">": "{tf(CHOOSE_ROW, &[&number])}</span>
                </label>
            </span>
        }
    });
    view! { <div><span class=class>{t(row.verdict.text())}</span>{tick}</div> }.into_any()
}

fn became(row: &JudgedRow) -> AnyView {
    let signal = row.signal.as_ref().map(|head| view! { " "{crate::pages::signals::list::reference(head)} });
    view! { <div>{words::became(row)}{signal}</div> }.into_any()
}

/// The signal in a few words: what, when, of whom, where, about whom.
fn becomes(row: &JudgedRow, rows: &RowsView, lists: &Lists) -> AnyView {
    let values = &row.made.values;
    let phenomenon = Some(values.text("phenomenon")).filter(|code| !code.is_empty());
    let department = row.made.department().filter(|_| rows.scope == Scope::Named);
    let department = department.and_then(|id| lists.departments.iter().find(|one| one.id == id));
    let received = values.text("received-on").parse().ok().map(day);
    let names = (0..SUBJECTS_MAX).map(|index| values.text(&format!("subject.{index}.name")));
    let names = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join("; ");
    let facts = [
        phenomenon.map(|code| codes::phenomenon(&lists.phenomena, code)),
        department.map(|one| one.name.clone()),
        received,
        Some(values.text("place").to_owned()).filter(|place| !place.is_empty()),
        Some(names).filter(|names| !names.is_empty()),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    // One thing in a cell: on a telephone its label stands beside it.
    view! {
        <div>
            <span class="answer">{values.text("summary").to_owned()}</span>
            <span class="quiet">{facts}</span>
        </div>
    }
    .into_any()
}
