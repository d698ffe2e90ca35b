//! What a line of the ledger is called in each stream. Pure: the same line and context give the same bytes, so that whoever
//! reconciles can make them again.
//!
//! What must never happen here: a name of a resident, a reason that somebody typed, or, in `processing`, the person who did it.

use super::Stream;
use crate::ledger::Entry;
use plein_domain::{
    header::ObjectRef,
    identifier::IdentifierKind,
    ids::EventId,
    ledger::{LineKind, Outcome, Payload},
    moment::Moment,
    permission::Action,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What a line leaves out and its records need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Context {
    /// Whose ledger it is: `plein/ledger/<installation>`.
    pub source: String,
    /// The processing activity, as a URI in the processing register.
    pub activity: String,
    /// Whom it is about.
    pub subjects: Vec<Subject>,
}

/// A data subject, pseudonymised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The pseudonym.
    pub id: String,
    /// What kind of number it stands for.
    pub id_type: String,
}

impl Subject {
    /// How the standard calls this kind of number.
    pub(super) fn type_of(kind: IdentifierKind) -> String {
        match kind {
            IdentifierKind::Bsn => "BSN".to_owned(),
            other => other.code().to_owned(),
        }
    }
}

/// One data processing of the Logboek Dataverwerkingen (1.0): one action on the data of at most one data subject. Nothing in
/// it says who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processing {
    /// The trace, 32 hexadecimal digits.
    pub trace: String,
    /// The action within the trace, 16 hexadecimal digits.
    pub span: String,
    /// The action that this one is part of.
    pub parent: Option<String>,
    /// `Unset`, or `Ok` for a change that was made.
    pub status: &'static str,
    /// What was done.
    pub name: String,
    /// When: the ledger knows one moment of an event.
    pub at: Moment,
    /// The processing activity.
    pub activity: String,
    /// Whose data.
    pub subject: Option<Subject>,
}

/// The data processings of a line. Of several data subjects each gets one of its own, below one that is about none.
pub(crate) fn processings(entry: &Entry, context: &Context) -> Vec<Processing> {
    let one = context.subjects.first().filter(|_| context.subjects.len() == 1);
    let mut all = vec![processing(entry, context, 0, one.cloned())];
    if context.subjects.len() > 1 {
        let each = (1..).zip(&context.subjects);
        all.extend(each.map(|(part, subject)| processing(entry, context, part, Some(subject.clone()))));
    }
    all
}

/// One of them.
pub(super) fn processing(entry: &Entry, context: &Context, part: u32, subject: Option<Subject>) -> Processing {
    Processing {
        trace: trace(entry),
        span: span(entry.event, 'p', part),
        parent: (part > 0).then(|| span(entry.event, 'p', 0)),
        status: status(entry.outcome),
        name: name(entry.kind),
        at: entry.at,
        activity: context.activity.clone(),
        subject,
    }
}

fn trace(entry: &Entry) -> String {
    entry.trace.0.simple().to_string()
}

/// Made of the event, which is random, so that a line that is told again has the same.
fn span(event: EventId, letter: char, part: u32) -> String {
    let digest = Sha256::digest(format!("plein/span/1\n{}{letter}{part}", event.0.simple()));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A refusal is no error of the program.
const fn status(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "Ok",
        Outcome::Permitted | Outcome::Refused => "Unset",
    }
}

fn name(kind: LineKind) -> String {
    kind.code().replace('-', " ")
}

fn milliseconds(at: Moment) -> i64 {
    at.0.div_euclid(1_000)
}

/// Whether a line tells of a decision: the outcome of a change does not, nor does what is no question to the policies.
pub(super) fn is_decision(entry: &Entry) -> bool {
    let asked = !matches!(entry.kind, LineKind::SignedIn | LineKind::SignedOut | LineKind::PayloadsPruned);
    entry.outcome != Outcome::Done && asked
}

/// The records of a line in a stream, as JSON.
pub(super) fn records(stream: Stream, entry: &Entry, context: &Context) -> Vec<String> {
    match stream {
        Stream::Access => vec![access(entry, context)],
        Stream::Processing => {
            processings(entry, context).iter().map(|one| processing_json(one, &context.source)).collect()
        }
        Stream::Decisions if is_decision(entry) => vec![decision(entry, context)],
        Stream::Decisions => Vec::new(),
    }
}

fn json(record: &impl Serialize) -> String {
    serde_json::to_string(record).expect("records have no keys that are not text")
}

#[derive(Serialize)]
struct Resource<A> {
    attributes: A,
}

#[derive(Serialize)]
struct Service<'a> {
    #[serde(rename = "service.name")]
    name: &'static str,
    #[serde(rename = "service.instance.id")]
    instance: &'a str,
}

fn service(source: &str) -> Resource<Service<'_>> {
    Resource { attributes: Service { name: "plein", instance: source } }
}

#[derive(Serialize)]
struct ProcessingAttributes<'a> {
    #[serde(rename = "dpl.core.processing_activity_id")]
    activity: &'a str,
    #[serde(rename = "dpl.core.data_subject_id", skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    #[serde(rename = "dpl.core.data_subject_id_type", skip_serializing_if = "Option::is_none")]
    subject_type: Option<&'a str>,
}

#[derive(Serialize)]
struct Span<'a, A, R> {
    trace_id: &'a str,
    span_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_span_id: Option<&'a str>,
    status: &'static str,
    name: &'a str,
    start_time: i64,
    end_time: i64,
    resource: Resource<R>,
    attributes: A,
}

pub(super) fn processing_json(one: &Processing, source: &str) -> String {
    json(&Span {
        trace_id: &one.trace,
        span_id: &one.span,
        parent_span_id: one.parent.as_deref(),
        status: one.status,
        name: &one.name,
        start_time: milliseconds(one.at),
        end_time: milliseconds(one.at),
        resource: service(source),
        attributes: ProcessingAttributes {
            activity: &one.activity,
            subject: one.subject.as_ref().map(|one| one.id.as_str()),
            subject_type: one.subject.as_ref().map(|one| one.id_type.as_str()),
        },
    })
}

#[derive(Serialize)]
struct AuditSource<'a> {
    #[serde(rename = "nen7513.AuditSourceId")]
    id: &'a str,
    /// 4: an application server.
    #[serde(rename = "nen7513.AuditSourceTypeCode")]
    kind: u8,
}

#[derive(Serialize)]
struct AccessAttributes<'a> {
    #[serde(rename = "dpl.core.processing_activity_id")]
    activity: &'a str,
    #[serde(rename = "dpl.nen7513.eventTypeCode")]
    kind: &'static str,
    #[serde(rename = "dpl.nen7513.eventActionCode")]
    action: char,
    #[serde(rename = "dpl.nen7513.eventDateTime")]
    at: String,
    #[serde(rename = "dpl.nen7513.eventOutcomeIndicator")]
    outcome: u8,
    #[serde(rename = "dpl.nen7513.users")]
    users: Vec<User<'a>>,
    #[serde(rename = "dpl.nen7513.participants")]
    participants: Vec<Participant>,
    #[serde(rename = "dpl.nen7513.autorisatieProtocol")]
    policies: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct User<'a> {
    #[serde(rename = "userID")]
    id: String,
    user_name: &'a str,
    user_is_requestor: bool,
    #[serde(rename = "roleIDCode")]
    role: Vec<&'a str>,
    #[serde(rename = "departmentID")]
    department: String,
    department_name: &'a str,
    purpose_of_use: &'a str,
    /// 2: an IP address.
    network_access_point_type_code: u8,
    #[serde(rename = "networkAccessPointID")]
    network: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Participant {
    /// 2: an object of the system.
    participant_object_type_code: u8,
    #[serde(rename = "participantObjectIDTypeCode")]
    kind: &'static str,
    #[serde(rename = "participantObjectID")]
    id: String,
}

/// The access log. When the payload was destroyed before it was told, only what is not personal is left.
fn access(entry: &Entry, context: &Context) -> String {
    let payload = entry.payload.as_ref();
    let attributes = AccessAttributes {
        activity: &context.activity,
        kind: entry.kind.code(),
        action: action_code(entry.kind),
        at: entry.at.iso(),
        // NEN 7513: 0 it succeeded, 8 it was ended.
        outcome: if entry.outcome == Outcome::Refused { 8 } else { 0 },
        users: payload.map(user).into_iter().collect(),
        participants: payload.map(participants).unwrap_or_default(),
        policies: payload.map_or(&[], |payload| payload.policies.as_slice()),
    };
    json(&Span {
        trace_id: &trace(entry),
        span_id: &span(entry.event, 'p', 0),
        parent_span_id: None,
        status: status(entry.outcome),
        name: &name(entry.kind),
        start_time: milliseconds(entry.at),
        end_time: milliseconds(entry.at),
        resource: Resource { attributes: AuditSource { id: &context.source, kind: 4 } },
        attributes,
    })
}

fn user(payload: &Payload) -> User<'_> {
    User {
        id: payload.actor.to_string(),
        user_name: &payload.actor_name,
        user_is_requestor: payload.user_is_requestor,
        role: payload.role.split(',').filter(|role| !role.is_empty()).collect(),
        department: payload.department.to_string(),
        department_name: &payload.department_name,
        purpose_of_use: &payload.purpose,
        network_access_point_type_code: 2,
        network: &payload.network,
    }
}

fn participants(payload: &Payload) -> Vec<Participant> {
    let one = |object: &ObjectRef| Participant {
        participant_object_type_code: 2,
        kind: object.kind.code(),
        id: object.id.to_string(),
    };
    payload.objects.iter().map(one).collect()
}

/// NEN 7513: create, read, update, delete, or execute for all else.
const fn action_code(kind: LineKind) -> char {
    match kind {
        LineKind::Listed
        | LineKind::Opened
        | LineKind::StillOpen
        | LineKind::Searched
        | LineKind::SubjectLookedUp
        | LineKind::Exported
        | LineKind::Printed
        | LineKind::ViewedInEmergency => 'R',
        LineKind::Logged
        | LineKind::CaseOpened
        | LineKind::PlanBegun
        | LineKind::VersionKept
        | LineKind::NoteWritten
        | LineKind::ListTakenIn
        | LineKind::RegisterTakenIn => 'C',
        LineKind::Edited
        | LineKind::NoteChanged
        | LineKind::Linked
        | LineKind::Unlinked
        | LineKind::TeamChanged
        | LineKind::PlaceChanged
        | LineKind::ProposalConfirmed
        | LineKind::MadeAdministrator => 'U',
        LineKind::VersionRemoved | LineKind::NoteWithdrawn | LineKind::PayloadsPruned => 'D',
        LineKind::VersionProposed
        | LineKind::PlaceProposed
        | LineKind::ProposalDeclined
        | LineKind::ProposalWithdrawn
        | LineKind::SessionsEnded
        | LineKind::PositionTaken
        | LineKind::VersionAdopted
        | LineKind::SubjectsJudged
        | LineKind::GlassBroken
        | LineKind::GlassStopped
        | LineKind::GlassReviewed
        | LineKind::Refused
        | LineKind::SignedIn
        | LineKind::SignedOut
        | LineKind::SignedInAnew => 'E',
    }
}

#[derive(Serialize)]
struct Decision<'a> {
    trace_id: String,
    span_id: String,
    parent_span_id: String,
    event_name: &'static str,
    timestamp: i64,
    status: &'static str,
    resource: Service<'a>,
    attributes: DecisionAttributes<'a>,
    body: Body<'a>,
}

#[derive(Serialize)]
struct DecisionAttributes<'a> {
    #[serde(rename = "adl.core.policies")]
    policies: Sources<'a>,
}

/// The one source of policies: their names, as `docs/permissions.md` has them.
#[derive(Serialize)]
struct Sources<'a> {
    plein: &'a [String],
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "adl.core.request")]
    request: Request<'a>,
    #[serde(rename = "adl.core.response")]
    response: Response,
}

#[derive(Serialize)]
struct Request<'a> {
    subject: Party<SubjectProperties<'a>>,
    action: Named<'a>,
    resource: Party<ResourceProperties>,
    context: DecisionContext<'a>,
}

#[derive(Serialize)]
struct Party<P> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    properties: P,
}

#[derive(Serialize)]
struct SubjectProperties<'a> {
    roles: Vec<&'a str>,
    department: String,
}

#[derive(Serialize)]
struct ResourceProperties {
    /// What else it was about, as for a list.
    objects: Vec<Participant>,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct DecisionContext<'a> {
    time: String,
    purpose: &'a str,
}

#[derive(Serialize)]
struct Response {
    decision: bool,
}

/// The authorization decision. Of a refusal its action stands in the ledger; of what was permitted the kind of line says it.
fn decision(entry: &Entry, context: &Context) -> String {
    let payload = entry.payload.as_ref();
    let wanted = payload.and_then(|payload| payload.reason.split(';').next()).and_then(Action::from_code);
    let action = match (entry.outcome, wanted) {
        (Outcome::Refused, Some(action)) => action.code(),
        _ => entry.kind.code(),
    };
    let first = payload.and_then(|payload| payload.objects.first()).copied().unwrap_or(ObjectRef::AREA);
    json(&Decision {
        trace_id: trace(entry),
        span_id: span(entry.event, 'd', 0),
        parent_span_id: span(entry.event, 'p', 0),
        event_name: "adl.access_evaluation",
        timestamp: milliseconds(entry.at),
        status: "Unset",
        resource: Service { name: "plein", instance: &context.source },
        attributes: DecisionAttributes {
            policies: Sources { plein: payload.map_or(&[], |payload| payload.policies.as_slice()) },
        },
        body: Body {
            request: Request {
                subject: Party {
                    kind: "person",
                    id: payload.map(|payload| payload.actor.to_string()).unwrap_or_default(),
                    properties: SubjectProperties {
                        roles: payload.map(|payload| payload.role.split(',').collect()).unwrap_or_default(),
                        department: payload.map(|payload| payload.department.to_string()).unwrap_or_default(),
                    },
                },
                action: Named { name: action },
                resource: Party {
                    kind: first.kind.code(),
                    id: first.id.to_string(),
                    properties: ResourceProperties {
                        objects: payload.map(participants).unwrap_or_default().into_iter().skip(1).collect(),
                    },
                },
                context: DecisionContext {
                    time: entry.at.iso(),
                    purpose: payload.map_or("", |payload| payload.purpose.as_str()),
                },
            },
            response: Response { decision: entry.outcome != Outcome::Refused },
        },
    })
}
