//! What was measured, as a table.

use std::{collections::BTreeMap, fmt};

/// One trial of one server with so many people.
#[derive(Debug, Clone)]
pub(super) struct Row {
    server: &'static str,
    ours: bool,
    people: usize,
    p50: f64,
    p95: f64,
    p99: f64,
    count: usize,
    resident: f64,
}

impl Row {
    /// From what each delivery took, in microseconds, and the memory in bytes.
    pub fn of(server: &'static str, ours: bool, people: usize, mut took: Vec<u32>, resident: u64) -> Self {
        took.sort_unstable();
        let at = |share: usize| took.get(took.len() * share / 100).map_or(f64::NAN, |took| f64::from(*took) / 1000.0);
        let (p50, p95, p99) = (at(50), at(95), at(99));
        Self { server, ours, people, p50, p95, p99, count: took.len(), resident: resident as f64 / 1e6 }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { server, people, p50, p95, p99, count, resident, .. } = self;
        write!(
            f,
            "{people} people, {server}: p50 {p50:.2} ms, p95 {p95:.2} ms, p99 {p99:.2} ms over {count} deliveries, \
             {resident:.0} MB resident"
        )
    }
}

/// All trials; shown, the median of each server and size.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub(super) rows: Vec<Row>,
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

impl fmt::Display for Table {
    /// A table in Markdown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| people | server | p50 ms | p95 ms | p99 ms | resident MB | our p95 against the faster peer's |"
        )?;
        writeln!(f, "|---:|---|---:|---:|---:|---:|---:|")?;
        let mut sizes: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        self.rows.iter().for_each(|row| sizes.entry(row.people).or_default().push(row));
        for (people, rows) in sizes {
            let of = |server: &str, value: fn(&Row) -> f64| {
                median(rows.iter().filter(|row| row.server == server).map(|row| value(row)).collect())
            };
            let mut servers: Vec<(&str, bool)> = Vec::new();
            for row in &rows {
                if !servers.contains(&(row.server, row.ours)) {
                    servers.push((row.server, row.ours));
                }
            }
            servers.sort_by_key(|(name, ours)| (!ours, *name));
            let peers = servers.iter().filter(|(_, ours)| !ours);
            let fastest = peers.map(|(name, _)| of(name, |row| row.p95)).min_by(f64::total_cmp);
            for (name, ours) in &servers {
                let ratio = match fastest {
                    Some(fastest) if *ours => format!("{:.2} ×", of(name, |row| row.p95) / fastest),
                    _ => String::new(),
                };
                writeln!(
                    f,
                    "| {people} | {name} | {:.2} | {:.2} | {:.2} | {:.0} | {ratio} |",
                    of(name, |row| row.p50),
                    of(name, |row| row.p95),
                    of(name, |row| row.p99),
                    of(name, |row| row.resident),
                )?;
            }
        }
        Ok(())
    }
}
