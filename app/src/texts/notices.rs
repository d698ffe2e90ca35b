//! Words of notices.

texts! {
    TITLE = "Meldingen" / "Notices";
    UNREAD_ONE = "1 ongelezen" / "1 unread";
    UNREAD_SEVERAL = "{} ongelezen" / "{} unread";
    EXPLAIN = "Dat er iets is gebeurd dat u aangaat. Wat er staat, leest u in de casus of het signaal zelf. Gelezen meldingen verdwijnen na 30 dagen." / "That something happened which concerns you. What it says you read in the case or the signal itself. Notices that were read go after 30 days.";
    EMPTY = "Er zijn geen meldingen." / "There are no notices.";
    CAPTION = "Meldingen, nieuwste eerst" / "Notices, newest first";
    WHEN = "Wanneer" / "When";
    WHAT = "Wat" / "What";
    WHO = "Van wie" / "From whom";
    STATE = "Status" / "State";
    READ = "gelezen" / "read";
    NEW = "nieuw" / "new";
    MARK = "Gelezen" / "Mark as read";
    MARK_LONG = "{}, {}" / "{}, {}";
    MARK_ALL = "Alles gelezen" / "Mark all as read";
    UNKNOWN = "Deze melding gaat over iets dat u niet (meer) kunt zien." / "This notice is about something that you cannot see (any more).";
    MENTIONED = "U bent genoemd in het plan van {}" / "You were mentioned in the plan of {}";
    JOINED = "U bent toegevoegd aan het team van {}" / "You were added to the team of {}";
    LEFT = "U bent uit het team van een casus gehaald" / "You were taken off the team of a case";
    LEFT_AND_BACK = "U was uit het team van {} gehaald" / "You had been taken off the team of {}";
    PROPOSED = "Een versie van het plan van {} wacht op antwoord van uw afdeling" / "A version of the plan of {} waits for the answer of your department";
    SIGNAL_LINKED = "{} van uw afdeling is gekoppeld aan een casus" / "{} of your department was linked to a case";
    SIGNAL_UNLINKED = "{} van uw afdeling is ontkoppeld van een casus" / "{} of your department was unlinked from a case";
    ASSIGNED = "U voert een interventie uit in het plan van {}" / "You are to carry out an intervention in the plan of {}";
    DUE = "Een interventie die u uitvoert in het plan van {} moet klaar zijn" / "An intervention you carry out in the plan of {} is due";
    GLASS_BROKEN = "Iemand leest {} met noodinzage" / "Somebody reads {} by break-glass";
    GLASS_BROKEN_LINKED = "Iemand leest een signaal van {} met noodinzage" / "Somebody reads a signal of {} by break-glass";
    REVIEW_ASKED = "Noodinzage in {}: u beoordeelt haar achteraf" / "Break-glass on {}: you review it afterwards";
    REVIEWED = "Uw noodinzage in {} is beoordeeld" / "Your break-glass on {} was reviewed";
}
