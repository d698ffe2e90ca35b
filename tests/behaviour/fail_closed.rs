//! While the ledger cannot be written nothing is shown, and work goes on by itself when it can again.

use crate::{common, common::*, faults::Fault, world::*};
use http::StatusCode;
use plein_domain::ledger::LineKind;
use plein_vault::ledger::LogQuery;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// Every page that shows something, asked by who may see it.
fn shown(path: &str) -> [String; 5] {
    [path.to_owned(), "/signalen".into(), format!("{path}/inzagen"), "/mijn-inzagen".into(), "/casussen".into()]
}

/// Nothing is shown, and the page says what to do.
async fn nothing_is_shown(browser: &mut Browser, path: &str, fault: &str) {
    for asked in shown(path) {
        let page = browser.get(&asked).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{fault} {asked}");
        assert!(!page.text.contains("KANARIE"), "{fault} {asked}");
        assert!(page.text.to_lowercase().contains("opnieuw"), "it says what to do: {fault} {asked}");
    }
    // What is typed meanwhile is not lost either.
    let page = browser.post("/concepten", &[("kind", "new-signal")]).await;
    assert!(!page.status.is_success(), "{fault}");
    assert!(!page.text.contains("KANARIE"), "{fault}");
}

/// Work goes on, without a restart.
async fn work_goes_on(world: &World, browser: &mut Browser, path: &str, fault: &str) {
    let begun = Instant::now();
    let mut page = browser.get(path).await;
    while page.status != StatusCode::OK && begun.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        page = browser.get(path).await;
    }
    assert_eq!(page.status, StatusCode::OK, "{fault}: without a restart");
    assert!(page.text.contains("feiten-KANARIE"), "{fault}");
    world.log(browser, &pairs(&signal(&format!("KANARIE na {fault}")))).await;
}

both_engines! {
    async fn nothing_is_shown_while_it_cannot_be_logged_and_work_goes_on_afterwards(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let path = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        for name in Fault::lasting(&engine) {
            let fault = Fault::begin(name, &engine).await;
            nothing_is_shown(&mut anna, &path, name).await;
            // Mended only when the ledger is done with its last try: what it holds open must not be pulled away under it.
            for _ in 0..3 {
                let begun = Instant::now();
                assert!(!world.vault.ready().await, "{name}");
                if begun.elapsed() < Duration::from_millis(2500) {
                    break;
                }
            }
            fault.mend().await;
            work_goes_on(&world, &mut anna, &path, name).await;
        }
    }
}

/// A small file system in memory, unmounted when dropped.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: &Path) -> Option<Self> {
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "none"]).arg(folder).output();
        mount.is_ok_and(|mount| mount.status.success()).then(|| Self(folder.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a connection may still be closing.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

/// All three databases on one disk that is full, where this process may mount one (as root).
#[test]
fn nothing_is_shown_while_the_disk_is_full_and_work_goes_on_afterwards() {
    common::on_sqlite(|engine| async move {
        let Some(disk) = Disk::mount(&engine.folder) else {
            println!("no right to mount a small disk: only the ledger's refusals are tried");
            return;
        };
        let world = World::new(engine.clone()).await;
        let mut anna = world.browser(ANNA).await;
        let path = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let filler = disk.0.join("filler");
        assert!(fs::write(&filler, vec![0; 32 << 20]).is_err(), "the disk is full");
        // A write-ahead log has room of its own now and then, so that some answers have their line; the others are none.
        let (mut shown, mut refused) = (1, 0);
        for _ in 0..2000 {
            let page = anna.get(&path).await;
            match page.status {
                StatusCode::OK => shown += 1,
                status => {
                    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
                    assert!(!page.text.contains("KANARIE"));
                    assert!(page.text.to_lowercase().contains("opnieuw"), "it says what to do");
                    refused += 1;
                }
            }
            if refused >= 20 {
                break;
            }
        }
        assert!(refused >= 20, "a full disk takes no lines");
        fs::remove_file(&filler).unwrap();
        work_goes_on(&world, &mut anna, &path, "disk full").await;
        let filter = LogQuery { person: Some(person(ANNA)), kind: Some(LineKind::Opened), ..LogQuery::default() };
        let opened = engine.ledger().await.search(&filter, 10_000).await.unwrap().len();
        assert!(opened >= shown, "{shown} pages were shown, {opened} lines are there");
    });
}

/// The server of all three databases is stopped under the program, and started again.
#[test]
fn nothing_is_shown_while_the_server_is_stopped_and_work_goes_on_afterwards() {
    common::cluster::on_own_server(|engine, cluster| async move {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let path = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        cluster.stop();
        nothing_is_shown(&mut anna, &path, "server stopped").await;
        cluster.start();
        work_goes_on(&world, &mut anna, &path, "server stopped").await;
    });
}
