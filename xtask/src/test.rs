//! `cargo xtask test`: everything that must hold, in the order in which a failure is cheapest to learn.
//! A failing step does not stop the others; what cannot run because of it counts as failed.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::browser::Effort;
use crate::checkout::Checkout;
use crate::children;
use crate::lint;
use crate::npm;
use crate::postgres::Postgres;
use crate::report::{Count, Report};
use crate::server;
use crate::steps::{self, say};
use crate::system;

/// All packages but this one.
const EVERYTHING_ELSE: [&str; 3] = ["--workspace", "--exclude", "xtask"];

/// A part of the tests.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// Format, clippy, cargo deny.
    Lint,
    /// The Rust tests, on both database engines.
    Rust,
    /// The browser tests, on both database engines.
    E2e,
}

/// What to run.
pub struct Selection {
    /// Only tests whose name contains this.
    pub filter: Option<String>,
    /// Leave the browser tests out.
    pub quick: bool,
    /// Run one part only.
    pub only: Option<Part>,
}

impl Selection {
    fn has(&self, part: Part) -> bool {
        match self.only {
            Some(only) => only == part,
            // Whoever names a test wants that test.
            None if part == Part::Lint => self.filter.is_none(),
            None => part != Part::E2e || !self.quick,
        }
    }
}

/// Runs the tests; true when nothing failed.
pub fn run(checkout: &Checkout, selection: &Selection) -> Result<bool> {
    let mut report = Report::default();
    run_parts(checkout, selection, &mut report)?;
    Ok(report.close())
}

fn run_parts(checkout: &Checkout, selection: &Selection, report: &mut Report) -> Result<()> {
    if selection.has(Part::Lint) {
        lint::check(checkout, report)?;
    }
    if !selection.has(Part::Rust) && !selection.has(Part::E2e) {
        return Ok(());
    }
    let mut program = None;
    report.check("build of both halves", || {
        program = Some(server::build_both(checkout, Effort::Small, false)?);
        Ok(())
    })?;
    let mut postgres = None;
    report.check("PostgreSQL", || {
        postgres = Some(Postgres::start(checkout)?);
        Ok(())
    })?;
    let filter = selection.filter.as_deref();
    if selection.has(Part::Rust) {
        report.check("Go", || system::go(checkout))?;
        // The driver apart: tested together with the rest, both would be compiled once more with each other's features.
        report.count("Rust tests", || rust_tests(checkout, &EVERYTHING_ELSE, filter, postgres.as_ref()))?;
        report
            .count("Rust tests, xtask", || rust_tests(checkout, &["--package", "xtask"], filter, postgres.as_ref()))?;
        if filter.is_none() {
            report.count("examples in documentation", || doc_tests(checkout))?;
        }
    }
    if selection.has(Part::E2e) {
        if !has_browser_tests(checkout)? {
            report.skip("browser tests", "THERE ARE NONE in tests/e2e");
            return Ok(());
        }
        for engine in ["sqlite", "postgres"] {
            report.count(&format!("browser tests, {engine}"), || {
                let program = program.as_deref().context("there is no server to test")?;
                browser_tests(checkout, engine, program, filter, postgres.as_ref())
            })?;
        }
    } else if selection.quick {
        report.skip("browser tests", "left out by --quick");
    }
    Ok(())
}

/// A command's environment: where the database is, and the assets, so that nothing is built twice.
fn with_postgres(command: &mut Command, postgres: Option<&Postgres>) -> Result<()> {
    let postgres = postgres.context("there is no PostgreSQL to test with")?;
    command.env("PLEIN_TEST_POSTGRES", postgres.url());
    Ok(())
}

fn rust_tests(
    checkout: &Checkout,
    packages: &[&str],
    filter: Option<&str>,
    postgres: Option<&Postgres>,
) -> Result<Count> {
    let mut command = server::cargo(checkout);
    with_postgres(&mut command, postgres)?;
    if steps::find_program(&["cargo-nextest"]).is_some() {
        command.args(["nextest", "run"]).args(packages).args(["--locked", "--no-fail-fast", "--no-tests=pass"]);
        command.args(filter).stderr(Stdio::piped());
        return counted(&mut command, Source::Stderr, nextest_summary);
    }
    command.arg("test").args(packages).args(["--locked", "--no-fail-fast", "--tests"]);
    command.args(filter).stdout(Stdio::piped());
    counted(&mut command, Source::Stdout, libtest_summary)
}

fn doc_tests(checkout: &Checkout) -> Result<Count> {
    let mut command = server::cargo(checkout);
    command.args(["test", "--doc"]).args(EVERYTHING_ELSE).args(["--locked", "--no-fail-fast"]).stdout(Stdio::piped());
    counted(&mut command, Source::Stdout, libtest_summary)
}

enum Source {
    Stdout,
    Stderr,
}

/// Runs a test program, shows what it says, and adds up the counts found in it.
fn counted(command: &mut Command, source: Source, count_of: fn(&str) -> Option<Count>) -> Result<Count> {
    let mut running = children::spawn(command)?;
    let child = running.child().context("the tests did not start")?;
    let pipe: Box<dyn std::io::Read> = match source {
        Source::Stdout => Box::new(child.stdout.take().context("no output to read")?),
        Source::Stderr => Box::new(child.stderr.take().context("no output to read")?),
    };
    let mut total: Option<Count> = None;
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        eprint!("{text}");
        if let Some(count) = count_of(text.trim()) {
            let sum = total.get_or_insert_default();
            sum.passed += count.passed;
            sum.failed += count.failed;
            sum.skipped += count.skipped;
        }
        line.clear();
    }
    let status = running.wait()?;
    let count = total.unwrap_or_default();
    if !status.success() && count.failed == 0 {
        bail!("{status}: {}", steps::shown(command));
    }
    Ok(count)
}

/// Reads `Summary [ 0.5s] 12 tests run: 11 passed (1 slow), 1 failed, 2 skipped`.
fn nextest_summary(line: &str) -> Option<Count> {
    let (before, counts) = line.split_once(" run: ")?;
    if !before.starts_with("Summary") {
        return None;
    }
    let number = |word: &str| number_before(counts, word);
    Some(Count {
        passed: number("passed"),
        failed: number("failed") + number("exec failed") + number("timed out"),
        skipped: number("skipped"),
    })
}

/// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn libtest_summary(line: &str) -> Option<Count> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let number = |word: &str| number_before(counts, word);
    Some(Count { passed: number("passed"), failed: number("failed"), skipped: number("ignored") })
}

/// The number that stands before a word in a list such as `11 passed (1 slow), 1 failed`.
fn number_before(list: &str, word: &str) -> u64 {
    let entry = |part: &str| {
        let (number, rest) = part.trim().split_once(' ')?;
        let rest = rest.split_once(" (").map_or(rest, |(rest, _)| rest);
        (rest == word).then(|| number.parse().ok()).flatten()
    };
    list.split([',', ';']).find_map(entry).unwrap_or(0)
}

fn has_browser_tests(checkout: &Checkout) -> Result<bool> {
    let files = steps::files_below(&checkout.root.join("tests/e2e"))?;
    Ok(files.iter().any(|file| file.to_string_lossy().ends_with(".spec.ts")))
}

fn browser_tests(
    checkout: &Checkout,
    engine: &str,
    program: &Path,
    filter: Option<&str>,
    postgres: Option<&Postgres>,
) -> Result<Count> {
    npm::install(checkout)?;
    system::java(checkout)?;
    system::openssl(checkout)?;
    let results: PathBuf = checkout.work(&format!("playwright-{engine}"));
    steps::empty_folder(&results)?;
    let counts = results.join("report.json");
    let mut command = Command::new(checkout.npm_program("playwright"));
    command
        .args(["test", "--config", "tests/e2e/playwright.config.ts", "--reporter=list,json", "--pass-with-no-tests"])
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &counts)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .env("PLEIN_BIN", program)
        .env("PLEIN_E2E_ENGINE", engine)
        .env("PLEIN_E2E_RESULTS", results.join("output"))
        .env("PLEIN_CHROMIUM", system::chromium(checkout)?)
        .current_dir(&checkout.root);
    with_postgres(&mut command, postgres)?;
    if let Some(filter) = filter {
        command.args(["--grep", filter]);
    }
    let status = children::spawn(&mut command)?.wait()?;
    let Ok(text) = fs::read_to_string(&counts) else {
        bail!("Playwright left no report ({status})");
    };
    let count = playwright_summary(&text)?;
    if !status.success() {
        say(format!("traces and pictures of what failed: {}", results.join("output").display()));
        if count.failed == 0 {
            bail!("Playwright: {status}");
        }
    }
    Ok(count)
}

/// Reads the counts of Playwright's JSON report. A test that passed only when repeated has failed.
fn playwright_summary(report: &str) -> Result<Count> {
    let report: serde_json::Value = serde_json::from_str(report).context("Playwright's report is not JSON")?;
    let number = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
    Ok(Count { passed: number("expected"), failed: number("unexpected") + number("flaky"), skipped: number("skipped") })
}

#[cfg(test)]
#[path = "test_tests.rs"]
mod tests;
