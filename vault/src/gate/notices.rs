//! The questions about one's own notices.

use super::*;
use crate::{
    permit::{Permit, act, of},
    store::notices,
};
use plein_domain::notice::NoticeAbout;

impl Gate {
    /// A page of the asker's own notices, newest first. The line names what they are about, as far as the asker may know of it.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn list_notices(
        &self,
        asker: &Asker,
        offset: i64,
        limit: i64,
    ) -> Result<Permit<act::View, of::NoticePage>, Denied> {
        let decided = self.own_notices(asker).await?;
        let page = notices::page(&self.core.content, &asker.person, offset, limit).await?;
        let mut objects: Vec<ObjectRef> = Vec::new();
        for about in page.iter().filter_map(|row| row.about.as_ref()) {
            let object = match about {
                NoticeAbout::Case(case, _)
                | NoticeAbout::Thread(case, ..)
                | NoticeAbout::Version(case, ..)
                | NoticeAbout::Intervention(case, ..) => (*case).into(),
                NoticeAbout::Signal(signal, _) => (*signal).into(),
                NoticeAbout::BreakGlass(id, _) => (*id).into(),
            };
            if !objects.contains(&object) {
                objects.push(object);
            }
        }
        if objects.is_empty() {
            objects.push(ObjectRef::AREA);
        }
        let line = self.record(asker, LineKind::Listed, decided, objects).await?;
        Ok(Permit::after(line, page))
    }

    /// Whether the list goes on after this many.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn more_notices(&self, asker: &Asker, offset: i64) -> VaultResult<bool> {
        Ok(!notices::page(&self.core.content, &asker.person, offset, 1).await?.is_empty())
    }

    /// Whether the asker may mark their own notices as read. Nothing is shown, so a yes leaves no line.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn mark_notices(&self, asker: &Asker) -> Result<(), Denied> {
        self.own_notices(asker).await.map(drop)
    }

    async fn own_notices(&self, asker: &Asker) -> Result<Decided, Denied> {
        let question = Question {
            actions: &[Action::ViewOwnNotices],
            conceivable: Vec::new(),
            resource: Some(Resource::Area),
            object: ObjectRef::AREA,
            known_by: None,
        };
        self.decide(asker, question).await
    }
}
