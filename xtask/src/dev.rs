//! `cargo xtask dev`: rebuilds what a change concerns and starts the server anew.
//! The server hears of it by `PLEIN_DEV_RELOAD=1`: pages then watch it and reload after it was away.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::browser::{self, Effort};
use crate::checkout::Checkout;
use crate::children::{self, Running};
use crate::server;
use crate::steps::{self, say};

/// What is watched; each step decides by itself whether a change concerns it.
const WATCHED: &[&str] =
    &["src", "app", "server", "vault", "proof", "domain", "style", "migrations", "Cargo.toml", "build.rs"];
/// How often files are looked at.
const INTERVAL: Duration = Duration::from_millis(400);

/// Runs until Ctrl-C.
pub fn run(checkout: &Checkout, port: u16, data: &Path) -> Result<()> {
    server::check_port(port)?;
    let mut seen = state(checkout)?;
    let mut running = rebuild(checkout, port, data, None);
    loop {
        std::thread::sleep(INTERVAL);
        if children::interrupted() {
            return Ok(());
        }
        if let Some(server) = &mut running
            && let Some(status) = server.ended()?
        {
            say(format!("the server ended by itself ({status}); it starts again after the next change"));
            running = None;
        }
        let now = settled(checkout)?;
        if now != seen {
            say("something changed");
            seen = now;
            running = rebuild(checkout, port, data, running);
        }
    }
}

/// Builds; the old server goes on until the new one stands ready, and stays when the build fails.
fn rebuild(checkout: &Checkout, port: u16, data: &Path, old: Option<Running>) -> Option<Running> {
    let built = browser::build(checkout, Effort::Quick).and_then(|()| server::build(checkout, false));
    let program = match built {
        Ok(program) => program,
        Err(error) => {
            say(format!("{error:#}"));
            return old;
        }
    };
    drop(old);
    match server::start(&program, port, data, true) {
        Ok(server) => Some(server),
        Err(error) => {
            say(format!("{error:#}"));
            None
        }
    }
}

type State = HashMap<PathBuf, Option<SystemTime>>;

fn state(checkout: &Checkout) -> Result<State> {
    let mut state = State::new();
    for path in WATCHED {
        for file in steps::files_below(&checkout.root.join(path))? {
            let changed = file.metadata().and_then(|metadata| metadata.modified()).ok();
            state.insert(file, changed);
        }
    }
    Ok(state)
}

/// The state once it has stopped changing: an editor or `git` may write many files one after the other.
fn settled(checkout: &Checkout) -> Result<State> {
    let mut last = state(checkout)?;
    loop {
        std::thread::sleep(INTERVAL / 4);
        let now = state(checkout)?;
        if now == last {
            return Ok(now);
        }
        last = now;
    }
}
