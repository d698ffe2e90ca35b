//! Administration: what an administrator sees and can do, what nobody can, and that a refusal says why.

use super::{
    Browser,
    fake::{self, Fake, Places},
};
use axum::http::StatusCode;
use plein_domain::{
    administration::{PlaceAct, ProposalVerb, Word},
    problem::{Incident, Problem},
};

const PRIVACY: usize = 3;
const ADMINISTRATOR: usize = 5;
const PERSON: &str = "/beheer/mensen/00000000-0000-0000-0000-000000000900";
const PROPOSAL: &str = "/beheer/voorstellen/00000000-0000-0000-0000-000000000901";

fn with(change: impl FnOnce(&mut Places)) -> Fake {
    Fake::with(|script| change(&mut script.places))
}

fn department() -> String {
    fake::people()[0].department.id.to_string()
}

#[tokio::test]
async fn who_waits_is_told_with_what_the_provider_calls_them() {
    let waiting = with(|places| places.word = None);
    let got = Browser::of(ADMINISTRATOR, waiting.clone()).get("/beheer").await;
    assert_eq!(got.status, StatusCode::OK);
    got.shows(&[
        "Wie wacht op een plaats",
        "anna@vloedstad.example",
        "Geen plaats",
        "1 voorstel wacht op een tweede persoon",
    ]);
    let got = Browser::of(ADMINISTRATOR, waiting).get(PERSON).await;
    got.shows(&["Een plaats geven", "name=\"version\" value=\"0\"", "Plaats opslaan"]).hides(&["Plaats ontnemen"]);
    let none = Fake::with(|script| script.count = Some(0));
    Browser::of(ADMINISTRATOR, none.clone()).get("/beheer").await.shows(&["Er wacht niemand op een plaats."]);
    Browser::of(ADMINISTRATOR, none.clone()).get("/beheer/mensen").await.shows(&["Er heeft nog niemand een plaats."]);
    let got = Browser::of(ADMINISTRATOR, none).get(PERSON).await;
    got.shows(&["Deze persoon is nu nergens aangemeld.", "Er is nog niets gebeurd."]).hides(&["Overal afmelden"]);
}

#[tokio::test]
async fn what_cannot_be_changed_has_no_form() {
    let got = Browser::of(ADMINISTRATOR, with(|places| places.word = Some(Word::Provider))).get(PERSON).await;
    got.shows(&["Wijzig haar daar", "Plaats ontnemen"]).hides(&["Plaats opslaan"]);
    let got = Browser::of(ADMINISTRATOR, with(|places| places.own = true)).get(PERSON).await;
    got.shows(&["Dit bent u zelf."]).hides(&["Plaats opslaan", "Plaats ontnemen"]);
    let got = Browser::of(ADMINISTRATOR, with(|places| places.proposal = Some(vec![]))).get(PERSON).await;
    got.shows(&["Er is een voorstel open", "Hierover beslist iemand anders."]).hides(&[
        "Plaats opslaan",
        "Plaats ontnemen",
        "Bevestigen",
    ]);
    let got = Browser::of(ADMINISTRATOR, with(|places| places.away = true)).get(PERSON).await;
    got.shows(&["Een beheerder ontnam deze plaats", "Plaats opslaan"]).hides(&["Plaats ontnemen</button>"]);
}

#[tokio::test]
async fn a_change_goes_to_the_version_that_was_seen_and_what_was_chosen_stays_when_it_is_not_done() {
    let body = format!("version=3&department={}&roles=coordinator", department());
    let fake = Fake::default();
    let got = Browser::of(ADMINISTRATOR, fake.clone()).post(PERSON, body.clone()).await;
    got.leads_to(&format!("{PERSON}?gelukt=place-changed"));
    assert_eq!(fake.script().calls, ["administration.place 3 coordinator"]);
    let proposed = with(|places| places.act = PlaceAct::Proposed);
    let got = Browser::of(ADMINISTRATOR, proposed).post(PERSON, body.clone()).await;
    got.leads_to(&format!("{PERSON}?gelukt=place-proposed"));
    // A proposal about them leaves no form to choose in: what was chosen is told.
    let open = with(|places| {
        places.act = PlaceAct::ProposalOpen;
        places.proposal = Some(vec![ProposalVerb::Withdraw]);
    });
    let got = Browser::of(ADMINISTRATOR, open).post(PERSON, body.clone()).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.shows(&["al een voorstel open", "Wat u koos", "Vergunningen, regisseur"])
        .hides(&["value=\"coordinator\" checked"]);
    for (act, told) in [
        (PlaceAct::Overtaken, "intussen is er iets veranderd"),
        (PlaceAct::LastAdministrator, "de laatste beheerder"),
        (PlaceAct::ProvidersWord, "Wijzig haar daar"),
        (PlaceAct::Same, "de plaats is al zo"),
    ] {
        let got = Browser::of(ADMINISTRATOR, with(|places| places.act = act)).post(PERSON, body.clone()).await;
        assert_eq!(got.status, StatusCode::CONFLICT);
        got.shows(&[told, "value=\"coordinator\" checked"]).hides(&["value=\"member\" checked"]);
    }
    let got =
        Browser::of(ADMINISTRATOR, Fake::default()).post(PERSON, "version=3&department=&roles=fg&roles=member").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["De FG heeft geen andere rol.", "href=\"#department\"", "value=\"fg\" checked"]);
    let down = Fake::with(|script| script.problem = Some(Problem::Unavailable(Incident("k7f2m9qa".into()))));
    let got = Browser::of(ADMINISTRATOR, down).post(PERSON, body).await;
    assert_eq!(got.status, StatusCode::SERVICE_UNAVAILABLE);
    got.shows(&["Opnieuw versturen", "coordinator"]);
}

#[tokio::test]
async fn a_proposal_shows_the_buttons_that_work_and_is_decided_once() {
    let verbs = vec![ProposalVerb::Confirm, ProposalVerb::Decline];
    let open = with(|places| places.proposal = Some(verbs));
    let got = Browser::of(PRIVACY, open.clone()).get("/beheer/voorstellen").await;
    got.shows(&["Els van Dam", "Bevestigen", "Afwijzen"]).hides(&["Voorstel intrekken"]);
    let got = Browser::of(PRIVACY, open.clone()).post(PROPOSAL, "do=confirm").await;
    got.leads_to("/beheer/voorstellen?gelukt=proposal-confirmed");
    open.script().places.act = PlaceAct::Overtaken;
    let got = Browser::of(PRIVACY, open.clone()).post(PROPOSAL, "do=decline").await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.shows(&["dit voorstel is niet meer open"]);
    assert_eq!(Browser::of(PRIVACY, open).post(PROPOSAL, "do=ignore").await.status, StatusCode::BAD_REQUEST);
    Browser::of(PRIVACY, Fake::default()).get("/beheer/voorstellen").await.shows(&["geen voorstellen"]);
}

#[tokio::test]
async fn everybody_sees_where_they_are_signed_in_and_ends_it() {
    let got = Browser::of(0, Fake::default()).get("/mijn-sessies").await;
    got.shows(&["Firefox, Windows", "Onbekend", "Deze sessie", "Overal elders afmelden"]);
    let fake = Fake::default();
    let one = format!("sessie={}", "12".repeat(32));
    Browser::of(0, fake.clone()).post("/mijn-sessies", one).await.leads_to("/mijn-sessies?gelukt=sessions-ended");
    Browser::of(0, fake.clone()).post("/mijn-sessies", "").await.leads_to("/mijn-sessies?gelukt=sessions-ended");
    let here = format!("sessie={}", "11".repeat(32));
    Browser::of(0, fake.clone()).post("/mijn-sessies", here).await.leads_to("/aanmelden?gelukt=signed-out");
    for name in ["x".to_owned(), "zz".repeat(32), "é".repeat(32)] {
        let got = Browser::of(0, fake.clone()).post("/mijn-sessies", format!("sessie={name}")).await;
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{name}");
    }
    assert_eq!(fake.script().calls.len(), 3);
}
