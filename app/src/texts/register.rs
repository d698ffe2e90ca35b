//! Words of the processing register.

texts! {
    TITLE = "Verwerkingsregister" / "Processing register";
    LEAD = "Hier staat waarvoor {} persoonsgegevens mag gebruiken in Plein, en volgens welke wet." / "Here stands what {} may use personal data for in Plein, and under which law.";
    SEARCH = "Zoeken in het register" / "Search the register";
    NAME = "Naam verwerking" / "Name of the processing";
    IN_FORCE = "Geldig vandaag" / "In force today";
    IN_FORCE_ANY = "Maakt niet uit" / "Either";
    IN_FORCE_YES = "Geldig" / "In force";
    IN_FORCE_NO = "Niet geldig" / "Not in force";
    SHOW = "Zoeken" / "Search";
    HINT = "Een deel van een woord is genoeg. Hoofdletters en accenten maken niet uit." / "A part of a word is enough. Capitals and accents make no difference.";
    COUNT = "{} van {} verwerkingen" / "{} of {} processings";
    COUNT_ALL = "{} verwerkingen" / "{} processings";
    ENTRY = "Grondslag, bewaartermijn en gegevens" / "Legal basis, retention and data";
    STATE_NOW = "Geldig" / "In force";
    STATE_COMING = "Nog niet geldig" / "Not yet in force";
    STATE_ENDED = "Niet meer geldig" / "No longer in force";
    USED_BY = "Gebruik" / "Use";
    FOR_CASES = "Casussen van het Lokaal Informatie Plein" / "Cases of the Lokaal Informatie Plein";
    FOR_DEPARTMENT = "Eigen werk van een afdeling" / "A department's own work";
    RETENTION_MONTHS = "{} maanden nadat de zaak is afgesloten" / "{} months after the matter is closed";
    NOTHING_FOUND = "Geen verwerking past bij wat u zoekt. Zoek met minder letters, of haal een filter weg." / "No processing fits what you search for. Use fewer letters, or remove a filter.";
    EMPTY = "Het register is nog leeg. Zonder verwerking kan niemand een signaal vastleggen of een casus openen. De privacyfunctionaris leest het register in." / "The register is still empty. Without a processing nobody can log a signal or open a case. The privacy officer takes the register in.";
    RETENTION_ELSEWHERE = "Niet in maanden: zie het verwerkingsregister" / "Not in months: see the processing register";
    AS_WRITTEN = "in het register: {}" / "in the register: {}";
    NO_END = "Geen einddatum" / "No end date";
    VERSION_OF = "Versie {} van {}." / "Version {} of {}.";
    NO_VERSION = "Nog niet ingelezen uit een bestand: dit register heeft nog geen versie. Zo staat het op {} in Plein." / "Not taken in from a file yet: this register has no version yet. This is how it stands in Plein on {}.";
    ALL_VERSIONS = "Alle versies" / "All versions";
    TAKE_IN = "Register inlezen" / "Take in a register";

    VERSIONS_TITLE = "Versies van het verwerkingsregister" / "Versions of the processing register";
    VERSIONS_LEAD = "Elke versie is ingelezen uit een bestand. Van elke versie is te zien wat er veranderde." / "Each version was taken in from a file. Of each version can be seen what changed.";
    VERSIONS_EMPTY = "Er is nog geen versie ingelezen." / "No version has been taken in yet.";
    VERSION = "Versie" / "Version";
    VERSION_NUMBER = "Versie {}" / "Version {}";
    SINCE = "Sinds" / "Since";
    BY = "Door" / "By";
    WHAT = "Wat veranderde" / "What changed";
    COUNTED = "{} nieuw, {} gewijzigd, {} beëindigd, {} hetzelfde, {} niet ingelezen" / "{} new, {} changed, {} ended, {} the same, {} not taken in";
    VERSION_TITLE = "Versie {} van het verwerkingsregister" / "Version {} of the processing register";
    VERSION_LEAD = "Ingelezen op {} door {}." / "Taken in on {} by {}.";
    VERSION_FILE = "Bestand: {}" / "File: {}";
    TO_REGISTER = "Naar het verwerkingsregister" / "To the processing register";
    WAS = "Was" / "Was";
    BECAME = "Werd" / "Became";
    NOTHING = "niets" / "nothing";
}
