//! Somebody at the screen: signs in, states a purpose, does things, signs out. Every step is a request of its own,
//! with its own trace id, some time after the one before.

use super::{
    DemoClock, Failure,
    cases::{self, Link},
    chapters, people,
    scenes::Recipe,
    signals,
    writing::{On, Piece},
};
use crate::{Assembled, use_cases::UseCases};
use plein_domain::{
    access_log::LogFilter,
    case::{JudgeAct, SubjectVerdict},
    form::*,
    ids::*,
    list::*,
    moment::Moment,
    plan::InterventionStatus,
    ports::*,
    problem::Problem,
    purpose::StatedPurpose,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The network point everybody works from.
const NETWORK: &str = "127.0.0.1";

/// Something done at the screen. Signals and cases are named by their keys in the tables.
#[derive(Clone, Copy)]
pub(super) enum Doing {
    /// Looks at the list of signals.
    ListSignals,
    /// Logs this signal.
    Log(&'static str),
    /// Logs the signal that this comes to.
    Compose(Recipe),
    /// Opens the signal that the list shows first.
    ViewNewest,
    /// Opens this signal.
    View(&'static str),
    /// Tries to open a signal that must not be found.
    TryView(&'static str),
    /// Adds these words to the facts of this signal.
    Amend(&'static str, &'static str),
    /// Looks who viewed this signal.
    WhoViewed(&'static str),
    /// Opens this case from its signals.
    Open(&'static str),
    /// Looks at the list of cases.
    ListCases,
    /// States the purpose of this case and opens its page.
    ViewCase(&'static str),
    /// Links one more signal to this case.
    Link(&'static str, &'static Link),
    /// Unlinks this signal from this case, for this reason.
    Unlink(&'static str, &'static str, &'static str),
    /// Adds this person to the team of this case.
    Join(&'static str, PersonId),
    /// Looks who viewed this case.
    WhoViewedCase(&'static str),
    /// Writes this note on this case.
    Note(&'static str, &'static str),
    /// Judges the first subjects that are seen in several signals of this case to be the same.
    SameSubjects(&'static str),
    /// Begins the plan of this case.
    BeginPlan(&'static str),
    /// Reads the plan of this case.
    ViewPlan(&'static str),
    /// Writes these blocks in the sections with these titles of the plan of this case.
    Write(&'static str, &'static [(&'static str, &'static [Piece])]),
    /// Says this about the plan of this case, in a thread of this number, to this person where one is named.
    Comment(&'static str, u8, On, Option<PersonId>, &'static str),
    /// Answers in the thread of this number; and that it is dealt with.
    Answer(&'static str, u8, &'static str, bool),
    /// Tells how it stands with the intervention of this number, and with what result.
    SetTask(&'static str, u8, InterventionStatus, &'static str),
    /// Keeps the plan of this case as it stands, under this name.
    KeepVersion(&'static str, &'static str),
    /// Puts the version that was kept last before the departments.
    Propose(&'static str),
    /// Says for the own department that it agrees with that version.
    Agree(&'static str),
    /// Says for the own department that it does not, and why.
    Dissent(&'static str, &'static str),
    /// Adopts that version, to which every department answered.
    Adopt(&'static str),
    /// Adopts that version although a department did not answer.
    AdoptWithout(&'static str),
    /// Keeps a view of this list, with these fields.
    KeepView(ListKind, &'static [(&'static str, &'static str)]),
    /// Looks at the own notices and marks them as read.
    ReadNotices,
    /// Reads the whole access log, as the FG does.
    SearchLog,
    /// Reads the own viewings.
    OwnLog,
    /// Somebody with this name, who is called this at the sign-in service, has signed in and waits for a place.
    Waits(&'static str, &'static str),
    /// Proposes to make this one of them administrator.
    ProposeAdministrator(&'static str),
}

/// What has come into being so far, and the time it is in the story.
pub(super) struct World<'a> {
    pub(super) ports: &'a Ports,
    pub(super) desk: &'a UseCases,
    clock: &'a DemoClock,
    /// When the demo is made.
    pub(super) made: Moment,
    pub(super) now: Moment,
    pub(super) traces: u32,
    pub(super) signals: HashMap<&'static str, SignalId>,
    pub(super) cases: HashMap<&'static str, CaseId>,
    /// The version of each case's plan that was kept last.
    pub(super) versions: HashMap<&'static str, i64>,
}

/// What went wrong, in words that name the fields.
pub(super) fn told(what: &str, problem: &Problem) -> Failure {
    match problem {
        Problem::Invalid(fields) => {
            let fields: Vec<String> = fields.iter().map(|one| format!("{}: {:?}", one.field, one.fault)).collect();
            format!("{what}: {}", fields.join("; ")).into()
        }
        other => format!("{what}: {other}").into(),
    }
}

impl<'a> World<'a> {
    pub(super) fn new(served: &'a Assembled, clock: &'a DemoClock, made: Moment) -> Self {
        let (ports, desk) = (&served.ports, &served.desk);
        let (signals, cases, versions) = Default::default();
        Self { ports, desk, clock, made, now: Moment(0), traces: 0, signals, cases, versions }
    }

    /// Moves the story on to this moment.
    ///
    /// # Errors
    /// It was later already: the log would run backwards.
    pub(super) fn wait_until(&mut self, moment: Moment) -> Result<(), Failure> {
        if moment <= self.now {
            return Err("somebody sits down before the one before has left".into());
        }
        self.now = moment;
        self.clock.set(moment);
        Ok(())
    }

    /// The time it is in the story.
    pub(super) fn now(&self) -> Moment {
        self.now
    }

    pub(super) fn trace(&mut self) -> TraceId {
        self.traces += 1;
        // The counter comes first, because the first digits are the number people read out.
        TraceId(Uuid::from_u128((u128::from(self.traces) << 96) | 0x8000_8000_0000_0000_0000))
    }

    fn signal(&self, key: &str) -> Result<SignalId, Failure> {
        self.signals.get(key).copied().ok_or_else(|| format!("signal {key} is not logged yet").into())
    }

    fn case(&self, key: &str) -> Result<CaseId, Failure> {
        self.cases.get(key).copied().ok_or_else(|| format!("case {key} is not opened yet").into())
    }

    /// One person's sitting, from signing in to signing out.
    ///
    /// # Errors
    /// Something was refused that the story says was done, or done that it says was refused.
    pub(super) async fn sit(&mut self, person: PersonId, doings: &[Doing]) -> Result<(), Failure> {
        let trace = self.trace();
        let token = self.ports.sessions.sign_in_demo(person, &Arrival::of(trace, NETWORK)).await;
        let token = token.map_err(|problem| told("signing in", &problem))?;
        let mut sitting = Sitting { world: self, person, token };
        for doing in doings {
            sitting.perform(doing).await?;
        }
        let asker = sitting.request(45).await?;
        self.ports.sessions.sign_out(&asker).await.map_err(|problem| told("signing out", &problem))
    }
}

pub(super) struct Sitting<'w, 'a> {
    pub(super) world: &'w mut World<'a>,
    pub(super) person: PersonId,
    token: String,
}

impl<'a> Sitting<'_, 'a> {
    /// The next request of this session, some seconds later.
    pub(super) async fn request(&mut self, seconds: i64) -> Result<Asker, Failure> {
        self.world.wait_until(self.world.now.plus_seconds(seconds))?;
        let trace = self.world.trace();
        let asker = self.world.ports.sessions.resume(&self.token, trace, NETWORK).await;
        let asker = asker.map_err(|problem| told("going on", &problem))?;
        asker.ok_or_else(|| format!("the session of {} has ended", people::name(self.person)).into())
    }

    /// The same, with this purpose stated.
    pub(super) async fn for_purpose(&mut self, purpose: StatedPurpose, seconds: i64) -> Result<Asker, Failure> {
        let asker = self.request(seconds).await?;
        if asker.purposes.contains(&purpose) {
            return Ok(asker);
        }
        let stated = self.world.ports.sessions.state_purpose(&asker, purpose).await;
        stated.map_err(|problem| told("stating a purpose", &problem))?;
        self.request(2).await
    }

    /// The same, for the work of this person's role.
    async fn at_work(&mut self, seconds: i64) -> Result<Asker, Failure> {
        self.for_purpose(StatedPurpose::Intake, seconds).await
    }

    pub(super) async fn in_case(&mut self, key: &str, seconds: i64) -> Result<(Asker, CaseId), Failure> {
        let case = self.world.case(key)?;
        Ok((self.for_purpose(StatedPurpose::Case(case), seconds).await?, case))
    }

    /// Fills in a form: begins a draft, types, and keeps what was typed.
    async fn fill_in(
        &mut self,
        kind: FormKind,
        object: Option<Uuid>,
        part: Option<Uuid>,
        type_in: impl FnOnce(&mut FormValues),
    ) -> Result<(Asker, DraftId), Failure> {
        let failed = |problem: Problem| told(kind.code(), &problem);
        let ports: &'a Ports = self.world.ports;
        let asker = self.request(20).await?;
        let draft = ports.drafts.begin(&asker, kind, object, part).await.map_err(failed)?;
        let asker = self.request(1).await?;
        let mut values = ports.drafts.read(&asker, draft).await.map_err(failed)?.values;
        type_in(&mut values);
        let asker = self.request(340).await?;
        ports.drafts.save(&asker, draft, None, values).await.map_err(failed)?;
        Ok((self.request(15).await?, draft))
    }

    async fn perform(&mut self, doing: &Doing) -> Result<(), Failure> {
        let ports: &'a Ports = self.world.ports;
        match *doing {
            Doing::ListSignals => {
                let asker = self.at_work(25).await?;
                ports
                    .signals
                    .list(&asker, SignalList::default())
                    .await
                    .map(drop)
                    .map_err(|one| told("listing signals", &one))
            }
            Doing::ListCases => {
                let asker = self.at_work(25).await?;
                ports.cases.list(&asker, CaseList::default()).await.map(drop).map_err(|one| told("listing cases", &one))
            }
            Doing::Log(key) => self.log(key).await,
            Doing::Compose(recipe) => {
                let today = self.at_work(15).await.map(|_| self.world.now.day())?;
                self.log_form(recipe.scene.key, recipe.form(today)).await.map(drop)
            }
            Doing::ViewNewest => {
                let asker = self.at_work(25).await?;
                let listed = ports.signals.list(&asker, SignalList::default()).await;
                let newest = listed.map_err(|one| told("listing signals", &one))?.rows.first().map(|row| row.head.id);
                let (asker, id) = (self.request(15).await?, newest.ok_or("there is no newest signal")?);
                ports.signals.view(&asker, id).await.map(drop).map_err(|one| told("the newest signal", &one))
            }
            Doing::View(key) => {
                let (asker, id) = (self.at_work(40).await?, self.world.signal(key)?);
                ports.signals.view(&asker, id).await.map(drop).map_err(|one| told(key, &one))
            }
            Doing::TryView(key) => {
                let (asker, id) = (self.at_work(30).await?, self.world.signal(key)?);
                match ports.signals.view(&asker, id).await {
                    Err(Problem::NotFound) => Ok(()),
                    other => Err(format!("{key} must not be found, and was answered {other:?}").into()),
                }
            }
            Doing::Amend(key, more) => self.amend(key, more).await,
            Doing::WhoViewed(key) => {
                let (asker, id) = (self.at_work(30).await?, self.world.signal(key)?);
                ports.access_log.of_signal(&asker, id, None).await.map(drop).map_err(|one| told(key, &one))
            }
            Doing::Open(key) => self.open(key).await,
            Doing::ViewCase(key) => {
                let (asker, case) = self.in_case(key, 30).await?;
                ports.cases.view(&asker, case).await.map(drop).map_err(|one| told(key, &one))
            }
            Doing::Link(key, link) => self.link(key, link).await,
            Doing::Unlink(key, signal, reason) => self.unlink(key, signal, reason).await,
            Doing::Join(key, person) => self.join(key, person).await,
            Doing::WhoViewedCase(key) => {
                let (asker, case) = self.in_case(key, 30).await?;
                ports.access_log.of_case(&asker, case, None).await.map(drop).map_err(|one| told(key, &one))
            }
            Doing::Note(key, text) => {
                let (asker, case) = self.in_case(key, 90).await?;
                let mut values = FormValues::default();
                values.set("note", text);
                ports.notes.write(&asker, case, None, values).await.map_err(|one| told("a note", &one))
            }
            Doing::SameSubjects(key) => {
                let (asker, case) = self.in_case(key, 40).await?;
                let view = ports.cases.view(&asker, case).await.map_err(|one| told(key, &one))?;
                let seen = view.seen.first().ok_or_else(|| format!("no subject is seen twice in case {key}"))?;
                let judged = ports.cases.judge(&asker, case, &seen.group, None, Some(SubjectVerdict::Same)).await;
                match judged.map_err(|one| told(key, &one))? {
                    JudgeAct::Done => Ok(()),
                    JudgeAct::Overtaken => Err(format!("case {key}: judged by somebody else").into()),
                }
            }
            Doing::KeepView(list, fields) => {
                let asker = self.request(60).await?;
                let values = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
                ports.views.keep(&asker, list, values).await.map(drop).map_err(|one| told("a view", &one))
            }
            Doing::ReadNotices => {
                let asker = self.request(30).await?;
                ports.notices.list(&asker, 1).await.map_err(|one| told("notices", &one))?;
                let asker = self.request(20).await?;
                let until = self.world.now;
                ports.notices.mark_read(&asker, None, until).await.map_err(|one| told("reading notices", &one))
            }
            Doing::SearchLog => {
                let asker = self.for_purpose(StatedPurpose::Supervision, 30).await?;
                let found = ports.access_log.search(&asker, LogFilter::default()).await;
                found.map(drop).map_err(|one| told("searching the log", &one))
            }
            Doing::OwnLog => {
                let asker = self.request(20).await?;
                ports.access_log.mine(&asker, None).await.map(drop).map_err(|one| told("own viewings", &one))
            }
            Doing::Waits(name, identifier) => self.waits(name, identifier).await,
            Doing::ProposeAdministrator(name) => self.propose_administrator(name).await,
            ref plan => self.perform_in_plan(plan).await,
        }
    }

    async fn log(&mut self, key: &'static str) -> Result<(), Failure> {
        let today = self.at_work(15).await.map(|_| self.world.now.day())?;
        let form = match chapters::recipe(key)? {
            Some(recipe) => recipe.form(today),
            None => signals::called(key)?.form(today),
        };
        let id = self.log_form(key, form).await?;
        match self.world.signals.insert(key, id) {
            None => Ok(()),
            Some(_) => Err(format!("signal {key} is logged twice").into()),
        }
    }

    async fn log_form(&mut self, what: &str, form: FormValues) -> Result<SignalId, Failure> {
        let (asker, draft) = self.fill_in(FormKind::NewSignal, None, None, |values| *values = form).await?;
        self.world.ports.signals.log(&asker, draft, None).await.map_err(|one| told(what, &one))
    }

    async fn amend(&mut self, key: &str, more: &str) -> Result<(), Failure> {
        self.at_work(15).await?;
        let id = self.world.signal(key)?;
        let add = |values: &mut FormValues| {
            let facts = format!("{}\n\n{more}", values.text("facts"));
            values.set("facts", facts);
            values.set("why", "Aangevuld met wat later bekend werd");
        };
        let (asker, draft) = self.fill_in(FormKind::EditSignal, Some(id.0), None, add).await?;
        self.world.ports.signals.edit(&asker, draft, None).await.map(drop).map_err(|one| told(key, &one))
    }

    async fn open(&mut self, key: &'static str) -> Result<(), Failure> {
        let case = cases::called(key)?;
        let ports: &'a Ports = self.world.ports;
        let asker = self.at_work(30).await?;
        ports.cases.candidates(&asker, CandidateList::default(), &[]).await.map_err(|one| told(key, &one))?;
        let mut form = case.form();
        for link in case.links {
            let signal = self.world.signal(link.signal)?;
            form.push("signal", signal.to_string());
            link.type_in(&mut form, signal);
        }
        let (asker, draft) = self.fill_in(FormKind::OpenCase, None, None, |values| *values = form).await?;
        let id = ports.cases.open(&asker, draft, None).await.map_err(|one| told(key, &one))?;
        self.world.cases.insert(key, id);
        Ok(())
    }

    async fn link(&mut self, key: &str, link: &Link) -> Result<(), Failure> {
        let (case, signal) = (self.world.case(key)?, self.world.signal(link.signal)?);
        self.at_work(10).await?;
        self.in_case(key, 20).await?;
        let type_in = |values: &mut FormValues| link.type_in(values, signal);
        let (asker, draft) = self.fill_in(FormKind::LinkSignal, Some(case.0), Some(signal.0), type_in).await?;
        self.world.ports.cases.link(&asker, draft, None).await.map(drop).map_err(|one| told(link.signal, &one))
    }

    async fn unlink(&mut self, key: &str, signal: &str, reason: &str) -> Result<(), Failure> {
        let signal = self.world.signal(signal)?;
        let (asker, case) = self.in_case(key, 20).await?;
        let view = self.world.ports.cases.view(&asker, case).await.map_err(|one| told(key, &one))?;
        let link = view.links.iter().find(|link| link.signal.id == signal && link.unlinked.is_none());
        let link = link.ok_or_else(|| format!("case {key} has no such link"))?.id;
        let type_in = |values: &mut FormValues| values.set("reason", reason);
        let (asker, draft) = self.fill_in(FormKind::UnlinkSignal, Some(case.0), Some(link.0), type_in).await?;
        self.world.ports.cases.unlink(&asker, draft, None).await.map(drop).map_err(|one| told(key, &one))
    }

    async fn join(&mut self, key: &str, person: PersonId) -> Result<(), Failure> {
        let (_, case) = self.in_case(key, 20).await?;
        let type_in = |values: &mut FormValues| values.push("member", person.to_string());
        let (asker, draft) = self.fill_in(FormKind::Team, Some(case.0), None, type_in).await?;
        self.world.ports.cases.set_team(&asker, draft, None).await.map(drop).map_err(|one| told(key, &one))
    }
}
