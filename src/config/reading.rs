//! Reading the file: every value with its place, so that whatever is wrong can be told where it stands.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    path::{Path, PathBuf},
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The file as a whole.
    File,
    /// Line and column, from 1.
    Line(usize, usize),
    /// A variable of the environment.
    Variable(String),
}

/// Something that is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub at: At,
    pub what: String,
    pub remedy: String,
}

impl Problem {
    /// Something about the file as a whole.
    pub fn of_file(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { at: At::File, what: what.into(), remedy: remedy.into() }
    }

    /// In one line, as compilers write it.
    pub fn told(&self, file: &Path) -> String {
        let (file, what, remedy) = (file.display(), &self.what, &self.remedy);
        match &self.at {
            At::File => format!("{file}: {what}; {remedy}"),
            At::Line(line, column) => format!("{file}:{line}:{column}: {what}; {remedy}"),
            At::Variable(name) => format!("environment variable {name}: {what}; {remedy}"),
        }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Found<T> {
    pub value: T,
    pub place: At,
}

/// The file with the variables that overrule it.
pub struct Document<'a> {
    text: &'a str,
    folder: &'a Path,
    root: Spanned<DeTable<'a>>,
    variables: &'a BTreeMap<String, String>,
    problems: RefCell<Vec<Problem>>,
    sections: RefCell<Vec<&'static str>>,
    /// Variables that were asked for.
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Document<'a> {
    /// What can be read of it; what cannot is a problem.
    pub fn of(text: &'a str, folder: &'a Path, variables: &'a BTreeMap<String, String>) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let document = Self {
            text,
            folder,
            root,
            variables,
            problems: RefCell::default(),
            sections: RefCell::default(),
            asked: RefCell::default(),
        };
        for error in errors {
            let at = error.span().map_or(At::File, |span| document.at(&span));
            let what = format!("this is no TOML: {}", error.message().replace('\n', ", "));
            document.tell(Problem { at, what, remedy: "see the example in docs/operations.md".into() });
        }
        document
    }

    fn at(&self, span: &Range<usize>) -> At {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        At::Line(line, column)
    }

    fn tell(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// A part of the file; one that is not there is an empty one. A dot leads to a part of a part.
    pub fn section(&self, name: &'static str) -> Section<'_> {
        self.sections.borrow_mut().push(name);
        let mut inner = Some(self.root.get_ref());
        let mut span = 0..0;
        for part in name.split('.') {
            let value = inner.and_then(|table| table.get(part));
            inner = value.and_then(|value| value.get_ref().as_table());
            match value {
                Some(value) if inner.is_none() => self.no_section(name, &value.span()),
                Some(value) => span = value.span(),
                None => {}
            }
        }
        let table = inner.map(|table| (table, span));
        Section { document: self, name, number: None, table, known: RefCell::default() }
    }

    fn no_section(&self, name: &str, span: &Range<usize>) {
        let what = format!("{name} is a part with settings of its own");
        self.tell(Problem { at: self.at(span), what, remedy: format!("begin it with a line [{name}]") });
    }

    /// The parts of a list of parts (`[[outer.inner]]`).
    pub fn sections(&self, name: &'static str) -> Vec<Section<'_>> {
        let (outer, inner) = name.split_once('.').unwrap_or((name, ""));
        let outer = self.root.get_ref().get(outer).and_then(|value| value.get_ref().as_table());
        let Some(value) = outer.and_then(|table| table.get(inner)) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            let remedy = format!("begin each with a line [[{name}]]");
            self.tell(Problem { at: self.at(&value.span()), what: format!("{name} is a list of parts"), remedy });
            return Vec::new();
        };
        let each = array.iter().enumerate().filter_map(|(number, one)| {
            let table = Some((one.get_ref().as_table()?, one.span()));
            Some(Section { document: self, name, number: Some(number), table, known: RefCell::default() })
        });
        each.collect()
    }

    /// Everything that is wrong, in the order of the file.
    pub fn close(self) -> Vec<Problem> {
        let sections: Vec<&str> = self.sections.borrow().iter().filter(|name| !name.contains('.')).copied().collect();
        for (key, value) in self.root.get_ref() {
            if !sections.contains(&key.get_ref().as_ref()) {
                let remedy = suggestion(key.get_ref(), &sections);
                // A table's own span is its first line; a stray key is told where it stands.
                let at = if key.span().is_empty() { self.at(&value.span()) } else { self.at(&key.span()) };
                self.tell(Problem { at, what: format!("{:?} is not known here", key.get_ref()), remedy });
            }
        }
        let asked = self.asked.borrow();
        let names: Vec<&str> = asked.iter().map(String::as_str).collect();
        for name in self.variables.keys().filter(|name| !asked.contains(*name)) {
            // Other variables of that beginning belong to other commands.
            let prefix = |section: &&str| name.starts_with(&variable(section, ""));
            if sections.iter().any(prefix) {
                let what = "it overrules nothing".to_owned();
                self.tell(Problem { at: At::Variable(name.clone()), what, remedy: suggestion(name, &names) });
            }
        }
        drop(asked);
        let mut problems = self.problems.into_inner();
        problems.sort();
        problems.dedup();
        problems
    }
}

/// The variable that overrules a value.
fn variable(section: &str, key: &str) -> String {
    format!("PLEIN_{}_{}", section.replace('.', "_"), key).to_ascii_uppercase()
}

/// A part of the file.
pub struct Section<'a> {
    document: &'a Document<'a>,
    name: &'static str,
    /// Which of several, in a list of parts.
    number: Option<usize>,
    table: Option<(&'a DeTable<'a>, Range<usize>)>,
    known: RefCell<Vec<&'static str>>,
}

impl Section<'_> {
    /// Where the part begins.
    pub fn place(&self) -> At {
        self.table.as_ref().map_or(At::File, |(_, span)| self.document.at(span))
    }

    /// Whether anything of it is given.
    pub fn is_there(&self) -> bool {
        self.table.is_some()
    }

    fn shown(&self, key: &str) -> String {
        match self.number {
            Some(_) => format!("{key} of [[{}]]", self.name),
            None => format!("{}.{key}", self.name),
        }
    }

    /// Says what is wrong with a value.
    pub fn wrong(&self, key: &str, place: &At, what: &str, remedy: &str) {
        let what = format!("{} {what}", self.shown(key));
        self.document.tell(Problem { at: place.clone(), what, remedy: remedy.into() });
    }

    /// Says that a value is not there.
    pub fn missing(&self, key: &str, remedy: &str) {
        self.wrong(key, &self.place(), "is missing", remedy);
    }

    /// The value as it stands in the environment, or in the file.
    fn raw(&self, key: &'static str) -> Option<Raw<'_>> {
        self.known.borrow_mut().push(key);
        if self.number.is_none() {
            let name = variable(self.name, key);
            self.document.asked.borrow_mut().insert(name.clone());
            if let Some(value) = self.document.variables.get(&name) {
                return Some(Raw::Variable(name, value));
            }
        }
        let value = self.table.as_ref()?.0.get(key)?;
        Some(Raw::Value(self.document.at(&value.span()), value.get_ref()))
    }

    fn kind(&self, key: &str, place: &At, value: &DeValue<'_>, wanted: &str, remedy: &str) {
        self.wrong(key, place, &format!("is {} instead of {wanted}", kind_of(value)), remedy);
    }

    /// A text; an empty one is none.
    pub fn text(&self, key: &'static str) -> Option<Found<String>> {
        let found = match self.raw(key)? {
            Raw::Variable(name, value) => Found { value: value.to_owned(), place: At::Variable(name) },
            Raw::Value(place, value) => match value.as_str() {
                Some(text) => Found { value: text.to_owned(), place },
                None => {
                    self.kind(key, &place, value, "a text", "put it between double quotes");
                    return None;
                }
            },
        };
        let trimmed = found.value.trim();
        if trimmed.is_empty() || trimmed != found.value || trimmed.chars().any(char::is_control) {
            let remedy = "give it without spaces around it and on one line, or leave the line out";
            self.wrong(key, &found.place, "is empty, or has spaces or line ends that do not belong to it", remedy);
            return None;
        }
        Some(found)
    }

    /// A text that must be there.
    pub fn need(&self, key: &'static str, remedy: &str) -> Option<Found<String>> {
        let there = self.has(key);
        let found = self.text(key);
        if !there {
            self.missing(key, remedy);
        }
        found
    }

    /// Whether a value is given, be it a wrong one.
    pub fn has(&self, key: &'static str) -> bool {
        self.raw(key).is_some()
    }

    /// A path; one that is not absolute begins at the folder of the file.
    pub fn path(&self, key: &'static str) -> Option<Found<PathBuf>> {
        let found = self.text(key)?;
        Some(Found { value: self.document.folder.join(&found.value), place: found.place })
    }

    /// A whole number within limits.
    pub fn number(&self, key: &'static str, within: Range<i64>) -> Option<i64> {
        let (place, number) = match self.raw(key)? {
            Raw::Variable(name, value) => (At::Variable(name), value.parse().ok()),
            Raw::Value(place, value) => match value.as_integer() {
                Some(number) => (place, i64::from_str_radix(number.as_str(), number.radix()).ok()),
                None => {
                    self.kind(key, &place, value, "a whole number", "write it without quotes");
                    return None;
                }
            },
        };
        let fitting = number.filter(|number| within.contains(number));
        if fitting.is_none() {
            let remedy = format!("give a number from {} to {}", within.start, within.end - 1);
            self.wrong(key, &place, "is not a number that makes sense here", &remedy);
        }
        fitting
    }

    /// Yes or no.
    pub fn flag(&self, key: &'static str) -> bool {
        let remedy = "write true or false, without quotes";
        match self.raw(key) {
            None => false,
            Some(Raw::Variable(name, value)) => value.parse().unwrap_or_else(|_| {
                self.wrong(key, &At::Variable(name), "is neither true nor false", remedy);
                false
            }),
            Some(Raw::Value(place, value)) => value.as_bool().unwrap_or_else(|| {
                self.kind(key, &place, value, "true or false", remedy);
                false
            }),
        }
    }

    /// Several texts; in a variable they stand between commas.
    pub fn list(&self, key: &'static str) -> Vec<Found<String>> {
        let remedy = "write [\"one\", \"two\"]";
        match self.raw(key) {
            None => Vec::new(),
            Some(Raw::Variable(name, value)) => {
                let each = value.split(',').map(str::trim).filter(|one| !one.is_empty());
                each.map(|one| Found { value: one.into(), place: At::Variable(name.clone()) }).collect()
            }
            Some(Raw::Value(place, value)) => {
                let Some(array) = value.as_array() else {
                    self.kind(key, &place, value, "a list of texts", remedy);
                    return Vec::new();
                };
                let each = array.iter().filter_map(|one| {
                    let place = self.document.at(&one.span());
                    let Some(text) = one.get_ref().as_str() else {
                        self.kind(key, &place, one.get_ref(), "a text", remedy);
                        return None;
                    };
                    Some(Found { value: text.to_owned(), place })
                });
                each.collect()
            }
        }
    }

    /// One of several words.
    pub fn one_of<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let found = self.text(key)?;
        let meant = words.iter().find(|(word, _)| *word == found.value).map(|(_, meant)| *meant);
        if meant.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.wrong(
                key,
                &found.place,
                &format!("{:?} is not known", found.value),
                &suggestion(&found.value, &words),
            );
        }
        meant
    }

    /// Says what stands in this part that nobody asked for. `parts` are parts of this part, read on their own.
    pub fn close_with(self, parts: &[&'static str]) {
        let mut known = self.known.borrow().clone();
        known.extend(parts);
        let Some((table, _)) = &self.table else { return };
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let at = self.document.at(&key.span());
            let what = format!("{} is not known", self.shown(key.get_ref()));
            self.document.tell(Problem { at, what, remedy: suggestion(key.get_ref(), &known) });
        }
    }

    /// The same for a part without parts.
    pub fn close(self) {
        self.close_with(&[]);
    }
}

enum Raw<'a> {
    Variable(String, &'a str),
    Value(At, &'a DeValue<'a>),
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a part with settings of its own",
    }
}

/// What was probably meant, or else what there is.
pub fn suggestion(given: &str, known: &[&str]) -> String {
    let near = known.iter().map(|one| (distance(given, one), *one)).min();
    match near {
        Some((steps, meant)) if steps <= (given.chars().count() / 3).max(2) || begins(given, meant) => {
            format!("did you mean {meant}?")
        }
        _ => {
            let mut known: Vec<&str> = known.to_vec();
            known.sort_unstable();
            known.dedup();
            format!("there is: {}", known.join(", "))
        }
    }
}

/// Whether one is most of the other's beginning.
fn begins(given: &str, meant: &str) -> bool {
    given.len() * 2 > meant.len() && meant.starts_with(given)
}

/// How many letters must be put in, left out or changed to make one of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().flat_map(char::to_lowercase).enumerate() {
        let mut before = std::mem::replace(&mut row[0], at + 1);
        for (place, theirs) in other.iter().enumerate() {
            let changed = before + usize::from(letter != *theirs);
            before = row[place + 1];
            row[place + 1] = changed.min(row[place] + 1).min(before + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
