//! When its term ends the personal half of a line goes, and every proof stays.

use super::*;

/// 2026-09-15, 2026-10-15 and 2026-11-15, 12:00 UTC.
const SEPTEMBER: Moment = Moment(1_789_473_600_000_000);
const OCTOBER: Moment = Moment(1_792_065_600_000_000);
const NOVEMBER: Moment = Moment(1_794_744_000_000_000);

both_engines! {
    async fn a_pruned_line_keeps_its_place_and_its_leaf(engine: Engine) {
        let ledger = engine.ledger().await;
        let mut recorded = Vec::new();
        for (month, from) in [(SEPTEMBER, 0), (OCTOBER, 1000), (NOVEMBER, 2000)] {
            recorded.extend(lines(from..from + 600, month));
        }
        ledger.append(recorded).await.expect("recorded");
        let before = ledger.search(&LogQuery::default(), 5000).await.expect("read");

        // The middle of October: its first half goes, its key stays for the second.
        let until = OCTOBER.plus_seconds(1);
        assert_eq!(ledger.prune_payloads_before(until).await.expect("pruned"), 1200);
        assert_eq!(ledger.prune_payloads_before(until).await.expect("pruned again"), 0);
        let after = ledger.search(&LogQuery::default(), 5000).await.expect("read, so every hash fits");
        assert_eq!(after.len(), 1800);
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(after.payload.is_some(), after.at == NOVEMBER);
            assert_eq!((before.sequence, before.leaf, before.commitment), (after.sequence, after.leaf, after.commitment));
        }
        assert_eq!(ledger.of_object(signal(7), None, 5000).await.expect("read").len(), 600);
        assert_eq!(ledger.of_actor(PersonId(Uuid::from_u128(0xa)), None, 5000).await.expect("read").len(), 600);
        let outside = engine.outside("ledger").await;
        for table in ["SELECT count(*) FROM payloads", "SELECT count(*) FROM payload_objects"] {
            assert_eq!(number(&outside, table).await, 600);
        }
        assert_eq!(number(&outside, "SELECT count(*) FROM pruning").await, 0);
        is_dense(&engine, 1800).await;

        let keyring = engine.keyring().await;
        let gone = keyring.key(KeyKind::Ledger, period_key_id(SEPTEMBER)).await;
        assert!(matches!(gone, Err(KeyringError::KeyGone { .. })), "the month is over");
        for month in [OCTOBER, NOVEMBER] {
            keyring.key(KeyKind::Ledger, period_key_id(month)).await.expect("a month that still has payloads");
        }
        assert_eq!(ledger.append(lines(5000..5001, NOON)).await.expect("goes on"), [1800]);
        let late = ledger.append(lines(6000..6001, SEPTEMBER)).await;
        assert!(late.is_err(), "no payload can be sealed for a month whose key was destroyed");
    }

    async fn payloads_are_pruned_up_to_now_at_most(engine: Engine) {
        let ledger = engine.ledger().await;
        ledger.append(lines(0..1, NOON)).await.expect("recorded");
        let future = ledger.prune_payloads_before(NOON.plus_seconds(1)).await;
        assert!(matches!(future, Err(LedgerError::NotYet)));
        assert!(ledger.search(&LogQuery::default(), 1).await.expect("read")[0].payload.is_some());
    }

    async fn a_payload_whose_key_is_gone_reads_as_pruned(engine: Engine) {
        let ledger = engine.ledger().await;
        ledger.append(vec![line(1, SEPTEMBER), line(2, NOON)]).await.expect("recorded");
        // As in a backup of the ledger from before the pruning, next to today's keyring.
        engine.keyring().await.destroy(KeyKind::Ledger, period_key_id(SEPTEMBER)).await.expect("destroyed");
        let entries = ledger.search(&LogQuery::default(), 9).await.expect("read");
        assert_eq!(entries.iter().map(|entry| entry.payload.is_some()).collect::<Vec<_>>(), [true, false]);
    }

    async fn viewings_go_on_while_payloads_are_pruned(engine: Engine) {
        // A disk that stalls is not what this is about.
        let patient = LedgerOptions { wait: Duration::from_secs(20), ..LedgerOptions::default() };
        let ledger = engine.ledger_at(engine.target("ledger"), patient).await;
        ledger.append(lines(0..3000, SEPTEMBER)).await.expect("recorded");
        let pruner = engine.ledger().await;
        let pruning = tokio::spawn(async move { pruner.prune_payloads_before(OCTOBER).await });
        let mut event = 10_000;
        while !pruning.is_finished() {
            ledger.append(vec![line(event, NOON)]).await.expect("recorded meanwhile");
            event += 1;
        }
        assert_eq!(pruning.await.expect("a task").expect("pruned"), 3000);
        is_dense(&engine, 3000 + (event - 10_000) as i64).await;
    }
}
