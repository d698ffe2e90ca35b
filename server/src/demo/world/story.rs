//! Who did what when: a hundred days at the town hall, oldest first.

use super::{
    Failure, Size,
    calendar::Calendar,
    cases::RESALE,
    chapters, months,
    people::{self, *},
    plan,
    sitting::{
        Doing::{self, *},
        World,
    },
    writing::On,
};
use plein_domain::{ids::PersonId, moment::Moment};
use std::{borrow::Cow, cmp::Reverse};

/// Somebody at the screen: working days ago, the time on Dutch clocks, who, and what they did.
pub(super) type Sitting = (usize, (u8, u8), PersonId, &'static [Doing]);
/// The same, in a list of all of them.
pub(super) type Told = (usize, (u8, u8), PersonId, Cow<'static, [Doing]>);

const STORY: &[Sitting] = &[
    (69, (9, 12), SANNE, &[Log("kamers-aan-de-kade")]),
    (68, (14, 3), ILSE, &[Log("elf-inschrijvingen"), ListSignals]),
    (66, (10, 41), SAMIRA, &[Log("acht-aanslagen")]),
    (65, (11, 20), JOOST, &[Log("geur-op-de-gang")]),
    (63, (15, 37), KEES, &[ListSignals, View("kamers-aan-de-kade")]),
    (62, (9, 50), DENNIS, &[Log("vaten-in-de-berm")]),
    (61, (13, 26), MARIT, &[ListSignals, View("acht-aanslagen"), View("elf-inschrijvingen")]),
    (60, (10, 8), HANNEKE, &[TryView("elf-inschrijvingen"), OwnLog]),
    (58, (16, 2), RAVI, &[Log("pakketjes-op-het-plein")]),
    (57, (9, 33), SAMIRA, &[Amend("acht-aanslagen", PAYER)]),
    (56, (11, 47), LOTTE, &[Log("snelle-doorverkoop")]),
    (55, (10, 15), MARIT, &[View("kamers-aan-de-kade"), View("acht-aanslagen"), Open("kade")]),
    (55, (13, 52), SAMIRA, &[ViewCase("kade"), ListCases]),
    (54, (9, 6), SANNE, &[ViewCase("kade"), View("elf-inschrijvingen")]),
    (54, (11, 31), ILSE, &[ViewCase("kade"), Note("kade", ASKED), WhoViewed("elf-inschrijvingen")]),
    (52, (14, 44), DENNIS, &[Log("slapen-in-de-schuur")]),
    (51, (9, 25), ILSE, &[Log("een-woordvoerder")]),
    (50, (15, 18), BRAM, &[Log("uitnodiging-raadslid")]),
    (49, (10, 57), HANNEKE, &[Log("zestig-uur")]),
    (48, (9, 3), EVERT, &[SearchLog]),
    (47, (13, 14), JOOST, &[ListSignals, View("slapen-in-de-schuur"), View("zestig-uur")]),
    (46, (10, 36), MARIT, &[View("snelle-doorverkoop"), Join("kade", LOTTE), Link("kade", &RESALE)]),
    (46, (15, 9), LOTTE, &[ViewCase("kade"), View("snelle-doorverkoop")]),
    (45, (9, 17), JOOST, &[View("een-woordvoerder"), Open("kas")]),
    (45, (11, 2), DENNIS, &[ViewCase("kas")]),
    // After the last signal that was linked: a judgement is about what was there to be judged.
    (45, (13, 31), SAMIRA, &[ViewCase("kade"), SameSubjects("kade")]),
    (44, (14, 28), ILSE, &[ViewCase("kas"), View("slapen-in-de-schuur")]),
    (43, (10, 22), HANNEKE, &[ViewCase("kas"), WhoViewed("zestig-uur")]),
    (41, (9, 45), KEES, &[Log("gokken-achter-het-cafe")]),
    (40, (11, 12), JOOST, &[Log("onrust-op-het-park")]),
    (39, (13, 33), KEES, &[Log("chalets-te-groot"), View("kamers-aan-de-kade")]),
    (38, (10, 4), WOUTER, &[Log("geen-toeristenbelasting"), View("acht-aanslagen")]),
    (36, (15, 50), DENNIS, &[Log("huur-per-week"), ViewCase("kas")]),
    (35, (9, 28), SANNE, &[Log("rit-met-banieren")]),
    (33, (10, 39), MARIT, &[ListSignals, View("chalets-te-groot"), View("huur-per-week"), View("onrust-op-het-park")]),
    (32, (9, 11), MARIT, &[View("geen-toeristenbelasting"), Open("park")]),
    (32, (13, 40), KEES, &[ViewCase("park"), ListCases]),
    (31, (9, 55), WOUTER, &[ViewCase("park"), WhoViewed("geen-toeristenbelasting")]),
    (31, (14, 16), JOOST, &[ViewCase("park"), ViewCase("kas")]),
    (30, (11, 24), RAVI, &[Log("zorg-niet-gegeven")]),
    (28, (10, 2), ILSE, &[Log("nooit-alleen"), ViewCase("kade")]),
    (27, (9, 38), DENNIS, &[ViewCase("park"), View("geen-toeristenbelasting")]),
    (26, (15, 21), LOTTE, &[Log("dure-schuur")]),
    (25, (10, 47), MARIT, &[ViewCase("park"), Unlink("park", "onrust-op-het-park", OTHER_PARK)]),
    (24, (13, 5), WOUTER, &[Log("garage-betaalt-contant")]),
    (22, (9, 19), SANNE, &[Log("salon-met-bel"), ViewCase("kade")]),
    (21, (11, 36), JOOST, &[Log("knal-bij-de-winkel"), WhoViewedCase("kas")]),
    (20, (14, 50), HANNEKE, &[Log("uitkering-en-garage")]),
    (19, (10, 13), EVERT, &[SearchLog]),
    (18, (9, 41), JOOST, &[Log("autos-in-de-nacht"), ListSignals]),
    (16, (15, 3), BRAM, &[Log("lening-van-een-vriend")]),
    (15, (10, 29), SAMIRA, &[View("garage-betaalt-contant"), ViewCase("kade"), Note("kade", CALLED)]),
    (13, (9, 8), MARIT, &[ListSignals, View("knal-bij-de-winkel"), View("rit-met-banieren")]),
    (12, (13, 48), THIJS, &[Log("te-goedkoop")]),
    (10, (11, 15), DENNIS, &[Log("geen-auto-te-koop"), ViewCase("park")]),
    (9, (9, 52), JOOST, &[View("geen-auto-te-koop"), View("lening-van-een-vriend"), View("autos-in-de-nacht")]),
    (8, (9, 6), PETRA, &[Waits("Nora Rietkraag", "n.rietkraag@lierveen.example")]),
    (7, (10, 33), ILSE, &[Log("drie-keer-kwijt")]),
    (6, (14, 11), THIJS, &[TryView("slapen-in-de-schuur"), View("te-goedkoop")]),
    (
        5,
        (9, 27),
        MARIT,
        &[
            View("garage-betaalt-contant"),
            View("uitkering-en-garage"),
            WhoViewedCase("kade"),
            BeginPlan("kade"),
            Write("kade", &[("Situatie", plan::SITUATION), ("Doel", plan::GOAL)]),
        ],
    ),
    (
        4,
        (10, 12),
        SANNE,
        &[
            Write("kade", &[("Barrières", plan::BARRIERS), ("Aanpak: Vergunningen", plan::PERMITS_PART)]),
            Comment(
                "kade",
                1,
                On::Words("Situatie", "of de bewoners veilig wonen"),
                None,
                "Geldt dit ook voor wie hier niet staat ingeschreven?",
            ),
        ],
    ),
    (4, (15, 44), KEES, &[ViewCase("park"), View("rit-met-banieren")]),
    (
        3,
        (10, 20),
        LOTTE,
        &[ViewCase("kade"), Write("kade", &[("Aanpak: Vastgoed en grondzaken", plan::PROPERTY_PART)])],
    ),
    (
        3,
        (13, 36),
        MARIT,
        &[Answer("kade", 1, "Ja. Veilig wonen gaat voor; daarna kijken wij naar de inschrijving.", true)],
    ),
    (2, (8, 48), ILSE, &[Write("kade", &[("Aanpak: Burgerzaken (BRP)", plan::REGISTRY_PART)])]),
    (3, (15, 2), PETRA, &[Waits("Teun Kastanje", "t.kastanje@lierveen.example"), OwnLog]),
    (2, (9, 14), HANNEKE, &[ViewCase("kas"), View("uitkering-en-garage")]),
    (
        1,
        (10, 20),
        PETRA,
        &[Waits("Yara Morgenzon", "y.morgenzon@lierveen.example"), ProposeAdministrator("Teun Kastanje")],
    ),
    (1, (11, 58), MARIT, &[ListSignals, View("te-goedkoop"), ListCases]),
    (
        1,
        (14, 35),
        SAMIRA,
        &[ViewCase("kade"), View("elf-inschrijvingen"), Write("kade", &[("Aanpak: Belastingen", plan::TAXES_PART)])],
    ),
    (
        1,
        (16, 10),
        MARIT,
        &[
            Write("kade", &[("Afspraken", plan::AGREEMENTS)]),
            Comment(
                "kade",
                2,
                On::Task(1),
                Some(SANNE),
                "kun jij met Dennis een dag prikken, vóór het adresonderzoek van Ilse?",
            ),
        ],
    ),
    (0, (8, 34), JOOST, &[ListSignals, ViewCase("kas")]),
    (0, (8, 52), ILSE, &[ViewPlan("kade")]),
    (0, (9, 5), HANNEKE, &[Log("niet-thuis"), ListSignals]),
    (0, (9, 31), SANNE, &[ListSignals, ViewCase("kade")]),
];

const ASKED: &str = "De wijkverpleegkundige vraagt of zij de bewoners mag bezoeken. Ik heb gezegd dat wij dat eerst samen \
                     bespreken.\n\nGraag op de agenda van het eerstvolgende overleg.";

const CALLED: &str =
    "Gebeld met de notaris: hij geeft pas inlichtingen als er een schriftelijk verzoek ligt. Ik stel een brief op.";

const PAYER: &str = "Aanvulling: de rekening waarmee is betaald, staat op naam van een bedrijf dat ook een aanvraag \
                     bij Vergunningen heeft lopen. De drie eigenaren hebben hun verhaal op papier bevestigd.";

const OTHER_PARK: &str = "De wijkagent heeft nagevraagd welk park de bellers bedoelden. Het gaat om een ander park, \
                          aan de andere kant van de gemeente. Het signaal hoort niet in deze casus.";

/// The hundred days of the story alone, or all the months.
///
/// # Errors
/// See [`super::build`].
pub(super) async fn tell(world: &mut World<'_>, size: Size, now: Moment) -> Result<(), Failure> {
    let story = STORY.iter().map(|(days, time, by, doings)| (*days, *time, *by, Cow::Borrowed(*doings)));
    let mut told: Vec<Told> = story.collect();
    if !matches!(size, Size::Story) {
        let chapters = chapters::all().flat_map(|chapter| chapter.sittings);
        told.extend(chapters.map(|(days, time, by, doings)| (*days, *time, *by, Cow::Borrowed(*doings))));
        told.extend(months::sittings());
    }
    told.sort_by_key(|(days, time, ..)| (Reverse(*days), *time));
    let days = told.iter().map(|(days, ..)| days + 1).max().unwrap_or(0);
    let calendar = Calendar::before(now, days);
    for (index, (days, time, person, doings)) in (0_i64..).zip(&told) {
        let failed = |error: Failure| format!("{days} working days ago, {}: {error}", people::name(*person));
        // Nobody sits down on the stroke of the minute, nor before the one before has left.
        let moment = calendar.moment(*days, *time)?.plus_seconds(index * 37 % 60);
        let moment = moment.max(world.now().plus_seconds(1 + index * 37 % 60));
        world.wait_until(moment).map_err(failed)?;
        world.sit(*person, doings).await.map_err(failed)?;
    }
    if world.now() < now { Ok(()) } else { Err("the story goes on after now".into()) }
}
