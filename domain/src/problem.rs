//! Why something was not done, in terms a person can act on.

use crate::{
    draft::Conflict,
    form::{FieldProblem, FormKind},
    purpose::PurposeOption,
};
use uuid::Uuid;

/// The answer of a port.
pub type Answer<T> = Result<T, Problem>;

/// Why there is no answer. What the program knows beyond this goes to its log under the incident number,
/// never to the browser.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It does not exist, or the asker may not know that it does: deliberately the same.
    #[error("not found")]
    NotFound,
    /// The asker may see it, after stating one of these purposes.
    #[error("a purpose must be stated first")]
    PurposeNeeded(Vec<PurposeOption>),
    /// The asker may, and must sign in anew first: it is weighty, and they proved too long ago who they are.
    #[error("a fresh sign-in is asked for first")]
    FreshNeeded,
    /// Fields are wrong; the draft keeps what was typed and what is wrong with it.
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldProblem>),
    /// Somebody else changed it meanwhile; the draft is kept, and the person chooses.
    #[error("changed by somebody else")]
    Stale(Box<Conflict>),
    /// The author changed the draft in another window meanwhile; both texts are kept, and the author looks again.
    #[error("changed in another window")]
    Overtaken,
    /// The draft was sent before and has become this: the same as having been done now.
    #[error("already done")]
    Finished(FormKind, Uuid),
    /// The asker is known, may know of the thing, and may not do this with it.
    #[error("not allowed")]
    NotAllowed,
    /// The viewing cannot be logged now, or the database cannot be reached: nothing is shown; try again later.
    #[error("temporarily unavailable (incident {0})")]
    Unavailable(Incident),
    /// Something that should not happen; the number finds it in the program's log.
    #[error("internal error (incident {0})")]
    Internal(Incident),
}

/// The number under which an error stands in the program's log: eight characters, easily read out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident(pub String);

impl std::fmt::Display for Incident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Problem {
    /// The HTTP status of this problem. One unit test pins the whole mapping.
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::PurposeNeeded(_) | Self::FreshNeeded | Self::NotAllowed => 403,
            Self::Invalid(_) => 422,
            Self::Stale(_) | Self::Overtaken | Self::Finished(..) => 409,
            Self::Unavailable(_) => 503,
            Self::Internal(_) => 500,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{form::FormValues, moment::Moment};

    #[test]
    fn every_problem_has_its_http_status() {
        let incident = || Incident("k7f2m9qa".into());
        let conflict = Conflict { version: 2, theirs: FormValues::default(), by: String::new(), at: Moment(0) };
        for (problem, status) in [
            (Problem::NotFound, 404),
            (Problem::PurposeNeeded(vec![]), 403),
            (Problem::FreshNeeded, 403),
            (Problem::Invalid(vec![]), 422),
            (Problem::Stale(Box::new(conflict)), 409),
            (Problem::Overtaken, 409),
            (Problem::Finished(FormKind::NewSignal, Uuid::nil()), 409),
            (Problem::NotAllowed, 403),
            (Problem::Unavailable(incident()), 503),
            (Problem::Internal(incident()), 500),
        ] {
            assert_eq!(problem.status(), status, "{problem}");
        }
    }
}
