//! Subjects seen in several linked signals of a case: found among what the links share, judged, undone, never merged.

use crate::{common, common::*, world::*};
use http::StatusCode;

/// The fields of the first form that judges.
fn judging(page: &str) -> (String, String) {
    (hidden(page, "group"), hidden(page, "seen"))
}

async fn judges(browser: &mut Browser, case: &str, verdict: &str) -> StatusCode {
    let (group, seen) = judging(&browser.get(case).await.text);
    let fields = [("group", group.as_str()), ("seen", seen.as_str()), ("verdict", verdict)];
    browser.post(&format!("{case}/betrokkenen"), &fields).await.status
}

both_engines! {
    async fn the_team_judges_what_it_sees_with_who_and_when_and_takes_it_back(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        // The same BSN in both.
        let of_anna = world.log(&mut anna, &pairs(&signal("a"))).await;
        let of_bram = world.log(&mut bram, &pairs(&signal("b"))).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("zaak", &[&of_anna, &of_bram], &["facts", "subjects"], &[ANNA, BRAM]).await;
        for browser in [&mut anna, &mut bram, &mut carla] {
            browser.for_case(&case).await;
        }
        let page = anna.get(&case).await.text;
        assert!(page.contains("Gezien in S-2026-0001 en S-2026-0002") && page.contains("Nog niet beoordeeld."), "{page}");
        assert_eq!(judges(&mut anna, &case, "same").await, StatusCode::SEE_OTHER);
        let page = bram.get(&case).await.text;
        assert!(page.contains("Dezelfde, volgens Anna van Vergunningen (Vergunningen) op"), "{page}");
        // Nothing is merged: both subjects stand where they stood.
        assert!(page.contains("naam-a") && page.contains("naam-b"));
        // Somebody who had the page before that is told, and judges nothing.
        let (group, _) = judging(&page);
        let page = carla.post(&format!("{case}/betrokkenen"), &[("group", &group), ("seen", ""), ("verdict", "different")]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("Dezelfde, volgens Anna"), "{}", page.text);
        assert_eq!(judges(&mut bram, &case, "different").await, StatusCode::SEE_OTHER);
        assert!(anna.get(&case).await.text.contains("Niet dezelfde, volgens Bram van Belastingen"));
        // Undone, the one before counts again; undone too, none does.
        assert_eq!(judges(&mut anna, &case, "undo").await, StatusCode::SEE_OTHER);
        assert!(bram.get(&case).await.text.contains("Dezelfde, volgens Anna"));
        assert_eq!(judges(&mut bram, &case, "undo").await, StatusCode::SEE_OTHER);
        assert!(anna.get(&case).await.text.contains("Nog niet beoordeeld."));
        assert_eq!(judges(&mut anna, &case, "undo").await, StatusCode::CONFLICT);
        let history = anna.get(&format!("{case}/geschiedenis")).await.text;
        assert!(history.contains("beoordeelde of betrokkenen in S-2026-0001 en S-2026-0002 dezelfde zijn."), "{history}");
        // Nobody from outside, and not on the disk: neither the number nor the name.
        for index in [DIRK, KEES, FG, ADMIN, PRIVACY] {
            let mut other = world.browser(index).await;
            let page = other.post(&format!("{case}/betrokkenen"), &[("group", &group), ("seen", ""), ("verdict", "same")]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", PEOPLE[index].0);
        }
        assert!(!engine.raw_contains("content", b"123456782").await);
    }

    async fn nothing_is_compared_that_the_links_do_not_share(engine: Engine) {
        let world = World::new(engine).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("a"))).await;
        let of_bram = world.log(&mut bram, &pairs(&signal("b"))).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("zaak", &[&of_anna, &of_bram], &["facts"], &[ANNA, BRAM]).await;
        anna.for_case(&case).await;
        let page = anna.get(&case).await.text;
        assert!(!page.contains("In meer signalen gezien") && !page.contains("123456782"), "{page}");
        // A forged group is no group.
        let link = page.split("aria-labelledby=\"kop-").nth(1).unwrap().split('"').next().unwrap();
        let group = format!("{link}:0,{link}:1");
        let page = anna.post(&format!("{case}/betrokkenen"), &[("group", &group), ("verdict", "same")]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(!anna.get(&format!("{case}/geschiedenis")).await.text.contains("dezelfde zijn"));
    }

    async fn a_related_case_is_told_by_reference_only_and_only_to_who_works_in_it(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let signal = world.log(&mut anna, &pairs(&signal("a"))).await;
        let mut carla = world.browser(CARLA).await;
        let first = carla.open_case("KANARIE eerste", &[&signal], &["facts"], &[ANNA, BRAM]).await;
        carla.for_case(&first).await;
        crate::history::unlinks(&mut carla, &first).await;
        let second = carla.open_case("tweede", &[&signal], &["facts"], &[ANNA]).await;
        for (index, knows) in [(CARLA, true), (ANNA, true)] {
            let mut browser = world.browser(index).await;
            browser.for_case(&second).await;
            let page = browser.get(&second).await.text;
            assert_eq!(page.contains("Verwante casussen") && page.contains("C-2026-0001"), knows, "{page}");
            assert!(!page.contains("KANARIE eerste"));
        }
        // Bram works in the first one only, and does not learn of the second.
        let mut bram = world.browser(BRAM).await;
        bram.for_case(&first).await;
        let page = bram.get(&first).await.text;
        assert!(page.contains("KANARIE eerste") && !page.contains("Verwante casussen") && !page.contains("C-2026-0002"), "{page}");
    }
}
