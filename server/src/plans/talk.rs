//! The comments in a document, as they are read. Whose they are was judged when they came in ([`Document::apply`]); all
//! else in them is what some window said, and is read as far as it can be.

use super::document::{COMMENTS, Document, attribute, careful};
use plein_domain::{
    ids::PersonId,
    moment::Moment,
    plan::{About, Comment, Mention, Thread, said},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;
use yrs::{
    Any, Array, Assoc, BranchID, ClientID, ID, IndexScope, Map, MapRef, Offset, Out, ReadTxn, StickyIndex, Transact,
    XmlFragment, XmlOut,
};

/// How far up a passage's section is looked for: far more than elements stand in elements.
const HIGHEST: usize = 80;

impl Document {
    /// The threads, those whose first comment is oldest first.
    pub fn threads(&self) -> Vec<Thread> {
        let txn = self.doc.transact();
        let Some(comments) = txn.get_map(COMMENTS) else { return Vec::new() };
        let places = self.places(&txn);
        let threads = comments.iter(&txn).filter_map(|(id, value)| match value {
            Out::YMap(value) => thread(&value, id.parse().ok()?, &txn, &places),
            _ => None,
        });
        let mut threads: Vec<Thread> = threads.collect();
        threads.sort_by_key(|one| (one.comments.first().map(|first| first.at), one.id));
        threads
    }

    /// Who is mentioned where, in threads that are not dealt with.
    pub fn mentions(&self) -> HashSet<Mention> {
        self.threads().iter().flat_map(Thread::mentions).collect()
    }

    /// Where sections and interventions are.
    fn places<T: ReadTxn>(&self, txn: &T) -> Places {
        let mut places = Places::default();
        for child in self.root.children(txn) {
            let XmlOut::Element(section) = child else { continue };
            let code = attribute(&section, txn, "id").unwrap_or_default();
            for block in section.children(txn) {
                let XmlOut::Element(block) = block else { continue };
                if &**block.tag() == "intervention"
                    && let Some(id) = attribute(&block, txn, "id").and_then(|id| id.parse().ok())
                {
                    places.interventions.entry(id).or_insert_with(|| code.clone());
                }
            }
            places.sections.push((AsRef::<yrs::branch::Branch>::as_ref(&section).id(), code));
        }
        places
    }
}

/// Codes of sections by what stands in them.
#[derive(Default)]
struct Places {
    sections: Vec<(BranchID, String)>,
    interventions: HashMap<Uuid, String>,
}

impl Places {
    /// The section of a passage; nothing when its words are gone.
    fn of_passage<T: ReadTxn>(&self, anchor: &Out, head: &Out, txn: &T) -> Option<String> {
        // What the relative positions name may be anything.
        careful(|| {
            let (anchor, head) = (offset(anchor, txn)?, offset(head, txn)?);
            let gone = anchor.branch.id() == head.branch.id() && anchor.index == head.index;
            if gone { None } else { self.above(anchor.branch.id(), txn) }
        })
        .ok()
        .flatten()
    }

    fn above<T: ReadTxn>(&self, mut at: BranchID, txn: &T) -> Option<String> {
        for _ in 0..HIGHEST {
            if let Some((_, code)) = self.sections.iter().find(|(section, _)| *section == at) {
                return Some(code.clone());
            }
            let BranchID::Nested(id) = at else { return None };
            at = StickyIndex::from_id(id, Assoc::After).get_offset(txn)?.branch.id();
        }
        None
    }
}

/// The place that a relative position of Yjs names: beside a piece of text, or in an element that was empty.
fn offset<T: ReadTxn>(position: &Out, txn: &T) -> Option<Offset> {
    let Out::Any(Any::Map(fields)) = position else { return None };
    let id = |name: &str| match fields.get(name)? {
        Any::Map(id) => {
            Some(ID::new(ClientID::new(number(id.get("client")?)?), u32::try_from(number(id.get("clock")?)?).ok()?))
        }
        _ => None,
    };
    let scope = match id("item") {
        Some(item) => IndexScope::Relative(item),
        None => IndexScope::Nested(id("type")?),
    };
    StickyIndex::new(scope, Assoc::After).get_offset(txn)
}

fn number(value: &Any) -> Option<u64> {
    match value {
        Any::Number(number) => u64::try_from((*number).as_i64()?).ok(),
        _ => None,
    }
}

fn thread<T: ReadTxn>(value: &MapRef, id: Uuid, txn: &T, places: &Places) -> Option<Thread> {
    let comments = match value.get(txn, "messages") {
        Some(Out::YArray(messages)) => messages.iter(txn).filter_map(|message| comment(&message)).collect(),
        _ => Vec::new(),
    };
    if comments.is_empty() {
        return None;
    }
    let text = |name: &str| match value.get(txn, name) {
        Some(Out::Any(Any::String(text))) => text.to_string(),
        _ => String::new(),
    };
    let about = text("intervention").parse().map_or(About::Passage, About::Intervention);
    let section = match about {
        About::Intervention(id) => places.interventions.get(&id).cloned(),
        About::Passage => value
            .get(txn, "anchor")
            .zip(value.get(txn, "head"))
            .and_then(|(anchor, head)| places.of_passage(&anchor, &head, txn)),
    };
    let resolved = matches!(value.get(txn, "resolved"), Some(Out::Any(Any::Bool(true))));
    Some(Thread { id, about, section, quote: text("quote"), resolved, comments })
}

fn comment(message: &Out) -> Option<Comment> {
    let Out::Any(Any::Map(fields)) = message else { return None };
    let text = |name: &str| match fields.get(name) {
        Some(Any::String(text)) => Some(&**text),
        _ => None,
    };
    Some(Comment {
        id: text("id").and_then(|id| id.parse().ok()),
        by: PersonId(text("by")?.parse().ok()?),
        at: text("at").and_then(Moment::from_iso),
        said: said(text("text")?),
    })
}
