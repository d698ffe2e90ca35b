//! A compiler for the browser half. It is looked for in three places, cheapest first: the toolchain at hand, rustup's
//! download of its WebAssembly target, Debian's own compiler with a standard library built here once.
//! The last one never touches the rustup toolchain: it has its own compiler, its own sysroot in the cache folder.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::checkout::Checkout;
use crate::children;
use crate::steps::{self, say};
use crate::system;

/// The name of the target in Cargo's words.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// How long rustup may try to download the target.
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);
/// Debian's compiler, its sources for the standard library, and its linker.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const LINKERS: &[&str] = &["wasm-ld-19", "wasm-ld"];

/// A toolchain that can compile for the browser.
pub enum WasmToolchain {
    /// The toolchain that also compiles the server.
    Own {
        /// What `rustc --version` says.
        version: String,
    },
    /// Debian's compiler with a sysroot of ours.
    Debian {
        /// What `rustc --version` says.
        version: String,
        /// The folder with the standard library for WebAssembly.
        sysroot: PathBuf,
        /// The program that links WebAssembly.
        linker: PathBuf,
    },
}

impl WasmToolchain {
    /// Finds or makes one. `PLEIN_WASM_TOOLCHAIN=own` or `=debian` skips the other places.
    pub fn find(checkout: &Checkout) -> Result<Self> {
        let wish = env::var("PLEIN_WASM_TOOLCHAIN").unwrap_or_default();
        if !["", "own", "debian"].contains(&wish.as_str()) {
            bail!("PLEIN_WASM_TOOLCHAIN is {wish:?}; it can be own or debian");
        }
        if wish != "debian" {
            if own_has_target()? {
                return own();
            }
            // A sysroot that was built before is quicker than another try at the download.
            if wish != "own"
                && let Some(ready) = debian_if_ready(checkout)?
            {
                return Ok(ready);
            }
            if rustup_adds_target() && own_has_target()? {
                return own();
            }
        }
        if wish == "own" {
            bail!(
                "the Rust toolchain at hand cannot compile for {TARGET} and rustup could not add it. \
                 Try: rustup target add {TARGET}"
            );
        }
        debian(checkout)
            .with_context(|| format!("no compiler for the browser half. The usual remedy: rustup target add {TARGET}"))
    }

    /// What this toolchain is, for people and for fingerprints.
    pub fn description(&self) -> String {
        match self {
            Self::Own { version } => format!("{version} with its own {TARGET}"),
            Self::Debian { version, sysroot, .. } => format!("{version} with {}", sysroot.display()),
        }
    }

    /// Cargo of this toolchain, to be given a subcommand and `--target`.
    pub fn cargo(&self) -> Command {
        match self {
            Self::Own { .. } => steps::cargo(),
            Self::Debian { sysroot, linker, .. } => {
                let mut command = debian_cargo();
                command
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    // A target's flags do not reach build scripts and procedural macros: those keep the host's sysroot.
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", format!("--sysroot={}", sysroot.display()));
                command
            }
        }
    }
}

fn own() -> Result<WasmToolchain> {
    Ok(WasmToolchain::Own { version: rustc_version(&mut own_rustc())? })
}

fn own_rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn rustc_version(rustc: &mut Command) -> Result<String> {
    Ok(steps::output(rustc.arg("--version"))?.trim().to_owned())
}

fn own_has_target() -> Result<bool> {
    let folder = steps::output(own_rustc().args(["--print", "target-libdir", "--target", TARGET]))?;
    let folder = Path::new(folder.trim());
    Ok(folder.is_dir() && fs::read_dir(folder)?.next().is_some())
}

/// Lets rustup try for a short time; whether it worked is asked of the compiler afterwards.
fn rustup_adds_target() -> bool {
    if steps::find_program(&["rustup"]).is_none() {
        return false;
    }
    say(format!("browser half: rustup target add {TARGET}"));
    let Ok(mut rustup) = children::spawn(Command::new("rustup").args(["target", "add", TARGET])) else {
        return false;
    };
    if !rustup.ended_within(RUSTUP_LIMIT) {
        say("rustup takes too long; trying Debian's compiler instead");
        rustup.end();
    }
    true
}

/// Debian's Cargo with Debian's compiler, free of what rustup's proxies put into the environment.
fn debian_cargo() -> Command {
    let mut command = Command::new(DEBIAN_CARGO);
    steps::forget_own_package(&mut command);
    for name in
        ["RUSTUP_TOOLCHAIN", "CARGO", "LD_LIBRARY_PATH", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER"]
    {
        command.env_remove(name);
    }
    command.env("RUSTC", DEBIAN_RUSTC).env("RUSTDOC", "/usr/bin/rustdoc");
    command
}

fn debian_is_installed() -> bool {
    let sources = Path::new("/usr/lib/rustlib/src/rust/library/std").is_dir();
    let programs = Path::new(DEBIAN_CARGO).is_file() && Path::new(DEBIAN_RUSTC).is_file();
    programs && sources && steps::find_program(LINKERS).is_some()
}

fn debian_sysroot(checkout: &Checkout) -> Result<(String, PathBuf)> {
    let version = rustc_version(&mut Command::new(DEBIAN_RUSTC))?;
    // "rustc 1.96.0 (ac68faa20 2026-05-25)" becomes "1.96.0-ac68faa20".
    let words: Vec<&str> = version.split_whitespace().skip(1).take(2).collect();
    let key = words.join("-").replace(['(', ')', '/'], "");
    Ok((version, checkout.cache.join("wasm-sysroot").join(key)))
}

fn debian_if_ready(checkout: &Checkout) -> Result<Option<WasmToolchain>> {
    if !debian_is_installed() {
        return Ok(None);
    }
    let (version, sysroot) = debian_sysroot(checkout)?;
    let Some(linker) = steps::find_program(LINKERS).filter(|_| sysroot.is_dir()) else {
        return Ok(None);
    };
    Ok(Some(WasmToolchain::Debian { version, sysroot, linker }))
}

fn debian(checkout: &Checkout) -> Result<WasmToolchain> {
    if !debian_is_installed() {
        system::install(checkout, "A Rust compiler for WebAssembly", DEBIAN_PACKAGES)?;
    }
    let linker = steps::find_program(LINKERS).context("the linker wasm-ld is missing: install lld-19")?;
    let (version, sysroot) = debian_sysroot(checkout)?;
    if !sysroot.is_dir() {
        say(format!("browser half: building the standard library for WebAssembly once ({version})"));
        build_sysroot(&sysroot)?;
    }
    Ok(WasmToolchain::Debian { version, sysroot, linker })
}

/// Compiles the standard library by way of an empty crate and copies the result into place in one move.
fn build_sysroot(sysroot: &Path) -> Result<()> {
    let name = sysroot.file_name().context("the sysroot has no name")?.to_string_lossy().into_owned();
    let work = sysroot.with_file_name(format!("{name}.building-{}", std::process::id()));
    steps::empty_folder(&work)?;
    // Without dependencies: of a crate that has its own, a second `cfg-if` would get into the sysroot (E0463).
    steps::write(
        &work.join("Cargo.toml"),
        b"[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\npath = \"empty.rs\"\n\n[workspace]\n",
    )?;
    steps::write(&work.join("empty.rs"), b"#![no_std]\n")?;
    let mut command = debian_cargo();
    command
        .current_dir(&work)
        .env("CARGO_TARGET_DIR", work.join("target"))
        // The standard library is built with unstable flags, which a released compiler takes only so.
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,proc_macro"]);
    steps::run(&mut command)?;

    let made = work.join("sysroot");
    let libraries = made.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&libraries)?;
    for file in steps::files_below(&work.join("target").join(TARGET).join("release/deps"))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            fs::copy(&file, libraries.join(&name))?;
        }
    }
    fs::rename(&made, sysroot).with_context(|| format!("cannot put {} in place", sysroot.display()))?;
    fs::remove_dir_all(&work)?;
    Ok(())
}
