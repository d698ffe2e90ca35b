//! The read API of the Logboek Dataverwerkingen (Logius, extension *lezen* 1.1): one question, for whoever supervises. It is
//! asked with the session of the data protection officer, and each question is a line in the log first.
//!
//! What must never happen here: an answer that says who did something.

use crate::use_cases::UseCases;
use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::post,
};
use http::{HeaderName, StatusCode, header};
use plein_domain::{ids::TraceId, moment::Moment, ports::Asker, problem::Problem, processing::ProcessingQuery};
use plein_vault::{store::ProcessingPage, streams::Processing};
use serde::{Deserialize, Serialize};

/// Where it is.
const PATH: &str = "/lezenapi/v1/processing-activities";
/// The version of the interface.
const VERSION: &str = "1.1.0";
/// The longest question, in bytes.
const LONGEST: usize = 64 * 1024;

/// The API. It belongs inside the edge, which says who asks.
pub(crate) fn router(desk: UseCases) -> Router {
    Router::new().route("/lezenapi/v1/processing-activities", post(list)).with_state(desk)
}

async fn list(State(desk): State<UseCases>, request: Request) -> Response {
    let answered = match request.extensions().get::<Asker>().cloned() {
        Some(asker) => answer(&desk, &asker, request).await,
        None => Err(Fault::new(StatusCode::UNAUTHORIZED, "Sign in to Plein first, and send its session cookie along.")),
    };
    let (status, kind, body) = match answered {
        Ok(body) => (StatusCode::OK, "application/json", body),
        Err(fault) => (fault.status, "application/problem+json", fault.json()),
    };
    let version = HeaderName::from_static("api-version");
    (status, [(header::CONTENT_TYPE, kind), (version, VERSION)], body).into_response()
}

/// A problem as RFC 9457 has it.
struct Fault {
    status: StatusCode,
    detail: String,
}

#[derive(Serialize)]
struct FaultBody<'a> {
    status: u16,
    title: &'a str,
    detail: &'a str,
    instance: &'a str,
}

impl Fault {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    fn of(problem: &Problem) -> Self {
        let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let detail = match problem {
            Problem::PurposeNeeded(_) => "State the purpose of supervision in Plein first.".to_owned(),
            Problem::NotAllowed => "The data processings are read by the data protection officer.".to_owned(),
            other => other.to_string(),
        };
        Self { status, detail }
    }

    fn json(&self) -> String {
        let title = self.status.canonical_reason().unwrap_or_default();
        let body = FaultBody { status: self.status.as_u16(), title, detail: &self.detail, instance: PATH };
        serde_json::to_string(&body).unwrap_or_default()
    }
}

/// The question, in the names of the standard.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Asked {
    trace_id: Option<String>,
    start_time: Option<String>,
    end_time: Option<String>,
    #[serde(rename = "dpl.core.processing_activity_id")]
    activity: Option<String>,
    #[serde(rename = "dpl.core.data_subject_id")]
    subject: Option<String>,
    /// Plein's own: the next page.
    before: Option<u64>,
}

impl Asked {
    fn query(self) -> Result<ProcessingQuery, Fault> {
        let trace = match self.trace_id.as_deref().map(str::parse::<TraceId>) {
            Some(Ok(trace)) => Some(trace),
            Some(Err(_)) => return Err(Fault::bad("traceId must be a UUID.")),
            None => None,
        };
        let moment = |name: &str, text: Option<String>| match text.as_deref().map(Moment::from_iso) {
            Some(None) => Err(Fault::bad(format!("{name} must be a time as RFC 3339 writes it."))),
            Some(moment) => Ok(moment),
            None => Ok(None),
        };
        let period = (moment("startTime", self.start_time)?, moment("endTime", self.end_time)?);
        let query = ProcessingQuery {
            trace,
            activity: self.activity.filter(|one| !one.is_empty()),
            subject: self.subject.filter(|one| !one.is_empty()),
            period,
            before: self.before,
        };
        match query.is_narrow() {
            true => Ok(query),
            false => Err(Fault::bad(
                "Ask for at least one of traceId, dpl.core.processing_activity_id and dpl.core.data_subject_id.",
            )),
        }
    }
}

async fn answer(desk: &UseCases, asker: &Asker, request: Request) -> Result<String, Fault> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the question as application/json."));
    }
    let body = to_bytes(request.into_body(), LONGEST).await;
    let body = body.map_err(|_| Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "The question is too long."))?;
    let asked: Asked =
        serde_json::from_slice(&body).map_err(|error| Fault::bad(format!("The question cannot be read: {error}")))?;
    let query = asked.query()?;
    let page = desk.processings(asker, query).await.map_err(|problem| Fault::of(&problem))?;
    let list = List::of(&page, desk.municipality());
    serde_json::to_string(&list).map_err(|_| Fault::new(StatusCode::INTERNAL_SERVER_ERROR, "It cannot be written."))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'a> {
    metadata: Metadata<'a>,
    processing_activities: Vec<Activity<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Metadata<'a> {
    logbook_id: &'a str,
    organization_name: &'a str,
    /// Plein's own: give this as `before` for the next, older page.
    #[serde(skip_serializing_if = "Option::is_none")]
    older: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Activity<'a> {
    trace_id: String,
    span_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_span_id: Option<&'a str>,
    status: &'a str,
    name: &'a str,
    start_time: String,
    end_time: String,
    attributes: Attributes<'a>,
}

#[derive(Serialize)]
struct Attributes<'a> {
    #[serde(rename = "dpl.core.processing_activity_id")]
    activity: &'a str,
    #[serde(rename = "dpl.core.data_subject_id", skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    #[serde(rename = "dpl.core.data_subject_id_type", skip_serializing_if = "Option::is_none")]
    subject_type: Option<&'a str>,
}

impl<'a> List<'a> {
    fn of(page: &'a ProcessingPage, municipality: &'a str) -> Self {
        let ProcessingPage { logbook, processings, older } = page;
        let metadata = Metadata { logbook_id: logbook, organization_name: municipality, older: *older };
        Self { metadata, processing_activities: processings.iter().map(Activity::of).collect() }
    }
}

impl<'a> Activity<'a> {
    fn of(one: &'a Processing) -> Self {
        let at = milliseconds(one.at);
        Self {
            trace_id: one.trace.parse::<TraceId>().map(|trace| trace.to_string()).unwrap_or_default(),
            span_id: &one.span,
            parent_span_id: one.parent.as_deref(),
            status: one.status,
            name: &one.name,
            start_time: at.clone(),
            end_time: at,
            attributes: Attributes {
                activity: &one.activity,
                subject: one.subject.as_ref().map(|subject| subject.id.as_str()),
                subject_type: one.subject.as_ref().map(|subject| subject.id_type.as_str()),
            },
        }
    }
}

/// As RFC 3339 writes a time, to the millisecond.
fn milliseconds(at: Moment) -> String {
    let seconds = at.iso();
    let rest = at.0.rem_euclid(1_000_000) / 1_000;
    format!("{}.{rest:03}Z", seconds.trim_end_matches('Z'))
}
