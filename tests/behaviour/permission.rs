//! Every page as every role: who gets what, and nothing else. Every record carries a canary.

use crate::{common, common::*, main_job::without_ids, world::*};
use http::{Request, StatusCode};

both_engines! {
    async fn no_page_gives_anybody_what_the_policies_do_not(engine: Engine) {
        let world = World::new(engine).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIEANNA"))).await;
        let of_bram = world.log(&mut bram, &pairs(&signal("KANARIEBRAM"))).await;
        let waiting = world.log(&mut bram, &pairs(&signal("KANARIEWACHT"))).await;
        let mut kept = signal("KANARIEHUIS");
        kept.retain(|(name, _)| *name != "offered");
        let kept = world.log(&mut anna, &pairs(&kept)).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("KANARIEZAAK", &[&of_anna, &of_bram], &["facts"], &[ANNA, BRAM]).await;
        let draft = anna.begin("edit-signal", &[("object", of_anna.rsplit('/').next().unwrap())]).await;

        let page = anna.post("/weergaven", &[("list", "signals"), ("name", "KANARIEWEERGAVE"), ("status", "received")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        let view = anna.get("/weergaven").await.text;
        let view = view.split("href=\"/weergaven/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let list = crate::imports::judged(&mut anna, "KANARIELIJST.csv", &crate::imports::small(&[
            "1-11-2026;Vergunningen;zorgfraude;KANARIELIJST;;KANARIELIJST",
        ])).await;

        let mut pim = world.browser(PRIVACY).await;
        let register = crate::register::judged(&mut pim, "KANARIEREGISTER.csv", &crate::register::csv(&[
            "KANARIEREGISTER;Proces;Naam;Doel;6.1.e;Wet;nee;1 jaar;",
        ])).await;

        carla.for_case(&case).await;
        let fresh = hidden(&carla.get(&format!("{case}/notities")).await.text, "id");
        carla.post(&format!("{case}/notities"), &[("id", &fresh), ("note", "notitie-KANARIEZAAK")]).await;
        let note = format!("{case}/notities/{fresh}");
        assert!(canaries(&carla.get(&note).await.text).contains(&"notitie-KANARIEZAAK".to_owned()));

        let asked = [("kind", "bsn"), ("identifier", "123456782"), ("reason", "KANARIEREDEN")];
        let looked_up = world.browser(FG).await.post("/toezicht/betrokkene", &asked).await.location().to_owned();
        assert!(looked_up.starts_with("/toezicht/betrokkene/"), "{looked_up}");

        let mut kees = world.browser(KEES).await;
        let motive = "KANARIEMOTIEF: het kan niet wachten en niemand neemt de telefoon op.";
        let page = kees.post("/noodinzage", &[("reference", "C-2026-0001"), ("motive", motive)]).await;
        let glass = page.location().split("/dossier").next().unwrap().to_owned();
        assert!(canaries(&kees.get(&format!("{glass}/dossier")).await.text).contains(&"KANARIEZAAK".to_owned()));

        let inzagen = |path: &str| format!("{path}/inzagen");
        let paths = [
            "/noodinzage".to_owned(), glass.clone(), format!("{glass}/dossier"), "/toezicht/noodinzagen".into(), "/toezicht/noodinzagen/beoordeeld".into(),
            format!("/toezicht/noodinzagen/{}", glass.rsplit('/').next().unwrap()),
            "/".into(), "/signalen".into(), "/casussen".into(), "/mijn-inzagen".into(), "/meldingen".into(), "/verwerkingsregister".into(),
            "/toezicht/inzagelog".into(), "/toezicht/controlepunten".into(), "/toezicht/betrokkene".into(), looked_up.clone(),
            format!("{looked_up}/afdrukken?namen=ja&kenmerken=ja"), "/weergaven".into(), "/signalen?status=received&volgorde=changed".into(),
            "/casussen?status=open&eigen=ja".into(),
            of_anna.clone(), of_bram.clone(), waiting.clone(), kept.clone(), case.clone(), draft.clone(),
            inzagen(&of_anna), inzagen(&of_bram), inzagen(&waiting), inzagen(&kept), inzagen(&case),
            format!("{of_anna}/versies"), format!("{of_bram}/versies"), format!("{waiting}/versies"),
            format!("{case}/koppelen"), format!("{case}/geschiedenis"), format!("{case}/tijdlijn"), format!("{case}/notities"),
            format!("{case}/notities/afdrukken"), note.clone(), format!("{case}/plan"), format!("{case}/plan/versies"),
            format!("{case}/plan/versies/1"), format!("{case}/plan/vergelijken?oud=1&nieuw=nu"), format!("{draft}/controleren"), format!("{draft}/weg"),
            format!("/weergaven/{view}"),
            "/signalen/inlezen".into(), list.clone(), format!("{list}/kolommen"), format!("{list}/regels/2"), format!("{list}/weg"),
            "/verwerkingsregister/versies".into(), "/verwerkingsregister/versies/1".into(), "/verwerkingsregister/inlezen".into(),
            register.clone(), format!("{register}/kolommen"), format!("{register}/weg"),
            "/mijn-sessies".into(), "/beheer".into(), "/beheer/mensen".into(), format!("/beheer/mensen/{}", person(ANNA)), "/beheer/voorstellen".into(),
        ];
        // Per person: the canaries that may appear anywhere. A team member sees facts of the other's signal only.
        let expected: [(usize, &[&str]); 7] = [
            (ANNA, &["KANARIEANNA", "KANARIELIJST", "KANARIEHUIS", "KANARIEWEERGAVE", "KANARIEZAAK", "feiten-KANARIEBRAM"]),
            (BRAM, &["KANARIEBRAM", "KANARIEWACHT", "KANARIEZAAK", "feiten-KANARIEANNA"]),
            (CARLA, &[
                "KANARIEZAAK", "feiten-KANARIEANNA", "feiten-KANARIEBRAM", "samenvatting-KANARIEWACHT",
                "feiten-KANARIEWACHT", "naam-KANARIEWACHT",
            ]),
            (DIRK, &[]),
            (FG, &["KANARIEREDEN", "KANARIEMOTIEF"]),
            (ADMIN, &[]),
            (PRIVACY, &["KANARIEREGISTER"]),
        ];
        for (index, allowed) in expected {
            let mut browser = world.browser(index).await;
            if [ANNA, BRAM, CARLA].contains(&index) {
                browser.for_case(&case).await;
            }
            for path in &paths {
                let page = browser.get(path).await;
                for word in canaries(&page.text) {
                    let fits = allowed.iter().any(|one| word == *one || (!one.contains('-') && word.ends_with(one)));
                    assert!(fits, "{} sees {word} at {path}", PEOPLE[index].0);
                }
            }
        }
        // What is allowed is really there, so that this test can fail.
        assert!(canaries(&carla.get(&waiting).await.text).contains(&"feiten-KANARIEWACHT".to_owned()));
        assert!(canaries(&anna.get(&draft).await.text).contains(&"melder-KANARIEANNA".to_owned()));

        assert!(canaries(&anna.get(&format!("{list}/regels/2")).await.text).contains(&"KANARIELIJST".to_owned()));

        assert!(canaries(&pim.get(&register).await.text).contains(&"KANARIEREGISTER".to_owned()));

        // The other coordinator is not in this case: not even that it exists.
        assert_eq!(kees.get(&case).await.status, StatusCode::NOT_FOUND);
        assert!(!kees.get("/casussen").await.text.contains("C-2026-0001"));

        // Nobody signed in: no page but the sign-in.
        for path in &paths {
            let page = world.stranger().get(path).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
            assert!(page.location().starts_with("/aanmelden"), "{path}");
            assert!(canaries(&page.text).is_empty());
        }
        // The help is for everybody, and holds nothing of anybody.
        for path in ["/hulp", "/hulp/wie-keek"] {
            let page = world.stranger().get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text.contains("Zien wie iets heeft ingezien") && canaries(&page.text).is_empty());
        }
    }

    async fn the_fg_reads_the_log_and_no_content_and_nobody_else_reads_the_whole_log(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        anna.get(&of_anna).await;
        let mut fg = world.browser(FG).await;
        let page = fg.get("/toezicht/inzagelog").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        assert!(page.text.contains("Anna van Vergunningen") && page.text.contains("S-2026-0001"));
        assert!(canaries(&page.text).is_empty());
        assert_eq!(fg.get(&of_anna).await.status, StatusCode::NOT_FOUND);
        for index in [ANNA, CARLA, ADMIN, PRIVACY] {
            let page = world.browser(index).await.get("/toezicht/inzagelog").await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", PEOPLE[index].0);
            assert!(!page.text.contains("S-2026-0001"));
        }
    }

    async fn everybody_signed_in_reads_the_register_without_stating_a_purpose(engine: Engine) {
        let world = World::new(engine).await;
        for index in [ANNA, CARLA, FG, ADMIN, PRIVACY] {
            let mut browser = world.browser(index).await;
            let page = browser.get("/verwerkingsregister?naam=aanpak&geldig=ja").await;
            assert_eq!(page.status, StatusCode::OK, "{}", PEOPLE[index].0);
            assert!(page.text.contains("Integrale aanpak vastgoedfraude") && page.text.contains("1 van 3"), "{}", page.text);
            assert!(!page.text.contains("Oude aanpak"), "it ended last year");
        }
        let page = world.stranger().get("/verwerkingsregister").await;
        assert!(page.location().starts_with("/aanmelden"));
        assert!(!page.text.contains("vastgoedfraude"));
    }

    async fn a_forged_form_does_not_reach_what_its_sender_may_not(engine: Engine) {
        let world = World::new(engine).await;
        let (mut anna, mut dirk) = (world.browser(ANNA).await, world.browser(DIRK).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let id = of_anna.rsplit('/').next().unwrap();
        let nowhere = "00000000-0000-4000-8000-000000000000";
        // Editing another department's signal, and one that is not there, look alike.
        let (there, not_there) = (
            dirk.post("/concepten", &[("kind", "edit-signal"), ("object", id)]).await,
            dirk.post("/concepten", &[("kind", "edit-signal"), ("object", nowhere)]).await,
        );
        assert_eq!((there.status, not_there.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(without_ids(&there.text), without_ids(&not_there.text));
        // Somebody else's draft.
        let draft = anna.begin("edit-signal", &[("object", id)]).await;
        for path in [draft.clone(), format!("{draft}/versturen"), format!("{draft}/weg"), format!("{draft}/conflict"), format!("{draft}/venster")] {
            let page = dirk.post(&path, &[("facts", "x"), ("do", "check"), ("keep", if path.ends_with("venster") { "aside" } else { "mine" })]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        }
        // A member cannot open a case; a coordinator cannot choose what is not offered, nor share it.
        let page = anna.post("/concepten", &[("kind", "open-case")]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        let mut carla = world.browser(CARLA).await;
        let draft = carla.begin("open-case", &[]).await;
        let purpose = CASE_PURPOSE.to_string();
        let mut fields: Vec<(String, String)> = [("title", "x"), ("purpose", purpose.as_str()), ("reasons", "x"), ("signal", id), ("do", "check")]
            .iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        fields.extend(test_fields(id, "x"));
        fields.push((format!("link.{id}.field"), "suspicion".into()));
        let borrowed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = carla.post(&draft, &borrowed).await;
        assert_eq!(page.location(), draft, "not offered");
        assert!(carla.post(&format!("{draft}/versturen"), &[]).await.status != StatusCode::OK);
        assert!(!carla.get("/casussen").await.text.contains("C-2026"));
        // A purpose one can have no use for.
        let page = dirk.post("/doel", &[("purpose", "supervision"), ("naar", "/")]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
    }

    async fn a_write_from_another_site_is_refused_and_recorded(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let request = Request::post("/concepten")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site");
        let page = anna.send(request, "kind=new-signal".into()).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        let page = anna.get("/mijn-inzagen").await;
        assert!(page.text.contains("Geweigerd") || page.text.contains("geweigerd"), "{}", page.text);
    }
}

/// The words with a canary in them.
fn canaries(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| word.contains("KANARIE"))
        .map(str::to_owned)
        .collect()
}
