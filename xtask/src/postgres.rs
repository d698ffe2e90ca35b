//! A PostgreSQL of our own for one test run: private port, data in a temporary folder, ended whatever happens.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::checkout::Checkout;
use crate::children::{self, Running};
use crate::steps::{self, say};
use crate::system;

const START_LIMIT: Duration = Duration::from_secs(30);
const FOLDER_PREFIX: &str = "plein-postgres-";

/// A running server; dropped, it is ended and its folder removed.
pub struct Postgres {
    server: Running,
    folder: PathBuf,
    port: u16,
}

/// Where the programs are and as whom they may run.
struct Installation {
    programs: PathBuf,
    /// PostgreSQL refuses to run as root: then it runs as this account.
    account: Option<&'static str>,
}

impl Postgres {
    /// Starts a server with an empty cluster.
    pub fn start(checkout: &Checkout) -> Result<Self> {
        let installation = Installation::find(checkout)?;
        sweep();
        let folder = std::env::temp_dir().join(format!("{FOLDER_PREFIX}{}", std::process::id()));
        let started = Self::start_in(&installation, &folder);
        if started.is_err() {
            // The error is what counts; the folder may not even exist.
            drop(fs::remove_dir_all(&folder));
        }
        started
    }

    fn start_in(installation: &Installation, folder: &Path) -> Result<Self> {
        steps::empty_folder(folder)?;
        installation.own(folder)?;
        let data = folder.join("data");
        steps::output(installation.command("initdb").arg("--pgdata").arg(&data).args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]))?;
        // Between finding a free port and using it somebody else may take it.
        let mut last = None;
        for _ in 0..3 {
            match Self::serve(installation, folder, &data) {
                Ok(postgres) => return Ok(postgres),
                Err(error) => last = Some(error),
            }
            children::check_interrupted()?;
        }
        Err(last.context("PostgreSQL was not tried")?)
    }

    fn serve(installation: &Installation, folder: &Path, data: &Path) -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = installation.command("postgres");
        command.arg("-D").arg(data).arg("-k").arg(folder).args(["-p", &port.to_string()]);
        for setting in
            ["listen_addresses=127.0.0.1", "max_connections=300", "shared_buffers=128MB", "log_min_messages=fatal"]
        {
            command.args(["-c", setting]);
        }
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut server = children::spawn(&mut command)?;
        // Read all the time, so that a talkative server never waits for us.
        let told = server.child().and_then(|child| child.stderr.take()).map(|mut pipe| {
            std::thread::spawn(move || {
                let mut text = Vec::new();
                // A broken pipe ends the text, which is all that is wanted of it.
                drop(pipe.read_to_end(&mut text));
                String::from_utf8_lossy(&text).into_owned()
            })
        });
        let begun = Instant::now();
        while begun.elapsed() < START_LIMIT {
            if let Some(status) = server.ended()? {
                let told = told.and_then(|thread| thread.join().ok()).unwrap_or_default();
                bail!("PostgreSQL did not start ({status}): {}", told.trim());
            }
            children::check_interrupted()?;
            if is_ready(data) {
                say(format!("PostgreSQL of {} serves on port {port}", installation.programs.display()));
                return Ok(Self { server, folder: folder.to_path_buf(), port });
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("PostgreSQL was not ready after {} s", START_LIMIT.as_secs())
    }

    /// The superuser's address, as tests take it from `PLEIN_TEST_POSTGRES`.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT, PostgreSQL's "fast" shutdown: connections are cut, files are closed properly.
        self.server.end();
        drop(fs::remove_dir_all(&self.folder));
    }
}

impl Installation {
    fn find(checkout: &Checkout) -> Result<Self> {
        let programs = match find_programs() {
            Some(programs) => programs,
            None => {
                system::install(checkout, "PostgreSQL, for tests,", &["postgresql"])?;
                find_programs().context("PostgreSQL was installed but initdb is not in PATH")?
            }
        };
        let account = if system::is_root() { Some(account()?) } else { None };
        Ok(Self { programs, account })
    }

    /// One of PostgreSQL's programs, under the right account, ended by the kernel should the driver be killed.
    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = match (self.account, steps::find_program(&["setpriv"])) {
            (account, Some(setpriv)) => {
                let mut command = Command::new(setpriv);
                if let Some(account) = account {
                    command.args([format!("--reuid={account}"), format!("--regid={account}")]);
                    command.arg("--clear-groups");
                }
                command.args(["--pdeathsig", "INT"]).arg(program);
                command
            }
            (Some(account), None) => {
                let mut command = Command::new("runuser");
                command.args(["-u", account, "--"]).arg(program);
                command
            }
            (None, None) => Command::new(program),
        };
        // Root's own folder may not even be readable for the account.
        command.current_dir("/").env_remove("PGDATA").env_remove("PGPORT").env_remove("PGHOST");
        command
    }

    fn own(&self, folder: &Path) -> Result<()> {
        if let Some(account) = self.account {
            let id = |flag: &str| -> Result<u32> {
                Ok(steps::output(Command::new("id").args([flag, account]))?.trim().parse()?)
            };
            chown(folder, Some(id("-u")?), Some(id("-g")?))?;
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        Ok(())
    }
}

/// Asks the way `pg_ctl` does: the eighth line of the server's own lock file.
fn is_ready(data: &Path) -> bool {
    let lock = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    lock.lines().nth(7).is_some_and(|state| state.trim() == "ready")
}

fn account() -> Result<&'static str> {
    let known = |name: &&str| {
        steps::output(Command::new("id").args(["-g", "-n", name])).is_ok_and(|group| group.trim() == *name)
    };
    match ["postgres", "nobody"].into_iter().find(known) {
        Some(account) => Ok(account),
        None => {
            bail!("PostgreSQL refuses to run as root, and there is no account named postgres to run it as")
        }
    }
}

fn find_programs() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| folder.join("initdb").exists() && folder.join("postgres").exists();
    if let Some(folder) = steps::find_program(&["initdb"]).and_then(|initdb| Some(initdb.parent()?.to_path_buf()))
        && complete(&folder)
    {
        return Some(folder);
    }
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let version = |folder: &PathBuf| folder.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions.flatten().map(|entry| entry.path()).max_by_key(version)?;
    Some(newest.join("bin")).filter(complete)
}

/// Removes what a driver left behind that was killed outright.
fn sweep() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix(FOLDER_PREFIX).and_then(|number| number.parse::<u32>().ok());
        if owner.is_some_and(|owner| !Path::new("/proc").join(owner.to_string()).exists()) {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}
