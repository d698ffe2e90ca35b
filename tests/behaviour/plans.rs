//! Drafting a plan together, over real sockets: text meets, is durable and sealed, and goes to nobody else.

use crate::{common, common::*, world::*};
use futures::{SinkExt, StreamExt};
use http::StatusCode;
use plein_domain::{access_log::LogFilter, ids::CaseId, ledger::LineKind, moment::Clock};
use std::{
    collections::HashMap,
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Error, Message, client::IntoClientRequest, protocol::WebSocketConfig},
};
use uuid::Uuid;
use yrs::{
    Any, Array, ArrayPrelim, ClientID, Doc, GetString, Map, MapPrelim, OffsetKind, Options, Out, ReadTxn, StateVector,
    Transact, Update, WriteTxn, XmlElementPrelim, XmlFragment, XmlOut, XmlTextPrelim,
    updates::{decoder::Decode, encoder::Encode},
};

const LIMIT: Duration = Duration::from_secs(10);

/// A window with the plan open: what a Yjs client does, without a screen.
pub struct Window {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub doc: Doc,
    pub sent: u64,
    pub durable: u64,
    notices: Vec<String>,
    presence: String,
    pub closed: Option<u16>,
}

async fn dial(
    address: SocketAddr,
    path: &str,
    cookies: &str,
    origin: Option<&str>,
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, StatusCode> {
    let mut request = format!("ws://localhost:{}{path}/plan/samen", address.port()).into_client_request().unwrap();
    let own = format!("http://localhost:{}", address.port());
    request.headers_mut().insert("origin", origin.unwrap_or(&own).parse().unwrap());
    if !cookies.is_empty() {
        request.headers_mut().insert("cookie", cookies.parse().unwrap());
    }
    let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
    match connect_async_with_config(request, Some(config), true).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(response)) => Err(response.status()),
        Err(other) => panic!("{other}"),
    }
}

fn number(to: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        to.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

fn read_number(frame: &mut &[u8]) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = frame[0];
        *frame = &frame[1..];
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return value;
        }
    }
}

fn read_bytes<'a>(frame: &mut &'a [u8]) -> &'a [u8] {
    let length = read_number(frame) as usize;
    let (bytes, rest) = frame.split_at(length);
    *frame = rest;
    bytes
}

fn message(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let mut frame = kind.to_vec();
    number(&mut frame, content.len() as u64);
    frame.extend_from_slice(content);
    frame
}

impl Window {
    pub async fn open(address: SocketAddr, case: &str, browser: &Browser, client: u64) -> Self {
        let socket = dial(address, case, &browser.cookies(), None).await.unwrap();
        let doc = Doc::with_options(Options {
            client_id: ClientID::new(client),
            offset_kind: OffsetKind::Utf16,
            ..Options::default()
        });
        doc.get_or_insert_xml_fragment("plan");
        let mut window =
            Self { socket, doc, sent: 0, durable: 0, notices: vec![], presence: String::new(), closed: None };
        let vector = window.doc.transact().state_vector().encode_v1();
        window.send(message(&[0, 0], &vector)).await;
        window
    }

    async fn send(&mut self, frame: Vec<u8>) {
        // Of a connection that is closed the reader learns why.
        let _ = self.socket.send(Message::Binary(frame.into())).await;
    }

    /// Reads until this holds.
    pub async fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !holds(self) {
            let rest =
                LIMIT.checked_sub(begun.elapsed()).unwrap_or_else(|| panic!("{what} does not come: {}", self.text()));
            let next = tokio::time::timeout(rest, self.socket.next()).await;
            match next.unwrap_or_else(|_| panic!("{what} does not come: {}", self.text())) {
                Some(Ok(Message::Binary(frame))) => self.hear(&frame).await,
                Some(Ok(Message::Close(frame))) => self.closed = frame.map(|frame| frame.code.into()).or(Some(1005)),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => self.closed = self.closed.or(Some(1006)),
            }
        }
    }

    async fn hear(&mut self, frame: &[u8]) {
        let mut rest = frame;
        match read_number(&mut rest) {
            0 => {
                let kind = read_number(&mut rest);
                let content = read_bytes(&mut rest);
                if kind == 0 {
                    let vector = StateVector::decode_v1(content).unwrap();
                    let update = self.doc.transact().encode_state_as_update_v1(&vector);
                    self.sent += 1;
                    self.send(message(&[0, 1], &update)).await;
                } else {
                    let update = Update::decode_v1(content).unwrap();
                    self.doc.transact_mut().apply_update(update).unwrap();
                }
            }
            1 => self.presence.push_str(&String::from_utf8_lossy(read_bytes(&mut rest))),
            100 => self.durable = read_number(&mut rest),
            101 => self.notices.push(String::from_utf8(read_bytes(&mut rest).to_vec()).unwrap()),
            _ => {}
        }
    }

    pub fn text(&self) -> String {
        let mut txn = self.doc.transact_mut();
        let root = txn.get_or_insert_xml_fragment("plan");
        root.get_string(&txn)
    }

    /// The text without attributes, which have no order.
    fn shape(&self) -> Vec<String> {
        let text = self.text();
        let tag = |part: &str| {
            let (tag, words) = part.split_once('>').unwrap_or((part, ""));
            format!("{}>{words}", tag.split(' ').next().unwrap_or_default())
        };
        text.split('<').map(tag).collect()
    }

    /// What typing these words into the section at this place changes.
    fn typed(&self, place: u32, words: &str) -> Vec<u8> {
        let before = self.doc.transact().state_vector();
        let mut txn = self.doc.transact_mut();
        let root = txn.get_or_insert_xml_fragment("plan");
        let Some(XmlOut::Element(section)) = root.get(&txn, place) else { panic!("no section {place}") };
        let paragraph = section.push_back(&mut txn, XmlElementPrelim::empty("paragraph"));
        paragraph.push_back(&mut txn, XmlTextPrelim::new(words));
        drop(txn);
        self.doc.transact().encode_state_as_update_v1(&before)
    }

    /// Says something in this thread under this name, or says that the thread is dealt with.
    pub async fn says(&mut self, thread: u128, by: usize, text: Option<&str>) {
        let before = self.doc.transact().state_vector();
        {
            let threads = self.doc.get_or_insert_map("comments");
            let mut txn = self.doc.transact_mut();
            let id = Uuid::from_u128(thread).to_string();
            let thread = match threads.get(&txn, &id) {
                Some(Out::YMap(thread)) => thread,
                _ => {
                    let made = threads.insert(&mut txn, id, MapPrelim::default());
                    made.insert(&mut txn, "messages", ArrayPrelim::default());
                    made
                }
            };
            thread.insert(&mut txn, "resolved", text.is_none());
            if let (Some(text), Some(Out::YArray(messages))) = (text, thread.get(&txn, "messages")) {
                let id = Uuid::from_u128(0x1_0000 + u128::from(messages.len(&txn)) + u128::from(self.sent) * 64);
                let fields = [("id", id.to_string()), ("by", person(by).to_string()), ("text", text.to_owned())];
                let fields: HashMap<String, Any> =
                    fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
                messages.push_back(&mut txn, Any::from(fields));
            }
        }
        let update = self.doc.transact().encode_state_as_update_v1(&before);
        self.sent += 1;
        self.send(message(&[0, 2], &update)).await;
    }

    pub async fn types(&mut self, place: u32, words: &str) {
        let update = self.typed(place, words);
        self.sent += 1;
        self.send(message(&[0, 2], &update)).await;
    }

    async fn is_here(&mut self, client: u64, state: &str) {
        let mut content = vec![1];
        number(&mut content, client);
        content.push(1);
        content.extend(message(&[], state.as_bytes()));
        self.send(message(&[1], &content)).await;
    }

    /// Writes an intervention into the first section: this person is to do it by this day.
    pub async fn intervenes(&mut self, id: u128, owner: usize, due: &str) {
        let update = {
            let before = self.doc.transact().state_vector();
            let mut txn = self.doc.transact_mut();
            let root = txn.get_or_insert_xml_fragment("plan");
            let Some(XmlOut::Element(section)) = root.get(&txn, 0) else { panic!("no section") };
            let element = section.push_back(&mut txn, XmlElementPrelim::empty("intervention"));
            for (name, value) in [
                ("id", Uuid::from_u128(id).to_string()),
                ("kind", "fiscaal".into()),
                ("person", person(owner).to_string()),
                ("due", due.into()),
                ("status", "started".into()),
            ] {
                yrs::Xml::insert_attribute(&element, &mut txn, name, value);
            }
            let words = element.push_back(&mut txn, XmlElementPrelim::empty("paragraph"));
            words.push_back(&mut txn, XmlTextPrelim::new("KANARIE beslag"));
            drop(txn);
            self.doc.transact().encode_state_as_update_v1(&before)
        };
        self.sent += 1;
        self.send(message(&[0, 2], &update)).await;
    }

    pub async fn until_closed(&mut self) -> u16 {
        self.until("the end", |window| window.closed.is_some()).await;
        self.closed.unwrap()
    }
}

/// Anna and Bram in a case of Carla, with a plan begun.
pub struct Drafting {
    pub world: World,
    pub address: SocketAddr,
    pub case: String,
    pub anna: Browser,
    pub bram: Browser,
    pub carla: Browser,
}

impl Drafting {
    pub async fn on(engine: Engine) -> Self {
        let world = World::new(engine).await;
        let (mut anna, mut bram) = (world.browser(ANNA).await, world.browser(BRAM).await);
        let of_anna = world.log(&mut anna, &pairs(&signal("a"))).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("Zaak Plan", &[&of_anna], &["facts"], &[ANNA, BRAM]).await;
        for browser in [&mut anna, &mut bram, &mut carla] {
            browser.for_case(&case).await;
        }
        let page = carla.post(&format!("{case}/plan"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        let address = world.serve().await;
        Self { world, address, case, anna, bram, carla }
    }

    pub fn id(&self) -> CaseId {
        self.case.rsplit('/').next().unwrap().parse().unwrap()
    }

    pub async fn lines(&self, kind: LineKind) -> usize {
        let filter = LogFilter { before: None, person: None, kind: Some(kind) };
        let found = self.world.engine.ledger().await.search(&filter, 10_000).await.unwrap();
        let plan = plein_domain::header::ObjectRef::plan(self.id());
        let of_plan = |entry: &plein_vault::ledger::Entry| {
            entry.payload.as_ref().is_some_and(|payload| payload.objects.contains(&plan))
        };
        found.iter().filter(|entry| of_plan(entry)).count()
    }

    pub async fn refusals(&self, index: usize) -> usize {
        let filter = LogFilter { before: None, person: Some(person(index)), kind: Some(LineKind::Refused) };
        self.world.engine.ledger().await.search(&filter, 10_000).await.unwrap().len()
    }

    pub async fn team(&mut self, members: &[usize]) {
        let id = self.id();
        team(&mut self.carla, id, members).await;
    }
}

/// Makes these the team of a case, by its coordinator.
pub async fn team(carla: &mut Browser, id: CaseId, members: &[usize]) {
    let draft = carla.begin("team", &[("object", &id.to_string())]).await;
    let members: Vec<(String, String)> =
        members.iter().map(|index| ("member".into(), person(*index).to_string())).collect();
    let mut fields: Vec<(&str, &str)> = members.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("do", "check"));
    carla.post(&draft, &fields).await;
    let page = carla.post(&format!("{draft}/versturen"), &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
}

both_engines! {
    async fn what_two_people_type_meets_is_durable_and_stands_on_the_page(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let Drafting { address, ref case, .. } = drafting;
        let mut anna = Window::open(address, case, &drafting.anna, 501).await;
        let mut bram = Window::open(address, case, &drafting.bram, 502).await;
        for window in [&mut anna, &mut bram] {
            window.until("the template", |one| one.text().contains("Situatie") && one.text().contains("Aanpak: Vergunningen")).await;
        }
        anna.types(0, "KANARIE van Anna").await;
        bram.types(0, "KANARIE van Bram").await;
        for window in [&mut anna, &mut bram] {
            window.until("both texts", |one| one.text().contains("van Anna") && one.text().contains("van Bram")).await;
            window.until("durability", |one| one.durable == one.sent && one.sent > 0).await;
        }
        assert_eq!(anna.shape(), bram.shape());
        // Readable without JavaScript, with who changed it last; and nowhere on the disk.
        let page = drafting.carla.get(&format!("{case}/plan")).await;
        assert!(page.text.contains("KANARIE van Anna") && page.text.contains("KANARIE van Bram"), "{}", page.text);
        assert!(page.text.contains("Laatst gewijzigd door"));
        assert!(page.text.contains("Anna van Vergunningen, Bram van Belastingen"), "who is in it now");
        assert!(!engine.raw_contains("content", b"KANARIE van").await);
        // One viewing each, and one line of editing each however much is typed.
        for at in 0..5 {
            anna.types(1, &format!("meer {at}")).await;
        }
        anna.until("durability", |one| one.durable == one.sent).await;
        assert_eq!(drafting.lines(LineKind::Opened).await, 3);
        assert_eq!(drafting.lines(LineKind::Edited).await, 2);
        // After a restart it is still there.
        let again = World::reopen(engine).await;
        let mut carla = again.browser(CARLA).await;
        carla.for_case(case).await;
        let page = carla.get(&format!("{case}/plan")).await;
        assert!(page.text.contains("KANARIE van Anna") && page.text.contains("meer 4"));
    }

    async fn an_intervention_stands_in_the_work_of_who_is_to_do_it_while_in_the_team(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        anna.intervenes(0x999, BRAM, "2026-11-20").await;
        anna.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        let work = drafting.bram.get("/").await.text;
        assert!(work.contains("Fiscaal") && work.contains("uiterlijk 20 november 2026") && work.contains("te laat"), "{work}");
        assert!(!work.contains("KANARIE"), "no words of the plan");
        assert!(!drafting.anna.get("/").await.text.contains("uiterlijk 20 november 2026"));
        let page = drafting.carla.get(&format!("{}/plan", drafting.case)).await.text;
        assert!(page.contains("KANARIE beslag") && page.contains("Interventies in dit plan"));
        // As a file it is one more line, and only for the team.
        let before = drafting.lines(LineKind::Exported).await;
        let file = drafting.carla.post(&format!("{}/plan/word", drafting.case), &[]).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.headers["content-disposition"].to_str().unwrap().contains("C-2026-0001-plan.docx"));
        assert!(file.text.starts_with("PK"), "a Word document is a zip");
        assert_eq!(drafting.lines(LineKind::Exported).await, before + 1);
        // On paper too.
        let paper = drafting.carla.get(&format!("{}/plan/afdrukken", drafting.case)).await;
        assert!(paper.text.contains("KANARIE beslag") && paper.text.contains("Carla Coordinator, Openbare orde"));
        assert_eq!(drafting.lines(LineKind::Printed).await, 1);
        let mut dirk = drafting.world.browser(DIRK).await;
        assert_eq!(dirk.get(&format!("{}/plan/afdrukken", drafting.case)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(dirk.post(&format!("{}/plan/word", drafting.case), &[]).await.status, StatusCode::NOT_FOUND);
        // Out of the team, out of the case's work.
        drafting.team(&[ANNA]).await;
        assert!(!drafting.bram.get("/").await.text.contains("uiterlijk 20 november 2026"));
    }

    async fn who_is_mentioned_is_told_until_they_open_the_plan_or_the_thread_is_dealt_with(engine: Engine) {
        const TOLD: &str = "U bent genoemd in het plan van C-2026-0001";
        let mut drafting = Drafting::on(engine.clone()).await;
        let plan = format!("{}/plan", drafting.case);
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        let mention = |index| format!("KANARIEWOORDEN @{{{}}}", person(index));
        // Bram of the team; Dirk, who is not in it; somebody who does not exist; and herself.
        let all = format!("{} {} @{{{}}} {}", mention(BRAM), mention(DIRK), Uuid::from_u128(0xdead), mention(ANNA));
        anna.says(71, ANNA, Some(&all)).await;
        anna.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        let work = drafting.bram.get("/").await.text;
        assert!(work.contains(TOLD) && work.contains("door Anna van Vergunningen"), "{work}");
        assert!(work.contains(&format!("#opmerking-{}", Uuid::from_u128(71))), "a link to the comment");
        assert!(!work.contains("KANARIE"), "no words of the plan");
        assert!(!engine.raw_contains("content", b"KANARIEWOORDEN").await);
        let mut dirk = drafting.world.browser(DIRK).await;
        for other in [&mut drafting.anna, &mut drafting.carla, &mut dirk] {
            assert!(!other.get("/").await.text.contains("U bent genoemd"));
        }
        // Whoever opens it has been told. Printing it shows no comments, so that is not opening it.
        drafting.bram.get(&format!("{plan}/afdrukken")).await;
        assert!(drafting.bram.get("/").await.text.contains(TOLD));
        let page = drafting.bram.get(&plan).await.text;
        assert!(page.contains("KANARIEWOORDEN") && page.contains("@Bram van Belastingen"), "{page}");
        assert!(!drafting.bram.get("/").await.text.contains(TOLD));
        // Mentioned again, until the thread is dealt with; opened again, it mentions anew.
        for (text, told) in [(Some(mention(BRAM)), true), (None, false), (Some("heropend".into()), true)] {
            engine.clock.set(engine.clock.now().plus_seconds(60));
            anna.says(71, ANNA, text.as_deref()).await;
            anna.until("durability", |one| one.durable == one.sent).await;
            assert_eq!(drafting.bram.get("/").await.text.contains(TOLD), told, "{text:?}");
        }
        // Out of the team, out of its talk.
        drafting.team(&[ANNA]).await;
        assert!(!drafting.bram.get("/").await.text.contains("U bent genoemd"));
    }

    async fn a_mention_under_somebody_elses_name_is_refused_and_tells_nobody(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        let before = drafting.refusals(ANNA).await;
        anna.says(71, CARLA, Some(&format!("@{{{}}}", person(BRAM)))).await;
        assert_eq!(anna.until_closed().await, 4400);
        assert_eq!(drafting.refusals(ANNA).await, before + 1);
        assert!(!drafting.bram.get("/").await.text.contains("U bent genoemd"));
        assert!(!drafting.bram.get(&format!("{}/plan", drafting.case)).await.text.contains("opmerking-"));
    }

    async fn the_server_says_who_somebody_is_whatever_their_window_says(engine: Engine) {
        let drafting = Drafting::on(engine).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        bram.is_here(502, r#"{"user":{"name":"De burgemeester"},"cursor":{"anchor":1},"more":"x"}"#).await;
        anna.until("Bram", |one| one.presence.contains("Bram van Belastingen")).await;
        assert!(anna.presence.contains("cursor") && anna.presence.contains("Belastingen"));
        assert!(!anna.presence.contains("burgemeester") && !anna.presence.contains("more"));
        // Whoever leaves is gone for the others.
        anna.presence.clear();
        drop(bram);
        anna.until("his leaving", |one| one.presence.contains("null")).await;
    }

    async fn nobody_outside_the_team_gets_a_byte_and_the_ledger_knows(engine: Engine) {
        let drafting = Drafting::on(engine).await;
        let Drafting { address, ref case, .. } = drafting;
        let dirk = drafting.world.browser(DIRK).await;
        let nowhere = "/casussen/00000000-0000-4000-8000-000000000000";
        let before = drafting.refusals(DIRK).await;
        assert_eq!(dial(address, case, &dirk.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        assert_eq!(dial(address, nowhere, &dirk.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        assert_eq!(drafting.refusals(DIRK).await, before + 2);
        for index in [FG, ADMIN, PRIVACY, KEES] {
            let other = drafting.world.browser(index).await;
            assert_eq!(dial(address, case, &other.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        }
        assert_eq!(dial(address, case, "", None).await.err(), Some(StatusCode::UNAUTHORIZED));
        // A page of another site, with Anna's cookies.
        let anna = drafting.anna.cookies();
        let before = drafting.refusals(ANNA).await;
        let other = dial(address, case, &anna, Some("https://elders.example")).await;
        assert_eq!(other.err(), Some(StatusCode::FORBIDDEN));
        assert_eq!(drafting.refusals(ANNA).await, before + 1);
        // The purpose was not stated in a new session.
        let fresh = drafting.world.browser(ANNA).await;
        assert_eq!(dial(address, case, &fresh.cookies(), None).await.err(), Some(StatusCode::FORBIDDEN));
    }

    async fn who_leaves_the_team_is_stopped_at_the_next_frame_and_sees_nothing_more(engine: Engine) {
        let mut drafting = Drafting::on(engine).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        for window in [&mut anna, &mut bram] {
            window.until("the template", |one| one.text().contains("Situatie")).await;
        }
        drafting.team(&[BRAM]).await;
        // Bram's words are sent before any look at rights could have come by chance.
        bram.types(0, "alleen voor het team").await;
        anna.types(0, "van wie er niet meer in zit").await;
        assert_eq!(anna.until_closed().await, 4403);
        assert!(!anna.text().contains("alleen voor het team"));
        bram.until("durability", |one| one.durable == one.sent).await;
        assert!(!bram.text().contains("van wie er niet meer in zit"));
        assert!(drafting.refusals(ANNA).await >= 1);
        assert_eq!(dial(drafting.address, &drafting.case, &drafting.anna.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        // Whoever only reads is let go too.
        drafting.team(&[]).await;
        assert_eq!(bram.until_closed().await, 4403);
    }

    async fn what_is_no_message_or_not_ones_own_ends_the_connection_and_is_recorded(engine: Engine) {
        let drafting = Drafting::on(engine).await;
        let Drafting { address, ref case, .. } = drafting;
        let mut anna = Window::open(address, case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        anna.types(0, "van Anna").await;
        anna.until("durability", |one| one.durable == one.sent).await;
        let before = drafting.refusals(BRAM).await;
        let mut ended = 0;
        for frame in [vec![0, 0, 200], vec![0, 2, 3, 9, 9, 9], vec![1, 1, 7]] {
            let mut bram = Window::open(address, case, &drafting.bram, 502 + ended).await;
            bram.send(frame.clone()).await;
            assert_eq!(bram.until_closed().await, 4400, "{frame:?}");
            ended += 1;
        }
        // Anna's number, words from the future, and Anna's place.
        let mut bram = Window::open(address, case, &drafting.bram, 501).await;
        bram.until("the text", |one| one.text().contains("van Anna")).await;
        bram.types(0, "zogenaamd van Anna").await;
        assert_eq!(bram.until_closed().await, 4400);
        let mut bram = Window::open(address, case, &drafting.bram, 510).await;
        bram.until("the text", |one| one.text().contains("van Anna")).await;
        let _ = bram.typed(0, "nooit verstuurd");
        bram.types(0, "uit de toekomst").await;
        assert_eq!(bram.until_closed().await, 4400);
        let mut bram = Window::open(address, case, &drafting.bram, 511).await;
        bram.is_here(501, "{}").await;
        assert_eq!(bram.until_closed().await, 4400);
        assert_eq!(drafting.refusals(BRAM).await, before + ended as usize + 3);
        // Far too much at once.
        let mut bram = Window::open(address, case, &drafting.bram, 512).await;
        bram.send(vec![0; 5 * 1024 * 1024]).await;
        assert_ne!(bram.until_closed().await, 0);
        // None of it harmed Anna.
        anna.types(0, "gewoon verder").await;
        anna.until("durability", |one| one.durable == one.sent).await;
        assert!(!anna.text().contains("zogenaamd") && !anna.text().contains("toekomst"));
    }

    async fn presence_is_a_line_every_five_minutes_and_ends_with_the_session(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        assert_eq!(drafting.lines(LineKind::StillOpen).await, 0);
        engine.clock.set(NOON.plus_seconds(301));
        let begun = Instant::now();
        while drafting.lines(LineKind::StillOpen).await == 0 {
            assert!(begun.elapsed() < LIMIT, "no line");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        drafting.anna.post("/afmelden", &[]).await;
        assert_eq!(anna.until_closed().await, 4401);
    }

    async fn while_the_log_cannot_be_written_nothing_is_taken_and_nothing_is_lost(engine: Engine) {
        let drafting = Drafting::on(engine.clone()).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        let outside = engine.outside("ledger").await;
        let (refuse, allow) = if engine.is_sqlite() {
            ("CREATE TRIGGER full BEFORE INSERT ON payloads BEGIN SELECT RAISE(ABORT, 'no room'); END", "DROP TRIGGER full")
        } else {
            (
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$;
                 CREATE TRIGGER full_disk BEFORE INSERT ON payloads EXECUTE FUNCTION full_disk()",
                "DROP TRIGGER full_disk ON payloads",
            )
        };
        execute(&outside, refuse).await.unwrap();
        anna.types(0, "terwijl er niets kan worden vastgelegd").await;
        assert_eq!(anna.until_closed().await, 4503);
        assert!(anna.durable < anna.sent, "nothing is acknowledged");
        let refused = dial(drafting.address, &drafting.case, &drafting.bram.cookies(), None).await;
        assert_eq!(refused.err(), Some(StatusCode::SERVICE_UNAVAILABLE));
        execute(&outside, allow).await.unwrap();
        // The window comes back with the same document, and sends what is not there yet.
        let doc = anna.doc.clone();
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        anna.doc = doc;
        anna.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        bram.until("the text", |one| one.text().contains("terwijl er niets kan worden vastgelegd")).await;
    }

    async fn a_role_that_is_taken_away_counts_while_the_plan_is_open(engine: Engine) {
        let drafting = Drafting::on(engine.clone()).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        for window in [&mut anna, &mut bram] {
            window.until("the template", |one| one.text().contains("Situatie")).await;
        }
        plein_vault::on_db!(&engine.outside("content").await, |pool| {
            sqlx::query("UPDATE people SET roles = 'administrator' WHERE id = $1").bind(person(ANNA).0).execute(pool).await.map(drop)
        }).unwrap();
        // Within the few seconds in which sessions are looked at; the others stay.
        assert_eq!(anna.until_closed().await, 4403);
        bram.types(0, "van wie mag").await;
        bram.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        assert!(!anna.text().contains("van wie mag"));
    }

    async fn a_plan_that_is_destroyed_while_open_ends_for_everybody_and_takes_nothing_more(engine: Engine) {
        let drafting = Drafting::on(engine.clone()).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        anna.until("the template", |one| one.text().contains("Situatie")).await;
        anna.types(0, "van voor de vernietiging").await;
        anna.until("durability", |one| one.sent > 0 && one.durable == one.sent).await;
        let told = anna.durable;
        let case = drafting.id();
        for statement in [
            "DELETE FROM plan_updates WHERE case_id = $1", "DELETE FROM plan_sections WHERE case_id = $1",
            "DELETE FROM plan_clients WHERE case_id = $1", "DELETE FROM plan_interventions WHERE case_id = $1",
            "DELETE FROM plans WHERE case_id = $1", "DELETE FROM links WHERE case_id = $1",
            "DELETE FROM decisions WHERE case_id = $1", "DELETE FROM case_team WHERE case_id = $1",
            "DELETE FROM cases WHERE id = $1",
        ] {
            plein_vault::on_db!(&engine.outside("content").await, |pool| {
                sqlx::query(statement).bind(case.0).execute(pool).await.map(drop)
            }).unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        anna.types(0, "van erna").await;
        // The same answer as to who may not know of it.
        assert_eq!(anna.until_closed().await, 4403);
        assert_eq!(bram.until_closed().await, 4403);
        assert_eq!(anna.durable, told, "nothing more was acknowledged");
        assert_eq!(dial(drafting.address, &drafting.case, &drafting.anna.cookies(), None).await.err(), Some(StatusCode::NOT_FOUND));
        let left: Vec<(i64,)> = plein_vault::on_db!(&engine.outside("content").await, |pool| {
            sqlx::query_as("SELECT sequence FROM plan_updates").fetch_all(pool).await
        }).unwrap();
        assert!(left.is_empty());
    }

    async fn a_case_without_a_plan_says_so_and_only_its_coordinator_begins_it(engine: Engine) {
        let world = World::new(engine).await;
        let mut anna = world.browser(ANNA).await;
        let of_anna = world.log(&mut anna, &pairs(&signal("a"))).await;
        let mut carla = world.browser(CARLA).await;
        let case = carla.open_case("Zaak", &[&of_anna], &["facts"], &[ANNA]).await;
        anna.for_case(&case).await;
        carla.for_case(&case).await;
        let address = world.serve().await;
        let mut early = Window::open(address, &case, &anna, 501).await;
        assert_eq!(early.until_closed().await, 4404);
        let page = anna.get(&format!("{case}/plan")).await;
        assert!(page.text.contains("nog geen plan") && !page.text.contains("Plan beginnen"));
        assert_eq!(anna.post(&format!("{case}/plan"), &[]).await.status, StatusCode::FORBIDDEN);
        for _ in 0..2 {
            assert_eq!(carla.post(&format!("{case}/plan"), &[]).await.status, StatusCode::SEE_OTHER);
        }
        assert!(anna.get(&format!("{case}/plan")).await.text.contains("Aanpak: Vergunningen"));
        let mut dirk = world.browser(DIRK).await;
        assert_eq!(dirk.get(&format!("{case}/plan")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(dirk.post(&format!("{case}/plan"), &[]).await.status, StatusCode::NOT_FOUND);
    }
}
