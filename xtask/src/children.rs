//! The programs the driver started, so that Ctrl-C reaches each of them exactly once and none is left behind.
//! Every child leads a process group of its own; the driver alone hears the terminal and passes the signal on.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::steps;

static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C (or a termination) is passed to the children: kindly the first time, for good the second.
pub fn pass_signals_on() -> Result<()> {
    ctrlc::set_handler(|| {
        let again = INTERRUPTED.swap(true, Ordering::SeqCst);
        let signal = if again { Signal::SIGKILL } else { Signal::SIGINT };
        for group in running().iter() {
            send(*group, signal);
        }
    })
    .context("cannot listen for Ctrl-C")
}

/// Whether somebody pressed Ctrl-C.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Fails when somebody pressed Ctrl-C.
pub fn check_interrupted() -> Result<()> {
    if interrupted() {
        bail!("interrupted");
    }
    Ok(())
}

/// A running child; dropped, it is ended.
pub struct Running {
    child: Option<Child>,
    group: u32,
}

/// Starts a program in its own process group, without a terminal to read from.
pub fn spawn(command: &mut Command) -> Result<Running> {
    check_interrupted()?;
    let mut known = running();
    let child = command
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .with_context(|| format!("cannot start {}", steps::shown(command)))?;
    let group = child.id();
    known.push(group);
    Ok(Running { child: Some(child), group })
}

impl Running {
    /// The child, to take its pipes.
    pub fn child(&mut self) -> Option<&mut Child> {
        self.child.as_mut()
    }

    /// Waits for the end.
    pub fn wait(mut self) -> Result<ExitStatus> {
        let mut child = self.child.take().context("already waited for")?;
        let status = child.wait();
        forget(self.group);
        check_interrupted()?;
        Ok(status?)
    }

    /// Waits for the end and collects piped output.
    pub fn wait_with_output(mut self) -> Result<Output> {
        let child = self.child.take().context("already waited for")?;
        let output = child.wait_with_output();
        forget(self.group);
        check_interrupted()?;
        Ok(output?)
    }

    /// The exit status, if it has ended.
    pub fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        match &mut self.child {
            Some(child) => child.try_wait(),
            None => Ok(None),
        }
    }

    /// Waits at most `limit`; true when the child ended in time.
    pub fn ended_within(&mut self, limit: Duration) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < limit {
            if !matches!(self.ended(), Ok(None)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// Asks the child to end, and ends it for good when it has not after ten seconds.
    pub fn end(&mut self) {
        if matches!(self.ended(), Ok(None)) {
            send(self.group, Signal::SIGINT);
            if !self.ended_within(Duration::from_secs(10)) {
                send(self.group, Signal::SIGKILL);
            }
        }
        if let Some(mut child) = self.child.take() {
            // It was ended just above; only the entry in the process table remains.
            drop(child.wait());
        }
        forget(self.group);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.child.is_some() {
            self.end();
        }
    }
}

fn running() -> std::sync::MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn forget(group: u32) {
    running().retain(|known| *known != group);
}

fn send(group: u32, signal: Signal) {
    if let Ok(group) = i32::try_from(group) {
        // A group that has just ended is not an error.
        killpg(Pid::from_raw(group), signal).ok();
    }
}
