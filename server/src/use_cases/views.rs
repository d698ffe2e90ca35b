//! Saved views: all, keep, rename, remove.

use super::*;
use async_trait::async_trait;
use plein_domain::{
    form::{Fault, FieldProblem, FormValues},
    moment::random_id,
};

#[async_trait]
impl Views for UseCases {
    async fn all(&self, asker: &Asker) -> Answer<Vec<SavedView>> {
        let permit = self.vault.gate.own_views(asker).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.views.all(permit).await.asked_by(asker)
    }

    async fn keep(&self, asker: &Asker, list: ListKind, values: FormValues) -> Answer<ViewId> {
        let id = random_id(&**self.vault.entropy());
        let permit = self.vault.gate.keep_view(asker, id, list).await;
        let permit = self.permitted(asker, permit).await?;
        let name = read_view_name(&values).map_err(Problem::Invalid)?;
        // What makes no sense is not kept.
        let lists = self.lists(asker).await?;
        let filter = match list {
            ListKind::Signals => SignalList::read(&values, &lists).0.kept(),
            ListKind::Cases => CaseList::read(&values, &lists).0.kept(),
        };
        let kept = self.vault.views.keep(permit, &name, &filter).await.asked_by(asker)?;
        let full = || FieldProblem { field: "name".into(), fault: Fault::TooMany { limit: VIEWS_MAX } };
        kept.ok_or_else(|| Problem::Invalid(vec![full()]))
    }

    async fn rename(&self, asker: &Asker, id: ViewId, values: FormValues) -> Answer<()> {
        let permit = self.vault.gate.manage_view(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        let name = read_view_name(&values).map_err(Problem::Invalid)?;
        self.vault.views.rename(permit, &name).await.asked_by(asker)
    }

    async fn remove(&self, asker: &Asker, id: ViewId) -> Answer<()> {
        let permit = self.vault.gate.manage_view(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.views.remove(permit).await.asked_by(asker)
    }
}
