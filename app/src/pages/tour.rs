//! The guided tour of the demo: what to see in ten minutes, and as whom. Nothing here is about anybody real; outside a
//! demo the page is not there.

use super::problems;
use crate::{
    http::{Page, Scene},
    parts,
    texts::{t, tf, tour::*},
};
use axum::{extract::State, response::Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    people::Person,
    ports::Ports,
    tour::{Sight, Stop},
};

/// Where the tour is.
pub(crate) const PATH: &str = "/rondleiding";

/// `GET /rondleiding`.
pub(crate) async fn view(State(ports): State<Ports>, scene: Scene) -> Response {
    if scene.installation.tour.is_empty() {
        return problems::missing(scene).await;
    }
    match ports.sessions.demo_people().await {
        Ok(people) => scene.page(StatusCode::OK, || Page::new(t(TITLE), stops(&scene.installation.tour, &people))),
        Err(problem) => problems::problem(&scene, problem),
    }
}

/// A link to the tour, where there is one.
pub(crate) fn link(scene: &Scene) -> Option<AnyView> {
    let there = !scene.installation.tour.is_empty();
    there.then(|| view! { <a class="utrecht-link" href=PATH>{t(LINK)}</a> }.into_any())
}

fn stops(stops: &[Stop], people: &[Person]) -> AnyView {
    let stops = stops.iter().filter_map(|stop| {
        let person = people.iter().find(|one| one.id == stop.person)?;
        Some(one(stop, person))
    });
    view! {
        {parts::heading(t(TITLE))}
        {parts::lead(t(LEAD))}
        {parts::paragraph(t(PURPOSE))}
        {parts::paragraph(t(BACK))}
        <ol class="tour">{stops.collect_view()}</ol>
    }
    .into_any()
}

fn one(stop: &Stop, person: &Person) -> AnyView {
    let (title, why, look) = words(stop.sight);
    view! {
        <li class="tour__stop">
            <h2 class="utrecht-heading-2">{t(title)}</h2>
            {parts::paragraph(t(why))}
            <p class="utrecht-paragraph"><strong>{t(LOOK)}</strong>" "{t(look)}</p>
            <form method="post" action="/aanmelden" class="tour__go">
                <input type="hidden" name="naar" value=path(stop) />
                <button
                    type="submit"
                    name="person"
                    value=person.id.to_string()
                    class="utrecht-button utrecht-button--primary-action"
                >
                    {tf(GO, &[&person.name, &person.department.name])}
                    <span class="visually-hidden">{format!(": {}", t(title))}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}

/// Where a stop is.
fn path(stop: &Stop) -> String {
    let object = stop.object.unwrap_or_default();
    match stop.sight {
        Sight::Work => "/".into(),
        Sight::Own => "/signalen".into(),
        Sight::Offered => "/signalen?status=received&fenomeen=autobranche".into(),
        Sight::Shared => format!("/casussen/{object}"),
        Sight::Plan => format!("/casussen/{object}/plan"),
        Sight::Adopted => format!("/casussen/{object}/plan/versies/{}", stop.version.unwrap_or(1)),
        Sight::Viewed => format!("/signalen/{object}/inzagen"),
        Sight::Hidden => format!("/signalen/{object}"),
        Sight::Log => "/toezicht/inzagelog".into(),
    }
}
