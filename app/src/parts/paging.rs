//! From one page of a list to the next, by plain links.

use crate::texts::{common::*, t, tf};
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

/// Links to the previous and the next page of what is told by number; nothing when there is one page.
pub(crate) fn numbered(path: &str, page: u32, more: bool) -> Option<AnyView> {
    (page > 1 || more).then(|| {
        let to = |page: u32| format!("{path}?pagina={page}");
        let previous = (page > 1).then(|| view! { <li>{step(to(page - 1), "prev", t(PREVIOUS))}</li> });
        let next = more.then(|| view! { <li>{step(to(page + 1), "next", t(NEXT))}</li> });
        view! {
            <nav class="paging" aria-label=t(PAGES)>
                <ul>
                    {previous}
                    <li><span aria-current="page">{tf(PAGE, &[&page.to_string()])}</span></li>
                    {next}
                </ul>
            </nav>
        }
        .into_any()
    })
}

/// One link of a paging.
pub(crate) fn step(path: String, rel: &'static str, text: &'static str) -> AnyView {
    view! { <a class="utrecht-link utrecht-link--html-a" rel=rel href=path>{text}</a> }.into_any()
}
