//! Pages that need nothing that could be out of order: no session, no language, no style. They say it in both languages.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

pub(super) const NOT_A_SERVER: [&str; 2] = [
    "Deze demo antwoordt alleen op deze computer zelf (localhost), niet via een proxy.",
    "This demo answers on this computer only (localhost), not through a proxy.",
];
pub(super) const CROSS_SITE: [&str; 2] = [
    "Dit verzoek kwam niet van een pagina van Plein en is geweigerd. Ga terug naar Plein en probeer het daar opnieuw.",
    "This request did not come from a page of Plein and was refused. Go back to Plein and try again there.",
];
pub(super) const TOO_LARGE: [&str; 2] = [
    "Dit is te groot om te ontvangen. Er is niets gewijzigd. Ga terug; een bestand mag hoogstens 10 MB zijn.",
    "This is too large to be received. Nothing has been changed. Go back; a file may be 10 MB at most.",
];
pub(super) const TOO_SLOW: [&str; 2] = [
    "Het versturen bleef te lang steken. Er is niets gewijzigd. Ga terug en verstuur het opnieuw.",
    "Sending it got stuck for too long. Nothing has been changed. Go back and send it again.",
];
pub(super) const WAIT: [&str; 2] = [
    "Er kwam in korte tijd te veel tegelijk. Er is niets gewijzigd. Wacht een minuut en probeer het opnieuw.",
    "Too much came in a short time. Nothing has been changed. Wait a minute and try again.",
];
pub(super) const UNAVAILABLE: [&str; 2] = [
    "Plein is nu niet bereikbaar. Er wordt niets getoond en er is niets verloren. Probeer het over een minuut opnieuw.",
    "Plein cannot be reached now. Nothing is shown and nothing was lost. Try again in a minute.",
];

pub(super) fn plain(status: StatusCode, text: [&str; 2]) -> Response {
    page(status, text, "")
}

pub(super) fn page(status: StatusCode, [nl, en]: [&str; 2], number: &str) -> Response {
    let number = if number.is_empty() { String::new() } else { format!("<p>Nummer / number: <b>{number}</b></p>") };
    let html = format!(
        "<!DOCTYPE html><html lang=\"nl\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>Plein</title></head><body><main><h1>Plein</h1>\
         <p>{nl}</p><p lang=\"en\">{en}</p>{number}<p><a href=\"/\">Mijn werk</a></p></main></body></html>"
    );
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}
