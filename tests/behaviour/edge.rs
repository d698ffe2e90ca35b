//! What every request passes: where it comes from, how much may be asked, and the headers of every answer.

use crate::{common, common::*, ways, world::*};
use http::{HeaderMap, Method, Request, StatusCode};
use plein_domain::ledger::LineKind;
use plein_server::edge::{Limiter, Limits, Proxies};
use plein_vault::ledger::LogQuery;
use std::{collections::BTreeSet, num::NonZeroU32};

fn limits(person: u32, address: u32, sign_ins: u32) -> Limits {
    let number = |number| NonZeroU32::new(number).unwrap();
    Limits { person: number(person), address: number(address), sign_ins: number(sign_ins), in_vain: number(5) }
}

/// Where the lines of this kind say that somebody was, newest first.
async fn networks(world: &World, kind: LineKind) -> Vec<String> {
    let query = LogQuery { kind: Some(kind), ..LogQuery::default() };
    let lines = world.engine.ledger().await.search(&query, 1_000).await.unwrap();
    lines.into_iter().map(|line| line.payload.unwrap().network).collect()
}

/// What is wrong with the headers of an answer.
fn faults(headers: &HeaderMap, text: &str) -> Vec<String> {
    let value = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    let mut faults = Vec::new();
    for (name, wanted) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ] {
        if value(name) != wanted {
            faults.push(format!("{name}: {:?}", value(name)));
        }
    }
    for forbidden in ["camera", "microphone", "geolocation", "payment", "usb"] {
        if !value("permissions-policy").contains(&format!("{forbidden}=()")) {
            faults.push(format!("permissions-policy allows {forbidden}"));
        }
    }
    for banner in ["server", "via", "x-powered-by"] {
        if headers.contains_key(banner) {
            faults.push(format!("{banner}: {:?}", value(banner)));
        }
    }
    let policy = value("content-security-policy");
    let parts: BTreeSet<&str> = policy.split(';').map(str::trim).collect();
    for wanted in [
        "default-src 'none'",
        "style-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "font-src 'self'",
    ] {
        if !parts.contains(wanted) {
            faults.push(format!("content-security-policy lacks {wanted}"));
        }
    }
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default();
    if !parts.contains(format!("script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'").as_str()) || nonce.len() < 22 {
        faults.push(format!("content-security-policy: {policy}"));
    }
    if value("content-type").starts_with("text/html") {
        for script in text.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            if !tag.contains(&format!("nonce=\"{nonce}\"")) {
                faults.push(format!("a script without the nonce: {tag}"));
            }
        }
        let tags: Vec<&str> = text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
        for tag in tags.iter().filter(|tag| !tag.starts_with(['/', '!'])) {
            for attribute in attributes(tag).into_iter().filter(|one| one.starts_with("on") || *one == "style=") {
                faults.push(format!("{attribute} in <{tag}>"));
            }
            if tag.starts_with("style") || tag.starts_with("base") || tag.starts_with("iframe") {
                faults.push(format!("<{tag}>"));
            }
        }
    }
    faults
}

/// The names of a tag's attributes that have a value.
fn attributes(tag: &str) -> Vec<&str> {
    // What stands between quotes is a value.
    let names = tag.split('"').step_by(2).flat_map(str::split_ascii_whitespace);
    names.skip(1).filter(|one| one.ends_with('=')).collect()
}

both_engines! {
    async fn the_access_log_names_the_person_and_not_the_proxy(engine: Engine) {
        let world = World::new(engine).await;
        let proxied = world.behind(|edge| {
            edge.demo = false;
            edge.proxies = Proxies { trusted: vec!["10.0.0.0/24".parse().unwrap()], ..Proxies::default() };
        });
        let token = world.browser(ANNA).await.cookies();
        let ask = |peer: &'static str, said: &'static str| {
            let (mut browser, token) = (proxied.stranger().at(peer), token.clone());
            async move {
                let request = Request::get("/signalen").header("cookie", token).header("x-forwarded-for", said);
                browser.send(request, String::new().into()).await.status
            }
        };
        let mut expected = Vec::new();
        for (peer, said, network) in [
            ("10.0.0.7", "192.0.2.7", "192.0.2.7"),
            ("10.0.0.7", "6.6.6.6, 192.0.2.7, 10.0.0.8", "192.0.2.7"),
            ("10.0.0.7", "onzin", "10.0.0.7"),
            ("203.0.113.9", "192.0.2.7", "203.0.113.9"),
            ("::ffff:203.0.113.9", "192.0.2.7", "203.0.113.9"),
        ] {
            assert_eq!(ask(peer, said).await, StatusCode::OK);
            expected.insert(0, network.to_owned());
        }
        assert_eq!(networks(&world, LineKind::Listed).await[..5], expected);
        // A demonstration is not reached through a proxy at all.
        let mut browser = world.stranger();
        let page = browser.send(Request::get("/hulp").header("x-forwarded-for", "192.0.2.7"), String::new().into()).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
    }

    async fn only_a_trusted_proxy_gives_a_trace(engine: Engine) {
        let world = World::new(engine).await;
        let proxied = world.behind(|edge| {
            edge.demo = false;
            edge.proxies = Proxies { trusted: vec!["10.0.0.0/24".parse().unwrap()], traces: true, ..Proxies::default() };
        });
        let token = world.browser(ANNA).await.cookies();
        let chosen = uuid::Uuid::from_u128(0x1111_2222_3333_4444_5555_6666_7777_8888);
        for (peer, believed) in [("203.0.113.9", false), ("10.0.0.7", true)] {
            let request = Request::get("/signalen").header("cookie", token.clone());
            let request = request.header("traceparent", format!("00-{}-1111222233334444-01", chosen.simple()));
            let page = proxied.stranger().at(peer).send(request, String::new().into()).await;
            assert_eq!(page.status, StatusCode::OK);
            let query = LogQuery { kind: Some(LineKind::Listed), ..LogQuery::default() };
            let lines = world.engine.ledger().await.search(&query, 1).await.unwrap();
            assert_eq!(lines[0].trace.0 == chosen, believed, "{peer}");
        }
    }

    async fn who_asks_too_much_waits_and_nobody_else_does(engine: Engine) {
        let world = World::new(engine).await;
        let limited = world.behind(|edge| edge.limiter = Some(Limiter::new(limits(12, 1_000, 1_000))));
        let (mut anna, mut bram) = (limited.browser(ANNA).await, limited.browser(BRAM).await);
        let draft = anna.begin("new-signal", &[]).await;
        let mut answered = 0;
        while anna.get("/weergaven").await.status == StatusCode::OK {
            answered += 1;
            assert!(answered < 20);
        }
        assert!(answered >= 8, "what is allowed can come at once: {answered}");
        // What was typed is in the page that says so, and can be sent again.
        let typed = [("facts", "KANARIE getypt"), ("do", "save")];
        let mut page = anna.post(&draft, &typed).await;
        // One more is allowed every five seconds, which may be over just now.
        if page.status != StatusCode::TOO_MANY_REQUESTS {
            page = anna.post(&draft, &typed).await;
        }
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(page.text.contains("KANARIE getypt") && page.text.contains("Opnieuw versturen"), "{}", page.text);
        let wait: u64 = page.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
        assert_eq!(faults(&page.headers, &page.text).len(), 1, "all but HSTS, as in a demonstration");
        // Wherever it is asked, and nothing is done.
        // (Signing out could be the one that is allowed again, and ends the test.)
        // How long a session has left asks nobody who it is, and counts by address.
        let outside = ["/healthz", "/readyz", "/afmelden", plein_domain::ports::LEFT_PATH];
        for (method, path) in ways::requests().into_iter().filter(|(_, path)| !outside.contains(&path.as_str())) {
            let request = || Request::builder().method(method).uri(&path).header("sec-fetch-site", "same-origin");
            let mut page = anna.send(request(), String::new().into()).await;
            if page.status != StatusCode::TOO_MANY_REQUESTS {
                page = anna.send(request(), String::new().into()).await;
            }
            // The provider is nobody who is signed in.
            let expected = if path.ends_with("-provider") { StatusCode::NOT_FOUND } else { StatusCode::TOO_MANY_REQUESTS };
            assert_eq!(page.status, expected, "{method} {path}");
        }
        // One line in the log, however often.
        let query = LogQuery { kind: Some(LineKind::Refused), person: Some(person(ANNA)), ..LogQuery::default() };
        let lines = world.engine.ledger().await.search(&query, 1_000).await.unwrap();
        let reasons: Vec<_> = lines.into_iter().map(|line| line.payload.unwrap().reason).collect();
        assert_eq!(reasons.iter().filter(|reason| *reason == "too-many-requests").count(), 1, "{reasons:?}");
        assert_eq!(bram.get("/weergaven").await.status, StatusCode::OK);
        assert_eq!(limited.stranger().at("192.0.2.1").get("/hulp").await.status, StatusCode::OK);
    }

    async fn strangers_are_limited_by_address_and_sign_ins_more_narrowly(engine: Engine) {
        let world = World::new(engine).await;
        let limited = world.behind(|edge| edge.limiter = Some(Limiter::new(limits(1_000, 60, 5))));
        let mut stranger = limited.stranger().at("192.0.2.1");
        for _ in 0..5 {
            assert_eq!(stranger.post("/aanmelden", &[("person", "x")]).await.status, StatusCode::BAD_REQUEST);
        }
        let page = stranger.post("/aanmelden", &[("person", &person(ANNA).to_string())]).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(stranger.cookies().is_empty() && page.text.contains("Even wachten"), "{}", page.text);
        let mut answered = 0;
        while stranger.get("/hulp").await.status == StatusCode::OK {
            answered += 1;
        }
        assert!((50..120).contains(&answered), "{answered}");
        // Who is signed in at the same address works on, and so does everybody elsewhere.
        let mut anna = limited.browser(ANNA).await.at("192.0.2.1");
        assert_eq!(anna.get("/").await.status, StatusCode::OK);
        assert_eq!(limited.stranger().at("192.0.2.2").get("/hulp").await.status, StatusCode::OK);
        assert_eq!(limited.stranger().at("192.0.2.1").get("/healthz").await.status, StatusCode::OK);
        // One more is allowed each second.
        let mut ready = Vec::new();
        for _ in 0..6 {
            ready.push(limited.stranger().at("192.0.2.1").get("/readyz").await.status);
        }
        assert!(ready.contains(&StatusCode::TOO_MANY_REQUESTS), "{ready:?}");
    }

    async fn every_answer_has_the_headers_that_give_nothing_away(engine: Engine) {
        let world = World::new(engine).await;
        let real = world.behind(|edge| edge.demo = false);
        let mut nonces = BTreeSet::new();
        let mut answers = 0;
        for who in [None, Some(ANNA), Some(CARLA), Some(FG), Some(PRIVACY), Some(ADMIN)] {
            let mut browser = match who {
                Some(index) => real.browser(index).await,
                None => real.stranger(),
            };
            for (method, path) in ways::requests() {
                if path == "/afmelden" {
                    continue;
                }
                for site in ["same-origin", "cross-site"] {
                    let request = Request::builder().method(method).uri(&path).header("sec-fetch-site", site)
                        .header("content-type", "application/x-www-form-urlencoded");
                    let page = browser.send(request, String::new().into()).await;
                    let said = faults(&page.headers, &page.text);
                    assert!(said.is_empty(), "{method} {path} for {who:?}: {} {said:#?}", page.status);
                    assert!(nonces.insert(page.headers["content-security-policy"].to_str().unwrap().to_owned()), "{path}");
                    assert!(!page.status.is_server_error(), "{method} {path}: {}", page.text);
                    let by_provider = path.ends_with("-provider");
                    if site == "cross-site" && method == "POST" && !by_provider {
                        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
                    }
                    answers += 1;
                }
            }
            for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE, Method::OPTIONS, Method::from_bytes(b"ONZIN").unwrap()] {
                let request = Request::builder().method(method.clone()).uri("/casussen").header("sec-fetch-site", "same-origin");
                let page = browser.send(request, String::new().into()).await;
                assert!(faults(&page.headers, &page.text).is_empty() && !page.status.is_success(), "{method} {}", page.status);
            }
        }
        assert!(answers > 900, "{answers}");
        // A demonstration is reached without TLS.
        assert!(!world.stranger().get("/hulp").await.headers.contains_key("strict-transport-security"));
    }

    async fn no_address_on_a_page_has_anything_personal_in_it(engine: Engine) {
        let world = World::new(engine).await;
        let real = world.behind(|edge| edge.demo = false);
        let (mut anna, mut carla) = (real.browser(ANNA).await, real.browser(CARLA).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("KANARIE"))).await;
        let case = carla.open_case("KANARIE zaak", &[&of_anna], &["facts", "subjects"], &[ANNA]).await;
        for browser in [&mut anna, &mut carla] {
            browser.for_case(&case).await;
        }
        let mut shown = 0;
        for browser in [&mut anna, &mut carla] {
            for path in [
                "/", "/signalen", &of_anna, &case, "/casussen", &format!("{case}/geschiedenis"), &format!("{case}/tijdlijn"),
                &format!("{case}/notities"), &format!("{case}/plan"), &format!("{case}/inzagen"), "/meldingen", "/mijn-inzagen",
                "/toezicht/betrokkene",
            ] {
                let page = browser.get(path).await;
                assert!(faults(&page.headers, &page.text).is_empty(), "{path} {:?}", faults(&page.headers, &page.text));
                shown += page.text.matches("KANARIE").count();
                for attribute in ["href=\"", "action=\"", "src=\"", "formaction=\""] {
                    for address in page.text.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                        assert!(!address.contains("KANARIE") && !address.contains("123456782"), "{path}: {address}");
                    }
                }
            }
        }
        assert!(shown > 5, "the pages do show it");
    }
}

#[test]
fn what_is_judged_of_headers_is_found_when_it_is_wrong() {
    assert!(faults(&HeaderMap::new(), "").len() > 15);
    let mut headers = HeaderMap::new();
    headers.insert("content-type", "text/html".parse().unwrap());
    let page =
        "<p onclick=\"x\">a</p><b style=\"x\">b</b><script>1</script><i title=\" onload= style=\">c</i><style></style>";
    let said = faults(&headers, page).join("\n");
    for found in ["onclick=", "style= in", "a script without", "<style>"] {
        assert!(said.contains(found), "{found}: {said}");
    }
    assert!(!said.contains("title"), "{said}");
}
