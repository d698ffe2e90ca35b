//! Break-glass: one record, for half an hour, with a motive; told at once, and reviewed afterwards by somebody else.

use crate::{common, common::*, main_job::without_ids, world::*};
use http::StatusCode;
use plein_domain::{
    break_glass::{LASTS, MOTIVE_MAX},
    header::{ObjectKind, ObjectRef},
    ids::{BreakGlassId, PersonId},
    ledger::{LineKind, Outcome},
    moment::Clock,
    people::Role,
};
use plein_vault::{
    ledger::{Entry, LogQuery},
    store::NewPerson,
};

const MOTIVE: &str = "De KANARIEMOTIEF staat nu aan de deur en de regisseur neemt de telefoon niet op.";

/// Begins it; answers where it is.
async fn begins(browser: &mut Browser, reference: &str, motive: &str) -> String {
    // It may be long ago that they signed in.
    browser.post("/opnieuw-aanmelden", &[("naar", "/noodinzage")]).await;
    let once = hidden(&browser.get("/noodinzage").await.text, "once");
    let page = browser.post("/noodinzage", &[("once", &once), ("reference", reference), ("motive", motive)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let path = page.location().split("/dossier").next().unwrap().to_owned();
    assert_eq!(path, format!("/noodinzage/{once}"));
    path
}

fn id(path: &str) -> BreakGlassId {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

fn review_of(path: &str) -> String {
    format!("/toezicht/noodinzagen/{}", id(path))
}

fn later(engine: &Engine, seconds: i64) {
    engine.clock.set(engine.clock.now().plus_seconds(seconds));
}

/// The newest lines of somebody.
async fn lines(engine: &Engine, who: PersonId, kind: LineKind) -> Vec<Entry> {
    let query = LogQuery { person: Some(who), kind: Some(kind), ..LogQuery::default() };
    engine.ledger().await.search(&query, 50).await.unwrap()
}

fn objects(entry: &Entry) -> &[ObjectRef] {
    &entry.payload.as_ref().unwrap().objects
}

/// Another data protection officer.
async fn second_fg(world: &World) -> Browser {
    let new =
        NewPerson { id: person(91), name: "Fenna Tweede".into(), department: department(2), roles: vec![Role::Fg] };
    world.vault.directory.add_person(&new, 91).await.unwrap();
    let mut browser = world.stranger();
    browser.post("/aanmelden", &[("person", &person(91).to_string())]).await;
    browser.post("/doel", &[("purpose", "supervision"), ("naar", "/")]).await;
    browser
}

async fn becomes(engine: &Engine, who: usize, roles: &str) {
    let name = format!("UPDATE people SET roles = '{roles}' WHERE position = {who}");
    execute(&engine.outside("content").await, &name).await.unwrap();
}

both_engines! {
    async fn from_the_motive_to_the_review_everybody_whom_it_concerns_is_told(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut dirk, mut fg) = (world.browser(ANNA).await, world.browser(DIRK).await, world.browser(FG).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let closed = dirk.get(&of_anna).await;
        assert!(closed.status == StatusCode::NOT_FOUND && closed.text.contains("href=\"/noodinzage\""), "{}", closed.text);

        let path = begins(&mut dirk, "s 2026 1", MOTIVE).await;
        let page = dirk.get(&format!("{path}/dossier")).await;
        assert_eq!(page.status, StatusCode::OK);
        for told in ["Noodinzage tot", "feiten-KANARIE", "vermoeden-KANARIE", "risico-KANARIE", "naam-KANARIE", "Nu stoppen"] {
            assert!(page.text.contains(told), "{told}: {}", page.text);
        }
        assert!(!page.text.contains("melder-KANARIE"), "who reported it stays hidden");
        assert_eq!(page.headers["refresh"].to_str().unwrap(), format!("{}; url={path}", LASTS + 1));
        assert!(dirk.get("/").await.text.contains("U hebt een noodinzage open"));
        // It opens that page, and nothing else of the record.
        for other in [of_anna.clone(), format!("{of_anna}/inzagen"), format!("{of_anna}/versies")] {
            assert_eq!(dirk.get(&other).await.status, StatusCode::NOT_FOUND, "{other}");
        }
        let draft = dirk.post("/concepten", &[("kind", "edit-signal"), ("object", of_anna.rsplit('/').next().unwrap())]).await;
        assert_eq!(draft.status, StatusCode::NOT_FOUND);

        // Each viewing is a line that names the record and the use, under the purpose for which the record is kept.
        let seen = lines(&engine, person(DIRK), LineKind::ViewedInEmergency).await;
        assert_eq!(seen.len(), 1);
        let signal_id: ObjectRef = of_anna.rsplit('/').next().unwrap().parse::<plein_domain::ids::SignalId>().unwrap().into();
        assert_eq!(objects(&seen[0]), [signal_id, id(&path).into()]);
        assert_eq!(seen[0].payload.as_ref().unwrap().purpose, "intake");
        assert_eq!(seen[0].payload.as_ref().unwrap().policies, ["who-broke-the-glass-reads-that-record-for-a-while"]);
        let begun = lines(&engine, person(DIRK), LineKind::GlassBroken).await;
        assert_eq!(begun.iter().map(|one| one.outcome).collect::<Vec<_>>(), [Outcome::Done, Outcome::Permitted]);

        // Its department and who reviews are told at once, without a word of it.
        let page = anna.get("/meldingen").await.text;
        assert!(page.contains("Iemand leest S-2026-0001 met noodinzage") && page.contains("Dirk van Vastgoed") && !page.contains("KANARIEMOTIEF"), "{page}");
        assert!(anna.get(&format!("{of_anna}/inzagen")).await.text.contains("Bekeken met noodinzage"));
        let page = fg.get("/meldingen").await.text;
        assert!(page.contains("Noodinzage in S-2026-0001: u beoordeelt haar achteraf") && page.contains(&review_of(&path)), "{page}");
        assert!(fg.get("/").await.text.contains("1 noodinzage wacht op uw beoordeling"));

        // The review comes afterwards, shows who, why and what was looked at, and no content.
        let page = fg.get(&review_of(&path)).await.text;
        for told in ["Dirk van Vastgoed", "Vastgoed", "KANARIEMOTIEF", "S-2026-0001", "Bekeken met noodinzage", "als zij voorbij is"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        for hidden in ["feiten-", "samenvatting-", "naam-", "plaats-", "/signalen/"] {
            assert!(!page.contains(hidden), "{hidden}: {page}");
        }
        let verdict = [("verdict", "not-justified"), ("words", "KANARIEOORDEEL: bel de achterwacht.")];
        let early = fg.post(&review_of(&path), &verdict).await;
        assert!(early.status == StatusCode::CONFLICT && early.text.contains("KANARIEOORDEEL"), "{}", early.text);
        later(&engine, 60);
        let stopped = dirk.post(&format!("{path}/stoppen"), &[]).await;
        assert_eq!(stopped.location(), format!("{path}?gelukt=glass-stopped"));
        assert_eq!(dirk.get(&format!("{path}/dossier")).await.location(), path);
        let mut second = second_fg(&world).await;
        assert!(second.get(&review_of(&path)).await.text.contains("Was deze noodinzage terecht?"));
        let wrong = fg.post(&review_of(&path), &[("verdict", ""), ("words", "KANARIEOORDEEL")]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("KANARIEOORDEEL"));
        assert_eq!(fg.post(&review_of(&path), &verdict).await.location(), "/toezicht/noodinzagen?gelukt=glass-reviewed");
        let late = second.post(&review_of(&path), &[("verdict", "justified"), ("words", "KANARIETWEEDE")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        for told in ["iemand anders heeft deze noodinzage intussen beoordeeld", "KANARIETWEEDE", "KANARIEOORDEEL", "Fatima Gegevensbescherming"] {
            assert!(late.text.contains(told), "{told}: {}", late.text);
        }
        assert!(!fg.get("/").await.text.contains("wacht op uw beoordeling"));
        assert!(fg.get("/toezicht/noodinzagen").await.text.contains("Er wachten geen noodinzagen"));
        assert!(second.get("/toezicht/noodinzagen/beoordeeld").await.text.contains("Noodinzage in S-2026-0001"));
        let page = dirk.get("/meldingen").await.text;
        assert!(page.contains("Uw noodinzage in S-2026-0001 is beoordeeld") && page.contains(&path), "{page}");
        let page = dirk.get(&path).await.text;
        for told in ["Niet terecht", "KANARIEOORDEEL", "Fatima Gegevensbescherming", "KANARIEMOTIEF"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let reviewed = lines(&engine, person(FG), LineKind::GlassReviewed).await;
        assert_eq!(reviewed.iter().map(|one| one.outcome).collect::<Vec<_>>(), [Outcome::Done, Outcome::Permitted]);
        assert!(reviewed.iter().all(|one| objects(one) == [id(&path).into()]));
    }

    async fn a_case_is_read_for_its_own_purpose_and_without_its_plan_and_other_cases(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut carla, mut kees) = (world.browser(ANNA).await, world.browser(CARLA).await, world.browser(KEES).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let case = carla.open_case("KANARIEZAAK", &[&of_anna], &["facts"], &[BRAM]).await;
        let path = begins(&mut kees, "C-2026-0001", MOTIVE).await;
        let page = kees.get(&format!("{path}/dossier")).await.text;
        for told in ["KANARIEZAAK", "over KANARIEZAAK", "feiten-KANARIE", "Carla Coordinator", "Bram van Belastingen"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(!page.contains("vermoeden-KANARIE"), "only what the link shares");
        for below in ["", "/plan", "/notities", "/tijdlijn", "/geschiedenis", "/inzagen", "/koppelen?x=1"] {
            let got = kees.get(&format!("{case}{below}")).await;
            assert!(below.starts_with("/koppelen") || got.status == StatusCode::NOT_FOUND, "{below}");
            assert!(!got.text.contains("KANARIEZAAK"), "{below}");
        }
        assert!(!kees.get("/casussen").await.text.contains("C-2026-0001"));
        assert_eq!(kees.post(&format!("{case}/notities"), &[("note", "x")]).await.status, StatusCode::NOT_FOUND);
        let id_of_case = case.rsplit('/').next().unwrap();
        assert_eq!(kees.post("/doel", &[("purpose", &format!("case:{id_of_case}")), ("naar", "/")]).await.status, StatusCode::NOT_FOUND);
        let seen = lines(&engine, person(KEES), LineKind::ViewedInEmergency).await;
        let payload = seen[0].payload.as_ref().unwrap();
        assert_eq!((payload.purpose.clone(), payload.case.map(|case| case.to_string())), (format!("case:{id_of_case}"), Some(id_of_case.to_owned())));
        assert!(payload.objects.iter().any(|one| one.kind == ObjectKind::Signal) && payload.objects.contains(&id(&path).into()));
        // Its coordinator is told, and sees who it was; its team is not.
        let page = carla.get("/meldingen").await.text;
        assert!(page.contains("Iemand leest C-2026-0001 met noodinzage") && page.contains("Kees Coordinator"), "{page}");
        assert!(!world.browser(BRAM).await.get("/meldingen").await.text.contains("noodinzage"));
        carla.for_case(&case).await;
        assert!(carla.get(&format!("{case}/inzagen")).await.text.contains("Bekeken met noodinzage"));
        // Of a signal in it she is told as well.
        kees.post(&format!("{path}/stoppen"), &[]).await;
        begins(&mut kees, "S-2026-0001", MOTIVE).await;
        assert!(carla.get("/meldingen").await.text.contains("Iemand leest een signaal van C-2026-0001 met noodinzage"));
    }

    async fn it_is_over_when_its_time_is_or_when_it_was_stopped_also_on_a_page_that_is_open(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut dirk, mut fg) = (world.browser(ANNA).await, world.browser(DIRK).await, world.browser(FG).await);
        world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let path = begins(&mut dirk, "S-2026-0001", MOTIVE).await;
        later(&engine, LASTS - 1);
        assert!(dirk.get(&format!("{path}/dossier")).await.text.contains("feiten-KANARIE"));
        later(&engine, 1);
        let page = dirk.get(&format!("{path}/dossier")).await;
        assert!(page.location() == path && !page.text.contains("KANARIE"), "{}", page.text);
        assert!(dirk.get(&path).await.text.contains("Het dossier is weer dicht."));
        assert!(!dirk.get("/").await.text.contains("U hebt een noodinzage open"));
        assert_eq!(lines(&engine, person(DIRK), LineKind::Refused).await.first().map(objects), Some(&[id(&path).into()][..]));
        // Sending the old form again begins nothing.
        let again = dirk.post("/noodinzage", &[("once", &id(&path).to_string()), ("reference", "S-2026-0001"), ("motive", MOTIVE)]).await;
        assert!(again.location().starts_with(&path), "{}", again.text);
        // Nor does it say whether there is a record with another reference, and it leaves no line.
        let before = engine.ledger().await.search(&LogQuery::default(), 1).await.unwrap()[0].sequence;
        for reference in ["S-2026-0001", "S-2026-9999", "C-2026-9999"] {
            let page = dirk.post("/noodinzage", &[("once", &id(&path).to_string()), ("reference", reference), ("motive", MOTIVE)]).await;
            assert!(page.location().starts_with(&path), "{reference}: {}", page.text);
        }
        assert_eq!(engine.ledger().await.search(&LogQuery::default(), 1).await.unwrap()[0].sequence, before);
        assert_eq!(dirk.get(&format!("{path}/dossier")).await.location(), path);
        // Who reviews can stop one too.
        let mut fg = if fg.get("/").await.status == StatusCode::OK { fg } else { world.browser(FG).await };
        let path = begins(&mut dirk, "S-2026-0001", MOTIVE).await;
        let stopped = fg.post(&format!("{}/stoppen", review_of(&path)), &[]).await;
        assert_eq!(stopped.location(), format!("{}?gelukt=glass-stopped", review_of(&path)));
        assert_eq!(dirk.get(&format!("{path}/dossier")).await.location(), path);
        assert!(dirk.get(&path).await.text.contains("gestopt door Fatima Gegevensbescherming"));
        // Again is the same, and adds nothing.
        fg.post(&format!("{}/stoppen", review_of(&path)), &[]).await;
        let done = lines(&engine, person(FG), LineKind::GlassStopped).await;
        assert_eq!(done.iter().filter(|one| one.outcome == Outcome::Done).count(), 1);
    }

    async fn what_nobody_has_is_told_alike_and_costs_a_line_and_what_one_can_open_is_not_begun(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut bram, mut dirk) = (world.browser(ANNA).await, world.browser(BRAM).await, world.browser(DIRK).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let mut told = Vec::new();
        for reference in ["S-2026-0099", "C-2026-0099"] {
            let page = dirk.post("/noodinzage", &[("reference", reference), ("motive", MOTIVE)]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            assert!(page.text.contains(reference) && page.text.contains("KANARIEMOTIEF"), "what was typed stays: {}", page.text);
            told.push(without_ids(&page.text).replace(reference, ""));
        }
        assert_eq!(told[0], told[1]);
        let refused = lines(&engine, person(DIRK), LineKind::Refused).await;
        // The one more is the purpose of supervision, which the browser of every test asks for.
        assert_eq!(refused.len(), 3);
        assert_eq!(number(&engine.outside("content").await, "SELECT COUNT(*) FROM break_glass").await, 0);
        assert!(world.browser(FG).await.get("/meldingen").await.text.contains("Er zijn geen meldingen."));

        let page = anna.post("/noodinzage", &[("reference", "S-2026-0001"), ("motive", MOTIVE)]).await;
        assert!(page.status == StatusCode::CONFLICT && page.text.contains(&format!("href=\"{of_anna}\"")), "{}", page.text);
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("KANARIEZAAK", &[&of_anna], &["facts"], &[BRAM]).await;
        for reference in ["C-2026-0001", "S-2026-0001"] {
            let page = bram.post("/noodinzage", &[("reference", reference), ("motive", MOTIVE)]).await;
            assert!(page.status == StatusCode::CONFLICT && page.text.contains("dit dossier kunt u gewoon openen"), "{}", page.text);
        }
        assert!(!bram.get(&case).await.text.contains("KANARIEZAAK"), "he states the purpose first, as always");

        // Who supervises, administers or decides about privacy has no use for it.
        for index in [FG, ADMIN, PRIVACY] {
            let mut browser = world.browser(index).await;
            assert_eq!(browser.get("/noodinzage").await.status, StatusCode::FORBIDDEN, "{}", PEOPLE[index].0);
            for reference in ["S-2026-0001", "S-2026-0099"] {
                let page = browser.post("/noodinzage", &[("reference", reference), ("motive", MOTIVE)]).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", PEOPLE[index].0);
            }
        }
        // Nobody else's.
        let path = begins(&mut dirk, "S-2026-0001", MOTIVE).await;
        for index in [ANNA, BRAM, CARLA, ADMIN, PRIVACY, BOTH] {
            let mut browser = world.browser(index).await;
            for there in [path.clone(), format!("{path}/dossier"), review_of(&path)] {
                let page = browser.get(&there).await;
                assert!(page.status == StatusCode::NOT_FOUND && !page.text.contains("KANARIE"), "{} {there}", PEOPLE[index].0);
            }
            assert_eq!(browser.post(&format!("{path}/stoppen"), &[]).await.status, StatusCode::NOT_FOUND);
            assert_eq!(browser.post(&review_of(&path), &[("verdict", "justified"), ("words", "x")]).await.status, StatusCode::NOT_FOUND);
            assert_eq!(browser.get("/toezicht/noodinzagen").await.status, StatusCode::FORBIDDEN, "{}", PEOPLE[index].0);
        }
        assert!(dirk.get(&format!("{path}/dossier")).await.text.contains("feiten-KANARIE"), "it is still open");
        let fg = world.browser(FG).await.get(&format!("{path}/dossier")).await;
        assert!(fg.status.is_client_error() && !fg.text.contains("KANARIE"), "{}", fg.text);
    }

    async fn one_at_a_time_and_twice_sent_is_once_begun(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut dirk) = (world.browser(ANNA).await, world.browser(DIRK).await);
        for marker in ["een", "twee"] {
            world.log(&mut anna, &pairs(&signal(marker))).await;
        }
        let mut twin = world.browser(DIRK).await;
        let once = hidden(&dirk.get("/noodinzage").await.text, "once");
        let form = [("once", once.as_str()), ("reference", "S-2026-0001"), ("motive", MOTIVE)];
        let (one, two) = tokio::join!(dirk.post("/noodinzage", &form), twin.post("/noodinzage", &form));
        assert_eq!((one.status, one.location()), (StatusCode::SEE_OTHER, two.location()));
        let outside = engine.outside("content").await;
        assert_eq!(number(&outside, "SELECT COUNT(*) FROM break_glass").await, 1);
        assert_eq!(number(&outside, "SELECT COUNT(*) FROM notices WHERE kind = 'review-asked'").await, 1);
        // Another one, while this one is open; and two others at the same moment.
        let page = dirk.post("/noodinzage", &[("reference", "S-2026-0002"), ("motive", MOTIVE)]).await;
        assert!(page.status == StatusCode::CONFLICT && page.text.contains(&format!("/noodinzage/{once}")) && page.text.contains("KANARIEMOTIEF"), "{}", page.text);
        dirk.post(&format!("/noodinzage/{once}/stoppen"), &[]).await;
        let form = |reference| [("reference", reference), ("motive", MOTIVE)];
        let (forms, both) = ([form("S-2026-0001"), form("S-2026-0002")], (&mut dirk, &mut twin));
        let (one, two) = tokio::join!(both.0.post("/noodinzage", &forms[0]), both.1.post("/noodinzage", &forms[1]));
        let mut statuses = [one.status, two.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
        assert_eq!(number(&outside, "SELECT COUNT(*) FROM break_glass WHERE stopped_at IS NULL").await, 1);
    }

    async fn nobody_reviews_themselves_and_who_reviews_the_fg_is_configured(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut dirk) = (world.browser(ANNA).await, world.browser(DIRK).await);
        world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let directory = &world.vault.directory;
        for (index, can) in [(FG, false), (ADMIN, false), (PRIVACY, true)] {
            assert_eq!(directory.set_reviewer_of_fg(person(index)).await.unwrap(), can, "{}", PEOPLE[index].0);
        }
        let path = begins(&mut dirk, "S-2026-0001", MOTIVE).await;
        dirk.post(&format!("{path}/stoppen"), &[]).await;
        let (mut fg, mut pim) = (world.browser(FG).await, world.browser(PRIVACY).await);
        assert_eq!(fg.get(&review_of(&path)).await.status, StatusCode::OK);
        assert_eq!(pim.get(&review_of(&path)).await.status, StatusCode::NOT_FOUND, "not that of a member");
        assert!(pim.get("/toezicht/noodinzagen").await.text.contains("Er wachten geen noodinzagen"));

        // Whoever used it becomes a data protection officer: no officer reviews that, and least of all themselves.
        becomes(&engine, DIRK, "fg").await;
        let mut dirk = world.browser(DIRK).await;
        let verdict = [("verdict", "justified"), ("words", "Terecht.")];
        for browser in [&mut dirk, &mut fg] {
            assert_eq!(browser.get(&review_of(&path)).await.status, StatusCode::NOT_FOUND);
            assert_eq!(browser.post(&review_of(&path), &verdict).await.status, StatusCode::NOT_FOUND);
            assert!(browser.get("/toezicht/noodinzagen").await.text.contains("Er wachten geen noodinzagen"));
            assert!(!browser.get("/").await.text.contains("wacht op uw beoordeling"));
        }
        assert!(dirk.get(&path).await.text.contains("KANARIEMOTIEF"), "it is still theirs");
        assert!(pim.get("/").await.text.contains("1 noodinzage wacht op uw beoordeling"));
        assert!(pim.get("/toezicht/noodinzagen").await.text.contains(&review_of(&path)));
        assert!(pim.get(&review_of(&path)).await.text.contains("KANARIEMOTIEF"));
        // Supervising in that does not open the log.
        assert_eq!(pim.get("/toezicht/inzagelog").await.status, StatusCode::FORBIDDEN);
        assert_eq!(pim.post(&review_of(&path), &verdict).await.status, StatusCode::SEE_OTHER);
        assert!(dirk.get(&path).await.text.contains("Pim Privacy"));
        // Who became an officer is no reviewer of officers any more.
        becomes(&engine, PRIVACY, "fg").await;
        let mut pim = world.browser(PRIVACY).await;
        assert_eq!(pim.get(&review_of(&path)).await.status, StatusCode::NOT_FOUND);

        // Without anybody to review it there is none, whatever the reference.
        for index in [FG, DIRK, PRIVACY] {
            becomes(&engine, index, "privacy-officer").await;
        }
        let mut bram = world.browser(BRAM).await;
        let mut told = Vec::new();
        for reference in ["S-2026-0001", "S-2026-0099"] {
            let page = bram.post("/noodinzage", &[("reference", reference), ("motive", MOTIVE)]).await;
            assert!(page.status == StatusCode::CONFLICT && page.text.contains("er is niemand die uw noodinzage kan beoordelen"), "{}", page.text);
            told.push(without_ids(&page.text).replace(reference, ""));
        }
        assert_eq!(told[0], told[1]);
    }

    async fn the_longest_motive_is_kept_whole_and_a_longer_one_is_told_with_all_of_it(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut dirk) = (world.browser(ANNA).await, world.browser(DIRK).await);
        world.log(&mut anna, &pairs(&signal("x"))).await;
        let longest = "é<".repeat(MOTIVE_MAX / 2);
        let longer = format!("{longest}!");
        let page = dirk.post("/noodinzage", &[("reference", "S-2026-0001"), ("motive", &longer)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains("Dit is te lang: 2001 tekens. Er passen er 2000.") && page.text.contains(&longer.replace('<', "&lt;")));
        let path = begins(&mut dirk, "S-2026-0001", &longest).await;
        assert!(dirk.get(&path).await.text.contains(&longest.replace('<', "&lt;")));
        for wrong in [("reference", "S-1"), ("motive", "\u{1}"), ("motive", "")] {
            let mut form = vec![("reference", "S-2026-0001"), ("motive", MOTIVE)];
            form.iter_mut().filter(|one| one.0 == wrong.0).for_each(|one| one.1 = wrong.1);
            assert_eq!(dirk.post("/noodinzage", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        }
        for path in ["/noodinzage/geen-id", "/noodinzage/geen-id/dossier", "/toezicht/noodinzagen/geen-id"] {
            assert_eq!(dirk.get(path).await.status, StatusCode::NOT_FOUND);
        }
    }

    async fn while_the_ledger_cannot_be_written_nothing_is_begun_and_nothing_is_read(engine: Engine) {
        if !engine.is_sqlite() {
            return;
        }
        let world = World::new(engine.clone()).await;
        let (mut anna, mut dirk) = (world.browser(ANNA).await, world.browser(DIRK).await);
        world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let path = begins(&mut dirk, "S-2026-0001", MOTIVE).await;
        let mut locked = outside_connection(&engine.file("ledger")).await;
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut locked).await.unwrap();
        let page = dirk.get(&format!("{path}/dossier")).await;
        assert!(page.status == StatusCode::SERVICE_UNAVAILABLE && !page.text.contains("KANARIE"), "{}", page.text);
        let page = anna.post("/noodinzage", &[("reference", "S-2026-0099"), ("motive", MOTIVE)]).await;
        assert!(page.status == StatusCode::SERVICE_UNAVAILABLE && page.text.contains("KANARIEMOTIEF"), "it can be sent again");
        sqlx::raw_sql("ROLLBACK").execute(&mut locked).await.unwrap();
        assert!(dirk.get(&format!("{path}/dossier")).await.text.contains("feiten-KANARIE"));
    }
}
