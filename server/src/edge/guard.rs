//! What every request passes.

use super::{Edge, headers};
use axum::{
    body::{Body, HttpBody},
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use plein_domain::{
    ids::TraceId,
    moment::random_id,
    ports::{Arrival, LEFT_PATH, Nonce, SESSION_COOKIE},
    problem::Problem,
};
use plein_vault::streams::{Served, watched};
use std::{any::Any, net::SocketAddr};

/// The middleware. See the room's documentation.
pub(super) async fn guard(State(edge): State<Edge>, mut request: Request, next: Next) -> Response {
    let mut nonce = [0; 16];
    edge.entropy.fill(&mut nonce);
    let nonce: String = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut response = pass(&edge, &nonce, &mut request, next).await;
    headers::set(response.headers_mut(), &nonce);
    response
}

async fn pass(edge: &Edge, nonce: &str, request: &mut Request, next: Next) -> Response {
    if edge.demo && !plain_loopback(request.headers(), request.uri()) {
        return plain(StatusCode::BAD_REQUEST, NOT_A_SERVER);
    }
    let network = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or_else(|| "unknown".to_owned(), |ConnectInfo(address)| address.ip().to_string());
    let trace = trace(request.headers()).unwrap_or_else(|| random_id(&*edge.entropy));
    request.extensions_mut().insert(Arrival { trace, network: network.clone() });
    request.extensions_mut().insert(Nonce(nonce.to_owned()));

    let asker = match session(request.headers()) {
        Some(token) if needs_session(request.uri().path()) => {
            match edge.sessions.resume(token, trace, &network).await {
                Ok(asker) => asker,
                Err(problem) => return unavailable(&problem),
            }
        }
        _ => None,
    };
    // The provider comes from no page at all; what counts there is its token, and no cookie.
    let by_provider = request.uri().path() == crate::sign_in::BY_PROVIDER;
    if !safe(request.method()) && !by_provider && !same_site(request.headers()) {
        if let Some(asker) = asker {
            // The refusal stands in the log also when it cannot be told apart from a broken proxy.
            if let Err(problem) = edge.sessions.refused(&asker, "cross-site").await {
                return unavailable(&problem);
            }
        }
        tracing::warn!(%trace, "refused a write from another site");
        return plain(StatusCode::FORBIDDEN, CROSS_SITE);
    }
    if let Some(asker) = asker {
        request.extensions_mut().insert(asker);
    }
    let answering = next.run(std::mem::replace(request, Request::new(Body::empty())));
    let (response, shown) = watched(answering).await;
    if let Some(served) = &edge.served {
        let (status, bytes) = (response.status().as_u16(), response.body().size_hint().exact());
        served.note(Served { trace, status, bytes, shown });
    }
    // The limit on requests stands inside and answers in one English line.
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE && !is_page {
        return plain(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE);
    }
    response
}

fn needs_session(path: &str) -> bool {
    !path.starts_with("/assets/")
        && path != LEFT_PATH
        && path != crate::sign_in::BY_PROVIDER
        && path != "/healthz"
        && path != "/readyz"
}

fn safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether the browser says that the request comes from our own pages. Old browsers send only `Origin`; what sends
/// neither is refused.
pub(crate) fn same_site(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    if let Some(site) = text(http::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else {
        return false;
    };
    origin.split_once("://").is_some_and(|(_, rest)| rest == host)
}

/// A demo is for this machine alone: the host named is loopback (so that no name on the internet can be pointed at
/// it), and nothing was forwarded.
fn plain_loopback(headers: &HeaderMap, uri: &Uri) -> bool {
    let forwarded = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
    if forwarded.iter().any(|name| headers.contains_key(*name)) {
        return false;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).or_else(|| uri.host());
    host.is_some_and(|host| {
        let name = host
            .rsplit_once(':')
            .map_or(host, |(name, port)| if port.chars().all(|c| c.is_ascii_digit()) { name } else { host });
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    })
}

/// The trace of the caller (W3C Trace Context), when it sent a valid one.
fn trace(headers: &HeaderMap) -> Option<TraceId> {
    let value = headers.get("traceparent")?.to_str().ok()?;
    let mut parts = value.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let hex =
        |text: &str, length: usize| text.len() == length && text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
    let valid = hex(version, 2) && version != "ff" && hex(trace, 32) && hex(span, 16) && hex(flags, 2);
    let id = uuid::Uuid::parse_str(trace).ok().filter(|id| valid && !id.is_nil())?;
    Some(TraceId(id))
}

fn session(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == SESSION_COOKIE)
        .map(|(_, token)| token)
        .filter(|token| token.len() == 64)
}

const NOT_A_SERVER: [&str; 2] = [
    "Deze demo antwoordt alleen op deze computer zelf (localhost), niet via een proxy.",
    "This demo answers on this computer only (localhost), not through a proxy.",
];
const CROSS_SITE: [&str; 2] = [
    "Dit verzoek kwam niet van een pagina van Plein en is geweigerd. Ga terug naar Plein en probeer het daar opnieuw.",
    "This request did not come from a page of Plein and was refused. Go back to Plein and try again there.",
];
const TOO_LARGE: [&str; 2] = [
    "Dit is te groot om te ontvangen. Er is niets gewijzigd. Ga terug; een bestand mag hoogstens 10 MB zijn.",
    "This is too large to be received. Nothing has been changed. Go back; a file may be 10 MB at most.",
];
const UNAVAILABLE: [&str; 2] = [
    "Plein is nu niet bereikbaar. Er wordt niets getoond en er is niets verloren. Probeer het over een minuut opnieuw.",
    "Plein cannot be reached now. Nothing is shown and nothing was lost. Try again in a minute.",
];

fn unavailable(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let number = match problem {
        Problem::Unavailable(number) | Problem::Internal(number) => number.to_string(),
        _ => String::new(),
    };
    page(status, UNAVAILABLE, &number)
}

pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request panicked");
    plain(StatusCode::INTERNAL_SERVER_ERROR, UNAVAILABLE)
}

fn plain(status: StatusCode, text: [&str; 2]) -> Response {
    page(status, text, "")
}

/// A page that needs nothing that could be out of order: no session, no language, no style.
fn page(status: StatusCode, [nl, en]: [&str; 2], number: &str) -> Response {
    let number = if number.is_empty() { String::new() } else { format!("<p>Nummer / number: <b>{number}</b></p>") };
    let html = format!(
        "<!DOCTYPE html><html lang=\"nl\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>Plein</title></head><body><main><h1>Plein</h1>\
         <p>{nl}</p><p lang=\"en\">{en}</p>{number}<p><a href=\"/\">Mijn werk</a></p></main></body></html>"
    );
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect()
    }

    #[test]
    fn a_write_is_taken_from_our_own_pages_only() {
        for (pairs, taken) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:1"), ("host", "localhost:1")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("origin", "http://localhost:1"), ("host", "localhost:1")], true),
            (&[("origin", "http://evil.example"), ("host", "localhost:1")], false),
            (&[("origin", "null"), ("host", "localhost:1")], false),
            (&[("host", "localhost:1")], false),
        ] {
            assert_eq!(same_site(&headers(pairs)), taken, "{pairs:?}");
        }
    }

    #[test]
    fn a_demo_listens_to_this_machine_alone() {
        let uri = Uri::from_static("/");
        for host in ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"] {
            assert!(plain_loopback(&headers(&[("host", host)]), &uri), "{host}");
        }
        for host in ["plein.example", "localhost.evil.example:80", "127.0.0.1.evil.example"] {
            assert!(!plain_loopback(&headers(&[("host", host)]), &uri), "{host}");
        }
        assert!(!plain_loopback(&headers(&[("host", "localhost"), ("x-forwarded-for", "10.0.0.1")]), &uri));
    }

    #[test]
    fn a_callers_trace_is_taken_over_only_when_it_is_one() {
        let good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assert!(trace(&headers(&[("traceparent", good)])).is_some());
        for bad in [
            "",
            "00-0-0-0",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ] {
            assert_eq!(trace(&headers(&[("traceparent", bad)])), None, "{bad}");
        }
    }
}
