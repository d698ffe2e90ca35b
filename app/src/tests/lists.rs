//! The lists of signals and of cases: filters, chips, counts, pages, and what stands where nothing does.

use super::{
    Browser,
    fake::{self, CURSOR, Fake},
};
use axum::http::{StatusCode, header};
use plein_domain::{
    list::{Place, SignalOrder},
    signal::SignalState,
};

const COORDINATOR: usize = 2;
const DEPARTMENT: &str = "00000000-0000-0000-0000-000000000001";

#[tokio::test]
async fn each_filter_is_a_chip_that_takes_it_away_and_keeps_the_rest() {
    let fake = Fake::default();
    let path = format!(
        "/signalen?status=received&afdeling={DEPARTMENT}&fenomeen=hennepteelt&van=1-10-2026&tot=2026-10-31&eigen=ja&volgorde=oldest"
    );
    let got = Browser::of(0, fake.clone()).get(&path).await;
    let list = fake.script().signal_list.clone().expect("a list was asked for");
    assert_eq!(list.state, Some(SignalState::Received));
    assert_eq!(list.department, Some(fake::id(1)));
    assert_eq!(list.phenomenon.as_deref(), Some("hennepteelt"));
    assert_eq!((list.mine, list.order, list.place), (true, SignalOrder::Oldest, Place::First));
    let whole = format!(
        "volgorde=oldest&amp;status=received&amp;afdeling={DEPARTMENT}&amp;fenomeen=hennepteelt&amp;van=2026-10-01&amp;tot=2026-10-31&amp;eigen=ja"
    );
    for (chip, pair) in [
        ("Status: Ontvangen", "&amp;status=received"),
        ("Afdeling: Vergunningen", &format!("&amp;afdeling={DEPARTMENT}")),
        ("Fenomeen: Hennepteelt", "&amp;fenomeen=hennepteelt"),
        ("Periode van: 1 oktober 2026", "&amp;van=2026-10-01"),
        ("Periode tot en met: 31 oktober 2026", "&amp;tot=2026-10-31"),
        ("Alleen wat ik heb vastgelegd", "&amp;eigen=ja"),
    ] {
        let rest = whole.replace(pair, "");
        got.shows(&[&format!(
            "<a href=\"/signalen?{rest}\" class=\"chip\"><span class=\"visually-hidden\">Filter weghalen:<!> </span>{chip}"
        )]);
    }
    got.shows(&[
        "href=\"/signalen?volgorde=oldest\" class=\"utrecht-link utrecht-link--html-a\">Alle filters weghalen",
        "value=\"01-10-2026\"",
        "1.000+ signalen",
    ]);
    let next = format!("rel=\"next\" href=\"/signalen?{whole}&amp;na={CURSOR}\"");
    let previous = format!("rel=\"prev\" href=\"/signalen?{whole}&amp;voor={CURSOR}\"");
    got.shows(&[&next, &previous]);
    let english = Browser::of(0, Fake::default()).header(header::ACCEPT_LANGUAGE, "en").get(&path).await;
    english.shows(&["1,000+ signals", "Period from: 1 October 2026"]);
}

#[tokio::test]
async fn nothing_yet_teaches_and_nothing_fitting_offers_each_filter() {
    let none = || Fake::with(|script| script.count = Some(0));
    let got = Browser::of(0, none()).get("/signalen").await;
    got.shows(&["Leg vast wat u ziet of hoort", "Nieuw signaal"]).hides(&["past bij deze filters", "signalen</p>"]);
    let got = Browser::of(0, none()).get("/signalen?status=in-case&eigen=ja").await;
    got.shows(&[
        "past bij deze filters",
        "href=\"/signalen?eigen=ja\" class=\"utrecht-link utrecht-link--html-a\">Zonder Status: In een casus",
        "href=\"/signalen?status=in-case\" class=\"utrecht-link utrecht-link--html-a\">Zonder Alleen wat ik heb vastgelegd",
        "<details open class=\"list-filters\"",
    ]);
    got.hides(&["Leg vast wat u ziet of hoort"]);
    let got = Browser::of(COORDINATOR, none()).get("/casussen?status=adopted").await;
    got.shows(&[
        "Geen casus waarin u werkt",
        "href=\"/casussen\" class=\"utrecht-link utrecht-link--html-a\">Zonder Status: Plan vastgesteld",
    ]);
}

#[tokio::test]
async fn what_makes_no_sense_is_told_kept_in_its_field_and_not_used() {
    let fake = Fake::default();
    let got = Browser::of(0, fake.clone()).get("/signalen?van=gisteren&tot=2026-10-31&status=%3Cb%3E").await;
    assert_eq!(got.status, StatusCode::OK);
    got.shows(&["niet klopt: Status, Periode van.", "value=\"gisteren\"", "aria-invalid=\"true\""]);
    got.shows(&["<details open class=\"list-filters\"", "Periode tot en met: 31 oktober 2026"]).hides(&["<b>"]);
    let list = fake.script().signal_list.clone().expect("a list was asked for");
    assert_eq!((list.state, list.period.from, list.period.until.is_some()), (None, None, true));
    // A place that is none: the first page, and said so. A place beyond the end: said so, with the way back.
    let got = Browser::of(0, Fake::default()).get("/signalen?na=%27--&eigen=ja").await;
    got.shows(&["Deze pagina van de lijst bestaat niet", "S-2026-0001"]);
    let got = Browser::of(0, Fake::default()).get(&format!("/signalen?na={CURSOR}&eigen=ja")).await;
    got.shows(&[
        "de lijst is voor deze plaats opgehouden",
        "href=\"/signalen?eigen=ja\" class=\"utrecht-link utrecht-link--html-a\">Naar de eerste pagina",
    ]);
    let many = format!("/signalen?{}", "status=x&".repeat(6_000));
    let got = Browser::of(0, Fake::default()).get(&many).await;
    got.shows(&["kan de filters in dit adres niet lezen", "S-2026-0001"]);
}

#[tokio::test]
async fn the_views_one_keeps_stand_above_the_list_and_the_shown_one_is_marked() {
    let fake = Fake::default();
    let got = Browser::of(0, fake.clone()).get("/signalen?status=received").await;
    got.shows(&["aria-current=\"true\"", "Kanarie &lt;script&gt;", "href=\"/weergaven\"", "Deze weergave bewaren"]);
    got.shows(&["name=\"list\" value=\"signals\"", "received</textarea>"]);
    let got = Browser::of(0, fake.clone()).get("/signalen").await;
    got.hides(&["aria-current=\"true\"", "Deze weergave bewaren"]).shows(&["href=\"/signalen?status=received\""]);
    let body = "list=signals&name=Lang&status=received&volgorde=oldest";
    let got = Browser::of(0, fake.clone()).post("/weergaven", body).await;
    got.leads_to("/signalen?status=received&volgorde=oldest&gelukt=view-kept");
    let got = Browser::of(0, fake.clone()).post("/weergaven", "list=cases&name=&status=open").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["<title>Fout: Deze weergave bewaren", "open</textarea>", "href=\"/casussen?status=open\""]);
    let path = "/weergaven/00000000-0000-0000-0000-0000000003ca";
    let got = Browser::of(0, fake.clone()).post(path, format!("name={}", "x".repeat(61))).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&[&"x".repeat(61), "aria-invalid=\"true\""]);
    Browser::of(0, fake).post(&format!("{path}/weg"), "").await.leads_to("/weergaven?gelukt=view-removed");
    let missing = Browser::of(0, Fake::default()).get("/weergaven/00000000-0000-0000-0000-000000000001").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
