//! Holds `docs/security.md` against the tree, so that it does not grow stale: that each requirement stands in it once, that what it
//! names is there, that what is open stands among the gaps, and that its counts are right.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::steps;

/// Chapters of which the third level counts too: sessions, authorization, data protection, logging.
const WHOLE: [&str; 4] = ["V7", "V8", "V14", "V16"];
/// What stands before the row of a chapter's counts.
const COUNTS: &str = "| **";
/// Written in the place of a test where there is none.
const NO_TEST: &str = "no test";

/// How a requirement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Met,
    NotApplicable,
    Open,
}

/// A requirement in the document.
#[derive(Debug)]
struct Row<'a> {
    id: &'a str,
    level: &'a str,
    state: State,
    evidence: &'a str,
}

/// Checks the document of this checkout.
pub fn check(root: &Path) -> Result<()> {
    let read = |name: &str| fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"));
    let faults = faults(
        &read("docs/security.md")?,
        &read("docs/asvs-5.0.0-levels.txt")?,
        &read("docs/gaps.md")?,
        &Tree::of(root)?,
    );
    if !faults.is_empty() {
        bail!("docs/security.md is not what it says:\n  {}", faults.join("\n  "));
    }
    Ok(())
}

/// The names of tests and files that there are.
#[derive(Default)]
struct Tree {
    files: BTreeSet<String>,
    /// Functions in files in which there are tests.
    functions: BTreeSet<String>,
    /// What each file of the browser tests says.
    browser: BTreeMap<String, String>,
}

impl Tree {
    fn of(root: &Path) -> Result<Self> {
        let mut tree = Self::default();
        let folders = [
            "app",
            "docs",
            "domain",
            "migrations",
            "proof",
            "server",
            "src",
            "style",
            "tests",
            "vault",
            "xtask",
            ".cargo",
            "Cargo.toml",
            "Cargo.lock",
            "build.rs",
            "deny.toml",
            "clippy.toml",
            "package.json",
            "package-lock.json",
            "CONTRIBUTING.md",
            ".npmrc",
        ];
        for file in folders.iter().map(|folder| steps::files_below(&root.join(folder))) {
            for file in file? {
                let name = file.strip_prefix(root)?.to_string_lossy().into_owned();
                if name.ends_with(".rs") {
                    tree.functions.extend(functions(&fs::read_to_string(&file)?));
                } else if let Some(spec) = name.strip_prefix("tests/e2e/").filter(|name| name.ends_with(".spec.ts")) {
                    tree.browser.insert(spec.to_owned(), fs::read_to_string(&file)?);
                } else if let Some(spec) = name.strip_prefix("app/editor/tests/") {
                    tree.browser.insert(spec.to_owned(), fs::read_to_string(&file)?);
                }
                tree.files.insert(name);
            }
        }
        Ok(tree)
    }

    /// Whether there is a file or a folder of this name.
    fn has(&self, name: &str) -> bool {
        let below = format!("{}/", name.trim_end_matches('/'));
        self.files.contains(name) || self.files.range(below.clone()..).next().is_some_and(|one| one.starts_with(&below))
    }

    /// Whether a browser test of this file has a title that begins so.
    fn has_browser_test(&self, file: &str, title: &str) -> bool {
        let begins = ['\'', '"', '`'].map(|quote| format!("test({quote}{title}"));
        self.browser.get(file).is_some_and(|text| begins.iter().any(|begin| text.contains(begin)))
    }
}

/// The functions of a source in which there are tests.
fn functions(text: &str) -> Vec<String> {
    let has_tests = ["#[test]", "#[tokio::test]", "both_engines!"].iter().any(|mark| text.contains(mark));
    if !has_tests {
        return Vec::new();
    }
    let name = |rest: &str| rest.split(['(', '<']).next().unwrap_or_default().to_owned();
    text.split("fn ").skip(1).map(name).filter(|name| is_test(name)).collect()
}

/// Tests are named by what they show: in a good few words.
fn is_test(word: &str) -> bool {
    word.matches('_').count() >= 3
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// All that is wrong, in the order of the document.
fn faults(document: &str, levels: &str, gaps: &str, tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    let rows = rows(document, &mut faults);
    faults.extend(missing_or_double(&rows, levels));
    for row in &rows {
        faults.extend(evidence(row, tree).into_iter().map(|fault| format!("{}: {fault}", row.id)));
    }
    for word in document.lines().filter(|line| !line.starts_with("| V")).flat_map(quoted) {
        faults.extend(named(word, tree));
    }
    faults.extend(counts(document, &rows));
    faults.extend(among_the_gaps(&rows, gaps));
    faults
}

fn rows<'a>(document: &'a str, faults: &mut Vec<String>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for line in document.lines().filter(|line| line.starts_with("| V")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [id, level, what, state, evidence] = cells[..] else {
            faults.push(format!("no row of five cells: {line}"));
            continue;
        };
        let state = match state {
            "met" => State::Met,
            "not applicable" => State::NotApplicable,
            "open" => State::Open,
            other => {
                faults.push(format!("{id}: {other:?} is no state"));
                continue;
            }
        };
        if what.is_empty() || evidence.is_empty() {
            faults.push(format!("{id}: says nothing"));
        }
        rows.push(Row { id, level, state, evidence });
    }
    rows
}

/// The requirements that are asked, with their levels.
fn asked(levels: &str) -> Vec<(String, &str)> {
    let lines = levels.lines().filter(|line| !line.starts_with('#'));
    let all = lines.filter_map(|line| line.split_once(' ')).flat_map(|(section, levels)| {
        (1..).zip(levels.split(' ')).map(move |(number, level)| (format!("{section}.{number}"), level))
    });
    all.filter(|(id, level)| *level < "3" || WHOLE.contains(&chapter(id))).collect()
}

fn chapter(id: &str) -> &str {
    id.split('.').next().unwrap_or_default()
}

fn missing_or_double(rows: &[Row<'_>], levels: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let asked = asked(levels);
    for (id, level) in &asked {
        match rows.iter().filter(|row| row.id == id).collect::<Vec<_>>()[..] {
            [] => faults.push(format!("{id} is missing")),
            [row] if row.level != *level => faults.push(format!("{id} is of level {level}")),
            [_] => {}
            _ => faults.push(format!("{id} stands there more than once")),
        }
    }
    let known = |row: &&Row<'_>| asked.iter().any(|(id, _)| id == row.id);
    faults.extend(rows.iter().filter(|row| !known(row)).map(|row| format!("{} is not asked", row.id)));
    faults
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// What is wrong with a word between backticks, when it names a file or a test.
fn named(word: &str, tree: &Tree) -> Option<String> {
    if let Some((file, title)) = word.split_once(": ").filter(|(file, _)| file.ends_with(".ts")) {
        return (!tree.has_browser_test(file, title)).then(|| format!("there is no browser test `{word}`"));
    }
    if is_test(word) {
        return (!tree.functions.contains(word)).then(|| format!("there is no test `{word}`"));
    }
    is_file(word).then_some(word).filter(|file| !tree.has(file)).map(|file| format!("there is no file `{file}`"))
}

/// A path from the root of the checkout; addresses begin with a slash, types have another.
fn is_file(word: &str) -> bool {
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    let ends = [".rs", ".ts", ".md", ".toml", ".lock", ".json", ".cedar", ".cedarschema", ".sql", ".js", ".txt"];
    plain && !word.starts_with('/') && (ends.iter().any(|end| word.ends_with(end)) || word.ends_with('/'))
}

fn evidence(row: &Row<'_>, tree: &Tree) -> Vec<String> {
    let words: Vec<&str> = quoted(row.evidence).collect();
    let mut faults: Vec<String> = words.iter().filter_map(|word| named(word, tree)).collect();
    if row.state == State::Met {
        let tested = words.iter().any(|word| is_test(word) || word.contains(".ts: "));
        if !words.iter().any(|word| is_file(word)) {
            faults.push("is met and names no file".into());
        }
        if tested == row.evidence.contains(NO_TEST) {
            faults.push(format!("is met and names either a test or says {NO_TEST:?}"));
        }
    }
    faults
}

/// The table of counts, made from the rows: what differs from it is told with what it should be.
fn counts(document: &str, rows: &[Row<'_>]) -> Vec<String> {
    let mut chapters: Vec<&str> = rows.iter().map(|row| chapter(row.id)).collect();
    chapters.dedup();
    let count = |of: &dyn Fn(&Row<'_>) -> bool| {
        let of_state = |state| rows.iter().filter(|row| of(row) && row.state == state).count();
        let [met, not, open] = [State::Met, State::NotApplicable, State::Open].map(of_state);
        format!("| {met} | {not} | {open} | {} |", met + not + open)
    };
    let mut wanted: Vec<(String, String)> =
        chapters.iter().map(|one| ((*one).to_owned(), count(&|row: &Row<'_>| chapter(row.id) == *one))).collect();
    wanted.push(("All".into(), count(&|_: &Row<'_>| true)));
    let mut faults = Vec::new();
    for (name, wanted) in wanted {
        let begin = format!("{COUNTS}{name}**");
        match document.lines().find(|line| line.starts_with(&begin)) {
            None => faults.push(format!("the counts of {name} are missing: {wanted}")),
            Some(line) if !line.ends_with(&wanted) => faults.push(format!("the counts of {name} are {wanted}")),
            Some(_) => {}
        }
    }
    faults
}

/// What is open here stands among the gaps, by its number, and nothing else does.
fn among_the_gaps(rows: &[Row<'_>], gaps: &str) -> Vec<String> {
    let words =
        gaps.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '.').map(|word| word.trim_matches('.'));
    let named: BTreeSet<&str> = words.filter(|word| is_requirement(word)).collect();
    let open: BTreeSet<&str> = rows.iter().filter(|row| row.state == State::Open).map(|row| row.id).collect();
    let absent = open.difference(&named).map(|id| format!("{id} is open and does not stand in docs/gaps.md"));
    let closed = named.difference(&open).map(|id| format!("{id} stands in docs/gaps.md and is not open"));
    absent.chain(closed).collect()
}

fn is_requirement(word: &str) -> bool {
    word.strip_prefix('V').is_some_and(|numbers| {
        let parts: Vec<&str> = numbers.split('.').collect();
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

#[cfg(test)]
#[path = "security_tests.rs"]
mod tests;
