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
        assert!(bram.get(&format!("{of_bram}/inzagen")).await.text.contains("Fatima Gegevensbescherming"));
    }
}
