//! Serves pages over one vault until asked to stop, and then loses nothing.

use crate::{assets, tokens::Tokens};
use axum::serve::ListenerExt;
use plein_app::Assets;
use plein_domain::ports::Installation;
use plein_server::{Assembled, edge::Edge};
use plein_vault::{Vault, streams::ServedLog};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::TcpListener;

/// Whatever ends the program.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Serves until Ctrl-C or SIGTERM.
///
/// # Errors
/// The socket fails.
pub async fn serve(
    listener: TcpListener,
    vault: Arc<Vault>,
    Assembled { ports, sockets, .. }: Assembled,
    installation: &Installation,
    tokens: Option<&Tokens>,
    answers: Option<Arc<ServedLog>>,
) -> Result<(), Failure> {
    let names = Assets {
        js: assets::url("plein.js"),
        wasm: assets::url("plein_bg.wasm"),
        css: assets::url("plein.css"),
        tokens: tokens.map(Tokens::url).unwrap_or_default(),
        icon: assets::url("icon.svg"),
        editor: assets::url("plan-editor.js"),
        pictures: assets::pictures(),
        reload: std::env::var_os("PLEIN_DEV_RELOAD").is_some(),
    };
    let pages = plein_app::router(ports.clone(), names)
        .merge(assets::router())
        .merge(sockets)
        .merge(tokens.map(Tokens::router).unwrap_or_default());
    let asked = vault.clone();
    let edge = Edge {
        sessions: ports.sessions.clone(),
        entropy: vault.entropy().clone(),
        demo: installation.demo,
        ready: Arc::new(move || {
            let vault = asked.clone();
            Box::pin(async move { vault.ready().await })
        }),
        served: answers.clone(),
    };
    let service = edge.around(pages).into_make_service_with_connect_info::<SocketAddr>();
    // A keystroke's frame must not wait for the other side's answer to the one before (Nagle's algorithm): with the
    // delayed answers of TCP that is up to 40 ms. A connection that refuses the option works all the same.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        asked_to_stop().await;
        let _ = stop.send(());
    });
    // Connections that stay open are given five seconds after the wish to stop.
    tokio::select! {
        done = async { server.await } => done?,
        () = async { let _ = stopped.await; tokio::time::sleep(Duration::from_secs(5)).await } => {}
    }
    drop(ports);
    if let Some(answers) = answers {
        answers.close().await;
    }
    vault.close().await;
    Ok(())
}

async fn asked_to_stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
