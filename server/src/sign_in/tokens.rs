//! Tokens of the provider, verified. Nothing of a token is used before its signature holds, and everything that is asked of it
//! (OpenID Connect Core, 3.1.3.7; Back-Channel Logout, 2.6) is asked.

use super::provider::{Description, Provider, Unusable};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use openidconnect::{
    ClaimsVerificationError, ClientId, EmptyAdditionalClaims, IdToken, IdTokenClaims, IdTokenVerifier, IssuerUrl,
    JsonWebKey, Nonce, SignatureVerificationError,
    core::{
        CoreGenderClaim, CoreJsonWebKey, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    },
};
use plein_domain::moment::Moment;
use serde_json::{Map, Value};
use std::{str::FromStr, sync::Arc};

/// How a token may be signed. Never `none`, and never by a secret that both sides share.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
];
/// How far the provider's clock may be ahead of ours, in seconds.
pub(super) const AHEAD: i64 = 60;
/// How old a token may be, in seconds: it was made for this sign-in, or for this logout.
const OLDEST: i64 = 600;

type Token =
    IdToken<EmptyAdditionalClaims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Claims = IdTokenClaims<EmptyAdditionalClaims, CoreGenderClaim>;

/// Why a token is not believed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unbelieved {
    #[error(transparent)]
    Provider(#[from] Unusable),
    #[error("the token {0}")]
    Token(String),
}

fn unbelieved<T>(why: impl Into<String>) -> Result<T, Unbelieved> {
    Err(Unbelieved::Token(why.into()))
}

/// What an ID token says.
pub(super) struct Told {
    /// All of its claims.
    pub claims: Map<String, Value>,
    pub subject: String,
    pub acr: Option<String>,
    /// When it was issued, in seconds by the provider's clock.
    pub issued: i64,
    /// When its subject signed in, in seconds by the provider's clock, when it says so.
    pub proved: Option<i64>,
}

impl Told {
    /// By what its subject signed in, as the provider says it: the context (`acr`) and the methods (`amr`, RFC 8176), in codes.
    pub fn how(&self) -> String {
        /// Codes that are kept, and characters of each; a provider may send more.
        const MOST: (usize, usize) = (8, 80);
        let code = |text: &str| text.chars().filter(char::is_ascii_graphic).take(MOST.1).collect::<String>();
        let methods = self.claims.get("amr").and_then(Value::as_array).into_iter().flatten();
        let methods: Vec<String> = methods.filter_map(Value::as_str).map(code).take(MOST.0).collect();
        let context = self.acr.as_deref().map(code).unwrap_or_default();
        format!("acr={context} amr={}", methods.join(","))
    }
}

/// Verifies an ID token that came for this nonce.
pub(super) async fn id_token(provider: &Provider, text: &str, nonce: &str) -> Result<Told, Unbelieved> {
    let token = Token::from_str(text).or_else(|error| unbelieved(unreadable(&error)))?;
    let description = provider.description().await?;
    let nonce = Nonce::new(nonce.to_owned());
    let claims = match believed(provider, &description, &token, &nonce) {
        Err(ClaimsVerificationError::SignatureVerification(why)) if may_be_new(&why, text) => {
            // The provider may have another key than when it was last asked.
            let Some(description) = provider.with_new_keys(&description).await? else {
                return unbelieved("is signed by a key that the provider does not have");
            };
            believed(provider, &description, &token, &nonce).cloned_or_unbelieved()?
        }
        other => other.cloned_or_unbelieved()?,
    };
    let told = payload(text)?;
    begun(&told, provider.now())?;
    let us = &provider.options.client_id;
    let for_several = claims.audiences().len() > 1;
    match claims.authorized_party() {
        Some(party) if party.as_str() != us => return unbelieved("was given out to another client (azp)"),
        None if for_several => return unbelieved("is for several, and does not say to whom it was given out (azp)"),
        _ => {}
    }
    let subject = claims.subject().as_str();
    if subject.is_empty() || subject.len() > 255 {
        return unbelieved("does not say of whom it is (sub)");
    }
    Ok(Told {
        subject: subject.to_owned(),
        issued: claims.issue_time().timestamp(),
        proved: claims.auth_time().map(|at| at.timestamp()),
        acr: claims.auth_context_ref().map(|acr| acr.as_str().to_owned()),
        // The signature over these very bytes holds.
        claims: told,
    })
}

/// Whether it may be signed by a key that the provider did not have yet when it was asked: one that it names and that is not there,
/// or, when it names none, any other than the one that it had.
fn may_be_new(why: &SignatureVerificationError, text: &str) -> bool {
    let names_none = || header(text).is_some_and(|header| !header.contains_key("kid"));
    matches!(why, SignatureVerificationError::NoMatchingKey)
        || matches!(why, SignatureVerificationError::CryptoError(_)) && names_none()
}

fn header(text: &str) -> Option<Map<String, Value>> {
    let part = text.split('.').next().and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    part.and_then(|bytes| serde_json::from_slice(&bytes).ok())
}

/// Why a token cannot be read, without what stands in it.
fn unreadable(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let lacks = text.split("missing field `").nth(1).and_then(|rest| rest.split('`').next());
    match lacks {
        Some(claim) if claim.len() < 40 => format!("lacks the claim {claim}"),
        _ => "is none, or has claims of another kind than they should be".into(),
    }
}

trait OrUnbelieved<T> {
    fn cloned_or_unbelieved(self) -> Result<T, Unbelieved>;
}

impl OrUnbelieved<Claims> for Result<&Claims, ClaimsVerificationError> {
    fn cloned_or_unbelieved(self) -> Result<Claims, Unbelieved> {
        self.cloned().or_else(|error| match error {
            ClaimsVerificationError::SignatureVerification(why) => unbelieved(format!("is not signed well: {why}")),
            other => unbelieved(format!("is not for here and now: {other}")),
        })
    }
}

fn believed<'a>(
    provider: &Provider,
    description: &Description,
    token: &'a Token,
    nonce: &Nonce,
) -> Result<&'a Claims, ClaimsVerificationError> {
    let now = provider.now();
    let moment = move || DateTime::<Utc>::from_timestamp_micros(now.0).unwrap_or(DateTime::<Utc>::UNIX_EPOCH);
    let keys = CoreJsonWebKeySet::new(description.keys.keys().clone());
    let issuer = IssuerUrl::new(provider.options.issuer.clone())
        .map_err(|error| ClaimsVerificationError::InvalidIssuer(error.to_string()))?;
    // Said to be a public client, so that no token can be signed by a shared secret. How Plein proves itself is another matter.
    let verifier = IdTokenVerifier::new_public_client(ClientId::new(provider.options.client_id.clone()), issuer, keys)
        .set_allowed_algs(ALGORITHMS)
        // Another audience is not taken, except beside ours and with the word to whom it was given out.
        .set_other_audience_verifier_fn(|_| true)
        .set_time_fn(moment)
        .set_issue_time_verifier_fn(move |issued| fresh(issued.timestamp(), now).map_err(str::to_owned));
    token.claims(&verifier, nonce)
}

fn fresh(issued: i64, now: Moment) -> Result<(), &'static str> {
    let now = now.0.div_euclid(1_000_000);
    if issued > now + AHEAD {
        Err("was issued in the future (iat): compare the clocks")
    } else if issued < now - OLDEST {
        Err("was issued too long ago (iat)")
    } else {
        Ok(())
    }
}

/// Whether a token may be used already, when it says from when on (RFC 7519, 4.1.5).
fn begun(claims: &Map<String, Value>, now: Moment) -> Result<(), Unbelieved> {
    match claims.get("nbf").map(Value::as_f64) {
        None => Ok(()),
        Some(Some(from)) if from <= (now.0.div_euclid(1_000_000) + AHEAD) as f64 => Ok(()),
        Some(_) => unbelieved("is not to be used yet (nbf): compare the clocks"),
    }
}

/// Whether a token may be one of logout. Its type is `logout+jwt` (Back-Channel Logout, 2.4); providers from before that was
/// written leave it out, or say `JWT`.
fn may_be_logout(text: &str) -> bool {
    let Some(header) = header(text) else { return false };
    let Some(kind) = header.get("typ") else { return true };
    let kind = kind.as_str().unwrap_or("?").to_ascii_lowercase();
    matches!(kind.strip_prefix("application/").unwrap_or(&kind), "jwt" | "logout+jwt")
}

/// The claims as they stand in a token, unverified.
fn payload(text: &str) -> Result<Map<String, Value>, Unbelieved> {
    let part = text.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    match part.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
        Some(Value::Object(claims)) => Ok(claims),
        _ => unbelieved("holds no claims"),
    }
}

/// Whom a logout token is about.
pub(super) struct LoggedOut {
    pub subject: Option<String>,
    pub session: Option<String>,
    /// By which it is known again.
    pub id: String,
    /// When it was issued, in seconds by the provider's clock.
    pub issued: i64,
}

/// Verifies a logout token (Back-Channel Logout, 2.6); whether it was seen before is asked elsewhere.
pub(super) async fn logout_token(provider: &Provider, text: &str) -> Result<LoggedOut, Unbelieved> {
    if text.len() > 16 * 1024 || text.split('.').count() != 3 {
        return unbelieved("is none");
    }
    if !may_be_logout(text) {
        return unbelieved("is of another type than one of logout (typ)");
    }
    let description = provider.description().await?;
    let signed = match signed(&description, text)? {
        true => true,
        false => match provider.with_new_keys(&description).await? {
            Some(description) => signed(&description, text)?,
            // Whether the key is a new one can be found out in a moment; the provider sends a token again that was not refused.
            None => return Err(Unusable::Wrong("the provider's keys were asked for just now".into()).into()),
        },
    };
    if !signed {
        return unbelieved("is signed by a key that the provider does not have");
    }
    let claims = payload(text)?;
    begun(&claims, provider.now())?;
    let said =
        |name: &str| claims.get(name).and_then(Value::as_str).filter(|said| !said.is_empty() && said.len() <= 255);
    if said("iss") != Some(provider.options.issuer.as_str()) {
        return unbelieved("is of another issuer (iss)");
    }
    let us = provider.options.client_id.as_str();
    let for_us = match claims.get("aud") {
        Some(Value::String(one)) => one == us,
        Some(Value::Array(all)) => all.iter().any(|one| one.as_str() == Some(us)),
        _ => false,
    };
    if !for_us {
        return unbelieved("is for another client (aud)");
    }
    let now = provider.now();
    let seconds = |name: &str| claims.get(name).and_then(Value::as_f64).map(|seconds| seconds as i64);
    let Some(issued) = seconds("iat") else { return unbelieved("does not say when it was issued (iat)") };
    fresh(issued, now).or_else(unbelieved)?;
    // The time at which it lapses is required since the standard's final version; older providers leave it out.
    if claims.contains_key("exp") && seconds("exp").is_none_or(|lapses| lapses <= now.0.div_euclid(1_000_000)) {
        return unbelieved("has lapsed (exp)");
    }
    let event =
        claims.get("events").and_then(|events| events.get("http://schemas.openid.net/event/backchannel-logout"));
    if !event.is_some_and(Value::is_object) {
        return unbelieved("is about something else (events)");
    }
    if claims.contains_key("nonce") {
        return unbelieved("has a nonce, as ID tokens have");
    }
    let Some(id) = said("jti") else { return unbelieved("has no id (jti)") };
    let (subject, session) = (said("sub").map(str::to_owned), said("sid").map(str::to_owned));
    if subject.is_none() && session.is_none() {
        return unbelieved("does not say of whom it is (sub, sid)");
    }
    Ok(LoggedOut { subject, session, id: id.to_owned(), issued })
}

/// Whether one of the provider's keys signed it; `false` when the key may be one that is not known yet.
fn signed(description: &Arc<Description>, text: &str) -> Result<bool, Unbelieved> {
    let Some((message, signature)) = text.rsplit_once('.') else { return unbelieved("is none") };
    let (Some(header), Ok(signature)) = (header(text), URL_SAFE_NO_PAD.decode(signature)) else {
        return unbelieved("cannot be read");
    };
    let algorithm = header.get("alg").cloned().and_then(|alg| serde_json::from_value(alg).ok());
    let Some(algorithm) = algorithm.filter(|alg: &CoreJwsSigningAlgorithm| ALGORITHMS.contains(alg)) else {
        return unbelieved("is signed in a way that is not taken (alg)");
    };
    if header.contains_key("crit") {
        return unbelieved("asks for something that is not known here (crit)");
    }
    let id = header.get("kid").and_then(Value::as_str);
    let named = |key: &&CoreJsonWebKey| id.is_none_or(|id| key.key_id().is_some_and(|one| one.as_str() == id));
    let keys: Vec<&CoreJsonWebKey> = description.keys.keys().iter().filter(named).collect();
    match keys.as_slice() {
        [] => Ok(false),
        [key] => match key.verify_signature(&algorithm, message.as_bytes(), &signature) {
            Ok(()) => Ok(true),
            // It names none, so that it may be another than the one that the provider had when it was asked.
            Err(SignatureVerificationError::CryptoError(_)) if id.is_none() => Ok(false),
            Err(why) => unbelieved(format!("is not signed well: {why}")),
        },
        _ => unbelieved("does not say which of several keys signed it (kid)"),
    }
}
