//! From one page of a list to the next, by plain links.

use crate::texts::{common::*, t, tf};
use leptos::prelude::*;

/// Links to the previous and the next page of a list; nothing when there is one page.
pub(crate) fn pages(path: &str, page: u32, more: bool) -> Option<AnyView> {
    (page > 1 || more).then(|| {
        let previous =
            (page > 1).then(|| view! { <li>{step(format!("{path}?pagina={}", page - 1), "prev", t(PREVIOUS))}</li> });
        let next = more.then(|| view! { <li>{step(format!("{path}?pagina={}", page + 1), "next", t(NEXT))}</li> });
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
