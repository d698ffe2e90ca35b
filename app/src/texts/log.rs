//! Words of the access log.

texts! {
    OF_SIGNAL = "Wie heeft signaal {} ingezien" / "Who viewed signal {}";
    OF_CASE = "Wie heeft casus {} ingezien" / "Who viewed case {}";
    EXPLAIN = "Elke inzage, wijziging en weigering staat hier: wie, wanneer, met welk doel. Ook dat u deze lijst nu bekijkt, wordt vastgelegd." / "Every viewing, change and refusal stands here: who, when, for which purpose. That you read this list is recorded too.";
    MINE = "Mijn inzagen" / "My viewings";
    MINE_EXPLAIN = "Dit heeft Plein over uw eigen inzagen vastgelegd. De functionaris gegevensbescherming kan dit ook zien." / "This is what Plein recorded about your own viewings. The data protection officer can see it too.";
    WHOLE = "Inzagelog" / "Access log";
    WHOLE_EXPLAIN = "De hele log, nieuwste eerst. Dat u zoekt, en waarop, wordt zelf ook vastgelegd." / "The whole log, newest first. That you search, and by what, is recorded as well.";
    CAPTION = "Regels uit de inzagelog" / "Lines of the access log";
    WHEN = "Wanneer" / "When";
    WHO = "Wie" / "Who";
    DEPARTMENT = "Afdeling" / "Department";
    ROLE = "Rol" / "Role";
    PURPOSE = "Doel" / "Purpose";
    KIND = "Wat" / "What";
    OUTCOME = "Uitkomst" / "Outcome";
    OBJECTS = "Waarvan" / "Of what";
    NO_PURPOSE = "Geen doel nodig" / "No purpose needed";
    NO_PURPOSE_STATED = "Geen doel opgegeven" / "No purpose stated";
    DESTROYED = "Verwijderd na de bewaartermijn" / "Destroyed after the retention term";
    EMPTY = "Er zijn geen regels." / "There are no lines.";
    MORE_OBJECTS = "{}, en nog {}" / "{}, and {} more";
    SIGNAL_UNKNOWN = "een signaal" / "a signal";
    CASE_UNKNOWN = "een casus" / "a case";
    PLAN = "plan van aanpak" / "plan of approach";
    PLAN_VERSION = "versie van een plan" / "version of a plan";
    SAVED_VIEW = "Bewaarde weergave" / "Saved view";
    IMPORT = "een lijst om in te lezen" / "a list to take in";
    NOTES = "notities" / "notes";
    PERSON = "iemands plaats" / "somebody's place";
    BREAK_GLASS = "een noodinzage" / "a break-glass";
    DRAFT = "een concept" / "a draft";
    AREA = "overzicht" / "overview";
    OLDER = "Oudere regels" / "Older lines";
    NEWEST = "Naar de nieuwste regels" / "To the newest lines";
    FILTER_PERSON = "Persoon" / "Person";
    FILTER_KIND = "Soort" / "Kind";
    FILTER_RECORD = "Kenmerk" / "Reference";
    FILTER_PERIOD = "Een kenmerk is bijvoorbeeld S-2026-0142 of C-2026-0012. Afdeling en doel zijn die van het moment van de inzage. Van regels waarvan de persoonsgegevens na de bewaartermijn zijn verwijderd, zijn alleen soort en periode nog bekend." / "A reference is for example S-2026-0142 or C-2026-0012. Department and purpose are those at the moment of the viewing. Of lines whose personal data were destroyed after the retention term, only kind and period are still known.";
    NONE_FITS = "Geen enkele regel past bij deze filters. Haal er een weg:" / "No line fits these filters. Remove one:";
}
