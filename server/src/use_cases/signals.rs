//! Signals: list, view, log, edit.

use super::*;
use async_trait::async_trait;
use plein_domain::signal::*;
use plein_vault::Around;

/// Versions on one page.
const VERSIONS: usize = 20;

#[async_trait]
impl Signals for UseCases {
    async fn list(&self, asker: &Asker, list: SignalList) -> Answer<Listed<SignalRow>> {
        let permit = self.vault.gate.list_signals(asker, &list).await;
        let (permit, around) = self.permitted(asker, permit).await?;
        let views = self.vault.views.beside(&permit).await.asked_by(asker)?;
        let rows = self.vault.signals.page(permit).await.asked_by(asker)?;
        let rows = rows.into_iter().map(|(head, fields)| SignalRow { head, summary: fields.summary }).collect();
        let Around { count, earlier, later } = around;
        Ok(Listed { rows, count, earlier, later, views })
    }

    async fn view(&self, asker: &Asker, id: SignalId) -> Answer<SignalView> {
        let permit = self.vault.gate.view_signal(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        let (header, _) = permit.granted().clone();
        let parts = self.vault.signals.view(permit).await.asked_by(asker)?;
        let (may_edit, may_see_viewings) = self.vault.gate.signal_options(asker, &header);
        let mut cases = Vec::new();
        for link in header.links.iter().filter(|link| link.team.contains(&asker.person.id)) {
            if let Some((_, reference, _)) = self.vault.cases.head(link.case).await.asked_by(asker)? {
                cases.push((link.case, reference));
            }
        }
        let logged_by = match &parts.whole {
            Some(_) => self.vault.directory.person(parts.logged_by).await.asked_by(asker)?.map(|person| person.name),
            None => None,
        };
        Ok(SignalView {
            head: parts.head,
            extent: parts.extent,
            fields: parts.fields,
            shown: parts.shown,
            reporter: parts.whole.as_ref().map(|whole| whole.reporter.clone()),
            categories: parts
                .whole
                .as_ref()
                .map(|whole| (whole.content.categories.clone(), whole.content.ground.clone())),
            original_purpose: parts.whole.as_ref().map(|whole| whole.original_purpose),
            logged_by,
            cases,
            may_edit,
            may_see_viewings,
        })
    }

    async fn versions(&self, asker: &Asker, id: SignalId, below: Option<i64>) -> Answer<SignalVersions> {
        let permit = self.vault.gate.view_signal_versions(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        // One more, to compare the last one with.
        let (head, found) = self.vault.signals.versions(permit, below, VERSIONS + 1).await.asked_by(asker)?;
        let mut versions = Vec::with_capacity(found.len());
        for one in found {
            let person = self.vault.directory.person(one.edited_by).await.asked_by(asker)?;
            let by = person.map(|person| person.name).unwrap_or_default();
            versions.push(SignalVersion { number: one.version, signal: one.signal, by, at: one.edited_at });
        }
        let earlier = versions.get(VERSIONS).map(|last| last.number + 1);
        Ok(SignalVersions { head, versions, earlier })
    }

    async fn log(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<SignalId> {
        self.finish(asker, draft, seen).await.map(SignalId)
    }

    async fn edit(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<SignalId> {
        self.finish(asker, draft, seen).await.map(SignalId)
    }
}
