//! Embeds the assets that `cargo xtask` laid ready. Without them (a plain `cargo check`) the list is empty.
//! The module that serves them defines `struct Asset` with the fields named below and includes `$OUT_DIR/assets.rs`.

use std::env;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PLEIN_ASSETS");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("Cargo sets OUT_DIR")?);
    let entries = match env::var_os("PLEIN_ASSETS") {
        Some(folder) => entries(Path::new(&folder))?,
        None => String::new(),
    };
    let code = format!("/// What the browser loads besides pages.\nstatic ASSETS: &[Asset] = &[{entries}\n];\n");
    fs::write(out.join("assets.rs"), code)?;
    Ok(())
}

fn entries(folder: &Path) -> Result<String, Box<dyn Error>> {
    let manifest = folder.join("manifest.json");
    // Names follow the content, so only the manifest need be watched.
    println!("cargo::rerun-if-changed={}", manifest.display());
    // Clippy may come before the first build of the browser half; who starts the server builds both halves.
    let Ok(text) = fs::read_to_string(&manifest) else { return Ok(String::new()) };
    // The manifest is one flat object of plain names, so every second piece between quotes is a string.
    let strings: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
    let mut entries = String::new();
    for pair in strings.chunks(2) {
        let [name, path] = pair else { return Err("the manifest has a name without a path".into()) };
        let kind = content_type(name)?;
        let file = folder.join(path);
        let file = file.to_str().ok_or("the asset folder's path is not UTF-8")?;
        write!(
            entries,
            "\n    Asset {{ name: {name:?}, path: {path:?}, content_type: {kind:?}, \
             identity: include_bytes!({file:?}), brotli: include_bytes!({:?}), gzip: include_bytes!({:?}) }},",
            format!("{file}.br"),
            format!("{file}.gz"),
        )?;
    }
    Ok(entries)
}

fn content_type(name: &str) -> Result<&'static str, String> {
    Ok(match name.rsplit_once('.').map(|(_, kind)| kind) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("woff") => "font/woff",
        Some("ttf") => "font/ttf",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        _ => return Err(format!("build.rs knows no content type for the asset {name}")),
    })
}
