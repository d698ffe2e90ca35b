//! The days between: what departments log that belongs to nothing yet, and people who look, read their notices and keep
//! their lists.

use super::{
    cast::Who,
    people::*,
    scenes::{self, Recipe},
    sitting::Doing,
    story::Told,
};
use crate::demo::Dice;
use plein_domain::{ids::PersonId, list::ListKind};

/// Working days over which the months go, before the last one.
pub(super) const DAYS: u32 = 172;
/// Signals of these months about whom nobody else knows anything.
const LOOSE: u32 = 118;
/// The hundred days of the story have signals enough of their own; of the loose ones two of three come before.
const EARLY: u32 = 80;
/// The first working day of those hundred days.
const STORY_BEGINS: u32 = 70;

/// A sitting, before it stands among all the others: working days ago, the time, who, and what they did.
type Between = (u32, (u8, u8), PersonId, Vec<Doing>);

/// Everybody's sittings of these months. The same in every demo.
pub(super) fn sittings() -> Vec<Told> {
    let mut dice = Dice::new(8);
    let mut told: Vec<Between> = signals()
        .zip(days())
        .map(|(recipe, day)| {
            let by = dice.one_of(recipe.scene.by).unwrap_or(JOOST);
            let mut doings = vec![Doing::Compose(recipe)];
            if dice.chance(30) {
                doings.push(Doing::ListSignals);
            }
            (day, hour(&mut dice), by, doings)
        })
        .collect();
    // The coordinators look at what is new, in turns; the data protection officer looks once a month.
    told.extend((1..DAYS).step_by(6).map(|day| {
        let who = if day % 12 == 1 { MARIT } else { JOOST };
        (day, hour(&mut dice), who, vec![Doing::ViewNewest, Doing::ReadNotices])
    }));
    told.extend((25..DAYS).step_by(21).map(|day| (day, hour(&mut dice), EVERT, vec![Doing::SearchLog])));
    told.extend([
        (
            90,
            (16, 20),
            MARIT,
            vec![Doing::KeepView(
                ListKind::Signals,
                &[("name", "Nog niet bekeken: ontvangen"), ("status", "received")],
            )],
        ),
        (64, (16, 10), JOOST, vec![Doing::KeepView(ListKind::Cases, &[("name", "Wat ik leid"), ("eigen", "ja")])]),
        (
            52,
            (16, 30),
            SANNE,
            vec![Doing::KeepView(
                ListKind::Signals,
                &[("name", "Van mij, laatst gewijzigd"), ("eigen", "ja"), ("volgorde", "changed")],
            )],
        ),
        (38, (16, 0), KEES, vec![Doing::ReadNotices]),
        (26, (16, 15), WOUTER, vec![Doing::ReadNotices, Doing::OwnLog]),
        (10, (16, 5), SANNE, vec![Doing::ReadNotices]),
    ]);
    let told = told.into_iter();
    told.map(|(day, time, by, doings)| (usize::try_from(day).unwrap_or_default(), time, by, doings.into())).collect()
}

/// All scenes round and round, so that every department has its part.
fn signals() -> impl Iterator<Item = Recipe> {
    let count = u32::try_from(scenes::all().count()).unwrap_or(1);
    let scenes = scenes::all().cycle().zip(0..LOOSE);
    scenes.map(move |(scene, number)| {
        let (who, turn, offers) = (Who::Loose(number), number / count, number % 5 < 2);
        Recipe { key: "", scene, who, turn, offers }
    })
}

/// On which day each of them is logged.
fn days() -> impl Iterator<Item = u32> {
    let early = (0..EARLY).map(|at| DAYS - at * (DAYS - STORY_BEGINS) / EARLY);
    let late = LOOSE - EARLY;
    early.chain((0..late).map(move |at| STORY_BEGINS - at * (STORY_BEGINS - 1) / late))
}

fn hour(dice: &mut Dice) -> (u8, u8) {
    let minutes = u8::try_from(dice.below(60)).unwrap_or_default();
    (u8::try_from(9 + dice.below(7)).unwrap_or(9), minutes)
}
