//! Plans of approach: view, begin, and opening one to draft in.

use super::*;
use crate::{
    exports::{Language, PlanExport, PlanLabels},
    plans::{Document, Opening},
};
use async_trait::async_trait;
use plein_domain::{case::CaseHead, ledger::LineKind, moment::Moment, plan::*};
use plein_vault::{Permit, act, of};

/// The template that a new plan is made of.
const TEMPLATE: &str = "standard";

#[async_trait]
impl Plans for UseCases {
    async fn view(&self, asker: &Asker, case: CaseId) -> Answer<PlanView> {
        let permit = self.vault.gate.view_plan(asker, case, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let at = permit.at();
        let plan = self.read_plan(asker, case, permit).await?;
        self.vault.plans.mentions_seen(case, asker.person.id, at).await.asked_by(asker)?;
        Ok(plan)
    }

    async fn print(&self, asker: &Asker, case: CaseId) -> Answer<(PlanView, Moment)> {
        let permit = self.vault.gate.export_plan(asker, case, LineKind::Printed).await;
        let permit = self.permitted(asker, permit).await?;
        let at = permit.at();
        // What was said about the plan is not printed.
        let plan = self.read_plan(asker, case, permit).await?;
        Ok((PlanView { talk: Talk::default(), ..plan }, at))
    }

    async fn begin(&self, asker: &Asker, case: CaseId) -> Answer<()> {
        let permit = self.vault.gate.begin_plan(asker, case).await;
        let permit = self.permitted(asker, permit).await?;
        let template = self.vault.plans.template(TEMPLATE).await.asked_by(asker)?;
        let template = template.ok_or_else(|| failure(asker.trace, &missing("the standard template")))?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let document = Document::made_of(&template.sections_for(&directory.all(&permit.granted().team)));
        // Begun before is as good as begun now.
        self.vault.plans.begin(permit, &template, &document).await.asked_by(asker).map(drop)
    }

    async fn export(&self, asker: &Asker, case: CaseId, words: PlanWords) -> Answer<ExportedPlan> {
        let permit = self.vault.gate.export_plan(asker, case, LineKind::Exported).await;
        let permit = self.permitted(asker, permit).await?;
        let (moment, event, header) = (permit.at(), permit.event(), permit.granted().clone());
        let content = self.vault.plans.view(permit).await.asked_by(asker)?.ok_or(Problem::NotFound)?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let head = self.vault.cases.head(case).await.asked_by(asker)?;
        let (_, reference, opened_at) = head.ok_or(Problem::NotFound)?;
        let head = directory.head(header, reference, opened_at).asked_by(asker)?;
        let document = Document::of(&content.updates, content.clients)
            .map_err(|broken| failure(asker.trace, &VaultError::Broken(broken.to_string())))?;
        let section = |(id, title, blocks): (String, String, Vec<Block>)| Section { id, title, blocks, changed: None };
        let sections = document.sections().into_iter().map(section).collect();
        let taken = Taken { head: &head, version: &words.draft, moment, event, number: None };
        self.as_file(asker, sections, &directory.everybody(), taken, &words)
    }
}

/// What is taken out, when, and by which line it can be found.
pub(super) struct Taken<'a> {
    pub head: &'a CaseHead,
    /// Which version, in words.
    pub version: &'a str,
    pub moment: Moment,
    pub event: EventId,
    /// The version's number; nothing when it is the plan as it stands.
    pub number: Option<i64>,
}

impl UseCases {
    /// These sections as a Word document.
    pub(super) fn as_file(
        &self,
        asker: &Asker,
        sections: Vec<Section>,
        people: &[Person],
        taken: Taken<'_>,
        words: &PlanWords,
    ) -> Answer<ExportedPlan> {
        let name = |id| people.iter().find(|person| person.id == id).map(|person| person.name.clone());
        let plain = |block| match block {
            Block::Intervention(one) => one.as_table(words, &one.person.and_then(name).unwrap_or_default()),
            other => other,
        };
        let plain_section = |section: Section| Section {
            blocks: section.blocks.into_iter().map(plain).collect(),
            changed: None,
            ..section
        };
        let sections: Vec<Section> = sections.into_iter().map(plain_section).collect();
        let Taken { head, version, moment, event, number } = taken;
        let bytes = crate::exports::docx::plan(&PlanExport {
            municipality: &self.installation.municipality,
            lip: &self.installation.plein_name,
            case_reference: &head.reference.0,
            // The title is the case's own words, and this line is of the plan alone.
            case_title: &head.reference.0,
            purpose: &head.purpose.name,
            version,
            sections: &sections,
            exporter: &asker.person.name,
            department: &asker.person.department.name,
            exported_at: &(words.when)(moment),
            moment,
            export_id: &event.0.simple().to_string()[..8],
            language: if words.english { Language::English } else { Language::Dutch },
            labels: PlanLabels {
                document: &words.document,
                case: &words.case,
                purpose: &words.purpose,
                version: &words.version,
                exported_by: &words.exported_by,
                exported_at: &words.exported_at,
                export_id: &words.export_id,
                page: &words.page,
                of: &words.of,
                nothing_written: &words.nothing_written,
                limitation: &words.limitation,
            },
        });
        let bytes = bytes.map_err(|error| failure(asker.trace, &VaultError::Broken(error.to_string())))?;
        let version = number.map(|number| format!("-versie-{number}")).unwrap_or_default();
        Ok(ExportedPlan { name: format!("{}-plan{version}.docx", head.reference.0), bytes })
    }

    /// The plan under this permit, with what its page needs besides.
    async fn read_plan(&self, asker: &Asker, case: CaseId, permit: Permit<act::View, of::Plan>) -> Answer<PlanView> {
        let header = permit.granted().clone();
        let (may_write, may_begin) = self.vault.gate.plan_options(asker, &header);
        let content = self.vault.plans.view(permit).await.asked_by(asker)?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let head = self.vault.cases.head(case).await.asked_by(asker)?;
        let (_, reference, opened_at) = head.ok_or(Problem::NotFound)?;
        let team = directory.all(&header.team);
        let signals = self.vault.cases.linked_references(case).await.asked_by(asker)?;
        let changed_at = content.as_ref().and_then(|content| content.sections.iter().map(|(.., at)| *at).max());
        let versioned = content.as_ref().map(|content| content.versioned);
        let mut talk = Talk::default();
        let plan = match content {
            None => None,
            Some(content) => {
                let document = Document::of(&content.updates, content.clients)
                    .map_err(|broken| failure(asker.trace, &VaultError::Broken(broken.to_string())))?;
                talk.threads = document.threads();
                let people = talk.threads.iter().flat_map(Thread::people);
                talk.names = people.map(|person| (person, directory.name(person))).collect();
                let changed = |id: &str| {
                    let found = content.sections.iter().find(|(section, ..)| section == id);
                    found.map(|(_, by, at)| (directory.name(*by), *at))
                };
                let sections = document.sections().into_iter();
                let sections = sections.map(|(id, title, blocks)| Section { changed: changed(&id), id, title, blocks });
                Some(Plan {
                    sections: sections.collect(),
                    begun_by: directory.name(content.begun_by),
                    begun_at: content.begun_at,
                })
            }
        };
        Ok(PlanView {
            case: directory.head(header, reference, opened_at).asked_by(asker)?,
            adopted: versioned
                .and_then(|versioned| versioned.adopted)
                .map(|(number, at, text_of)| (number, at, changed_at.is_some_and(|changed| changed > text_of))),
            proposed: versioned.and_then(|versioned| versioned.proposed),
            may_begin: may_begin && plan.is_none(),
            may_write: may_write && plan.is_some(),
            plan,
            signals,
            team,
            talk,
            here: self.rooms.here(case).await,
        })
    }

    /// Leave to have the plan of a case open, and whether also to write in it.
    pub(crate) async fn open_plan(&self, asker: &Asker, case: CaseId) -> Answer<Opening> {
        let permit = self.vault.gate.view_plan(asker, case, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let (may_write, _) = self.vault.gate.plan_options(asker, permit.granted());
        Ok(Opening { asker: asker.clone(), permit, may_write })
    }
}
