//! Server functions: what islands ask. Each begins with who is asking, then one call, then the answer.
#![expect(missing_docs, reason = "the server macro makes public fields of the arguments")]

use leptos::{
    prelude::*,
    server_fn::{
        codec::{Json, JsonEncoding},
        error::{FromServerFnError, ServerFnErrorErr},
    },
};
#[cfg(feature = "ssr")]
use plein_domain::form::FormValues;
use plein_domain::ids::DraftId;
use serde::{Deserialize, Serialize};

/// A draft was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The time on a Dutch clock, `22:14`.
    pub at: String,
}

/// Why an island got no answer. The words stand in the page, so a code is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Nobody is signed in any more.
    SignedOut,
    /// Not now; again later may work.
    Later,
    /// The author saved in another window too; what was sent is kept apart.
    Elsewhere,
    /// Not this: it does not exist, is not allowed or is too long.
    Refused,
}

impl FromServerFnError for Refusal {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Refused,
            _ => Self::Later,
        }
    }
}

/// Keeps what was typed in a draft.
///
/// # Errors
/// See [`Refusal`].
#[server(prefix = "/functies", endpoint = "save-draft", input = Json, output = Json)]
pub async fn save_draft(draft: DraftId, values: Vec<(String, String)>) -> Result<Saved, Refusal> {
    let (ports, asker) = asking()?;
    if values.len() > crate::http::PAIRS_LIMIT {
        return Err(Refusal::Refused);
    }
    let mut values: FormValues = values.into_iter().collect();
    crate::pages::drafts::walk::taken(&mut values);
    let window = crate::pages::drafts::window::taken(&mut values);
    let saved = ports.drafts.save(&asker, draft, window, values).await.map_err(refused)?;
    Ok(Saved { at: crate::texts::time_of_day(saved.saved_at) })
}

#[cfg(feature = "ssr")]
pub(crate) use server::Served;
#[cfg(feature = "ssr")]
use server::{asking, refused};

#[cfg(feature = "ssr")]
mod server {
    use super::Refusal;
    use http::StatusCode;
    use leptos::prelude::use_context;
    use plein_domain::{
        ports::{Asker, Ports},
        problem::Problem,
    };
    use std::sync::{Arc, OnceLock};

    /// The status that the answer of a server function gets, when it is not 200.
    #[derive(Clone, Default)]
    pub(crate) struct Served(Arc<OnceLock<StatusCode>>);

    impl Served {
        pub(crate) fn status(&self) -> Option<StatusCode> {
            self.0.get().copied()
        }

        fn refuse(status: StatusCode) {
            if let Some(served) = use_context::<Self>() {
                let _ = served.0.set(status);
            }
        }
    }

    /// Who is asking.
    pub(super) fn asking() -> Result<(Ports, Asker), Refusal> {
        use_context::<Ports>().zip(use_context::<Asker>()).ok_or_else(|| {
            Served::refuse(StatusCode::UNAUTHORIZED);
            Refusal::SignedOut
        })
    }

    /// The refusal that an island understands, with the status of the problem.
    pub(super) fn refused(problem: Problem) -> Refusal {
        Served::refuse(StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        match problem {
            Problem::Unavailable(_) | Problem::Internal(_) => Refusal::Later,
            Problem::Overtaken => Refusal::Elsewhere,
            Problem::NotFound
            | Problem::PurposeNeeded(_)
            | Problem::FreshNeeded
            | Problem::Invalid(_)
            | Problem::Stale(_)
            | Problem::Finished(..)
            | Problem::NotAllowed => Refusal::Refused,
        }
    }
}
