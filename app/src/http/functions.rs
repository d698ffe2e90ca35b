//! Server functions: the islands' door. Only for who is signed in, and their errors have an honest status.

use super::{App, BODY_LIMIT};
use crate::functions::{Refusal, Served};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use leptos::{prelude::provide_context, server_fn::error::FromServerFnError};
use plein_domain::ports::Asker;

/// What a refusal is.
const JSON: &str = "application/json";

/// A refusal as an island reads it.
pub(super) fn refused(status: StatusCode, refusal: &Refusal) -> Response {
    (status, [(header::CONTENT_TYPE, JSON)], refusal.ser()).into_response()
}

/// Runs the server function at this path for the person who asks.
pub(super) async fn post(State(app): State<App>, request: Request) -> Response {
    let Some(asker) = request.extensions().get::<Asker>().cloned() else {
        return refused(StatusCode::UNAUTHORIZED, &Refusal::SignedOut);
    };
    if !leptos::server_fn::axum::server_fn_paths().any(|(path, _)| path == request.uri().path()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    asker.arrived.anew();
    let request = Request::from_parts(parts, body.into());
    let served = Served::default();
    let contexts = {
        let (ports, served) = (app.ports, served.clone());
        move || {
            provide_context(ports.clone());
            provide_context(asker.clone());
            provide_context(served.clone());
        }
    };
    let mut response = leptos_axum::handle_server_fns_with_context(contexts, request).await.into_response();
    if let Some(status) = served.status() {
        *response.status_mut() = status;
    } else if response.status().is_server_error() {
        // The function itself did not run: its arguments could not be read.
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    if !response.status().is_success() {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    }
    response
}
