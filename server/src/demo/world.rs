//! The invented municipality of Lierveen, and a hundred days of its work.
//!
//! Departments, phenomena, people and the processing register are entered as an administrator would; signals and
//! cases come in through the ports alone, by people who sign in, state a purpose and fill in forms; plans are written in
//! their rooms. So the access
//! log of the demo tells a true story. Everything and everybody here is invented; laws, terms and processings are
//! for illustration. What must never happen here: a row written past the ports, or a real identifier.

mod calendar;
mod cases;
mod municipality;
mod people;
mod plan;
mod register;
mod signals;
mod signals_homes;
mod signals_streets;
mod signals_trade;
mod signals_work;
mod sitting;
mod story;
mod writing;

pub use municipality::installation;

use super::DemoClock;
use crate::Assembled;
use plein_domain::moment::Clock;
use plein_vault::store::Directory;
use uuid::Uuid;

/// Why the world could not be made: always a mistake in its tables, or a database out of reach.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Makes the world in an empty vault: about a hundred days of work, the last of it today or on the last working day.
/// The clock is set back meanwhile and runs again afterwards, also when this fails.
///
/// # Errors
/// A port refused what the story tells (the message names the signal or case and its fields), or a database is out
/// of reach. The vault is then half filled and good for nothing.
pub async fn build(served: &Assembled, directory: &Directory, clock: &DemoClock) -> Result<(), Failure> {
    let now = clock.now();
    municipality::enter(directory).await?;
    people::enter(directory).await?;
    register::enter(directory, now.day()).await?;
    let told = story::tell(served, clock, now).await;
    clock.release();
    told
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
