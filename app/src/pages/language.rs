//! The language switch.

use crate::{
    http::{LANGUAGE_COOKIE, LANGUAGE_SECONDS, LocalPath, Typed, see_other},
    texts::Lang,
};
use axum::response::Response;
use http::{HeaderValue, header};

/// `POST /taal`: remembers the language in a functional cookie and goes back.
pub(crate) async fn post(Typed(values): Typed) -> Response {
    let lang = Lang::from_code(values.text("taal")).unwrap_or_default();
    let mut response = see_other(LocalPath::or_home(values.text("naar")).as_str());
    let lang = lang.code();
    let cookie =
        format!("{LANGUAGE_COOKIE}={lang}; Path=/; Max-Age={LANGUAGE_SECONDS}; Secure; HttpOnly; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
