//! `kill -9` at random moments of real work: what was acknowledged is there, what is there was recorded, and nothing
//! is half made. Ten kills per engine here; `cargo xtask soak` makes two hundred.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../vault/tests/common/mod.rs"]
mod common;
mod nodes;

use common::{Engine, both_engines};
use plein_bench::{
    crash::{self, Plan, WORKER},
    place::Place,
};
use plein_vault::db::{Db, content_migrations};
use std::{process::Command, sync::Arc};

const KILLS: u32 = 10;

/// Each with its repair.
const DAMAGE: &[(&str, &str)] = &[
    ("UPDATE signals SET state = 'x' || state", "UPDATE signals SET state = replace(state, 'x', '')"),
    ("UPDATE signals SET version = version + 1", "UPDATE signals SET version = version - 1"),
    (
        "UPDATE signal_versions SET edited_at = edited_at + 1 WHERE version = 1",
        "UPDATE signal_versions SET edited_at = edited_at - 1 WHERE version = 1",
    ),
    (
        "UPDATE signal_versions SET version = version + 99 WHERE version = 1",
        "UPDATE signal_versions SET version = version - 99 WHERE version = 100",
    ),
    ("UPDATE cases SET version = version + 1", "UPDATE cases SET version = version - 1"),
    ("UPDATE decisions SET signed_at = signed_at + 1", "UPDATE decisions SET signed_at = signed_at - 1"),
    ("UPDATE links SET linked_at = linked_at + 1", "UPDATE links SET linked_at = linked_at - 1"),
    ("UPDATE counters SET value = value + 1", "UPDATE counters SET value = value - 1"),
];

fn plan(engine: &Engine, kills: u32, damage: &'static [(&'static str, &'static str)]) -> Plan {
    let worker = || {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "worker", "--nocapture", "--test-threads=1"]);
        command
    };
    let place = Place { folder: engine.folder.clone(), url: engine.url.clone() };
    Plan { place, kills, seed: 1, worker: Arc::new(worker), progress: false, damage }
}

/// Not a test: this binary runs it again, with [`WORKER`] set, as the program that is killed.
#[test]
fn worker() {
    if std::env::var_os(WORKER).is_some() {
        crash::work().unwrap();
    }
}

both_engines! {
    async fn a_killed_program_loses_nothing_and_leaves_nothing_half_made(engine: Engine) {
        let outcome = crash::run(plan(&engine, KILLS, &[])).await.unwrap();
        println!("{outcome}");
        assert!(outcome.counts.writes >= u64::from(KILLS), "too little was done to show anything: {outcome}");
    }

    /// Who finds nothing must show that there was something to find.
    async fn the_check_after_a_kill_notices_damage(engine: Engine) {
        let outcome = crash::run(plan(&engine, 3, DAMAGE)).await.unwrap();
        assert!(outcome.noticed >= 3, "{} damages noticed: {outcome}", outcome.noticed);
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

    /// Found without a kill, by what the index held after one: a change that came too late had left its identifier.
    async fn a_refused_change_leaves_no_identifier_behind(engine: Engine) {
        let place = Place { folder: engine.folder.clone(), url: engine.url.clone() };
        let found = crash::found_after_a_refused_change(&place).await.unwrap();
        assert_eq!(found, (true, false), "by the identifier that stands, by the one that was refused");
    }
}
