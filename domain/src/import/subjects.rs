//! Subjects from the cells of a row: names with the numbers that belong to them, and numbers that stand for themselves.

use super::{Field, Note, words};
use crate::{
    form::FormValues,
    identifier::{Identifier, IdentifierFault, IdentifierKind as Kind},
    moment::Day,
    signal::SUBJECTS_MAX,
    subject::{SubjectKind, SubjectRole},
};

/// Words that people write before a number in its cell.
const BEFORE: &[&str] = &["bsn", "kvk nr", "kvk", "kenteken", "rek.nr", "rek", "iban", "tel", "nr"];

/// Something a row is about.
#[derive(Default)]
struct One {
    kind: Option<SubjectKind>,
    role: Option<SubjectRole>,
    name: String,
    identifier: Option<Identifier>,
    born: Option<Day>,
}

/// Puts the subjects into the form.
pub(super) fn read<'a>(cell: impl Fn(Field) -> &'a str, today: Day, values: &mut FormValues, notes: &mut Vec<Note>) {
    let mut all = names(cell(Field::Name));
    let people = all.iter().filter(|one| one.kind == Some(SubjectKind::Person)).count();

    let bsns = numbers(cell(Field::Bsn), Field::Bsn, &[Kind::Bsn], notes);
    attach(&mut all, bsns, Field::Bsn, SubjectKind::Person, notes, |one, bsn| one.identifier = Some(bsn));
    let kvks = numbers(cell(Field::Kvk), Field::Kvk, &[Kind::Kvk, Kind::KvkEstablishment], notes);
    if kvks.iter().flatten().count() == 1 && all.len() == 1 && people == 1 && all[0].identifier.is_none() {
        // The only name there is, beside a number that only organisations have.
        all[0].kind = Some(SubjectKind::Organisation);
    }
    attach(&mut all, kvks, Field::Kvk, SubjectKind::Organisation, notes, |one, kvk| one.identifier = Some(kvk));
    let days = split(cell(Field::Born)).into_iter().map(|text| {
        let day = super::dates::read(text, today).filter(|day| *day <= today);
        if day.is_none() && !words::says_nothing(text) {
            notes.push(Note::NotUnderstood { field: Field::Born, written: text.to_owned() });
        }
        day
    });
    let days = days.collect();
    attach(&mut all, days, Field::Born, SubjectKind::Person, notes, |one, day| one.born = Some(day));

    for (field, kinds, kind) in [
        (Field::Plate, &[Kind::Plate][..], SubjectKind::Vehicle),
        (Field::Phone, &[Kind::Phone], SubjectKind::Phone),
        (Field::Iban, &[Kind::Iban], SubjectKind::Account),
    ] {
        for identifier in numbers(cell(field), field, kinds, notes).into_iter().flatten() {
            all.push(One { kind: Some(kind), identifier: Some(identifier), ..One::default() });
        }
    }
    if let Some(identifier) = door(cell(Field::Place), cell(Field::Postcode)) {
        all.push(One { kind: Some(SubjectKind::Premises), identifier: Some(identifier), ..One::default() });
    }
    if all.len() > SUBJECTS_MAX {
        notes.push(Note::TooManySubjects { left_out: all.len() - SUBJECTS_MAX });
    }
    for (index, one) in all.into_iter().take(SUBJECTS_MAX).enumerate() {
        let mut set = |part: &str, text: String| values.set(format!("subject.{index}.{part}"), text);
        set("kind", one.kind.unwrap_or(SubjectKind::Person).code().into());
        set("role", one.role.unwrap_or(SubjectRole::Involved).code().into());
        set("name", one.name);
        if let Some(born) = one.born {
            set("born", born.to_string());
        }
        if let Some(identifier) = one.identifier {
            set("identifier-kind", identifier.kind().code().into());
            set("identifier", identifier.display());
        }
    }
}

/// The parts of a cell in which several things stand: each on its line, or with `;` or ` / ` between them.
fn split(cell: &str) -> Vec<&str> {
    let parts = cell.split([';', '\n']).flat_map(|part| part.split(" / ")).map(str::trim).collect::<Vec<_>>();
    if parts.iter().all(|part| part.is_empty()) { Vec::new() } else { parts }
}

fn names(cell: &str) -> Vec<One> {
    let parts = split(cell).into_iter().filter(|part| !words::says_nothing(part));
    parts
        .map(|part| {
            // What stands in brackets is the role, when it is one and certain; else it stays with the name.
            let bracketed = part.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
            let (name, role) = match bracketed.map(|(name, role)| (name.trim(), words::role(role), role.contains('?')))
            {
                Some((name, Some(role), false)) if !name.is_empty() => (name, Some(role)),
                _ => (part, None),
            };
            let kind = if words::is_organisation(name) { SubjectKind::Organisation } else { SubjectKind::Person };
            One {
                kind: Some(kind),
                role,
                name: name.split_whitespace().collect::<Vec<_>>().join(" "),
                ..One::default()
            }
        })
        .collect()
}

/// The identifiers in a cell, in their places; nothing where there is none.
fn numbers(cell: &str, field: Field, kinds: &[Kind], notes: &mut Vec<Note>) -> Vec<Option<Identifier>> {
    let parts = split(cell);
    parts.into_iter().map(|part| number(part, field, kinds, notes)).collect()
}

fn number(written: &str, field: Field, kinds: &[Kind], notes: &mut Vec<Note>) -> Option<Identifier> {
    if words::says_nothing(written) {
        return None;
    }
    let upper = written.to_uppercase();
    if upper.contains("E+") && upper.starts_with(|c: char| c.is_ascii_digit()) {
        notes.push(Note::DigitsLost { field, written: written.to_owned() });
        return None;
    }
    let mut text = written.trim();
    for word in BEFORE {
        if let Some(rest) =
            text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &text[word.len()..])
            && rest.starts_with([' ', ':', '.'])
        {
            text = rest.trim_start_matches([' ', ':', '.', '\u{a0}']);
            break;
        }
    }
    // Nothing that looks like a number at all: `volgt`, `zie BZ`.
    if !text.chars().any(|c| c.is_ascii_digit()) {
        notes.push(Note::NotUnderstood { field, written: written.to_owned() });
        return None;
    }
    let mut fault = IdentifierFault::Empty;
    for kind in kinds {
        match Identifier::parse(*kind, &typed(*kind, text)) {
            Ok(identifier) => return Some(identifier),
            Err(why) => fault = if *kind == kinds[0] { why } else { fault },
        }
    }
    notes.push(Note::IdentifierWrong { kind: kinds[0], written: written.to_owned(), fault });
    None
}

/// A telephone number of nine digits without its zero was kept as a number: Dutch numbers have nine behind it.
fn typed(kind: Kind, text: &str) -> String {
    let digits = text.len() == 9 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    if kind == Kind::Phone && digits { format!("0{text}") } else { text.to_owned() }
}

/// Gives each thing to the name in the same place. Where there are not as many names, one thing goes to the only name
/// it can belong to; what belongs to none stands for itself, and somebody looks.
fn attach<T>(
    all: &mut Vec<One>,
    things: Vec<Option<T>>,
    field: Field,
    kind: SubjectKind,
    notes: &mut Vec<Note>,
    give: impl Fn(&mut One, T),
) {
    let count = things.len();
    let fitting: Vec<usize> = (0..all.len())
        .filter(|at| all[*at].kind == Some(kind) && (field == Field::Born || all[*at].identifier.is_none()))
        .collect();
    for (place, thing) in things.into_iter().enumerate() {
        let Some(thing) = thing else { continue };
        let in_place = count == all.len() && count > 1 && fitting.contains(&place);
        let only = (count == 1 && fitting.len() == 1).then(|| fitting[0]);
        // As many as there are names of this kind: in the same order.
        let in_order = (count == fitting.len()).then(|| fitting[place]);
        if let Some(at) = in_place.then_some(place).or(only).or(in_order) {
            give(&mut all[at], thing);
        } else if field == Field::Born {
            notes.push(Note::Unattached { field });
        } else {
            if !fitting.is_empty() {
                notes.push(Note::Unattached { field });
            }
            let mut one = One { kind: Some(kind), ..One::default() };
            give(&mut one, thing);
            all.push(one);
        }
    }
}

/// The door that a place names, when it names exactly one: a street with a number, and a postcode.
fn door(place: &str, postcode: &str) -> Option<Identifier> {
    /// Places near a door, not behind it.
    const NEAR: &[&str] = &[
        "t.h.v",
        "thv",
        "achter",
        "naast",
        "tegenover",
        "t.o.",
        "tussen",
        "hoek",
        "nabij",
        "omgeving",
        "bij ",
        "loods",
        "unit",
    ];
    let low = place.to_lowercase();
    if NEAR.iter().any(|word| low.contains(word)) || postcode.is_empty() || place.contains('(') {
        return None;
    }
    let line = place.split(['\n', ',']).next()?.trim();
    let words: Vec<&str> = line
        .split_whitespace()
        .filter(|word| !word.eq_ignore_ascii_case("nr.") && !word.eq_ignore_ascii_case("nr"))
        .collect();
    let at = words.iter().position(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    // Only the name of a village may follow; a second number means that it is not one door.
    let more = words.get(at + 1..).is_some_and(|rest| rest.iter().any(|word| word.chars().any(|c| c.is_ascii_digit())));
    if at == 0 || more {
        return None;
    }
    Identifier::parse(Kind::PostcodeNumber, &format!("{postcode} {}", words[at])).ok()
}
