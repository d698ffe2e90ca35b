//! What people write in plans and say about them, put into the document as the editor would.

use super::{Failure, Kind, calendar::shifted, id, people};
use plein_domain::{
    ids::{PersonId, Reference, SignalId},
    moment::Moment,
    plan::{InterventionKind, InterventionStatus},
};
use std::collections::HashMap;
use yrs::{
    Any, Array, ArrayPrelim, Assoc, Doc, GetString, IndexedSequence, Map, MapPrelim, Out, StickyIndex, Text, Transact,
    TransactionMut, Xml, XmlElementPrelim, XmlElementRef, XmlFragment, XmlOut, XmlTextPrelim, XmlTextRef,
};

/// A block of text. `[key]` in it is a reference to that signal.
pub(super) enum Piece {
    /// A paragraph.
    P(&'static str),
    /// A list.
    List(&'static [&'static str]),
    /// A table, its first row the heads.
    Table(&'static [&'static [&'static str]]),
    /// An intervention.
    Do(Task),
}

/// An intervention.
pub(super) struct Task {
    /// Its number in the demo.
    pub number: u8,
    pub kind: InterventionKind,
    pub power: &'static str,
    pub body: &'static str,
    pub department: &'static str,
    pub person: PersonId,
    /// Days from the day the demo is made.
    pub due: i16,
    pub status: InterventionStatus,
    pub result: &'static str,
    pub what: &'static str,
}

/// What a comment hangs on.
#[derive(Clone, Copy)]
pub(super) enum On {
    /// These words of the section with this title.
    Words(&'static str, &'static str),
    /// The intervention with this number.
    Task(u8),
}

/// What the text refers to, as the page tells the editor.
pub(super) struct Known<'a> {
    pub signals: &'a HashMap<&'static str, SignalId>,
    pub linked: &'a [(SignalId, Reference)],
    /// Now, in the story.
    pub now: Moment,
    /// When the demo is made.
    pub made: Moment,
}

/// Tells how it stands with the intervention of this number.
pub(super) fn settle(doc: &Doc, number: u8, status: InterventionStatus, result: &str) -> Result<(), Failure> {
    let mut txn = doc.transact_mut();
    let block = intervention(&mut txn, &id(Kind::Intervention, number).to_string());
    let block = block.ok_or_else(|| format!("there is no intervention {number}"))?;
    block.insert_attribute(&mut txn, "status", status.code());
    block.insert_attribute(&mut txn, "result", result);
    Ok(())
}

/// Adds these blocks to the section with this title.
pub(super) fn write(doc: &Doc, title: &str, pieces: &[Piece], known: &Known<'_>) -> Result<(), Failure> {
    let mut txn = doc.transact_mut();
    let section = section(&mut txn, title)?;
    let mut fresh = empty_first(&section, &txn);
    for piece in pieces {
        match piece {
            Piece::P(words) => match fresh.take() {
                Some(text) => fill(&mut txn, &text.0, Some(text.1), words, known)?,
                None => paragraph(&mut txn, &section, words, known)?,
            },
            Piece::List(items) => {
                let list = section.push_back(&mut txn, XmlElementPrelim::empty("bulletList"));
                for words in *items {
                    let item = list.push_back(&mut txn, XmlElementPrelim::empty("listItem"));
                    paragraph(&mut txn, &item, words, known)?;
                }
            }
            Piece::Table(rows) => {
                let table = section.push_back(&mut txn, XmlElementPrelim::empty("table"));
                for (at, cells) in rows.iter().enumerate() {
                    let row = table.push_back(&mut txn, XmlElementPrelim::empty("tableRow"));
                    for words in *cells {
                        let name = if at == 0 { "tableHeader" } else { "tableCell" };
                        let cell = row.push_back(&mut txn, XmlElementPrelim::empty(name));
                        paragraph(&mut txn, &cell, words, known)?;
                    }
                }
            }
            Piece::Do(task) => {
                let block = section.push_back(&mut txn, XmlElementPrelim::empty("intervention"));
                let due = shifted(known.made.day(), task.due).ok_or("no such day")?;
                for (name, value) in [
                    ("id", id(Kind::Intervention, task.number).to_string()),
                    ("kind", task.kind.code().to_owned()),
                    ("power", task.power.to_owned()),
                    ("body", task.body.to_owned()),
                    ("department", task.department.to_owned()),
                    ("person", task.person.to_string()),
                    ("due", due.to_string()),
                    ("status", task.status.code().to_owned()),
                    ("result", task.result.to_owned()),
                ] {
                    block.insert_attribute(&mut txn, name, value);
                }
                paragraph(&mut txn, &block, task.what, known)?;
            }
        }
    }
    Ok(())
}

/// Begins a thread with this number.
pub(super) fn comment(doc: &Doc, number: u8, on: &On, by: PersonId, text: &str, now: Moment) -> Result<(), Failure> {
    let about: Vec<(&str, Any)> = match on {
        On::Words(title, words) => {
            let (text, at) = find(doc, title, words)?;
            let length = u32::try_from(words.encode_utf16().count())?;
            let txn = doc.transact();
            let end = |index| text.sticky_index(&txn, index, Assoc::After).ok_or("the words stand at the very end");
            let (anchor, head) = (position(&end(at)?)?, position(&end(at + length)?)?);
            vec![("anchor", anchor), ("head", head), ("quote", Any::from(*words))]
        }
        On::Task(task) => {
            let quote = description(doc, &id(Kind::Intervention, *task).to_string());
            vec![("intervention", Any::from(id(Kind::Intervention, *task).to_string())), ("quote", Any::from(quote))]
        }
    };
    let threads = doc.get_or_insert_map("comments");
    let mut txn = doc.transact_mut();
    let thread = threads.insert(&mut txn, id(Kind::Thread, number).to_string(), MapPrelim::default());
    for (name, value) in about {
        thread.insert(&mut txn, name, value);
    }
    thread.insert(&mut txn, "resolved", false);
    let messages = thread.insert(&mut txn, "messages", ArrayPrelim::default());
    messages.push_back(&mut txn, message(number, 0, by, text, now));
    Ok(())
}

/// Answers in this thread, and says whether it is dealt with.
pub(super) fn answer(
    doc: &Doc,
    number: u8,
    by: PersonId,
    text: &str,
    resolved: bool,
    now: Moment,
) -> Result<(), Failure> {
    let threads = doc.get_or_insert_map("comments");
    let mut txn = doc.transact_mut();
    let Some(Out::YMap(thread)) = threads.get(&txn, &id(Kind::Thread, number).to_string()) else {
        return Err(format!("there is no thread {number}").into());
    };
    if let Some(Out::YArray(messages)) = thread.get(&txn, "messages") {
        let place = u8::try_from(messages.len(&txn))?;
        messages.push_back(&mut txn, message(number, place, by, text, now));
    }
    if resolved {
        thread.insert(&mut txn, "resolved", true);
    }
    Ok(())
}

/// This person, as they stand in a comment.
pub(super) fn mention(person: PersonId, text: &str) -> String {
    format!("@{{{person}}} {text}")
}

fn message(thread: u8, place: u8, by: PersonId, text: &str, now: Moment) -> Any {
    let fields = [
        ("id", id(Kind::Comment, thread * 10 + place).to_string()),
        ("by", by.to_string()),
        ("at", now.iso()),
        ("text", text.to_owned()),
    ];
    Any::from(fields.map(|(name, value)| (name.to_owned(), Any::from(value))).into_iter().collect::<HashMap<_, _>>())
}

/// A relative position as Yjs writes it.
fn position(at: &StickyIndex) -> Result<Any, Failure> {
    let at = at.id().ok_or("a position outside the text")?;
    let numbers = [("client", i64::try_from(at.client.get())?), ("clock", i64::from(at.clock))];
    let item: HashMap<String, Any> =
        numbers.into_iter().map(|(name, value)| (name.to_owned(), Any::from(value))).collect();
    Ok(Any::from(HashMap::from([("item".to_owned(), Any::from(item)), ("assoc".to_owned(), Any::from(0_i64))])))
}

fn section(txn: &mut TransactionMut<'_>, title: &str) -> Result<XmlElementRef, Failure> {
    use yrs::WriteTxn;
    let root = txn.get_or_insert_xml_fragment("plan");
    let found = root.children(txn).find_map(|child| match child {
        XmlOut::Element(element) => {
            let is_it =
                matches!(element.get_attribute(txn, "title"), Some(Out::Any(Any::String(one))) if *one == *title);
            is_it.then_some(element)
        }
        _ => None,
    });
    found.ok_or_else(|| format!("the plan has no section {title}").into())
}

/// The empty paragraph that the template made, with its text.
fn empty_first(section: &XmlElementRef, txn: &TransactionMut<'_>) -> Option<(XmlElementRef, XmlTextRef)> {
    let XmlOut::Element(first) = section.get(txn, 0)? else { return None };
    match first.get(txn, 0)? {
        XmlOut::Text(text) if section.len(txn) == 1 && text.len(txn) == 0 => Some((first, text)),
        _ => None,
    }
}

fn paragraph(
    txn: &mut TransactionMut<'_>,
    parent: &XmlElementRef,
    words: &str,
    known: &Known<'_>,
) -> Result<(), Failure> {
    let made = parent.push_back(txn, XmlElementPrelim::empty("paragraph"));
    fill(txn, &made, None, words, known)
}

/// Writes words and references; the first words into this text where there is one.
fn fill(
    txn: &mut TransactionMut<'_>,
    paragraph: &XmlElementRef,
    mut text: Option<XmlTextRef>,
    words: &str,
    known: &Known<'_>,
) -> Result<(), Failure> {
    for (at, part) in words.split(['[', ']']).enumerate() {
        if at % 2 == 1 {
            let signal = known.signals.get(part).ok_or_else(|| format!("signal {part} is not logged yet"))?;
            let linked = known.linked.iter().find(|(id, _)| id == signal);
            let reference = &linked.ok_or_else(|| format!("signal {part} is not in the case"))?.1;
            let element = paragraph.push_back(txn, XmlElementPrelim::empty("signalRef"));
            element.insert_attribute(txn, "id", signal.to_string());
            element.insert_attribute(txn, "reference", reference.to_string());
        } else if !part.is_empty() {
            match text.take() {
                Some(text) => text.insert(txn, 0, part),
                None => drop(paragraph.push_back(txn, XmlTextPrelim::new(part))),
            }
        }
    }
    Ok(())
}

/// Where these words stand in the section with this title.
fn find(doc: &Doc, title: &str, words: &str) -> Result<(XmlTextRef, u32), Failure> {
    let mut txn = doc.transact_mut();
    let section = section(&mut txn, title)?;
    for block in section.children(&txn) {
        let XmlOut::Element(block) = block else { continue };
        for child in block.children(&txn) {
            let XmlOut::Text(text) = child else { continue };
            let said = text.get_string(&txn);
            if let Some(at) = said.find(words) {
                return Ok((text, u32::try_from(said[..at].encode_utf16().count())?));
            }
        }
    }
    Err(format!("{title} does not say {words}").into())
}

/// The intervention with this identity.
fn intervention(txn: &mut TransactionMut<'_>, wanted: &str) -> Option<XmlElementRef> {
    use yrs::WriteTxn;
    let root = txn.get_or_insert_xml_fragment("plan");
    let element = |one| if let XmlOut::Element(one) = one { Some(one) } else { None };
    let sections = root.children(txn).filter_map(element);
    let mut blocks = sections.flat_map(|one| one.children(txn).collect::<Vec<_>>()).filter_map(element);
    blocks.find(|one| matches!(one.get_attribute(txn, "id"), Some(Out::Any(Any::String(id))) if *id == *wanted))
}

/// The beginning of an intervention's description.
fn description(doc: &Doc, wanted: &str) -> String {
    let mut txn = doc.transact_mut();
    let block = intervention(&mut txn, wanted);
    let first = block.and_then(|block| match block.get(&txn, 0) {
        Some(XmlOut::Element(paragraph)) => paragraph.get(&txn, 0),
        _ => None,
    });
    match first {
        Some(XmlOut::Text(text)) => text.get_string(&txn),
        _ => String::new(),
    }
}

/// The name of whoever writes, for a message.
pub(super) fn failed(by: PersonId, error: impl std::fmt::Display) -> Failure {
    format!("{}: {error}", people::name(by)).into()
}
