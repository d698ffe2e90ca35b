//! A whole page, from the request to the last byte, with its ledger and with a ledger that records nothing: what recording costs
//! whoever waits for a page.

use super::{IN_FLIGHT, Measured, flight::in_flight, world};
use crate::{place::Place, town};
use anyhow::{Result, ensure};
use axum::{Router, body::Body};
use http::{Request, StatusCode, header};
use plein_domain::{ids::SignalId, ports::SESSION_COOKIE};
use plein_server::Assembled;
use plein_vault::Vault;
use std::{sync::Arc, time::Duration};
use tower::ServiceExt;

/// With the ledger.
pub(super) const WITH: &str = "a page of a signal";
/// Without.
pub(super) const WITHOUT: &str = "the same page, its ledger records nothing";
/// How often the two take turns.
const ROUNDS: u32 = 4;

/// Both, in turns.
pub(super) async fn pages(place: &Place, each: Duration) -> Result<[Measured; 2]> {
    let (vault, _, signals) = world(place).await?;
    let app = program(&vault);
    let ports = town::ports(vault.clone());
    let (_, token) = town::sign_in(&ports, town::ANNA).await?;
    let cookie = format!("{SESSION_COOKIE}={token}");
    let mut turns = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (nothing, turns) in [false, true].into_iter().zip(&mut turns) {
            vault.record_nothing(nothing);
            let name = if nothing { WITHOUT } else { WITH };
            turns.push(
                in_flight(name, IN_FLIGHT, each / ROUNDS, |number| {
                    page(&app, &cookie, signals[number % signals.len()])
                })
                .await?,
            );
        }
    }
    vault.record_nothing(false);
    vault.close().await;
    Ok(turns.map(middle))
}

/// The turn in the middle by speed.
fn middle(mut turns: Vec<Measured>) -> Measured {
    turns.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    turns.swap_remove(turns.len() / 2)
}

/// The program without its assets, behind its edge.
fn program(vault: &Arc<Vault>) -> Router {
    let (Assembled { ports, sockets, .. }, edge) = town::program(vault);
    edge.around(plein_app::router(ports, plein_app::Assets::default()).merge(sockets))
}

fn page(app: &Router, cookie: &str, signal: SignalId) -> impl Future<Output = Result<()>> + Send + use<> {
    let request = Request::get(format!("/signalen/{signal}"))
        .header(header::HOST, "localhost")
        .header(header::COOKIE, cookie)
        .body(Body::empty());
    let app = app.clone();
    async move {
        let response = app.oneshot(request?).await?;
        let status = response.status();
        let page = axum::body::to_bytes(response.into_body(), usize::MAX).await?;
        ensure!(status == StatusCode::OK && page.len() > 5_000, "{status}, {} bytes", page.len());
        Ok(())
    }
}
