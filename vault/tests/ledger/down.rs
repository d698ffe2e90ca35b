//! When the ledger cannot be written nothing is acknowledged, and when it is back work goes on without a restart.

use super::*;
use common::outside_connection;
use std::{fs, path::Path, process::Command, time::Duration};

/// Appends until it works again: the first try may meet a connection that is gone.
async fn goes_on(ledger: &Ledger, event: u128) -> u64 {
    let mut last = None;
    for _ in 0..50 {
        match ledger.append(vec![line(event, NOON)]).await {
            Ok(places) => return places[0],
            Err(down) => last = Some(down),
        }
        // Opening the file anew takes the program a moment.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the ledger stayed down: {last:?}");
}

async fn is_down(ledger: &Ledger, event: u128, cause: &str) {
    let down: LedgerDown = ledger.append(vec![line(event, NOON)]).await.expect_err("nothing is acknowledged");
    assert!(down.cause().contains(cause), "{down}");
}

fn copy(from: &Path, to: &Path) {
    for end in ["", "-wal", "-shm"] {
        let [from, to] = [from, to].map(|path| format!("{}{end}", path.display()));
        if fs::exists(&from).expect("a folder") {
            fs::copy(&from, &to).expect("copied");
        }
    }
}

fn remove(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        // The log is not there when all connections were closed.
        let _ = fs::remove_file(format!("{}{end}", path.display()));
    }
}

#[test]
fn a_ledger_file_that_was_moved_away_takes_no_lines() {
    common::on_sqlite(|engine| async move {
        let ledger = engine.ledger().await;
        let (file, aside) = (engine.file("ledger"), engine.folder.join("aside.db"));
        assert_eq!(goes_on(&ledger, 1).await, 0);
        fs::rename(&file, &aside).expect("moved");
        is_down(&ledger, 2, "the ledger's file").await;
        assert!(ledger.ready().await.is_err());
        assert!(!fs::exists(&file).expect("a folder"), "no new file is made in its place");
        fs::rename(&aside, &file).expect("moved back");
        assert_eq!(goes_on(&ledger, 3).await, 1);
        ledger.ready().await.expect("ready");
        is_dense(&engine, 2).await;
    });
}

#[test]
fn a_ledger_file_that_was_deleted_is_replaced_by_its_last_state_only() {
    common::on_sqlite(|engine| async move {
        let ledger = engine.ledger().await;
        let (file, old, last) = (engine.file("ledger"), engine.folder.join("old.db"), engine.folder.join("last.db"));
        goes_on(&ledger, 1).await;
        copy(&file, &old);
        goes_on(&ledger, 2).await;
        copy(&file, &last);
        remove(&file);
        is_down(&ledger, 3, "the ledger's file").await;
        copy(&old, &file);
        is_down(&ledger, 4, "does not hold the last line").await;
        is_down(&ledger, 5, "does not hold the last line").await;
        remove(&file);
        is_down(&ledger, 6, "the ledger's file").await;
        copy(&last, &file);
        assert_eq!(goes_on(&ledger, 7).await, 2);
        is_dense(&engine, 3).await;
        let read = ledger.search(&LogQuery::default(), 9).await.expect("read from the new file");
        assert_eq!(read.len(), 3);
    });
}

#[test]
fn another_ledger_or_an_empty_file_in_its_place_takes_no_lines() {
    common::on_sqlite(|engine| async move {
        let ledger = engine.ledger().await;
        let other = engine.ledger_at(engine.target("other"), LedgerOptions::default()).await;
        goes_on(&other, 1).await;
        goes_on(&other, 2).await;
        other.shutdown().await;
        goes_on(&ledger, 1).await;
        let (file, aside) = (engine.file("ledger"), engine.folder.join("aside.db"));
        for end in ["", "-wal", "-shm"] {
            fs::rename(format!("{}{end}", file.display()), format!("{}{end}", aside.display())).expect("moved");
        }
        copy(&engine.file("other"), &file);
        is_down(&ledger, 3, "another installation").await;
        remove(&file);
        fs::write(&file, b"").expect("an empty file");
        is_down(&ledger, 4, "no such table").await;
        remove(&file);
        for end in ["", "-wal", "-shm"] {
            // The shared memory may have gone with the last connection.
            let _ = fs::rename(format!("{}{end}", aside.display()), format!("{}{end}", file.display()));
        }
        assert_eq!(goes_on(&ledger, 5).await, 1);
        is_dense(&engine, 2).await;
    });
}

#[test]
fn a_deleted_write_ahead_log_takes_no_acknowledged_line_with_it() {
    common::on_sqlite(|engine| async move {
        let ledger = engine.ledger().await;
        goes_on(&ledger, 1).await;
        // Somebody is reading, so that SQLite cannot simply start afresh.
        ledger.search(&LogQuery::default(), 9).await.expect("read");
        fs::remove_file(format!("{}-wal", engine.file("ledger").display())).expect("deleted");
        goes_on(&ledger, 2).await;
        goes_on(&ledger, 3).await;
        // What a machine would find that lost its power now.
        copy(&engine.file("ledger"), &engine.file("found"));
        let found = engine.ledger_at(engine.target("found"), LedgerOptions::default()).await;
        assert_eq!(found.search(&LogQuery::default(), 9).await.expect("read").len(), 3);
        assert_eq!(ledger.search(&LogQuery::default(), 9).await.expect("read").len(), 3);
    });
}

#[test]
fn a_read_only_ledger_file_takes_no_lines() {
    common::on_sqlite(|engine| async move {
        use std::os::unix::fs::PermissionsExt;
        let ledger = engine.ledger().await;
        goes_on(&ledger, 1).await;
        let file = engine.file("ledger");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("read-only");
        is_down(&ledger, 2, "read-only").await;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("writable");
        assert_eq!(goes_on(&ledger, 3).await, 1);
    });
}

#[test]
fn a_locked_ledger_file_is_waited_for_no_longer_than_asked() {
    common::on_sqlite(|engine| async move {
        let options = LedgerOptions { wait: Duration::from_millis(300), ..LedgerOptions::default() };
        let impatient = engine.ledger_at(engine.target("ledger"), options).await;
        goes_on(&impatient, 1).await;
        let mut holder = outside_connection(&engine.file("ledger")).await;
        sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut holder).await.expect("locked");
        let began = std::time::Instant::now();
        is_down(&impatient, 2, "no commit within").await;
        assert!(began.elapsed() < Duration::from_secs(2));
        let patient = engine.ledger().await;
        is_down(&patient, 3, "locked").await;
        assert!(patient.ready().await.is_err());
        sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.expect("unlocked");
        goes_on(&patient, 4).await;
        goes_on(&impatient, 5).await;
        let dense = patient.search(&LogQuery::default(), 9).await.expect("read").len();
        is_dense(&engine, dense as i64).await;
    });
}

/// A real full disk, where this process may mount one (as root); a refusing database is tried everywhere, below.
#[test]
fn a_full_disk_takes_no_lines() {
    common::on_sqlite(|engine| async move {
        let disk = Disk::mount(&engine.folder.join("disk"));
        let Some(disk) = disk else {
            println!("no right to mount a small disk: only the refusing database is tried");
            return;
        };
        let target = plein_vault::db::Target::Sqlite(disk.0.join("ledger.db"));
        let ledger = engine.ledger_at(target, LedgerOptions::default()).await;
        goes_on(&ledger, 1).await;
        let filler = disk.0.join("filler");
        let mut event = 1000;
        // Whatever is left: the file system stops at the last byte.
        let written = fs::write(&filler, vec![0; 8 << 20]);
        assert!(written.is_err(), "the disk is full");
        let mut refused = None;
        for _ in 0..200 {
            event += 100;
            if let Err(down) = ledger.append(lines(event..event + 100, NOON)).await {
                refused = Some(down);
                break;
            }
        }
        let refused = refused.expect("a full disk refuses");
        assert!(refused.cause().contains("full") || refused.cause().contains("I/O"), "{refused}");
        fs::remove_file(&filler).expect("room");
        let place = goes_on(&ledger, 5).await;
        let entries = ledger.search(&LogQuery::default(), 100_000).await.expect("every hash fits");
        assert_eq!(entries.len() as u64, place + 1, "dense");
        assert!(!ledger.contains(EventId(Uuid::from_u128(event))).await.expect("read"), "nothing of the refused");
        ledger.shutdown().await;
    });
}

/// A small file system in memory, unmounted when dropped.
struct Disk(std::path::PathBuf);

impl Disk {
    fn mount(folder: &Path) -> Option<Self> {
        fs::create_dir(folder).expect("a folder");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "none"]).arg(folder).output();
        mount.is_ok_and(|mount| mount.status.success()).then(|| Self(folder.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a connection may still be closing.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

both_engines! {
    async fn a_write_that_fails_halfway_leaves_nothing_and_harms_nobody_after(engine: Engine) {
        let ledger = engine.ledger().await;
        goes_on(&ledger, 1).await;
        let outside = engine.outside("ledger").await;
        let (refuse, allow) = if engine.is_sqlite() {
            (
                "CREATE TRIGGER full BEFORE INSERT ON payload_objects BEGIN SELECT RAISE(ABORT, 'no room'); END",
                "DROP TRIGGER full",
            )
        } else {
            (
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION 'no room'; END $$;
                 CREATE TRIGGER full_disk BEFORE INSERT ON payload_objects EXECUTE FUNCTION full_disk()",
                "DROP TRIGGER full_disk ON payload_objects",
            )
        };
        execute(&outside, refuse).await.expect("refused from now on");
        is_down(&ledger, 2, "no room").await;
        is_down(&ledger, 3, "no room").await;
        is_dense(&engine, 1).await;
        execute(&outside, allow).await.expect("allowed again");
        assert_eq!(goes_on(&ledger, 4).await, 1);
        is_dense(&engine, 2).await;
    }

    async fn without_the_keyring_no_line_is_recorded(engine: Engine) {
        let keyring = engine.keyring().await;
        let (clock, entropy) = (engine.clock.clone(), engine.entropy.clone());
        let ledger =
            Ledger::open(engine.target("ledger"), keyring.clone(), clock, entropy).await.expect("a ledger");
        keyring.close().await;
        is_down(&ledger, 1, "keyring").await;
        is_dense(&engine, 0).await;
    }

    async fn a_line_that_no_database_would_take_fails_alone(engine: Engine) {
        let ledger = engine.ledger().await;
        let mut odd = line(1, NOON);
        odd.payload.purpose = "a\0b".into();
        let mut odder = line(2, NOON);
        odder.payload.purpose = "x".repeat(5000);
        let (odd, odder, good) =
            tokio::join!(ledger.append(vec![odd]), ledger.append(vec![odder]), ledger.append(vec![line(3, NOON)]));
        assert!(odd.is_err() && odder.is_err());
        assert_eq!(good.expect("recorded"), [0]);
        let mut strange = line(4, NOON);
        strange.payload.reason = "a\0b \u{fffd} \u{10ffff} 🏛".into();
        ledger.append(vec![strange.clone()]).await.expect("what is sealed may hold anything");
        let read = ledger.entry(strange.event).await.expect("read").expect("there");
        assert_eq!(read.payload, Some(strange.payload));
    }
}

#[test]
fn a_locked_table_on_postgresql_is_an_error_in_time() {
    common::on_postgres(|engine| async move {
        let ledger = engine.ledger().await;
        goes_on(&ledger, 1).await;
        let plein_vault::db::Db::Postgres(pool) = engine.outside("ledger").await else { panic!("PostgreSQL") };
        for lock in ["LOCK TABLE lines", "SELECT * FROM head FOR UPDATE"] {
            let mut holder = pool.begin().await.expect("a transaction");
            sqlx::raw_sql(lock).execute(&mut *holder).await.expect("locked");
            let began = std::time::Instant::now();
            is_down(&ledger, 2, "timeout").await;
            assert!(began.elapsed() < Duration::from_secs(3), "{lock}: {:?}", began.elapsed());
            holder.rollback().await.expect("unlocked");
            goes_on(&ledger, 3).await;
        }
        is_dense(&engine, 2).await;
    });
}

#[test]
fn a_read_only_or_unreachable_postgresql_takes_no_lines() {
    common::on_postgres(|engine| async move {
        let ledger = engine.ledger().await;
        goes_on(&ledger, 1).await;
        let server = std::env::var("PLEIN_TEST_POSTGRES").expect("the server");
        let elsewhere = plein_vault::db::Db::Postgres(sqlx::PgPool::connect(&server).await.expect("the server"));
        let name = engine.url.clone().expect("PostgreSQL").rsplit('/').next().expect("a name").to_owned();
        let end_all = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");

        execute(&elsewhere, &end_all).await.expect("connections ended");
        goes_on(&ledger, 2).await;

        let set = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
        execute(&elsewhere, &set).await.expect("read-only from the next connection");
        execute(&elsewhere, &end_all).await.expect("connections ended");
        assert!(ledger.append(vec![line(3, NOON)]).await.is_err());
        is_down(&ledger, 3, "read-only").await;
        let reset = format!("ALTER DATABASE {name} RESET default_transaction_read_only");
        execute(&elsewhere, &reset).await.expect("writable again");
        goes_on(&ledger, 4).await;

        let close = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        execute(&elsewhere, &close).await.expect("closed");
        execute(&elsewhere, &end_all).await.expect("connections ended");
        assert!(ledger.append(vec![line(5, NOON)]).await.is_err());
        is_down(&ledger, 5, "not currently accepting connections").await;
        let open = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        execute(&elsewhere, &open).await.expect("opened");
        goes_on(&ledger, 6).await;
        ledger.search(&LogQuery::default(), 9).await.expect("reading goes on too");
        is_dense(&engine, 4).await;
    });
}
