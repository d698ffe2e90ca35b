//! Serves the embedded files: style, islands, fonts. Their names follow their content, so they are kept for ever;
//! nothing personal is in them.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

/// A file that the browser loads, in three encodings.
struct Asset {
    name: &'static str,
    path: &'static str,
    content_type: &'static str,
    identity: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The URL path of the file with this name; empty when this program was built without its browser half.
pub fn url(name: &str) -> String {
    ASSETS.iter().find(|asset| asset.name == name).map(|asset| format!("/assets/{}", asset.path)).unwrap_or_default()
}

/// Answers below `/assets/`.
pub fn router() -> Router {
    Router::new().route("/assets/{path}", get(serve))
}

async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.path == path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts = |name: &str| accepted.split(',').any(|one| one.trim().split(';').next() == Some(name));
    let (encoding, body) = if accepts("br") {
        (Some("br"), asset.brotli)
    } else if accepts("gzip") {
        (Some("gzip"), asset.gzip)
    } else {
        (None, asset.identity)
    };
    let mut response = (
        [
            (header::CONTENT_TYPE, asset.content_type),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (header::VARY, "accept-encoding"),
        ],
        body,
    )
        .into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(encoding));
    }
    response
}
