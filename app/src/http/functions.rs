//! Server functions: the islands' door. Only for who is signed in, and their errors have an honest status.

use super::{App, BODY_LIMIT};
use crate::functions::{Refusal, Served};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use leptos::prelude::{Owner, provide_context};
use leptos::{reactive::computed::ScopedFuture, server_fn::error::FromServerFnError};
use plein_domain::ports::Asker;

/// Runs the server function at this path for the person who asks.
pub(super) async fn post(State(app): State<App>, request: Request) -> Response {
    let Some(asker) = request.extensions().get::<Asker>().cloned() else {
        let refusal = Refusal::SignedOut.ser();
        return (StatusCode::UNAUTHORIZED, refusal).into_response();
    };
    let path = request.uri().path().to_owned();
    let Some(mut function) = server_fn::axum::get_server_fn_service(&path, request.method().clone()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let request = Request::from_parts(parts, body.into());
    let served = Served::default();
    let owner = Owner::new_root(None);
    let answer = owner.with(|| {
        provide_context(app.ports);
        provide_context(asker);
        provide_context(served.clone());
        ScopedFuture::new(async move { function.run(request).await })
    });
    let mut response = answer.await;
    owner.cleanup();
    if let Some(status) = served.status() {
        *response.status_mut() = status;
    } else if response.status().is_server_error() {
        // The function itself did not run: its arguments could not be read.
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    response
}
