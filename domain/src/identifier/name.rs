//! Name with date of birth. What must never happen here: a spelling that depends on the keyboard it was typed
//! on.

use super::IdentifierFault as Fault;
use crate::moment::Day;

/// `Achternaam, Voornamen|1980-02-01`. No standard prescribes how to compare names; the rule here: small
/// letters without marks, single spaces, particles kept, then the day. A date of birth that is known in part
/// is not an identifier.
pub(super) fn normalise(text: &str) -> Result<String, Fault> {
    let (name, born) = text.rsplit_once('|').ok_or(Fault::BirthDate)?;
    let mut letters = String::new();
    name.chars().flat_map(char::to_lowercase).for_each(|c| push_folded(&mut letters, c));
    let parts = letters.split(',').map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.join(" ").replace(" -", "-").replace("- ", "-")
    });
    let name = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    if !name.contains(char::is_alphabetic) {
        return Err(Fault::NameMissing);
    }
    // `Day` reads signs too, which no one is born with.
    let is_plain = born.trim().chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.'));
    let day = born.parse::<Day>().ok().filter(|day| is_plain && day.0.year() >= 1800).ok_or(Fault::BirthDate)?;
    Ok(format!("{name}|{day}"))
}

/// A text as it is compared when somebody searches: small letters without marks, single spaces.
pub fn folded(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    text.chars().flat_map(char::to_lowercase).for_each(|c| push_folded(&mut letters, c));
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Adds a small letter without its marks. Letters of other scripts stay as they are.
fn push_folded(text: &mut String, c: char) {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' | 'ỉ'..='ị' => "i",
        'ĵ' => "j",
        'ķ' | 'ĸ' | 'ǩ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ǒ' | 'ọ'..='ợ' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ſ' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ǔ' | 'ụ'..='ự' => "u",
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ĳ' => "ij",
        'ß' => "ss",
        'þ' => "th",
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' | '´' => "'",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        // Marks that stand apart from their letter (Unicode form NFD).
        '\u{300}'..='\u{36f}' => "",
        c if c.is_control() || c == '|' => " ",
        c => return text.push(c),
    };
    text.push_str(plain);
}
