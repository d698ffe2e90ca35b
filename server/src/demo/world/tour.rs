//! What the guided tour leads past, in this order.

use super::{people::*, sitting::World};
use plein_domain::{
    ids::PersonId,
    tour::{Sight, Stop},
};

/// What a stop is about.
enum About {
    Nothing,
    Signal(&'static str),
    Case(&'static str),
    Version(&'static str),
}

const STOPS: &[(Sight, PersonId, About)] = &[
    (Sight::Work, SANNE, About::Nothing),
    (Sight::Own, SANNE, About::Nothing),
    (Sight::Offered, MARIT, About::Nothing),
    (Sight::Shared, SAMIRA, About::Case("kade")),
    (Sight::Plan, ILSE, About::Case("kade")),
    (Sight::Adopted, DENNIS, About::Version("bessen")),
    (Sight::Viewed, ILSE, About::Signal("elf-inschrijvingen")),
    (Sight::Hidden, THIJS, About::Signal("slapen-in-de-schuur")),
    (Sight::Log, EVERT, About::Nothing),
];

/// The stops at what has come into being; a small world has fewer.
pub(super) fn stops(world: &World<'_>) -> Vec<Stop> {
    let stop = |(sight, person, about): &(Sight, PersonId, About)| {
        let (object, version) = match about {
            About::Nothing => (None, None),
            About::Signal(key) => (Some(world.signals.get(key)?.0), None),
            About::Case(key) => (Some(world.cases.get(key)?.0), None),
            About::Version(key) => (Some(world.cases.get(key)?.0), Some(*world.versions.get(key)?)),
        };
        Some(Stop { sight: *sight, person: *person, object, version })
    };
    STOPS.iter().filter_map(stop).collect()
}
