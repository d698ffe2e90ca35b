//! Rows are not domain types: what the database holds is converted fallibly, and a fault names the place.

use crate::error::{VaultError, VaultResult};
use plein_domain::{ids::*, moment::*, people::*, signal::*};
use uuid::Uuid;

/// A place in the database, for the message when it holds what it should not.
#[derive(Clone, Copy)]
pub(super) struct Place(pub &'static str, pub &'static str, pub Uuid);

impl Place {
    pub fn fault(self) -> VaultError {
        VaultError::Row { table: self.0, column: self.1, id: self.2.to_string() }
    }

    pub fn need<T>(self, value: Option<T>) -> VaultResult<T> {
        value.ok_or_else(|| self.fault())
    }

    pub fn day(self, text: &str) -> VaultResult<Day> {
        text.parse().map_err(|()| self.fault())
    }

    pub fn json<T: serde::de::DeserializeOwned>(self, bytes: &[u8]) -> VaultResult<T> {
        serde_json::from_slice(bytes).map_err(|_| self.fault())
    }

    pub fn text(self, bytes: &[u8]) -> VaultResult<String> {
        String::from_utf8(bytes.to_vec()).map_err(|_| self.fault())
    }

    /// A list of codes joined by commas.
    pub fn codes<T>(self, text: &str, find: impl Fn(&str) -> Option<T>) -> VaultResult<Vec<T>> {
        text.split(',').filter(|code| !code.is_empty()).map(|code| self.need(find(code))).collect()
    }
}

/// So many places for values, as in a list of ids.
pub(super) fn places(count: usize) -> String {
    (1..=count).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ")
}

/// JSON in a clear column.
pub(super) fn json_text<T: serde::de::DeserializeOwned>(
    table: &'static str,
    column: &'static str,
    id: &str,
    text: &str,
) -> VaultResult<T> {
    serde_json::from_str(text).map_err(|_| VaultError::Row { table, column, id: id.to_owned() })
}

/// Codes joined by commas, as a column holds them.
pub(super) fn joined<T: Copy>(codes: &[T], code: impl Fn(T) -> &'static str) -> String {
    codes.iter().map(|one| code(*one)).collect::<Vec<_>>().join(",")
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> VaultResult<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| VaultError::Broken(error.to_string()))
}

/// The columns of a signal's head, in the order of [`HeadRow`], from `signals s` joined with `departments d`: alone, or in
/// a statement that goes on with what is given.
#[macro_export]
#[doc(hidden)]
macro_rules! head_columns {
    () => {
        "s.id, s.reference, s.department, d.name, s.state, s.phenomenon, s.received_on, s.logged_at, s.changed_at, \
         s.version, s.offered"
    };
    ($rest:literal) => {
        concat!("SELECT ", $crate::head_columns!(), " FROM signals s JOIN departments d ON d.id = s.department ", $rest)
    };
}

pub(super) type HeadRow = (Uuid, String, Uuid, String, String, String, String, i64, i64, i64, String);

pub(super) fn head(row: HeadRow) -> VaultResult<SignalHead> {
    let (id, reference, department, name, state, phenomenon, received_on, logged_at, changed_at, version, offered) =
        row;
    Ok(SignalHead {
        id: SignalId(id),
        reference: Reference(reference),
        department: Department { id: DepartmentId(department), name },
        state: Place("signals", "state", id).need(SignalState::from_code(&state))?,
        phenomenon,
        received_on: Place("signals", "received_on", id).day(&received_on)?,
        logged_at: Moment(logged_at),
        changed_at: Moment(changed_at),
        version,
        offered: Place("signals", "offered", id).codes(&offered, SignalField::from_code)?,
    })
}
