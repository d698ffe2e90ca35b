//! The questions about saved views of lists: each person's own.

use super::*;
use crate::{
    permit::{Permit, act, of},
    store::headers,
};
use plein_domain::list::ListKind;

/// Whether somebody may keep views of lists at all. No purpose is needed: the words are their own.
const KEEPING_VIEWS: Question<'static> = Question {
    actions: &[Action::KeepViews],
    conceivable: Vec::new(),
    resource: Some(Resource::Area),
    object: ObjectRef::AREA,
    known_by: None,
};

impl Gate {
    /// The views of lists that the asker keeps.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn own_views(&self, asker: &Asker) -> Result<Permit<act::View, of::Views>, Denied> {
        let decided = self.decide(asker, KEEPING_VIEWS).await?;
        let line = self.record(asker, LineKind::Opened, decided, vec![ObjectRef::AREA]).await?;
        Ok(Permit::after(line, ()))
    }

    /// Keeping a view of this list under this id.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn keep_view(
        &self,
        asker: &Asker,
        id: ViewId,
        list: ListKind,
    ) -> Result<Permit<act::Create, of::NewView>, Denied> {
        let decided = self.decide(asker, KEEPING_VIEWS).await?;
        let line = self.record(asker, LineKind::Edited, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, (id, list)))
    }

    /// Renaming or removing a view.
    ///
    /// # Errors
    /// See [`Denied`]; somebody else's view is not found.
    pub async fn manage_view(&self, asker: &Asker, id: ViewId) -> Result<Permit<act::Edit, of::SavedView>, Denied> {
        let owner = headers::view_owner(&self.core.content, id).await?;
        let question = Question {
            actions: &[Action::ManageView],
            conceivable: Vec::new(),
            resource: owner.map(|owner| Resource::View { id, owner }),
            object: id.into(),
            known_by: Some(&[]),
        };
        let decided = self.decide(asker, question).await?;
        let line = self.record(asker, LineKind::Edited, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, id))
    }
}
