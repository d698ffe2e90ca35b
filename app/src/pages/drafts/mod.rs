//! Drafts: the one way in which anything is typed. Begin, fill in, check the answers, send; or discard.
//!
//! What was typed is kept before anything else happens to it, so that no problem can lose it.

pub(crate) mod answers;
pub(crate) mod begin;
pub(crate) mod conflict;
pub(crate) mod discard;
pub(crate) mod form;

use crate::{forms::Sheet, http::Visit};
use plein_domain::{
    form::FormKind,
    ids::{CaseId, DraftId},
    problem::Answer,
};

/// The draft with all that its form needs.
async fn sheet(visit: &Visit, id: DraftId) -> Answer<Sheet> {
    let draft = visit.ports.drafts.read(&visit.asker, id).await?;
    let lists = visit.lists().await?;
    let candidates = match draft.kind {
        FormKind::OpenCase | FormKind::LinkSignal => visit.ports.cases.candidates(&visit.asker).await?,
        FormKind::NewSignal | FormKind::EditSignal | FormKind::UnlinkSignal | FormKind::Team => Vec::new(),
    };
    let case = match draft.kind {
        FormKind::UnlinkSignal => Some(visit.ports.cases.view(&visit.asker, CaseId(draft.object)).await?),
        _ => None,
    };
    Ok(Sheet { draft, lists, candidates, case })
}

fn path(id: DraftId) -> String {
    format!("/concepten/{id}")
}
