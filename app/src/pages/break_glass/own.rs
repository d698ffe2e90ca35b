//! One's own use of break-glass: until when, why, and what a reviewer thought of it.

use super::{PATH, path, reviewed, stop, until};
use crate::{
    http::{Id, Notice, Page, Typed, Visit, see_other},
    pages::problems,
    parts::{self, fact, facts},
    texts::{Named, break_glass::*, t, tf, time_of_day, when},
};
use axum::response::Response;
use leptos::prelude::*;
use plein_domain::{
    break_glass::{GlassState, OwnGlass},
    ids::BreakGlassId,
};

/// `GET /noodinzage/:id`.
pub(crate) async fn view(visit: Visit, Id(id): Id<BreakGlassId>) -> Response {
    let answer = visit.ports.break_glass.own(&visit.asker, id).await;
    visit.show(answer, |own| Page::new(tf(OF, &[&own.head.reference.to_string()]), page(&own)))
}

/// `POST /noodinzage/:id/stoppen`.
pub(crate) async fn stopped(visit: Visit, Id(id): Id<BreakGlassId>, Typed(values): Typed) -> Response {
    match visit.ports.break_glass.stop(&visit.asker, id).await {
        Ok(()) => see_other(&format!("{}?gelukt={}", path(id), Notice::GlassStopped.code())),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

fn page(own: &OwnGlass) -> AnyView {
    let head = &own.head;
    let here = path(head.id);
    let open = head.state == GlassState::Open;
    let lead = if open { tf(STILL, &[&time_of_day(head.until)]) } else { t(OVER).to_owned() };
    let review = match &own.review {
        Some(review) => reviewed(review),
        None => view! {
            <section>
                <h2 class="utrecht-heading-2">{t(REVIEW)}</h2>
                {parts::paragraph(t(REVIEW_WAITS))}
            </section>
        }
        .into_any(),
    };
    view! {
        {parts::link(PATH, t(BACK))}
        {parts::heading_of(OF, &head.reference)}
        {parts::lead(lead)}
        {facts(view! {
            {fact(t(STATE), parts::badge(t(head.state.text())))}
            {fact(t(BEGUN), when(head.begun_at))}
            {fact(t(UNTIL), until(head, own.stopped_by.as_deref()))}
        })}
        {open.then(|| view! {
            <div class="actions">
                {parts::link_button(format!("{here}/dossier"), t(READ))}
                {stop(&here)}
            </div>
        })}
        <section>
            <h2 class="utrecht-heading-2">{t(YOUR_MOTIVE)}</h2>
            <p class="utrecht-paragraph multiline">{own.motive.clone()}</p>
        </section>
        {review}
    }
    .into_any()
}
