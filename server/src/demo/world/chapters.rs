//! The chapters of the eight months: people and things that several departments met, and what came of it. Nine became a
//! case; a few are still to be found. Signals are told by [scenes](super::scenes), all else is written out.

mod bessen;
mod dokweg;
mod duinrand;
mod lakstraat;
mod markthal;
mod pakhuis;
mod pensions;
mod postadres;
mod schoonmaak;
mod unseen;

use super::{
    Failure,
    cases::{Case, Link as Linked},
    cast::{Network, Who},
    scenes::{self, Recipe},
    story::Sitting,
    writing::{Piece, Task},
};
use plein_domain::{
    ids::PersonId,
    plan::{InterventionKind, InterventionStatus},
    signal::SignalField::{self, *},
};

/// People and things that come back, the signals about them, and who did what.
pub(super) struct Chapter {
    pub network: Network,
    /// Key and scene of each signal.
    pub signals: &'static [(&'static str, &'static str)],
    pub case: Option<Case>,
    /// In order.
    pub sittings: &'static [Sitting],
}

/// All chapters.
pub(super) fn all() -> impl Iterator<Item = &'static Chapter> + Clone {
    const JOINED: &[&Chapter] = &[
        &markthal::CHAPTER,
        &pakhuis::CHAPTER,
        &dokweg::CHAPTER,
        &postadres::CHAPTER,
        &bessen::CHAPTER,
        &lakstraat::CHAPTER,
        &duinrand::CHAPTER,
        &schoonmaak::CHAPTER,
        &pensions::CHAPTER,
    ];
    JOINED.iter().copied().chain(unseen::CHAPTERS)
}

/// The turns of a scene that the loose signals take; chapters take the ones after, so that no two signals say the same.
const LOOSE_TURNS: u32 = 5;

/// The signal that a chapter calls by this key; none when no chapter does.
///
/// # Errors
/// The chapter names a scene that is not there.
pub(super) fn recipe(key: &str) -> Result<Option<Recipe>, Failure> {
    let mut signals = all().flat_map(|chapter| chapter.signals.iter().map(move |(key, scene)| (chapter, *key, *scene)));
    let Some((chapter, key, scene)) = signals.find(|(_, one, _)| *one == key) else { return Ok(None) };
    let before = all().flat_map(|chapter| chapter.signals).take_while(|(one, _)| *one != key);
    let turn = LOOSE_TURNS + u32::try_from(before.filter(|(_, one)| *one == scene).count())?;
    let (scene, who) = (scenes::called(scene)?, Who::Network(&chapter.network));
    Ok(Some(Recipe { key, scene, who, turn, offers: true }))
}

const fn link(signal: &'static str, shared: &'static [SignalField], test: [&'static str; 4]) -> Linked {
    Linked { signal, shared, test }
}

/// An intervention that is still to be begun.
const fn task(
    number: u8,
    (kind, power): (InterventionKind, &'static str),
    (department, person): (&'static str, PersonId),
    due: i16,
    what: &'static str,
) -> Piece {
    let body = match kind {
        InterventionKind::Fiscal => "Heffingsambtenaar",
        InterventionKind::Preventive => "",
        _ => "College van burgemeester en wethouders",
    };
    let status = InterventionStatus::Planned;
    Piece::Do(Task { number, kind, power, body, department, person, due, status, result: "", what })
}

const WITH_PLACE: &[SignalField] = &[Summary, Facts, Place, Subjects];
const WITHOUT_PLACE: &[SignalField] = &[Summary, Facts, Subjects];

const FITS_PERMITS: &str =
    "Vergunningen kreeg dit om het gebruik van het pand te beoordelen. Daar gaat deze casus ook over.";
const FITS_INSPECTION: &str = "De controle ging over veilig gebruik van het pand. Dat is ook een doel van deze casus.";
const FITS_REGISTRY: &str =
    "Burgerzaken onderzoekt of inschrijvingen kloppen. De casus stelt dezelfde vraag voor de hele plek.";
const FITS_TAXES: &str = "Belastingen verzamelde dit om te heffen. Delen past bij de ontheffing van de geheimhouding (artikel 67, \
                          derde lid, AWR) die voor dit doel is gegeven.";
const FITS_BENEFITS: &str = "Werk en inkomen kreeg dit om een uitkering te beoordelen. Mensen beschermen die geen loon krijgen, past \
                             daarbij.";
const FITS_PROPERTY: &str =
    "Vastgoed verhuurt het pand zelf en wil weten of de gemeente wordt misbruikt. Dat past bij deze casus.";
const FITS_BIBOB: &str =
    "Het eigen onderzoek gaat over misbruik van een vergunning. De casus gaat over hetzelfde bedrijf.";
const FITS_ORDER: &str =
    "De melding ging over de openbare orde op deze plek. De maatregelen in deze casus dienen hetzelfde doel.";

const NEEDS_WHO: &str = "Zonder dit weten wij niet wie er achter het bedrijf zit.";
const NEEDS_WHERE: &str = "Zonder de plek kunnen wij de mensen die er wonen niet vinden en niet helpen.";
const NEEDS_MONEY: &str = "Dit is de enige bron die laat zien waar het geld vandaan komt.";
const NEEDS_HOURS: &str = "Dit is de enige verklaring over loon en uren.";
const NEEDS_CAR: &str = "Het voertuig verbindt de signalen. Zonder dat blijven het losse meldingen.";

const SMALL_COMPANY: &str = "Wij delen het bedrijf en zijn bestuurder, en geen bewoners.";
const SMALL_VICTIMS: &str = "Wat iemand over zichzelf vertelde, delen wij niet. De vermoedens ook niet.";
const SMALL_SUMS: &str = "Aanslagen en bedragen van anderen blijven bij Belastingen.";
const SMALL_PLACE: &str = "Het gaat om één plek en één bedrijf. Van andere adressen delen wij niets.";

const NO_REGISTER: &str = "Het handelsregister noemt een bestuurder, maar niet wie er echt de leiding heeft.";
const NO_NAMES: &str = "Wij hebben eerst gevraagd zonder namen te noemen. Dat was te weinig om iets te kunnen doen.";
const NO_VISIT: &str = "Een nieuwe controle belast de mensen die er wonen meer dan dit.";
const NO_OTHER: &str = "Een andere bron is er niet.";
