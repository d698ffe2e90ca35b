//! Pages for what cannot be shown or done. One function from a problem to its page; none of them tells whether a
//! thing exists, and none shows what the program knows beyond the incident number.

use crate::{
    http::{Page, Scene, see_other},
    parts,
    texts::{problems::*, sign_in, t},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::{FormKind, FormValues},
    people::Role,
    problem::{Incident, Problem},
};

/// What a problem page says.
struct Telling {
    status: StatusCode,
    heading: crate::texts::Text,
    text: crate::texts::Text,
    advice: Option<crate::texts::Text>,
    incident: Option<Incident>,
}

impl Telling {
    fn new(status: StatusCode, heading: crate::texts::Text, text: crate::texts::Text) -> Self {
        Self { status, heading, text, advice: None, incident: None }
    }

    fn advice(mut self, advice: crate::texts::Text) -> Self {
        self.advice = Some(advice);
        self
    }

    fn incident(mut self, incident: Incident) -> Self {
        self.incident = Some(incident);
        self
    }

    fn of(problem: Problem) -> Self {
        let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match problem {
            Problem::NotFound => Self::new(status, NOT_FOUND, NOT_FOUND_TEXT).advice(NOT_FOUND_DO),
            // Asked for on a page of its own.
            Problem::NotAllowed | Problem::PurposeNeeded(_) | Problem::FreshNeeded => {
                Self::new(status, NOT_ALLOWED, NOT_ALLOWED_TEXT)
            }
            Problem::Invalid(_) | Problem::Stale(_) | Problem::Overtaken | Problem::Finished(..) => {
                Self::new(status, NOT_ACCEPTED, NOT_ACCEPTED_TEXT)
            }
            Problem::Unavailable(incident) => {
                Self::new(status, UNAVAILABLE, UNAVAILABLE_TEXT).advice(UNAVAILABLE_DO).incident(incident)
            }
            Problem::Internal(incident) => {
                Self::new(status, INTERNAL, INTERNAL_TEXT).advice(INTERNAL_DO).incident(incident)
            }
        }
    }

    fn view(&self) -> AnyView {
        let incident = self.incident.as_ref().map(|incident| {
            view! {
                <dl class="facts">
                    <div>
                        <dt>{t(INCIDENT)}</dt>
                        <dd><code class="incident">{incident.to_string()}</code></dd>
                    </div>
                </dl>
            }
        });
        view! {
            {parts::heading(t(self.heading))}
            {parts::lead(t(self.text))}
            {self.advice.map(|advice| parts::paragraph(t(advice)))}
            {incident}
        }
        .into_any()
    }
}

/// The page for a problem. A purpose that must be stated is asked for, and afterwards the same page is opened.
pub(crate) fn problem(scene: &Scene, problem: Problem) -> Response {
    let back = scene.path.to_string();
    problem_at(scene, problem, &back)
}

/// The same for what was being sent: once the purpose is stated, it is sent again.
pub(crate) fn problem_in_post(scene: &Scene, problem: Problem, values: &FormValues) -> Response {
    match &problem {
        Problem::PurposeNeeded(options) if !options.is_empty() => {
            super::purpose::prompt(scene, options, scene.path.as_str(), Some(values))
        }
        Problem::FreshNeeded => super::sign_in::anew::before_sending(scene, values),
        _ => problem_at(scene, problem, "/"),
    }
}

/// The same, with another page to open once the purpose is stated.
pub(crate) fn problem_at(scene: &Scene, problem: Problem, back: &str) -> Response {
    if let Problem::PurposeNeeded(options) = &problem
        && !options.is_empty()
    {
        return super::purpose::prompt(scene, options, back, None);
    }
    if problem == Problem::FreshNeeded && scene.again {
        return super::sign_in::anew::prompt(scene);
    }
    if problem == Problem::FreshNeeded {
        return super::sign_in::anew::before_sending(scene, &FormValues::default());
    }
    if let Problem::Finished(kind, object) = problem {
        return see_other(&finished(kind, object));
    }
    let telling = Telling::of(problem);
    let again = scene.again && telling.incident.is_some();
    scene.page(telling.status, || {
        let again = again.then(|| parts::link(scene.path.as_str(), t(TRY_AGAIN)));
        // On every page that is not found: it says nothing of whether there is anything.
        let emergency = (telling.status == StatusCode::NOT_FOUND && may_break_glass(scene))
            .then(|| parts::link(super::break_glass::PATH, t(NOT_FOUND_EMERGENCY)));
        Page::new(t(telling.heading), view! { {telling.view()} {again} {emergency} {way_out(scene)} })
    })
}

/// Where the thing is that a draft has become: sending it again, or going back to it, ends there.
fn finished(kind: FormKind, object: uuid::Uuid) -> String {
    match kind {
        FormKind::NewSignal | FormKind::EditSignal => format!("/signalen/{object}"),
        FormKind::OpenCase | FormKind::LinkSignal | FormKind::UnlinkSignal | FormKind::Team => {
            format!("/casussen/{object}")
        }
    }
}

/// The page for a problem that comes before anything was asked: a request that cannot be read.
pub(crate) fn plain(scene: &Scene, status: StatusCode) -> Response {
    let telling = if status == StatusCode::PAYLOAD_TOO_LARGE {
        Telling::new(status, TOO_LARGE, TOO_LARGE_TEXT)
    } else {
        Telling::new(status, BAD_REQUEST, BAD_REQUEST_TEXT).advice(BAD_REQUEST_DO)
    };
    scene.page(status, || Page::new(t(telling.heading), view! { {telling.view()} {way_out(scene)} }))
}

/// A path that is none of ours; the same page as for what may not be known.
pub(crate) async fn missing(scene: Scene) -> Response {
    problem(&scene, Problem::NotFound)
}

/// The page for a problem while something was being sent: what was typed is in it, and can be sent again.
pub(crate) fn not_saved(scene: &Scene, problem: Problem, values: FormValues) -> Response {
    let telling = Telling::of(problem);
    scene.page(telling.status, || {
        let body = view! {
            {telling.view()}
            <h2 class="utrecht-heading-2">{t(NOT_SAVED)}</h2>
            {parts::paragraph(t(NOT_SAVED_TEXT))}
            {send_again(scene, &values)}
        };
        Page::new(t(telling.heading), body)
    })
}

/// Somebody sent a form but is no longer signed in: they can sign in beside this page and send it again.
/// A file must be chosen again.
pub(crate) fn session_over(scene: &Scene, values: Option<&FormValues>) -> Response {
    scene.page(StatusCode::UNAUTHORIZED, || {
        let body = view! {
            {parts::heading(t(sign_in::SESSION_OVER))}
            {parts::lead(t(if values.is_some() { sign_in::SESSION_OVER_TEXT } else { sign_in::SESSION_OVER_FILE }))}
            <p class="utrecht-paragraph">
                <a class="utrecht-link utrecht-link--html-a" href="/aanmelden" target="_blank" rel="noopener">
                    {t(sign_in::SIGN_IN_NEW_TAB)}
                </a>
            </p>
            {values.map(|values| send_again(scene, values))}
            {values.is_none().then(|| parts::link(scene.path.as_str(), t(sign_in::SESSION_OVER_BACK)))}
        };
        Page::new(t(sign_in::SESSION_OVER), body)
    })
}

/// Too much was asked in a short time. Nothing was done; what was typed can be sent again from here.
pub(crate) fn hurried(scene: &Scene, values: Option<FormValues>) -> Response {
    scene.page(StatusCode::TOO_MANY_REQUESTS, || {
        let again = match &values {
            Some(values) => view! {
                <h2 class="utrecht-heading-2">{t(NOT_SAVED)}</h2>
                {parts::paragraph(t(NOT_SAVED_TEXT))}
                {send_again(scene, values)}
            }
            .into_any(),
            None if scene.again => parts::link(scene.path.as_str(), t(TRY_AGAIN)),
            None => parts::paragraph(t(HURRIED_BACK)),
        };
        let body = view! {
            {parts::heading(t(HURRIED))}
            {parts::lead(t(HURRIED_TEXT))}
            {parts::paragraph(t(HURRIED_DO))}
            {again}
        };
        Page::new(t(HURRIED), body)
    })
}

/// The form again, with all that was typed in it, unseen.
pub(crate) fn send_again(scene: &Scene, values: &FormValues) -> AnyView {
    view! {
        <form method="post" action=scene.path.to_string()>
            {parts::fields::hidden(values, "")}
            <button type="submit" class="utrecht-button utrecht-button--primary-action">{t(SEND_AGAIN)}</button>
        </form>
    }
    .into_any()
}

/// Whether whoever is signed in can have any use for break-glass.
fn may_break_glass(scene: &Scene) -> bool {
    scene.person.as_ref().is_some_and(|person| {
        let works = person.is(Role::Member) || person.is(Role::Coordinator);
        works && !person.is(Role::Fg) && !person.is(Role::Administrator)
    })
}

fn way_out(scene: &Scene) -> Option<AnyView> {
    scene.person.is_some().then(|| parts::link("/", t(HOME)))
}
