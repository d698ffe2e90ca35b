//! The questions: one method for each way in. Each names what it asks, decides, records, and permits.

use super::*;
use crate::{
    permit::{Permit, act, of},
    store::{headers, visible, visible::lists::Slice},
};
use plein_domain::{
    access_log::LogFilter,
    draft::DraftRow,
    form::FormKind,
    header::{CaseHeader, SignalHeader},
    list::{CandidateList, CaseList, SignalList},
    signal::{Extent, SignalHead},
};

/// Seeing a signal, the widest extent first.
pub(super) const SEE_SIGNAL: &[Action] = &[Action::ViewWhole, Action::ViewOffered, Action::ViewShared];
pub(super) const SEE_CASE: &[Action] = &[Action::ViewCase];

/// The purposes under which a signal could be seen.
pub(super) fn of_signal(header: &SignalHeader) -> Vec<StatedPurpose> {
    std::iter::once(StatedPurpose::Intake)
        .chain(header.links.iter().map(|link| StatedPurpose::Case(link.case)))
        .collect()
}

impl Gate {
    /// A signal, to the widest extent the asker may see under a stated purpose.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn view_signal(&self, asker: &Asker, id: SignalId) -> Result<Permit<act::View, of::Signal>, Denied> {
        let (header, decided) = self.signal(asker, id, SEE_SIGNAL).await?;
        let extent = match (decided.action, decided.stated.and_then(StatedPurpose::case)) {
            (Action::ViewWhole, _) => Extent::Whole,
            (Action::ViewShared, Some(case)) => Extent::Shared(case),
            _ => Extent::Offered,
        };
        let line = self.record(asker, LineKind::Opened, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, (header, extent)))
    }

    /// What each version of a signal said: for who sees it whole.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn view_signal_versions(
        &self,
        asker: &Asker,
        id: SignalId,
    ) -> Result<Permit<act::View, of::SignalVersions>, Denied> {
        let (header, decided) = self.signal(asker, id, &[Action::ViewWhole]).await?;
        let line = self.record(asker, LineKind::Opened, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, header))
    }

    /// A change to a signal: seeing it whole in a form, or saving that form.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn edit_signal(&self, asker: &Asker, id: SignalId) -> Result<Permit<act::Edit, of::Signal>, Denied> {
        let (header, decided) = self.signal(asker, id, &[Action::Edit]).await?;
        let line = self.record(asker, LineKind::Edited, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, (header, Extent::Whole)))
    }

    /// Who viewed a signal. The flag tells whether refusals may be shown too.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn signal_log(
        &self,
        asker: &Asker,
        id: SignalId,
    ) -> Result<(Permit<act::ViewLog, of::Signal>, bool), Denied> {
        let (header, decided) = self.signal(asker, id, &[Action::ViewSignalLog]).await?;
        let refusals = self.also(asker, Action::ViewSignalRefusals, &Resource::Signal(&header), &decided);
        let line = self.record(asker, LineKind::Searched, decided, vec![id.into()]).await?;
        Ok((Permit::after(line, (header, Extent::Whole)), refusals))
    }

    pub(super) async fn signal(
        &self,
        asker: &Asker,
        id: SignalId,
        actions: &[Action],
    ) -> Result<(SignalHeader, Decided), Denied> {
        let header = headers::signal(&self.core.content, id).await?;
        let question = Question {
            actions,
            conceivable: header.as_ref().map(of_signal).unwrap_or_default(),
            resource: header.as_ref().map(Resource::Signal),
            object: id.into(),
            known_by: Some(SEE_SIGNAL),
        };
        let decided = self.decide(asker, question).await?;
        let header = header.ok_or(Denied::NotFound)?;
        Ok((header, decided))
    }

    /// Whether the same person, under the same purpose, may also do this with the same thing.
    pub(super) fn also(&self, asker: &Asker, action: Action, resource: &Resource<'_>, decided: &Decided) -> bool {
        self.core.policies.decide(&asker.person, action, resource, decided.stated).allowed
    }

    /// Whether the asker may change this signal and see who viewed it, for showing what is possible.
    pub fn signal_options(&self, asker: &Asker, header: &SignalHeader) -> (bool, bool) {
        let may = |action| {
            let intake = Some(StatedPurpose::Intake);
            self.core.policies.decide(&asker.person, action, &Resource::Signal(header), intake).allowed
        };
        (may(Action::Edit), may(Action::ViewSignalLog))
    }

    /// Whether the asker leads this case and may see who viewed it, for showing what is possible.
    pub fn case_options(&self, asker: &Asker, header: &CaseHeader) -> (bool, bool) {
        let may = |action| {
            let stated = Some(StatedPurpose::Case(header.id));
            self.core.policies.decide(&asker.person, action, &Resource::Case(header), stated).allowed
        };
        (may(Action::LeadCase), may(Action::ViewCaseLog))
    }

    /// Logging a new signal under this id.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn log_signal(&self, asker: &Asker, id: SignalId) -> Result<Permit<act::Create, of::NewSignal>, Denied> {
        let decided = self.area(asker, Action::LogSignal).await?;
        let line = self.record(asker, LineKind::Logged, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, id))
    }

    /// A page of the signals the asker may see, each to its own extent, and how it lies in the whole list.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn list_signals(
        &self,
        asker: &Asker,
        list: &SignalList,
    ) -> Result<(Permit<act::View, of::SignalPage>, Around), Denied> {
        let decided = self.area(asker, Action::ListSignals).await?;
        let Slice { rows, count, earlier, later } =
            visible::lists::signals(&self.core.content, &asker.person, list).await?;
        let extent = |head: SignalHead| {
            let extent = if visible::owns(&asker.person, &head) { Extent::Whole } else { Extent::Offered };
            (head, extent)
        };
        let page: Vec<_> = rows.into_iter().map(extent).collect();
        let objects = page.iter().map(|(head, _)| head.id.into()).collect();
        let line = self.record(asker, LineKind::Listed, decided, objects).await?;
        Ok((Permit::after(line, page), Around { count, earlier, later }))
    }

    /// A case with what its links share and its newest notes. The links are laid down here, those that ended too: what is linked a moment
    /// later is not shown under this line.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn view_case(&self, asker: &Asker, id: CaseId) -> Result<Permit<act::View, of::CaseFile>, Denied> {
        let (header, decided) = self.case(asker, id, SEE_CASE).await?;
        let links = visible::links(&self.core.content, id).await?;
        let mut objects = vec![id.into(), ObjectRef::notes(id)];
        for (_, signal) in &links {
            let object = (*signal).into();
            if !objects.contains(&object) {
                objects.push(object);
            }
        }
        let line = self.record(asker, LineKind::Opened, decided, objects).await?;
        Ok(Permit::after(line, (header, links.into_iter().map(|(link, _)| link).collect())))
    }

    /// Changing a case: `kind` tells how it stands in the log. A signal that is newly linked must be one that
    /// may be chosen.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn lead_case(
        &self,
        asker: &Asker,
        id: CaseId,
        kind: LineKind,
        signal: Option<SignalId>,
    ) -> Result<Permit<act::Lead, of::Case>, Denied> {
        let (header, decided) = self.case(asker, id, &[Action::LeadCase]).await?;
        if let (LineKind::Linked, Some(signal)) = (kind, signal) {
            self.choose(asker, signal).await?;
        }
        let objects = std::iter::once(id.into()).chain(signal.map(Into::into)).collect();
        let line = self.record(asker, kind, decided, objects).await?;
        Ok(Permit::after(line, header))
    }

    /// Who viewed a case. The flag tells whether refusals may be shown too.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn case_log(&self, asker: &Asker, id: CaseId) -> Result<(Permit<act::ViewLog, of::Case>, bool), Denied> {
        let (header, decided) = self.case(asker, id, &[Action::ViewCaseLog]).await?;
        let refusals = self.also(asker, Action::ViewCaseRefusals, &Resource::Case(&header), &decided);
        let line = self.record(asker, LineKind::Searched, decided, vec![id.into()]).await?;
        Ok((Permit::after(line, header), refusals))
    }

    pub(super) async fn case(
        &self,
        asker: &Asker,
        id: CaseId,
        actions: &[Action],
    ) -> Result<(CaseHeader, Decided), Denied> {
        let header = headers::case(&self.core.content, id).await?;
        self.case_of(asker, id, header, actions).await
    }

    pub(super) async fn case_of(
        &self,
        asker: &Asker,
        id: CaseId,
        header: Option<CaseHeader>,
        actions: &[Action],
    ) -> Result<(CaseHeader, Decided), Denied> {
        let question = Question {
            actions,
            conceivable: vec![StatedPurpose::Case(id)],
            resource: header.as_ref().map(Resource::Case),
            object: id.into(),
            known_by: Some(SEE_CASE),
        };
        let decided = self.decide(asker, question).await?;
        let header = header.ok_or(Denied::NotFound)?;
        Ok((header, decided))
    }

    /// A page of the cases in whose team the asker is, and how it lies in the whole list.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn list_cases(
        &self,
        asker: &Asker,
        list: &CaseList,
    ) -> Result<(Permit<act::View, of::CasePage>, Around), Denied> {
        let decided = self.area(asker, Action::ListCases).await?;
        let Slice { rows, count, earlier, later } =
            visible::lists::cases(&self.core.content, &asker.person, list).await?;
        let objects = rows.iter().map(|id| (*id).into()).collect();
        let line = self.record(asker, LineKind::Listed, decided, objects).await?;
        Ok((Permit::after(line, rows), Around { count, earlier, later }))
    }

    /// A draft, for its author. The line names the thing the draft is about as well, when that is there already: its
    /// words are in the draft. Saving is one line per person, session, draft and five minutes; reading is always one.
    ///
    /// # Errors
    /// See [`Denied`]; somebody else's draft is not found.
    pub async fn draft(
        &self,
        asker: &Asker,
        id: DraftId,
        touch: Touch,
    ) -> Result<Permit<act::Edit, of::Draft>, Denied> {
        let found = headers::draft(&self.core.content, id).await?;
        let question = Question {
            actions: &[Action::Write],
            conceivable: Vec::new(),
            resource: found.as_ref().map(|(_, author)| Resource::Draft { id, author: *author }),
            object: id.into(),
            known_by: Some(&[]),
        };
        let decided = self.decide(asker, question).await?;
        let row: DraftRow = found.map(|(row, _)| row).ok_or(Denied::NotFound)?;
        let mut objects = vec![id.into()];
        match row.kind {
            FormKind::NewSignal | FormKind::OpenCase => {}
            FormKind::EditSignal => objects.push(SignalId(row.object).into()),
            FormKind::LinkSignal | FormKind::UnlinkSignal | FormKind::Team => objects.push(CaseId(row.object).into()),
        }
        let now = self.core.clock.now();
        let covering = self.recent.covers(asker.session, id, now).filter(|_| touch == Touch::Save);
        if let Some(event) = covering {
            let line = Line { event, ..self.line(asker, LineKind::Edited, decided.stated, objects) };
            return Ok(Permit::after(line, row));
        }
        let line = self.record(asker, LineKind::Edited, decided, objects).await?;
        self.recent.note(asker.session, id, &line);
        Ok(Permit::after(line, row))
    }

    /// The asker's own viewings.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn own_log(&self, asker: &Asker, before: Option<u64>) -> Result<Permit<act::ViewLog, of::Log>, Denied> {
        let question = Question {
            actions: &[Action::ViewOwnLog],
            conceivable: Vec::new(),
            resource: Some(Resource::Area),
            object: ObjectRef::AREA,
            known_by: None,
        };
        let decided = self.decide(asker, question).await?;
        let line = self.record(asker, LineKind::Searched, decided, vec![ObjectRef::AREA]).await?;
        Ok(Permit::after(line, LogFilter { before, person: Some(asker.person.id), ..LogFilter::default() }))
    }

    /// Whether the asker may begin or go on with a form of this kind about this thing. Nothing sealed is read, so a
    /// yes leaves no line; a refusal does.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn may_write(&self, asker: &Asker, kind: FormKind, object: uuid::Uuid) -> Result<(), Denied> {
        match kind {
            FormKind::NewSignal => self.area(asker, Action::LogSignal).await.map(drop),
            FormKind::OpenCase => self.area(asker, Action::OpenCase).await.map(drop),
            FormKind::EditSignal => self.signal(asker, SignalId(object), &[Action::Edit]).await.map(drop),
            FormKind::LinkSignal | FormKind::UnlinkSignal | FormKind::Team => {
                self.case(asker, CaseId(object), &[Action::LeadCase]).await.map(drop)
            }
        }
    }

    /// For *Mijn werk*: the newest signals of the own department, and for a coordinator what waits. Clear columns only.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn waiting(&self, asker: &Asker, limit: i64) -> VaultResult<(Vec<SignalHead>, Vec<SignalHead>)> {
        let own = visible::own(&self.core.content, &asker.person, limit).await?;
        let coordinates = visible::coordinates(&asker.person);
        let waiting = if coordinates {
            let limit = usize::try_from(limit).unwrap_or_default();
            let mut waiting = visible::lists::candidates(&self.core.content, &CandidateList::default(), limit).await?;
            waiting.truncate(limit);
            waiting
        } else {
            Vec::new()
        };
        Ok((own, waiting))
    }

    pub(super) async fn area(&self, asker: &Asker, action: Action) -> Result<Decided, Denied> {
        let mut conceivable = Self::own_purposes(asker);
        if conceivable.is_empty() {
            conceivable.push(StatedPurpose::Administration);
        }
        let question = Question {
            actions: &[action],
            conceivable,
            resource: Some(Resource::Area),
            object: ObjectRef::AREA,
            known_by: None,
        };
        self.decide(asker, question).await
    }
}
