//! Who may do what: the policies in force in words, and what comes of them. For everybody; nothing in it is about anybody.

use crate::{
    http::{Page, Scene},
    parts,
    texts::{Named, permissions::*, t, tf},
};
use axum::{extract::State, response::Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    permission::{Circumstance, Row, Table, Under},
    ports::Ports,
};

/// `GET /regels`.
pub(crate) async fn view(scene: Scene, State(ports): State<Ports>) -> Response {
    scene.page(StatusCode::OK, || {
        let policies = ports.rules.policies.iter().map(|policy| {
            view! { <li>{t(policy.text())}" "<code class="rule-name" lang="en">{policy.code()}</code></li> }
        });
        let body = view! {
            {parts::heading(t(TITLE))}
            {parts::lead(tf(LEAD, &[&scene.installation.plein_name]))}
            {parts::paragraph(t(LOGGED))}
            <section>
                <h2 class="utrecht-heading-2">{t(RULES)}</h2>
                <ul class="said-list">{policies.collect_view()}</ul>
            </section>
            <section>
                <h2 class="utrecht-heading-2">{t(RESULT)}</h2>
                {parts::paragraph(t(RESULT_LEAD))}
                {ports.rules.tables.iter().map(table).collect_view()}
            </section>
        };
        Page::new(t(TITLE), body)
    })
}

fn table(table: &Table) -> AnyView {
    let rows = table.rows.iter().map(|row| {
        view! {
            <tr>
                <th scope="row" data-label=t(WHAT)>{t(row.action.text())}</th>
                <td data-label=t(WHEN)>{when(row)}</td>
                <td data-label=t(BY_WHOM)>{by_whom(table, row)}</td>
            </tr>
        }
    });
    let name = t(table.thing.text());
    view! {
        <h3 class="utrecht-heading-3">{name}</h3>
        {parts::table(tf(CAPTION, &[name]), &[WHAT, WHEN, BY_WHOM], rows.collect_view().into_any())}
    }
    .into_any()
}

fn when(row: &Row) -> AnyView {
    if row.always {
        return t(ALWAYS).into_any();
    }
    let one = |when: &Circumstance| match when {
        Circumstance::Always => t(ALWAYS).to_owned(),
        Circumstance::Signal(state, offers) => tf(if *offers { OFFERS } else { OFFERS_NOTHING }, &[t(state.text())]),
        Circumstance::Case(state) => t(state.text()).to_owned(),
        Circumstance::Own => t(OWN).to_owned(),
        Circumstance::Others => t(OTHERS).to_owned(),
        Circumstance::AboutOneself => t(ABOUT_ONESELF).to_owned(),
        Circumstance::Glass(is) => t(is.text()).to_owned(),
    };
    lines(row.when.iter().map(one).collect())
}

/// Who, with the purposes; those for whom the same holds are not gathered, so that each can be found.
fn by_whom(table: &Table, row: &Row) -> AnyView {
    if row.cells.iter().all(|under| *under == [Under::Any]) {
        return t(EVERYBODY).into_any();
    }
    let may = table.who.iter().zip(&row.cells).filter(|(_, under)| !under.is_empty());
    let told = may.map(|(who, under)| {
        let under = under.iter().map(|one| t(one.text())).collect::<Vec<_>>().join(", ");
        tf(EACH, &[t(who.text()), &under])
    });
    lines(told.collect())
}

fn lines(told: Vec<String>) -> AnyView {
    match told.as_slice() {
        [one] => one.clone().into_any(),
        _ => {
            let items = told.into_iter().map(|one| view! { <li>{one}</li> });
            view! { <ul class="plain-list">{items.collect_view()}</ul> }.into_any()
        }
    }
}
