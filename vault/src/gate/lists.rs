//! The questions about lists that are taken in. A list belongs to its maker alone; to everybody else it does not exist.

use super::*;
use crate::{
    permit::{Permit, act, of},
    store::headers,
};

impl Gate {
    /// Giving a list to be taken in, under this id.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn give_list(&self, asker: &Asker, id: ImportId) -> Result<Permit<act::Create, of::Import>, Denied> {
        let decided = self.area(asker, Action::TakeInLists).await?;
        let line = self.record(asker, LineKind::ListTakenIn, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, id))
    }

    /// Whether the asker may take in lists at all. Nothing sealed is read, so a yes leaves no line; a refusal does.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn may_take_in(&self, asker: &Asker) -> Result<(), Denied> {
        self.area(asker, Action::TakeInLists).await.map(drop)
    }

    /// A list, for its maker; the line's kind says what is done with it.
    ///
    /// # Errors
    /// See [`Denied`]; somebody else's list is not found.
    pub async fn list<A>(&self, asker: &Asker, id: ImportId, kind: LineKind) -> Result<Permit<A, of::Import>, Denied> {
        let author = headers::import::<of::Import>(&self.core.content, id).await?;
        let question = Question {
            actions: &[Action::WorkOnList],
            conceivable: Self::own_purposes(asker),
            resource: author.map(|author| Resource::Import { id, author }),
            object: id.into(),
            known_by: Some(&[]),
        };
        let decided = self.decide(asker, question).await?;
        let line = self.record(asker, kind, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, id))
    }

    /// Making a row of a list the signal with this id, of this department.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn take_in(
        &self,
        asker: &Asker,
        list: ImportId,
        signal: SignalId,
        department: DepartmentId,
    ) -> Result<Permit<act::Create, of::ImportedSignal>, Denied> {
        let question = Question {
            actions: &[Action::TakeInFor],
            conceivable: Self::own_purposes(asker),
            resource: Some(Resource::Department(department)),
            object: list.into(),
            known_by: None,
        };
        let decided = self.decide(asker, question).await?;
        let line = self.record(asker, LineKind::Logged, decided, vec![signal.into(), list.into()]).await?;
        Ok(Permit::after(line, (signal, department)))
    }
}
