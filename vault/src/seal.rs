//! Sealing: the one format in which personal data is written down, and the keys that open it.
//!
//! XChaCha20-Poly1305 with a random 24-byte nonce. The associated data is the place of the cell (kind, id, column,
//! row, key version), so that a cell copied to any other place does not open. What must never happen here: key
//! bytes in a `Debug`, an error or a log; a nonce that is not fresh; plain text in memory that is not wiped.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use plein_domain::moment::Entropy;
use sha2::{Digest, Sha256};
use std::{fmt, io::Write, path::Path, sync::Arc};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::keyring::KeyKind;

/// Version byte of a sealed cell: version, key version (u32, big-endian), nonce (24), ciphertext and tag (16).
const CELL_FORMAT: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;
const HEADER: usize = 1 + 4 + NONCE;

/// Bytes that were changed, moved from another place, or sealed under another key. It does not say which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed cell does not open: changed, moved, or under another key")]
pub struct Tampered;

pub(crate) type Bytes32 = Zeroizing<[u8; 32]>;

/// Fresh random bytes for a key.
pub(crate) fn random_key(entropy: &dyn Entropy) -> Bytes32 {
    let mut bytes = Zeroizing::new([0; 32]);
    entropy.fill(&mut *bytes);
    bytes
}

/// Joins parts so that no two lists of parts give the same bytes: each part is preceded by its length.
fn canonical(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        bytes.extend((part.len() as u64).to_be_bytes());
        bytes.extend(*part);
    }
    bytes
}

fn seal(key: &[u8; 32], version: u32, place: &[u8], plaintext: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
    let mut nonce = [0; NONCE];
    entropy.fill(&mut nonce);
    let mut cell = Vec::with_capacity(HEADER + plaintext.len() + TAG);
    cell.push(CELL_FORMAT);
    cell.extend(version.to_be_bytes());
    cell.extend(nonce);
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&nonce.into(), Payload { msg: plaintext, aad: place })
        // The cipher fails only beyond 256 GiB, which no allocation here reaches.
        .expect("a cell is far smaller than the cipher's limit");
    cell.extend(sealed);
    cell
}

fn open(key: &[u8; 32], version: u32, place: &[u8], cell: &[u8]) -> Result<Zeroizing<Vec<u8>>, Tampered> {
    let (header, sealed) = cell.split_at_checked(HEADER).ok_or(Tampered)?;
    let (marks, nonce) = header.split_at(5);
    if marks[0] != CELL_FORMAT || marks[1..] != version.to_be_bytes() {
        return Err(Tampered);
    }
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Tampered)?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(&nonce.into(), Payload { msg: sealed, aad: place })
        .map(Zeroizing::new)
        .map_err(|_| Tampered)
}

/// The place of a cell within what its key seals: a column, and a row where one key seals several of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// `table.column`, as declared in `docs/sealed-columns.md`.
    pub name: &'static str,
    /// The row, where the record's key seals more than one row of that table.
    pub row: Option<Uuid>,
}

impl From<&'static str> for Column {
    fn from(name: &'static str) -> Self {
        Self { name, row: None }
    }
}

impl From<(&'static str, Uuid)> for Column {
    fn from((name, row): (&'static str, Uuid)) -> Self {
        Self { name, row: Some(row) }
    }
}

/// The key of one record. Wiped when dropped.
#[derive(Clone)]
pub struct DataKey {
    kind: KeyKind,
    id: Uuid,
    version: u32,
    bytes: Bytes32,
    entropy: Arc<dyn Entropy>,
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataKey").field("kind", &self.kind).field("id", &self.id).finish_non_exhaustive()
    }
}

impl DataKey {
    pub(crate) fn new(kind: KeyKind, id: Uuid, version: u32, bytes: Bytes32, entropy: Arc<dyn Entropy>) -> Self {
        Self { kind, id, version, bytes, entropy }
    }

    fn place(&self, column: Column) -> Vec<u8> {
        let version = self.version.to_be_bytes();
        // A nil row and no row are told apart by the length of the part.
        let row = column.row.as_ref().map_or(&[] as &[u8], |row| row.as_bytes());
        let [kind, id] = [self.kind.code().as_bytes(), self.id.as_bytes()];
        canonical(&[b"plein/cell/1", kind, id, column.name.as_bytes(), row, &version])
    }

    /// Seals `plaintext` for its place; every call gives other bytes.
    pub fn seal(&self, column: impl Into<Column>, plaintext: impl AsRef<[u8]>) -> Vec<u8> {
        let place = self.place(column.into());
        seal(&self.bytes, self.version, &place, plaintext.as_ref(), &*self.entropy)
    }

    /// Opens a cell that was sealed for this place under this key.
    ///
    /// # Errors
    /// It was changed, moved, or sealed under another key.
    pub fn open(&self, column: impl Into<Column>, cell: &[u8]) -> Result<Zeroizing<Vec<u8>>, Tampered> {
        crate::streams::note_opened(self.kind);
        open(&self.bytes, self.version, &self.place(column.into()), cell)
    }
}

/// The key that wraps all others. It stands outside every database: in a file, an environment variable, or with a
/// key management service whose command prints it.
#[derive(Clone)]
pub struct MasterKey(Bytes32);

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// Why there is no master key. Never holds key bytes.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// It is neither 32 raw bytes nor 64 hexadecimal digits.
    #[error("the master key must be 32 raw bytes or 64 hexadecimal digits")]
    Malformed,
    /// The variable is not set.
    #[error("the environment variable {0} holds no master key")]
    NoVariable(String),
    /// The file cannot be read or made, or the command cannot be started.
    #[error("the master key cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// The command ended with an error; what it printed is not repeated.
    #[error("the master key's command ended with {0}")]
    Command(std::process::ExitStatus),
}

impl MasterKey {
    /// Reads 32 raw bytes, or 64 hexadecimal digits with white space around them.
    ///
    /// # Errors
    /// It is neither.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MasterKeyError> {
        if let Ok(raw) = <[u8; 32]>::try_from(bytes) {
            return Ok(Self(Zeroizing::new(raw)));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| MasterKeyError::Malformed)?.trim().as_bytes();
        let digit = |at: usize| (text[at] as char).to_digit(16).ok_or(MasterKeyError::Malformed);
        if text.len() != 64 {
            return Err(MasterKeyError::Malformed);
        }
        let mut key = Zeroizing::new([0; 32]);
        for (at, byte) in key.iter_mut().enumerate() {
            *byte = u8::try_from(digit(2 * at)? * 16 + digit(2 * at + 1)?).map_err(|_| MasterKeyError::Malformed)?;
        }
        Ok(Self(key))
    }

    /// Reads it from a file.
    ///
    /// # Errors
    /// The file cannot be read or holds no key.
    pub fn from_file(path: &Path) -> Result<Self, MasterKeyError> {
        Self::from_bytes(&Zeroizing::new(std::fs::read(path)?))
    }

    /// Reads it from a file, which is made with a fresh key (mode 0600, on the disk before this returns) when it is
    /// not there.
    ///
    /// # Errors
    /// The file cannot be read or made, or holds no key.
    pub fn from_file_or_new(path: &Path, entropy: &dyn Entropy) -> Result<Self, MasterKeyError> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = match options.open(path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Self::from_file(path),
            file => file?,
        };
        let key = random_key(entropy);
        let digits: Zeroizing<String> = Zeroizing::new(key.iter().map(|byte| format!("{byte:02x}")).collect());
        file.write_all(digits.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Ok(Self(key))
    }

    /// Reads it from an environment variable.
    ///
    /// # Errors
    /// The variable is not set or holds no key.
    pub fn from_env(variable: &str) -> Result<Self, MasterKeyError> {
        let text = std::env::var(variable).map_err(|_| MasterKeyError::NoVariable(variable.to_owned()))?;
        Self::from_bytes(Zeroizing::new(text).as_bytes())
    }

    /// Reads it from what a command prints, such as that of a key management service. Not through a shell.
    ///
    /// # Errors
    /// The command cannot be started, ends with an error, or prints no key.
    pub fn from_command(program: &str, arguments: &[String]) -> Result<Self, MasterKeyError> {
        let output = std::process::Command::new(program)
            .args(arguments)
            .stdin(std::process::Stdio::null())
            .stderr(std::process::Stdio::inherit())
            .output()?;
        let printed = Zeroizing::new(output.stdout);
        if !output.status.success() {
            return Err(MasterKeyError::Command(output.status));
        }
        Self::from_bytes(&printed)
    }

    /// Wraps key bytes for one purpose; `purpose` names whose key it is.
    pub(crate) fn wrap(&self, purpose: &[&[u8]], key: &Bytes32, entropy: &dyn Entropy) -> Vec<u8> {
        seal(&self.0, 0, &Self::place(purpose), &**key, entropy)
    }

    /// Unwraps key bytes that were wrapped for the same purpose.
    pub(crate) fn unwrap(&self, purpose: &[&[u8]], wrapped: &[u8]) -> Result<Bytes32, Tampered> {
        let bytes = open(&self.0, 0, &Self::place(purpose), wrapped)?;
        <[u8; 32]>::try_from(bytes.as_slice()).map(Zeroizing::new).map_err(|_| Tampered)
    }

    fn place(purpose: &[&[u8]]) -> Vec<u8> {
        canonical(&[&[b"plein/wrapped-key/1" as &[u8]], purpose].concat())
    }

    /// Tells whether two master keys are the same without telling the key: stands in the keyring, so that a wrong
    /// master key is found at the start and not at the first record.
    pub(crate) fn fingerprint(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(b"plein/master-fingerprint/1\n");
        hash.update(*self.0);
        hash.finalize().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_master_key_is_read_raw_or_in_hexadecimal_and_nothing_else_is_one() {
        let raw = [0xab; 32];
        let hex = format!(" {}\n", "Ab".repeat(32));
        for bytes in [&raw[..], hex.as_bytes()] {
            assert_eq!(*MasterKey::from_bytes(bytes).expect("a key").0, raw);
        }
        let almost = "ab".repeat(31) + "a";
        for bytes in [b"" as &[u8], &[0; 31], &[0xff; 64], almost.as_bytes(), "xy".repeat(32).as_bytes()] {
            assert!(matches!(MasterKey::from_bytes(bytes), Err(MasterKeyError::Malformed)));
        }
    }

    #[test]
    fn no_key_shows_itself() {
        let master = MasterKey::from_bytes(&[7; 32]).expect("a key");
        assert_eq!(format!("{master:?}"), "MasterKey(..)");
    }

    #[test]
    fn parts_that_join_to_the_same_text_are_different_places() {
        assert_ne!(canonical(&[b"ab", b"c"]), canonical(&[b"a", b"bc"]));
        assert_ne!(canonical(&[b"", b"a"]), canonical(&[b"a", b""]));
        assert_ne!(canonical(&[b"a"]), canonical(&[b"a", b""]));
    }
}
