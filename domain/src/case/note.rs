//! Notes on a case: what a team member wants the others to know, in plain text.

use crate::{
    case::CaseHead,
    form::{FieldProblem, FormValues, Reader},
    ids::*,
    list::Numbered,
    moment::Moment,
};
use serde::{Deserialize, Serialize};

/// The most characters a note may have: some pages. What is longer belongs in the plan.
pub const NOTE_LIMIT: usize = 10_000;

/// How many of the newest notes stand on the page of the case itself.
pub const NOTES_ON_CASE: i64 = 3;

/// How many notes are printed at once, the newest ones.
pub const NOTES_PRINTED: i64 = 500;

/// How many earlier texts of a note are shown, the newest ones.
pub const TEXTS_SHOWN: i64 = 50;

/// A note as the team reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    /// Its identity.
    pub id: NoteId,
    /// The name of who wrote it.
    pub by: String,
    /// The name of their department then.
    pub department: String,
    /// When.
    pub written_at: Moment,
    /// When it was last changed, if it was.
    pub changed_at: Option<Moment>,
    /// When its author withdrew it, if they did.
    pub withdrawn_at: Option<Moment>,
    /// What it says; nothing once it is withdrawn.
    pub text: Option<String>,
    /// Its version, from 1.
    pub version: i64,
    /// Whether the asker wrote it.
    pub own: bool,
}

/// A page of the notes on a case, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotesView {
    /// The case.
    pub case: CaseHead,
    /// The notes.
    pub notes: Numbered<NoteView>,
    /// Whether the asker may write one.
    pub may_write: bool,
    /// What the next note of this form will be called, so that sending it twice writes it once.
    pub fresh: NoteId,
}

/// One note with what it said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteHistory {
    /// The case.
    pub case: CaseHead,
    /// The note.
    pub note: NoteView,
    /// What it said before, newest first, each with when that was written. Of a withdrawn note also what it said last.
    pub earlier: Vec<(Moment, String)>,
    /// Whether the asker may change and withdraw it.
    pub may_change: bool,
}

/// How a change to a note ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteAct {
    /// It stands.
    Done,
    /// It was changed in another window, or withdrawn, since the form was made: nothing was written.
    Overtaken,
}

/// Reads the form of a note: `note`.
///
/// # Errors
/// What is wrong with it.
pub fn read_note(values: &FormValues) -> Result<String, Vec<FieldProblem>> {
    let mut form = Reader::new(values);
    let text = form.required("note", NOTE_LIMIT);
    form.finish(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Fault;

    #[test]
    fn a_note_is_plain_text_with_paragraphs_not_empty_and_not_endless() {
        let read = |text: &str| read_note(&[("note".to_owned(), text.to_owned())].into_iter().collect());
        let fault = |fault| Err(vec![FieldProblem { field: "note".into(), fault }]);
        assert_eq!(read(" Gebeld.\r\n\r\nMorgen weer. "), Ok("Gebeld.\n\nMorgen weer.".into()));
        assert_eq!(read(" \r\n "), fault(Fault::Required));
        assert_eq!(read("a\u{0}b"), fault(Fault::NotText));
        assert_eq!(read(&"é".repeat(NOTE_LIMIT)).map(|text| text.chars().count()), Ok(NOTE_LIMIT));
        let typed = NOTE_LIMIT + 1;
        assert_eq!(read(&"é".repeat(typed)), fault(Fault::TooLong { limit: NOTE_LIMIT, typed }));
    }
}
