//! Beginning a draft.

use super::path;
use crate::{
    http::{Typed, Visit, see_other},
    pages::problems,
};
use axum::response::Response;
use http::StatusCode;
use plein_domain::form::FormKind;
use uuid::Uuid;

/// `POST /concepten`: begins a draft of this kind, or takes up the unfinished one.
pub(crate) async fn post(visit: Visit, Typed(values): Typed) -> Response {
    let id = |name: &str| match values.text(name) {
        "" => Ok(None),
        text => text.parse::<Uuid>().map(Some),
    };
    let (Some(kind), Ok(object), Ok(part)) = (FormKind::from_code(values.text("kind")), id("object"), id("part"))
    else {
        return problems::plain(&visit, StatusCode::BAD_REQUEST);
    };
    match visit.ports.drafts.begin(&visit.asker, kind, object, part).await {
        Ok(draft) => see_other(&path(draft)),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}
