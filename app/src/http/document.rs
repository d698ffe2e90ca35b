//! The document around every page.
//!
//! A page is a handler that asks its one port first and is then made in one go, so the status, a redirect and the
//! line in the access log are decided before the first byte, and nothing is in the document but what is shown (no
//! serialised answers beside it). That is also why neither `leptos_router` nor resources are used: with islands
//! the browser has nothing to route, and the wasm stays without them. Only a page with an island loads the wasm.

use super::{Notice, Scene};
use crate::{
    pages::{
        administration,
        help::{self, Task},
    },
    texts::{self, Lang, about, common, notices, number_of, permissions, t},
};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::people::{Person, Role};

/// What is particular to one page.
pub(crate) struct Page {
    pub title: String,
    pub body: AnyView,
    /// A script of its own, by its path.
    pub script: Option<String>,
    /// What people do on it, where its address does not tell.
    pub task: Option<Task>,
}

impl Page {
    pub(crate) fn new(title: impl Into<String>, body: impl IntoView) -> Self {
        Self { title: title.into(), body: body.into_view().into_any(), script: None, task: None }
    }

    /// With help for this task.
    pub(crate) fn helped_with(mut self, task: Task) -> Self {
        self.task = Some(task);
        self
    }

    /// With a script of its own.
    pub(crate) fn with_script(mut self, path: &str) -> Self {
        self.script = Some(path).filter(|path| !path.is_empty()).map(str::to_owned);
        self
    }
}

/// Loads the islands' program and starts each island in the page.
const LOADER: &str = include_str!("loader.js");
/// A page that the browser restores from its memory is asked for again: it may no longer be allowed, and looking
/// at it again is a viewing.
const RESTORED: &str = "addEventListener('pageshow',e=>{if(e.persisted)location.reload()})";

/// While developing: the server was away and is back, so this page is an old one.
const RELOAD: &str = "let away=false;setInterval(()=>fetch('/healthz',{cache:'no-store'}).then(()=>{if(away)location.reload()},()=>{away=true}),400)";

/// The page in its document.
pub(crate) fn document(scene: &Scene, status: StatusCode, make: impl FnOnce() -> Page) -> Response {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        provide_context(scene.lang);
        let Page { title, body, script, task } = make();
        let body = view! { {notice(scene.notice)} {body} }.to_html();
        let islands = body.contains("<leptos-island");
        format!("<!DOCTYPE html>{}", shell(scene, title, body, islands, script, task).to_html())
    });
    owner.cleanup();
    (status, Html(html)).into_response()
}

fn shell(
    scene: &Scene,
    title: String,
    body: String,
    islands: bool,
    script: Option<String>,
    task: Option<Task>,
) -> AnyView {
    let installation = &scene.installation;
    let title = format!("{title} – {} {}", installation.plein_name, installation.municipality);
    let assets = &scene.assets;
    let icon = if assets.icon.is_empty() { "data:,".to_owned() } else { assets.icon.clone() };
    let tokens = (!assets.tokens.is_empty()).then(|| view! { <link rel="stylesheet" href=assets.tokens.clone() /> });
    let loader = islands.then(|| {
        let start = LOADER.trim_end().replace("{js}", &assets.js).replace("{wasm}", &assets.wasm);
        view! { <script type="module" nonce=scene.nonce.clone() inner_html=start></script> }
    });
    view! {
        <html lang=scene.lang.code() class="voorbeeld-theme utrecht-root">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex" />
                <title>{title}</title>
                <link rel="icon" href=icon />
                <link rel="stylesheet" href=assets.css.clone() />
                {tokens}
                <script nonce=scene.nonce.clone() inner_html=RESTORED></script>
                {assets.reload.then(|| view! { <script nonce=scene.nonce.clone() inner_html=RELOAD></script> })}
                {loader}
                {script.map(|path| view! { <script type="module" nonce=scene.nonce.clone() src=path></script> })}
            </head>
            <body class="utrecht-document utrecht-surface">
                <a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud">{t(common::SKIP)}</a>
                {super::session::ending(scene)}
                {banner(scene)}
                {header_part(scene, task)}
                <main id="inhoud" class="page-width page-main" tabindex="-1" inner_html=body></main>
                {footer(scene)}
            </body>
        </html>
    }
    .into_any()
}

fn banner(scene: &Scene) -> Option<AnyView> {
    scene.installation.demo.then(|| {
        view! {
            <aside class="demo-banner" aria-label=t(common::DEMO_LABEL)>
                <p class="page-width">{t(common::DEMO)}" "{crate::pages::tour::link(scene)}</p>
            </aside>
        }
        .into_any()
    })
}

fn header_part(scene: &Scene, task: Option<Task>) -> AnyView {
    view! {
        <header class="page-header">
            <div class="page-width page-header__top">
                <a class="brand" href="/">
                    <span class="brand__name">{scene.installation.plein_name.clone()}</span>
                    <span class="brand__municipality">{scene.installation.municipality.clone()}</span>
                </a>
                <div class="page-header__tools">
                    {scene.person.as_ref().map(who)}
                    {help_link(scene, task)}
                    {language(scene)}
                </div>
            </div>
            {scene.person.as_ref().map(|person| navigation(person, scene))}
        </header>
    }
    .into_any()
}

fn who(person: &Person) -> AnyView {
    let roles = person.roles.iter().map(|role| t(texts::Named::text(*role))).collect::<Vec<_>>().join(", ");
    view! {
        <p class="who">
            <span class="visually-hidden">{t(common::SIGNED_IN_AS)}" "</span>
            <strong>{person.name.clone()}</strong>
            <span class="who__role">{format!("{}, {roles}", person.department.name)}</span>
        </p>
        <form method="post" action="/afmelden">
            <button type="submit" class="utrecht-button utrecht-button--subtle">{t(common::SIGN_OUT)}</button>
        </form>
    }
    .into_any()
}

/// The way to the help, at the same place on every page (WCAG 2.2, 3.2.6): with what is done here, or else all of it.
fn help_link(scene: &Scene, task: Option<Task>) -> AnyView {
    let path = scene.bare_path();
    let (href, text) = match task.or_else(|| Task::of(path)) {
        Some(task) => (help::path(task), texts::help::THIS_PAGE),
        None => (help::PATH.to_owned(), texts::help::TITLE),
    };
    let current = (path == href).then_some("page");
    view! { <a class="utrecht-link utrecht-link--html-a page-header__help" href=href aria-current=current>{t(text)}</a> }
        .into_any()
}

fn language(scene: &Scene) -> AnyView {
    let other = match scene.lang {
        Lang::En => Lang::Nl,
        _ => Lang::En,
    };
    view! {
        <form method="post" action="/taal" class="language">
            <input type="hidden" name="naar" value=if scene.again { scene.path.to_string() } else { "/".into() } />
            <button type="submit" name="taal" value=other.code() lang=other.code()
                class="utrecht-button utrecht-button--subtle">{t(common::OTHER_LANGUAGE)}</button>
        </form>
    }
    .into_any()
}

/// Whether anything can happen of which somebody with these roles is told.
pub(super) fn has_notices(person: &Person) -> bool {
    let works = person.is(Role::Member) || person.is(Role::Coordinator);
    // Who reviews uses of break-glass is told of them.
    works || person.is(Role::Fg) || person.is(Role::PrivacyOfficer)
}

/// Whether somebody with these roles has anything at this area.
fn areas(person: &Person) -> Vec<(&'static str, texts::Text)> {
    let works = person.is(Role::Member) || person.is(Role::Coordinator);
    let mut areas = vec![("/", common::WORK)];
    if works {
        areas.push(("/signalen", common::SIGNALS));
    }
    if works || person.is(Role::PrivacyOfficer) {
        areas.push(("/casussen", common::CASES));
    }
    if has_notices(person) {
        areas.push(("/meldingen", notices::TITLE));
    }
    areas.push(("/mijn-inzagen", common::MY_VIEWINGS));
    if person.is(Role::Administrator) {
        areas.push((administration::PATH, texts::administration::TITLE));
    } else if person.is(Role::PrivacyOfficer) {
        areas.push((administration::proposals::PATH, texts::administration::PROPOSALS));
    }
    if person.is(Role::Fg) {
        areas.push(("/toezicht/inzagelog", common::ACCESS_LOG));
        areas.push(("/toezicht/betrokkene", texts::supervision::WHO_SAW));
        areas.push((crate::pages::supervision::reviews::PATH, texts::break_glass::REVIEWS));
        areas.push(("/toezicht/controlepunten", texts::supervision::CHECKPOINTS));
    }
    areas
}

fn navigation(person: &Person, scene: &Scene) -> AnyView {
    let unread = scene.unread.filter(|unread| *unread > 0);
    let path = scene.bare_path();
    let items = areas(person).into_iter().map(|(area, text)| {
        let below = path.strip_prefix(area).is_some_and(|rest| rest.starts_with('/'));
        let current = if path == area {
            Some("page")
        } else if area != "/" && below {
            Some("true")
        } else {
            None
        };
        let count = unread.filter(|_| area == "/meldingen").map(|unread| {
            let told = number_of(unread, notices::UNREAD_ONE, notices::UNREAD_SEVERAL);
            view! {
                " "
                <span class="navigation__count" aria-hidden="true">{unread.to_string()}</span>
                <span class="visually-hidden">{format!("({told})")}</span>
            }
        });
        view! { <li><a class="navigation__link" href=area aria-current=current>{t(text)}{count}</a></li> }
    });
    view! {
        <nav class="navigation" aria-label=t(common::NAVIGATION)>
            <ul class="page-width navigation__list">{items.collect_view()}</ul>
        </nav>
    }
    .into_any()
}

fn notice(notice: Option<Notice>) -> Option<AnyView> {
    notice.map(|notice| {
        view! {
            <div class="utrecht-alert utrecht-alert--ok notice" role="status">
                <p class="utrecht-paragraph">{t(notice.text())}</p>
            </div>
        }
        .into_any()
    })
}

fn footer(scene: &Scene) -> AnyView {
    view! {
        <footer class="page-footer">
            <div class="page-width">
                <p>{scene.installation.plein_name.clone()}" · "{scene.installation.municipality.clone()}</p>
                <p>{t(common::FOOTER_LOG)}" "{t(common::FOOTER_COOKIES)}</p>
                {about(scene)}
            </div>
        </footer>
    }
    .into_any()
}

/// What tells about Plein itself, and not about anybody in it; the register only to who is signed in.
fn about(scene: &Scene) -> AnyView {
    let path = scene.bare_path();
    let own =
        [("/verwerkingsregister", common::REGISTER), (administration::sessions::PATH, texts::administration::MINE)];
    let own = scene.person.as_ref().map(|_| own).into_iter().flatten();
    let public = [
        (help::PATH, texts::help::TITLE),
        ("/privacy", about::PRIVACY),
        ("/toegankelijkheid", about::ACCESSIBILITY),
        ("/cookies", about::COOKIES),
        ("/regels", permissions::TITLE),
    ];
    let items = own.chain(public).map(|(page, text)| {
        let current = (path == page).then_some("page");
        view! { <li><a class="utrecht-link utrecht-link--html-a" href=page aria-current=current>{t(text)}</a></li> }
    });
    view! {
        <nav aria-label=t(common::ABOUT)>
            <ul class="page-footer__links">{items.collect_view()}</ul>
        </nav>
    }
    .into_any()
}
