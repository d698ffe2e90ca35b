//! Whose word a place is: the provider's beats an administrator's, silence leaves that as it is, and what an administrator took away
//! stays away.

use super::*;
use crate::administration::{choose, lines as told, roles};
use plein_domain::{ids::PersonId, ledger::Outcome};
use plein_vault::{on_tx, store::Origin};

/// The administrator, by a group; for administration. The provider says that they proved just now who they are.
async fn administrator(town: &Town) -> Browser {
    town.issuer.behaviour().twist = |claims| {
        let issued = claims["iat"].clone();
        claims.insert("auth_time".into(), issued);
    };
    let mut ger = town.signed_in("ger-1", "Ger", &["admin"]).await;
    let page = ger.post("/doel", &[("purpose", "administration"), ("naar", "/beheer")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    ger
}

async fn town(engine: Engine) -> Town {
    Town::with(engine, |options| options.groups.push(group("admin", Some("Control"), &[Role::Administrator]))).await
}

/// Signs in with these groups, in a browser of its own.
async fn arrives(town: &Town, subject: &str, groups: &[&str]) -> (Browser, Page) {
    town.issuer.knows(subject, "Nora", groups);
    let mut browser = town.world.stranger();
    let page = town.sign_in(&mut browser).await;
    (browser, page)
}

/// The page of the one with this name.
async fn page_of(ger: &mut Browser, list: &str, name: &str) -> String {
    let text = ger.get(list).await.text;
    let row =
        text.split("<tr>").find(|row| row.contains(&format!(">{name}<"))).unwrap_or_else(|| panic!("{name}: {text}"));
    row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

fn id(path: &str) -> PersonId {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

both_engines! {
    async fn who_waits_is_shown_with_their_identifier_and_is_given_a_place_that_silence_does_not_undo(engine: Engine) {
        let town = town(engine.clone()).await;
        let mut ger = administrator(&town).await;
        let (_, page) = arrives(&town, "nora-1", &["canteen"]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
        let list = ger.get("/beheer").await.text;
        assert!(list.contains("Nora") && list.contains("nora-1"), "{list}");
        let path = page_of(&mut ger, "/beheer", "Nora").await;
        assert!(choose(&mut ger, &path, 0, &["member"]).await.location().ends_with("place-changed"));
        for groups in [&["canteen"][..], &[]] {
            let (mut nora, page) = arrives(&town, "nora-1", groups).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{groups:?} {}", page.text);
            assert!(nora.get("/").await.text.contains("Vergunningen"));
        }
        assert_eq!(roles(&town.world, id(&path)).await, "Vergunningen: member");
        let page = ger.get(&path).await.text;
        assert!(page.contains("Plaats gegeven") && page.contains("Ger"), "{page}");
        assert!(told(&engine, LineKind::PlaceChanged).await.contains(&(Outcome::Permitted, "none -> Vergunningen: member".into())));
    }

    async fn the_word_of_the_provider_beats_an_administrators_and_its_silence_ends_its_own(engine: Engine) {
        let town = town(engine.clone()).await;
        let mut ger = administrator(&town).await;
        arrives(&town, "nora-1", &[]).await;
        let path = page_of(&mut ger, "/beheer", "Nora").await;
        choose(&mut ger, &path, 0, &["coordinator"]).await;
        let (mut nora, page) = arrives(&town, "nora-1", &["taxes"]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert_eq!(roles(&town.world, id(&path)).await, "Belastingen: member");
        let page = ger.get(&path).await.text;
        assert!(page.contains("Volgens de groepen") && page.contains("Wijzig haar daar") && !page.contains("Plaats opslaan"), "{page}");
        assert!(told(&engine, LineKind::PlaceChanged).await.iter().any(|(outcome, said)| *outcome == Outcome::Done
            && said == "by the provider: Vergunningen: coordinator -> Belastingen: member"));
        // A form that was open is not taken.
        let department = department(0).to_string();
        let version = hidden(&page, "version");
        let fields = [("version", version.as_str()), ("department", department.as_str()), ("roles", "member")];
        assert_eq!(ger.post(&path, &fields).await.status, StatusCode::CONFLICT);
        // What the provider gave is over when it says nothing any more; what an administrator gives then stands again.
        let (_, page) = arrives(&town, "nora-1", &[]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
        assert_eq!(roles(&town.world, id(&path)).await, "Belastingen: ");
        assert!(nora.get("/").await.location().starts_with("/aanmelden"));
        choose(&mut ger, &path, 1, &["member"]).await;
        assert_eq!(arrives(&town, "nora-1", &[]).await.1.status, StatusCode::SEE_OTHER);
    }

    async fn another_word_of_the_provider_ends_older_sessions_and_what_was_proposed_about_the_place_before(engine: Engine) {
        let town = town(engine.clone()).await;
        let mut ger = administrator(&town).await;
        arrives(&town, "nora-1", &[]).await;
        let path = page_of(&mut ger, "/beheer", "Nora").await;
        choose(&mut ger, &path, 0, &["member"]).await;
        let mut older = arrives(&town, "nora-1", &[]).await.0;
        assert!(choose(&mut ger, &path, 0, &["fg"]).await.location().ends_with("place-proposed"));
        assert_eq!(older.get("/mijn-sessies").await.status, StatusCode::OK);
        let (mut newer, page) = arrives(&town, "nora-1", &["taxes"]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert!(older.get("/").await.location().starts_with("/aanmelden"));
        assert!(ger.get("/beheer/voorstellen").await.text.contains("geen voorstellen"));
        assert!(ger.get(&path).await.text.contains("Voorstel vervallen"));
        // The same word again ends nothing.
        arrives(&town, "nora-1", &["taxes"]).await;
        assert_eq!(newer.get("/mijn-sessies").await.status, StatusCode::OK);
    }

    async fn what_contradicts_an_administrators_word_lets_nobody_in_and_takes_nothing_away(engine: Engine) {
        let town = Town::with(engine.clone(), |options| {
            options.groups.push(group("admin", Some("Control"), &[Role::Administrator]));
            options.groups.push(group("hall", Some("Vergunningen"), &[]));
        }).await;
        let mut ger = administrator(&town).await;
        arrives(&town, "nora-1", &[]).await;
        let path = page_of(&mut ger, "/beheer", "Nora").await;
        choose(&mut ger, &path, 0, &["member"]).await;
        // Half a word that fits, half a word that does not, and too many words.
        assert_eq!(arrives(&town, "nora-1", &["hall"]).await.1.status, StatusCode::SEE_OTHER);
        let mut in_already = arrives(&town, "nora-1", &["hall"]).await.0;
        for groups in [&["lead"][..], &["permits", "taxes"], &["fg", "lead"]] {
            let page = arrives(&town, "nora-1", groups).await.1;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{groups:?}");
            assert!(page.text.contains("zeggen iets anders dan de plaats"), "{}", page.text);
        }
        assert_eq!(roles(&town.world, id(&path)).await, "Vergunningen: member");
        assert_eq!(in_already.get("/mijn-sessies").await.status, StatusCode::OK, "nothing is taken");
        let page = ger.get(&path).await.text;
        assert_eq!(page.matches("Niet toegelaten").count(), 1, "{page}");
        choose(&mut ger, &path, 1, &["member"]).await;
        assert_eq!(arrives(&town, "nora-1", &["hall"]).await.1.status, StatusCode::FORBIDDEN, "another department");
        assert_eq!(arrives(&town, "nora-1", &[]).await.1.status, StatusCode::SEE_OTHER);
    }

    async fn what_an_administrator_took_away_no_group_gives_back(engine: Engine) {
        let town = town(engine.clone()).await;
        let mut ger = administrator(&town).await;
        let mut nora = arrives(&town, "nora-1", &["permits"]).await.0;
        let path = page_of(&mut ger, "/beheer/mensen", "Nora").await;
        let version = hidden(&ger.get(&path).await.text, "version");
        let page = ger.post(&format!("{path}/ontnemen"), &[("version", &version)]).await;
        assert!(page.location().ends_with("place-taken-away"), "{}", page.text);
        assert!(nora.get("/").await.location().starts_with("/aanmelden"));
        for groups in [&["permits"][..], &[]] {
            let (_, page) = arrives(&town, "nora-1", groups).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{groups:?}");
            assert!(page.text.contains("een beheerder heeft u uw plaats"), "{}", page.text);
        }
        assert_eq!(roles(&town.world, id(&path)).await, "Vergunningen: ");
        // Until an administrator gives one again; then the provider's word counts again, too.
        choose(&mut ger, &path, 0, &["member"]).await;
        assert_eq!(arrives(&town, "nora-1", &["taxes"]).await.1.status, StatusCode::SEE_OTHER);
        assert_eq!(roles(&town.world, id(&path)).await, "Belastingen: member");
        let page = ger.get(&path).await.text;
        assert!(page.contains("Plaats ontnomen") && page.contains("Aanmelddienst"), "{page}");
    }

    async fn whose_place_is_taken_away_in_the_moment_in_which_their_session_begins_has_none(engine: Engine) {
        let town = Town::new(engine.clone()).await;
        let vault = &town.world.vault;
        let subject = vault.sign_ins.subject(&town.issuer.url, "sub\nanna-1").await.unwrap();
        let origin = Origin { subject, provider_session: None, proved_at: None, issued: town.issuer.seconds() };
        let mut tx = engine.outside("content").await.begin().await.unwrap();
        on_tx!(&mut tx, |c| {
            let taken = sqlx::query("UPDATE people SET roles = '' WHERE id = $1").bind(person(ANNA).0);
            taken.execute(&mut *c).await.unwrap();
        });
        let session = SessionRef([7; 32]);
        let mut begins = Box::pin(vault.sign_ins.begin_session(session, person(ANNA), &origin, ""));
        let waits = tokio::time::timeout(Duration::from_millis(300), &mut begins).await;
        assert!(waits.is_err(), "it waits for who takes the place away");
        tx.commit().await.unwrap();
        assert!(!begins.await.unwrap());
        assert!(vault.sessions.find(session).await.unwrap().is_none());
    }

    async fn a_session_that_another_sign_in_in_its_browser_ends_leaves_a_line(engine: Engine) {
        let town = town(engine.clone()).await;
        let mut browser = town.signed_in("anna-1", "Anna", &["permits"]).await;
        town.issuer.knows("bram-1", "Bram", &["taxes"]);
        assert_eq!(town.sign_in(&mut browser).await.status, StatusCode::SEE_OTHER);
        assert_eq!(told(&engine, LineKind::SessionsEnded).await, [(Outcome::Permitted, "another-sign-in-in-its-browser".into())]);
        // And so does one that ends because its person has no place any more.
        arrives(&town, "bram-1", &[]).await;
        assert_eq!(told(&engine, LineKind::SessionsEnded).await[1].1, "by the provider: Belastingen: member -> none");
        assert!(browser.get("/").await.location().starts_with("/aanmelden"));
    }

    async fn a_command_makes_the_first_administrator_and_no_second_one_unasked(engine: Engine) {
        use plein_vault::NotMade;
        let town = Town::new(engine.clone()).await;
        let vault = &town.world.vault;
        // The world of the tests has an administrator; a municipality begins with none.
        arrives(&town, "nora-1", &[]).await;
        let waiting = vault.gate.list_waiting("root", (0, 10)).await.unwrap().0;
        let waiting = vault.administration.people(waiting).await.unwrap();
        assert_eq!(waiting.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Nora"]);
        let (nora, control) = (waiting[0].id, vault.directory.departments().await.unwrap().pop().unwrap());
        let make = async |id, besides| vault.gate.make_administrator("root", id, &control, besides).await.unwrap();
        assert_eq!(make(PersonId(uuid::Uuid::from_u128(5)), true).await.err(), Some(NotMade::Unknown));
        assert_eq!(make(nora, false).await.err(), Some(NotMade::ThereIsOne));
        assert_eq!(make(person(FG), true).await.err(), Some(NotMade::Fg));
        assert_eq!(make(person(ADMIN), true).await.err(), Some(NotMade::Already));
        let permit = make(nora, true).await.ok().unwrap();
        assert_eq!(vault.administration.place(permit).await.unwrap(), plein_domain::administration::PlaceAct::Done);
        assert_eq!(roles(&town.world, nora).await, "Control: administrator");
        let said = "none -> Control: administrator; besides 1 administrators".to_owned();
        assert_eq!(told(&engine, LineKind::MadeAdministrator).await, [(Outcome::Permitted, said.clone()), (Outcome::Done, said)]);
        // It is an administrator's word: silence of the provider does not undo it.
        let (mut browser, page) = arrives(&town, "nora-1", &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        browser.post("/doel", &[("purpose", "administration"), ("naar", "/beheer")]).await;
        let page = browser.get(&format!("/beheer/mensen/{nora}")).await.text;
        assert!(page.contains("opdracht op de server") && page.contains("root"), "{page}");
    }
}
