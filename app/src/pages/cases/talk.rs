//! What was said about a plan, as it is read without the editor: open comments, and those dealt with folded away.

use crate::texts::{plan::*, t, tf, when};
use leptos::prelude::*;
use plein_domain::plan::{About, Comment, Said, Section, Talk, Thread};

/// The comments on what stands in this section; nothing when there are none.
pub(super) fn of_section(talk: &Talk, section: &str) -> Option<AnyView> {
    let here: Vec<&Thread> = talk.threads.iter().filter(|one| one.section.as_deref() == Some(section)).collect();
    threads(talk, &here)
}

/// The comments on what is gone, in a part of their own.
pub(super) fn of_what_is_gone(talk: &Talk, sections: &[Section]) -> Option<AnyView> {
    let stands = |one: &Thread| sections.iter().any(|section| one.section.as_ref() == Some(&section.id));
    let gone: Vec<&Thread> = talk.threads.iter().filter(|one| !stands(one)).collect();
    let threads = threads(talk, &gone)?;
    Some(
        view! {
            <section class="plan-section">
                <h2 class="utrecht-heading-2">{t(COMMENTS_ELSEWHERE)}</h2>
                {threads}
            </section>
        }
        .into_any(),
    )
}

fn threads(talk: &Talk, here: &[&Thread]) -> Option<AnyView> {
    if here.is_empty() {
        return None;
    }
    let (resolved, open): (Vec<&Thread>, Vec<&Thread>) = here.iter().partition(|one| one.resolved);
    let list = |threads: &[&Thread]| {
        let items = threads.iter().map(|one| thread(talk, one)).collect_view();
        view! { <ul class="plan-talk__list">{items}</ul> }
    };
    let folded = match resolved.len() {
        1 => t(COMMENT_RESOLVED_ONE).to_owned(),
        count => tf(COMMENT_RESOLVED, &[&count.to_string()]),
    };
    Some(
        view! {
            <div class="plan-talk">
                <h3 class="utrecht-heading-3">{tf(COMMENTS, &[&open.len().to_string()])}</h3>
                {(!open.is_empty()).then(|| list(&open))}
                {(!resolved.is_empty()).then(|| view! {
                    <details>
                        <summary>{folded}</summary>
                        {list(&resolved)}
                    </details>
                })}
            </div>
        }
        .into_any(),
    )
}

fn thread(talk: &Talk, one: &Thread) -> AnyView {
    let state =
        if one.resolved { "plan-comments__thread plan-comments__thread--resolved" } else { "plan-comments__thread" };
    let about = match (one.about, one.section.is_some()) {
        (About::Passage, _) => format!("“{}”", one.quote).into_any(),
        (About::Intervention(_), false) => of_intervention(&one.quote).into_any(),
        (About::Intervention(id), true) => view! {
            <a class="utrecht-link utrecht-link--html-a" href=format!("#interventie-{id}")>{of_intervention(&one.quote)}</a>
        }
        .into_any(),
    };
    view! {
        <li class=state id=format!("opmerking-{}", one.id)>
            <p class="plan-comments__about">{about}</p>
            {one.comments.iter().map(|comment| said(talk, comment)).collect_view()}
        </li>
    }
    .into_any()
}

fn of_intervention(quote: &str) -> String {
    if quote.is_empty() { t(COMMENT_ON_AN_INTERVENTION).to_owned() } else { tf(COMMENT_ON_INTERVENTION, &[quote]) }
}

fn said(talk: &Talk, comment: &Comment) -> AnyView {
    let name = |person| {
        let name = talk.name(person);
        if name.is_empty() { t(SOMEBODY).to_owned() } else { name.to_owned() }
    };
    let pieces = comment.said.iter().map(|piece| match piece {
        Said::Words(words) => words.clone().into_any(),
        Said::Mention(person) => {
            view! { <strong class="plan-mention">{format!("@{}", name(*person))}</strong> }.into_any()
        }
    });
    view! {
        <div class="plan-comments__message">
            <p class="plan-comments__by"><strong>{name(comment.by)}</strong>" "{comment.at.map(when)}</p>
            <p class="plan-comments__text">{pieces.collect_view()}</p>
        </div>
    }
    .into_any()
}
