//! Witnesses: whoever keeps checkpoints outside, so that a log that was cut off or written anew is found out.
//!
//! Each has a task of its own that hands over the newest checkpoint and tries again until it is taken; a checkpoint says
//! all that the ones before it say. Nothing here keeps the ledger waiting.

use super::{Shared, mail::MailWitness, told};
use crate::{
    ledger::LedgerError,
    outgoing::{self, Outgoing},
    tasks::Tasks,
};
use http::Uri;
use plein_domain::{checkpoint::WitnessState, moment::Clock};
use std::{
    fs::OpenOptions,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::watch;

/// Who keeps checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Witness {
    /// A file in another folder, best on another machine's disk; notes are added to its end.
    File(PathBuf),
    /// An address that takes each note as the body of a POST and answers with a status from 200 to 299.
    Url(Uri),
    /// Somebody who is sent it by mail, and not more often than [`super::CheckpointOptions::mail_every`].
    Mail(MailWitness),
}

impl Witness {
    pub(super) fn check(&self, own: &Path) -> Result<(), LedgerError> {
        match self {
            Self::File(file) => {
                let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                let folder = folder.canonicalize().map_err(|_| {
                    LedgerError::Refused("the folder of a witness file is not there; make it, or connect its disk")
                })?;
                if own.canonicalize().is_ok_and(|own| folder == own) {
                    return Err(LedgerError::Refused("a witness file belongs in another folder than the data"));
                }
                Ok(())
            }
            Self::Url(url) => outgoing::check(url).map_err(LedgerError::Refused),
            Self::Mail(mail) => mail.check().map_err(LedgerError::Refused),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::File(file) => file.display().to_string(),
            Self::Url(url) => url.to_string(),
            Self::Mail(mail) => mail.name(),
        }
    }

    /// How long nothing is sent after something was.
    fn pause(&self, mail: Duration) -> Duration {
        match self {
            Self::File(_) | Self::Url(_) => Duration::ZERO,
            Self::Mail(_) => mail,
        }
    }

    /// Between two attempts. A mail server that took a mail and did not say so in time would be sent it again and again.
    fn retry(&self, pace: Pace) -> Duration {
        match self {
            Self::File(_) | Self::Url(_) => pace.retry,
            Self::Mail(_) => pace.retry.max(pace.mail / 6),
        }
    }

    async fn take(&self, way: &Outgoing, size: u64, note: &str) -> io::Result<()> {
        match self {
            Self::File(file) => {
                let (file, note) = (file.clone(), note.to_owned());
                tokio::task::spawn_blocking(move || append(&file, &note)).await?
            }
            Self::Url(url) => way.post(url, "text/plain; charset=utf-8", note.to_owned()).await.map(drop),
            Self::Mail(mail) => mail.take(size, note).await,
        }
    }
}

/// Adds a note to the end of a file, unless it stands there already, as after a restart.
fn append(path: &Path, note: &str) -> io::Result<()> {
    let added = format!("{note}\n");
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let length = file.metadata()?.len();
    if let Some(begin) = length.checked_sub(added.len() as u64) {
        let mut end = Vec::with_capacity(added.len());
        file.seek(SeekFrom::Start(begin))?;
        file.read_to_end(&mut end)?;
        if end == added.as_bytes() {
            return Ok(());
        }
    }
    file.write_all(added.as_bytes())?;
    file.sync_all()
}

/// A checkpoint on its way.
type Given = Option<(u64, Arc<str>)>;

/// The way to one witness.
pub(super) struct Delivery {
    given: watch::Sender<Given>,
    taken: watch::Receiver<u64>,
    /// Said at the end: what was held back goes now.
    hurry: watch::Sender<bool>,
}

/// How often a witness is tried.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// Between two attempts.
    pub retry: Duration,
    /// Between two mails.
    pub mail: Duration,
}

impl Delivery {
    pub fn start(
        witness: Witness,
        way: Outgoing,
        pace: Pace,
        clock: Arc<dyn Clock>,
        state: Shared,
        tasks: &Tasks,
    ) -> Self {
        let place = told(&state, |state| {
            state.witnesses.push(WitnessState { name: witness.name(), delivered: None, failing: None });
            state.witnesses.len() - 1
        });
        let (given, news) = watch::channel(None);
        let (took, taken) = watch::channel(0);
        let (hurry, hurried) = watch::channel(false);
        let told_to = move |outcome: Result<u64, String>| {
            let now = clock.now();
            told(&state, |state| {
                let Some(state) = state.witnesses.get_mut(place) else { return };
                match outcome {
                    Ok(size) => {
                        state.delivered = Some((size, now));
                        state.failing = None;
                    }
                    Err(cause) => {
                        let since = state.failing.as_ref().map_or(now, |(since, _)| *since);
                        state.failing = Some((since, cause));
                    }
                }
            });
        };
        tasks.begin("witness", deliver((witness, way), pace, (news, hurried), took, told_to));
        Self { given, taken, hurry }
    }

    /// Hands it the newest checkpoint, which takes the place of one that is still on its way.
    pub fn give(&self, size: u64, note: &str) {
        self.given.send_if_modified(|given| {
            let newer = given.as_ref().is_none_or(|(before, _)| *before < size);
            if newer {
                *given = Some((size, note.into()));
            }
            newer
        });
    }

    /// Waits until it has taken all that it was given.
    pub async fn done(&mut self) {
        self.hurry.send_replace(true);
        let size = self.given.borrow().as_ref().map_or(0, |(size, _)| *size);
        // An error means that its task has ended, for which there is nothing to wait.
        let _ = self.taken.wait_for(|taken| *taken >= size).await;
    }
}

async fn deliver(
    (witness, way): (Witness, Outgoing),
    pace: Pace,
    (mut news, mut hurried): (watch::Receiver<Given>, watch::Receiver<bool>),
    took: watch::Sender<u64>,
    tell: impl Fn(Result<u64, String>),
) {
    while news.changed().await.is_ok() {
        loop {
            let Some((size, note)) = news.borrow_and_update().clone() else { break };
            match witness.take(&way, size, &note).await {
                Ok(()) => {
                    tell(Ok(size));
                    took.send_replace(size);
                    tokio::select! {
                        () = tokio::time::sleep(witness.pause(pace.mail)) => {}
                        // An error means that nothing more comes, which is found out below.
                        _ = hurried.wait_for(|hurry| *hurry) => {}
                    }
                    break;
                }
                Err(error) => {
                    tracing::warn!(witness = witness.name(), %error, "a witness did not take a checkpoint");
                    tell(Err(error.to_string()));
                    tokio::select! {
                        () = tokio::time::sleep(witness.retry(pace)) => {}
                        // At the end it is tried once more at once.
                        Ok(()) = hurried.changed() => {}
                    }
                    if news.has_changed().is_err() {
                        return;
                    }
                }
            }
        }
    }
}
