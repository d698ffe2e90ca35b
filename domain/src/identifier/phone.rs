//! Telephone numbers. What must never happen here: a number that rings elsewhere than the one that was typed.

use super::{IdentifierFault as Fault, is_separator};

/// Countries that drop the leading zero behind their country code: `+31 (0)6…` is `+316…`. Elsewhere (Italy)
/// the zero may belong to the number, so a bracketed one is refused there rather than guessed about.
const ZERO_DROPPED: [&str; 11] = ["31", "32", "33", "40", "41", "43", "44", "46", "49", "90", "212"];

/// Telephone number as `+` and 8 to 15 digits (ITU-T E.164), from `06…`, `0031…`, `+31(0)…` or `+49…`.
/// Dutch lengths are those of the Nummerplan telefoon- en ISDN-diensten.
pub(super) fn normalise(text: &str) -> Result<String, Fault> {
    let bracketed: String = text.chars().filter(|c| !is_separator(*c) && *c != '/').collect();
    let plain: String = bracketed.chars().filter(|c| !matches!(c, '(' | ')')).collect();
    let mut number = if let Some(foreign) = plain.strip_prefix('+').or_else(|| plain.strip_prefix("00")) {
        foreign.to_owned()
    } else {
        format!("31{}", plain.strip_prefix('0').ok_or(Fault::PhoneShape)?)
    };
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::PhoneShape);
    }
    let dropped = ZERO_DROPPED.into_iter().find_map(|code| Some((code, number.strip_prefix(code)?)));
    let fits = if let Some((code, rest)) = dropped {
        let national = rest.strip_prefix('0').unwrap_or(rest).to_owned();
        number = format!("{code}{national}");
        !national.starts_with('0') && (code != "31" || dutch_length(&national).contains(&national.len()))
    } else {
        !number.starts_with('0') && !bracketed.contains("(0)")
    };
    if fits && (8..=15).contains(&number.len()) { Ok(format!("+{number}")) } else { Err(Fault::PhoneShape) }
}

/// How long a Dutch number is without its leading zero: service numbers vary, devices (097) have eleven
/// digits.
fn dutch_length(national: &str) -> std::ops::RangeInclusive<usize> {
    match national.get(..2) {
        Some("80" | "90") => 7..=10,
        Some("97") => 11..=11,
        _ => 9..=9,
    }
}

/// Dutch numbers with the dash behind the area code; foreign ones as they are.
pub(super) fn display(number: &str) -> String {
    let Some(national) = number.strip_prefix("+31") else {
        return number.to_owned();
    };
    let area = match national.as_bytes() {
        [b'6', ..] => 1,
        [b'8', b'0', ..] | [b'9', b'0' | b'7', ..] => 3,
        [b'7' | b'8' | b'9', ..] | [b'1', b'0' | b'3' | b'5', ..] | [b'2', b'0' | b'3' | b'4' | b'6', ..] => 2,
        [b'3', b'0' | b'3' | b'5' | b'6' | b'8', ..] | [b'4', b'0' | b'3' | b'5' | b'6', ..] => 2,
        [b'5', b'0' | b'3' | b'5' | b'8', ..] => 2,
        _ => 3,
    };
    let (area, subscriber) = national.split_at_checked(area).unwrap_or((national, ""));
    format!("0{area}-{subscriber}")
}
