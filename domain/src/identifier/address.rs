//! Postcode with house number. What must never happen here: two doors with one spelling.

use super::{IdentifierFault as Fault, is_separator};

/// Postcode (PostNL: the first digit is not 0, the letters SA, SD and SS are never issued) and house number
/// with letter and addition (Catalogus BAG: at most 99999, one letter, four more characters).
///
/// One spelling: `1234AB 12 A-1`, that is postcode, number, and behind it the runs of letters and of digits
/// joined by a dash. So `12a1` is `12 A-1`, while `12-1-2` and `12-12` stay apart.
pub(super) fn normalise(text: &str) -> Result<String, Fault> {
    let is_gap = |c: &char| is_separator(*c) || matches!(c, ',' | '/');
    let mut rest = text.chars().peekable();
    let mut postcode = String::new();
    while postcode.len() < 6 {
        match rest.next().ok_or(Fault::PostcodeShape)? {
            c if is_gap(&c) => {}
            c if c.is_ascii_digit() && postcode.len() < 4 && (c, postcode.len()) != ('0', 0) => postcode.push(c),
            c if c.is_ascii_alphabetic() && postcode.len() >= 4 => postcode.push(c.to_ascii_uppercase()),
            _ => return Err(Fault::PostcodeShape),
        }
    }
    if matches!(&postcode[4..], "SA" | "SD" | "SS") {
        return Err(Fault::PostcodeShape);
    }
    while rest.next_if(is_gap).is_some() {}
    let number: String = std::iter::from_fn(|| rest.next_if(char::is_ascii_digit)).collect();
    let number = number.parse::<u32>().ok().filter(|number| (1..=99_999).contains(number)).ok_or(Fault::HouseNumber)?;
    let suffix = house_suffix(rest.map(|c| if is_gap(&c) { '-' } else { c.to_ascii_uppercase() }))?;
    Ok(format!("{postcode} {number} {suffix}").trim_end().to_owned())
}

/// What stands behind a house number, its runs of letters and of digits joined by a dash.
fn house_suffix(typed: impl Iterator<Item = char>) -> Result<String, Fault> {
    let mut suffix = String::new();
    let mut last = '-';
    for c in typed {
        let run_ends = last == '-' || c.is_ascii_digit() != last.is_ascii_digit();
        last = c;
        match c {
            '-' => continue,
            'A'..='Z' | '0'..='9' if run_ends && !suffix.is_empty() => suffix.extend(['-', c]),
            'A'..='Z' | '0'..='9' => suffix.push(c),
            _ => return Err(Fault::HouseNumber),
        }
    }
    if suffix.chars().filter(|c| *c != '-').count() <= 5 { Ok(suffix) } else { Err(Fault::HouseNumber) }
}

/// `1234 AB 12a-1`: a house letter small and attached, everything else behind a dash.
pub(super) fn display(normalised: &str) -> String {
    let (postcode, house) = normalised.split_once(' ').unwrap_or((normalised, ""));
    let (number, suffix) = house.split_once(' ').unwrap_or((house, ""));
    let (numerals, letters) = postcode.split_at_checked(4).unwrap_or((postcode, ""));
    let (first, others) = suffix.split_once('-').map_or((suffix, None), |(first, others)| (first, Some(others)));
    let mut line = format!("{numerals} {letters} {number}");
    match first.as_bytes() {
        [] => {}
        [letter @ b'A'..=b'Z'] => line.push(char::from(letter.to_ascii_lowercase())),
        _ => line.extend(["-", first]),
    }
    line.extend(others.into_iter().flat_map(|others| ["-", others]));
    line
}
