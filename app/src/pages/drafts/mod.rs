//! Drafts: the one way in which anything is typed. Begin, fill in, check the answers, send; or discard.
//!
//! What was typed is kept before anything else happens to it, so that no problem can lose it.

pub(crate) mod answers;
pub(crate) mod begin;
pub(crate) mod conflict;
pub(crate) mod discard;
pub(crate) mod form;
pub(crate) mod walk;
pub(crate) mod window;

use crate::{forms::Sheet, http::Visit, parts::candidates::NARROW};
use plein_domain::{
    case::Candidates,
    form::FormKind,
    ids::{CaseId, DraftId, LinkId, SignalId},
    list::CandidateList,
    problem::{Answer, Problem},
};

/// The draft with all that its form needs.
async fn sheet(visit: &Visit, id: DraftId) -> Answer<Sheet> {
    let draft = visit.ports.drafts.read(&visit.asker, id).await?;
    let lists = visit.lists().await?;
    let cases = &visit.ports.cases;
    let part = draft.part.unwrap_or_default();
    let candidates = match draft.kind {
        FormKind::OpenCase => {
            let chosen: Vec<SignalId> = draft.values.all("signal").iter().filter_map(|id| id.parse().ok()).collect();
            let list = CandidateList::read(&draft.values, NARROW, &lists);
            cases.candidates(&visit.asker, list, &chosen).await?
        }
        // One that was linked or withdrawn meanwhile is told in the form, which keeps what was typed.
        FormKind::LinkSignal => match cases.candidate(&visit.asker, SignalId(part)).await {
            Err(Problem::NotFound | Problem::NotAllowed) => Candidates::default(),
            found => Candidates { chosen: vec![found?], ..Candidates::default() },
        },
        FormKind::NewSignal | FormKind::EditSignal | FormKind::UnlinkSignal | FormKind::Team => Candidates::default(),
    };
    let linked = match draft.kind {
        FormKind::UnlinkSignal => {
            cases.linked(&visit.asker, CaseId(draft.object), LinkId(part)).await.map(Some).or_else(gone)?
        }
        _ => None,
    };
    Ok(Sheet { draft, lists, candidates, linked })
}

/// A link that ended meanwhile: the form says so itself.
fn gone<T>(problem: Problem) -> Answer<Option<T>> {
    if problem == Problem::NotFound { Ok(None) } else { Err(problem) }
}

fn path(id: DraftId) -> String {
    format!("/concepten/{id}")
}
