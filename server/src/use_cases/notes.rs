//! Notes on cases: list, view, write, change, withdraw, print.

use super::{cases::CaseDirectory, *};
use async_trait::async_trait;
use plein_domain::{case::*, form::FormValues, ledger::LineKind, moment::Moment, people::Department};
use plein_vault::store::{NoteContent, Written};

#[async_trait]
impl Notes for UseCases {
    async fn list(&self, asker: &Asker, case: CaseId, page: u32) -> Answer<NotesView> {
        let (offset, limit) = window(page);
        self.notes(asker, case, LineKind::Opened, (page, offset, limit - 1)).await.map(|(view, _)| view)
    }

    async fn view(&self, asker: &Asker, case: CaseId, note: NoteId) -> Answer<NoteHistory> {
        let permit = self.vault.gate.view_note(asker, case, note).await;
        let permit = self.permitted(asker, permit).await?;
        let header = permit.granted().clone();
        let may_change = header.standing && self.vault.gate.may_change_note(asker, &header);
        let (content, mut earlier) = self.vault.notes.view(permit).await.asked_by(asker)?;
        if content.withdrawn_at.is_some() {
            earlier.insert(0, (content.text_at, content.text.clone()));
        }
        let directory = self.case_directory().await.asked_by(asker)?;
        let departments = self.vault.directory.departments().await.asked_by(asker)?;
        Ok(NoteHistory {
            case: self.case_head(asker, case, header.case, &directory).await?,
            note: note_view(content, asker, &directory, &departments),
            earlier,
            may_change,
        })
    }

    async fn write(&self, asker: &Asker, case: CaseId, note: Option<NoteId>, values: FormValues) -> Answer<()> {
        let text = read_note(&values).map_err(Problem::Invalid)?;
        let note = note.unwrap_or_else(|| plein_domain::moment::random_id(&**self.vault.entropy()));
        let permit = self.vault.gate.write_note(asker, case, note).await;
        let permit = self.permitted(asker, permit).await?;
        match self.vault.notes.write(permit, &text).await.asked_by(asker)? {
            Written::Done(()) | Written::Already(()) => Ok(()),
            Written::Stale | Written::Overtaken | Written::Conflict => Err(Problem::NotFound),
        }
    }

    async fn change(
        &self,
        asker: &Asker,
        case: CaseId,
        note: NoteId,
        seen: i64,
        values: FormValues,
    ) -> Answer<NoteAct> {
        let text = read_note(&values).map_err(Problem::Invalid)?;
        let permit = self.vault.gate.change_note(asker, case, note, LineKind::NoteChanged).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.notes.change(permit, seen, Some(&text)).await.asked_by(asker).map(ended)
    }

    async fn withdraw(&self, asker: &Asker, case: CaseId, note: NoteId, seen: i64) -> Answer<NoteAct> {
        let permit = self.vault.gate.change_note(asker, case, note, LineKind::NoteWithdrawn).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.notes.change(permit, seen, None).await.asked_by(asker).map(ended)
    }

    async fn print(&self, asker: &Asker, case: CaseId) -> Answer<(NotesView, Moment)> {
        self.notes(asker, case, LineKind::Printed, (1, 0, NOTES_PRINTED)).await
    }
}

fn ended(written: Written<()>) -> NoteAct {
    match written {
        Written::Done(()) | Written::Already(()) => NoteAct::Done,
        Written::Stale | Written::Overtaken | Written::Conflict => NoteAct::Overtaken,
    }
}

/// A note in the words of its readers.
pub(super) fn note_view(
    content: NoteContent,
    asker: &Asker,
    directory: &CaseDirectory,
    departments: &[Department],
) -> NoteView {
    let department = departments.iter().find(|one| one.id == content.department);
    NoteView {
        id: content.id,
        by: directory.name(content.author),
        department: department.map(|one| one.name.clone()).unwrap_or_default(),
        written_at: content.written_at,
        changed_at: (content.version > 1).then_some(content.text_at),
        withdrawn_at: content.withdrawn_at,
        text: content.withdrawn_at.is_none().then_some(content.text),
        version: content.version,
        own: content.author == asker.person.id,
    }
}

impl UseCases {
    /// Notes on a case, and when they were opened.
    async fn notes(
        &self,
        asker: &Asker,
        case: CaseId,
        kind: LineKind,
        (page, offset, shown): (u32, i64, i64),
    ) -> Answer<(NotesView, Moment)> {
        let permit = self.vault.gate.view_notes(asker, case, kind).await;
        let permit = self.permitted(asker, permit).await?;
        let (header, at) = (permit.granted().clone(), permit.at());
        let mut found = self.vault.notes.page(permit, offset, shown + 1).await.asked_by(asker)?;
        let more = found.len() as i64 > shown;
        found.truncate(usize::try_from(shown).unwrap_or_default());
        let directory = self.case_directory().await.asked_by(asker)?;
        let departments = self.vault.directory.departments().await.asked_by(asker)?;
        let rows = found.into_iter().map(|one| note_view(one, asker, &directory, &departments)).collect();
        let view = NotesView {
            may_write: self.vault.gate.may_write_notes(asker, &header),
            fresh: plein_domain::moment::random_id(&**self.vault.entropy()),
            case: self.case_head(asker, case, header, &directory).await?,
            notes: Numbered { rows, page: page.max(1), more },
        };
        Ok((view, at))
    }
}
