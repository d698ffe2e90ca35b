//! The processing register: departments' own processings, and the purposes of the Lokaal Informatie Plein. Laws and
//! terms are for illustration, and no legal advice.

use super::{Failure, Kind, id};
use plein_domain::{
    ids::PurposeId,
    moment::Day,
    purpose::{
        DataCategory::{self, *},
        LegalBasis::{self, *},
        Purpose,
    },
};
use plein_vault::store::Directory;

pub(super) const ORDER: PurposeId = purpose(1);
pub(super) const DRUG_PREMISES: PurposeId = purpose(2);
pub(super) const BUSINESS_PERMITS: PurposeId = purpose(3);
pub(super) const ENVIRONMENT_PERMITS: PurposeId = purpose(4);
pub(super) const INSPECTION: PurposeId = purpose(5);
pub(super) const ADDRESS_RESEARCH: PurposeId = purpose(6);
pub(super) const LEVIES: PurposeId = purpose(7);
pub(super) const BENEFITS: PurposeId = purpose(8);
pub(super) const CARE_SUPERVISION: PurposeId = purpose(9);
pub(super) const PROPERTY_MANAGEMENT: PurposeId = purpose(10);
pub(super) const BUSINESS_CONTACTS: PurposeId = purpose(11);
pub(super) const BIBOB: PurposeId = purpose(12);
pub(super) const HOMES_CASES: PurposeId = purpose(13);
pub(super) const WORK_CASES: PurposeId = purpose(14);
pub(super) const CAR_CASES: PurposeId = purpose(15);
const ENDED_CASES: PurposeId = purpose(16);
const COMING_CASES: PurposeId = purpose(17);

const fn purpose(number: u8) -> PurposeId {
    PurposeId(id(Kind::Purpose, number))
}

/// When a purpose may be used.
#[derive(Clone, Copy)]
enum Term {
    /// From this day on.
    Since(&'static str),
    /// From this day to the end of last year.
    EndedLastYear(&'static str),
    /// From the first day of next year on.
    NextYear,
}

struct Entry {
    id: PurposeId,
    /// *Hoofdproces*, *onderliggend proces* and *naam verwerking*.
    names: (&'static str, &'static str, &'static str),
    description: &'static str,
    basis: LegalBasis,
    reference: &'static str,
    months: u32,
    categories: &'static [DataCategory],
    term: Term,
    for_cases: bool,
}

const SAFETY: &str = "Openbare orde en veiligheid";
const SPACE: &str = "Fysieke leefomgeving";

const ENTRIES: &[Entry] = &[
    Entry {
        id: ORDER,
        names: (SAFETY, "Openbare orde", "Handhaving openbare orde"),
        description: "Meldingen over verstoring van de openbare orde beoordelen en maatregelen van de burgemeester \
                      voorbereiden.",
        basis: PublicTask,
        reference: "Gemeentewet, artikel 172 en 174a",
        months: 60,
        categories: &[Ordinary, Criminal],
        term: Term::Since("2021-01-01"),
        for_cases: false,
    },
    Entry {
        id: DRUG_PREMISES,
        names: (SAFETY, "Bestuurlijke maatregelen", "Sluiting van drugspanden"),
        description: "Meldingen over drugs in of bij een pand beoordelen en een waarschuwing of sluiting voorbereiden.",
        basis: PublicTask,
        reference: "Opiumwet, artikel 13b",
        months: 60,
        categories: &[Ordinary, Criminal, Bsn],
        term: Term::Since("2019-01-01"),
        for_cases: false,
    },
    Entry {
        id: BUSINESS_PERMITS,
        names: (SAFETY, "Vergunningen voor ondernemers", "Exploitatie-, alcohol- en evenementenvergunningen"),
        description: "Aanvragen behandelen, verleende vergunningen beheren en nagaan of de voorschriften worden \
                      nageleefd.",
        basis: PublicTask,
        reference: "Alcoholwet, artikel 3; Algemene plaatselijke verordening Lierveen, hoofdstuk 2",
        months: 84,
        categories: &[Ordinary, Criminal, Bsn],
        term: Term::Since("2021-07-01"),
        for_cases: false,
    },
    Entry {
        id: ENVIRONMENT_PERMITS,
        names: (SPACE, "Omgevingsvergunningen", "Behandelen aanvragen omgevingsvergunning"),
        description: "Aanvragen om te bouwen, te splitsen of het gebruik van een pand te wijzigen beoordelen.",
        basis: PublicTask,
        reference: "Omgevingswet, artikel 5.1 en 5.18",
        months: 120,
        categories: &[Ordinary, Bsn],
        term: Term::Since("2024-01-01"),
        for_cases: false,
    },
    Entry {
        id: INSPECTION,
        names: (SPACE, "Toezicht en handhaving", "Toezicht op gebruik van gebouwen en terreinen"),
        description: "Controleren of gebouwen en terreinen veilig en volgens de regels worden gebruikt, en handhaven \
                      als dat niet zo is.",
        basis: PublicTask,
        reference: "Omgevingswet, artikel 18.2 en 18.6; Algemene wet bestuursrecht, afdeling 5.2",
        months: 60,
        categories: &[Ordinary, Criminal],
        term: Term::Since("2024-01-01"),
        for_cases: false,
    },
    Entry {
        id: ADDRESS_RESEARCH,
        names: ("Dienstverlening", "Basisregistratie personen", "Adresonderzoek en kwaliteit van de BRP"),
        description: "Onderzoeken of ingeschreven gegevens kloppen en die zo nodig verbeteren.",
        basis: LegalObligation,
        reference: "Wet basisregistratie personen, artikel 2.20 tot en met 2.22 en 2.34",
        months: 24,
        categories: &[Ordinary, Bsn],
        term: Term::Since("2020-01-01"),
        for_cases: false,
    },
    Entry {
        id: LEVIES,
        names: ("Financiën", "Belastingen", "Heffing en invordering gemeentelijke belastingen"),
        description: "Aanslagen opleggen, innen en controleren.",
        basis: LegalObligation,
        reference: "Gemeentewet, artikel 216 en 231; Algemene wet inzake rijksbelastingen (AWR); Invorderingswet 1990",
        months: 84,
        categories: &[Ordinary, Bsn],
        term: Term::Since("2019-01-01"),
        for_cases: false,
    },
    Entry {
        id: BENEFITS,
        names: ("Sociaal domein", "Werk en inkomen", "Rechtmatigheid van uitkeringen"),
        description: "Vaststellen of iemand recht heeft op een uitkering en of de inlichtingenplicht is nagekomen.",
        basis: LegalObligation,
        reference: "Participatiewet, artikel 17, 53a en 64",
        months: 60,
        categories: &[Ordinary, Bsn],
        term: Term::Since("2020-01-01"),
        for_cases: false,
    },
    Entry {
        id: CARE_SUPERVISION,
        names: ("Sociaal domein", "Jeugd en zorg", "Toezicht op kwaliteit en rechtmatigheid van zorg"),
        description: "Nagaan of zorg waarvoor de gemeente betaalt, goed is en ook echt is gegeven.",
        basis: PublicTask,
        reference: "Wmo 2015, artikel 5.1.1 en 6.1; Jeugdwet, artikel 7.4.0",
        months: 60,
        categories: &[Ordinary, Special, Bsn],
        term: Term::Since("2020-01-01"),
        for_cases: false,
    },
    Entry {
        id: PROPERTY_MANAGEMENT,
        names: (SPACE, "Vastgoed en grond", "Koop, verkoop en verhuur van gemeentelijk vastgoed"),
        description: "Overeenkomsten over panden en grond van de gemeente sluiten en uitvoeren.",
        basis: Contract,
        reference: "Gemeentewet, artikel 160; Burgerlijk Wetboek, boek 7",
        months: 84,
        categories: &[Ordinary],
        term: Term::Since("2022-01-01"),
        for_cases: false,
    },
    Entry {
        id: BUSINESS_CONTACTS,
        names: ("Economie", "Ondernemers", "Accountbeheer bedrijven en bedrijventerreinen"),
        description: "Contact houden met ondernemers en bedrijventerreinen beheren.",
        basis: PublicTask,
        reference: "Gemeentewet, artikel 108 en 160",
        months: 36,
        categories: &[Ordinary],
        term: Term::Since("2022-01-01"),
        for_cases: false,
    },
    Entry {
        id: BIBOB,
        names: (SAFETY, "Integriteit", "Eigen onderzoek Wet Bibob"),
        description: "Beoordelen of er gevaar is dat een vergunning, subsidie of vastgoedtransactie wordt misbruikt \
                      voor strafbare feiten.",
        basis: PublicTask,
        reference: "Wet Bibob, artikel 3, 7a en 28",
        months: 60,
        categories: &[Ordinary, Criminal, Bsn],
        term: Term::Since("2022-10-01"),
        for_cases: false,
    },
    Entry {
        id: HOMES_CASES,
        names: (SAFETY, "Lokaal Informatie Plein", "Integrale aanpak vastgoedfraude en adresfraude"),
        description: "Signalen van afdelingen over misbruik van woningen, recreatiewoningen en adressen samen \
                      bekijken, om te kiezen welke afdeling met welke bevoegdheid optreedt.",
        basis: PublicTask,
        reference: "Gemeentewet, artikel 172 en 174a; Wet goed verhuurderschap; Wet basisregistratie personen",
        months: 60,
        categories: &[Ordinary, Criminal, Bsn],
        term: Term::Since("2025-01-01"),
        for_cases: true,
    },
    Entry {
        id: WORK_CASES,
        names: (SAFETY, "Lokaal Informatie Plein", "Integrale aanpak arbeidsuitbuiting en malafide uitzendbureaus"),
        description: "Signalen over slecht werkgeverschap en onveilige huisvesting van werknemers samen bekijken, om \
                      slachtoffers te beschermen en misstanden te beëindigen.",
        basis: PublicTask,
        reference: "Gemeentewet, artikel 172; Wet goed verhuurderschap; Omgevingswet, artikel 18.2",
        months: 60,
        categories: &[Ordinary, Criminal, Bsn],
        term: Term::Since("2025-01-01"),
        for_cases: true,
    },
    Entry {
        id: CAR_CASES,
        names: (SAFETY, "Lokaal Informatie Plein", "Integrale aanpak witwassen in de autobranche"),
        description: "Signalen over autobedrijven die mogelijk dienen om geld wit te wassen of misdrijven mogelijk te \
                      maken samen bekijken, om een gezamenlijke aanpak te kiezen.",
        basis: PublicTask,
        reference: "Gemeentewet, artikel 172; Wet Bibob; Algemene plaatselijke verordening Lierveen, artikel 2:28",
        months: 60,
        categories: &[Ordinary, Criminal, Bsn],
        term: Term::Since("2025-07-01"),
        for_cases: true,
    },
    Entry {
        id: ENDED_CASES,
        names: (SAFETY, "Lokaal Informatie Plein", "Project integrale controle bedrijventerrein Zandmade"),
        description: "Gezamenlijke controle van bedrijfsruimten op bedrijventerrein Zandmade. Dit project is afgerond.",
        basis: PublicTask,
        reference: "Gemeentewet, artikel 172; Omgevingswet, artikel 18.2",
        months: 24,
        categories: &[Ordinary, Criminal],
        term: Term::EndedLastYear("2024-03-01"),
        for_cases: true,
    },
    Entry {
        id: COMING_CASES,
        names: (SAFETY, "Lokaal Informatie Plein", "Integrale aanpak zorgfraude"),
        description: "Signalen over zorg die wel wordt betaald maar niet wordt gegeven samen bekijken. Begint als het \
                      protocol is vastgesteld.",
        basis: PublicTask,
        reference: "Wmo 2015, artikel 5.1.1; Wet bevorderen samenwerking en rechtmatige zorg",
        months: 60,
        categories: &[Ordinary, Special, Criminal, Bsn],
        term: Term::NextYear,
        for_cases: true,
    },
];

/// Enters the register as it stands today.
///
/// # Errors
/// The database is out of reach or not empty, or a day in the table is none.
pub(super) async fn enter(directory: &Directory, today: Day) -> Result<(), Failure> {
    let year = today.0.year();
    for (position, entry) in (1..).zip(ENTRIES) {
        let (from, until) = match entry.term {
            Term::Since(from) => (from.to_owned(), None),
            Term::EndedLastYear(from) => (from.to_owned(), Some(format!("{}-12-31", year - 1))),
            Term::NextYear => (format!("{}-01-01", year + 1), None),
        };
        let (main_process, sub_process, name) = entry.names;
        let day = |text: String| text.parse::<Day>().map_err(|()| format!("{name}: {text} is not a day"));
        let purpose = Purpose {
            id: entry.id,
            main_process: main_process.into(),
            sub_process: sub_process.into(),
            name: name.into(),
            description: entry.description.into(),
            legal_basis: entry.basis,
            legal_reference: entry.reference.into(),
            retention_months: Some(entry.months),
            categories: entry.categories.to_vec(),
            valid_from: day(from)?,
            valid_until: until.map(day).transpose()?,
            for_cases: entry.for_cases,
        };
        directory.add_purpose(&purpose, position).await?;
    }
    Ok(())
}
