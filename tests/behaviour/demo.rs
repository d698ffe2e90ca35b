//! The whole demo: eight months of an invented municipality, whose guided tour shows what it promises.

use crate::{common, common::*, world::*};
use http::StatusCode;
use plein_domain::{
    access_log::{LogFilter, Viewing},
    ids::{PersonId, TraceId},
    ledger::{LineKind, Outcome},
    ports::*,
    purpose::StatedPurpose,
    tour::{Sight, Stop},
};
use plein_server::demo::{DemoClock, Size, build, installation};
use plein_vault::{Vault, VaultOptions};
use std::{collections::HashSet, sync::Arc};

/// The demo as `plein demo` serves it.
async fn demo(engine: Engine) -> (World, Vec<Stop>) {
    let clock = Arc::new(DemoClock::default());
    let options = VaultOptions {
        content: engine.target("content"),
        keyring: engine.target("keyring"),
        ledger: engine.target("ledger"),
        master: engine.master(),
        clock: clock.clone(),
        entropy: engine.entropy.clone(),
    };
    let vault = Arc::new(Vault::open(options).await.unwrap());
    let mut served = plein_server::assemble(vault.clone(), installation());
    let tour = build(&served, &vault.directory, &clock, Size::Months).await.unwrap();
    served.ports.installation = Arc::new(Installation { tour: tour.clone(), ..installation() });
    (World::serving(engine, vault, served), tour)
}

/// The whole log, oldest first, as the data protection officer reads it.
async fn whole_log(ports: &Ports, fg: PersonId) -> Vec<Viewing> {
    let trace = TraceId(uuid::Uuid::from_u128(1));
    let token = ports.sessions.sign_in_demo(fg, &Arrival::of(trace, "127.0.0.1")).await.unwrap();
    let resume = async || ports.sessions.resume(&token, trace, "127.0.0.1").await.unwrap().unwrap();
    ports.sessions.state_purpose(&resume().await, StatedPurpose::Supervision).await.unwrap();
    let fg = resume().await;
    let (mut lines, mut before) = (Vec::new(), None);
    loop {
        let page = ports.access_log.search(&fg, LogFilter { before, ..LogFilter::default() }).await.unwrap();
        lines.extend(page.lines);
        before = page.older;
        if before.is_none() {
            lines.reverse();
            return lines;
        }
    }
}

/// What a page says: its words, without its marks.
fn words(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap_or(page);
    let text = main.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text);
    text.collect::<Vec<_>>().join(" ").replace("&#x27;", "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The forms of the tour: where each leads, and as whom.
fn forms(page: &str) -> Vec<(String, String)> {
    let value = |text: &str| text.split("value=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let forms = page.split("class=\"tour__go\"").skip(1);
    forms.map(|form| (value(form), value(form.split("<button").nth(1).unwrap()))).collect()
}

/// Goes where the form leads, and says what for as often as that is asked.
async fn go(world: &World, path: &str, person: &str) -> Page {
    let mut browser = world.stranger();
    let page = browser.post("/aanmelden", &[("person", person), ("naar", path)]).await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, path));
    let mut page = browser.get(path).await;
    if page.text.contains("action=\"/doel\"") {
        let answer = browser.post("/doel", &[("purpose", &purpose(&page.text)), ("naar", path)]).await;
        assert_eq!(answer.location(), path, "{}", answer.text);
        page = browser.get(path).await;
    }
    page
}

/// The first purpose that the page offers.
fn purpose(page: &str) -> String {
    let field = page.split("name=\"purpose\"").nth(1).unwrap();
    field.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

both_engines! {
    async fn eight_months_of_work_are_told_and_the_tour_shows_what_it_promises(engine: Engine) {
        let (world, tour) = demo(engine).await;
        let people = world.ports.sessions.demo_people().await.unwrap();
        let fg = people.iter().find(|one| one.name == "Evert Schoonschrift").unwrap().id;

        let log = whole_log(&world.ports, fg).await;
        let done = |kind| log.iter().filter(|line| line.kind == kind && line.outcome == Outcome::Done).count();
        assert_eq!((done(LineKind::Logged), done(LineKind::CaseOpened)), (200, 12));
        assert_eq!((done(LineKind::PlanBegun), done(LineKind::VersionProposed), done(LineKind::VersionAdopted)), (8, 6, 5));
        let first = log.first().unwrap();
        assert!(first.at < log.last().unwrap().at.plus_seconds(-230 * 86_400), "{:?} is long ago", first.at);
        for pair in log.windows(2) {
            assert_eq!(pair[0].sequence + 1, pair[1].sequence, "no line is missing");
            assert!(pair[0].at <= pair[1].at, "line {} is older than the one before", pair[1].sequence);
        }

        // Every department has logged something, and no two signals tell the same.
        let mut told = HashSet::new();
        let mut departments = 0;
        for (index, person) in people.iter().enumerate() {
            if people[..index].iter().any(|other| other.department.id == person.department.id) { continue; }
            departments += 1;
            let member = people.iter().find(|one| {
                one.department.id == person.department.id && one.roles.contains(&plein_domain::people::Role::Member)
            });
            let mut path = format!("/signalen?afdeling={}", person.department.id);
            let mut browser = world.stranger();
            browser.post("/aanmelden", &[("person", &member.unwrap().id.to_string()), ("naar", "/")]).await;
            browser.post("/doel", &[("purpose", "intake"), ("naar", "/")]).await;
            let before = told.len();
            loop {
                let page = browser.get(&path).await.text;
                for id in page.split("href=\"/signalen/").skip(1).filter_map(|rest| rest.split('"').next()) {
                    if id.len() == 36 {
                        let text = words(&browser.get(&format!("/signalen/{id}")).await.text);
                        let facts = text.split("Feiten").nth(1).unwrap().split("Vermoeden").next().unwrap().to_owned();
                        assert!(told.insert(facts.clone()), "told twice: {facts}");
                    }
                }
                let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
                let next = links.map(|link| link.replace("&amp;", "&")).find(|link| link.contains("&na="));
                match next { Some(next) => path = next, None => break }
            }
            assert!(told.len() > before + 5, "{}: {}", person.department.name, told.len() - before);
        }
        assert_eq!(departments, 10);

        // The tour: open to everybody, and each of its stops shows what it says.
        let mut stranger = world.stranger();
        assert!(stranger.get("/aanmelden").await.text.contains("href=\"/rondleiding\""));
        let page = stranger.get("/rondleiding").await;
        assert_eq!(page.status, StatusCode::OK);
        let forms = forms(&page.text);
        let sights: Vec<Sight> = tour.iter().map(|stop| stop.sight).collect();
        assert_eq!(sights, Sight::ALL);
        assert_eq!(forms.len(), sights.len());
        let mut broken = Vec::new();
        for (sight, (path, person)) in sights.into_iter().zip(forms) {
            let page = go(&world, &path, &person).await;
            let said = words(&page.text);
            let status = if sight == Sight::Hidden { StatusCode::NOT_FOUND } else { StatusCode::OK };
            assert_eq!(page.status, status, "{sight:?}: {said}");
            assert!(page.text.contains("href=\"/rondleiding\""), "the way back");
            let promised: &[&str] = match sight {
                Sight::Work => &["genoemd in het plan", "Interventies die u uitvoert", "uiterlijk", "Veranderd sinds u keek", "veranderingen"],
                Sight::Own => &["signalen", "Vergunningen"],
                Sight::Offered => &[
                    "Autobedrijf betaalt oude belastingschuld", "Man met uitkering is elke dag aan het werk in een garage",
                    "Snelle auto's rijden 's nachts", "Autobedrijf zonder auto's", "Belastingen", "Werk en inkomen",
                    "Openbare orde en veiligheid", "Toezicht en handhaving",
                ],
                Sight::Shared => &[
                    "Doelbindingstoets van", "Subsidiariteit", "Gezien in", "KvK-nummer: 45213377", "Dezelfde, volgens Samira Kleiweg",
                ],
                Sight::Plan => &["Interventie", "Bevoegdheid", "Uiterlijk", "Wet BRP artikel 2.20"],
                Sight::Adopted => &["Wij stemmen in op één voorwaarde", "Werk en inkomen", "Vastgesteld", "Marit Vaargeul"],
                Sight::Viewed => &["Hanneke Zilverlinde", "Geweigerd", "Ilse Torenvalk", "Marit Vaargeul"],
                Sight::Hidden => &["Niet gevonden"],
                Sight::Log => &["Thijs Marktkraam", "Geweigerd"],
            };
            let missing = promised.iter().filter(|words| !said.contains(**words));
            broken.extend(missing.map(|words| format!("{sight:?} must say {words}: {said}")));
            match sight {
                Sight::Own => {
                    let rows: Vec<&str> = page.text.split("<tr").skip(2).collect();
                    assert!(rows.len() > 20 && rows.iter().all(|row| row.contains("Vergunningen")), "{said}");
                }
                Sight::Log => assert!(!said.contains("slapen") && !said.contains("Tuinderspolder"), "no content: {said}"),
                _ => {}
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    async fn outside_the_demo_there_is_no_tour(engine: Engine) {
        let world = World::new(engine).await;
        let page = world.stranger().get("/rondleiding").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        for index in [ANNA, FG, ADMIN] {
            let mut browser = world.browser(index).await;
            assert_eq!(browser.get("/rondleiding").await.status, StatusCode::NOT_FOUND);
            assert!(!browser.get("/").await.text.contains("/rondleiding"));
        }
    }
}
