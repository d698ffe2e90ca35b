//! Taking in the chosen rows, behind the pages: each by the gate, each once. What a restart cut short goes on.

use super::*;
use plein_domain::{form::Fault, form::FieldProblem, ledger::LineKind, purpose::StatedPurpose};
use std::{sync::Weak, time::Duration};

/// Rows that are read at once.
const BATCH: i64 = 50;
/// How long is waited before something that failed is tried again.
const PAUSE: Duration = Duration::from_secs(2);
/// How often a row is tried that fails for no known reason.
const TRIES: u32 = 3;
/// How often lists are looked at whose time has come.
const EXPIRE: Duration = Duration::from_secs(3600);

impl UseCases {
    /// Goes on with what was being taken in, and removes lists when their time has come, as long as the vault is there.
    pub(crate) fn keep_lists(&self) {
        let desk = self.clone();
        self.vault.tasks().begin("lists to be taken in", async move { desk.resume().await });
        let vault: Weak<Vault> = Arc::downgrade(&self.vault);
        self.vault.tasks().begin("old lists", async move {
            while let Some(vault) = vault.upgrade() {
                if let Err(error) = vault.lists.expire().await {
                    tracing::warn!(%error, "old lists are not removed");
                }
                drop(vault);
                tokio::time::sleep(EXPIRE).await;
            }
        });
    }

    async fn resume(&self) {
        let unfinished = match self.vault.lists.unfinished().await {
            Ok(unfinished) => unfinished,
            Err(error) => return tracing::error!(%error, "lists that were being taken in are not known"),
        };
        for list in unfinished {
            match self.vault.directory.person(list.author).await {
                Ok(Some(person)) => {
                    let asker = Asker {
                        person,
                        purposes: vec![StatedPurpose::Intake],
                        trace: list.started.trace,
                        network: list.started.network,
                        session: SessionRef([0; 32]),
                        arrived: Arrived::now(),
                        times: SessionTimes::NONE,
                    };
                    self.take_in_behind(asker, list.id);
                }
                Ok(None) => {
                    // Nobody is there any more whose rights could be asked.
                    if let Err(error) = self.vault.lists.finish(list.id).await {
                        tracing::error!(%error, "a list without a maker is not ended");
                    }
                }
                Err(error) => tracing::error!(%error, "whose list it is, is not known"),
            }
        }
    }

    /// Takes the chosen rows in, while its maker waits or does something else.
    pub(super) fn take_in_behind(&self, mut asker: Asker, id: ImportId) {
        // What was stated when it was begun; a purpose stated later is for something else.
        asker.purposes = vec![StatedPurpose::Intake];
        let desk = self.clone();
        self.vault.tasks().begin("a list that is taken in", async move {
            while let Err(error) = desk.take_in(&mut asker, id).await {
                if !error.is_temporary() {
                    tracing::error!(%error, "a list is not taken in any further");
                    return;
                }
                tracing::warn!(%error, "taking in a list waits");
                tokio::time::sleep(PAUSE).await;
            }
        });
    }

    /// Until nothing is left to be done, or its maker may not do it any more.
    async fn take_in(&self, asker: &mut Asker, id: ImportId) -> VaultResult<()> {
        loop {
            // Rights can end while a long list is being taken in.
            match self.vault.directory.person(asker.person.id).await? {
                Some(person) => asker.person = person,
                None => return self.vault.lists.finish(id).await,
            }
            let permit = match self.vault.gate.list::<act::Create>(asker, id, LineKind::ListTakenIn).await {
                Ok(permit) => permit,
                Err(Denied::Vault(error)) => return Err(error),
                Err(_) => return self.vault.lists.finish(id).await,
            };
            let (inside, rows) = self.vault.lists.next(permit, BATCH).await?;
            let Some(setup) = inside.setup.as_ref().filter(|_| !rows.is_empty()) else {
                return self.vault.lists.finish(id).await;
            };
            let lists = Lists {
                departments: self.vault.directory.departments().await?,
                phenomena: self.vault.directory.phenomena().await?,
                purposes: self.vault.directory.purposes().await?,
                ..Lists::default()
            };
            let purposes = departmental(&lists);
            let judge = Judge::new(&lists, &purposes, self.today(), setup, asker.person.department.id);
            for row in rows {
                // What was right when it was chosen may not be so any more: a purpose that ended meanwhile.
                match judge.signal(&row.made.values) {
                    Ok(new) => self.one(asker, setup.scope, &row, &new).await?,
                    Err(problems) => self.vault.lists.refuse(&row, problems).await?,
                }
            }
        }
    }

    async fn one(&self, asker: &Asker, scope: Scope, row: &ListedRow, new: &NewSignal) -> VaultResult<()> {
        let department = match scope {
            Scope::Own => Some(asker.person.department.id),
            Scope::Named => row.made.department(),
        };
        let not_allowed = || vec![FieldProblem { field: "department".into(), fault: Fault::NotAChoice }];
        let Some(department) = department else {
            return self.vault.lists.refuse(row, not_allowed()).await;
        };
        for tried in 1..=TRIES {
            let permit = match self.vault.gate.take_in(asker, row.import, row.signal, department).await {
                Ok(permit) => permit,
                Err(Denied::Vault(error)) => return Err(error),
                Err(_) => return self.vault.lists.refuse(row, not_allowed()).await,
            };
            match self.vault.signals.take_in(permit, row, new).await {
                Ok(_) => return Ok(()),
                Err(error) if error.is_temporary() => return Err(error),
                // Such as another list that held the same row and was a moment earlier.
                Err(error) => tracing::error!(%error, tried, "a row is not taken in"),
            }
        }
        self.vault.lists.refuse(row, Vec::new()).await
    }
}
