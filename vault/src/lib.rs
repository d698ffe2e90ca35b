//! What keeps: gate, ledger, keyring and stores, on both engines. The only crate that holds a database pool or
//! makes a [`Permit`].
//!
//! Every byte of personal data that reaches a person goes through one door. [`Gate`] decides by policy, writes the
//! ledger line, and only then hands out a `Permit`; the stores read nothing sealed without one. What must never
//! happen here: a public function that answers sealed content without a permit, or a permit without a durable line.

pub mod db;
mod error;
mod gate;
pub mod keyring;
pub mod ledger;
mod outbox;
pub mod outgoing;
mod permit;
mod policy;
pub mod seal;
pub mod store;
pub mod streams;
mod tasks;
mod vault;

pub use error::{VaultError, VaultResult};
pub use gate::{Around, Denied, Emergency, Gate, Glass, NotMade, Placing, Standing, Touch};
pub use permit::{Permit, act, of};
pub use seal::MasterKey;
pub use tasks::Tasks;
pub use vault::{Vault, VaultOptions};
