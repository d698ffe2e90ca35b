//! Bank accounts. What must never happen here: an account accepted whose check digits do not fit.

use super::{IdentifierFault as Fault, without_separators};

/// What follows the check digits, per country: `n` digits, `a` letters, `c` either (SWIFT IBAN Registry, ISO
/// 13616). A country that is not here may have 15 to 34 characters, and still has to pass the checksum.
pub(super) const ACCOUNTS: &str = "
    AD8n12c AE19n AL8n16c AT16n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BR23n1a1c BY4c4n16c CH5n12c CR18n
    CY8n16c CZ20n DE18n DK14n DO4c20n EE16n EG25n ES20n FI14n FO14n FR10n11c2n GB4a14n GE2a16n GI4a15c GL14n
    GR7n16c GT24c HR17n HU24n IE4a14n IL19n IQ4a15n IS22n IT1a10n12c JO4a4n18c KW4a22c KZ3n13c LB4n20c
    LC4a24c LI5n12c LT16n LU3n13c LV4a13c MC10n11c2n MD20c ME18n MK3n10c2n MR23n MT4a5n18c MU4a19n3a NL4a10n
    NO11n PK4a16c PL24n PS4a21c PT21n QA4a21c RO4a16c RS18n SA2n18c SC4a20n3a SE20n SI15n SK20n SM1a10n12c
    ST21n SV4a20n TL19n TN20n TR6n16c UA6n19c VA18n VG4a16n XK16n";

/// One letter `n`, `a` or `c` for each character behind the check digits; none for an unknown country.
pub(super) fn account_shape(country: &str) -> Option<String> {
    let pattern = ACCOUNTS.split_whitespace().find_map(|entry| entry.strip_prefix(country))?;
    let (mut shape, mut count) = (String::new(), 0);
    for c in pattern.chars() {
        if let Some(digit) = c.to_digit(10) {
            count = count * 10 + digit as usize;
        } else {
            shape.extend(std::iter::repeat_n(c, count));
            count = 0;
        }
    }
    Some(shape)
}

/// IBAN (ISO 13616): country, check digits 02 to 98, account; upper case.
pub(super) fn normalise(text: &str) -> Result<String, Fault> {
    let iban = without_separators(text).to_ascii_uppercase();
    let fits = |(b, class): (u8, u8)| match class {
        b'n' => b.is_ascii_digit(),
        b'a' => b.is_ascii_uppercase(),
        _ => b.is_ascii_digit() || b.is_ascii_uppercase(),
    };
    if !iban.is_ascii() || iban.len() < 5 || !iban.bytes().zip(*b"aann").all(fits) {
        return Err(Fault::IbanShape);
    }
    let (shape, lengths) = match account_shape(&iban[..2]) {
        Some(shape) => (shape.clone(), shape.len()..=shape.len()),
        None => ("c".repeat(iban.len() - 4), 11..=30),
    };
    if !lengths.contains(&(iban.len() - 4)) {
        Err(Fault::IbanCountryLength)
    } else if !iban[4..].bytes().zip(shape.bytes()).all(fits) {
        Err(Fault::IbanShape)
    } else if !("02"..="98").contains(&&iban[2..4]) || mod_97(&iban) != 1 {
        Err(Fault::IbanChecksum)
    } else {
        Ok(iban)
    }
}

/// ISO 7064 MOD 97-10 over account, country, check digits, with letters as 10 to 35.
pub(super) fn mod_97(iban: &str) -> u32 {
    let rotated = iban.chars().skip(4).chain(iban.chars().take(4));
    rotated.filter_map(|c| c.to_digit(36)).fold(0, |rest, value| {
        let shift = if value < 10 { 10 } else { 100 };
        (rest * shift + value) % 97
    })
}

/// In groups of four, as on paper (ISO 13616).
pub(super) fn display(iban: &str) -> String {
    let mut text = String::new();
    for (index, c) in iban.chars().enumerate() {
        text.extend((index > 0 && index % 4 == 0).then_some(' '));
        text.push(c);
    }
    text
}
