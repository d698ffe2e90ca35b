//! How many windows with a plan in them are open on this node, over all rooms.

use plein_domain::ids::PersonId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// How many windows may have a plan open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// Of one person.
    pub per_person: usize,
    /// Altogether.
    pub all: usize,
}

impl Default for Windows {
    fn default() -> Self {
        Self { per_person: 40, all: 1_500 }
    }
}

/// Who has how many.
#[derive(Default)]
pub(super) struct Seats(Mutex<Taken>);

#[derive(Default)]
struct Taken {
    most: Windows,
    all: usize,
    by: HashMap<PersonId, usize>,
}

impl Seats {
    /// From now on there may be so many.
    pub fn limit(&self, most: Windows) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).most = most;
    }

    /// A seat for this person; none when they have too many, or there are none left.
    pub fn take(self: &Arc<Self>, person: PersonId) -> Option<Seat> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = taken.by.get(&person).copied().unwrap_or_default();
        if taken.all >= taken.most.all || theirs >= taken.most.per_person {
            return None;
        }
        taken.all += 1;
        taken.by.insert(person, theirs + 1);
        Some(Seat { seats: self.clone(), person })
    }
}

/// One window; given back when it is dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    person: PersonId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        match taken.by.get_mut(&self.person) {
            Some(number) if *number > 1 => *number -= 1,
            _ => drop(taken.by.remove(&self.person)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn one_person_takes_not_all_the_seats_and_a_seat_that_is_left_is_free_again() {
        let seats = Arc::new(Seats::default());
        seats.limit(Windows { per_person: 2, all: 3 });
        let [anna, bram, carla] = [1, 2, 3].map(|id| PersonId(Uuid::from_u128(id)));
        let first = seats.take(anna);
        let second = seats.take(anna);
        assert!(first.is_some() && second.is_some() && seats.take(anna).is_none());
        let third = seats.take(bram);
        assert!(third.is_some() && seats.take(carla).is_none(), "there are three altogether");
        drop(first);
        assert!(seats.take(carla).is_some());
        drop((second, third));
        assert!(seats.0.lock().expect("whole").by.is_empty());
    }
}
