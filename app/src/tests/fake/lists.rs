//! Lists that are taken in.

use super::*;

/// A list that is here.
pub fn list_head(state: ImportState) -> ImportHead {
    ImportHead { id: id(600), state, begun_at: NOW, changed_at: NOW, removed_at: NOW.plus_seconds(LIST_KEPT) }
}

/// A row that says something that a spreadsheet would run, and was judged so.
pub fn list_row(number: u32, verdict: Verdict, state: RowState) -> JudgedRow {
    let mut made = Made::default();
    made.values.set("summary", "=HYPERLINK(\"x\") pand");
    made.values.set("phenomenon", "hennepteelt");
    made.cells = vec![("Omschrijving".into(), "=1+1".into())];
    match verdict {
        Verdict::Fine => {}
        Verdict::Look => made.notes.push(Note::LooksLike { row: 4 }),
        Verdict::Cannot => made.problems.push(FieldProblem { field: "facts".into(), fault: Fault::Required }),
    }
    let signal = (state == RowState::TakenIn).then(|| head(1));
    JudgedRow { number, verdict, chosen: verdict == Verdict::Fine, state, made, signal }
}

/// A list with a row of each kind.
pub fn list_rows(state: ImportState) -> RowsView {
    let done = state == ImportState::Done;
    let first = if done { RowState::TakenIn } else { RowState::Waiting };
    let waiting = RowState::Waiting;
    RowsView {
        head: list_head(state),
        file: "signalen <b>.xlsx".into(),
        sheet: "Signalen".into(),
        scope: Scope::Own,
        tally: Tally {
            rows: 3,
            fine: 1,
            look: 1,
            cannot: 1,
            chosen: u32::from(!done),
            taken_in: u32::from(done),
            ..Tally::default()
        },
        around: Around { columns: vec![("Status".into(), false), ("Contact".into(), true)], headings: vec![7] },
        rows: vec![
            list_row(4, Verdict::Fine, first),
            list_row(5, Verdict::Look, waiting),
            list_row(6, Verdict::Cannot, waiting),
        ],
        page: 1,
        more: true,
    }
}

#[async_trait]
impl Imports for Fake {
    async fn mine(&self, _: &Asker) -> Answer<Vec<ImportHead>> {
        self.told("imports.mine", vec![list_head(ImportState::Judged)])
    }
    async fn give(&self, _: &Asker, id: ImportId, name: &str, bytes: Vec<u8>) -> Answer<Result<ImportId, Unreadable>> {
        let why = self.script().unreadable;
        self.told(&format!("imports.give {name} {}", bytes.len()), why.map_or(Ok(id), Err))
    }
    async fn view(&self, _: &Asker, _: ImportId, wanted: RowsWanted) -> Answer<ImportView> {
        let list = self.script().list.clone().filter(|_| !wanted.columns);
        let set_up = || {
            let mut values = FormValues::default();
            values.set("column.0", "facts");
            ImportView::SetUp(Box::new(SetUpView {
                head: list_head(ImportState::Read),
                file: "signalen.xlsx".into(),
                sheets: vec![("Signalen".into(), 12), ("Oud".into(), 4)],
                values,
                problems: vec![FieldProblem { field: "column.0".into(), fault: Fault::ColumnMissing(Field::Received) }],
                columns: vec![
                    ("Omschrijving".into(), false, vec!["Een pand".into()]),
                    ("Contact".into(), true, vec![]),
                ],
                scopes: vec![Scope::Own, Scope::Named],
            }))
        };
        self.told("imports.view", list.map_or_else(set_up, |list| ImportView::Rows(Box::new(list))))
    }
    async fn set_up(&self, _: &Asker, _: ImportId, _: FormValues, judge: bool) -> Answer<bool> {
        self.told(&format!("imports.set_up {judge}"), judge)
    }
    async fn row(&self, _: &Asker, _: ImportId, number: u32) -> Answer<RowView> {
        let row = list_row(number, Verdict::Cannot, RowState::Waiting);
        self.told(
            "imports.row",
            RowView { head: list_head(ImportState::Judged), scope: Scope::Own, departments: vec![], row },
        )
    }
    async fn correct(&self, _: &Asker, _: ImportId, _: u32, values: FormValues) -> Answer<Verdict> {
        let verdict = if values.text("facts").is_empty() { Verdict::Cannot } else { Verdict::Fine };
        self.told("imports.correct", verdict)
    }
    async fn choose(&self, _: &Asker, _: ImportId, change: RowChange) -> Answer<()> {
        self.told(&format!("imports.choose {change:?}"), ())
    }
    async fn start(&self, _: &Asker, _: ImportId) -> Answer<bool> {
        let chosen = self.script().list.as_ref().is_some_and(|list| list.tally.chosen > 0);
        self.told("imports.start", chosen)
    }
    async fn export(&self, _: &Asker, _: ImportId) -> Answer<RowsView> {
        self.told("imports.export", list_rows(ImportState::Done))
    }
    async fn discard(&self, _: &Asker, _: ImportId) -> Answer<()> {
        self.told("imports.discard", ())
    }
}
