//! The pages of the register's versions and of taking one in.

use super::{
    Browser,
    fake::{Fake, register::*},
};
use axum::http::{StatusCode, header};
use plein_domain::{
    form::{Fault, FieldProblem},
    import::Unreadable,
};

const START: &str = "/verwerkingsregister/inlezen";
const FILE: &str = "/verwerkingsregister/inlezen/00000000-0000-0000-0000-000000000258";

fn proposed() -> Browser {
    Browser::of(0, Fake::with(|script| script.proposal = Some(proposal())))
}

#[tokio::test]
async fn the_register_names_its_version_and_who_may_takes_in_a_new_one() {
    let browser = Browser::of(0, Fake::default());
    let got = browser.get("/verwerkingsregister").await;
    got.shows(&["heeft nog geen versie", "23 november 2026", "href=\"/verwerkingsregister/versies\""]).hides(&[START]);
    got.shows(&["Politie", "1 maart 2025"]);
    let browser = Browser::of(0, Fake::with(|script| script.version = Some(3)));
    let link = format!("href=\"{START}\"");
    browser.get("/verwerkingsregister").await.shows(&["Versie 3 van 23 november 2026.", &link]);
}

#[tokio::test]
async fn versions_tell_who_when_how_much_and_what_as_old_and_new() {
    let browser = Browser::of(0, Fake::default());
    let got = browser.get("/verwerkingsregister/versies").await;
    got.shows(&["Versie 3", "Anouk de Wit", "2 nieuw, 1 gewijzigd, 1 beëindigd, 7 hetzelfde, 3 niet ingelezen"]);
    let got = browser.get("/verwerkingsregister/versies/3?gelukt=register-taken-in").await;
    got.shows(&["Dit is nu het register.", "<del>60 maanden", "<ins>24 maanden", "&lt;b&gt;RIEC", "Beëindigd"])
        .hides(&["<b>RIEC", "Bestand:"]);
    proposed().get("/verwerkingsregister/versies/3").await.shows(&["Bestand: register &lt;b&gt;.xlsx"]);
    for odd in ["nul", "-1", "99999999999999999999", "3%00"] {
        let got = browser.get(&format!("/verwerkingsregister/versies/{odd}")).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{odd}");
    }
}

#[tokio::test]
async fn a_register_is_given_and_a_bad_file_is_told_what_to_do() {
    let part = |head: &str, text: &str| format!("--grens\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n");
    let form = |file: &str| {
        let id = part("name=\"id\"", "00000000-0000-0000-0000-000000000258");
        format!("{id}{}--grens--\r\n", part("name=\"file\"; filename=\"r.csv\"", file))
    };
    let kind = "multipart/form-data; boundary=grens";
    let browser = Browser::of(0, Fake::default()).header(header::CONTENT_TYPE, kind);
    browser.get(START).await.shows(&["enctype=\"multipart/form-data\"", "1.000 verwerkingen", "Bestand weggooien"]);
    browser.post(START, form("a;b")).await.leads_to(FILE);
    let fake = Fake::with(|script| script.unreadable = Some(Unreadable::Bomb));
    let got = Browser::of(0, fake).header(header::CONTENT_TYPE, kind).post(START, form("x")).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["uitgepakt veel groter", "role=\"alert\""]);
    let browser = Browser::of(0, Fake::default());
    browser.get(&format!("{FILE}/weg")).await.shows(&["Wilt u dit bestand weggooien?"]);
    browser.post(&format!("{FILE}/weg"), "").await.leads_to(&format!("{START}?gelukt=register-discarded"));
}

#[tokio::test]
async fn columns_of_a_register_are_chosen_by_hand() {
    let browser = Browser::of(0, Fake::default());
    let got = browser.get(FILE).await;
    got.shows(&[
        "Kolommen kiezen",
        "Deze kolom is verborgen",
        "Bijvoorbeeld: Bibob",
        "Kies bij welke kolom dit staat: Bewaartermijn",
    ]);
    got.shows(&["Register (12 regels)", "name=\"above\"", "name=\"valid-from\""]).hides(&["name=\"scope\""]);
    let columns = format!("{FILE}/kolommen");
    browser.post(&columns, "sheet=0&do=columns").await.leads_to(&format!("{columns}#kolommen"));
    browser.post(&columns, "sheet=0&do=judge").await.leads_to(FILE);
}

#[tokio::test]
async fn every_row_is_shown_with_what_it_changes_or_why_it_cannot_and_what_the_file_lacks_can_end() {
    let browser = proposed();
    let got = browser.get(FILE).await;
    got.shows(&[
        "Nieuw: 1. Gewijzigd: 1. Hetzelfde: 1. Kan zo niet: 1. Niet in het bestand: 1.",
        "register &lt;b&gt;.xlsx",
    ])
    .shows(&["Bewaartermijn ontbreekt", "Gerechtvaardigd belang", "<del>60 maanden", "geen aantal maanden"])
    .shows(&["name=\"which\" value=\"possible\"", "name=\"seen\" value=\"3.2\"", "In gebruik", "Oude verwerking"])
    .shows(&["name=\"case\" id=\"case-4\"", "name=\"end\"", "Eigenaar"])
    .hides(&["id=\"case-7\"", "<b>.xlsx", "<b>RIEC"]);
    browser.post(FILE, "which=possible&seen=3.2&case=4").await.leads_to(FILE);
    let calls = browser.fake.script().calls.join("\n");
    assert!(calls.contains("register.confirm possible 4"), "{calls}");
    let browser = Browser::of(0, Fake::with(|script| script.version = Some(4)));
    let done = "/verwerkingsregister/versies/4?gelukt=register-taken-in";
    browser.post(FILE, "which=all&seen=3.2").await.leads_to(done);
}

#[tokio::test]
async fn answers_that_are_not_right_come_back_as_they_were_given_with_why() {
    let fake = Fake::with(|script| {
        let mut view = proposal();
        for (name, value) in [("seen", "3.1"), ("case", "6"), ("ends-on", "1-1-2020")] {
            view.values.set(name, value);
        }
        view.values.set("end", view.proposal.absent[0].purpose.id.to_string());
        let problem = |field: &str, fault| FieldProblem { field: field.into(), fault };
        view.problems = vec![
            problem("case-6", Fault::TermNeeded),
            problem("ends-on", Fault::Before(view.today)),
            problem("which", Fault::RegisterChanged),
        ];
        view.proposal.rows.pop();
        script.proposal = Some(view);
    });
    let got = Browser::of(0, fake).get(FILE).await;
    got.shows(&[
        "href=\"#case-6\"",
        "href=\"#ends-on\"",
        "href=\"#which\"",
        "intussen gewijzigd",
        "value=\"01-01-2020\"",
    ])
    .shows(&["name=\"which\" value=\"all\"", "aria-describedby=\"case-6-fout\""]);
    assert_eq!(got.body.matches(" checked").count(), 2, "what was ticked, and no more");
}

#[tokio::test]
async fn the_judgement_leaves_as_a_file_in_which_nothing_is_a_formula() {
    let got = proposed().post(&format!("{FILE}/bestand"), "").await;
    got.shows(&["\"'=Verwerking 4\"", "Bewaartermijn ontbreekt", "Ontvangers: Politie → <b>RIEC</b>"]);
    let cells = got.body.trim_start_matches('\u{feff}').split("\r\n").flat_map(|line| line.split("\";\""));
    for cell in cells {
        let first = cell.trim_start_matches('"').chars().next();
        assert!(!matches!(first, Some('=' | '+' | '-' | '@')), "{cell}");
    }
}
