//! People with a plan open, over real sockets: what a Yjs client does, without a screen.

use crate::{common::*, world::*};
use futures::{SinkExt, StreamExt};
use http::StatusCode;
use plein_domain::{ids::CaseId, ledger::LineKind};
use plein_vault::ledger::LogQuery;
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

pub const LIMIT: Duration = Duration::from_secs(10);

/// A window with the plan open: what a Yjs client does, without a screen.
pub struct Window {
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub doc: Doc,
    pub sent: u64,
    pub durable: u64,
    pub notices: Vec<String>,
    pub presence: String,
    pub closed: Option<u16>,
}

pub async fn dial(
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

pub fn number(to: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        to.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

pub fn read_number(frame: &mut &[u8]) -> u64 {
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

pub fn read_bytes<'a>(frame: &mut &'a [u8]) -> &'a [u8] {
    let length = read_number(frame) as usize;
    let (bytes, rest) = frame.split_at(length);
    *frame = rest;
    bytes
}

pub fn message(kind: &[u8], content: &[u8]) -> Vec<u8> {
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

    pub async fn send(&mut self, frame: Vec<u8>) {
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

    pub async fn hear(&mut self, frame: &[u8]) {
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
    pub fn shape(&self) -> Vec<String> {
        let text = self.text();
        let tag = |part: &str| {
            let (tag, words) = part.split_once('>').unwrap_or((part, ""));
            format!("{}>{words}", tag.split(' ').next().unwrap_or_default())
        };
        text.split('<').map(tag).collect()
    }

    /// What typing these words into the section at this place changes.
    pub fn typed(&self, place: u32, words: &str) -> Vec<u8> {
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

    pub async fn is_here(&mut self, client: u64, state: &str) {
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
        let filter = LogQuery { kind: Some(kind), ..LogQuery::default() };
        let found = self.world.engine.ledger().await.search(&filter, 10_000).await.unwrap();
        let plan = plein_domain::header::ObjectRef::plan(self.id());
        let of_plan = |entry: &plein_vault::ledger::Entry| {
            entry.payload.as_ref().is_some_and(|payload| payload.objects.contains(&plan))
        };
        found.iter().filter(|entry| of_plan(entry)).count()
    }

    pub async fn refusals(&self, index: usize) -> usize {
        let filter = LogQuery { person: Some(person(index)), kind: Some(LineKind::Refused), ..LogQuery::default() };
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
