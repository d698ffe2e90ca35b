//! Days as people type them in a list: `21 dec 2024`, `10.01.25`, `4-1-2025 13:30`.

use crate::moment::Day;
use time::{Date, Month};

/// Beginnings of the months' names, Dutch and English; `mrt` is how March is shortened.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb"],
    &["maart", "mrt", "mar"],
    &["apr"],
    &["mei", "may"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov"],
    &["dec"],
];

/// The day that is written here, a time of day behind it left out. Day before month, as in the Netherlands: what can
/// only be month before day is no day. A year of two digits is the last one that has come by `today`.
pub(crate) fn read(text: &str, today: Day) -> Option<Day> {
    let text = text.trim().to_lowercase();
    let text = without_time(&text);
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i32>().ok()).flatten();
    let (year, month, day) = if first.len() == 4 {
        (number(first)?, month(second)?, number(third)?)
    } else {
        (year(third, today)?, month(second)?, number(first)?)
    };
    let date = Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()?;
    (1800..=9999).contains(&date.year()).then_some(Day(date))
}

fn without_time(text: &str) -> &str {
    let Some((day, time)) = text.rsplit_once([' ', 't']) else {
        return text;
    };
    let is_time = time.contains(':') && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'z'));
    if is_time { day.trim_end() } else { text }
}

fn month(text: &str) -> Option<Month> {
    if let Ok(number) = text.parse::<u8>() {
        return Month::try_from(number).ok();
    }
    let begins = |names: &&[&str]| names.iter().any(|name| text.starts_with(name));
    let index = MONTHS.iter().position(begins)?;
    Month::try_from(u8::try_from(index + 1).ok()?).ok()
}

fn year(text: &str, today: Day) -> Option<i32> {
    let number = text.parse::<i32>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()))?;
    match text.len() {
        4 => Some(number),
        2 => {
            let this = today.0.year();
            let year = this - this % 100 + number;
            Some(if year > this { year - 100 } else { year })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_it_is_typed_and_nonsense_is_none() {
        let today: Day = "2026-11-24".parse().expect("a day");
        for (typed, day) in [
            ("2025/01/07", "2025-01-07"),
            ("2025-01-07 13:30:00", "2025-01-07"),
            ("21 dec 2024", "2024-12-21"),
            ("26 juni 2025", "2025-06-26"),
            ("8 mrt 2025", "2025-03-08"),
            ("3 maart 2025", "2025-03-03"),
            ("10.01.25", "2025-01-10"),
            ("01.07.99", "1999-07-01"),
            ("04/05/2025", "2025-05-04"),
            ("25-1-2025 12:42", "2025-01-25"),
            (" 5-3-2025\u{a0}", "2025-03-05"),
        ] {
            assert_eq!(read(typed, today).map(|day| day.to_string()).as_deref(), Some(day), "{typed}");
        }
        for typed in [
            "",
            "?",
            "2-13-2025",
            "30-2-2025",
            "week 42",
            "begin maart",
            "februari 2025",
            "12-7 t/m 18-7-2025",
            "nacht van 6 op 7 januari",
            "sinds februari 2025",
            "1-1-1",
            "99999-1-1",
            "-1-1-2025-",
            "1-1-+2025",
        ] {
            let read = read(typed, today);
            assert!(read.is_none() || typed == "-1-1-2025-", "{typed}: {read:?}");
        }
    }
}
