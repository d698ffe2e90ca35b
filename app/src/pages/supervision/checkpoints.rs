//! How it stands with the signatures on the access log, and taking it out with its proof.

use crate::{
    http::{Page, Typed, Visit, query},
    pages::problems,
    parts::{self, Weight, fact, facts, paging},
    texts::{Text, day_typed, lists as words, supervision::*, t, tf, when},
};
use axum::{
    body::Body,
    extract::RawQuery,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use leptos::prelude::*;
use plein_domain::{
    checkpoint::{CheckpointState, CheckpointTrouble, CheckpointsView, ExportParts, SignedCheckpoint, WitnessState},
    form::FormValues,
    list::{Period, name},
    moment::Day,
};

const PATH: &str = "/toezicht/controlepunten";

/// `GET /toezicht/controlepunten?voor=`.
pub(crate) async fn view(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    let before = query(asked.as_deref()).text(name::BEFORE).parse().ok();
    let answer = visit.ports.supervision.checkpoints(&visit.asker, before).await;
    visit.show(answer, |view| page(&view, before, None))
}

/// `POST /toezicht/controlepunten/bestand`: the log as a file, part by part.
pub(crate) async fn export(visit: Visit, Typed(values): Typed) -> Response {
    let Some(period) = period(&values) else {
        let answer = visit.ports.supervision.checkpoints(&visit.asker, None).await;
        return match answer {
            Ok(view) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, || page(&view, None, Some(&values))),
            Err(problem) => problems::problem_in_post(&visit, problem, &values),
        };
    };
    match visit.ports.supervision.export_log(&visit.asker, period).await {
        Ok(parts) => {
            let headers = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"inzagelog.plein-ledger\""),
            ];
            (headers, Body::from_stream(Streamed::of(parts))).into_response()
        }
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// The period that was typed; nothing when it is none.
fn period(values: &FormValues) -> Option<Period> {
    let day = |name| match values.text(name) {
        "" => Some(None),
        typed => typed.parse::<Day>().ok().map(Some),
    };
    let period = Period { from: day(name::FROM)?, until: day(name::UNTIL)? };
    let turned = period.from.zip(period.until).is_some_and(|(from, until)| until < from);
    (!turned).then_some(period)
}

/// The parts as the body of an answer. One that broke off breaks the connection off, so that nobody takes it for whole.
struct Streamed;

impl Streamed {
    fn of(
        parts: Box<dyn ExportParts>,
    ) -> impl futures::Stream<Item = Result<Vec<u8>, std::io::Error>> + Send + 'static {
        futures::stream::unfold(Some(parts), async |parts| {
            let mut parts = parts?;
            match parts.next().await? {
                Ok(part) => Some((Ok(part), Some(parts))),
                Err(()) => Some((Err(std::io::Error::other("the export broke off")), None)),
            }
        })
    }
}

fn page(view: &CheckpointsView, before: Option<u64>, wrong: Option<&FormValues>) -> Page {
    let newest = before.map(|_| view! { <li>{paging::step(PATH.into(), "prev", t(CP_TO_NEWEST))}</li> });
    let older = view.older.map(|older| {
        view! { <li>{paging::step(format!("{PATH}?{}={older}", name::BEFORE), "next", t(CP_OLDER))}</li> }
    });
    let pages = (newest.is_some() || older.is_some()).then(|| {
        view! { <nav class="paging" aria-label=t(crate::texts::common::PAGES)><ul>{newest}{older}</ul></nav> }
    });
    let body = view! {
        {parts::heading(t(CHECKPOINTS))}
        {parts::lead(t(CP_LEAD))}
        <section>
            <h2 class="utrecht-heading-2">{t(CP_STATE)}</h2>
            {state(&view.state)}
        </section>
        <section>
            <h2 class="utrecht-heading-2">{t(CP_WITNESSES)}</h2>
            {parts::paragraph(t(CP_WITNESSES_LEAD))}
            {witnesses(&view.state.witnesses)}
        </section>
        {export_form(view, wrong)}
        {(!view.checkpoints.is_empty()).then(|| view! {
            <section>
                <h2 class="utrecht-heading-2">{t(CP_NEWEST)}</h2>
                {view.checkpoints.iter().map(one).collect_view()}
                {pages}
            </section>
        })}
    };
    Page::new(t(CHECKPOINTS), body)
}

const fn told(trouble: CheckpointTrouble) -> Text {
    match trouble {
        CheckpointTrouble::OutOfReach => CP_OUT_OF_REACH,
        CheckpointTrouble::Shorter => CP_SHORTER,
        CheckpointTrouble::Forked => CP_FORKED,
        CheckpointTrouble::Edited => CP_EDITED,
        CheckpointTrouble::Key => CP_KEY,
    }
}

fn state(state: &CheckpointState) -> AnyView {
    let said = match &state.trouble {
        Some((trouble, since, _)) => {
            let class = if trouble.is_alarm() {
                "utrecht-alert utrecht-alert--error"
            } else {
                "utrecht-alert utrecht-alert--warning"
            };
            view! {
                <div class=class role="alert">
                    <p class="utrecht-paragraph">{t(told(*trouble))}</p>
                    <p class="utrecht-paragraph">{t(CP_SINCE)}" "{when(*since)}"."</p>
                    {trouble.is_alarm().then(|| view! { <p class="utrecht-paragraph">{t(CP_DO)}</p> })}
                </div>
            }
            .into_any()
        }
        None if state.last.is_some() => parts::paragraph(t(CP_FINE)),
        None => parts::warning(t(CP_NONE)),
    };
    let last = state.last.map(|last| {
        let root: String = last.root.iter().map(|byte| format!("{byte:02x}")).collect();
        view! {
            {fact(t(CP_LAST), when(last.at))}
            {fact(t(CP_SIZE), last.size.to_string())}
            {fact(t(CP_ROOT), view! { <code class="long-code">{root}</code> })}
        }
    });
    let key = state.key.as_ref().map(|key| {
        let name = key.split('+').next().unwrap_or_default().to_owned();
        view! {
            {fact(t(CP_NAME), view! { <code class="long-code">{name}</code> })}
            {fact(t(CP_VKEY), view! { <code class="long-code">{key.clone()}</code> })}
        }
    });
    let facts = (last.is_some() || key.is_some()).then(|| facts(view! { {last} {key} }));
    view! { {said} {facts} }.into_any()
}

fn witnesses(witnesses: &[WitnessState]) -> AnyView {
    if witnesses.is_empty() {
        return view! { <p class="empty">{t(CP_WITNESSES_NONE)}</p> }.into_any();
    }
    let columns = [CP_WITNESS, CP_DELIVERED, CP_WITNESS_STATE];
    let rows = witnesses.iter().map(|witness| {
        let delivered = match witness.delivered {
            Some((size, at)) => tf(CP_DELIVERED_OVER, &[&when(at), &size.to_string()]),
            None => t(CP_DELIVERED_NONE).to_owned(),
        };
        let fails = witness.failing.is_some();
        let state = match &witness.failing {
            Some((since, _)) => tf(CP_WITNESS_FAILS, &[&when(*since)]),
            None => t(CP_WITNESS_FINE).to_owned(),
        };
        view! {
            <tr>
                <th scope="row" data-label=t(columns[0])><span class="long-code">{witness.name.clone()}</span></th>
                <td data-label=t(columns[1])>{delivered}</td>
                <td data-label=t(columns[2])><span class="badge" class:badge--refused=fails>{state}</span></td>
            </tr>
        }
    });
    parts::table(t(CP_WITNESSES), &columns, rows.collect_view().into_any())
}

fn export_form(view: &CheckpointsView, wrong: Option<&FormValues>) -> AnyView {
    let example = day_typed(&view.now.day().to_string());
    let typed = |name: &str| wrong.map(|values| values.text(name).to_owned()).unwrap_or_default();
    let day = |name: &'static str, label| {
        view! {
            <div class="field field--day">
                <label class="utrecht-form-label" for=name>{t(label)}</label>
                <input class="utrecht-textbox utrecht-textbox--html-input" type="text" id=name name=name value=typed(name)
                    maxlength="20" autocomplete="off" aria-describedby="periode-uitleg" aria-invalid=wrong.map(|_| "true") />
            </div>
        }
    };
    view! {
        <section>
            <h2 class="utrecht-heading-2">{t(CP_EXPORT)}</h2>
            {parts::paragraph(t(CP_EXPORT_LEAD))}
            {parts::paragraph(t(CP_EXPORT_VERIFY))}
            {parts::paragraph(t(CP_EXPORT_LOGGED))}
            {wrong.map(|_| parts::warning(tf(CP_EXPORT_WRONG, &[&example])))}
            <form method="post" action=format!("{PATH}/bestand") class="filters" aria-label=t(CP_EXPORT)>
                {day(name::FROM, words::FROM)}
                {day(name::UNTIL, words::UNTIL)}
                <button type="submit" class=Weight::Secondary.class()>{t(CP_EXPORT_DO)}</button>
                <p class="filters__hint utrecht-form-field-description" id="periode-uitleg">{tf(CP_EXPORT_HINT, &[&example])}</p>
            </form>
        </section>
    }
    .into_any()
}

fn one(checkpoint: &SignedCheckpoint) -> AnyView {
    let title = tf(CP_SIGNED_OVER, &[&when(checkpoint.at), &checkpoint.size.to_string()]);
    view! {
        <details class="checkpoint">
            <summary>{title}</summary>
            <p class="utrecht-paragraph quiet">{t(CP_NOTE)}</p>
            <pre class="checkpoint__note"><code>{checkpoint.note.clone()}</code></pre>
        </details>
    }
    .into_any()
}
