//! The pages on which a list is taken in.

use super::{
    Browser,
    fake::{Fake, lists::*},
};
use axum::http::{StatusCode, header};
use plein_domain::import::*;

const LIST: &str = "/signalen/inlezen/00000000-0000-0000-0000-000000000258";

fn of(state: ImportState) -> Browser {
    Browser::of(0, Fake::with(|script| script.list = Some(list_rows(state))))
}

fn form(file: &str) -> (header::HeaderName, &'static str, String) {
    let part = |head: &str, text: &str| format!("--grens\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n");
    let id = part("name=\"id\"", "00000000-0000-0000-0000-000000000258");
    let body = format!("{id}{}--grens--\r\n", part("name=\"file\"; filename=\"lijst.csv\"", file));
    (header::CONTENT_TYPE, "multipart/form-data; boundary=grens", body)
}

#[tokio::test]
async fn a_file_is_given_once_and_a_bad_one_is_told_what_to_do() {
    let (name, kind, body) = form("a;b");
    let browser = Browser::of(0, Fake::default()).header(name, kind);
    browser.post("/signalen/inlezen", body).await.leads_to(LIST);
    assert_eq!(browser.fake.script().calls, ["imports.give lijst.csv 3"]);
    let (name, kind, body) = form("x");
    let browser =
        Browser::of(0, Fake::with(|script| script.unreadable = Some(Unreadable::OldOrLocked))).header(name, kind);
    let got = browser.post("/signalen/inlezen", body).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["oud Excel-bestand", "role=\"alert\"", "enctype=\"multipart/form-data\""]);
    let (name, kind, body) = form(&"x".repeat(10 * 1024 * 1024 + 1));
    let browser = Browser::of(0, Fake::default()).header(name, kind);
    browser.post("/signalen/inlezen", body).await.shows(&["groter dan 10 MB"]);
    assert_eq!(browser.fake.script().calls, ["imports.mine"], "it was not read");
}

#[tokio::test]
async fn columns_are_chosen_in_a_form_and_hidden_ones_are_named() {
    let browser = Browser::of(0, Fake::default());
    let got = browser.get(LIST).await;
    got.shows(&[
        "Kolommen kiezen",
        "Deze kolom is verborgen",
        "Bijvoorbeeld: Een pand",
        "name=\"column.1\"",
        "Kies bij welke kolom",
    ]);
    got.shows(&["href=\"#column.0\"", "Signalen (12 regels)", "Elke regel voor de afdeling"]);
    browser
        .post(&format!("{LIST}/kolommen"), "sheet=1&do=columns")
        .await
        .leads_to(&format!("{LIST}/kolommen#kolommen"));
    browser.post(&format!("{LIST}/kolommen"), "sheet=1&do=judge").await.leads_to(LIST);
}

#[tokio::test]
async fn every_row_is_shown_with_its_judgement_and_why_and_can_be_chosen() {
    let browser = of(ImportState::Judged);
    let got = browser.get(&format!("{LIST}?oordeel=look&pagina=2")).await;
    got.shows(&[
        "3 regels: 1 goed, 1 eerst bekijken, 1 kunnen zo niet.",
        "Lijkt op regel 4",
        "Contact (verborgen)",
        "signalen &lt;b&gt;.xlsx",
    ]);
    got.shows(&["id=\"kies-4\"", "id=\"kies-5\"", "/regels/6?", "Feiten:"]).hides(&["id=\"kies-6\"", "<b>.xlsx"]);
    browser
        .post(LIST, "do=choose&shown=4&shown=5&row=5&pagina=2&oordeel=look")
        .await
        .leads_to(&format!("{LIST}?pagina=2&oordeel=look"));
    browser.post(LIST, "do=start&shown=4&row=4").await.leads_to(LIST);
    browser.get(&format!("{LIST}?niets=1")).await.shows(&["Er is nog geen regel gekozen"]);
    let calls = browser.fake.script().calls.join("\n");
    assert!(calls.contains("Shown { shown: [4, 5], ticked: {5} }") && calls.contains("imports.start"), "{calls}");
}

#[tokio::test]
async fn a_row_is_put_right_in_its_form() {
    let browser = of(ImportState::Judged);
    let row = format!("{LIST}/regels/6");
    browser.get(&format!("{row}?pagina=3")).await.shows(&[
        "Regel 6 van de lijst",
        "=1+1",
        "name=\"facts\"",
        "href=\"#facts\"",
    ]);
    browser.post(&row, "facts=&do=save").await.leads_to(&row);
    browser.post(&format!("{row}?pagina=3"), "facts=Pand&do=save").await.leads_to(&format!("{LIST}?pagina=3#regel-6"));
    browser.post(&row, "facts=Pand&do=add-subject").await.leads_to(&format!("{row}#betrokkene-2"));
    assert_eq!(browser.get(&format!("{LIST}/regels/nul")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn progress_shows_no_rows_and_the_report_accounts_for_all() {
    let got = of(ImportState::Running).get(LIST).await;
    got.shows(&["<progress", "Nu verversen"]).hides(&["HYPERLINK", "Lijkt op"]);
    let got = of(ImportState::Done).get(LIST).await;
    got.shows(&[
        "3 regels: 1 ingelezen, 0 waren al ingelezen, 0 geweigerd, 2 niet ingelezen.",
        "S-2026-0001",
        "Niet gekozen",
    ]);
}

#[tokio::test]
async fn the_report_leaves_as_a_file_without_a_formula_in_it() {
    let got = of(ImportState::Done).post(&format!("{LIST}/bestand"), "").await;
    assert_eq!(got.status, StatusCode::OK);
    assert_eq!(got.body.lines().count(), 4);
    got.shows(&["\"'=HYPERLINK(\"\"x\"\") pand\"", "\u{feff}\"Regel\";"]).hides(&[";\"=", "\n\"="]);
}
