//! The names of the ticks of a signal's checklist, and by what each is recognised.

use super::Text;
use plein_domain::signal::{Indicator, IndicatorGroup, Territory};

named! {
    IndicatorGroup {
        Characteristic => "Kenmerken van ondermijning" / "Characteristics of undermining",
        Anchoring => "Lokale verankering" / "Local anchoring",
        Signalling => "Signalerende indicatoren" / "Signalling indicators",
    }
    Indicator {
        Institutions => "Tast instituties aan" / "Harms institutions",
        Authority => "Tast het gezag van bestuur, politie of andere organen aan" / "Harms the authority of administration, police or other bodies",
        PublicOrder => "Tast de openbare orde aan" / "Harms public order",
        Disruption => "Ontwricht structuren in de samenleving" / "Disrupts structures of society",
        Threat => "Dreiging of georganiseerde criminaliteit" / "Threat or organised crime",
        AdministrativeOpportunity => "Bestuurlijke gelegenheid" / "Administrative opportunity",
        SocialOpportunity => "Sociale gelegenheid" / "Social opportunity",
        BusinessOpportunity => "Zakelijke gelegenheid" / "Business opportunity",
        Procedures => "Procedure die het mogelijk maakt" / "Facilitating procedure",
        Involvement => "Plaats, persoon, groep, familie of netwerk van hier" / "Place, person, group, family or network from here",
        Incongruities => "Dingen die niet bij elkaar passen" / "Incongruities",
        Malicious => "Kwaadwillend" / "Malicious",
        Systematic => "Stelselmatig" / "Systematic",
        Latent => "Verborgen" / "Latent",
        Complex => "Complex" / "Complex",
    }
    Territory {
        Within => "Binnen deze gemeente" / "Within this municipality",
        Beyond => "Ook in andere gemeenten" / "In other municipalities too",
        Outside => "Alleen buiten deze gemeente" / "Outside this municipality only",
    }
}

/// By what an indicator is recognised.
pub(crate) const fn red_flag(indicator: Indicator) -> Text {
    match indicator {
        Indicator::Institutions => INSTITUTIONS,
        Indicator::Authority => AUTHORITY,
        Indicator::PublicOrder => PUBLIC_ORDER,
        Indicator::Disruption => DISRUPTION,
        Indicator::Threat => THREAT,
        Indicator::AdministrativeOpportunity => ADMINISTRATIVE,
        Indicator::SocialOpportunity => SOCIAL,
        Indicator::BusinessOpportunity => BUSINESS,
        Indicator::Procedures => PROCEDURES,
        Indicator::Involvement => INVOLVEMENT,
        Indicator::Incongruities => INCONGRUITIES,
        Indicator::Malicious => MALICIOUS,
        Indicator::Systematic => SYSTEMATIC,
        Indicator::Latent => LATENT,
        Indicator::Complex => COMPLEX,
    }
}

texts! {
    INSTITUTIONS = "Het misbruikt de gemeente, een bank, een notaris of een andere instelling." / "It misuses the municipality, a bank, a notary or another institution.";
    AUTHORITY = "Ambtenaren of agenten worden bedreigd, omgekocht of genegeerd." / "Officials or police officers are threatened, bribed or ignored.";
    PUBLIC_ORDER = "Er is overlast, geweld of gevaar voor omwonenden." / "There is nuisance, violence or danger to neighbours.";
    DISRUPTION = "Eerlijke ondernemers of bewoners worden verdrongen; er ontstaat een eigen wereld." / "Honest entrepreneurs or residents are driven out; a world of its own arises.";
    THREAT = "Er wordt gedreigd, of meerdere mensen werken samen voor crimineel geld." / "There are threats, or several people work together for criminal money.";
    ADMINISTRATIVE = "Weinig toezicht, versnipperde dossiers, of banden met bestuur of ambtenaren." / "Little supervision, scattered files, or ties with the administration or officials.";
    SOCIAL = "Een gesloten gemeenschap, schulden, of mensen die zwijgen." / "A closed community, debts, or people who keep silent.";
    BUSINESS = "Leegstand, contant geld, of een bedrijf zonder zichtbare klanten." / "Vacancy, cash, or a business without visible customers.";
    PROCEDURES = "Een vergunning, subsidie, uitkering of inschrijving helpt het mogelijk te maken." / "A permit, subsidy, benefit or registration helps to make it possible.";
    INVOLVEMENT = "Iemand of iets uit deze gemeente komt vaker voor." / "Somebody or something from this municipality turns up more often.";
    INCONGRUITIES = "Inkomen en bezit, of papieren en werkelijkheid, kloppen niet met elkaar." / "Income and possessions, or papers and reality, do not match.";
    MALICIOUS = "Iemand misleidt bewust: valse papieren, katvangers, stromannen." / "Somebody deceives on purpose: false papers, straw men, front men.";
    SYSTEMATIC = "Het gebeurt vaker, of volgens een patroon." / "It happens more often, or by a pattern.";
    LATENT = "Het gebeurt uit het zicht, achter een gewone voorgevel." / "It happens out of sight, behind an ordinary front.";
    COMPLEX = "Meerdere personen, panden, bedrijven of vormen van criminaliteit tegelijk." / "Several persons, premises, companies or forms of crime at once.";
}
