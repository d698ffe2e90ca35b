//! Serves the embedded files: style, islands, fonts. Their names follow their content, so they are kept for ever;
//! nothing personal is in them.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use plein_app::Picture;

/// A file that the browser loads, in three encodings; what is compressed by nature (a picture) has only the first.
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

/// The pictures, with their sizes, so that a page keeps their place free while they come.
pub fn pictures() -> Vec<Picture> {
    let pictures = ASSETS.iter().filter_map(|asset| {
        let (width, height) = size(asset.identity)?;
        Some(Picture { name: asset.name.into(), path: format!("/assets/{}", asset.path), width, height })
    });
    pictures.collect()
}

/// Width and height of a WebP picture, as its first chunk has them (RFC 9649): lossy, lossless, or with something beside it.
fn size(file: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from(*file.get(at)?) | u32::from(*file.get(at + 1)?) << 8);
    if file.get(..4)? != b"RIFF" || file.get(8..12)? != b"WEBP" {
        return None;
    }
    match file.get(12..16)? {
        b"VP8 " => Some((number(26)? & 0x3fff, number(28)? & 0x3fff)),
        b"VP8L" => {
            let bits = number(21)? | number(23)? << 16;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => {
            let less_one = |at: usize| Some(number(at)? | u32::from(*file.get(at + 2)?) << 16);
            Some((less_one(24)? + 1, less_one(27)? + 1))
        }
        _ => None,
    }
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
    let (encoding, body) = if accepts("br") && !asset.brotli.is_empty() {
        (Some("br"), asset.brotli)
    } else if accepts("gzip") && !asset.gzip.is_empty() {
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

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn the_size_of_a_picture_is_read_from_its_first_bytes() {
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x40\x03\x58\x02";
        assert_eq!(size(lossy), Some((832, 600)));
        // 832 and 600, each less one, in fourteen bits.
        let bits = (831_u32 | 599 << 14).to_le_bytes();
        let lossless = [b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f".as_slice(), &bits].concat();
        assert_eq!(size(&lossless), Some((832, 600)));
        let extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x20\0\0\0\x3f\x03\0\x57\x02\0";
        assert_eq!(size(extended), Some((832, 600)));
        assert_eq!(size(&lossless[..20]), None);
        assert_eq!(size(b"<svg xmlns='http://www.w3.org/2000/svg'>"), None);
    }
}
