//! What is hashed and what is sealed of a line.

use super::LedgerDown;
use crate::seal::DataKey;
use plein_domain::{
    header::ObjectRef,
    ids::{DepartmentId, EventId, PersonId, TraceId},
    ledger::{Envelope, Line, Payload, SALT_BYTES},
    moment::{Entropy, Moment},
};
use plein_proof::{Opening, commitment, commitment_of, leaf};
use std::collections::BTreeSet;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Longest code of a purpose; the column is clear, so nothing else may find its way into it.
const LONGEST_PURPOSE: usize = 200;

/// The column under which a payload is sealed, with the event as its row.
const COLUMN: &str = "payloads.sealed";

/// A row of `lines`: all that is hashed of a line, and its hash.
#[derive(sqlx::FromRow)]
pub(super) struct LineRow {
    pub sequence: i64,
    pub event: Uuid,
    pub at: i64,
    pub trace: Uuid,
    pub kind: String,
    pub outcome: String,
    pub commitment: Vec<u8>,
    pub leaf: Vec<u8>,
}

impl LineRow {
    /// What is hashed, as it stands there; what cannot be hashed is told.
    pub fn envelope(&self) -> Result<Envelope<'_>, &'static str> {
        Ok(Envelope {
            sequence: u64::try_from(self.sequence).map_err(|_| "the sequence is negative")?,
            at: Moment(self.at),
            event: EventId(self.event),
            trace: TraceId(self.trace),
            kind: &self.kind,
            outcome: &self.outcome,
            commitment: self.commitment.as_slice().try_into().map_err(|_| "the commitment has not 32 bytes")?,
        })
    }
}

const PERIOD_PREFIX: [u8; 12] = [0x70, 0x6c, 0x65, 0x69, 0x6e, 0, 0x80, 0, 0x80, 0, 0, 0];

/// The id of the key that seals payloads of the month (UTC) in which `at` lies. A version 8 UUID that an operator can
/// read: it ends in year and month, `…00202611`.
pub fn period_key_id(at: Moment) -> Uuid {
    let date = at.utc();
    let year = u32::try_from(date.year().clamp(0, 9999)).unwrap_or(0);
    let digits = year * 100 + u32::from(u8::from(date.month()));
    // Decimal digits, written so that they read the same in hexadecimal.
    let readable = digits.to_string().chars().fold(0, |sum, digit| sum * 16 + digit.to_digit(10).unwrap_or(0));
    let mut bytes = [0; 16];
    bytes[..12].copy_from_slice(&PERIOD_PREFIX);
    bytes[12..].copy_from_slice(&readable.to_be_bytes());
    Uuid::from_bytes(bytes)
}

/// Whether the period of this key had ended at `moment`. False for an id that no period has.
pub(super) fn period_ended(key_id: Uuid, moment: Moment) -> bool {
    // Ids of periods order as the periods do.
    key_id.as_bytes().starts_with(&PERIOD_PREFIX) && key_id < period_key_id(moment)
}

/// A line of which all is known but its place.
pub(super) struct Prepared {
    line: Line,
    pub(super) commitment: [u8; 32],
    pub(super) sealed: Vec<u8>,
    pub(super) objects: BTreeSet<ObjectRef>,
}

impl Prepared {
    pub(super) fn new(line: Line, key: &DataKey, entropy: &dyn Entropy) -> Result<Self, LedgerDown> {
        let purpose = &line.payload.purpose;
        // Checked here, because one line that the database refuses would take its whole batch with it.
        if purpose.len() > LONGEST_PURPOSE || purpose.contains('\0') {
            return Err(LedgerDown::because("the purpose of a line is not a code"));
        }
        let mut salt = Zeroizing::new([0; SALT_BYTES]);
        entropy.fill(&mut *salt);
        let mut plaintext = Zeroizing::new(salt.to_vec());
        serde_json::to_writer(&mut *plaintext, &line.payload).map_err(LedgerDown::because)?;
        let commitment = commitment(&salt, &line.payload);
        let sealed = key.seal((COLUMN, line.event.0), &plaintext);
        let objects = line.payload.objects.iter().copied().collect();
        Ok(Self { line, commitment, sealed, objects })
    }

    pub(super) fn line(&self) -> &Line {
        &self.line
    }

    pub(super) fn leaf_at(&self, sequence: u64) -> [u8; 32] {
        leaf(&self.line.envelope(sequence, &self.commitment))
    }
}

/// Opens the sealed half of a line, and with it what its commitment was made over; `Err` says what does not fit.
pub(super) fn open_payload(
    key: &DataKey,
    event: EventId,
    commitment_was: &[u8; 32],
    sealed: &[u8],
) -> Result<(Payload, Opening), &'static str> {
    let plaintext = key.open((COLUMN, event.0), sealed).map_err(|_| "the sealed payload does not open")?;
    let (salt, json) = plaintext.split_at_checked(SALT_BYTES).ok_or("the sealed payload is too short")?;
    let salt: [u8; SALT_BYTES] = salt.try_into().map_err(|_| "the sealed payload is too short")?;
    let payload: Payload = serde_json::from_slice(json).map_err(|_| "the sealed payload cannot be read")?;
    let opening = Opening { salt, payload: payload.canonical() };
    if commitment_of(&opening.salt, &opening.payload) != *commitment_was {
        return Err("the payload is not the one committed to");
    }
    Ok((payload, opening))
}

/// A payload that says nothing: an envelope does not depend on it.
pub(super) fn nobody() -> Payload {
    Payload {
        actor: PersonId(Uuid::nil()),
        actor_name: String::new(),
        department: DepartmentId(Uuid::nil()),
        department_name: String::new(),
        role: String::new(),
        user_is_requestor: false,
        objects: Vec::new(),
        case: None,
        purpose: String::new(),
        reason: String::new(),
        policies: Vec::new(),
        network: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_key_can_be_read_and_orders_as_the_months_do() {
        let november = Moment(1_795_392_000_000_000); // 2026-11-23
        assert_eq!(period_key_id(november).to_string(), "706c6569-6e00-8000-8000-000000202611");
        assert!(!period_ended(period_key_id(november), november));
        assert!(period_ended(period_key_id(november), november.plus_seconds(86_400 * 8)));
        assert!(!period_ended(Uuid::from_u128(1), november));
    }
}
