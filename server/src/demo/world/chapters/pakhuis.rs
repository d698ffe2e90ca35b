//! Night crews in the warehouses: adopted, and nearly all of it done.

use super::{
    super::{people::*, register::*, sitting::Doing::*, writing::Piece::*},
    *,
};
use plein_domain::plan::{InterventionKind::*, InterventionStatus::*};

pub(super) const CHAPTER: Chapter = Chapter {
    network: Network {
        number: 12,
        company: "Noordkrib Personeel BV",
        person: "Wiktor Noordkrib",
        street: "Pakhuisplein 8",
        postcode: "2698 KM",
        car: "een wit busje met gordijntjes",
    },
    signals: &[
        ("pakhuis-loon", "loon"),
        ("pakhuis-bedden", "slaapplekken"),
        ("pakhuis-voorman", "bijverdienen"),
        ("pakhuis-balie", "begeleider"),
    ],
    case: Some(Case {
        key: "pakhuis",
        purpose: WORK_CASES,
        title: "Nachtploegen in de pakhuizen",
        summary: "Mensen die 's nachts pakketten sorteren, krijgen geen loon en slapen boven het werk. Zij komen allemaal \
                  binnen via één bureau.",
        reasons: "Mensen slapen achter een deur die op slot gaat. Drie afdelingen kennen hetzelfde bureau.",
        links: &[
            link("pakhuis-loon", WITHOUT_PLACE, [FITS_BENEFITS, NEEDS_HOURS, SMALL_VICTIMS, NO_OTHER]),
            link("pakhuis-bedden", WITH_PLACE, [FITS_INSPECTION, NEEDS_WHERE, SMALL_PLACE, NO_VISIT]),
            link("pakhuis-balie", WITHOUT_PLACE, [FITS_REGISTRY, NEEDS_WHO, SMALL_VICTIMS, NO_NAMES]),
        ],
        team: &[HANNEKE, DENNIS, ILSE],
    }),
    sittings: &[
        (160, (11, 10), HANNEKE, &[Log("pakhuis-loon")]),
        (156, (10, 25), DENNIS, &[Log("pakhuis-bedden")]),
        (150, (9, 45), ILSE, &[Log("pakhuis-balie")]),
        (143, (14, 40), JOOST, &[ListSignals, View("pakhuis-loon"), View("pakhuis-bedden")]),
        (141, (13, 10), JOOST, &[Open("pakhuis")]),
        (140, (14, 20), HANNEKE, &[ViewCase("pakhuis"), Note("pakhuis", SAFE)]),
        (136, (13, 30), HANNEKE, &[Log("pakhuis-voorman")]),
        (133, (10, 35), JOOST, &[View("pakhuis-voorman"), Link("pakhuis", &VOORMAN)]),
        (132, (9, 30), DENNIS, &[ViewCase("pakhuis"), SameSubjects("pakhuis")]),
        (130, (9, 10), JOOST, &[BeginPlan("pakhuis"), Write("pakhuis", &[("Situatie", SITUATION), ("Doel", GOAL)])]),
        (128, (11, 15), HANNEKE, &[Write("pakhuis", &[("Aanpak: Werk en inkomen", WORK_PART)])]),
        (127, (10, 5), DENNIS, &[Write("pakhuis", &[("Aanpak: Toezicht en handhaving", INSPECTION_PART)])]),
        (123, (9, 40), JOOST, &[KeepVersion("pakhuis", "Om vast te stellen"), Propose("pakhuis")]),
        (122, (10, 55), HANNEKE, &[Agree("pakhuis")]),
        (121, (13, 45), DENNIS, &[Agree("pakhuis")]),
        (121, (15, 30), ILSE, &[Agree("pakhuis")]),
        (120, (9, 25), JOOST, &[Agree("pakhuis"), Adopt("pakhuis")]),
        (
            104,
            (10, 15),
            DENNIS,
            &[SetTask("pakhuis", 15, Done, "De bovenverdieping is gesloten. Elf mensen slapen nu elders.")],
        ),
        (88, (14, 10), HANNEKE, &[SetTask("pakhuis", 14, Started, "")]),
        (76, (11, 5), JOOST, &[ViewCase("pakhuis"), WhoViewedCase("pakhuis")]),
        (
            55,
            (15, 40),
            HANNEKE,
            &[SetTask("pakhuis", 14, Done, "Zeven mensen hebben hun loon gekregen, drie wachten nog op de inspectie.")],
        ),
    ],
};

const VOORMAN: Linked = link("pakhuis-voorman", WITH_PLACE, [FITS_BENEFITS, NEEDS_CAR, SMALL_COMPANY, NO_OTHER]);

const SAFE: &str =
    "Twee vrouwen slapen sinds gisteren in de opvang. Hun namen staan niet in dit dossier. Vragen lopen via mij.";

const SITUATION: &[Piece] = &[
    P(
        "Mensen werken 's nachts en krijgen hun loon niet ([pakhuis-loon]). Zij slapen boven het werk, achter een deur die op slot \
       gaat ([pakhuis-bedden]).",
    ),
    P(
        "Aan de balie doet één man het woord ([pakhuis-balie]). Dezelfde man rijdt hen naar het werk ([pakhuis-voorman]).",
    ),
];
const GOAL: &[Piece] = &[List(&[
    "niemand slaapt meer in een pakhuis;",
    "wie loon mist, krijgt hulp om het te krijgen;",
    "wij weten of het bureau elders opnieuw begint.",
])];
const WORK_PART: &[Piece] = &[
    P("Eerst hulp, dan pas vragen over de uitkering. Dat vertellen wij ook zo."),
    task(
        14,
        (Preventive, ""),
        ("Werk en inkomen", HANNEKE),
        -95,
        "Spreekuur met een tolk, samen met een juridisch loket: hoe vraag ik mijn loon op?",
    ),
];
const INSPECTION_PART: &[Piece] = &[task(
    15,
    (Administrative, "Omgevingswet artikel 18.2"),
    ("Toezicht en handhaving", DENNIS),
    -150,
    "De bovenverdieping sluiten, op een dag waarop voor iedereen een bed klaarstaat.",
)];
