//! Subjects that are seen in several linked signals, and what the team thinks of them; and cases that share a signal.

use crate::{
    http::{Id, Notice, Typed, Visit, see_other},
    pages::problems,
    parts::{self, Weight, content, fact, facts},
    texts::{Named, listed, seen::*, signals, t, tf, when},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    case::{CaseView, Group, JudgeAct, SeenView, SubjectVerdict},
    ids::CaseId,
    problem::Problem,
};

/// `POST /casussen/:id/betrokkenen`: judges subjects, or undoes the judgement that counts.
pub(crate) async fn judge(visit: Visit, Id(id): Id<CaseId>, Typed(values): Typed) -> Response {
    let verdict = SubjectVerdict::from_code(values.text("verdict"));
    let undoes = values.has("verdict", "undo");
    let Some(group) = values.text("group").parse::<Group>().ok().filter(|_| verdict.is_some() || undoes) else {
        return problems::plain(&visit, StatusCode::BAD_REQUEST);
    };
    let seen = values.text("seen").parse().ok();
    match visit.ports.cases.judge(&visit.asker, id, &group, seen, verdict).await {
        Ok(JudgeAct::Done) => {
            let done = if undoes { Notice::JudgementUndone } else { Notice::SubjectsJudged };
            see_other(&format!("/casussen/{id}?gelukt={}#betrokkenen", done.code()))
        }
        Ok(JudgeAct::Overtaken) => super::case::told(&visit, id, StatusCode::CONFLICT, OVERTAKEN).await,
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => problems::not_saved(&visit, problem, values),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// The part of a case's page about them; nothing when there are none.
pub(super) fn section(case: &CaseView, path: &str) -> Option<AnyView> {
    let items = case.seen.iter().enumerate().map(|(at, one)| card(one, at, path));
    (!case.seen.is_empty()).then(|| {
        view! {
            <section id="betrokkenen" aria-labelledby="betrokkenen-kop">
                <h2 class="utrecht-heading-2" id="betrokkenen-kop">{t(TITLE)}</h2>
                {parts::paragraph(t(INTRO))}
                {items.collect_view()}
            </section>
        }
        .into_any()
    })
}

fn card(seen: &SeenView, at: usize, path: &str) -> AnyView {
    let heading = format!("gezien-{at}");
    let mut references: Vec<&str> = seen.subjects.iter().map(|(reference, _)| reference.0.as_str()).collect();
    references.dedup();
    let references = listed(&references);
    let shared = seen.identifiers.iter().map(content::identifier).collect::<Vec<_>>().join(", ");
    let subjects = seen.subjects.iter().map(|(reference, subject)| {
        let name = if subject.name.is_empty() { t(signals::UNNAMED) } else { &subject.name };
        let what = format!("{}, {}", t(subject.kind.text()), t(subject.role.text()).to_lowercase());
        fact(
            reference.to_string(),
            view! { <span class="subject"><strong>{name.to_owned()}</strong><span class="quiet">{what}</span></span> },
        )
    });
    let judged = match &seen.judged {
        Some(one) => tf(JUDGED, &[t(one.verdict.text()), &one.by, &one.department, &when(one.at)]),
        None => t(NOT_JUDGED).to_owned(),
    };
    let hidden = move |seen: &SeenView| {
        let judgement = seen.judged.as_ref().map(|one| one.id.to_string()).unwrap_or_default();
        view! {
            <input type="hidden" name="group" value=seen.group.to_string() />
            <input type="hidden" name="seen" value=judgement />
        }
    };
    let of = tf(OF, &[&references]);
    let button = |code: &'static str, text: &'static str, weight: Weight| {
        view! {
            <button type="submit" name="verdict" value=code class=weight.class()>
                {text}<span class="visually-hidden">{format!(" {of}")}</span>
            </button>
        }
    };
    let stands = seen.judged.as_ref().map(|one| one.verdict);
    let choices = SubjectVerdict::ALL.iter().copied().filter(|one| Some(*one) != stands);
    let choices = choices.map(|one| button(one.code(), t(one.text()), Weight::Secondary)).collect_view();
    let undo = stands.map(|_| button("undo", t(UNDO), Weight::Subtle));
    view! {
        <article class="link-card" aria-labelledby=heading.clone()>
            <h3 class="utrecht-heading-3" id=heading.clone()>{tf(IN_SIGNALS, &[&references])}</h3>
            {facts(view! { {fact(t(SHARED), shared)} {subjects.collect_view()} })}
            <p>{judged}</p>
            <form method="post" action=format!("{path}/betrokkenen")>
                {hidden(seen)}
                <p class="quiet">{t(QUESTION)}</p>
                <div class="actions">{choices}{undo}</div>
            </form>
        </article>
    }
    .into_any()
}

/// Cases that share a signal with this one, by reference only; nothing when there are none that one may know.
pub(super) fn related(case: &CaseView) -> Option<AnyView> {
    let items = case.related.iter().map(|(id, reference)| {
        view! {
            <li>
                <a class="utrecht-link utrecht-link--html-a reference" href=format!("/casussen/{id}")>
                    {reference.to_string()}
                </a>
            </li>
        }
    });
    (!case.related.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="utrecht-heading-2">{t(RELATED)}</h2>
                {parts::paragraph(t(RELATED_INTRO))}
                <ul class="plain-list">{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
