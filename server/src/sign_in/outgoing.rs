//! What Plein asks the provider over the network: TLS only, within a time, up to a size, and never where an answer sends it.

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use plein_vault::outgoing::{causes, tls};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::time::Duration;

/// The largest answer, in bytes. A token with a thousand groups is a tenth of it.
const LARGEST: usize = 512 * 1024;

/// Why there is no answer, for who keeps the program running.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum NoAnswer {
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    #[error("it did not answer within {} seconds", .0.as_secs())]
    Slow(Duration),
    #[error("it answers with more than {} kB", LARGEST / 1024)]
    TooLarge,
    #[error("it sends elsewhere ({0}), where nothing is asked")]
    Elsewhere(StatusCode),
    #[error("it answers {0}{1}")]
    Status(StatusCode, String),
}

/// Reads certificates from PEM.
///
/// # Errors
/// What is wrong with them, in words that follow on the file's name.
pub fn certificates(pem: &[u8]) -> Result<Vec<Vec<u8>>, &'static str> {
    let mut found = Vec::new();
    let mut roots = RootCertStore::empty();
    for one in CertificateDer::pem_slice_iter(pem) {
        let one = one.map_err(|_| "holds something that is no certificate in PEM")?;
        roots.add(one.clone()).map_err(|_| "holds a certificate that cannot be read")?;
        found.push(one.to_vec());
    }
    if found.is_empty() { Err("holds no certificate in PEM") } else { Ok(found) }
}

/// The way to the provider.
pub(super) struct Outgoing {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    patience: Duration,
}

impl Outgoing {
    /// A way that trusts these authorities, or, without any, those of the system.
    pub(super) fn trusting(own: &[Vec<u8>], patience: Duration) -> Result<Self, String> {
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls(own)?).https_only().enable_http1().build();
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector), patience })
    }

    /// Asks for what stands at this address.
    pub(super) async fn get(&self, url: &str, bearer: Option<&str>) -> Result<Bytes, NoAnswer> {
        let mut request = Request::builder().method(Method::GET).uri(url).header(header::ACCEPT, "application/json");
        if let Some(token) = bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.ask(request.body(Full::default())).await
    }

    /// Sends a form.
    pub(super) async fn post(&self, url: &str, authorization: Option<String>, form: String) -> Result<Bytes, NoAnswer> {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(url)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        self.ask(request.body(Full::from(form))).await
    }

    async fn ask(&self, request: http::Result<Request<Full<Bytes>>>) -> Result<Bytes, NoAnswer> {
        let request = request.map_err(|error| NoAnswer::Unreachable(error.to_string()))?;
        let answer = tokio::time::timeout(self.patience, self.answer(request)).await;
        answer.map_err(|_| NoAnswer::Slow(self.patience))?
    }

    async fn answer(&self, request: Request<Full<Bytes>>) -> Result<Bytes, NoAnswer> {
        let answer = self.client.request(request).await.map_err(|error| NoAnswer::Unreachable(causes(&error)))?;
        let status = answer.status();
        if status.is_redirection() {
            return Err(NoAnswer::Elsewhere(status));
        }
        let body = Limited::new(answer.into_body(), LARGEST).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() { NoAnswer::TooLarge } else { NoAnswer::Unreachable(error.to_string()) }
        })?;
        let body = body.to_bytes();
        if status == StatusCode::OK { Ok(body) } else { Err(NoAnswer::Status(status, said(&body))) }
    }
}

/// The code of the error in an answer (RFC 6749, section 5.2), and one that its description begins with, as Entra's do. The
/// description itself can name people.
fn said(body: &[u8]) -> String {
    let Ok(answer) = serde_json::from_slice::<serde_json::Value>(body) else { return String::new() };
    let code = answer.get("error").and_then(serde_json::Value::as_str).unwrap_or_default();
    let description = answer.get("error_description").and_then(serde_json::Value::as_str).unwrap_or_default();
    let first = description.split([':', ' ']).next().unwrap_or_default();
    let is_code = first.starts_with("AADSTS") || first.starts_with("MSIS");
    [code, if is_code { first } else { "" }]
        .into_iter()
        .filter(|word| !word.is_empty() && word.len() < 60 && word.bytes().all(|byte| byte.is_ascii_graphic()))
        .map(|word| format!(" ({word})"))
        .collect()
}
