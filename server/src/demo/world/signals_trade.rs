//! Signals about companies and money. Five of them, of five departments, are about one garage: by plate, trade
//! register number, telephone and, twice, by the same citizen service number. No case joins them yet.

use super::{register::*, signals::*};
use plein_domain::{
    purpose::DataCategory::*,
    signal::{Channel::*, KnowledgeSource::*, Reliability::*, ReporterKind as By, SignalField},
    subject::SubjectRole::*,
};

pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        key: "garage-betaalt-contant",
        phenomenon: "autobranche",
        summary: "Autobedrijf betaalt oude belastingschuld in één keer contant",
        facts: "Autobedrijf Brakwater had een schuld van 17.400 euro. De directeur kwam die aan de balie contant \
                betalen, in biljetten van 50 euro. Volgens de jaarstukken maakt het bedrijf al drie jaar verlies. Er \
                is geen pinapparaat en geen bedrijfsrekening bekend.",
        suspicion: "Het geld komt mogelijk niet uit de verkoop van auto's.",
        origin: origin(Own, By::Official, Seen, Confirmed),
        reporter: "",
        days: (0, Some(1)),
        place: "Bedrijventerrein Zandmade, Ketelhuisweg 33, 2697 KC Lierveen",
        risk: "",
        purpose: LEVIES,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: USUAL,
        subjects: &[
            person(Director, "Niels Brakwater").bsn("961080620").born("1979-06-12"),
            company(Involved, "Autobedrijf Brakwater", "45390218"),
        ],
    },
    Signal {
        key: "uitkering-en-garage",
        phenomenon: "autobranche",
        summary: "Man met uitkering is elke dag aan het werk in een garage",
        facts: "Een man met een bijstandsuitkering zegt dat hij niet werkt. Een klantmanager zag hem in vier weken \
                tijd negen keer in de werkplaats van een autobedrijf. Klanten noemen hem de eigenaar. Hij heeft geen \
                inkomsten opgegeven.",
        suspicion: "De man heeft mogelijk inkomsten die hij niet opgeeft.",
        origin: origin(Own, By::Official, Seen, Reliable),
        reporter: "",
        days: (1, Some(1)),
        place: "Bedrijventerrein Zandmade, Lierveen",
        risk: "De man werd boos toen hij werd aangesproken.",
        purpose: BENEFITS,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: USUAL,
        subjects: &[
            person(Involved, "N. Brakwater").bsn("961.080.620"),
            vehicle(Involved, "Zwarte stationwagen", "ZVR-07-N"),
        ],
    },
    Signal {
        key: "autos-in-de-nacht",
        phenomenon: "autobranche",
        summary: "Snelle auto's rijden 's nachts af en aan bij een garage",
        facts: "De politie meldt dat bij een garage op Zandmade in drie nachten elf auto's kwamen en na een kwartier \
                weer gingen. Het licht bleef uit. Eén auto is een week later gebruikt bij een vlucht na een inbraak.",
        suspicion: "De garage levert mogelijk auto's voor misdrijven.",
        origin: origin(Police, By::Partner, Seen, Reliable),
        reporter: "Wijkagent",
        days: (1, Some(7)),
        place: "Bedrijventerrein Zandmade, Ketelhuisweg 33, Lierveen",
        risk: "Ga niet zonder politie naar binnen.",
        purpose: ORDER,
        categories: &[Ordinary, Criminal],
        ground: OFFENCES,
        offered: &[
            SignalField::Summary,
            SignalField::Facts,
            SignalField::Place,
            SignalField::Subjects,
            SignalField::Risk,
        ],
        subjects: &[
            vehicle(Involved, "Auto gezien bij de garage", "ZVR07N"),
            address(Involved, "Garage", "2697 KC 33"),
        ],
    },
    Signal {
        key: "lening-van-een-vriend",
        phenomenon: "witwassen",
        summary: "Geld voor een wasstraat komt van een vriend zonder inkomen",
        facts: "Autobedrijf Brakwater vraagt een vergunning voor een wasstraat. De verbouwing kost 240.000 euro. Het \
                geld is geleend van een vriend, zonder rente en zonder einddatum. Die vriend geeft een inkomen van \
                14.000 euro per jaar op. Gevraagde bankafschriften zijn na drie verzoeken niet ingeleverd.",
        suspicion: "De vergunning dient mogelijk om geld te gebruiken dat met misdrijven is verdiend.",
        origin: origin(Own, By::Official, Document, Confirmed),
        reporter: "",
        days: (3, Some(3)),
        place: "Bedrijventerrein Zandmade, Ketelhuisweg 33, 2697 KC Lierveen",
        risk: "",
        purpose: BIBOB,
        categories: &[Ordinary, Criminal, Bsn],
        ground: OFFENCES,
        offered: &[SignalField::Summary, SignalField::Facts, SignalField::Suspicion, SignalField::Subjects],
        subjects: &[
            company(Involved, "Autobedrijf Brakwater", "45-390-218"),
            person(Involved, "Arjen Kweldervoort").bsn("936525551"),
            account(Involved, "Rekening van de lening", "NL10 PLEI 5832 6161 56"),
        ],
    },
    Signal {
        key: "geen-auto-te-koop",
        phenomenon: "autobranche",
        summary: "Autobedrijf zonder auto's, met een afgesloten ruimte in de werkplaats",
        facts: "Bij een milieucontrole stond er geen enkele auto te koop. Achter een stellingkast zat een stalen deur. \
                De beheerder zei dat hij de sleutel niet had en belde iemand. Daarna moesten wij weg.",
        suspicion: "De ruimte wordt mogelijk gebruikt om iets te verbergen.",
        origin: origin(Project, By::Official, Seen, Confirmed),
        reporter: "",
        days: (0, Some(0)),
        place: "Bedrijventerrein Zandmade, Ketelhuisweg 33, 2697 KC Lierveen",
        risk: "De beheerder ging voor de uitgang staan. Ga er niet alleen heen.",
        purpose: INSPECTION,
        categories: &[Ordinary],
        ground: "",
        offered: ALL,
        subjects: &[
            company(Tenant, "Autobedrijf Brakwater", "45390218"),
            phone(Involved, "Nummer van de beheerder", "06 12345071"),
        ],
    },
    Signal {
        key: "gokken-achter-het-cafe",
        phenomenon: "illegaal-gokken",
        summary: "Goktafels in de ruimte achter een café",
        facts: "Na sluitingstijd gaan gasten door een zijdeur naar een kamer achter het café. Een gast liet ons een \
                foto zien van drie zuilen waarop je op wedstrijden kunt wedden. Voor kansspelen is geen vergunning. De \
                leidinggevende op de vergunning is in geen jaar gezien.",
        suspicion: "In het café wordt mogelijk illegaal gegokt, en iemand anders heeft de leiding.",
        origin: origin(Chat, By::Resident, Seen, Doubtful),
        reporter: "Gast, heeft een foto gestuurd",
        days: (2, Some(4)),
        place: "Café De Laatste Kluit, Molenaarsgang 93, 2697 TF Lierveen",
        risk: "",
        purpose: BUSINESS_PERMITS,
        categories: &[Ordinary],
        ground: "",
        offered: USUAL,
        subjects: &[company(Involved, "Café De Laatste Kluit", "00317742"), address(Involved, "Café", "2697 TF 93")],
    },
    Signal {
        key: "uitnodiging-raadslid",
        phenomenon: "inmenging-in-het-bestuur",
        summary: "Ondernemer biedt een raadslid een reis aan tijdens een aanvraag",
        facts: "Een raadslid vertelde dat een ondernemer een reis van vier dagen aanbood. De ondernemer wacht op een \
                besluit over een vergunning. Het raadslid sloeg het aanbod af en meldde het bij de griffier.",
        suspicion: "De ondernemer probeert mogelijk het besluit te beïnvloeden.",
        origin: origin(Professional, By::Official, Heard, Reliable),
        reporter: "Griffier",
        days: (1, Some(6)),
        place: "",
        risk: "",
        purpose: BIBOB,
        categories: &[Ordinary],
        ground: "",
        offered: &[],
        subjects: &[person(Involved, "Ondernemer, naam bekend bij Juridische zaken"), person(Witness, "Raadslid")],
    },
    Signal {
        key: "drie-keer-kwijt",
        phenomenon: "cybercrime",
        summary: "Vier mensen verliezen hun papieren na dezelfde advertentie",
        facts: "Vier inwoners gaven hun identiteitskaart op als vermist. Alle vier stuurden zij eerst een kopie naar \
                een advertentie voor een kamer. Daarna zijn op hun naam telefoons besteld. Het account achter de \
                advertentie gebruikt steeds hetzelfde nummer.",
        suspicion: "Iemand verzamelt mogelijk kopieën om op naam van anderen te bestellen.",
        origin: origin(Own, By::Official, Register, Reliable),
        reporter: "",
        days: (0, Some(14)),
        place: "Online",
        risk: "",
        purpose: ADDRESS_RESEARCH,
        categories: &[Ordinary, Bsn],
        ground: "",
        offered: &[],
        subjects: &[
            phone(Involved, "Nummer bij de advertentie", "06-12349902"),
            person(Victim, "Elske Morgenrood").bsn("922969437"),
        ],
    },
];
