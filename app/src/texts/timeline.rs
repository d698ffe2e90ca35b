//! Words of the timeline of a case.

texts! {
    TITLE = "Tijdlijn" / "Timeline";
    OF_CASE = "Tijdlijn van casus {}" / "Timeline of case {}";
    EXPLAIN = "Wanneer iets is gezien, wat er daarna in de casus gebeurde, en wat er nog moet gebeuren. Onder de tekening staat hetzelfde als tabel." / "When something was seen, what happened in the case after that, and what is still to happen. Below the picture the same stands as a table.";
    PICTURE = "{} gebeurtenissen van {} tot en met {}. De tabel hieronder noemt ze alle." / "{} events from {} to {}. The table below names them all.";
    TODAY = "vandaag" / "today";
    CAPTION = "Gebeurtenissen, oudste eerst" / "Events, oldest first";
    WHEN = "Wanneer" / "When";
    LANE = "Waarvan" / "Of what";
    WHAT = "Wat" / "What";
    OBSERVED = "{}: waargenomen" / "{}: observed";
    RECEIVED = "{}: ontvangen door de afdeling" / "{}: received by the department";
    LINKED = "{}: gekoppeld" / "{}: linked";
    UNLINKED = "{}: ontkoppeld" / "{}: unlinked";
    OPENED = "Casus geopend" / "Case opened";
    PLAN_BEGUN = "Plan begonnen" / "Plan begun";
    VERSION_KEPT = "Versie {} bewaard" / "Version {} kept";
    VERSION_PROPOSED = "Versie {} voorgelegd" / "Version {} put before the departments";
    ANSWERED = "Antwoord op versie {}" / "Answer to version {}";
    VERSION_ADOPTED = "Versie {} vastgesteld" / "Version {} adopted";
    DUE = "Interventie moet klaar zijn: {}" / "Intervention is due: {}";
    LATE = "Interventie had klaar moeten zijn: {}" / "Intervention was due: {}";
}
