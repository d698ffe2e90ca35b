//! The edge of the pages: who asks, what was typed, and the document that answers.

mod asked;
mod document;
mod functions;
mod path;
mod scene;
mod session;
mod typed;

pub(crate) use asked::{CasePart, Id, ListRow, Visit};
pub(crate) use document::{Page, document};
pub(crate) use path::LocalPath;
pub(crate) use scene::{LANGUAGE_COOKIE, LANGUAGE_SECONDS, Notice, Scene, see_other, send_again};
pub(crate) use typed::{BODY_LIMIT, PAIRS_LIMIT, SENT_AGAIN, SENT_PREFIX, Sent, Typed, encoded, query, read};

use crate::pages;
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    routing::{get, post},
};
use plein_domain::ports::Ports;
use std::sync::Arc;

/// Paths that can be reached without being signed in: exactly these, and what lies under them.
pub const PUBLIC: &[&str] = &[
    "/aanmelden",
    "/taal",
    "/assets",
    "/functies",
    "/privacy",
    "/toegankelijkheid",
    "/cookies",
    "/regels",
    pages::help::PATH,
    pages::tour::PATH,
];

/// Where the browser finds what belongs to the pages: URL paths of files whose names follow their content.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// The islands' script (wasm-bindgen's).
    pub js: String,
    /// The islands' WebAssembly.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The style sheet with the municipality's own design tokens, after that one; empty when it has none.
    pub tokens: String,
    /// Whether pages watch the server and load themselves anew after it was restarted: for `cargo xtask dev`.
    pub reload: bool,
    /// The plan editor's script; only the page of a plan loads it.
    pub editor: String,
    /// The icon; without one, the browser is told not to ask for any.
    pub icon: String,
    /// The pictures of the help.
    pub pictures: Vec<Picture>,
}

/// A picture that a page shows.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What it is called in the code.
    pub name: String,
    /// Its URL path.
    pub path: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// What the pages need besides the request.
#[derive(Clone)]
pub(crate) struct App {
    pub ports: Ports,
    pub assets: Arc<Assets>,
}

impl FromRef<App> for Ports {
    fn from_ref(app: &App) -> Self {
        app.ports.clone()
    }
}

/// All pages, form posts and server functions.
///
/// The edge around it puts into the request's extensions: `Asker` when somebody is signed in, `Nonce` of the content
/// security policy, and `Arrival`. Without an `Asker` this router itself answers all but [`PUBLIC`] paths with a
/// redirect to the sign-in (GET), or keeps what was typed in the page that says so (POST).
pub fn router(ports: Ports, assets: Assets) -> Router {
    let app = App { ports, assets: Arc::new(assets) };
    Router::new()
        .route("/aanmelden", get(pages::sign_in::view).post(pages::sign_in::post))
        .route("/aanmelden/beginnen", get(pages::sign_in::provider::begin))
        .route("/aanmelden/terug", get(pages::sign_in::provider::complete))
        .route("/aanmelden/afgemeld", get(pages::sign_in::provider::signed_out))
        .route(pages::tour::PATH, get(pages::tour::view))
        .route("/privacy", get(pages::about::privacy))
        .route("/toegankelijkheid", get(pages::about::accessibility))
        .route("/cookies", get(pages::about::cookies))
        .route("/regels", get(pages::rules::view))
        .route(pages::help::PATH, get(pages::help::index))
        .route("/hulp/{taak}", get(pages::help::view))
        .route("/aanmelden/resterend", get(session::left))
        .route("/verlengen", post(session::extend))
        .route("/opnieuw-aanmelden", get(pages::sign_in::anew::view).post(pages::sign_in::anew::post))
        .route("/opnieuw-aanmelden/beginnen", get(pages::sign_in::anew::begin))
        .route("/afmelden", post(pages::sign_in::leave))
        .route("/taal", post(pages::language::post))
        .route("/doel", post(pages::purpose::post))
        .route("/", get(pages::work::view))
        .route("/meldingen", get(pages::notices::view).post(pages::notices::read))
        .route("/signalen", get(pages::signals::list::view))
        .route("/signalen/inlezen", get(pages::imports::start::view).post(pages::imports::start::post))
        .route("/signalen/inlezen/{id}", get(pages::imports::rows::view).post(pages::imports::rows::post))
        .route(
            "/signalen/inlezen/{id}/kolommen",
            get(pages::imports::columns::view).post(pages::imports::columns::post),
        )
        .route("/signalen/inlezen/{id}/regels/{number}", get(pages::imports::row::view).post(pages::imports::row::post))
        .route("/signalen/inlezen/{id}/bestand", post(pages::imports::file::post))
        .route("/signalen/inlezen/{id}/weg", get(pages::imports::start::discard).post(pages::imports::start::discarded))
        .route("/signalen/{id}", get(pages::signals::signal::view))
        .route("/signalen/{id}/inzagen", get(pages::signals::viewings::view))
        .route("/signalen/{id}/versies", get(pages::signals::versions::view))
        .route("/concepten", post(pages::drafts::begin::post))
        .route("/concepten/{id}", get(pages::drafts::form::view).post(pages::drafts::form::post))
        .route("/concepten/{id}/controleren", get(pages::drafts::answers::view))
        .route("/concepten/{id}/versturen", post(pages::drafts::answers::post))
        .route("/concepten/{id}/conflict", post(pages::drafts::conflict::post))
        .route("/concepten/{id}/venster", post(pages::drafts::conflict::settle))
        .route("/concepten/{id}/weg", get(pages::drafts::discard::view).post(pages::drafts::discard::post))
        .route("/casussen", get(pages::cases::list::view))
        .route("/casussen/{id}", get(pages::cases::case::view))
        .route("/casussen/{id}/plan", get(pages::cases::plan::view).post(pages::cases::plan::begin))
        .route("/casussen/{id}/plan/afdrukken", get(pages::cases::plan::print))
        .route("/casussen/{id}/plan/word", post(pages::cases::plan::export))
        .route("/casussen/{id}/plan/versies", get(pages::cases::versions::view).post(pages::cases::versions::keep))
        .route("/casussen/{id}/plan/versies/{number}", get(pages::cases::version::view))
        .route("/casussen/{id}/plan/versies/{number}/voorleggen", post(pages::cases::version::propose))
        .route("/casussen/{id}/plan/versies/{number}/antwoord", post(pages::cases::version::answer))
        .route("/casussen/{id}/plan/versies/{number}/vaststellen", post(pages::cases::version::adopt))
        .route("/casussen/{id}/plan/versies/{number}/verwijderen", post(pages::cases::version::remove))
        .route("/casussen/{id}/plan/versies/{number}/afdrukken", get(pages::cases::version::print))
        .route("/casussen/{id}/plan/versies/{number}/word", post(pages::cases::version::export))
        .route("/casussen/{id}/plan/vergelijken", get(pages::cases::comparison::view))
        .route("/casussen/{id}/koppelen", get(pages::cases::link::view))
        .route("/casussen/{id}/notities", get(pages::cases::notes::view).post(pages::cases::notes::write))
        .route("/casussen/{id}/notities/afdrukken", get(pages::cases::notes::print))
        .route("/casussen/{id}/notities/{note}", get(pages::cases::note::view).post(pages::cases::note::change))
        .route("/casussen/{id}/notities/{note}/intrekken", post(pages::cases::note::withdraw))
        .route("/casussen/{id}/betrokkenen", post(pages::cases::seen::judge))
        .route("/casussen/{id}/tijdlijn", get(pages::cases::timeline::view))
        .route("/casussen/{id}/geschiedenis", get(pages::cases::history::view))
        .route("/casussen/{id}/inzagen", get(pages::cases::viewings::view))
        .route("/weergaven", get(pages::views::view).post(pages::views::keep))
        .route("/weergaven/{id}", get(pages::views::one).post(pages::views::rename))
        .route("/weergaven/{id}/weg", post(pages::views::remove))
        .route("/verwerkingsregister", get(pages::register::view))
        .route("/verwerkingsregister/versies", get(pages::register::versions::view))
        .route("/verwerkingsregister/versies/{number}", get(pages::register::versions::one))
        .route("/verwerkingsregister/inlezen", get(pages::register::start::view).post(pages::register::start::post))
        .route(
            "/verwerkingsregister/inlezen/{id}",
            get(pages::register::proposal::view).post(pages::register::proposal::post),
        )
        .route(
            "/verwerkingsregister/inlezen/{id}/kolommen",
            get(pages::register::columns::view).post(pages::register::columns::post),
        )
        .route("/verwerkingsregister/inlezen/{id}/bestand", post(pages::register::file::post))
        .route(
            "/verwerkingsregister/inlezen/{id}/weg",
            get(pages::register::start::discard).post(pages::register::start::discarded),
        )
        .route("/mijn-inzagen", get(pages::log::mine))
        .route("/mijn-sessies", get(pages::administration::sessions::view).post(pages::administration::sessions::end))
        .route("/beheer", get(pages::administration::waiting))
        .route("/beheer/mensen", get(pages::administration::placed))
        .route(
            "/beheer/mensen/{id}",
            get(pages::administration::person::view).post(pages::administration::person::place),
        )
        .route("/beheer/mensen/{id}/ontnemen", post(pages::administration::person::take_away))
        .route("/beheer/mensen/{id}/afmelden", post(pages::administration::person::end_sessions))
        .route("/beheer/voorstellen", get(pages::administration::proposals::view))
        .route("/beheer/voorstellen/{id}", post(pages::administration::proposals::decide))
        .route("/toezicht/inzagelog", get(pages::log::whole))
        .route("/toezicht/controlepunten", get(pages::supervision::checkpoints::view))
        .route("/toezicht/controlepunten/bestand", post(pages::supervision::checkpoints::export))
        .route("/toezicht/betrokkene", get(pages::supervision::look_up::view).post(pages::supervision::look_up::post))
        .route("/toezicht/betrokkene/{id}", get(pages::supervision::seen::view))
        .route("/toezicht/betrokkene/{id}/afdrukken", get(pages::supervision::seen::print))
        .route("/toezicht/noodinzagen", get(pages::supervision::reviews::waiting))
        .route("/toezicht/noodinzagen/beoordeeld", get(pages::supervision::reviews::closed))
        .route(
            "/toezicht/noodinzagen/{id}",
            get(pages::supervision::reviews::view).post(pages::supervision::reviews::give),
        )
        .route("/toezicht/noodinzagen/{id}/stoppen", post(pages::supervision::reviews::stopped))
        .route("/noodinzage", get(pages::break_glass::start::view).post(pages::break_glass::start::begin))
        .route("/noodinzage/{id}", get(pages::break_glass::own::view))
        .route("/noodinzage/{id}/dossier", get(pages::break_glass::record::view))
        .route("/noodinzage/{id}/stoppen", post(pages::break_glass::own::stopped))
        .route("/functies/{name}", post(functions::post))
        .fallback(pages::problems::missing)
        .method_not_allowed_fallback(pages::problems::missing)
        .layer(axum::middleware::from_fn_with_state(app.clone(), asked::signed_in))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(app)
}
