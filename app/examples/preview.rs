//! Shows the pages with invented answers, without a server or a database behind them:
//! `cargo run -p plein-app --example preview --features ssr -- 4173 style.css`.
//! The person is chosen by `/als/0` to `/als/5`; `/vraagt/doel`, `/stuk` and `/goed` change what the ports answer.

#[path = "../src/tests/fake/mod.rs"]
mod fake;

use axum::{Router, extract::Path, middleware, response::Redirect, routing::get};
use plein_domain::{
    ports::{Arrival, Nonce},
    problem::{Incident, Problem},
    purpose::{PurposeOption, StatedPurpose},
};
use std::sync::{Arc, Mutex};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().unwrap_or_else(|| "4173".into());
    let sheet = arguments.next().unwrap_or_default();
    let fake = fake::Fake::with(|script| script.may_lead = true);
    let person = Arc::new(Mutex::new(2_usize));
    let assets = plein_app::Assets { css: "/assets/plein.css".into(), ..Default::default() };
    let who = person.clone();
    let pages = plein_app::router(fake.ports(), assets).layer(middleware::from_fn(
        move |mut request: axum::extract::Request, next: middleware::Next| {
            let person = who.lock().map_or(0, |person| *person);
            async move {
                if person < 6 {
                    request.extensions_mut().insert(fake::asker(person));
                }
                request.extensions_mut().insert(Nonce("nonce".into()));
                request.extensions_mut().insert(Arrival::of(fake::id(99), "127.0.0.1"));
                next.run(request).await
            }
        },
    ));
    let (asking, broken, well) = (fake.clone(), fake.clone(), fake);
    let router = Router::new()
        .route(
            "/als/{person}",
            get(move |Path(chosen): Path<usize>| async move {
                if let Ok(mut person) = person.lock() {
                    *person = chosen;
                }
                Redirect::to("/")
            }),
        )
        .route(
            "/vraagt/doel",
            get(move || async move {
                let option = |stated, case| PurposeOption { stated, case };
                asking.script().problem = Some(Problem::PurposeNeeded(vec![
                    option(StatedPurpose::Intake, None),
                    option(
                        StatedPurpose::Case(fake::id(500)),
                        Some((fake::case_head().reference, "Aanpak vastgoedfraude".into())),
                    ),
                ]));
                Redirect::to("/signalen")
            }),
        )
        .route(
            "/stuk",
            get(move || async move {
                broken.script().problem = Some(Problem::Unavailable(Incident("k7f2m9qa".into())));
                Redirect::to("/signalen")
            }),
        )
        .route(
            "/goed",
            get(move || async move {
                well.script().problem = None;
                Redirect::to("/")
            }),
        )
        .route(
            "/assets/plein.css",
            get(move || async move {
                ([("content-type", "text/css")], std::fs::read_to_string(&sheet).unwrap_or_default())
            }),
        )
        .fallback_service(pages);
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    axum::serve(listener, router).await
}
