//! Words of the timeline of a case.

texts! {
    TITLE = "Tijdlijn" / "Timeline";
    OF_CASE = "Tijdlijn van casus {}" / "Timeline of case {}";
    EXPLAIN = "Wanneer iets is gezien, wat er daarna in de casus gebeurde, en wat er nog moet gebeuren. Onder de tekening staat hetzelfde als tabel." / "When something was seen, what happened in the case after that, and what is still to happen. Below the picture the same stands as a table.";
    PICTURE = "{} gebeurtenissen van {} tot en met {}. De tabel hieronder noemt ze alle." / "{} events from {} to {}. The table below names them all.";
    LEGEND = "Een rondje is een signaal: dicht als de dag van de waarneming bekend en gedeeld is, open als het de dag van ontvangst is. Een vierkant is een stap in de casus of een koppeling, open bij ontkoppelen. Een ruit is een versie van het plan: dicht als zij is voorgelegd of vastgesteld. Een driehoek is de dag waarop een interventie klaar moet zijn, open als die dag voorbij is." / "A circle is a signal: filled when the day of observation is known and shared, open when it is the day it was received. A square is a step of the case or a link, open for unlinking. A diamond is a version of the plan: filled when it was put before the departments or adopted. A triangle is the day an intervention is due, open when that day has passed.";
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
