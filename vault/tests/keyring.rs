//! The keyring: what is sealed opens in its own place only, and what is destroyed is gone.

mod common;

use common::{Engine, NOON, both_engines, execute, number};
use plein_domain::identifier::{Identifier, IdentifierKind};
use plein_vault::{
    db::Db,
    keyring::{DataKey, KeyKind, Keyring, KeyringError, MasterKey, MasterKeyError, Tampered, keyring_migrations},
    on_db,
};
use proptest::{prelude::*, test_runner::TestRunner};
use uuid::Uuid;

const FACTS: &str = "signals.facts";
const SUBJECT: &str = "subjects.name";

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn bsn(text: &str) -> Identifier {
    Identifier::parse(IdentifierKind::Bsn, text).expect("a BSN")
}

both_engines! {
    /// Round trip and refusal of every change, over generated cells.
    async fn a_cell_opens_in_its_own_place_and_unchanged_only(engine: Engine) {
        let keyring = engine.keyring().await;
        let key = keyring.create(KeyKind::Signal, id(1)).await.expect("a key");
        let other = keyring.create(KeyKind::Signal, id(2)).await.expect("a key");
        let same_id = keyring.create(KeyKind::Case, id(1)).await.expect("a key");
        let strategy = (prop::collection::vec(any::<u8>(), 0..300), any::<prop::sample::Index>(), 0..8_u8);
        TestRunner::default()
            .run(&strategy, |(text, at, bit)| {
                let cell = key.seal(FACTS, &text);
                let opened = key.open(FACTS, &cell).map_err(|error| TestCaseError::fail(error.to_string()))?;
                prop_assert_eq!(opened.as_slice(), text.as_slice());
                prop_assert_ne!(&key.seal(FACTS, &text), &cell, "every sealing is fresh");
                let elsewhere = [
                    other.open(FACTS, &cell),
                    same_id.open(FACTS, &cell),
                    key.open(SUBJECT, &cell),
                    key.open((FACTS, id(1)), &cell),
                    key.open(FACTS, &cell[..cell.len() - 1]),
                ];
                prop_assert!(elsewhere.iter().all(|opened| matches!(opened, Err(Tampered))));
                let rows = key.seal((SUBJECT, id(3)), &text);
                prop_assert!(key.open((SUBJECT, id(3)), &rows).is_ok());
                prop_assert!(key.open((SUBJECT, id(4)), &rows).is_err());
                let mut changed = cell.clone();
                changed[at.index(cell.len())] ^= 1 << bit;
                prop_assert!(key.open(FACTS, &changed).is_err());
                Ok(())
            })
            .expect("the property holds");
        assert!(key.open(FACTS, b"").is_err());
    }

    async fn making_a_key_twice_gives_the_same_key(engine: Engine) {
        let keyring = engine.keyring().await;
        let first = keyring.create(KeyKind::Signal, id(1)).await.expect("a key");
        let again = keyring.create(KeyKind::Signal, id(1)).await.expect("a key");
        let after_restart = engine.keyring().await.key(KeyKind::Signal, id(1)).await.expect("a key");
        let cell = first.seal(FACTS, "drie auto's");
        for key in [again, after_restart] {
            assert_eq!(key.open(FACTS, &cell).as_deref().map(Vec::as_slice), Ok(b"drie auto's".as_slice()));
        }
        let cell = keyring.seal(KeyKind::Signal, id(1), FACTS, b"x").await.expect("a cell");
        assert_eq!(keyring.open_cell(KeyKind::Signal, id(1), FACTS, &cell).await.expect("opens").as_slice(), b"x");
        assert!(matches!(keyring.key(KeyKind::Case, id(1)).await, Err(KeyringError::NoKey { .. })));
    }

    async fn a_destroyed_key_is_gone_for_good_and_leaves_a_tombstone(engine: Engine) {
        let keyring = engine.keyring().await;
        keyring.create(KeyKind::Signal, id(1)).await.expect("a key");
        keyring.create(KeyKind::Case, id(1)).await.expect("a key");
        keyring.index(KeyKind::Signal, id(1), &[bsn("123456782")]).await.expect("indexed");
        let outside = engine.outside("keyring").await;
        let wrapped: Vec<u8> = on_db!(&outside, |pool| {
            sqlx::query_scalar("SELECT wrapped FROM record_keys WHERE kind = 'signal'").fetch_one(pool).await
        })
        .expect("the wrapped key");
        outside.close().await;
        assert!(engine.raw_contains("keyring", &wrapped).await, "the test would find it");

        assert_eq!(keyring.destroy(KeyKind::Signal, id(1)).await.expect("destroyed"), NOON);
        engine.clock.set(NOON.plus_seconds(60));
        assert_eq!(keyring.destroy(KeyKind::Signal, id(1)).await.expect("destroyed again"), NOON);

        let gone = |answer: Result<DataKey, KeyringError>| matches!(answer, Err(KeyringError::KeyGone { .. }));
        assert!(gone(keyring.key(KeyKind::Signal, id(1)).await));
        assert!(gone(keyring.create(KeyKind::Signal, id(1)).await), "never made anew");
        assert!(gone(engine.keyring().await.create(KeyKind::Signal, id(1)).await));
        let indexed = keyring.index(KeyKind::Signal, id(1), &[bsn("123456782")]).await;
        assert!(matches!(indexed, Err(KeyringError::KeyGone { .. })));
        assert_eq!(keyring.find(&bsn("123456782")).await.expect("found"), []);
        assert!(keyring.keys(KeyKind::Signal, &[id(1)]).await.expect("keys").is_empty());
        assert!(keyring.key(KeyKind::Case, id(1)).await.is_ok(), "another record with the same id");
        assert!(!engine.raw_contains("keyring", &wrapped).await, "not in the files, nor in their log");

        keyring.destroy(KeyKind::Draft, id(9)).await.expect("a tombstone for a key never made");
        assert!(gone(keyring.create(KeyKind::Draft, id(9)).await));
    }

    async fn the_keys_of_a_list_come_in_few_queries(engine: Engine) {
        let keyring = engine.keyring().await;
        for number in 1..=130 {
            keyring.create(KeyKind::Signal, id(number)).await.expect("a key");
        }
        keyring.destroy(KeyKind::Signal, id(5)).await.expect("destroyed");
        assert!(keyring.keys(KeyKind::Signal, &[]).await.expect("keys").is_empty());
        for count in [1, 25, 26, 100, 131] {
            let ids: Vec<Uuid> = (1..=count).map(id).collect();
            let keys = keyring.keys(KeyKind::Signal, &ids).await.expect("keys");
            for (number, id) in (1..=count).zip(&ids) {
                assert_eq!(keys.contains_key(id), number != 5 && number <= 130, "{number} of {count}");
            }
            let cell = keyring.seal(KeyKind::Signal, id(1), FACTS, b"x").await.expect("a cell");
            assert!(keys[&id(1)].open(FACTS, &cell).is_ok());
        }
        let mut all = Vec::new();
        while let page = keyring.all_ids(KeyKind::Signal, all.last().copied(), 50).await.expect("a page")
            && !page.is_empty()
        {
            all.extend(page);
        }
        assert_eq!(all, (1..=130).filter(|number| *number != 5).map(id).collect::<Vec<_>>());
    }

    async fn an_identifier_finds_its_records_however_it_was_typed(engine: Engine) {
        let keyring = engine.keyring().await;
        for (kind, number) in [(KeyKind::Signal, 1), (KeyKind::Signal, 2), (KeyKind::Case, 3)] {
            keyring.create(kind, id(number)).await.expect("a key");
        }
        let iban = Identifier::parse(IdentifierKind::Iban, "NL91ABNA0417164300").expect("an IBAN");
        let both = [bsn("123456782"), iban.clone(), bsn("1234 56 782")];
        keyring.index(KeyKind::Signal, id(1), &both).await.expect("indexed");
        keyring.index(KeyKind::Signal, id(2), &[bsn("123456782")]).await.expect("indexed");
        keyring.index(KeyKind::Case, id(3), &both[..1]).await.expect("indexed");
        let all = [(KeyKind::Case, id(3)), (KeyKind::Signal, id(1)), (KeyKind::Signal, id(2))];
        assert_eq!(keyring.find(&bsn("123.456.782")).await.expect("found"), all);
        assert_eq!(keyring.find(&iban).await.expect("found"), [(KeyKind::Signal, id(1))]);
        let rsin = Identifier::parse(IdentifierKind::Rsin, "123456782").expect("an RSIN");
        assert_eq!(keyring.find(&rsin).await.expect("found"), [], "the same digits of another kind");

        keyring.index(KeyKind::Signal, id(1), &[]).await.expect("replaced by nothing");
        assert_eq!(keyring.find(&bsn("123456782")).await.expect("found"), [all[0], all[2]]);
        let never = keyring.index(KeyKind::Signal, id(8), &both).await;
        assert!(matches!(never, Err(KeyringError::NoKey { .. })), "the key comes first");
        assert!(!engine.raw_contains("keyring", b"123456782").await);
    }

    async fn two_nodes_that_index_for_the_first_time_at_once_agree(engine: Engine) {
        let (one, two) = (engine.keyring().await, engine.keyring().await);
        for number in 1..=2 {
            one.create(KeyKind::Signal, id(number)).await.expect("a key");
        }
        let (bsn_1, bsn_2) = ([bsn("123456782")], [bsn("123456782")]);
        let (first, second) =
            tokio::join!(one.index(KeyKind::Signal, id(1), &bsn_1), two.index(KeyKind::Signal, id(2), &bsn_2));
        first.and(second).expect("indexed");
        for keyring in [one, two, engine.keyring().await] {
            assert_eq!(keyring.find(&bsn("123456782")).await.expect("found").len(), 2);
        }
    }

    async fn a_keyring_opens_under_its_own_master_key_only(engine: Engine) {
        let db = Db::connect(&engine.target("keyring"), keyring_migrations()).await.expect("a database");
        engine.keyring().await;
        let other = MasterKey::from_bytes(&[9; 32]).expect("a key");
        let opened = Keyring::open(db, other, engine.entropy.clone(), engine.clock.clone()).await;
        assert!(matches!(opened, Err(KeyringError::WrongMaster)));
    }

    async fn a_wrapped_key_copied_over_another_does_not_open(engine: Engine) {
        let keyring = engine.keyring().await;
        for number in 1..=2 {
            keyring.create(KeyKind::Signal, id(number)).await.expect("a key");
        }
        let outside = engine.outside("keyring").await;
        let copy = "UPDATE record_keys SET wrapped = (SELECT max(o.wrapped) FROM record_keys o)";
        // PostgreSQL 15 has no max of bytes.
        let copy = if engine.is_sqlite() {
            copy.to_owned()
        } else {
            copy.replace("max(o.wrapped) FROM record_keys o", "o.wrapped FROM record_keys o ORDER BY id DESC LIMIT 1")
        };
        execute(&outside, &copy).await.expect("copied");
        let answers = [keyring.key(KeyKind::Signal, id(1)).await, keyring.key(KeyKind::Signal, id(2)).await];
        assert_eq!(answers.iter().filter(|key| key.is_ok()).count(), 1);
        assert!(answers.iter().any(|key| matches!(key, Err(KeyringError::Tampered(_)))));
        assert_eq!(number(&outside, "SELECT count(*) FROM record_keys WHERE wrapped IS NULL").await, 0);
    }

    async fn the_database_commits_durably_and_overwrites_what_is_deleted(engine: Engine) {
        let db = Db::connect(&engine.target("keyring"), keyring_migrations()).await.expect("a database");
        match db {
            Db::Sqlite(pool) => {
                let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&pool).await.expect("a mode");
                assert_eq!(mode, "wal");
                for (pragma, value) in [
                    ("PRAGMA synchronous", 2),
                    ("PRAGMA foreign_keys", 1),
                    ("PRAGMA secure_delete", 1),
                    ("PRAGMA busy_timeout", 2000),
                ] {
                    let is: i64 = sqlx::query_scalar(pragma).fetch_one(&pool).await.expect("a value");
                    assert_eq!(is, value, "{pragma}");
                }
            }
            Db::Postgres(pool) => {
                let is: String = sqlx::query_scalar("SHOW synchronous_commit").fetch_one(&pool).await.expect("a value");
                assert_eq!(is, "on");
            }
        }
    }

    async fn a_master_key_comes_from_a_file_or_a_command(engine: Engine) {
        let path = engine.folder.join("master.key");
        assert!(matches!(MasterKey::from_file(&path), Err(MasterKeyError::Io(_))));
        let made = MasterKey::from_file_or_new(&path, &*engine.entropy).expect("a new key");
        let db = Db::connect(&engine.target("keyring"), keyring_migrations()).await.expect("a database");
        let open = async |master| {
            Keyring::open(db.clone(), master, engine.entropy.clone(), engine.clock.clone()).await.map(drop)
        };
        open(made).await.expect("the first opening");
        open(MasterKey::from_file(&path).expect("the same key")).await.expect("from the file");
        open(MasterKey::from_file_or_new(&path, &*engine.entropy).expect("the same key")).await.expect("not made anew");
        let arguments = [path.display().to_string()];
        open(MasterKey::from_command("cat", &arguments).expect("a key")).await.expect("from a command");
        assert!(matches!(MasterKey::from_command("false", &[]), Err(MasterKeyError::Command(_))));
        assert!(matches!(MasterKey::from_command("true", &[]), Err(MasterKeyError::Malformed)));
        assert!(matches!(MasterKey::from_env("PLEIN_NO_SUCH_VARIABLE"), Err(MasterKeyError::NoVariable(_))));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
