//! Every page: status, what it shows, and what it must not show.

use super::{
    Browser,
    fake::{self, Fake},
};
use axum::http::{StatusCode, header};
use plein_domain::{
    problem::{Incident, Problem},
    purpose::{PurposeOption, StatedPurpose},
};

const COORDINATOR: usize = 2;
const FG: usize = 4;
const ADMINISTRATOR: usize = 5;

pub(super) const PAGES: &[&str] = &[
    "/",
    "/signalen",
    "/signalen/00000000-0000-0000-0000-0000000003e9",
    "/signalen/00000000-0000-0000-0000-0000000003e9/inzagen",
    "/concepten/00000000-0000-0000-0000-000000000320",
    "/concepten/00000000-0000-0000-0000-000000000320/controleren",
    "/concepten/00000000-0000-0000-0000-000000000320/weg",
    "/casussen",
    "/casussen/00000000-0000-0000-0000-0000000001f4",
    "/casussen/00000000-0000-0000-0000-0000000001f4/koppelen",
    "/casussen/00000000-0000-0000-0000-0000000001f4/koppelen?fenomeen=vastgoedfraude",
    "/casussen/00000000-0000-0000-0000-0000000001f4/inzagen",
    "/casussen/00000000-0000-0000-0000-0000000001f4/geschiedenis",
    "/casussen/00000000-0000-0000-0000-0000000001f4/tijdlijn",
    "/casussen/00000000-0000-0000-0000-0000000001f4/notities",
    "/casussen/00000000-0000-0000-0000-0000000001f4/notities/afdrukken",
    "/casussen/00000000-0000-0000-0000-0000000001f4/notities/00000000-0000-0000-0000-0000000003c1",
    "/casussen/00000000-0000-0000-0000-0000000001f4/notities/00000000-0000-0000-0000-0000000003c3",
    "/casussen/00000000-0000-0000-0000-0000000001f4/plan",
    "/casussen/00000000-0000-0000-0000-0000000001f4/plan/afdrukken",
    "/casussen/00000000-0000-0000-0000-0000000001f4/plan/versies",
    "/casussen/00000000-0000-0000-0000-0000000001f4/plan/versies/1",
    "/casussen/00000000-0000-0000-0000-0000000001f4/plan/versies/2",
    "/casussen/00000000-0000-0000-0000-0000000001f4/plan/versies/3",
    "/casussen/00000000-0000-0000-0000-0000000001f4/plan/versies/1/afdrukken",
    "/casussen/00000000-0000-0000-0000-0000000001f4/plan/vergelijken?oud=1&nieuw=nu",
    "/verwerkingsregister/versies",
    "/verwerkingsregister/versies/3",
    "/verwerkingsregister/inlezen",
    "/verwerkingsregister/inlezen/00000000-0000-0000-0000-000000000258",
    "/verwerkingsregister/inlezen/00000000-0000-0000-0000-000000000258/weg",
    "/weergaven",
    "/weergaven/00000000-0000-0000-0000-0000000003ca",
    "/meldingen",
    "/mijn-inzagen",
    "/toezicht/inzagelog",
    "/toezicht/controlepunten",
    "/noodinzage",
    "/noodinzage/00000000-0000-0000-0000-000000000800",
    "/mijn-sessies",
    "/beheer",
    "/beheer/mensen",
    "/beheer/mensen/00000000-0000-0000-0000-000000000900",
    "/beheer/voorstellen",
    "/toezicht/noodinzagen",
    "/toezicht/noodinzagen/beoordeeld",
    "/toezicht/noodinzagen/00000000-0000-0000-0000-000000000800",
    "/toezicht/betrokkene",
    "/toezicht/betrokkene/00000000-0000-0000-0000-000000000700",
    "/toezicht/betrokkene/00000000-0000-0000-0000-000000000700?wie=00000000-0000-0000-0000-00000000000c",
    "/toezicht/betrokkene/00000000-0000-0000-0000-000000000700/afdrukken",
    "/toezicht/betrokkene/00000000-0000-0000-0000-000000000700/afdrukken?namen=ja&kenmerken=ja",
];

/// Of these nothing is a viewing, and the lists they show answer always.
pub(super) const OPEN_PAGES: &[&str] = &[
    "/verwerkingsregister",
    "/verwerkingsregister?naam=vast&geldig=ja",
    "/opnieuw-aanmelden?naar=/noodinzage",
    "/opnieuw-aanmelden?klaar=ja",
];

/// These are for everybody, also without signing in.
pub(super) const PUBLIC_PAGES: &[&str] = &["/hulp", "/privacy", "/toegankelijkheid", "/cookies", "/regels"];

pub(super) fn problems() -> Vec<(Problem, &'static str)> {
    let incident = || Incident("k7f2m9qa".into());
    let option = PurposeOption { stated: StatedPurpose::Intake, case: None };
    vec![
        (Problem::NotFound, "Niet gevonden"),
        (Problem::PurposeNeeded(vec![option]), "Waarvoor opent u dit?"),
        (Problem::FreshNeeded, "Meld u opnieuw aan"),
        (Problem::NotAllowed, "Dit mag u niet doen"),
        (Problem::Unavailable(incident()), "k7f2m9qa"),
        (Problem::Internal(incident()), "k7f2m9qa"),
    ]
}

#[tokio::test]
async fn every_page_is_a_whole_document_with_one_heading_and_no_inline_style_or_handler() {
    let fake = Fake::with(|script| script.may_lead = true);
    for path in PAGES.iter().chain(OPEN_PAGES).chain(PUBLIC_PAGES) {
        let got = Browser::of(COORDINATOR, fake.clone()).get(path).await;
        assert_eq!(got.status, StatusCode::OK, "{path}");
        assert!(got.body.starts_with("<!DOCTYPE html><html lang=\"nl\""), "{path}");
        assert!(got.body.ends_with("</html>"), "{path}");
        assert_eq!(got.body.matches("<h1").count(), 1, "{path}");
        got.shows(&["nonce=\"this-nonce\"", "<nav", "verzonnen"]);
        got.hides(&[" style=", " onclick=", "__RESOLVED_RESOURCES", "<script>alert"]);
        let scripts = got.body.matches("<script").count();
        assert_eq!(scripts, got.body.matches("nonce=\"this-nonce\"").count(), "{path}: a script without nonce");
    }
}

#[tokio::test]
async fn every_page_tells_every_problem_with_its_status_and_nothing_of_the_thing() {
    for (problem, heading) in problems() {
        for path in PAGES {
            let fake = Fake::with(|script| script.problem = Some(problem.clone()));
            let got = Browser::of(COORDINATOR, fake).get(path).await;
            assert_eq!(got.status.as_u16(), problem.status(), "{path} {problem}");
            got.shows(&[heading]).hides(&["S-2026", "C-2026", "Havenstraat", "Kanarie"]);
        }
    }
}

#[tokio::test]
async fn missing_and_forbidden_are_one_page_and_so_is_an_id_that_is_none() {
    let fake = || Fake::with(|script| script.problem = Some(Problem::NotFound));
    let main = |body: &str| body[body.find("<main").expect("main")..].to_owned();
    let forbidden = Browser::of(0, fake()).get(PAGES[2]).await;
    for path in ["/signalen/geen-id", "/signalen/%ff", "/bestaat-niet", "/signalen/1/2/3"] {
        let got = Browser::of(0, fake()).get(path).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(main(&got.body), main(&forbidden.body), "{path}");
    }
}

#[tokio::test]
async fn a_page_makes_one_viewing() {
    for (path, call) in PAGES[1..4].iter().zip(["signals.list", "signals.view", "log.of_signal"]) {
        let fake = Fake::default();
        Browser::of(COORDINATOR, fake.clone()).get(path).await;
        assert_eq!(fake.script().calls, [call], "{path}");
    }
}

#[tokio::test]
async fn nobody_gets_no_page_and_comes_back_after_signing_in() {
    for path in PAGES[1..].iter().chain(OPEN_PAGES) {
        let got = Browser::nobody().get(path).await;
        let back = path.replace('?', "%3F").replace('=', "%3D").replace('&', "%26");
        got.leads_to(&format!("/aanmelden?naar={back}"));
    }
    Browser::nobody().get("/").await.leads_to("/aanmelden");
    let got = Browser::nobody().get("/aanmelden?naar=/signalen%3Fpagina%3D2").await;
    got.shows(&["value=\"/signalen?pagina=2\"", "Anouk de Wit", "demo met verzonnen gegevens"]);
    let got = Browser::nobody().get("/aanmelden?naar=//elders.example").await;
    got.shows(&["name=\"naar\" value=\"/\""]).hides(&["value=\"//", "value=\"https:"]);
}

#[tokio::test]
async fn signing_in_sets_the_cookie_and_goes_where_one_wanted_but_never_elsewhere() {
    let person = "00000000-0000-0000-0000-00000000000b";
    let got = Browser::nobody().post("/aanmelden", format!("person={person}&naar=/casussen")).await;
    got.leads_to("/casussen");
    assert_eq!(got.cookies, ["__Host-plein=token-11; Path=/; Secure; HttpOnly; SameSite=Lax"]);
    let got = Browser::nobody().post("/aanmelden", format!("person={person}&naar=https://elders.example")).await;
    got.leads_to("/");
    let got = Browser::nobody().post("/aanmelden", "person=iemand").await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
    let got = Browser::of(0, Fake::default()).post("/afmelden", "").await;
    got.leads_to("/aanmelden?gelukt=signed-out");
    assert!(got.cookies[0].starts_with("__Host-plein=; Path=/; Max-Age=0"), "{:?}", got.cookies);
}

#[tokio::test]
async fn who_is_signed_out_while_typing_keeps_what_they_typed() {
    let path = "/concepten/00000000-0000-0000-0000-000000000320";
    let got = Browser::nobody().post(path, "facts=Twee%0Aregels+%26+%3Cb%3E&do=check").await;
    assert_eq!(got.status, StatusCode::UNAUTHORIZED);
    got.shows(&["niet meer aangemeld", "Twee\nregels &amp; &lt;b&gt;</textarea>", &format!("action=\"{path}\"")]);
}

#[tokio::test]
async fn the_language_is_chosen_by_cookie_then_by_the_browser() {
    let english = Browser::of(0, Fake::default()).header(header::ACCEPT_LANGUAGE, "en-GB,en;q=0.8").get("/").await;
    english.shows(&["<html lang=\"en\"", "My work"]).hides(&["Mijn werk"]);
    let dutch = Browser::of(0, Fake::default())
        .header(header::ACCEPT_LANGUAGE, "en")
        .header(header::COOKIE, "a=b; __Host-plein-taal=nl");
    dutch.get("/").await.shows(&["<html lang=\"nl\"", "Mijn werk"]);
    let got = Browser::nobody().post("/taal", "taal=en&naar=/signalen").await;
    got.leads_to("/signalen");
    assert!(got.cookies[0].starts_with("__Host-plein-taal=en; Path=/"), "{:?}", got.cookies);
}

#[tokio::test]
async fn a_purpose_is_asked_for_stated_and_then_the_page_is_opened() {
    let case = StatedPurpose::Case(fake::id(500));
    let options = vec![
        PurposeOption { stated: StatedPurpose::Intake, case: None },
        PurposeOption { stated: case, case: Some((fake::case_head().reference, "Aanpak vastgoedfraude".into())) },
    ];
    let fake = Fake::with(|script| script.problem = Some(Problem::PurposeNeeded(options)));
    let browser = Browser::of(COORDINATOR, fake.clone());
    let got = browser.get("/signalen?pagina=2").await;
    got.shows(&[
        "type=\"radio\"",
        "Werken aan casus C-2026-0007: Aanpak vastgoedfraude",
        "value=\"/signalen?pagina=2\"",
    ]);
    let code = "case%3A00000000-0000-0000-0000-0000000001f4";
    fake.script().problem = None;
    browser.post("/doel", format!("purpose={code}&naar=/signalen%3Fpagina%3D2")).await.leads_to("/signalen?pagina=2");
    assert!(fake.script().calls.contains(&format!("sessions.state_purpose {case}")));
    browser.post("/doel", "naar=/signalen").await.leads_to("/signalen");
    assert_eq!(browser.post("/doel", "purpose=nieuwsgierig").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn each_role_finds_its_own_work() {
    let page = async |person| Browser::of(person, Fake::default()).get("/").await;
    page(0).await.shows(&["Nieuw signaal", "Nieuwste signalen van Vergunningen"]).hides(&["Casus openen", "Wacht op"]);
    page(COORDINATOR).await.shows(&["Nieuw signaal", "Casus openen", "Wacht op beoordeling"]);
    page(FG).await.shows(&["/toezicht/inzagelog", "U houdt toezicht"]).hides(&["Nieuw signaal", "\"/signalen\""]);
    page(ADMINISTRATOR).await.shows(&["nog niets voor u te doen"]).hides(&["\"/signalen\"", "\"/casussen\""]);
}

#[tokio::test]
async fn what_people_typed_is_shown_as_text() {
    let got = Browser::of(0, Fake::default()).get(PAGES[2]).await;
    got.shows(&["Kanarie &lt;script&gt;alert(1)&lt;/script&gt;", "123456782", "geboren op 31 december 1980"]);
}

#[tokio::test]
async fn a_case_shows_its_purpose_and_what_was_ended_and_only_its_coordinator_can_change_it() {
    let path = PAGES[8];
    let member = Browser::of(1, Fake::default()).get(path).await;
    member.shows(&["Doel van deze casus", "Aanpak vastgoedfraude", "Ontkoppelde signalen", "Ander pand."]);
    member.hides(&["Team wijzigen", "/koppelen", ">Ontkoppelen"]);
    let leads = Browser::of(COORDINATOR, Fake::with(|script| script.may_lead = true)).get(path).await;
    leads.shows(&["Team wijzigen", "/koppelen", ">Ontkoppelen"]);
}

#[tokio::test]
async fn the_log_names_who_looked_with_which_purpose_and_refusals_too() {
    let got = Browser::of(0, Fake::default()).get(PAGES[3]).await;
    got.shows(&[
        "Anouk de Wit",
        "Vergunningen",
        "afdelingsmedewerker",
        "23 november 2026, 22:13",
        "Werken aan casus C-2026-0007: Aanpak vastgoedfraude",
        "Geweigerd",
        "Verwijderd na de bewaartermijn",
        "inzagen?voor=1",
    ]);
}

#[tokio::test]
async fn comments_on_a_plan_are_read_below_its_sections_and_not_printed() {
    let plan = "/casussen/00000000-0000-0000-0000-0000000001f4/plan";
    let got = Browser::of(COORDINATOR, Fake::default()).get(plan).await;
    assert_eq!(got.status, StatusCode::OK);
    got.shows(&["Opmerkingen (1)", "1 afgehandelde opmerking", "@Bram Jansen", " kijk jij hiernaar?", "Anouk de Wit"])
        .shows(&["href=\"#interventie-00000000-0000-0000-0000-000000000384\"", "id=\"opmerking-"])
        .hides(&["<script>alert"]);
    let got = Browser::of(COORDINATOR, Fake::default()).get(&format!("{plan}/afdrukken")).await;
    got.shows(&["Beslag op de huur"]).hides(&["kijk jij hiernaar", "Opmerkingen (1)"]);
}

#[tokio::test]
async fn the_register_is_searched_by_its_three_names_and_each_filter_can_be_taken_away() {
    let browser = Browser::of(ADMINISTRATOR, Fake::default());
    let all = browser.get("/verwerkingsregister").await;
    all.shows(&["2 verwerkingen", "Aanpak vastgoedfraude", "Behandelen van vergunningaanvragen"])
        .shows(&[
            "Gemeentewet artikel 172",
            "60 maanden",
            "Geldig vanaf",
            "1 januari 2026",
            "Burgerservicenummer (BSN)",
        ])
        .shows(&["heeft nog geen versie"])
        .hides(&["class=\"chip\""]);

    let some = browser.get("/verwerkingsregister?hoofdproces=OP%C3%89NBARE&naam=vast%20g&naam=x&geldig=ja").await;
    some.shows(&["0 van 2 verwerkingen", "Geen verwerking past"]);
    let some = browser.get("/verwerkingsregister?hoofdproces=OP%C3%89NBARE&naam=VASTg&geldig=ja").await;
    some.shows(&["1 van 2 verwerkingen", "value=\"VASTg\"", "Hoofdproces: OPÉNBARE"])
        .shows(&["href=\"/verwerkingsregister?hoofdproces=OP%C3%89NBARE&amp;geldig=ja\""])
        .hides(&["Behandelen van vergunningaanvragen"]);
    browser.get("/verwerkingsregister?geldig=nee").await.shows(&["0 van 2", "href=\"/verwerkingsregister\""]);

    let odd = browser.get("/verwerkingsregister?naam=%3Cscript%3Ealert(1)&proces=%00%0A&geldig=%27").await;
    assert_eq!(odd.status, StatusCode::OK);
    odd.shows(&["Naam verwerking: &lt;script&gt;alert(1)"]).hides(&["<script>alert"]);
}

#[tokio::test]
async fn the_register_is_found_at_the_foot_of_every_page_by_who_is_signed_in() {
    let link = "href=\"/verwerkingsregister\"";
    for person in [0, COORDINATOR, FG, ADMINISTRATOR] {
        Browser::of(person, Fake::default()).get("/").await.shows(&[link]);
    }
    Browser::nobody().get("/aanmelden").await.hides(&[link]);
}

#[tokio::test]
async fn everybody_reads_the_public_pages_in_both_languages_and_finds_them_at_the_foot_of_every_page() {
    for path in PUBLIC_PAGES {
        let link = format!("href=\"{path}\"");
        for browser in [Browser::nobody(), Browser::of(FG, Fake::default())] {
            browser.get("/aanmelden").await.shows(&[&link]);
            let got = browser.get(path).await;
            assert_eq!(got.status, StatusCode::OK, "{path}");
            assert_eq!(got.body.matches("<h1").count(), 1, "{path}");
            got.shows(&["Gemeente Vloedstad", &format!("{link} aria-current=\"page\"")])
                .hides(&[" style=", "<script>alert"]);
            assert!(got.cookies.is_empty(), "{path} sets {:?}", got.cookies);
        }
        let fake = Fake::with(|script| script.problem = Some(Problem::Unavailable(Incident("k7f2m9qa".into()))));
        let got = Browser::of(COORDINATOR, fake.clone()).get(path).await;
        assert_eq!((got.status, fake.script().calls.len()), (StatusCode::OK, 0), "{path} asks nothing of any port");
        let got = Browser::nobody().header(header::ACCEPT_LANGUAGE, "en").get(path).await;
        got.shows(&["<html lang=\"en\"", "Accessibility statement"]).hides(&["Toegankelijkheidsverklaring"]);
    }
}

#[tokio::test]
async fn the_public_pages_tell_the_facts_of_the_municipality_and_the_cookies_that_are_really_set() {
    let privacy = Browser::nobody().get("/privacy").await;
    privacy
        .shows(&["mailto:privacy@vloedstad.example", "mailto:fg@vloedstad.example", "Postbus 2, 0000 AB Vloedstad"])
        .shows(&["binnen vier weken", "Autoriteit Persoonsgegevens", "Dit is een demo"]);
    let accessibility = Browser::nobody().get("/toegankelijkheid").await;
    accessibility.shows(&["WCAG 2.2", "status D", "mailto:gemeente@vloedstad.example", "24 november 2026"]);
    let told = Browser::nobody().get("/cookies").await;
    told.shows(&["Na 30 minuten", "na 10 uur", "365 dagen"]);
    let signed_in = Browser::nobody().post("/aanmelden", "person=00000000-0000-0000-0000-00000000000b").await;
    let chosen = Browser::nobody().post("/taal", "taal=en&naar=/").await;
    for cookie in signed_in.cookies.iter().chain(&chosen.cookies) {
        let name = cookie.split('=').next().unwrap_or_default();
        told.shows(&[&format!("<code>{name}</code>")]);
    }
}
