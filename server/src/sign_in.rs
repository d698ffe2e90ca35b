//! Sign-in with the municipality's own identity provider (OpenID Connect, NL GOV profile).
//!
//! What must never happen here: anybody let in on a word of the provider that was not verified, an answer taken that this
//! browser did not ask for, or a token, secret or name in a message.

mod anew;
mod assertion;
mod claims;
mod flow;
mod logout;
mod outgoing;
mod placing;
mod provider;
mod tokens;

pub(crate) use flow::{Door, RETURN};
pub(crate) use logout::router;

pub use assertion::{Algorithm, SigningKey};
pub use outgoing::certificates;

use plein_domain::people::Role;
use std::{fmt, time::Duration};
use zeroize::Zeroizing;

/// The path at which the provider says that somebody is signed out there. It comes from no browser.
pub(crate) const BY_PROVIDER: &str = "/aanmelden/afmelden-door-provider";

/// How long the provider may usually take for one answer.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What is told of the provider, checked as far as that is possible without asking it.
#[derive(Debug, Clone)]
pub struct ProviderOptions {
    /// Its name: an address that begins with `https://`.
    pub issuer: String,
    /// Under which name Plein is known to it.
    pub client_id: String,
    /// How Plein proves that it is that.
    pub authentication: Authentication,
    /// What is asked for; `openid` is among it.
    pub scopes: Vec<String>,
    /// How somebody must have signed in at the provider, one of these; with none of them any way will do.
    pub acr_values: Vec<String>,
    /// Certificates (DER) of authorities that are trusted alone; without any, those of the system.
    pub authorities: Vec<Vec<u8>>,
    /// Whether claims are also asked for at the provider's userinfo.
    pub userinfo: bool,
    /// What the claims are called.
    pub claims: ClaimNames,
    /// What its groups mean here.
    pub groups: Vec<GroupMeans>,
    /// Where people find Plein, without a slash at its end.
    pub public_url: String,
    /// The longest that the provider may take for one answer.
    pub patience: Duration,
}

/// How Plein proves to the provider that it is who it says.
#[derive(Debug, Clone)]
pub enum Authentication {
    /// By an assertion that it signs (RFC 7523), for this audience.
    PrivateKey(SigningKey, Audience),
    /// By a secret in the header.
    Basic(Secret),
    /// By a secret in the form.
    Post(Secret),
}

/// For whom an assertion is. Providers differ in what they take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The address of the token endpoint (RFC 7523, section 3; OpenID Connect Core, section 9).
    TokenEndpoint,
    /// The provider itself.
    Issuer,
}

/// What the claims are called that tell who somebody is. A dot leads into a claim that has parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimNames {
    /// Who it is, for ever.
    pub subject: String,
    /// The name that colleagues know.
    pub name: String,
    /// The groups.
    pub groups: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self { subject: "sub".into(), name: "name".into(), groups: "groups".into() }
    }
}

/// What a group of the provider means here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupMeans {
    /// As it stands in the provider's tokens.
    pub group: String,
    /// Who is in it works here.
    pub department: Option<String>,
    /// Who is in it may do this.
    pub roles: Vec<Role>,
}

/// A secret. It shows itself to nobody, and is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps it.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// The secret itself, for who needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
