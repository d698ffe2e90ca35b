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
    CATEGORIES = "Soorten gegevens" / "Categories of data";
    VALIDITY = "Geldigheid" / "Validity";
    VALID_SINCE = "Vanaf {}" / "From {}";
    VALID_BETWEEN = "Van {} tot en met {}" / "From {} up to and including {}";
    NOTHING_FOUND = "Geen verwerking past bij wat u zoekt. Zoek met minder letters, of haal een filter weg." / "No processing fits what you search for. Use fewer letters, or remove a filter.";
    EMPTY = "Het register is nog leeg. Zonder verwerking kan niemand een signaal vastleggen of een casus openen. De functioneel beheerder vult het register." / "The register is still empty. Without a processing nobody can log a signal or open a case. The administrator fills the register.";
    AS_OF = "Stand van {}: zo staat het register vandaag in Plein. Wanneer het voor het laatst is gewijzigd, houdt Plein nog niet bij." / "As of {}: this is how the register stands in Plein today. Plein does not yet keep when it was last changed.";
}
