//! The invented municipality of Lierveen, and eight months of its work.
//!
//! The last hundred days have a [story] that is written out by hand; around it are [chapters] that became cases or still
//! could, and the signals of all other days ([months]), which are composed from parts ([scenes]).
//!
//! Departments, phenomena, people and the processing register are entered as an administrator would; signals and
//! cases come in through the ports alone, by people who sign in, state a purpose and fill in forms; plans are written in
//! their rooms. So the access
//! log of the demo tells a true story. Everything and everybody here is invented; laws, terms and processings are
//! for illustration. What must never happen here: a row written past the ports, or a real identifier.

mod bulk;
mod calendar;
mod cases;
mod cast;
mod chapters;
mod months;
mod municipality;
mod people;
mod plan;
mod register;
mod scenes;
mod signals;
mod signals_homes;
mod signals_streets;
mod signals_trade;
mod signals_work;
mod sitting;
mod sitting_places;
mod sitting_plans;
mod story;
mod tour;
mod writing;

pub use municipality::installation;

use super::DemoClock;
use crate::Assembled;
use plein_domain::{
    moment::{Clock, Moment},
    tour::Stop,
};
use plein_vault::store::Directory;
use sitting::World;
use uuid::Uuid;

/// Why the world could not be made: always a mistake in its tables, or a database out of reach.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How much of the world is made.
#[derive(Debug, Clone, Copy)]
pub enum Size {
    /// The story alone: 30 signals and 3 cases. For tests.
    Story,
    /// Eight months: 200 signals and 12 cases.
    Months,
    /// The same, and before it a year in which this many more signals were logged, to try Plein at size. Now and then it is
    /// told how many of how many there are.
    Years(u32, fn(u32, u32)),
}

/// Makes the world in an empty vault, its last day today or the last working day; answers the stops of its guided tour.
/// The clock is set back meanwhile and runs again afterwards, also when this fails.
///
/// # Errors
/// A port refused what the story tells (the message names the signal or case and its fields), or a database is out
/// of reach. The vault is then half filled and good for nothing.
pub async fn build(
    served: &Assembled,
    directory: &Directory,
    clock: &DemoClock,
    size: Size,
) -> Result<Vec<Stop>, Failure> {
    let now = clock.now();
    municipality::enter(directory).await?;
    people::enter(directory).await?;
    register::enter(directory, now.day()).await?;
    let mut world = World::new(served, clock, now);
    let told = tell(&mut world, size, now).await;
    clock.release();
    told.map(|()| tour::stops(&world))
}

async fn tell(world: &mut World<'_>, size: Size, now: Moment) -> Result<(), Failure> {
    if let Size::Years(signals, progress) = size {
        bulk::fill(world, signals, progress, now).await?;
    }
    story::tell(world, size, now).await
}

/// The kinds of thing that have a fixed identity here.
#[derive(Clone, Copy)]
enum Kind {
    Department = 1,
    Person = 2,
    Purpose = 3,
    Intervention = 4,
    Thread = 5,
    Comment = 6,
}

/// The identity of the `number`th thing of a kind: the same in every demo. Version 8 of RFC 9562, begins with
/// `PLEIN` in ASCII.
const fn id(kind: Kind, number: u8) -> Uuid {
    Uuid::from_u128(0x504c_4549_4e00_8000_8000_0000_0000_0000 | ((kind as u128) << 32) | number as u128)
}
