//! That valid identifiers are read however they are typed, that wrong ones are refused with their reason, and
//! that no text whatever breaks the reading.

use super::{IdentifierFault as Fault, IdentifierKind as Kind, *};
use proptest::{collection::vec, prelude::*, sample::select};

fn spelled(kind: Kind, typed: &str) -> Result<String, Fault> {
    Identifier::parse(kind, typed).map(|identifier| identifier.normalised)
}

fn shown(kind: Kind, typed: &str) -> Result<String, Fault> {
    Identifier::parse(kind, typed).map(|identifier| identifier.display())
}

#[test]
fn one_thing_has_one_spelling_however_it_is_typed() {
    for (kind, typed, spelling, display) in [
        (Kind::Bsn, "1234.56.782", "123456782", "123456782"),
        (Kind::Bsn, "\u{202a}123\u{a0}456–782\u{202c}", "123456782", "123456782"),
        (Kind::Bsn, "10000008", "010000008", "010000008"),
        (Kind::Rsin, "123 456 782", "123456782", "123456782"),
        (Kind::Kvk, "6859 9876", "68599876", "68599876"),
        (Kind::KvkEstablishment, "0000 3796 5834", "000037965834", "000037965834"),
        (Kind::Bag, "0363 01 0000000001", "0363010000000001", "0363010000000001"),
        (Kind::Iban, "nl91abna 0417-1643.00", "NL91ABNA0417164300", "NL91 ABNA 0417 1643 00"),
        (Kind::Plate, "ab123c", "AB123C", "AB-123-C"),
        (Kind::Plate, "12 ab cd", "12ABCD", "12-AB-CD"),
        (Kind::Phone, "06 12 34 56 78", "+31612345678", "06-12345678"),
        (Kind::Phone, "0031 (0)6-12345678", "+31612345678", "06-12345678"),
        (Kind::Phone, "+31 06 12345678", "+31612345678", "06-12345678"),
        (Kind::Phone, "(020) 123 45 67", "+31201234567", "020-1234567"),
        (Kind::Phone, "0515/123456", "+31515123456", "0515-123456"),
        (Kind::Phone, "088 12 34 567", "+31881234567", "088-1234567"),
        (Kind::Phone, "0800-1234", "+318001234", "0800-1234"),
        (Kind::Phone, "097012345678", "+3197012345678", "0970-12345678"),
        (Kind::Phone, "+49 (0)30 123456", "+4930123456", "+4930123456"),
        (Kind::Phone, "+39 06 1234567", "+39061234567", "+39061234567"),
        (Kind::PostcodeNumber, "1234 ab, 12 a", "1234AB 12 A", "1234 AB 12a"),
        (Kind::PostcodeNumber, "1234AB12-a1", "1234AB 12 A-1", "1234 AB 12a-1"),
        (Kind::PostcodeNumber, "1234 AB 012", "1234AB 12", "1234 AB 12"),
        (Kind::PostcodeNumber, "1234 AB 12 bis", "1234AB 12 BIS", "1234 AB 12-BIS"),
        (Kind::PostcodeNumber, "1234 AB 12 1hg", "1234AB 12 1-HG", "1234 AB 12-1-HG"),
        (
            Kind::NameBirthDate,
            " van  'T Hooft-Müller ,Łukasz José|1-2-1980",
            "van 't hooft-muller, lukasz jose|1980-02-01",
            "van 't hooft-muller, lukasz jose|1980-02-01",
        ),
    ] {
        assert_eq!(spelled(kind, typed).as_deref(), Ok(spelling), "{kind:?} {typed}");
        assert_eq!(shown(kind, typed).as_deref(), Ok(display), "{kind:?} {typed}");
    }
}

#[test]
fn what_is_not_an_identifier_is_refused_with_its_reason() {
    let long_name = format!("{}|1980-02-01", "ß".repeat(150));
    for (kind, typed, fault) in [
        (Kind::Bsn, "", Fault::Empty),
        (Kind::Bsn, " - . \u{a0}", Fault::Empty),
        (Kind::Bsn, "123456789", Fault::ElevenTest),
        (Kind::Bsn, "1234567", Fault::Length),
        (Kind::Bsn, "00000000", Fault::AllZero),
        (Kind::Bsn, "１２３４５６７８２", Fault::NotDigits),
        (Kind::Bsn, "١٢٣٤٥٦٧٨٢", Fault::NotDigits),
        (Kind::Rsin, "10000008", Fault::Length),
        (Kind::Kvk, "123456789", Fault::Length),
        (Kind::KvkEstablishment, "00003796583x", Fault::NotDigits),
        (Kind::Bag, "0000010000000001", Fault::BagMunicipality),
        (Kind::Bag, "0363300000000001", Fault::BagType),
        (Kind::Iban, "NL91ABNA041716430", Fault::IbanCountryLength),
        (Kind::Iban, "NL91ABNA04171643OO", Fault::IbanShape),
        (Kind::Iban, "NL92ABNA0417164300", Fault::IbanChecksum),
        (Kind::Iban, "NL99ABNA0417164350", Fault::IbanChecksum),
        (Kind::Iban, "NL", Fault::IbanShape),
        (Kind::Iban, "NL９１ABNA0417164300", Fault::IbanShape),
        (Kind::Plate, "ABC-123", Fault::PlateShape),
        (Kind::Plate, "AA-86", Fault::PlateShape),
        (Kind::Plate, "AB-１２３-C", Fault::PlateShape),
        (Kind::Phone, "12345678", Fault::PhoneShape),
        (Kind::Phone, "06-1234567", Fault::PhoneShape),
        (Kind::Phone, "+39 (0)6 1234567", Fault::PhoneShape),
        (Kind::Phone, "+1234567", Fault::PhoneShape),
        (Kind::Phone, "+", Fault::PhoneShape),
        (Kind::PostcodeNumber, "0123 AB 1", Fault::PostcodeShape),
        (Kind::PostcodeNumber, "1234 SS 1", Fault::PostcodeShape),
        (Kind::PostcodeNumber, "1234", Fault::PostcodeShape),
        (Kind::PostcodeNumber, "1234 AB", Fault::HouseNumber),
        (Kind::PostcodeNumber, "1234 AB 0", Fault::HouseNumber),
        (Kind::PostcodeNumber, "1234 AB 100000", Fault::HouseNumber),
        (Kind::PostcodeNumber, "1234 AB 12 boven1", Fault::HouseNumber),
        (Kind::PostcodeNumber, "1234 AB 12 é", Fault::HouseNumber),
        (Kind::NameBirthDate, "|1980-02-01", Fault::NameMissing),
        (Kind::NameBirthDate, "-, '|1980-02-01", Fault::NameMissing),
        (Kind::NameBirthDate, "Jansen, Piet", Fault::BirthDate),
        (Kind::NameBirthDate, "Jansen, Piet|30-2-1980", Fault::BirthDate),
        (Kind::NameBirthDate, "Jansen, Piet|1-2-+198", Fault::BirthDate),
        (Kind::NameBirthDate, "Jansen, Piet|0080-02-01", Fault::BirthDate),
        (Kind::NameBirthDate, &long_name, Fault::TooLong),
    ] {
        assert_eq!(spelled(kind, typed), Err(fault), "{kind:?} {typed}");
    }
    for kind in Kind::ALL {
        assert_eq!(spelled(*kind, &"1".repeat(201)), Err(Fault::TooLong), "{kind:?}");
    }
}

#[test]
fn different_doors_and_people_keep_different_spellings() {
    for (kind, one, other) in [
        (Kind::PostcodeNumber, "1234AB 12-1-2", "1234AB 12-12"),
        (Kind::PostcodeNumber, "1234AB 121", "1234AB 12-1"),
        (Kind::NameBirthDate, "Jansen, Piet|1980-02-01", "van Jansen, Piet|1980-02-01"),
        (Kind::NameBirthDate, "Jansen, Piet|1980-02-01", "Jansen, Piet|1980-01-02"),
    ] {
        assert_ne!(spelled(kind, one), spelled(kind, other), "{one} {other}");
    }
}

#[test]
fn the_examples_of_the_iban_registry_are_read() {
    for example in [
        "AD12 0001 2030 2003 5910 0100",
        "BE68 5390 0754 7034",
        "BR18 0036 0305 0000 1000 9795 493C 1",
        "DE89 3704 0044 0532 0130 00",
        "FR14 2004 1010 0505 0001 3M02 606",
        "GB29 NWBK 6016 1331 9268 19",
        "LC55 HEMM 0001 0001 0012 0012 0002 3015",
        "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        "MU17 BOMM 0101 1010 3030 0200 000M UR",
        "NO93 8601 1117 947",
        "SC18 SSCB 1101 0000 0000 0000 1497 USD",
        "TR33 0006 1005 1978 6457 8413 26",
        "UA21 3223 1300 0002 6007 2335 6600 1",
        "VA59 0011 2300 0012 3456 78",
    ] {
        assert_eq!(shown(Kind::Iban, example).as_deref(), Ok(example));
    }
}

/// Nine digits that pass the 11-test: the last is what the first eight demand, where that is a digit.
fn nine_digits() -> impl Strategy<Value = String> {
    vec(0..10_u32, 8).prop_filter_map("no last digit fits", |digits| {
        let sum: u32 = digits.iter().zip((2..=9).rev()).map(|(digit, weight)| digit * weight).sum();
        let text: String = digits.iter().map(u32::to_string).collect();
        (sum > 0 && sum % 11 < 10).then(|| format!("{text}{}", sum % 11))
    })
}

/// An account in a country whose accounts are described, with the check digits it demands, and its
/// description.
fn iban_and_shape() -> impl Strategy<Value = (String, String)> {
    let countries: Vec<&str> = iban::ACCOUNTS.split_whitespace().map(|entry| &entry[..2]).collect();
    (select(countries), vec(any::<u32>(), 30)).prop_map(|(country, random)| {
        let shape = iban::account_shape(country).unwrap_or_default();
        let account = shape.chars().zip(random).filter_map(|(class, random)| match class {
            'n' => char::from_digit(random % 10, 36),
            'a' => char::from_digit(10 + random % 26, 36),
            _ => char::from_digit(random % 36, 36),
        });
        let account = account.collect::<String>().to_uppercase();
        let check = 98 - iban::mod_97(&format!("{country}00{account}"));
        (format!("{country}{check:02}{account}"), shape)
    })
}

fn plate_of_any_sidecode() -> impl Strategy<Value = String> {
    (select(&SIDECODES[..]), vec(any::<u32>(), 8)).prop_map(|(code, random)| {
        let characters = code.chars().zip(random).filter_map(|(c, random)| match c {
            '0' => char::from_digit(random % 10, 36),
            'A' => char::from_digit(10 + random % 26, 36),
            dash => Some(dash),
        });
        characters.collect::<String>().to_uppercase()
    })
}

/// Valid identifiers of every kind, as somebody might type them.
fn valid() -> impl Strategy<Value = (Kind, String)> {
    let bag = "[0-9]{3}[1-9]-(01|02|03|10|20)-[0-9]{10}";
    let dutch = "(0|0031 |\\+31|\\+31 \\(0\\))([1-57][0-9]{8}|6[ -]?[0-9]{8}|800-?[0-9]{4}|970[0-9]{8})";
    let foreign = "(\\+|00)(1|3[4-9]|49|5[1-8]|86) ?[1-9][0-9]{6,11}";
    let address = "[1-9][0-9]{3} ?[A-RT-Za-rt-z][A-Za-z],? ?[1-9][0-9]{0,4}( ?[A-Za-z])?(-[A-Za-z0-9]{1,4})?";
    let name = "[A-Za-zÀ-ÖØ-öø-ƀẠ-ỹ][A-Za-zÀ-ÖØ-öø-ƀ ,'’.-]{0,60}";
    let born = "(18|19|20)[0-9]{2}-0[1-9]-[012][1-8]|[1-9]-1[012]-19[0-9]{2}";
    prop_oneof![
        nine_digits().prop_map(|digits| (Kind::Bsn, digits)),
        nine_digits().prop_map(|digits| (Kind::Rsin, digits)),
        "[0-9]{4}[ .]?[0-9]{3}[1-9]".prop_map(|digits| (Kind::Kvk, digits)),
        "[0-9]{11}[1-9]".prop_map(|digits| (Kind::KvkEstablishment, digits)),
        bag.prop_map(|text| (Kind::Bag, text)),
        iban_and_shape().prop_map(|(iban, _)| (Kind::Iban, iban)),
        plate_of_any_sidecode().prop_map(|plate| (Kind::Plate, plate)),
        dutch.prop_map(|text| (Kind::Phone, text)),
        foreign.prop_map(|text| (Kind::Phone, text)),
        address.prop_map(|text| (Kind::PostcodeNumber, text)),
        (name, born).prop_map(|(name, born)| (Kind::NameBirthDate, format!("{name}|{born}"))),
    ]
}

/// Any text, and text that nearly is an identifier.
fn anything() -> impl Strategy<Value = (Kind, String)> {
    let text = prop_oneof![".{0,220}", "[0-9A-Za-zéßİ+() ,./|\u{ad}\u{301}\u{a0}２-]{0,40}", "\\PC{0,30}\\|1-2-1980"];
    prop_oneof![
        (select(Kind::ALL), text),
        (valid(), any::<prop::sample::Index>(), any::<char>()).prop_map(|((kind, text), index, c)| {
            let mut characters: Vec<char> = text.chars().collect();
            let place = index.index(characters.len());
            characters[place] = c;
            (kind, characters.into_iter().collect())
        }),
    ]
}

/// The text with another character at this place.
fn with(text: &str, place: usize, c: char) -> String {
    text.chars().enumerate().map(|(index, old)| if index == place { c } else { old }).collect()
}

proptest! {
    #[test]
    fn every_valid_identifier_is_read((kind, typed) in valid()) {
        prop_assert!(Identifier::parse(kind, &typed).is_ok(), "{kind:?} {typed} {:?}", spelled(kind, &typed));
    }

    #[test]
    fn reading_what_was_spelled_shown_or_stored_gives_the_same((kind, typed) in prop_oneof![valid(), anything()]) {
        if let Ok(identifier) = Identifier::parse(kind, &typed) {
            prop_assert_eq!(identifier.kind(), kind);
            let spelling = Ok(identifier.normalised().to_owned());
            prop_assert_eq!(spelled(kind, identifier.normalised()), spelling.clone());
            prop_assert_eq!(spelled(kind, &identifier.display()), spelling);
            let json = serde_json::to_value(&identifier).expect("an identifier is plain JSON");
            prop_assert_eq!(&json, &serde_json::json!({ "kind": kind.code(), "value": identifier.normalised() }));
            prop_assert!(serde_json::from_value::<Identifier>(json).is_ok_and(|read| read == identifier));
        }
    }

    #[test]
    fn an_invalid_identifier_cannot_come_from_json_and_is_not_repeated_in_the_error((kind, typed) in anything()) {
        let json = serde_json::json!({ "kind": kind.code(), "value": typed });
        match (Identifier::parse(kind, &typed), serde_json::from_value::<Identifier>(json)) {
            (Ok(identifier), Ok(read)) => prop_assert_eq!(identifier, read),
            (Err(fault), Err(error)) => prop_assert_eq!(error.to_string(), fault.code()),
            _ => prop_assert!(false, "parse and JSON disagree about {kind:?} {typed}"),
        }
    }

    #[test]
    fn a_debug_print_never_shows_the_value((kind, typed) in valid()) {
        let identifier = Identifier::parse(kind, &typed).expect("valid");
        prop_assert_eq!(format!("{:?}", identifier), format!("Identifier {{ kind: {kind:?}, .. }}"));
    }

    #[test]
    fn a_bsn_with_one_digit_changed_is_refused(
        bsn in nine_digits(),
        place in 0..9_usize,
        digit in prop::char::range('0', '9'),
    ) {
        let changed = with(&bsn, place, digit);
        prop_assert_eq!(Identifier::parse(Kind::Bsn, &changed).is_ok(), changed == bsn);
    }

    /// The weights of neighbours differ by 1, the last two by 3: neither shares a factor with 11.
    #[test]
    fn a_bsn_with_two_neighbours_swapped_is_refused(bsn in nine_digits(), place in 0..8_usize) {
        let digits: Vec<char> = bsn.chars().collect();
        let swapped = with(&with(&bsn, place, digits[place + 1]), place + 1, digits[place]);
        prop_assert_eq!(Identifier::parse(Kind::Bsn, &swapped).is_ok(), swapped == bsn);
    }

    /// Where a place holds digits or letters only. Where it may hold either, a letter for a digit also shifts
    /// what stands before it, and MOD 97-10 misses one such change in a hundred.
    #[test]
    fn an_iban_with_one_character_changed_is_refused(
        (iban, shape) in iban_and_shape(),
        place in any::<prop::sample::Index>(),
        (digit, letter) in (prop::char::range('0', '9'), prop::char::range('A', 'Z')),
        take_letter in any::<bool>(),
    ) {
        let place = place.index(iban.len());
        let old = iban.chars().nth(place).unwrap_or('0');
        let either = place >= 4 && shape[place - 4..].starts_with('c');
        let take_letter = if either { old.is_ascii_uppercase() } else { take_letter };
        let c = if take_letter { letter } else { digit };
        prop_assert_eq!(Identifier::parse(Kind::Iban, &with(&iban, place, c)).is_ok(), c == old);
    }
}
