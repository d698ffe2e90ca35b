//! What is known beside a list: what its maker chose last time, rows that were taken in before, signals that are like one.

use super::*;
use crate::{store::visible, vault::INSTALLATION};
use plein_domain::{
    identifier::Identifier,
    people::Person,
    signal::{SignalField, SignalHead, SignalState},
};

const HABITS: &str = "import_habits.habits";

impl Lists {
    /// What somebody chose last time. Their own words; no permit is needed for them.
    ///
    /// # Errors
    /// A database is out of reach, or the cell does not open.
    pub async fn habits(&self, person: PersonId) -> VaultResult<Remembered> {
        let found: Option<(Vec<u8>,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT habits FROM import_habits WHERE person = $1")
                .bind(person.0)
                .fetch_optional(pool)
                .await?
        });
        let Some((cell,)) = found else { return Ok(Remembered::default()) };
        let (kind, id) = INSTALLATION;
        let text = self.core.keyring.open_cell(kind, id, (HABITS, person.0), &cell).await?;
        Place("import_habits", "habits", person.0).json(&text)
    }

    /// Remembers what somebody chose.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn remember(&self, person: PersonId, habits: &Remembered) -> VaultResult<()> {
        let (kind, id) = INSTALLATION;
        let cell = self.core.keyring.seal(kind, id, (HABITS, person.0), &json(habits)?).await?;
        on_db!(&self.core.content, |pool| {
            sqlx::query(
                "INSERT INTO import_habits (person, habits) VALUES ($1, $2) \
                 ON CONFLICT (person) DO UPDATE SET habits = excluded.habits",
            )
            .bind(person.0)
            .bind(cell)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// The print of a row, and the signal it was taken in as before. For a department the rows that were taken in for it
    /// are known; what coordinators take in is known among coordinators, so that it tells them nothing of what a
    /// department keeps to itself.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn print(
        &self,
        scope: Scope,
        department: Option<DepartmentId>,
        made: &Made,
    ) -> VaultResult<(Vec<u8>, Option<SignalId>)> {
        let department = department.map_or_else(String::new, |id| id.to_string());
        let print = self.core.keyring.print(&format!("{}\n{department}\n{}", scope.code(), made.says)).await?;
        let found: Option<(Uuid,)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT signal FROM imported_rows WHERE print = $1")
                .bind(&print)
                .fetch_optional(pool)
                .await?
        });
        Ok((print, found.map(|(signal,)| SignalId(signal))))
    }

    /// The head of a signal that a row is, or is like.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn head(&self, id: SignalId) -> VaultResult<Option<SignalHead>> {
        visible::head(&self.core.content, id).await
    }

    /// Signals with this identifier that the person may know to have it: those of the own department, and for a
    /// coordinator those received of which the subjects are offered. Part of judging a list, under its line.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn like(
        &self,
        _judging: &Permit<act::Edit, of::Import>,
        person: &Person,
        identifier: &Identifier,
    ) -> VaultResult<Vec<SignalHead>> {
        let mut found = Vec::new();
        for (kind, id) in self.core.keyring.find(identifier).await? {
            if kind != KeyKind::Signal {
                continue;
            }
            let Some(head) = visible::head(&self.core.content, SignalId(id)).await? else { continue };
            let offered = visible::coordinates(person)
                && head.state == SignalState::Received
                && head.offered.contains(&SignalField::Subjects);
            if visible::owns(person, &head) || offered {
                found.push(head);
            }
        }
        Ok(found)
    }
}
