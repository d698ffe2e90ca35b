//! The names of all codes: channels, roles, kinds of line, reasons of refusal.

use super::{Lang, Text, day, t, tf};
use plein_domain::{
    access_log::PurposeKind,
    break_glass::{GlassState, ReviewVerdict},
    case::{CaseState, Criterion, Lane, SubjectVerdict},
    form::{Fault, FormKind},
    identifier::{IdentifierFault, IdentifierKind},
    import::{Field, ImportState, Scope, Verdict},
    ledger::{LineKind, Outcome},
    list::{CaseOrder, SignalOrder},
    people::Role,
    plan::{InterventionKind, InterventionStatus},
    ports::Phenomenon,
    purpose::{DataCategory, LegalBasis, PurposeOption, StatedPurpose},
    register::{EntryChange, RegisterField, RowIs},
    signal::*,
    subject::{SubjectKind, SubjectRole},
    version::{Stance, VersionState},
};

/// A closed list whose members have a code and a name.
pub(crate) trait Named: Copy + 'static {
    /// All members, in the order people expect.
    fn every() -> &'static [Self];
    /// The stable code.
    fn code(self) -> &'static str;
    /// The name people read.
    fn text(self) -> Text;
}

named! {
    Role {
        Member => "afdelingsmedewerker" / "department member",
        Coordinator => "regisseur" / "coordinator",
        PrivacyOfficer => "privacyfunctionaris" / "privacy officer",
        Fg => "functionaris gegevensbescherming (FG)" / "data protection officer (FG)",
        Administrator => "functioneel beheerder" / "administrator",
    }
    Channel {
        Own => "Eigen waarneming" / "Own observation",
        Citizen => "Inwoner" / "Resident",
        Professional => "Professional" / "Professional",
        Telephone => "Telefoon" / "Telephone",
        Chat => "WhatsApp of andere chat" / "WhatsApp or other chat",
        Anonymous => "Meld Misdaad Anoniem (M.M.)" / "Meld Misdaad Anoniem (anonymous tip line)",
        Police => "Politie" / "Police",
        Riec => "RIEC" / "RIEC (regional centre)",
        Project => "Project of gezamenlijke controle" / "Project or joint inspection",
        EnforcementRequest => "Handhavingsverzoek" / "Enforcement request",
    }
    ReporterKind {
        Official => "Ambtenaar" / "Official",
        Resident => "Inwoner" / "Resident",
        Entrepreneur => "Ondernemer" / "Entrepreneur",
        Partner => "Partnerorganisatie" / "Partner organisation",
        Anonymous => "Anoniem" / "Anonymous",
    }
    KnowledgeSource {
        Seen => "Zelf gezien" / "Seen",
        Heard => "Gehoord van iemand anders" / "Heard from somebody else",
        Document => "Uit een document" / "From a document",
        Register => "Uit een register" / "From a register",
    }
    Reliability {
        Confirmed => "Bevestigd door een tweede, onafhankelijke bron" / "Confirmed by a second, independent source",
        Reliable => "Betrouwbaar, niet bevestigd" / "Reliable, not confirmed",
        Doubtful => "Twijfelachtig" / "Doubtful",
        Unknown => "Niet te beoordelen" / "Cannot be judged",
    }
    SignalField {
        Summary => "Korte omschrijving" / "Short description",
        Facts => "Feiten" / "Facts",
        Suspicion => "Vermoeden" / "Suspicion",
        Origin => "Herkomst en betrouwbaarheid" / "Origin and reliability",
        Observed => "Datum van de waarneming" / "Date of observation",
        Place => "Plaats" / "Place",
        Subjects => "Betrokkenen en objecten" / "Subjects",
        Risk => "Risico voor medewerkers" / "Risk to officials",
        Checklist => "Kenmerken en bevoegdheid" / "Indicators and power",
    }
    SignalState {
        Received => "Ontvangen" / "Received",
        InCase => "In een casus" / "In a case",
    }
    CaseState {
        Open => "Open" / "Open",
        PlanDrafted => "Plan in opbouw" / "Plan being drafted",
        Adopted => "Plan vastgesteld" / "Plan adopted",
    }
    SignalOrder {
        Newest => "Nieuwste eerst" / "Newest first",
        Oldest => "Oudste eerst: wat het langst wacht" / "Oldest first: what waits longest",
        Changed => "Laatst gewijzigd eerst" / "Changed last first",
    }
    CaseOrder {
        Newest => "Nieuwste eerst" / "Newest first",
        Oldest => "Oudste eerst" / "Oldest first",
    }
    SubjectVerdict {
        Same => "Dezelfde" / "The same",
        Different => "Niet dezelfde" / "Not the same",
        Undecided => "Nog niet duidelijk" / "Not clear yet",
    }
    ReviewVerdict {
        Justified => "Terecht" / "Justified",
        NotJustified => "Niet terecht" / "Not justified",
        Undecided => "Niet vast te stellen" / "Cannot be told",
    }
    GlassState {
        Open => "Nu open" / "Open now",
        Waiting => "Te beoordelen" / "To be reviewed",
        Reviewed => "Beoordeeld" / "Reviewed",
    }
    Lane {
        Signals => "Signalen" / "Signals",
        Case => "Casus" / "Case",
        Plan => "Plan" / "Plan",
        Interventions => "Interventies" / "Interventions",
    }
    InterventionKind {
        Administrative => "Bestuurlijk" / "Administrative",
        Criminal => "Strafrechtelijk" / "Criminal law",
        Fiscal => "Fiscaal" / "Tax law",
        Private => "Privaatrechtelijk" / "Private law",
        Preventive => "Preventief of communicatief" / "Prevention or communication",
    }
    InterventionStatus {
        Planned => "Gepland" / "Planned",
        Started => "Begonnen" / "Started",
        Done => "Klaar" / "Done",
        Dropped => "Vervallen" / "Dropped",
    }
    VersionState {
        Kept => "Bewaard" / "Kept",
        Proposed => "Voorgelegd" / "Before the departments",
        Superseded => "Vervangen door een andere" / "Replaced by another one",
        Adopted => "Vastgesteld" / "Adopted",
    }
    Stance {
        Agrees => "Akkoord" / "Agrees",
        Dissents => "Niet akkoord" / "Does not agree",
        Silent => "Geen antwoord" / "No answer",
    }
    Criterion {
        Compatibility => "Verenigbaarheid" / "Compatibility",
        Necessity => "Noodzaak" / "Necessity",
        Proportionality => "Proportionaliteit" / "Proportionality",
        Subsidiarity => "Subsidiariteit" / "Subsidiarity",
    }
    SubjectKind {
        Person => "Persoon" / "Person",
        Organisation => "Organisatie" / "Organisation",
        Premises => "Pand of perceel" / "Premises",
        Vehicle => "Voertuig" / "Vehicle",
        Account => "Bankrekening" / "Bank account",
        Phone => "Telefoonnummer" / "Telephone number",
    }
    SubjectRole {
        Involved => "Betrokken" / "Involved",
        Owner => "Eigenaar" / "Owner",
        Tenant => "Huurder of gebruiker" / "Tenant or user",
        Director => "Bestuurder" / "Director",
        Victim => "Slachtoffer" / "Victim",
        Witness => "Getuige" / "Witness",
    }
    IdentifierKind {
        Bsn => "Burgerservicenummer (BSN)" / "Citizen service number (BSN)",
        Rsin => "RSIN" / "RSIN",
        Kvk => "KvK-nummer" / "Chamber of Commerce number (KvK)",
        KvkEstablishment => "Vestigingsnummer (KvK)" / "Establishment number (KvK)",
        Bag => "BAG-nummer" / "BAG number",
        Iban => "IBAN" / "IBAN",
        Plate => "Kenteken" / "Licence plate",
        Phone => "Telefoonnummer" / "Telephone number",
        PostcodeNumber => "Postcode en huisnummer" / "Postcode and house number",
        NameBirthDate => "Naam en geboortedatum" / "Name and date of birth",
    }
    DataCategory {
        Ordinary => "Gewone persoonsgegevens" / "Ordinary personal data",
        Special => "Bijzondere persoonsgegevens (AVG artikel 9)" / "Special categories (GDPR article 9)",
        Criminal => "Strafrechtelijke persoonsgegevens (AVG artikel 10)" / "Criminal data (GDPR article 10)",
        Bsn => "Burgerservicenummer (BSN)" / "Citizen service number (BSN)",
    }
    LegalBasis {
        Consent => "Toestemming (AVG artikel 6, lid 1, onder a)" / "Consent (GDPR article 6(1)(a))",
        Contract => "Overeenkomst (AVG artikel 6, lid 1, onder b)" / "Contract (GDPR article 6(1)(b))",
        LegalObligation => "Wettelijke verplichting (AVG artikel 6, lid 1, onder c)" / "Legal obligation (GDPR article 6(1)(c))",
        VitalInterests => "Vitale belangen (AVG artikel 6, lid 1, onder d)" / "Vital interests (GDPR article 6(1)(d))",
        PublicTask => "Taak van algemeen belang of openbaar gezag (AVG artikel 6, lid 1, onder e)" / "Public task (GDPR article 6(1)(e))",
    }
    LineKind {
        Listed => "In een lijst getoond" / "Shown in a list",
        Opened => "Geopend" / "Opened",
        StillOpen => "Nog geopend" / "Still open",
        Searched => "Inzagelog gelezen" / "Access log read",
        SubjectLookedUp => "Opgezocht wie een persoon zag" / "Looked up who saw a person",
        Edited => "Gewijzigd" / "Changed",
        Logged => "Signaal vastgelegd" / "Signal logged",
        ListTakenIn => "Lijst ingelezen" / "List taken in",
        RegisterTakenIn => "Verwerkingsregister ingelezen" / "Processing register taken in",
        CaseOpened => "Casus geopend" / "Case opened",
        Linked => "Signaal gekoppeld" / "Signal linked",
        Unlinked => "Signaal ontkoppeld" / "Signal unlinked",
        TeamChanged => "Team gewijzigd" / "Team changed",
        Exported => "Als bestand meegenomen" / "Taken out as a file",
        Printed => "Om af te drukken geopend" / "Opened for printing",
        PlanBegun => "Plan begonnen" / "Plan begun",
        VersionKept => "Versie bewaard" / "Version kept",
        VersionProposed => "Versie voorgelegd" / "Version put before the departments",
        PositionTaken => "Antwoord van een afdeling" / "Answer of a department",
        VersionAdopted => "Versie vastgesteld" / "Version adopted",
        SubjectsJudged => "Betrokkenen vergeleken" / "Subjects compared",
        NoteWritten => "Notitie geschreven" / "Note written",
        NoteChanged => "Notitie gewijzigd" / "Note changed",
        NoteWithdrawn => "Notitie ingetrokken" / "Note withdrawn",
        PayloadsPruned => "Persoonsgegevens van oude regels vernietigd" / "Personal data of old lines destroyed",
        VersionRemoved => "Versie verwijderd" / "Version removed",
        GlassBroken => "Noodinzage begonnen" / "Break-glass begun",
        ViewedInEmergency => "Bekeken met noodinzage" / "Viewed by break-glass",
        GlassStopped => "Noodinzage gestopt" / "Break-glass stopped",
        GlassReviewed => "Noodinzage beoordeeld" / "Break-glass reviewed",
        Refused => "Geweigerd" / "Refused",
        PlaceChanged => "Plaats van iemand gewijzigd" / "Somebody's place changed",
        PlaceProposed => "Wijziging van een plaats voorgesteld" / "Change of a place proposed",
        ProposalConfirmed => "Voorstel over een plaats bevestigd" / "Proposal about a place confirmed",
        ProposalDeclined => "Voorstel over een plaats afgewezen" / "Proposal about a place declined",
        ProposalWithdrawn => "Voorstel over een plaats ingetrokken" / "Proposal about a place withdrawn",
        MadeAdministrator => "Beheerder gemaakt op de server" / "Made administrator on the server",
        SessionsEnded => "Sessies beëindigd" / "Sessions ended",
        SignedIn => "Aangemeld" / "Signed in",
        SignedOut => "Afgemeld" / "Signed out",
        SignedInAnew => "Opnieuw aangemeld" / "Signed in anew",
    }
    PurposeKind {
        Intake => "Signalen vastleggen en beoordelen (intake)" / "Logging and assessing signals (intake)",
        Case => "Werken aan een casus" / "Working on a case",
        Supervision => "Toezicht door de FG" / "Supervision by the data protection officer",
        ResidentsRequest => "Verzoek van een inwoner" / "Request of a resident",
        Administration => "Beheer van de toepassing" / "Keeping the application in order",
        Nothing => "Geen doel" / "No purpose",
    }
    Outcome {
        Permitted => "Toegestaan" / "Permitted",
        Refused => "Geweigerd" / "Refused",
        Done => "Uitgevoerd" / "Done",
    }
    Field {
        Received => "Datum ontvangen" / "Date received",
        Observed => "Datum waarneming" / "Date of observation",
        Department => "Afdeling" / "Department",
        Reporter => "Melder" / "Reporter",
        Channel => "Kanaal" / "Channel",
        Place => "Plaats of adres" / "Place or address",
        Postcode => "Postcode" / "Postcode",
        Name => "Betrokkene" / "Subject",
        Born => "Geboortedatum" / "Date of birth",
        Bsn => "BSN" / "BSN",
        Kvk => "KvK-nummer" / "Chamber of Commerce number",
        Plate => "Kenteken" / "Licence plate",
        Phone => "Telefoonnummer" / "Telephone number",
        Iban => "Bankrekening (IBAN)" / "Bank account (IBAN)",
        Phenomenon => "Fenomeen" / "Phenomenon",
        Summary => "Korte omschrijving" / "Short description",
        Facts => "Feiten" / "Facts",
        Suspicion => "Vermoeden" / "Suspicion",
        Reliability => "Betrouwbaarheid" / "Reliability",
        Risk => "Risico voor medewerkers" / "Risk to officials",
        Remarks => "Overig: bij de feiten zetten" / "Other: add to the facts",
    }
    RegisterField {
        Number => "Nummer" / "Number",
        MainProcess => "Hoofdproces" / "Main process",
        SubProcess => "Onderliggend proces" / "Underlying process",
        Name => "Naam verwerking" / "Name of the processing",
        Description => "Doel van de verwerking" / "Purpose of the processing",
        LegalBasis => "Grondslag" / "Legal basis",
        LegalReference => "Wet of regel" / "Law or rule",
        DataSubjects => "Van wie gegevens worden gebruikt" / "Whose data are used",
        Data => "Persoonsgegevens" / "Personal data",
        SpecialData => "Soorten gegevens, ook bijzondere" / "Categories of data, also special ones",
        Retention => "Bewaartermijn" / "Retention term",
        Recipients => "Ontvangers" / "Recipients",
        Transfers => "Doorgifte buiten de EU" / "Transfers outside the EU",
        Processor => "Verwerker" / "Processor",
        Security => "Beveiliging" / "Security",
        VersionDate => "Versiedatum in het register" / "Version date in the register",
        ValidFrom => "Geldig vanaf" / "Valid from",
        ValidUntil => "Geldig tot en met" / "Valid until",
        ForCases => "Voor casussen" / "For cases",
    }
    RowIs {
        New => "Nieuw" / "New",
        Changed => "Gewijzigd" / "Changed",
        Unchanged => "Hetzelfde" / "The same",
        Cannot => "Kan zo niet" / "Cannot be taken in",
    }
    EntryChange {
        Added => "Nieuw" / "New",
        Changed => "Gewijzigd" / "Changed",
        Ended => "Beëindigd" / "Ended",
    }
    Scope {
        Own => "Alle regels voor mijn eigen afdeling" / "All rows for my own department",
        Named => "Elke regel voor de afdeling die erin staat" / "Each row for the department it names",
    }
    Verdict {
        Fine => "Goed" / "Right",
        Look => "Eerst bekijken" / "Look first",
        Cannot => "Kan zo niet" / "Cannot as it is",
    }
    ImportState {
        Read => "Kolommen kiezen" / "Choose columns",
        Judged => "Regels controleren" / "Check rows",
        Running => "Wordt ingelezen" / "Being taken in",
        Done => "Klaar" / "Done",
    }
    FormKind {
        NewSignal => "Nieuw signaal" / "New signal",
        EditSignal => "Signaal wijzigen" / "Change signal",
        OpenCase => "Casus openen" / "Open a case",
        LinkSignal => "Signaal koppelen" / "Link a signal",
        UnlinkSignal => "Signaal ontkoppelen" / "Unlink a signal",
        Team => "Team wijzigen" / "Change the team",
    }
    IdentifierFault {
        Empty => "Vul een nummer of kenmerk in." / "Enter a number or identifier.",
        TooLong => "Dit is te lang: gebruik hoogstens 200 tekens." / "This is too long: use at most 200 characters.",
        NotDigits => "Gebruik alleen cijfers." / "Use digits only.",
        Length => "Dit heeft niet het juiste aantal cijfers." / "This does not have the right number of digits.",
        AllZero => "Een nummer met alleen nullen bestaat niet." / "A number of zeros only does not exist.",
        ElevenTest => "Dit nummer klopt niet: er is een cijfer verkeerd of twee cijfers zijn verwisseld." / "This number is wrong: a digit is wrong, or two digits changed places.",
        BagMunicipality => "De eerste vier cijfers (de gemeente) kunnen geen nullen zijn." / "The first four digits (the municipality) cannot be zeros.",
        BagType => "Cijfer vijf en zes moeten 01, 02, 03, 10 of 20 zijn." / "Digits five and six must be 01, 02, 03, 10 or 20.",
        IbanShape => "Dit is geen IBAN. Een IBAN ziet er zo uit: NL91 ABNA 0417 1643 00." / "This is not an IBAN. An IBAN looks like this: NL91 ABNA 0417 1643 00.",
        IbanCountryLength => "Een IBAN uit dit land heeft een andere lengte." / "An IBAN of this country has another length.",
        IbanChecksum => "Dit IBAN klopt niet: controleer de cijfers." / "This IBAN is wrong: check the digits.",
        PlateShape => "Dit is geen Nederlands kenteken." / "This is not a Dutch licence plate.",
        PhoneShape => "Vul een Nederlands nummer in met de eerste nul, of een nummer met de landcode, zoals +32." / "Enter a Dutch number with its leading zero, or a number with its country code, such as +32.",
        PostcodeShape => "Begin met de postcode: vier cijfers en twee letters, zoals 1234 AB." / "Begin with the postcode: four digits and two letters, such as 1234 AB.",
        HouseNumber => "Vul na de postcode het huisnummer in, zoals 1234 AB 5." / "Enter the house number after the postcode, such as 1234 AB 5.",
        NameMissing => "Vul bij een geboortedatum ook de naam in." / "With a date of birth, enter the name as well.",
        BirthDate => "Vul een geboortedatum in vanaf het jaar 1800, zoals 31-12-1980." / "Enter a date of birth from the year 1800 on, such as 31-12-1980.",
    }
}

texts! {
    REQUIRED = "Vul dit in." / "Fill this in.";
    REQUIRED_CHOICE = "Maak een keuze." / "Make a choice.";
    REQUIRED_SEVERAL = "Kies er minstens één." / "Choose at least one.";
    TOO_LONG = "Dit is te lang: {} tekens. Er passen er {}." / "This is too long: {} characters. There is room for {}.";
    TOO_SHORT = "Dit is te kort: {} tekens. Schrijf er minstens {}." / "This is too short: {} characters. Write at least {}.";
    FG_ALONE = "De FG heeft geen andere rol. Kies alleen FG, of kies FG niet." / "The data protection officer has no other role. Choose that role alone, or do not choose it.";
    NOT_A_REFERENCE = "Dit is geen kenmerk. Een kenmerk ziet er zo uit: S-2026-0142 of C-2026-0012." / "This is not a reference. A reference looks like this: S-2026-0142 or C-2026-0012.";
    NOT_A_CHOICE = "Kies een van de mogelijkheden." / "Choose one of the options.";
    NOT_A_DAY = "Dit is geen bestaande datum. Vul een datum in zoals 23-11-2026." / "This is not a day that exists. Enter a date such as 23-11-2026.";
    IN_THE_FUTURE = "Deze datum ligt in de toekomst." / "This date is in the future.";
    BEFORE = "Deze datum ligt voor {}. Dat kan niet." / "This date is before {}. That cannot be.";
    GROUND_MISSING = "U noemt bijzondere of strafrechtelijke gegevens. Vul in op welke grond dat mag." / "You mention special or criminal data. State the ground that allows this.";
    NOT_OFFERED = "Dit onderdeel heeft de afdeling niet beschikbaar gesteld." / "The department does not offer this part.";
    PURPOSE_NOT_IN_FORCE = "Dit doel geldt vandaag niet. Kies een ander doel." / "This purpose is not in force today. Choose another one.";
    CATEGORY_NOT_ALLOWED = "Het gekozen doel staat deze soort gegevens niet toe." / "The chosen purpose does not allow this category of data.";
    TEST_FAILED = "U antwoordt nee. Dan kan dit signaal niet worden gekoppeld." / "You answer no. Then this signal cannot be linked.";
    CHANGED_SINCE = "De afdeling heeft dit signaal gewijzigd nadat u het beoordeelde. Lees het opnieuw en beoordeel het nog eens." / "The department changed this signal after you judged it. Read it again and judge it once more.";
    CHOSEN_TWICE = "Deze betekenis koos u al bij een andere kolom. Kies hier iets anders." / "You chose this meaning for another column already. Choose something else here.";
    COLUMN_MISSING = "Kies bij welke kolom dit staat: {}." / "Choose which column says this: {}.";
    TOO_MANY_ROWS = "Er staan {} verwerkingen in. Er kunnen er {} tegelijk worden ingelezen. Verdeel het register over meer bestanden." / "It has {} processings. {} can be taken in at once. Divide the register over more files.";
    REGISTER_CHANGED = "Het register of dit bestand is intussen gewijzigd. Kijk hieronder opnieuw wat er verandert, en zet de vinkjes bij ‘Voor casussen’ opnieuw." / "The register or this file was changed meanwhile. Look again below what changes, and set the ticks for cases anew.";
    ROWS_REFUSED = "Niet alle regels kunnen worden ingelezen. Lees alleen de regels in die kunnen." / "Not all rows can be taken in. Take in only the rows that can.";
    TERM_NEEDED = "Voor casussen is een bewaartermijn in maanden of jaren nodig. Zet die in het bestand." / "Cases need a retention term in months or years. Put it into the file.";
    NOTHING_CHANGES = "Er verandert niets: alles wat kan worden ingelezen, staat al zo in het register." / "Nothing changes: all that can be taken in stands so in the register already.";
    TOO_MANY_LINES = "Dit zijn er te veel. Er passen er {}." / "These are too many. There is room for {}.";
    TOO_MANY = "Er zijn er al {}: meer kunnen niet worden bewaard. Verwijder er eerst een die u niet meer nodig hebt." / "There are {} already: no more can be kept. First remove one that you do not need any more.";
    NOT_TEXT = "Hier staan tekens die niet bewaard kunnen worden. Typ de tekst opnieuw." / "There are characters here that cannot be kept. Type the text again.";
    INTAKE = "Signalen vastleggen en beoordelen (intake)" / "Logging and assessing signals (intake)";
    SUPERVISION = "Toezicht door de FG (AVG artikel 39)" / "Supervision by the data protection officer (GDPR article 39)";
    RESIDENTS_REQUEST = "Verzoek van een inwoner (AVG artikel 15 tot en met 22)" / "Request of a resident (GDPR articles 15 to 22)";
    ADMINISTRATION = "Beheer van de toepassing" / "Keeping the application in order";
    WORK_IN_CASE = "Werken aan een casus" / "Working on a case";
    WORK_IN_THIS_CASE = "Werken aan casus {}: {}" / "Working on case {}: {}";
}

/// What is wrong with a field, in words.
pub(crate) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Required => t(REQUIRED).into(),
        Fault::TooLong { limit, typed } => tf(TOO_LONG, &[&typed.to_string(), &limit.to_string()]),
        Fault::TooShort { limit, typed } => tf(TOO_SHORT, &[&typed.to_string(), &limit.to_string()]),
        Fault::FgAlone => t(FG_ALONE).into(),
        Fault::NotAReference => t(NOT_A_REFERENCE).into(),
        Fault::NotAChoice => t(NOT_A_CHOICE).into(),
        Fault::NotADay => t(NOT_A_DAY).into(),
        Fault::InTheFuture => t(IN_THE_FUTURE).into(),
        Fault::Before(other) => tf(BEFORE, &[&day(*other)]),
        Fault::Identifier(fault) => t(fault.text()).into(),
        Fault::GroundMissing => t(GROUND_MISSING).into(),
        Fault::NotOffered => t(NOT_OFFERED).into(),
        Fault::PurposeNotInForce => t(PURPOSE_NOT_IN_FORCE).into(),
        Fault::CategoryNotAllowed => t(CATEGORY_NOT_ALLOWED).into(),
        Fault::ChangedSince => t(CHANGED_SINCE).into(),
        Fault::TestFailed => t(TEST_FAILED).into(),
        Fault::NotText => t(NOT_TEXT).into(),
        Fault::ChosenTwice => t(CHOSEN_TWICE).into(),
        Fault::ColumnMissing(field) => tf(COLUMN_MISSING, &[t(field.text())]),
        Fault::RegisterColumnMissing(field) => tf(COLUMN_MISSING, &[t(field.text())]),
        Fault::TooManyRows { limit, rows } => tf(TOO_MANY_ROWS, &[&rows.to_string(), &limit.to_string()]),
        Fault::RegisterChanged => t(REGISTER_CHANGED).into(),
        Fault::RowsRefused => t(ROWS_REFUSED).into(),
        Fault::TermNeeded => t(TERM_NEEDED).into(),
        Fault::NothingChanges => t(NOTHING_CHANGES).into(),
        Fault::TooMany { limit } => tf(TOO_MANY, &[&limit.to_string()]),
    }
}

/// A stated purpose in words.
pub(crate) fn purpose(option: &PurposeOption) -> String {
    match (option.stated, &option.case) {
        (StatedPurpose::Intake, _) => t(INTAKE).into(),
        (StatedPurpose::Supervision, _) => t(SUPERVISION).into(),
        (StatedPurpose::ResidentsRequest, _) => t(RESIDENTS_REQUEST).into(),
        (StatedPurpose::Administration, _) => t(ADMINISTRATION).into(),
        (StatedPurpose::Case(_), Some((reference, name))) => tf(WORK_IN_THIS_CASE, &[&reference.to_string(), name]),
        (StatedPurpose::Case(_), None) => t(WORK_IN_CASE).into(),
    }
}

/// The name of a phenomenon; its code when the list no longer has it.
pub(crate) fn phenomenon(phenomena: &[Phenomenon], code: &str) -> String {
    let found = phenomena.iter().find(|one| one.code == code);
    found.map_or(code, |one| if Lang::current() == Lang::En { &one.en } else { &one.nl }).to_owned()
}

/// The names of roles, as they stand in the log: codes joined by commas.
pub(crate) fn roles(codes: &str) -> String {
    let names = codes.split(',').map(str::trim).filter(|code| !code.is_empty());
    names.map(|code| Role::from_code(code).map_or(code, |role| t(role.text()))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete<T: Named>(kind: &str) {
        let mut seen = std::collections::BTreeSet::new();
        for one in T::every() {
            let text = one.text();
            assert!(!text.nl.is_empty() && !text.en.is_empty(), "{kind} {}", one.code());
            assert!(seen.insert(text.nl), "{kind} {} has the name of another", one.code());
        }
    }

    #[test]
    fn every_code_has_a_name_of_its_own() {
        complete::<Channel>("channel");
        complete::<SignalField>("field");
        complete::<LineKind>("line");
        complete::<IdentifierKind>("identifier");
        complete::<IdentifierFault>("fault");
        complete::<FormKind>("form");
        complete::<DataCategory>("category");
        complete::<LegalBasis>("basis");
    }

    #[test]
    fn roles_in_the_log_are_named_and_an_unknown_one_stays() {
        assert_eq!(roles("member,coordinator"), "afdelingsmedewerker, regisseur");
        assert_eq!(roles("mayor"), "mayor");
    }
}
