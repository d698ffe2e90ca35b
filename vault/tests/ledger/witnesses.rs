//! Checkpoints reach whoever keeps them outside, and a log that was cut off is found out by what they keep.

use super::{
    checkpoints::{put_back, signed_in, size, verdict},
    *,
};
use base64::Engine as _;
use plein_proof::{Checkpoint, Verdict, gathered};
use plein_vault::ledger::{CheckpointOptions, MailWitness, Witness, public_key};
use std::{
    io::{BufRead, Read, Write},
    sync::{Arc, Mutex},
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn mail(server: &str) -> MailWitness {
    MailWitness {
        server: server.into(),
        from: "Plein <plein@gemeente.example>".into(),
        to: "fg@gemeente.example".into(),
    }
}

/// A mail server that takes everything, and keeps what it was told.
struct MailServer {
    address: String,
    mails: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("smtp://{}", listener.local_addr().expect("an address"));
        let mails = Arc::<Mutex<Vec<String>>>::default();
        let kept = mails.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                Self::talk(stream.expect("a call"), &kept).expect("a whole mail");
            }
        });
        Self { address, mails }
    }

    /// One call, until a mail is taken or the other side hangs up. What it said is kept before it is told that it is taken.
    fn talk(stream: std::net::TcpStream, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
        let mut reader = std::io::BufReader::new(stream);
        reader.get_mut().write_all(b"220 mail.example\r\n")?;
        let (mut said, mut within) = (String::new(), false);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line.starts_with("QUIT") {
                return Ok(());
            }
            said.push_str(&line);
            let answer: &[u8] = match (within, line.trim_end()) {
                (true, ".") => {
                    kept.lock().expect("no panic").push(said);
                    return reader.get_mut().write_all(b"250 taken\r\n");
                }
                (true, _) => continue,
                (false, "DATA") => {
                    within = true;
                    b"354 go on\r\n"
                }
                (false, _) => b"250 mail.example\r\n",
            };
            reader.get_mut().write_all(answer)?;
        }
    }

    fn mails(&self) -> Vec<String> {
        self.mails.lock().expect("no panic").clone()
    }

    /// Waits until it has taken so many.
    async fn taken(&self, count: usize) {
        for _ in 0..500 {
            if self.mails().len() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{count} mails did not come: {:?}", self.mails());
    }
}

/// The file that a mail carries.
fn attached(mail: &str) -> String {
    let (_, part) = mail.split_once("Content-Disposition: attachment").expect("a file");
    assert!(mail.contains("Content-Transfer-Encoding: base64"), "kept from what breaks lines: {mail}");
    let (_, body) = part.split_once("\r\n\r\n").expect("a body");
    let body = body.split("\r\n--").next().unwrap_or_default();
    let bytes = base64::engine::general_purpose::STANDARD.decode(body.replace("\r\n", "")).expect("base64");
    String::from_utf8(bytes).expect("text")
}

/// A witness behind TLS, with the certificate of its authority. It takes one checkpoint after another, and tells them.
async fn tls_witness() -> (Witness, Vec<u8>, tokio::sync::mpsc::Receiver<String>) {
    use tokio_rustls::rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivatePkcs8KeyDer};
    let key = rcgen::KeyPair::generate().expect("a key");
    let mut params = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key).expect("signed").der().to_vec();
    let issuer = rcgen::Issuer::new(params, key);
    let own = rcgen::KeyPair::generate().expect("a key");
    let params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    let chain = vec![params.signed_by(&own, &issuer).expect("signed").der().clone()];
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, PrivatePkcs8KeyDer::from(own.serialize_der()).into())
        .expect("a certificate");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (told, bodies) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a call");
            // Who does not trust the certificate hangs up.
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            told.send(one_post(stream).await).await.expect("a test that listens");
        }
    });
    let url = format!("https://localhost:{port}/checkpoints").parse().expect("an address");
    (Witness::Url(url), authority, bodies)
}

async fn one_post(mut stream: impl AsyncReadExt + AsyncWriteExt + Unpin) -> String {
    let mut said = Vec::new();
    loop {
        stream.read_buf(&mut said).await.expect("readable");
        let text = String::from_utf8_lossy(&said).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(length_in).expect("a length");
        if body.len() == length {
            stream.write_all(b"HTTP/1.1 204 Taken\r\n\r\n").await.expect("writable");
            stream.shutdown().await.expect("ended");
            return body.to_owned();
        }
    }
}

/// The length that a line of a head tells.
fn length_in(line: &str) -> Option<usize> {
    let (name, value) = line.split_once(':')?;
    name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().expect("a number"))
}

/// Why a witness takes nothing, once its first attempt has failed.
async fn failing(ledger: &Ledger) -> String {
    for _ in 0..500 {
        if let Some((_, cause)) = &ledger.checkpoint_state().witnesses[0].failing {
            return cause.clone();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing failed: {:?}", ledger.checkpoint_state());
}

both_engines! {
    async fn a_witness_file_keeps_each_checkpoint_once_and_finds_a_log_that_was_cut_off(engine: Engine) {
        let file = engine.folder.join("witness.txt");
        let witness = vec![Witness::File(file.clone())];
        for turn in 0..3_u128 {
            let ledger = signed_in(&engine, &engine.folder.join("keys"), witness.clone()).await;
            ledger.append(lines(turn * 10..turn * 10 + 2, NOON)).await.expect("recorded");
            ledger.shutdown().await;
            let again = signed_in(&engine, &engine.folder.join("keys"), witness.clone()).await;
            again.shutdown().await;
        }
        let notes = gathered(&std::fs::read_to_string(&file).expect("the witness's file"));
        let key = public_key(&engine.folder.join("keys")).expect("a key");
        let sizes: Vec<u64> = notes.iter().map(|note| Checkpoint::open(note, &key).expect("signed").size).collect();
        assert_eq!(sizes, [2, 4, 6]);
        assert!(matches!(verdict(&engine, &notes).await, Verdict::Sound(sound) if sound.witnessed == 3));
        put_back(&engine, 4).await;
        assert!(matches!(verdict(&engine, &[]).await, Verdict::Sound(_)), "who has only the log cannot know");
        let Verdict::Unsound(fault) = verdict(&engine, &notes).await else { panic!("taken for sound") };
        assert_eq!(fault.defect, plein_proof::Defect::Shorter { lines: 4, witnessed: 6 });
    }

    async fn a_witness_that_takes_nothing_is_told_and_keeps_nobody_waiting(engine: Engine) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/checkpoints", listener.local_addr().expect("an address"));
        let url = Witness::Url(address.parse().expect("an address"));
        let ledger = signed_in(&engine, &engine.folder.join("keys"), vec![url]).await;
        ledger.append(lines(0..2, NOON)).await.expect("recorded");
        let answering = std::thread::spawn(move || {
            let mut bodies: Vec<String> = Vec::new();
            let mut answers = ["HTTP/1.1 503 Busy\r\n\r\n", "nonsense\n"].into_iter();
            loop {
                let (stream, _) = listener.accept().expect("a call");
                let mut reader = std::io::BufReader::new(stream);
                let (mut head, mut length) = (String::new(), 0);
                while !head.ends_with("\r\n\r\n") {
                    let begin = head.len();
                    reader.read_line(&mut head).expect("a line of the head");
                    length = length_in(&head[begin..]).unwrap_or(length);
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).expect("the body");
                let answer = answers.next();
                let last = answer.is_none() && String::from_utf8_lossy(&body).contains("\n3\n");
                bodies.push(head + &String::from_utf8(body).expect("text"));
                let answer = answer.unwrap_or("HTTP/1.1 204 Taken\r\n\r\n");
                reader.get_mut().write_all(answer.as_bytes()).expect("writable");
                if last {
                    return bodies;
                }
            }
        });
        let state = ledger.checkpoint_now().await;
        assert_eq!(size(&state), 2, "signed, whatever the witness says");
        ledger.append(lines(2..3, NOON)).await.expect("recorded");
        ledger.shutdown().await;
        let bodies = answering.join().expect("calls");
        assert!(bodies[0].starts_with("POST /checkpoints HTTP/1.1\r\n"), "{bodies:?}");
        let state = ledger.checkpoint_state();
        assert_eq!(state.witnesses[0].failing, None);
        assert_eq!(state.witnesses[0].name, address);
        let (size, _) = state.witnesses[0].delivered.expect("delivered in the end");
        assert_eq!(size, 3, "the newest one takes the place of those before it");
        let (_, body) = bodies[bodies.len() - 1].split_once("\r\n\r\n").expect("a body");
        let key = public_key(&engine.folder.join("keys")).expect("a key");
        assert_eq!(Checkpoint::open(body, &key).expect("signed").size, 3);
    }

    async fn a_checkpoint_is_mailed_whole_and_not_more_often_than_every_hour(engine: Engine) {
        let server = MailServer::start();
        let mail = Witness::Mail(mail(&server.address));
        let ledger = signed_in(&engine, &engine.folder.join("keys"), vec![mail]).await;
        ledger.append(lines(0..2, NOON)).await.expect("recorded");
        ledger.checkpoint_now().await;
        server.taken(1).await;
        // Within the hour: these are held back, and the newest of them goes at the end.
        for more in [2..3, 3..5] {
            ledger.append(lines(more, NOON)).await.expect("recorded");
            ledger.checkpoint_now().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(server.mails().len(), 1);
        ledger.shutdown().await;
        let mails = server.mails();
        assert_eq!(mails.len(), 2);
        let key = public_key(&engine.folder.join("keys")).expect("a key");
        for (mail, size) in mails.iter().zip([2, 5]) {
            assert!(mail.contains("MAIL FROM:<plein@gemeente.example>"), "{mail}");
            assert!(mail.contains("RCPT TO:<fg@gemeente.example>"), "{mail}");
            assert!(mail.contains("Auto-Submitted: auto-generated"), "{mail}");
            assert_eq!(Checkpoint::open(&attached(mail), &key).expect("signed, and not changed on its way").size, size);
        }
        let state = ledger.checkpoint_state();
        assert_eq!(state.witnesses[0].name, "mailto:fg@gemeente.example");
        assert_eq!(state.witnesses[0].delivered.map(|(size, _)| size), Some(5));
    }

    async fn a_witness_behind_tls_is_given_nothing_before_it_is_trusted(engine: Engine) {
        let (witness, authority, mut bodies) = tls_witness().await;
        let folder = engine.folder.join("keys");
        let ledger = signed_in(&engine, &folder, vec![witness.clone()]).await;
        ledger.append(lines(0..2, NOON)).await.expect("recorded");
        ledger.checkpoint_now().await;
        let cause = failing(&ledger).await;
        assert!(cause.contains("certificate"), "{cause}");
        assert!(bodies.try_recv().is_err());
        ledger.shutdown().await;
        let ledger = engine.ledger().await;
        let options = CheckpointOptions {
            witnesses: vec![witness],
            authorities: vec![authority],
            ..CheckpointOptions::in_folder(folder.clone())
        };
        ledger.sign_checkpoints(options).expect("begun");
        ledger.append(lines(2..5, NOON)).await.expect("recorded");
        ledger.shutdown().await;
        let mut newest = bodies.recv().await.expect("taken");
        while let Ok(body) = bodies.try_recv() {
            newest = body;
        }
        let key = public_key(&folder).expect("a key");
        assert_eq!(Checkpoint::open(&newest, &key).expect("signed").size, 5);
        assert_eq!(ledger.checkpoint_state().witnesses[0].failing, None);
    }

    async fn an_unreachable_witness_is_told(engine: Engine) {
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
        let url = Witness::Url(format!("http://{free}/").parse().expect("an address"));
        let ledger = signed_in(&engine, &engine.folder.join("keys"), vec![url]).await;
        ledger.append(lines(0..2, NOON)).await.expect("recorded");
        ledger.checkpoint_now().await;
        failing(&ledger).await;
        assert_eq!(ledger.checkpoint_state().trouble, None);
    }

    async fn witnesses_that_make_no_sense_are_refused_at_the_start(engine: Engine) {
        let ledger = engine.ledger().await;
        for witness in [
            Witness::File(engine.folder.join("witness.txt")),
            Witness::File(engine.folder.join("not-there").join("witness.txt")),
            Witness::Url("ftp://witness.example/".parse().expect("an address")),
            Witness::Url("http://me:secret@witness.example/".parse().expect("an address")),
            Witness::Url("/path".parse().expect("an address")),
            Witness::Mail(mail("mail.example")),
            Witness::Mail(mail("smtp://me:secret@mail.example")),
            Witness::Mail(mail("smtp://mail.example?tls=perhaps")),
            Witness::Mail(MailWitness { to: "nobody".into(), ..mail("smtp://mail.example") }),
        ] {
            let options = CheckpointOptions {
                witnesses: vec![witness.clone()],
                ..CheckpointOptions::in_folder(engine.folder.clone())
            };
            assert!(matches!(ledger.sign_checkpoints(options), Err(LedgerError::Refused(_))), "{witness:?}");
        }
        let slow = CheckpointOptions {
            every: Duration::from_secs(61),
            ..CheckpointOptions::in_folder(engine.folder.clone())
        };
        assert!(ledger.sign_checkpoints(slow).is_err());
    }
}
