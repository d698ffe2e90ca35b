//! Taking in a list: given, its columns chosen, its rows judged, put right and chosen. What becomes of the chosen ones is
//! in [`work`].

mod work;

use super::*;
use async_trait::async_trait;
use plein_domain::{
    form::FormValues,
    identifier::{Identifier, IdentifierKind},
    import::*,
    ledger::LineKind,
    moment::Day,
    people::Role,
    signal::{NewSignal, SUBJECTS_MAX, SignalHead},
};
use plein_vault::{
    Permit, act, of,
    store::{GivenList, Inside, ListParts, ListedRow, NewRow, Started, Written},
};

/// A signal with the same identifier and phenomenon is like a row when it was received within this many days.
const LIKE_DAYS: i64 = 31;
/// Rows of a sheet that are shown beside the choice of a column.
const SAMPLES: usize = 3;
/// Characters of a cell shown there.
const SAMPLE_CHARS: usize = 40;
/// Files that are read at the same time; the others wait. It bounds the memory that reading takes.
static READING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

#[async_trait]
impl Imports for UseCases {
    async fn mine(&self, asker: &Asker) -> Answer<Vec<ImportHead>> {
        let may = self.vault.gate.may_take_in(asker).await;
        self.permitted(asker, may).await?;
        self.vault.lists.of::<of::Import>(asker.person.id).await.asked_by(asker)
    }

    async fn give(
        &self,
        asker: &Asker,
        id: ImportId,
        name: &str,
        bytes: Vec<u8>,
    ) -> Answer<Result<ImportId, Unreadable>> {
        let may = self.vault.gate.may_take_in(asker).await;
        self.permitted(asker, may).await?;
        let book = match read_file(bytes).await {
            Ok(book) => book,
            Err(why) => return Ok(Err(why)),
        };
        let lists = self.lists(asker).await?;
        let purposes = departmental(&lists);
        let scopes = scopes(&asker.person);
        let habits = self.vault.lists.habits(asker.person.id).await.asked_by(asker)?;
        let form = SetupForm { workbook: &book, scopes: &scopes, purposes: &purposes, today: self.today() };
        let first = first_sheet(&book);
        let inside = Inside {
            file: file_name(name),
            sheets: sheets(&book),
            values: form.propose(&habits, first, None),
            ..Inside::default()
        };
        let permit = self.vault.gate.give_list(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.lists.give(permit, &GivenList { inside, book }).await.asked_by(asker)?;
        Ok(Ok(id))
    }

    async fn view(&self, asker: &Asker, id: ImportId, wanted: RowsWanted) -> Answer<ImportView> {
        let (offset, limit) = window(wanted.page.unwrap_or(1));
        let permit = self.vault.gate.list::<act::View>(asker, id, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let read = self.vault.lists.rows(permit, wanted.verdict, offset, limit).await.asked_by(asker)?;
        let state = read.0.head.state;
        if state == ImportState::Read || (wanted.columns && state == ImportState::Judged) {
            return self.set_up_view(asker, id).await.map(|view| ImportView::SetUp(Box::new(view)));
        }
        let mut view = self.rows_view(asker, read).await?;
        view.page = wanted.page.unwrap_or(1).max(1);
        view.more = view.rows.len() as i64 == limit;
        view.rows.truncate(PAGE_ROWS);
        Ok(ImportView::Rows(Box::new(view)))
    }

    async fn set_up(&self, asker: &Asker, id: ImportId, values: FormValues, judge: bool) -> Answer<bool> {
        let permit = self.vault.gate.list::<act::View>(asker, id, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let mut parts = self.vault.lists.view(permit, true).await.asked_by(asker)?;
        let Some(book) = parts.book.take() else { return Ok(true) };
        let lists = self.lists(asker).await?;
        let purposes = departmental(&lists);
        let scopes = scopes(&asker.person);
        let form = SetupForm { workbook: &book, scopes: &scopes, purposes: &purposes, today: self.today() };
        let mut habits = self.vault.lists.habits(asker.person.id).await.asked_by(asker)?;
        parts.inside.problems.clear();
        let read = if judge { form.read(&values).map(Some) } else { Ok(None) };
        let permit = self.vault.gate.list::<act::Edit>(asker, id, LineKind::Edited).await;
        let permit = self.permitted(asker, permit).await?;
        let setup = match read {
            Ok(Some(setup)) => setup,
            Ok(None) => {
                parts.inside.values = proposed_again(&form, &habits, &parts.inside.values, values);
                self.vault.lists.keep(permit, &parts, ImportState::Read).await.asked_by(asker)?;
                return Ok(false);
            }
            Err(problems) => {
                parts.inside.values = values;
                parts.inside.problems = problems;
                self.vault.lists.keep(permit, &parts, ImportState::Read).await.asked_by(asker)?;
                return Ok(false);
            }
        };
        habits.learn(&book.sheets[setup.sheet], &setup, &values);
        self.vault.lists.remember(asker.person.id, &habits).await.asked_by(asker)?;
        let (judged, around) = self.judged(asker, lists, purposes, book, setup.clone()).await?;
        let mut rows = Vec::with_capacity(judged.len());
        for (number, mut made) in judged {
            let print = self.known(asker, setup.scope, &mut made).await?;
            self.held_against(asker, &permit, &mut made).await?;
            let chosen = made.verdict() == Verdict::Fine;
            let signal = SignalId(plein_domain::moment::random_id(&**self.vault.entropy()));
            rows.push(NewRow { number, chosen, signal, print, made });
        }
        parts.inside.around = around;
        parts.inside.values = values;
        parts.inside.setup = Some(setup);
        self.vault.lists.judge(permit, &parts, &rows).await.asked_by(asker)?;
        Ok(true)
    }

    async fn row(&self, asker: &Asker, id: ImportId, number: u32) -> Answer<RowView> {
        let permit = self.vault.gate.list::<act::View>(asker, id, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let (parts, row) = self.vault.lists.row(permit, number).await.asked_by(asker)?;
        let row = row.ok_or(Problem::NotFound)?;
        let scope = setup_of(&parts).asked_by(asker)?.scope;
        let departments = match scope {
            Scope::Own => Vec::new(),
            Scope::Named => self.vault.directory.departments().await.asked_by(asker)?,
        };
        Ok(RowView { head: parts.head, scope, departments, row: self.judged_row(asker, row).await? })
    }

    async fn correct(&self, asker: &Asker, id: ImportId, number: u32, values: FormValues) -> Answer<Verdict> {
        let permit = self.vault.gate.list::<act::View>(asker, id, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let (parts, row) = self.vault.lists.row(permit, number).await.asked_by(asker)?;
        let mut made = row.ok_or(Problem::NotFound)?.made;
        let setup = setup_of(&parts).asked_by(asker)?;
        let lists = self.lists(asker).await?;
        let purposes = departmental(&lists);
        Judge::new(&lists, &purposes, self.today(), setup, asker.person.department.id).again(&mut made, values);
        made.notes.retain(|note| !matches!(note, Note::TakenInBefore { .. }));
        let print = self.known(asker, setup.scope, &mut made).await?;
        let permit = self.vault.gate.list::<act::Edit>(asker, id, LineKind::Edited).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.lists.correct(permit, number, &made, &print).await.asked_by(asker)?;
        Ok(made.verdict())
    }

    async fn choose(&self, asker: &Asker, id: ImportId, change: RowChange) -> Answer<()> {
        let permit = self.vault.gate.list::<act::Edit>(asker, id, LineKind::Edited).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.lists.choose(permit, &change).await.asked_by(asker)
    }

    async fn start(&self, asker: &Asker, id: ImportId) -> Answer<bool> {
        let permit = self.vault.gate.list::<act::View>(asker, id, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let (parts, tally, _) = self.vault.lists.rows(permit, None, 0, 0).await.asked_by(asker)?;
        if parts.head.state == ImportState::Judged && tally.chosen == 0 {
            return Ok(false);
        }
        let permit = self.vault.gate.list::<act::Edit>(asker, id, LineKind::ListTakenIn).await;
        let permit = self.permitted(asker, permit).await?;
        let started = Started { trace: asker.trace, network: asker.network.clone() };
        let begun = self.vault.lists.start(permit, &parts, started).await.asked_by(asker)?;
        if matches!(begun, Written::Done(())) {
            self.take_in_behind(asker.clone(), id);
        }
        Ok(true)
    }

    async fn export(&self, asker: &Asker, id: ImportId) -> Answer<RowsView> {
        let permit = self.vault.gate.list::<act::View>(asker, id, LineKind::Exported).await;
        let permit = self.permitted(asker, permit).await?;
        let read = self.vault.lists.rows(permit, None, 0, i64::MAX).await.asked_by(asker)?;
        if read.0.inside.setup.is_none() {
            return Err(Problem::NotFound);
        }
        self.rows_view(asker, read).await
    }

    async fn discard(&self, asker: &Asker, id: ImportId) -> Answer<()> {
        let permit = self.vault.gate.list::<act::Edit>(asker, id, LineKind::Edited).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.lists.discard(permit).await.asked_by(asker).map(drop)
    }
}

impl UseCases {
    /// All rows of the chosen sheet, with what each is a double of; off the threads that serve.
    async fn judged(
        &self,
        asker: &Asker,
        lists: Lists,
        purposes: Vec<Purpose>,
        book: Workbook,
        setup: Setup,
    ) -> Answer<(Vec<(u32, Made)>, Around)> {
        let (today, own) = (self.today(), asker.person.department.id);
        let judged = tokio::task::spawn_blocking(move || {
            let judge = Judge::new(&lists, &purposes, today, &setup, own);
            let (mut rows, around) = judge.sheet(&book.sheets[setup.sheet]);
            let likenesses: Vec<Likeness> = rows.iter().map(|(number, made)| made.likeness(*number)).collect();
            let mut doubles = doubles(&likenesses);
            rows.iter_mut().for_each(|(number, made)| made.notes.extend(doubles.remove(number)));
            (rows, around)
        });
        judged.await.map_err(|_| missing("a judged row")).asked_by(asker)
    }

    /// Notes the signals that are like this row, as far as the asker may know them.
    async fn held_against(
        &self,
        asker: &Asker,
        judging: &Permit<act::Edit, of::Import>,
        made: &mut Made,
    ) -> Answer<()> {
        let Ok(received) = made.values.text("received-on").parse::<Day>() else { return Ok(()) };
        for identifier in identifiers(&made.values) {
            let like = self.vault.lists.like(judging, &asker.person, &identifier).await.asked_by(asker)?;
            let near = |head: &&SignalHead| {
                let days = (received.0 - head.received_on.0).whole_days().abs();
                head.phenomenon == made.values.text("phenomenon") && days <= LIKE_DAYS
            };
            let note = like.iter().find(near);
            let note = note.map(|head| Note::LikeSignal { signal: head.id, reference: head.reference.clone() });
            if let Some(note) = note.filter(|note| !made.notes.contains(note)) {
                made.notes.push(note);
            }
        }
        Ok(())
    }

    pub(super) fn today(&self) -> Day {
        self.vault.clock().now().day()
    }

    async fn set_up_view(&self, asker: &Asker, id: ImportId) -> Answer<SetUpView> {
        let permit = self.vault.gate.list::<act::View>(asker, id, LineKind::Opened).await;
        let permit = self.permitted(asker, permit).await?;
        let ListParts { head, inside, book, .. } = self.vault.lists.view(permit, true).await.asked_by(asker)?;
        let columns = book.as_ref().map(|book| columns_of(book, &inside.values)).unwrap_or_default();
        Ok(SetUpView {
            head,
            file: inside.file,
            sheets: inside.sheets,
            values: inside.values,
            problems: inside.problems,
            columns,
            scopes: scopes(&asker.person),
        })
    }

    async fn rows_view(
        &self,
        asker: &Asker,
        (parts, tally, rows): (ListParts, Tally, Vec<ListedRow>),
    ) -> Answer<RowsView> {
        let setup = setup_of(&parts).asked_by(asker)?;
        let scope = setup.scope;
        let sheet = parts.inside.sheets.get(setup.sheet).map(|(name, _)| name.clone()).unwrap_or_default();
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            shown.push(self.judged_row(asker, row).await?);
        }
        let Inside { file, around, .. } = parts.inside;
        Ok(RowsView { head: parts.head, file, sheet, scope, tally, around, rows: shown, page: 1, more: false })
    }

    async fn judged_row(&self, asker: &Asker, row: ListedRow) -> Answer<JudgedRow> {
        let signal = match row.state {
            RowState::TakenIn | RowState::Double => self.vault.lists.head(row.signal).await.asked_by(asker)?,
            RowState::Waiting | RowState::Refused => None,
        };
        let ListedRow { number, verdict, chosen, state, made, .. } = row;
        Ok(JudgedRow { number, verdict, chosen, state, made, signal })
    }

    /// The print of a row; that it was taken in before is noted.
    async fn known(&self, asker: &Asker, scope: Scope, made: &mut Made) -> Answer<Vec<u8>> {
        let department = match scope {
            Scope::Own => Some(asker.person.department.id),
            Scope::Named => made.department(),
        };
        let (print, before) = self.vault.lists.print(scope, department, made).await.asked_by(asker)?;
        if let Some(id) = before {
            let head = self.vault.lists.head(id).await.asked_by(asker)?;
            made.notes.push(Note::TakenInBefore { signal: head.map(|head| (head.id, head.reference)) });
        }
        Ok(print)
    }
}

/// For whom somebody may take rows in; the gate decides it again for every row.
fn scopes(person: &Person) -> Vec<Scope> {
    let own = person.is(Role::Member).then_some(Scope::Own);
    let named = person.is(Role::Coordinator).then_some(Scope::Named);
    own.into_iter().chain(named).collect()
}

/// The processings under which departments collect.
fn departmental(lists: &Lists) -> Vec<Purpose> {
    lists.purposes.iter().filter(|one| !one.for_cases).cloned().collect()
}

fn setup_of(parts: &ListParts) -> VaultResult<&Setup> {
    parts.inside.setup.as_ref().ok_or_else(|| missing("the set-up of a list"))
}

/// The columns proposed anew, for the sheet and the header that are chosen now; the other choices stand.
fn proposed_again(form: &SetupForm<'_>, habits: &Remembered, before: &FormValues, now: FormValues) -> FormValues {
    let sheet = now.text("sheet").parse().unwrap_or_default();
    // Another sheet has its header elsewhere.
    let same = before.text("sheet") == now.text("sheet");
    let header = now.text("header").parse().ok().filter(|_| same);
    let mut proposed = form.propose(habits, sheet, header);
    let about_columns = |name: &str| name.starts_with("column.") || matches!(name, "sheet" | "header");
    proposed.0.extend(now.0.into_iter().filter(|(name, _)| !about_columns(name)));
    proposed
}

/// The valid identifiers in a row's form.
fn identifiers(values: &FormValues) -> Vec<Identifier> {
    (0..SUBJECTS_MAX)
        .filter_map(|index| {
            let part = |part: &str| values.text(&format!("subject.{index}.{part}"));
            let kind = IdentifierKind::from_code(part("identifier-kind"))?;
            Identifier::parse(kind, part("identifier")).ok()
        })
        .collect()
}

/// What is in a file, or why it is not taken. A file that breaks the reader is a broken file.
pub(super) async fn read_file(bytes: Vec<u8>) -> Result<Workbook, Unreadable> {
    let _turn = READING.acquire().await;
    let read = tokio::task::spawn_blocking(move || crate::imports::read(&bytes)).await;
    read.unwrap_or(Err(Unreadable::Broken))
}

/// The first sheet in which something stands.
pub(super) fn first_sheet(book: &Workbook) -> usize {
    book.sheets.iter().position(|sheet| !sheet.rows.is_empty()).unwrap_or_default()
}

/// The sheets' names, with how many rows each has.
pub(super) fn sheets(book: &Workbook) -> Vec<(String, usize)> {
    book.sheets.iter().map(|sheet| (sheet.name.clone(), sheet.rows.len())).collect()
}

/// The columns of the chosen sheet: header, hidden, and what stands in the first rows.
pub(super) fn columns_of(book: &Workbook, values: &FormValues) -> Vec<(String, bool, Vec<String>)> {
    let number = |name: &str| values.text(name).parse::<usize>().ok();
    let sheet = number("sheet").and_then(|at| book.sheets.get(at));
    let header = number("header").and_then(|number| u32::try_from(number).ok());
    let Some((sheet, header)) = sheet.zip(header) else { return Vec::new() };
    let Some(names) = sheet.row(header) else { return Vec::new() };
    let below: Vec<&SheetRow> = sheet.rows.iter().filter(|row| row.number > header && row.filled() > 1).collect();
    let column = |column| {
        let samples = below.iter().map(|row| row.cell(column)).filter(|text| !text.is_empty());
        let samples = samples.take(SAMPLES).map(|text| text.chars().take(SAMPLE_CHARS).collect()).collect();
        let hidden = sheet.hidden.contains(&column);
        // What was hidden is not shown before somebody asks for it on purpose.
        (names.cell(column).to_owned(), hidden, if hidden { Vec::new() } else { samples })
    };
    (0..names.cells.len()).map(column).collect()
}

/// A file's name without the folders that some browsers, and some attackers, send along.
pub(super) fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_files_name_no_folder_is_kept() {
        for (sent, kept) in [
            ("lijst.xlsx", "lijst.xlsx"),
            ("C:\\Users\\marit\\lijst.csv", "lijst.csv"),
            ("../../etc/passwd", "passwd"),
            ("a\nb\0.csv", "ab.csv"),
            ("map/", ""),
        ] {
            assert_eq!(file_name(sent), kept);
        }
        assert_eq!(file_name(&"x".repeat(500)).len(), 120);
    }
}
