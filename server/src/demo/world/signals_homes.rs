//! Signals about homes, addresses and a holiday park.

use super::{register::*, signals::*};
use plein_domain::{
    purpose::DataCategory::*,
    signal::{Channel::*, KnowledgeSource::*, Reliability::*, ReporterKind as By, SignalField},
    subject::SubjectRole::*,
};

pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        key: "kamers-aan-de-kade",
        phenomenon: "vastgoedfraude",
        summary: "Bouwtekening met negen kamers in een woning aan de Oude Trekvaartkade",
        facts: "Kadehuis Beheer BV vroeg een vergunning om een woning te verbouwen. Op de tekening staan negen kamers, \
                elk met een eigen slot en een eigen meter. Voor kamerverhuur is geen vergunning aangevraagd. De \
                aanvrager wil geen vragen beantwoorden en laat alles lopen via een bemiddelaar.",
        suspicion: "De woning wordt mogelijk zonder vergunning per kamer verhuurd.",
        origin: origin(Own, By::Official, Document, Reliable),
        reporter: "",
        days: (0, Some(2)),
        place: "Oude Trekvaartkade 42, 2696 TL Lierveen",
        risk: "",
        purpose: ENVIRONMENT_PERMITS,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: USUAL,
        subjects: &[
            company(Owner, "Kadehuis Beheer BV", "45213377"),
            person(Director, "Maarten Rietkraag").bsn("997202816"),
            address(Involved, "Woning Oude Trekvaartkade 42", "2696 TL 42"),
        ],
    },
    Signal {
        key: "acht-aanslagen",
        phenomenon: "vastgoedfraude",
        summary: "Acht aanslagen voor woningen aan de kade gaan naar één postadres",
        facts: "De aanslagen voor acht woningen aan de Oude Trekvaartkade staan op verschillende namen. Ze gaan \
                allemaal naar hetzelfde postadres en zijn op één dag vanaf één rekening betaald. Drie eigenaren \
                zeggen aan de telefoon dat zij geen woning bezitten.",
        suspicion: "De eigenaren op papier zijn mogelijk niet de echte eigenaren.",
        origin: origin(Own, By::Official, Register, Confirmed),
        reporter: "",
        days: (1, Some(6)),
        place: "Oude Trekvaartkade 38 tot en met 52, Lierveen",
        risk: "",
        purpose: LEVIES,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: USUAL,
        subjects: &[
            account(Involved, "Rekening waarmee is betaald", "NL91 PLEI 1264 2829 10"),
            person(Involved, "Jolanda Vlierstruik").bsn("944381595"),
            company(Involved, "Kadehuis Beheer BV", "45 21 33 77"),
        ],
    },
    Signal {
        key: "elf-inschrijvingen",
        phenomenon: "adresfraude",
        summary: "Elf inschrijvingen in een jaar op één adres aan de kade",
        facts: "Op dit adres zijn in een jaar tijd elf mensen ingeschreven en negen weer vertrokken. Alle \
                huurcontracten hebben dezelfde handtekening. Bij twee huisbezoeken was er één slaapkamer in gebruik. \
                Een bewoner vertelde dat hij betaalt om hier post te krijgen.",
        suspicion: "Het adres wordt mogelijk verhuurd als postadres.",
        origin: origin(Own, By::Official, Seen, Confirmed),
        reporter: "",
        days: (0, Some(4)),
        place: "Oude Trekvaartkade 46, 2696 TL Lierveen",
        risk: "Kom met z'n tweeën. Bij het vorige bezoek stond een onbekende man op de trap te wachten.",
        purpose: ADDRESS_RESEARCH,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: ALL,
        subjects: &[
            address(Involved, "Woning Oude Trekvaartkade 46", "2696TL 46"),
            person(Tenant, "Jolanda Vlierstruik").bsn("944.381.595").born("14-05-1961"),
        ],
    },
    Signal {
        key: "snelle-doorverkoop",
        phenomenon: "vastgoedfraude",
        summary: "Oud gymlokaal drie weken na verkoop veel duurder doorverkocht",
        facts: "De gemeente verkocht het oude gymlokaal aan de kade voor 310.000 euro. Drie weken later is het \
                doorverkocht voor 455.000 euro. Beide kopers hebben dezelfde bestuurder. De tweede koop is betaald met \
                een lening zonder rente.",
        suspicion: "De prijs is mogelijk bewust opgedreven. Waar het geld vandaan komt, is niet duidelijk.",
        origin: origin(Own, By::Official, Document, Confirmed),
        reporter: "",
        days: (2, Some(9)),
        place: "Oude Trekvaartkade 60, 2696 TL Lierveen",
        risk: "",
        purpose: PROPERTY_MANAGEMENT,
        categories: &[Ordinary],
        ground: "",
        offered: USUAL,
        subjects: &[
            building(Involved, "Oud gymlokaal", "9999100000000460"),
            company(Owner, "Kadehuis Beheer BV", "45213377"),
            person(Director, "Maarten Rietkraag").born("1974-02-19"),
        ],
    },
    Signal {
        key: "niet-thuis",
        phenomenon: "adresfraude",
        summary: "Drie mensen met een uitkering staan ingeschreven, maar wonen er niet",
        facts: "Drie mensen met een uitkering staan op hetzelfde adres ingeschreven. Zij kennen elkaar niet. Bij een \
                aangekondigd bezoek lagen er geen spullen van hen. Twee van hen slapen bij familie en zijn bang hun \
                uitkering te verliezen.",
        suspicion: "Iemand verdient mogelijk aan mensen die dringend een adres nodig hebben.",
        origin: origin(Own, By::Official, Seen, Reliable),
        reporter: "",
        days: (0, Some(1)),
        place: "Oude Trekvaartkade 46, 2696 TL Lierveen",
        risk: "",
        purpose: BENEFITS,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: &[SignalField::Summary, SignalField::Facts, SignalField::Suspicion, SignalField::Place],
        subjects: &[
            address(Involved, "Woning Oude Trekvaartkade 46", "2696 TL 46"),
            person(Victim, "Tom Duindoorn").bsn("979786721"),
        ],
    },
    Signal {
        key: "chalets-te-groot",
        phenomenon: "vakantieparken",
        summary: "Nieuwe eigenaar van park De Zilte Wal wil veertig chalets vergroten",
        facts: "Het park kreeg dit jaar een nieuwe eigenaar. Die vraagt om veertig chalets te vergroten en het \
                zwembad te sluiten. De receptie is weg. Volgens de website kan iedereen er een jaar lang huren.",
        suspicion: "Het park wordt mogelijk gebruikt voor vaste bewoning, zonder dat daar toezicht op is.",
        origin: origin(Own, By::Official, Document, Reliable),
        reporter: "",
        days: (0, Some(0)),
        place: "Park De Zilte Wal, Duinpiepersingel 1, 2696 XT Lierveen",
        risk: "",
        purpose: ENVIRONMENT_PERMITS,
        categories: &[Ordinary],
        ground: "",
        offered: USUAL,
        subjects: &[
            company(Owner, "Zilte Wal Recreatie BV", "45781126"),
            person(Director, "Gerard Zandplaat").born("1968-11-03"),
        ],
    },
    Signal {
        key: "geen-toeristenbelasting",
        phenomenon: "vakantieparken",
        summary: "Vol park geeft bijna geen overnachtingen op voor de toeristenbelasting",
        facts: "Park De Zilte Wal gaf vorig jaar 210 overnachtingen op. Het jaar ervoor waren dat er 14.600. Op de \
                luchtfoto staan bij bijna alle chalets auto's. De aangifte is gedaan door een adviseur die wij niet \
                kunnen bereiken.",
        suspicion: "De aangifte klopt mogelijk niet, omdat de chalets anders worden gebruikt dan is opgegeven.",
        origin: origin(Own, By::Official, Register, Confirmed),
        reporter: "",
        days: (3, Some(12)),
        place: "Park De Zilte Wal, Duinpiepersingel 1, 2696 XT Lierveen",
        risk: "",
        purpose: LEVIES,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: USUAL,
        subjects: &[
            company(Involved, "Zilte Wal Recreatie BV", "45781126"),
            person(Director, "Gerard Zandplaat").bsn("908882142"),
            account(Involved, "Rekening van het park", "NL63PLEI1857974630"),
        ],
    },
    Signal {
        key: "huur-per-week",
        phenomenon: "vakantieparken",
        summary: "Bewoners van het park betalen de huur elke week contant",
        facts: "Bij een controle van de brandveiligheid spraken wij zes bewoners. Vijf van hen wonen er langer dan \
                een half jaar. Zij betalen elke week 275 euro contant aan een man die met een grijze bestelauto \
                langskomt. Niemand heeft een contract. In twee chalets lag geen rookmelder.",
        suspicion: "Bewoners worden mogelijk uitgebuit door de verhuurder.",
        origin: origin(Project, By::Official, Seen, Confirmed),
        reporter: "",
        days: (0, Some(1)),
        place: "Park De Zilte Wal, Duinpiepersingel 1, 2696 XT Lierveen",
        risk: "De man van de huur wilde weten wie er had gepraat. Noem geen namen van bewoners op het park.",
        purpose: INSPECTION,
        categories: &[Ordinary],
        ground: "",
        offered: ALL,
        subjects: &[
            vehicle(Involved, "Grijze bestelauto", "ZTD-31-H"),
            phone(Involved, "Nummer van de man die de huur ophaalt", "06-12340466"),
            address(Involved, "Chalets 12 tot en met 31", "2696 XT 1"),
        ],
    },
    Signal {
        key: "onrust-op-het-park",
        phenomenon: "intimidatie-en-afpersing",
        summary: "Bewoners van een park durven 's avonds de weg niet op",
        facts: "Twee bewoners belden over mannen die 's avonds bij de slagboom staan en geld vragen om door te mogen. \
                De bellers noemden het park 'De Wal' en wilden hun naam niet geven.",
        suspicion: "Bewoners worden mogelijk afgeperst.",
        origin: origin(Telephone, By::Resident, Heard, Doubtful),
        reporter: "Twee bewoners, naam niet bekend",
        days: (0, Some(3)),
        place: "Vakantiepark 'De Wal', Lierveen",
        risk: "",
        purpose: ORDER,
        categories: &[Ordinary, Criminal],
        ground: OFFENCES,
        offered: &[SignalField::Summary, SignalField::Facts, SignalField::Observed, SignalField::Place],
        subjects: &[phone(Witness, "Nummer waarmee is gebeld", "06 1234 0731")],
    },
];
