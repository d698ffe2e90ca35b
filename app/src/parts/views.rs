//! Saved views beside a list: the links to them, and the form that keeps the list as it is shown.

use super::{Weight, fields};
use crate::{
    forms::view,
    http::encoded,
    texts::{lists::*, t},
};
use leptos::prelude::*;
use plein_domain::{
    form::FormValues,
    list::{ListKind, SavedView},
};

/// Where the view opens.
pub(crate) fn address(list: ListKind, filter: &FormValues) -> String {
    let pairs = filter.0.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    if pairs.is_empty() { path(list).to_owned() } else { format!("{}?{}", path(list), pairs.join("&")) }
}

/// The list's path.
pub(crate) const fn path(list: ListKind) -> &'static str {
    match list {
        ListKind::Signals => "/signalen",
        ListKind::Cases => "/casussen",
    }
}

/// The views that the person keeps of this list, the one that is shown marked; nothing when there are none.
pub(super) fn links(views: &[SavedView], shown: &FormValues) -> Option<AnyView> {
    let items = views.iter().map(|one| {
        let current = (one.filter == *shown).then_some("true");
        view! {
            <li>
                <a class="utrecht-link utrecht-link--html-a" href=address(one.list, &one.filter) aria-current=current>
                    {one.name.clone()}
                </a>
            </li>
        }
    });
    (!views.is_empty()).then(|| {
        view! {
            <nav class="saved-views" aria-label=t(VIEWS)>
                <ul>
                    {items.collect_view()}
                    <li><a class="utrecht-link utrecht-link--html-a quiet" href="/weergaven">{t(VIEWS_MANAGE)}</a></li>
                </ul>
            </nav>
        }
        .into_any()
    })
}

/// The form that keeps the list as it is shown, folded.
pub(super) fn to_keep(list: ListKind, shown: &FormValues) -> AnyView {
    view! {
        <details class="keep-view">
            <summary>{t(KEEP)}</summary>
            {keep_form(list, shown, &fields::Filled { values: &FormValues::default(), problems: &[] })}
        </details>
    }
    .into_any()
}

/// The form that keeps this filter, as far as its name was typed.
pub(crate) fn keep_form(list: ListKind, filter: &FormValues, filled: &fields::Filled<'_>) -> AnyView {
    view! {
        <form method="post" action="/weergaven" class="filters keep-view__form">
            <input type="hidden" name="list" value=list.code() />
            {fields::hidden(filter, "")}
            {view::keep().questions.iter().map(|question| fields::field(question, filled)).collect_view()}
            <button type="submit" class=Weight::Secondary.class()>{t(KEEP_DO)}</button>
        </form>
    }
    .into_any()
}
