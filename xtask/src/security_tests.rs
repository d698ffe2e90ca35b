//! The document is right, and each way in which it can be wrong is found.

use super::*;

const LEVELS: &str = "# a comment\nV6.1 1 3 2\nV7.1 3\n";
const GAPS: &str = "- Nobody counts (V6.1.3).\n";
const GOOD: &str = "
| **V6** Words | 1 | 0 | 1 | 2 |
| **V7** Sessions | 0 | 1 | 0 | 1 |
| **All** | 1 | 1 | 1 | 3 |

Told in `docs/a.md`.

| id | level | what | state | evidence |
|---|---|---|---|---|
| V6.1.1 | 1 | words | met | `src/a.rs`; `what_is_said_is_so`, `one.spec.ts: they are told` |
| V6.1.3 | 2 | counting | open | nobody counts |
| V7.1.1 | 3 | sessions | not applicable | there are none |
";

fn tree() -> Tree {
    Tree {
        files: ["src/a.rs", "docs/a.md"].map(str::to_owned).into(),
        functions: functions("#[test]\nfn what_is_said_is_so() {}\nfn so() {}").into_iter().collect(),
        browser: [("one.spec.ts".to_owned(), "test('they are told at once', async () => {})".to_owned())].into(),
    }
}

fn told(document: &str) -> Vec<String> {
    faults(document, LEVELS, GAPS, &tree())
}

#[test]
fn the_document_of_this_checkout_is_what_it_says() -> Result<()> {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
}

#[test]
fn a_good_document_has_no_faults() {
    assert_eq!(told(GOOD), Vec::<String>::new());
}

#[test]
fn each_way_of_being_wrong_is_told() {
    let row = "| V6.1.3 | 2 | counting | open | nobody counts |\n";
    for (from, to, fault) in [
        (row, "", "V6.1.3 is missing"),
        (row, &row.repeat(2), "V6.1.3 stands there more than once"),
        ("| V6.1.3 | 2 |", "| V6.1.3 | 1 |", "V6.1.3 is of level 2"),
        ("| V7.1.1 | 3 |", "| V7.1.2 | 3 |", "V7.1.2 is not asked"),
        ("| open |", "| nearly |", "V6.1.3: \"nearly\" is no state"),
        ("| words |", "| |", "no row of five cells"),
        ("`src/a.rs`", "`src/b.rs`", "V6.1.1: there is no file `src/b.rs`"),
        ("`src/a.rs`; ", "", "V6.1.1: is met and names no file"),
        ("`docs/a.md`", "`docs/b.md`", "there is no file `docs/b.md`"),
        ("what_is_said_is_so", "what_is_said_is_not", "V6.1.1: there is no test `what_is_said_is_not`"),
        ("they are told", "they are asked", "V6.1.1: there is no browser test `one.spec.ts: they are asked`"),
        ("`what_is_said_is_so`, `one.spec.ts: they are told`", "it is so", "V6.1.1: is met and names either"),
        ("| 1 | 0 | 1 | 2 |", "| 2 | 0 | 0 | 2 |", "the counts of V6 are | 1 | 0 | 1 | 2 |"),
        ("| **All** | 1 | 1 | 1 | 3 |", "", "the counts of All are missing"),
        ("| open | nobody counts |", "| not applicable | all count |", "V6.1.3 stands in docs/gaps.md and is not open"),
        (
            "| not applicable | there are none |",
            "| open | later |",
            "V7.1.1 is open and does not stand in docs/gaps.md",
        ),
    ] {
        assert!(GOOD.contains(from), "{from}");
        let faults = told(&GOOD.replacen(from, to, 1));
        assert!(faults.iter().any(|one| one.starts_with(fault)), "{fault}: {faults:?}");
    }
}
