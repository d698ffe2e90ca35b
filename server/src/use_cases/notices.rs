//! Notices: listed, counted, marked as read.

use super::*;
use async_trait::async_trait;
use plein_domain::{moment::Moment, notice::NoticeView};

#[async_trait]
impl Notices for UseCases {
    async fn unread(&self, asker: &Asker) -> Answer<i64> {
        self.vault.notices.unread(asker.person.id).await.asked_by(asker)
    }

    async fn list(&self, asker: &Asker, page: u32) -> Answer<Numbered<NoticeView>> {
        let (offset, limit) = window(page);
        let permit = self.vault.gate.list_notices(asker, offset, limit - 1).await;
        let permit = self.permitted(asker, permit).await?;
        let more = permit.granted().len() as i64 == limit - 1
            && self.vault.gate.more_notices(asker, offset + limit - 1).await.asked_by(asker)?;
        let people = self.people().await.asked_by(asker)?;
        let rows = self.vault.notices.page(permit).into_iter().map(|row| NoticeView {
            id: row.id,
            kind: row.kind,
            at: row.at,
            read: row.read,
            by: row.by.and_then(|by| people.get(&by).map(|person| person.name.clone())),
            about: row.about,
        });
        Ok(Numbered { rows: rows.collect(), page: page.max(1), more })
    }

    async fn mark_read(&self, asker: &Asker, notice: Option<NoticeId>, until: Moment) -> Answer<()> {
        let may = self.vault.gate.mark_notices(asker).await;
        self.permitted(asker, may).await?;
        let now = self.vault.clock().now();
        self.vault.notices.mark_read(asker.person.id, notice, until, now).await.asked_by(asker)
    }
}
