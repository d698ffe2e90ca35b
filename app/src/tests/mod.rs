//! Page tests: every page through the real router, with ports that answer what the test puts in.

mod administration;
mod break_glass;
mod cases;
mod drafts;
mod fake;
mod help;
mod imports;
mod lists;
mod log;
mod pages;
mod register;
mod sign_in;
mod supervision;
mod versions;
mod words;

use crate::{Assets, router};
use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use fake::Fake;
pub(crate) use fake::case_head;
use plein_domain::ports::{Arrival, Asker, Hurried, Nonce};
use tower::ServiceExt;

/// What the browser gets.
struct Got {
    status: StatusCode,
    location: String,
    cookies: Vec<String>,
    body: String,
}

/// A browser of somebody, or of nobody.
struct Browser {
    fake: Fake,
    asker: Option<Asker>,
    headers: Vec<(header::HeaderName, &'static str)>,
    hurried: Option<Hurried>,
}

impl Browser {
    fn of(person: usize, fake: Fake) -> Self {
        Self { fake, asker: Some(fake::asker(person)), headers: vec![], hurried: None }
    }

    fn nobody() -> Self {
        Self { fake: Fake::default(), asker: None, headers: vec![], hurried: None }
    }

    fn header(mut self, name: header::HeaderName, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// In which too much was asked for.
    fn in_a_hurry(mut self) -> Self {
        self.hurried = Some(Hurried(3));
        self
    }

    async fn get(&self, path: &str) -> Got {
        self.send(Method::GET, path, Body::empty()).await
    }

    async fn post(&self, path: &str, body: impl Into<Body>) -> Got {
        self.send(Method::POST, path, body.into()).await
    }

    async fn send(&self, method: Method, path: &str, body: Body) -> Got {
        let assets = Assets {
            js: "/assets/plein.1.js".into(),
            wasm: "/assets/plein.2.wasm".into(),
            pictures: help::pictures(),
            ..Assets::default()
        };
        let mut request = Request::builder().method(method).uri(path);
        if !self.headers.iter().any(|(name, _)| *name == header::CONTENT_TYPE) {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        for (name, value) in &self.headers {
            request = request.header(name, *value);
        }
        let mut request = request.body(body).expect("a request");
        let extensions = request.extensions_mut();
        if let Some(asker) = &self.asker {
            extensions.insert(asker.clone());
        }
        if let Some(hurried) = self.hurried {
            extensions.insert(hurried);
        }
        extensions.insert(Nonce("this-nonce".into()));
        extensions.insert(Arrival::of(fake::id(98), "127.0.0.1"));
        let response = router(self.fake.ports(), assets).oneshot(request).await.expect("an answer");
        let text = |value: &header::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let headers = response.headers();
        let location = headers.get(header::LOCATION).map(text).unwrap_or_default();
        let cookies = headers.get_all(header::SET_COOKIE).iter().map(text).collect();
        let cached = headers.get(header::CACHE_CONTROL).map(text);
        assert_eq!(cached.as_deref(), Some("no-store"), "{path} must not be kept");
        let kind = headers.get(header::CONTENT_TYPE).map(text).unwrap_or_default();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        let body = String::from_utf8(body.to_vec()).expect("text");
        let says_what_it_is = kind.ends_with("; charset=utf-8") || kind.starts_with("application/");
        let says_what_it_is = says_what_it_is && kind != "application/octet-stream";
        assert!(body.is_empty() || says_what_it_is, "{path} is {kind:?}, and that could be anything");
        Got { status, location, cookies, body }
    }
}

impl Got {
    #[track_caller]
    fn shows(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(self.body.contains(text), "{text:?} is not in\n{}", self.body);
        }
        self
    }

    #[track_caller]
    fn hides(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(!self.body.contains(text), "{text:?} is in\n{}", self.body);
        }
        self
    }

    #[track_caller]
    fn leads_to(&self, path: &str) -> &Self {
        assert_eq!((self.status, self.location.as_str()), (StatusCode::SEE_OTHER, path), "{}", self.body);
        self
    }
}
