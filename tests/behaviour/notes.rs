//! Notes on a case: written by the team, changed and withdrawn by their authors, and nowhere in clear.

use crate::{common, common::*, drafting::Drafting, world::*};
use http::StatusCode;
use plein_domain::{ledger::LineKind, moment::Clock};
use plein_vault::ledger::LogQuery;

/// Writes a note; answers its path, once it was changed, from the list.
async fn writes(browser: &mut Browser, case: &str, text: &str) -> StatusCode {
    let page = browser.get(&format!("{case}/notities")).await;
    let id = hidden(&page.text, "id");
    browser.post(&format!("{case}/notities"), &[("id", &*id), ("note", text)]).await.status
}

/// The path of one's own newest note.
async fn own_note(browser: &mut Browser, case: &str) -> String {
    let page = browser.get(&format!("{case}/notities")).await.text;
    let start = format!("href=\"{case}/notities/");
    let id = page.split(&start).map(|part| part.split('"').next().unwrap()).find(|part| part.len() == 36);
    format!("{case}/notities/{}", id.unwrap_or_else(|| panic!("no note of one's own: {page}")))
}

/// Lines of this kind.
async fn lines(drafting: &Drafting, kind: LineKind) -> usize {
    let filter = LogQuery { kind: Some(kind), ..LogQuery::default() };
    drafting.world.engine.ledger().await.search(&filter, 1_000).await.unwrap().len()
}

both_engines! {
    async fn the_team_writes_and_reads_notes_and_nobody_else_does(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let case = drafting.case.clone();
        assert_eq!(writes(&mut drafting.anna, &case, "KANARIE gebeld met de eigenaar").await, StatusCode::SEE_OTHER);
        let page = drafting.bram.get(&format!("{case}/notities")).await.text;
        assert!(page.contains("KANARIE gebeld met de eigenaar") && page.contains("Anna van Vergunningen"), "{page}");
        assert!(drafting.carla.get(&case).await.text.contains("KANARIE gebeld"), "on the page of the case, too");
        assert!(drafting.carla.get(&format!("{case}/geschiedenis")).await.text.contains("schreef een notitie."));
        let paper = drafting.carla.get(&format!("{case}/notities/afdrukken")).await.text;
        assert!(paper.contains("KANARIE gebeld") && paper.contains("Afgedrukt door"), "{paper}");
        assert_eq!((lines(&drafting, LineKind::NoteWritten).await, lines(&drafting, LineKind::Printed).await), (2, 1));
        assert!(!engine.raw_contains("content", b"KANARIE gebeld").await);
        // Changed once, so that it has a page of its own that leads somewhere.
        let note = own_note(&mut drafting.anna, &case).await;
        for index in [DIRK, KEES, FG, ADMIN, PRIVACY] {
            let mut other = drafting.world.browser(index).await;
            for path in [format!("{case}/notities"), format!("{case}/notities/afdrukken"), note.clone()] {
                let page = other.get(&path).await;
                assert_eq!(page.status, StatusCode::NOT_FOUND, "{} {path}", PEOPLE[index].0);
                assert!(!page.text.contains("KANARIE"));
            }
            for path in [format!("{case}/notities"), note.clone(), format!("{note}/intrekken")] {
                let page = other.post(&path, &[("note", "van buiten"), ("version", "1")]).await;
                assert_eq!(page.status, StatusCode::NOT_FOUND, "{} {path}", PEOPLE[index].0);
            }
        }
        // Off the team: no note of one's own either.
        drafting.team(&[BRAM]).await;
        for path in [format!("{case}/notities"), note.clone()] {
            assert_eq!(drafting.anna.get(&path).await.status, StatusCode::NOT_FOUND);
        }
        let page = drafting.anna.post(&note, &[("note", "KANARIE toch nog"), ("version", "1")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(drafting.bram.get(&note).await.text.contains("KANARIE gebeld met de eigenaar"));
    }

    async fn only_its_author_changes_a_note_and_what_it_said_stays(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let case = drafting.case.clone();
        let clock = engine.clock.clone();
        writes(&mut drafting.anna, &case, "KANARIE eerste lezing").await;
        let note = own_note(&mut drafting.anna, &case).await;
        // A colleague reads it, and may not touch it: told apart from what is not there, because they know of it.
        assert_eq!(drafting.bram.get(&note).await.status, StatusCode::OK);
        for path in [note.clone(), format!("{note}/intrekken")] {
            let page = drafting.bram.post(&path, &[("note", "andermans"), ("version", "1")]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        }
        clock.set(clock.now().plus_seconds(60));
        let page = drafting.anna.post(&note, &[("note", "KANARIE tweede lezing"), ("version", "1")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        let page = drafting.bram.get(&note).await.text;
        assert!(page.contains("KANARIE tweede lezing") && page.contains("KANARIE eerste lezing"), "{page}");
        let list = drafting.bram.get(&format!("{case}/notities")).await.text;
        assert!(list.contains("KANARIE tweede lezing") && !list.contains("KANARIE eerste lezing"), "{list}");
        // From another window, over the version before: not written, and not lost.
        let page = drafting.anna.post(&note, &[("note", "KANARIE derde lezing"), ("version", "1")]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("KANARIE derde lezing"), "{}", page.text);
        assert!(!drafting.bram.get(&note).await.text.contains("KANARIE derde lezing"));
        let page = drafting.anna.post(&format!("{note}/intrekken"), &[("version", "2")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        let list = drafting.bram.get(&format!("{case}/notities")).await.text;
        assert!(list.contains("door de schrijver ingetrokken") && !list.contains("lezing"), "{list}");
        let page = drafting.bram.get(&note).await.text;
        assert!(page.contains("KANARIE tweede lezing") && page.contains("KANARIE eerste lezing"), "{page}");
        // Withdrawn is withdrawn.
        let page = drafting.anna.post(&note, &[("note", "KANARIE terug"), ("version", "2")]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        for words in ["eerste lezing", "tweede lezing", "derde lezing"] {
            assert!(!engine.raw_contains("content", words.as_bytes()).await, "{words}");
        }
        assert_eq!(lines(&drafting, LineKind::NoteWithdrawn).await, 2, "permitted and done");
    }

    async fn a_note_sent_twice_is_one_note_and_its_name_is_nobody_elses(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let case = drafting.case.clone();
        let path = format!("{case}/notities");
        let page = drafting.anna.get(&path).await.text;
        let id = hidden(&page, "id");
        for _ in 0..2 {
            let page = drafting.anna.post(&path, &[("id", &*id), ("note", "KANARIE eenmaal")]).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(drafting.anna.get(&path).await.text.matches("KANARIE eenmaal").count(), 1);
        let page = drafting.bram.post(&path, &[("id", &*id), ("note", "KANARIE erover")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        // Paragraphs stay, markup is text, and what is no text is told at its field.
        writes(&mut drafting.bram, &case, "Een.\r\n\r\n<b>Twee</b>").await;
        assert!(drafting.anna.get(&path).await.text.contains("Een.\n\n&lt;b&gt;Twee&lt;/b&gt;"));
        for wrong in ["", "  \n ", "a\u{7}b"] {
            assert_eq!(writes(&mut drafting.bram, &case, wrong).await, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        }
    }
}
