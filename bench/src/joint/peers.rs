//! The servers that ours is measured against: y-websocket's and Hocuspocus', in memory, from `bench/peers`.

use anyhow::{Context, Result, bail};
use std::{
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Peer {
    YWebsocket,
    Hocuspocus,
}

/// A peer that runs; dropped, it is ended.
pub(super) struct Running {
    child: Child,
    pub port: u16,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

/// Installs them as the lock file says, unless that was done.
pub(super) fn install() -> Result<()> {
    let (folder, stamp) = (folder(), folder().join("node_modules/.plein-stamp"));
    let lock = std::fs::read(folder.join("package-lock.json"))?;
    if std::fs::read(&stamp).is_ok_and(|known| known == lock) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    let status = npm.args(["ci", "--no-progress", "--loglevel=error"]).current_dir(&folder).status();
    if !status.context("npm, for the peers")?.success() {
        bail!("the peers could not be installed in {}", folder.display());
    }
    Ok(std::fs::write(stamp, lock)?)
}

impl Peer {
    /// Starts it on a free port.
    pub fn start(self) -> Result<Running> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let (program, script) = match self {
            Self::YWebsocket => ("node", "node_modules/y-websocket/bin/server.cjs"),
            // It wants a newer Node than may be there.
            Self::Hocuspocus => ("node_modules/node/bin/node", "hocuspocus.mjs"),
        };
        let program = if program == "node" { PathBuf::from(program) } else { folder().join(program) };
        let mut command = Command::new(program);
        command.arg(script).current_dir(folder()).env("HOST", "127.0.0.1").env("PORT", port.to_string());
        command.env("NODE_ENV", "production").stdin(Stdio::null()).stdout(Stdio::null());
        let mut running = Running { child: command.spawn()?, port };
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if running.child.try_wait()?.is_some() || begun.elapsed() > Duration::from_secs(20) {
                bail!("{self:?} does not start");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(running)
    }
}

impl Running {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that is gone already needs no ending.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
