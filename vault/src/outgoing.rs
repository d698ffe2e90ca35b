//! The one way in which the vault sends something out by itself: a POST to an address that its operator named, over TLS or, on a
//! network of one's own, without. Witnesses take checkpoints this way, a collector the streams. And whom TLS trusts, for all
//! that the program asks of others.

use bytes::Bytes;
use http::{Method, Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::{ClientConfig, RootCertStore, pki_types::CertificateDer};
use std::{error::Error, io, sync::Arc, time::Duration};

/// The longest that the other side may take to answer.
const ANSWER: Duration = Duration::from_secs(10);
/// What of an answer is read.
const LONGEST: usize = 64 * 1024;

/// TLS that trusts these authorities (DER), or what the system trusts when none is given. Who names an authority of their own
/// means that alone: nobody else's certificate for that name is then worth anything.
///
/// # Errors
/// An authority that cannot be read.
pub fn tls(own: &[Vec<u8>]) -> Result<ClientConfig, String> {
    let roots = trusted(own)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(tls.map_err(|error| error.to_string())?.with_root_certificates(roots).with_no_client_auth())
}

fn trusted(own: &[Vec<u8>]) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    if own.is_empty() {
        // A certificate of the system that cannot be read is one that is not trusted.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    for one in own {
        roots.add(CertificateDer::from(one.clone())).map_err(|error| error.to_string())?;
    }
    Ok(roots)
}

/// The error's own words and those of what is behind it, such as which certificate is not trusted.
pub fn causes(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        told = format!("{told}: {cause}");
        next = cause.source();
    }
    told
}

/// Whether something can be sent to this address.
///
/// # Errors
/// What would be right.
pub fn check(url: &Uri) -> Result<(), &'static str> {
    match (url.scheme_str(), url.authority()) {
        (Some("http" | "https"), Some(authority)) if !authority.as_str().contains('@') => Ok(()),
        _ => Err("an address is https://host/path or http://host/path, without a password in it"),
    }
}

/// The way out. One that is kept is cheap to use again; each message has a connection of its own.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Outgoing {
    /// One that trusts as [`tls`] does.
    pub(crate) fn trusting(own: &[Vec<u8>]) -> Result<Self, String> {
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls(own)?).https_or_http().enable_http1().build();
        Ok(Self(Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector)))
    }

    /// Sends a body, wants a status from 200 to 299, and gives the body of the answer. Nothing is sent where an answer points to.
    pub(crate) async fn post(&self, url: &Uri, kind: &'static str, body: impl Into<Bytes>) -> io::Result<Bytes> {
        let request = Request::builder().method(Method::POST).uri(url).header(header::CONTENT_TYPE, kind);
        let request = request.body(Full::new(body.into())).map_err(io::Error::other)?;
        let silent = |_| io::Error::new(io::ErrorKind::TimedOut, "it did not answer in time");
        tokio::time::timeout(ANSWER, self.answer(request)).await.map_err(silent)?
    }

    async fn answer(&self, request: Request<Full<Bytes>>) -> io::Result<Bytes> {
        let answer = self.0.request(request).await.map_err(|error| io::Error::other(causes(&error)))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(io::Error::other(format!("it answered {status}")));
        }
        let body = Limited::new(answer.into_body(), LONGEST).collect().await;
        Ok(body.map_err(|error| io::Error::other(causes(error.as_ref())))?.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_of_ones_own_is_trusted_alone() -> Result<(), Box<dyn Error>> {
        let own = rcgen::generate_simple_self_signed(vec!["aanmelden.example".to_owned()])?.cert.der().to_vec();
        assert_eq!(trusted(&[own])?.len(), 1);
        let mut systems = RootCertStore::empty();
        systems.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        assert_eq!(trusted(&[])?.len(), systems.len(), "without one: as the machine does");
        assert!(trusted(&[b"no certificate".to_vec()]).is_err());
        Ok(())
    }
}
