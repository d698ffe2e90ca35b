//! The browser half: Rust to WebAssembly (Cargo), its JavaScript side (wasm-bindgen), its size (wasm-opt),
//! and beside it the style sheet and the few scripts. Every step is left out when what it reads is unchanged.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::assets::Assets;
use crate::checkout::Checkout;
use crate::npm;
use crate::steps::{self, Inputs, Stamp, say};
use crate::toolchain::{TARGET, WasmToolchain};

/// How much work goes into a small bundle.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// As it goes to people: optimised for size.
    Small,
    /// For `cargo xtask dev`: quick to rebuild.
    Quick,
}

impl Effort {
    fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Quick => "quick",
        }
    }
}

/// What the WebAssembly is made of.
const RUST_SOURCES: &[&str] = &["Cargo.lock", "Cargo.toml", "src/lib.rs", "app", "domain"];
/// The style sheet's entry; what it imports stands beside it or comes from npm.
const STYLE_ENTRY: &str = "style/main.css";
/// Scripts outside Rust: entry file and the name it gets. An entry that does not exist is left out.
const SCRIPTS: &[(&str, &str)] = &[("app/editor/index.ts", "plan-editor")];
/// Each `.ts` or `.js` file in this folder becomes a script of its own.
const SMALL_SCRIPTS: &str = "app/scripts";
/// Files that are served as they are (icons, pictures).
const STATIC_FILES: &str = "style/static";
/// What current compilers emit; `--all-features` would write encodings that Chromium refuses.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds the browser half and lays all assets ready for the server to embed.
pub fn build(checkout: &Checkout, effort: Effort) -> Result<()> {
    npm::install(checkout)?;
    let lock = checkout.work("lock");
    steps::write(&lock, b"")?;
    // Two drivers at once would write the same files.
    let lock = fs::File::open(&lock)?;
    lock.lock()?;

    let module = module(checkout, effort)?;
    let style = style(checkout)?;
    let scripts = scripts(checkout)?;

    let quality = if effort == Effort::Small { 11 } else { 2 };
    let mut assets = Assets::into(&checkout.assets(), quality);
    assets.add("plein_bg.wasm", &read(&module.join("plein_bg.wasm"))?)?;
    assets.add("plein.js", &read(&module.join("plein.js"))?)?;
    for folder in [style, scripts].into_iter().flatten() {
        for file in steps::files_below(&folder)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("file-") {
                // Named after its content by the bundler, and by that name the style sheet asks for it.
                assets.add_as(&name, &read(&file)?)?;
            } else {
                assets.add(&name, &read(&file)?)?;
            }
        }
    }
    let statics = checkout.root.join(STATIC_FILES);
    for file in steps::files_below(&statics)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assets.add(&name, &read(&file)?)?;
    }
    assets.finish()
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Makes `plein.js` and `plein_bg.wasm`; gives their folder.
fn module(checkout: &Checkout, effort: Effort) -> Result<PathBuf> {
    let finished = checkout.work(&format!("module-{}", effort.name()));
    let toolchain = WasmToolchain::find(checkout)?;
    let fingerprint = Inputs::of(effort.name())
        .text(include_str!("browser.rs"))
        .text(&toolchain.description())
        .paths(checkout, RUST_SOURCES)?
        .fingerprint();
    let stamp = Stamp::new(checkout, &format!("module-{}", effort.name()), fingerprint);
    if stamp.holds() && finished.join("plein_bg.wasm").is_file() {
        return Ok(finished);
    }
    let compiled = compile(checkout, &toolchain, effort)?;

    // Most changes of the sources above are for the server only: then the file is the same as before.
    let content = read(&compiled)?;
    let fingerprint =
        Inputs::of(effort.name()).text(include_str!("browser.rs")).text(&steps::hash(&content)).fingerprint();
    let same = Stamp::new(checkout, &format!("bindgen-{}", effort.name()), fingerprint);
    if !same.holds() || !finished.join("plein_bg.wasm").is_file() {
        let bound = bind(checkout, &compiled, content.len(), effort)?;
        steps::empty_folder(&finished)?;
        optimise(checkout, &bound.join("plein_bg.wasm"), &finished.join("plein_bg.wasm"), effort)?;
        minify(checkout, &bound, &finished)?;
        same.remember()?;
    }
    stamp.remember()?;
    Ok(finished)
}

fn compile(checkout: &Checkout, toolchain: &WasmToolchain, effort: Effort) -> Result<PathBuf> {
    say(format!("browser half: compiling with {}", toolchain.description()));
    // A build folder of its own: another compiler and other features would push the server's files out of it.
    let target = checkout.target.join(format!("browser-{}", effort.name()));
    let mut cargo = toolchain.cargo();
    cargo
        .args(["build", "--lib", "--package", "plein", "--profile", "browser", "--target", TARGET])
        .args(["--no-default-features", "--features", "hydrate"])
        .env("CARGO_TARGET_DIR", &target)
        .env_remove("PLEIN_ASSETS")
        .current_dir(&checkout.root);
    if effort == Effort::Quick {
        cargo.args(["--config", "profile.browser.lto=false", "--config", "profile.browser.opt-level=1"]);
        cargo.args(["--config", "profile.browser.codegen-units=16"]);
    }
    steps::run(&mut cargo).context("the browser half does not compile")?;
    Ok(target.join(TARGET).join("browser/plein.wasm"))
}

fn bind(checkout: &Checkout, compiled: &Path, size: usize, effort: Effort) -> Result<PathBuf> {
    say(format!("browser half: wasm-bindgen ({} kB)", size / 1000));
    let folder = checkout.work(&format!("bindgen-{}", effort.name()));
    steps::empty_folder(&folder)?;
    Bindgen::new()
        .input_path(compiled)
        .out_name("plein")
        .web(true)?
        .typescript(false)
        .remove_producers_section(true)
        .remove_name_section(effort == Effort::Small)
        .omit_default_module_path(true)
        .generate(&folder)
        .context("wasm-bindgen failed")?;
    Ok(folder)
}

fn optimise(checkout: &Checkout, from: &Path, to: &Path, effort: Effort) -> Result<()> {
    let before = fs::metadata(from)?.len();
    let program = checkout.npm_program("wasm-opt");
    if effort == Effort::Small && program.is_file() {
        say(format!("browser half: wasm-opt ({} kB)", before / 1000));
        let mut command = Command::new(program);
        command.arg("-Oz").args(WASM_FEATURES).arg(from).arg("-o").arg(to);
        match steps::run(&mut command) {
            Ok(()) => {
                say(format!("browser half: {} kB", fs::metadata(to)?.len() / 1000));
                return Ok(());
            }
            Err(error) => {
                crate::children::check_interrupted()?;
                say(format!("wasm-opt failed, so the bundle is about twice as large as it could be: {error}"));
            }
        }
    } else if effort == Effort::Small {
        say("wasm-opt (npm package binaryen) is missing, so the bundle is about twice as large as it could be");
    }
    fs::copy(from, to)?;
    Ok(())
}

/// Makes one small script of what wasm-bindgen wrote, with the snippets of the crates inside.
fn minify(checkout: &Checkout, bound: &Path, finished: &Path) -> Result<()> {
    let mut command = Command::new(checkout.npm_program("esbuild"));
    command
        .arg(bound.join("plein.js"))
        .args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none"])
        .args(["--log-level=warning"])
        .arg(format!("--outfile={}", finished.join("plein.js").display()));
    steps::run(&mut command)
}

fn style(checkout: &Checkout) -> Result<Option<PathBuf>> {
    if !checkout.root.join(STYLE_ENTRY).is_file() {
        say(format!("{STYLE_ENTRY} is missing: the pages have no style"));
        return Ok(None);
    }
    let mut arguments = vec![STYLE_ENTRY.to_owned()];
    arguments.extend(["--entry-names=plein", "--asset-names=file-[name]-[hash]"].map(str::to_owned));
    arguments.push("--target=chrome111,firefox115,safari16.4".to_owned());
    arguments
        .extend(["woff2", "woff", "ttf", "svg", "png", "jpg", "webp"].map(|kind| format!("--loader:.{kind}=file")));
    let folder = npm::bundle(checkout, "style", &["style"], &arguments)?;
    let sheet = fs::read_to_string(folder.join("plein.css"))?;
    for reference in ["url(http", "url(\"http", "url(//", "@import\"http", "@import\"//"] {
        if sheet.contains(reference) {
            bail!("the style sheet asks another host for something ({reference}…): put the file beside it");
        }
    }
    Ok(Some(folder))
}

fn scripts(checkout: &Checkout) -> Result<Option<PathBuf>> {
    let root = &checkout.root;
    let mut entries: Vec<String> = SCRIPTS
        .iter()
        .filter(|(entry, _)| root.join(entry).is_file())
        .map(|(entry, name)| format!("{name}={entry}"))
        .collect();
    for file in steps::files_below(&root.join(SMALL_SCRIPTS))? {
        let kind = file.extension().unwrap_or_default();
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        if kind == "ts" || kind == "js" {
            entries.push(format!("{name}={}", checkout.shown(&file)));
        }
    }
    if entries.is_empty() {
        return Ok(None);
    }
    entries.extend(["--format=esm", "--target=es2022"].map(str::to_owned));
    Ok(Some(npm::bundle(checkout, "scripts", &["app/editor", SMALL_SCRIPTS], &entries)?))
}
