//! Garbage: what no browser would send, to every way in, signed in or not. Whatever it is, the program answers or hangs up, tells
//! what it could not do under a number, and has no more memory after the second time than after the first.

mod kinds;
mod run;

pub use run::{Run, run};

use crate::Dice;
use anyhow::Result;
use std::{collections::BTreeMap, fmt, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
    task::JoinSet,
};

/// How many are thrown at the same time.
const AT_ONCE: usize = 32;
/// How long an answer is waited for at most: longer than the program lets anything last.
const LONGEST: Duration = Duration::from_secs(75);
/// Every way in, as the documentation has it, which a test holds against the program.
const WAYS: &str = include_str!("../../../docs/permissions.md");

/// At whom it is thrown.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where it listens.
    pub address: SocketAddr,
    /// What browsers of people who are signed in send along.
    pub cookies: Vec<String>,
    /// Ids that are there.
    pub ids: Vec<String>,
    /// The path of a plan's socket.
    pub socket: String,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What was thrown.
    pub thrown: BTreeMap<&'static str, u64>,
    /// What was answered; 0 when the other side hung up without a word.
    pub answered: BTreeMap<u16, u64>,
    /// What must not be.
    pub wrong: Vec<String>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: u64 = self.thrown.values().sum();
        write!(f, "{all} thrown {:?}, answered {:?}, {} wrong", self.thrown, self.answered, self.wrong.len())?;
        self.wrong.iter().take(20).try_for_each(|one| write!(f, "\n  {one}"))
    }
}

/// Every way over HTTP: its method and its path.
fn ways() -> Vec<(String, String)> {
    let lines = WAYS.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let ways = lines.filter_map(|(way, _)| way.split_once(' '));
    let http = ways.filter(|(method, path)| ["GET", "POST"].contains(method) && path.starts_with('/'));
    let mut ways: Vec<_> = http.map(|(method, path)| (method.to_owned(), path.to_owned())).collect();
    ways.push(("POST".to_owned(), "/functies/save-draft".to_owned()));
    ways
}

/// Throws so much. The same seed throws the same.
///
/// # Errors
/// A task that throws it ended by itself.
pub async fn throw(target: &Target, seed: u64, number: u64) -> Result<Outcome> {
    let (target, ways) = (Arc::new(target.clone()), Arc::new(ways()));
    let hands = Arc::new(Semaphore::new(AT_ONCE));
    let mut throwing = JoinSet::new();
    for at in 0..number {
        let hand = hands.clone().acquire_owned().await?;
        let (target, ways) = (target.clone(), ways.clone());
        throwing.spawn(async move {
            let mut dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(at));
            let piece = kinds::piece(&mut dice, &target, &ways);
            let said = answer(target.address, &piece).await;
            drop(hand);
            (at, piece, said)
        });
    }
    let mut outcome = Outcome::default();
    while let Some(done) = throwing.join_next().await {
        let (at, piece, said) = done?;
        *outcome.thrown.entry(piece.kind).or_default() += 1;
        let begin: String = String::from_utf8_lossy(&piece.bytes).chars().take(100).collect();
        let mut wrong = |what: &str| outcome.wrong.push(format!("{what}: number {at}, {}: {begin:?}", piece.kind));
        match said {
            Some(said) => {
                let codes = statuses(&said);
                if codes.iter().any(|code| *code >= 500) && !said.contains("plein-incident: ") {
                    wrong("an error without a number");
                }
                if codes.contains(&500) {
                    wrong("an internal error");
                }
                if said.contains("panicked") || said.contains(".rs:") || said.contains("SQL") {
                    wrong("an answer that tells of the inside");
                }
                *outcome.answered.entry(codes.first().copied().unwrap_or(0)).or_default() += 1;
            }
            None => wrong("neither an answer nor an end"),
        }
    }
    let bytes = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".to_vec();
    let health = kinds::Piece { kind: "health", part: bytes.len(), bytes, hangs_up: false };
    if !answer(target.address, &health).await.is_some_and(|said| said.starts_with("HTTP/1.1 200")) {
        outcome.wrong.push("nobody answers at the door any more".into());
    }
    outcome.wrong.sort();
    Ok(outcome)
}

/// What is said to it until the other side hangs up; nothing when it does not.
async fn answer(address: SocketAddr, piece: &kinds::Piece) -> Option<String> {
    // Nobody at the door would be found out by all others, too.
    let Ok(mut stream) = TcpStream::connect(address).await else { return Some(String::new()) };
    let mut said = Vec::new();
    let saying = async {
        for part in piece.bytes.chunks(piece.part.max(1)) {
            // It may have hung up before all was said.
            if stream.write_all(part).await.is_err() {
                break;
            }
            if piece.part < piece.bytes.len() {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
        if piece.hangs_up {
            tokio::time::sleep(Duration::from_millis(20)).await;
            return;
        }
        let _ = (&mut stream).take(1 << 20).read_to_end(&mut said).await;
    };
    tokio::time::timeout(LONGEST, saying).await.ok()?;
    Some(String::from_utf8_lossy(&said).into_owned())
}

/// The statuses in what was said: several, where several were asked on one connection.
fn statuses(said: &str) -> Vec<u16> {
    let lines = said.split("HTTP/1.1 ").skip(1).chain(said.split("HTTP/1.0 ").skip(1));
    lines.filter_map(|rest| rest.get(..3)?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_are_found_and_the_same_seed_throws_the_same() {
        let ways = ways();
        assert!(ways.len() > 100 && ways.contains(&("POST".into(), "/concepten/{id}/versturen".into())), "{ways:?}");
        let target = Target {
            address: ([127, 0, 0, 1], 1).into(),
            cookies: vec!["a=b".into()],
            ids: vec!["x".into()],
            socket: "/s".into(),
        };
        let thrown = |seed| kinds::piece(&mut Dice::new(seed), &target, &ways).bytes;
        let mut kinds = std::collections::BTreeSet::new();
        for seed in 0..500 {
            assert_eq!(thrown(seed), thrown(seed));
            kinds.insert(kinds::piece(&mut Dice::new(seed), &target, &ways).kind);
        }
        assert!(kinds.len() >= 15, "{kinds:?}");
    }

    #[test]
    fn an_error_is_seen_in_what_is_said() {
        assert_eq!(statuses("HTTP/1.1 200 OK\r\n\r\nxHTTP/1.1 503 x"), [200, 503]);
        assert_eq!(statuses(""), [0_u16; 0]);
    }
}
