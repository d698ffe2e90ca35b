//! A line as an export writes it, and the opening of its commitment.

use crate::{
    defect::Defect,
    hex,
    tree::{Hash, LEAF, marked_leaf},
};
use plein_domain::{
    ids::{EventId, TraceId},
    ledger::{Envelope, Payload, SALT_BYTES},
    moment::Moment,
};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use uuid::Uuid;

/// First bytes of what a commitment hashes: keeps it apart from every other hash in the log.
pub const COMMITMENT_MAGIC: &[u8] = b"plein/ledger-commitment/1\n";

/// What a commitment was made over: with it, anybody can see that a payload is the one committed to.
#[derive(Clone, PartialEq, Eq)]
pub struct Opening {
    /// The salt.
    pub salt: [u8; SALT_BYTES],
    /// The payload's canonical bytes. Personal.
    pub payload: Vec<u8>,
}

/// The commitment to a payload: SHA-256 over [`COMMITMENT_MAGIC`], the salt and the payload's canonical bytes. With
/// the salt gone, nobody can try payloads against it.
pub fn commitment(salt: &[u8; SALT_BYTES], payload: &Payload) -> Hash {
    commitment_of(salt, &payload.canonical())
}

/// [`commitment`] over bytes that are canonical already.
pub fn commitment_of(salt: &[u8; SALT_BYTES], payload: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update(COMMITMENT_MAGIC);
    hash.update(salt);
    hash.update(payload);
    hash.finalize().into()
}

/// Adds `line sequence at event trace kind outcome commitment leaf` to `into`.
pub(crate) fn write(envelope: &Envelope<'_>, leaf: &Hash, into: &mut String) {
    // Writing into a text cannot fail.
    let _ = write!(into, "line {} {} ", envelope.sequence, envelope.at.0);
    hex::write(envelope.event.0.as_bytes(), into);
    into.push(' ');
    hex::write(envelope.trace.0.as_bytes(), into);
    let _ = write!(into, " {} {} ", envelope.kind, envelope.outcome);
    hex::write(&envelope.commitment, into);
    into.push(' ');
    hex::write(leaf, into);
    into.push('\n');
}

/// Reads what follows `line `, and holds the fields against the leaf hash. `scratch` saves an allocation per line.
pub(crate) fn read<'a>(row: &'a [u8], scratch: &mut Vec<u8>) -> Result<(Envelope<'a>, Hash), Defect> {
    // A line's last fields have fixed lengths, so that only the first ones are searched for spaces.
    const TAIL: usize = 1 + 64 + 1 + 64;
    // Made only when it is so: a defect has to be dropped again, which would cost something per field.
    let wrong = |what| move || Defect::Row(what);
    let unreadable = wrong("a line has eight fields, with one space between them");
    let (front, tail) = row.len().checked_sub(TAIL).map(|middle| row.split_at(middle)).ok_or_else(unreadable)?;
    let [sequence, at, event, trace, kind, outcome] = fields(front).ok_or_else(unreadable)?;
    if tail[0] != b' ' || tail[65] != b' ' {
        return Err(unreadable());
    }
    let sequence = digits(sequence).ok_or_else(wrong("its first field is no number"))?;
    let at = moment(at).ok_or_else(wrong("its time is no number"))?;
    let event = hex::bytes(event).ok_or_else(wrong("its event is not 32 digits"))?;
    let trace = hex::bytes(trace).ok_or_else(wrong("its trace is not 32 digits"))?;
    let kind = code(kind).ok_or_else(wrong("its kind is no code"))?;
    let outcome = code(outcome).ok_or_else(wrong("its outcome is no code"))?;
    let commitment = hex::bytes(&tail[1..65]).ok_or_else(wrong("its commitment is not 64 digits"))?;
    let written: Hash = hex::bytes(&tail[66..]).ok_or_else(wrong("its leaf hash is not 64 digits"))?;
    let (event, trace) = (EventId(Uuid::from_bytes(event)), TraceId(Uuid::from_bytes(trace)));
    let envelope = Envelope { sequence, at: Moment(at), event, trace, kind, outcome, commitment };
    scratch.clear();
    scratch.push(LEAF);
    envelope.write(scratch);
    let hash = marked_leaf(scratch);
    if hash == written { Ok((envelope, hash)) } else { Err(Defect::Edited) }
}

/// Exactly `N` fields, with one space between them.
pub(crate) fn fields<const N: usize>(text: &[u8]) -> Option<[&[u8]; N]> {
    let mut spaces = memchr::memchr_iter(b' ', text);
    let mut fields = [text; N];
    let mut from = 0;
    let (last, others) = fields.split_last_mut()?;
    for field in others {
        let end = spaces.next()?;
        *field = &text[from..end];
        from = end + 1;
    }
    *last = &text[from..];
    spaces.next().is_none().then_some(fields)
}

/// A number in its one spelling.
pub(crate) fn digits(text: &[u8]) -> Option<u64> {
    // So many digits always fit.
    const FIT: usize = 19;
    if text.is_empty() || text.len() > FIT + 1 || (text[0] == b'0' && text.len() > 1) {
        return None;
    }
    let digit = |byte: &u8| Some(u64::from(byte.wrapping_sub(b'0'))).filter(|digit| *digit <= 9);
    let (fitting, last) = text.split_at(text.len().min(FIT));
    let number = fitting.iter().try_fold(0, |number, byte| Some(10 * number + digit(byte)?))?;
    last.iter().try_fold(number, |number, byte| number.checked_mul(10)?.checked_add(digit(byte)?))
}

fn moment(text: &[u8]) -> Option<i64> {
    match text.strip_prefix(b"-") {
        Some(text) => digits(text).filter(|number| *number > 0).and_then(|number| 0_i64.checked_sub_unsigned(number)),
        None => digits(text).and_then(|number| i64::try_from(number).ok()),
    }
}

/// A code of a kind or an outcome, which every program writes in this alphabet.
fn code(text: &[u8]) -> Option<&str> {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    if text.is_empty() || text.len() > 64 || !text.iter().all(plain) {
        return None;
    }
    std::str::from_utf8(text).ok()
}
