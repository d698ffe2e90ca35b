//! A line as an export writes it, and the opening of its commitment.

use crate::{
    defect::Defect,
    hex,
    tree::{Hash, leaf},
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
    let unreadable = Defect::Row("a line has eight fields, with one space between them");
    let (fields, tail) =
        row.len().checked_sub(TAIL).map(|middle| row.split_at(middle)).ok_or_else(|| unreadable.clone())?;
    let mut parts = fields.split(|byte| *byte == b' ');
    let [Some(sequence), Some(at), Some(event), Some(trace), Some(kind), Some(outcome), None] =
        std::array::from_fn(|_| parts.next())
    else {
        return Err(unreadable);
    };
    if tail[0] != b' ' || tail[65] != b' ' {
        return Err(unreadable);
    }
    let sequence = digits(sequence).ok_or(Defect::Row("its first field is no number"))?;
    let at = moment(at).ok_or(Defect::Row("its time is no number"))?;
    let event = hex::bytes(event).ok_or(Defect::Row("its event is not 32 digits"))?;
    let trace = hex::bytes(trace).ok_or(Defect::Row("its trace is not 32 digits"))?;
    let kind = code(kind).ok_or(Defect::Row("its kind is no code"))?;
    let outcome = code(outcome).ok_or(Defect::Row("its outcome is no code"))?;
    let commitment = hex::bytes(&tail[1..65]).ok_or(Defect::Row("its commitment is not 64 digits"))?;
    let written: Hash = hex::bytes(&tail[66..]).ok_or(Defect::Row("its leaf hash is not 64 digits"))?;
    let (event, trace) = (EventId(Uuid::from_bytes(event)), TraceId(Uuid::from_bytes(trace)));
    let envelope = Envelope { sequence, at: Moment(at), event, trace, kind, outcome, commitment };
    scratch.clear();
    envelope.write(scratch);
    let hash = leaf(scratch);
    if hash == written { Ok((envelope, hash)) } else { Err(Defect::Edited) }
}

/// A number in its one spelling.
pub(crate) fn digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 20 || (text[0] == b'0' && text.len() > 1) {
        return None;
    }
    text.iter().try_fold(0_u64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 { None } else { number.checked_mul(10)?.checked_add(u64::from(digit)) }
    })
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
