//! Break-glass: begin, read, stop; list, look at and review. Who reviews sees no content of any record.

use super::{notes::note_view, *};
use async_trait::async_trait;
use plein_domain::{
    break_glass::*,
    case::{LinkView, TeamMember},
    form::FormValues,
    header::BreakGlassHeader,
    moment::random_id,
};
use plein_vault::{
    Emergency, Glass, Permit, act, of,
    store::{GlassContent, Written},
};

#[async_trait]
impl BreakGlass for UseCases {
    async fn start(&self, asker: &Asker) -> Answer<GlassStart> {
        let may = self.vault.gate.may_break_glass(asker).await;
        self.permitted(asker, may).await?;
        let mine = self.vault.break_glass.of(asker.person.id, OWN_SHOWN).await.asked_by(asker)?;
        Ok(GlassStart { fresh: random_id(&**self.vault.entropy()), mine })
    }

    async fn may_begin(&self, asker: &Asker) -> Answer<()> {
        let may = self.vault.gate.may_begin_break_glass(asker).await;
        self.permitted(asker, may).await
    }

    async fn begin(&self, asker: &Asker, values: FormValues) -> Answer<GlassAct> {
        let may = self.vault.gate.may_break_glass(asker).await;
        self.permitted(asker, may).await?;
        let id = values.text("once").parse().unwrap_or_else(|_| random_id(&**self.vault.entropy()));
        let asked = read(&values).map_err(Problem::Invalid)?;
        let glass = self.vault.gate.break_glass(asker, id, asked.reference).await;
        let permit = match self.permitted(asker, glass).await? {
            Glass::Begun(id) => return Ok(GlassAct::Begun(id)),
            Glass::OneIsOpen(open) => return Ok(GlassAct::OneIsOpen(open)),
            Glass::CanOpen(record) => return Ok(GlassAct::CanOpen(record)),
            Glass::NobodyReviews => return Ok(GlassAct::NobodyReviews),
            Glass::May(permit) => *permit,
        };
        match self.vault.break_glass.begin(permit, &asked.motive).await.asked_by(asker)? {
            Written::Done(id) | Written::Already(id) => Ok(GlassAct::Begun(id)),
            Written::Stale | Written::Overtaken | Written::Conflict => {
                let open = self.vault.break_glass.open_of(asker.person.id).await.asked_by(asker)?;
                open.map(|open| GlassAct::OneIsOpen(open.id)).ok_or(Problem::NotFound)
            }
        }
    }

    async fn own(&self, asker: &Asker, id: BreakGlassId) -> Answer<OwnGlass> {
        let permit = self.vault.gate.own_break_glass(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        let header = permit.granted().clone();
        let (motive, review) = self.written(asker, permit).await?;
        let stopped_by = self.stopper(&header).await.asked_by(asker)?;
        Ok(OwnGlass { head: GlassHead::from(&header), motive, stopped_by, review })
    }

    async fn record(&self, asker: &Asker, id: BreakGlassId) -> Answer<EmergencyView> {
        let shown = self.vault.gate.view_in_emergency(asker, id).await;
        let (header, shown) = self.permitted(asker, shown).await?;
        let left = (header.ends_at.0 - self.vault.clock().now().0).max(0) / 1_000_000;
        let record = match shown {
            Emergency::Signal(permit) => {
                let parts = self.vault.signals.view(permit).await.asked_by(asker)?;
                let (head, fields, shown) = (parts.head, parts.fields, parts.shown);
                EmergencyRecord::Signal(Box::new(EmergencySignal { head, fields, shown }))
            }
            Emergency::Case(permit) => EmergencyRecord::Case(Box::new(self.emergency_case(asker, permit).await?)),
        };
        Ok(EmergencyView { head: GlassHead::from(&header), left, record })
    }

    async fn stop(&self, asker: &Asker, id: BreakGlassId) -> Answer<()> {
        let permit = self.vault.gate.stop_break_glass(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.break_glass.stop(permit).await.asked_by(asker).map(drop)
    }

    async fn reviews(&self, asker: &Asker, closed: bool, page: u32) -> Answer<ReviewsView> {
        let (offset, limit) = window(page);
        let permit = self.vault.gate.list_reviews(asker, closed, (offset, limit - 1)).await;
        let (permit, more) = self.permitted(asker, permit).await?;
        let mut rows = Vec::with_capacity(permit.granted().len());
        for header in permit.granted() {
            rows.push(self.review_row(header).await.asked_by(asker)?);
        }
        Ok(ReviewsView { closed, rows: Numbered { rows, page: page.max(1), more } })
    }

    async fn review(&self, asker: &Asker, id: BreakGlassId, before: Option<u64>) -> Answer<ReviewView> {
        let permit = self.vault.gate.view_review(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        let header = permit.granted().clone();
        let page = self.vault.log.of_break_glass(&permit, before).await.asked_by(asker)?;
        let known = HashMap::from([(header.record.id, header.reference.to_string())]);
        let mut lines = self.viewings(asker, page, known, None).await.asked_by(asker)?;
        for line in &mut lines.lines {
            // The page is about it, so a line names what else it is about.
            if line.objects.len() > 1 {
                line.objects.retain(|(object, _)| object.id != id.0);
            }
        }
        let (motive, review) = self.written(asker, permit).await?;
        let row = self.review_row(&header).await.asked_by(asker)?;
        let stopped_by = self.stopper(&header).await.asked_by(asker)?;
        Ok(ReviewView { row, motive, stopped_by, review, lines })
    }

    async fn give_review(&self, asker: &Asker, id: BreakGlassId, values: FormValues) -> Answer<ReviewAct> {
        let (verdict, words) = read_review(&values).map_err(Problem::Invalid)?;
        let permit = self.vault.gate.review(asker, id).await;
        let permit = self.permitted(asker, permit).await?;
        Ok(match self.vault.break_glass.review(permit, verdict, &words).await.asked_by(asker)? {
            Written::Done(()) | Written::Already(()) => ReviewAct::Done,
            Written::Stale | Written::Overtaken | Written::Conflict => ReviewAct::Overtaken,
        })
    }
}

impl UseCases {
    /// What was written about it.
    async fn written(
        &self,
        asker: &Asker,
        permit: Permit<act::View, of::BreakGlass>,
    ) -> Answer<(String, Option<Review>)> {
        let GlassContent { motive, review } = self.vault.break_glass.view(permit).await.asked_by(asker)?;
        let review = match review {
            Some((verdict, words, by, at)) => {
                Some(Review { verdict, words, by: self.name_of(by).await.asked_by(asker)?, at })
            }
            None => None,
        };
        Ok((motive, review))
    }

    async fn stopper(&self, header: &BreakGlassHeader) -> VaultResult<Option<String>> {
        match header.stopped {
            Some((by, _)) => self.name_of(by).await.map(Some),
            None => Ok(None),
        }
    }

    async fn name_of(&self, person: PersonId) -> VaultResult<String> {
        Ok(self.vault.directory.person(person).await?.map(|person| person.name).unwrap_or_default())
    }

    async fn review_row(&self, header: &BreakGlassHeader) -> VaultResult<ReviewRow> {
        let departments = self.vault.directory.departments().await?;
        let department = departments.into_iter().find(|one| one.id == header.department);
        Ok(ReviewRow {
            head: GlassHead::from(header),
            person: self.name_of(header.person).await?,
            department: department.map(|one| one.name).unwrap_or_default(),
        })
    }

    /// What a break-glass shows of a case.
    async fn emergency_case(&self, asker: &Asker, permit: Permit<act::View, of::CaseFile>) -> Answer<EmergencyCase> {
        let content = self.vault.cases.view(permit).await.asked_by(asker)?;
        let directory = self.case_directory().await.asked_by(asker)?;
        let departments = self.vault.directory.departments().await.asked_by(asker)?;
        let leader = content.header.coordinator;
        let standing = content.links.into_iter().filter(|link| link.unlinked.is_none());
        let links = standing.map(|link| LinkView {
            id: link.id,
            signal: link.signal,
            version: link.version,
            fields: link.fields,
            shown: link.shown,
            test: link.test,
            linked_by: directory.name(link.linked.0),
            linked_at: link.linked.1,
            unlinked: None,
        });
        let links = links.collect();
        let notes = content.notes.into_iter().map(|one| note_view(one, asker, &directory, &departments)).collect();
        let members = content.team.iter().map(|(person, since)| (directory.all(&[*person]), *since));
        let mut team: Vec<TeamMember> = members
            .flat_map(|(people, since)| people.into_iter().map(move |person| TeamMember { person, since }))
            .collect();
        team.sort_by_key(|member| member.person.id != leader);
        Ok(EmergencyCase {
            head: directory.head(content.header, content.reference, content.opened_at).asked_by(asker)?,
            title: content.title,
            summary: content.summary,
            links,
            notes,
            team,
        })
    }
}
