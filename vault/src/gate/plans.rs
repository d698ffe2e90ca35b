//! A case's plan and its versions.

use super::*;
use crate::{
    permit::{Permit, act, of},
    store::headers,
};
use plein_domain::header::CaseHeader;

const SEE_PLAN: &[Action] = &[Action::ViewPlan];

impl Gate {
    /// Reading the plan of a case; `kind` tells whether it was opened or is still open.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn view_plan(
        &self,
        asker: &Asker,
        id: CaseId,
        kind: LineKind,
    ) -> Result<Permit<act::View, of::Plan>, Denied> {
        let (header, decided) = self.case(asker, id, SEE_PLAN).await?;
        let line = self.record(asker, kind, decided, vec![ObjectRef::plan(id), id.into()]).await?;
        Ok(Permit::after(line, header))
    }

    /// Taking the plan of a case out, as a file or on paper; `kind` tells which.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn export_plan(
        &self,
        asker: &Asker,
        id: CaseId,
        kind: LineKind,
    ) -> Result<Permit<act::View, of::Plan>, Denied> {
        let (header, decided) = self.case(asker, id, &[Action::ExportPlan]).await?;
        let line = self.record(asker, kind, decided, vec![ObjectRef::plan(id), id.into()]).await?;
        Ok(Permit::after(line, header))
    }

    /// Seeing versions of the plan of a case; `kind` tells whether they are opened, printed or taken out as a file.
    ///
    /// # Errors
    /// See [`Denied`]; a number that no version has is not found.
    pub async fn view_versions(
        &self,
        asker: &Asker,
        id: CaseId,
        numbers: &[i64],
        kind: LineKind,
    ) -> Result<Permit<act::View, of::PlanVersions>, Denied> {
        let action = if kind == LineKind::Opened { Action::ViewPlan } else { Action::ExportPlan };
        self.versions(asker, id, numbers, action, kind).await
    }

    /// Putting a version of a plan before the departments, or adopting it; `kind` tells which.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn settle_version(
        &self,
        asker: &Asker,
        id: CaseId,
        number: i64,
        kind: LineKind,
    ) -> Result<Permit<act::Lead, of::PlanVersions>, Denied> {
        self.versions(asker, id, &[number], Action::AdoptPlan, kind).await
    }

    /// Saying what the asker's department thinks of a version of a plan.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn answer_version(
        &self,
        asker: &Asker,
        id: CaseId,
        number: i64,
    ) -> Result<Permit<act::Edit, of::PlanVersions>, Denied> {
        self.versions(asker, id, &[number], Action::AnswerPlan, LineKind::PositionTaken).await
    }

    async fn versions<A>(
        &self,
        asker: &Asker,
        id: CaseId,
        numbers: &[i64],
        action: Action,
        kind: LineKind,
    ) -> Result<Permit<A, of::PlanVersions>, Denied> {
        let (header, decided) = self.case(asker, id, &[action]).await?;
        let mut versions = Vec::with_capacity(numbers.len());
        for number in numbers {
            // Whoever comes here may know of the plan, and so which versions it has.
            versions.push(headers::version(&self.core.content, id, *number).await?.ok_or(Denied::NotFound)?);
        }
        let mut objects: Vec<ObjectRef> = versions.iter().map(|version| version.id.into()).collect();
        objects.extend([ObjectRef::plan(id), id.into()]);
        let line = self.record(asker, kind, decided, objects).await?;
        Ok(Permit::after(line, (header, versions)))
    }

    /// Keeping the plan of a case as a version with this id.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn keep_version(
        &self,
        asker: &Asker,
        id: CaseId,
        version: VersionId,
    ) -> Result<Permit<act::Create, of::NewVersion>, Denied> {
        let (header, decided) = self.case(asker, id, &[Action::EditPlan]).await?;
        let objects = vec![version.into(), ObjectRef::plan(id), id.into()];
        let line = self.record(asker, LineKind::VersionKept, decided, objects).await?;
        Ok(Permit::after(line, (header, version)))
    }

    /// Whether the asker may answer for their department, and whether they may propose and adopt, for showing what is
    /// possible.
    pub fn version_options(&self, asker: &Asker, header: &CaseHeader) -> (bool, bool) {
        let may = |action| {
            let stated = Some(StatedPurpose::Case(header.id));
            self.core.policies.decide(&asker.person, action, &Resource::Case(header), stated).allowed
        };
        (may(Action::AnswerPlan), may(Action::AdoptPlan))
    }

    /// Beginning the plan of a case.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn begin_plan(&self, asker: &Asker, id: CaseId) -> Result<Permit<act::Lead, of::Plan>, Denied> {
        let (header, decided) = self.case(asker, id, &[Action::BeginPlan]).await?;
        let line = self.record(asker, LineKind::PlanBegun, decided, vec![id.into(), ObjectRef::plan(id)]).await?;
        Ok(Permit::after(line, header))
    }

    /// Whether somebody who has the plan open may go on reading it, and whether they may write. A yes leaves no line; a
    /// no does.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn still_may_view_plan(&self, asker: &Asker, id: CaseId) -> Result<bool, Denied> {
        let (header, decided) = self.case(asker, id, SEE_PLAN).await?;
        Ok(self.also(asker, Action::EditPlan, &Resource::Case(&header), &decided))
    }

    /// Whether the asker may write in this case's plan, and begin it, for showing what is possible.
    pub fn plan_options(&self, asker: &Asker, header: &CaseHeader) -> (bool, bool) {
        let may = |action| {
            let stated = Some(StatedPurpose::Case(header.id));
            self.core.policies.decide(&asker.person, action, &Resource::Case(header), stated).allowed
        };
        (may(Action::EditPlan), may(Action::BeginPlan))
    }
}
