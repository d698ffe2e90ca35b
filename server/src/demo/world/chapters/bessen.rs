//! Pickers at the Kwelderweg: adopted with a dissent, in the middle of being carried out.

use super::{
    super::{
        people::*,
        register::*,
        sitting::Doing::*,
        writing::{On, Piece::*},
    },
    *,
};
use plein_domain::plan::{InterventionKind::*, InterventionStatus::*};

pub(super) const CHAPTER: Chapter = Chapter {
    network: Network {
        number: 15,
        company: "Bessenkwekerij Zilte Oogst BV",
        person: "Hendrik Schorrekamp",
        street: "Kwelderweg 101",
        postcode: "2696 DR",
        car: "een geel busje",
    },
    signals: &[
        ("bessen-containers", "loods"),
        ("bessen-loon", "loon"),
        ("bessen-voorman", "bijverdienen"),
        ("bessen-pacht", "pacht"),
        ("bessen-balie", "begeleider"),
    ],
    case: Some(Case {
        key: "bessen",
        purpose: WORK_CASES,
        title: "Bessenplukkers aan de Kwelderweg",
        summary: "Plukkers slapen in containers op grond van de gemeente en krijgen hun loon in bonnen. Het bedrijf pacht de grond \
                  van ons.",
        reasons: "De oogst begint over drie weken. Dan komen er nog meer mensen bij.",
        links: &[
            link("bessen-containers", WITH_PLACE, [FITS_INSPECTION, NEEDS_WHERE, SMALL_PLACE, NO_VISIT]),
            link("bessen-loon", WITHOUT_PLACE, [FITS_BENEFITS, NEEDS_HOURS, SMALL_VICTIMS, NO_OTHER]),
            link("bessen-pacht", WITH_PLACE, [FITS_PROPERTY, NEEDS_WHO, SMALL_COMPANY, NO_REGISTER]),
        ],
        team: &[DENNIS, HANNEKE, LOTTE, ILSE],
    }),
    sittings: &[
        (116, (10, 50), DENNIS, &[Log("bessen-containers")]),
        (106, (9, 30), HANNEKE, &[Log("bessen-loon")]),
        (100, (14, 45), LOTTE, &[Log("bessen-pacht")]),
        (97, (9, 25), MARIT, &[ListSignals, View("bessen-containers"), View("bessen-pacht")]),
        (96, (10, 0), MARIT, &[View("bessen-loon"), Open("bessen")]),
        (95, (11, 40), DENNIS, &[ViewCase("bessen")]),
        (90, (13, 30), HANNEKE, &[Log("bessen-voorman"), ViewCase("bessen")]),
        (85, (9, 50), ILSE, &[Log("bessen-balie")]),
        (82, (10, 15), MARIT, &[View("bessen-voorman"), Link("bessen", &VOORMAN)]),
        (81, (10, 5), MARIT, &[View("bessen-balie"), Link("bessen", &BALIE)]),
        (79, (9, 15), MARIT, &[BeginPlan("bessen"), Write("bessen", &[("Situatie", SITUATION), ("Doel", GOAL)])]),
        (
            78,
            (13, 25),
            DENNIS,
            &[SameSubjects("bessen"), Write("bessen", &[("Aanpak: Toezicht en handhaving", INSPECTION_PART)])],
        ),
        (
            77,
            (10, 40),
            HANNEKE,
            &[
                Write("bessen", &[("Aanpak: Werk en inkomen", WORK_PART)]),
                Comment(
                    "bessen",
                    13,
                    On::Words("Situatie", "loon in bonnen"),
                    Some(LOTTE),
                    "staat hierover iets in de pacht?",
                ),
            ],
        ),
        (
            75,
            (9, 40),
            LOTTE,
            &[
                Write("bessen", &[("Aanpak: Vastgoed en grondzaken", PROPERTY_PART)]),
                Answer("bessen", 13, "Nee. Wel dat er niemand mag wonen.", true),
            ],
        ),
        (74, (14, 15), ILSE, &[Write("bessen", &[("Aanpak: Burgerzaken (BRP)", REGISTRY_PART)])]),
        (
            72,
            (9, 55),
            MARIT,
            &[
                Write("bessen", &[("Afspraken", AGREEMENTS)]),
                KeepVersion("bessen", "Plan voor de oogst"),
                Propose("bessen"),
            ],
        ),
        (71, (10, 10), DENNIS, &[Agree("bessen")]),
        (70, (9, 25), HANNEKE, &[Dissent("bessen", FIRST_HELP)]),
        (70, (11, 50), LOTTE, &[Agree("bessen")]),
        (69, (13, 10), ILSE, &[Agree("bessen")]),
        (67, (9, 5), MARIT, &[Agree("bessen"), Adopt("bessen"), WhoViewedCase("bessen")]),
        (59, (10, 30), DENNIS, &[SetTask("bessen", 21, Done, "De containers zijn leeg en verzegeld.")]),
        (42, (13, 20), HANNEKE, &[SetTask("bessen", 22, Started, "")]),
        (23, (11, 0), MARIT, &[ViewCase("bessen"), Note("bessen", NEXT_YEAR)]),
        (
            8,
            (10, 5),
            LOTTE,
            &[
                ViewPlan("bessen"),
                SetTask("bessen", 23, Started, ""),
                Comment("bessen", 14, On::Task(24), Some(ILSE), "heb jij hier nog iets voor nodig van ons?"),
            ],
        ),
    ],
};

const VOORMAN: Linked = link("bessen-voorman", WITH_PLACE, [FITS_BENEFITS, NEEDS_CAR, SMALL_COMPANY, NO_OTHER]);
const BALIE: Linked = link("bessen-balie", WITHOUT_PLACE, [FITS_REGISTRY, NEEDS_WHO, SMALL_VICTIMS, NO_NAMES]);

const FIRST_HELP: &str = "Wij stemmen in op één voorwaarde: de containers gaan pas dicht als er voor iedereen een bed is. Anders \
                          raken wij de mensen kwijt.";
const NEXT_YEAR: &str = "Afgesproken met de wijkagent: in april kijken wij samen of er opnieuw containers komen.";

const SITUATION: &[Piece] = &[
    P(
        "Plukkers slapen in containers ([bessen-containers]) en krijgen hun loon in bonnen of helemaal niet ([bessen-loon]). \
       De grond pacht het bedrijf van de gemeente ([bessen-pacht]).",
    ),
    P(
        "Een voorman met een uitkering rijdt hen rond ([bessen-voorman]). Hij is ook degene die aan de balie het woord doet \
       ([bessen-balie]).",
    ),
];
const GOAL: &[Piece] = &[
    P("Vóór de volgende oogst:"),
    List(&[
        "slaapt niemand meer op het land;",
        "weten plukkers waar zij hun loon kunnen opvragen;",
        "pacht van ons is geen dekmantel meer.",
    ]),
];
const INSPECTION_PART: &[Piece] = &[task(
    21,
    (Administrative, "Omgevingswet artikel 18.2"),
    ("Toezicht en handhaving", DENNIS),
    -80,
    "De containers sluiten, op een dag waarop voor iedereen een bed klaarstaat.",
)];
const WORK_PART: &[Piece] = &[task(
    22,
    (Preventive, ""),
    ("Werk en inkomen", HANNEKE),
    12,
    "Een spreekuur op het land met een tolk: uw loon, uw papieren, uw rechten.",
)];
const PROPERTY_PART: &[Piece] = &[task(
    23,
    (Private, "Burgerlijk Wetboek, boek 7, artikel 376"),
    ("Vastgoed en grondzaken", LOTTE),
    -3,
    "De pacht ontbinden, omdat er is gewoond op de grond.",
)];
const REGISTRY_PART: &[Piece] = &[task(
    24,
    (Administrative, "Wet BRP artikel 2.20"),
    ("Burgerzaken (BRP)", ILSE),
    20,
    "Bij nieuwe inschrijvingen vanaf dit adres eerst alleen spreken met wie zich inschrijft.",
)];
const AGREEMENTS: &[Piece] = &[List(&[
    "Wij gaan samen, en altijd met een tolk die niet van het bedrijf is.",
    "Wie een slachtoffer spreekt, belt dezelfde dag de zorgcoördinator.",
])];
