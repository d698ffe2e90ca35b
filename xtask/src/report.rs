//! What a test run tells at its end: a table of steps with seconds, and the count.

use std::time::Instant;

use anyhow::Result;

use crate::children;
use crate::steps::say;

/// How many tests of a step ended how.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Count {
    /// Succeeded.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
    /// Not run.
    pub skipped: u64,
}

struct Row {
    name: String,
    seconds: f64,
    count: Count,
    remark: String,
}

/// The steps so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Runs a step that either succeeds or fails; a failure is kept and the run goes on, unless interrupted.
    pub fn check(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        self.count(name, || work().map(|()| Count { passed: 1, ..Count::default() }))?;
        Ok(())
    }

    /// Runs a step that counts tests; an error counts as one failure. True when nothing failed.
    pub fn count(&mut self, name: &str, work: impl FnOnce() -> Result<Count>) -> Result<bool> {
        say(format!("── {name}"));
        let begun = Instant::now();
        let result = work();
        children::check_interrupted()?;
        let (count, remark) = match result {
            Ok(count) => (count, String::new()),
            Err(error) => {
                eprintln!("{name} failed: {error:#}");
                let first = format!("{error:#}").lines().next().unwrap_or_default().to_owned();
                (Count { failed: 1, ..Count::default() }, first)
            }
        };
        self.rows.push(Row { name: name.to_owned(), seconds: begun.elapsed().as_secs_f64(), count, remark });
        Ok(count.failed == 0)
    }

    /// Keeps in mind, and says, that a step was left out.
    pub fn skip(&mut self, name: &str, why: &str) {
        say(format!("── {name} SKIPPED: {why}"));
        let count = Count { skipped: 1, ..Count::default() };
        self.rows.push(Row { name: name.to_owned(), seconds: 0.0, count, remark: format!("skipped: {why}") });
    }

    /// Prints the table and, as the last line, the count; true when nothing failed.
    pub fn close(&self) -> bool {
        let width = self.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
        let mut total = Count::default();
        println!("\n{:width$}  {:>8}  {:>6}  {:>6}  {:>7}", "step", "seconds", "passed", "failed", "skipped");
        for Row { name, seconds, count, remark } in &self.rows {
            let Count { passed, failed, skipped } = *count;
            println!("{name:width$}  {seconds:>8.1}  {passed:>6}  {failed:>6}  {skipped:>7}  {}", shortened(remark));
            total.passed += passed;
            total.failed += failed;
        }
        println!("{} passed, {} failed", total.passed, total.failed);
        total.failed == 0
    }
}

fn shortened(remark: &str) -> String {
    const LONGEST: usize = 100;
    if remark.chars().count() <= LONGEST {
        return remark.to_owned();
    }
    remark.chars().take(LONGEST - 1).chain(['…']).collect()
}
