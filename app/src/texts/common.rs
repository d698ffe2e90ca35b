//! Words on every page.

texts! {
    SKIP = "Naar de inhoud" / "Skip to content";
    DEMO = "Demo: alle personen, bedrijven en signalen zijn verzonnen. Vul geen echte gegevens in." / "Demo: all people, companies and signals are invented. Do not enter real data.";
    DEMO_LABEL = "Over deze demo" / "About this demo";
    NAVIGATION = "Hoofdmenu" / "Main menu";
    WORK = "Mijn werk" / "My work";
    SIGNALS = "Signalen" / "Signals";
    CASES = "Casussen" / "Cases";
    MY_VIEWINGS = "Mijn inzagen" / "My viewings";
    ACCESS_LOG = "Inzagelog" / "Access log";
    SIGNED_IN_AS = "Aangemeld als" / "Signed in as";
    SIGN_OUT = "Afmelden" / "Sign out";
    OTHER_LANGUAGE = "English" / "Nederlands";
    FOOTER_LOG = "Elke inzage wordt vastgelegd, met uw naam en het doel." / "Every viewing is recorded, with your name and the purpose.";
    FOOTER_COOKIES = "Plein gebruikt alleen functionele cookies." / "Plein uses functional cookies only.";
    PREVIOUS = "Vorige pagina" / "Previous page";
    NEXT = "Volgende pagina" / "Next page";
    PAGE = "Pagina {}" / "Page {}";
    PAGES = "Pagina's" / "Pages";
    BACK = "Terug" / "Back";
    DEPARTMENT = "Afdeling" / "Department";
    STATE = "Status" / "State";
    REFERENCE = "Kenmerk" / "Reference";
    NOTHING_FILLED_IN = "Niet ingevuld" / "Not filled in";
    YES = "Ja" / "Yes";
    NO = "Nee" / "No";
    OPTIONAL = "niet verplicht" / "optional";
    CHOOSE = "Maak een keuze" / "Make a choice";
    PROBLEM_TITLE = "Fout: {}" / "Error: {}";
    PROBLEMS_HEADING = "Er gaat iets niet goed" / "There is a problem";
    PROBLEMS_INTRO = "Pas het volgende aan. Wat u typte, is bewaard." / "Change the following. What you typed has been kept.";
    PROBLEM = "Fout:" / "Error:";
    SIGNAL_LOGGED = "Het signaal is vastgelegd." / "The signal has been logged.";
    SIGNAL_CHANGED = "De wijziging is bewaard." / "The change has been saved.";
    CASE_OPENED = "De casus is geopend." / "The case has been opened.";
    SIGNAL_LINKED = "Het signaal is gekoppeld." / "The signal has been linked.";
    SIGNAL_UNLINKED = "Het signaal is ontkoppeld. Het team ziet de gegevens niet meer." / "The signal has been unlinked. The team no longer sees the data.";
    TEAM_CHANGED = "Het team is gewijzigd." / "The team has been changed.";
    VERSION_KEPT = "De versie is bewaard." / "The version has been kept.";
    VERSION_PROPOSED = "De versie is voorgelegd aan de afdelingen in het team." / "The version has been put before the departments in the team.";
    POSITION_TAKEN = "Het antwoord van uw afdeling is vastgelegd." / "The answer of your department has been recorded.";
    VERSION_ADOPTED = "De versie is vastgesteld." / "The version has been adopted.";
    DRAFT_SAVED = "Uw concept is bewaard. U vindt het bij Mijn werk." / "Your draft has been saved. You find it under My work.";
    DRAFT_DISCARDED = "Het concept is weggegooid." / "The draft has been discarded.";
    SIGNED_OUT = "U bent afgemeld." / "You have been signed out.";
}
