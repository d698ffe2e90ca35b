//! The record that is read in an emergency: to be read, and nothing else. When the time is over the page goes away by itself, also
//! without JavaScript, and does not come back.

use super::{path, stop};
use crate::{
    http::{Id, Page, Visit, see_other},
    pages::{cases::notes, problems},
    parts::{self, content, fact, facts},
    texts::{Named, break_glass::*, cases, codes, common, day, notes as note_words, signals, t, tf, time_of_day, when},
};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use plein_domain::{
    break_glass::{EmergencyCase, EmergencyRecord, EmergencySignal, EmergencyView},
    case::LinkView,
    ids::BreakGlassId,
    ports::Lists,
    problem::Problem,
};

/// `GET /noodinzage/:id/dossier`.
pub(crate) async fn view(visit: Visit, Id(id): Id<BreakGlassId>) -> Response {
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.break_glass.record(&visit.asker, id).await?, lists))
    };
    match answer.await {
        Ok((record, lists)) => {
            let title = tf(OF, &[&record.head.reference.to_string()]);
            let mut response = visit.page(StatusCode::OK, || Page::new(title, page(&record, &lists)));
            let over = format!("{}; url={}", record.left + 1, path(id));
            if let Ok(over) = HeaderValue::from_str(&over) {
                response.headers_mut().insert(header::REFRESH, over);
            }
            response
        }
        // It is one's own, and over: what became of it is told there.
        Err(Problem::NotAllowed) if visit.again => see_other(&path(id)),
        Err(problem) => problems::problem(&visit, problem),
    }
}

fn page(view: &EmergencyView, lists: &Lists) -> AnyView {
    let shown = match &view.record {
        EmergencyRecord::Signal(signal) => self::signal(signal, lists),
        EmergencyRecord::Case(case) => self::case(case, lists),
    };
    let until = time_of_day(view.head.until);
    view! {
        {parts::heading_of(OF, &view.head.reference)}
        <section class="utrecht-alert utrecht-alert--warning emergency-banner" aria-labelledby="noodinzage">
            <h2 class="utrecht-heading-2" id="noodinzage">{tf(BANNER, &[&until])}</h2>
            {parts::paragraph(tf(BANNER_TEXT, &[&view.head.reference.to_string()]))}
            <div class="actions">{stop(&path(view.head.id))}</div>
        </section>
        <p class="utrecht-paragraph emergency-paper">{t(ON_PAPER)}</p>
        <div class="emergency">{shown}</div>
    }
    .into_any()
}

fn signal(signal: &EmergencySignal, lists: &Lists) -> AnyView {
    let EmergencySignal { head, fields, shown } = signal;
    view! {
        {facts(view! {
            {fact(t(common::STATE), parts::badge(t(head.state.text())))}
            {fact(t(common::DEPARTMENT), head.department.name.clone())}
            {fact(t(signals::PHENOMENON), codes::phenomenon(&lists.phenomena, &head.phenomenon))}
            {fact(t(signals::RECEIVED), day(head.received_on))}
        })}
        <section>
            <h2 class="utrecht-heading-2">{t(signals::CONTENT)}</h2>
            {content::fields(fields, shown)}
            {parts::paragraph(t(NO_REPORTER))}
        </section>
    }
    .into_any()
}

fn case(case: &EmergencyCase, lists: &Lists) -> AnyView {
    let links = case.links.iter().map(|link| self::link(link, lists)).collect_view();
    let team = case.team.iter().map(|member| {
        view! {
            <li>
                <strong>{member.person.name.clone()}</strong>
                <span class="quiet">{member.person.department.name.clone()}</span>
            </li>
        }
    });
    view! {
        {parts::paragraph(t(CASE_PARTS))}
        <h2 class="utrecht-heading-2">{case.title.clone()}</h2>
        {facts(view! {
            {fact(t(cases::PURPOSE_BOX), case.head.purpose.name.clone())}
            {fact(t(common::STATE), parts::badge(t(case.head.state.text())))}
            {fact(t(cases::COORDINATOR), case.head.coordinator.name.clone())}
            {fact(t(cases::OPENED), when(case.head.opened_at))}
            {fact(t(cases::SUMMARY), content::text(Some(&case.summary)))}
        })}
        <section>
            <h2 class="utrecht-heading-2">{t(cases::LINKS)}</h2>
            {case.links.is_empty().then(|| view! { <p class="empty">{t(cases::LINKS_EMPTY)}</p> })}
            {links}
        </section>
        <section>
            <h2 class="utrecht-heading-2">{t(note_words::TITLE)}</h2>
            {notes::list(&case.notes, None)}
        </section>
        <section>
            <h2 class="utrecht-heading-2">{t(cases::TEAM)}</h2>
            <ul class="team">{team.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn link(link: &LinkView, lists: &Lists) -> AnyView {
    let heading = format!("kop-{}", link.id);
    let about =
        format!("{}, {}", link.signal.department.name, codes::phenomenon(&lists.phenomena, &link.signal.phenomenon));
    view! {
        <article class="link-card" aria-labelledby=heading.clone()>
            <div class="link-card__head">
                <h3 class="utrecht-heading-3 reference" id=heading.clone()>{link.signal.reference.to_string()}</h3>
                <p class="quiet">{about}</p>
            </div>
            {content::fields(&link.fields, &link.shown)}
        </article>
    }
    .into_any()
}
