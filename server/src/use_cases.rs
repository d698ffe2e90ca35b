//! The use cases: each answers one question of a port.

mod access_log;
mod administration;
mod break_glass;
mod cases;
mod desk;
mod drafts;
mod finish;
mod imports;
mod notes;
mod notices;
mod plans;
mod register;
pub(crate) mod sessions;
mod signals;
mod supervision;
mod versions;
mod views;

use crate::{
    plans::Rooms,
    sign_in::{Door, ProviderOptions},
};
use plein_domain::{
    ids::*,
    list::*,
    people::Person,
    permission::InForce,
    ports::*,
    problem::{Answer, Incident, Problem},
    purpose::*,
};
use plein_vault::{Denied, Vault, VaultError, VaultResult};
use std::{collections::HashMap, sync::Arc};

/// How many comparisons of plans run at the same time; the next ones wait. Each holds two whole plans in memory.
const COMPARISONS: usize = 4;

/// What a program serves.
pub struct Assembled {
    /// What pages ask.
    pub ports: Ports,
    /// The sockets and the API, to be put inside the edge beside the pages.
    pub sockets: axum::Router,
    /// For the demo, whose people write in plans.
    pub(crate) desk: UseCases,
}

impl Assembled {
    /// With so many windows that may have a plan open.
    #[must_use]
    pub fn with_windows(self, most: crate::plans::Windows) -> Self {
        self.desk.rooms.limit(most);
        self
    }
}

/// All ports and sockets over one vault.
pub fn assemble(vault: Arc<Vault>, installation: Installation) -> Assembled {
    joined(vault, installation, None)
}

/// The same, with sign-in at this provider.
///
/// # Errors
/// What is said of the provider makes no sense.
pub fn assemble_with(
    vault: Arc<Vault>,
    installation: Installation,
    provider: ProviderOptions,
) -> Result<Assembled, String> {
    let door = Door::of(vault.clone(), provider)?;
    Ok(joined(vault, installation, Some(door)))
}

fn joined(vault: Arc<Vault>, installation: Installation, door: Option<Door>) -> Assembled {
    let rooms = Rooms::new(vault.clone(), installation.sessions);
    let installation = Arc::new(installation);
    let comparisons = Arc::new(tokio::sync::Semaphore::new(COMPARISONS));
    let desk = UseCases { vault, rooms, installation: installation.clone(), comparisons };
    desk.keep_lists();
    desk.keep_sessions();
    let sockets = crate::plans::router(desk.clone()).merge(crate::api::router(desk.clone()));
    let sockets = match &door {
        Some(door) => sockets.merge(crate::sign_in::router(door.clone())),
        None => sockets,
    };
    let ports = Ports {
        signals: Arc::new(desk.clone()),
        cases: Arc::new(desk.clone()),
        notes: Arc::new(desk.clone()),
        administration: Arc::new(desk.clone()),
        notices: Arc::new(desk.clone()),
        plans: Arc::new(desk.clone()),
        versions: Arc::new(desk.clone()),
        drafts: Arc::new(desk.clone()),
        views: Arc::new(desk.clone()),
        imports: Arc::new(desk.clone()),
        register: Arc::new(desk.clone()),
        access_log: Arc::new(desk.clone()),
        supervision: Arc::new(desk.clone()),
        break_glass: Arc::new(desk.clone()),
        desk: Arc::new(desk.clone()),
        sessions: Arc::new(desk.clone()),
        sign_in: door.map(|door| Arc::new(door) as Arc<dyn plein_domain::sign_in::SignIn>),
        rules: Arc::new(InForce::from({
            let vault = desk.vault.clone();
            move || vault.gate.rules()
        })),
        installation,
    };
    Assembled { ports, sockets, desk }
}

/// All ports over one vault, for a program without sockets.
pub fn ports(vault: Arc<Vault>, installation: Installation) -> Ports {
    assemble(vault, installation).ports
}

/// The one implementation of all ports.
#[derive(Clone)]
pub(crate) struct UseCases {
    vault: Arc<Vault>,
    rooms: Arc<Rooms>,
    installation: Arc<Installation>,
    /// One permit for each comparison of plans that may run at the same time.
    comparisons: Arc<tokio::sync::Semaphore>,
}

/// Turns a failure of the vault into what a person may know: an incident number. The cause goes to the log.
fn failure(trace: TraceId, error: &VaultError) -> Problem {
    let number = Incident(trace.0.simple().to_string()[..8].to_owned());
    if error.is_temporary() {
        tracing::error!(incident = %number, %error, "unavailable");
        Problem::Unavailable(number)
    } else {
        tracing::error!(incident = %number, %error, "internal error");
        Problem::Internal(number)
    }
}

/// Shortens `map_err` with the asker's trace.
trait For<T> {
    fn asked_by(self, asker: &Asker) -> Answer<T>;
}

impl<T> For<T> for VaultResult<T> {
    fn asked_by(self, asker: &Asker) -> Answer<T> {
        self.map_err(|error| failure(asker.trace, &error))
    }
}

impl UseCases {
    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Whose program it is.
    pub(crate) fn municipality(&self) -> &str {
        &self.installation.municipality
    }

    pub(crate) fn rooms(&self) -> &Arc<Rooms> {
        &self.rooms
    }

    /// Turns the gate's refusal into what a person may know.
    async fn denied(&self, asker: &Asker, denied: Denied) -> Problem {
        match denied {
            Denied::NotFound => Problem::NotFound,
            Denied::NotAllowed => Problem::NotAllowed,
            Denied::FreshNeeded => Problem::FreshNeeded,
            Denied::Vault(error) => failure(asker.trace, &error),
            Denied::PurposeNeeded(stated) => match self.options(stated).await {
                Ok(options) => Problem::PurposeNeeded(options),
                Err(error) => failure(asker.trace, &error),
            },
        }
    }

    async fn permitted<T>(&self, asker: &Asker, gate: Result<T, Denied>) -> Answer<T> {
        match gate {
            Ok(permit) => Ok(permit),
            Err(denied) => Err(self.denied(asker, denied).await),
        }
    }

    /// Purposes in the words of a choice. The gate only offers purposes of cases the asker is in.
    async fn options(&self, stated: Vec<StatedPurpose>) -> VaultResult<Vec<PurposeOption>> {
        let mut options = Vec::with_capacity(stated.len());
        for stated in stated {
            let case = match stated.case() {
                Some(case) => self.case_purpose(case).await?,
                None => None,
            };
            options.push(PurposeOption { stated, case });
        }
        Ok(options)
    }

    /// A case's reference and the name of its purpose: clear columns.
    async fn case_purpose(&self, case: CaseId) -> VaultResult<Option<(Reference, String)>> {
        let Some((header, reference, _)) = self.vault.cases.head(case).await? else {
            return Ok(None);
        };
        let purposes = self.vault.directory.purposes().await?;
        let name = purposes.into_iter().find(|one| one.id == header.purpose).map(|one| one.name);
        Ok(Some((reference, name.unwrap_or_default())))
    }

    async fn people(&self) -> VaultResult<HashMap<PersonId, Person>> {
        Ok(self.vault.directory.people().await?.into_iter().map(|person| (person.id, person)).collect())
    }
}

/// Something the database refers to that is not in it.
fn missing(what: &str) -> VaultError {
    VaultError::Broken(format!("{what} is referred to and not there"))
}

/// Rows to skip for a page, and rows to ask for: one more than shown, to know whether there are more.
fn window(page: u32) -> (i64, i64) {
    let page = page.clamp(1, 1_000_000);
    let rows = PAGE_ROWS as i64;
    (i64::from(page - 1) * rows, rows + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_begin_at_one_and_nonsense_is_the_first() {
        assert_eq!(window(0), (0, 26));
        assert_eq!(window(1), (0, 26));
        assert_eq!(window(3), (50, 26));
        assert!(window(u32::MAX).0 > 0, "a page number of nonsense does not wrap around");
    }
}
