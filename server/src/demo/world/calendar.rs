//! The working days of the story, counted backwards.

use super::Failure;
use plein_domain::moment::{Day, Moment};

/// A day counts as the last one of the story once this hour has passed on it; nothing is told later on that day.
const CLOSES: u8 = 10;
/// Feast days with a fixed date, as month and day.
const FEASTS: [(u8, u8); 4] = [(1, 1), (4, 27), (12, 25), (12, 26)];

/// Working days, the last one first.
pub(super) struct Calendar(Vec<Day>);

impl Calendar {
    /// The last `count` working days before this moment.
    pub(super) fn before(now: Moment, count: usize) -> Self {
        let today = now.day();
        let first = if now.amsterdam().hour() >= CLOSES { Some(today) } else { earlier(today, 1) };
        let days = std::iter::successors(first, |day| earlier(*day, 1));
        Self(days.filter(is_working).take(count).collect())
    }

    /// The moment at which it is this late, in the Netherlands, this many working days ago.
    ///
    /// # Errors
    /// A day before the calendar begins, or a time that does not exist.
    pub(super) fn moment(&self, days_ago: usize, (hour, minute): (u8, u8)) -> Result<Moment, Failure> {
        let day = self.0.get(days_ago).ok_or_else(|| format!("the calendar has no day {days_ago} working days ago"))?;
        let seconds = day.0.with_hms(hour, minute, 0)?.assume_utc().unix_timestamp();
        // Dutch clocks change on Sundays before dawn, so around working hours both moments have the same offset.
        let as_if_utc = Moment(0).plus_seconds(seconds);
        Ok(as_if_utc.plus_seconds(-i64::from(as_if_utc.amsterdam().offset().whole_seconds())))
    }
}

/// The day this many days earlier.
pub(super) fn earlier(day: Day, days: u16) -> Option<Day> {
    (0..days).try_fold(day.0, |date, _| date.previous_day()).map(Day)
}

/// The day this many days later, or earlier when negative.
pub(super) fn shifted(day: Day, days: i16) -> Option<Day> {
    if days < 0 {
        return earlier(day, days.unsigned_abs());
    }
    (0..days).try_fold(day.0, |date, _| date.next_day()).map(Day)
}

fn is_working(day: &Day) -> bool {
    let date = day.0;
    date.weekday().number_days_from_monday() < 5 && !FEASTS.contains(&(u8::from(date.month()), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 23 November 2026, 09:59:59 in the Netherlands.
    const BEFORE_TEN: Moment = Moment(1_795_424_399_000_000);

    #[test]
    fn the_story_ends_on_the_last_working_day_that_has_come_far_enough() {
        let last = |now: Moment| Calendar::before(now, 1).0.first().map(Day::to_string);
        assert_eq!(last(BEFORE_TEN).as_deref(), Some("2026-11-20"));
        assert_eq!(last(BEFORE_TEN.plus_seconds(1)).as_deref(), Some("2026-11-23"));
    }

    #[test]
    fn it_is_as_late_on_dutch_clocks_in_summer_as_in_winter() {
        let calendar = Calendar::before(BEFORE_TEN, 40);
        for days in [0, 39] {
            let moment = calendar.moment(days, (9, 30)).expect("a moment").amsterdam();
            assert_eq!((moment.hour(), moment.minute()), (9, 30));
        }
        assert!(calendar.moment(40, (9, 30)).is_err());
    }
}
