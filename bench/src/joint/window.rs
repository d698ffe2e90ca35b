//! A window with the plan open: what a Yjs client does, without a screen.

use super::wire::{Dialect, Heard};
use anyhow::{Context, Result, bail, ensure};
use futures::{SinkExt, StreamExt};
use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};
use yrs::{
    ClientID, Doc, GetString, IdSet, OffsetKind, Options, ReadTxn, StateVector, Transact, TransactionMut, Update,
    WriteTxn, XmlElementRef, XmlFragment, XmlFragmentRef, XmlOut,
    updates::{decoder::Decode, encoder::Encode},
};

pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long anything may take.
pub(super) const LIMIT: Duration = Duration::from_secs(20);

/// Where a window connects to.
#[derive(Debug, Clone)]
pub(super) struct Door {
    pub port: u16,
    pub path: String,
    pub cookie: String,
    pub dialect: Dialect,
}

impl Door {
    /// Opens the socket.
    pub async fn open(&self) -> Result<Socket> {
        let Self { port, path, cookie, .. } = self;
        let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request()?;
        request.headers_mut().insert("origin", format!("http://127.0.0.1:{port}").parse()?);
        if !cookie.is_empty() {
            request.headers_mut().insert("cookie", cookie.parse()?);
        }
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (socket, _) = tokio::time::timeout(LIMIT, connect_async_with_config(request, Some(config), true)).await??;
        Ok(socket)
    }
}

/// A document as the editor has it.
pub(super) fn document(client: u64) -> Doc {
    let doc = Doc::with_options(Options {
        client_id: ClientID::new(client),
        offset_kind: OffsetKind::Utf16,
        ..Options::default()
    });
    doc.get_or_insert_xml_fragment("plan");
    doc
}

/// The root of a document.
pub(super) fn root(txn: &mut TransactionMut<'_>) -> XmlFragmentRef {
    txn.get_or_insert_xml_fragment("plan")
}

/// The section at this place, counted around.
pub(super) fn section(txn: &mut TransactionMut<'_>, place: u32) -> Result<XmlElementRef> {
    let root = root(txn);
    let length = root.len(txn);
    ensure!(length > 0, "a plan without sections");
    match root.get(txn, place % length) {
        Some(XmlOut::Element(section)) => Ok(section),
        _ => bail!("no section at {place}"),
    }
}

/// A message that was sent and not yet told durable: what of this window it completes.
#[derive(Debug)]
struct Owed {
    clock: u32,
    deleted: IdSet,
}

/// One connection of a person, and their document, which outlives connections.
pub(super) struct Window {
    pub doc: Doc,
    pub client: u64,
    socket: Option<Socket>,
    dialect: Dialect,
    owed: VecDeque<Owed>,
    told: u64,
    /// Up to where this window's text was told durable.
    pub durable: u32,
    /// What was deleted by it and told durable.
    pub durable_deleted: IdSet,
    /// What it ever deleted; told durable or not.
    pub deleted: IdSet,
    /// What was deleted since the last message of a connection that ended.
    unsent: IdSet,
    pub notices: Vec<String>,
    /// The code with which the server closed the connection that ended last.
    pub closed: Option<u16>,
    /// When the server's answer to step 1 came.
    synced: Option<Instant>,
    answered: bool,
}

impl Window {
    pub fn new(client: u64) -> Self {
        Self {
            doc: document(client),
            client,
            socket: None,
            dialect: Dialect::Plain,
            owed: VecDeque::new(),
            told: 0,
            durable: 0,
            durable_deleted: IdSet::default(),
            deleted: IdSet::default(),
            unsent: IdSet::default(),
            notices: Vec::new(),
            closed: None,
            synced: None,
            answered: false,
        }
    }

    /// Connects and goes on until both sides have what the other has.
    pub async fn connect(&mut self, door: &Door) -> Result<()> {
        self.hang_up();
        self.closed = None;
        self.dialect = door.dialect;
        (self.synced, self.answered) = (None, false);
        self.socket = Some(door.open().await?);
        if let Some(hello) = self.dialect.hello() {
            self.send(hello).await?;
        }
        let vector = self.doc.transact().state_vector().encode_v1();
        self.send(self.dialect.has(&vector)).await?;
        self.until("the document", |one| one.synced.is_some() && one.answered).await
    }

    /// Leaves without a word, as a network does that is gone.
    pub fn hang_up(&mut self) {
        self.socket = None;
        for owed in self.owed.drain(..) {
            self.unsent.merge_with(owed.deleted);
        }
        self.told = 0;
    }

    pub fn connected(&self) -> bool {
        self.socket.is_some()
    }

    /// The socket itself, to read and write past all this.
    pub fn take(&mut self) -> Result<Socket> {
        self.socket.take().context("not connected")
    }

    pub async fn send(&mut self, frame: Vec<u8>) -> Result<()> {
        let socket = self.socket.as_mut().context("not connected")?;
        tokio::time::timeout(LIMIT, socket.send(Message::Binary(frame.into()))).await.context("nobody reads")??;
        Ok(())
    }

    /// How much this window has written.
    pub fn clock(&self) -> u32 {
        self.doc.transact().state_vector().get(&ClientID::new(self.client))
    }

    /// Changes the document; what is to be sent, if anything changed.
    pub fn change(&mut self, change: impl FnOnce(&mut TransactionMut<'_>) -> Result<()>) -> Result<Option<Vec<u8>>> {
        let mut txn = self.doc.transact_mut();
        change(&mut txn)?;
        if txn.insert_set().is_empty() && txn.delete_set().is_empty() {
            return Ok(None);
        }
        let deleted = txn.delete_set().clone();
        let update = txn.encode_update_v1();
        drop(txn);
        self.deleted.merge_with(deleted.clone());
        self.unsent.merge_with(deleted);
        Ok(Some(update))
    }

    /// Sends a change.
    pub async fn say(&mut self, update: &[u8]) -> Result<()> {
        self.owe();
        self.send(self.dialect.update(update)).await
    }

    fn owe(&mut self) {
        let (clock, deleted) = (self.clock(), std::mem::take(&mut self.unsent));
        self.owed.push_back(Owed { clock, deleted });
    }

    /// Whether all that was sent was told durable.
    pub fn all_durable(&self) -> bool {
        self.owed.is_empty()
    }

    /// Reads until this holds.
    pub async fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) -> Result<()> {
        let begun = Instant::now();
        while !holds(self) {
            let rest = LIMIT.checked_sub(begun.elapsed()).with_context(|| format!("{what} does not come"))?;
            ensure!(self.listen(rest).await?, "{what} does not come within {} s", LIMIT.as_secs());
        }
        Ok(())
    }

    /// Reads for at most this long; whether something came.
    pub async fn listen(&mut self, limit: Duration) -> Result<bool> {
        let socket = self.socket.as_mut().context("not connected")?;
        match tokio::time::timeout(limit, socket.next()).await {
            Err(_) => Ok(false),
            Ok(Some(Ok(Message::Binary(frame)))) => self.hear(&frame).await.map(|()| true),
            Ok(Some(Ok(Message::Close(frame)))) => {
                self.hang_up();
                self.closed = frame.map(|frame| frame.code.into());
                bail!("closed: {:?}", self.closed)
            }
            Ok(Some(Ok(_))) => Ok(true),
            Ok(Some(Err(error))) => {
                self.hang_up();
                Err(error.into())
            }
            Ok(None) => {
                self.hang_up();
                bail!("the connection is gone")
            }
        }
    }

    async fn hear(&mut self, frame: &[u8]) -> Result<()> {
        match self.dialect.read(frame)? {
            Heard::Has(vector) => {
                let vector = StateVector::decode_v1(vector)?;
                let rest = self.doc.transact().encode_state_as_update_v1(&vector);
                self.owe();
                self.send(self.dialect.rest(&rest)).await?;
                self.answered = true;
            }
            Heard::Rest(update) => {
                self.synced = Some(Instant::now());
                self.apply(update)?;
            }
            Heard::Update(update) => self.apply(update)?,
            Heard::Durable(count) => {
                while self.told < count {
                    let owed = self.owed.pop_front().context("durable was told of what was never sent")?;
                    self.durable = self.durable.max(owed.clock);
                    self.durable_deleted.merge_with(owed.deleted);
                    self.told += 1;
                }
            }
            Heard::Notice(notice) => self.notices.push(notice.to_owned()),
            Heard::Other => {}
        }
        Ok(())
    }

    fn apply(&mut self, update: &[u8]) -> Result<()> {
        let update = Update::decode_v1(update)?;
        let mut txn = self.doc.transact_mut();
        txn.apply_update(update)?;
        ensure!(!txn.has_missing_updates(), "the server sent text that stands on text it did not send");
        Ok(())
    }

    /// How long after this moment the server's answer to step 1 came.
    pub fn answered_after(&self, begun: Instant) -> Result<Duration> {
        Ok(self.synced.context("no answer")?.duration_since(begun))
    }

    /// The document as text, with its elements.
    pub fn text(&self) -> String {
        let mut txn = self.doc.transact_mut();
        root(&mut txn).get_string(&txn)
    }

    /// The document as text without attributes, which have no order.
    pub fn shape(&self) -> Vec<String> {
        let text = self.text();
        let tag = |part: &str| {
            let (tag, words) = part.split_once('>').unwrap_or((part, ""));
            format!("{}>{words}", tag.split(' ').next().unwrap_or_default())
        };
        text.split('<').map(tag).collect()
    }

    /// The whole document.
    pub fn whole(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }
}
