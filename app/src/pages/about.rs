//! About Plein itself, for everybody, signed in or not: privacy, accessibility, cookies. Nothing here is about anybody.

use crate::{
    http::{LANGUAGE_COOKIE, LANGUAGE_SECONDS, Page, Scene},
    parts::{self, fact, facts},
    texts::{Text, about::*, day, t, tf},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    moment::Day,
    ports::{Contact, Installation, SESSION_COOKIE},
    sign_in::{BINDING_COOKIE, BINDING_SECONDS},
};

/// The day on which the accessibility statement was last held against the program.
const STATED_ON: &str = "2026-11-24";

/// `GET /privacy`.
pub(crate) async fn privacy(scene: Scene) -> Response {
    let Installation { municipality, plein_name, contact, .. } = &*scene.installation;
    show(&scene, PRIVACY, PRIVACY, || {
        view! {
            {parts::lead(tf(PRIVACY_LEAD, &[municipality, plein_name]))}
            {section(WHAT, view! {
                {parts::paragraph(tf(WHAT_1, &[plein_name]))}
                {parts::paragraph(t(WHAT_2))}
                {parts::paragraph(t(WHAT_3))}
            })}
            {section(BASIS, paragraphs(&[BASIS_1, BASIS_2, BASIS_3]))}
            {section(LOG, paragraphs(&[LOG_1, LOG_2]))}
            {section(RIGHTS, view! {
                {parts::paragraph(t(RIGHTS_1))}
                {list(&[RIGHT_SEE, RIGHT_CORRECT, RIGHT_ERASE, RIGHT_LIMIT, RIGHT_OBJECT])}
                {paragraphs(&[RIGHTS_2, RIGHTS_3])}
            })}
            {section(WHOM, view! {
                {whom(municipality, contact)}
                {paragraphs(&[COMPLAINT, COMPLAINT_DECISION])}
            })}
        }
        .into_any()
    })
}

/// `GET /toegankelijkheid`.
pub(crate) async fn accessibility(scene: Scene) -> Response {
    let Installation { municipality, plein_name, contact, .. } = &*scene.installation;
    let stated_on = STATED_ON.parse::<Day>().ok();
    // The heading may be broken on a telephone, where it is one long word in Dutch.
    show(&scene, ACCESSIBILITY, ACCESSIBILITY_HEADING, || {
        view! {
            {parts::lead(tf(ACCESSIBILITY_LEAD, &[municipality, plein_name]))}
            {section(STATUS, view! {
                <p class="utrecht-paragraph"><strong>{t(STATUS_IS)}</strong></p>
                {paragraphs(&[STATUS_1, STATUS_2])}
            })}
            {section(DONE, list(&[DONE_PAGES, DONE_KEYBOARD, DONE_SCRIPT]))}
            {section(GAPS, list(&[GAP_AUDIT, GAP_PEOPLE, GAP_EDITOR, GAP_FILES]))}
            {section(REPORT, view! {
                {parts::paragraph(t(REPORT_1))}
                {reached(&[(CONTACT_EMAIL, &contact.email), (CONTACT_ADDRESS, &contact.address)])}
                {parts::paragraph(t(REPORT_2))}
            })}
            {stated_on.map(|on| view! { <p class="quiet">{tf(DRAWN_UP, &[&day(on)])}</p> })}
        }
        .into_any()
    })
}

/// `GET /cookies`.
pub(crate) async fn cookies(scene: Scene) -> Response {
    let limits = scene.installation.sessions;
    let (minutes, hours) = ((limits.idle / 60).to_string(), (limits.longest / 3_600).to_string());
    let days = (LANGUAGE_SECONDS / 86_400).to_string();
    show(&scene, COOKIES, COOKIES, || {
        let rows = view! {
            {cookie(SESSION_COOKIE, t(SESSION_FOR), tf(SESSION_TERM, &[&minutes, &hours]))}
            {(!scene.installation.demo).then(|| {
                cookie(BINDING_COOKIE, t(BINDING_FOR), tf(BINDING_TERM, &[&(BINDING_SECONDS / 60).to_string()]))
            })}
            {cookie(LANGUAGE_COOKIE, t(LANGUAGE_FOR), tf(LANGUAGE_TERM, &[&days]))}
        };
        view! {
            {parts::lead(tf(COOKIES_LEAD, &[&scene.installation.plein_name]))}
            {parts::table(t(COOKIES_CAPTION), &[COOKIE, COOKIE_FOR, COOKIE_TERM], rows.into_any())}
            {section(COOKIES_NONE, paragraphs(&[COOKIES_NONE_1]))}
        }
        .into_any()
    })
}

fn show(scene: &Scene, title: Text, heading: Text, body: impl FnOnce() -> AnyView) -> Response {
    scene.page(StatusCode::OK, || {
        let note = scene.installation.demo.then(|| parts::paragraph(t(DEMO_NOTE)));
        let body = view! {
            {parts::heading(t(heading))}
            {body()}
            {note}
        };
        Page::new(t(title), body)
    })
}

fn section(heading: Text, body: impl IntoView) -> AnyView {
    view! {
        <section>
            <h2 class="utrecht-heading-2">{t(heading)}</h2>
            {body.into_view()}
        </section>
    }
    .into_any()
}

fn paragraphs(texts: &[Text]) -> AnyView {
    texts.iter().map(|text| parts::paragraph(t(*text))).collect_view().into_any()
}

fn list(texts: &[Text]) -> AnyView {
    let items = texts.iter().map(|text| view! { <li>{t(*text)}</li> });
    view! { <ul class="said-list">{items.collect_view()}</ul> }.into_any()
}

fn cookie(name: &'static str, what_for: &'static str, term: String) -> AnyView {
    view! {
        <tr>
            <th scope="row" data-label=t(COOKIE)><code>{name}</code></th>
            <td data-label=t(COOKIE_FOR)>{what_for}</td>
            <td data-label=t(COOKIE_TERM)>{term}</td>
        </tr>
    }
    .into_any()
}

fn whom(municipality: &str, contact: &Contact) -> AnyView {
    view! {
        {facts(fact(t(CONTACT_MUNICIPALITY), municipality.to_owned()))}
        {reached(&[
            (CONTACT_ADDRESS, &contact.address),
            (CONTACT_EMAIL, &contact.email),
            (CONTACT_PRIVACY, &contact.privacy),
            (CONTACT_FG, &contact.fg),
        ])}
    }
    .into_any()
}

/// The addresses that are known; that there is none is said too.
fn reached(addresses: &[(Text, &String)]) -> AnyView {
    let known: Vec<_> = addresses.iter().filter(|(_, address)| !address.is_empty()).collect();
    if known.is_empty() {
        return parts::paragraph(t(CONTACT_MISSING));
    }
    let rows = known.into_iter().map(|(term, address)| fact(t(*term), address_link(address)));
    facts(rows.collect_view())
}

fn address_link(address: &str) -> AnyView {
    if address.contains('@') {
        let path = format!("mailto:{address}");
        view! { <a class="utrecht-link utrecht-link--html-a" href=path>{address.to_owned()}</a> }.into_any()
    } else {
        view! { <span class="multiline">{address.to_owned()}</span> }.into_any()
    }
}
