//! An identity provider that can be told to misbehave, over TLS with an authority of its own.

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey},
};
use axum::{
    Form, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use http::{HeaderMap, StatusCode, header};
use plein_domain::moment::Moment;
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    },
    server::TlsStream,
};

pub const CLIENT: &str = "plein";
pub const SECRET: &str = "een geheim: met/tekens+";
pub const BACK: &str = "https://plein.example/aanmelden/terug";

/// How it answers at one of its addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    Down,
    Slow,
    Huge,
    Elsewhere,
    Garbage,
}

/// How it signs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signing {
    Well,
    Not,
    Badly,
    BySecret,
    ByAnotherKey,
    WithoutKeyId,
}

pub struct Key {
    id: String,
    pair: RsaKeyPair,
}

impl Key {
    fn new(id: &str) -> Self {
        Self { id: id.into(), pair: RsaKeyPair::generate(KeySize::Rsa2048).unwrap() }
    }

    fn public(&self) -> Value {
        let public = self.pair.public_key();
        let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let n = encoded(public.modulus().big_endian_without_leading_zero());
        let e = encoded(public.exponent().big_endian_without_leading_zero());
        json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.id, "n": n, "e": e })
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).unwrap();
        signature
    }
}

/// What somebody is given the code for.
struct Given {
    nonce: String,
    challenge: String,
}

pub struct Behaviour {
    pub now: Moment,
    pub claims: Map<String, Value>,
    /// What changes the claims of every token.
    pub twist: fn(&mut Map<String, Value>),
    pub userinfo: Map<String, Value>,
    pub signing: Signing,
    /// By the path of its address.
    pub faults: HashMap<&'static str, Fault>,
    /// How often each address was asked.
    pub asked: HashMap<&'static str, usize>,
    pub keys: Vec<Key>,
    pub issuer_says: Option<String>,
    /// The public key of the client, when it proves itself by one.
    pub client_key: Option<Vec<u8>>,
    /// Ids of assertions that were seen.
    assertions: Vec<String>,
    codes: HashMap<String, Given>,
    next: u64,
}

/// The issuer.
#[derive(Clone)]
pub struct Issuer {
    pub url: String,
    /// The certificate of its authority (DER).
    pub authority: Vec<u8>,
    behaviour: Arc<Mutex<Behaviour>>,
}

struct Tls(TcpListener, TlsAcceptor);

impl axum::serve::Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let Ok((stream, address)) = self.0.accept().await else { continue };
            if let Ok(stream) = self.1.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

fn certificate() -> (Vec<u8>, ServerConfig) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key).unwrap().der().to_vec();
    let signer = rcgen::Issuer::new(params, key);
    let own = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&own, &signer).unwrap();
    let chain = vec![CertificateDer::from(leaf.der().to_vec())];
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(own.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    (authority, config.with_no_client_auth().with_single_cert(chain, private).unwrap())
}

impl Issuer {
    /// One that behaves well, and knows Anna.
    pub async fn start(now: Moment) -> Self {
        let (authority, tls) = certificate();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let claims = json!({ "sub": "anna-1", "name": "Anna de Provider", "groups": ["permits"], "sid": "session-1" });
        let behaviour = Behaviour {
            now,
            claims: claims.as_object().unwrap().clone(),
            twist: |_| {},
            userinfo: json!({ "sub": "anna-1" }).as_object().unwrap().clone(),
            signing: Signing::Well,
            faults: HashMap::new(),
            asked: HashMap::new(),
            keys: vec![Key::new("first")],
            issuer_says: None,
            client_key: None,
            assertions: Vec::new(),
            codes: HashMap::new(),
            next: 0,
        };
        let issuer = Self { url, authority, behaviour: Arc::new(Mutex::new(behaviour)) };
        let pages = Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(issuer.clone());
        let listener = Tls(listener, TlsAcceptor::from(Arc::new(tls)));
        tokio::spawn(async move { axum::serve(listener, pages).await });
        issuer
    }

    pub fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        self.behaviour.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody else from now on.
    pub fn knows(&self, subject: &str, name: &str, groups: &[&str]) {
        let claims = json!({ "sub": subject, "name": name, "groups": groups, "sid": format!("session-of-{subject}") });
        self.behaviour().claims = claims.as_object().unwrap().clone();
    }

    /// Signs by a new key from now on; the old one is gone.
    pub fn rotates(&self) {
        self.behaviour().keys = vec![Key::new("second")];
    }

    pub fn has_two_keys(&self) {
        self.behaviour().keys.push(Key::new("another"));
    }

    /// What the browser does there: it signs in and comes back. Answers the path at Plein.
    pub fn authorize(&self, address: &str) -> String {
        let query = address.strip_prefix(&format!("{}/authorize?", self.url)).unwrap_or_else(|| panic!("{address}"));
        let given: HashMap<&str, String> = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (name, decoded(value)))
            .collect();
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", CLIENT),
            ("redirect_uri", BACK),
            ("scope", "openid profile"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(given[name], value, "{name}");
        }
        // 128 bits at least, of each (NL GOV).
        assert!(given["state"].len() >= 32 && given["nonce"].len() >= 22 && given["code_challenge"].len() == 43);
        let mut behaviour = self.behaviour();
        behaviour.next += 1;
        let code = format!("code-{}", behaviour.next);
        let one = Given { nonce: given["nonce"].clone(), challenge: given["code_challenge"].clone() };
        behaviour.codes.insert(code.clone(), one);
        format!("/aanmelden/terug?code={code}&state={}", given["state"])
    }

    /// A token with these claims, signed as it signs now.
    pub fn signed(&self, claims: &Map<String, Value>, kind: &str) -> String {
        let behaviour = self.behaviour();
        let key = behaviour.keys.last().unwrap();
        let mut head = json!({ "alg": "RS256", "typ": kind, "kid": key.id });
        match behaviour.signing {
            Signing::Not => head = json!({ "alg": "none" }),
            Signing::BySecret => head["alg"] = "HS256".into(),
            Signing::ByAnotherKey => head["kid"] = "unknown".into(),
            Signing::WithoutKeyId => {
                head.as_object_mut().unwrap().remove("kid");
            }
            Signing::Well | Signing::Badly => {}
        }
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", encoded(&head), encoded(&Value::Object(claims.clone())));
        let mut signature = match behaviour.signing {
            Signing::Not => Vec::new(),
            Signing::BySecret => {
                let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, SECRET.as_bytes());
                aws_lc_rs::hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
            }
            Signing::ByAnotherKey => Key::new("unknown").sign(message.as_bytes()),
            _ => key.sign(message.as_bytes()),
        };
        if behaviour.signing == Signing::Badly {
            signature[0] ^= 1;
        }
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    pub fn seconds(&self) -> i64 {
        self.behaviour().now.0 / 1_000_000
    }

    /// How often this address was asked.
    pub fn asked(&self, path: &str) -> usize {
        self.behaviour().asked.get(path).copied().unwrap_or_default()
    }

    /// Counts, and misbehaves when told to.
    async fn fault(&self, path: &'static str) -> Option<Response> {
        let fault = {
            let mut behaviour = self.behaviour();
            *behaviour.asked.entry(path).or_default() += 1;
            behaviour.faults.get(path).copied()
        };
        Some(match fault? {
            Fault::Down => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Fault::Slow => std::future::pending().await,
            Fault::Huge => "[".repeat(4 * 1024 * 1024).into_response(),
            Fault::Elsewhere => {
                // Where it sends to answers well: whoever followed would be taken in.
                (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("{}/moved", self.url))]).into_response()
            }
            Fault::Garbage => "<html>Aanmelden</html>".into_response(),
        })
    }
}

/// A private key for a client, in PEM, and its public half.
pub fn client_key() -> (String, Vec<u8>) {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let text = STANDARD.encode(der.as_ref());
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..(at + 64).min(text.len())]).collect();
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    (
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n")),
        public.as_ref().to_vec(),
    )
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let hex: Vec<u8> = rest.by_ref().take(2).collect();
                u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}

fn answer(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

async fn description(State(issuer): State<Issuer>) -> Response {
    if let Some(fault) = issuer.fault("/.well-known/openid-configuration").await {
        return fault;
    }
    let url = &issuer.url;
    let says = issuer.behaviour().issuer_says.clone().unwrap_or_else(|| url.clone());
    answer(&json!({
        "issuer": says,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "userinfo_endpoint": format!("{url}/userinfo"),
        "jwks_uri": format!("{url}/keys"),
        "end_session_endpoint": format!("{url}/leave"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
}

async fn keys(State(issuer): State<Issuer>) -> Response {
    if let Some(fault) = issuer.fault("/keys").await {
        return fault;
    }
    let keys: Vec<Value> = issuer.behaviour().keys.iter().map(Key::public).collect();
    answer(&json!({ "keys": keys }))
}

async fn userinfo(State(issuer): State<Issuer>, headers: HeaderMap) -> Response {
    if let Some(fault) = issuer.fault("/userinfo").await {
        return fault;
    }
    if headers.get(header::AUTHORIZATION).is_none_or(|value| value != "Bearer the-access-token") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    answer(&Value::Object(issuer.behaviour().userinfo.clone()))
}

async fn token(
    State(issuer): State<Issuer>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if let Some(fault) = issuer.fault("/token").await {
        return fault;
    }
    let refused = |why: &str| (StatusCode::BAD_REQUEST, answer(&json!({ "error": why }))).into_response();
    let given = {
        let mut behaviour = issuer.behaviour();
        if !is_client(&mut behaviour, &issuer.url, &headers, &form) {
            return refused("invalid_client");
        }
        match behaviour.codes.remove(&form["code"]) {
            Some(given) if form["redirect_uri"] == BACK && form["grant_type"] == "authorization_code" => given,
            _ => return refused("invalid_grant"),
        }
    };
    if URL_SAFE_NO_PAD.encode(Sha256::digest(form["code_verifier"].as_bytes())) != given.challenge {
        return refused("invalid_grant");
    }
    let now = issuer.seconds();
    let claims = {
        let behaviour = issuer.behaviour();
        let mut claims = behaviour.claims.clone();
        let usual = json!({ "iss": issuer.url, "aud": CLIENT, "nonce": given.nonce, "iat": now, "exp": now + 300 });
        claims.extend(usual.as_object().unwrap().clone());
        (behaviour.twist)(&mut claims);
        claims
    };
    let token = issuer.signed(&claims, "JWT");
    answer(&json!({ "id_token": token, "access_token": "the-access-token", "token_type": "Bearer" }))
}

/// Whether the client proves to be the one that is known.
fn is_client(behaviour: &mut Behaviour, url: &str, headers: &HeaderMap, form: &HashMap<String, String>) -> bool {
    let Some(key) = &behaviour.client_key else {
        let pair = format!("{CLIENT}:een%20geheim%3A%20met%2Ftekens%2B");
        let wanted = format!("Basic {}", STANDARD.encode(pair));
        let basic = headers.get(header::AUTHORIZATION).is_some_and(|value| *value == *wanted);
        return basic || form.get("client_secret").is_some_and(|secret| secret == SECRET);
    };
    let text = &form["client_assertion"];
    let (message, signature) = text.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key);
    let claims = URL_SAFE_NO_PAD.decode(message.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    let id = claims["jti"].as_str().unwrap().to_owned();
    let fresh = !behaviour.assertions.contains(&id);
    let right = key.verify(message.as_bytes(), &signature).is_ok()
        && form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        && claims["iss"] == CLIENT
        && claims["sub"] == CLIENT
        && claims["aud"] == format!("{url}/token")
        && claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap() <= 60;
    behaviour.assertions.push(id);
    right && fresh
}
