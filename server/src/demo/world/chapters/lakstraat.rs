//! The paint shop of the Lakstraat: a version of its plan waits for the departments.

use super::{
    super::{people::*, register::*, sitting::Doing::*, writing::Piece::*},
    *,
};
use plein_domain::plan::InterventionKind::*;

pub(super) const CHAPTER: Chapter = Chapter {
    network: Network {
        number: 16,
        company: "Spuiterij Lakglans BV",
        person: "Dirk-Jan Roerganger",
        street: "Lakstraat 29",
        postcode: "2697 CX",
        car: "een bestelbus zonder achterramen",
    },
    signals: &[
        ("lak-riool", "spuiterij"),
        ("lak-schuld", "contant"),
        ("lak-geld", "geldschieter"),
        ("lak-vloot", "wagenpark"),
    ],
    case: Some(Case {
        key: "lakstraat",
        purpose: CAR_CASES,
        title: "Spuiterij aan de Lakstraat",
        summary: "Een spuiterij zonder klanten betaalt alles contant. Auto's gaan er met een kenteken in en met een ander eruit.",
        reasons: "Drie afdelingen zien hetzelfde bedrijf vanuit een andere kant. Alleen samen wordt het een verhaal.",
        links: &[
            link("lak-riool", WITH_PLACE, [FITS_INSPECTION, NEEDS_CAR, SMALL_PLACE, NO_OTHER]),
            link("lak-schuld", WITH_PLACE, [FITS_TAXES, NEEDS_MONEY, SMALL_SUMS, NO_REGISTER]),
            link("lak-geld", WITHOUT_PLACE, [FITS_BIBOB, NEEDS_MONEY, SMALL_COMPANY, NO_REGISTER]),
        ],
        team: &[DENNIS, SAMIRA, BRAM],
    }),
    sittings: &[
        (103, (10, 55), DENNIS, &[Log("lak-riool")]),
        (95, (14, 20), SAMIRA, &[Log("lak-schuld")]),
        (89, (9, 40), BRAM, &[Log("lak-geld")]),
        (85, (13, 15), JOOST, &[ListSignals, View("lak-riool"), View("lak-schuld")]),
        (84, (13, 40), JOOST, &[View("lak-geld"), Open("lakstraat")]),
        (83, (10, 25), SAMIRA, &[ViewCase("lakstraat")]),
        (61, (10, 30), WOUTER, &[Log("lak-vloot")]),
        (37, (9, 50), JOOST, &[View("lak-vloot"), Link("lakstraat", &VLOOT), Join("lakstraat", WOUTER)]),
        (34, (10, 15), BRAM, &[ViewCase("lakstraat"), SameSubjects("lakstraat"), Note("lakstraat", LETTER)]),
        (29, (9, 20), JOOST, &[BeginPlan("lakstraat"), Write("lakstraat", &[("Situatie", SITUATION), ("Doel", GOAL)])]),
        (24, (10, 40), DENNIS, &[Write("lakstraat", &[("Aanpak: Toezicht en handhaving", INSPECTION_PART)])]),
        (21, (14, 5), SAMIRA, &[Write("lakstraat", &[("Aanpak: Belastingen", TAXES_PART)])]),
        (17, (11, 15), BRAM, &[Write("lakstraat", &[("Aanpak: Juridische zaken (Bibob)", LEGAL_PART)])]),
        (8, (13, 45), JOOST, &[KeepVersion("lakstraat", "Voor de afdelingen"), Propose("lakstraat")]),
        (7, (13, 5), DENNIS, &[Agree("lakstraat")]),
        (3, (15, 20), BRAM, &[Dissent("lakstraat", ORDER_OF_THINGS)]),
    ],
};

const VLOOT: Linked = link("lak-vloot", WITH_PLACE, [FITS_TAXES, NEEDS_CAR, SMALL_SUMS, NO_OTHER]);

const LETTER: &str = "De aanvrager heeft twee weken uitstel gevraagd voor zijn stukken. Dat is de tweede keer.";
const ORDER_OF_THINGS: &str =
    "Eerst de controle, dan pas de brief van Belastingen. Anders zijn de auto's weg voor wij komen.";

const SITUATION: &[Piece] = &[
    P(
        "De spuiterij loost verf in het riool en houdt de deur dicht ([lak-riool]). Een oude schuld werd contant betaald \
       ([lak-schuld]), met geld waarvan niemand weet waar het vandaan komt ([lak-geld]).",
    ),
    P("Twee kentekens van een verhuurbedrijf horen bij auto's die hier zijn gespoten ([lak-vloot])."),
];
const GOAL: &[Piece] = &[List(&[
    "wij weten van elke auto in de werkplaats van wie die is;",
    "de spuiterij houdt zich aan de regels of gaat dicht.",
])];
const INSPECTION_PART: &[Piece] = &[task(
    25,
    (Administrative, "Omgevingswet artikel 18.6"),
    ("Toezicht en handhaving", DENNIS),
    26,
    "Onaangekondigde controle met het waterschap en de politie.",
)];
const TAXES_PART: &[Piece] = &[task(
    26,
    (Fiscal, "Algemene wet inzake rijksbelastingen artikel 47"),
    ("Belastingen", SAMIRA),
    33,
    "Vragen waar het contante geld vandaan komt.",
)];
const LEGAL_PART: &[Piece] = &[task(
    27,
    (Administrative, "Wet Bibob artikel 7a"),
    ("Juridische zaken (Bibob)", BRAM),
    47,
    "Advies vragen aan het Landelijk Bureau Bibob als de stukken weer uitblijven.",
)];
