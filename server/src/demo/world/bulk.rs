//! Very many signals, logged in the year before the months begin, by everybody at the same time. What is logged is the same
//! in every demo of this size. Nothing is kept in memory but the hour's work.

use super::{
    Failure,
    calendar::Calendar,
    cast::Who,
    months, people,
    scenes::{self, Recipe, Scene},
    sitting::{World, told},
};
use futures::future::try_join_all;
use plein_domain::{
    form::FormKind,
    ids::{PersonId, TraceId},
    moment::{Day, Moment},
    ports::{Arrival, Ports},
    purpose::StatedPurpose,
};

/// Working days over which they are spread, and hours of each.
const DAYS: u32 = 230;
const HOURS: u32 = 7;
/// Numbers below are those of the months.
const FIRST: u32 = 1_000;
/// After how many signals it is told how far it is.
const TELL: u32 = 1_000;

/// Logs this many signals before the months begin, and tells how far it is.
///
/// # Errors
/// See [`super::build`].
pub(super) async fn fill(
    world: &mut World<'_>,
    signals: u32,
    progress: fn(u32, u32),
    now: Moment,
) -> Result<(), Failure> {
    let first = months::DAYS + DAYS;
    let calendar = Calendar::before(now, usize::try_from(first)? + 1);
    let scenes: Vec<&'static Scene> = scenes::all().collect();
    let until = |slot: u32| u32::try_from(u64::from(signals) * u64::from(slot) / u64::from(DAYS * HOURS));
    let mut said = 0;
    for slot in 0..DAYS * HOURS {
        let numbers = until(slot)?..until(slot + 1)?;
        if numbers.is_empty() {
            continue;
        }
        let hour = u8::try_from(9 + slot % HOURS)?;
        let moment = calendar.moment(usize::try_from(first - slot / HOURS)?, (hour, 0))?;
        world.wait_until(moment)?;
        let mut desks: Vec<(PersonId, Vec<Recipe>)> = Vec::new();
        let count = u32::try_from(scenes.len())?;
        for number in numbers.clone() {
            let (scene, turn) = (scenes[usize::try_from(number % count)?], number / count);
            let by = scene.by[usize::try_from(turn)? % scene.by.len()];
            let recipe = Recipe { key: "", scene, who: Who::Loose(FIRST + number), turn, offers: number % 5 < 2 };
            match desks.iter_mut().find(|(person, _)| *person == by) {
                Some((_, recipes)) => recipes.push(recipe),
                None => desks.push((by, vec![recipe])),
            }
        }
        let sittings = desks.into_iter().map(|(by, recipes)| {
            let traces: Vec<TraceId> = (0..4 + 3 * recipes.len()).map(|_| world.trace()).collect();
            sit(world.ports, moment.day(), by, recipes, traces)
        });
        try_join_all(sittings.collect::<Vec<_>>()).await?;
        if numbers.end / TELL > said {
            said = numbers.end / TELL;
            progress(numbers.end, signals);
        }
    }
    Ok(())
}

/// One person's hour.
async fn sit(
    ports: &Ports,
    today: Day,
    by: PersonId,
    recipes: Vec<Recipe>,
    traces: Vec<TraceId>,
) -> Result<(), Failure> {
    const NETWORK: &str = "127.0.0.1";
    let mut traces = traces.into_iter();
    let mut next = || traces.next().ok_or("a request too many");
    let failed = |problem| told(people::name(by), &problem);
    let token = ports.sessions.sign_in_demo(by, &Arrival::of(next()?, NETWORK)).await.map_err(failed)?;
    let begun = ports.sessions.resume(&token, next()?, NETWORK).await.map_err(failed)?.ok_or("no session")?;
    ports.sessions.state_purpose(&begun, StatedPurpose::Intake).await.map_err(failed)?;
    let mut asker = ports.sessions.resume(&token, next()?, NETWORK).await.map_err(failed)?.ok_or("no session")?;
    for recipe in recipes {
        asker.trace = next()?;
        let draft = ports.drafts.begin(&asker, FormKind::NewSignal, None, None).await.map_err(failed)?;
        asker.trace = next()?;
        ports.drafts.save(&asker, draft, None, recipe.form(today)).await.map_err(failed)?;
        asker.trace = next()?;
        ports.signals.log(&asker, draft, None).await.map_err(failed)?;
    }
    asker.trace = next()?;
    ports.sessions.sign_out(&asker).await.map_err(failed)
}
