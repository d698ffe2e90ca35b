//! `plein ledger`, by running the command itself as a supervisor does: one clear verdict for whatever it is given.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../vault/tests/common/mod.rs"]
mod common;

mod bad_input;
mod commands;
mod reconcile;
mod second_opinion;
mod signing;

use common::{Engine, both_engines, lines::lines};
use plein_domain::moment::Moment;
use plein_vault::ledger::{CheckpointOptions, Ledger};
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
};

/// What a command said and how it ended.
#[derive(Debug)]
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Said {
    /// It answered well, and these words are in the answer.
    #[track_caller]
    fn well(&self, words: &[&str]) -> &Self {
        self.ended(0, words)
    }

    /// It found something that is not sound.
    #[track_caller]
    fn unsound(&self, words: &[&str]) -> &Self {
        assert!(self.out.starts_with("NOT SOUND: ") && self.out.lines().count() == 1, "one verdict: {self:?}");
        self.ended(1, words)
    }

    /// It could not be found out.
    #[track_caller]
    fn failed(&self, words: &[&str]) -> &Self {
        assert!(self.out.is_empty(), "no verdict: {self:?}");
        self.ended(2, words)
    }

    #[track_caller]
    fn ended(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, code, "{self:?}");
        for word in words {
            assert!(self.out.contains(word) || self.err.contains(word), "{word:?} is not in {self:?}");
        }
        self
    }
}

/// Runs `plein ledger …`.
fn ledger_command(arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plein"));
    command.arg("ledger").args(arguments);
    for name in ["PLEIN_DEMO_POSTGRES", "PLEIN_DEMO_KEYRING_POSTGRES", "PLEIN_PRUNING_POSTGRES"] {
        command.env_remove(name);
    }
    command.env("USER", "operator-of-the-test").env_remove("SUDO_USER");
    command.output().unwrap().into()
}

/// A signed log on this engine, as files lie in the folder of an installation.
struct Log {
    engine: Engine,
    ledger: Arc<Ledger>,
}

const WITNESS: &str = "witness/checkpoints.txt";

impl Log {
    async fn new(engine: Engine) -> Self {
        std::fs::write(engine.folder.join("master.key"), "4d".repeat(32)).unwrap();
        std::fs::create_dir_all(engine.folder.join("witness")).unwrap();
        let ledger = engine.ledger().await;
        let witnesses = vec![plein_vault::ledger::Witness::File(engine.folder.join(WITNESS))];
        // Rarely by itself, so that a test decides what is signed.
        let every = std::time::Duration::from_secs(60);
        let options = CheckpointOptions { witnesses, every, ..CheckpointOptions::in_folder(engine.folder.clone()) };
        ledger.sign_checkpoints(options).unwrap();
        Self { engine, ledger }
    }

    /// Adds lines, and a checkpoint over them.
    async fn add(&self, events: std::ops::Range<u128>, at: Moment) {
        self.ledger.append(lines(events, at)).await.unwrap();
        let state = self.ledger.checkpoint_now().await;
        assert_eq!(state.trouble, None);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.engine.folder.join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// `plein ledger …` with what says where this log is.
    fn here(&self, arguments: &[&str]) -> Said {
        let mut all: Vec<&str> = arguments.to_vec();
        let data = self.engine.folder.display().to_string();
        all.extend(["--data", &data]);
        if let Some(url) = &self.engine.url {
            all.extend(["--postgres", url, "--keyring-postgres", url]);
        }
        ledger_command(&all)
    }

    /// Its public key.
    fn key(&self) -> String {
        let said = ledger_command(&["key", "--data", &self.engine.folder.display().to_string()]);
        said.well(&["plein/ledger/"]);
        said.out.trim().to_owned()
    }

    /// Exports it to a file and answers the file's name.
    fn export(&self, name: &str) -> String {
        self.here(&["export", "--out", &self.text(name)]).well(&[" lines, 0 payloads and "]);
        self.text(name)
    }

    fn verify(&self, file: &str) -> Said {
        ledger_command(&["verify", file, "--key", &self.key()])
    }

    /// Verifies what somebody made of an export.
    fn verify_bytes(&self, bytes: &[u8]) -> Said {
        let file = self.path("changed.export");
        std::fs::write(&file, bytes).unwrap();
        self.verify(&file.display().to_string())
    }
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).unwrap()
}
