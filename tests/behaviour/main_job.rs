//! The main job, end to end.

use crate::{common, common::*, world::*};
use http::StatusCode;

both_engines! {
    async fn signals_of_two_departments_meet_in_a_case_and_everybody_sees_exactly_what_is_shared(engine: Engine) {
        let world = World::new(engine).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("anna"))).await;
        let of_bram = world.log(&mut bram, &pairs(&signal("bram"))).await;

        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("Zaak Haven", &[&of_anna, &of_bram], &["facts", "subjects"], &[ANNA, BRAM]).await;

        bram.for_case(&case).await;
        let page = bram.get(&case).await;
        assert_eq!(page.status, StatusCode::OK);
        for shared in ["feiten-anna", "naam-anna", "123456782", "Zaak Haven", "Integrale aanpak vastgoedfraude"] {
            assert!(page.text.contains(shared), "{shared}");
        }
        for kept in ["samenvatting-anna", "vermoeden-anna", "plaats-anna", "risico-anna", "melder-anna"] {
            assert!(!page.text.contains(kept), "{kept}");
        }
        // The signal's own page shows the same to somebody of another department.
        let page = bram.get(&of_anna).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("feiten-anna") && !page.text.contains("samenvatting-anna"));

        // The fourth gets nothing, and the same nothing as for what does not exist.
        let mut dirk = world.browser(DIRK).await;
        let nowhere = case.replace(case.rsplit('/').next().unwrap(), "00000000-0000-4000-8000-000000000000");
        let (there, not_there) = (dirk.get(&case).await, dirk.get(&nowhere).await);
        assert_eq!((there.status, not_there.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(without_ids(&there.text), without_ids(&not_there.text));

        // Who looked: Bram, by name, with the purpose; and for those entitled, that Dirk was refused.
        carla.for_case(&case).await;
        let page = carla.get(&format!("{case}/inzagen")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("Bram van Belastingen") && page.text.contains("C-2026-0001"));
        assert!(page.text.contains("Dirk van Vastgoed"), "the coordinator sees refusals");
        let page = bram.get(&format!("{case}/inzagen")).await;
        assert!(!page.text.contains("Dirk van Vastgoed"), "a team member does not");
        let page = anna.get(&format!("{of_anna}/inzagen")).await;
        assert!(page.text.contains("Bram van Belastingen") && page.text.contains("Carla Coordinator"));
        let page = bram.get("/mijn-inzagen").await;
        assert!(page.text.contains("C-2026-0001") && page.text.contains("S-2026-0001"));
    }

    async fn a_link_ends_with_a_reason_and_shares_nothing_more(engine: Engine) {
        let world = World::new(engine).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("anna"))).await;
        let of_bram = world.log(&mut bram, &pairs(&signal("bram"))).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("Zaak Kas", &[&of_anna, &of_bram], &["facts"], &[ANNA, BRAM]).await;
        carla.for_case(&case).await;
        let id: plein_domain::ids::CaseId = case.rsplit('/').next().unwrap().parse().unwrap();
        let asker = world.asker(CARLA).await;
        world.ports.sessions.state_purpose(&asker, plein_domain::purpose::StatedPurpose::Case(id)).await.unwrap();
        let asker = world.again(&asker).await;
        let view = world.ports.cases.view(&asker, id).await.unwrap();
        let link = view.links.iter().find(|link| of_anna.ends_with(&link.signal.id.to_string())).unwrap().id;

        let draft = carla.begin("unlink-signal", &[("object", &id.to_string()), ("part", &link.to_string())]).await;
        let page = carla.post(&draft, &[("reason", ""), ("do", "check")]).await;
        assert_eq!(page.location(), draft, "no unlinking without a reason");
        let page = carla.post(&draft, &[("reason", "niet meer nodig voor het doel"), ("do", "check")]).await;
        assert!(page.location().contains("controleren"), "{}", page.text);
        let page = carla.post(&format!("{draft}/versturen"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);

        bram.for_case(&case).await;
        let page = bram.get(&case).await;
        assert!(!page.text.contains("feiten-anna"), "nothing is shared any more");
        assert!(page.text.contains("niet meer nodig voor het doel"), "the reason stays in the history");
        assert_eq!(bram.get(&of_anna).await.status, StatusCode::NOT_FOUND);
        // The signal can be chosen again.
        assert!(carla.get("/").await.text.contains("S-2026-0001"));
    }

    async fn finishing_a_draft_twice_is_finishing_it_once(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let draft = anna.begin("new-signal", &[]).await;
        let form = signal("dubbel");
        let mut fields = pairs(&form);
        fields.push(("do", "check"));
        anna.post(&draft, &fields).await;
        let first = anna.post(&format!("{draft}/versturen"), &[]).await;
        let second = anna.post(&format!("{draft}/versturen"), &[]).await;
        assert_eq!(first.location().split('?').next(), second.location().split('?').next());
        // Going back to its form ends at the signal too.
        assert_eq!(anna.get(&draft).await.location(), second.location());
        assert!(!anna.get("/signalen").await.text.contains("S-2026-0002"));
    }
}

/// The page without what differs between any two pages: nonces and the address asked for.
pub fn without_ids(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_hexdigit() || c == '-' {
            run.push(c);
        } else {
            if run.len() < 32 {
                out.push_str(&run);
            }
            run.clear();
            out.push(c);
        }
    }
    out
}
