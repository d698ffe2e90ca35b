//! Days and times as people read them, on the clock of the Netherlands.

use super::Lang;
use plein_domain::moment::{Day, Moment};

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `23 november 2026`.
pub(crate) fn day(day: Day) -> String {
    let months = match Lang::current() {
        Lang::En => MONTHS_EN,
        _ => MONTHS_NL,
    };
    let month = months[usize::from(u8::from(day.0.month())) - 1];
    format!("{} {month} {}", day.0.day(), day.0.year())
}

/// `nov`.
pub(crate) fn month(day: Day) -> &'static str {
    let months = match Lang::current() {
        Lang::En => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        _ => ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    };
    months[usize::from(u8::from(day.0.month())) - 1]
}

/// `22:14`.
pub(crate) fn time_of_day(moment: Moment) -> String {
    let time = moment.amsterdam();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `23 november 2026, 22:14`.
pub(crate) fn when(moment: Moment) -> String {
    format!("{}, {}", day(moment.day()), time_of_day(moment))
}

/// A day as people type it, `23-11-2026`; anything that is no day stays as it was typed.
pub(crate) fn day_typed(typed: &str) -> String {
    match typed.parse::<Day>() {
        Ok(day) => format!("{:02}-{:02}-{:04}", day.0.day(), u8::from(day.0.month()), day.0.year()),
        Err(()) => typed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::{Owner, provide_context};

    #[test]
    fn a_moment_is_told_in_the_language_of_the_page_on_the_dutch_clock() {
        // 2026-11-23T21:14:09Z and 2026-07-01T21:59:00Z
        let told = |lang: Lang, seconds: i64| {
            Owner::new().with(|| {
                provide_context(lang);
                when(Moment(seconds * 1_000_000))
            })
        };
        assert_eq!(told(Lang::Nl, 1_795_468_449), "23 november 2026, 22:14");
        assert_eq!(told(Lang::En, 1_795_468_449), "23 November 2026, 22:14");
        assert_eq!(told(Lang::Nl, 1_782_943_140), "1 juli 2026, 23:59");
    }

    #[test]
    fn a_typed_day_is_shown_the_dutch_way_and_a_wrong_one_as_it_was_typed() {
        assert_eq!(day_typed("2026-11-03"), "03-11-2026");
        assert_eq!(day_typed("30-2-2026"), "30-2-2026");
    }
}
