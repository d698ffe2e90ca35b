//! What can go wrong in the vault. The causes are for the program's log; no part of them reaches a browser.

use crate::{
    keyring::KeyringError,
    ledger::{LedgerDown, LedgerError},
    seal::Tampered,
};

/// The answer of the vault.
pub type VaultResult<T> = Result<T, VaultError>;

/// Why the vault could not do it.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The line could not be made durable, so nothing was shown or done.
    #[error("the ledger cannot be written: {0}")]
    Ledger(#[from] LedgerDown),
    /// The content database failed.
    #[error("the content database failed: {0}")]
    Content(#[from] sqlx::Error),
    /// The keyring failed, or a sealed cell did not open.
    #[error("the keyring failed: {0}")]
    Keyring(#[from] KeyringError),
    /// The log could not be read, or a line is not what was hashed.
    #[error("the ledger cannot be read: {0}")]
    Log(#[from] LedgerError),
    /// A row holds what it should not. Names table, column and id, never the value.
    #[error("table {table}, column {column}, row {id} holds what it should not")]
    Row {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        id: String,
    },
    /// Something that the code should make impossible.
    #[error("broken invariant: {0}")]
    Broken(String),
}

impl VaultError {
    /// Whether trying again later can help: a part is out of reach, as against something broken.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Ledger(_) => true,
            Self::Content(error) => !matches!(
                error,
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::ColumnNotFound(_) | sqlx::Error::TypeNotFound { .. }
            ),
            Self::Keyring(error) => matches!(error, KeyringError::Down(_)),
            Self::Log(error) => matches!(error, LedgerError::Down(_) | LedgerError::Keyring(KeyringError::Down(_))),
            Self::Row { .. } | Self::Broken(_) => false,
        }
    }
}

impl From<Tampered> for VaultError {
    fn from(error: Tampered) -> Self {
        Self::Keyring(error.into())
    }
}
