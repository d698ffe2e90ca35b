//! The parts that pages are made of. One of each, so that every page looks and works the same.

pub(crate) mod candidates;
pub(crate) mod chips;
pub(crate) mod content;
pub(crate) mod fields;
pub(crate) mod lists;
pub(crate) mod log;
pub(crate) mod paging;
pub(crate) mod questions;
pub(crate) mod views;

use crate::texts::when;
use leptos::prelude::*;
use plein_domain::{form::FormKind, moment::Moment};
use uuid::Uuid;

/// The page's one `h1`.
pub(crate) fn heading(text: impl Into<String>) -> AnyView {
    view! { <h1 class="utrecht-heading-1">{text.into()}</h1> }.into_any()
}

/// The page's one `h1`, with a reference in it that stays on one line.
pub(crate) fn heading_of(text: crate::texts::Text, reference: &plein_domain::ids::Reference) -> AnyView {
    let (before, after) = crate::texts::t(text).split_once("{}").unwrap_or_default();
    view! {
        <h1 class="utrecht-heading-1">
            {before}<span class="reference">{reference.to_string()}</span>{after}
        </h1>
    }
    .into_any()
}

/// The sentence under the heading.
pub(crate) fn lead(text: impl Into<String>) -> AnyView {
    view! { <p class="utrecht-paragraph utrecht-paragraph--lead">{text.into()}</p> }.into_any()
}

/// A paragraph.
pub(crate) fn paragraph(text: impl Into<String>) -> AnyView {
    view! { <p class="utrecht-paragraph">{text.into()}</p> }.into_any()
}

/// Something that must be read before going on.
pub(crate) fn warning(text: impl Into<String>) -> AnyView {
    view! {
        <div class="utrecht-alert utrecht-alert--warning" role="alert">
            <p class="utrecht-paragraph">{text.into()}</p>
        </div>
    }
    .into_any()
}

/// A link on a line of its own.
pub(crate) fn link(path: impl Into<String>, text: impl Into<String>) -> AnyView {
    view! { <p class="utrecht-paragraph"><a class="utrecht-link utrecht-link--html-a" href=path.into()>{text.into()}</a></p> }
        .into_any()
}

/// A link that looks like a button: the next thing to do.
pub(crate) fn link_button(path: impl Into<String>, text: impl Into<String>) -> AnyView {
    view! {
        <a class="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--secondary-action" href=path.into()>
            {text.into()}
        </a>
    }
    .into_any()
}

/// A state or count, small.
pub(crate) fn badge(text: impl Into<String>) -> AnyView {
    view! { <span class="badge">{text.into()}</span> }.into_any()
}

/// A moment, readable for people and for machines.
pub(crate) fn moment(moment: Moment) -> AnyView {
    view! { <time datetime=moment.iso()>{when(moment)}</time> }.into_any()
}

/// How much a button stands out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Primary,
    Secondary,
    Subtle,
}

impl Weight {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "utrecht-button utrecht-button--primary-action",
            Self::Secondary => "utrecht-button utrecht-button--secondary-action",
            Self::Subtle => "utrecht-button utrecht-button--subtle",
        }
    }
}

/// A button that begins a draft.
pub(crate) fn begin(
    kind: FormKind,
    object: Option<Uuid>,
    part: Option<Uuid>,
    weight: Weight,
    text: impl IntoView,
) -> AnyView {
    let hidden = |name: &'static str, id: Option<Uuid>| {
        id.map(|id| view! { <input type="hidden" name=name value=id.to_string() /> })
    };
    view! {
        <form method="post" action="/concepten">
            <input type="hidden" name="kind" value=kind.code() />
            {hidden("object", object)}
            {hidden("part", part)}
            <button type="submit" class=weight.class()>{text.into_view()}</button>
        </form>
    }
    .into_any()
}

/// A term and what is said of it.
pub(crate) fn fact(term: impl Into<String>, said: impl IntoView) -> AnyView {
    view! {
        <div>
            <dt>{term.into()}</dt>
            <dd>{said.into_view()}</dd>
        </div>
    }
    .into_any()
}

/// Terms and what is said of them.
pub(crate) fn facts(facts: impl IntoView) -> AnyView {
    view! { <dl class="facts">{facts.into_view()}</dl> }.into_any()
}

/// A table that becomes a stack of cards on a phone. The roles keep it a table for who cannot see it, whatever the
/// style sheet makes of it; each cell names its column in `data-label`.
pub(crate) fn table(caption: impl Into<String>, columns: &[crate::texts::Text], rows: AnyView) -> AnyView {
    let head = columns.iter().map(|column| {
        view! { <th scope="col">{crate::texts::t(*column)}</th> }
    });
    view! {
        <table class="utrecht-table utrecht-table--html-table stacked">
            <caption class="visually-hidden">{caption.into()}</caption>
            <thead><tr>{head.collect_view()}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
