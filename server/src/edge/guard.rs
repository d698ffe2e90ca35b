//! What every request passes.

use super::{
    Edge, Pace, headers,
    limits::{Asked, TooMuch},
    pages::{self, CROSS_SITE, NOT_A_SERVER, TOO_LARGE, TOO_SLOW, UNAVAILABLE, WAIT},
};
use axum::{
    body::{Body, HttpBody},
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use futures::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use http_body_util::BodyExt;
use plein_domain::{
    ids::TraceId,
    moment::random_id,
    ports::{Arrival, Asker, Hurried, LEFT_PATH, Nonce, SESSION_COOKIE},
    problem::{Incident, Problem},
    session::device,
};
use plein_vault::streams::{Served, watched};
use std::{
    net::{IpAddr, SocketAddr},
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tower_http::timeout::{TimeoutBody, TimeoutError};

/// The middleware. See the room's documentation.
pub(super) async fn guard(State(edge): State<Edge>, mut request: Request, next: Next) -> Response {
    let mut nonce = [0; 16];
    edge.entropy.fill(&mut nonce);
    let nonce: String = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
    // A trace joins what belongs together; who could choose it could put what they do under another's.
    let by_proxy = edge.proxies.traces && peer(&request).is_some_and(|peer| edge.proxies.trusts(peer));
    let trace = by_proxy.then(|| trace(request.headers())).flatten().unwrap_or_else(|| random_id(&*edge.entropy));
    let mut response = caught(trace, pass(&edge, &nonce, trace, &mut request, next)).await;
    if response.status().is_server_error() {
        // What answers a machine has no page to put it on.
        if let Ok(number) = HeaderValue::from_str(&incident(trace).to_string()) {
            response.headers_mut().insert(HeaderName::from_static("plein-incident"), number);
        }
    }
    headers::set(response.headers_mut(), &nonce, edge.demo);
    response
}

async fn pass(edge: &Edge, nonce: &str, trace: TraceId, request: &mut Request, next: Next) -> Response {
    if edge.demo && !plain_loopback(request.headers(), request.uri()) {
        return pages::plain(StatusCode::BAD_REQUEST, NOT_A_SERVER);
    }
    let address = peer(request).map(|peer| edge.proxies.person(peer, request.headers()));
    let network = address.map_or_else(|| "unknown".to_owned(), |address| address.to_string());
    let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let device = device(agent);
    request.extensions_mut().insert(Arrival { trace, network: network.clone(), device });
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
    if !changes(request) && is_embedded(request.headers()) {
        // Nothing of Plein is part of another site's page; who looks at one that tries must not pay for it.
        return pages::plain(StatusCode::FORBIDDEN, CROSS_SITE);
    }
    // The provider comes from no page at all; what counts there is its token, and no cookie.
    let by_provider = request.uri().path() == crate::sign_in::BY_PROVIDER;
    let from_elsewhere = changes(request) && !by_provider && !same_site(request.headers(), edge.public_url.as_deref());
    let much = too_much(edge, request, asker.as_ref(), address);
    if from_elsewhere {
        if let Some(asker) = asker.filter(|_| much.is_none()) {
            // The refusal stands in the log also when it cannot be told apart from a broken proxy.
            if let Err(problem) = edge.sessions.refused(&asker, "cross-site").await {
                return unavailable(&problem);
            }
        }
        tracing::warn!(%trace, "refused a write from another site");
        return pages::plain(StatusCode::FORBIDDEN, CROSS_SITE);
    }
    if let Some(much) = much {
        if let Some(asker) = asker.as_ref().filter(|_| much.tell) {
            // It is refused also when that cannot be recorded: nothing is shown.
            let _ = edge.sessions.refused(asker, "too-many-requests").await;
        }
        let wait = Hurried(much.wait.as_secs() + 1);
        return hurried(wait, (edge.pace, trace), asker, request, next).await;
    }
    if let Some(asker) = asker {
        request.extensions_mut().insert(asker);
    }
    let path = request.uri().path().to_owned();
    let (request, late) = paced(edge.pace, std::mem::replace(request, Request::new(Body::empty())));
    let (response, shown) = watched(answered(edge.pace, trace, next.run(request))).await;
    if let Some(limiter) = &edge.limiter {
        limiter.learn(address, &path, response.status());
    }
    if let Some(served) = &edge.served {
        let (status, bytes) = (response.status().as_u16(), response.body().size_hint().exact());
        served.note(Served { trace, status, bytes, shown });
    }
    // What was done all the same was done.
    if late.load(Ordering::Acquire) && response.status().is_client_error() {
        return pages::plain(StatusCode::REQUEST_TIMEOUT, TOO_SLOW);
    }
    // The limit on requests stands inside and answers in one English line.
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE && !is_page {
        return pages::plain(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE);
    }
    response
}

/// Whether a page of another site asks for it as a part of itself, such as a picture.
fn is_embedded(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
    said("sec-fetch-site") == Some(b"cross-site") && said("sec-fetch-mode").is_some_and(|mode| mode != b"navigate")
}

fn peer(request: &Request) -> Option<IpAddr> {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip())
}

/// What comes of a request within its time. What fails all the same is told under a number.
async fn answered(pace: Pace, trace: TraceId, answering: impl Future<Output = Response>) -> Response {
    let number = incident(trace);
    match tokio::time::timeout(pace.whole, caught(trace, answering)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!(incident = %number, "a request was not answered within {:?}", pace.whole);
            pages::page(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, &number.to_string())
        }
    }
}

/// What comes of it, also when it panics: an answer under a number. What was in the panic's words is told nowhere.
async fn caught(trace: TraceId, answering: impl Future<Output = Response>) -> Response {
    match AssertUnwindSafe(answering).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            let number = incident(trace);
            tracing::error!(incident = %number, "a request panicked");
            pages::page(StatusCode::INTERNAL_SERVER_ERROR, UNAVAILABLE, &number.to_string())
        }
    }
}

/// The number by which who reads a page and who reads the log find each other.
fn incident(TraceId(trace): TraceId) -> Incident {
    Incident(trace.simple().to_string()[..8].to_owned())
}

/// The request with a body that ends when it pauses for too long, and whether it did.
fn paced(pace: Pace, request: Request) -> (Request, Arc<AtomicBool>) {
    let late = Arc::new(AtomicBool::new(false));
    let seen = late.clone();
    let request = request.map(|body| {
        Body::new(TimeoutBody::new(pace.pause, body).map_err(move |error| {
            if error.is::<TimeoutError>() {
                seen.store(true, Ordering::Release);
            }
            error
        }))
    });
    (request, late)
}

/// Whether too much was asked.
fn too_much(edge: &Edge, request: &Request, asker: Option<&Asker>, address: Option<IpAddr>) -> Option<TooMuch> {
    let path = request.uri().path();
    // That it lives costs nothing to say; that it is ready is found out.
    if path.starts_with("/assets/") || path == "/healthz" {
        return None;
    }
    edge.limiter.as_ref()?.judge(&Asked { asker, address, method: request.method(), path })
}

/// Nothing is done but to say so; by a page that keeps what was typed, where there are pages.
async fn hurried(
    wait: Hurried,
    (pace, trace): (Pace, TraceId),
    asker: Option<Asker>,
    request: &mut Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let by_program = path == crate::sign_in::BY_PROVIDER || path.starts_with("/lezenapi/") || is_health(path);
    let of_pages = !by_program && !path.ends_with("/samen");
    let mut response = if of_pages {
        request.extensions_mut().insert(wait);
        if let Some(asker) = asker {
            request.extensions_mut().insert(asker);
        }
        let (request, _) = paced(pace, std::mem::replace(request, Request::new(Body::empty())));
        answered(pace, trace, next.run(request)).await
    } else {
        pages::plain(StatusCode::TOO_MANY_REQUESTS, WAIT)
    };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.0));
    response
}

fn needs_session(path: &str) -> bool {
    !path.starts_with("/assets/") && path != LEFT_PATH && path != crate::sign_in::BY_PROVIDER && !is_health(path)
}

fn is_health(path: &str) -> bool {
    path == "/healthz" || path == "/readyz"
}

/// Whether something is changed by this, or a socket opened, by which it can be.
fn changes(request: &Request) -> bool {
    let upgrade = request.headers().get(header::UPGRADE);
    let socket = upgrade.is_some_and(|kind| kind.as_bytes().eq_ignore_ascii_case(b"websocket"));
    socket || !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether the browser says that the request comes from our own pages. Old browsers send only `Origin`; what sends
/// neither is refused.
fn same_site(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = text(header::ORIGIN) else { return false };
    match public_url {
        // With its scheme and port, whatever a proxy makes of the host.
        Some(public) => origin == public,
        None => origin.split_once("://").is_some_and(|(_, rest)| text(header::HOST) == Some(rest)),
    }
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

fn unavailable(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let number = match problem {
        Problem::Unavailable(number) | Problem::Internal(number) => number.to_string(),
        _ => String::new(),
    };
    pages::page(status, UNAVAILABLE, &number)
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
            assert_eq!(same_site(&headers(pairs), None), taken, "{pairs:?}");
        }
        let public = Some("https://plein.example");
        for (pairs, taken) in [
            (&[("origin", "https://plein.example"), ("host", "inside:8080")][..], true),
            (&[("origin", "http://plein.example"), ("host", "plein.example")], false),
            (&[("origin", "https://plein.example:444"), ("host", "plein.example:444")], false),
            (&[("sec-fetch-site", "same-origin"), ("host", "inside:8080")], true),
        ] {
            assert_eq!(same_site(&headers(pairs), public), taken, "{pairs:?}");
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

    #[tokio::test]
    #[expect(clippy::panic, reason = "a panic is what is tried")]
    async fn a_request_that_panics_is_answered_under_its_number_and_tells_nothing() -> Result<(), axum::Error> {
        let trace = TraceId(uuid::Uuid::from_u128(0x5eed_0000_0000_4000_8000_0000_0000_0001));
        let response = caught(trace, async { panic!("the secret of Anna") }).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let text = axum::body::to_bytes(response.into_body(), 4096).await?;
        let text = String::from_utf8_lossy(&text);
        assert!(text.contains("5eed0000") && !text.contains("Anna"), "{text}");
        Ok(())
    }
}
