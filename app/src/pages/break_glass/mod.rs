//! Break-glass for who uses it: the form, the record while it is open, and what became of it.

pub(crate) mod own;
pub(crate) mod record;
pub(crate) mod start;

use crate::{
    parts::{self, Weight},
    texts::{Named, break_glass::*, t, tf, when},
};
use leptos::prelude::*;
use plein_domain::{
    break_glass::{GlassHead, Review},
    ids::BreakGlassId,
};

/// The path of the form.
pub(crate) const PATH: &str = "/noodinzage";

/// Where one's own use is.
pub(crate) fn path(id: BreakGlassId) -> String {
    format!("{PATH}/{id}")
}

/// Until when it is, or was, open; and who stopped it.
pub(crate) fn until(head: &GlassHead, stopped_by: Option<&str>) -> String {
    let moment = when(head.until);
    match stopped_by {
        Some(name) => tf(STOPPED_BY, &[&moment, name]),
        None => moment,
    }
}

/// The button that stops it; `below` is where it stands.
pub(crate) fn stop(below: &str) -> AnyView {
    view! {
        <form method="post" action=format!("{below}/stoppen")>
            <button type="submit" class=Weight::Secondary.class()>{t(STOP)}</button>
        </form>
    }
    .into_any()
}

/// What a reviewer said.
pub(crate) fn reviewed(review: &Review) -> AnyView {
    view! {
        <section>
            <h2 class="utrecht-heading-2">{t(REVIEW)}</h2>
            <p class="utrecht-paragraph">
                {parts::badge(t(review.verdict.text()))}" "
                <span class="quiet">{tf(REVIEWED_BY, &[&review.by, &when(review.at)])}</span>
            </p>
            <p class="utrecht-paragraph multiline">{review.words.clone()}</p>
        </section>
    }
    .into_any()
}
