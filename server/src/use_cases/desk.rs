//! *Mijn werk* and the lists that forms choose from.

use super::*;
use async_trait::async_trait;
use plein_domain::{people::Role, plan::UnseenMention};

/// Rows of each kind in *Mijn werk*.
const ROWS: i64 = 8;

#[async_trait]
impl Desk for UseCases {
    async fn my_work(&self, asker: &Asker) -> Answer<MyWork> {
        let drafts = self.vault.drafts.of(asker.person.id, ROWS).await.asked_by(asker)?;
        let (signals, waiting) = self.vault.gate.waiting(asker, ROWS).await.asked_by(asker)?;
        let interventions = self.vault.plans.due_for(asker.person.id, ROWS).await.asked_by(asker)?;
        let versions = self.vault.plans.waiting_for(&asker.person, ROWS as usize).await.asked_by(asker)?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let mentions = self.vault.plans.mentions_of(asker.person.id, ROWS).await.asked_by(asker)?;
        let mentions = mentions.into_iter().map(|(one, by)| UnseenMention { by: directory.name(by), ..one }).collect();
        let changed = self.vault.changes.since_looked(asker.person.id, ROWS).await.asked_by(asker)?;
        let mut cases = Vec::new();
        for (header, reference, opened_at) in
            self.vault.cases.heads_of(&asker.person, ROWS as usize).await.asked_by(asker)?
        {
            cases.push(directory.head(header, reference, opened_at).asked_by(asker)?);
        }
        let emergency = self.vault.break_glass.open_of(asker.person.id).await.asked_by(asker)?;
        let reviews = self.vault.break_glass.waiting(&asker.person).await.asked_by(asker)?;
        Ok(MyWork { drafts, signals, versions, interventions, mentions, changed, cases, waiting, emergency, reviews })
    }

    async fn lists(&self, asker: &Asker) -> Answer<Lists> {
        let directory = &self.vault.directory;
        let people = directory.people().await.asked_by(asker)?;
        Ok(Lists {
            today: Some(self.vault.clock().now().day()),
            departments: directory.departments().await.asked_by(asker)?,
            phenomena: directory.phenomena().await.asked_by(asker)?,
            purposes: directory.purposes().await.asked_by(asker)?,
            team: people.iter().filter(|person| may_be_in_a_team(person)).cloned().collect(),
            people,
        })
    }
}

/// Whether somebody may be in a case's team: who works in cases, and not who supervises or administers.
pub(super) fn may_be_in_a_team(person: &Person) -> bool {
    (person.is(Role::Member) || person.is(Role::Coordinator)) && !person.is(Role::Fg) && !person.is(Role::Administrator)
}
