//! What a crash leaves behind in the keyring is swept, and nothing that anybody needs.

use crate::{common, common::*, world::*};
use plein_domain::identifier::{Identifier, IdentifierKind};
use plein_vault::{
    keyring::{KeyKind, Keyring, KeyringError},
    on_db,
};
use uuid::Uuid;

const BSN: &str = "123456782";
const OTHER_BSN: &str = "111222333";

fn bsn(digits: &str) -> Identifier {
    Identifier::parse(IdentifierKind::Bsn, digits).unwrap()
}

fn id(path: &str) -> Uuid {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

/// The thing that a draft will be.
async fn object(engine: &Engine, draft: &str) -> Uuid {
    let outside = engine.outside("content").await;
    on_db!(&outside, |pool| {
        sqlx::query_scalar("SELECT object FROM drafts WHERE id = $1").bind(id(draft)).fetch_one(pool).await.unwrap()
    })
}

/// The mark of somebody who began `minutes` ago and never came back.
async fn mark(engine: &Engine, kind: KeyKind, of: Uuid, minutes: i64) {
    let outside = engine.outside("content").await;
    on_db!(&outside, |pool| {
        sqlx::query("INSERT INTO sweeping (event, kind, id, begun_at) VALUES ($1, $2, $3, $4)")
            .bind(Uuid::from_u128(of.as_u128() ^ 0x5eed))
            .bind(kind.code())
            .bind(of)
            .bind(NOON.plus_seconds(-60 * minutes).0)
            .execute(pool)
            .await
            .unwrap();
    });
}

async fn marks(engine: &Engine) -> i64 {
    number(&engine.outside("content").await, "SELECT COUNT(*) FROM sweeping").await
}

async fn is_gone(keyring: &Keyring, kind: KeyKind, id: Uuid) -> bool {
    matches!(keyring.key(kind, id).await, Err(KeyringError::KeyGone { .. }))
}

both_engines! {
    async fn a_draft_thrown_away_takes_its_key_with_it(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let draft = anna.begin("new-signal", &[]).await;
        let of = object(&engine, &draft).await;
        let keyring = engine.keyring().await;
        keyring.key(KeyKind::Signal, of).await.unwrap();
        anna.post(&format!("{draft}/weg"), &[]).await;
        assert!(is_gone(&keyring, KeyKind::Signal, of).await);
        // A change that is thrown away leaves its signal as it is.
        let path = world.log(&mut anna, &pairs(&signal("blijft"))).await;
        let draft = anna.begin("edit-signal", &[("object", &id(&path).to_string())]).await;
        anna.post(&format!("{draft}/weg"), &[]).await;
        assert!(anna.get(&path).await.text.contains("feiten-blijft"));
        assert_eq!(marks(&engine).await, 0, "whoever comes to an end takes the mark away");
    }

    async fn keys_of_what_never_came_to_be_are_destroyed_and_those_in_use_are_not(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let keyring = engine.keyring().await;
        // Killed between the key and the draft; in the middle of a log; and one that is still at it.
        let [never, young, case] = [0x71, 0x72, 0x73].map(Uuid::from_u128);
        for (kind, of, minutes) in [(KeyKind::Signal, never, 11), (KeyKind::Signal, young, 9), (KeyKind::Case, case, 11)] {
            keyring.create(kind, of).await.unwrap();
            mark(&engine, kind, of, minutes).await;
        }
        keyring.index(KeyKind::Signal, never, &[bsn(OTHER_BSN)]).await.unwrap();
        let draft = anna.begin("new-signal", &[]).await;
        anna.post(&draft, &[("facts", "nog aan het typen"), ("do", "save")]).await;
        let typed = object(&engine, &draft).await;
        keyring.index(KeyKind::Signal, typed, &[bsn(OTHER_BSN)]).await.unwrap();
        mark(&engine, KeyKind::Signal, typed, 11).await;

        let again = World::reopen(engine.clone()).await;
        assert!(is_gone(&keyring, KeyKind::Signal, never).await);
        assert!(is_gone(&keyring, KeyKind::Case, case).await);
        keyring.key(KeyKind::Signal, young).await.unwrap();
        assert_eq!(keyring.find(&bsn(OTHER_BSN)).await.unwrap(), [], "nothing is found by what was never logged");
        assert_eq!(marks(&engine).await, 1, "the young one stays");
        let mut anna = again.browser(ANNA).await;
        assert!(anna.get(&draft).await.text.contains("nog aan het typen"));
        // And it can still be finished.
        let form = signal("af");
        let mut fields = pairs(&form);
        fields.push(("do", "check"));
        anna.post(&draft, &fields).await;
        let page = anna.post(&format!("{draft}/versturen"), &[]).await;
        assert!(page.location().starts_with("/signalen/"), "{}", page.text);
        assert_eq!(keyring.find(&bsn(BSN)).await.unwrap(), [(KeyKind::Signal, typed)]);
    }

    async fn a_change_cut_short_is_indexed_by_what_stands(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let of = id(&world.log(&mut anna, &pairs(&signal("x"))).await);
        let keyring = engine.keyring().await;
        // Killed after both were indexed, before the change stood.
        keyring.index(KeyKind::Signal, of, &[bsn(BSN), bsn(OTHER_BSN)]).await.unwrap();
        mark(&engine, KeyKind::Signal, of, 11).await;
        drop(world);
        World::reopen(engine.clone()).await;
        assert_eq!(keyring.find(&bsn(BSN)).await.unwrap(), [(KeyKind::Signal, of)]);
        assert_eq!(keyring.find(&bsn(OTHER_BSN)).await.unwrap(), []);
        assert_eq!(marks(&engine).await, 0);
    }
}
