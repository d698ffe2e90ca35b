//! The cases, with the purpose test of every link in the words a coordinator might use.

use super::{Failure, chapters, people::*, register::*};
use plein_domain::{
    case::Criterion,
    form::FormValues,
    ids::{PersonId, PurposeId, SignalId},
    signal::SignalField::{self, *},
};

/// A case as its coordinator opens it.
pub(super) struct Case {
    /// What the story calls it.
    pub key: &'static str,
    /// Its purpose in the register.
    pub purpose: PurposeId,
    /// One line.
    pub title: &'static str,
    /// What it is about.
    pub summary: &'static str,
    /// Why it is opened without weighing.
    pub reasons: &'static str,
    /// The signals that start it.
    pub links: &'static [Link],
    /// The team, besides the coordinator.
    pub team: &'static [PersonId],
}

/// A link with its purpose test.
pub(super) struct Link {
    /// The signal's key.
    pub signal: &'static str,
    /// What it shares.
    pub shared: &'static [SignalField],
    /// Compatibility, necessity, proportionality and subsidiarity, each answered with yes for these reasons.
    pub test: [&'static str; 4],
}

const CASES: &[Case] = &[
    Case {
        key: "kade",
        purpose: HOMES_CASES,
        title: "Woningen aan de Oude Trekvaartkade",
        summary: "Bij acht woningen aan de kade kloppen eigenaren, huurders en inschrijvingen niet met elkaar. Wij \
                  willen weten wie er verdient aan de woningen, en of de bewoners veilig wonen.",
        reasons: "De signalen gaan over dezelfde straat en hetzelfde bedrijf, en vullen elkaar aan. Er wonen mensen \
                  onveilig. Wachten tot de weging is ingericht is niet verantwoord.",
        links: &[
            Link {
                signal: "kamers-aan-de-kade",
                shared: &[Summary, Facts, Observed, Place, Subjects],
                test: [
                    "Vergunningen kreeg de tekening om het gebruik van de woning te beoordelen. Deze casus gaat over \
                     datzelfde gebruik.",
                    "Zonder de tekening weten wij niet om hoeveel kamers het gaat.",
                    "Het gaat om een bedrijf en zijn bestuurder, niet om de bewoners. Het vermoeden delen wij niet.",
                    "Een telling van de brievenbussen zegt te weinig. Een minder ingrijpende bron is er niet.",
                ],
            },
            Link {
                signal: "acht-aanslagen",
                shared: &[Summary, Facts, Place, Subjects],
                test: [
                    "Belastingen verzamelde dit om te heffen. Delen past bij de ontheffing van de geheimhouding \
                     (artikel 67, derde lid, AWR) die voor dit doel is gegeven.",
                    "Alleen zo wordt duidelijk wie de eigenaar op papier is en wie er betaalt.",
                    "Wij delen geen bedragen en geen aanslagen van anderen in de straat.",
                    "Het Kadaster noemt wel de eigenaren, maar niet wie er betaalt.",
                ],
            },
            Link {
                signal: "elf-inschrijvingen",
                shared: &[Summary, Facts, Place, Subjects, Risk],
                test: [
                    "Het adresonderzoek moet laten zien of inschrijvingen kloppen. De casus kijkt naar dezelfde vraag \
                     voor de hele straat.",
                    "Zonder de inschrijvingen weten wij niet of er kwetsbare bewoners zijn.",
                    "Van de bewoners delen wij één naam. De anderen noemen wij niet.",
                    "Wij hebben eerst zonder namen gevraagd hoeveel inschrijvingen er zijn. Dat was te weinig om \
                     bewoners te helpen.",
                ],
            },
        ],
        team: &[SANNE, SAMIRA, ILSE],
    },
    Case {
        key: "kas",
        purpose: WORK_CASES,
        title: "Huisvesting en werk in de Tuinderspolder",
        summary: "Werknemers van één uitzendbureau slapen in een schuur, krijgen weinig loon en houden hun papieren \
                  niet zelf. Eerst zorgen wij voor veiligheid, daarna kiezen wij samen wie optreedt.",
        reasons: "Er is direct gevaar door de dichte nooduitgang. Drie afdelingen zien dezelfde mensen. Daarom openen \
                  wij de casus nu, zonder weging.",
        links: &[
            Link {
                signal: "slapen-in-de-schuur",
                shared: &[Summary, Facts, Observed, Place, Subjects, Risk],
                test: [
                    "De controle ging over veilig gebruik van het gebouw. Dat is ook een doel van deze casus.",
                    "De plek en het voertuig zijn nodig om de werknemers te vinden en te helpen.",
                    "Wij delen geen namen van werknemers.",
                    "Een nieuwe controle duurt te lang. De mensen slapen er nu.",
                ],
            },
            Link {
                signal: "een-woordvoerder",
                shared: &[Summary, Facts, Subjects],
                test: [
                    "Burgerzaken moet weten of mensen zich uit vrije wil inschrijven. Bescherming van werknemers past \
                     daarbij.",
                    "De naam van de man en zijn nummer komen in geen andere bron voor.",
                    "Van de vrouw delen wij geen naam en geen nummer.",
                    "Wij hebben overwogen om alleen het aantal te delen. Dan blijft onduidelijk wie de papieren houdt.",
                ],
            },
            Link {
                signal: "zestig-uur",
                shared: &[Summary, Facts, Risk],
                test: [
                    "De man vertelde dit om hulp te krijgen. Hij weet dat wij dit delen en vindt dat goed.",
                    "Dit is de enige verklaring over loon en uren.",
                    "Zijn naam en burgerservicenummer delen wij niet.",
                    "Een gesprek met anderen is nu niet veilig te voeren.",
                ],
            },
        ],
        team: &[DENNIS, ILSE, HANNEKE],
    },
    Case {
        key: "park",
        purpose: HOMES_CASES,
        title: "Vaste bewoning op park De Zilte Wal",
        summary: "Een vakantiepark lijkt veranderd in een woonplek zonder contracten en zonder toezicht. Wij bekijken \
                  wat het park is geworden en wat de bewoners nodig hebben.",
        reasons: "In twee chalets ontbreken rookmelders, terwijl er elke nacht mensen slapen. De signalen komen van \
                  vier afdelingen en lijken over hetzelfde park te gaan.",
        links: &[
            Link {
                signal: "chalets-te-groot",
                shared: &[Summary, Facts, Place, Subjects],
                test: [
                    "De aanvraag gaat over het gebruik van de chalets. Daar gaat deze casus ook over.",
                    "De plannen van de eigenaar laten zien wat er met het park gebeurt.",
                    "Het gaat om een bedrijf en een plan. Er staan geen bewoners in.",
                    "Alleen de gepubliceerde aanvraag is te beperkt: die noemt de verhuur per jaar niet.",
                ],
            },
            Link {
                signal: "geen-toeristenbelasting",
                shared: &[Summary, Facts, Place],
                test: [
                    "De aangifte is gedaan voor de heffing. Delen past bij de ontheffing van de geheimhouding \
                     (artikel 67, derde lid, AWR) voor dit doel.",
                    "Het verschil in overnachtingen laat zien dat het gebruik is veranderd.",
                    "De bankrekening en het burgerservicenummer delen wij niet.",
                    "Tellen op het park zelf belast de bewoners meer.",
                ],
            },
            Link {
                signal: "huur-per-week",
                shared: &[Summary, Facts, Suspicion, Place, Subjects, Risk],
                test: [
                    "De controle ging over brandveiligheid van de chalets. De casus gaat over veilig wonen.",
                    "De verklaringen laten zien wie er woont en aan wie wordt betaald.",
                    "Geen enkele bewoner wordt genoemd.",
                    "Er is geen andere bron over de betalingen.",
                ],
            },
            Link {
                signal: "onrust-op-het-park",
                shared: &[Summary, Facts, Place],
                test: [
                    "Meldingen over orde op het park horen bij de vraag of bewoners veilig wonen.",
                    "Zonder deze melding weten wij niet of bewoners onder druk staan.",
                    "Het nummer van de bellers delen wij niet.",
                    "Wij hebben de bellers gevraagd om meer, maar zij willen onbekend blijven.",
                ],
            },
        ],
        team: &[KEES, WOUTER, DENNIS, JOOST],
    },
];

/// The signal that joins the first case later.
pub(super) const RESALE: Link = Link {
    signal: "snelle-doorverkoop",
    shared: &[Summary, Facts, Subjects],
    test: [
        "Vastgoed verkocht het pand zelf en wil weten of de gemeente is misbruikt. Dat past bij deze casus.",
        "De koop verbindt de bestuurder met het bedrijf van de woningen.",
        "Wij delen alleen de bestuurder en het bedrijf, en niet wie er nog meer bood.",
        "Het Kadaster noemt de prijs, maar niet de lening.",
    ],
};

/// The case of this key.
///
/// # Errors
/// The story names one that is not in the table.
pub(super) fn called(key: &str) -> Result<&'static Case, Failure> {
    let chapters = chapters::all().filter_map(|chapter| chapter.case.as_ref());
    CASES
        .iter()
        .chain(chapters)
        .find(|case| case.key == key)
        .ok_or_else(|| format!("there is no case called {key}").into())
}

impl Case {
    /// What is typed into the form, without the links.
    pub(super) fn form(&self) -> FormValues {
        let mut form = FormValues::default();
        form.set("title", self.title);
        form.set("summary", self.summary);
        form.set("reasons", self.reasons);
        form.set("purpose", self.purpose.to_string());
        self.team.iter().for_each(|person| form.push("member", person.to_string()));
        form
    }
}

impl Link {
    /// What is typed for this link.
    pub(super) fn type_in(&self, form: &mut FormValues, signal: SignalId) {
        let field = |part: &str| format!("link.{signal}.{part}");
        for (criterion, reasons) in Criterion::ALL.iter().zip(self.test) {
            form.set(field(criterion.code()), "yes");
            form.set(field(&format!("{}-reasons", criterion.code())), reasons);
        }
        self.shared.iter().for_each(|one| form.push(field("field"), one.code()));
    }
}
