//! A change that came too late, and the blind index after it.

use crate::{
    place::Place,
    town::{self, ANNA, Words},
};
use anyhow::{Result, bail, ensure};
use plein_domain::{
    form::FormKind,
    ids::PersonId,
    people::Role,
    ports::{Asker, Ports},
    problem::Problem,
};
use plein_vault::store::NewPerson;
use uuid::Uuid;

/// Two colleagues change one signal at the same time, and the second is refused. Whether the signal is then found by
/// the identifier that stands, and by the one that was refused.
///
/// # Errors
/// The world cannot be made, or the second change is not refused.
pub async fn found_after_a_refused_change(place: &Place) -> Result<(bool, bool)> {
    let vault = place.open().await?;
    town::enter(&vault).await?;
    let ports = town::ports(vault.clone());
    let (anna, _) = town::sign_in(&ports, ANNA).await?;
    let colleague = PersonId(Uuid::from_u128(0x1ff));
    let department = anna.person.department.id;
    let new = NewPerson { id: colleague, name: "Aad van Vergunningen".into(), department, roles: vec![Role::Member] };
    vault.directory.add_person(&new, 9).await?;
    let (aad, _) = town::sign_in(&ports, colleague).await?;

    let bsns = town::bsns(3);
    let words = |at: usize| Words { marker: format!("merk{at}"), reporter: false, bsn: bsns[at] };
    let draft = ports.drafts.begin(&town::again(&anna), FormKind::NewSignal, None, None).await?;
    ports.drafts.save(&town::again(&anna), draft, None, words(0).form()).await?;
    let signal = ports.signals.log(&town::again(&anna), draft, None).await?;
    let begin = async |asker: &Asker, ports: &Ports, at: usize| {
        let draft = ports.drafts.begin(&town::again(asker), FormKind::EditSignal, Some(signal.0), None).await?;
        ports.drafts.save(&town::again(asker), draft, None, words(at).form()).await?;
        anyhow::Ok(draft)
    };
    let (first, second) = (begin(&anna, &ports, 1).await?, begin(&aad, &ports, 2).await?);
    ports.signals.edit(&town::again(&anna), first, None).await?;
    match ports.signals.edit(&town::again(&aad), second, None).await {
        Err(Problem::Stale(_)) => {}
        other => bail!("the change that came too late was answered {other:?}"),
    }
    vault.close().await;

    let keyring = place.keyring().await?;
    let found = async |at: usize| {
        let found = keyring.find(&town::identifier(bsns[at])?).await?;
        anyhow::Ok(found.iter().any(|(_, id)| *id == signal.0))
    };
    ensure!(!found(0).await?, "it is found by the identifier it had first");
    Ok((found(1).await?, found(2).await?))
}
