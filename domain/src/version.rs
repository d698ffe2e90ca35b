//! Versions of a plan of approach: states of its text that are kept, compared, put up for adoption and adopted.
//!
//! A version never changes. Writing goes on in the plan itself; what was adopted stays as it was, with what each department
//! said of it.

use crate::{
    case::CaseHead,
    form::{Fault, FieldProblem, FormValues, Reader},
    ids::*,
    moment::Moment,
    people::{Department, Person},
    plan::{Inline, Section},
};
use std::fmt;

codes! {
    /// Why a version was kept.
    VersionKind {
        /// By itself: writing began again after a pause, or had gone on for long.
        Automatic = "automatic",
        /// Somebody kept it and gave it a name.
        Named = "named",
    }
}

codes! {
    /// Where a version is on the way to being adopted.
    VersionState {
        /// Kept, and nothing else.
        Kept = "kept",
        /// Put before the departments of the team.
        Proposed = "proposed",
        /// Another version was put before the departments instead.
        Superseded = "superseded",
        /// Adopted by the coordinator: this is the plan that is carried out.
        Adopted = "adopted",
    }
}

codes! {
    /// What a department says of a version.
    Stance {
        /// It agrees.
        Agrees = "agrees",
        /// It does not, and says why.
        Dissents = "dissents",
        /// It had said nothing when the version was adopted.
        Silent = "silent",
    }
}

/// The most characters that a version's name can have.
pub const NAME_LIMIT: usize = 120;
/// The most characters that a dissent can have.
pub const DISSENT_LIMIT: usize = 4_000;
/// How many versions that were kept by themselves stay; older ones go.
pub const AUTOMATIC_KEPT: i64 = 30;
/// How many versions of one plan are kept under a name, those aside that were ever put before the departments.
pub const NAMED_KEPT: i64 = 100;

/// What somebody had before them when they adopted a version. The form carries it, so that adopting what has changed since is
/// noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The case's version: its team and state.
    pub case: i64,
    /// How often departments had said something of the version.
    pub said: i64,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.case, self.said)
    }
}

impl Seen {
    /// Reads what [`Display`](fmt::Display) wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (case, said) = text.split_once('.')?;
        Some(Self { case: case.parse().ok()?, said: said.parse().ok()? })
    }
}

/// A version in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number in the plan, from 1.
    pub number: i64,
    /// Why it was kept.
    pub kind: VersionKind,
    /// Where it is on the way to being adopted.
    pub state: VersionState,
    /// Its name; none when it was kept by itself.
    pub name: String,
    /// Who kept it; nobody when it was kept by itself.
    pub kept_by: Option<String>,
    /// When the text was as it is kept.
    pub at: Moment,
    /// Who put it before the departments, and when.
    pub proposed: Option<(String, Moment)>,
    /// Who adopted it, and when.
    pub adopted: Option<(String, Moment)>,
    /// The titles of the sections that were changed since the version before it.
    pub changed: Vec<String>,
}

/// All versions of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionsView {
    /// The case's head.
    pub case: CaseHead,
    /// Newest first.
    pub versions: Vec<VersionRow>,
    /// Whether the text was changed since the newest one.
    pub changed_since: bool,
    /// Whether the reader may keep one.
    pub may_keep: bool,
    /// The id that the next one gets: sending the form twice keeps one.
    pub next: VersionId,
}

/// What a department said of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The department.
    pub department: Department,
    /// What it said.
    pub stance: Stance,
    /// Why it does not agree, or on what condition it does.
    pub dissent: String,
    /// Who said it for the department; nobody when it said nothing.
    pub by: Option<String>,
    /// When.
    pub at: Moment,
    /// Whether nobody of it is in the team any more, while the version is before the departments.
    pub left: bool,
}

/// One version with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionView {
    /// The case's head.
    pub case: CaseHead,
    /// What stands in the list.
    pub row: VersionRow,
    /// The text, with who had changed each section last by then.
    pub sections: Vec<Section>,
    /// The people who are in the team or named in it.
    pub people: Vec<Person>,
    /// What the departments said, by name.
    pub positions: Vec<Position>,
    /// The departments of the team that said nothing yet.
    pub silent: Vec<Department>,
    /// The version before it that is still there.
    pub before: Option<i64>,
    /// Whether the reader may put it before the departments.
    pub may_propose: bool,
    /// Whether the reader may say what their department thinks of it.
    pub may_answer: bool,
    /// Whether the reader may adopt it.
    pub may_adopt: bool,
    /// Whether the reader may remove it.
    pub may_remove: bool,
    /// What is on the screen: goes with the adoption.
    pub seen: Seen,
    /// The version that was adopted after this one was.
    pub adopted_later: Option<i64>,
}

/// How an act on a version ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionAct {
    /// It stands.
    Done,
    /// The version is not in a state for it any more: another one was proposed, or it was adopted.
    TooLate,
    /// What was on the screen has changed: an answer, the team.
    Changed,
    /// Departments said nothing yet, and nobody said that it is to be adopted without them.
    Unanswered,
}

/// A version that waits for an answer, in *Mijn werk*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingVersion {
    /// The case.
    pub case: CaseId,
    /// The case's reference.
    pub reference: Reference,
    /// The version.
    pub number: i64,
    /// Since when.
    pub since: Moment,
    /// Whether it waits for the answer of the asker's department; otherwise all departments answered, and it waits for
    /// the asker to adopt it.
    pub for_answer: bool,
}

/// One side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// A version by its number.
    Version(i64),
    /// The plan as it stands.
    Current,
}

/// Two states of a plan, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonView {
    /// The case's head.
    pub case: CaseHead,
    /// The older state.
    pub old: Side,
    /// The newer state.
    pub new: Side,
    /// All versions that there are to choose from, newest first.
    pub versions: Vec<VersionRow>,
    /// The sections of both, in the order of the newer state.
    pub sections: Vec<SectionComparison>,
}

/// A section in two states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionComparison {
    /// Its title.
    pub title: String,
    /// Its lines, in order.
    pub rows: Vec<RowComparison>,
}

/// A line in two states; on one side only when it is new or gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowComparison {
    /// How it was.
    pub old: Option<ComparedLine>,
    /// How it is.
    pub new: Option<ComparedLine>,
}

impl RowComparison {
    /// Whether both states say the same.
    pub fn same(&self) -> bool {
        let unchanged = |line: &ComparedLine| line.pieces.iter().all(|(changed, _)| !changed);
        matches!((&self.old, &self.new), (Some(old), Some(new)) if old.kind == new.kind && unchanged(old) && unchanged(new))
    }
}

/// A line on one side, in pieces that changed (`true`) and did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLine {
    /// What it is.
    pub kind: ComparedKind,
    /// Its words.
    pub pieces: Vec<(bool, Inline)>,
}

/// What a line of a comparison is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComparedKind {
    /// A paragraph.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// The paragraph of an item of a list, numbered or not, this deep.
    Item {
        /// Whether the list is numbered.
        ordered: bool,
        /// How deep, from 0.
        depth: u8,
    },
    /// A cell of a table, by row and column from 1.
    Cell(u16, u16),
    /// What an intervention is about.
    Intervention,
    /// One of an intervention's fields.
    Field(InterventionField),
}

/// The fields of an intervention, as they are compared; its description stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InterventionField {
    /// By which law.
    Kind,
    /// By which power.
    Power,
    /// The competent body.
    Body,
    /// The department.
    Department,
    /// Who does it.
    Person,
    /// By when.
    Due,
    /// How it stands.
    Status,
    /// What came of it.
    Result,
}

/// What a department answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentAnswer {
    /// What it says.
    pub stance: Stance,
    /// Why it does not agree, or on what condition it does.
    pub dissent: String,
    /// When it had answered before, as far as the screen told: what this answer takes the place of.
    pub instead_of: Option<Moment>,
}

/// Reads the form that keeps a version: `name`.
///
/// # Errors
/// What is wrong with it.
pub fn read_name(values: &FormValues) -> Result<String, Vec<FieldProblem>> {
    let mut form = Reader::new(values);
    let name = form.required("name", NAME_LIMIT);
    if name.contains('\n') {
        form.fault("name", Fault::NotText);
    }
    form.finish(Some(name))
}

/// Reads the form in which a department answers: `stance`, and `dissent`, which must be there when it does not agree; `instead`
/// is the moment of the answer that stood in the form.
///
/// # Errors
/// All problems at once, each at its field.
pub fn read_answer(values: &FormValues) -> Result<DepartmentAnswer, Vec<FieldProblem>> {
    let mut form = Reader::new(values);
    let given = |code: &str| Stance::from_code(code).filter(|stance| *stance != Stance::Silent);
    let stance = form.choice("stance", given);
    let dissent = match stance {
        Some(Stance::Dissents) => form.required("dissent", DISSENT_LIMIT),
        _ => form.optional("dissent", DISSENT_LIMIT),
    };
    let instead_of = values.text("instead").parse().ok().map(Moment);
    form.finish(stance.map(|stance| DepartmentAnswer { stance, dissent, instead_of }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> FormValues {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_version_needs_a_name_of_one_line() {
        assert_eq!(read_name(&typed(&[("name", " Voor het overleg ")])), Ok("Voor het overleg".into()));
        for (name, fault) in [
            ("", Fault::Required),
            ("a\nb", Fault::NotText),
            (&*"x".repeat(NAME_LIMIT + 1), Fault::TooLong { limit: NAME_LIMIT, typed: NAME_LIMIT + 1 }),
        ] {
            let problem = FieldProblem { field: "name".into(), fault };
            assert_eq!(read_name(&typed(&[("name", name)])), Err(vec![problem]));
        }
    }

    #[test]
    fn who_does_not_agree_says_why_and_nobody_says_that_they_say_nothing() {
        let answer =
            |stance, dissent| read_answer(&typed(&[("stance", stance), ("dissent", dissent), ("instead", "70")]));
        let fault = |field: &str, fault| Err(vec![FieldProblem { field: field.into(), fault }]);
        let read = |stance, dissent: &str| {
            Ok(DepartmentAnswer { stance, dissent: dissent.into(), instead_of: Some(Moment(70)) })
        };
        assert_eq!(answer("agrees", ""), read(Stance::Agrees, ""));
        assert_eq!(answer("agrees", "mits het snel gaat"), read(Stance::Agrees, "mits het snel gaat"));
        assert_eq!(answer("dissents", "te zwaar"), read(Stance::Dissents, "te zwaar"));
        assert_eq!(answer("dissents", " "), fault("dissent", Fault::Required));
        assert_eq!(answer("silent", ""), fault("stance", Fault::NotAChoice));
        assert_eq!(answer("", ""), fault("stance", Fault::Required));
    }

    #[test]
    fn what_was_seen_is_read_as_it_was_written() {
        let seen = Seen { case: 12, said: 0 };
        assert_eq!(Seen::parse(&seen.to_string()), Some(seen));
        for nonsense in ["", "12", "12.", ".3", "a.b", "1.2.3", "99999999999999999999.1"] {
            assert_eq!(Seen::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_line_is_the_same_when_both_sides_have_it_and_nothing_in_it_changed() {
        let line = |kind, changed| {
            let text = Inline::Text { text: "a".into(), bold: false, italic: false };
            Some(ComparedLine { kind, pieces: vec![(changed, text)] })
        };
        let paragraph = ComparedKind::Paragraph;
        let row = |old, new| RowComparison { old, new };
        assert!(row(line(paragraph, false), line(paragraph, false)).same());
        assert!(!row(line(paragraph, true), line(paragraph, false)).same());
        assert!(!row(line(paragraph, false), line(ComparedKind::Heading(3), false)).same());
        assert!(!row(None, line(paragraph, false)).same());
    }
}
