//! The log is signed while it grows; what is not the log that was signed is not signed, and is told.

use super::*;
use plein_domain::checkpoint::{CheckpointState, CheckpointTrouble as Trouble};
use plein_proof::{Expected, Verdict, verify};
use plein_vault::ledger::{CheckpointOptions, KEY_FILE, Witness, export, public_key};
use std::{path::Path, sync::Arc};

/// A ledger that is signed, with its files in a folder of its own.
pub(super) async fn signed_in(engine: &Engine, folder: &Path, witnesses: Vec<Witness>) -> Arc<Ledger> {
    std::fs::create_dir_all(folder).expect("a folder");
    let ledger = engine.ledger().await;
    let options = CheckpointOptions {
        witnesses,
        retry: Duration::from_millis(20),
        // Rarely by itself, so that a test decides what is signed.
        every: Duration::from_secs(60),
        ..CheckpointOptions::in_folder(folder.to_owned())
    };
    ledger.sign_checkpoints(options).expect("begun");
    ledger
}

async fn signed(engine: &Engine) -> Arc<Ledger> {
    signed_in(engine, &engine.folder.join("keys"), Vec::new()).await
}

pub(super) fn size(state: &CheckpointState) -> u64 {
    state.last.expect("something was signed").size
}

fn trouble(state: &CheckpointState) -> Option<Trouble> {
    state.trouble.as_ref().map(|(trouble, _, _)| *trouble)
}

/// The verdict on the ledger as it is now.
pub(super) async fn verdict(engine: &Engine, notes: &[String]) -> Verdict {
    let mut bytes = Vec::new();
    export(&engine.target("ledger"), &mut bytes, |_, _| {}).await.expect("exported");
    judged(engine, &bytes, notes)
}

fn judged(engine: &Engine, bytes: &[u8], notes: &[String]) -> Verdict {
    let key = public_key(&engine.folder.join("keys")).expect("a key");
    match Expected::new(key, notes) {
        Ok(expected) => verify(bytes, &expected, |_| {}).expect("read"),
        Err(fault) => Verdict::Unsound(fault),
    }
}

/// What an administrator can do who takes the triggers away.
async fn past_the_triggers(engine: &Engine, statements: &str) {
    let outside = engine.outside("ledger").await;
    let off = match engine.is_sqlite() {
        true => {
            "DROP TRIGGER lines_never_change; DROP TRIGGER lines_never_go; DROP TRIGGER payloads_go_by_pruning_only;
             DROP TRIGGER payload_objects_go_by_pruning_only; DROP TRIGGER head_moves_forward;
             DROP TRIGGER checkpoints_never_go;"
        }
        false => {
            "ALTER TABLE lines DISABLE TRIGGER USER; ALTER TABLE payloads DISABLE TRIGGER USER;
             ALTER TABLE payload_objects DISABLE TRIGGER USER; ALTER TABLE head DISABLE TRIGGER USER;
             ALTER TABLE checkpoints DISABLE TRIGGER USER;"
        }
    };
    execute(&outside, off).await.expect("an administrator can do this");
    execute(&outside, statements).await.expect("done");
}

/// Takes the log back to its first `size` lines and the checkpoints over them, as an older copy is.
pub(super) async fn put_back(engine: &Engine, size: u64) {
    let statements = format!(
        "DELETE FROM payload_objects WHERE sequence >= {size}; DELETE FROM payloads WHERE sequence >= {size};
         DELETE FROM lines WHERE sequence >= {size}; DELETE FROM checkpoints WHERE size > {size};
         UPDATE head SET next = {size}"
    );
    past_the_triggers(engine, &statements).await;
}

both_engines! {
    async fn what_is_recorded_is_signed_and_can_be_verified(engine: Engine) {
        let ledger = signed(&engine).await;
        assert_eq!(ledger.checkpoint_now().await.last, None, "nothing is signed of a log without lines");
        ledger.append(lines(0..3, NOON)).await.expect("recorded");
        let state = ledger.checkpoint_now().await;
        assert_eq!((size(&state), trouble(&state)), (3, None));
        let key = public_key(&engine.folder.join("keys")).expect("a key");
        assert_eq!(state.key, Some(key.to_string()));
        ledger.checkpoint_now().await;
        ledger.append(lines(3..2_500, NOON)).await.expect("recorded");
        let state = ledger.checkpoint_now().await;
        assert_eq!(size(&state), 2_500);
        let outside = engine.outside("ledger").await;
        assert_eq!(number(&outside, "SELECT count(*) FROM checkpoints").await, 2, "nothing is signed twice");
        let Verdict::Sound(sound) = verdict(&engine, &[]).await else { panic!("not sound") };
        assert_eq!((sound.lines, sound.payloads, sound.checkpoints, sound.after_last()), (2_500, 0, 2, 0));
        assert_eq!(sound.root, state.last.expect("signed").root);
        assert!(ledger.sign_checkpoints(CheckpointOptions::in_folder(engine.folder.clone())).is_err(), "once is enough");
    }

    async fn the_last_lines_are_signed_at_the_end_and_a_restart_goes_on(engine: Engine) {
        for turn in 1..4_u64 {
            let ledger = signed(&engine).await;
            ledger.append(lines(u128::from(turn) * 10..u128::from(turn) * 10 + 5, NOON)).await.expect("recorded");
            ledger.shutdown().await;
            assert_eq!(size(&ledger.checkpoint_state()), turn * 5);
            let Verdict::Sound(sound) = verdict(&engine, &[]).await else { panic!("not sound") };
            assert_eq!(sound.after_last(), 0);
        }
    }

    async fn the_key_stands_apart_and_only_its_owner_can_read_it(engine: Engine) {
        let ledger = signed(&engine).await;
        ledger.append(lines(0..3, NOON)).await.expect("recorded");
        ledger.checkpoint_now().await;
        let file = engine.folder.join("keys").join(KEY_FILE);
        let text = std::fs::read_to_string(&file).expect("the key's file");
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).expect("the file").permissions());
        assert_eq!(mode & 0o777, 0o600);
        let secret = text.trim().rsplit('+').next().expect("its last part");
        assert!(!engine.raw_contains("ledger", secret.as_bytes()).await);
        assert!(!format!("{:?}", ledger.checkpoint_state()).contains(secret));
    }

    async fn an_older_copy_of_the_log_is_not_signed_and_a_fork_of_it_neither(engine: Engine) {
        let ledger = signed(&engine).await;
        ledger.append(lines(0..4, NOON)).await.expect("recorded");
        ledger.checkpoint_now().await;
        ledger.append(lines(4..8, NOON)).await.expect("recorded");
        ledger.shutdown().await;
        put_back(&engine, 4).await;

        let ledger = signed(&engine).await;
        let state = ledger.checkpoint_now().await;
        assert_eq!(trouble(&state), Some(Trouble::Shorter), "{state:?}");
        assert_eq!(ledger.append(lines(20..26, NOON)).await.expect("the ledger goes on"), (4..10).collect::<Vec<u64>>());
        let state = ledger.checkpoint_now().await;
        assert_eq!(trouble(&state), Some(Trouble::Forked), "{state:?}");
        ledger.shutdown().await;
        let outside = engine.outside("ledger").await;
        assert_eq!(number(&outside, "SELECT max(size) FROM checkpoints").await, 4, "nothing was signed over the fork");
    }

    async fn a_changed_line_is_found_before_anything_is_signed_over_it(engine: Engine) {
        let ledger = signed(&engine).await;
        ledger.append(lines(0..6, NOON)).await.expect("recorded");
        ledger.shutdown().await;
        past_the_triggers(&engine, "UPDATE lines SET kind = 'listed' WHERE sequence = 2").await;
        let ledger = signed(&engine).await;
        let state = ledger.checkpoint_now().await;
        let (trouble, _, cause) = state.trouble.expect("an alarm");
        assert_eq!(trouble, Trouble::Edited);
        assert!(cause.contains("line 2"), "{cause}");
        let Verdict::Unsound(fault) = verdict(&engine, &[]).await else { panic!("taken for sound") };
        assert_eq!((fault.line, fault.defect), (Some(2), plein_proof::Defect::Edited));
        // What is put right is signed again, without a restart.
        let outside = engine.outside("ledger").await;
        execute(&outside, "UPDATE lines SET kind = 'opened' WHERE sequence = 2").await.expect("put right");
        ledger.append(lines(9..10, NOON)).await.expect("recorded");
        let state = ledger.checkpoint_now().await;
        assert_eq!((size(&state), state.trouble), (7, None));
    }

    async fn two_nodes_with_one_key_sign_one_log(engine: Engine) {
        let keys = engine.folder.join("keys");
        let one = signed_in(&engine, &keys, Vec::new()).await;
        one.append(lines(0..1, NOON)).await.expect("recorded");
        one.checkpoint_now().await;
        let other = engine.folder.join("other");
        std::fs::create_dir_all(&other).expect("a folder");
        std::fs::copy(keys.join(KEY_FILE), other.join(KEY_FILE)).expect("brought");
        let two = signed_in(&engine, &other, Vec::new()).await;
        let mut tasks = tokio::task::JoinSet::new();
        for turn in 1..30_u128 {
            let ledger = if turn % 2 == 0 { one.clone() } else { two.clone() };
            tasks.spawn(async move {
                ledger.append(lines(turn * 10..turn * 10 + 3, NOON)).await.expect("recorded");
                ledger.checkpoint_now().await
            });
        }
        let states = tasks.join_all().await;
        assert!(states.iter().all(|state| trouble(state).is_none_or(|trouble| !trouble.is_alarm())), "{states:?}");
        for ledger in [&one, &two] {
            assert_eq!(size(&ledger.checkpoint_now().await), 88);
        }
        let Verdict::Sound(sound) = verdict(&engine, &[]).await else { panic!("not sound") };
        assert!(sound.checkpoints > 2, "both signed");
    }

    async fn a_node_without_the_logs_key_signs_nothing_and_says_so(engine: Engine) {
        let one = signed(&engine).await;
        one.append(lines(0..2, NOON)).await.expect("recorded");
        one.checkpoint_now().await;
        let stranger = signed_in(&engine, &engine.folder.join("other"), Vec::new()).await;
        stranger.append(lines(2..4, NOON)).await.expect("recorded all the same");
        assert_eq!(trouble(&stranger.checkpoint_now().await), Some(Trouble::Key));
        assert!(!engine.folder.join("other").join(KEY_FILE).exists(), "no second key is made");
        std::fs::write(engine.folder.join("third.key"), "PRIVATE+KEY+nonsense").expect("written");
        std::fs::copy(engine.folder.join("third.key"), engine.folder.join("other").join(KEY_FILE)).expect("copied");
        assert_eq!(trouble(&stranger.checkpoint_now().await), Some(Trouble::Key));
        std::fs::copy(engine.folder.join("keys").join(KEY_FILE), engine.folder.join("other").join(KEY_FILE)).expect("brought");
        let state = stranger.checkpoint_now().await;
        assert_eq!((size(&state), state.trouble), (4, None));
    }

    async fn a_crash_between_file_and_database_is_made_good(engine: Engine) {
        let ledger = signed(&engine).await;
        ledger.append(lines(0..5, NOON)).await.expect("recorded");
        ledger.shutdown().await;
        past_the_triggers(&engine, "DELETE FROM checkpoints").await;
        let ledger = signed(&engine).await;
        let state = ledger.checkpoint_now().await;
        assert_eq!((size(&state), state.trouble), (5, None));
        let Verdict::Sound(sound) = verdict(&engine, &[]).await else { panic!("not sound") };
        assert_eq!(sound.checkpoints, 1);
    }

    async fn the_database_refuses_to_change_a_checkpoint(engine: Engine) {
        let ledger = signed(&engine).await;
        ledger.append(lines(0..5, NOON)).await.expect("recorded");
        ledger.checkpoint_now().await;
        let outside = engine.outside("ledger").await;
        for statement in [
            "UPDATE checkpoints SET note = 'x'",
            "DELETE FROM checkpoints",
            "INSERT INTO checkpoints (size, at, note) VALUES (4, 0, 'x')",
            "INSERT INTO checkpoints (size, at, note) VALUES (6, 0, 'x')",
        ] {
            let text = format!("{:?}", execute(&outside, statement).await.err());
            assert!(text.contains("append-only"), "{statement}: {text}");
        }
        let replace = if engine.is_sqlite() {
            "INSERT OR REPLACE INTO checkpoints (size, at, note) VALUES (5, 0, 'x')"
        } else {
            "TRUNCATE checkpoints"
        };
        assert!(execute(&outside, replace).await.is_err());
    }

    async fn payloads_leave_only_under_a_line_of_their_own_and_pruned_ones_not_at_all(engine: Engine) {
        let ledger = signed(&engine).await;
        let early = Moment(1_789_473_600_000_000);
        ledger.append(lines(0..3, early)).await.expect("recorded");
        ledger.append(lines(3..8, NOON)).await.expect("recorded");
        ledger.prune_payloads_before(early.plus_seconds(86_400 * 40)).await.expect("pruned");
        let mut out = Vec::new();
        let mut taken = line(99, NOON);
        taken.kind = LineKind::Exported;
        let exported = ledger.export_with_payloads(taken.clone(), &mut out, |_, _| {}).await.expect("exported");
        assert_eq!((exported.lines, exported.payloads), (9, 6));
        assert!(ledger.contains(taken.event).await.expect("read"), "that it left is in the log");
        ledger.checkpoint_now().await;
        out.clear();
        ledger.export_with_payloads(taken, &mut out, |_, _| {}).await.expect("exported");
        let Verdict::Sound(sound) = judged(&engine, &out, &[]) else { panic!("not sound") };
        assert_eq!((sound.lines, sound.payloads, sound.after_last()), (9, 6, 0));
        let Verdict::Sound(without) = verdict(&engine, &[]).await else { panic!("not sound") };
        assert_eq!((without.payloads, without.root), (0, sound.root));
        // No line, no payloads.
        ledger.shutdown().await;
        let mut nothing = Vec::new();
        assert!(ledger.export_with_payloads(line(100, NOON), &mut nothing, |_, _| {}).await.is_err());
        assert!(nothing.is_empty());
    }
}
