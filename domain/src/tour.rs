//! The guided tour of a demo: what a person with ten minutes should see, and as whom.

use crate::ids::PersonId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// What a stop of the tour shows.
    Sight {
        /// *Mijn werk*: what waits for somebody.
        Work = "work",
        /// Signals of the own department alone.
        Own = "own",
        /// What departments offer, as a coordinator sees it.
        Offered = "offered",
        /// What a link shares with the team of a case.
        Shared = "shared",
        /// A plan that several people write in.
        Plan = "plan",
        /// A version of a plan that was adopted, with what departments said of it.
        Adopted = "adopted",
        /// Who viewed a signal.
        Viewed = "viewed",
        /// A signal that is not there for who may not see it.
        Hidden = "hidden",
        /// The whole access log.
        Log = "log",
    }
}

/// A stop of the tour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// What it shows.
    pub sight: Sight,
    /// As whom one looks.
    pub person: PersonId,
    /// The signal or case it is about, where it is about one.
    pub object: Option<Uuid>,
    /// The version of the case's plan.
    pub version: Option<i64>,
}
