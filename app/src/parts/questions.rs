//! Sections of a form: to fill in, to check, to compare.

use super::{candidates, content, fields};
use crate::{
    forms::{Question, Section},
    texts::{cases, codes, common::*, drafts, t, tf},
};
use leptos::prelude::*;
use plein_domain::{
    case::Candidate,
    form::{Fault, FieldProblem, FormValues},
    ports::Lists,
};
use std::borrow::Borrow;

/// A section to fill in.
pub(crate) fn to_fill(section: &Section, filled: &fields::Filled<'_>, lists: Option<&Lists>) -> AnyView {
    let questions = section.questions.iter().map(|question| fields::field(question, filled)).collect_view();
    let buttons = section.buttons.iter().map(|(action, text)| {
        view! {
            <button type="submit" name="do" value=action.clone() class="utrecht-button utrecht-button--secondary-action">
                {text.clone()}
            </button>
        }
    });
    let beside = section.beside.as_ref().map(|candidate| {
        let version = format!("link.{}.version", candidate.head.id);
        view! {
            <input type="hidden" name=version.clone() value=judged(candidate, filled, &version) />
            <div class="beside">
                <h3 class="utrecht-heading-3">{tf(cases::OFFERED_BY, &[&candidate.head.department.name])}</h3>
                {content::fields(&candidate.fields, &candidate.head.offered)}
                <p class="quiet">{phenomenon(lists, &candidate.head.phenomenon)}</p>
            </div>
        }
    });
    view! {
        <section class="form-section" id=section.id.clone() aria-labelledby=format!("{}-kop", section.id)>
            <h2 class="utrecht-heading-2" id=format!("{}-kop", section.id)>{section.title.clone()}</h2>
            {section.intro.clone().map(super::paragraph)}
            {beside}
            {section.narrowing.as_ref().map(|narrowing| lists.map(|lists| candidates::above(narrowing, lists)))}
            {questions}
            {section.narrowing.as_ref().and_then(candidates::below)}
            {(!section.buttons.is_empty()).then(|| view! { <div class="actions">{buttons.collect_view()}</div> })}
        </section>
    }
    .into_any()
}

/// The phenomenon in words, where there is a list of them.
fn phenomenon(lists: Option<&Lists>, code: &str) -> String {
    lists.map_or_else(|| code.to_owned(), |lists| codes::phenomenon(&lists.phenomena, code))
}

/// The version that the answers are about: the one they were first given on, until it was told that it changed; from
/// then on the one that is shown here.
fn judged(candidate: &Candidate, filled: &fields::Filled<'_>, field: &str) -> String {
    let told = filled
        .problems
        .iter()
        .any(|one| one.fault == Fault::ChangedSince && one.field.starts_with(&format!("link.{}.", candidate.head.id)));
    let kept = filled.values.text(field);
    if told || kept.is_empty() { candidate.head.version.to_string() } else { kept.to_owned() }
}

/// The problems in the order of the form, each with where it leads, its field's label and what is wrong.
pub(crate) fn problems(sections: &[impl Borrow<Section>], problems: &[FieldProblem]) -> Vec<(String, String, String)> {
    let sections = || sections.iter().map(Borrow::borrow);
    let questions = || sections().flat_map(|section: &Section| section.questions.iter().map(move |one| (section, one)));
    let mut told = Vec::new();
    for (section, question) in questions() {
        for problem in problems.iter().filter(|problem| problem.field == question.name) {
            let several = question.name.contains('.');
            let label = if several { format!("{}, {}", section.title, question.label) } else { question.label.clone() };
            told.push((question.anchor().to_owned(), label, question.fault(&problem.fault)));
        }
    }
    // A problem at a field that the form does not show must not be lost.
    for problem in problems.iter().filter(|problem| !questions().any(|(_, one)| one.name == problem.field)) {
        told.push(("inhoud".to_owned(), t(drafts::WHOLE_FORM).to_owned(), codes::fault(&problem.fault)));
    }
    told.dedup();
    told
}

/// A section to check, with links that lead back to each field. `form` is the page that asks for them.
pub(crate) fn to_check(section: &Section, values: &FormValues, form: &str) -> AnyView {
    let rows = section.questions.iter().filter(|question| shown(question, values)).map(|question| {
        let label = question.label.clone();
        view! {
            <div>
                <dt>{label.clone()}</dt>
                <dd>{answer(question, values)}</dd>
                <dd class="facts__change">
                    <a class="utrecht-link utrecht-link--html-a" href=format!("{form}#{}", question.anchor())>
                        {t(drafts::ANSWERS_CHANGE)}<span class="visually-hidden">": "{label}</span>
                    </a>
                </dd>
            </div>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    (!rows.is_empty())
        .then(|| {
            view! {
                <section class="answers">
                    <h2 class="utrecht-heading-2">{section.title.clone()}</h2>
                    <dl class="facts facts--answers">{rows}</dl>
                </section>
            }
        })
        .into_any()
}

/// An empty block for a subject is no answer at all.
fn shown(question: &Question, values: &FormValues) -> bool {
    let Some((block, _)) = question.name.rsplit_once('.').filter(|(block, _)| block.starts_with("subject.")) else {
        return true;
    };
    ["name", "identifier", "born"].iter().any(|part| !values.text(&format!("{block}.{part}")).is_empty())
}

/// An answer in words.
pub(crate) fn answer(question: &Question, values: &FormValues) -> AnyView {
    let lines = question.answer(values);
    if lines.is_empty() {
        return view! { <span class="quiet">{t(NOTHING_FILLED_IN)}</span> }.into_any();
    }
    lines.into_iter().map(|line| view! { <span class="answer">{line}</span> }).collect_view().into_any()
}

/// The answers that differ between two texts of the same form, beside each other; nothing when none does.
pub(crate) fn differences(
    sections: &[Section],
    texts: [&FormValues; 2],
    labels: &[String; 2],
    caption: &str,
) -> Option<AnyView> {
    let questions = sections.iter().flat_map(|section| section.questions.iter().map(move |one| (section, one)));
    let differing = questions.filter(|(_, question)| question.answer(texts[0]) != question.answer(texts[1]));
    let rows = differing.map(|(section, question)| {
        let part = if question.name.contains('.') {
            format!("{}, {}", section.title, question.label)
        } else {
            question.label.clone()
        };
        view! {
            <tr>
                <th scope="row" data-label=t(drafts::CONFLICT_PART)>{part}</th>
                <td data-label=labels[0].clone()>{answer(question, texts[0])}</td>
                <td data-label=labels[1].clone()>{answer(question, texts[1])}</td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <table class="utrecht-table utrecht-table--html-table stacked conflict">
                <caption class="visually-hidden">{caption.to_owned()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t(drafts::CONFLICT_PART)}</th>
                        <th scope="col">{labels[0].clone()}</th>
                        <th scope="col">{labels[1].clone()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    })
}
