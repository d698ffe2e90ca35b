//! What identifies a person, organisation, place, vehicle, account or telephone; each kind by its own rule.
//!
//! An [`Identifier`] exists only when its rule holds, and has one spelling however it was typed, because the
//! blind index compares spellings. What must never happen here: a guess that turns one identifier into
//! another, or a value that appears in a log ([`fmt::Debug`] names the kind only).

use serde::{Deserialize, Serialize};
use std::fmt;

mod address;
mod iban;
mod name;
mod phone;
#[cfg(test)]
mod tests;

pub use name::folded;

codes! {
    /// What an identifier identifies, and so which rule it follows.
    IdentifierKind {
        /// Citizen service number (burgerservicenummer).
        Bsn = "bsn",
        /// Number of a legal person (rechtspersonen en samenwerkingsverbanden informatienummer).
        Rsin = "rsin",
        /// Registration in the trade register of the Chamber of Commerce.
        Kvk = "kvk",
        /// Establishment (vestiging) in the trade register.
        KvkEstablishment = "kvk-establishment",
        /// Address, building, berth or pitch in the register of addresses and buildings.
        Bag = "bag",
        /// Bank account.
        Iban = "iban",
        /// Dutch licence plate.
        Plate = "plate",
        /// Telephone number.
        Phone = "phone",
        /// Postcode with house number.
        PostcodeNumber = "postcode-number",
        /// Name with date of birth, for who has no known number.
        NameBirthDate = "name-birth-date",
    }
}

codes! {
    /// Why what was typed is not an identifier of this kind.
    IdentifierFault {
        /// Nothing was typed, or only spaces and dashes.
        Empty = "empty",
        /// More than 200 characters, as typed or as spelled afterwards.
        TooLong = "too-long",
        /// Something other than the digits 0 to 9 where only those can be.
        NotDigits = "not-digits",
        /// Not the number of digits that this kind has.
        Length = "length",
        /// Zeros only.
        AllZero = "all-zero",
        /// The 11-test fails: a digit is wrong, or two changed places.
        ElevenTest = "eleven-test",
        /// The first four digits, the municipality, are zeros.
        BagMunicipality = "bag-municipality",
        /// Digits five and six are not 01, 02, 03, 10 or 20.
        BagType = "bag-type",
        /// Not a country, two check digits, and letters and digits as that country places them.
        IbanShape = "iban-shape",
        /// Not as long as accounts in that country are.
        IbanCountryLength = "iban-country-length",
        /// The check digits do not fit the rest.
        IbanChecksum = "iban-checksum",
        /// None of the fourteen patterns of Dutch plates.
        PlateShape = "plate-shape",
        /// Not a Dutch number with its leading zero, nor an international one with its country code.
        PhoneShape = "phone-shape",
        /// Not four digits (the first not 0) and two letters, or letters that are never issued.
        PostcodeShape = "postcode-shape",
        /// No house number from 1 to 99999, or more than five letters and digits behind it.
        HouseNumber = "house-number",
        /// No letters before the `|`.
        NameMissing = "name-missing",
        /// No `|` with a whole day behind it, or one before 1800.
        BirthDate = "birth-date",
    }
}

use IdentifierFault as Fault;
use IdentifierKind as Kind;

/// A valid identifier in its one spelling.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Identifier {
    kind: Kind,
    #[serde(rename = "value")]
    normalised: String,
}

/// An identifier as it stands in JSON, not yet judged.
#[derive(Deserialize)]
struct Written {
    kind: Kind,
    value: String,
}

impl TryFrom<Written> for Identifier {
    /// The code of the fault: an error must not repeat the value.
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        Self::parse(written.kind, &written.value).map_err(Fault::code)
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identifier").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Identifier {
    /// Reads what a person typed: separators are ignored, digits other than 0 to 9 are refused.
    ///
    /// # Errors
    /// The first reason why this is not an identifier of this kind.
    pub fn parse(kind: Kind, typed: &str) -> Result<Self, Fault> {
        if is_too_long(typed) {
            return Err(Fault::TooLong);
        }
        let visible: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
        let text = visible.trim();
        if text.chars().all(is_separator) {
            return Err(Fault::Empty);
        }
        let normalised = match kind {
            Kind::Bsn => bsn(text)?,
            Kind::Rsin => eleven_tested(digits(text)?)?,
            Kind::Kvk => exactly(8, digits(text)?)?,
            Kind::KvkEstablishment => exactly(12, digits(text)?)?,
            Kind::Bag => bag(text)?,
            Kind::Iban => iban::normalise(text)?,
            Kind::Plate => plate(text)?,
            Kind::Phone => phone::normalise(text)?,
            Kind::PostcodeNumber => address::normalise(text)?,
            Kind::NameBirthDate => name::normalise(text)?,
        };
        if is_too_long(&normalised) { Err(Fault::TooLong) } else { Ok(Self { kind, normalised }) }
    }

    /// What it identifies.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The one spelling, which the blind index is computed over; parsing it again gives the same.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    /// As people write it: `NL91 ABNA 0417 1643 00`, `AB-123-C`, `06-12345678`, `1234 AB 12a-1`.
    pub fn display(&self) -> String {
        let value = self.normalised.as_str();
        match self.kind {
            Kind::Iban => iban::display(value),
            Kind::Plate => plate_with_dashes(value),
            Kind::Phone => phone::display(value),
            Kind::PostcodeNumber => address::display(value),
            Kind::Bsn | Kind::Rsin | Kind::Kvk | Kind::KvkEstablishment | Kind::Bag | Kind::NameBirthDate => {
                value.to_owned()
            }
        }
    }
}

/// Whether there are more characters than any identifier has.
fn is_too_long(text: &str) -> bool {
    text.chars().nth(200).is_some()
}

/// What people put between the parts of a number: spaces of every width, dots, dashes.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What comes along unseen when text is copied from a document: soft hyphens, zero-width and direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn without_separators(text: &str) -> String {
    text.chars().filter(|c| !is_separator(*c)).collect()
}

fn digits(text: &str) -> Result<String, Fault> {
    let digits = without_separators(text);
    if digits.bytes().all(|b| b.is_ascii_digit()) { Ok(digits) } else { Err(Fault::NotDigits) }
}

/// Trade register: 8 digits for a registration, 12 for an establishment (Catalogus Handelsregister); no
/// checksum.
fn exactly(length: usize, digits: String) -> Result<String, Fault> {
    if digits.len() != length {
        Err(Fault::Length)
    } else if digits.bytes().all(|b| b == b'0') {
        Err(Fault::AllZero)
    } else {
        Ok(digits)
    }
}

/// BSN (Logisch Ontwerp BSN): nine digits; a leading zero is lost where the number was kept as a number, so
/// eight digits get it back. Not so for an RSIN, which an eight-digit KvK number would pass for once in
/// eleven times.
fn bsn(text: &str) -> Result<String, Fault> {
    let mut digits = digits(text)?;
    if digits.len() == 8 {
        digits.insert(0, '0');
    }
    eleven_tested(digits)
}

/// The 11-test of BSN and RSIN: 9·d1 + 8·d2 + … + 2·d8 − 1·d9 is a multiple of 11.
fn eleven_tested(digits: String) -> Result<String, Fault> {
    let digits = exactly(9, digits)?;
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let sum: i32 = digits.bytes().zip(weights).map(|(b, weight)| i32::from(b - b'0') * weight).sum();
    if sum % 11 == 0 { Ok(digits) } else { Err(Fault::ElevenTest) }
}

/// BAG (Catalogus BAG 2018, "Identificatie"): municipality (4), type of object (2), serial number (10).
fn bag(text: &str) -> Result<String, Fault> {
    let digits = exactly(16, digits(text)?)?;
    if digits.starts_with("0000") {
        Err(Fault::BagMunicipality)
    } else if !matches!(&digits[4..6], "01" | "02" | "03" | "10" | "20") {
        Err(Fault::BagType)
    } else {
        Ok(digits)
    }
}

/// Sidecodes 1 to 14 (Regeling kentekens en kentekenplaten; 11 to 14 by Stcrt. 2014, 9002), `A` a letter, `0`
/// a digit. Without dashes they all differ. Letters are not restricted: older series used nearly all of them.
/// Plates of the royal household and the international courts (`AA-12`, `CDJ-123`) follow none of these, and
/// are refused.
const SIDECODES: [&str; 14] = [
    "AA-00-00", "00-00-AA", "00-AA-00", "AA-00-AA", "AA-AA-00", "00-AA-AA", "00-AAA-0", "0-AAA-00", "AA-000-A",
    "A-000-AA", "AAA-00-A", "A-00-AAA", "0-AA-000", "000-AA-0",
];

/// The sidecode of a plate without dashes.
fn sidecode(plate: &str) -> Option<&'static str> {
    let shape = |c: char| match c {
        '0'..='9' => '0',
        'A'..='Z' => 'A',
        other => other,
    };
    SIDECODES.into_iter().find(|code| code.chars().filter(|c| *c != '-').eq(plate.chars().map(shape)))
}

/// Dutch plate: six letters and digits, upper case, without dashes, as the RDW registers it.
fn plate(text: &str) -> Result<String, Fault> {
    let plate = without_separators(text).to_ascii_uppercase();
    if sidecode(&plate).is_some() { Ok(plate) } else { Err(Fault::PlateShape) }
}

fn plate_with_dashes(plate: &str) -> String {
    let mut rest = plate.chars();
    let code = sidecode(plate).unwrap_or_default();
    code.chars().filter_map(|c| if c == '-' { Some('-') } else { rest.next() }).collect()
}
