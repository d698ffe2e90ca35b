//! `kill -9` at random moments of real work: what was acknowledged is there, what is there was recorded, and nothing
//! is half made. Ten kills per engine here; `cargo xtask soak` makes two hundred.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../vault/tests/common/mod.rs"]
mod common;

use common::{Engine, both_engines};
use plein_bench::{
    crash::{self, Plan, WORKER},
    place::Place,
};
use plein_vault::db::{Db, content_migrations};
use std::{process::Command, sync::Arc};

const KILLS: u32 = 10;

/// Not a test: this binary runs it again, with [`WORKER`] set, as the program that is killed.
#[test]
fn worker() {
    if std::env::var_os(WORKER).is_some() {
        crash::work().unwrap();
    }
}

both_engines! {
    async fn a_killed_program_loses_nothing_and_leaves_nothing_half_made(engine: Engine) {
        let place = Place { folder: engine.folder.clone(), url: engine.url.clone() };
        let worker = || {
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.args(["--exact", "worker", "--nocapture", "--test-threads=1"]);
            command
        };
        let plan = Plan { place, kills: KILLS, seed: 1, worker: Arc::new(worker), progress: false };
        let outcome = crash::run(plan).await.unwrap();
        println!("{outcome}");
        assert!(outcome.counts.writes >= u64::from(KILLS), "too little was done to show anything: {outcome}");
    }

    /// A kill shows nothing about a power cut; the settings do. Those of keyring and ledger are tested in `vault/tests`.
    async fn the_content_database_commits_durably_and_overwrites_what_is_deleted(engine: Engine) {
        match Db::connect(&engine.target("content"), content_migrations()).await.unwrap() {
            Db::Sqlite(pool) => {
                let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&pool).await.unwrap();
                assert_eq!(mode, "wal");
                for (pragma, value) in [
                    ("PRAGMA synchronous", 2),
                    ("PRAGMA foreign_keys", 1),
                    ("PRAGMA secure_delete", 1),
                    ("PRAGMA busy_timeout", 2000),
                ] {
                    let is: i64 = sqlx::query_scalar(pragma).fetch_one(&pool).await.unwrap();
                    assert_eq!(is, value, "{pragma}");
                }
            }
            Db::Postgres(pool) => {
                for setting in ["SHOW synchronous_commit", "SHOW fsync", "SHOW full_page_writes"] {
                    let is: String = sqlx::query_scalar(setting).fetch_one(&pool).await.unwrap();
                    assert_eq!(is, "on", "{setting}");
                }
            }
        }
    }
}
