//! Rows that say the same: exactly, or nearly so.

use super::{Made, Note};
use crate::{identifier::folded, moment::Day, signal::SUBJECTS_MAX};
use std::{
    collections::{HashMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

/// By which rows are compared.
#[derive(Debug, Clone)]
pub struct Likeness {
    /// The row's number.
    pub row: u32,
    /// All it says that makes it this signal: [`Made::says`].
    pub says: String,
    /// Its facts.
    pub facts: String,
    /// Where it was and whom it is about, by name.
    pub about: String,
    /// When it was received, when that is known.
    pub received: Option<Day>,
}

/// Words that follow each other, as one thing to compare.
const SHINGLE: usize = 4;
/// Fewer than this many are too little to say that two texts are one.
const LEAST: usize = 8;
/// Further apart than this many days, the same words are about something new.
const DAYS: i64 = 31;
/// A run of words that so many rows have says nothing of one of them.
const COMMON: usize = 50;

/// What each row is a double of; of two equal rows the later one is. Rows with a little text are compared whole only.
pub fn doubles(rows: &[Likeness]) -> HashMap<u32, Note> {
    let mut found = HashMap::new();
    let mut first: HashMap<&str, u32> = HashMap::new();
    for row in rows {
        match first.get(row.says.as_str()) {
            Some(same) => drop(found.insert(row.row, Note::SameAs { row: *same })),
            None => drop(first.insert(&row.says, row.row)),
        }
    }
    let shingles: Vec<HashSet<u64>> = rows.iter().map(|row| shingles(&row.facts)).collect();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        if shingles[at].len() < LEAST || found.contains_key(&row.row) {
            continue;
        }
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for shingle in &shingles[at] {
            let holders = holders.entry(*shingle).or_default();
            if holders.len() < COMMON {
                holders.iter().for_each(|other| *shared.entry(*other).or_default() += 1);
                holders.push(at);
            }
        }
        // A sentence before it or behind it makes no other signal of it.
        let alike = |(other, shared): &(&usize, &usize)| {
            let (other, least) = (&rows[**other], shingles[at].len().min(shingles[**other].len()));
            let days = row.received.zip(other.received).map(|(one, other)| (one.0 - other.0).whole_days().abs());
            let same = !row.about.is_empty() && row.about == other.about;
            days.is_none_or(|days| days <= DAYS) && **shared * 10 >= least * if same { 5 } else { 9 }
        };
        if let Some((other, _)) =
            shared.iter().filter(alike).max_by_key(|(other, shared)| (**shared, usize::MAX - **other))
        {
            found.insert(row.row, Note::LooksLike { row: rows[*other].row });
        }
    }
    found
}

/// Not kept and not compared over runs of the program, so any hash will do.
fn shingles(text: &str) -> HashSet<u64> {
    let text = folded(text);
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let hashed = |words: &[&str]| {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(SHINGLE).map(hashed).collect()
}

impl Made {
    /// For comparing it with other rows.
    pub fn likeness(&self, row: u32) -> Likeness {
        let text = |name: &str| self.values.text(name);
        let facts = text("facts").split(super::row::KEPT).next().unwrap_or_default();
        let names = (0..SUBJECTS_MAX).map(|index| folded(text(&format!("subject.{index}.name"))));
        let about =
            std::iter::once(folded(text("place"))).chain(names).filter(|one| !one.is_empty()).collect::<Vec<_>>();
        Likeness {
            row,
            says: self.says.clone(),
            facts: facts.to_owned(),
            about: about.join("\n"),
            received: text("received-on").parse().ok(),
        }
    }
}
