//! Work, benefits, care, young people.

use super::{
    super::{cast::Trade, people::*, register::*, signals::*},
    Part::*,
    Scene,
};
use plein_domain::{
    purpose::DataCategory::*,
    signal::{Channel::*, KnowledgeSource::*, Reliability::*, ReporterKind as By, SignalField},
    subject::SubjectRole::*,
};

const CARE_GROUND: &str =
    "Artikel 9, tweede lid, onder h, AVG; artikel 5.1.1 Wmo 2015: toezicht op de kwaliteit van zorg.";

pub(super) const SCENES: &[Scene] = &[
    Scene {
        key: "bijverdienen",
        by: &[HANNEKE],
        phenomenon: "malafide-uitzendbureaus",
        purpose: BENEFITS,
        categories: &[Ordinary, Bsn],
        ground: "",
        origin: origin(Own, By::Official, Seen, Reliable),
        reporter: "",
        offered: USUAL,
        trade: Trade::Work,
        about: &[Person(Involved), Company(Involved), Car],
        summaries: &[
            "Iemand met een uitkering rijdt elke ochtend mensen naar het werk",
            "Uitkering en toch voorman bij {bedrijf}",
            "{bedrijf} betaalt {naam} buiten de loonstrook om",
        ],
        openings: &[
            "{naam} heeft een uitkering en zegt niet te werken. In {weken} zagen wij {aantal} keer hoe {auto} mensen naar het werk bracht.",
            "Een kandidaat kon niet beginnen wegens werk bij {bedrijf}. Dat werk staat nergens.",
            "Op foto's van {bedrijf} staat iemand met een uitkering, in een hesje met 'voorman'.",
        ],
        details: &[
            "Op de vraag wie er betaalt, kwam geen antwoord.",
            "De bankafschriften laten {weken} lang geen boodschappen zien.",
            "Volgens {naam} geeft de baas ook het loon van anderen mee, om uit te delen.",
        ],
        suspicions: &[
            "Er wordt mogelijk zwart gewerkt, en mogelijk worden anderen geronseld.",
            "Het bureau betaalt mogelijk een deel van het loon contant.",
        ],
        risks: &["", "{naam} werd boos toen ernaar werd gevraagd.", ""],
    },
    Scene {
        key: "loon",
        by: &[HANNEKE],
        phenomenon: "arbeidsuitbuiting",
        purpose: BENEFITS,
        categories: &[Ordinary],
        ground: "",
        origin: origin(Professional, By::Official, Heard, Reliable),
        reporter: "",
        offered: &[SignalField::Summary, SignalField::Facts, SignalField::Suspicion, SignalField::Subjects],
        trade: Trade::Work,
        about: &[Company(Involved), Unnamed(Victim, "Naam bekend bij Werk en inkomen")],
        summaries: &[
            "Vrouw kreeg {weken} geen loon van {bedrijf}",
            "Loonstroken van {bedrijf} kloppen niet met de bank",
            "{aantal} oud-werknemers van {bedrijf} vragen hulp",
        ],
        openings: &[
            "Bij de aanvraag van een uitkering zaten loonstroken van {bedrijf}. Op de bank kwam niets binnen.",
            "{aantal} mensen met dezelfde oude werkgever, {bedrijf}, vroegen in {weken} een uitkering aan.",
            "Een vrouw vertelde dat zij {aantal} dagen per week werkte en alleen eten kreeg.",
        ],
        details: &[
            "Hun paspoorten lagen bij een chef. Die gaf ze pas terug na betaling van {bedrag}.",
            "Zij durven geen aangifte te doen, omdat familie in hetzelfde huis woont.",
            "Een tolk hoorde dat aan iedereen dezelfde antwoorden zijn voorgezegd.",
        ],
        suspicions: &["Mensen worden mogelijk uitgebuit.", "Het bedrijf gebruikt uitkeringen mogelijk als loon."],
        risks: &["Bel niet naar het nummer van de werkgever. Overleg eerst met de zorgcoördinator.", ""],
    },
    Scene {
        key: "begeleider",
        by: &[ILSE],
        phenomenon: "mensenhandel",
        purpose: ADDRESS_RESEARCH,
        categories: &[Ordinary, Bsn],
        ground: "",
        origin: origin(Own, By::Official, Seen, Reliable),
        reporter: "",
        offered: &[SignalField::Summary, SignalField::Facts, SignalField::Subjects],
        trade: Trade::Work,
        about: &[Person(Involved), Phone],
        summaries: &[
            "Steeds dezelfde begeleider bij nieuwe inschrijvingen",
            "Begeleider antwoordt voor {aantal} vrouwen aan de balie",
            "Eén telefoonnummer bij {aantal} inschrijvingen",
        ],
        openings: &[
            "In {weken} kwam dezelfde begeleider {aantal} keer mee naar de balie, steeds met iemand anders.",
            "Een vrouw keek bij elke vraag naar haar begeleider. Die gaf de antwoorden.",
            "Bij {aantal} inschrijvingen is hetzelfde nummer opgegeven, terwijl de mensen elkaar niet zeggen te kennen.",
        ],
        details: &[
            "De begeleider heet {naam} en hield de paspoorten zelf vast.",
            "Toen een collega vroeg om even alleen te praten, was de afspraak ineens niet meer nodig.",
            "Buiten stond {auto} te wachten met draaiende motor.",
        ],
        suspicions: &[
            "De vrouwen kunnen mogelijk niet zelf beslissen.",
            "De begeleider brengt mogelijk mensen hierheen om ze te laten werken.",
        ],
        risks: &["Spreek haar alleen aan als zij echt alleen is.", ""],
    },
    Scene {
        key: "zorguren",
        by: &[RAVI],
        phenomenon: "zorgfraude",
        purpose: CARE_SUPERVISION,
        categories: &[Ordinary, Special],
        ground: CARE_GROUND,
        origin: origin(Own, By::Official, Document, Confirmed),
        reporter: "",
        offered: &[SignalField::Summary, SignalField::Suspicion, SignalField::Place],
        trade: Trade::Care,
        about: &[Company(Involved), PersonBorn(Director)],
        summaries: &[
            "{bedrijf} rekent uren die niemand heeft gekregen",
            "Zorgplannen van {bedrijf} zijn woord voor woord gelijk",
            "{aantal} cliënten van {bedrijf} zien nooit een begeleider",
        ],
        openings: &[
            "{bedrijf} rekende voor {aantal} cliënten elke week evenveel uren, ook in de week van kerst.",
            "Een ouder liet zien dat de begeleider in {weken} twee keer kwam. In rekening gebracht: elke week.",
            "De zorgplannen van {aantal} cliënten hebben dezelfde tekst en dezelfde tikfout.",
        ],
        details: &[
            "De begeleiders op de lijst hebben geen diploma dat wij konden vinden.",
            "Volgens de jaarstukken ging {bedrag} naar een bv van de bestuurder.",
            "Toen wij de roosters vroegen, kregen wij {weken} later een uitdraai van die ochtend.",
        ],
        suspicions: &[
            "Het bureau rekent mogelijk zorg die niet is gegeven.",
            "Zorggeld gaat mogelijk naar iets anders dan zorg.",
        ],
        risks: &["Cliënten zijn kwetsbaar. Bezoek alleen samen met de wijkconsulent.", ""],
    },
    Scene {
        key: "koeriers",
        by: &[RAVI, JOOST],
        phenomenon: "drugshandel",
        purpose: ORDER,
        categories: &[Ordinary, Criminal],
        ground: OFFENCES,
        origin: origin(Professional, By::Partner, Heard, Reliable),
        reporter: "Jongerenwerker",
        offered: &[SignalField::Summary, SignalField::Facts, SignalField::Place],
        trade: Trade::Shops,
        about: &[Phone, Unnamed(Victim, "Minderjarigen, namen niet opgenomen")],
        summaries: &[
            "Jongens van vijftien bezorgen pakjes bij {straat}",
            "Chatgroep biedt jongeren {bedrag} voor 'ritjes'",
            "Nieuwe scooters en schulden bij jongeren rond {straat}",
        ],
        openings: &[
            "Een jongerenwerker hoorde van {aantal} jongens dat zij geld krijgen om iets weg te brengen.",
            "Op school ging een bericht rond waarin 'ritjes' worden aangeboden voor {bedrag}.",
            "Twee moeders vonden bij hun zoon meerdere telefoons en een lijst met adressen.",
        ],
        details: &[
            "Wie wil stoppen, moet eerst een schuld betalen.",
            "De opdrachten komen van een nummer dat ook bij een ander signaal wordt genoemd.",
            "Eén jongen slaapt sindsdien bij zijn oma aan de andere kant van de stad.",
        ],
        suspicions: &[
            "Jongeren worden mogelijk geworven. Zij zijn in de eerste plaats zelf slachtoffer.",
            "Achter de chatgroep zit mogelijk een volwassen opdrachtgever.",
        ],
        risks: &["De namen van de jongeren blijven bij de jeugdconsulent.", ""],
    },
];
