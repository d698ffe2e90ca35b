//! Postal addresses at the Havenkom: adopted without an answer of one department; one intervention is overdue.

use super::{
    super::{people::*, register::*, sitting::Doing::*, writing::Piece::*},
    *,
};
use plein_domain::plan::{InterventionKind::*, InterventionStatus::*};

pub(super) const CHAPTER: Chapter = Chapter {
    network: Network {
        number: 14,
        company: "Begeleiding Stuurpen BV",
        person: "Ronnie Stuurpen",
        street: "Havenkom 3",
        postcode: "2696 AK",
        car: "een donkere sedan",
    },
    signals: &[
        ("havenkom-brieven", "postadres"),
        ("havenkom-te-veel", "inschrijvingen"),
        ("havenkom-huur", "onderhuur"),
    ],
    case: Some(Case {
        key: "havenkom",
        purpose: HOMES_CASES,
        title: "Postadressen aan de Havenkom",
        summary: "Een bureau geeft mensen zonder huis een briefadres en laat hen daarvoor betalen. Het pand is van de gemeente.",
        reasons: "Mensen zonder huis betalen voor iets dat gratis is. Het pand is van ons.",
        links: &[
            link("havenkom-brieven", WITH_PLACE, [FITS_REGISTRY, NEEDS_WHO, SMALL_COMPANY, NO_REGISTER]),
            link("havenkom-te-veel", WITH_PLACE, [FITS_REGISTRY, NEEDS_WHERE, SMALL_PLACE, NO_VISIT]),
            link("havenkom-huur", WITH_PLACE, [FITS_PROPERTY, NEEDS_WHO, SMALL_COMPANY, NO_OTHER]),
        ],
        team: &[ILSE, LOTTE, HANNEKE],
    }),
    sittings: &[
        (130, (13, 40), ILSE, &[Log("havenkom-brieven")]),
        (122, (14, 25), LOTTE, &[Log("havenkom-huur")]),
        (118, (9, 55), ILSE, &[Log("havenkom-te-veel"), ListSignals]),
        (113, (13, 35), JOOST, &[ListSignals, View("havenkom-brieven"), View("havenkom-huur")]),
        (112, (13, 0), JOOST, &[Open("havenkom")]),
        (111, (10, 20), LOTTE, &[ViewCase("havenkom"), SameSubjects("havenkom"), Note("havenkom", LEASE)]),
        (102, (9, 30), JOOST, &[BeginPlan("havenkom"), Write("havenkom", &[("Situatie", SITUATION), ("Doel", GOAL)])]),
        (99, (11, 10), LOTTE, &[Write("havenkom", &[("Aanpak: Vastgoed en grondzaken", PROPERTY_PART)])]),
        (98, (10, 45), ILSE, &[Write("havenkom", &[("Aanpak: Burgerzaken (BRP)", REGISTRY_PART)])]),
        (94, (9, 20), JOOST, &[KeepVersion("havenkom", "Plan van september"), Propose("havenkom")]),
        (93, (11, 25), ILSE, &[Agree("havenkom")]),
        (91, (14, 55), LOTTE, &[Agree("havenkom")]),
        (87, (9, 10), JOOST, &[Agree("havenkom"), AdoptWithout("havenkom")]),
        (
            73,
            (10, 30),
            ILSE,
            &[SetTask("havenkom", 20, Done, "Zes mensen hebben nu een briefadres bij de gemeente zelf.")],
        ),
        (50, (9, 35), LOTTE, &[SetTask("havenkom", 19, Started, "")]),
        (14, (13, 55), JOOST, &[ViewCase("havenkom"), Note("havenkom", WHERE_NOW)]),
    ],
};

const LEASE: &str =
    "Het huurcontract loopt tot het eind van het jaar. Eerder opzeggen kan alleen als onderhuur vaststaat.";
const WHERE_NOW: &str = "Lotte, hoe staat het met de opzegging? De datum in het plan is voorbij.";

const SITUATION: &[Piece] = &[P(
    "Het bureau vraagt briefadressen aan voor mensen die daarvoor betalen ([havenkom-brieven]). Er staan meer mensen ingeschreven \
     dan er kunnen wonen ([havenkom-te-veel]). Het pand huurt het van ons ([havenkom-huur]).",
)];
const GOAL: &[Piece] =
    &[List(&["wie een briefadres nodig heeft, krijgt het gratis en bij ons;", "het pand is weer van de gemeente."])];
const PROPERTY_PART: &[Piece] = &[task(
    19,
    (Private, "Burgerlijk Wetboek, boek 7, artikel 231"),
    ("Vastgoed en grondzaken", LOTTE),
    -6,
    "De huur ontbinden wegens onderhuur, en het pand bij de oplevering samen bekijken.",
)];
const REGISTRY_PART: &[Piece] = &[task(
    20,
    (Administrative, "Wet BRP artikel 2.23"),
    ("Burgerzaken (BRP)", ILSE),
    -90,
    "Briefadressen bij dit bureau beëindigen, en iedereen eerst een ander adres geven.",
)];
