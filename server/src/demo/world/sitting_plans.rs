//! What people at the screen do about plans: write, comment, keep versions, answer for their department, adopt.

use super::{
    Failure,
    sitting::{Doing, Sitting, told},
    writing::{self, Known, Piece},
};
use crate::plans::Scribe;
use plein_domain::{form::FormValues, ids::*, ports::*, version::*};

impl<'a> Sitting<'_, 'a> {
    /// What is done about a plan.
    pub(super) async fn perform_in_plan(&mut self, doing: &Doing) -> Result<(), Failure> {
        let ports: &'a Ports = self.world.ports;
        let by = self.person;
        match *doing {
            Doing::BeginPlan(key) => {
                let (asker, case) = self.in_case(key, 30).await?;
                ports.plans.begin(&asker, case).await.map_err(|one| told(key, &one))
            }
            Doing::ViewPlan(key) => {
                let (asker, case) = self.in_case(key, 30).await?;
                ports.plans.view(&asker, case).await.map(drop).map_err(|one| told(key, &one))
            }
            Doing::Write(key, parts) => self.write(key, parts).await,
            Doing::Comment(key, number, ref on, whom, text) => {
                let text = whom.map_or_else(|| text.to_owned(), |person| writing::mention(person, text));
                self.in_plan(key, |doc, known| writing::comment(doc, number, on, by, &text, known.now)).await
            }
            Doing::Answer(key, number, text, resolved) => {
                self.in_plan(key, |doc, known| writing::answer(doc, number, by, text, resolved, known.now)).await
            }
            Doing::SetTask(key, number, status, result) => {
                self.in_plan(key, |doc, _| writing::settle(doc, number, status, result)).await
            }
            Doing::KeepVersion(key, name) => {
                let (asker, case) = self.in_case(key, 30).await?;
                let view = ports.versions.list(&asker, case).await.map_err(|one| told(key, &one))?;
                let asker = self.request(30).await?;
                let values = form(&[("name", name), ("once", &view.next.to_string())]);
                let kept = ports.versions.keep(&asker, case, values).await.map_err(|one| told(name, &one))?;
                self.world.versions.insert(key, kept);
                Ok(())
            }
            Doing::Propose(key) => {
                let (asker, case, view) = self.at_version(key).await?;
                ended(key, ports.versions.propose(&asker, case, view.row.number).await)
            }
            Doing::Agree(key) => self.say(key, form(&[("stance", Stance::Agrees.code())])).await,
            Doing::Dissent(key, why) => {
                self.say(key, form(&[("stance", Stance::Dissents.code()), ("dissent", why)])).await
            }
            Doing::Adopt(key) => self.adopt(key, false).await,
            Doing::AdoptWithout(key) => self.adopt(key, true).await,
            _ => Err("this is not about a plan".into()),
        }
    }

    async fn write(&mut self, key: &str, parts: &[(&str, &[Piece])]) -> Result<(), Failure> {
        self.in_plan(key, |doc, known| {
            parts.iter().try_for_each(|(title, pieces)| writing::write(doc, title, pieces, known))
        })
        .await
    }

    /// Opens the page of the plan and, as the page does, its room; changes something, and leaves.
    async fn in_plan(
        &mut self,
        key: &str,
        change: impl FnOnce(&yrs::Doc, &Known<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let (asker, case) = self.in_case(key, 30).await?;
        let view = self.world.ports.plans.view(&asker, case).await.map_err(|one| told(key, &one))?;
        let asker = self.request(1).await?;
        let number = u64::from(self.world.traces) + 1000;
        let failed = |error| writing::failed(self.person, error);
        let mut scribe = Scribe::open(self.world.desk, &asker, case, number).await.map_err(failed)?;
        self.world.wait_until(self.world.now.plus_seconds(200))?;
        let known =
            Known { signals: &self.world.signals, linked: &view.signals, now: self.world.now, made: self.world.made };
        let mut changed = Ok(());
        scribe.write(|doc| changed = change(doc, &known)).await.map_err(failed)?;
        scribe.close().await;
        changed
    }

    /// Opens the version of this case's plan that was kept last.
    async fn at_version(&mut self, key: &str) -> Result<(Asker, CaseId, VersionView), Failure> {
        let (asker, case) = self.in_case(key, 30).await?;
        let number = self.world.versions.get(key).copied();
        let number = number.ok_or_else(|| format!("no version of {key} was kept"))?;
        let view = self.world.ports.versions.view(&asker, case, number).await.map_err(|one| told(key, &one))?;
        Ok((self.request(120).await?, case, view))
    }

    async fn say(&mut self, key: &str, values: FormValues) -> Result<(), Failure> {
        let (asker, case, view) = self.at_version(key).await?;
        ended(key, self.world.ports.versions.answer(&asker, case, view.row.number, values).await)
    }

    async fn adopt(&mut self, key: &str, without: bool) -> Result<(), Failure> {
        let (asker, case, view) = self.at_version(key).await?;
        ended(key, self.world.ports.versions.adopt(&asker, case, view.row.number, Some(view.seen), without).await)
    }
}

fn form(fields: &[(&str, &str)]) -> FormValues {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn ended(key: &str, act: plein_domain::problem::Answer<VersionAct>) -> Result<(), Failure> {
    match act.map_err(|one| told(key, &one))? {
        VersionAct::Done => Ok(()),
        other => Err(format!("the version of {key}: {other:?}").into()),
    }
}
