//! The npm packages: style sheets, the bundler, wasm-opt, Playwright. `npm ci` from the lock file, nothing else.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::checkout::Checkout;
use crate::steps::{self, Inputs, Stamp, say};

const OLDEST_NODE: u32 = 20;
const LOCK: &str = "package-lock.json";

/// Installs the packages of the lock file, unless they are there.
pub fn install(checkout: &Checkout) -> Result<()> {
    let node = node_version()?;
    let fingerprint = Inputs::of("npm").text(&node).paths(checkout, &["package.json", LOCK, ".npmrc"])?.fingerprint();
    // The stamp lies inside `node_modules`, so that whoever deletes that folder gets a new one.
    let stamp = checkout.root.join("node_modules/.plein-stamp");
    if std::fs::read_to_string(&stamp).is_ok_and(|known| known == fingerprint) {
        return Ok(());
    }
    say("npm ci");
    let mut command = Command::new("npm");
    command
        .args(["ci", "--no-progress", "--loglevel=error"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(&checkout.root);
    steps::run(&mut command).context("the npm packages could not be installed")?;
    steps::write(&stamp, fingerprint.as_bytes())
}

/// Runs a script of `package.json`; its output is shown only when it fails.
pub fn script(checkout: &Checkout, name: &str) -> Result<()> {
    install(checkout)?;
    let mut command = Command::new("npm");
    command.args(["run", "--silent", name]).current_dir(&checkout.root);
    steps::output(&mut command).map(drop)
}

/// The version of Node, which must be new enough.
fn node_version() -> Result<String> {
    let Ok(version) = steps::output(Command::new("node").arg("--version")) else {
        bail!("Node.js is missing: Plein needs version {OLDEST_NODE} or newer, with npm, in PATH");
    };
    let version = version.trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node.js {version} is too old: Plein needs version {OLDEST_NODE} or newer");
    }
    Ok(version)
}

/// Bundles one entry file with esbuild into `folder`, unless nothing it could read has changed.
pub fn bundle(checkout: &Checkout, step: &str, sources: &[&str], arguments: &[String]) -> Result<std::path::PathBuf> {
    let folder = checkout.work(step);
    let mut inputs = Inputs::of(step).paths(checkout, sources)?.paths(checkout, &[LOCK])?;
    for argument in arguments {
        inputs = inputs.text(argument);
    }
    let stamp = Stamp::new(checkout, step, inputs.fingerprint());
    if stamp.holds() && folder.is_dir() {
        return Ok(folder);
    }
    say(format!("bundling {step}"));
    steps::empty_folder(&folder)?;
    let mut command = Command::new(checkout.npm_program("esbuild"));
    command
        .args(arguments)
        .arg(format!("--outdir={}", folder.display()))
        .args(["--bundle", "--minify", "--legal-comments=none", "--log-level=warning"])
        .current_dir(&checkout.root);
    steps::run(&mut command)?;
    stamp.remember()?;
    Ok(folder)
}
