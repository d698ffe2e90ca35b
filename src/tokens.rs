//! A municipality's own design tokens: a CSS file with nothing in it but custom properties.
//!
//! The file is read, judged and written anew, never passed on as it is: a style sheet from outside could ask another
//! host for something, cover a warning or put words on a page. Colours of the file hold on a light ground and on
//! paper; in the dark Plein's own stay, unless the file has a dark block.

use crate::serve::Failure;
use axum::{Router, http::header, routing::get};
use cssparser::{Delimiter, ParseError, ParseErrorKind, Parser, SourceLocation, Token};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fs, path::Path};

/// The largest file, in bytes; NL Design System's own themes have up to 150 kB.
const FILE_LIMIT: u64 = 512 * 1024;
/// What asks for another file.
const ASKS: [&str; 9] =
    ["url", "src", "image", "image-set", "-webkit-image-set", "-webkit-cross-fade", "cross-fade", "element", "paint"];
/// Notations of a colour.
const COLOURS: [&str; 13] = [
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "color-mix",
    "light-dark",
    "device-cmyk",
];

/// Tokens that were found to be nothing else, as a style sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens(String);

/// Where a token holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    Any,
    Light,
    Dark,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Declared {
    ground: Ground,
    name: String,
    value: String,
    /// A colour stands in it, or may stand in a token it refers to.
    colour: bool,
    refers: Vec<String>,
}

#[derive(Default)]
struct Sheet {
    declared: Vec<Declared>,
    /// Under which selector; a second one would be a second theme.
    selector: Option<String>,
}

/// Why the file is not taken: the line, what stands there, and what to do about it.
type Refused = ParseError<(u32, String)>;

/// Refused at this place.
fn at(place: SourceLocation, why: impl Into<String>) -> Refused {
    ParseError::custom((place.line + 1, why.into()))
}

impl Tokens {
    /// Reads and judges the file.
    ///
    /// # Errors
    /// It cannot be read, is too large, or holds anything but tokens; the message names the line and says what to do.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let unread = |error| format!("the tokens in {shown} cannot be read: {error}");
        let size = fs::metadata(path).map_err(unread)?.len();
        if size > FILE_LIMIT {
            return Err(format!("the tokens in {shown} are larger than {} kB", FILE_LIMIT / 1024).into());
        }
        let text = fs::read_to_string(path).map_err(unread)?;
        Self::judge(&text).map_err(|problem| format!("{shown}, {problem}").into())
    }

    fn judge(text: &str) -> Result<Self, String> {
        let declared = declared(text)?;
        if declared.is_empty() {
            return Err("line 1: there are no tokens in this file; write for example :root { --name: value; }".into());
        }
        let written = written(&declared);
        // What was read is what a browser will read: a bracket or a string left open would take what follows with it.
        let again = self::declared(&written).map_err(|_| OPEN.to_owned())?;
        let same = |one: &Declared, other: &Declared| one.name == other.name && one.value == other.value;
        let mut ordered: Vec<&Declared> = declared.iter().collect();
        ordered.sort_by_key(|one| one.ground as u8);
        if again.len() != ordered.len() || !ordered.iter().zip(&again).all(|(one, other)| same(one, other)) {
            return Err(OPEN.to_owned());
        }
        Ok(Self(written))
    }

    /// The URL path of the style sheet; it follows the content.
    pub fn url(&self) -> String {
        let hash = Sha256::digest(self.0.as_bytes());
        let short: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("/assets/tokens.{short}.css")
    }

    /// Answers at that path.
    pub fn router(&self) -> Router {
        let text = self.0.clone();
        let headers = [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ];
        Router::new().route(&self.url(), get(move || async move { (headers, text) }))
    }
}

const OPEN: &str = "at its end: a bracket, a string or a comment was left open";

/// Every token of the style sheet, with the ground on which it holds.
fn declared(text: &str) -> Result<Vec<Declared>, String> {
    let mut parser = Parser::new(text);
    let mut sheet = Sheet::default();
    if let Err(refused) = sheet.blocks(&mut parser, None) {
        return Err(match refused.kind {
            ParseErrorKind::Custom((line, why)) => format!("line {line}: {why}"),
            ParseErrorKind::Basic(_) => {
                let line = parser.current_source_location().line + 1;
                format!("before line {line}: this is not CSS that can be understood")
            }
        });
    }
    Ok(sheet.grounded())
}

impl Sheet {
    /// Blocks of tokens, and around them blocks for a light or a dark ground; `within` is the ground of that one.
    fn blocks(&mut self, parser: &mut Parser<'_>, within: Option<Ground>) -> Result<(), Refused> {
        loop {
            parser.skip_whitespace();
            if parser.is_exhausted() {
                return Ok(());
            }
            let place = parser.current_source_location();
            let start = parser.position();
            let mut end = start;
            loop {
                match parser.next_including_whitespace_and_comments() {
                    Ok(Token::CurlyBracketBlock) => break,
                    Ok(Token::Semicolon) | Err(_) => {
                        let what = parser.slice_from(start).trim().chars().take(40).collect::<String>();
                        let why = format!(
                            "\"{what}\" is not a block of tokens; nothing else may stand here (no @import, no @charset)"
                        );
                        return Err(at(place, why));
                    }
                    Ok(_) => end = parser.position(),
                }
            }
            let prelude = plain(parser.slice(start..end));
            let ground = if prelude.starts_with('@') {
                let ground = scheme(&prelude).filter(|_| within.is_none());
                Some(ground.ok_or_else(|| {
                    let only = "@media (prefers-color-scheme: light) or (prefers-color-scheme: dark), once around";
                    at(place, format!("\"{prelude}\" cannot be used; only {only}"))
                })?)
            } else {
                None
            };
            match ground {
                Some(ground) => parser.parse_nested_block(|inner| self.blocks(inner, Some(ground)))?,
                None => {
                    self.under(&prelude).map_err(|why| at(place, why))?;
                    let ground = within.unwrap_or(Ground::Any);
                    parser.parse_nested_block(|inner| self.tokens(inner, ground))?;
                }
            }
        }
    }

    fn under(&mut self, selector: &str) -> Result<(), String> {
        match &self.selector {
            Some(first) if first != selector => Err(format!(
                "there is a second theme under \"{selector}\", besides \"{first}\"; keep the one that is yours"
            )),
            _ => {
                self.selector = Some(selector.to_owned());
                Ok(())
            }
        }
    }

    /// `--name: value;` and again.
    fn tokens(&mut self, parser: &mut Parser<'_>, ground: Ground) -> Result<(), Refused> {
        loop {
            while parser.try_parse(Parser::expect_semicolon).is_ok() {}
            parser.skip_whitespace();
            if parser.is_exhausted() {
                return Ok(());
            }
            let place = parser.current_source_location();
            let name = match parser.next() {
                Ok(Token::Ident(name)) if name.starts_with("--") && name.len() > 2 => name.to_string(),
                Ok(other) => {
                    let what = cssparser::ToCss::to_css_string(other);
                    let why =
                        format!("\"{what}\" is not a token; a token's name begins with two hyphens (--name: value)");
                    return Err(at(place, why));
                }
                Err(_) => return Ok(()),
            };
            if !name.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_')) {
                return Err(at(place, format!("the name \"{name}\" has signs other than letters, digits and hyphens")));
            }
            parser.expect_colon().map_err(|_| at(place, format!("after \"{name}\" a colon is missing")))?;
            let declared = parser.parse_until_before(Delimiter::Semicolon, |value| {
                let start = value.position();
                let mut found = Found::default();
                found.look(value)?;
                Ok((value.slice_from(start).trim().to_owned(), found))
            });
            let (value, Found { colour, refers }) = declared?;
            if value.is_empty() {
                return Err(at(place, format!("\"{name}\" has no value")));
            }
            self.declared.push(Declared { ground, name, value, colour, refers });
        }
    }

    /// Colours, and what refers to a colour of this file, hold on a light ground.
    fn grounded(self) -> Vec<Declared> {
        let mut colours: BTreeSet<String> = BTreeSet::new();
        loop {
            let more: Vec<String> = self
                .declared
                .iter()
                .filter(|one| one.colour || one.refers.iter().any(|name| colours.contains(name)))
                .filter(|one| !colours.contains(&one.name))
                .map(|one| one.name.clone())
                .collect();
            if more.is_empty() {
                break;
            }
            colours.extend(more);
        }
        let mut declared = self.declared;
        for one in &mut declared {
            if one.ground == Ground::Any && colours.contains(&one.name) {
                one.ground = Ground::Light;
            }
        }
        declared
    }
}

#[derive(Default)]
struct Found {
    colour: bool,
    refers: Vec<String>,
}

impl Found {
    /// Looks at every sign of a value, also within brackets.
    fn look(&mut self, parser: &mut Parser<'_>) -> Result<(), Refused> {
        loop {
            let place = parser.current_source_location();
            let no = |why: &str| Err(at(place, why));
            let token = match parser.next_including_whitespace_and_comments() {
                Ok(token) => token.clone(),
                Err(_) => return Ok(()),
            };
            match &token {
                Token::UnquotedUrl(_) | Token::BadUrl(_) => return no(ELSEWHERE),
                Token::Function(name) if ASKS.iter().any(|asks| name.eq_ignore_ascii_case(asks)) => {
                    return no(ELSEWHERE);
                }
                Token::Function(name) => {
                    self.colour |= COLOURS.iter().any(|colour| name.eq_ignore_ascii_case(colour));
                    parser.parse_nested_block(|inner| self.look(inner))?;
                }
                Token::ParenthesisBlock => parser.parse_nested_block(|inner| self.look(inner))?,
                Token::Comment(_) => return no("a comment stands within a value; put it before or after the token"),
                Token::CurlyBracketBlock
                | Token::SquareBracketBlock
                | Token::AtKeyword(_)
                | Token::Delim('!' | '<' | '\\') => {
                    return no("this value is more than a value (a block, an @rule or !important); it is not taken");
                }
                Token::Ident(name) if name.starts_with("--") => self.refers.push(name.to_string()),
                Token::Ident(name) => self.colour |= csscolorparser::parse(name).is_ok(),
                Token::Hash(name) | Token::IDHash(name) => {
                    self.colour |= csscolorparser::parse(&format!("#{name}")).is_ok();
                }
                token if token.is_parse_error() => return no("a string or a bracket is not closed here"),
                _ => {}
            }
        }
    }
}

const ELSEWHERE: &str =
    "this value asks for another file (url, image, …); Plein loads nothing from elsewhere: leave it out";

/// A prelude without comments, with single spaces.
fn plain(prelude: &str) -> String {
    let mut parser = Parser::new(prelude);
    let mut plain = String::new();
    while let Ok(token) = parser.next_including_whitespace() {
        match token {
            Token::WhiteSpace(_) => plain.push(' '),
            token => plain.push_str(&cssparser::ToCss::to_css_string(token)),
        }
        // The parser stands before the content of a bracket, and would skip it.
        if plain.ends_with('(') {
            let content: Result<&str, ParseError<()>> = parser.parse_nested_block(|inner| {
                let start = inner.position();
                while inner.next().is_ok() {}
                Ok(inner.slice_from(start))
            });
            plain.push_str(content.unwrap_or_default());
            plain.push(')');
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// For which ground an `@media` is.
fn scheme(prelude: &str) -> Option<Ground> {
    let close: String = prelude.to_ascii_lowercase().split_whitespace().collect();
    match close.strip_prefix("@media")?.trim_start_matches("screenand") {
        "(prefers-color-scheme:dark)" => Some(Ground::Dark),
        // The first is how Plein itself writes it: on paper, too.
        "print,(prefers-color-scheme:light)" | "(prefers-color-scheme:light)" => Some(Ground::Light),
        _ => None,
    }
}

/// The style sheet that browsers get.
fn written(declared: &[Declared]) -> String {
    [
        (Ground::Any, None),
        (Ground::Light, Some("@media print, (prefers-color-scheme: light)")),
        (Ground::Dark, Some("@media screen and (prefers-color-scheme: dark)")),
    ]
    .into_iter()
    .filter_map(|(ground, media)| {
        let tokens: String = declared
            .iter()
            .filter(|one| one.ground == ground)
            .map(|Declared { name, value, .. }| format!("{name}:{value};\n"))
            .collect();
        if tokens.is_empty() {
            return None;
        }
        let block = format!(".voorbeeld-theme {{\n{tokens}}}\n");
        Some(media.map_or(block.clone(), |media| format!("{media} {{\n{block}}}\n")))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    fn refused(text: &str) -> String {
        Tokens::judge(text).map_or_else(|why| why, |tokens| format!("taken: {}", tokens.0))
    }

    #[test]
    fn colours_hold_on_a_light_ground_and_the_rest_everywhere() {
        let text = "/* Ours */ .gemeente-theme { --gemeente-rood: #b00020; --plein-radius: 2px;\n\
            --utrecht-button-primary-action-background-color: var(--gemeente-rood); --shadow: 0 0 2px rgb(0 0 0 / 20%) }\n\
            @media (prefers-color-scheme: dark) { .gemeente-theme { --gemeente-rood: hotpink } }";
        let expected = ".voorbeeld-theme {\n--plein-radius:2px;\n}\n\
            @media print, (prefers-color-scheme: light) {\n.voorbeeld-theme {\n--gemeente-rood:#b00020;\n\
            --utrecht-button-primary-action-background-color:var(--gemeente-rood);\n--shadow:0 0 2px rgb(0 0 0 / 20%);\n}\n}\n\
            @media screen and (prefers-color-scheme: dark) {\n.voorbeeld-theme {\n--gemeente-rood:hotpink;\n}\n}\n";
        assert_eq!(Tokens::judge(text).map(|tokens| tokens.0), Ok(expected.to_owned()));
    }

    #[test]
    fn what_is_written_is_taken_again_and_stays_the_same() {
        let once = Tokens::judge(":root, .a { --a: \"x;}\"; --b: calc((1px + 2px) * 3); --c: RED }");
        let twice = once.clone().and_then(|tokens| Tokens::judge(&tokens.0));
        assert!(once.is_ok(), "{once:?}");
        assert_eq!(once, twice);
    }

    #[test]
    fn the_address_follows_the_content() {
        let url = |text| Tokens::judge(text).map(|tokens| tokens.url());
        assert_eq!(url(":root{--a:1px}"), url(".other { --a: 1px; }"));
        assert_ne!(url(":root{--a:1px}"), url(":root{--a:2px}"));
    }

    #[test]
    fn whatever_is_not_a_token_is_refused_with_its_line() {
        for (text, line, told) in [
            ("", "line 1", "no tokens"),
            (":root{}", "line 1", "no tokens"),
            ("@import \"x.css\";", "line 1", "@import"),
            ("@import url(//evil.example/x.css);\n:root{--a:1px}", "line 1", "@import"),
            ("@font-face { --a: 1px }", "line 1", "@font-face"),
            (":root{--a:1px}\n@supports (a:b) { :root{--b:1px} }", "line 2", "@supports"),
            (
                "@media (prefers-color-scheme: dark) { @media (prefers-color-scheme: light) { :root{--a:1px} } }",
                "line 1",
                "once",
            ),
            (":root{\n--a:1px;\ncolor: red;}", "line 3", "two hyphens"),
            (":root{\n--a:1px;\n&:hover{--b:1px}}", "line 3", "not a token"),
            (":root{--a:\nurl(https://evil.example/x)}", "line 2", "another file"),
            (":root{--a: URL(\"x\")}", "line 1", "another file"),
            (":root{--a: u\\72l(x)}", "line 1", "another file"),
            (":root{--a: calc(1px + image-set(\"x\" 1x))}", "line 1", "another file"),
            (":root{--a: 1px !important}", "line 1", "!important"),
            (":root{--a: {color:red}}", "line 1", "block"),
            (":root{--a: 1px}}", "line 1", "not a block"),
            (":root{--a 1px}", "line 1", "colon"),
            (":root{--a:;--b:1px}", "line 1", "no value"),
            (":root{--a: \"x\n;--b:1px}", "line 1", "not closed"),
            (":root{--a: rgb(1,2,3", "at its end", "left open"),
            (":root{--a: \"open", "at its end", "left open"),
            (":root{--a: 1px /* open", "line 1", "comment"),
            (".one{--a:1px}\n.two{--a:2px}", "line 2", "second theme"),
            (":root{--é:1px}", "line 1", "other than"),
        ] {
            let why = refused(text);
            assert!(why.starts_with(line) && why.contains(told), "{text:?}: {why}");
        }
    }
}
