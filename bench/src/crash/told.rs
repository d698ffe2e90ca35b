//! What a worker tells: one line of JSON each, flushed at once.

use crate::town::Words;
use anyhow::Result;
use plein_domain::{form::FormKind, header::ObjectRef, ids::*, ledger::LineKind};
use serde::{Deserialize, Serialize};
use std::io::Write;

/// One line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Told {
    /// The vault is open and everybody is signed in.
    Ready,
    /// This person's session was acknowledged.
    SignedIn { person: PersonId, token: String },
    /// The request with this trace is about to be made.
    Meant { trace: TraceId, by: PersonId, what: What },
    /// The request with this trace was acknowledged.
    Acked { trace: TraceId },
}

/// What a request is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum What {
    /// Keeps what was typed in a draft.
    Save { draft: DraftId, marker: String },
    /// Throws a draft away.
    Discard { draft: DraftId },
    /// Sees a signal.
    View { signal: SignalId },
    /// Finishes a draft.
    Finish { draft: DraftId, write: Written },
}

/// What finishing a draft writes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Written {
    Signal { signal: SignalId, words: Words },
    Change { signal: SignalId, version: i64, words: Words },
    Case { case: CaseId, marker: String, signals: Vec<SignalId>, team: Vec<PersonId> },
    Link { case: CaseId, signal: SignalId, marker: String },
    Unlink { case: CaseId, link: LinkId, signal: SignalId, marker: String },
    Team { case: CaseId, team: Vec<PersonId> },
}

impl Written {
    /// The kind of its lines.
    pub fn kind(&self) -> LineKind {
        match self {
            Self::Signal { .. } => LineKind::Logged,
            Self::Change { .. } => LineKind::Edited,
            Self::Case { .. } => LineKind::CaseOpened,
            Self::Link { .. } => LineKind::Linked,
            Self::Unlink { .. } => LineKind::Unlinked,
            Self::Team { .. } => LineKind::TeamChanged,
        }
    }

    /// Its form.
    pub fn form(&self) -> FormKind {
        match self {
            Self::Signal { .. } => FormKind::NewSignal,
            Self::Change { .. } => FormKind::EditSignal,
            Self::Case { .. } => FormKind::OpenCase,
            Self::Link { .. } => FormKind::LinkSignal,
            Self::Unlink { .. } => FormKind::UnlinkSignal,
            Self::Team { .. } => FormKind::Team,
        }
    }

    /// What its lines must name.
    pub fn objects(&self) -> Vec<ObjectRef> {
        match self {
            Self::Signal { signal, .. } | Self::Change { signal, .. } => vec![(*signal).into()],
            Self::Case { case, signals, .. } => {
                std::iter::once((*case).into()).chain(signals.iter().map(|signal| (*signal).into())).collect()
            }
            Self::Link { case, signal, .. } | Self::Unlink { case, signal, .. } => {
                vec![(*case).into(), (*signal).into()]
            }
            Self::Team { case, .. } => vec![(*case).into()],
        }
    }
}

/// Tells one line.
pub(super) fn tell(told: &Told) -> Result<()> {
    let mut line = serde_json::to_string(told)?;
    line.push('\n');
    // One write of less than a pipe's buffer: a kill leaves it whole or out.
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_bytes())?;
    Ok(out.flush()?)
}
