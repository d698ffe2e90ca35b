//! One line of a stream's file: which line of the ledger it tells, the record, and a seal that only the program can make.

use super::{Stream, record};
use crate::{
    keyring::{Keyring, KeyringResult},
    ledger::Entry,
};
use plein_domain::ids::EventId;
use serde::Deserialize;
use serde_json::Value;

/// How records are made; counts up when they are made otherwise, so that older lines are not held against newer ways.
const FORM: u32 = 1;

/// Before the seal, and after it.
const SEAL: (&str, &str) = (",\"seal\":\"", "\"}");
const DIGITS: usize = 64;

/// A line on its way to a file.
pub(super) struct Line {
    pub sequence: u64,
    pub part: u32,
    pub text: String,
}

/// The lines of a stream that tell a line of the ledger.
pub(super) async fn lines(
    keyring: &Keyring,
    stream: Stream,
    entry: &Entry,
    context: &record::Context,
) -> KeyringResult<Vec<Line>> {
    let records = record::records(stream, entry, context);
    let parts = u32::try_from(records.len()).unwrap_or(u32::MAX);
    let mut lines = Vec::with_capacity(records.len());
    for (part, record) in (0..).zip(records) {
        let open = open_line(entry, part, parts, &record);
        let text = format!("{open}{}{}{}\n", SEAL.0, seal(keyring, stream, &open).await?, SEAL.1);
        lines.push(Line { sequence: entry.sequence, part, text });
    }
    Ok(lines)
}

fn open_line(entry: &Entry, part: u32, parts: u32, record: &str) -> String {
    let (sequence, event) = (entry.sequence, entry.event);
    format!(
        "{{\"form\":{FORM},\"sequence\":{sequence},\"event\":\"{event}\",\"part\":{part},\"parts\":{parts},\"record\":{record}"
    )
}

async fn seal(keyring: &Keyring, stream: Stream, open: &str) -> KeyringResult<String> {
    let bytes = keyring.stream_seal(&format!("{}\n{open}", stream.code())).await?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A line as it is read back.
#[derive(Deserialize)]
pub(super) struct Told {
    form: u32,
    pub sequence: u64,
    pub event: EventId,
    pub part: u32,
    pub parts: u32,
    record: Value,
    seal: String,
}

/// Reads a line, without its end; nothing when it is none.
pub(super) fn read(text: &str) -> Option<Told> {
    serde_json::from_str(text).ok()
}

impl Told {
    /// Whether the program wrote exactly this text.
    pub async fn is_sealed(&self, keyring: &Keyring, stream: Stream, text: &str) -> KeyringResult<bool> {
        let length = SEAL.0.len() + DIGITS + SEAL.1.len();
        let Some((open, end)) = text.len().checked_sub(length).and_then(|at| text.split_at_checked(at)) else {
            return Ok(false);
        };
        let sealed = end == format!("{}{}{}", SEAL.0, self.seal, SEAL.1);
        Ok(sealed && self.seal == seal(keyring, stream, open).await?)
    }

    /// Whether it says of this line of the ledger what is to be said of it. Which activity it was and whom it was about the
    /// line does not say: its seal vouches for that.
    pub fn tells(&self, stream: Stream, entry: &Entry, source: &str, text: &str) -> bool {
        if self.event != entry.event || self.sequence != entry.sequence {
            return false;
        }
        if self.form != FORM || entry.payload.is_none() {
            let trace = self.record.get("trace_id").and_then(Value::as_str);
            return trace == Some(&*entry.trace.0.simple().to_string());
        }
        let attribute = |name: &str| {
            let value = self.record.get("attributes").and_then(|attributes| attributes.get(name));
            value.and_then(Value::as_str).map(str::to_owned)
        };
        let activity = attribute("dpl.core.processing_activity_id").unwrap_or_default();
        let context = record::Context { source: source.to_owned(), activity, subjects: Vec::new() };
        let record = match stream {
            Stream::Processing => {
                let subject = attribute("dpl.core.data_subject_id").zip(attribute("dpl.core.data_subject_id_type"));
                let subject = subject.map(|(id, id_type)| record::Subject { id, id_type });
                record::processing_json(&record::processing(entry, &context, self.part, subject), source)
            }
            Stream::Access | Stream::Decisions => record::records(stream, entry, &context).pop().unwrap_or_default(),
        };
        text.starts_with(&open_line(entry, self.part, self.parts, &record))
    }
}
