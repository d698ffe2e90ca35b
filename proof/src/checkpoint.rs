//! Checkpoints (C2SP `tlog-checkpoint`): how large the log was, and the root of its tree, signed.

use crate::{
    note::{NoteFault, PublicKey, SigningKey, sign},
    tree::Hash,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use plein_domain::moment::Moment;
use uuid::Uuid;

/// What begins the line, below the three that the format asks for, that says when it was signed.
const AT: &str = "at ";

/// A statement about the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many lines it had.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
    /// When it was signed, to the second.
    pub at: Option<Moment>,
}

/// The name of an installation's log, in checkpoints, keys and exports.
pub fn origin_of(installation: Uuid) -> String {
    format!("plein/ledger/{installation}")
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let root = STANDARD.encode(self.root);
        let at = self.at.map(|at| format!("{AT}{}\n", at.iso())).unwrap_or_default();
        format!("{}\n{}\n{root}\n{at}", self.origin, self.size)
    }

    /// The signed note.
    pub fn signed(&self, key: &SigningKey) -> String {
        sign(&self.text(), key)
    }

    /// Reads the text of a note; nothing when it is no checkpoint.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let root = STANDARD.decode(root).ok()?.try_into().ok()?;
        let mut at = None;
        for line in lines {
            if line.is_empty() {
                return None;
            }
            at = at.or_else(|| line.strip_prefix(AT).and_then(Moment::from_iso));
        }
        (!origin.is_empty()).then_some(Self { origin: origin.to_owned(), size: number(size)?, root, at })
    }

    /// Reads a signed note, whose key's name is the log's.
    ///
    /// # Errors
    /// It is no note, not signed by this key, or no checkpoint of this key's log.
    pub fn open(note: &str, key: &PublicKey) -> Result<Self, NoteFault> {
        Self::of(key.open(note)?, key)
    }

    pub(crate) fn of(text: &str, key: &PublicKey) -> Result<Self, NoteFault> {
        let checkpoint = Self::read(text).ok_or(NoteFault::Form("its text is no checkpoint"))?;
        if checkpoint.origin != key.name() {
            return Err(NoteFault::Form("it is of another log than its key"));
        }
        Ok(checkpoint)
    }
}

/// A decimal number in its one spelling.
pub(crate) fn number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

/// The notes in a file that a witness gathered: one after another, with or without blank lines between.
pub fn gathered(text: &str) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = String::new();
    let mut signed = false;
    for line in text.lines() {
        let signature = line.starts_with('—');
        if signed && !signature {
            notes.push(std::mem::take(&mut note));
            signed = false;
        }
        if note.is_empty() && line.is_empty() {
            continue;
        }
        signed |= signature;
        note.push_str(line);
        note.push('\n');
    }
    if !note.is_empty() {
        notes.push(note);
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_is_read_as_it_is_written() {
        let origin = origin_of(Uuid::from_u128(7));
        let key = SigningKey::from_random(&origin, &[1; 32]).expect("a name");
        let at = Some(Moment(1_795_435_200_000_000));
        let checkpoint = Checkpoint { origin, size: 12, root: [5; 32], at };
        let note = checkpoint.signed(&key);
        assert_eq!(Checkpoint::open(&note, key.public()), Ok(checkpoint.clone()));
        assert_eq!(
            checkpoint.text(),
            "plein/ledger/00000000-0000-0000-0000-000000000007\n12\n\
             BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU=\nat 2026-11-23T12:00:00Z\n"
        );
        for wrong in ["", "a\n", "a\n1\n", "a\n01\nAAAA\n", "a\n1\nAAAA\n"] {
            assert_eq!(Checkpoint::read(wrong), None, "{wrong}");
        }
        let file = format!("{note}\n\n{note}{note}\n");
        assert_eq!(gathered(&file), [note.clone(), note.clone(), note]);
        assert_eq!(gathered("\n"), Vec::<String>::new());
    }
}
