//! The questions about what belongs to a case besides its links and its plan: history, notes, subjects.

use super::{open::SEE_CASE, *};
use crate::{
    permit::{Permit, act, of},
    store::{headers, visible},
};
use plein_domain::header::{CaseHeader, NoteHeader};

impl Gate {
    /// What happened in a case: who did what and when, without its words.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn view_history(&self, asker: &Asker, id: CaseId) -> Result<Permit<act::View, of::Case>, Denied> {
        let (header, decided) = self.case(asker, id, SEE_CASE).await?;
        let line = self.record(asker, LineKind::Opened, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, header))
    }

    /// Reading the notes on a case; `kind` tells whether they were opened or printed.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn view_notes(
        &self,
        asker: &Asker,
        id: CaseId,
        kind: LineKind,
    ) -> Result<Permit<act::View, of::CaseNotes>, Denied> {
        let (header, decided) = self.case(asker, id, SEE_CASE).await?;
        let line = self.record(asker, kind, decided, vec![ObjectRef::notes(id), id.into()]).await?;
        Ok(Permit::after(line, header))
    }

    /// One note with what it said before.
    ///
    /// # Errors
    /// See [`Denied`]; a note on another case than this one is not found.
    pub async fn view_note(
        &self,
        asker: &Asker,
        case: CaseId,
        id: NoteId,
    ) -> Result<Permit<act::View, of::Note>, Denied> {
        self.note(asker, case, id, Action::ViewNote, LineKind::Opened).await
    }

    /// Writing a note with this id on a case.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn write_note(
        &self,
        asker: &Asker,
        case: CaseId,
        id: NoteId,
    ) -> Result<Permit<act::Create, of::NewNote>, Denied> {
        let (header, decided) = self.case(asker, case, &[Action::WriteNote]).await?;
        let objects = vec![ObjectRef::notes(case), case.into()];
        let line = self.record(asker, LineKind::NoteWritten, decided, objects).await?;
        Ok(Permit::after(line, (header, id)))
    }

    /// Changing or withdrawing a note; `kind` tells which.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn change_note(
        &self,
        asker: &Asker,
        case: CaseId,
        id: NoteId,
        kind: LineKind,
    ) -> Result<Permit<act::Edit, of::Note>, Denied> {
        self.note(asker, case, id, Action::ChangeNote, kind).await
    }

    async fn note<A>(
        &self,
        asker: &Asker,
        case: CaseId,
        id: NoteId,
        action: Action,
        kind: LineKind,
    ) -> Result<Permit<A, of::Note>, Denied> {
        let header = headers::note(&self.core.content, case, id).await?;
        let question = Question {
            actions: &[action],
            conceivable: vec![StatedPurpose::Case(case)],
            resource: header.as_ref().map(Resource::Note),
            object: ObjectRef::notes(case),
            known_by: Some(&[Action::ViewNote]),
        };
        let decided = self.decide(asker, question).await?;
        let header = header.ok_or(Denied::NotFound)?;
        let line = self.record(asker, kind, decided, vec![ObjectRef::notes(case), case.into()]).await?;
        Ok(Permit::after(line, header))
    }

    /// Judging subjects that are seen in several linked signals: under the links that stand now.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn judge_subjects(&self, asker: &Asker, id: CaseId) -> Result<Permit<act::Edit, of::CaseFile>, Denied> {
        let (header, decided) = self.case(asker, id, &[Action::JudgeSubjects]).await?;
        let links = visible::links(&self.core.content, id).await?;
        let line = self.record(asker, LineKind::SubjectsJudged, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, (header, links.into_iter().map(|(link, _)| link).collect())))
    }

    /// The other cases in whose team the asker is and to which a signal is or was linked that is or was linked to this one, for
    /// who was permitted this one. References only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn related_cases(&self, asker: &Asker, id: CaseId) -> VaultResult<Vec<(CaseId, Reference)>> {
        visible::related(&self.core.content, &asker.person, id).await
    }

    /// Whether the asker may write notes on this case, for showing what is possible.
    pub fn may_write_notes(&self, asker: &Asker, header: &CaseHeader) -> bool {
        let stated = Some(StatedPurpose::Case(header.id));
        self.core.policies.decide(&asker.person, Action::WriteNote, &Resource::Case(header), stated).allowed
    }

    /// Whether the asker may change this note, for showing what is possible.
    pub fn may_change_note(&self, asker: &Asker, header: &NoteHeader) -> bool {
        let stated = Some(StatedPurpose::Case(header.case.id));
        self.core.policies.decide(&asker.person, Action::ChangeNote, &Resource::Note(header), stated).allowed
    }
}
