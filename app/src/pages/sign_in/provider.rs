//! Signing in and out at the municipality's own identity provider.

use super::{anew, back, with_cookie, with_session};
use crate::{
    http::{LocalPath, Page, Scene, Visit, see_other},
    pages::problems,
    parts,
    texts::{Text, problems::INCIDENT, sign_in::*, t, tf},
};
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::prelude::*;
use plein_domain::{
    ports::{Ports, SESSION_COOKIE},
    problem::{Incident, Problem},
    sign_in::*,
};

/// The page from which one goes to the provider. Nobody is sent there unasked: whoever signed out stays out.
pub(super) fn choose(scene: &Scene, back: &LocalPath) -> Response {
    scene.page(StatusCode::OK, || {
        let body = view! {
            {parts::heading(scene.installation.plein_name.clone())}
            {parts::lead(tf(INTRO, &[&scene.installation.municipality]))}
            {parts::paragraph(tf(AT_PROVIDER, &[&scene.installation.municipality]))}
            <div class="actions">{parts::link_button(beginning(back.as_str()), t(TO_PROVIDER))}</div>
        };
        Page::new(t(TITLE), body)
    })
}

fn beginning(back: &str) -> String {
    match back {
        "/" => "/aanmelden/beginnen".into(),
        back => format!("/aanmelden/beginnen?naar={}", LocalPath::or_home(back).encoded()),
    }
}

/// `GET /aanmelden/beginnen`: to the provider.
///
/// Only from a page of this site, or by hand: a link or a picture elsewhere would send people there who did not ask for it.
pub(crate) async fn begin(
    State(ports): State<Ports>,
    scene: Scene,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if !from_here(&headers) {
        return see_other(&format!("/aanmelden?naar={}", back(query.as_deref()).encoded()));
    }
    let (Some(sign_in), Some(arrival)) = (&ports.sign_in, &scene.arrival) else {
        return problems::problem(&scene, Problem::NotFound);
    };
    match sign_in.begin(back(query.as_deref()).as_str(), arrival).await {
        Ok(begun) => sent(&begun),
        Err(failed) => not_signed_in(&scene, &failed),
    }
}

/// Whether a page of this site leads here, or somebody typed it.
pub(super) fn from_here(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    site.is_none_or(|site| ["same-origin", "none"].contains(&site))
}

/// To the provider, bound to this browser.
pub(super) fn sent(begun: &Begun) -> Response {
    let binding = &begun.binding;
    let cookie =
        format!("{BINDING_COOKIE}={binding}; Path=/; Max-Age={BINDING_SECONDS}; Secure; HttpOnly; SameSite=Lax");
    with_cookie(see_other(&begun.address), &cookie)
}

/// `GET /aanmelden/terug`: from the provider.
pub(crate) async fn complete(
    State(ports): State<Ports>,
    mut scene: Scene,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    // What stands in this address is used once.
    scene.again = false;
    let (Some(sign_in), Some(arrival)) = (&ports.sign_in, &scene.arrival) else {
        return problems::problem(&scene, Problem::NotFound);
    };
    let values = crate::http::query(query.as_deref());
    let given = |name: &str| Some(values.text(name)).filter(|text| !text.is_empty()).map(str::to_owned);
    let returned = Returned {
        binding: cookie(&headers, BINDING_COOKIE).unwrap_or_default().to_owned(),
        state: values.text("state").to_owned(),
        code: given("code"),
        error: given("error"),
        issuer: given("iss"),
        session: cookie(&headers, SESSION_COOKIE).map(str::to_owned),
    };
    let response = match sign_in.complete(returned, arrival).await {
        Ok(SignedIn::In { token, back }) => with_session(see_other(LocalPath::or_home(&back).as_str()), &token),
        Ok(SignedIn::Waits { name, because }) => waits(&scene, &name, because),
        // Another window of this browser, or another site's link, may have spoiled this one: the one that is under way stays.
        Err(failed) if failed.because == NotSignedInBecause::NotAsked => return not_signed_in(&scene, &failed),
        Err(failed) => not_signed_in(&scene, &failed),
    };
    with_cookie(response, &format!("{BINDING_COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"))
}

/// `GET /aanmelden/afgemeld`: signed out here and at the provider.
pub(crate) async fn signed_out(scene: Scene) -> Response {
    scene.page(StatusCode::OK, || {
        let body = view! {
            {parts::heading(t(SIGNED_OUT))}
            {parts::lead(t(SIGNED_OUT_TEXT))}
            {parts::link("/aanmelden", t(AGAIN))}
        };
        Page::new(t(SIGNED_OUT), body)
    })
}

/// Signed out here, and on the way to the provider to sign out there. Not by a redirect: browsers let a form lead nowhere
/// but to this site (`form-action`).
pub(super) fn on_the_way_out(visit: &Visit, address: &str) -> Response {
    let mut scene = visit.scene.clone();
    scene.person = None;
    scene.again = false;
    let mut response = scene.page(StatusCode::OK, || {
        let body = view! {
            {parts::heading(t(SIGNED_OUT))}
            {parts::lead(t(OUT_AT_PROVIDER))}
            {parts::link(address.to_owned(), t(OUT_GO_ON))}
        };
        Page::new(t(SIGNED_OUT), body)
    });
    if let Ok(refresh) = HeaderValue::from_str(&format!("0; url={address}")) {
        response.headers_mut().insert(header::REFRESH, refresh);
    }
    response
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value).filter(|value| value.len() == 64)
}

/// The provider knows who it is, and they are not let in.
fn waits(scene: &Scene, name: &str, because: NotLetIn) -> Response {
    let (heading, why, advice) = match because {
        NotLetIn::NoPlaceYet => (WAITS, WAITS_TEXT, WAITS_DO),
        NotLetIn::TakenAway => (NO_PLACE, TAKEN_AWAY, TAKEN_AWAY_DO),
        NotLetIn::NoPlaceAnyMore => (NO_PLACE, NO_PLACE_ANY_MORE, GROUPS_DO),
        NotLetIn::Contradicted => (NOT_NOW, CONTRADICTED, GROUPS_DO),
    };
    scene.page(StatusCode::FORBIDDEN, || {
        let email = &scene.installation.contact.email;
        let whom = (!email.is_empty()).then(|| parts::paragraph(tf(WAITS_WHOM, &[email])));
        let body = view! {
            {parts::heading(t(heading))}
            {parts::lead(tf(why, &[name, &scene.installation.plein_name]))}
            {parts::paragraph(t(advice))}
            {whom}
            {parts::link("/aanmelden", t(AGAIN))}
        };
        Page::new(t(heading), body)
    })
}

/// What the person is told and can do; the cause is in the program's log.
fn telling(because: NotSignedInBecause) -> (StatusCode, Text, Text) {
    match because {
        NotSignedInBecause::Cancelled => (StatusCode::FORBIDDEN, CANCELLED, CANCELLED_DO),
        NotSignedInBecause::NotAsked => (StatusCode::BAD_REQUEST, NOT_ASKED, NOT_ASKED_DO),
        NotSignedInBecause::Unreachable => (StatusCode::BAD_GATEWAY, UNREACHABLE, UNREACHABLE_DO),
        NotSignedInBecause::Untrusted => (StatusCode::BAD_GATEWAY, UNTRUSTED, UNTRUSTED_DO),
        NotSignedInBecause::TooWeak => (StatusCode::FORBIDDEN, TOO_WEAK, TOO_WEAK_DO),
        NotSignedInBecause::OtherPerson => (StatusCode::FORBIDDEN, OTHER_PERSON, OTHER_PERSON_DO),
        NotSignedInBecause::NotAnew => (StatusCode::BAD_GATEWAY, NOT_ANEW, UNTRUSTED_DO),
        NotSignedInBecause::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, UNAVAILABLE_DO),
    }
}

/// Whoever was to sign in anew is told that they are signed in as before.
pub(super) fn not_signed_in(scene: &Scene, failed: &NotSignedIn) -> Response {
    let (status, why, advice) = telling(failed.because);
    let (heading, again) = match failed.anew {
        true => (NOT_PROVED, anew::beginning(&failed.back)),
        false => (NOT_SIGNED_IN, beginning(&failed.back)),
    };
    scene.page(status, || {
        let body = view! {
            {parts::heading(t(heading))}
            {parts::lead(t(why))}
            {failed.anew.then(|| parts::paragraph(t(AS_BEFORE)))}
            {parts::paragraph(t(advice))}
            {incident(&failed.incident)}
            <div class="actions">{parts::link_button(again, t(AGAIN))}</div>
        };
        Page::new(t(heading), body)
    })
}

fn incident(number: &Incident) -> AnyView {
    let number = view! { <code class="incident">{number.to_string()}</code> };
    parts::facts(parts::fact(t(INCIDENT), number))
}
