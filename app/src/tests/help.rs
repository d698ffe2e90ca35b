//! The help: for everybody, in both languages, in the words of the pages it is about, and leading to pages that are there.

use super::{
    Browser, Got,
    fake::{self, Fake},
    pages,
};
use crate::{
    Picture,
    pages::help::{Task, path},
    texts::{Lang, help},
};
use axum::http::{StatusCode, header};
use plein_domain::{
    form::FormKind,
    problem::{Incident, Problem},
    tour::{Sight, Stop},
};
use std::path::Path;

/// Every page of a task.
pub(super) fn paths() -> Vec<String> {
    Task::ALL.iter().map(|task| path(*task)).collect()
}

/// A picture of each task in each language, as the program embeds them.
pub(super) fn pictures() -> Vec<Picture> {
    let of = |task: &Task, lang: &str| {
        let name = format!("hulp-{}.{lang}.webp", task.code());
        Picture { path: format!("/assets/{name}"), name, width: 768, height: 512 }
    };
    Task::ALL.iter().flat_map(|task| ["nl", "en"].map(|lang| of(task, lang))).collect()
}

async fn reads(browser: Browser, lang: Lang, path: &str) -> Got {
    let cookie = if lang == Lang::En { "__Host-plein-taal=en" } else { "__Host-plein-taal=nl" };
    browser.header(header::COOKIE, cookie).get(path).await
}

/// Where the links in the main part of a page lead.
fn links(page: &str) -> Vec<String> {
    let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("main");
    main.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_task_has_a_page_with_its_picture_that_everybody_reads_and_that_asks_nothing_of_any_port() {
    for task in Task::ALL.iter().copied() {
        for lang in [Lang::Nl, Lang::En] {
            let unavailable = Problem::Unavailable(Incident("k7f2m9qa".into()));
            let fake = Fake::with(|script| script.problem = Some(unavailable));
            for browser in [Browser::nobody(), Browser::of(2, fake.clone())] {
                let got = reads(browser, lang, &path(task)).await;
                assert_eq!((got.status, got.body.matches("<h1").count()), (StatusCode::OK, 1), "{}", task.code());
                let picture = format!("hulp-{}.{}.webp", task.code(), lang.code());
                got.shows(&[task.title().of(lang), task.want().of(lang), &picture, "loading=\"lazy\"", "<ol"])
                    .shows(&[&format!("alt=\"{}\"", task.alt().of(lang)), "width=\"768\" height=\"512\""])
                    .hides(&[" style=", "<script>alert", "{}"]);
                assert!(got.cookies.is_empty(), "{} sets {:?}", task.code(), got.cookies);
            }
            assert!(fake.script().calls.is_empty(), "{}: {:?}", task.code(), fake.script().calls);
        }
    }
}

#[tokio::test]
async fn the_help_leads_to_pages_that_are_there_and_its_index_to_every_task() {
    let index = Browser::nobody().get("/hulp").await;
    assert_eq!(links(&index.body), paths());
    for path in paths() {
        let page = Browser::nobody().get(&path).await;
        let links: Vec<_> = links(&page.body).into_iter().filter(|link| !link.starts_with("/assets/")).collect();
        assert!(links.contains(&"/hulp".to_owned()), "{path}: {links:?}");
        for link in links {
            let got = Browser::of(2, Fake::default()).get(&link).await;
            assert_eq!(got.status, StatusCode::OK, "{path} leads to {link}");
        }
    }
}

#[tokio::test]
async fn the_help_calls_things_what_their_pages_call_them() {
    let log = Browser::nobody().get(&path(Task::LogSignal)).await;
    let desk = Browser::of(0, Fake::default()).get("/").await;
    let name = crate::texts::signals::NEW.nl;
    log.shows(&[&format!("<strong>{name}</strong>")]);
    desk.shows(&[name]);
    // Of a name in which something varies the rest is told.
    Browser::nobody().get(&path(Task::AdoptPlan)).await.shows(&["<strong>Versie … vaststellen</strong>"]);
}

#[tokio::test]
async fn there_is_no_help_with_what_is_no_task() {
    for path in ["/hulp/bestaat-niet", "/hulp/", "/hulp/%ff", "/hulp/mijn-werk/meer"] {
        for browser in [Browser::nobody(), Browser::of(2, Fake::default())] {
            let got = browser.get(path).await;
            assert_eq!(got.status, StatusCode::NOT_FOUND, "{path}");
            got.shows(&["Niet gevonden"]);
        }
    }
}

/// The task that the head of the page leads to help with.
fn helped_with(got: &Got) -> Option<Task> {
    let (before, after) = got.body.split_once("page-header__help")?;
    let tag = [before.rsplit("<a").next()?, after.split('>').next()?].concat();
    let href = tag.split("href=\"").nth(1)?.split('"').next()?;
    Task::from_code(href.strip_prefix("/hulp/")?)
}

#[tokio::test]
async fn pages_lead_to_the_help_with_what_is_done_there_and_every_task_is_led_to() {
    let page = async |path: &str| Browser::of(2, Fake::with(|script| script.may_lead = true)).get(path).await;
    let mut led_to = Vec::new();
    for path in pages::PAGES.iter().chain(pages::OPEN_PAGES).chain(pages::PUBLIC_PAGES) {
        let got = page(path).await;
        let task = helped_with(&got);
        let text = if task.is_some() { help::THIS_PAGE } else { help::TITLE };
        got.shows(&[&format!(">{}</a>", text.nl)]);
        led_to.extend(task);
    }
    let case = "/casussen/00000000-0000-0000-0000-0000000001f4";
    for (path, task) in [
        ("/", Some(Task::MyWork)),
        ("/signalen?pagina=2", Some(Task::FindSignals)),
        ("/signalen/00000000-0000-0000-0000-0000000003e9/inzagen", Some(Task::WhoViewed)),
        (case, Some(Task::KeepCase)),
        (&format!("{case}/plan"), Some(Task::WritePlan)),
        (&format!("{case}/plan/versies/1"), Some(Task::AdoptPlan)),
        ("/privacy", None),
        ("/verwerkingsregister", None),
    ] {
        assert_eq!(helped_with(&page(path).await), task, "{path}");
    }
    for kind in FormKind::ALL.iter().copied() {
        let fake = Fake::with(|script| script.draft = Some(fake::draft(kind)));
        let got = Browser::of(2, fake).get("/concepten/00000000-0000-0000-0000-000000000320").await;
        assert_eq!(helped_with(&got), Some(Task::of_form(kind)), "{}", kind.code());
        led_to.extend(helped_with(&got));
    }
    for (problem, _) in pages::problems() {
        led_to.extend(helped_with(
            &Browser::of(2, Fake::with(|script| script.problem = Some(problem))).get("/signalen").await,
        ));
    }
    led_to.extend(helped_with(&page("/signalen/inlezen").await));
    for task in Task::ALL {
        assert!(led_to.contains(task), "nothing leads to {}", task.code());
    }
}

#[tokio::test]
async fn the_tour_and_the_readme_name_only_pages_and_pictures_that_are_there() {
    let stop =
        |sight: Sight| Stop { sight, person: fake::asker(0).person.id, object: Some(fake::id(500)), version: Some(1) };
    let fake = Fake::with(|script| script.tour = Sight::ALL.iter().copied().map(stop).collect());
    let tour = Browser::of(2, fake.clone()).get("/rondleiding").await;
    let mut named: Vec<String> = tour
        .body
        .split("class=\"tour__go\"")
        .skip(1)
        .filter_map(|form| Some(form.split("name=\"naar\" value=\"").nth(1)?.split('"').next()?.replace("&amp;", "&")))
        .collect();
    assert_eq!(named.len(), Sight::ALL.len());

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = include_str!("../../../README.md");
    let of_site = |rest: &str| rest.split(|c: char| c.is_whitespace() || "`*)".contains(c)).next().map(str::to_owned);
    let of_readme = readme.split("http://localhost:8080").skip(1).filter_map(of_site);
    named.extend(of_readme.filter(|path| path.starts_with('/')));
    assert!(named.contains(&"/rondleiding".to_owned()), "{named:?}");
    for path in named {
        let got = Browser::of(2, fake.clone()).get(&path).await;
        assert_eq!(got.status, StatusCode::OK, "{path}");
    }
    for file in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(root.join(file).exists(), "the README names {file}");
    }
}
