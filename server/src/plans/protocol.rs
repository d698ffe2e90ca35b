//! The y-sync protocol, as far as a plan needs it, and the few messages of our own that other clients ignore.
//!
//! A frame is one message: a number that says which, then its content. Numbers are lib0's variable-length integers.

/// How long a state of presence may be, in bytes: a caret is far less.
const PRESENCE_MOST: usize = 4096;
/// How many states of presence one message may hold.
const PRESENCES_MOST: u64 = 256;

const SYNC: u64 = 0;
const PRESENCE: u64 = 1;
const ASK_PRESENCE: u64 = 3;
const DURABLE: u64 = 100;
const NOTICE: u64 = 101;
const STEP_1: u64 = 0;
const STEP_2: u64 = 1;
const UPDATE: u64 = 2;

/// What a connection said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said<'a> {
    /// What it has, as a state vector: it wants the rest.
    Has(&'a [u8]),
    /// Something for the document.
    Update(&'a [u8]),
    /// Who is where. Of several, only its own counts.
    Presence(Vec<Presence<'a>>),
    /// Wants to know who is where.
    AsksPresence,
    /// A message of an extension that this program does not know.
    Unknown,
}

/// Where one window is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Presence<'a> {
    /// The window's number in the document.
    pub client: u64,
    /// Counts its states.
    pub clock: u64,
    /// JSON; `null` when it leaves.
    pub state: &'a str,
}

/// A frame that is no message.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a message of the protocol")]
pub(super) struct Malformed;

/// Reads a frame.
pub(super) fn read(frame: &[u8]) -> Result<Said<'_>, Malformed> {
    let mut rest = Reader(frame);
    let said = match rest.number()? {
        SYNC => match rest.number()? {
            STEP_1 => Said::Has(rest.bytes()?),
            STEP_2 | UPDATE => Said::Update(rest.bytes()?),
            _ => return Err(Malformed),
        },
        PRESENCE => Said::Presence(presences(rest.bytes()?)?),
        ASK_PRESENCE => Said::AsksPresence,
        _ => return Ok(Said::Unknown),
    };
    if rest.0.is_empty() { Ok(said) } else { Err(Malformed) }
}

fn presences(bytes: &[u8]) -> Result<Vec<Presence<'_>>, Malformed> {
    let mut rest = Reader(bytes);
    let count = rest.number()?;
    if count > PRESENCES_MOST {
        return Err(Malformed);
    }
    let mut found = Vec::new();
    for _ in 0..count {
        let (client, clock) = (rest.number()?, rest.number()?);
        let state = std::str::from_utf8(rest.bytes()?).map_err(|_| Malformed)?;
        if state.len() > PRESENCE_MOST {
            return Err(Malformed);
        }
        found.push(Presence { client, clock, state });
    }
    if rest.0.is_empty() { Ok(found) } else { Err(Malformed) }
}

/// What is left to read.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn number(&mut self) -> Result<u64, Malformed> {
        let mut value: u64 = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(Malformed)?;
            self.0 = rest;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return Err(Malformed);
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Malformed)
    }

    pub(super) fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let length = usize::try_from(self.number()?).map_err(|_| Malformed)?;
        if length > self.0.len() {
            return Err(Malformed);
        }
        let (bytes, rest) = self.0.split_at(length);
        self.0 = rest;
        Ok(bytes)
    }
}

/// Asks a connection for what this state vector does not have.
pub(super) fn has(state_vector: &[u8]) -> Vec<u8> {
    message(&[SYNC, STEP_1], state_vector)
}

/// The answer to what a connection has: the rest.
pub(super) fn rest(update: &[u8]) -> Vec<u8> {
    message(&[SYNC, STEP_2], update)
}

/// Something for the document.
pub(super) fn update(update: &[u8]) -> Vec<u8> {
    message(&[SYNC, UPDATE], update)
}

/// Who is where.
pub(super) fn presence<'a>(states: impl ExactSizeIterator<Item = (u64, u64, &'a str)>) -> Vec<u8> {
    let mut content = Vec::new();
    number(&mut content, states.len() as u64);
    for (client, clock, state) in states {
        number(&mut content, client);
        number(&mut content, clock);
        bytes(&mut content, state.as_bytes());
    }
    message(&[PRESENCE], &content)
}

/// How many of the messages for the document that came over this connection are durable by now.
pub(super) fn durable(count: u64) -> Vec<u8> {
    let mut frame = Vec::new();
    number(&mut frame, DURABLE);
    number(&mut frame, count);
    frame
}

/// How many messages this frame says are durable; nothing when it is about something else.
pub(super) fn durable_of(frame: &[u8]) -> Option<u64> {
    let mut rest = Reader(frame);
    let kind = rest.number().ok()?;
    if kind == DURABLE { rest.number().ok() } else { None }
}

/// Something the person must know, as a code.
pub(super) fn notice(code: &str) -> Vec<u8> {
    message(&[NOTICE], code.as_bytes())
}

fn message(kind: &[u64], content: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(content.len() + 8);
    kind.iter().for_each(|one| number(&mut frame, *one));
    bytes(&mut frame, content);
    frame
}

fn bytes(to: &mut Vec<u8>, content: &[u8]) {
    number(to, content.len() as u64);
    to.extend_from_slice(content);
}

fn number(to: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        to.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn messages_are_read_as_a_yjs_client_sends_them() {
        // Recorded from y-websocket 2.1: an empty document asks for everything, and tells where its person is.
        assert_eq!(read(&[0, 0, 1, 0]), Ok(Said::Has(&[0])));
        assert_eq!(read(&[0, 2, 2, 0, 0]), Ok(Said::Update(&[0, 0])));
        let alone = Presence { client: 300, clock: 1, state: "{}" };
        assert_eq!(read(&[1, 6, 1, 0xac, 2, 1, 2, b'{', b'}']), Err(Malformed), "one byte too short");
        assert_eq!(read(&[1, 7, 1, 0xac, 2, 1, 2, b'{', b'}']), Ok(Said::Presence(vec![alone])));
        assert_eq!(read(&[3]), Ok(Said::AsksPresence));
        assert_eq!(read(&[77, 1, 2]), Ok(Said::Unknown));
    }

    #[test]
    fn what_is_no_message_is_told_apart() {
        for frame in
            [&[][..], &[0], &[0, 9, 0], &[0, 0, 5, 1], &[0, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], &[1, 1, 200]]
        {
            assert_eq!(read(frame), Err(Malformed), "{frame:?}");
        }
        assert_eq!(read(&[0xff; 11]), Err(Malformed), "a number without an end");
    }

    proptest! {
        #[test]
        fn no_frame_makes_the_reader_fail(frame in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&frame);
        }

        #[test]
        fn what_is_written_is_read_back(bytes in proptest::collection::vec(any::<u8>(), 0..400), client in 0..(1_u64 << 53), clock: u32) {
            let (sent, asked) = (update(&bytes), has(&bytes));
            prop_assert_eq!(read(&sent), Ok(Said::Update(&bytes)));
            prop_assert_eq!(read(&asked), Ok(Said::Has(&bytes)));
            let frame = presence([(client, u64::from(clock), "null")].into_iter());
            let expected = Presence { client, clock: u64::from(clock), state: "null" };
            prop_assert_eq!(read(&frame), Ok(Said::Presence(vec![expected])));
        }
    }
}
