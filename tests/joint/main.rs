//! People draft together while their connections break and the server is killed: nothing that was told durable is lost,
//! and all end with the same text. A quarter of a minute per engine here; `cargo xtask soak joint` goes on for half an hour.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../vault/tests/common/mod.rs"]
mod common;

use common::{Engine, both_engines};
use plein_bench::{
    joint::{
        host::{self, HOST},
        soak::{self, Plan},
    },
    place::Place,
};
use std::{process::Command, sync::Arc, time::Duration};

/// Not a test: this binary runs it again, with [`HOST`] set, as the server that is killed.
#[test]
fn server() {
    if std::env::var_os(HOST).is_some() {
        host::host().unwrap();
    }
}

both_engines! {
    async fn what_people_wrote_outlives_broken_connections_and_a_killed_server(engine: Engine) {
        let program = || {
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.args(["--exact", "server", "--nocapture", "--test-threads=1"]);
            command
        };
        let outcome = soak::run(Plan {
            place: Place { folder: engine.folder.clone(), url: engine.url.clone() },
            program: Arc::new(program),
            writers: 6,
            lasts: Duration::from_secs(14),
            kill_every: Duration::from_secs(5),
            stands: (Duration::from_secs(1), Duration::from_secs(4)),
            seed: 3,
            progress: false,
        });
        let outcome = outcome.await.unwrap();
        println!("{outcome}");
        assert!(outcome.kills >= 3 && outcome.durable > 200, "too little was done to show anything: {outcome}");
    }
}
