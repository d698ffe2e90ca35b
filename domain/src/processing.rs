//! What the Logboek Dataverwerkingen is asked for (Logius, extension *lezen*).

use crate::{ids::TraceId, moment::Moment};

/// A question. At least one of trace, activity and data subject is asked for; who asks for more gets what fits all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcessingQuery {
    /// Only data processings of this request.
    pub trace: Option<TraceId>,
    /// Only those of this processing activity, by its URI.
    pub activity: Option<String>,
    /// Only those of this data subject, by the pseudonym.
    pub subject: Option<String>,
    /// Only those from this moment on, and only those up to this one.
    pub period: (Option<Moment>, Option<Moment>),
    /// Only those of lines before this place in the log: the next, older page.
    pub before: Option<u64>,
}

impl ProcessingQuery {
    /// Whether it asks for something that can be looked up.
    pub fn is_narrow(&self) -> bool {
        self.trace.is_some() || self.activity.is_some() || self.subject.is_some()
    }

    /// The question as it stands in the log.
    pub fn said(&self) -> String {
        let mut said = vec!["data processings".to_owned()];
        let mut say = |name: &str, value: Option<String>| said.extend(value.map(|value| format!("{name}={value}")));
        say("trace", self.trace.map(|trace| trace.to_string()));
        say("activity", self.activity.clone());
        say("subject", self.subject.clone());
        say("from", self.period.0.map(Moment::iso));
        say("until", self.period.1.map(Moment::iso));
        say("before", self.before.map(|before| before.to_string()));
        said.join(" ")
    }
}
