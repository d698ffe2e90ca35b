//! The questions about taking in a processing register. A file on its way belongs to its maker alone. No purpose is
//! stated: the register holds no residents' data, and it is what purposes come from.

use super::*;
use crate::{
    permit::{Permit, act, of},
    store::headers,
};

impl Gate {
    /// Whether the asker may take in a register at all. Nothing sealed is read, so a yes leaves no line; a refusal does.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn may_take_in_register(&self, asker: &Asker) -> Result<(), Denied> {
        self.register_decided(asker).await.map(drop)
    }

    /// Giving a register to be taken in, under this id.
    ///
    /// # Errors
    /// See [`Denied`].
    pub async fn give_register(
        &self,
        asker: &Asker,
        id: ImportId,
    ) -> Result<Permit<act::Create, of::RegisterImport>, Denied> {
        let decided = self.register_decided(asker).await?;
        let line = self.record(asker, LineKind::RegisterTakenIn, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, id))
    }

    async fn register_decided(&self, asker: &Asker) -> Result<Decided, Denied> {
        let question = Question {
            actions: &[Action::ImportRegister],
            conceivable: Vec::new(),
            resource: Some(Resource::Area),
            object: ObjectRef::AREA,
            known_by: None,
        };
        self.decide(asker, question).await
    }

    /// A register that is being taken in, for its maker; the line's kind says what is done with it.
    ///
    /// # Errors
    /// See [`Denied`]; somebody else's is not found.
    pub async fn register_import<A>(
        &self,
        asker: &Asker,
        id: ImportId,
        kind: LineKind,
    ) -> Result<Permit<A, of::RegisterImport>, Denied> {
        let author = headers::import::<of::RegisterImport>(&self.core.content, id).await?;
        let question = Question {
            actions: &[Action::WorkOnRegister],
            conceivable: Vec::new(),
            resource: author.map(|author| Resource::Import { id, author }),
            object: id.into(),
            known_by: Some(&[]),
        };
        let decided = self.decide(asker, question).await?;
        let line = self.record(asker, kind, decided, vec![id.into()]).await?;
        Ok(Permit::after(line, id))
    }
}
