//! The second person: nobody chooses their own, and a proposal lives no longer than what it stands on.

use crate::{administration::*, common, common::*, world::*};
use http::StatusCode;
use plein_domain::ledger::LineKind;
use plein_vault::on_tx;
use std::time::Duration;

/// Makes this one administrator too, by a proposal that the privacy officer confirms.
async fn another(world: &World, ger: &mut Browser, pim: &mut Browser, index: usize) -> Browser {
    done(&choose(ger, &at(index), 2, &["administrator"]).await, "place-proposed");
    let path = proposal(pim).await;
    pim.post(&path, &[("do", "confirm")]).await;
    administrator(world, index).await
}

/// The paths of the proposals that stand in this page.
fn proposed(text: &str) -> Vec<String> {
    let begin = format!("action=\"{PROPOSALS}/");
    text.split(&begin).skip(1).map(|rest| format!("{PROPOSALS}/{}", rest.split('"').next().unwrap())).collect()
}

async fn takes_away(browser: &mut Browser, index: usize) -> Page {
    let version = hidden(&browser.get(&at(index)).await.text, "version");
    browser.post(&format!("{}/ontnemen", at(index)), &[("version", &version)]).await
}

both_engines! {
    async fn nobody_chooses_alone_who_will_agree_with_them(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let mut pim = world.browser(PRIVACY).await;
        // There is a privacy officer: another one takes two, and so does taking this one away.
        done(&choose(&mut ger, &at(ANNA), 0, &["privacy-officer"]).await, "place-proposed");
        assert_eq!(roles(&world, person(ANNA)).await, "Vergunningen: member");
        let path = proposal(&mut pim).await;
        pim.post(&path, &[("do", "decline")]).await;
        done(&takes_away(&mut ger, PRIVACY).await, "place-proposed");
        let path = proposal(&mut ger).await;
        assert_eq!(pim.post(&path, &[("do", "confirm")]).await.status, StatusCode::FORBIDDEN, "whom it is about");
        ger.post(&path, &[("do", "withdraw")]).await;
        // Where there is nobody who could confirm it, somebody has to be the first, and the line says so.
        let mut tx = engine.outside("content").await.begin().await.unwrap();
        on_tx!(&mut tx, |c| {
            let gone = sqlx::query("UPDATE people SET roles = '' WHERE id = $1").bind(person(PRIVACY).0);
            gone.execute(&mut *c).await.unwrap();
        });
        tx.commit().await.unwrap();
        done(&choose(&mut ger, &at(ANNA), 0, &["privacy-officer"]).await, "place-changed");
        assert_eq!(roles(&world, person(ANNA)).await, "Vergunningen: privacy-officer");
        let said = lines(&engine, LineKind::PlaceChanged).await;
        assert!(said.iter().any(|(_, said)| said.ends_with("alone, as nobody could confirm it")), "{said:?}");
    }

    async fn a_proposal_lapses_with_the_role_of_who_made_it(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let mut pim = world.browser(PRIVACY).await;
        let mut kees = another(&world, &mut ger, &mut pim, KEES).await;
        done(&takes_away(&mut kees, ADMIN).await, "place-proposed");
        let of_ger = proposal(&mut pim).await;
        done(&choose(&mut ger, &at(DIRK), 3, &["fg"]).await, "place-proposed");
        let text = pim.get(PROPOSALS).await.text;
        let by_ger = proposed(&text).into_iter().find(|path| *path != of_ger).unwrap();
        pim.post(&of_ger, &[("do", "confirm")]).await;
        assert_eq!(roles(&world, person(ADMIN)).await, "Openbare orde en veiligheid: ");
        assert!(pim.get(PROPOSALS).await.text.contains("geen voorstellen"));
        assert_eq!(pim.post(&by_ger, &[("do", "confirm")]).await.status, StatusCode::CONFLICT);
        assert_eq!(roles(&world, person(DIRK)).await, "Vastgoed: member");
        let page = kees.get(&at(DIRK)).await.text;
        assert!(page.contains("Voorstel vervallen"), "{page}");
    }

    async fn of_two_who_take_each_others_place_at_once_one_stays(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let mut pim = world.browser(PRIVACY).await;
        let mut kees = another(&world, &mut ger, &mut pim, KEES).await;
        done(&takes_away(&mut ger, KEES).await, "place-proposed");
        let first = proposal(&mut pim).await;
        done(&takes_away(&mut kees, ADMIN).await, "place-proposed");
        let text = pim.get(PROPOSALS).await.text;
        let second = proposed(&text).into_iter().find(|path| *path != first).unwrap();
        let mut also = world.browser(PRIVACY).await;
        // Both are decided on before either is done: whoever changes places has a turn for it.
        let mut tx = engine.outside("content").await.begin().await.unwrap();
        on_tx!(&mut tx, |c| {
            sqlx::query("UPDATE session_turns SET one = one").execute(&mut *c).await.unwrap();
        });
        let confirm = [("do", "confirm")];
        let release = async {
            tokio::time::sleep(Duration::from_millis(400)).await;
            tx.commit().await.unwrap();
        };
        let (one, other, ()) = tokio::join!(pim.post(&first, &confirm), also.post(&second, &confirm), release);
        let mut answers = [one.status, other.status];
        answers.sort();
        assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::CONFLICT], "{} {}", one.text, other.text);
        let there = [roles(&world, person(KEES)).await, roles(&world, person(ADMIN)).await];
        assert_eq!(there.iter().filter(|roles| roles.ends_with("administrator")).count(), 1, "{there:?}");
    }

    async fn who_loses_the_right_while_they_wait_for_their_turn_decides_nothing(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut ger = administrator(&world, ADMIN).await;
        let mut pim = world.browser(PRIVACY).await;
        done(&choose(&mut ger, &at(KEES), 2, &["administrator"]).await, "place-proposed");
        let path = proposal(&mut pim).await;
        let mut tx = engine.outside("content").await.begin().await.unwrap();
        on_tx!(&mut tx, |c| {
            sqlx::query("UPDATE session_turns SET one = one").execute(&mut *c).await.unwrap();
            let gone = sqlx::query("UPDATE people SET roles = 'member' WHERE id IN ($1, $2)");
            gone.bind(person(PRIVACY).0).bind(person(ADMIN).0).execute(&mut *c).await.unwrap();
        });
        let confirm = [("do", "confirm")];
        let release = async {
            tokio::time::sleep(Duration::from_millis(400)).await;
            tx.commit().await.unwrap();
        };
        let department = department(1).to_string();
        let fields = [("version", "1"), ("department", department.as_str()), ("roles", "member")];
        let anna = at(ANNA);
        let (confirmed, placed, ()) = tokio::join!(pim.post(&path, &confirm), ger.post(&anna, &fields), release);
        assert_eq!(confirmed.status, StatusCode::CONFLICT, "{}", confirmed.text);
        assert!(!placed.status.is_redirection(), "{} {}", placed.status, placed.text);
        assert_eq!(roles(&world, person(KEES)).await, "Openbare orde en veiligheid: coordinator");
        assert_eq!(roles(&world, person(ANNA)).await, "Vergunningen: member");
    }
}
