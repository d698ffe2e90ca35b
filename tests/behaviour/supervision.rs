//! The data protection officer's desk: the log searched in every way, and never what stands in a record.

use crate::{common, common::*, world::*};
use http::StatusCode;
use plein_domain::{access_log::*, ledger::LineKind};

/// The newest line of the data protection officer.
async fn last_line(world: &World) -> Viewing {
    let asker = world.asker(FG).await;
    let filter = LogFilter { person: Some(person(FG)), ..LogFilter::default() };
    let mut lines = world.ports.access_log.search(&asker, filter).await.unwrap().lines;
    // The first one is this search; signing in and a purpose that was refused come with it.
    lines.retain(|line| !matches!(line.kind, LineKind::SignedIn | LineKind::Refused));
    lines.remove(1)
}

/// The lines of the log on a page.
fn rows(page: &str) -> Vec<&str> {
    page.split("<tr").skip(2).collect()
}

both_engines! {
    async fn the_log_is_searched_by_record_department_purpose_and_period(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        world.engine.clock.set(NOON.plus_seconds(86_400));
        let mut bram = world.browser(BRAM).await;
        let of_bram = world.log(&mut bram, &pairs(&signal("KANARIE"))).await;
        bram.get(&of_bram).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("KANARIE", &[&of_anna, &of_bram], &["facts"], &[BRAM]).await;
        bram.for_case(&case).await;
        bram.get(&case).await;

        let mut fg = world.browser(FG).await;
        let mut search = async |query: &str| {
            let page = fg.get(&format!("/toezicht/inzagelog?{query}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(!page.text.contains("KANARIE"), "{query}");
            page.text
        };
        let page = search("kenmerk=s-2026-2").await;
        assert!(rows(&page).len() >= 3 && rows(&page).iter().all(|row| row.contains("S-2026-0002") || row.contains("C-2026-0001")), "{page}");
        let page = search("kenmerk=C-2026-0001&soort=opened").await;
        assert!(!rows(&page).is_empty() && rows(&page).iter().all(|row| row.contains("Bram van") && row.contains("C-2026-0001")), "{page}");
        let page = search(&format!("afdeling={}", department(1))).await;
        assert!(!rows(&page).is_empty() && rows(&page).iter().all(|row| row.contains("Bram van Belastingen")), "{page}");
        let page = search("doel=case").await;
        assert!(!rows(&page).is_empty() && rows(&page).iter().all(|row| row.contains("Werken aan casus C-2026-0001")), "{page}");
        let page = search("doel=none&soort=signed-in").await;
        assert!(rows(&page).len() >= 3 && rows(&page).iter().all(|row| row.contains("Geen doel nodig")), "{page}");
        let page = search("van=23-11-2026&tot=23-11-2026&soort=logged").await;
        assert!(!rows(&page).is_empty() && rows(&page).iter().all(|row| row.contains("Anna van Vergunningen")), "{page}");
        let page = search("van=24-11-2026&soort=logged").await;
        assert!(!rows(&page).is_empty() && rows(&page).iter().all(|row| row.contains("Bram van Belastingen")), "{page}");
        // What nobody has is answered like what nobody touched.
        for nobodys in ["S-2026-0099", "C-2026-0099"] {
            let page = search(&format!("kenmerk={nobodys}")).await;
            assert!(page.contains("Geen enkele regel past bij deze filters"), "{page}");
        }
        // Looking for it is a line itself, which says what was looked for.
        search("kenmerk=S-2026-0002&doel=intake").await;
        let line = last_line(&world).await;
        assert_eq!(line.kind, LineKind::Searched);
        assert_eq!(line.payload.unwrap().reason, "doel=intake kenmerk=S-2026-0002");
        assert_eq!(line.objects.len(), 1);
        assert!(!bram.get(&format!("{of_bram}/inzagen")).await.text.contains("Fatima Gegevensbescherming"));
    }

    async fn the_fg_answers_who_saw_this_person_and_why_without_any_content(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let mut other = signal("KANARIE");
        other.retain(|(name, _)| !name.starts_with("subject.0.identifier"));
        let of_bram = world.log(&mut bram, &pairs(&other)).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("KANARIE", &[&of_anna, &of_bram], &["facts"], &[ANNA, BRAM]).await;
        bram.for_case(&case).await;
        bram.get(&case).await;
        assert_eq!(world.browser(DIRK).await.get(&of_anna).await.status, StatusCode::NOT_FOUND);
        anna.get(&format!("{of_anna}/inzagen")).await;

        let mut fg = world.browser(FG).await;
        let asked = [("kind", "bsn"), ("identifier", "1234.56.782"), ("reason", "KANARIEREDEN 2026-12")];
        let sent = fg.post("/toezicht/betrokkene", &asked).await;
        let answer = sent.location().to_owned();
        assert!(sent.status == StatusCode::SEE_OTHER && !answer.contains("1234"), "{answer}");
        let line = last_line(&world).await;
        assert_eq!(line.kind, LineKind::SubjectLookedUp);
        let payload = line.payload.unwrap();
        assert_eq!((payload.reason.as_str(), payload.purpose.as_str()), ("bsn: KANARIEREDEN 2026-12", "supervision"));
        assert_eq!(payload.objects.len(), 1);

        let page = fg.get(&answer).await.text;
        for told in [">Anna van Vergunningen</h2>", ">Bram van Belastingen</h2>", ">Carla Coordinator</h2>", ">Dirk van Vastgoed</h2>", "Geweigerd", "Werken aan casus C-2026-0001", "S-2026-0001"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        // Who did so last comes first; what is no viewing of content is not among it; other records are not named.
        assert!(page.find(">Dirk van").unwrap() < page.find(">Bram van").unwrap());
        for hidden in ["samenvatting-", "feiten-", "naam-", "KANARIE-", "over KANARIE", "123456782", "1234.56.782", "S-2026-0002", ">Fatima Gegevensbescherming</h2>", "Inzagelog gelezen"] {
            assert!(!page.contains(hidden), "{hidden}: {page}");
        }
        let of_bram_alone = fg.get(&format!("{answer}?wie={}", person(BRAM))).await.text;
        assert!(of_bram_alone.contains("Wat Bram van Belastingen met deze signalen deed") && rows(&of_bram_alone).len() == 1, "{of_bram_alone}");
        let paper = fg.get(&format!("{answer}/afdrukken")).await.text;
        let table = paper.split("<table").nth(1).unwrap();
        assert!(table.contains("Belastingen") && !table.contains("Bram") && !table.contains("S-2026") && !table.contains("C-2026"), "{paper}");
        assert_eq!(last_line(&world).await.kind, LineKind::Printed);
        // Whose signal it is does not see that somebody asked; the log of the data protection officer has it.
        fg.get("/toezicht/inzagelog?kenmerk=S-2026-0001").await;
        let log = anna.get(&format!("{of_anna}/inzagen")).await.text;
        assert!(log.contains("Geopend") && !log.contains("Fatima"), "{log}");

        // What nobody has takes the same way, and leaves a line too.
        let asked = [("kind", "kvk"), ("identifier", "12345678"), ("reason", "klacht")];
        let nobody = fg.post("/toezicht/betrokkene", &asked).await.location().to_owned();
        assert_eq!(last_line(&world).await.payload.unwrap().reason, "kvk: klacht");
        let page = fg.get(&nobody).await;
        assert!(page.status == StatusCode::OK && page.text.contains("geen inzagen van deze persoon"), "{}", page.text);
        // A number that cannot be one is told, and nothing is looked up.
        let page = fg.post("/toezicht/betrokkene", &[("kind", "bsn"), ("identifier", "123456789"), ("reason", "")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);

        // To nobody else: not the form, not the question, not the answer.
        for index in [ANNA, CARLA, ADMIN, PRIVACY, BOTH] {
            let mut browser = world.browser(index).await;
            assert_eq!(browser.get("/toezicht/betrokkene").await.status, StatusCode::FORBIDDEN, "{}", PEOPLE[index].0);
            assert_eq!(browser.post("/toezicht/betrokkene", &asked).await.status, StatusCode::FORBIDDEN);
            for path in [answer.clone(), format!("{answer}/afdrukken")] {
                assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{}", PEOPLE[index].0);
            }
        }
        for (database, planted) in [("content", "KANARIEREDEN"), ("content", "123456782"), ("ledger", "KANARIEREDEN"), ("ledger", "123456782")] {
            assert!(!engine.raw_contains(database, planted.as_bytes()).await, "{planted} in {database}");
        }
        // After a working day it is over, and the next start takes it away.
        engine.clock.set(NOON.plus_seconds(plein_domain::lookup::KEPT));
        let mut later = world.browser(FG).await;
        assert_eq!(later.get(&answer).await.status, StatusCode::NOT_FOUND);
        let outside = engine.outside("content").await;
        assert_eq!(number(&outside, "SELECT COUNT(*) FROM lookups").await, 2);
        World::reopen(engine.clone()).await;
        assert_eq!(number(&outside, "SELECT COUNT(*) FROM lookups").await, 0);
    }

    async fn the_fg_takes_the_log_out_with_its_proof_and_what_is_personal_of_a_period_only(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let folder = engine.folder.join("keys");
        std::fs::create_dir_all(&folder).unwrap();
        let options = plein_vault::ledger::CheckpointOptions::in_folder(folder);
        world.vault.sign_checkpoints(options).unwrap();
        let mut anna = world.browser(ANNA).await;
        world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        world.engine.clock.set(NOON.plus_seconds(86_400));
        let mut fg = world.browser(FG).await;
        let whole = fg.post("/toezicht/controlepunten/bestand", &[]).await;
        assert_eq!(whole.status, StatusCode::OK, "{}", whole.text);
        let count = |page: &str, word: &str| page.lines().filter(|line| line.starts_with(word)).count();
        let lines = count(&whole.text, "line ");
        assert!(lines > 5 && count(&whole.text, "payload ") == lines && count(&whole.text, "checkpoint ") >= 1);
        assert!(whole.text.starts_with("plein ledger export 1\n") && whole.text.lines().last().unwrap().starts_with("end "));
        // Its own line is in it, and under the last checkpoint.
        let last = whole.text.lines().rev().nth(1).unwrap();
        assert!(last.starts_with("checkpoint "), "{last}");
        let line = last_line(&world).await;
        assert_eq!((line.kind, line.payload.unwrap().reason.as_str()), (LineKind::Exported, "log export"));
        // Of one day, what is personal is of that day; the lines are all there.
        let part = fg.post("/toezicht/controlepunten/bestand", &[("van", "24-11-2026"), ("tot", "24-11-2026")]).await.text;
        assert!(count(&part, "line ") > lines && count(&part, "payload ") > 0 && count(&part, "payload ") < lines, "{part}");

        let page = fg.get("/toezicht/controlepunten").await.text;
        assert!(page.contains("niets mis gevonden") && page.contains("plein/ledger/"), "{page}");
        for index in [ANNA, CARLA, ADMIN, PRIVACY] {
            let mut browser = world.browser(index).await;
            assert_eq!(browser.get("/toezicht/controlepunten").await.status, StatusCode::FORBIDDEN);
            assert_eq!(browser.post("/toezicht/controlepunten/bestand", &[]).await.status, StatusCode::FORBIDDEN);
        }
    }
}
