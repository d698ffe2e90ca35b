//! What is checked without starting the program: format, clippy on both halves, the types and small tests of what is
//! written in TypeScript, what is said of security, licences and sources of the crates.

use std::process::Command;

use anyhow::Result;

use crate::checkout::Checkout;
use crate::npm;
use crate::report::Report;
use crate::security;
use crate::server;
use crate::steps::{self, say};
use crate::toolchain::{TARGET, WasmToolchain};

/// Runs all checks, each one even when another failed.
pub fn check(checkout: &Checkout, report: &mut Report) -> Result<()> {
    report.check("rustfmt", || {
        let mut command = steps::cargo();
        command.args(["fmt", "--all", "--check"]).current_dir(&checkout.root);
        steps::run(&mut command)
    })?;
    report.check("clippy, server half", || {
        let mut command = server::cargo(checkout);
        command.args(["clippy", "--workspace", "--all-targets", "--locked", "--keep-going", "--", "-D", "warnings"]);
        steps::run(&mut command)
    })?;
    report.check("clippy, browser half", || browser_clippy(checkout))?;
    for (step, script) in [
        ("types, editor", "typecheck:editor"),
        ("types, browser tests", "typecheck:e2e"),
        ("editor's own tests", "test:editor"),
    ] {
        report.check(step, || npm::script(checkout, script))?;
    }
    report.check("docs/security.md", || security::check(&checkout.root))?;
    deny(checkout, report)
}

/// Clippy of the browser half: for its own target where the toolchain has it, otherwise compiled as if for this machine.
fn browser_clippy(checkout: &Checkout) -> Result<()> {
    let toolchain = WasmToolchain::find(checkout)?;
    let mut command = server::cargo(checkout);
    command.env_remove("PLEIN_ASSETS");
    command.args(["clippy", "--package", "plein", "--package", "plein-app", "--package", "plein-domain", "--lib"]);
    command.args(["--no-default-features", "--features", "plein/hydrate", "--locked"]);
    if matches!(toolchain, WasmToolchain::Own { .. }) {
        command.args(["--target", TARGET]);
    } else {
        say("Debian's compiler has no clippy: the browser half is checked as if for this machine");
    }
    steps::run(command.args(["--", "-D", "warnings"]))
}

fn deny(checkout: &Checkout, report: &mut Report) -> Result<()> {
    if steps::output(Command::new("cargo-deny").arg("--version")).is_err() {
        report.skip("cargo deny", "cargo-deny is not installed (cargo install cargo-deny): NOTHING WAS CHECKED");
        return Ok(());
    }
    let cargo_deny = |arguments: &[&str]| {
        let mut command = Command::new("cargo-deny");
        command.arg("--workspace").args(arguments).current_dir(&checkout.root);
        command
    };
    report.check("cargo deny", || steps::run(&mut cargo_deny(&["check", "bans", "licenses", "sources"])))?;
    if steps::output(&mut cargo_deny(&["fetch", "db"])).is_err() {
        report.skip("advisories", "the advisory database cannot be reached: KNOWN VULNERABILITIES WERE NOT LOOKED UP");
        return Ok(());
    }
    report.check("advisories", || steps::run(&mut cargo_deny(&["check", "--disable-fetch", "advisories"])))
}
