//! Words of the guided tour.

use super::Text;
use plein_domain::tour::Sight;

texts! {
    TITLE = "Rondleiding: Plein in tien minuten" / "Guided tour: Plein in ten minutes";
    LINK = "Rondleiding van tien minuten" / "Guided tour of ten minutes";
    LEAD = "Loop de stappen na elkaar. Bij elke stap meldt u zich aan als iemand anders van de verzonnen gemeente." / "Take the steps one after another. At each step you sign in as somebody else of the invented municipality.";
    PURPOSE = "Plein vraagt vaak eerst waarvoor u iets opent. Dat is geen storing: zonder doel is er niets te zien. Kies het doel dat er staat en ga verder." / "Plein often asks first what you open something for. That is no fault: without a purpose there is nothing to see. Choose the purpose that is offered and go on.";
    BACK = "Bovenaan elke pagina staat een link terug naar deze rondleiding." / "At the top of each page there is a link back to this tour.";
    LOOK = "Kijk naar:" / "Look at:";
    GO = "Aanmelden als {} ({})" / "Sign in as {} ({})";
    WORK_TITLE = "Wat wacht er op u?" / "What waits for you?";
    WORK_WHY = "Wie weinig tijd heeft, ziet in één scherm wat er te doen is." / "Who has little time sees on one screen what there is to do.";
    WORK_LOOK = "de vermelding in een plan, de interventies met hun datum, en de casussen waarin iets veranderd is." / "the mention in a plan, the interventions with their dates, and the cases in which something changed.";
    OWN_TITLE = "Alleen signalen van de eigen afdeling" / "Signals of your own department only";
    OWN_WHY = "Een afdeling ziet wat zij zelf heeft vastgelegd, en niets van een ander." / "A department sees what it logged itself, and nothing of another one.";
    OWN_LOOK = "de kolom Afdeling. Er staat overal Vergunningen, terwijl er in de gemeente veel meer signalen zijn." / "the column Department. It says Vergunningen everywhere, although there are many more signals in the municipality.";
    OFFERED_TITLE = "Wat afdelingen aanbieden" / "What departments offer";
    OFFERED_WHY = "De regisseur ziet van andere afdelingen alleen wat zij aan het plein aanbieden, en vindt zo wat bij elkaar hoort." / "The coordinator sees of other departments only what they offer, and so finds what belongs together.";
    OFFERED_LOOK = "de kolom Afdeling: vier afdelingen beschrijven dezelfde garage op bedrijventerrein Zandmade, en nog niemand heeft hun signalen bij elkaar gebracht." / "the column Department: four departments describe the same garage at the industrial estate Zandmade, and nobody has joined their signals yet.";
    SHARED_TITLE = "Een casus: per signaal alleen wat nodig is" / "A case: of each signal only what is needed";
    SHARED_WHY = "Delen mag alleen voor een doel. Voor elk signaal staat erbij waarom, en het team ziet precies de gedeelde onderdelen." / "Sharing is allowed for a purpose only. Each signal says why, and the team sees exactly the fields that are shared.";
    SHARED_LOOK = "de doelbindingstoets bij elk signaal, en onderaan welk bedrijf in meer signalen is gezien." / "the purpose test of each signal, and further down which company is seen in several signals.";
    PLAN_TITLE = "Samen schrijven aan één plan" / "Writing one plan together";
    PLAN_WHY = "Het plan van aanpak ontstaat in het overleg en ertussen, met iedereen in dezelfde tekst." / "The plan of approach comes about in the meeting and in between, with everybody in the same text.";
    PLAN_LOOK = "de interventies met hun bevoegdheid en datum. Open de pagina ook in een tweede venster, als iemand anders, en typ." / "the interventions with their power and date. Open the page in a second window too, as somebody else, and type.";
    ADOPTED_TITLE = "Vastgesteld, met een afwijkend standpunt" / "Adopted, with a dissent";
    ADOPTED_WHY = "Later is te zien wie instemde en wie niet. Een vastgestelde versie verandert nooit meer." / "Later one can see who agreed and who did not. An adopted version never changes.";
    ADOPTED_LOOK = "de voorwaarde van Werk en inkomen, en wie het plan heeft vastgesteld." / "the condition of Werk en inkomen, and who adopted the plan.";
    VIEWED_TITLE = "Wie heeft dit ingezien?" / "Who viewed this?";
    VIEWED_WHY = "Elke inzage staat in het logboek voordat iemand iets ziet. Ook die van u, zojuist." / "Every viewing is in the log before anybody sees anything. Yours too, just now.";
    VIEWED_LOOK = "de namen, de tijden en de doelen, en de weigering: iemand zocht iets wat niet van hem was." / "the names, times and purposes, and the refusal: somebody looked for what was not theirs.";
    HIDDEN_TITLE = "Wat u niet mag zien, is er niet" / "What you may not see is not there";
    HIDDEN_WHY = "Dat een signaal bestaat, is al informatie. Daarom ziet verboden er precies zo uit als weg." / "That a signal exists is information. So forbidden looks exactly like missing.";
    HIDDEN_LOOK = "de woorden 'Niet gevonden'. Het signaal bestaat wel: het is van een andere afdeling." / "the words 'Not found'. The signal does exist: it is another department's.";
    LOG_TITLE = "De toezichthouder leest alles mee, zonder inhoud" / "The supervisor reads along, without content";
    LOG_WHY = "De functionaris gegevensbescherming ziet wie wat opende en waarvoor, maar niet wat erin staat." / "The data protection officer sees who opened what and why, but not what it says.";
    LOG_LOOK = "de regel van de vorige stap: de weigering van Thijs staat er al." / "the line of the step before: the refusal of Thijs is there already.";
}

/// Title, why it matters, and what to look at.
pub(crate) fn words(sight: Sight) -> (Text, Text, Text) {
    match sight {
        Sight::Work => (WORK_TITLE, WORK_WHY, WORK_LOOK),
        Sight::Own => (OWN_TITLE, OWN_WHY, OWN_LOOK),
        Sight::Offered => (OFFERED_TITLE, OFFERED_WHY, OFFERED_LOOK),
        Sight::Shared => (SHARED_TITLE, SHARED_WHY, SHARED_LOOK),
        Sight::Plan => (PLAN_TITLE, PLAN_WHY, PLAN_LOOK),
        Sight::Adopted => (ADOPTED_TITLE, ADOPTED_WHY, ADOPTED_LOOK),
        Sight::Viewed => (VIEWED_TITLE, VIEWED_WHY, VIEWED_LOOK),
        Sight::Hidden => (HIDDEN_TITLE, HIDDEN_WHY, HIDDEN_LOOK),
        Sight::Log => (LOG_TITLE, LOG_WHY, LOG_LOOK),
    }
}
