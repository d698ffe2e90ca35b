//! The processing register: reading it, its versions, and taking in a new one from a file. Rows are judged when they are
//! looked at and again when they are confirmed, against the register as it then is; nothing judged is kept.

use super::{
    imports::{columns_of, file_name, first_sheet, read_file, sheets},
    *,
};
use async_trait::async_trait;
use plein_domain::{
    form::{Fault, FieldProblem, FormValues},
    import::*,
    ledger::LineKind,
    people::Role,
    register::*,
};
use plein_vault::{
    act, of,
    store::{GivenList, Inside, ListParts, TakenIn, Written},
};

/// Versions that are listed.
const VERSIONS: i64 = 500;

#[async_trait]
impl Register for UseCases {
    async fn view(&self, asker: &Asker) -> Answer<RegisterView> {
        let entries = self.vault.register.entries().await.asked_by(asker)?;
        let last = self.vault.register.versions(1).await.asked_by(asker)?;
        let version = self.with_names(asker, last).await?.pop();
        Ok(RegisterView { today: self.today(), entries, version, may_take_in: may_take_in(&asker.person) })
    }

    async fn versions(&self, asker: &Asker) -> Answer<Vec<RegisterVersion>> {
        let all = self.vault.register.versions(VERSIONS).await.asked_by(asker)?;
        self.with_names(asker, all).await
    }

    async fn version(&self, asker: &Asker, number: u32) -> Answer<RegisterVersionView> {
        let found = self.vault.register.version(number).await.asked_by(asker)?;
        let (mut view, by) = found.ok_or(Problem::NotFound)?;
        if let Some(named) = self.with_names(asker, vec![(view.version.clone(), by)]).await?.pop() {
            view.version = named;
        }
        // A file's name can say more than the register does.
        view.file = view.file.filter(|_| may_take_in(&asker.person));
        Ok(view)
    }

    async fn given(&self, asker: &Asker) -> Answer<Vec<ImportHead>> {
        let may = self.vault.gate.may_take_in_register(asker).await;
        self.permitted(asker, may).await?;
        self.vault.lists.of::<of::RegisterImport>(asker.person.id).await.asked_by(asker)
    }

    async fn give(
        &self,
        asker: &Asker,
        id: ImportId,
        name: &str,
        bytes: Vec<u8>,
    ) -> Answer<Result<ImportId, Unreadable>> {
        let may = self.vault.gate.may_take_in_register(asker).await;
        self.permitted(asker, may).await?;
        let book = match read_file(bytes).await {
            Ok(book) => book,
            Err(why) => return Ok(Err(why)),
        };
        let form = RegisterSetupForm { workbook: &book, today: self.today() };
        let values = form.propose(first_sheet(&book), None);
        let inside = Inside { file: file_name(name), sheets: sheets(&book), values, ..Inside::default() };
        let permit = self.vault.gate.give_register(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.lists.give(permit, &GivenList { inside, book }).await.asked_by(asker)?;
        Ok(Ok(id))
    }

    async fn import(&self, asker: &Asker, id: ImportId, columns: bool) -> Answer<RegisterImportView> {
        let parts = self.opened(asker, id, LineKind::Opened).await?;
        match parts.head.state {
            ImportState::Judged if !columns => {
                self.proposed(asker, parts).await.map(|view| RegisterImportView::Proposed(Box::new(view)))
            }
            ImportState::Read | ImportState::Judged => {
                let columns = parts.book.as_ref().map(|book| columns_of(book, &parts.inside.values));
                let ListParts { head, inside: Inside { file, sheets, values, problems, .. }, .. } = parts;
                let (columns, scopes) = (columns.unwrap_or_default(), Vec::new());
                let view = SetUpView { head, file, sheets, values, problems, columns, scopes };
                Ok(RegisterImportView::SetUp(Box::new(view)))
            }
            ImportState::Running | ImportState::Done => {
                let made = self.vault.register.made_of(id).await.asked_by(asker)?;
                made.map(RegisterImportView::Done).ok_or(Problem::NotFound)
            }
        }
    }

    async fn set_up(&self, asker: &Asker, id: ImportId, values: FormValues, judge: bool) -> Answer<bool> {
        let mut parts = self.opened(asker, id, LineKind::Opened).await?;
        let Some(book) = parts.book.take() else { return Ok(true) };
        let form = RegisterSetupForm { workbook: &book, today: self.today() };
        let (values, problems) = if judge {
            let problems =
                form.read(&values).and_then(|setup| self.held_against_the_register(&book, &setup, &[]).map(drop));
            (values, problems.err().unwrap_or_default())
        } else {
            (proposed_again(&form, &parts.inside.values, values), Vec::new())
        };
        let right = judge && problems.is_empty();
        parts.inside.values = values;
        parts.inside.problems = problems;
        let permit = self.vault.gate.register_import::<act::Edit>(asker, id, LineKind::Edited).await;
        let permit = self.permitted(asker, permit).await?;
        let state = if right { ImportState::Judged } else { ImportState::Read };
        self.vault.lists.keep(permit, &parts, state).await.asked_by(asker)?;
        Ok(right)
    }

    async fn confirm(&self, asker: &Asker, id: ImportId, values: FormValues) -> Answer<Option<u32>> {
        let parts = self.opened(asker, id, LineKind::Opened).await?;
        if parts.head.state == ImportState::Done {
            return self.vault.register.made_of(id).await.asked_by(asker);
        }
        if parts.head.state != ImportState::Judged {
            return Ok(None);
        }
        let (proposal, upon) = self.against_the_register(asker, &parts).await?;
        let fresh = || PurposeId(plein_domain::moment::random_id(&**self.vault.entropy()));
        let decided = proposal.proposal.decide(&values, self.today(), fresh);
        let decision = match decided {
            Ok(_) if values.text("seen") != seen(&parts, upon) => Err(changed()),
            Ok(decision) => Ok(decision),
            Err(problems) => Err(problems),
        };
        let decision = match decision {
            Ok(decision) => decision,
            Err(problems) => return self.told(asker, parts, values, problems).await,
        };
        let permit = self.vault.gate.register_import::<act::Edit>(asker, id, LineKind::RegisterTakenIn).await;
        let permit = self.permitted(asker, permit).await?;
        let written = self.vault.register.take_in(permit, &parts, &TakenIn { upon, decision }).await.asked_by(asker)?;
        match written {
            Written::Done(number) | Written::Already(number) => Ok(Some(number)),
            Written::Stale | Written::Overtaken | Written::Conflict => self.told(asker, parts, values, changed()).await,
        }
    }

    async fn report(&self, asker: &Asker, id: ImportId) -> Answer<ProposalView> {
        let parts = self.opened(asker, id, LineKind::Exported).await?;
        if parts.head.state != ImportState::Judged {
            return Err(Problem::NotFound);
        }
        self.proposed(asker, parts).await
    }

    async fn discard(&self, asker: &Asker, id: ImportId) -> Answer<()> {
        let permit = self.vault.gate.register_import::<act::Edit>(asker, id, LineKind::Edited).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.lists.discard(permit).await.asked_by(asker).map(drop)
    }
}

/// The rows as they are judged, before anybody answered.
struct Judged {
    proposal: Proposal,
    around: Around,
}

impl UseCases {
    async fn opened(&self, asker: &Asker, id: ImportId, kind: LineKind) -> Answer<ListParts> {
        let permit = self.vault.gate.register_import::<act::View>(asker, id, kind).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.lists.view(permit, true).await.asked_by(asker)
    }

    fn held_against_the_register(
        &self,
        book: &Workbook,
        setup: &RegisterSetup,
        register: &[Processing],
    ) -> Result<Judged, Vec<FieldProblem>> {
        match judge(&book.sheets[setup.sheet], setup, register, self.today()) {
            Ok((proposal, around)) => Ok(Judged { proposal, around }),
            Err(rows) => {
                let fault = Fault::TooManyRows { limit: ENTRIES_MAX, rows };
                Err(vec![FieldProblem { field: "header".into(), fault }])
            }
        }
    }

    /// The rows against the register as it is now, and which version that is.
    async fn against_the_register(&self, asker: &Asker, parts: &ListParts) -> Answer<(Judged, u32)> {
        // The version first: an entry that is read later can only be newer, and then the number does not fit.
        let last = self.vault.register.versions(1).await.asked_by(asker)?;
        let upon = last.first().map_or(0, |(version, _)| version.number);
        let register = self.vault.register.entries().await.asked_by(asker)?;
        let book = parts.book.as_ref().ok_or_else(|| missing("the cells of a register")).asked_by(asker)?;
        let form = RegisterSetupForm { workbook: book, today: self.today() };
        let setup = form.read(&parts.inside.values).map_err(|_| missing("the set-up of a register")).asked_by(asker)?;
        let judged = self
            .held_against_the_register(book, &setup, &register)
            .map_err(|_| missing("a judged register"))
            .asked_by(asker)?;
        Ok((judged, upon))
    }

    async fn proposed(&self, asker: &Asker, parts: ListParts) -> Answer<ProposalView> {
        let (Judged { proposal, around }, upon) = self.against_the_register(asker, &parts).await?;
        let used = self.vault.register.used().await.asked_by(asker)?;
        let (seen, today) = (seen(&parts, upon), self.today());
        let ListParts { head, inside: Inside { file, values, problems, .. }, .. } = parts;
        Ok(ProposalView { head, file, seen, around, proposal, values, problems, today, used })
    }

    /// Keeps answers that are not right, beside the choices for the columns.
    async fn told(
        &self,
        asker: &Asker,
        mut parts: ListParts,
        values: FormValues,
        problems: Vec<FieldProblem>,
    ) -> Answer<Option<u32>> {
        let id = parts.head.id;
        parts.inside.values.0.retain(|name, _| of_columns(name));
        parts.inside.values.0.extend(values.0.into_iter().filter(|(name, _)| !of_columns(name)));
        if problems == changed() {
            // The ticks were made on what the register said before: what it says now is ticked, not what stood there.
            parts.inside.values.0.retain(|name, _| !matches!(name.as_str(), "case" | "seen"));
        }
        parts.inside.problems = problems;
        let permit = self.vault.gate.register_import::<act::Edit>(asker, id, LineKind::Edited).await;
        let permit = self.permitted(asker, permit).await?;
        let kept = self.vault.lists.keep(permit, &parts, ImportState::Judged).await.asked_by(asker)?;
        match kept {
            // Sent twice, and the other one was right: it is a version now.
            Written::Stale => self.vault.register.made_of(id).await.asked_by(asker),
            _ => Ok(None),
        }
    }

    /// Versions with the names of who took them in.
    async fn with_names(
        &self,
        asker: &Asker,
        versions: Vec<(RegisterVersion, PersonId)>,
    ) -> Answer<Vec<RegisterVersion>> {
        if versions.is_empty() {
            return Ok(Vec::new());
        }
        let people = self.vault.directory.people().await.asked_by(asker)?;
        let name = |id| people.iter().find(|one| one.id == id).map_or_else(String::new, |one| one.name.clone());
        Ok(versions.into_iter().map(|(version, by)| RegisterVersion { by: name(by), ..version }).collect())
    }
}

/// Whether pages offer it; the gate decides it again.
fn may_take_in(person: &Person) -> bool {
    person.is(Role::PrivacyOfficer) && !person.is(Role::Fg) && !person.is(Role::Administrator)
}

/// What was looked at: the version of the register and that of the file.
fn seen(parts: &ListParts, upon: u32) -> String {
    format!("{upon}.{}", parts.version)
}

fn changed() -> Vec<FieldProblem> {
    vec![FieldProblem { field: "which".into(), fault: Fault::RegisterChanged }]
}

fn of_columns(name: &str) -> bool {
    name.starts_with("column.") || matches!(name, "sheet" | "header" | "above" | "valid-from")
}

/// The columns proposed anew, for the sheet and the header that are chosen now; the other choices stand.
fn proposed_again(form: &RegisterSetupForm<'_>, before: &FormValues, now: FormValues) -> FormValues {
    let sheet = now.text("sheet").parse().unwrap_or_default();
    // Another sheet has its header elsewhere.
    let same = before.text("sheet") == now.text("sheet");
    let header = now.text("header").parse().ok().filter(|_| same);
    let mut proposed = form.propose(sheet, header);
    let stays = |name: &str| matches!(name, "above" | "valid-from");
    proposed.0.retain(|name, _| !stays(name));
    proposed.0.extend(now.0.into_iter().filter(|(name, _)| stays(name)));
    proposed
}
