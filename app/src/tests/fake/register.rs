//! The processing register and a file that is taken in.

use super::*;
use plein_domain::register::*;

/// An entry that says more than the program understands.
pub fn processing(number: u128, name: &str, for_cases: bool) -> Processing {
    let words = [(RegisterField::Recipients, "Politie"), (RegisterField::VersionDate, "2025-03-01")];
    let words = words.map(|(field, text)| (field, text.to_owned()));
    Processing { purpose: purpose(number, name, for_cases), words: Words(words.into_iter().collect()) }
}

/// The version that stands.
pub fn register_version() -> RegisterVersion {
    let counts = RegisterCounts { added: 2, changed: 1, ended: 1, unchanged: 7, left_out: 3 };
    RegisterVersion { number: 3, at: NOW, by: "Anouk de Wit".into(), counts }
}

fn change() -> (Processing, Processing) {
    let before = processing(701, "Aanpak vastgoedfraude", true);
    let mut after = before.clone();
    after.purpose.retention_months = Some(24);
    after.words.0.insert(RegisterField::Recipients, "<b>RIEC</b>".into());
    (before, after)
}

fn row(number: u32, is: RowIs, before: Option<Processing>, after: Option<Processing>) -> ProposedRow {
    let names = ["Veiligheid".into(), "Toezicht".into(), format!("=Verwerking {number}")];
    ProposedRow { number, is, names, before, after, faults: Vec::new(), notes: Vec::new() }
}

/// A file with a row of each kind, and an entry that it lacks.
pub fn proposal() -> ProposalView {
    let (before, after) = change();
    let same = processing(702, "Behandelen van vergunningaanvragen", false);
    let cannot = ProposedRow {
        faults: vec![RowFault::Missing(RegisterField::Retention), RowFault::LegitimateInterest],
        ..row(7, RowIs::Cannot, None, None)
    };
    let new = ProposedRow {
        notes: vec![RowNote::NoMonths("blijvend".into())],
        ..row(6, RowIs::New, None, Some(processing(0, "Nieuw", false)))
    };
    let rows = vec![
        row(4, RowIs::Changed, Some(before.clone()), Some(after)),
        row(5, RowIs::Unchanged, Some(same.clone()), Some(same)),
        new,
        cannot,
    ];
    ProposalView {
        head: lists::list_head(ImportState::Judged),
        file: "register <b>.xlsx".into(),
        seen: "3.2".into(),
        around: Around { columns: vec![("Eigenaar".into(), false)], headings: vec![2] },
        proposal: Proposal { rows, absent: vec![processing(703, "Oude verwerking", false)], says_cases: false },
        values: FormValues::default(),
        problems: Vec::new(),
        today: NOW.day(),
        used: [before.purpose.id].into_iter().collect(),
    }
}

#[async_trait]
impl Register for Fake {
    async fn view(&self, _: &Asker) -> Answer<RegisterView> {
        let entries = vec![
            processing(701, "Aanpak vastgoedfraude", true),
            processing(702, "Behandelen van vergunningaanvragen", false),
        ];
        let version = self.script().version.map(|number| RegisterVersion { number, ..register_version() });
        let may_take_in = version.is_some();
        Ok(RegisterView { today: NOW.day(), entries, version, may_take_in })
    }
    async fn versions(&self, _: &Asker) -> Answer<Vec<RegisterVersion>> {
        self.told("register.versions", vec![register_version()])
    }
    async fn version(&self, _: &Asker, number: u32) -> Answer<RegisterVersionView> {
        let (before, after) = change();
        let mut ended = processing(703, "Oude verwerking", false);
        ended.purpose.valid_until = Some(NOW.day());
        let was = processing(703, "Oude verwerking", false);
        let changes = vec![
            RegisterChange { kind: EntryChange::Changed, before: Some(before), after },
            RegisterChange {
                kind: EntryChange::Added,
                before: None,
                after: processing(704, "Nieuwe verwerking", true),
            },
            RegisterChange { kind: EntryChange::Ended, before: Some(was), after: ended },
        ];
        let version = RegisterVersion { number, ..register_version() };
        let file = self.script().proposal.as_ref().map(|one| one.file.clone());
        self.told("register.version", RegisterVersionView { version, file, changes })
    }
    async fn given(&self, _: &Asker) -> Answer<Vec<ImportHead>> {
        self.told("register.given", vec![lists::list_head(ImportState::Judged)])
    }
    async fn give(&self, _: &Asker, id: ImportId, name: &str, bytes: Vec<u8>) -> Answer<Result<ImportId, Unreadable>> {
        let why = self.script().unreadable;
        self.told(&format!("register.give {name} {}", bytes.len()), why.map_or(Ok(id), Err))
    }
    async fn import(&self, _: &Asker, _: ImportId, columns: bool) -> Answer<RegisterImportView> {
        let proposal = self.script().proposal.clone().filter(|_| !columns);
        let set_up = || {
            let mut values = FormValues::default();
            values.set("column.0", "name");
            let fault = Fault::RegisterColumnMissing(RegisterField::Retention);
            RegisterImportView::SetUp(Box::new(SetUpView {
                head: lists::list_head(ImportState::Read),
                file: "register.xlsx".into(),
                sheets: vec![("Register".into(), 12)],
                values,
                problems: vec![FieldProblem { field: "column.0".into(), fault }],
                columns: vec![("Verwerking".into(), false, vec!["Bibob".into()]), ("Eigenaar".into(), true, vec![])],
                scopes: Vec::new(),
            }))
        };
        self.told("register.import", proposal.map_or_else(set_up, |one| RegisterImportView::Proposed(Box::new(one))))
    }
    async fn set_up(&self, _: &Asker, _: ImportId, _: FormValues, judge: bool) -> Answer<bool> {
        self.told(&format!("register.set_up {judge}"), judge)
    }
    async fn confirm(&self, _: &Asker, _: ImportId, values: FormValues) -> Answer<Option<u32>> {
        let version = self.script().version;
        self.told(&format!("register.confirm {} {}", values.text("which"), values.all("case").join(",")), version)
    }
    async fn report(&self, _: &Asker, _: ImportId) -> Answer<ProposalView> {
        self.told("register.report", proposal())
    }
    async fn discard(&self, _: &Asker, _: ImportId) -> Answer<()> {
        self.told("register.discard", ())
    }
}
