//! The smallest municipality that can do the main job: two members, a coordinator, a register.

use anyhow::{Context, Result, anyhow};
use plein_domain::{
    case::Criterion,
    form::FormValues,
    identifier::{Identifier, IdentifierKind},
    ids::*,
    moment::{Clock, Day, random_id},
    people::{Department, Role},
    ports::{Arrival, Arrived, Asker, Contact, Installation, Phenomenon, Ports},
    purpose::{DataCategory, LegalBasis, Purpose, StatedPurpose},
    signal::{NewSignal, SignalForm},
};
use plein_server::{
    Assembled,
    edge::{Edge, Pace, Proxies},
    real::{SystemClock, SystemEntropy},
};
use plein_vault::{Vault, store::NewPerson};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

pub(crate) const ANNA: PersonId = PersonId(Uuid::from_u128(0x100));
pub(crate) const BRAM: PersonId = PersonId(Uuid::from_u128(0x101));
pub(crate) const CARLA: PersonId = PersonId(Uuid::from_u128(0x102));

const PEOPLE: [(PersonId, &str, u128, Role); 3] = [
    (ANNA, "Anna van Vergunningen", 0, Role::Member),
    (BRAM, "Bram van Belastingen", 1, Role::Member),
    (CARLA, "Carla Coordinator", 2, Role::Coordinator),
];
const DEPARTMENTS: [&str; 3] = ["Vergunningen", "Belastingen", "Openbare orde en veiligheid"];
pub(crate) const PHENOMENON: &str = "vastgoedfraude";
pub(crate) const INTAKE_PURPOSE: PurposeId = PurposeId(Uuid::from_u128(0x501));
pub(crate) const CASE_PURPOSE: PurposeId = PurposeId(Uuid::from_u128(0x502));
const NETWORK: &str = "127.0.0.1";

pub(crate) fn department(index: u128) -> DepartmentId {
    DepartmentId(Uuid::from_u128(0x200 + index))
}

/// Enters departments, people and register.
pub(crate) async fn enter(vault: &Vault) -> Result<()> {
    let directory = &vault.directory;
    for (index, name) in (0..).zip(DEPARTMENTS) {
        let id = department(index);
        directory.add_department(&Department { id, name: name.into() }, i64::try_from(index)?).await?;
    }
    let phenomenon = Phenomenon { code: PHENOMENON.into(), nl: "Vastgoedfraude".into(), en: "Property fraud".into() };
    directory.add_phenomenon(&phenomenon, 0).await?;
    for (position, (id, name, at, role)) in (0..).zip(PEOPLE) {
        let person = NewPerson { id, name: name.into(), department: department(at), roles: vec![role] };
        directory.add_person(&person, position).await?;
    }
    for (position, purpose) in (0..).zip(register()?) {
        directory.add_purpose(&purpose, position).await?;
    }
    Ok(())
}

fn register() -> Result<Vec<Purpose>> {
    let valid_from: Day = "2020-01-01".parse().map_err(|()| anyhow!("not a day"))?;
    let purpose = |id, name: &str, for_cases| Purpose {
        id,
        main_process: "Veiligheid".into(),
        sub_process: "Ondermijning".into(),
        name: name.into(),
        description: "Invented".into(),
        legal_basis: LegalBasis::PublicTask,
        legal_reference: "Gemeentewet art. 172".into(),
        retention_months: Some(60),
        categories: vec![DataCategory::Ordinary, DataCategory::Bsn],
        valid_from,
        valid_until: None,
        for_cases,
    };
    Ok(vec![
        purpose(INTAKE_PURPOSE, "Toezicht op vergunningen", false),
        purpose(CASE_PURPOSE, "Integrale aanpak vastgoedfraude", true),
    ])
}

fn installation() -> Installation {
    Installation {
        municipality: "Gemeente Proef".into(),
        plein_name: "Plein".into(),
        demo: true,
        contact: Contact::default(),
        sessions: plein_domain::ports::SessionLimits::default(),
        tour: Vec::new(),
    }
}

/// The ports over a vault.
pub(crate) fn ports(vault: Arc<Vault>) -> Ports {
    plein_server::ports(vault, installation())
}

/// The program over a vault: its ports, its sockets, and the edge to put around them.
pub(crate) fn program(vault: &Arc<Vault>) -> (Assembled, Edge) {
    let assembled = plein_server::assemble(vault.clone(), installation());
    let asked = vault.clone();
    let edge = Edge {
        served: None,
        sessions: assembled.ports.sessions.clone(),
        entropy: vault.entropy().clone(),
        demo: true,
        public_url: None,
        proxies: Proxies::default(),
        limiter: None,
        pace: Pace::default(),
        ready: Arc::new(move || {
            let vault = asked.clone();
            Box::pin(async move { vault.ready().await })
        }),
    };
    (assembled, edge)
}

/// Signs somebody in, with the purpose of the daily work stated; also the token.
pub(crate) async fn sign_in(ports: &Ports, person: PersonId) -> Result<(Asker, String)> {
    let trace = random_id(&SystemEntropy);
    let token = ports.sessions.sign_in_demo(person, &Arrival::of(trace, NETWORK)).await?;
    let asker = ports.sessions.resume(&token, trace, NETWORK).await?.context("a session that was just begun")?;
    ports.sessions.state_purpose(&asker, StatedPurpose::Intake).await?;
    Ok((Asker { purposes: vec![StatedPurpose::Intake], ..asker }, token))
}

/// The same person's next request.
pub(crate) fn again(asker: &Asker) -> Asker {
    Asker { trace: random_id(&SystemEntropy), arrived: Arrived::now(), ..asker.clone() }
}

/// What a signal of the script says: everything else follows from this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Words {
    /// Stands in every field of text.
    pub marker: String,
    /// Whether it names who reported it.
    pub reporter: bool,
    /// The BSN of its subject.
    pub bsn: u32,
}

impl Words {
    /// The signal's form.
    pub fn form(&self) -> FormValues {
        let says = |what: &str| format!("{what} {}", self.marker);
        let mut form = FormValues::default();
        for (field, value) in [
            ("summary", says("samenvatting")),
            ("facts", says("feiten")),
            ("suspicion", says("vermoeden")),
            ("place", says("plaats")),
            ("risk", says("risico")),
            ("reporter", if self.reporter { says("melder") } else { String::new() }),
            ("channel", "own".into()),
            ("reporter-kind", "official".into()),
            ("source", "seen".into()),
            ("reliability", "reliable".into()),
            ("phenomenon", PHENOMENON.into()),
            ("received-on", "2026-01-05".into()),
            ("observed-on", "2026-01-04".into()),
            ("original-purpose", INTAKE_PURPOSE.to_string()),
            ("subject.0.kind", "person".into()),
            ("subject.0.role", "owner".into()),
            ("subject.0.name", says("naam")),
            ("subject.0.identifier-kind", "bsn".into()),
            ("subject.0.identifier", format!("{:09}", self.bsn)),
            // Only a change asks for it.
            ("why", "verbeterd".to_owned()),
        ] {
            form.set(field, value);
        }
        for category in ["ordinary", "bsn"] {
            form.push("category", category);
        }
        for field in ["summary", "facts", "subjects"] {
            form.push("offered", field);
        }
        form
    }

    /// The signal that the form means.
    pub fn signal(&self) -> Result<NewSignal> {
        let phenomena = [PHENOMENON.to_owned()];
        let purposes = register()?;
        let form =
            SignalForm { today: SystemClock.now().day(), phenomena: &phenomena, purposes: &purposes, stands: None };
        form.read(&self.form()).map_err(|problems| anyhow!("the script's own form is wrong: {problems:?}"))
    }
}

/// The purpose test of a link, all met, and what it shares.
pub(crate) fn test(form: &mut FormValues, signal: SignalId, marker: &str) {
    for criterion in Criterion::ALL.iter().map(|one| one.code()) {
        form.set(format!("link.{signal}.{criterion}"), "yes");
        form.set(format!("link.{signal}.{criterion}-reasons"), format!("oordeel {criterion} {marker}"));
    }
    form.push(format!("link.{signal}.field"), "summary");
    form.push(format!("link.{signal}.field"), "facts");
}

/// Numbers that pass as BSNs, from the range that the Netherlands keeps for tests (they begin with 9999).
pub(crate) fn bsns(count: usize) -> Vec<u32> {
    let possible = |number: &u32| Identifier::parse(IdentifierKind::Bsn, &format!("{number:09}")).is_ok();
    (999_900_000..1_000_000_000).filter(possible).take(count).collect()
}

/// The identifier that a BSN becomes.
pub(crate) fn identifier(bsn: u32) -> Result<Identifier> {
    Identifier::parse(IdentifierKind::Bsn, &format!("{bsn:09}")).map_err(|fault| anyhow!("{bsn}: {fault:?}"))
}
