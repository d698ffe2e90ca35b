//! The two files beside the ledger: the key, and the checkpoint that was signed last. They stand outside the database so
//! that who puts an older database in its place is found out.

use super::super::LedgerError;
use plein_domain::moment::Entropy;
use plein_proof::{PublicKey, SigningKey};
use std::{
    fs::{File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The key's file.
pub const KEY_FILE: &str = "checkpoint.key";
/// The file of what was signed last.
const LAST_FILE: &str = "checkpoint.last";

/// The public half of the key in a folder.
///
/// # Errors
/// There is no key yet, or it cannot be read.
pub fn public_key(folder: &Path) -> Result<PublicKey, LedgerError> {
    match read_key(folder) {
        Ok(Some(key)) => Ok(key.public().clone()),
        Ok(None) => Err(LedgerError::Refused("there is no checkpoint.key in this folder: nothing was signed yet")),
        Err(error) => {
            tracing::error!(%error, "checkpoint.key");
            Err(LedgerError::Refused("the file checkpoint.key in this folder cannot be read"))
        }
    }
}

/// The key, when there is one.
pub(super) fn read_key(folder: &Path) -> io::Result<Option<SigningKey>> {
    match std::fs::read_to_string(folder.join(KEY_FILE)).map(Zeroizing::new) {
        Ok(text) => SigningKey::from_secret_text(&text)
            .map(Some)
            .map_err(|error| io::Error::new(ErrorKind::InvalidData, error.to_string())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes a key, on the disk before this returns; of two programs that make one at the same moment, the first one's.
pub(super) fn make_key(folder: &Path, origin: &str, entropy: &dyn Entropy) -> io::Result<SigningKey> {
    let mut bytes = Zeroizing::new([0; 32]);
    entropy.fill(&mut *bytes);
    let key = SigningKey::from_random(origin, &bytes).map_err(|error| io::Error::other(error.to_string()))?;
    // Written whole under another name first: nobody ever reads half a key.
    let aside = folder.join(format!("{KEY_FILE}.{}", std::process::id()));
    let written = write_private(&aside, format!("{}\n", *key.secret_text()).as_bytes())
        .and_then(|()| std::fs::hard_link(&aside, folder.join(KEY_FILE)));
    std::fs::remove_file(&aside)?;
    match written {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            read_key(folder)?.ok_or_else(|| io::Error::other("the key is there and is not"))
        }
        written => {
            written?;
            File::open(folder)?.sync_all()?;
            Ok(key)
        }
    }
}

/// The note that was signed last from here.
pub(super) fn read_last(folder: &Path) -> io::Result<Option<String>> {
    match std::fs::read_to_string(folder.join(LAST_FILE)) {
        Ok(note) => Ok(Some(note)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts a note in the place of the one before it, whole and on the disk.
pub(super) fn write_last(folder: &Path, note: &str) -> io::Result<()> {
    let aside: PathBuf = folder.join(format!("{LAST_FILE}.{}", std::process::id()));
    let _ = std::fs::remove_file(&aside);
    write_private(&aside, note.as_bytes())?;
    std::fs::rename(&aside, folder.join(LAST_FILE))?;
    File::open(folder)?.sync_all()
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
