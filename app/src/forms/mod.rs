//! Forms as data: one list of questions per kind of draft, from which the form, the page to check the answers, the
//! summary of problems and the comparison of two versions are all made. Names of fields are those that
//! `plein-domain` reads.

pub(crate) mod administration;
pub(crate) mod break_glass;
mod case;
mod import;
pub(crate) mod look_up;
pub(crate) mod note;
mod signal;
mod steps;
pub(crate) mod version;
pub(crate) mod view;

pub(crate) use case::narrow;
pub(crate) use import::{register, row, set_up};
pub(crate) use signal::{SUBJECT_ROWS, WHY, subject_rows};
pub(crate) use steps::{STEPS_DONE, Shown, Step, Walk, note_done};

use crate::{
    parts::candidates::Narrowing,
    texts::{Named, Text, codes, common, day_typed, t, tf},
};
use plein_domain::{
    case::{Candidate, Candidates},
    draft::Draft,
    form::{Fault, FormKind, FormValues},
    ids::Reference,
    ports::Lists,
    signal::SignalHead,
};

/// A draft with all that is needed to show its form.
pub(crate) struct Sheet {
    pub draft: Draft,
    pub lists: Lists,
    /// For forms that link signals: those that may be chosen.
    pub candidates: Candidates,
    /// For the form that unlinks a signal: which one, and from which case.
    pub linked: Option<(SignalHead, Reference)>,
}

impl Sheet {
    /// The steps of a form that is asked in steps; none of one that fits a page.
    pub(crate) fn steps(&self) -> Vec<(Step, Vec<Section>)> {
        match self.draft.kind {
            FormKind::NewSignal | FormKind::EditSignal => {
                signal::steps(&self.draft.values, &self.lists, self.draft.kind == FormKind::EditSignal)
            }
            FormKind::OpenCase | FormKind::LinkSignal | FormKind::UnlinkSignal | FormKind::Team => Vec::new(),
        }
    }

    /// Where the author of a form in steps is.
    pub(crate) fn walk<'a>(&'a self, steps: &'a [(Step, Vec<Section>)]) -> Walk<'a> {
        Walk { steps, values: &self.draft.values, problems: &self.draft.problems }
    }

    /// The sections of the form, as its draft stands.
    pub(crate) fn sections(&self) -> Vec<Section> {
        match self.draft.kind {
            FormKind::NewSignal => signal::sections(&self.draft.values, &self.lists, false),
            FormKind::EditSignal => signal::sections(&self.draft.values, &self.lists, true),
            FormKind::OpenCase => case::open(&self.draft.values, &self.lists, &self.candidates),
            FormKind::LinkSignal => case::link(self.draft.part, &self.candidates),
            FormKind::UnlinkSignal => case::unlink(self.linked.as_ref()),
            FormKind::Team => case::team_only(&self.lists),
        }
    }
}

/// All that either of two texts of a form answers.
pub(crate) fn both(texts: [&FormValues; 2]) -> FormValues {
    let mut both = texts[0].clone();
    for (name, values) in &texts[1].0 {
        let known = both.0.entry(name.clone()).or_default();
        known.extend(values.iter().filter(|value| !texts[0].has(name, value)).cloned());
    }
    both
}

/// The questions that two versions of a signal answer.
pub(crate) fn changes(texts: &[FormValues; 2], lists: &Lists) -> Vec<Section> {
    signal::sections(&both([&texts[0], &texts[1]]), lists, false)
}

/// Questions that belong together.
pub(crate) struct Section {
    /// Where a link to it leads.
    pub id: String,
    pub title: String,
    pub intro: Option<String>,
    /// What must be read to answer the questions: the offered fields of a signal.
    pub beside: Option<Candidate>,
    /// What the signals to choose from are narrowed to.
    pub narrowing: Option<Narrowing>,
    pub questions: Vec<Question>,
    /// Buttons at its end that change the form: the value of `do` and the text.
    pub buttons: Vec<(String, String)>,
}

impl Section {
    fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            intro: None,
            beside: None,
            narrowing: None,
            questions: Vec::new(),
            buttons: Vec::new(),
        }
    }

    fn intro(mut self, text: impl Into<String>) -> Self {
        self.intro = Some(text.into());
        self
    }

    fn ask(mut self, questions: impl IntoIterator<Item = Question>) -> Self {
        self.questions.extend(questions);
        self
    }

    fn button(mut self, action: impl Into<String>, text: impl Into<String>) -> Self {
        self.buttons.push((action.into(), text.into()));
        self
    }
}

/// One field of a form.
#[derive(Clone)]
pub(crate) struct Question {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub optional: bool,
    pub input: Input,
}

/// How a question is answered.
#[derive(Clone)]
pub(crate) enum Input {
    /// One line of text.
    Line,
    /// A text of several lines.
    Lines { rows: u16 },
    /// A day, typed.
    Day,
    /// One of a few, all in sight.
    Radios(Vec<Choice>),
    /// One of many.
    Select(Vec<Choice>),
    /// Several of these.
    Boxes(Vec<Choice>),
    /// An identifier whose kind another field names; checked while it is typed.
    Identifier { kind_field: String },
}

/// Something that can be chosen.
#[derive(Clone)]
pub(crate) struct Choice {
    pub code: String,
    pub label: String,
    pub hint: Option<String>,
}

impl Choice {
    fn new(code: impl Into<String>, label: impl Into<String>) -> Self {
        Self { code: code.into(), label: label.into(), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// All members of a closed list.
    fn all<T: Named>() -> Vec<Self> {
        Self::of(T::every())
    }

    /// These members of a closed list.
    fn of<T: Named>(members: &[T]) -> Vec<Self> {
        members.iter().map(|one| Self::new(one.code(), t(one.text()))).collect()
    }
}

impl Question {
    fn new(name: impl Into<String>, label: impl Into<String>, input: Input) -> Self {
        Self { name: name.into(), label: label.into(), hint: None, optional: false, input }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The answer in words: a line per value; nothing when nothing was filled in.
    pub(crate) fn answer(&self, values: &FormValues) -> Vec<String> {
        let given = values.all(&self.name).iter().map(|value| value.trim()).filter(|value| !value.is_empty());
        match &self.input {
            Input::Radios(choices) | Input::Select(choices) | Input::Boxes(choices) => {
                let label = |code: &str| choices.iter().find(|choice| choice.code == code).map(|one| one.label.clone());
                given.map(|code| label(code).unwrap_or_else(|| code.to_owned())).collect()
            }
            Input::Day => given.map(day_typed).collect(),
            Input::Line | Input::Lines { .. } | Input::Identifier { .. } => {
                // Browsers send a line break as two characters; one is meant.
                given.map(|text| text.replace("\r\n", "\n")).collect()
            }
        }
    }

    /// What is wrong with the answer, in words that fit the way it is given.
    pub(crate) fn fault(&self, fault: &Fault) -> String {
        match (fault, &self.input) {
            (Fault::Required, Input::Radios(_) | Input::Select(_)) => t(codes::REQUIRED_CHOICE).to_owned(),
            (Fault::Required, Input::Boxes(_)) => t(codes::REQUIRED_SEVERAL).to_owned(),
            (Fault::TooMany { limit }, Input::Lines { .. }) => tf(codes::TOO_MANY_LINES, &[&limit.to_string()]),
            _ => codes::fault(fault),
        }
    }

    /// The id of the first thing to focus, for links from the summary of problems and from the answers.
    pub(crate) fn anchor(&self) -> &str {
        &self.name
    }
}

/// Yes or no.
fn yes_no() -> Vec<Choice> {
    let choice = |code: &str, text: Text| Choice::new(code, t(text));
    vec![choice("yes", common::YES), choice("no", common::NO)]
}
