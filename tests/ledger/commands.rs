//! What the commands do when all is well.

use super::*;
use crate::common::{NOON, lines::CANARY};

/// 2026-09-15, 12:00 UTC.
const SEPTEMBER: Moment = Moment(1_789_473_600_000_000);

both_engines! {
    async fn a_log_is_exported_verified_and_proved_without_its_database(engine: Engine) {
        let log = Log::new(engine).await;
        log.add(0..3, NOON).await;
        log.add(3..8, NOON).await;
        log.ledger.append(lines(8..10, NOON)).await.unwrap();
        let (key, export) = (log.key(), log.export("whole.export"));
        log.verify(&export).well(&[
            "SOUND: 10 lines (0 with their payload), 2 checkpoints in the export",
            "stands over the first 8 lines; the last 2 lines stand under none yet",
            "Nobody outside vouches for it",
        ]);
        let witness = log.text(WITNESS);
        let said = ledger_command(&["verify", &export, "--key", &key, "--checkpoints", &witness]);
        said.well(&["2 of witnesses"]);
        assert!(!said.out.contains("Nobody outside"), "{said:?}");

        // The key may stand in a file.
        let file = log.text("log.vkey");
        std::fs::write(&file, format!("{key}\n")).unwrap();
        ledger_command(&["verify", &export, "--key", &file]).well(&["SOUND"]);

        let proof = log.text("line-5.tlog-proof");
        ledger_command(&["prove", &export, "--key", &key, "--line", "5", "--out", &proof]).well(&[]);
        log.verify(&proof).well(&["SOUND: line 5 (opened permitted, 2026-11-23T12:00:00Z", "its checkpoint over 8 lines"]);
        let earlier = ledger_command(&["prove", &export, "--key", &key, "--line", "2", "--size", "3"]);
        std::fs::write(log.path("shown"), &earlier.well(&["c2sp.org/tlog-proof@v1"]).out).unwrap();
        log.verify(&log.text("shown")).well(&["checkpoint over 3 lines"]);
        let growth = log.text("growth");
        ledger_command(&["prove", &export, "--key", &key, "--from", "3", "--out", &growth]).well(&[]);
        log.verify(&growth).well(&["only grew, from 3 to 8 lines"]);
    }

    async fn payloads_leave_with_a_reason_that_is_in_the_log_before_they_do(engine: Engine) {
        let log = Log::new(engine).await;
        log.add(0..3, NOON).await;
        let out = log.text("with.export");
        log.here(&["export", "--out", &out, "--with-payloads"]).ended(2, &["--reason"]);
        log.here(&["export", "--out", &out, "--with-payloads", "--reason", " "]).failed(&["why the payloads"]);
        assert!(!log.path("with.export").exists());
        let why = "request 2026-12 of the supervisor, by M. de Wit";
        let said = log.here(&["export", "--out", &out, "--with-payloads", "--reason", why]);
        said.well(&["4 lines, 4 payloads"]);
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&out).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "personal: for its owner alone");
        let entries = log.ledger.search(&plein_vault::ledger::LogQuery::default(), 1).await.unwrap();
        let payload = entries[0].payload.as_ref().unwrap();
        assert_eq!((entries[0].kind.code(), payload.reason.as_str()), ("exported", why));
        // As the environment calls it, and under the number that the kernel knows.
        assert!(payload.actor_name.starts_with("plein ledger (operator-of-the-test, uid "), "{}", payload.actor_name);
        log.verify(&out).well(&["4 lines (4 with their payload)"]);
        assert!(!read(log.export("without.export")).contains(CANARY));
    }

    async fn pruning_an_export_and_the_log_itself_leaves_every_proof(engine: Engine) {
        let log = Log::new(engine).await;
        log.add(0..3, SEPTEMBER).await;
        log.add(3..6, NOON).await;
        let (whole, pruned, key) = (log.text("whole.export"), log.text("pruned.export"), log.key());
        let why = ["--with-payloads", "--reason", "a test"];
        log.here(&[&["export", "--out", &whole][..], &why].concat()).well(&["7 payloads"]);
        let proof = log.text("line-1.tlog-proof");
        ledger_command(&["prove", &whole, "--key", &key, "--line", "1", "--out", &proof]).well(&[]);

        ledger_command(&["prune", &whole, "--before", "2026-10-31", "--out", &pruned]).well(&["3 payloads were left out, 4"]);
        log.verify(&pruned).well(&["SOUND: 7 lines (4 with their payload)"]);
        log.verify(&proof).well(&["line 1"]);
        let again = log.text("line-1-again.tlog-proof");
        ledger_command(&["prove", &pruned, "--key", &key, "--line", "1", "--out", &again]).well(&[]);
        assert_eq!(read(&proof), read(&again), "the same proof");

        log.here(&["prune", "--before", "2026-10-31"]).failed(&["nothing was destroyed", "--for-good"]);
        log.here(&["prune", "--before", "2026-10-31", "--for-good"]).well(&["3 payloads were destroyed"]);
        log.here(&["prune", "--before", "2026-10-31", "--for-good"]).well(&["0 payloads were destroyed"]);
        log.ledger.checkpoint_now().await;
        let after = log.text("after.export");
        log.here(&[&["export", "--out", &after][..], &why].concat()).well(&["10 lines, 7 payloads"]);
        log.verify(&after).well(&["SOUND: 10 lines (7 with their payload)"]);
        let entries = log.ledger.search(&plein_vault::ledger::LogQuery::default(), 2).await.unwrap();
        assert_eq!(entries[1].kind.code(), "payloads-pruned");
    }

}
