//! Versions of plans: kept, compared, put before the departments, adopted, taken out.

use super::{cases::CaseDirectory, plans::Taken, *};
use crate::plans::{Document, compare, kept};
use async_trait::async_trait;
use plein_domain::{
    case::CaseHead,
    form::{Fault, FieldProblem, FormValues},
    header::CaseHeader,
    ledger::LineKind,
    moment::Moment,
    plan::*,
    version::*,
};
use plein_vault::{
    Permit, act, of,
    store::{Keeping, PlanContent, VersionContent, VersionEntry},
};

#[async_trait]
impl Versions for UseCases {
    async fn list(&self, asker: &Asker, case: CaseId) -> Answer<VersionsView> {
        let permit = self.vault.gate.view_plan(asker, case, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let header = permit.granted().clone();
        let (may_keep, _) = self.vault.gate.plan_options(asker, &header);
        let found = self.vault.plans.versions(permit).await.asked_by(asker)?;
        let (entries, changed_at) = found.ok_or(Problem::NotFound)?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let newest = entries.first().map(|entry| entry.at);
        Ok(VersionsView {
            case: self.case_head(asker, case, header, &directory).await?,
            versions: rows(&entries, &directory),
            changed_since: changed_at.is_some_and(|changed| newest.is_none_or(|newest| changed > newest)),
            may_keep,
            next: plein_domain::moment::random_id(&**self.vault.entropy()),
        })
    }

    async fn view(&self, asker: &Asker, case: CaseId, number: i64) -> Answer<VersionView> {
        let permit = self.vault.gate.view_versions(asker, case, &[number], LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        self.read_version(asker, case, permit).await
    }

    async fn keep(&self, asker: &Asker, case: CaseId, values: FormValues) -> Answer<i64> {
        let name = read_name(&values).map_err(Problem::Invalid)?;
        let given = values.text("once").parse().ok();
        let version = given.unwrap_or_else(|| plein_domain::moment::random_id(&**self.vault.entropy()));
        let whole = |content: &PlanContent| {
            let document = Document::of(&content.updates, content.clients.iter().copied());
            document.map(|document| kept(&document)).map_err(|broken| VaultError::Broken(broken.to_string()))
        };
        // A case that changed in between is decided on anew, once: whoever is in the team still may.
        for last in [false, true] {
            let permit = self.vault.gate.keep_version(asker, case, version).await;
            let permit = self.permitted(asker, permit).await?;
            match self.vault.plans.keep(permit, &name, whole).await.asked_by(asker)? {
                Keeping::Kept(number) => return Ok(number),
                Keeping::Nothing => return Err(Problem::NotFound),
                Keeping::Full => {
                    let fault = Fault::TooMany { limit: NAMED_KEPT as usize };
                    return Err(Problem::Invalid(vec![FieldProblem { field: "name".into(), fault }]));
                }
                Keeping::Moved if last => break,
                Keeping::Moved => {}
            }
        }
        Err(failure(asker.trace, &VaultError::Broken("a case that changes all the time".into())))
    }

    async fn propose(&self, asker: &Asker, case: CaseId, number: i64) -> Answer<VersionAct> {
        let permit = self.vault.gate.settle_version(asker, case, number, LineKind::VersionProposed).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.plans.propose(permit).await.asked_by(asker)
    }

    async fn answer(&self, asker: &Asker, case: CaseId, number: i64, values: FormValues) -> Answer<VersionAct> {
        let answer = read_answer(&values).map_err(Problem::Invalid)?;
        let permit = self.vault.gate.answer_version(asker, case, number).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.plans.answer(permit, &answer).await.asked_by(asker)
    }

    async fn adopt(
        &self,
        asker: &Asker,
        case: CaseId,
        number: i64,
        seen: Option<Seen>,
        without: bool,
    ) -> Answer<VersionAct> {
        let permit = self.vault.gate.settle_version(asker, case, number, LineKind::VersionAdopted).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.plans.adopt(permit, seen, without).await.asked_by(asker)
    }

    async fn remove(&self, asker: &Asker, case: CaseId, number: i64) -> Answer<VersionAct> {
        let permit = self.vault.gate.settle_version(asker, case, number, LineKind::VersionRemoved).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.plans.remove(permit).await.asked_by(asker)
    }

    async fn compare(
        &self,
        asker: &Asker,
        case: CaseId,
        (old, new): (Side, Side),
        words: PlanWords,
    ) -> Answer<ComparisonView> {
        let number = |side: Side| match side {
            Side::Version(number) => Some(number),
            Side::Current => None,
        };
        let mut numbers: Vec<i64> = [old, new].into_iter().filter_map(number).collect();
        numbers.dedup();
        let permit = self.vault.gate.view_versions(asker, case, &numbers, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let header = permit.granted().0.clone();
        let (contents, entries, plan) = if numbers.len() == 2 {
            let (contents, entries) = self.vault.plans.view_versions(permit).await.asked_by(asker)?;
            (contents, entries, None)
        } else {
            self.vault.plans.versions_and_plan(permit).await.asked_by(asker)?
        };
        let directory = self.case_directory().await.asked_by(asker)?;
        let versions = rows(&entries, &directory);
        let case = self.case_head(asker, case, header, &directory).await?;
        // Whole plans are unpacked and compared: a few at a time, and not where requests are served.
        let turn = self.comparisons.clone().acquire_owned().await;
        let compared = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let text = |side: Side| match side {
                Side::Version(number) => {
                    contents.iter().find(|content| content.entry.header.number == number).map(text_of)
                }
                Side::Current => plan.as_ref().map(current_text),
            };
            let (Some(before), Some(after)) = (text(old), text(new)) else { return Ok(None) };
            Ok(Some(compare::sections(&before?, &after?, &words, &|person| directory.name(person))))
        });
        let compared = compared.await.map_err(|error| failure(asker.trace, &VaultError::Broken(error.to_string())))?;
        let sections = compared.asked_by(asker)?.ok_or(Problem::NotFound)?;
        Ok(ComparisonView { case, old, new, versions, sections })
    }

    async fn print(&self, asker: &Asker, case: CaseId, number: i64) -> Answer<(VersionView, Moment)> {
        let permit = self.vault.gate.view_versions(asker, case, &[number], LineKind::Printed).await;
        let permit = self.permitted(asker, permit).await?;
        let at = permit.at();
        Ok((self.read_version(asker, case, permit).await?, at))
    }

    async fn export(&self, asker: &Asker, case: CaseId, number: i64, words: PlanWords) -> Answer<ExportedPlan> {
        let permit = self.vault.gate.view_versions(asker, case, &[number], LineKind::Exported).await;
        let permit = self.permitted(asker, permit).await?;
        let (moment, event) = (permit.at(), permit.event());
        let view = self.read_version(asker, case, permit).await?;
        let version = (words.version_of)(&view.row);
        let mut sections = view.sections;
        if let Some(said) = positions(&view.positions, &words) {
            sections.push(said);
        }
        let taken = Taken { head: &view.case, version: &version, moment, event, number: Some(number) };
        self.as_file(asker, sections, &view.people, taken, &words)
    }
}

/// What the departments said, as a section of its own.
fn positions(all: &[Position], words: &PlanWords) -> Option<Section> {
    let said =
        |text: &str| vec![Block::Paragraph(vec![Inline::Text { text: text.to_owned(), bold: false, italic: false }])];
    let [title, columns @ ..] = &words.positions;
    let mut rows: Vec<Vec<Cell>> = vec![columns.iter().map(|name| Cell { header: true, blocks: said(name) }).collect()];
    rows.extend(all.iter().map(|one| {
        let by = one.by.clone().unwrap_or_default();
        let at = one.by.as_ref().map(|_| (words.when)(one.at)).unwrap_or_default();
        let cells = [&*one.department.name, &words.stance(one.stance), &one.dissent, &by, &at];
        cells.map(|text| Cell { header: false, blocks: said(text) }).into()
    }));
    (!all.is_empty()).then(|| Section {
        id: String::new(),
        title: title.clone(),
        blocks: vec![Block::Table(rows)],
        changed: None,
    })
}

/// The sections of a version, without who changed them.
fn text_of(content: &VersionContent) -> VaultResult<Vec<Section>> {
    sections_of(&Document::of(std::slice::from_ref(&content.text), []).map_err(broken)?)
}

fn current_text(content: &PlanContent) -> VaultResult<Vec<Section>> {
    sections_of(&Document::of(&content.updates, content.clients.iter().copied()).map_err(broken)?)
}

fn sections_of(document: &Document) -> VaultResult<Vec<Section>> {
    let sections = document.sections().into_iter();
    Ok(sections.map(|(id, title, blocks)| Section { id, title, blocks, changed: None }).collect())
}

fn broken(error: impl std::fmt::Display) -> VaultError {
    VaultError::Broken(error.to_string())
}

/// The versions as rows of the list, newest first as they came.
fn rows(entries: &[VersionEntry], directory: &CaseDirectory) -> Vec<VersionRow> {
    let row = |(at, entry): (usize, &VersionEntry)| {
        let before = entries.get(at + 1);
        let as_before = |id: &str| {
            before.and_then(|before| before.sections.iter().find(|one| one.id == id)).and_then(|one| one.changed)
        };
        let changed = entry.sections.iter().filter(|section| section.changed != as_before(&section.id));
        let named = |said: Option<(PersonId, Moment)>| said.map(|(by, at)| (directory.name(by), at));
        VersionRow {
            number: entry.header.number,
            kind: entry.kind,
            state: entry.state,
            name: entry.name.clone(),
            kept_by: entry.kept_by.map(|by| directory.name(by)),
            at: entry.at,
            proposed: named(entry.proposed),
            adopted: named(entry.adopted),
            changed: changed.map(|section| section.title.clone()).collect(),
        }
    };
    entries.iter().enumerate().map(row).collect()
}

impl UseCases {
    pub(super) async fn case_head(
        &self,
        asker: &Asker,
        case: CaseId,
        header: CaseHeader,
        directory: &CaseDirectory,
    ) -> Answer<CaseHead> {
        let found = self.vault.cases.head(case).await.asked_by(asker)?;
        let (_, reference, opened_at) = found.ok_or(Problem::NotFound)?;
        directory.head(header, reference, opened_at).asked_by(asker)
    }

    /// The version under this permit, with what its page needs besides.
    async fn read_version(
        &self,
        asker: &Asker,
        case: CaseId,
        permit: Permit<act::View, of::PlanVersions>,
    ) -> Answer<VersionView> {
        let header = permit.granted().0.clone();
        let (may_answer, may_settle) = self.vault.gate.version_options(asker, &header);
        let (mut contents, entries) = self.vault.plans.view_versions(permit).await.asked_by(asker)?;
        let content = contents.pop().ok_or(Problem::NotFound)?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let number = content.entry.header.number;
        let mut sections = text_of(&content).asked_by(asker)?;
        for section in &mut sections {
            let kept = content.entry.sections.iter().find(|one| one.id == section.id);
            section.changed = kept.and_then(|one| one.changed).map(|(by, at)| (directory.name(by), at));
        }
        let row = rows(&entries, &directory).into_iter().find(|row| row.number == number).ok_or(Problem::NotFound)?;
        let departments = self.vault.directory.departments().await.asked_by(asker)?;
        let team = directory.all(&header.team);
        let proposed = row.state == VersionState::Proposed;
        let mut positions = Vec::with_capacity(content.positions.len());
        for said in content.positions {
            let department = departments.iter().find(|one| one.id == said.department).cloned();
            positions.push(Position {
                department: department.ok_or_else(|| failure(asker.trace, &missing("a department")))?,
                stance: said.stance,
                dissent: said.dissent,
                by: said.by.map(|by| directory.name(by)),
                at: said.at,
                left: proposed && team.iter().all(|person| person.department.id != said.department),
            });
        }
        positions.sort_by(|one, other| one.department.name.cmp(&other.department.name));
        let mut silent: Vec<_> = team.iter().map(|person| person.department.clone()).collect();
        silent.sort_by(|one, other| one.name.cmp(&other.name));
        silent.dedup();
        silent.retain(|department| positions.iter().all(|said| said.department.id != department.id));
        let adopted_later = |at| {
            let later = entries.iter().filter(|one| one.adopted.is_some_and(|(_, other)| other > at));
            later.max_by_key(|one| one.adopted.map(|(_, at)| at)).map(|one| one.header.number)
        };
        let adopted_later = content.entry.adopted.and_then(|(_, at)| adopted_later(at));
        let seen = Seen { case: header.version, said: content.entry.said };
        Ok(VersionView {
            seen,
            adopted_later,
            case: self.case_head(asker, case, header, &directory).await?,
            before: entries.iter().map(|entry| entry.header.number).find(|one| *one < number),
            may_propose: may_settle && matches!(row.state, VersionState::Kept | VersionState::Superseded),
            may_remove: may_settle && row.state == VersionState::Kept,
            may_answer: may_answer && proposed,
            may_adopt: may_settle && proposed,
            silent: if proposed { silent } else { Vec::new() },
            people: directory.everybody(),
            row,
            sections,
            positions,
        })
    }
}
