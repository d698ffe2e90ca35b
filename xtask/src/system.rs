//! What the machine itself must have: Debian packages, installed where the driver may, asked for by name where not.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Result, bail};

use crate::checkout::Checkout;
use crate::steps::{self, say};

static LISTS_ARE_FRESH: AtomicBool = AtomicBool::new(false);

/// Whether the driver runs as root.
pub fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// Installs Debian packages, or says the exact command when it may not.
pub fn install(checkout: &Checkout, what_for: &str, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if steps::find_program(&["apt-get"]).is_none() {
        bail!("{what_for} is missing. Please install what your system calls: {list}");
    }
    if !is_root() && !checkout.install {
        bail!(
            "{what_for} is missing. Install it with\n\n    sudo apt-get update && sudo apt-get install {list}\n\n\
             or let the driver do that: the same command once more with --install"
        );
    }
    say(format!("{what_for} is missing: installing {list}"));
    if !LISTS_ARE_FRESH.swap(true, Ordering::SeqCst) {
        // A list that cannot be renewed is not yet a failure: the packages may be known already.
        apt().args(["update", "-qq"]).status()?;
    }
    let mut command = apt();
    command.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
    // Not by `steps::run`: sudo must be able to ask for a password on the terminal.
    let status = command.status()?;
    if !status.success() {
        bail!("{what_for} could not be installed (apt-get: {status}). Please install by hand: {list}");
    }
    Ok(())
}

fn apt() -> Command {
    if is_root() {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return command;
    }
    let mut command = Command::new("sudo");
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}

/// The browser for tests, installed if need be.
pub fn chromium(checkout: &Checkout) -> Result<std::path::PathBuf> {
    const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
    if let Some(named) = std::env::var_os("PLEIN_CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = steps::find_program(NAMES) {
        return Ok(found);
    }
    install(checkout, "Chromium, the browser for tests,", &["chromium", "fonts-liberation"])?;
    match steps::find_program(NAMES) {
        Some(found) => Ok(found),
        None => bail!("Chromium was installed but is not in PATH; name it with PLEIN_CHROMIUM"),
    }
}

/// Go with the sources of its signed notes and transparency logs, by which a test holds our proofs; installed if need be.
pub fn go(checkout: &Checkout) -> Result<()> {
    let sources = std::path::Path::new("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog");
    if steps::find_program(&["go"]).is_none() || !sources.exists() {
        let packages = ["golang-go", "golang-golang-x-mod-dev"];
        install(checkout, "Go, for a second opinion on the proofs,", &packages)?;
    }
    Ok(())
}

/// OpenSSL's program, by which the browser tests make an authority and its certificates, installed if need be.
pub fn openssl(checkout: &Checkout) -> Result<()> {
    if steps::find_program(&["openssl"]).is_none() {
        install(checkout, "OpenSSL, for the certificates of a test,", &["openssl"])?;
    }
    Ok(())
}

/// Java, which the HTML checker of the browser tests runs on, installed if need be.
pub fn java(checkout: &Checkout) -> Result<()> {
    if steps::find_program(&["java"]).is_none() {
        install(checkout, "Java, for the HTML checker,", &["default-jre-headless"])?;
    }
    Ok(())
}
