//! Whatever is changed in an export is found, and said in one verdict that names the first bad row.

#[path = "exports/pieces.rs"]
mod pieces;

use plein_domain::{
    ids::{EventId, TraceId},
    ledger::Envelope,
    moment::Moment,
};
use plein_proof::*;
use proptest::prelude::*;
use uuid::Uuid;

const NOON: i64 = 1_795_435_200_000_000;

fn key() -> SigningKey {
    SigningKey::from_random(&origin_of(Uuid::from_u128(1)), &[7; 32]).expect("a name")
}

/// A log: per line whether its payload is there, and whether a checkpoint follows.
#[derive(Debug, Clone)]
struct Log(Vec<(bool, bool)>);

fn opening(sequence: u64) -> Opening {
    Opening { salt: [sequence as u8; 32], payload: format!("payload of line {sequence}").into_bytes() }
}

fn at(sequence: u64) -> Moment {
    Moment(NOON + i64::try_from(sequence).expect("small") * 1_000_000)
}

fn leaf_of(envelope: &Envelope<'_>) -> Hash {
    let mut bytes = Vec::new();
    envelope.write(&mut bytes);
    leaf(&bytes)
}

impl Log {
    /// Its export, and the checkpoints in it.
    fn export(&self) -> (Vec<u8>, Vec<String>) {
        self.export_under(&key())
    }

    fn export_under(&self, key: &SigningKey) -> (Vec<u8>, Vec<String>) {
        let origin = key.public().name().to_owned();
        let mut export = Export::begin(Vec::new(), &origin).expect("begun");
        let mut tree = Frontier::default();
        let mut notes = Vec::new();
        for (sequence, (with_payload, checkpoint)) in (0..).zip(&self.0) {
            let Opening { salt, payload } = opening(sequence);
            let envelope = Envelope {
                sequence,
                at: at(sequence),
                event: EventId(Uuid::from_u128(u128::from(sequence) + 100)),
                trace: TraceId(Uuid::from_u128(5)),
                kind: "opened",
                outcome: "permitted",
                commitment: commitment_of(&salt, &payload),
            };
            let leaf = leaf_of(&envelope);
            export.line(&envelope, leaf, with_payload.then(|| opening(sequence)).as_ref()).expect("written");
            tree.push(leaf);
            if *checkpoint {
                let (size, root) = (tree.size(), tree.root());
                let note = Checkpoint { origin: origin.clone(), size, root, at: Some(at(sequence)) }.signed(key);
                export.checkpoint(&note).expect("written");
                notes.push(note);
            }
        }
        (export.end().expect("ended"), notes)
    }
}

fn judged(bytes: &[u8], gathered: &[String]) -> Verdict {
    match Expected::new(key().public().clone(), gathered) {
        Ok(expected) => verify(bytes, &expected, |_| {}).expect("read"),
        Err(fault) => Verdict::Unsound(fault),
    }
}

fn sound(bytes: &[u8]) -> Sound {
    match judged(bytes, &[]) {
        Verdict::Sound(sound) => sound,
        Verdict::Unsound(fault) => panic!("{fault}"),
    }
}

fn fault(verdict: Verdict) -> Fault {
    match verdict {
        Verdict::Unsound(fault) => fault,
        Verdict::Sound(sound) => panic!("taken for sound: {sound:?}"),
    }
}

fn rows(bytes: &[u8]) -> Vec<String> {
    String::from_utf8(bytes.to_vec()).expect("text").split_inclusive('\n').map(str::to_owned).collect()
}

/// Logs of which at least one line stands under a checkpoint.
fn logs() -> impl Strategy<Value = Log> {
    prop::collection::vec(any::<(bool, bool)>(), 1..24).prop_map(|mut lines| {
        if let Some(last) = lines.last_mut() {
            last.1 = true;
        }
        Log(lines)
    })
}

proptest! {
    #[test]
    fn what_was_exported_is_sound(log in logs()) {
        let (bytes, notes) = log.export();
        let sound = sound(&bytes);
        prop_assert_eq!(sound.lines, log.0.len() as u64);
        prop_assert_eq!(sound.payloads, log.0.iter().filter(|line| line.0).count() as u64);
        prop_assert_eq!(sound.checkpoints, notes.len() as u64);
        prop_assert_eq!(sound.after_last(), 0);
        prop_assert!(matches!(judged(&bytes, &notes), Verdict::Sound(all) if all.witnessed == notes.len() as u64));
    }

    #[test]
    fn a_flipped_byte_is_found(log in logs(), place: prop::sample::Index, change in 1..=255_u8) {
        let (mut bytes, _) = log.export();
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        fault(judged(&bytes, &[]));
    }

    #[test]
    fn a_cut_anywhere_is_found(log in logs(), place: prop::sample::Index) {
        let (bytes, _) = log.export();
        fault(judged(&bytes[..place.index(bytes.len())], &[]));
    }

    #[test]
    fn a_row_that_is_dropped_doubled_moved_or_swapped_is_found(
        log in logs(), one: prop::sample::Index, other: prop::sample::Index
    ) {
        let rows = rows(&log.export().0);
        let (one, other) = (one.index(rows.len()), other.index(rows.len()));
        let mut dropped = rows.clone();
        let row = dropped.remove(one);
        fault(judged(dropped.concat().as_bytes(), &[]));
        let mut doubled = rows.clone();
        doubled.insert(other, row.clone());
        fault(judged(doubled.concat().as_bytes(), &[]));
        let mut moved = dropped;
        moved.insert(other.min(moved.len()), row);
        if moved != rows {
            fault(judged(moved.concat().as_bytes(), &[]));
        }
        let mut swapped = rows.clone();
        swapped.swap(one, other);
        if swapped != rows {
            fault(judged(swapped.concat().as_bytes(), &[]));
        }
    }

    #[test]
    fn bytes_that_are_put_in_anywhere_are_found(log in logs(), place: prop::sample::Index, more in "[ -~\n]{1,40}") {
        let (mut bytes, _) = log.export();
        let place = place.index(bytes.len() + 1);
        bytes.splice(place..place, more.into_bytes());
        fault(judged(&bytes, &[]));
    }

    #[test]
    fn who_hashes_anew_what_they_changed_is_found_by_the_next_checkpoint(log in logs(), line: prop::sample::Index) {
        let (bytes, notes) = log.export();
        let changed = line.index(log.0.len());
        let mut export = Export::begin(Vec::new(), key().public().name()).expect("begun");
        let mut notes = notes.into_iter();
        let (mut number, mut first_checkpoint) = (0, None);
        each_leaf(bytes.as_slice(), |envelope, _| {
            let mut envelope = *envelope;
            if number == changed {
                envelope.trace = TraceId(Uuid::from_u128(666));
            }
            export.line(&envelope, leaf_of(&envelope), log.0[number].0.then(|| opening(envelope.sequence)).as_ref()).expect("written");
            if log.0[number].1 {
                if number >= changed {
                    first_checkpoint.get_or_insert(number as u64 + 1);
                }
                export.checkpoint(&notes.next().expect("as many")).expect("written");
            }
            number += 1;
            true
        }).expect("read").expect("rows");
        let fault = fault(judged(&export.end().expect("ended"), &[]));
        prop_assert_eq!(fault.defect, Defect::Tree(first_checkpoint.expect("the last line has one")));
    }

    #[test]
    fn an_end_that_was_cut_off_cleanly_is_found_by_a_witness(log in logs(), left: prop::sample::Index) {
        let (_, notes) = log.export();
        let mut shorter = Log(log.0[..left.index(log.0.len())].to_vec());
        if let Some(last) = shorter.0.last_mut() {
            last.1 = true;
        }
        let (bytes, _) = shorter.export();
        sound(&bytes);
        let lines = shorter.0.len() as u64;
        let found = fault(judged(&bytes, &notes)).defect;
        prop_assert_eq!(found, Defect::Shorter { lines, witnessed: log.0.len() as u64 });
    }

    #[test]
    fn pruning_takes_the_payloads_before_a_moment_and_every_proof_stays(log in logs(), until in 0..24_u64) {
        let (bytes, notes) = log.export();
        let mut pruned = Vec::new();
        let count = prune(bytes.as_slice(), &mut pruned, at(until)).expect("read").expect("rows");
        let stays = |(place, line): &(usize, &(bool, bool))| line.0 && *place as u64 >= until;
        prop_assert_eq!(count.kept, log.0.iter().enumerate().filter(stays).count() as u64);
        let Verdict::Sound(after) = judged(&pruned, &notes) else { panic!("no longer sound") };
        prop_assert_eq!(after.root, sound(&bytes).root);
        prop_assert_eq!(after.payloads, count.kept);
        // A payload that was taken out by hand before is not made right by pruning.
        let mut rows = rows(&bytes);
        if let Some(payload) = rows.iter().position(|row| row.starts_with("payload ")) {
            rows.remove(payload);
            prop_assert!(prune(rows.concat().as_bytes(), Vec::new(), at(until)).expect("read").is_err());
        }
    }

    #[test]
    fn every_line_and_every_growth_is_proved_from_an_export(log in logs(), line: prop::sample::Index) {
        let (bytes, notes) = log.export();
        let index = line.index(log.0.len()) as u64;
        let note = notes.last().expect("one at least").clone();
        let size = log.0.len() as u64;
        let (mut collector, mut proved) = (Collector::new(inclusion_ranges(index, size)), Vec::new());
        each_leaf(bytes.as_slice(), |envelope, leaf| {
            if envelope.sequence == index {
                envelope.write(&mut proved);
            }
            collector.push(leaf);
            true
        }).expect("read").expect("rows");
        let proof = Proof::Inclusion { envelope: proved, index, hashes: collector.proof().expect("all"), note };
        let text = proof.text();
        prop_assert_eq!(&Proof::read(&text), &Ok(proof));
        prop_assert!(Proof::read(&text).expect("read").judge(key().public()).is_ok());
        // No part of it can be changed: every byte counts.
        for place in 0..text.len() {
            let mut other = text.clone().into_bytes();
            other[place] ^= 1;
            let holds = String::from_utf8(other).ok().and_then(|text| Proof::read(&text).ok());
            prop_assert!(holds.is_none_or(|proof| proof.judge(key().public()).is_err()), "byte {}", place);
        }
    }
}

#[test]
fn a_log_of_no_lines_is_sound_and_says_so() {
    let (bytes, _) = Log(Vec::new()).export();
    let empty = sound(&bytes);
    assert_eq!((empty.lines, empty.last, empty.root), (0, None, empty_root()));
    let (_, notes) = Log(vec![(false, true)]).export();
    assert_eq!(fault(judged(&bytes, &notes)).defect, Defect::Shorter { lines: 0, witnessed: 1 });
}

#[test]
fn each_kind_of_bad_input_has_its_verdict() {
    let log = Log((0..6).map(|number| (true, number % 2 == 1)).collect());
    let (bytes, notes) = log.export();
    let all = rows(&bytes);
    // Header, origin, then line, payload, line, payload, checkpoint, …
    assert!(all[2].starts_with("line 0 ") && all[4].starts_with("line 1 ") && all[6].starts_with("checkpoint "));
    let without = |rows: &[usize]| {
        let kept = all.iter().enumerate().filter(|(place, _)| !rows.contains(place));
        fault(judged(kept.map(|(_, row)| row.as_str()).collect::<String>().as_bytes(), &[]))
    };
    let named = |row, line, defect| Fault { row: Some(row), line, defect };
    assert_eq!(without(&[2, 3]), named(3, Some(0), Defect::Missing { expected: 0, found: 1 }));
    assert_eq!(without(&[2]), named(3, None, Defect::StrayPayload));
    let last = all.len();
    let counted = Defect::Count { what: "payloads", counted: 6, found: 5 };
    assert_eq!(without(&[3]), named(last as u64 - 1, Some(6), counted));
    assert_eq!(without(&[last - 1]).defect, Defect::CutOff);
    let edited = all.concat().replacen("opened", "listed", 1);
    assert_eq!(fault(judged(edited.as_bytes(), &[])), named(3, Some(0), Defect::Edited));
    let twice = [bytes.clone(), bytes.clone()].concat();
    assert_eq!(fault(judged(&twice, &[])), named(last as u64 + 1, None, Defect::AfterEnd));
    let mut swapped = all.clone();
    swapped.swap(2, 4);
    assert_eq!(
        fault(judged(swapped.concat().as_bytes(), &[])),
        named(3, Some(0), Defect::Missing { expected: 0, found: 1 })
    );

    let other = SigningKey::from_random(&origin_of(Uuid::from_u128(2)), &[8; 32]).expect("a name");
    let (foreign, foreign_notes) = log.export_under(&other);
    assert!(matches!(fault(judged(&foreign, &[])).defect, Defect::OtherInstallation { .. }));
    assert!(matches!(fault(judged(&bytes, &foreign_notes)).defect, Defect::Witness { number: 1, .. }));
    let same_name = SigningKey::from_random(key().public().name(), &[9; 32]).expect("a name");
    let (forged, _) = log.export_under(&same_name);
    let found = fault(judged(&forged, &[])).defect;
    assert!(matches!(found, Defect::Checkpoint(NoteFault::OtherKey { .. })), "{found}");

    let bare = Log(vec![(false, false)]).export().0;
    assert_eq!(fault(judged(&bare, &[])).defect, Defect::NoCheckpoint);
    assert_eq!(fault(judged(b"", &[])).defect, Defect::NoExport);
    assert_eq!(fault(judged(b"something else\n", &[])).defect, Defect::NoExport);

    // The same log, written anew under the same key: only who kept a checkpoint elsewhere can tell.
    let rewritten = Log((0..6).map(|number| (false, number == 5)).collect());
    let forked = rows(&rewritten.export().0).concat().replace(" opened ", " listed ");
    assert!(matches!(fault(judged(forked.as_bytes(), &[])).defect, Defect::Edited));
    let (_, mut disagreeing) = rewritten.export();
    disagreeing.extend(notes.clone());
    assert!(matches!(judged(&bytes, &disagreeing), Verdict::Sound(_)), "the same tree signed twice is no fork");
    let fork = Checkpoint { origin: key().public().name().to_owned(), size: 4, root: [4; 32], at: None }.signed(&key());
    assert_eq!(fault(judged(&bytes, std::slice::from_ref(&fork))).defect, Defect::Rewritten(4));
    assert_eq!(fault(judged(&bytes, &[fork, notes[1].clone()])).defect, Defect::WitnessesDisagree(4));
}

#[test]
fn a_clock_that_jumps_back_is_told_and_is_no_fault() {
    let mut export = Export::begin(Vec::new(), key().public().name()).expect("begun");
    let mut tree = Frontier::default();
    for (sequence, second) in (0..).zip([5, 6, 3, 4, 1]) {
        let envelope = Envelope {
            sequence,
            at: at(second),
            event: EventId(Uuid::from_u128(u128::from(sequence))),
            trace: TraceId(Uuid::nil()),
            kind: "opened",
            outcome: "permitted",
            commitment: [0; 32],
        };
        export.line(&envelope, leaf_of(&envelope), None).expect("written");
        tree.push(leaf_of(&envelope));
    }
    let origin = key().public().name().to_owned();
    export.checkpoint(&Checkpoint { origin, size: 5, root: tree.root(), at: None }.signed(&key())).expect("written");
    assert_eq!(sound(&export.end().expect("ended")).clock_back, Some((2, 2)));
}

#[test]
fn a_consistency_proof_is_read_as_it_is_written() {
    let log = Log(vec![(false, true); 7]);
    let (bytes, notes) = log.export();
    for (first, second) in [(3, 7), (4, 7), (7, 7), (1, 2)] {
        let mut collector = Collector::new(consistency_ranges(first, second));
        each_leaf(bytes.as_slice(), |_, leaf| {
            collector.push(leaf);
            true
        })
        .expect("read")
        .expect("rows");
        let note = |size: u64| notes[size as usize - 1].clone();
        let hashes = collector.proof().expect("all");
        let proof = Proof::Consistency { hashes, first: note(first), second: note(second) };
        let read = Proof::read(&proof.text()).expect("read");
        assert_eq!(read, proof);
        assert!(read.judge(key().public()).is_ok(), "{first} of {second}");
        let other = Proof::Consistency { hashes: vec![[1; 32]], first: note(first), second: note(second) };
        assert!(other.judge(key().public()).is_err());
    }
}
