//! Choosing signals for a case: which there are, and which were chosen.

use super::*;
use crate::{
    permit::{Permit, act, of},
    store::visible,
};
use plein_domain::{
    list::{CANDIDATES, CandidateList, Cursor},
    signal::{Extent, SignalHead},
};

impl Gate {
    /// A page of the received signals a coordinator may choose for a case; those of `chosen` that may be chosen come first, in any case.
    /// Also how many of these there are, and where the next page begins.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn candidates(
        &self,
        asker: &Asker,
        list: &CandidateList,
        chosen: &[SignalId],
    ) -> Result<(Permit<act::View, of::SignalPage>, usize, Option<Cursor>), Denied> {
        let decided = self.area(asker, Action::OpenCase).await?;
        let mut heads = self.candidate_heads(asker, chosen).await?;
        let first = heads.len();
        let mut page = visible::lists::candidates(&self.core.content, list, CANDIDATES).await?;
        let more = page.len() > CANDIDATES;
        page.truncate(CANDIDATES);
        let later = page.last().filter(|_| more).map(|head| Cursor { at: head.logged_at, id: head.id.0 });
        heads.extend(page.into_iter().filter(|head| !chosen.contains(&head.id)));
        let page: Vec<_> = heads.into_iter().map(|head| (head, Extent::Offered)).collect();
        let objects = page.iter().map(|(head, _)| head.id.into()).collect();
        let line = self.record(asker, LineKind::Listed, decided, objects).await?;
        Ok((Permit::after(line, page), first, later))
    }

    /// One signal that a coordinator may choose for a case, as far as it is offered.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn candidate(&self, asker: &Asker, id: SignalId) -> Result<Permit<act::View, of::SignalPage>, Denied> {
        let (_, decided) = self.signal(asker, id, &[Action::Choose]).await?;
        let head = visible::head(&self.core.content, id).await?.ok_or(Denied::NotFound)?;
        let line = self.record(asker, LineKind::Opened, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, vec![(head, Extent::Offered)]))
    }

    /// Opening a case under this id with these signals.
    ///
    /// # Errors
    /// See [`Denied`]; a signal that may not be chosen is not found.
    pub async fn open_case(
        &self,
        asker: &Asker,
        id: CaseId,
        signals: &[SignalId],
    ) -> Result<Permit<act::Create, of::NewCase>, Denied> {
        let decided = self.area(asker, Action::OpenCase).await?;
        let mut heads = Vec::with_capacity(signals.len());
        for signal in signals {
            heads.push(self.choose(asker, *signal).await?);
        }
        let objects = std::iter::once(id.into()).chain(signals.iter().map(|one| (*one).into())).collect();
        let line = self.record(asker, LineKind::CaseOpened, decided, objects).await?;
        Ok(Permit::after(line, (id, heads)))
    }

    /// Whether a signal may be chosen for a case. Nothing of it is shown, so that only a refusal is recorded.
    ///
    /// # Errors
    /// See [`Denied`]; a signal that may not be chosen is not found.
    pub async fn may_choose(&self, asker: &Asker, id: SignalId) -> Result<(), Denied> {
        self.signal(asker, id, &[Action::Choose]).await.map(drop)
    }

    /// The head of a signal that may be chosen for a case; refused and recorded otherwise.
    pub(super) async fn choose(&self, asker: &Asker, id: SignalId) -> Result<SignalHead, Denied> {
        self.signal(asker, id, &[Action::Choose]).await?;
        visible::head(&self.core.content, id).await?.ok_or(Denied::NotFound)
    }

    /// The heads of those among these signals that a coordinator may choose; nothing for anybody else. Clear columns only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn candidate_heads(&self, asker: &Asker, among: &[SignalId]) -> VaultResult<Vec<SignalHead>> {
        let mut heads = Vec::new();
        if !visible::coordinates(&asker.person) {
            return Ok(heads);
        }
        for id in among {
            let head = visible::head(&self.core.content, *id).await?;
            heads.extend(
                head.filter(|head| {
                    head.state == plein_domain::signal::SignalState::Received && !head.offered.is_empty()
                }),
            );
        }
        Ok(heads)
    }
}
