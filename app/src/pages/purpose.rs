//! The purpose prompt: personal data are shown only after somebody said what for.

use super::{help::Task, problems};
use crate::{
    http::{LocalPath, Page, SENT_AGAIN, SENT_PREFIX, Scene, Sent, Visit, see_other, send_again},
    parts::{self, fields},
    texts::{codes, problems::*, t},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::FormValues,
    problem::Problem,
    purpose::{PurposeOption, StatedPurpose},
};

/// `POST /doel`: states the purpose and goes back to what was asked for; what was being sent is sent again.
pub(crate) async fn post(visit: Visit, Sent(values): Sent) -> Response {
    let back = LocalPath::or_home(values.text("naar"));
    if !values.text("purpose").is_empty() {
        let Some(purpose) = StatedPurpose::from_code(values.text("purpose")) else {
            return problems::problem(&visit, Problem::NotAllowed);
        };
        if let Err(problem) = visit.ports.sessions.state_purpose(&visit.asker, purpose).await {
            return problems::problem(&visit, problem);
        }
    }
    // With nothing chosen, the page that asked asks again.
    if values.text(SENT_AGAIN).is_empty() { see_other(back.as_str()) } else { send_again(back.as_str()) }
}

/// Asks what for, on whichever page needs to know. `sent` is what was being sent to that path.
pub(crate) fn prompt(scene: &Scene, options: &[PurposeOption], back: &str, sent: Option<&FormValues>) -> Response {
    let sent = sent.map(|values| {
        view! {
            <input type="hidden" name=SENT_AGAIN value="1" />
            {fields::hidden(values, SENT_PREFIX)}
        }
    });
    scene.page(StatusCode::FORBIDDEN, || {
        let body = view! {
            {parts::heading(t(PURPOSE))}
            {parts::lead(t(PURPOSE_TEXT))}
            <form method="post" action="/doel" class="purpose-prompt">
                <input type="hidden" name="naar" value=LocalPath::or_home(back).to_string() />
                {sent}
                {match options {
                    [only] => one(only),
                    several => choice(several),
                }}
            </form>
            {parts::link("/", t(PURPOSE_LEAVE))}
        };
        Page::new(t(PURPOSE), body).helped_with(Task::StatePurpose)
    })
}

fn one(option: &PurposeOption) -> AnyView {
    view! {
        <input type="hidden" name="purpose" value=option.stated.to_string() />
        <p class="purpose-prompt__purpose"><strong>{codes::purpose(option)}</strong></p>
        <button type="submit" class="utrecht-button utrecht-button--primary-action">{t(PURPOSE_ONE)}</button>
    }
    .into_any()
}

fn choice(options: &[PurposeOption]) -> AnyView {
    let radios = options.iter().enumerate().map(|(index, option)| {
        let id = format!("purpose-{index}");
        view! {
            <div class="choice">
                <input type="radio" class="utrecht-radio-button" name="purpose" id=id.clone() required
                    value=option.stated.to_string() />
                <label class="utrecht-form-label utrecht-form-label--radio" for=id>{codes::purpose(option)}</label>
            </div>
        }
    });
    view! {
        <fieldset class="fieldset">
            <legend class="fieldset__legend">{t(PURPOSE_CHOICE)}</legend>
            {radios.collect_view()}
        </fieldset>
        <button type="submit" class="utrecht-button utrecht-button--primary-action">{t(PURPOSE_GO_ON)}</button>
    }
    .into_any()
}
