//! What stands on the disk without the keyring says nothing.

use crate::{common, common::*, world::*};
use plein_vault::on_db;
use sqlx::AssertSqlSafe;
use std::sync::{Arc, Mutex, OnceLock};

/// All that the program says, at its most talkative.
#[derive(Clone, Default)]
pub struct Said(Arc<Mutex<Vec<u8>>>);

impl Said {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Listens to everything in this process from now on.
pub fn listen() -> Said {
    static SAID: OnceLock<Said> = OnceLock::new();
    let listen = || {
        let said = Said::default();
        let writer = said.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .with_ansi(false)
            .finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
        said
    };
    SAID.get_or_init(listen).clone()
}

both_engines! {
    async fn nothing_planted_stands_in_the_programs_own_log_even_when_things_go_wrong(engine: Engine) {
        let said = listen();
        let world = World::new(engine.clone()).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let of_bram = world.log(&mut bram, &pairs(&signal("KANARIE"))).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("KANARIE-titel", &[&of_anna, &of_bram], &["facts"], &[ANNA, BRAM]).await;
        bram.for_case(&case).await;
        bram.get(&case).await;
        world.browser(DIRK).await.get(&case).await;
        let draft = anna.begin("new-signal", &[]).await;
        anna.post(&draft, &[("facts", "KANARIE concept"), ("do", "check")]).await;
        // A cell that does not open, and a request that cannot be read.
        let outside = engine.outside("content").await;
        execute(&outside, "UPDATE signal_versions SET content = reporter").await.unwrap();
        assert_eq!(anna.get(&of_anna).await.status, http::StatusCode::INTERNAL_SERVER_ERROR);
        anna.get("/signalen/KANARIE?KANARIE=123456782").await;
        let said = String::from_utf8_lossy(&said.0.lock().unwrap()).into_owned();
        assert!(said.contains("internal error"), "the log is listened to");
        for planted in ["KANARIE", "123456782", "Anna van Vergunningen", "Bram van"] {
            let found = said.lines().find(|line| line.contains(planted));
            assert_eq!(found, None, "{planted}");
        }
    }

    async fn no_narrative_name_title_reason_or_identifier_stands_in_the_raw_files(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let of_bram = world.log(&mut bram, &pairs(&signal("KANARIE"))).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("KANARIE-titel", &[&of_anna, &of_bram], &["facts"], &[ANNA, BRAM]).await;
        bram.for_case(&case).await;
        bram.get(&case).await;
        let draft = anna.begin("new-signal", &[]).await;
        anna.post(&draft, &[("facts", "KANARIE concept"), ("do", "save")]).await;
        let motive = "KANARIE: het kan niet wachten en niemand neemt de telefoon op.";
        let mut dirk = world.browser(DIRK).await;
        let glass = dirk.post("/noodinzage", &[("reference", "S-2026-0001"), ("motive", motive)]).await;
        let glass = glass.location().split("/dossier").next().unwrap().to_owned();
        dirk.post(&format!("{glass}/stoppen"), &[]).await;
        let review = format!("/toezicht{}", glass.replace("noodinzage", "noodinzagen"));
        let words = [("verdict", "justified"), ("words", "KANARIE oordeel")];
        assert_eq!(world.browser(FG).await.post(&review, &words).await.status, http::StatusCode::SEE_OTHER);

        for database in ["content", "ledger"] {
            for planted in ["KANARIE", "123456782", "Anna van Vergunningen", "Bram van"] {
                assert!(!engine.raw_contains(database, planted.as_bytes()).await, "{planted} in {database}");
            }
        }
        // That this search finds what does stand there clear.
        assert!(engine.raw_contains("content", b"S-2026-0001").await);
    }

    async fn a_row_copied_over_another_row_does_not_open(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let one = world.log(&mut anna, &pairs(&signal("een"))).await;
        let two = world.log(&mut anna, &pairs(&signal("twee"))).await;
        let outside = engine.outside("content").await;
        let id = |path: &str| path.rsplit('/').next().unwrap().parse::<uuid::Uuid>().unwrap();
        on_db!(&outside, |pool| {
            let text = "UPDATE signal_versions SET content = (SELECT content FROM signal_versions WHERE signal = $1) WHERE signal = $2";
            sqlx::query(AssertSqlSafe(text.to_owned())).bind(id(&one)).bind(id(&two)).execute(pool).await.unwrap();
        });
        let page = anna.get(&two).await;
        assert_eq!(page.status, http::StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!page.text.contains("feiten-een"));
        assert!(anna.get(&one).await.text.contains("feiten-een"));
    }

    async fn what_was_written_is_there_after_a_restart_and_the_log_is_whole(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let path = world.log(&mut anna, &pairs(&signal("blijft"))).await;
        let again = World::reopen(engine).await;
        let mut anna = again.browser(ANNA).await;
        assert!(anna.get(&path).await.text.contains("feiten-blijft"));
        let page = anna.get(&format!("{path}/inzagen")).await;
        assert!(page.text.matches("Anna van Vergunningen").count() >= 3, "logged, done, opened");
    }
}
