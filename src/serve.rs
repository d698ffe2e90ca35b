//! Serves pages over one vault until asked to stop, and then loses nothing.

use crate::{assets, tokens::Tokens};
use plein_app::Assets;
use plein_domain::ports::Installation;
use plein_server::{
    Assembled,
    edge::{self, ConnectionLimits, Edge, Limiter, Limits, Pace, Proxies},
};
use plein_vault::{Vault, streams::ServedLog};
use std::{sync::Arc, time::Duration};
use tokio::net::TcpListener;

/// Whatever ends the program.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How it is reached, and how much of it may be asked.
#[derive(Default)]
pub struct Reached {
    /// What browsers see before every path, where that is known.
    pub public_url: Option<String>,
    /// The proxies before it.
    pub proxies: Proxies,
    /// How much may be asked; in a demonstration, which answers one machine alone, as much as anybody likes.
    pub limits: Option<Limits>,
    /// How many connections there may be.
    pub connections: ConnectionLimits,
}

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
    reached: Reached,
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
        public_url: reached.public_url,
        proxies: reached.proxies.clone(),
        limiter: reached.limits.map(Limiter::new),
        pace: Pace::default(),
        ready: Arc::new(move || {
            let vault = asked.clone();
            Box::pin(async move { vault.ready().await })
        }),
        served: answers.clone(),
    };
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let mut fallen = None;
    let asked = async {
        tokio::select! {
            () = asked_to_stop() => {}
            name = vault.tasks().fallen() => fallen = Some(name),
        }
        let _ = stop.send(());
    };
    let connections = within_the_systems_limit(reached.connections);
    // Connections that stay open are given five seconds after the wish to stop.
    tokio::select! {
        () = edge::serve(listener, edge.around(pages), connections, reached.proxies, asked) => {}
        () = async { let _ = stopped.await; tokio::time::sleep(Duration::from_secs(5)).await } => {}
    }
    drop(ports);
    if let Some(answers) = answers {
        answers.close().await;
    }
    vault.close().await;
    match fallen {
        Some(name) => Err(format!("a task behind the pages ended by a panic ({name}); begin the program anew").into()),
        None => Ok(()),
    }
}

/// Not more connections than there are descriptors: whoever comes then would find nobody at the door, and the databases no files.
fn within_the_systems_limit(wanted: ConnectionLimits) -> ConnectionLimits {
    /// What databases, logs and the provider need.
    const OTHERS: usize = 200;
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let Some(most) = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok()) else { return wanted };
    let all = most.saturating_sub(OTHERS).max(OTHERS);
    if all < wanted.all {
        tracing::warn!(
            "limits.connections is {}, and the system gives {most} open files: {all} connections are taken; raise LimitNOFILE",
            wanted.all
        );
    }
    ConnectionLimits { all: wanted.all.min(all), ..wanted }
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
