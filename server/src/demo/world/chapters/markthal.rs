//! Rooms above the shops of the Markthalstraat: the oldest case, adopted and carried out.

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
        number: 11,
        company: "Wulpenhorst Vastgoed BV",
        person: "Edwin Wulpenhorst",
        street: "Markthalstraat 17",
        postcode: "2696 BN",
        car: "een zilveren stadsauto",
    },
    signals: &[
        ("markthal-kamers", "kamers"),
        ("markthal-inschrijvingen", "inschrijvingen"),
        ("markthal-eigenaren", "eigenaren"),
        ("markthal-geur", "drugspand"),
    ],
    case: Some(Case {
        key: "markthal",
        purpose: HOMES_CASES,
        title: "Kamers boven de winkels aan de Markthalstraat",
        summary: "Boven vijf winkels zijn zonder vergunning kamers gemaakt. Bewoners hebben geen tweede uitgang. Eén bedrijf \
                  komt in alle signalen terug.",
        reasons: "Er slapen elke nacht mensen zonder vluchtweg. De signalen gaan over hetzelfde bedrijf en vullen elkaar aan.",
        links: &[
            link("markthal-kamers", WITH_PLACE, [FITS_PERMITS, NEEDS_WHERE, SMALL_COMPANY, NO_REGISTER]),
            link("markthal-inschrijvingen", WITH_PLACE, [FITS_REGISTRY, NEEDS_WHERE, SMALL_PLACE, NO_NAMES]),
            link("markthal-eigenaren", WITH_PLACE, [FITS_TAXES, NEEDS_MONEY, SMALL_SUMS, NO_REGISTER]),
        ],
        team: &[SANNE, ILSE, SAMIRA, DENNIS],
    }),
    sittings: &[
        (168, (10, 5), SANNE, &[Log("markthal-kamers")]),
        (163, (13, 20), ILSE, &[Log("markthal-inschrijvingen")]),
        (158, (9, 40), SAMIRA, &[Log("markthal-eigenaren"), ListSignals]),
        (151, (15, 10), JOOST, &[Log("markthal-geur")]),
        (149, (10, 30), MARIT, &[ListSignals, View("markthal-kamers"), View("markthal-eigenaren")]),
        (148, (9, 15), MARIT, &[View("markthal-inschrijvingen"), Open("markthal")]),
        (147, (11, 0), SANNE, &[ViewCase("markthal"), SameSubjects("markthal")]),
        (147, (14, 30), DENNIS, &[ViewCase("markthal"), Note("markthal", ESCAPE)]),
        (146, (9, 50), MARIT, &[BeginPlan("markthal"), Write("markthal", &[("Situatie", SITUATION), ("Doel", GOAL)])]),
        (145, (10, 20), SANNE, &[Write("markthal", &[("Aanpak: Vergunningen", PERMITS_PART)])]),
        (144, (13, 5), DENNIS, &[Write("markthal", &[("Aanpak: Toezicht en handhaving", INSPECTION_PART)])]),
        (143, (9, 35), ILSE, &[Write("markthal", &[("Aanpak: Burgerzaken (BRP)", REGISTRY_PART)])]),
        (
            142,
            (11, 45),
            SAMIRA,
            &[
                ViewPlan("markthal"),
                Comment("markthal", 11, On::Task(11), Some(SANNE), "geldt dit ook voor het pand op de hoek?"),
            ],
        ),
        (141, (9, 20), SANNE, &[Answer("markthal", 11, "Ja, het is dezelfde eigenaar.", true)]),
        (
            140,
            (10, 10),
            MARIT,
            &[
                Write("markthal", &[("Afspraken", AGREEMENTS)]),
                KeepVersion("markthal", "Voor het overleg"),
                Propose("markthal"),
            ],
        ),
        (139, (9, 30), SANNE, &[Agree("markthal")]),
        (139, (13, 15), ILSE, &[Agree("markthal")]),
        (138, (10, 45), DENNIS, &[Agree("markthal")]),
        (137, (15, 25), SAMIRA, &[Dissent("markthal", TOO_SOON)]),
        (136, (9, 5), MARIT, &[Agree("markthal"), Adopt("markthal"), ListCases]),
        (124, (10, 50), DENNIS, &[SetTask("markthal", 12, Started, "")]),
        (110, (14, 0), DENNIS, &[SetTask("markthal", 12, Done, "In vier panden is een tweede uitgang gemaakt.")]),
        (101, (9, 45), SANNE, &[SetTask("markthal", 11, Done, "Twee vergunningen ingetrokken, één alsnog verleend.")]),
        (
            92,
            (11, 30),
            ILSE,
            &[SetTask(
                "markthal",
                13,
                Done,
                "Negen mensen goed ingeschreven, vier adressen gesloten voor nieuwe inschrijvingen.",
            )],
        ),
        (84, (10, 0), MARIT, &[ViewCase("markthal"), Note("markthal", QUIET)]),
        (41, (15, 5), EVERT, &[SearchLog]),
    ],
};

const ESCAPE: &str = "Met de brandweer gekeken: boven nummer 17 en 19 is er maar één trap. Wij hebben de bewoners meteen \
                      verteld wat zij moeten doen bij brand.";
const QUIET: &str = "Sinds de zomer geen nieuwe signalen over deze straat. In het voorjaar kijken wij opnieuw.";
const TOO_SOON: &str =
    "Wij willen eerst weten wie de eigenaren op papier zijn. Anders gaat de aanschrijving naar de verkeerde.";

const SITUATION: &[Piece] = &[
    P(
        "Boven vijf winkels aan de Markthalstraat zijn kamers gemaakt ([markthal-kamers]). Op die adressen schrijven zich steeds \
       nieuwe mensen in ([markthal-inschrijvingen]). De belasting wordt vanaf één rekening betaald ([markthal-eigenaren]).",
    ),
    P("De bewoners hebben geen tweede uitgang. Dat is nu het eerste wat moet veranderen."),
];
const GOAL: &[Piece] = &[List(&[
    "binnen een maand heeft iedere bewoner een tweede uitgang;",
    "binnen een half jaar is voor elk pand duidelijk of kamers er mogen;",
    "inschrijvingen kloppen met wie er woont.",
])];
const PERMITS_PART: &[Piece] = &[task(
    11,
    (Administrative, "Omgevingswet artikel 5.40"),
    ("Vergunningen", SANNE),
    -150,
    "Alle vergunningen van dit bedrijf naast elkaar leggen, en intrekken wat niet klopt.",
)];
const INSPECTION_PART: &[Piece] = &[task(
    12,
    (Administrative, "Algemene wet bestuursrecht artikel 5:32"),
    ("Toezicht en handhaving", DENNIS),
    -170,
    "Last onder dwangsom: een tweede uitgang in elk pand.",
)];
const REGISTRY_PART: &[Piece] = &[task(
    13,
    (Administrative, "Wet BRP artikel 2.20"),
    ("Burgerzaken (BRP)", ILSE),
    -140,
    "Adresonderzoek op alle vijf adressen.",
)];
const AGREEMENTS: &[Piece] = &[P("Wie bewoners spreekt, zegt eerst wat er voor hen verandert. Wij gaan nooit alleen.")];
