//! Signals about work, care and people who may be exploited. People are described as people, never as a group.

use super::{register::*, signals::*};
use plein_domain::{
    purpose::DataCategory::*,
    signal::{Channel::*, KnowledgeSource::*, Reliability::*, ReporterKind as By, SignalField},
    subject::SubjectRole::*,
};

pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        key: "slapen-in-de-schuur",
        phenomenon: "arbeidsuitbuiting",
        summary: "Veertien slaapplaatsen in een schuur achter een kas",
        facts: "In een schuur achter de kas stonden veertien bedden en één kookplaat. De nooduitgang was dicht met \
                een hangslot. Er waren negen mensen aanwezig. Zij zeiden dat zij werken voor Flexkracht De Groene Kas en \
                dat het bed van hun loon wordt afgetrokken. Een man in een wit busje stuurde hen weg toen wij vragen \
                stelden.",
        suspicion: "Werknemers wonen onveilig en worden mogelijk onder druk gezet.",
        origin: origin(Own, By::Official, Seen, Confirmed),
        reporter: "",
        days: (0, Some(0)),
        place: "Tuinderspolderweg 220, 2696 HP Lierveen",
        risk: "De bestuurder van het busje filmde onze collega's en hun auto.",
        purpose: INSPECTION,
        categories: &[Ordinary],
        ground: "",
        offered: ALL,
        subjects: &[
            company(Involved, "Flexkracht De Groene Kas BV", "45667120"),
            vehicle(Involved, "Wit personenbusje", "ZPN-42-K"),
            building(Involved, "Schuur achter de kas", "9999100000002207"),
        ],
    },
    Signal {
        key: "een-woordvoerder",
        phenomenon: "malafide-uitzendbureaus",
        summary: "Eén man schrijft acht werknemers in en bewaart hun papieren",
        facts: "Aan de balie kwamen acht mensen zich inschrijven met één man. Hij gaf antwoord op alle vragen. De \
                paspoorten zaten in een map die hij bij zich hield. Toen wij een vrouw apart wilden spreken, maakte \
                hij daar bezwaar tegen. Als adres gaven zij een schuur aan de Tuinderspolderweg op.",
        suspicion: "De werknemers kunnen mogelijk niet vrij beslissen.",
        origin: origin(Own, By::Official, Seen, Reliable),
        reporter: "",
        days: (0, Some(0)),
        place: "Balie Burgerzaken; opgegeven adres Tuinderspolderweg 220, 2696 HP Lierveen",
        risk: "",
        purpose: ADDRESS_RESEARCH,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: USUAL,
        subjects: &[
            person(Involved, "Harm Kokerbiet").bsn("969409254").born("1983-08-27"),
            phone(Involved, "Nummer dat de man opgaf", "06-12340917"),
            person(Victim, "Vrouw die niet alleen mocht praten"),
        ],
    },
    Signal {
        key: "zestig-uur",
        phenomenon: "arbeidsuitbuiting",
        summary: "Man werkt zestig uur per week en houdt 90 euro over",
        facts: "Een man vroeg hulp bij schulden. Hij werkt zestig uur per week in de kas voor Flexkracht De Groene \
                Kas. Na aftrek van bed, busje en boetes houdt hij 90 euro over. Hij heeft geen loonstrook. Hij is bang \
                voor de man die hem rondrijdt.",
        suspicion: "De man is mogelijk slachtoffer van arbeidsuitbuiting.",
        origin: origin(Professional, By::Partner, Heard, Reliable),
        reporter: "Schuldhulpverlener van de kredietbank",
        days: (1, Some(2)),
        place: "Gesprek op het stadskantoor",
        risk: "Bel de man niet zelf. Hij wil alleen contact via de hulpverlener.",
        purpose: BENEFITS,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: &[SignalField::Summary, SignalField::Facts, SignalField::Suspicion, SignalField::Risk],
        subjects: &[
            person(Victim, "Joris Hooiberg").bsn("976201501"),
            company(Involved, "Flexkracht De Groene Kas BV", "4566 7120"),
        ],
    },
    Signal {
        key: "te-goedkoop",
        phenomenon: "malafide-uitzendbureaus",
        summary: "Tuinders krijgen personeel aangeboden onder het minimumloon",
        facts: "Drie tuinders vertelden los van elkaar over een uitzendbureau dat personeel aanbiedt voor 9 euro per \
                uur, contant en zonder factuur. Twee van hen zeiden nee. Eén tuinder kreeg daarna bezoek van twee \
                mannen die vroegen of zijn kas wel verzekerd was.",
        suspicion: "Het bureau ontduikt mogelijk de regels en zet ondernemers onder druk.",
        origin: origin(Own, By::Entrepreneur, Heard, Reliable),
        reporter: "Drie tuinders, namen bekend bij de accountmanager",
        days: (1, Some(5)),
        place: "Glastuinbouwgebied Tuinderspolder, Lierveen",
        risk: "",
        purpose: BUSINESS_CONTACTS,
        categories: &[Ordinary],
        ground: "",
        offered: USUAL,
        subjects: &[
            company(Involved, "Flexkracht De Groene Kas BV", "45667120"),
            phone(Involved, "Nummer op het visitekaartje", "0612340917"),
        ],
    },
    Signal {
        key: "nooit-alleen",
        phenomenon: "mensenhandel",
        summary: "Jonge vrouw komt nooit alleen aan de balie",
        facts: "Een jonge vrouw was in twee maanden vier keer aan de balie, elke keer met een andere man. Zij keek \
                eerst naar hem voor zij antwoord gaf. Zij vroeg zacht hoe je een inschrijving ongedaan maakt. Daarna \
                trok de man haar mee.",
        suspicion: "Zij is mogelijk slachtoffer van mensenhandel. Haar veiligheid gaat voor alles.",
        origin: origin(Own, By::Official, Seen, Reliable),
        reporter: "",
        days: (0, Some(0)),
        place: "Balie Burgerzaken, stadskantoor",
        risk: "Spreek haar alleen aan als zij echt alleen is. Overleg eerst met de zorgcoördinator mensenhandel.",
        purpose: ADDRESS_RESEARCH,
        categories: &[Ordinary],
        ground: "",
        offered: &[SignalField::Summary],
        subjects: &[person(Victim, "Naam bekend bij Burgerzaken")],
    },
    Signal {
        key: "zorg-niet-gegeven",
        phenomenon: "zorgfraude",
        summary: "Zorgbureau rekent begeleiding die cliënten niet hebben gekregen",
        facts: "Zorgbureau Het Lichtbaken rekende voor elf cliënten twaalf uur begeleiding per week. Vier cliënten \
                zeggen dat zij hooguit één uur per week hulp kregen. Twee handtekeningen op de urenlijsten lijken \
                niet op die in het dossier. De zorgplannen zijn op de naam na gelijk.",
        suspicion: "Het bureau rekent mogelijk zorg die niet is gegeven.",
        origin: origin(Own, By::Official, Document, Confirmed),
        reporter: "",
        days: (2, Some(10)),
        place: "Zilverschelpstraat 143, 2697 VB Lierveen",
        risk: "Cliënten zijn kwetsbaar. Bezoek alleen samen met de wijkconsulent.",
        purpose: CARE_SUPERVISION,
        categories: &[Ordinary, Special],
        ground: "Artikel 9, tweede lid, onder h, AVG; artikel 5.1.1 Wmo 2015: toezicht op de kwaliteit van zorg.",
        offered: &[SignalField::Summary, SignalField::Suspicion, SignalField::Place],
        subjects: &[company(Involved, "Zorgbureau Het Lichtbaken", "45904431"), person(Director, "Sylvia Waterkers")],
    },
    Signal {
        key: "salon-met-bel",
        phenomenon: "illegale-prostitutie",
        summary: "Massagesalon zonder vergunning heeft 's nachts bezoek",
        facts: "Buren zien tot drie uur 's nachts mannen naar binnen gaan. De salon heeft geen vergunning en de ramen \
                zijn dichtgeplakt. In de advertentie staat een telefoonnummer en geen adres.",
        suspicion: "In de salon wordt mogelijk sekswerk gedaan zonder vergunning en zonder toezicht op de veiligheid.",
        origin: origin(Citizen, By::Resident, Seen, Reliable),
        reporter: "Bewoner, wil onbekend blijven",
        days: (4, Some(8)),
        place: "Gerberastraat-Noord 19, 2697 DV Lierveen",
        risk: "",
        purpose: BUSINESS_PERMITS,
        categories: &[Ordinary],
        ground: "",
        offered: &[],
        subjects: &[
            phone(Involved, "Nummer uit de advertentie", "06-1234 0258"),
            address(Involved, "Salon", "2697 DV 19"),
        ],
    },
];
