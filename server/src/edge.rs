//! The web edge: what every request passes before any page, and what every answer carries.
//!
//! It names the request (trace), finds who asks (session), refuses what comes from another site, and sets the headers
//! that give nothing away. What must never happen here: an answer without these headers, or a write that another
//! site made the browser send.

mod connections;
mod guard;
mod headers;
mod limits;
mod pages;
mod whence;

pub use connections::{ConnectionLimits, serve};
pub use limits::{Limiter, Limits};
pub use whence::{Network, Proxies, ProxyHeader};

use axum::{Router, middleware::from_fn_with_state, routing::get};
use plein_domain::{moment::Entropy, ports::Sessions};
use plein_vault::streams::ServedLog;
use std::{sync::Arc, time::Duration};

/// No request is larger, in bytes; what a form may hold is less.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// How long a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Altogether, with the sending of what it brings.
    pub whole: Duration,
    /// How long the other side may pause while it sends that.
    pub pause: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { whole: Duration::from_secs(60), pause: Duration::from_secs(15) }
    }
}

/// What the edge needs to know.
#[derive(Clone)]
pub struct Edge {
    /// Finds who asks.
    pub sessions: Arc<dyn Sessions>,
    /// Makes traces and nonces.
    pub entropy: Arc<dyn Entropy>,
    /// A demo answers on loopback only, and refuses requests that a proxy forwarded.
    pub demo: bool,
    /// What browsers see before every path, where that is known.
    pub public_url: Option<String>,
    /// The proxies before the program.
    pub proxies: Proxies,
    /// How much may be asked; without it, as much as anybody likes.
    pub limiter: Option<Arc<Limiter>>,
    /// How long a request may take.
    pub pace: Pace,
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
            .layer(tower_http::limit::RequestBodyLimitLayer::new(BODY_LIMIT))
            .layer(from_fn_with_state(self, guard::guard))
    }
}
