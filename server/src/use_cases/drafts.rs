//! Drafts: begin, read, save, check, rebase, discard. Only the author's own words are in them, besides what the
//! author was permitted to see when the draft began.

use super::*;
use async_trait::async_trait;
use plein_domain::{case::*, draft::*, form::*, signal::*};
use plein_vault::{
    Touch,
    store::{BegunDraft, Kept},
};
use uuid::Uuid;

/// Received signals that can be chosen in one form.
const CHOICES: usize = 100;

/// The signals that these stand for; what is none, and what is too many, is left out and so not to be chosen.
fn chosen<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<SignalId> {
    ids.filter_map(|id| id.parse().ok()).take(CHOICES).collect()
}

#[async_trait]
impl Drafts for UseCases {
    async fn begin(&self, asker: &Asker, kind: FormKind, object: Option<Uuid>, part: Option<Uuid>) -> Answer<DraftId> {
        let fresh = matches!(kind, FormKind::NewSignal | FormKind::OpenCase);
        let object = match (fresh, object) {
            (true, _) => random_uuid(self),
            (false, Some(object)) => object,
            (false, None) => return Err(Problem::NotFound),
        };
        let may = self.vault.gate.may_write(asker, kind, object).await;
        self.permitted(asker, may).await?;
        if !fresh
            && let Some(draft) =
                self.vault.drafts.unfinished(asker.person.id, kind, object, part).await.asked_by(asker)?
        {
            return Ok(draft);
        }
        let begun = self.start(asker, kind, object, part).await?;
        let id = DraftId(random_uuid(self));
        self.vault.drafts.begin(asker.person.id, id, begun).await.asked_by(asker)?;
        Ok(id)
    }

    async fn read(&self, asker: &Asker, id: DraftId) -> Answer<Draft> {
        let permit = self.vault.gate.draft(asker, id, Touch::Read).await;
        let permit = self.permitted(asker, permit).await?;
        let (kind, object) = (permit.granted().kind, permit.granted().object);
        let may = self.vault.gate.may_write(asker, kind, object).await;
        self.permitted(asker, may).await?;
        self.vault.drafts.view(permit).await.asked_by(asker)?.ok_or(Problem::Finished(kind, object))
    }

    async fn save(&self, asker: &Asker, id: DraftId, window: Option<Window>, mut values: FormValues) -> Answer<Draft> {
        if values.size() > FORM_LIMIT {
            let fault = Fault::TooLong { limit: FORM_LIMIT, typed: values.size() };
            return Err(Problem::Invalid(vec![FieldProblem { field: String::new(), fault }]));
        }
        let permit = self.vault.gate.draft(asker, id, Touch::Save).await;
        let permit = self.permitted(asker, permit).await?;
        let finished = Problem::Finished(permit.granted().kind, permit.granted().object);
        if matches!(permit.granted().kind, FormKind::OpenCase | FormKind::LinkSignal) {
            self.note_versions(asker, &mut values).await?;
        }
        match self.vault.drafts.save(permit, window, values).await.asked_by(asker)? {
            Kept::As(draft) => Ok(draft),
            Kept::Apart => Err(Problem::Overtaken),
            Kept::Finished => Err(finished),
        }
    }

    async fn settle(&self, asker: &Asker, id: DraftId, keep_aside: bool) -> Answer<Draft> {
        let mut draft = self.read(asker, id).await?;
        let Some(aside) = draft.aside.pop() else {
            return Ok(draft);
        };
        if keep_aside {
            draft.values = aside.values;
            draft.problems.clear();
        }
        self.keep(asker, draft).await
    }

    async fn check(&self, asker: &Asker, id: DraftId) -> Answer<Draft> {
        let mut draft = self.read(asker, id).await?;
        draft.problems = self.judge(asker, &draft).await?.err().unwrap_or_default();
        self.keep(asker, draft).await
    }

    async fn rebase(&self, asker: &Asker, id: DraftId, keep_mine: bool) -> Answer<Draft> {
        let mut draft = self.read(asker, id).await?;
        let now = self.start(asker, draft.kind, draft.object, draft.part).await?;
        if !keep_mine {
            let mine = std::mem::replace(&mut draft.values, now.values);
            // Why the author changes it stays theirs to say.
            if let Some(why) = mine.0.get("why") {
                draft.values.0.insert("why".into(), why.clone());
            }
        }
        draft.problems.clear();
        draft.base_version = now.base_version;
        self.keep(asker, draft).await
    }

    async fn discard(&self, asker: &Asker, id: DraftId) -> Answer<()> {
        let permit = self.vault.gate.draft(asker, id, Touch::Save).await;
        let permit = self.permitted(asker, permit).await?;
        self.vault.drafts.discard(permit).await.asked_by(asker)
    }
}

/// What a draft means, once it is right.
pub(super) enum Meant {
    Signal(Box<NewSignal>),
    Case(NewCase),
    Link(NewLink),
    Unlink(String),
    Team(Vec<PersonId>),
}

fn random_uuid(cases: &UseCases) -> Uuid {
    plein_domain::moment::random_id(&**cases.vault.entropy())
}

impl UseCases {
    /// What stands now, as a form.
    pub(super) async fn start(
        &self,
        asker: &Asker,
        kind: FormKind,
        object: Uuid,
        part: Option<Uuid>,
    ) -> Answer<BegunDraft> {
        let mut values = FormValues::default();
        let mut base_version = 0;
        match kind {
            FormKind::NewSignal => {
                values.set("received-on", self.vault.clock().now().day().to_string());
            }
            FormKind::OpenCase => {}
            FormKind::EditSignal => {
                let permit = self.vault.gate.edit_signal(asker, SignalId(object)).await;
                let permit = self.permitted(asker, permit).await?;
                let now = self.vault.signals.for_edit(permit).await.asked_by(asker)?;
                base_version = now.version;
                values = now.signal.to_form();
            }
            FormKind::LinkSignal | FormKind::UnlinkSignal | FormKind::Team => {
                let (header, ..) =
                    self.vault.cases.head(CaseId(object)).await.asked_by(asker)?.ok_or(Problem::NotFound)?;
                base_version = header.version;
                if kind == FormKind::Team {
                    header.team.iter().for_each(|person| values.push("member", person.to_string()));
                } else {
                    self.check_part(asker, kind, header.id, part).await?;
                }
            }
        }
        Ok(BegunDraft { kind, object, part, base_version, values })
    }

    /// The signal to link, or the link to end, must be one that can be chosen here.
    async fn check_part(&self, asker: &Asker, kind: FormKind, case: CaseId, part: Option<Uuid>) -> Answer<()> {
        let part = part.ok_or(Problem::NotFound)?;
        if kind == FormKind::LinkSignal {
            let chosen = self.vault.gate.may_choose(asker, SignalId(part)).await;
            return self.permitted(asker, chosen).await;
        }
        let link = self.vault.cases.linked_signal(case, LinkId(part)).await.asked_by(asker)?;
        link.map(drop).ok_or(Problem::NotFound)
    }

    /// A judgement is about the version that was on the screen. The page sends it along; where it does not (nothing of
    /// the signal was shown yet), it is the one that stands when the first answer is kept.
    async fn note_versions(&self, asker: &Asker, values: &mut FormValues) -> Answer<()> {
        let answered = |name: &String| {
            let (signal, part) = name.strip_prefix("link.")?.split_once('.')?;
            (part == "compatibility").then(|| signal.to_owned())
        };
        let judged: Vec<String> = values.0.keys().filter_map(answered).collect();
        if judged.iter().all(|signal| !values.text(&format!("link.{signal}.version")).is_empty()) {
            return Ok(());
        }
        let among = chosen(judged.iter().map(String::as_str));
        for head in self.vault.gate.candidate_heads(asker, &among).await.asked_by(asker)? {
            let field = format!("link.{}.version", head.id);
            if judged.contains(&head.id.to_string()) && values.text(&field).is_empty() {
                values.set(field, head.version.to_string());
            }
        }
        Ok(())
    }

    /// Reads the draft as its form means it.
    pub(super) async fn judge(&self, asker: &Asker, draft: &Draft) -> Answer<Result<Meant, Vec<FieldProblem>>> {
        let lists = self.lists(asker).await?;
        let today = self.vault.clock().now().day();
        Ok(match draft.kind {
            FormKind::NewSignal | FormKind::EditSignal => {
                let phenomena: Vec<String> = lists.phenomena.into_iter().map(|one| one.code).collect();
                let stands = match draft.kind {
                    FormKind::EditSignal => {
                        self.vault.signals.original_purpose(SignalId(draft.object)).await.asked_by(asker)?
                    }
                    _ => None,
                };
                let usable = |one: &Purpose| !one.for_cases || stands == Some(one.id);
                let purposes: Vec<Purpose> = lists.purposes.into_iter().filter(usable).collect();
                let form = SignalForm { today, phenomena: &phenomena, purposes: &purposes, stands };
                form.read(&draft.values).map(Box::new).map(Meant::Signal)
            }
            FormKind::OpenCase => {
                let purposes: Vec<Purpose> = lists.purposes.into_iter().filter(|one| one.for_cases).collect();
                let people: Vec<PersonId> = lists.team.iter().map(|person| person.id).collect();
                let among = chosen(draft.values.all("signal").iter().map(|one| &**one));
                let candidates = self.vault.gate.candidate_heads(asker, &among).await.asked_by(asker)?;
                let form = OpenCaseForm { today, purposes: &purposes, candidates: &candidates, people: &people };
                form.read(&draft.values).map(Meant::Case)
            }
            FormKind::LinkSignal => {
                let among: Vec<SignalId> = draft.part.map(SignalId).into_iter().collect();
                let candidates = self.vault.gate.candidate_heads(asker, &among).await.asked_by(asker)?;
                match candidates.iter().find(|head| Some(head.id.0) == draft.part) {
                    Some(signal) => LinkForm { signal }.read(&draft.values).map(Meant::Link),
                    None => Err(vec![FieldProblem { field: "signal".into(), fault: Fault::NotAChoice }]),
                }
            }
            FormKind::UnlinkSignal => UnlinkForm::read(&draft.values).map(Meant::Unlink),
            FormKind::Team => {
                let people: Vec<PersonId> = lists.team.iter().map(|person| person.id).collect();
                read_team(&draft.values, &people).map(Meant::Team)
            }
        })
    }

    /// Keeps a draft as it was read and changed here. When the author saved in between, their words stand.
    pub(super) async fn keep(&self, asker: &Asker, draft: Draft) -> Answer<Draft> {
        let permit = self.vault.gate.draft(asker, draft.id, Touch::Save).await;
        let permit = self.permitted(asker, permit).await?;
        let finished = Problem::Finished(draft.kind, draft.object);
        self.vault.drafts.change(permit, draft).await.asked_by(asker)?.ok_or(finished)
    }
}
