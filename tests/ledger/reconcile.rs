//! `plein ledger reconcile`: whatever is done to a stream, it is told which one and where.

use super::*;
use crate::common::NOON;
use plein_vault::{
    Vault, VaultOptions,
    streams::{Stream, StreamOptions},
};
use std::{fs, time::Duration};

const DAY: i64 = 86_400;

impl Log {
    /// The program over this log, telling its streams when a test says so.
    async fn told(&self) -> Vault {
        let options = VaultOptions {
            content: self.engine.target("content"),
            keyring: self.engine.target("keyring"),
            ledger: self.engine.target("ledger"),
            master: self.engine.master(),
            clock: self.engine.clock.clone(),
            entropy: self.engine.entropy.clone(),
        };
        let vault = Vault::open(options).await.unwrap();
        let every = Duration::from_secs(3600);
        vault.tell_streams(&StreamOptions { every, ..StreamOptions::in_folder(self.path("streams")) }).unwrap();
        let state = vault.tell_streams_now().await;
        assert_eq!(state.files.trouble, None);
        vault
    }

    fn reconcile(&self) -> Said {
        self.here(&["reconcile", "--streams", &self.text("streams")])
    }

    fn stream(&self, stream: Stream) -> PathBuf {
        self.path("streams").join(format!("{}-2026-11-23.jsonl", stream.code()))
    }

    /// Does something to a stream, asks, and puts it back.
    fn with(&self, stream: Stream, change: impl FnOnce(&str) -> String) -> Said {
        let file = self.stream(stream);
        let whole = read(&file);
        let changed = change(&whole);
        assert_ne!(whole, changed);
        fs::write(&file, changed).unwrap();
        let said = self.reconcile();
        fs::write(&file, whole).unwrap();
        said
    }
}

fn rows(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

both_engines! {
    async fn what_is_told_agrees_and_each_thing_done_to_a_stream_is_named(engine: Engine) {
        let log = Log::new(engine).await;
        log.add(0..6, NOON).await;
        let vault = log.told().await;
        log.reconcile().well(&[
            "SOUND: 6 lines; records that agree with them: 6 of access, 6 of processing, 6 of decisions",
            "nothing is known of what was served",
        ]);
        for stream in Stream::ALL {
            let name = stream.code();
            let place = |row: u32| format!("row {row} of {name}-2026-11-23.jsonl");
            // Changed in one sign; changed so that it says another line; changed so that nobody can read it.
            log.with(stream, |whole| whole.replacen("\"opened\"", "\"listed\"", 1)).unsound(&[
                &format!("{name}: 1 differing, the first: {}: line 0 was changed after it was written", place(1)),
            ]);
            log.with(stream, |whole| whole.replacen("\"sequence\":2", "\"sequence\":9", 1)).unsound(&[
                &format!("{name}: 1 missing, the first: of line 2"),
                &format!("{name}: 1 differing, the first: {}: it was changed after it was written (it says line 9)", place(3)),
            ]);
            log.with(stream, |whole| whole.replacen("{\"form\"", "{form\"", 1)).unsound(&[
                &format!("{name}: 1 missing, the first: of line 0"),
                &format!("{name}: 1 unknown, the first: {}: it cannot be read", place(1)),
            ]);
            // One is taken out, at each end and in the midst.
            for row in [0, 3, 5] {
                log.with(stream, |whole| {
                    let mut rows = rows(whole);
                    rows.remove(row);
                    rows.concat()
                })
                .unsound(&[&format!("{name}: 1 missing, the first: of line {row} (event ")]);
            }
            // One is there twice, beside itself and at the end; two have changed places.
            log.with(stream, |whole| whole.replacen(rows(whole)[1], &rows(whole)[1].repeat(2), 1))
                .unsound(&[&format!("{name}: 1 double, the first: {}: line 1 again", place(3))]);
            log.with(stream, |whole| format!("{whole}{}", rows(whole)[1]))
                .unsound(&[&format!("{name}: 1 double, the first: {}: line 1 again", place(7))]);
            log.with(stream, |whole| {
                let mut rows = rows(whole);
                rows.swap(2, 3);
                rows.concat()
            })
            .unsound(&[&format!("{name}: 1 missing, the first: of line 2"), &format!("{name}: 1 double, the first: {}", place(4))]);
            // What another log, or somebody by hand, says.
            log.with(stream, |whole| format!("{whole}{}", rows(whole)[5].replace("\"sequence\":5", "\"sequence\":6")))
                .unsound(&[&format!("{name}: 1 differing, the first: {}", place(7))]);
            log.with(stream, |whole| format!("{whole}nonsense\n")).unsound(&[&format!("{name}: 1 unknown, the first: {}", place(7))]);
            log.with(stream, |whole| whole[..whole.len() - 3].to_owned()).unsound(&[
                &format!("{name}: 1 missing, the first: of line 5"),
                &format!("{name}: 1 unknown, the first: {}: it is cut off", place(6)),
            ]);
        }
        // A line of one stream in another.
        let foreign = rows(&read(log.stream(Stream::Access)))[5].to_owned();
        log.with(Stream::Decisions, |whole| format!("{whole}{foreign}")).unsound(&["decisions: 1 differing"]);
        log.reconcile().well(&["SOUND"]);
        // All rows of a day gone, with intent.
        fs::remove_file(log.stream(Stream::Access)).unwrap();
        log.reconcile().unsound(&["access: 6 missing, the first: of line 0"]);
        log.here(&["reconcile", "--streams", &log.text("streams"), "--from", "6"]).well(&["from line 6 on"]);
        vault.close().await;
    }

    async fn it_goes_on_where_it_was_after_any_end_and_tells_nothing_twice(engine: Engine) {
        let log = Log::new(engine.clone()).await;
        log.add(0..3, NOON).await;
        log.told().await.close().await;
        let cursor = log.path("streams").join("streams.cursor");
        let noted = read(&cursor);
        log.add(3..6, NOON).await;
        log.reconcile().well(&["SOUND: 6 lines", "the last 3 lines are not told yet"]);
        log.told().await.close().await;
        let whole: Vec<String> = Stream::ALL.iter().map(|stream| read(log.stream(*stream))).collect();
        assert!(whole.iter().all(|text| rows(text).len() == 6));
        // Ended between writing and noting, in the midst of a line of one stream, before another had anything.
        for unfinished in [0, 40] {
            fs::write(&cursor, &noted).unwrap();
            let (access, decisions) = (log.stream(Stream::Access), log.stream(Stream::Decisions));
            fs::write(&access, &whole[0][..whole[0].len() - unfinished]).unwrap();
            fs::write(&decisions, rows(&whole[2])[..3].concat()).unwrap();
            log.told().await.close().await;
            let again: Vec<String> = Stream::ALL.iter().map(|stream| read(log.stream(*stream))).collect();
            assert_eq!(whole, again, "the same, without a gap or a double");
        }
        // The note is gone, or the files are as well.
        fs::remove_file(&cursor).unwrap();
        log.told().await.close().await;
        assert_eq!(read(log.stream(Stream::Processing)), whole[1]);
        fs::remove_dir_all(log.path("streams")).unwrap();
        log.reconcile().failed(&["nothing was told here"]);
        log.told().await.close().await;
        assert_eq!(read(log.stream(Stream::Access)), whole[0]);
        // The next day has files of its own, for their owner alone.
        engine.clock.set(NOON.plus_seconds(DAY));
        log.add(6..8, NOON.plus_seconds(DAY)).await;
        let vault = log.told().await;
        assert_eq!(rows(&read(log.path("streams").join("access-2026-11-24.jsonl"))).len(), 2);
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(log.stream(Stream::Access)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        log.reconcile().well(&["SOUND: 8 lines; records that agree with them: 8 of access"]);
        // Another program looks on, and takes over when this one ends.
        let other = log.told().await;
        assert!(other.stream_state().files.elsewhere && !vault.stream_state().files.elsewhere);
        log.add(8..9, NOON.plus_seconds(DAY)).await;
        vault.close().await;
        // PostgreSQL lets go of what a connection held a moment after it was closed.
        let mut state = other.tell_streams_now().await.files;
        for _ in 0..100 {
            if !state.elsewhere {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            state = other.tell_streams_now().await.files;
        }
        assert!(!state.elsewhere && state.told == 9, "{state:?}");
        other.close().await;
        log.reconcile().well(&["SOUND: 9 lines; records that agree with them: 9 of access"]);
    }

    async fn an_older_ledger_and_a_pruned_one_are_told_apart_from_a_fault(engine: Engine) {
        let log = Log::new(engine.clone()).await;
        log.add(0..4, NOON.plus_seconds(-60 * DAY)).await;
        let vault = log.told().await;
        log.here(&["prune", "--before", "2026-10-31", "--for-good"]).well(&["4 payloads were destroyed"]);
        assert_eq!(vault.tell_streams_now().await.files.told, 5);
        // What is personal is gone from the ledger; what was told of it is known by its seal.
        log.reconcile().well(&["SOUND: 5 lines; records that agree with them: 5 of access, 5 of processing, 4 of decisions"]);
        vault.close().await;
        // Told by a ledger that was longer.
        let cursor = log.path("streams").join("streams.cursor");
        let noted = read(&cursor);
        fs::write(&cursor, noted.replace("\"next\":5", "\"next\":9")).unwrap();
        let vault = Vault::open(VaultOptions {
            content: engine.target("content"),
            keyring: engine.target("keyring"),
            ledger: engine.target("ledger"),
            master: engine.master(),
            clock: engine.clock.clone(),
            entropy: engine.entropy.clone(),
        })
        .await
        .unwrap();
        vault.tell_streams(&StreamOptions::in_folder(log.path("streams"))).unwrap();
        let (_, cause) = vault.tell_streams_now().await.files.trouble.unwrap();
        assert!(cause.contains("9 lines were told, and the ledger has 5"), "{cause}");
        assert!(vault.tell_streams(&StreamOptions::in_folder(log.path("streams"))).is_err(), "once is enough");
        vault.close().await;
        // The streams of another log.
        fs::write(&cursor, "{\"installation\":\"00000000-0000-0000-0000-000000000001\",\"next\":5}").unwrap();
        log.reconcile().failed(&["streams of another ledger"]);
        fs::write(&cursor, "no note").unwrap();
        log.reconcile().ended(2, &[]);
    }
}
