//! Cases: list, view, candidates, open, link, unlink, team.

use super::{notes::note_view, *};
use async_trait::async_trait;
use plein_domain::{
    case::*, form::FormKind, header::CaseHeader, moment::Moment, people::Department, signal::SignalHead,
};
use plein_vault::{
    Around,
    store::{CaseContent, SeenContent, Things, Written},
};

#[async_trait]
impl Cases for UseCases {
    async fn list(&self, asker: &Asker, list: CaseList) -> Answer<Listed<CaseRow>> {
        let permit = self.vault.gate.list_cases(asker, &list).await;
        let (permit, around) = self.permitted(asker, permit).await?;
        let views = self.vault.views.beside(&permit).await.asked_by(asker)?;
        let found = self.vault.cases.page(permit).await.asked_by(asker)?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let mut rows = Vec::with_capacity(found.len());
        for one in found {
            let team = one.header.team.len() as i64;
            let head = directory.head(one.header, one.reference, one.opened_at).asked_by(asker)?;
            rows.push(CaseRow { head, title: one.title, links: one.links, team });
        }
        let Around { count, earlier, later } = around;
        Ok(Listed { rows, count, earlier, later, views })
    }

    async fn view(&self, asker: &Asker, id: CaseId) -> Answer<CaseView> {
        let permit = self.vault.gate.view_case(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        let (may_lead, may_see_viewings) = self.vault.gate.case_options(asker, &permit.granted().0);
        let at = permit.at();
        let content = self.vault.cases.view(permit).await.asked_by(asker)?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let departments = self.vault.directory.departments().await.asked_by(asker)?;
        let waits = self.waits(&content, &directory, &departments).await.asked_by(asker)?;
        let related = self.vault.gate.related_cases(asker, id).await.asked_by(asker)?;
        let mut seen: Vec<_> =
            content.seen.iter().map(|one| seen_view(one, &content, &directory, &departments)).collect();
        seen.sort_by_cached_key(in_order);
        let notes = content.notes.into_iter().map(|one| note_view(one, asker, &directory, &departments)).collect();
        let links: Vec<LinkView> = content
            .links
            .into_iter()
            .map(|link| {
                let unlinked = link.unlinked.map(|(by, at, reason)| Unlinked { by: directory.name(by), at, reason });
                LinkView {
                    id: link.id,
                    signal: link.signal,
                    version: link.version,
                    fields: link.fields,
                    shown: link.shown,
                    test: link.test,
                    linked_by: directory.name(link.linked.0),
                    linked_at: link.linked.1,
                    unlinked,
                }
            })
            .collect();
        self.vault.changes.looked(id, asker.person.id, at).await.asked_by(asker)?;
        let coordinator = content.header.coordinator;
        let mut team: Vec<TeamMember> = content
            .team
            .into_iter()
            .filter_map(|(person, since)| {
                directory.people.get(&person).cloned().map(|person| TeamMember { person, since })
            })
            .collect();
        team.sort_by_key(|member| member.person.id != coordinator);
        let decisions = content
            .decisions
            .into_iter()
            .map(|(kind, by, at, reasons)| Decision { kind, by: directory.name(by), at, reasons })
            .collect();
        Ok(CaseView {
            head: directory.head(content.header, content.reference, content.opened_at).asked_by(asker)?,
            title: content.title,
            summary: content.summary,
            waits,
            notes,
            notes_count: content.notes_count,
            links,
            seen,
            related,
            team,
            decisions,
            may_lead,
            may_see_viewings,
        })
    }

    async fn history(&self, asker: &Asker, id: CaseId, page: u32) -> Answer<HistoryView> {
        let (offset, limit) = window(page);
        let permit = self.vault.gate.view_history(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        let header = permit.granted().clone();
        let mut found = self.vault.changes.page(permit, offset, limit).await.asked_by(asker)?;
        let more = found.len() as i64 == limit;
        found.truncate(limit as usize - 1);
        let directory = self.case_directory().await.asked_by(asker)?;
        let departments = self.vault.directory.departments().await.asked_by(asker)?;
        let department = |id| departments.iter().find(|one| one.id == id).map(|one| one.name.clone());
        let told = found.into_iter().map(|row| CaseChange {
            at: row.at,
            by: directory.name(row.actor),
            department: department(row.department).unwrap_or_default(),
            kind: row.kind,
            things: match row.things {
                Things::Signals(references) => references.into_iter().map(|one| one.0).collect(),
                Things::People(people) => people.into_iter().map(|one| directory.name(one)).collect(),
            },
            number: row.number,
        });
        let changes = Numbered { rows: told.collect(), page: page.max(1), more };
        Ok(HistoryView { case: self.case_head(asker, id, header, &directory).await?, changes })
    }

    async fn timeline(&self, asker: &Asker, id: CaseId) -> Answer<TimelineView> {
        let permit = self.vault.gate.view_case(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        let content = self.vault.cases.view(permit).await.asked_by(asker)?;
        let today = self.vault.clock().now().day();
        let signal = |day, what, reference: &Reference| TimelineEvent {
            day,
            what,
            signals: vec![reference.to_string()],
            version: None,
        };
        let standing = content.links.iter().filter(|link| link.unlinked.is_none());
        let seen = standing.map(|link| match link.fields.observed {
            Some(day) => signal(day, Happening::Observed, &link.signal.reference),
            None => signal(link.signal.received_on, Happening::Received, &link.signal.reference),
        });
        let mut events: Vec<TimelineEvent> = seen.collect();
        let changes = self.vault.changes.of_case(id, 0, TIMELINE_CHANGES).await.asked_by(asker)?;
        events.extend(changes.into_iter().map(|row| TimelineEvent {
            day: row.at.day(),
            what: Happening::Changed(row.kind),
            signals: match row.things {
                Things::Signals(references) => references.into_iter().map(|one| one.0).collect(),
                Things::People(_) => Vec::new(),
            },
            version: row.number,
        }));
        let plan = self.vault.plans.standing(id).await.asked_by(asker)?;
        events.extend(plan.open.into_iter().filter_map(|row| {
            let day = row.due?;
            Some(TimelineEvent { day, what: Happening::Due(row.kind, day < today), signals: Vec::new(), version: None })
        }));
        let directory = self.case_directory().await.asked_by(asker)?;
        let head = directory.head(content.header, content.reference, content.opened_at).asked_by(asker)?;
        Ok(TimelineView::new(head, events, today))
    }

    async fn judge(
        &self,
        asker: &Asker,
        id: CaseId,
        group: &Group,
        seen: Option<uuid::Uuid>,
        verdict: Option<SubjectVerdict>,
    ) -> Answer<JudgeAct> {
        let permit = self.vault.gate.judge_subjects(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        let written = self.vault.cases.judge(permit, group, seen, verdict).await.asked_by(asker)?;
        Ok(match written {
            Written::Done(()) | Written::Already(()) => JudgeAct::Done,
            Written::Stale | Written::Overtaken | Written::Conflict => JudgeAct::Overtaken,
        })
    }

    async fn candidates(&self, asker: &Asker, list: CandidateList, chosen: &[SignalId]) -> Answer<Candidates> {
        let permit = self.vault.gate.candidates(asker, &list, chosen).await;
        let (permit, first, later) = self.permitted(asker, permit).await?;
        let rows = self.vault.signals.page(permit).await.asked_by(asker)?;
        let mut chosen: Vec<_> = rows.into_iter().map(|(head, fields)| Candidate { head, fields }).collect();
        let rows = chosen.split_off(first.min(chosen.len()));
        Ok(Candidates { chosen, rows, later })
    }

    async fn candidate(&self, asker: &Asker, signal: SignalId) -> Answer<Candidate> {
        let permit = self.vault.gate.candidate(asker, signal).await;
        let permit = self.permitted(asker, permit).await?;
        let row = self.vault.signals.page(permit).await.asked_by(asker)?.pop();
        row.map(|(head, fields)| Candidate { head, fields }).ok_or(Problem::NotFound)
    }

    async fn linked(&self, asker: &Asker, case: CaseId, link: LinkId) -> Answer<(SignalHead, Reference)> {
        let may = self.vault.gate.may_write(asker, FormKind::UnlinkSignal, case.0).await;
        self.permitted(asker, may).await?;
        let signal = self.vault.cases.linked_signal(case, link).await.asked_by(asker)?;
        let head = self.vault.cases.head(case).await.asked_by(asker)?;
        signal.zip(head.map(|(_, reference, _)| reference)).ok_or(Problem::NotFound)
    }

    async fn open(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<CaseId> {
        self.finish(asker, draft, seen).await.map(CaseId)
    }

    async fn link(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<CaseId> {
        self.finish(asker, draft, seen).await.map(CaseId)
    }

    async fn unlink(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<CaseId> {
        self.finish(asker, draft, seen).await.map(CaseId)
    }

    async fn set_team(&self, asker: &Asker, draft: DraftId, seen: Option<i64>) -> Answer<CaseId> {
        self.finish(asker, draft, seen).await.map(CaseId)
    }
}

/// Subjects that share an identifier, in the words of their readers.
fn seen_view(
    seen: &SeenContent,
    content: &CaseContent,
    directory: &CaseDirectory,
    departments: &[Department],
) -> SeenView {
    let subjects = seen.shared.group.occurrences().filter_map(|one| {
        let link = content.links.iter().find(|link| link.id == one.link)?;
        let subject = link.fields.subjects.as_ref()?.get(one.place as usize)?;
        Some((link.signal.reference.clone(), subject.clone()))
    });
    let mut subjects: Vec<_> = subjects.collect();
    subjects.sort_by(|(one, _), (other, _)| one.cmp(other));
    SeenView {
        group: seen.shared.group.clone(),
        subjects,
        identifiers: seen.shared.identifiers.clone(),
        judged: seen.judged.as_ref().map(|row| {
            let department = departments.iter().find(|one| one.id == row.department);
            Judged {
                id: row.id,
                verdict: row.verdict,
                by: directory.name(row.by),
                department: department.map(|one| one.name.clone()).unwrap_or_default(),
                at: row.at,
            }
        }),
    }
}

/// By the signals that they stand in, as somebody reads them; ids have no order for people.
fn in_order(seen: &SeenView) -> (Vec<Reference>, Vec<String>) {
    let signals = seen.subjects.iter().map(|(signal, _)| signal.clone()).collect();
    (signals, seen.identifiers.iter().map(|one| one.normalised().to_owned()).collect())
}

/// People and purposes, looked up once for a page.
pub(super) struct CaseDirectory {
    people: HashMap<PersonId, Person>,
    purposes: Vec<Purpose>,
}

impl UseCases {
    pub(super) async fn case_directory(&self) -> VaultResult<CaseDirectory> {
        Ok(CaseDirectory { people: self.people().await?, purposes: self.vault.directory.purposes().await? })
    }

    /// What a case waits for.
    async fn waits(
        &self,
        content: &CaseContent,
        directory: &CaseDirectory,
        departments: &[Department],
    ) -> VaultResult<Vec<Waiting>> {
        let plan = self.vault.plans.standing(content.header.id).await?;
        let today = self.vault.clock().now().day();
        let proposed = plan.proposed.map(|(number, since, silent)| {
            let silent = departments.iter().filter(|department| silent.contains(&department.id));
            (number, since, silent.cloned().collect())
        });
        let open = plan.open.into_iter().map(|row| OpenIntervention {
            id: row.id,
            kind: row.kind,
            person: row.person.map(|person| directory.name(person)).filter(|name| !name.is_empty()),
            due: row.due,
            late: row.due.is_some_and(|due| due < today),
        });
        let linked = content.links.iter().filter(|link| link.unlinked.is_none());
        let standing = Standing {
            signals: linked.map(|one| (one.signal.reference.clone(), one.signal.version, one.version)).collect(),
            begun: plan.begun,
            adopted: plan.adopted,
            proposed,
            interventions: open.collect(),
        };
        Ok(standing.waits_for())
    }
}

impl CaseDirectory {
    /// These people, by name.
    pub(super) fn all(&self, ids: &[PersonId]) -> Vec<Person> {
        let mut people: Vec<Person> = ids.iter().filter_map(|id| self.people.get(id).cloned()).collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        people
    }

    /// Everybody, for names that a text may hold.
    pub(super) fn everybody(&self) -> Vec<Person> {
        self.people.values().cloned().collect()
    }

    pub(super) fn name(&self, person: PersonId) -> String {
        self.people.get(&person).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// A case's head in full.
    pub(super) fn head(&self, header: CaseHeader, reference: Reference, opened_at: Moment) -> VaultResult<CaseHead> {
        let coordinator = self.people.get(&header.coordinator).cloned().ok_or_else(|| missing("a coordinator"))?;
        let purpose = self.purposes.iter().find(|one| one.id == header.purpose).cloned();
        Ok(CaseHead {
            id: header.id,
            reference,
            state: header.state,
            coordinator,
            purpose: purpose.ok_or_else(|| missing("a purpose"))?,
            opened_at,
            version: header.version,
        })
    }
}
