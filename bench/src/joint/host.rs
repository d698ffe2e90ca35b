//! Our server as a process of its own: the edge, the pages and the plans' sockets over one place, without assets.

use super::hall::{self, Hall};
use crate::{place::Place, town};
use anyhow::{Context, Result, bail, ensure};
use plein_domain::ports::SESSION_COOKIE;
use plein_server::{
    Assembled,
    edge::{ConnectionLimits, Proxies},
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::Ipv4Addr,
    process::{Child, Command, Stdio},
    sync::{Arc, mpsc},
    time::Duration,
};

/// The environment variable that makes a program the server: its place.
pub const HOST: &str = "PLEIN_JOINT_HOST";

/// Makes the command that becomes the server when [`HOST`] is set.
pub type Program = Arc<dyn Fn() -> Command + Send + Sync>;

/// Serves until killed. Called by the program that was started with [`HOST`] set.
///
/// # Errors
/// It cannot be opened, or the socket fails.
pub fn host() -> Result<()> {
    let place: Place = serde_json::from_str(&std::env::var(HOST)?)?;
    // Without a parent there is nobody to serve.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0; 1]);
        std::process::exit(0);
    });
    // As the real program has them.
    let workers = std::thread::available_parallelism().map_or(4, |cores| cores.get().max(4));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build()?;
    runtime.block_on(async {
        let vault = place.open().await?;
        let (Assembled { ports, sockets, .. }, edge) = town::program(&vault);
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let mut out = std::io::stdout().lock();
        // On a line of its own: a test binary has begun one already.
        writeln!(out, "\n{{\"port\":{}}}", listener.local_addr()?.port())?;
        out.flush()?;
        drop(out);
        let (limits, proxies) = (ConnectionLimits::default(), Proxies::default());
        let pages = plein_app::router(ports, plein_app::Assets::default());
        plein_server::edge::serve(listener, edge.around(pages.merge(sockets)), limits, proxies, std::future::pending())
            .await;
        bail!("serving never ends")
    })
}

/// A server of ours that runs; dropped, it is killed.
pub(crate) struct Hosted {
    child: Child,
    /// Where it listens.
    pub port: u16,
}

impl Hosted {
    /// Starts it over a place that was made.
    pub fn start(program: &Program, place: &Place) -> Result<Self> {
        let mut command = program();
        command.env(HOST, serde_json::to_string(place)?);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take().context("the server has no output")?;
        let mut hosted = Self { child, port: 0 };
        let (teller, listener) = mpsc::channel();
        std::thread::spawn(move || {
            // A test binary says things of its own too; whatever it says is read, so that it never waits for us.
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if line.starts_with("{\"port\":") {
                    let _ = teller.send(line);
                }
            }
        });
        let line = listener.recv_timeout(Duration::from_secs(60)).context("the server does not start")?;
        let said: serde_json::Value = serde_json::from_str(&line)?;
        hosted.port = said["port"].as_u64().context("no port")?.try_into()?;
        Ok(hosted)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it ended by itself.
    pub fn ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// SIGKILL; that it had ended before is an error.
    pub fn kill(mut self) -> Result<()> {
        let ended = self.child.try_wait()?;
        ensure!(ended.is_none(), "the server ended by itself: {ended:?}");
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Hosted {
    fn drop(&mut self) {
        // One that is gone already needs no killing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes the place's case and plan, for so many writers.
pub(crate) async fn prepare(place: &Place, writers: usize) -> Result<Hall> {
    hall::make(place, writers).await
}

impl Hall {
    /// The socket's path.
    pub fn path(&self) -> String {
        format!("/casussen/{}/plan/samen", self.case)
    }

    /// What a writer's browser sends along.
    pub fn cookie(&self, writer: usize) -> String {
        format!("{SESSION_COOKIE}={}", self.tokens[writer])
    }
}
