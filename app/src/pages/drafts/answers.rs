//! Checking the answers, and sending them.

use super::{path, sheet};
use crate::{
    forms::Sheet,
    http::{Id, Notice, Page, Visit, see_other},
    pages::problems,
    parts::{self, Weight, questions},
    texts::{Text, cases, drafts::*, t, tf},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::{FormKind, FormValues},
    ids::DraftId,
    problem::{Answer, Problem},
};

/// `GET /concepten/:id/controleren`.
pub(crate) async fn view(visit: Visit, Id(id): Id<DraftId>) -> Response {
    match sheet(&visit, id).await {
        Ok(sheet) if !sheet.draft.problems.is_empty() => see_other(&path(id)),
        Ok(sheet) => visit.page(StatusCode::OK, || page(&sheet, &visit.asker.person.name)),
        Err(problem) => problems::problem(&visit, problem),
    }
}

/// `POST /concepten/:id/versturen`: finishes the draft. Twice is the same as once.
pub(crate) async fn post(visit: Visit, Id(id): Id<DraftId>) -> Response {
    match send(&visit, id).await {
        Ok((path, notice)) => see_other(&format!("{path}?gelukt={}", notice.code())),
        Err(Problem::Invalid(_)) => see_other(&path(id)),
        Err(Problem::Stale(conflict)) => super::conflict::page(&visit, id, &conflict).await,
        Err(problem) => problems::problem_in_post(&visit, problem, &FormValues::default()),
    }
}

async fn send(visit: &Visit, id: DraftId) -> Answer<(String, Notice)> {
    let (ports, asker) = (&visit.ports, &visit.asker);
    let kind = ports.drafts.read(asker, id).await?.kind;
    let signal = |id| format!("/signalen/{id}");
    let case = |id| format!("/casussen/{id}");
    Ok(match kind {
        FormKind::NewSignal => (signal(ports.signals.log(asker, id).await?), Notice::SignalLogged),
        FormKind::EditSignal => (signal(ports.signals.edit(asker, id).await?), Notice::SignalChanged),
        FormKind::OpenCase => (case(ports.cases.open(asker, id).await?), Notice::CaseOpened),
        FormKind::LinkSignal => (case(ports.cases.link(asker, id).await?), Notice::SignalLinked),
        FormKind::UnlinkSignal => (case(ports.cases.unlink(asker, id).await?), Notice::SignalUnlinked),
        FormKind::Team => (case(ports.cases.set_team(asker, id).await?), Notice::TeamChanged),
    })
}

fn page(sheet: &Sheet, signer: &str) -> Page {
    let draft = &sheet.draft;
    let form = path(draft.id);
    let sections = sheet.sections();
    let answers = sections.iter().map(|section| questions::to_check(section, &draft.values, &form)).collect_view();
    let statement = match draft.kind {
        FormKind::OpenCase => Some(cases::STATEMENT_OPEN),
        FormKind::LinkSignal => Some(cases::STATEMENT_LINK),
        FormKind::NewSignal | FormKind::EditSignal | FormKind::UnlinkSignal | FormKind::Team => None,
    };
    let statement = statement.map(|text| view! { <p class="statement">{tf(text, &[signer])}</p> });
    let body = view! {
        {parts::link(form.clone(), t(BACK_TO_FORM))}
        {parts::heading(t(ANSWERS_TITLE))}
        {parts::lead(t(ANSWERS_INTRO))}
        {answers}
        <form method="post" action=format!("{form}/versturen") class="form">
            {statement}
            <div class="actions actions--form">
                <button type="submit" class=Weight::Primary.class()>{t(button(draft.kind))}</button>
                {parts::link_button(form.clone(), t(BACK_TO_FORM))}
            </div>
        </form>
    };
    Page::new(t(ANSWERS_TITLE), body)
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
