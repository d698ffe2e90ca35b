//! One plan as a document that several people write in at once (a CRDT: Yjs' format, by the crate yrs).
//!
//! Whatever comes in is held against three rules before it counts: new text stands under the number of the window it
//! came from and no other; it goes on where that window's text ended; and it leaves nothing waiting for text that nobody
//! has. The document itself never writes anything.

use super::shape::{self, Shape};
use plein_domain::{
    ids::{PersonId, Reference, SignalId},
    plan::{Block, Cell, Inline, Intervention, InterventionKind, InterventionRow, InterventionStatus, NewSection},
};
use std::{
    collections::{BTreeSet, HashMap},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use yrs::{
    Any, Array, ClientID, DeepObservable, Doc, GetString, Map, OffsetKind, Options, Out, ReadTxn, StateVector, Text,
    Transact, TransactionMut, Update, WriteTxn, Xml, XmlElementPrelim, XmlElementRef, XmlFragment, XmlFragmentRef,
    XmlOut, XmlTextPrelim, XmlTextRef,
    types::{Attrs, Change, EntryChange, Event, PathSegment, text::YChange},
    updates::{decoder::Decode, encoder::Encode},
};

/// The name of the text in the document, known to the editor.
const ROOT: &str = "plan";
/// The name of the comments in the document: threads by their id.
pub(super) const COMMENTS: &str = "comments";
/// The number under which the template's own sections stand.
const TEMPLATE: u64 = 1;
/// How many numbers are remembered that nobody wrote under: far more than windows come and go while a plan is open.
const CLAIMED_MOST: usize = 20_000;
/// How many sections are read, and how many characters of their titles: far more than templates make.
const SECTIONS: usize = 500;
const TITLE: usize = 300;
/// How deep blocks may stand in blocks when they are read: more is not shown.
const DEEPEST: usize = 12;

/// The document.
pub struct Document {
    pub(super) doc: Doc,
    pub(super) root: XmlFragmentRef,
    /// Top-level places that the update being applied touched.
    touched: Arc<Mutex<BTreeSet<Option<u32>>>>,
    /// The names under which the update being applied puts comments.
    signed: Arc<Mutex<BTreeSet<String>>>,
    /// Whether the update being applied touches comments.
    commented: Arc<AtomicBool>,
    /// Whose the numbers are under which text was written.
    authors: HashMap<u64, PersonId>,
    /// Whose the numbers are that somebody went by and did not write under yet.
    claimed: HashMap<u64, PersonId>,
}

/// Why an update was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no update.
    #[error("not an update")]
    Malformed,
    /// It holds text under a number that is somebody else's, or of more than one number.
    #[error("text under another number")]
    Forged,
    /// It does not go on where its window's text ended, or stands on text that nobody has.
    #[error("text that does not fit")]
    Unfitting,
}

/// What an update changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// What is new in it; nothing when everything was known.
    pub update: Option<Vec<u8>>,
    /// The number of its window, when it has text under one.
    pub client: Option<u64>,
    /// Whether that number is new in the document.
    pub first: bool,
    /// The codes of the sections that it touched.
    pub sections: Vec<String>,
    /// Whether it touched the comments.
    pub comments: bool,
}

/// The document cannot be used any more: it must be read anew.
#[derive(Debug, thiserror::Error)]
#[error("the document in memory is broken: {0}")]
pub struct Broken(String);

impl Document {
    /// The document of a new plan with these sections.
    pub fn made_of(sections: &[NewSection]) -> Vec<u8> {
        let doc = empty(TEMPLATE);
        let root = doc.get_or_insert_xml_fragment(ROOT);
        let mut txn = doc.transact_mut();
        for (id, title) in sections {
            let section = root.push_back(&mut txn, XmlElementPrelim::empty("section"));
            section.insert_attribute(&mut txn, "id", id.as_str());
            section.insert_attribute(&mut txn, "title", title.as_str());
            let paragraph = section.push_back(&mut txn, XmlElementPrelim::empty("paragraph"));
            // Two people who begin in an empty paragraph at once write in one and the same text (`app/editor/one-text.ts`).
            paragraph.push_back(&mut txn, XmlTextPrelim::new(""));
        }
        txn.encode_state_as_update_v1(&StateVector::default())
    }

    /// The document that these updates make, and whose the numbers in it are.
    ///
    /// # Errors
    /// They make none.
    pub fn of(updates: &[Vec<u8>], authors: impl IntoIterator<Item = (u64, PersonId)>) -> Result<Self, Broken> {
        let doc = empty(0);
        let root = doc.get_or_insert_xml_fragment(ROOT);
        careful(|| {
            let mut txn = doc.transact_mut();
            for update in updates {
                let update = Update::decode_v1(update).map_err(|error| error.to_string())?;
                txn.apply_update(update).map_err(|error| error.to_string())?;
            }
            if txn.has_missing_updates() { Err("an update is missing".to_owned()) } else { Ok(()) }
        })?
        .map_err(Broken)?;
        let touched: Arc<Mutex<BTreeSet<Option<u32>>>> = Arc::default();
        let noted = touched.clone();
        root.observe_deep("sections", move |_, events| {
            let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
            noted.extend(events.iter().map(|event| match event.path().front() {
                Some(PathSegment::Index(place)) => Some(*place),
                _ => None,
            }));
        });
        let signed: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        let heard = signed.clone();
        let commented: Arc<AtomicBool> = Arc::default();
        let told = commented.clone();
        doc.get_or_insert_map(COMMENTS).observe_deep("names", move |txn, events| {
            let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
            events.iter().for_each(|event| names(event, txn, &mut heard));
            told.store(true, Ordering::Relaxed);
        });
        Ok(Self {
            doc,
            root,
            touched,
            signed,
            commented,
            authors: authors.into_iter().collect(),
            claimed: HashMap::new(),
        })
    }

    /// What the document has, for a window to compare with.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What somebody who has this much does not have yet.
    ///
    /// # Errors
    /// It is no state vector.
    pub fn rest(&self, state_vector: &[u8]) -> Result<Vec<u8>, Refused> {
        if !shape::is_vector(state_vector) {
            return Err(Refused::Malformed);
        }
        let decoded = catch_unwind(|| StateVector::decode_v1(state_vector));
        let vector = decoded.map_err(|_| Refused::Malformed)?.map_err(|_| Refused::Malformed)?;
        Ok(self.doc.transact().encode_state_as_update_v1(&vector))
    }

    /// The whole document as one update.
    pub fn whole(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }

    /// Whose a number is.
    pub fn author(&self, client: u64) -> Option<PersonId> {
        self.authors.get(&client).copied()
    }

    /// Whether this person may go by this number: it is theirs, or nobody's, and then theirs from now on.
    pub fn claim(&mut self, client: u64, person: PersonId) -> bool {
        if client == TEMPLATE {
            return false;
        }
        if let Some(author) = self.authors.get(&client) {
            return *author == person;
        }
        if self.claimed.len() >= CLAIMED_MOST && !self.claimed.contains_key(&client) {
            return false;
        }
        *self.claimed.entry(client).or_insert(person) == person
    }

    /// Takes an update of this person, whose window has this number if it is known yet. What is refused leaves nothing
    /// behind.
    ///
    /// # Errors
    /// Why it was refused; or the document broke over it, and nothing more can be done with it.
    pub fn apply(
        &mut self,
        bytes: &[u8],
        person: PersonId,
        window: Option<u64>,
    ) -> Result<Result<Applied, Refused>, Broken> {
        let looked_over = Shape::of(bytes).map(|shape| shape.too_deep(&self.doc.transact()));
        if !matches!(looked_over, Ok(false)) {
            return Ok(Err(Refused::Malformed));
        }
        let decoded = catch_unwind(|| Update::decode_v1(bytes));
        let Ok(Ok(update)) = decoded else {
            return Ok(Err(Refused::Malformed));
        };
        let (client, first) = match self.client_of(&update, person, window) {
            Ok(found) => found,
            Err(refused) => return Ok(Err(refused)),
        };
        self.touched().clear();
        self.signed().clear();
        self.commented.store(false, Ordering::Relaxed);
        let outcome = careful(|| {
            let mut txn = self.doc.transact_mut();
            let before = txn.state_vector();
            txn.apply_update(update).map_err(|error| error.to_string())?;
            if let Some(client) = client.map(ClientID::new) {
                let ranges = txn.insert_set().get(&client).into_iter().flat_map(|ranges| ranges.iter());
                let kept: u32 = ranges.map(|(range, ())| range.end - range.start).sum();
                if txn.state_vector().get(&client) - before.get(&client) != kept {
                    return Err("more was taken than would be kept".to_owned());
                }
            }
            let unfitting = txn.prune_pending().is_some();
            let changed = !txn.insert_set().is_empty() || !txn.delete_set().is_empty();
            let update = changed.then(|| txn.encode_update_v1());
            Ok::<_, String>((unfitting, update))
        })?;
        let (unfitting, update) = match outcome {
            Ok(done) => done,
            Err(error) => return Err(Broken(error)),
        };
        if unfitting && update.is_none() {
            return Ok(Err(Refused::Unfitting));
        }
        if unfitting {
            // A part of it was taken before the rest turned out to stand on nothing: what is in memory is not what is kept.
            return Err(Broken("an update fitted in part".into()));
        }
        if self.signed().iter().any(|name| *name != person.to_string()) {
            // It is in memory already, and must not become durable.
            return Err(Broken("a comment under somebody else's name".into()));
        }
        let first = first && update.is_some();
        if let (Some(client), true) = (client, first) {
            self.authors.insert(client, person);
        }
        let sections = if update.is_some() { self.touched_sections() } else { Vec::new() };
        let comments = self.commented.load(Ordering::Relaxed);
        Ok(Ok(Applied { update, client, first, sections, comments }))
    }

    /// The number of the window that the new text of an update stands under, and whether it is new.
    fn client_of(
        &self,
        update: &Update,
        person: PersonId,
        window: Option<u64>,
    ) -> Result<(Option<u64>, bool), Refused> {
        let known = self.doc.transact().state_vector();
        let lower = update.state_vector_lower();
        let mut own = None;
        for (client, ranges) in update.insertions(true).iter() {
            let end = ranges.iter().map(|range| range.end).max().unwrap_or_default();
            if end <= known.get(client) {
                // Text that is here already, sent again.
                continue;
            }
            if own.is_some_and(|own| own != *client) {
                return Err(Refused::Forged);
            }
            own = Some(*client);
        }
        let Some(own) = own else {
            return Ok((None, false));
        };
        if lower.get(&own) > known.get(&own) {
            return Err(Refused::Unfitting);
        }
        let number = own.get();
        if window.is_some_and(|window| window != number) {
            return Err(Refused::Forged);
        }
        match self.authors.get(&number) {
            Some(author) if *author == person => Ok((Some(number), false)),
            // Somebody else's, or the template's.
            Some(_) => Err(Refused::Forged),
            None if known.contains_client(&own) => Err(Refused::Forged),
            None if self.claimed.get(&number).is_some_and(|claimed| *claimed != person) => Err(Refused::Forged),
            None => Ok((Some(number), true)),
        }
    }

    fn touched(&self) -> std::sync::MutexGuard<'_, BTreeSet<Option<u32>>> {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn signed(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.signed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn touched_sections(&self) -> Vec<String> {
        let places: Vec<u32> = self.touched().iter().flatten().copied().collect();
        let txn = self.doc.transact();
        let section = |place| match self.root.get(&txn, place) {
            Some(XmlOut::Element(element)) => attribute(&element, &txn, "id"),
            _ => None,
        };
        // Codes of the template; what else somebody puts there is no code.
        let code = |id: &String| id.len() <= 80 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let mut sections: Vec<String> = places.into_iter().filter_map(section).filter(code).collect();
        sections.dedup();
        sections
    }

    /// The interventions, as far as they can be told without their words.
    pub fn interventions(&self) -> Vec<InterventionRow> {
        let txn = self.doc.transact();
        let mut rows = Vec::new();
        for section in self.root.children(&txn) {
            let XmlOut::Element(section) = section else { continue };
            for block in section.children(&txn) {
                let XmlOut::Element(element) = block else { continue };
                if &**element.tag() == "intervention"
                    && let Some(found) = intervention(&element, &txn, DEEPEST)
                {
                    let Intervention { id, kind, person, due, status, .. } = found;
                    rows.push(InterventionRow { id, kind, person, due, status });
                }
            }
        }
        rows
    }

    /// The document as it is read: each section's code, title and blocks.
    pub fn sections(&self) -> Vec<(String, String, Vec<Block>)> {
        let txn = self.doc.transact();
        let mut sections = Vec::new();
        for child in self.root.children(&txn).take(SECTIONS) {
            let XmlOut::Element(element) = child else { continue };
            let id = attribute(&element, &txn, "id").unwrap_or_default();
            let title = attribute(&element, &txn, "title").unwrap_or_default();
            let title = title.chars().take(TITLE).collect();
            sections.push((id, title, blocks(&element, &txn, 0)));
        }
        sections
    }
}

/// The names under which an event puts comments: of messages that are new, in threads old and new.
fn names(event: &Event, txn: &TransactionMut<'_>, heard: &mut BTreeSet<String>) {
    let mut by = |message: &Out| {
        let name = match message {
            Out::Any(Any::Map(fields)) => match fields.get("by") {
                Some(Any::String(name)) => name.to_string(),
                _ => String::new(),
            },
            // No editor writes a message of another form.
            _ => String::new(),
        };
        heard.insert(name);
    };
    match event {
        Event::Array(messages) => {
            for change in messages.delta(txn) {
                if let Change::Added(added) = change {
                    added.iter().for_each(&mut by);
                }
            }
        }
        Event::Map(threads) => {
            for change in threads.keys(txn).values() {
                match change {
                    EntryChange::Inserted(Out::YMap(thread)) | EntryChange::Updated(_, Out::YMap(thread)) => {
                        if let Some(Out::YArray(messages)) = thread.get(txn, "messages") {
                            messages.iter(txn).for_each(|message| by(&message));
                        }
                    }
                    // New messages in the place of a thread's own.
                    EntryChange::Inserted(Out::YArray(messages)) | EntryChange::Updated(_, Out::YArray(messages)) => {
                        messages.iter(txn).for_each(|message| by(&message));
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

pub(super) fn empty(client: u64) -> Doc {
    Doc::with_options(Options {
        client_id: ClientID::new(client),
        // As Yjs counts.
        offset_kind: OffsetKind::Utf16,
        // The server writes nothing of its own, not even to tidy up.
        cleanup_formatting: false,
        skip_gc: false,
        ..Options::default()
    })
}

/// The decoder has been seen to panic on hostile input (y-crdt issue 182): that must end the document in memory, not the
/// program.
pub(super) fn careful<T>(act: impl FnOnce() -> T) -> Result<T, Broken> {
    catch_unwind(AssertUnwindSafe(act)).map_err(|_| Broken("it panicked".into()))
}

pub(super) fn attribute<T: ReadTxn>(element: &XmlElementRef, txn: &T, name: &str) -> Option<String> {
    match element.get_attribute(txn, name)? {
        Out::Any(Any::String(text)) => Some(text.to_string()),
        Out::Any(Any::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

fn blocks<T: ReadTxn>(parent: &XmlElementRef, txn: &T, depth: usize) -> Vec<Block> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let elements = parent.children(txn).filter_map(|child| match child {
        XmlOut::Element(element) => Some(element),
        XmlOut::Fragment(_) | XmlOut::Text(_) => None,
    });
    elements.filter_map(|element| block(&element, txn, depth)).collect()
}

fn block<T: ReadTxn>(element: &XmlElementRef, txn: &T, depth: usize) -> Option<Block> {
    let items = |name: &str| -> Vec<XmlElementRef> {
        let children = element.children(txn).filter_map(|child| match child {
            XmlOut::Element(element) if &**element.tag() == name => Some(element),
            _ => None,
        });
        children.collect()
    };
    Some(match &**element.tag() {
        "paragraph" => Block::Paragraph(inline(element, txn)),
        "heading" => {
            let level = attribute(element, txn, "level").and_then(|level| level.parse().ok()).unwrap_or(3);
            Block::Heading(level, inline(element, txn))
        }
        list @ ("bulletList" | "orderedList") => {
            let items = items("listItem").iter().map(|item| blocks(item, txn, depth + 1)).collect();
            Block::List { ordered: list == "orderedList", items }
        }
        "table" => {
            let row = |row: &XmlElementRef| -> Vec<Cell> {
                let cells = row.children(txn).filter_map(|child| match child {
                    XmlOut::Element(cell) if matches!(&**cell.tag(), "tableCell" | "tableHeader") => Some(cell),
                    _ => None,
                });
                cells
                    .map(|cell| Cell { header: &**cell.tag() == "tableHeader", blocks: blocks(&cell, txn, depth + 1) })
                    .collect()
            };
            Block::Table(items("tableRow").iter().map(row).collect())
        }
        "intervention" => Block::Intervention(Box::new(intervention(element, txn, depth)?)),
        _ => return None,
    })
}

/// Fields that say what no field can are as if they were empty; one without an identity is none.
fn intervention<T: ReadTxn>(element: &XmlElementRef, txn: &T, depth: usize) -> Option<Intervention> {
    let field = |name: &str| attribute(element, txn, name).unwrap_or_default();
    Some(Intervention {
        id: field("id").parse().ok()?,
        kind: InterventionKind::from_code(&field("kind")).unwrap_or(InterventionKind::Administrative),
        power: field("power"),
        body: field("body"),
        department: field("department"),
        person: field("person").parse().ok().map(PersonId),
        due: field("due").parse().ok(),
        status: InterventionStatus::from_code(&field("status")).unwrap_or(InterventionStatus::Planned),
        result: field("result"),
        description: blocks(element, txn, depth + 1),
    })
}

fn inline<T: ReadTxn>(block: &XmlElementRef, txn: &T) -> Vec<Inline> {
    let mut found = Vec::new();
    for child in block.children(txn) {
        match child {
            XmlOut::Text(text) => pieces(&text, txn, &mut found),
            XmlOut::Element(element) => match &**element.tag() {
                "hardBreak" => found.push(Inline::Break),
                "signalRef" => {
                    let reference = attribute(&element, txn, "reference").unwrap_or_default();
                    match attribute(&element, txn, "id").and_then(|id| id.parse().ok()) {
                        Some(id) => found.push(Inline::Signal(SignalId(id), Reference(reference))),
                        None => found.push(Inline::Text { text: reference, bold: false, italic: false }),
                    }
                }
                _ => {}
            },
            XmlOut::Fragment(_) => {}
        }
    }
    found
}

fn pieces<T: ReadTxn>(text: &XmlTextRef, txn: &T, found: &mut Vec<Inline>) {
    for piece in text.diff(txn, YChange::identity) {
        let words = match piece.insert {
            Out::Any(Any::String(words)) => words.to_string(),
            Out::YXmlText(inner) => inner.get_string(txn),
            _ => continue,
        };
        let marked = |name: &str| piece.attributes.as_ref().is_some_and(|attributes| is_set(attributes, name));
        found.push(Inline::Text { text: words, bold: marked("bold"), italic: marked("italic") });
    }
}

fn is_set(attributes: &Attrs, name: &str) -> bool {
    attributes.get(name).is_some_and(|value| !matches!(value, Any::Null | Any::Undefined | Any::Bool(false)))
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
