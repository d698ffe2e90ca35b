//! What a case waits for, and on whom.

use crate::texts::{Named, cases::*, day, listed, t, tf, when, work};
use leptos::prelude::*;
use plein_domain::case::{CaseView, OpenIntervention, Waiting};

/// The overview at the top of a case.
pub(super) fn overview(case: &CaseView, path: &str) -> AnyView {
    let items = case.waits.iter().map(|waiting| one(waiting, &case.head.coordinator.name, path));
    let body = if case.waits.is_empty() {
        view! { <p class="empty">{t(WAITS_NOTHING)}</p> }.into_any()
    } else {
        view! { <ul class="desk__list">{items.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="desk__section waits" aria-labelledby="wacht">
            <h2 class="utrecht-heading-2" id="wacht">{t(WAITS)}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn one(waiting: &Waiting, coordinator: &str, path: &str) -> AnyView {
    let plan = format!("{path}/plan");
    let version = |number: i64| format!("{plan}/versies/{number}");
    let (what, on, href, since) = match waiting {
        Waiting::Intervention(one) => return intervention(one, coordinator, &plan),
        Waiting::Answers { number, since, departments } => {
            let names: Vec<&str> = departments.iter().map(|department| department.name.as_str()).collect();
            (tf(WAITS_ANSWERS, &[&number.to_string()]), listed(&names), Some(version(*number)), Some(when(*since)))
        }
        Waiting::Adoption { number } => {
            (tf(WAITS_ADOPTION, &[&number.to_string()]), coordinator.to_owned(), Some(version(*number)), None)
        }
        Waiting::Signals => (t(WAITS_SIGNALS).to_owned(), coordinator.to_owned(), None, None),
        Waiting::Judgement(reference) => {
            (tf(WAITS_JUDGEMENT, &[&reference.to_string()]), coordinator.to_owned(), None, None)
        }
        Waiting::Plan => (t(WAITS_PLAN).to_owned(), coordinator.to_owned(), Some(plan), None),
        Waiting::Proposal => {
            (t(WAITS_PROPOSAL).to_owned(), coordinator.to_owned(), Some(format!("{plan}/versies")), None)
        }
    };
    item(what, href, on, since.map(|since| tf(SINCE, &[&since])), None)
}

fn intervention(one: &OpenIntervention, coordinator: &str, plan: &str) -> AnyView {
    let kind = t(one.kind.text());
    let (what, on) = match &one.person {
        Some(person) => (tf(WAITS_INTERVENTION, &[kind]), person.as_str()),
        None => (tf(WAITS_OWNER, &[kind]), coordinator),
    };
    let due = one.due.map_or_else(|| t(work::NO_DUE).to_owned(), |due| tf(work::DUE_ON, &[&day(due)]));
    let late = one.late.then(|| view! { <span class="badge badge--refused">{t(work::OVERDUE)}</span> }.into_any());
    item(what, Some(format!("{plan}#interventie-{}", one.id)), on.to_owned(), Some(due), late)
}

fn item(what: String, href: Option<String>, on: String, more: Option<String>, badge: Option<AnyView>) -> AnyView {
    let what = match href {
        Some(href) => view! { <a class="utrecht-link utrecht-link--html-a" href=href>{what}</a> }.into_any(),
        None => view! { <span>{what}</span> }.into_any(),
    };
    let more = more.map(|more| format!(", {more}")).unwrap_or_default();
    view! {
        <li class="desk__item">
            <span class="desk__what">
                {what}
                <span class="quiet">{format!("{}{more}", tf(WAITS_ON, &[&on]))}</span>
            </span>
            {badge}
        </li>
    }
    .into_any()
}
