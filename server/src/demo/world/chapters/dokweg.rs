//! Hired cars of the Dokweg: adopted with a dissent, carried out since.

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
        number: 13,
        company: "Lierrent Autoverhuur BV",
        person: "Mitchel Kielzog",
        street: "Dokweg 44",
        postcode: "2697 AC",
        car: "een zwarte terreinwagen",
    },
    signals: &[
        ("dokweg-boetes", "wagenpark"),
        ("dokweg-bak", "spuiterij"),
        ("dokweg-lening", "geldschieter"),
        ("dokweg-rust", "afpersing"),
    ],
    case: Some(Case {
        key: "dokweg",
        purpose: CAR_CASES,
        title: "Verhuurauto's van de Dokweg",
        summary: "Een verhuurbedrijf heeft veel dure auto's en bijna geen klanten. In zijn auto's worden ruimten gebouwd die je \
                  niet ziet.",
        reasons: "De auto's zijn in deze maand nog gebruikt. Wachten geeft de kans om ze weg te halen.",
        links: &[
            link("dokweg-boetes", WITH_PLACE, [FITS_TAXES, NEEDS_CAR, SMALL_SUMS, NO_REGISTER]),
            link("dokweg-bak", WITH_PLACE, [FITS_INSPECTION, NEEDS_CAR, SMALL_PLACE, NO_OTHER]),
            link("dokweg-lening", WITHOUT_PLACE, [FITS_BIBOB, NEEDS_MONEY, SMALL_COMPANY, NO_REGISTER]),
        ],
        team: &[WOUTER, DENNIS, BRAM],
    }),
    sittings: &[
        (146, (14, 15), WOUTER, &[Log("dokweg-boetes")]),
        (137, (10, 40), DENNIS, &[Log("dokweg-bak"), ListSignals]),
        (132, (11, 20), BRAM, &[Log("dokweg-lening")]),
        (129, (9, 20), MARIT, &[ListSignals, View("dokweg-bak"), View("dokweg-lening")]),
        (128, (9, 5), MARIT, &[View("dokweg-boetes"), Open("dokweg")]),
        (127, (13, 25), BRAM, &[ViewCase("dokweg")]),
        (125, (15, 15), JOOST, &[Log("dokweg-rust")]),
        (119, (10, 20), MARIT, &[View("dokweg-rust"), Link("dokweg", &RUST), Join("dokweg", JOOST)]),
        (
            117,
            (9, 30),
            MARIT,
            &[BeginPlan("dokweg"), Write("dokweg", &[("Situatie", SITUATION), ("Barrières", BARRIERS)])],
        ),
        (
            115,
            (14, 5),
            BRAM,
            &[SameSubjects("dokweg"), Write("dokweg", &[("Aanpak: Juridische zaken (Bibob)", LEGAL_PART)])],
        ),
        (
            114,
            (10, 10),
            DENNIS,
            &[
                Write("dokweg", &[("Aanpak: Toezicht en handhaving", INSPECTION_PART)]),
                Comment("dokweg", 12, On::Task(17), Some(MARIT), "wie belt de politie voor deze dag?"),
            ],
        ),
        (113, (11, 35), WOUTER, &[Write("dokweg", &[("Aanpak: Belastingen", TAXES_PART)])]),
        (112, (9, 45), MARIT, &[Answer("dokweg", 12, "Dat doe ik, ik heb de wijkagent al gesproken.", true)]),
        (109, (9, 15), MARIT, &[KeepVersion("dokweg", "Concept van de werkgroep"), Propose("dokweg")]),
        (108, (10, 35), DENNIS, &[Agree("dokweg")]),
        (107, (13, 20), BRAM, &[Dissent("dokweg", WEAK)]),
        (106, (11, 55), WOUTER, &[Agree("dokweg")]),
        (105, (9, 10), MARIT, &[Agree("dokweg"), Adopt("dokweg")]),
        (
            97,
            (14, 35),
            DENNIS,
            &[SetTask("dokweg", 17, Done, "Drie auto's met een verborgen ruimte gevonden en overgedragen.")],
        ),
        (86, (10, 25), BRAM, &[SetTask("dokweg", 16, Started, "")]),
        (71, (13, 50), WOUTER, &[SetTask("dokweg", 18, Done, "Alle boetes zijn betaald, door een advocaat.")]),
        (
            33,
            (14, 20),
            BRAM,
            &[ViewPlan("dokweg"), SetTask("dokweg", 16, Done, "De vergunning is geweigerd. Er loopt bezwaar.")],
        ),
    ],
};

const RUST: Linked = link("dokweg-rust", WITH_PLACE, [FITS_ORDER, NEEDS_CAR, SMALL_VICTIMS, NO_NAMES]);

const WEAK: &str = "Weigeren kan pas als de herkomst van het geld vaststaat. Wij stemmen in als eerst om de ontbrekende \
                    afschriften wordt gevraagd.";

const SITUATION: &[Piece] = &[
    P(
        "Het verhuurbedrijf betaalt zijn boetes niet en kan niet zeggen wie er rijdt ([dokweg-boetes]). In zijn auto's worden \
       verborgen ruimten gebouwd ([dokweg-bak]).",
    ),
    P(
        "Het geld komt van iemand zonder inkomen ([dokweg-lening]). Winkeliers in de buurt betalen 'voor rust' ([dokweg-rust]).",
    ),
];
const BARRIERS: &[Piece] = &[List(&[
    "Een verhuurbedrijf heeft geen vergunning nodig.",
    "Boetes gaan naar een brievenbus.",
    "Winkeliers durven niets te zeggen als alleen de politie langskomt.",
])];
const LEGAL_PART: &[Piece] = &[task(
    16,
    (Administrative, "Wet Bibob artikel 3"),
    ("Juridische zaken (Bibob)", BRAM),
    -60,
    "De aanvraag voor de tweede vestiging weigeren als de herkomst van het geld niet duidelijk wordt.",
)];
const INSPECTION_PART: &[Piece] = &[task(
    17,
    (Administrative, "Omgevingswet artikel 18.6"),
    ("Toezicht en handhaving", DENNIS),
    -130,
    "Milieucontrole van de werkplaats, samen met de politie.",
)];
const TAXES_PART: &[Piece] = &[task(
    18,
    (Fiscal, "Invorderingswet 1990 artikel 14"),
    ("Belastingen", WOUTER),
    -100,
    "Openstaande boetes innen, desnoods door beslag op een auto.",
)];
