//! The links of a case: what each shares, its purpose test, and those that were ended.

use crate::{
    pages::signals::list,
    parts::{self, Weight, content},
    texts::{Named, cases::*, codes, common, t, tf, when},
};
use leptos::prelude::*;
use plein_domain::{
    case::{CaseView, LinkView, PurposeTest},
    form::FormKind,
    ports::Lists,
};

/// The links that stand, with what they share.
pub(super) fn standing(case: &CaseView, lists: &Lists, path: &str) -> AnyView {
    let standing: Vec<_> = case.links.iter().filter(|link| link.unlinked.is_none()).collect();
    let empty = standing.is_empty();
    let items = standing.into_iter().map(|link| one(link, case, lists)).collect_view();
    let another = case.may_lead.then(|| parts::link_button(format!("{path}/koppelen"), t(LINK_ANOTHER)));
    view! {
        <section>
            <h2 class="utrecht-heading-2">{t(LINKS)}</h2>
            {if empty {
                view! { <p class="empty">{t(LINKS_EMPTY)}</p> }.into_any()
            } else {
                parts::paragraph(t(LINKS_INTRO))
            }}
            {items}
            {another.map(|link| view! { <div class="actions">{link}</div> })}
        </section>
    }
    .into_any()
}

fn one(link: &LinkView, case: &CaseView, lists: &Lists) -> AnyView {
    let signal = &link.signal;
    let heading = format!("kop-{}", link.id);
    let unlink = case.may_lead.then(|| {
        let (object, part) = (Some(case.head.id.0), Some(link.id.0));
        let text = view! { {t(UNLINK)}<span class="visually-hidden">{format!(": {}", signal.reference)}</span> };
        parts::begin(FormKind::UnlinkSignal, object, part, Weight::Subtle, text)
    });
    view! {
        <article class="link-card" aria-labelledby=heading.clone()>
            <div class="link-card__head">
                <h3 class="utrecht-heading-3" id=heading.clone()>{list::reference(signal)}</h3>
                <p class="quiet">
                    {format!("{}, {}", signal.department.name, codes::phenomenon(&lists.phenomena, &signal.phenomenon))}
                </p>
            </div>
            {content::fields(&link.fields, &link.shown)}
            <p class="quiet">{tf(LINKED_BY, &[&link.linked_by, &when(link.linked_at)])}</p>
            {test(&link.test, &signal.reference.to_string())}
            {unlink}
        </article>
    }
    .into_any()
}

/// The purpose test, folded.
fn test(test: &PurposeTest, reference: &str) -> AnyView {
    let items = test.0.iter().map(|judgement| {
        let answer = t(if judgement.met { common::YES } else { common::NO });
        view! {
            <div>
                <dt>{t(judgement.criterion.text())}</dt>
                <dd>
                    <strong>{answer}</strong>
                    <span class="multiline">{format!(" – {}", judgement.reasons)}</span>
                </dd>
            </div>
        }
    });
    view! {
        <details>
            <summary>{tf(TEST_OF, &[reference])}</summary>
            <dl class="facts">{items.collect_view()}</dl>
        </details>
    }
    .into_any()
}

/// The links that were ended: who, when, why. What they shared is gone from here.
pub(super) fn history(case: &CaseView) -> AnyView {
    let ended = case.links.iter().filter_map(|link| link.unlinked.as_ref().map(|end| (link, end)));
    let items = ended.map(|(link, end)| {
        let reference = link.signal.reference.to_string();
        view! {
            <li class="history__item">
                <h3 class="utrecht-heading-3">{format!("{reference}, {}", link.signal.department.name)}</h3>
                <p class="quiet">{tf(LINKED_BY, &[&link.linked_by, &when(link.linked_at)])}</p>
                <p class="quiet">{tf(UNLINKED_BY, &[&end.by, &when(end.at)])}</p>
                <p class="utrecht-paragraph multiline">{format!("{}: {}", t(REASON), end.reason)}</p>
                {test(&link.test, &reference)}
            </li>
        }
    });
    let items = items.collect::<Vec<_>>();
    (!items.is_empty())
        .then(|| {
            view! {
                <section>
                    <h2 class="utrecht-heading-2">{t(HISTORY)}</h2>
                    <ul class="plain-list">{items}</ul>
                </section>
            }
        })
        .into_any()
}
