//! Two processes on one PostgreSQL, each killed in turn while both record: one dense sequence, one tree, and whatever was
//! acknowledged where it was said to be. `PLEIN_NODE_KILLS` says how many kills there are.

use crate::common::{self, Engine, lines::line};
use plein_domain::{
    ids::EventId,
    moment::{Clock, Moment},
};
use plein_proof::{Expected, Verdict, verify};
use plein_server::real::{SystemClock, SystemEntropy};
use plein_vault::{
    db::{Db, Target},
    keyring::{Keyring, keyring_migrations},
    ledger::{CheckpointOptions, Ledger, export, public_key},
};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, mpsc},
    time::Duration,
};
use uuid::Uuid;

/// Makes this binary a node: where it works.
const NODE: &str = "PLEIN_CRASH_NODE";
/// Kills in the suite.
const KILLS: u128 = 8;
/// Requests of a node at the same time.
const AT_ONCE: u128 = 4;

#[derive(Clone)]
struct Place {
    url: String,
    /// The folder of the checkpoints' key, which all nodes share.
    keys: PathBuf,
    /// Events are numbered from here.
    first: u128,
}

/// What a node says that it was told: an event, and its place.
type Durable = (Uuid, u64);

impl Place {
    /// As it is handed to a node, and back.
    fn said(&self) -> String {
        serde_json::json!([self.url, self.keys, self.first.to_string()]).to_string()
    }

    fn heard(said: &str) -> Self {
        let [url, keys, first]: [String; 3] = serde_json::from_str(said).unwrap();
        Self { url, keys: keys.into(), first: first.parse().unwrap() }
    }

    fn target(&self, schema: &str) -> Target {
        Target::Postgres { url: self.url.clone(), schema: schema.into() }
    }

    async fn ledger(&self) -> Arc<Ledger> {
        let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
        let db = Db::connect(&self.target("keyring"), keyring_migrations()).await.unwrap();
        let master = plein_vault::MasterKey::from_bytes(&[0x4d; 32]).unwrap();
        let keyring = Arc::new(Keyring::open(db, master, entropy.clone(), clock.clone()).await.unwrap());
        Arc::new(Ledger::open(self.target("ledger"), keyring, clock, entropy).await.unwrap())
    }
}

/// Records until killed, one to three lines at a time, and signs five times a second.
async fn node(place: Place) {
    let ledger = place.ledger().await;
    let every = Duration::from_millis(200);
    ledger.sign_checkpoints(CheckpointOptions { every, ..CheckpointOptions::in_folder(place.keys.clone()) }).unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..AT_ONCE {
        let (ledger, first) = (ledger.clone(), place.first + (task << 32));
        tasks.spawn(async move {
            let mut next = first;
            loop {
                let count = next % 3 + 1;
                let lines = (next..next + count).map(|event| line(event, SystemClock.now())).collect();
                // Not recorded in time is no answer: the other node may hold the ledger while it dies.
                if let Ok(places) = ledger.append(lines).await {
                    let told: String = (next..)
                        .zip(places)
                        .map(|(event, place)| format!("\n{}", serde_json::json!([Uuid::from_u128(event), place])))
                        .collect();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "{told}").and_then(|()| out.flush()).unwrap();
                }
                next += count;
            }
        });
    }
    tasks.join_all().await;
}

/// Not a test: this binary runs it again, with [`NODE`] set, as one of the two processes.
#[test]
fn a_node() {
    if let Ok(place) = std::env::var(NODE) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(node(Place::heard(&place)));
    }
}

/// A process that records.
struct Node {
    child: Child,
    heard: mpsc::Receiver<Durable>,
}

impl Node {
    fn start(place: &Place) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "nodes::a_node", "--nocapture", "--test-threads=1"])
            .env(NODE, place.said())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (teller, heard) = mpsc::channel();
        let out = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            // A line that was cut off by the kill is no acknowledgement, and the test binary says things of its own.
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if let Ok(durable) = serde_json::from_str(&line) {
                    let _ = teller.send(durable);
                }
            }
        });
        Self { child, heard }
    }

    /// SIGKILL; whatever it said until then.
    fn kill(mut self) -> Vec<Durable> {
        assert!(self.child.try_wait().unwrap().is_none(), "a node ended by itself");
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.heard.into_iter().collect()
    }
}

#[test]
fn two_processes_killed_in_turn_keep_one_dense_sequence_and_one_tree() {
    common::on_postgres(|engine: Engine| async move {
        let keys = engine.folder.join("keys");
        std::fs::create_dir_all(&keys).unwrap();
        let place = |first: u128| Place { url: engine.url.clone().unwrap(), keys: keys.clone(), first: first << 64 };
        // The first one makes the ledger and the key.
        let ledger = place(1).ledger().await;
        ledger.append(vec![line(1, Moment(1))]).await.unwrap();
        ledger.sign_checkpoints(CheckpointOptions::in_folder(keys.clone())).unwrap();
        ledger.checkpoint_now().await;
        ledger.shutdown().await;

        let kills = std::env::var("PLEIN_NODE_KILLS").map_or(KILLS, |count| count.parse().unwrap());
        let mut nodes: Vec<Option<Node>> = vec![Some(Node::start(&place(2))), Some(Node::start(&place(3)))];
        let (mut told, mut by_both) = (BTreeMap::new(), [0_u64; 2]);
        for kill in 0..kills {
            let index = (kill % 2) as usize;
            tokio::time::sleep(Duration::from_millis(700 + (kill as u64 * 137) % 500)).await;
            for (event, place) in nodes[index].take().unwrap().kill() {
                assert!(told.insert(event, place).is_none_or(|before| before == place), "{event} has two places");
                by_both[index] += 1;
            }
            nodes[index] = Some(Node::start(&place(4 + kill)));
        }
        tokio::time::sleep(Duration::from_millis(700)).await;
        for (index, node) in nodes.into_iter().enumerate() {
            for (event, place) in node.unwrap().kill() {
                told.insert(event, place);
                by_both[index] += 1;
            }
        }

        // A third one finds what they left, goes on, and signs it.
        let ledger = place(1).ledger().await;
        let mut last = Err(None);
        for _ in 0..20 {
            match ledger.append(vec![line(2, Moment(2))]).await {
                Ok(places) => {
                    last = Ok(places[0]);
                    break;
                }
                Err(down) => last = Err(Some(down)),
            }
        }
        let last = last.unwrap();
        ledger.sign_checkpoints(CheckpointOptions::in_folder(keys.clone())).unwrap();
        let state = ledger.checkpoint_now().await;
        let mut bytes = Vec::new();
        export(&engine.target("ledger"), &mut bytes, |_, _| ()).await.unwrap();
        let expected = Expected::new(public_key(&keys).unwrap(), &[]).unwrap();
        let verdict = verify(bytes.as_slice(), &expected, |_| ()).unwrap();
        let Verdict::Sound(sound) = verdict else { panic!("{verdict:?} {state:?}") };
        println!(
            "{} kills: {} lines, {by_both:?} told durable, {} checkpoints",
            kills + 2,
            sound.lines,
            sound.checkpoints
        );
        assert_eq!((sound.lines, sound.after_last()), (last + 1, 0), "dense, and signed to its end");
        assert!(sound.checkpoints > 3 && by_both.iter().all(|count| *count > 50), "{by_both:?} {sound:?}");
        for (event, place) in told {
            let entry = ledger.entry(EventId(event)).await.unwrap();
            assert_eq!(entry.map(|entry| entry.sequence), Some(place), "{event} was told durable");
        }
        ledger.shutdown().await;
    });
}
