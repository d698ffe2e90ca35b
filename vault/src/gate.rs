//! The gate: decides, records, and only then permits.
//!
//! Order, always: headers (free of personal data) → policies → one durable line → permit. No line, no permit.
//! What does not exist and what one may not know of take the same path and get the same answer.

mod administration;
mod break_glass;
mod choosing;
mod lists;
mod notices;
mod of_case;
mod open;
mod plans;
mod recent;
mod register;
mod standing;
mod supervision;
mod views;

use crate::{
    error::{VaultError, VaultResult},
    policy::Resource,
    vault::Core,
};
pub use administration::{NotMade, Placing};
pub use break_glass::{Emergency, Glass};
use plein_domain::{
    header::ObjectRef,
    ids::*,
    ledger::*,
    list::{Count, Cursor},
    people::Role,
    permission::{Action, Rules},
    ports::Asker,
    purpose::StatedPurpose,
};
use recent::Recent;
pub use standing::Standing;
use std::{sync::Arc, time::Duration};

/// What is not found is told a whole number of these after the request was there: some ten times what deciding and recording
/// take, so that it is nearly always the first, and less than anybody waits for.
const NOT_FOUND_STEP: Duration = Duration::from_millis(25);

/// Why there is no permit.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// It does not exist, or the asker may not know that it does.
    #[error("not found")]
    NotFound,
    /// The asker may know of it, and may not do this.
    #[error("not allowed")]
    NotAllowed,
    /// It would be permitted under one of these purposes.
    #[error("a purpose must be stated")]
    PurposeNeeded(Vec<StatedPurpose>),
    /// It is permitted to who proved lately who they are; the asker did not.
    #[error("a fresh sign-in is asked for")]
    FreshNeeded,
    /// The decision or its line could not be made.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// The one door. See the module's documentation.
#[derive(Clone)]
pub struct Gate {
    core: Arc<Core>,
    recent: Arc<Recent>,
}

/// What is done with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// Its words are shown.
    Read,
    /// Its author's words are kept.
    Save,
}

/// How a page lies in its list. Counted is only what the asker may know of.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// How many rows the list has.
    pub count: Count,
    /// The first row of the page, when there are rows before it.
    pub earlier: Option<Cursor>,
    /// The last row of the page, when there are rows after it.
    pub later: Option<Cursor>,
}

/// What a question to the gate is about, apart from who asks.
struct Question<'a> {
    /// The actions that would do, the widest first.
    actions: &'a [Action],
    /// What is asked for; nothing when it does not exist.
    resource: Option<Resource<'a>>,
    /// Under which purposes it could be permitted at all; empty when it needs none.
    conceivable: Vec<StatedPurpose>,
    /// The thing as it stands in the log when it is refused.
    object: ObjectRef,
    /// Seeing it at all, to tell "not allowed" from "not found"; without one, its existence is no secret.
    known_by: Option<&'a [Action]>,
}

/// A positive decision, not recorded yet.
#[derive(Clone)]
struct Decided {
    action: Action,
    stated: Option<StatedPurpose>,
    policies: Vec<String>,
}

/// Waits until so many whole steps have passed since the request was there: what exists takes longer to be refused than what
/// does not, by its header and the policies that are asked about it, and that difference would tell which it was.
async fn even_out(asker: &Asker) {
    let arrived = asker.arrived.at();
    let whole = arrived.elapsed().as_nanos() / NOT_FOUND_STEP.as_nanos() + 1;
    let at = arrived + NOT_FOUND_STEP * u32::try_from(whole).unwrap_or(u32::MAX);
    tokio::time::sleep_until(at.into()).await;
}

impl Gate {
    /// The rules in force, and what comes of them. Nothing in them is about anybody.
    pub fn rules(&self) -> Rules {
        self.core.policies.rules()
    }

    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core, recent: Arc::default() }
    }

    /// Decides; a refusal is recorded before it is told, and what is not found is told no sooner for not being there.
    async fn decide(&self, asker: &Asker, question: Question<'_>) -> Result<Decided, Denied> {
        let answer = self.verdict(asker, question).await;
        if matches!(answer, Err(Denied::NotFound)) {
            even_out(asker).await;
        }
        answer
    }

    async fn verdict(&self, asker: &Asker, question: Question<'_>) -> Result<Decided, Denied> {
        let Question { actions, resource, conceivable, object, known_by } = question;
        let Some(resource) = resource else {
            self.refuse(asker, actions, object, Vec::new()).await?;
            return Err(Denied::NotFound);
        };
        let none = [None];
        let mut stated: Vec<Option<StatedPurpose>> =
            if conceivable.is_empty() { none.to_vec() } else { asker.purposes.iter().copied().map(Some).collect() };
        // Those that can permit it come first: the others are asked only to say in the log what stood against it.
        stated.sort_by_key(|one| one.is_some_and(|one| !conceivable.contains(&one)));
        let permits = |action: Action, stated: Option<StatedPurpose>| {
            self.core.policies.decide(&asker.person, action, &resource, stated)
        };
        let mut policies = Vec::new();
        for action in actions.iter().copied() {
            for stated in stated.iter().copied() {
                let verdict = permits(action, stated);
                if verdict.allowed {
                    return Ok(Decided { action, stated, policies: verdict.policies });
                }
                policies.extend(verdict.policies);
            }
        }
        let would = |actions: &[Action]| -> Vec<StatedPurpose> {
            let may = |stated: &StatedPurpose| actions.iter().any(|one| permits(*one, Some(*stated)).allowed);
            conceivable.iter().copied().filter(may).collect()
        };
        let options = would(actions);
        if !options.is_empty() {
            return Err(Denied::PurposeNeeded(options));
        }
        let known = known_by.is_none_or(|views| !would(views).is_empty());
        policies.sort_unstable();
        policies.dedup();
        self.refuse(asker, actions, object, policies).await?;
        Err(if known { Denied::NotAllowed } else { Denied::NotFound })
    }

    async fn refuse(
        &self,
        asker: &Asker,
        actions: &[Action],
        object: ObjectRef,
        policies: Vec<String>,
    ) -> VaultResult<()> {
        let wanted = actions.first().map_or("", |action| action.code());
        let mut line = self.line(asker, LineKind::Refused, None, vec![object]);
        line.outcome = Outcome::Refused;
        // What was stated is no purpose of this line: nothing was permitted under it. It stands in the sealed reason.
        let stated = asker.purposes.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        line.payload.reason = format!("{wanted}; stated: {stated}");
        line.payload.policies = policies;
        self.core.ledger.append(vec![line]).await?;
        Ok(())
    }

    /// Makes the line of a positive decision durable.
    async fn record(
        &self,
        asker: &Asker,
        kind: LineKind,
        decided: Decided,
        objects: Vec<ObjectRef>,
    ) -> Result<Line, Denied> {
        self.record_saying(asker, kind, decided, objects, String::new()).await
    }

    /// The same, with why it was asked. What is weighty has no line for who did not prove lately who they are.
    async fn record_saying(
        &self,
        asker: &Asker,
        kind: LineKind,
        decided: Decided,
        objects: Vec<ObjectRef>,
        reason: String,
    ) -> Result<Line, Denied> {
        // What a supervisor looks into must not be learned from the log of a record.
        let told = objects.first().filter(|_| decided.stated != Some(StatedPurpose::Supervision));
        self.fresh_about(asker, kind, told.copied().unwrap_or(ObjectRef::AREA)).await?;
        let mut line = self.line(asker, kind, decided.stated, objects);
        line.payload.policies = decided.policies;
        line.payload.reason = reason;
        self.core.ledger.append(vec![line.clone()]).await.map_err(VaultError::from)?;
        Ok(line)
    }

    /// Whether the asker proved lately enough who they are to do what leaves a line of this kind: to be asked before a form for it
    /// is shown. A yes leaves no line; a no does.
    ///
    /// # Errors
    /// [`Denied::FreshNeeded`], or the ledger is down.
    pub async fn fresh(&self, asker: &Asker, kind: LineKind) -> Result<(), Denied> {
        self.fresh_about(asker, kind, ObjectRef::AREA).await
    }

    async fn fresh_about(&self, asker: &Asker, kind: LineKind, object: ObjectRef) -> Result<(), Denied> {
        if !kind.asks_fresh() || self.core.clock.now() <= asker.times.fresh_until {
            return Ok(());
        }
        let mut line = self.line(asker, LineKind::Refused, None, vec![object]);
        line.outcome = Outcome::Refused;
        line.payload.reason = format!("{}; not signed in lately", kind.code());
        self.core.ledger.append(vec![line]).await.map_err(VaultError::from)?;
        Err(Denied::FreshNeeded)
    }

    fn line(&self, asker: &Asker, kind: LineKind, stated: Option<StatedPurpose>, objects: Vec<ObjectRef>) -> Line {
        let roles: Vec<&str> = asker.person.roles.iter().map(|role| role.code()).collect();
        Line {
            event: self.core.event(),
            at: self.core.clock.now(),
            trace: asker.trace,
            kind,
            outcome: Outcome::Permitted,
            payload: Payload {
                actor: asker.person.id,
                actor_name: asker.person.name.clone(),
                department: asker.person.department.id,
                department_name: asker.person.department.name.clone(),
                role: roles.join(","),
                user_is_requestor: true,
                objects,
                case: stated.and_then(StatedPurpose::case),
                purpose: stated.map_or_else(String::new, |stated| stated.to_string()),
                reason: String::new(),
                policies: Vec::new(),
                network: asker.network.clone(),
            },
        }
    }

    /// The purposes a person can have any use for, besides those of cases.
    fn own_purposes(asker: &Asker) -> Vec<StatedPurpose> {
        let mut purposes = Vec::new();
        if asker.person.is(Role::Member) || asker.person.is(Role::Coordinator) {
            purposes.push(StatedPurpose::Intake);
        }
        if asker.person.is(Role::Fg) {
            purposes.push(StatedPurpose::Supervision);
        }
        if asker.person.is(Role::PrivacyOfficer) {
            purposes.push(StatedPurpose::ResidentsRequest);
        }
        if asker.person.is(Role::Administrator) {
            purposes.push(StatedPurpose::Administration);
        }
        purposes
    }

    /// Checks a purpose before a session may state it. One that the person can have no use for is refused and
    /// recorded; a case one is not in answers like a case that is not there.
    ///
    /// # Errors
    /// [`Denied::NotFound`] for a case, [`Denied::NotAllowed`] for another purpose, or the ledger is down.
    pub async fn check_purpose(&self, asker: &Asker, stated: StatedPurpose) -> Result<(), Denied> {
        let StatedPurpose::Case(case) = stated else {
            if Self::own_purposes(asker).contains(&stated) {
                return Ok(());
            }
            // Whoever reviews the data protection officer supervises, in that alone.
            if stated == StatedPurpose::Supervision && self.reviews_the_fg(asker).await? {
                return Ok(());
            }
            self.refuse(asker, &[], ObjectRef::AREA, Vec::new()).await?;
            return Err(Denied::NotAllowed);
        };
        let header = crate::store::headers::case(&self.core.content, case).await?;
        let may = header.is_some_and(|header| {
            let resource = Resource::Case(&header);
            self.core.policies.decide(&asker.person, Action::ViewCase, &resource, Some(stated)).allowed
        });
        if may {
            return Ok(());
        }
        self.refuse(asker, &[Action::ViewCase], case.into(), Vec::new()).await?;
        even_out(asker).await;
        Err(Denied::NotFound)
    }

    /// Records that the web edge refused a request of somebody signed in; `what` is a code.
    ///
    /// # Errors
    /// The ledger is down.
    pub async fn record_refusal(&self, asker: &Asker, what: &str) -> VaultResult<()> {
        let mut line = self.line(asker, LineKind::Refused, None, vec![ObjectRef::AREA]);
        line.outcome = Outcome::Refused;
        line.payload.reason = what.into();
        self.core.ledger.append(vec![line]).await?;
        Ok(())
    }

    /// Records that somebody signed in or out, and how: in the provider's own codes. Signing in is not possible while the ledger
    /// is down.
    ///
    /// # Errors
    /// The ledger is down.
    pub async fn record_session(&self, asker: &Asker, kind: LineKind, how: &str) -> VaultResult<()> {
        let mut line = self.line(asker, kind, None, vec![ObjectRef::AREA]);
        line.payload.reason = how.into();
        self.core.ledger.append(vec![line]).await?;
        Ok(())
    }

    /// Records that somebody is asked to sign in anew, did, or did not; `why` is a code.
    ///
    /// # Errors
    /// The ledger is down.
    pub async fn record_anew(&self, asker: &Asker, outcome: Outcome, why: &str) -> VaultResult<()> {
        let mut line = self.line(asker, LineKind::SignedInAnew, None, vec![ObjectRef::AREA]);
        line.outcome = outcome;
        line.payload.reason = why.into();
        self.core.ledger.append(vec![line]).await?;
        Ok(())
    }
}
