//! Signing in, at the provider or to the demo as one of its people, and signing out.

pub(crate) mod anew;
pub(crate) mod provider;

use super::problems;
use crate::{
    http::{LocalPath, Notice, Page, Scene, Typed, Visit, see_other},
    parts,
    texts::{Named, sign_in::*, t, tf},
};
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use plein_domain::{
    people::Person,
    ports::{Ports, SESSION_COOKIE},
    problem::{Incident, Problem},
};

/// `GET /aanmelden`.
pub(crate) async fn view(State(ports): State<Ports>, scene: Scene, RawQuery(query): RawQuery) -> Response {
    let back = back(query.as_deref());
    if ports.sign_in.is_some() {
        return provider::choose(&scene, &back);
    }
    match ports.sessions.demo_people().await {
        Ok(people) => scene.page(StatusCode::OK, || Page::new(t(TITLE), choose(&scene, &people, &back))),
        Err(problem) => problems::problem(&scene, problem),
    }
}

/// `POST /aanmelden`: begins a session as this person.
pub(crate) async fn post(State(ports): State<Ports>, scene: Scene, Typed(values): Typed) -> Response {
    let Ok(person) = values.text("person").parse() else {
        return problems::plain(&scene, StatusCode::BAD_REQUEST);
    };
    let Some(arrival) = scene.arrival.clone() else {
        return problems::problem(&scene, Problem::Internal(Incident("no-arrival".into())));
    };
    match ports.sessions.sign_in_demo(person, &arrival).await {
        Ok(token) => {
            let response = see_other(LocalPath::or_home(values.text("naar")).as_str());
            with_session(response, &token)
        }
        Err(problem) => problems::problem(&scene, problem),
    }
}

/// `POST /afmelden`: ends the session.
pub(crate) async fn leave(visit: Visit) -> Response {
    match visit.ports.sessions.sign_out(&visit.asker).await {
        Ok(()) => way_out(&visit).await,
        Err(problem) => problems::problem(&visit, problem),
    }
}

/// Where a browser goes whose session is over here: on to the provider, to be signed out there too, and without its cookie.
pub(crate) async fn way_out(visit: &Visit) -> Response {
    let way_out = match &visit.ports.sign_in {
        Some(sign_in) => sign_in.way_out().await,
        None => None,
    };
    let response = match way_out {
        Some(address) => provider::on_the_way_out(visit, &address),
        None => see_other(&format!("/aanmelden?gelukt={}", Notice::SignedOut.code())),
    };
    with_cookie(response, &format!("{SESSION_COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"))
}

/// With the cookie of a session.
fn with_session(response: Response, token: &str) -> Response {
    with_cookie(response, &format!("{SESSION_COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax"))
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The page to return to, from the query.
fn back(query: Option<&str>) -> LocalPath {
    let values = crate::http::query(query);
    LocalPath::or_home(values.text("naar"))
}

fn choose(scene: &Scene, people: &[Person], back: &LocalPath) -> AnyView {
    let mut departments: Vec<&str> = people.iter().map(|person| person.department.name.as_str()).collect();
    departments.dedup();
    let mut seen = Vec::new();
    departments.retain(|name| {
        !seen.contains(name) && {
            seen.push(name);
            true
        }
    });
    let groups = departments.into_iter().map(|department| {
        let here = people.iter().filter(|person| person.department.name == department);
        let people = here.map(someone).collect_view();
        view! {
            <section class="people__department">
                <h3 class="utrecht-heading-3">{department.to_owned()}</h3>
                <ul class="people__list">{people}</ul>
            </section>
        }
    });
    let people = if people.is_empty() {
        parts::paragraph(t(NOBODY))
    } else {
        view! {
            <h2 class="utrecht-heading-2">{t(CHOOSE)}</h2>
            <form method="post" action="/aanmelden" class="people">
                <input type="hidden" name="naar" value=back.to_string() />
                {groups.collect_view()}
            </form>
        }
        .into_any()
    };
    view! {
        {parts::heading(scene.installation.plein_name.clone())}
        {parts::lead(tf(INTRO, &[&scene.installation.municipality]))}
        {scene.installation.demo.then(|| demo(scene))}
        {people}
    }
    .into_any()
}

fn demo(scene: &Scene) -> AnyView {
    view! {
        <div class="utrecht-alert utrecht-alert--warning">
            <div class="utrecht-alert__content">
                <h2 class="utrecht-heading-3">{t(DEMO_HEADING)}</h2>
                <p class="utrecht-paragraph">{t(DEMO_TEXT)}</p>
                {super::tour::link(scene).map(|link| view! { <p class="utrecht-paragraph"><strong>{link}</strong></p> })}
            </div>
        </div>
    }
    .into_any()
}

fn someone(person: &Person) -> AnyView {
    let roles = person.roles.iter().map(|role| t(role.text())).collect::<Vec<_>>().join(", ");
    view! {
        <li>
            <button type="submit" name="person" value=person.id.to_string() class="person">
                <span class="visually-hidden">{tf(AS, &[""])}</span>
                <span class="person__name">{person.name.clone()}</span>
                <span class="person__role">{roles}</span>
            </button>
        </li>
    }
    .into_any()
}
