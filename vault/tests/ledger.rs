//! The ledger: a line is durable or it is not acknowledged, and nothing changes a line.

mod common;

use common::{Engine, NOON, both_engines, execute, lines::*, number};
use plein_domain::{access_log::PurposeKind, ids::*, ledger::*, moment::Moment, purpose::StatedPurpose};
use plein_vault::{
    keyring::{KeyKind, KeyringError},
    ledger::{Ledger, LedgerDown, LedgerError, LedgerOptions, LogQuery, Role, leaf, period_key_id, restrict_role},
};
use sha2::{Digest, Sha256};
use std::time::Duration;
use uuid::Uuid;

#[path = "ledger/bytes.rs"]
mod bytes;
#[path = "ledger/checkpoints.rs"]
mod checkpoints;
#[path = "ledger/down.rs"]
mod down;
#[path = "ledger/pruning.rs"]
mod pruning;
#[path = "ledger/tampering.rs"]
mod tampering;
#[path = "ledger/witnesses.rs"]
mod witnesses;

/// The places are 0, 1, 2, … without a gap, and the head stands behind them.
async fn is_dense(engine: &Engine, count: i64) {
    let outside = engine.outside("ledger").await;
    assert_eq!(number(&outside, "SELECT count(*) FROM lines").await, count);
    assert_eq!(number(&outside, "SELECT coalesce(max(sequence) + 1, 0) FROM lines").await, count);
    assert_eq!(number(&outside, "SELECT coalesce(min(sequence), 0) FROM lines").await, 0);
    assert_eq!(number(&outside, "SELECT next FROM head").await, count);
}

both_engines! {
    async fn a_line_is_read_as_it_was_recorded(engine: Engine) {
        let ledger = engine.ledger().await;
        let recorded = lines(1..4, NOON);
        assert_eq!(ledger.append(recorded.clone()).await.expect("recorded"), [0, 1, 2]);
        assert_eq!(ledger.append(Vec::new()).await.expect("nothing to do"), Vec::<u64>::new());
        let read = engine.ledger().await.search(&LogQuery::default(), 10).await.expect("read");
        assert_eq!(read.iter().map(|entry| entry.sequence).collect::<Vec<_>>(), [2, 1, 0]);
        for (entry, line) in read.iter().rev().zip(&recorded) {
            assert_eq!(entry.payload.as_ref(), Some(&line.payload));
            let envelope = line.envelope(entry.sequence, &entry.commitment);
            let mut hash = Sha256::new_with_prefix([0]);
            hash.update(&envelope);
            assert_eq!(entry.leaf.as_slice(), hash.finalize().as_slice(), "RFC 6962: SHA-256(0x00 || envelope)");
            assert_eq!(entry.leaf, leaf(&envelope));
            assert_eq!((entry.event, entry.at, entry.trace), (line.event, line.at, line.trace));
            assert_eq!((entry.kind, entry.outcome), (line.kind, line.outcome));
        }
        let one = ledger.entry(recorded[1].event).await.expect("read").expect("there");
        assert_eq!(one, read[1]);
        assert!(ledger.contains(recorded[0].event).await.expect("read"));
        assert!(!ledger.contains(EventId(Uuid::from_u128(99))).await.expect("read"));
        assert_eq!(ledger.entry(EventId(Uuid::from_u128(99))).await.expect("read"), None);
    }

    async fn the_log_is_searched_by_object_person_and_kind_and_paged(engine: Engine) {
        let ledger = engine.ledger().await;
        let mut recorded = lines(0..10, NOON);
        let other = PersonId(Uuid::from_u128(0xb));
        for (number, line) in recorded.iter_mut().enumerate() {
            if number % 2 == 1 {
                line.payload.actor = other;
            }
            if number % 5 == 0 {
                line.kind = LineKind::Refused;
            }
            if number == 3 {
                // A list with the same object twice, and another one.
                line.payload.objects = vec![signal(7), signal(8), signal(7)];
            }
            if number == 4 {
                line.payload.objects = vec![];
            }
        }
        ledger.append(recorded).await.expect("recorded");
        let places = |entries: Vec<plein_vault::ledger::Entry>| -> Vec<u64> {
            entries.into_iter().map(|entry| entry.sequence).collect()
        };
        assert_eq!(places(ledger.of_object(signal(7), None, 4).await.expect("read")), [9, 8, 7, 6]);
        assert_eq!(places(ledger.of_object(signal(7), Some(6), 9).await.expect("read")), [5, 3, 2, 1, 0]);
        assert_eq!(places(ledger.of_object(signal(8), None, 9).await.expect("read")), [3]);
        assert_eq!(places(ledger.of_actor(other, None, 2).await.expect("read")), [9, 7]);
        assert_eq!(places(ledger.of_actor(other, Some(7), 9).await.expect("read")), [5, 3, 1]);
        let refused = LogQuery { kind: Some(LineKind::Refused), ..LogQuery::default() };
        assert_eq!(places(ledger.search(&refused, 9).await.expect("read")), [5, 0]);
        let both = LogQuery { person: Some(other), ..refused };
        assert_eq!(places(ledger.search(&both, 9).await.expect("read")), [5]);
        let before = LogQuery { before: Some(2), ..LogQuery::default() };
        assert_eq!(places(ledger.search(&before, 9).await.expect("read")), [1, 0]);
    }

    async fn every_way_of_searching_finds_what_reading_everything_finds(engine: Engine) {
        let ledger = engine.ledger().await;
        let mut recorded = lines(0..60, NOON);
        for (number, line) in recorded.iter_mut().enumerate() {
            let number = number as u128;
            // Nearly in order: two nodes whose clocks differ.
            line.at = NOON.plus_seconds(number as i64 * 60 - if number.is_multiple_of(4) { 150 } else { 0 });
            line.kind = [LineKind::Opened, LineKind::Listed, LineKind::Refused][number as usize % 3];
            line.payload.actor = PersonId(Uuid::from_u128(number % 5));
            line.payload.department = DepartmentId(Uuid::from_u128(number % 2));
            let case = StatedPurpose::Case(CaseId(Uuid::from_u128(number))).to_string();
            line.payload.purpose = ["intake", "supervision", "", &case, "residents-request", "administration"][number as usize % 6].into();
            line.payload.objects = vec![signal(number % 3), signal(100 + number % 7)];
        }
        ledger.append(recorded.clone()).await.expect("recorded");
        let kind_of = |line: &Line| match StatedPurpose::from_code(&line.payload.purpose) {
            Some(stated) => PurposeKind::from_code(stated.kind()).expect("a kind"),
            None => PurposeKind::Nothing,
        };
        let periods = [(None, None), (Some(600), Some(1500)), (Some(1700), None), (None, Some(300)), (Some(9000), None), (Some(900), Some(900))];
        let mut queries = Vec::new();
        for person in [None, Some(PersonId(Uuid::from_u128(2)))] {
            for department in [None, Some(DepartmentId(Uuid::from_u128(1)))] {
                for purpose in PurposeKind::ALL.iter().copied().map(Some).chain([None]) {
                    for object in [None, Some(signal(1)), Some(signal(104)), Some(signal(999))] {
                        for kind in [None, Some(LineKind::Refused)] {
                            for (from, until) in periods {
                                let at = |seconds: Option<i64>| seconds.map(|seconds| NOON.plus_seconds(seconds));
                                let period = (at(from), at(until));
                                queries.push(LogQuery { before: None, person, department, purpose, object, period, kind, trace: None });
                            }
                        }
                    }
                }
            }
        }
        let mut found = 0;
        for (number, mut query) in queries.into_iter().enumerate() {
            query.before = [None, Some(41)][number % 2];
            let fits = |(place, line): &(usize, &Line)| {
                query.before.is_none_or(|before| (*place as u64) < before)
                    && query.person.is_none_or(|one| line.payload.actor == one)
                    && query.department.is_none_or(|one| line.payload.department == one)
                    && query.purpose.is_none_or(|one| kind_of(line) == one)
                    && query.object.is_none_or(|one| line.payload.objects.contains(&one))
                    && query.kind.is_none_or(|one| line.kind == one)
                    && query.period.0.is_none_or(|from| line.at >= from)
                    && query.period.1.is_none_or(|until| line.at < until)
            };
            let expected: Vec<u64> =
                recorded.iter().enumerate().filter(fits).map(|(place, _)| place as u64).rev().take(5).collect();
            let read = ledger.search(&query, 5).await.expect("read");
            let read: Vec<u64> = read.into_iter().map(|entry| entry.sequence).collect();
            assert_eq!(read, expected, "{query:?}");
            found += read.len();
        }
        assert!(found > 400, "{found}");
    }

    async fn sixty_four_appenders_on_two_nodes_make_one_dense_log(engine: Engine) {
        let nodes = [engine.ledger().await, engine.ledger().await];
        let mut tasks = tokio::task::JoinSet::new();
        for appender in 0..64_u128 {
            let ledger = nodes[appender as usize % 2].clone();
            tasks.spawn(async move {
                let mut places = Vec::new();
                for turn in 0..6_u128 {
                    let from = appender * 100 + turn * 3;
                    let count = 1 + turn % 3;
                    places.extend(ledger.append(lines(from..from + count, NOON)).await.expect("recorded"));
                }
                places
            });
        }
        let mut places: Vec<u64> = tasks.join_all().await.into_iter().flatten().collect();
        places.sort_unstable();
        assert_eq!(places, (0..64 * 12).collect::<Vec<_>>(), "every place once");
        is_dense(&engine, 64 * 12).await;
        let entries = nodes[0].search(&LogQuery::default(), 1000).await.expect("all hashes fit");
        assert_eq!(entries.len(), 64 * 12);
    }

    async fn an_event_is_recorded_once_however_often_it_is_sent(engine: Engine) {
        let (one, two) = (engine.ledger().await, engine.ledger().await);
        assert_eq!(one.append(lines(0..2, NOON)).await.expect("recorded"), [0, 1]);
        assert_eq!(one.append(lines(1..4, NOON)).await.expect("recorded"), [1, 2, 3]);
        assert_eq!(two.append(lines(0..4, NOON)).await.expect("recorded"), [0, 1, 2, 3]);
        assert_eq!(two.append(vec![line(9, NOON), line(9, NOON)]).await.expect("recorded"), [4, 4]);
        let mut tasks = tokio::task::JoinSet::new();
        for sender in 0..20 {
            let ledger = if sender % 2 == 0 { one.clone() } else { two.clone() };
            tasks.spawn(async move { ledger.append(lines(10..12, NOON)).await.expect("recorded") });
        }
        assert!(tasks.join_all().await.into_iter().all(|places| places == [5, 6]));
        is_dense(&engine, 7).await;
        one.append(lines(20..700, NOON)).await.expect("more than one batch");
        assert_eq!(two.append(lines(20..700, NOON)).await.expect("again"), (7..687).collect::<Vec<u64>>());
        is_dense(&engine, 687).await;
    }

    async fn shutting_down_records_what_waits_and_refuses_the_rest(engine: Engine) {
        let ledger = engine.ledger().await;
        let mut tasks = tokio::task::JoinSet::new();
        for event in 0..100 {
            let ledger = ledger.clone();
            tasks.spawn(async move { (event, ledger.append(vec![line(event, NOON)]).await.is_ok()) });
        }
        tokio::task::yield_now().await;
        ledger.shutdown().await;
        assert!(ledger.append(vec![line(1000, NOON)]).await.is_err());
        assert!(ledger.ready().await.is_err());
        ledger.shutdown().await;
        let again = engine.ledger().await;
        for (event, acknowledged) in tasks.join_all().await {
            let there = again.contains(EventId(Uuid::from_u128(event))).await.expect("read");
            assert!(there || !acknowledged, "an acknowledged line is there");
        }
        assert!(!again.contains(EventId(Uuid::from_u128(1000))).await.expect("read"));
    }

    async fn the_sequencer_commits_durably(engine: Engine) {
        let settings = engine.ledger().await.durability().await.expect("settings");
        let of = |name: &str| settings.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        if engine.is_sqlite() {
            assert_eq!(of("journal_mode"), Some("wal"));
            assert_eq!(of("synchronous"), Some("2"), "FULL");
            assert_eq!(of("foreign_keys"), Some("1"));
            assert_eq!(of("secure_delete"), Some("1"));
            assert_eq!(of("busy_timeout"), Some("2000"));
        } else {
            assert_eq!(of("synchronous_commit"), Some("on"));
            assert_eq!(of("lock_timeout"), Some("2s"));
            assert_eq!(of("statement_timeout"), Some("2s"));
        }
    }

    async fn nothing_personal_stands_in_the_raw_ledger(engine: Engine) {
        let ledger = engine.ledger().await;
        ledger.append(lines(0..200, NOON)).await.expect("recorded");
        assert!(!engine.raw_contains("ledger", CANARY.as_bytes()).await);
        assert!(!engine.raw_contains("keyring", CANARY.as_bytes()).await);
        assert!(engine.raw_contains("ledger", b"intake").await, "the clear columns are found");
        ledger.shutdown().await;
        assert!(!engine.raw_contains("ledger", CANARY.as_bytes()).await);
    }
}
