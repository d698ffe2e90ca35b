//! The streams over OTLP/HTTP, as JSON: data processings as spans, the access log and the decisions as log records. At least
//! once: a record that is sent again has the same trace, span, place and event.

use super::{
    Stream,
    record::{self, Context},
};
use crate::{
    ledger::{Entry, LedgerError},
    outgoing::{self, Outgoing},
};
use http::Uri;
use plein_domain::moment::Moment;
use serde_json::{Value, json};

/// The most records in one message.
const AT_ONCE: usize = 200;

/// A collector of OpenTelemetry, by the address before `/v1/traces` and `/v1/logs`.
#[derive(Debug, Clone)]
pub struct Collector {
    address: Uri,
    way: Outgoing,
}

impl Collector {
    /// The one at this address; over TLS the system's authorities are trusted.
    ///
    /// # Errors
    /// It is no address as `https://collector.example:4318`.
    pub fn at(address: &Uri) -> Result<Self, LedgerError> {
        outgoing::check(address).map_err(LedgerError::Refused)?;
        if address.query().is_some() {
            return Err(LedgerError::Refused("the collector's address has nothing behind a question mark"));
        }
        let way = Outgoing::trusting(&[]).map_err(|_| LedgerError::Refused("TLS cannot be used here"))?;
        Ok(Self { address: address.clone(), way })
    }

    /// Hands it the records of these lines; done when it has taken all.
    pub(super) async fn take(&self, batch: &[(&Entry, Context)]) -> Result<(), String> {
        let mut spans = Vec::new();
        let mut logs = Vec::new();
        for (entry, context) in batch {
            for (part, one) in (0..).zip(record::processings(entry, context)) {
                spans.push(span(entry, part, &one));
            }
            for stream in [Stream::Access, Stream::Decisions] {
                logs.extend(record::records(stream, entry, context).iter().map(|one| log(stream, entry, one)));
            }
        }
        let Some(source) = batch.first().map(|(_, context)| context.source.as_str()) else { return Ok(()) };
        let resource = json!({ "attributes": [pair("service.name", &json!("plein")), pair("service.instance.id", &json!(source))] });
        for spans in spans.chunks(AT_ONCE) {
            let scope = json!([{ "scope": { "name": "plein.processing" }, "spans": spans }]);
            self.send("v1/traces", &json!({ "resourceSpans": [{ "resource": resource, "scopeSpans": scope }] }))
                .await?;
        }
        for logs in logs.chunks(AT_ONCE) {
            let scope = json!([{ "scope": { "name": "plein.log" }, "logRecords": logs }]);
            self.send("v1/logs", &json!({ "resourceLogs": [{ "resource": resource, "scopeLogs": scope }] })).await?;
        }
        Ok(())
    }

    async fn send(&self, path: &str, message: &Value) -> Result<(), String> {
        let url: Uri = format!("{}/{path}", self.address.to_string().trim_end_matches('/'))
            .parse()
            .map_err(|error| format!("its address: {error}"))?;
        let answer = self.way.post(&url, "application/json", message.to_string()).await;
        let answer = answer.map_err(|error| format!("{url}: {error}"))?;
        let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
        if let Some(partial) = answer.get("partialSuccess") {
            let refused = ["rejectedSpans", "rejectedLogRecords"].iter().filter_map(|name| partial.get(*name));
            // Sending again would be refused again (OTLP: partial success is not retried).
            for refused in refused.filter(|count| !matches!(count.to_string().trim_matches('"'), "0" | "null")) {
                tracing::error!(%url, %refused, "the collector refused records of the access log for good");
            }
        }
        Ok(())
    }
}

fn nanoseconds(at: Moment) -> Value {
    json!((i128::from(at.0) * 1_000).to_string())
}

/// A pair of key and value as OTLP has them.
fn pair(key: &str, value: &Value) -> Value {
    json!({ "key": key, "value": any(value) })
}

/// A value as OTLP has it.
fn any(value: &Value) -> Value {
    match value {
        Value::Null => json!({}),
        Value::Bool(value) => json!({ "boolValue": value }),
        Value::Number(number) if number.is_f64() => json!({ "doubleValue": number }),
        Value::Number(number) => json!({ "intValue": number.to_string() }),
        Value::String(text) => json!({ "stringValue": text }),
        Value::Array(values) => json!({ "arrayValue": { "values": values.iter().map(any).collect::<Vec<_>>() } }),
        Value::Object(fields) => json!({ "kvlistValue": { "values": pairs(fields) } }),
    }
}

fn pairs(fields: &serde_json::Map<String, Value>) -> Vec<Value> {
    fields.iter().map(|(key, value)| pair(key, value)).collect()
}

/// By which a record that comes twice is known.
fn known_by(entry: &Entry, part: u32) -> [Value; 3] {
    [
        pair("plein.ledger.sequence", &json!(entry.sequence)),
        pair("plein.ledger.event", &json!(entry.event.to_string())),
        pair("plein.ledger.part", &json!(part)),
    ]
}

fn span(entry: &Entry, part: u32, one: &record::Processing) -> Value {
    let mut attributes = vec![pair("dpl.core.processing_activity_id", &json!(one.activity))];
    if let Some(subject) = &one.subject {
        attributes.push(pair("dpl.core.data_subject_id", &json!(subject.id)));
        attributes.push(pair("dpl.core.data_subject_id_type", &json!(subject.id_type)));
    }
    attributes.extend(known_by(entry, part));
    let mut span = json!({
        "traceId": one.trace,
        "spanId": one.span,
        "name": one.name,
        "kind": 1,
        "startTimeUnixNano": nanoseconds(one.at),
        "endTimeUnixNano": nanoseconds(one.at),
        "attributes": attributes,
        "status": { "code": u8::from(one.status == "Ok") },
    });
    if let Some(parent) = &one.parent {
        span["parentSpanId"] = json!(parent);
    }
    span
}

fn log(stream: Stream, entry: &Entry, record: &str) -> Value {
    let record: Value = serde_json::from_str(record).unwrap_or_default();
    let mut attributes = record.get("attributes").and_then(Value::as_object).map(pairs).unwrap_or_default();
    attributes.push(pair("plein.stream", &json!(stream.code())));
    attributes.extend(known_by(entry, 0));
    let body = record.get("body").or_else(|| record.get("name")).cloned().unwrap_or_default();
    json!({
        "timeUnixNano": nanoseconds(entry.at),
        "severityNumber": 9,
        "severityText": "INFO",
        "eventName": record.get("event_name").or_else(|| record.get("name")),
        "body": any(&body),
        "attributes": attributes,
        "traceId": record.get("trace_id"),
        "spanId": record.get("span_id"),
    })
}
