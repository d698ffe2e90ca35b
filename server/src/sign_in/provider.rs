//! The provider as it describes itself: its addresses and its keys, asked for when they are needed and kept for a while.

use super::{
    ProviderOptions,
    outgoing::{NoAnswer, Outgoing},
};
use openidconnect::{ProviderMetadataWithLogout, core::CoreJsonWebKeySet};
use plein_domain::moment::{Clock, Moment};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::Mutex;

/// How long what the provider says of itself is believed, in seconds.
const BELIEVED: i64 = 3_600;
/// Keys are fetched anew at most this often, in seconds: a token with a key that nobody knows must not make Plein ask and ask.
const KEYS_AGAIN: i64 = 10;
/// The most keys that a provider may have.
const KEYS: usize = 100;

/// Why a provider cannot be asked.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum Unusable {
    #[error("{0}: {1}")]
    NoAnswer(&'static str, NoAnswer),
    #[error("{0}")]
    Wrong(String),
}

impl Unusable {
    /// Whether trying again later can help without anybody doing something.
    pub(super) fn is_temporary(&self) -> bool {
        matches!(self, Self::NoAnswer(_, NoAnswer::Unreachable(_) | NoAnswer::Slow(_)))
            || matches!(self, Self::NoAnswer(_, NoAnswer::Status(status, _)) if status.is_server_error())
    }
}

/// What the provider says of itself.
pub(super) struct Description {
    pub metadata: ProviderMetadataWithLogout,
    pub keys: CoreJsonWebKeySet,
    read_at: Moment,
    keys_at: Moment,
}

/// The provider.
pub(super) struct Provider {
    pub options: ProviderOptions,
    pub outgoing: Outgoing,
    clock: Arc<dyn Clock>,
    /// One at a time asks; the others wait for what that one finds, be it nothing.
    known: Mutex<Known>,
    /// How often it was asked what it says of itself.
    asked: AtomicU64,
}

#[derive(Default)]
struct Known {
    description: Option<Arc<Description>>,
    /// When its keys were last asked for by themselves, with or without an answer.
    keys_asked_at: Option<Moment>,
    /// Why the last one who asked got no answer.
    failure: Option<Unusable>,
}

impl Provider {
    pub(super) fn of(options: ProviderOptions, clock: Arc<dyn Clock>) -> Result<Self, String> {
        let outgoing = Outgoing::trusting(&options.authorities, options.patience)?;
        Ok(Self { options, outgoing, clock, known: Mutex::default(), asked: AtomicU64::new(0) })
    }

    pub(super) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// What it says of itself.
    pub(super) async fn description(&self) -> Result<Arc<Description>, Unusable> {
        let before = self.asked.load(Ordering::Relaxed);
        let mut known = self.known.lock().await;
        let believed = |one: &&Arc<Description>| self.now() < one.read_at.plus_seconds(BELIEVED);
        if let Some(description) = known.description.as_ref().filter(believed) {
            return Ok(description.clone());
        }
        // Whoever waited while another one asked in vain does not wait once more: nobody would get an answer in time.
        if let Some(failure) = known.failure.clone().filter(|_| self.asked.load(Ordering::Relaxed) != before) {
            return Err(failure);
        }
        let fresh = self.read().await;
        self.asked.fetch_add(1, Ordering::Relaxed);
        known.failure = fresh.as_ref().err().cloned();
        if let Ok(description) = &fresh {
            known.description = Some(description.clone());
        }
        fresh
    }

    async fn read(&self) -> Result<Arc<Description>, Unusable> {
        let metadata = self.metadata().await?;
        let keys = self.keys(&metadata).await?;
        let now = self.now();
        Ok(Arc::new(Description { metadata, keys, read_at: now, keys_at: now }))
    }

    /// The same with other keys than these, because one was not among them: fetched anew, or by somebody else meanwhile. Nothing
    /// when they were asked for just now, with or without an answer: whoever makes up tokens does not keep the provider busy,
    /// nor those who wait for it.
    pub(super) async fn with_new_keys(&self, than: &Arc<Description>) -> Result<Option<Arc<Description>>, Unusable> {
        let mut known = self.known.lock().await;
        let Some(old) = known.description.clone() else { return Ok(None) };
        if !Arc::ptr_eq(&old, than) {
            return Ok(Some(old));
        }
        let now = self.now();
        let last = known.keys_asked_at.map_or(old.keys_at, |asked| asked.max(old.keys_at));
        if now < last.plus_seconds(KEYS_AGAIN) {
            return Ok(None);
        }
        known.keys_asked_at = Some(now);
        let keys = self.keys(&old.metadata).await?;
        let fresh = Description { metadata: old.metadata.clone(), keys, read_at: old.read_at, keys_at: self.now() };
        let fresh = Arc::new(fresh);
        known.description = Some(fresh.clone());
        Ok(Some(fresh))
    }

    async fn metadata(&self) -> Result<ProviderMetadataWithLogout, Unusable> {
        let issuer = self.options.issuer.trim_end_matches('/');
        let address = format!("{issuer}/.well-known/openid-configuration");
        let body = self.outgoing.get(&address, None).await;
        let body = body.map_err(|why| Unusable::NoAnswer("the provider's description", why))?;
        let metadata: ProviderMetadataWithLogout = serde_json::from_slice(&body)
            .map_err(|error| Unusable::Wrong(format!("the provider's description cannot be read: {error}")))?;
        if metadata.issuer().as_str() != self.options.issuer {
            let (found, wanted) = (metadata.issuer().as_str(), &self.options.issuer);
            return Err(Unusable::Wrong(format!(
                "the provider calls itself {found:?}; the configuration says {wanted:?}: oidc.issuer must be the same to the letter"
            )));
        }
        let addresses = [
            Some(metadata.authorization_endpoint().as_str()),
            metadata.token_endpoint().map(|url| url.as_str()),
            metadata.userinfo_endpoint().map(|url| url.as_str()),
            Some(metadata.jwks_uri().as_str()),
            metadata.additional_metadata().end_session_endpoint.as_ref().map(|url| url.as_str()),
        ];
        if let Some(plain) = addresses.into_iter().flatten().find(|one| !one.starts_with("https://")) {
            return Err(Unusable::Wrong(format!("the provider names an address without TLS: {plain}")));
        }
        Ok(metadata)
    }

    async fn keys(&self, metadata: &ProviderMetadataWithLogout) -> Result<CoreJsonWebKeySet, Unusable> {
        let body = self.outgoing.get(metadata.jwks_uri().as_str(), None).await;
        let body = body.map_err(|why| Unusable::NoAnswer("the provider's keys", why))?;
        let keys: CoreJsonWebKeySet = serde_json::from_slice(&body)
            .map_err(|error| Unusable::Wrong(format!("the provider's keys cannot be read: {error}")))?;
        if keys.keys().is_empty() || keys.keys().len() > KEYS {
            return Err(Unusable::Wrong("the provider has no keys, or too many, that could sign a token".into()));
        }
        Ok(keys)
    }
}
