//! A fresh sign-in: what is weighty asks for it, nothing typed is lost, and all of it stands in the log.

use crate::{
    administration::{administrator, choose, proposal},
    common,
    common::*,
    drafting::Drafting,
    versions::keeps,
    ways::FRESH,
    world::*,
};
use http::StatusCode;
use plein_domain::{
    ledger::{LineKind, Outcome},
    moment::Clock,
};
use plein_vault::ledger::{Entry, LogQuery};

const ASKED: &str = "Meld u opnieuw aan";
/// A session counts as proved for so long here.
const FRESH_FOR: i64 = 600;
const MOTIVE: &str = "De KANARIEMOTIEF staat nu aan de deur en de regisseur neemt de telefoon niet op.";

/// The lines of this kind, the newest first.
async fn lines(engine: &Engine, kind: LineKind) -> Vec<Entry> {
    let query = LogQuery { kind: Some(kind), ..LogQuery::default() };
    engine.ledger().await.search(&query, 10_000).await.unwrap()
}

fn reasons(lines: &[Entry]) -> Vec<&str> {
    lines.iter().map(|line| line.payload.as_ref().unwrap().reason.as_str()).collect()
}

fn later(engine: &Engine, seconds: i64) {
    engine.clock.set(engine.clock.now().plus_seconds(seconds));
}

/// Asks for it as a browser does.
async fn goes(browser: &mut Browser, way: &str, path: &str, fields: &[(&str, &str)]) -> Page {
    if way.starts_with("GET") { browser.get(path).await } else { browser.post(path, fields).await }
}

/// A way in, who drives it, where it leads, and what is sent.
type Way<'a> = (&'a str, Browser, String, &'a [(&'a str, &'a str)]);

both_engines! {
    async fn what_is_weighty_asks_a_fresh_sign_in_and_is_done_after_it(engine: Engine) {
        let Drafting { world, case, mut anna, mut carla, .. } = Drafting::on(engine.clone()).await;
        let version = keeps(&mut carla, &case, "Eerste").await;
        let list = crate::imports::judged(&mut anna, "lijst.csv", &crate::imports::small(&[
            "1-11-2026;Vergunningen;zorgfraude;Iemand;;KANARIE",
        ])).await;
        let mut pim = world.browser(PRIVACY).await;
        let register = crate::register::judged(&mut pim, "r.csv", &crate::register::csv(&["A;B;C;Doel;6.1.e;Wet;nee;1 jaar;"])).await;
        let mut fg = world.browser(FG).await;
        let asked = [("kind", "bsn"), ("identifier", "123456782"), ("reason", "Een verzoek")];
        let looked_up = fg.post("/toezicht/betrokkene", &asked).await.location().to_owned();
        let folder = engine.folder.join("keys");
        std::fs::create_dir_all(&folder).unwrap();
        world.vault.sign_checkpoints(plein_vault::ledger::CheckpointOptions::in_folder(folder)).unwrap();
        let kees = world.browser(KEES).await;
        let (bram, _elsewhere) = (world.browser(BRAM).await, world.browser(BRAM).await);
        let mut ger = administrator(&world, ADMIN).await;
        let page = choose(&mut ger, &format!("/beheer/mensen/{}", person(KEES)), 2, &["administrator"]).await;
        assert!(page.location().ends_with("place-proposed"), "{}", page.text);
        let proposal = proposal(&mut ger).await;
        let of_dirk = format!("/beheer/mensen/{}", person(DIRK));
        let taxes = department(1).to_string();
        let place = [("version", "1"), ("department", taxes.as_str()), ("roles", "member")];

        let glass = [("reference", "C-2026-0001"), ("motive", MOTIVE)];
        // A browser each, so that each of them is asked by itself.
        let ways: [Way<'_>; 16] = [
            ("POST /signalen/inlezen/{id}/bestand", anna, format!("{list}/bestand"), &[]),
            ("GET /casussen/{id}/plan/afdrukken", of_case(&world, &case).await, format!("{case}/plan/afdrukken"), &[]),
            ("POST /casussen/{id}/plan/word", of_case(&world, &case).await, format!("{case}/plan/word"), &[]),
            ("GET /casussen/{id}/plan/versies/{number}/afdrukken", of_case(&world, &case).await, format!("{version}/afdrukken"), &[]),
            ("POST /casussen/{id}/plan/versies/{number}/word", of_case(&world, &case).await, format!("{version}/word"), &[]),
            ("GET /casussen/{id}/notities/afdrukken", carla, format!("{case}/notities/afdrukken"), &[]),
            ("POST /verwerkingsregister/inlezen/{id}/bestand", pim, format!("{register}/bestand"), &[]),
            ("POST /toezicht/controlepunten/bestand", world.browser(FG).await, "/toezicht/controlepunten/bestand".into(), &[]),
            ("GET /toezicht/betrokkene/{id}/afdrukken", fg, format!("{looked_up}/afdrukken"), &[]),
            ("GET /noodinzage", world.browser(BOTH).await, "/noodinzage".into(), &[]),
            ("POST /noodinzage", kees, "/noodinzage".into(), &glass),
            ("POST /mijn-sessies", bram, "/mijn-sessies".into(), &[]),
            ("POST /beheer/mensen/{id}", ger, of_dirk.clone(), &place),
            ("POST /beheer/mensen/{id}/ontnemen", administrator(&world, ADMIN).await, format!("{of_dirk}/ontnemen"), &[("version", "2")]),
            ("POST /beheer/mensen/{id}/afmelden", administrator(&world, ADMIN).await, format!("/beheer/mensen/{}/afmelden", person(BRAM)), &[]),
            ("POST /beheer/voorstellen/{id}", world.browser(PRIVACY).await, proposal, &[("do", "confirm")]),
        ];
        assert_eq!(ways.iter().map(|(way, ..)| *way).collect::<Vec<_>>(), FRESH, "each of them is driven here");
        later(&engine, FRESH_FOR + 1);
        for (way, mut browser, path, fields) in ways {
            let refused = lines(&engine, LineKind::Refused).await.len();
            let page = goes(&mut browser, way, &path, fields).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{way}: {}", page.text);
            assert!(page.text.contains(ASKED) || page.text.contains("opnieuw aan in een nieuw tabblad"), "{way}: {}", page.text);
            assert!(!page.text.contains("KANARIE") || way == "POST /noodinzage", "{way}");
            let now = lines(&engine, LineKind::Refused).await;
            assert_eq!(now.len(), refused + 1, "{way}");
            assert!(reasons(&now)[0].ends_with("; not signed in lately"), "{way}: {:?}", reasons(&now));
            for kind in LineKind::ALL.iter().copied().filter(|kind| kind.asks_fresh()) {
                let fits = |entry: &&Entry| entry.at == engine.clock.now();
                assert_eq!(lines(&engine, kind).await.iter().filter(fits).count(), 0, "{way} leaves no {kind:?}");
            }
            // They confirm that it is them; whoever has the cookie from before has nothing any more.
            let before = browser.cookies();
            let page = browser.post("/opnieuw-aanmelden", &[("naar", "/noodinzage")]).await;
            assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/noodinzage"), "{way}");
            assert_ne!(browser.cookies(), before);
            let request = http::Request::get("/").header(http::header::COOKIE, before);
            assert!(world.stranger().send(request, "".into()).await.location().starts_with("/aanmelden"), "{way}");
            let page = goes(&mut browser, way, &path, fields).await;
            assert!(page.status.is_success() || page.status.is_redirection(), "{way}: {} {}", page.status, page.text);
            later(&engine, 1);
        }
        let proved = lines(&engine, LineKind::SignedInAnew).await;
        assert_eq!(proved.len(), FRESH.len());
        assert!(proved.iter().all(|line| line.outcome == Outcome::Done));
    }

    async fn who_has_to_sign_in_anew_is_told_so_on_the_page_before_they_fill_in_anything(engine: Engine) {
        const AHEAD: &str = "Wat u op deze pagina kunt doen, kan alleen als u kort geleden hebt laten zien wie u bent";
        let world = World::new(engine.clone()).await;
        let (mut ger, mut pim) = (administrator(&world, ADMIN).await, world.browser(PRIVACY).await);
        let (mut anna, mut elsewhere) = (world.browser(ANNA).await, world.browser(ANNA).await);
        let of_anna = format!("/beheer/mensen/{}", person(ANNA));
        choose(&mut ger, &format!("/beheer/mensen/{}", person(KEES)), 2, &["administrator"]).await;
        let pages = [(&mut ger, of_anna.as_str()), (&mut pim, "/beheer/voorstellen"), (&mut anna, "/mijn-sessies")];
        for (browser, path) in pages {
            assert!(!browser.get(path).await.text.contains(AHEAD), "{path}");
        }
        later(&engine, FRESH_FOR + 1);
        let pages = [(&mut ger, of_anna.as_str()), (&mut pim, "/beheer/voorstellen"), (&mut anna, "/mijn-sessies")];
        for (browser, path) in pages {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let link = format!("href=\"/opnieuw-aanmelden?naar={path}\"");
            assert!(page.text.contains(AHEAD) && page.text.contains(&link), "{path}: {}", page.text);
            assert!(!page.text.contains("Plaats opslaan"), "{path}: {}", page.text);
            browser.post("/opnieuw-aanmelden", &[("naar", path)]).await;
            assert!(!browser.get(path).await.text.contains(AHEAD), "{path}");
        }
        assert!(ger.get(&of_anna).await.text.contains("Plaats opslaan"));
        // Where somebody is now they sign out as ever, also by the list of sessions.
        let text = elsewhere.get("/mijn-sessies").await.text;
        let row = text.split("<tr>").find(|row| row.contains("Deze sessie")).unwrap();
        let here = hidden(row, "sessie");
        assert_eq!(elsewhere.post("/mijn-sessies", &[("sessie", &here)]).await.location(), "/aanmelden?gelukt=signed-out");
        assert_eq!(anna.get("/").await.status, StatusCode::OK);
    }

    async fn what_is_not_weighty_asks_nothing_however_long_ago_it_was(engine: Engine) {
        let Drafting { world, case, mut anna, mut carla, .. } = Drafting::on(engine.clone()).await;
        later(&engine, FRESH_FOR + 1);
        for path in ["/", "/signalen", "/casussen", "/mijn-inzagen", &case, &format!("{case}/plan"), &format!("{case}/notities")] {
            let page = carla.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
        }
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        assert_eq!(anna.get(&of_anna).await.status, StatusCode::OK);
        assert!(lines(&engine, LineKind::SignedInAnew).await.is_empty());
    }

    async fn who_may_not_is_not_asked_to_sign_in_anew_for_it(engine: Engine) {
        let Drafting { world, case, .. } = Drafting::on(engine.clone()).await;
        let (mut dirk, mut fg) = (world.browser(DIRK).await, world.browser(FG).await);
        let mut pim = world.browser(PRIVACY).await;
        later(&engine, FRESH_FOR + 1);
        for (browser, path) in [(&mut dirk, format!("{case}/plan/word")), (&mut fg, "/noodinzage".into()), (&mut pim, "/toezicht/controlepunten/bestand".into())] {
            let page = browser.post(&path, &[("reference", "C-2026-0001"), ("motive", MOTIVE)]).await;
            assert!(!page.status.is_success() && !page.text.contains(ASKED), "{path}: {}", page.text);
        }
        assert!(reasons(&lines(&engine, LineKind::Refused).await).iter().all(|why| !why.contains("lately")));
    }

    async fn a_form_that_was_open_too_long_comes_back_with_all_that_was_typed(engine: Engine) {
        let Drafting { world, .. } = Drafting::on(engine.clone()).await;
        let mut kees = world.browser(KEES).await;
        let once = hidden(&kees.get("/noodinzage").await.text, "once");
        later(&engine, FRESH_FOR + 1);
        let sent = [("once", once.as_str()), ("reference", "C-2026-0001"), ("motive", MOTIVE)];
        let page = kees.post("/noodinzage", &sent).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
        for kept in [MOTIVE, "value=\"C-2026-0001\"", &format!("value=\"{once}\""), "target=\"_blank\"", "nieuw tabblad"] {
            assert!(page.text.contains(kept), "{kept}: {}", page.text);
        }
        assert!(lines(&engine, LineKind::GlassBroken).await.is_empty());
        // Beside it they confirm, are told to go back, and send the same form.
        let beside = page.text.split("href=\"/opnieuw-aanmelden?naar=").nth(1).unwrap().split('"').next().unwrap();
        let page = kees.get(&format!("/opnieuw-aanmelden?naar={beside}")).await;
        assert!(page.text.contains("Ja, ik ben Kees Coordinator"), "{}", page.text);
        assert!(page.text.contains("name=\"naar\" value=\"/opnieuw-aanmelden?klaar=ja\""), "{}", page.text);
        let page = kees.post("/opnieuw-aanmelden", &[("naar", "/opnieuw-aanmelden?klaar=ja")]).await;
        let page = kees.get(page.location()).await;
        assert!(page.text.contains("Sluit dit tabblad"), "{}", page.text);
        let page = kees.post("/noodinzage", &sent).await;
        assert_eq!(page.location(), format!("/noodinzage/{once}/dossier?gelukt=glass-broken"), "{}", page.text);
    }

    async fn what_was_typed_beside_a_file_is_sent_again_with_it(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut fg = world.browser(FG).await;
        later(&engine, FRESH_FOR + 1);
        let page = fg.post("/toezicht/controlepunten/bestand", &[("van", "24-11-2026"), ("tot", "")]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.text.contains("24-11-2026") && page.text.contains("action=\"/toezicht/controlepunten/bestand\""), "{}", page.text);
    }

    async fn nobody_signs_in_anew_while_the_log_cannot_be_written(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut kees = world.browser(KEES).await;
        let before = kees.cookies();
        later(&engine, FRESH_FOR + 1);
        let fault = crate::faults::Fault::begin(crate::faults::Fault::lasting(&engine)[0], &engine).await;
        let page = kees.post("/opnieuw-aanmelden", &[("naar", "/noodinzage")]).await;
        fault.mend().await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(kees.cookies(), before, "the session is as it was");
        assert!(kees.get("/noodinzage").await.text.contains(ASKED));
    }
}

/// Another browser of the coordinator, with the purpose of the case.
async fn of_case(world: &World, case: &str) -> Browser {
    let mut browser = world.browser(CARLA).await;
    browser.for_case(case).await;
    browser
}
