//! Break-glass (*noodinzage*): reading one record outside the team, in an emergency, with a motive in words, for half an hour, and
//! reviewed afterwards by somebody else.
//!
//! It is no purpose of its own: whoever uses it reads for the purpose for which the record is kept, and only goes past the limit of
//! who reads it (GDPR art. 5(1)(b), 5(2), 32(1)(b)). What must never happen here: a use that nobody is told of, that nobody can
//! review, or that its user reviews.

use crate::{
    access_log::Viewings,
    case::{CaseHead, LinkView, NoteView, TeamMember},
    form::{Fault, FieldProblem, FormValues, Reader},
    header::{BreakGlassHeader, ObjectRef},
    ids::*,
    list::Numbered,
    moment::Moment,
    signal::{SignalField, SignalHead, VisibleFields},
};

/// How long it lasts, in seconds.
pub const LASTS: i64 = 30 * 60;

/// The fewest characters of a motive: fewer say nothing that can be reviewed.
pub const MOTIVE_MIN: usize = 40;

/// The most characters of a motive.
pub const MOTIVE_MAX: usize = 2_000;

/// The most characters of what a reviewer says.
pub const REVIEW_MAX: usize = 4_000;

/// How many of one's own uses are shown where one begins, the newest ones.
pub const OWN_SHOWN: i64 = 10;

codes! {
    /// What a reviewer thinks of a use.
    ReviewVerdict {
        /// It was right.
        Justified = "justified",
        /// It was not.
        NotJustified = "not-justified",
        /// It cannot be told.
        Undecided = "undecided",
    }
}

codes! {
    /// How far a use is.
    GlassState {
        /// The record can be read.
        Open = "open",
        /// It is over and waits for its review.
        Waiting = "waiting",
        /// It was reviewed.
        Reviewed = "reviewed",
    }
}

/// What is asked for, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which record.
    pub reference: Reference,
    /// Why, in words.
    pub motive: String,
}

/// Reads the form: `reference` and `motive`.
///
/// # Errors
/// All that is wrong with it. Whether there is such a record is not looked at.
pub fn read(values: &FormValues) -> Result<Asked, Vec<FieldProblem>> {
    let mut form = Reader::new(values);
    let typed = form.required("reference", 40);
    let reference = Reference::typed(&typed);
    if reference.is_none() && !typed.is_empty() {
        form.fault("reference", Fault::NotAReference);
    }
    let motive = form.required("motive", MOTIVE_MAX);
    let length = motive.chars().count();
    if length > 0 && length < MOTIVE_MIN {
        form.fault("motive", Fault::TooShort { limit: MOTIVE_MIN, typed: length });
    }
    form.finish(reference.map(|reference| Asked { reference, motive }))
}

/// Reads a review: `verdict` and `words`.
///
/// # Errors
/// All that is wrong with it.
pub fn read_review(values: &FormValues) -> Result<(ReviewVerdict, String), Vec<FieldProblem>> {
    let mut form = Reader::new(values);
    let verdict = form.choice("verdict", ReviewVerdict::from_code);
    let words = form.required("words", REVIEW_MAX);
    form.finish(verdict.map(|verdict| (verdict, words)))
}

/// A use, without what anybody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlassHead {
    /// Its identity.
    pub id: BreakGlassId,
    /// Which record.
    pub reference: Reference,
    /// Since when.
    pub begun_at: Moment,
    /// Until when: when it ends, or was stopped.
    pub until: Moment,
    /// How far it is.
    pub state: GlassState,
}

impl From<&BreakGlassHeader> for GlassHead {
    fn from(header: &BreakGlassHeader) -> Self {
        Self {
            id: header.id,
            reference: header.reference.clone(),
            begun_at: header.begun_at,
            until: header.stopped.map_or(header.ends_at, |(_, at)| at),
            state: header.state(),
        }
    }
}

/// Where one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlassStart {
    /// What the next one of this form will be called, so that sending it twice begins it once.
    pub fresh: BreakGlassId,
    /// One's own, newest first.
    pub mine: Vec<GlassHead>,
}

/// How beginning ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlassAct {
    /// It has begun, now or by the same form before.
    Begun(BreakGlassId),
    /// Nothing was begun: this one of the same person is still open.
    OneIsOpen(BreakGlassId),
    /// Nothing was begun: the person can open the record as it is.
    CanOpen(ObjectRef),
    /// Nothing was begun: there is nobody who could review it.
    NobodyReviews,
}

/// What a reviewer said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What they think.
    pub verdict: ReviewVerdict,
    /// Why.
    pub words: String,
    /// The name of who said it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// One's own use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnGlass {
    /// Which it is.
    pub head: GlassHead,
    /// What one wrote.
    pub motive: String,
    /// The name of who stopped it, if somebody did.
    pub stopped_by: Option<String>,
    /// The review.
    pub review: Option<Review>,
}

/// The record, to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyView {
    /// By which use.
    pub head: GlassHead,
    /// How long it still lasts, in seconds.
    pub left: i64,
    /// The record.
    pub record: EmergencyRecord,
}

/// What a use shows of its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmergencyRecord {
    /// A signal.
    Signal(Box<EmergencySignal>),
    /// A case.
    Case(Box<EmergencyCase>),
}

/// What a use shows of a signal; who reported it is not among it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencySignal {
    /// The part free of personal data.
    pub head: SignalHead,
    /// What it says.
    pub fields: VisibleFields,
    /// The fields that are shown, so that an empty one can be told from one withheld.
    pub shown: Vec<SignalField>,
}

/// What a use shows of a case: what its own page shows to the team, without its plan and without other cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyCase {
    /// The part free of personal data of residents.
    pub head: CaseHead,
    /// The title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The links that stand, with what they share.
    pub links: Vec<LinkView>,
    /// The newest notes.
    pub notes: Vec<NoteView>,
    /// The team, the coordinator first.
    pub team: Vec<TeamMember>,
}

/// A use in the list of who reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Which it is.
    pub head: GlassHead,
    /// The name of who used it.
    pub person: String,
    /// The name of their department then.
    pub department: String,
}

/// The uses that the asker reviews, those that wait or those that were reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewsView {
    /// Whether these are the reviewed ones.
    pub closed: bool,
    /// A page of them.
    pub rows: Numbered<ReviewRow>,
}

/// A use, to be reviewed. No content of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewView {
    /// Which it is, and who used it.
    pub row: ReviewRow,
    /// Why, in their words.
    pub motive: String,
    /// The name of who stopped it, if somebody did.
    pub stopped_by: Option<String>,
    /// The review, when there is one.
    pub review: Option<Review>,
    /// The lines of the log about it, newest first.
    pub lines: Viewings,
}

/// How reviewing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewAct {
    /// The review stands.
    Done,
    /// Somebody else was first: what was sent was not kept.
    Overtaken,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> FormValues {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn faults<T>(read: Result<T, Vec<FieldProblem>>) -> Vec<(String, Fault)> {
        read.err().unwrap_or_default().into_iter().map(|one| (one.field, one.fault)).collect()
    }

    #[test]
    fn a_motive_is_neither_a_word_nor_a_book_and_each_fault_is_at_its_field() {
        let motive = "a".repeat(MOTIVE_MAX);
        let asked = read(&values(&[("reference", "c 2026 7"), ("motive", &motive)]));
        assert_eq!(asked, Ok(Asked { reference: Reference("C-2026-0007".into()), motive: motive.clone() }));
        assert!(read(&values(&[("reference", "S-2026-0001"), ("motive", &"é".repeat(MOTIVE_MIN))])).is_ok());
        let required = |field: &str| (field.to_owned(), Fault::Required);
        assert_eq!(faults(read(&values(&[]))), [required("reference"), required("motive")]);
        let found = faults(read(&values(&[("reference", "dossier 7"), ("motive", "haast")])));
        assert_eq!(found[0], ("reference".to_owned(), Fault::NotAReference));
        assert_eq!(found[1], ("motive".to_owned(), Fault::TooShort { limit: MOTIVE_MIN, typed: 5 }));
        let long = faults(read(&values(&[("reference", "S-2026-0001"), ("motive", &format!("{motive}b"))])));
        let typed = MOTIVE_MAX + 1;
        assert_eq!(long, [("motive".to_owned(), Fault::TooLong { limit: MOTIVE_MAX, typed })]);
    }

    #[test]
    fn a_review_says_what_and_why() {
        let read = read_review(&values(&[("verdict", "not-justified"), ("words", "Er was geen haast.")]));
        assert_eq!(read, Ok((ReviewVerdict::NotJustified, "Er was geen haast.".into())));
        let found = faults(read_review(&values(&[("verdict", "x")])));
        assert_eq!(found, [("verdict".to_owned(), Fault::NotAChoice), ("words".to_owned(), Fault::Required)]);
    }
}
