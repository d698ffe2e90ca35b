//! What the cells of a register mean. What must never happen here: a guess that passes for what was written.

use crate::{
    identifier::folded,
    import::word_key,
    purpose::{DataCategory, LegalBasis},
};

/// The longest term that is counted in months; archives write "for ever" otherwise.
const TERM_MAX: u32 = 2_400;

/// What became of a cell with a legal basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    One(LegalBasis),
    /// Art. 6(1)(f), which is not for the tasks of public authorities (GDPR art. 6(1), last sentence).
    LegitimateInterest,
    Several,
    Nothing,
}

/// What each basis is called, by the letter of art. 6(1).
const BASES: &[(char, &[&str])] = &[
    ('a', &["toestemming", "consent"]),
    ('b', &["overeenkomst", "contract"]),
    ('c', &["wettelijke verplichting", "wettelijke plicht", "legal obligation"]),
    ('d', &["vitaal", "vitale", "vital"]),
    (
        'e',
        &[
            "publieke taak",
            "algemeen belang",
            "openbaar gezag",
            "publiekrechtelijke taak",
            "public task",
            "public interest",
            "official authority",
        ],
    ),
    ('f', &["gerechtvaardigd", "legitimate interest"]),
];

/// The legal basis in words, by its article, or both.
pub(super) fn basis(text: &str) -> Basis {
    if let Some(basis) = LegalBasis::from_code(text.trim()) {
        return Basis::One(basis);
    }
    let text = word_key(text);
    let named =
        BASES.iter().filter(|(_, names)| names.iter().any(|name| text.contains(name))).map(|(letter, _)| *letter);
    let mut found: Vec<char> = named.chain(letters(&text)).collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [] => Basis::Nothing,
        ['a'] => Basis::One(LegalBasis::Consent),
        ['b'] => Basis::One(LegalBasis::Contract),
        ['c'] => Basis::One(LegalBasis::LegalObligation),
        ['d'] => Basis::One(LegalBasis::VitalInterests),
        ['e'] => Basis::One(LegalBasis::PublicTask),
        ['f'] => Basis::LegitimateInterest,
        _ => Basis::Several,
    }
}

/// The letters of art. 6(1) that are named: `6 1 c`, `art 6 lid 1 onder c`, `6 1c`.
fn letters(text: &str) -> Vec<char> {
    let mut parts = Vec::new();
    for word in text.split(' ') {
        // `1c` is two parts, `art6` too.
        let turn = |pair: &[char]| pair[0].is_ascii_digit() != pair[1].is_ascii_digit();
        let letters: Vec<char> = word.chars().collect();
        let mut from = 0;
        for at in 1..=letters.len() {
            if at == letters.len() || turn(&letters[at - 1..=at]) {
                parts.push(letters[from..at].iter().collect::<String>());
                from = at;
            }
        }
    }
    let small =
        |part: &String| matches!(part.as_str(), "lid" | "onder" | "sub" | "onderdeel" | "letter" | "point" | "par");
    parts.retain(|part| !small(part));
    let letter = |part: &str| {
        let mut chars = part.chars();
        chars.next().filter(|letter| ('a'..='f').contains(letter) && chars.next().is_none())
    };
    parts.windows(3).filter(|three| three[0] == "6" && three[1] == "1").filter_map(|three| letter(&three[2])).collect()
}

/// What became of a cell with a retention term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// So many months, and nothing else that looks like a term.
    Months(u32),
    /// So many months, the first of several terms.
    FirstOfSeveral(u32),
    /// No whole number of months: `28 dagen`, `blijvend`, `zie selectielijst`.
    Otherwise,
}

const NUMBERS: &[(&str, u32)] = &[
    ("een", 1),
    ("twee", 2),
    ("drie", 3),
    ("vier", 4),
    ("vijf", 5),
    ("zes", 6),
    ("zeven", 7),
    ("acht", 8),
    ("negen", 9),
    ("tien", 10),
    ("twaalf", 12),
    ("vijftien", 15),
    ("twintig", 20),
    ("dertig", 30),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("five", 5),
    ("seven", 7),
    ("ten", 10),
    ("twenty", 20),
];

/// Months in a unit of time; nothing for one that is no whole number of months.
fn unit(word: &str) -> Option<Option<u32>> {
    Some(match word {
        "jaar" | "jaren" | "jr" | "jrn" | "j" | "y" | "year" | "years" => Some(12),
        "maand" | "maanden" | "mnd" | "mnden" | "m" | "month" | "months" => Some(1),
        "week" | "weken" | "wk" | "wkn" | "w" | "weeks" | "dag" | "dagen" | "d" | "day" | "days" | "uur" | "hours" => {
            None
        }
        _ => return None,
    })
}

/// The term in a cell: `5 jaar na afsluiting`, `vijf jaar`, `120 maanden`, `P5Y`.
pub(super) fn term(text: &str) -> Term {
    let text = folded(text).replace(['(', ')', ';', ',', '/', ':', '.'], " ");
    let mut parts: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        // ISO 8601: `P5Y`.
        let word = word.strip_prefix('p').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(word);
        let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
        let (number, rest) = word.split_at(digits);
        parts.extend([number, rest].into_iter().filter(|part| !part.is_empty()).map(str::to_owned));
    }
    let number = |word: &str| {
        word.parse::<u32>().ok().or_else(|| NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number))
    };
    let terms: Vec<Option<u32>> = parts
        .windows(2)
        .filter_map(|two| {
            let (number, unit) = (number(&two[0])?, unit(&two[1])?);
            Some(unit.and_then(|months| months.checked_mul(number)).filter(|months| (1..=TERM_MAX).contains(months)))
        })
        .collect();
    match terms.as_slice() {
        [Some(months)] => Term::Months(*months),
        [Some(months), ..] => Term::FirstOfSeveral(*months),
        _ => Term::Otherwise,
    }
}

/// The categories of personal data, and whether the cell for special data was understood. What is not understood adds
/// nothing: the categories are what a purpose allows.
pub(super) fn categories(data: &str, special: &str) -> (Vec<DataCategory>, bool) {
    const NONE: &[&str] = &["", "nee", "n v t", "nvt", "geen", "no", "none", "n a"];
    const SPECIAL: &[&str] = &[
        "gezondheid",
        "medisch",
        "biometrisch",
        "genetisch",
        "religie",
        "geloof",
        "levensovertuiging",
        "etnisch",
        "afkomst",
        "politiek",
        "vakbond",
        "seksue",
        "health",
        "medical",
        "biometric",
        "genetic",
        "religio",
        "ethnic",
        "trade union",
        "special categor",
        "art 9",
    ];
    const CRIMINAL: &[&str] = &["strafrecht", "justiti", "antecedent", "criminal", "art 10"];
    let (data, special) = (word_key(data), word_key(special));
    let bsn = |text: &str| text.split(' ').any(|word| word == "bsn") || text.contains("burgerservicenummer");
    let says = |names: &[&str]| names.iter().any(|name| special.contains(name));
    let mut found = vec![DataCategory::Ordinary];
    if says(SPECIAL) {
        found.push(DataCategory::Special);
    }
    if says(CRIMINAL) {
        found.push(DataCategory::Criminal);
    }
    if bsn(&data) || bsn(&special) {
        found.push(DataCategory::Bsn);
    }
    let nothing = NONE.contains(&special.as_str());
    let understood = nothing || says(SPECIAL) || says(CRIMINAL) || bsn(&special);
    (found, understood)
}

/// Yes or no, as it is written in a cell.
pub(super) fn yes(text: &str) -> Option<bool> {
    match word_key(text).as_str() {
        "ja" | "j" | "x" | "yes" | "y" | "waar" | "true" | "1" => Some(true),
        "" | "nee" | "n" | "no" | "onwaar" | "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legal_basis_is_read_however_it_is_written_and_two_are_not_one() {
        use LegalBasis::*;
        for (text, basis) in [
            ("Publieke taak", PublicTask),
            ("art. 6 lid 1 onder c AVG", LegalObligation),
            ("6.1.e", PublicTask),
            ("6 lid 1 b", Contract),
            ("6.1c", LegalObligation),
            ("Toestemming (art. 6 lid 1 sub a AVG)", Consent),
            ("Taak van algemeen belang / openbaar gezag (art. 6 lid 1 sub e AVG)", PublicTask),
            ("Uitvoering overeenkomst (art. 6 lid 1 sub b AVG)", Contract),
            ("public-task", PublicTask),
            ("Vital interests", VitalInterests),
        ] {
            assert_eq!(super::basis(text), Basis::One(basis), "{text}");
        }
        for text in ["", "?", "zie beleid", "6", "art. 61 c", "artikel 16 lid 1"] {
            assert_eq!(super::basis(text), Basis::Nothing, "{text}");
        }
        assert_eq!(super::basis("6.1.c en 6.1.e"), Basis::Several);
        assert_eq!(super::basis("Toestemming of wettelijke verplichting"), Basis::Several);
        assert_eq!(
            super::basis("Wettelijke verplichting (art. 6 lid 1 sub e AVG)"),
            Basis::Several,
            "it says two things"
        );
        assert_eq!(super::basis("6.1.f"), Basis::LegitimateInterest);
    }

    #[test]
    fn a_term_is_read_where_it_is_a_number_of_months_and_not_guessed_elsewhere() {
        for (text, months) in [
            ("5 jaar na afsluiting", 60),
            ("vijf jaar na sluiten casus", 60),
            ("120 maanden", 120),
            ("P5Y", 60),
            ("P3M", 3),
            ("1m", 1),
            ("5 jr", 60),
            ("110 jaar (zie Besluit BRP)", 1_320),
            ("max. 10 jaar", 120),
            ("2 jr na laatste incident", 24),
            ("18 maanden, daarna vernietigen", 18),
            ("10 years", 120),
        ] {
            assert_eq!(term(text), Term::Months(months), "{text}");
        }
        assert_eq!(term("5 jaar na afsluiting; niet opgepakt: 1 jr"), Term::FirstOfSeveral(60));
        for text in [
            "max. 28 dagen",
            "blijvend",
            "permanent",
            "zie selectielijst 12.1",
            "4 wkn / 1 jr met toestemming",
            "0 jaar",
            "4294967295 jaar",
            "99999999999 maanden",
            "onbeperkt (blijvend)",
            "jaar",
            "5",
        ] {
            assert_eq!(term(text), Term::Otherwise, "{text}");
        }
    }

    #[test]
    fn categories_are_what_the_register_says_and_no_more() {
        use DataCategory::*;
        for (data, special, found, understood) in [
            ("NAW, BSN", "Strafrechtelijke gegevens (art. 10 AVG), zie protocol", &[Ordinary, Criminal, Bsn][..], true),
            ("NAW", "Gezondheid, BSN ", &[Ordinary, Special, Bsn], true),
            ("NAW", "Nee", &[Ordinary], true),
            ("Camerabeelden", "-", &[Ordinary], true),
            ("NAW", "N.v.t.", &[Ordinary], true),
            ("NAW", "bsn", &[Ordinary, Bsn], true),
            ("NAW", "Mogelijk, afhankelijk van dossier", &[Ordinary], false),
            ("NAW, pasfoto", "Biometrisch, BSN", &[Ordinary, Special, Bsn], true),
        ] {
            assert_eq!(categories(data, special), (found.to_vec(), understood), "{data}; {special}");
        }
    }
}
