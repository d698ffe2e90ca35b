//! Who can write the database cannot quietly change the log.

use super::*;
use plein_vault::{db::Db, ledger::CheckpointOptions, on_db};

both_engines! {
    async fn the_database_refuses_to_change_or_delete_lines(engine: Engine) {
        let ledger = engine.ledger().await;
        ledger.append(lines(0..3, NOON)).await.expect("recorded");
        let outside = engine.outside("ledger").await;
        let statements = [
            "UPDATE lines SET at = 0",
            "UPDATE lines SET kind = 'opened' WHERE sequence = 1",
            "DELETE FROM lines",
            "DELETE FROM lines WHERE sequence = 2",
            "UPDATE payloads SET purpose = 'x'",
            "DELETE FROM payloads WHERE sequence = 0",
            "UPDATE payload_objects SET sequence = 1 WHERE sequence = 0",
            "DELETE FROM payload_objects",
            "UPDATE head SET next = 2",
            "UPDATE head SET next = next",
            "UPDATE head SET next = 9",
            "UPDATE head SET installation = (SELECT event FROM lines WHERE sequence = 0), next = 4",
            "DELETE FROM head",
        ];
        let sqlite = [
            "INSERT OR REPLACE INTO lines SELECT sequence, event, 0, trace, kind, outcome, commitment, leaf FROM lines",
            "INSERT OR REPLACE INTO lines SELECT 3, event, at, trace, kind, outcome, commitment, leaf FROM lines
             WHERE sequence = 2",
            "INSERT INTO lines SELECT 9, zeroblob(16), at, trace, kind, outcome, commitment, leaf FROM lines LIMIT 1",
            "INSERT OR REPLACE INTO payloads SELECT sequence, actor, department, 'x', sealed FROM payloads",
            "INSERT OR REPLACE INTO head SELECT one, 0, installation FROM head",
        ];
        let postgres = [
            "TRUNCATE lines CASCADE",
            "TRUNCATE payloads CASCADE",
            "TRUNCATE head",
            "INSERT INTO lines SELECT * FROM lines ON CONFLICT (sequence) DO UPDATE SET at = 0",
        ];
        let more: &[&str] = if engine.is_sqlite() { &sqlite } else { &postgres };
        for statement in statements.iter().chain(more) {
            let answer = execute(&outside, statement).await;
            let text = format!("{:?}", answer.err());
            let reason = ["append-only", "pruning only", "moves forward only"];
            assert!(reason.iter().any(|reason| text.contains(reason)), "{statement}: {text}");
        }
        is_dense(&engine, 3).await;
        assert_eq!(ledger.search(&LogQuery::default(), 9).await.expect("read").len(), 3);
        assert_eq!(ledger.append(lines(5..6, NOON)).await.expect("goes on"), [3]);
    }

    async fn who_gets_round_the_triggers_is_found_out_by_reading(engine: Engine) {
        let ledger = engine.ledger().await;
        let mut recorded = lines(0..8, NOON);
        for (number, line) in (100..).zip(&mut recorded) {
            line.payload.objects = vec![signal(number)];
        }
        ledger.append(recorded).await.expect("recorded");
        let outside = engine.outside("ledger").await;
        let off = if engine.is_sqlite() {
            "DROP TRIGGER lines_never_change; DROP TRIGGER payloads_never_change"
        } else {
            "ALTER TABLE lines DISABLE TRIGGER USER; ALTER TABLE payloads DISABLE TRIGGER USER"
        };
        execute(&outside, off).await.expect("an administrator can do this");
        for change in [
            "UPDATE lines SET at = at + 1 WHERE sequence = 0",
            "UPDATE lines SET outcome = 'refused' WHERE sequence = 1",
            "UPDATE lines SET leaf = (SELECT leaf FROM lines WHERE sequence = 0) WHERE sequence = 2",
            "UPDATE lines SET commitment = (SELECT commitment FROM lines WHERE sequence = 0) WHERE sequence = 3",
            "UPDATE payloads SET sealed = (SELECT sealed FROM payloads WHERE sequence = 0) WHERE sequence = 4",
            "UPDATE payloads SET actor = (SELECT event FROM lines WHERE sequence = 0) WHERE sequence = 5",
            "UPDATE payloads SET purpose = 'supervision' WHERE sequence = 6",
        ] {
            execute(&outside, change).await.expect("changed");
        }
        for (number, event) in (100..).zip(0..8) {
            let whole = event == 7;
            let entry = ledger.entry(EventId(Uuid::from_u128(event))).await;
            assert_eq!(entry.is_ok(), whole, "{event}: {entry:?}");
            let of_object = ledger.of_object(signal(number), None, 9).await;
            assert_eq!(of_object.is_ok(), whole, "{event}: {of_object:?}");
            if !whole {
                let named = matches!(of_object, Err(LedgerError::Tampered { sequence, .. }) if sequence == event as i64);
                assert!(named, "{event}: {of_object:?}");
            }
        }
    }

    async fn sealed_payloads_of_two_lines_cannot_be_exchanged(engine: Engine) {
        let ledger = engine.ledger().await;
        // The same in all but the event, so that nothing but the sealing tells them apart.
        ledger.append(lines(0..2, NOON)).await.expect("recorded");
        let outside = engine.outside("ledger").await;
        let off = if engine.is_sqlite() {
            "DROP TRIGGER payloads_never_change"
        } else {
            "ALTER TABLE payloads DISABLE TRIGGER USER"
        };
        execute(&outside, off).await.expect("an administrator can do this");
        let sealed: Vec<Vec<u8>> = on_db!(&outside, |pool| {
            sqlx::query_scalar("SELECT sealed FROM payloads ORDER BY sequence").fetch_all(pool).await
        })
        .expect("both");
        for (place, sealed) in [1_i64, 0].iter().zip(sealed) {
            on_db!(&outside, |pool| {
                sqlx::query("UPDATE payloads SET sealed = $2 WHERE sequence = $1")
                    .bind(place)
                    .bind(sealed)
                    .execute(pool)
                    .await
                    .map(drop)
            })
            .expect("exchanged");
        }
        for event in 0..2 {
            let read = ledger.entry(EventId(Uuid::from_u128(event))).await;
            assert!(matches!(read, Err(LedgerError::Tampered { what: "the sealed payload does not open", .. })));
        }
    }
}

#[test]
fn roles_on_postgresql_can_do_their_own_work_and_no_other() {
    common::on_postgres(|engine| async move {
        let ledger = engine.ledger().await;
        ledger.append(lines(0..2, Moment(0))).await.expect("recorded");
        let outside = engine.outside("ledger").await;
        let number = std::process::id();
        let roles = [format!("plein_running_{number}"), format!("plein_pruning_{number}")];
        for (role, may) in roles.iter().zip([Role::Running, Role::Pruning]) {
            execute(&outside, &format!("CREATE ROLE {role} LOGIN")).await.expect("a role");
            restrict_role(&engine.target("ledger"), role, may).await.expect("restricted");
            restrict_role(&engine.target("ledger"), role, may).await.expect("again, as after an upgrade");
        }
        let as_role = |role: &str| {
            let url = engine.url.as_ref().expect("PostgreSQL").replacen("://postgres", &format!("://{role}"), 1);
            Engine { url: Some(url), ..engine.clone() }
        };
        let [running, pruning] = [as_role(&roles[0]), as_role(&roles[1])];

        let keyring = engine.keyring().await;
        let open = async |engine: &Engine| {
            let (clock, entropy) = (engine.clock.clone(), engine.entropy.clone());
            Ledger::open(engine.target("ledger"), keyring.clone(), clock, entropy).await
        };
        let ledger = open(&running).await.expect("the running role opens it without the right to make tables");
        assert_eq!(ledger.append(lines(5..6, Moment(0))).await.expect("it appends"), [2]);
        assert_eq!(ledger.search(&LogQuery::default(), 9).await.expect("it reads").len(), 3);
        ledger.sign_checkpoints(CheckpointOptions::in_folder(engine.folder.clone())).expect("begun");
        let signed = ledger.checkpoint_now().await;
        assert_eq!(signed.last.map(|last| last.size), Some(3), "it signs: {signed:?}");
        assert!(ledger.prune_payloads_before(NOON).await.is_err(), "it does not prune");
        for statement in [
            "DELETE FROM payloads",
            "DELETE FROM lines",
            "UPDATE lines SET at = 0",
            "UPDATE payloads SET purpose = 'x'",
            "UPDATE head SET installation = installation",
            "INSERT INTO pruning VALUES (1)",
            "UPDATE checkpoints SET at = 0",
            "DELETE FROM checkpoints",
            "TRUNCATE payload_objects",
            "ALTER TABLE lines DISABLE TRIGGER USER",
            "CREATE TABLE mine (one INT)",
        ] {
            let answer = execute(&running.outside("ledger").await, statement).await;
            let text = format!("{:?}", answer.err());
            assert!(text.contains("permission denied") || text.contains("must be owner"), "{statement}: {text}");
        }
        let pruner = open(&pruning).await.expect("the pruning role opens it");
        assert!(pruner.append(lines(9..10, NOON)).await.is_err(), "it does not append");
        assert_eq!(pruner.prune_payloads_before(NOON).await.expect("it prunes"), 3);
        assert!(execute(&pruning.outside("ledger").await, "DELETE FROM lines").await.is_err());
        for role in &roles {
            execute(&outside, &format!("DROP OWNED BY {role} CASCADE; DROP ROLE {role}")).await.expect("tidied");
        }
        let odd = restrict_role(&engine.target("ledger"), "x; DROP TABLE lines", Role::Running).await;
        assert!(matches!(odd, Err(LedgerError::Refused(_))));
        let Db::Postgres(_) = outside else { panic!("PostgreSQL") };
    });
}
