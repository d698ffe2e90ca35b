//! Connections over which somebody does too little, too much or nonsense; and a stop that cuts nothing off.

use crate::{common, world::*};
use plein_server::edge::{ConnectionLimits, Pace};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const SHORT: Duration = Duration::from_millis(400);
/// Long enough for a busy machine, and shorter than any limit that was not made short here.
const LONG: Duration = Duration::from_secs(12);

fn short() -> ConnectionLimits {
    ConnectionLimits { head: SHORT, taking: SHORT, ..ConnectionLimits::default() }
}

/// Sends this and reads until the other side closes; nothing when it does not.
async fn told(address: SocketAddr, bytes: &[u8]) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The other side may close before all was sent.
    let _ = stream.write_all(bytes).await;
    rest(&mut stream).await
}

async fn rest(stream: &mut TcpStream) -> Option<String> {
    let mut text = Vec::new();
    let read = tokio::time::timeout(LONG, stream.read_to_end(&mut text)).await.ok()?;
    // A reset is an end as well.
    let _ = read;
    Some(String::from_utf8_lossy(&text).into_owned())
}

fn post(path: &str, length: usize, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

#[test]
fn a_connection_that_does_nothing_ends() {
    common::on_sqlite(|engine| async move {
        let world = World::new(engine).await;
        let (address, _) = world.serve_until(short(), std::future::pending()).await;
        for half in [&b""[..], b"GET /hulp HTTP/1.1\r\nhost: loc", b"GET /", b"\x16\x03\x01\x02\x00\x01\x00"] {
            let said = told(address, half).await.unwrap_or_else(|| panic!("still open after {LONG:?}: {half:?}"));
            assert!(!said.contains(" 200 "), "{said}");
        }
        // One that was answered, and then says nothing.
        let said = told(address, b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("it ends");
        assert!(said.starts_with("HTTP/1.1 200"), "{said}");
        assert!(!said.to_lowercase().contains("\r\nserver:"), "{said}");
    });
}

#[test]
fn a_head_that_is_too_large_or_no_head_is_refused() {
    common::on_sqlite(|engine| async move {
        let world = World::new(engine).await;
        let (address, _) = world.serve_until(ConnectionLimits::default(), std::future::pending()).await;
        let many: String = (0..150).map(|at| format!("x-{at}: y\r\n")).collect();
        let long = "x".repeat(40_000);
        for (head, code) in [
            (format!("GET /hulp HTTP/1.1\r\nhost: localhost\r\n{many}\r\n"), "431"),
            (format!("GET /hulp HTTP/1.1\r\nhost: localhost\r\nx: {long}\r\n\r\n"), "431"),
            (format!("GET /{long} HTTP/1.1\r\nhost: localhost\r\n\r\n"), "4"),
            ("GET /hulp HTTP/9.9\r\n\r\n".into(), "400"),
            ("ONZIN\r\n\r\n".into(), "400"),
            ("GET /hulp HTTP/1.1\r\nhost: a\0b\r\n\r\n".into(), "400"),
            ("GET /hulp HTTP/1.1\r\nhost: localhost\r\ncontent-length: x\r\n\r\n".into(), "400"),
        ] {
            let said = told(address, head.as_bytes()).await.expect("it ends");
            assert!(said.starts_with(&format!("HTTP/1.1 {code}")), "{head:.60}: {said:.200}");
        }
    });
}

#[test]
fn what_is_sent_too_slowly_is_told_so_and_a_whole_request_has_its_time() {
    common::on_sqlite(|engine| async move {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let draft = anna.begin("new-signal", &[]).await;
        let cookie = anna.cookies();
        let with_cookie = |text: String| text.replacen("\r\n", &format!("\r\ncookie: {cookie}\r\n"), 1);
        let slow = world.behind(|edge| edge.pace = Pace { pause: SHORT, whole: LONG * 2 });
        let (address, _) = slow.serve_until(ConnectionLimits::default(), std::future::pending()).await;
        let said = told(address, with_cookie(post(&draft, 100, "facts=half")).as_bytes()).await.expect("it ends");
        assert!(said.starts_with("HTTP/1.1 408") && said.contains("bleef te lang steken"), "{said}");
        // A byte now and then: no pause is long, and all together are.
        let slow = world.behind(|edge| edge.pace = Pace { pause: LONG * 2, whole: SHORT });
        let (address, _) = slow.serve_until(ConnectionLimits::default(), std::future::pending()).await;
        let said = told(address, with_cookie(post(&draft, 100, "facts=half")).as_bytes()).await.expect("it ends");
        assert!(said.starts_with("HTTP/1.1 503") && said.contains("plein-incident: "), "{said}");
        assert!(said.contains("Nummer / number: <b>"), "{said}");
        assert!(!anna.get(&draft).await.text.contains("half"), "nothing of it was kept");
    });
}

#[test]
fn one_address_has_so_many_connections_and_all_together_so_many() {
    common::on_sqlite(|engine| async move {
        let world = World::new(engine).await;
        let limits = ConnectionLimits { per_address: 3, ..ConnectionLimits::default() };
        let (address, _) = world.serve_until(limits, std::future::pending()).await;
        let mut open = Vec::new();
        for _ in 0..3 {
            open.push(asking(address).await);
        }
        let begun = Instant::now();
        assert_eq!(told(address, b"").await.as_deref(), Some(""), "one too many is closed");
        assert!(begun.elapsed() < Duration::from_secs(5));
        drop(open.pop());
        let begun = Instant::now();
        while !told(address, b"GET /healthz HTTP/1.0\r\nhost: localhost\r\n\r\n")
            .await
            .is_some_and(|said| said.contains("200"))
        {
            assert!(begun.elapsed() < LONG, "a place that was left is free again");
        }
        // Altogether: whoever comes then waits until somebody leaves.
        let limits = ConnectionLimits { all: 2, ..ConnectionLimits::default() };
        let (address, _) = world.serve_until(limits, std::future::pending()).await;
        let (first, _second) = (asking(address).await, asking(address).await);
        let third =
            tokio::spawn(async move { told(address, b"GET /healthz HTTP/1.0\r\nhost: localhost\r\n\r\n").await });
        tokio::time::sleep(SHORT).await;
        assert!(!third.is_finished());
        drop(first);
        assert!(third.await.unwrap().is_some_and(|said| said.contains("200")));
    });
}

/// A connection that was answered once and stays open.
async fn asking(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    tokio::time::timeout(LONG, stream.read_exact(&mut first)).await.expect("an answer").unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    stream
}

#[test]
fn a_stop_answers_what_was_asked_and_takes_nothing_new() {
    common::on_sqlite(|engine| async move {
        let world = World::new(engine).await;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let wish = async { drop(stopped.await) };
        let (address, serving) = world.serve_until(ConnectionLimits::default(), wish).await;
        let idle = asking(address).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        let body = "taal=en&naar=/hulp";
        let text = post("/taal", body.len(), body);
        let (head, tail) = text.split_at(text.len() - 5);
        stream.write_all(head.as_bytes()).await.unwrap();
        tokio::time::sleep(SHORT).await;
        stop.send(()).unwrap();
        tokio::time::sleep(SHORT).await;
        assert!(TcpStream::connect(address).await.is_err(), "nobody is at the door");
        stream.write_all(tail.as_bytes()).await.unwrap();
        let said = rest(&mut stream).await.expect("it ends");
        assert!(said.starts_with("HTTP/1.1 303") && said.contains("location: /hulp"), "{said}");
        tokio::time::timeout(LONG, serving).await.expect("it ends by itself").unwrap();
        drop(idle);
    });
}
