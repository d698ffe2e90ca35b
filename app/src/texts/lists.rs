//! Words of lists: filters, order, pages and saved views.

texts! {
    FOLD = "Filteren en sorteren" / "Filter and sort";
    FOLD_FILTERS = "Filteren" / "Filter";
    FORM_FILTERS = "Filters" / "Filters";
    FORM = "Filters en volgorde" / "Filters and order";
    ANY = "Alle" / "All";
    FROM = "Periode van" / "Period from";
    UNTIL = "Periode tot en met" / "Period up to and including";
    DAY_HINT = "Een datum, bijvoorbeeld {}." / "A date, for example {}.";
    PERIOD_SIGNALS = "De periode gaat over de dag van vastleggen, of van wijzigen als u daarop sorteert." / "The period is that of logging, or of changing when you sort by that.";
    PERIOD_CASES = "De periode gaat over de dag van openen." / "The period is that of opening.";
    MINE_SIGNALS = "Alleen wat ik heb vastgelegd" / "Only what I logged";
    CASE_DEPARTMENT = "Afdeling in het team" / "Department in the team";
    CASE_PHENOMENON = "Fenomeen van een signaal" / "Phenomenon of a signal";
    MINE_CASES = "Alleen wat ik leid" / "Only what I lead";
    ORDER = "Volgorde" / "Order";
    SHOW = "Toon" / "Show";
    CHANGED = "Gewijzigd" / "Changed";
    SET = "Filters die aan staan" / "Filters that are set";
    CHIP = "{}: {}" / "{}: {}";
    REMOVE = "Filter weghalen:" / "Remove filter:";
    CLEAR = "Alle filters weghalen" / "Remove all filters";
    WITHOUT = "Zonder {}" / "Without {}";
    IGNORED = "Niet gebruikt, omdat de waarde niet klopt: {}. De rest telt wel mee." / "Not used, because the value is wrong: {}. The rest counts.";
    IGNORED_PERIOD = "De periode eindigt voordat zij begint. Zij is niet gebruikt. Pas een van de twee datums aan." / "The period ends before it begins. It was not used. Change one of the two dates.";
    IGNORED_PLACE = "Deze pagina van de lijst bestaat niet. U ziet de eerste pagina." / "There is no such page of the list. You see the first page.";
    IGNORED_ALL = "Plein kan de filters in dit adres niet lezen. Er is geen filter gebruikt." / "Plein cannot read the filters in this address. No filter was used.";
    BEYOND = "Hier staat niets meer: de lijst is voor deze plaats opgehouden." / "There is nothing here: the list ends before this place.";
    VIEWS = "Bewaarde weergaven" / "Saved views";
    VIEWS_LEAD = "Een weergave is een lijst met uw filters en volgorde. Alleen u ziet uw weergaven." / "A view is a list with your filters and order. Only you see your views.";
    VIEWS_NONE = "U hebt nog geen weergaven. Zet in de lijst van signalen of casussen filters aan, en kies daar Deze weergave bewaren." / "You have no views yet. Set filters in the list of signals or cases, and choose Keep this view there.";
    VIEWS_MANAGE = "Weergaven beheren" / "Manage views";
    KEEP = "Deze weergave bewaren" / "Keep this view";
    KEEP_DO = "Bewaren" / "Keep";
    VIEW_NAME = "Naam van de weergave" / "Name of the view";
    VIEW_NAME_HINT = "Bijvoorbeeld: wacht al lang. Noem geen namen van personen." / "For example: waiting for long. Do not name persons.";
    RENAME = "Andere naam geven" / "Rename";
    RENAME_OF = "Andere naam geven aan {}" / "Rename {}";
    REMOVE_DO = "Weghalen" / "Remove";
    REMOVE_OF = "{} weghalen" / "Remove {}";
    TO_FIRST = "Naar de eerste pagina" / "To the first page";
}
