//! What nobody has joined yet: several departments each know a part, under the same exact numbers.

use super::{
    super::{people::*, sitting::Doing::*},
    *,
};

pub(super) const CHAPTERS: &[Chapter] = &[
    Chapter {
        network: Network {
            number: 21,
            company: "Café Het Omgekeerde Anker",
            person: "Barry Lijzeil",
            street: "Ankerplaats 5",
            postcode: "2697 BR",
            car: "een grijze stationwagen",
        },
        signals: &[
            ("anker-zuil", "horeca"),
            ("anker-lening", "geldschieter"),
            ("anker-contant", "contant"),
            ("anker-klap", "explosief"),
            ("anker-rust", "afpersing"),
        ],
        case: None,
        sittings: &[
            (134, (14, 10), KEES, &[Log("anker-zuil")]),
            (111, (14, 20), BRAM, &[Log("anker-lening")]),
            (81, (14, 0), WOUTER, &[Log("anker-contant")]),
            (39, (9, 15), JOOST, &[Log("anker-klap")]),
            (17, (9, 30), JOOST, &[Log("anker-rust")]),
        ],
    },
    Chapter {
        network: Network {
            number: 22,
            company: "Kapsalon Het Scherpe Schot",
            person: "Nando Wantij",
            street: "Touwslagersbaan 40",
            postcode: "2698 CZ",
            car: "een huurauto met een deuk",
        },
        signals: &[
            ("schot-huur", "winkelstraat"),
            ("schot-contant", "contant"),
            ("schot-ritjes", "koeriers"),
            ("schot-uitkering", "bijverdienen"),
        ],
        case: None,
        sittings: &[
            (145, (15, 20), THIJS, &[Log("schot-huur")]),
            (104, (14, 30), SAMIRA, &[Log("schot-contant")]),
            (62, (14, 15), RAVI, &[Log("schot-ritjes")]),
            (28, (14, 35), HANNEKE, &[Log("schot-uitkering")]),
        ],
    },
    Chapter {
        network: Network {
            number: 23,
            company: "Loonbedrijf Kreekrand",
            person: "Arie Kreekrand",
            street: "Komkommerweg 220",
            postcode: "2697 GK",
            car: "een auto met een aanhanger",
        },
        signals: &[
            ("kreekrand-pacht", "pacht"),
            ("kreekrand-vaten", "drugsafval"),
            ("kreekrand-wand", "loods"),
            ("kreekrand-club", "clubhuis"),
        ],
        case: None,
        sittings: &[
            (126, (10, 15), LOTTE, &[Log("kreekrand-pacht")]),
            (94, (14, 40), DENNIS, &[Log("kreekrand-vaten")]),
            (56, (14, 30), DENNIS, &[Log("kreekrand-wand")]),
            (20, (9, 20), BRAM, &[Log("kreekrand-club")]),
        ],
    },
    Chapter {
        network: Network {
            number: 24,
            company: "Salon Stille Hoek",
            person: "Ricardo Binnenvaart",
            street: "Zeilmakersgang 14",
            postcode: "2696 FH",
            car: "een zwarte terreinwagen",
        },
        signals: &[
            ("hoek-nacht", "salon"),
            ("hoek-balie", "begeleider"),
            ("hoek-kamers", "onderhuur"),
            ("hoek-web", "webwinkel"),
        ],
        case: None,
        sittings: &[
            (110, (9, 40), SANNE, &[Log("hoek-nacht")]),
            (73, (14, 45), ILSE, &[Log("hoek-balie")]),
            (40, (14, 10), LOTTE, &[Log("hoek-kamers")]),
            (9, (14, 30), THIJS, &[Log("hoek-web")]),
        ],
    },
];
