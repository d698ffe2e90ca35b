//! Everybody works at the same time, over real connections, while one thing after another keeps the ledger from being
//! written. A proxy between the people and the program keeps whom it gave which marked words; afterwards each of these
//! viewings must have a line of its own.
//!
//! `PLEIN_FAULT_REQUESTS` says how many requests there are at least; the suite makes do with fewer.

use crate::{common, common::*, faults::Fault, world::*};
use plein_domain::{ids::*, ledger::Outcome};
use plein_vault::ledger::LogQuery;
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use uuid::Uuid;

/// Signals that are marked.
const SIGNALS: usize = 12;
/// Requests of each person at the same time.
const AT_ONCE: usize = 3;
/// Requests in the suite.
const REQUESTS: usize = 900;

/// The words by which a signal is known; none of them begins another one.
fn mark(number: usize) -> String {
    format!("KANARIE{number:03}X")
}

/// How often somebody was given the words of a signal, by person and number of the signal.
type Served = Arc<Mutex<BTreeMap<(usize, usize), usize>>>;

/// What the proxy counted.
#[derive(Clone, Default)]
struct Recorder {
    served: Served,
    answers: Arc<Mutex<BTreeMap<u16, usize>>>,
    requests: Arc<AtomicUsize>,
}

impl Recorder {
    /// Passes each connection on to the program, one request on each, and counts before it hands the answer out.
    async fn stand_before(&self, program: SocketAddr) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let recorder = self.clone();
        tokio::spawn(async move {
            while let Ok((asker, _)) = listener.accept().await {
                let recorder = recorder.clone();
                // Who hangs up gets nothing, and nothing was given.
                tokio::spawn(async move { recorder.pass(asker, program).await.ok() });
            }
        });
        address
    }

    async fn pass(&self, mut asker: TcpStream, program: SocketAddr) -> std::io::Result<()> {
        let (mut request, mut chunk) = (Vec::new(), [0; 4096]);
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            match asker.read(&mut chunk).await? {
                0 => return Ok(()),
                read => request.extend_from_slice(&chunk[..read]),
            }
        }
        let text = String::from_utf8_lossy(&request).into_owned();
        let who: usize = text.split("x-who: ").nth(1).unwrap().split("\r\n").next().unwrap().parse().unwrap();
        let mut passed = TcpStream::connect(program).await?;
        passed.write_all(&request).await?;
        self.requests.fetch_add(1, Ordering::SeqCst);
        let mut answer = Vec::new();
        tokio::select! {
            read = passed.read_to_end(&mut answer) => drop(read?),
            // Gone before the answer came: the program's connection is dropped in the midst of its work.
            _ = asker.read(&mut chunk) => return Ok(()),
        }
        let text = String::from_utf8_lossy(&answer);
        let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        *self.answers.lock().unwrap().entry(status).or_default() += 1;
        for number in (0..SIGNALS).filter(|number| text.contains(&mark(*number))) {
            *self.served.lock().unwrap().entry((who, number)).or_default() += 1;
        }
        asker.write_all(&answer).await
    }

    fn counted(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// One person, who asks for one thing after another.
struct Asking {
    who: usize,
    cookies: String,
    paths: Arc<Vec<String>>,
    door: SocketAddr,
}

impl Asking {
    async fn until(self, stop: Arc<AtomicBool>, first: usize) {
        for number in (first..).step_by(7) {
            if stop.load(Ordering::SeqCst) {
                return;
            }
            let path = &self.paths[number % self.paths.len()];
            // Whether the answer was good, bad or none is for the recorder to say.
            let _ = self.ask(path, number % 31 == 0).await;
        }
    }

    /// HTTP/1.0, so that an answer is one piece that ends with the connection.
    async fn ask(&self, path: &str, hang_up: bool) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(self.door).await?;
        let request = format!(
            "GET {path} HTTP/1.0\r\nhost: localhost\r\nx-who: {}\r\ncookie: {}\r\n\r\n",
            self.who, self.cookies
        );
        stream.write_all(request.as_bytes()).await?;
        if hang_up {
            tokio::time::sleep(Duration::from_micros(300 * (self.who as u64 + 1))).await;
            return Ok(());
        }
        stream.read_to_end(&mut Vec::new()).await.map(drop)
    }
}

/// Marked signals of two departments, and two cases with some of them.
async fn marked(world: &World) -> (Vec<SignalId>, Vec<String>) {
    let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
    let mut paths = Vec::new();
    for number in 0..SIGNALS {
        let browser = if number % 2 == 0 { &mut anna } else { &mut bram };
        paths.push(world.log(browser, &pairs(&signal(&mark(number)))).await);
    }
    let mut carla = world.browser(CARLA).await;
    let mut cases = Vec::new();
    for (title, from) in [("eerste", 0), ("tweede", 3)] {
        let signals: Vec<&str> = paths[from..from + 3].iter().map(String::as_str).collect();
        cases.push(carla.open_case(title, &signals, &["summary", "facts"], &[ANNA, BRAM]).await);
    }
    let ids = paths.iter().map(|path| SignalId(path.rsplit('/').next().unwrap().parse::<Uuid>().unwrap())).collect();
    let mut asked =
        vec!["/".to_owned(), "/signalen".into(), "/casussen".into(), "/mijn-inzagen".into(), "/toezicht".into()];
    for path in paths {
        asked.extend([path.clone(), format!("{path}/inzagen"), format!("{path}/versies")]);
    }
    for case in &cases {
        asked.extend([case.clone(), format!("{case}/plan"), format!("{case}/inzagen"), format!("{case}/geschiedenis")]);
    }
    asked.push(format!("/signalen/{}", Uuid::from_u128(7)));
    (ids, asked)
}

/// How many lines of a permitted act name each signal, by person and number of the signal.
async fn lines(engine: &Engine, signals: &[SignalId]) -> BTreeMap<(usize, usize), usize> {
    let ledger = engine.ledger().await;
    let mut lines: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut before = None;
    loop {
        let page = ledger.search(&LogQuery { before, ..LogQuery::default() }, 1000).await.unwrap();
        let Some(last) = page.last() else { return lines };
        before = Some(last.sequence);
        for entry in page.iter().filter(|entry| entry.outcome != Outcome::Refused) {
            let payload = entry.payload.as_ref().unwrap();
            let Some(who) = (0..PEOPLE.len()).find(|index| person(*index) == payload.actor) else { continue };
            for (number, signal) in signals.iter().enumerate() {
                if payload.objects.contains(&(*signal).into()) {
                    *lines.entry((who, number)).or_default() += 1;
                }
            }
        }
    }
}

/// The faults come and go while `requests` are made; answers how many were made under each.
async fn faults(world: &World, recorder: &Recorder, requests: usize) -> Vec<(&'static str, usize)> {
    let names = Fault::all(&world.engine);
    let share = requests / (names.len() * 2 + 1);
    let until = async |count: usize| {
        let begun = Instant::now();
        // A fault in which each request waits for its time-out takes long.
        while recorder.counted() < count && begun.elapsed() < Duration::from_secs(60) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    until(share).await;
    let mut under = Vec::new();
    for name in names {
        let before = recorder.counted();
        let fault = Fault::begin(name, &world.engine).await;
        until(before + share).await;
        let after = recorder.counted();
        fault.mend().await;
        let begun = Instant::now();
        while !world.vault.ready().await {
            assert!(begun.elapsed() < Duration::from_secs(30), "{name}: work does not go on");
        }
        under.push((name, after - before));
        until(recorder.counted() + share).await;
    }
    until(requests).await;
    under
}

both_engines! {
    async fn nobody_is_given_anything_without_a_durable_line_whatever_fails(engine: Engine) {
        let world = World::new(engine.clone()).await;
        let (signals, paths) = marked(&world).await;
        let (recorder, paths) = (Recorder::default(), Arc::new(paths));
        let door = recorder.stand_before(world.serve().await).await;
        let before = lines(&engine, &signals).await;
        let stop = Arc::new(AtomicBool::new(false));
        let mut people = tokio::task::JoinSet::new();
        for who in 0..PEOPLE.len() {
            let mut browser = world.browser(who).await;
            for case in paths.iter().filter(|path| path.starts_with("/casussen/") && path.matches('/').count() == 2) {
                // Who may not is refused, and asks all the same.
                let id = case.rsplit('/').next().unwrap();
                browser.post("/doel", &[("purpose", &format!("case:{id}")), ("naar", "/")]).await;
            }
            for one in 0..AT_ONCE {
                let asking = Asking { who, cookies: browser.cookies(), paths: paths.clone(), door };
                people.spawn(asking.until(stop.clone(), who * 5 + one * 11));
            }
        }
        let requests = std::env::var("PLEIN_FAULT_REQUESTS").map_or(REQUESTS, |count| count.parse().unwrap());
        let under = faults(&world, &recorder, requests).await;
        stop.store(true, Ordering::SeqCst);
        people.join_all().await;

        let served = recorder.served.lock().unwrap().clone();
        let answers = recorder.answers.lock().unwrap().clone();
        let mut stands = lines(&engine, &signals).await;
        for (key, count) in before {
            *stands.entry(key).or_default() -= count;
        }
        println!(
            "{} requests, of which under faults {under:?}; answers {answers:?}; {} viewings given, {} lines",
            recorder.counted(),
            served.values().sum::<usize>(),
            stands.values().sum::<usize>(),
        );
        for ((who, number), times) in &served {
            let logged = stands.get(&(*who, *number)).copied().unwrap_or_default();
            assert!(logged >= *times, "{} was given signal {number} {times} times, {logged} lines", PEOPLE[*who].0);
        }
        // The measure itself: things were given, things were refused for want of a line, and every fault was felt.
        assert!(recorder.counted() >= requests);
        assert!(served.len() > SIGNALS && answers.get(&200).is_some_and(|count| *count > requests / 10), "{answers:?}");
        assert!(answers.get(&503).is_some_and(|count| *count > 20), "{answers:?}");
        assert!(under.iter().all(|(_, count)| *count > 0), "{under:?}");
        assert!(served.keys().all(|(who, _)| ![FG, ADMIN, PRIVACY, DIRK].contains(who)), "{served:?}");
    }
}
