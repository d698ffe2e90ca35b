//! The versions of the register, and what each of them changed.

use super::{PATH, fields};
use crate::{
    http::{Page, Visit},
    pages::problems,
    parts,
    texts::{Named, day, register::*, t, tf, when},
};
use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use plein_domain::{
    problem::Problem,
    register::{RegisterChange, RegisterCounts, RegisterVersion, RegisterVersionView},
};

/// `GET /verwerkingsregister/versies`.
pub(crate) async fn view(visit: Visit) -> Response {
    let answer = visit.ports.register.versions(&visit.asker).await;
    visit.show(answer, |versions| Page::new(t(VERSIONS_TITLE), list(&versions)))
}

/// `GET /verwerkingsregister/versies/:number`.
pub(crate) async fn one(visit: Visit, Path(number): Path<String>) -> Response {
    let Ok(number) = number.parse() else { return problems::problem(&visit, Problem::NotFound) };
    let answer = visit.ports.register.version(&visit.asker, number).await;
    visit
        .show(answer, |version| Page::new(tf(VERSION_TITLE, &[&version.version.number.to_string()]), changes(&version)))
}

fn counted(counts: &RegisterCounts) -> String {
    let RegisterCounts { added, changed, ended, unchanged, left_out } = *counts;
    let numbers = [added, changed, ended, unchanged, left_out].map(|number| number.to_string());
    tf(COUNTED, &numbers.each_ref().map(String::as_str))
}

fn list(versions: &[RegisterVersion]) -> AnyView {
    let rows = versions.iter().map(|version| {
        let name = tf(VERSION_NUMBER, &[&version.number.to_string()]);
        let path = format!("{PATH}/versies/{}", version.number);
        let link = view! { <a class="utrecht-link utrecht-link--html-a" href=path>{name}</a> }.into_any();
        let cell = |label, said: AnyView| view! { <td data-label=t(label)>{said}</td> };
        view! {
            <tr>
                {cell(VERSION, link)}
                {cell(SINCE, parts::moment(version.at))}
                {cell(BY, version.by.clone().into_any())}
                {cell(WHAT, counted(&version.counts).into_any())}
            </tr>
        }
    });
    let rows = rows.collect_view().into_any();
    view! {
        {parts::link(PATH, t(TO_REGISTER))}
        {parts::heading(t(VERSIONS_TITLE))}
        {parts::lead(t(VERSIONS_LEAD))}
        {if versions.is_empty() {
            view! { <p class="empty">{t(VERSIONS_EMPTY)}</p> }.into_any()
        } else {
            parts::table(t(VERSIONS_TITLE), &[VERSION, SINCE, BY, WHAT], rows)
        }}
    }
    .into_any()
}

fn changes(view: &RegisterVersionView) -> AnyView {
    let RegisterVersion { number, at, by, counts } = &view.version;
    let entries = view.changes.iter().map(change).collect_view();
    let title = tf(VERSION_TITLE, &[&number.to_string()]);
    view! {
        {parts::link(format!("{PATH}/versies"), t(ALL_VERSIONS))}
        {parts::heading(title)}
        {parts::lead(tf(VERSION_LEAD, &[&when(*at), by]))}
        {view.file.as_ref().map(|file| parts::paragraph(tf(VERSION_FILE, &[file])))}
        <p class="register__count">{counted(counts)}</p>
        <div class="register">{entries}</div>
        {parts::link(PATH, t(TO_REGISTER))}
    }
    .into_any()
}

fn change(change: &RegisterChange) -> AnyView {
    let purpose = &change.after.purpose;
    let said = match &change.before {
        Some(before) => fields::differences(before, &change.after),
        None => view! {
            {parts::paragraph(purpose.description.clone())}
            <details>
                <summary>{t(ENTRY)}<span class="visually-hidden">{format!(": {}", purpose.name)}</span></summary>
                {fields::all(&change.after)}
            </details>
        }
        .into_any(),
    };
    let until = purpose.valid_until.map(|last| view! { <span class="quiet">{format!(" – {}", day(last))}</span> });
    view! {
        <article class="register__entry" aria-labelledby=format!("wijziging-{}", purpose.id)>
            <div class="register__head">
                <h2 class="utrecht-heading-2" id=format!("wijziging-{}", purpose.id)>{purpose.name.clone()}</h2>
                <span>{parts::badge(t(change.kind.text()))}{until}</span>
            </div>
            <p class="quiet register__where">{format!("{} › {}", purpose.main_process, purpose.sub_process)}</p>
            {said}
        </article>
    }
    .into_any()
}
