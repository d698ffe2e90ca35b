//! Checking the answers, and sending them.

use super::{path, sheet, window::REVISION};
use crate::{
    forms::Sheet,
    http::{Id, Notice, Page, Typed, Visit, see_other},
    pages::{help::Task, problems},
    parts::{self, Weight, questions},
    texts::{Text, cases, drafts::*, t, tf},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::FormKind,
    ids::DraftId,
    problem::{Answer, Problem},
};

/// `GET /concepten/:id/controleren`.
pub(crate) async fn view(visit: Visit, Id(id): Id<DraftId>) -> Response {
    match sheet(&visit, id).await {
        Ok(sheet) if !sheet.draft.problems.is_empty() || !sheet.draft.aside.is_empty() => see_other(&path(id)),
        Ok(sheet) => visit.page(StatusCode::OK, || page(&sheet, &visit.asker.person.name, false)),
        Err(problem) => problems::problem(&visit, problem),
    }
}

/// `POST /concepten/:id/versturen`: finishes the draft. Twice is the same as once.
pub(crate) async fn post(visit: Visit, Id(id): Id<DraftId>, Typed(values): Typed) -> Response {
    // What is sent is what was looked at. A form that does not say sends what stands.
    match send(&visit, id, values.text(REVISION).parse().ok()).await {
        Ok((path, notice)) => see_other(&format!("{path}?gelukt={}", notice.code())),
        Err(Problem::Invalid(_)) => see_other(&path(id)),
        Err(Problem::Stale(conflict)) => super::conflict::page(&visit, id, &conflict).await,
        Err(Problem::Overtaken) => overtaken(&visit, id).await,
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// The answers as they stand now, with the reason why they were not sent.
async fn overtaken(visit: &Visit, id: DraftId) -> Response {
    match sheet(visit, id).await {
        Ok(sheet) if !sheet.draft.problems.is_empty() || !sheet.draft.aside.is_empty() => see_other(&path(id)),
        Ok(sheet) => visit.page(StatusCode::CONFLICT, || page(&sheet, &visit.asker.person.name, true)),
        Err(problem) => problems::problem(visit, problem),
    }
}

async fn send(visit: &Visit, id: DraftId, seen: Option<i64>) -> Answer<(String, Notice)> {
    let (ports, asker) = (&visit.ports, &visit.asker);
    let kind = ports.drafts.read(asker, id).await?.kind;
    let signal = |id| format!("/signalen/{id}");
    let case = |id| format!("/casussen/{id}");
    Ok(match kind {
        FormKind::NewSignal => (signal(ports.signals.log(asker, id, seen).await?), Notice::SignalLogged),
        FormKind::EditSignal => (signal(ports.signals.edit(asker, id, seen).await?), Notice::SignalChanged),
        FormKind::OpenCase => (case(ports.cases.open(asker, id, seen).await?), Notice::CaseOpened),
        FormKind::LinkSignal => (case(ports.cases.link(asker, id, seen).await?), Notice::SignalLinked),
        FormKind::UnlinkSignal => (case(ports.cases.unlink(asker, id, seen).await?), Notice::SignalUnlinked),
        FormKind::Team => (case(ports.cases.set_team(asker, id, seen).await?), Notice::TeamChanged),
    })
}

fn page(sheet: &Sheet, signer: &str, overtaken: bool) -> Page {
    let draft = &sheet.draft;
    let form = path(draft.id);
    let sections = sheet.sections();
    let steps = sheet.steps();
    let answers = sections.iter().map(|section| {
        // The way to a question leads to its step, and from there back to here.
        let step = steps.iter().find(|(_, asked)| asked.iter().any(|one| one.id == section.id));
        let page = step.map_or_else(|| form.clone(), |(step, _)| format!("{form}?stap={}&terug=ja", step.code()));
        questions::to_check(section, &draft.values, &page)
    });
    let answers = answers.collect_view();
    let statement = match draft.kind {
        FormKind::OpenCase => Some(cases::STATEMENT_OPEN),
        FormKind::LinkSignal => Some(cases::STATEMENT_LINK),
        FormKind::NewSignal | FormKind::EditSignal | FormKind::UnlinkSignal | FormKind::Team => None,
    };
    let statement = statement.map(|text| view! { <p class="statement">{tf(text, &[signer])}</p> });
    let body = view! {
        {parts::link(form.clone(), t(BACK_TO_FORM))}
        {parts::heading(t(ANSWERS_TITLE))}
        {overtaken.then(|| parts::warning(t(OVERTAKEN)))}
        {parts::lead(t(ANSWERS_INTRO))}
        {answers}
        <form method="post" action=format!("{form}/versturen") class="form">
            {statement}
            <input type="hidden" name=REVISION value=draft.revision.to_string() />
            <div class="actions actions--form">
                <button type="submit" class=Weight::Primary.class()>{t(button(draft.kind))}</button>
                {parts::link_button(form.clone(), t(BACK_TO_FORM))}
            </div>
        </form>
    };
    Page::new(t(ANSWERS_TITLE), body).helped_with(Task::of_form(draft.kind))
}

const fn button(kind: FormKind) -> Text {
    match kind {
        FormKind::NewSignal => SEND_NEW_SIGNAL,
        FormKind::EditSignal => SEND_EDIT_SIGNAL,
        FormKind::OpenCase => SEND_OPEN_CASE,
        FormKind::LinkSignal => SEND_LINK_SIGNAL,
        FormKind::UnlinkSignal => SEND_UNLINK_SIGNAL,
        FormKind::Team => SEND_TEAM,
    }
}
