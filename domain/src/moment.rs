//! Points in time and days, and the clock and randomness that are handed in.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use time::{
    Date, OffsetDateTime,
    format_description::{BorrowedFormatItem, well_known::Rfc3339},
    macros::format_description,
};

/// A point in time: microseconds since 1970-01-01T00:00:00Z. The same integer on both database engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The moment `seconds` later (or earlier, when negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Reads `2026-11-23T09:30:00.000Z`, as a browser writes it.
    pub fn from_iso(text: &str) -> Option<Self> {
        let nanoseconds = OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos();
        i64::try_from(nanoseconds / 1_000).ok().map(Self)
    }

    /// Writes `2026-11-23T09:30:00Z`, to the second.
    pub fn iso(self) -> String {
        self.utc().truncate_to_second().format(&Rfc3339).unwrap_or_default()
    }

    /// UTC date and time, as `time` has it. Moments beyond what a calendar holds become 1970.
    pub fn utc(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// Date and time on a clock in the Netherlands (CET, or CEST from the last Sunday of March to that of
    /// October, 01:00 UTC; Directive 2000/84/EC).
    pub fn amsterdam(self) -> OffsetDateTime {
        let utc = self.utc();
        let year = utc.year();
        let change = |month| {
            let last = Date::from_calendar_date(year, month, 31).unwrap_or(utc.date());
            let sunday = last - time::Duration::days(i64::from(last.weekday().number_days_from_sunday()));
            sunday.midnight().assume_utc() + time::Duration::HOUR
        };
        let summer = utc >= change(time::Month::March) && utc < change(time::Month::October);
        let offset = time::UtcOffset::from_hms(if summer { 2 } else { 1 }, 0, 0).unwrap_or(time::UtcOffset::UTC);
        utc.to_offset(offset)
    }

    /// The day it is in the Netherlands at this moment.
    pub fn day(self) -> Day {
        Day(self.amsterdam().date())
    }
}

const ISO: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// A calendar day, written `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub Date);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl FromStr for Day {
    type Err = ();
    /// Reads `2026-11-23`, and also `23-11-2026`, which is how people type a day.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        if let Ok(date) = Date::parse(text, ISO) {
            return Self::of_our_time(date);
        }
        let mut parts = text.split(['-', '/', '.']);
        let (Some(day), Some(month), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        if year.len() != 4 {
            return Err(());
        }
        let month = month.parse::<u8>().ok().and_then(|month| time::Month::try_from(month).ok()).ok_or(())?;
        let date = Date::from_calendar_date(year.parse().map_err(|_| ())?, month, day.parse().map_err(|_| ())?);
        Self::of_our_time(date.map_err(|_| ())?)
    }
}

impl Day {
    /// A day that somebody can mean: nothing before 1800, and what four digits can write, so that what is kept can
    /// be read again.
    fn of_our_time(date: Date) -> Result<Self, ()> {
        if (1800..=9999).contains(&date.year()) { Ok(Self(date)) } else { Err(()) }
    }
}

impl Day {
    /// The moment it begins in the Netherlands. The clocks never change at midnight.
    pub fn begins(self) -> Moment {
        let midnight = self.0.midnight().assume_utc();
        let at = |hours| {
            let nanoseconds = (midnight - time::Duration::hours(hours)).unix_timestamp_nanos();
            Moment(i64::try_from(nanoseconds / 1_000).unwrap_or(i64::MAX))
        };
        let summer = at(2);
        if summer.day() == self { summer } else { at(1) }
    }

    /// The next day; of the last day there is, itself.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.next_day().unwrap_or(self.0))
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom("not a day"))
    }
}

/// Tells the time. Handed in everywhere, so that tests and the demo can set it.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// Gives randomness. Handed in everywhere; the real one asks the operating system.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with unpredictable bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// A random (version 4) UUID from the randomness handed in.
pub fn random_id<T: From<uuid::Uuid>>(entropy: &dyn Entropy) -> T {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_clocks_change_on_the_last_sundays_of_march_and_october() {
        // 2026-03-29T00:59:59Z and one second later; 2026-10-25T00:59:59Z and one second later.
        for (seconds, hour) in [(1_774_745_999, 1), (1_774_746_000, 3), (1_792_889_999, 2), (1_792_890_000, 2)] {
            assert_eq!(Moment(seconds * 1_000_000).amsterdam().hour(), hour, "{seconds}");
        }
    }

    #[test]
    fn a_moment_is_read_as_browsers_write_it() {
        let moment = Moment(1_795_424_399_000_000);
        assert_eq!(Moment::from_iso(&moment.iso()), Some(moment));
        assert_eq!(Moment::from_iso("2026-11-23T08:59:59.000Z"), Some(moment));
        assert_eq!((Moment::from_iso("gisteren"), Moment::from_iso("2026-11-23")), (None, None));
    }

    #[test]
    fn a_day_is_read_as_people_type_it_and_impossible_days_are_not_days() {
        assert_eq!("3-2-2026".parse::<Day>().map(|day| day.to_string()), Ok("2026-02-03".into()));
        assert_eq!("2026-02-03".parse::<Day>().map(|day| day.to_string()), Ok("2026-02-03".into()));
        for text in [
            "30-2-2026",
            "2026-13-01",
            "gisteren",
            "1-1-26",
            "",
            "1-1-2026-1",
            "-0500-01-01",
            "+12026-01-01",
            "1-1-0001",
        ] {
            assert_eq!(text.parse::<Day>(), Err(()), "{text}");
        }
    }
}
