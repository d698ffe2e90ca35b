//! Cleaning crews without payslips: a young case, whose team is still gathering.

use super::{
    super::{people::*, register::*, sitting::Doing::*},
    *,
};

pub(super) const CHAPTER: Chapter = Chapter {
    network: Network {
        number: 18,
        company: "Helderblink Flexwerk BV",
        person: "Osman Kluiverboom",
        street: "Tolbrug 12",
        postcode: "2698 AV",
        car: "een blauw busje",
    },
    signals: &[("helderblink-loon", "loon"), ("helderblink-contant", "contant"), ("helderblink-rit", "bijverdienen")],
    case: Some(Case {
        key: "helderblink",
        purpose: WORK_CASES,
        title: "Schoonmaakploegen zonder loonstrook",
        summary: "Een schoonmaakbedrijf werkt 's nachts in kantoren, ook in een gebouw van de gemeente. De schoonmakers krijgen geen \
                  loonstrook.",
        reasons: "Eén van de gebouwen is van ons. Wij willen niet zelf meewerken aan uitbuiting.",
        links: &[
            link("helderblink-loon", WITHOUT_PLACE, [FITS_BENEFITS, NEEDS_HOURS, SMALL_VICTIMS, NO_OTHER]),
            link("helderblink-contant", WITH_PLACE, [FITS_TAXES, NEEDS_MONEY, SMALL_SUMS, NO_REGISTER]),
        ],
        team: &[HANNEKE, SAMIRA],
    }),
    sittings: &[
        (51, (13, 20), HANNEKE, &[Log("helderblink-loon")]),
        (30, (14, 10), SAMIRA, &[Log("helderblink-contant")]),
        (19, (13, 30), JOOST, &[ListSignals, View("helderblink-loon")]),
        (18, (14, 15), JOOST, &[View("helderblink-contant"), Open("helderblink")]),
        (16, (9, 40), HANNEKE, &[ViewCase("helderblink"), Note("helderblink", WHO_ORDERS)]),
        (12, (10, 20), HANNEKE, &[Log("helderblink-rit")]),
        (6, (9, 55), JOOST, &[View("helderblink-rit"), Link("helderblink", &RIT)]),
        (5, (14, 0), SAMIRA, &[ViewCase("helderblink"), SameSubjects("helderblink")]),
    ],
};

const RIT: Linked = link("helderblink-rit", WITH_PLACE, [FITS_BENEFITS, NEEDS_CAR, SMALL_COMPANY, NO_OTHER]);

const WHO_ORDERS: &str = "Ik heb gevraagd wie bij ons het schoonmaakcontract beheert. Tot dat duidelijk is, zeggen wij niets tegen het \
                          bedrijf.";
