//! Signed notes (C2SP `signed-note`): a text, and below it lines that say who signed it. Keys are written as Go's
//! `golang.org/x/mod/sumdb/note` writes them, so that its tools read ours.

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer, VerifyingKey};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use zeroize::Zeroizing;

/// The algorithm's number in a key: Ed25519.
const ED25519: u8 = 1;
/// What begins a signature's line.
const DASH: &str = "— ";
/// A note is small; more than this is something else.
const LONGEST: usize = 100_000;
const MOST_SIGNATURES: usize = 100;

/// Why a note is not one that this key signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// It does not have the form of a note.
    #[error("it is not a signed note: {0}")]
    Form(&'static str),
    /// Signed, but by others.
    #[error("it is not signed by {wanted}, but by {found}")]
    OtherKey {
        /// The key that was asked for.
        wanted: String,
        /// Those whose signatures there are.
        found: String,
    },
    /// The signature is not one over this text.
    #[error("its signature does not fit its text")]
    Signature,
}

/// A key's text that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a key: {0}")]
pub struct NoKey(&'static str);

/// The public half: recognises signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    number: [u8; 4],
    key: VerifyingKey,
}

/// The private half. Wiped when dropped; never shown.
pub struct SigningKey {
    public: PublicKey,
    key: ed25519_dalek::SigningKey,
}

/// Whether a name can stand in a note.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

/// The first four bytes of the hash over name and key.
fn number(name: &str, key: &[u8]) -> [u8; 4] {
    let mut hash = Sha256::new();
    hash.update(name);
    hash.update([b'\n', ED25519]);
    hash.update(key);
    let hash: [u8; 32] = hash.finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// Name and number of a key, and its bytes.
type KeyParts<'a> = (&'a str, [u8; 4], Zeroizing<[u8; 32]>);

/// Reads `name+number+base64`, whose bytes stand after the algorithm's number.
fn read_key(text: &str) -> Result<KeyParts<'_>, NoKey> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(number), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(NoKey("it has the form name+number+key"));
    };
    let number = crate::hex::bytes(number.as_bytes()).ok_or(NoKey("its number is eight digits of 0-9 and a-f"))?;
    let bytes = Zeroizing::new(STANDARD.decode(key).map_err(|_| NoKey("its last part is not base64"))?);
    match bytes.split_first() {
        Some((&ED25519, key)) if is_name(name) => {
            Ok((name, number, Zeroizing::new(key.try_into().map_err(|_| NoKey("an Ed25519 key has 32 bytes"))?)))
        }
        Some((&ED25519, _)) => Err(NoKey("its name is empty or holds a space or +")),
        _ => Err(NoKey("it is not of Ed25519")),
    }
}

impl PublicKey {
    fn new(name: &str, key: VerifyingKey) -> Self {
        Self { name: name.to_owned(), number: number(name, key.as_bytes()), key }
    }

    /// Whose key it is; in a log's checkpoint, the log's.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of a note that this key signed, besides any others; up to and with its last line's end.
    ///
    /// # Errors
    /// It is not a note, or not signed by this key.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteFault> {
        let (text, signatures) = split(note)?;
        for (name, number, signature) in &signatures {
            if *name == self.name && *number == self.number {
                let signature = Signature::from_slice(signature).map_err(|_| NoteFault::Signature)?;
                let holds = self.key.verify_strict(text.as_bytes(), &signature);
                return holds.map(|()| text).map_err(|_| NoteFault::Signature);
            }
        }
        let found: Vec<String> =
            signatures.iter().map(|(name, number, _)| format!("{name}+{}", crate::hex::text(number))).collect();
        let wanted = format!("{}+{}", self.name, crate::hex::text(&self.number));
        Err(NoteFault::OtherKey { wanted, found: found.join(", ") })
    }

    /// [`Self::open`] of a note that has this one signature, written in the one way that [`sign`] writes it.
    ///
    /// # Errors
    /// As [`Self::open`], or there is more in it.
    pub fn open_alone<'a>(&self, note: &'a str) -> Result<&'a str, NoteFault> {
        let text = self.open(note)?;
        let (_, signatures) = split(note)?;
        match signatures.as_slice() {
            [(name, number, signature)] if note == written(text, name, *number, signature) => Ok(text),
            _ => Err(NoteFault::Form("there is more in it than a text and the log's signature")),
        }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, crate::hex::text(&self.number), STANDARD.encode(key))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl FromStr for PublicKey {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let (name, number, bytes) = read_key(text.trim())?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| NoKey("it is no point of the curve"))?;
        let read = Self::new(name, key);
        if read.number != number {
            return Err(NoKey("its number is not that of its name and key: it was not copied whole"));
        }
        Ok(read)
    }
}

impl SigningKey {
    /// The key of these random bytes, under this name.
    ///
    /// # Errors
    /// The name is empty or holds a space or `+`.
    pub fn from_random(name: &str, bytes: &[u8; 32]) -> Result<Self, NoKey> {
        if !is_name(name) {
            return Err(NoKey("its name is empty or holds a space or +"));
        }
        let key = ed25519_dalek::SigningKey::from_bytes(bytes);
        Ok(Self { public: PublicKey::new(name, key.verifying_key()), key })
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The key as it is kept in a file.
    pub fn secret_text(&self) -> Zeroizing<String> {
        let bytes = Zeroizing::new([&[ED25519], self.key.as_bytes().as_slice()].concat());
        let encoded = Zeroizing::new(STANDARD.encode(&*bytes));
        Zeroizing::new(format!(
            "PRIVATE+KEY+{}+{}+{}",
            self.public.name,
            crate::hex::text(&self.public.number),
            *encoded
        ))
    }

    /// Reads [`Self::secret_text`].
    ///
    /// # Errors
    /// It is something else.
    pub fn from_secret_text(text: &str) -> Result<Self, NoKey> {
        let rest = text.trim().strip_prefix("PRIVATE+KEY+").ok_or(NoKey("a private key begins with PRIVATE+KEY+"))?;
        let (name, number, bytes) = read_key(rest)?;
        let read = Self::from_random(name, &bytes)?;
        if read.public.number != number {
            return Err(NoKey("its number is not that of its name and key: it was not copied whole"));
        }
        Ok(read)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("public", &self.public).finish_non_exhaustive()
    }
}

/// The note of a text, which ends with a line's end, under this key's signature.
pub fn sign(text: &str, key: &SigningKey) -> String {
    let signature = key.key.sign(text.as_bytes());
    written(text, &key.public.name, key.public.number, &signature.to_bytes())
}

fn written(text: &str, name: &str, number: [u8; 4], signature: &[u8]) -> String {
    format!("{text}\n{DASH}{name} {}\n", STANDARD.encode([number.as_slice(), signature].concat()))
}

type Signed<'a> = (&'a str, [u8; 4], Vec<u8>);

/// The names under which a note is signed, without looking at the signatures.
pub fn signatures(note: &str) -> Vec<String> {
    split(note).map(|(_, all)| all.iter().map(|one| one.0.to_owned()).collect()).unwrap_or_default()
}

/// Text and signatures of a note.
fn split(note: &str) -> Result<(&str, Vec<Signed<'_>>), NoteFault> {
    if note.len() > LONGEST {
        return Err(NoteFault::Form("it is too long"));
    }
    if note.contains(|c: char| c.is_ascii_control() && c != '\n') {
        return Err(NoteFault::Form("it holds control characters"));
    }
    let end = note.rfind("\n\n").ok_or(NoteFault::Form("no blank line stands before signatures"))?;
    let (text, below) = (&note[..=end], &note[end + 2..]);
    let lines = below.strip_suffix('\n').ok_or(NoteFault::Form("its last line does not end"))?;
    let mut signatures = Vec::new();
    for line in lines.split('\n') {
        let (name, encoded) = line
            .strip_prefix(DASH)
            .and_then(|line| line.split_once(' '))
            .ok_or(NoteFault::Form("a line below it is no signature"))?;
        let bytes = STANDARD.decode(encoded).map_err(|_| NoteFault::Form("a signature is not base64"))?;
        let Some((number, signature)) = bytes.split_first_chunk().filter(|_| is_name(name)) else {
            return Err(NoteFault::Form("a line below it is no signature"));
        };
        if signatures.len() == MOST_SIGNATURES {
            return Err(NoteFault::Form("it has too many signatures"));
        }
        signatures.push((name, *number, signature.to_vec()));
    }
    Ok((text, signatures))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SigningKey {
        SigningKey::from_random("plein.example/ledger", &[byte; 32]).expect("a name")
    }

    #[test]
    fn a_note_opens_under_its_key_alone_and_only_unchanged() {
        let note = sign("first\nsecond\n", &key(1));
        assert_eq!(key(1).public().open(&note), Ok("first\nsecond\n"));
        assert_eq!(key(1).public().open_alone(&note), Ok("first\nsecond\n"));
        assert!(matches!(key(2).public().open(&note), Err(NoteFault::OtherKey { .. })));
        let other = note.replace("second", "secand");
        assert_eq!(key(1).public().open(&other), Err(NoteFault::Signature));
        for cut in 0..note.len() {
            if note.is_char_boundary(cut) {
                assert!(key(1).public().open(&note[..cut]).is_err(), "{cut}");
            }
        }
    }

    #[test]
    fn another_signature_below_is_a_witness_but_no_part_of_an_export() {
        let witness = SigningKey::from_random("witness.example", &[9; 32]).expect("a name");
        let note = sign("text\n", &key(1));
        let cosignature = sign("text\n", &witness).replace("text\n\n", "");
        let both = format!("{note}{cosignature}");
        assert_eq!(key(1).public().open(&both), Ok("text\n"));
        assert_eq!(witness.public().open(&both), Ok("text\n"));
        assert!(key(1).public().open_alone(&both).is_err());
        assert_eq!(signatures(&both), ["plein.example/ledger", "witness.example"]);
    }

    #[test]
    fn keys_are_read_as_they_are_written_and_tell_their_mistakes() {
        let (key, public) = (key(3), key(3).public().clone());
        assert_eq!(public.to_string().parse::<PublicKey>(), Ok(public.clone()));
        let again = SigningKey::from_secret_text(&key.secret_text()).expect("the same key");
        assert_eq!(again.public(), &public);
        assert!(!format!("{key:?}").contains(&key.secret_text()[40..]));
        for wrong in
            ["", "a+b", "a+00000000+AQ==", &public.to_string()[1..], &public.to_string().replace("ledger", "x")]
        {
            assert!(wrong.parse::<PublicKey>().is_err(), "{wrong}");
        }
        assert!(SigningKey::from_random("with space", &[0; 32]).is_err());
    }
}
