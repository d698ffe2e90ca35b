//! The municipality that drafts: one case, a team as large as is wanted, and its plan begun.

use crate::{
    place::Place,
    town::{self, ANNA, CARLA, CASE_PURPOSE, Words},
};
use anyhow::{Context, Result};
use plein_domain::{
    case::Criterion,
    form::{FormKind, FormValues},
    ids::*,
    people::Role,
    purpose::StatedPurpose,
};
use plein_vault::store::NewPerson;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A plan that can be drafted in, and the session of each writer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hall {
    /// The case.
    pub case: CaseId,
    /// A session's token for each writer, with the case's purpose stated.
    pub tokens: Vec<String>,
}

/// Makes it in an empty place.
pub(super) async fn make(place: &Place, writers: usize) -> Result<Hall> {
    let vault = place.open().await?;
    town::enter(&vault).await?;
    let writers: Vec<PersonId> = (0..writers).map(|at| PersonId(Uuid::from_u128(0x1_0000 + at as u128))).collect();
    for (at, id) in writers.iter().enumerate() {
        let department = DepartmentId(Uuid::from_u128(0x200 + (at % 2) as u128));
        let person = NewPerson { id: *id, name: format!("Schrijver {at}"), department, roles: vec![Role::Member] };
        vault.directory.add_person(&person, 100 + i64::try_from(at)?).await?;
    }
    let ports = town::ports(vault.clone());
    let (anna, _) = town::sign_in(&ports, ANNA).await?;
    let words = Words { marker: "samen".into(), reporter: true, bsn: town::bsns(1)[0] };
    let draft = ports.drafts.begin(&town::again(&anna), FormKind::NewSignal, None, None).await?;
    ports.drafts.save(&town::again(&anna), draft, None, words.form()).await?;
    let signal = ports.signals.log(&town::again(&anna), draft, None).await?;

    let (carla, _) = town::sign_in(&ports, CARLA).await?;
    let draft = ports.drafts.begin(&town::again(&carla), FormKind::OpenCase, None, None).await?;
    ports.drafts.save(&town::again(&carla), draft, None, opening(signal, &writers)).await?;
    let case = ports.cases.open(&town::again(&carla), draft, None).await?;
    let stated = StatedPurpose::Case(case);
    ports.sessions.state_purpose(&town::again(&carla), stated).await?;
    let mut leads = town::again(&carla);
    leads.purposes.push(stated);
    ports.plans.begin(&leads, case).await?;

    let mut tokens = Vec::with_capacity(writers.len());
    for id in writers {
        let (asker, token) = town::sign_in(&ports, id).await?;
        ports.sessions.state_purpose(&asker, stated).await.context("a writer's purpose")?;
        tokens.push(token);
    }
    vault.close().await;
    Ok(Hall { case, tokens })
}

fn opening(signal: SignalId, team: &[PersonId]) -> FormValues {
    let mut form = FormValues::default();
    form.set("title", "Zaak Samen");
    form.set("summary", "samenvatting");
    form.set("purpose", CASE_PURPOSE.to_string());
    form.set("reasons", "redenen");
    form.push("signal", signal.to_string());
    for criterion in Criterion::ALL.iter().map(|one| one.code()) {
        form.set(format!("link.{signal}.{criterion}"), "yes");
        form.set(format!("link.{signal}.{criterion}-reasons"), "oordeel");
    }
    form.push(format!("link.{signal}.field"), "facts");
    team.iter().for_each(|person| form.push("member", person.to_string()));
    form
}
