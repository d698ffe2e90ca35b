//! A line of the access log, and the canonical bytes that are hashed.
//!
//! A line has a fixed **envelope** and a **personal payload**. The envelope holds a salted commitment to the
//! payload, so that the payload can be destroyed when its own term ends while every proof over the envelopes
//! stays valid. The fields follow NEN 7513. The bytes are written here by hand and never re-serialised from
//! JSON: what was hashed must be reproducible by a verifier nobody here wrote (`docs/ledger.md`).

use crate::{header::ObjectRef, ids::*, moment::Moment};
use serde::{Deserialize, Serialize};

codes! {
    /// What happened.
    LineKind {
        /// A list was shown; the objects are those that appeared.
        Listed = "listed",
        /// Something was opened.
        Opened = "opened",
        /// Something opened before was still open: at least every five minutes.
        StillOpen = "still-open",
        /// The log was searched or read.
        Searched = "searched",
        /// Who saw a person was looked up, or the answer opened again.
        SubjectLookedUp = "subject-looked-up",
        /// Something was created or changed.
        Edited = "edited",
        /// A signal was logged.
        Logged = "logged",
        /// A list was given to be taken in, or its rows were begun to be.
        ListTakenIn = "list-taken-in",
        /// A processing register was given to be taken in, or became the new version.
        RegisterTakenIn = "register-taken-in",
        /// A case was opened.
        CaseOpened = "case-opened",
        /// A signal was linked to a case.
        Linked = "linked",
        /// A signal was unlinked from a case.
        Unlinked = "unlinked",
        /// The team of a case was changed.
        TeamChanged = "team-changed",
        /// The plan of a case was begun.
        PlanBegun = "plan-begun",
        /// A version of a plan was kept under a name.
        VersionKept = "version-kept",
        /// A version of a plan was put before the departments.
        VersionProposed = "version-proposed",
        /// A department said what it thinks of a version.
        PositionTaken = "position-taken",
        /// A version of a plan was adopted.
        VersionAdopted = "version-adopted",
        /// A note on a case was written.
        NoteWritten = "note-written",
        /// A note was changed by its author.
        NoteChanged = "note-changed",
        /// A note was withdrawn by its author.
        NoteWithdrawn = "note-withdrawn",
        /// Subjects seen in several signals of a case were judged to be the same or not, or that was undone.
        SubjectsJudged = "subjects-judged",
        /// Break-glass: somebody began to read a record in an emergency.
        GlassBroken = "break-glass",
        /// A record was shown by break-glass.
        ViewedInEmergency = "break-glass-viewed",
        /// A break-glass was stopped before its time was over.
        GlassStopped = "break-glass-stopped",
        /// A break-glass was reviewed.
        GlassReviewed = "break-glass-reviewed",
        /// A version of a plan was removed.
        VersionRemoved = "version-removed",
        /// Something left as a file.
        Exported = "exported",
        /// Something was opened to be printed.
        Printed = "printed",
        /// The payloads of old lines were destroyed, because their term had ended.
        PayloadsPruned = "payloads-pruned",
        /// Somebody was refused.
        Refused = "refused",
        /// Somebody's place was given, changed or taken away.
        PlaceChanged = "place-changed",
        /// A change of somebody's place was proposed, which another one has to confirm.
        PlaceProposed = "place-proposed",
        /// A proposed change was confirmed.
        ProposalConfirmed = "proposal-confirmed",
        /// A proposed change was declined.
        ProposalDeclined = "proposal-declined",
        /// A proposed change was withdrawn by who proposed it.
        ProposalWithdrawn = "proposal-withdrawn",
        /// Somebody was made administrator by a command on the machine of the program.
        MadeAdministrator = "made-administrator",
        /// Sessions were ended by something else than signing out in them.
        SessionsEnded = "sessions-ended",
        /// Somebody signed in.
        SignedIn = "signed-in",
        /// Somebody signed out.
        SignedOut = "signed-out",
        /// Somebody who is signed in was asked to prove anew who they are; the outcome tells whether they did.
        SignedInAnew = "signed-in-anew",
    }
}

impl LineKind {
    /// Whether it is weighty: there is no such line, and so no permit, for somebody who did not prove lately who they are.
    /// What leaves Plein as a file or on paper is, what opens what is closed, who may do what, and ending sessions elsewhere
    /// (ASVS 7.5.2).
    pub const fn asks_fresh(self) -> bool {
        matches!(
            self,
            Self::Exported
                | Self::Printed
                | Self::GlassBroken
                | Self::PlaceChanged
                | Self::PlaceProposed
                | Self::ProposalConfirmed
                | Self::SessionsEnded
        )
    }
}

codes! {
    /// How it ended.
    Outcome {
        /// It was permitted; for a viewing the content followed, for a change the outcome follows in a line of
        /// its own with the same trace.
        Permitted = "permitted",
        /// It was refused.
        Refused = "refused",
        /// The change was made and is durable.
        Done = "done",
    }
}

/// The personal payload of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// Who.
    pub actor: PersonId,
    /// Their name then.
    pub actor_name: String,
    /// Their department then.
    pub department: DepartmentId,
    /// The department's name then.
    pub department_name: String,
    /// Their roles then, by code, joined by commas.
    pub role: String,
    /// NEN 7513 `userIsRequestor`: the person at the screen, against those present in a meeting.
    pub user_is_requestor: bool,
    /// What was viewed or changed.
    pub objects: Vec<ObjectRef>,
    /// The case in whose context it was.
    pub case: Option<CaseId>,
    /// The stated purpose, by code; empty where none is needed.
    pub purpose: String,
    /// The reason given, or what was refused.
    pub reason: String,
    /// The policies that decided.
    pub policies: Vec<String>,
    /// The network point it came from.
    pub network: String,
}

/// A line before it has its place in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Recorded at most once under this id.
    pub event: EventId,
    /// When it happened.
    pub at: Moment,
    /// The request it belongs to.
    pub trace: TraceId,
    /// What happened.
    pub kind: LineKind,
    /// How it ended.
    pub outcome: Outcome,
    /// Who, what, why.
    pub payload: Payload,
}

/// Bytes of the random salt in the commitment to a payload.
pub const SALT_BYTES: usize = 32;

/// First byte sequence of every envelope: names the format and its version.
pub const ENVELOPE_MAGIC: &[u8] = b"plein/ledger-line/1\n";

/// First byte sequence of every payload.
pub const PAYLOAD_MAGIC: &[u8] = b"plein/ledger-payload/1\n";

impl Payload {
    /// The canonical bytes: [`PAYLOAD_MAGIC`], then every field in the order of the struct. Text is its length in
    /// bytes (u32, big-endian) and its UTF-8; a list is its count (u32) and its members; an id is 16 bytes; a
    /// flag is one byte; an optional is one byte 0 or 1 and then, if 1, the value.
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = Bytes(PAYLOAD_MAGIC.to_vec());
        bytes.id(self.actor.0);
        bytes.text(&self.actor_name);
        bytes.id(self.department.0);
        bytes.text(&self.department_name);
        bytes.text(&self.role);
        bytes.0.push(u8::from(self.user_is_requestor));
        bytes.count(self.objects.len());
        for object in &self.objects {
            bytes.text(object.kind.code());
            bytes.id(object.id);
        }
        bytes.0.push(u8::from(self.case.is_some()));
        if let Some(case) = self.case {
            bytes.id(case.0);
        }
        bytes.text(&self.purpose);
        bytes.text(&self.reason);
        bytes.count(self.policies.len());
        self.policies.iter().for_each(|policy| bytes.text(policy));
        bytes.text(&self.network);
        bytes.0
    }
}

impl Line {
    /// The canonical bytes of the envelope at place `sequence` (from 0): [`ENVELOPE_MAGIC`], sequence (u64,
    /// big-endian), time (i64, microseconds), event and trace (16 bytes each), kind and outcome as text, and the
    /// 32 bytes of the commitment.
    pub fn envelope(&self, sequence: u64, commitment: &[u8; 32]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (kind, outcome) = (self.kind.code(), self.outcome.code());
        let Self { at, event, trace, .. } = *self;
        Envelope { sequence, at, event, trace, kind, outcome, commitment: *commitment }.write(&mut bytes);
        bytes
    }
}

/// The envelope of a line in its place, with its codes as they are written: who verifies a log needs to know none of
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// Its place in the log, from 0.
    pub sequence: u64,
    /// When it happened.
    pub at: Moment,
    /// Recorded at most once under this id.
    pub event: EventId,
    /// The request it belongs to.
    pub trace: TraceId,
    /// What happened, by code.
    pub kind: &'a str,
    /// How it ended, by code.
    pub outcome: &'a str,
    /// The salted commitment to the payload.
    pub commitment: [u8; 32],
}

impl<'a> Envelope<'a> {
    /// Adds the canonical bytes ([`Line::envelope`]) to `into`.
    pub fn write(&self, into: &mut Vec<u8>) {
        let mut bytes = Bytes(std::mem::take(into));
        bytes.0.extend(ENVELOPE_MAGIC);
        bytes.0.extend(self.sequence.to_be_bytes());
        bytes.0.extend(self.at.0.to_be_bytes());
        bytes.id(self.event.0);
        bytes.id(self.trace.0);
        bytes.text(self.kind);
        bytes.text(self.outcome);
        bytes.0.extend(self.commitment);
        *into = bytes.0;
    }

    /// Reads canonical bytes back; nothing when they are not an envelope, or more than one.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(ENVELOPE_MAGIC)?;
        let sequence = u64::from_be_bytes(taken(&mut rest)?);
        let at = Moment(i64::from_be_bytes(taken(&mut rest)?));
        let event = EventId(uuid::Uuid::from_bytes(taken(&mut rest)?));
        let trace = TraceId(uuid::Uuid::from_bytes(taken(&mut rest)?));
        let mut text = || {
            let length = usize::try_from(u32::from_be_bytes(taken(&mut rest)?)).ok()?;
            let (text, after) = rest.split_at_checked(length)?;
            rest = after;
            std::str::from_utf8(text).ok()
        };
        let (kind, outcome) = (text()?, text()?);
        let commitment = taken(&mut rest)?;
        rest.is_empty().then_some(Self { sequence, at, event, trace, kind, outcome, commitment })
    }
}

/// Takes the first bytes away.
fn taken<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*bytes)
}

struct Bytes(Vec<u8>);

impl Bytes {
    fn count(&mut self, count: usize) {
        self.0.extend(u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
    }
    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend(text.as_bytes());
    }
    fn id(&mut self, id: uuid::Uuid) {
        self.0.extend(id.as_bytes());
    }
}
