//! Where things lie: the checkout, the build folder, the cache that outlives both.
//! Nothing that can be made again is written into the checkout itself, but for `node_modules` and `.plein`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::steps::{self, say};
use crate::toolchain::TARGET;

/// The folders the driver works in.
pub struct Checkout {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's build folder, also that of our own intermediate files.
    pub target: PathBuf,
    /// What a second checkout on this machine need not build again.
    pub cache: PathBuf,
    /// Our own crates but for xtask, which is running.
    members: Vec<String>,
    /// Whether missing system packages may be installed through `sudo`.
    pub install: bool,
}

impl Checkout {
    /// Finds the folders by asking Cargo and the environment.
    pub fn find(install: bool) -> Result<Self> {
        let own =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own.parent().context("xtask does not stand in a workspace")?.to_path_buf();
        let mut metadata = steps::cargo();
        metadata.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(&root);
        let metadata: serde_json::Value = serde_json::from_str(&steps::output(&mut metadata)?)?;
        let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
        let members = metadata["packages"].as_array().into_iter().flatten();
        let members = members.filter_map(|package| package["name"].as_str()).filter(|name| *name != "xtask");
        Ok(Self {
            target: PathBuf::from(target),
            cache: cache_folder()?,
            members: members.map(str::to_owned).collect(),
            root,
            install,
        })
    }

    /// Makes a shared build folder this checkout's own. Cargo tells workspaces apart by nothing but times of change,
    /// so what another checkout built from other sources would pass as fresh here.
    pub fn claim_target(&self) -> Result<()> {
        let owner = self.work("checkout");
        let own = self.root.to_string_lossy();
        let known = fs::read_to_string(&owner).ok();
        if known.as_deref() == Some(&own) {
            return Ok(());
        }
        if let Some(other) = known {
            say(format!("the build folder was last used by {other}: our own crates are built anew"));
            for folder in ["", "browser-small", "browser-quick"].map(|name| self.target.join(name)) {
                for kind in
                    [&[][..], &["--release"], &["--target", TARGET], &["--profile", "browser", "--target", TARGET]]
                {
                    let mut clean = steps::cargo();
                    clean.args(["clean", "--quiet"]).args(kind);
                    clean.args(self.members.iter().map(|name| format!("--package={name}")));
                    steps::output(clean.env("CARGO_TARGET_DIR", &folder).current_dir(&self.root))?;
                }
            }
        }
        steps::write(&owner, own.as_bytes())
    }

    /// The folder whose content the server embeds.
    pub fn assets(&self) -> PathBuf {
        self.target.join("plein-assets")
    }

    /// A folder for intermediate files of the step `name`.
    pub fn work(&self, name: &str) -> PathBuf {
        self.target.join("plein-work").join(name)
    }

    /// A program that came with the npm packages.
    pub fn npm_program(&self, name: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(name)
    }

    /// A path as people read it: within the checkout where it is.
    pub fn shown<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

fn cache_folder() -> Result<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env::var_os("HOME").context("neither XDG_CACHE_HOME nor HOME is set")?).join(".cache"),
    };
    Ok(base.join("plein"))
}
