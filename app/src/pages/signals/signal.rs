//! One signal, as far as the person who asks may see it.

use crate::{
    http::{Id, Page, Visit},
    parts::{self, Weight, content, fact, facts},
    texts::{Named, codes, common, day, signals::*, t, tf, when},
};
use axum::response::Response;
use leptos::prelude::*;
use plein_domain::{
    form::FormKind,
    ids::SignalId,
    ports::Lists,
    signal::{Extent, SignalView},
};

/// `GET /signalen/:id`.
pub(crate) async fn view(visit: Visit, Id(id): Id<SignalId>) -> Response {
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.signals.view(&visit.asker, id).await?, lists))
    };
    let answer = answer.await;
    visit.show(answer, |(signal, lists)| {
        let title = tf(SIGNAL, &[&signal.head.reference.to_string()]);
        Page::new(title, page(&signal, &lists))
    })
}

fn page(signal: &SignalView, lists: &Lists) -> AnyView {
    let path = format!("/signalen/{}", signal.head.id);
    let extent = match signal.extent {
        Extent::Whole => EXTENT_WHOLE,
        Extent::Offered => EXTENT_OFFERED,
        Extent::Shared(_) => EXTENT_SHARED,
        // Has a page of its own.
        Extent::Emergency => crate::texts::break_glass::NO_REPORTER,
    };
    let edit = signal.may_edit.then(|| {
        let object = Some(signal.head.id.0);
        parts::begin(FormKind::EditSignal, object, None, Weight::Secondary, t(EDIT))
    });
    let viewings = signal.may_see_viewings.then(|| parts::link_button(format!("{path}/inzagen"), t(WHO_LOOKED)));
    let versions = (signal.extent == Extent::Whole && signal.head.version > 1)
        .then(|| parts::link_button(format!("{path}/versies"), t(VERSIONS_LINK)));
    view! {
        {parts::heading_of(SIGNAL, &signal.head.reference)}
        {parts::lead(t(extent))}
        {(edit.is_some() || viewings.is_some())
            .then(|| view! { <div class="actions">{edit}{versions}{viewings}</div> })}
        {about(signal, lists)}
        <section>
            <h2 class="utrecht-heading-2">{t(CONTENT)}</h2>
            {content::fields(&signal.fields, &signal.shown)}
        </section>
        {(signal.extent == Extent::Whole).then(|| department_only(signal, lists))}
        {cases(signal)}
    }
    .into_any()
}

fn about(signal: &SignalView, lists: &Lists) -> AnyView {
    let head = &signal.head;
    let logged = match &signal.logged_by {
        Some(name) => tf(LOGGED_BY, &[&when(head.logged_at), name]),
        None => when(head.logged_at),
    };
    facts(view! {
        {fact(t(common::STATE), parts::badge(t(head.state.text())))}
        {fact(t(common::DEPARTMENT), head.department.name.clone())}
        {fact(t(PHENOMENON), codes::phenomenon(&lists.phenomena, &head.phenomenon))}
        {fact(t(RECEIVED), day(head.received_on))}
        {fact(t(LOGGED), logged)}
        {fact(t(VERSION), head.version.to_string())}
    })
}

fn department_only(signal: &SignalView, lists: &Lists) -> AnyView {
    let categories = signal.categories.as_ref().map(|(categories, ground)| {
        let names = categories.iter().map(|one| t(one.text())).collect::<Vec<_>>().join(", ");
        view! {
            {fact(t(CATEGORIES), content::text(Some(&names)))}
            {fact(t(GROUND), content::text(Some(ground)))}
        }
    });
    let purpose = signal.original_purpose.map(|id| {
        let name =
            lists.purposes.iter().find(|one| one.id == id).map(|one| format!("{}: {}", one.main_process, one.name));
        fact(t(ORIGINAL_PURPOSE), content::text(name.as_deref()))
    });
    let offered = signal.head.offered.iter().map(|one| t(one.text())).collect::<Vec<_>>().join(", ");
    let offered = if offered.is_empty() { t(OFFERED_NOTHING).to_owned() } else { offered };
    view! {
        <section>
            <h2 class="utrecht-heading-2">{t(DEPARTMENT_ONLY)}</h2>
            {facts(view! {
                {signal.reporter.as_ref().map(|reporter| fact(t(REPORTER), content::text(Some(reporter))))}
                {categories}
                {purpose}
                {fact(t(OFFERED), offered)}
            })}
        </section>
    }
    .into_any()
}

fn cases(signal: &SignalView) -> AnyView {
    let cases = signal.cases.iter().map(|(id, reference)| {
        view! {
            <li><a class="utrecht-link utrecht-link--html-a" href=format!("/casussen/{id}")>{reference.to_string()}</a></li>
        }
    });
    let list = if signal.cases.is_empty() {
        parts::paragraph(t(IN_NO_CASE))
    } else {
        view! { <ul class="plain-list">{cases.collect_view()}</ul> }.into_any()
    };
    view! {
        <section>
            <h2 class="utrecht-heading-2">{t(IN_CASES)}</h2>
            {list}
        </section>
    }
    .into_any()
}
