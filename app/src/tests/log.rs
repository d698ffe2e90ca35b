//! The access log, searched by who supervises.

use super::{
    Browser,
    fake::{self, Fake},
};
use axum::http::StatusCode;
use plein_domain::{
    access_log::{LogFilter, PurposeKind},
    ids::Reference,
    ledger::LineKind,
    list::Period,
};

const FG: usize = 4;
const BRAM: &str = "00000000-0000-0000-0000-00000000000c";
const DEPARTMENT: &str = "00000000-0000-0000-0000-000000000002";

#[tokio::test]
async fn each_way_of_searching_is_a_chip_that_takes_it_away_and_older_lines_keep_them_all() {
    let fake = Fake::default();
    let path = format!(
        "/toezicht/inzagelog?persoon={BRAM}&afdeling={DEPARTMENT}&doel=case&kenmerk=s+2026+142&van=1-10-2026&tot=2026-10-31&soort=refused"
    );
    let got = Browser::of(FG, fake.clone()).get(&path).await;
    let asked = fake.script().log.clone().expect("the log was asked");
    let day = |text: &str| text.parse().ok();
    let filter = LogFilter {
        before: None,
        person: Some(fake::id(0xc)),
        department: Some(fake::id(2)),
        purpose: Some(PurposeKind::Case),
        record: Some(Reference("S-2026-0142".into())),
        period: Period { from: day("2026-10-01"), until: day("2026-10-31") },
        kind: Some(LineKind::Refused),
    };
    assert_eq!(asked, filter);
    let whole = format!(
        "persoon={BRAM}&amp;afdeling={DEPARTMENT}&amp;doel=case&amp;kenmerk=S-2026-0142&amp;soort=refused&amp;van=2026-10-01&amp;tot=2026-10-31"
    );
    for (chip, pair) in [
        ("Afdeling: Belastingen", format!("afdeling={DEPARTMENT}&amp;")),
        ("Doel: Werken aan een casus", "doel=case&amp;".to_owned()),
        ("Kenmerk: S-2026-0142", "kenmerk=S-2026-0142&amp;".to_owned()),
        ("Soort: Geweigerd", "soort=refused&amp;".to_owned()),
        ("Persoon: Bram Jansen", format!("persoon={BRAM}&amp;")),
    ] {
        let rest = whole.replace(&pair, "");
        got.shows(&[&format!("<a href=\"/toezicht/inzagelog?{rest}\" class=\"chip\">"), chip]);
    }
    got.shows(&[&format!("rel=\"next\" href=\"/toezicht/inzagelog?{whole}&amp;voor=1\""), "value=\"01-10-2026\""]);
}

#[tokio::test]
async fn nonsense_in_the_address_is_told_and_the_rest_counts() {
    let fake = Fake::default();
    let path = "/toezicht/inzagelog?persoon=niemand&doel=zomaar&kenmerk=X-1&soort=opened&van=31-12-2026&tot=1-1-2026&voor=eerder";
    let got = Browser::of(FG, fake.clone()).get(path).await;
    assert_eq!(got.status, StatusCode::OK);
    got.shows(&[
        "omdat de waarde niet klopt: Persoon, Doel, Kenmerk.",
        "De periode eindigt voordat zij begint.",
        "Deze pagina van de lijst bestaat niet.",
        "value=\"X-1\"",
        "aria-invalid=\"true\"",
    ]);
    let kind = Some(LineKind::Opened);
    assert_eq!(fake.script().log, Some(LogFilter { kind, ..LogFilter::default() }));
    let got = Browser::of(FG, Fake::default()).get("/toezicht/inzagelog?soort=%ff").await;
    got.shows(&["kan de filters in dit adres niet lezen"]);
}

#[tokio::test]
async fn no_line_that_fits_offers_each_filter_and_a_place_beyond_leads_back() {
    let none = || Fake::with(|script| script.count = Some(0));
    let got = Browser::of(FG, none()).get("/toezicht/inzagelog?kenmerk=S-2026-9999&doel=intake").await;
    got.shows(&[
        "Geen enkele regel past bij deze filters",
        "Zonder Kenmerk: S-2026-9999",
        "Zonder Doel: Signalen vastleggen",
    ]);
    let got = Browser::of(FG, none()).get("/toezicht/inzagelog?voor=1").await;
    got.shows(&["Hier staat niets meer", "href=\"/toezicht/inzagelog\""]);
    let got = Browser::of(FG, none()).get("/toezicht/inzagelog").await;
    got.shows(&["Er zijn geen regels."]).hides(&["past bij deze filters"]);
}
