//! Three guest houses of one landlord: opened the day before yesterday.

use super::{
    super::{people::*, register::*, sitting::Doing::*},
    *,
};

pub(super) const CHAPTER: Chapter = Chapter {
    network: Network {
        number: 19,
        company: "Oeverpand Beheer BV",
        person: "Ludo Oeverpand",
        street: "Vuurbaak 6",
        postcode: "2698 JL",
        car: "een donkere sedan",
    },
    signals: &[
        ("oeverpand-kamers", "kamers"),
        ("oeverpand-geur", "drugspand"),
        ("oeverpand-te-veel", "inschrijvingen"),
        ("oeverpand-rekening", "eigenaren"),
    ],
    case: Some(Case {
        key: "oeverpand",
        purpose: HOMES_CASES,
        title: "Drie pensions met dezelfde huurbaas",
        summary: "Drie pensions zijn van verschillende mensen, maar de huur gaat naar dezelfde man.",
        reasons: "Twee afdelingen noemen dezelfde huurbaas. In één van de panden is vorige week brand geweest.",
        links: &[
            link("oeverpand-kamers", WITH_PLACE, [FITS_PERMITS, NEEDS_WHO, SMALL_COMPANY, NO_REGISTER]),
            link("oeverpand-te-veel", WITH_PLACE, [FITS_REGISTRY, NEEDS_WHERE, SMALL_PLACE, NO_VISIT]),
            link("oeverpand-rekening", WITH_PLACE, [FITS_TAXES, NEEDS_MONEY, SMALL_SUMS, NO_REGISTER]),
        ],
        team: &[KEES, ILSE, WOUTER],
    }),
    sittings: &[
        (44, (10, 10), KEES, &[Log("oeverpand-kamers")]),
        (32, (15, 5), JOOST, &[Log("oeverpand-geur")]),
        (13, (13, 30), ILSE, &[Log("oeverpand-te-veel")]),
        (7, (14, 20), WOUTER, &[Log("oeverpand-rekening")]),
        (3, (9, 10), MARIT, &[ListSignals, View("oeverpand-kamers"), View("oeverpand-te-veel")]),
        (2, (13, 40), MARIT, &[View("oeverpand-rekening"), Open("oeverpand")]),
    ],
};
