//! The stores. Content is read only with a permit; headers and lists of heads are clear columns.
//!
//! The verbs are the same everywhere: `view` reads one thing, `page` reads a list, the domain's own verbs write.

pub(crate) mod administration;
pub(crate) mod break_glass;
mod cases;
mod changes;
mod directory;
mod drafts;
pub(crate) mod headers;
mod imports;
mod log;
pub(crate) mod lookups;
mod notes;
pub(crate) mod notices;
mod plans;
mod processings;
mod register;
mod rows;
mod sessions;
mod sign_in;
mod signals;
pub(crate) mod sweep;
mod views;
pub(crate) mod visible;

pub use administration::{Administration, PersonEntry, ProposalEntry, WantedPlace};
pub use break_glass::{BreakGlass, GlassContent};
pub use cases::{CaseContent, Cases, JudgementRow, SeenContent};
pub use changes::{ChangeRow, Changes, Things};
pub use directory::{Directory, NewPerson};
pub use drafts::{BegunDraft, Drafts, Kept, Looked};
pub use imports::{GivenList, Inside, ListParts, ListedRow, Lists, NewRow, Started, Unfinished};
pub use log::{Log, LoggedPage};
pub use lookups::LookUps;
pub use notes::{NoteContent, Notes};
pub use notices::{NoticeRow, Notices};
pub use plans::{
    Appended, Keeping, KeptText, Pen, PlanChange, PlanContent, PlanStanding, Plans, PositionRow, VersionContent,
    VersionEntry, VersionSection, Versioned,
};
pub use processings::ProcessingPage;
pub use register::{Register, TakenIn};
pub use sessions::{SessionRow, Sessions};
pub use sign_in::{Admitted, Origin, Placed, Said, SignIns, SignedOut, Subject, Told, Unplaced};
pub use signals::{EditableSignal, SignalParts, Signals};
pub use views::Views;

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written<T> {
    /// It stands.
    Done(T),
    /// It had been done before, by the same draft.
    Already(T),
    /// Somebody else changed the thing meanwhile; nothing was written.
    Stale,
    /// The draft was changed since it was looked at, or thrown away; nothing was written.
    Overtaken,
    /// It would break a rule that only the database can see, such as linking twice; nothing was written.
    Conflict,
}
