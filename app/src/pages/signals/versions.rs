//! What each version of a signal said: who changed what, when and why. For the department that owns it.

use crate::{
    forms::changes,
    http::{Id, Page, Visit, query},
    parts::{self, questions},
    texts::{common, signals::*, t, tf, when},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    ids::SignalId,
    ports::Lists,
    signal::{SignalVersion, SignalVersions},
};

/// `GET /signalen/:id/versies?voor=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<SignalId>, RawQuery(asked): RawQuery) -> Response {
    let below = query(asked.as_deref()).text("voor").parse().ok().filter(|below| *below > 0);
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.signals.versions(&visit.asker, id, below).await?, lists))
    };
    let answer = answer.await;
    visit.show(answer, |(versions, lists)| {
        let title = tf(VERSIONS, &[&versions.head.reference.to_string()]);
        Page::new(title, page(&versions, &lists, below.is_some()))
    })
}

fn page(versions: &SignalVersions, lists: &Lists, further: bool) -> AnyView {
    let path = format!("/signalen/{}", versions.head.id);
    let all = &versions.versions;
    let shown = if versions.earlier.is_some() { all.len().saturating_sub(1) } else { all.len() };
    let entries = all.iter().enumerate().take(shown).map(|(index, one)| entry(one, all.get(index + 1), lists));
    let entries = entries.collect_view();
    let earlier =
        versions.earlier.map(|below| parts::link(format!("{path}/versies?voor={below}"), t(VERSIONS_EARLIER)));
    let newest = further.then(|| parts::link(format!("{path}/versies"), t(VERSIONS_NEWEST)));
    view! {
        {parts::link(path, tf(SIGNAL, &[&versions.head.reference.to_string()]))}
        {parts::heading_of(VERSIONS, &versions.head.reference)}
        {parts::lead(t(VERSIONS_LEAD))}
        {(shown == 0).then(|| parts::paragraph(t(VERSIONS_NONE)))}
        {entries}
        <p class="actions">{newest}{earlier}</p>
    }
    .into_any()
}

fn entry(version: &SignalVersion, before: Option<&SignalVersion>, lists: &Lists) -> AnyView {
    let number = tf(VERSION_NUMBER, &[&version.number.to_string()]);
    let said = match before {
        None => parts::paragraph(t(VERSION_FIRST)).into_any(),
        Some(before) => {
            let why = Some(version.signal.why.as_str()).filter(|why| !why.is_empty());
            view! {
                {why.map(|why| parts::paragraph(tf(VERSION_WHY, &[why])))}
                {changed(&number, before, version, lists)}
            }
            .into_any()
        }
    };
    let id = format!("versie-{}", version.number);
    view! {
        <section class="version" aria-labelledby=id.clone()>
            <h2 class="utrecht-heading-2" id=id.clone()>{number}</h2>
            <p class="quiet">{tf(VERSION_BY, &[&when(version.at), &version.by])}</p>
            {said}
        </section>
    }
    .into_any()
}

fn changed(number: &str, before: &SignalVersion, after: &SignalVersion, lists: &Lists) -> AnyView {
    let texts = [before.signal.to_form(), after.signal.to_form()];
    let labels = [t(VERSION_BEFORE).to_owned(), t(VERSION_AFTER).to_owned()];
    let sections = changes(&texts, lists);
    questions::differences(&sections, [&texts[0], &texts[1]], &labels, number)
        .unwrap_or_else(|| parts::paragraph(t(common::NOTHING_CHANGED)).into_any())
}
