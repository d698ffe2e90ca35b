//! Who asks, and for which thing.

use super::{App, BODY_LIMIT, LocalPath, PUBLIC, Page, Scene, document::has_notices, scene::Unread, see_other, typed};
use crate::pages::problems;
use axum::{
    extract::{FromRequestParts, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use http::{HeaderValue, Method, StatusCode, header, request::Parts};
use plein_domain::{
    ids::{CaseId, ImportId},
    ports::{Asker, Hurried, Lists, Ports},
    problem::Answer,
};
use std::{ops::Deref, str::FromStr};

/// The visit of somebody who is signed in.
pub(crate) struct Visit {
    pub ports: Ports,
    pub asker: Asker,
    pub scene: Scene,
}

impl Deref for Visit {
    type Target = Scene;

    fn deref(&self) -> &Scene {
        &self.scene
    }
}

impl Visit {
    /// The page made of the answer, or the page that tells why there is none.
    pub(crate) fn show<T>(&self, answer: Answer<T>, make: impl FnOnce(T) -> Page) -> Response {
        match answer {
            Ok(found) => self.page(StatusCode::OK, || make(found)),
            Err(problem) => problems::problem(&self.scene, problem),
        }
    }

    /// The lists that forms choose from and names come from. No viewing.
    pub(crate) async fn lists(&self) -> Answer<Lists> {
        self.ports.desk.lists(&self.asker).await
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(scene) = Scene::from_request_parts(parts, app).await;
        let asker = parts.extensions.get::<Asker>().cloned();
        let asker = asker.ok_or_else(|| see_other(&sign_in_path(&scene.path)))?;
        Ok(Self { ports: app.ports.clone(), asker, scene })
    }
}

/// The id in the path. What is no id is answered like an id that is nobody's.
pub(crate) struct Id<T>(pub T);

impl<T: FromStr + Send> FromRequestParts<App> for Id<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, app).await;
        if let Some(id) = path.ok().and_then(|axum::extract::Path(id)| id.parse().ok()) {
            return Ok(Self(id));
        }
        let Ok(scene) = Scene::from_request_parts(parts, app).await;
        Err(problems::problem(&scene, plein_domain::problem::Problem::NotFound))
    }
}

/// The case and what of it, by id or number, in the path; what is none is answered like one that does not exist.
pub(crate) struct CasePart<T>(pub CaseId, pub T);

impl<T: FromStr + Send> FromRequestParts<App> for CasePart<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let path = axum::extract::Path::<(String, String)>::from_request_parts(parts, app).await;
        if let Ok(axum::extract::Path((id, part))) = path
            && let (Ok(id), Ok(part)) = (id.parse(), part.parse())
        {
            return Ok(Self(id, part));
        }
        let Ok(scene) = Scene::from_request_parts(parts, app).await;
        Err(problems::problem(&scene, plein_domain::problem::Problem::NotFound))
    }
}

/// The list and the row's number in the path; what is none is answered like one that does not exist.
pub(crate) struct ListRow(pub ImportId, pub u32);

impl FromRequestParts<App> for ListRow {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let path = axum::extract::Path::<(String, String)>::from_request_parts(parts, app).await;
        if let Ok(axum::extract::Path((id, number))) = path
            && let (Ok(id), Ok(number)) = (id.parse(), number.parse())
        {
            return Ok(Self(id, number));
        }
        let Ok(scene) = Scene::from_request_parts(parts, app).await;
        Err(problems::problem(&scene, plein_domain::problem::Problem::NotFound))
    }
}

fn sign_in_path(back: &LocalPath) -> String {
    if back.as_str() == "/" { "/aanmelden".into() } else { format!("/aanmelden?naar={}", back.encoded()) }
}

/// Lets nobody in without being signed in, but for the public paths. Whoever sent a form keeps what they typed.
pub(super) async fn signed_in(app: State<App>, request: Request, next: Next) -> Response {
    let mut response = answer(app, request, next).await;
    // Whatever it is, it is for this person at this moment.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Too much was asked: nothing is done, and what somebody typed who is signed in is in the page that says so.
async fn hurried(app: &App, request: Request) -> Response {
    if request.uri().path().starts_with("/functies/") {
        // The island tries again by itself.
        return super::functions::refused(StatusCode::TOO_MANY_REQUESTS, &crate::functions::Refusal::Later);
    }
    let (mut parts, body) = request.into_parts();
    let Ok(scene) = Scene::from_request_parts(&mut parts, app).await;
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let form = parts.method == Method::POST && kind.starts_with("application/x-www-form-urlencoded");
    let typed = match scene.person.is_some() && form {
        true => axum::body::to_bytes(body, BODY_LIMIT).await.ok().and_then(|body| typed::read(&body)),
        false => None,
    };
    problems::hurried(&scene, typed)
}

async fn answer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if request.extensions().get::<Hurried>().is_some() {
        return hurried(&app, request).await;
    }
    let page = !["/assets", "/functies"].iter().any(|prefix| request.uri().path().starts_with(prefix));
    if let Some(asker) = request.extensions().get::<Asker>().filter(|asker| page && has_notices(&asker.person)).cloned()
        // A page without the counter is better than none.
        && let Ok(unread) = app.ports.notices.unread(&asker).await
    {
        request.extensions_mut().insert(Unread(unread));
    }
    let path = request.uri().path();
    let public = PUBLIC
        .iter()
        .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    if public || request.extensions().get::<Asker>().is_some() {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(scene) = Scene::from_request_parts(&mut parts, &app).await;
    if parts.method != Method::POST {
        return see_other(&sign_in_path(&scene.path));
    }
    if !is_form(&parts.headers) {
        // A file, which no page can hold. All of it is received and let go: a browser shows no answer before.
        let mut rest = body.into_data_stream();
        while let Some(Ok(_)) = rest.next().await {}
        return problems::session_over(&scene, None);
    }
    let typed = axum::body::to_bytes(body, BODY_LIMIT).await.ok().and_then(|body| typed::read(&body));
    match typed {
        Some(values) => problems::session_over(&scene, Some(&values)),
        None => problems::plain(&scene, StatusCode::BAD_REQUEST).into_response(),
    }
}

/// Whether what is sent is a form without files.
fn is_form(headers: &http::HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}
