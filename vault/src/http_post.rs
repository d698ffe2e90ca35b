//! The one way in which the vault sends something out by itself: a POST over HTTP/1.1 to an address that its operator named,
//! without TLS of its own. Witnesses take checkpoints this way, a collector the streams.

use http::Uri;
use std::{io, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The longest that the other side may take to answer.
const ANSWER: Duration = Duration::from_secs(10);
/// What of an answer is read.
const LONGEST: usize = 64 * 1024;

/// Whether something can be sent to this address.
pub(crate) fn check(url: &Uri) -> Result<(), &'static str> {
    match (url.scheme_str(), url.authority()) {
        (Some("http"), Some(authority)) if !authority.as_str().contains('@') => Ok(()),
        (Some("https"), _) => Err("it is reached by http://; put a proxy that speaks TLS before it"),
        _ => Err("an address is http://host/path, without a password in it"),
    }
}

/// Sends a body and wants a status from 200 to 299; what else is answered is not read.
pub(crate) async fn post(url: &Uri, kind: &str, body: &[u8]) -> io::Result<()> {
    in_time(posted(url, kind, body, |answer| answer.contains(&b'\n'))).await.map(drop)
}

/// The same, with the body of the answer.
pub(crate) async fn post_and_read(url: &Uri, kind: &str, body: &[u8]) -> io::Result<Vec<u8>> {
    in_time(posted(url, kind, body, is_whole)).await
}

async fn in_time<T>(answer: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let silent = |_| io::Error::new(io::ErrorKind::TimedOut, "it did not answer in time");
    tokio::time::timeout(ANSWER, answer).await.map_err(silent)?
}

async fn posted(url: &Uri, kind: &str, body: &[u8], is_enough: fn(&[u8]) -> bool) -> io::Result<Vec<u8>> {
    let authority = url.authority().ok_or_else(|| io::Error::other("no host"))?;
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    let mut stream = TcpStream::connect((host, authority.port_u16().unwrap_or(80))).await?;
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: {kind}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).await?;
    let mut answer = Vec::new();
    while answer.len() < LONGEST && !is_enough(&answer) {
        if stream.read_buf(&mut answer).await? == 0 {
            break;
        }
    }
    let line = String::from_utf8_lossy(answer.split(|byte| *byte == b'\n').next().unwrap_or_default()).into_owned();
    match line.split(' ').collect::<Vec<_>>().as_slice() {
        [version, status, ..] if version.starts_with("HTTP/1.") && status.len() == 3 && status.starts_with('2') => {
            Ok(split(&answer).map(|(_, body)| body.to_vec()).unwrap_or_default())
        }
        [version, status, ..] if version.starts_with("HTTP/1.") => {
            Err(io::Error::other(format!("it answered {}", status.trim())))
        }
        _ => Err(io::Error::other("it did not answer as a web server does")),
    }
}

/// Head and body.
fn split(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = answer.windows(4).position(|end| end == b"\r\n\r\n")?;
    answer.split_at_checked(at).map(|(head, rest)| (head, rest.get(4..).unwrap_or_default()))
}

/// Whether nothing more is to come, as far as the head says how long the body is. One that does not say ends with the
/// connection; one that refuses is not read further than its first line.
fn is_whole(answer: &[u8]) -> bool {
    let Some((head, body)) = split(answer) else {
        return answer.contains(&b'\n') && !answer.starts_with(b"HTTP/1.1 2") && !answer.starts_with(b"HTTP/1.0 2");
    };
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.is_some_and(|length| body.len() >= length) || head.starts_with("http/1.1 204")
}
