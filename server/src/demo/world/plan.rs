//! What the team of the case at the quay wrote in its plan, and what they said about it.

use super::{
    people::*,
    writing::{
        Piece::{self, *},
        Task,
    },
};
use plein_domain::plan::{InterventionKind::*, InterventionStatus::*};

pub(super) const SITUATION: &[Piece] = &[
    P(
        "Aan de Oude Trekvaartkade kloppen bij acht woningen de eigenaren, de huurders en de inschrijvingen niet met elkaar. \
       Het begon bij een bouwtekening met negen kamers in één woning ([kamers-aan-de-kade]).",
    ),
    P(
        "De aanslagen van de acht woningen gaan naar één postadres ([acht-aanslagen]). Op een van de adressen schreven zich in \
       een jaar elf mensen in ([elf-inschrijvingen]). Het bedrijf achter de woningen kocht ook het oude gymlokaal, dat drie \
       weken later veel duurder was doorverkocht ([snelle-doorverkoop]).",
    ),
    P("Wij weten nog niet wie er verdient aan de woningen, en of de bewoners veilig wonen."),
];

pub(super) const GOAL: &[Piece] = &[
    P("Over een half jaar:"),
    List(&[
        "wonen er aan de kade alleen mensen die daar ook staan ingeschreven;",
        "weten wij wie de echte eigenaren zijn, en betaalt wie moet betalen;",
        "heeft iedere bewoner een veilige kamer, hier of ergens anders.",
    ]),
];

pub(super) const BARRIERS: &[Piece] = &[
    P("Wat maakt het nu makkelijk?"),
    List(&[
        "Een vergunning voor verbouwen wordt verleend zonder te vragen wie er gaat wonen.",
        "Iemand kan zich inschrijven op een adres zonder dat wij weten hoeveel mensen daar al wonen.",
        "Afdelingen bellen elkaar niet als hetzelfde bedrijf terugkomt.",
    ]),
];

pub(super) const PERMITS_PART: &[Piece] = &[
    P("Wij behandelen nieuwe aanvragen van dit bedrijf niet los van elkaar, maar samen, met één vaste behandelaar."),
    Do(Task {
        number: 1,
        kind: Administrative,
        power: "Huisvestingswet artikel 21",
        body: "College van burgemeester en wethouders",
        department: "Vergunningen",
        person: SANNE,
        due: 24,
        status: Started,
        result: "",
        what: "Controleren of de woning op nummer 42 per kamer wordt verhuurd, samen met Toezicht en handhaving.",
    }),
    Do(Task {
        number: 2,
        kind: Preventive,
        power: "",
        body: "",
        department: "Vergunningen",
        person: SANNE,
        due: 45,
        status: Planned,
        result: "",
        what: "Een brief aan alle eigenaren aan de kade: wat mag er, en waar kunnen bewoners terecht.",
    }),
];

pub(super) const PROPERTY_PART: &[Piece] = &[
    P("Bij een volgende verkoop vragen wij vooraf waar het geld vandaan komt. Voor het gymlokaal kijken wij terug."),
    Do(Task {
        number: 3,
        kind: Private,
        power: "Koopovereenkomst, artikel 9 (zelfbewoning)",
        body: "College van burgemeester en wethouders",
        department: "Vastgoed en grondzaken",
        person: LOTTE,
        due: -2,
        status: Started,
        result: "",
        what: "Nagaan of de doorverkoop van het gymlokaal in strijd is met de koopovereenkomst.",
    }),
];

pub(super) const REGISTRY_PART: &[Piece] = &[
    P("Wij doen een adresonderzoek op alle acht adressen, met twee mensen tegelijk en overdag."),
    Do(Task {
        number: 4,
        kind: Administrative,
        power: "Wet BRP artikel 2.20",
        body: "College van burgemeester en wethouders",
        department: "Burgerzaken (BRP)",
        person: ILSE,
        due: 10,
        status: Planned,
        result: "",
        what: "Adresonderzoek op nummer 46, en daarna op de zeven andere adressen.",
    }),
];

pub(super) const TAXES_PART: &[Piece] = &[
    P("De aanslagen laten zien wie er op papier eigenaar is. Dit is het beeld van deze week:"),
    Table(&[
        &["Woning", "Op papier", "Betaald door"],
        &["38 tot en met 44", "vier personen, geen van hen woont er", "één rekening"],
        &["46", "een bewoner die er niet van wist", "dezelfde rekening"],
        &["48 tot en met 52", "nog niet nagevraagd", "dezelfde rekening"],
    ]),
    Do(Task {
        number: 5,
        kind: Fiscal,
        power: "Invorderingswet 1990 artikel 62a",
        body: "Invorderingsambtenaar",
        department: "Belastingen",
        person: SAMIRA,
        due: 18,
        status: Started,
        result: "",
        what: "Vragen aan de betaler: namens wie betaalt u, en met welk geld?",
    }),
    Do(Task {
        number: 6,
        kind: Fiscal,
        power: "Wet WOZ artikel 26",
        body: "Heffingsambtenaar",
        department: "Belastingen",
        person: SAMIRA,
        due: -9,
        status: Done,
        result: "Drie eigenaren op papier weten nu van de aanslag. Zij hebben hun verhaal bevestigd.",
        what: "De eigenaren op papier schriftelijk vragen of de woning van hen is.",
    }),
];

pub(super) const AGREEMENTS: &[Piece] = &[
    P("Wij spreken elkaar elke tweede dinsdag. Wie eerder iets ziet wat niet kan wachten, belt de regisseur."),
    List(&[
        "Niemand gaat alleen langs bij een woning aan de kade.",
        "Bewoners krijgen eerst een vraag, dan pas een brief.",
        "Over personen praten wij in dit plan, niet in de mail.",
    ]),
];
