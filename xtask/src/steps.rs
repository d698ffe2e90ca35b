//! Progress lines, running other programs, and knowing what need not be done again.

use std::env;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::checkout::Checkout;
use crate::children;

static STARTED: OnceLock<Instant> = OnceLock::new();

/// Starts the clock that progress lines show.
pub fn start_clock() {
    STARTED.get_or_init(Instant::now);
}

/// Tells what happens now, with the seconds since the start.
pub fn say(what: impl Display) {
    let seconds = STARTED.get_or_init(Instant::now).elapsed().as_secs_f64();
    eprintln!("[{seconds:6.1} s] {what}");
}

/// Cargo of the toolchain that built this driver.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    forget_own_package(&mut command);
    command
}

/// Takes away what `cargo run` set for xtask itself, so that no build script sees it as a change.
pub fn forget_own_package(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if own.iter().any(|prefix| name.starts_with(prefix)) || name == "CARGO_PRIMARY_PACKAGE" || name == "OUT_DIR" {
            command.env_remove(name.as_ref());
        }
    }
}

/// Runs a program with its output on the terminal; an unsuccessful end is an error that names the command.
pub fn run(command: &mut Command) -> Result<()> {
    let status = children::spawn(command)?.wait()?;
    if !status.success() {
        bail!("{status}: {}", shown(command));
    }
    Ok(())
}

/// Runs a program and gives its standard output; its error output is shown only when it fails.
pub fn output(command: &mut Command) -> Result<String> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = children::spawn(command)?.wait_with_output()?;
    if !output.status.success() {
        bail!("{}: {}\n{}", output.status, shown(command), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// A command as one would type it.
pub fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}

/// The first of `names` that stands in a folder of `PATH`.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()))
}

/// A fingerprint of everything a step depends on.
pub struct Inputs(Sha256);

impl Inputs {
    /// Begins with the names of what is made and of the sources that make it.
    pub fn of(step: &str) -> Self {
        Self(Sha256::new()).text(step)
    }

    /// Adds a text, such as a version.
    pub fn text(mut self, text: &str) -> Self {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
        self
    }

    /// Adds a file, or all files below a folder; what does not exist counts as absent.
    pub fn path(mut self, path: &Path) -> Result<Self> {
        for file in files_below(path)? {
            self = self.text(&file.to_string_lossy());
            let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            self.0.update((content.len() as u64).to_le_bytes());
            self.0.update(&content);
        }
        Ok(self)
    }

    /// Adds several paths below the checkout.
    pub fn paths(mut self, checkout: &Checkout, paths: &[&str]) -> Result<Self> {
        for path in paths {
            self = self.path(&checkout.root.join(path))?;
        }
        Ok(self)
    }

    /// The fingerprint, in hexadecimal.
    pub fn fingerprint(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Hash of one content, in hexadecimal.
pub fn hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All files at or below a path, sorted; none when it does not exist.
pub fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if path.is_file() {
        found.push(path.to_path_buf());
    } else if path.is_dir() {
        let mut entries = fs::read_dir(path)?.collect::<std::io::Result<Vec<_>>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries.iter().filter(|entry| entry.file_name() != "node_modules") {
            found.extend(files_below(&entry.path())?);
        }
    }
    Ok(found)
}

/// A step's memory of the inputs it last succeeded with.
pub struct Stamp {
    file: PathBuf,
    fingerprint: String,
}

impl Stamp {
    /// The memory of the step `name`.
    pub fn new(checkout: &Checkout, name: &str, fingerprint: String) -> Self {
        Self { file: checkout.work("stamps").join(name), fingerprint }
    }

    /// Whether the step already succeeded with these inputs.
    pub fn holds(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|known| known == self.fingerprint)
    }

    /// Remembers that the step succeeded.
    pub fn remember(&self) -> Result<()> {
        write(&self.file, self.fingerprint.as_bytes())
    }
}

/// Writes a file, making its folder.
pub fn write(file: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(file, content).with_context(|| format!("cannot write {}", file.display()))
}

/// Makes an empty folder, whatever was there before.
pub fn empty_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}
