//! The questions about a list: its sheet and columns, and one of its rows.

use super::{Choice, Input, Question, Section, signal};
use crate::texts::{Named, common, counts, imports::*, register_import, signals, t, tf};
use plein_domain::{
    form::FormValues,
    import::{Field, Scope, SetUpView},
    people::Department,
    ports::Lists,
    register::RegisterField,
    signal::{Channel, KnowledgeSource, Reliability, ReporterKind},
};

/// Sheet, columns, and what holds for all rows.
pub(crate) fn set_up(view: &SetUpView, lists: &Lists) -> Vec<Section> {
    let [file, columns] = table::<Field>(view);
    let mut rest = Section::new("verder", t(S_REST)).intro(t(S_REST_INTRO));
    if view.scopes.len() > 1 {
        rest = rest.ask([Question::new("scope", t(Q_SCOPE), Input::Radios(Choice::of::<Scope>(&view.scopes)))]);
    }
    let rest = rest.ask([
        Question::new("channel", t(signals::Q_CHANNEL), Input::Select(Choice::all::<Channel>())),
        Question::new("reporter-kind", t(signals::Q_REPORTER_KIND), Input::Select(Choice::all::<ReporterKind>())),
        Question::new("source", t(signals::Q_SOURCE), Input::Select(Choice::all::<KnowledgeSource>())),
        Question::new("reliability", t(signals::Q_RELIABILITY), Input::Select(Choice::all::<Reliability>())),
    ]);
    vec![file, columns, rest, signal::data(&view.values, lists), signal::offered()]
}

/// Sheet and columns of a file, and what each column says.
fn table<F: Named>(view: &SetUpView) -> [Section; 2] {
    let sheets = view.sheets.iter().enumerate().map(|(index, (name, rows))| {
        let name = if name.is_empty() { t(ONLY_SHEET) } else { name };
        Choice::new(index.to_string(), tf(SHEET_ROWS, &[name, &counts::rows(*rows)]))
    });
    let file = Section::new("blad", t(S_SHEET))
        .ask([
            Question::new("sheet", t(Q_SHEET), Input::Select(sheets.collect())),
            Question::new("header", t(Q_HEADER), Input::Line).hint(t(H_HEADER)),
        ])
        .button("columns", t(SHOW_COLUMNS));
    let columns = view.columns.iter().enumerate().filter(|(_, (name, ..))| !name.is_empty());
    let columns = columns.map(|(index, (name, hidden, samples))| {
        let hint = if *hidden { t(COLUMN_HIDDEN).to_owned() } else { tf(COLUMN_SAMPLES, &[&samples.join(" · ")]) };
        let question = Question::new(format!("column.{index}"), name.clone(), Input::Select(Choice::all::<F>()));
        if samples.is_empty() && !hidden { question.optional() } else { question.hint(hint).optional() }
    });
    [file, Section::new("kolommen", t(S_COLUMNS)).intro(t(S_COLUMNS_INTRO)).ask(columns)]
}

/// Sheet and columns of a processing register, and what holds where a row says nothing.
pub(crate) fn register(view: &SetUpView) -> Vec<Section> {
    let [file, columns] = table::<RegisterField>(view);
    let above = Choice::new("yes", t(register_import::ABOVE_YES));
    let rest = Section::new("verder", t(register_import::S_REST)).ask([
        Question::new("above", t(register_import::Q_ABOVE), Input::Boxes(vec![above])).optional(),
        Question::new("valid-from", t(register_import::Q_VALID_FROM), Input::Day)
            .hint(t(register_import::H_VALID_FROM)),
    ]);
    vec![file, columns, rest]
}

/// A row of a list: the signal's form, below the department when rows name theirs.
pub(crate) fn row(values: &FormValues, lists: &Lists, departments: &[Department]) -> Vec<Section> {
    let mut sections = signal::sections(values, lists, false);
    if !departments.is_empty() {
        let choices = departments.iter().map(|one| Choice::new(one.id.to_string(), one.name.clone()));
        let question = Question::new("department", t(common::DEPARTMENT), Input::Select(choices.collect()));
        sections.insert(0, Section::new("afdeling", t(S_DEPARTMENT)).ask([question]));
    }
    sections
}
