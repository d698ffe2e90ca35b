//! No page holds a text of its own: every word comes from the catalogue, or is what somebody typed.

use super::{Browser, fake, fake::Fake, help, pages};
use axum::http::header;
use plein_domain::{
    form::FormKind,
    sign_in::{NotLetIn, NotSignedInBecause},
};

/// What people of the invented municipality typed, or a machine made: it is shown as it stands. Longer ones first.
const DATA: &[&str] = &[
    "Kanarie &lt;script&gt;alert(1)&lt;/script&gt;",
    "Voorkomen dat vastgoed in de gemeente wordt gebruikt om crimineel geld wit te wassen.",
    "Contante aankoop van een pand zonder hypotheek",
    "Bij de aanvraag is een koopakte gezien.",
    "De koopsom is contant betaald.",
    "Mogelijk wordt geld witgewassen via het pand.",
    "Drie panden, één koper, contant betaald.",
    "Twee afdelingen noemen dezelfde koper.",
    "Zelfde pand, zelfde eigenaar.",
    "Lokaal Informatie Plein",
    "Gemeente Vloedstad",
    "Postbus 2, 0000 AB Vloedstad",
    "Havenstraat 12, Vloedstad",
    "Openbare orde en veiligheid",
    "Behandelen van vergunningaanvragen",
    "Tegengaan van ondermijning",
    "Aanpak vastgoedfraude",
    "Gemeentewet artikel 172",
    "Opiumwet artikel 13b",
    "Invorderingswet",
    "Informatievoorziening",
    "Vastgoedfraude",
    "Vergunningen",
    "Belastingen",
    "Concernstaf",
    "Hennepteelt",
    "Panden aan de haven",
    "Gebeld met de eigenaar.",
    "Wat er eerst stond.",
    "Beslag op de huur",
    "kijk jij hiernaar?",
    "&lt;b&gt;RIEC&lt;/b&gt;",
    "Nieuwe verwerking",
    "Oude verwerking",
    "Ander pand.",
    "Wat we weten",
    "plein/ledger/0001+abcd0123+AbCd",
    "plein/ledger/0001",
    "abababababababababababababababababababababababababababababababab",
    "witness/1",
    "witness/2",
    "q6s=",
    "gemeente@vloedstad.example",
    "privacy@vloedstad.example",
    "fg@vloedstad.example",
    "members-log-signals",
    "fg-reads-the-log",
    "__Host-plein-aanmelden",
    "__Host-plein-taal",
    "__Host-plein",
    "k7f2m9qa",
    "anna@vloedstad.example",
    "Firefox, Windows",
    "Anouk de Wit",
    "Bram Jansen",
    "Carla Smit",
    "Dirk Visser",
    "Els van Dam",
    "Farid Bakker",
    "Jan de Vries",
];

/// Words that stand alone in what people typed.
const WORDS: &[&str] = &[
    "Bram",
    "Doel",
    "Eigenaar",
    "Politie",
    "Situatie",
    "Verwerking",
    "Wat",
    "Wie",
    "belt",
    "beter",
    "en",
    "gelijk",
    "sluiten",
    "twee",
    "was",
    "één",
];

/// The names of months, which the catalogue keeps by themselves.
const MONTHS: &[&str] = &[
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "jan",
    "feb",
    "mrt",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
];

/// Whether this is data alone: no word of it is the program's.
fn is_data(text: &str) -> bool {
    let mut left = text.to_owned();
    for data in DATA {
        left = left.replace(data, "");
    }
    let alone = text.trim_matches(|c: char| !c.is_alphanumeric());
    let mut words =
        left.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.chars().any(char::is_alphabetic));
    words.all(|word| MONTHS.contains(&word) || WORDS.contains(&alone) || is_name(word))
}

/// An id, or the reference of a signal or case.
fn is_name(word: &str) -> bool {
    let reference = ["S-", "C-"].iter().find_map(|start| word.strip_prefix(start));
    reference.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '-'))
        || word.parse::<uuid::Uuid>().is_ok()
}

/// The words of a page that no catalogue holds: between its tags, and in attributes that tell something to who cannot see.
fn unmarked_words(page: &str) -> Vec<String> {
    let mut said = Vec::new();
    let mut depth = 0;
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        // A text may go on behind a tag that stands in it.
        said.push(unmarked(&rest[..open], &mut depth));
        let Some(close) = rest[open..].find('>') else { break };
        let tag = &rest[open..open + close];
        rest = &rest[open + close + 1..];
        for attribute in [" aria-label=\"", " placeholder=\"", " alt=\"", " title=\"", " data-label=\""] {
            said.extend(
                tag.split(attribute)
                    .skip(1)
                    .filter_map(|value| value.split('"').next())
                    .map(|value| unmarked(value, &mut 0)),
            );
        }
        if let Some(end) = ["script", "style"]
            .iter()
            .find_map(|one| tag.strip_prefix('<')?.starts_with(one).then(|| format!("</{one}>")))
        {
            rest = rest.split_once(end.as_str()).map_or("", |(_, after)| after);
        }
    }
    said.retain(|text| text.chars().any(char::is_alphabetic));
    said
}

/// What stands outside of every ⟦ and ⟧.
fn unmarked(text: &str, depth: &mut usize) -> String {
    let mut left = String::new();
    for c in text.chars() {
        match c {
            '⟦' => *depth += 1,
            '⟧' => *depth = depth.saturating_sub(1),
            _ if *depth == 0 => left.push(c),
            _ => {}
        }
    }
    left
}

#[test]
fn what_no_catalogue_holds_is_found() {
    let page = "<p aria-label=\"Los\">⟦Signaal <b>S-1</b> van ⟦Anna⟧⟧ Zomaar</p><script>let x = 'niets';</script>";
    assert_eq!(unmarked_words(page), ["Los", " Zomaar"]);
    assert!(is_data("22 november 2026, 22:14") && is_data("S-2026-0001, Vergunningen") && is_data("twee"));
    assert!(!is_data("twee signalen") && !is_data("Vergunningen gezocht"));
}

#[tokio::test]
async fn every_word_on_every_page_comes_from_the_catalogue_or_from_a_person() {
    let mut found = std::collections::BTreeMap::new();
    let mut look = |path: &str, page: &str| {
        for text in unmarked_words(page).into_iter().filter(|text| !is_data(text)) {
            found.entry(text.trim().to_owned()).or_insert_with(|| path.to_owned());
        }
    };
    let fake = Fake::with(|script| script.may_lead = true);
    for person in 0..=5 {
        for path in pages::PAGES.iter().chain(pages::OPEN_PAGES).chain(pages::PUBLIC_PAGES) {
            let browser = Browser::of(person, fake.clone()).header(header::COOKIE, "__Host-plein-taal=marked");
            look(path, &browser.get(path).await.body);
        }
    }
    for kind in FormKind::ALL.iter().copied() {
        let mut draft = fake::draft(kind);
        draft.values.set("signal", "00000000-0000-0000-0000-0000000003e9");
        let fake = Fake::with(|script| script.draft = Some(draft));
        let browser = Browser::of(2, fake).header(header::COOKIE, "__Host-plein-taal=marked");
        for path in ["?stap=alles", "/controleren", "/weg"] {
            let path = format!("/concepten/00000000-0000-0000-0000-000000000320{path}");
            look(&path, &browser.get(&path).await.body);
        }
    }
    for (problem, _) in pages::problems() {
        let fake = Fake::with(|script| script.problem = Some(problem));
        let browser = Browser::of(2, fake).header(header::COOKIE, "__Host-plein-taal=marked");
        look("a problem", &browser.get("/signalen").await.body);
    }
    let nobody = Browser::nobody().header(header::COOKIE, "__Host-plein-taal=marked");
    for path in ["/aanmelden", "/rondleiding"].map(str::to_owned).into_iter().chain(help::paths()) {
        look(&path, &nobody.get(&path).await.body);
    }
    let provider = || Fake::with(|script| script.provider = true);
    let waits = NotLetIn::ALL
        .iter()
        .map(|because| Fake::with(|script| (script.provider, script.waits) = (true, Some(*because))));
    let failed = NotSignedInBecause::ALL
        .iter()
        .map(|because| Fake::with(|script| (script.provider, script.not_signed_in) = (true, Some(*because))));
    for fake in [provider()].into_iter().chain(waits).chain(failed) {
        let nobody =
            Browser { fake, asker: None, headers: vec![(header::COOKIE, "__Host-plein-taal=marked")], hurried: None };
        for path in ["/aanmelden", "/aanmelden/beginnen", "/aanmelden/terug?state=s", "/aanmelden/afgemeld", "/cookies"]
        {
            look(path, &nobody.get(path).await.body);
        }
    }
    let leaving = Browser::of(0, provider()).header(header::COOKIE, "__Host-plein-taal=marked");
    look("/afmelden", &leaving.post("/afmelden", "").await.body);
    let list: Vec<String> = found.iter().map(|(text, path)| format!("{text:?} at {path}")).collect();
    assert!(list.is_empty(), "in no catalogue:\n{}", list.join("\n"));
}
