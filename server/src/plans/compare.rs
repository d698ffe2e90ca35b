//! Two states of a plan side by side, and what changed between them, by the word.
//!
//! Sections are matched by their code. Within a section its text is taken apart into lines (a paragraph, a heading, an item, a
//! cell, a field of an intervention); the lines are matched first, then the words within two lines that are much alike.

use plein_domain::{
    plan::{Block, Inline, Intervention, PlanWords, Section},
    version::*,
};
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::time::{Duration, Instant};

/// How long the comparison of two plans may look for the shortest difference; after that a longer one is shown.
const PATIENCE: Duration = Duration::from_millis(400);
/// How many lines of a changed passage are matched with each other one by one; longer passages are matched in order.
const MATCHED: usize = 60;
/// How many words are looked at to match them: a few tenths of a second.
const EFFORT: usize = 1_000_000;

/// A line before it was compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Line {
    kind: ComparedKind,
    words: Vec<Word>,
}

/// What is compared within a line: a word, the space between two, or a mark of punctuation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Word {
    Text(String, bool, bool),
    Break,
    Signal(plein_domain::ids::SignalId, String),
}

impl Word {
    fn inline(&self) -> Inline {
        match self {
            Self::Text(text, bold, italic) => Inline::Text { text: text.clone(), bold: *bold, italic: *italic },
            Self::Break => Inline::Break,
            Self::Signal(id, reference) => Inline::Signal(*id, plein_domain::ids::Reference(reference.clone())),
        }
    }

    fn is_space(&self) -> bool {
        matches!(self, Self::Text(text, ..) if text.trim().is_empty())
    }
}

/// The sections of both states, in the order of the newer one; a section that is gone stands where it was before.
pub(crate) fn sections(
    old: &[Section],
    new: &[Section],
    words: &PlanWords,
    name: &dyn Fn(plein_domain::ids::PersonId) -> String,
) -> Vec<SectionComparison> {
    let deadline = Instant::now() + PATIENCE;
    let of = |section: Option<&Section>| section.map(|one| lines(&one.blocks, words, name)).unwrap_or_default();
    let mut compared = Vec::with_capacity(new.len());
    let mut old_rest = old.iter().peekable();
    for section in new {
        // Sections are never moved: those of the old state that stand before this one and are gone come first.
        while let Some(gone) = old_rest.next_if(|gone| !new.iter().any(|one| one.id == gone.id)) {
            compared.push(SectionComparison {
                title: gone.title.clone(),
                rows: rows(of(Some(gone)), Vec::new(), deadline),
            });
        }
        let before = old.iter().find(|one| one.id == section.id);
        old_rest.next_if(|one| one.id == section.id);
        compared.push(SectionComparison {
            title: section.title.clone(),
            rows: rows(of(before), of(Some(section)), deadline),
        });
    }
    for gone in old_rest.filter(|gone| !new.iter().any(|one| one.id == gone.id)) {
        compared
            .push(SectionComparison { title: gone.title.clone(), rows: rows(of(Some(gone)), Vec::new(), deadline) });
    }
    compared
}

fn rows(old: Vec<Line>, new: Vec<Line>, deadline: Instant) -> Vec<RowComparison> {
    let mut rows = Vec::new();
    for op in capture_diff_slices_deadline(Algorithm::Patience, &old, &new, Some(deadline)) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                for (old, new) in old[old_index..old_index + len].iter().zip(&new[new_index..new_index + len]) {
                    rows.push(RowComparison { old: Some(whole(old, false)), new: Some(whole(new, false)) });
                }
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                let gone = old[old_index..old_index + old_len].iter();
                rows.extend(gone.map(|line| RowComparison { old: Some(whole(line, true)), new: None }));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                let come = new[new_index..new_index + new_len].iter();
                rows.extend(come.map(|line| RowComparison { old: None, new: Some(whole(line, true)) }));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (old, new) = (&old[old_index..old_index + old_len], &new[new_index..new_index + new_len]);
                replaced(old, new, deadline, &mut rows);
            }
        }
    }
    rows
}

/// Lines that came in the place of others: those that are alike stand side by side, in order.
fn replaced(old: &[Line], new: &[Line], deadline: Instant, rows: &mut Vec<RowComparison>) {
    let mut pairs = pairs(old, new, deadline);
    pairs.push((old.len(), new.len()));
    let (mut from_old, mut from_new) = (0, 0);
    for (at_old, at_new) in pairs {
        rows.extend(old[from_old..at_old].iter().map(|line| RowComparison { old: Some(whole(line, true)), new: None }));
        rows.extend(new[from_new..at_new].iter().map(|line| RowComparison { old: None, new: Some(whole(line, true)) }));
        if let (Some(old), Some(new)) = (old.get(at_old), new.get(at_new)) {
            rows.push(by_word(old, new, deadline));
        }
        (from_old, from_new) = (at_old + 1, at_new + 1);
    }
}

/// Which old line stands beside which new one: the choice in order with the most in common.
fn pairs(old: &[Line], new: &[Line], deadline: Instant) -> Vec<(usize, usize)> {
    if let ([one], [other]) = (old, new)
        && std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind)
    {
        // One in the place of one.
        return vec![(0, 0)];
    }
    let words = |lines: &[Line]| lines.iter().map(|line| line.words.len()).sum::<usize>();
    let effort = words(old) * new.len() + words(new) * old.len();
    if old.len() > MATCHED || new.len() > MATCHED || effort > EFFORT || Instant::now() > deadline {
        let alike = |at: &usize| std::mem::discriminant(&old[*at].kind) == std::mem::discriminant(&new[*at].kind);
        return (0..old.len().min(new.len())).filter(alike).map(|at| (at, at)).collect();
    }
    // best[i][j]: how much the lines from i and from j on can have in common.
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    let like: Vec<Vec<u32>> = old.iter().map(|one| new.iter().map(|other| likeness(one, other)).collect()).collect();
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let beside = if like[i][j] > 0 { like[i][j] + best[i + 1][j + 1] } else { 0 };
            best[i][j] = beside.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if like[i][j] > 0 && best[i][j] == like[i][j] + best[i + 1][j + 1] {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// How much two lines have in common, from 1 to 1000; 0 when they are so different that they are better read apart.
fn likeness(old: &Line, new: &Line) -> u32 {
    if let (ComparedKind::Field(one), ComparedKind::Field(other)) = (old.kind, new.kind) {
        return if one == other { 1000 } else { 0 };
    }
    if std::mem::discriminant(&old.kind) != std::mem::discriminant(&new.kind) {
        return 0;
    }
    let same_cell = matches!(old.kind, ComparedKind::Cell(..)) && old.kind == new.kind;
    let real = |line: &Line| -> Vec<Word> { line.words.iter().filter(|word| !word.is_space()).cloned().collect() };
    let (old, new) = (real(old), real(new));
    let all = old.len() + new.len();
    if all == 0 {
        return 1;
    }
    let mut counts = std::collections::HashMap::new();
    old.iter().for_each(|word| *counts.entry(word).or_insert(0_i64) += 1);
    let common =
        new.iter().filter(|word| counts.get_mut(word).is_some_and(|left| std::mem::replace(left, *left - 1) > 0));
    let share = u32::try_from(common.count() * 2000 / all).unwrap_or(0);
    if share >= 350 || same_cell { share.clamp(1, 1000) } else { 0 }
}

fn whole(line: &Line, changed: bool) -> ComparedLine {
    ComparedLine { kind: line.kind, pieces: joined(line.words.iter().map(|word| (changed, word))) }
}

fn by_word(old: &Line, new: &Line, deadline: Instant) -> RowComparison {
    let mut was = vec![true; old.words.len()];
    let mut is = vec![true; new.words.len()];
    for op in capture_diff_slices_deadline(Algorithm::Myers, &old.words, &new.words, Some(deadline)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            was[old_index..old_index + len].fill(false);
            is[new_index..new_index + len].fill(false);
        }
    }
    let side = |line: &Line, mut changed: Vec<bool>| {
        bridge(&line.words, &mut changed);
        ComparedLine { kind: line.kind, pieces: joined(changed.into_iter().zip(&line.words)) }
    };
    RowComparison { old: Some(side(old, was)), new: Some(side(new, is)) }
}

/// A space between two changed words is part of the change, so that it is read as one.
fn bridge(words: &[Word], changed: &mut [bool]) {
    for at in 1..words.len().saturating_sub(1) {
        if words[at].is_space() && changed[at - 1] && changed[at + 1] {
            changed[at] = true;
        }
    }
}

/// Words as pieces of text that are as long as they can be.
fn joined<'a>(words: impl Iterator<Item = (bool, &'a Word)>) -> Vec<(bool, Inline)> {
    let mut pieces: Vec<(bool, Inline)> = Vec::new();
    for (changed, word) in words {
        if let (Some((was, Inline::Text { text, bold, italic })), Word::Text(more, b, i)) = (pieces.last_mut(), word)
            && (*was, *bold, *italic) == (changed, *b, *i)
        {
            text.push_str(more);
        } else {
            pieces.push((changed, word.inline()));
        }
    }
    pieces
}

fn lines(blocks: &[Block], words: &PlanWords, name: &dyn Fn(plein_domain::ids::PersonId) -> String) -> Vec<Line> {
    let mut found = Vec::new();
    blocks.iter().for_each(|block| block_lines(block, None, &mut found, words, name));
    found
}

fn block_lines(
    block: &Block,
    within: Option<ComparedKind>,
    found: &mut Vec<Line>,
    words: &PlanWords,
    name: &dyn Fn(plein_domain::ids::PersonId) -> String,
) {
    match block {
        Block::Paragraph(text) => push(found, within.unwrap_or(ComparedKind::Paragraph), text),
        Block::Heading(level, text) => push(found, ComparedKind::Heading(*level), text),
        Block::List { ordered, items } => {
            let depth = match within {
                Some(ComparedKind::Item { depth, .. }) => depth.saturating_add(1),
                _ => 0,
            };
            let item = ComparedKind::Item { ordered: *ordered, depth };
            items.iter().flatten().for_each(|block| block_lines(block, Some(item), found, words, name));
        }
        Block::Table(rows) => {
            let place = |at: usize| u16::try_from(at + 1).unwrap_or(u16::MAX);
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let within = ComparedKind::Cell(place(row), place(column));
                    cell.blocks.iter().for_each(|block| block_lines(block, Some(within), found, words, name));
                }
            }
        }
        Block::Intervention(one) => intervention_lines(one, found, words, name),
    }
}

fn intervention_lines(
    one: &Intervention,
    found: &mut Vec<Line>,
    words: &PlanWords,
    name: &dyn Fn(plein_domain::ids::PersonId) -> String,
) {
    one.description.iter().for_each(|block| block_lines(block, Some(ComparedKind::Intervention), found, words, name));
    let fields = [
        (InterventionField::Kind, words.kind(one.kind)),
        (InterventionField::Power, one.power.clone()),
        (InterventionField::Body, one.body.clone()),
        (InterventionField::Department, one.department.clone()),
        (InterventionField::Person, one.person.map(name).unwrap_or_default()),
        (InterventionField::Due, one.due.map(|due| (words.day)(due)).unwrap_or_default()),
        (InterventionField::Status, words.status(one.status)),
        (InterventionField::Result, one.result.clone()),
    ];
    for (field, said) in fields {
        if !said.is_empty() {
            push(found, ComparedKind::Field(field), &[Inline::Text { text: said, bold: false, italic: false }]);
        }
    }
}

fn push(found: &mut Vec<Line>, kind: ComparedKind, text: &[Inline]) {
    let words: Vec<Word> = text.iter().flat_map(taken_apart).collect();
    if !words.is_empty() {
        found.push(Line { kind, words });
    }
}

/// Text as its words: letters and digits belong together, so do spaces, and every other mark stands alone.
fn taken_apart(piece: &Inline) -> Vec<Word> {
    let (text, bold, italic) = match piece {
        Inline::Break => return vec![Word::Break],
        Inline::Signal(id, reference) => return vec![Word::Signal(*id, reference.to_string())],
        Inline::Text { text, bold, italic } => (text, *bold, *italic),
    };
    let class = |c: char| {
        if c.is_alphanumeric() || matches!(c, '\'' | '’' | '_') {
            1
        } else if c.is_whitespace() {
            2
        } else {
            0
        }
    };
    let mut words: Vec<(u8, String)> = Vec::new();
    for c in text.chars() {
        match words.last_mut() {
            Some((last, word)) if *last == class(c) && class(c) > 0 => word.push(c),
            _ => words.push((class(c), c.to_string())),
        }
    }
    words.into_iter().map(|(_, word)| Word::Text(word, bold, italic)).collect()
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
