//! Signing in anew, before something weighty: at the provider, or in the demo by confirming who one is.

use super::{back, provider, with_session};
use crate::{
    http::{LocalPath, Page, Scene, Typed, Visit, see_other},
    pages::problems,
    parts,
    texts::{number_of, sign_in::*, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use http::{HeaderMap, StatusCode};
use leptos::prelude::*;
use plein_domain::{form::FormValues, problem::Problem};

/// Where it is asked.
pub(crate) const PATH: &str = "/opnieuw-aanmelden";
/// Where somebody is who did it in a window beside the one in which they go on.
const DONE: &str = "/opnieuw-aanmelden?klaar=ja";

/// `GET /opnieuw-aanmelden`.
pub(crate) async fn view(visit: Visit, RawQuery(query): RawQuery) -> Response {
    if crate::http::query(query.as_deref()).text("klaar") == "ja" {
        return done(&visit);
    }
    let back = back(query.as_deref());
    visit.page(StatusCode::OK, || asked(&visit, &back))
}

/// `POST /opnieuw-aanmelden`: in the demo, confirms.
pub(crate) async fn post(visit: Visit, Typed(values): Typed) -> Response {
    match visit.ports.sessions.confirm_demo(&visit.asker).await {
        Ok(token) => with_session(see_other(LocalPath::or_home(values.text("naar")).as_str()), &token),
        Err(problem) => problems::problem(&visit, problem),
    }
}

/// `GET /opnieuw-aanmelden/beginnen`: to the provider. As with signing in, only from a page of this site or by hand.
pub(crate) async fn begin(visit: Visit, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let back = back(query.as_deref());
    if !provider::from_here(&headers) {
        return see_other(&format!("{PATH}?naar={}", back.encoded()));
    }
    let (Some(sign_in), Some(arrival)) = (&visit.ports.sign_in, &visit.arrival) else {
        return problems::problem(&visit, Problem::NotFound);
    };
    match sign_in.begin_anew(&visit.asker, back.as_str(), arrival).await {
        Ok(begun) => provider::sent(&begun),
        Err(failed) => provider::not_signed_in(&visit, &failed),
    }
}

pub(super) fn beginning(back: &str) -> String {
    format!("{PATH}/beginnen?naar={}", LocalPath::or_home(back).encoded())
}

/// What is asked, instead of a page that is weighty to open; afterwards it opens.
pub(crate) fn prompt(scene: &Scene) -> Response {
    scene.page(StatusCode::FORBIDDEN, || asked(scene, &scene.path))
}

fn asked(scene: &Scene, back: &LocalPath) -> Page {
    let how = if scene.installation.demo {
        view! {
            <form method="post" action=PATH>
                <input type="hidden" name="naar" value=back.to_string() />
                <button type="submit" class=parts::Weight::Primary.class()>
                    {tf(CONFIRM, &[scene.person.as_ref().map_or("", |person| person.name.as_str())])}
                </button>
            </form>
        }
        .into_any()
    } else {
        view! { <div class="actions">{parts::link_button(beginning(back.as_str()), t(TO_PROVIDER))}</div> }.into_any()
    };
    let body = view! {
        {parts::heading(t(ANEW))}
        {parts::lead(why(scene))}
        {how}
        {parts::link("/", t(ANEW_LEAVE))}
    };
    Page::new(t(ANEW), body)
}

/// Not longer ago than this.
fn within(scene: &Scene) -> String {
    number_of(scene.installation.sessions.fresh / 60, MINUTE, MINUTES)
}

fn why(scene: &Scene) -> String {
    tf(ANEW_TEXT, &[&within(scene)])
}

/// What is said where something weighty can be done on a page that is not, to who did not prove lately who they are; afterwards this
/// page opens.
pub(crate) fn ahead(visit: &Visit, back: &str) -> Option<AnyView> {
    (!visit.asker.times.fresh()).then(|| {
        let back = LocalPath::or_home(back).encoded();
        view! {
            {parts::warning(tf(ANEW_AHEAD, &[&within(visit)]))}
            <div class="actions">{parts::link_button(format!("{PATH}?naar={back}"), t(ANEW))}</div>
        }
        .into_any()
    })
}

/// What is said above a form that was sent too long after signing in: where to do that, in a window beside it.
pub(crate) fn beside(scene: &Scene) -> AnyView {
    let done = LocalPath::or_home(DONE).encoded();
    view! {
        {parts::warning(why(scene))}
        {parts::paragraph(t(ANEW_BESIDE))}
        <p class="utrecht-paragraph">
            <a class="utrecht-link utrecht-link--html-a" href=format!("{PATH}?naar={done}") target="_blank" rel="noopener">
                {t(ANEW_NEW_TAB)}
            </a>
        </p>
    }
    .into_any()
}

/// What was sent is weighty, and was not done: they can sign in anew beside this page and send it again.
pub(crate) fn before_sending(scene: &Scene, values: &FormValues) -> Response {
    scene.page(StatusCode::FORBIDDEN, || {
        let body = view! {
            {parts::heading(t(ANEW))}
            {beside(scene)}
            {problems::send_again(scene, values)}
            {parts::link("/", t(ANEW_LEAVE))}
        };
        Page::new(t(ANEW), body)
    })
}

fn done(scene: &Scene) -> Response {
    scene.page(StatusCode::OK, || {
        let body = view! {
            {parts::heading(t(ANEW_DONE))}
            {parts::lead(t(ANEW_DONE_TEXT))}
            {parts::link("/", t(crate::texts::problems::HOME))}
        };
        Page::new(t(ANEW_DONE), body)
    })
}
