//! The life of a session as pages know it: that it is about to end is told before it does.
//!
//! By a small script of its own and not by an island, so that pages without islands stay without their program. Without JavaScript
//! nothing can be told; what is sent after the end comes back with a way on, as for everybody.

use super::{Scene, Visit};
use crate::texts::{common::*, t, tf};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use leptos::prelude::*;
use plein_domain::ports::{Ports, SESSION_COOKIE, SessionLimits};

/// What tells it.
const SCRIPT: &str = include_str!("session.js");
/// Where the script puts the time.
const AT: &str = "--:--";
/// How long before the end by doing nothing it is told, in seconds; of a short time the half.
const BEFORE_IDLE: i64 = 120;
/// How long before the end that nothing moves.
const BEFORE_LONGEST: i64 = 600;

/// `GET /aanmelden/resterend`: how long the session of this browser still lasts; `null` when it has none.
pub(super) async fn left(State(ports): State<Ports>, headers: HeaderMap) -> Response {
    let left = match token(&headers) {
        Some(token) => ports.sessions.left(token).await,
        None => Ok(None),
    };
    match left {
        Ok(left) => {
            let text = serde_json::to_string(&left).unwrap_or_else(|_| "null".into());
            ([(header::CONTENT_TYPE, "application/json")], text).into_response()
        }
        Err(problem) => {
            StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE).into_response()
        }
    }
}

/// `POST /verlengen`: that it was asked is a use of the session.
pub(super) async fn extend(_: Visit) -> StatusCode {
    StatusCode::NO_CONTENT
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == SESSION_COOKIE).map(|(_, token)| token).filter(|token| token.len() == 64)
}

/// The place where it is told, with its words, and the script.
pub(super) fn ending(scene: &Scene) -> Option<AnyView> {
    let left = scene.left.filter(|_| scene.person.is_some())?;
    let SessionLimits { idle, longest, .. } = scene.installation.sessions;
    Some(
        view! {
            <div id="session-end" class="session-end" role="region" aria-label=t(END_LABEL) hidden
                data-left-idle=left.idle.to_string()
                data-left-longest=left.longest.to_string()
                data-before-idle=BEFORE_IDLE.min(idle / 2).to_string()
                data-before-longest=BEFORE_LONGEST.min(longest / 2).to_string()
                data-idle=tf(END_IDLE, &[AT])
                data-longest=tf(END_LONGEST, &[AT])
                data-over=tf(END_OVER, &[AT])
                data-stayed=tf(END_STAYED, &[AT])
                data-failed=tf(END_FAILED, &[AT])
            >
                <div class="page-width session-end__inner">
                    <p class="session-end__text" role="alert"></p>
                    <button type="button" class=crate::parts::Weight::Primary.class() hidden>{t(END_STAY)}</button>
                    <a class="utrecht-link utrecht-link--html-a" href="/aanmelden" target="_blank" rel="noopener" hidden>
                        {t(crate::texts::sign_in::SIGN_IN_NEW_TAB)}
                    </a>
                </div>
            </div>
            <script nonce=scene.nonce.clone() inner_html=SCRIPT></script>
        }
        .into_any(),
    )
}
