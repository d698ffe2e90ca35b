//! The page of a case and what belongs to it.

use super::{Browser, fake::Fake};

const COORDINATOR: usize = 2;
const CASE: &str = "/casussen/00000000-0000-0000-0000-0000000001f4";

fn of(fake: Fake) -> Browser {
    Browser::of(COORDINATOR, fake)
}

#[tokio::test]
async fn a_case_says_what_it_waits_for_and_on_whom() {
    let got = of(Fake::default()).get(CASE).await;
    got.shows(&[
        "wacht op Bram Jansen, uiterlijk 20 november 2026",
        "te laat",
        "wacht op Vergunningen en Belastingen, sinds 23 november 2026, 22:14",
        "href=\"/casussen/00000000-0000-0000-0000-0000000001f4/plan/versies/3\"",
        "Interventie zonder uitvoerder: Bestuurlijk",
        "S-2026-0002 is gewijzigd na de toets",
        "#interventie-00000000-0000-0000-0000-000000000384",
    ]);
}

#[tokio::test]
async fn the_history_is_told_in_sentences_and_paged() {
    let got = of(Fake::default()).get(&format!("{CASE}/geschiedenis?pagina=2")).await;
    got.shows(&[
        "Carla Smit (Openbare orde en veiligheid) koppelde 2 signalen: S-2026-0001 en S-2026-0002.",
        "haalde Bram Jansen uit het team.",
        "/geschiedenis?pagina=1",
        "/geschiedenis?pagina=3",
    ]);
}

#[tokio::test]
async fn my_work_leads_to_what_changed_since_somebody_looked() {
    let got = of(Fake::default()).get("/").await;
    got.shows(&["Veranderd sinds u keek", "2 veranderingen", &format!("{CASE}/geschiedenis")]);
}
