//! `plein ledger reconcile`: whether the access log, the data processings, the decisions and what was served agree with the
//! ledger. It shows places, events and rows of files, and nothing of what stands in them.

use super::{Ended, export::opened};
use crate::place::Place;
use clap::Args;
use plein_vault::{
    ledger::LedgerError,
    streams::{Found, Reconciled, ServedFound},
};
use std::path::PathBuf;

/// Say whether the streams that left the log, and what was served, agree with it.
#[derive(Args)]
pub struct Reconcile {
    #[command(flatten)]
    place: Place,
    /// The folder of the streams.
    #[arg(long, value_name = "FOLDER")]
    streams: PathBuf,
    /// Begin at this line of the log, by its place, when the files of older ones were removed on purpose.
    #[arg(long, value_name = "LINE", default_value_t = 0)]
    from: u64,
}

impl Reconcile {
    pub async fn run(self) -> Result<(), Ended> {
        let ledger = opened(&self.place, self.place.ledger()).await?;
        let reconciled = ledger.reconcile(&self.streams, self.from).await;
        ledger.shutdown().await;
        match reconciled {
            Ok(reconciled) if reconciled.is_sound() => {
                println!("SOUND: {}", in_words(&reconciled));
                Ok(())
            }
            Ok(reconciled) => Err(Ended::Unsound(wrong(&reconciled))),
            Err(error @ LedgerError::Tampered { .. }) => Err(Ended::Unsound(error.to_string())),
            Err(error) => Err(error.into()),
        }
    }
}

fn in_words(reconciled: &Reconciled) -> String {
    let Reconciled { from, lines, told, streams, served } = reconciled;
    let records: Vec<String> = streams.iter().map(|one| format!("{} of {}", one.right, one.stream)).collect();
    let begin = if *from > 0 { format!(" from line {from} on") } else { String::new() };
    let mut words = format!("{lines} lines{begin}; records that agree with them: {}", records.join(", "));
    match lines.saturating_sub(*told) {
        0 => {}
        behind => words += &format!("; the last {behind} lines are not told yet"),
    }
    match served {
        Some(ServedFound { right, lost, not_served, .. }) => {
            words += &format!("; {right} answers were served with their lines before them");
            if *not_served > 0 {
                words += &format!("; {not_served} viewings were logged and not served");
            }
            if *lost > 0 {
                words += &format!("; {lost} answers could not be written down");
            }
        }
        None => words += "; nothing is known of what was served",
    }
    words
}

/// What is wrong, in one line: of each stream how many of which kind, and the first of them.
fn wrong(reconciled: &Reconciled) -> String {
    let mut found: Vec<String> = Vec::new();
    let mut say = |stream: String, kind: &str, one: &Found| {
        if let Some(first) = &one.first {
            found.push(format!("{stream}: {} {kind}, the first: {first}", one.count));
        }
    };
    for one in &reconciled.streams {
        one.wrong().iter().for_each(|(kind, found)| say(one.stream.to_string(), kind, found));
    }
    if let Some(served) = &reconciled.served {
        served.wrong().iter().for_each(|(kind, found)| say("served".to_owned(), kind, found));
    }
    found.join("; ")
}
