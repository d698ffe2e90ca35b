//! What a form sent, read strictly: bytes that are no UTF-8 are refused instead of replaced.

use super::{App, scene::Scene};
use crate::pages::problems;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    response::Response,
};
use http::StatusCode;
use plein_domain::{
    form::{FORM_LIMIT, FormValues},
    ports::Asker,
};

/// The most bytes a form post may have on its way. A byte can take three there, and what is too long for a form must
/// still come back to the person who typed it.
pub(crate) const BODY_LIMIT: usize = 4 * FORM_LIMIT;

/// The most names and values one form can hold: far more than any form here asks.
pub(crate) const PAIRS_LIMIT: usize = 5_000;

/// The values of a form post; what the purpose prompt sent on its behalf is as if it had been sent itself.
pub(crate) struct Typed(pub FormValues);

/// The values of a post exactly as they came.
pub(crate) struct Sent(pub FormValues);

/// The field that tells that the purpose prompt sends something again, and the prefix of the names it sends.
pub(crate) const SENT_AGAIN: &str = "opnieuw";
/// See [`SENT_AGAIN`].
pub(crate) const SENT_PREFIX: &str = "was.";

impl FromRequest<App> for Typed {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let Sent(values) = Sent::from_request(request, app).await?;
        Ok(Self(if values.text(SENT_AGAIN).is_empty() { values } else { before_the_prompt(values) }))
    }
}

fn before_the_prompt(values: FormValues) -> FormValues {
    let was = values.0.into_iter();
    FormValues(was.filter_map(|(name, values)| Some((name.strip_prefix(SENT_PREFIX)?.to_owned(), values))).collect())
}

impl FromRequest<App> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(scene) = Scene::from_request_parts(&mut parts, app).await;
        let request = Request::from_parts(parts, body);
        let asker = request.extensions().get::<Asker>().cloned();
        let body = Bytes::from_request(request, app).await;
        if let Some(asker) = asker {
            asker.arrived.anew();
        }
        match body {
            Ok(body) => match read(&body) {
                Some(values) => Ok(Self(values)),
                None => Err(problems::plain(&scene, StatusCode::BAD_REQUEST)),
            },
            Err(_) => Err(problems::plain(&scene, StatusCode::PAYLOAD_TOO_LARGE)),
        }
    }
}

/// Reads `application/x-www-form-urlencoded`; nothing when a name or value is not UTF-8.
pub(crate) fn read(body: &[u8]) -> Option<FormValues> {
    let mut values = FormValues::default();
    if body.iter().filter(|byte| **byte == b'&').count() > PAIRS_LIMIT {
        return None;
    }
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let equals = pair.iter().position(|byte| *byte == b'=');
        let (name, value) = equals.map_or((pair, &[][..]), |at| (&pair[..at], &pair[at + 1..]));
        values.push(decoded(name)?, decoded(value)?);
    }
    Some(values)
}

/// The values of a query; none when it cannot be read.
pub(crate) fn query(query: Option<&str>) -> FormValues {
    read(query.unwrap_or_default().as_bytes()).unwrap_or_default()
}

/// A value for the query of an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
        encoded
    })
}

fn decoded(text: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_browsers_send_it() {
        let values = read("summary=Te+veel+%26+r%C3%A1ar&category=bsn&category=special&leeg=".as_bytes());
        let values = values.unwrap_or_default();
        assert_eq!(values.text("summary"), "Te veel & ráar");
        assert_eq!(values.all("category"), ["bsn", "special"]);
        assert_eq!(values.all("leeg"), [""]);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for body in [&b"a=%FF"[..], b"a=\xff", b"a=%4", b"a=%zz", b"%C3=1"] {
            assert_eq!(read(body), None, "{body:?}");
        }
    }
}
