//! Every word that people read, in Dutch and English. No page holds a text of its own.
//!
//! Dutch at level B1, in the words of the field (`docs/`, *Words*). A `{}` in a text is a place for a value.

use leptos::prelude::use_context;

#[macro_use]
mod macros;
pub(crate) mod about;
pub(crate) mod administration;
pub(crate) mod break_glass;
pub(crate) mod cases;
pub(crate) mod checklist;
pub(crate) mod codes;
pub(crate) mod common;
pub(crate) mod counts;
mod dates;
pub(crate) mod drafts;
pub(crate) mod help;
pub(crate) mod history;
pub(crate) mod imports;
pub(crate) mod lists;
pub(crate) mod log;
pub(crate) mod notes;
pub(crate) mod notices;
pub(crate) mod permissions;
pub(crate) mod plan;
pub(crate) mod problems;
pub(crate) mod register;
pub(crate) mod register_import;
pub(crate) mod seen;
pub(crate) mod sign_in;
pub(crate) mod signals;
pub(crate) mod supervision;
pub(crate) mod timeline;
pub(crate) mod tour;
pub(crate) mod versions;
pub(crate) mod work;

pub(crate) use codes::Named;
pub(crate) use counts::counted;
pub(crate) use dates::{day, day_typed, month, time_of_day, when};

/// A text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text {
    pub nl: &'static str,
    pub en: &'static str,
    /// The Dutch one between ⟦ and ⟧.
    #[cfg(test)]
    pub marked: &'static str,
}

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Lang {
    #[default]
    Nl,
    En,
    /// For the test that finds text on a page which is in no catalogue: all that comes from one is marked.
    #[cfg(test)]
    Marked,
}

impl Lang {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
            #[cfg(test)]
            Self::Marked => "nl",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        match code {
            "nl" => Some(Self::Nl),
            "en" => Some(Self::En),
            #[cfg(test)]
            "marked" => Some(Self::Marked),
            _ => None,
        }
    }

    /// The language of the page being made.
    pub(crate) fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// The first of Dutch and English in an `Accept-Language` header; Dutch when neither is there.
    pub(crate) fn accepted(header: &str) -> Self {
        let mut wanted: Vec<(f32, Self)> = Vec::new();
        for one in header.split(',') {
            let mut parts = one.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            if let Some(lang) = Self::from_code(tag.split('-').next().unwrap_or_default())
                && weight > 0.0
            {
                wanted.push((weight, lang));
            }
        }
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map_or(Self::Nl, |(_, lang)| *lang)
    }
}

impl Text {
    pub(crate) const fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Nl => self.nl,
            Lang::En => self.en,
            #[cfg(test)]
            Lang::Marked => self.marked,
        }
    }

    /// The text with its places filled, in order.
    pub(crate) fn with(self, lang: Lang, values: &[&str]) -> String {
        let mut pieces = self.of(lang).split("{}");
        let mut filled = pieces.next().unwrap_or_default().to_owned();
        for (piece, value) in pieces.zip(values.iter().copied().chain(std::iter::repeat(""))) {
            filled.push_str(value);
            filled.push_str(piece);
        }
        filled
    }
}

/// The text in the language of the page being made.
pub(crate) fn t(text: Text) -> &'static str {
    text.of(Lang::current())
}

/// The text in the language of the page being made, its places filled.
pub(crate) fn tf(text: Text, values: &[&str]) -> String {
    text.with(Lang::current(), values)
}

/// `a`, `a en b`, `a, b en c`.
pub(crate) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => tf(common::AND, &[&first.join(", "), last]),
    }
}

/// The text for one or for another number of things; the number is the first place of the text for several.
pub(crate) fn number_of(number: i64, one: Text, several: Text) -> String {
    if number == 1 { t(one).to_owned() } else { tf(several, &[&number.to_string()]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn text(nl: &'static str, en: &'static str) -> Text {
        Text { nl, en, marked: nl }
    }

    #[test]
    fn names_are_listed_as_people_say_them_and_one_is_not_several() {
        assert_eq!(listed(&[]), "");
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B", "C"]), "A, B en C");
        let (one, several) = (text("1 dag", "1 day"), text("{} dagen", "{} days"));
        assert_eq!(number_of(1, one, several), "1 dag");
        assert_eq!((number_of(0, one, several), number_of(2, one, several)), ("0 dagen".into(), "2 dagen".into()));
    }

    #[test]
    fn every_text_is_there_in_both_languages_with_the_same_places() {
        for (area, texts) in [
            ("about", about::ALL),
            ("administration", administration::ALL),
            ("break_glass", break_glass::ALL),
            ("cases", cases::ALL),
            ("checklist", checklist::ALL),
            ("codes", codes::ALL),
            ("common", common::ALL),
            ("drafts", drafts::ALL),
            ("lists", lists::ALL),
            ("imports", imports::ALL),
            ("help", help::ALL),
            ("history", history::ALL),
            ("log", log::ALL),
            ("notes", notes::ALL),
            ("notices", notices::ALL),
            ("permissions", permissions::ALL),
            ("plan", plan::ALL),
            ("problems", problems::ALL),
            ("register", register::ALL),
            ("register_import", register_import::ALL),
            ("seen", seen::ALL),
            ("sign_in", sign_in::ALL),
            ("signals", signals::ALL),
            ("supervision", supervision::ALL),
            ("timeline", timeline::ALL),
            ("tour", tour::ALL),
            ("versions", versions::ALL),
            ("work", work::ALL),
        ] {
            for (name, text) in texts {
                for one in [text.nl, text.en] {
                    assert!(!one.trim().is_empty() && one.trim() == one, "{area}::{name}: {one:?}");
                }
                let places = |one: &str| one.matches("{}").count();
                assert_eq!(places(text.nl), places(text.en), "{area}::{name}");
            }
        }
    }

    #[test]
    fn places_are_filled_in_order_and_never_left_open() {
        let text = text("{} van {}", "{} of {}");
        assert_eq!(text.with(Lang::En, &["1", "{}"]), "1 of {}");
        assert_eq!(text.with(Lang::Nl, &["1"]), "1 van ");
    }

    #[test]
    fn the_language_a_browser_asks_for_is_understood() {
        for (header, lang) in [
            ("", Lang::Nl),
            ("fr", Lang::Nl),
            ("en-GB,en;q=0.9", Lang::En),
            ("en;q=0.4, nl-NL;q=0.8", Lang::Nl),
            ("de, en;q=0.5", Lang::En),
            ("en;q=0, *", Lang::Nl),
        ] {
            assert_eq!(Lang::accepted(header), lang, "{header}");
        }
    }
}
