//! Invented people, companies, streets and numbers. Every number passes the rule of its kind and is nobody's: citizen
//! service numbers begin with 9, the bank does not exist, plates and telephone numbers are of series for such use.

use crate::demo::Dice;

/// What companies are called after.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trade {
    Homes,
    Work,
    Cars,
    Cafes,
    Shops,
    Salons,
    Care,
    Rural,
    Parks,
    Clubs,
}

/// Whom and what a signal is about.
#[derive(Clone, Copy)]
pub(super) enum Who {
    /// These, who come back in several signals.
    Network(&'static Network),
    /// Somebody who comes by once.
    Loose(u32),
}

/// People and things that departments meet again and again.
pub(super) struct Network {
    /// Its numbers come from this; below [`LOOSE`].
    pub number: u32,
    pub company: &'static str,
    pub person: &'static str,
    pub street: &'static str,
    pub postcode: &'static str,
    pub car: &'static str,
}

/// From here on numbers are of who comes by once.
pub(super) const LOOSE: u32 = 1_000;

/// Names and numbers, as they are typed.
pub(super) struct Cast {
    pub company: String,
    pub person: String,
    pub street: String,
    pub postcode: String,
    pub car: String,
    pub kvk: String,
    pub bsn: String,
    pub born: String,
    pub address: String,
    pub plate: String,
    pub phone: String,
    pub iban: String,
    /// Chance that goes on from here.
    pub dice: Dice,
}

const FIRST: [&str; 32] = [
    "Aart", "Bente", "Corné", "Dorien", "Eelke", "Famke", "Gijs", "Hilde", "Idris", "Jorrit", "Katja", "Lennart",
    "Mees", "Nadia", "Oene", "Pleun", "Quinten", "Rosa", "Sjoerd", "Teun", "Ulrike", "Vera", "Wessel", "Yara", "Zeger",
    "Aliye", "Berend", "Danuta", "Farid", "Ineke", "Marek", "Soraya",
];
const LAST: [&str; 36] = [
    "Rietvoorn",
    "Duinmeester",
    "Slootdorst",
    "Wilgenroos",
    "Hooischelf",
    "Strandhaver",
    "Kreekling",
    "Meidoornstek",
    "Veldkers",
    "Zeekraal",
    "Klaversteel",
    "Turfstapel",
    "Schelpenaar",
    "Plevierstaart",
    "Moerbes",
    "Hazelhof",
    "Windepol",
    "Kruidhof",
    "Lisdodde",
    "Zwanebies",
    "Gruttenhoek",
    "Bolderik",
    "Distelveer",
    "Ganzerik",
    "Heermoes",
    "Iepenaar",
    "Korenaar",
    "Lepelblad",
    "Muurpeper",
    "Oeverlook",
    "Paardebijter",
    "Rugstreep",
    "Scholveer",
    "Tureluur",
    "Vuurvlinder",
    "Wederik",
];
/// Streets of Lierveen, with their postcodes.
const STREETS: [(&str, &str); 30] = [
    ("Havenkom", "2696 AK"),
    ("Markthalstraat", "2696 BN"),
    ("Baggermolen", "2696 CD"),
    ("Kwelderweg", "2696 DR"),
    ("Zeilmakersgang", "2696 FH"),
    ("Leerlooierij", "2696 GL"),
    ("Oesterbank", "2696 HB"),
    ("Strandgaper", "2696 JP"),
    ("Sluisdijkje", "2696 KV"),
    ("Wierdijk", "2696 LX"),
    ("Dokweg", "2697 AC"),
    ("Ankerplaats", "2697 BR"),
    ("Lakstraat", "2697 CX"),
    ("Perenlaantje", "2697 FD"),
    ("Komkommerweg", "2697 GK"),
    ("Druivenkas", "2697 HL"),
    ("Trekpad", "2697 JN"),
    ("Boezemvaart", "2697 KP"),
    ("Eendenkooi", "2697 LR"),
    ("Ketelbinkie", "2697 NT"),
    ("Tolbrug", "2698 AV"),
    ("Schaarhoek", "2698 BX"),
    ("Touwslagersbaan", "2698 CZ"),
    ("Viskorf", "2698 DB"),
    ("Waterkersveld", "2698 EG"),
    ("Bessenhof", "2698 GJ"),
    ("Zandbankje", "2698 HK"),
    ("Vuurbaak", "2698 JL"),
    ("Pakhuisplein", "2698 KM"),
    ("Molenwerf", "2698 LN"),
];
const CARS: [&str; 10] = [
    "een witte bestelbus",
    "een grijze stationwagen",
    "een zwarte terreinwagen",
    "een blauw busje",
    "een rode pick-up",
    "een donkere sedan",
    "een bestelbus zonder achterramen",
    "een huurauto met een deuk",
    "een auto met een aanhanger",
    "een geel busje",
];
/// What companies of a trade are called, around a name.
const NAMES: [(Trade, [&str; 3]); 10] = [
    (Trade::Homes, ["# Vastgoed BV", "# Beheer BV", "Wonen bij # BV"]),
    (Trade::Work, ["Uitzendbureau #", "# Personeel BV", "# Flexwerk BV"]),
    (Trade::Cars, ["Autoverhuur #", "Garage #", "# Lease BV"]),
    (Trade::Cafes, ["Café #", "Eethuis #", "Lunchroom #"]),
    (Trade::Shops, ["Belwinkel #", "Kapsalon #", "# Import BV"]),
    (Trade::Salons, ["Massagesalon #", "Salon #", "Studio #"]),
    (Trade::Care, ["Zorgbureau #", "Begeleiding #", "# Zorgt BV"]),
    (Trade::Rural, ["Kwekerij #", "Loonbedrijf #", "Tuinderij #"]),
    (Trade::Parks, ["Camping #", "Recreatiepark #", "# Recreatie BV"]),
    (Trade::Clubs, ["Stichting #", "Motorvrienden #", "Stichting Toerclub #"]),
];

impl Cast {
    /// Who they are. The same for the same question, always.
    pub(super) fn of(who: Who, trade: Trade) -> Self {
        let number = match who {
            Who::Network(network) => network.number,
            Who::Loose(number) => LOOSE + number,
        };
        let mut dice = Dice::new(u64::from(number));
        let (street, postcode) = dice.one_of(&STREETS).unwrap_or_default();
        let house = dice.below(180) + 1;
        let last = dice.one_of(&LAST).unwrap_or_default();
        let names = NAMES.iter().find(|(one, _)| *one == trade).map(|(_, names)| *names).unwrap_or_default();
        let company = dice.one_of(&names).unwrap_or_default().replace('#', dice.one_of(&LAST).unwrap_or_default());
        let person = format!("{} {last}", dice.one_of(&FIRST).unwrap_or_default());
        let car = dice.one_of(&CARS).unwrap_or_default();
        let born = format!("{}-{:02}-{:02}", 1955 + dice.below(48), 1 + dice.below(12), 1 + dice.below(28));
        let mut cast = Self {
            company,
            person,
            street: format!("{street} {house}"),
            postcode: postcode.to_owned(),
            car: car.to_owned(),
            kvk: format!("45{:06}", spread(number, 1_000_000)),
            bsn: bsn(number),
            born,
            address: format!("{postcode} {house}"),
            plate: plate(number),
            phone: format!("06-1234{:04}", spread(number, 10_000)),
            iban: iban(number),
            dice,
        };
        if let Who::Network(network) = who {
            let house = network.street.rsplit(' ').next().unwrap_or_default();
            cast.address = format!("{} {house}", network.postcode);
            for (field, given) in [
                (&mut cast.company, network.company),
                (&mut cast.person, network.person),
                (&mut cast.street, network.street),
                (&mut cast.postcode, network.postcode),
                (&mut cast.car, network.car),
            ] {
                given.clone_into(field);
            }
        }
        cast
    }
}

/// A number below `limit` (a power of ten) for each number below it, and a different one for each.
fn spread(number: u32, limit: u32) -> u32 {
    // A factor that shares no divisor with ten.
    let product = u64::from(number) * 612_787 + 40_961;
    u32::try_from(product % u64::from(limit)).unwrap_or_default()
}

/// Nine digits that begin with 9 and pass the 11-test.
fn bsn(number: u32) -> String {
    let seven = 9_000_000 + spread(number, 1_000_000);
    let digits = |eight: u32| format!("{eight:08}").bytes().map(|byte| u32::from(byte - b'0')).collect::<Vec<_>>();
    let check =
        |eight: u32| digits(eight).iter().zip((2..=9).rev()).map(|(digit, weight)| digit * weight).sum::<u32>() % 11;
    // Eight digits whose check would be ten have none; the next ones differ by two.
    let eight = (0..10).map(|last| seven * 10 + last).find(|eight| check(*eight) < 10).unwrap_or(seven * 10);
    format!("{eight}{}", check(eight))
}

/// Three letters from the end of the alphabet, two digits, one letter.
fn plate(number: u32) -> String {
    const LETTERS: [char; 12] = ['B', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 'N', 'P', 'R', 'S'];
    let letter = |at: u32| usize::try_from(at % 12).ok().and_then(|at| LETTERS.get(at)).copied().unwrap_or('B');
    let spread = spread(number, 100_000);
    let (digits, rest) = (spread % 100, spread / 100);
    format!("Z{}{}-{digits:02}-{}", letter(rest), letter(rest / 12), letter(rest / 144))
}

/// An account at a bank that does not exist.
fn iban(number: u32) -> String {
    let account = format!("{:010}", 4_000_000_000_u64 + u64::from(spread(number, 100_000_000)) * 7);
    // ISO 7064: bank and account, then NL00, with letters as 10 to 35; the check digits fill up to 98.
    let rest = format!("PLEI{account}NL00")
        .chars()
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, value| (rest * if value < 10 { 10 } else { 100 } + value) % 97);
    format!("NL{:02} PLEI {} {} {}", 98 - rest, &account[..4], &account[4..8], &account[8..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use plein_domain::identifier::{Identifier, IdentifierKind::*};
    use std::collections::HashSet;

    #[test]
    fn every_number_passes_the_rule_of_its_kind_and_is_nobodys() {
        for number in (0..3_000).chain([99_999, 120_000]) {
            let cast = Cast::of(Who::Loose(number), Trade::Work);
            for (kind, typed) in [
                (Bsn, &cast.bsn),
                (Kvk, &cast.kvk),
                (Iban, &cast.iban),
                (Plate, &cast.plate),
                (Phone, &cast.phone),
                (PostcodeNumber, &cast.address),
            ] {
                assert!(Identifier::parse(kind, typed).is_ok(), "{kind:?} {typed}");
            }
            assert!(cast.bsn.starts_with('9') && cast.kvk.starts_with("45") && cast.plate.starts_with('Z'));
            assert!(cast.iban.contains("PLEI") && cast.phone.starts_with("06-1234"));
        }
    }

    #[test]
    fn who_comes_by_once_shares_no_number_with_anybody() {
        let casts: Vec<Cast> = (0..100_000).map(|number| Cast::of(Who::Loose(number), Trade::Cars)).collect();
        for numbers in [
            casts.iter().map(|cast| &cast.bsn).collect::<HashSet<_>>(),
            casts.iter().map(|cast| &cast.kvk).collect(),
            casts.iter().map(|cast| &cast.iban).collect(),
        ] {
            assert_eq!(numbers.len(), casts.len());
        }
    }
}
