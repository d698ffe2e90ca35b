//! Somebody who writes in a plan from within the program: a window without a screen and without a wire, in the same room,
//! under the same permits and lines as any other. The demo's people write by it.

use super::{
    document,
    protocol::{self, Said},
    rooms::Place,
    way::{Out, Way},
};
use crate::use_cases::UseCases;
use plein_domain::{ids::CaseId, ports::Asker};
use std::time::Duration;
use tokio::sync::mpsc;
use yrs::{Doc, ReadTxn, StateVector, Transact, Update, updates::decoder::Decode, updates::encoder::Encode};

/// How many frames may wait to be read.
const WAITING: usize = 256;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A place in a plan's room, and what stands in the plan.
pub(crate) struct Scribe {
    place: Place,
    frames: mpsc::Receiver<Out>,
    doc: Doc,
    sent: u64,
}

/// Why nothing could be written.
#[derive(Debug, thiserror::Error)]
#[error("writing in a plan: {0}")]
pub(crate) struct Unwritten(String);

impl Scribe {
    /// Opens the plan of a case for this person, who goes by this number in it.
    pub(crate) async fn open(desk: &UseCases, asker: &Asker, case: CaseId, number: u64) -> Result<Self, Unwritten> {
        let opening = desk.open_plan(asker, case).await.map_err(|problem| Unwritten(problem.to_string()))?;
        let (out, frames) = mpsc::channel(WAITING);
        let place =
            desk.rooms().join(opening, Way::queue(out)).await.map_err(|refused| Unwritten(format!("{refused:?}")))?;
        let doc = document::empty(number);
        let mut scribe = Self { place, frames, doc, sent: 0 };
        scribe.say(protocol::has(&StateVector::default().encode_v1())).await?;
        scribe.until(|scribe, frame| scribe.hear(frame)).await?;
        Ok(scribe)
    }

    /// Changes the document, and waits until that is durable.
    pub(crate) async fn write(&mut self, change: impl FnOnce(&Doc)) -> Result<(), Unwritten> {
        let before = self.doc.transact().state_vector();
        change(&self.doc);
        let update = self.doc.transact().encode_state_as_update_v1(&before);
        self.sent += 1;
        self.say(protocol::update(&update)).await?;
        self.until(|scribe, frame| protocol::durable_of(frame) == Some(scribe.sent)).await
    }

    /// Closes the plan.
    pub(crate) async fn close(self) {
        self.place.leave().await;
    }

    async fn say(&self, frame: Vec<u8>) -> Result<(), Unwritten> {
        if self.place.say(frame.into()).await { Ok(()) } else { Err(Unwritten("the room is gone".into())) }
    }

    /// Takes in what is for the document; whether it was.
    fn hear(&self, frame: &[u8]) -> bool {
        match protocol::read(frame) {
            Ok(Said::Update(update)) => {
                Update::decode_v1(update).is_ok_and(|update| self.doc.transact_mut().apply_update(update).is_ok())
            }
            _ => false,
        }
    }

    /// Reads until this frame comes.
    async fn until(&mut self, is_it: impl Fn(&Self, &[u8]) -> bool) -> Result<(), Unwritten> {
        loop {
            match tokio::time::timeout(PATIENCE, self.frames.recv()).await {
                Ok(Some(Out::Frame(frame))) if is_it(self, &frame) => return Ok(()),
                Ok(Some(Out::Frame(_) | Out::Rest)) => {}
                Ok(Some(Out::End(why))) => return Err(Unwritten(format!("ended: {why:?}"))),
                Ok(None) => return Err(Unwritten("let go".into())),
                Err(_) => return Err(Unwritten("no answer".into())),
            }
        }
    }
}
