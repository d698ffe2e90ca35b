//! Giving a file: the form, what it sends, and the files that are still there.

use crate::{
    parts::{self, Weight},
    texts::{Named, Text, imports::*, t, tf, when},
};
use axum::extract::{Multipart, multipart::Field};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    ids::{ImportId, TraceId},
    import::ImportHead,
};

/// The largest file that is received, in bytes; what may be in it is decided where it is read.
const FILE_BYTES: usize = 10 * 1024 * 1024;

/// What the form of a file sent.
pub(crate) enum Received {
    File(ImportId, String, Vec<u8>),
    Nothing,
    TooLarge,
    Broken,
}

/// What the form sent, no more of it than is taken.
pub(crate) async fn received(mut multipart: Multipart) -> Received {
    let mut id = None;
    let mut file = None;
    loop {
        match multipart.next_field().await {
            Ok(Some(mut field)) => match field.name() {
                Some("id") => {
                    id = collected(&mut field, 100).await.ok().and_then(|bytes| String::from_utf8(bytes).ok())
                }
                Some("file") => {
                    let name = field.file_name().unwrap_or_default().to_owned();
                    match collected(&mut field, FILE_BYTES).await {
                        Ok(bytes) => file = Some((name, bytes)),
                        Err(true) => {
                            // The rest is received and let go: a browser shows no answer before all is sent.
                            while let Ok(Some(_)) = field.chunk().await {}
                            return Received::TooLarge;
                        }
                        Err(false) => return Received::Broken,
                    }
                }
                _ => {}
            },
            Ok(None) => break,
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return Received::TooLarge,
            Err(_) => return Received::Broken,
        }
    }
    match (id.and_then(|id| id.parse().ok()), file) {
        (Some(id), Some((name, bytes))) if !(name.is_empty() && bytes.is_empty()) => Received::File(id, name, bytes),
        (Some(_), _) => Received::Nothing,
        (None, _) => Received::Broken,
    }
}

/// The bytes of a field, or whether there are more than these.
async fn collected(field: &mut Field<'_>, most: usize) -> Result<Vec<u8>, bool> {
    let mut bytes = Vec::new();
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > most => return Err(true),
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(bytes),
            Err(error) => return Err(error.status() == StatusCode::PAYLOAD_TOO_LARGE),
        }
    }
}

/// Why a file was not taken.
pub(crate) fn refused(why: &'static str) -> AnyView {
    view! {
        <div class="utrecht-alert utrecht-alert--error problem-summary" role="alert" tabindex="-1" autofocus>
            <h2 class="utrecht-heading-2">{t(REFUSED)}</h2>
            <p class="utrecht-paragraph" id="bestand-fout">{why}</p>
        </div>
    }
    .into_any()
}

/// The form that gives a file; sent again, it is the same one.
pub(crate) fn form(action: &'static str, hint: Text, trace: TraceId, refused: bool) -> AnyView {
    let described = if refused { "bestand-uitleg bestand-fout" } else { "bestand-uitleg" };
    view! {
        <form method="post" action=action enctype="multipart/form-data" class="form">
            <input type="hidden" name="id" value=trace.to_string() />
            <div class="field">
                <label class="utrecht-form-label" for="bestand">{t(FILE)}</label>
                <p class="utrecht-form-field-description" id="bestand-uitleg">{t(hint)}</p>
                <input type="file" id="bestand" name="file" accept=".xlsx,.csv,.txt" aria-describedby=described />
            </div>
            <div class="actions actions--form">
                <button type="submit" class=Weight::Primary.class()>{t(GIVE)}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The files that are still there.
pub(crate) fn given(files: &[ImportHead], under: &str, empty: Text, discard: Text) -> AnyView {
    if files.is_empty() {
        return view! { <p class="empty">{t(empty)}</p> }.into_any();
    }
    let items = files.iter().map(|file| {
        let path = format!("{under}/{}", file.id);
        let (given, removed) = (tf(GIVEN_AT, &[&when(file.begun_at)]), tf(REMOVED_AT, &[&when(file.removed_at)]));
        view! {
            <li class="desk__item">
                <span class="desk__what">
                    <strong>{given.clone()}</strong>
                    <span class="quiet">{removed}</span>
                </span>
                <span class="desk__do">
                    {parts::badge(t(file.state.text()))}
                    <a class="utrecht-link utrecht-link--html-a" href=path.clone()
                        aria-label=format!("{}: {given}", t(OPEN))>{t(OPEN)}</a>
                    <a class="utrecht-link utrecht-link--html-a" href=format!("{path}/weg")
                        aria-label=format!("{}: {given}", t(discard))>{t(discard)}</a>
                </span>
            </li>
        }
    });
    view! { <ul class="desk__list">{items.collect_view()}</ul> }.into_any()
}
