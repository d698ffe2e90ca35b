//! The last line of a test run must tell the truth, so the reading of other programs' summaries is tested.

use super::{Count, libtest_summary, nextest_summary, playwright_summary};

#[test]
fn a_nextest_summary_is_counted() {
    let line = "Summary [   0.512s] 14 tests run: 11 passed (1 slow), 2 failed, 1 timed out, 5 skipped";
    assert_eq!(nextest_summary(line), Some(Count { passed: 11, failed: 3, skipped: 5 }));
    assert_eq!(nextest_summary("PASS [ 0.01s] plein-domain run: 3 passed"), None);
}

#[test]
fn a_libtest_summary_is_counted() {
    let line = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.1s";
    assert_eq!(libtest_summary(line), Some(Count { passed: 3, failed: 1, skipped: 2 }));
    assert_eq!(libtest_summary("running 3 tests"), None);
}

#[test]
fn a_flaky_browser_test_has_failed() {
    let report = r#"{"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":2}}"#;
    assert_eq!(playwright_summary(report).ok(), Some(Count { passed: 7, failed: 2, skipped: 2 }));
}
