//! Versions of a plan: listed, compared, answered, adopted; what was typed is kept when it cannot be taken.

use super::{Browser, fake::Fake};
use axum::http::StatusCode;
use plein_domain::{
    problem::{Incident, Problem},
    version::VersionAct,
};

const COORDINATOR: usize = 2;
const PLAN: &str = "/casussen/00000000-0000-0000-0000-0000000001f4/plan";

fn of(fake: Fake) -> Browser {
    Browser::of(COORDINATOR, fake)
}

#[tokio::test]
async fn a_version_is_kept_under_a_name_and_shown() {
    let got = of(Fake::default()).post(&format!("{PLAN}/versies"), "name=Voor+het+overleg".to_owned()).await;
    got.leads_to(&format!("{PLAN}/versies/4?gelukt=version-kept"));
    let got = of(Fake::default()).post(&format!("{PLAN}/versies"), format!("name={}", "x".repeat(200))).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["Fout: Versies van het plan", "href=\"#name\"", &"x".repeat(200)]);
}

#[tokio::test]
async fn the_list_names_each_version_and_a_comparison_can_be_chosen() {
    let got = of(Fake::default()).get(&format!("{PLAN}/versies")).await;
    got.shows(&[
        "gewijzigd sinds de nieuwste versie",
        "Versie 3: Kanarie &lt;script&gt;",
        "Vastgesteld",
        "Voorgelegd",
        "vanzelf",
    ]);
    got.shows(&["<option value=\"nu\" selected", "name=\"oud\"", "name=\"nieuw\""]);
}

#[tokio::test]
async fn differences_are_marked_on_both_sides_and_what_stayed_the_same_is_folded() {
    let path = format!("{PLAN}/vergelijken?oud=nu&nieuw=1");
    let got = of(Fake::default()).get(&path).await;
    got.shows(&[
        "<del><span class=\"visually-hidden\">weg:<!> </span>Kanarie &lt;script&gt;",
        "<ins><span class=\"visually-hidden\">nieuw:<!> </span>beter",
        "Bevoegdheid",
        "staat er niet",
        "3 ongewijzigde regels",
        "Zonder verschil: Doel",
    ]);
    // The older one stands first, whichever was named first.
    got.shows(&["<option value=\"1\" selected"]);
    let got = of(Fake::default()).get(&format!("{path}&alles=1")).await;
    got.hides(&["ongewijzigde regels"]).shows(&["Alleen verschillen tonen", "Geen verschil in dit onderdeel."]);
    for nonsense in ["", "?oud=x&nieuw=nu", "?oud=1", "?oud=1&nieuw=%ff"] {
        let got = of(Fake::default()).get(&format!("{PLAN}/vergelijken{nonsense}")).await;
        got.leads_to(&format!("{PLAN}/versies"));
    }
}

#[tokio::test]
async fn a_department_answers_and_a_dissent_without_words_comes_back() {
    let path = format!("{PLAN}/versies/3");
    let got = of(Fake::default()).get(&path).await;
    got.shows(&["Antwoord van Openbare orde en veiligheid", "nog geen antwoord", "Vaststellen zonder antwoord van"]);
    got.shows(&["name=\"seen\" value=\"7.2\"", "name=\"instead\" value=\"\"", "niet meer in het team"]);
    let got = of(Fake::default()).post(&format!("{path}/antwoord"), "stance=agrees".to_owned()).await;
    got.leads_to(&format!("{path}?gelukt=position-taken"));
    let got = of(Fake::default()).post(&format!("{path}/antwoord"), "stance=dissents&dissent=".to_owned()).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["href=\"#dissent\"", "value=\"dissents\" checked"]);
    // Too late, or the log is away: nothing that was typed is lost.
    let late = Fake::with(|script| script.version_act = Some(VersionAct::TooLate));
    let got = of(late).post(&format!("{path}/antwoord"), "stance=dissents&dissent=Te+zwaar".to_owned()).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.shows(&["Dit kon niet meer", "Te zwaar"]);
    let away = Fake::with(|script| script.problem = Some(Problem::Unavailable(Incident("k7f2m9qa".into()))));
    let got = of(away).post(&format!("{path}/antwoord"), "stance=dissents&dissent=Te+zwaar".to_owned()).await;
    assert_eq!(got.status, StatusCode::SERVICE_UNAVAILABLE);
    got.shows(&["k7f2m9qa", "Te zwaar"]);
}

#[tokio::test]
async fn adopting_without_all_answers_must_be_said() {
    let path = format!("{PLAN}/versies/3");
    let fake = Fake::default();
    of(fake.clone()).post(&format!("{path}/vaststellen"), "without=yes&seen=7.2".to_owned()).await;
    of(fake.clone()).post(&format!("{path}/vaststellen"), "seen=x".to_owned()).await;
    assert_eq!(fake.script().calls, ["versions.adopt 7.2 true", "versions.adopt  false"]);
    let open = Fake::with(|script| script.version_act = Some(VersionAct::Unanswered));
    let got = of(open).post(&format!("{path}/vaststellen"), String::new()).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.shows(&["Niet alle afdelingen hebben geantwoord"]);
    let got = of(Fake::default()).post(&format!("{PLAN}/versies/2/voorleggen"), String::new()).await;
    got.leads_to(&format!("{PLAN}/versies/2?gelukt=version-proposed"));
}

#[tokio::test]
async fn an_adopted_version_can_be_read_and_taken_out_but_not_answered() {
    let got = of(Fake::default()).get(&format!("{PLAN}/versies/1")).await;
    got.shows(&[
        "Zo is deze versie vastgesteld",
        "Niet akkoord",
        "Downloaden als Word-bestand",
        "Wat de afdelingen vinden",
    ]);
    got.hides(&["/antwoord", "/vaststellen", "/voorleggen", "/verwijderen"]);
    got.shows(&["Later is een andere versie vastgesteld", &format!("{PLAN}/versies/5")]);
    let got = of(Fake::default()).post(&format!("{PLAN}/versies/1/word"), String::new()).await;
    got.shows(&["Versie 1, vastgesteld op 23 november 2026"]);
    let got = of(Fake::default()).get(&format!("{PLAN}/versies/x")).await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_changed_meanwhile_is_told_and_nothing_typed_is_lost() {
    let path = format!("{PLAN}/versies/3");
    for act in ["antwoord", "vaststellen"] {
        let changed = Fake::with(|script| script.version_act = Some(VersionAct::Changed));
        let got =
            of(changed).post(&format!("{path}/{act}"), "stance=dissents&dissent=Te+zwaar&seen=1.1".to_owned()).await;
        assert_eq!(got.status, StatusCode::CONFLICT);
        got.shows(&["Dit is niet vastgelegd", "Te zwaar", "name=\"seen\" value=\"7.2\""]);
    }
}

#[tokio::test]
async fn a_version_is_removed_when_that_is_meant() {
    let fake = Fake::default();
    let path = format!("{PLAN}/versies/2/verwijderen");
    let got = of(fake.clone()).post(&path, String::new()).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["De versie is nog niet verwijderd"]);
    assert_eq!(fake.script().calls, ["versions.view"]);
    let got = of(fake).post(&path, "sure=yes".to_owned()).await;
    got.leads_to(&format!("{PLAN}/versies?gelukt=version-removed"));
    let late = Fake::with(|script| script.version_act = Some(VersionAct::TooLate));
    let got = of(late).post(&path, "sure=yes".to_owned()).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
}
