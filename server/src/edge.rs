//! The web edge: what every request passes before any page, and what every answer carries.
//!
//! It names the request (trace), finds who asks (session), refuses what comes from another site, and sets the headers
//! that give nothing away. What must never happen here: an answer without these headers, or a write that another
//! site made the browser send.

mod guard;
mod headers;

pub(crate) use guard::same_site;

use axum::{Router, middleware::from_fn_with_state, routing::get};
use plein_domain::{moment::Entropy, ports::Sessions};
use plein_vault::streams::ServedLog;
use std::sync::Arc;

/// No request is larger, in bytes; what a form may hold is less.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// What the edge needs to know.
#[derive(Clone)]
pub struct Edge {
    /// Finds who asks.
    pub sessions: Arc<dyn Sessions>,
    /// Makes traces and nonces.
    pub entropy: Arc<dyn Entropy>,
    /// A demo answers on loopback only, and refuses requests that a proxy forwarded.
    pub demo: bool,
    /// Tells whether a viewing could be recorded now.
    pub ready: Arc<dyn Fn() -> futures::future::BoxFuture<'static, bool> + Send + Sync>,
    /// Where it is written down what was served, when the streams are told.
    pub served: Option<Arc<ServedLog>>,
}

impl Edge {
    /// Puts the edge around the pages.
    pub fn around(self, pages: Router) -> Router {
        let ready = self.ready.clone();
        let health = Router::new().route("/healthz", get(|| async { "ok\n" })).route(
            "/readyz",
            get(move || {
                let ready = ready();
                async move {
                    if ready.await {
                        (http::StatusCode::OK, "ready\n")
                    } else {
                        (http::StatusCode::SERVICE_UNAVAILABLE, "not ready: the ledger cannot be written\n")
                    }
                }
            }),
        );
        pages
            .merge(health)
            .layer(tower_http::timeout::TimeoutLayer::with_status_code(
                http::StatusCode::SERVICE_UNAVAILABLE,
                std::time::Duration::from_secs(30),
            ))
            .layer(tower_http::limit::RequestBodyLimitLayer::new(BODY_LIMIT))
            .layer(tower_http::catch_panic::CatchPanicLayer::custom(guard::panicked))
            .layer(from_fn_with_state(self, guard::guard))
    }
}
