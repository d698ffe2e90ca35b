//! The log is signed while it grows; what is not the log that was signed is not signed, and is told.

use super::*;
use base64::Engine as _;
use plein_domain::checkpoint::{CheckpointState, CheckpointTrouble as Trouble};
use plein_proof::{Checkpoint, Expected, Verdict, gathered, verify};
use plein_vault::ledger::{CheckpointOptions, KEY_FILE, MailWitness, Witness, export, public_key};
use std::{
    io::{BufRead, Read, Write},
    path::Path,
    sync::{Arc, Mutex},
};

/// A ledger that is signed, with its files in a folder of its own.
async fn signed_in(engine: &Engine, folder: &Path, witnesses: Vec<Witness>) -> Arc<Ledger> {
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

fn size(state: &CheckpointState) -> u64 {
    state.last.expect("something was signed").size
}

fn trouble(state: &CheckpointState) -> Option<Trouble> {
    state.trouble.as_ref().map(|(trouble, _, _)| *trouble)
}

/// The verdict on the ledger as it is now.
async fn verdict(engine: &Engine, notes: &[String]) -> Verdict {
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

fn mail(server: &str) -> MailWitness {
    MailWitness {
        server: server.into(),
        from: "Plein <plein@gemeente.example>".into(),
        to: "fg@gemeente.example".into(),
    }
}

/// A mail server that takes everything, and keeps what it was told.
struct MailServer {
    address: String,
    mails: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("smtp://{}", listener.local_addr().expect("an address"));
        let mails = Arc::<Mutex<Vec<String>>>::default();
        let kept = mails.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                Self::talk(stream.expect("a call"), &kept).expect("a whole mail");
            }
        });
        Self { address, mails }
    }

    /// One call, until a mail is taken or the other side hangs up. What it said is kept before it is told that it is taken.
    fn talk(stream: std::net::TcpStream, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
        let mut reader = std::io::BufReader::new(stream);
        reader.get_mut().write_all(b"220 mail.example\r\n")?;
        let (mut said, mut within) = (String::new(), false);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line.starts_with("QUIT") {
                return Ok(());
            }
            said.push_str(&line);
            let answer: &[u8] = match (within, line.trim_end()) {
                (true, ".") => {
                    kept.lock().expect("no panic").push(said);
                    return reader.get_mut().write_all(b"250 taken\r\n");
                }
                (true, _) => continue,
                (false, "DATA") => {
                    within = true;
                    b"354 go on\r\n"
                }
                (false, _) => b"250 mail.example\r\n",
            };
            reader.get_mut().write_all(answer)?;
        }
    }

    fn mails(&self) -> Vec<String> {
        self.mails.lock().expect("no panic").clone()
    }

    /// Waits until it has taken so many.
    async fn taken(&self, count: usize) {
        for _ in 0..500 {
            if self.mails().len() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{count} mails did not come: {:?}", self.mails());
    }
}

/// The file that a mail carries.
fn attached(mail: &str) -> String {
    let (_, part) = mail.split_once("Content-Disposition: attachment").expect("a file");
    assert!(mail.contains("Content-Transfer-Encoding: base64"), "kept from what breaks lines: {mail}");
    let (_, body) = part.split_once("\r\n\r\n").expect("a body");
    let body = body.split("\r\n--").next().unwrap_or_default();
    let bytes = base64::engine::general_purpose::STANDARD.decode(body.replace("\r\n", "")).expect("base64");
    String::from_utf8(bytes).expect("text")
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
async fn put_back(engine: &Engine, size: u64) {
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

    async fn a_witness_file_keeps_each_checkpoint_once_and_finds_a_log_that_was_cut_off(engine: Engine) {
        let file = engine.folder.join("witness.txt");
        let witness = vec![Witness::File(file.clone())];
        for turn in 0..3_u128 {
            let ledger = signed_in(&engine, &engine.folder.join("keys"), witness.clone()).await;
            ledger.append(lines(turn * 10..turn * 10 + 2, NOON)).await.expect("recorded");
            ledger.shutdown().await;
            let again = signed_in(&engine, &engine.folder.join("keys"), witness.clone()).await;
            again.shutdown().await;
        }
        let notes = gathered(&std::fs::read_to_string(&file).expect("the witness's file"));
        let key = public_key(&engine.folder.join("keys")).expect("a key");
        let sizes: Vec<u64> = notes.iter().map(|note| Checkpoint::open(note, &key).expect("signed").size).collect();
        assert_eq!(sizes, [2, 4, 6]);
        assert!(matches!(verdict(&engine, &notes).await, Verdict::Sound(sound) if sound.witnessed == 3));
        put_back(&engine, 4).await;
        assert!(matches!(verdict(&engine, &[]).await, Verdict::Sound(_)), "who has only the log cannot know");
        let Verdict::Unsound(fault) = verdict(&engine, &notes).await else { panic!("taken for sound") };
        assert_eq!(fault.defect, plein_proof::Defect::Shorter { lines: 4, witnessed: 6 });
    }

    async fn a_witness_that_takes_nothing_is_told_and_keeps_nobody_waiting(engine: Engine) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/checkpoints", listener.local_addr().expect("an address"));
        let url = Witness::Url(address.parse().expect("an address"));
        let ledger = signed_in(&engine, &engine.folder.join("keys"), vec![url]).await;
        ledger.append(lines(0..2, NOON)).await.expect("recorded");
        let answering = std::thread::spawn(move || {
            let mut bodies: Vec<String> = Vec::new();
            let mut answers = ["HTTP/1.1 503 Busy\r\n\r\n", "nonsense\n"].into_iter();
            loop {
                let (stream, _) = listener.accept().expect("a call");
                let mut reader = std::io::BufReader::new(stream);
                let (mut head, mut length) = (String::new(), 0);
                while !head.ends_with("\r\n\r\n") {
                    let begin = head.len();
                    reader.read_line(&mut head).expect("a line of the head");
                    if let Some(number) = head[begin..].strip_prefix("Content-Length: ") {
                        length = number.trim().parse().expect("a number");
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).expect("the body");
                let answer = answers.next();
                let last = answer.is_none() && String::from_utf8_lossy(&body).contains("\n3\n");
                bodies.push(head + &String::from_utf8(body).expect("text"));
                let answer = answer.unwrap_or("HTTP/1.1 204 Taken\r\n\r\n");
                reader.get_mut().write_all(answer.as_bytes()).expect("writable");
                if last {
                    return bodies;
                }
            }
        });
        let state = ledger.checkpoint_now().await;
        assert_eq!(size(&state), 2, "signed, whatever the witness says");
        ledger.append(lines(2..3, NOON)).await.expect("recorded");
        ledger.shutdown().await;
        let bodies = answering.join().expect("calls");
        assert!(bodies[0].starts_with("POST /checkpoints HTTP/1.1\r\n"), "{bodies:?}");
        let state = ledger.checkpoint_state();
        assert_eq!(state.witnesses[0].failing, None);
        assert_eq!(state.witnesses[0].name, address);
        let (size, _) = state.witnesses[0].delivered.expect("delivered in the end");
        assert_eq!(size, 3, "the newest one takes the place of those before it");
        let (_, body) = bodies[bodies.len() - 1].split_once("\r\n\r\n").expect("a body");
        let key = public_key(&engine.folder.join("keys")).expect("a key");
        assert_eq!(Checkpoint::open(body, &key).expect("signed").size, 3);
    }

    async fn a_checkpoint_is_mailed_whole_and_not_more_often_than_every_hour(engine: Engine) {
        let server = MailServer::start();
        let mail = Witness::Mail(mail(&server.address));
        let ledger = signed_in(&engine, &engine.folder.join("keys"), vec![mail]).await;
        ledger.append(lines(0..2, NOON)).await.expect("recorded");
        ledger.checkpoint_now().await;
        server.taken(1).await;
        // Within the hour: these are held back, and the newest of them goes at the end.
        for more in [2..3, 3..5] {
            ledger.append(lines(more, NOON)).await.expect("recorded");
            ledger.checkpoint_now().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(server.mails().len(), 1);
        ledger.shutdown().await;
        let mails = server.mails();
        assert_eq!(mails.len(), 2);
        let key = public_key(&engine.folder.join("keys")).expect("a key");
        for (mail, size) in mails.iter().zip([2, 5]) {
            assert!(mail.contains("MAIL FROM:<plein@gemeente.example>"), "{mail}");
            assert!(mail.contains("RCPT TO:<fg@gemeente.example>"), "{mail}");
            assert!(mail.contains("Auto-Submitted: auto-generated"), "{mail}");
            assert_eq!(Checkpoint::open(&attached(mail), &key).expect("signed, and not changed on its way").size, size);
        }
        let state = ledger.checkpoint_state();
        assert_eq!(state.witnesses[0].name, "mailto:fg@gemeente.example");
        assert_eq!(state.witnesses[0].delivered.map(|(size, _)| size), Some(5));
    }

    async fn an_unreachable_witness_is_told(engine: Engine) {
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
        let url = Witness::Url(format!("http://{free}/").parse().expect("an address"));
        let ledger = signed_in(&engine, &engine.folder.join("keys"), vec![url]).await;
        ledger.append(lines(0..2, NOON)).await.expect("recorded");
        ledger.checkpoint_now().await;
        // Until its first attempt has failed.
        for _ in 0..500 {
            if ledger.checkpoint_state().witnesses[0].failing.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let state = ledger.checkpoint_state();
        assert!(state.witnesses[0].failing.is_some() && state.trouble.is_none(), "{state:?}");
    }

    async fn witnesses_that_make_no_sense_are_refused_at_the_start(engine: Engine) {
        let ledger = engine.ledger().await;
        for witness in [
            Witness::File(engine.folder.join("witness.txt")),
            Witness::File(engine.folder.join("not-there").join("witness.txt")),
            Witness::Url("https://witness.example/".parse().expect("an address")),
            Witness::Url("http://me:secret@witness.example/".parse().expect("an address")),
            Witness::Url("/path".parse().expect("an address")),
            Witness::Mail(mail("mail.example")),
            Witness::Mail(mail("smtp://me:secret@mail.example")),
            Witness::Mail(mail("smtp://mail.example?tls=perhaps")),
            Witness::Mail(MailWitness { to: "nobody".into(), ..mail("smtp://mail.example") }),
        ] {
            let options = CheckpointOptions {
                witnesses: vec![witness.clone()],
                ..CheckpointOptions::in_folder(engine.folder.clone())
            };
            assert!(matches!(ledger.sign_checkpoints(options), Err(LedgerError::Refused(_))), "{witness:?}");
        }
        let slow = CheckpointOptions {
            every: Duration::from_secs(61),
            ..CheckpointOptions::in_folder(engine.folder.clone())
        };
        assert!(ledger.sign_checkpoints(slow).is_err());
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
