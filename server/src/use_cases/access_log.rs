//! The access log, in the words of its readers.

use super::*;
use async_trait::async_trait;
use plein_domain::{access_log::*, case::CaseHead, header::ObjectKind, signal::SignalHead};
use plein_vault::store::LoggedPage;

#[async_trait]
impl AccessLog for UseCases {
    async fn of_signal(&self, asker: &Asker, id: SignalId, before: Option<u64>) -> Answer<(SignalHead, Viewings)> {
        let permit = self.vault.gate.signal_log(asker, id).await;
        let (permit, refusals) = self.permitted(asker, permit).await?;
        let head = self.vault.signals.head_for_log(&permit).await.asked_by(asker)?;
        let page = self.vault.log.of_signal(permit, before, refusals).await.asked_by(asker)?;
        let known = HashMap::from([(id.0, head.reference.to_string())]);
        Ok((head, self.viewings(asker, page, known, None).await.asked_by(asker)?))
    }

    async fn of_case(&self, asker: &Asker, id: CaseId, before: Option<u64>) -> Answer<(CaseHead, Viewings)> {
        let permit = self.vault.gate.case_log(asker, id).await;
        let (permit, refusals) = self.permitted(asker, permit).await?;
        let page = self.vault.log.of_case(permit, before, refusals).await.asked_by(asker)?;
        let head = self.vault.cases.head(id).await.asked_by(asker)?;
        let (header, reference, opened_at) = head.ok_or(Problem::NotFound)?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let known = HashMap::from([(id.0, reference.to_string())]);
        let head = directory.head(header, reference, opened_at).asked_by(asker)?;
        Ok((head, self.viewings(asker, page, known, Some(id)).await.asked_by(asker)?))
    }

    async fn mine(&self, asker: &Asker, before: Option<u64>) -> Answer<Viewings> {
        let permit = self.vault.gate.own_log(asker, before).await;
        let permit = self.permitted(asker, permit).await?;
        let page = self.vault.log.search(permit).await.asked_by(asker)?;
        self.viewings(asker, page, HashMap::new(), None).await.asked_by(asker)
    }

    async fn search(&self, asker: &Asker, filter: LogFilter) -> Answer<Viewings> {
        let permit = self.vault.gate.search_log(asker, filter).await;
        let permit = self.permitted(asker, permit).await?;
        let page = self.vault.log.search(permit).await.asked_by(asker)?;
        self.viewings(asker, page, HashMap::new(), None).await.asked_by(asker)
    }
}

impl UseCases {
    async fn in_team(&self, asker: &Asker, case: CaseId) -> VaultResult<bool> {
        let head = self.vault.cases.head(case).await?;
        Ok(head.is_some_and(|(header, ..)| header.team.contains(&asker.person.id)))
    }

    /// Puts references beside the objects. A line about one's own refusal says nothing of what was there; the FG and
    /// the person who saw a thing know its reference from having been shown it or from supervising.
    pub(super) async fn viewings(
        &self,
        asker: &Asker,
        page: LoggedPage,
        mut known: HashMap<uuid::Uuid, String>,
        own_page: Option<CaseId>,
    ) -> VaultResult<Viewings> {
        let mut lines = Vec::with_capacity(page.entries.len());
        // Read at most once: a line about a list of people names many, and who waits is not among them.
        let mut people = None;
        for entry in page.entries {
            let own = entry.payload.as_ref().is_some_and(|payload| payload.actor == asker.person.id);
            let refused = entry.kind == plein_domain::ledger::LineKind::Refused;
            let may_name = (own && !refused) || asker.person.is(plein_domain::people::Role::Fg);
            let mut payload = entry.payload;
            if let Some(payload) =
                payload.as_mut().filter(|_| refused && !asker.person.is(plein_domain::people::Role::Fg))
            {
                // What else somebody had stated is nobody's business here.
                payload.reason.clear();
            }
            let mut objects = Vec::new();
            for object in payload.iter().flat_map(|payload| &payload.objects) {
                if may_name && !known.contains_key(&object.id) {
                    let name = match object.kind {
                        ObjectKind::Signal => {
                            self.vault.signals.reference(SignalId(object.id)).await?.map(|one| one.to_string())
                        }
                        ObjectKind::Case => {
                            self.vault.cases.head(CaseId(object.id)).await?.map(|(_, one, _)| one.to_string())
                        }
                        // Who works here is no secret; of whom this was done is for who supervises, and who did it.
                        ObjectKind::Person => {
                            if people.is_none() {
                                people = Some(self.people().await?);
                            }
                            let one = people.as_ref().and_then(|people| people.get(&PersonId(object.id)));
                            one.map(|person| person.name.clone())
                        }
                        ObjectKind::Plan
                        | ObjectKind::PlanVersion
                        | ObjectKind::Notes
                        | ObjectKind::Import
                        | ObjectKind::Draft
                        | ObjectKind::SavedView
                        | ObjectKind::BreakGlass
                        | ObjectKind::Area => None,
                    };
                    known.extend(name.map(|name| (object.id, name)));
                }
                objects.push((*object, known.get(&object.id).cloned()));
            }
            // Which case somebody worked in is told to who may know that case: its team, the page of the case itself.
            let stated = payload.as_ref().and_then(|payload| StatedPurpose::from_code(&payload.purpose));
            let purpose_case = match stated.and_then(StatedPurpose::case) {
                Some(case) if may_name || own_page == Some(case) || self.in_team(asker, case).await? => {
                    self.case_purpose(case).await?
                }
                _ => None,
            };
            lines.push(Viewing {
                sequence: entry.sequence,
                at: entry.at,
                trace: entry.trace,
                kind: entry.kind,
                outcome: entry.outcome,
                payload,
                objects,
                purpose_case,
            });
        }
        Ok(Viewings { lines, older: page.older })
    }
}
