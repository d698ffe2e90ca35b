//! The messages of y-sync, as a plain Yjs client writes and reads them, and the dialect of Hocuspocus.

use anyhow::{Context, Result, ensure};

/// How a server wants its messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// y-websocket's: one message is one frame.
    Plain,
    /// Hocuspocus': each message begins with the document's name, and the first one carries a token.
    Named,
}

/// The document's name where one is needed.
pub(super) const NAME: &str = "plan";

/// What a server said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard<'a> {
    /// It has this state vector and wants the rest.
    Has(&'a [u8]),
    /// The rest of what this client has.
    Rest(&'a [u8]),
    /// Something new.
    Update(&'a [u8]),
    /// So many messages of this connection are durable.
    Durable(u64),
    /// A word to the person.
    Notice(&'a str),
    /// Presence, and what else does not matter here.
    Other,
}

impl Dialect {
    fn frame(self, kind: &[u8], content: &[u8]) -> Vec<u8> {
        let mut frame = Vec::with_capacity(content.len() + 16);
        if self == Self::Named {
            bytes(&mut frame, NAME.as_bytes());
        }
        frame.extend_from_slice(kind);
        bytes(&mut frame, content);
        frame
    }

    /// What this client has: the other side sends the rest.
    pub fn has(self, state_vector: &[u8]) -> Vec<u8> {
        self.frame(&[0, 0], state_vector)
    }

    /// The rest of what the other side has.
    pub fn rest(self, update: &[u8]) -> Vec<u8> {
        self.frame(&[0, 1], update)
    }

    /// Something new.
    pub fn update(self, update: &[u8]) -> Vec<u8> {
        self.frame(&[0, 2], update)
    }

    /// Where this client is.
    pub fn presence(self, client: u64, clock: u64, state: &str) -> Vec<u8> {
        let mut content = vec![1];
        number(&mut content, client);
        number(&mut content, clock);
        bytes(&mut content, state.as_bytes());
        self.frame(&[1], &content)
    }

    /// What must come before anything else, if something must.
    pub fn hello(self) -> Option<Vec<u8>> {
        (self == Self::Named).then(|| self.frame(&[2, 0], b"token"))
    }

    /// Reads a frame.
    pub fn read(self, frame: &[u8]) -> Result<Heard<'_>> {
        let mut rest = frame;
        if self == Self::Named {
            take(&mut rest)?;
        }
        Ok(match read_number(&mut rest)? {
            // 4 is Hocuspocus' answer to a step 1.
            0 | 4 => match (read_number(&mut rest)?, take(&mut rest)?) {
                (0, content) => Heard::Has(content),
                (1, content) => Heard::Rest(content),
                (_, content) => Heard::Update(content),
            },
            100 if self == Self::Plain => Heard::Durable(read_number(&mut rest)?),
            101 if self == Self::Plain => Heard::Notice(std::str::from_utf8(take(&mut rest)?)?),
            _ => Heard::Other,
        })
    }
}

pub(super) fn number(to: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        to.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

pub(super) fn bytes(to: &mut Vec<u8>, content: &[u8]) {
    number(to, content.len() as u64);
    to.extend_from_slice(content);
}

fn read_number(rest: &mut &[u8]) -> Result<u64> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let (byte, after) = rest.split_first().context("a frame ends within a number")?;
        *rest = after;
        ensure!(shift < 64, "a number without an end");
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
}

fn take<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8]> {
    let length = usize::try_from(read_number(rest)?)?;
    ensure!(length <= rest.len(), "a frame ends too early");
    let (content, after) = rest.split_at(length);
    *rest = after;
    Ok(content)
}
