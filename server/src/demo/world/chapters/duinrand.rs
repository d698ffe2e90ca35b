//! Chalets of a camping: the plan is being drafted.

use super::{
    super::{
        people::*,
        register::*,
        sitting::Doing::*,
        writing::{On, Piece::*},
    },
    *,
};
use plein_domain::plan::InterventionKind::*;

pub(super) const CHAPTER: Chapter = Chapter {
    network: Network {
        number: 17,
        company: "Camping De Helmhoek BV",
        person: "Greetje Helmhoek",
        street: "Zandbankje 1",
        postcode: "2698 HK",
        car: "een rode pick-up",
    },
    signals: &[
        ("helmhoek-chalets", "chalets"),
        ("helmhoek-inschrijving", "inschrijvingen"),
        ("helmhoek-eigenaren", "eigenaren"),
        ("helmhoek-bedden", "slaapplekken"),
    ],
    case: Some(Case {
        key: "helmhoek",
        purpose: HOMES_CASES,
        title: "Chalets op camping De Helmhoek",
        summary: "Op een camping wonen het hele jaar mensen. Een deel werkt voor een uitzendbureau, een deel kan nergens anders heen.",
        reasons: "De winter komt eraan en de chalets worden verwarmd met losse gasflessen.",
        links: &[
            link("helmhoek-chalets", WITH_PLACE, [FITS_INSPECTION, NEEDS_WHERE, SMALL_PLACE, NO_VISIT]),
            link("helmhoek-inschrijving", WITH_PLACE, [FITS_REGISTRY, NEEDS_WHERE, SMALL_PLACE, NO_NAMES]),
            link("helmhoek-eigenaren", WITH_PLACE, [FITS_TAXES, NEEDS_WHO, SMALL_SUMS, NO_REGISTER]),
        ],
        team: &[DENNIS, ILSE, WOUTER, RAVI],
    }),
    sittings: &[
        (92, (13, 40), DENNIS, &[Log("helmhoek-chalets")]),
        (80, (10, 10), ILSE, &[Log("helmhoek-inschrijving")]),
        (72, (13, 30), WOUTER, &[Log("helmhoek-eigenaren")]),
        (61, (14, 50), MARIT, &[View("helmhoek-chalets"), View("helmhoek-inschrijving")]),
        (59, (13, 10), MARIT, &[View("helmhoek-eigenaren"), Open("helmhoek")]),
        (58, (10, 20), RAVI, &[ViewCase("helmhoek"), Note("helmhoek", CHILDREN)]),
        (53, (11, 5), DENNIS, &[Log("helmhoek-bedden"), ViewCase("helmhoek")]),
        (48, (13, 35), MARIT, &[View("helmhoek-bedden"), Link("helmhoek", &BEDDEN)]),
        (47, (10, 25), WOUTER, &[ViewCase("helmhoek"), SameSubjects("helmhoek")]),
        (27, (13, 0), MARIT, &[BeginPlan("helmhoek"), Write("helmhoek", &[("Situatie", SITUATION), ("Doel", GOAL)])]),
        (22, (13, 15), RAVI, &[Write("helmhoek", &[("Aanpak: Jeugd en zorg (Wmo)", CARE_PART)])]),
        (
            15,
            (14, 25),
            DENNIS,
            &[
                Write("helmhoek", &[("Aanpak: Toezicht en handhaving", INSPECTION_PART)]),
                Comment(
                    "helmhoek",
                    15,
                    On::Words("Doel", "warme plek"),
                    Some(RAVI),
                    "lukt dat voor de gezinnen al in december?",
                ),
            ],
        ),
        (11, (10, 5), RAVI, &[Answer("helmhoek", 15, "Voor drie van de vier wel. Ik zoek nog.", false)]),
    ],
};

const BEDDEN: Linked = link("helmhoek-bedden", WITH_PLACE, [FITS_INSPECTION, NEEDS_WHERE, SMALL_PLACE, NO_VISIT]);

const CHILDREN: &str =
    "Er wonen vier gezinnen met kinderen. Met de scholen is afgesproken dat zij ons bellen als een kind wegblijft.";

const SITUATION: &[Piece] = &[P(
    "In de chalets wordt het hele jaar gewoond, op losse gasflessen ([helmhoek-chalets]). Wie er woont, klopt niet met wie er staat \
     ingeschreven ([helmhoek-inschrijving]). De belasting betaalt een ander dan de eigenaar ([helmhoek-eigenaren]). Werknemers slapen \
     in de oude kantine ([helmhoek-bedden]).",
)];
const GOAL: &[Piece] =
    &[P("Iedere bewoner heeft vóór de winter een veilige en warme plek. Daarna kijken wij naar de eigenaar.")];
const CARE_PART: &[Piece] = &[task(
    28,
    (Preventive, ""),
    ("Jeugd en zorg (Wmo)", RAVI),
    9,
    "Voor elk gezin met kinderen een vaste begeleider en een plek voor de winter.",
)];
const INSPECTION_PART: &[Piece] = &[task(
    29,
    (Administrative, "Omgevingswet artikel 18.2"),
    ("Toezicht en handhaving", DENNIS),
    -1,
    "Gasflessen laten weghalen en in elk chalet een rookmelder ophangen.",
)];
