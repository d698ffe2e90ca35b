//! Finishing a draft: what was typed becomes the thing it means. Twice is once: a finished draft answers its thing.

use super::{drafts::Meant, *};
use plein_domain::{draft::*, form::*, ledger::LineKind, moment::Moment};
use plein_vault::{
    Touch,
    store::{Looked, Written},
};
use uuid::Uuid;

impl UseCases {
    /// Judges the draft, if it is still the one that was looked at, and does what it means; answers the thing it became.
    pub(super) async fn finish(&self, asker: &Asker, id: DraftId, seen: Option<i64>) -> Answer<Uuid> {
        let permit = self.vault.gate.draft(asker, id, Touch::Save).await;
        let permit = self.permitted(asker, permit).await?;
        let object = permit.granted().object;
        let Some(mut draft) = self.vault.drafts.view(permit).await.asked_by(asker)? else {
            return Ok(object);
        };
        if !draft.aside.is_empty() || seen.is_some_and(|seen| seen != draft.revision) {
            return Err(Problem::Overtaken);
        }
        let may = self.vault.gate.may_write(asker, draft.kind, object).await;
        self.permitted(asker, may).await?;
        let meant = match self.judge(asker, &draft).await? {
            Ok(meant) => meant,
            Err(problems) => {
                draft.problems.clone_from(&problems);
                self.keep(asker, draft).await?;
                return Err(Problem::Invalid(problems));
            }
        };
        match self.write(asker, &draft, meant).await? {
            Written::Done(()) | Written::Already(()) => Ok(object),
            Written::Overtaken => Err(Problem::Overtaken),
            Written::Stale => Err(self.stale(asker, draft).await?),
            Written::Conflict => {
                let problems = vec![FieldProblem { field: "signal".into(), fault: Fault::NotAChoice }];
                draft.problems.clone_from(&problems);
                self.keep(asker, draft).await?;
                Err(Problem::Invalid(problems))
            }
        }
    }

    async fn write(&self, asker: &Asker, draft: &Draft, meant: Meant) -> Answer<Written<()>> {
        let gate = &self.vault.gate;
        let base = draft.base_version;
        // What is written is what was judged: the draft as it was read.
        let looked = Looked { draft: draft.id, revision: Some(draft.revision) };
        match meant {
            Meant::Signal(new) if draft.kind == FormKind::NewSignal => {
                let permit = gate.log_signal(asker, SignalId(draft.object)).await;
                let permit = self.permitted(asker, permit).await?;
                self.vault.signals.log(permit, looked, &new).await.asked_by(asker).map(nothing)
            }
            Meant::Signal(new) => {
                let permit = gate.edit_signal(asker, SignalId(draft.object)).await;
                let permit = self.permitted(asker, permit).await?;
                self.vault.signals.edit(permit, looked, base, &new).await.asked_by(asker).map(nothing)
            }
            Meant::Case(new) => {
                let signals: Vec<SignalId> = new.links.iter().map(|link| link.signal).collect();
                let permit = gate.open_case(asker, CaseId(draft.object), &signals).await;
                let permit = self.permitted(asker, permit).await?;
                self.vault.cases.open(permit, looked, &new).await.asked_by(asker).map(nothing)
            }
            Meant::Link(link) => {
                let case = CaseId(draft.object);
                let permit = gate.lead_case(asker, case, LineKind::Linked, Some(link.signal)).await;
                let permit = self.permitted(asker, permit).await?;
                self.vault.cases.link(permit, looked, &link).await.asked_by(asker).map(nothing)
            }
            Meant::Unlink(reason) => {
                let (case, link) = (CaseId(draft.object), LinkId(draft.part.unwrap_or_default()));
                let Some(signal) = self.vault.cases.linked_signal(case, link).await.asked_by(asker)? else {
                    return Ok(Written::Conflict);
                };
                let permit = gate.lead_case(asker, case, LineKind::Unlinked, Some(signal.id)).await;
                let permit = self.permitted(asker, permit).await?;
                let written = self.vault.cases.unlink(permit, looked, link, signal.id, &reason).await;
                written.asked_by(asker).map(nothing)
            }
            Meant::Team(team) => {
                let permit = gate.lead_case(asker, CaseId(draft.object), LineKind::TeamChanged, None).await;
                let permit = self.permitted(asker, permit).await?;
                self.vault.cases.set_team(permit, looked, base, &team).await.asked_by(asker).map(nothing)
            }
        }
    }

    /// What stands now beside what was typed, for the person to choose.
    async fn stale(&self, asker: &Asker, draft: Draft) -> Answer<Problem> {
        let now = self.start(asker, draft.kind, draft.object, draft.part).await?;
        let (by, at) = if draft.kind == FormKind::EditSignal {
            let permit = self.vault.gate.edit_signal(asker, SignalId(draft.object)).await;
            let permit = self.permitted(asker, permit).await?;
            let current = self.vault.signals.for_edit(permit).await.asked_by(asker)?;
            let person = self.vault.directory.person(current.edited_by).await.asked_by(asker)?;
            (person.map(|person| person.name).unwrap_or_default(), current.edited_at)
        } else {
            (String::new(), Moment(0))
        };
        let conflict = Conflict { version: now.base_version, theirs: now.values, by, at };
        Ok(Problem::Stale(Box::new(conflict)))
    }
}

fn nothing<T>(written: Written<T>) -> Written<()> {
    match written {
        Written::Done(_) => Written::Done(()),
        Written::Already(_) => Written::Already(()),
        Written::Stale => Written::Stale,
        Written::Overtaken => Written::Overtaken,
        Written::Conflict => Written::Conflict,
    }
}
