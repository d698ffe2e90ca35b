//! Whatever is wrong: one verdict, and the first bad line by name.

use super::*;
use crate::common::NOON;
use plein_domain::moment::Entropy;
use plein_proof::{Checkpoint, SigningKey};

fn rows(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

both_engines! {
    async fn each_way_in_which_an_export_can_be_wrong_has_its_verdict(engine: Engine) {
        let log = Log::new(engine).await;
        log.add(0..4, NOON).await;
        log.add(4..6, NOON).await;
        let whole = read(log.export("whole.export"));
        let rows = rows(&whole);
        let place = |begin: &str| rows.iter().position(|row| row.starts_with(begin)).unwrap();
        let without = |begin: &str| {
            rows.iter().filter(|row| !row.starts_with(begin)).copied().collect::<String>()
        };
        let name = |place: usize| format!("row {} of the file", place + 1);

        // Truncated: in the middle of a row, at the end of one, and of all but nothing.
        log.verify_bytes(&whole.as_bytes()[..whole.len() - 3]).unsound(&["the export is cut off"]);
        log.verify_bytes(without("end ").as_bytes()).unsound(&["the export is cut off"]);
        log.verify_bytes(b"").unsound(&["this is no export"]);
        // Reordered.
        let mut swapped = rows.clone();
        swapped.swap(place("line 1 "), place("line 2 "));
        log.verify_bytes(swapped.concat().as_bytes())
            .unsound(&[&name(place("line 1 ")), "ledger line 1", "line 1 comes next, and line 2 stands here"]);
        // A line taken out, and one put in twice.
        log.verify_bytes(without("line 2 ").as_bytes()).unsound(&["ledger line 2", "lines are missing"]);
        let doubled = whole.replace(rows[place("line 2 ")], &rows[place("line 2 ")].repeat(2));
        log.verify_bytes(doubled.as_bytes()).unsound(&["ledger line 3", "repeated or out of order"]);
        // Edited.
        let edited = whole.replacen(" opened permitted ", " opened refused ", 1);
        log.verify_bytes(edited.as_bytes()).unsound(&["ledger line 0", "the line was changed"]);
        // Doubled as a whole.
        log.verify_bytes(whole.repeat(2).as_bytes()).unsound(&[&name(rows.len()), "it was doubled, or added to"]);
        // Without its checkpoints, with an end that says so.
        let (last, root) = rows[rows.len() - 1].rsplit_once(' ').unwrap();
        assert_eq!(last, "end 6 0 2");
        let bare = without("checkpoint ").replace(rows[rows.len() - 1], &format!("end 6 0 0 {root}"));
        log.verify_bytes(bare.as_bytes()).unsound(&["no checkpoint stands over these lines"]);
        // Something else altogether.
        log.verify_bytes(&[0xff, 0xfe, b'\n']).unsound(&["this is no export"]);
    }

    async fn a_key_or_a_checkpoint_of_somebody_else_is_told(engine: Engine) {
        let log = Log::new(engine.clone()).await;
        log.add(0..4, NOON).await;
        let export = log.export("whole.export");
        let name = log.key().split('+').next().unwrap().to_owned();
        let mut random = [0; 32];
        engine.entropy.fill(&mut random);
        let other = SigningKey::from_random("plein/ledger/00000000-0000-0000-0000-000000000000", &random).unwrap();
        let impostor = SigningKey::from_random(&name, &random).unwrap();
        let verify = |key: &str, more: &[&str]| ledger_command(&[&["verify", &export, "--key", key][..], more].concat());

        verify(&other.public().to_string(), &[]).unsound(&["the export is of another installation"]);
        verify(&impostor.public().to_string(), &[]).unsound(&["row 7 of the file", "it is not signed by"]);
        let gathered = log.text("gathered.txt");
        let foreign = Checkpoint { origin: other.public().name().to_owned(), size: 2, root: [1; 32], at: None };
        std::fs::write(&gathered, foreign.signed(&other)).unwrap();
        verify(&log.key(), &["--checkpoints", &gathered]).unsound(&["checkpoint 1 of those that were gathered", "not signed by"]);
        // Signed with the log's own key over other lines: what only a witness can show.
        let secret = read(engine.folder.join("checkpoint.key"));
        let own = SigningKey::from_secret_text(&secret).unwrap();
        let rewritten = Checkpoint { origin: name.clone(), size: 3, root: [1; 32], at: None };
        std::fs::write(&gathered, rewritten.signed(&own)).unwrap();
        verify(&log.key(), &["--checkpoints", &gathered]).unsound(&["ledger line 2", "checkpoint over 3 lines", "the log was rewritten"]);
        let longer = Checkpoint { size: 9, ..rewritten };
        std::fs::write(&gathered, longer.signed(&own)).unwrap();
        verify(&log.key(), &["--checkpoints", &gathered]).unsound(&["a checkpoint over 9 lines, and the export has 4"]);
    }

    async fn a_log_of_no_lines_and_a_clock_that_jumps_back_are_sound_and_told(engine: Engine) {
        let log = Log::new(engine).await;
        log.ledger.checkpoint_now().await;
        // A key is made at the first turn, also of a log without lines.
        let empty = log.export("empty.export");
        log.verify(&empty).well(&["SOUND: the log has no lines"]);
        log.add(0..2, NOON).await;
        log.add(2..4, NOON.plus_seconds(-3600)).await;
        log.verify(&log.export("back.export")).well(&["SOUND: 4 lines", "The clock went back 1 times, first at line 2"]);
        ledger_command(&["prove", &empty, "--key", &log.key(), "--line", "0"]).failed(&["no checkpoint in the export"]);
    }

    async fn the_longest_reason_goes_through_whole(engine: Engine) {
        let log = Log::new(engine).await;
        let mut long = crate::common::lines::line(1, NOON);
        long.payload.reason = "ë".repeat(500_000);
        log.ledger.append(vec![long]).await.unwrap();
        log.ledger.checkpoint_now().await;
        let out = log.text("long.export");
        log.here(&["export", "--out", &out, "--with-payloads", "--reason", "a test"]).well(&["2 payloads"]);
        assert!(std::fs::metadata(&out).unwrap().len() > 1_000_000);
        log.verify(&out).well(&["SOUND: 2 lines (2 with their payload)"]);
    }

    async fn what_cannot_be_found_out_is_no_verdict(engine: Engine) {
        let log = Log::new(engine).await;
        log.add(0..4, NOON).await;
        let (export, key, folder) = (log.export("whole.export"), log.key(), log.text("witness"));
        let nowhere = log.text("nowhere");
        log.verify(&nowhere).failed(&["nowhere cannot be read"]);
        log.verify(&folder).failed(&["is a folder"]);
        ledger_command(&["verify", &export, "--key", "no+key"]).failed(&["this is not a key"]);
        ledger_command(&["verify", &export, "--key", &key[..key.len() - 4]]).failed(&["this is not a key"]);
        ledger_command(&["verify", &export, "--key", &nowhere]).failed(&["nowhere cannot be read"]);
        let nothing = log.text("nothing.txt");
        std::fs::write(&nothing, "").unwrap();
        ledger_command(&["verify", &export, "--key", &key, "--checkpoints", &nothing]).failed(&["there is no checkpoint in"]);
        ledger_command(&["verify", &export]).ended(2, &["--key"]);

        ledger_command(&["key", "--data", &folder]).failed(&["there is no checkpoint.key"]);
        ledger_command(&["export", "--data", &folder, "--out", &nowhere]).failed(&["there is no ledger"]);
        log.here(&["export", "--out", &export]).failed(&["is there already"]);
        ledger_command(&["prove", &export, "--key", &key, "--line", "4"]).failed(&["does not stand under the checkpoint"]);
        ledger_command(&["prove", &export, "--key", &key, "--from", "3"]).failed(&["the nearest one is over 4 lines"]);
        ledger_command(&["prove", &export, "--key", &key]).ended(2, &["--line"]);
        ledger_command(&["prune", &export, "--before", "2026-02-30"]).ended(2, &["a day is written"]);
        ledger_command(&["prune", &export, "--before", "2026-02-01"]).failed(&["--out"]);
        log.here(&["prune", "--before", "2199-01-01", "--for-good"]).failed(&["up to now"]);
        std::fs::write(log.path("half.export"), &std::fs::read(&export).unwrap()[..400]).unwrap();
        ledger_command(&["prune", &log.text("half.export"), "--before", "2026-02-01", "--out", &nowhere]).unsound(&["cut off"]);
        assert!(!log.path("nowhere").exists(), "no half file is left");
    }

    async fn a_proof_that_was_changed_proves_nothing(engine: Engine) {
        let log = Log::new(engine).await;
        log.add(0..9, NOON).await;
        let export = log.export("whole.export");
        let proof = ledger_command(&["prove", &export, "--key", &log.key(), "--line", "3"]).out;
        log.verify_bytes(proof.as_bytes()).well(&["line 3"]);
        log.verify_bytes(proof.replace("index 3", "index 4").as_bytes()).unsound(&["of another place"]);
        let without = rows(&proof).iter().enumerate().filter(|(place, _)| *place != 3).map(|(_, row)| *row).collect::<String>();
        log.verify_bytes(without.as_bytes()).unsound(&["do not lead from the line to the signed root"]);
        log.verify_bytes(&proof.as_bytes()[..proof.len() / 2]).unsound(&["this is no proof"]);
        let edited = read(&export).replacen(" opened ", " listed ", 1);
        std::fs::write(log.path("edited.export"), edited).unwrap();
        ledger_command(&["prove", &log.text("edited.export"), "--key", &log.key(), "--line", "3"])
            .unsound(&["ledger line 0", "the line was changed"]);
    }
}
