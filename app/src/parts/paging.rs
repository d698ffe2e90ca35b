//! From one page of a list to the next, by plain links.

use crate::texts::{common::*, t};
use leptos::prelude::*;

/// Links to other pages of a list, as far as there are any; nothing when there is one page.
pub(crate) fn pages(first: Option<String>, previous: Option<String>, next: Option<String>) -> Option<AnyView> {
    let steps = [(first, "first", FIRST), (previous, "prev", PREVIOUS), (next, "next", NEXT)];
    let steps: Vec<_> = steps
        .into_iter()
        .filter_map(|(path, rel, text)| path.map(|path| view! { <li>{step(path, rel, t(text))}</li> }))
        .collect();
    (!steps.is_empty()).then(|| view! { <nav class="paging" aria-label=t(PAGES)><ul>{steps}</ul></nav> }.into_any())
}

/// One link of a paging.
pub(crate) fn step(path: String, rel: &'static str, text: &'static str) -> AnyView {
    view! { <a class="utrecht-link utrecht-link--html-a" rel=rel href=path>{text}</a> }.into_any()
}
