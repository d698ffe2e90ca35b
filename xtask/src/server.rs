//! The server half: Cargo builds the `plein` command with the assets inside; here it is also started.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browser::{self, Effort};
use crate::checkout::Checkout;
use crate::children::{self, Running};
use crate::steps::{self, say};

/// Cargo with the asset folder named, as every build of the server must have it.
pub fn cargo(checkout: &Checkout) -> Command {
    let mut command = steps::cargo();
    command.env("PLEIN_ASSETS", checkout.assets()).current_dir(&checkout.root);
    command
}

/// Builds the command; gives the path of the program.
pub fn build(checkout: &Checkout, release: bool) -> Result<PathBuf> {
    say("server half: compiling");
    let mut command = cargo(checkout);
    command.args(["build", "--package", "plein", "--bin", "plein"]);
    if release {
        command.arg("--release");
    }
    steps::run(&mut command).context("the server half does not compile")?;
    Ok(checkout.target.join(if release { "release" } else { "debug" }).join("plein"))
}

/// Builds both halves; gives the path of the program.
pub fn build_both(checkout: &Checkout, effort: Effort, release: bool) -> Result<PathBuf> {
    browser::build(checkout, effort)?;
    build(checkout, release)
}

/// Fails in one sentence when somebody already listens on the port.
pub fn check_port(port: u16) -> Result<()> {
    if std::net::TcpListener::bind(("127.0.0.1", port)).is_err() {
        bail!("port {port} is taken on this machine: end what uses it, or choose another with --port");
    }
    Ok(())
}

/// Starts the demonstration.
pub fn start(program: &Path, port: u16, data: &Path, reload: bool) -> Result<Running> {
    let mut command = Command::new(program);
    command.arg("demo").arg("--port").arg(port.to_string()).arg("--data").arg(data);
    if reload {
        command.env("PLEIN_DEV_RELOAD", "1");
    }
    children::spawn(&mut command)
}

/// `cargo xtask run`: from a fresh clone to a page ready to click.
pub fn run(checkout: &Checkout, port: u16, data: &Path) -> Result<()> {
    check_port(port)?;
    let program = build_both(checkout, Effort::Small, false)?;
    say(format!("starting plein demo, its data in {}; Ctrl-C ends it", checkout.shown(data)));
    let mut server = start(&program, port, data, false)?;
    loop {
        if let Some(status) = server.ended()? {
            if status.success() || children::interrupted() {
                return Ok(());
            }
            bail!("plein demo ended by itself: {status}");
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}
