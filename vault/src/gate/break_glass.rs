//! The questions about break-glass: beginning it, reading by it, stopping it, reviewing it.
//!
//! Whoever asks for a record may not learn from the answer whether there is one: what nobody has and what may not be read
//! so take the same path and leave the same kind of line.

use super::{open::SEE_CASE, *};
use crate::{
    permit::{Permit, act, of},
    store::{break_glass, headers, visible},
};
use plein_domain::{
    header::{BreakGlassHeader, CaseHeader, ObjectKind, SignalHeader},
    moment::random_id,
};

/// The answer to somebody who wants to begin.
pub enum Glass {
    /// They may.
    May(Box<Permit<act::Create, of::NewBreakGlass>>),
    /// They began it before under this id: a form that was sent again.
    Begun(BreakGlassId),
    /// This one of theirs is still open.
    OneIsOpen(BreakGlassId),
    /// They can open the record as it is.
    CanOpen(ObjectRef),
    /// There is nobody who could review it.
    NobodyReviews,
}

/// A record that may be read in an emergency.
pub enum Emergency {
    /// A signal.
    Signal(Permit<act::View, of::Signal>),
    /// A case.
    Case(Permit<act::View, of::CaseFile>),
}

/// A record that somebody asks for.
enum Record {
    Signal(SignalHeader),
    Case(CaseHeader),
}

impl Record {
    fn resource(&self) -> Resource<'_> {
        match self {
            Self::Signal(header) => Resource::Signal(header),
            Self::Case(header) => Resource::Case(header),
        }
    }
}

impl Gate {
    /// Whether the asker may use break-glass at all. Nothing is looked up, so a yes leaves no line; a refusal does.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn may_break_glass(&self, asker: &Asker) -> Result<(), Denied> {
        self.area(asker, Action::BreakGlass).await.map(drop)
    }

    /// Whether the asker may begin to use it now, and proved lately who they are. A yes leaves no line; a refusal does.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn may_begin_break_glass(&self, asker: &Asker) -> Result<(), Denied> {
        self.may_break_glass(asker).await?;
        self.fresh(asker, LineKind::GlassBroken).await
    }

    /// Beginning to read the record with this reference, under this id.
    ///
    /// # Errors
    /// See [`Denied`]; a reference that nothing has is not found, and one of what may not be read so neither.
    pub async fn break_glass(&self, asker: &Asker, id: BreakGlassId, reference: Reference) -> Result<Glass, Denied> {
        self.area(asker, Action::BreakGlass).await?;
        // All of these are told before the record is looked for, so that they say nothing of it.
        let id = match break_glass::find(&self.core, id).await? {
            Some(used) if used.person == asker.person.id => return Ok(Glass::Begun(id)),
            Some(_) => random_id(&*self.core.entropy),
            None => id,
        };
        self.fresh(asker, LineKind::GlassBroken).await?;
        if let Some(open) = break_glass::open_of(&self.core, asker.person.id).await? {
            return Ok(Glass::OneIsOpen(open.id));
        }
        let reviewers = break_glass::reviewers(&self.core.content, &asker.person).await?;
        if reviewers.is_empty() {
            self.refuse(asker, &[Action::BreakGlass], ObjectRef::AREA, Vec::new()).await?;
            return Ok(Glass::NobodyReviews);
        }
        let found = headers::by_reference(&self.core.content, &reference).await?;
        let record = self.record_of(found).await?;
        // What nobody has stands in the log as a thing of the kind that was asked for, which nothing else is about.
        let nothing = ObjectRef { kind: headers::kind_of(&reference), id: random_id(&*self.core.entropy) };
        let object = found.filter(|_| record.is_some()).unwrap_or(nothing);
        if record.as_ref().is_some_and(|record| self.can_open(asker, record)) {
            return Ok(Glass::CanOpen(object));
        }
        let action = match object.kind {
            ObjectKind::Case => Action::OpenCaseInEmergency,
            _ => Action::OpenSignalInEmergency,
        };
        let question = Question {
            actions: &[action],
            conceivable: Self::own_purposes(asker),
            resource: record.as_ref().map(Record::resource),
            object,
            known_by: Some(&[]),
        };
        let decided = self.decide(asker, question).await?;
        let line = self.record(asker, LineKind::GlassBroken, decided, vec![object, id.into()]).await?;
        Ok(Glass::May(Box::new(Permit::after(line, (id, object, reference, reviewers)))))
    }

    async fn record_of(&self, found: Option<ObjectRef>) -> VaultResult<Option<Record>> {
        Ok(match found {
            Some(ObjectRef { kind: ObjectKind::Case, id }) => {
                headers::case(&self.core.content, CaseId(id)).await?.map(Record::Case)
            }
            Some(ObjectRef { id, .. }) => headers::signal(&self.core.content, SignalId(id)).await?.map(Record::Signal),
            None => None,
        })
    }

    /// Whether the asker could open this record under any purpose.
    fn can_open(&self, asker: &Asker, record: &Record) -> bool {
        let (actions, purposes) = match record {
            Record::Signal(header) => (open::SEE_SIGNAL, open::of_signal(header)),
            Record::Case(header) => (SEE_CASE, vec![StatedPurpose::Case(header.id)]),
        };
        let resource = record.resource();
        let may = |action: &Action, stated: &StatedPurpose| {
            self.core.policies.decide(&asker.person, *action, &resource, Some(*stated)).allowed
        };
        purposes.iter().any(|stated| actions.iter().any(|action| may(action, stated)))
    }

    /// The record of a break-glass, as long as it is open: under the purpose for which the record is kept, which its user need not
    /// state. The line names the break-glass as well.
    ///
    /// # Errors
    /// See [`Denied`]; one's own that is over is not allowed, somebody else's not found.
    pub async fn view_in_emergency(
        &self,
        asker: &Asker,
        id: BreakGlassId,
    ) -> Result<(BreakGlassHeader, Emergency), Denied> {
        let found = break_glass::find(&self.core, id).await?;
        let purpose = found.as_ref().map(BreakGlassHeader::purpose);
        let under = Asker { purposes: purpose.into_iter().collect(), ..asker.clone() };
        let question = Question {
            actions: &[Action::ViewInEmergency],
            conceivable: purpose.into_iter().collect(),
            resource: found.as_ref().map(Resource::BreakGlass),
            object: id.into(),
            known_by: Some(&[Action::ViewOwnBreakGlass]),
        };
        let decided = self.decide(&under, question).await?;
        let header = found.ok_or(Denied::NotFound)?;
        let kind = LineKind::ViewedInEmergency;
        let shown = match self.record_of(Some(header.record)).await?.ok_or(Denied::NotFound)? {
            Record::Signal(signal) => {
                let line = self.record(asker, kind, decided, vec![header.record, id.into()]).await?;
                Emergency::Signal(Permit::after(line, (signal, plein_domain::signal::Extent::Emergency)))
            }
            Record::Case(case) => {
                let links = visible::links(&self.core.content, case.id).await?;
                let mut objects = vec![header.record, id.into(), ObjectRef::notes(case.id)];
                for (_, signal) in &links {
                    let object = (*signal).into();
                    if !objects.contains(&object) {
                        objects.push(object);
                    }
                }
                let line = self.record(asker, kind, decided, objects).await?;
                Emergency::Case(Permit::after(line, (case, links.into_iter().map(|(link, _)| link).collect())))
            }
        };
        Ok((header, shown))
    }

    /// What oneself wrote to use break-glass, with its review.
    ///
    /// # Errors
    /// See [`Denied`]; somebody else's is not found.
    pub async fn own_break_glass(
        &self,
        asker: &Asker,
        id: BreakGlassId,
    ) -> Result<Permit<act::View, of::BreakGlass>, Denied> {
        let (header, line) = self.glass(asker, id, Action::ViewOwnBreakGlass, LineKind::Opened).await?;
        Ok(Permit::after(line, header))
    }

    /// Stopping a break-glass: one's own, or one that the asker reviews.
    ///
    /// # Errors
    /// See [`Denied`]; any other is not found.
    pub async fn stop_break_glass(
        &self,
        asker: &Asker,
        id: BreakGlassId,
    ) -> Result<Permit<act::Edit, of::BreakGlass>, Denied> {
        let (header, line) = self.glass(asker, id, Action::StopBreakGlass, LineKind::GlassStopped).await?;
        Ok(Permit::after(line, header))
    }

    /// So many of those that the asker reviews, after leaving out so many; and whether there are more.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn list_reviews(
        &self,
        asker: &Asker,
        closed: bool,
        (offset, limit): (i64, i64),
    ) -> Result<(Permit<act::View, of::ReviewPage>, bool), Denied> {
        let reviewer = break_glass::reviewer_of_fg(&self.core.content).await?;
        let question = Question {
            actions: &[Action::ListReviews],
            conceivable: vec![StatedPurpose::Supervision],
            resource: Some(Resource::Reviews { reviewer }),
            object: ObjectRef::AREA,
            known_by: None,
        };
        let decided = self.decide(asker, question).await?;
        let mut page = break_glass::page(&self.core, &asker.person, closed, (offset, limit + 1)).await?;
        let more = page.len() as i64 > limit;
        page.truncate(usize::try_from(limit).unwrap_or_default());
        let mut objects: Vec<ObjectRef> = page.iter().map(|one| one.id.into()).collect();
        if objects.is_empty() {
            objects.push(ObjectRef::AREA);
        }
        let line = self.record(asker, LineKind::Listed, decided, objects).await?;
        Ok((Permit::after(line, page), more))
    }

    /// A break-glass, to be reviewed.
    ///
    /// # Errors
    /// See [`Denied`]; one that the asker does not review is not found.
    pub async fn view_review(
        &self,
        asker: &Asker,
        id: BreakGlassId,
    ) -> Result<Permit<act::View, of::BreakGlass>, Denied> {
        let (header, line) = self.glass(asker, id, Action::ViewReview, LineKind::Opened).await?;
        Ok(Permit::after(line, header))
    }

    /// Reviewing a break-glass that is over.
    ///
    /// # Errors
    /// See [`Denied`]; one that the asker does not review is not found, one that is open not allowed.
    pub async fn review(&self, asker: &Asker, id: BreakGlassId) -> Result<Permit<act::Edit, of::Review>, Denied> {
        let (header, line) = self.glass(asker, id, Action::GiveReview, LineKind::GlassReviewed).await?;
        Ok(Permit::after(line, header))
    }

    /// Decides about a break-glass and records it. The line names the break-glass alone: nothing of its record is shown.
    async fn glass(
        &self,
        asker: &Asker,
        id: BreakGlassId,
        action: Action,
        kind: LineKind,
    ) -> Result<(BreakGlassHeader, Line), Denied> {
        let found = break_glass::find(&self.core, id).await?;
        // What is one's own needs no purpose.
        let own = found.as_ref().is_some_and(|header| header.person == asker.person.id);
        let question = Question {
            actions: &[action],
            conceivable: if own { Vec::new() } else { vec![StatedPurpose::Supervision] },
            resource: found.as_ref().map(Resource::BreakGlass),
            object: id.into(),
            known_by: Some(&[Action::ViewReview]),
        };
        let decided = self.decide(asker, question).await?;
        let header = found.ok_or(Denied::NotFound)?;
        let line = self.record(asker, kind, decided, vec![id.into()]).await?;
        Ok((header, line))
    }

    /// Whether the asker is configured to review what a data protection officer did.
    pub(super) async fn reviews_the_fg(&self, asker: &Asker) -> VaultResult<bool> {
        Ok(break_glass::reviewer_of_fg(&self.core.content).await? == Some(asker.person.id))
    }
}
