//! The provider says that somebody is signed out there (OpenID Connect Back-Channel Logout): their sessions end at once, also
//! those in which a plan is open.

use super::{
    flow::{Door, hash},
    tokens,
};
use axum::{
    Extension, Form, Router,
    extract::{DefaultBodyLimit, State, rejection::FormRejection},
    response::{IntoResponse, Response},
    routing::post,
};
use http::StatusCode;
use plein_domain::{
    ledger::LineKind,
    ports::{Arrival, SessionRef},
};
use plein_vault::store::SignedOut;
use serde::Deserialize;

/// The largest form, in bytes.
const FORM: usize = 32 * 1024;

/// Where the provider says so. It comes from no browser: no cookie counts there, only the token.
pub(crate) fn router(door: Door) -> Router {
    Router::new()
        .route("/aanmelden/afmelden-door-provider", post(sign_out))
        .layer(DefaultBodyLimit::max(FORM))
        .with_state(door)
}

#[derive(Deserialize)]
struct Said {
    logout_token: String,
}

async fn sign_out(
    State(door): State<Door>,
    Extension(arrival): Extension<Arrival>,
    form: Result<Form<Said>, FormRejection>,
) -> Response {
    let Ok(Form(said)) = form else { return refused() };
    match door.sign_out(&said.logout_token, &arrival).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(Some(why)) => {
            door.events.note("logout-token");
            tracing::warn!(trace = %arrival.trace, network = %arrival.network, "a sign-out by the provider is not believed: {why}");
            refused()
        }
        // The provider tries again.
        Err(None) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn refused() -> Response {
    let body = r#"{"error":"invalid_request"}"#;
    (StatusCode::BAD_REQUEST, [(http::header::CONTENT_TYPE, "application/json")], body).into_response()
}

impl Door {
    /// Why it is not believed; nothing when that could not be found out, or not be done.
    async fn sign_out(&self, token: &str, arrival: &Arrival) -> Result<(), Option<String>> {
        let down = |error: plein_vault::VaultError| {
            tracing::error!(trace = %arrival.trace, %error, "a sign-out by the provider cannot be done");
            None
        };
        let out = match tokens::logout_token(&self.provider, token).await {
            Ok(out) => out,
            Err(tokens::Unbelieved::Provider(why)) => {
                tracing::error!(trace = %arrival.trace, "a sign-out by the provider cannot be verified: {why}");
                return Err(None);
            }
            Err(why) => return Err(Some(why.to_string())),
        };
        let subject = match &out.subject {
            Some(subject) => Some(self.subject("sub", subject).await.map_err(down)?),
            None => None,
        };
        let provider_session = match &out.session {
            Some(session) => Some(self.subject("sid", session).await.map_err(down)?),
            None => None,
        };
        let out = SignedOut { token: hash(&out.id), subject, provider_session, issued: out.issued };
        let ended = self.vault.sign_ins.end_sessions(&out).await;
        let Some(ended) = ended.map_err(down)? else {
            return Err(Some("the token was taken before (jti)".into()));
        };
        for person in ended {
            // As with every sign-out: it counts also while the log is down.
            let recorded = async {
                let asker = self.asker(person, SessionRef([0; 32]), arrival).await?;
                self.vault.gate.record_session(&asker, LineKind::SignedOut, "provider").await
            };
            if let Err(error) = recorded.await {
                tracing::error!(trace = %arrival.trace, %error, "a sign-out cannot be recorded");
            }
        }
        Ok(())
    }
}
