//! The fields of all forms: label, hint, problem and input, tied together for who cannot see them.

use crate::{
    forms::{Choice, Input, Question},
    islands::IdentifierCheck,
    texts::{Named, common::*, day_typed, drafts, signals, t},
};
use leptos::prelude::*;
use plein_domain::{
    form::{FieldProblem, FormValues},
    identifier::IdentifierFault,
};

/// What was typed and what is wrong with it.
pub(crate) struct Filled<'a> {
    pub values: &'a FormValues,
    pub problems: &'a [FieldProblem],
}

impl Filled<'_> {
    fn faults(&self, question: &Question) -> Vec<String> {
        let here = self.problems.iter().filter(|one| one.field == question.name);
        let mut faults: Vec<String> = here.map(|one| question.fault(&one.fault)).collect();
        faults.dedup();
        faults
    }

    /// As typed, white space included.
    fn typed(&self, name: &str) -> String {
        self.values.all(name).first().cloned().unwrap_or_default()
    }
}

/// What surrounds an input: what tells about it, and whether it is right.
struct Around {
    id: String,
    described: Option<String>,
    invalid: Option<&'static str>,
    hint: Option<AnyView>,
    error: Option<AnyView>,
}

impl Around {
    fn of(question: &Question, filled: &Filled<'_>) -> Self {
        let id = question.name.clone();
        let faults = filled.faults(question);
        let (hint_id, error_id) = (format!("{id}-uitleg"), format!("{id}-fout"));
        let mut described = Vec::new();
        if question.hint.is_some() {
            described.push(hint_id.clone());
        }
        if !faults.is_empty() {
            described.push(error_id.clone());
        }
        let hint = question
            .hint
            .clone()
            .map(|hint| view! { <p class="utrecht-form-field-description" id=hint_id>{hint}</p> }.into_any());
        let error = (!faults.is_empty()).then(|| {
            let faults = faults.join(" ");
            view! {
                <p class="utrecht-form-field-error-message" id=error_id>
                    <span class="visually-hidden">{t(PROBLEM)}" "</span>
                    {faults}
                </p>
            }
            .into_any()
        });
        Self {
            id,
            described: (!described.is_empty()).then(|| described.join(" ")),
            invalid: error.is_some().then_some("true"),
            hint,
            error,
        }
    }
}

/// One question with its answer so far.
pub(crate) fn field(question: &Question, filled: &Filled<'_>) -> AnyView {
    let around = Around::of(question, filled);
    match &question.input {
        Input::Line => one(question, line(question, filled, &around, None, None), around, None),
        Input::Day => {
            let typed = day_typed(&filled.typed(&question.name));
            one(question, line(question, filled, &around, Some(typed), Some("numeric")), around, None)
        }
        Input::Lines { rows } => one(question, lines(question, filled, &around, *rows), around, None),
        Input::Select(choices) => one(question, select(question, filled, &around, choices), around, None),
        Input::Identifier { kind_field } => {
            let check = identifier_check(&question.name, kind_field);
            one(question, line(question, filled, &around, None, None), around, Some(check))
        }
        Input::Radios(choices) => several(question, filled, around, choices, "radio"),
        Input::Boxes(choices) => several(question, filled, around, choices, "checkbox"),
    }
}

fn label_text(question: &Question) -> AnyView {
    let optional = question.optional.then(|| view! { <span class="optional">{format!(" ({})", t(OPTIONAL))}</span> });
    view! { {question.label.clone()}{optional} }.into_any()
}

/// A field with one input.
fn one(question: &Question, input: AnyView, around: Around, after: Option<AnyView>) -> AnyView {
    let class = if around.invalid.is_some() { "field field--invalid" } else { "field" };
    view! {
        <div class=class>
            <label class="utrecht-form-label" for=around.id>{label_text(question)}</label>
            {around.hint}
            {around.error}
            {input}
            {after}
        </div>
    }
    .into_any()
}

fn line(
    question: &Question,
    filled: &Filled<'_>,
    around: &Around,
    typed: Option<String>,
    mode: Option<&'static str>,
) -> AnyView {
    let value = typed.unwrap_or_else(|| filled.typed(&question.name));
    let day = matches!(question.input, Input::Day);
    let class = if day {
        "utrecht-textbox utrecht-textbox--html-input textbox--day"
    } else {
        "utrecht-textbox utrecht-textbox--html-input"
    };
    view! {
        <input type="text" class=class id=around.id.clone() name=question.name.clone() value=value autocomplete="off"
            inputmode=mode aria-describedby=around.described.clone() aria-invalid=around.invalid />
    }
    .into_any()
}

fn lines(question: &Question, filled: &Filled<'_>, around: &Around, rows: u16) -> AnyView {
    view! {
        <textarea class="utrecht-textarea utrecht-textarea--html-textarea" id=around.id.clone() name=question.name.clone()
            rows=rows.to_string() aria-describedby=around.described.clone() aria-invalid=around.invalid
            inner_html=text_of_area(&filled.typed(&question.name))></textarea>
    }
    .into_any()
}

/// Values that come along unseen, each name with this prefix.
pub(crate) fn hidden(values: &FormValues, prefix: &str) -> AnyView {
    let hidden = values.0.iter().flat_map(|(name, values)| {
        values.iter().map(move |value| {
            let (name, text) = (format!("{prefix}{name}"), text_of_area(value));
            // A text area, because a hidden input would lose the line breaks.
            view! { <textarea name=name hidden inner_html=text></textarea> }
        })
    });
    hidden.collect_view().into_any()
}

/// A text as it must stand inside a text area. Leptos 0.8 writes children of `textarea` unescaped, so a text that
/// closes the tag would become part of the page: never put one there in any other way. The line break in front
/// is not part of the text; without it, browsers drop the first one that is.
pub(crate) fn text_of_area(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

fn select(question: &Question, filled: &Filled<'_>, around: &Around, choices: &[Choice]) -> AnyView {
    let chosen = filled.values.text(&question.name);
    let options = choices.iter().map(|choice| {
        view! { <option value=choice.code.clone() selected=choice.code == chosen>{choice.label.clone()}</option> }
    });
    view! {
        <select class="utrecht-select utrecht-select--html-select" id=around.id.clone() name=question.name.clone()
            aria-describedby=around.described.clone() aria-invalid=around.invalid>
            <option value="">{t(CHOOSE)}</option>
            {options.collect_view()}
        </select>
    }
    .into_any()
}

/// A group of radio buttons or check boxes. The first has the field's own id, so that links lead to it.
fn several(
    question: &Question,
    filled: &Filled<'_>,
    around: Around,
    choices: &[Choice],
    kind: &'static str,
) -> AnyView {
    let items = choices.iter().enumerate().map(|(index, choice)| {
        let id = if index == 0 { around.id.clone() } else { format!("{}-{index}", around.id) };
        let hint_id = format!("{id}-keuze");
        let (input, label) = if kind == "radio" {
            ("utrecht-radio-button utrecht-radio-button--html-input", "utrecht-form-label utrecht-form-label--radio")
        } else {
            ("utrecht-checkbox utrecht-checkbox--html-input", "utrecht-form-label utrecht-form-label--checkbox")
        };
        let described = choice.hint.is_some().then(|| hint_id.clone());
        let checked = filled.values.has(&question.name, &choice.code);
        view! {
            <div class="choice">
                <input type=kind class=input id=id.clone() name=question.name.clone() value=choice.code.clone()
                    checked=checked aria-describedby=described />
                <label class=label for=id>{choice.label.clone()}</label>
                {choice.hint.clone().map(|hint| view! { <p class="choice__hint" id=hint_id>{hint}</p> })}
            </div>
        }
    });
    let class = if around.invalid.is_some() { "fieldset field field--invalid" } else { "fieldset field" };
    view! {
        <fieldset class=class aria-describedby=around.described>
            <legend class="fieldset__legend">{label_text(question)}</legend>
            {around.hint}
            {around.error}
            {items.collect_view()}
        </fieldset>
    }
    .into_any()
}

fn identifier_check(field: &str, kind_field: &str) -> AnyView {
    let faults = IdentifierFault::ALL.iter().map(|fault| (fault.code().to_owned(), t(fault.text()).to_owned()));
    let faults = faults.collect::<Vec<_>>();
    view! {
        <IdentifierCheck
            field=field.to_owned()
            kind_field=kind_field.to_owned()
            right=t(signals::IDENTIFIER_OK).to_owned()
            faults=faults
        />
    }
    .into_any()
}

/// What is wrong, above the form, with links to the fields. It gets the focus when the page opens.
pub(crate) fn summary(problems: &[(String, String, String)]) -> Option<AnyView> {
    (!problems.is_empty()).then(|| {
        let items = problems.iter().map(|(anchor, label, fault)| {
            view! {
                <li>
                    <a class="utrecht-link utrecht-link--html-a" href=format!("#{anchor}")>{format!("{label}: {fault}")}</a>
                </li>
            }
        });
        view! {
            <div class="utrecht-alert utrecht-alert--error problem-summary" role="alert" tabindex="-1" autofocus
                aria-labelledby="fouten">
                <h2 class="utrecht-heading-2" id="fouten">{t(PROBLEMS_HEADING)}</h2>
                <p class="utrecht-paragraph">{t(PROBLEMS_INTRO)}</p>
                <ul class="problem-summary__list">{items.collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}

/// The texts of the island that saves while somebody types.
pub(crate) fn autosave(draft: String, form: &'static str) -> AnyView {
    use crate::islands::{Autosave, AutosaveTexts};
    let texts = AutosaveTexts {
        label: t(drafts::AUTOSAVE_LABEL).into(),
        ready: t(drafts::AUTOSAVE_READY).into(),
        unsaved: t(drafts::AUTOSAVE_UNSAVED).into(),
        saving: t(drafts::AUTOSAVE_SAVING).into(),
        saved: t(drafts::AUTOSAVE_SAVED).into(),
        failed: t(drafts::AUTOSAVE_FAILED).into(),
        signed_out: t(drafts::AUTOSAVE_SIGNED_OUT).into(),
        refused: t(drafts::AUTOSAVE_REFUSED).into(),
        elsewhere: t(drafts::AUTOSAVE_ELSEWHERE).into(),
    };
    view! { <Autosave draft=draft form=form.to_owned() texts=texts /> }.into_any()
}
