//! Both engines have the same migrations, and every column is declared in `docs/sealed-columns.md`.

use std::{collections::BTreeSet, fs, path::PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(engine: &str, database: &str) -> BTreeSet<String> {
    let folder = root().join("migrations").join(engine).join(database);
    let entries = fs::read_dir(folder).expect("the folder of migrations");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// `table.column` of every column that a migration's text makes.
fn columns(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for statement in text.split(';') {
        let lines = statement.lines().map(|line| line.split("--").next().unwrap_or_default());
        let statement = lines.collect::<Vec<_>>().join("\n");
        if let Some((table, column)) =
            statement.split_once("ALTER TABLE ").and_then(|(_, rest)| rest.split_once(" ADD COLUMN "))
        {
            let name = column.split_whitespace().next().unwrap_or_default();
            found.insert(format!("{}.{name}", table.trim()));
        }
        if let Some((table, names)) =
            statement.split_once("ALTER TABLE ").and_then(|(_, rest)| rest.split_once(" RENAME COLUMN "))
            && let Some((old, new)) = names.split_once(" TO ")
        {
            found.remove(&format!("{}.{}", table.trim(), old.trim()));
            found.insert(format!("{}.{}", table.trim(), new.trim()));
        }
        let Some((_, rest)) = statement.split_once("CREATE TABLE ") else { continue };
        let Some((table, body)) = rest.split_once('(') else { continue };
        let mut depth = 0;
        let mut part = String::new();
        for c in body.chars().chain([',']) {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                ',' if depth <= 0 => {
                    let name = part.split_whitespace().next().unwrap_or_default().to_owned();
                    let is_column = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                    if is_column {
                        found.insert(format!("{}.{name}", table.trim()));
                    }
                    part.clear();
                    continue;
                }
                _ => {}
            }
            part.push(c);
        }
    }
    found
}

#[test]
fn both_engines_have_migrations_of_the_same_names() {
    for database in ["content", "ledger", "keyring"] {
        let names = files("sqlite", database);
        assert!(!names.is_empty(), "{database}");
        assert_eq!(names, files("postgres", database), "{database}");
    }
}

#[test]
fn every_column_is_the_same_on_both_engines_and_declared_in_the_docs() {
    let docs = fs::read_to_string(root().join("docs/sealed-columns.md")).expect("docs/sealed-columns.md");
    let mut declared = BTreeSet::new();
    for row in docs.lines().filter(|line| line.starts_with("| `")) {
        let names = row.split('|').nth(1).unwrap_or_default();
        let mut table = "";
        for name in names.split('`').skip(1).step_by(2) {
            let column = match name.split_once('.') {
                Some((of, column)) => {
                    table = of;
                    column
                }
                None => name,
            };
            declared.insert(format!("{table}.{column}"));
        }
    }
    let mut made = BTreeSet::new();
    for database in ["content", "ledger", "keyring"] {
        for name in files("sqlite", database) {
            let of = |engine: &str| {
                let path = root().join("migrations").join(engine).join(database).join(&name);
                columns(&fs::read_to_string(path).expect("a migration"))
            };
            assert_eq!(of("sqlite"), of("postgres"), "{database}/{name}");
            made.extend(of("sqlite"));
        }
    }
    assert!(made.len() > 80, "the migrations were read: {}", made.len());
    let undeclared: Vec<_> = made.difference(&declared).collect();
    let gone: Vec<_> = declared.difference(&made).collect();
    assert!(undeclared.is_empty() && gone.is_empty(), "undeclared: {undeclared:?}; declared and gone: {gone:?}");
}
