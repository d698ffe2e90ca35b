//! Drafts: what somebody is typing, kept sealed on the server until it is finished or thrown away.

use crate::{
    form::{FieldProblem, FormKind, FormValues},
    ids::*,
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A draft, for its author only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its identity.
    pub id: DraftId,
    /// The form it belongs to.
    pub kind: FormKind,
    /// The thing it is about: the one being changed, or the one that will come into being under this id.
    /// That makes finishing it twice the same as finishing it once.
    pub object: Uuid,
    /// The link it ends, for [`FormKind::UnlinkSignal`]; the signal it links, for [`FormKind::LinkSignal`].
    pub part: Option<Uuid>,
    /// The version of the object that was on the screen when the draft was begun; 0 for something new.
    pub base_version: i64,
    /// What was typed.
    pub values: FormValues,
    /// What was wrong when it was last sent in; empty while it was only autosaved.
    pub problems: Vec<FieldProblem>,
    /// When it was begun.
    pub begun_at: Moment,
    /// When it was last saved.
    pub saved_at: Moment,
    /// Counts the savings: tells whether what is sent is what was looked at.
    pub revision: i64,
    /// What was typed in other windows and did not fit what stands: the author chooses, oldest first.
    pub aside: Vec<Aside>,
}

/// A window in which a form is open, as it stands in the form itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Given to the window when its page was made.
    pub id: Uuid,
    /// The draft's revision that the page showed.
    pub revision: i64,
    /// Counts what this window has sent, so that what is overtaken on its way changes nothing.
    pub turn: i64,
}

/// Words of one window that were kept apart, because another window had saved meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The window they were typed in.
    pub window: Uuid,
    /// The words.
    pub values: FormValues,
    /// When they were kept.
    pub at: Moment,
}

/// A draft in *Mijn werk*: without what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// Its identity.
    pub id: DraftId,
    /// The form it belongs to.
    pub kind: FormKind,
    /// The thing it is about.
    pub object: Uuid,
    /// When it was last saved.
    pub saved_at: Moment,
}

/// Somebody else changed the thing while this person was typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The version that stands now.
    pub version: i64,
    /// The form as it stands now: theirs.
    pub theirs: FormValues,
    /// Who changed it.
    pub by: String,
    /// When.
    pub at: Moment,
}
