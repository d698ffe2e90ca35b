//! How many, as people write it.

use super::{Lang, imports, number_of};
use plein_domain::list::{COUNTED, Count};

/// `12`, `1.000`, `1.000+`; in English `1,000+`.
pub(crate) fn counted(count: Count) -> String {
    match count {
        Count::Exactly(number) => thousands(number),
        Count::More => format!("{}+", thousands(COUNTED)),
    }
}

/// `1 regel`, `12 regels`.
pub(crate) fn rows(number: impl TryInto<i64>) -> String {
    number_of(number.try_into().unwrap_or(i64::MAX), imports::ROWS_ONE, imports::ROWS_MANY)
}

fn thousands(number: u32) -> String {
    let mark = if Lang::current() == Lang::Nl { '.' } else { ',' };
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(mark);
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::{Owner, provide_context};

    #[test]
    fn a_count_is_written_as_its_language_writes_it() {
        for (lang, number, written) in [
            (Lang::Nl, 0, "0"),
            (Lang::Nl, 999, "999"),
            (Lang::Nl, 1_000, "1.000"),
            (Lang::En, 1_000, "1,000"),
            (Lang::En, 1_234_567, "1,234,567"),
        ] {
            Owner::new_root(None).with(|| {
                provide_context(lang);
                assert_eq!(thousands(number), written);
            });
        }
        Owner::new_root(None).with(|| {
            provide_context(Lang::En);
            assert_eq!(counted(Count::More), "1,000+");
        });
    }
}
