//! Drafting a plan together, over real sockets: text meets, is durable and sealed, and goes to nobody else.

use crate::{common, common::*, drafting::*, world::*};
use http::StatusCode;
use plein_domain::{ledger::LineKind, moment::Clock};
use std::time::{Duration, Instant};
use uuid::Uuid;

both_engines! {
    async fn what_two_people_type_meets_is_durable_and_stands_on_the_page(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let Drafting { address, ref case, .. } = drafting;
        let mut anna = Window::open(address, case, &drafting.anna, 501).await;
        let mut bram = Window::open(address, case, &drafting.bram, 502).await;
        for window in [&mut anna, &mut bram] {
            window.until("the template", |one| one.text().contains("Situatie") && one.text().contains("Aanpak: Vergunningen")).await;
        }
        anna.types(0, "KANARIE van Anna").await;
        bram.types(0, "KANARIE van Bram").await;
        for window in [&mut anna, &mut bram] {
            window.until("both texts", |one| one.text().contains("van Anna") && one.text().contains("van Bram")).await;
            window.until("durability", |one| one.durable == one.sent && one.sent > 0).await;
        }
        assert_eq!(anna.shape(), bram.shape());
        // Readable without JavaScript, with who changed it last; and nowhere on the disk.
        let page = drafting.carla.get(&format!("{case}/plan")).await;
        assert!(page.text.contains("KANARIE van Anna") && page.text.contains("KANARIE van Bram"), "{}", page.text);
        assert!(page.text.contains("Laatst gewijzigd door"));
        assert!(page.text.contains("Anna van Vergunningen, Bram van Belastingen"), "who is in it now");
        assert!(!engine.raw_contains("content", b"KANARIE van").await);
        // One viewing each, and one line of editing each however much is typed.
        for at in 0..5 {
            anna.types(1, &format!("meer {at}")).await;
        }
        anna.until("durability", |one| one.durable == one.sent).await;
        assert_eq!(drafting.lines(LineKind::Opened).await, 3);
        assert_eq!(drafting.lines(LineKind::Edited).await, 2);
        // After a restart it is still there.
        let again = World::reopen(engine).await;
        let mut carla = again.browser(CARLA).await;
        carla.for_case(case).await;
        let page = carla.get(&format!("{case}/plan")).await;
        assert!(page.text.contains("KANARIE van Anna") && page.text.contains("meer 4"));
    }

    async fn an_intervention_stands_in_the_work_of_who_is_to_do_it_while_in_the_team(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        anna.intervenes(0x999, BRAM, "2026-11-20").await;
        anna.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        let work = drafting.bram.get("/").await.text;
        assert!(work.contains("Fiscaal") && work.contains("uiterlijk 20 november 2026") && work.contains("te laat"), "{work}");
        assert!(!work.contains("KANARIE"), "no words of the plan");
        assert!(!drafting.anna.get("/").await.text.contains("uiterlijk 20 november 2026"));
        let page = drafting.carla.get(&format!("{}/plan", drafting.case)).await.text;
        assert!(page.contains("KANARIE beslag") && page.contains("Interventies in dit plan"));
        // As a file it is one more line, and only for the team.
        let before = drafting.lines(LineKind::Exported).await;
        let file = drafting.carla.post(&format!("{}/plan/word", drafting.case), &[]).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.headers["content-disposition"].to_str().unwrap().contains("C-2026-0001-plan.docx"));
        assert!(file.text.starts_with("PK"), "a Word document is a zip");
        assert_eq!(drafting.lines(LineKind::Exported).await, before + 1);
        // On paper too.
        let paper = drafting.carla.get(&format!("{}/plan/afdrukken", drafting.case)).await;
        assert!(paper.text.contains("KANARIE beslag") && paper.text.contains("Carla Coordinator, Openbare orde"));
        assert_eq!(drafting.lines(LineKind::Printed).await, 1);
        let mut dirk = drafting.world.browser(DIRK).await;
        assert_eq!(dirk.get(&format!("{}/plan/afdrukken", drafting.case)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(dirk.post(&format!("{}/plan/word", drafting.case), &[]).await.status, StatusCode::NOT_FOUND);
        // Out of the team, out of the case's work.
        drafting.team(&[ANNA]).await;
        assert!(!drafting.bram.get("/").await.text.contains("uiterlijk 20 november 2026"));
    }

    async fn who_is_mentioned_is_told_until_they_open_the_plan_or_the_thread_is_dealt_with(engine: Engine) {
        const TOLD: &str = "U bent genoemd in het plan van C-2026-0001";
        let mut drafting = Drafting::on(engine.clone()).await;
        let plan = format!("{}/plan", drafting.case);
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        let mention = |index| format!("KANARIEWOORDEN @{{{}}}", person(index));
        // Bram of the team; Dirk, who is not in it; somebody who does not exist; and herself.
        let all = format!("{} {} @{{{}}} {}", mention(BRAM), mention(DIRK), Uuid::from_u128(0xdead), mention(ANNA));
        anna.says(71, ANNA, Some(&all)).await;
        anna.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        let work = drafting.bram.get("/").await.text;
        assert!(work.contains(TOLD) && work.contains("door Anna van Vergunningen"), "{work}");
        assert!(work.contains(&format!("#opmerking-{}", Uuid::from_u128(71))), "a link to the comment");
        assert!(!work.contains("KANARIE"), "no words of the plan");
        assert!(!engine.raw_contains("content", b"KANARIEWOORDEN").await);
        let mut dirk = drafting.world.browser(DIRK).await;
        for other in [&mut drafting.anna, &mut drafting.carla, &mut dirk] {
            assert!(!other.get("/").await.text.contains("U bent genoemd"));
        }
        // Whoever opens it has been told. Printing it shows no comments, so that is not opening it.
        drafting.bram.get(&format!("{plan}/afdrukken")).await;
        assert!(drafting.bram.get("/").await.text.contains(TOLD));
        let page = drafting.bram.get(&plan).await.text;
        assert!(page.contains("KANARIEWOORDEN") && page.contains("@Bram van Belastingen"), "{page}");
        assert!(!drafting.bram.get("/").await.text.contains(TOLD));
        // Mentioned again, until the thread is dealt with; opened again, it mentions anew.
        for (text, told) in [(Some(mention(BRAM)), true), (None, false), (Some("heropend".into()), true)] {
            engine.clock.set(engine.clock.now().plus_seconds(60));
            anna.says(71, ANNA, text.as_deref()).await;
            anna.until("durability", |one| one.durable == one.sent).await;
            assert_eq!(drafting.bram.get("/").await.text.contains(TOLD), told, "{text:?}");
        }
        // Out of the team, out of its talk.
        drafting.team(&[ANNA]).await;
        assert!(!drafting.bram.get("/").await.text.contains("U bent genoemd"));
    }

    async fn a_mention_under_somebody_elses_name_is_refused_and_tells_nobody(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        let before = drafting.refusals(ANNA).await;
        anna.says(71, CARLA, Some(&format!("@{{{}}}", person(BRAM)))).await;
        assert_eq!(anna.until_closed().await, 4400);
        assert_eq!(drafting.refusals(ANNA).await, before + 1);
        assert!(!drafting.bram.get("/").await.text.contains("U bent genoemd"));
        assert!(!drafting.bram.get(&format!("{}/plan", drafting.case)).await.text.contains("opmerking-"));
    }

    async fn the_server_says_who_somebody_is_whatever_their_window_says(engine: Engine) {
        let drafting = Drafting::on(engine).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        bram.is_here(502, r#"{"user":{"name":"De burgemeester"},"cursor":{"anchor":1},"more":"x"}"#).await;
        anna.until("Bram", |one| one.presence.contains("Bram van Belastingen")).await;
        assert!(anna.presence.contains("cursor") && anna.presence.contains("Belastingen"));
        assert!(!anna.presence.contains("burgemeester") && !anna.presence.contains("more"));
        // Whoever leaves is gone for the others.
        anna.presence.clear();
        drop(bram);
        anna.until("his leaving", |one| one.presence.contains("null")).await;
    }

    async fn nobody_outside_the_team_gets_a_byte_and_the_ledger_knows(engine: Engine) {
        let drafting = Drafting::on(engine).await;
        let Drafting { address, ref case, .. } = drafting;
        let dirk = drafting.world.browser(DIRK).await;
        let nowhere = "/casussen/00000000-0000-4000-8000-000000000000";
        let before = drafting.refusals(DIRK).await;
        assert_eq!(dial(address, case, &dirk.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        assert_eq!(dial(address, nowhere, &dirk.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        assert_eq!(drafting.refusals(DIRK).await, before + 2);
        for index in [FG, ADMIN, PRIVACY, KEES] {
            let other = drafting.world.browser(index).await;
            assert_eq!(dial(address, case, &other.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        }
        assert_eq!(dial(address, case, "", None).await.err(), Some(StatusCode::UNAUTHORIZED));
        // A page of another site, with Anna's cookies.
        let anna = drafting.anna.cookies();
        let before = drafting.refusals(ANNA).await;
        let other = dial(address, case, &anna, Some("https://elders.example")).await;
        assert_eq!(other.err(), Some(StatusCode::FORBIDDEN));
        assert_eq!(drafting.refusals(ANNA).await, before + 1);
        // The purpose was not stated in a new session.
        let fresh = drafting.world.browser(ANNA).await;
        assert_eq!(dial(address, case, &fresh.cookies(), None).await.err(), Some(StatusCode::FORBIDDEN));
    }

    async fn who_leaves_the_team_is_stopped_at_the_next_frame_and_sees_nothing_more(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        for window in [&mut anna, &mut bram] {
            window.until("the template", |one| one.text().contains("Situatie")).await;
        }
        drafting.team(&[BRAM]).await;
        // Bram's words are sent before any look at rights could have come by chance.
        bram.types(0, "alleen voor het team").await;
        anna.types(0, "van wie er niet meer in zit").await;
        assert_eq!(anna.until_closed().await, 4403);
        assert!(!anna.text().contains("alleen voor het team"));
        bram.until("durability", |one| one.durable == one.sent).await;
        assert!(!bram.text().contains("van wie er niet meer in zit"));
        assert!(drafting.refusals(ANNA).await >= 1);
        assert_eq!(dial(drafting.address, &drafting.case, &drafting.anna.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        // Whoever only reads is let go too.
        drafting.team(&[]).await;
        assert_eq!(bram.until_closed().await, 4403);
    }

    async fn what_is_no_message_or_not_ones_own_ends_the_connection_and_is_recorded(engine: Engine) {
        let drafting = Drafting::on(engine).await;
        let Drafting { address, ref case, .. } = drafting;
        let mut anna = Window::open(address, case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        anna.types(0, "van Anna").await;
        anna.until("durability", |one| one.durable == one.sent).await;
        let before = drafting.refusals(BRAM).await;
        let mut ended = 0;
        for frame in [vec![0, 0, 200], vec![0, 2, 3, 9, 9, 9], vec![1, 1, 7]] {
            let mut bram = Window::open(address, case, &drafting.bram, 502 + ended).await;
            bram.send(frame.clone()).await;
            assert_eq!(bram.until_closed().await, 4400, "{frame:?}");
            ended += 1;
        }
        // Anna's number, words from the future, and Anna's place.
        let mut bram = Window::open(address, case, &drafting.bram, 501).await;
        bram.until("the text", |one| one.text().contains("van Anna")).await;
        bram.types(0, "zogenaamd van Anna").await;
        assert_eq!(bram.until_closed().await, 4400);
        let mut bram = Window::open(address, case, &drafting.bram, 510).await;
        bram.until("the text", |one| one.text().contains("van Anna")).await;
        let _ = bram.typed(0, "nooit verstuurd");
        bram.types(0, "uit de toekomst").await;
        assert_eq!(bram.until_closed().await, 4400);
        let mut bram = Window::open(address, case, &drafting.bram, 511).await;
        bram.is_here(501, "{}").await;
        assert_eq!(bram.until_closed().await, 4400);
        assert_eq!(drafting.refusals(BRAM).await, before + ended as usize + 3);
        // Far too much at once.
        let mut bram = Window::open(address, case, &drafting.bram, 512).await;
        bram.send(vec![0; 5 * 1024 * 1024]).await;
        assert_ne!(bram.until_closed().await, 0);
        // None of it harmed Anna.
        anna.types(0, "gewoon verder").await;
        anna.until("durability", |one| one.durable == one.sent).await;
        assert!(!anna.text().contains("zogenaamd") && !anna.text().contains("toekomst"));
    }

    async fn presence_is_a_line_every_five_minutes_and_ends_with_the_session(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        assert_eq!(drafting.lines(LineKind::StillOpen).await, 0);
        engine.clock.set(NOON.plus_seconds(301));
        let begun = Instant::now();
        while drafting.lines(LineKind::StillOpen).await == 0 {
            assert!(begun.elapsed() < LIMIT, "no line");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        drafting.anna.post("/afmelden", &[]).await;
        assert_eq!(anna.until_closed().await, 4401);
    }

    async fn while_the_log_cannot_be_written_nothing_is_taken_and_nothing_is_lost(engine: Engine) {
        let drafting = Drafting::on(engine.clone()).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        let outside = engine.outside("ledger").await;
        let (refuse, allow) = if engine.is_sqlite() {
            ("CREATE TRIGGER full BEFORE INSERT ON payloads BEGIN SELECT RAISE(ABORT, 'no room'); END", "DROP TRIGGER full")
        } else {
            (
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$;
                 CREATE TRIGGER full_disk BEFORE INSERT ON payloads EXECUTE FUNCTION full_disk()",
                "DROP TRIGGER full_disk ON payloads",
            )
        };
        execute(&outside, refuse).await.unwrap();
        anna.types(0, "terwijl er niets kan worden vastgelegd").await;
        assert_eq!(anna.until_closed().await, 4503);
        assert!(anna.durable < anna.sent, "nothing is acknowledged");
        let refused = dial(drafting.address, &drafting.case, &drafting.bram.cookies(), None).await;
        assert_eq!(refused.err(), Some(StatusCode::SERVICE_UNAVAILABLE));
        execute(&outside, allow).await.unwrap();
        // The window comes back with the same document, and sends what is not there yet.
        let doc = anna.doc.clone();
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.doc = doc;
        anna.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        bram.until("the text", |one| one.text().contains("terwijl er niets kan worden vastgelegd")).await;
    }

    async fn a_role_that_is_taken_away_counts_while_the_plan_is_open(engine: Engine) {
        let drafting = Drafting::on(engine.clone()).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        for window in [&mut anna, &mut bram] {
            window.until("the template", |one| one.text().contains("Situatie")).await;
        }
        plein_vault::on_db!(&engine.outside("content").await, |pool| {
            sqlx::query("UPDATE people SET roles = 'administrator' WHERE id = $1").bind(person(ANNA).0).execute(pool).await.map(drop)
        }).unwrap();
        // Within the few seconds in which sessions are looked at; the others stay.
        assert_eq!(anna.until_closed().await, 4403);
        bram.types(0, "van wie mag").await;
        bram.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        assert!(!anna.text().contains("van wie mag"));
    }

    async fn a_plan_that_is_destroyed_while_open_ends_for_everybody_and_takes_nothing_more(engine: Engine) {
        let drafting = Drafting::on(engine.clone()).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        anna.types(0, "van voor de vernietiging").await;
        anna.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        let told = anna.durable;
        let case = drafting.id();
        for statement in [
            "DELETE FROM plan_updates WHERE case_id = $1", "DELETE FROM plan_sections WHERE case_id = $1",
            "DELETE FROM plan_clients WHERE case_id = $1", "DELETE FROM plan_interventions WHERE case_id = $1",
            "DELETE FROM plans WHERE case_id = $1", "DELETE FROM links WHERE case_id = $1",
            "DELETE FROM decisions WHERE case_id = $1", "DELETE FROM case_team WHERE case_id = $1",
            "DELETE FROM cases WHERE id = $1",
        ] {
            plein_vault::on_db!(&engine.outside("content").await, |pool| {
                sqlx::query(statement).bind(case.0).execute(pool).await.map(drop)
            }).unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        anna.types(0, "van erna").await;
        // The same answer as to who may not know of it.
        assert_eq!(anna.until_closed().await, 4403);
        assert_eq!(bram.until_closed().await, 4403);
        assert_eq!(anna.durable, told, "nothing more was acknowledged");
        assert_eq!(dial(drafting.address, &drafting.case, &drafting.anna.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        let left: Vec<(i64,)> = plein_vault::on_db!(&engine.outside("content").await, |pool| {
            sqlx::query_as("SELECT sequence FROM plan_updates").fetch_all(pool).await
        }).unwrap();
        assert!(left.is_empty());
    }

    async fn a_case_without_a_plan_says_so_and_only_its_coordinator_begins_it(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let of_anna = world.log(&mut anna, &pairs(&signal("a"))).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("Zaak", &[&of_anna], &["facts"], &[ANNA]).await;
        anna.for_case(&case).await;
        carla.for_case(&case).await;
        let address = world.serve().await;
        let mut early = Window::open(address, &case, &anna, 501).await;
        assert_eq!(early.until_closed().await, 4404);
        let page = anna.get(&format!("{case}/plan")).await;
        assert!(page.text.contains("nog geen plan") && !page.text.contains("Plan beginnen"));
        assert_eq!(anna.post(&format!("{case}/plan"), &[]).await.status, StatusCode::FORBIDDEN);
        for _ in 0..2 {
            assert_eq!(carla.post(&format!("{case}/plan"), &[]).await.status, StatusCode::SEE_OTHER);
        }
        assert!(anna.get(&format!("{case}/plan")).await.text.contains("Aanpak: Vergunningen"));
        let mut dirk = world.browser(DIRK).await;
        assert_eq!(dirk.get(&format!("{case}/plan")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(dirk.post(&format!("{case}/plan"), &[]).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_window_that_reads_late_finds_everything_in_order_and_keeps_nobody_waiting(engine: Engine) {
        let drafting = Drafting::on(engine).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        for window in [&mut anna, &mut bram] {
            window.until("the template", |one| one.text().contains("Situatie")).await;
        }
        // More than all buffers between them hold, while Bram reads nothing.
        let page = "KANARIE ".repeat(8 * 1024);
        for at in 0..160 {
            anna.types(at % 3, &format!("{at:03} {page}")).await;
            let sent = anna.sent;
            anna.until("durability", |one| one.durable == sent).await;
        }
        let sent = anna.sent;
        assert_eq!(anna.durable, sent);
        bram.types(0, "KANARIE aan het eind").await;
        bram.until("all of it", |one| one.text().contains("159 KANARIE") && one.durable == one.sent).await;
        anna.until("the end", |one| one.text().contains("KANARIE aan het eind")).await;
        assert!(bram.closed.is_none());
        assert_eq!(bram.shape(), anna.shape());
    }
}
