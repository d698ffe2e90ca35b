//! A sign-in, from the browser that begins one to the session that comes of it.

use super::{
    Audience, Authentication, ProviderOptions,
    anew::{self, Anew},
    claims,
    outgoing::NoAnswer,
    provider::{Provider, Unusable},
    tokens::{self, Unbelieved},
};
use crate::events::Events;
use async_trait::async_trait;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use plein_domain::{
    ids::PersonId,
    ledger::LineKind,
    moment::random_id,
    ports::{Arrival, Arrived, Asker, SessionRef, SessionTimes},
    problem::Incident,
    sign_in::*,
};
use plein_vault::{
    Vault, VaultError,
    store::{Origin, Subject},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// The path to which the provider sends browsers back.
pub(crate) const RETURN: &str = "/aanmelden/terug";
/// The path to which it sends them after they signed out there.
const SIGNED_OUT: &str = "/aanmelden/afgemeld";

/// What is kept of a sign-in while the browser is at the provider.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    nonce: String,
    verifier: String,
    back: String,
    /// Of somebody who is signed in and is to prove anew who they are.
    #[serde(default)]
    pub(super) anew: Option<Anew>,
}

/// Why a sign-in does not come about: for the person, and for who keeps the program running.
pub(super) struct Failed(pub(super) NotSignedInBecause, pub(super) String);

impl From<VaultError> for Failed {
    fn from(error: VaultError) -> Self {
        Self(NotSignedInBecause::Unavailable, error.to_string())
    }
}

impl From<Unusable> for Failed {
    fn from(why: Unusable) -> Self {
        let because = if why.is_temporary() { NotSignedInBecause::Unreachable } else { NotSignedInBecause::Untrusted };
        Self(because, why.to_string())
    }
}

impl From<Unbelieved> for Failed {
    fn from(why: Unbelieved) -> Self {
        match why {
            Unbelieved::Provider(why) => why.into(),
            Unbelieved::Token(_) => untrusted(why.to_string()),
        }
    }
}

fn untrusted(why: impl Into<String>) -> Failed {
    Failed(NotSignedInBecause::Untrusted, why.into())
}

fn no_answer(what: &'static str) -> impl Fn(NoAnswer) -> Failed {
    move |why| Unusable::NoAnswer(what, why).into()
}

pub(super) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// What the token endpoint answers.
#[derive(Deserialize)]
struct Tokens {
    id_token: Option<String>,
    access_token: Option<String>,
}

/// Sign-in at one provider.
#[derive(Clone)]
pub(crate) struct Door {
    pub(super) vault: Arc<Vault>,
    pub(super) provider: Arc<Provider>,
    pub(super) events: Arc<Events>,
}

impl Door {
    pub(crate) fn of(vault: Arc<Vault>, options: ProviderOptions) -> Result<Self, String> {
        let provider = Arc::new(Provider::of(options, vault.clock().clone())?);
        Ok(Self { vault, provider, events: Events::start("sign-in") })
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.vault.entropy().fill(&mut bytes);
        bytes
    }

    /// A secret for a cookie, or for an address.
    pub(super) fn secret(&self) -> String {
        self.random().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn not_signed_in(&self, arrival: &Arrival, back: &str, anew: bool, Failed(because, why): Failed) -> NotSignedIn {
        let incident = Incident(arrival.trace.0.simple().to_string()[..8].to_owned());
        let (network, code) = (&arrival.network, because.code());
        tracing::warn!(%incident, because = code, %network, "a sign-in did not come about: {why}");
        self.events.note(code);
        NotSignedIn { because, incident, back: back.to_owned(), anew }
    }

    pub(super) async fn send(&self, back: &str, anew: Option<Anew>) -> Result<Begun, Failed> {
        let description = self.provider.description().await?;
        let options = &self.provider.options;
        let (state, binding) = (self.secret(), self.secret());
        let [nonce, verifier] = [self.random(), self.random()].map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let mut address = description.metadata.authorization_endpoint().url().clone();
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &options.client_id)
            .append_pair("redirect_uri", &format!("{}{RETURN}", options.public_url))
            .append_pair("scope", &options.scopes.join(" "))
            .append_pair("state", &state)
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if !options.acr_values.is_empty() {
            address.query_pairs_mut().append_pair("acr_values", &options.acr_values.join(" "));
        }
        if anew.is_some() {
            // Whatever it remembers of this browser: ask, and say when it was answered (OpenID Connect Core, 3.1.2.1).
            address.query_pairs_mut().append_pair("prompt", "login").append_pair("max_age", "0");
        }
        let kept = serde_json::to_vec(&Kept { nonce, verifier, back: back.to_owned(), anew });
        let kept = kept.map_err(|error| untrusted(error.to_string()))?;
        self.vault.sign_ins.begin(hash(&state), hash(&binding), &kept).await?;
        Ok(Begun { address: address.into(), binding })
    }

    /// What was kept for this browser; taken away, so that it is used once.
    async fn taken(&self, returned: &Returned) -> Result<Kept, Failed> {
        let kept = self.vault.sign_ins.take(hash(&returned.state), hash(&returned.binding)).await?;
        let none = "the state belongs to no sign-in of this browser: used before, too late, or begun elsewhere";
        let kept = kept.ok_or_else(|| Failed(NotSignedInBecause::NotAsked, none.into()))?;
        serde_json::from_slice(&kept).map_err(|error| untrusted(error.to_string()))
    }

    /// What the provider tells for the code that the browser brought.
    async fn told(&self, returned: &Returned, kept: &Kept) -> Result<tokens::Told, Failed> {
        let options = &self.provider.options;
        if returned.issuer.as_ref().is_some_and(|issuer| *issuer != options.issuer) {
            return Err(untrusted("the browser comes back from another provider (iss)"));
        }
        if let Some(error) = &returned.error {
            return Err(refused_by_provider(error));
        }
        let code =
            returned.code.as_deref().ok_or_else(|| untrusted("the provider sent neither a code nor an error"))?;
        let tokens = self.exchange(code, &kept.verifier).await?;
        let text =
            tokens.id_token.ok_or_else(|| untrusted("the provider sent no ID token: is openid among the scopes?"))?;
        let mut told = tokens::id_token(&self.provider, &text, &kept.nonce).await?;
        if options.userinfo {
            let token =
                tokens.access_token.ok_or_else(|| untrusted("the provider sent no access token for its userinfo"))?;
            self.add_userinfo(&token, &mut told).await?;
        }
        Ok(told)
    }

    async fn receive(&self, returned: &Returned, kept: &Kept, arrival: &Arrival) -> Result<SignedIn, Failed> {
        let options = &self.provider.options;
        let told = self.told(returned, kept).await?;
        let who = claims::who(&told.claims, &options.claims).map_err(untrusted)?;
        let subject = self.subject("who", &who.subject).await?;
        if !options.acr_values.is_empty() && !told.acr.as_ref().is_some_and(|acr| options.acr_values.contains(acr)) {
            self.refuse(&subject, "too-weak", arrival).await?;
            let acr = told.acr.as_deref().unwrap_or("none");
            let wanted = options.acr_values.join(", ");
            let why = format!("the provider says acr {acr:?}; oidc.acr_values wants one of: {wanted}");
            return Err(Failed(NotSignedInBecause::TooWeak, why));
        }
        if let Some(anew) = &kept.anew {
            // Before anything is done on what the provider says of whoever this is.
            self.proved_anew(anew, &subject, &told).await?;
        }
        let person = match self.placed(&who, &subject, &told, (kept.anew.as_ref(), arrival)).await? {
            Ok(person) => person,
            Err(because) => return Ok(SignedIn::Waits { name: who.name, because }),
        };
        let origin = self.origin(&told).await?;
        let token = match &kept.anew {
            Some(anew) => self.renewed(anew, person, &origin, arrival).await?,
            None => {
                let token = self.session(person, &origin, &told.how(), arrival).await?;
                self.end_earlier(returned, arrival).await?;
                token
            }
        };
        Ok(SignedIn::In { token, back: kept.back.clone() })
    }

    /// From where at the provider a session comes.
    async fn origin(&self, told: &tokens::Told) -> Result<Origin, VaultError> {
        let provider_session = match told.claims.get("sid").and_then(serde_json::Value::as_str) {
            Some(session) => Some(self.subject("sid", session).await?),
            None => None,
        };
        Ok(Origin {
            subject: self.subject("sub", &told.subject).await?,
            provider_session,
            proved_at: anew::proved_at(told, self.provider.now()),
            issued: told.issued,
        })
    }

    /// The session that this browser had until now is over.
    async fn end_earlier(&self, returned: &Returned, arrival: &Arrival) -> Result<(), Failed> {
        let Some(earlier) = &returned.session else { return Ok(()) };
        let Some((session, row)) = self.vault.sessions.opened_by(hash(earlier)).await? else { return Ok(()) };
        self.vault.sessions.end(session).await?;
        self.ended(row.person, session, "another-sign-in-in-its-browser", arrival).await;
        Ok(())
    }

    pub(super) async fn subject(&self, kind: &str, text: &str) -> Result<Subject, VaultError> {
        self.vault.sign_ins.subject(&self.provider.options.issuer, &format!("{kind}\n{text}")).await
    }

    /// A session of this person, new in every respect. The line in the log comes first.
    async fn session(&self, person: PersonId, origin: &Origin, how: &str, arrival: &Arrival) -> Result<String, Failed> {
        let token = self.secret();
        let session = SessionRef(hash(&token));
        let asker = self.asker(person, session, arrival).await?;
        self.vault.gate.record_session(&asker, LineKind::SignedIn, how).await?;
        match self.vault.sign_ins.begin_session(session, person, origin, &arrival.device).await? {
            true => Ok(token),
            false => {
                let why = "they were signed out at the provider, or lost their roles, while they were signing in";
                self.vault.gate.record_session(&asker, LineKind::SignedOut, "overtaken").await?;
                Err(Failed(NotSignedInBecause::NotAsked, why.into()))
            }
        }
    }

    pub(super) async fn asker(
        &self,
        person: PersonId,
        session: SessionRef,
        arrival: &Arrival,
    ) -> Result<Asker, VaultError> {
        let person = self.vault.directory.person(person).await?;
        let person = person.ok_or_else(|| VaultError::Broken("somebody who was just admitted is not there".into()))?;
        let Arrival { trace, network, .. } = arrival.clone();
        let (arrived, times) = (Arrived::now(), SessionTimes::NONE);
        Ok(Asker { person, purposes: Vec::new(), trace, network, session, arrived, times })
    }

    /// That somebody is not let in stands in the access log when Plein knows them, and is counted when not.
    pub(super) async fn refuse(&self, subject: &Subject, why: &'static str, arrival: &Arrival) -> Result<(), Failed> {
        match self.vault.sign_ins.person(subject).await? {
            Some(person) => {
                let asker = self.asker(person, SessionRef([0; 32]), arrival).await?;
                self.vault.gate.record_refusal(&asker, &format!("sign-in:{why}")).await?;
            }
            None => self.events.note(why),
        }
        Ok(())
    }

    async fn exchange(&self, code: &str, verifier: &str) -> Result<Tokens, Failed> {
        let description = self.provider.description().await?;
        let options = &self.provider.options;
        let endpoint =
            description.metadata.token_endpoint().ok_or_else(|| untrusted("the provider names no token endpoint"))?;
        let back = format!("{}{RETURN}", options.public_url);
        let mut form = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", back),
            ("code_verifier", verifier.to_owned()),
        ];
        let mut authorization = None;
        match &options.authentication {
            Authentication::PrivateKey(key, audience) => {
                let audience = match audience {
                    Audience::TokenEndpoint => endpoint.as_str(),
                    Audience::Issuer => &options.issuer,
                };
                let id: Uuid = random_id(&**self.vault.entropy());
                let assertion = key.assertion(&options.client_id, audience, self.provider.now(), &id.to_string());
                form.push(("client_id", options.client_id.clone()));
                form.push(("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".into()));
                form.push(("client_assertion", assertion.map_err(untrusted)?));
            }
            Authentication::Basic(secret) => {
                // Both halves as in a form, before they are joined (RFC 6749, section 2.3.1).
                let both = format!("{}:{}", encoded(&options.client_id), encoded(secret.reveal()));
                authorization = Some(format!("Basic {}", STANDARD.encode(both)));
            }
            Authentication::Post(secret) => {
                form.push(("client_id", options.client_id.clone()));
                form.push(("client_secret", secret.reveal().to_owned()));
            }
        }
        let form: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let body = self.provider.outgoing.post(endpoint.as_str(), authorization, form.join("&")).await;
        let body = body.map_err(no_answer("the provider's token endpoint"))?;
        serde_json::from_slice(&body).map_err(|_| untrusted("what the token endpoint answers cannot be read"))
    }

    /// Adds what the userinfo tells and the token does not.
    async fn add_userinfo(&self, token: &str, told: &mut tokens::Told) -> Result<(), Failed> {
        let description = self.provider.description().await?;
        let endpoint = description.metadata.userinfo_endpoint();
        let endpoint = endpoint.ok_or_else(|| untrusted("the provider has no userinfo; set oidc.userinfo = false"))?;
        let body = self.provider.outgoing.get(endpoint.as_str(), Some(token)).await;
        let body = body.map_err(no_answer("the provider's userinfo"))?;
        let claims: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&body)
            .map_err(|_| untrusted("what the userinfo answers cannot be read; signed answers are not"))?;
        if claims.get("sub").and_then(serde_json::Value::as_str) != Some(told.subject.as_str()) {
            return Err(untrusted("the userinfo is about another person than the token (sub)"));
        }
        for (name, value) in claims {
            told.claims.entry(name).or_insert(value);
        }
        Ok(())
    }
}

/// An error that the provider sends the browser back with (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6).
fn refused_by_provider(error: &str) -> Failed {
    let because = match error {
        "access_denied" | "interaction_required" | "login_required" | "account_selection_required" => {
            NotSignedInBecause::Cancelled
        }
        "temporarily_unavailable" | "server_error" => NotSignedInBecause::Unreachable,
        "unmet_authentication_requirements" => NotSignedInBecause::TooWeak,
        _ => NotSignedInBecause::Untrusted,
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let code = if error.len() < 60 && error.bytes().all(plain) { error } else { "one that is none" };
    Failed(because, format!("the provider sends the browser back with an error: {code}"))
}

/// A value in a form.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
        encoded
    })
}

#[async_trait]
impl SignIn for Door {
    async fn begin(&self, back: &str, arrival: &Arrival) -> Result<Begun, NotSignedIn> {
        self.send(back, None).await.map_err(|failed| self.not_signed_in(arrival, back, false, failed))
    }

    async fn begin_anew(&self, asker: &Asker, back: &str, arrival: &Arrival) -> Result<Begun, NotSignedIn> {
        self.ask_anew(asker, back).await.map_err(|failed| self.not_signed_in(arrival, back, true, failed))
    }

    async fn complete(&self, returned: Returned, arrival: &Arrival) -> Result<SignedIn, NotSignedIn> {
        let kept = self.taken(&returned).await.map_err(|failed| self.not_signed_in(arrival, "/", false, failed))?;
        let received = match self.is_in_session(&returned, &kept).await {
            Ok(()) => self.receive(&returned, &kept, arrival).await,
            Err(failed) => Err(failed),
        };
        match received {
            Ok(signed_in) => Ok(signed_in),
            Err(failed) => {
                if let Some(anew) = &kept.anew {
                    self.not_anew(anew, &failed, arrival).await;
                }
                Err(self.not_signed_in(arrival, &kept.back, kept.anew.is_some(), failed))
            }
        }
    }

    async fn way_out(&self) -> Option<String> {
        // That the provider is down is no reason not to sign out here.
        let description = self.provider.description().await.ok()?;
        let mut address = description.metadata.additional_metadata().end_session_endpoint.as_ref()?.url().clone();
        let options = &self.provider.options;
        // Without the ID token as a hint: it names the person, and addresses are kept in many places (decision 10).
        address
            .query_pairs_mut()
            .append_pair("client_id", &options.client_id)
            .append_pair("post_logout_redirect_uri", &format!("{}{SIGNED_OUT}", options.public_url));
        Some(address.into())
    }
}
