//! What every page knows of its request, signed in or not.

use super::{App, Assets, LocalPath, Page, document};
use crate::texts::{Lang, Text, common};
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header, request::Parts};
use plein_domain::{
    people::Person,
    ports::{Arrival, Asker, Installation, Nonce, SessionLeft},
};
use std::{convert::Infallible, sync::Arc};

/// The cookie that remembers the language.
pub(crate) const LANGUAGE_COOKIE: &str = "__Host-plein-taal";

/// How long it does, in seconds: a year.
pub(crate) const LANGUAGE_SECONDS: u32 = 365 * 86_400;

/// What every page knows of its request.
#[derive(Clone)]
pub(crate) struct Scene {
    pub lang: Lang,
    /// The page's own path with its query, to come back to.
    pub path: LocalPath,
    /// Whether it can be opened again by its path; the answer to a form cannot.
    pub again: bool,
    pub nonce: String,
    pub person: Option<Person>,
    pub notice: Option<Notice>,
    /// How many notices the person has not read; nothing when that is not known.
    pub unread: Option<i64>,
    pub installation: Arc<Installation>,
    pub assets: Arc<Assets>,
    pub arrival: Option<Arrival>,
    /// How long the session still lasts, when somebody is signed in.
    pub left: Option<SessionLeft>,
}

impl Scene {
    /// The page's own path, without its query.
    pub(super) fn bare_path(&self) -> &str {
        self.path.as_str().split('?').next().unwrap_or_default()
    }

    /// The page as an answer.
    pub(crate) fn page(&self, status: StatusCode, make: impl FnOnce() -> Page) -> Response {
        document(self, status, make)
    }
}

/// How many notices the person has not read, in the request's extensions.
#[derive(Clone, Copy)]
pub(super) struct Unread(pub i64);

impl FromRequestParts<App> for Scene {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        Ok(Self {
            lang: language(&parts.headers),
            path: LocalPath::or_home(path),
            again: parts.method == Method::GET,
            nonce: parts.extensions.get::<Nonce>().map(|nonce| nonce.0.clone()).unwrap_or_default(),
            person: parts.extensions.get::<Asker>().map(|asker| asker.person.clone()),
            notice: query.split('&').find_map(|one| Notice::from_code(one.strip_prefix("gelukt=")?)),
            unread: parts.extensions.get::<Unread>().map(|unread| unread.0),
            installation: app.ports.installation.clone(),
            assets: app.assets.clone(),
            arrival: parts.extensions.get::<Arrival>().cloned(),
            left: parts.extensions.get::<Asker>().and_then(|asker| asker.times.left()),
        })
    }
}

fn language(headers: &HeaderMap) -> Lang {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let chosen = cookies
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix(LANGUAGE_COOKIE)?.strip_prefix('='))
        .and_then(Lang::from_code);
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    chosen.unwrap_or_else(|| Lang::accepted(accepted()))
}

/// Post → redirect → get.
pub(crate) fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}

/// The browser sends the same again, to this path.
pub(crate) fn send_again(path: &str) -> Response {
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, path.to_owned())]).into_response()
}

macro_rules! notices {
    ($($variant:ident = $code:literal: $text:ident),+ $(,)?) => {
        /// What was done just before this page, told once; only its code stands in the address.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Notice { $($variant),+ }

        impl Notice {
            pub(crate) const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            pub(crate) fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
            pub(crate) const fn text(self) -> Text {
                match self { $(Self::$variant => common::$text),+ }
            }
        }
    };
}

notices! {
    SignalLogged = "signal-logged": SIGNAL_LOGGED,
    SignalChanged = "signal-changed": SIGNAL_CHANGED,
    CaseOpened = "case-opened": CASE_OPENED,
    SignalLinked = "signal-linked": SIGNAL_LINKED,
    SignalUnlinked = "signal-unlinked": SIGNAL_UNLINKED,
    TeamChanged = "team-changed": TEAM_CHANGED,
    VersionKept = "version-kept": VERSION_KEPT,
    VersionProposed = "version-proposed": VERSION_PROPOSED,
    PositionTaken = "position-taken": POSITION_TAKEN,
    VersionAdopted = "version-adopted": VERSION_ADOPTED,
    ViewKept = "view-kept": VIEW_KEPT,
    ViewRenamed = "view-renamed": VIEW_RENAMED,
    ViewRemoved = "view-removed": VIEW_REMOVED,
    RegisterTakenIn = "register-taken-in": REGISTER_TAKEN_IN,
    RegisterDiscarded = "register-discarded": REGISTER_DISCARDED,
    ListDiscarded = "list-discarded": LIST_DISCARDED,
    NoteWritten = "note-written": NOTE_WRITTEN,
    NoteChanged = "note-changed": NOTE_CHANGED,
    NoteWithdrawn = "note-withdrawn": NOTE_WITHDRAWN,
    SubjectsJudged = "subjects-judged": SUBJECTS_JUDGED,
    JudgementUndone = "judgement-undone": JUDGEMENT_UNDONE,
    GlassBroken = "glass-broken": GLASS_BROKEN,
    GlassStopped = "glass-stopped": GLASS_STOPPED,
    GlassReviewed = "glass-reviewed": GLASS_REVIEWED,
    PlaceChanged = "place-changed": PLACE_CHANGED,
    PlaceTakenAway = "place-taken-away": PLACE_TAKEN_AWAY,
    PlaceProposed = "place-proposed": PLACE_PROPOSED,
    ProposalConfirmed = "proposal-confirmed": PROPOSAL_CONFIRMED,
    ProposalDeclined = "proposal-declined": PROPOSAL_DECLINED,
    ProposalWithdrawn = "proposal-withdrawn": PROPOSAL_WITHDRAWN,
    SessionsEnded = "sessions-ended": SESSIONS_ENDED,
    VersionRemoved = "version-removed": VERSION_REMOVED,
    DraftSaved = "draft-saved": DRAFT_SAVED,
    DraftDiscarded = "draft-discarded": DRAFT_DISCARDED,
    SignedOut = "signed-out": SIGNED_OUT,
}
