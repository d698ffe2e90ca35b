//! Sign-in with the municipality's own identity provider, as pages ask for it.

use crate::{
    ports::{Arrival, Asker},
    problem::Incident,
};
use async_trait::async_trait;

codes! {
    /// Why somebody is not signed in, as far as they can do something about it. The cause is in the program's log.
    NotSignedInBecause {
        /// The person broke off at the provider.
        Cancelled = "cancelled",
        /// The answer belongs to no sign-in that this browser began a short while ago.
        NotAsked = "not-asked",
        /// The provider does not answer, or says that it cannot now.
        Unreachable = "unreachable",
        /// What the provider answers cannot be trusted, or is not what was agreed on.
        Untrusted = "untrusted",
        /// The person signed in at the provider in a weaker way than is asked for.
        TooWeak = "too-weak",
        /// They were to sign in anew, and somebody else did.
        OtherPerson = "other-person",
        /// They were to sign in anew, and the provider does not say that they did.
        NotAnew = "not-anew",
        /// Sign-ins cannot be recorded now.
        Unavailable = "unavailable",
    }
}

codes! {
    /// Why somebody whom the provider knows is not let in.
    NotLetIn {
        /// They never had a place.
        NoPlaceYet = "no-place-yet",
        /// An administrator took their place away.
        TakenAway = "taken-away",
        /// The provider's groups gave them their place, and give none any more.
        NoPlaceAnyMore = "no-place-any-more",
        /// The provider's groups say something else than the place that an administrator gave. It stands, and so do their sessions.
        Contradicted = "contradicted",
    }
}

/// A sign-in that did not come about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSignedIn {
    /// Why, for the person.
    pub because: NotSignedInBecause,
    /// Where the cause stands in the program's log.
    pub incident: Incident,
    /// The page that was wanted.
    pub back: String,
    /// Whether somebody who is signed in was to sign in anew. They still are signed in, as before.
    pub anew: bool,
}

/// A sign-in that begins.
#[derive(Clone, PartialEq, Eq)]
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// What it must bring back in a cookie: by this alone it is known again.
    pub binding: String,
}

/// What the browser brings back from the provider.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// From the cookie.
    pub binding: String,
    /// What the provider was given to give back.
    pub state: String,
    /// What Plein gets the tokens for.
    pub code: Option<String>,
    /// Why there is none, by code.
    pub error: Option<String>,
    /// Which provider it says it is (RFC 9207).
    pub issuer: Option<String>,
    /// The session that this browser has until now.
    pub session: Option<String>,
}

/// How a sign-in ended.
#[derive(Clone, PartialEq, Eq)]
pub enum SignedIn {
    /// In: the secret token for the cookie, and the page that was wanted.
    In {
        /// For the cookie.
        token: String,
        /// A path of this site, as it was given at the beginning.
        back: String,
    },
    /// The provider knows who it is, and they are not let in.
    Waits {
        /// Their name.
        name: String,
        /// Why not.
        because: NotLetIn,
    },
}

/// Sign-in with an identity provider.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Begins: the browser comes `back` to a path of this site.
    async fn begin(&self, back: &str, arrival: &Arrival) -> Result<Begun, NotSignedIn>;
    /// The same for somebody who is signed in and must prove anew who they are: at the provider too, whatever it remembers.
    async fn begin_anew(&self, asker: &Asker, back: &str, arrival: &Arrival) -> Result<Begun, NotSignedIn>;
    /// Ends what was begun.
    async fn complete(&self, returned: Returned, arrival: &Arrival) -> Result<SignedIn, NotSignedIn>;
    /// Where somebody who signed out here goes to sign out at the provider, when it has such a place.
    async fn way_out(&self) -> Option<String>;
}

/// What a browser brings back from the provider is bound to it by this cookie.
pub const BINDING_COOKIE: &str = "__Host-plein-aanmelden";

/// How long, in seconds.
pub const BINDING_SECONDS: u32 = 600;
